"""What pages print and nobody said: page numbers, running headers, blank-page notices."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cpctrack.minutes import words
from cpctrack.reading.lines import Line

BREAK = "\f"  # stands where furniture was, so that a sentence is joined over it

_FURNITURE = re.compile("(?i)(?:" + "|".join(words.FURNITURE) + ")")
_RUNNING = re.compile(rf"(?i)\b{words.one_of(words.RUNNING_WORDS)}\b")
_SAID = re.compile(
    r"(?i)\b(?:that|agreed|resolved?|noted|action|actions|decision|resolution|recommend\w*|to|was|were|"
    r"would|will|be|present|apologies)\b|[:;]$"
)
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[A-Z][a-z]+,?\s\d{4}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
)
_NUMBERED = re.compile(r"(?i)(?:item\s)?[\d(]")
_BARE_NUMBER = re.compile(r"(?i)\W{0,3}(?:page\s)?\d{1,4}\W{0,3}")
_PAGED = re.compile(r"(?i)\s{3,}(?:page\s)?\d{1,4}$")
_NOT_SAID = str.maketrans({"*": "", "\f": " "})
_DIGITS = re.compile(r"\d+")

_GOES_ON = (".", ";", ",", " and", " or")  # a header ends with none of these

_LONGEST = 140  # letters: what is longer is no running header
_HEAD = 12  # lines at the top that may print what later pages repeat


def without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the lines with each piece of page furniture replaced by a page break."""
    plain = [
        text if len(text) > _LONGEST * 4 else " ".join(text.translate(_NOT_SAID).split())
        for text in (line.text for line in lines)
    ]
    counts = Counter(
        _shape(text)
        for line, text in zip(lines, plain, strict=True)
        if 0 < len(text) <= _LONGEST and len(line.text) <= _LONGEST * 2 and not line.cells
    )
    running = frozenset(shape for shape, count in counts.items() if count > 1)
    numbers = [
        text[-1:] != "." and (text.isdigit() or _BARE_NUMBER.fullmatch(text) is not None)
        for text in plain
    ]
    below = _next_printed(plain)
    for at, (line, text) in enumerate(zip(lines, plain, strict=True)):
        if not text or line.cells or text[0] == "|" or len(text) > _LONGEST:
            yield line
            continue
        numbered = line.heading or (text[:-1].isdigit() and text.endswith("."))
        leads = numbered and below[at][:1].isupper()  # the title of an item stands below its number
        furniture = _FURNITURE.fullmatch(text) and not leads
        if not furniture and at >= _HEAD:
            furniture = _is_header(line, text, running, _beside(plain, numbers, at))
        yield line._replace(text=BREAK) if furniture else line


def _next_printed(texts: Sequence[str]) -> list[str]:
    """Give for each line the next one that is not blank."""
    result: list[str] = []
    printed = ""
    for text in reversed(texts):
        result.append(printed)
        printed = text or printed
    return result[::-1]


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text.casefold())


def _is_header(line: Line, text: str, running: frozenset[str], beside: bool) -> bool:
    if line.heading or _SAID.search(text) or text.endswith(_GOES_ON):
        return False
    if _NUMBERED.match(text) and not _DATE.match(text):
        return False
    if text.casefold().startswith(("minutes of", "minute of")):
        return _PAGED.search(line.text[-40:].rstrip()) is not None
    if not _RUNNING.search(text):
        return False
    again = _shape(text) in running
    dated = _DATE.search(text) is not None
    if line.bold or line.text.lstrip().startswith(("**", "#")):
        return again and dated
    return again or dated or beside


def _beside(plain: Sequence[str], numbers: Sequence[bool], at: int) -> bool:
    """Tell whether the nearest printed line before or after is a page number."""
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(plain) and abs(place - at) <= 3 and not plain[place]:
            place += step
        if 0 <= place < len(plain) and numbers[place] and plain[place]:
            return True
    return False
