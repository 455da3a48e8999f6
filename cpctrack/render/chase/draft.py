"""A message as a draft that the clerk's own mail program opens, ready to send."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path, PurePath

from cpctrack.records.owners import is_address
from cpctrack.render.chase.message import View
from cpctrack.render.chase.text import rendered
from cpctrack.text import clean, one_line

HTML = "chase.html.j2"
_OFFICE = "vnd.openxmlformats-officedocument"
# Not asked of the system: the same draft must be made everywhere.
_TYPES = {
    ".docx": ("application", f"{_OFFICE}.wordprocessingml.document"),
    ".xlsx": ("application", f"{_OFFICE}.spreadsheetml.sheet"),
}
_ANY_TYPE = ("application", "octet-stream")


def draft(
    view: View, text: str, to: str, attachments: Mapping[str, bytes], today: date,
    folder: Path | None = None,
) -> bytes:  # fmt: skip
    """Make an unsent e-mail of a message and its text, as HTML too, with files by their names.

    An address that isn't plain ASCII is left for the clerk to type, as few mail programs read one
    from a file. Raises `RenderError` for a wrong template of `folder`.
    """
    html = rendered(HTML, view, folder)
    return unsent(view.subject, text, today, html, to, view.number, attachments)


def unsent(
    subject: str, text: str, today: date, html: str = "", to: str = "", number: str = "",
    attachments: Mapping[str, bytes] = {},
) -> bytes:  # fmt: skip
    """Make an unsent e-mail, byte for byte the same of the same.

    `number` gives it an id, by which an answer tells what it answers.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(SMTP)
    mail["X-Unsent"] = "1"
    # What looks like an encoded word would be decoded, line ends and all.
    mail["Subject"] = one_line(subject).replace("=?", "= ?")
    if to.isascii() and is_address(to) and clean(to) == to:
        mail["To"] = to
    mail["Date"] = datetime.combine(today, time(12), UTC)
    if number:
        # Longer than 60 letters it would come back written as encoded words.
        mail["Message-ID"] = f"<{number.lower()}@cpctrack.invalid>"
    mail.set_content(text, cte="quoted-printable")
    if html:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for name, content in attachments.items():
        kind, subtype = _TYPES.get(PurePath(name).suffix.lower(), _ANY_TYPE)
        mail.add_attachment(content, kind, subtype, filename=one_line(name))
    for place, part in enumerate(mail.walk()):
        if part.is_multipart():
            # Neither quoted-printable nor base64 can hold “=_”.
            part.set_boundary(f"=_part_{place}")
    # Lines of 78 letters would break some subjects before their first word, as if there were none.
    plain = mail["Subject"].isascii()
    return mail.as_bytes(policy=SMTP.clone(max_line_length=998) if plain else SMTP)
