"""The numbers that Word puts in front of list items, worked out as Word does."""

from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.numerals import BULLET, ListLevel, count
from cpctrack.reading.word.names import W, child, is_on, number, value
from cpctrack.reading.word.styles import WordStyles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORMS = {
    "bullet": BULLET,
    "none": "",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_LEVELS = 9


class _WordList(NamedTuple):
    counters: dict[int, int]  # shared by all lists of one definition
    levels: dict[int, ListLevel]
    starts: dict[int, int]  # what this list starts with, where it says so


class Numbering:
    """Counts the items of a document's lists; ask once for each paragraph, in order."""

    def __init__(self, root: "Element | None", styles: WordStyles) -> None:
        self._styles = styles
        self._numbers = _by_id(root, "num", "numId")
        self._definitions = _by_id(root, "abstractNum", "abstractNumId")
        self._counters: dict[str, dict[int, int]] = {}
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
        if list_ is None or depth not in list_.levels:
            return ""
        return count(list_.counters, list_.levels, depth, list_.starts.pop(depth, None))

    def _place(self, paragraph: "Element") -> tuple[str, int]:
        """Give the list a paragraph is in and its depth, from 1; what it sets itself goes first."""
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
        return name, number(level, 0) + 1

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
        counters = self._counters.setdefault(definition, {})
        return _WordList(counters, levels, starts)

    def _described(self, name: str) -> "Element | None":
        """Follow a definition that only names a list style to the one that describes it."""
        definition = self._definitions.get(name)
        link = value(child(definition, "numStyleLink"))
        if not link:
            return definition
        others = self._definitions.values()
        return next((d for d in others if value(child(d, "styleLink")) == link), None)


def _levels(parent: "Element") -> "list[tuple[int, ListLevel]]":
    return [(_depth(element), _level(element)) for element in parent.iter(f"{W}lvl")]


def _level(element: "Element") -> ListLevel:
    restart = child(element, "lvlRestart")
    return ListLevel(
        _FORMS.get(value(child(element, "numFmt")), "1"),
        value(child(element, "lvlText")),
        number(child(element, "start"), 0),
        None if restart is None else number(restart, 0),
        bool(is_on(element, "isLgl")),
    )


def _depth(element: "Element") -> int:
    depth = element.get(f"{W}ilvl", "0")
    return min(int(depth) + 1, _LEVELS) if depth.isdecimal() and len(depth) < 3 else 1


def _by_id(root: "Element | None", name: str, key: str) -> "dict[str, Element]":
    found = () if root is None else root.iter(f"{W}{name}")
    return {element.get(f"{W}{key}", ""): element for element in found}
