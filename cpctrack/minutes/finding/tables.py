"""Tables: minutes kept in columns, and lists of actions with owner and date."""

import re
from collections.abc import Sequence

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.finding.drafting import draft, obliging
from cpctrack.minutes.language import grammar, marks, owners
from cpctrack.minutes.page.blocks import Block

# What a column holds, by the words of its heading. The first that fits counts.
_ROLES = {
    role: re.compile(pattern, re.IGNORECASE)
    for role, pattern in (
        ("number",
         r"^\W*(?:minute|item|no\.?|ref\w*|number|agenda|#)(?: no\.?| number| ref\w*| item)?$"),
        ("response", r"\b(?:progress|response|outcomes?|comments?|position|rag)\b"),
        ("status", r"\bstatus|complete[d]?\b"),
        ("due", r"\b(?:due|deadline|by when|when|timescales?|target|date)\b"),
        ("owner",
         r"\b(?:owners?|lead|by whom|whom?|responsib\w+|officers?|assigned|action(?:ed)? by)\b"),
        ("action", r"\b(?:actions?|tasks?|what)\b"),
        ("text",
         r"\b(?:discussions?|minutes?|notes?|details?|summary|description|points?|decisions?)\b"),
    )
}  # fmt: skip
# Columns that a list of actions agreed at a meeting never has.
_LOOK_ALIKE = re.compile(r"(?i)\b(?:topic|contact officer|baseline|performance|representing)\b")
_CLOSED = re.compile(r"(?i)\b(?:complete[d]?|closed|done|superseded)\b")
_NUMBERED = re.compile(
    r"(?i)(?:item\s)?(?P<number>(?:[A-Z]{1,3}[./])?\d{1,4}(?:[./]\d{1,4})*)[.:)]?(?:\s+(?P<title>.+))?$"
)
_RULE = re.compile(r"[\s|:=+_-]*")
_SHORT_TITLE = 14  # words
_LONGEST_NAME = 40  # letters of a column's heading


def read_table(rows: Sequence[Block], place: Item) -> "ActionTable | None":
    """Read the rows of one table, or give None where it is no table of actions."""
    table = ActionTable(place)
    found = False
    for row in rows:
        roles = _roles(row.cells)
        if _is_header(row.cells, roles):
            look_alike = _is_look_alike(row.cells, roles, table.place)
            table.roles = () if look_alike else roles
            found = found or not look_alike
        elif table.roles and not all(_RULE.fullmatch(cell) for cell in row.cells):
            table.read(row)
    return table if found else None


def lists_actions(cells: Sequence[str]) -> bool:
    """Tell whether cells are the headings of a list of actions."""
    roles = _roles(cells)
    return _is_header(cells, roles) and not _is_look_alike(cells, roles, Item())


def _is_header(cells: Sequence[str], roles: Sequence[str]) -> bool:
    named = "action" in roles or ("owner" in roles and "text" in roles)
    unknown = sum(bool(cell) and not role for cell, role in zip(cells, roles, strict=True))
    if unknown > (len(cells) > 3):
        return False  # a row that speaks of an action
    return named and len(cells) > 1 and all(len(cell) <= _LONGEST_NAME for cell in cells)


def _roles(cells: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for cell in cells:
        fitting = (
            name for name, pattern in _ROLES.items() if pattern.search(cell) and name not in found
        )
        found.append(next(fitting, "") if len(cell) <= _LONGEST_NAME else "")
    return tuple(found)


def _is_look_alike(cells: Sequence[str], roles: Sequence[str], place: Item) -> bool:
    """Tell a list of new actions from a work programme and from a log of earlier actions."""
    if "response" in roles or any(_LOOK_ALIKE.search(cell) for cell in cells):
        return True
    title = {word.casefold() for word in re.findall(r"[\w-]+", place.title)}
    lists = bool(title & words.EARLIER_WORDS) and bool(title & {"action", "actions", "arising"})
    return lists and "text" not in roles and bool({"status", "number"} & set(roles))


class ActionTable:
    """What a table gave: drafts and items, and the item that is open at its end."""

    def __init__(self, place: Item) -> None:
        self.roles: tuple[str, ...] = ()  # of the columns
        self.place = place
        self.drafts: list[MinutesDraft] = []
        self.items: list[Item] = []

    def read(self, row: Block) -> None:
        """Read a row below the headings."""
        cells: dict[str, str] = {}
        for role, cell in zip(self.roles, row.cells, strict=False):
            if role and cell:
                cells[role] = f"{cells[role]} {cell}" if role in cells else cell
        action, owner, text = (cells.get(name, "") for name in ("action", "owner", "text"))
        if "owner" not in self.roles or {"text", "action"} <= set(self.roles):
            self._item(row, text)
        if _CLOSED.search(cells.get("status", "")) or (action and grammar.says_nothing(action)):
            return
        if not action or (owners.is_owner_only(action) and text):
            owner, action = owner or action, obliging(text)[1] if (owner or action) else ""
        if not any(map(str.isalpha, action)):
            return
        if owner and grammar.says_nothing(owner):
            owner = ""
        label = marks.read(row._replace(text=action, cells=(), starts=()))
        if label and label.kind == marks.ACTION:
            owner = owner or label.who
            action = action[label.rest :] or action
        self.drafts.append(draft(
            action, line=row.line, place=self.place, block=marks.ACTION, owner=owner,
            source=row.text, due_text=cells.get("due", ""),
        ))  # fmt: skip

    def _item(self, row: Block, text: str) -> None:
        """Take a row's first cell as an agenda item, where it is numbered or a short title."""
        first = row.cells[0]
        match = _NUMBERED.match(first)
        number, title = (match["number"], match["title"] or "") if match else ("", first)
        long = len(title.split()) > _SHORT_TITLE
        if not first or long or self.roles[0] in ("action", "owner", "due"):
            return
        printed = first
        if not title:  # the text beside the number may begin with it
            head = text.split(". ", 1)[0].split(": ", 1)[0]
            title = head if len(head.split()) <= 8 else ""
            printed = f"{first} {title}".strip()
        self.items.append(Item(row.line, printed, number, title))
        self.place = self.items[-1]
