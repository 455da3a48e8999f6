"""From a text that somebody pasted to its letter; what heads it says who wrote it, and when."""

import re
from functools import partial
from itertools import takewhile

from cpctrack.reading.decode import split_lines
from cpctrack.reading.mail import automatic, body, headers, mime
from cpctrack.reading.mail.letter import Letter

_MOST_HEADERS = 12
_HEADER = re.compile(
    r"[ \t]*\*?(?P<name>From|Sent|Date|To|Cc|Bcc|Subject|Importance|Attachments"
    r"|Oddi wrth|Anfonwyd|Dyddiad|At|Pwnc)[ \t]*:\*?[ \t]*(?P<said>.*)",
    re.IGNORECASE,
)
_ENGLISH = {"oddi wrth": "from", "anfonwyd": "date", "dyddiad": "date", "sent": "date",
            "pwnc": "subject"}  # fmt: skip


def letter(text: str, name: str) -> Letter:
    """Read a pasted mail, a chat, or plain words."""
    lines = split_lines(text)
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    heads = map(_HEADER.match, lines[first : first + _MOST_HEADERS])
    fields = [
        (each["name"].lower(), each["said"].strip()) for each in takewhile(bool, heads) if each
    ]
    said = {_ENGLISH.get(name, name): words for name, words in reversed(fields)}
    end = first + len(fields)
    if not {"from", "date"} <= said.keys():
        end, said = 0, {}
    sender, address = headers.sender(said.get("from", ""))
    day = headers.day(said.get("date", ""))
    subject = said.get("subject", "")
    return Letter(
        name,
        mime.lines_of("\n".join(lines[end:]), partial(body.of_text, first=end + 1)),
        sender=sender,
        address=address,
        date=day,
        subject=subject,
        automatic=automatic.of_subject(subject),
    )
