"""Which record a draft is: that one, perhaps one of these, or none. Pure.

A draft finds its record by a reference that is its own, else by the letter, else by words that
mean the same, else by words that are close at the same place of its meeting; every record is
found once. Whatever contradicts makes it at most perhaps the same: such records are given for a
person to look at, and nothing in doubt is called known.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
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
# How many of the cells of a saying are compared: the text, and so far to the right of it.
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

    With `writes_over` a record will take on what its draft says. Then another due date, or a record
    that is closed or exempt, leaves a doubt, since a wrong match loses an action. `said` is what a
    person said of drafts, by their place: the record, or None for new.
    """
    matcher = _Matcher(drafts, sorted(records, key=order), writes_over=writes_over)
    matcher.believe(said or {})
    in_order = matcher.records
    matcher.by_reference([fold(each.ref) for each in drafts], [fold(each.ref) for each in in_order])
    matcher.by_reference(
        [_unless_number(each.ref) for each in drafts],
        [_unless_number(each.source_ref) for each in in_order],
    )
    of_meeting: dict[str, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        of_meeting[draft.meeting].append(index)
    held: dict[str, dict[int, Side]] = defaultdict(dict)
    for at, record in enumerate(in_order):
        if record.meeting.key in of_meeting:
            held[record.meeting.key][at] = of_record(record)
    for meeting, there in held.items():
        wanted = of_meeting[meeting]
        for marked in (True, False):
            matcher.by_letter([at for at in wanted if drafts[at].marked is marked], there)
        matcher.by_words(wanted, there)
    return [matcher.standing(index) for index in range(len(drafts))]


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
    """What is found so far; drafts and records go by their places, `held` are one meeting's."""

    def __init__(
        self, drafts: Sequence[Side], records: Sequence[Record], *, writes_over: bool
    ) -> None:
        self.drafts = drafts
        self.records = records
        self.writes_over = writes_over
        self.found: dict[int, int] = {}
        self.new: set[int] = set()
        self.taken: set[int] = set()
        self.near: dict[int, list[int]] = defaultdict(list)

    def standing(self, index: int) -> Standing:
        if index in self.found:
            return Standing(self.records[self.found[index]])
        near = (at for at in dict.fromkeys(self.near[index]) if at not in self.taken)
        return Standing(near=tuple(self.records[at] for at in islice(near, _SHOWN)))

    def believe(self, said: Mapping[int, Record | None]) -> None:
        places = {record.id: at for at, record in enumerate(self.records)} if said else {}
        for index, record in said.items():
            if record:
                self._pair(index, places[record.id])
            else:
                self.new.add(index)

    def by_reference(self, refs: Sequence[str], held: Sequence[str]) -> None:
        """Match references that are one draft's alone; a minute number may be shared by several."""
        wanted, known = Counter(refs), Counter(held)
        places = {ref: at for at, ref in enumerate(held)}
        for index in self._left(range(len(refs))):
            ref = refs[index]
            if not ref or not wanted[ref] == known[ref] == 1 or places[ref] in self.taken:
                continue
            draft, record = self.drafts[index], of_record(self.records[places[ref]])
            others = self._of_its_words(draft, record)
            # Of what is counted anew at each meeting, other words at another one are another.
            counted = _COUNTED_ANEW.fullmatch(ref) and {
                each[0] for each in draft.letters
            }.isdisjoint(each[0] for each in record.letters)
            elsewhere = counted and (
                draft.meeting != record.meeting or not draft.content & record.content
            )
            if others or elsewhere or _is_another(draft, record):
                self.near[index] += [places[ref], *others]
            else:
                self._pair(index, places[ref])

    def _of_its_words(self, draft: Side, record: Side) -> Sequence[int]:
        """Give other records of its meeting that say so to the letter, where this never did."""
        text = draft.letters[0][0]
        known = not text or any(text == each[0] for each in record.letters)
        return () if known else self._saying.get((draft.meeting, text), ())

    @cached_property
    def _saying(self) -> Mapping[tuple[str, str], list[int]]:
        saying: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, record in enumerate(self.records):
            for text in {each[0] for each in of_record(record).letters}:
                saying[record.meeting.key, text].append(at)
        return saying

    def by_letter(self, drafts: Sequence[int], held: Mapping[int, Side]) -> None:
        """Match what says the same, first where most cells do; several in their order."""
        for depth in (_RESPONSE, _OWNER, _ITEM):
            self._to_the(depth, drafts, held)
        self._to_the(_TEXT, drafts, held, one_item=True)
        self._to_the(_TEXT, drafts, held)
        self._to_the(_OWNER, drafts, held, rows_count=True)

    def _to_the(
        self,
        depth: int,
        drafts: Iterable[int],
        held: Mapping[int, Side],
        *,
        one_item: bool = False,
        rows_count: bool = False,
    ) -> None:
        waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for at, record in held.items():
            if at not in self.taken:
                for cells in dict.fromkeys(each[:depth] for each in record.letters if each[0]):
                    waiting[cells].append(at)
        for index in self._left(drafts):
            draft = self.drafts[index]
            for cells in dict.fromkeys(each[:depth] for each in draft.letters):
                fitting = (
                    at
                    for at in self._first(waiting.get(cells, deque()))
                    if _refs_agree(draft, held[at], rows_count=rows_count)
                    and not (one_item and not draft.may_share_item(held[at]))
                    and self._may_be_edited(draft, held[at], cells)
                )
                chosen = next(fitting, None)
                if chosen is not None:
                    self._pair(index, chosen)
                    break

    def _first(self, queue: deque[int]) -> Iterator[int]:
        while queue and queue[0] in self.taken:
            queue.popleft()
        return islice((at for at in queue if at not in self.taken), _LOOKED_AT)

    def _may_be_edited(self, draft: Side, record: Side, same: Sequence[str]) -> bool:
        """Tell whether the cells that are not among the same ones may have been edited."""
        other_item = len(same) < _ITEM and not draft.may_share_item(record)
        other_owner = len(same) < _OWNER and not draft.may_share_owner(record)
        if not (other_item or other_owner):
            return True
        words = content(tuple(same[0].split()))
        alone = len(same) >= _ITEM or len(words) >= _FEWEST_WORDS
        return alone and not (other_item and other_owner) and not self._is_settled(draft, record)

    def by_words(self, drafts: Sequence[int], held: Mapping[int, Side]) -> None:
        """Match words that mean the same, then close ones in their place; others are near."""
        pairs = sorted(self._likely(drafts, held))
        self._take([pair for pair in pairs if pair.verdict is Verdict.SAME])
        self._take(list(self._in_place(pairs, drafts, held)))
        for pair in pairs:
            draft, record = self.drafts[pair.draft], held[pair.at]
            may_be_one = draft.may_share_item(record) or draft.may_share_owner(record)
            if may_be_one or not (self.writes_over and pair.unlikeness):
                self.near[pair.draft].append(pair.at)

    def _likely(self, drafts: Sequence[int], held: Mapping[int, Side]) -> Iterator[_Pair]:
        """Compare each draft with the records that share its rarer words."""
        row = {index: number / len(drafts) for number, index in enumerate(drafts)}
        place = {at: number / len(held) for number, at in enumerate(held)}
        left = {index: self.drafts[index] for index in self._left(drafts)}
        free = {at: record for at, record in held.items() if at not in self.taken}
        for index, at in likely(left, free):
            draft, record = left[index], free[at]
            verdict, share = likeness(draft, record)
            if verdict > Verdict.LIKE and self._contradicts(draft, record):
                verdict = Verdict.LIKE
            if verdict is not Verdict.OTHER:
                distance = abs(row[index] - place[at])
                yield _Pair(not draft.marked, 1 - share, distance, index, at, verdict)

    def _in_place(
        self, pairs: Iterable[_Pair], drafts: Iterable[int], held: Mapping[int, Side]
    ) -> Iterator[_Pair]:
        """Give the close pairs of one number, and those that stand between the same found ones."""
        rows = [i for i in drafts if self.drafts[i].marked and self.found.get(i) in held]
        places = [self.found[index] for index in rows]
        for pair in pairs:
            if pair.verdict is Verdict.CLOSE and not pair.in_passing:
                row = bisect(rows, pair.draft)
                around = [*places[max(row - 1, 0) : row], pair.at, *places[row : row + 1]]
                numbered = fold(self.drafts[pair.draft].ref) == fold(held[pair.at].ref) != ""
                if numbered or (len(around) > 1 and around == sorted(around)):
                    yield pair

    def _take(self, pairs: Iterable[_Pair]) -> None:
        for pair in pairs:
            if pair.draft not in self.found and pair.at not in self.taken:
                self._pair(pair.draft, pair.at)

    def _left(self, drafts: Iterable[int]) -> list[int]:
        return [index for index in drafts if index not in self.found and index not in self.new]

    def _pair(self, index: int, at: int) -> None:
        self.found[index] = at
        self.taken.add(at)

    def _contradicts(self, draft: Side, record: Side) -> bool:
        """Tell whether something beside the words stands against it."""
        if not _refs_agree(draft, record) or not draft.may_share_owner(record):
            return True
        other_day = bool(draft.due and record.due and draft.due != record.due)
        written_over = other_day or _is_another(draft, record)
        return self._is_settled(draft, record) or (self.writes_over and written_over)

    def _is_settled(self, draft: Side, record: Side) -> bool:
        """Tell whether the record is closed, or exempt where the draft is not."""
        settled = record.closed or (record.exempt and not draft.exempt)
        return self.writes_over and settled


def _unless_number(ref: str) -> str:
    # A bare number begins again at every meeting.
    return "" if ref.strip().isdecimal() else fold(ref)


def _refs_agree(draft: Side, record: Side, *, rows_count: bool = False) -> bool:
    """Tell whether no two references stand against it; bare numbers may just count rows."""
    if not (draft.ref and record.ref) or fold(draft.ref) == fold(record.ref):
        return True
    return rows_count and draft.ref.strip().isdecimal() and record.ref.strip().isdecimal()


# What bodies begin again with at each meeting.
_COUNTED_ANEW = re.compile(r"(?:[a-z]{1,2}|action|point|item|no)?[ .]*\d{1,3}[a-z]?")


def _is_another(draft: Side, record: Side) -> bool:
    """Tell whether item, owner and text are all others than ever, whatever reference they bear."""
    return all(
        (says := {each[cell] for each in draft.letters} - {""})
        and says.isdisjoint(each[cell] for each in record.letters)
        for cell in range(_OWNER)
    )
