"""Which names and texts are probably one thing written twice, without comparing all with all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cpctrack.text import fold

_APOSTROPHES = re.compile("['’‘`´]")
_OTHER_THAN_WORDS = re.compile(r"[^\w]+|_")
_SAME_WORDS = {"cllr": "councillor", "cllrs": "councillors", "cncllr": "councillor", "&": "and"}

_SHORTEST_NAME = 10  # letters: in a shorter name one other letter is often another name
_LONGEST_NAME = 80
_SHORTEST_WORD = 5
_FEWEST_WORDS = 4
_ALIKE = 0.8  # of all words in two texts, those in both
_MOST_NEIGHBOURS = 20


def plain_name(name: str) -> str:
    """Reduce a name to its words: no case, accents, punctuation or short forms of titles."""
    folded = _APOSTROPHES.sub("", fold(name)).replace("&", " & ")
    words = (_SAME_WORDS.get(word.strip("."), word) for word in folded.split())
    return " ".join(_OTHER_THAN_WORDS.sub(" ", " ".join(words)).split())


def spellings(uses: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Give the names that look like another spelling of a name used more, and that name.

    `uses` says how often each occurs; of names used equally often the first is kept.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in uses:
        groups[plain_name(name).replace(" ", "")].append(name)
    groups.pop("", None)
    usual: dict[str, str] = {}
    for names in groups.values():
        best = max(names, key=uses.__getitem__)
        usual[plain_name(best)] = best
        yield from ((name, best) for name in names if name != best)
    for earlier, later in slips(usual):
        best, rare = sorted((usual[earlier], usual[later]), key=uses.__getitem__, reverse=True)
        yield rare, best


def slips(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the pairs of plain names that differ by one slip of the finger in one long word.

    Names without one letter meet in a table, so the time grows with the names, not their square.
    """
    seen: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
            continue
        stubs = {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}
        near = {other for stub in stubs for other in seen[stub][-_MOST_NEIGHBOURS:]}
        yield from ((other, name) for other in sorted(near) if is_slip(other, name))
        for stub in stubs:
            seen[stub].append(name)


def is_slip(one: str, other: str) -> bool:
    """Tell whether two names differ in one word of five letters or more, and there by one slip.

    A slip is one letter wrong, missing, too many, or two swapped; hardly ever the first one.
    """
    pairs = list(zip(one.split(), other.split(), strict=False))
    different = [(a, b) for a, b in pairs if a != b]
    if len(one.split()) != len(other.split()) or len(different) != 1:
        return False
    a, b = different[0]
    if min(len(a), len(b)) < _SHORTEST_WORD or a[0] != b[0] or not (a + b).isalpha():
        return False
    a, b = _without_common_ends(a, b)
    return max(len(a), len(b)) == 1 or (len(a) == 2 and a == b[::-1])


def _without_common_ends(a: str, b: str) -> tuple[str, str]:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return a, b


def repeats(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give, for texts that nearly repeat an earlier one, the places of that one and of the text.

    Texts are alike that share four fifths of their words, in any order, and every number; of
    texts under four words nothing is said. Two such texts share one of their rarer words, so only
    texts with such a word in common are compared.
    """
    bags = [_words(text) for text in texts]
    frequency = Counter(word for bag in bags for word in bag)
    seen: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        if len(bag) < _FEWEST_WORDS:
            continue
        numbers = frozenset(word for word in bag if not word.isalpha())
        keys = [(word, numbers) for word in _rarest(bag, frequency)]
        near = {earlier for key in keys for earlier in seen[key][-_MOST_NEIGHBOURS:]}
        alike = [earlier for earlier in near if _share(bags[earlier], bag) >= _ALIKE]
        if alike:
            yield min(alike), place
        for key in keys:
            seen[key].append(place)


def _words(text: str) -> frozenset[str]:
    return frozenset(_OTHER_THAN_WORDS.sub(" ", _APOSTROPHES.sub("", fold(text))).split())


def _rarest(words: frozenset[str], frequency: Mapping[str, int]) -> list[str]:
    """Give as many of the rarest words as make it certain that a text alike has one of them."""
    count = int(len(words) * (1 - _ALIKE) + 1e-9) + 1
    return sorted(words, key=lambda word: (frequency[word], word))[:count]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
