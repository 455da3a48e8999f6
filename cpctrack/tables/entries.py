"""One row of an action log: its cells by meaning, all as printed, and what stands around it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cpctrack.dates import find_date
from cpctrack.labels import BLANKS, BLANKS_ONCE, EXEMPT, GROUP
from cpctrack.records.exempt import Says
from cpctrack.records.model import Status
from cpctrack.tables import facts
from cpctrack.tables.colours import colour_name
from cpctrack.tables.columns import STATES, Columns, headings_of
from cpctrack.tables.grid import GridRow
from cpctrack.tables.layout import Layout
from cpctrack.text import clean, fold

STRUCK = "the row is struck through; say whether the action still stands"
STRUCK_IN_PART = "some of the row is struck through, and that was left out"

_BLANKS = {
    meaning: {fold(words[meaning]) for words in (BLANKS, BLANKS_ONCE) if meaning in words}
    for meaning in {**BLANKS, **BLANKS_ONCE}
}
_ITEM = re.compile(r"(?:agenda )?item\b|\d+[.)]", re.IGNORECASE)
_MARKED = frozenset({"item", "action", "recommendation"})
_ANSWER = re.compile(r"response|reply|answer|outcome|ymateb", re.IGNORECASE)
_PARTS = re.compile(r"[,;\n]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: cells by meaning, and by header where the header means nothing to us.

    `given` is what stands outside the row and says something of it, by meaning; `headings` are
    those that the meanings stand under. `shade` is a colour of the row that nobody has explained,
    `says` the status that one means which somebody has; `keys` are colours that the document
    explains, by their names. `doubts` say why a person should look at how it was read.
    """

    line: int
    cells: Mapping[str, str]
    others: Mapping[str, str]
    under: Says | None = None
    """What a line above the row says of being exempt."""
    struck: str = ""
    """That it is struck through, wholly or in part, as a sentence."""
    given: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None
    shade: str = ""
    keys: Mapping[str, Status] = field(default_factory=dict)
    says: str = ""
    month_first: bool = False
    doubts: tuple[str, ...] = ()
    carried: bool = False
    """Whether it stands in the part of a table of ours that is of earlier years."""


def _unmarked(text: str, meanings: Sequence[str]) -> tuple[str, str]:
    """Part a cell from the line below it by which our documents mark a row as exempt."""
    said, _, last = text.rpartition("\n")
    is_marked = last.startswith(EXEMPT) and not _MARKED.isdisjoint(meanings)
    return (said, last) if is_marked else (text, "")


def entry_of(row: GridRow, columns: Columns, given: Mapping[str, str], shade: str = "") -> Entry:
    """Take a row's cells by meaning: what lives in them, or all of it where no action lives.

    A cell from which several facts were taken is kept whole beside them, under its heading.
    """
    cells, struck = row.cells, ""
    if row.living is not None:
        living = (*row.living, *[""] * (columns.width - len(row.living)))
        at = [columns.columns.get(meaning) for meaning in ("action", "recommendation")]
        lives = any(index is not None and living[index].strip() for index in at)
        cells, struck = (living, STRUCK_IN_PART) if lives else (cells, STRUCK)
    headings = headings_of(columns.header)
    texts: dict[str, str] = {}
    mark = ""
    others = {name: text for name, index in columns.others.items() if (text := _text(cells[index]))}
    for index in dict.fromkeys(columns.columns.values()):
        meanings = columns.meanings(index)
        text, found_mark = _unmarked(_text(cells[index]), meanings)
        mark = mark or found_mark
        found = _facts(text, columns.named.get(index, meanings), columns)
        # What another column says better stays in this cell, which is kept whole.
        found = {m: fact for m, fact in found.items() if columns.columns.get(m, index) == index}
        texts |= {**dict.fromkeys(meanings, ""), **found}
        if text and {*found.values()} != {text}:
            others[headings[index]] = text
    if "exempt" in texts:  # what somebody has struck out there is asked about, not published
        texts["exempt"] = _text(row.cells[columns.columns["exempt"]])
    if "rag" in texts and not texts["rag"] and row.shades:
        shade_of_cell = row.shades[columns.columns["rag"]]
        texts["rag"] = colour_name(shade_of_cell).capitalize() if shade_of_cell else ""
    if mark:  # wherever our documents have printed it
        texts["item"] = f"{texts.get('item', '')}\n{mark}"
    if row.group:
        others[GROUP] = row.group
    doubts = []
    # A cell that slipped into the next column is found where nothing else in the row says when.
    strays = [name for name in columns.others if facts.is_time(others.get(name, ""))]
    if texts.get("due") == "" and "revised_due" not in texts and len(strays) == 1:
        (name,) = strays
        texts["due"] = others[name]
        doubts.append(f"its due date stands under “{name}”")
    return Entry(
        line=row.line,
        cells={
            meaning: "" if fold(t) in _BLANKS.get(meaning, ()) else t
            for meaning, t in texts.items()
        },
        others=others,
        struck=struck,
        given=given,
        headings={meaning: headings[index] for meaning, index in columns.columns.items()},
        layout=columns.layout,
        shade=shade,
        doubts=tuple(doubts),
    )


def _facts(text: str, meanings: tuple[str, ...], columns: Columns) -> dict[str, str]:
    """Take what a cell says, by meaning: what its column is for, and what else stands in it."""

    def is_free(meaning: str) -> bool:
        return meaning not in columns.columns and meaning in facts.BESIDE

    if len(meanings) > 1:
        return _several(text, meanings, columns, is_free) if text else {}
    (meaning,) = meanings
    found = {meaning: text}
    if meaning in ("action", "recommendation"):
        return _beside_action(text, meaning, is_free)
    # Under “Response” it is the owner's word; only what keeps a log up to date says its status.
    is_answer = _ANSWER.search(columns.header[columns.columns.get("response", 0)])
    if meaning == "response" and STATES.isdisjoint(columns.columns) and not is_answer:
        status = facts.front_status(text)
        return {**found, "status": status} if status else found
    lines = text.split("\n")
    is_stacked = len(lines) > 1 and is_free("ref")
    if meaning == "meeting_date" and is_stacked and facts.is_ref(lines[1]):
        return facts.part(text, ("meeting_date", "ref"), is_free)
    if meaning == "item":
        if is_stacked and facts.is_ref(lines[0]) and not _ITEM.match(text):
            return facts.part(text, ("ref", "item"), is_free)
        if "meeting_date" not in columns.columns:
            day = _day_in(text)
            return {**found, **({"meeting_date": day} if day else {})}
    return found


def _several(
    text: str, meanings: tuple[str, ...], columns: Columns, is_free: Callable[[str], bool]
) -> dict[str, str]:
    taught = columns.layout.status if columns.layout else {}
    if "status" in meanings and fold(text) in map(fold, taught):  # a word of the body's own
        return {"status": text}
    found = facts.part(text, meanings, is_free)
    if {"item", "meeting_date"} <= {*meanings} and (day := _day_in(text)):
        found.setdefault("meeting_date", day)
    return found


def _beside_action(text: str, meaning: str, is_free: Callable[[str], bool]) -> dict[str, str]:
    said, rest = facts.labelled(text, lambda each: is_free(each) and each != "item")
    is_said = said and rest and facts.is_ref(said.get("ref", "1"))
    found = {meaning: rest, **said} if is_said else {meaning: text}
    line, _, rest = found[meaning].partition("\n")
    if rest.strip() and is_free("ref") and "ref" not in found and facts.is_ref(line.strip()):
        found |= {"ref": line.strip(), meaning: rest.strip()}
    if is_free("item"):
        title, rest = facts.title_and_text(found[meaning])
        return {**found, meaning: rest, "item": title} if title else found
    return found


def _day_in(text: str) -> str:
    """Give the one part of a text that is a date, or nothing."""
    days = [piece for each in _PARTS.split(text) if find_date(piece := each.strip())]
    return days[0] if len(days) == 1 else ""


def _text(cell: str) -> str:
    text = clean(cell)
    return text if text.strip() else ""
