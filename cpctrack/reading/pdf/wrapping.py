"""How the lines of a cell go on: with a space, on a line of their own, or within a word.

A column that is too narrow for a word breaks it without a hyphen. That is told only by what speaks
for it: the line is full and holds one word, and the whole word stands elsewhere in the document, or
what follows is no word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from cpctrack.reading.pdf.text import SOFT_HYPHEN, Piece, Strip, joined

_NEAR = 0.4  # of a letter's size: on the same line
_FULL = 0.8  # of the widest line of the column
_OTHER_SIZE = 0.08
_SPACE = 0.28  # of a letter's size
_ROOM = 0.85  # of the widest line: a line that needs less had room for what follows
_USUAL = 1.6  # letter sizes to the next line, at most
_MOST_SPACED = 0.4
_BREAKING = ("-", "–", "—", "/")  # a line is broken behind them, too
_BOUND = re.compile(r"[^\W_][-/]$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_DATE = re.compile(r"[0-3]?\d([./-])[01]?\d\1(?:(?:19|20)\d\d|\d\d)")
_PUNCTUATION = ".,;:!?()[]“”‘’\"'"
# Ends of words, as a line may begin with one: no word of English or Welsh is written so.
_ENDING = re.compile(
    r"[b-df-hj-np-tvxz]{1,2}|(?:e|ed|es|ly|ry|ty|al|ally|ies|ied|ion|ions|ing|ings|ness|ment"
    r"|ments|[ae]nc(?:e|es|y|ies)|it(?:y|ies)|ive|ous|ful|[bl]?ilit(?:y|ies)|t?ure|tal|ood|ess|au)"
    r"|(?![nr]ation|station)[a-z]{0,2}(?:at|it|c|s|t)ions?|[a-z]{0,2}(?:ement|ity|ness)s?"
)
_CONSONANTS = re.compile("[b-df-hj-np-tvxz]{2,}")  # w is a vowel in Welsh
# The groups of consonants that words begin with, in both languages.
_BEGINNINGS = frozenset(
    re.findall(
        r"\w+",
        """bl br ch chl chr cl cn cr dd ddl ddr dl dr ff ffl ffr fl fn fr gh gl gn gr kl kn ll mh
        mhl mhr ml mn mr ng ngh nghl nghn nghr ngl ngn ngr nh nhr ph phl phr pl pn pr ps rh sb sc
        sch scl scr sf sg sh shr sk sl sm sn sp sph spl spr sq st str sv th thl thr tr ts""",
    )
)
# What no word ends with, and what goes on from there: “accommodati” and “on”.
_BEGINNING = re.compile(r"[a-z]{3,}[cst]i", re.IGNORECASE)
_GOING_ON = re.compile(r"(?:on|al|an|en|es|ed|ou|ty|ve|ng)[a-z]*")
_BEFORE_Y = re.compile(r"[a-z]{2,}(?:it|nc|log|ount)", re.IGNORECASE)
_CLOSING = tuple(".,;:!?)")


class Wrapping(NamedTuple):
    """What a document tells of how its lines are wrapped.

    `words` are those that are certainly whole, figures as 0. `keeps_spaces` tells that spaces are
    drawn at the ends of wrapped lines, `hangs_spaces` that they are where there is no room, too.
    """

    words: frozenset[str] = frozenset()
    keeps_spaces: bool = False
    hangs_spaces: bool = False

    def text(self, strips: Sequence[Strip], widest: float = 0.0, widest_gap: float = 0.0) -> str:
        """Join the wrapped lines of a cell; those broken by hand, and paragraphs, stay apart.

        `widest` is the length of the widest line of the column, where one is known; lines that are
        further apart than `widest_gap` letter sizes are paragraphs, if it is given.
        """
        text = ""
        for above, below in zip((None, *strips), strips, strict=False):
            glue = " "
            if above and widest_gap and is_apart(above, below, widest_gap):
                glue = "\n"
            elif above and above.y - below.y > _NEAR * below.size:
                glue = self._glue(above, below, widest)
            text = joined(text, below.text, glue)
        return text.removesuffix(SOFT_HYPHEN)

    def _glue(self, above: Strip, below: Strip, widest: float) -> str:
        if above.spaced:
            return " "
        if self.hangs_spaces:
            return "" if above.text.endswith(_BREAKING) else "\n"
        if below.text.startswith(_CLOSING) and not below.text.startswith(".."):
            return ""
        if self.keeps_spaces and _BOUND.search(above.text):
            return ""
        if not widest:
            return " "
        if self._breaks_word(above, below, widest):
            return ""
        length = above.right - above.x + below.size * _SPACE
        if not self.keeps_spaces:
            word = below.text.split(" ", 1)[0]
            length += (below.right - below.x) * len(word) / len(below.text)
        return "\n" if length < _ROOM * widest else " "

    def _breaks_word(self, above: Strip, below: Strip, widest: float) -> bool:
        """Tell whether a word goes on: what the lines end and begin with is one, and no two."""
        first = below.text.split(" ", 1)[0]
        if " " in above.text or above.right - above.x < _FULL * widest:
            return False
        whole = (above.text + first).strip(_PUNCTUATION)
        if _DATE.fullmatch(whole) and not _DATE.fullmatch(first.strip(_PUNCTUATION)):
            return True
        if above.text[-1].isdigit() and first[0].isdigit():
            return _known(whole) in self.words
        head, tail = _LAST_WORD.search(above.text), _FIRST_WORD.match(first)
        if not head or not tail or head[0].isupper() != tail[0].isupper() or tail[0].istitle():
            return False
        if _known(head[0] + tail[0]) in self.words:
            return True
        if _BEGINNING.fullmatch(head[0]) and _GOING_ON.fullmatch(tail[0]):
            return True
        is_word = _known(tail[0]) in self.words or _known(head[0]) in self.words
        return tail[0].islower() and not is_word and _no_words(head[0], tail[0])


def _no_words(head: str, tail: str) -> bool:
    """Tell that two parts can't be words by themselves."""
    begins = _CONSONANTS.match(tail)
    return (
        _ENDING.fullmatch(tail) is not None
        or (begins is not None and begins[0] not in _BEGINNINGS)
        or (tail == "y" and _BEFORE_Y.fullmatch(head) is not None)
    )


def wrapping_of(pages: Iterable[Sequence[Piece]], *, hangs_spaces: bool) -> Wrapping:
    """Look at the letters of all pages: which words are whole, and what stands at lines' ends."""
    words: set[str] = set()
    wrapped = Counter[bool]()  # lines, by whether a space is drawn at their ends
    for page in pages:
        lettered = [piece for piece in page if piece.text.strip()]
        for piece in lettered:
            # The first word of a line may be the end of one, and the last the beginning.
            whole = piece.text.split()[1 : None if piece.spaced else -1]
            words.update(map(_known, whole))
        for above, below in pairwise(lettered):
            if abs(above.x - below.x) < 1 and 0 < above.y - below.y < _USUAL * below.size:
                wrapped[above.spaced] += 1
    keeps_spaces = wrapped[True] >= _MOST_SPACED * wrapped.total() > 0
    return Wrapping(frozenset(words), keeps_spaces, hangs_spaces)


def _known(word: str) -> str:
    return _FIGURE.sub("0", word.strip(_PUNCTUATION)).casefold()


def is_apart(above: Strip, below: Strip, widest_gap: float) -> bool:
    """Tell whether a paragraph ends between two lines, by their distance and how they are set."""
    return not 0 <= gap(above, below) <= widest_gap or is_set_otherwise(above, below)


def gap(above: Strip, below: Strip) -> float:
    """Measure how far lines stand apart, in letter sizes."""
    return (above.y - below.y) / (max(above.size, below.size) or 1.0)


def is_set_otherwise(above: Strip, below: Strip) -> bool:
    """Tell whether two lines differ in being bold, or in size."""
    other_size = abs(above.size - below.size) > _OTHER_SIZE * max(above.size, below.size)
    return above.bold != below.bold or other_size


def length_of(strips: Iterable[Strip]) -> float:
    """Measure the longest line of a cell."""
    return max((strip.right - strip.x for strip in strips), default=0.0)
