"""References as people type them: at the beginning of a line, alone, with slips."""

import copy
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cpctrack.records.model import Record
from cpctrack.records.refs import split_ref
from cpctrack.replies import courtesies
from cpctrack.text import fold

_GAP = r"[\s\u00a0./_\u2010-\u2015\u2212-]{0,3}"
_NUMBERS = rf"(?:\d\d/\d\d|[\dOo]{{3,5}}){_GAP}[\dOoIl]{{1,4}}"
_BARE = r"\d{4}\s?[/\u2010-\u2015\u2212-]\s?\d{1,4}"
_REF = rf"(?:[A-Za-z][A-Za-z0-9]{{0,7}}?{_GAP}{_NUMBERS}|{_BARE})(?![\w%])"
_BEFORE = (
    r"[\s>*_#\[\](){}•·‣◦▪●–—\-]*(?:\d{1,2}[.)]\s+)?"
    r"(?:(?:and|also|then|on|as\sfor|re(?:garding)?|ref|reference|action|item|subject|updates?|no"
    r"|number|ps|p\.s|cyf|ar|a)\b[\s.:#*_(\[]*){0,3}"
)
# The end of a reference: behind a prefix, with a mark or “on” beside it, or as a subject.
_SHORT = (
    rf"(?:[A-Za-z]{{2,6}}{_GAP}\d{{1,3}}(?![\w%])|\d{{3}}(?=\s?[.):–—-]\s)"
    r"|0\d\d(?=\s(?:is|was|has|will)\b)|(?<=\bon\s)0\d\d\b|(?<=\bfor\s)0\d\d\b)"
)
_NAMED = rf"(?P<ref>{_REF}|{_SHORT})"
_START = re.compile(rf"{_BEFORE}{_NAMED}(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_ABOUT = re.compile(
    rf"(?P<lead>[^\d:]{{1,40}}?)(?:[,.!]\s+|\W(?<!\w[-–])(?={_REF}\s*[:=–—])){_NAMED}(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MORE = re.compile(
    rf"[\s*_)\]]*(?:,|;|and|&|\+|/|a)[\s*_(\[]*(?P<ref>{_REF}|\d{{3}}(?![\w%]))", re.IGNORECASE
)
_LEAD = re.compile(r"(?:[\s*_)\]]|[:\-–—.;,>=|](?!\d))*")
_MARK = r"(?=(?P<mark>\s*(?:[:=–—]|-\s|\Z))?)"
_BEHIND = re.compile(
    r"(?:(?P<end>[.!?]|;)\s+(?:(?:and|but)\s+)?|,?\s(?:and|but|while)\s+(?=(?:on|as\sfor|re)\s))"
    rf"(?P<at>(?:(?:on|as\sfor|re|action|item)\s+)?{_NAMED}){_MARK}",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"{_BEFORE}{_NAMED}{_MARK}", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<![\w/-]){_REF}", re.IGNORECASE)
_LONGEST = 60  # letters of a line that is a reference
_SPOKEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Found(NamedTuple):
    """References that a line begins with: `refs` as the store writes them, and what follows.

    `typed` is what stands there where it is none of the store, or not enough to be sure; `near` are
    those it may be.
    """

    refs: tuple[str, ...]
    rest: str
    typed: str = ""
    near: tuple[str, ...] = ()


class Refs:
    """The references that there are, and those that were asked about, in their order."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self.records = records
        self.asked: tuple[str, ...] = ()
        self._refs = {_key(ref): ref for ref in records}
        self._open = tuple(ref for ref, record in records.items() if record.status.is_open)
        self._prefixes = {split_ref(ref)[0] for ref in records}

    def asking(self, asked: Sequence[str]) -> "Refs":
        """Give the same references, beside those that a message asks about."""
        other = copy.copy(self)
        other.asked = tuple(asked)
        for name in ("_index", "_texts"):
            other.__dict__.pop(name, None)
        return other

    @cached_property
    def _index(self) -> Mapping[str, Sequence[str]]:
        """The references that may be meant, by what a slip leaves of each."""
        index: dict[str, list[str]] = defaultdict(list)
        for ref in self.asked or self._open:
            for left in _left(_key(ref)):
                index[left].append(ref)
        return index

    def start(self, text: str) -> Found | None:
        """Give the references that a line begins with, or None; within a sentence they are none."""
        if ref := self._texts.get(_words(text)):
            return Found((ref,), "")
        match = _START.fullmatch(text)
        if not (match and self._known(match["ref"])):
            match = self._about(text) or match
        first = self._meant(match["ref"]) if match else None
        if not match or not first:
            return None
        refs, rest = list(first.refs), match["rest"]
        while refs and (more := _MORE.match(rest)):
            typed = more["ref"]
            other = self._known(refs[0][: -len(typed)] + typed if typed.isdigit() else typed)
            if not other or (typed.isdigit() and other not in self.asked):
                break
            refs.append(other)
            rest = rest[more.end() :]
        return first._replace(refs=tuple(refs), rest=rest[_end_of_lead(rest) :])

    @staticmethod
    def _about(text: str) -> re.Match[str] | None:
        """Match a reference with a mark behind small talk: “Ann, on CPC-2324-001: …”."""
        match = _ABOUT.fullmatch(text)
        return match if match and courtesies.is_pleasantry(match["lead"]) else None

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """The references by the words of their actions, where these are enough to tell one."""
        found: dict[str, list[str]] = defaultdict(list)
        for ref in self.asked or self._open:
            found[_words(self.records[ref].text)].append(ref)
        return {text: refs[0] for text, refs in found.items() if len(refs) == 1 < text.count(" ")}

    def parts(self, text: str, *, is_under: bool) -> list[str]:
        """Part a line where, behind the end of a sentence, a reference begins another.

        A mark stands behind it, or the line itself begins with one that has none; or the line has
        none at all and `is_under` no reference above it.
        """
        first = _BEGINS.match(text)
        begun = first.end("ref") if first else 0
        marked = first["mark"] is not None if first else is_under
        parts, start = [], 0
        for each in _BEHIND.finditer(text, begun):
            at = each.start("at")
            splits = each["mark"] or (not marked and (first or each["end"]))
            if splits and self.start(text[at : at + _LONGEST]):
                end = each.end("end") if each["end"] else each.start()
                parts.append(text[start:end].strip(" ;"))
                start = at
        return [*parts, text[start:].strip()]

    def alone(self, text: str) -> str:
        """Give the reference that a line or a cell holds and nothing else, or nothing.

        Of another committee it is as it stands.
        """
        match = _START.fullmatch(text[:_LONGEST])
        if not match or re.search(r"\w", match["rest"]):
            return ""
        typed = match["ref"].upper()
        return self._known(typed) or (typed if split_ref(typed)[2] else "")

    def within(self, text: str) -> tuple[str, ...]:
        """Give every reference of the store that stands anywhere in a text."""
        found = (self._known(each[0]) for each in _WITHIN.finditer(text))
        return tuple(dict.fromkeys(filter(None, found)))

    def _meant(self, typed: str) -> Found | None:
        if ref := self._known(typed):
            return Found((ref,), "")
        key = _key(typed)
        if short := re.fullmatch(r"([A-Z]*)(\d{1,3})", key):
            return self._ending(typed.strip(), short[1], short[2])
        alike = {ref: _key(ref) for left in _left(key) for ref in self._index.get(left, ())}
        near = [ref for ref, other in alike.items() if _is_slip(key, other)]
        if len(near) == 1:
            is_swapped = sorted(key) == sorted(alike[near[0]]) and key[-3:] != alike[near[0]][-3:]
            return Found((near[0],), "", typed.strip() if is_swapped else "")
        ours = any(key.startswith(prefix) for prefix in self._prefixes)
        if not (near or ours or split_ref(typed.upper())[2]):
            return None
        return Found((), "", typed.strip(), tuple(near))

    def _ending(self, typed: str, prefix: str, number: str) -> Found | None:
        """Take a number in short for the action asked about that ends so, if it is the only one.

        It is sure where it can be no figure, and no other action of the store ends so.
        """
        found = [ref for ref in self._tails.get(int(number), ()) if ref.startswith(prefix)]
        asked = [ref for ref in found if ref in self.asked]
        if len(asked) != 1 or (prefix and prefix not in self._prefixes):
            return None
        is_figure = not (prefix or number.startswith("0"))
        if is_figure and len(self.asked) == 1:
            return None
        return Found((asked[0],), "", typed if is_figure or len(found) > 1 else "")

    @cached_property
    def _tails(self) -> Mapping[int, Sequence[str]]:
        """The references by the number that they end with."""
        tails: dict[int, list[str]] = defaultdict(list)
        for ref in self.records:
            if number := split_ref(ref)[2]:
                tails[number].append(ref)
        return tails

    def _known(self, typed: str) -> str:
        whole = re.fullmatch(r"(?P<front>.*?\d{4})(?P<number>\d{1,4})", _key(typed))
        if not whole:
            return ""
        front, number = whole["front"], int(whole["number"])
        keys = [f"{front}{number:03}"]
        if front.isdigit():
            keys = [f"{prefix}{front}{number:03}" for prefix in self._prefixes]
        found = [self._refs[key] for key in keys if key in self._refs]
        return found[0] if len(found) == 1 else ""


def _key(typed: str) -> str:
    letters = re.sub(r"[\W_]", "", typed).upper()
    front = re.match(r"[A-Z]*", letters)
    start = front.end() if front else 0
    return letters[:start] + letters[start:].translate(_SPOKEN)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _end_of_lead(rest: str) -> int:
    lead = _LEAD.match(rest)
    return lead.end() if lead else 0


def _is_slip(one: str, other: str) -> bool:
    """Tell whether one letter more, less or other, or two swapped, make the one of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    pair = one[start : start + 2]
    tails = ((1, 1), (0, 1), (1, 0), *((2, 2),) * (pair == other[start : start + 2][::-1]))
    return any(one[start + a :] == other[start + b :] for a, b in tails)


def _left(key: str) -> set[str]:
    """Give what keys that differ by one letter, or by the order of letters, have in common."""
    return {key, "".join(sorted(key)), *(key[:at] + key[at + 1 :] for at in range(len(key)))}
