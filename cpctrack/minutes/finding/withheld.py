"""Which lines of minutes tell of exempt business: what stands below the words that say so.

A part that is not for the public goes on until the minutes say that the public part begins
again; words beside an agenda item are of that item.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.finding.items import Heading
from cpctrack.minutes.finding.repeats import SAME, content
from cpctrack.minutes.language import grammar
from cpctrack.minutes.page.blocks import Block, plain
from cpctrack.reading.lines import Line
from cpctrack.records import exempt
from cpctrack.records.exempt import Says

_LONGEST_TITLE = 120
_FEW = 2  # words in common: “clerk” and “write” say nothing
_LOOKED_AT = 200  # exempt actions with a word in common


class _Piece(NamedTuple):
    block: Block
    heading: Heading | None = None
    page: bool = False  # printed over or under a page


def stamp(
    drafts: Sequence[MinutesDraft],
    lines: Sequence[Line],
    found: Sequence[Block],
    headings: Mapping[int, Heading],
) -> list[MinutesDraft]:
    """Give the drafts; those that are exempt get their paragraph, and a doubt if there is one."""
    pieces = _pieces(lines, found, headings)
    above = _Withholding(pieces, {draft.line for draft in drafts}).says
    starts = [piece.block.line for piece in pieces]
    stamped: list[MinutesDraft] = []
    for draft in drafts:
        own = exempt.of_texts(draft.item, (draft.text, draft.printed, draft.lead_in))
        says = exempt.strongest([own, above[bisect_right(starts, draft.line) - 1]])
        excludes = own and own.divides and not draft.owner  # the public: the meeting's own doing
        kind = grammar.RESOLUTION if excludes else draft.kind
        paragraph, why = (says.kept, says.why) if says else ("", "")
        stamped.append(draft._replace(kind=kind, exempt_paragraph=paragraph, doubt=why))
    return _said_again(stamped)


def _said_again(drafts: list[MinutesDraft]) -> list[MinutesDraft]:
    """Keep back what says again what is exempt, as a list of all actions at the end may."""
    secret = [(content(one.printed), one) for one in drafts if one.exempt_paragraph]
    places: dict[str, list[int]] = defaultdict(list)
    for at, (words, _) in enumerate(secret):
        for word in words:
            places[word].append(at)
    return [one if one.exempt_paragraph else _kept_back(one, secret, places) for one in drafts]


def _kept_back(
    draft: MinutesDraft,
    secret: Sequence[tuple[set[str], MinutesDraft]],
    places: Mapping[str, Sequence[int]],
) -> MinutesDraft:
    said = content(draft.printed)
    near = Counter(at for word in said for at in places.get(word, ())[:_LOOKED_AT])
    for at, shared in near.most_common(1):
        words, other = secret[at]
        if shared > _FEW and shared >= SAME * min(len(said), len(words)):
            why = f"line {other.line} says the same and is exempt; it is kept from the public until"
            return draft._replace(
                exempt_paragraph=other.exempt_paragraph, doubt=f"{why} somebody looks"
            )
    return draft


def _pieces(
    lines: Sequence[Line], found: Sequence[Block], headings: Mapping[int, Heading]
) -> list[_Piece]:
    """Give the blocks, and the lines over and under pages that say that they are exempt."""
    read = {line for block in found for _, line in block.starts} | {block.line for block in found}
    pages = [
        _Piece(Block(line.number, "", printed=plain(line.text)), page=True)
        for line in lines
        if line.number not in read
        and (says := exempt.in_title(plain(line.text)))
        and (says.alone or says.divides)
    ]
    pieces = [_Piece(block, headings.get(at)) for at, block in enumerate(found)]
    return sorted([*pieces, *pages], key=lambda piece: piece.block.line)


class _Withholding:
    """Reads piece after piece; `says` has what each stands under."""

    def __init__(self, pieces: Sequence[_Piece], drafted: Collection[int]) -> None:
        self.pieces = pieces
        self.drafted = drafted
        self.part: Says | None = None
        self.before: Says | None = None  # the part in which the item begins
        self.item: Says | None = None
        self.sub: Says | None = None
        self.first = 0  # the piece that is the heading of the item or the sub-item
        self.told: set[int] = set()  # the headings of which a line below says so
        headings = ((at, piece.heading) for at, piece in enumerate(pieces))
        self.last = {heading.item.number: at for at, heading in headings if heading}
        self.named: dict[str, Says] = {}  # what a resolution says of items to come, by number
        self.says: list[Says | None] = []
        for at, piece in enumerate(pieces):
            self._read(at, piece)

    def _read(self, at: int, piece: _Piece) -> None:
        block, heading = piece.block, piece.heading
        if heading:
            self.first, self.sub = at, None
        if heading and not heading.sub:
            self.before = self.part
            self.item = self.named.get(heading.item.number)
        cells = [cell for cell in block.cells if cell.strip()]
        text = heading.item.title if heading else cells[0] if len(cells) == 1 else block.printed
        titled = heading is not None or (len(text) < _LONGEST_TITLE and text[-1:] not in ".;:")
        if len(cells) > 1:
            own = exempt.strongest(map(exempt.in_title, cells))
        else:
            own = self._take(at, text, titled=titled)
        again = -1 if own and own.divides else exempt.public_again(text, title=titled)
        if again >= 0 and ". " not in text[:again]:
            self._open()
        if heading and heading.rest:
            own = exempt.strongest([own, self._take(at, block.text[heading.rest :], titled=False)])
        self.says.append(exempt.strongest([own, self.sub, self.item, self.part]))
        if again >= 0:
            self._open()

    def _open(self) -> None:
        self.part = self.item = self.sub = None

    def _take(self, at: int, text: str, *, titled: bool) -> Says | None:
        """Take what a text says for what stands below it; give what it says of itself."""
        says = (exempt.in_title if titled else exempt.in_words)(text)
        undecided = self.part is not None and self.part.doubt
        if says is None:
            if undecided and exempt.denied(text):
                self.part = self.before
            return None
        piece, item = self.pieces[at], self.pieces[self.first].heading
        own = not piece.heading and piece.block.line in self.drafted
        if says.doubt and (not titled or own):
            return says
        # Words that say nothing else may be a title of what follows, and not of an item.
        after = self.pieces[at + 1].heading if at + 1 < len(self.pieces) else None
        above = piece.page or piece.heading or item is None or (after and not after.sub)
        if says.divides or (says.alone and above):
            if says.items and all(self.last.get(number, 0) > at for number in says.items):
                self.part = self.before if undecided else self.part
                self.named |= dict.fromkeys(says.items, says)
                return None
            self.part = exempt.strongest([says, None if undecided else self.part])
        elif own and titled and text[:1].isdigit():
            # What was taken for an entry of a list may be the title of an item.
            self._mark(says._replace(doubt=not text.isupper()))
        elif not own:
            says = says._replace(doubt=says.doubt or not (titled or says.alone))
            self._mark(says)
            if (says.alone or not titled) and self.first not in self.told:
                self.told.add(self.first)  # once, or thousands of such lines would take hours
                for index in range(self.first, at):
                    self.says[index] = exempt.strongest([self.says[index], says])
        return says

    def _mark(self, says: Says) -> None:
        """Keep what is said of the item, or of the sub-item where one is open."""
        heading = self.pieces[self.first].heading
        if heading and heading.sub:
            self.sub = exempt.strongest([says, self.sub])
        else:
            self.item = exempt.strongest([says, self.item])
