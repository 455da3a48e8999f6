"""Mail for tests, and what is read of it."""

import sys
from pathlib import Path

import cpctrack.reading
from cpctrack.errors import ImportRefusedError
from cpctrack.reading.document import Document
from cpctrack.reading.mail import messages
from cpctrack.reading.mail.letter import Form, Letter

HEAD = (
    "From: Ana Brook <ana@harrow.example>\n"
    "To: Clerk <clerk@harrow.example>\n"
    "Subject: RE: Actions\n"
    "Date: Mon, 13 May 2024 23:20:00 +0100\n"
    "Message-ID: <1.2@harrow.example>\n"
)
PLAIN = HEAD + "Content-Type: text/plain; charset=utf-8\n\n"
PAGE = HEAD + "Content-Type: text/html; charset=utf-8\n\n"


def read(folder: Path, content: str | bytes, name: str = "a.eml") -> Letter:
    """Read the only letter of a file."""
    (letter,) = read_all(folder, content, name)
    return letter


def read_all(folder: Path, content: str | bytes, name: str) -> list[Letter]:
    """Read the letters of a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return messages.read(path)


def texts(letter: Letter) -> list[str]:
    """Give what stands in the lines that are not empty; the cells of a row with bars between."""
    shown = ("|".join(line.cells) or line.text for line in letter.lines)
    return [text for text in shown if text]


def several(kind: str, *parts: str) -> str:
    """Make a message of parts, each with its own head."""
    inside = "".join(f"--=b\n{part}\n" for part in parts)
    return f'{HEAD}Content-Type: multipart/{kind}; boundary="=b"\n\n{inside}--=b--\n'


def alternative(plain: str, page: str) -> str:
    """Make a message with its body in two forms."""
    return several(
        "alternative",
        f"Content-Type: text/plain; charset=utf-8\n\n{plain}",
        f"Content-Type: text/html; charset=utf-8\n\n{page}",
    )


def attached(kind: str, name: str, content: str = "eA==", disposition: str = "attachment") -> str:
    """Make a part of an attachment, in base64."""
    return (
        f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: {disposition}; filename="{name}"\n\n{content}'
    )


class FormsReader:
    """Stands in for the reader of forms: knows a form by its first letters."""

    @staticmethod
    def read(content: bytes, name: str) -> Form:
        """Read a form, or refuse it."""
        if content.startswith(b"broken"):
            raise ImportRefusedError(f"{name} is damaged.")
        return Form(Document(name, "form", ()), content[:20].decode("latin-1"))


def without_forms(monkeypatch) -> None:
    """Have forms read by `FormsReader`."""
    monkeypatch.setitem(sys.modules, "cpctrack.reading.forms", FormsReader)
    monkeypatch.setattr(cpctrack.reading, "forms", FormsReader, raising=False)
