"""What a committee chooses for itself: whoever adds a setting here has it in the command. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from cpctrack.dates import DEFAULT_YEAR_STARTS, TERMS, day_of_year, parse_year_starts
from cpctrack.errors import UsageError
from cpctrack.text import one_line


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
)  # fmt: skip
