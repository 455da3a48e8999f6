"""Nothing is forgotten: three years of a committee, its clock, and whatever may become of an action.

*Answered in time* is an action of which something was said since the last formal meeting; then it is
on track, and need not be named. Whatever else is open is named from that meeting on, by ``check``,
by ``list`` and by the progress report for the next one: so none passes two meetings unnamed. What
was put off (a standing commitment, what was deferred to a day or goes to a meeting to come) is
asked after once a municipal year.
"""

import io
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from amounts import times
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from cpctrack.check import Tier, find_problems
from cpctrack.dates import municipal_year
from cpctrack.records import decisions
from cpctrack.records.calendar import Calendar, formal_days
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import TWIN, Change, Draft, Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.query import Dated, Query
from cpctrack.render.screen import plain, terminal
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.store.contract import to_json

STARTS = date(2022, 5, 1)
YEARS = 3
COMMITTEE = Settings("Parks Committee", "PRK", "05-15")
FORGOTTEN = {"overdue-without-response", "unanswered", "waiting-for-the-committee", "without-a-date"}
OWNERS = ("Warden", "Head of Trees", "Parks Manager")
WORDS = ("Spring term", "as soon as possible", "in 6 weeks", "March 2024")
EVENTS = (
    "agree something", "answer", "evidence", "status", "extend", "first date", "defer", "stand",
    "propose", "propose", "agree", "reopen", "correct", "rename", "goes to", "twin", "noted", "stop",
)  # fmt: skip


class Plan(NamedTuple):
    """A formal meeting that is planned: so many days after the one before, and its fate."""

    after: int
    fate: str


class Committee:
    """What a clerk would hold in the store, and beside it who spoke when: the test's own account."""

    def __init__(self) -> None:
        self.today = STARTS
        self.meetings: dict[str, Meeting] = {}
        self.records: dict[str, Record] = {}
        self.spoken: dict[str, str] = {}
        self.proposed: dict[str, str] = {}

    def author(self, via: str) -> Author:
        return Author("Clerk", f"{self.today}T10:00:00Z", via)

    def meet(self, day: date, type_: MeetingType, **fields: object) -> Meeting:
        year = municipal_year(day, COMMITTEE.year_starts)
        met = Meeting(day.isoformat(), type_, year)._replace(**fields)  # type: ignore[arg-type]
        self.meetings[met.key] = met
        return met

    def days(self) -> tuple[str, ...]:
        return formal_days(self.meetings.values())

    def held(self) -> list[str]:
        return [day for day in self.days() if day <= self.today.isoformat()]

    def calendar(self) -> Calendar:
        return Calendar(self.today, self.days(), COMMITTEE.terms, COMMITTEE.year_starts)

    def take_in(self, met: Meeting, **fields: object) -> None:
        number = len(self.records) + 1
        draft = Draft(met, {"action": f"Mend bench {number}.", "owners": ("Warden",), **fields})
        ref = f"PRK-2223-{number:03}"
        self.put(create(draft, record_id=ref, ref=ref, author=self.author("add")), spoke=False)
        self.spoken[ref] = max(met.date, self.today.isoformat() if fields.get("response") else "")

    def put(self, record: Record, *, spoke: bool = True) -> None:
        self.records[record.ref] = record
        if spoke:
            self.spoken[record.ref] = self.today.isoformat()

    def happens(self, event: str, ref: str, days: int) -> None:
        """Let an event become of an action, where it can."""
        record, to_come = self.records[ref], (self.today + timedelta(days)).isoformat()
        is_open, at_work = record.status.is_open, record.status is not Status.PROPOSED
        author = self.author("update")
        if event == "reopen" and not (is_open and at_work):
            self.put(decisions.reopen(record, self.author("reopen"), reason="Asked for."))
        elif event == "agree" and record.status is Status.PROPOSED and self.held():
            last = self.meetings[f"{self.held()[-1]}-formal"]
            if last.date >= record.meeting.date:
                self.put(decisions.agree(record, last, self.author("agree")))
        elif not is_open:
            return
        elif event == "answer":
            self.put(amend(record, {"response": f"Begun, {self.today}, {days}"}, author))
        elif event == "evidence":
            evidence = (*record.evidence, f"photo {self.today} {days}.jpg")
            self.put(amend(record, {"evidence": evidence}, author))
        elif event == "status" and record.status is not Status.IN_PROGRESS:
            self.put(amend(record, {"status": Status.IN_PROGRESS}, author))
        elif event == "extend" and record.due and to_come > record.due:
            later = self.author("extend")
            self.put(decisions.extend(record, later, to=to_come, reason="Rain."))
        elif event == "first date" and not (record.due or record.due_text):
            self.put(amend(record, {"due": to_come, "due_text": to_come}, author))
        elif event == "defer" and record.status is not Status.DEFERRED:
            self.put(amend(record, {"status": Status.DEFERRED}, author))
        elif event == "stand" and record.status is not Status.ONGOING:
            self.put(amend(record, {"status": Status.ONGOING}, author))
        elif event == "propose" and at_work:
            self.put(amend(record, {"status": Status.PROPOSED}, author))
            self.proposed[ref] = self.today.isoformat()
        elif event == "stop" and days > 300:
            self.put(amend(record, {"status": Status.NOT_PROCEEDING}, author))
        elif event == "correct" and record.due:
            self.put(amend(record, {"due": to_come, "due_text": to_come}, author), spoke=False)
        elif event == "rename":
            owners = {"owners": (OWNERS[days % len(OWNERS)],)}
            self.put(amend(record, owners, author), spoke=False)
        elif event == "goes to":
            self.put(amend(record, {"goes_to": to_come}, author), spoke=False)
        elif event == "noted":
            self.put(amend(record, {"response": "Noted."}, author), spoke=False)
        elif event == "twin":
            line = Change(author.at, "Clerk", "merge", TWIN, "PRK-2223-099", "table.tsv")
            self.put(record._replace(history=(*record.history, line)), spoke=False)

    def is_put_off(self, record: Record) -> bool:
        calendar = self.calendar()
        return (
            record.status is Status.ONGOING
            or record.goes_to >= self.today.isoformat()
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


def named_by_check(committee: Committee) -> list[str]:
    found = find_problems(
        committee.records.values(),
        committee.meetings,
        COMMITTEE,
        committee.today,
        tiers={Tier.ATTENTION},
    )
    return [each.ref for each in found if each.name in FORGOTTEN]


def named_by_list(committee: Committee) -> set[str]:
    """Give what the lines for a pipe, JSON and the filter name: the same."""
    calendar = committee.calendar()
    dated = [Dated(each, calendar) for each in committee.records.values()]
    lines = (line.rstrip("\n").split("\t") for line in list(plain.tsv(dated))[1:])
    in_lines = {cells[0] for cells in lines if cells[-1]}
    in_json = {row["ref"] for row in (to_json(each, calendar) for each, *_ in dated) if row["attention"]}
    filtered = Query(needs_attention=True).select(committee.records.values(), calendar)
    assert in_lines == in_json == {each.ref for each in filtered}
    return in_lines


def seen_on_a_terminal(committee: Committee) -> set[str]:
    """Give the references whose status column bears a mark that a person can see."""
    window = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "Console", lambda **_: Console(file=window, width=80))
        shown = [Dated(each, committee.calendar()) for each in committee.records.values()]
        terminal.print_table(shown)
    heading, *lines, _ = window.getvalue().splitlines()
    column, ends = heading.index("Status"), dict[str, str]()
    for line in lines:
        if not line.startswith(" "):
            ref = line.split()[0]
        ends[ref] = f"{ends.get(ref, '')} {line[column:]}"
    marks = ("overdue", "to agree", "no date", "no answer")
    return {ref for ref, end in ends.items() if any(mark in end for mark in marks)}


def named_by_report(committee: Committee, printed_for: str) -> set[str]:
    printing = Printing(COMMITTEE, committee.today, printed_for, committee.days(), True)
    view = progress_view(committee.records.values(), printing, year="2022/23")
    return {row.ref for row in view.rows if row.attention and row.attention in row.cells[-1].note}


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
dues = st.lists(st.sampled_from(("", "", "day", *WORDS)), min_size=60, max_size=60)


def three_years(plan: list[Plan], events: list[tuple[str, str, int, int]], due: list[str]):
    """Let the clock run, and give the committee at each moment."""
    committee, ends = Committee(), STARTS + timedelta(365 * YEARS)
    calendar: dict[date, list[tuple[str, ...]]] = {}
    day = STARTS
    for each in plan:
        day += timedelta(each.after)
        met = committee.meet(day, MeetingType.FORMAL)
        calendar.setdefault(day - timedelta(1), []).append(("eve", met.key, each.fate))
        on = day + timedelta(14 if each.fate == "moved" else 0)
        calendar.setdefault(on, []).append(("meeting", on.isoformat(), each.fate))
    day = STARTS
    for gap, event, which, days in events:
        day += timedelta(gap)
        calendar.setdefault(day, []).append((event, str(which), str(days)))
    given = iter(due)
    for committee.today in sorted(day for day in calendar if day <= ends):
        for event, what, more in calendar[committee.today]:
            if event == "eve":
                met = committee.meetings[what]
                if more == "cancelled":
                    committee.meetings[what] = met._replace(cancelled=True)
                elif more == "moved":
                    on = date.fromisoformat(met.date) + timedelta(14)
                    committee.meetings[what] = met._replace(moved_to=on.isoformat())
                    committee.meet(on, MeetingType.FORMAL)
            elif event == "meeting":
                met = committee.meetings[f"{what}-formal"]
                if met.stands and more != "nothing agreed":
                    committee.take_in(met, **due_of(next(given, ""), committee.today))
            elif event == "agree something":
                typed_late = timedelta(int(more) % 50)
                met = committee.meet(committee.today - typed_late, MeetingType.INFORMAL)
                response = {"response": "Looked at."} if int(more) > 300 else {}
                due_on = due_of(next(given, ""), committee.today)
                committee.take_in(met, **response, **due_on)
            elif committee.records:
                refs = list(committee.records)
                committee.happens(event, refs[int(what) % len(refs)], int(more))
        yield committee


def due_of(said: str, today: date) -> dict[str, str]:
    if said == "day":
        on = (today + timedelta(150)).isoformat()
        return {"due": on, "due_text": on}
    return {"due_text": said}


@given(plans, happenings, dues)
@settings(max_examples=times(300, 12), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_open_passes_two_formal_meetings_unnamed(plan, events, due) -> None:
    committee = Committee()
    for committee in three_years(plan, events, due):
        look(committee)
    assert seen_on_a_terminal(committee) == named_by_list(committee)


@given(plans, happenings, dues)
@settings(max_examples=times(300, 12), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_word_on_each_makes_check_silent_until_the_next_meeting(plan, events, due) -> None:
    """What is answered, dated and agreed is on track; standing commitments for their whole year."""
    committee = Committee()
    for committee in three_years(plan, events, due):
        pass
    to_come = (committee.today + timedelta(400)).isoformat()
    for ref, record in list(committee.records.items()):
        if record.status.is_open:
            values = {"response": f"Under way, {ref}", "due": to_come, "due_text": to_come}
            status = Status.ONGOING if record.status is Status.ONGOING else Status.IN_PROGRESS
            committee.put(amend(record, {**values, "status": status}, committee.author("update")))
    assert named_by_check(committee) == []
    assert named_by_list(committee) == set()
    coming = next(day for day in committee.days() if day > committee.today.isoformat())
    committee.today = date.fromisoformat(coming)
    year = municipal_year(committee.today, COMMITTEE.year_starts)
    quiet = {ref for ref in committee.spoken
             if municipal_year(date.fromisoformat(committee.spoken[ref]), COMMITTEE.year_starts) == year
             and committee.is_put_off(committee.records[ref])}  # fmt: skip
    assert quiet.isdisjoint(named_by_list(committee))
