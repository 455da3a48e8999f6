"""Whether two things are one: names, wordings, and drafts with the records there are. Pure.

What becomes of a draft that was found is for `tables` and `minutes` to say.
"""
