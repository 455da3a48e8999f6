"""Named checks of a store: what is damaged, what contradicts itself, what needs a person's eye.

Every check looks at everything, so that all problems come at once, in an order that stays.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, TypeVar

from cpctrack import alike, followup
from cpctrack.changes import follow_up_stands
from cpctrack.codec import CONFLICTS, decode_clashes
from cpctrack.dates import find_date, is_iso, long_date, municipal_year, parse_municipal_year
from cpctrack.errors import CpctrackError
from cpctrack.model import (
    Change,
    Clash,
    Conflict,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
)
from cpctrack.query import in_order, is_overdue
from cpctrack.refs import make_ref, split_ref
from cpctrack.text import fold, one_line, shorten

_LONG_AGO = 50  # years: a meeting before that is a slip in the year
_NEAR_YEARS_END = 45  # days: how far a council's annual meeting moves
_WIDTH = 60
_MOST_NAMED = 5
_AFTER_A_MERGE = "after a merge in git, “cpctrack resolve --from-git” puts it right"

_T = TypeVar("_T")
_K = TypeVar("_K")


class Tier(StrEnum):
    """How bad a problem is."""

    DAMAGED = "damaged"
    CONTRADICTORY = "contradictory"
    ATTENTION = "attention"

    @property
    def words(self) -> str:
        """The tier as a heading."""
        return "Needs attention" if self is Tier.ATTENTION else self.value.capitalize()


class Problem(NamedTuple):
    """What a check found: `ref` is a record's reference, a meeting's id, or ``settings``."""

    name: str
    tier: Tier
    ref: str
    field: str
    message: str


class Subject(NamedTuple):
    """What is checked: records in printed order, meetings by id, settings, and the day it is."""

    records: tuple[Record, ...]
    meetings: Mapping[str, Meeting]
    settings: Settings
    today: date


Findings = Iterable[tuple[str, str]]
"""What a check has to say: of which record or meeting, and the message."""


class Check(NamedTuple):
    """One invariant: `rule` says in a sentence what holds when all is well."""

    name: str
    tier: Tier
    field: str
    rule: str
    find: Callable[[Subject], Findings]


def find_problems(
    records: Iterable[Record], meetings: Mapping[str, Meeting], settings: Settings, today: date
) -> list[Problem]:
    """Give every problem of these records and meetings: by tier, then check, then record."""
    ordered = tuple(in_order(records))
    subject = Subject(records=ordered, meetings=meetings, settings=settings, today=today)
    return [
        Problem(check.name, check.tier, ref, check.field, message)
        for check in CHECKS
        for ref, message in check.find(subject)
    ]


def _each_record(say: Callable[[Record, Subject], str]) -> Callable[[Subject], Findings]:
    """Make a check of a function that says what is wrong with one record, or nothing."""
    return lambda subject: (
        (record.ref, message) for record in subject.records if (message := say(record, subject))
    )


def _each_meeting(say: Callable[[str, Meeting, Subject], str]) -> Callable[[Subject], Findings]:
    return lambda subject: (
        (key, message)
        for key, meeting in sorted(subject.meetings.items())
        if (message := say(key, meeting, subject))
    )


# --- damaged: what no command can have written


def _prefix(subject: Subject) -> Findings:
    prefix = subject.settings.prefix
    if not split_ref(make_ref(prefix, "2022/23", 1))[1]:
        yield "settings", f"{_quoted(prefix)} can't begin a reference; write capitals, like CPC."


def _year_starts(subject: Subject) -> Findings:
    starts = subject.settings.year_starts
    if not is_iso(f"2024-{starts}"):
        yield "settings", f"{_quoted(starts)} is no day of the year; write it like 05-15."


def _reference(record: Record, subject: Subject) -> str:
    if split_ref(record.ref)[1]:
        return ""
    like = make_ref(subject.settings.prefix, record.meeting.year or "2022/23", 57)
    return f"{_quoted(record.ref)} is not a reference, which looks like {like}."


def _same_reference(subject: Subject) -> Findings:
    for records in _by(subject.records, lambda record: fold(record.ref)).values():
        if len(records) > 1:
            ids = _listed(record.id for record in records)
            fix = (
                "after a merge “cpctrack resolve --from-git” gives the younger another; else give "
                "it a number in the file that is free"
            )
            yield records[0].ref, f"{len(records)} records have this reference, {ids}; {fix}."


def _unsettled(subject: Subject) -> Findings:
    for conflict in _conflicts(subject):
        field = conflict.clash.field or "whole record"
        message = (
            f"A merge left two versions of its {shorten(field, _WIDTH).replace('_', ' ')}; see "
            f"“cpctrack conflicts”, then “cpctrack resolve {one_line(conflict.ref)}”."
        )
        yield conflict.ref, message


def _conflicts(subject: Subject) -> Iterator[Conflict]:
    for clash in _clashes(subject.settings.extra, "The settings"):
        yield Conflict("settings", "store", "settings", clash)
    for key, meeting in sorted(subject.meetings.items()):
        for clash in _clashes(meeting.extra, f"The meeting {key}"):
            yield Conflict("meetings", key, key, clash)
    for record in subject.records:
        for clash in record.conflicts:
            yield Conflict("actions", record.id, record.ref, clash)


def _clashes(extra: Mapping[str, object], where: str) -> tuple[Clash, ...]:
    return decode_clashes(dict(extra), where) if CONFLICTS in extra else ()


def _repeated_history(record: Record, _subject: Subject) -> str:
    last: dict[str, Change] = {}
    for change in record.history:
        # To and fro within a second is no repetition: the way back stands between.
        if last.get(change.what) == change and (change.before != change.after or not change.after):
            line = f"“{shorten(change.what, _WIDTH)}” of {shorten(change.at, _WIDTH)}"
            return f"Its history tells {line} twice; {_AFTER_A_MERGE}."
        last[change.what] = change
    return ""


def _meeting_date(_key: str, meeting: Meeting, _subject: Subject) -> str:
    return "" if is_iso(meeting.date) else f"{_no_day(meeting.date)} in the file."


def _due_date(record: Record, _subject: Subject) -> str:
    if not record.due or is_iso(record.due):
        return ""
    return f"{_no_day(record.due)} with “cpctrack update {record.ref} --due”."


def _completion_date(record: Record, _subject: Subject) -> str:
    if not record.completed_on or is_iso(record.completed_on):
        return ""
    return f"{_no_day(record.completed_on)} with “cpctrack update {record.ref} --completed-on”."


def _no_day(value: str) -> str:
    return f"{_quoted(value)} is no day of the calendar; correct it"


def _meeting_id(key: str, meeting: Meeting, _subject: Subject) -> str:
    if key == meeting.key:
        return ""
    return f"This id is that of another meeting than {meeting.key}, which its fields describe."


def _stated_year(_key: str, meeting: Meeting, _subject: Subject) -> str:
    if not meeting.year_stated or _is_year(meeting.year):
        return ""
    return f"{_quoted(meeting.year)} is no municipal year; write it like 2022/23."


def _agreed(record: Record, _subject: Subject) -> str:
    return "" if record.text.strip() else "It says neither an action nor a recommendation."


# --- contradictory: two fields that can't both be right


def _meeting_to_come(subject: Subject) -> Findings:
    used = {record.meeting.key for record in subject.records}
    for key, meeting in sorted(subject.meetings.items()):
        if meeting.key in used and _is_before(subject.today.isoformat(), meeting.date):
            yield key, f"It has records but is still to come, on {_day(meeting.date)}."


def _meeting_long_ago(_key: str, meeting: Meeting, subject: Subject) -> str:
    day = find_date(meeting.date)
    if day is None or day.year >= subject.today.year - _LONG_AGO:
        return ""
    return f"It was held on {_day(meeting.date)}, more than {_LONG_AGO} years ago."


def _two_types(subject: Subject) -> Findings:
    counts = Counter(record.meeting.key for record in subject.records)
    for day, meetings in sorted(_by(subject.meetings.values(), lambda each: each.date).items()):
        by_type = {meeting.type: meeting for meeting in meetings}
        if len(by_type) > 1:
            informal, formal = by_type[MeetingType.INFORMAL], by_type[MeetingType.FORMAL]
            fewer = min(informal, formal, key=lambda meeting: counts[meeting.key])
            both = f"a formal meeting ({_records(counts[formal.key])}) and an informal one"
            message = f"{_day(day)} has {both} ({_records(counts[informal.key])}); is one a slip?"
            yield fewer.key, message


def _contradictory_year(_key: str, meeting: Meeting, subject: Subject) -> str:
    day = find_date(meeting.date)
    if day is None or not meeting.year_stated or not _is_year(meeting.year):
        return ""
    starts = subject.settings.year_starts
    near = (day.toordinal() + shift for shift in (-_NEAR_YEARS_END, 0, _NEAR_YEARS_END))
    days = (date.fromordinal(min(max(1, number), date.max.toordinal())) for number in near)
    if meeting.year in {municipal_year(each, starts) for each in days}:
        return ""
    own = municipal_year(day, starts)
    return f"It is said to be in {meeting.year}, but {_day(meeting.date)} is well within {own}."


def _year_of_reference(record: Record, subject: Subject) -> str:
    _, year, _ = split_ref(record.ref)
    years = _years(record.meeting, subject.settings)
    if not year or not years or year in {split_ref(make_ref("X", each, 1))[1] for each in years}:
        return ""
    # A reference never changes: that somebody moved the record to its meeting explains it.
    if any(change.what == "meeting" for change in record.history):
        return ""
    meeting = f"{record.meeting.type} meeting of {_day(record.meeting.date)}"
    return f"The reference is of 20{year[:2]}/{year[2:]}, but the {meeting} is not; is it right?"


def _years(meeting: Meeting, settings: Settings) -> set[str]:
    day = find_date(meeting.date)
    by_date = {municipal_year(day, settings.year_starts)} if day else set()
    return by_date | {meeting.year} if _is_year(meeting.year) else by_date


def _same_printed_reference(subject: Subject) -> Findings:
    printed = [record for record in subject.records if record.source_ref.strip()]
    for records in _by(printed, _printed_reference).values():
        if len(records) > 1:
            others = _listed(record.ref for record in records[1:])
            yield records[0].ref, f"{_quoted(records[0].source_ref)} is printed at {others} too."


def _printed_reference(record: Record) -> tuple[str, str]:
    # A table that numbers its rows may begin anew with every meeting.
    printed = fold(record.source_ref)
    return printed, record.meeting.key if printed.isdecimal() else ""


def _history_in_order(record: Record, _subject: Subject) -> str:
    for earlier, later in pairwise(record.history):
        if later.at < earlier.at:
            days = f"{shorten(earlier.at, _WIDTH)} stands before {shorten(later.at, _WIDTH)}"
            return f"In its history, {days}; {_AFTER_A_MERGE}."
    return ""


def _due_before_meeting(record: Record, _subject: Subject) -> str:
    if not _is_before(record.due, record.meeting.date):
        return ""
    return f"Due on {_day(record.due)}, before its meeting of {_day(record.meeting.date)}."


def _due_as_typed(record: Record, _subject: Subject) -> str:
    typed = find_date(record.due_text) if record.due and record.due_text else None
    if typed is None or typed.isoformat() == record.due:
        return ""
    return f"Due on {_day(record.due)}, but {_quoted(record.due_text)} was typed."


def _completed_before_meeting(record: Record, _subject: Subject) -> str:
    if not _is_before(record.completed_on, record.meeting.date):
        return ""
    day, held_on = _day(record.completed_on), _day(record.meeting.date)
    return f"Completed on {day}, before its meeting of {held_on}."


def _completed_in_future(record: Record, subject: Subject) -> str:
    if not _is_before(subject.today.isoformat(), record.completed_on):
        return ""
    return f"Completed on {_day(record.completed_on)}, which is still to come."


def _open_but_completed(record: Record, _subject: Subject) -> str:
    if not record.completed_on or not record.status.can_be_overdue:
        return ""
    return f"Completed on {_day(record.completed_on)}, but its status is “{record.status.words}”."


_NOT_DONE = frozenset({Status.NOT_PROCEEDING, Status.SUPERSEDED})


def _follow_up(record: Record, _subject: Subject) -> str:
    stands = record.follow_up and follow_up_stands(record)
    said, _ = followup.stated(record.follow_up) if stands else (None, "")
    if said is None or not _contradict(said, record.status):
        return ""
    printed = _quoted(record.follow_up)
    return f"The printed cell says {printed}, but the status is “{record.status.words}”."


def _contradict(said: Status, status: Status) -> bool:
    both = {said, status}
    undone = Status.COMPLETED in both and not both.isdisjoint(_NOT_DONE)
    return undone or said.is_open != status.is_open


def _follow_up_day(record: Record, _subject: Subject) -> str:
    said, day = followup.stated(record.follow_up) if record.completed_on else (None, "")
    if said is not Status.COMPLETED or not day or day == record.completed_on:
        return ""
    printed = _quoted(record.follow_up)
    return f"Completed on {_day(record.completed_on)}, but the printed cell says {printed}."


# --- attention: what may be right, and is for a person to say

_NO_ANSWERS = frozenset({"", "n/a", "na", "none", "noted", "tbc"})


def _completed_unanswered(record: Record, _subject: Subject) -> str:
    if record.status is not Status.COMPLETED or _is_answered(record):
        return ""
    return "Completed, but no response says what came of it."


def _overdue_unanswered(record: Record, subject: Subject) -> str:
    if not is_overdue(record, subject.today) or _is_answered(record):
        return ""
    due = _day(record.due) if record.due else _quoted(record.due_text)
    return f"Due {due}, and nobody has answered."


def _is_answered(record: Record) -> bool:
    return fold(record.response).strip(" .-–—") not in _NO_ANSWERS


def _owner(record: Record, _subject: Subject) -> str:
    if record.owners or record.kind is Kind.DECISION or not record.status.is_open:
        return ""
    return "Nobody is named to do it."


def _spellings(subject: Subject) -> Findings:
    refs: dict[str, list[str]] = defaultdict(list)
    for record in subject.records:
        for owner in record.owners:
            refs[owner].append(record.ref)
    uses = {owner: len(found) for owner, found in refs.items()}
    for rare, usual in alike.spellings(uses):
        where = f"here and at {_listed(refs[rare][1:])}" if uses[rare] > 1 else "here"
        name = f"{_quoted(usual)}, who has {_records(uses[usual])}"
        yield refs[rare][0], f"{_quoted(rare)} {where} may be {name}; use one spelling."


def _repeats(subject: Subject) -> Findings:
    to_do = [record for record in subject.records if record.kind is not Kind.DECISION]
    for records in _by(to_do, lambda record: record.meeting.key).values():
        for earlier, later in alike.repeats([record.text for record in records]):
            yield records[later].ref, f"It reads nearly like {records[earlier].ref}."


# --- shared


def _is_year(text: str) -> bool:
    try:
        return parse_municipal_year(text) == text
    except CpctrackError:
        return False


def _is_before(one: str, other: str) -> bool:
    return one < other and is_iso(one) and is_iso(other)


def _by(things: Iterable[_T], key: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    groups: dict[_K, list[_T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return groups


def _quoted(text: str) -> str:
    return f"“{shorten(text, _WIDTH)}”"


def _day(iso: str) -> str:
    return shorten(long_date(iso), _WIDTH)


def _records(count: int) -> str:
    return f"{count} record{'' if count == 1 else 's'}"


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    more = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


_BAD, _ODD, _LOOK = Tier.DAMAGED, Tier.CONTRADICTORY, Tier.ATTENTION

CHECKS: tuple[Check, ...] = (
    Check("unusable-prefix", _BAD, "prefix",
          "The prefix in the settings can begin a reference.",
          _prefix),
    Check("unusable-year-start", _BAD, "year_starts",
          "The municipal year starts on a day of the year.",
          _year_starts),
    Check("malformed-reference", _BAD, "ref",
          "A reference is a prefix, a municipal year and a number.",
          _each_record(_reference)),
    Check("duplicate-reference", _BAD, "ref",
          "No two records have one reference.",
          _same_reference),
    Check("conflict", _BAD, CONFLICTS,
          "What a merge left open is settled.",
          _unsettled),
    Check("repeated-history", _BAD, "history",
          "A history tells each change once.",
          _each_record(_repeated_history)),
    Check("unreadable-meeting-date", _BAD, "date",
          "A meeting's date is a day of the calendar.",
          _each_meeting(_meeting_date)),
    Check("unreadable-due-date", _BAD, "due",
          "A due date is a day of the calendar.",
          _each_record(_due_date)),
    Check("unreadable-completion-date", _BAD, "completed_on",
          "A date of completion is a day of the calendar.",
          _each_record(_completion_date)),
    Check("wrong-meeting-id", _BAD, "date",
          "A meeting's id is its date and type.",
          _each_meeting(_meeting_id)),
    Check("unreadable-year", _BAD, "year",
          "A municipal year that a meeting states is one.",
          _each_meeting(_stated_year)),
    Check("nothing-agreed", _BAD, "action",
          "A record says an action or a recommendation.",
          _each_record(_agreed)),
    Check("meeting-to-come", _ODD, "date",
          "A meeting with records has been held.",
          _meeting_to_come),
    Check("meeting-long-ago", _ODD, "date",
          "A meeting was held within the last fifty years.",
          _each_meeting(_meeting_long_ago)),
    Check("meeting-of-two-types", _ODD, "type",
          "A day has a formal meeting or an informal one, not both.",
          _two_types),
    Check("contradictory-year", _ODD, "year",
          "The municipal year that a meeting states is that of its date, or nearly.",
          _each_meeting(_contradictory_year)),
    Check("reference-of-another-year", _ODD, "meeting",
          "A reference is of the municipal year of its record's meeting.",
          _each_record(_year_of_reference)),
    Check("duplicate-printed-reference", _ODD, "source_ref",
          "No two records have one reference in another table.",
          _same_printed_reference),
    Check("history-out-of-order", _ODD, "history",
          "A history is in the order of time.",
          _each_record(_history_in_order)),
    Check("due-before-meeting", _ODD, "due",
          "Nothing is due before its meeting.",
          _each_record(_due_before_meeting)),
    Check("due-unlike-its-text", _ODD, "due",
          "A due date is the day that was typed.",
          _each_record(_due_as_typed)),
    Check("completed-before-meeting", _ODD, "completed_on",
          "Nothing is completed before its meeting.",
          _each_record(_completed_before_meeting)),
    Check("completed-in-future", _ODD, "completed_on",
          "Nothing is completed on a day to come.",
          _each_record(_completed_in_future)),
    Check("open-but-completed", _ODD, "completed_on",
          "What is open has no date of completion.",
          _each_record(_open_but_completed)),
    Check("follow-up-unlike-status", _ODD, "follow_up",
          "The status is what the follow-up cell clearly says.",
          _each_record(_follow_up)),
    Check("completed-unlike-follow-up", _ODD, "completed_on",
          "The date of completion is the one in the follow-up cell.",
          _each_record(_follow_up_day)),
    Check("completed-without-response", _LOOK, "response",
          "What is completed has a response.",
          _each_record(_completed_unanswered)),
    Check("overdue-without-response", _LOOK, "response",
          "What is overdue has a response.",
          _each_record(_overdue_unanswered)),
    Check("no-owner", _LOOK, "owners",
          "What is open has an owner, unless it is a decision.",
          _each_record(_owner)),
    Check("owner-in-two-spellings", _LOOK, "owners",
          "An owner is spelled in one way.",
          _spellings),
    Check("near-duplicate", _LOOK, "action",
          "A meeting agrees a thing once.",
          _repeats),
)  # fmt: skip
"""Every check, the worst tier first: the order in which problems are given."""
