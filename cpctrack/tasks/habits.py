"""What a store holds of a committee's habits: for reading minutes, shown, and forgotten."""

from collections.abc import Mapping
from pathlib import Path

from cpctrack.errors import NotFoundError
from cpctrack.minutes import habits
from cpctrack.minutes.finding.forms import Form
from cpctrack.minutes.habits import Habit, Habits
from cpctrack.records.changes import Author
from cpctrack.store import store
from cpctrack.store.codec import HABITS
from cpctrack.store.store import Store

_GROUPS: Mapping[str, str] = {
    habits.FEATURE: "weights",
    habits.HEADING: "headings",
    habits.INITIALS: "initials",
    habits.OFFERED: "offered",
}


def own_habits(path: Path) -> Habits:
    """Give the habits of a store by which minutes are read; raises `StoreError`."""
    return habits.habits_of(store.read(path).document.get(HABITS, {}))


def learnt(current: Store) -> list[Habit]:
    """Give everything that was learnt, in the order of its ids."""
    return [one for _, one in sorted(habits.read(current.document.get(HABITS, {})).items())]


def chosen(current: Store, what: str) -> list[str]:
    """Give the ids of the habits that somebody means, or all; raises `NotFoundError`.

    `what` is a heading, initials, a sign, the name of a weight, or all of such a group: headings,
    initials, signs, weights, offered.
    """
    wanted = what.strip().casefold()
    if wanted:
        found = [one.id for one in learnt(current) if wanted in _names_of(one)]
    else:
        found = sorted(current.document.get(HABITS, {}))
    if not found:
        named = f"Nothing called “{what.strip()}”" if wanted else "Nothing"
        raise NotFoundError(f"{named} was learnt; “cpctrack minutes --habits” shows what was.")
    return found


def _names_of(habit: Habit) -> set[str]:
    names = {habit.what.casefold(), _GROUPS[habit.kind]}
    if habit.kind == habits.FEATURE and habit.what.startswith(habits.SIGN):
        names |= {habit.what.removeprefix(habits.SIGN).casefold(), "signs"}
    if habit.what == Form.ORDER.label:
        names |= {Form.ORDER.example.casefold(), "clerk to", "signs"}
    return names


def forget(path: Path, what: str, author: Author) -> int:
    """Forget what `chosen` gives, in one write, and say how many habits that were."""
    with store.editing(path) as current:
        ids = chosen(current, what)
        current.drop_rows(HABITS, ids, author)
    return len(ids)
