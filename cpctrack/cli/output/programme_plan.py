"""What taking in a work programme would do, in words for a person and in JSON for scripts."""

from collections.abc import Iterable, Iterator
from typing import Any

from cpctrack.cli.output.plan import WIDTH, counts, section
from cpctrack.dates import long_date
from cpctrack.records.model import MeetingType
from cpctrack.render.words import named_paragraph
from cpctrack.store.programme import Report
from cpctrack.tasks.programme import Taken
from cpctrack.text import one_line, shorten

_MOVED = "the programme has them at another meeting now"
_LEFT_OUT = "they are no report that comes, nor the day of a meeting"


def as_json(taken: Taken) -> dict[str, Any]:
    """Give the plan as ``--json`` prints it: a contract with scripts; an absent day is null."""
    outcomes = {"new": taken.new, "changed": taken.changed, "known": taken.known,
                "moved": taken.moved}  # fmt: skip
    return {
        "meetings": [{"date": each.date, "type": each.type.value} for each in taken.meetings],
        **{outcome: len(reports) for outcome, reports in outcomes.items()},
        "no_date": len(taken.undated),
        "reports": [
            {
                "meeting": each.meeting or None,
                "when": each.when,
                "title": each.title,
                "contact": each.contact,
                "purpose": each.purpose,
                "exempt": each.exempt,
                "source": each.source,
                "outcome": outcome,
            }
            for outcome, reports in outcomes.items()
            for each in reports
        ],
        "left_out": [{"line": line, "text": text} for line, text in taken.programme.left_out],
    }


def in_words(taken: Taken) -> str:
    """Describe the plan: what it comes to, then what comes to which meeting."""
    counted = counts(
        (len(taken.new), "new", "green"),
        (len(taken.changed), "changed", "cyan"),
        (len(taken.known), "known", None),
        (len(taken.moved), "moved", "yellow"),
    )
    fresh = [*taken.new, *taken.changed]
    dated = sorted((each for each in fresh if each.meeting), key=lambda each: each.meeting)
    left_out = (f"line {line}: {shorten(text, WIDTH)}" for line, text in taken.programme.left_out)
    return "\n".join(
        (
            f"{one_line(taken.programme.name)}: a work programme",
            ", ".join(counted),
            *_meetings(taken, MeetingType.FORMAL),
            *_meetings(taken, MeetingType.INFORMAL),
            *section("What comes", "", map(_line, dated)),
            *section("No date yet", "kept until one is known", map(_line, taken.undated)),
            *section("Taken from where they were", _MOVED, map(_line, taken.moved)),
            *section("Exempt", "kept out of what the public reads", _exempt(fresh)),
            *section("Lines left out", _LEFT_OUT, left_out),
        )
    )


def _meetings(taken: Taken, type_: MeetingType) -> Iterable[str]:
    days = (long_date(each.date) for each in taken.meetings if each.type is type_)
    return section(f"New {type_} meetings", "", days)


def _line(report: Report) -> str:
    when = long_date(report.meeting) if report.meeting else one_line(report.when)
    start = f"{when}: " if when else ""
    contact = f" ({shorten(report.contact, WIDTH // 3)})" if report.contact else ""
    return f"{start}{shorten(report.title, WIDTH - len(start) - len(contact))}{contact}"


def _exempt(reports: list[Report]) -> Iterator[str]:
    for each in reports:
        if each.exempt:
            yield f"{shorten(each.title, WIDTH // 2)}: {named_paragraph(each.exempt_paragraph)}"
