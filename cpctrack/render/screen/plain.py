"""Records as plain text: whole and one a line for a pipe, or one alone with its history."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from cpctrack.dates import find_date, length_in_words, long_date, short_date
from cpctrack.labels import BETWEEN
from cpctrack.records import asking, links
from cpctrack.records.ageing import DUE_FIELDS, extensions
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
    split_item,
    words_of,
)
from cpctrack.records.query import Dated, Event
from cpctrack.records.refs import split_ref
from cpctrack.text import clean, counted, one_line, shorten

_GAP = "  "
_LABEL = 16
_LEAST_TEXT = 20
_LEAST_NAME, _LINE = 15, 65  # of a line of history: any change of status is whole at 80
_MOST_NAME = 26
_TOLD = frozenset({"item", "recommendation", "action", "owners", "response", "status"})
_WHOLE = frozenset({"added", "imported", TWIN, asking.ASKED, asking.ANSWERED, "links"})
# What need not be said of a change where the same command changed one of these as well.
_TWINS = {"due": {"due_text"}, "owner_text": {"owners"}}
_SAID_BY = {**_TWINS, "completed_on": {"agreed_on", "status"}, "status": {"agreed_on"}}
_LABELS = {each.name: each.label for each in FIELDS}
_LONGEST = 60  # letters of a due date in words
_STATUSES = frozenset(Status)

_COLUMNS = [each.name for each in FIELDS if each.column]
TSV_COLUMNS = (
    "ref", "status", "overdue", "meeting_type", "meeting_date", "municipal_year", "kind", *_COLUMNS,
    "attention",
)  # fmt: skip
_cells_of = attrgetter(*_COLUMNS)
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
    from textwrap import fill

    room = max((len(one_line(ref)) for ref, _ in told), default=0)
    for ref, change in told:
        start = f"{moment(change.at):17}  {one_line(ref):{room}}"
        who_and_what = one_line(f"{change.by}: {in_words(change)}")
        yield fill(f"{start}  {who_and_what}", width, subsequent_indent=" " * 4)


def command_lines(told: Sequence[Event], width: int) -> Iterator[str]:
    """Write what each command did, the last one first, a line for all that it did alike.

    A line that is longer than the window is cut.
    """
    several = len({split_ref(ref)[0] for ref, _ in told}) > 1
    shown = {ref: one_line(ref) if several else short_ref(ref) for ref, _ in told}
    who = min(_widest(change.by for _, change in told), max(_LEAST_NAME, width - _LINE))
    for changes in reversed(_by_command(told)):
        alike: dict[str, list[str]] = {}
        for ref in dict.fromkeys(ref for ref, _ in changes):
            did = in_brief([change for each, change in changes if each == ref])
            alike.setdefault(did, []).append(shown[ref])
        for did, refs in alike.items():
            what = f"{_runs(refs)}  {did}"
            yield _cut(_when_and_who(changes[0].change, who) + what, width)


def count_line(records: Sequence[Dated]) -> str:
    """Count records in a few words: 19 actions: 4 overdue, 4 reported done."""
    statuses = Counter(record.status for record, *_ in records)
    unfinished = sum(count for status, count in statuses.items() if status.is_open)
    counts = {
        "not finished": unfinished if unfinished < len(records) else 0,
        "overdue": sum(each.overdue for each in records),
        "reported done": statuses[Status.PROPOSED],
    }
    parts = ", ".join(f"{count:,} {words}" for words, count in counts.items() if count)
    return counted(len(records), "action") + (f": {parts}" if parts else "")


def describe(record: Record, calendar: Calendar, *, history: bool = False, width: int = 0) -> str:
    """Write everything on one record: how it stands, what was agreed, a field a line.

    It is wrapped to `width` if that is given; `history` follows, a line a command.
    """
    fields = [("Response", record.response), ("Referred to", record.referred_to)]
    fields.append(("Agreed", _agreed(record)))
    fields += [
        (field.label, _shown(field, record, calendar))
        for field in FIELDS
        if field.label and field.name not in _TOLD
    ]
    if record.action:
        fields.append(("Recommendation", record.recommendation))
    asked = (_asked(one.owner, one.reply_by, one.number) for one in asking.waits(record))
    fields.insert(1, ("Not answered", "\n".join(asked)))
    fields += [(f"As printed, {name}", cell) for name, cell in record.printed.items()]
    fields = [(one_line(label), text) for label, text in fields if text]
    label = min(_LABEL, max(len(name) for name, _ in fields))
    head = f"{one_line(record.ref):<20}  " if record.ref else ""
    stands = head + one_line(_stands(record, calendar))
    lines = [*_wrapped(stands, width), "", *_wrapped(record.text, width), ""]
    lines += [_labelled(name, text, label, width) for name, text in fields]
    if history:
        told = [Event(record.ref, change) for change in record.history]
        who = _widest(change.by for change in record.history)
        lines += ["", "History"]
        for changes in _by_command(told):
            did = in_brief([change for _, change in changes])
            line = _when_and_who(changes[0].change, who) + did
            lines.append(_cut(line, width) if width else line)
    return "\n".join(lines)


def short_ref(ref: str) -> str:
    """Give a reference without the committee's prefix: 2324-011."""
    _, year, number = split_ref(ref)
    return f"{year}-{number:03}" if year else one_line(ref)


def _stands(record: Record, calendar: Calendar) -> str:
    """Say how it stands: Under way · 3 months overdue (due 29 February 2024)."""
    dated = Dated(record, calendar)
    if not dated.reason:
        return record.status.words
    why = dated.reason.words
    if dated.reason is Reason.OVERDUE:
        day = long_date(record.due) if record.due else record.due_text
        why = f"{length_in_words(dated.days_late)} {why} (due {day})"
    return f"{record.status.words}{BETWEEN}{why}"


def _agreed(record: Record) -> str:
    number, title = split_item(record.item)
    item = f"item {number}. {title}" if number else title
    held = (long_date(record.meeting.date), record.meeting.type.value, item)
    return ", ".join(filter(None, held))


def _shown(field: Field, record: Record, calendar: Calendar) -> str:
    from cpctrack.render.words import paragraph

    match field.name:
        case "kind":
            return record.kind.value.capitalize() if record.kind is not Kind.ACTION else ""
        case "due_text":
            return ". ".join(filter(None, (_due(record, calendar), _moved(record))))
        case "goes_to":
            return _goes_to(record, calendar)
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


def _moved(record: Record) -> str:
    from cpctrack.render.words import slippage  # not for a list, which is many and quick

    reasons = [move.reason for move in extensions(record) if move.reason]
    return slippage(record) + (f": {reasons[-1]}" if reasons else "")


def _labelled(label: str, text: str, room: int, width: int) -> str:
    start = room + len(_GAP)
    lines = _wrapped(text, width and width - start)
    if len(label) > room:  # as the heading of a column that was printed may be
        lines.insert(0, "")
    return f"{label:<{start}}" + f"\n{'':{start}}".join(lines)


def _wrapped(text: str, width: int) -> list[str]:
    lines = clean(text).split("\n")
    if not width:
        return lines
    from textwrap import wrap  # not for a list, which is many and quick

    return [part for line in lines for part in wrap(line, max(_LEAST_TEXT, width)) or [""]]


def _by_command(told: Sequence[Event]) -> list[list[Event]]:
    """Part lines of history, in their order, by the command that made them."""
    return [
        list(events)
        for _, events in groupby(
            told, key=lambda one: (one.change.at, one.change.by, one.change.via)
        )
    ]


def _when_and_who(change: Change, room: int) -> str:
    day = one_line(short_date(change.at[:10]))
    return f"{day:>11}{_GAP}{shorten(change.by, room):<{room}}{_GAP}"


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _widest(names: Iterable[str]) -> int:
    return min(_MOST_NAME, max((len(one_line(name)) for name in names), default=0))


def _runs(refs: Sequence[str]) -> str:
    """Write references of one year and their neighbours in short: 2324-015, 020 to 025."""
    runs: list[list[str]] = []
    for ref in refs:
        _, year, number = split_ref(f"X-{ref}")
        last = split_ref(f"X-{runs[-1][-1]}") if runs and year else None
        if last and last[1:] == (year, number - 1):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    parts, year = [], ""
    for first, *more in runs:
        same = year and first.startswith(year)
        year = first[:5] if split_ref(f"X-{first}")[1] else ""
        end = f" to {more[-1][5:]}" if more else ""
        parts.append((first[5:] if same else first) + end)
    return ", ".join(parts)


def moment(at: str) -> str:
    """Write when something changed: 1 Jul 2023 09:30."""
    return one_line(f"{short_date(at[:10])} {at[11:16]}")


def in_brief(changes: Sequence[Change]) -> str:
    """Say in a few words what one command changed in a record: response added; To do → Under way.

    What `in_words` says of a due date and its words, or of a completion that was agreed, is once.
    """
    fields = {change.what for change in changes}
    parts = dict.fromkeys(
        _in_brief(change) for change in changes if fields.isdisjoint(_SAID_BY.get(change.what, ()))
    )
    reasons = dict.fromkeys(change.reason for change in changes if change.reason)
    return one_line(": ".join(filter(None, ("; ".join(parts), "; ".join(reasons)))))


def _in_brief(change: Change) -> str:
    what, before, after = change.what, _value(change, before=True), _value(change)
    if what in _WHOLE:
        return in_words(change)
    if what == "agreed_on" and after:
        return "agreed as completed"
    if told := in_short(change):
        return told + (_decided(change) if what in DUE_FIELDS else "")
    if what == "owners":
        return f"referred to {after}" if after else "referred to nobody"
    done = "changed" if before and after else "added" if after else "taken out"
    return f"{words_of(what)} {done}"


def in_short(change: Change) -> str:
    """Say how a due date or a status changed: To do → Under way; nothing of another field."""
    before, after = _value(change, before=True), _value(change)
    if change.what == "status":
        return f"{before or Status.OPEN.words} → {after or Status.OPEN.words}"
    if change.what not in DUE_FIELDS:
        return ""
    days = [find_date(before), find_date(after)]
    old, new = (
        short_date(day.isoformat()) if day else shorten(text, _LONGEST)
        for day, text in zip(days, (before, after), strict=True)
    )
    if len({day.year if day else None for day in days}) == 1 and days[0]:
        old = old[: -len(" 2024")]
    return f"due {old} → {new}" if old and new else f"due {new}" if new else "no longer due"


def once(changes: Iterable[Change]) -> list[Change]:
    """Give the last change of each field, without what another of them says as well."""
    told = {change.what: change for change in changes}
    return [each for what, each in told.items() if told.keys().isdisjoint(_TWINS.get(what, ()))]


def label(field: str) -> str:
    """Name a field as what stands before it in print, within a sentence: referred to."""
    (said_by,) = _TWINS.get(field, {field})
    named = _LABELS.get(said_by) or words_of(field)
    return named[:1].lower() + named[1:]


def in_words(change: Change) -> str:
    """Say what changed: status from “To do” to “Completed”."""
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
    before, after = (_quoted(_value(change, before=first)) for first in (True, False))
    words = f"{words_of(change.what)} from {before} to {after}"
    words += _decided(change)
    return one_line(f"{words}: {change.reason}" if change.reason else words)


def _decided(change: Change) -> str:
    return f" (meeting of {short_date(change.meeting)})" if change.meeting else ""


def _value(change: Change, *, before: bool = False) -> str:
    """Give a value before or after a change as a person reads it."""
    words = one_line(_words(change.before if before else change.after))
    known = change.what == "status" and words in _STATUSES
    return Status(words).words if known else words


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


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "nothing"


def _words(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else value
