"""Which record a row of a table is: that one, perhaps that one, or none. Pure.

A row finds its record by a reference that is its own, else by the letter, else by words that say
the same, else by words that are close at the same place of the same meeting. Whatever contradicts
(item and owner are others, a number, a date or a “not” differs, the record is closed or exempt)
makes it at most perhaps the same.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from cpctrack.matching.sides import (
    Side,
    likely,
    likeness,
    number_and_title,
    of_record,
    speaks_for_itself,
)
from cpctrack.matching.wordings import Likeness, Verdict, words_of
from cpctrack.records.changes import versions
from cpctrack.records.model import Draft, Meeting, Record
from cpctrack.records.refs import split_ref
from cpctrack.tables.owners import is_person
from cpctrack.text import fold

_LOOKED_AT = 8  # records of one text that are looked at for one row
_SHOWN = 3
_ITEM, _OWNER, _TEXT, _RESPONSE = "item", "owner_text", "text", "response"


class Known(NamedTuple):
    """The record of each row that has one, and those it may be, by the row's place in the file."""

    same: Mapping[int, Record]
    near: Mapping[int, Sequence[Record]]


def find_known(
    drafts: Sequence[Draft], records: Iterable[Record], said: Mapping[int, Record | None]
) -> Known:
    """Say of each row which record it is; `said` is what a person said of rows, None for new."""
    matcher = _Matcher(drafts, sorted(records, key=order), said)
    matcher.match()
    near = {
        index: [record for record in found if record.id not in matcher.taken][:_SHOWN]
        for index, found in matcher.near.items()
        if index not in matcher.found
    }
    return Known(matcher.found, {index: found for index, found in near.items() if found})


def order(record: Record) -> tuple[str, int, str]:
    """Sort records as they were agreed."""
    _, year, number = split_ref(record.ref)
    return year, number, record.ref


class _Row:
    """A draft as it is compared."""

    def __init__(self, draft: Draft) -> None:
        self.meeting = draft.meeting.key
        self.ref = str(draft.fields.get("source_ref", ""))
        self.ref_key = _ref_key(self.ref, draft.meeting)
        self.text = text_of(draft)
        self.words = {
            name: fold(str(draft.fields.get(name, ""))) for name in (_ITEM, _OWNER, _RESPONSE)
        } | {_TEXT: fold(self.text)}
        self.draft = draft

    @cached_property
    def owners(self) -> tuple[str, ...]:
        owners = self.draft.fields.get("owners", ())
        assert isinstance(owners, tuple)
        return owners or tuple(filter(None, (self.words[_OWNER],)))

    @cached_property
    def side(self) -> Side:
        item = str(self.draft.fields.get("item", ""))
        return Side((self.text,), self.owners, *number_and_title(item))


class _Held:
    """A record as it is compared."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def was(self) -> Sequence[Mapping[str, str]]:
        """What it says, and what it said before each change."""
        return [
            {
                _ITEM: fold(one.item), _OWNER: fold(one.referred_to), _TEXT: fold(one.text),
                _RESPONSE: fold(one.response),
            }
            for one in versions(self.record)
        ]  # fmt: skip

    @cached_property
    def side(self) -> Side:
        return of_record(self.record)

    @cached_property
    def _owners(self) -> frozenset[str]:
        now = frozenset(map(fold, self.record.owners))
        return now.union(one[_OWNER] for one in self.was) - {""}

    def differs(self, row: _Row, name: str) -> bool:
        """Tell whether a cell says something else than the record has ever said."""
        return bool(row.words[name]) and all(row.words[name] != one[name] for one in self.was)

    def is_other_owner(self, row: _Row) -> bool:
        """Tell whether they name others; a person is no other than the post that minutes name."""
        owners = {row.words[_OWNER], *map(fold, row.owners)}
        if not (row.owners and self._owners) or not self._owners.isdisjoint(owners):
            return False
        one_kind = {is_person(name) for name in (*row.owners, *self.record.owners)}
        return len(one_kind) < 2

    def is_another(self, row: _Row) -> bool:
        """Tell whether item, owner and words are all others, whatever reference they bear."""
        return all(self.differs(row, name) for name in (_ITEM, _OWNER, _TEXT))

    def is_settled(self, row: _Row) -> bool:
        """Tell whether the record is closed, or exempt where the row is not."""
        record = self.record
        exempt = record.exempt and not row.draft.fields.get("exempt_paragraph")
        return exempt or not record.status.is_open

    def refs_agree(self, row: _Row, *, numbers: bool = True) -> bool:
        """Tell whether no two references stand against it; bare numbers may just count rows."""
        theirs = self.record.source_ref
        if not (row.ref and theirs) or fold(row.ref) == fold(theirs):
            return True
        return not numbers and row.ref.strip().isdecimal() and theirs.strip().isdecimal()

    def may_be(self, row: _Row) -> bool:
        """Tell whether nothing but the words stands against it."""
        due = row.draft.fields.get("due")
        return (
            self.refs_agree(row)
            and row.side.may_share_item(self.side)
            and not self.is_other_owner(row)
            and not (due and self.record.due and due != self.record.due)
            and not self.is_settled(row)
            and not self.is_another(row)
        )


class _Pair(NamedTuple):
    likeness: Likeness
    row: int
    at: int

    @property
    def rank(self) -> tuple[float, int, int]:
        return -self.likeness.share, self.row, self.at


class _Matcher:
    def __init__(
        self, drafts: Sequence[Draft], records: Sequence[Record], said: Mapping[int, Record | None]
    ) -> None:
        self.rows = list(map(_Row, drafts))
        self.held = list(map(_Held, records))
        self.said = said
        self.found = {index: record for index, record in said.items() if record}
        self.taken = {record.id for record in self.found.values()}
        self.near: dict[int, list[Record]] = defaultdict(list)

    def match(self) -> None:
        self._by_reference(lambda row: fold(row.ref), lambda record: fold(record.ref))
        self._by_reference(
            lambda row: "" if row.ref.strip().isdecimal() else row.ref_key,
            lambda record: _ref_key(record.source_ref, record.meeting),
        )
        for names in ((_ITEM, _OWNER, _RESPONSE), (_ITEM, _OWNER), (_ITEM,), ()):
            self._by_letter(names, numbers=True)
        self._by_letter((_ITEM, _OWNER), numbers=False)
        self._by_words()

    def _left(self) -> list[int]:
        return [at for at in range(len(self.rows)) if at not in self.found and at not in self.said]

    def _free(self) -> dict[int, _Held]:
        return {at: one for at, one in enumerate(self.held) if one.record.id not in self.taken}

    def _pair(self, index: int, record: Record) -> None:
        self.found[index] = record
        self.taken.add(record.id)

    def _by_reference(self, of_row: Callable[[_Row], str], of: Callable[[Record], str]) -> None:
        """Match references that are one row's alone; a minute number may be shared by several."""
        rows = Counter(map(of_row, self.rows))
        held = Counter(of(one.record) for one in self.held)
        by_ref = {of(one.record): one for one in self._free().values()}
        for index in self._left():
            ref = of_row(self.rows[index])
            if ref and ref in by_ref and rows[ref] == held[ref] == 1:
                if by_ref[ref].is_another(self.rows[index]):
                    self.near[index].append(by_ref[ref].record)
                else:
                    self._pair(index, by_ref[ref].record)

    def _by_letter(self, names: Sequence[str], *, numbers: bool) -> None:
        """Match rows and records that say the same in these cells, several in their order."""
        waiting: dict[tuple[str, ...], deque[_Held]] = defaultdict(deque)
        meetings = {row.meeting for row in self.rows}
        for one in self._free().values():
            if (meeting := one.record.meeting.key) in meetings:
                for key in dict.fromkeys(_letters(meeting, said, names) for said in one.was):
                    waiting[key].append(one)
        for index in self._left():
            row = self.rows[index]
            queue = waiting.get(_letters(row.meeting, row.words, names), deque())
            while queue and queue[0].record.id in self.taken:
                queue.popleft()
            free = (one for one in queue if one.record.id not in self.taken)
            for one in islice(free, _LOOKED_AT):
                if one.refs_agree(row, numbers=numbers) and _may_be_edited(row, one, names):
                    self._pair(index, one.record)
                    break

    def _by_words(self) -> None:
        pairs = sorted(self._likely(), key=lambda pair: pair.rank)
        self._take(pair for pair in pairs if pair.likeness.verdict is Verdict.SAME)
        self._take(self._in_place([p for p in pairs if p.likeness.verdict is Verdict.CLOSE]))
        for pair in pairs:
            row, one = self.rows[pair.row], self.held[pair.at]
            another = not row.side.may_share_item(one.side) and one.is_other_owner(row)
            if not another or pair.likeness.share == 1:
                self.near[pair.row].append(one.record)

    def _likely(self) -> Iterable[_Pair]:
        rows: dict[str, dict[int, Side]] = defaultdict(dict)
        held: dict[str, dict[int, Side]] = defaultdict(dict)
        for index in self._left():
            rows[self.rows[index].meeting][index] = self.rows[index].side
        for at, one in self._free().items():
            if one.record.meeting.key in rows:
                held[one.record.meeting.key][at] = one.side
        for meeting, free in held.items():
            for index, at in likely(rows[meeting], free):
                found = likeness(self.rows[index].side, self.held[at].side, is_person)
                if found.verdict is not Verdict.OTHER:
                    yield _Pair(found, index, at)

    def _take(self, pairs: Iterable[_Pair]) -> None:
        for _, index, at in list(pairs):
            one = self.held[at]
            free = index not in self.found and one.record.id not in self.taken
            if free and one.may_be(self.rows[index]):
                self._pair(index, one.record)

    def _in_place(self, pairs: Iterable[_Pair]) -> Iterable[_Pair]:
        """Give the pairs of one number, or behind and before the same rows of their meeting."""
        places = {one.record.id: at for at, one in enumerate(self.held)}
        forward = list(range(len(self.rows)))
        behind, before = (self._neighbours(each, places) for each in (forward, forward[::-1]))
        for pair in pairs:
            row, record = self.rows[pair.row], self.held[pair.at].record
            first, last = behind.get(pair.row), before.get(pair.row)
            anchored = first is not None or last is not None
            between = (first is None or first < pair.at) and (last is None or pair.at < last)
            numbered = row.ref and fold(row.ref) == fold(record.source_ref)
            if numbered or (anchored and between):
                yield pair

    def _neighbours(self, order_: Iterable[int], places: Mapping[str, int]) -> dict[int, int]:
        """Give for each row the place of the last matched record of its meeting before it."""
        last: dict[str, int] = {}
        neighbours = {}
        for index in order_:
            meeting = self.rows[index].meeting
            if index in self.found:
                last[meeting] = places[self.found[index].id]
            elif meeting in last:
                neighbours[index] = last[meeting]
        return neighbours


def _may_be_edited(row: _Row, one: _Held, names: Sequence[str]) -> bool:
    """Tell whether the words being the same, the cells not named here may have been edited."""
    other_owner = _OWNER not in names and one.is_other_owner(row)
    other_item = _ITEM not in names and not row.side.may_share_item(one.side)
    if not (other_owner or other_item):
        return True
    alone = _ITEM in names or speaks_for_itself(words_of(row.text))
    return alone and not (other_owner and other_item) and not one.is_settled(row)


def _letters(meeting: str, said: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return meeting, said[_TEXT], *(said[name] for name in names)


def text_of(draft: Draft) -> str:
    """Give the words of a row: its action, or its recommendation where there is no action."""
    return str(draft.fields.get("action") or draft.fields.get("recommendation") or "")


def _ref_key(ref: str, meeting: Meeting) -> str:
    # A bare number begins again at every meeting.
    return f"{meeting.key} {fold(ref)}" if ref.strip().isdecimal() else fold(ref)
