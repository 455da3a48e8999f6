"""From the source of one message to its letter."""

import re
from collections.abc import Callable, Iterable
from email.message import Message
from functools import partial
from itertools import islice
from typing import NamedTuple

from cpctrack.errors import ImportRefusedError, MissingExtraError
from cpctrack.reading.mail import automatic, body, headers, parts
from cpctrack.reading.mail.charset import in_words
from cpctrack.reading.mail.letter import Form, Letter, Line
from cpctrack.text import shorten

ATTACHED_MESSAGE = "an attached message"
"""How `Letter.unread` begins to name a message that was attached."""

_MOST_LINES = 20_000
_LONGEST_LINE = 100_000
_MOST_LETTERS = 8_000_000
_LONGEST_NAME = 100
_FORMS = (".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".ods", ".csv", ".tsv")
# What Exchange calls text behind an attachment.
_TEXT_AFTER = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)
_OF_SIGNATURE = ("application/pkcs7-signature", "application/x-pkcs7-signature",
                 "application/pgp-signature")  # fmt: skip


class Held(NamedTuple):
    """What a part of a message holds."""

    lines: tuple[Line, ...] = ()
    forms: tuple[Form, ...] = ()
    unread: tuple[str, ...] = ()


def letter(parsed: Callable[[], Message], name: str, line: int = 0) -> Letter:
    """Read the message that `parsed` gives; `automatic` says why where nothing of it can be read.

    Raises `MissingExtraError`.
    """
    try:
        return _letter(parsed(), name, line)
    except parts.TooMuchError as error:
        why = f"a message that {error}; it was not read"
    except MissingExtraError:
        raise
    except Exception:  # the library raises a dozen kinds for what was tampered with
        why = "a message that can't be read; save it again, or its text as .txt"
    return Letter(name, automatic=why, line=line)


def lines_of(text: str, read: Callable[[str], Iterable[Line]]) -> tuple[Line, ...]:
    """Read the lines of a body; raises `TooMuchError` where they are more, or longer, than any."""
    if len(text) <= _MOST_LETTERS:
        held = tuple(islice(read(text), _MOST_LINES + 1))
        if len(held) <= _MOST_LINES and all(len(line.text) <= _LONGEST_LINE for line in held):
            return held
    raise parts.TooMuchError("is longer than any answer")


def _letter(message: Message, name: str, line: int) -> Letter:
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


def _held(part: Message) -> Held:
    kind, main = part.get_content_type(), part.get_content_maintype()
    within = parts.within(part)
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
    return _attached(parts.content(part), name or f"an attachment without a name ({kind})")


def _text(part: Message, kind: str) -> tuple[Line, ...]:
    text = in_words(parts.content(part), str(part.get_content_charset("")))
    if kind == "text/html":
        return lines_of(text, body.of_page)
    if kind not in ("text/plain", "multipart/mixed"):
        return ()
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    joined = str(part.get_param("delsp", "")).lower() == "yes"
    return lines_of(text, partial(body.of_text, flowed=flowed, joined=joined))


def _chosen(within: list[Message], held: list[Held]) -> tuple[Line, ...]:
    """Choose of a body in two forms the page, but where the plain text says much more."""
    are_pages = [
        any(part.get_content_type() == "text/html" for part in parts.walk(child))
        for child in within
    ]
    page, plain = (
        max(
            (one.lines for one, is_page in zip(held, are_pages, strict=True) if is_page == wanted),
            key=_words,
            default=(),
        )
        for wanted in (True, False)
    )
    return page if 2 * _words(page) >= _words(plain) else plain


def _attached(content: bytes, name: str) -> Held:
    """Read a form that is attached; what is none is named."""
    if name.lower().endswith(_FORMS):
        from cpctrack.reading import forms

        try:
            return Held(forms=(forms.read(content, name),))
        except ImportRefusedError:
            pass
    return Held(unread=(name,))


def _is_shown_inside(part: Message, main: str) -> bool:
    """Tell whether a part is a picture that the page shows, as those of a signature."""
    inline = part.get_content_disposition() != "attachment"
    return main == "image" and inline and part.get("Content-ID") is not None


def _words(lines: Iterable[Line]) -> int:
    return sum(len(" ".join((line.text, *line.cells)).split()) for line in lines)
