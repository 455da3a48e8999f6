"""Messages as Outlook saves them (.msg): made the message again that was sent."""

from collections.abc import Iterator
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import TYPE_CHECKING

from cpctrack.extras import needed
from cpctrack.reading.mail import parts, rtf
from cpctrack.reading.mail.charset import in_words

if TYPE_CHECKING:
    from oxmsg.attachment import Attachment
    from oxmsg.properties import Properties

MARK = "__properties_version1.0".encode("utf-16-le")
"""What a message of Outlook has in it, and no old Word or Excel document."""

# Of the properties, as Microsoft numbers them.
_SUBJECT, _SENDER, _ADDRESS, _SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
_HEADERS, _SENT, _FLAGS, _UNSENT = 0x007D, 0x0039, 0x0E07, 8
_IDS = {"Message-ID": 0x1035, "In-Reply-To": 0x1042, "References": 0x1039}
_BODY, _HTML, _RTF, _CODEPAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_METHOD, _IS_MESSAGE, _CONTENT_ID = 0x3705, 5, 0x3712
_NAMES = (0x3707, 0x3704, 0x3001)


def message(content: bytes) -> Message:
    """Read a message of Outlook; raises `MissingExtraError`, and what its library does."""
    with needed("outlook", "An Outlook message (.msg)"):
        import oxmsg
    outlook = oxmsg.Message.load(content)
    made = MIMEMultipart()
    bodies = [
        MIMEText(text.encode("utf-8", "replace").decode(), kind, "utf-8")
        for kind, text in _bodies(outlook.properties)
        if text
    ]
    made.attach(MIMEMultipart("alternative", _subparts=bodies))
    for each in outlook.attachments:
        made.attach(_attached(each))
    for name, value in _headers(outlook.properties):
        if value and name not in made:
            made[name] = value
    made[parts.CLASS] = outlook.message_class
    return made


def _bodies(held: "Properties") -> Iterator[tuple[str, str]]:
    plain = held.str_prop_value(_BODY)
    page = held.str_prop_value(_HTML)
    if content := held.binary_prop_value(_HTML):
        page = in_words(content, f"cp{held.int_prop_value(_CODEPAGE)}")
    if not page and (packed := held.binary_prop_value(_RTF)):
        page, text = rtf.unpacked(packed)
        plain = plain or text
    yield from (("plain", plain or ""), ("html", page or ""))


def _headers(held: "Properties") -> Iterator[tuple[str, str]]:
    """Give the head with which it came, and for what that lacks what Outlook knows."""
    if sent_with := held.str_prop_value(_HEADERS):
        for header, value in parts.parse(sent_with.encode("utf-8", "replace")).raw_items():
            if not header.lower().startswith(("content-", "mime-")):
                yield header, value
    address = held.str_prop_value(_SMTP) or held.str_prop_value(_ADDRESS) or ""
    name = held.str_prop_value(_SENDER) or ""
    yield "From", f'"{name}" <{address if "@" in address else ""}>'
    yield "Subject", held.str_prop_value(_SUBJECT) or ""
    if sent := held.date_prop_value(_SENT):
        yield "Date", format_datetime(sent)
    for header, number in _IDS.items():
        yield header, held.str_prop_value(number) or ""
    yield "X-Unsent", "1" if (held.int_prop_value(_FLAGS) or 0) & _UNSENT else ""


def _attached(attachment: "Attachment") -> Message:
    held = attachment.properties
    name = next((said for each in _NAMES if (said := held.str_prop_value(each))), "")
    if held.int_prop_value(_METHOD) == _IS_MESSAGE:
        within = Message()
        within["Subject"] = name
        return MIMEMessage(within)
    content = attachment.file_bytes or b""
    kind = attachment.mime_type or ""
    if kind.lower() == "multipart/signed":  # the message itself, as it was signed
        return parts.parse(content)
    made = MIMEApplication(content)
    made.replace_header("Content-Type", kind)
    is_shown = held.str_prop_value(_CONTENT_ID)
    if is_shown:
        made["Content-ID"] = is_shown
    made.add_header(
        "Content-Disposition", "inline" if is_shown else "attachment", filename=("utf-8", "", name)
    )
    return made
