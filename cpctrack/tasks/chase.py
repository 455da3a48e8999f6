"""Whom to ask about what: the messages that are due, and what nobody is asked about now."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from cpctrack.dates import find_date, long_date
from cpctrack.errors import NotFoundError, UsageError
from cpctrack.records import links
from cpctrack.records.asking import Rung, rung
from cpctrack.records.exempt import is_withheld, unsaid
from cpctrack.records.owners import NOBODY, Owner, is_address, together
from cpctrack.records.query import Dated
from cpctrack.render.chase.message import Message, Question
from cpctrack.store.conflicts import require_settled
from cpctrack.store.council import refuse_private, withheld
from cpctrack.store.store import Store
from cpctrack.suggest import did_you_mean
from cpctrack.tasks.owners import survey
from cpctrack.text import fold

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
        """Give the meeting (ISO) of this committee that wants to know, or nothing."""
        return self.meeting or held.calendar(today).next_formal


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


class Due(NamedTuple):
    """An action that its owner is to be asked about; what is `doubtful` counts as exempt."""

    question: Question
    step: int
    exempt: bool
    doubtful: bool


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

    Raises `UsageError` for a day that has been, `NotFoundError` for an owner or service that is
    not there, and `StoreError` where conflicts stand or a store may be a private one.
    """
    _refuse_past(wanted, today)
    for each in held:
        require_settled(each.document)
    refuse_private(held)
    found = survey(held, today)
    _refuse_unknown(wanted, [one.owner for one in found])
    book, unnamed = together(each.owners for each in held), withheld(held)
    homes = {each.settings.committee: each.settings for each in held}
    rounds = {each.settings.committee: wanted.round_of(each, today) for each in held}
    clerk = next((each.settings.clerk for each in held if each.settings.clerk), by)
    messages: list[Message] = []
    others = [] if wanted.owners or wanted.services else _nobodys(held, wanted, today)
    every: list[Due] = []
    for owner, actions in ((one.owner, one.actions) for one in found if wanted.fits(one.owner)):
        due = []
        for action in filter(wanted.is_about, actions):
            record, calendar, name = action
            stands = rung(record, owner.name, book, calendar, rounds[name], homes[name])
            if why := _why_not(owner, stands, wanted, today):
                others.append(NotNow(owner.name, record.ref, why, stands))
            else:
                due.append(_due(action, stands, unnamed))
        every += due
        for exempt in (False, True)[: 1 + wanted.include_exempt]:
            if those := [each for each in due if each.exempt is exempt]:
                days = {rounds[each.question.committee] for each in those}
                message = _message(owner, those, days, today)
                messages.append(message._replace(clerk=clerk))
    if wanted.reply_by:
        messages = [each._replace(reply_by=wanted.reply_by) for each in messages]
    exempt_ones = [] if wanted.include_exempt else [each for each in every if each.exempt]
    return Planned(
        tuple(messages),
        tuple(others),
        frozenset(each.question.record.ref for each in exempt_ones),
        frozenset(each.question.record.ref for each in every if each.doubtful),
    )


def _refuse_past(wanted: Wanted, today: date) -> None:
    for day, what in ((wanted.meeting, "The meeting"), (wanted.reply_by, "The day to answer by")):
        if "" < day < today.isoformat():
            raise UsageError(f"{what}, {long_date(day)}, has been; name one that is to come.")


def _refuse_unknown(wanted: Wanted, owners: Sequence[Owner]) -> None:
    """Refuse a name that fits nobody: no message would say that nobody has anything to do."""
    names = [name for one in owners for name in one.names]
    services = [one.service for one in owners]
    for given, what, known in (
        (wanted.owners, "owner", names), (wanted.services, "service", services),
    ):  # fmt: skip
        for part in given:
            if not _is_part([part], known):
                raise NotFoundError(f"No {what} is called “{part}”.{did_you_mean(part, known)}")


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


def _due(action: Dated, stands: Rung, unnamed: Container[str]) -> Due:
    record, calendar, committee = action
    says = unsaid(record)
    exempt = says is not None or is_withheld(record) or record.ref.upper() in unnamed
    if not exempt:
        record = links.without(record, unnamed)
    elif not record.exempt:  # whoever prints it must see that it may be
        paragraph = says.paragraph if says else ""
        record = record._replace(exempt_paragraph=paragraph or _NOT_STATED)
    question = Question(record, calendar, committee, stands.asked)
    return Due(question, stands.step, exempt, says is not None)


def _message(owner: Owner, due: Sequence[Due], meetings: set[str], today: date) -> Message:
    """Ask an owner, by default within a fortnight, and before the first of the meetings."""
    days = [day for each in meetings if (day := find_date(each))]
    before = [day - timedelta(_WEEKEND.get(day.weekday(), 1)) for day in days]
    return Message(
        number="",
        owner=owner.name,
        to=owner.email if is_address(owner.email) else "",
        step=max(each.step for each in due),
        questions=tuple(each.question for each in due),
        reply_by=max(today, min([today + _FORTNIGHT, *before])).isoformat(),
        meeting=min(meetings) if len(meetings) == 1 else "",
        today=today,
        exempt=due[0].exempt,
    )
