"""From the source of one message to its letter."""

import contextlib
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
_MOST_LETTERS = 4_000_000
_LONGEST_NAME = 100
_MOST_FORMS = 20
_FOLDERS = re.compile(r".*[\\/]")
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
    if len(body.PICTURE.sub("", text)) <= _MOST_LETTERS:
        held = tuple(islice(read(text), _MOST_LINES + 1))
        if len(held) <= _MOST_LINES and all(len(line.text) <= _LONGEST_LINE for line in held):
            return held
    raise parts.TooMuchError("is longer than any answer")


def _letter(message: Message, name: str, line: int) -> Letter:
    sender, address = headers.sender(headers.text(message, "From"))
    why = automatic.why(message)
    if sum(_name(part).lower().endswith(_FORMS) for part in parts.walk(message)) > _MOST_FORMS:
        raise parts.TooMuchError("has more forms than any answer")
    held = Held() if why else _held(message)
    why = why or automatic.of_words("\n".join(each.text for each in held.lines if not each.quoted))
    return Letter(
        name,
        held.lines,
        sender=sender,
        address=address,
        date=headers.day(headers.text(message, "Date")),
        message_id=headers.message_id(message),
        subject=headers.text(message, "Subject"),
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
        subject = headers.text(within[0], "Subject") if within else ""
        return Held(unread=(f"{ATTACHED_MESSAGE} (“{shorten(subject, _LONGEST_NAME)}”)",))
    if within:
        return _together(within, alternative=kind == "multipart/alternative")
    name = _name(part)
    is_attached = bool(name) or part.get_content_disposition() == "attachment"
    if _is_body(part) and (not is_attached or _TEXT_AFTER.fullmatch(name)):
        return Held(_text(part))
    if kind in _OF_SIGNATURE or _is_shown_inside(part):
        return Held()
    return _attached(parts.content(part), name or f"an attachment without a name ({kind})")


def _together(within: list[Message], *, alternative: bool) -> Held:
    """Put together what the parts of a part hold; a body in two forms is read once."""
    if alternative:  # what is neither form says the same for other programs
        within = [
            part for part in within if _is_body(part) or part.get_content_maintype() != "text"
        ]
    held = [_held(part) for part in within]
    return Held(
        _chosen(within, held) if alternative else tuple(line for one in held for line in one.lines),
        tuple(form for one in held for form in one.forms),
        tuple(dict.fromkeys(name for one in held for name in one.unread)),
    )


def _chosen(within: list[Message], held: list[Held]) -> tuple[Line, ...]:
    """Choose of a body in two forms the page, but where the plain text says much more."""
    page: tuple[Line, ...] = ()
    plain: tuple[Line, ...] = ()
    for part, one in zip(within, held, strict=True):
        if any(inner.get_content_type() == "text/html" for inner in parts.walk(part)):
            page = max(page, one.lines, key=_words)
        else:
            plain = max(plain, one.lines, key=_words)
    return page if 2 * _words(page) >= _words(plain) else plain


def _is_body(part: Message) -> bool:
    """Tell whether a part may be the words of a mail; one of several parts that has none may be."""
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text or part.get_content_maintype() == "multipart"


def _name(part: Message) -> str:
    """Give the name of the file that a part is, without folders."""
    said = headers.decoded(str(part.get_filename("")))
    return shorten(_FOLDERS.sub("", said), _LONGEST_NAME)


def _text(part: Message) -> tuple[Line, ...]:
    text = in_words(parts.content(part), str(part.get_content_charset("")))
    if part.get_content_type() == "text/html":
        return lines_of(text, body.of_page)
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    joined = str(part.get_param("delsp", "")).lower() == "yes"
    return lines_of(text, partial(body.of_text, flowed=flowed, joined=joined))


def _attached(content: bytes, name: str) -> Held:
    """Read a form that is attached; what is none is named."""
    if name.lower().endswith(_FORMS):
        from cpctrack.reading import forms

        with contextlib.suppress(ImportRefusedError):
            if form := forms.read(content, name):
                return Held(forms=(form,))
    return Held(unread=(name,))


def _is_shown_inside(part: Message) -> bool:
    """Tell whether a part is a picture that the page shows, as those of a signature."""
    inline = part.get_content_disposition() != "attachment"
    return part.get_content_maintype() == "image" and inline and part.get("Content-ID") is not None


def _words(lines: Iterable[Line]) -> int:
    return sum(len(" ".join((line.text, *line.cells)).split()) for line in lines)
