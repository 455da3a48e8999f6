"""What stands in front of a list entry or a heading: numbers, letters, bullets."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable

from cpctrack import dates

_MARKER = re.compile(
    r"(?P<bullet>[-–—•·▪●◦‣○■□►➢✓*o→➔➜⇒☐]|[=-]>)(?:\s\[[ xX]\])?\s+"
    r"|(?P<minute>(?:[A-Z]{1,4}[./ ]?)?\d{1,4}/\d{2,4}(?:/\d{1,4})?)[.:)]?\s+"
    r"|(?:agenda\s)?(?:item|minute|article)\s(?:no\.?\s)?(?P<item>\d{1,3}(?:[./]\d{1,4})*)\s?[.:)–-]?\s*"
    r"|[(\[]?(?P<roman>[ivx]{1,6})[)\]]\s*|(?P<romandot>[ivx]{1,6})\.\s+"
    r"|[(\[](?P<letter>[a-z]{1,2})[)\]]\s*|(?P<letterdot>[a-z])[.)]\s+"
    r"|(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}[A-Z]?)(?P<close>[.):]\s*|\s+)(?=\S)"
    r"|[(\[](?P<bracket>\d{1,3}(?:\.\d{1,3})?)[)\]]\s*"
    r"|(?P<code>(?-i:(?P<prefix>(?!AP)[A-Z]{1,4}(?:[./-]|\s(?=\d))?(?:\d{2,4}[./-])?)(?P<count>\d{1,4})))[.:)]?\s+(?=\S)",
    re.IGNORECASE,
)
_MONTH = re.compile("(?:" + "|".join(dates.MONTHS) + r")\b", re.IGNORECASE)
_LONGEST = 80  # letters that a marker and the word behind it take


def find_marker(text: str, codes: Container[str] = ()) -> re.Match[str] | None:
    """Find the marker that a line begins with; `codes` are the letters that count items."""
    match = _MARKER.match(text[:_LONGEST])
    return match if match is None or not match["code"] or match["prefix"] in codes else None


def codes_in(titles: Iterable[str]) -> frozenset[str]:
    """Give the letters by which a document counts: “OS.” where “OS.41 …” and “OS.42 …” are titles.

    One alone is a word: “A12 closures”.
    """
    counts: dict[str, set[int]] = defaultdict(set)
    for title in titles:
        match = _MARKER.match(title[:_LONGEST])
        if match and match["code"]:
            counts[match["prefix"]].add(int(match["count"]))
    return frozenset(
        prefix for prefix, found in counts.items() if any(one + 1 in found for one in found)
    )


def marker_length(text: str, marker: re.Match[str] | None) -> int:
    """Give how many letters of a line are its marker, 0 where what looks like one is a word."""
    if marker is None:
        return 0
    if marker["letterdot"] and text[1:2] == "." and text[0].isupper():
        return 0  # a name's initial: "A. Smith"
    rest = text[marker.end() :]
    if style_of(marker)[0] == "bare" and (not rest[:1].isupper() or _MONTH.match(rest)):
        return 0  # "20 hours", "6 December"
    return marker.end()


def style_of(marker: re.Match[str] | None) -> tuple[str, str]:
    """Name the kind of a marker, and its number: number, bare, bracket, minute, letter."""
    if marker is None:
        return "", ""
    found = {name: value for name, value in marker.groupdict().items() if value is not None}
    if "bullet" in found:
        return "bullet", ""
    if "code" in found:
        return "minute", found["code"]
    for name in ("minute", "item", "bracket"):
        if name in found:
            return name, found[name]
    for name in ("roman", "romandot", "letter", "letterdot"):
        if name in found:
            return name.removesuffix("dot"), found[name].lower()
    bare = not found["close"].strip() and found["number"].isdigit()
    return ("bare" if bare else "number"), found["number"]
