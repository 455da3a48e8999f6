"""What is compared of a draft and of a record: their wordings, their owners and their item."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from cpctrack.matching.owners import is_person
from cpctrack.matching.wordings import (
    NO_LIKENESS,
    Likeness,
    Verdict,
    compare,
    content,
    plain,
    without,
    words_of,
)
from cpctrack.records.changes import versions
from cpctrack.records.model import Record, split_item
from cpctrack.text import fold

PRINTED = "Minutes"
"""The name under which a record keeps what the minutes print, where its own text differs."""

_NUMBER = re.compile(r"\D*0*(\d+)", re.ASCII)
_LOOKED_AT = 8  # records compared word by word with one draft
_COMMON = 50  # a word that more records of a meeting share singles none out
_MINUTE = re.compile(r"\D{0,12}(\d{1,3}/\d{2,4})\b\W*", re.ASCII)  # “07/23”, which a log keeps


class Saying(NamedTuple):
    """The cells by which a draft or a record says what is to be done, as written."""

    text: str
    item: str = ""
    owner: str = ""
    response: str = ""


class Wording(NamedTuple):
    """One way to put a text: its words, less the owner's name where that stood among them."""

    words: tuple[str, ...]
    names_owner: bool


@dataclass(eq=False)
class Side:
    """A draft or a record, as it is compared; what costs time is made when it is asked for.

    `said` are its cells as they are, then in other wordings of them; `also` are texts that mean
    it and may be shared with others. `ref` is what another's document calls it. A draft that is
    not `marked` was said in passing.
    """

    said: Sequence[Saying]
    meeting: str
    owners: tuple[str, ...] = ()
    due: str = ""
    ref: str = ""
    also: Sequence[str] = ()
    exempt: bool = False
    closed: bool = False
    marked: bool = True

    @cached_property
    def letters(self) -> Sequence[tuple[str, str, str, str]]:
        """What it says in plain words: text, then item, owner and response, each way."""
        return [
            (" ".join(plain(_words(text))), fold(item), fold(owner), fold(response))
            for text, item, owner, response in self.said
        ]

    @cached_property
    def wordings(self) -> list[Wording]:
        """The texts, and those that name the owner without the name: a log may name another."""
        texts = (*(each.text for each in self.said), *self.also)
        whole = list(dict.fromkeys(map(_words, filter(str.strip, texts))))
        return [
            *(Wording(words, names_owner=False) for words in whole),
            *(Wording(rest, names_owner=True) for rest in self._without_owner(whole)),
        ]

    @cached_property
    def content(self) -> frozenset[str]:
        """Every word with a meaning."""
        return frozenset(word for one in self.wordings for word in content(one.words))

    def may_share_item(self, other: "Side") -> bool:
        """Tell whether nothing says that the two stand under different agenda items."""
        (number, title), (other_number, other_title) = self._item, other._item
        if title and title == other_title:
            return True
        if number and other_number:
            return number == other_number
        words, others = frozenset(content(title)), frozenset(content(other_title))
        return not words or not others or bool(words & others)

    def may_share_owner(self, other: "Side") -> bool:
        """Tell whether the owners may be the same: the minutes name posts, a log persons."""
        if not self.owners or not other.owners or self._names & other._names:
            return True
        return any(
            is_person(one) != is_person(two) or _is_one_name(one, two)
            for one, two in product(self.owners, other.owners)
        )

    @cached_property
    def _item(self) -> tuple[str, tuple[str, ...]]:
        """The number and the plain title of the agenda item."""
        number, title = split_item(self.said[0].item)
        if not number and (minute := _MINUTE.match(title)):
            number, title = minute[1], title[minute.end() :]
        digits = _NUMBER.match(number)  # minutes print 07/23 where a log prints 7
        return digits[1] if digits else fold(number), plain(words_of(title))

    @cached_property
    def _names(self) -> frozenset[str]:
        owners = frozenset(map(fold, self.owners))
        return owners.union(fold(each.owner) for each in self.said) - {""}

    def _without_owner(self, texts: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        for words in texts:
            shorter = (without(words, words_of(owner)) for owner in self.owners)
            rest = next((rest for rest in shorter if rest != words), ())
            if content(rest):
                yield rest


def of_record(record: Record) -> Side:
    """Give what is compared of a record: what it says, has ever said, and the minutes print."""
    was = list(versions(record))
    said = [
        *dict.fromkeys(Saying(one.text, one.item, one.referred_to, one.response) for one in was)
    ]
    if record.printed.get(PRINTED):
        said.append(said[0]._replace(text=record.printed[PRINTED]))
    return Side(
        said,
        meeting=record.meeting.key,
        owners=record.owners,
        due=record.due,
        ref=record.source_ref,
        also=[one.recommendation for one in was],
        exempt=record.exempt,
        closed=not record.status.is_open,
    )


def _words(text: str) -> tuple[str, ...]:
    return words_of(text) or (text,)  # what holds no word is still what it is


def _is_one_name(one: str, other: str) -> bool:
    words, others = words_of(one), words_of(other)
    return plain(words) == plain(others) or compare(words, others).verdict is Verdict.SAME


def likeness(draft: Side, record: Side) -> Likeness:
    """Give how like their likest wordings are; under different items nothing is sure.

    Nor is it where only the owners' names made a difference and the owners can't be the same.
    """
    best = NO_LIKENESS
    for one, other in product(draft.wordings, record.wordings):
        found = compare(one.words, other.words)
        named = one.names_owner or other.names_owner
        if found.verdict > Verdict.LIKE and named and not draft.may_share_owner(record):
            found = found._replace(verdict=Verdict.LIKE)
        best = max(best, found)
        if best.verdict is Verdict.SAME:
            break
    if best.verdict > Verdict.LIKE and not draft.may_share_item(record):
        return best._replace(verdict=Verdict.LIKE)
    return best


def likely(drafts: Mapping[int, Side], records: Mapping[int, Side]) -> Iterator[tuple[int, int]]:
    """Give for each draft the few records that share its rarer words, by their keys."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, record in records.items():
        for word in record.content:
            places[word].append(at)
    for index, draft in drafts.items():
        weights: dict[int, float] = defaultdict(float)
        for word in draft.content:
            holders = places.get(word, ())
            if len(holders) <= _COMMON:
                for at in holders:
                    weights[at] += 1 / len(holders)
        for at in sorted(weights, key=weights.__getitem__, reverse=True)[:_LOOKED_AT]:
            yield index, at
