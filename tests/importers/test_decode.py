import io
import zipfile
from pathlib import Path

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.importers import decode

TEXT = "Item\tActions\nTŷ Heulog – “care”\tSend a note.\n"


def refused(path) -> str:
    with pytest.raises(ImportRefusedError) as error:
        decode.read_text(path)
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
    assert decode.read_text(path) == TEXT


def test_windows_1252_is_what_is_left(tmp_path):
    path = tmp_path / "log.tsv"
    path.write_bytes("Actions – “care”".encode("cp1252"))
    assert decode.read_text(path) == "Actions – “care”"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (.docx)"),
        (zipped("xl/workbook.xml"), "an Excel workbook (.xlsx)"),
        (zipped("ppt/presentation.xml"), "a PowerPoint presentation (.pptx)"),
        (zipped("META-INF/manifest.xml", "content.xml"), "an OpenDocument file (.odt, .ods)"),
        (zipped("a.txt"), "a ZIP archive"),
        (b"PK\x03\x04 and then nothing of a zip", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Word or Excel document (.doc, .xls)"),
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


@pytest.mark.parametrize("content", [b"\x81\x8d\x8f", b"\xff\xfeA"])
def test_an_unknown_encoding_is_refused(tmp_path, content):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    assert "none of the encodings" in refused(path)


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
