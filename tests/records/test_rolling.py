"""What goes from one municipal year to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import DecisionError
from cpctrack.records import rolling
from cpctrack.records.changes import Author
from cpctrack.records.model import Meeting, MeetingType, Status

LATER = Author("Clerk", "2023-05-20T09:00:00Z", "roll-over")
SAID = "Rolled over to the 2023/24 municipal year"


def test_only_what_is_open_of_the_years_before_is_carried_over(make_record):
    own = Meeting("2023-06-14", MeetingType.FORMAL, "2023/24")
    open_ = make_record()
    records = [open_, make_record(status=Status.COMPLETED), make_record(meeting=own)]
    assert rolling.carried_over(records, "2023/24") == [open_]
    assert rolling.carried_over(records, "2022/23") == []


def test_rolling_over_leaves_the_cell_and_the_status(make_record):
    before = make_record(follow_up="Ongoing – every report", status=Status.ONGOING)
    after = rolling.roll_over(before, "2023/24", LATER)
    assert after == before._replace(rolled_to="2023/24", history=after.history)
    assert [(line.via, line.what, line.after) for line in after.history] == [
        ("roll-over", "rolled_to", "2023/24")
    ]
    assert rolling.roll_over(after, "2023/24", LATER) == after
    assert rolling.roll_over(after, "2024/25", LATER).rolled_to == "2024/25"


@pytest.mark.parametrize(
    ("fields", "to", "message"),
    [
        ({"status": Status.COMPLETED}, "2023/24", "is “Completed”, so nothing of it is left"),
        ({}, "2022/23", "is of 2022/23 and can't be rolled over to 2022/23; give a later year"),
        ({}, "2021/22", "is of 2022/23 and can't be rolled over to 2021/22; give a later year"),
        ({"rolled_to": "2024/25"}, "2023/24", "is rolled over to 2024/25 and can't be"),
    ],
)
def test_what_is_closed_or_a_year_too_early_is_refused(make_record, fields, to, message):
    with pytest.raises(DecisionError, match=message):
        rolling.roll_over(make_record(**fields), to, LATER)


@pytest.mark.parametrize(
    ("fields", "cell"),
    [
        ({}, SAID),
        ({"follow_up": "Ongoing"}, SAID),
        ({"follow_up": "Rolled over to 2023/24."}, "Rolled over to 2023/24."),
        ({"follow_up": "Rolled over to 2022/23"}, SAID),
        ({"status": Status.COMPLETED, "completed_on": "2023-07-03"},
         f"{SAID}; completed 3 July 2023"),
        ({"status": Status.COMPLETED, "follow_up": "Rolled over to 2023/24"},
         f"{SAID}; completed"),
        ({"status": Status.NOT_PROCEEDING}, f"{SAID}; will not be done"),
    ],
)  # fmt: skip
def test_the_years_before_say_where_it_went_and_how_it_ended(make_record, fields, cell):
    assert rolling.cell_of(make_record(rolled_to="2023/24", **fields)) == cell


@pytest.mark.parametrize(
    ("cell", "year", "besides"),
    [
        (SAID, "2023/24", ""),
        (f"{SAID}; completed 3 July 2023", "2023/24", "completed 3 July 2023"),
        ("Rolled over to 2024-25.", "2024/25", ""),
        ("rolled forward to 24/25", "2024/25", ""),
        ("Carried over into the municipal year 2024/2025", "2024/25", ""),
        ("This was rolled over to 2024/25 – a report is awaited", "2024/25", "a report is awaited"),
        ("Rolled over to 2024/26", "", "Rolled over to 2024/26"),
        ("Rolled over to 12/13/2024", "", "Rolled over to 12/13/2024"),
        ("Rolled over to the next municipal year", "", "Rolled over to the next municipal year"),
        ("Ongoing", "", "Ongoing"),
        ("", "", ""),
    ],
)
def test_printed_cells_that_say_it_are_read(cell, year, besides):
    assert (rolling.year_in(cell), rolling.beside_year(cell)) == (year, besides)


@given(st.integers(2000, 2068))
def test_what_is_said_is_read_back(first):
    year = f"{first}/{(first + 1) % 100:02}"
    assert rolling.year_in(rolling.words(year)) == year
    assert rolling.beside_year(rolling.words(year)) == ""
