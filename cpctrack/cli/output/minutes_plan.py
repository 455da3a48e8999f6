"""What minutes hold and the store lacks, in words for a person and in JSON for scripts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cpctrack.cli.output import plan
from cpctrack.cli.output.due_words import Read, in_plan
from cpctrack.cli.output.plan import INDENT, WIDTH, section
from cpctrack.dates import long_date
from cpctrack.minutes.base import MinutesDraft
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Record
from cpctrack.render.words import named_paragraph
from cpctrack.tables.problems import RowProblem
from cpctrack.tasks.take_minutes import RESOLUTION, Sheet
from cpctrack.text import one_line, shorten

_MOST = 500  # drafts of a section: as many as anybody reads

_UNCLEAR = (
    "like what the store holds, or perhaps exempt; nothing in doubt was taken as known or as new"
)
_CANDIDATES = "not marked as actions; saved only where you pick them"


def as_json(sheet: Sheet, saved: Mapping[int, Record]) -> dict[str, Any]:
    """Give what ``--json`` prints: a contract with scripts."""
    meeting = sheet.meeting
    return {
        "new": len(sheet.new),
        "known": len(sheet.known),
        "unclear": len(sheet.unclear),
        "candidates": len(sheet.candidates),
        "problems": [],
        "meeting_date": meeting.date if meeting else None,
        "meeting_type": meeting.type if meeting else "",
        "committee": sheet.found.committee,
        "drafts": [_row(sheet, at, saved.get(at)) for at in range(len(sheet.asked))],
    }


def refusal(name: str, message: str) -> dict[str, Any]:
    """Give what ``--json`` prints of a file that is refused."""
    problems = [RowProblem(name, 0, message)]
    return plan.refusal(("new", "known", "unclear", "candidates"), "drafts", problems)


def _row(sheet: Sheet, at: int, saved: Record | None) -> dict[str, Any]:
    (draft, owners), standing, meeting = sheet.asked[at], sheet.standings[at], sheet.meeting
    said = draft._asdict()
    doubt = said.pop("doubt")
    del said["score"], said["features"], said["meant"]  # `--why` and owners tell of these
    return {
        **said,
        "owners": list(owners),
        "due": draft.due or None,
        "meeting_date": meeting.date if meeting else None,
        "meeting_type": meeting.type if meeting else "",
        "known": standing.known.ref if standing.known else None,
        "near": [record.ref for record in standing.near],
        "exempt": bool(draft.exempt_paragraph),
        "doubts": [doubt] if doubt else [],
        "saved": saved.ref if saved else None,
    }


def in_words(sheet: Sheet, saved: Mapping[int, Record], calendar: Calendar) -> str:
    """Describe what was found: what it comes to, then draft by draft."""
    title = "Saved" if saved else "New"
    parts = [
        heading(sheet),
        *section(title, "", _drafts(sheet, sheet.new, saved), _MOST),
        *in_plan(_dues(sheet, calendar)),
        *section("To look at", _UNCLEAR, _drafts(sheet, sheet.unclear, {}), _MOST),
        *section("Known already", "", _known(sheet), _MOST),
        *section("Said in passing", _CANDIDATES, candidates(sheet), _MOST),
    ]
    return "\n".join(parts)


def _dues(sheet: Sheet, calendar: Calendar) -> Iterator[Read]:
    for draft in map(sheet.draft, sheet.new):
        if sheet.meeting and draft.due_text and not draft.due:
            yield draft.due_text, calendar.last_day_of(draft.due_text, sheet.meeting.date)


def heading(sheet: Sheet) -> str:
    """Say which meeting's minutes these are and how many drafts there are of each sort."""
    of = f" of the {sheet.found.committee}" if sheet.found.committee else ""
    meeting = sheet.meeting
    when = f"{long_date(meeting.date)}, {meeting.type.value}" if meeting else "of an unknown day"
    counts = plan.counts(
        (len(sheet.new), "new", "green"),
        (len(sheet.known), "known", None),
        (len(sheet.unclear), "to look at", "yellow"),
        (len(sheet.candidates), "said in passing", None),
    )
    return f"{sheet.name}: minutes{of}, {when}\n{', '.join(counts)}"


def candidates(sheet: Sheet) -> list[str]:
    """Give a line on each draft that is not marked, best first."""
    lines = []
    for draft in map(sheet.draft, sheet.candidates):
        start = f"{where(draft)}: "
        lines.append(f"{start}{shorten(draft.text, max(40, WIDTH * 2 - len(start)))}")
    return lines


def _drafts(sheet: Sheet, places: Iterable[int], saved: Mapping[int, Record]) -> Iterator[str]:
    kinds = {RESOLUTION: " (decision)", "recommendation": " (recommendation)"}
    for at in places:
        draft = sheet.draft(at)
        ref = f"{one_line(saved[at].ref)}, " if at in saved else ""
        exempt = draft.exempt_paragraph
        facts = (
            ("referred to", _whom(draft, sheet.asked[at].owners)),
            ("due", draft.due_text),
            ("exempt", exempt and (draft.doubt or named_paragraph(exempt))),
        )
        lines = [
            f"{ref}{where(draft)}{kinds.get(draft.kind, '')}",
            shorten(draft.text, WIDTH * 2),
            *(f"{label}: {shorten(text, WIDTH - 16)}" for label, text in facts if text),
            *(f"like {like(record)}" for record in sheet.standings[at].near),
        ]
        yield f"\n{INDENT}".join(lines)


def _whom(draft: MinutesDraft, owners: Sequence[str]) -> str:
    """Say whom a draft is referred to, and that nobody is where nobody is named."""
    if not draft.owner:
        return "nobody is named" if draft.kind == "action" else ""
    saved = [owner for owner in owners if owner.casefold() not in draft.owner.casefold()]
    return f"{draft.owner} ({', '.join(saved)})" if saved else draft.owner


def where(draft: MinutesDraft) -> str:
    """Say where a draft stands: its line, and its agenda item where there is one."""
    return f"line {draft.line}{f', {shorten(draft.item, 60)}' if draft.item else ''}"


def like(record: Record) -> str:
    """Name a record that a draft is like: whose meeting's it is shows where it is another's."""
    start = f"{one_line(record.ref)} ({record.meeting.type.value}): "
    return f"{start}{shorten(record.text, WIDTH - len(start) - 10)}"


def _known(sheet: Sheet) -> Iterator[str]:
    for at in sheet.known:
        record = sheet.standings[at].known
        assert record is not None
        draft = sheet.draft(at)
        line = f"{one_line(record.ref)}, line {draft.line}: {shorten(draft.text, 70)}"
        if draft.exempt_paragraph and not record.exempt:
            line += (
                f"\n{INDENT}exempt in the minutes, public here; to keep it from the public: "
                f"“cpctrack update {one_line(record.ref)} --exempt PARAGRAPH”"
            )
        yield line
