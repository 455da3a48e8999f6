"""The apostrophe of CSV cells: put where it is needed, and taken off to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.cells import guard, unguard


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+44", "-1", "@x", "\tx", "\rx", "'=1", "''-", "007", "1.10", "1e5", "1E-5", ".5",
     "5.", "00", "1,000", "12345678901234567890", "'007", " 007 "],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_is_guarded(cell):
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    ["", "'", "''", "'quoted'", "'90s", "0", "7", "10", "1.5", "0.25", "2023-03-15", "15/6/2022",
     "3 March", "Sent.", "a=1", "123456789012345", "7th"],
)  # fmt: skip
def test_other_cells_are_left_alone(cell):
    assert guard(cell) == unguard(cell) == cell


@given(st.text("'=+-@0123456789.e,E\t\r a", max_size=12) | st.text(max_size=12))
def test_any_cell_comes_back(cell):
    assert unguard(guard(cell)) == cell
