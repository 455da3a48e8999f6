"""Words: cleaned for a terminal, folded for a comparison, cut for a column."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.text import brief, clean, fold, listed, one_line, seen, shorten, unfit_name

ANY = st.text(st.characters(codec=None), max_size=60)  # lone surrogates included
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("O’Hara – “café”", "O’Hara – “café”"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31m bell\x07 \x7f null\x00", "31m bell  null"),
        (f"re{BIDI}versed", "reversed"),
        ("\ufeffmarked", "marked"),
        ("half \ud800 pair", "half \ufffd pair"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(ANY)
def test_clean_leaves_nothing_unsafe(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & set(BIDI + "\ufeff\u2028\u2029")
    categories = {unicodedata.category(letter) for letter in cleaned if letter not in "\t\n"}
    assert not categories & {"Cc", "Cs"}


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_clean_keeps_every_letter(text: str) -> None:
    assert clean(text) == text


@given(ANY)
def test_one_line_is_one(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë O’Neill", "ZOE  o’neill"),
        ("Straße", "STRASSE"),
        ("ﬁgures", "figures"),
        (" Head\tof\nService ", "head of service"),
        ("José", "Jose\u0301"),
    ],
)
def test_fold_makes_two_spellings_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_what_differs() -> None:
    assert fold("Head of Service") != fold("Head of Services")


@given(ANY)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("cut at a space", 5, "cut…"),
        ("two\nlines", 20, "two lines"),
        ("", 1, ""),
    ],
)
def test_shorten(text: str, width: int, cut: str) -> None:
    assert shorten(text, width) == cut


@given(ANY, st.integers(1, 30))
def test_shorten_keeps_to_the_width(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Com\u00adpleted", "Completed"),
        ("Com\u200bple\u2060ted\ufeff", "Completed"),
        ("Com\u200cple\u200dted\u200d", "Completed"),
        ("\u200dTŷ\u200c Heulog", "Tŷ Heulog"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Plain", "Plain"),
    ],
)
def test_letters_without_a_width_are_not_seen(text, shown):
    assert seen(text) == shown


@pytest.mark.parametrize(
    ("message", "cut"),
    [
        ("“Head” is nobody’s name; say “cpctrack owners”.",) * 2,
        ("It can't be: " + "words that are well said, " * 9 + "so don't.",) * 2,
        (f"“{'a ' * 99}” is no day of “May”.", f"“{('a ' * 50)[:99]}…” is no day of “May”."),
        (f"'{'a ' * 99}' isn't one of 'b', 'c'.", f"'{('a ' * 50)[:99]}…' isn't one of 'b', 'c'."),
        (f"{'x' * 300} is no file.", f"{'x' * 99}… is no file."),
        (f"It is one ({'a ' * 199}b) too many.", f"It is one ({('a ' * 50)[:99]}…) too many."),
    ],
)
def test_brief_quotes_a_line_at_most(message: str, cut: str) -> None:
    assert brief(message) == cut


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, of x", "b and c"], "a, of x; and b and c"),
        (["a", "b", "c, of y"], "a; b; and c, of y"),
        (["a, of x"], "a, of x"),
    ],
)
def test_words_of_a_sentence_are_told_apart(words, said):
    assert listed(words) == said


class TestUnfitName:
    @pytest.mark.parametrize("letter", '<>:"|?*\\')
    def test_names_the_letter(self, letter: str) -> None:
        why = f"it has “{letter}” in it; leave that out, or write “-” instead"
        assert unfit_name(f"a{letter}b.html") == why

    @pytest.mark.parametrize("letter", "\x00\t\n\x1f")
    def test_shows_no_letter_that_a_terminal_obeys(self, letter: str) -> None:
        assert unfit_name(f"a{letter}b").startswith("it has an unprintable letter in it;")

    @pytest.mark.parametrize(
        "name",
        ["CON", "con.html", "Aux.tar.gz", "nul .txt", "PRN", "COM1", "com0", "COM¹.csv", "LPT9",
         "LPT³", "CONIN$", "conout$.x"],
    )  # fmt: skip
    def test_knows_the_devices(self, name: str) -> None:
        device = name.partition(".")[0].strip()
        assert unfit_name(name) == f"“{device}” is a device there; add a word to it"

    @pytest.mark.parametrize(("name", "last"), [("minutes.", "dot"), ("minutes ", "space")])
    def test_says_what_it_ends_with(self, name: str, last: str) -> None:
        assert unfit_name(name) == f"it ends with a {last}; leave that out"

    @pytest.mark.parametrize(
        "name",
        ["appendix.html", "Appendix 4 - progress (1).html", "console.html", "COM10", "LPT", "a.con",
         "con-2.txt", ".", "..", ".hidden", "a .b", "Ämter – 会议.html", ""],
    )  # fmt: skip
    def test_leaves_others_alone(self, name: str) -> None:
        assert unfit_name(name) == ""
