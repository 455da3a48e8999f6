"""The store file: how it is read, written, locked, undone, and what it holds beside records.

No command and no document: those use this room.
"""
