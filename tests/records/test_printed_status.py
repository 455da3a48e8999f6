"""A cell that is a status, perhaps with a date, is read; a sentence is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.model import Status
from cpctrack.records.printed_status import stated


@pytest.mark.parametrize(
    ("cell", "status", "day"),
    [
        ("Completed", Status.COMPLETED, ""),
        (" COMPLETE. ", Status.COMPLETED, ""),
        ("Ongoing", Status.ONGOING, ""),
        ("On-going", Status.ONGOING, ""),
        ("N/A", Status.NO_FOLLOW_UP, ""),
        ("Not completed", Status.OPEN, ""),
        ("Yes", Status.OPEN, ""),
        ("no", Status.NO_FOLLOW_UP, ""),
        ("In\nprogress", Status.IN_PROGRESS, ""),
        ("Completed 19/08/2022", Status.COMPLETED, "2022-08-19"),
        ("Completed - 19 August 2022", Status.COMPLETED, "2022-08-19"),
        ("Completed on Friday 19 August 2022.", Status.COMPLETED, "2022-08-19"),
        ("Done (19.8.22)", Status.COMPLETED, "2022-08-19"),
        ("Deferred, 1/2/2023", Status.DEFERRED, "2023-02-01"),
        ("", None, ""),
        ("Completed?", None, ""),
        ("Completed in 2022", None, ""),
        ("Completed 31/2/2022", None, ""),
        ("19/08/2022", None, ""),
        ("First report sent for the Autumn term", None, ""),
        ("To be completed by 9 June", None, ""),
        ("completed " * 20, None, ""),
    ],
)
def test_stated(cell: str, status: Status | None, day: str) -> None:
    assert stated(cell) == (status, day)


def test_yes_answers_what_the_column_asks() -> None:
    assert stated("Yes", "achieved") == (Status.COMPLETED, "")
    assert stated("Yes", "status") == (None, "")


@given(st.text(max_size=90))
def test_any_cell_is_read_or_not(cell: str) -> None:
    status, day = stated(cell)
    assert status is not None or day == ""


def test_a_hostile_cell_takes_no_time() -> None:
    assert stated("a" + " a" * 50_000 + "9") == (None, "")
    assert stated("a" + " " * 100_000 + "9(") == (None, "")
