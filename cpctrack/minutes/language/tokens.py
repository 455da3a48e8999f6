"""The words of a text with names put aside, so that what is read hangs on nobody's name.

‹who› stands for persons, posts and bodies, ‹body› for the deciding one, ‹day› and ‹n› for times
and sums.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from cpctrack.dates import MONTH_WORDS
from cpctrack.minutes import words

WHO, BODY, DAY, NUMBER = "‹who›", "‹body›", "‹day›", "‹n›"

_TOKEN = re.compile(
    r"[\w£$€%]+(?:[-'’][\w]+)*(?:\.(?=\w))?|[,:;?!]|[–—]|(?<=\s)-(?=\s)|\.(?=\s|$)|[\[\]()/&+]"
)
_SHORT = re.compile(r"(?i)(?P<who>he|she|they|i|we)['’](?:d|ll)")
_INITIALS = re.compile(r"(?:[A-Z]{2,4}s?|[A-Z]\.?(?:[A-Z]\.?)?)")
_DAY = re.compile(rf"(?i)(?:{MONTH_WORDS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)")
_TITLES = frozenset({"cllr", "cllrs", "cr", "crs", "mr", "mrs", "ms", "dr", "prof", "rev", "st"})
_LINK = frozenset({"of", "and", "the", "for", "&", "/", "+", "de", "van", "von"})
PRONOUNS = frozenset({"he", "she", "they", "i", "we", "all", "everyone", "members", "it"})
VERBS = words.DOING | words.RESOLVING | words.ASKING | words.RECOMMENDING
_NEVER = words.DETERMINERS | (words.CONNECTING - {"will", "may"})  # which are names as well
_NO_NAME = (
    _NEVER | words.THINGS | _LINK | PRONOUNS
    | {"how", "why", "whether", "not", "something", "someone", "need", "due", "however", "once",
       "please", "following", "next", "after", "before", "given"}
)  # fmt: skip
# Behind a capital word at the beginning these tell that it is somebody's name: “Kim will …”.
_DOES = frozenset({
    "to", "will", "would", "is", "was", "has", "had", "agreed", "offered", "volunteered", "asked",
    "said", "reported", "undertook", "suggested", "proposed", "kindly", "also", ":", "–", "/",
})  # fmt: skip
# Behind these a word that could be a post is a verb: “would chair the group”.
_DO = frozenset({"to", "would", "will", "shall", "should", "must", "also"})
_MAY_BE_POSTS = VERBS | words.APPOINTING
_BEFORE_POSTS = frozenset(
    ["the", "a", "an", "all", "any", "some", "our", "their", "these", "those"]
)
_NOT_WITHIN = (words.CONNECTING - {"and"}) | words.PAST | words.REPORTING | PRONOUNS | {"of"}
_LONGEST = 60  # letters of a word
_MOST = 200  # words of a text
_FURTHEST = 3  # words between “the” and a post


class Token(NamedTuple):
    """A word as it is read, and where it is printed."""

    text: str  # small, or what it stands for
    start: int
    end: int


@lru_cache(maxsize=2048)  # a sentence and its neighbours are asked of it often
def read(text: str, names: frozenset[str] = frozenset()) -> tuple[Token, ...]:
    """Give the words of a text; `names` are words that the document has in capitals only."""
    shouted = text.isupper()
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        printed = match[0]
        if printed == "." and found and _is_short(text, found[-1]):
            continue
        short = _SHORT.fullmatch(printed)
        if short:
            end = match.start() + short.end("who")
            found.append(Token(short["who"].casefold(), match.start(), end))
            found.append(Token("would", *match.span()))
            continue
        first = not found or (found[-1].text in ".:;[–?!" and not _goes_on(found, text))
        acts = bool(found) and found[-1].text in _DO and printed in _MAY_BE_POSTS
        if not shouted and _stands_for_somebody(text, match):
            read_as = WHO
        else:
            read_as = printed if acts else _abstract(printed, names, first=first, shouted=shouted)
        token = Token(read_as, *match.span())
        _take(found, token, text)
        if len(found) >= _MOST:
            break
    return tuple(found)


def _stands_for_somebody(text: str, word: re.Match[str]) -> bool:
    """Tell whether capitals that are a small word too are initials: “AT to write”, “AS/MB”."""
    capitals = word[0].isupper() and word[0].isalpha() and 1 < len(word[0]) < 5
    beside = (
        text.startswith((" to ", " will ", "/"), word.end()) or text[: word.start()][-1:] == "/"
    )
    return capitals and beside


def _is_short(text: str, token: Token) -> bool:
    """Tell whether a full stop behind a word is only the word's: “Mr. Bell”, “J. Bell”."""
    last = _printed(token, text).rpartition(" ")[2].casefold()
    return last in _TITLES or len(last) == 1


def _take(found: list[Token], token: Token, text: str) -> None:
    """Add a token, or make it one with the name before it: “Head of” “Parks”, “Ada” “Fenn”."""
    if token.text in (WHO, BODY):
        at = len(found) - 1
        while at > 0 and _links(found, at, token, text) and len(found) - at < 3:
            at -= 1
        if at >= 0 and found[at].text in (WHO, BODY):
            both = BODY if found[at].text == token.text == BODY else WHO
            found[at:] = [Token(both, found[at].start, token.end)]
            return
        begun = _begins_name(found, text) or _modified(found, text, token)
        if begun:
            token = token._replace(start=found[-begun].start)
            del found[-begun:]
    elif token.text in _DOES and _begins_name(found, text):
        found[-1] = found[-1]._replace(text=WHO)
    found.append(token)


def _links(found: list[Token], at: int, token: Token, text: str) -> bool:
    """Tell whether a small word joins two names: “Head of Parks”, “Children in Care”."""
    if found[at].text == "in":
        return text[found[at - 1].start].isupper() and text[token.start].isupper()
    if found[at].text == ":":
        return _goes_on(found[: at + 1], text) and not _INITIALS.fullmatch(_printed(token, text))
    return found[at].text in _LINK


def _goes_on(found: list[Token], text: str) -> bool:
    """Tell whether a post has its department behind a colon: “Director: Homes and Place”."""
    post = _printed(found[-2], text) if found[-1].text == ":" and len(found) > 1 else ""
    return post.casefold().endswith("director")


def _printed(token: Token, text: str) -> str:
    return text[token.start : token.end]


def _begins_name(found: list[Token], text: str) -> int:
    """Tell whether the only word so far, in capitals, begins a name: 1 or 0."""
    if not found or (len(found) > 1 and found[-2].text not in ".:;[–"):
        return 0
    word = found[-1].text
    capital = text[found[-1].start].isupper()
    known = (
        word in _NO_NAME
        or base(word) in VERBS - words.WHO
        or word[0] == "‹"
        or not word.isalpha()
        or word.endswith(("ing", "ly"))
    )
    return int(capital and not known)


def _modified(found: list[Token], text: str, token: Token) -> int:
    """Give how many small words before a post are of it: “the task and finish group”."""
    if not text[token.start].islower():
        return 0
    for count, before in enumerate(reversed(found[-_FURTHEST - 1 :])):
        if before.text in _BEFORE_POSTS:
            return count
        does = (
            before.text.endswith("s") and base(before.text) in words.DOING
        )  # “it brings officers”
        if does or not before.text.isalpha() or before.text in _NOT_WITHIN:
            return 0
    return 0


def _abstract(word: str, names: frozenset[str], *, first: bool, shouted: bool) -> str:
    low = word[:_LONGEST].casefold()
    if not word[0].isalnum():
        return "–" if word in "—-" else word
    if not word.isalpha() and any(map(str.isdigit, word)):
        return NUMBER
    if _DAY.fullmatch(word):
        return DAY
    initials = len(word) > 1 and word.isupper() and not shouted  # “HE to look” is Huw Evans
    if (low in PRONOUNS and not initials) or low in _LINK:
        return low
    if low in words.BODIES:
        return BODY
    if low in words.WHO:
        return WHO
    if shouted:
        return low
    if _INITIALS.fullmatch(word) and low not in words.HEADING_FILLING and low != "a":
        return WHO
    named = word[0].isupper() and (low in names or (not first and not word.isupper()))
    return WHO if named and low not in _NEVER else low


def base(verb: str) -> str:
    """Give a verb without the ending of “notes”, “noted”, “noting”."""
    low = verb.casefold()
    for ending in ("", "s", "es", "d", "ed", "ing"):
        stem = low.removesuffix(ending) if ending else low
        if stem in VERBS or stem + "e" in VERBS:
            return stem if stem in VERBS else stem + "e"
    return low
