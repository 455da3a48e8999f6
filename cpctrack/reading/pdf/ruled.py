"""The tables of a page that are drawn with lines: what stands between the lines is a cell."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cpctrack.reading.office import shade_of
from cpctrack.reading.pdf.text import Piece, RuledCell, RuledRow, Strip, strips_of

_MOST_LINES = 2000  # of a page
_MOST_CELLS = 2000  # of a table on a page
_MOST_STRIPS = 60  # of a cell; one with more is there for the layout
_THIN = 3.0  # points: a box that is no wider is a line
_NEAR = 2.0  # points between lines that are meant as one
_OPEN = 8.0  # points: less than a line of letters needs
_STROKING = (b"S", b"s", b"B", b"B*", b"b", b"b*")
_FILLING = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_COLOURING = (b"rg", b"g", b"sc", b"scn", b"k", b"cs")

_Box = tuple[float, float, float, float]  # left, bottom, right, top


class Ruling(NamedTuple):
    """A line across or down: where it is, where it begins and ends."""

    at: float
    start: float
    end: float


class Rulings:
    """Collects the lines and the shades of one page; hand `see` to the library as its visitor."""

    def __init__(self) -> None:
        self.across: list[Ruling] = []
        self.down: list[Ruling] = []
        self.shades: list[tuple[_Box, str]] = []
        self._path: list[_Box] = []
        self._point = [0.0, 0.0]
        self._colour = ""

    def see(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float]) -> None:
        """Follow an instruction."""
        numbers = [float(each) for each in operands if isinstance(each, int | float)]
        if operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            self._path.append(_box([x, y, x + width, y + height], matrix))
        elif operator == b"m" and len(numbers) == 2:
            self._point = numbers
        elif operator == b"l" and len(numbers) == 2:
            self._path.append(_box(self._point + numbers, matrix))
            self._point = numbers
        elif operator in _COLOURING:
            levels = numbers * 3 if len(numbers) == 1 else numbers
            if len(numbers) == 4:  # cyan, magenta, yellow, black
                levels = [(1 - level) * (1 - numbers[3]) for level in numbers[:3]]
            parts = (f"{round(min(max(level, 0), 1) * 255):02x}" for level in levels)
            self._colour = shade_of("".join(parts))
        elif operator in _STROKING or operator in _FILLING:
            self._draw(operator)
        elif operator == b"n":
            self._path = []

    def _draw(self, operator: bytes) -> None:
        path, self._path = self._path, []
        if len(self.across) + len(self.down) + len(self.shades) + len(path) > _MOST_LINES:
            return
        for box in path:
            left, bottom, right, top = box
            if top - bottom <= _THIN:
                self.across.append(Ruling((bottom + top) / 2, left, right))
            elif right - left <= _THIN:
                self.down.append(Ruling((left + right) / 2, bottom, top))
            elif operator in _STROKING:
                self.across += [Ruling(y, left, right) for y in (bottom, top)]
                self.down += [Ruling(x, bottom, top) for x in (left, right)]
            if operator in _FILLING:  # with white, too: it covers what is behind
                self.shades.append((box, self._colour))


def with_ruled(items: Sequence[Piece | Strip], rulings: Rulings) -> list[Piece | Strip]:
    """Put each table of two columns or more in the place of its first piece."""
    items = list(items)
    for down in _bands(rulings.down):
        grid = RuledGrid(down, rulings)
        if not grid.is_table():
            continue
        inside = [each for each in items if isinstance(each, Piece) and grid.holds(each)]
        if any(piece.text.strip() for piece in inside) and (rows := grid.rows(inside)):
            first = inside[0]
            place = items.index(first)
            taken = set(map(id, inside))
            kept = [each for each in items[place:] if id(each) not in taken]
            table = Strip("", first.x, first.y, first.x, 0, False, ruled=tuple(rows))
            items = [*items[:place], table, *kept]
    return items


def _box(corners: Sequence[float], matrix: Sequence[float]) -> _Box:
    a, b, c, d, e, f = matrix
    xs = sorted(x * a + y * c + e for x, y in (corners[:2], corners[2:]))
    ys = sorted(x * b + y * d + f for x, y in (corners[:2], corners[2:]))
    return xs[0], ys[0], xs[1], ys[1]


def _bands(down: Iterable[Ruling]) -> Iterator[list[Ruling]]:
    """Group the lines down by the height that they stand at: one table is above the next."""
    band: list[Ruling] = []
    end = 0.0
    for ruling in sorted(down, key=lambda ruling: ruling.start):
        if band and ruling.start > end + _NEAR:
            yield band
            band = []
        end = max(end, ruling.end) if band else ruling.end
        band.append(ruling)
    if band:
        yield band


def _distinct(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place > found[-1] + _NEAR:
            found.append(place)
    return found


class RuledGrid:
    """The places of a table between its lines, counted from the bottom left."""

    def __init__(self, down: Sequence[Ruling], rulings: Rulings) -> None:
        bottom = min(ruling.start for ruling in down) - _NEAR
        top = max(ruling.end for ruling in down) + _NEAR
        self._down = down
        self._across = [ruling for ruling in rulings.across if bottom < ruling.at < top]
        self._drawn = rulings
        self._xs = _distinct(ruling.at for ruling in down)
        self._ys = _distinct([*(ruling.at for ruling in self._across), *self._open_ends()])

    def _open_ends(self) -> Iterator[float]:
        """Give where most lines down end beyond the last line across: a page cuts a row there."""
        if not self._across:
            return
        lowest = min(ruling.at for ruling in self._across) - _OPEN
        highest = max(ruling.at for ruling in self._across) + _OPEN
        for ends in (
            [(ruling.at, ruling.start) for ruling in self._down if ruling.start < lowest],
            [(ruling.at, ruling.end) for ruling in self._down if ruling.end > highest],
        ):
            if len(_distinct(at for at, _ in ends)) > len(self._xs) / 2:
                yield ends[0][1]

    def is_table(self) -> bool:
        """Tell lines with cells of two columns or more between them."""
        columns, rows = len(self._xs) - 1, len(self._ys) - 1
        return columns > 1 and rows > 0 and columns * rows <= _MOST_CELLS

    def holds(self, piece: Piece) -> bool:
        """Tell whether letters stand in it."""
        xs, ys = self._xs, self._ys
        return xs[0] < piece.beginning < xs[-1] and ys[0] < piece.y < ys[-1]

    def rows(self, pieces: Iterable[Piece]) -> list[RuledRow]:
        """Give the rows from the top; none where the lines are there for the layout."""
        begins: dict[tuple[int, int], tuple[int, int]] = {}  # where the cell of a place begins
        rows: list[list[tuple[tuple[int, int] | None, int, float]]] = []
        for row in reversed(range(len(self._ys) - 1)):
            rows.append([])
            column = 0
            while column < len(self._xs) - 1:
                end = column + 1
                height = (self._ys[row] + self._ys[row + 1]) / 2
                while end < len(self._xs) - 1 and not _passes(self._down, self._xs[end], height):
                    end += 1
                above = begins.get((row + 1, column))
                middle = (self._xs[column] + self._xs[column + 1]) / 2
                if above and _passes(self._across, self._ys[row + 1], middle):
                    above = None
                for each in range(column, end):
                    begins[row, each] = above or (row, column)
                wide = self._xs[end] - self._xs[column]
                rows[-1].append((None if above else (row, column), end - column, wide))
                column = end
        inside: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            place = bisect_right(self._ys, piece.y) - 1, bisect_right(self._xs, piece.beginning) - 1
            inside.setdefault(begins[place], []).append(piece)
        strips = {place: tuple(strips_of(drawn)) for place, drawn in inside.items()}
        if max(map(len, strips.values())) > _MOST_STRIPS:
            return []
        return [
            tuple(
                RuledCell(
                    None if at is None else strips.get(at, ()), columns, self._shade(at), wide
                )
                for at, columns, wide in row
            )
            for row in rows
        ]

    def _shade(self, at: tuple[int, int] | None) -> str:
        if at is None:
            return ""
        x = (self._xs[at[1]] + self._xs[at[1] + 1]) / 2
        y = (self._ys[at[0]] + self._ys[at[0] + 1]) / 2
        return shade_at(self._drawn, x, y)


def shade_at(drawn: Rulings, x: float, y: float) -> str:
    """Give the colour that was filled in there last."""
    found = [
        colour
        for (left, bottom, right, top), colour in drawn.shades
        if left < x < right and bottom < y < top
    ]
    return found[-1] if found else ""


def _passes(rulings: Iterable[Ruling], at: float, middle: float) -> bool:
    return any(
        abs(ruling.at - at) <= 2 * _NEAR and ruling.start <= middle <= ruling.end
        for ruling in rulings
    )
