"""Names and texts that are probably one, found in time that grows with their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.matching.spellings import is_slip, plain_name, repeats, slips, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sam Example - DSO", "Sam Example DSO"),
        ("Sam Example – DSO", "sam  example, dso"),
        ("Zoë O'Neill", "Zoe O’Neill"),
        ("Cllr. Example", "Councillor Example"),
        ("Cllr Example", "COUNCILLOR EXAMPLE"),
        ("Head of Children & Families", "Head of Children and Families"),
        ("Head of Children&Families", "Head of Children and Families"),
    ],
)
def test_two_spellings_have_one_plain_name(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("head of fostering", "head of fosterng"),
        ("head of fostering", "head of fosterring"),
        ("head of fostering", "head of fostreing"),
        ("head of fostering", "head of fostaring"),
        ("designated nurse", "designated nurses"),
    ],
)
def test_one_slip_in_a_long_word(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)
    assert list(slips([one, other])) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("head of fostering", "head of fostering"),
        ("head of fostering", "lead of fostering"),
        ("head of fostering", "head of fostrng"),
        ("head of fostering", "head of fosteing visits"),
        ("councillor day", "councillor dab"),
        ("councillor brown", "councillor crown"),
        ("social worker 10001", "social worker 10002"),
        ("head of the service", "head for the servise"),
        ("head of adults abcdef", "head of adults bcdefg"),
    ],
)
def test_what_may_be_another_name(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert list(slips([one, other])) == []


def test_short_and_endless_names_are_left_alone() -> None:
    assert list(slips(["joan smit", "joann smit"])) == []
    assert list(slips(["example " * 20, "exampel " + "example " * 19])) == []


def test_the_spelling_used_most_is_kept() -> None:
    uses = {"Sam Example DSO": 2, "Sam Example - DSO": 4, "Sam Exmaple - DSO": 1, "Other": 9}
    assert list(spellings(uses)) == [
        ("Sam Example DSO", "Sam Example - DSO"),
        ("Sam Exmaple - DSO", "Sam Example - DSO"),
    ]


def test_of_spellings_used_equally_the_first_is_kept() -> None:
    assert list(spellings({"A. Example": 1, "A Example": 1})) == [("A Example", "A. Example")]


def test_names_without_a_word_are_not_one_name() -> None:
    assert list(spellings({"-": 1, "–": 2, "?": 3})) == []


@given(st.lists(st.text(max_size=12), unique=True, max_size=8))
def test_only_given_names_are_given(names: list[str]) -> None:
    uses = {name: at for at, name in enumerate(names)}
    for rare, usual in spellings(uses):
        assert rare != usual
        assert uses[rare] <= uses[usual]


SEND = "The Head of Fostering would send members the recruitment figures for foster carers"


@pytest.mark.parametrize(
    "text",
    [
        SEND,
        SEND.upper() + ".",
        "Members: the recruitment figures for foster carers the Head of Fostering would send",
        SEND.replace("members", "Members all"),
        SEND.replace("recruitment", "recrutment"),
    ],
)
def test_a_text_that_repeats_another(text: str) -> None:
    assert list(repeats([SEND, "Something else of four words", text])) == [(0, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The Head of Fostering would send members the panel's dates for the coming spring",
        SEND + " in 2023",
        "The Head of Fostering would send",
    ],
)
def test_a_text_that_only_begins_alike(text: str) -> None:
    assert list(repeats([SEND, text])) == []


def test_numbers_tell_texts_apart() -> None:
    assert list(repeats([f"{SEND} in quarter {n}" for n in range(1, 5)])) == []


def test_texts_of_few_words_may_repeat() -> None:
    assert list(repeats(["Report was noted"] * 5 + [""] * 5)) == []


def test_thousands_of_alike_texts_are_each_compared_with_a_few() -> None:
    texts = [f"{SEND} {'abcdefghij'[n % 10] * 3}" for n in range(5000)]
    assert len(list(repeats(texts))) == 4999


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=8), max_size=8))
def test_nothing_alike_is_missed_among_a_few(bags: list[list[str]]) -> None:
    sets = [set(bag) for bag in bags]
    alike = {
        later
        for later, one in enumerate(sets)
        for other in sets[:later]
        if len(one) >= 4 and len(one & other) / len(one | other) >= 0.8
    }
    assert {later for _, later in repeats([" ".join(bag) for bag in bags])} == alike
