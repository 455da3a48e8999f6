"""Walk through the blocks of minutes and gather what they mark as action.

A marking heading or a lead-in opens a block; the next item, heading or narrative closes it. Labels
(“Action: …”) and a right-hand column mark single passages.
"""

import re
from collections.abc import Mapping, Sequence

from cpctrack.minutes import words
from cpctrack.minutes.finding import opened, tables
from cpctrack.minutes.finding.drafting import LeadIn, Place, lead_in_from
from cpctrack.minutes.finding.gathering import Gathering, decisive, ordering
from cpctrack.minutes.finding.items import Heading
from cpctrack.minutes.finding.opened import Open
from cpctrack.minutes.language import grammar, marks, motions, owners, timing
from cpctrack.minutes.language.marks import Mark
from cpctrack.minutes.page.blocks import Block, cut
from cpctrack.minutes.page.titles import is_procedure
from cpctrack.records import exempt

_OPENING = (marks.ACTION, marks.DECISION)  # what a title marks in the text below it
_A_COLUMN = 3  # passages with initials beside them make a column
_COLUMN_HEADING_INDENT = 30


class Walk(Gathering):
    """Reads block after block, with what is open and what came before."""

    def __init__(self, found: Sequence[Block], headings: Mapping[int, Heading]) -> None:
        super().__init__(found)
        self.headings = headings
        self.column = sum(bool(block.margin) for block in found) >= _A_COLUMN
        self.loud = decisive(found, headings)
        self.ordered = ordering(found) - self.loud
        self.at = 0
        self.top = Place()
        self.subs = 0  # sub-items of the item
        self.before = 0  # drafts there were before the item
        self.closed: Open | None = None  # what narrative closed last
        self.entry = ""  # number of the last list entry
        self.previous: Block | None = None
        self.after: Block | None = None  # what the block before told behind its decision
        self.drafted = False  # the previous block gave the last draft

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
            elif exempt.divides(block.printed):
                self.opens(None)
            else:
                self._parts(block)
            at += 1
        return self

    # --- items and tables

    def _item(self, block: Block, heading: Heading) -> None:
        item = heading.item
        self.items.append(item)
        self.opens(None)
        self.closed, self.previous, self.drafted = None, None, False
        if heading.sub:
            self.subs += 1
            self.place = Place(item.printed, self.top.number, item.title)
        else:
            self.place = self.top = Place(item.printed, item.number, item.title)
            self.subs, self.before = 0, len(self.drafts)
        if heading.rest:
            self._parts(cut(block, heading.rest))
            return
        mark = marks.read(block._replace(text=item.title))
        found = {word.casefold() for word in re.findall(r"[\w-]+", item.title)}
        if mark and mark.kind in _OPENING and not found & words.EARLIER_WORDS:
            self.opens(Open(mark.kind))

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
        self.opens(None)
        self.closed, self.previous = None, None
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
        if self.attribute(block, drafted=self.drafted) or not block.text:
            return
        mark = self._mark(block)
        fresh = self.open is not None and not self.open.given
        if motions.is_lost(block.text):
            self.lost()
        elif mark and mark.kind == marks.PROPOSAL:
            self.opens(Open(marks.PROPOSAL))
        elif mark and not (mark.formula and self.open):
            self._marked(block, mark)
        elif not fresh and motions.moves(self.found, self.at):
            self.opens(Open(marks.DECISION))
        elif not fresh and motions.motion_in(self.found, self.at)[1]:
            self.opens(Open(marks.DECISION, single=True))
            self.statements(cut(block, *motions.motion_in(self.found, self.at)))
        elif not self.open and motions.is_moved(self.found, self.at):
            self.opens(Open(marks.DECISION))
            self._content(block, mark)
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
        if mark is None or (self.open and block.marker and not mark.rest):
            return None  # none, or “(a) NOTED the report” in a list of decisions
        if mark.rest >= len(block.text) and block.indent >= _COLUMN_HEADING_INDENT:
            return None  # the heading of the right-hand column
        if mark.formula and (self.column or (mark.inside and self.at in self.loud)):
            recommends = grammar.kind_of(block.text[mark.rest :], marks.DECISION)
            return mark if recommends == grammar.RECOMMENDATION else None
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
        self.opens(opened.opened_at(self.found, self.at))
        self.closed = None
        if self.open is None:
            self._told(block)

    def _told(self, block: Block) -> None:
        self.closed = self.open or self.closed
        self.open = None
        (self.orders if self.at in self.ordered else self.tells)(block)

    # --- what marks

    def _marked(self, block: Block, mark: Mark) -> None:
        rest = block.text[mark.rest :]
        named = rest.strip(" .)]")
        if mark.kind == marks.ACTION and (
            mark.by or owners.is_owner_only(rest) or (mark.who and not named)
        ):
            self._owned(block, mark.who or named)
            return
        if mark.inside and mark.inside < len(block.text):
            self.tells(cut(block, 0, mark.inside))
        if not rest.strip():
            if self.subs > 1 and len(self.drafts) == self.before:
                self.place = self.top  # no sub-item decides anything: it is the item that does
            whom = LeadIn("", "", grammar.recommended_to(block.text))
            self.opens(Open(mark.kind, whom, noun=mark.noun))
        elif rest.endswith(":") or (opened.leads(rest) and mark.kind != marks.ACTION):
            self.opens(Open(mark.kind, lead_in_from(block.text), noun=mark.noun))
        else:
            self.opens(opened.stated_by(mark, block))
            start = mark.inside if mark.formula else mark.rest
            self.statements(cut(block, start), mark.who, core=rest if mark.formula else "")

    def _owned(self, block: Block, label: str) -> None:
        """Give the passage above, or one below, to whom “Action: J Bell” names."""
        due = timing.due_words(label)
        name = label.replace(due, "").strip(" ,;.()–-") if due else label
        self.open = None
        if grammar.says_nothing(name) or opened.only_notes(name):
            return
        alone = block.starts == self.found[self.at].starts  # and no part of a paragraph
        below = self.found[self.at + 1] if self.at + 1 < len(self.found) and alone else None
        if below and opened.is_under(block, below, self.previous):
            self.opens(
                Open(marks.ACTION, LeadIn("", "", name), single=not below.marker, awaits=True)
            )
            return
        resolved = self.drafted and self.drafts[-1].kind == grammar.RESOLUTION
        if resolved and self.after is not None:  # what was decided, then what somebody does
            self.passage(self.after, name, due)
        elif self.drafted and self.drafts:
            self.own(name, due)
        elif self.previous is not None:
            self.passage(self.previous, name, due)
        else:
            self.opens(Open(marks.ACTION, LeadIn("", "", name)))

    def _beside(self, block: Block, before: int) -> None:
        """Take the right-hand column's word for who acts."""
        if not block.margin or not (self.items or not self.headings):
            return
        if len(self.drafts) == before:
            self.passage(block, block.margin)
            return
        for at in range(before, len(self.drafts)):
            self.drafts[at] = self.drafts[at]._replace(owner=block.margin, kind=grammar.ACTION)

    # --- inside a block

    def _content(self, block: Block, mark: Mark | None) -> None:
        state = self.open
        if state is None:
            return
        if block.marker:
            self.entry = block.number
        if state.kind == marks.PROPOSAL:
            return
        if is_procedure(block.text) and not block.marker:
            self.voted(block)
            return
        if opened.leads(block.text):
            self.open = opened.led_by(state, block)
            return
        if state.nested and block.style == state.style:
            self.open = state = state._replace(nested=None)
        start = mark.inside if mark else 0
        self.statements(cut(block, start) if start else block)
        if self.open:
            self.open = self.open._replace(
                listed=state.listed or bool(block.marker), style=state.style or block.style
            )
