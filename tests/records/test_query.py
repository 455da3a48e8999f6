"""Which records answer, in the order of the printed table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Kind, Meeting, MeetingType, Record, Status, split_item
from cpctrack.records.query import (
    Query,
    in_order,
    known_owners,
    latest_meeting,
    spellings,
)

TODAY = date(2023, 7, 1)
JUNE = Meeting(date="2022-06-15", type=MeetingType.INFORMAL, year="2022/23")
JULY = Meeting(date="2022-07-20", type=MeetingType.FORMAL, year="2022/23")
JULY_INFORMAL = Meeting(date="2022-07-20", type=MeetingType.INFORMAL, year="2022/23")


@pytest.mark.parametrize(
    ("fields", "overdue"),
    [
        ({"due": "2023-06-30"}, True),
        ({"due": "2023-07-01"}, False),
        ({"due": "2023-06-30", "status": Status.PROPOSED}, False),
        ({"due": "2023-06-30", "status": Status.COMPLETED}, False),
        ({"due": "2023-06-30", "status": Status.DEFERRED}, True),
        ({"due_text": "June 2023"}, True),
        ({"due_text": "July 2023"}, False),
        ({"due_text": "in 12 months"}, True),
        ({"due_text": "Spring term"}, True),
        ({"due_text": "Summer term 2023"}, False),
        ({"due_text": "From Easter"}, False),
        ({"due": "2024-01-01", "due_text": "June 2023"}, False),
        ({}, False),
    ],
)
def test_overdue_once_the_last_day_has_passed(
    make_record, fields: dict[str, object], overdue: bool
) -> None:
    assert Calendar(TODAY).is_overdue(make_record(**fields)) is overdue


@pytest.fixture
def records(make_record) -> list[Record]:
    return [
        make_record(
            ref="CPC-2223-001",
            meeting=JUNE,
            item="Item 3. Foster carers",
            action="Send the figures",
            owners=("Zoë Example", "Head of Health"),
            response="Café visited",
        ),
        make_record(
            ref="CPC-2223-002",
            meeting=JULY,
            item="Item 4. Health",
            action="",
            recommendation="Note the plan",
            kind=Kind.RECOMMENDATION,
            owners=(),
            status=Status.COMPLETED,
            printed={"Notes": "see annex"},
        ),
        make_record(
            ref="CPC-2324-001",
            meeting=Meeting(date="2023-06-01", type=MeetingType.FORMAL, year="2023/24"),
            owners=("Head of Schools",),
            due="2023-06-20",
            source_ref="RX/7",
            referrer="Chair",
        ),
    ]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (Query(), [0, 1, 2]),
        (Query(statuses=frozenset({Status.COMPLETED})), [1]),
        (Query(statuses=frozenset({Status.COMPLETED, Status.OPEN})), [0, 1, 2]),
        (Query(open=True), [0, 2]),
        (Query(owner="zoe"), [0]),
        (Query(owner="HEAD OF"), [0, 2]),
        (Query(meeting="2022-07-20"), [1]),
        (Query(year="2022/23"), [0, 1]),
        (Query(overdue=True), [2]),
        (Query(search="cafe"), [0]),
        (Query(search="ANNEX"), [1]),
        (Query(search="rx/7"), [2]),
        (Query(search="the plan"), [1]),
        (Query(search="chair"), [2]),
        (Query(year="2022/23", open=True, owner="health"), [0]),
        (Query(year="2022/23", overdue=True), []),
    ],
)
def test_filters_combine(records: list[Record], query: Query, numbers: list[int]) -> None:
    assert query.select(reversed(records), Calendar(TODAY)) == [
        records[number] for number in numbers
    ]


ITEMS = [
    "Item 3. Foster carers",
    "Item 9. Health",
    "Item 10 Performance",
    "Item 10(b) Performance",
    "Any other business",
    "Chair's closing words",
]


def test_order_is_meeting_then_item_then_agreement(make_record) -> None:
    expected = [
        *(make_record(ref=f"CPC-2223-{n:03}", meeting=JUNE, item=ITEMS[0]) for n in (9, 10, 100)),
        make_record(ref="CPC-2223-1000", meeting=JUNE, item=ITEMS[0]),
        make_record(ref="CPC-2223-500", meeting=JULY_INFORMAL, item=ITEMS[0]),
        *(make_record(ref=f"CPC-2223-{90 - n:03}", meeting=JULY, item=i)
          for n, i in enumerate(ITEMS) if split_item(i)[0]),
        *(make_record(ref=f"CPC-2223-{90 + n:03}", meeting=JULY, item=i)
          for n, i in enumerate(ITEMS) if not split_item(i)[0]),
    ]  # fmt: skip
    assert in_order(reversed(expected)) == expected


REFS = st.sampled_from(["CPC-2223-001", "CPC-2223-002", "CPC-2122-010", "odd", ""])


@given(
    st.lists(st.tuples(st.sampled_from(ITEMS), REFS, st.sampled_from([JUNE, JULY]))), st.randoms()
)
def test_order_does_not_depend_on_the_order_before(rows: list[tuple], random) -> None:
    records = [
        Record(id=f"{n:012}", ref=ref, meeting=meeting, item=item)
        for n, (item, ref, meeting) in enumerate(rows)
    ]
    mixed = random.sample(records, len(records))
    assert in_order(mixed) == in_order(records)


def test_hostile_numbers_are_sorted_too(make_record) -> None:
    huge = "9" * 5000
    records = [
        make_record(item=f"Item {huge} x"),
        make_record(item=f"Item 5({huge}) x", ref=f"CPC-2223-{huge}"),
        make_record(item=f"1.{huge}"),
        make_record(item="Item ٣ x"),
    ]
    assert len(in_order(records)) == 4


def test_the_latest_meeting_is_the_formal_one_of_its_day() -> None:
    assert latest_meeting([JULY, JUNE, JULY_INFORMAL]) == JULY
    assert latest_meeting([]) is None


def test_known_owners_once_in_alphabetical_order(make_record) -> None:
    records = [
        make_record(owners=("Örjan", "Zed")),
        make_record(owners=("zed", "abel")),
        make_record(owners=("Zed",)),
    ]
    assert known_owners(records) == ["abel", "Örjan", "Zed"]


def test_the_usual_spelling_of_a_name() -> None:
    names = ["HEAD OF X", "Head of X", "Head of X", "STRASSE", "José", "Jose"]
    assert spellings(names) == {
        "head of x": "Head of X", "strasse": "STRASSE", "josé": "José", "jose": "Jose",
    }  # fmt: skip
