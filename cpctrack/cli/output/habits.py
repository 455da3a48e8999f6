"""What minutes have taught of a committee's habits, in words for a person and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from cpctrack.cli.output.plan import number_of, section
from cpctrack.minutes.finding.forms import ORDER
from cpctrack.minutes.habits import FEATURE, HEADING, INITIALS, OFFERED, SIGN, Habit
from cpctrack.text import one_line

_HEAVIEST = 10


def in_words(habits: Sequence[Habit]) -> str:
    """Say what was learnt: marks, initials, headings, and what moved most."""
    weighed = [one for one in habits if one.kind == FEATURE]
    shown = sorted(weighed, key=lambda one: (-abs(one.weight), one.what))[:_HEAVIEST]
    earlier = [one for one in habits if one.kind == HEADING and one.is_earlier]
    offered = (
        f"{one.taken} of {number_of(one.taken + one.left, 'line')} picked, so more are offered"
        for one in habits
        if one.kind == OFFERED
    )
    moved = "accepting and skipping made these count more (+) or less (−) for an action"
    parts = [
        *section("Marks", "", _marks(weighed)),
        *section("Initials", "", (
            f"{one.what}: {one_line(one.name)}" for one in habits if one.kind == INITIALS
        )),
        *section("Headings of earlier actions", "", (
            f"{one_line(one.what)}: {_counts(one)}" for one in earlier
        )),
        *section("Offered", "", offered),
        *section("Weights", moved, (
            f"{one.weight / 1000:+.2f}  {one_line(one.what)}: {_counts(one)}".replace("-", "−", 1)
            if one.weight < 0 else f"{one.weight / 1000:+.2f}  {one_line(one.what)}: {_counts(one)}"
            for one in shown if one.weight
        )),
    ]  # fmt: skip
    return "\n".join(parts).lstrip("\n")


def _marks(weighed: Sequence[Habit]) -> Iterator[str]:
    for one in weighed:
        if one.what.startswith(SIGN) and one.marks is not None:
            sign = one_line(one.what.removeprefix(SIGN))
            yield f"{sign} {'marks' if one.marks else 'does not mark'} an action: {_counts(one)}"
        elif one.what == ORDER.name and one.marks:
            yield f"lines such as “{ORDER.example}” are actions: {_counts(one)}"


def _counts(one: Habit) -> str:
    return f"accepted {one.taken}, skipped {one.left}"


def as_json(habits: Sequence[Habit]) -> dict[str, Any]:
    """Give what ``--habits --json`` prints: a contract with scripts."""

    def rows(kind: str, name: str, *fields: str) -> list[dict[str, Any]]:
        named = ({name: one.what, **one._asdict()} for one in habits if one.kind == kind)
        return [{key: row[key] for key in (name, *fields)} for row in named]

    return {
        "signs": [
            {"sign": one.what.removeprefix(SIGN), "marks": one.marks, **_plain(one)}
            for one in habits
            if one.kind == FEATURE and one.what.startswith(SIGN)
        ],
        "initials": rows(INITIALS, "initials", "name"),
        "headings": [
            {"heading": one.what, "earlier": one.is_earlier, **_plain(one)}
            for one in habits
            if one.kind == HEADING
        ],
        "offered": rows(OFFERED, "what", "taken", "left"),
        "weights": rows(FEATURE, "feature", "weight", "taken", "left"),
    }


def _plain(one: Habit) -> dict[str, int]:
    return {"taken": one.taken, "left": one.left}
