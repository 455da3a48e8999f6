"""What was agreed and what came of it: records, their fields, changes, and questions to them.

Pure. How a record stands in the store file is for `store` to say, how it is printed for `render`,
which record something is for `matching`.
"""
