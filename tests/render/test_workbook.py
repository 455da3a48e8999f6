"""The workbook as a program reads it: cells, styles, print set-up, properties."""

import io
import re
import sys
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from amounts import times
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cpctrack.errors import MissingExtraError, RenderError
from cpctrack.labels import WORKING_COLUMNS
from cpctrack.reading import excel
from cpctrack.records.calendar import Calendar
from cpctrack.render.excel import workbook
from cpctrack.render.excel.sheet import LONGEST_CELL
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view

HOSTILE = (
    "=1+1",
    "+44 20",
    "-1",
    "@SUM(A1)",
    "'quoted",
    "#N/A",
    "#REF!",
    "{=1}",
    "007",
    "1/2",
    "3 March",
)


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


@pytest.fixture
def lay_out(settings, today):
    def call(*records, **printing):
        return appendix_view(
            records, Printing(settings, Calendar(today), **printing), year="2022/23"
        )

    return call


def test_the_table_is_the_views(view):
    sheet = sheet_of(workbook.render(view))
    assert sheet.title == "Appendix 4"
    title, facts, head, *rows = sheet.iter_rows(values_only=True)
    assert title == (f"Appendix 4: {view.title}", *[None] * 7)
    assert facts[0].startswith("Corporate Parenting Committee. ")
    assert facts[0].endswith(view.summary)
    assert head == view.columns
    assert len(rows) == len(view.rows)
    for values, row in zip(rows, view.rows, strict=True):
        assert values[1] == datetime.fromisoformat(row.meeting_date_iso)
        assert values[2] == row.item
        assert values[6] == (row.response or None)
        assert values[7] == row.follow_up


def test_a_date_is_one_and_shows_its_month_in_english(view):
    cell = sheet_of(workbook.render(view))["B4"]
    assert (cell.data_type, cell.value) == ("d", datetime(2022, 6, 15))
    assert cell.number_format == "[$-809]d mmmm yyyy"


def test_a_meeting_without_a_day_is_text(make_record, lay_out):
    record = make_record()
    damaged = record._replace(meeting=record.meeting._replace(date="1899-12-31"))
    cell = sheet_of(workbook.render(lay_out(damaged)))["B4"]
    assert (cell.data_type, cell.value) == ("s", "31 December 1899")


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_a_text(make_record, lay_out, text):
    record = make_record(item=text, action=text, response=text, follow_up=text, owner_text=text)
    cells = sheet_of(workbook.render(lay_out(record)))[4]
    for cell in (cells[2], cells[4], cells[5], cells[6], cells[7]):
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
        assert cell.quotePrefix == (text[0] in "=+-@'")
        assert cell.hyperlink is None


def test_no_part_has_a_formula(make_record, lay_out):
    content = workbook.render(lay_out(*[make_record(n, action=t) for n, t in enumerate(HOSTILE)]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not re.search(rb"<f[\s>/]", archive.read("xl/worksheets/sheet1.xml"))


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.text(
    "_x0041F\n\t '=", max_size=20
)


@given(text=texts)
@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(40, 15)
)
def test_any_text_comes_back_to_the_letter(make_record, lay_out, text):
    view = lay_out(make_record(response=text, action="Act."))
    (table,) = excel.read(workbook.render(view), "a.xlsx").blocks
    assert table.rows[-1].cells[6].text == view.rows[0].response


def test_blank_cells_stay_blank(make_record, lay_out):
    cells = sheet_of(workbook.render(lay_out(make_record(action="Act."))))[4]
    assert [cells[index].value for index in (3, 5, 6)] == [None, None, None]


def test_the_header_stays_in_sight_filters_and_is_printed_on_every_page(view):
    sheet = sheet_of(workbook.render(view))
    last = len(view.rows) + 3
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == f"A3:H{last}"
    assert sheet.print_title_rows == "$3:$3"
    assert all(cell.font.bold for cell in sheet[3])
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.oddHeader.center.text is None
    alignment = sheet["E4"].alignment
    assert (alignment.wrap_text, alignment.vertical) == (True, "top")


def test_columns_are_as_wide_as_their_text_asks_for(make_record, lay_out):
    def widths(*records):
        sheet = sheet_of(workbook.render(lay_out(*records)))
        return [sheet.column_dimensions[letter].width for letter in "ABCDEFGH"]

    few, many = make_record(1, response="word " * 9), make_record(2, response="longerword " * 99)
    before, after = widths(few), widths(few, many)
    assert after[6] > before[6]
    assert sum(before) == pytest.approx(sum(after))
    assert widths(many, few) == after


def test_all_letters_are_arial(view):
    content = workbook.render(view)
    sheet = sheet_of(content)
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Arial"}
    assert {sheet.oddFooter.left.font, sheet.oddFooter.right.font} == {"Arial,Regular"}
    assert {cell.font.size for cell in sheet[4]} == {10}


def test_words_that_were_concluded_are_grey_and_in_italics(view):
    cells = [row[7] for row in sheet_of(workbook.render(view)).iter_rows(min_row=4)]
    assert [cell.font.italic for cell in cells] == [row.derived for row in view.rows]
    assert {cell.font.color.rgb for cell in cells if cell.font.italic} == {"00595959"}


def test_rows_are_as_high_as_their_text_and_not_for_ever(make_record, lay_out):
    view = lay_out(
        make_record(1, action="Act."),
        make_record(2, action="word " * 100),
        make_record(3, action="a\nb\n\nc"),
        make_record(4, action="word " * 5000),
    )
    content = workbook.render(view)
    heights = [sheet_of(content).row_dimensions[number].height for number in (4, 5, 6, 7)]
    assert heights[0] < heights[2] < heights[1] < heights[3] == 409
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"customHeight" not in archive.read("xl/worksheets/sheet1.xml")


def test_exempt_rows_mark_the_sheet_each_page_and_the_title(make_record, lay_out):
    records = (
        make_record(1, action="A secret.", item="9. Contracts", exempt_paragraph="3"),
        make_record(2, action="A & B.", item="9. Contracts"),
    )
    book = openpyxl.load_workbook(
        io.BytesIO(workbook.render(lay_out(*records, include_exempt=True)))
    )
    sheet = book.worksheets[0]
    assert sheet["A1"].value.startswith("Not for publication. 1 row is exempt")
    assert sheet["A2"].value.startswith("Appendix 4: ")
    assert sheet["A4"].value == "Meeting Type"
    assert sheet["E5"].value == "A secret.\nNot for publication: paragraph 3"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:H6")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.oddHeader.center.text == "&BNot for publication (paragraph 3)"
    assert sheet.oddFooter.left.text.startswith("Not for publication – Appendix 4")
    assert book.properties.title.startswith("Not for publication – Appendix 4")


def test_exempt_rows_that_are_left_out_are_in_no_part(make_record, lay_out):
    view = lay_out(make_record(1, action="Xyzzy.", exempt_paragraph="3"), make_record(2))
    with zipfile.ZipFile(io.BytesIO(workbook.render(view))) as archive:
        for part in archive.namelist():
            assert b"Xyzzy" not in archive.read(part)


def test_headers_and_footers_hold_their_text_as_text(view):
    long = view._replace(document_title="R&D &P " * 60, page_marking="&[File] &D " * 30)
    sheet = sheet_of(workbook.render(long))
    footer, header = sheet.oddFooter, sheet.oddHeader
    assert len(str(footer)) <= 255
    assert len(str(header)) <= 255
    assert footer.left.text.startswith("R&&D &&P R&&D")
    assert header.center.text.startswith("&B&")


def test_properties_say_what_it_is(view):
    properties = openpyxl.load_workbook(io.BytesIO(workbook.render(view))).properties
    assert properties.title == view.document_title
    assert properties.creator == "Corporate Parenting Committee"
    assert properties.language == "en-GB"
    assert properties.description == "Made with cpctrack 0.0.0"
    assert properties.created == properties.modified == datetime(2023, 7, 1)


def test_the_same_view_gives_the_same_bytes_whenever(view):
    content = workbook.render(view)
    assert content == workbook.render(view)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_no_cell_can_hold_is_refused_by_its_reference(make_record, lay_out):
    fits = "x" * (LONGEST_CELL - 2) + "😀"
    assert sheet_of(workbook.render(lay_out(make_record(response=fits))))["G4"].value == fits
    with pytest.raises(RenderError) as caught:
        workbook.render(lay_out(make_record(7, response=fits + "x")))
    assert str(caught.value) == (
        "“Response/ Outcome” of CPC-2223-007 has 32,768 characters, and a cell of a spreadsheet "
        "holds 32,767; shorten the text, or make a document of another format."
    )


def test_the_progress_report_is_one_table_with_its_parts_to_filter(records, settings):
    printing = Printing(
        settings, Calendar(date(2023, 7, 1), ("2022-09-21", "2023-05-24")), "2023-07-19"
    )
    view = progress_view(records, printing, year="2022/23")
    sheet = sheet_of(workbook.render(view))
    _, _, head, *rows = sheet.iter_rows(values_only=True)
    assert head == ("Part", *WORKING_COLUMNS.values(), "Needs Follow Up")
    expected = [
        (f"{'Decision: ' * part.decision}{part.title}", row.ref)
        for part in view.parts
        for row in part.rows
    ]
    assert expected
    assert [(row[0], row[1]) for row in rows] == expected
    assert sheet.auto_filter.ref == f"A3:J{len(rows) + 3}"


def test_no_rows_are_a_header_alone(lay_out):
    sheet = sheet_of(workbook.render(lay_out()))
    assert sheet.max_row == 3
    assert sheet.auto_filter.ref == "A3:H3"


def test_without_the_library_it_says_what_to_install(view, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"^An Excel workbook needs .*the extra “office”"):
        workbook.render(view)
