"""A document of any form, as one value: what stands in it, in reading order, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Union


class Place(NamedTuple):
    """Where something stands; what a form doesn't have is empty.

    `line` is the line of a text file or web page, the row of a sheet, else a running number.
    """

    line: int = 0
    page: int = 0
    sheet: str = ""


class Paragraph(NamedTuple):
    """A heading, a paragraph or an entry of a list; its line breaks are kept.

    One that is a line and has one in its place is printed as it stands, its indent too. Of a page
    `quoted` counts the quotations around it, and `apart` tells that an empty line is seen above.
    """

    text: str  # as printed, with its list number or bullet in front and what is struck through
    heading: int = 0  # the level that the document's own structure gives it; 0: none
    bold: bool = False  # all of it is set bold
    living: str | None = None  # what is not struck through, where anything is
    is_line: bool = False  # a line of a text or a page: only an empty one ends a paragraph
    place: Place = Place()
    quoted: int = 0
    apart: bool = False


class Cell(NamedTuple):
    """A cell of a table's grid, as a reader sees it.

    A cell that is merged stands in each place of the grid that it covers: those to the right of
    the first have no text, those below have its text again and say so in `covered`.
    """

    text: str = ""  # its paragraphs, a line each, with what is struck through
    living: str | None = None  # the text without what is struck through, where anything is
    blocks: tuple["Block", ...] = ()  # what stands in it, where that is more than its text
    covered: str = ""  # by a cell that is merged: from “above” or from the “left”
    bold: bool = False
    shade: str = ""  # the colour behind the text, six hexadecimal digits, lower case
    value: date | float | None = None  # what a spreadsheet holds where it shows a date or a number
    formula: bool = False  # a spreadsheet works it out


class Row(NamedTuple):
    """The cells of one row."""

    cells: tuple[Cell, ...]
    place: Place = Place()
    hidden: bool = False  # a filter hides rows, and they must not be missing for that
    mark: str = ""  # the name of a bookmark of ours in it


@dataclass(frozen=True, slots=True)
class Table:
    """A table, headers and page furniture included.

    `loose` tells that a row is whatever stood on a line: one that was broken over several lines
    has to be put together again. `faults` are cells that say nothing, by their line: they count
    only where the table is an action log. `ours` tells that the table began as one that cpctrack
    made, and `made_on` the day (ISO), where it says so. `guessed` tells that its columns were told
    by where its letters stand, and by nothing surer. `quoted` counts the quotations around it.
    """

    rows: tuple[Row, ...]
    loose: bool = False
    faults: tuple[tuple[int, str], ...] = ()
    ours: bool = False
    made_on: str = ""
    guessed: bool = False
    quoted: int = 0


Block = Union[Paragraph, Table]  # noqa: UP007 - named in a string above


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its name, its form (“docx”) and its blocks in reading order.

    `margins` are the texts at the head and the foot of its pages, where the form keeps them apart.
    `unread` are pages that hold something that can't be read: the line before, and what is known.
    `not_worked_out` names a formula that shows nothing, for which its cell has the formula itself.
    """

    name: str
    form: str
    blocks: tuple[Block, ...]
    margins: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    not_worked_out: str = ""


def lines_of(table: Table) -> Iterator[Paragraph]:
    """Give the rows of a table that stands in a cell as lines of that cell."""
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.covered]
        text, living = (
            " ".join(filter(None, (one.strip() for one in texts)))
            for texts in (
                (cell.text for cell in cells),
                (cell.text if cell.living is None else cell.living for cell in cells),
            )
        )
        yield Paragraph(text, living=None if living == text else living)


BLANK = Cell()  # most cells of a sheet are

# Around text that is struck through; Unicode has these two for use within a program.
_STRUCK, _LIVING = "\ufdd0", "\ufdd1"
_STRETCH = re.compile(f"{_STRUCK}[^{_LIVING}]*{_LIVING}")
_SPACES = re.compile(" {2,}")


def struck(text: str) -> str:
    """Mark a stretch of a text as struck through, for `parted`."""
    return f"{_STRUCK}{text}{_LIVING}" if text.strip() else text


def parted(marked: str) -> tuple[str, str | None]:
    """Give a text as printed, and what of it lives where some of it is marked as struck through."""
    if _STRUCK not in marked:
        return marked, None
    living = _SPACES.sub(" ", _STRETCH.sub("", marked)).strip(" ")
    return marked.replace(_STRUCK, "").replace(_LIVING, ""), living
