"""Documents of each form, made in the test that reads them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.minutes.base import Line
from cpctrack.minutes.readers.registry import read_lines

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = " ".join(
    f'xmlns:{short}="{_OASIS}{name}:1.0"'
    for short, name in {
        "office": "office", "style": "style", "text": "text", "table": "table",
        "draw": "drawing", "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip

Make = Callable[..., Path]


def archive(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.fixture
def write(tmp_path: Path) -> Make:
    """Write a file of this name and content."""

    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def pack(tmp_path: Path) -> Make:
    """Write an archive of this name with these parts."""
    return lambda name, parts: archive(tmp_path / name, parts)


@pytest.fixture
def docx(tmp_path: Path) -> Make:
    """Write a Word document with this in its body, and these styles and numberings."""

    def make(body: str, styles: str = "", numbering: str = "") -> Path:
        space = f'xmlns:w="{W}" xmlns:mc="{MC}"'
        return archive(
            tmp_path / "minutes.docx",
            {
                "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
                "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
                "word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>",
            },
        )

    return make


@pytest.fixture
def odt(tmp_path: Path) -> Make:
    """Write an OpenDocument text with this in its body, and these styles."""

    def make(body: str, automatic: str = "", styles: str = "") -> Path:
        return archive(
            tmp_path / "minutes.odt",
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>"
                f"{automatic}</office:automatic-styles><office:body><office:text>{body}"
                "</office:text></office:body></office:document-content>",
                "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}"
                "</office:styles></office:document-styles>",
            },
        )

    return make


@pytest.fixture
def pdf(tmp_path: Path) -> Make:
    """Set a PDF from Typst's markup."""

    def make(source: str, name: str = "minutes.pdf") -> Path:
        import typst

        path = tmp_path / name
        path.write_bytes(typst.compile(source.encode()))
        return path

    return make


@pytest.fixture
def html(write: Make) -> Make:
    """Write a page with this in its body."""
    return lambda body: write("minutes.html", f"<html><body>{body}</body></html>")


@pytest.fixture
def texts() -> Callable[[Path], list[str]]:
    """Read the texts of the lines that are not blank."""
    return lambda path: [line.text for line in read_lines(path) if line.text]


@pytest.fixture
def paragraphs() -> Callable[[Path], list[str]]:
    """Read paragraphs, their wrapped lines joined."""

    def read(path: Path) -> list[str]:
        found = [""]
        for line in read_lines(path):
            found[-1:] = [f"{found[-1]} {line.text}".strip()] if line.text else [found[-1], ""]
        return [" ".join(text.split()) for text in found if text]

    return read


@pytest.fixture
def printed() -> Callable[[Path], list[Line]]:
    """Read the lines that are not blank."""
    return lambda path: [line for line in read_lines(path) if line.text]


@pytest.fixture
def refusal() -> Callable[[Path], str]:
    """Give the one sentence with which a document is refused."""

    def read(path: Path) -> str:
        with pytest.raises(ImportRefusedError) as refused:
            read_lines(path)
        return str(refused.value)

    return read
