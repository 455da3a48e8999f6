"""What a committee chooses for itself: whoever adds a setting here has it in the command. Pure."""

import re
from collections.abc import Callable
from typing import NamedTuple

from cpctrack.dates import DEFAULT_YEAR_STARTS, TERMS, day_of_year, parse_year_starts
from cpctrack.errors import UsageError
from cpctrack.records.model import Settings
from cpctrack.text import counted, one_line

_MOST_DAYS = 365


class Setting(NamedTuple):
    """One setting: a field of the store's settings.

    `words` name it in front of its value, `usual` is what stands where nothing was chosen, and
    empty where something must be. `read` gives the text that is stored of one that was typed, and
    raises `UsageError` or `DateError`; `shown` writes that for a person.
    """

    name: str
    words: str
    help: str
    usual: str
    metavar: str
    read: Callable[[str], str]
    shown: Callable[[str], str]


def _committee(typed: str) -> str:
    if name := one_line(typed):
        return name
    raise UsageError("a store belongs to a committee; give its name.")


def _days(typed: str) -> str:
    """Read a number of days, with the word behind it or without."""
    digits = typed.casefold().removesuffix("s").removesuffix("day").strip()
    if re.fullmatch("[0-9]{1,3}", digits) and 1 <= int(digits) <= _MOST_DAYS:
        return str(int(digits))
    raise UsageError(f"“{one_line(typed)}” is no number of days from 1 to {_MOST_DAYS}.")


def _counted_days(stored: str) -> str:
    return counted(int(stored), "day")


def _lines(typed: str) -> str:
    lines = map(one_line, typed.replace(";", "\n").split("\n"))
    return "\n".join(filter(None, lines))


def _in_a_line(stored: str) -> str:
    return "; ".join(map(one_line, stored.split("\n"))) or "your own name"


_USUAL = Settings._field_defaults
_DAYS = ("DAYS", _days, _counted_days)
_YEAR_DAY = ("MM-DD", parse_year_starts, day_of_year)
SETTINGS = (
    Setting("committee", "Committee", "The committee's name, as documents print it.",
            "", "NAME", _committee, one_line),
    Setting("year_starts", "Municipal year starts on",
            "The council's annual meeting, which begins the municipal year.",
            DEFAULT_YEAR_STARTS, *_YEAR_DAY),
    *[
        Setting(f"{term}_ends", f"{term.capitalize()} term ends on",
                f"The last day of the {term} term.", usual, *_YEAR_DAY)
        for term, usual in zip(TERMS._fields, TERMS, strict=True)
    ],
    Setting("remind_after", "Owners reminded after",
            "How long after an owner was first asked “cpctrack chase” reminds them.",
            str(_USUAL["remind_after"]), *_DAYS),
    Setting("escalate_after", "Chair told after",
            "How long after that first time it asks once more, and writes to the chair.",
            str(_USUAL["escalate_after"]), *_DAYS),
    Setting("clerk", "Messages end with",
            "The lines that close a message to an owner, with a semicolon between them.",
            "", "LINES", _lines, _in_a_line),
)  # fmt: skip
