"""Dates that can be read in one way are read; nothing else is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.dates import (
    find_date,
    is_iso,
    latest_day,
    long_date,
    municipal_year,
    parse_date,
    parse_municipal_year,
    parse_year_starts,
    short_date,
)
from cpctrack.errors import DateError


@pytest.mark.parametrize(
    "text",
    [
        "2023-03-05",
        "5/3/2023",
        "05/03/23",
        "5.3.23",
        "05-03-2023",
        "5-Mar-23",
        "5 March 2023",
        "05 MAR 2023",
        "5th March 2023",
        "5th of March, 2023",
        "Sunday 5 March 2023",
        "Sun, 5 Mar. 23",
        "  5  March\n2023 ",
        "5\u00a0March\u00a02023",
    ],
)
def test_exact_forms_are_read_day_first(text: str) -> None:
    assert parse_date(text) == date(2023, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "12.30",
        "Tuesday",
        "27 July",
        "March 2023",
        "Mar-22",
        "end of Feb",
        "Spring term",
        "5/3",
        "5/3-2023",
        "2023/03/05",
        "20230305",
        "5 Smarch 2023",
        "5 March 2023 at noon",
        "5/3/203",
        "٥/٣/٢٠٢٣",
        "2023-3-5",
    ],
)
def test_what_could_mean_something_else_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)
    assert find_date(text) is None


@pytest.mark.parametrize("text", ["31/2/2023", "2023-02-30", "29 February 2023", "0000-01-01"])
def test_a_day_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="not a day of the calendar"):
        parse_date(text)


def test_a_month_first_is_not_taken_for_a_day() -> None:
    with pytest.raises(DateError):
        parse_date("12/31/2023")


def test_a_wrong_weekday_is_refused_with_the_right_one() -> None:
    with pytest.raises(DateError, match="15 March 2023 is a Wednesday"):
        parse_date("Tuesday 15 March 2023")
    with pytest.raises(DateError, match="is a Wednesday"):
        parse_date("Someday 15 March 2023")


@pytest.mark.parametrize(("digits", "year"), [("69", 2069), ("70", 1970), ("00", 2000)])
def test_years_of_two_digits(digits: str, year: int) -> None:
    assert parse_date(f"1/2/{digits}").year == year


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_is_written_is_read_back(day: date) -> None:
    iso = day.isoformat()
    assert is_iso(iso)
    assert parse_date(iso) == day
    assert parse_date(long_date(iso)) == day
    assert parse_date(short_date(iso)) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(f"{day:%A} {long_date(iso)}") == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    assert find_date(text) is None or isinstance(parse_date(text), date)


@pytest.mark.parametrize("iso", ["", "soon", "2023-02-30", "15/3/2023", "2023-03-15\n"])
def test_what_is_no_stored_date_is_shown_as_it_is(iso: str) -> None:
    assert not is_iso(iso)
    assert long_date(iso) == iso.strip()
    assert short_date(iso) == iso.strip()


def test_long_and_short() -> None:
    assert long_date("2023-03-05") == "5 March 2023"
    assert short_date("2023-09-15") == "15 Sep 2023"


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
        ("Smarch 2023", None),
        ("March 0000", None),
        ("Spring term", None),
        ("27 July", None),
        ("by next meeting", None),
        ("", None),
    ],
)
def test_the_latest_day_of_a_vague_date(due: str, last: date | None) -> None:
    assert latest_day(due, "2022-06-15") == last


def test_a_span_from_no_date_or_past_the_calendar_has_no_last_day() -> None:
    assert latest_day("in 6 weeks", "unknown") is None
    assert latest_day("in 999 years", "9999-01-01") is None


def test_a_month_is_counted_to_its_last_day() -> None:
    assert latest_day("in 1 month", "2023-01-31") == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("day", "starts", "year"),
    [
        (date(2022, 6, 15), "05-15", "2022/23"),
        (date(2023, 3, 15), "05-15", "2022/23"),
        (date(2022, 5, 14), "05-15", "2021/22"),
        (date(2022, 5, 15), "05-15", "2022/23"),
        (date(1999, 12, 31), "05-15", "1999/00"),
        (date(2023, 2, 28), "02-29", "2022/23"),
        (date(2023, 3, 1), "02-29", "2023/24"),
        (date(2024, 2, 29), "02-29", "2024/25"),
        (date(2024, 2, 29), "03-01", "2023/24"),
    ],
)
def test_municipal_year(day: date, starts: str, year: str) -> None:
    assert municipal_year(day, starts) == year


@given(st.dates(date(1001, 1, 1), date(9990, 1, 1)))
def test_a_municipal_year_lasts_a_year_and_is_read_back(day: date) -> None:
    year = municipal_year(day)
    assert parse_municipal_year(year) == year
    assert municipal_year(day + timedelta(days=366)) > year


@pytest.mark.parametrize("text", ["2022/23", "2022-23", "2022–23", "22/23", "2223", "2022 / 2023"])
def test_municipal_years_are_read(text: str) -> None:
    assert parse_municipal_year(text) == "2022/23"


@pytest.mark.parametrize("text", ["", "2022", "2022/24", "22/22", "2022/1", "20222023", "x"])
def test_other_years_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="write it like 2022/23"):
        parse_municipal_year(text)


def test_the_century_turns() -> None:
    assert parse_municipal_year("99/00") == "1999/00"
    assert parse_municipal_year("1999/2000") == "1999/00"


def test_year_starts() -> None:
    assert parse_year_starts(" 05-15 ") == "05-15"
    assert parse_year_starts("02-29") == "02-29"


@pytest.mark.parametrize("text", ["", "15-05", "5-15", "02-30", "2024-05-15", "May"])
def test_other_year_starts_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="write it like 05-15"):
        parse_year_starts(text)
