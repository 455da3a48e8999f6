"""To whom an action was referred: one cell to names."""

import re

from cpctrack.text import fold

_NOBODY = frozenset(
    {
        "n/a", "na", "n.a.", "n.a", "not applicable", "none", "nil", "-", "–", "—", "tbc", "tba",
        "to be confirmed", "unassigned", "not assigned",
    }
)  # fmt: skip
_NOT_APPLICABLE = frozenset({"n/a", "na", "n.a.", "n.a", "not applicable"})

# Words that make a part of a cell a post or a body of its own.
_POSTS = re.compile(
    r"\b(?:officers?|directors?|managers?|heads?|leads?|co-?ordinators?|chair(?:man|s)?|nurses?|"
    r"clerks?|councillors?|cllrs?|members?|champions?|teams?|executives?|solicitors?|"
    r"secretar(?:y|ies)|workers?|chief|partners?|trustees?|governors?|all|DSO|CEO|DCS)\b",
    re.IGNORECASE,
)
# Words that no person is called by: what is left is a service, and half a post's name.
_NO_NAMES = re.compile(
    r"\b(?:services?|adoption|fostering|children\S*|care|health|education|committee|council|board|"
    r"group|housing|finance|schools?|social|young|people|support|performance|quality|virtual|"
    r"participation|communit(?:y|ies)|safeguarding|planning|placements?)\b",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|da|di|van|von|der|den|la|le|bin|al)"
_NAME = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev)\.? )?[^\W\d_a-z][\w'’.-]*(?: {_PARTICLE})*"
    r"(?: [^\W\d_a-z][\w'’.-]*){1,3}"
)
_INITIALS = re.compile(r"[A-Z]{2,4}")
_POST_BEHIND_NAME = re.compile(r"\s+[-–—]\s+.+|\s*\(.+\)\s*", re.DOTALL)
# (what parts them, whether posts may stand on both sides, or names only)
_SEPARATORS = (
    (re.compile(r"\s*/\s*"), True),
    (re.compile(r"(?:\s+and|\s*,(?:\s+and)?)\s+the\s+", re.IGNORECASE), True),
    (re.compile(r"\s*[,&\n]\s*|\s+and\s+"), False),
)


def split_owners(cell: str) -> tuple[str, ...]:
    """Split a “Referred to” cell into its owners, each as printed; “N/A” names none.

    ``A; B`` always holds two; ``A/B`` and ``A and the B`` do where both sides can stand alone as
    names or posts;
    ``A & B``, ``A and B`` and ``A, B`` where both are names: “Fostering & Adoption” is one
    service, “Ann Bell, Head of Service” one person. “A on behalf of B” is one owner.
    """
    if fold(cell) in _NOBODY:
        return ()
    return tuple(dict.fromkeys(owner for part in cell.split(";") for owner in _split(part)))


def is_not_applicable(cell: str) -> bool:
    """Tell whether a cell says that nobody has to act."""
    return fold(cell) in _NOT_APPLICABLE


def is_person(owner: str) -> bool:
    """Tell whether an owner reads like a person's name, not like a post or a body."""
    return _stands_alone(owner, posts=False) and not _POSTS.search(_POST_BEHIND_NAME.sub("", owner))


def _split(part: str) -> list[str]:
    part = part.strip()
    if not part:
        return []
    if re.search(r"\bon behalf of\b", part, re.IGNORECASE):
        return [_one_line(part)]
    for separator, posts in _SEPARATORS:
        sides = separator.split(part)
        if len(sides) > 1 and all(_stands_alone(side, posts=posts) for side in sides):
            return [owner for side in sides for owner in _split(side)]
    return [_one_line(part)]


def _stands_alone(side: str, *, posts: bool) -> bool:
    side = _one_line(side)
    if posts and (_POSTS.search(side) or _INITIALS.fullmatch(side)):
        return True
    name = _POST_BEHIND_NAME.sub("", side)
    return _NAME.fullmatch(name) is not None and not _NO_NAMES.search(name)


def _one_line(text: str) -> str:
    return " ".join(text.split())
