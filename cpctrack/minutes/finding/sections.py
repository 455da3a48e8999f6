"""Second pass: the parts are folded into sections, and each statement knows what it stands under.

A section is what a heading, a lead-in or a label opens. It goes on until the next one or the next
item; how far behind its opening a statement stands is left to the scorer.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.finding import parts
from cpctrack.minutes.finding.drafting import NO_LEAD_IN, LeadIn, kind_led, lead_in_from
from cpctrack.minutes.finding.parts import Part
from cpctrack.minutes.finding.tables import read_table
from cpctrack.minutes.habits import heading_of
from cpctrack.minutes.language import grammar, marks, motions, owners
from cpctrack.minutes.language.clauses import enumerated, sentences
from cpctrack.minutes.language.motions import Said
from cpctrack.minutes.page.blocks import Block

_WORD = re.compile(r"[\w-]+")
_DO = rf"{words.one_of(words.DOING)}\b"
# “…, Clerk to write”: behind a dash or a comma, or initials behind a title without any.
_CAPITAL = r"[A-Z][\w.&/’']*"
_POST = rf"(?:the\s)?(?:{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}|{words.one_of(words.WHO)})"
_TITLED = rf"(?:Mrs?|Ms|Dr|Cllrs?)\.?\s{_CAPITAL}(?:\s{_CAPITAL})?"
_ORDER_BEHIND = re.compile(
    r"(?:\s(?:[–—-]{1,2}|/)\s?(?=(?P<who>[A-Za-z][\w.&/’']*(?:\s[\w.&/’']+){0,7}?)\s(?:to|will|would)\s[a-z])"
    rf"|[,:]\s(?:and\s|so\s)?(?=(?P<named>{_POST})\sto\s{_DO})"
    rf"|(?<!sked)(?<!uested)(?<!vited)(?<!\s[a-z][a-z])(?<!\band)\s"
    rf"(?=(?P<short>[A-Z]{{2,3}}|{_TITLED}(?:\sand\s{_TITLED})?)\sto\s{_DO}))"
)
_INITIALS_BEHIND = re.compile(
    r"\s(?:[–—/]|-)\s?(?P<who>[A-Z]{2,3}(?:\s?[/&]\s?[A-Z]{2,3}){0,3})\.?$"
)
_NO_NAMES = frozenset({"ap", "action", "actions"})  # a label whose name is missing
_SIGNS = "".join(sorted(sign for sign in words.ARROWS if len(sign) == 1))
_SIGNED = re.compile(rf"(?:^|\s)[{re.escape(_SIGNS)}]\s?(?=\w)")
_TOGETHER = re.compile(r";\s+(?:and\s)?(?!(?i:assign))")
_SHORTEST = 3  # words of a statement between semicolons
_EARLIER = re.compile(
    r"(?i)\bmatters\s+arising\b|\b(?:previous|last|earlier|outstanding)\b.{0,40}\b(?:actions?|minutes|meeting)\b|\bactions?\b.{0,40}\b(?:previous|last|earlier|outstanding|log|tracker|progress|(?:review|updat)\w*)\b"
)


LOST = "lost"  # of a motion that was; or an earlier action that is done


class Section(NamedTuple):
    """What is open: which kind its opening marks, and what it says for all that it holds."""

    kind: str = ""  # action, decision, recommendation, proposal, or empty
    opening: str = ""  # heading, lead-in, label or item; empty where nothing is open
    lead_in: LeadIn = NO_LEAD_IN
    given: int = 0  # statements it has so far
    told: int = 0  # paragraphs without a marker among them
    listed: bool = False
    style: str = ""  # of its entries
    earlier: bool = False  # it goes through what was agreed before
    over: LeadIn | None = None  # the lead-in of the list in which an entry introduces a list
    over_style: str = ""
    proposed: bool = False  # under “Recommendation” or “Motion”: it may be put forward only
    line: int = 0  # of its opening


class Statement(NamedTuple):
    """The smallest thing that can be an action, and what stands around it."""

    text: str
    line: int
    part: Part
    place: Item
    section: Section
    core: int = 0  # offset of its own words, behind what marks it
    mark: str = ""  # what marks it in its own line
    sign: str = ""  # printed before it
    who: str = ""  # whom a label, a column or a line by itself names
    due: str = ""
    behind: bool = False  # the label stands behind it
    first: bool = True  # of its part


def fold(every: Sequence[Part], earlier: Collection[str] = ()) -> "Folding":
    """Fold the parts of the blocks to statements, tables to drafts, and headings to items.

    `earlier` are headings that go through earlier actions in this committee's minutes.
    """
    folding = Folding(every, earlier)
    for at, part in enumerate(every):
        folding.take(at, part)
    folding.settle()
    return folding


class Folding:
    """Takes part after part; what is open is a value that each part replaces."""

    def __init__(self, every: Sequence[Part], own: Collection[str]) -> None:
        self.own = own
        self.every = every
        self.statements: list[Statement] = []
        self.items: list[Item] = []
        self.listed: list[MinutesDraft] = []  # in tables of actions
        self.place = self.top = Item()
        self.section = Section()
        self.began = 0  # statements there were when the section was opened
        self.name = ""  # a line that named somebody and nothing else
        self.before = 0  # statements there were before the last part
        self.moved = 0  # the statement with which the last motion begins
        self.said: list[tuple[int, Said]] = []  # of motions, by statement; -1 of a line of votes
        self.line = 0  # of the part that is taken

    def take(self, at: int, part: Part) -> None:
        """Take the next part."""
        self.line = part.block.line
        before = len(self.statements)
        match part.role:
            case parts.NAMES:
                self._names(at, part)
            case parts.NAME:
                self.name = part.who
            case parts.ATTRIBUTE:
                for one in range(self.before, len(self.statements)):
                    self._name(one, part.who, part.due)
            case parts.ITEM:
                self._item(part)
            case parts.DIVIDER | parts.MARK:
                self._open(_marked(part))
            case parts.LEAD_IN:
                self._lead_in(at, part)
            case parts.ROW:
                self._table(at, part)
            case _:
                self._told(part)
        if part.role not in (parts.NAMES, parts.NAME, parts.ATTRIBUTE):
            self.before, self.name = before, ""

    def _told(self, part: Part) -> None:
        text = part.block.text
        if motions.is_lost(text):
            self._pass_over(range(max(self.moved, self.began), len(self.statements)))
            self._open(Section())
        elif grammar.is_status(text):
            self._pass_over(range(self.before, len(self.statements)))
        elif part.role == parts.VOTE:
            if self._say(-1, text).outcome:
                self.began = len(self.statements)  # what is above was carried
        else:
            self._statements(part)

    def _table(self, at: int, part: Part) -> None:
        if at and self.every[at - 1].role == parts.ROW and self.every[at - 1].at == part.at - 1:
            return  # it was read with the row before
        rows = []
        for row in self.every[at:]:
            if row.role != parts.ROW:
                break
            rows.append(row.block)
        table = read_table(rows, self.place)
        if table:
            self.items += table.items
            self.listed += table.drafts
            self.place = self.top = table.place
        self._open(Section())

    def _pass_over(self, places: Iterable[int]) -> None:
        """Take what a lost motion would have done, or what is done, for nothing to do."""
        for at in places:
            old = self.statements[at]
            if old.mark != marks.ACTION:
                self.statements[at] = old._replace(section=old.section._replace(kind=LOST))

    def _say(self, at: int, text: str) -> Said:
        """Keep what a statement, or a line that is none (-1), says of a motion."""
        said = motions.said_in(text)
        if said.moved:
            self.moved = len(self.statements) if at < 0 else at
            for above, one in reversed(self.said[-motions.NEAR :]):
                if above < self.began or not one.opens or self.statements[above].mark:
                    break
                self.moved = above  # “That …” stands above who moved it
        self.said.append((at, said))
        return said

    def settle(self) -> None:
        """Mark what the item's motions that were carried say, and pass over lost ones."""
        for one in motions.settle([said for _, said in self.said]):
            at = self.said[one.at][0]
            if at < 0:
                continue
            old = self.statements[at]
            if one.outcome == motions.LOST:
                self._pass_over([at])
            elif not (old.mark or old.section.kind):
                self.statements[at] = old._replace(
                    text=old.text[: one.end], core=one.start, mark=marks.DECISION
                )
        self.said = []

    def _open(self, section: Section) -> None:
        self.section = section._replace(line=section.line or self.line)
        self.began = len(self.statements)

    def _item(self, part: Part) -> None:
        heading = part.heading
        if heading is None:
            return
        self.settle()
        self.items.append(heading.item)
        if heading.sub:
            item = heading.item
            title = f"{heading.above}: {item.title}" if heading.above else item.title
            self.place = item._replace(number=self.top.number, title=title)
        else:
            self.place = self.top = heading.item
        title = heading.item.title
        earlier = (
            is_earlier(title)
            or heading_of(title) in self.own
            or (heading.sub and self.section.earlier)
        )
        marked = part.mark is not None and part.mark.kind in (marks.ACTION, marks.DECISION)
        kind = part.mark.kind if part.mark and marked and not earlier else ""
        self._open(Section(kind, "item" if kind else "", earlier=earlier))

    def _lead_in(self, at: int, part: Part) -> None:
        text = part.block.text
        below = self.every[at + 1].block.text if at + 1 < len(self.every) else ""
        said = motions.said_in(text)
        if said.moved or said.seconded:
            self._say(-1, text)
        if part.mark:
            section = Section(part.mark.kind, "label", lead_in_from(text), proposed=part.mark.noun)
        elif self._is_headed():  # “RESOLVED”, and below it “That Council:”
            section = self.section._replace(lead_in=lead_in_from(text))
        elif kind := kind_led(text, below):
            earlier = self.section.earlier or is_earlier(text)
            section = Section(kind, "lead-in", lead_in_from(text), earlier=earlier)
        elif self.section.kind and (part.block.marker or not self.section.given):
            entry = part.block.style
            section = self.section._replace(
                lead_in=lead_in_from(text), over=self.section.lead_in if entry else None,
                over_style=entry,
            )  # fmt: skip
        else:  # it introduces narrative
            section = Section("", "lead-in", LeadIn(text), earlier=self.section.earlier)
        self._open(section)

    def _is_headed(self) -> bool:
        opening = self.section.opening in ("heading", "item", "label")
        return bool(self.section.kind) and opening and not self.section.given

    def _names(self, at: int, part: Part) -> None:
        """Give what stands above, or what stands below, to whom “Action: J Bell” names."""
        if grammar.says_nothing(part.who):
            return
        above = range(self.before, len(self.statements))
        inline = bool(above) and self.statements[above[-1]].part.at == part.at
        below = self.every[at + 1] if at + 1 < len(self.every) else None
        if not above or (below and not inline and _is_under(part, below)):
            self._open(Section(marks.ACTION, "names", LeadIn("", "", part.who)))
            return
        entries = [at for at in range(self.began, len(self.statements)) if self._is_entry(at)]
        listed = not inline and above[-1] in entries
        for one in self._meant(entries if listed else above, listed=listed):
            self._name(one, part.who, part.due)

    def _meant(self, places: Sequence[int], *, listed: bool) -> Sequence[int]:
        """Give whom a label behind is of: entries that oblige and name nobody, or one sentence."""
        obliging = [at for at in places if grammar.obliges(_own_words(self.statements[at]))]
        if not listed:
            return (obliging or places)[-1:]
        unowned = [at for at in obliging if not grammar.owner_in(self.statements[at].text)]
        return unowned or obliging or places

    def _is_entry(self, at: int) -> bool:
        return self.statements[at].part.role == parts.ENTRY

    def _name(self, at: int, who: str, due: str) -> None:
        old = self.statements[at]
        self.statements[at] = old._replace(who=who or old.who, due=due or old.due, behind=True)

    def _statements(self, part: Part) -> None:
        block = part.block
        in_sentence = part.mark and (part.mark.formula or part.mark.inside)
        if part.mark and part.role == parts.LABEL and not in_sentence:
            self._open(Section(
                part.mark.kind, "label", earlier=self.section.earlier, proposed=part.mark.noun
            ))  # fmt: skip
        elif part.role in (parts.TOLD, parts.LABEL):
            self.section = self.section._replace(told=self.section.told + block.apart)
        else:
            if self.section.over is not None and block.style == self.section.over_style:
                self.section = self.section._replace(lead_in=self.section.over, over=None)
            style = self.section.style or block.style
            self.section = self.section._replace(listed=True, style=style)
        found = list(_split(block, part))
        for index, (start, end, core, mark) in enumerate(found):
            text = block.text[start:end]
            sign = block.text[:start].rstrip()[-1:] or block.marker[:1]
            behind = _INITIALS_BEHIND.search(text)
            self.statements.append(Statement(
                text, block.line_at(start), part, self.place, self.section, core, mark,
                sign=sign if sign in words.ARROWS else "",
                who=part.who or self.name or (behind["who"] if behind else ""),
                behind=behind is not None,
                first=index == 0,
            ))  # fmt: skip
            self._say(len(self.statements) - 1, text)
            self.section = self.section._replace(given=self.section.given + 1)
        if block.margin and block.margin.casefold() not in _NO_NAMES:
            last = range(len(self.statements) - len(found), len(self.statements))
            for at in self._meant(last, listed=False):
                self._name(at, block.margin, "")


def is_earlier(title: str) -> bool:
    """Tell whether what stands under a title goes through actions of an earlier meeting."""
    return _EARLIER.search(title) is not None


def _marked(part: Part) -> Section:
    text, mark = part.block.text, part.mark
    if mark is None:
        return Section()
    found = {word.casefold() for word in _WORD.findall(text)}
    earlier = mark.kind == marks.ACTION and bool(found & words.EARLIER_WORDS)
    whom = LeadIn("", "", part.who or grammar.recommended_to(text))
    return Section(mark.kind, "heading", whom, earlier=earlier, proposed=mark.noun)


def _own_words(one: Statement) -> str:
    return one.text[one.core :]


def _is_under(label: Part, below: Part) -> bool:
    """Tell whether a label that names somebody is a heading over what it marks."""
    block = below.block
    if below.role not in (parts.ENTRY, parts.TOLD, parts.LEAD_IN):
        return False
    if not block.marker:
        return not block.apart and block.text.casefold().startswith("to ")
    several = label.block.text.casefold().startswith("actions")  # “Actions: for Secretariat”
    return (label.block.apart or not block.apart) and (several or grammar.obliges(block.text))


def _split(block: Block, part: Part) -> Iterator[tuple[int, int, int, str]]:
    """Give start and end of each statement of a part, where its own words begin, and its mark."""
    text = block.text
    mark = part.mark
    if mark is None:
        yield from (_in_sentence(text, begin, end) for begin, end in _pieces(text))
        return
    rest = mark.rest
    # What stands before the sentence in which the mark is, and is not of it.
    yield from (_in_sentence(text, begin, end) for begin, end in _pieces(text[: mark.inside]))
    while rest < len(text) and text[rest] in " :–—-":
        rest += 1
    entries = [(rest + begin, rest + end) for begin, end in enumerated(text[rest:])]
    for start, end in entries or [(rest, len(text))]:
        for number, (begin, finish) in enumerate(_pieces(text[start:end])):
            piece = text[start + begin : start + finish]
            if number and not (mark.kind == marks.ACTION and grammar.obliges(piece)):
                yield _in_sentence(text, start + begin, start + finish)
                continue
            whole = mark.formula and not entries and number == 0  # “It was agreed that” is of it
            at = mark.inside if whole else start + begin
            yield at, start + finish, rest - at if whole else 0, mark.kind


def _in_sentence(text: str, start: int, end: int) -> tuple[int, int, int, str]:
    """Read a sentence that no label marks: “It was agreed that …”, or “Clerk to write” in it."""
    formula = marks.in_sentences(text[start:end])
    if formula:
        return start, end, formula.rest, formula.kind
    return start, end, _order_in(text[start:end]), ""


def _order_in(sentence: str) -> int:
    """Give where “Clerk to write” begins behind a dash, 0 where it does not."""
    orders = (
        one
        for one in _ORDER_BEHIND.finditer(sentence)
        if owners.can_act(one["who"] or one["named"] or one["short"])
    )
    return max((order.end() for order in orders), default=0)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Give the sentences, and of a sentence the orders that stand behind a dash or semicolon."""
    entries = enumerated(text)
    if entries:
        first = entries[0][0]
        if text[:first].strip(" (["):
            yield 0, first
        yield from entries
        return
    signed = [0, *(match.end() for match in _SIGNED.finditer(text))]
    told = (
        (begin + offset, sentence)
        for begin, end in zip(signed, [*signed[1:], len(text)], strict=True)
        for offset, sentence in sentences(text[begin:end].rstrip(" " + _SIGNS))
    )
    for offset, sentence in told:
        cuts = [offset]
        pieces = _TOGETHER.split(sentence)
        if len(pieces) > 1 and all(len(piece.split()) >= _SHORTEST for piece in pieces):
            cuts += [offset + match.end() for match in _TOGETHER.finditer(sentence)]
        for start, end in zip(cuts, [*cuts[1:], offset + len(sentence)], strict=True):
            kept = text[start:end].rstrip(" –—-;" if len(cuts) > 1 else " –—-")
            for opening, closing in (("[", "]"), ("(", ")")):
                if kept.endswith((closing, closing + ".")) and opening not in kept:
                    kept = kept.rstrip(".")[:-1]
            if any(letter.isalpha() for letter in kept):
                yield start, start + len(kept)
