"""Labels within a paragraph, and lines that say who or when of what stands above them."""

import re

_ACTION_INSIDE = re.compile(
    r"(?<=[\s.;(\[])[(\[]?(?:ACTIONS?|Actions?)(?:\s(?:POINTS?|Points?|agreed|by|BY))?\s?(?:\d{1,3})?"
    r"(?:\s?\([^)]{1,40}\)|\s?[:–—-])",
)
# "… ACTION: SP The next thing …": the initials are all of it.
_INITIALS_INSIDE = re.compile(
    r"(?:ACTION|Action)\s?[:–—-]\s?[A-Z]{2,3}(?:\s?[/&]\s?[A-Z]{2,3}){0,4}\.?\s+(?=[A-Z][a-z]|[A-Z\d]\s)"
)
_LABEL_INSIDE = re.compile(
    r"(?<=[.!?;)]\s)(?:Resolved|Agreed|Decision|Recommended|RESOLVED|AGREED|DECISION|RECOMMENDED)\b"
    r"(?=\s?[:–—]|\s-|\s(?:that|to|unanimously)\b)"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>owner|lead|lead officer|responsible(?: officer)?|by whom|assigned to|who"
    r"|due(?: date)?|deadline|by when|timescale|target date|when)\s?[:–—-]\s?(?P<value>.{1,80})$",
    re.IGNORECASE,
)
_DUE_LABELS = ("due", "deadline", "by when", "timescale", "target", "when")
_LONGEST_TITLE = 250  # letters
_LONGEST_PARTED = 20000  # letters of a paragraph that are parted
_SENTENCE_END = re.compile(r"[.!?”)]\s+(?=[A-Z])")


def labels_inside(text: str) -> list[int]:
    """Give the offsets at which an “Action:” or a “Resolved:” begins inside a paragraph."""
    looked = text[:_LONGEST_PARTED]
    found = {match.start() for match in _ACTION_INSIDE.finditer(looked, 1)}
    found |= {match.start() for match in _LABEL_INSIDE.finditer(looked, 1)}
    found.discard(1 if looked[:1] in ("[", "(") else 0)
    found = {at for at in found if not _is_in_title(looked, at)}
    found |= {match.end() for match in _INITIALS_INSIDE.finditer(looked)}
    for start in tuple(found):  # what follows "[Action: …]" is not of it
        close = {"[": "]", "(": ")"}.get(looked[start])
        end = looked.find(close, start) + 1 if close else 0
        if end and looked[end:].strip(" ."):
            found.add(end)
    return sorted(found)


def _is_in_title(text: str, at: int) -> bool:
    """Tell whether a word in capitals stands in the middle of a title: “STATEMENT OF ACTION: …”."""
    before = _SENTENCE_END.split(text[max(0, at - _LONGEST_TITLE) : at])[-1]
    return len(before.split()) > 1 and before.isupper() and before.rstrip()[-1:].isalpha()


def attribute(text: str) -> tuple[str, str]:
    """Read a line such as “Owner: Head of Service”, “Due: 12 May 2024”: owner or due, and what."""
    match = _ATTRIBUTE.match(text[:200])
    if not match:
        return "", ""
    due = match["name"].casefold().startswith(_DUE_LABELS)
    return ("due" if due else "owner"), match["value"].strip(" .")
