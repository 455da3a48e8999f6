"""Colours are called what a person calls them."""

import pytest

from cpctrack.tables.colours import colour_name, find_colour


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("000000", "black"), ("404040", "dark grey"), ("a6a6a6", "grey"), ("d9d9d9", "light grey"),
        ("ffffff", "white"), ("ff0000", "red"), ("c00000", "red"), ("ffc7ce", "light red"),
        ("ffc000", "amber"), ("7f3f00", "brown"), ("ffff00", "yellow"), ("ffff99", "light yellow"),
        ("00b050", "green"), ("c6efce", "light green"), ("003300", "dark green"),
        ("00ffff", "turquoise"), ("0070c0", "blue"), ("bdd7ee", "light blue"),
        ("000080", "dark blue"), ("7030a0", "purple"), ("ff66cc", "pink"),
    ],
)  # fmt: skip
def test_a_colour_has_a_plain_name(colour, name):
    assert colour_name(colour) == name


def test_a_colour_is_found_by_its_digits_before_its_name():
    known = ("green", "light green", "c6efce")
    assert find_colour("c6efce", known) == "c6efce"
    assert find_colour("c6efcf", known) == "light green"
    assert find_colour("00b050", known) == "green"
    assert find_colour("c6efce", ("green",)) == "green"
    assert find_colour("ff0000", known) is None
