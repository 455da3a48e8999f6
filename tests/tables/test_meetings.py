"""The day of a meeting, as the cells of a row name it."""

import pytest

from cpctrack.tables.meetings import read_day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15/3/2023", "2023-03-15"),
        ("Formal – 15 March 2023", "2023-03-15"),
        ("Meeting of 15.03.2023", "2023-03-15"),
        ("15/03/2023 00:00", "2023-03-15"),
        ("March 15, 2023 (informal meeting)", "2023-03-15"),
        ("15 Mawrth 2023", "2023-03-15"),
        ("3/15/2023", ""),
        ("March 2023", ""),
    ],
)
def test_the_day_of_a_meeting(cell, day):
    assert read_day(cell) == day


def test_figures_are_read_month_first_where_that_is_said():
    assert read_day("Formal 3/4/2023", month_first=True) == "2023-03-04"
