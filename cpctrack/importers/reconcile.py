"""Drafts against the records there are: what is new, changed, unchanged or missing. Pure.

A row finds its record by reference, else by meeting and text, else by likeness at the same place
of the same meeting. Each cell is then compared with what the last import read there, so that a
file that says again what it said before takes nothing back that people have typed since. A sheet
of our own that somebody has edited says what the record said, but where it was edited.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cpctrack.changes import follow_up_stands, value_when_imported
from cpctrack.dates import long_date
from cpctrack.exempt import decided_public
from cpctrack.importers.age import is_older
from cpctrack.model import Draft, Meeting, Record, Status
from cpctrack.refs import split_ref
from cpctrack.text import fold, one_line

_T = TypeVar("_T")

# What is read from which cells: it changes only with them, and only where nobody has set any of it.
_DERIVED: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("status", "completed_on"): ("follow_up", "response"),
    ("owners",): ("owner_text",),
    ("due",): ("due_text",),
    ("kind",): ("owner_text", "action", "recommendation"),
}
_PRINTED = (
    "item", "recommendation", "action", "referrer", "owner_text", "due_text", "response",
    "follow_up", "exempt_paragraph", "source_ref",
)  # fmt: skip
# A printed follow-up says how the action stands: it must not come to stand beside a status that
# somebody has set since it was printed.
_BOUND = {"follow_up": ("follow_up", "status")}
_LIKE = 0.6  # how like two texts must be to be one that was edited: difflib's own advice
_WINDOW = 8  # records looked at for one row, where many rows in one place were edited
_LONGEST = 200  # words of a text that are compared


@dataclass(frozen=True, slots=True)
class Changed:
    """A record, the row it was found in, and the new values of its fields."""

    record: Record
    draft: Draft
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that a person has typed and that the file gives otherwise: ours is kept."""

    record: Record
    draft: Draft
    field: str
    theirs: object


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; `missing` are records of the file's meetings that it lacks."""

    new: tuple[Draft, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[Record, ...] = ()
    missing: tuple[Record, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def plan(drafts: Sequence[Draft], records: Sequence[Record], *, ours: bool = False) -> Plan:
    """Compare the rows of a file with the records there are, in time that grows with both.

    `ours` says that the file began as a sheet of our own: unless it shows that it is older than
    something that was typed since, what differs in it was edited there.
    """
    matches = _Matcher(drafts, records).match()
    pairs = [(record, drafts[index]) for index, record in matches.items()]
    edited = ours and not any(is_older(draft, record) for record, draft in pairs)
    changed, unchanged, conflicts, new = [], [], [], []
    for index, draft in enumerate(drafts):
        record = matches.get(index)
        if record is None:
            new.append(draft)
            continue
        values, clashes = _differences(record, draft, edited=edited)
        conflicts += clashes
        if values:
            changed.append(Changed(record, draft, values))
        else:
            unchanged.append(record)
    found = {record.id for record in matches.values()}
    meetings = {draft.meeting.key for draft in drafts}
    missing = [r for r in records if r.meeting.key in meetings and r.id not in found]
    return Plan(
        tuple(new), tuple(changed), tuple(unchanged), tuple(sorted(missing, key=_order)),
        tuple(conflicts),
    )  # fmt: skip


# --- which record a row is ------------------------------------------------------------------


class _Matcher:
    def __init__(self, drafts: Sequence[Draft], records: Sequence[Record]) -> None:
        self.drafts = drafts
        self.records = sorted(records, key=_order)
        self.found: dict[int, Record] = {}
        self.taken: set[str] = set()

    def match(self) -> dict[int, Record]:
        """Give the record of each row that has one, by the row's index."""
        self._by_own_reference()
        self._by_their_reference()
        self._by_text(with_item=True)
        self._by_text(with_item=False)
        for drafts, records in self._leftovers():
            self._by_likeness(drafts, records)
        return self.found

    def _pair(self, index: int, record: Record) -> None:
        self.found[index] = record
        self.taken.add(record.id)

    def _by_own_reference(self) -> None:
        ours = {fold(record.ref): record for record in self.records}
        refs = Counter(fold(_ref(draft)) for draft in self.drafts)
        for index, draft in enumerate(self.drafts):
            ref = fold(_ref(draft))
            if ref in ours and refs[ref] == 1:
                self._pair(index, ours[ref])

    def _by_their_reference(self) -> None:
        """Match references that are one row's alone; a minute number may be shared by several."""
        records = [record for record in self.records if record.source_ref]
        theirs = Counter(_ref_key(r.source_ref, r.meeting) for r in records)
        by_key = {_ref_key(record.source_ref, record.meeting): record for record in records}
        keys = [_ref_key(_ref(draft), draft.meeting) for draft in self.drafts]
        counts = Counter(keys)
        for index, key in enumerate(keys):
            alone = counts[key] == theirs[key] == 1
            if alone and index not in self.found and by_key[key].id not in self.taken:
                self._pair(index, by_key[key])

    def _by_text(self, *, with_item: bool) -> None:
        """Match rows and records of one text, several of the same in their order."""
        waiting: dict[tuple[str, str, str], deque[Record]] = defaultdict(deque)
        for record in self.records:
            if record.id not in self.taken:
                for item, text in _texts_of(record):
                    waiting[_text_key(record.meeting, item * with_item, text)].append(record)
        for index, draft in enumerate(self.drafts):
            if index in self.found:
                continue
            item = _text(draft, "item") * with_item
            queue = waiting.get(_text_key(draft.meeting, item, _draft_text(draft)))
            while queue:
                record = queue.popleft()
                if record.id not in self.taken and _refs_agree(record, draft):
                    self._pair(index, record)
                    break

    def _leftovers(self) -> Iterator[tuple[list[int], list[Record]]]:
        """Give the rows and records that are left, those of one place together.

        A place is what stands behind one matched row of a meeting, or before one: an edited row
        still has its neighbours, a new one that is like a deleted one seldom has the same.
        """
        for behind in (True, False):
            rows = self._rows_by_place(behind=behind)
            records = self._records_by_place(behind=behind)
            for place, indexes in rows.items():
                if place in records:
                    yield indexes, records[place]

    def _rows_by_place(self, *, behind: bool) -> dict[tuple[str, str], list[int]]:
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        neighbour: dict[str, str] = {}
        for index in _in_turn(range(len(self.drafts)), forward=behind):
            meeting = self.drafts[index].meeting.key
            if index in self.found:
                neighbour[meeting] = self.found[index].id
            else:
                places[meeting, neighbour.get(meeting, "")].append(index)
        return {place: sorted(indexes) for place, indexes in places.items()}

    def _records_by_place(self, *, behind: bool) -> dict[tuple[str, str], list[Record]]:
        places: dict[tuple[str, str], list[Record]] = defaultdict(list)
        neighbour: dict[str, str] = {}
        for record in _in_turn(self.records, forward=behind):
            meeting = record.meeting.key
            if record.id in self.taken:
                neighbour[meeting] = record.id
            else:
                places[meeting, neighbour.get(meeting, "")].append(record)
        return {place: sorted(records, key=_order) for place, records in places.items()}

    def _by_likeness(self, indexes: Sequence[int], records: Sequence[Record]) -> None:
        start = 0
        for index in indexes:
            draft = self.drafts[index]
            window = range(start, min(start + _WINDOW, len(records)))
            likeness = {
                at: alike(_draft_text(draft), records[at].text)
                for at in window
                if records[at].id not in self.taken and _refs_agree(records[at], draft)
            }
            best = max(likeness, key=lambda at: likeness[at], default=None)
            if best is not None and likeness[best] >= _LIKE and index not in self.found:
                self._pair(index, records[best])
                start = best + 1


def alike(one: str, other: str) -> float:
    """Say how much two texts share, word by word: 1.0 for all, 0.0 for nothing."""
    words, others = fold(one).split()[:_LONGEST], fold(other).split()[:_LONGEST]
    if not words or not others:
        return 0.0
    # The words both have, in any order, are the most that can be alike: seldom need we look closer.
    shared = (Counter(words) & Counter(others)).total()
    most = 2 * shared / (len(words) + len(others))
    if most < _LIKE:
        return most
    from difflib import SequenceMatcher

    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def _in_turn(items: Sequence[_T], *, forward: bool) -> Iterable[_T]:
    return items if forward else reversed(items)


def _order(record: Record) -> tuple[str, int, str]:
    _, year, number = split_ref(record.ref)
    return year, number, record.ref


def _text_key(meeting: Meeting, item: str, text: str) -> tuple[str, str, str]:
    return meeting.key, fold(item), fold(text)


def _texts_of(record: Record) -> set[tuple[str, str]]:
    """Give item and text as they are, and as they were when they were last imported."""
    action = value_when_imported(record, "action")
    recommendation = value_when_imported(record, "recommendation")
    item = value_when_imported(record, "item")
    return {(record.item, record.text), (str(item), str(action or recommendation))}


def _draft_text(draft: Draft) -> str:
    return _text(draft, "action") or _text(draft, "recommendation")


def _text(draft: Draft, name: str) -> str:
    return str(draft.fields.get(name, ""))


def _ref(draft: Draft) -> str:
    return _text(draft, "source_ref")


def _ref_key(ref: str, meeting: Meeting) -> str:
    # A bare number begins again at every meeting.
    return f"{meeting.key} {fold(ref)}" if ref.strip().isdecimal() else fold(ref)


def _refs_agree(record: Record, draft: Draft) -> bool:
    """Tell whether no two different references stand against a match by text."""
    ref = _ref(draft)
    return not ref or not record.source_ref or fold(ref) == fold(record.source_ref)


# --- what a row changes -----------------------------------------------------------------------


def _differences(
    record: Record, draft: Draft, *, edited: bool
) -> tuple[dict[str, object], list[Conflict]]:
    values: dict[str, object] = {}
    conflicts = []
    for name in _PRINTED:
        if name not in draft.fields or _says_the_same(record, draft, name):
            continue
        if edited or all(_is_as_imported(record, bound) for bound in _BOUND.get(name, (name,))):
            values[name] = draft.fields[name]
        else:
            conflicts.append(Conflict(record, draft, name, draft.fields[name]))
    for names, sources in _DERIVED.items():
        if any(source in values for source in sources):
            new = _derived(record, draft, names)
            # A status that somebody set gives way to another one in its cell, not to a response.
            cell_edited = edited and sources[0] in values
            if cell_edited or all(_is_as_imported(record, name) for name in names):
                values |= new
            else:
                conflicts += [Conflict(record, draft, name, new[name]) for name in new]
    if record.meeting.key != draft.meeting.key:
        values["meeting"] = draft.meeting
    if printed := _new_cells(record, draft):
        values["printed"] = {**record.printed, **printed}
    return values, conflicts


def _derived(record: Record, draft: Draft, names: Iterable[str]) -> dict[str, object]:
    return {
        name: draft.fields[name]
        for name in names
        if name in draft.fields and draft.fields[name] != getattr(record, name)
    }


def _says_the_same(record: Record, draft: Draft, name: str) -> bool:
    """Tell whether a cell says what the record says, or what the last import read there."""
    cell = one_line(str(draft.fields[name]))
    known = {one_line(str(value_when_imported(record, name))), one_line(getattr(record, name))}
    if name == "owner_text":
        known.add(one_line(record.referred_to))
    if name == "exempt_paragraph" and not cell[:1].isdecimal():  # but words that say so
        return bool(record.exempt_paragraph) or decided_public(record) or cell in known
    if name == "source_ref" and fold(cell) == fold(record.ref):
        return True
    if name == "due_text" and record.due:
        known |= {record.due, long_date(record.due)}
    return cell in known or (name == "follow_up" and _is_our_status(record, cell))


def _is_our_status(record: Record, cell: str) -> bool:
    """Tell whether a follow-up cell holds what our own documents print for lack of a printed one.

    That is the status in words, as it is now or as it was when an older document was made.
    """
    if record.follow_up and follow_up_stands(record):
        return False
    before = value_when_imported(record, "status")
    words = [status.words for status in Status if status in (record.status, before)]
    day = long_date(record.completed_on)
    return cell in words or (bool(day) and cell == f"{record.status.words} {day}")


def _is_as_imported(record: Record, name: str) -> bool:
    """Tell whether a field still holds what an import read, or nothing: nobody has typed it."""
    value = getattr(record, name)
    if _was_imported(record, name):
        return value_when_imported(record, name) == (
            value if isinstance(value, tuple) else str(value)
        )
    held = record.referred_to if name == "owner_text" else value
    return held in ("", (), Status.OPEN)


def _was_imported(record: Record, name: str) -> bool:
    return any(
        change.what == "imported" or (change.what == name and change.via == "import")
        for change in record.history
    )


def _new_cells(record: Record, draft: Draft) -> dict[str, str]:
    """Give the cells of columns we don't know that differ from what was last printed there."""
    printed = draft.fields.get("printed", {})
    assert isinstance(printed, dict)
    return {
        name: cell
        for name, cell in printed.items()
        if one_line(cell) != one_line(record.printed.get(name, ""))
    }
