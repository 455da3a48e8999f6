"""What minutes have taught of a committee's habits, in words for a person and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from cpctrack.cli.output.plan import number_of, section
from cpctrack.minutes.finding.forms import Form
from cpctrack.minutes.habits import FEATURE, HEADING, INITIALS, KINDS, OFFERED, SIGN, Habit
from cpctrack.text import one_line

_HEAVIEST = 10


def in_words(habits: Sequence[Habit]) -> str:
    """Say what was learnt: marks, initials, headings, and what moved most."""
    by = {kind: [one for one in habits if one.kind == kind] for kind in KINDS}
    heaviest = sorted(by[FEATURE], key=lambda one: (-abs(one.weight), one.what))[:_HEAVIEST]
    moved = f"what counts more for an action now (+) or less (−), the {_HEAVIEST} that moved most"
    sections = (
        ("Marks", "", _marks(by[FEATURE])),
        ("Initials", "", (f"{one.what}: {one.name}" for one in by[INITIALS])),
        ("Headings of earlier actions", "", (
            f"{one.what}: {_counts(one)}" for one in by[HEADING] if one.is_earlier
        )),
        ("Offered", "", (
            f"{one.taken} of {number_of(one.taken + one.left, 'line')} picked"
            for one in by[OFFERED]
        )),
        ("Weights", moved, (
            f"{one.what}: {'+' if one.weight > 0 else '−'}{abs(one.weight) / 1000:.2f} "
            f"({_counts(one)})"
            for one in heaviest if one.weight
        )),
    )  # fmt: skip
    told = (
        line
        for title, explained, entries in sections
        for line in section(title, explained, map(one_line, entries))
    )
    return "\n".join(told).lstrip("\n")


def _marks(weighed: Sequence[Habit]) -> Iterator[str]:
    for one in weighed:
        if one.what.startswith(SIGN) and one.marks is not None:
            sign = one.what.removeprefix(SIGN)
            yield f"{sign} {'marks' if one.marks else 'does not mark'} an action: {_counts(one)}"
        elif one.what == Form.ORDER.label and one.marks:
            yield f"lines such as “{Form.ORDER.example}” are actions: {_counts(one)}"


def _counts(one: Habit) -> str:
    return f"accepted {one.taken}, skipped {one.left}"


def as_json(habits: Sequence[Habit]) -> dict[str, Any]:
    """Give what ``--habits --json`` prints: a contract with scripts."""
    by = {kind: [one for one in habits if one.kind == kind] for kind in KINDS}

    def counted(one: Habit, **said: Any) -> dict[str, Any]:
        return {**said, "taken": one.taken, "left": one.left}

    return {
        "signs": [
            counted(one, sign=one.what.removeprefix(SIGN), marks=one.marks)
            for one in by[FEATURE]
            if one.what.startswith(SIGN)
        ],
        "initials": [{"initials": one.what, "name": one.name} for one in by[INITIALS]],
        "headings": [counted(one, heading=one.what, earlier=one.is_earlier) for one in by[HEADING]],
        "offered": counted(next(iter(by[OFFERED]), Habit(OFFERED, ""))),
        "weights": [counted(one, feature=one.what, weight=one.weight) for one in by[FEATURE]],
    }
