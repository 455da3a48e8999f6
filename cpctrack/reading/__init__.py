"""Documents of any form, read into one value: what stands in them, where, and how it is seen.

A folder for each form, and one door, `registry`. What the words mean is for `tables` and
`minutes` to say; nothing here knows of actions.
"""
