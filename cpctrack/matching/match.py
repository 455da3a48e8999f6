"""Which record a draft is: that one, perhaps one of these, or none. Pure.

A draft finds its record by a reference that is its own, else by the letter, else by words that
mean the same, else by words that are close at the same place of its meeting; every record is
found once. Whatever contradicts makes it at most perhaps the same: such records are given for a
person to look at, and nothing in doubt is called known.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cpctrack.matching.sides import Side, likely, likeness, of_record
from cpctrack.matching.wordings import Verdict, content
from cpctrack.records.model import Record
from cpctrack.records.refs import split_ref
from cpctrack.text import fold

_LOOKED_AT = 20  # records of one text that are looked at for one draft
_FEWEST_WORDS = 6  # with a meaning: so long a text is no other's, as “Report back” can be
_SHOWN = 3
# How many of a draft's letters are compared: its text, and that far to the right of it.
_TEXT, _ITEM, _OWNER, _RESPONSE = 1, 2, 3, 4


class Standing(NamedTuple):
    """What the store holds of a draft: itself, or records that may be it."""

    known: Record | None = None
    near: tuple[Record, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the store holds nothing like it."""
        return not self.known and not self.near


def match(
    drafts: Sequence[Side],
    records: Iterable[Record],
    *,
    writes_over: bool,
    said: Mapping[int, Record | None] | None = None,
) -> list[Standing]:
    """Say of each draft which record of its meeting it is; by a reference, of any meeting.

    With `writes_over` a record will take on what its draft says. Then another owner or due date,
    or a record that is closed or exempt, leaves a doubt, since a wrong match loses an action.
    `said` is what a person said of drafts, by their place: the record, or None for new.
    """
    matcher = _Matcher(drafts, sorted(records, key=order), said or {}, writes_over=writes_over)
    return matcher.match()


def order(record: Record) -> tuple[str, int, str]:
    """Sort records as they were agreed."""
    _, year, number = split_ref(record.ref)
    return year, number, record.ref


class _Pair(NamedTuple):
    """A draft and a record that may be one, by their places; what is likest sorts first."""

    in_passing: bool  # what is marked has the first choice
    unlikeness: float
    distance: float  # between their places in the meeting
    draft: int
    at: int
    verdict: Verdict


class _Matcher:
    def __init__(
        self,
        drafts: Sequence[Side],
        records: Sequence[Record],
        said: Mapping[int, Record | None],
        *,
        writes_over: bool,
    ) -> None:
        self.drafts = drafts
        self.records = records
        self.said = said
        self.writes_over = writes_over
        ids = {record.id: at for at, record in enumerate(records)} if said else {}
        self.found = {index: ids[record.id] for index, record in said.items() if record}
        self.taken = set(self.found.values())
        self.near: dict[int, list[int]] = defaultdict(list)

    def match(self) -> list[Standing]:
        self._by_reference(lambda draft: fold(draft.ref), lambda record: fold(record.ref))
        self._by_reference(
            lambda draft: _unless_number(draft.ref),
            lambda record: _unless_number(record.source_ref),
        )
        wanted: dict[str, list[int]] = defaultdict(list)
        for index, draft in enumerate(self.drafts):
            wanted[draft.meeting].append(index)
        held: dict[str, dict[int, Side]] = defaultdict(dict)
        for at, record in enumerate(self.records):
            if record.meeting.key in wanted:
                held[record.meeting.key][at] = of_record(record)
        for meeting, there in held.items():
            drafts = wanted[meeting]
            for marked in (True, False):
                self._by_letter([at for at in drafts if self.drafts[at].marked is marked], there)
            self._by_words(drafts, there)
        return [self._standing(index) for index in range(len(self.drafts))]

    def _standing(self, index: int) -> Standing:
        if index in self.found:
            return Standing(self.records[self.found[index]])
        near = [at for at in dict.fromkeys(self.near[index]) if at not in self.taken]
        return Standing(near=tuple(self.records[at] for at in near[:_SHOWN]))

    def _left(self, drafts: Iterable[int]) -> list[int]:
        return [at for at in drafts if at not in self.found and at not in self.said]

    def _pair(self, index: int, at: int) -> None:
        self.found[index] = at
        self.taken.add(at)

    def _by_reference(
        self, of_draft: Callable[[Side], str], of_held: Callable[[Record], str]
    ) -> None:
        """Match references that are one draft's alone; a minute number may be shared by several."""
        wanted = Counter(map(of_draft, self.drafts))
        if not any(wanted):
            return
        held = Counter(map(of_held, self.records))
        by_ref = {of_held(each): at for at, each in enumerate(self.records) if at not in self.taken}
        for index in self._left(range(len(self.drafts))):
            ref = of_draft(self.drafts[index])
            if ref and ref in by_ref and wanted[ref] == held[ref] == 1:
                at = by_ref[ref]
                if _is_another(self.drafts[index], of_record(self.records[at])):
                    self.near[index].append(at)
                else:
                    self._pair(index, at)

    def _by_letter(self, drafts: Sequence[int], held: Mapping[int, Side]) -> None:
        for depth in (_RESPONSE, _OWNER, _ITEM):
            self._to_the(depth, drafts, held)
        self._to_the(_TEXT, drafts, held, one_item=True)
        self._to_the(_TEXT, drafts, held)
        self._to_the(_OWNER, drafts, held, rows_count=True)

    def _to_the(
        self,
        depth: int,
        drafts: Sequence[int],
        held: Mapping[int, Side],
        *,
        one_item: bool = False,
        rows_count: bool = False,
    ) -> None:
        """Match what says the same up to that cell, several in their order."""
        waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for at, record in held.items():
            if at not in self.taken:
                for key in dict.fromkeys(each[:depth] for each in record.letters):
                    if key[0]:
                        waiting[key].append(at)
        for index in self._left(drafts):
            draft = self.drafts[index]
            fitting = (
                at
                for key in dict.fromkeys(each[:depth] for each in draft.letters)
                for at in self._first(waiting.get(key, deque()))
                if _refs_agree(draft, held[at], rows_count=rows_count)
                and not (one_item and not draft.may_share_item(held[at]))
                and self._may_be_edited(draft, at, held[at], key)
            )
            for at in islice(fitting, 1):
                self._pair(index, at)

    def _first(self, queue: deque[int]) -> Iterator[int]:
        while queue and queue[0] in self.taken:
            queue.popleft()
        return islice((at for at in queue if at not in self.taken), _LOOKED_AT)

    def _may_be_edited(self, draft: Side, at: int, record: Side, same: tuple[str, ...]) -> bool:
        """Tell whether the cells that are not among the same ones may have been edited."""
        other_item = len(same) < _ITEM and not draft.may_share_item(record)
        other_owner = len(same) < _OWNER and self._is_other_owner(draft, record)
        if not (other_item or other_owner):
            return True
        words = content(tuple(same[0].split()))
        alone = len(same) >= _ITEM or len(words) >= _FEWEST_WORDS
        return alone and not (other_item and other_owner) and not self._is_settled(draft, at)

    def _by_words(self, drafts: Sequence[int], held: Mapping[int, Side]) -> None:
        pairs = sorted(self._likely(drafts, held))
        self._take(pair for pair in pairs if pair.verdict is Verdict.SAME)
        self._take(self._in_place(pairs, drafts, held))
        for pair in pairs:
            draft, record = self.drafts[pair.draft], held[pair.at]
            another = self._is_other_owner(draft, record) and not draft.may_share_item(record)
            if not another or not pair.unlikeness:
                self.near[pair.draft].append(pair.at)

    def _likely(self, drafts: Sequence[int], held: Mapping[int, Side]) -> Iterator[_Pair]:
        """Compare each draft with the records that share its rarer words."""
        row = {index: number / len(drafts) for number, index in enumerate(drafts)}
        place = {at: number / len(held) for number, at in enumerate(held)}
        left = {index: self.drafts[index] for index in self._left(drafts)}
        free = {at: record for at, record in held.items() if at not in self.taken}
        for index, at in likely(left, free):
            verdict, share = likeness(left[index], free[at])
            if verdict is not Verdict.OTHER:
                if verdict > Verdict.LIKE and self._contradicts(left[index], at, free[at]):
                    verdict = Verdict.LIKE
                in_passing, distance = not left[index].marked, abs(row[index] - place[at])
                yield _Pair(in_passing, 1 - share, distance, index, at, verdict)

    def _take(self, pairs: Iterable[_Pair]) -> None:
        for pair in list(pairs):
            if pair.draft not in self.found and pair.at not in self.taken:
                self._pair(pair.draft, pair.at)

    def _in_place(
        self, pairs: Iterable[_Pair], drafts: Sequence[int], held: Mapping[int, Side]
    ) -> Iterator[_Pair]:
        """Give the close pairs of one number, or behind and before the same ones that are found.

        What is said in passing has no place.
        """
        order = [index for index in drafts if self.drafts[index].marked]
        behind, before = (self._neighbours(each, held) for each in (order, order[::-1]))
        for pair in pairs:
            if pair.verdict is not Verdict.CLOSE or pair.in_passing:
                continue
            first, last = behind[pair.draft], before[pair.draft]
            anchored = first is not None or last is not None
            between = (first is None or first < pair.at) and (last is None or pair.at < last)
            ref, other = self.drafts[pair.draft].ref, held[pair.at].ref
            if (anchored and between) or (ref and fold(ref) == fold(other)):
                yield pair

    def _neighbours(self, order: Iterable[int], held: Mapping[int, Side]) -> dict[int, int | None]:
        """Give for each draft the record of the last one before it, in this order, that has one."""
        last: int | None = None
        neighbours = {}
        for index in order:
            neighbours[index] = last
            if self.found.get(index) in held:
                last = self.found[index]
        return neighbours

    def _contradicts(self, draft: Side, at: int, record: Side) -> bool:
        """Tell whether something beside the words stands against it."""
        if not self.writes_over:
            return False
        return (
            not _refs_agree(draft, record)
            or self._is_other_owner(draft, record)
            or bool(draft.due and record.due and draft.due != record.due)
            or self._is_settled(draft, at)
            or _is_another(draft, record)
        )

    def _is_other_owner(self, draft: Side, record: Side) -> bool:
        return self.writes_over and not draft.may_share_owner(record)

    def _is_settled(self, draft: Side, at: int) -> bool:
        """Tell whether the record is closed, or exempt where the draft is not."""
        record = self.records[at]
        settled = not record.status.is_open or (record.exempt and not draft.exempt)
        return self.writes_over and settled


def _unless_number(ref: str) -> str:
    # A bare number begins again at every meeting.
    return "" if ref.strip().isdecimal() else fold(ref)


def _refs_agree(draft: Side, record: Side, *, rows_count: bool = False) -> bool:
    """Tell whether no two references stand against it; bare numbers may just count rows."""
    if not (draft.ref and record.ref) or fold(draft.ref) == fold(record.ref):
        return True
    return rows_count and draft.ref.strip().isdecimal() and record.ref.strip().isdecimal()


def _is_another(draft: Side, record: Side) -> bool:
    """Tell whether item, owner and text are all others than ever, whatever reference they bear."""
    return all(
        (says := {each[cell] for each in draft.letters} - {""})
        and says.isdisjoint(each[cell] for each in record.letters)
        for cell in range(_OWNER)
    )
