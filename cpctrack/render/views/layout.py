"""Appendix 4 in the columns of another body's table, as a layout says them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import sqrt
from typing import NamedTuple

from cpctrack.dates import is_iso
from cpctrack.labels import GROUP
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import value_of, value_when_imported
from cpctrack.records.model import Record, Status
from cpctrack.records.printed_status import stated
from cpctrack.records.query import in_order
from cpctrack.records.rag import Rule, colour_of, read_rules
from cpctrack.render.views.appendix import agreed_in, appendix_view, carried_into
from cpctrack.render.views.frame import Printing, allowed
from cpctrack.render.views.rows import Anchors, Surroundings, row_view
from cpctrack.render.views.view import AppendixView, CellView, GroupView, RowView
from cpctrack.render.words import paragraph, printable
from cpctrack.tables.headings import key
from cpctrack.tables.layout import MEANINGS, Layout, heading_of
from cpctrack.text import fold, one_line

SHADES: Mapping[str, str] = {
    "red": "F6B8B1",
    "amber": "FFD98A",
    "yellow": "FFF2A8",
    "green": "BFE3C0",
    "blue": "B9D7F2",
    "purple": "DCC8EC",
    "black": "C4C9CE",
    "grey": "E1E5E8",
}
"""The colour behind the word for one: dark letters on it have a contrast of more than 7 to 1."""

_INITIALS = {name[0]: name for name in ("red", "amber", "green", "blue")}

# What an import reads from a column of each meaning.
_GIVES: Mapping[str, tuple[str, ...]] = {
    "ref": ("source_ref",),
    "meeting_date": ("meeting",),
    "meeting_type": ("meeting",),
    "owner": ("owners", "owner_text"),
    "due": ("due", "due_text"),
    "revised_due": ("due", "due_text"),
    "follow_up": ("status", "follow_up"),
    "status": ("status", "follow_up"),
    "achieved": ("status", "follow_up"),
    "percent": ("status", "follow_up"),
    "exempt": ("exempt_paragraph",),
}
_HOMES = ("status", "follow_up", "achieved", "percent")
_LONGEST_WORD, _PADDING, _WIDEST, _PAGE = 14, 3, 36, 180  # letters


class _Column(NamedTuple):
    """A column: `meanings` are what it alone says, `gives` the fields that an import reads."""

    heading: str
    meanings: Sequence[str]
    gives: Sequence[str]


class _Table(NamedTuple):
    """A layout made ready for rows; `noted` is the place of the cell that bears the marks.

    `year` is the municipal year whose table it is, if it is one.
    """

    layout: Layout
    columns: Sequence[_Column]
    noted: int
    rules: Sequence[Rule]
    calendar: Calendar
    year: str = ""

    def has(self, *meanings: str) -> bool:
        """Tell whether some column says one of these."""
        return any(meaning in column.meanings for column in self.columns for meaning in meanings)

    def printed(self, record: Record, column: _Column) -> str | None:
        """Give what a record keeps as it was printed under a heading, which may be a blank cell."""
        kept = record.printed.get(column.heading)
        if kept is None and (wanted := key(column.heading)):
            alike = (text for name, text in record.printed.items() if key(name) == wanted)
            kept = next(alike, None)
        return None if kept is None else printable(kept)


def layout_view(
    records: Iterable[Record], printing: Printing, layout: Layout, *, year: str
) -> AppendixView:
    """Lay out the actions of a municipal year as `appendix_view` does, in the columns of a layout.

    Those of a meeting stand in the order in which they were recorded. Raises `LayoutError` for a
    rule of colours that can't be read.
    """
    records = list(records)
    plain = appendix_view(records, printing._replace(bands=False), year=year)
    shown = in_order(allowed(agreed_in(records, printing, year=year), printing))
    carried = in_order(allowed(carried_into(records, printing, year=year), printing))
    laid = dict(zip([record.id for record in (*shown, *carried)], plain.rows, strict=True))
    table = _table(layout, printing.calendar)._replace(year=year)
    views = _groups(shown, laid, table, "group")
    views_carried = _groups(carried, laid, table, "carried")
    rows = tuple(chain.from_iterable(view.rows for view in (*views, *views_carried)))
    return plain._replace(
        view="layout",
        caption=f"Actions and recommendations of {plain.year}",
        columns=tuple([one_line(heading_of(each)) for each in layout.columns]),
        meetings=(),
        folded=(),
        rows=rows,
        groups=views,
        carried=views_carried,
        widths=_widths(layout.columns, rows),
        shades={
            rule.colour: SHADES[name] for rule in table.rules if (name := _name_of(rule.colour))
        },
    )


def cells_in(layout: Layout, record: Record, calendar: Calendar) -> dict[str, str]:
    """Give what a record prints in the columns of a layout, by their headings, on one line."""
    around = Surroundings(calendar, refs=[link.ref for link in record.linked])
    row = row_view(record, around, Anchors(), lambda _: ())
    cells = _cells(record, row, _table(layout, calendar))
    return {
        heading: one_line(cell.text) for heading, cell in zip(layout.columns, cells, strict=True)
    }


def _table(layout: Layout, calendar: Calendar) -> _Table:
    columns = []
    said: set[str] = set()
    revises = any("revised_due" in meanings for meanings in layout.columns.values())
    for heading, meanings in layout.columns.items():
        # A second column of one meaning was kept as it was printed, and so it is printed.
        own = tuple([meaning for meaning in meanings if meaning not in said])
        said.update(own)
        # Beside a revised date the first one stays as it was printed, whatever happens.
        read = [each for each in own if not (each == "due" and revises)]
        gives = [name for meaning in read for name in _gives(meaning)]
        columns.append(_Column(heading, own, gives))
    noted = [
        place
        for meaning in ("item", "action", "recommendation")
        for place, column in enumerate(columns)
        if meaning in column.meanings
    ]
    return _Table(layout, columns, (noted or [0])[0], read_rules(layout.name, layout.rag), calendar)


def _groups(
    shown: Iterable[Record], laid: Mapping[str, RowView], table: _Table, anchor: str
) -> tuple[GroupView, ...]:
    groups: dict[str, list[tuple[Record, RowView]]] = {"": []}  # it must follow no other's heading
    for record in in_order(shown, by_item=False):
        row = laid[record.id]
        title = one_line(_heading_above(record, row, table))
        groups.setdefault(title, []).append((record, row))
    return tuple(
        GroupView(f"{anchor}_{number}", title, _rows(of_it, table))
        for number, (title, of_it) in enumerate(groups.items())
        if of_it
    )


def _rows(of_it: Sequence[tuple[Record, RowView]], table: _Table) -> tuple[RowView, ...]:
    """Lay out the rows of a group; a cell that is carried down is blank below the same one."""
    rows = []
    above: Sequence[CellView] = ()
    for record, row in of_it:
        cells = _cells(record, row, table)
        shown = list(cells)
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if column.heading in table.layout.carried and above and above[place].text == cell.text:
                shown[place] = cell._replace(text="", blank=True, iso="")
        rows.append(row._replace(cells=tuple(shown)))
        above = cells
    return tuple(rows)


def _cells(record: Record, row: RowView, table: _Table) -> list[CellView]:
    facts = _facts(record, row, table)
    cells = []
    for column in table.columns:
        # A colour is of today, whatever stood there.
        colour = colour_of(record, table.rules, table.calendar) if "rag" in column.meanings else ""
        whole = None if colour else table.printed(record, column)
        if whole is not None and not any(_has_changed(record, name) for name in column.gives):
            cells.append(CellView(whole, not whole))
            continue
        said = [colour if meaning == "rag" else facts[meaning] for meaning in column.meanings]
        text = "\n".join(filter(None, said))
        iso = row.meeting_date_iso if column.meanings == ("meeting_date",) else ""
        cells.append(CellView(text, not text, iso=iso))
    cells[table.noted] = cells[table.noted]._replace(note=row.exempt_note)
    return cells


def _facts(record: Record, row: RowView, table: _Table) -> Mapping[str, str]:
    """Say of an action what each meaning of a column asks for, but its colour."""
    due = row.due if is_iso(record.due_text) else printable(record.due_text) or row.due
    revises = table.has("revised_due")
    # Whoever is named only by what stands above is not named again.
    is_above = table.layout.group and GROUP in record.printed and not record.owner_text
    has_moved = row.times_moved or any(
        table.printed(record, column) for column in table.columns if column.meanings == ("due",)
    )
    return {
        "ref": printable(record.source_ref) or row.ref,
        "meeting_date": row.meeting_date,
        "meeting_type": row.meeting_type,
        "item": row.item,
        "recommendation": row.recommendation or ("" if table.has("action") else row.action),
        "action": row.action or ("" if table.has("recommendation") else row.recommendation),
        "referrer": printable(record.referrer),
        "owner": "" if is_above and _is_as_read(record, "owners") else row.referred_to,
        "due": row.first_due if revises and row.times_moved else due,
        "revised_due": due if has_moved else "",
        "response": row.response,
        "completed_on": row.completed_on,
        "exempt": paragraph(record) if row.exempt else "",
        **_standing(record, row, table),
    }


def _standing(record: Record, row: RowView, table: _Table) -> Mapping[str, str]:
    """Say how an action stands in each column that may tell.

    The cell that was printed stands in one of them, as long as it is as new as the status. The
    others are blank while the status is the one that was read from the table. One of them says
    that it was rolled over, in the tables of the years before.
    """
    said = dict.fromkeys(_HOMES, "")
    home = _home(record, row, table)
    if not _is_as_read(record, "status"):
        said["status"] = word = _word(row, table)
        if row.status == Status.COMPLETED:
            dated = word == row.status_words and not table.has("completed_on")
            said |= {"achieved": "Yes", "percent": "100%"}
            said["status"] = f"{word} {row.completed_on}".strip() if dated else word
        if not table.has("status", "achieved", "percent"):
            said["follow_up"] = row.standing
    if home in said:
        said[home] = row.follow_up_printed
    if record.rolled_to > table.year > "":
        said["follow_up" if table.has("follow_up") else "status"] = row.standing
    return said


def _home(record: Record, row: RowView, table: _Table) -> str:
    """Tell what kind of column the printed cell stood in, which a record does not keep."""
    text = row.follow_up_printed
    homes = [
        meaning
        for meaning in _HOMES
        for column in table.columns
        if meaning in column.meanings and table.printed(record, column) is None
    ]
    if "status" in homes and fold(text) in map(fold, table.layout.status):
        return "status"
    if not text or (table.has("rag") and _name_of(text)):
        return ""
    if "percent" in homes and text.removesuffix("%").strip().isdecimal():
        return "percent"
    states = [meaning for meaning in homes if stated(text, meaning)[0] is record.status]
    sentence = [meaning for meaning in homes if meaning == "follow_up"]
    return next(iter((*states, *sentence, *homes)), "")


def _name_of(colour: str) -> str:
    """Give the name of a colour that has a shade: that of “R” is red."""
    name = fold(colour)
    name = _INITIALS.get(name, name)
    return name if name in SHADES else ""


def _word(row: RowView, table: _Table) -> str:
    """Give the layout's own word for a status, or ours."""
    own = (word for word, status in table.layout.status.items() if status == row.status)
    return next(own, row.status_words)


def _heading_above(record: Record, row: RowView, table: _Table) -> str:
    group = table.layout.group
    if not group:
        return ""
    meaning = MEANINGS[group]
    kept = record.printed.get(GROUP, "")
    if kept and not any(_has_changed(record, name) for name in _gives(meaning)):
        return kept
    facts = {**_facts(record, row, table), "status": _word(row, table), "": ""}
    return facts[meaning]


def _gives(meaning: str) -> Sequence[str]:
    return _GIVES.get(meaning, (meaning,) if meaning else ())


def _is_as_read(record: Record, name: str) -> bool:
    """Tell whether a field of a record that came from a table is still what was read there."""
    came = [(line.what, line.via) for line in record.history[:1]]
    return came == [("imported", "import")] and not _has_changed(record, name)


def _has_changed(record: Record, name: str) -> bool:
    return value_of(getattr(record, name)) != value_when_imported(record, name)


def _widths(headings: Iterable[str], rows: Sequence[RowView]) -> tuple[int, ...]:
    """Share a page out: long texts get more, but not in proportion, and words are not broken."""
    widths = []
    for place, heading in enumerate(headings):
        texts = [row.cells[place].text for row in rows]
        longest = max(map(len, " ".join([heading, *texts]).split()), default=0)
        letters = sum(map(len, texts)) / max(len(texts), 1)
        widths.append(
            max(min(longest, _LONGEST_WORD) + _PADDING, min(round(2 * sqrt(letters)), _WIDEST))
        )
    return tuple([round(_PAGE * width / sum(widths)) for width in widths])
