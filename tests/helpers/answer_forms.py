"""An invented message with its form, and hands that fill the form in."""

import io
from datetime import date
from textwrap import fill

from cpctrack.reading.mail.letter import Letter
from cpctrack.records.asking import Chase, Part
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record
from cpctrack.render.chase.message import Message, Question, Shown, View
from cpctrack.replies.answer import Known

NUMBER = "PLY-CHASE-7K4QD"
TODAY = date(2024, 4, 29)
TEXTS = (
    "The Head of Play would count the swings in Elm Park, and say which of them squeak.",
    "=SUM(A1) would be explained by the Treasurer.",
    "The Head of Play would bring a map of benches:\n- those with backs\n- those without.",
    "The Head of Play would ask the Mayor’s bees’ keeper for £30 of honey.",
)
AGREED, DUE = "Agreed: 13 March 2024, Item 6. Play", "Due: 31 May 2024 (moved twice)"
LATE, SAID = "Overdue by 9 weeks", "Last response: Half of them."
REFS = tuple(f"PLY-2324-{number:03}" for number in range(1, len(TEXTS) + 1))
RECORDS = tuple(
    Record(f"{number:012x}", ref, Meeting("2024-03-13", MeetingType.FORMAL, "2023/24"), action=text)
    for number, (ref, text) in enumerate(zip(REFS, TEXTS, strict=True), 1)
)
SHOWN = tuple(
    Shown(
        place,
        ref,
        text,
        AGREED.removeprefix("Agreed: "),
        DUE.removeprefix("Due: "),
        LATE if place == 1 else "",
        SAID.removeprefix("Last response: ") if place == 3 else "",
    )
    for place, (ref, text) in enumerate(zip(REFS, TEXTS, strict=True), 1)
)
VIEW = View(
    NUMBER,
    f"Progress on actions: Playgrounds Committee, 12 June 2024 [{NUMBER}]",
    "Dear Head of Play,",
    ("Please tell me how each of these stands.",),
    ("Answer under each action, or on the form.",),
    "What you write is printed in the public agenda of 12 June 2024.",
    SHOWN,
    ("Rowan Quill", "Committee Clerk"),
)
MESSAGE = Message(
    NUMBER,
    "Head of Play",
    "play@elmborough.example",
    1,
    tuple(Question(each, Calendar(TODAY), "Playgrounds Committee") for each in RECORDS),
    "2024-05-20",
    "2024-06-12",
    TODAY,
)
CHASE = Chase(
    NUMBER,
    "Head of Play",
    "2024-04-29T09:00:00Z",
    "Rowan Quill",
    parts=(
        Part(0, f"Dear Head of Play,\n{VIEW.privacy}\n"),
        *(
            Part(
                each.place,
                f"{each.place}. {each.ref}\n{fill(each.text, 40)}\n  {fill(AGREED, 20)}\n  {DUE}\n"
                f"{each.late}\n  {SAID if each.said else ''}\nYour response:\n\n",
                each.ref,
            )
            for each in SHOWN
        ),
    ),
)
LETTER = Letter(
    "answer.eml",
    address="play@elmborough.example",
    date="2024-05-13",
    message_id="m1",
    thread=("asked@elmborough.example",),
)


def known(*records, chased=True):
    """Give what the stores know: these records, or those of the message."""
    held = {each.ref: each for each in records or RECORDS}
    return Known(held, date(2024, 5, 14), {NUMBER: CHASE} if chased else {})


def fill_word(content, filled):
    """Type answers (response, status, date) into a Word form, by its references."""
    import docx

    document = docx.Document(io.BytesIO(content))
    for row in document.tables[0].rows[1:]:
        texts = filled.get(row.cells[0].text, ("", "", ""))
        cells = [row.cells[2], row.cells[3], row.cells[4]]
        for cell, text in zip(cells, texts, strict=True):
            controls = cell._tc.xpath(".//w:sdtContent//w:t")
            if controls and text:
                controls[0].text = text
            elif text:
                cell.paragraphs[0].add_run(text)
    return _bytes(document)


def fill_excel(content, filled, order=None, *, before=0):
    """Type answers into an Excel form; its rows in this order, below so many inserted columns."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    rows = [row for row in sheet.iter_rows() if row[0].value in REFS]
    values = {}
    for row in rows:
        texts = filled.get(row[0].value, (None, None, None))
        values[row[0].value] = [row[0].value, row[1].value, *texts, row[5].value]
    for row, ref in zip(rows, order or [row[0].value for row in rows], strict=True):
        for cell, value in zip(row, values[ref], strict=True):
            cell.value = value
            if isinstance(value, str) and cell.column < 3:
                cell.data_type = "s"
    if before:
        sheet.insert_cols(1, before)
    return _bytes(book)


def _bytes(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
