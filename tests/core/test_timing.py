"""Words that a calendar settles: which day they allow last, and when they have none."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack import timing
from cpctrack.dates import TERMS, Terms

AGREED = date(2024, 3, 13)
FORMAL = ("2024-01-17", "2024-03-13", "2024-06-12", "2024-09-11", "2024-09-25", "2024-11-13")


def read(text: str, agreed_on: date = AGREED, **settings: object) -> str:
    day = timing.last_day(text, agreed_on, **{"formal_days": FORMAL, **settings})  # type: ignore[arg-type]
    return day.isoformat() if day else ""


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        ("2024-06-12", """by the next meeting; Next meeting.; at the next formal meeting
            to next Committee meeting; next report; the next progress report
            for the next agenda; the following meeting
            prior to the next meeting of the Committee; report back to the next meeting
            to come to the next meeting; bring back to next meeting; erbyn y cyfarfod nesaf"""),
        ("2024-09-11", """in two meetings’ time; the meeting after next
            within the next 2 meetings; two meetings’ time"""),
        ("2024-09-25", """the September meeting; at its September 2024 Committee meeting
            in time for the September meeting; by September's meeting"""),
        ("2024-10-31", "the meeting in October; by the October agenda"),
        ("2031-06-30", "by the June 2031 meeting"),
        ("2024-03-31", """Spring term; end of the spring term, 2024; Spring Term 2023/24; this term
            end of term; by the end of the current school term"""),
        ("2024-07-31", """by the end of the summer term; Summer term 2024
            before the summer holidays; next term; by the school summer break
            erbyn diwedd tymor yr haf"""),
        ("2024-12-31", "Autumn term; autumn term 2024/25"),
        ("2025-05-31", "Spring 2025; by the end of spring 2025"),
        ("2024-08-31", "by the summer; Summer 2024"),
        ("2024-11-30", "Autumn 2024"),
        ("2025-02-28", "Winter 2024/25; end of winter"),
        ("2024-03-31", "by Easter; Easter 2024"),
        ("2025-04-20", "before Easter 2025; erbyn y Pasg 2025"),
        ("2024-12-25", "Christmas; by Xmas; Nadolig"),
        ("2024-12-31", """end of the year; by the end of this year; end of 2024
            end of the calendar year 2024; 2024; by the new year; during 2024
            close of the calendar year"""),
        ("2025-12-31", "end of next year; late 2025"),
        ("2024-03-31", "end of the financial year; in fiscal year 2023/24; FY 23/24; FY2023/24"),
        ("2025-03-31", "end of next financial year; by the end of the 2024/25 financial year"),
        ("2024-08-31", "end of the academic year; the end of the school year"),
        ("2024-05-14", "end of the municipal year; municipal year 2023/24"),
        ("2025-04-30", "early 2025; by the beginning of 2025"),
        ("2025-08-31", "mid 2025"),
        ("2024-08-31", """end of August; August; by end August; late August; diwedd Awst
            ym mis Awst; by Aug.; no later than the end of August
            before the end of August 2024"""),
        ("2025-02-28", "by end of Feb"),
        ("2024-03-31", "March"),
        ("2024-03-20", "mid-March; middle of March; canol Mawrth"),
        ("2024-05-10", "early May; early in May; the start of May; start May; dechrau mis Mai"),
        ("2024-07-27", """27 July; by 27th July; 27th of July; July 27th; Saturday 27 July
            on Sat, 27 July; 27 July at the latest; due: 27 July; the meeting on 27 July
            27 July meeting; noon 27 July; COP 27 July; by cob on Saturday 27 July"""),
        ("2025-03-13", "13 March"),
        ("2028-02-29", "29 February"),
        ("2024-03-31", "by the end of the month; this month"),
        ("2024-04-30", "next month"),
        ("2024-03-17", "end of the week; this week"),
        ("2024-03-24", "next week; by the end of next week"),
        ("2024-03-15", "by Friday; by close of play Friday"),
        ("2024-03-20", "by Wednesday"),
        ("2024-03-31", "end of the quarter; Q1 2024; Quarter 4 2023/24; 1st quarter of 2024"),
        ("2024-06-30", "next quarter; end of Q2 2024; 2nd quarter, 2024; Q1 24/25"),
        ("2024-12-31", "Q4 2024; Q3 2024/25; 2024/25 Q3"),
        ("2024-03-27", """in a fortnight; within two weeks; in 14 days; within the next two weeks
            in two weeks’ time; within the next fortnight"""),
        ("2025-03-13", "in 12 months; within a year; in one year's time; 12 months’ time"),
    ],
)  # fmt: skip
def test_the_last_day_that_words_allow(day: str, texts: str) -> None:
    for text in re.split(r"; |\n *", texts):
        assert read(text) == day, text
        assert timing.is_settled(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "from Easter", "after the next meeting", "after Christmas", "following meeting",
        "Spring term onwards", "every term", "termly", "ongoing, review at next meeting",
        "not before Easter", "subject to the next meeting", "next informal meeting",
        "next Cabinet meeting", "next Easter meeting", "a future meeting", "July 27", "Mar-17",
        "from 27 July", "Summer and Autumn term", "Spring half term", "Spring term or Easter",
        "mid Spring term", "over the Christmas break", "Easter holidays", "new year", "Winter 2024",
        "year end", "this year", "next year", "2024/25", "in the year", "Q3", "H1 2024",
        "6 months", "every 6 months", "in 10 working days", "in a few weeks", "in due course",
        "asap", "tomorrow", "around August", "August/September", "27/7", "Review in August",
        "to start in September", "to start September", "start in 2025", "close of August play",
        "not until October", "report back from the next meeting", "to report back",
        "after close of play Friday",
        "each meeting on 27 July",
        "by the end", "by", "1 in 4 meetings", "x" * 100,
    ],
)  # fmt: skip
def test_words_in_doubt_have_no_day(text: str) -> None:
    assert read(text) == ""
    assert not timing.is_settled(text)


@pytest.mark.parametrize(
    "text",
    [
        "before the summer", "prior to winter", "31 June", "Friday 27 July", "FY 2024/26",
        "autumn term 2024/29", "in 999 meetings", "the meeting in 13 meetings",
    ],
)  # fmt: skip
def test_what_no_calendar_has_is_no_day(text: str) -> None:
    assert read(text) == ""


def test_the_next_meeting_has_no_day_before_it_is_known() -> None:
    assert read("by the next meeting", formal_days=()) == ""
    assert read("by the next meeting", date(2024, 11, 13)) == ""
    assert read("in two meetings' time", date(2024, 9, 11)) == "2024-11-13"
    assert timing.awaits_meeting("by the next meeting")
    assert timing.awaits_meeting("in two meetings' time")
    assert not timing.awaits_meeting("the September meeting")  # its month has an end
    assert not timing.awaits_meeting("Ongoing")


def test_terms_end_when_the_committee_says() -> None:
    own = Terms("12-20", "04-05", "07-22")
    assert read("Spring term", terms=own) == "2024-04-05"
    assert read("Spring term", date(2024, 4, 5), terms=own) == "2025-04-05"
    assert read("this term", date(2024, 4, 5), terms=own) == "2024-04-05"
    assert read("next term", date(2024, 4, 5), terms=own) == "2024-07-22"
    assert read("next term", date(2024, 12, 1), terms=own) == "2025-04-05"
    assert read("before the summer holidays", terms=own) == "2024-07-22"


def test_the_summer_holidays_are_in_no_term() -> None:
    assert read("this term", date(2024, 8, 12)) == ""
    assert read("next term", date(2024, 8, 12)) == "2024-12-31"
    assert read("this term", date(2024, 9, 1)) == "2024-12-31"


def test_a_municipal_year_ends_the_day_before_the_next() -> None:
    assert read("end of the municipal year", year_starts="05-20") == "2024-05-19"
    assert read("end of the municipal year", date(2024, 6, 12)) == "2025-05-14"
    assert read("municipal year 2024/25", year_starts="02-29") == "2025-02-27"


@pytest.mark.parametrize("damaged", ["", "02-30", "Easter", "5-1"])
def test_damaged_settings_give_no_day(damaged: str) -> None:
    assert read("Spring term", terms=TERMS._replace(spring=damaged)) == ""
    assert read("this term", terms=Terms(damaged, damaged, damaged)) == ""
    assert read("end of the municipal year", year_starts=damaged) == ""


def test_a_day_past_the_calendar_is_none() -> None:
    assert read("in 999 years", date(9999, 1, 1)) == ""
    assert read("early May", date(9999, 6, 1)) == ""
    assert read("next month", date(9999, 12, 1)) == ""


WITHOUT_A_YEAR = (
    "27 July", "August", "early May", "end of Feb", "Spring term", "summer", "winter", "Easter",
    "Christmas", "end of the year", "end of the financial year", "end of the municipal year",
    "by Friday", "the June meeting",
)  # fmt: skip
DAYS = st.dates(date(1980, 1, 1), date(2090, 1, 1))


@given(text=st.sampled_from(WITHOUT_A_YEAR), agreed_on=DAYS)
def test_what_lacks_its_year_is_the_next_one(text: str, agreed_on: date) -> None:
    day = timing.last_day(text, agreed_on)
    assert day is not None
    assert agreed_on < day <= agreed_on + timedelta(400)
    # The same words agreed a day before it mean that day, and on it they mean the next.
    assert timing.last_day(text, day - timedelta(1)) == day
    assert timing.last_day(text, day) != day


@given(
    agreed_on=DAYS, days=st.lists(DAYS.map(date.isoformat), unique=True).map(sorted),
)  # fmt: skip
def test_the_next_meeting_is_the_first_after(agreed_on: date, days: list[str]) -> None:
    day = timing.last_day("by the next meeting", agreed_on, formal_days=days)
    assert day == min(
        (date.fromisoformat(one) for one in days if one > f"{agreed_on}"), default=None
    )


@given(
    text=st.sampled_from((*WITHOUT_A_YEAR, "next meeting", "this term", "in 6 weeks", "Q4 2024")),
    word=st.sampled_from(
        ("from {}", "not {}", "not before {}", "after {}", "since {}", "{} onwards", "every {}",
         "{}?", "{} and ongoing", "{} tbc", "review {}", "{} if funded", "subject to {}")
    ),
    agreed_on=DAYS,
)  # fmt: skip
def test_another_word_leaves_no_day(text: str, word: str, agreed_on: date) -> None:
    assert timing.last_day(word.format(text), agreed_on) is None


@given(text=st.text(max_size=120), agreed_on=DAYS)
def test_no_text_raises(text: str, agreed_on: date) -> None:
    timing.last_day(text, agreed_on)
