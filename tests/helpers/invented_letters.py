"""An invented council's actions, what was sent about them, and letters that answer."""

from datetime import date
from typing import Any

from cpctrack.reading.mail.letter import Letter, Line
from cpctrack.records.asking import Chase, Part
from cpctrack.records.model import Kind, Meeting, MeetingType, Record, Status
from cpctrack.records.owners import Owner, Owners
from cpctrack.replies import reading
from cpctrack.replies.answer import Known

NUMBER = "AVP-CHASE-7K4QD"
CLERK = "Nadia Orme <nadia.orme@ashby.example>"
_MET = Meeting("2025-03-12", MeetingType.FORMAL, "2024/25")
_TEXTS = {
    "AVP-2425-011": "The Parks Manager would count the benches in Quarry Field that need repair.",
    "AVP-2425-012": "The Parks Manager would bring a plan for lighting the towpath, with its cost, "
    "before the clocks go back.",
    "AVP-2425-020": "The Parks Manager would ask the Friends of Mill Wood who mows the glade.",
    "AVP-2425-031": "The Head of Catering would list the suppliers of school milk.",
    "AVP-2425-040": "The Parks Manager would paint the bandstand.",
}
OWNERS = Owners(
    {
        "1": Owner("Parks Manager", email="tom.reave@ashby.example", also=("Tom Reave",)),
        "2": Owner("Head of Catering", email="ida.flint@ashby.example"),
    }
)


def _record(ref: str) -> Record:
    owner = "Head of Catering" if ref == "AVP-2425-031" else "Parks Manager"
    status = Status.COMPLETED if ref == "AVP-2425-040" else Status.OPEN
    return Record(
        id=ref,
        ref=ref,
        meeting=_MET,
        kind=Kind.ACTION,
        action=_TEXTS[ref],
        item="Item 4. Open spaces",
        owners=(owner,),
        due_text="30 June 2025",
        status=status,
    )


RECORDS = {ref: _record(ref) for ref in _TEXTS}
THREE = ("AVP-2425-011", "AVP-2425-012", "AVP-2425-020")


def part(place: int, ref: str) -> str:
    """Give what the message says of an action."""
    agreed = "Ashby Vale Parks Panel, 12 March 2025, Item 4. Open spaces"
    return (
        f"{place}. {ref}\n  {_TEXTS[ref]}\n  Agreed: {agreed}\n  Due: 30 June 2025\n"
        "Your response:\n"
    )


HEAD = (
    "Dear Parks Manager,\n\nThis is message [AVP-CHASE-7K4QD]. Please keep the number.\n\n"
    "I am writing for the Ashby Vale Parks Panel. Please tell me by 2 June 2025 how these actions "
    "stand, and write under “Your response”.\n\n"
)
FOOT = "\nNadia Orme\nClerk to the Panel\n"


def chase(*refs: str) -> Chase:
    """Give a message about these actions, as a store keeps it."""
    actions = [Part(place, part(place, ref), ref) for place, ref in enumerate(refs, 1)]
    parts = (Part(0, HEAD), *actions, Part(len(refs) + 1, FOOT))
    return Chase(NUMBER, "Parks Manager", "2025-05-12T09:00:00Z", "Nadia Orme", parts=parts)


def sent(*refs: str) -> str:
    """Give the text of `chase`."""
    return "".join(each.text for each in chase(*refs).parts)


def marked(text: str) -> str:
    """Give a text with the marks of a quotation."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


WROTE = f"On Mon, 12 May 2025 at 09:00, {CLERK} wrote:\n"
OUTLOOK = (
    f"From: {CLERK}\nSent: 12 May 2025 09:00\nTo: Tom Reave <tom.reave@ashby.example>\n"
    f"Subject: Actions of the Ashby Vale Parks Panel [{NUMBER}]\n\n"
)


def old(*refs: str) -> str:
    """Give a message of which the store keeps nothing, in the words of its records."""
    actions = "\n".join(
        f"{ref}\n{_TEXTS[ref]}\nMeeting: 12 March 2025, Item 4. Open spaces. Due: 30 June 2025.\n"
        for ref in refs
    )
    return f"Dear Tom,\n\nPlease tell me how these stand.\n\n{actions}\nNadia Orme\nClerk\n"


def letter(text: str = "", *rows: tuple[str, ...], **fields: Any) -> Letter:
    """Give a letter of Tom Reave's with these lines, then rows of a table."""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        own = line.lstrip("> ")
        lines.append(Line(own, line[: len(line) - len(own)].count(">"), number=number))
    lines += [Line("", cells=row, number=len(lines) + at) for at, row in enumerate(rows, 1)]
    values: dict[str, Any] = {
        "name": "answer.eml",
        "lines": tuple(lines),
        "sender": "Tom Reave",
        "address": "tom.reave@ashby.example",
        "date": "2025-05-20",
        "message_id": "b1@ashby.example",
        "thread": ("q1@ashby.example",),
    }
    return Letter(**{**values, **fields})


def known(*refs: str, owners: Owners = OWNERS) -> Known:
    """Give what the store knows; with `refs` also that they were asked about."""
    chases = {NUMBER: chase(*refs)} if refs else {}
    return Known(RECORDS, date(2025, 5, 21), chases, owners)


def answers(*letters: Letter, of: Known) -> list[str]:
    """Give what was read, an answer a line: the reference's number, “?” where asked, the words."""
    return [
        f"{each.ref[-3:]}{'?' if each.unclear else ''}: {' / '.join(each.response.splitlines())}"
        for each in reading.read(letters, of).answers
    ]
