"""From a letter to answers: what is an owner's own word, about which action, and how sure that is.

Values in, values out: files are read in `reading`, and what is saved is decided in `tasks`. How an
action's history tells of questions and answers is in `records`.
"""
