"""Whether a machine wrote a message, or why else nothing may be read of it."""

import re
from email.message import Message

from cpctrack.reading.mail import headers, parts

OUT_OF_OFFICE = "an automatic reply (out of office)"
REPORT = "a delivery report"
INVITATION = "a meeting request"
RECEIPT = "a read receipt"
RECALL = "a recall"
LOCKED = "encrypted, or signed so that it can't be read; ask for it as plain text"
_BULK = "mail of a list or a machine"
_QUESTION = "the question itself, not an answer"

_ANSWERS = "an answer to an invitation"
_METHODS = {"REPLY": _ANSWERS, "CANCEL": "a cancelled meeting", "PUBLISH": ""}
_METHOD = re.compile(rb"^METHOD:([A-Z]+)", re.MULTILINE)
_KINDS = {
    "message/disposition-notification": RECEIPT,
    "message/delivery-status": REPORT,
    "multipart/encrypted": LOCKED,
    "application/pkcs7-mime": LOCKED,
    "application/x-pkcs7-mime": LOCKED,
    "application/x-microsoft-rpmsg-message": LOCKED,
}
_CHASE = re.compile(r"(?:\w+[-.])?chase[-.]", re.IGNORECASE)
# As mail programs begin a subject, in English and in Welsh.
_SUBJECTS = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (
            r"(?:out of (?:the )?office(?: auto-?reply| reply)?|auto(?:matic)?[ -]?(?:reply|response)"
            r"|allan o[’']r swyddfa|(?:ateb|ymateb) awtomatig)\s*(?::|-|–|re:|$)",
            OUT_OF_OFFICE,
        ),
        (
            r"(?:undeliver(?:able|ed)(?: mail)?(?: returned to sender)?|delivery status notification.*"
            r"|delivery (?:delayed|failure|has failed)|mail delivery (?:failed|failure).*|returned mail"
            r"|failure notice|ni ellir danfon|methu danfon|heb ei ddanfon)\s*(?::|$)",
            REPORT,
        ),
        (r"(?:(?:not )?read|darllenwyd|heb ei ddarllen):", RECEIPT),
        (r"(?:recall|message recall (?:success|failure)|adalw):", RECALL),
        (
            r"(?:(?:tentatively )?accepted|declined|tentative|new time proposed|derbyniwyd|gwrthodwyd"
            r"|derbyniwyd dros dro):",
            _ANSWERS,
        ),
        (r"(?:updated )?(?:invitation|gwahoddiad):", INVITATION),
        (r"(?:cancell?ed|canslwyd):", _METHODS["CANCEL"]),
    )
)


def why(message: Message) -> str:
    """Say why nothing is read of a message; nothing where a person wrote it."""
    subject = of_subject(headers.subject(message))
    return _of_parts(message) or _of_headers(message, subject) or subject


def of_subject(subject: str) -> str:
    """Say what machine begins a subject so; behind RE: or FW: a person wrote it."""
    return next((why for pattern, why in _SUBJECTS if pattern.match(subject)), "")


def _of_headers(message: Message, subject: str) -> str:
    def said(name: str) -> str:
        return headers.text(message, name).lower()

    is_chase = _CHASE.match(headers.message_id(message)) and not said("In-Reply-To")
    if said("X-Unsent") == "1" or is_chase:
        return _QUESTION
    if said("Return-Path") == "<>":
        return subject or REPORT
    submitted, precedence = said("Auto-Submitted"), said("Precedence")
    if submitted.startswith("auto-replied") or precedence == "auto_reply":
        return subject or OUT_OF_OFFICE
    if said("X-Autoreply") or said("X-Autorespond"):
        return subject or OUT_OF_OFFICE
    if submitted.startswith("auto-") or precedence in ("bulk", "junk", "list"):
        return subject or _BULK
    return ""


def _of_parts(message: Message) -> str:
    for part in parts.walk(message):
        kind = part.get_content_type()
        if kind in _KINDS:
            return _KINDS[kind]
        if kind == "text/calendar":
            named = _METHOD.search(parts.content(part))
            method = str(part.get_param("method") or (named[1].decode() if named else "PUBLISH"))
            if why := _METHODS.get(method.upper(), INVITATION):
                return why
    return REPORT if message.get_content_type() == "multipart/report" else ""
