"""What an import would do, in words for a person and in JSON for scripts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import fill
from typing import Any

import click

from cpctrack.cli.output.sections import SHOWN as _SHOWN
from cpctrack.cli.output.sections import section
from cpctrack.records.model import Change, Status, Value
from cpctrack.render.words import named_paragraph
from cpctrack.store.codec import to_json
from cpctrack.tables.plan import Conflict
from cpctrack.tables.problems import Problem
from cpctrack.tasks.import_tables import Intake, Outcome
from cpctrack.text import one_line, shorten

_CONTEXT = 4  # words shown on either side of what changed
_LONGEST = 40  # words shown of what changed
_WIDTH = 96
_INDENT = "    "


def as_json(intake: Intake, today: date) -> dict[str, Any]:
    """Give the plan as ``--json`` prints it: a contract with scripts."""
    return {
        "new": len(intake.new),
        "changed": len(intake.changed),
        "unchanged": intake.unchanged,
        "unclear": len(intake.unclear),
        "problems": [_conflict_row(name, conflict) for name, conflict in intake.conflicts],
        "records": [_row(outcome, today) for outcome in intake.outcomes],
        "missing": [record.ref for record in intake.missing],
        "unrecognised": _unrecognised(intake),
        "left_out": [
            {"file": log.name, "line": line, "text": text}
            for log in intake.logs
            for line, text in log.left_out
        ],
    }


def refusal(problems: Iterable[Problem]) -> dict[str, Any]:
    """Give what ``--json`` prints of files that are refused."""
    return {
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "unclear": 0,
        "problems": [
            {"file": one.file, "line": one.line, "message": one.message} for one in problems
        ],
        "records": [],
    }


def in_words(intake: Intake) -> str:
    """Describe the plan: what it comes to, then what a person should look at."""
    parts = [
        _heading(intake),
        *section("Unclear", _UNCLEAR, [_unclear(one) for one in intake.unclear]),
        *section("Exempt", _EXEMPT, list(_exempt(intake))),
        *section("Changed", "", [_changed(one) for one in intake.changed]),
        *section("Kept as they are here", _KEPT, [_kept(*one) for one in intake.conflicts]),
        *section(
            "Not in the file", _MISSING,
            [f"{one_line(one.ref)}  {shorten(one.text, 70)}" for one in intake.missing],
        ),
        *section("Lines left out", _LEFT_OUT, _left_out(intake)),
        *_other_columns(intake),
    ]  # fmt: skip
    return "\n".join(parts)


_UNCLEAR = "look at these; nothing in doubt was taken as completed, or as public"
_EXEMPT = "kept out of what the public reads"
_KEPT = "typed here, and the file says otherwise"
_MISSING = "of the same meetings; nothing is deleted"
_LEFT_OUT = "they stand between rows and are part of none"


def _heading(intake: Intake) -> str:
    lines = []
    for log in intake.logs:
        rows = _count(len(log.entries), "row")
        others = f", {_count(log.other_tables, 'other table')} passed over"
        lines.append(f"{one_line(log.name)}: {rows}{others if log.other_tables else ''}")
    counts = (
        (len(intake.new), "new", "green"),
        (len(intake.changed), "changed", "cyan"),
        (intake.unchanged, "unchanged", None),
        (len(intake.unclear), "unclear", "yellow"),
    )
    words = [
        click.style(f"{number} {word}", fg=colour if number else None, bold=bool(number))
        for number, word, colour in counts
    ]
    meetings = {outcome.record.meeting.key for outcome in intake.new}
    of = f" (of {_count(len(meetings), 'meeting')})" if meetings else ""
    lines.append(f"{words[0]}{of}, {', '.join(words[1:])}")
    if intake.outcomes:
        read = f"Status, as read: {_statuses(intake.outcomes)}"
        lines.append(fill(read, _WIDTH, subsequent_indent="  "))
    return "\n".join(lines)


def _statuses(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(outcome.record.status for outcome in outcomes)
    return ", ".join(
        f"{counts[status]} {status.words.lower()}" for status in Status if counts[status]
    )


def _unclear(outcome: Outcome) -> str:
    record = outcome.record
    start = f"line {outcome.draft.line}, {one_line(record.ref)}: "
    status = click.style(record.status.words.lower(), fg="yellow")
    text = shorten(record.text, _WIDTH - len(start) - len(record.status.words) - 6)
    reasons = [f"\n{_INDENT}{one_line(doubt)}" for doubt in outcome.doubts]
    if record.response:
        answer = shorten(record.response, _WIDTH - 16)
        reasons.append(click.style(f"\n{_INDENT}response: {answer}", dim=True))
    return f"{start}{status} – {text}{''.join(reasons)}"


def _exempt(intake: Intake) -> Iterator[str]:
    for outcome in intake.outcomes:
        record = outcome.record
        if record.exempt and not (outcome.before and outcome.before.exempt):
            why = shorten(named_paragraph(record.exempt_paragraph), _WIDTH // 2)
            start = f"line {outcome.draft.line}, {one_line(record.ref)}: {why} – "
            yield f"{start}{shorten(record.text, max(20, _WIDTH - len(start)))}"


def _changed(outcome: Outcome) -> str:
    assert outcome.before is not None
    head = f"line {outcome.draft.line}, {one_line(outcome.record.ref)}"
    lines = outcome.record.history[len(outcome.before.history) :]
    return head + "".join(f"\n{_INDENT}{_difference(line)}" for line in lines)


def _difference(change: Change) -> str:
    name = change.what.replace("_", " ")
    if change.what == "printed":
        return f"{name}: {shorten(_text(change.after), _WIDTH)}"
    before, after = differing(_text(change.before), _text(change.after))
    old = click.style(f"- {before or '(nothing)'}", fg="red")
    new = click.style(f"+ {after or '(nothing)'}", fg="green")
    if len(before) + len(after) + len(name) < _WIDTH - 10:
        return f"{name}: {old}  {new}"
    return f"{name}:\n{_INDENT}{_INDENT}{old}\n{_INDENT}{_INDENT}{new}"


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


def _kept(name: str, conflict: Conflict) -> str:
    where = f"{one_line(name)}, line {conflict.draft.line}, {one_line(conflict.record.ref)}"
    ours, theirs = _both(conflict)
    return (
        f"{where}: {conflict.field.replace('_', ' ')}\n"
        f"{_INDENT}here: {shorten(ours, _WIDTH)}\n{_INDENT}file: {shorten(theirs, _WIDTH)}"
    )


def _conflict_row(name: str, conflict: Conflict) -> dict[str, Any]:
    ours, theirs = _both(conflict)
    field = conflict.field.replace("_", " ")
    return {
        "file": name,
        "line": conflict.draft.line,
        "message": f"The {field} was typed here and the file gives another; ours is kept.",
        "ref": conflict.record.ref,
        "field": conflict.field,
        "ours": ours,
        "theirs": theirs,
    }


def _both(conflict: Conflict) -> tuple[str, str]:
    record, field = conflict.record, conflict.field
    ours = record.referred_to if field == "owner_text" else getattr(record, field)
    return _text(ours), _text(conflict.theirs)


def _row(outcome: Outcome, today: date) -> dict[str, Any]:
    return {
        **to_json(outcome.record, today),
        "outcome": "changed" if outcome.before else "new",
        "line": outcome.draft.line,
        "doubts": list(outcome.doubts),
    }


def _left_out(intake: Intake) -> list[str]:
    return [
        f"line {line}: {shorten(text, _WIDTH - 12)}"
        for log in intake.logs
        for line, text in log.left_out
    ]


def _unrecognised(intake: Intake) -> list[str]:
    return list(dict.fromkeys(name for log in intake.logs for name in log.unrecognised))


def _other_columns(intake: Intake) -> Iterator[str]:
    if names := _unrecognised(intake):
        listed = ", ".join(f"“{one_line(name)}”" for name in names[:_SHOWN])
        yield f"\n{click.style('Other columns', bold=True)}, kept with each record: {listed}"


def _text(value: Value | object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
