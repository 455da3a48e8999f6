"""The words that councils use: those of the package, and what a committee adds to them.

Both are TOML with lists of words by their names, the names of columns in `[columns]`. The package's
own stand in `lexicon.toml` here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from cpctrack.errors import LexiconError
from cpctrack.suggest import did_you_mean
from cpctrack.text import one_line

_Lists = dict[str, tuple[str, ...]]

_COLUMNS = "columns"
_IN_PATTERNS = re.compile(r"[\\()\[\]{}*+?|^$]")
_LONGEST = 60  # letters of a word
_MOST = 1000  # words of a list
_added: list[Mapping[str, _Lists]] = []


def words(name: str) -> frozenset[str]:
    """Give the words of a list."""
    return frozenset(_lists()[""][name])


def columns() -> Mapping[str, tuple[str, ...]]:
    """Give the names of columns by what stands below them, the preferred first."""
    return _lists()[_COLUMNS]


def teach(text: str, name: str) -> None:
    """Add the words of a committee's own lexicon, before any of those there are is looked up.

    Raises `LexiconError` for what is no TOML, no list of words, or a list that there is not.
    """
    added = _parse(text, name)
    if _lists.cache_info().currsize:  # those who have looked words up would not see the new ones
        raise RuntimeError("words were looked up before the committee's own were added")
    _added.append(added)


@cache
def _own() -> Mapping[str, _Lists]:
    import tomllib

    text = files("cpctrack").joinpath("lexicon.toml").read_text("utf-8")
    return _parted((name, _split(value)) for name, value in _flat(tomllib.loads(text)))


@cache
def _lists() -> Mapping[str, _Lists]:
    return {
        part: {
            name: tuple(dict.fromkeys(
                [*own, *(word for more in _added for word in more[part].get(name, ()))]
            ))
            for name, own in lists.items()
        }
        for part, lists in _own().items()
    }  # fmt: skip


def _parse(text: str, name: str) -> Mapping[str, _Lists]:
    import tomllib

    try:
        flat = list(_flat(tomllib.loads(text)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told = str(error) or "it is nested too deep"
        raise LexiconError(
            f"{name} can't be read: {told[0].lower()}{told[1:]}; its lines look like"
            ' who = ["harbour master", "reeve"].'
        ) from error
    return _parted(((part, key), _checked(part, key, value, name)) for (part, key), value in flat)


def _checked(part: str, key: str, value: Any, name: str) -> tuple[str, ...]:
    known = _own()[part]
    shown = one_line(f"{part}.{key}" if part else key)[:_LONGEST]
    if key not in known:
        raise LexiconError(
            f"{name} has no list to add to called “{shown}”.{did_you_mean(key, known)}"
        )
    given = _split(value) if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise LexiconError(
            f"In {name} “{shown}” is no list of words;"
            f' write it as {one_line(key)} = ["one", "another"].'
        )
    found = tuple(" ".join(one.split()).casefold() for one in given)
    wrong = next((one for one in found if _IN_PATTERNS.search(one) or len(one) > _LONGEST), "")
    if wrong or len(found) > _MOST or "" in found:
        raise LexiconError(
            f"In {name} “{shown}” may hold at most {_MOST} words or names, each of 1 to {_LONGEST}"
            " letters and without brackets or signs such as * and ?."
        )
    return found


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    for key, value in table.items():
        if key == _COLUMNS and isinstance(value, dict):
            yield from (((_COLUMNS, below), words) for below, words in value.items())
        else:
            yield ("", key), value


def _parted(found: Iterator[tuple[tuple[str, str], tuple[str, ...]]]) -> Mapping[str, _Lists]:
    parted: Mapping[str, _Lists] = {"": {}, _COLUMNS: {}}
    for (part, key), value in found:
        parted[part][key] = value
    return parted


def _split(value: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in value.split(",") if word.strip())
