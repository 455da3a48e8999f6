"""What installed packages add: forms of document, printed formats and checks.

A package names each in an entry point of the group ``cpctrack.readers``, ``cpctrack.formats`` or
``cpctrack.checks``. It runs with all rights of whoever runs cpctrack. What goes wrong in one is
said in a sentence that names it, and the rest goes on.
"""

import contextlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from glob import glob
from io import StringIO
from itertools import repeat
from pathlib import Path
from types import UnionType
from typing import Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from cpctrack.errors import CpctrackError, PluginError, UsageError
from cpctrack.text import one_line, shorten

_T = TypeVar("_T")
_Thing = TypeVar("_Thing", bound=NamedTuple)

_KEY = re.compile(r"\.?[a-z0-9][a-z0-9-]*")
_LONGEST_REASON = 200


class Found(NamedTuple, Generic[_Thing]):
    """What plug-ins add, by name, and in a sentence each what of them can't be used."""

    things: dict[str, _Thing]
    wrong: tuple[str, ...]


def found(
    group: str,
    kind: type[_Thing],
    ours: Iterable[_Thing],
    work: str,
    whole: Callable[[Any], object],
) -> Found[_Thing]:
    """Load what is in a group and of a kind, each with a name and endings that no other has.

    The function in the field `work` is guarded: what it gives is what `whole` makes of it, what it
    prints goes nowhere, and its failure raises `PluginError`.
    """
    taken = {key: "cpctrack" for each in ours for key in _keys(each)}
    things: dict[str, _Thing] = {}
    wrong: list[str] = []
    for package, info in installed().items():
        with _noting(wrong), _named(f"the package {package}", package, "can't be used"):
            from importlib.metadata import Distribution

            points = Distribution.at(info).entry_points.select(group=group)
            for point in sorted(points, key=lambda point: point.name):
                called = f"the plug-in “{one_line(point.name)}” of {package}"
                with _noting(wrong), _named(called, package, "can't be used"):
                    thing: Any = point.load()
                    check_type(thing, kind)
                    _check_keys(thing, taken)
                    taken |= dict.fromkeys(_keys(thing), called)
                    function = _guarded(called, package, getattr(thing, work), whole)
                    things[thing.name] = thing._replace(**{work: function})
    return Found(things, tuple(wrong))


def chosen(name: str, ours: Mapping[str, _T], added: Callable[[], Found[Any]]) -> _T:
    """Give the format of this name, ours or else a plug-in's; raises `UsageError`."""
    if name in ours:
        return ours[name]
    things, wrong = added()
    if thing := things.get(name):
        return thing  # type: ignore[no-any-return]
    known = ", ".join([*ours, *things])
    said = f"There is no format “{one_line(name)}”; there are {known}."
    raise UsageError(" ".join([said, *wrong]))


@cache
def installed() -> dict[str, Path]:
    """Give the packages that may have plug-ins, in their order, and where each says what it adds.

    Others are not even asked: many have metadata that nobody can read.
    """
    # Most have none, and importlib.metadata takes longer to import than all these to read.
    packages: dict[str, Path] = {}
    for folder in sys.path:
        for name in glob("*-info/entry_points.txt", root_dir=folder or None):  # noqa: PTH207 - passes over any folder that can't be read
            file = Path(folder, name)
            with contextlib.suppress(OSError):
                if b"[cpctrack." in file.read_bytes():
                    called = file.parent.stem.partition("-")[0].replace("_", "-")
                    packages.setdefault(one_line(called), file.parent)
    return dict(sorted(packages.items()))


def check_type(thing: object, hint: Any, called: str = "it") -> None:
    """Refuse what is not of a type, or has a field or a member that is not; raises `TypeError`."""
    kinds = _kinds(hint)
    kind = next((each for each in kinds if isinstance(thing, get_origin(each) or each)), None)
    if kind is None:
        names = " or ".join(each.__name__ for each in kinds)
        raise TypeError(f"{called} is no {names}")
    if isinstance(thing, tuple) and (parts := get_args(kind)):
        for each, part in zip(thing, repeat(parts[0]) if ... in parts else parts):  # noqa: B905
            check_type(each, part, f"one of {called.removeprefix('one of ')}")
    usual = getattr(kind, "_field_defaults", {})  # as nearly all are: a table has a million fields
    for field, inner in _fields(kind).items():
        if (value := getattr(thing, field)) is not usual.get(field, usual):
            check_type(value, inner, f"its {field}")


@cache
def _kinds(hint: Any) -> tuple[Any, ...]:
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return (*kinds, int) if float in kinds else kinds


@cache
def _fields(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind) if isinstance(kind, type) else {}


def _check_keys(thing: Any, taken: Mapping[str, str]) -> None:
    """Refuse a name or ending that nobody could type, or has already; raises `ValueError`."""
    for key in _keys(thing):
        if not _KEY.fullmatch(key):
            raise ValueError(f"“{key}” is no name or ending of small letters")
        if key.startswith(".") == (key == thing.name):
            raise ValueError(f"endings begin with a full stop and names do not, unlike “{key}”")
        if key in taken:
            raise ValueError(f"“{key}” belongs to {taken[key]}")


def _keys(thing: Any) -> tuple[str, ...]:
    return (thing.name, *getattr(thing, "endings", ()))


def _guarded(
    called: str, package: str, work: Callable[..., object], whole: Callable[[Any], object]
) -> Callable[..., object]:
    def guarded(*given: object) -> object:
        with _named(called, package, "has failed", CpctrackError):
            return whole(work(*given))

    return guarded


@contextlib.contextmanager
def _noting(wrong: list[str]) -> Iterator[None]:
    try:
        yield
    except PluginError as error:
        wrong.append(str(error))


@contextlib.contextmanager
def _named(called: str, package: str, what: str, *but: type[BaseException]) -> Iterator[None]:
    """Say who it was that failed in the block; raises `PluginError`.

    What is raised of the kind `but` stays: that is how a plug-in refuses a file.
    """
    nowhere = StringIO()  # what it prints must not get into a document or JSON
    try:
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            yield
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, *but)):
            raise
        why = type(error).__name__
        with contextlib.suppress(Exception):  # its words, too, are the plug-in's to make
            why = shorten(f"{why}: {error}", _LONGEST_REASON)
        raise PluginError(
            f"{called[0].upper()}{called[1:]} {what} ({why}); ask its author for another version, "
            f"or uninstall the package {package} as you installed it."
        ) from error
