"""An action log as a file holds it: its rows with their cells by meaning, all as printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cpctrack.errors import ImportRefusedError
from cpctrack.labels import (
    BLANKS,
    COLUMNS,
    EXEMPT,
    NO_DUE,
    NOT_FOR_PUBLICATION,
    PART,
    PROGRESS_COLUMNS,
)
from cpctrack.reading.document import Document
from cpctrack.records.exempt import Says, of_pages, of_part
from cpctrack.tables import lookalikes
from cpctrack.tables.body import read_body
from cpctrack.tables.columns import Columns, find_header, layout_of
from cpctrack.tables.grid import Grid, GridRow, grids_of
from cpctrack.tables.headings import key
from cpctrack.tables.layout import Layout, Reading, find_layout
from cpctrack.tables.problems import ProblemsError, RowProblem
from cpctrack.tables.stacked import unstack
from cpctrack.text import clean, counted, fold

STRUCK = "the row is struck through; say whether the action still stands"
STRUCK_IN_PART = "some of the row is struck through, and that was left out"

_OURS = frozenset(COLUMNS.values())
_PROGRESS = frozenset(PROGRESS_COLUMNS.values())
_BLANKS = {meaning: fold(words) for meaning, words in {**BLANKS, "due": NO_DUE}.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: cells by meaning, and by header where the header means nothing to us."""

    line: int
    cells: Mapping[str, str]
    others: Mapping[str, str]
    under: Says | None = None
    """What a line above the row says of being exempt."""
    struck: str = ""
    """That it is struck through, wholly or in part, as a sentence."""


@dataclass(frozen=True, slots=True)
class Log:
    """The action log of one file.

    `headers` gives the header each meaning stands under, `unrecognised` the headers that mean
    nothing to us, `left_out` the lines between rows that were taken for no part of any. `ours`
    tells that all of it began as sheets that cpctrack made, `progress` that it is a progress
    report, which leaves out what is done; `made_on` is the day (ISO) that they say, or nothing.
    """

    name: str
    entries: tuple[Entry, ...]
    headers: Mapping[str, str]
    unrecognised: tuple[str, ...]
    left_out: tuple[tuple[int, str], ...] = ()
    other_tables: int = 0
    ours: bool = False
    progress: bool = False
    made_on: str = ""
    tables: tuple[Reading, ...] = ()


def log_of(document: Document, layouts: Sequence[Layout] = (), *, forced: bool = False) -> Log:
    """Take together every table with a column of actions; raises `ImportRefusedError`.

    A table is read by the layout that is known by its headings; where it is `forced`, by the first
    of them whatever its headings.
    """
    name = document.name
    parts = list(map(unstack, grids_of(document)))
    tables = [part for of_table in parts for part in of_table]
    with_headers = [(table, _find_header(table, layouts, forced=forced)) for table in tables]
    found = [(table, header) for table, header in with_headers if header]
    if reason := lookalikes.find_lookalike(
        [table for table, _ in found] or tables, with_actions=bool(found)
    ):
        raise ImportRefusedError(f"{name} is {reason}.")
    if not found:
        raise ImportRefusedError(
            f"{name} has no column of actions; its header must name one “Actions” or the like."
        )
    if any(lookalikes.is_minute_table(table, layout) for table, (_, _, layout) in found):
        raise named_minutes(name)
    entries: list[Entry] = []
    readings: list[Reading] = []
    left_out = [left for below in parts for left in _left_out_below(below)]
    headers: dict[str, str] = {}
    unrecognised: dict[str, None] = {}
    # Rows of our own say for themselves what our documents say at the head of their pages.
    ours = any(table.ours for table, _ in found)
    under = of_pages(
        text for text in document.margins if not (ours and text.startswith(NOT_FOR_PUBLICATION))
    )
    # What stands above a header may be wrong.
    _refuse(
        RowProblem(name, line, message)
        for table, (start, _, _) in found
        for line, message in table.faults
        if line > table.rows[start].line
    )
    for table, header in with_headers:
        if header is None:  # a title above it may be one of the next table too
            under = _parted((), table.rows[: table.titles], under)[1]
            continue
        start, header_rows, layout = header
        body = read_body(table, start, header_rows, layout)
        _refuse(
            RowProblem(
                name, row.line, f"the row has {len(row.cells)} cells under {layout.width} headers."
            )
            for row in body.rows
            if len(row.cells) > layout.width
        )
        of_table = [_entry(row, layout) for row in body.rows]
        of_table, under = _parted(of_table, [*table.rows[:start], *body.left_out], under)
        entries += of_table
        readings.append(_reading(layout, of_table, layouts, forced=forced))
        left_out += _printed(body.left_out)
        headers |= {meaning: layout.header[index] for meaning, index in layout.columns.items()}
        unrecognised |= dict.fromkeys(layout.others)
    if not entries:
        raise ImportRefusedError(f"{name} has the header of an action log and no row below it.")
    return Log(
        name=name,
        entries=tuple(entries),
        headers=headers,
        unrecognised=tuple(unrecognised),
        left_out=tuple(sorted(left_out)),
        other_tables=len(tables) - len(found),
        ours=all(
            _is_progress(layout) or (table.ours and _OURS.issubset(layout.header))
            for table, (_, _, layout) in found
        ),
        made_on=max(table.made_on for table, _ in found),
        progress=any(_is_progress(layout) for _, (_, _, layout) in found),
        tables=tuple(readings),
    )


def _reading(
    columns: Columns, entries: Sequence[Entry], layouts: Sequence[Layout], *, forced: bool
) -> Reading:
    taught = _taught(columns.header, layouts, forced=forced)
    said = {key(heading): (heading, means) for heading, means in taught.columns.items()}
    at: dict[int, tuple[str, tuple[str, ...]]] = {
        index: (name, ()) for name, index in columns.others.items()
    }
    for meaning, index in columns.columns.items():
        name = " ".join(columns.header[index].split())
        at[index] = (name, (*at.get(index, (name, ()))[1], meaning))
    full = {name: said.get(key(name), (name, means))[1] for _, (name, means) in sorted(at.items())}
    unknown = {
        name: tuple(text for entry in entries if (text := entry.others.get(name)))[:3]
        for name in columns.others
        if key(name) not in said
    }
    absent = tuple(name for folded, (name, _) in said.items() if folded not in columns.names)
    return Reading(taught._replace(columns=full), unknown, absent=absent)


def _taught(header: Sequence[str], layouts: Sequence[Layout], *, forced: bool) -> Layout:
    found = layouts[0] if forced else find_layout(layouts, header)
    return found or Layout("", {})


def named_minutes(name: str) -> ImportRefusedError:
    """Say that what was to be imported is the minutes of a meeting."""
    return ImportRefusedError(
        f"{name} reads like minutes, not like a table of actions; “cpctrack minutes {name}” finds "
        "the actions in them."
    )


def _parted(
    entries: Sequence[Entry], titles: Sequence[GridRow], under: Says | None
) -> tuple[list[Entry], Says | None]:
    """Give each row what the lines above it say of being exempt, and what goes on below them.

    That an earlier table was exempt leaves a doubt about this one. What our documents print over
    rows of which each says for itself whether it is exempt is of none of them.
    """
    marked = any(f"\n{EXEMPT}" in entry.cells.get("item", "") for entry in entries)
    under = under._replace(doubt=True) if under else None
    parted = []
    lines: list[GridRow | Entry] = [*titles, *entries]
    for each in sorted(lines, key=lambda each: each.line):
        if isinstance(each, Entry):
            parted.append(replace(each, under=under))
            continue
        text = " ".join(filter(None, each.cells))
        if not (marked and text.startswith(NOT_FOR_PUBLICATION)):
            under = of_part(text, under, heading=each.is_heading)
    return parted, under


def _left_out_below(parts: Sequence[Grid]) -> Iterator[tuple[int, str]]:
    """Tell the titles of tables that stand below another, and the tables that are no log."""
    for part in parts[1:]:
        if header := find_header(part.rows):
            yield from _printed(part.rows[: header[0]])
        else:
            first, *rest = _printed(part.rows)
            reason = lookalikes.find_lookalike([part], with_actions=False)
            yield first[0], f"{reason}: “{first[1]}” and {counted(len(rest), 'row')} below it"


def _printed(rows: Sequence[GridRow]) -> list[tuple[int, str]]:
    return [
        (row.line, " ".join(cells)) for row in rows if (cells := list(filter(str.strip, row.cells)))
    ]


def _find_header(
    table: Grid, layouts: Sequence[Layout], *, forced: bool
) -> tuple[int, int, Columns] | None:
    """Find the header; the part of our own report that a row stands in is no cell of its record."""
    for start, row in enumerate(table.rows if layouts else ()):
        taught = _taught(row.cells, layouts, forced=forced)
        if taught.keys & set(map(key, row.cells)):
            columns = layout_of(row.cells)
            of = {
                h: i
                for i, cell in enumerate(row.cells)
                for h in taught.columns
                if key(h) == key(cell)
            }
            says = {m: i for h, i in of.items() for m in taught.columns[h]}
            rest = {m: i for m, i in columns.columns.items() if i not in of.values()}
            places = {**rest, **says}
            others = {
                " ".join(cell.split()): i
                for i, cell in enumerate(row.cells)
                if i not in places.values()
            }
            if "action" in places and len(places) > 1:
                return start, 1, Columns(row.cells, places, others)
    found = find_header(table.rows)
    if found is None or not _is_progress(found[2]):
        return found
    start, rows, layout = found
    others = {name: at for name, at in layout.others.items() if name != PART}
    return start, rows, replace(layout, others=others)


def _is_progress(layout: Columns) -> bool:
    """Tell our progress report, whose columns nobody else prints."""
    return _PROGRESS.issubset(layout.header)


def _refuse(problems: Iterable[RowProblem]) -> None:
    if found := list(problems):
        raise ProblemsError(found)


def _entry(row: GridRow, layout: Columns) -> Entry:
    """Take a row's cells by meaning: what lives in them, or all of it where no action lives."""
    cells, struck = row.cells, ""
    if row.living is not None:
        living = (*row.living, *[""] * (layout.width - len(row.living)))
        at = [layout.columns.get(meaning) for meaning in ("action", "recommendation")]
        lives = any(index is not None and living[index].strip() for index in at)
        cells, struck = (living, STRUCK_IN_PART) if lives else (cells, STRUCK)
    texts = {meaning: _text(cells[index]) for meaning, index in layout.columns.items()}
    if "exempt" in texts:  # what somebody has struck out there is asked about, not published
        texts["exempt"] = _text(row.cells[layout.columns["exempt"]])
    return Entry(
        row.line,
        {meaning: "" if fold(t) == _BLANKS.get(meaning) else t for meaning, t in texts.items()},
        {name: text for name, index in layout.others.items() if (text := _text(cells[index]))},
        struck=struck,
    )


def _text(cell: str) -> str:
    text = clean(cell)
    return text if text.strip() else ""
