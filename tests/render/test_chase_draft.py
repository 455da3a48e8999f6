"""The message as an unsent e-mail, read back with the standard library, and its HTML."""

import email
import re
from datetime import date
from email import policy
from html import unescape
from string import ascii_lowercase

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpctrack.records.owners import is_address
from cpctrack.render.chase.draft import HTML, draft, unsent
from cpctrack.render.chase.message import view
from cpctrack.render.chase.text import parts, rendered
from cpctrack.text import clean, one_line

DAY = date(2023, 7, 1)
FORMS = {"form.docx": b"PK\x03\x04 a form", "form.XLSX": bytes(range(256)), "notes.dat": b""}
_TEXTS = st.text().map(clean)


@pytest.fixture
def made(chase):
    """Give the draft of the message, read back."""

    def call(to="", attachments=FORMS, **fields):
        shown = view(chase._replace(**fields))
        text = "".join(part.text for part in parts(shown))
        return read(draft(shown, text, to, attachments, DAY))

    return call


@pytest.fixture
def page(chase, parse):
    """Give the HTML of the message as a page that is parsed."""

    def call(**fields):
        html = rendered(HTML, view(chase._replace(**fields)), None)
        return parse(html.encode().replace(b"<!DOCTYPE html>", b""))

    return call


def read(content):
    mail = email.message_from_bytes(content, policy=policy.default)
    assert all(not part.defects for part in mail.walk())
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    return mail


def test_it_opens_as_unsent_and_says_what_is_known(made):
    mail = made("fostering@example.org")
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "fostering@example.org"
    assert mail["Date"] == "Sat, 01 Jul 2023 12:00:00 +0000"
    assert mail["Message-ID"] == "<cpc-chase-7k4qd@cpctrack.invalid>"
    assert len(mail["Message-ID"]) < 60
    assert mail["Subject"].startswith("Reminder: Progress on actions: Corporate Parenting")
    assert mail["Subject"].endswith(", 19 July 2023 [CPC-CHASE-7K4QD]")
    assert mail["From"] is mail["Cc"] is mail["Bcc"] is None


def test_it_holds_text_html_and_the_forms(made, chase):
    mail = made()
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/octet-stream",
    ]  # fmt: skip
    attached = list(mail.iter_attachments())
    assert {part.get_filename(): part.get_content() for part in attached} == FORMS
    text = "".join(part.text for part in parts(view(chase)))
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == text
    assert mail.get_body(("html",)).get_content().startswith("<!DOCTYPE html>")


def test_without_forms_it_is_text_and_html(made):
    assert made(attachments={}).get_content_type() == "multipart/alternative"


def test_the_same_message_is_the_same_draft(chase):
    made = [draft(view(chase), "Hello", "a@example.org", FORMS, DAY) for _ in range(2)]
    assert made[0] == made[1]
    assert b"CPC-CHASE-7K4QD" in made[0]


@pytest.mark.parametrize(
    "address",
    ["", "Head of Fostering", "a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org",
     "x <a@example.org>", "ä@example.org", "a@exämple.org", "a\x00@example.org", "a@b",
     "=?utf-8?q?a?="],
)  # fmt: skip
def test_what_is_no_plain_address_is_left_out(made, address):
    mail = made(address)
    assert mail["To"] is None
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    ["o'brien+x@a-b.example.org", f"{'l' * 64}@{'d' * 60}.{'e' * 60}.example.org",
     "a..b.@example.org", "?=a=?b@example.org"],
)  # fmt: skip
def test_any_plain_address_is_kept(made, address):
    assert is_address(address)
    assert [each.addr_spec for each in made(address)["To"].addresses] == [address]


_SUBJECTS = st.one_of(st.text(), st.text(alphabet="=?utf-8qQbB_ \r\n\t:áé", max_size=300))
_NAMES = st.text(alphabet=f"{ascii_lowercase}áß –'.()%\"\\", min_size=1, max_size=90)


@given(subject=_SUBJECTS, text=_TEXTS, html=_TEXTS, content=st.binary())
@example("=?utf-8?q?a=0D=0ABcc:_x@example.org?=", "--=_part_0\n.\nFrom x", "--=_part_1--", b"")
@example("Á" * 300, "x" * 5000, "\n" * 99, b"\r\n--=_part_0--\r\n")
@example("a\nBcc: x@example.org", "=3D", "", b"\n")
def test_any_words_come_back(subject, text, html, content):
    mail = read(unsent(subject, text, DAY, html, number="N-CHASE-ABCDE",
                       attachments={"a.docx": content}))  # fmt: skip
    assert len(mail.keys()) == len(set(mail.keys())) == 6
    assert "\n" not in mail["Subject"]
    assert "".join(mail["Subject"].split()) == (
        "".join(one_line(subject).replace("=?", "= ?").split())
    )
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == content
    assert mail.get_body(("plain",)).get_content().splitlines() == (text.splitlines() or [""])
    if html:
        assert mail.get_body(("html",)).get_content().splitlines() == html.splitlines()


@given(name=_NAMES)
def test_any_name_of_a_file_comes_back(name):
    mail = read(unsent("S", "t", DAY, attachments={name: b"x"}))
    (attached,) = mail.iter_attachments()
    assert one_line(attached.get_filename() or "") == one_line(name)


def test_page_is_the_one_that_was_kept(chase, check_golden):
    check_golden("chase.html", rendered(HTML, view(chase), None).encode())


def test_page_is_one_table_with_room_for_answers(page, chase):
    found = page()
    head, *rows = found.cells()
    assert [each["text"] for each in head] == [
        "Reference", "Action", "Agreed", "Due", "Your response"]  # fmt: skip
    assert all(each["scope"] == "col" for each in head)
    assert [row[0]["text"] for row in rows] == [
        f"{at}. {ref}" for at, ref in enumerate(chase.refs, 1)
    ]
    assert [row[4]["text"].strip() for row in rows] == ["", "", ""]
    assert len(found.all("table")) == 1
    assert found.all("html")[0]["lang"] == "en-GB"
    assert "[CPC-CHASE-7K4QD]" in found.all("p")[1]["text"]


def test_page_says_what_the_text_says_in_its_order(chase):
    """So that an answer between its words is found in a quotation of either."""

    def words(text):
        return re.findall(r"[\w’']+", text)

    said = words("".join(part.text for part in parts(view(chase))))
    body = rendered(HTML, view(chase), None).partition("<body")[2]
    shown = words(unescape(re.sub("<[^>]*>|^[^>]*>", " ", body)))
    for heading in ("Reference", "Action", "Agreed", "Due", "Your", "response"):
        said = [word for word in said if word != heading]
        shown = [word for word in shown if word != heading]
    assert shown == said


def test_page_escapes_every_text(page, chase, parse):
    hostile = "<script>alert(1)</script>\n\"'><img src=x onerror=y>"
    first = chase.questions[0]
    record = first.record._replace(
        recommendation=hostile, response=hostile, item=hostile, due="", due_text=hostile
    )
    question = first._replace(record=record, committee=hostile)
    found = page(questions=[question], owner=hostile, clerk=hostile)
    assert found.all("script") == found.all("img") == []
    assert "<script>alert(1)</script>" in found.cells()[1][1]["text"]


def test_page_needs_nothing_from_elsewhere(page):
    tags = {each["tag"] for each in page(exempt=True).elements}
    assert tags.isdisjoint({"script", "style", "img", "link", "form", "input", "a"})
    assert not [each for each in page().elements if {"src", "href", "class"} & set(each)]


def test_exempt_page_begins_with_its_marking(page):
    assert page(exempt=True).all("p")[0]["text"] == "EXEMPT – not for publication"


def test_own_page_takes_the_place_of_ours(chase, tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    own = "<p>{{ message.greeting }}</p>"
    (folder / "chase.html.j2").write_text(own, encoding="utf-8")
    content = draft(view(chase._replace(owner="A & B")), "Hello", "", {}, DAY, folder)
    html = read(content).get_body(("html",)).get_content()
    assert html.strip() == "<p>Dear A &amp; B,</p>"


@pytest.mark.parametrize("begins", ["", "é ", "EXEMPT – "])
@pytest.mark.parametrize("tail", ["19 July 2023", "[CPC-CHASE-7K4QD]"])
def test_a_subject_of_any_length_comes_back(begins, tail):
    for length in range(20, 150):
        subject = f"{begins}{('parks ' * 30)[:length].strip()}, {tail}"
        assert read(unsent(subject, "Hello", DAY))["Subject"] == subject
