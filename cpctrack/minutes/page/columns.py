"""What stands in columns: tables set with spaces, and who is to act at the right of the text.

A line of column headings that names actions and who or when starts a table; what follows is parted
where the headings begin, and becomes rows with cells.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cpctrack.minutes import words
from cpctrack.reading.lines import Line
from cpctrack.tables.headings import names

# What a column of minutes holds, by what its heading means in any table.
_ROLES = {
    "action": "action", "owner": "owner", "ref": "number", "item": "number", "due": "due",
    "revised_due": "due", "meeting_date": "due", "status": "status", "completed_on": "status",
    "response": "response", "rag": "response",
}  # fmt: skip
_TEXT = re.compile(
    r"(?i)\b(?:discussions?|minutes?|notes?|details?|summary|description|points?|decisions?)\b"
)
_LONGEST_HEADING = 40  # letters
_NUMBER = re.compile(r"(?i)(?:item\s)?\d{1,4}(?:[./]\d{1,4})*\.?")
_GAP = re.compile(r" {2,}")
_LONGEST_ROW = 2000
_MOST_CELLS = 12
_NEAR = 2  # letters that a cell may begin before its heading

# The right-hand column in which some minutes print who is to act.
_INITIALS = r"[A-Z][A-Za-z]{0,2}[A-Z]|[A-Z]{2,4}"
_WHOLE = r"All|ALL|Clerk|CLERK|Chair|CHAIR|Chairman|Mayor|RFO|Secretary|Treasurer"
_ONE = rf"(?:{_INITIALS}|{_WHOLE}|All\s[A-Za-z]{{3,12}})"
_INITIALS_CELL = re.compile(
    rf"\W{{0,3}}(?:{_ONE})(?:\s?[/,&+]\s?(?:and\s)?{_ONE}|\sand\s{_ONE}){{0,5}}\W{{0,3}}"
)
_NAMED_CELL = re.compile(
    r"(?:(?:Cllr|Cr|Mr|Mrs|Ms|Dr)\.?\s)?[A-Z][\w.'’-]{0,20}(?:\s[A-Z][\w'’-]{1,20}){0,2}"
)
_MARGIN_HEADING = re.compile(r"(?i)\W{0,3}(?:actions?(?:\sby)?|by\swhom|lead|owner|who)\W{0,3}")
# What may stand before who is to act: “Action: HR”, “ACTION HR”, “AP1: HR”, “Action by – Clerk”.
_MARGIN_LABEL = re.compile(
    r"\W{0,3}(?:(?i:actions?(?:\spoint)?\s?\d{0,3}(?:\s?[/.]\d{1,3})?(?:\s(?:by|for|on))?)"
    r"|AP\s?\d{1,3}|AP(?=\s?:))(?P<sign>\s?[:–—-])?\s+"
)
_HEADED_CELL = re.compile(
    r"[A-Z][\w.'’&/-]{0,20}(?:\s(?:[A-Z&/][\w.'’&/-]{0,20}|of|for|and|the)){0,4}"
)
# Names that need no column: “Cllr. J. Ash/Clerk”, “Cllrs Ash and P. Elm”, “Mrs Fenn”
_SURNAME = r"[A-Z][\w'’-]{1,20}"
_TITLED = (
    r"(?:Cllrs?|Crs?|Councillors?|Mr|Mrs|Ms|Dr)\.?\s(?:[A-Z]\.?\s?){0,2}"
    rf"{_SURNAME}(?:\s{_SURNAME})?"
)
_RAGGED_ONE = rf"(?:{_TITLED}|[A-Z]\.\s?{_SURNAME}|{_ONE})"
_RAGGED = re.compile(
    rf"(?:(?:{_ONE})\s?[/&]\s?|(?:{_ONE})\sand\s)?{_TITLED}(?:(?:\s?[/&,]\s?|\sand\s){_RAGGED_ONE}){{0,3}}\.?"
)
_LEFTMOST = 40
_NARROWEST = 3  # spaces between the text and the column
_SHORTEST = 25  # letters of text, or of space, before the column
_LONGEST_MARGIN = 40


def roles_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Say what the columns hold that a row of headings names, empty where that is not known."""
    found: list[str] = []
    for cell in cells if all(len(cell) <= _LONGEST_HEADING for cell in cells) else ():
        role = _ROLES.get(names(cell), "")
        role = "decision" if cell.strip().casefold().startswith("decision") else role
        said = "text" if _TEXT.search(cell) else ""
        roles = (said, role) if role == "response" else (role, said)  # “Notes”
        found.append(next((role for role in roles if role and role not in found), ""))
    return tuple(found)


def with_rows(lines: Iterable[Line]) -> Iterator[Line]:
    """Give the lines with those of tables set with spaces made rows."""
    offsets: tuple[int, ...] = ()  # where the columns of the table begin that is open
    row: Line | None = None  # which the next line may go on with
    blank: Line | None = None
    for line in lines:
        raw = line.text.expandtabs(8) if len(line.text) < _LONGEST_ROW else ""
        if offsets and not line.text.strip():
            blank = line
            continue
        cells = _parted(line, raw, offsets, alone=blank is not None)
        goes_on = cells and not blank and (not cells[0] or sum(map(bool, cells)) == 1)
        if row and goes_on and len(row.text) < _LONGEST_ROW:
            both = zip(row.cells, cells, strict=True)
            row = _row(row, tuple(" ".join(filter(None, one)) for one in both))
            continue
        if row:
            yield row
        row = _row(line, cells) if cells else None
        if not cells:
            offsets = _headings(line, raw)
            if blank:
                yield blank
            yield _row(line, tuple(cell for _, cell in _cells(raw))) if offsets else line
        blank = None
    if row:
        yield row


def _row(line: Line, cells: tuple[str, ...]) -> Line:
    return line._replace(text=" | ".join(cells), cells=cells)


def _headings(line: Line, raw: str) -> tuple[int, ...]:
    """Give where the columns begin, if a line is the headings of a table of actions."""
    if line.cells or not raw.strip() or line.heading or "|" in raw:
        return ()
    cells = list(_cells(raw))
    roles = roles_of([cell for _, cell in cells]) if 2 <= len(cells) <= _MOST_CELLS else ()
    return tuple(offset for offset, _ in cells) if "action" in roles and all(roles) else ()


def _cells(raw: str) -> Iterator[tuple[int, str]]:
    start = len(raw) - len(raw.lstrip())
    text = raw.rstrip()
    for match in _GAP.finditer(text, start):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _parted(line: Line, raw: str, offsets: tuple[int, ...], *, alone: bool) -> tuple[str, ...]:
    """Part a line that keeps to the columns; after a blank one it must fill two of them."""
    if not offsets or line.cells or line.heading or not raw.strip():
        return ()
    parted = [""] * len(offsets)
    cells = list(_cells(raw))
    for start, cell in cells:
        column = max(bisect_right(offsets, start + _NEAR) - 1, 0)
        parted[column] = f"{parted[column]} {cell}".strip()
    filled = sum(map(bool, parted))
    first, end = cells[0][0], cells[0][0] + len(cells[0][1])
    across = bisect_right(offsets, end - 1) > max(bisect_right(offsets, first + _NEAR), 1)
    if alone and (filled < 2 or (_NUMBER.fullmatch(cells[0][1]) and filled < len(offsets) - 1)):
        return ()  # an agenda item, not a row
    return tuple(parted) if filled > 1 or not across else ()


def column_of(lines: Iterable[str]) -> int:
    """Give where the right-hand column begins that a heading such as “ACTION” names, else 0."""
    for raw in lines:
        body, gap, last = _last_column(raw)
        start = len(body) + gap
        if gap >= _NARROWEST and start >= _LEFTMOST and _MARGIN_HEADING.fullmatch(last):
            return start
    return 0


def split_margin(raw: str, column: int = 0) -> tuple[str, str, int]:
    """Part a printed line from what stands in a column to its right, and say where that begins.

    That is initials, and names too in a column that has a heading or behind a label.
    """
    body, gap, cell = _last_column(raw)
    last, labelled = without_label(cell)
    start = len(body) + gap
    headed = (labelled or 0 < column <= start + _NARROWEST) and _HEADED_CELL.fullmatch(last)
    named = headed or signs(body, last)
    short = len(body) < _SHORTEST and start < 2 * _SHORTEST
    several = "   " in body.strip()  # a row of more columns: a list of names, a table of figures
    if short or several or gap < _NARROWEST or not (is_initials(last) or named):
        return raw, "", 0
    return body, last.strip(" .()[]*"), start


def signs(body: str, last: str) -> bool:
    """Tell whether names stand behind a whole sentence, and say who is to do it."""
    ended = len(body.strip()) > _LEFTMOST and body.rstrip().endswith((".", "!", "?", ")"))
    return ended and _RAGGED.fullmatch(last) is not None


def without_label(cell: str) -> tuple[str, bool]:
    """Give who a cell of the right-hand column names, and whether a label like “Action:” says so.

    Without a colon or a dash only initials are taken for who: “Action plan” names nobody.
    """
    label = _MARGIN_LABEL.match(cell)
    if not label or not (label["sign"] or is_initials(cell[label.end() :])):
        return cell, False
    return cell[label.end() :].strip(), True


def is_initials(text: str) -> bool:
    """Tell whether a text is initials, or a post that stands in their column."""
    bare = text.strip(" .()[]*")
    if len(bare) > _LONGEST_MARGIN or bare.upper() in words.NOT_INITIALS:
        return False
    return _INITIALS_CELL.fullmatch(bare) is not None


def is_name(text: str) -> bool:
    """Tell whether a text looks like one person's name, or a post of a word or two."""
    bare = text.strip()
    if len(bare) > _LONGEST_MARGIN or bare.casefold() in words.NOBODY:
        return False
    return _NAMED_CELL.fullmatch(bare) is not None


def _last_column(raw: str) -> tuple[str, int, str]:
    """Part a line at its last wide gap: what is before, how wide, what is after."""
    text = raw.rstrip()
    at = text.rfind(" " * _NARROWEST, max(0, len(text) - _LONGEST_MARGIN - _NARROWEST))
    if at < 0:
        return raw, 0, ""
    body = text[:at].rstrip()
    return body, at + _NARROWEST - len(body), text[at + _NARROWEST :].strip()
