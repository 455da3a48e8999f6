"""What is refused before an office file is unpacked."""

import io
import zipfile

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import archives

PLAIN = b"<w:document>An action</w:document>"


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        archives.open_archive(content, "minutes.docx")
    return str(caught.value)


def test_an_office_file_opens() -> None:
    archive = archives.open_archive(packed({"word/document.xml": PLAIN}), "minutes.docx")
    assert archive.read("word/document.xml") == PLAIN


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed({"word/document.xml": b"\0" * (20 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert refusal(bomb) == (
        "minutes.docx would unpack to far more than it seems to hold, so it was not opened."
    )


def test_a_directory_of_countless_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    assert "far more" in refusal(packed({f"{number}.bin": b"" for number in range(3)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DocType lolz [<!ENTITY lol "lol">]><w/>'
    assert "document type" in refusal(packed({"a/B.XML": text.encode(encoding)}))


def test_a_password_is_asked_off() -> None:
    content = bytearray(packed({"word/document.xml": PLAIN}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == "minutes.docx is encrypted; save it without a password."
    assert "old Office format" in refusal(b"\xd0\xcf\x11\xe0 and more")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"plain text", packed({"a.xml": PLAIN})[:-30]],
    ids=("nothing", "begun", "text", "cut off"),  # no id has the hour in it, as an archive has
)
def test_what_is_no_archive_is_said_so(content: bytes) -> None:
    assert refusal(content) == (
        "minutes.docx is damaged, or is not the office file its name says; save it again."
    )


def test_a_part_whose_name_differs_from_the_directory_is_damage() -> None:
    content = bytearray(packed({"word/document.xml": PLAIN}))
    content[content.rindex(b"word/document.xml") + 5] = 0
    assert "damaged" in refusal(bytes(content))


def test_a_part_that_was_tampered_with_is_damage() -> None:
    content = bytearray(packed({"word/document.xml": PLAIN * 50}))
    at = content.index(b"word/document.xml") + len("word/document.xml") + 4
    content[at : at + 8] = b"\xff" * 8
    assert "damaged" in refusal(bytes(content))
