"""A view as plain JSON and back, so that a publication can be laid out again years later.

A view of an older cpctrack lacks fields that came since: they take their defaults.
"""

from collections.abc import Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from cpctrack.errors import StoreError
from cpctrack.render.templates import environment
from cpctrack.render.views.view import AppendixView

_View = TypeVar("_View")

# Whose rows are those of the view, in its order: what is carried over stands last.
_GROUPS = ("meetings", "parts", "groups", "carried")


def freeze(view: Any) -> dict[str, Any]:
    """Write a view as plain JSON; rows stand there once, and each group counts its own."""
    plain: dict[str, Any] = _plain(view)
    for name in _GROUPS:
        for group in plain.get(name, ()):
            group["rows"] = len(group["rows"])
    return plain


def thaw(plain: Mapping[str, Any]) -> AppendixView:
    """Read what `freeze` has written; raises `StoreError` where it is no view."""
    return thaw_as(AppendixView, plain)


def thaw_as(kind: type[_View], plain: Mapping[str, Any]) -> _View:
    """Read a view of another kind, as `thaw` does."""
    try:
        left = iter(plain.get("rows", ()))  # each group counts the next ones
        whole = {
            name: [{**each, "rows": list(islice(left, each["rows"]))} for each in plain[name]]
            for name in _GROUPS
            if name in plain
        }
        view: _View = _read(kind, {**plain, **whole})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreError(
            "What was published can't be laid out again: what the store keeps of it is no view "
            "that this cpctrack knows. Its text formats can be printed as they were."
        ) from error
    return view


def templates(folder: Path | None) -> dict[str, str]:
    """Give the SHA-256 of every template there is, by name: `folder` holds those of the user."""
    from hashlib import sha256

    own = environment.overriding(folder)
    found = {
        name: folder / name if folder and name in own else environment.templates_folder() / name
        for name in environment.files()
    }
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in found.items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


_kinds = cache(get_type_hints)


def _read(kind: Any, value: Any) -> Any:
    """Make a value of the kind that a field is declared to be; raises `TypeError` for another."""
    if hasattr(kind, "_fields"):
        kinds = _kinds(kind)
        return kind(**{name: _read(kinds[name], value[name]) for name in kinds if name in value})
    origin = get_origin(kind)
    if origin is tuple and type(value) is list:
        return tuple([_read(get_args(kind)[0], part) for part in value])
    if origin is not None and type(value) is dict:
        of_names, of_values = get_args(kind)
        return {_read(of_names, name): _read(of_values, part) for name, part in value.items()}
    if type(value) is not kind:
        raise TypeError
    return value
