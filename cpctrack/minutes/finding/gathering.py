"""What has been gathered from minutes so far, and how a statement or a passage becomes a draft."""

import re
from collections.abc import Container, Sequence

from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.finding import tables
from cpctrack.minutes.finding.candidates import Narrative
from cpctrack.minutes.finding.drafting import Place, draft
from cpctrack.minutes.finding.opened import Open, obliging, says_something, stated_part
from cpctrack.minutes.language import grammar, marks, owners, timing
from cpctrack.minutes.language.clauses import enumerated, order_at
from cpctrack.minutes.language.motions import is_carried
from cpctrack.minutes.page.blocks import Block, cut

_DEFERRED = re.compile(
    r"[^.;:]{1,200}?\bbe\s(?:deferred|adjourned|postponed)\b[^.;:]{0,200}?(?P<and>,?\sand\s)(?P<that>that\s)",
    re.IGNORECASE,
)
_A_HABIT = 2  # sentences such as "Clerk to write."
_TOGETHER = re.compile(r";\s+(?:and\s)?")


class Gathering:
    """Items, drafts and narrative, in the order of the text."""

    def __init__(self, found: Sequence[Block]) -> None:
        self.found = found
        self.place = Place()
        self.open: Open | None = None
        self.began = 0  # drafts there were when the last block was opened
        self.rest: Block | None = None  # what the block tells behind its decision
        self.items: list[Item] = []
        self.drafts: list[MinutesDraft] = []
        self.proposals: list[tuple[int, int]] = []
        self.narrative: list[Narrative] = []

    def opens(self, state: Open | None) -> None:
        """Open a block, or none."""
        self.open = state
        self.began = len(self.drafts)

    def tells(self, block: Block) -> None:
        """Keep a paragraph that is not marked: candidates may be in it."""
        self.narrative.append(Narrative(block, self.place, len(self.items)))

    def orders(self, block: Block) -> None:
        """Draft the order that a paragraph ends with; what stands before it is told."""
        at = order_at(block.text)
        if at < 0:
            self.tells(block)
            return
        if at:
            self.tells(cut(block, 0, at))
        self.passage(cut(block, at), "")

    def lost(self) -> None:
        """Forget what a motion would have done that was lost."""
        del self.drafts[self.began :]
        self.proposals = [one for one in self.proposals if one[1] < self.began]
        self.opens(None)

    def voted(self, block: Block) -> None:
        """Take what was put forward for decided where it was carried."""
        if is_carried(block.text):
            self.proposals = [one for one in self.proposals if one[1] < self.began]

    # --- statements of a marked block

    def statements(self, block: Block, owner: str = "", core: str = "") -> None:
        """Draft what a marked block says: one statement, or each of a list within the line."""
        entries = enumerated(block.text)
        for begin, end in entries or [(0, len(block.text))]:
            text = block.text[begin:end]
            shift = len(text) - len(text.lstrip(" :–—-"))
            text = text.strip(" –—").lstrip(": -")
            if entries:
                self._statement(block, text, begin + shift, owner, "")
                continue
            stated = stated_part(text)
            if len(stated) < len(text):
                self.rest = cut(block, begin + shift + len(stated))
                self.tells(self.rest)
            self._each(block, stated, begin + shift, owner, stated_part(core))

    def _each(self, block: Block, text: str, offset: int, owner: str, core: str) -> None:
        """Draft one statement, or each of “Clerk to write …; Chair to phone …”."""
        parts = _TOGETHER.split(text) if self.open and self.open.kind == marks.ACTION else [text]
        deferred = _DEFERRED.match(text)
        if deferred and grammar.obliges(text[deferred.end() :]):  # and what is to be done till then
            self._statement(block, text[: deferred.start("and")], offset, "", "")
            self._statement(
                block, text[deferred.start("that") :], offset + deferred.start("that"), owner, ""
            )
            return
        if len(parts) < 2 or not all(owners.owner_of(part) for part in parts):
            self._statement(block, text, offset, owner, core)
            return
        for part in parts:
            self._statement(block, part, offset + text.find(part), owner, "")

    def _statement(self, block: Block, text: str, offset: int, owner: str, core: str) -> None:
        state = self.open
        for begin, end in (("[", "]"), ("(", ")")):
            if text.endswith((end, end + ".")) and begin not in text:
                text = text.rstrip(".").removesuffix(end)
        if state is None or not says_something(text):
            return
        self.open = state._replace(given=state.given + 1, awaits=False)
        if state.noun:
            self.proposals.append((len(self.items), len(self.drafts)))
        self.drafts.append(
            draft(
                text, line=block.line_at(offset), place=self.place, block=state.kind,
                lead_in=state.nested or state.lead_in, owner=owner, source=block.printed,
                core=core,
            )
        )  # fmt: skip

    # --- what a label or a column says of a passage

    def passage(self, block: Block, owner: str, due: str = "") -> None:
        """Draft the sentence of a paragraph that obliges, or the whole of it."""
        offset, text = obliging(block.text)
        if not says_something(text):
            return
        if self.narrative and self.narrative[-1].block is block:
            self.narrative.pop()
        self.drafts.append(
            draft(
                text, line=block.line_at(offset), place=self.place, block=marks.ACTION,
                owner=owner, source=block.text, due_text=due,
            )
        )  # fmt: skip

    def own(self, name: str, due: str) -> None:
        """Give the block just read to whom a label behind it names, or make it an action.

        In a list those entries are meant that oblige and name nobody themselves.
        """
        places = range(min(self.began, len(self.drafts) - 1), len(self.drafts))
        actions = [at for at in places if self.drafts[at].kind != grammar.RESOLUTION]
        unowned = [at for at in actions if not self.drafts[at].owner]
        for at in unowned or actions[-1:] or [len(self.drafts) - 1]:
            one = self.drafts[at]
            self.drafts[at] = one._replace(
                owner=name,
                kind=grammar.ACTION if one.kind == grammar.RESOLUTION else one.kind,
                due_text=one.due_text or due,
                due=one.due or timing.due_date(due),
            )

    def attribute(self, block: Block, *, drafted: bool) -> bool:
        """Read “Owner: …” or “Due: …” below the draft that it is of."""
        name, value = marks.attribute(block.text)
        if not name or not drafted or self.drafts[-1].item != self.place.printed:
            return False
        last = self.drafts[-1]
        if name == "due":
            self.drafts[-1] = last._replace(due_text=value, due=timing.due_date(value))
        else:
            self.drafts[-1] = last._replace(owner=value)
        return True


def ordering(found: Sequence[Block]) -> frozenset[int]:
    """Name the blocks that end with “Clerk to write.”, where minutes give their actions so.

    One such sentence is no habit, and a column of initials is where it marks by itself.
    """
    if any(block.margin for block in found):
        return frozenset()
    places = frozenset(at for at, block in enumerate(found) if order_at(block.text) >= 0)
    return places if len(places) >= _A_HABIT else frozenset()


def decisive(found: Sequence[Block], headings: Container[int]) -> frozenset[int]:
    """Name the blocks of items that mark decisions: “it was agreed” is narrative there."""
    loud: set[int] = set()
    item: list[int] = []
    marked = False
    for at, block in enumerate(found):
        if at in headings:
            loud.update(item if marked else ())
            item, marked = [], False
        item.append(at)
        mark = marks.read(block)
        marked = (
            marked or tables.lists_actions(block.cells) or (mark is not None and not mark.formula)
        )
    loud.update(item if marked else ())
    return frozenset(loud)
