"""Whether two wordings ask for one thing: abbreviations, small words and endings do not count."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from cpctrack.matching.spellings import is_slip
from cpctrack.text import fold

# A sign or a unit is part of its number: −5 is not 5, and £5 is not 5 %.
_WORD = re.compile(r"(?<!\w)[-−](?=\d)\d+|[£€$]\s?\d+|\d+\s?%|[^\W_]+")
_SPELT = str.maketrans({"−": "-", " ": None, "\xa0": None})
_APOSTROPHES = re.compile("['’‘`´]")
_LONGEST = 500  # words of a text that are compared; of a longer one nothing is sure

# They say nothing of what is to be done: passive or active, to the members or to nobody named.
_LIGHT = frozenset(
    {
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by", "for", "from",
        "had", "has", "have", "in", "is", "it", "its", "of", "on", "or", "such", "that", "the",
        "their", "them", "then", "there", "these", "they", "this", "those", "to", "was", "were",
        "which", "with", "will", "would", "shall", "should", "might", "can", "could", "must",
        "agreed", "committee", "council", "councillor", "councillors", "cllr", "cllrs",
        "member", "members", "give", "given", "circulate", "circulated", "provide", "provided",
        "provides", "providing", "send", "sent", "share", "shared", "supply", "supplied",
        "about", "asked", "concerning", "re", "regarding", "relating", "relation", "requested",
        "respect", "undertook",
    }
)  # fmt: skip
# Where one of these differs, so does what was agreed.
_TELLING = frozenset(
    {
        "not", "no", "never", "without", "except", "cannot", "neither", "nor", "none", "nothing",
        "hardly", "unless", "wouldnt", "wont", "cant", "couldnt", "shouldnt", "shant", "mustnt",
        "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt",
        "refus", "declin", "ceas", "stop", "stopp",  # stems
        "until", "before", "after", "one", "two",
        "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "first", "second", "third", "fourth", "january", "february", "march", "april", "may",
        "june", "july", "august", "september", "october", "november", "december", "spring",
        "summer", "autumn", "winter", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "day", "days", "week", "weeks", "month", "months", "year",
        "years", "weekly", "monthly", "quarterly", "yearly", "annual", "annually", "north",
        "south", "east", "west", "former", "latter",
    }
)  # fmt: skip
_ENDINGS = ("ing", "ed", "es", "s", "e")
_STEM = 4  # letters that must be left of a word without its ending

_PASSED_OVER = frozenset({"of", "in", "and", "the", "for", "to", "on", "a", "an", "with", "by"})
_LONGEST_ABBREVIATION = 6

_FEWEST = 3  # words with a meaning: of fewer nothing is sure
_ADDED = 10  # one word in so many may be added or left out
_REPLACED = 12  # one word in so many may be another, where the place speaks for it
_SLIPS = 4  # words that differ: among more, one more slip changes nothing
_IN_ORDER = 0.6
_SHARED = 0.6
_CONTAINED = 0.8
_FEWEST_CONTAINED = 4


class Verdict(IntEnum):
    """How sure it is that two texts are one."""

    OTHER = 0
    LIKE = 1
    """A person should say."""
    CLOSE = 2
    """They are, if they also stand in the same place."""
    SAME = 3


class Likeness(NamedTuple):
    """What two texts have in common: `share` is 1.0 where it is every word that matters."""

    verdict: Verdict
    share: float


NO_LIKENESS = Likeness(Verdict.OTHER, 0.0)


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text as they are written, without punctuation."""
    found = _WORD.findall(_APOSTROPHES.sub("", text))
    return tuple(word if word.isalnum() else word.translate(_SPELT) for word in found)


def plain(words: Iterable[str]) -> tuple[str, ...]:
    """Give the words without case and accents."""
    return tuple(map(_fold, words))


@lru_cache(maxsize=4096)  # a text is compared with several others
def content(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words that say what is to be done, without their endings."""
    return tuple(_stem(word) for word in plain(words) if word not in _LIGHT)


def without(words: Sequence[str], phrase: Sequence[str]) -> tuple[str, ...]:
    """Give the words without the first place where `phrase` stands in them."""
    folded, wanted = plain(words), plain(phrase)
    length = len(wanted)
    for at in range(len(folded) - length + 1) if length else ():
        if folded[at : at + length] == wanted:
            return (*words[:at], *words[at + length :])
    return tuple(words)


def compare(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Compare two texts, given as their words; an abbreviation is what it stands for.

    Only words that matter are compared, and without their endings. Texts are the same that differ
    in nothing else, or in one word in ten that one of them has more; never where a number, a date
    or a “not” differs.
    """
    if max(len(one), len(other)) > _LONGEST:
        return min(compare(one[:_LONGEST], other[:_LONGEST]), Likeness(Verdict.LIKE, 1.0))
    words, others = (content(text) for text in _with_abbreviations(one, other))
    fewest = min(len(words), len(others))
    if not fewest:
        return NO_LIKENESS
    missing, extra, slips = _differences(words, others)
    common = len(words) - missing.total()
    share = 2 * common / (len(words) + len(others))
    contained = fewest >= _FEWEST_CONTAINED and common / fewest >= _CONTAINED
    if share < _SHARED and not contained:
        return Likeness(Verdict.OTHER, share)
    tells = any(word in _TELLING or not word.isalpha() for word in (*missing, *extra))
    if fewest < _FEWEST or tells or not _in_order(words, others, slips):
        return Likeness(Verdict.LIKE, share)
    added, left_out = missing.total(), extra.total()
    if not (added and left_out) and added + left_out <= fewest // _ADDED:
        return Likeness(Verdict.SAME, share)
    replaced = max(added, left_out) <= fewest // _REPLACED
    return Likeness(Verdict.CLOSE if replaced else Verdict.LIKE, share)


def _differences(
    words: Sequence[str], others: Sequence[str]
) -> tuple[Counter[str], Counter[str], dict[str, str]]:
    """Give the words that only one text has, and those that are one word with a slip in it."""
    bag, other_bag = Counter(words), Counter(others)
    missing, extra = bag - other_bag, other_bag - bag
    slips: dict[str, str] = {}
    for word in missing if max(len(missing), len(extra)) <= _SLIPS else ():
        slip = next((other for other in extra if extra[other] and is_slip(word, other)), None)
        if slip:
            slips[slip] = word
            paired = min(missing[word], extra[slip])
            missing[word] -= paired
            extra[slip] -= paired
    return +missing, +extra, slips


def _in_order(words: Sequence[str], others: Sequence[str], slips: dict[str, str]) -> bool:
    from difflib import SequenceMatcher

    others = [slips.get(word, word) for word in others]
    return SequenceMatcher(None, words, others, autojunk=False).ratio() >= _IN_ORDER


_fold = lru_cache(maxsize=4096)(fold)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    if word in _TELLING:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


# --- abbreviations --------------------------------------------------------------------------


def _with_abbreviations(
    one: tuple[str, ...], other: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what either text abbreviates as its abbreviation in both."""
    known = _abbreviations(one) | _abbreviations(other)
    if not known:
        return one, other
    return _abbreviated(one, known), _abbreviated(other, known)


@lru_cache(maxsize=4096)
def _abbreviations(words: tuple[str, ...]) -> frozenset[str]:
    if len(words) > 1 and all(map(str.isupper, words)):  # a heading in capitals
        return frozenset()
    return frozenset(filter(None, map(_letters, words)))


def _letters(word: str) -> str:
    """Give the letters of an abbreviation (SGOs: sgo, CiC: cic), or nothing for another word."""
    singular = word.removesuffix("s")
    capitals = sum(letter.isupper() for letter in singular)
    fits = 2 <= len(singular) <= _LONGEST_ABBREVIATION and singular.isalpha()
    return singular.casefold() if fits and capitals >= 2 else ""


def _abbreviated(words: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    folded = plain(words)
    written: list[str] = []
    at = 0
    while at < len(words):
        length, letters = max(((_spelt(folded, at, each), each) for each in known), default=(0, ""))
        found = letters if length else _letters(words[at])
        if not found:
            written.append(words[at])
        elif written[-1:] != [found]:  # “Special Guardianship Order (SGO)” says it twice
            written.append(found)
        at += max(length, 1)
    return tuple(written)


def _spelt(words: Sequence[str], start: int, letters: str) -> int:
    """Give the number of words from `start` whose first letters spell the abbreviation, or 0."""
    at = start
    for letter in letters:
        while at > start and at < len(words) and not words[at].startswith(letter):
            if words[at] not in _PASSED_OVER:
                return 0
            at += 1
        if at >= len(words) or not words[at].startswith(letter):
            return 0
        at += 1
    return at - start
