import io
import zipfile
from pathlib import Path

import pytest
from outlook_message import compound

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import decode
from cpctrack.reading.registry import TABLES

TEXT = "Item\tActions\nTŷ Heulog – “care”\tSend a note.\n"


def read_text(path) -> str:
    return decode.to_text(decode.read_bytes(path, TABLES), path, TABLES)


def refused(path) -> str:
    with pytest.raises(ImportRefusedError) as error:
        read_text(path)
    return str(error.value)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # without the hour of day
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_told_apart(tmp_path, encoding):
    path = tmp_path / "log.tsv"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


def test_windows_1252_is_what_is_left(tmp_path):
    path = tmp_path / "log.tsv"
    path.write_bytes("Actions – “care”".encode("cp1252"))
    assert read_text(path) == "Actions – “care”"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (.docx)"),
        (zipped("xl/workbook.xml"), "an Excel workbook (.xlsx)"),
        (zipped("ppt/presentation.xml"), "a PowerPoint presentation (.pptx)"),
        (zipped("META-INF/manifest.xml", "content.xml"), "an OpenDocument file"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "a binary Excel workbook (.xlsb)"),
        (zipped("Index/Document.iwa", "preview.jpg"), "a file of Pages, Numbers or Keynote"),
        *(
            (b'\xef\xbb\xbf<?xml version="1.0"?>\n' + root, "an office document in one file of XML")
            for root in (
                b'<office:document xmlns:office="urn:oasis">',
                b'<?mso-application progid="Excel.Sheet"?>',
                b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
            )
        ),
        (zipped("a.txt"), "a ZIP archive"),
        (b"PK\x03\x04 and then nothing of a zip", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"{\\rtf1 Actions}", "a rich text document (.rtf)"),
        (b"Item\tActions\0\n", "binary data"),
        (bytes(range(1, 20)) * 50, "binary data"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, content, what):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    assert refused(path) == (
        f"{path} is {what}, not a text file; save the table as CSV (UTF-8) or as a web page, and "
        "import that."
    )


OLD = (
    "is an old {}, which cpctrack can't read; open it in {} or LibreOffice, save it as {}, and "
    "name that."
)
OLD_EXCEL = OLD.format("Excel workbook (.xls)", "Excel", "an “Excel Workbook (.xlsx)”")
MESSAGE = (
    "is a message from Outlook, which only “cpctrack replies” can read; save what is attached to "
    "it, or its text as .txt, and name that."
)


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("WordDocument", OLD.format("Word document (.doc)", "Word", "a “Word Document (.docx)”")),
        ("Workbook", OLD_EXCEL),
        ("Book", OLD_EXCEL),
        ("EncryptedPackage", "has a password; open it, save it without one, and try again."),
        ("__properties_version1.0", MESSAGE),
        ("Quill", "is in an old Office format; open it, save it as .docx or .xlsx, and name that."),
    ],
)
def test_old_office_files_are_known_by_their_streams(tmp_path, stream, said):
    text = "The WordDocument and the Workbook, the Book and the EncryptedPackage"
    path = tmp_path / "log.csv"
    path.write_bytes(compound({stream: text.encode("utf-16-le")}))
    assert refused(path) == f"{path} {said}"


MIXED = "Café £5 – a\r\n“note” of the carers’ group…\nMôn, Siân, Zoë\n"


@pytest.mark.parametrize(
    ("letter", "byte"),
    [
        ("–", b"\x96"), ("“", b"\x93"), ("’", b"\x92"), ("£", b"\xa3"), ("é", b"\xe9"),
        ("’", b"\xd5"), ("é", b"\x8e"), ("…", b"\xc9"),  # Mac Roman
        ("é", b"\x82"), ("£", b"\x9c"),  # DOS
    ],
)  # fmt: skip
def test_a_stray_byte_is_mended_and_the_rest_is_right(tmp_path, letter, byte):
    content = MIXED.encode().replace(letter.encode(), byte, 1)
    assert decode.decode(content, tmp_path) == MIXED


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (MIXED, "cp1252"), (MIXED, "mac_roman"), ("Café £5 - 20°C, ½, CAFÉ Zoë\n", "cp850"),
        ("O‘Brien’s, “care” – à la Ynys Môn", "cp1252"),
    ],
)  # fmt: skip
def test_older_encodings_are_told_apart(tmp_path, text, encoding):
    assert decode.decode(text.encode(encoding), tmp_path) == text


@pytest.mark.parametrize(
    ("content", "line", "around"),
    [
        (b"a\r\nb\ncaf\x81\xe9 noted", 3, "a b caf\ufffd\ufffd noted"),
        ("Zoë".encode("mac_roman"), 1, "Zo\ufffd"),  # Zoæ by DOS
        ("Café – Mäller".encode() + b"\nSi\x89n", 2, "– Mäller Si\ufffdn"),
        ("Łódź żółć".encode("cp1250"), 1, "\ufffd\ufffdd\ufffd \ufffd\ufffd\ufffd\ufffd"),
        (b"\xff\xfeA", 1, "\ufffd"),
    ],
)
def test_where_no_encoding_is_certain_the_line_is_named(tmp_path, content, line, around):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    assert refused(path) == (
        f"{path}, line {line} has letters in none of the encodings cpctrack reads for certain "
        f"(UTF-8, UTF-16, Windows-1252, Mac Roman, DOS): “{around}”; put them right, save it as "
        "UTF-8, and try again."
    )


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff", "ï»¿", "\ufeffï»¿"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_marks_of_the_encoding_go(tmp_path, marks, encoding):
    assert decode.decode((marks + TEXT).encode(encoding), tmp_path) == TEXT


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path, content):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    assert refused(path) == f"{path} is empty; export the table again."


def test_what_is_no_file_is_refused(tmp_path):
    assert refused(tmp_path / "none.csv").startswith("There is no file ")
    assert "is not a file" in refused(tmp_path)
    assert "can't be read" in refused(tmp_path / "nul\0.csv")


def test_a_file_one_may_not_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "log.csv"
    path.write_text("Actions")

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "can't be read (permission denied)" in refused(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "log.tsv"
    with path.open("wb") as stream:  # a hole: a gigabyte that takes no space
        stream.truncate(1024**3)
    assert refused(path) == (
        f"{path} is larger than 32 MB, which no action log is; name the right file, or import it "
        "in parts."
    )


def test_a_long_line_is_refused_and_named():
    decode.check_lines("a\n" + "x" * decode.LONGEST_LINE + "\nb", "log.tsv")
    with pytest.raises(ImportRefusedError, match=r"^log\.tsv, line 3 is longer than 1,048,576"):
        decode.check_lines("a\n\n" + "x" * (decode.LONGEST_LINE + 1), "log.tsv")
