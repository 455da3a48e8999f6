"""What is compared of a draft and of a record: their wordings, their owners and their item."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import NamedTuple

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
from cpctrack.records.changes import value_when_imported
from cpctrack.records.model import Record, split_item
from cpctrack.text import fold

PRINTED = "Minutes"
"""The name under which a record keeps what the minutes print, where its own text differs."""

IsPerson = Callable[[str], bool]

_NUMBER = re.compile(r"\D*0*(\d+)", re.ASCII)
_LOOKED_AT = 8  # records compared word by word with one draft
_FEWEST_WORDS = 6  # with a meaning: so long a text is known under another item, too
_COMMON = 50  # a word that more records of a meeting share singles none out
_MINUTE = re.compile(r"\D{0,12}(\d{1,3}/\d{2,4})\b\W*", re.ASCII)  # “07/23”, which a log keeps


class Wording(NamedTuple):
    """One way to put a text: its words, less the owner's name where that stood among them."""

    words: tuple[str, ...]
    names_owner: bool


class Side:
    """A draft or a record, as it is compared; what costs time is made when it is asked for."""

    def __init__(
        self, texts: Iterable[str], owners: tuple[str, ...], number: str, title: str
    ) -> None:
        # What holds no word is still what it is.
        self.texts = [words_of(text) or (text,) for text in dict.fromkeys(texts) if text.strip()]
        self.owners = owners
        self.number = _number(number)
        self.title = plain(words_of(title))

    @cached_property
    def wordings(self) -> list[Wording]:
        """The texts, and those that name the owner without the name: a log may name another."""
        whole = [Wording(words, names_owner=False) for words in self.texts]
        return whole + [Wording(rest, names_owner=True) for rest in self._without_owner()]

    @cached_property
    def content(self) -> frozenset[str]:
        """Every word with a meaning."""
        return frozenset(word for one in self.wordings for word in content(one.words))

    def may_share_item(self, other: "Side") -> bool:
        """Tell whether nothing says that the two stand under different agenda items."""
        if self.title and self.title == other.title:
            return True
        if self.number and other.number:
            return self.number == other.number
        words, others = frozenset(content(self.title)), frozenset(content(other.title))
        return not words or not others or bool(words & others)

    def _without_owner(self) -> Iterator[tuple[str, ...]]:
        for words in self.texts:
            shorter = (without(words, words_of(owner)) for owner in self.owners)
            rest = next((rest for rest in shorter if rest != words), ())
            if content(rest):
                yield rest


def of_record(record: Record) -> Side:
    """Give what is compared of a record: as it is, as it was taken in, as the minutes print it."""
    taken_in = (str(value_when_imported(record, name)) for name in ("action", "recommendation"))
    texts = (record.text, *taken_in, record.printed.get(PRINTED, ""))
    return Side(texts, record.owners, *number_and_title(record.item))


def number_and_title(item: str) -> tuple[str, str]:
    """Split an agenda item as a log prints it, “07/23 Fostering” included."""
    number, title = split_item(item)
    if not number and (minute := _MINUTE.match(title)):
        return minute[1], title[minute.end() :]
    return number, title


def likeness(draft: Side, record: Side, is_person: IsPerson) -> Likeness:
    """Give how like their likest wordings are; under different items nothing is sure.

    Nor is it where only the owners' names made a difference and the owners can't be the same.
    """
    best = NO_LIKENESS
    for one, other in product(draft.wordings, record.wordings):
        best = max(best, _likeness_of(one, other, draft, record, is_person))
        if best.verdict is Verdict.SAME:
            break
    if best.verdict > Verdict.LIKE and not draft.may_share_item(record):
        return best._replace(verdict=Verdict.LIKE)
    return best


def _likeness_of(
    one: Wording, other: Wording, draft: Side, record: Side, is_person: IsPerson
) -> Likeness:
    found = compare(one.words, other.words)
    named = one.names_owner or other.names_owner
    if found.verdict > Verdict.LIKE and named and not _owners_agree(draft, record, is_person):
        return found._replace(verdict=Verdict.LIKE)
    return found


def _owners_agree(draft: Side, record: Side, is_person: IsPerson) -> bool:
    """Tell whether the owners may be the same: the minutes name posts, the log persons."""
    if not draft.owners or not record.owners:
        return True
    return any(
        is_person(one) != is_person(other) or _is_one_name(one, other)
        for one in draft.owners
        for other in record.owners
    )


def _is_one_name(one: str, other: str) -> bool:
    words, others = words_of(one), words_of(other)
    return plain(words) == plain(others) or compare(words, others).verdict is Verdict.SAME


def _number(printed: str) -> str:
    """Give the first number of an item's number: minutes print 07/23 where a log prints 7."""
    match = _NUMBER.match(printed)
    return match[1] if match else fold(printed)


def speaks_for_itself(text: tuple[str, ...]) -> bool:
    """Tell whether a text can't be mistaken for another of the same words, as “Report back” can."""
    return len(content(text)) >= _FEWEST_WORDS


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
