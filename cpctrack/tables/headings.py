"""What the heading of a column means: its name as a whole, or the words it is made of.

Headings say who, what, when, how far and which, in ever new words; one may say two of them
(“Person Responsible & to be completed by”).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cpctrack import lexicon
from cpctrack.labels import BLANKS
from cpctrack.text import fold

# Names are written as `key` leaves a heading: lower case, singular, no punctuation.
NAMES: Mapping[str, tuple[str, ...]] = lexicon.columns()

# What the words of other headings say: the first line that fits. Welsh words stand among them.
_DONE = (
    "completed?|completion|closed|closure|discharged|delivered|achieved|implemented|done|actioned|"
    "finalised|finished"
)
_MEETING = "meeting|committee|cabinet|council|board|scrutiny|panel|agreed|resolution|decision"
_WORDS: Sequence[tuple[str, Sequence[str]]] = (
    ("", (
        ".*to be (?:taken|made|considered)", ".*(?:in progress|not started)",
        "(?:expected|intended|desired) outcome.*", "success .*",
    )),
    ("rag", ("b?rag",)),
    ("percent", ("%", "per ?cent", "percentage")),
    ("ref", (
        "(?:minute|min|resolution|motion|decision|action|item|rec|recommendation|report|paper|"
        "unique|tracker|log)? ?(?:ref|reference|no|nr|num|number|uid|id|identifier|code|rhif|"
        "cyfeirnod)(?: no| number)?",
        r"(?:[a-z]+ ){1,3}(?:ref|reference|no|number|id)",
    )),
    ("revised_due", (
        r"(?=.*\b(?:revised|new|extended|amended|updated|changed|extension)\b).*"
        r"\b(?:date|deadline|target|timescale|due|completion|implementation)\b.*",
    )),
    ("due", (
        "due", "deadline", "timescale", "time ?frame", "time ?line",
        "target", "target (?!status|group|audience).*", ".* target",
        "by when", "when", "proposed", "expected", "planned", "estimated",
        "(?:target|expected|est|estimated|proposed|planned|anticipated|forecast|original|initial)"
        " .*"
        "(?:date|completion|compl|delivery|implementation|closure)",
        f".*(?:to be|should be|must be|for) (?:{_DONE}|delivery)(?: by| on| date)?",
        r".*\boriginal(?:ly)?\b.*(?:date|due|deadline|target|timescale).*",
        r".*(?:date|due|deadline|target).*\boriginal(?:ly)?\b.*",
        "(?:complete|deliver|do) by", "(?:implementation|delivery) date",
        "date (?:due|required|needed|expected|for .*)",
        "erbyn(?: pryd| dyddiad)?", "dyddiad (?:targed|cau|cwblhau)", "targed",
    )),
    ("completed_on", (
        f"(?:actual|date) .*(?:{_DONE})", f"(?:{_DONE}) (?:date|on)", "dyddiad cwblhawyd",
        "cwblhawyd(?: ar)?",
    )),
    ("meeting_date", (
        f"(?:date|dyddiad) .*(?:{_MEETING}|minute|recommendation|request|cyfarfod|[a-z]+ed)",
        f"(?:{_MEETING}) (?:of|on|held|date).*", f".*(?:{_MEETING}) date", "meeting",
        "dyddiad", "cyfarfod",
        "(?:date )?(?:raised|agreed|added|opened|logged|minuted|set)",
    )),
    ("referrer", (
        "(?:raised|requested|moved|proposed|asked|sponsored|submitted|seconded) by",
        "proposer", "mover", "requester", "requestor",
    )),
    ("achieved", (f"(?:{_DONE})(?: y n| yes no)?",)),
    ("status", (".*(?:status|statw|sefyllfa)", r".*\bopen (?:or )?closed?", "stage")),
    ("response", (
        r"(?:.* )?(?:progress|update|comment|commentary|note|response|outcome|feedback|position|"
        r"reply|narrative|result|action taken|to date|cynnydd|sylwadau|ymateb|diweddariad|"
        r"canlyniad)(?: .*)?",
    )),
    ("owner", (
        r"(?:.* )?(?:owner|lead|leader|responsible|responsibility|accountable|officer|allocated|"
        r"assigned|referred|whom|who|holder|director|person|actioner|assignee|attention|action by|"
        r"swyddog|"
        r"arweiniol|cyfrifol|perchennog|pwy)(?: .*)?",
    )),
    ("owner", (
        r"(?:.* )?(?:delegated|directorate|contact|manager|maker|department|division|service|"
        r"councillor|cllr|member)(?: .*)?",
    )),
    ("recommendation", (r"(?:.* )?(?:recommendation|argymhelliad|argymhellion)(?: .*)?",)),
    ("decision", (
        r"(?:.* )?(?:resolution|resolved|motion|decision|directive|direction|disposition|"
        r"penderfyniad)(?: .*)?",
    )),
    ("action", (
        r"(?:.* )?(?:action|task|activity|to do|undertaking|request|commitment|step|gweithred|"
        r"gweithredu|camau|cam)(?: .*)?",
    )),
    ("item", (
        r"(?:.* )?(?:item|agenda|title|topic|subject|issue|report|paper|source|origin|area|theme|"
        r"matter|objective|workstream|minute|heading|eitem|mater|pwnc|teitl)(?: .*)?",
    )),
)  # fmt: skip
# ruff: noqa: ISC004 - a pattern may be longer than a line
# What a column means where another has the better claim to its first meaning.
_ELSE = {
    "item no": ("ref",), "agenda item no": ("ref",), "item number": ("ref",),
    "resolution": ("recommendation",), "motion": ("recommendation",),
    "motion resolution": ("recommendation",),
}  # fmt: skip
BY_WORDS = 100
"""The ranks of what is read by its words, below every name."""

_RANKS: Mapping[str, tuple[str, int]] = {
    name: (meaning, rank) for meaning, names in NAMES.items() for rank, name in enumerate(names)
}
# “No response yet” says nothing of a column: our documents print it in a cell.
_BLANKS = frozenset(text.lower() for text in BLANKS.values())
_NOT_IN_KEY = re.compile(r"[^a-z0-9%]+")
_PLURAL = re.compile(r"(?<=[a-z][a-rt-z])(?<!u)s\b")
# What comes to a meeting is no action yet: its purpose is none, however it is headed.
_PURPOSE = re.compile(r"\b(?:purpose|scope)\b")
_IN_BRACKETS = re.compile(r"\([^()]{2,}\)")
_BETWEEN = re.compile(r"\s*(?:[/&,;\n+]|\band\b|\ba/neu\b|\s[-–—]\s)\s*", re.IGNORECASE)
_LONGEST = 70  # letters of a heading
_MOST_WORDS = 6
_IN_SENTENCES = re.compile(r"\b(?:would|will|shall|ha|have|is|are|wa|were|that|if|and)\b")


class Claim(NamedTuple):
    """What a heading may mean; of two columns the one of the lower rank has it."""

    meaning: str
    rank: int


@lru_cache(maxsize=4096)  # the same few words stand in thousands of rows
def key(header: str) -> str:
    """Reduce a header to what its spellings share: “Action(s):” and “ACTION” are one."""
    flat = fold(header).replace("(s)", "s").replace("#", " no ")
    flat = " ".join(_NOT_IN_KEY.sub(" ", _IN_BRACKETS.sub(" ", flat)).split())
    return _PLURAL.sub("", flat)


@lru_cache(maxsize=4096)
def claims(heading: str) -> tuple[tuple[Claim, ...], ...]:
    """Tell what a heading may mean: for each fact that it names, the best meaning first."""
    name = key(heading)
    if name in _RANKS:
        return (_named(name),)
    if len(heading) > _LONGEST or not name or name in _BLANKS or _PURPOSE.search(name):
        return ()
    parts = [key(part) for part in _BETWEEN.split(_IN_BRACKETS.sub(" ", heading))]
    found = [_named(part) for part in parts if part]
    facts = {claim[0].meaning: claim for claim in found if claim}
    # Words that stand on both sides of “and” may be one name: “Minute and Decision Number”.
    return tuple(facts.values()) if facts else tuple(filter(None, [_named(name)]))


def names(cell: str) -> str:
    """Give the first meaning of a cell that is read as a heading, or nothing."""
    found = claims(cell)
    return found[0][0].meaning if found else ""


def is_name(cell: str) -> bool:
    """Tell a heading that is known as a whole."""
    return key(cell) in _RANKS


def _named(name: str) -> tuple[Claim, ...]:
    if name in _RANKS:
        meaning, rank = _RANKS[name]
        others = (Claim(other, BY_WORDS) for other in _ELSE.get(name, ()))
        return (Claim(meaning, rank), *others)
    if len(name.split()) > _MOST_WORDS or _IN_SENTENCES.search(name):
        return ()
    rules = _rules()
    at = next((at for at, (_, rule) in enumerate(rules) if rule.fullmatch(name)), len(rules))
    meaning = rules[at][0] if at < len(rules) else ""
    if meaning == "decision":
        return (Claim("action", BY_WORDS + at), Claim("recommendation", BY_WORDS + at))
    return (Claim(meaning, BY_WORDS + at),) if meaning else ()


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((meaning, re.compile("|".join(words), re.ASCII)) for meaning, words in _WORDS)
