"""Which reader is chosen, and what is refused before any reads."""

import io
import sys
import zipfile

import pytest

from cpctrack.errors import MissingExtraError
from cpctrack.reading import registry
from cpctrack.reading.registry import FORMS
from cpctrack.tasks.read_documents import read_minutes

PARAGRAPH = "<w:p><w:r><w:t>Noted.</w:t></w:r></w:p>"


def test_every_ending_is_of_one_form():
    endings = [ending for form in FORMS.values() for ending in form.endings]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("name", ["minutes.txt", "minutes.md", "minutes", "minutes.2023"])
def test_text_is_read_whatever_unknown_ending_it_has(write, texts, name):
    assert texts(write(name, "The report was noted.")) == ["The report was noted."]


def test_a_document_without_an_ending_is_read_by_its_content(docx, tmp_path, texts):
    assert texts(docx(PARAGRAPH).rename(tmp_path / "minutes")) == ["Noted."]


def test_a_wrong_ending_is_told(docx, tmp_path, refusal):
    path = docx(PARAGRAPH).rename(tmp_path / "minutes.pdf")
    assert refusal(path) == (
        f"{path} is a Word document by its content, not a PDF document as its name says; rename it."
    )


@pytest.mark.parametrize(
    ("name", "beginning", "really"),
    [
        ("minutes.txt", "<!DOCTYPE html><p>Noted", "a web page by its content, not plain text"),
        ("minutes.docx", "Noted", "plain text by its content, not a Word document"),
        ("minutes.odt", "%PDF-1.7", "a PDF document by its content, not an OpenDocument text"),
        ("minutes.html", "Noted", "plain text by its content, not a web page"),
    ],
)
def test_what_a_file_really_is(write, refusal, name, beginning, really):
    assert really in refusal(write(name, beginning))


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"\x89PNG\r\n", "is a picture (PNG), which minutes can't be read from; save the minutes"),
        (b"{\\rtf1 x", "is a rich text document (.rtf)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is in an old Office format; open it"),
        (bytes(range(256)), "is binary data"),
    ],
)
def test_what_is_no_text_is_named(write, refusal, start, what):
    assert what in refusal(write("minutes.doc", start))


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"xl/workbook.xml": "<x/>"}, "an Excel workbook by its content, not a Word document"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "an OpenDocument spr"),
        ({"notes.txt": "x"}, "a ZIP archive"),
    ],
)
def test_archives_of_other_kinds_are_named(pack, refusal, parts, what):
    assert what in refusal(pack("minutes.docx", parts))


def test_a_cut_archive_is_refused(docx, refusal):
    path = docx(PARAGRAPH)
    path.write_bytes(path.read_bytes()[:-60])
    assert "a ZIP archive, which minutes can't be read from" in refusal(path)


def test_what_is_no_file(tmp_path, refusal):
    assert "is not a file; name the file" in refusal(tmp_path)
    assert "There is no file" in refusal(tmp_path / "none.txt")
    assert "its name is not one a file can have" in refusal(tmp_path / "a\0b")


def test_a_file_that_can_not_be_opened(write, refusal, monkeypatch):
    path = write("minutes.txt", "x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert refusal(path) == f"{path} can't be read (permission denied)."


@pytest.mark.parametrize("nothing", ["", " \r\n\t"])
def test_an_empty_file_is_refused(write, refusal, nothing):
    assert "is empty; save the minutes again." in refusal(write("minutes.txt", nothing))


def test_a_document_without_a_word_is_refused(docx, html, refusal):
    assert "holds no text" in refusal(docx("<w:p/>"))
    assert "holds no text" in refusal(html("<p> </p><script>x</script>"))


def test_a_huge_file_is_refused(write, refusal, monkeypatch):
    monkeypatch.setattr(registry, "MINUTES", registry.MINUTES._replace(most=1024 * 1024))
    said = refusal(write("minutes.txt", "x" * (1024 * 1024 + 1)))
    assert "is larger than 1 MB, which no minutes are" in said


@pytest.mark.parametrize("name", ["minutes.docx", "minutes.odt"])
def test_a_bomb_is_not_opened(pack, refusal, name):
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b" " * 40_000_000,
    }
    if name == "minutes.docx":
        parts = {"word/document.xml": b" " * 40_000_000}
    assert "would unpack to far more than it seems to hold" in refusal(pack(name, parts))


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_entities_are_not_opened(pack, refusal, form):
    xml = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    parts = {
        "docx": {"word/document.xml": xml},
        "odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml},
    }
    assert "a part with a document type" in refusal(pack(f"minutes.{form}", parts[form]))


@pytest.mark.parametrize("xml", ["<a>", "", "<a/>", "\0"])
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_damaged_xml_is_refused(pack, refusal, form, xml):
    parts = {
        "docx": {"word/document.xml": xml},
        "odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml},
    }
    assert "is damaged: its text can't be read" in refusal(pack(f"minutes.{form}", parts[form]))


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_document_without_its_text_is_refused(pack, refusal, form):
    parts = {
        "docx": {"word/other.xml": "<a/>"},
        "odt": {"mimetype": "application/vnd.oasis.opendocument.text"},
    }
    assert "is damaged: its text can't be read" in refusal(pack(f"minutes.{form}", parts[form]))


def test_more_text_than_minutes_hold_is_refused(docx, refusal, monkeypatch):
    from cpctrack.reading import archives

    monkeypatch.setattr(archives, "MOST_BYTES_OF_A_PART", 100)
    assert "MB of text, which no minutes are" in refusal(docx(PARAGRAPH * 10))


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_tables_in_tables_by_the_thousand_are_refused(docx, odt, refusal, form):
    if form == "docx":
        path = docx("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000)
    else:
        path = odt("<text:section>" * 2000 + "<text:p>x</text:p>" + "</text:section>" * 2000)
    assert "is damaged" in refusal(path)


@pytest.mark.parametrize(("module", "extra"), [("defusedxml", "office"), ("pypdf", "pdf")])
def test_a_missing_extra_says_what_to_install(docx, write, monkeypatch, module, extra):
    path = docx(PARAGRAPH) if extra == "office" else write("minutes.pdf", "%PDF-1.7")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=f"install the extra “{extra}”"):
        read_minutes(path)


def test_a_document_with_a_password_is_refused(write, refusal):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "x")
    # Both places that say of an entry that it is encrypted: its own head and the directory.
    content = packed.getvalue().replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0")
    content = content.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")
    assert "is encrypted; save it without a password" in refusal(write("minutes.docx", content))


def test_the_head_and_the_foot_of_pages_are_read_apart(tmp_path, odt):
    import docx
    import openpyxl

    letter = docx.Document()
    letter.sections[0].header.paragraphs[0].text = "EXEMPT"
    letter.sections[0].footer.paragraphs[0].text = "Paragraph 3"
    letter.save(str(tmp_path / "log.docx"))
    book = openpyxl.Workbook()
    book.active["A1"] = "Actions"
    book.active.oddHeader.center.text = "Exempt & private"
    book.save(tmp_path / "log.xlsx")
    page = "<style:header><text:p>EXEMPT</text:p></style:header>"
    text = odt("<text:p>Actions</text:p>", styles=f"<style:master-page>{page}</style:master-page>")
    margins = [
        registry.read(path, registry.TABLES).margins
        for path in (tmp_path / "log.docx", tmp_path / "log.xlsx", text)
    ]
    assert margins == [("EXEMPT", "Paragraph 3"), ("Exempt & private",), ("EXEMPT",)]
