"""What no command can have written: the file says something impossible."""

from collections.abc import Iterator

from cpctrack.check.base import (
    AFTER_A_MERGE,
    WIDTH,
    Checks,
    Findings,
    Subject,
    Tier,
    by,
    is_year,
    listed,
    quoted,
)
from cpctrack.dates import is_iso
from cpctrack.errors import StoreError
from cpctrack.records.model import Change, Clash, exempt_flags
from cpctrack.records.owners import is_address
from cpctrack.records.refs import make_ref, split_ref
from cpctrack.store import owners
from cpctrack.store.codec import CONFLICTS, HABITS, OWNERS, decode_clashes
from cpctrack.store.conflicts import field_words
from cpctrack.text import fold, one_line, shorten

CHECKS = Checks(Tier.DAMAGED)


@CHECKS.add("prefix")
def unusable_prefix(subject: Subject) -> Findings:
    """The prefix in the settings can begin a reference."""
    prefix = subject.settings.prefix
    if not split_ref(make_ref(prefix, "2022/23", 1))[1]:
        yield "settings", f"{quoted(prefix)} can't begin a reference; write capitals, like CPC."


@CHECKS.add("year_starts")
def unusable_year_start(subject: Subject) -> Findings:
    """The municipal year starts on a day of the year."""
    starts = subject.settings.year_starts
    if not is_iso(f"2024-{starts}"):
        yield "settings", f"{quoted(starts)} is no day of the year; write it like 05-15."


@CHECKS.add("terms")
def unusable_term_end(subject: Subject) -> Findings:
    """A school term ends on a day of the year."""
    for term, ends in subject.settings.terms._asdict().items():
        if not is_iso(f"2024-{ends}"):
            wrong = f"{quoted(ends)} is no day of the year for the end of the {term} term"
            yield "settings", f"{wrong}; “cpctrack settings --{term}-ends” sets another."


@CHECKS.add("ref")
def malformed_reference(subject: Subject) -> Findings:
    """A reference is a prefix, a municipal year and a number."""
    for record in subject.records:
        if not split_ref(record.ref)[1]:
            like = make_ref(subject.settings.prefix, record.meeting.year or "2022/23", 57)
            message = f"{quoted(record.ref)} is not a reference, which looks like {like}."
            yield record.ref, message


@CHECKS.add("ref")
def duplicate_reference(subject: Subject) -> Findings:
    """No two records have one reference."""
    for records in by(subject.records, lambda record: fold(record.ref)).values():
        if len(records) > 1:
            ids = listed(record.id for record in records)
            fix = (
                "after a merge “cpctrack resolve --from-git” gives the younger another; else give "
                "it a number in the file that is free"
            )
            yield records[0].ref, f"{len(records)} actions have this reference, {ids}; {fix}."


@CHECKS.add(CONFLICTS)
def conflict(subject: Subject) -> Findings:
    """What a merge left open is settled."""
    for ref, clash in _clashes(subject):
        field = shorten(field_words(clash.field) if clash.field else "whole entry", WIDTH)
        typed = f'"{one_line(ref)}"' if " " in ref else one_line(ref)
        message = (
            f"A merge left two versions of its {field}; see “cpctrack conflicts”, then "
            f"“cpctrack resolve {typed}”."
        )
        yield ref, message


def _clashes(subject: Subject) -> Iterator[tuple[str, Clash]]:
    rows = [("settings", "The settings", subject.settings.extra)]
    rows += [
        (key, f"The meeting {key}", each.extra) for key, each in sorted(subject.meetings.items())
    ]
    known = subject.document.get(OWNERS, {})
    rows += [(key, f"The owner {key}", row) for key, row in sorted(known.items())]
    for key, where, extra in rows:
        if CONFLICTS in extra:
            yield from ((key, clash) for clash in decode_clashes(dict(extra), where))
    for record in subject.records:
        yield from ((record.ref, clash) for clash in record.conflicts)


@CHECKS.add("history")
def repeated_history(subject: Subject) -> Findings:
    """A history tells each change once."""
    for record in subject.records:
        last: dict[str, Change] = {}
        for change in record.history:
            # To and fro within a second is no repetition: the way back stands between.
            twice = last.get(change.what) == change
            if twice and (change.before != change.after or not change.after):
                line = f"“{shorten(change.what, WIDTH)}” of {shorten(change.at, WIDTH)}"
                yield record.ref, f"Its history tells {line} twice; {AFTER_A_MERGE}."
                break
            last[change.what] = change


@CHECKS.add("date")
def unreadable_meeting_date(subject: Subject) -> Findings:
    """A meeting's date is a day of the calendar."""
    for key, meeting in sorted(subject.meetings.items()):
        if not is_iso(meeting.date):
            yield key, f"{_no_day(meeting.date)} in the file."


@CHECKS.add("due")
def unreadable_due_date(subject: Subject) -> Findings:
    """A due date is a day of the calendar."""
    for record in subject.records:
        if record.due and not is_iso(record.due):
            yield record.ref, f"{_no_day(record.due)} with “cpctrack update {record.ref} --due”."


@CHECKS.add("completed_on")
def unreadable_completion_date(subject: Subject) -> Findings:
    """A date of completion is a day of the calendar."""
    for record in subject.records:
        if (day := record.completed_on) and not is_iso(day):
            yield record.ref, f"{_no_day(day)} with “cpctrack update {record.ref} --completed-on”."


def _no_day(value: str) -> str:
    return f"{quoted(value)} is no day of the calendar; correct it"


@CHECKS.add("date")
def wrong_meeting_id(subject: Subject) -> Findings:
    """A meeting's id is its date and type."""
    for key, meeting in sorted(subject.meetings.items()):
        if key != meeting.key:
            yield key, f"In the file it has another meeting's name: it is {meeting.key}."


@CHECKS.add("year")
def unreadable_year(subject: Subject) -> Findings:
    """A municipal year that a meeting states is one."""
    for key, meeting in sorted(subject.meetings.items()):
        if meeting.year_stated and not is_year(meeting.year):
            yield key, f"{quoted(meeting.year)} is no municipal year; write it like 2022/23."


@CHECKS.add("rolled_to")
def unreadable_later_year(subject: Subject) -> Findings:
    """The year that an action was rolled over to is a municipal year."""
    for record in subject.records:
        if (year := record.rolled_to) and not is_year(year):
            yield record.ref, f"{quoted(year)} is no municipal year; write it like 2022/23."


@CHECKS.add("exempt_paragraph")
def unreadable_exemption(subject: Subject) -> Findings:
    """Only the field for it says that a record is exempt."""
    for record in subject.records:
        if not record.exempt_paragraph and (flags := exempt_flags(record.extra)):
            message = (
                f"It has a field {quoted(flags[0])} that can't be read, so it is kept from the "
                "public; say which paragraph keeps it so with “cpctrack update "
                f"{one_line(record.ref)} --exempt”, or take the field out of the file."
            )
            yield record.ref, message


@CHECKS.add("action")
def nothing_agreed(subject: Subject) -> Findings:
    """A record says an action or a recommendation."""
    for record in subject.records:
        if not record.text.strip():
            yield record.ref, "It says neither an action nor a recommendation."


@CHECKS.add("habits")
def unreadable_habit(subject: Subject) -> Findings:
    """What minutes taught is as docs/store.md describes it."""
    if rows := subject.document.get(HABITS, {}):
        from cpctrack.minutes.habits import is_sound

        for row_id in sorted(key for key, row in rows.items() if not is_sound(key, row)):
            fix = "take it out of the file, or all of them with “cpctrack minutes --forget”"
            yield row_id, f"This habit can't be read, so minutes are read without it; {fix}."


@CHECKS.add("owners")
def unreadable_owner(subject: Subject) -> Findings:
    """What is known of an owner is as docs/store.md describes it."""
    for row_id, row in sorted(subject.document.get(OWNERS, {}).items()):
        where = one_line(row_id)
        try:
            owner = owners.decode(row_id, row)
        except StoreError as error:
            yield where, str(error)
            continue
        if owner.left and not is_iso(owner.left):
            yield where, f'{_no_day(owner.left)} with “cpctrack owner "{where}" --left DATE”.'
        if owner.email and not is_address(owner.email):
            fix = f'correct it with “cpctrack owner "{where}" --email ADDRESS”'
            yield where, f"{quoted(owner.email)} is no e-mail address; {fix}."
