"""Names: what names somebody who can act, and what names nobody."""

import re
from collections.abc import Collection

from cpctrack.minutes import words
from cpctrack.minutes.language import timing, tokens
from cpctrack.minutes.page.columns import is_initials, is_name

_ARTICLE = re.compile(r"(?:[Tt]he|[Bb]y|[Ff]or)\s")
_ADVERB = re.compile(r"(?:\s(?:also|kindly))+$")
_TOGETHER = re.compile(r"\sand\s|[/,&;+]")
_WORD = re.compile(r"[\w'’-]+")
_MOST_WORDS = 8  # of one name
_NAMING = frozenset({tokens.WHO, tokens.BODY}) | tokens.PRONOUNS - {"it"}
_BETWEEN = frozenset(
    {"of", "for", "and", "the", "&", "a", "in", "(", ")", ".", ",", "/", "+", "with"}
)
_NOT_FIRST = words.THINGS | words.DETERMINERS | (tokens.VERBS - words.WHO)
_LONGEST = 90  # letters of a name


def tidy(name: str) -> str:
    """Take the article and what surrounds a name off it."""
    bare = " ".join(name[:1000].strip(" .,;:–—-“”\"'").split())
    return _ADVERB.sub("", bare[4:] if bare[:4] in ("The ", "the ") else bare)


def name(phrase: str) -> str:
    """Give a name without “The”; empty where one of its parts has too many words for one."""
    longest = max((len(part.split()) for part in _TOGETHER.split(phrase)), default=0)
    return tidy(phrase) if longest <= _MOST_WORDS else ""


def is_body(phrase: str) -> bool:
    """Tell whether a phrase is just the deciding body: “the Committee”."""
    return tidy(phrase).casefold() in words.BODIES


def can_act(phrase: str, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a phrase names persons, posts or bodies, in eight words each, and no more."""
    bare = name(phrase)
    found = _WORD.findall(bare)
    if not found or bare.endswith(("'s", "’s")) or bare.casefold() in words.NOBODY:
        return False
    if found[0].casefold() in _NOT_FIRST and not _is_posted(found[-1:]):
        return False
    known = [token.text for token in tokens.read(f"the {bare}", names)][1:]
    if _NAMING.isdisjoint(known):
        return False
    return all(one in _NAMING or one in _BETWEEN or one in words.IN_POSTS for one in known)


def is_owner_only(text: str) -> bool:
    """Tell whether a text names who is to act and says nothing of what: “J Smith”, “Clerk/AB”."""
    bare = text.strip(" .)]*")
    due = timing.due_words(bare)
    if due:
        bare = bare.replace(due, "").strip(" ,;.–-")
    if not bare or len(bare) > _LONGEST:
        return False
    parts = [part.strip() for part in _TOGETHER.split(bare) if part.strip()]
    if parts and all(map(_is_one_owner, parts)):
        return True
    return can_act(bare) and _is_posted(_WORD.findall(bare))  # “Director, Homes and Place”


def _is_one_owner(part: str) -> bool:
    bare = _ARTICLE.sub("", part, count=1)
    if is_initials(bare) or bare.casefold() in words.WHO:
        return True
    found = _WORD.findall(bare)
    return can_act(bare) and (_is_posted(found) or (len(found) <= 3 and is_name(bare)))


def _is_posted(found: Collection[str]) -> bool:
    """Tell whether one of the words makes a post or a body of a name."""
    return any(word.casefold() in words.WHO for word in found)
