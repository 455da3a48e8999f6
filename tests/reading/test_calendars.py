"""Calendar files: which events there are, and on which day each is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.reading.calendars import Event, events_of, is_calendar


def calendar(*events: str, before: str = "") -> str:
    parts = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{parts}END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("DTSTART;VALUE=DATE:20240612", "2024-06-12"),
        ("DTSTART:20240612T180000", "2024-06-12"),
        ("DTSTART;TZID=Europe/London:20240612T233000", "2024-06-12"),
        ('DTSTART;TZID="GMT Standard Time":20240612T180000', "2024-06-12"),
        ("dtstart:20240612T170000Z", "2024-06-12"),
        ("DTSTART:20240611T230000Z", "2024-06-12"),  # midnight in summer
        ("DTSTART:20240115T230000Z", "2024-01-15"),
        ("DTSTART:20240331T233000Z", "2024-04-01"),  # clocks went forward that morning
        ("DTSTART:20240330T233000Z", "2024-03-30"),
        ("DTSTART:20241027T233000Z", "2024-10-27"),  # and back on this one
        ("DTSTART:20241026T233000Z", "2024-10-27"),
        ("DTSTART:20240231", ""),
        ("DTSTART:soon", ""),
        ("SUMMARY:A start is missing", ""),
    ],
)
def test_the_day_is_that_of_the_place(start, day):
    (event,) = events_of(calendar(start))
    assert event.day == day


def test_what_is_read_of_an_event():
    text = calendar(
        "UID:1\r\nDTSTART;VALUE=DATE:20240612\r\n"
        "SUMMARY;LANGUAGE=en:Pond\\, weir\\; and \\\\ \\nlock\r\nDESCRIPTION:Formal: see http://a.example\r\nSTATUS:CANCELLED",
        "DTSTART:20240703T100000\r\nRRULE:FREQ=MONTHLY\r\nBEGIN:VALARM\r\nSUMMARY:Wake\r\nEND:VALARM"
        "\r\nSTATUS:CONFIRMED",
    )
    assert events_of(text) == [
        Event(3, "20240612", "2024-06-12", "Pond, weir; and \\ lock", cancelled=True),
        Event(10, "20240703T100000", "2024-07-03", repeats=True),
    ]


def test_a_time_zone_is_no_event():
    zone = (
        "BEGIN:VTIMEZONE\r\nBEGIN:DAYLIGHT\r\nDTSTART:19810329T010000\r\nRRULE:FREQ=YEARLY\r\n"
        "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    )
    (event,) = events_of(calendar("DTSTART:20240612T180000", before=zone))
    assert not event.repeats


@given(st.data())
def test_folding_changes_nothing_but_the_lines(data):
    text = "DTSTART;TZID=Europe/London:20240612T180000\r\nSUMMARY:Formal meeting of the Committee"
    at = data.draw(
        st.integers(1, len(text) - 1).filter(lambda at: "\r" not in text[at - 1 : at + 1])
    )
    folded = text[:at] + "\r\n " + text[at:]
    (event,) = events_of(calendar(folded))
    assert event[1:] == events_of(calendar(text))[0][1:]


@given(st.text())
def test_no_text_breaks_it(text):
    events_of(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{text}")
    events_of(text)


def test_how_a_calendar_begins():
    assert is_calendar("\r\nbegin:vcalendar\r\n")
    assert not is_calendar("Calendar")


def test_whose_calendar_it_is_and_how_long_an_event_lasts():
    events = (
        "BEGIN:VCALENDAR\nX-WR-CALNAME:Harbour\\, Cabinet\nBEGIN:VEVENT\n"
        "DTSTART;VALUE=DATE:20240612\nDTEND;VALUE=DATE:20240615\nSTATUS:TENTATIVE\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART:20240612T170000Z\nDTEND:20240612T233000Z\nEND:VEVENT\n"
    )
    long, late = events_of(events)
    assert (long.calendar, long.end, long.tentative) == ("Harbour, Cabinet", "2024-06-15", True)
    assert (long.goes_on, late.goes_on) == (True, False)
    assert not Event(1, day="2024-06-12", end="").goes_on
