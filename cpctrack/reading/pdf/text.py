"""The pieces of text that a page of a PDF draws, in the order it draws them."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from cpctrack.reading.lines import tidy

MOST_LETTERS = 32 * 1024 * 1024
_MOST_STEPS = 2_000_000  # of one page: forms that draw forms multiply
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_FIXED_FONTS = ("mono", "courier", "consola", "typewriter")
_FIXED = 0.6
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
SOFT_HYPHEN = "\u00ad"
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
Mark = tuple[int, int]  # what a document's structure calls it by: the page, from 1, and a number
ARTIFACT = (0, -1)  # what is no part of the text: a page's header, a table's on its next page
_NARROW = frozenset("iljtfrI.,;:'’‘|!()[]- ")
_WIDE = frozenset("mwMW—…%@")


class TooMuchError(Exception):
    """A page draws more than any page of minutes does."""


class Piece(NamedTuple):
    """Letters drawn at once: where they begin, seen from the reader, how large, whether bold."""

    text: str
    x: float
    y: float  # upwards
    size: float
    bold: bool = False
    is_fixed: bool = False  # every letter is as wide as the next
    mark: Mark | None = None
    spaced: bool = False  # a space is drawn at its end

    @property
    def beginning(self) -> float:
        """Guess where the first letter stands; one space in front may be the library's."""
        spaces = len(self.text) - len(self.text.lstrip(" "))
        return self.x + self._length(" " * spaces if spaces > 1 else "")

    @property
    def right(self) -> float:
        """Guess where the letters end: their widths are not told."""
        return self.x + self._length(self.text)

    def _length(self, text: str) -> float:
        widths = len(text) * _FIXED if self.is_fixed else sum(map(_width, text))
        return self.size * widths


class Pieces:
    """Collects the pieces of one page; hand its methods to the library as its visitors."""

    def __init__(self, page: int, most_letters: int, see: Callable[..., None]) -> None:
        self.pieces: list[Piece] = []
        self._page = page
        self._see = see
        self._letters = most_letters
        self._steps = _MOST_STEPS
        self._marks: list[Mark | None] = [None]  # that what is drawn now stands in
        self._forms = 0  # a form has marks of its own
        self._drawn: list[Mark | None] = []  # those of the letters that were not handed over yet

    def before(self, operator: bytes, operands: list[Any], matrix: Any, *_: object) -> None:
        """Count an instruction, follow the marks, and hand on what draws no letters."""
        self._steps -= 1
        if self._steps < 0:
            raise TooMuchError
        if operator in _SHOWING:
            self._drawn.append(self._marks[-1])
        elif operator == b"Do":
            self._forms += 1
        elif operator in (b"BDC", b"BMC") and not self._forms:
            self._marks.append(self._mark(operands))
        elif operator == b"EMC" and len(self._marks) > 1 and not self._forms:
            self._marks.pop()
        elif not self._forms:
            self._see(operator, operands, matrix)

    def after(self, operator: bytes, *_: object) -> None:
        """See a form end."""
        self._forms -= operator == b"Do"

    def _mark(self, operands: list[Any]) -> Mark | None:
        """Read a mark; what has none stands in the one around it."""
        said = operands[-1] if operands else None
        if isinstance(said, dict) and isinstance(number := said.get("/MCID"), int):
            return self._page, number
        return ARTIFACT if operands[:1] == ["/Artifact"] else self._marks[-1]

    def add(self, text: str, outer: Any, inner: Any, font: Any, size: Any) -> None:
        """Take letters, the two matrices that place them, their font and its size."""
        mark, self._drawn = (self._drawn or [None])[0], []
        self._letters -= len(text)
        if self._letters < 0:
            raise TooMuchError
        printed = _printed(text)
        if not printed:
            return
        a, b, _, d, x, y = _multiplied([float(n) for n in inner], [float(n) for n in outer])
        length = math.hypot(a, b)
        if not length or not _is_level(a, b, length):
            return
        self.pieces.append(
            Piece(
                printed,
                (x * a + y * b) / length,
                (y * a - x * b) / length,
                abs(float(size)) * (length if not d else max(length, abs(d))),
                _is_named(font, _BOLD),
                _is_named(font, _FIXED_FONTS),
                mark,
                text.rstrip("\n").endswith(" "),
            )
        )


def _is_level(a: float, b: float, length: float) -> bool:
    """Tell lines across or along the page from a watermark, which is set at a slant."""
    return min(abs(a), abs(b)) < 0.05 * length


def _multiplied(inner: list[float], outer: list[float]) -> list[float]:
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return [
        a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p,
        e * m + f * o + q, e * n + f * p + r,
    ]  # fmt: skip


def _printed(text: str) -> str:
    """Give letters as one line; the library's line ends say less than where the letters stand.

    A soft hyphen drawn by itself is one that is seen; among letters it is a place for one.
    """
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    if text.strip() == SOFT_HYPHEN:
        return SOFT_HYPHEN
    return tidy(text.replace("\n", " " if text.strip() else "")).replace("\t", " ")


def _is_named(font: Any, words: tuple[str, ...]) -> bool:
    name = str(font.get("/BaseFont", "")) if hasattr(font, "get") else ""
    return any(word in name.lower() for word in words)


def _width(letter: str) -> float:
    """Guess a letter's width in the common fonts, as a part of their size."""
    if letter in _NARROW:
        return 0.28
    if letter in _WIDE:
        return 0.85
    return 0.67 if letter.isupper() else 0.52
