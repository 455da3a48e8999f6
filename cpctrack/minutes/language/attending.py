"""Who was there, and whom a pronoun or initials therefore mean."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from cpctrack.minutes import words
from cpctrack.minutes.language.sentence import Voice, parse
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
_NAME = re.compile(r"(?P<name>[A-Z][\w'’-]*\.?(?:\s(?:de|del|van|von|[A-Z])[\w'’.-]*){1,3})")
_WITH_INITIALS = re.compile(_NAME.pattern + r"\s?[(\[](?P<initials>[A-Z]{2,4})[)\]]")
_LONGEST_LIST = 4000  # letters of a list of names
_ALONE = frozenset({"he", "she", "him", "her"})
_TOGETHER = frozenset({"they", "them"})


def attendance(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the names below “Present” and “In attendance” by their initials.

    Names are as printed without “Cllr” or “Mrs”; initials that stand behind one are its only ones.
    """
    found: dict[str, dict[str, None]] = {}
    listing = False
    for text in texts:
        headed = _HEADED.match(text)
        listing = bool(headed) or (listing and not _TURNED.match(text) and len(text) < 200)
        if not listing:
            continue
        for part in _PARTED.split(text[headed.end() if headed else 0 :][:_LONGEST_LIST]):
            bare = _TITLE.sub("", part.strip(" -–*_.:"))
            if name := _WITH_INITIALS.search(bare) or _NAME.match(bare):
                for initials, whom in _named(name["name"], name.groupdict().get("initials", "")):
                    found.setdefault(initials, {})[whom] = None
    return {initials: tuple(names) for initials, names in found.items()}


def _named(name: str, initials: str) -> Iterable[tuple[str, str]]:
    """Give a name with its initials; those behind it tell where it begins."""
    parts = name.split()
    for count in range(2, len(parts) + 1):
        letters = "".join(part[0] for part in parts[-count:] if part[0].isupper())
        if initials in (letters, letters[0] + letters[-1]):
            return [(initials, " ".join(parts[-count:]))]
    return [(one, name) for one in ((initials,) if initials else initials_of(name))]


def initials_of(name: str) -> tuple[str, ...]:
    """Give the initials that may stand for a name: “JMB” and “JB” for Jo May Bell."""
    letters = "".join(part[0] for part in name.split() if part[0].isupper())
    return tuple(dict.fromkeys((letters, letters[:1] + letters[-1:])))


def written_out(owner: str, present: Mapping[str, Sequence[str]]) -> str:
    """Give whom initials mean by who was there; empty where they could be two, or nobody."""
    if not is_initials(owner):
        return ""
    meant = present.get(re.sub(r"[^A-Za-z]", "", owner).upper(), ())
    return meant[0] if len(meant) == 1 else ""


def resolve(owner: str, told: Iterable[str], present: Mapping[str, Sequence[str]]) -> str:
    """Give whom “he” or “they” mean by what was told, nearest first; empty where nobody is told of.

    “I” stays: no sentence before tells who wrote.
    """
    low = owner.casefold()
    if low not in _ALONE | _TOGETHER or owner.isupper():  # “HE” is Huw Evans
        return owner
    before = (re.split(rf"(?i)\b{low}\b", text, maxsplit=1)[0] for text in told)
    known = {part for names in present.values() for name in names for part in name.split()}
    named = next((who for text in before if (who := _begins(text, known))), "")
    plural = " and " in named or named.casefold().endswith("s")
    return named if plural or low in _ALONE else ""


def _begins(text: str, known: Collection[str]) -> str:
    """Give the person or post that a text begins with: “Ada Fenn reported …”."""
    said = parse(text)
    who = said[0].who if said and said[0].voice != Voice.NAMED else ""
    begins = text.removeprefix("The ").startswith(who)
    body = who.rpartition(" ")[2].casefold() in words.DECIDING
    named = " " in who or is_initials(who) or who in known or who.casefold() in words.WHO
    return who if begins and named and not body else ""
