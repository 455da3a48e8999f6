"""Walk through the blocks of minutes and gather what they mark as action.

A marking heading or a lead-in opens a block; the next item, heading or narrative closes it. Labels
(“Action: …”) and a right-hand column mark single passages.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.finding import opened, tables
from cpctrack.minutes.finding.candidates import Narrative
from cpctrack.minutes.finding.items import Heading
from cpctrack.minutes.finding.opened import LeadIn, Open, draft, lead_in_from
from cpctrack.minutes.language import grammar, marks, motions, owners, timing
from cpctrack.minutes.language.clauses import enumerated, order_at
from cpctrack.minutes.language.marks import Mark
from cpctrack.minutes.page.blocks import Block, cut
from cpctrack.minutes.page.titles import is_procedure
from cpctrack.records import exempt

_DEFERRED = re.compile(
    r"(?i)[^.;:]{1,200}?\bbe\s(?:deferred|adjourned|postponed)\b[^.;:]{0,200}?(?P<and>,?\sand\s)(?P<that>that\s)"
)
_TOGETHER = re.compile(r";\s+(?:and\s)?")
_NOTES = (" to note", " for noting", " for information")  # of somebody named beside a decision
_A_COLUMN = 3  # passages with initials beside them make a column
_A_HABIT = 2  # sentences such as "Clerk to write."
_COLUMN_HEADING_INDENT = 30


class Gathering:
    """Reads block after block, with what is open and what came before."""

    def __init__(self, found: Sequence[Block], headings: Mapping[int, Heading]) -> None:
        self.found = found
        self.headings = headings
        margins = sum(bool(block.margin) for block in found)
        self.column = margins >= _A_COLUMN
        self.loud = _loud(found, headings)
        # “Clerk to write.” marks where it is a habit, and no column of initials marks by itself
        orders = {at for at, block in enumerate(found) if not margins and order_at(block.text) >= 0}
        self.ordered = orders - self.loud if len(orders) >= _A_HABIT else set()
        # what was gathered, in the order of the text
        self.items: list[Item] = []
        self.drafts: list[MinutesDraft] = []
        self.proposals: list[int] = []  # drafts of what was only put forward
        self.narrative: list[Narrative] = []
        # the item
        self.place = self.top = Item()
        self.subs = 0  # sub-items of it
        self.before = 0  # drafts there were before it
        # the block
        self.at = 0
        self.open: Open | None = None
        self.began = 0  # drafts there were when the last one was opened
        self.closed: Open | None = None  # what narrative closed last
        self.entry = ""  # number of the last list entry
        self.rest: Block | None = None  # what it tells behind its decision
        self.after: Block | None = None  # what the one before told so
        self.previous: Block | None = None
        self.drafted = False  # the one before gave the last draft

    def all(self) -> "Gathering":
        """Read every block."""
        while self.at < len(self.found):
            block = self.found[self.at]
            heading = self.headings.get(self.at)
            if heading:
                self._item(block, heading)
            elif block.cells:
                self._table()
                continue
            elif exempt.divides(block.printed):
                self._opens(None)
            else:
                self._parts(block)
            self.at += 1
        return self

    def _opens(self, state: Open | None) -> None:
        self.open = state
        self.began = len(self.drafts)

    # --- items and tables

    def _item(self, block: Block, heading: Heading) -> None:
        item = heading.item
        self.items.append(item)
        self._opens(None)
        self.closed, self.previous, self.drafted = None, None, False
        if heading.sub:
            self.subs += 1
            title = f"{heading.above}: {item.title}" if heading.above else item.title
            self.place = item._replace(number=self.top.number, title=title)
        else:
            self.place = self.top = item
            self.subs, self.before = 0, len(self.drafts)
        if heading.rest:
            self._parts(cut(block, heading.rest))
            return
        mark = marks.read(block._replace(text=item.title))
        found = {word.casefold() for word in re.findall(r"[\w-]+", item.title)}
        if mark and mark.kind in (marks.ACTION, marks.DECISION) and not found & words.EARLIER_WORDS:
            self._opens(Open(mark.kind))  # the title marks the text below it

    def _table(self) -> None:
        start = self.at
        while self.at < len(self.found) and self.found[self.at].cells:
            if self.at in self.headings:
                break
            self.at += 1
        table = tables.read_table(self.found[start : self.at], self.place)
        if table:
            self.items += table.items
            self.drafts += table.drafts
            self.place = self.top = table.place
        self._opens(None)
        self.closed, self.previous = None, None

    # --- paragraphs

    def _parts(self, block: Block) -> None:
        """Read a paragraph, parted where an “Action:” or “Resolved:” begins inside it."""
        places = [0, *marks.labels_inside(block.text)]
        for start, end in zip(places, [*places[1:], None], strict=True):
            self._block(cut(block, start, end))

    def _block(self, block: Block) -> None:
        before = len(self.drafts)
        self.after, self.rest = self.rest, None
        if self._attribute(block) or not block.text:
            return
        mark = self._mark(block)
        if motions.is_lost(block.text):  # what it would have done is forgotten
            del self.drafts[self.began :]
            self.proposals = [at for at in self.proposals if at < self.began]
            self._opens(None)
        elif mark and mark.kind == marks.PROPOSAL:
            self._opens(Open(marks.PROPOSAL))
        elif mark and not (mark.formula and self.open):
            self._marked(block, mark)
        elif not self._motion(block, mark):
            if not self.open and self.closed and opened.resumes(self.closed, self.entry, block):
                self.open = self.closed  # a list that was interrupted goes on
                self._content(block, mark)
            elif self.open and opened.continues(self.open, block, mark):
                self._content(block, mark)
            else:
                self._outside(block)
        self._beside(block, before)
        self.previous = block
        self.drafted = len(self.drafts) > before

    def _attribute(self, block: Block) -> bool:
        """Read “Owner: …” or “Due: …” below the draft that it is of."""
        name, value = marks.attribute(block.text)
        if not name or not self.drafted or self.drafts[-1].item != self.place.printed:
            return False
        last = self.drafts[-1]
        if name == "due":
            self.drafts[-1] = last._replace(due_text=value, due=timing.due_date(value))
        else:
            self.drafts[-1] = last._replace(owner=value)
        return True

    def _mark(self, block: Block) -> Mark | None:
        mark = marks.read(block)
        if mark is None or (self.open and block.marker and not mark.rest):
            return None  # none, or “(a) NOTED the report” in a list of decisions
        if mark.rest >= len(block.text) and block.indent >= _COLUMN_HEADING_INDENT:
            return None  # the heading of the right-hand column
        if mark.formula and (self.column or (mark.inside and self.at in self.loud)):
            recommends = grammar.kind_of(block.text[mark.rest :], marks.DECISION)
            return mark if recommends == grammar.RECOMMENDATION else None
        return mark

    def _motion(self, block: Block, mark: Mark | None) -> bool:
        """Read a motion that was carried, or the line above it that names its mover."""
        fresh = self.open is not None and not self.open.given
        start, end = motions.motion_in(self.found, self.at)
        if not fresh and motions.moves(self.found, self.at):
            self._opens(Open(marks.DECISION))
        elif not fresh and end:
            self._opens(Open(marks.DECISION, single=True))
            self._statements(cut(block, start, end))
        elif not self.open and motions.is_moved(self.found, self.at):
            self._opens(Open(marks.DECISION))
            self._content(block, mark)
        else:
            return False
        return True

    def _outside(self, block: Block) -> None:
        """Open a block at a lead-in that decides; else nothing is open, and something is told."""
        if opened.leads(block.text):
            self._opens(opened.opened_at(self.found, self.at))
            self.closed = None
            if self.open:
                return
        self.closed = self.open or self.closed
        self.open = None
        order = order_at(block.text) if self.at in self.ordered else -1
        if order:
            self._tells(cut(block, 0, order) if order > 0 else block)
        if order >= 0:
            self._passage(cut(block, order), "")

    def _tells(self, block: Block) -> None:
        """Keep a paragraph that is not marked: candidates may be in it."""
        self.narrative.append(Narrative(block, self.place, len(self.items)))

    # --- what a label or a column says of a passage

    def _marked(self, block: Block, mark: Mark) -> None:
        rest = block.text[mark.rest :]
        named = rest.strip(" .)]")
        if mark.kind == marks.ACTION and (
            mark.by or owners.is_owner_only(rest) or (mark.who and not named)
        ):
            self._owned(block, mark.who or named)
            return
        if mark.inside and mark.inside < len(block.text):
            self._tells(cut(block, 0, mark.inside))
        if not rest.strip():
            if self.subs > 1 and len(self.drafts) == self.before:
                self.place = self.top  # no sub-item decides anything: it is the item that does
            whom = LeadIn("", "", grammar.recommended_to(block.text))
            self._opens(Open(mark.kind, whom, noun=mark.noun))
        elif rest.endswith(":") or (opened.leads(rest) and mark.kind != marks.ACTION):
            self._opens(Open(mark.kind, lead_in_from(block.text), noun=mark.noun))
        else:
            self._opens(opened.stated_by(mark, block))
            start = mark.inside if mark.formula else mark.rest
            self._statements(cut(block, start), mark.who, core=rest if mark.formula else "")

    def _owned(self, block: Block, label: str) -> None:
        """Give the passage above, or one below, to whom “Action: J Bell” names."""
        due = timing.due_words(label)
        name = label.replace(due, "").strip(" ,;.()–-") if due else label
        self.open = None
        if grammar.says_nothing(name) or name.casefold().endswith(_NOTES):
            return
        to_come = Open(marks.ACTION, LeadIn("", "", name))
        alone = block.starts == self.found[self.at].starts  # and no part of a paragraph
        below = self.found[self.at + 1] if self.at + 1 < len(self.found) and alone else None
        resolved = self.drafted and self.drafts[-1].kind == grammar.RESOLUTION
        if below and opened.is_under(block, below, self.previous):
            self._opens(to_come._replace(single=not below.marker, awaits=True))
        elif resolved and self.after is not None:  # what was decided, then what somebody does
            self._passage(self.after, name, due)
        elif self.drafted:
            self._own(name, due)
        elif self.previous is not None:
            self._passage(self.previous, name, due)
        else:
            self._opens(to_come)

    def _own(self, name: str, due: str) -> None:
        """Give the block just read to whom a label behind it names, or make it an action.

        In a list those entries are meant that oblige and name nobody themselves.
        """
        places = range(min(self.began, len(self.drafts) - 1), len(self.drafts))
        actions = [at for at in places if self.drafts[at].kind != grammar.RESOLUTION]
        unowned = [at for at in actions if not self.drafts[at].owner]
        for at in unowned or actions[-1:] or [len(self.drafts) - 1]:
            one = self.drafts[at]
            kind = grammar.ACTION if one.kind == grammar.RESOLUTION else one.kind
            day = one.due or timing.due_date(due)
            self.drafts[at] = one._replace(
                owner=name, kind=kind, due_text=one.due_text or due, due=day
            )

    def _beside(self, block: Block, before: int) -> None:
        """Take the right-hand column's word for who acts."""
        if not block.margin or not (self.items or not self.headings):
            return
        if len(self.drafts) == before:
            self._passage(block, block.margin)
            return
        for at in range(before, len(self.drafts)):
            self.drafts[at] = self.drafts[at]._replace(owner=block.margin, kind=grammar.ACTION)

    def _passage(self, block: Block, owner: str, due: str = "") -> None:
        """Draft the sentence of a paragraph that obliges, or the whole of it."""
        offset, text = opened.obliging(block.text)
        if not opened.says_something(text):
            return
        if self.narrative and self.narrative[-1].block is block:
            self.narrative.pop()
        self.drafts.append(draft(
            text, line=block.line_at(offset), place=self.place, block=marks.ACTION, owner=owner,
            source=block.text, due_text=due,
        ))  # fmt: skip

    # --- statements of a marked block

    def _content(self, block: Block, mark: Mark | None) -> None:
        state = self.open
        if state is None:
            return
        if block.marker:
            self.entry = block.number
        if state.kind == marks.PROPOSAL:
            return
        if is_procedure(block.text) and not block.marker:
            if motions.is_carried(block.text):  # what was put forward is decided
                self.proposals = [at for at in self.proposals if at < self.began]
            return
        if opened.leads(block.text):
            self.open = opened.led_by(state, block)
            return
        if state.nested and block.style == state.style:
            self.open = state = state._replace(nested=None)
        self._statements(cut(block, mark.inside) if mark else block)
        if self.open:
            listed = state.listed or bool(block.marker)
            self.open = self.open._replace(listed=listed, style=state.style or block.style)

    def _statements(self, block: Block, owner: str = "", core: str = "") -> None:
        """Draft what a marked block says: one statement, or each of a list within the line."""
        entries = enumerated(block.text)
        for begin, end in entries or [(0, len(block.text))]:
            text = block.text[begin:end]
            shift = begin + len(text) - len(text.lstrip(" :–—-"))
            text = text.strip(" –—").lstrip(": -")
            if entries:
                self._statement(block, text, shift, owner, "")
                continue
            stated = opened.stated_part(text)
            if len(stated) < len(text):
                self.rest = cut(block, shift + len(stated))
                self._tells(self.rest)
            self._each(block, stated, shift, owner, opened.stated_part(core))

    def _each(self, block: Block, text: str, offset: int, owner: str, core: str) -> None:
        """Draft one statement, or each of “Clerk to write …; Chair to phone …”."""
        deferred = _DEFERRED.match(text)
        if deferred and grammar.obliges(text[deferred.end() :]):  # and what is to be done till then
            that = deferred.start("that")
            self._statement(block, text[: deferred.start("and")], offset, "", "")
            self._statement(block, text[that:], offset + that, owner, "")
            return
        parts = _TOGETHER.split(text) if self.open and self.open.kind == marks.ACTION else [text]
        if len(parts) < 2 or not all(map(owners.owner_of, parts)):
            self._statement(block, text, offset, owner, core)
            return
        for part in parts:
            self._statement(block, part, offset + text.find(part), owner, "")

    def _statement(self, block: Block, text: str, offset: int, owner: str, core: str) -> None:
        state = self.open
        for begin, end in (("[", "]"), ("(", ")")):
            if text.endswith((end, end + ".")) and begin not in text:
                text = text.rstrip(".").removesuffix(end)
        if state is None or not opened.says_something(text):
            return
        self.open = state._replace(given=state.given + 1, awaits=False)
        if state.noun:
            self.proposals.append(len(self.drafts))
        self.drafts.append(draft(
            text, line=block.line_at(offset), place=self.place, block=state.kind, owner=owner,
            lead_in=state.nested or state.lead_in, source=block.printed, core=core,
        ))  # fmt: skip


def _loud(found: Sequence[Block], headings: Mapping[int, Heading]) -> frozenset[int]:
    """Name the blocks of items that mark decisions: “it was agreed” is narrative there."""
    loud: set[int] = set()
    for start, end in pairwise([0, *headings, len(found)]):
        read = (marks.read(block) for block in found[start:end])
        listed = (tables.lists_actions(block.cells) for block in found[start:end])
        if any(mark and not mark.formula for mark in read) or any(listed):
            loud.update(range(start, end))
    return frozenset(loud)
