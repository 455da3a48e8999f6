"""What is counted in a period: how each record stood, where it belongs, and that all adds up."""

import csv
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.dates import year_begins
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import (
    Acceptance,
    Change,
    Draft,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Status,
)
from cpctrack.records.owners import Owner, Owners
from cpctrack.records.statistics import (
    CLOSED,
    OPEN,
    By,
    Figures,
    Origin,
    Part,
    Period,
    as_of,
    cases,
    figures,
    groups,
    per_cent,
    per_cents,
    recommendations,
    shares,
    year_before,
    year_period,
)

READING = Path(__file__).parent.parent / "tables" / "reading_2022_23.csv"
MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
JUNE = Meeting("2023-06-14", MeetingType.FORMAL, "2023/24")
YEAR = Period("2023-05-15", "2024-05-14", "2023/24")
CALENDAR = Calendar(date(2024, 6, 12))


def author(day: str, via: str = "update") -> Author:
    return Author("Clerk", f"{day}T09:00:00Z", via)


def made(ref: str = "CPC-2324-001", meeting: Meeting = JUNE, **fields: object) -> Record:
    values = {"action": "Send a note.", **fields}
    return create(Draft(meeting, values), record_id=ref, ref=ref, author=author(meeting.date))


def changed(record: Record, day: str, via: str = "update", **values: object) -> Record:
    reason = "" if via == "update" else "Because."
    return amend(record, values, author(day, via), reason=reason)


def count(*records: Record, period: Period = YEAR) -> Figures:
    return figures(cases(records, CALENDAR, period))


DONE = changed(made(), "2023-09-20", status=Status.COMPLETED, completed_on="2023-09-10")


@pytest.mark.parametrize(
    ("record", "day", "status"),
    [
        (DONE, "2023-09-09", Status.OPEN),
        # Its date says that it was done then, though nobody had typed it yet.
        (DONE, "2023-09-10", Status.COMPLETED),
        (DONE, "2024-05-14", Status.COMPLETED),
        (changed(made(), "2024-06-01", status=Status.PROPOSED), "2024-05-14", Status.OPEN),
        (changed(made(), "2024-05-14", status=Status.PROPOSED), "2024-05-14", Status.PROPOSED),
        # Taken in later: as it stood when it was taken in.
        (made(status=Status.IN_PROGRESS), "2023-01-01", Status.IN_PROGRESS),
        (made(status=Status.COMPLETED), "2023-01-01", Status.COMPLETED),
        # … but for what its own date says.
        (made(status=Status.COMPLETED, completed_on="2023-06-20"), "2023-06-19", Status.OPEN),
        # Completed, and opened again later.
        (
            changed(DONE, "2024-02-01", status=Status.OPEN, completed_on=""),
            "2024-01-31",
            Status.COMPLETED,
        ),
        (changed(DONE, "2024-02-01", status=Status.OPEN, completed_on=""), "2024-02-01",
         Status.OPEN),
        (made()._replace(history=()), "2023-01-01", Status.OPEN),
    ],
)  # fmt: skip
def test_a_record_as_it_stood(record, day, status):
    assert as_of(record, day).status is status


def test_an_agreement_counts_from_its_meeting_on():
    proposed = changed(made(), "2023-09-01", status=Status.PROPOSED)
    agreed = changed(
        proposed, "2023-10-02", "agree", status=Status.COMPLETED, agreed_on="2023-09-20"
    )
    assert as_of(agreed, "2023-09-19").status is Status.PROPOSED
    then = as_of(agreed, "2023-09-20")
    assert (then.status, then.agreed_on) == (Status.COMPLETED, "2023-09-20")
    done = agreed._replace(completed_on="2023-08-31")
    then = as_of(done, "2023-09-19")
    assert (then.status, then.agreed_on) == (Status.COMPLETED, "")


def test_an_answer_of_the_executive_counts_from_its_day_on():
    asked = made(recommendation="That it be so.", action="", kind=Kind.RECOMMENDATION)
    answered = changed(
        asked, "2024-06-01", acceptance=Acceptance.IN_PART, acceptance_on="2023-09-20"
    )
    assert as_of(answered, "2023-09-19").acceptance is Acceptance.NONE
    assert as_of(answered, "2023-09-20").acceptance is Acceptance.IN_PART
    undated = changed(asked, "2023-09-20", acceptance=Acceptance.NO)
    assert as_of(undated, "2023-09-19").acceptance is Acceptance.NONE
    assert as_of(undated, "2023-09-20").acceptance is Acceptance.NO
    changed_later = changed(answered, "2024-06-02", acceptance_on="2024-06-01")
    assert as_of(changed_later, "2024-05-14").acceptance is Acceptance.NONE
    taken_in = made(acceptance=Acceptance.YES, acceptance_on="2023-07-01")
    assert as_of(taken_in, "2023-06-30").acceptance is Acceptance.NONE


def test_words_owners_and_exemption_are_todays():
    before = made(action="Ask Jo Bloggs.", owners=("Jo Bloggs",), response="Jo has.")
    now = changed(before, "2024-06-01", action="Ask.", owners=("Clerk",), exempt_paragraph="1")
    then = as_of(now, "2024-05-14")
    assert (then.action, then.owners, then.exempt) == ("Ask.", ("Clerk",), True)


@pytest.mark.parametrize(
    ("record", "origin"),
    [
        (made(), Origin.RAISED),
        (made(meeting=MARCH), Origin.BROUGHT_FORWARD),
        (made(meeting=MARCH, status=Status.COMPLETED), None),
        (changed(made(meeting=MARCH), "2023-05-14", status=Status.COMPLETED), None),
        (changed(made(meeting=MARCH), "2023-05-15", status=Status.COMPLETED),
         Origin.BROUGHT_FORWARD),
        (
            changed(
                changed(made(meeting=MARCH), "2023-05-14", status=Status.COMPLETED),
                "2023-09-01", "reopen", status=Status.OPEN,
            ),
            Origin.REOPENED,
        ),
        (made(meeting=Meeting("2024-06-12", MeetingType.FORMAL, "2024/25")), None),
    ],
)  # fmt: skip
def test_what_there_was_to_do(record, origin):
    assert [case.origin for case in cases([record], CALENDAR, YEAR)] == [origin] * bool(origin)


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"status": Status.COMPLETED}, Part.COMPLETED),
        ({"status": Status.NOT_PROCEEDING}, Part.NOT_PROCEEDING),
        ({"status": Status.SUPERSEDED}, Part.SUPERSEDED),
        ({"status": Status.NO_FOLLOW_UP}, Part.NO_FOLLOW_UP),
        ({"status": Status.PROPOSED, "due": "2023-07-01"}, Part.WAITING),
        ({"due": "2024-05-13"}, Part.OVERDUE),
        ({"due": "2024-05-14"}, Part.NOT_YET_DUE),
        ({"due_text": "March 2024", "status": Status.DEFERRED}, Part.OVERDUE),
        ({"due_text": "in due course", "status": Status.ONGOING}, Part.NO_DATE),
        ({}, Part.NO_DATE),
    ],
)
def test_how_each_stands_at_the_end_of_the_period(fields, part):
    (case,) = cases([made(**fields)], CALENDAR, YEAR)
    assert case.part is part


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"completed_on": "2023-06-14"}, 0),
        ({"completed_on": "2023-07-14", "agreed_on": "2023-09-20"}, 30),
        ({"agreed_on": "2023-07-14"}, 30),
        ({"completed_on": "2023-06-13"}, None),
        ({"completed_on": "in July"}, None),
        ({}, None),
    ],
)
def test_days_to_close(fields, days):
    (case,) = cases([made(status=Status.COMPLETED, **fields)], CALENDAR, YEAR)
    assert case.days == days


def test_figures_of_a_few():
    extended = changed(made("CPC-2324-002", due="2023-09-01"), "2023-08-30", "extend",
                       due="2023-12-01")  # fmt: skip
    twice = changed(extended, "2023-11-30", "extend", due="2024-03-01")
    thrice = changed(twice, "2024-02-28", "extend", due="2024-09-01")
    later = changed(thrice, "2024-06-01", "extend", due="2025-09-01")
    found = count(
        made(response="Noted."),
        made(response="Sent to all.", status=Status.COMPLETED, completed_on="2023-06-24"),
        made(status=Status.COMPLETED, completed_on="2023-07-15", agreed_on="2023-09-20"),
        extended,
        twice,
        later,
    )
    assert found.all == found.raised == 6
    assert (found.answered, found.closed, found.open, found.agreed) == (1, 2, 4, 1)
    assert (found.moved_once, found.moved_twice, found.moved_more, found.moves) == (1, 1, 1, 6)
    assert (found.timed, found.median_days, found.longest_days) == (2, 20.5, 31)
    assert count() == Figures(**dict.fromkeys(Figures._fields, 0))._replace(
        median_days=None, longest_days=None
    )


def test_what_the_store_had_only_later_is_told():
    imported = Change("2024-06-01T00:00:00Z", "Clerk", "import", "imported", "", "table.tsv")
    late = made()._replace(history=(imported,))
    assert [case.is_late for case in cases([late, made()], CALENDAR, YEAR)] == [True, False]


def test_groups():
    both = made("CPC-2324-002", owners=("Head of Homes", "head of health"))
    known = [
        *cases([made("CPC-2324-001"), both], CALENDAR, YEAR, "B"),
        *cases([made("CPC-2324-003", owners=("Head of Health",)),
                made("CPC-2324-004", owners=("Head of Health",), kind=Kind.DECISION,
                     status=Status.NO_FOLLOW_UP, meeting=MARCH._replace(date="2023-05-16"))],
               CALENDAR, YEAR, "a"),
    ]  # fmt: skip
    health = Owners({"head of health": Owner("Head of Health", service="Public Health")})

    def found(by: By) -> dict[tuple[str, ...], int]:
        return {group.names: group.figures.all for group in groups(known, by, health)}

    assert list(found(By.OWNER).items()) == [
        (("Head of Health",), 3),
        (("Head of Homes",), 1),
        (("",), 1),
    ]
    assert list(found(By.SERVICE).items()) == [(("Public Health",), 3), (("",), 2)]
    assert list(found(By.STATUS)) == [("open",), ("no-follow-up",)]
    assert found(By.KIND) == {("action",): 3, ("decision",): 1}
    assert list(found(By.COMMITTEE).items()) == [(("a",), 2), (("B",), 2)]
    assert list(found(By.MEETING).items()) == [
        (("2023-05-16", "formal", "a"), 1),
        (("2023-06-14", "formal", "a"), 1),
        (("2023-06-14", "formal", "B"), 2),
    ]


def test_recommendations_are_a_part_of_their_own():
    asked = made(kind=Kind.RECOMMENDATION)
    assert [case.record for case in recommendations(cases([made(), asked], CALENDAR, YEAR))] == [
        asked
    ]


@given(st.lists(st.integers(0, 10_000), max_size=12))
def test_shares_sum_up_and_none_is_off_by_a_whole_per_cent(numbers):
    found, whole = shares(numbers), sum(numbers)
    assert len(found) == len(numbers)
    assert sum(found) == (100 if whole else 0)
    for number, share in zip(numbers, found, strict=True):
        assert abs(share * whole - 100 * number) < max(whole, 1)
    for (one, its), (other, others) in pairwise(sorted(zip(numbers, found, strict=True))):
        assert one == other or its <= others


def test_what_is_closed_is_rounded_before_its_parts():
    numbers = figures([])._replace(
        all=29, closed=9, completed=6, not_proceeding=1, superseded=2, no_follow_up=2,
        open=18, waiting=3, overdue=5, not_yet_due=7, no_date=3,
    )  # fmt: skip
    shown = per_cents(numbers)
    assert (shown["closed"], shown["no_follow_up"], shown["open"]) == (31, 7, 62)


@pytest.mark.parametrize(("number", "whole", "share"), [(1, 2, 50), (1, 8, 13), (0, 3, 0)])
def test_half_a_per_cent_is_rounded_up(number, whole, share):
    assert per_cent(number, whole) == share


DAYS = st.dates(date(2022, 6, 1), date(2025, 5, 1)).map(date.isoformat)
STATUSES = st.sampled_from(Status)


@st.composite
def histories(draw: st.DrawFn) -> Record:
    """Draw a record that was changed on some days after its meeting."""
    day = draw(DAYS)
    record = made(meeting=Meeting(day, MeetingType.FORMAL, ""), status=draw(STATUSES))
    record = record._replace(due=draw(st.one_of(st.just(""), DAYS)))
    for later in sorted(draw(st.lists(DAYS.filter(lambda each: each > day), max_size=5))):
        status = draw(STATUSES)
        done = draw(st.sampled_from(["", later, day])) if status is Status.COMPLETED else ""
        record = changed(record, later, status=status, completed_on=done)
    return record


YEARS = [
    Period(f"{year}-05-15", f"{year + 1}-05-14", f"{year}/{year + 1 - 2000}")
    for year in range(2022, 2025)
]


@given(st.lists(histories(), max_size=8))
def test_all_that_there_was_stands_somewhere_and_what_is_left_is_brought_forward(records):
    counted = [count(*records, period=year) for year in YEARS]
    for found in counted:
        numbers = found._asdict()
        assert sum(numbers[each] for each in Origin) == found.all
        assert sum(numbers[each] for each in Part) == found.all
        assert sum(numbers[each] for each in CLOSED) == found.closed
        assert sum(numbers[each] for each in OPEN) == found.open
        assert found.agreed <= found.completed
        shown = per_cents(found)
        if found.all:
            assert sum(shown[each] for each in Part) == sum(shown[each] for each in Origin) == 100
            assert shown["closed"] + shown["open"] + shown["no_follow_up"] == 100
            assert sum(shown[each] for each in CLOSED) == shown["closed"]
            assert sum(shown[each] for each in OPEN) == shown["open"]
            for name in ("closed", "open"):
                assert abs(shown[name] - 100 * getattr(found, name) / found.all) < 1
        else:
            assert shown == {}
    for before, after in pairwise(counted):
        assert after.brought_forward == before.open
    assert sum(found.raised for found in counted) == len(records)


@given(st.lists(histories(), max_size=8), st.sampled_from(By))
def test_groups_that_share_nothing_sum_up(records, by):
    known = cases(records, CALENDAR, YEAR)
    parts = [group.figures.all for group in groups(known, by)]
    assert sum(parts) == len(known)


def stated(day: str, year: str) -> Meeting:
    return Meeting(day, MeetingType.FORMAL, year, year_stated=True)


@pytest.mark.parametrize(
    ("meetings", "since", "until"),
    [
        ([], "2023-05-15", "2024-05-14"),
        ([MARCH, JUNE], "2023-05-15", "2024-05-14"),
        # The annual meeting came earlier, or a meeting of the old year was still held.
        ([stated("2023-05-10", "2023/24")], "2023-05-10", "2024-05-14"),
        ([stated("2023-05-17", "2022/23")], "2023-05-18", "2024-05-14"),
        ([stated("2024-05-08", "2024/25")], "2023-05-15", "2024-05-07"),
        ([stated("2024-05-16", "2023/24")], "2023-05-15", "2024-05-16"),
        ([stated("soon", "2023/24")], "2023-05-15", "2024-05-14"),
    ],
)
def test_the_days_of_a_municipal_year(meetings, since, until):
    period = year_period("2023/24", "05-15", meetings, date(2024, 6, 12))
    assert period == Period(since, until, "2023/24")


def test_a_year_that_is_not_over_ends_today_and_the_year_before_on_the_same_day():
    today = date(2024, 2, 29)
    period = year_period("2023/24", "05-15", [], today)
    assert period == YEAR._replace(until="2024-02-29")
    before = year_before(period, "05-15", [], today)
    assert before == Period("2022-05-15", "2023-02-28", "2022/23")


def test_the_same_days_a_year_before():
    before = year_before(Period("2023-10-01", "2024-02-29"), "05-15", [], date(2024, 6, 12))
    assert before == Period("2022-10-01", "2023-02-28")
    assert (
        year_before(Period("0001-01-01", "0001-02-01"), "05-15", [], date(2024, 6, 12)).year == ""
    )
    first = year_period("1/02", "05-15", [], date(2024, 6, 12))
    assert year_before(first, "05-15", [], date(2024, 6, 12)).since == "0001-05-15"


def test_a_year_may_begin_on_a_leap_day():
    assert year_begins("2024/25", "02-29") == date(2024, 2, 29)
    assert year_begins("2023/24", "02-29") == date(2023, 3, 1)


def by_hand(lines: list[str]) -> tuple[list[list[str]], Counter[str], int]:
    """Count a table of eight columns by its cells: its rows, those of each owner, the answered."""
    rows = [line.split("\t") for line in lines if line and not line.startswith("Meeting Type\t")]
    owners = Counter(row[5] for row in rows if "/" not in row[5])
    answered = sum(row[6].strip().lower() not in ("", "n/a") for row in rows)
    return rows, owners, answered


def of_a_store(records: list[Record]) -> tuple[Figures, dict[str, int]]:
    known = cases(records, Calendar(date(2023, 7, 1)), Period("2022-05-15", "2023-05-14"))
    return figures(known), {group.names[0]: group.figures.all for group in groups(known, By.OWNER)}


INVENTED = """\
Meeting Type\tMeeting Date\tItem\tRecommendation\tActions\tReferred to\tResponse/ Outcome\tNeeds Follow Up
Formal\t14/9/2022\tItem 3. Homes\t\tSend the plan of the new homes.\tHead of Homes\tSent in May.\tCompleted 14/10/2022
Formal\t14/9/2022\tItem 3. Homes\t\tVisit both homes.\tHead of Homes\t\t
Formal\t14/9/2022\tItem 4. Health\tThat fares be free.\t\tCabinet Member\tN/A\t
Informal\t18/1/2023\t5. Health\t\tBring figures to each meeting.\tHead of Health\tOngoing\tOngoing
Informal\t18/1/2023\t6. Chair\t\tCouncillor Doe is champion.\tN/A\tN/A\tN/A
"""  # noqa: E501


def test_figures_of_an_imported_table_are_those_of_its_cells(run, new_store, write):
    from cpctrack.store import store

    run("import", str(write("table.tsv", INVENTED)), "--yes")
    rows, owners, answered = by_hand(INVENTED.split("\n"))
    found, by_owner = of_a_store(store.read(new_store).records)
    assert (found.all, found.raised, found.answered) == (len(rows), len(rows), answered)
    assert (found.completed, found.no_follow_up, found.open) == (1, 1, 3)
    assert (found.timed, found.median_days, found.longest_days) == (1, 30, 30)
    assert {name: by_owner[name] for name in ("Head of Homes", "Cabinet Member")} == {
        name: owners[name] for name in ("Head of Homes", "Cabinet Member")
    }


def test_figures_of_the_published_table_come_out_as_counted_another_way(
    run, new_store, shared_data
):
    from cpctrack.store import store

    source = shared_data / "appendix4-2022-23.tsv"
    run("import", str(source), "--yes")
    rows, owners, answered = by_hand(source.read_text(encoding="utf-8").split("\n"))
    records = store.read(new_store).records
    found, by_owner = of_a_store(records)
    assert found.all == found.raised == len(rows) == 62
    assert found.answered == answered
    # One owner alone in the cell, as it is printed; those that share are counted apart.
    for name, number in owners.items():
        if name not in ("", "N/A") and " - " not in name:
            shared = sum(name in row[5] for row in rows if "/" in row[5])
            assert number <= by_owner[name] <= number + shared, name
    # How each stands, a person has read; in one row we differ, and ask.
    with READING.open(encoding="utf-8", newline="") as stream:
        read = Counter(row["status"] for row in csv.DictReader(stream))
    assert found.completed == read["completed"]
    assert found.no_follow_up == read["no-follow-up"]
    assert found.not_proceeding == read["not-proceeding"]
    left = found.open - (62 - read["completed"] - read["no-follow-up"] - read["not-proceeding"])
    assert left == 0
    assert abs(found.waiting - read["proposed"]) <= 1
    held = Counter(row[1] for row in rows)
    known = cases(records, Calendar(date(2023, 7, 1)), Period("2022-05-15", "2023-05-14"))
    by_meeting = [group.figures.all for group in groups(known, By.MEETING)]
    assert sorted(by_meeting) == sorted(held.values())
