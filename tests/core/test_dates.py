"""Dates that can be read in one way are read; nothing else is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.dates import (
    WELSH_MONTHS,
    find_date,
    is_iso,
    length_in_words,
    long_date,
    municipal_year,
    order_of,
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
        "05\u201103\u20112023",
        "5–Mar–2023",
        "5 / 3 / 2023",
        "05Mar2023",
        "5/3/2023.",
        "(5/3/2023)",
        "5/3/2023 00:00",
        "5 March 2023 at 5pm",
        "2023-03-05T00:00:00Z",
        "2023-03-05 10:30:00.5+01:00",
        "March 5, 2023",
        "Sunday, Mar. 5th 2023",
        "Sunday 5/3/2023",
        "5 Mawrth 2023",
        "5ed o Fawrth 2023",
        "Dydd Sul, 5 Maw. 2023",
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


@pytest.mark.parametrize(
    ("text", "day"), [("1/27/2020", date(2020, 1, 27)), ("01-02-20", date(2020, 1, 2)),
                      ("27 January 2020", date(2020, 1, 27)), ("2020-01-02", date(2020, 1, 2))],
)  # fmt: skip
def test_figures_are_read_month_first_where_that_is_said(text: str, day: date) -> None:
    assert parse_date(text, month_first=True) == day
    assert find_date("27/1/2020", month_first=True) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["1/2/2020", "by 27/1/2020"], (True, False)),
        (["1/2/2020", "Jan 3", "1-27-20 (revised)"], (False, True)),
        (["1/2/2020", "2 March 2020", "minute 13/13", "13.13"], (True, True)),
        (["27/1/2020 1/27/2020"], (False, False)),
        ([], (True, True)),
    ],
)
def test_whether_figures_fit_with_the_day_or_the_month_first(
    texts: list[str], order: tuple[bool, bool]
) -> None:
    assert order_of(texts) == order


def test_every_welsh_month_is_read_in_full_and_changed() -> None:
    for number, names in enumerate(WELSH_MONTHS, 1):
        for name in names:
            assert parse_date(f"1 {name.title()} 2023") == date(2023, number, 1)


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
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (66, "9 weeks"),
        (90, "13 weeks"),
        (91, "3 months"),
        (259, "9 months"),
        (365, "12 months"),
        (730, "2 years"),
        (1_200, "3 years"),
    ],
)
def test_a_length_is_said_in_the_unit_that_is_pictured(days: int, words: str) -> None:
    assert length_in_words(days) == words


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
