"""What begins a list entry or a heading, and what a title looks like: no sentence, no vote."""

import re
from collections.abc import Container, Iterable

from cpctrack.minutes import words
from cpctrack.minutes.page.blocks import Block

_TITLE = r"(?-i:[A-Z][A-Za-z][A-Za-z ])"  # which a number may stand right before: “1Apologies”
_MARKER = re.compile(
    r"(?i)(?P<bullet>[-–—•\uf0b7»·▪●◦‣○■□►➢✓*o→➔➜⇒☐]|[=-]>)(?:\s\[[ xX]\])?\s+"
    r"|(?P<minute>(?:[A-Z]{1,4}[./ ]?)?\d{1,4}/\d{2,4}(?:[/:]\d{1,4})?)(?:[.:)]?\s+|(?="
    + _TITLE
    + "))"
    r"|(?:agenda\s)?(?:items?|minute|article)\s(?:no\.?\s)?(?P<item>\d{1,3}(?:[./]\d{1,4})*)(?:\s?(?:&|and|to)\s?\d{1,3}\b)?\s?[.:;)–-]?\s*"
    r"|[(\[]?(?P<roman>[ivx]{1,6})[)\]]\s*|(?P<romandot>[ivx]{1,6})\.\s+"
    r"|[(\[](?P<letter>[a-z]{1,2})[)\]]\s*|(?P<letterdot>[a-z])(?:[.)]\s+|(?-i:(?<=[a-z])\.(?=[A-Z])))"
    r"|(?P<number>(?!(?:19|20)\d\d\b)\d{4,5}(?=[.)]?\s(?-i:[A-Z]{3}))|\d{1,3}(?:\.\d{1,3}){0,3}[A-Z]?)"
    r"(?P<close>[.):]{1,2}(?:\s*(?=\S)|$)|\s?/\s+(?=(?-i:[A-Z]))|\s+(?=\S)|(?=" + _TITLE + "))"
    r"|[(\[](?P<bracket>\d{1,3}(?:\.\d{1,3})?)[)\]]\s*"
    r"|(?P<code>(?-i:(?P<prefix>(?!AP)[A-Z]{1,4}(?:[./-]|\s(?=\d))?(?:\d{2,4}[./-])?)(?P<count>\d{1,4})))"
    r"(?:[.:)]?\s+(?=\S)|(?=" + _TITLE + "))"
)
_COUNTED = re.compile(  # "6 December", "10 Members of the public"
    "(?i)(?:" + words.FULL_MONTHS + r"|members|councillors|residents|people|persons|parishioners)\b"
)
_CLOCK = re.compile(  # "10.32am", "19:30 Roads", "6.5.2022", "16.30–18.00"
    r"(?i)\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|\d{1,2}:\d\d\b|\d{1,2}\.\d\d\s?(?:[–-]|hrs?\b|hours\b)"
    r"|\d{1,2}([./])\d{1,2}\1(?:19|20)?\d\d\b"
)
_YEARS = re.compile(r"(?i)(?:[a-z]{1,4}\s)?(?:19|20)(\d\d)/(\d\d)\b")
_LONGEST_MARKER = 80  # letters that it takes with the word behind it
_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|would|will|shall|noted|agreed|resolved|received|"
    r"reported|advised|asked|considered|introduced|presented|explained|thanked|that|gave|said)\b"
)
_TITLE_CASE = re.compile(r"[A-Z“\"'(\d]")
_PERSON_LIST = re.compile(r"(?:Cllrs?|Crs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Prof|Dame|Sir|Rev)\.?\s")
_SIGNATURE = re.compile(
    r"(?i)_{3,}|\.{4,}|…{2,}|^(?:signed\b|chair(?:man|person)?$|end\b|the meeting|\()"
)
_PROCEDURE = re.compile("(?i)(?:" + "|".join(words.PROCEDURE) + ")")
_TWO_PARTS = re.compile(r"[.:;]\s")

_LINK = re.compile(r"\s*(?:pdf icon\s)?PDF\s[\d.,]{1,6}\s[KM]B$")

_LONGEST_LINK = 40  # letters
_LONGEST = 22  # words
_LONGEST_CAPITAL = 30
_LONGEST_HEADING = 14  # words of what the document itself sets as a heading, be it a sentence
_LONGEST_PLAIN = 11  # words of a heading that nothing but its place marks


def find_marker(text: str, codes: Container[str] = ()) -> re.Match[str] | None:
    """Find the marker that a line begins with; `codes` are the letters that count items."""
    match = _MARKER.match(text[:_LONGEST_MARKER])
    return match if match is None or not match["code"] or match["prefix"] in codes else None


def codes_in(titles: Iterable[str]) -> frozenset[str]:
    """Give the letters by which a document counts: “OS.” where “OS.41 …” and “OS.42 …” are titles.

    One alone is a word: “A12 closures”.
    """
    matches = (_MARKER.match(title[:_LONGEST_MARKER]) for title in titles)
    found = {(one["prefix"], int(one["count"])) for one in matches if one and one["code"]}
    return frozenset(prefix for prefix, count in found if (prefix, count + 1) in found)


def marker_length(text: str, marker: re.Match[str] | None) -> int:
    """Give how many letters of a line are its marker, 0 where what looks like one is a word."""
    if marker is None or _CLOCK.match(text):
        return 0
    years = _YEARS.match(text) if marker["minute"] else None
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        return 0  # "2018/19 Accounts"
    if marker["letterdot"] and text[1:2] == "." and text[0].isupper():
        return 0  # a name's initial: "A. Smith"
    rest = text[marker.end() :]
    if style_of(marker)[0] == "bare" and (not rest[:1].isupper() or _is_counted(rest)):
        return 0  # "20 hours", "6 December"
    return marker.end()


def _is_counted(text: str) -> bool:
    counted = _COUNTED.match(text)
    return counted is not None and not (len(counted[0]) > 3 and counted[0].isupper())


def style_of(marker: re.Match[str] | None) -> tuple[str, str]:
    """Name the kind of a marker, and its number: number, bare, bracket, minute, letter."""
    name = (marker and marker.lastgroup) or ""
    if marker is None or name == "bullet":
        return name, ""
    if name == "close":
        bare = not marker["close"].strip() and marker["number"].isdigit()
        return ("bare" if bare else "number"), marker["number"]
    number = marker[name]
    name = {"code": "minute"}.get(name, name.removesuffix("dot"))
    return name, number.lower() if name in ("roman", "letter") else number


def is_procedure(text: str) -> bool:
    """Tell whether a line is about the vote, the movers or who left the room."""
    return _PROCEDURE.match(text) is not None


def is_title(text: str) -> bool:
    """Tell whether a text can be the title of an item: short, and no sentence."""
    if len(text) > 250 or not _TITLE_CASE.match(text) or _SIGNATURE.search(text):
        return False
    count = len(text.split())
    if is_capital(text):
        return count <= _LONGEST_CAPITAL
    most = 4 if text.endswith(".") else 0 if text.endswith((";", "?", ",")) else _LONGEST
    return count <= most and not _SENTENCE.search(text)


def is_unnumbered(block: Block) -> bool:
    """Tell whether a block without a number can be a title; votes and names are none."""
    text = block.text.rstrip(":").strip()
    if block.heading and len(text.split()) <= _LONGEST_HEADING:
        text = text.rstrip(".")
        titled = not _SIGNATURE.search(text)
    else:
        titled = is_title(text.rstrip("?")) and not _PERSON_LIST.match(text)
    named = text.casefold() not in words.NOT_AN_ITEM and not is_procedure(text)
    return titled and named and not text.endswith((".", ",", ";"))


def is_plain(block: Block) -> bool:
    """Tell whether a line that nothing sets apart but its place can be a title."""
    text = block.text
    if len(text.split()) > _LONGEST_PLAIN or block.indent >= 8:
        return False
    return text[0].isalpha() and not text.endswith(":") and not _TWO_PARTS.search(text)


def is_capital(text: str) -> bool:
    """Tell whether a text is printed in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def stands_out(block: Block) -> bool:
    """Tell whether a block looks like a heading: by structure, bold or capitals."""
    return bool(block.heading or block.bold or block.lead) or is_capital(block.text)


def linked(text: str) -> bool:
    """Tell whether a page sets a link to a document behind a line: “Budget pdf icon PDF 96 KB”."""
    return _LINK.search(text[-_LONGEST_LINK:]) is not None


def title_of(text: str) -> str:
    """Give a title without what surrounds it."""
    if linked(text):
        text = text[:-_LONGEST_LINK] + _LINK.sub("", text[-_LONGEST_LINK:])
    return text.strip().rstrip(".:;-–— ").strip()
