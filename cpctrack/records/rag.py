"""The colour of an action in a column that is headed RAG or BRAG, by rules. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from cpctrack.errors import LayoutError
from cpctrack.records.ageing import extensions
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Record, Status

DEFAULT: Mapping[str, str] = {
    "Blue": "completed",
    "Red": "overdue",
    "Amber": "moved or due within 14 days",
    "Green": "otherwise",
}
"""The rules where a layout gives none."""

Condition = Callable[[Record, Calendar], bool]
"""Tells whether something is so of an action on a day."""

_NAMED: Mapping[str, Condition] = {
    "overdue": lambda record, calendar: calendar.is_overdue(record),
    "moved": lambda record, _: bool(extensions(record)),
    "no due date": lambda record, _: not (record.due or record.due_text),
    "otherwise": lambda *_: True,
}
_WITHIN = re.compile(r"due within (\d{1,4}) days?", re.ASCII)
_STATUSES = {
    word: each for each in Status for word in (each.value, *map(str.lower, each.all_words))
}


class Rule(NamedTuple):
    """A colour, and what gives it to an action: any of its conditions."""

    colour: str
    conditions: Sequence[Condition]


def read_rules(layout: str, said: Mapping[str, str]) -> tuple[Rule, ...]:
    """Read the rules of a layout, by colour: “overdue”, “moved or due within 14 days”, “otherwise”.

    Raises `LayoutError` naming the layout and what in its rules can't be read.
    """
    return tuple(
        Rule(colour, [_condition(layout, colour, each) for each in rule.split(" or ")])
        for colour, rule in (said or DEFAULT).items()
    )


def colour_of(record: Record, rules: Sequence[Rule], calendar: Calendar) -> str:
    """Give the colour of the first rule that holds, or nothing."""
    fit = (colour for colour, any_of in rules if any(holds(record, calendar) for holds in any_of))
    return next(fit, "")


def _condition(layout: str, colour: str, said: str) -> Condition:
    text = " ".join(said.lower().split())
    if text in _NAMED:
        return _NAMED[text]
    if text in _STATUSES:
        return lambda record, _: record.status is _STATUSES[text]
    if match := _WITHIN.fullmatch(text):
        days = timedelta(int(match[1]))
        return lambda record, calendar: calendar.is_due_within(record, days)
    raise LayoutError(
        f"Layout {layout}: what makes an action {colour} can't be “{said.strip()}”; it is one or "
        f"more of {', '.join(_NAMED)}, due within 14 days, {', '.join(Status)}, with “or” between "
        "them."
    )
