"""What a person found in minutes; the form is explained in corpus/README.md."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cpctrack.reading.lines import Line

_NAMES = re.compile(r"\s*(?:/|&|,|\band\b)\s*")
_NUMBER = re.compile(r"^item\b|[\s.:()]+")


class Label(NamedTuple):
    """One action, candidate or resolution as a person marked it."""

    first: int  # what begins on a line from `first` to `last` may be it
    last: int
    line: int  # where its words begin
    item: str  # the agenda item's number, its title where it has none
    text: str
    under: str = ""  # the unnumbered sub-item
    owners: tuple[str, ...] = ("",)  # each of them is right
    kind: str = "action"
    due_text: str = ""
    due: str = ""


class Labels(NamedTuple):
    """All that a person marked in one document."""

    items: tuple[tuple[str, str], ...]  # number and title
    actions: tuple[Label, ...]
    candidates: tuple[Label, ...]
    resolutions: tuple[Label, ...]
    meeting: Mapping[str, str]


def labels_from(data: Mapping[str, Any]) -> Labels:
    """Read the labels of one document."""
    return Labels(
        items=tuple((row["number"], row["title"]) for row in data["items"]),
        actions=tuple(map(_label, data["actions"])),
        candidates=tuple(map(_label, data["candidates"])),
        resolutions=tuple(map(_label, data["resolutions"])),
        meeting=data["meeting"],
    )


def _label(row: Mapping[str, Any]) -> Label:
    first, last = row.get("lines", (row["line"], row["line"]))
    fields = {name: row[name] for name in ("under", "kind", "due_text", "due") if name in row}
    owners = (row.get("owner", ""), *row.get("owner_or", ()))
    return Label(first, last, row["line"], row["item"], row["text"], owners=owners, **fields)


def placed(labels: Labels, lines: Sequence[Line]) -> Labels:
    """Give labels the number of the paragraph that holds their words, 0 where none does.

    They are looked for in the order of the document, so that words which stand in it twice are
    found where they are meant.
    """
    texts = [(line.number, same(line.text)) for line in lines]
    every = (*labels.actions, *labels.candidates, *labels.resolutions)
    numbers: dict[int, int] = {}
    start = 0
    for label in sorted(every, key=lambda label: label.line):
        words = same(label.text)
        at = next((n for n in range(start, len(texts)) if words in texts[n][1]), None)
        numbers[id(label)] = 0 if at is None else texts[at][0]
        start = start if at is None else at

    def moved(label: Label) -> Label:
        number = numbers[id(label)]
        return label._replace(first=number, last=number, line=number)

    return labels._replace(
        actions=tuple(map(moved, labels.actions)),
        candidates=tuple(map(moved, labels.candidates)),
        resolutions=tuple(map(moved, labels.resolutions)),
    )


def same(text: str) -> str:
    """Bring texts to one form to compare them: case, spaces, emphasis, punctuation at the end."""
    return " ".join(text.replace("*", "").casefold().split()).rstrip(" .,:;")


def number_of(printed: str) -> str:
    """Bring the number of an item to one form: "Item 7." is "7"."""
    return _NUMBER.sub("", same(printed))


def names_of(owner: str) -> frozenset[str]:
    """Give the names in an owner, in one form and in no order."""
    return frozenset(name.removeprefix("the ") for name in _NAMES.split(same(owner)))
