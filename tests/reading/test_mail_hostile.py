"""Mail that was made, or cut, to do harm: a sentence, in bounded time, and never another error."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import HEAD, PAGE, PLAIN, alternative, attached, read, read_all, several, texts
from outlook_message import message

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.mail.letter import Letter

SECONDS = 120  # of the processor: what grows by its square takes far longer, whatever looks on
BEGIN = "From ana@harrow.example Mon May 13 10:00:00 2024\n"
NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(400))


@pytest.mark.parametrize(
    ("mail", "lines"),
    [
        (PLAIN + "On \n" * 400 + "On Monday Ana wrote:\n" * 400, 801),
        (PLAIN + " " * 20_000 + "x\n", 2),
        (PLAIN + "\n" * 19_000, 19_001),
        (PLAIN + "From: x\n" * 3_000, 3_001),
        (PLAIN + ">" * 50_000 + " " * 40_000 + "x", 1),
        (PLAIN.replace("utf-8", "utf-8; format=flowed") + "x \n" * 15_000, 1),
        (PAGE + "<div>" * 50_000 + "x", 1),
        (PAGE + "<" * 200_000, 0),
        (PAGE + "<!" * 100_000 + "<a b='" * 50_000, 0),
        (PAGE + "<style>" + ".x{" * 50_000 + "@media x{" * 50_000 + "</style><p>x", 1),
        (PAGE + f"<p style='font-size:{'0' * 200_000}1'>x", 1),
        (f"From: {'(' * 200_000}\nReferences: {'<' * 200_000}\n{PLAIN}x", 1),
        (f'Content-Type: text/plain; charset="{";" * 500_000}\n\nx', 1),
        (PLAIN.replace("RE: Actions", "=?utf-8?q?" * 30_000) + "x", 1),
        ("X-A: b\n" + "folded wrongly\n" * 100_000 + PLAIN + "x", 1),
        (HEAD + f"Content-Disposition: inline; {'filename*1=x; ' * 50_000}\n\nx", 0),
        (HEAD + "Content-Disposition: inline; filename*" + "9" * 5_000 + "=x\n\nx", 0),
    ],
)
def test_what_is_long_is_read_in_time(tmp_path, mail, lines):
    started = time.process_time()
    assert len(read(tmp_path, mail).lines) == lines
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "mail",
    [
        HEAD + NESTED + "x",
        HEAD + NESTED.partition("Content-Type: multipart/mixed; boundary=b15")[0] + "x",
        several("mixed", *(["Content-Type: text/plain\n\nx"] * 250)),
        several("mixed", *(["\nx"] * 30_000)),
        several("mixed", *[attached("application/x", f"{n}.xlsx") for n in range(21)]),
        HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "x\n" * 2_600_000,
        PLAIN + "x\n" * 20_001,
        PLAIN + "x" * 100_001,
        PLAIN + "x" * 4_000_001,
        PAGE + "<p>x" * 20_001,
        alternative("x\n" * 20_001, "<p>x"),
    ],
)
def test_what_holds_too_much_is_set_aside(tmp_path, mail):
    started = time.process_time()
    letter = read(tmp_path, mail)
    assert letter.automatic.startswith("a message that ")
    assert (letter.lines, "\n" in letter.automatic) == ((), False)
    assert time.process_time() - started < SECONDS


def test_pasted_text_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(ImportRefusedError, match="longer than any answer"):
        read(tmp_path, "x\n" * 20_001, "a.txt")
    with pytest.raises(ImportRefusedError, match="60 MB"):
        read(tmp_path, bytes(60 * 1024 * 1024 + 1), "a.eml")
    with pytest.raises(ImportRefusedError, match=r"^a\.html, line 1 is longer"):
        read(tmp_path, "<table><td>" + "x" * 1_100_000, "a.html")


def test_one_bad_mail_keeps_no_other_from_being_read(tmp_path):
    bad = BEGIN + HEAD + NESTED + "x\n\n"
    good = BEGIN + PLAIN + "Done\n\n"
    letters = read_all(tmp_path, good + bad + good, "a.mbox")
    assert [bool(letter.automatic) for letter in letters] == [False, True, False]


@pytest.mark.slow
def test_ten_thousand_mails_take_seconds(tmp_path):
    started = time.process_time()
    letters = read_all(tmp_path, (BEGIN + PLAIN + "Done\n\n") * 10_000, "a.mbox")
    assert len(letters) == 10_000
    assert time.process_time() - started < 2 * SECONDS


def test_large_attachment_costs_no_more_than_its_length(tmp_path):
    mail = several(
        "mixed",
        "Content-Type: text/plain\n\nDone",
        attached("application/pdf", "map.pdf", ("A" * 76 + "\n") * 200_000),
    )
    started = time.process_time()
    letter = read(tmp_path, mail)
    assert (texts(letter), letter.unread) == (["Done"], ("map.pdf",))
    assert time.process_time() - started < SECONDS


def test_head_holds_no_line_ends(tmp_path):
    head = (
        "From: =?utf-8?q?Ana=0D=0ABcc:_x?= <ana@harrow.example>\n"
        "Subject: =?utf-8?q?RE:=0AX-Unsent:_1?=\n"
    )
    letter = read(tmp_path, head + PLAIN.partition("Date")[1] + PLAIN.partition("Date")[2] + "Done")
    assert letter.sender == "Ana Bcc: x"
    assert letter.subject == "RE: X-Unsent: 1"
    assert letter.automatic == ""


def test_attached_message_answers_nothing(tmp_path):
    inner = PLAIN + "CPC-1: done"
    mail = several(
        "mixed", "Content-Type: text/plain\n\nFYI", f"Content-Type: message/rfc822\n\n{inner}"
    )
    letter = read(tmp_path, mail)
    assert (texts(letter), letter.unread) == (["FYI"], ("an attached message (“RE: Actions”)",))


PIECES = st.sampled_from(
    [
        "From: ", "Subject: ", "Date: ", "Message-ID: <", "Content-Type: ", "multipart/mixed",
        "multipart/alternative; boundary=b", "text/html", "text/plain; charset=", "utf-16",
        "\n--b\n", "--b--", "message/rfc822", "Content-Transfer-Encoding: base64\n", "=?utf-8?b?",
        "?=", "filename*=utf-8''%00", "filename*0*=x", "; charset*=\0''x", "<table><td>", "<p",
        "<blockquote>", "</", " style='color:white", "\n", "\n\n", "\r", " ", ">", "x", "é", "\0",
        "From x 10:00\n", "Content-Disposition: attachment; ", "text/calendar; method", "METHOD:",
        "eA==", "\ufeff", "quoted-printable",
    ]
)  # fmt: skip


def only_letters(folder, content, name):
    """Hold that a file gives letters, or is refused in one sentence."""
    try:
        letters = read_all(folder, content, name)
    except ImportRefusedError as refused:
        assert "\n" not in str(refused)
        return
    for letter in letters:
        assert isinstance(letter, Letter)
        assert not any("\n" in said for said in (letter.sender, letter.subject, letter.automatic))


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.eml", "a.mbox", "a.txt", "a.html", "a.msg"]))
def test_any_bytes_are_letters_or_refused(tmp_path_factory, content, name):
    only_letters(tmp_path_factory.mktemp("any"), content, name)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.eml", "a.txt"]))
def test_any_pieces_of_mail_are_letters_or_refused(tmp_path_factory, text, name):
    only_letters(tmp_path_factory.mktemp("any"), text.encode("utf-8", "surrogateescape"), name)


@settings(deadline=None)
@given(st.data())
def test_any_damage_to_a_message_of_outlook_is_named(tmp_path_factory, data):
    whole = bytearray(message({0x1A: "IPM.Note", 0x1000: "Done", 0x1009: b"x" * 40}, {0x3705: 1}))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    only_letters(tmp_path_factory.mktemp("any"), bytes(whole), "a.msg")
