"""Which meeting the minutes are of: its date, whether it was formal, and the committee."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from cpctrack import dates
from cpctrack.minutes import words
from cpctrack.minutes.base import Found
from cpctrack.minutes.language import marks
from cpctrack.minutes.page.blocks import Block, plain
from cpctrack.minutes.page.titles import find_marker, marker_length, style_of
from cpctrack.reading.lines import Line

_IRISH = {
    "eanáir": 1, "feabhra": 2, "márta": 3, "mhárta": 3, "aibreán": 4, "aibreáin": 4,
    "bealtaine": 5, "meitheamh": 6, "mheithimh": 6, "iúil": 7, "lúnasa": 8, "meán fómhair": 9,
    "deireadh fómhair": 10, "samhain": 11, "samhna": 11, "nollaig": 12, "nollag": 12,
}  # fmt: skip
_MONTH = f"(?:{dates.MONTH_WORDS}|{'|'.join(_IRISH)})"
_TH = rf"(?:\s?(?:{dates.ORDINALS}|ú)(?:\b|(?=(?-i:[A-Z]))))?"  # “8thJune”
_ALSO = r"\s?(?:-|–|&|\band\b|\bto\b)\s?"  # “15 and 16 March”
_YEAR = r"(?:19|20)\d\d\b"
_DATE = re.compile(
    rf"(?i)(?:\b(?P<weekday>{dates.WEEKDAY_WORDS})\b[.,]?\s(?:the\s)?)?(?:"
    rf"(?<![\d./-])(?P<day>\d{{1,2}}){_TH}(?:(?:\s(?P<other>{_MONTH}))?{_ALSO}(?P<until>\d{{1,2}}){_TH})?"
    rf"[\s,.-]{{0,2}}(?:day\s)?(?:of?\s)?(?P<month>{_MONTH})[\s,.-]{{0,2}}(?P<year>{_YEAR})"
    rf"|\b(?P<month2>{_MONTH})\.?\s(?P<day2>\d{{1,2}}){_TH}(?:{_ALSO}\d{{1,2}}{_TH})?,?\s(?P<year2>{_YEAR})"
    r"|(?<![\d./-])(?P<figures>\d{4}(?P<by>[./-])\d{1,2}(?P=by)\d{1,2}"
    r"|\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2}))(?![\d/-])"
    rf")(?:,?\s\(?(?P<weekday2>{dates.WEEKDAY_WORDS})\b)?"
)
_MEETING = re.compile(r"(?i)\b(?:held|meetings?|minutes?|notes|cofnodion|cyfarfod)\b|^\W*date\b")
_DATE_LABEL = re.compile(r"(?i)^\W*date(?:\sof\smeeting)?\s?[:|]")
_OTHER_DAY = re.compile(  # before a date: it is another's than this meeting's
    r"(?i)\b(?:next|previous|last|circulated|printed|issued|posted|updated|uploaded|modified|created"
    r"|signed|approval|as\s(?:at|of)|until|ended|ending|since|due|deadline|its\smeeting"
    r"|matters\sarising|regulations|\bact\sof"
    r"|(?:published|approved|confirmed|adopted|agreed)(?!\sminutes))\b|\b(?:by|before)(?:\sthe(?:\s\w+){1,2}\s(?:of|on))?(?:\sthe)?\s$"
)
_ORDER = re.compile(  # “Clerk to …”; but “Minutes of the panel to review …”
    r"(?i)(?:(?!\b(?:minutes?|meeting)\b).){0,300}?\bto\s(?-i:[a-z])"
)
_EARLIER = re.compile(  # behind one: what was done with the minutes of that day
    r"(?i)^(?:(?!\.\s)[^|]){0,80}?\b(?:was|were|be|been|are|having)\b[^|]{0,60}"
    r"\b(?:approved|confirmed|agreed|accepted|adopted|signed|read|circulated|correct|true|noted)\b"
    rf"|^,?\s(?:the\s)?{words.one_of(words.BODIES)}\s(?:had\s)?[a-z]+ed\b"
)
_SAID = re.compile(r"(?i)\b(?:(?:was|were)(?!\sheld)|is|are|has|have|had|will|would)\b")
_UNSAID = re.compile(  # links, and a browser's stamp of the printing
    r"https?://\S+|\]\([^)]*\)|^\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}"
)
_DAY_FIRST = re.compile(r"£|€|\b(?:Cllrs?|NHS)\b")
_PART = re.compile(r"[.;|)]\s")

_BODY = (
    rf"(?:{words.one_of(words.BODIES - {'members', 'meeting', 'councillors', 'we', 'everyone'})}"
    r"(?:\sof\s(?:directors|governors|trustees|management))?|consortium|federation|association|society"
    r"|municipal\sdistrict(?:\sof(?:\s(?!(?:held|on|at|in|meeting)\b)\w+){1,3})?)"
)
_BODY_WORD = re.compile(rf"(?i)\b{_BODY}\b")
_OWNERS = re.compile(r"(?i)\bcouncil$|\bauthority$|\bNHS\b|\btrust\b")  # whose committee it is
_BEFORE_NAME = re.compile(
    r"(?i)^.{0,60}?\b(?:minutes?|notes?|record|meetings?)\s(?:and\sactions\s)?(?:of|from|for)\s"
    r"(?:the\s)?(?:(?:\w+\s){0,4}?(?:meetings?|proceedings)\s(?:of|for)\s(?:the\s)?){0,2}"
)
_ENDS_NAME = re.compile(r"(?i)\s*(?:$|[,(\[:|.–—-]|(?:meeting|minutes?|held|on|at|in|of|was)\b)")
_HELD = re.compile(r"(?i)\sheld\s(?=(?:at|in|on|by)\b)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_LABEL = re.compile(r"(?i)^(?:committee|body|panel|board|group)\s?:\s*")
_DASHES = re.compile(r"\s[–—/-]\s")
_NO_NAME = re.compile(r"[|:;]|.{121}|\.$")

_INFORMAL = re.compile(r"(?i)\binformal\b|\bworkshop\b|\bnotes of\b")
_FORMAL = re.compile(r"(?i)\bformal\b|\bminutes?\b")
_ATTENDANCE = re.compile(
    r"(?i)[\W\d]*(?:(?:those|members|councillors|board members|officers|also)\s)?(?:present|"
    r"(?:in )?attendance|attendees|attending|apologies|participants|absent|regrets"
    r"|roll call|call to order)\b"
)
_COLUMNS = re.compile(r" {3,}")
_UNFINISHED = re.compile(r"(?i)(?:,|\b(?:held|on|of|the|and|for))$")
_GOES_ON = re.compile(r"[a-z]|(?i:held|on|at|in|of)\b")
_NUMBERED = frozenset({"number", "minute", "item", "bare"})

_TITLE = 12  # lines in which a date alone may be the meeting's
_FIRST = 4  # in which it may stand behind the body's name
_HEAD = 40  # printed lines that may name the meeting
_NEAR = 40  # letters behind a date, and before what a line break parted
_FEW, _ALONE = 4, 25  # words before, and letters behind, a date that has a line of its own
_LONGEST = 600
_WRAPPED = 65  # letters: a line so long goes on in the next one
_SAYS, _HAS_A_LINE, _IN_TITLE = 3, 2, 1


class _Title(NamedTuple):
    line: int
    text: str


class _Candidate(NamedTuple):
    """A printed date that may be the meeting's; the higher rank tells more."""

    rank: int
    line: int
    match: re.Match[str]


def found_meeting(lines: Sequence[Line]) -> Found:
    """Read date, type and committee from the head of the minutes; what is not said stays empty."""
    head = _head(lines)
    day, at, doubt = _day(head, lines)
    texts = [one.text for one in takewhile(lambda one: not _ATTENDANCE.match(one.text), head)]
    whole = "\n".join(texts)
    kind = "informal" if _INFORMAL.search(whole) else "formal" if _FORMAL.search(whole) else ""
    return Found(day, kind, _committee(texts), at, doubt)


def _head(lines: Sequence[Line]) -> list[_Title]:
    """Give the lines before the first agenda item, wrapped titles joined."""
    head: list[_Title] = []
    seen = 0
    above = ""  # the line right above
    for line in lines:
        text = plain(_COLUMNS.sub(" | ", line.text[:_LONGEST].strip("# ")))
        seen += bool(text)
        if seen > _HEAD or (seen > 1 and _is_item(text)):
            break
        if text and head and _is_wrapped(head[-1].text, above, text):
            head[-1] = head[-1]._replace(text=f"{head[-1].text} {text}")
        elif text:
            head.append(_Title(line.number, text))
        above = text
    return head


def _is_item(text: str) -> bool:
    marker = find_marker(text)
    end = marker_length(text, marker)
    return end > 0 and style_of(marker)[0] in _NUMBERED and text[end:].strip("| ")[:1].isupper()


def _is_wrapped(before: str, above: str, text: str) -> bool:
    """Tell whether a title goes on: “MINUTES … HELD” and “ON FRIDAY”, “15” and “March”."""
    if len(before) > _LONGEST:
        return False
    if above and (len(above) > _WRAPPED or _UNFINISHED.search(before) or _GOES_ON.match(text)):
        return True
    start = before[-_NEAR:]
    broken = _DATE.search(f"{start} {text[:_NEAR]}")
    return broken is not None and broken.start() < len(start) < broken.end()


def _day(head: Sequence[_Title], lines: Sequence[Line]) -> tuple[str, int, str]:
    """Give the meeting's day, its line, and why there is none.

    Only where the dates that tell most agree, and can be read in one way, is it taken.
    """
    found = list(_candidates(head))
    most = max((one.rank for one in found), default=0)
    best = [one for one in found if one.rank == most]
    if not best:
        return "", 0, ""
    first = None
    if any(len(_days(one.match)) > 1 for one in best):  # what stands elsewhere may tell
        first = _month_first([line.text for line in lines])
    days = {day for one in best for day in _days(one.match, first)}
    if len(days) == 1:
        return days.pop().isoformat(), best[0].line, ""
    both = " and ".join(dict.fromkeys(f"“{one.match[0].strip()}”" for one in best))
    if days:
        why = "can be read as " + " or ".join(dates.long_date(f"{day}") for day in sorted(days))
    else:
        why = "is not a day of the calendar, or not on that weekday"
    return "", best[0].line, f"{both} {why}"


def _candidates(head: Sequence[_Title]) -> Iterator[_Candidate]:
    """Give the dates of the title zone: up to where people are listed, or anything told or marked.

    Below it only a line that begins with “Date:” counts.
    """
    ended = False
    for at, (line, printed) in enumerate(head):
        text = _UNSAID.sub(" ", printed)
        marked = marks.read(Block(line, text)) is not None and not _MEETING.search(text)
        ended = ended or marked or _ATTENDANCE.match(text) is not None
        if ended and not _DATE_LABEL.match(text):
            continue
        for match in _DATE.finditer(text):
            before = _PART.split(text[: match.start()])[-1]
            behind = text[match.end() :]
            others = _OTHER_DAY.search(before) or _ORDER.match(before) or _EARLIER.match(behind)
            if others or _SAID.search(before):
                continue
            if _MEETING.search(before) or _MEETING.search(behind[:_NEAR]):
                yield _Candidate(_SAYS, line, match)
            elif _SAID.search(text):
                continue
            elif at < _TITLE and len(before.split()) <= _FEW and len(behind) <= _ALONE:
                yield _Candidate(_HAS_A_LINE, line, match)
            elif at < _FIRST and _BODY_WORD.search(text):
                yield _Candidate(_IN_TITLE, line, match)
        ended = ended or (text.endswith(".") and _SAID.search(text) is not None)


def _days(match: re.Match[str], month_first: bool | None = None) -> set[date]:
    """Give the days that a printed date can be, those on the weekday beside it.

    `month_first` says in which order figures are read that fit in both.
    """
    parts = match.groupdict()
    day, month, year = (parts[name] or parts[f"{name}2"] for name in ("day", "month", "year"))
    if parts["figures"]:
        text = "-".join(part.zfill(2) for part in re.findall(r"\d+", parts["figures"]))
    else:
        if parts["until"] and not parts["other"] and not 0 < int(parts["until"]) - int(day) < 7:
            day = parts["until"]  # “Room 4 - 15 March 2023”
        month = parts["other"] or month
        number = _IRISH.get(month.casefold()) or dates.month_number(month)
        text = f"{year}-{number:02}-{int(day):02}"
    weekdays = [name for name in (parts["weekday"], parts["weekday2"]) if name]
    readings = [
        found
        for first in (False, True)
        if (found := dates.find_date(text, month_first=first))
        and all(dates.find_date(f"{name} {found:%d-%m-%Y}") for name in weekdays)
    ]
    both = len(set(readings)) > 1 and month_first is not None
    return {readings[bool(month_first)]} if both else set(readings)


def _month_first(texts: Sequence[str]) -> bool | None:
    """Tell whether the month stands first in figures, by all dates and money, if they tell."""
    order = dates.order_of(texts)
    named = [match for text in texts for match in _DATE.finditer(text[:_LONGEST])]
    named_so = any(one["day"] for one in named) and not any(one["day2"] for one in named)
    only_day_first = order.day_first and not order.month_first
    day_first = only_day_first or named_so or any(map(_DAY_FIRST.search, texts))
    month_first = order.month_first and not order.day_first
    return month_first if month_first is not day_first else None


def _committee(texts: Sequence[str]) -> str:
    """Name the committee as printed: one that is named so, and not the council that it is of."""
    found = [name for read in (_named, _own_line) for text in texts if (name := read(text))]
    telling = [name for name in found if not _is_generic(name)]
    committees = [name for name in telling if not _OWNERS.search(name)]
    return next(iter(committees or telling or found), "")


def _is_generic(name: str) -> bool:
    """Tell whether a name says only what kind of body it is: “Parish Council”, “the Forum”."""
    return {word.casefold() for word in name.split()} <= words.KINDS_OF_BODY


def _named(text: str) -> str:
    """Read “Minutes of the meeting of the Ponds Committee held …”."""
    before = _BEFORE_NAME.match(text)
    return _to_body(text[before.end() :]) if before else ""


def _own_line(text: str) -> str:
    """Read “FENLEY COUNCIL – PONDS COMMITTEE”, and what stands before “meeting”."""
    text = _IN_BRACKETS.sub("", _HELD.split(text, maxsplit=1)[0])
    text = _LABEL.sub("", text)
    if _named(text) or _NO_NAME.search(text):
        return ""
    parts = [part for part in _DASHES.split(text) if _BODY_WORD.search(part)]
    part = min(parts, key=lambda one: (_is_generic(one), bool(_OWNERS.search(one))), default="")
    whole = not any(map(str.isdigit, part)) and not _MEETING.search(part)
    return part.strip() if whole else _to_body(part)


def _to_body(text: str) -> str:
    """Cut a name behind its body's word."""
    ends = (one.end() for one in _BODY_WORD.finditer(text) if _ENDS_NAME.match(text, one.end()))
    return text[: next(ends, 0)].strip(" .,-–—:")
