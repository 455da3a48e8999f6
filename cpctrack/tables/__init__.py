"""Published tables: from the tables of a document to drafts, and from drafts to a plan. Pure.

Files are read in `reading`; which record a row is, `matching` says; the store is changed in
`tasks`.
"""
