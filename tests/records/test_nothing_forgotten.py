"""Nothing is forgotten: three years of a committee, its clock, and whatever becomes of an action.

*Answered in time* is an action of which something was said since the last formal meeting; then it
is on track, and need not be named. Whatever else is open is named from that meeting on, by
``check``, by ``list`` and by the progress report for the next one: so none passes two meetings
unnamed. What was put off (a standing commitment, what was deferred to a day or goes to a meeting to
come) is asked after once a municipal year.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

import click
from amounts import times
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpctrack.check import Tier, find_problems
from cpctrack.dates import municipal_year
from cpctrack.errors import DecisionError
from cpctrack.records import decisions
from cpctrack.records.calendar import Calendar, calendar_of, formal_days
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import (
    TWIN,
    Change,
    Draft,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
)
from cpctrack.records.progress import Part
from cpctrack.records.query import Dated, Query
from cpctrack.render.screen import plain, terminal
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.store.contract import to_json

STARTS = date(2022, 5, 1)
ENDS = date(2025, 5, 1)
COMMITTEE = Settings("Parks Committee", "PRK", "05-15")
FORGOTTEN = {
    "overdue-without-response",
    "unanswered",
    "waiting-for-the-committee",
    "without-a-date",
}
OWNERS = ("Warden", "Head of Trees", "Parks Manager")
WORDS = ("Spring term", "as soon as possible", "in 6 weeks", "March 2024")


def dated(day: str) -> dict[str, str]:
    return {"due": day, "due_text": day}


def twin(record: Record, by: Author) -> Record:
    line = Change(by.at, by.by, "merge", TWIN, "PRK-2223-099", "table.tsv")
    return record._replace(history=(*record.history, line))


def reopen(record: Record, by: Author, *_: str) -> Record:
    return decisions.reopen(record, by._replace(via="reopen"), reason="Asked for.")


def extend(record: Record, by: Author, day: str) -> Record:
    return decisions.extend(record, by._replace(via="extend"), to=day, reason="Rain.")


# What may become of an open action on a day, with another day to come.
BECOMES: dict[str, Callable[[Record, Author, str], Record]] = {
    "answer": lambda one, by, _: amend(one, {"response": f"Begun, {by.at}"}, by),
    "evidence": lambda one, by, _: amend(one, {"evidence": (*one.evidence, by.at)}, by),
    "work": lambda one, by, _: amend(one, {"status": Status.IN_PROGRESS}, by),
    "defer": lambda one, by, _: amend(one, {"status": Status.DEFERRED}, by),
    "stand": lambda one, by, _: amend(one, {"status": Status.ONGOING}, by),
    "propose": lambda one, by, _: amend(one, {"status": Status.PROPOSED}, by),
    "stop": lambda one, by, _: amend(one, {"status": Status.NOT_PROCEEDING}, by),
    "extend": extend,
    "date": lambda one, by, day: amend(one, dated(day), by),
    "rename": lambda one, by, day: amend(one, {"owners": (OWNERS[int(day[-1]) % 3],)}, by),
    "go to": lambda one, by, day: amend(one, {"goes_to": day}, by),
    "note": lambda one, by, _: amend(one, {"response": "Noted."}, by),
    "twin": lambda one, by, _: twin(one, by),
}
SAYS_NOTHING = {"rename", "go to", "note", "twin"}
EVENTS = ("agree something", "agree something", "propose", "agree", "reopen", *BECOMES)


class Plan(NamedTuple):
    """A formal meeting that is planned: so many days after the one before, and its fate."""

    after: int
    fate: str


class Committee:
    """What a clerk holds in the store, and beside it who spoke when: the test's own account."""

    def __init__(self, dues: Iterable[str]) -> None:
        self.dues = iter(dues)
        self.today = STARTS
        self.meetings: dict[str, Meeting] = {}
        self.records: dict[str, Record] = {}
        self.spoken: dict[str, str] = {}
        self.proposed: dict[str, str] = {}

    def author(self, via: str) -> Author:
        return Author("Clerk", f"{self.today}T10:00:00Z", via)

    def meet(self, day: date, type_: MeetingType) -> Meeting:
        met = Meeting(day.isoformat(), type_, municipal_year(day, COMMITTEE.year_starts))
        self.meetings[met.key] = met
        return met

    def days(self) -> tuple[str, ...]:
        return formal_days(self.meetings.values())

    def held(self) -> list[str]:
        return [day for day in self.days() if day <= self.today.isoformat()]

    def calendar(self) -> Calendar:
        return calendar_of(COMMITTEE, self.meetings.values(), self.today)

    def put_off(self, met: Meeting, to: date | None) -> None:
        """Cancel a meeting, or move it to another day."""
        if to:
            self.meetings[met.key] = met._replace(moved_to=to.isoformat())
            self.meet(to, MeetingType.FORMAL)
        else:
            self.meetings[met.key] = met._replace(cancelled=True)

    def agrees(self, day: date, type_: MeetingType, *, response: str = "") -> None:
        """Let a meeting of that day agree something, which is typed today."""
        met, due = self.meet(day, type_), next(self.dues, "")
        months_later = (day + timedelta(150)).isoformat()
        when = dated(months_later) if due == "day" else {"due_text": due}
        number = len(self.records) + 1
        ref = f"PRK-2223-{number:03}"
        fields = {"action": f"Mend bench {number}.", "owners": OWNERS[:1], "response": response}
        draft = Draft(met, {**fields, **when})
        self.records[ref] = create(draft, record_id=ref, ref=ref, author=self.author("add"))
        self.spoken[ref] = self.today.isoformat() if response else met.date

    def happens(self, event: str, which: int, days: int) -> None:
        """Let something become of an action, where it can."""
        if event == "agree something":
            day = self.today - timedelta(days % 50)
            self.agrees(day, MeetingType.INFORMAL, response="Seen." if days > 300 else "")
        elif self.records:
            record = list(self.records.values())[which % len(self.records)]
            with contextlib.suppress(DecisionError):
                self.becomes(record, event, (self.today + timedelta(days)).isoformat())

    def becomes(self, record: Record, event: str, to_come: str) -> None:
        author = self.author("update")
        if event == "agree":
            last = self.meetings.get(f"{max(self.held(), default='')}-formal")
            new = decisions.agree(record, last, author) if last else record
        elif event == "reopen" or record.status.is_open:
            new = BECOMES.get(event, reopen)(record, author, to_come)
        else:
            return
        self.records[record.ref] = new
        if new is record or event in SAYS_NOTHING or (event == "date" and record.due):
            return
        self.spoken[record.ref] = self.today.isoformat()
        if new.status is Status.PROPOSED and record.status is not Status.PROPOSED:
            self.proposed[record.ref] = self.today.isoformat()

    def comes_on(self, day: str) -> str:
        """Give the day on which the formal meeting of that day is held."""
        planned = self.meetings.get(f"{day}-formal")
        return (planned and planned.moved_to) or day

    def is_put_off(self, record: Record) -> bool:
        calendar = self.calendar()
        return (
            record.status is Status.ONGOING
            or self.comes_on(record.goes_to) >= self.today.isoformat()
            or (record.status is Status.DEFERRED and calendar.last_day(record) is not None)
        )

    def must_be_named(self, held: list[str]) -> set[str]:
        """Give the open actions that one of these meetings has passed over."""
        named = set()
        for ref, record in self.records.items():
            spoken = self.spoken[ref]
            if record.status is Status.PROPOSED:
                spoken = self.proposed[ref]
            elif held and self.is_put_off(record) and not self.calendar().is_overdue(record):
                began = municipal_year(date.fromisoformat(held[-1]), COMMITTEE.year_starts)[:4]
                spoken = max(spoken, record.meeting.date)
                if spoken >= f"{began}-{COMMITTEE.year_starts}":
                    continue
            if record.status.is_open and any(day > spoken for day in held):
                named.add(ref)
        return named


def named_by_check(committee: Committee, *, missed: bool = True) -> list[str]:
    found = find_problems(
        committee.records.values(),
        committee.meetings,
        COMMITTEE,
        committee.today,
        tiers={Tier.ATTENTION},
    )
    named = [each.ref for each in found if each.name in FORGOTTEN]
    others = [each.ref for each in found if missed and each.name == "did-not-come"]
    return named + [ref for ref in others if ref not in named]


def named_by_list(committee: Committee) -> set[str]:
    """Give what the lines for a pipe, JSON and the filter name: the same."""
    calendar = committee.calendar()
    dated = [Dated(each, calendar) for each in committee.records.values()]
    lines = (line.rstrip("\n").split("\t") for line in list(plain.tsv(dated))[1:])
    in_lines = {cells[0] for cells in lines if cells[-1]}
    in_json = {
        row["ref"] for row in (to_json(each, calendar) for each, *_ in dated) if row["attention"]
    }
    filtered = Query(needs_attention=True).select(committee.records.values(), calendar)
    assert in_lines == in_json == {each.ref for each in filtered}
    return in_lines


def seen_on_a_terminal(committee: Committee) -> set[str]:
    """Give the references whose status column bears a mark that a person can see."""
    shown = [Dated(each, committee.calendar()) for each in committee.records.values()]
    heading, *lines, _ = map(click.unstyle, terminal.table(shown, 80))
    column, ends = heading.index("Status"), dict[str, str]()
    for line in lines:
        if not line.startswith(" "):
            ref = f"{COMMITTEE.prefix}-{line.split()[0]}"
        ends[ref] = f"{ends.get(ref, '')} {line[column:]}"
    marks = ("overdue", "to agree", "no date", "no answer")
    return {ref for ref, end in ends.items() if any(mark in end for mark in marks)}


def named_by_report(committee: Committee, printed_for: str) -> set[str]:
    printing = Printing(COMMITTEE, committee.calendar(), printed_for, True)
    view = progress_view(committee.records.values(), printing, year="2022/23")
    asked = (part for part in view.parts if part.decision or part.name == Part.LATE)
    noted = {row.ref for row in view.rows if row.attention and row.attention in row.cells[-1].note}
    return noted | {row.ref for part in asked for row in part.rows}


def look(committee: Committee) -> None:
    """See that whatever a meeting has passed over is named, everywhere, and in check just once."""
    held = committee.held()
    forgotten = committee.must_be_named(held)
    by_check = named_by_check(committee)
    assert forgotten <= set(by_check)
    assert len(by_check) == len(set(by_check))
    assert forgotten <= named_by_list(committee)
    today = committee.today.isoformat()
    if coming := next((day for day in committee.days() if day >= today), ""):
        before = [day for day in held if day < coming]
        assert committee.must_be_named(before) <= named_by_report(committee, coming)


plans = st.lists(
    st.builds(
        Plan,
        st.integers(28, 120),
        st.sampled_from(("held", "held", "held", "nothing agreed", "cancelled", "moved")),
    ),
    min_size=40,
    max_size=40,
)
happenings = st.lists(
    st.tuples(st.integers(1, 45), st.sampled_from(EVENTS), st.integers(0, 30), st.integers(1, 400)),
    min_size=40,
    max_size=90,
)
dues = st.lists(st.sampled_from(("", "day", "day", "day", *WORDS)), min_size=60, max_size=60)


def three_years(
    plan: Iterable[Plan], events: Iterable[tuple[int, str, int, int]], due: Iterable[str]
) -> Iterator[Committee]:
    """Let the clock run, and give the committee at each moment."""
    committee = Committee(due)
    diary: dict[date, list[Callable[[], None]]] = defaultdict(list)
    day = STARTS
    for after, fate in plan:
        day += timedelta(after)
        met, on = committee.meet(day, MeetingType.FORMAL), day
        if fate in ("cancelled", "moved"):
            on = day + timedelta(14)
            to = on if fate == "moved" else None
            diary[day - timedelta(1)].append(partial(committee.put_off, met, to))
        diary[on] += [partial(committee.agrees, on, MeetingType.FORMAL)] * (
            fate in ("held", "moved")
        )
    day = STARTS
    for gap, event, which, days in events:
        day += timedelta(gap)
        diary[day].append(partial(committee.happens, event, which, days))
    for committee.today in sorted(day for day in diary if day <= ENDS):
        for happens in diary[committee.today]:
            happens()
        yield committee


MANY = settings(
    max_examples=times(200, 10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(plans, happenings, dues)
@MANY
def test_nothing_open_passes_two_formal_meetings_unnamed(plan, events, due) -> None:
    for committee in three_years(plan, events, due):
        look(committee)
    assert seen_on_a_terminal(committee) == named_by_list(committee)


@given(plans, happenings, dues)
@MANY
def test_a_word_on_each_makes_check_silent_until_the_next_meeting(plan, events, due) -> None:
    """What is answered and has a day is on track; a standing commitment for the whole year."""
    *_, committee = three_years(plan, events, due)
    author = committee.author("update")
    days = dated((committee.today + timedelta(400)).isoformat())
    still = (Status.ONGOING, Status.DEFERRED)
    for ref, record in committee.records.items():
        if record.status.is_open:
            status = record.status if record.status in still else Status.IN_PROGRESS
            values = {"response": "Under way.", "status": status, **days}
            committee.records[ref] = amend(record, values, author)
            committee.spoken[ref] = committee.today.isoformat()
    assert named_by_check(committee, missed=False) == []
    assert named_by_list(committee) == set()
    coming = next(day for day in committee.days() if day > committee.today.isoformat())
    year = municipal_year(committee.today, COMMITTEE.year_starts)
    committee.today = date.fromisoformat(coming)
    if municipal_year(committee.today, COMMITTEE.year_starts) == year:
        put_off = {ref for ref, each in committee.records.items() if committee.is_put_off(each)}
        assert put_off.isdisjoint(named_by_list(committee))
