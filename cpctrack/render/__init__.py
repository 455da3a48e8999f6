"""Records to the documents, tables and lines that people read, and to the files of other programs.

Words are chosen in `views`, once for all forms; the other rooms set them. What is printed for which
command is for `tasks` to say.
"""
