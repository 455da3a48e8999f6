"""Documents of any form, read: what stands in them, where, and how a reader sees it.

What the words mean is for `tables` and `minutes` to say.
"""
