"""Mail that machines wrote, and mail of people that only looks like it."""

import base64

import pytest
from letters import PLAIN, attached, read, several

from cpctrack.reading.mail import automatic


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Auto-Submitted: auto-replied", automatic.OUT_OF_OFFICE),
        ("auto-submitted: Auto-Replied (vacation)", automatic.OUT_OF_OFFICE),
        ("Auto-Submitted: auto-generated", "mail of a list or a machine"),
        ("X-Autoreply: yes", automatic.OUT_OF_OFFICE),
        ("X-Autorespond: RE: Actions", automatic.OUT_OF_OFFICE),
        ("Precedence: auto_reply", automatic.OUT_OF_OFFICE),
        ("Precedence: Bulk", "mail of a list or a machine"),
        ("Precedence: junk", "mail of a list or a machine"),
        ("Precedence: list", "mail of a list or a machine"),
        ("Return-Path: <>", automatic.REPORT),
        ("X-Unsent: 1", automatic.QUESTION),
        ("Auto-Submitted: no", ""),
        ("Precedence: normal", ""),
        ("Return-Path: <ana@harrow.example>", ""),
        ("X-Auto-Response-Suppress: All", ""),
    ],
)
def test_head_tells_of_a_machine(tmp_path, header, why):
    letter = read(tmp_path, f"{header}\n{PLAIN}CPC-1: done\n")
    assert letter.automatic == why
    assert bool(letter.lines) is not bool(why)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Thank you.\nThis is an automated message, please do not reply.", "mail of a list or a"),
        ("Away. This is an automatically generated e-mail reply.", "mail of a list or a machine"),
        ("Neges awtomatig yw hon.", "mail of a list or a machine"),
        ("CPC-2324-001: this is an automatic reply that tenants get.", ""),
        ("The automatic reply is switched on.", ""),
        ("Done.\n> This is an automated message", ""),
    ],
)
def test_a_machine_may_say_so_in_words(tmp_path, words, why):
    said = read(tmp_path, f"{PLAIN}{words}\n").automatic
    assert why in said
    assert bool(said) is bool(why)


def test_a_list_sends_on_what_a_person_answers(tmp_path):
    assert not read(
        tmp_path, f"Precedence: list\nReferences: <q@harrow.example>\n{PLAIN}x"
    ).automatic


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        ("Out of office", automatic.OUT_OF_OFFICE),
        ("Out of Office: RE: Actions", automatic.OUT_OF_OFFICE),
        ("Out of Office AutoReply: Actions", automatic.OUT_OF_OFFICE),
        ("Automatic reply: Actions", automatic.OUT_OF_OFFICE),
        ("Auto-reply: Actions", automatic.OUT_OF_OFFICE),
        ("Allan o’r swyddfa", automatic.OUT_OF_OFFICE),
        ("Allan o'r swyddfa: RE: Actions", automatic.OUT_OF_OFFICE),
        ("Ateb awtomatig: Actions", automatic.OUT_OF_OFFICE),
        ("Undeliverable: Actions", automatic.REPORT),
        ("Delivery Status Notification (Failure)", automatic.REPORT),
        ("Undelivered Mail Returned to Sender", automatic.REPORT),
        ("Methu danfon: Actions", automatic.REPORT),
        ("Read: Actions", automatic.RECEIPT),
        ("Not read: Actions", automatic.RECEIPT),
        ("Darllenwyd: Actions", automatic.RECEIPT),
        ("Recall: Actions", automatic.RECALL),
        ("Accepted: Actions", "an answer to an invitation"),
        ("Tentatively Accepted: Actions", "an answer to an invitation"),
        ("Declined: Actions", "an answer to an invitation"),
        ("Gwrthodwyd: Actions", "an answer to an invitation"),
        ("Invitation: Actions", automatic.INVITATION),
        ("Canceled: Actions", "a cancelled meeting"),
        ("RE: Automatic reply: Actions", ""),
        ("FW: Undeliverable: Actions", ""),
        ("Out of office hours service: update", ""),
        ("Automatic replies for the team", ""),
        ("Reading scheme: done", ""),
        ("Already read: Actions", ""),
        ("Recall of library books", ""),
        ("Accepted recommendations", ""),
        ("Undeliverable housing targets", ""),
        ("Actions", ""),
    ],
)
def test_subject_tells_where_a_mail_program_began_it(tmp_path, subject, why):
    mail = PLAIN.replace("RE: Actions", subject) + "CPC-1: done"
    assert read(tmp_path, mail).automatic == why


def test_pasted_mail_of_a_machine_is_one(tmp_path):
    text = "From: Ana\nSent: 13 May 2024\nSubject: Automatic reply: Actions\n\nI am away"
    assert read(tmp_path, text, "a.txt").automatic == automatic.OUT_OF_OFFICE


@pytest.mark.parametrize(
    ("kind", "part", "why"),
    [
        ("report", "Content-Type: message/delivery-status\n\nAction: failed", automatic.REPORT),
        (
            "report",
            "Content-Type: message/disposition-notification\n\nx: y",
            automatic.RECEIPT,
        ),
        ("report", "Content-Type: text/plain\n\nx", automatic.REPORT),
        ("mixed", "Content-Type: text/calendar; method=REQUEST\n\nx", automatic.INVITATION),
        ("mixed", "Content-Type: text/calendar\n\nMETHOD:COUNTER\n", automatic.INVITATION),
        (
            "alternative",
            "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n",
            "an answer to an invitation",
        ),
        ("mixed", "Content-Type: text/calendar\n\nMETHOD:CANCEL\n", "a cancelled meeting"),
        ("mixed", "Content-Type: text/calendar\n\nMETHOD:PUBLISH\n", ""),
        ("mixed", "Content-Type: text/calendar\n\nSUMMARY:METHOD:REPLY\n", ""),
        ("encrypted", "Content-Type: application/octet-stream\n\nx", automatic.LOCKED),
        ("mixed", "Content-Type: application/pkcs7-mime\n\nx", automatic.LOCKED),
        (
            "mixed",
            "Content-Type: message/rfc822\n\nContent-Type: text/calendar; method=REQUEST\n\nx",
            "",
        ),
    ],
)
def test_parts_tell_of_a_machine(tmp_path, kind, part, why):
    assert read(tmp_path, several(kind, "Content-Type: text/plain\n\nDone", part)).automatic == why


def test_invitation_that_is_attached_is_one(tmp_path):
    calendar = base64.b64encode(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n").decode()
    mail = several("mixed", PLAIN + "x", attached("text/calendar", "invite.ics", calendar))
    assert read(tmp_path, mail).automatic == automatic.INVITATION
    letter = read(tmp_path, f"In-Reply-To: <q@harrow.example>\n{mail}")
    assert (letter.automatic, letter.unread) == ("", ("invite.ics",))


def test_sealed_mail_gives_nothing(tmp_path):
    mail = PLAIN.replace("text/plain", "application/pkcs7-mime; smime-type=enveloped-data") + "x"
    assert "encrypted" in read(tmp_path, mail).automatic


@pytest.mark.parametrize(
    ("own", "answered", "why"),
    [
        ("CPC-CHASE-7K4QD.1@harrow.example", "", automatic.QUESTION),
        ("cpc-chase-7k4qd@harrow.example", "", automatic.QUESTION),
        ("CPC-CHASE-7K4QD.1@harrow.example", "In-Reply-To: <x@y>\n", ""),
        ("1.2@harrow.example", "In-Reply-To: <CPC-CHASE-7K4QD@harrow.example>\n", ""),
        ("1.chase-me@harrow.example", "", ""),
    ],
)
def test_clerks_own_copy_of_a_question_is_no_answer(tmp_path, own, answered, why):
    mail = answered + PLAIN.replace("1.2@harrow.example", own) + "CPC-1: done"
    assert read(tmp_path, mail).automatic == why
