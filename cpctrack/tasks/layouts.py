"""The layouts of a committee: a file each, in the folder beside its store."""

from collections.abc import Mapping
from pathlib import Path

from cpctrack.errors import LayoutError, reason
from cpctrack.store import files
from cpctrack.suggest import did_you_mean
from cpctrack.tables.layout import Layout, check_name, read_layout, write_layout
from cpctrack.text import fold

_ENDING = ".toml"
SKELETON = """\
# What does each column of the table hold? Write its heading as it is printed, and on the other side
# of the = what stands there: {meanings}.
# A cell that holds several things: "Date / Ref" = ["meeting date", "reference"]

about = "Whose table this is"

[columns]
"Action" = "action"
"Lead" = "owner"

# These lines count where you take the # away.
# [status]
# "Black" = "completed"
# [shading]
# "light grey" = "completed"
"""


def layouts_of(path: Path) -> Path:
    """Give the folder, which may be missing, of the layouts beside a store."""
    return path.parent / "layouts"


def layout_files(path: Path) -> dict[str, Path]:
    """Name every layout of a store, with its file."""
    try:
        found = sorted(layouts_of(path).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise LayoutError(f"{layouts_of(path)} can't be read ({reason(error)}).") from error
    shown = (file for file in found if not file.name.startswith("."))
    return {file.stem: file for file in shown if file.suffix.lower() == _ENDING}


def read_layouts(path: Path) -> list[Layout]:
    """Read every layout of a store; raises `LayoutError` for the first that is wrong.

    A table must never be read as if nothing had been said of it.
    """
    return [read_layout(name, _read(file)) for name, file in layout_files(path).items()]


def layout_named(path: Path, name: str) -> Layout:
    """Read one layout of a store; raises `LayoutError`."""
    file = find_file(path, name)
    return read_layout(file.stem, _read(file))


def layout_text(path: Path, name: str) -> str:
    """Give the text of a layout's file; raises `LayoutError`."""
    return _read(find_file(path, name))


def find_file(path: Path, name: str) -> Path:
    """Find a layout by its name, capitals or not; raises `LayoutError` with those there are."""
    if file := _found(layout_files(path), name):
        return file
    names = layout_files(path)
    there = f" There are: {', '.join(names)}." if names else " There is none yet."
    raise LayoutError(f"There is no layout “{name}”.{did_you_mean(name, names)}{there}")


def has_layout(path: Path, name: str) -> bool:
    """Tell whether there is a layout of this name, in capitals or not."""
    return _found(layout_files(path), name) is not None


def save_layout(path: Path, name: str, text: str) -> Path:
    """Write a layout's file, whole or not at all; raises `LayoutError`."""
    file = _found(layout_files(path), name)
    if file is None:
        check_name(name)
        file = layouts_of(path) / f"{name}{_ENDING}"
    try:
        file.parent.mkdir(exist_ok=True)
        files.write_atomically(file, text.encode())
    except OSError as error:
        raise LayoutError(f"{file} can't be written ({reason(error)}).") from error
    return file


def keep_layout(path: Path, layout: Layout) -> Path:
    """Write a layout, with the remarks that somebody has written in its file; as `save_layout`."""
    text = write_layout(layout)
    if has_layout(path, layout.name):
        before = layout_text(path, layout.name).splitlines(keepends=True)
        text = "".join(line for line in before if line.startswith("#")) + text
    return save_layout(path, layout.name, text)


def forget_layout(path: Path, name: str) -> Path:
    """Remove a layout's file; raises `LayoutError`."""
    file = find_file(path, name)
    try:
        file.unlink()
    except OSError as error:
        raise LayoutError(f"{file} can't be removed ({reason(error)}).") from error
    return file


def _found(named: Mapping[str, Path], name: str) -> Path | None:
    return next((file for each, file in named.items() if fold(each) == fold(name)), None)


def _read(file: Path) -> str:
    try:
        return files.read(file).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise LayoutError(f"{file} is not saved as UTF-8; save it so in your editor.") from error
    except OSError as error:
        raise LayoutError(f"{file} can't be read ({reason(error)}).") from error
