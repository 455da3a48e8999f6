"""Forms that come back: their number and the keys of their rows, whatever saved them."""

import contextlib
import io
import zipfile

import docx
import openpyxl
import pytest
from amounts import times
from answer_forms import (
    LETTER,
    MESSAGE,
    NUMBER,
    REFS,
    TEXTS,
    VIEW,
    fill_excel,
    fill_word,
    known,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import forms as reader
from cpctrack.reading.document import Table
from cpctrack.reading.mail import messages
from cpctrack.render.chase.excel_form import excel_form
from cpctrack.render.chase.word_form import word_form
from cpctrack.replies import forms


@pytest.fixture(scope="module")
def forms_by_ending(word, sheet):
    return {"docx": word, "xlsx": sheet}


ANSWERS = {
    REFS[0]: ("Eleven, of which four squeak.", "Done", ""),
    REFS[2]: ("Drawn; at the printer’s.", "In progress", "30 June 2024"),
}


@pytest.fixture(scope="module")
def word():
    return word_form(VIEW, MESSAGE)


@pytest.fixture(scope="module")
def sheet():
    return excel_form(VIEW, MESSAGE)


def keyed(form):
    """Give the references that rows carry, by what stands in their first cells."""
    (table,) = (block for block in form.document.blocks if isinstance(block, Table))
    return {form.keys.get(row.place.line): row.cells[0].text for row in table.rows if row.cells}


def told(content, name):
    found = forms.answers(reader.read(content, name), LETTER, known())
    assert [each.unclear for each in found] == [()] * len(found)
    return {each.ref: (each.response, each.due) for each in found}


EXPECTED = {
    REFS[0]: ("Eleven, of which four squeak.", ""),
    REFS[2]: ("Drawn; at the printer’s.", "2024-06-30"),
}


def changed(content, change):
    """Give an archive with other parts; a part that `change` gives None for is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            part = change(name, before.read(name))
            if part is not None:
                after.writestr(name, part)
    return stream.getvalue()


def test_a_form_tells_its_number_and_its_keys(word, sheet):
    for content, name in ((word, "form.docx"), (sheet, "form.xlsx")):
        form = reader.read(content, name)
        assert form.number == NUMBER
        assert sorted(form.keys.values()) == list(REFS)
        assert {key: ref for key, ref in keyed(form).items() if key} == dict(
            zip(REFS, REFS, strict=True)
        )


def test_a_form_that_is_not_filled_in_has_no_answer(word, sheet):
    assert told(word, "form.docx") == told(sheet, "form.xlsx") == {}


def test_what_was_typed_comes_back(word, sheet):
    assert told(fill_word(word, ANSWERS), "form.docx") == EXPECTED
    assert told(fill_excel(sheet, ANSWERS), "form.xlsx") == EXPECTED


def test_rows_may_be_sorted_and_columns_put_in(sheet):
    backwards = fill_excel(sheet, ANSWERS, REFS[::-1])
    assert told(backwards, "form.xlsx") == EXPECTED
    assert told(fill_excel(sheet, ANSWERS, REFS[::-1], before=2), "form.xlsx") == EXPECTED


def test_a_row_of_a_word_form_is_known_without_its_reference(word):
    document = docx.Document(io.BytesIO(fill_word(word, ANSWERS)))
    table = document.tables[0]
    table._tbl.append(table.rows[1]._tr)  # cut, and put in again at the end
    reference = table.rows[-1].cells[0].paragraphs[0]
    for run in reference.runs:
        run.text = ""
    stream = io.BytesIO()
    document.save(stream)
    assert told(stream.getvalue(), "form.docx") == EXPECTED


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("form.docx", {"docProps/custom.xml"}),
        ("form.docx", {"docProps/custom.xml", "docProps/core.xml"}),
        ("form.xlsx", {"docProps/custom.xml", "docProps/core.xml"}),
    ],
)
def test_the_number_stands_elsewhere_where_properties_are_lost(word, sheet, name, lost):
    content = word if name.endswith("docx") else sheet

    def change(part, text):
        if part in ("[Content_Types].xml", "_rels/.rels"):
            text = b">".join(
                each for each in text.split(b">") if not any(one.encode() in each for one in lost)
            )
        return None if part in lost else text.replace(f"[{NUMBER}]".encode(), b"")

    assert reader.read(changed(content, change), name).number == NUMBER


def test_tracked_changes_are_read_as_they_would_be_accepted(word):
    document = docx.Document(io.BytesIO(word))
    cell = document.tables[0].rows[1].cells[2].paragraphs[0]._element
    about = 'w:id="901" w:author="O" w:date="2024-05-02T10:00:00Z"'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for xml in (
        f"<w:ins {space} {about}><w:r><w:t>Eleven.</w:t></w:r></w:ins>",
        f"<w:del {space} {about}><w:r><w:delText>Twelve.</w:delText></w:r></w:del>",
    ):
        cell.append(docx.oxml.parser.parse_xml(xml))
    stream = io.BytesIO()
    document.save(stream)
    assert told(stream.getvalue(), "form.docx") == {REFS[0]: ("Eleven.", "")}


def saved(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_formula_is_told():
    content = saved([["Reference", "Your response"], [REFS[0], "=1+1"]])

    def worked_out(part, text):
        return (
            text.replace(b"<v/>", b"<v>2</v>")
            .replace(b"<v />", b"<v>2</v>")
            .replace(b"<v></v>", b"<v>2</v>")
        )

    form = reader.read(changed(content, worked_out), "answers.xlsx")
    cells = form.document.blocks[0].rows[1].cells
    assert [(cell.text, cell.formula) for cell in cells] == [(REFS[0], False), ("2", True)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n", "logo.png"),
        (b"%PDF-1.7\n", "report.pdf"),
        (b"BEGIN:VCALENDAR", "invite.ics"),
        (b"PLY-2324-001: done", "answer.txt"),
        (b"Name,Room\nQuill,12\n", "rooms.csv"),
        # Its bytes hold the time, and tests that run side by side go by one name.
        pytest.param(saved([["Name", "Room"], ["Quill", 12]]), "rooms.xlsx", id="rooms.xlsx"),
        (b"One column\nof words\n", "words.csv"),
        (b"PK\x03\x04", "photos.zip"),
    ],
)
def test_other_files_are_no_forms(content, name):
    assert reader.read(content, name) is None


@pytest.mark.parametrize("name", ["form.csv", "form.tsv", "form.html"])
def test_tables_in_text_are_read(name):
    rows = [["Reference", "Your response"], [REFS[0], "Eleven."], [REFS[1], ""]]
    if name.endswith("html"):
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        table = "".join(f"<tr>{row}</tr>" for row in cells)
        text = f"<html><body><table>{table}</table></body></html>"
    else:
        text = "\n".join(("," if name.endswith("csv") else "\t").join(row) for row in rows)
    assert told(text.encode(), name) == {REFS[0]: ("Eleven.", "")}


def test_a_csv_file_of_the_sheet_has_its_number_and_keys():
    text = (
        f"Progress on actions [{NUMBER}],,,,,\n"
        'Reference,Action,Your response,Status,"New date, if more time is needed",'
        "Key (please leave)\n"
        f"{REFS[0]},{TEXTS[0].split(',')[0]},Eleven.,,,{REFS[0]}\n"
    )
    form = reader.read(text.encode("cp1252"), "form.csv")
    assert (form.number, form.keys) == (NUMBER, {3: REFS[0]})


def test_an_archive_that_is_no_document_is_no_form():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("notes.xml", "<a/>")
    assert reader.read(stream.getvalue(), "form.docx") is None


def test_the_content_counts_and_not_the_ending(word):
    assert reader.read(word, "form.xlsx").number == NUMBER
    assert reader.read(word, "form").number == NUMBER


_DAMAGE = st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 255)), max_size=20)


@settings(max_examples=times(300, 40), deadline=None)
@given(kind=st.sampled_from(("docx", "xlsx")), damage=_DAMAGE, cut=st.integers(0, 3000))
def test_what_is_damaged_is_read_or_refused(forms_by_ending, kind, damage, cut):
    content = bytearray(forms_by_ending[kind])
    for place, byte in damage:
        content[place % len(content)] = byte
    with contextlib.suppress(ImportRefusedError):
        reader.read(bytes(content[: len(content) - cut]), f"form.{kind}")


@settings(max_examples=times(300, 40), deadline=None)
@given(content=st.binary(max_size=300), ending=st.sampled_from(("docx", "ods", "csv", "htm", "")))
def test_any_bytes_are_a_form_or_none_or_refused(content, ending):
    with contextlib.suppress(ImportRefusedError):
        reader.read(content, f"form.{ending}")


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 40_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "form.doc", "old Office format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "form.xlsx", "old Office format"),
        (b"Not a document", "form.docx", "damaged"),
        (b"PK\x03\x04 cut off", "form.xlsx", "damaged"),
        pytest.param(bomb(), "form.docx", "unpack to far more", id="bomb"),
    ],
)
def test_what_may_not_be_opened_is_refused_in_a_sentence(content, name, why):
    with pytest.raises(ImportRefusedError, match=why) as refused:
        reader.read(content, name)
    assert str(refused.value).startswith(name)


def test_a_document_type_is_refused(word):
    def change(part, text):
        entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        return text.replace(b"<w:document", entity + b"<w:document", 1)

    with pytest.raises(ImportRefusedError, match="document type"):
        reader.read(changed(word, change), "form.docx")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Reference", "ref"), ("Ref No.", "ref"), ("Action ref", "ref"), ("No", "ref"),
        ("Your response", "response"), ("Update", "response"), ("Comments", "response"),
        ("Position at 3 May", "response"), ("Officer update", "response"),
        ("Eich ymateb", "response"), ("Status update", "response"), ("Notes", "response"),
        ("Status", "status"), ("RAG", "status"), ("Current status", "status"), ("Done?", "status"),
        ("New date, if more time is needed", "due"), ("Revised due date", "due"),
        ("Extension until", "due"), ("Your new date", "due"),
        ("Action", "action"), ("Agreed actions", "action"), ("Key (please leave)", "key"),
        ("Due", ""), ("Meeting", ""), ("Ward", ""), ("Notes to self", ""), ("Last response", ""),
        ("Owner", ""), ("My no.", ""), ("", ""), ("Update " * 40, ""),
    ],
)  # fmt: skip
def test_a_heading_says_what_its_column_is_for(heading, kind):
    assert reader.meaning(heading) == kind


def test_comments_of_a_word_form_are_told(word):
    document = docx.Document(io.BytesIO(word))
    document.add_comment(document.paragraphs[0].runs, "Ring me.", author="O")
    stream = io.BytesIO()
    document.save(stream)
    assert reader.read(stream.getvalue(), "form.docx").document.unread == ((0, "Ring me."),)


def test_comments_of_an_excel_form_are_told(sheet):
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    book.worksheets[0]["B7"].comment = openpyxl.comments.Comment("Ring me.", "O")
    stream = io.BytesIO()
    book.save(stream)
    assert reader.read(stream.getvalue(), "form.xlsx").document.unread == ((0, "Ring me."),)


def test_a_page_with_lines_but_no_table_is_no_form():
    assert (
        reader.read(f"<html><body><p>{REFS[0]}: done</p></body></html>".encode(), "m.html") is None
    )


def test_a_document_without_a_table_may_have_answers():
    document = docx.Document()
    document.add_paragraph(f"{REFS[0]}: eleven")
    stream = io.BytesIO()
    document.save(stream)
    form = reader.read(stream.getvalue(), "answers.docx")
    (answer,) = forms.answers(form, LETTER, known())
    assert (answer.ref, answer.response, bool(answer.unclear)) == (REFS[0], "eleven", True)


def _document(*blocks):
    """Make a Word document of paragraphs and of tables, each a list of rows."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


HEAD = ("Reference", "Action", "Your response")


def test_a_document_of_lines_alone_is_a_letter(tmp_path):
    path = tmp_path / "update.docx"
    path.write_bytes(
        _document("My update", REFS[0], "Eleven.", "Four squeak.", REFS[1], "By hand.")
    )
    (letter,) = messages.read(path)
    assert letter.forms == ()
    said = [line.text for line in letter.lines if line.text]
    assert said == ["My update", REFS[0], "Eleven.", "Four squeak.", REFS[1], "By hand."]


@pytest.mark.parametrize(
    "blocks",
    [
        (f"{REFS[0]}: eleven", [("a", "b")]),
        (f"[{NUMBER}]", f"{REFS[0]}: eleven"),
        ("Dear Ro,", [HEAD, (REFS[0], TEXTS[0], "Eleven.")]),
    ],
)
def test_a_document_with_a_table_or_a_number_is_none(tmp_path, blocks):
    path = tmp_path / "update.docx"
    path.write_bytes(_document(*blocks))
    (letter,) = messages.read(path)
    assert (letter.lines, len(letter.forms)) == ((), 1)


def test_a_document_about_no_action_is_refused(tmp_path):
    path = tmp_path / "menu.docx"
    path.write_bytes(_document("Soup", [("Monday", "Leek")]))
    with pytest.raises(ImportRefusedError, match=r"menu\.docx is neither a form"):
        messages.read(path)


def test_a_table_within_an_answer_is_of_it():
    document = docx.Document(io.BytesIO(_document([HEAD, (REFS[0], TEXTS[0], "Counted:")])))
    inner = document.tables[0].rows[1].cells[2].add_table(2, 2)
    for row, texts in zip(inner.rows, (("May", "7"), ("June", "4")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    assert told(stream.getvalue(), "form.docx") == {REFS[0]: ("Counted:\nMay 7\nJune 4", "")}


@pytest.mark.parametrize(
    ("formula", "shown"),
    [("=1+1", "=1+1"), ('=HYPERLINK("http://x.example/","done")',) * 2, ("=A1&B1",) * 2],
)
def test_a_formula_nobody_worked_out_is_shown_and_asked_about(formula, shown):
    book = openpyxl.Workbook()
    for row in (HEAD, (REFS[0], TEXTS[0], formula), (REFS[1], "", "By hand.")):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    first, second = forms.answers(reader.read(stream.getvalue(), "f.xlsx"), LETTER, known())
    assert (first.ref, first.response) == (REFS[0], shown)
    assert first.unclear == ("“Your response” holds a formula, which is no answer",)
    assert (second.ref, second.response, second.unclear) == (REFS[1], "By hand.", ())


@pytest.mark.slow
def test_keys_come_through_libreoffice(convert, word, sheet, tmp_path):
    """Text documents and spreadsheets, each saved in OpenDocument and back again."""
    for name, content, steps in (
        ("form.docx", fill_word(word, ANSWERS), ("odt", "docx")),
        ("form.xlsx", fill_excel(sheet, ANSWERS, REFS[::-1]), ("ods", "xlsx")),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        for step in steps:
            (path,) = convert(step, path)
            saved_by_it = path.read_bytes()
            form = reader.read(saved_by_it, path.name)
            assert form.number == NUMBER
            assert sorted(form.keys.values()) == list(REFS)
            assert told(saved_by_it, path.name) == EXPECTED
