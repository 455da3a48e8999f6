"""Messages as files: their head, their body in either form, and what is attached."""

import base64
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import (
    HEAD,
    PAGE,
    PLAIN,
    alternative,
    attached,
    read,
    read_all,
    several,
    texts,
    without_forms,
)

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.mail import body, headers
from cpctrack.reading.mail.charset import mended
from cpctrack.reading.mail.letter import Line


def test_head_tells_who_wrote_when_and_what_it_answers(tmp_path):
    thread = "In-Reply-To: <a@b>\nReferences: <first@b>\n <a@b>\n"
    letter = read(tmp_path, thread + PLAIN + "Done\n")
    assert (letter.name, letter.sender, letter.address) == (
        "a.eml",
        "Ana Brook",
        "ana@harrow.example",
    )
    assert letter.date == "2024-05-13"  # where it was written it was still Monday
    assert letter.message_id == "1.2@harrow.example"
    assert letter.thread == ("a@b", "first@b")
    assert letter.lines[0] == Line("Done", number=1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ana Brook <a@b.example>", ("Ana Brook", "a@b.example")),
        ('"Brook, Ana" <a@b.example>', ("Brook, Ana", "a@b.example")),
        ("Brook, Ana <a@b.example>", ("Brook, Ana", "a@b.example")),
        ("a@b.example", ("", "a@b.example")),
        ("<a@b.example>", ("", "a@b.example")),
        ("a@b.example (Ana Brook)", ("Ana Brook", "a@b.example")),
        ("Ana Brook <mailto:a@b.example>", ("Ana Brook", "a@b.example")),
        ("Ana Brook", ("Ana Brook", "")),
        ("", ("", "")),
    ],
)
def test_sender_is_a_name_and_an_address(said, expected):
    assert headers.sender(said) == expected


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Mon, 13 May 2024 23:59:00 -0800", "2024-05-13"),
        ("Monday, 13 May 2024 14:20", "2024-05-13"),
        ("13/05/2024 14:20", "2024-05-13"),
        ("31 Feb 2024 10:00", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_day_is_that_of_whoever_wrote(said, day):
    assert headers.day(said) == day


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("=?utf-8?q?Si=C3=A2n?= James", "Siân James"),
        ("=?utf-8?B?U2nDog==?=\n =?utf-8?B?bg==?=", "Siân"),
        ("=?iso-8859-1?q?=A3=96=93x=94?=", "£–“x”"),
        ("=?nothing-known?q?Si=C3=A2n?=", "Siân"),
        ("=?utf-8?b?x?=", "=?utf-8?b?x?="),
        ("=?utf-8?q?one=0D=0ABcc:_two?=", "one Bcc: two"),
        ("Tŷ \udcc5\udcb7", "Tŷ ŷ"),
        ("Tŷ =?utf-8?q?=C5=B7?=", "Tŷ ŷ"),
    ],
)
def test_header_is_one_line_of_words(raw, words):
    assert headers.decoded(raw) == words


def test_ids_are_cut_where_no_program_makes_them_so_long(tmp_path):
    letter = read(tmp_path, PLAIN.replace("1.2@", "x" * 400) + "Done")
    assert letter.message_id == "x" * 250


@pytest.mark.parametrize(
    "change",
    [
        lambda mail: b"\xef\xbb\xbf" + mail,
        lambda mail: b"\n\n" + mail,
        lambda mail: mail.replace(b"\n", b"\r\n"),
        lambda mail: mail.replace(b"\n", b"\r"),
        lambda mail: mail.replace(b"\n", b"\r\r\n"),
        lambda mail: mail.replace(b"Subject: RE: ", b"Subject: RE:\n "),
        lambda mail: mail.replace(b"Subject: RE: ", b"Subject: RE:\n"),
        lambda mail: b"Microsoft Mail Internet Headers Version 2.0\n" + mail,
        lambda mail: b"From ana@harrow.example Mon May 13 23:20:00 2024\n" + mail,
        lambda mail: mail.decode().encode("utf-16"),
    ],
)
def test_head_is_read_however_it_was_saved(tmp_path, change):
    letter = read(tmp_path, change((PLAIN + "Tŷ Mawr is done\n").encode()))
    assert (letter.address, letter.subject) == ("ana@harrow.example", "RE: Actions")
    assert texts(letter) == ["Tŷ Mawr is done"]


def test_mail_without_a_head_is_its_words(tmp_path):
    letter = read(tmp_path, "The room is booked\nand paid for\n")
    assert texts(letter) == ["The room is booked", "and paid for"]
    assert letter.sender == ""


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("", "Tŷ “x” £5".encode()),
        ("; charset=utf-8", "Tŷ “x” £5".encode()),
        ("; charset=no-such-thing", "Tŷ “x” £5".encode()),
        ("; charset=us-ascii", "Tŷ “x” £5".encode()),
        ("; charset=iso-8859-1", "Tŷ “x” £5".encode()),
        ("; charset=utf-7", "Tŷ “x” £5".encode("utf-7")),
        ("; charset=utf-16", "Tŷ “x” £5".encode("utf-16")),
        ("; charset=utf-16", "Tŷ “x” £5".encode("utf-16-le")),
        ("; charset=utf-16", "Tŷ “x” £5".encode("utf-16-be")),
        ("; charset=punycode", "Tŷ “x” £5".encode()),
        ("; charset=zlib", "Tŷ “x” £5".encode()),
        ("; charset=utf-8", "Tŷ “x” £5".encode() + b"\xe2\x80"),
    ],
)
def test_encoding_is_the_one_that_makes_words(tmp_path, charset, content):
    encoded = base64.encodebytes(content).decode()
    head = f"{HEAD}Content-Type: text/plain{charset}\nContent-Transfer-Encoding: base64\n\n"
    assert texts(read(tmp_path, head + encoded)) == ["Tŷ “x” £5"]


@pytest.mark.parametrize("charset", ["", "; charset=iso-8859-1", "; charset=utf-8", "; charset=x"])
def test_windows_letters_are_read_whatever_they_are_called(tmp_path, charset):
    mail = f"{HEAD}Content-Type: text/plain{charset}\n\n".encode() + "£5 – “ok”".encode("cp1252")
    assert texts(read(tmp_path, mail)) == ["£5 – “ok”"]


def twice(text):
    """Read the bytes of UTF-8 as Windows-1252, as what spoils a text does."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", ["£5 – “ok”", "Tŷ Siân’s", "naïve café"])
def test_pasted_text_that_was_encoded_twice_is_put_right(tmp_path, text):
    assert texts(read(tmp_path, twice(text), "a.txt")) == [text]
    assert texts(read(tmp_path, PLAIN + twice(text))) == [text]


@given(st.text("aé’–£ŷ“” ", max_size=20))
def test_all_of_a_text_is_put_right_or_nothing(text):
    assert mended(twice(text)) == text
    assert mended(text) == text
    assert mended(f"{twice(text)} ŷ") == f"{twice(text)} ŷ"


def test_codings_that_break_off_give_what_there_is(tmp_path):
    head = HEAD + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
    encoded = base64.b64encode(b"The room is booked").decode()
    for end in (1, 2, 3, 4):
        said = texts(read(tmp_path, f"{head}base64\n\n{encoded[:-end]}"))
        assert said[0].startswith("The room is boo")
    assert texts(read(tmp_path, f"{head}quoted-printable\n\nSi=C3=A2n=20is=")) == ["Siân is"]


def test_lines_of_a_text_are_numbered_and_say_how_deep_they_are_quoted(tmp_path):
    mail = read(tmp_path, PLAIN + "Done\n\n> Is it?\n>> Was it?\n> > Was it so?\n  said so\n")
    assert mail.lines[:6] == (
        Line("Done", 0, number=1),
        Line("", 0, number=2),
        Line("Is it?", 1, number=3),
        Line("Was it?", 2, number=4),
        Line("Was it so?", 2, number=5),
        Line("said so", 0, number=6),
    )


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("a\xa0b", "a b"),
        ("a\u200bb", "ab"),
        ("re\xadport", "report"),
        ("a  b", "a  b"),
        ("£5 – x", "£5 – x"),
    ],
)
def test_words_stay_to_the_letter_but_for_what_nobody_sees(tmp_path, said, seen):
    assert texts(read(tmp_path, PLAIN + said)) == [seen]
    assert texts(read(tmp_path, PAGE + f"<p>{said}"))[0].split() == seen.split()


def test_flowed_text_is_unfolded():
    text = "The room \nis booked.\n> Is it \n> booked\n> ?\n From there\nwe go \n-- \nAna \n"
    said = [(line.text, line.quoted, line.number) for line in body.of_text(text, flowed=True)]
    assert said == [
        ("The room is booked.", 0, 1),
        ("Is it booked", 1, 3),
        ("?", 1, 5),
        ("From there", 0, 6),
        ("we go", 0, 7),
        ("--", 0, 8),
        ("Ana", 0, 9),
    ]
    joined = body.of_text("Caer \ndydd ", flowed=True, joined=True)
    assert [line.text for line in joined] == ["Caerdydd"]


def test_flowed_is_what_the_mail_says(tmp_path):
    flowed = PLAIN.replace("utf-8", 'utf-8; format="flowed"; delsp=yes')
    assert texts(read(tmp_path, flowed + "Caer \ndydd\n")) == ["Caerdydd"]
    assert texts(read(tmp_path, PLAIN + "Caer \ndydd\n")) == ["Caer", "dydd"]


def test_page_goes_before_the_text_unless_it_is_a_stub(tmp_path):
    page = "<p>CPC-1: the room is booked</p>"
    assert texts(read(tmp_path, alternative("plain words here", page))) == [
        "CPC-1: the room is booked"
    ]
    for stub in (
        "",
        "<p></p>",
        "<p>View this message in HTML",
        "<div style='display:none'>x</div>",
    ):
        long = "The room has been booked for the whole day and the caterer is paid."
        assert texts(read(tmp_path, alternative(long, stub))) == [long]


def test_bodies_around_an_attachment_follow_each_other(tmp_path):
    mail = several(
        "mixed",
        "Content-Type: text/plain\n\nBefore",
        attached("application/pdf", "map.pdf"),
        "Content-Type: text/html\n\n<p>After</p>",
        attached("text/html", "ATT00001.htm", base64.b64encode(b"<p>Foot").decode()),
    )
    letter = read(tmp_path, mail)
    assert texts(letter) == ["Before", "After", "Foot"]
    assert letter.unread == ("map.pdf",)


def test_what_is_attached_and_no_form_is_named(tmp_path):
    logo = attached("image/png", "logo.png", disposition="inline").replace(
        "Content-Transfer", "Content-ID: <logo@x>\nContent-Transfer"
    )
    mail = several(
        "mixed",
        "Content-Type: text/plain\n\nSee attached",
        logo,
        attached("image/jpeg", "photo.jpg"),
        attached("application/ms-tnef", "winmail.dat"),
        attached("text/plain", "notes.txt"),
        attached("application/octet-stream", "..\\dir/x\x1b.bin"),
        "Content-Type: application/zip\n\nx",
        "Content-Type: text/csv\n\nCPC-1,done",
        "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx",
        "Content-Type: message/rfc822\n\nSubject: Old\n  news\n\nCPC-1: done",
    )
    letter = read(tmp_path, mail)
    assert texts(letter) == ["See attached"]
    assert letter.unread == (
        "photo.jpg",
        "winmail.dat",
        "notes.txt",
        "x.bin",
        "an attachment without a name (application/zip)",
        "an attachment without a name (text/csv)",
        "an attached message (“Old news”)",
    )


def test_forms_for_other_programs_are_no_attachments(tmp_path):
    other = "Content-Type: text/x-amp-html\n\nx"
    letter = read(tmp_path, several("alternative", "Content-Type: text/plain\n\nDone", other))
    assert (texts(letter), letter.unread) == (["Done"], ())


def test_several_parts_that_are_none_are_text(tmp_path):
    mail = HEAD + "Content-Type: multipart/mixed\n\nDone\n"
    assert texts(read(tmp_path, mail)) == ["Done"]


def test_signed_mail_is_read(tmp_path):
    mail = several(
        "signed",
        "Content-Type: text/plain\n\nDone",
        attached("application/pkcs7-signature", "smime.p7s"),
    )
    letter = read(tmp_path, mail)
    assert (texts(letter), letter.unread, letter.automatic) == (["Done"], (), "")


def test_forms_are_read_and_those_that_are_none_are_named(tmp_path, monkeypatch):
    without_forms(monkeypatch)
    good, bad = (base64.b64encode(content).decode() for content in (b"rows", b"broken"))
    mail = several(
        "mixed",
        "Content-Type: text/plain\n\nSee attached",
        attached("application/octet-stream", "form.DOCX", good),
        attached("application/octet-stream", "other.xlsx", bad),
    )
    letter = read(tmp_path, mail)
    assert [(form.document.name, form.number) for form in letter.forms] == [("form.DOCX", "rows")]
    assert letter.unread == ("other.xlsx",)


def test_form_alone_is_a_letter(tmp_path, monkeypatch):
    without_forms(monkeypatch)
    with zipfile.ZipFile(tmp_path / "form.docx", "w") as archive:
        archive.writestr("x", "y")
    for name, content in (
        ("form.docx", (tmp_path / "form.docx").read_bytes()),
        ("form.csv", b"Reference,Response\n"),
    ):
        letter = read(tmp_path, content, name)
        assert (letter.name, letter.forms[0].document.name) == (name, name)


def test_mbox_holds_letters_by_their_lines(tmp_path):
    begin = "From ana@harrow.example Mon May 13 10:00:00 2024\n"
    first = begin + PLAIN + "One\n\nFrom there to here at 10:00 we go\n>From me\n\n"
    for name in ("a.mbox", "a.eml", "all"):
        letters = read_all(tmp_path, first + begin + PLAIN + "Two\n\n", name)
        assert [(texts(letter), letter.line) for letter in letters] == [
            (["One", "From there to here at 10:00 we go", "From me"], 1),
            (["Two"], first.count("\n") + 1),
        ]


def test_source_of_a_mail_is_known_by_its_head(tmp_path):
    assert read(tmp_path, PLAIN + "Done", "saved.txt").address == "ana@harrow.example"
    assert texts(read(tmp_path, PAGE + "<p>Done", "saved")) == ["Done"]


@pytest.mark.parametrize(
    "head",
    [
        "From: Ana Brook\nSent: 13 May 2024 14:20\nTo: Clerk\nSubject: RE: Actions\n",
        "*From:* Ana Brook\n*Sent:* Monday, 13 May 2024 14:20\n*Subject:* RE: Actions\n",
        "\n\tFrom:\tAna Brook\n\tDate:\t13/05/2024 14:20\n\tSubject:\tRE: Actions\n",
        "Oddi wrth: Ana Brook\nAnfonwyd: 13 Mai 2024 14:20\nPwnc: RE: Actions\n",
    ],
)
def test_pasted_mail_says_who_wrote_it_and_when(tmp_path, head):
    letter = read(tmp_path, head + "\nCPC-1: done\n", "pasted.txt")
    assert (letter.sender, letter.date, letter.subject) == (
        "Ana Brook",
        "2024-05-13",
        "RE: Actions",
    )
    assert texts(letter) == ["CPC-1: done"]
    (line,) = (line.number for line in letter.lines if line.text)
    assert (head + "\nCPC-1: done\n").split("\n")[line - 1] == "CPC-1: done"


@pytest.mark.parametrize(
    "text", ["From: the bursary\nwe paid\n", "Subject: what we said\n\nDone\n", "To: do\n"]
)
def test_pasted_words_that_only_begin_like_a_head_stay(tmp_path, text):
    letter = read(tmp_path, text, "pasted.txt")
    assert "\n".join(line.text for line in letter.lines) == text
    assert letter.sender == ""


def test_web_page_is_a_letter(tmp_path):
    assert texts(read(tmp_path, "<html><body><p>Done", "a.html")) == ["Done"]
    assert texts(read(tmp_path, "\n<DIV>Done</DIV>", "a.txt")) == ["Done"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.eml", "empty"),
        (b"\n\n", "a.txt", "empty"),
        (b"%PDF-1.7 x", "a.pdf", "a PDF document"),
        (b"%PDF-1.7 x", "a.eml", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "a picture"),
        (b"MZ\0\0", "a.exe", "a Windows program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "in an old Office format"),
        (b"ab\0cd", "a.msg", "binary data"),
    ],
)
def test_what_is_no_letter_is_refused_in_a_sentence(tmp_path, content, name, says):
    with pytest.raises(ImportRefusedError, match=says) as refused:
        read(tmp_path, content, name)
    assert "\n" not in str(refused.value)
