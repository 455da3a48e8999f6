"""Sentences that only say who is to do what, such as “Clerk to obtain quotations”."""

import re

from cpctrack.minutes import words
from cpctrack.minutes.language import owners
from cpctrack.minutes.language.sentences import sentences

_PARTED = re.compile(r"\s[–—-]\s|:\s")
_WORD = re.compile(r"[a-z][\w'’-]*")
_LONGEST = 2000  # letters


def is_order(sentence: str) -> bool:
    """Tell whether a sentence says “The Clerk to write …”, and not how that stands."""
    if len(sentence) > _LONGEST or not sentence.endswith(".") or _PARTED.search(sentence):
        return False
    owner = owners.owner_of(sentence)
    if not owner or any(map(_tells, _WORD.findall(owner))):
        return False
    whole = owners.tidy(sentence)
    verb = whole.removeprefix(f"{owner} to ").split(" ", 1)[0]
    return whole.startswith(f"{owner} to ") and verb in words.DOING


def order_at(text: str) -> int:
    """Give the offset of the order that a paragraph ends with, or -1 where it ends otherwise."""
    last = -1, ""
    for last in sentences(text):  # noqa: B007 - the last one counts
        pass
    return last[0] if is_order(last[1]) else -1


def _tells(word: str) -> bool:
    """Tell a verb of the past in what should be a name: “the Mayor called the meeting to order”."""
    return word in words.PAST or (word.endswith("ed") and word not in words.IN_POSTS)
