"""Records for other programs: tables, a schema of them, the files they go into, and an archive.

What may leave a store is for `tasks` to say; what comes in here is written.
"""
