"""Numbers as lists count and print them: 3, c, C, iii, III, 2.1."""

import re
from collections.abc import Mapping
from typing import NamedTuple

BULLET = "-"
_PLACE = re.compile("%([1-9])")

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 10


class ListLevel(NamedTuple):
    """How the entries at one depth of a list are numbered."""

    form: str = ""  # 1, 01, a, A, i, I, or - for a bullet; nothing where no number is printed
    text: str = ""  # “%1.%2”: each stands for the number at that depth, which is 1 or more
    start: int = 1
    restart: int | None = None  # the depth that sets it back; 0: none does
    digits_only: bool = False


def count(
    counters: dict[int, int],
    levels: Mapping[int, ListLevel],
    depth: int,
    start: int | None = None,
) -> str:
    """Count one more entry at this depth and print its number; deeper ones begin again."""
    level = levels.get(depth, ListLevel())
    counters[depth] = counters.get(depth, level.start - 1) + 1 if start is None else start
    for deeper in [other for other in counters if other > depth]:
        restart = levels.get(deeper, ListLevel()).restart
        if restart is None or depth <= restart:
            del counters[deeper]
    if level.form == BULLET:
        return BULLET

    def printed(place: re.Match[str]) -> str:
        shown = levels.get(int(place[1]), ListLevel())
        number = counters.get(int(place[1]), shown.start)
        return numeral("1" if level.digits_only else shown.form, number) if shown.form else ""

    return _PLACE.sub(printed, level.text).strip()


def numeral(style: str, number: int) -> str:
    """Print a number in the style `1`, `01`, `a`, `A`, `i` or `I`; another gives plain digits."""
    if style in ("a", "A") and 0 < number <= _MOST_LETTERS:
        # After z come aa, bb, as Word and LibreOffice print them.
        letters = chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in ("i", "I") and 0 < number <= _MOST_ROMAN:
        letters = ""
        for value, roman in _ROMAN:
            times, number = divmod(number, value)
            letters += roman * times
        letters = letters if style == "i" else letters.upper()
    else:
        letters = f"{number:02}" if style == "01" else str(number)
    return letters
