"""What each command does: values in, a result out.

No click, nothing printed, nobody asked; what must be asked is a function handed in. These are
what a script calls. What is one call into a room below needs no task of its own.
"""
