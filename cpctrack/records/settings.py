"""What a committee chooses for itself: whoever adds a setting here has it in the command. Pure."""

import re
from collections.abc import Callable, Iterable
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
    raises `UsageError` or `DateError`; `shown` writes that for a person. `where` says what goes by
    it.
    """

    name: str
    words: str
    help: str
    usual: str
    metavar: str
    read: Callable[[str], str]
    shown: Callable[[str], str]
    where: str


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


def _named(stored: str) -> str:
    return one_line(stored) or "nobody: none is printed"


_USUAL = Settings._field_defaults
_DAYS = ("DAYS", _days, _counted_days)
_YEAR_DAY = ("MM-DD", parse_year_starts, day_of_year)
SETTINGS = (
    Setting("committee", "Committee", "The committee's name, as documents print it.",
            "", "NAME", _committee, one_line,
            "Every document, message, calendar and page of the site."),
    Setting("year_starts", "Municipal year starts on",
            "The council's annual meeting, which begins the municipal year.",
            DEFAULT_YEAR_STARTS, *_YEAR_DAY,
            "The year of a meeting that names none itself, and with it new references, "
            "Appendix 4 and figures; “by the end of the municipal year”."),
    *[
        Setting(f"{term}_ends", f"{term.capitalize()} term ends on",
                f"The last day of the {term} term.", usual, *_YEAR_DAY,
                f"When “{term} term” falls due.")
        for term, usual in zip(TERMS._fields, TERMS, strict=True)
    ],
    Setting("remind_after", "Owners reminded after",
            "How long after an owner was first asked “cpctrack chase” reminds them.",
            str(_USUAL["remind_after"]), *_DAYS, "“cpctrack chase”."),
    Setting("escalate_after", "Chair told after",
            "How long after that first time it asks once more, and writes to the chair.",
            str(_USUAL["escalate_after"]), *_DAYS, "“cpctrack chase”."),
    Setting("clerk", "Messages end with",
            "The lines that close a message to an owner, with a semicolon between them.",
            "", "LINES", _lines, _in_a_line, "Messages to owners and the letter to the chair."),
    Setting("contact", "Corrections go to",
            "Whom a reader of a document or the site tells of a mistake: a post and an address.",
            "", "TEXT", one_line, _named,
            "The foot of Appendix 4, the progress report, the work programme and the figures, and "
            "of each page of the site; in a workbook above the table."),
)  # fmt: skip


def contacts(held: Iterable[Settings]) -> str:
    """Join the contacts of several committees for one document, each once."""
    return "; ".join(dict.fromkeys(each.contact for each in held if each.contact))
