"""Which meeting the minutes are of: its date, whether it was formal, and the committee."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from cpctrack import dates
from cpctrack.minutes import words
from cpctrack.minutes.base import Found
from cpctrack.minutes.page.blocks import plain
from cpctrack.reading.lines import Line

_IRISH = {
    "eanáir": 1, "feabhra": 2, "márta": 3, "mhárta": 3, "aibreán": 4, "aibreáin": 4,
    "bealtaine": 5, "meitheamh": 6, "mheithimh": 6, "iúil": 7, "lúnasa": 8, "meán fómhair": 9,
    "deireadh fómhair": 10, "samhain": 11, "samhna": 11, "nollaig": 12, "nollag": 12,
}  # fmt: skip
_MONTH = f"(?:{dates.MONTH_WORDS}|{'|'.join(_IRISH)})"
_TH = rf"(?:\s?(?:{dates.ORDINALS}|ú)\b)?"
_SECOND_DAY = r"\s?(?:-|–|&|\band\b|\bto\b)\s?"
_DATE = re.compile(
    rf"(?i)(?:\b(?P<w>{dates.WEEKDAY_WORDS})\b[.,]?\s(?:the\s)?)?(?:"
    rf"(?<![\d./-])(?P<d>\d{{1,2}}){_TH}(?:(?:\s(?P<other>{_MONTH}))?{_SECOND_DAY}(?P<until>\d{{1,2}}){_TH})?"
    rf"[\s,.-]{{0,2}}(?:day\s)?(?:(?:of?|de|na)\s)?(?P<m>{_MONTH})[\s,.-]{{0,2}}(?P<y>\d{{4}})\b"
    rf"|\b(?P<m2>{_MONTH})\.?\s(?P<d2>\d{{1,2}}){_TH}(?:{_SECOND_DAY}\d{{1,2}}{_TH})?,?\s(?P<y2>\d{{4}})\b"
    r"|(?<![\d./-])(?P<y3>\d{4})(?P<by>[./-])(?P<m3>\d{1,2})(?P=by)(?P<d3>\d{1,2})(?![\d/-])"
    r"|(?<![\d./-])(?P<d4>\d{1,2})(?P<sep>[./-])(?P<m4>\d{1,2})(?P=sep)(?P<y4>\d{4}|\d{2})(?![\d/-])"
    rf")(?:,?\s\(?(?P<w2>{dates.WEEKDAY_WORDS})\b)?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}\b")
_BEGINS_DATE = re.compile(rf"(?i)\d{{1,2}}{_TH}\s(?:{_MONTH})\b")
_YEAR_AWAITED = re.compile(rf"(?i)\b(?:\d{{1,2}}{_TH}\s{_MONTH}|{_MONTH}\s\d{{1,2}}{_TH}),?$")
_DAY = re.compile(rf"(?i)\b\d{{1,2}}(?:{dates.ORDINALS})?$")
_MONTH_AND_YEAR = re.compile(rf"(?i){_MONTH},?\s\d{{4}}\b")
_BODY = (
    r"(?:sub-?committee|committee|council|board(?:\sof\s(?:directors|governors|trustees|management))?"
    r"|panel|cabinet|forum|partnership|executive|assembly|trustees|governors|governing\sbody|"
    r"working\sgroup|task\sgroup|steering\sgroup|group|commission|authority|consortium|federation|"
    r"association|society|"
    r"municipal\sdistrict(?:\sof(?:\s(?!(?:held|on|at|in|meeting)\b)\w+){1,3})?|reference\sgroup)"
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
_HELD = re.compile(r"(?i)\b(?:held|meetings?|minutes?|notes|cofnodion|cyfarfod)\b|^\W*date\b")
_DATE_LABEL = re.compile(r"(?i)^\W*date(?:\sof\smeeting)?\s?[:|]")
_OTHER_DAY = re.compile(  # before a date: it is another's than this meeting's
    r"(?i)\b(?:next|previous|last|circulated|printed|issued|posted|updated|uploaded|modified|created"
    r"|signed|approval|as\s(?:at|of)|until|ended|ending|since|to\s(?:approve|confirm|agree|receive|sign|note)"
    r"|matters\sarising|regulations|\bact\sof|its\smeeting|(?:published|approved|confirmed|adopted|agreed)(?!\sminutes))\b"
)
_EARLIER = re.compile(  # behind one: what was done with the minutes of that day
    r"(?i)^(?:(?!\.\s)[^|]){0,80}?\b(?:was|were|be|been|are|having)\b[^|]{0,60}"
    r"\b(?:approved|confirmed|agreed|accepted|adopted|signed|read|circulated|correct|true|noted)\b"
)
_STAMP = re.compile(r"^\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}")  # a browser's, of the printing
_SENTENCE = re.compile(r"(?i)\b(?:was|were|is|are|has|have|had|will|would)\b")
_LINK = re.compile(r"https?://\S+|\]\([^)]*\)")
_DAY_FIRST = re.compile(r"£|€|\b(?:Cllrs?|NHS)\b")
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
    r"(?i)\s*(?:$|[,(\[:|.–—-]|\d|(?:meeting|minutes?|notes|held|on|at|in|of|which|was)\b)"
)
_NUMBERED = re.compile(
    r"(?i)(?:item\s)?(?:(?-i:[A-Z]{1,4})[./]?)?(?:\d{1,4}(?:[./]\d{1,4})*\\?[.)]|\d{1,4}(?:[./]\d{1,4})+|\d{1,3})\s+(?:\|\s)?[A-Z]"
)
_LIST_OF_PEOPLE = re.compile(
    r"(?i)(?:present|in attendance|apologies|attending|members|officers|councillors|also|there)\b"
)

_ATTENDANCE = re.compile(
    r"(?i)[\W\d]*(?:(?:those|members|councillors|board members|officers|also"
    r"|the following were)\s)?"
    r"(?:present|in attendance|attendance|attendees|attending|apologies|participants|absent|regrets"
    r"|roll call|call to order)\b"
)
_GOES_ON = frozenset({"held", "on", "at", "in", "of", "september"})
_UNFINISHED = frozenset({"held", "on", "of", "the", "and", "for"})
_TITLE = 12  # of these, those in which a date alone may be the meeting's
_HEAD = 40  # printed lines that may name the meeting
_NEAR = 40  # letters behind a date
_LONGEST = 600
_WRAPPED = 65  # letters: a line so long goes on in the next one


def found_meeting(lines: Sequence[Line]) -> Found:
    """Read date, type and committee from the head of the minutes; what is not said stays empty."""
    head = _head(lines)
    day, at, doubt = _day(head, lines)
    texts = [text for _, text in takewhile(lambda line: not _ATTENDANCE.match(line[1]), head)]
    whole = "\n".join(texts)
    kind = "informal" if _INFORMAL.search(whole) else "formal" if _FORMAL.search(whole) else ""
    named = [name for text in texts if (name := _named(text))]
    own = [name for text in texts if (name := _own_line(text))]
    telling = [name for name in (*named, *own) if not _is_generic(name)]
    committees = [name for name in telling if not _is_owner(name)]
    committee = next(iter(committees or telling or named or own), "")  # as printed
    return Found(day, kind, committee, at, doubt)


def _head(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Give the lines before the first agenda item, wrapped titles joined."""
    head: list[tuple[int, str]] = []
    seen = 0
    above = ""  # the line right above
    for line in lines:
        text = plain(_COLUMNS.sub(" | ", line.text[:_LONGEST].strip("# ")))
        seen += bool(text)
        if seen > _HEAD or (seen > 1 and _NUMBERED.match(text) and not _BEGINS_DATE.match(text)):
            break
        wrapped = text and above and (len(above) > _WRAPPED or _hangs(head[-1][1], text))
        if wrapped or (text and head and _breaks_date(head[-1][1], text)):
            head[-1] = (head[-1][0], f"{head[-1][1]} {text}")
        elif text:
            head.append((line.number, text))
        above = text
    return head


def _breaks_date(before: str, text: str) -> bool:
    return bool(
        (_MONTH_AND_YEAR.match(text) and _DAY.search(before))
        or (_YEAR.match(text) and _YEAR_AWAITED.search(before))
    )


def _hangs(before: str, text: str) -> bool:
    """Tell whether a title goes on: “MINUTES OF THE … HELD” and “ON WEDNESDAY”."""
    if text[0].islower() or before.endswith((" of", " on", " the", ",", "th")):
        return True
    if _DATE.match(text) and _WEEKDAY.search(before):
        return True
    first, last = text.split(" ", 1)[0].casefold(), before.rsplit(" ", 1)[-1].casefold()
    return first in _GOES_ON or last in _UNFINISHED


def _day(head: Sequence[tuple[int, str]], lines: Sequence[Line]) -> tuple[str, int, str]:
    """Give the meeting's day, its line, and why there is none.

    A line that says meeting, minutes or date tells more than a date alone, that more than a date
    in the title. Only where those that tell most agree, and can be read in one way, is it taken.
    """
    standing: list[tuple[int, int, re.Match[str]]] = []
    people = False
    for at, (number, printed) in enumerate(head):
        people = people or bool(_ATTENDANCE.match(printed))
        text = _LINK.sub(" ", printed)
        for match in _DATE.finditer(text):
            before = re.split(r"[.;|)]\s", text[: match.start()])[-1]
            if _OTHER_DAY.search(before) or _EARLIER.match(text[match.end() :]):
                continue
            behind = text[match.end() :][:_NEAR]
            if (people or _STAMP.match(text)) and not _DATE_LABEL.match(text):
                continue
            if _HELD.search(before) or _HELD.search(behind):
                said = 3
            elif _SENTENCE.search(text):
                continue
            else:
                alone = at < _TITLE and len(text) <= len(match[0]) + 25
                said = 2 if alone else int(at < 2)
            standing += [(said, number, match)] if said else []
    most = max((said for said, _, _ in standing), default=0)
    best = [(number, match) for said, number, match in standing if said == most]
    days = {day for _, match in best for day in _days(match, lines)}
    if len(days) == 1:
        return days.pop().isoformat(), best[0][0], ""
    if not days and not best:
        return "", 0, ""
    both = " and ".join(dict.fromkeys(f"“{match[0].strip()}”" for _, match in best))
    if days:
        why = "can be read as " + " or ".join(dates.long_date(f"{day}") for day in sorted(days))
    else:
        why = "is not a day of the calendar, or not on that weekday"
    return "", best[0][0], f"{both} {why}"


def _days(match: re.Match[str], lines: Sequence[Line]) -> set[date]:
    """Give the days that a printed date can be, those on the weekday beside it."""
    parts = match.groupdict()
    year, month, number = (
        next(filter(None, (parts[name + end] for end in ("", "2", "3", "4")))) for name in "ymd"
    )
    if (
        parts["until"]
        and not parts["other"]
        and int(parts["until"]) - int(number) not in range(1, 7)
    ):
        number = parts["until"]  # “Room 4 - 15 March 2023”
    month = parts["other"] or month
    readings = [(month, number)]
    if parts["sep"] and month != number:
        readings.append((number, month))
    days = {day for one in readings if (day := _calendar(year, *one))}
    weekdays = {text for text in (parts["w"], parts["w2"]) if text}
    days = {
        day
        for day in days
        if all(dates.find_date(f"{text} {day.day} {day:%B} {day.year}") for text in weekdays)
    }
    if len(days) == 2:  # the figures elsewhere and money tell which comes first
        texts = [line.text for line in lines]
        order = dates.order_of(texts)
        british = any(_DAY_FIRST.search(text) for text in texts) or _names_day_first(texts)
        american = order.month_first and not order.day_first
        if american is not (british or (order.day_first and not order.month_first)):
            days &= {_calendar(year, *readings[american])}
    return days


def _names_day_first(texts: Sequence[str]) -> bool:
    """Tell whether the dates with a month's name all have the day in front: “3 May 2023”."""
    named = [match for text in texts for match in _DATE.finditer(text[:_LONGEST])]
    return any(one["d"] for one in named) and not any(one["m2"] for one in named)


def _calendar(year: str, month: str, number: str) -> date | None:
    named = month if month.isdigit() else _IRISH.get(month.casefold()) or dates.month_number(month)
    try:
        day = date(dates.full_year(year), int(named), int(number))
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2099 else None


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
