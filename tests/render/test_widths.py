"""Columns as wide as their text asks for: no word cut, rows as low as they can be."""

from itertools import pairwise, product

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.labels import COLUMNS
from cpctrack.render.widths import LEAST_OF_RESPONSE, column_widths, pieces, text_width

SIZE, PADDING = 11, 8
LONGEST = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
ADDRESS = "https://www.marlowe.example/councillors/meetings-and-papers/2023"
WORD = st.text("aeilmnortwŵŷW1", min_size=1, max_size=9)
TEXT = st.lists(WORD, max_size=12).map(" ".join)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=30)
COLUMNS_OF_THREE = ("Actions", "Referred to", "Response/ Outcome")


def widths(rows, room=500.0, *, columns=COLUMNS_OF_THREE, **options):
    return column_widths(columns, rows, room, size=SIZE, padding=PADDING, **options)


def lines(text: str, room: float) -> int:
    """Wrap a text word by word."""
    count, filled = 1, 0.0
    for word in text.split():
        width = SIZE * text_width(f"{word} ")
        if filled and filled + SIZE * text_width(word) > room:
            count, filled = count + 1, 0.0
        filled += width
    return count


def height(rows, given) -> int:
    return sum(
        max(lines(text, width - PADDING) for text, width in zip(row, given, strict=True))
        for row in rows
    )


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=times(60, 20))
def test_all_the_room_is_shared_out_and_order_makes_no_difference(rows, random):
    made = widths(rows)
    assert sum(made) == pytest.approx(500)
    shuffled = random.sample(rows, len(rows))
    assert widths(shuffled) == made


@given(ROWS.filter(bool))
@settings(max_examples=times(60, 20))
def test_no_word_is_cut_while_all_fit(rows):
    made = widths(rows, least={2: LEAST_OF_RESPONSE})
    of_columns = zip(*rows, strict=True)
    for column, texts, width in zip(COLUMNS_OF_THREE, of_columns, made, strict=True):
        longest = max(text_width(word) for text in (column, *texts) for word in text.split())
        assert longest * SIZE + PADDING <= width
    assert made[2] >= LEAST_OF_RESPONSE * 500 - 0.001


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=12, unique=True))
@settings(max_examples=times(40, 15))
def test_rows_are_about_as_low_as_they_can_be(rows):
    made = widths(rows, 260, columns=("Action", "Answer"))
    longest = [
        max(text_width(word) for text in (f"{heading}MM", *texts) for word in text.split())
        for heading, texts in zip(("Action", "Answer"), zip(*rows, strict=True), strict=True)
    ]
    least = [1.01 * SIZE * width + PADDING for width in longest]
    others = [(first, 260 - first) for first in range(round(least[0]), round(260 - least[1]), 2)]
    # What is shared out are units, so that a width at which all just fits may lie between two.
    heights = [height(rows, (first - 2, second - 2)) for first, second in others]
    assert height(rows, made) <= 1.2 * min(heights, default=height(rows, made)) + 1


def test_long_stores_are_sampled_in_whatever_order():
    rows = [(f"{number} " * (number % 50), "Owner", "Done.") for number in range(3_000)]
    assert widths(rows) == widths(rows[::-1])
    assert widths(rows)[0] > 250


def test_one_row_of_thousands_still_has_its_longest_word():
    rows = [("Go.", "Me", "Done.")] * 3_000
    rows[1_234] = ("Go.", "Superintendent-of-Education", "Done.")
    assert widths(rows)[1] >= SIZE * text_width("Superintendent-of-Education"[:15]) + PADDING


def test_the_longest_words_take_from_each_other_and_not_from_the_rest():
    rows = [(LONGEST, "Designated Nurse", LONGEST)]
    first, owner, response = widths(rows)
    assert owner >= SIZE * text_width("Designated") + PADDING
    assert first == response == pytest.approx((500 - owner) / 2)


def test_the_least_gives_way_to_words_of_others():
    first, owner, response = widths([(LONGEST, "Nurse", "Done.")], least={2: 0.9})
    assert first >= SIZE * text_width(LONGEST) + PADDING
    assert owner >= SIZE * text_width("Referred") + PADDING
    assert response < 0.9 * 500


def test_the_eight_columns_at_every_size_and_on_every_paper():
    rows = [("Formal", "20 July 2022", "Item 9. Performance", "None", "Go on. " * 30, "A. B.",
             "It was done. " * 20, "Completed")]  # fmt: skip
    for size, room in product((10, 11, 12), (510, 757)):
        made = column_widths(tuple(COLUMNS.values()), rows, room, size=size, padding=6)
        assert sum(made) == pytest.approx(room)
        for column, width in zip(COLUMNS.values(), made, strict=True):
            words = max(map(text_width, column.split())) * size + 6
            assert words <= width or (size, room) == (12, 510)


def test_a_table_without_rows_shares_out_by_its_headings():
    assert widths([], 300, columns=("One", "One", "One")) == pytest.approx((100, 100, 100), abs=5)
    assert sum(widths([])) == pytest.approx(500)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("wrap-around", ["wrap-", "around"]),
        ("2022-23", ["2022-23"]),
        ("and/or", ["and/or"]),
        (LONGEST, [LONGEST]),
        (
            ADDRESS,
            [
                "https://",
                "www.marlowe.example/",
                "councillors/",
                "meetings-",
                "and-",
                "papers/2023",
            ],
        ),
    ],
)
def test_words_break_where_every_renderer_breaks_them(word, parts):
    assert pieces(word) == parts


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Response", 0.722 + 2 * 0.556 + 2 * 0.5 + 3 * 0.556),
        ("ŵy", 0.722 + 0.5),
        ("e\u0301", 0.556),
        ("漢字", 2),
        ("\u200b", 0),
    ],
)
def test_letters_are_those_of_arial(text, width):
    assert text_width(text) == pytest.approx(width, abs=0.01)


def test_longer_text_is_wider():
    texts = ["", "i", "in", "inn", "inns", "inns ", "inns W"]
    assert all(text_width(one) < text_width(other) for one, other in pairwise(texts))
