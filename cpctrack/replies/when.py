"""By when an owner says that it will be done: a day that is asked for, or words that name none.

A time counts only where the words before it say so, or where it stands alone: most days in an
answer are those on which something was done, opens or is discussed.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from cpctrack import timing
from cpctrack.dates import MONTH_WORDS, ORDINALS, PLAIN, WEEKDAY_WORDS, find_date
from cpctrack.due import latest_day
from cpctrack.records.model import Record

_LONGEST = 4000  # characters; more is no answer
_FAR = timedelta(300)  # what has no year and is so far away was meant for the one that has passed
_YEAR = r"\d{4}|\d\d$"
_WIDEST = 200  # characters of a clause before a time that say what it is
_DAY = (
    rf"(?:(?:{WEEKDAY_WORDS})\.?,? )?(?:the )?"
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)"
    rf"|\d{{1,2}}(?:{ORDINALS})?[ -]?(?:of )?(?:{MONTH_WORDS})\b\.?(?:,?[ -](?:20\d\d|\d\d\b))?"
    rf"|(?:{MONTH_WORDS})\.? \d{{1,2}}(?:{ORDINALS})?\b(?!/)(?:,? 20\d\d)?)(?![\w/]|[.-]\d)"
)
_ONLY = rf"(?:the )?(?P<only>\d{{1,2}})(?:{ORDINALS})(?= *(?:$|[.,;:!?)]|please|latest|at the))"
_WEEKDAY = rf"(?:(?<=by )|(?<=fore )|(?<=til ))(?:{WEEKDAY_WORDS})\b"
# A month that is written small, or before “I”, is a verb: “may”, “march”.
_MONTH = rf"(?-i:(?=[A-Z]))(?:{MONTH_WORDS})\b(?! (?:i|we|you)\b)(?!(?<=may) (?:be|have|not)\b)"
_EDGE = (
    r"(?:(?:early|mid|late|(?:the )?(?:end|start|beginning|middle|close|first week)|diwedd|dechrau"
    r"|canol)[ -](?:of |in )?(?:the )?)?"
)
_PERIOD = "(?:week|month|quarter|term|(?:(?:financial|school|calendar|municipal) )?year)"
_MEETING = "(?:cabinet|meeting|committee|council|board|report|scrutiny|agenda)"
_COUNT = r"(?:\d{1,2}|a|one|two|three|four|five|six|eight|ten|twelve)"
_VAGUE = (
    rf"(?:w/c|week (?:of|commencing|beginning)) {_DAY}"
    rf"|(?:{_EDGE}(?:{_MONTH}|spring|summer|autumn|winter|easter|christmas"
    rf"|(?:next |this |new |(?<=of )|(?<=of the )){_PERIOD}|half[ -]term|q[1-4]\b)"
    r"(?: (?:school )?term)?(?: (?:of )?20\d\d)?(?:/\d\d)?|(?:the )?next)"
    rf"(?: (?:formal )?{_MEETING})?"
    rf"|(?:(?:with)?in (?:about |the next )?|another ){_COUNT} (?:weeks?|months?|days?)"
    r"(?:['’]? time)?|(?:a|another|in a) fortnight(?:['’]?s? time)?"
)
_TIME = rf"(?<![\w/.£-])(?:(?P<day>{_DAY})|{_ONLY}|{_WEEKDAY}|(?P<vague>\b(?:{_VAGUE})\b))"

_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|[\n(|]|,(?= )| [–—-] | but | and (?=(?:it|they|this)\b)")
_SMALL = r",? *(?:(?:about|around|the|at|on|in) )*"
_ALONE = rf"(?:(?:some ?time|perhaps|probably|maybe|hopefully|then|now|for) )*{_SMALL}"
_MOVE = "(?:extend|extension|chang|mov(?:e|ing)|moved|defer|postpone|push|put|slip|delay|come)"
# What stands before a time that is asked for: the first that any time has is the one that counts.
_ASKED = (
    (r"\b(?:(?:ask(?:ing)? for|suggest|propose|say|make (?:it|this)|"
     r"(?:need|allow|wait|give)(?: (?:me|us|for|to))*)"
     rf"|{_MOVE}\w*(?: from [\w /.-]+?)?(?: (?!from\b)[\w’'-]+){{0,4}}? (?:to|until|till|for)"
     rf"|(?:new|revised|due|target) (?:date|day)(?: is| of|:)?){_SMALL}$"),
    (r"\b(?:by|before|until|till|erbyn|tan|no later than|"
     rf"(?:due|eta|deadline|last day|target|finish)(?: is| now)*):?{_SMALL}$"),
    (rf"\b(?:to|at) (?:the )?(?:full )?{_MEETING}{_SMALL}$|"
     r"\b(?:on|(?:so|back|version|paper|report|draft) to) (?:(?<!on )the|your|our) $"),
    (r"\b(?:will(?! (?:remember|recall|know|see))|['’]ll|shall|should|ought|hop(?:e|ing|efully)|"
     r"aim\w*|plan\w*|expect\w*|going to|to be|likely|intend\w*|reckon\w*|promis\w+|bydd|ready|"
     r"coming to|finishes|follows?|goes (?:to|out|live)|comes to members|with (?:you|members))\b"
     r"[^.;|]*$"),
    (r"\b(?:draft|report|note|paper|list|answer|figures|results|decision|rest|final|completion)"
     rf"(?: (?:now|ready|due|out|to follow|follows|to cabinet|to (?:all )?members))?{_SMALL}$"),
)  # fmt: skip
_AT_MEETING = 2  # of which only words count: its day is the committee's
_IS_IT = (
    r" (?:(?:is|will be|would be) (?:the|our|a|fine|realistic|possible|more|when)|instead|please|"
    r"ok|now|all right|be possible|do(?=\?)|suit|if (?:i|we) may)\b|,? so that is the date|"
    r"[^.]{0,60}(?:\.[^.]{0,40})?\b(?:to|until|till) then\b"
)
# A time of somebody's leave, of a consultation or another event is none of this action.
_EVENT = (
    r"\b(?:starts?|(?<!be )(?:re-?)?opens?|begins?|runs?|running|closes|ends|since|leave|"
    r"away|sick|booked|meets?|consultation|interviews?|discuss(?:ed)?|hear|out (?:for|to)|union|"
    r"look at|get back|holiday|reminder|i(?:['’]ll| will| am)* (?:be )?back|from(?!.* to )|between|"
    r"(?:not|cannot|\w+n['’]t)(?!.*\b(?:until|till)\b))\b[^.;]*$"
    r"|\b(?:of|dated) (?:the )?$"
)
# Nor is one on which something was done.
_PAST = (
    r"\b(?:was|were|had|been|sent|said|told|met|went|"
    r"(?!expect|revis|need|requir|promis|plann|schedul|finish|complet)(?<!\bbe )\w{2,}ed)\b"
    r"(?!.*\b(?:be|will)\b)"
)
_JUST_DONE = r"\b(?:said|sent|\w+ed|was|were)(?: (?:on|in|out))?,?$"


class Time(NamedTuple):
    """A time that is asked for: ISO where it names a day, and its words; nothing if none is."""

    day: str = ""
    words: str = ""


def asked_for(text: str, record: Record | None, written: date) -> Time:
    """Give the time that a text of the day `written` asks for, or none where two may be meant.

    A day that is not after the one by which the record is due anyway asks for nothing.
    """
    plain = text.translate(PLAIN)
    found = list(_found(plain, written)) if len(plain) <= _LONGEST else []
    best = min((rank for rank, _ in found), default=0)
    times = {time.day or time.words: time for rank, time in found if rank == best}
    if len(times) != 1:
        return Time()
    (time,) = times.values()
    due = record and latest_day(record.due or record.due_text, record.meeting.date)
    return Time() if time.day and due and time.day <= due.isoformat() else time


def _found(text: str, written: date) -> Iterator[tuple[int, Time]]:
    """Give the times of a text that is to come, and how plainly each is asked for, 0 plainest."""
    marks = [mark.end() for mark in _CLAUSE.finditer(text)]
    for match in _compiled(_TIME).finditer(text):
        start = max((mark for mark in marks if mark <= match.start()), default=0)
        start = max(start, match.start() - _WIDEST)
        rank = _rank(text[start : match.start()].lstrip(), text[:start], text[match.end() :])
        time = _time(match, written)
        if rank is None or time is None or (time.day and rank == _AT_MEETING):
            continue
        last = find_date(time.day) or timing.last_day(time.words, written)
        has_passed = (
            last and last - written > _FAR and rank > 1 and not re.search(_YEAR, time.words)
        )
        if not has_passed and (not time.day or time.day > written.isoformat()):
            yield rank, time


def _rank(clause: str, before: str, after: str) -> int | None:
    if _compiled(_IS_IT).match(after):
        return 1
    if _compiled(_EVENT).search(clause):
        return None
    if _compiled(_ALONE).fullmatch(clause):
        is_all = re.match(r" ?(?:(?:at the )?(?:lat|earli)est)?\W*(?:$|[.,;:!?\n])", after)
        return len(_ASKED) if is_all and not _compiled(_JUST_DONE).search(before.strip()) else None
    asked = (rank for rank, each in enumerate(_ASKED) if _compiled(each).search(clause))
    rank = next(asked, None)
    return None if rank and _compiled(_PAST).search(clause) else rank


def _time(match: re.Match[str], written: date) -> Time | None:
    words = match[0].removeprefix("the ").rstrip(".")
    if match["vague"]:
        return Time("", words)
    if match["only"]:
        day = _next(int(match["only"]), written)
    else:
        day = find_date(words) or timing.last_day(f"by {words}", written)
    return Time(day.isoformat(), words) if day else None


def _next(number: int, written: date) -> date | None:
    """Give the next day of a month with this number."""
    months = (divmod(written.month - 1 + more, 12) for more in range(3))
    days = (find_date(f"{written.year + y}-{month + 1:02}-{number:02}") for y, month in months)
    return next((day for day in days if day and day > written), None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)
