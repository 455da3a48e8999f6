"""The list as a table on a terminal, fitted to the window.

The rows are laid out here: rich's own table takes a second for a thousand of them, and its console
half the time that a short list takes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from cpctrack.dates import length_in_words, short_date
from cpctrack.records.attention import Reason
from cpctrack.records.model import MeetingType, Record, Status
from cpctrack.records.query import Dated
from cpctrack.records.refs import split_ref
from cpctrack.render.screen.plain import count_line, short_ref
from cpctrack.text import fold, one_line

_GAP = "  "
_NOTHING = "–"
_WIDE, _WIDEST = 100, 140
_TALL = 3  # lines of a row, and of one in a narrow window
_LOW = 2
_BOLD, _RED, _DIM = "1", "1;31", "2"
_STYLES: Mapping[Status, str] = {
    Status.OPEN: "33",
    Status.IN_PROGRESS: "36",
    Status.ONGOING: "36",
    Status.PROPOSED: "35",
    Status.COMPLETED: "32",
    Status.DEFERRED: "34",
}
# What stands before what is to be done: “The Head of Fostering would report” is “Report” beside the
# owner's name, but “would be asked” is what happens to them.
_SUBJECT = re.compile(
    r"The (?P<who>[^.;:\n]{3,120}?) (?:would|will|to) (?!(?:be|have|receive|not)\b)(?=\w)"
)
_JOINTS = frozenset({"the", "and", "of", "for", "in", "with"})


class _Column(NamedTuple):
    heading: str
    most: int  # letters across
    is_cut: bool = False


# Due dates and status are never cut; what the window has left is the action's and its response's.
_REF = _Column("Ref", 24)
_DUE = _Column("Due", 9)
_ACTION = _Column("Action", 1000, is_cut=True)
_RESPONSE = _Column("Latest response", 1000, is_cut=True)
_OWNER = _Column("Referred to", 22, is_cut=True)
_AGREED = _Column("Agreed", 9)
_STATUS = _Column("Status", 14)
# What gives way in a narrow window, to what width, while the action has less than this.
_GIVES_WAY = (
    (_OWNER, 17, 24), (_OWNER, 14, 24), (_OWNER, 0, 24), (_STATUS, 9, 16), (_DUE, 0, 7),
    (_STATUS, 0, 4),
)  # fmt: skip


def table(records: Sequence[Dated], window: int) -> Iterator[str]:
    """Write records, of which there are some, as lines that fit the window; the last one counts."""
    columns = _columns(window)
    shown = [_cells(each, ref) for each, ref in zip(records, refs_of(records), strict=True)]
    widths = _widths(columns, shown, window)
    headings = {column: column.heading for column in columns}
    yield from _lines(headings, widths, 1, _BOLD, _BOLD)
    most = _TALL if _RESPONSE in columns else _LOW
    for cells, each in zip(shown, records, strict=True):
        style = _RED if each.overdue else _STYLES.get(each.record.status, _DIM)
        yield from _lines(cells, widths, most, "", style)
    yield f"{_styled(count_line(records), _BOLD)}. Open one: cpctrack show {shown[0][_REF]}\n"


def without_owner(record: Record) -> str:
    """Give what was agreed without “The Head of Fostering would” before it, if that is its owner.

    Of the rest only the first letter changes.
    """
    found = _SUBJECT.match(record.text)
    if not found:
        return record.text
    named = set(re.findall(r"\w+", fold(record.referred_to)))
    if not set(re.findall(r"\w+", fold(found["who"]))) <= named | _JOINTS:
        return record.text
    rest = record.text[found.end() :]
    return rest[0].upper() + rest[1:]


def lateness(days: int) -> str:
    """Say by how much something is overdue, in few letters: 3 mo overdue."""
    words = length_in_words(days)
    for long, short in ((" week", " wk"), (" month", " mo"), (" year", " yr")):
        words = words.replace(f"{long}s", short).replace(long, short)
    return f"{words} overdue"


def _columns(window: int) -> list[_Column]:
    shown = [_REF, _DUE, _ACTION, _RESPONSE, _OWNER, _AGREED, _STATUS]
    if window < _WIDEST:
        shown.remove(_RESPONSE)
    if window < _WIDE:
        shown.remove(_AGREED)
    return shown


def refs_of(records: Sequence[Dated]) -> list[str]:
    """Give the references without the committee's prefix, where it is the same in all."""
    refs = [one_line(each.record.ref) for each in records]
    several = len({split_ref(ref)[0] for ref in refs}) > 1
    return refs if several else [short_ref(ref) for ref in refs]


def _cells(dated: Dated, ref: str) -> dict[_Column, str]:
    record, reason = dated.record, dated.reason
    late = lateness(dated.days_late) if reason is Reason.OVERDUE else reason and reason.words
    informal = " informal" if record.meeting.type is MeetingType.INFORMAL else ""
    return {
        _REF: ref,
        _DUE: _narrow_day(record.due) or one_line(record.due_text) or _NOTHING,
        _ACTION: one_line(without_owner(record)),
        _RESPONSE: one_line(record.response) or _NOTHING,
        _OWNER: one_line(record.referred_to) or _NOTHING,
        _AGREED: _narrow_day(record.meeting.date) + informal,
        _STATUS: f"{record.status.words}\n{late}" if late else record.status.words,
    }


def _narrow_day(iso: str) -> str:
    day = short_date(iso)
    return f"{day[:-4]}{day[-2:]}" if iso else ""


def _widths(
    columns: Sequence[_Column], shown: Sequence[Mapping[_Column, str]], window: int
) -> dict[_Column, int]:
    """Give each column its width; owner, due date and status go where the action has no room."""
    widths = {
        column: min(column.most, max(cell_len(column.heading), *(map(cell_len, lines))))
        for column in columns
        for lines in ([line for cells in shown for line in cells[column].split("\n")],)
    }
    due, status = (
        max(len(word) for cells in shown for word in cells[column].split())
        for column in (_DUE, _STATUS)
    )
    widths[_DUE] = min(widths[_DUE] + max(0, due - _DUE.most), _DUE.most + 4)
    wanted = widths.pop(_ACTION) + widths.pop(_RESPONSE, 0)

    def room() -> int:
        return window - sum(width + len(_GAP) for width in widths.values())

    for column, most, least in _GIVES_WAY:
        if room() < min(least, wanted) and column in widths:
            no_word_cut = status if column is _STATUS and most else 0
            widths[column] = min(widths[column], max(most, no_word_cut))
            if not most:
                del widths[column]
    left = max(1, room())
    if _RESPONSE in columns:
        widths[_RESPONSE] = (left - len(_GAP)) * 3 // 5
        left -= widths[_RESPONSE] + len(_GAP)
    widths[_ACTION] = left
    return {column: widths[column] for column in columns if column in widths}


def _lines(
    cells: Mapping[_Column, str], widths: Mapping[_Column, int], most: int, text: str, last: str
) -> Iterator[str]:
    columns = [
        (_wrapped(cells[column], width, most if column.is_cut else _TALL), width)
        for column, width in widths.items()
    ]
    ends = _STATUS in widths
    for number in range(max(len(lines) for lines, _ in columns)):
        parts = [
            set_cell_size(lines[number] if number < len(lines) else "", width)
            for lines, width in columns
        ]
        end = parts.pop().rstrip() if ends else ""
        line = _GAP.join(parts)
        yield (f"{_styled(line, text)}{_GAP}{_styled(end, last)}" if end else line.rstrip()) + "\n"


def _styled(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


def _wrapped(cell: str, width: int, most: int) -> list[str]:
    lines: list[str] = []
    for line in cell.split("\n"):
        # Only the beginning can be shown, so only that is wrapped.
        fits = cell_len(line) <= width
        lines += [line] if fits else wrap(line[: width * (most + 2)], width)
    if len(lines) > most:
        lines[most - 1] = set_cell_size(lines[most - 1], width - 1).rstrip() + "…"
    return lines[:most]
