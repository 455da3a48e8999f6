"""Which drafts the store holds already, and which look like something it holds. Pure.

A draft is compared with the records of its own meeting, one to one: to the letter first, then by
what the words mean, then by its place between two that were found. Where that leaves a doubt, the
records in question are given for a person to look at; nothing in doubt is called known.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cpctrack.matching.sides import IsPerson, Side, likely, likeness, of_record, speaks_for_itself
from cpctrack.matching.wordings import Likeness, Verdict, plain
from cpctrack.minutes.base import MinutesDraft
from cpctrack.records.model import Record
from cpctrack.records.refs import split_ref

_SHOWN = 3


class Standing(NamedTuple):
    """What the store holds of a draft: itself, or records that may be it."""

    known: Record | None = None
    near: tuple[Record, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the store holds nothing like it."""
        return not self.known and not self.near


class Asked(NamedTuple):
    """A draft, and the owners that were read from its owner as printed."""

    draft: MinutesDraft
    owners: tuple[str, ...]


def find_known(
    asked: Sequence[Asked],
    records: Iterable[Record],
    meeting: tuple[str, str],
    is_person: IsPerson,
) -> list[Standing]:
    """Say of each draft what the store holds of it; `meeting` is the day and the type.

    A log may name a person where the minutes name a post, which `is_person` tells apart; two posts
    or two persons are two owners. Records of a meeting of the other type are never more than near.
    """
    day, type_ = meeting
    of_the_day = sorted((r for r in records if r.meeting.date == day), key=_order)
    here = [record for record in of_the_day if record.meeting.type == type_]
    elsewhere = [record for record in of_the_day if record.meeting.type != type_]
    standings = _Matcher(asked, here, is_person).match()
    left = [at for at, standing in enumerate(standings) if standing.is_new]
    others = _Matcher([asked[at] for at in left], elsewhere, is_person).match()
    for at, other in zip(left, others, strict=True):
        known = (other.known,) if other.known else ()
        standings[at] = Standing(near=known or other.near)
    return standings


class _Pair(NamedTuple):
    """A draft and a record that may be one."""

    likeness: Likeness
    distance: float  # between their places in their meeting
    draft: int
    record: int

    @property
    def rank(self) -> tuple[float, float, int, int]:
        return -self.likeness.share, self.distance, self.draft, self.record


class _Matcher:
    def __init__(
        self, asked: Sequence[Asked], records: Sequence[Record], is_person: IsPerson
    ) -> None:
        self.records = records
        self.is_person = is_person
        self.marked = [one.draft.marked for one in asked]
        self.drafts = [_side_of(*one) for one in asked]
        self.held = [of_record(record) for record in records]
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def match(self) -> list[Standing]:
        """Find the record of every draft that has one; what is marked has the first choice."""
        near: Mapping[int, list[int]] = {}
        if self.records:
            self._by_letter(same_item=True)
            self._by_letter(same_item=False)
            pairs = sorted(self._likely(), key=lambda pair: pair.rank)
            self._take(pair for pair in pairs if pair.likeness.verdict is Verdict.SAME)
            self._take(self._in_place(pairs))
            near = self._near(pairs)
        return [
            Standing(
                self.records[self.found[at]] if at in self.found else None,
                tuple(self.records[record] for record in near.get(at, ())),
            )
            for at in range(len(self.drafts))
        ]

    def _in_turn(self) -> list[int]:
        """Give the drafts that are not found yet, the marked ones first."""
        left = [at for at in range(len(self.drafts)) if at not in self.found]
        return sorted(left, key=lambda at: not self.marked[at])

    def _pair(self, draft: int, record: int) -> None:
        self.found[draft] = record
        self.taken.add(record)

    def _by_letter(self, *, same_item: bool) -> None:
        """Match equal texts, several of the same in their order.

        Under different items only texts that can't be mistaken are one: “Report back” can.
        """
        waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for at, held in enumerate(self.held):
            if at not in self.taken:
                for text in dict.fromkeys(map(plain, held.texts)):
                    waiting[text].append(at)
        in_vain: set[tuple[object, ...]] = set()  # or thousands of equal lines would take hours
        for index in self._in_turn():
            draft = self.drafts[index]
            for text in map(plain, draft.texts):
                what = (text, draft.number, draft.title)
                if what in in_vain or not (same_item or speaks_for_itself(text)):
                    continue
                record = self._first(waiting.get(text, deque()), draft if same_item else None)
                if record is not None:
                    self._pair(index, record)
                    break
                in_vain.add(what)

    def _first(self, queue: deque[int], of_item: Side | None) -> int | None:
        """Give the first record in the queue that is free, and of the draft's item if need be."""
        while queue and queue[0] in self.taken:
            queue.popleft()
        free = (at for at in queue if at not in self.taken)
        return next(
            (at for at in free if not of_item or of_item.may_share_item(self.held[at])), None
        )

    def _likely(self) -> Iterator[_Pair]:
        """Compare each draft with the records that share its rarer words."""
        free = {at: held for at, held in enumerate(self.held) if at not in self.taken}
        for index, at in likely({at: self.drafts[at] for at in self._in_turn()}, free):
            found = likeness(self.drafts[index], self.held[at], self.is_person)
            if found.verdict is not Verdict.OTHER:
                yield _Pair(found, self._distance(index, at), index, at)

    def _distance(self, draft: int, record: int) -> float:
        return abs(draft / len(self.drafts) - record / len(self.records))

    def _take(self, pairs: Iterable[_Pair]) -> None:
        for marked in (True, False):
            pairs = list(pairs)
            for pair in pairs:
                free = pair.draft not in self.found and pair.record not in self.taken
                if free and self.marked[pair.draft] is marked:
                    self._pair(pair.draft, pair.record)

    def _in_place(self, pairs: Iterable[_Pair]) -> Iterator[_Pair]:
        """Give the close pairs that stand behind and before the same matched ones."""
        order = [at for at, marked in enumerate(self.marked) if marked]
        behind = self._neighbours(order)
        before = self._neighbours(reversed(order))
        for pair in pairs:
            if pair.likeness.verdict is not Verdict.CLOSE or not self.marked[pair.draft]:
                continue
            first, last = behind[pair.draft], before[pair.draft]
            anchored = first is not None or last is not None
            after_first = first is None or first < pair.record
            before_last = last is None or pair.record < last
            if anchored and after_first and before_last:
                yield pair

    def _neighbours(self, order: Iterable[int]) -> dict[int, int | None]:
        """Give for each draft the record of the last one before it, in this order, that has one."""
        last: int | None = None
        neighbours = {}
        for draft in order:
            neighbours[draft] = last
            last = self.found.get(draft, last)
        return neighbours

    def _near(self, pairs: Iterable[_Pair]) -> dict[int, list[int]]:
        near: dict[int, list[int]] = defaultdict(list)
        for pair in pairs:
            free = pair.draft not in self.found and pair.record not in self.taken
            if free and len(near[pair.draft]) < _SHOWN:
                near[pair.draft].append(pair.record)
        return near


def _side_of(draft: MinutesDraft, owners: tuple[str, ...]) -> Side:
    """Give what is compared of a draft: its text, and its own words without the lead-in's."""
    return Side((draft.text, draft.printed), owners, draft.item_number, draft.item_title)


def _order(record: Record) -> tuple[str, int, str]:
    _, year, number = split_ref(record.ref)
    return year, number, record.ref
