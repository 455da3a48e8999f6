"""What is printed twice: alike actions are two, a summary and the decision behind one are none."""

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.reading.lines import Line

HEAD = "Minutes of the Parks Committee held on 12 July 2022\n\n"


def found(text):
    lines = [Line(number, printed) for number, printed in enumerate((HEAD + text).split("\n"), 1)]
    return [
        (one.item_number, one.owner, one.due_text, one.printed)
        for one in find(lines).drafts
        if one.kind == "action" and one.marked
    ]


def items(text):
    return [number for number, *_ in found(text)]


WAYS = (
    "Action: Clerk to write to the County Council about the verge",
    "AGREED ACTIONS\n\n1. The Clerk would write to the County Council about the verge.",
    "Actions\n\n- Clerk to write to the County Council about the verge\n- Ranger to mow it",
    "RESOLVED that the Clerk write to the County Council about the verge.",
    "The verge is bare. – Clerk to write to the County Council about the verge.",
)


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_alike_actions_under_different_items_are_two(first, second):
    text = (
        f"1. MILL LANE\n\nNobody spoke.\n\n{first}\n\n"
        f"2. FORD ROAD\n\nNobody spoke.\n\n{second}\n\n3. CLOSE\n\nThe meeting closed at nine.\n"
    )
    letters = [number for number, *_, words in found(text) if "County Council" in words]
    assert letters == ["1", "2"]


def test_alike_lists_below_the_headings_of_items_are_those_items_own():
    each = (
        "AGREED ACTIONS\n\n1. The Clerk would get three quotes for the fence.\n"
        "2. The Ranger would mark the old trees.\n\n"
    )
    text = f"1. EAST FIELD\n\n{each}2. WEST FIELD\n\n{each}3. MILL FIELD\n\n{each}"
    assert items(text) == ["1", "1", "2", "2", "3", "3"]


def test_alike_rows_of_a_table_are_two():
    text = """1. VERGES

Action                                   Who     By when
Write to the County Council              Clerk   3 May 2023
Write to the County Council              Clerk   3 June 2023
Mow the long lawn by the pond            Ranger  Friday
"""
    assert [(owner, due) for _, owner, due, _ in found(text)] == [
        ("Clerk", "3 May 2023"), ("Clerk", "3 June 2023"), ("Ranger", "Friday"),
    ]  # fmt: skip


def test_a_row_that_names_nobody_is_not_the_decision_behind_the_next():
    text = """1. VERGES

Action                                                  Who     By when
Write to the County Council about the bare verge                Friday
Write to the County Council about the bare verge        Clerk   Monday
"""
    assert [(owner, due) for _, owner, due, _ in found(text)] == [
        ("", "Friday"), ("Clerk", "Monday"),
    ]  # fmt: skip


def test_two_items_may_have_one_title():
    text = """REPORTS

RESOLVED that a letter about the bare verge be sent to the County Council.

PONDS

The ducks were fed.

REPORTS

Action: Clerk to send a letter about the bare verge to the County Council.
"""
    assert len(found(text)) == 2


ITEMS = """1. PONDS

Action: Ranger to mow the long lawn by the pond

2. PATHS

Action: Clerk to phone the owner of the heron

"""


@pytest.mark.parametrize("heading", ["3. ACTIONS AGREED", "Summary of actions", "# Action points"])
def test_a_summary_at_the_end_adds_only_what_is_new(heading):
    text = (
        f"{ITEMS}{heading}\n\n- Ranger to mow the long lawn by the pond\n"
        "- Clerk to phone the owner of the heron\n- Treasurer to pay the heron’s bill\n"
    )
    assert [owner for _, owner, _, _ in found(text)] == ["Ranger", "Clerk", "Treasurer"]


def test_a_summary_is_told_from_the_lists_of_items_by_its_heading():
    each = "AGREED ACTIONS\n\n- {}\n\n"
    text = (
        f"1. PONDS\n\n{each.format('Ranger to mow the long lawn by the pond')}"
        f"2. PATHS\n\n{each.format('Clerk to phone the owner of the heron')}"
        "Summary of actions\n\n"
        "Action                                   Who     By when\n"
        "Mow the long lawn by the pond            Ranger  Friday\n"
        "Phone the owner of the heron             Clerk   3 May 2023\n"
    )
    assert [(number, owner, due) for number, owner, due, _ in found(text)] == [
        ("1", "Ranger", "Friday"), ("2", "Clerk", "3 May 2023"),
    ]  # fmt: skip


def test_what_only_a_summary_marks_is_drafted():
    text = """1. PONDS

After some talk the Clerk said that she would phone the owner of the heron.

2. ACTIONS AGREED

- Clerk to phone the owner of the heron
"""
    assert [words for *_, words in found(text)] == ["Clerk to phone the owner of the heron"]


def test_a_line_of_a_summary_says_one_line_again_and_not_two():
    text = f"""{ITEMS}3. ACTIONS AGREED

- Ranger to mow the long lawn by the pond
- Ranger to mow the long lawn by the mill
"""
    assert [words for *_, words in found(text)][2:] == ["Ranger to mow the long lawn by the mill"]


def test_another_day_is_another_action():
    text = """1. PONDS

Action: Ranger to mow the long lawn by 3 May 2023

2. ACTIONS AGREED

- Ranger to mow the long lawn by 3 July 2023
"""
    assert [due for _, _, due, _ in found(text)] == ["by 3 May 2023", "by 3 July 2023"]


def test_what_is_only_undertaken_takes_no_decision_away():
    text = """1. VERGES

RESOLVED that a letter about the bare verge be sent to the County Council.

The Ranger spoke of the pond.

The ducks were fed.

Later the Clerk said that she would send the County Council a letter about the bare verge.
"""
    assert [words for *_, words in found(text)] == [
        "that a letter about the bare verge be sent to the County Council."
    ]
