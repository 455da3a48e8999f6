"""What an owner's words say of an action: how far it is, by when, who else, and what is amiss."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cpctrack.records import exempt
from cpctrack.records.model import Record, Status
from cpctrack.replies.how_far import LONGEST, HowFar, of_form, of_words
from cpctrack.replies.people import named_instead
from cpctrack.replies.when import Time, asked_for
from cpctrack.text import fold, one_line

_NOT_DONE = frozenset({Status.OPEN, Status.DEFERRED, Status.NOT_PROCEEDING})
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
_NOT_BEEN = re.compile(r"\b(?:has|have)(?: not|n['’]t) been\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:see|find|in|as per|per|refer to) (?:the |my |our )?(?:attach|enclos|below\b|above\b)|"
    r"(?:^|[.;:]) *(?:\w+ ){0,2}attached\b(?= *(?:$|[.,;:]|is\b|please\b))|"
    r"\bas (?:attach|enclos)ed\b|\bwe (?:spoke|talked) about this\b|\b(?:i|we) (?:have )?attach|"
    r"\bis attached\b(?! to the\b)|\battached (?:gives|shows|has|sets)\b|"
    r"\b(?:see|as per|per|in|by)(?: (?:my|our|the|his|her))?(?: \w+)? (?:e-?mail|message|reply)|"
    r"\b(?:see|as per|per) e-?mail|"
    r"\bas (?:i |we )?(?:discussed|agreed|said|mentioned|spoke|talked)\b"
    r"(?! (?:by|at|in) |[^.:\n]{0,25}: *(?!see\b)\w)|"
    r"\bi (?:have )?(?:already )?(?:told|answered|replied to|e-?mailed) (?:you|(?:about )?this)\b|"
    r"^\W*(?:please )?(?:see|refer to) [^.;,:\n]{1,40}\W*$",
    re.IGNORECASE,
)
_SOON = (
    r"(?= *(?:$|[.,;!]|(?:and|by|on|in (?:full|due)|properly|tomorrow|shortly|soon|next|when|"
    r"(?:to )?you|this|with)\b))"
)
_HOLDING = re.compile(
    r"\b(?:will|['’]ll|shall|to|let me|going to|can i|and)(?: (?:then|try to|now))? "
    r"(?:look (?:at|into) (?:this|it)(?! again\b)|have a look|(?:get|come) back\b|let you know|"
    r"be in touch|find out\b(?! \w)|see what|hear (?:more )?from|"
    r"do this (?:tomorrow|soon|shortly)|pick (?:this|it) up|update you|revert|"
    r"get you (?:an? |my )?(?:answer|update|reply)|dig (?:this|it) out|"
    rf"(?:check|reply|answer|respond|confirm){_SOON}|"
    r"send (?:you )?(?:this|something|an? (?:answer|update|reply)|my \w+)\b)|"
    r"\b(?:(?:leave (?:it|this)|bear) with me|give me (?:a|until)|you(?: will|['’]ll) have my)\b|"
    rf"(?:^|[.,;!]) *(?:(?:i['’]ll be |i['’]m )?on it|will do(?: (?:it|this|so))?){_SOON}|"
    r"\b(?:update|reply|answer|response|more(?: \w+)?) "
    rf"(?:(?:to|will) follow|tomorrow|soon|shortly|next week|later){_SOON}",
    re.IGNORECASE,
)
_PERSON = r"(?:tenant|complainant|resident|mother|father|family|child|mrs?|ms|miss)"
_QUIET = re.compile(
    r"(?:\bnot|n['’]t)(?: be| to be| to| for| appear in the)? (?:print|publi|minute[sd]?\b|"
    r"(?:put|include|name|mention)\b[^.;\n]*\b(?:paper|agenda|public|print))|\b(?:leave|keep|take|"
    r"omit|redact|remove|no)\b(?: \w+){0,2} (?:names?|address|details) (?:out|off|in\b|from)|"
    rf"\b{_PERSON}\b[^.;\n]{{0,40}}\b(?:(?:of|at|from) (?:flat )?\d+\w? "
    r"(?!per\b)(?-i:[A-Z][\w'’]+ [A-Z])|(?:unwell|ill|in hospital|diagnosed|died|evicted)\b)|"
    r"\b(?:keep|leave|stay) (?:this|it|that|them)?(?: \w+)? ?"
    r"(?:out of|off|from|private|between|confidential)|"
    r"\b(?:keep|leave|take)\b[^.;\n]{1,60}\b(?:out of|off|from)\b[^.;\n]*\b"
    r"(?:print|publi|paper|agenda)|"
    r"(?-i:\b(?:child(?:ren)?|girl|boy|young (?:person|people|man|woman)|pupil|son|daughter|"
    r"mother|father),? (?:called |named )?[A-Z][a-z]+(?: [A-Z]\.|,))|"
    r"\b(?:in confidence|between (?:us|ourselves)|eyes only|(?:is|legally) privileged|"
    r"not for (?:the public|circulation|sharing)|off the record|not to be shared|"
    r"as confidential)\b|\bpart (?:2|ii|two)(?= *(?:$|[.,;:]| report))|"
    r"(?:^|[.;:!] *|\b(?:this|it|that|which) is )(?:strictly )?"
    r"(?:private|confidential|exempt)(?= *(?:$|[.,;:!–-]|until|please))",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:writes|wrote|says|replied|answered)(?: \w+)?:|\b[Ff]rom [A-Z]\w+:")
# A question that asks for time, or for leave to close, and needs no answer first.
_LEAVE = re.compile(
    r"(?!.*\b(?:wh(?:o|at|ich|ere|y|ether)|how|tell)\b)"
    r".*\b(?:can|could|may|might|shall|would|will|happy|ok(?:ay)?|fine|all right|is|any chance)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:until|till|exten\w+|more time|another|further|defer\w*|postpone\w*|clos\w+|tick|"
    r"remove|come|(?:take|move|put|carry|park) (?:this|it|that|these|them))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:was|were) \w+ in (?:\w+ )?((?:19|20)\d\d)\b")
# What takes back, in a later sentence, that it is done.
_BACK = re.compile(
    r"[.!–-]\s*(?:well|actually|oh|hang on|hold on|on second thoughts|i tell a lie|although|except|"
    r"scrap that|correction|sorry, no)\b",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """What words suggest; see `Answer` for each. `doubts` are reasons to ask, in plain words."""

    status: str = ""
    due: str = ""
    due_text: str = ""
    redirect: str = ""
    doubts: tuple[str, ...] = ()


def said(response: str, record: Record | None, written: date, *, status: str = "") -> Said:
    """Read a response; `written` is the day of the letter, `status` the word of a form's column."""
    form, redirect = of_form(status), named_instead(response[:LONGEST])
    if record and fold(redirect) in map(fold, record.owners):
        redirect = ""
    words, time = HowFar(), Time()
    if not redirect:  # what they say of it then is the other's
        words, time = of_words(response), asked_for(response, record, written)
    years = _YEAR.findall(response[:LONGEST])
    if record and years and max(years) < record.meeting.date[:4] and not words.closes:
        words = HowFar()  # nothing was done of an action before it was agreed
    if time.words and words.status in (None, Status.PROPOSED) and not is_holding(response):
        # Who asks for time has begun, and has not done it.
        words = HowFar(Status.IN_PROGRESS, words.closes, words.denies or words.status is not None)
    back = _BACK.search(response[:LONGEST])
    if back and of_words(response[: back.start()]).status is Status.PROPOSED:
        words = HowFar(words.status if words.denies else None, closes=True, denies=True)
    denied = form is Status.PROPOSED and words.denies
    doubts = tuple(_doubts(response, record, written, passed=bool(redirect)))
    if denied or (form in _NOT_DONE and words.status is Status.PROPOSED):
        doubts = (f"the status says “{one_line(status)}” and the words say otherwise", *doubts)
    parts = {part: of_words(part) for part in _SENTENCE.findall(response[:LONGEST])}
    is_said = any(how.status is Status.PROPOSED for how in parts.values())
    is_denied = any(how.denies or _NOT_BEEN.search(part) for part, how in parts.items())
    if (words.closes and words.denies) or (is_said and is_denied):
        doubts = ("it says that it is done and that it is not", *doubts)
    stands = words.status if denied else form or words.status
    return Said(stands or "", time.day, time.words, redirect, doubts)


def is_holding(text: str) -> bool:
    """Tell whether a text only says that an answer will come."""
    parts = _SENTENCE.findall(text[:LONGEST])
    rest = [part for part in parts if not _HOLDING.search(part)]
    return len(rest) < len(parts) and of_words("".join(rest)).status is None


def is_elsewhere(text: str) -> bool:
    """Tell whether a text says that the answer stands somewhere else."""
    return _ELSEWHERE.search(text[:LONGEST]) is not None


def _doubts(text: str, record: Record | None, written: date, *, passed: bool) -> Iterator[str]:
    text = text[:LONGEST]
    if is_elsewhere(text):
        yield "the answer is somewhere else"
    if is_holding(text):
        yield "it says only that an answer will come"
    is_exempt = record is not None and record.exempt_paragraph
    if not is_exempt and (_QUIET.search(text) or exempt.of_texts("", [text])):
        yield "it may be meant to be kept from the public"
    questions = (part for part in _SENTENCE.findall(text) if part.rstrip().endswith("?"))
    if not passed and any(not _asks_leave(each, written) for each in questions):
        yield "it asks a question back"
    if _OTHERS.search(text):
        yield "these may be somebody else’s words"


def _asks_leave(question: str, written: date) -> bool:
    asks = _CLOSING.search(question) or asked_for(question, None, written).words
    return bool(asks and _LEAVE.match(question))
