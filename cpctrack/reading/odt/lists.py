"""The numbers that OpenDocument texts print in front of list items and headings."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.numerals import numeral
from cpctrack.reading.odt.names import STYLE, TEXT, XML, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BULLET = "-"
_MOST_LEVELS = 10
_BULLETS = (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image")
_NUMBERS = (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style")

_Counters = dict[int, int]


class _ListLevel(NamedTuple):
    form: str = ""  # 1, a, A, i, I or -; nothing where no number is printed
    before: str = ""
    after: str = ""
    levels: int = 1  # how many levels' numbers are printed
    start: int = 1


class _OpenList(NamedTuple):
    """A list that is being read."""

    style: str
    counters: _Counters


class Lists:
    """Counts the items of a document's lists, and its numbered headings."""

    def __init__(self, sources: "Iterable[Element]") -> None:
        self._levels: dict[str, dict[int, _ListLevel]] = {}
        self._of_headings: dict[int, _ListLevel] = {}
        for source in sources:
            for style in source.iter(f"{TEXT}list-style"):
                self._levels[style.get(f"{STYLE}name", "")] = dict(map(_level, style))
            for style in source.iter(f"{TEXT}outline-style"):
                self._of_headings = dict(map(_level, style))
        self._open: list[_OpenList] = []
        self._last: dict[str, _Counters] = {}  # by the style of the list
        self._by_id: dict[str, _Counters] = {}
        self._headings: _Counters = {}

    @contextlib.contextmanager
    def entered(self, list_: "Element") -> Iterator[None]:
        """Read a list: one inside another counts a level deeper, one by itself begins anew."""
        style = list_.get(f"{TEXT}style-name", "")
        if self._open:
            counters = self._open[-1].counters
            style = style or self._open[-1].style
        else:
            counters = self._counters(list_, style)
        self._last[style] = self._by_id[list_.get(f"{XML}id", "")] = counters
        self._open.append(_OpenList(style, counters))
        try:
            yield
        finally:
            self._open.pop()

    def label(self, item: "Element") -> str:
        """Count an item of the list being read and give what is printed in front of it."""
        list_ = self._open[-1]
        levels = self._levels.get(list_.style, {})
        depth = len(self._open)
        own = whole(item, f"{TEXT}start-value", -1)
        return _count(list_.counters, levels, depth, None if own < 0 else own)

    def heading(self, heading: "Element", depth: int, *, printed: bool) -> str:
        """Count a heading; most documents number none of them."""
        if not printed or heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        return _count(self._headings, self._of_headings, depth, None)

    def _counters(self, list_: "Element", style: str) -> _Counters:
        """Give the counters of a list, an earlier one's where it says that it goes on."""
        if (continued := list_.get(f"{TEXT}continue-list", "")) in self._by_id and continued:
            return self._by_id[continued]
        goes_on = list_.get(f"{TEXT}continue-numbering") == "true"
        return self._last.get(style, {}) if goes_on else {}


def _count(
    counters: _Counters, levels: dict[int, _ListLevel], depth: int, start: int | None
) -> str:
    """Count one more at this depth and print it; deeper levels begin again."""
    level = levels.get(depth, _ListLevel())
    first = level.start if start is None else start
    counters[depth] = first if start is not None else counters.get(depth, first - 1) + 1
    for deeper in [other for other in counters if other > depth]:
        del counters[deeper]
    if level.form in ("", BULLET):
        return level.form
    printed = []
    for shown in range(max(1, depth - level.levels + 1), depth + 1):
        other = levels.get(shown, _ListLevel())
        if other.form not in ("", BULLET):
            printed.append(numeral(other.form, counters.get(shown, other.start)))
    return f"{level.before}{'.'.join(printed)}{level.after}".strip()


def _level(element: "Element") -> tuple[int, _ListLevel]:
    depth = whole(element, f"{TEXT}level", 0)
    if element.tag in _BULLETS:
        return depth, _ListLevel(BULLET)
    return depth, _ListLevel(
        element.get(f"{STYLE}num-format", "") if element.tag in _NUMBERS else "",
        element.get(f"{STYLE}num-prefix", ""),
        element.get(f"{STYLE}num-suffix", ""),
        min(whole(element, f"{TEXT}display-levels", 1), _MOST_LEVELS),
        whole(element, f"{TEXT}start-value", 1),
    )
