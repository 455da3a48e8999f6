"""From the rows of a log to drafts of records, each with what was derived and what is in doubt."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import starmap

from cpctrack.dates import MONTHS, find_date, long_date
from cpctrack.due import read_due
from cpctrack.labels import (
    AGREED,
    ASKED,
    COLUMNS,
    DID_NOT_COME,
    EXECUTIVE,
    EXEMPT,
    EXEMPT_ONCE,
    FIRST_DUE,
    GOES_TO,
    NO_ANSWER,
    NO_DAY,
    OVERDUE,
    REOPENED,
    ROLLED_OVER,
    TO_AGREE,
)
from cpctrack.matching.owners import is_not_applicable, split_owners
from cpctrack.records.exempt import in_column, of_texts, strongest
from cpctrack.records.model import Draft, Kind, Meeting, MeetingType, Status, agreed, exempt_flags
from cpctrack.records.rolling import beside_year, year_in
from cpctrack.tables import status
from cpctrack.tables.around import day_in
from cpctrack.tables.columns import STATES
from cpctrack.tables.entries import STRUCK, Entry
from cpctrack.tables.headings import names
from cpctrack.tables.log import Log
from cpctrack.tables.meetings import read_day, read_type, type_in_date
from cpctrack.tables.problems import ProblemsError, RowProblem
from cpctrack.text import fold, shorten

MeetingOn = Callable[[str, MeetingType], Meeting]
"""Gives the meeting of an ISO day and a type."""

# The first of these columns that has something to say is the follow-up cell.
_STATUS_COLUMNS = ("follow_up", "status", "achieved", "rag", "percent")
# How the progress report prints that cell, where it has no column for it.
_NOTES = (OVERDUE, REOPENED, AGREED, GOES_TO, DID_NOT_COME, EXECUTIVE)
_PRINTED_BELOW = f"\n{COLUMNS['follow_up']}: "
# Alone, the words for what is to be agreed are the status itself.
_IN_REPORT = (*_NOTES, NO_ANSWER, f"{TO_AGREE} on ", f"{TO_AGREE};", NO_DAY, ROLLED_OVER)
_TEXTS = {
    "item": "item",
    "recommendation": "recommendation",
    "action": "action",
    "referrer": "referrer",
    "owner": "owner_text",
    "response": "response",
    "ref": "source_ref",
}
_COMPLETION = re.compile(r"^(?!.*\bactual).*\bcompletion\b", re.IGNORECASE)
_LONGEST_MEETING = 60  # letters of a cell that names one
_NOT_EXEMPT = frozenset(
    {"no", "n", "n/a", "none", "-", "open", "public", "false", "0", "not exempt", "part 1"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says of a table that does not say it itself."""

    day: str = ""
    type: MeetingType | None = None
    exempt: str = ""  # the paragraph by which all of it is
    today: str = ""  # ISO; where it is known, nothing was completed after it


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
    for entry in progress(_planned(log.entries, told.today)):
        if not any(entry.cells.get(meaning) for meaning in _CONTENT) and not entry.others:
            continue
        try:
            day, type_, doubt = _meeting(entry, told)
            draft = _draft(entry, log, meeting_on(day, type_), told)
            drafts.append(draft._replace(doubts=(*filter(None, [doubt]), *draft.doubts)))
        except _UnfitError as error:
            problems.append(RowProblem(log.name, entry.line, str(error)))
    if problems:
        raise ProblemsError(problems)
    return drafts


_ENDED = frozenset({Status.PROPOSED, Status.DEFERRED, Status.NOT_PROCEEDING, Status.SUPERSEDED})
_CONTENT = (*_TEXTS, *_STATUS_COLUMNS, "due", "revised_due", "completed_on")


class _UnfitError(Exception):
    """Why a row can't become a record, as a sentence."""


def _planned(entries: Sequence[Entry], today: str) -> Sequence[Entry]:
    """Take a “Completion date” for the due date where one of its days is still to come.

    So it is where no other column says when an action is due, and nobody has said what it means.
    """

    def is_plan(entry: Entry) -> bool:
        return (
            entry.layout is None
            and "due" not in entry.cells
            and "revised_due" not in entry.cells
            and _COMPLETION.search(entry.headings.get("completed_on", "")) is not None
        )

    plans = {
        entry.headings["completed_on"]
        for entry in entries
        if is_plan(entry) and _day(entry, entry.cells.get("completed_on", "")) > today > ""
    }
    return [
        replace(entry, cells=_moved(entry.cells), headings=_moved(entry.headings))
        if is_plan(entry) and entry.headings["completed_on"] in plans
        else entry
        for entry in entries
    ]


def _moved(by_meaning: Mapping[str, str]) -> dict[str, str]:
    return {
        "due" if meaning == "completed_on" else meaning: text
        for meaning, text in by_meaning.items()
    }


def _meeting(entry: Entry, told: Told) -> tuple[str, MeetingType, str]:
    """Give the day and type of the row's meeting, and the doubt about it if there is one.

    Its own cell names it, else what stands above it, else the user, else the table's title.
    """
    date_cell = entry.cells.get("meeting_date", "")
    given = "" if date_cell else entry.given.get("meeting_date", "")
    day = _day(entry, date_cell or given)
    doubt = (
        f"its meeting is the one above, {given}" if given and "meeting_date" in entry.cells else ""
    )
    if not day and (date_cell or given) and told.day:
        said = shorten(date_cell or given, 40)
        doubt = f"“{said}” is no date of a meeting; the one that was given stands for it"
    if not day and not (date_cell or given) and not told.day:
        day = entry.given.get("title_meeting_date", "")
        doubt = "its meeting is named only in the title of the table" if day else ""
    day = day or told.day
    if date_cell and not day:
        raise _UnfitError(
            f"“{shorten(date_cell, 40)}” is no date of a meeting; write it like 15/3/2023, or give "
            "one for all such rows with --meeting."
        )
    if not day and "meeting_date" in entry.cells:
        raise _UnfitError(
            "the row has no date of a meeting; fill it in, or give one for all with --meeting."
        )
    if not day:
        raise _UnfitError("no column gives the date of the meeting; say it with --meeting.")
    type_cell = entry.cells.get("meeting_type") or entry.given.get("meeting_type", "")
    type_ = (
        read_type(type_cell)
        or type_in_date(date_cell or given)
        or (None if type_cell else told.type)
    )
    if type_:
        return day, type_, doubt
    if type_cell:
        raise _UnfitError(
            f"“{shorten(type_cell, 40)}” is no type of meeting; write Formal or Informal."
        )
    raise _UnfitError(
        "nothing says whether the meeting was formal or informal; say it with --type."
    )


def _day(entry: Entry, text: str) -> str:
    """Read the day of a meeting; beside one there may stand whose it was (“Board 07/04/09”)."""
    day = read_day(text, month_first=entry.month_first)
    return day or (
        day_in(text, month_first=entry.month_first) if len(text) <= _LONGEST_MEETING else ""
    )


def _draft(entry: Entry, log: Log, meeting: Meeting, told: Told) -> Draft:
    if not agreed(entry.cells):
        raise _UnfitError("the row has no action; fill it in, or take the row out.")
    cells = dict(entry.cells)
    fields: dict[str, object] = {}
    printed = dict(entry.others)
    paragraph, doubt = read_exempt(cells, entry, told.exempt)
    if paragraph:
        fields["exempt_paragraph"] = paragraph
    if log.progress and "response" in cells:
        cells["response"] = _without_notes(cells["response"], (ASKED,))
    fields |= {name: cells[meaning] for meaning, name in _TEXTS.items() if meaning in cells}
    named = cells.get("meeting_date", "")
    if named and not read_day(named, month_first=entry.month_first):
        _keep(printed, entry, "meeting_date", named)  # whose it was, or what can't be read
    if item := cells.get("item") or entry.given.get("item"):
        fields["item"] = item
    above = entry.given.get("owner", "") if not cells.get("owner") else ""
    if "owner" in cells or above:
        fields["owners"] = split_owners(cells.get("owner") or above)
    earlier_due, due_doubts = _read_due(cells, entry, fields, printed)
    reading = _read_status(cells, entry, log, fields, printed, told.today)
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
        doubts=(*filter(None, [entry.struck, doubt]), *entry.doubts, *due_doubts, *doubts),
        earlier_due=earlier_due,
    )


def read_exempt(cells: dict[str, str], entry: Entry, all_by: str) -> tuple[str, str]:
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
    own = of_texts(
        cells.get("item") or entry.given.get("item", ""), [*texts, *entry.others.values()]
    )
    headed = [
        (entry.headings[each], cell) for each, cell in cells.items() if each in entry.headings
    ]
    said = starmap(in_column, [*entry.others.items(), *headed])
    says = strongest([own, entry.under, *said])
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
    cells: Mapping[str, str],
    entry: Entry,
    fields: dict[str, object],
    printed: dict[str, str],
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Read when it is due; give the dates before (ISO and as printed), and the doubts.

    A revised date counts, but where it can't be read the one before does.
    """
    if "due" not in cells and "revised_due" not in cells:
        return (), []
    due, revised = (
        read_due(cells.get(name, "").partition(f"\n{FIRST_DUE}")[0], month_first=entry.month_first)
        for name in ("due", "revised_due")
    )
    doubts = [f"the due date {due.why}"] if due.why else []
    doubts += [f"the revised due date {revised.why}"] if revised.why else []
    says_nothing = not revised.text or (due.text and is_not_applicable(revised.text))
    when = due if says_nothing or (due.is_time and not revised.is_time) else revised
    if due.text and revised.text:
        column, kept = ("due", due) if when is revised else ("revised_due", revised)
        _keep(printed, entry, column, kept.text)
        if when is due and not revised.why and not says_nothing:
            doubts.append(f"the revised due date “{shorten(revised.text, 60)}” names no time")
    text = when.text
    if when.earlier and when.moment and not when.iso:  # what it was before goes into the history
        text = when.moment.text
        if not read_due(text).moment:  # “May 16” is a month only beside it
            text = f"{MONTHS[when.moment.last.month - 1]} {when.moment.last.year}"
        _keep(printed, entry, "revised_due" if when is revised else "due", when.text)
    fields |= {"due": when.iso, "due_text": text}
    last = when.moment.last if when.moment else date.max
    before = {one.last: one for one in (*when.earlier, *due.earlier, *filter(None, [due.moment]))}
    if max(before, default=last) > last:
        doubts.append(f"the revised due date “{shorten(when.text, 60)}” is before the first one")
    earlier = [(one.iso, one.text) for day, one in sorted(before.items()) if day < last]
    if when is revised and due.is_time and not due.moment:
        earlier.insert(0, ("", due.text))
    return tuple(earlier), doubts


def _read_status(
    cells: dict[str, str],
    entry: Entry,
    log: Log,
    fields: dict[str, object],
    printed: dict[str, str],
    today: str,
) -> status.Derived:
    if log.progress:
        said, _, below = _without_notes(cells["status"], _IN_REPORT).partition(_PRINTED_BELOW)
        cells |= {"status": said, "follow_up": below or cells.get("follow_up", "")}
    columns = [column for column in _STATUS_COLUMNS if column in cells]
    chosen = next((column for column in columns if cells[column]), columns[0] if columns else "")
    for column in columns:
        if column != chosen and cells[column]:
            _keep(printed, entry, column, cells[column])
    completed = cells.get("completed_on", "")
    if completed:
        _keep(printed, entry, "completed_on", completed)
    cell = _without_notes(cells.get(chosen, ""))
    if columns:
        fields["follow_up"] = cell
    cells[chosen] = cell = _without_year(cell, fields)
    one_column = entry.headings.get("due", "") == entry.headings.get("completed_on")
    if one_column and not status.closes(cell):
        completed = ""  # it is the day by which it is due
    response = cells.get("response", "")
    reading = _status(entry, response, cell, chosen, completed)
    reading = _doubted(reading, goes_on=not cell and "rolled_to" in fields)
    if log.ours:  # what was typed into our own sheet counts against what we have printed there
        return reading
    if reading.status is Status.COMPLETED:
        reading = _agreeing(reading, entry, cell, [(each, cells[each]) for each in columns])
    if reading.status is Status.COMPLETED and today:
        return _not_to_come(reading, entry, response, cell, chosen, completed, today)
    return reading


def _without_year(cell: str, fields: dict[str, object]) -> str:
    """Take the year that an action was rolled over to, which says nothing of how it stands."""
    if year := year_in(cell):
        fields["rolled_to"] = year
    return beside_year(cell)


def _doubted(reading: status.Derived, *, goes_on: bool) -> status.Derived:
    """Doubt a response that says that an action is done, where it was rolled over and goes on."""
    if not goes_on or reading.status not in status.CLOSING:
        return reading
    doubt = "the follow-up says that it was rolled over, the response that it is done"
    return replace(reading, doubts=(*reading.doubts, doubt))


def _not_to_come(
    reading: status.Derived,
    entry: Entry,
    response: str,
    cell: str,
    chosen: str,
    completed: str,
    today: str,
) -> status.Derived:
    """Take an action that is to be completed on a day to come for what its other cells say."""
    own = day_in(cell, month_first=entry.month_first)
    last = max(reading.completed_on, own, day_in(completed, month_first=entry.month_first))
    if last <= today:
        return reading
    reading = _status(entry, response, "" if own > today else cell, chosen, "")
    done = reading.status is Status.COMPLETED
    why = f"the day it was completed, {long_date(last)}, is still to come"
    return replace(
        reading,
        status=Status.PROPOSED if done else reading.status,
        completed_on="",
        doubts=(*reading.doubts, why),
    )


def _agreeing(
    reading: status.Derived, entry: Entry, cell: str, cells: Sequence[tuple[str, str]]
) -> status.Derived:
    """Keep an action from being completed where another column says that it is not.

    Of several columns of one kind the others are kept, and have their say as well.
    """
    others = [("achieved", entry.cells.get("completed_on", "")), *cells]
    others += [
        (meaning, other)
        for name, other in entry.others.items()
        if (meaning := names(name.rpartition(" (")[0] or name)) in STATES
    ]
    for column, other in others:
        if other in ("", cell) or find_date(other, month_first=entry.month_first):
            continue
        says = status.derive(response="", follow_up=other, column=column).status
        if says not in status.CLOSING and status.colour_of(other, column) != "green":
            doubt = f"one column says “{shorten(cell, 40)}”, another “{shorten(other, 40)}”"
            return status.Derived(says, doubts=(*reading.doubts, doubt))
    return reading


def _status(entry: Entry, response: str, cell: str, chosen: str, completed: str) -> status.Derived:
    """Tell how far an action has come: by what was taught, by its cell, or by what is around it."""
    taught = {
        fold(word): meant for word, meant in (entry.layout.status if entry.layout else {}).items()
    }
    if cell and fold(cell) in taught:
        if meant := taught[fold(cell)]:
            done = find_date(completed, month_first=entry.month_first)
            on = done.isoformat() if done and meant is Status.COMPLETED else ""
            return status.Derived(meant, on)
        cell = ""  # somebody has said that it means nothing
    if explained := entry.keys.get(status.colour_of(cell, chosen)):
        return status.derive(response=response, follow_up=explained.words, column="status")
    above = entry.given.get("status") or entry.given.get("title_status") or ""
    is_bare = not cell or (status.is_all(cell, chosen) and status.closes(above))
    if is_bare and not completed and (entry.says or above):
        read = status.derive(response=response, follow_up=entry.says or above, column="status")
        doubt = f"that it is {read.status.words.lower()} stands above the row, not in it"
        return read if entry.says else replace(read, doubts=(*read.doubts, doubt))
    if not cell and status.asked("achieved", entry.headings.get("completed_on", "")) == "status":
        cell, chosen, completed = completed, "status", ""
    read = status.derive(
        response=response,
        follow_up=cell,
        column=status.asked(chosen, entry.headings.get(chosen, "")) if chosen else "follow_up",
        completed=completed,
        month_first=entry.month_first,
    )
    if not cell and not completed and "follow_up" not in entry.headings and read.status in _ENDED:
        doubt = f"that it is {read.status.words.lower()} is read from its response alone"
        return replace(read, doubts=(*read.doubts, doubt))
    return read


def _keep(printed: dict[str, str], entry: Entry, meaning: str, text: str) -> None:
    """Keep a cell that no field holds, where it is not kept whole already for all it says."""
    if meaning in entry.headings:
        printed.setdefault(entry.headings[meaning], text)


def _without_notes(cell: str, notes: tuple[str, ...] = _NOTES) -> str:
    """Take away the lines that our documents add: late, reopened, agreed, or answered."""
    lines = cell.split("\n")
    while lines and lines[-1].startswith(notes):
        lines.pop()
    return "\n".join(lines)


def _kind(cells: Mapping[str, str], derived: Status) -> Kind:
    """Tell a decision, on which nobody has to act, and a recommendation from an action."""
    if is_not_applicable(cells.get("owner", "")):
        unanswered = not (cells.get("response") or cells.get("follow_up"))
        if derived is Status.NO_FOLLOW_UP or unanswered:
            return Kind.DECISION
    return Kind.ACTION if cells.get("action") else Kind.RECOMMENDATION
