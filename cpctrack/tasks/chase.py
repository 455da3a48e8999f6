"""Whom to ask about what: the messages that are due, and what nobody is asked about now."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from cpctrack.dates import find_date, long_date
from cpctrack.errors import UsageError
from cpctrack.records import links
from cpctrack.records.asking import Rung, rung
from cpctrack.records.exempt import unsaid
from cpctrack.records.model import Record
from cpctrack.records.owners import NOBODY, Owner, Owners, is_address, together
from cpctrack.records.query import Dated, Query
from cpctrack.render.chase.message import Message, Question
from cpctrack.store.conflicts import require_settled
from cpctrack.store.council import refuse_private, withheld
from cpctrack.store.store import Store
from cpctrack.tasks.owners import survey
from cpctrack.text import fold, one_line

_FORTNIGHT = timedelta(14)
_WEEKEND = {0: 3, 6: 2}  # how many days before Monday and Sunday the last working day is
_NOT_STATED = "paragraph not stated"


class Wanted(NamedTuple):
    """Whom to ask about what: everything given must hold.

    `owners` and `services` are parts of names, of which one must fit. `due_within` counts days;
    what is overdue is within any. `meeting` and `reply_by` are ISO; without them it is each
    committee's next formal meeting, and a fortnight or the last working day before. `again`
    reminds all who have not answered, whenever they were asked.
    """

    owners: Sequence[str] = ()
    services: Sequence[str] = ()
    due_within: int | None = None
    meeting: str = ""
    reply_by: str = ""
    again: bool = False
    include_exempt: bool = False

    def fits(self, owner: Owner) -> bool:
        """Tell whether this owner is to be asked."""
        return _is_part(self.owners, owner.names) and _is_part(self.services, [owner.service])

    def is_about(self, action: Dated) -> bool:
        """Tell whether the owner of an action still has to do something about it, in that time."""
        if self.due_within is None or action.overdue:
            return action.record.status.can_be_overdue
        return action.calendar.is_due_within(action.record, timedelta(self.due_within))

    def round_of(self, held: Store, today: date) -> str:
        """Give the meeting (ISO) of this committee that wants to know, or nothing.

        It is held on the day to which it was moved; raises `UsageError` for one that is cancelled,
        or has been.
        """
        calendar = held.calendar(today)
        day = calendar.held_on(self.meeting or calendar.next_formal)
        if day in calendar.cancelled:
            raise UsageError(
                f"{one_line(held.settings.committee)} does not meet on {long_date(day)}, which is "
                "cancelled; name a meeting that is to come."
            )
        _refuse_past("The meeting", day, today)
        return day


class Why(StrEnum):
    """Why an owner is not asked about an action now."""

    ANSWERED = "answered"
    ASKED = "asked"
    NEW = "not-asked-yet"
    GONE = "left"
    NOBODY = "nobody"


class NotNow(NamedTuple):
    """An action that its owner is not asked about; `rung` is how far asking has come."""

    owner: str
    ref: str
    why: Why
    rung: Rung = Rung(0)


class Planned(NamedTuple):
    """The messages that are due, still without a number, and what nobody is asked about.

    `left_out` are the references of exempt actions that would be, and `doubtful` of those that may
    be exempt by their own words.
    """

    messages: tuple[Message, ...]
    others: tuple[NotNow, ...]
    left_out: frozenset[str]
    doubtful: frozenset[str]


def plan(held: Sequence[Store], wanted: Wanted, by: str, today: date) -> Planned:
    """Choose whom to ask about what; `by` closes the messages where no setting does.

    Raises `UsageError` for a day that has been and a meeting that is cancelled, `NotFoundError` for
    an owner or service that is not there, and `StoreError` where conflicts stand or a store may be
    a private one.
    """
    _refuse_past("The day to answer by", wanted.reply_by, today)
    for each in held:
        require_settled(each.document)
    refuse_private(held)
    book, unnamed = together(each.owners for each in held), withheld(held)
    _refuse_unknown(wanted, held, book)
    homes = {each.settings.committee: each.settings for each in held}
    rounds = {each.settings.committee: wanted.round_of(each, today) for each in held}
    clerk = next((each.settings.clerk for each in held if each.settings.clerk), by)
    messages: list[Message] = []
    others = [] if wanted.owners or wanted.services else _nobodys(held, wanted, today)
    left_out: list[str] = []
    doubtful: list[str] = []
    owners = [(one.owner, one.actions) for one in survey(held, today) if wanted.fits(one.owner)]
    for owner, actions in owners:
        due: dict[bool, list[Question]] = {False: [], True: []}  # by whether they are exempt
        for record, calendar, name in filter(wanted.is_about, actions):
            stands = rung(record, owner.name, book, calendar, rounds[name], homes[name])
            if why := _why_not(owner, stands, wanted, today):
                others.append(NotNow(owner.name, record.ref, why, stands))
                continue
            doubtful += [record.ref] if unsaid(record) else []
            shown = _as_asked(record, unnamed)
            due[shown.exempt].append(Question(shown, calendar, name, stands.asked))
        if not wanted.include_exempt:
            left_out += [each.record.ref for each in due.pop(True)]
        messages += [
            _message(owner, those, wanted, {rounds[each.committee] for each in those}, clerk, today)
            for those in due.values()
            if those
        ]
    return Planned(tuple(messages), tuple(others), frozenset(left_out), frozenset(doubtful))


def _refuse_past(what: str, day: str, today: date) -> None:
    if "" < day < today.isoformat():
        raise UsageError(f"{what}, {long_date(day)}, has been; name one that is to come.")


def _refuse_unknown(wanted: Wanted, held: Iterable[Store], book: Owners) -> None:
    """Refuse a name that fits nobody: no message would say that nobody has anything to do."""
    records = [record for each in held for record in each.records]
    for part in wanted.owners:
        Query(owner=part, owners=book).refuse_unknown(records)
    for part in wanted.services:
        Query(service=part, owners=book).refuse_unknown(records)


def _is_part(wanted: Sequence[str], names: Iterable[str]) -> bool:
    """Tell whether any of what is wanted is part of a name; nothing is part of all."""
    return not wanted or any(fold(part) in fold(name) for name in names for part in wanted)


def _nobodys(held: Iterable[Store], wanted: Wanted, today: date) -> list[NotNow]:
    """Give the actions that nobody is named for."""
    return [
        NotNow("", record.ref, Why.NOBODY)
        for each in held
        for record in each.records
        if not record.owners and wanted.is_about(Dated(record, each.calendar(today)))
    ]


def _why_not(owner: Owner, stands: Rung, wanted: Wanted, today: date) -> Why | None:
    if fold(owner.name) in NOBODY:
        return Why.NOBODY
    if owner.has_left(today):
        return Why.GONE
    if not stands.step:
        return Why.ANSWERED
    if wanted.again:
        return Why.NEW if stands.step == 1 else None
    return None if stands.is_due(today) else Why.ASKED


def _as_asked(record: Record, unnamed: Container[str]) -> Record:
    """Give a record as its owner may read it: what may be exempt is marked, if it wasn't."""
    says = unsaid(record)
    if says is None and record.ref.upper() not in unnamed:
        return links.without(record, unnamed)
    if record.exempt:
        return record
    paragraph = says.paragraph if says else ""
    return record._replace(exempt_paragraph=paragraph or _NOT_STATED)


def _message(
    owner: Owner, due: Sequence[Question], wanted: Wanted, meetings: set[str], clerk: str,
    today: date,
) -> Message:  # fmt: skip
    """Ask an owner, by default within a fortnight, and before the first of the meetings."""
    days = [day for each in meetings if (day := find_date(each))]
    before = [day - timedelta(_WEEKEND.get(day.weekday(), 1)) for day in days]
    in_time = max(today, min([today + _FORTNIGHT, *before])).isoformat()
    return Message(
        number="",
        owner=owner.name,
        # Few mail programs read any other from a file.
        to=owner.email if owner.email.isascii() and is_address(owner.email) else "",
        step=max(len(each.asked) for each in due) + 1,
        questions=tuple(due),
        reply_by=wanted.reply_by or in_time,
        meeting=min(meetings) if len(meetings) == 1 else "",
        today=today,
        clerk=clerk,
        exempt=due[0].record.exempt,
    )
