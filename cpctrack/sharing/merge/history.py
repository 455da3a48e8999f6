"""The histories of one record, brought together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from cpctrack.store import canonical
from cpctrack.store.codec import Row


def unite(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    """Bring two histories together in order of time, what both hold once."""
    same = next(
        (at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
        min(len(ours), len(theirs)),
    )
    mine, other = ours[same:], theirs[same:]
    if not (mine and other):
        return [*ours, *other]
    mine_at, other_at = ([str(line.get("at", "")) for line in each] for each in (mine, other))
    if max(mine_at) < min(other_at):  # as nearly always
        return [*ours, *other]
    if max(other_at) < min(mine_at):
        return [*theirs, *mine]
    tails = ([(_moment(line), line) for line in each] for each in (mine, other))
    return [*ours[:same], *_zipped(*tails)]


_Timed = tuple[tuple[Any, ...], Row]


def _zipped(ours: list[_Timed], theirs: list[_Timed]) -> Iterator[Row]:
    """Merge by time, each side in its own order; a line that both have comes where it is first."""
    sides = ours[::-1], theirs[::-1]
    given: list[dict[Any, int]] = [defaultdict(int), defaultdict(int)]
    while any(sides):
        first = min(side[-1][0] for side in sides if side)
        whose = [which for which in (0, 1) if sides[which] and sides[which][-1][0] == first]
        most = max(given[0][first], given[1][first])
        for which in whose:
            _, line = sides[which].pop()
            given[which][first] += 1
        if max(given[0][first], given[1][first]) > most:
            yield line


def _moment(line: Row) -> tuple[Any, ...]:
    """Give what orders lines: the time, then whatever keeps one command's lines together."""
    get = line.get
    return str(get("at", "")), str(get("by", "")), str(get("via", "")), canonical.dumps(line)


def lines_of(row: Row) -> list[Row]:
    """Give a row's history, or nothing where it is none."""
    lines: list[Row] = row.get("history", [])
    return lines if are_lines(lines) else []


def are_lines(value: Any) -> bool:
    """Tell whether this can be a history."""
    return isinstance(value, list) and set(map(type, value)) <= {dict}
