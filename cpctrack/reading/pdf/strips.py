"""From the pieces that a page draws to stretches of its lines, without headers and footers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cpctrack.reading.document import Table
from cpctrack.reading.lines import LABEL
from cpctrack.reading.pdf.text import SOFT_HYPHEN, Piece

_GAP, _GAP_OF_COLUMN = 2.0, 0.2  # in letter sizes
_FURNITURE = 3  # lines at the top and at the bottom of a page that may be printed on every one
# Words of a justified line stand up to three spaces apart; more were set by hand.
_NARROW_SPACES = re.compile("(?<! ) {2,3}(?! )")
_SEEN_HYPHEN = re.compile(r"\u00ad(?=\w)")  # at a line's end it only breaks a word
_DIGITS = re.compile(r"\d+")
_MOST_PAGES_APART = 0.5


class RuledCell(NamedTuple):
    """What stands in a cell that is drawn with lines; None is one that a cell above reaches to."""

    strips: "tuple[Strip, ...] | None"
    columns: int
    shade: str


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
