"""Whether a machine wrote a message, or why else nothing may be read of it."""

import re
from email.message import Message

from cpctrack.reading.mail import headers, parts
from cpctrack.records.refs import written

OUT_OF_OFFICE = "an automatic reply (out of office)"
REPORT = "a delivery report"
INVITATION = "a meeting request"
RECEIPT = "a read receipt"
RECALL = "a recall"
LOCKED = "encrypted, or signed so that it can't be read; ask for it as plain text"
QUESTION = "the question itself, not an answer"
_MACHINE = "mail of a list or a machine"
_ANSWER = "an answer to an invitation"
_CANCELLED = "a cancelled meeting"

_KINDS = {
    "message/disposition-notification": RECEIPT,
    "message/delivery-status": REPORT,
    "multipart/encrypted": LOCKED,
    "application/pkcs7-mime": LOCKED,
    "application/x-pkcs7-mime": LOCKED,
    "application/x-microsoft-rpmsg-message": LOCKED,
}
_METHODS = {"REPLY": _ANSWER, "CANCEL": _CANCELLED, "PUBLISH": ""}
_METHOD = re.compile(rb"^METHOD:(\w+)", re.MULTILINE | re.IGNORECASE)
_CHASE = re.compile(r"(?:[a-z]\w*-)?chase-[a-z\d]{4,}(?![a-z\d])", re.IGNORECASE)
# As Outlook calls its kinds of messages.
_CLASSES = (
    (r"report\..*\.ip(?:n|nn?)rn", RECEIPT),
    (r"report\.", REPORT),
    (r"ipm\.schedule\.meeting\.resp", _ANSWER),
    (r"ipm\.schedule\.meeting\.cancel", _CANCELLED),
    (r"ipm\.(?:schedule|appointment)", INVITATION),
    (r"ipm\.(?:outlook\.)?recall", RECALL),
    (r"ipm\.note\.rules", OUT_OF_OFFICE),
    (r"ipm\.note\.(?:smime|rpmsg)(?!\.multipartsigned)", LOCKED),
)
# As mail programs begin a subject, in English and in Welsh.
_SUBJECTS = (
    (r"out of (?:the )?office(?:(?: auto-?reply| reply)?:| re:|$)", OUT_OF_OFFICE),
    ((r"(?:allan o[’']r swyddfa|auto(?:matic)?[ -]?(?:reply|response)|(?:ymateb|ateb) awtomatig)"
     r"\s*(?::|$)"), OUT_OF_OFFICE),
    (r"(?:undeliverable|returned mail|delivery delayed|ni ellir danfon|methu danfon):", REPORT),
    ((r"undelivered mail returned|delivery status notification|failure notice$"
     r"|(?:mail )?delivery (?:has )?fail(?:ed|ure)"), REPORT),
    (r"(?:(?:not )?read|darllenwyd|heb ei ddarllen):", RECEIPT),
    (r"(?:recall|message recall (?:success|failure)|adalw):", RECALL),
    ((r"(?:(?:tentatively )?accepted|declined|tentative|new time proposed"
     r"|(?:derbyniwyd|gwrthodwyd)(?: dros dro)?):"), _ANSWER),
    (r"(?:updated )?invitation:|gwahoddiad:", INVITATION),
    (r"(?:cancell?ed|canslwyd):", _CANCELLED),
)  # fmt: skip


# What a machine says of itself where the head of its mail does not.
_WORDS = re.compile(
    r"\bthis is an? (?:automat(?:ed|ic)|(?:automatically|auto|computer)[ -]?generated)"
    r" (?:e-?mail|mail|message|reply|response|notification|acknowledgement)\b"
    r"|\b(?:ateb|ymateb|neges|e-?bost) awtomatig yw h(?:wn|on)\b",
    re.IGNORECASE,
)


def why(message: Message) -> str:
    """Say why nothing is read of a message; nothing where a person wrote it."""
    subject = of_subject(headers.text(message, "Subject"))
    class_ = _first(_CLASSES, headers.text(message, parts.CLASS))
    return class_ or _of_parts(message) or _of_headers(message, subject) or subject


def of_subject(subject: str) -> str:
    """Say what machine begins a subject so; behind RE: or FW: a person wrote it."""
    return _first(_SUBJECTS, subject)


def of_words(text: str) -> str:
    """Say that a machine wrote a text that says so of itself; one with a reference is no such."""
    return _MACHINE if _WORDS.search(text) and not written(text) else ""


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((why for pattern, why in table if re.match(pattern, text, re.IGNORECASE)), "")


def _of_parts(message: Message) -> str:
    answers = bool(headers.thread(message))  # and may have an invitation beside the answer
    for part in parts.walk(message):
        kind = part.get_content_type()
        if kind in _KINDS:
            return _KINDS[kind]
        is_beside = answers and part.get_content_disposition() == "attachment"
        if kind == "text/calendar" and not is_beside:
            named = _METHOD.search(parts.content(part))
            method = str(part.get_param("method") or (named[1].decode() if named else "PUBLISH"))
            if why := _METHODS.get(method.upper(), INVITATION):
                return why
    return REPORT if message.get_content_type() == "multipart/report" else ""


def _of_headers(message: Message, subject: str) -> str:
    """Tell by the head; a subject that a machine begins so says which."""

    def said(name: str) -> str:
        return headers.text(message, name).lower()

    is_chase = _CHASE.match(headers.message_id(message)) and not said("In-Reply-To")
    if said("X-Unsent") == "1" or is_chase:
        return QUESTION
    submitted, precedence = said("Auto-Submitted"), said("Precedence")
    is_reply = submitted.startswith("auto-replied") or precedence == "auto_reply"
    if is_reply or said("X-Autoreply") or said("X-Autorespond"):
        return subject or OUT_OF_OFFICE
    if said("Return-Path") == "<>":
        return subject or REPORT
    # A list sends on what people write, too.
    is_list = precedence == "list" and not headers.thread(message)
    is_machine = submitted not in ("", "no") or precedence in ("bulk", "junk") or is_list
    return subject or _MACHINE if is_machine else ""
