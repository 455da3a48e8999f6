"""How wide the columns of a table are, computed from its text; one function for every format. Pure.

Letters are measured as those of Arial, whose widths the fonts of our documents share.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise, permutations
from unicodedata import category, east_asian_width, normalize

from cpctrack.labels import COLUMNS

MOST_UPRIGHT = 5
"""The columns of a table that a page which stands upright has room for."""

LEAST_OF_RESPONSE = 0.28
"""What part of a table the column for responses has at least, where they are not more."""

_LETTERS: Mapping[float, str] = {
    0.222: "'ijlł‘’",
    0.278: " !,./:;I[\\]ft|¦\xa0ıìíîïĩīĭ",
    0.334: '"()-`r{}•¡¨\xad²³´·¸¹“”‐‑ľŀ',
    0.389: "*°ºªť",
    0.5: "Jcksvxyz^ĸ",
    0.556: "#$0123456789?L_abdeghnopqu¢£¤¥§«»¶ðþđħŁŋ–€¯",
    0.611: "+<=>~FTZ¬¿×±÷µ−ßøŦď",
    0.667: "&ABEKPSVXYÞ",
    0.722: "CDHNRUwÐĐĦ",
    0.778: "GOQØ",
    0.834: "Mm¼½¾",
    0.944: "%W©®æœ",
}
_OTHER = 0.75  # a letter that is not told here, and not of the East
_SPACE = 0.278
_WIDEST = 1.02  # of any letter
_BOLD = 1.12  # how much wider a heading is for being bold
_ROUNDING = 1.01  # what a renderer may round away of a column
_BREAK = re.compile(r"(?<=[^\W\d_][-‐–—])(?=[^\W\d])")
_BREAK_OR_SLASH = re.compile(r"(?<=[-‐–—/?&=])(?=[^\W\d])")
_LONG = 24  # letters of a word that is an address rather than one to be read
_SAMPLE = 120  # rows
_UNITS = 64  # of what is left when each column has what it needs
_STEPS = (_UNITS, 32, 16, 8, 4, 2, 1)


class _Letters(dict[str, float]):
    def __missing__(self, letter: str) -> float:
        base = normalize("NFD", letter)[0]
        width = 1.0 if east_asian_width(letter) in "WF" else _OTHER
        if category(letter) in ("Mn", "Me", "Cf"):  # part of the letter before it
            width = 0.0
        self[letter] = self[base] if base != letter else width
        return self[letter]


_WIDTHS = _Letters({letter: width for width, letters in _LETTERS.items() for letter in letters})


def response_first(columns: Sequence[str]) -> Mapping[int, float]:
    """Give the column for responses, by its place, and its least part: many have none to spare."""
    few = columns if len(columns) <= MOST_UPRIGHT else ()
    return {at: LEAST_OF_RESPONSE for at, name in enumerate(few) if name == COLUMNS["response"]}


def text_width(text: str) -> float:
    """Give how wide a line of text is, in ems: widths of letters as parts of their size."""
    return sum(map(_WIDTHS.__getitem__, text))


def pieces(word: str, *, slashes: bool = False) -> list[str]:
    """Split a word where a line may end: behind hyphens, and `slashes` or in a long address."""
    return (_BREAK_OR_SLASH if slashes or len(word) > _LONG else _BREAK).split(word)


def text_lines(text: str, room: float) -> int:
    """Count the lines that a text takes where it has `room`, in ems."""
    return sum(_lines(ends, room) for ends in _ends(text))


def column_widths(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    room: float,
    *,
    size: float,
    padding: float,
    least: Mapping[int, float] | None = None,
    slashes: bool = False,
) -> tuple[float, ...]:
    """Share `room` out among columns so that the rows together are least high.

    No column is narrower than its longest word, so that none is cut, unless the longest words
    together need more than there is: then the widest columns give way. `size` is that of the
    letters and `padding` what stays free in a cell, both sides together, in the unit of `room`;
    `least` gives columns by their places, counted from 0, and the part of the room that each has
    at least, as far as the words of the others let it. `slashes` says that lines may end behind
    one: few renderers do that by themselves. The order of rows makes no difference.
    """
    if not columns:  # the rows of a form stand in a table of its own
        return ()
    texts = list(zip(*rows, strict=True)) or [()] * len(columns)
    words = [
        max(_BOLD * _longest([column], slashes), _longest(own, slashes))
        for column, own in zip(columns, texts, strict=True)
    ]
    needs = [_ROUNDING * size * word + padding for word in words]
    if sum(needs) >= room:
        return _levelled(needs, room)
    for at, part in (least or {}).items():
        needs[at] += max(0.0, min(part * room - needs[at], room - sum(needs)))
    return _shared(needs, room, size, padding, _sample(rows))


def _shared(
    needs: Sequence[float],
    room: float,
    size: float,
    padding: float,
    rows: Sequence[Sequence[str]],
) -> tuple[float, ...]:
    """Add to what columns need what is left, in units moved for as long as that spares lines."""
    unit = (room - sum(needs)) / _UNITS
    cells = [[_ends(text) for text in texts] for texts in zip(*rows, strict=True)]
    cells = cells or [[]] * len(needs)

    @cache
    def heights(at: int, units: int) -> list[int]:
        inner = (needs[at] + unit * units - padding) / size
        return [sum(_lines(ends, inner) for ends in cell) for cell in cells[at]]

    def cost(units: Sequence[int]) -> tuple[int, int]:
        """Count the lines of the rows and, to decide between equals, of all cells."""
        of_columns = [heights(at, own) for at, own in enumerate(units)]
        return sum(map(max, zip(*of_columns, strict=True))), sum(map(sum, of_columns))

    lengths = [1 + sum(ends[-1] for cell in own for ends in cell) for own in cells]
    parts = list(accumulate(lengths, initial=0))
    units = [
        after - before for before, after in pairwise(round(_UNITS * x / parts[-1]) for x in parts)
    ]
    best = cost(units)
    for step in _STEPS:
        while True:
            moved = [
                (cost(tried), tried)
                for giver, taker in permutations(range(len(units)), 2)
                for tried in [_moved(units, giver, taker, min(step, units[giver]))]
            ]
            least = min(moved, default=(best, units))
            if least[0] >= best:
                break
            best, units = least
    return tuple(need + unit * own for need, own in zip(needs, units, strict=True))


def _moved(units: Sequence[int], giver: int, taker: int, step: int) -> list[int]:
    tried = list(units)
    tried[giver] -= step
    tried[taker] += step
    return tried


def _ends(text: str) -> list[list[float]]:
    """Give where the words of each paragraph end on one long line, in ems."""
    return [
        list(accumulate((text_width(word) + _SPACE for word in line.split()), initial=0.0))
        for line in text.split("\n")
    ]


def _lines(ends: Sequence[float], room: float) -> int:
    at = lines = 0
    while at < len(ends) - 1:
        at = max(at + 1, bisect_right(ends, ends[at] + room + _SPACE) - 1)
        lines += 1
    return max(lines, 1)


def _longest(texts: Iterable[str], slashes: bool) -> float:
    """Measure the longest piece of a word; those that can't be it are not measured."""
    longest = 0.0
    for word in sorted(set("\n".join(texts).split()), key=len, reverse=True):
        if len(word) * _WIDEST <= longest:
            break
        longest = max(longest, *map(text_width, pieces(word, slashes=slashes)))
    return longest


def _levelled(needs: Sequence[float], room: float) -> tuple[float, ...]:
    """Cut what is needed down to a level at which it fits; columns below it keep theirs."""
    left, level = room, 0.0
    for count, need in zip(range(len(needs), 0, -1), sorted(needs), strict=True):
        level = left / count
        if need > level:
            break
        left -= need
    return tuple(min(need, level) for need in needs)


def _sample(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Take rows from the shortest to the longest, so that their order makes no difference."""
    ordered = sorted(rows, key=lambda row: (sum(map(len, row)), row))
    count = min(len(ordered), _SAMPLE)
    return [ordered[(2 * at + 1) * len(ordered) // (2 * count)] for at in range(count)]
