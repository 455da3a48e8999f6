"""Two fields that can't both be right."""

from collections import Counter
from datetime import date
from itertools import pairwise

from cpctrack.check.base import (
    AFTER_A_MERGE,
    WIDTH,
    Check,
    Findings,
    Subject,
    Tier,
    by,
    counted,
    dated,
    each_meeting,
    each_record,
    is_before,
    is_year,
    listed,
    quoted,
)
from cpctrack.dates import find_date, municipal_year
from cpctrack.records import printed_status
from cpctrack.records.changes import follow_up_stands
from cpctrack.records.model import Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.refs import make_ref, split_ref
from cpctrack.text import fold, shorten

_LONG_AGO = 50  # years: a meeting before that is a slip in the year
_NEAR_YEARS_END = 45  # days: how far a council's annual meeting moves
_ODD = Tier.CONTRADICTORY


def _meeting_to_come(subject: Subject) -> Findings:
    used = {record.meeting.key for record in subject.records}
    for key, meeting in sorted(subject.meetings.items()):
        if meeting.key in used and is_before(subject.today.isoformat(), meeting.date):
            yield key, f"It has records but is still to come, on {dated(meeting.date)}."


def _meeting_long_ago(_key: str, meeting: Meeting, subject: Subject) -> str:
    day = find_date(meeting.date)
    if day is None or day.year >= subject.today.year - _LONG_AGO:
        return ""
    return f"It was held on {dated(meeting.date)}, more than {_LONG_AGO} years ago."


def _two_types(subject: Subject) -> Findings:
    counts = Counter(record.meeting.key for record in subject.records)
    for day, meetings in sorted(by(subject.meetings.values(), lambda each: each.date).items()):
        by_type = {meeting.type: meeting for meeting in meetings}
        if len(by_type) > 1:
            informal, formal = by_type[MeetingType.INFORMAL], by_type[MeetingType.FORMAL]
            fewer = min(informal, formal, key=lambda meeting: counts[meeting.key])
            both = f"a formal meeting ({counted(counts[formal.key])}) and an informal one"
            message = f"{dated(day)} has {both} ({counted(counts[informal.key])}); is one a slip?"
            yield fewer.key, message


def _contradictory_year(_key: str, meeting: Meeting, subject: Subject) -> str:
    day = find_date(meeting.date)
    if day is None or not meeting.year_stated or not is_year(meeting.year):
        return ""
    starts = subject.settings.year_starts
    if meeting.year in _years_near(day, starts):
        return ""
    own = municipal_year(day, starts)
    return f"It is said to be in {meeting.year}, but {dated(meeting.date)} is well within {own}."


def _year_of_reference(record: Record, subject: Subject) -> str:
    _, year, _ = split_ref(record.ref)
    years = _years(record.meeting, subject.settings)
    if not year or not years or year in {split_ref(make_ref("X", each, 1))[1] for each in years}:
        return ""
    # A reference never changes: that somebody moved the record to its meeting explains it.
    if any(change.what == "meeting" for change in record.history):
        return ""
    meeting = f"{record.meeting.type} meeting of {dated(record.meeting.date)}"
    return f"The reference is of 20{year[:2]}/{year[2:]}, but the {meeting} is not; is it right?"


def _years(meeting: Meeting, settings: Settings) -> set[str]:
    """Give the years a meeting may be in, or have been in when a record got its reference."""
    day = find_date(meeting.date)
    near = _years_near(day, settings.year_starts) if day else set()
    return near | {meeting.year} if is_year(meeting.year) else near


def _years_near(day: date, starts: str) -> set[str]:
    near = (day.toordinal() + shift for shift in (-_NEAR_YEARS_END, 0, _NEAR_YEARS_END))
    days = (date.fromordinal(min(max(1, number), date.max.toordinal())) for number in near)
    return {municipal_year(each, starts) for each in days}


def _same_printed_reference(subject: Subject) -> Findings:
    printed = [record for record in subject.records if record.source_ref.strip()]
    for records in by(printed, _printed_reference).values():
        if len(records) > 1:
            others = listed(record.ref for record in records[1:])
            yield records[0].ref, f"{quoted(records[0].source_ref)} is printed at {others} too."


def _printed_reference(record: Record) -> tuple[str, str]:
    # A table that numbers its rows may begin anew with every meeting.
    printed = fold(record.source_ref)
    return printed, record.meeting.key if printed.isdecimal() else ""


def _history_in_order(record: Record, _subject: Subject) -> str:
    for earlier, later in pairwise(record.history):
        if later.at < earlier.at:
            days = f"{shorten(earlier.at, WIDTH)} stands before {shorten(later.at, WIDTH)}"
            return f"In its history, {days}; {AFTER_A_MERGE}."
    return ""


def _due_before_meeting(record: Record, _subject: Subject) -> str:
    if not is_before(record.due, record.meeting.date):
        return ""
    return f"Due on {dated(record.due)}, before its meeting of {dated(record.meeting.date)}."


def _due_as_typed(record: Record, _subject: Subject) -> str:
    typed = find_date(record.due_text) if record.due and record.due_text else None
    if typed is None or typed.isoformat() == record.due:
        return ""
    return f"Due on {dated(record.due)}, but {quoted(record.due_text)} was typed."


def _completed_before_meeting(record: Record, _subject: Subject) -> str:
    if not is_before(record.completed_on, record.meeting.date):
        return ""
    day, held_on = dated(record.completed_on), dated(record.meeting.date)
    return f"Completed on {day}, before its meeting of {held_on}."


def _completed_in_future(record: Record, subject: Subject) -> str:
    if not is_before(subject.today.isoformat(), record.completed_on):
        return ""
    return f"Completed on {dated(record.completed_on)}, which is still to come."


def _open_but_completed(record: Record, _subject: Subject) -> str:
    if not record.completed_on or not record.status.can_be_overdue:
        return ""
    return f"Completed on {dated(record.completed_on)}, but its status is “{record.status.words}”."


def _agreed_but_open(record: Record, _subject: Subject) -> str:
    if not record.agreed_on or record.status is Status.COMPLETED:
        return ""
    return (
        f"Agreed as completed on {dated(record.agreed_on)}, but its status is "
        f"“{record.status.words}”; “cpctrack reopen” opens it again."
    )


_NOT_DONE = frozenset({Status.NOT_PROCEEDING, Status.SUPERSEDED})


def _follow_up(record: Record, _subject: Subject) -> str:
    stands = record.follow_up and follow_up_stands(record)
    said, _ = printed_status.stated(record.follow_up) if stands else (None, "")
    if said is None or not _contradict(said, record.status):
        return ""
    printed = quoted(record.follow_up)
    return f"The printed cell says {printed}, but the status is “{record.status.words}”."


def _contradict(said: Status, status: Status) -> bool:
    both = {said, status}
    undone = Status.COMPLETED in both and not both.isdisjoint(_NOT_DONE)
    return undone or said.is_open != status.is_open


def _follow_up_day(record: Record, _subject: Subject) -> str:
    said, day = printed_status.stated(record.follow_up) if record.completed_on else (None, "")
    if said is not Status.COMPLETED or not day or day == record.completed_on:
        return ""
    printed = quoted(record.follow_up)
    return f"Completed on {dated(record.completed_on)}, but the printed cell says {printed}."


CHECKS: tuple[Check, ...] = (
    Check("meeting-to-come", _ODD, "date",
          "A meeting with records has been held.",
          _meeting_to_come),
    Check("meeting-long-ago", _ODD, "date",
          "A meeting was held within the last fifty years.",
          each_meeting(_meeting_long_ago)),
    Check("meeting-of-two-types", _ODD, "type",
          "A day has a formal meeting or an informal one, not both.",
          _two_types),
    Check("contradictory-year", _ODD, "year",
          "The municipal year that a meeting states is that of its date, or nearly.",
          each_meeting(_contradictory_year)),
    Check("reference-of-another-year", _ODD, "meeting",
          "A reference is of the municipal year of its record's meeting.",
          each_record(_year_of_reference)),
    Check("duplicate-printed-reference", _ODD, "source_ref",
          "No two records have one reference in another table.",
          _same_printed_reference),
    Check("history-out-of-order", _ODD, "history",
          "A history is in the order of time.",
          each_record(_history_in_order)),
    Check("due-before-meeting", _ODD, "due",
          "Nothing is due before its meeting.",
          each_record(_due_before_meeting)),
    Check("due-unlike-its-text", _ODD, "due",
          "A due date is the day that was typed.",
          each_record(_due_as_typed)),
    Check("completed-before-meeting", _ODD, "completed_on",
          "Nothing is completed before its meeting.",
          each_record(_completed_before_meeting)),
    Check("completed-in-future", _ODD, "completed_on",
          "Nothing is completed on a day to come.",
          each_record(_completed_in_future)),
    Check("open-but-completed", _ODD, "completed_on",
          "What is open has no date of completion.",
          each_record(_open_but_completed)),
    Check("agreed-but-open", _ODD, "agreed_on",
          "What the committee agreed as completed is completed.",
          each_record(_agreed_but_open)),
    Check("follow-up-unlike-status", _ODD, "follow_up",
          "The status is what the follow-up cell clearly says.",
          each_record(_follow_up)),
    Check("completed-unlike-follow-up", _ODD, "completed_on",
          "The date of completion is the one in the follow-up cell.",
          each_record(_follow_up_day)),
)  # fmt: skip
