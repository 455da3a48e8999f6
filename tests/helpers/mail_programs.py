"""Owners' replies, as the mail programs they use write them, to a draft that ``chase`` made."""

import email
import email.policy
import io
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from html import escape
from textwrap import wrap
from typing import NamedTuple

ROOM = "Your response:"
"""What stands in the text of a message above the room for an answer."""
CLERK = "Democratic Services"
CLERKS_ADDRESS = "democratic@council.example"
_WIDTH = 72  # of a line that somebody writes in plain text

Answers = Mapping[str, str]
"""What an owner answers, by reference; a line for a paragraph."""


class Asked(NamedTuple):
    """A draft as its owner got it: subject, text, HTML, its own id, and its forms by ending."""

    subject: str
    text: str
    html: str
    message_id: str
    forms: Mapping[str, bytes]


class Person(NamedTuple):
    """Who answers, and how they close a mail."""

    name: str
    address: str


def received(content: bytes) -> Asked:
    """Read a draft as a mail program does."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    forms = {
        str(part.get_filename()).rpartition(".")[2]: part.get_content()
        for part in message.iter_attachments()
    }
    said = (message[name] for name in ("Subject", "Message-ID"))
    subject, message_id = map(str, said)
    return Asked(subject, text.get_content(), html.get_content(), message_id, forms)


def reply(
    asked: Asked, person: Person, text: str, html: str = "", *, key: str = "1"
) -> EmailMessage:
    """Make a reply with these bodies, whose own id has this key."""
    message = EmailMessage(email.policy.SMTP)
    message["From"] = f'"{person.name}" <{person.address}>'
    message["To"] = f"{CLERK} <{CLERKS_ADDRESS}>"
    message["Subject"] = f"RE: {asked.subject}"
    message["Date"] = "Tue, 04 Jun 2024 11:00:00 +0100"
    message["Message-ID"] = f"<{key}@mail.council.example>"
    message["In-Reply-To"] = message["References"] = asked.message_id
    message.set_content(text, cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def thunderbird(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer below each action, in plain text with “>” before what is quoted."""
    quoted = [f"> {line}".rstrip() for line in asked.text.splitlines()]
    body = "\n".join(_answered(quoted, answers))
    text = f"On 03/06/2024 09:12, {CLERK} wrote:\n{body}\n\n-- \n{person.name}\n"
    return reply(asked, person, text, key=key).as_bytes()


def outlook_text(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer below each action, in plain text without any mark."""
    body = "\n".join(_answered(asked.text.splitlines(), answers))
    head = (
        f"-----Original Message-----\nFrom: {CLERK} <{CLERKS_ADDRESS}>\nSent: 03 June 2024 09:12\n"
        f"To: {person.name} <{person.address}>\nSubject: {asked.subject}\n"
    )
    text = f"Hello,\n\nKind regards\n{person.name}\n\n{head}\n{body}\n"
    return reply(asked, person, text, key=key).as_bytes()


def outlook(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer in the cells of the quoted table, below the headers of the mail that is quoted."""
    head = (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        f'<p class="MsoNormal"><b>From:</b> {CLERK} &lt;{CLERKS_ADDRESS}&gt; <br><b>Sent:</b> 03 '
        f"June 2024 09:12<br><b>To:</b> {escape(person.name)} &lt;{person.address}&gt;<br>"
        f"<b>Subject:</b> {escape(asked.subject)}</p></div>"
    )
    html = _page(
        f'<div class="WordSection1"><p class="MsoNormal">Hello,</p><p class="MsoNormal">Kind '
        f'regards</p><p class="MsoNormal">{escape(person.name)}</p>{head}'
        f"{_filled(asked.html, answers, paragraph='MsoNormal')}</div>"
    )
    return reply(asked, person, "Hello,\n\nKind regards\n", html, key=key).as_bytes()


def gmail(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer above what is quoted, each action by its reference."""
    lines = "".join(f"<div>{escape(ref)}: {_lines(said)}</div>" for ref, said in answers.items())
    html = (
        f'<div dir="ltr">{lines}<div><br></div><div>Kind regards</div><div>{escape(person.name)}'
        '</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 3 Jun '
        f'2024 at 09:12, {CLERK} &lt;<a href="mailto:{CLERKS_ADDRESS}">{CLERKS_ADDRESS}</a>&gt; '
        'wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        f'padding-left:1ex">{_inner(asked.html)}</blockquote></div>'
    )
    quoted = "\n".join(f"> {line}" for line in asked.text.splitlines())
    above = "\n".join(f"{ref}: {said}" for ref, said in answers.items())
    text = f"{above}\n\nOn Mon, 3 Jun 2024 at 09:12, {CLERK} <{CLERKS_ADDRESS}> wrote:\n\n{quoted}"
    return reply(asked, person, text, html, key=key).as_bytes()


def gmail_table(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer in the cells of the quoted table, with nothing above."""
    html = (
        '<div dir="ltr"><br></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f"On Mon, 3 Jun 2024 at 09:12, {CLERK} &lt;{CLERKS_ADDRESS}&gt; wrote:<br></div>"
        f'<blockquote class="gmail_quote">{_filled(asked.html, answers)}</blockquote></div>'
    )
    return reply(asked, person, "", html, key=key).as_bytes()


def apple_mail(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer above what is quoted, the reference on a line of its own above each answer."""
    lines = "<br>".join(f"<div>{escape(r)}</div><div>{_lines(s)}</div>" for r, s in answers.items())
    html = _page(
        f'<div style="overflow-wrap: break-word;">{lines}<br><div>Best wishes</div><div>'
        f'{escape(person.name)}</div><div><br><blockquote type="cite"><div>On 3 Jun 2024, at 09:12,'
        f' {CLERK} &lt;{CLERKS_ADDRESS}&gt; wrote:</div><br class="Apple-interchange-newline"><div>'
        f"{_inner(asked.html)}</div></blockquote></div></div>"
    )
    return reply(asked, person, "", html, key=key).as_bytes()


def outlook_mobile(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer above what is quoted, and close with an advertisement."""
    lines = "<div><br></div>".join(
        f'<div dir="auto">{escape(ref)} - {_lines(said)}</div>' for ref, said in answers.items()
    )
    html = _page(
        f'{lines}<div id="ms-outlook-mobile-signature"><div><br></div>Get <a href='
        '"https://example.org/ios">Outlook for iOS</a></div><hr style="display:inline-block;'
        'width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif"><b>From:</b>'
        f" {CLERK} &lt;{CLERKS_ADDRESS}&gt;<br><b>Sent:</b> Monday, June 3, 2024 9:12:00 AM<br>"
        f"<b>To:</b> {escape(person.name)} &lt;{person.address}&gt;<br><b>Subject:</b> "
        f"{escape(asked.subject)}</font><div>&nbsp;</div></div>{_inner(asked.html)}"
    )
    return reply(asked, person, "", html, key=key).as_bytes()


def word_form(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer on the Word form, and send it with a line."""
    return _with_form(asked, person, key, "docx", fill_word(asked.forms["docx"], answers))


def excel_form(asked: Asked, person: Person, answers: Answers, key: str) -> bytes:
    """Answer on the workbook, sort it by what was answered, and send it with a line."""
    return _with_form(asked, person, key, "xlsx", fill_excel(asked.forms["xlsx"], answers))


Program = Callable[[Asked, Person, Answers, str], bytes]
PROGRAMS: tuple[Program, ...] = (
    thunderbird, outlook_text, outlook, gmail, gmail_table, apple_mail, outlook_mobile,
    word_form, excel_form,
)  # fmt: skip


def pasted(asked: Asked, person: Person, answers: Answers) -> str:
    """Give what a clerk pastes into a text file of an open mail: its head and its words."""
    blocks = "\n\n".join(f"{ref}: {said}" for ref, said in answers.items())
    return (
        f"From: {person.name} <{person.address}>\nSent: 04 June 2024 11:00\nTo: {CLERK}\n"
        f"Subject: RE: {asked.subject}\n\nHello,\n\n{blocks}\n\nKind regards\n{person.name}\n"
    )


def fill_word(form: bytes, answers: Answers) -> bytes:
    """Write answers into the rows of the Word form; the last row comes first now."""
    import docx

    document = docx.Document(io.BytesIO(form))
    (table,) = document.tables
    heading, *rows = table.rows
    column = _column([cell.text for cell in heading.cells])
    for row in rows:
        ref = row.cells[0].text.split("\n")[0].strip()
        if ref in answers:
            row.cells[column].paragraphs[0].add_run(answers[ref])
    heading._tr.addnext(rows[-1]._tr)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def fill_excel(form: bytes, answers: Answers) -> bytes:
    """Write answers into the rows of the workbook, and sort them by what they say."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if "Reference" in row)
    column = _column([str(text) for text in rows[start]])
    for row in rows[start + 1 :]:
        row[column] = answers.get(str(row[0]), row[column])
    held = sorted(rows[start + 1 :], key=lambda row: str(row[column]))
    for number, row in enumerate(held, start + 2):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _with_form(asked: Asked, person: Person, key: str, ending: str, form: bytes) -> bytes:
    message = reply(asked, person, f"Hello,\n\nKind regards\n{person.name}\n", key=key)
    message.add_attachment(form, "application", "octet-stream", filename=f"form.{ending}")
    return message.as_bytes()


def _column(headings: list[str]) -> int:
    return next(at for at, text in enumerate(headings) if "response" in text.lower())


def _answered(lines: list[str], answers: Answers) -> list[str]:
    """Put each answer below the room that its action has."""
    written: list[str] = []
    left = dict(answers)
    ref = ""
    for line in lines:
        words = line.strip("> ").split()
        ref = words[-1] if words and words[-1] in left and len(words) <= 2 else ref
        written.append(line)
        if ref and line.strip("> ") == ROOM:
            for paragraph in left.pop(ref).split("\n"):
                written += ["", *wrap(paragraph, _WIDTH)]
            written.append("")
            ref = ""
    assert not left, "the message has no room for it"
    return written


def _filled(html: str, answers: Answers, paragraph: str = "") -> str:
    """Write answers into the last cells of the table's rows, whose content may become paragraphs.

    It is what programs do that make HTML of their own of the one they quote.
    """
    from lxml import etree
    from lxml import html as pages

    page = pages.document_fromstring(html)
    left = dict(answers)
    for row in page.iter("tr"):
        ref = "".join(row[0].itertext()).split()[-1]
        if ref in left:
            for child in list(row[-1]):
                row[-1].remove(child)
            row[-1].text, *more = left.pop(ref).split("\n")
            for paragraph in more:
                line_end = etree.SubElement(row[-1], "br")
                line_end.tail = paragraph
        for cell in row if paragraph else ():
            inside = pages.Element("p", {"class": paragraph})
            inside.text, cell.text = cell.text, None
            inside.extend(list(cell))
            cell.append(inside)
    assert not left, "the table has no room for it"
    return "".join(etree.tostring(part, encoding="unicode", method="html") for part in page.body)


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _inner(html: str) -> str:
    return _filled(html, {})


def _page(body: str) -> str:
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'
