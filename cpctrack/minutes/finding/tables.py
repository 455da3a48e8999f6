"""Tables: minutes kept in columns, and lists of actions with owner and date."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.finding.drafting import Place, draft
from cpctrack.minutes.finding.opened import obliging
from cpctrack.minutes.language import grammar, marks, owners
from cpctrack.minutes.page.blocks import Block

# What a column holds, by the words of its heading. The first that fits counts.
_ROLES = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            "number",
            r"^\W*(?:minute|item|no\.?|ref\w*|number|agenda|#)(?: no\.?| number| ref\w*| item)?$",
        ),
        ("response", r"\b(?:progress|response|outcomes?|comments?|position|rag)\b"),
        ("status", r"\bstatus|complete[d]?\b"),
        ("due", r"\b(?:due|deadline|by when|when|timescales?|target|date)\b"),
        (
            "owner",
            r"\b(?:owners?|lead|by whom|whom?|responsib\w+|officers?|assigned|action(?:ed)? by)\b",
        ),
        ("action", r"\b(?:actions?|tasks?|what)\b"),
        (
            "text",
            r"\b(?:discussions?|minutes?|notes?|details?|summary|description|points?|decisions?)\b",
        ),
    )
)
# Columns that a list of actions agreed at a meeting never has.
_LOOK_ALIKE = re.compile(
    r"\b(?:topic|contact officer|baseline|performance|representing)\b", re.IGNORECASE
)
_CLOSED = re.compile(r"\b(?:complete[d]?|closed|done|superseded)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:item\s)?(?P<number>(?:[A-Z]{1,3}[./])?\d{1,4}(?:[./]\d{1,4})*)[.:)]?(?:\s+(?P<title>.+))?$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s|:=+_-]*")
_SHORT_TITLE = 14  # words
_LONGEST_NAME = 40  # letters of a column's heading


class Reading(NamedTuple):
    """What a table gave: drafts and items, and the item that is open at its end."""

    drafts: tuple[MinutesDraft, ...] = ()
    items: tuple[Item, ...] = ()
    place: Place = Place()

    def joined(self, table: "_Table | None") -> "Reading":
        """Add what the next table gave."""
        if table is None:
            return self
        return Reading((*self.drafts, *table.drafts), (*self.items, *table.items), table.place)


def read_table(rows: Sequence[Block], place: Place) -> Reading | None:
    """Read the rows of one table, or give None where it is no table of actions."""
    result = Reading(place=place)
    table: _Table | None = None
    found = False
    for row in rows:
        roles = _roles(row.cells)
        if _is_header(row.cells, roles):
            result = result.joined(table)
            look_alike = _is_look_alike(row.cells, roles, result.place)
            table = None if look_alike else _Table(roles, result.place)
            found = found or not look_alike
        elif table:
            table.read(row)
    return result.joined(table) if found else None


def lists_actions(cells: Sequence[str]) -> bool:
    """Tell whether cells are the headings of a list of actions."""
    roles = _roles(cells)
    return _is_header(cells, roles) and not _is_look_alike(cells, roles, Place())


def _is_header(cells: Sequence[str], roles: Sequence[str]) -> bool:
    named = "action" in roles or ("owner" in roles and "text" in roles)
    unknown = sum(bool(cell) and not role for cell, role in zip(cells, roles, strict=True))
    if unknown > (len(cells) > 3):
        return False  # a row that speaks of an action
    return named and len(cells) > 1 and all(len(cell) <= _LONGEST_NAME for cell in cells)


def _roles(cells: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells:
        role = next(
            (name for name, pattern in _ROLES if pattern.search(cell) and name not in found), ""
        )
        found.append(role if len(cell) <= _LONGEST_NAME else "")
    return tuple(found)


def _is_look_alike(cells: Sequence[str], roles: Sequence[str], place: Place) -> bool:
    """Tell a list of new actions from a work programme and from a log of earlier actions."""
    if "response" in roles or any(_LOOK_ALIKE.search(cell) for cell in cells):
        return True
    title = {word.casefold() for word in re.findall(r"[\w-]+", place.title)}
    lists = bool(title & words.EARLIER_WORDS) and bool(title & {"action", "actions", "arising"})
    return lists and "text" not in roles and bool({"status", "number"} & set(roles))


class _Table:
    """Reads row after row."""

    def __init__(self, roles: tuple[str, ...], place: Place) -> None:
        self.roles = roles
        self.place = place
        self.drafts: list[MinutesDraft] = []
        self.items: list[Item] = []

    def read(self, row: Block) -> None:
        if any(not _RULE.fullmatch(cell) for cell in row.cells):
            self._row(row)

    def _row(self, row: Block) -> None:
        cells = self._cells(row.cells)
        if "owner" not in self.roles or {"text", "action"} <= set(self.roles):
            self._item(row, cells)
        if _CLOSED.search(cells.get("status", "")):
            return
        action, owner, text = (cells.get(name, "") for name in ("action", "owner", "text"))
        if action and grammar.says_nothing(action):
            return
        if not action or (owners.is_owner_only(action) and text):
            owner, action = owner or action, obliging(text)[1] if (owner or action) else ""
        if not any(letter.isalpha() for letter in action):
            return
        if owner and grammar.says_nothing(owner):
            owner = ""
        self._add(row, action, owner, cells.get("due", ""))

    def _cells(self, cells: Sequence[str]) -> dict[str, str]:
        named: dict[str, str] = {}
        for role, cell in zip(self.roles, cells, strict=False):
            if role and cell:
                named[role] = f"{named[role]} {cell}" if role in named else cell
        return named

    def _item(self, row: Block, cells: dict[str, str]) -> None:
        """Take a row's first cell as an agenda item, where it is numbered or a short title."""
        first = next((cell for cell in row.cells), "")
        match = _NUMBERED.match(first)
        title = (match["title"] or "") if match else first
        if (
            not first
            or len(title.split()) > _SHORT_TITLE
            or self.roles[0] in ("action", "owner", "due")
        ):
            return
        if match and not title:
            title = _title_in(cells.get("text", ""))
        number = match["number"] if match else ""
        if not title and not number:
            return
        printed = first if not match or match["title"] else f"{first} {title}".strip()
        self.items.append(Item(row.line, printed, number, title))
        self.place = Place(printed, number, title)

    def _add(self, row: Block, action: str, owner: str, due: str) -> None:
        label = marks.read(row._replace(text=action, cells=(), starts=()))
        if label and label.kind == marks.ACTION:
            owner = owner or label.who
            action = action[label.rest :] or action
        self.drafts.append(
            draft(
                action, line=row.line, place=self.place, block=marks.ACTION, owner=owner,
                source=row.text, due_text=due,
            )
        )  # fmt: skip


def _title_in(text: str) -> str:
    head = text.split(". ", 1)[0].split(": ", 1)[0]
    return head if len(head.split()) <= 8 else ""
