"""Exporting records, their changes and their meetings for other programs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import UsageError
from cpctrack.render.export import forms
from cpctrack.render.export.tables import tables
from cpctrack.store.store import Store
from cpctrack.tasks import handing_out

SQLITE = "sqlite"
_ENDINGS = (".db", ".sqlite", ".sqlite3")


class Exported(NamedTuple):
    """The files that were written, how many records are in them, and how many were left out."""

    files: tuple[Path, ...]
    records: int
    left_out: int


def export(
    held: Sequence[Store],
    target: Path,
    today: date,
    *,
    form: str = "",
    include_exempt: bool = False,
    force: bool = False,
) -> Exported:
    """Write the tables of these stores into a database, or a folder of files, all or none.

    Without a `form` the target's ending says which. Raises `UsageError`, `StoreError`,
    `RenderError`, or `MissingExtraError`.
    """
    form = form_of(target, form)
    if not include_exempt and (private := next(target.glob(f"{forms.MARK}-*"), None)):
        raise UsageError(
            f"{private} is not for publication, and would stand beside what is; name another "
            "folder. Nothing was written."
        )
    chosen = handing_out.parts(held, include_exempt=include_exempt)
    rows = tables(each.source(today) for each in chosen)
    if form == SQLITE:
        contents = {target: forms.sqlite(rows, internal=include_exempt)}
    else:
        made = forms.folder_of(rows, form, internal=include_exempt)
        contents = {target / name: content for name, content in made.items()}
    handing_out.put_in_place(contents, [each.path for each in held], force=force)
    return Exported(tuple(contents), len(rows["records"]), handing_out.left_out(chosen))


def form_of(target: Path, form: str = "") -> str:
    """Choose the format: the one named, else by the target; raises `UsageError`.

    A database is a file, everything else a folder.
    """
    ending = target.suffix.lower()
    if not form and ending in _ENDINGS and not target.is_dir():
        form = SQLITE
    elif not form:
        form = ending[1:] if ending[1:] in forms.WRITERS else "jsonl"
    if form == SQLITE:
        if target.is_dir():
            raise UsageError(f"{target} is a folder, and a database is a file; name a file in it.")
    elif target.is_file() or (ending[1:2].isalpha() and not target.is_dir()):
        raise UsageError(
            f"{form} is a folder of three files, and “{target}” looks like one file; name a "
            f"folder: -o {target.stem} --format {form}."
        )
    return form
