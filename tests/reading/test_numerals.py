"""Numbers as lists print them."""

import pytest

from cpctrack.reading.office import numeral


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [
        ("1", 12, "12"),
        ("01", 7, "07"),
        ("a", 1, "a"),
        ("a", 27, "aa"),
        ("A", 26, "Z"),
        ("A", 54, "BBB"),
        ("i", 4, "iv"),
        ("I", 1999, "MCMXCIX"),
        ("a", 0, "0"),
        ("i", 4000, "4000"),
        ("", 3, "3"),
    ],
)
def test_numerals(style, number, printed):
    assert numeral(style, number) == printed
