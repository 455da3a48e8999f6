"""The numbers that Word puts in front of list items, worked out as Word does."""

import re
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.numerals import numeral
from cpctrack.reading.word.names import W, child, is_on, number, value
from cpctrack.reading.word.styles import WordStyles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BULLET = "-"
_NUMERALS = {
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_PLACE = re.compile("%([1-9])")
_LEVELS = 9


class _WordLevel(NamedTuple):
    form: str = "decimal"
    text: str = ""  # "%1.%2"
    start: int = 1
    restart: int | None = None  # the level that sets it back; 0: none does
    digits_only: bool = False


class _WordList(NamedTuple):
    counters: list[int | None]  # shared by all lists of one definition
    levels: dict[int, _WordLevel]
    starts: dict[int, int]  # what this list starts with, where it says so


class Numbering:
    """Counts the items of a document's lists; ask once for each paragraph, in order."""

    def __init__(self, root: "Element | None", styles: WordStyles) -> None:
        self._styles = styles
        self._numbers = _by_id(root, "num", "numId")
        self._definitions = _by_id(root, "abstractNum", "abstractNumId")
        self._counters: dict[str, list[int | None]] = {}
        self._lists: dict[str, _WordList | None] = {}
        self._by_style = {
            (name, value(child(level, "pStyle"))): _depth(level)
            for name, definition in self._definitions.items()
            for level in definition.iter(f"{W}lvl")
            if child(level, "pStyle") is not None
        }

    def label(self, paragraph: "Element") -> str:
        """Count a paragraph and give what stands in front of it; nothing where it is in no list."""
        name, depth = self._place(paragraph)
        list_ = self._list(name)
        level = list_.levels.get(depth) if list_ else None
        if list_ is None or level is None:
            return ""
        _count(list_, depth)
        if level.form == "bullet":
            return BULLET
        return _PLACE.sub(lambda place: _print(list_, level, int(place[1]) - 1), level.text).strip()

    def _place(self, paragraph: "Element") -> tuple[str, int]:
        """Give the list a paragraph is in and its depth; what it sets itself goes first."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        inherited = self._styles.of_paragraph(paragraph).numbering
        name = value(child(own, "numId")) or value(child(inherited, "numId"))
        level = child(own, "ilvl")
        if level is None and own is None:
            level = child(inherited, "ilvl")
            style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
            definition = value(child(self._numbers.get(name), "abstractNumId"))
            if (definition, style) in self._by_style:
                return name, self._by_style[definition, style]
        return name, number(level, 0)

    def _list(self, name: str) -> _WordList | None:
        if name not in self._lists:
            self._lists[name] = self._read(self._numbers.get(name))
        return self._lists[name]

    def _read(self, element: "Element | None") -> _WordList | None:
        definition = value(child(element, "abstractNumId"))
        if element is None or (described := self._described(definition)) is None:
            return None
        levels = dict(_levels(described))
        starts = {}
        for override in element.iter(f"{W}lvlOverride"):
            depth = _depth(override)
            levels.update(_levels(override))
            if (start := child(override, "startOverride")) is not None:
                starts[depth] = number(start, 1)
        counters = self._counters.setdefault(definition, [None] * _LEVELS)
        return _WordList(counters, levels, starts)

    def _described(self, name: str) -> "Element | None":
        """Follow a definition that only names a list style to the one that describes it."""
        definition = self._definitions.get(name)
        link = value(child(definition, "numStyleLink"))
        if not link:
            return definition
        others = self._definitions.values()
        return next((d for d in others if value(child(d, "styleLink")) == link), None)


def _count(list_: _WordList, depth: int) -> None:
    """Count one more at this depth; deeper levels begin again."""
    counters = list_.counters
    if depth in list_.starts:
        counters[depth] = list_.starts.pop(depth)
    else:
        before = counters[depth]
        counters[depth] = list_.levels[depth].start if before is None else before + 1
    for deeper in range(depth + 1, _LEVELS):
        restart = list_.levels.get(deeper, _WordLevel()).restart
        if restart is None or 0 < depth + 1 <= restart:
            counters[deeper] = None


def _print(list_: _WordList, level: _WordLevel, depth: int) -> str:
    """Print the number of this depth, which may be a higher level's than the item's own."""
    shown = list_.levels.get(depth, _WordLevel())
    count = list_.counters[depth]
    if shown.form == "none":
        return ""
    style = "1" if level.digits_only else _NUMERALS.get(shown.form, "1")
    return numeral(style, shown.start if count is None else count)


def _levels(parent: "Element") -> "list[tuple[int, _WordLevel]]":
    return [(_depth(element), _level(element)) for element in parent.iter(f"{W}lvl")]


def _level(element: "Element") -> _WordLevel:
    restart = child(element, "lvlRestart")
    return _WordLevel(
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")),
        number(child(element, "start"), 0),
        None if restart is None else number(restart, 0),
        bool(is_on(element, "isLgl")),
    )


def _depth(element: "Element") -> int:
    depth = element.get(f"{W}ilvl", "0")
    return min(int(depth), _LEVELS - 1) if depth.isdecimal() and len(depth) < 3 else 0


def _by_id(root: "Element | None", name: str, key: str) -> "dict[str, Element]":
    found = () if root is None else root.iter(f"{W}{name}")
    return {element.get(f"{W}{key}", ""): element for element in found}
