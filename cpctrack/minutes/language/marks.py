"""How minutes mark a block or a line: headings, labels in front, decision words in a sentence."""

import re
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language import owners
from cpctrack.minutes.language.names import is_owner_only
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.margin import is_initials, is_name

ACTION, DECISION, RECOMMENDATION, PROPOSAL = "action", "decision", "recommendation", "proposal"

_WORD = re.compile(r"[\w'’-]+")
_BRACKETS = re.compile(r"[(\[][^)\]]{0,60}[)\]]")
_BODY = rf"(?:the\s)?(?:[\w'’-]+\s){{0,4}}?{words.one_of(words.BODIES)}"
_ADVERBS = (
    r"(?:(?:also|further|therefore|then|unanimously|subsequently|hereby|duly|additionally)\s){0,3}"
)
_SEPARATOR = r"\s*[:.–—-]{1,2}(?=\s|$|\w)\s*"

# "ACTION (JS): …", "Action Point 3 – …", "Agreed action: …", "Actions for the Clerk: …"
_ACTION_LABEL = re.compile(
    r"\W{0,3}(?:agreed\s)?(?:actions?|gweithredu|AP)(?:\s(?:agreed|required|points?|items?|no\.?|(?P<by>by)|arising|for))*"
    r"\s?(?:(?-i:[A-Z]{1,4}[./-]?)?\d{1,4}(?:[./-]\d{1,4})*[a-z]?)?\s?(?P<who>[(\[][^)\]]{1,60}[)\]])?(?P<end>\s*[:–—-]{1,2}\s*|\.?\s+|\W*$)",
    re.IGNORECASE,
)
# "[Action: JS] The plan to be sent": what follows is what is to be done
_BRACKETED = re.compile(
    r"[(\[]\s?actions?(?:\sby)?\s?[:–—-]\s?(?P<who>[^)\]]{1,60})[)\]][.:]?\s+(?=\S)", re.IGNORECASE
)
# "Resolved: …", "RESOLVED (unanimously) that …", "Decision 12/24 – …"
_DECISION_LABEL = re.compile(
    r"\W{0,3}(?:[\d/.-]{2,12}\s+)?(?:what\s(?:was|were|we)\s)?(?P<key>resolved|agreed|decided|decisions?|outcomes?|resolutions?|motions?|recommended|recommendations?"
    r"|(?:committee|council|board)\s(?:resolution|decision|recommendation))"
    r"(?:\sno\.?)?(?:\s(?:minute\s)?[A-Z]{0,4}\d{1,4}(?:[./-]\d{1,4})*)?"
    r"(?:\s(?:unanimously|accordingly|by\s\w+))?(?:\s?[(\[][^)\]]{1,60}[)\]])?"
    r"(?P<end>\s*[:–—-]{1,2}\s*|\s*[.,]\s+|\s+|\W*$)",
    re.IGNORECASE,
)
# "It was agreed that", "The Committee also agreed to", "After discussion, Members resolved that"
_FORMULA = re.compile(
    rf"(?:(?:following|after|having|accordingly|therefore|in\sconclusion|on\sthe\sproposal)\b[^;:]{{0,160}}?,?\s)?"
    rf"(?:it\swas\s{_ADVERBS}|{_BODY},?\s(?:[^.;:]{{0,80}}?,\s)?(?:(?:has|have)\s)?{_ADVERBS})"
    rf"(?P<key>agreed|resolved|decided|recommended)\b(?P<end>(?:\sunanimously)?(?:,[^;:]{{0,160}}?,)?\s(?=that\b|to\b))",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(  # "The Committee reviewed its terms and agreed to recommend to the Board"
    rf"(?i:{_BODY}\s[^.;:]{{0,120}}?\band\s{_ADVERBS}(?P<key>agreed|resolved)\s(?=to\srecommend\b))"
)
_INSIDE = re.compile(r"\b(?P<key>RESOLVED|AGREED|DECIDED|RECOMMENDED|APPROVED|NOTED|ENDORSED)\b")
_INSIDE_LOW = re.compile(
    r"\b(?:(?:it\swas|was|and)\s(?:unanimously\s)?)(?P<key>resolved)\s(?:unanimously\s)?(?=that\b|to\b)",
    re.IGNORECASE,
)
_AFTER_KEY = re.compile(
    r"(?:\s?(?:unanimously|accordingly))?(?:\s?\([^)]{0,60}\))?(?:,[^.;:]{0,80},)?\s*[:–—-]{0,2}\s*",
    re.IGNORECASE,
)
_MOVERS = re.compile(
    r"\s?(?:up)?on\s(?:the\s|a\s)?(?:motion|proposal|proposition)\b[^;:]{0,160}?\s(?=that\b|to\b)",
    re.IGNORECASE,
)
# "RESOLVED Cr Fenn / Cr Bell", "Resolved: Moved Cr Fenn, seconded Cr Bell, that …"
_TITLED = (
    r"(?:Crs?|Cllrs?|Councillors?|Mayor|Deputy|Mrs?|Ms|Miss|Dr|Ald|Alderman|Bailie|Provost)\.?\s"
)
_NAME = r"(?!That\b|THAT\b|To\b|The\b)[A-Z][\w'’.-]*"
_PERSON = rf"(?:{_TITLED})?{_NAME}(?:\s{_NAME}){{0,3}}"
_NAMED_MOVERS = re.compile(
    rf"[(\[]?(?:(?:[Mm]oved|[Pp]roposed)(?:\sby)?:?\s)?(?:{_PERSON}\s?(?:[/,;&–-]|and\b)\s?"
    rf"(?:[Ss]econded(?:\sby)?:?\s)?{_PERSON}|{_TITLED}{_PERSON})[)\]]?\s*[:,.–-]?\s*(?=$|[Tt]hat\b|THAT\b|to\b)"
)
_SENTENCE_END = re.compile(r"[.!?”)]\s+(?=[A-Z])")
_ALL_CAPITALS = 0.8
_HEADING_WORDS = (
    words.HEADING_FILLING
    | words.ACTION_HEADINGS
    | words.DECISION_HEADINGS
    | words.RECOMMENDATION_HEADINGS
)
_LONGEST_NAMES = 120  # letters
_LONGEST_LABEL = 14  # words of a heading


class Mark(NamedTuple):
    """What marks a block, and where in its text its own words begin."""

    kind: str
    rest: int  # offset of the marked words; the text's length where the block is a heading only
    who: str = ""  # "ACTION (JS)"
    formula: bool = False  # lower-case words that also stand in narrative: "It was agreed that"
    inside: int = 0  # offset of the sentence it stands in
    noun: bool = False  # "Recommendation": may be what was proposed
    by: bool = False  # "Action by": who is to act, whatever else it says


def read(block: Block) -> Mark | None:
    """Tell how a block is marked, if it is."""
    if block.cells or not (text := block.text):
        return None
    if block.marker in words.ARROWS and owners.owner_of(text):
        return Mark(ACTION, 0)
    return _heading(text) or _action_label(text) or _decision_label(text) or _sentence(text)


def _heading(text: str) -> Mark | None:
    if len(text) > 120:
        return None
    whole = _heading_of(text, len(text))
    if "/" not in text or (whole and whole.kind != PROPOSAL):
        return whole
    parts = (_heading_of(part.strip(), len(text)) for part in text.split("/"))  # in two languages
    return next((part for part in parts if part and part.kind != PROPOSAL), whole)


def _heading_of(text: str, end: int) -> Mark | None:
    found = [word.casefold() for word in _WORD.findall(_BRACKETS.sub("", text))]
    found = [word for word in found if word[0].isalpha()]
    if not found or len(found) > _LONGEST_LABEL or found[0] == "that":
        return None
    kind = _heading_kind(frozenset(found))
    if not kind or (text[0].islower() and not text.endswith((":", "-"))):
        return None
    if text.endswith((".", ",", ";")) and not text.isupper():
        return None
    nouns = {"recommendation", "recommendations", "motion"}
    brackets = _BRACKETS.search(text)
    who = brackets[0].strip("()[] ") if brackets and kind == ACTION else ""
    return Mark(
        kind,
        end,
        who if _is_who(who) else "",
        noun=bool(nouns & set(found)) and "committee" not in found,
    )


def _heading_kind(found: frozenset[str]) -> str:
    """Name what a heading of these words marks, or nothing."""
    proposing = found & words.PROPOSAL_WORDS
    if found - _HEADING_WORDS - proposing:
        return ""
    if proposing:
        return PROPOSAL if found & words.RECOMMENDATION_HEADINGS else ""
    for kind, keys in (
        (ACTION, words.ACTION_HEADINGS),
        (RECOMMENDATION, words.RECOMMENDATION_HEADINGS),
        (DECISION, words.DECISION_HEADINGS),
    ):
        if found & keys:
            return kind
    return ""


def _action_label(text: str) -> Mark | None:
    match = _BRACKETED.match(text[:120])
    if match and is_owner_only(match["who"]):
        return Mark(ACTION, match.end(), match["who"])
    match = _ACTION_LABEL.match(text[:200])
    if not match:
        return None
    loud = text.lstrip('([*"“ ')[:6].isupper() or text.startswith("AP")
    loud = loud and not _is_capital_title(text[match.end() :])
    separated = match["end"].strip(" .") != ""
    if text[0].islower() or not (separated or match["who"] or (loud and match["end"])):
        return None
    if not separated and not loud and match.end() < len(text):
        return None
    who = (match["who"] or "").strip("()[] ")
    rest = text[match.end() :].strip(" .")
    named = (
        match["by"] is not None
        and len(rest) < _LONGEST_NAMES
        and " to " not in rest.removesuffix(" to note")
    )
    return Mark(ACTION, match.end(), who if _is_who(who) else "", by=named and bool(rest))


def _is_capital_title(rest: str) -> bool:
    """Tell whether a word in capitals goes on as a title: “ACTION SHEET OF THE LAST MEETING”."""
    return len(rest.split()) > 1 and _mostly_capital(rest) and not is_initials(rest)


def _is_who(text: str) -> bool:
    return bool(text) and (
        is_initials(text) or is_name(text) or bool(re.search(r"[/&,]| and ", text))
    )


def _decision_label(text: str) -> Mark | None:
    match = _DECISION_LABEL.match(text[:200])
    if not match or text[0].islower() or (text[0].isdigit() and match["key"][0].islower()):
        return None
    key = match["key"]
    end = match["end"]
    following = text[match.end() :][:12].casefold()
    separated = end.strip() not in ("", ",", ".")
    loud = key.isupper() and (separated or not _is_capital_title(text[match.end() :]))
    if not (
        loud or separated or (following.startswith(("that ", "to ", "unanim")) and key[-2:] == "ed")
    ):
        return None
    rest = _past_movers(text, match.end())
    return Mark(_kind_of(key), rest, noun=key.casefold().startswith(("recommendation", "motion")))


def _past_movers(text: str, end: int) -> int:
    """Go past “on the motion of …, seconded by …,” between RESOLVED and what is resolved."""
    match = _MOVERS.match(text, end) or _NAMED_MOVERS.match(text, end)
    return match.end() if match else end


def _kind_of(key: str) -> str:
    return RECOMMENDATION if "recommend" in key.casefold() else DECISION


def _sentence(text: str) -> Mark | None:
    """Find a decision word inside a paragraph: in capitals, or a formula that begins a sentence."""
    looked = text[:4000]
    match = _INSIDE.search(looked)
    if match and not _mostly_capital(looked):
        start = _sentence_start(looked, match.start())
        if match["key"] in ("APPROVED", "NOTED", "ENDORSED"):
            return Mark(DECISION, match.start(), inside=start)
        return Mark(_kind_of(match["key"]), _past_key(looked, match.end()), inside=start)
    match = _INSIDE_LOW.search(looked)
    if match:
        return Mark(DECISION, match.end(), inside=_sentence_start(looked, match.start()))
    for start in _starts(looked):
        match = _FORMULA.match(looked, start) or _RECOMMENDS.match(looked, start)
        if match:
            return Mark(_kind_of(match["key"]), match.end(), formula=True, inside=start)
    return None


def _past_key(text: str, end: int) -> int:
    match = _AFTER_KEY.match(text, end)
    return _past_movers(text, match.end() if match else end)


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def _sentence_start(text: str, offset: int) -> int:
    return max(start for start in _starts(text[: offset + 1]) if start <= offset)


def _mostly_capital(text: str) -> bool:
    letters = [letter for letter in text[:300] if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > _ALL_CAPITALS * len(letters)
