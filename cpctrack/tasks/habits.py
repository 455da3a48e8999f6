"""What a store holds of a committee's habits: read for `minutes`, shown, forgotten."""

from collections.abc import Mapping
from pathlib import Path

from cpctrack.errors import NotFoundError
from cpctrack.minutes.habits import FEATURE, HEADING, INITIALS, OFFERED, SIGN, Habit, Habits
from cpctrack.minutes.habits import habits_of as _habits_of
from cpctrack.minutes.habits import read as _read
from cpctrack.records.changes import Author
from cpctrack.store import store
from cpctrack.store.codec import HABITS
from cpctrack.store.store import Store

GROUPS: Mapping[str, str] = {
    "initials": INITIALS, "headings": HEADING, "offered": OFFERED, "weights": FEATURE,
}  # fmt: skip
"""What can be forgotten at once, by its name on the command line."""


def own_habits(path: Path) -> Habits:
    """Give the habits of a store by which minutes are read; raises `StoreError`."""
    return _habits_of(store.read(path).document.get(HABITS, {}))


def learnt(current: Store) -> list[Habit]:
    """Give everything that was learnt, in the order of its ids."""
    return [one for _, one in sorted(_read(current.document.get(HABITS, {})).items())]


def chosen(current: Store, what: str) -> list[str]:
    """Give the ids of the habits that somebody means, or all; raises `NotFoundError`.

    `what` is one of `GROUPS`, initials, a heading, a sign, or the name of a weight.
    """
    wanted = what.strip().casefold()
    if not wanted:
        found = sorted(current.document.get(HABITS, {}))
    else:
        found = [
            one.id
            for one in learnt(current)
            if GROUPS.get(wanted) == one.kind
            or wanted in (one.what.casefold(), one.what.casefold().removeprefix(SIGN))
        ]
    if not found:
        named = f"Nothing called “{what}”" if wanted else "Nothing"
        raise NotFoundError(f"{named} was learnt; “cpctrack minutes --habits” shows what was.")
    return found


def forget(path: Path, what: str, author: Author) -> int:
    """Forget what `chosen` gives, in one write, and say how many habits that were."""
    with store.editing(path) as current:
        ids = chosen(current, what)
        current.drop_rows(HABITS, ids, author)
    return len(ids)
