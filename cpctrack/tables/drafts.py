"""From the rows of a log to drafts of records, each with what was derived and what is in doubt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cpctrack.due import read_due
from cpctrack.labels import AGREED, COLUMNS, EXEMPT, EXEMPT_ONCE, FIRST_DUE, OVERDUE, REOPENED
from cpctrack.matching.owners import is_not_applicable, split_owners
from cpctrack.records.exempt import of_texts, strongest
from cpctrack.records.model import Draft, Kind, Meeting, MeetingType, Status, agreed, exempt_flags
from cpctrack.tables import status
from cpctrack.tables.log import STRUCK, Entry, Log
from cpctrack.tables.meetings import read_day, read_type, type_in_date
from cpctrack.tables.problems import ProblemsError, RowProblem
from cpctrack.text import fold, shorten

MeetingOn = Callable[[str, MeetingType], Meeting]
"""Gives the meeting of an ISO day and a type."""

# The first of these columns that has something to say is the follow-up cell.
_STATUS_COLUMNS = ("follow_up", "status", "achieved", "rag", "percent")
# How the progress report prints that cell, where it has no column for it.
_PRINTED_BELOW = f"\n{COLUMNS['follow_up']}: "
_TEXTS = {
    "item": "item",
    "recommendation": "recommendation",
    "action": "action",
    "referrer": "referrer",
    "owner": "owner_text",
    "response": "response",
    "ref": "source_ref",
}
_NOT_EXEMPT = frozenset(
    {"no", "n", "n/a", "none", "-", "open", "public", "false", "0", "not exempt", "part 1"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says of a table that does not say it itself."""

    day: str = ""
    type: MeetingType | None = None
    exempt: str = ""  # the paragraph by which all of it is


def make_drafts(
    log: Log,
    meeting_on: MeetingOn,
    told: Told,
    progress: Callable[[Sequence[Entry]], Iterable[Entry]] = iter,
) -> list[Draft]:
    """Make a draft of every row, in their order; `progress` hands the rows on.

    A draft's fields are those the table has columns for. Raises `ProblemsError` with every row
    whose meeting can't be told or that holds no action.
    """
    problems: list[RowProblem] = []
    drafts = []
    for entry in progress(log.entries):
        if not any(entry.cells.get(meaning) for meaning in _CONTENT) and not entry.others:
            continue
        try:
            day, type_ = _meeting(entry, told)
            drafts.append(_draft(entry, log, meeting_on(day, type_), told.exempt))
        except _UnfitError as error:
            problems.append(RowProblem(log.name, entry.line, str(error)))
    if problems:
        raise ProblemsError(problems)
    return drafts


_CONTENT = (*_TEXTS, *_STATUS_COLUMNS, "due", "revised_due", "completed_on")


class _UnfitError(Exception):
    """Why a row can't become a record, as a sentence."""


def _meeting(entry: Entry, told: Told) -> tuple[str, MeetingType]:
    date_cell = entry.cells.get("meeting_date", "")
    day = read_day(date_cell) or ("" if date_cell else told.day)
    if date_cell and not day:
        said = shorten(date_cell, 40)
        raise _UnfitError(f"“{said}” is no date of a meeting; write it like 15/3/2023.")
    if not day and "meeting_date" in entry.cells:
        raise _UnfitError(
            "the row has no date of a meeting; fill it in, or give one for all with --meeting."
        )
    if not day:
        raise _UnfitError("no column gives the date of the meeting; say it with --meeting.")
    type_cell = entry.cells.get("meeting_type", "")
    type_ = read_type(type_cell) or type_in_date(date_cell) or (None if type_cell else told.type)
    if type_:
        return day, type_
    if type_cell:
        raise _UnfitError(
            f"“{shorten(type_cell, 40)}” is no type of meeting; write Formal or Informal."
        )
    raise _UnfitError(
        "nothing says whether the meeting was formal or informal; say it with --type."
    )


def _draft(entry: Entry, log: Log, meeting: Meeting, exempt_by: str) -> Draft:
    if not agreed(entry.cells):
        raise _UnfitError("the row has no action; fill it in, or take the row out.")
    cells = dict(entry.cells)
    fields: dict[str, object] = {}
    printed = dict(entry.others)
    paragraph, doubt = _read_exempt(cells, entry, exempt_by)
    if paragraph:
        fields["exempt_paragraph"] = paragraph
    fields |= {name: cells[meaning] for meaning, name in _TEXTS.items() if meaning in cells}
    if "owner" in cells:
        fields["owners"] = split_owners(cells["owner"])
    earlier_due, due_doubts = _read_due(cells, log, fields, printed)
    reading = _read_status(cells, log, fields, printed)
    if entry.struck == STRUCK and reading.status is Status.COMPLETED:
        reading = replace(reading, status=Status.OPEN, completed_on="")
    fields["kind"] = kind = _kind(cells, reading.status)
    fields["status"] = Status.NO_FOLLOW_UP if kind is Kind.DECISION else reading.status
    fields["completed_on"] = reading.completed_on
    if printed:
        fields["printed"] = printed
    doubts = [] if kind is Kind.DECISION else list(reading.doubts)
    if kind is not Kind.DECISION and "" < reading.completed_on < meeting.date:
        doubts.append("it was completed before its meeting")
    return Draft(
        meeting=meeting,
        fields=fields,
        source=f"{log.name}, line {entry.line}",
        line=entry.line,
        doubts=(*filter(None, [entry.struck, doubt]), *due_doubts, *doubts),
        earlier_due=earlier_due,
    )


def _read_exempt(cells: dict[str, str], entry: Entry, all_by: str) -> tuple[str, str]:
    """Read what keeps a row from the public, and the doubt about it if there is one.

    A column says it, the line that our documents add to Item, or the words of any cell or of a
    line above; `all_by` is the paragraph by which everything is.
    """
    stated = cells.get("exempt", "").strip()
    item, _, last = cells.get("item", "").rpartition("\n")
    if last.startswith((EXEMPT, EXEMPT_ONCE)):
        cells["item"] = item
        stated = last.partition(": ")[2].removeprefix("paragraph ").strip()
    texts = [cell for meaning, cell in cells.items() if meaning not in ("item", "exempt")]
    own = of_texts(cells.get("item", ""), [*texts, *entry.others.values()])
    says = strongest([own, entry.under])
    flags = [entry.others[name] for name in exempt_flags(entry.others)]
    if stated and fold(stated) not in _NOT_EXEMPT:
        return stated if stated[0].isdecimal() else (says and says.paragraph) or stated, ""
    if says and stated:
        says = says._replace(doubt=True)
    if all_by:
        return (says and says.paragraph) or all_by, ""
    if says:
        return says.kept, says.why
    flag = next((flag for flag in flags if fold(flag) not in _NOT_EXEMPT), "")
    return shorten(flag, 60), ""


def _read_due(
    cells: Mapping[str, str], log: Log, fields: dict[str, object], printed: dict[str, str]
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Read when it is due; give the dates before (ISO and as printed), and the doubts.

    A revised date counts, but where it can't be read the one before does.
    """
    if "due" not in cells and "revised_due" not in cells:
        return (), []
    due, revised = (
        read_due(cells.get(name, "").partition(f"\n{FIRST_DUE}")[0])
        for name in ("due", "revised_due")
    )
    doubts = [f"the due date {due.why}"] if due.why else []
    doubts += [f"the revised due date {revised.why}"] if revised.why else []
    when = due if not revised.text or (due.is_time and not revised.is_time) else revised
    if due.text and revised.text:
        column, kept = ("due", due) if when is revised else ("revised_due", revised)
        printed[log.headers[column]] = kept.text
        if when is due and not revised.why and not is_not_applicable(revised.text):
            doubts.append(f"the revised due date “{shorten(revised.text, 60)}” names no time")
    fields |= {"due": when.iso, "due_text": when.text}
    last = when.moment.last if when.moment else date.max
    before = {one.last: one for one in (*when.earlier, *due.earlier, *filter(None, [due.moment]))}
    if max(before, default=last) > last:
        doubts.append(f"the revised due date “{shorten(when.text, 60)}” is before the first one")
    earlier = [(one.iso, one.text) for day, one in sorted(before.items()) if day < last]
    if when is revised and due.is_time and not due.moment:
        earlier.insert(0, ("", due.text))
    return tuple(earlier), doubts


def _read_status(
    cells: dict[str, str], log: Log, fields: dict[str, object], printed: dict[str, str]
) -> status.Derived:
    if log.progress:
        said, _, below = _without_notes(cells["status"]).partition(_PRINTED_BELOW)
        cells |= {"status": said, "follow_up": below or cells.get("follow_up", "")}
    columns = [column for column in _STATUS_COLUMNS if column in cells]
    chosen = next((column for column in columns if cells[column]), columns[0] if columns else "")
    for column in columns:
        if column != chosen and cells[column]:
            printed[log.headers[column]] = cells[column]
    completed = cells.get("completed_on", "")
    if completed:
        printed[log.headers["completed_on"]] = completed
    cell = _without_notes(cells.get(chosen, ""))
    if columns:
        fields["follow_up"] = cell
    return status.derive(
        response=cells.get("response", ""),
        follow_up=cell,
        column=chosen or "follow_up",
        completed=completed,
    )


def _without_notes(cell: str) -> str:
    """Take away the lines that our documents add: that it is late, was reopened or agreed."""
    lines = cell.split("\n")
    while lines and lines[-1].startswith((OVERDUE, REOPENED, AGREED)):
        lines.pop()
    return "\n".join(lines)


def _kind(cells: Mapping[str, str], derived: Status) -> Kind:
    """Tell a decision, on which nobody has to act, and a recommendation from an action."""
    if is_not_applicable(cells.get("owner", "")):
        unanswered = not (cells.get("response") or cells.get("follow_up"))
        if derived is Status.NO_FOLLOW_UP or unanswered:
            return Kind.DECISION
    return Kind.ACTION if cells.get("action") else Kind.RECOMMENDATION
