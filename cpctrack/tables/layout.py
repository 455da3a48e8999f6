"""A layout: what was taught of one body's table, and how records are printed in it.

It is a small TOML file that a clerk can read and write.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import category

from cpctrack.errors import LayoutError
from cpctrack.records.model import NOTHING, Status
from cpctrack.records.rag import read_rules
from cpctrack.suggest import did_you_mean
from cpctrack.tables.colours import is_colour
from cpctrack.tables.headings import is_name, key
from cpctrack.tables.headings import names as heading_means
from cpctrack.text import fold, unfit_name

MEANINGS: Mapping[str, str] = {
    "reference": "ref",
    "meeting date": "meeting_date",
    "meeting type": "meeting_type",
    "item": "item",
    "recommendation": "recommendation",
    "action": "action",
    "raised by": "referrer",
    "owner": "owner",
    "due": "due",
    "revised due": "revised_due",
    "response": "response",
    "follow-up": "follow_up",
    "status": "status",
    "done": "achieved",
    "rag": "rag",
    "percent": "percent",
    "completed on": "completed_on",
    "exempt": "exempt",
    "kept": "",
}
"""What a column may mean, as a layout says it; one that is kept stands beside the record."""

GROUPS = ("meeting date", "item", "owner", "status", "kept")
"""What a row that stands over others may say of them."""

DAY_FIRST, MONTH_FIRST = "day first", "month first"
MEANS_NOTHING = "nothing"
"""Of a shade or a word: that it says nothing of the status, so that nobody asks again."""

_LONGEST_NAME = 60
# How columns are told apart that have the same heading, or none.
_COUNTED = re.compile(r" \(\d+\)$|^Column \d+$")
_KEYS = ("about", "dates", "carry-down", "group-rows", "columns", "status", "shading", "rag")


class Layout(NamedTuple):
    """How one body's table is read and printed.

    `columns` maps each heading, as printed, to what its cells hold, in their order; `status` maps
    words, and `shading` colours (six hexadecimal digits, or what they are called), to what they say
    of an action, or to None where that is nothing; `rag` maps colours to the rule by which a record
    gets them, the first that holds. `carried` are headings whose blank cells go on with the one
    above.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    about: str = ""
    dates: str = ""
    carried: tuple[str, ...] = ()
    group: str = ""
    status: Mapping[str, Status | None] = NOTHING
    shading: Mapping[str, Status | None] = NOTHING
    rag: Mapping[str, str] = NOTHING

    @property
    def keys(self) -> frozenset[str]:
        """The headings as they are compared."""
        return frozenset(map(heading_key, self.columns))

    def meanings(self, heading: str) -> tuple[str, ...] | None:
        """Tell what a column is said to hold; nothing where the layout does not name it."""
        if heading in self.columns:
            return self.columns[heading]
        wanted = heading_key(heading)
        named = (means for each, means in self.columns.items() if heading_key(each) == wanted)
        return next(named, None)


class Reading(NamedTuple):
    """How one table was read, and what in it was not understood: what a person may be asked.

    `layout` is the one that was taught, or one without a name as it was guessed, with all columns
    of the table in their order. `unknown` gives the first cells under each heading that means
    nothing to us, `shades` how many rows bear a colour that nobody has explained, and the first of
    their texts, `words` the same of words of status, `month_first` the dates that fit only so.
    """

    layout: Layout
    unknown: Mapping[str, tuple[str, ...]] = NOTHING
    shades: Mapping[str, tuple[int, str]] = NOTHING
    words: Mapping[str, tuple[int, str]] = NOTHING
    month_first: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def heading_key(heading: str) -> str:
    """Reduce a heading to what its spellings share, broken words in a narrow column too."""
    return key(_COUNTED.sub("", heading)).replace(" ", "")


Knows = Callable[[Sequence[str]], Layout | None]
"""Gives the layout that was taught of a table with these cells for its header."""


def find_layout(
    layouts: Sequence[Layout], header: Sequence[str], *, forced: bool = False
) -> Layout | None:
    """Find the layout of a table by its headings: all that the layout names stand in the header.

    They must be half of its columns at least, or one of them such as nobody else prints; the layout
    that names most of them is the one. Where it is `forced`, the first is the one for any header
    that has one of its headings.
    """
    names = set(filter(None, map(heading_key, header)))
    if forced:
        return layouts[0] if layouts[0].keys & names else None
    fitting = [
        each
        for each in layouts
        if each.keys - {""}
        and each.keys - {""} <= names
        and (2 * len(each.columns) >= len(names) or _is_its_own(each))
    ]
    return max(fitting, key=lambda each: len(each.columns), default=None)


def _is_its_own(layout: Layout) -> bool:
    return any(heading_key(each) and not heading_means(each) for each in layout.columns)


def nearly_found(layouts: Sequence[Layout], header: Sequence[str]) -> tuple[str, list[str]] | None:
    """Name a layout that does not fit a header and may be meant for it, and what it lacks.

    It has three of four of the layout's headings, or all of those but too few.
    """
    names = set(map(heading_key, header))
    for each in layouts:
        absent = [heading for heading in each.columns if heading_key(heading) not in {*names, ""}]
        if 4 * len(absent) <= len(each.columns):
            return each.name, absent
    return None


def check_name(name: str) -> None:
    """Refuse a name that can't be a file's on every system; raises `LayoutError`."""
    # A vowel of Hindi, or an accent typed after its letter, is a mark of its own.
    plain = "".join(each for each in name if each not in "-_ " and category(each)[0] != "M")
    if not plain.isalnum() or name != name.strip() or len(name) > _LONGEST_NAME:
        raise LayoutError(
            f"“{name}” can't be the name of a layout; use up to {_LONGEST_NAME} letters, digits, "
            "spaces and hyphens, as in “audit-committee”."
        )
    if unfit_name(name):
        raise LayoutError(f"“{name}” can't be the name of a file on Windows; take another.")


def name_for(title: str, taken: Iterable[str], otherwise: str = "table") -> str:
    """Make a short name for a file of what it is called, unlike all that are taken.

    `otherwise` is its name where that has no letters. Numbers go: next month's table of the same
    body has others.
    """
    letters = "".join(letter if letter.isalpha() else " " for letter in fold(title))
    name, most = "-".join(letters.split()) or otherwise, _LONGEST_NAME // 2
    if len(name) > most:  # at the end of a word, if one ends
        name = name[: most + 1].rpartition("-")[0] or name[:most]
    names = {fold(each) for each in taken}
    tries = (name, *(f"{name}-{number}" for number in range(2, len(names) + 4)))
    return next(each for each in tries if each not in names and not unfit_name(each))


def read_layout(name: str, text: str) -> Layout:
    """Read a layout from its file's text; raises `LayoutError` with what is wrong in it."""
    said = _parse(name, text)
    said_columns = _table(name, said, "columns")
    if not said_columns:
        raise LayoutError(f"Layout {name} names no columns; list them under [columns].")
    try:
        columns = {heading: meanings_of(heading, says) for heading, says in said_columns.items()}
    except LayoutError as error:
        raise LayoutError(f"Layout {name}: {error}") from error
    dates = _plain(said.get("dates", ""))
    if dates not in ("", DAY_FIRST, MONTH_FIRST):
        raise LayoutError(f"Layout {name}: dates run “{DAY_FIRST}” or “{MONTH_FIRST}”.")
    group = _plain(said.get("group-rows", ""))
    if group not in ("", *GROUPS):
        raise LayoutError(f"Layout {name}: group-rows give one of {', '.join(GROUPS)}.")
    carried = said.get("carry-down", [])
    carried = [carried] if isinstance(carried, str) else _texts(name, "carry-down", carried)
    missing = [each for each in carried if each not in columns]
    if missing:
        raise LayoutError(f"Layout {name} carries down “{missing[0]}”, which is none of [columns].")
    shading = {c.lower(): s for c, s in _statuses(name, _table(name, said, "shading")).items()}
    if strange := [colour for colour in shading if not is_colour(colour)]:
        raise LayoutError(
            f"Layout {name}: “{strange[0]}” is no colour; write “light grey” or the like, or six "
            "digits such as d9d9d9."
        )
    rag = {colour: str(rule) for colour, rule in _table(name, said, "rag").items()}
    read_rules(name, rag)
    return Layout(
        name=name,
        columns=columns,
        about=str(said.get("about", "")),
        dates=dates,
        carried=tuple(carried),
        group=group,
        status=_statuses(name, _table(name, said, "status")),
        shading=shading,
        rag=rag,
    )


def write_layout(layout: Layout) -> str:
    """Write a layout as the text of its file, which `read_layout` reads back as it is."""
    columns = {
        heading: _one_or_many(words_of(meanings)) for heading, meanings in layout.columns.items()
    }
    head = {
        "about": layout.about,
        "dates": layout.dates,
        "carry-down": list(layout.carried),
        "group-rows": layout.group,
    }
    tables: dict[str, Mapping[str, Any]] = {
        "columns": columns,
        "status": layout.status,
        "shading": layout.shading,
        "rag": layout.rag,
    }
    lines = [f"{name} = {_toml(value)}" for name, value in head.items() if value]
    for name, table in tables.items():
        if table:
            said = (
                (word, MEANS_NOTHING if value is None else value) for word, value in table.items()
            )
            lines += ["", f"[{name}]", *(f"{_toml(word)} = {_toml(value)}" for word, value in said)]
    return "\n".join(lines).lstrip("\n") + "\n"


def meanings_of(heading: str, says: object) -> tuple[str, ...]:
    """Read what a column is said to mean; raises `LayoutError`."""
    meanings = []
    given = says if isinstance(says, list) else [says]
    texts = [each for each in given if isinstance(each, str)]
    if len(texts) < len(given):
        raise LayoutError(f"what stands at “{heading}” must be texts in quotes.")
    for each in ",".join(texts).split(","):
        word = " ".join(each.lower().split())
        word = word if word in MEANINGS else _plain(word)
        if word in MEANINGS:
            meanings.append(MEANINGS[word])
        elif is_name(word) and word != "date":  # which of them, nobody knows
            meanings.append(heading_means(word))
        else:
            hint = did_you_mean(word, MEANINGS) or f" A column is one of: {', '.join(MEANINGS)}."
            raise LayoutError(
                f"“{heading}” is said to be “{each.strip()}”, which no column can be.{hint}"
            )
    return tuple(filter(None, meanings))


def heading_of(column: str) -> str:
    """Give the heading of a column as it is printed, where a layout counts those of one heading."""
    return _COUNTED.sub("", column)


def words_of(meanings: Sequence[str]) -> list[str]:
    """Say what a column means in the words of a layout."""
    words = {meaning: word for word, meaning in MEANINGS.items()}
    return [words[meaning] for meaning in meanings or ("",)]


def _parse(name: str, text: str) -> Mapping[str, Any]:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"Layout {name} can't be read: {error}; mend that line.") from error
    except RecursionError as error:
        raise LayoutError(f"Layout {name} can't be read: it has far too many brackets.") from error
    said = {each.replace("_", "-"): value for each, value in said.items()}
    for each in said:
        if each not in _KEYS:
            hint = did_you_mean(each, _KEYS)
            raise LayoutError(f"Layout {name} says “{each}”, which no layout has.{hint}")
    return said


def _plain(value: object) -> str:
    return " ".join(str(value).lower().replace("-", " ").replace("_", " ").split())


def _texts(name: str, where: str, value: object) -> list[str]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise LayoutError(f"Layout {name}: what stands at “{where}” must be texts in quotes.")


def _table(name: str, said: Mapping[str, Any], of: str) -> Mapping[str, Any]:
    table = said.get(of, {})
    if not isinstance(table, dict):
        raise LayoutError(f"Layout {name}: what belongs to {of} stands on lines below [{of}].")
    seen: dict[str, str] = {}
    for each in table:
        if (first := seen.setdefault(fold(each), each)) != each:
            raise LayoutError(
                f"Layout {name}: “{first}” and “{each}” below [{of}] count as one and the same; "
                "leave one of them out."
            )
    return table


def _statuses(name: str, table: Mapping[str, Any]) -> dict[str, Status | None]:
    statuses = {}
    for word, value in table.items():
        wanted = "-".join(str(value).lower().split())
        if wanted not in (*Status, MEANS_NOTHING):
            hint = did_you_mean(wanted, (*Status, MEANS_NOTHING))
            raise LayoutError(
                f"Layout {name}: “{word}” is said to be “{value}”, which is no status.{hint} "
                f"There are {', '.join(Status)}, and {MEANS_NOTHING}."
            )
        statuses[word] = None if wanted == MEANS_NOTHING else Status(wanted)
    return statuses


def _one_or_many(texts: Sequence[str]) -> str | Sequence[str]:
    return texts[0] if len(texts) == 1 else texts


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
