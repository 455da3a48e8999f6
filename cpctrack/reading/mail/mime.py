"""From the source of one message to its letter."""

import re
from collections.abc import Iterable
from email import message_from_bytes
from email._policybase import Compat32
from email.message import Message
from itertools import islice
from typing import NamedTuple

from cpctrack.errors import CpctrackError, ImportRefusedError
from cpctrack.reading.mail import automatic, body, headers, parts
from cpctrack.reading.mail.charset import in_words
from cpctrack.reading.mail.letter import Form, Letter, Line
from cpctrack.text import shorten

ATTACHED_MESSAGE = "an attached message"
"""How `Letter.unread` begins to name a message that was attached."""

MOST_LINES = 20_000
_LONGEST_HEADER = 8000
_LONGEST_LINE = 100_000
_MOST_LETTERS = 8_000_000
_LONGEST_NAME = 100
_FORMS = (".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".ods", ".csv", ".tsv")
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_MOST_LOOKS = 20_000_000
_ENDS = re.compile(rb"\r+\n?")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
# What Exchange calls text behind an attachment, and a mailing list its foot.
_TEXT_AFTER = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)
_OF_SIGNATURE = ("application/pkcs7-signature", "application/x-pkcs7-signature",
                 "application/pgp-signature")  # fmt: skip


class Held(NamedTuple):
    """What a part of a message holds."""

    lines: tuple[Line, ...] = ()
    forms: tuple[Form, ...] = ()
    unread: tuple[str, ...] = ()


class _Bounded(Compat32):
    """Cuts headers that are longer than any: what the library does with one grows by its square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def letter(source: bytes, name: str, line: int = 0) -> Letter:
    """Read one message; `automatic` says why where nothing of it can be read."""
    try:
        return _letter(source, name, line)
    except parts.TooMuchError as error:
        why = f"a message that {error}; it was not read"
    except CpctrackError:
        raise
    except Exception:  # the library raises a dozen kinds for headers that were tampered with
        why = "a message that can't be read; save it again, or its text as .txt"
    return Letter(name, automatic=why, line=line)


def attachment(content: bytes, name: str) -> Held:
    """Read a form that is attached; what is none is named."""
    if name.lower().endswith(_FORMS):
        from cpctrack.reading import forms

        try:
            return Held(forms=(forms.read(content, name),))
        except ImportRefusedError:
            pass
    return Held(unread=(name,))


def chosen(page: Iterable[Line], plain: Iterable[Line]) -> tuple[Line, ...]:
    """Choose of a body in two forms: the page, but where the plain text says much more."""
    page, plain = tuple(page), tuple(plain)
    return page if 2 * _words(page) >= _words(plain) else plain


def bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give the lines of a body; raises `TooMuchError` where they are more, or longer, than any."""
    held = tuple(islice(lines, MOST_LINES + 1))
    if len(held) > MOST_LINES or any(len(line.text) > _LONGEST_LINE for line in held):
        raise parts.TooMuchError("is longer than any answer")
    return held


def page_of(text: str) -> tuple[Line, ...]:
    """Give the lines of a page; raises `TooMuchError`."""
    if len(text) > _MOST_LETTERS:
        raise parts.TooMuchError("is longer than any answer")
    return bounded(body.of_page(text))


def _letter(source: bytes, name: str, line: int) -> Letter:
    source = _straightened(source)
    containers = len(_CONTAINER.findall(source))
    if containers > parts.MOST or containers * source.count(b"\n") > _MOST_LOOKS:
        raise parts.TooMuchError("has more parts than any answer")
    message = message_from_bytes(source, policy=_Bounded())
    sender, address = headers.sender(headers.text(message, "From"))
    why = automatic.why(message)
    held = Held() if why else _held(message)
    return Letter(
        name,
        held.lines,
        sender=sender,
        address=address,
        date=headers.day(headers.text(message, "Date")),
        message_id=headers.message_id(message),
        subject=headers.subject(message),
        thread=headers.thread(message),
        automatic=why,
        forms=held.forms,
        unread=held.unread,
        line=line,
    )


def _straightened(source: bytes) -> bytes:
    r"""Give the source with `\n` at its lines' ends, and each header on lines that show it."""
    source = _ENDS.sub(b"\n", source.removeprefix(b"\xef\xbb\xbf")).lstrip(b"\n ")
    head, blank, rest = source.partition(b"\n\n")
    lines = head.split(b"\n")
    last = max((at for at, line in enumerate(lines) if _HEADER.match(line)), default=0)
    for at in range(1, last if _HEADER.match(lines[0]) else 0):
        if not _HEADER.match(lines[at]):
            lines[at] = b" " + lines[at]
    return b"\n".join(lines) + blank + rest


def _held(part: Message) -> Held:
    kind, main = part.get_content_type(), part.get_content_maintype()
    within = parts.children(part)
    if main == "message":
        subject = headers.subject(within[0]) if within else ""
        return Held(unread=(f"{ATTACHED_MESSAGE} (“{shorten(subject, _LONGEST_NAME)}”)",))
    if within:
        held = [_held(child) for child in within]
        lines = (
            _chosen(within, held)
            if kind == "multipart/alternative"
            else tuple(line for one in held for line in one.lines)
        )
        return Held(
            lines,
            tuple(form for one in held for form in one.forms),
            tuple(dict.fromkeys(name for one in held for name in one.unread)),
        )
    name = shorten(headers.decoded(str(part.get_filename(""))), _LONGEST_NAME)
    attached = part.get_content_disposition() == "attachment" or bool(name)
    if main in ("text", "multipart") and (not attached or _TEXT_AFTER.fullmatch(name)):
        return Held(_text(part, kind))
    if kind in _OF_SIGNATURE or _is_shown_inside(part, main):
        return Held()
    return attachment(parts.content(part), name or f"an attachment without a name ({kind})")


def _text(part: Message, kind: str) -> tuple[Line, ...]:
    text = in_words(parts.content(part), str(part.get_content_charset("")))
    if kind == "text/html":
        return page_of(text)
    if kind not in ("text/plain", "multipart/mixed"):
        return ()
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    joined = str(part.get_param("delsp", "")).lower() == "yes"
    return bounded(body.of_text(text, flowed=flowed, joined=joined))


def _chosen(within: list[Message], held: list[Held]) -> tuple[Line, ...]:
    """Choose between the forms of one body."""
    are_pages = [
        any(part.get_content_type() == "text/html" for part in parts.walk(child))
        for child in within
    ]
    pages = (one.lines for one, is_page in zip(held, are_pages, strict=True) if is_page)
    plain = (one.lines for one, is_page in zip(held, are_pages, strict=True) if not is_page)
    return chosen(max(pages, key=_words, default=()), max(plain, key=_words, default=()))


def _is_shown_inside(part: Message, main: str) -> bool:
    """Tell whether a part is a picture that the page shows, as those of a signature."""
    inline = part.get_content_disposition() != "attachment"
    return main == "image" and inline and part.get("Content-ID") is not None


def _words(lines: Iterable[Line]) -> int:
    return sum(len(" ".join((line.text, *line.cells)).split()) for line in lines)
