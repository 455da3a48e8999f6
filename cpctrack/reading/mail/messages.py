"""Files of mail: which letters they hold."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from cpctrack.reading import decode, forms
from cpctrack.reading.document import Paragraph
from cpctrack.reading.html import page
from cpctrack.reading.mail.letter import Letter, Line

LETTERS = decode.Purpose(
    "the file of an answer",
    60 * 1024 * 1024,
    "which no answer is; save the message without its attachments",
    "save the message again",
    "which answers can't be read from; save the message as .eml or .msg, or its text as .txt",
)


def read(path: Path) -> list[Letter]:
    """Read the letters of a file, in its order; raises `ImportRefusedError`."""
    content = decode.read_bytes(path, LETTERS)
    if path.suffix.lower() == ".eml":
        return [_letter(content, path.name)]
    form = forms.read(content, path.name)
    return [Letter(path.name, forms=(form,))] if form else []


def _letter(content: bytes, name: str) -> Letter:
    message = email.message_from_bytes(content, policy=email.policy.default)
    sender, address = parseaddr(str(message.get("From", "")))
    return Letter(
        name,
        tuple(_body(message)),
        sender=sender,
        address=address,
        message_id=str(message.get("Message-ID", "")).strip("<> "),
        subject=str(message.get("Subject", "")),
    )


def _body(message: EmailMessage) -> Iterator[Line]:
    body = message.get_body(("html", "plain"))
    if body is None:
        return
    text = str(body.get_content())
    if body.get_content_type() == "text/plain":
        for number, line in enumerate(text.split("\n"), 1):
            own = line.lstrip("> ")
            yield Line(own, line[: len(line) - len(own)].count(">"), number=number)
        return
    for block in page.read(text, "").blocks:
        if isinstance(block, Paragraph):
            for line in block.text.split("\n"):
                yield Line(line, number=block.place.line)
        else:
            for row in block.rows:
                yield Line("", cells=tuple(cell.text for cell in row.cells), number=row.place.line)
