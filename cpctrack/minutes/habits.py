"""A committee's own habits: what going through its minutes teaches, and what reading takes of it.

A habit is a row of the store by its id: “feature: sign *”, “heading: updates”, “initials: JB”,
“offered: lines”. No row holds words of the minutes but a short heading or a name. Pure.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.finding import scorer
from cpctrack.minutes.finding.forms import Form
from cpctrack.minutes.language.attending import initials_of
from cpctrack.minutes.page.columns import is_initials

FEATURE, HEADING, INITIALS, OFFERED = KINDS = ("feature", "heading", "initials", "offered")
SIGN = "sign "
"""What begins the name of a feature that tells a sign."""

_STEP = 0.02  # how far a decision moves each weight
_PULL = 0.02  # the share of a weight that each decision on it takes back
_MOST = 2000  # thousandths that a weight may come to
_USUAL = 3  # decisions that make a habit
_MOSTLY = 0.6  # of them
_PICKED = 2  # lines picked, before the list of what is offered grows
_HEADING = 5  # words of a heading that is kept
_LONGEST = 60  # letters of a name that is kept
_LARGEST = 10**9
_COUNTS = ("taken", "left", "weight")
_FIELDS = (*_COUNTS, "name")

Row = dict[str, Any]


class Habit(NamedTuple):
    """One thing learnt: how often a person took what had it, and how often it was left."""

    kind: str
    what: str
    taken: int = 0
    left: int = 0
    weight: int = 0  # what it adds to the feature's own, in thousandths
    name: str = ""  # whom the initials mean

    @property
    def id(self) -> str:
        """The row's id."""
        return f"{self.kind}: {self.what}"

    @property
    def row(self) -> Row:
        """The row; what it has nothing of is left out."""
        return {name: value for name, value in self._asdict().items() if name in _FIELDS and value}

    @property
    def marks(self) -> bool | None:
        """Whether it goes with actions, or with what is none; None where that is not clear."""
        most, every = max(self.taken, self.left), self.taken + self.left
        return None if every < _USUAL or most <= _MOSTLY * every else self.taken > self.left

    @property
    def is_earlier(self) -> bool:
        """Whether all that stood below a heading was left: it goes through earlier actions."""
        return self.left >= _USUAL and not self.taken


class Habits(NamedTuple):
    """What reading goes by."""

    weights: Mapping[str, float] = {}  # what is added, by feature
    signs: Mapping[str, bool] = {}  # whether what has it is an action
    orders: bool = False  # “Clerk to write” is this clerk's way
    earlier: frozenset[str] = frozenset()  # headings, as `heading_of` gives them
    initials: Mapping[str, str] = {}
    picked: float = 0.0  # the share of what is offered that is picked

    def written_out(self, owners: Iterable[str]) -> tuple[str, ...]:
        """Give owners with the names that their initials mean here."""
        return tuple(self.initials.get(_initials(owner), owner) for owner in owners)


NO_HABITS = Habits()


class Lesson(NamedTuple):
    """What a person made of a draft: taken or left, and the owners that it was saved with."""

    draft: MinutesDraft
    taken: bool
    owners: tuple[str, ...] = ()


def heading_of(title: str) -> str:
    """Give a heading as it is compared and kept; empty where it says too much to be kept."""
    found = re.findall(r"[^\W\d_]+", title[:200].casefold())
    return " ".join(found) if len(found) <= _HEADING else ""


def is_sound(row_id: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a row is as a habit is written."""
    kind, _, what = row_id.partition(": ")
    counts = [row.get(name, 0) for name in _COUNTS]
    name = row.get("name", "")
    counted = all(type(count) is int and abs(count) < _LARGEST for count in counts)
    named = isinstance(name, str) and bool(name) is (kind == INITIALS)
    return kind in KINDS and bool(what) and counted and min(counts[:2]) >= 0 and named


def read(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Habit]:
    """Read the rows by their ids; those that are not sound are passed over."""
    sound = ((key.partition(": "), row) for key, row in rows.items() if is_sound(key, row))
    found = (
        Habit(kind, what, **{name: row[name] for name in _FIELDS if name in row})
        for (kind, _, what), row in sound
    )
    return {one.id: one for one in found}


def habits_of(rows: Mapping[str, Mapping[str, Any]]) -> Habits:
    """Give what reading goes by."""
    by: dict[str, dict[str, Habit]] = {kind: {} for kind in KINDS}
    for one in read(rows).values():
        by[one.kind][one.what] = one
    features = by[FEATURE].items()
    signs = {name.removeprefix(SIGN): one for name, one in features if name.startswith(SIGN)}
    offers = [one for one in by[OFFERED].values() if one.taken >= _PICKED]
    return Habits(
        {name: max(-_MOST, min(one.weight, _MOST)) / 1000 for name, one in features},
        {sign: marks for sign, one in signs.items() if (marks := one.marks) is not None},
        any(one.marks for name, one in features if name == Form.ORDER.label),
        frozenset(heading for heading, one in by[HEADING].items() if one.is_earlier),
        {initials: one.name for initials, one in by[INITIALS].items()},
        max((one.taken / (one.taken + one.left) for one in offers), default=0.0),
    )


def learn(
    rows: Mapping[str, Mapping[str, Any]],
    lessons: Iterable[Lesson],
    passed: Iterable[MinutesDraft] = (),
) -> dict[str, Row]:
    """Give the rows that lessons change or add; what is exempt teaches nothing.

    `passed` are drafts that were offered beside some that were picked.
    """
    public = [one for one in lessons if _teaches(one.draft)]
    old = read(rows)
    new = dict(old)
    for lesson in public:
        _weigh(lesson, new)
        _name(lesson, new)
    _head(public, new)
    picked = [one.taken for one in public if not one.draft.marked]
    if any(picked):
        _count(new, OFFERED, "lines", *picked, *(False for one in passed if _teaches(one)))
    return {key: one.row for key, one in new.items() if old.get(key) != one}


def _teaches(draft: MinutesDraft) -> bool:
    return not (draft.exempt_paragraph or draft.doubt or draft.kind == "resolution")


def _count(book: dict[str, Habit], kind: str, what: str, *taken: bool, **also: Any) -> None:
    one, yes = book.get(f"{kind}: {what}", Habit(kind, what)), sum(taken)
    one = one._replace(taken=one.taken + yes, left=one.left + len(taken) - yes, **also)
    book[one.id] = one


def _weigh(lesson: Lesson, book: dict[str, Habit]) -> None:
    """Move the weights of what was seen in a draft a little towards what was decided.

    Only of features that say how and where it stands: one that quotes may hold anybody's words.
    """
    known = {one: book.get(f"{FEATURE}: {one}") for one in lesson.draft.features if "“" not in one}
    old = {name: one.weight if one else 0 for name, one in known.items()}
    own = {name: weight / 1000 for name, weight in old.items()}
    wrong = lesson.taken - scorer.trained().score(lesson.draft.features, own)
    for name, weight in old.items():
        moved = round(weight * (1 - _PULL) + 1000 * _STEP * wrong)
        _count(book, FEATURE, name, lesson.taken, weight=max(-_MOST, min(moved, _MOST)))


def _name(lesson: Lesson, book: dict[str, Habit]) -> None:
    """Learn whom the initials mean that a person wrote out."""
    initials = _initials(lesson.draft.owner)
    if not (lesson.taken and initials and len(lesson.owners) == 1):
        return
    name = " ".join(lesson.owners[0].split())
    fits = 0 < len(name) <= _LONGEST and not _initials(name) and initials in initials_of(name)
    known = book.get(f"{INITIALS}: {initials}")
    if fits and not (known and known.name == name):
        _count(book, INITIALS, initials, True, name=name)


def _initials(owner: str) -> str:
    bare = owner.replace(".", "")
    return re.sub(r"[^A-Za-z]", "", bare).upper() if is_initials(bare) else ""


def _head(lessons: Iterable[Lesson], book: dict[str, Habit]) -> None:
    """Count below headings of which all was left, at this time or before."""
    below: dict[str, list[bool]] = {}
    for one in lessons:
        below.setdefault(heading_of(one.draft.item_title), []).append(one.taken)
    below.pop("", None)
    for heading, taken in below.items():
        if f"{HEADING}: {heading}" in book or (len(taken) >= _USUAL and not any(taken)):
            _count(book, HEADING, heading, *taken)
