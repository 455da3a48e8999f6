"""What an import would do, in words for a person and in JSON for scripts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill, wrap
from typing import Any

import click

from cpctrack.cli.output import plan
from cpctrack.cli.output.due_words import Read, in_plan
from cpctrack.cli.output.plan import INDENT, SHOWN, WIDTH, counts, number_of, room, section
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Status, Value, words_of
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.render.screen.plain import in_short, label, once
from cpctrack.render.words import named_paragraph
from cpctrack.store.contract import to_json
from cpctrack.tables.log import Log
from cpctrack.tables.plan import Kept
from cpctrack.tables.problems import RowProblem
from cpctrack.tasks.import_tables import Intake, Outcome
from cpctrack.text import one_line, shorten

_GAP = "      "
_HARD = "\xa0"  # within what stands together, where lines break
_MARGIN = "      "  # below the number of a doubt
_LEAST = 12  # letters shown of an action
_CONTEXT = 4  # words shown on either side of what changed
_LONGEST = 40  # words shown of what changed

_EXEMPT = "kept out of what the public reads"
_KEPT = "typed here, and the file says otherwise"
_MISSING = "of the same meetings; nothing is deleted"
_LEFT_OUT = "they stand between rows and are part of none"


def as_json(intake: Intake, calendar: Calendar, owners: Owners = NO_OWNERS) -> dict[str, Any]:
    """Give the plan as ``--json`` prints it: a contract with scripts."""
    return {
        "new": len(intake.new),
        "changed": len(intake.changed),
        "unchanged": intake.unchanged,
        "unclear": len(intake.unclear),
        "problems": [_conflict_row(name, conflict) for name, conflict in intake.conflicts],
        "records": [
            {
                **to_json(outcome.record, calendar, owners=owners),
                "outcome": "changed" if outcome.before else "new",
                "line": outcome.draft.line,
                "doubts": list(outcome.doubts),
            }
            for outcome in intake.outcomes
        ],
        "missing": [record.ref for record in intake.missing],
        "layout": next(_layouts(intake.logs), None),
        "unrecognised": _unrecognised(intake),
        "notes": [{"file": log.name, "text": note} for log in intake.logs for note in log.notes],
        "left_out": [
            {"file": log.name, "line": line, "text": text}
            for log in intake.logs
            for line, text in log.left_out
        ],
    }


def refusal(problems: Iterable[RowProblem]) -> dict[str, Any]:
    """Give what ``--json`` prints of files that are refused."""
    return plan.refusal(("new", "changed", "unchanged", "unclear"), "records", problems)


def in_words(intake: Intake, calendar: Calendar) -> str:
    """Describe the plan: what it comes to, then what a person should look at."""
    missing = [f"{one_line(one.ref)}  {shorten(one.text, 70)}" for one in intake.missing]
    left_out = [
        f"line {line}: {shorten(text, WIDTH - 12)}"
        for log in intake.logs
        for line, text in log.left_out
    ]
    refs = [one_line(each.record.ref) for each in intake.unclear[:1]]
    parts = [
        *_heading(intake),
        *section("How it was read", "", (note for log in intake.logs for note in log.notes)),
        *in_plan(_dues(intake, calendar)),
        *section("To look at", _about(intake.unclear), _doubts(intake.unclear)),
        *(
            f"  To put one right afterwards: cpctrack update {each} --status STATUS"
            for each in refs
        ),
        *section("Exempt", _EXEMPT, _exempt(intake)),
        *section("Changed", "", map(_changed, intake.changed)),
        *section("Kept as they are here", _KEPT, (_kept(*one) for one in intake.conflicts)),
        *section("Not in the file", _MISSING, missing),
        *section("Lines left out", _LEFT_OUT, left_out),
    ]
    if names := _unrecognised(intake):
        listed = ", ".join(f"“{one_line(name)}”" for name in names[:SHOWN])
        heading = click.style("Other columns", bold=True)
        parts.append(f"\n{heading}, kept with each action: {listed}")
    unknown = (name for log in intake.logs for reading in log.tables for name in reading.unknown)
    if name := next(unknown, None):
        said = f'--column "{one_line(name)}=owner"'
        parts.append(f"Say what one of them means, as in {said}; the layout then knows it.")
    return "\n".join(parts)


def _dues(intake: Intake, calendar: Calendar) -> Iterator[Read]:
    for outcome in intake.outcomes:
        record = outcome.record
        if record.status.can_be_overdue and not record.due:
            yield record.due_text, calendar.last_day(record)


def _heading(intake: Intake) -> Iterator[str]:
    meetings = {each.record.meeting.key for each in intake.outcomes if not intake.unchanged}
    for log in intake.logs:
        others = f", {number_of(log.other_tables, 'other table')} passed over"
        rows = number_of(len(log.entries), "row")
        if meetings and len(intake.logs) == 1:
            rows += f" of {number_of(len(meetings), 'meeting')}"
        named = ", ".join(f"“{one_line(name)}”" for name in dict.fromkeys(_layouts([log])))
        by = f", read by the layout {named}" if named else ""
        yield f"{one_line(log.name)}: {rows}{others if log.other_tables else ''}{by}"
        absent = {name: reading for reading in log.tables for name in reading.absent}
        for name, reading in absent.items():
            lacks = f"names a column “{one_line(name)}”, which the table has not"
            yield f"  The layout “{one_line(reading.layout.name)}” {lacks}."
    yield "  " + _GAP.join(
        counts(
            (len(intake.new), "new", "green"),
            (len(intake.changed), "changed", "cyan"),
            (intake.unchanged, "unchanged", None),
            (len(intake.unclear), "to look at", "yellow"),
        )
    )
    if intake.outcomes:
        number = Counter(outcome.record.status for outcome in intake.outcomes)
        stand = (
            f"{each.words} {number[each]}".replace(" ", _HARD) for each in Status if number[each]
        )
        told = fill(" · ".join(stand), room() - 2, subsequent_indent="  ").replace(_HARD, " ")
        yield from section("How they stand", "", [told])


def _about(unclear: Sequence[Outcome]) -> str:
    """Say of the rows in doubt what was made of them: a line above them may say “completed”."""
    if done := sum(outcome.record.status is Status.COMPLETED for outcome in unclear):
        return f"{done:,} came in as completed, and nothing in doubt as public"
    return "nothing in doubt was taken as completed, or as public"


def _doubts(unclear: Sequence[Outcome]) -> Iterator[str]:
    """Ask about each row in doubt: how it is taken, why that may be wrong, and what is printed."""
    for number, outcome in enumerate(unclear, 1):
        record = outcome.record
        start = f"{number:>2}  line {outcome.draft.line:<4} {one_line(record.ref)}  "
        asked = f"{record.status.words}?"
        text = shorten(record.text, max(_LEAST, room() - len(start) - len(asked) - 5))
        lines = [f"{start}{click.style(asked, fg='yellow')}  {text}"]
        told = [f"{one_line(doubt[:1].upper() + doubt[1:])}." for doubt in outcome.doubts]
        if record.response:
            told.append(f"Response: “{shorten(record.response, 2 * (room() - 12))}”")
        width = room() - len(_MARGIN)
        yield f"\n{_MARGIN}".join([*lines, *(line for each in told for line in wrap(each, width))])


def rows_in_words(intake: Intake) -> Iterator[str]:
    """Give a line on each row that there is to save: where it stands, and how it is taken."""
    for outcome in intake.outcomes:
        record = outcome.record
        status = f"{record.status.words}{'?' if outcome.doubts else ''}"
        start = f"line {outcome.draft.line:<4} {one_line(record.ref)}  {status:<17}  "
        yield f"{start}{shorten(record.text, max(_LEAST, room() - len(start) - 1))}\n"


def _exempt(intake: Intake) -> Iterator[str]:
    for outcome in intake.outcomes:
        record = outcome.record
        if record.exempt and not (outcome.before and outcome.before.exempt):
            why = shorten(named_paragraph(record.exempt_paragraph), WIDTH // 2)
            start = f"line {outcome.draft.line}, {one_line(record.ref)}: {why} – "
            yield f"{start}{shorten(record.text, max(20, WIDTH - len(start)))}"


def _changed(outcome: Outcome) -> str:
    assert outcome.before is not None
    head = f"line {outcome.draft.line}, {one_line(outcome.record.ref)}"
    lines = outcome.record.history[len(outcome.before.history) :]
    return head + "".join(
        f"\n{INDENT}{in_short(line) or _difference(line)}" for line in once(lines)
    )


def _difference(change: Change) -> str:
    name = label(change.what)
    if change.what == "printed":
        return f"{name}: {shorten(_text(change.after), WIDTH)}"
    before, after = differing(_text(change.before), _text(change.after))
    old = click.style(f"- {before or '(nothing)'}", fg="red")
    new = click.style(f"+ {after or '(nothing)'}", fg="green")
    if len(before) + len(after) + len(name) < WIDTH - 10:
        return f"{name}: {old}  {new}"
    return f"{name}:\n{INDENT}{INDENT}{old}\n{INDENT}{INDENT}{new}"


def differing(before: str, after: str) -> tuple[str, str]:
    """Cut two texts to the words that differ, and a few on either side."""
    old, new = one_line(before).split(), one_line(after).split()
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first = max(0, start - _CONTEXT)
    last = min(len(words), len(words) - end + _CONTEXT)
    shown = list(words[first:last])
    if len(shown) > _LONGEST:
        shown = [*shown[: _LONGEST // 2], "…", *shown[-_LONGEST // 2 :]]
    return " ".join([*["…"] * (first > 0), *shown, *["…"] * (last < len(words))])


def _kept(name: str, conflict: Kept) -> str:
    where = f"{one_line(name)}, line {conflict.draft.line}, {one_line(conflict.record.ref)}"
    ours, theirs = _both(conflict)
    return (
        f"{where}: {label(conflict.field)}\n"
        f"{INDENT}here: {shorten(ours, WIDTH)}\n{INDENT}file: {shorten(theirs, WIDTH)}"
    )


def _conflict_row(name: str, conflict: Kept) -> dict[str, Any]:
    ours, theirs = _both(conflict)
    field = words_of(conflict.field)
    return {
        "file": name,
        "line": conflict.draft.line,
        "message": f"The {field} was typed here and the file gives another; ours is kept.",
        "ref": conflict.record.ref,
        "field": conflict.field,
        "ours": ours,
        "theirs": theirs,
    }


def _both(conflict: Kept) -> tuple[str, str]:
    record, field = conflict.record, conflict.field
    ours = record.referred_to if field == "owner_text" else getattr(record, field)
    return _text(ours), _text(conflict.theirs)


def _unrecognised(intake: Intake) -> list[str]:
    return list(dict.fromkeys(name for log in intake.logs for name in log.unrecognised))


def _layouts(logs: Iterable[Log]) -> Iterator[str]:
    return (reading.layout.name for log in logs for reading in log.tables if reading.layout.name)


def _text(value: Value | object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
