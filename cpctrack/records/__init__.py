"""What was agreed and what came of it: records, their fields, changes and questions to them.

Pure: nothing here reads a file, prints, or knows of any form of document.
"""
