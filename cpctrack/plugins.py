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
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, get_type_hints

from cpctrack.errors import CpctrackError, PluginError, UsageError
from cpctrack.text import one_line, shorten

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

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
    for point in _entry_points(group):
        try:
            with _named(point, "can't be used"):
                thing = _checked(point.load(), kind, taken)
        except PluginError as error:
            wrong.append(str(error))
            continue
        taken |= dict.fromkeys(_keys(thing), _called(point))
        function = _guarded(point, getattr(thing, work), whole)
        things[thing.name] = thing._replace(**{work: function})  # type: ignore[attr-defined]
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


def _entry_points(group: str) -> "list[EntryPoint]":
    if not are_installed():
        return []
    from importlib.metadata import entry_points

    return sorted(entry_points(group=group), key=lambda point: (_package(point), point.name))


@cache
def are_installed() -> bool:
    """Tell whether there may be plug-ins at all."""
    # Most have none, and importlib.metadata takes longer to import than all these to read.
    return any(map(_has_some, sys.path))


def _has_some(folder: str) -> bool:
    """Tell whether a package that is installed in this folder may have plug-ins."""
    with contextlib.suppress(OSError):
        files = Path(folder).glob("*-info/entry_points.txt")
        return any(b"[cpctrack." in file.read_bytes() for file in files)
    return False


def _checked(thing: Any, kind: type[_Thing], taken: dict[str, str]) -> _Thing:
    """Give what was loaded; raises `TypeError` or `ValueError` where it can't be used."""
    if not isinstance(thing, kind):
        raise TypeError(f"it is no {kind.__name__}")
    for field, hint in get_type_hints(kind).items():
        if isinstance(hint, type) and not isinstance(getattr(thing, field), hint):
            raise TypeError(f"its {field} is no {hint.__name__}")
    for key in _keys(thing):
        if not _KEY.fullmatch(key):
            raise ValueError(f"“{key}” is no name or ending of small letters")
        if key in taken:
            raise ValueError(f"“{key}” belongs to {taken[key]}")
    return thing


def _keys(thing: Any) -> tuple[str, ...]:
    return (thing.name, *getattr(thing, "endings", ()))


def _guarded(
    point: "EntryPoint", work: Callable[..., object], whole: Callable[[Any], object]
) -> Callable[..., object]:
    def guarded(*given: object) -> object:
        with _named(point, "has failed", but=CpctrackError):
            return whole(work(*given))

    return guarded


@contextlib.contextmanager
def _named(point: "EntryPoint", what: str, but: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    """Say which plug-in it was that failed in the block; raises `PluginError`.

    What is raised of the kind `but` stays: that is how a plug-in refuses a file.
    """
    nowhere = StringIO()  # what it prints must not get into a document or JSON
    try:
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            yield
    except but:
        raise
    except (Exception, SystemExit) as error:
        why = shorten(f"{type(error).__name__}: {error}", _LONGEST_REASON)
        called = _called(point)
        raise PluginError(
            f"{called[0].upper()}{called[1:]} {what} ({why}); ask its author for another version, "
            f"or take it away with “python -m pip uninstall {_package(point)}”."
        ) from error


def _called(point: "EntryPoint") -> str:
    return f"the plug-in “{one_line(point.name)}” of {_package(point)}"


def _package(point: "EntryPoint") -> str:
    return one_line(point.dist.name) if point.dist else "an unknown package"
