"""Who was there, and whom a pronoun or initials therefore mean."""

import re
from collections.abc import Iterable

from cpctrack.minutes.language.grammar import owner_in
from cpctrack.minutes.language.owners import can_act, tidy
from cpctrack.minutes.page.columns import is_initials

_HEADED = re.compile(
    r"(?i)\W*(?:also\s)?(?:members\s|councillors\s|officers\s)?(?:present|in\sattendance|attendance|attending|attendees|apologies)"
    r"(?:\s(?:from|received|for\sabsence))?\b[\s*_]*[:–—-]?\s*"
)
_TURNED = re.compile(r"\s*\d{1,3}[.)]\s+\S|#")  # the next heading
_PARTED = re.compile(r"[,;•|\n]|\sand\s|\s&\s")
_TITLE = re.compile(
    r"(?i)^(?:(?:the\s)?(?:cllrs?|crs?|councillors?|mr|mrs|ms|miss|dr|prof|rev|sir)\b\.?\s*)+"
)
_NAME = re.compile(r"[A-Z][\w'’-]*\.?(?:\s(?:de|van|von|Mc|[A-Z])[\w'’.-]*){1,3}")
_GIVEN_INITIALS = re.compile(r"[(\[](?P<initials>[A-Z]{2,4})[)\]]")
_LONGEST_LIST = 4000  # letters of a list of names
_ALONE = frozenset({"he", "she", "i", "him", "her"})
_TOGETHER = frozenset({"they", "we", "them"})


def attendance(texts: Iterable[str]) -> tuple[str, ...]:
    """Give the names below “Present” and “In attendance”, as printed without “Cllr” or “Mrs”.

    Initials that stand behind a name, “Ada Fenn (AF)”, are kept with it.
    """
    names: dict[str, None] = {}
    listing = False
    for text in texts:
        headed = _HEADED.match(text)
        listing = bool(headed) or (listing and not _TURNED.match(text) and len(text) < 200)
        if not listing:
            continue
        for part in _PARTED.split(text[headed.end() if headed else 0 :][:_LONGEST_LIST]):
            bare = _TITLE.sub("", part.strip(" -–*_.:"))
            if found := _NAME.match(bare):
                own = _GIVEN_INITIALS.search(bare)
                names[f"{found[0]} ({own['initials']})" if own else found[0]] = None
    return tuple(names)


def resolve(owner: str, before: str, attendance: Iterable[str]) -> str:
    """Give whom an owner means: “he” by the sentence before, initials by who was there.

    Empty for a pronoun that nobody stands behind; initials that could be two stay as printed.
    """
    low, present = tidy(owner).casefold(), tuple(attendance)
    if low in _ALONE | _TOGETHER:
        named = _named_in(before, present)
        plural = " and " in named or named.casefold().endswith("s")
        return named if plural or low in _ALONE else ""
    if not is_initials(owner):
        return owner
    wanted = re.sub(r"[^A-Za-z]", "", owner).upper()
    meant = [name for name in present if wanted in _initials_of(name)]
    return meant[0].partition(" (")[0] if len(meant) == 1 else owner


def _initials_of(name: str) -> set[str]:
    own = _GIVEN_INITIALS.search(name)
    plain = "".join(word[0].upper() for word in name.partition(" (")[0].split())
    return {own["initials"]} if own else {plain, plain[0] + plain[-1]}


def _named_in(before: str, present: tuple[str, ...]) -> str:
    """Give who a sentence is about: whom it obliges, who begins it, else the last one named."""
    owner = owner_in(before)
    if owner and owner.casefold() not in _ALONE | _TOGETHER:
        return owner
    begins = re.split(r"\s(?=[a-z])", before[:100], maxsplit=1)[0]
    if begins[:1].isupper() and can_act(begins):
        return tidy(begins)
    places = [(before.rfind(name.partition(" (")[0]), name.partition(" (")[0]) for name in present]
    at, last = max(places, default=(-1, ""))
    return last if at >= 0 else ""
