"""References: made, split, found; never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import NotFoundError, UsageError
from cpctrack.records.model import Meeting, MeetingType, Record
from cpctrack.records.refs import find, last_numbers, make_ref, parse_prefix, prefix_from, split_ref

MEETING = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
PREFIXES = st.from_regex(r"\A[A-Z][A-Z0-9]{0,7}\Z")
YEARS = st.integers(2000, 2098).map(lambda first: f"{first}/{(first + 1) % 100:02}")


def test_a_reference_is_short_enough_to_type() -> None:
    assert make_ref("CPC", "2022/23", 57) == "CPC-2223-057"
    assert make_ref("CPC", "1999/00", 1234) == "CPC-9900-1234"


@given(PREFIXES, YEARS, st.integers(0, 999_999_999))
def test_what_is_made_can_be_split(prefix: str, year: str, number: int) -> None:
    assert split_ref(make_ref(prefix, year, number)) == (prefix, year[2:4] + year[-2:], number)


@pytest.mark.parametrize("ref", ["", "57", "CPC-22-1", "cpc-2223-001", "SR (25/26) 01", "A-2223-x"])
def test_what_is_no_reference_has_no_year(ref: str) -> None:
    assert split_ref(ref) == (ref, "", 0)


@given(st.text(max_size=30))
def test_any_text_can_be_split(ref: str) -> None:
    prefix, year, number = split_ref(ref)
    assert (prefix, year, number) == (ref, "", 0) or f"{prefix}-{year}-" in ref


@given(PREFIXES, YEARS, st.sets(st.integers(1, 1200), min_size=1, max_size=5))
def test_every_record_is_found_by_its_reference(prefix: str, year: str, numbers: set[int]) -> None:
    records = [
        Record(id=f"{number:012}", ref=make_ref(prefix, year, number), meeting=MEETING)
        for number in numbers
    ]
    for record, number in zip(records, numbers, strict=True):
        assert find(records, record.ref) is record
        assert find(records, f" {record.ref.lower()} ") is record
        assert find(records, record.ref.removeprefix(f"{prefix}-")) is record
        assert find(records, str(number)) is record


@pytest.fixture
def records(make_record) -> list[Record]:
    return [
        make_record(ref="CPC-2223-057"),
        make_record(ref="CPC-2324-057", source_ref="SR (25/26) 01"),
        make_record(ref="CPC-2324-058", source_ref="CPC-2223-057"),
        make_record(ref="OLD-2223-003"),
    ]


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("CPC-2223-057", "CPC-2223-057"),
        ("2324-57", "CPC-2324-057"),
        ("58", "CPC-2324-058"),
        ("0058", "CPC-2324-058"),
        ("old-2223-3", "OLD-2223-003"),
        ("sr (25/26) 01", "CPC-2324-057"),
    ],
)
def test_find(records: list[Record], typed: str, ref: str) -> None:
    assert find(records, typed).ref == ref


def test_our_own_reference_goes_before_a_printed_one(records: list[Record]) -> None:
    assert find(records, "CPC-2223-057").source_ref == ""


def test_an_ambiguous_number_names_the_candidates(records: list[Record]) -> None:
    with pytest.raises(NotFoundError, match="could be CPC-2223-057, CPC-2324-057; give the whole"):
        find(records, "57")


def test_two_records_with_one_reference_are_not_guessed_between(make_record) -> None:
    records = [make_record(), make_record()]
    with pytest.raises(NotFoundError, match="2 actions have the reference CPC-2223-001"):
        find(records, "cpc-2223-001")


def test_a_near_reference_is_suggested(records: list[Record]) -> None:
    with pytest.raises(NotFoundError, match="Did you mean CPC-2324-058"):
        find(records, "CPC-2342-058")


@pytest.mark.parametrize("typed", ["", " ", "9" * 5000, "\u0301", "-", "CPC-"])
def test_what_names_no_record_is_refused(records: list[Record], typed: str) -> None:
    with pytest.raises(NotFoundError, match="No action has the reference"):
        find(records, typed)


def test_without_a_suggestion_the_list_is_named() -> None:
    with pytest.raises(NotFoundError, match="“cpctrack list” shows them all"):
        find([], "CPC-2223-001")


def test_last_numbers_whatever_the_prefix() -> None:
    refs = ["CPC-2223-009", "OLD-2223-010", "CPC-2324-002", "odd"]
    assert last_numbers(refs) == {"2223": 10, "2324": 2, "": 0}


@pytest.mark.parametrize(
    ("text", "prefix"), [("cpc", "CPC"), (" A1 ", "A1"), ("abcdefgh", "ABCDEFGH")]
)
def test_parse_prefix(text: str, prefix: str) -> None:
    assert parse_prefix(text) == prefix


@pytest.mark.parametrize("text", ["", "1A", "C-P", "ABCDEFGHI", "É", "A B", "CPC\n-"])
def test_other_prefixes_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="can't begin a reference"):
        parse_prefix(text)


@pytest.mark.parametrize(
    ("committee", "prefix"),
    [
        ("Corporate Parenting Committee", "CPC"),
        ("Children and Education Scrutiny Committee", "CESC"),
        ("the Board of the Future", "BF"),
        ("7", "ACT"),
        ("", "ACT"),
    ],
)
def test_prefix_from_initials(committee: str, prefix: str) -> None:
    assert prefix_from(committee) == prefix


@given(st.text(max_size=60))
def test_any_committee_gives_a_prefix_that_can_be_used(committee: str) -> None:
    assert parse_prefix(prefix_from(committee)) == prefix_from(committee)
