"""Agenda items as printed, and what a record says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.model import Kind, Meeting, MeetingType, Status, split_item


@pytest.mark.parametrize(
    ("item", "number", "title"),
    [
        ("Item 3. Foster carers", "3", "Foster carers"),
        ("Item 10 Performance", "10", "Performance"),
        ("Item 10Performance", "10", "Performance"),
        ("Item. 5 PLACEMENTS", "5", "PLACEMENTS"),
        ("Item8. Members", "8", "Members"),
        ("ITEM 7 – Health", "7", "Health"),
        ("Agenda item 5(a): Adoption", "5(a)", "Adoption"),
        ("Item 5a Adoption", "5a", "Adoption"),
        ("Item 6: 2023 review", "6", "2023 review"),
        ("item\n4\nHealth\nand dentists", "4", "Health\nand dentists"),
        ("4. Update", "4", "Update"),
        ("4.Update", "4", "Update"),
        ("4.5 Budget", "4.5", "Budget"),
        ("4. 2023 review", "4", "2023 review"),
        ("5 - 2023 review", "5", "2023 review"),
        ("2 Minutes", "2", "Minutes"),
        ("7", "7", ""),
        ("Item 9 ", "9", ""),
        ("Item 2022/23 plan", "", "Item 2022/23 plan"),
        ("Item 2022-23 plan", "", "Item 2022-23 plan"),
        ("Item 12345 plan", "", "Item 12345 plan"),
        ("2022 plan", "", "2022 plan"),
        ("15/6/2022", "", "15/6/2022"),
        ("15.6.2022", "", "15.6.2022"),
        ("1st quarter", "", "1st quarter"),
        ("10.30am start", "", "10.30am start"),
        (" Any other business ", "", "Any other business"),
        ("Item", "", "Item"),
        ("", "", ""),
    ],
)
def test_split_item(item: str, number: str, title: str) -> None:
    assert split_item(item) == (number, title)


@given(st.integers(1, 999), st.sampled_from(["Item {}. {}", "Item {} {}", "{}. {}", "{}.{}"]))
def test_every_printed_form_gives_number_and_title(number: int, form: str) -> None:
    assert split_item(form.format(number, "Health")) == (str(number), "Health")


@given(st.text(max_size=80))
def test_a_title_is_never_lost(item: str) -> None:
    number, title = split_item(item)
    assert title in item
    assert number in item


@pytest.mark.parametrize(
    "item", ["item" + " " * 100_000, "5" + " " * 100_000 + "9", "5" * 100_000, "1." * 50_000]
)
def test_a_hostile_item_takes_no_time(item: str) -> None:
    # Were the pattern to try all ways of sharing out the blanks, this would never end.
    assert split_item(item)[0] == ""


def test_every_status_has_words_and_only_open_ones_can_be_overdue() -> None:
    assert len({status.words for status in Status}) == len(Status)
    assert {status for status in Status if status.is_open} == {
        Status.OPEN, Status.IN_PROGRESS, Status.ONGOING, Status.PROPOSED, Status.DEFERRED,
    }  # fmt: skip
    assert {status for status in Status if status.is_open != status.can_be_overdue} == {
        Status.PROPOSED
    }


def test_a_meeting_is_known_by_its_day_and_type() -> None:
    meeting = Meeting(date="2022-06-15", type=MeetingType.INFORMAL, year="2022/23")
    assert meeting.key == "2022-06-15-informal"


def test_what_a_record_says(make_record) -> None:
    record = make_record(kind=Kind.ACTION, action="", recommendation="Send it")
    assert record.text == "Send it"
    assert make_record(action="Do it", recommendation="Send it").text == "Do it"
    assert make_record(owners=("A", "B")).referred_to == "A; B"
    assert make_record(owners=("A", "B"), owner_text="A/ B").referred_to == "A/ B"
    assert make_record().exempt is False
    assert make_record(exempt_paragraph="1").exempt is True


@pytest.mark.parametrize(
    ("name", "value", "exempt"),
    [
        ("private", True, True),
        ("confidential", "yes", True),
        ("exmept", True, True),
        ("exempted", 1, True),
        ("isConfidental", True, True),
        ("not_for_publication", True, True),
        ("exempt", "?", True),
        ("exempt_paragraph", None, True),
        ("private", False, False),
        ("exempt", "no", False),
        ("confidential", "", False),
        ("restricted", None, False),
        ("excerpt", True, False),
        ("privacy_notice", True, False),
        ("priority", "high", False),
        ("public", True, False),
    ],
)
def test_a_field_we_do_not_know_may_keep_a_record_from_the_public(
    make_record, name, value, exempt
) -> None:
    assert make_record(extra={name: value}).exempt is exempt
