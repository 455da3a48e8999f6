"""Walk through the blocks of minutes and gather what they mark as action.

A marking heading or a lead-in opens a block; the next item, heading or narrative closes it. Labels
(“Action: …”) and a right-hand column mark single passages.
"""

import re
from collections.abc import Mapping, Sequence

from cpctrack.minutes import grammar, marks, opened, owners, tables, timing, words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.blocks import Block, cut
from cpctrack.minutes.candidates import Narrative
from cpctrack.minutes.drafting import LeadIn, Place, draft, lead_in_from
from cpctrack.minutes.items import Heading
from cpctrack.minutes.marks import Mark
from cpctrack.minutes.opened import Open, obliging, says_something, stated_part
from cpctrack.minutes.sentences import enumerated

_TOGETHER = re.compile(r";\s+(?:and\s)?")
_A_COLUMN = 3  # passages with initials beside them make a column
_COLUMN_HEADING_INDENT = 30


class Walk:
    """What has been gathered so far."""

    def __init__(self, found: Sequence[Block], headings: Mapping[int, Heading]) -> None:
        self.found = found
        self.headings = headings
        self.column = sum(bool(block.margin) for block in found) >= _A_COLUMN
        self.itemless = not headings
        self.at = 0
        self.place = Place()
        self.top = Place()
        self.open: Open | None = None
        self.closed: Open | None = None  # what narrative closed last
        self.entry = ""  # number of the last list entry
        self.previous: Block | None = None
        self.rest: Block | None = None  # what the block tells behind its decision
        self.after: Block | None = None  # what the block before told behind its decision
        self.drafted = False  # the previous block gave the last draft
        self.items: list[Item] = []
        self.drafts: list[MinutesDraft] = []
        self.proposals: list[tuple[int, int]] = []
        self.narrative: list[Narrative] = []

    def all(self) -> "Walk":
        """Read every block."""
        at = 0
        while at < len(self.found):
            self.at = at
            block = self.found[at]
            heading = self.headings.get(at)
            if heading:
                self._item(block, heading)
            elif block.cells:
                at = self._table(at)
                continue
            else:
                self._parts(block)
            at += 1
        return self

    # --- items and tables

    def _item(self, block: Block, heading: Heading) -> None:
        item = heading.item
        self.items.append(item)
        self.open, self.closed, self.previous, self.drafted = None, None, None, False
        if heading.sub:
            self.place = Place(item.printed, self.top.number, item.title)
        else:
            self.place = self.top = Place(item.printed, item.number, item.title)
        if heading.rest:
            self._parts(cut(block, heading.rest))
            return
        mark = marks.read(block._replace(text=item.title))
        found = {word.casefold() for word in re.findall(r"[\w-]+", item.title)}
        if mark and mark.kind == marks.ACTION and not found & words.EARLIER_WORDS:
            self.open = Open(mark.kind)

    def _table(self, at: int) -> int:
        end = at
        while end < len(self.found) and self.found[end].cells and end not in self.headings:
            end += 1
        reading = tables.read_table(self.found[at:end], self.place)
        if reading:
            self.items += reading.items
            self.drafts += reading.drafts
            self.place = reading.place
            self.top = reading.place
        self.open, self.closed, self.previous = None, None, None
        return end

    # --- paragraphs

    def _parts(self, block: Block) -> None:
        """Read a paragraph, parted where an “Action:” or “Resolved:” begins inside it."""
        places = [0, *marks.labels_inside(block.text)]
        for start, end in zip(places, [*places[1:], None], strict=True):
            self._block(cut(block, start, end))

    def _block(self, block: Block) -> None:
        before = len(self.drafts)
        after, self.rest = self.rest, None
        self.after = after
        if self._is_attribute(block) or not block.text:
            return
        mark = self._mark(block)
        if mark and mark.kind == marks.PROPOSAL:
            self.open = Open(marks.PROPOSAL)
        elif mark and not (mark.formula and self.open):
            self._marked(block, mark)
        elif self._belongs(block, mark):
            self._content(block, mark)
        elif opened.leads(block.text):
            self._lead(block)
        else:
            self._told(block)
        self._beside(block, before)
        self.previous = block
        self.drafted = len(self.drafts) > before

    def _mark(self, block: Block) -> Mark | None:
        mark = marks.read(block)
        if mark is None:
            return None
        if mark.rest >= len(block.text) and block.indent >= _COLUMN_HEADING_INDENT and self.column:
            return None  # the heading of the right-hand column
        if mark.formula and self.column:
            return None
        return mark

    def _belongs(self, block: Block, mark: Mark | None) -> bool:
        """Tell whether a block belongs to the open one, or to a list that was interrupted."""
        if self.open:
            return opened.continues(self.open, block, mark)
        state = self.closed
        if state and opened.resumes(state, self.entry, block):
            self.open = state
            return True
        return False

    def _lead(self, block: Block) -> None:
        """Open a block at a lead-in that decides; another one closes what is open."""
        self.open = opened.opened_by(block.text)
        self.closed = None
        if self.open is None:
            self._told(block)

    def _told(self, block: Block) -> None:
        self.closed = self.open or self.closed
        self.open = None
        self.narrative.append(Narrative(block, self.place, len(self.items)))

    # --- what marks

    def _marked(self, block: Block, mark: Mark) -> None:
        rest = block.text[mark.rest :]
        if mark.kind == marks.ACTION and (
            owners.is_owner_only(rest) or (mark.who and not rest.strip(" .)]"))
        ):
            self._owned(mark.who or rest.strip(" .)]"), rest)
            return
        if mark.inside and mark.inside < len(block.text):
            self.narrative.append(
                Narrative(cut(block, 0, mark.inside), self.place, len(self.items))
            )
        if not rest.strip():
            self.open = Open(mark.kind, noun=mark.noun)
        elif rest.endswith(":") or (opened.leads(rest) and mark.kind != marks.ACTION):
            lead_in = lead_in_from(block.text if mark.formula else rest)._replace(
                printed=block.text
            )
            self.open = Open(mark.kind, lead_in, noun=mark.noun)
        else:
            self.open = Open(mark.kind, single=True, noun=mark.noun)
            start = mark.inside if mark.formula else mark.rest
            self._statements(cut(block, start), mark.who, core=rest if mark.formula else "")

    def _owned(self, owner: str, label: str) -> None:
        """Give the passage above, or one below that says “To …”, to whom “Action: J Bell” names."""
        due = timing.due_words(label)
        name = owner.replace(due, "").strip(" ,;.()–-") if due else owner
        self.open = None
        below = self.found[self.at + 1] if self.at + 1 < len(self.found) else None
        if below and not below.apart and not below.marker and opened.says_to(below.text):
            self.open = Open(marks.ACTION, LeadIn("", "", name), single=True, awaits=True)
            return
        resolved = self.drafted and self.drafts[-1].kind == grammar.RESOLUTION
        if resolved and self.after is not None:  # what was decided, then what somebody does
            self._passage(self.after, name, due)
        elif self.drafted and self.drafts:
            last = self.drafts[-1]
            self.drafts[-1] = last._replace(
                owner=name,
                kind=grammar.ACTION if last.kind == grammar.RESOLUTION else last.kind,
                due_text=last.due_text or due,
                due=last.due or timing.due_date(due),
            )
        elif self.previous is not None:
            self._passage(self.previous, name, due)
        else:
            self.open = Open(marks.ACTION, LeadIn("", "", name))

    def _passage(self, block: Block, owner: str, due: str = "") -> None:
        """Draft the sentence of a paragraph that obliges, or the whole of it."""
        offset, text = obliging(block.text)
        if not says_something(text):
            return
        self._forget(block)
        self.drafts.append(
            draft(
                text, line=block.line_at(offset), place=self.place, block=marks.ACTION,
                owner=owner, source=block.text, due_text=due,
            )
        )  # fmt: skip

    def _forget(self, block: Block) -> None:
        if self.narrative and self.narrative[-1].block is block:
            self.narrative.pop()

    def _beside(self, block: Block, before: int) -> None:
        """Take the right-hand column's word for who acts."""
        if not block.margin or not (self.items or self.itemless):
            return
        if len(self.drafts) == before:
            self._passage(block, block.margin)
            return
        for at in range(before, len(self.drafts)):
            self.drafts[at] = self.drafts[at]._replace(owner=block.margin, kind=grammar.ACTION)

    def _is_attribute(self, block: Block) -> bool:
        name, value = marks.attribute(block.text)
        if (
            not name
            or not self.drafts
            or self.drafts[-1].item != self.place.printed
            or not (self.drafted)
        ):
            return False
        last = self.drafts[-1]
        if name == "due":
            self.drafts[-1] = last._replace(due_text=value, due=timing.due_date(value))
        else:
            self.drafts[-1] = last._replace(owner=value)
        return True

    # --- inside a block

    def _content(self, block: Block, mark: Mark | None) -> None:
        state = self.open
        if state is None:
            return
        if block.marker:
            self.entry = block.number
        if state.kind == marks.PROPOSAL or (opened.is_procedure(block.text) and not block.marker):
            return
        if opened.leads(block.text):
            lead_in = lead_in_from(block.text)
            if block.marker and state.given:
                self.open = state._replace(nested=lead_in, style=state.style or block.style)
            elif block.marker:
                self.open = state._replace(nested=lead_in, style=block.style, listed=True)
            else:
                self.open = state._replace(lead_in=lead_in, given=0, nested=None)
            return
        if state.nested and block.style == state.style:
            self.open = state = state._replace(nested=None)
        start = mark.inside if mark else 0
        self._statements(cut(block, start) if start else block)
        if self.open:
            self.open = self.open._replace(
                listed=state.listed or bool(block.marker), style=state.style or block.style
            )

    def _statements(self, block: Block, owner: str = "", core: str = "") -> None:
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
                self.narrative.append(Narrative(self.rest, self.place, len(self.items)))
            self._each(block, stated, begin + shift, owner, stated_part(core))

    def _each(self, block: Block, text: str, offset: int, owner: str, core: str) -> None:
        """Draft one statement, or each of “Clerk to write …; Chair to phone …”."""
        parts = _TOGETHER.split(text) if self.open and self.open.kind == marks.ACTION else [text]
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
