"""The list as a table on a terminal, fitted to the window.

rich decides colours and measures letters; the rows are laid out here, since its own table
measures and wraps every cell several times over and takes a second for a thousand rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style

from cpctrack.dates import short_date
from cpctrack.records.attention import Reason
from cpctrack.records.model import MeetingType, Status, split_item
from cpctrack.records.query import Dated
from cpctrack.render.screen.plain import count_line
from cpctrack.text import one_line

_GAP = "  "
_HOLDS = "\xa0"  # a line that ends with “Open, no” would say something else
_ROW_LINES = 3
_BOLD = Style(bold=True)
_DIM = Style(dim=True)
_OVERDUE = Style(color="red", bold=True)
_STYLES = {
    Status.OPEN: Style(color="yellow"),
    Status.IN_PROGRESS: Style(color="cyan"),
    Status.ONGOING: Style(color="cyan"),
    Status.PROPOSED: Style(color="magenta"),
    Status.COMPLETED: Style(color="green"),
    Status.DEFERRED: Style(color="blue"),
}
_SHORT_WORDS = {Status.PROPOSED: "Proposed", Status.NO_FOLLOW_UP: "No follow-up"}


def print_table(records: Sequence[Dated], *, late: bool = False) -> None:
    """Print the records as a table that fits the window, and a closing line of counts.

    `late` says that they were asked for by their due date, which is shown then.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    if records:
        console.print(_FittedTable([_shown(each) for each in records], late), end="")
    console.print(count_line(records), style="bold")


# Each column's heading and its greatest width; longer cells wrap over three lines, then end in “…”.
_COLUMNS = {
    "Reference": 24,
    "Meeting": 14,
    "Item": 5,
    "Action": 1000,
    "Referred to": 18,
    "Due": 12,
    "Status": 14,
}
_HEADINGS = tuple(_COLUMNS)
_TEXT = _HEADINGS.index("Action")
# What gives way in a narrow window, to what width, while the action has less than this to be read
# in: `show` has it all.
_GIVES_WAY = (
    ("Item", 0, 30),
    ("Due", 0, 28),
    ("Referred to", 14, 24),
    ("Meeting", 0, 18),
    ("Status", 11, 18),
)
# Of what is overdue each is so; since when is the question.
_GIVES_WAY_TO_DUE = (
    ("Item", 0, 30),
    ("Meeting", 0, 28),
    ("Status", 11, 24),
    ("Referred to", 14, 22),
    ("Status", 0, 18),
    ("Referred to", 0, 10),
)


class _Shown(NamedTuple):
    """A record as it is shown; `style` is that of its last cell."""

    cells: tuple[str, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class _FittedTable:
    """What rich prints: rows laid out for the window it says there is."""

    rows: Sequence[_Shown]
    late: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        # As wide as its widest cell, and no column where all cells are empty.
        longest = [
            max(map(cell_len, cells))
            for cells in zip(*(row.cells for row in self.rows), strict=True)
        ]
        natural = [
            min(most, max(cell_len(heading), width)) if width else 0
            for (heading, most), width in zip(_COLUMNS.items(), longest, strict=True)
        ]
        gives_way = _GIVES_WAY_TO_DUE if self.late else _GIVES_WAY
        widths = _fit(natural, options.max_width, gives_way)
        yield from _lines(_Shown(_HEADINGS, _BOLD), widths, text=_BOLD)
        for row in self.rows:
            yield from _lines(row, widths)


def _shown(dated: Dated) -> _Shown:
    record, reason = dated.record, dated.reason
    words = _SHORT_WORDS.get(record.status, record.status.words)
    number, _ = split_item(record.item)
    day = short_date(record.meeting.date)
    informal = " inf." if record.meeting.type is MeetingType.INFORMAL else ""
    cells = (
        record.ref,
        f"{day[:-4]}{day[-2:]}{informal}",
        number,
        record.text,
        record.referred_to,
        short_date(record.due) or record.due_text,
    )
    status = f"{words}, {reason.words.replace(' ', _HOLDS)}" if reason else words
    style = _OVERDUE if reason is Reason.OVERDUE else _STYLES.get(record.status, _DIM)
    return _Shown((*map(one_line, cells), status), style)


def _fit(
    natural: Sequence[int], window: int, gives_way: Sequence[tuple[str, int, int]]
) -> list[int]:
    """Give the action what the others leave, which give way until it is enough to read."""
    widths = list(natural)
    widths[_TEXT] = 0
    room = _room(widths, window)
    for heading, width, least in gives_way:
        if room >= min(least, natural[_TEXT]):
            break
        column = _HEADINGS.index(heading)
        widths[column] = min(width, widths[column])
        room = _room(widths, window)
    widths[_TEXT] = max(1, min(room, natural[_TEXT]))
    return widths


def _room(widths: Sequence[int], window: int) -> int:
    return window - sum(width + len(_GAP) for width in widths if width)


def _lines(row: _Shown, widths: Sequence[int], text: Style | None = None) -> Iterator[Segment]:
    columns = [
        (_wrapped(cell, width), width)
        for cell, width in zip(row.cells, widths, strict=True)
        if width
    ]
    for number in range(max(len(lines) for lines, _ in columns)):
        *others, status = [
            set_cell_size(lines[number] if number < len(lines) else "", width)
            for lines, width in columns
        ]
        yield Segment(_GAP.join(others) + _GAP, text)
        yield Segment(status.rstrip().replace(_HOLDS, " "), row.style)
        yield Segment.line()


def _wrapped(cell: str, width: int) -> list[str]:
    if cell_len(cell) <= width:
        return [cell]
    # Only the beginning can be shown, so only that is wrapped.
    lines = wrap(cell[: width * (_ROW_LINES + 2)], width)
    if len(lines) > _ROW_LINES:
        lines[_ROW_LINES - 1] = lines[_ROW_LINES - 1][: width - 1].rstrip() + "…"
    return lines[:_ROW_LINES]
