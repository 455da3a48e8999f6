"""How minutes mark a block or a line: headings, labels in front or inside, decision words."""

import re
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language.grammar import owner_in
from cpctrack.minutes.language.owners import is_owner_only
from cpctrack.minutes.language.tokens import base
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.columns import is_initials, is_name

ACTION, DECISION, RECOMMENDATION, PROPOSAL = "action", "decision", "recommendation", "proposal"

_WORD = re.compile(r"[\w'’-]+")
_BRACKETS = re.compile(r"[(\[][^)\]]{0,60}[)\]]")
_BODY = rf"(?:the\s)?(?:[\w'’-]+\s){{0,4}}?{words.one_of(words.BODIES)}"
_ADVERBS = (
    r"(?:(?:also|further|therefore|then|unanimously|subsequently|hereby|duly|additionally)\s){0,3}"
)

# "ACTION (JS): …", "Action Point 3 – …", "Agreed action: …", "Actions for the Clerk: …"
_ACTION_LABEL = re.compile(
    r"(?i)\W{0,3}(?:agreed\s)?(?:actions?|gweithredu|AP)(?:\s(?:agreed|required|points?|items?|no\.?|(?P<by>by)|arising|for))*"
    r"\s?(?:(?-i:[A-Z]{1,4}[./-]?)?\d{1,4}(?:[./-]\d{1,4})*[a-z]?)?\s?(?P<who>[(\[][^)\]]{1,60}[)\]])?(?P<end>\s*[:–—-]{1,2}\s*|\.?\s+|\W*$)"
)
# "[Action: JS] The plan to be sent": what follows is what is to be done
_BRACKETED = re.compile(
    r"(?i)[(\[]\s?actions?(?:\sby)?\s?[:–—-]\s?(?P<who>[^)\]]{1,60})[)\]][.:]?\s+(?=\S)"
)
# "Resolved: …", "RESOLVED (unanimously) that …", "Decision 12/24 – …"
_DECISION_LABEL = re.compile(
    r"(?i)\W{0,3}(?:[\d/.-]{2,12}\s+)?(?:what\s(?:was|were|we)\s)?(?P<key>resolved|agreed|decided|decisions?|outcomes?|resolutions?|motions?|recommended|recommendations?"
    r"|(?:committee|council|board)\s(?:resolution|decision|recommendation))"
    r"(?:\sno\.?)?(?:\s(?:minute\s)?[A-Z]{0,4}\d{1,4}(?:[./-]\d{1,4})*)?"
    r"(?:\s(?:unanimously|accordingly|by\s\w+))?(?:\s?[(\[][^)\]]{1,60}[)\]])?"
    r"(?P<end>\s*[:–—-]{1,2}\s*|\s*[.,]\s+|\s+|\W*$)"
)
# "It was agreed that", "The Committee also agreed to", "After discussion, Members resolved that"
_FORMULA = re.compile(
    rf"(?i)(?:(?:following|after|having|accordingly|therefore|in\sconclusion|on\sthe\sproposal)\b[^;:]{{0,160}}?,?\s)?"
    rf"(?:it\swas\s{_ADVERBS}|(?=agreed\sby\s)|{_BODY},?\s(?:[^.;:]{{0,80}}?,\s)?(?:(?:has|have)\s)?{_ADVERBS})"
    rf"(?P<key>agreed|resolved|decided|recommended)\b(?P<end>(?:\sby\s{_BODY})?(?:\s(?:unanimously|in\sprincip(?:le|al)))?(?:,[^;:]{{0,160}}?,)?\s"
    # “It was agreed a bin will be purchased”
    rf"(?=that\b|to\b|(?:the\s)?{words.one_of(words.WHO)}\s[a-z]{{2,}}\b|(?!with\b|by\b|upon\b|on\b|and\b)[^.;:]{{1,80}}?\s(?:will|would|shall|should)\s))"
)
_JOINED = re.compile(r"(?:[,;–—]|\s-)\s(?:and\s|but\s|so\s)?|(?<!\bthat)\s(?=it\swas\s)")
_RECOMMENDS = re.compile(  # "The Committee reviewed its terms and agreed to recommend to the Board"
    rf"(?i:{_BODY}\s[^.;:]{{0,120}}?\band\s{_ADVERBS}(?P<key>agreed|resolved)\s(?=to\srecommend\b))"
)
_INSIDE = re.compile(r"\b(?P<key>RESOLVED|AGREED|DECIDED|RECOMMENDED|APPROVED|NOTED|ENDORSED)\b")
_INSIDE_LOW = re.compile(
    r"(?i)\b(?:(?:it\swas|was|and)\s(?:unanimously\s)?)(?P<key>resolved)\s(?:unanimously\s)?(?=that\b|to\b)"
)
_AFTER_KEY = re.compile(
    r"(?i)(?:\s?(?:unanimously|accordingly))?(?:\s?\([^)]{0,60}\))?(?:,[^.;:]{0,80},)?\s*[:–—-]{0,2}\s*"
)
_MOVERS = re.compile(
    r"(?i)\s?(?:up)?on\s(?:the\s|a\s)?(?:motion|proposal|proposition)\b[^;:]{0,160}?\s(?=that\b|to\b)"
)
# "RESOLVED Cr Fenn / Cr Bell", "Resolved: Moved Cr Fenn, seconded Cr Bell, that …"
_TITLED = (
    r"(?:Crs?|Cllrs?|Councillors?|Mayor|Deputy|Mrs?|Ms|Miss|Dr|Ald|Alderman|Bailie|Provost)\.?\s"
)
_NAME = r"(?!That\b|THAT\b|To\b|The\b)[A-Z][\w'’.-]*"
_PERSON = rf"(?:{_TITLED})?{_NAME}(?:\s{_NAME}){{0,3}}"
_NAMED_MOVERS = re.compile(
    rf"[(\[]?(?:(?:[Mm]oved|[Pp]roposed)(?:\sby)?:?\s)?(?:{_PERSON}\s?(?:[/,;&–-]|and\b)\s?"
    rf"(?:[Ss]econded(?:\sby)?:?\s)?{_PERSON}|{_TITLED}{_PERSON}(?![)\]]?\s*[:,.–-]?\s*to\b))[)\]]?\s*[:,.–-]?\s*(?=$|[Tt]hat\b|THAT\b|to\b)"
)
_SEVERAL = re.compile(r"[/&,]| and ")
_SENTENCE_END = re.compile(r"[.!?”)]\s+(?=[A-Z])")
_ALL_CAPITALS = 0.8
_HEADINGS = (
    (ACTION, words.ACTION_HEADINGS),
    (RECOMMENDATION, words.RECOMMENDATION_HEADINGS),
    (DECISION, words.DECISION_HEADINGS),
)
_HEADING_WORDS = words.HEADING_FILLING.union(*(keys for _, keys in _HEADINGS))
_COLUMNS = frozenset({"item", "items", "minute", "topic", "agenda", "no", "number"})
_LONGEST_NAMES = 120  # letters
_LONGEST_LABEL = 14  # words of a heading

# Labels within a paragraph, and lines that say who or when of what stands above them.
_ACTION_WITHIN = re.compile(
    r"(?<=[\s.;(\[])[(\[]?(?:ACTIONS?|Actions?|AP(?=\s?\d))(?:\s(?:POINTS?|Points?|agreed|by|BY))?\s?(?:\d{1,3})?"
    r"(?:\s?\([^)]{1,40}\)|\s?[:–—-]|(?=\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\.?\s*$))"
)
# "… ACTION: SP The next thing …": the initials are all of it.
_INITIALS_WITHIN = re.compile(
    r"(?:ACTION|Action)\s?[:–—-]\s?(?:[A-Z]{2,3}(?:\s?[/&]\s?[A-Z]{2,3}){0,4}\.?\s+(?=[A-Z][a-z]|[A-Z\d]\s)"
    r"|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}\.\s+(?=[A-Z(\d]))"
)
_LABEL_WITHIN = re.compile(
    r"(?<=[.!?;)]\s)(?:Resolved|Agreed|Decision|Recommended|RESOLVED|AGREED|DECISION|RECOMMENDED)\b"
    r"(?=\s?[:–—]|\s-|\s(?:that|to|unanimously)\b)"
)
_ATTRIBUTE = re.compile(
    r"(?i)(?P<name>owner|lead|lead officer|responsible(?: officer)?|by whom|assigned to|who"
    r"|due(?: date)?|deadline|by when|timescale|target date|when)\s?[:–—-]\s?(?P<value>.{1,80})$"
)
_DUE_LABELS = ("due", "deadline", "by when", "timescale", "target", "when")
_LONGEST_TITLE = 250  # letters
_LONGEST_PARTED = 20000  # letters of a paragraph that are parted


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
    if block.marker in words.ARROWS and owner_in(text):
        return Mark(ACTION, 0)
    return _heading(text) or _action_label(text) or _decision_label(text) or in_sentences(text)


def _heading(text: str) -> Mark | None:
    if len(text) > 120:
        return None
    whole = _heading_of(text, len(text))
    if "/" not in text or (whole and whole.kind != PROPOSAL):
        return whole
    parts = (_heading_of(part.strip(), len(text)) for part in text.split("/"))  # in two languages
    return next((part for part in parts if part and part.kind != PROPOSAL), whole)


def _heading_of(text: str, end: int) -> Mark | None:
    printed = _WORD.findall(_BRACKETS.sub("", text))
    found = [word.casefold() for word in printed if word[0].isalpha()]
    if not found or len(found) > _LONGEST_LABEL or found[0] == "that":
        return None
    if found[0] in _COLUMNS and found[-1] in words.ACTION_HEADINGS:  # “Item / Action” over columns
        return None
    proposing = words.PROPOSAL_WORDS.intersection(found)
    kind = next((kind for kind, keys in _HEADINGS if not keys.isdisjoint(found)), "")
    if proposing:
        kind = "" if words.RECOMMENDATION_HEADINGS.isdisjoint(found) else PROPOSAL
    if not kind or set(found) - _HEADING_WORDS - proposing:
        return None
    if text[0].islower() and not text.endswith((":", "-")):
        return None
    if text.endswith((".", ",", ";")) and not text.isupper():
        return None
    brackets = _BRACKETS.search(text) if kind == ACTION else None
    noun = not {"recommendation", "recommendations", "motion"}.isdisjoint(found)
    return Mark(kind, end, _who(brackets and brackets[0]), noun=noun and "committee" not in found)


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
    rest = text[match.end() :].strip(" .")
    first = rest.partition(" ")[0].casefold()
    if separated and first.endswith("ed") and base(first) in words.RESOLVING:  # “Action: Approved”
        return Mark(DECISION, _past_movers(text, match.end()))
    named = 0 < len(rest) < _LONGEST_NAMES and " to " not in rest.removesuffix(" to note")
    return Mark(ACTION, match.end(), _who(match["who"]), by=named and match["by"] is not None)


def _is_capital_title(rest: str) -> bool:
    """Tell whether a word in capitals goes on as a title: “ACTION SHEET OF THE LAST MEETING”."""
    return len(rest.split()) > 1 and _mostly_capital(rest) and not is_initials(rest)


def _who(brackets: str | None) -> str:
    """Give whom words in brackets name, if they do."""
    text = (brackets or "").strip("()[] ")
    return text if is_initials(text) or is_name(text) or _SEVERAL.search(text) else ""


def _decision_label(text: str) -> Mark | None:
    match = _DECISION_LABEL.match(text[:200])
    if not match or text[0].islower() or (text[0].isdigit() and match["key"][0].islower()):
        return None
    key = match["key"]
    rest = text[match.end() :]
    separated = match["end"].strip() not in ("", ",", ".")
    loud = key.isupper() and (separated or not _is_capital_title(rest))
    says = key[-2:] == "ed" and rest.casefold().startswith(("that ", "to ", "unanim"))
    if not (loud or separated or says):
        return None
    noun = key.casefold().startswith(("recommendation", "motion"))
    return Mark(_kind_of(key), _past_movers(text, match.end()), noun=noun)


def _past_movers(text: str, end: int) -> int:
    """Go past “on the motion of …, seconded by …,” between RESOLVED and what is resolved."""
    match = _MOVERS.match(text, end) or _NAMED_MOVERS.match(text, end)
    return match.end() if match else end


def _kind_of(key: str) -> str:
    return RECOMMENDATION if "recommend" in key.casefold() else DECISION


def in_sentences(text: str) -> Mark | None:
    """Find a decision word inside a paragraph: in capitals, or a formula that begins a sentence."""
    looked = text[:4000]
    match = _INSIDE.search(looked)
    told_behind = match and match.start() and not looked[match.end() :].strip(" .:")
    if match and not told_behind and not _mostly_capital(looked):
        start = _starts(looked[: match.start() + 1])[-1]
        if match["key"] in ("APPROVED", "NOTED", "ENDORSED"):
            return Mark(DECISION, match.start(), inside=start)
        past = _AFTER_KEY.match(looked, match.end())
        rest = _past_movers(looked, past.end() if past else match.end())
        return Mark(_kind_of(match["key"]), rest, inside=start)
    match = _INSIDE_LOW.search(looked)
    if match:
        return Mark(DECISION, match.end(), inside=_starts(looked[: match.start() + 1])[-1])
    for start in sorted({*_starts(looked), *(match.end() for match in _JOINED.finditer(looked))}):
        match = _FORMULA.match(looked, start) or _RECOMMENDS.match(looked, start)
        if match:
            return Mark(_kind_of(match["key"]), match.end(), formula=True, inside=start)
    return None


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def _mostly_capital(text: str) -> bool:
    letters = [letter for letter in text[:300] if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > _ALL_CAPITALS * len(letters)


def labels_inside(text: str) -> list[int]:
    """Give the offsets at which an “Action:” or a “Resolved:” begins inside a paragraph."""
    looked = text[:_LONGEST_PARTED]
    found: set[int] = set()
    for match in (*_ACTION_WITHIN.finditer(looked, 1), *_LABEL_WITHIN.finditer(looked, 1)):
        at = match.start()
        before = _SENTENCE_END.split(looked[max(0, at - _LONGEST_TITLE) : at])[-1]
        title = len(before.split()) > 1 and before.isupper() and before.rstrip()[-1:].isalpha()
        if not title:  # “STATEMENT OF ACTION: …”
            found.add(at)
    found.discard(1 if looked[:1] in ("[", "(") else 0)
    found |= {match.end() for match in _INITIALS_WITHIN.finditer(looked)}
    for start in tuple(found):  # what follows "[Action: …]" is not of it
        close = {"[": "]", "(": ")"}.get(looked[start])
        end = looked.find(close, start) + 1 if close else 0
        if end and looked[end:].strip(" ."):
            found.add(end)
    return sorted(found)


def attribute(text: str) -> tuple[str, str]:
    """Read a line such as “Owner: Head of Service”, “Due: 12 May 2024”: owner or due, and what."""
    match = _ATTRIBUTE.match(text[:200])
    if not match:
        return "", ""
    due = match["name"].casefold().startswith(_DUE_LABELS)
    return ("due" if due else "owner"), match["value"].strip(" .")
