"""Who is to act: a noun phrase of at most eight words without a verb, or nobody."""

import re
from collections.abc import Collection

from cpctrack.minutes import words
from cpctrack.minutes.finding.forms import BODY, WHO, tokens
from cpctrack.minutes.language import owners

_WORD = re.compile(r"[\w&/.'’()-]+,?")
_FRONT = re.compile(
    r"[\[(](?P<bracket>[^\])]{1,40})[\])]\s*"
    r"|(?P<name>[^\W\d_][\w.&/'’, -]{0,60}?)(?::|\s[–—-])\s+(?=\S)"
)
_BEHIND = re.compile(r"(?i)\bassign(?:ed)? to (?P<who>[A-Z][\w.&/, -]{1,40}?)[.)\]]*$")
_ACTS = re.compile(
    r"\s(?:will|would|shall|should|must|to|(?:is|are|was|were)\s(?:going\s|dealing\s|asked\s|to\s|[a-z]+ing\b)"
    r"|volunteered|agreed|offered|undertook|promised|asked\sto)\b"
)
_TOGETHER = re.compile(r"\sand\s|[/&,;]")
_SEVERAL = re.compile(r"\w{4,}[^s]s$")
_MOST_WORDS = 8  # of one name
_NOT_FIRST = frozenset({"there", "that", "if", "this", "it", "to", "when", "where", "how"})
_SMALL = frozenset({"of", "for", "to", "from", "on"})
_NAMING = frozenset({WHO, BODY, "all", "everyone", "members", "he", "she", "they", "we"})
_ALLOWED = _NAMING | {"of", "for", "and", "the", "&", "a", "in", "(", ")", ".", "with"}


def front_of(text: str, names: Collection[str] = ()) -> str:
    """Give whom “[AB] Share …”, “Clerk: write” name in front."""
    match = _FRONT.match(text)
    who = (match["bracket"] or match["name"]).strip() if match else ""
    return who.rstrip("?") if who and is_who(who.rstrip("?"), names) else ""


def is_who(phrase: str, names: Collection[str] = ()) -> bool:
    """Tell whether a phrase names persons, posts or bodies, and says nothing else."""
    found = _WORD.findall(phrase)
    longest = max((len(part.split()) for part in _TOGETHER.split(phrase)), default=0)
    if not found or longest > _MOST_WORDS or phrase.endswith(("'s", "’s")) or ":" in phrase:
        return False
    first = found[0].casefold()
    thing = first in words.THINGS and len(found) > 1 and found[1] in _SMALL  # “Copy of the …”
    if first in _NOT_FIRST or thing:
        return False
    known = tokens(f"the {phrase.replace('/', ' and ')}", names)
    if _NAMING.isdisjoint(known):
        return owners.is_owner_only(phrase) and len(found) < 4
    return all(token in _ALLOWED or token in words.IN_POSTS for token in known)


def acting(owner: str, text: str, names: Collection[str]) -> str:
    """Give who is to act as the grammar has it, cut to what names somebody, else as it is said.

    Empty where neither names anybody.
    """
    bare = re.sub(r"^[^\w(\[]+", "", text)
    behind = _BEHIND.search(text)
    if behind:
        return behind["who"].strip()
    front = front_of(bare, names)
    posted = owner.startswith(f"{front}:") and front.split()[-1].casefold() in words.WHO
    if front and not posted:  # not of “Director: Homes and Place would …”
        return front
    for phrase in (
        owner,
        owners.tidy(_ACTS.split(bare, maxsplit=1)[0]) if _ACTS.search(bare[:90]) else "",
    ):
        found = phrase.split()
        if phrase == owner and _is_group(phrase):
            return owner
        for end in range(min(len(found), 3 * _MOST_WORDS), 0, -1):
            part = " ".join(found[:end]).strip(" ,?")
            part = part if part.count("(") == part.count(")") else part.strip("()")
            several = _SEVERAL.search(part) is not None  # “Comments to …”
            whole = end > 1 or _is_name(part, names) or (end == len(found) and not several)
            if whole and is_who(part, names):
                return part
    return ""


def _is_group(phrase: str) -> bool:
    """Tell whether a phrase in small letters is a post or body: “task and finish group”."""
    found = phrase.split()
    return (
        1 < len(found) <= _MOST_WORDS
        and found[-1].casefold() in words.WHO
        and all(word.isalpha() and word not in words.PAST for word in found)
        and owners.can_act(phrase)
    )


def _is_name(word: str, names: Collection[str]) -> bool:
    low = word.casefold()
    return low in names or low in words.WHO or (word.isupper() and 1 < len(word) < 5)
