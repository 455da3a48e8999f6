"""Whether two things are one: owners, wordings, drafts and records. Pure.

What comes of it, a change, a question or a new record, is for the room that asks.
"""
