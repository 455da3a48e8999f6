"""Records to the documents, tables and lines that people read.

Words are chosen in `views`, once for all forms; the other rooms set them. What is printed for which
command is for `tasks` to say.
"""
