"""The rules that give an action its colour."""

from datetime import date

import pytest

from cpctrack.errors import LayoutError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Status
from cpctrack.records.rag import colour_of, read_rules

TODAY = date(2023, 7, 1)
MOVED = Change("2023-06-01T09:00:00Z", "clerk", "extend", "due", "2023-05-01", "2023-12-01", "Ill")


@pytest.mark.parametrize(
    ("fields", "colour"),
    [
        ({"status": Status.COMPLETED, "due": "2023-01-01"}, "Blue"),
        ({"due": "2023-06-30"}, "Red"),
        ({"due_text": "end of June 2023"}, "Red"),
        ({"due": "2023-12-01", "history": (MOVED,)}, "Amber"),
        ({"due": "2023-07-01"}, "Amber"),
        ({"due": "2023-07-15"}, "Amber"),
        ({"due": "2023-07-16"}, "Green"),
        ({"due_text": "July 2023"}, "Green"),
        ({"due_text": "Ongoing"}, "Green"),
        ({"due_text": "Spring term"}, "Red"),
        ({"due": "2023-06-30", "status": Status.PROPOSED}, "Green"),
        ({"due": "2023-07-02", "status": Status.SUPERSEDED}, "Green"),
    ],
)
def test_rules_of_a_layout_that_gives_none(make_record, fields, colour):
    assert colour_of(make_record(**fields), read_rules("audit", {}), Calendar(TODAY)) == colour


@pytest.mark.parametrize(
    ("fields", "colour"),
    [
        ({"status": Status.COMPLETED}, "Green"),
        ({"status": Status.NO_FOLLOW_UP}, "Green"),
        ({"status": Status.IN_PROGRESS, "due": "2024-01-01"}, "Yellow"),
        ({"due": "2023-07-04"}, "Red"),
        ({"due": "2023-07-05"}, ""),
        ({}, "Grey"),
    ],
)
def test_the_first_rule_that_holds_gives_the_colour_and_perhaps_none_does(
    make_record, fields, colour
):
    rules = read_rules("audit", {
        "Green": "Completed or  no follow-up needed",
        "Yellow": "in-progress",
        "Red": "due within 3 days or overdue",
        "Grey": "No due date",
    })  # fmt: skip
    assert colour_of(make_record(**fields), rules, Calendar(TODAY)) == colour


def test_a_wrong_rule_is_named():
    with pytest.raises(LayoutError) as caught:
        read_rules("audit", {"Green": "completed", "Red": "late or due within a week"})
    assert str(caught.value) == (
        "Layout audit: what makes an action Red can't be “late”; it is one or more of overdue, "
        "moved, no due date, otherwise, due within 14 days, open, in-progress, ongoing, proposed, "
        "completed, deferred, not-proceeding, superseded, no-follow-up, with “or” between them."
    )
