"""A form of document: the .agenda files of a made-up agenda system, a line for each action.

A line is the meeting's day, the item, the action, the owner and the due date, with bars between.
"""

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.document import Cell, Document, Place, Row, Table
from cpctrack.reading.registry import Form

COLUMNS = ("Meeting date", "Item", "Action", "Owner", "Due date")


def read(text: str, name: str) -> Document:
    """Read the one table there is; raises `ImportRefusedError` with the line that is wrong."""
    rows = [Row(tuple(map(Cell, COLUMNS)))]
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part.strip() for part in line.split("|")]
        if line.strip() and len(parts) != len(COLUMNS):
            raise ImportRefusedError(f"{name}, line {number} has not five parts; export it again.")
        if line.strip():
            rows.append(Row(tuple(map(Cell, parts)), Place(number)))
    return Document(name, "agenda", (Table(tuple(rows)),))


AGENDA = Form("agenda", "an agenda file", (".agenda",), read, is_text=True)
