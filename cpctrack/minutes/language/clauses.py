"""Sentences of a paragraph, and the entries of a list that is printed in one line."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

_END = re.compile(r"[.!?][\"”’)\]]{0,2}\s+(?=[A-Z\"“(\[£\d])")
_ABBREVIATED = re.compile(
    r"(?i)(?:\b(?:cllrs?|crs?|mr|mrs|ms|dr|prof|rev|st|no|nos|para|e\.g|i\.e|etc|hon|sgt|insp|p\.m|a\.m"
    r"|ref|vs|approx|fr|jr|sr|gen|vol|ch|fig|dept)|\b[A-Z]|^\(?\w{1,3})\.[\"”’)\]]{0,2}\s+$"
)
_ONE_LETTER = re.compile(r"\b[A-Z]\.\s+$")
_ENUMERATED = re.compile(
    r"(?:(?<=^)|(?<=[\s:;–—-]))[(\[]?(?P<mark>\d{1,2}|[a-z]|[ivx]{1,5})[)\]](?:\s|(?=[A-Za-z]))"
    r"|(?:(?<=^)|(?<=[:;.]\s))(?P<dot>\d{1,2})\.\s(?=[A-Z])"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LONGEST = 20000  # letters that are taken apart


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Give each sentence with its offset; an abbreviation's full stop ends none."""
    start = 0
    for match in _END.finditer(text[:_LONGEST]):
        before = text[max(start, match.start() - 8) : match.end()]
        short = _ABBREVIATED.search(before)
        if _ONE_LETTER.search(before) or (
            short and not short[0].lower().startswith(("p.m", "a.m", "etc"))
        ):
            continue
        yield start, text[start : match.end()].rstrip()
        start = match.end()
    if start < len(text):
        yield start, text[start:].rstrip()


def enumerated(text: str) -> list[tuple[int, int]]:
    """Give start and end of each entry of a list printed in one line: “(a) to note; (b) to …”.

    Empty where the marks don't count up from the first.
    """
    places: list[tuple[int, int]] = []
    for match in _ENUMERATED.finditer(text[:_LONGEST]):
        at = len(places)
        following = {str(at + 1), *_ROMAN[at : at + 1], *ascii_lowercase[at : at + 1]}
        if (match["mark"] or match["dot"]) in following:
            places.append(match.span())
    if len(places) < 2 or places[0][0] > 400:
        return []
    ends = [start for start, _ in places[1:]] + [len(text)]
    return [(begin, end) for (_, begin), end in zip(places, ends, strict=True)]
