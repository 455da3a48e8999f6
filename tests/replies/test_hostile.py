"""Replies that mean harm or were made by a fault: bounded, one sentence, and nothing is written."""

import base64
import io
import json
import os
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from amounts import times
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mail_programs import Person, fill_excel, fill_word, received, reply, thunderbird

FORMAL = ("--meeting", "2024-03-13", "--type", "formal", "--item", "Item 4. Streets")
MINE, COLLEAGUES, SECRET = "PKS-2324-001", "PKS-2324-002", "PKS-2324-003"
OWNER = Person("Head of Parks", "parks@council.example")
STRANGER = Person("Head of Parks", "parks@elsewhere.example")
SAID = "312 kerbs have new signs."
MEBIBYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-03")


_MADE = {}  # what was asked takes a second to make, and is the same each time


class Desk:
    """A committee whose owners were asked; what one of them got, and what comes back."""

    def __init__(self, run, folder):
        self.run, self.store, self.inbox = run, folder / "pks.json", folder / "inbox"
        self.inbox.mkdir()
        out = folder / "out"
        if not _MADE:
            self._ask(out)
        self.store.write_bytes(_MADE["store"])
        self.asked = _MADE["asked"]
        self.before = self.store.read_bytes()

    def _ask(self, out):
        self.call("init", "--committee", "Parks Committee", "--prefix", "PKS")
        for text, owner in (("Count the kerbs.", OWNER.name), ("Close the gate.", "Gatekeeper"),
                            ("Settle the lease.", OWNER.name)):  # fmt: skip
            self.call("add", *FORMAL, "--action", text, "--owner", owner)
        self.call("update", SECRET, "--exempt", "3")
        self.call("owner", OWNER.name, "--email", OWNER.address)
        told = json.loads(self.call("chase", "-o", str(out), "--json").stdout)
        (message,) = [each for each in told["messages"] if each["owner"] == OWNER.name]
        assert message["refs"] == [MINE]
        (draft,) = [name for name in map(str, message["files"]) if name.endswith(".eml")]
        draft = out / draft.replace("\\", "/").rpartition("/")[2]
        _MADE.update(store=self.store.read_bytes(), asked=received(draft.read_bytes()))

    def call(self, *arguments, exit_code=0):
        return self.run("--store", str(self.store), *arguments, exit_code=exit_code)

    def take_in(self, name, content):
        """Take in a file of this content without a person, and give what is said of it."""
        (self.inbox / name).write_bytes(content)
        return json.loads(self.call("replies", str(self.inbox), "--yes", "--json").stdout)

    def saves_nothing(self, name, content):
        """Take in a file of which nothing may be saved; every answer found has its reason."""
        told = self.take_in(name, content)
        assert told["saved"] == []
        assert all(each["unclear"] for each in told["answers"])
        assert told["answers"] or told["nothing"]
        assert self.store.read_bytes() == self.before
        return told

    def refuses(self, name, content):
        """Take in a file that is refused in one sentence where it is given alone."""
        path = self.inbox / name
        path.write_bytes(content)
        said = self.call("replies", str(path), "--yes", exit_code=1).stderr.strip()
        assert said.startswith("Error: ")
        assert name in said
        assert "\n" not in said
        assert len(said) < 500
        assert self.store.read_bytes() == self.before


@pytest.fixture
def desk(run, tmp_path):
    return Desk(run, tmp_path)


def test_what_is_sound_is_saved(desk):
    """Else every test below would pass for nothing."""
    told = desk.take_in("reply.eml", thunderbird(desk.asked, OWNER, {MINE: SAID}, "1"))
    assert told["saved"] == [MINE]


@pytest.mark.parametrize(
    "words",
    [
        f"{COLLEAGUES}: this is closed.",
        f"{COLLEAGUES}\nClosed, please take it off.",
        f"{COLLEAGUES} - Completed\nStatus: Done",
        f"Ref: {COLLEAGUES.lower()} closed",
        f"1. {COLLEAGUES}\n   Your response: closed",
    ],
)
def test_a_colleagues_reference_is_asked_about(desk, words):
    for person in (OWNER, STRANGER):
        told = desk.saves_nothing("reply.eml", reply(desk.asked, person, words).as_bytes())
        assert COLLEAGUES in {each["ref"] for each in told["answers"]}


@pytest.mark.parametrize("ref", [COLLEAGUES, "PKS-2324-099", "LIC-2324-001", "PKS-CHASE-7K4QD"])
def test_a_reference_that_was_not_asked_is_never_saved(desk, ref):
    desk.saves_nothing("reply.eml", reply(desk.asked, OWNER, f"{ref}: closed.").as_bytes())


def test_a_quotation_that_was_changed_answers_for_nobody(desk):
    quoted = "\n".join(f"> {line}" for line in desk.asked.text.splitlines())
    forged = quoted.replace(MINE, COLLEAGUES).replace("Count the kerbs", "Close the gate")
    text = f"Done.\n\nOn 03/06/2024 09:12, Clerk wrote:\n{forged}\n"
    told = desk.take_in("reply.eml", reply(desk.asked, STRANGER, text).as_bytes())
    assert COLLEAGUES not in told["saved"]


def test_a_stranger_without_the_thread_is_asked_about(desk):
    message = EmailMessage(SMTP)
    message["From"] = STRANGER.address
    message["Subject"] = "Your actions"
    message["Message-ID"] = "<1@elsewhere.example>"
    message.set_content(f"{MINE}: closed.\n{COLLEAGUES}: closed.\n")
    desk.saves_nothing("reply.eml", message.as_bytes())


def attached(message, depth):
    for number in range(depth):
        outer = EmailMessage(SMTP)
        outer["From"], outer["Subject"] = OWNER.address, f"Fwd {number}"
        outer.set_content("Hello,\n")
        outer.add_attachment(message)
        message = outer
    return message


@pytest.mark.parametrize("depth", [1, 9, 60])
def test_messages_within_messages_answer_nothing(desk, depth):
    inner = reply(desk.asked, OWNER, f"{MINE}: closed.\n{COLLEAGUES}: closed.\n")
    desk.saves_nothing("reply.eml", attached(inner, depth).as_bytes())


def head(person=OWNER, subject="RE: actions", **more):
    lines = {
        "From": person.address,
        "Subject": subject,
        "Message-ID": "<1@council.example>",
        **more,
    }
    return "".join(f"{name}: {value}\r\n" for name, value in lines.items())


@pytest.mark.parametrize("depth", [9, 300, 3000])
def test_parts_within_parts_end(desk, depth):
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{at}"\r\n\r\n--b{at}\r\n' for at in range(depth)
    )
    body = f"{opened}Content-Type: text/plain\r\n\r\n{COLLEAGUES}: closed.\r\n"
    desk.saves_nothing("reply.eml", (head() + body).encode())


@pytest.mark.parametrize("kind", ["text/plain", "message/rfc822", "application/pdf"])
def test_ten_thousand_parts_are_bounded(desk, kind):
    part = f"--b\r\nContent-Type: {kind}\r\n\r\n{COLLEAGUES}: closed.\r\n"
    body = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * 10_000 + "--b--\r\n"
    desk.saves_nothing("reply.eml", (head() + body).encode())


INJECTED = (
    "=?utf-8?q?Clerk=0D=0ABcc:_all@council.example=0D=0A=0D=0APKS-2324-002:_closed?=",
    "=?utf-8?b?" + base64.b64encode(b"x\r\nSubject: y\r\n\r\nPKS-2324-002: closed").decode() + "?=",
    "Clerk\x1b]0;title\x07\x1b[2J \u202egpj.exe",
)


@pytest.mark.parametrize("value", INJECTED)
@pytest.mark.parametrize("name", ["From", "Subject", "Message-ID", "In-Reply-To"])
def test_headers_inject_neither_headers_nor_answers(desk, name, value):
    given = f"{value} <parks@council.example>" if name == "From" else value
    content = (head(**{name: given}) + f"\r\n{COLLEAGUES}: fine.\r\n").encode()
    told = desk.saves_nothing("reply.eml", content)
    for each in told["answers"]:
        assert each["ref"] == COLLEAGUES
        for text in (each["from"], each["file"], *each["unclear"]):
            assert not set(text) & set("\r\n\x1b\x07\u202e")
    shown = desk.call("replies", str(desk.inbox), "--dry-run")
    assert not set(shown.stdout + shown.stderr) & set("\r\x1b\x07\u202e")


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.write('{ref}: closed.')</script>",
        "<style>.x:after {{content: '{ref}: closed.'}}</style>",
        "<p style='display:none'>{ref}: closed.</p>",
        "<p style='DISPLAY : none !important'>{ref}: closed.</p>",
        "<p style='font-size:0'>{ref}: closed.</p>",
        "<p hidden>{ref}: closed.</p>",
        "<!-- {ref}: closed. -->",
        "<img alt='{ref}: closed.' src='https://example.org/x.png' onerror='x()'>",
        "<template><p>{ref}: closed.</p></template>",
    ],
)
def test_what_nobody_sees_is_no_answer(desk, html):
    page = f"<html><body><p>Hello,</p>{html.format(ref=MINE)}</body></html>"
    told = desk.saves_nothing("reply.eml", reply(desk.asked, OWNER, "Hello,", page).as_bytes())
    assert not any("closed" in each["response"] for each in told["answers"])


def test_links_are_words_and_are_not_followed(desk, monkeypatch):
    import socket

    def refuse(*_, **__):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    page = (
        f'<p>{MINE}: the list is at <a href="https://example.org/list">our pages</a>.</p>'
        '<img src="https://example.org/x.png"><iframe src="https://example.org"></iframe>'
        '<link rel="stylesheet" href="https://example.org/x.css"><object data="file:///etc/hosts">'
    )
    told = desk.take_in("reply.eml", reply(desk.asked, OWNER, "", page).as_bytes())
    assert all("/etc" not in each["response"] for each in told["answers"])


def with_file(desk, name, content, *, encoded=True):
    message = reply(desk.asked, OWNER, f"{MINE}: please see the attached file.\n")
    if encoded:
        message.add_attachment(content, "application", "octet-stream", filename=name)
        return message.as_bytes()
    message.make_mixed()
    head, _, rest = message.as_bytes().partition(b"\r\n\r\n")
    boundary = message.get_boundary().encode()
    part = b"\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf"
    return b"".join(
        [head, b"\r\n\r\n", rest.replace(b"--" + boundary + b"--", b"--" + boundary), part,
         b"\r\n\r\n", content, b"\r\n--", boundary, b"--\r\n"]
    )  # fmt: skip


@pytest.mark.slow
def test_fifty_megabytes_are_left_unread(desk):
    content = b"%PDF-1.7\r\n" + (b"x" * 76 + b"\r\n") * (50 * MEBIBYTE // 78)
    desk.saves_nothing("plain.eml", with_file(desk, "a.pdf", content, encoded=False))


@pytest.mark.slow
def test_more_than_an_answer_can_be_is_refused(desk):
    desk.refuses("huge.eml", with_file(desk, "a.pdf", b"\0" * (50 * MEBIBYTE)))
    good = thunderbird(desk.asked, OWNER, {MINE: SAID}, "1")
    told = desk.take_in("good.eml", good)
    assert told["saved"] == [MINE]
    assert [each["file"] for each in told["nothing"]] == ["huge.eml"]


def bomb(form):
    """Put 100 MB of nothing into a form, where its table or its sheet is."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            content = old.read(entry)
            is_main = entry in ("word/document.xml", "xl/worksheets/sheet1.xml")
            new.writestr(entry, content + b" " * (100 * MEBIBYTE if is_main else 0))
    return made.getvalue()


def entities(form):
    """Let a form's XML fetch a file and grow."""
    made = io.BytesIO()
    laughs = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hosts'><!ENTITY b '&a;&a;&a;'>]>"
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry in ("word/document.xml", "xl/worksheets/sheet1.xml"):
                content = laughs + content[content.find(b"?>") + 2 if b"?>" in content else 0 :]
            new.writestr(entry, content)
    return made.getvalue()


@pytest.mark.parametrize("spoil", [bomb, entities], ids=["bomb", "entities"])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_form_that_is_a_trap_is_refused(desk, ending, spoil):
    fill = {"docx": fill_word, "xlsx": fill_excel}[ending]
    trap = spoil(fill(desk.asked.forms[ending], {MINE: SAID}))
    desk.refuses(f"form.{ending}", trap)
    (desk.inbox / f"form.{ending}").unlink()
    desk.saves_nothing("reply.eml", with_file(desk, f"form.{ending}", trap))


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("https://example.org","Done")', "=1+1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_no_answer(desk, formula):
    form = fill_excel(desk.asked.forms["xlsx"], {MINE: formula})
    desk.saves_nothing("form.xlsx", form)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_row_whose_reference_was_typed_over_is_asked_about(desk, ending):
    if ending == "xlsx":
        import openpyxl

        book = openpyxl.load_workbook(
            io.BytesIO(fill_excel(desk.asked.forms["xlsx"], {MINE: SAID}))
        )
        for cell in next(book.worksheets[0].iter_cols(1, 1)):
            cell.value = COLLEAGUES if cell.value == MINE else cell.value
    else:
        import docx

        book = docx.Document(io.BytesIO(fill_word(desk.asked.forms["docx"], {MINE: SAID})))
        (table,) = book.tables
        for paragraph in table.rows[1].cells[0].paragraphs:
            if MINE in paragraph.text:
                paragraph.runs[0].text = COLLEAGUES
                for run in paragraph.runs[1:]:
                    run.text = ""
    made = io.BytesIO()
    book.save(made)
    desk.saves_nothing(f"form.{ending}", made.getvalue())


LONG = {
    "headers": "From: x\nSent: y\nTo: z\n" * 3000,
    "on": "On Monday the gate was open\n" * 400,
    "blanks": " " * 20_000 + "x",
    "marks": ">" * 20_000 + " x",
    "quotes": "> x\n" * 20_000,
    "references": f"{COLLEAGUES}: closed.\n" * 2000,
    "brackets": "[" * 20_000 + "]" * 20_000,
    "one line": "word " * 50_000,
    "underscores": "_" * 50_000,
    "equals": "=" * 50_000,
}


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_is_long_ends(desk, text, form):
    page = f"<div>{text}</div>".replace("\n", "<br>\n") if form == "html" else ""
    content = reply(desk.asked, STRANGER, text, page).as_bytes()
    told = desk.take_in("reply.eml", content)
    assert COLLEAGUES not in told["saved"]


AUTOMATIC = {
    "Auto-Submitted": "auto-replied",
    "X-Autoreply": "yes",
    "Precedence": "auto_reply",
    "Return-Path": "<>",
}


@pytest.mark.parametrize("name", AUTOMATIC)
def test_a_machine_answers_nothing(desk, name):
    message = reply(desk.asked, OWNER, f"{MINE}: closed.\n")
    message[name] = AUTOMATIC[name]
    told = desk.saves_nothing("reply.eml", message.as_bytes())
    assert told["answers"] == []
    assert told["nothing"][0]["why"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.eml", b""),
        ("a.eml", b"\0" * 5000),
        ("a.eml", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("a.eml", b"MZ\x90\0\x03" + b"\0" * 500),
        ("a.docx", b"PK\3\4"),
        ("a.xlsx", b"PK\5\6" + b"\0" * 18),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ],
)
def test_what_is_no_mail_is_refused_in_one_sentence(desk, name, content):
    desk.refuses(name, content)


@pytest.mark.parametrize("name", ["a.eml", "a.mbox", "a.txt", "a.html", "a.csv"])
@example(content=b"!")
@example(content=b"a,b\n1,2\n")
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(100, 8))
def test_any_bytes_save_nothing(desk, name, content):
    path = desk.inbox / name
    path.write_bytes(content)
    told = json.loads(desk.call("replies", str(desk.inbox), "--yes", "--json").stdout)
    assert told["saved"] == []
    assert desk.store.read_bytes() == desk.before


def test_one_that_means_harm_keeps_no_other_back(desk):
    (desk.inbox / "a.eml").write_bytes(b"\0" * 5000)
    (desk.inbox / "b.docx").write_bytes(b"PK\3\4")
    told = desk.take_in("c.eml", thunderbird(desk.asked, OWNER, {MINE: SAID}, "1"))
    assert told["saved"] == [MINE]
    assert {each["file"] for each in told["nothing"]} == {"a.eml", "b.docx"}
    assert json.loads(desk.call("show", MINE, "--json").stdout)["response"] == SAID


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a right that few have on Windows")
def test_a_link_out_of_the_folder_is_not_followed_to_an_answer(desk, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "reply.eml").write_bytes(thunderbird(desk.asked, OWNER, {MINE: SAID}, "1"))
    (desk.inbox / "folder").symlink_to(outside, target_is_directory=True)
    desk.call("replies", str(desk.inbox), "--yes", "--json")
    assert desk.store.read_bytes() == desk.before


def test_nothing_in_a_reply_makes_a_record_public(desk):
    """Its own owner may answer without being asked; the answer is as exempt as the action."""
    words = f"{SECRET}: the qzx lease.\nExempt: no\nNot for publication: no\n"
    desk.take_in("reply.eml", reply(desk.asked, OWNER, words).as_bytes())
    assert json.loads(desk.call("show", SECRET, "--json").stdout)["exempt"] is True
    assert "qzx" not in desk.call("appendix", "--format", "csv").stdout
