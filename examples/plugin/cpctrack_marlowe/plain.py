"""A printed format: plain text, as it goes into the body of a message."""

from cpctrack.render.documents import Format
from cpctrack.render.views import flat
from cpctrack.render.views.view import AppendixView

INDENT = "\n    "


def render(view: AppendixView) -> bytes:
    """Print each row as a block of lines, a line for each cell that says something."""
    blocks = [view.heading, view.summary, view.not_for_publication]
    columns = flat.header(view)
    for ref, cells in flat.lines(view):
        lines = [
            f"{column}: {words}".replace("\n", INDENT)
            for column, cell in zip(columns, cells, strict=True)
            if (words := flat.words(cell))
        ]
        blocks.append("\n".join(filter(None, (ref, *lines))))
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


TEXT = Format("text", (".txt",), render)
