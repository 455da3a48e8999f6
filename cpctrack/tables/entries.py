"""One row of an action log: its cells by meaning, all as printed, and what stands around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cpctrack.dates import find_date
from cpctrack.labels import BLANKS, GROUP, NO_DUE
from cpctrack.records.exempt import Says
from cpctrack.tables import facts
from cpctrack.tables.colours import colour_name
from cpctrack.tables.columns import STATES, Columns, headings_of
from cpctrack.tables.grid import GridRow
from cpctrack.tables.layout import Layout
from cpctrack.text import clean, fold

STRUCK = "the row is struck through; say whether the action still stands"
STRUCK_IN_PART = "some of the row is struck through, and that was left out"

_BLANKS = {meaning: fold(words) for meaning, words in {**BLANKS, "due": NO_DUE}.items()}
# What an action's text may say of it on lines of their own.
_BESIDE_TEXT = frozenset({"status", "owner", "due", "response", "completed_on"})
_PARTS = re.compile(r"[,;\n]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: cells by meaning, and by header where the header means nothing to us.

    `given` is what stands outside the row and says something of it, by meaning; `doubts` say why
    a person should look at how it was read.
    """

    line: int
    cells: Mapping[str, str]
    others: Mapping[str, str]
    under: Says | None = None
    """What a line above the row says of being exempt."""
    struck: str = ""
    """That it is struck through, wholly or in part, as a sentence."""
    given: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None
    shade: str = ""
    doubts: tuple[str, ...] = ()


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
    others = {name: text for name, index in columns.others.items() if (text := _text(cells[index]))}
    for index in dict.fromkeys(columns.columns.values()):
        text, meanings = _text(cells[index]), columns.meanings(index)
        found = _facts(text, columns.named.get(index, meanings), columns)
        # What another column says better stays in this cell, which is kept whole.
        found = {m: fact for m, fact in found.items() if columns.columns.get(m, index) == index}
        texts |= {**dict.fromkeys(meanings, ""), **found}
        if any(text != fact for fact in found.values()):
            others[headings[index]] = text
    if "exempt" in texts:  # what somebody has struck out there is asked about, not published
        texts["exempt"] = _text(row.cells[columns.columns["exempt"]])
    if "rag" in texts and not texts["rag"] and row.shades:
        shade_of_cell = row.shades[columns.columns["rag"]]
        texts["rag"] = colour_name(shade_of_cell).capitalize() if shade_of_cell else ""
    if row.group:
        others[GROUP] = row.group
    return Entry(
        line=row.line,
        cells={
            meaning: "" if fold(t) == _BLANKS.get(meaning) else t for meaning, t in texts.items()
        },
        others=others,
        struck=struck,
        given=given,
        layout=columns.layout,
        shade=shade,
    )


def _facts(text: str, meanings: tuple[str, ...], columns: Columns) -> dict[str, str]:
    """Take what a cell says, by meaning: what its column is for, and what else stands in it."""

    def is_free(meaning: str) -> bool:
        return meaning not in columns.columns

    if len(meanings) > 1:
        found = facts.part(text, meanings, is_free) if text else {}
        if {"item", "meeting_date"} <= {*meanings} and (day := _day_in(text)):
            found.setdefault("meeting_date", day)
        return found
    (meaning,) = meanings
    found = {meaning: text}
    if meaning in ("action", "recommendation"):
        said, rest = facts.labelled(text, lambda each: each in _BESIDE_TEXT and is_free(each))
        found = {meaning: rest, **said} if said and rest else found
        if is_free("item"):
            title, rest = facts.title_and_text(found[meaning])
            found |= {meaning: rest, "item": title} if title else {}
        return found
    if meaning == "response" and STATES.isdisjoint(columns.columns):
        status = facts.front_status(text)
        return {**found, "status": status} if status else found
    if meaning == "item" and is_free("meeting_date") and _day_in(text) not in ("", text.strip()):
        return {**found, "meeting_date": _day_in(text)}
    is_stacked = "\n" in text and is_free("ref") and meaning in ("item", "meeting_date")
    if is_stacked and facts.is_ref(text.split("\n")[meaning == "meeting_date"]):
        return facts.part(text, ("meeting_date", "ref", "item")[meaning == "item" :][:2], is_free)
    return found


def _day_in(text: str) -> str:
    """Give the one part of a text that is a date, or nothing."""
    days = [piece for each in _PARTS.split(text) if find_date(piece := each.strip())]
    return days[0] if len(days) == 1 else ""


def _text(cell: str) -> str:
    text = clean(cell)
    return text if text.strip() else ""
