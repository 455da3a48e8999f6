"""What a page of a PDF draws, in that order: pieces of text, and the stretches of lines they make.

Headers and footers are left out.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cpctrack.reading.document import Table
from cpctrack.reading.lines import LABEL, tidy

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
_GAP, _GAP_OF_COLUMN = 2.0, 0.2  # in letter sizes
_FURNITURE = 3  # lines at the top and at the bottom of a page that may be printed on every one
# Words of a justified line stand up to three spaces apart; more were set by hand.
_NARROW_SPACES = re.compile("(?<! ) {2,3}(?! )")
_SEEN_HYPHEN = re.compile(r"\u00ad(?=\w)")  # at a line's end it only breaks a word
_NO_LETTER = re.compile("[\x00-\x1f\ufffd\ue000-\uf8ff]")
_DIGITS = re.compile(r"\d+")
_MOST_PAGES_APART = 0.5


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
        if self.is_fixed:
            return self.size * (len(text) * _FIXED)
        return self.size * sum(map(_width, text))


class Pieces:
    """Collects the pieces of one page; hand its methods to the library as its visitors."""

    def __init__(self, page: int, most_letters: int, see: Callable[..., None]) -> None:
        self.pieces: list[Piece] = []
        self.drawn = self.garbled = 0  # letters, and those of them that nothing tells
        self.pictures = 0
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
        self.pictures += operator in (b"Do", b"INLINE IMAGE")
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
        letters = text.replace("\n", "").replace(" ", "")
        self.drawn += len(letters)
        self.garbled += len(letters if _tells_none(font) else _NO_LETTER.findall(letters))
        printed = _printed(text)
        if not printed:
            return
        a, b, _, d, x, y = _multiplied([float(n) for n in inner], [float(n) for n in outer])
        length = math.hypot(a, b)
        # A watermark is set at a slant; lines go across or along the page.
        if not length or min(abs(a), abs(b)) >= 0.05 * length:
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


def _tells_none(font: Any) -> bool:
    """Tell whether a font numbers its letters, and says of no number which letter it is."""
    numbered = hasattr(font, "get") and font.get("/Encoding") in ("/Identity-H", "/Identity-V")
    return numbered and "/ToUnicode" not in font


def _width(letter: str) -> float:
    """Guess a letter's width in the common fonts, as a part of their size."""
    if letter in _NARROW:
        return 0.28
    if letter in _WIDE:
        return 0.85
    return 0.67 if letter.isupper() else 0.52


class RuledCell(NamedTuple):
    """What stands in a cell that is drawn with lines; None is one that a cell above reaches to."""

    strips: "tuple[Strip, ...] | None"
    columns: int = 1
    shade: str = ""
    width: float = 0.0  # in points


RuledRow = tuple[RuledCell, ...]


class Strip(NamedTuple):
    """Letters on one line with no wide gap between them."""

    text: str
    x: float
    y: float
    right: float
    size: float
    bold: bool
    spaced: bool = False  # a space is drawn at its end
    table: Table | None = None  # what stands here is a table that is already read
    ruled: tuple[RuledRow, ...] = ()  # or one drawn with lines
    guessed: bool = False  # or one whose columns are told by a header

    @property
    def is_table(self) -> bool:
        """Tell a table from letters."""
        return self.table is not None or bool(self.ruled)


def strips_of(pieces: Sequence[Piece | Strip]) -> list[Strip]:
    """Put pieces together that follow each other on a line.

    Where letters begin under each other a column may begin; a narrow gap before it is one, too.
    A table among them stays.
    """
    strips = list(_put_together(pieces, frozenset()))
    begun = Counter(round(strip.x) for strip in strips)
    columns = frozenset(x for x, times in begun.items() if times > 1)
    return list(_put_together(pieces, columns))


def _put_together(pieces: Sequence[Piece | Strip], columns: frozenset[int]) -> Iterator[Strip]:
    run: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Strip):
            yield from _strip(run)
            yield piece
            run = []
            continue
        if run and not _follows(run, piece, columns):
            yield from _strip(run)
            run = []
        if run or piece.text.strip():
            run.append(piece)
    yield from _strip(run)


def _follows(run: list[Piece], piece: Piece, columns: frozenset[int]) -> bool:
    last = next(before for before in reversed(run) if before.text.strip())
    if abs(piece.y - last.y) > 0.4 * max(piece.size, last.size) or piece.x < last.x:
        return False
    if not piece.text.strip():
        return True
    # A guess of a long piece's width can be a tenth out.
    gap = piece.x - last.right - 0.1 * (last.right - last.x)
    so_far = "".join(before.text for before in run).strip()
    narrowest = _GAP_OF_COLUMN if round(piece.x) in columns else _GAP
    return gap < narrowest * last.size or LABEL.fullmatch(so_far) is not None


def _strip(run: list[Piece]) -> Iterator[Strip]:
    lettered = [piece for piece in run if piece.text.strip()]
    if not lettered:
        return
    text = lettered[0].text
    for before, piece in pairwise(run):
        label = LABEL.fullmatch(before.text.strip()) and piece.x > before.x + before.size
        text += f" {piece.text}" if label else piece.text
    yield Strip(
        _SEEN_HYPHEN.sub("-", _NARROW_SPACES.sub(" ", text.strip())),
        lettered[0].beginning,
        lettered[0].y,
        lettered[-1].right,
        max(piece.size for piece in lettered),
        all(piece.bold for piece in lettered),
        run[-1].spaced,
    )


def joined(text: str, more: str, glue: str) -> str:
    """Put the text of the next line behind the text so far, with `glue` but within a word."""
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + more
    return f"{text}{glue}{more}" if text else more


def without_furniture(pages: list[list[Strip]]) -> list[list[Strip]]:
    """Leave out what stands at one height on most pages: headers, footers, page numbers."""
    found: Counter[tuple[str, int]] = Counter()
    for page in pages:
        found.update({_place(strip) for strip in _edges(page)})
    least = max(2, _MOST_PAGES_APART * sum(bool(page) for page in pages))
    kept = []
    for page in pages:
        edges = {strip for strip in _edges(page) if found[_place(strip)] >= least}
        kept.append([strip for strip in page if strip not in edges])
    return kept


def _edges(page: list[Strip]) -> list[Strip]:
    by_height = sorted((strip for strip in page if not strip.is_table), key=lambda strip: strip.y)
    return [*by_height[:_FURNITURE], *by_height[-_FURNITURE:]]


def _place(strip: Strip) -> tuple[str, int]:
    return _DIGITS.sub("#", strip.text), round(strip.y / 2)
