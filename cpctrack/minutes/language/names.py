"""What names somebody and says nothing else: “J Smith”, “Clerk/AB”, “Director, Parks”."""

import re

from cpctrack.minutes import words
from cpctrack.minutes.language import timing
from cpctrack.minutes.page.margin import is_initials, is_name

_WORD = re.compile(r"[\w'’-]+")
_VERBS = words.DOING | words.RESOLVING | words.ASKING
_SPLIT = re.compile(r"[/,&;]|\band\b|\+")


def is_owner_only(text: str) -> bool:
    """Tell whether a text names who is to act and says nothing of what: “J Smith”, “Clerk/AB”."""
    bare = text.strip(" .)]*")
    due = timing.due_words(bare)
    if due:
        bare = bare.replace(due, "").strip(" ,;.–-")
    if not bare or len(bare) > 80:
        return False
    parts = [part.strip() for part in _SPLIT.split(bare) if part.strip()]
    return (bool(parts) and all(_is_one_owner(part) for part in parts)) or _is_post(bare)


def _is_post(text: str) -> bool:
    """Tell whether a text is a post with its department: “Director, Homes and Place”."""
    found = _WORD.findall(text)
    named = all(word[0].isupper() or word in ("of", "for", "and", "the") for word in found)
    return (
        named
        and any(word.casefold() in words.WHO for word in found)
        and not is_verb(found[0].casefold())
    )


def _is_one_owner(part: str) -> bool:
    part = part.removeprefix("The ").removeprefix("the ").removeprefix("by ")
    if is_initials(part) or part.casefold() in words.WHO:
        return True
    found = _WORD.findall(part)
    if not found or len(found) > 8:
        return False
    if found[0].casefold() in words.DOING and found[0].casefold() not in words.WHO:
        return False
    lower = [word for word in found if word[0].islower() and word not in words.WHO]
    if all(word in ("of", "for", "and", "in", "the", "to") for word in lower) and "to" not in lower:
        posts = any(word.casefold() in words.WHO for word in found)
        return posts or (len(found) <= 3 and part[0].isupper() and is_name(part))
    return False


def is_verb(word: str) -> bool:
    """Tell whether a word is a verb of a committee's or an officer's doing."""
    return bool({word, word.removesuffix("s"), word.removesuffix("es")} & _VERBS)
