"""Which action a block is about, and why a person should look at it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cpctrack.matching.wordings import content, words_of
from cpctrack.reading.forms import NUMBER
from cpctrack.reading.mail.letter import Letter
from cpctrack.records.asking import Chase
from cpctrack.records.model import Record
from cpctrack.records.refs import split_ref
from cpctrack.replies import courtesies, words
from cpctrack.replies.answer import Known
from cpctrack.replies.blocks import OTHERS, Block, How
from cpctrack.replies.quotes import Words
from cpctrack.replies.refs import Refs
from cpctrack.text import fold

_EACH = re.compile(
    r"\W*(?P<all>both|all|y ddau|pob un)\b(?: of (?:them|these|the \w+))?"
    r"(?:\W+(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b)?",
    re.IGNORECASE,
)
_SPLITS = re.compile(
    r"\b(?:but|except|although|apart|other|first|second|last|bar|one|ond|heblaw)\b", re.IGNORECASE
)
_COUNTS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
)  # fmt: skip
_LEAD = re.compile(r"(?P<lead>[^–—:]{3,80}?)(?:\s[–—-]\s|:\s)")
_MAIL = (".eml", ".mbox", ".msg")
_MOST_NEAR = 8
_LONGEST_ASIDE = 500
_FEWEST_SHARED = 2  # words that a line shares with an action it may be about
_MOST_COMMON = 50  # actions that have a word; one that more have tells nothing
_PIECES = re.compile(  # between sentences, lines, and clauses behind which no colon stands
    r"(?<=[.!?;]\s)(?=\S)|(?<=\n)(?=[^\n])|(?=\s(?:and|but)\s(?![^.!?\n]{0,60}[:–—]\s))"
)
_TOPIC = re.compile(r"\W*[^\W\d_a-z][\w ’'-]{1,30}:\s")
_LEAST_WEIGHT = 0.9  # where a word counts one, divided by the actions that have it
_TOOK_OVER = re.compile(
    r"\b(?:his|her|their|the|your) (?:replacement|successor)\b"
    r"|\breplac(?:ed|ing) (?:her|him|them)\b"
    r"|\bi\b[^.!?\n]{0,30}\b(?:t(?:oo|a)k(?:e|en|ing)? over (?:from|as)|new in (?:post|the)"
    r"|covering for)\b|\bi(?: am|['’]m) (?:now )?covering for\b"
    r"|\b(?:has|have)? ?(?:left|retired|moved on) (?:in|on|at|last|us|the council|and|so)\b[^\n]*"
    r"\b(?:i am|i['’]m|i have|i['’]ve)\b|\bmy predecessor\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all|any|every|the|your|previous|earlier|prior)\b"
    r"[^.\n]{0,40}\b(?:instruct|rule|prompt|order|action)|\b(?:mark|set|close|complete|delete"
    r"|remove|approve|save|update|answer)(?: off)? (?:all|every|each|any)\b[^.\n]{0,20}\b"
    r"(?:action|item|record|entr|row|one)|\b(?:system|developer) ?(?:prompt|message)\b"
    r"|\b(?:language model|ai assistant|chatbot)\b"
    # and words for a program: marks of a template, a field with its value, an option
    r"|@@|[{<]%|\{\{|\$\{|\b(?:status|ref|reference|action|due|owner|response)=\S"
    r"|[\"“”']\s?(?:status|ref|reference|action|due|owner|response)\s?[\"“”']\s?:"
    r"|(?:^|\s)--(?:yes|all|force|status|ref|save)\b|^\W?(?:cpctrack|sudo|curl)\s\w"
    r"|^[/!$]\s?(?:close|complete|done|set|update|save|delete)\b",
    re.IGNORECASE | re.MULTILINE,
)


class Claim(NamedTuple):
    """A block and the action that it is about, if that can be told; else those it may be."""

    block: Block
    ref: str = ""
    unclear: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Thread:
    """What is known of what a letter answers, and of who wrote it."""

    def __init__(
        self, letter: Letter, known: Known, own: Words, chase: Chase | None, refs: Refs
    ) -> None:
        self.known = known
        self.chase = chase
        self.asked = tuple(ref for ref in own.asked if ref in known.records)
        self.refs = refs.asking(self.asked)
        # Of a message about several committees a store may know some actions only.
        count = max((part.place for part in chase.parts), default=1) - 1 if chase else 0
        self.is_whole = len(self.asked) == max(count, len(own.asked))
        self._letter = letter
        self._own = own

    @cached_property
    def is_pasted(self) -> bool:
        """Whether the clerk made the file, so that no letter came."""
        return not (self._letter.address or self._letter.name.lower().endswith(_MAIL))

    @cached_property
    def _inside(self) -> set[str]:
        """The domains of those who are known."""
        owners = (_domain(owner.email) for owner in self.known.owners)
        return {_domain(self._own.clerk.address), *owners} - {""}

    @cached_property
    def is_from_outside(self) -> bool:
        """Whether the sender writes from another house than the clerk and the owners."""
        return bool(self._inside) and _domain(self._letter.address) not in {*self._inside, ""}

    @cached_property
    def is_reply(self) -> bool:
        """Whether it answers a mail of the house that it comes from."""
        domain = _domain(self._letter.address)
        return bool(domain) and domain in {_domain(each) for each in self._letter.thread}

    @cached_property
    def _signs(self) -> set[str]:
        """Lines that may be the sender's name or post."""
        lines = {fold(line.text) for line in self._letter.lines if not line.quoted}
        return {fold(self._letter.sender), fold(self._own.writer.name), *lines}

    @cached_property
    def _took_over(self) -> bool:
        """Whether the sender says that they answer in the place of somebody who left."""
        return _TOOK_OVER.search("\n".join(own.line.text for own in self._own.own)) is not None

    def owns(self, record: Record) -> bool:
        """Tell whether the sender is an owner: by address, or, from inside, by name or post."""
        for name in record.owners:
            owner = self.known.owners.find(name)
            if owner and owner.email and fold(owner.email) == fold(self._letter.address):
                return True
            is_inside = _domain(self._letter.address) in self._inside
            if is_inside and self._signs & set(map(fold, self.known.owners.names_of(name))):
                return True
        return False

    def of_words(self, text: str) -> Iterator[str]:
        """Give what is doubtful about a text, whatever action it answers."""
        if _COMMANDS.search(text):
            yield "it asks for more than an answer to this action"
        if len(self.asked) > 1 and OTHERS.search(text):
            yield "it may speak of other actions too"
        others = {each.upper() for each in NUMBER.findall(text.upper())}
        if others - {self.chase.number if self.chase else ""}:
            yield "it names another message"

    def says_nothing(self, block: Block) -> bool:
        """Tell whether words that stand beside answers say nothing of any action."""
        if len(block.text) > _LONGEST_ASIDE:
            return False
        text = courtesies.unaway(block.text)
        named = block.how is not How.NOT or block.typed or block.status or block.date
        if named or block.is_below or block.within or re.search(r"\d", text):
            return False
        subjects = _subjects(self.asked, self.known.records)
        says = any(self.of_words(text)) or any(words.said(text, None, self.known.today))
        return not (
            says
            or self.refs.within(text)
            or any(len(word) > 3 and word in subjects for word in _content(block.text))
        )

    def doubts(self, ref: str, text: str = "") -> Iterator[str]:
        """Give what is doubtful about a text that answers an action."""
        yield from self.of_words(text)
        if others := [each for each in self.refs.within(text) if each != ref]:
            yield f"it speaks of {others[0]}"
        record = self.known.records[ref]
        if not record.status.is_open:
            yield f"{ref} is closed"
        if self._took_over and not self._signs & set(map(fold, record.owners)):
            yield "the sender answers in somebody else’s place"
        if self.is_from_outside:
            yield "the sender writes from outside"
        if self.asked:
            if ref not in self.asked and not self.owns(record):
                yield f"{ref} was not asked about in this message, and the sender does not own it"
        elif not (self.is_reply or self.is_pasted or self.owns(record)):
            yield "it is not known which message this answers, nor that the sender owns the action"


def claims(
    block: Block, thread: Thread, *, beside: int = 0, answered: Collection[str] = ()
) -> Iterator[Claim]:
    """Give the actions that a block is about.

    `beside` is how many blocks there are else, `answered` are the actions that the letter names.
    """
    if block.how is How.NUMBER:
        yield _numbered(block, thread)
    elif block.refs:
        yield from _named(block, block.refs, thread, is_all=not beside)
    elif block.typed:
        near = block.near or thread.asked[:_MOST_NEAR]
        yield Claim(block, "", (f"there is no action {block.typed}",), near)
    elif beside and all(ref in answered for ref in thread.refs.within(block.text)):
        reason = "it stands below the signature" if block.is_below else "it names no action"
        yield Claim(block, "", (reason,), thread.asked[:_MOST_NEAR])
    elif not beside and len(thread.asked) == 1 and thread.is_whole:
        yield from _only(block, thread)
    elif not beside and thread.is_whole and _each(block.text, len(thread.asked)):
        yield from _named(block, thread.asked, thread)
    else:
        yield from _by_subject(block, thread)


def _named(
    block: Block, refs: Sequence[str], thread: Thread, *, is_all: bool = False
) -> Iterator[Claim]:
    several = len(refs) > 1 and not _each(block.text, len(refs))
    for ref in refs:
        doubts = [*thread.doubts(ref, block.text)]
        if block.typed and block.how is How.REFERENCE:
            doubts.append(f"it says “{block.typed}”, which may mean another action")
        if block.within:
            doubts.append("it stands within the quoted text")
        below = block.how is How.INLINE and is_all and not thread.chase
        if below and len(thread.asked) > 1 and ref == thread.asked[-1]:
            doubts.append("it stands below all the actions")
        if several:
            doubts.append("it is one answer to several actions")
        yield Claim(block, ref, tuple(doubts))


def _only(block: Block, thread: Thread) -> Iterator[Claim]:
    ref = thread.asked[0]
    doubts = [*thread.doubts(ref, block.text)]
    if block.is_below:
        doubts.append("some of it stands below the signature")
    yield Claim(block, ref, tuple(doubts))


def _numbered(block: Block, thread: Thread) -> Claim:
    """Take a number as the place in our message, which numbers its actions, else ask."""
    asked, number = thread.asked, block.number
    places = dict(enumerate(asked, 1))
    if thread.chase:
        places = {part.place: part.ref for part in thread.chase.parts if part.ref in asked}
    tails = [ref for ref in asked if split_ref(ref)[2] == number]
    ref = tails[0] if block.is_item and len(tails) == 1 else places.get(number, "")
    if ref and thread.chase and not block.is_item and not tails:
        return Claim(block, ref, tuple(thread.doubts(ref, block.text)))
    if not ref:
        return Claim(block, "", (f"number {number} may be any action",), asked[:_MOST_NEAR])
    return Claim(block, ref, (f"it gives a number, {number}, and no reference",), (ref,))


def _each(text: str, count: int) -> bool:
    """Tell whether an answer is one to each of so many actions: “both done”, “all three sent”."""
    match = _EACH.match(text)
    if not match or count < 2 or len(text) > 200 or _SPLITS.search(text):
        return False
    said = (match["count"] or "").casefold()
    if match["all"].casefold() in ("both", "y ddau"):
        return count == 2
    return bool(said) and (int(said) if said.isdigit() else _COUNTS.index(said)) == count


def _by_subject(block: Block, thread: Thread) -> Iterator[Claim]:
    """Part a block that names no action by what its lines speak of; each is asked about."""
    if len(named := thread.refs.within(block.text)) == 1:
        reason = f"it names {named[0]} within a sentence"
        yield Claim(block, named[0], (reason, *thread.doubts(named[0], block.text)), named)
        return
    refs = thread.asked or [
        ref for ref, record in thread.known.records.items() if record.status.is_open
    ]
    subjects = _subjects(refs, thread.known.records)
    parts: list[tuple[str, tuple[str, ...]]] = []
    for piece in _PIECES.split(block.text):
        named = thread.refs.within(piece)
        near = named or _nearest(piece, subjects, 1 if thread.asked else _FEWEST_SHARED)
        goes_on = near == parts[-1][1] if near and parts else not _TOPIC.match(piece)
        if parts and goes_on:
            parts[-1] = (parts[-1][0] + piece, parts[-1][1])
        else:
            parts.append((piece, near))
    if not any(near for _, near in parts):
        yield Claim(block, "", ("it names no action",), thread.asked[:_MOST_NEAR])
        return
    for text, near in parts:
        ref = near[0] if len(near) == 1 else ""
        reason = "only its words tell which action it is about"
        said = block._replace(text=text.strip())
        yield Claim(said, ref, (reason,), near or thread.asked[:_MOST_NEAR])


def _subjects(refs: Iterable[str], records: Mapping[str, Record]) -> Mapping[str, Sequence[str]]:
    """Give actions by each word that says what they are about."""
    subjects: dict[str, list[str]] = defaultdict(list)
    for ref in refs:
        for word in _content(records[ref].text):
            subjects[word].append(ref)
    return subjects


def _nearest(text: str, subjects: Mapping[str, Sequence[str]], fewest: int) -> tuple[str, ...]:
    """Give the actions that share most with what a text begins with, else with the whole."""
    lead = _LEAD.match(text)
    for said, least in ((lead["lead"] if lead else "", fewest), (text[:2000], _FEWEST_SHARED)):
        weights: dict[str, float] = defaultdict(float)
        shared: Counter[str] = Counter()
        for word in _content(said):
            refs = subjects.get(word, ())
            for ref in refs if len(refs) <= _MOST_COMMON else ():
                weights[ref] += 1 / len(refs)
                shared[ref] += 1
        found = {ref: weight for ref, weight in weights.items() if shared[ref] >= least}
        best = max(found.values(), default=0.0)
        if best >= _LEAST_WEIGHT:
            return tuple(ref for ref, weight in found.items() if weight > best - 0.01)
    return ()


def _content(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"(?:i|y|s)\Z", "", word) for word in content(words_of(text)))


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
