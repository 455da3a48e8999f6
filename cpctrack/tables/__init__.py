"""Published tables: from cells to drafts of records, and from drafts to a plan. Pure.

Files are read in `reading`; which record a row is, `matching` says.
"""
