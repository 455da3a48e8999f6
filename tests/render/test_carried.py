"""The part of a year's table that is of earlier years, in every format."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.dates import municipal_year
from cpctrack.errors import NotFoundError
from cpctrack.labels import CARRIED
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.freezing import freeze, thaw
from cpctrack.render.views.appendix import appendix_view, year_to_print
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.layout import layout_view
from cpctrack.render.views.progress import progress_view
from cpctrack.tables.layout import read_layout

TODAY = date(2023, 7, 1)
SETTINGS = Settings("Corporate Parenting Committee", "CPC", "05-15")
JUNE = Meeting("2023-06-14", MeetingType.FORMAL, "2023/24")
OLD = Meeting("2021-06-16", MeetingType.FORMAL, "2021/22")
PRINTING = Printing(SETTINGS, Calendar(TODAY))
TITLE = [CARRIED, "", "", "", "", "", "", ""]


@pytest.fixture
def two_years(make_record) -> list[Record]:
    """Give two actions of this year, three open ones of earlier years, and what stays out."""
    return [
        make_record(1, meeting=JUNE, action="This year’s.", status=Status.COMPLETED),
        make_record(2, meeting=JUNE, action="This year’s, too."),
        make_record(3, action="Last year’s.", status=Status.IN_PROGRESS, due="2023-04-30"),
        make_record(4, action="Last year’s, done.", status=Status.COMPLETED),
        make_record(5, action="Secret.", exempt_paragraph="3"),
        make_record(6, meeting=OLD, action="Old.", follow_up="Ongoing – *every* report",
                    status=Status.ONGOING),
        make_record(7, action="Last year’s second.", owners=("Clerk",)),
    ]  # fmt: skip


def test_the_part_is_in_order_and_counted_apart(two_years):
    view = appendix_view(two_years, PRINTING, year="2023/24")
    assert [row.ref[-1] for row in view.rows] == ["1", "2", "6", "3", "7"]
    assert [[row.ref[-1] for row in group.rows] for group in view.carried] == [["6"], ["3", "7"]]
    assert view.carried_title == CARRIED
    assert view.carried_words == "Agreed before 2023/24 and not finished: 3 actions."
    assert view.summary == (
        "2 rows of 1 meeting: 1 not finished, 1 finished or for information. Carried over from "
        "earlier years: 3 rows (1 overdue)."
    )
    assert (view.overdue, sum(each.number for each in view.statuses)) == (1, 5)
    assert sum(bar.number for bar in view.charts[0].bars) == 4
    assert "Clerk" in view.owners


def test_the_part_can_be_left_out_and_is_not_there_where_nothing_is_open(two_years):
    for records, printing in (
        (two_years, PRINTING._replace(carried=False)),
        ([two_years[0], two_years[1], two_years[3]], PRINTING),
    ):
        view = appendix_view(records, printing, year="2023/24")
        assert (view.carried, view.carried_title, view.carried_words) == ((), "", "")
        assert view.summary == (
            "2 rows of 1 meeting: 1 not finished, 1 finished or for information."
        )
        assert CARRIED.encode() not in render(view, FORMATS["html"])


def test_what_is_exempt_is_carried_over_only_where_the_document_has_it(two_years):
    public = [record for record in two_years if not record.exempt]
    assert appendix_view(two_years, PRINTING, year="2023/24") == appendix_view(
        public, PRINTING, year="2023/24"
    )
    whole = appendix_view(two_years, PRINTING._replace(include_exempt=True), year="2023/24")
    assert [row.ref[-1] for row in whole.rows] == ["1", "2", "6", "3", "5", "7"]
    assert whole.exempt_shown == 1
    assert whole.page_marking == "Not for publication (paragraph 3)"


def test_a_pack_carries_nothing_over_that_came_after_it(two_years):
    printing = PRINTING._replace(printed_for="2022-06-15")
    view = appendix_view(two_years, printing, year="2023/24")
    assert [row.ref[-1] for row in view.rows] == ["6"]
    assert view.summary.startswith(
        "No actions or recommendations were made in 2023/24 up to 15 June 2022. Carried over"
    )


def test_spreadsheets_have_a_title_over_it(two_years):
    view = appendix_view(two_years, PRINTING, year="2023/24")
    text = render(view, FORMATS["csv"]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[4] or row[0] for row in rows[1:]] == [
        "This year’s.", "This year’s, too.", CARRIED, "Old.", "Last year’s.", "Last year’s second.",
    ]  # fmt: skip
    assert rows[3] == TITLE
    sheet = openpyxl.load_workbook(io.BytesIO(render(view, FORMATS["xlsx"]))).active
    assert sheet["A6"].value == CARRIED
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A6:H6"]
    assert sheet.auto_filter.ref == "A3:H9"


def _tables(page):
    """Give the tables of actions: those of figures stand at the end."""
    return [each for each in page.all("table") if "rows" in each.get("class", "")]


def test_texts_have_a_part_of_its_own(two_years, parse):
    view = appendix_view(two_years, PRINTING, year="2023/24")
    text = render(view, FORMATS["markdown"]).decode()
    table, part = text.split(f"\n\n## {CARRIED}\n\n{view.carried_words}\n\n")
    assert (table.count("| Formal |"), part.count("| Formal |")) == (2, 3)
    assert "Ongoing – \\*every\\* report" in part
    page = parse(render(view, FORMATS["html"]))
    assert [each["text"] for each in page.all("h2")] == [CARRIED]
    assert {each["href"] for each in page.all("a")} >= {"#carried_over"}
    assert {each.get("id") for each in page.elements} >= {"carried_over", "carried_0", "carried_1"}
    assert view.summary in [each["text"] for each in page.all("p")]
    assert "Carried over from earlier years: " in view.summary


def test_word_and_pdf_have_a_table_of_its_own(two_years):
    import docx

    view = appendix_view(two_years, PRINTING, year="2023/24")
    document = docx.Document(io.BytesIO(render(view, FORMATS["docx"])))
    assert [len(table.rows) for table in document.tables] == [3, 2, 3]
    assert {CARRIED, view.carried_words} <= {each.text for each in document.paragraphs}
    assert render(view, FORMATS["pdf"]).startswith(b"%PDF")


def test_where_the_year_has_nothing_yet_the_part_is_all_there_is(two_years, parse):
    view = appendix_view(two_years[2:], PRINTING, year="2023/24")
    assert (view.meetings, len(view.rows)) == ((), 3)
    page = parse(render(view, FORMATS["html"]))
    assert [each["id"] for each in page.elements if each.get("id") == "table"] == ["table"]
    assert len(_tables(page)) == 1
    assert f"\n\n## {CARRIED}\n" in render(view, FORMATS["markdown"]).decode()
    for name in ("csv", "xlsx", "docx", "pdf"):
        assert render(view, FORMATS[name])


def test_a_frozen_view_comes_back_and_so_does_one_of_before(two_years):
    view = appendix_view(two_years, PRINTING, year="2023/24")
    plain = freeze(view)
    assert [group["rows"] for group in plain["carried"]] == [1, 2]
    assert thaw(plain) == view
    before = freeze(appendix_view(two_years[:2], PRINTING, year="2023/24"))
    for name in ("carried", "carried_title", "carried_words"):
        del before[name]
    for row in before["rows"]:
        del row["rolled_to"]
    assert thaw(before) == appendix_view(two_years[:2], PRINTING, year="2023/24")


LAYOUT = read_layout(
    "board",
    'group-rows = "owner"\n[columns]\n"Decision" = "action"\n"Lead" = "owner"\n'
    '"Where it stands" = "status"\n',
)


def test_a_layout_has_the_part_in_its_own_columns(two_years, parse):
    view = layout_view(two_years, PRINTING, LAYOUT, year="2023/24")
    assert [(group.title, len(group.rows)) for group in view.carried] == [("", 2), ("Clerk", 1)]
    assert thaw(freeze(view)) == view
    rows = list(csv.reader(io.StringIO(render(view, FORMATS["csv"]).decode("utf-8-sig"))))
    assert [row[0] for row in rows[3:]] == [
        CARRIED, "Old.", "Last year’s.", "Clerk", "Last year’s second.",
    ]  # fmt: skip
    assert "| **Clerk** |  |  |\n" in render(view, FORMATS["markdown"]).decode().split(CARRIED)[-1]
    page = parse(render(view, FORMATS["html"]))
    assert [each["text"] for each in page.all("h2")] == [CARRIED]
    assert len(_tables(page)) == 2
    nothing = layout_view(two_years[2:], PRINTING, LAYOUT, year="2023/24")
    assert len(_tables(parse(render(nothing, FORMATS["html"])))) == 1


@pytest.mark.parametrize(
    ("year", "cells"),
    [
        ("2021/22", ["Rolled over to the 2023/24 municipal year",
                     "Rolled over to the 2023/24 municipal year; completed 20 June 2023"]),
        ("2022/23", ["Rolled over to the 2023/24 municipal year"]),
        ("2023/24", ["Ongoing – *every* report"]),
    ],
)  # fmt: skip
def test_tables_of_the_years_before_say_that_it_was_rolled_over(
    two_years, make_record, year, cells
):
    old = two_years[5]._replace(rolled_to="2023/24")
    done = make_record(8, meeting=OLD, action="Old, done.", rolled_to="2023/24",
                       status=Status.COMPLETED, completed_on="2023-06-20")  # fmt: skip
    rows = appendix_view([old, done], PRINTING, year=year).rows
    assert [row.standing for row in rows] == cells
    assert rows[0].follow_up_printed == "Ongoing – *every* report"
    in_layout = layout_view([old, done], PRINTING, LAYOUT, year=year).rows
    assert in_layout[0].cells[2].text == cells[0]


def test_the_progress_report_says_in_small_letters_to_which_year(make_record):
    printing = Printing(SETTINGS, Calendar(TODAY, ("2023-06-14",)), "2023-07-19")
    records = [
        make_record(1, rolled_to="2023/24", status=Status.IN_PROGRESS, follow_up="Ongoing"),
        make_record(2, rolled_to="2023/24", follow_up="Rolled over to 2023/24"),
    ]
    rolled = "Rolled over to the 2023/24 municipal year"
    age = "Agreed 9 months ago, 1 meeting since."
    smalls = [row.cells[-1] for row in progress_view(records, printing, year="2023/24").rows]
    assert [(cell.text, cell.small) for cell in smalls] == [
        ("Under way", f"{age}\nNeeds Follow Up: Ongoing\n{rolled}"),
        ("To do", f"{age}\nNeeds Follow Up: Rolled over to 2023/24"),
    ]  # fmt: skip


# --- which year is printed ----------------------------------------------------------------------


MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
COMING = Meeting("2023-09-13", MeetingType.FORMAL, "2023/24")


def chosen(meetings, day="2023-06-10", **given):
    return year_to_print(meetings, SETTINGS, today=date.fromisoformat(day), **given)


def test_a_year_without_an_action_can_be_printed_while_it_is_the_year():
    assert chosen([MARCH], wanted="2023/24") == "2023/24"
    assert chosen([MARCH], day="2023-04-10", wanted="2023/24", printed_for="2023-06-14") == (
        "2023/24"
    )
    with pytest.raises(NotFoundError, match="no meeting in 2024/25; it has 2022/23"):
        chosen([MARCH], wanted="2024/25")


def test_a_meeting_to_come_is_no_reason_to_print_its_year():
    assert chosen([MARCH, COMING], day="2023-05-10") == "2022/23"
    assert chosen([MARCH, COMING], printed_for="2023-06-14") == "2022/23"
    assert chosen([MARCH, JUNE._replace(cancelled=True)], day="2023-07-10") == "2022/23"
    assert chosen([MARCH, JUNE], day="2023-07-10", printed_for=COMING.date) == "2023/24"


def test_what_was_rolled_over_is_reported_in_its_new_year():
    assert chosen([MARCH], rolled_to=["", "2023/24"], printed_for="2023-06-14") == "2023/24"
    assert chosen([MARCH], rolled_to=["2023/24"], day="2023-04-20") == "2022/23"
    stated = JUNE._replace(date="2023-05-03", year="2023/24", year_stated=True)
    assert chosen([MARCH, stated], rolled_to=["2023/24"], printed_for="2023-05-03") == "2023/24"


STORED = st.tuples(
    st.dates(date(2020, 6, 1), date(2023, 9, 1)),
    st.sampled_from(Status),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(STORED, max_size=12), st.dates(date(2023, 5, 16), date(2023, 12, 1)))
@settings(max_examples=times(300, 60))
def test_of_every_open_action_the_first_pack_of_a_year_has_one_row(stored, pack):
    records = []
    for number, (day, status, exempt, rolls) in enumerate(stored):
        year = municipal_year(day)
        meeting = Meeting(day.isoformat(), MeetingType.FORMAL, year)
        records.append(
            Record(
                id=str(number), ref=f"CPC-{number}", meeting=meeting, action="x", status=status,
                exempt_paragraph="3" if exempt else "",
                rolled_to="2023/24" if rolls and year < "2023/24" else "",
            )
        )  # fmt: skip
    printed_for = pack.isoformat()
    public = [each for each in records if not each.exempt and each.meeting.date < printed_for]
    year = year_to_print(
        [each.meeting for each in records if each.meeting.date < printed_for], SETTINGS,
        printed_for=printed_for, rolled_to={each.rolled_to for each in public}, today=pack,
    )  # fmt: skip
    view = appendix_view(records, Printing(SETTINGS, Calendar(pack), printed_for), year=year)
    shown = [row.ref for row in view.rows]
    assert len(shown) == len(set(shown))
    assert {each.ref for each in public if each.status.is_open} <= set(shown)
    exempt = {each.ref for each in records if each.exempt}
    assert exempt.isdisjoint(shown)
