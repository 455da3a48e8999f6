"""What came back from somebody, as one value: who wrote, when, and the lines and forms in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cpctrack.reading.document import Document

OF_BYTES = "sha256:"
"""How the id begins that a letter gets which has none: it is of its file's bytes."""

_NO_KEYS: Mapping[int, str] = MappingProxyType({})


class Line(NamedTuple):
    """One line of a body, or a row of a table in it, whose `cells` then hold the texts.

    `quoted` counts the marks (“>”) or quotations around it; the marks are not in the text. `number`
    is the line in the file where it is a text, else a running number.
    """

    text: str
    quoted: int = 0
    cells: tuple[str, ...] = ()
    number: int = 0


class Form(NamedTuple):
    """A form that was sent along or given alone: a Word document, a workbook, a table.

    `number` is that of the chase in the file's own keys, `keys` the references that its rows carry
    where nobody sees them, by the row's line.
    """

    document: Document
    number: str = ""
    keys: Mapping[int, str] = _NO_KEYS


class Letter(NamedTuple):
    """A message, a pasted text, or a form alone.

    `name` is the file's; `date` the day it was written (ISO) and `message_id` its own id, without
    angle brackets, where it tells them. `thread` are the ids of what it answers. `automatic` says
    why it was a machine that wrote it, or why else nothing may be read of it. `unread` names what
    was attached and not read. `line` is where it begins in a file of several.
    """

    name: str
    lines: tuple[Line, ...] = ()
    sender: str = ""
    address: str = ""
    date: str = ""
    message_id: str = ""
    subject: str = ""
    thread: tuple[str, ...] = ()
    automatic: str = ""
    forms: tuple[Form, ...] = ()
    unread: tuple[str, ...] = ()
    line: int = 0
