"""The numbers that OpenDocument texts print in front of list items and headings."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.numerals import BULLET, ListLevel, count
from cpctrack.reading.odt.names import STYLE, TEXT, XML, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_LEVELS = 9
_BULLETS = (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image")
_NUMBERS = (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style")

_Counters = dict[int, int]


class _OpenList(NamedTuple):
    """A list that is being read."""

    style: str
    counters: _Counters


class Lists:
    """Counts the items of a document's lists, and its numbered headings."""

    def __init__(self, sources: "Iterable[Element]") -> None:
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._of_headings: dict[int, ListLevel] = {}
        for source in sources:
            for style in source.iter(f"{TEXT}list-style"):
                self._levels[style.get(f"{STYLE}name", "")] = _levels(style)
            for style in source.iter(f"{TEXT}outline-style"):
                self._of_headings = _levels(style)
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
        return count(list_.counters, levels, depth, None if own < 0 else own)

    def heading(self, heading: "Element", depth: int, *, printed: bool) -> str:
        """Count a heading; most documents number none of them."""
        if not printed or heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        return count(self._headings, self._of_headings, depth, None)

    def _counters(self, list_: "Element", style: str) -> _Counters:
        """Give the counters of a list, an earlier one's where it says that it goes on."""
        if (continued := list_.get(f"{TEXT}continue-list", "")) in self._by_id and continued:
            return self._by_id[continued]
        goes_on = list_.get(f"{TEXT}continue-numbering") == "true"
        return self._last.get(style, {}) if goes_on else {}


def _levels(style: "Element") -> dict[int, ListLevel]:
    """Read a list's levels; each says how many of the levels above it are printed with it."""
    forms = {
        whole(level, f"{TEXT}level", 0): level.get(f"{STYLE}num-format", "")
        for level in style
        if level.tag in _NUMBERS
    }
    levels = {}
    for level in style:
        depth = whole(level, f"{TEXT}level", 0)
        form = BULLET if level.tag in _BULLETS else forms.get(depth, "")
        above = depth - min(whole(level, f"{TEXT}display-levels", 1), _MOST_LEVELS)
        places = [f"%{each}" for each in range(max(0, above) + 1, depth + 1) if forms.get(each)]
        before, after = (level.get(f"{STYLE}num-{where}", "") for where in ("prefix", "suffix"))
        text = f"{before}{'.'.join(places)}{after}" if form else ""
        levels[depth] = ListLevel(form, text, whole(level, f"{TEXT}start-value", 1))
    return levels
