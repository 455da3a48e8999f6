"""A record as a row of a document: every word that is printed of it is chosen here."""

import re
from bisect import bisect
from collections.abc import Callable, Container, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from cpctrack.dates import length_in_words, long_date
from cpctrack.labels import (
    ASKED,
    BETWEEN,
    BLANKS,
    DID_NOT_COME,
    EXEMPT,
    GOES_TO,
    NO_ANSWER,
    NO_DAY,
    OVERDUE,
    OVERDUE_BY,
    REOPENED,
    TO_AGREE,
)
from cpctrack.records import ageing, links, rolling
from cpctrack.records.asking import waits
from cpctrack.records.attention import Reason, last_heard, proposed_on, reason_of
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import follow_up_stands
from cpctrack.records.model import MeetingType, Record, Status
from cpctrack.render.views.strips import Scale, strip_of
from cpctrack.render.views.view import CellView, RowView
from cpctrack.render.words import acceptance, day, paragraph, printable, slippage_of
from cpctrack.text import counted, fold, one_line

TYPES = {MeetingType.FORMAL: "Formal", MeetingType.INFORMAL: "Informal"}
_TAKEN_ANCHORS = ("table",)
_NOT_IN_AN_ANCHOR = re.compile(r"[^a-z0-9]+")


class Surroundings(NamedTuple):
    """What a row depends on beside its record.

    `names` are the owners' usual spellings, by their names without capitals, `refs` the records of
    its committee that the document may name: what is exempt is not even named in a link. `held` is
    the formal meeting (ISO) that counts as the last, where it isn't the calendar's. `year` is the
    municipal year whose table it stands in, if it is one; `bands` says that its rows have bands,
    `scale` is that of their strips, if they have any.
    """

    calendar: Calendar
    names: Mapping[str, str] = MappingProxyType({})
    refs: Container[str] = ()
    held: str | None = None
    year: str = ""
    bands: bool = False
    scale: Scale | None = None

    @property
    def formal_days(self) -> Sequence[str]:
        """The days (ISO) of formal meetings; that of the pack is not over yet."""
        days = self.calendar.formal_days
        return days if self.held is None else days[: bisect(days, self.held)]


class Anchors:
    """The ids for links that a page has given away."""

    def __init__(self) -> None:
        self._used = set(_TAKEN_ANCHORS)

    def take(self, name: str) -> str:
        """Make an id of a name; a second one of the same name gets a number."""
        wanted = _NOT_IN_AN_ANCHOR.sub("-", name.lower()).strip("-") or "row"
        anchor = wanted
        count = 1
        while anchor in self._used:
            count += 1
            anchor = f"{wanted}-{count}"
        self._used.add(anchor)
        return anchor


def row_view(
    record: Record,
    around: Surroundings,
    anchors: Anchors,
    cells: Callable[[RowView], tuple[CellView, ...]],
    *,
    as_printed: bool = True,
) -> RowView:
    """Lay out a record; `cells` arranges what it says in the columns of the document.

    It stands as its printed cell says, while that is as new as the status; else `as_printed` false
    has the status say it. In the table of a year it was rolled over from, it says that.
    """
    status, meeting, exempt = record.status, record.meeting, record.exempt
    words, completed_on = status.words, day(record.completed_on)
    kept = record.follow_up and follow_up_stands(record)
    printed = printable(record.follow_up) if kept else ""
    done = completed_on if status is Status.COMPLETED else ""
    own = _gone_on(record, around.refs) or (f"{words} {done}" if done else words)
    standing = own
    if record.rolled_to > around.year > "":
        standing = printable(rolling.cell_of(record))
    elif as_printed and printed and not rolling.year_in(printed):
        standing = printed  # that it was rolled over is for the tables of the years before
    said = standing == own or fold(standing).startswith(fold(words))
    reason = reason_of(record, around.calendar, around.held)
    overdue = reason is Reason.OVERDUE
    overdue_note = OVERDUE + _was_due(record, around.calendar) if overdue else ""
    late = _days_late(record, around.calendar) if overdue else 0
    moves = ageing.extensions(record)
    age = ageing.age(record, around.formal_days, around.calendar.today)
    reopened = ageing.reopened(record)
    asked = waits(record)
    met = day(meeting.date) or BLANKS["meeting_date"]
    ref, item = one_line(record.ref), printable(record.item)
    place = _place(met, item)
    row = RowView(
        anchor=anchors.take(record.ref),
        ref=ref,
        kind=record.kind.value,
        meeting_type=TYPES[meeting.type],
        meeting_date=day(meeting.date),
        meeting_date_iso=printable(meeting.date),
        item=item,
        recommendation=printable(record.recommendation),
        action=printable(record.action),
        referred_to=printable(record.referred_to),
        owners=tuple(one_line(around.names.get(one.casefold(), one)) for one in record.owners),
        response=printable(record.response),
        follow_up=f"{standing}\n{overdue_note}" if overdue else standing,
        standing=standing,
        status=status.value,
        status_words=words,
        tone=status.value if said else "as-printed",
        due=day(record.due) or printable(record.due_text),
        completed_on=completed_on,
        overdue=overdue,
        overdue_note=overdue_note,
        exempt=exempt,
        exempt_note=EXEMPT + paragraph(record) if exempt else "",
        due_iso=printable(record.due),
        completed_on_iso=printable(record.completed_on),
        agreed_on=day(record.agreed_on),
        agreed_on_iso=printable(record.agreed_on),
        first_due=day(moves[0].before if moves else record.due or record.due_text),
        times_moved=len(moves),
        slippage=slippage_of(moves),
        extensions=tuple(_extension(move) for move in moves),
        reopened=(f"{REOPENED}{_on(reopened.at)}: {one_line(reopened.reason)}" if reopened else ""),
        age=(
            f"{counted(age.days, 'day')}, {counted(age.meetings, 'formal meeting')} since"
            if age
            else ""
        ),
        age_days=age.days if age else 0,
        age_meetings=age.meetings if age else 0,
        follow_up_printed=printed,
        evidence=tuple(map(one_line, record.evidence)),
        goes_to=_goes_to(record, around.calendar),
        attention=overdue_note or _attention(record, reason, around),
        rolled_to=one_line(record.rolled_to),
        acceptance=acceptance(record),
        asked=ASKED + _on(asked[-1].at) if asked else "",
        band=f"{TYPES[meeting.type]}{BETWEEN}{place}" if around.bands else "",
        derived=standing != printed,
        facts=f"{ref}{BETWEEN}{place}",
        age_words=_age_words(age) if age and status.is_open else "",
        overdue_by=f"{OVERDUE_BY}{length_in_words(late)}" if late else "",
        overdue_days=late,
        strip=strip_of(record, age, around.scale, around.calendar) if around.scale else (),
    )
    return RowView._make((*row[:-1], cells(row)))  # in a fifth of the time of _replace


def _gone_on(record: Record, refs: Container[str]) -> str:
    """Say as what it goes on, where the document may name all of that."""
    others = links.successors(record)
    named = all(each.kind == links.TRANSFERRED_TO or each.ref in refs for each in others)
    return links.standing(record) if named else ""


def full_cells(row: RowView) -> tuple[CellView, ...]:
    """Fill the eight columns of Appendix 4."""
    return (
        CellView(row.meeting_type),
        cell(row.meeting_date, BLANKS["meeting_date"], iso=row.meeting_date_iso),
        cell(row.item, BLANKS["item"]),
        cell(row.recommendation, BLANKS["recommendation"]),
        cell(row.action, BLANKS["action"], note=row.exempt_note),
        cell(row.referred_to, BLANKS["owner"]),
        cell(row.response, BLANKS["response"]),
        CellView(row.standing, note=row.overdue_note, derived=row.derived),
    )


@lru_cache(maxsize=1024)  # few items for many records
def _place(met: str, item: str) -> str:
    """Name a meeting by its day, and an item of its agenda."""
    return BETWEEN.join(filter(None, map(one_line, (met, item))))


def _age_words(age: ageing.Age) -> str:
    ago = f"Agreed {length_in_words(age.days)} ago" if age.days else "Agreed today"
    return f"{ago}, {counted(age.meetings, 'meeting')} since" if age.meetings else ago


def cell(text: str, blank: str, *, note: str = "", iso: str = "") -> CellView:
    """Make a cell of a text, or of the words for nothing."""
    return CellView(text or blank, not text, note, iso)


def _was_due(record: Record, calendar: Calendar) -> str:
    if record.due:
        return f"due {day(record.due)}"
    last = calendar.last_day(record)
    assert last is not None  # or it would not be overdue
    return f"due by {long_date(last.isoformat())}"


def _days_late(record: Record, calendar: Calendar) -> int:
    last = calendar.last_day(record)
    return (calendar.today - last).days if last else 0  # a damaged date names no day


def _goes_to(record: Record, calendar: Calendar) -> str:
    """Say which meeting an open action is to come to, be it another day by now, or was to."""
    if not (record.goes_to and record.status.is_open):
        return ""
    said = GOES_TO if calendar.will_come(record) else DID_NOT_COME
    return said + day(calendar.held_on(record.goes_to))


def _attention(record: Record, reason: Reason | None, around: Surroundings) -> str:
    """Say why an action that isn't overdue needs somebody; that it never had a date is no news."""
    match reason:
        case Reason.WAITING:
            since = proposed_on(record)
            reported = f"{TO_AGREE} on {_on(since)}" if since else TO_AGREE
            return f"{reported}; the committee has not agreed"
        case Reason.UNDATED if record.due_text:
            return NO_DAY
        case Reason.UNDATED | Reason.UNANSWERED:
            held = around.calendar.last_formal if around.held is None else around.held
            heard = last_heard(record, around.calendar.today)
            return NO_ANSWER + _on(heard) if heard < held else ""
    return ""


def _extension(move: ageing.Extension) -> str:
    """Say how a due date moved, as in “Asked for on 3 July 2023: to 1 May 2024. No staff.”."""
    decided = f"Asked for on {_on(move.at)}" if move.at else "Moved"
    if move.meeting:
        decided = f"Agreed on {day(move.meeting)}"
    return f"{decided}: to {one_line(day(move.after))}. {one_line(move.reason)}"


def _on(at: str) -> str:
    return long_date(one_line(at[:10]))
