"""An action log as a file holds it: its rows with their cells by meaning, all as printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cpctrack.dates import find_date
from cpctrack.errors import ImportRefusedError
from cpctrack.labels import (
    BAND_COLUMNS,
    CARRIED,
    COLUMNS,
    EXEMPT,
    GROUP,
    NOT_FOR_PUBLICATION,
    PART,
    WORKING_COLUMNS,
)
from cpctrack.reading.document import Document, Paragraph
from cpctrack.records.exempt import Says, of_above, of_pages, of_part, strongest
from cpctrack.records.model import Status, agreed
from cpctrack.records.printed_status import stated
from cpctrack.tables import lookalikes
from cpctrack.tables.around import (
    carried,
    keys_in,
    of_group,
    of_headings,
    of_meeting,
    of_titles,
    shades_of,
    status_in,
)
from cpctrack.tables.body import Body, read_body
from cpctrack.tables.colours import colour_name, find_colour
from cpctrack.tables.columns import STATES, Columns, find_header, headings_of
from cpctrack.tables.entries import Entry, entry_of
from cpctrack.tables.grid import Grid, GridRow, grids_of
from cpctrack.tables.layout import MONTH_FIRST, Knows, Layout, Reading, find_layout, heading_key
from cpctrack.tables.notes import notes_of
from cpctrack.tables.problems import NoActionsError, ProblemsError, RowProblem
from cpctrack.tables.stacked import unstack
from cpctrack.tables.status import is_understood
from cpctrack.text import counted, fold, one_line

# Of our columns a band or a heading may say some; one that is blank throughout may be left out.
_OURS = frozenset(
    COLUMNS[name] for name in COLUMNS if name not in (*BAND_COLUMNS, "recommendation", "action")
)
_PROGRESS = frozenset(WORKING_COLUMNS.values())
_LEAST_TITLES = 2
_LONGEST_KEY = 8  # rows of a table that explains colours
_DATES = ("meeting_date", "due", "revised_due", "completed_on")
_MOST_WORDS = 3  # in a status that may be one of a body's own


@dataclass(frozen=True, slots=True)
class Log:
    """The action log of one file.

    `headers` gives the header each meaning stands under, `unrecognised` the headers that mean
    nothing to us, `left_out` the lines between rows that were taken for no part of any. `ours`
    tells that all of it began as sheets that cpctrack made, `progress` that it is a progress
    report, which leaves out what is done; `made_on` is the day (ISO) that they say, or nothing.
    `notes` say in a sentence each what a plain table would not have needed to be read.
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
    notes: tuple[str, ...] = ()


def log_of(document: Document, layouts: Sequence[Layout] = (), *, forced: bool = False) -> Log:
    """Take together every table with a column of actions; raises `ImportRefusedError`.

    A table is read by the layout that is known by its headings; where it is `forced`, by the first
    of them whatever its headings.
    """
    name = document.name
    knows = partial(find_layout, layouts, forced=forced)
    parts = [unstack(grid, knows) for grid in grids_of(document)]
    tables = [part for of_table in parts for part in of_table]
    with_headers = [(table, _find_header(table, knows)) for table in tables]
    planned = _programmes(with_headers)
    with_headers = [
        (table, header if header and header[2].header not in planned else None)
        for table, header in with_headers
    ]
    if any(header and _is_filled(table, header) for table, header in with_headers):
        with_headers = [
            (table, header if header and _is_filled(table, header) else None)
            for table, header in with_headers
        ]
    found = [(table, header) for table, header in with_headers if header]
    if reason := lookalikes.find_lookalike(
        [table for table, _ in found] or tables, [columns for _, (_, _, columns) in found]
    ):
        raise ImportRefusedError(f"{name} is {reason}.")
    if not found:
        raise _no_log(name, tables, is_programme=bool(planned))
    if any(lookalikes.is_minute_table(table, layout) for table, (_, _, layout) in found):
        raise named_minutes(name)
    entries: list[Entry] = []
    read: list[tuple[Columns, Sequence[Entry]]] = []
    left_out = [left for below in parts for left in _left_out_below(below)]
    left_out += document.unread
    headers: dict[str, str] = {}
    unrecognised: dict[str, None] = {}
    # Rows of our own say for themselves what our documents say at the head of their pages.
    ours = any(table.ours for table, _ in found)
    marked = ours and any(
        f"\n{EXEMPT}" in cell for table, _ in found for row in table.rows for cell in row.cells
    )
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
    keys = _keys(document, with_headers)
    heading = ""
    is_carried = False
    for table, header in with_headers:
        if header is None:  # a title above it may be one of the next table too
            under = _parted((), table.rows[: table.titles], under, marked=marked)[1]
            heading = _heading(table) or heading
            continue
        start, header_rows, layout = header
        body = read_body(table, start, header_rows, layout)
        _refuse(
            RowProblem(
                name, row.line, f"the row has {len(row.cells)} cells under {layout.width} headings."
            )
            for row in body.rows
            if len(row.cells) > layout.width
        )
        of_table = [_shaded(entry, keys) for entry in _entries(table, start, body, layout, heading)]
        # Below this heading each item of ours has a table of its own.
        if is_carried := CARRIED in table.above or (table.ours and is_carried):
            of_table = [replace(entry, carried=True) for entry in of_table]
        around = [*table.rows[:start], *body.left_out]
        of_table, under = _parted(of_table, around, under, marked=marked)
        if not ours and (says := strongest(map(of_above, table.below))):
            of_table = [_also(entry, says) for entry in of_table]
        entries += of_table
        read.append((layout, of_table))
        left_out += _printed(body.left_out)
        headers |= {meaning: layout.header[index] for meaning, index in layout.columns.items()}
        unrecognised |= dict.fromkeys(layout.others)
    if not entries:
        raise ImportRefusedError(f"{name} has the headings of an action log and no row below them.")
    dated = tuple(_dated(_of_their_titles(entries)))
    is_ours = all(
        _is_progress(layout) or (table.ours and _OURS.issubset(layout.header))
        for table, (_, _, layout) in found
    )
    return Log(
        name=name,
        entries=dated,
        headers=headers,
        unrecognised=tuple(unrecognised),
        left_out=tuple(sorted(left_out)),
        other_tables=len(tables) - len(found),
        ours=is_ours,
        made_on=max(table.made_on for table, _ in found),
        progress=any(_is_progress(layout) for _, (_, _, layout) in found),
        tables=tuple(_reading(layout, of_table) for layout, of_table in read),
        notes=notes_of(
            [] if is_ours else read,
            guessed=any(table.guessed for table, _ in found),
            month_first=sum(entry.month_first and bool(_dates(entry)) for entry in dated),
        ),
    )


def _programmes(
    tables: Iterable[tuple[Grid, tuple[int, int, Columns] | None]],
) -> set[tuple[str, ...]]:
    """Give the headers of tables of a work programme; often only the first has its name above."""
    return {
        header[2].header
        for table, header in tables
        if header and lookalikes.is_programme(table, header)
    }


def _no_log(name: str, tables: Iterable[Grid], *, is_programme: bool) -> ImportRefusedError:
    """Say what is in tables of which none is a log."""
    if any(map(lookalikes.is_own_programme, tables)):
        return ImportRefusedError(
            f"{name} is a work programme that cpctrack printed of a store: it has nothing new."
        )
    if is_programme:
        return ImportRefusedError(f"{name} is {lookalikes.PROGRAMME}.")
    return NoActionsError(
        f"{name} has no column of actions; one heading must be “Actions” or the like."
    )


def _is_filled(table: Grid, header: tuple[int, int, Columns]) -> bool:
    """Tell a table that has rows below its header: a key of colours has none."""
    return header[0] + header[1] < len(table.rows)


def _heading(table: Grid) -> str:
    """Give the text of a table that is a heading of those below it: one row, and no more."""
    rows = [one_line(" ".join(row.cells)) for row in table.rows[table.titles :]]
    return rows[0] if len(rows) == 1 else ""


def _entries(table: Grid, start: int, body: Body, columns: Columns, heading: str) -> list[Entry]:
    """Take the rows of a table with all that stands around them and says something of them.

    `heading` is that of the tables from some way above: what a plan says its actions are for.
    """
    titles = [" ".join(filter(None, row.cells)) for row in table.rows[:start]]
    around = [*table.above, *titles]
    titled = {f"title_{meaning}": text for meaning, text in of_titles(around).items()}
    headed = of_headings(table.headings, ours=table.ours)
    begins = [row.line for row in body.left_out] + (body.headers if table.loose else [])
    next_title = min(begins, default=0)
    rows = body.rows
    entries = []
    for row, goes_on, shade in zip(rows, carried(rows, columns), shades_of(rows), strict=True):
        above = {**headed, **titled} if not 0 < next_title < row.line else headed
        given = {**above, **goes_on}
        if heading and "item" not in columns.columns:
            given["item"] = heading
        if row.group and row.group not in row.cells:
            given = {**given, **of_group(row.group, columns)}
        is_band = table.ours and of_meeting(row.group)  # no more than what the row is given
        entry = entry_of(replace(row, group="") if is_band else row, columns, given, shade)
        entries.append(replace(entry, carried=0 < body.carried < row.line))
    return entries


def _keys(
    document: Document, tables: Sequence[tuple[Grid, tuple[int, int, Columns] | None]]
) -> dict[str, Status]:
    """Give what colours mean where the document says it: in a text, or in cells that have them.

    What a row of a log says of a colour explains none.
    """
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    shown: dict[str, Status] = {}
    for table, header in tables:
        rows = table.rows[: sum(header[:2]) if header else _LONGEST_KEY]
        texts += [cell for row in rows for cell in row.cells]
        if header or len(table.rows) > _LONGEST_KEY:
            continue
        for row in rows:
            for shade, cell in zip(row.shades, row.cells, strict=False):
                if shade and (status := stated(status_in(cell), "status")[0]):
                    shown[shade] = status
    return keys_in(texts) | shown


def _shaded(entry: Entry, keys: Mapping[str, Status]) -> Entry:
    """Say what a row's colour means, where nothing else says how far it has come."""
    entry = replace(entry, keys=keys)
    says_itself = any(entry.cells.get(meaning) for meaning in STATES) or "status" in entry.given
    if not entry.shade or says_itself:
        return replace(entry, shade="")
    taught: Mapping[str, Status | None] = entry.layout.shading if entry.layout else {}
    for known in (taught, keys):
        if (colour := find_colour(entry.shade, known)) is not None:
            status = known[colour]
            return replace(entry, shade="", says=status.words if status else "")
    doubt = f"the row is shaded {colour_name(entry.shade)}, and nothing says what that means"
    return replace(entry, doubts=(*entry.doubts, doubt))


def _reading(columns: Columns, entries: Sequence[Entry]) -> Reading:
    """Tell how a table was read, and what in it was not understood."""
    headings = headings_of(columns.header)
    taught = columns.layout or Layout("", {})
    names = set(map(heading_key, headings))
    means = {name: columns.meanings(at) for at, name in enumerate(headings)}
    unknown = {
        name: tuple(text for entry in entries if (text := entry.others.get(name)))[:3]
        for name in columns.others
        if taught.meanings(name) is None
    }
    return Reading(
        taught._replace(columns=means),
        unknown,
        shades=_counted((entry.shade, agreed(entry.cells)) for entry in entries if entry.shade),
        words=_counted(
            (cell, agreed(entry.cells))
            for entry in entries
            for meaning in ("status", "achieved")  # a follow-up is often a sentence
            if (cell := entry.cells.get(meaning, "")) and not _knows_word(cell, entry.layout)
        ),
        month_first=tuple(
            text
            for entry in entries
            for text in _dates(entry)
            if not taught.dates and fits_month_first(text)
        ),
        absent=tuple(name for name in taught.columns if heading_key(name) not in names),
    )


def _counted(found: Iterable[tuple[str, str]]) -> dict[str, tuple[int, str]]:
    counted: dict[str, tuple[int, str]] = {}
    spelt: dict[str, str] = {}
    for each, text in found:
        what = spelt.setdefault(fold(each), each)
        number, first = counted.get(what, (0, text))
        counted[what] = (number + 1, first)
    return counted


def _knows_word(cell: str, layout: Layout | None) -> bool:
    taught = layout.status if layout else {}
    is_note = len(cell.split()) > _MOST_WORDS or any(map(str.isdigit, cell))
    return is_note or fold(cell) in map(fold, taught) or is_understood(cell)


def _of_their_titles(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Let the titles name the meetings of their tables, where each table has one of its own.

    The one title of a document gives way to what the user says.
    """
    days = {day for entry in entries if (day := entry.given.get("title_meeting_date"))}
    if len(days) < _LEAST_TITLES:
        return entries
    return [
        replace(entry, given={"meeting_date": entry.given["title_meeting_date"], **entry.given})
        if "title_meeting_date" in entry.given
        else entry
        for entry in entries
    ]


def _dated(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Say of each row how its dates in figures run.

    A layout says it; else one that can only be read with the month first says it of all, where
    none can only be read with the day first, and leaves a doubt about each.
    """
    untold = [entry for entry in entries if not (entry.layout and entry.layout.dates)]
    texts = {text for entry in untold for text in _dates(entry)}
    proof = next(filter(fits_month_first, sorted(texts)), "")
    day_first = any(find_date(text) and not find_date(text, month_first=True) for text in texts)
    for entry in entries:
        if entry.layout and entry.layout.dates:
            yield replace(entry, month_first=entry.layout.dates == MONTH_FIRST)
        elif proof and any(find_date(text, month_first=True) for text in _dates(entry)):
            doubt = (
                f"the month may stand first in its dates, as it does in “{proof}”"
                if day_first
                else f"its dates were read with the month first, as “{proof}” can only be"
            )
            yield replace(entry, month_first=not day_first, doubts=(*entry.doubts, doubt))
        else:
            yield entry


def _dates(entry: Entry) -> list[str]:
    """Give the cells of a row that may be dates in figures."""
    found = (entry.cells.get(meaning, "").split("\n")[0] for meaning in _DATES)
    return [text for text in found if text and not any(map(str.isalpha, text))]


def fits_month_first(text: str) -> bool:
    """Tell a date in figures that can be read only with the month first."""
    return find_date(text) is None and find_date(text, month_first=True) is not None


def named_minutes(name: str) -> ImportRefusedError:
    """Say that what was to be imported is the minutes of a meeting."""
    return ImportRefusedError(
        f"{name} reads like minutes, not like a table of actions; “cpctrack minutes {name}” finds "
        "the actions in them."
    )


def _parted(
    entries: Sequence[Entry], titles: Sequence[GridRow], under: Says | None, *, marked: bool
) -> tuple[list[Entry], Says | None]:
    """Give each row what the lines above it say of being exempt, and what goes on below them.

    That an earlier table was exempt leaves a doubt about this one. What our documents print over
    rows of which each says for itself whether it is exempt is of none of them: `marked` tells that
    some of another table do.
    """
    marked = marked or any(f"\n{EXEMPT}" in entry.cells.get("item", "") for entry in entries)
    under = under._replace(doubt=True) if under else None
    parted: list[Entry] = []
    group = ""
    lines: list[GridRow | Entry] = [*titles, *entries]
    for each in sorted(lines, key=lambda each: each.line):
        if isinstance(each, Entry):
            text = each.others.get(GROUP, "")
        else:
            text = " ".join(filter(None, each.cells))
        if not marked and text != group and (says := of_above(text)):
            parted = [_also(entry, says) for entry in parted]
        group = text
        if isinstance(each, Entry):
            parted.append(replace(each, under=under))
            continue
        if not (marked and text.startswith(NOT_FOR_PUBLICATION)):
            under = of_part(text, under, heading=each.is_heading)
    return parted, under


def _also(entry: Entry, says: Says) -> Entry:
    return replace(entry, under=strongest([entry.under, says]))


def _left_out_below(parts: Sequence[Grid]) -> Iterator[tuple[int, str]]:
    """Tell the titles of tables that stand below another, and the tables that are no log."""
    for part in parts[1:]:
        if header := find_header(part.rows):
            yield from _printed(part.rows[: header[0]])
        else:
            first, *rest = _printed(part.rows)
            reason = lookalikes.find_lookalike([part])
            yield first[0], f"{reason}: “{first[1]}” and {counted(len(rest), 'row')} below it"


def _printed(rows: Sequence[GridRow]) -> list[tuple[int, str]]:
    return [
        (row.line, " ".join(cells)) for row in rows if (cells := list(filter(str.strip, row.cells)))
    ]


def _find_header(table: Grid, knows: Knows) -> tuple[int, int, Columns] | None:
    """Find the header; the part of our own report that a row stands in is no cell of its record."""
    found = find_header(table.rows, knows)
    if found is None:
        return None
    if not _is_progress(found[2]):
        return found
    start, rows, columns = found
    others = {name: at for name, at in columns.others.items() if name != PART}
    return start, rows, replace(columns, others=others)


def _is_progress(layout: Columns) -> bool:
    """Tell our progress report, whose columns nobody else prints."""
    return _PROGRESS.issubset(layout.header)


def _refuse(problems: Iterable[RowProblem]) -> None:
    if found := list(problems):
        raise ProblemsError(found)
