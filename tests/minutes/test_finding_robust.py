"""Whatever a text holds, it is read in time, and the same way twice."""

import time

import pytest
from amounts import times
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpctrack.minutes.finding.finding import find
from cpctrack.reading.lines import Line

MINUTES = """**MINUTES OF THE PARKS COMMITTEE (FORMAL)
HELD ON WEDNESDAY, 13 JULY 2022**

Present: Councillors Fenn (Chair), Tay and Moss

1. APOLOGIES

None.

2. PONDS

The Ranger reported that the pond was full. The Ranger undertook to count the ducks.      JB

The Committee considered the report and **RESOLVED** to note it.

AGREED ACTIONS

The Committee noted the report and agreed that the Ranger would provide Members with:

1. A list of ducks, by 12 May 2023.
2. A list of geese.

Page 3

07/21 Paths

RESOLVED: (a) That the report be noted; and (b) that the Clerk write to the owner of the path.

| Action | Who | When |
| --- | --- | --- |
| Mow | JB | Friday |

Action: J Bell
Owner: T Shaw
"""
LINES = MINUTES.split("\n")


def lines(texts):
    return [Line(number, text) for number, text in enumerate(texts, 1)]


def check(texts):
    """Find twice, and hold what is found against the lines it is said to stand on."""
    given_lines = lines(texts)
    first = find(given_lines)
    assert find(given_lines) == first
    numbers = range(1, len(texts) + 1)
    assert all(draft.line in numbers for draft in first.drafts)
    assert all(item.line in numbers for item in first.items)
    assert [draft.line for draft in first.drafts] == sorted(draft.line for draft in first.drafts)
    assert all(draft.printed.strip() and draft.text.strip() for draft in first.drafts)


ODD = st.text(alphabet="aA1. \t:-–*_|()[]/,;\f“'\u00a0\u2028é", max_size=30)


@settings(max_examples=times(150, 40), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(LINES), ODD), max_size=40))
def test_lines_in_any_order(texts):
    check(texts)


@given(st.integers(0, len(MINUTES)), st.integers(0, len(MINUTES)), ODD)
def test_cut_and_mended(start, end, odd):
    check((MINUTES[:start] + odd + MINUTES[end:]).split("\n"))


@settings(max_examples=times(50, 15))
@given(st.integers(0, len(MINUTES)))
def test_truncated(end):
    check(MINUTES[:end].split("\n"))


@pytest.mark.parametrize(
    "piece",
    [
        "a", " ", "*", "(", "1.", "|", "x   ", "RESOLVED ", "Action: JB ", "- ", "agreed that ",
        "(a) to note; ", ". A", "Action\t", "After a, a. ", "the Clerk would write to ", "_a", "1/",
    ],
)  # fmt: skip
def test_line_of_as_many_letters_as_a_book(piece):
    letters = times(1_000_000, 100_000)
    started = time.process_time()
    find(lines([(piece * (letters // len(piece)))[:letters]]))
    assert time.process_time() - started < 10


@pytest.mark.slow
def test_time_grows_with_the_length():
    def seconds(copies):
        texts = LINES * copies
        started = time.process_time()
        find(lines(texts))
        return time.process_time() - started

    seconds(2)
    short, long = seconds(15), seconds(120)
    assert long < 8 * short * 3 + 0.5


@pytest.mark.parametrize(
    "told",
    ["That Cr Fenn proposed a plan.", "That the Clerk write.\n\nMoved Cr Fenn", "All in favour."],
)
def test_motions_without_an_end_take_no_longer_each(told):
    def seconds(copies):
        texts = ["1. PONDS", "", *[one for _ in range(copies) for one in (*told.split("\n"), "")]]
        started = time.process_time()
        find(lines(texts))
        return time.process_time() - started

    seconds(10)
    assert seconds(1600) < 8 * seconds(400) + 0.5


@pytest.mark.slow
def test_thousands_of_pages():
    pages = times(5000, 250)
    texts = LINES * (pages * 50 // len(LINES))
    started = time.process_time()
    found = find(lines(texts))
    assert time.process_time() - started < 0.036 * pages
    assert len(found.drafts) > pages / 5


def test_nothing_gives_nothing():
    assert find([]).drafts == ()
    assert find(lines(["", " ", "\f"])).items == ()
