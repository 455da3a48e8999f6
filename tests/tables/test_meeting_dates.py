"""Dates of meetings are taken where they are exact and certain; the rest is listed."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.dates import MONTHS
from cpctrack.reading.calendars import Event
from cpctrack.reading.document import Cell, Document, Paragraph, Row, Table
from cpctrack.reading.lines import Line, lines_of
from cpctrack.reading.text import plain
from cpctrack.records.model import MeetingType
from cpctrack.tables.meeting_dates import Doubt, FoundDate, dates_in, dates_of

COMMITTEE = "Corporate Parenting Committee"
SENTENCE = (
    "Members who can come are asked to be at the old mill {} ten so that the boat, which leaves on "
    "12 June 2024, need not wait for anybody"
)
FORMAL, INFORMAL = MeetingType.FORMAL, MeetingType.INFORMAL


def found(text: str) -> list[FoundDate]:
    document = Document("dates.txt", "text", tuple(plain.lines_of(text, "dates.txt")))
    return dates_in(lines_of(document), COMMITTEE)


def in_table(*rows: tuple[str, ...], above: str = "") -> list[FoundDate]:
    table = Table(tuple(Row(tuple(map(Cell, row))) for row in rows))
    blocks = (Paragraph(above, heading=1), table) if above else (table,)
    return dates_in(lines_of(Document("dates.docx", "docx", blocks)), COMMITTEE)


def days(dates: list[FoundDate]) -> list[tuple[str, MeetingType | None]]:
    return [(each.day, each.type) for each in dates if not each.doubt]


@pytest.mark.parametrize(
    "printed",
    [
        "12 June 2024", "Wednesday 12 June 2024", "Wed, 12th June, 2024", "12th of June 2024",
        "June 12, 2024", "2024-06-12", "12/6/2024", "12.06.24", "12-Jun-24", "12\xa0June 2024",
        "12 Mehefin 2024", "Wed 12 June 24", "12 June 24, 6 pm",
        "12 June 2024 at 18:00", "1. 12 June 2024, 6.30 pm, Council Chamber",
    ],
)  # fmt: skip
def test_an_exact_date(printed):
    (one,) = found(f"Formal: {printed}")
    assert one == FoundDate(1, one.printed, "2024-06-12", FORMAL)
    assert one.printed in printed.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("12 June", Doubt.NO_YEAR),
        ("12 June 18:00", Doubt.NO_YEAR),
        ("12 June 24 Main Street", Doubt.NO_YEAR),
        ("31 June 24", Doubt.NO_DAY),
        ("No longer taking place: 12 June 2024", Doubt.UNCERTAIN),
        ("Thursday 12 June 2024", Doubt.NO_DAY),
        ("31 June 2024", Doubt.NO_DAY),
        ("31-Jun-24", Doubt.NO_DAY),
        ("5, 12 and 19 June 2024", Doubt.SEVERAL),
        ("1 May 2024 to 12 June 2024", Doubt.SEVERAL),
        ("Deadline for reports: 12 June 2024", Doubt.OTHER_DAY),
        ("Agenda despatch 12 June 2024", Doubt.OTHER_DAY),
        ("Licensing Committee, 12 June 2024", Doubt.OTHER_BODY),
        ("Annual Council 12 June 2024", Doubt.OTHER_BODY),
        ("Corporate Parenting Sub-Committee 12 June 2024", Doubt.OTHER_BODY),
        ("12 June 2024 (provisional)", Doubt.UNCERTAIN),
        ("12 June 2024 – moved from 5 June 2024", Doubt.UNCERTAIN),
        ("12 June 2024, formal and informal", Doubt.NO_TYPE),
        (SENTENCE.format("by"), Doubt.OTHER_DAY),
        (SENTENCE.format("at"), Doubt.SENTENCE),
    ],
)
def test_what_is_in_doubt(line, doubt):
    dates = found(f"Formal meetings\n{line}")
    assert dates
    assert {each.doubt for each in dates} == {doubt}


def test_a_heading_names_the_type_until_another_does():
    text = (
        "Marlow Reach Council\nCorporate Parenting Committee\n\nFormal meetings 2024/25\n"
        "12 June 2024\n18 September 2024 - cancelled\n\nInformal, with children in care:\n"
        "3 July 2024; 9 October 2024 (formal)\n"
    )
    assert days(found(text)) == [
        ("2024-06-12", FORMAL), ("2024-09-18", FORMAL), ("2024-07-03", INFORMAL),
        ("2024-10-09", FORMAL),
    ]  # fmt: skip
    assert [each.day for each in found(text) if each.cancelled] == ["2024-09-18"]


def test_a_heading_of_the_documents_own_ends_what_one_above_says():
    blocks = [
        Paragraph("Formal meetings", heading=2), Paragraph("12 June 2024"),
        Paragraph("Autumn", heading=3), Paragraph("18 September 2024"),
        Paragraph("Visits", heading=2), Paragraph("3 July 2024"),
    ]  # fmt: skip
    dates = dates_in(lines_of(Document("a.docx", "docx", tuple(blocks))), COMMITTEE)
    assert [each.type for each in dates] == [FORMAL, FORMAL, None]


def test_another_committees_dates_end_where_ours_begin():
    text = (
        "Planning Committee\n5 June 2024, formal\nCorporate Parenting Committee\nFormal\n"
        "12 June 2024\nMembers meet in the old mill where formal business, being short, begins.\n"
        "19 June 2024\n"
    )
    dates = found(text)
    assert [each.doubt for each in dates] == [Doubt.OTHER_BODY, None, None]


def test_a_table_of_all_committees():
    dates = in_table(
        ("Body", "Formal", "Informal", "Reports due"),
        ("Corporate Parenting", "12 June 2024", "3 July 2024", "29 May 2024"),
        ("Licensing Committee", "13 June 2024", "", ""),
        ("Corporate Parenting Committee", "18 September 2024", "", "4 September 2024"),
    )
    assert days(dates) == [
        ("2024-06-12", FORMAL), ("2024-07-03", INFORMAL), ("2024-09-18", FORMAL)
    ]  # fmt: skip
    assert [each.doubt for each in dates if each.doubt] == [
        Doubt.OTHER_DAY, Doubt.OTHER_BODY, Doubt.OTHER_DAY
    ]  # fmt: skip


def test_a_table_with_the_type_beside():
    dates = in_table(
        ("Date", "Type", "Note"),
        ("Autumn", "", ""),
        ("18/9/24", "Formal", ""),
        ("9/10/24", "Informal", "Cancelled"),
        ("13/11/24", "", ""),
        ("20/11/24", "Formal", "if needed"),
        above="Meetings",
    )
    assert days(dates) == [("2024-09-18", FORMAL), ("2024-10-09", INFORMAL), ("2024-11-13", None)]
    assert [each.cancelled for each in dates] == [False, True, False, False]
    assert dates[-1].doubt is Doubt.UNCERTAIN


def test_figures_are_read_month_first_only_where_they_can_be_read_in_no_other_way():
    assert days(found("Formal\n06/12/2024\n09/18/2024")) == [
        ("2024-06-12", FORMAL), ("2024-09-18", FORMAL)
    ]  # fmt: skip
    assert days(found("Formal\n6/12/2024\n18/9/2024")) == [
        ("2024-12-06", FORMAL), ("2024-09-18", FORMAL)
    ]  # fmt: skip


def test_each_date_once():
    assert len(found("Formal\n12 June 2024\n12/6/2024\nInformal\n12 June 2024")) == 2


@given(st.dates(date(1970, 1, 1)), st.sampled_from(["{0.day} {1} {0.year:04}", "{0:%Y-%m-%d}"]))
def test_every_day_is_found_or_in_doubt(day, form):
    (one,) = found(f"Formal: {form.format(day, MONTHS[day.month - 1])}")
    assert one.day == day.isoformat()


@given(st.text())
def test_no_text_breaks_it(text):
    for each in found(text):
        assert each.doubt or each.day


@pytest.mark.parametrize("part", ["A ", "Aa", "1,", "12 and ", "Formal of ", "12 June "])
def test_time_grows_with_the_length(part):
    def taken(times):
        began = time.perf_counter()
        dates_in([Line(1, part * times)], COMMITTEE)
        return time.perf_counter() - began

    taken(10)
    assert taken(16_000) < 40 * max(taken(2000), 0.02)


@pytest.mark.parametrize(
    ("event", "doubt"),
    [
        (Event(1, "x", "2024-06-12", "Corporate Parenting Committee"), None),
        (Event(1, "x", "2024-06-12", "Formal meeting"), None),
        (Event(1, "x", "2024-06-12", "Our meeting"), None),
        (Event(1, "x", "2024-06-12", "Half term"), Doubt.OTHER_DAY),
        (Event(1, "x", "2024-06-12", "Licensing Panel"), Doubt.OTHER_BODY),
        (Event(1, "20240612", "2024-06-12", "Formal meeting", repeats=True), Doubt.REPEATS),
        (Event(1, "soon", "", "Formal meeting"), Doubt.NO_DAY),
        (Event(1, "x", "2024-06-12", "Formal meeting", tentative=True), Doubt.UNCERTAIN),
        (Event(1, "x", "2024-06-12", "Tentative: formal meeting"), Doubt.UNCERTAIN),
        (Event(1, "x", "2024-06-12", "Formal meeting", end="2024-06-13"), None),
        (Event(1, "x", "2024-06-12", "Formal meeting", end="2024-06-14"), Doubt.SEVERAL),
        (Event(1, "x", "2024-06-12", "Formal meeting", calendar="Cabinet"), Doubt.OTHER_BODY),
        (Event(1, "x", "2024-06-12", "Formal meeting", calendar="My diary"), None),
        (Event(1, "x", "2024-06-12", COMMITTEE, calendar="Cabinet"), None),
    ],
)
def test_an_event_of_a_calendar(event, doubt):
    (one,) = dates_of([event], COMMITTEE)
    assert one.doubt is doubt
    assert event.summary in one.printed


@pytest.mark.parametrize("mark", ["", "## "])
@pytest.mark.parametrize(
    ("heading", "doubt"),
    [
        ("Reserve dates", Doubt.UNCERTAIN),
        ("Agenda publication dates", Doubt.OTHER_DAY),
        ("Training", Doubt.OTHER_DAY),
        ("Formal meetings: deadlines for papers", Doubt.OTHER_DAY),
    ],
)
def test_a_heading_says_that_what_is_below_is_no_meeting(heading, doubt, mark):
    """What stood below any other heading was taken as a formal meeting too."""
    text = f"Formal meetings\n12 June 2024\n{mark}{heading}\n5 June 2024\n6 June 2024\n"
    text += f"{mark}Formal meetings in spring\n12 March 2025\n"
    assert [each.doubt for each in found(text)] == [None, doubt, doubt, None]


def test_meetings_below_cancelled_are_cancelled():
    june, may = found("Formal meetings\n12 June 2024\nCancelled\n8 May 2024\n")
    assert (june.cancelled, may.cancelled, may.type) == (False, True, FORMAL)


def test_a_sentence_about_papers_is_no_heading():
    text = "Formal meetings\nPapers are sent out five days before.\n12 June 2024\n"
    assert days(found(text)) == [("2024-06-12", FORMAL)]
