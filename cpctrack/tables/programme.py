"""A published work programme, or forward plan: what comes to which meeting. Pure.

The day of a meeting stands in a column, in a row over others, above the table, or at the head of a
column of its own. What names no day keeps the words that stand in its place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cpctrack.dates import MONTH_WORDS, find_date, municipal_year, parse_municipal_year
from cpctrack.errors import DateError
from cpctrack.reading.document import Document, Paragraph
from cpctrack.records.exempt import divides, of_above, of_pages, of_part, strongest
from cpctrack.store.programme import Report
from cpctrack.tables import lookalikes
from cpctrack.tables.around import days_in
from cpctrack.tables.body import is_furniture
from cpctrack.tables.columns import find_header, headings_of
from cpctrack.tables.drafts import read_exempt
from cpctrack.tables.entries import Entry
from cpctrack.tables.grid import Grid, GridRow, grids_of
from cpctrack.tables.headings import key, names
from cpctrack.tables.meetings import read_day
from cpctrack.text import clean, fold, one_line

_LOOK_FOR_HEADER_IN = 60  # rows of a table
_LONGEST_HEADING = 60
_LONGEST_TITLE = 110
_SHORTEST_ACTION = 10  # letters: “Yes” and “No” under “Key decision” are no actions

# What a heading means, as `key` leaves it, by the first rule that fits; the first says nothing.
_MEANINGS: Sequence[tuple[str, str]] = (
    ("",
     r".*\b(?:deadline|des?patch|dispatch|publi\w+|submission|draft|added|requested|raised|previous"
     r"|last|origin|source|key decision|ref|reference|no|number)\b.*"),
    ("purpose",
     r".*\b(?:purpose|reason|rationale|detail|description|scope|brief|outcome|aim|objective"
     r"|key line of enquiry|summary|note|comment|background)\b.*"),
    ("contact", r".*\b(?:author|presenter|presented by|presenting|witness|contact)\b.*"),
    ("when",
     r".*\b(?:date|timing|timescale|scheduled|decision due|month)\b.*|when|(?:.* )?meeting"),
    ("title",
     r"topic|(?:\w+ )?title(?: of (?:the )?\w+)?|agenda item|item|report|subject"
     r"|matter(?: for decision)?|decision(?: to be (?:taken|made))?|issue|business|area of work"),
)  # fmt: skip
_CLAIMED: Mapping[str, str] = {
    "owner": "contact", "meeting_date": "when", "due": "when", "item": "title",
}  # fmt: skip
# ruff: noqa: ISC004 - a pattern may be longer than a line
# Of several columns that may mean one thing the first of these, then whichever stands first.
_BEST: Mapping[str, Sequence[str]] = {
    "title": ("topic", "title", "report title", "item title", "decision to be taken", "report"),
    "when": ("meeting date", "date of meeting", "meeting", "committee date", "date of decision"),
}

# What follows these words is another day than that of the meeting.
_OTHER_DAY = re.compile(
    r"\b(?:deadline|des?patch|dispatch|publi(?:sh|cation)|(?:papers|reports?) due|submi\w+)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_MEETING = re.compile(
    r"\bw/?[ce]\b|\b(?:week|by|before|after|from|since|until|between|earliest|as at|updated?|"
    r"version|revised|correct|printed|last|minutes)\b",
    re.IGNORECASE,
)
_INFORMAL = re.compile(r"\binformal\b", re.IGNORECASE)
_CALLED_OFF = re.compile(r"\b(?:cancell?ed|postponed|moved|rescheduled)\b", re.IGNORECASE)
_OFF = re.compile(r"(?:cancell?ed|withdrawn|removed|no longer \w+)\.?", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:to be (?:scheduled|confirmed|arranged|agreed|allocated|programmed|determined)|tbc|tba|"
    r"un(?:scheduled|allocated|programmed)|not yet|no date|future (?:items?|meetings?|reports?|"
    r"business)|long ?list)\b",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(
    rf"(?:meeting (?:of|in) )?(?:{MONTH_WORDS})(?: 20\d\d)?(?: meeting)?(?:\s*[(,:–-].*)?",
    re.IGNORECASE,
)
_OF_MEETING = re.compile(r"(?:(?:in)?formal )?meeting(?: (?:of|on))?[:\s–-]*", re.IGNORECASE)
_NO_YEAR = re.compile(
    rf"(?P<day>(?:[a-z]+,?\s+)?\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH_WORDS})\b",
    re.ASCII | re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\s?[/–-]\s?(?:20)?\d\d\b")
_LISTED = re.compile(r"\s*(?:[•·▪◦*–-]|\d{1,2}[.)]|\([a-z0-9]\))\s+")
_NOT_HERE = frozenset({"", "-", "–", "—", "no", "n", "n/a", "na", "0"})


class Programme(NamedTuple):
    """What a document says will come to meetings.

    `days` are those (ISO) of the meetings that it names, in order, and `informal` those of them
    that it calls so; `reports` stand as printed, each once; `left_out` are the lines that are
    neither.
    """

    name: str
    days: tuple[str, ...]
    reports: tuple[Report, ...]
    left_out: tuple[tuple[int, str], ...] = ()
    informal: tuple[str, ...] = ()


class _Columns(NamedTuple):
    """Where the columns of a programme stand, by meaning and by the day that heads them."""

    start: int
    header: tuple[str, ...]
    meant: Mapping[str, tuple[int, ...]]
    dated: Mapping[int, str]

    def text(self, cells: Sequence[str], meaning: str) -> str:
        """Give what the columns of this meaning hold, a line each."""
        held = (cells[at].strip() for at in self.meant.get(meaning, ()))
        return "\n".join(filter(None, held))


class _Days(NamedTuple):
    """Reads days of meetings; one without a year is of the municipal year of the document."""

    year: str

    def of(self, text: str) -> list[str]:
        """Give the days (ISO) that a text names as those of meetings, in order."""
        said = _OTHER_DAY.sub("", text).strip()
        if _NO_MEETING.search(said) or _CALLED_OFF.search(said):
            return []
        if re.search(r"\bor\b", said) and len(days_in(said)) > 1:
            return []
        if day := read_day(said):
            return [day]
        return days_in(said) or self._without_year(_OF_MEETING.sub("", said, count=1))

    def _without_year(self, text: str) -> list[str]:
        match = _NO_YEAR.match(text) if self.year else None
        if match is None:
            return []
        first = int(self.year[:4])
        tried = [find_date(f"{match['day']} {match['month']} {first + more}") for more in (0, 1)]
        return [day.isoformat() for day in tried if day and municipal_year(day) == self.year][:1]


def programme_of(document: Document) -> Programme | None:
    """Read a work programme, or give None where the document holds none."""
    tables = grids_of(document)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    first_rows = (row.cells for table in tables for row in table.rows[:2])
    days = _Days(_year_in([document.name, *texts, *(cell for row in first_rows for cell in row)]))
    read = _with_others_alike([(table, _columns_of(table, days)) for table in tables], days)
    headed = {at: _heading(table, days) for at, (table, columns) in enumerate(read) if columns}
    # One day above a table may be that of the document; where there are several it is not.
    several = len(set(headed.values()) - {""}) > 1
    reader = _Reader(document.name, days)
    reader.under = of_pages(document.margins)
    for at, (table, columns) in enumerate(read):
        day = headed.get(at, "")
        is_alone = any(read_day(text) == day for text in table.above)
        day = day if several or is_alone else ""
        reader.take(table, columns, day, "" if day else _words_for_day(table))
    if not (reader.reports or reader.held):
        return None
    held, reports = tuple(sorted(reader.held)), tuple(reader.reports.values())
    informal = tuple(sorted(reader.informal))
    return Programme(document.name, held, reports, tuple(reader.left_out), informal)


def _with_others_alike(
    read: Sequence[tuple[Grid, _Columns | None]], days: _Days
) -> list[tuple[Grid, _Columns | None]]:
    """Add the columns of tables without a day that are headed as one that has some.

    “Items to be scheduled” are often below the meetings, in a table of their own.
    """
    headers = [set(map(key, columns.header)) for _, columns in read if columns]
    every = []
    for table, found in read:
        cells = table.rows[table.titles].cells if len(table.rows) > table.titles else ()
        is_alike = len(cells) > 1 and any(set(map(key, cells)) <= each for each in headers)
        columns = _read_header(table.titles, cells, days) if is_alike and not found else found
        every.append((table, columns))
    return every


def _year_in(texts: Iterable[str]) -> str:
    """Give the first municipal year that texts name, or nothing."""
    for text in texts:
        for match in _YEAR.finditer(text):
            try:
                return parse_municipal_year(match[0])
            except DateError:
                continue
    return ""


def _heading(table: Grid, days: _Days) -> str:
    """Give the day that is named nearest above a table, or nothing."""
    named = (days.of(text) for text in reversed(table.above) if len(text) < _LONGEST_TITLE)
    return next((found[0] for found in named if len(found) == 1), "")


def _words_for_day(table: Grid) -> str:
    """Give what stands above a table in place of a day, or nothing."""
    last = next(reversed(table.above), "")
    return one_line(last) if len(last) < _LONGEST_TITLE and _is_instead(last) else ""


def _is_instead(text: str) -> bool:
    """Tell words that part what is below from the meeting above, and name no day to be sure of."""
    called_off = _CALLED_OFF.search(text) and days_in(text)
    return bool(_LATER.search(text) or _OF_MONTH.fullmatch(text.strip()) or called_off)


def _columns_of(table: Grid, days: _Days) -> _Columns | None:
    """Find the header of a programme: what comes, and when, to whom or what for."""
    log = _header_of_log(table)
    of_log = sum(map(bool, table.rows[log].cells)) if log is not None else 0
    if lookalikes.is_own_programme(table):
        return None
    for start, row in enumerate(table.rows[:_LOOK_FOR_HEADER_IN]):
        if log is not None and (start >= log or sum(map(bool, row.cells)) < of_log):
            continue
        if any(len(cell) > _LONGEST_HEADING or _LISTED.match(cell) for cell in row.cells):
            continue
        columns = _read_header(start, row.cells, days)
        known = columns.meant.keys() - {""}
        above = [*table.above, *(cell for each in table.rows[:start] for cell in each.cells)]
        is_headed = lookalikes.is_headed(above)
        if len(columns.dated) > 1 and ("title" in known or is_headed):
            return columns
        if "title" in known and len(known) > 1:
            is_named = is_headed or lookalikes.find_lookalike([table]) == lookalikes.PROGRAMME
            if is_named or _has_days(table, columns, days):
                return columns
    return None


def _header_of_log(table: Grid) -> int | None:
    """Give the row that heads a column of actions, which is for `import`, if any does.

    Of a programme it may be a row: “Pre-decision” says as much as a heading does.
    """
    found = find_header(table.rows)
    if found is None or lookalikes.is_programme(table, found):
        return None
    start, count, columns = found
    at = columns.columns[columns.text]
    if not lookalikes.names_action(columns) or "title" in key(columns.header[at]):
        return None
    texts = [row.cells[at].strip() for row in table.rows[start + count :] if at < len(row.cells)]
    return start if max(map(len, texts), default=0) >= _SHORTEST_ACTION else None


def _read_header(start: int, cells: Sequence[str], days: _Days) -> _Columns:
    header = tuple(headings_of(cells))
    dated = {at: found[0] for at, cell in enumerate(cells) if len(found := days.of(cell)) == 1}
    meant: dict[str, tuple[int, ...]] = {}
    for at, cell in enumerate(cells):
        if cell.strip() and at not in dated:
            meaning = _meaning(cell)
            meant[meaning] = (*meant.get(meaning, ()), at)
    for meaning, names_first in _BEST.items():
        ranks = {name: rank for rank, name in enumerate(names_first)}
        if several := meant.get(meaning):
            best = min(several, key=lambda at: ranks.get(key(cells[at]), len(ranks)))
            meant[meaning] = (best,)
            meant["other"] = (*meant.get("other", ()), *(at for at in several if at != best))
    return _Columns(start, header, meant, dated)


def _meaning(heading: str) -> str:
    """Say what a heading of a programme means: nothing for what is left out, “other” for detail."""
    name = key(heading)
    found = next((says for says, rule in _MEANINGS if re.fullmatch(rule, name)), None)
    return _CLAIMED.get(names(heading), "other") if found is None else found


def _has_days(table: Grid, columns: _Columns, days: _Days) -> bool:
    """Tell whether a day stands in its column, alone in a row, or above the table."""
    if _heading(table, days):
        return True
    for row in table.rows:
        texts = set(filter(str.strip, row.cells))
        at = columns.meant.get("when", ())
        cells = [row.cells[each] for each in at if each < len(row.cells)]
        if any(map(days.of, cells)) or (len(texts) == 1 and days.of(*texts)):
            return True
    return False


class _Reader:
    """Takes the reports of one table after the other, with what stands over them."""

    def __init__(self, name: str, days: _Days) -> None:
        self.reports: dict[str, Report] = {}
        self.held: set[str] = set()
        self.informal: set[str] = set()
        self.left_out: list[tuple[int, str]] = []
        self.under = of_part("", None)  # what a line above says of being exempt
        self._name, self._days = name, days
        self._meetings: list[str] = []
        self._when = ""

    def take(self, table: Grid, columns: _Columns | None, day: str, when: str = "") -> None:
        """Take a table below a heading that names its meeting (ISO), or the words in its place.

        One without columns of a programme only has titles.
        """
        # That an earlier table was exempt leaves a doubt about this one.
        self.under = self.under._replace(doubt=True) if self.under else None
        for row in table.rows[: table.titles]:
            self._divide(row, " ".join(filter(None, row.cells)))
        if columns is None:
            return
        if says := strongest(map(of_above, table.below)):
            self.under = strongest([self.under, says])
        self._begin([day] if day else [], when)
        for text in (*table.above, *columns.header):
            self._note_type(text)
        goes_on = _goes_on(table, columns)
        for at, row in enumerate(table.rows[table.titles :], table.titles):
            texts = list(dict.fromkeys(text for cell in row.cells if (text := cell.strip())))
            is_header = at == columns.start or _is_header(texts, columns)
            if (
                is_header
                or not texts
                or (len(texts) == 1 and self._alone(row, texts[0], columns, at))
            ):
                continue
            if at > columns.start:
                self._take_row(row, columns, goes_on=goes_on)

    def _begin(self, days: Sequence[str], when: str = "") -> None:
        self._meetings, self._when = list(days), when
        self.held.update(days)

    def _note_type(self, text: str) -> None:
        """Keep which meetings a text that names their days calls informal."""
        if _INFORMAL.search(text):
            self.informal.update(self._days.of(text))

    def _divide(self, row: GridRow, text: str) -> bool:
        """Take a line that says that what follows is exempt, or public again."""
        is_one = divides(text, heading=row.is_heading)
        if is_one:
            self.under = of_part(text, self.under, heading=row.is_heading)
        return is_one

    def _alone(self, row: GridRow, text: str, columns: _Columns, at: int) -> bool:
        """Take the only text of a row that stands over others, or tell that it is no such row."""
        divided, is_short = self._divide(row, text), len(text) < _LONGEST_TITLE
        if is_short and len(days := self._days.of(text)) == 1:
            self._begin(days)
            self._note_type(text)
            return True
        if divided or at < columns.start or is_furniture(text):
            return True
        if is_short and _is_instead(text):
            self._begin([], one_line(text))
            return True
        cells = _wide(row, columns)
        is_report = columns.text(cells, "title") or any(cells[at].strip() for at in columns.dated)
        if is_report and not row.spans:
            return False
        self.left_out.append((row.line, one_line(text)))
        return True

    def _take_row(self, row: GridRow, columns: _Columns, *, goes_on: bool) -> None:
        cells = _wide(row, columns)
        if "when" in columns.meant:
            if said := columns.text(cells, "when"):
                days = self._days.of(said)
                self._begin(days, "" if days else one_line(said))
                self._note_type(said)
            elif not goes_on:
                self._begin([])
        titles = columns.text(cells, "title")
        if titles and _is_off(cells, columns):
            self.left_out.append((row.line, one_line(" ".join(filter(None, cells)))))
            return
        if not (titles or columns.dated):
            first = next(filter(None, map(str.strip, cells)), "")
            if len(days := self._days.of(first)) == 1:  # a row over others that says more
                self._begin(days)
            elif first:
                self.left_out.append((row.line, one_line(" ".join(filter(None, cells)))))
            return
        self._take_reports(row, columns, cells, titles)

    def _take_reports(
        self, row: GridRow, columns: _Columns, cells: Sequence[str], titles: str
    ) -> None:
        """Take what a row says comes: to the meeting it is under, or to those that it marks."""
        if not columns.dated:
            self._add(row, columns, cells, titles, self._meetings)
        for at, day in columns.dated.items():
            if fold(cells[at].strip()) not in _NOT_HERE:
                self._add(row, columns, cells, titles or cells[at], [day])

    def _add(
        self,
        row: GridRow,
        columns: _Columns,
        cells: Sequence[str],
        titles: str,
        days: Sequence[str],
    ) -> None:
        lines = titles.split("\n")
        listed = [_LISTED.sub("", line, count=1) for line in lines] if all(
            map(_LISTED.match, lines)
        ) else [titles]  # fmt: skip
        contacts = columns.text(cells, "contact").split("\n")
        each_has_one = len(contacts) == len(listed) > 1
        others = [
            f"{columns.header[at]}: {text}"
            for at in columns.meant.get("other", ())
            if (text := cells[at].strip())
        ]
        purpose = "\n".join(filter(None, (columns.text(cells, "purpose"), *others)))
        self.held.update(days)
        for number, title in enumerate(map(one_line, listed)):
            if not title:
                continue
            contact = contacts[number] if each_has_one else one_line("; ".join(contacts))
            for day in days or [""]:
                report = Report(
                    day,
                    title,
                    "" if day else self._when,
                    contact,
                    purpose,
                    self._exempt(title, row, columns, cells),
                    f"{self._name}, line {row.line}",
                )
                if report.id not in self.reports or report.exempt:
                    self.reports[report.id] = report

    def _exempt(self, title: str, row: GridRow, columns: _Columns, cells: Sequence[str]) -> str:
        """Give the paragraph that keeps a report from the public, or the words that say so."""
        others = dict(zip(columns.header, cells, strict=True))
        paragraph, _ = read_exempt({"item": title}, Entry(row.line, {}, others, self.under), "")
        return paragraph


def _wide(row: GridRow, columns: _Columns) -> tuple[str, ...]:
    """Give the cells of a row that are not struck through, as many as there are columns."""
    cells, width = row.living or row.cells, len(columns.header)
    return (*map(clean, cells), *[""] * width)[:width]


def _is_off(cells: Sequence[str], columns: _Columns) -> bool:
    """Tell a row of which another column says that it comes no more."""
    others = (cells[at].strip() for at in columns.meant.get("other", ()))
    return any(map(_OFF.fullmatch, others))


def _is_header(texts: Sequence[str], columns: _Columns) -> bool:
    """Tell the header where it is printed again."""
    known = {key(name) for name in columns.header}
    return len(texts) > 1 and all(key(text) in known for text in texts)


def _goes_on(table: Grid, columns: _Columns) -> bool:
    """Tell whether a day in its column stands for the rows below that have none.

    It does not where it is printed in each: two rows that follow each other have the same.
    """
    cells = [_wide(row, columns) for row in table.rows[columns.start + 1 :]]
    said = [columns.text(each, "when") for each in cells if columns.text(each, "title")]
    return not any(one and one == other for one, other in pairwise(said))
