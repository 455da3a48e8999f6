"""What no command can have written: the file says something impossible."""

from collections.abc import Iterator, Mapping

from cpctrack.check.base import (
    AFTER_A_MERGE,
    WIDTH,
    Check,
    Findings,
    Subject,
    Tier,
    by,
    each_meeting,
    each_record,
    is_year,
    listed,
    quoted,
)
from cpctrack.dates import is_iso
from cpctrack.records.model import Change, Clash, Conflict, Meeting, Record, exempt_flags
from cpctrack.records.refs import make_ref, split_ref
from cpctrack.store.codec import CONFLICTS, decode_clashes
from cpctrack.text import fold, one_line, shorten

_BAD = Tier.DAMAGED


def _prefix(subject: Subject) -> Findings:
    prefix = subject.settings.prefix
    if not split_ref(make_ref(prefix, "2022/23", 1))[1]:
        yield "settings", f"{quoted(prefix)} can't begin a reference; write capitals, like CPC."


def _year_starts(subject: Subject) -> Findings:
    starts = subject.settings.year_starts
    if not is_iso(f"2024-{starts}"):
        yield "settings", f"{quoted(starts)} is no day of the year; write it like 05-15."


def _reference(record: Record, subject: Subject) -> str:
    if split_ref(record.ref)[1]:
        return ""
    like = make_ref(subject.settings.prefix, record.meeting.year or "2022/23", 57)
    return f"{quoted(record.ref)} is not a reference, which looks like {like}."


def _same_reference(subject: Subject) -> Findings:
    for records in by(subject.records, lambda record: fold(record.ref)).values():
        if len(records) > 1:
            ids = listed(record.id for record in records)
            fix = (
                "after a merge “cpctrack resolve --from-git” gives the younger another; else give "
                "it a number in the file that is free"
            )
            yield records[0].ref, f"{len(records)} records have this reference, {ids}; {fix}."


def _unsettled(subject: Subject) -> Findings:
    for conflict in _conflicts(subject):
        field = conflict.clash.field or "whole record"
        message = (
            f"A merge left two versions of its {shorten(field, WIDTH).replace('_', ' ')}; see "
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
            line = f"“{shorten(change.what, WIDTH)}” of {shorten(change.at, WIDTH)}"
            return f"Its history tells {line} twice; {AFTER_A_MERGE}."
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
    return f"{quoted(value)} is no day of the calendar; correct it"


def _meeting_id(key: str, meeting: Meeting, _subject: Subject) -> str:
    if key == meeting.key:
        return ""
    return f"This id is that of another meeting than {meeting.key}, which its fields describe."


def _stated_year(_key: str, meeting: Meeting, _subject: Subject) -> str:
    if not meeting.year_stated or is_year(meeting.year):
        return ""
    return f"{quoted(meeting.year)} is no municipal year; write it like 2022/23."


def _agreed(record: Record, _subject: Subject) -> str:
    return "" if record.text.strip() else "It says neither an action nor a recommendation."


def _exemption(record: Record, _subject: Subject) -> str:
    flags = [] if record.exempt_paragraph else exempt_flags(record.extra)
    if not flags:
        return ""
    return (
        f"It has a field {quoted(flags[0])} that can't be read, so it is kept from the public; "
        f"say which paragraph keeps it so with “cpctrack update {one_line(record.ref)} --exempt”, "
        "or take the field out of the file."
    )


CHECKS: tuple[Check, ...] = (
    Check("unusable-prefix", _BAD, "prefix",
          "The prefix in the settings can begin a reference.",
          _prefix),
    Check("unusable-year-start", _BAD, "year_starts",
          "The municipal year starts on a day of the year.",
          _year_starts),
    Check("malformed-reference", _BAD, "ref",
          "A reference is a prefix, a municipal year and a number.",
          each_record(_reference)),
    Check("duplicate-reference", _BAD, "ref",
          "No two records have one reference.",
          _same_reference),
    Check("conflict", _BAD, CONFLICTS,
          "What a merge left open is settled.",
          _unsettled),
    Check("repeated-history", _BAD, "history",
          "A history tells each change once.",
          each_record(_repeated_history)),
    Check("unreadable-meeting-date", _BAD, "date",
          "A meeting's date is a day of the calendar.",
          each_meeting(_meeting_date)),
    Check("unreadable-due-date", _BAD, "due",
          "A due date is a day of the calendar.",
          each_record(_due_date)),
    Check("unreadable-completion-date", _BAD, "completed_on",
          "A date of completion is a day of the calendar.",
          each_record(_completion_date)),
    Check("wrong-meeting-id", _BAD, "date",
          "A meeting's id is its date and type.",
          each_meeting(_meeting_id)),
    Check("unreadable-year", _BAD, "year",
          "A municipal year that a meeting states is one.",
          each_meeting(_stated_year)),
    Check("unreadable-exemption", _BAD, "exempt_paragraph",
          "Only the field for it says that a record is exempt.",
          each_record(_exemption)),
    Check("nothing-agreed", _BAD, "action",
          "A record says an action or a recommendation.",
          each_record(_agreed)),
)  # fmt: skip
