"""The right-hand column in which some minutes print who is to act."""

import re
from collections.abc import Iterable

from cpctrack.minutes import words

_INITIALS = r"[A-Z][A-Za-z]{0,2}[A-Z]|[A-Z]{2,4}"
_WHOLE = r"All|ALL|Clerk|CLERK|Chair|CHAIR|Chairman|Mayor|RFO|Secretary|Treasurer"
_ONE = rf"(?:{_INITIALS}|{_WHOLE}|All\s[A-Za-z]{{3,12}})"
_INITIALS_CELL = re.compile(
    rf"\W{{0,3}}(?:{_ONE})(?:\s?[/,&+]\s?(?:and\s)?{_ONE}|\sand\s{_ONE}){{0,5}}\W{{0,3}}"
)
_NAMED_CELL = re.compile(
    r"(?:(?:Cllr|Cr|Mr|Mrs|Ms|Dr)\.?\s)?[A-Z][\w.'’-]{0,20}(?:\s[A-Z][\w'’-]{1,20}){0,2}"
)
_HEADING = re.compile(r"\W{0,3}(?:actions?(?:\sby)?|by\swhom|lead|owner|who)\W{0,3}", re.IGNORECASE)
_HEADED_CELL = re.compile(
    r"[A-Z][\w.'’&/-]{0,20}(?:\s(?:[A-Z&/][\w.'’&/-]{0,20}|of|for|and|the)){0,4}"
)
_LEFTMOST = 40
_NARROWEST = 3  # spaces between the text and the column
_SHORTEST = 25  # letters of text, or of space, before the column
_LONGEST = 40


def column_of(lines: Iterable[str]) -> int:
    """Give where the right-hand column begins that a heading such as “ACTION” names, else 0."""
    for raw in lines:
        body, gap, last = _last_column(raw)
        start = len(body) + gap
        if gap >= _NARROWEST and start >= _LEFTMOST and _HEADING.fullmatch(last):
            return start
    return 0


def split_margin(raw: str, column: int = 0) -> tuple[str, str]:
    """Part a printed line from what stands in a column to its right, if anything does.

    That is initials, and names too in a column that has a heading.
    """
    body, gap, last = _last_column(raw)
    if gap < _NARROWEST or not last or len(last) > _LONGEST:
        return raw, ""
    if len(body) < _SHORTEST and len(body) + gap < 2 * _SHORTEST:
        return raw, ""
    headed = column and len(body) + gap >= column - _NARROWEST and _HEADED_CELL.fullmatch(last)
    if not (is_initials(last) or headed):
        return raw, ""
    if body and len(body) - len(body.lstrip()) < len(body) and "   " in body.strip():
        return raw, ""  # a row of more columns: a list of names, a table of figures
    return body, last.strip(" .()[]*")


def is_initials(text: str) -> bool:
    """Tell whether a text is initials, or a post that stands in their column."""
    bare = text.strip(" .()[]*")
    return (
        0 < len(bare) <= _LONGEST
        and bare.upper() not in words.NOT_INITIALS
        and _INITIALS_CELL.fullmatch(bare) is not None
    )


def is_name(text: str) -> bool:
    """Tell whether a text looks like one person's name, or a post of a word or two."""
    bare = text.strip()
    return (
        0 < len(bare) <= _LONGEST
        and bare.casefold() not in words.NOBODY
        and _NAMED_CELL.fullmatch(bare) is not None
    )


def _last_column(raw: str) -> tuple[str, int, str]:
    """Part a line at its last wide gap: what is before, how wide, what is after."""
    text = raw.rstrip()
    at = text.rfind(" " * _NARROWEST, max(0, len(text) - _LONGEST - _NARROWEST))
    if at < 0:
        return raw, 0, ""
    body = text[:at].rstrip()
    return body, at + _NARROWEST - len(body), text[at + _NARROWEST :].strip()
