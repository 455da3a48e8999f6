"""Meetings in words for a person, as lines of a table, and in JSON for scripts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cpctrack.cli.output import columns
from cpctrack.cli.output import plan as plans
from cpctrack.cli.output.plan import counts, section
from cpctrack.dates import long_date, short_date
from cpctrack.records.model import Meeting
from cpctrack.tables.meeting_dates import Doubt, FoundDate
from cpctrack.tables.problems import RowProblem
from cpctrack.tasks.meetings import Kept, Listed, Plan
from cpctrack.text import counted, one_line, shorten

_COLUMNS = (
    "committee", "date", "type", "municipal_year", "records", "standing", "moved_to", "note",
)  # fmt: skip
_HEADING = ("Committee", "Meeting", "Type", "Year", "Actions", "", "Note")
_MOST_COMMITTEE = 24  # letters
_IN_DOUBT = "look at these; none was taken"
_WHY: Mapping[Doubt, str] = {
    Doubt.NO_TYPE: "nothing says whether it is formal or informal; say so with --type",
    Doubt.NO_YEAR: "it names no year",
    Doubt.NO_DAY: "it is no day of the calendar, or not on that weekday",
    Doubt.SEVERAL: "it is several days in one, or a stretch of time",
    Doubt.OTHER_DAY: "it may be the day of something else than a meeting",
    Doubt.OTHER_BODY: "it is another committee's",
    Doubt.UNCERTAIN: "it is not certain, or was moved",
    Doubt.SENTENCE: "it stands in a long sentence",
    Doubt.REPEATS: "it repeats by a rule, which is not read",
    Doubt.OTHER_TYPE: "that day has a meeting of the other type",
    Doubt.WAS_HELD: "it is said to be cancelled, and agreed something here",
}


def what_was_kept(kept: Kept, today: date) -> Iterator[str]:
    """Say what became of a meeting, and of the one that it was moved to."""
    if kept.before == kept.after and not kept.moved:
        yield f"Known already: {_in_full(kept.after, today)}."
        return
    yield f"{'Changed' if kept.before else 'New'}: {_in_full(kept.after, today)}."
    if kept.moved:
        yield f"Held instead: {_in_full(kept.moved, today)}."


def _in_full(meeting: Meeting, today: date) -> str:
    return f"{_named(meeting)}: {meeting.fate or _standing(meeting, today).replace('-', ' ')}"


def _named(meeting: Meeting) -> str:
    return f"{meeting.type} meeting of {long_date(meeting.date)}, {one_line(meeting.year)}"


def _standing(meeting: Meeting, today: date) -> str:
    """Say in a word how a meeting stands; one of today is still to come."""
    if not meeting.stands:
        return "moved" if meeting.moved_to else "cancelled"
    return "held" if meeting.date < today.isoformat() else "to-come"


def as_json(listed: Iterable[Listed], today: date) -> list[dict[str, Any]]:
    """Give what ``meetings --json`` prints: a contract with scripts."""
    return [
        {
            "committee": each.committee,
            "date": each.meeting.date,
            "type": each.meeting.type.value,
            "municipal_year": each.meeting.year,
            "records": each.records,
            "standing": _standing(each.meeting, today),
            "moved_to": each.meeting.moved_to or None,
            "note": each.meeting.note,
        }
        for each in listed
    ]


def tsv(listed: Iterable[Listed], today: date) -> Iterator[str]:
    """Give a header line and a line a meeting, tab-separated."""
    return columns.tsv(_COLUMNS, as_json(listed, today))


def table(listed: Sequence[Listed], today: date, width: int) -> Iterator[str]:
    """Give the lines of a table that fits a window of this width, and how many there are.

    A column in which nothing stands is left out, and so is that of a single committee.
    """
    if not listed:
        return
    several = len({each.committee for each in listed}) > 1
    rows = (_cells(each, today, several=several) for each in listed)
    yield from columns.fitted(_HEADING, rows, width, gives_way=("Committee", "Note"))
    yield f"{counted(len(listed), 'meeting')}."


def _cells(listed: Listed, today: date, *, several: bool) -> tuple[str, ...]:
    meeting = listed.meeting
    how = f"moved to {short_date(meeting.moved_to)}" if meeting.moved_to else ""
    return (
        shorten(listed.committee, _MOST_COMMITTEE) if several else "",
        short_date(meeting.date),
        meeting.type.value,
        one_line(meeting.year),
        str(listed.records or ""),
        how or _standing(meeting, today).replace("-", " "),
        one_line(meeting.note),
    )


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Give what ``meetings import --json`` prints: a contract with scripts."""
    told = (("new", plan.new), ("cancelled", plan.cancelled), ("known", plan.known))
    return {
        **{name: len(meetings) for name, meetings in told},
        "unclear": len(plan.doubts),
        "problems": [],
        "meetings": [
            {
                "plan": name,
                "date": meeting.date,
                "type": meeting.type.value,
                "municipal_year": meeting.year,
                "cancelled": meeting.cancelled,
            }
            for name, meetings in told
            for meeting in meetings
        ],
        "doubts": [
            {
                "line": each.line,
                "printed": each.printed,
                "date": each.day or None,
                "why": _why(each),
            }
            for each in plan.doubts
        ],
    }


def refusal(message: str) -> dict[str, Any]:
    """Give what ``--json`` prints of a file that is refused."""
    problems = [RowProblem("", 0, message)]
    return plans.refusal(("new", "cancelled", "known", "unclear"), "meetings", problems)


def plan_in_words(plan: Plan, name: str) -> str:
    """Describe what a list of dates comes to: what is new, known and in doubt."""
    heading = counts(
        (len(plan.new), "new", "green"),
        *(((len(plan.cancelled), "cancelled", "cyan"),) if plan.cancelled else ()),
        (len(plan.known), "known", None),
        (len(plan.doubts), "in doubt", "yellow"),
    )
    doubts = (f"line {each.line}: {each.printed} – {_why(each)}" for each in plan.doubts)
    return "\n".join(
        [
            f"{one_line(name)}: {', '.join(heading)}",
            *section("New", "", map(_planned, plan.new)),
            *section("Cancelled", "", map(_named, plan.cancelled)),
            *section("Known already", "", map(_planned, plan.known)),
            *section("In doubt", _IN_DOUBT, map(one_line, doubts)),
        ]
    )


def _planned(meeting: Meeting) -> str:
    return f"{_named(meeting)}{f', {meeting.fate}' if meeting.fate else ''}"


def _why(found: FoundDate) -> str:
    return _WHY[found.doubt or Doubt.NO_TYPE]
