"""Records to the documents, tables and lines that people read, and to the files of other programs.

Words are chosen in `views`, once for all forms; the other rooms set them. What is printed for which
command is for `tasks` to say.
"""

from pathlib import Path


def packed(folder: str) -> Path:
    """Give a folder of what is shown: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder
