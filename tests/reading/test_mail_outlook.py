"""Messages as Outlook saves them."""

import base64
import sys
from datetime import UTC, datetime

import compressed_rtf
import pytest
from letters import HEAD, read, several, texts, without_forms
from outlook_message import compound, message

from cpctrack.errors import ImportRefusedError, MissingExtraError
from cpctrack.reading.mail import automatic
from cpctrack.reading.mail.outlook import MARK

DAY = datetime(2024, 5, 13, 9, 30, tzinfo=UTC)
SENT, CLASS, SUBJECT, HEADERS, SENDER, ADDRESS, SMTP = 0x39, 0x1A, 0x37, 0x7D, 0xC1A, 0xC1F, 0x5D01
BODY, RTF, HTML, CODEPAGE, FLAGS, ID = 0x1000, 0x1009, 0x1013, 0x3FDE, 0xE07, 0x1035
DATA, METHOD, LONG, MIME, CONTENT_ID, TITLE = 0x3701, 0x3705, 0x3707, 0x370E, 0x3712, 0x3001
NOTE = {CLASS: "IPM.Note", SENDER: "Siân James", SMTP: "sian@harrow.example"}


def outlook(folder, properties, *attachments):
    """Read a message of these properties."""
    return read(folder, message({**NOTE, **properties}, *attachments), "a.msg")


def packed(rtf):
    """Pack rich text as Outlook does."""
    return compressed_rtf.compress(rtf.encode("cp1252"))


def test_message_with_its_head(tmp_path):
    head = HEAD + "In-Reply-To: <a@b>\nContent-Type: multipart/report; boundary=x\n"
    letter = outlook(tmp_path, {HEADERS: head.replace("\n", "\r\n"), BODY: "Done\r\n\r\nAna"})
    assert (letter.sender, letter.address) == ("Ana Brook", "ana@harrow.example")
    assert (letter.date, letter.message_id, letter.thread) == (
        "2024-05-13",
        "1.2@harrow.example",
        ("a@b",),
    )
    assert (texts(letter), letter.automatic) == (["Done", "Ana"], "")


def test_message_that_never_left_the_house_has_no_head(tmp_path):
    letter = outlook(tmp_path, {SUBJECT: "RE: Actions", ID: "<1@x>", SENT: DAY})
    assert (letter.sender, letter.address) == ("Siân James", "sian@harrow.example")
    assert (letter.subject, letter.message_id) == ("RE: Actions", "1@x")
    assert letter.date == "2024-05-13"
    inside = read(
        tmp_path, message({SENDER: "Siân", ADDRESS: "/O=X/CN=SIAN", BODY: "Done"}), "a.msg"
    )
    assert (inside.sender, inside.address) == ("Siân", "")


def test_page_goes_before_the_text(tmp_path):
    page = "<table><tr><td>CPC-1<td>£5 – done</table>"
    letter = outlook(tmp_path, {BODY: "CPC-1 done", HTML: page.encode("cp1252"), CODEPAGE: 1252})
    assert texts(letter) == ["CPC-1|£5 – done"]
    assert texts(outlook(tmp_path, {HTML: page.encode(), CODEPAGE: 65001})) == ["CPC-1|£5 – done"]
    assert texts(outlook(tmp_path, {HTML: page})) == ["CPC-1|£5 – done"]


def test_page_that_is_folded_into_rich_text_is_read(tmp_path):
    folded = (
        r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}"
        r"{\*\htmltag64 <p>}\htmlrtf {\b\htmlrtf0 CPC-1: \'a34,000 \u8211 ? 3 < 4{\*\htmltag </p>}"
        "{\\*\\htmltag <table><tr><td>}a{\\*\\htmltag </td>}\r\n{\\*\\htmltag <td>}\\htmlrtf \\par}"
        r"\htmlrtf0 b{\*\htmltag </table>}}"
    )
    assert texts(outlook(tmp_path, {RTF: packed(folded)})) == ["CPC-1: £4,000 – 3 < 4", "a|b"]


def test_rich_text_is_its_words(tmp_path):
    rtf = (
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator Writer;}\pard CPC-1: done\par "
        r"Si\'e2n \ldblquote x\rdblquote{\b  bold}\line\uc2 \u-10179??\u-8704??\~\{y\}"
        r"\tab z\uc0\u233 e}}"
    )
    assert texts(outlook(tmp_path, {RTF: packed(rtf)})) == [
        "CPC-1: done",
        "Siân “x” bold",
        "😀 {y}\tzée",
    ]


@pytest.mark.parametrize("rtf", [b"", b"x" * 30, b"x" * 2_000_000])
def test_damaged_rich_text_is_named(tmp_path, rtf):
    letter = outlook(tmp_path, {RTF: rtf or b"\0"})
    assert "can't be read" in letter.automatic
    assert texts(letter) == []


@pytest.mark.parametrize(
    ("class_", "why"),
    [
        ("REPORT.IPM.Note.NDR", automatic.REPORT),
        ("REPORT.IPM.Note.IPNRN", automatic.RECEIPT),
        ("REPORT.IPM.Note.IPNNRN", automatic.RECEIPT),
        ("IPM.Note.Rules.OofTemplate.Microsoft", automatic.OUT_OF_OFFICE),
        ("IPM.Schedule.Meeting.Request", automatic.INVITATION),
        ("IPM.Schedule.Meeting.Resp.Pos", "an answer to an invitation"),
        ("IPM.Schedule.Meeting.Canceled", "a cancelled meeting"),
        ("IPM.Outlook.Recall", automatic.RECALL),
        ("IPM.Note.SMIME", automatic.LOCKED),
        ("IPM.Note", ""),
        ("IPM.Note.Microsoft.Conversation", ""),
    ],
)
def test_class_tells_of_a_machine(tmp_path, class_, why):
    assert outlook(tmp_path, {CLASS: class_, BODY: "CPC-1: done"}).automatic == why


def test_draft_is_the_question(tmp_path):
    assert outlook(tmp_path, {FLAGS: 8, BODY: "Done"}).automatic == automatic.QUESTION
    assert outlook(tmp_path, {FLAGS: 1, BODY: "Done"}).automatic == ""


def test_what_is_attached_is_read_or_named(tmp_path, monkeypatch):
    without_forms(monkeypatch)
    form = {LONG: "form.docx", DATA: b"rows" + bytes(9000), METHOD: 1, MIME: "application/x"}
    letter = outlook(
        tmp_path,
        {BODY: "See attached"},
        form,
        {LONG: "cynllun tŷ.pdf", DATA: b"x", METHOD: 1, MIME: "application/pdf"},
        {LONG: "logo.png", DATA: b"x", METHOD: 1, MIME: "image/png", CONTENT_ID: "logo@x"},
        {TITLE: "FW: Old news", METHOD: 5},
        {METHOD: 1},
    )
    assert [each.document.name for each in letter.forms] == ["form.docx"]
    assert letter.unread == (
        "cynllun tŷ.pdf",
        "an attached message (“FW: Old news”)",
        "an attachment without a name (application/octet-stream)",
    )


def test_signed_message_is_read(tmp_path):
    signed = several("signed", "Content-Type: text/plain\n\nDone").encode()
    attachment = {LONG: "smime.p7m", DATA: signed, METHOD: 1, MIME: "multipart/signed"}
    letter = outlook(tmp_path, {CLASS: "IPM.Note.SMIME.MultipartSigned"}, attachment)
    assert (texts(letter), letter.automatic) == (["Done"], "")


def test_damaged_message_is_named_and_another_document_refused(tmp_path):
    whole = message({**NOTE, BODY: "Done" * 5000})
    for cut in (700, 1500, len(whole) // 2):
        with pytest.raises(ImportRefusedError, match=r"a\.msg can't be read as a message; save"):
            read(tmp_path, whole[:cut] + whole[-512:], "a.msg")
    cut = whole.index(MARK) + len(MARK)
    assert "can't be read" in read(tmp_path, whole[:cut] + whole[-512:], "a.msg").automatic
    with pytest.raises(ImportRefusedError, match=r"a\.doc is an old Word document"):
        read(tmp_path, compound({"WordDocument": b"x"}), "a.doc")


def test_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    with pytest.raises(MissingExtraError, match="the extra “outlook”"):
        outlook(tmp_path, {BODY: "Done"})


def test_missing_library_for_rich_text_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "compressed_rtf", None)
    with pytest.raises(MissingExtraError, match="the extra “outlook”"):
        outlook(tmp_path, {RTF: base64.b64decode("eA==")})
