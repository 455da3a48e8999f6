"""Which meeting the minutes are of: its date, whether it was formal, and the committee."""

import re
from collections.abc import Sequence

from cpctrack import dates
from cpctrack.minutes import words
from cpctrack.minutes.base import Found
from cpctrack.minutes.page.blocks import plain
from cpctrack.reading.lines import Line

_MONTH = f"(?:{dates.MONTH_WORDS})"
_DATE = re.compile(
    rf"(?i)\b(?P<d>\d{{1,2}})(?:{dates.ORDINALS})?[\s,.-]{{1,2}}(?:day\s)?(?:of?\s)?(?P<m>{_MONTH})\b[\s,.-]{{1,2}}(?P<y>\d{{4}})\b"
    rf"|\b(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>\d{{4}})\b"
    r"|\b(?P<numeric>\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{2,4})\b|\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
)
_DAY = re.compile(rf"(?i)\b\d{{1,2}}(?:{dates.ORDINALS})?$")
_MONTH_AND_YEAR = re.compile(rf"(?i){_MONTH},?\s\d{{4}}\b")
_BODY = (
    r"(?:sub-?committee|committee|council|board(?:\sof\s(?:directors|governors|trustees|management))?"
    r"|panel|cabinet|forum|partnership|executive|assembly|trustees|governors|governing\sbody|"
    r"working\sgroup|task\sgroup|steering\sgroup|group|commission|authority|consortium|federation|"
    r"municipal\sdistrict(?:\sof\s\w+)?|reference\sgroup)"
)
_BODY_WORD = re.compile(rf"(?i)\b{_BODY}\b")
_OWNERS = re.compile(  # the body that the committee belongs to, where it is named as its owner
    r"(?i)\b(?:county|borough|city|district|town|parish|community|shire|metropolitan|unitary)\s"
    r"(?:borough\s)?council\b|\bNHS\b|\btrust\b"
)
_COUNCIL = re.compile(r"(?i)\bcouncil$|\bauthority$")
_BEFORE_NAME = re.compile(
    r"(?i)^.{0,60}?\b(?:minutes?|notes?|record|meetings?)\s(?:and\sactions\s)?(?:of|from|for)\s"
    r"(?:(?:the|an?)\s)?"
    r"(?:(?:\w+\s){0,4}?(?:meetings?|proceedings)\s(?:of|for)\s(?:(?:the|an?)\s)?){0,2}"
)
_HELD = re.compile(
    r"(?i)\b(?:held|meeting|minutes?|notes)\b|^\W*(?:date|mon|tue|wed|thu|fri|sat|sun)"
)
_OTHER_DAY = re.compile(
    r"(?i)\b(?:next|previous|last|published|approved|confirmed|circulated|printed|issued)\b(?!\sminutes)"
)
_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?$")
_HELD_AT = re.compile(r"(?i)\sheld\s(?=at\b|in\b|on\b|by\b)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_INFORMAL = re.compile(r"(?i)\binformal\b|\bworkshop\b|\bnotes of\b")
_FORMAL = re.compile(r"(?i)\bformal\b|\bminutes?\b")
_DASHES = re.compile(r"\s[–—/-]\s")
_DIGIT = re.compile(r"\d")
_COLUMNS = re.compile(r" {3,}")
_LABELLED = re.compile(r"(?i)(?:committee|body|meeting|panel|board|group)\s?:\s*")
_ENDS_NAME = re.compile(
    r"(?i)\s*(?:$|[,(\[:|.–—-]|\d|(?:meeting|minutes?|notes|held|on|at|in|of|which)\b)"
)
_NUMBERED = re.compile(
    r"(?i)(?:item\s)?(?:(?-i:[A-Z]{1,4})[./]?)?\d{1,4}(?:[./]\d{1,4})*[.)]?\s+(?:\|\s)?[A-Z]"
)
_LIST_OF_PEOPLE = re.compile(
    r"(?i)(?:present|in attendance|apologies|attending|members|officers|councillors|also|there)\b"
)

_GOES_ON = frozenset({"held", "on", "at", "in", "of", "september"})
_UNFINISHED = frozenset({"held", "on", "of", "the", "and", "for"})
_HEAD = 40  # printed lines that may name the meeting
_LONGEST = 600
_WRAPPED = 65  # letters: a line so long goes on in the next one


def found_meeting(lines: Sequence[Line]) -> Found:
    """Read date, type and committee from the head of the minutes; what is not said stays empty."""
    head = _head(lines)
    day, at = _day(head)
    texts = [text for _, text in head]
    whole = "\n".join(texts)
    kind = "informal" if _INFORMAL.search(whole) else "formal" if _FORMAL.search(whole) else ""
    named = [name for text in texts if (name := _named(text))]
    own = [name for text in texts if (name := _own_line(text))]
    telling = [name for name in (*named, *own) if not _is_generic(name)]
    committees = [name for name in telling if not _is_owner(name)]
    committee = next(iter(committees or telling or named or own), "")  # as printed
    return Found(day, kind, committee, at)


def _head(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Give the lines before the first agenda item, wrapped titles joined."""
    head: list[tuple[int, str]] = []
    seen = 0
    above = ""  # the line right above
    for line in lines:
        text = plain(_COLUMNS.sub(" | ", line.text[:_LONGEST].strip("# ")))
        seen += bool(text)
        if seen > _HEAD or (seen > 1 and _NUMBERED.match(text) and not _DATE.match(text)):
            break
        if text and above and (len(above) > _WRAPPED or _hangs(head[-1][1], text)):
            head[-1] = (head[-1][0], f"{head[-1][1]} {text}")
        elif text:
            head.append((line.number, text))
        above = text
    return head


def _hangs(before: str, text: str) -> bool:
    """Tell whether a title goes on: “MINUTES OF THE … HELD” and “ON WEDNESDAY”."""
    if text[0].islower() or before.endswith((" of", " on", " the", ",", "th")):
        return True
    if _DATE.match(text) and _WEEKDAY.search(before):
        return True
    if _MONTH_AND_YEAR.match(text) and _DAY.search(before):
        return True
    first, last = text.split(" ", 1)[0].casefold(), before.rsplit(" ", 1)[-1].casefold()
    return first in _GOES_ON or last in _UNFINISHED


def _day(head: Sequence[tuple[int, str]]) -> tuple[str, int]:
    """Give the meeting's day and its line: the first said to be the meeting's, else the first."""
    first = ("", 0)
    for number, text in head:
        for match in _DATE.finditer(text):
            printed = match["numeric"] or match["iso"]
            parts = (match[name] or match[name + "2"] for name in ("d", "m", "y"))
            day = dates.find_date(printed or " ".join(parts))
            if not day or _OTHER_DAY.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            if _HELD.search(text) or text == match[0]:
                return day.isoformat(), number
            first = first if first[0] else (day.isoformat(), number)
    return first


def _is_owner(name: str) -> bool:
    """Tell whether a name is that of the council or trust whose committee it is."""
    return bool(_OWNERS.search(name) or _COUNCIL.search(name))


def _is_generic(name: str) -> bool:
    """Tell whether a name says only what kind of body it is: “Parish Council”, “the Forum”."""
    return {word.casefold() for word in name.split()} <= words.KINDS_OF_BODY


def _named(text: str) -> str:
    before = _BEFORE_NAME.match(text)
    return _trimmed(text[before.end() :], alone=True) if before else ""


def _own_line(text: str) -> str:
    label = _LABELLED.match(text)
    text = text[label.end() :] if label else text
    if _named(text) or any(mark in text for mark in ("|", ":", ";")) or _LIST_OF_PEOPLE.match(text):
        return ""
    text = _IN_BRACKETS.sub("", _HELD_AT.split(text, maxsplit=1)[0])
    if len(text) > 120 or text.endswith("."):
        return ""
    parts = [part for part in _DASHES.split(text) if _BODY_WORD.search(part)]
    text = min(parts, key=lambda part: (_is_generic(part), _is_owner(part)), default=text)
    whole = parts and len(text) <= 100 and not _DIGIT.search(text) and not _HELD.search(text)
    return text.strip() if whole else _trimmed(text)


def _trimmed(text: str, *, alone: bool = False) -> str:
    """Cut a name behind its body's word, and what is no name before it.

    `alone`: “Council” may be all of it.
    """
    ends = [one.end() for one in _BODY_WORD.finditer(text) if _ENDS_NAME.match(text, one.end())]
    name = text[: ends[0] if ends else 0].strip(" .,-–—:")
    if name.casefold().startswith("the "):
        name = name[4:]
    generic = name.casefold() in ("council", "meeting", "members")
    return name if _BODY_WORD.search(name) and (alone or not generic) and len(name) <= 100 else ""
