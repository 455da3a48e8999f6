"""Records as plain text: whole and one a line for a pipe, or one alone with its history."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from cpctrack.dates import long_date, short_date
from cpctrack.records import asking, links
from cpctrack.records.attention import Reason, reason_of
from cpctrack.records.calendar import Calendar
from cpctrack.records.fields import Field, Holds
from cpctrack.records.model import (
    FIELDS,
    LISTS,
    TWIN,
    Change,
    Kind,
    Link,
    Record,
    Status,
    Value,
    words_of,
)
from cpctrack.records.query import Dated, Event
from cpctrack.text import clean, one_line

_LABEL = 16
_LEAST_TEXT = 20

_COLUMNS = [each.name for each in FIELDS if each.column]
TSV_COLUMNS = (
    "ref", "status", "overdue", "meeting_type", "meeting_date", "municipal_year", "kind", *_COLUMNS,
    "attention",
)  # fmt: skip
_cells_of = attrgetter(*_COLUMNS)
_RESPONSE = [each.name for each in FIELDS].index("response")
_OWNERS = _COLUMNS.index("owners")
HISTORY_COLUMNS = ("at", "by", "ref", "via", "change", "from", "to")


def tsv(records: Iterable[Dated]) -> Iterator[str]:
    """Write one record a line under a header line, each text whole.

    Tabs and line ends within a text become spaces; ``list --json`` keeps them.
    """
    yield "\t".join(TSV_COLUMNS) + "\n"
    for record, calendar, _ in records:
        cells = _tsv_cells(record, calendar)
        # Nearly every cell is one clean line, which is quicker to see than to make.
        clean_cells = cells if "".join(cells).isprintable() else map(one_line, cells)
        yield "\t".join(clean_cells) + "\n"


def _tsv_cells(record: Record, calendar: Calendar) -> Sequence[str]:
    meeting, cells = record.meeting, list(_cells_of(record))
    cells[_OWNERS] = "; ".join(cells[_OWNERS])
    reason = reason_of(record, calendar) or ""
    late = reason if reason is Reason.OVERDUE else ""
    start = record.ref, record.status, late, meeting.type, meeting.date, meeting.year, record.kind
    return (*start, *cells, reason)


def history_tsv(told: Iterable[Event]) -> Iterator[str]:
    """Write one change a line under a header line, each text whole."""
    yield "\t".join(HISTORY_COLUMNS) + "\n"
    for ref, change in told:
        cells = (change.at, change.by, ref, change.via, change.what, change.before, change.after)
        yield "\t".join(one_line(_words(cell)) for cell in cells) + "\n"


def history_lines(told: Sequence[Event], width: int) -> Iterator[str]:
    """Write one change a line: when, of which record, by whom and what; fitted to the window."""
    room = max((len(one_line(ref)) for ref, _ in told), default=0)
    for ref, change in told:
        start = f"{moment(change.at):17}  {one_line(ref):{room}}"
        yield _filled(f"{start}  {_who_and_what(change)}", width)


def count_line(records: Sequence[Dated], *, noun: str = "record") -> str:
    """Count records in one sentence: 14 records: 6 open, 8 completed; 2 overdue."""
    counts = Counter(record.status for record, *_ in records)
    parts = [f"{counts[status]} {status.words.lower()}" for status in Status if counts[status]]
    overdue = sum(each.overdue for each in records)
    plural = noun if len(records) == 1 else noun + "s"
    line = f"{len(records)} {plural}"
    if parts:
        line += ": " + ", ".join(parts)
    return f"{line}; {overdue} overdue." if overdue else f"{line}."


def describe(record: Record, calendar: Calendar, *, history: bool = False, width: int = 0) -> str:
    """Write everything on one record, a label and its text a line, wrapped to `width` if given."""
    from cpctrack.render.words import slippage  # not for a list, which is many and quick

    meeting = record.meeting
    held = f"{meeting.type.value.capitalize()}, {long_date(meeting.date)}, {meeting.year}"
    fields = [("Meeting", held)]
    for field in sorted(FIELDS, key=_place):
        if field.label:
            fields.append((field.label, _shown(field, record, calendar)))
        if field.name == "due_text":
            fields.append(("Moved", slippage(record)))
        if field.name == "response" and (asked := asking.waits(record)):
            waits = (_asked(one.owner, one.reply_by, one.number) for one in asked)
            fields.append(("Not answered", "\n".join(waits)))
    fields += [(f"As printed, {name}", cell) for name, cell in record.printed.items()]
    lines = [clean(record.ref), *(_labelled(name, text, width) for name, text in fields if text)]
    if history:
        lines += ["", "History", *(_history_line(change, width) for change in record.history)]
    return "\n".join(lines)


def _place(field: Field) -> int:
    """Sort how it stands before what was answered."""
    if field.name in ("status", "completed_on", "agreed_on"):
        return 1
    return 0 if FIELDS.index(field) < _RESPONSE else 2


def _shown(field: Field, record: Record, calendar: Calendar) -> str:
    from cpctrack.render.words import paragraph

    match field.name:
        case "kind":
            return record.kind.value.capitalize() if record.kind is not Kind.ACTION else ""
        case "owners":
            return record.referred_to
        case "due_text":
            return _due(record, calendar)
        case "goes_to":
            return _goes_to(record, calendar)
        case "status":
            reason = reason_of(record, calendar)
            return record.status.words + (f" ({reason.words})" if reason else "")
        case "acceptance":
            return record.acceptance.words if record.acceptance else ""
        case "links":
            return "\n".join(map(links.in_words, record.linked))
        case "exempt_paragraph":
            return paragraph(record) if record.exempt else ""
    value = getattr(record, field.name)
    if field.holds is Holds.DATE:
        return long_date(value)
    return "\n".join(value) if field.name in LISTS else str(value)


def _goes_to(record: Record, calendar: Calendar) -> str:
    held = calendar.held_on(record.goes_to)
    moved = f", moved from {long_date(record.goes_to)}" if held != record.goes_to else ""
    missed = ", and did not come" if calendar.did_not_come(record) else ""
    if not missed and held in calendar.cancelled:
        missed = ", which is cancelled"
    return f"{long_date(held)}{moved}{missed}"


def _due(record: Record, calendar: Calendar) -> str:
    if not record.due:
        last = calendar.last_day(record)
        return f"{record.due_text} (by {long_date(last.isoformat())})" if last else record.due_text
    day = long_date(record.due)
    if record.due_text not in ("", record.due, day):
        return f"{day} (given as “{record.due_text}”)"
    return day


def _labelled(label: str, text: str, width: int) -> str:
    first = f"  {one_line(label) + ':':<{_LABEL}} "
    lines = clean(text).split("\n")
    if width:
        from textwrap import wrap

        room = max(_LEAST_TEXT, width - len(first))
        lines = [part for line in lines for part in wrap(line, room) or [""]]
    return first + ("\n" + " " * (_LABEL + 3)).join(lines)


def _history_line(change: Change, width: int) -> str:
    return _filled(f"  {moment(change.at)}  {_who_and_what(change)}", width)


def moment(at: str) -> str:
    """Write when something changed: 1 Jul 2023 09:30."""
    return one_line(f"{short_date(at[:10])} {at[11:16]}")


def in_words(change: Change) -> str:
    """Say what changed: status from “open” to “completed”."""
    if change.what in ("added", "imported"):
        source = _words(change.after)
        return one_line(f"{change.what} from {source}" if source else change.what)
    if change.what == TWIN:
        return one_line(
            f"also taken in as {_words(change.before)} from {_words(change.after) or 'hand'}"
        )
    if change.what in (asking.ASKED, asking.ANSWERED) and isinstance(change.after, tuple):
        return _of_asking(change.what, (*change.after, "", "", ""))
    if change.what == "links" and (new := _new_links(change)):
        since = f", first agreed on {short_date(change.meeting)}" if change.meeting else ""
        return one_line(new + since)
    words = f"{words_of(change.what)} from {_quoted(change.before)} to {_quoted(change.after)}"
    decided = f" (meeting of {short_date(change.meeting)})" if change.meeting else ""
    return one_line(f"{words}{decided}: {change.reason}" if change.reason else words + decided)


def _of_asking(what: str, said: Sequence[str]) -> str:
    if what == asking.ANSWERED:
        sender, day, *_ = said
        on = f" on {short_date(day)}" if day else ""
        return one_line(f"answered by {sender}{on}" if sender else f"answered{on}")
    number, owner, reply_by, *_ = said
    return one_line(f"asked {_asked(owner, reply_by, number)}")


def _asked(owner: str, reply_by: str, number: str) -> str:
    by = f", to answer by {long_date(reply_by)}" if reply_by else ""
    return f"{owner}{by}" + (f" ({number})" if number else "")


def _new_links(change: Change) -> str:
    texts = [each for each in change.after if " " in each and each not in change.before]
    words = [links.in_words(Link(*text.split(" ", 2))) for text in texts]
    return "; ".join(each[:1].lower() + each[1:] for each in words)


def _who_and_what(change: Change) -> str:
    return one_line(f"{change.by}: {in_words(change)}")


def _filled(line: str, width: int) -> str:
    if not width:
        return line
    from textwrap import fill

    return fill(line, width, subsequent_indent=" " * 4)


def _quoted(value: Value) -> str:
    return f"“{_words(value)}”" if value else "nothing"


def _words(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else value
