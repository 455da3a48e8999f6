"""Workbooks as clerks keep them, and as nobody should make them."""

import io
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from amounts import times
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill
from outlook_message import compound

from cpctrack.errors import ImportRefusedError, MissingExtraError
from cpctrack.reading import excel, registry
from cpctrack.tables.problems import ProblemsError
from cpctrack.tasks.read_documents import read_log

HEADER = ("Meeting Date", "Item", "Actions", "Response")
MARCH = datetime(2023, 3, 15)
FIRST = (MARCH, "5. Homes", "Send a note.", "Sent")
SECOND = (MARCH, "6. Health", "Report back.", "Asked")
SHEET = "xl/worksheets/sheet1.xml"


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def workbook(*rows):
    return saved(book_of(*rows))


def changed(content, part, change):
    """Give a workbook with another text in one of its parts, which may be a new one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, change(text) if name == part else text)
        if part not in before.namelist():
            after.writestr(part, change(b""))
    return stream.getvalue()


def tables(content):
    return [
        [
            (row.place.line, tuple(cell.text for cell in row.cells))
            for row in table.rows
            if row.cells
        ]
        for table in excel.read(content, "log.xlsx").blocks
    ]


def refusal(content):
    with pytest.raises(ImportRefusedError) as caught:
        registry.parse(content, Path("log.xlsx"), registry.MINUTES)
    return str(caught.value)


def test_each_sheet_is_a_table_and_a_row_has_its_number():
    book = book_of(HEADER, (), FIRST)
    book.create_sheet("Notes").append(("Nothing",))
    assert tables(saved(book)) == [
        [(1, HEADER), (3, ("2023-03-15", "5. Homes", "Send a note.", "Sent"))],
        [(1, ("Nothing",))],
    ]


def strict(content):
    """Save a workbook as “Strict Open XML”: other namespaces, and dates as ISO 8601."""
    for part in zipfile.ZipFile(io.BytesIO(content)).namelist():
        content = changed(
            content,
            part,
            lambda xml: re.sub(
                rb"http://schemas\.openxmlformats\.org/(\w+)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                xml.replace(b"package/2006", b"package/:2006"),
            ).replace(b"package/:2006", b"package/2006"),
        )
    return content


def iso_dates(xml):
    days = {b"45000": b"2023-03-15T00:00:00", b"45352": b"2024-03-01"}
    return re.sub(rb't="n"><v>(\d+)', lambda cell: b't="d"><v>' + days[cell[1]], xml)


def test_strict_workbooks_are_read_as_usual_ones_are():
    book = book_of(
        HEADER,
        (
            MARCH,
            "Tŷ",
            CellRichText("Send ", TextBlock(InlineFont(strike=True), "two")),
            date(2024, 3, 1),
        ),
    )
    book.active["D2"].number_format = "mmmm yyyy"
    book.active["B2"].fill = PatternFill("solid", fgColor="FFC00000")
    usual = saved(book)
    told = strict(changed(usual, SHEET, iso_dates))
    assert b"purl.oclc.org/ooxml/spreadsheetml/main" in zipfile.ZipFile(io.BytesIO(told)).read(
        SHEET
    )
    assert tables(told)[0][1] == (2, ("2023-03-15", "Tŷ", "Send two", "March 2024"))
    (one,), (other,) = (excel.read(each, "a.xlsx").blocks for each in (told, usual))
    assert [[cell._replace(value=None) for cell in row.cells] for row in one.rows] == [
        [cell._replace(value=None) for cell in row.cells] for row in other.rows
    ]


def test_a_strict_workbook_with_a_date_that_is_none_is_refused():
    odd = changed(
        workbook(HEADER, FIRST), SHEET, lambda xml: xml.replace(b'"n"><v>45000', b'"d"><v>soon')
    )
    assert refusal(strict(odd)).startswith("log.xlsx can't be read as a workbook; open it in a")


def test_hidden_sheets_are_passed_over_and_hidden_rows_are_not():
    book = book_of(HEADER, FIRST, SECOND)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).append(HEADER)
        book[state].sheet_state = state
    (table,) = tables(saved(book))
    assert [line for line, _ in table] == [1, 2, 3]
    assert table[1][1][1] == "5. Homes"


def test_texts_come_to_the_letter(read):
    odd = ("Tŷ Łódź 😀", "  two  \n lines\t ", "=1+1", "'quoted", "007", "#REF!", "_x0041_")
    book = book_of(odd)
    for cell in book.active[1]:
        cell.data_type = "s"
    rich = CellRichText("Send ", TextBlock(InlineFont(b=True), "two"), " notes.")
    book.active["A2"] = rich
    assert tables(saved(book)) == [[(1, odd), (2, ("Send two notes.",))]]


def shared(xml):
    """Give the sheet with its first cell among the shared strings, as Excel writes it."""
    return re.sub(rb'(<c r="A1") t="inlineStr">.*?</c>', rb'\1 t="s"><v>0</v></c>', xml, count=1)


def test_texts_that_are_shared_and_in_several_fonts_come_to_the_letter():
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>'
        b'<r><t xml:space="preserve">Send </t></r><r><rPr><b/></rPr><t>two_x000D_\n_x005F_x0041_'
        b"</t></r><rPh sb='0' eb='1'><t>phonetic</t></rPh></si></sst>"
    )
    listed = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    content = changed(workbook(("a",)), SHEET, shared)
    content = changed(content, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", listed))
    content = changed(content, "xl/sharedStrings.xml", lambda _: strings)
    assert tables(content) == [[(1, ("Send two\r\n_x0041_",))]]


def test_numbers_dates_and_truths_are_what_their_cells_show():
    book = book_of((7, 7.0, 0.5, MARCH, date(2023, 3, 1), True))
    book.active["C1"].number_format = "0%"
    book.active["E1"].number_format = "mmm-yy"
    assert tables(saved(book)) == [[(1, ("7", "7", "50%", "2023-03-15", "March 2023", "TRUE"))]]


def test_dates_count_from_the_year_the_workbook_says():
    book = book_of((MARCH,))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert tables(saved(book)) == [[(1, ("2023-03-15",))]]


def test_a_log_is_read_from_a_workbook(read):
    log = read(workbook(("Children's Committee",), HEADER, FIRST, SECOND), "log.xlsx")
    assert [entry.cells["response"] for entry in log.entries] == ["Sent", "Asked"]
    assert log.entries[0].cells["meeting_date"] == "2023-03-15"
    assert not log.ours


def test_a_cell_merged_over_rows_stands_in_each():
    book = book_of(HEADER, FIRST, (None, *SECOND[1:]), (None, *SECOND[1:]), (None, "7. New"))
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("B5:D5")
    (table,) = tables(saved(book))
    assert [cells[0] for _, cells in table[1:]] == ["2023-03-15"] * 3 + [""]
    assert table[-1] == (5, ("", "7. New"))


def test_names_with_a_prefix_say_the_same():
    book = book_of(HEADER, FIRST, (None, *SECOND[1:]))
    sheet = book.active
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet.oddHeader.center.text = "Minutes"
    plain, changed = saved(book), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            xml = old.read(part)
            if part.startswith("xl/worksheets/"):
                xml = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", xml.replace(b" xmlns=", b" xmlns:x="))
            new.writestr(part, xml)
    (table,) = excel.read(plain, "a").blocks
    assert [(row.hidden, row.cells[0].text) for row in table.rows[1:]] == [
        (False, "2023-03-15"),
        (True, "2023-03-15"),
    ]
    assert excel.read(changed.getvalue(), "a") == excel.read(plain, "a")


def test_a_blank_row_in_a_merged_cell_is_no_row():
    book = book_of(HEADER, FIRST, (), SECOND)
    book.active.merge_cells("A2:A60")
    (table,) = tables(saved(book))
    assert [line for line, _ in table] == [1, 2, 4]


def test_a_merged_cell_beyond_a_short_row_is_filled():
    book = book_of(("A", "B"), ("x", "y"), ("z",))
    book.active.merge_cells("B2:B3")
    assert tables(saved(book))[0][2] == (3, ("z", "y"))


def test_blank_ends_of_rows_and_sheets_are_cut():
    book = book_of((*HEADER, None, " "), (*FIRST, ""))
    book.active.cell(2000, 300).number_format = "0.00"
    assert tables(saved(book)) == [[(1, HEADER), (2, ("2023-03-15", *FIRST[1:]))]]


def test_what_a_sheet_says_of_its_size_is_not_believed():
    plain = workbook(HEADER, FIRST)
    for said in (b"A1:XFD1048576", b"A1:A1"):
        content = changed(
            plain, SHEET, lambda xml, said=said: re.sub(rb'(?<=dimension ref=")[^"]*', said, xml)
        )
        assert tables(content) == tables(plain)


def test_formulas_are_what_they_came_to():
    content = changed(
        workbook(HEADER, (*FIRST[:3], "=A1")),
        SHEET,
        lambda xml: xml.replace(b"<v></v>", b"<v/>").replace(b"<v/>", b"<v>45000</v>"),
    )
    assert tables(content)[0][1][1][3] == "45000"
    empty = changed(
        content,
        SHEET,
        lambda xml: xml.replace(b'r="D2"', b'r="D2" t="str"').replace(
            b"<v>45000</v></c></row>", b"<v></v></c></row>"
        ),
    )
    assert tables(empty)[0][1][1] == ("2023-03-15", "5. Homes", "Send a note.")


def test_a_formula_nobody_worked_out_is_refused():
    assert refusal(workbook(HEADER, (*FIRST[:3], "=A1"))) == (
        "log.xlsx has a formula that was never worked out (in cell D2); open it in a spreadsheet "
        "program, save it, and import it again."
    )


def test_errors_in_cells_of_the_log_are_all_told(read):
    book = book_of(HEADER, ("#N/A", *FIRST[1:]), SECOND, (*SECOND[:3], "#REF!"))
    book.create_sheet("Sums").append(("#DIV/0!",))
    with pytest.raises(ProblemsError) as caught:
        read(saved(book), "log.xlsx")
    assert str(caught.value) == (
        "log.xlsx, line 2: cell A2 of the sheet “Sheet” shows an error (#N/A); put it right in the "
        "spreadsheet.\n"
        "log.xlsx, line 4: cell D4 of the sheet “Sheet” shows an error (#REF!); put it right in "
        "the spreadsheet.\n"
        "Nothing was imported."
    )


def test_errors_elsewhere_are_nobodys(read):
    book = book_of(("#N/A", "Actions as of today"), HEADER, FIRST)
    book.create_sheet("Sums").append(("#DIV/0!",))
    assert len(read(saved(book), "log.xlsx").entries) == 1


def test_a_workbook_with_macros_is_read_like_any_other(read):
    content = changed(
        workbook(HEADER, FIRST),
        "[Content_Types].xml",
        lambda xml: xml.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    assert len(read(content, "log.xlsm").entries) == 1


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (compound({"EncryptedPackage": b"x"}), "a.xlsx",
         "a.xlsx has a password; open it, save it without one, and try again."),
        (compound({"Workbook": b"x"}), "a.xls", "a.xls is an old Excel workbook (.xls)"),
        (b"PK\x03\x04 cut off", "a.xlsx", "is a ZIP archive, not a text file"),
        (workbook(HEADER)[:-40], "a.xlsx", "is a ZIP archive, not a text file"),
    ],
    ids=("password", "old", "cut off at once", "cut off late"),
)  # fmt: skip
def test_what_is_no_workbook_is_named(read, content, name, message):
    with pytest.raises(ImportRefusedError) as caught:
        read(content, name)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (SHEET, lambda xml: xml[:-30]),
        (SHEET, lambda xml: xml.replace(b'r="A1"', b'r="1A"')),
        (SHEET, shared),  # by a number that no string has
        ("xl/styles.xml", lambda _: b"<styleSheet"),
        ("xl/workbook.xml", lambda _: b""),
        ("[Content_Types].xml", lambda _: b"<Types/>"),
    ],
)
def test_parts_that_do_not_fit_are_one_sentence(part, change):
    assert refusal(changed(workbook(HEADER, FIRST), part, change)) == (
        "log.xlsx can't be read as a workbook; open it in a spreadsheet program, save it as an "
        "Excel workbook (.xlsx), and import that."
    )


def test_entities_and_bombs_are_not_unpacked():
    plain = workbook(HEADER, FIRST)
    lol = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    assert "document type" in refusal(changed(plain, SHEET, lambda xml: lol + xml))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (64 * 1024 * 1024))
    assert "far more than it seems to hold" in refusal(stream.getvalue())


def test_a_row_beyond_any_sheet_is_refused():
    far = changed(
        workbook(HEADER, FIRST),
        SHEET,
        lambda xml: xml.replace(b'r="2"', b'r="99999999999"').replace(b'A2"', b'A99999999999"'),
    )
    assert refusal(far) == (
        "log.xlsx holds more than any action log does; delete the sheets and cells that are no "
        "part of it, or import it in parts."
    )


def test_more_cells_or_letters_than_any_log_has_are_refused(monkeypatch):
    content = workbook(HEADER, FIRST)
    monkeypatch.setattr(excel, "_MOST_CELLS", 7)
    assert "holds more than any action log does" in refusal(content)
    monkeypatch.undo()
    monkeypatch.setattr(excel, "MOST_BYTES", 20)
    assert "holds more than any action log does" in refusal(content)
    monkeypatch.undo()
    monkeypatch.setattr(excel, "LONGEST_LINE", 11)
    assert refusal(content).startswith("log.xlsx, line 1 is longer than")


def test_without_the_library_it_says_what_to_install(monkeypatch):
    content = workbook(HEADER)
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(MissingExtraError, match=r"^Reading an Excel workbook needs .* “office”"):
        registry.parse(content, Path("log.xlsx"), registry.MINUTES)


PLAIN = workbook(HEADER, FIRST)


@given(at=st.integers(0, len(PLAIN) - 1), byte=st.integers(0, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(60, 20))
def test_a_damaged_byte_is_read_over_or_refused(tmp_path, at, byte):
    path = tmp_path / "log.xlsx"
    path.write_bytes(PLAIN[:at] + bytes([byte]) + PLAIN[at + 1 :])
    try:
        assert read_log(path).entries
    except ImportRefusedError as error:
        assert str(error)
