"""Tab-separated and comma- or semicolon-separated tables."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from cpctrack.cells import unguard
from cpctrack.dates import is_iso
from cpctrack.errors import ImportRefusedError
from cpctrack.labels import CARRIED, COLUMNS
from cpctrack.reading.decode import LONGEST_LINE, check_lines, split_lines, too_long
from cpctrack.reading.document import BLANK, Cell, Document, Place, Row, Table

_Known = Callable[[Sequence[str]], int]
DELIMITERS = {"tsv": "\t", "csv": ",;"}
_HEAD_LINES = 60
_OUR_HEADER = frozenset(COLUMNS.values())


def form_of(head: str, known: _Known) -> str:
    """Tell the form of a text that begins so: tsv, csv, or none where nothing parts columns."""
    delimiter = _delimiter(head, known)
    return next((form for form, of in DELIMITERS.items() if delimiter and delimiter in of), "")


def read(text: str, name: str, form: str, known: _Known | None) -> Document:
    """Read the one table there is; a row is what stands on a line.

    Raises `ImportRefusedError` for a line that is too long or a quotation mark that is never
    closed.
    """
    check_lines(text, name)
    delimiter = _delimiter(text, known or (lambda _: 0), DELIMITERS[form]) or DELIMITERS[form][0]
    is_raw = delimiter == "\t" and not _is_quoted(text)
    read_rows: Iterable[tuple[int, list[str]]]
    if is_raw:
        read_rows = enumerate((line.split("\t") for line in split_lines(text)), 1)
    else:
        read_rows = _quoted_rows(text, delimiter, name)
    rows = tuple(_without_gaps(read_rows))
    return Document(name, form, (Table(rows, loose=True, ours=_is_ours(rows)),))


def _is_ours(rows: Sequence[Row]) -> bool:
    """Tell our own sheet: by its columns, and by ISO dates, which councils don't print."""
    texts = ([cell.text for cell in row.cells] for row in rows)
    found = [cells for cells in texts if any(cells)]
    if not found or not _OUR_HEADER.issubset(found[0]):
        return False
    date = found[0].index(COLUMNS["meeting_date"])
    return all(
        is_iso("".join(cells[date : date + 1])) or list(filter(None, cells)) == [CARRIED]
        for cells in found[1:]
    )


def _delimiter(text: str, known: _Known, of: str = "\t;,") -> str | None:
    """Choose the delimiter that gives the most columns we know, then the most rows with any."""
    head = split_lines(text.lstrip("\r\n")[: 64 * 1024])
    lines = [line for line in head if line.strip()][:_HEAD_LINES]

    def score(delimiter: str) -> tuple[int, int]:
        rows = [[cell.strip(' "') for cell in line.split(delimiter)] for line in lines]
        return max(map(known, rows), default=0), sum(len(row) > 1 for row in rows)

    scores = {delimiter: score(delimiter) for delimiter in of}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > (0, 0) else None


def _is_quoted(text: str) -> bool:
    """Tell whether a program that quotes cells wrote this tab-separated text.

    In one that does not, a quotation mark that opens a cell is a letter like any other, and
    reading it as a quote breaks the syntax or swallows tabs.
    """
    if '"' not in text:
        return False
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return False
    return not any("\t" in cell for row in rows for cell in row)


def _quoted_rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    limit = csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise too_long(name, line) from error
        raise ImportRefusedError(
            f"{name}, line {line}: a quotation mark is not closed, or not doubled within its cell; "
            "save the table as CSV from the spreadsheet again."
        ) from error
    finally:
        csv.field_size_limit(limit)


def _without_gaps(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Give the rows, of blank ones only the first: a file may hold a million of them."""
    blank = False
    for line, cells in rows:
        after_blank, blank = blank, not (cells and "".join(cells).strip())
        if not (blank and after_blank):
            yield Row(tuple(Cell(unguard(cell)) if cell else BLANK for cell in cells), Place(line))
