"""What changed between two packs, as members ask it; pure.

What was printed is compared, whatever the store says by now.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.labels import COLUMNS
from cpctrack.records.model import Status
from cpctrack.store.packs import PrintedRow, Publication, choose


class DifferenceKind(StrEnum):
    """A way in which a row of the later pack differs from the earlier one."""

    NEW = "new"
    COMPLETED = "completed"
    REWORDED = "reworded"
    MOVED = "moved"
    STATUS = "status"
    RESPONSE = "response"
    OWNERS = "owners"
    MEETING = "meeting"
    REFERENCE = "reference"
    VANISHED = "vanished"


class Difference(NamedTuple):
    """One difference: the row as it was printed last, and the text before and after.

    `field` is what changed. Of a row that vanished, `why` tells as far as the earlier pack does:
    ``another year``, or ``closed`` where it was printed as settled.
    """

    kind: DifferenceKind
    row: PrintedRow
    field: str = ""
    before: str = ""
    after: str = ""
    why: str = ""


class Comparison(NamedTuple):
    """Two publications, the differences by kind, and how many rows were left out of it."""

    earlier: Publication
    later: Publication
    differences: Mapping[DifferenceKind, tuple[Difference, ...]]
    left_out: int

    @property
    def of_two_years(self) -> bool:
        """Whether these are the whole tables of two municipal years, which share no row."""
        views = {self.earlier.view, self.later.view}
        earlier, later = ({row.record for row in each.rows} for each in (self.earlier, self.later))
        other_year = views == {"full"} and self.earlier.year != self.later.year
        return other_year and earlier.isdisjoint(later)


_CELLS = (
    (DifferenceKind.REWORDED, "action"),
    (DifferenceKind.REWORDED, "recommendation"),
    (DifferenceKind.REWORDED, "item"),
    (DifferenceKind.RESPONSE, "response"),
    (DifferenceKind.OWNERS, "referred_to"),
    (DifferenceKind.REFERENCE, "ref"),
)
# Packs of before it was kept lack all of it: the first, which no row lacks, tells.
_LATER = ("meeting_type", "follow_up_printed", "overdue_note", "slippage", "reopened")
_WORDS = {status.value: status.all_words for status in Status}
_CLOSED = frozenset(status.value for status in Status if not status.is_open)


def compare(
    earlier: Publication, later: Publication, *, withheld: Container[str] = frozenset()
) -> Comparison:
    """Compare what two packs printed, in the order in which it was printed.

    `withheld` are the ids of records that must not be shown, whatever was printed of them.
    """
    records = {row.record for each in (earlier, later) for row in each.rows}
    left_out = sum(record in withheld for record in records)
    kept = Comparison(earlier, later, {}, left_out)
    before, after = (
        {row.record: row for row in each.rows if row.record not in withheld}
        for each in (earlier, later)
    )
    found = [Difference(DifferenceKind.NEW, row) for key, row in after.items() if key not in before]
    for key, row in after.items():
        if key in before:
            found += _between(before[key], row, mixed=earlier.view != later.view)
    for key, row in before.items():
        if key not in after:
            closed = "closed" if _text(row, "status") in _CLOSED else ""
            why = "another year" if kept.of_two_years else closed
            found.append(Difference(DifferenceKind.VANISHED, row, why=why))
    by_kind = {kind: tuple(each for each in found if each.kind is kind) for kind in DifferenceKind}
    return kept._replace(differences=by_kind)


def pair(
    publications: Iterable[Publication], days: tuple[str, str]
) -> tuple[Publication, Publication]:
    """Choose the two publications that are meant by the days (ISO) of two meetings.

    It is the latest of the later meeting, and of the earlier one the latest of the same view, if
    there is one. Raises `NotFoundError`.
    """
    every = list(publications)
    first, last = sorted(days)
    choose(every, first)  # which says what there is, where it is not
    later = choose(every, last)
    before = [each for each in every if each != later]
    same = [each for each in before if each.view == later.view and each.meeting == first]
    return choose(same or before, first), later


def _between(before: PrintedRow, after: PrintedRow, *, mixed: bool) -> Iterator[Difference]:
    stood = _in_both_views if mixed else how_it_stood
    if not (_LATER[0] in before.texts and _LATER[0] in after.texts):
        before, after = (
            row._replace(texts={name: row.texts[name] for name in row.texts if name not in _LATER})
            for row in (before, after)
        )
    for kind, field in _CELLS:
        if _text(before, field) != _text(after, field):
            yield Difference(kind, after, field, _text(before, field), _text(after, field))
    if _met(before) != _met(after):
        yield Difference(DifferenceKind.MEETING, after, "meeting", _met(before), _met(after))
    if _due(before) != _due(after):
        yield Difference(
            DifferenceKind.MOVED, after, "due", _text(before, "due"), _text(after, "due")
        )
    elif (first := _text(before, "slippage")) != (now := _text(after, "slippage")):
        yield Difference(DifferenceKind.MOVED, after, "slippage", first, now)
    closed = any(_text(before, name) != _text(after, name) for name in ("status", "agreed_on_iso"))
    if closed or stood(before) != stood(after):
        done = closed and _text(after, "status") == Status.COMPLETED
        kind = DifferenceKind.COMPLETED if done else DifferenceKind.STATUS
        yield Difference(kind, after, "status", how_it_stood(before), how_it_stood(after))


def _text(row: PrintedRow, name: str) -> str:
    return row.texts.get(name, "")


def _due(row: PrintedRow) -> str:
    # The same day in other words has not moved.
    return _text(row, "due_iso") or _text(row, "due")


def _met(row: PrintedRow) -> str:
    day = long_date(_text(row, "meeting_date_iso"))
    return ", ".join(filter(None, (_text(row, "meeting_type"), day)))


def _in_both_views(row: PrintedRow) -> tuple[str, ...]:
    return tuple(_text(row, name) for name in ("follow_up_printed", "overdue_note"))


def how_it_stood(row: PrintedRow) -> str:
    """Say how an action stood when it was printed, as the pack did, in today's words."""
    standing, agreed, printed, overdue, reopened = (
        _text(row, name)
        for name in ("standing", "agreed_on_iso", "follow_up_printed", "overdue_note", "reopened")
    )
    words = _WORDS.get(_text(row, "status"), ())
    standing = words[0] if standing in words else standing
    closure = agreed and f"agreed on {long_date(agreed)}"
    beneath = "" if standing.startswith(printed) else f"{COLUMNS['follow_up']}: {printed}"
    return "; ".join(filter(None, (standing, closure, beneath, overdue, reopened)))
