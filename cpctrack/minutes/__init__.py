"""Minutes: from the lines of a document to the meeting, its items and drafts of actions. Pure.

Files are read in `reading`; which record a draft is, `matching` says. `words` and `base` are what
`page`, `language` and `finding` share.
"""
