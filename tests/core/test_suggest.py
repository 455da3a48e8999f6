"""Did you mean."""

from hypothesis import given
from hypothesis import strategies as st

from cpctrack.suggest import did_you_mean, nearest

OWNERS = ["Head of Fostering", "Head of Health", "Head of the Virtual School", "Örjan Example"]


def test_a_misspelt_word() -> None:
    assert nearest("completd", ["open", "completed", "deferred"]) == ["completed"]


def test_a_part_of_a_name_or_a_misspelt_part() -> None:
    assert nearest("virtual", OWNERS) == ["Head of the Virtual School"]
    assert nearest("virtaul", OWNERS) == ["Head of the Virtual School"]


def test_case_and_accents_do_not_matter() -> None:
    assert nearest("ORJAN", OWNERS) == ["Örjan Example"]


def test_nothing_is_like_it() -> None:
    assert nearest("xyzzy", OWNERS) == []
    assert nearest("", OWNERS) == []
    assert did_you_mean("xyzzy", OWNERS) == ""


def test_the_sentence() -> None:
    assert did_you_mean("opne", ["open"]) == " Did you mean open?"
    assert did_you_mean("head of", OWNERS[:2]) == (
        " Did you mean Head of Fostering or Head of Health?"
    )


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
def test_at_most_three_and_only_known_ones(word: str, known: list[str]) -> None:
    names = nearest(word, known)
    assert len(names) == len(set(names)) <= 3
    assert set(names) <= set(known)
