"""The forms as a program reads them: what their owner sees, and the keys that nobody sees."""

import io
import sys
import zipfile

import docx
import openpyxl
import pytest
from answer_forms import AGREED, DUE, LATE, MESSAGE, NUMBER, REFS, SAID, SHOWN, TEXTS, VIEW

from cpctrack.errors import MissingExtraError
from cpctrack.labels import FORM_COLUMNS, FORM_KEY, FORM_NUMBER, FORM_STATUSES
from cpctrack.records.model import Status
from cpctrack.render.chase.excel_form import excel_form
from cpctrack.render.chase.word_form import word_form
from cpctrack.replies.how_far import of_form

SHUT = MESSAGE._replace(exempt=True)
SHUT_VIEW = VIEW._replace(
    marking="EXEMPT – not for publication", subject=f"EXEMPT – not for publication: {VIEW.subject}"
)


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(word_form(VIEW, MESSAGE)))


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(excel_form(VIEW, MESSAGE)))


@pytest.mark.parametrize("make", [word_form, excel_form])
def test_the_same_message_gives_the_same_bytes(make):
    assert make(VIEW, MESSAGE) == make(VIEW, MESSAGE)


def test_a_word_form_has_an_action_a_row_with_room_for_its_answer(word):
    head, *rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert head == list(FORM_COLUMNS.values())
    assert [row[0] for row in rows] == list(REFS)
    assert rows[0][1].split("\n") == [TEXTS[0], AGREED, DUE, LATE]
    assert rows[2][1] == f"{TEXTS[2]}\n{AGREED}\n{DUE}\n{SAID}"
    assert {(row[2], row[4]) for row in rows} == {("", "")}
    assert word.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_a_word_form_says_who_is_asked_and_by_when(word):
    texts = [each.text for each in word.paragraphs]
    assert texts[:2] == [VIEW.subject, "For Head of Play, by 20 May 2024"]
    assert VIEW.privacy in texts
    assert word.core_properties.title == VIEW.subject
    assert word.core_properties.language == "en-GB"


def test_a_word_form_offers_every_status_in_each_row(word):
    for row in word.tables[0].rows[1:]:
        assert row._tr.xpath(".//w:dropDownList/w:listItem/@w:value") == list(FORM_STATUSES)
        assert "".join(row._tr.xpath(".//w:sdtContent//w:t/text()")) == "Choose"


READ = {
    "To do": Status.OPEN,
    "Under way": Status.IN_PROGRESS,
    "Continuing": Status.ONGOING,
    "Done": Status.PROPOSED,
    "Deferred": Status.DEFERRED,
    "Will not be done": Status.NOT_PROCEEDING,
}
READ_ONCE = {"Not started": Status.OPEN, "In progress": Status.IN_PROGRESS}
"""What forms offered in cpctrack 0.1."""


def test_what_a_form_offers_and_offered_before_is_read():
    assert tuple(READ) == FORM_STATUSES
    for words, status in {**READ, **READ_ONCE}.items():
        assert of_form(words) is status


def test_a_word_form_is_a_page_on_its_side_with_a_grid_to_write_in(word):
    assert word.tables[0].style.name == "Table Grid"
    assert word.sections[0].page_width > word.sections[0].page_height
    assert word.styles["Table Text"].font.size.pt == 11


def test_a_word_form_keeps_its_number_in_three_places_and_its_rows_in_bookmarks(word):
    marks = word.element.xpath("//w:tr//w:bookmarkStart/@w:name")
    assert marks == [f"cpctrack_{ref.replace('-', '_')}" for ref in REFS]
    assert len(set(word.element.xpath("//w:sdtPr/w:id/@w:val"))) == len(REFS)
    assert word.core_properties.keywords == NUMBER
    assert NUMBER in word.sections[0].footer.paragraphs[-1].text
    custom = zipfile.ZipFile(io.BytesIO(word_form(VIEW, MESSAGE))).read("docProps/custom.xml")
    assert FORM_NUMBER.encode() in custom
    assert NUMBER.encode() in custom


def test_an_excel_form_has_the_same_columns_and_a_hidden_key(book):
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == FORM_COLUMNS["ref"])
    assert rows[head] == [*FORM_COLUMNS.values(), FORM_KEY]
    assert [row[0] for row in rows[:head]][:2] == [VIEW.subject, "For Head of Play, by 20 May 2024"]
    assert [(row[0], row[5]) for row in rows[head + 1 :]] == [(ref, ref) for ref in REFS]
    assert rows[head + 1][1].split("\n") == [TEXTS[0], AGREED, DUE, LATE]
    assert {cell for row in rows[head + 1 :] for cell in row[2:5]} == {None}
    assert sheet.column_dimensions["F"].hidden
    assert sheet.freeze_panes == f"A{head + 2}"
    # Sorted by the arrows of its headings, the hidden column goes along.
    assert sheet.auto_filter.ref == f"A{head + 1}:F{len(rows)}"


def test_an_excel_form_keeps_its_number_where_nobody_looks(book):
    assert book.custom_doc_props[FORM_NUMBER].value == NUMBER
    assert (book[FORM_NUMBER]["A1"].value, book[FORM_NUMBER].sheet_state) == (NUMBER, "veryHidden")


def test_an_excel_form_offers_the_statuses_and_takes_dates_as_dates(book):
    sheet = book.worksheets[0]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(FORM_STATUSES)}"'
    first = next(cell for cell in sheet["A"] if cell.value == REFS[0]).row
    assert f"D{first}" in choice.sqref
    assert sheet[f"E{first}"].value is None
    assert "mmmm" in sheet[f"E{first}"].number_format
    assert sheet[f"C{first}"].number_format == "@"


def test_no_text_of_an_action_becomes_a_formula(book):
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert any(str(cell.value).startswith("=SUM") for cell in cells)


def test_an_exempt_form_says_so_on_every_page():
    word = docx.Document(io.BytesIO(word_form(SHUT_VIEW, SHUT)))
    section = word.sections[0]
    assert section.header.paragraphs[0].text == section.footer.paragraphs[0].text
    assert section.header.paragraphs[0].text == "Not for publication"
    texts = [each.text for each in word.paragraphs]
    assert texts[0] == f"Not for publication – {VIEW.subject}"
    assert SHUT_VIEW.marking in texts
    sheet = openpyxl.load_workbook(io.BytesIO(excel_form(SHUT_VIEW, SHUT))).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == (SHUT_VIEW.marking, VIEW.subject)
    assert sheet.oddHeader.center.text == "&BNot for publication"


@pytest.mark.parametrize("make", [word_form, excel_form])
def test_what_no_office_file_can_hold_is_left_out(make):
    hostile = VIEW._replace(actions=(SHOWN[0]._replace(text="a\x00\x1b[31mb\ufffe <w:p> ]]> &"),))
    assert make(hostile, MESSAGE)


@pytest.mark.parametrize(("make", "library"), [(word_form, "docx"), (excel_form, "openpyxl")])
def test_a_library_that_is_not_installed_is_named(make, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match="the extra “office”"):
        make(VIEW, MESSAGE)
