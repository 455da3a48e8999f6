"""When something is due is read with words around it, and asked about where it is unclear."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.dates import Terms, long_date, short_date
from cpctrack.due import latest_day, read_due

JUNE = "30 June 2023"
BEFORE = (
    "by", "By", "before", "no later than", "not later than", "on or before", "on", "due", "Due:",
    "Due by", "target", "Target date –", "Deadline:", "by the end of", "erbyn", "Dyddiad:",
    "to be completed by", "by 5pm on", "revised to", "Extended until",
)  # fmt: skip
BEHIND = ("", ".", " (revised)", " at the latest", " [new date]", ", revised", " 00:00", " at 5pm")
WRITTEN = (
    "30/06/2023", "30.6.23", "30\u201106\u20112023", "30-Jun-23", "30 June 2023", "30th June, 2023",
    "June 30, 2023", "Fri 30 June 2023", "2023-06-30", "30\u00a0June\u202f2023", "30 Mehefin 2023",
    "30ain o Fehefin 2023", "Dydd Gwener 30 Mehefin 2023",
)  # fmt: skip


@pytest.mark.parametrize("text", [f"{before} {JUNE}" for before in BEFORE])
@pytest.mark.parametrize("behind", ["", " (revised)"])
def test_words_before_a_date(text: str, behind: str) -> None:
    when = read_due(text + behind)
    assert (when.iso, when.text, when.why, when.earlier) == ("2023-06-30", text + behind, "", ())


@given(
    st.sampled_from([f"{word} " for word in BEFORE] + ["", "("]),
    st.sampled_from(WRITTEN),
    st.sampled_from(BEHIND),
)
def test_what_stands_around_a_date_does_not_change_the_day(
    before: str, written: str, behind: str
) -> None:
    when = read_due(f"{before}{written}{behind}")
    assert (when.iso, when.why, when.earlier) == ("2023-06-30", "", ())


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(BEFORE))
def test_what_is_written_is_read_back(day: date, before: str) -> None:
    iso = day.isoformat()
    for written in (iso, long_date(iso), short_date(iso), f"{day:%A} {long_date(iso)}"):
        assert read_due(f"{before} {written}").iso == iso


@given(st.text(max_size=60) | st.text(alphabet="0123456789/.-: ,()[]?\n\xa0MarchJan–", max_size=40))
def test_any_text_is_read_or_told_of(text: str) -> None:
    when = read_due(text)
    assert when.text == text
    assert not when.is_wrong or when.why
    assert all(one.last < when.moment.last for one in when.earlier if when.moment)


@pytest.mark.parametrize(
    ("text", "day", "earlier"),
    [
        ("13.09.2023 08.11.2023", "2023-11-08", ["13.09.2023"]),
        ("08.11.2023\n13.09.2023", "2023-11-08", ["13.09.2023"]),
        ("30 June 2023 (30/06/2023)", "2023-06-30", []),
        ("1/2/23, 1/3/23; 1/4/23", "2023-04-01", ["1/2/23", "1/3/23"]),
        ("31 March 2016 (was 31 January 2016)", "2016-03-31", ["31 January 2016"]),
        ("31 March 2016\n(was\n31 January 2016)", "2016-03-31", ["31 January 2016"]),
        ("Original: 1/2/23 Revised: 1/4/23", "2023-04-01", ["1/2/23"]),
        ("1/2/23 (original) 1/4/23 (revised)", "2023-04-01", ["1/2/23"]),
        ("1/2/23 original\n1/4/23 revised", "2023-04-01", ["1/2/23"]),
        ("1/2/23 → 1/4/23", "2023-04-01", ["1/2/23"]),
        ("1/2/23 extended to 1/4/23, 1/5/23", "2023-05-01", ["1/2/23", "1/4/23"]),
        ("30 June 2023 – slipped from March 2023", "2023-06-30", ["March 2023"]),
        ("May 16 [slipped from March 2016]", "", ["March 2016"]),
        ("Slipped from 31/3/16 to 31/5/16", "2016-05-31", ["31/3/16"]),
        ("Jan 2017 – slipped from Sept 2016", "", ["Sept 2016"]),
        ("May 2017 (originally Jan 2017 and March 2017)", "", ["Jan 2017", "March 2017"]),
    ],
)
def test_the_dates_that_it_was_before(text: str, day: str, earlier: list[str]) -> None:
    when = read_due(text)
    assert (when.iso, [one.text for one in when.earlier], when.why) == (day, earlier, "")
    assert when.moment


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/6/2023", "“31/6/2023” is not a day of the calendar"),
        ("by 31 June 2023", "“31 June 2023” is not a day of the calendar"),
        ("Thursday 30 June 2023", "“Thursday 30 June 2023”: 30 June 2023 is a Friday"),
        (
            "06/30/2023",
            "“06/30/2023” is not a day of the calendar, unless its month stands first",
        ),
    ],
)
def test_a_day_that_never_is(text: str, why: str) -> None:
    when = read_due(text)
    assert (when.moment, when.why, when.is_wrong, when.is_time) == (None, why, True, False)


def test_a_day_that_never_is_leaves_the_one_beside_it() -> None:
    when = read_due("30/06/2023 (was 31/2/2023)")
    assert (when.iso, when.earlier, when.is_wrong) == ("2023-06-30", (), True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mar-17", "may mean a day or a year"),
        ("by March 17", "may mean a day or a year"),
        ("1 May 2023 – 30 June 2023", "gives several dates"),
        ("1 May 2023 and 30 June 2023", "gives several dates"),
        ("September 2023 March 2024.", "gives several dates"),
        ("was 31 March 2016", "gives only the date that it was before"),
        ("31 March 2016 (was 30 June 2016)", "moves the date to an earlier one"),
        *[
            (text, "does not say plainly when it is due")
            for text in (
                "45107",
                "2023-06", "30/6/23?", "Phase 2", "Minute 17 (2)", "2/2023", "Completed 30/06/2023",
                "Completed March 2017",
                "31/10/2023 Cabinet", "20 to 30 June 2023", "TBC – slipped from March 2016",
            )
        ],
    ],
)  # fmt: skip
def test_what_is_unclear(text: str, why: str) -> None:
    when = read_due(text)
    assert (when.why, when.is_wrong, when.earlier) == (f"“{text}” {why}", False, ())


@pytest.mark.parametrize(
    "text",
    [
        "27 July", "14th December", "by July 27th", "Q3 2023/24", "2nd quarter 2023", "2023/24",
        "2023", "Spring term", "Spring term 2024", "in 12 months", "6 months", "2-3 weeks",
        "April 2023 onwards", "From April 2023", "From 30 June 2023", "w/c 5 June 2023",
        "Review Sept 2023", "March 2016 & 6 monthly thereafter", "mid-March 2023",
        "March/April 2023", "By Next meeting", "ym Mawrth 2023",
    ],
)  # fmt: skip
def test_a_vague_time_is_no_day_and_not_asked_about(text: str) -> None:
    assert read_due(text) == (text, None, (), "", True, False)


@pytest.mark.parametrize("text", ["", "Ongoing", "TBC", "Now ongoing", "-"])
def test_what_is_no_time_and_holds_no_figure_is_left_as_it_is(text: str) -> None:
    assert read_due(text) == (text, None, (), "", False, False)


def test_figures_may_be_read_month_first() -> None:
    assert read_due("by 06/05/2023", month_first=True).iso == "2023-06-05"
    assert read_due("30/06/2023", month_first=True).why.endswith("unless its day stands first")


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("March 2023", date(2023, 3, 31)),
        ("by end of Feb 2024", date(2024, 2, 29)),
        ("the end of February 2023", date(2023, 2, 28)),
        ("in 6 weeks", date(2022, 7, 27)),
        ("within 12 months", date(2023, 6, 15)),
        ("In 1 day", date(2022, 6, 16)),
        ("in 2 years", date(2024, 6, 15)),
        ("December 9999", date(9999, 12, 31)),
        ("by March 2017", date(2017, 3, 31)),
        ("no later than Feb. 2024", date(2024, 2, 29)),
        ("Mar ’17", date(2017, 3, 31)),
        ("erbyn diwedd Mawrth 2023", date(2023, 3, 31)),
        ("Rhagfyr 2023", date(2023, 12, 31)),
        ("May 16 [slipped from March 2016]", date(2016, 5, 31)),
        ("From April 2023", None),
        ("Mar-17", None),
        ("Smarch 2023", None),
        ("March 0000", None),
        ("Spring term", date(2023, 3, 31)),
        ("27 July", date(2022, 7, 27)),
        ("mid-March 2023", date(2023, 3, 20)),
        ("31/6/2023", None),
        ("by next meeting", None),
        ("", None),
    ],
)
def test_the_latest_day_of_a_vague_date(due: str, last: date | None) -> None:
    assert latest_day(due, "2022-06-15") == last


def test_a_calendar_says_when_words_are_due() -> None:
    known = {"formal_days": ("2022-06-15", "2022-09-14"), "year_starts": "05-20"}
    assert latest_day("by next meeting", "2022-06-15", **known) == date(2022, 9, 14)
    assert latest_day("end of the municipal year", "2022-06-15", **known) == date(2023, 5, 19)
    assert latest_day("Spring term", "2022-06-15", terms=Terms(spring="04-05")) == date(2023, 4, 5)
    assert latest_day("Spring term", "unknown") is None


def test_words_that_a_calendar_settles_are_a_time_and_not_asked_about() -> None:
    assert read_due("in 2 meetings’ time") == ("in 2 meetings’ time", None, (), "", True, False)


def test_a_span_from_no_date_or_past_the_calendar_has_no_last_day() -> None:
    assert latest_day("in 6 weeks", "unknown") is None
    assert latest_day("in 999 years", "9999-01-01") is None


def test_a_month_is_counted_to_its_last_day() -> None:
    assert latest_day("in 1 month", "2023-01-31") == date(2023, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        "not before 30 June 2024", "Not until 30 June 2024", "not before October 2024",
        "not until October 2024", "not expected before 30 June 2024", "no 30 June 2024",
        "after the meeting on 30 June 2024",
    ],
)  # fmt: skip
def test_when_it_may_begin_is_not_when_it_is_due(text):
    when = read_due(text)
    assert (when.iso, when.moment) == ("", None)


def test_a_meeting_or_a_time_of_the_day_leaves_the_day_as_it_is():
    for text in ("the meeting on 30 June 2024", "COP 30 June 2024", "close of play 30 June 2024"):
        assert read_due(text).iso == "2024-06-30", text
