"""Tables: minutes kept in columns, and lists of actions with owner and date."""

import re
from collections.abc import Sequence

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.finding.drafting import draft, obliging
from cpctrack.minutes.language import grammar, marks, owners
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.columns import roles_of, without_label

# Columns that a list of actions agreed at a meeting never has.
_LOOK_ALIKE = re.compile(r"(?i)\b(?:contact officer|baseline|performance|representing)\b")
_CLOSED = re.compile(r"(?i)\b(?:complete[d]?|closed|done|superseded)\b")
_NUMBERED = re.compile(
    r"(?i)(?:item\s)?(?P<number>(?:[A-Z]{1,3}[./])?\d{1,4}(?:[./]\d{1,4})*)[.:)]?(?:\s+(?P<title>.+))?$"
)
_RULE = re.compile(r"[\s|:=+_-]*")
_LOOKED_AT = 20  # rows below the headings
_SHORT_TITLE = 14  # words
_LONG = 40  # letters that no number and no topic has
_TOPIC = re.compile(r"(?i)\W*topics?\b")


def read_table(rows: Sequence[Block], place: Item) -> "ActionTable | None":
    """Read the rows of one table, or give None where it is no table of actions."""
    table = ActionTable(place)
    found = False
    for at, row in enumerate(rows):
        roles = _told_below(roles_of(row.cells), rows[at + 1 : at + 1 + _LOOKED_AT])
        if _is_header(row.cells, roles):
            look_alike = _is_look_alike(row.cells, roles, table.place)
            table.roles = () if look_alike else roles
            found = found or not look_alike
        elif table.roles and not all(_RULE.fullmatch(cell) for cell in row.cells):
            table.read(row)
    if not found and not table.items and _says_who_acts(rows):
        table.roles = ("number", "text", "owner")[-len(rows[0].cells) :]
        for row in rows:
            table.read(row)
        return table if table.drafts else None
    return table if found else None


def _told_below(roles: tuple[str, ...], rows: Sequence[Block]) -> tuple[str, ...]:
    """Give the roles, with “Minute” or “Item” the text where no number stands under it."""
    if "number" not in roles or {"text", "decision"} & set(roles) or not rows:
        return roles
    at = roles.index("number")
    long = any(len(row.cells[at]) > _LONG for row in rows if at < len(row.cells))
    return (*roles[:at], "text", *roles[at + 1 :]) if long else roles


def _says_who_acts(rows: Sequence[Block]) -> bool:
    """Tell a table without headings whose last column names who acts on what stands beside it."""
    if (
        not all(2 <= len(row.cells) <= 3 for row in rows)
        or len({len(row.cells) for row in rows}) > 1
    ):
        return False
    named = [row for row in rows if row.cells[-1]]
    return bool(named) and all(
        (labelled or owners.is_owner_only(who))
        and (labelled or grammar.obliges(obliging(row.cells[-2])[1]))
        for row in named
        for who, labelled in [without_label(row.cells[-1])]
    )


def _is_header(cells: Sequence[str], roles: Sequence[str]) -> bool:
    named = "action" in roles or ("owner" in roles and "text" in roles)
    unknown = sum(bool(cell) and not role for cell, role in zip(cells, roles, strict=False))
    return named and len(cells) > 1 and unknown <= (len(cells) > 3)  # else it speaks of an action


def _is_look_alike(cells: Sequence[str], roles: Sequence[str], place: Item) -> bool:
    """Tell a list of new actions from a work programme and from a log of earlier actions."""
    said = {"text", "decision"} & set(roles)
    programme = any(_LOOK_ALIKE.search(cell) or (_TOPIC.match(cell) and not said) for cell in cells)
    if programme or "response" in roles:
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
        """Read a row below the headings: each paragraph of what is to be done is an action."""
        cells: dict[str, str] = {}
        for role, cell in zip(self.roles, row.cells, strict=False):
            if role and cell:
                cells[role] = f"{cells[role]}\n{cell}" if role in cells else cell
        action, text = (cells.get(name, "") for name in ("action", "text"))
        owner, _ = without_label(cells.get("owner", ""))
        if "owner" not in self.roles or {"text", "decision"} & set(self.roles):
            self._item(row, text)
        if _CLOSED.search(cells.get("status", "")) or (action and grammar.says_nothing(action)):
            return
        who, _ = without_label(action)
        if not action or (owners.is_owner_only(who) and text):
            owner = owner or who
            action = obliging(_one_line(text))[1] if owner else ""
        named = "" if grammar.says_nothing(owner) else owner
        actions = action.split("\n")
        named_each = named.split("\n") if named.count("\n") == len(actions) - 1 else []
        for at, one in enumerate(actions):
            self._draft(row, one, _one_line(named_each[at] if named_each else named), cells)

    def _draft(self, row: Block, action: str, owner: str, cells: dict[str, str]) -> None:
        if not any(map(str.isalpha, action)) or grammar.says_nothing(action):
            return
        label = marks.read(row._replace(text=action, cells=(), starts=()))
        if label and label.kind == marks.ACTION:
            owner = owner or label.who
            action = action[label.rest :] or action
        self.drafts.append(draft(
            action, line=row.line, place=self.place, block=marks.ACTION, owner=owner,
            source=row.text, due_text=_one_line(cells.get("due", "")),
        ))  # fmt: skip

    def _item(self, row: Block, text: str) -> None:
        """Take a row's first cell as an agenda item, where it is numbered or a short title."""
        first = _one_line(row.cells[0])
        match = _NUMBERED.match(first)
        number, title = (match["number"], match["title"] or "") if match else ("", first)
        long = len(title.split()) > _SHORT_TITLE
        elsewhere = self.roles[0] in ("action", "owner", "due")
        if not first or long or elsewhere or (self.roles[0] == "text" and not match):
            return
        printed = first
        if not title:  # the text beside the number may begin with it
            head = text.split("\n", 1)[0].split(". ", 1)[0].split(": ", 1)[0]
            title = head if len(head.split()) <= 8 else ""
            printed = f"{first} {title}".strip()
        self.items.append(Item(row.line, printed, number, title))
        self.place = self.items[-1]


def _one_line(cell: str) -> str:
    return cell.replace("\n", " ")
