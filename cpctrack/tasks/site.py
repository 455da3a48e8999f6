"""Writing the public site of one committee or many, and removing what is no longer public."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import RenderError, StoreError, UsageError, reason
from cpctrack.publishing.comparing import how_it_stood
from cpctrack.records import links
from cpctrack.records.exempt import is_withheld
from cpctrack.records.model import Record
from cpctrack.render.site import pages
from cpctrack.render.site.views import Pack, Printed, SiteView, Source, site_view
from cpctrack.store import files, packs
from cpctrack.store.conflicts import require_settled
from cpctrack.store.council import refuse_private, withheld
from cpctrack.store.store import Store
from cpctrack.tasks.publish import refuse_doubtful
from cpctrack.text import one_line

MANIFEST = "cpctrack-site.json"
"""The file that names every other that the site made, and by which a folder is known as a site."""

_HIDDEN = ".cpctrack-"  # what begins the names of what a run that was killed may have left
# Whatever a manifest names, only such files are removed.
_OURS = re.compile(
    r"(?:(?:actions|committees)/[A-Za-z0-9_-]{1,80}|index|all)\.html|feed\.xml|site\.(?:css|js)"
    r"|data\.(?:csv|json)",
    re.ASCII,
)
# What a pack of each view does not print, though the store keeps it of every row.
_NOT_PRINTED = {
    "progress": frozenset[str](),
    "full": frozenset({"due", "due_iso", "agreed_on_iso", "slippage", "reopened"}),
}


class Written(NamedTuple):
    """What was written: the site, its first page, how many files changed or went.

    `left_out` counts the records that are not for the public, for the clerk alone.
    """

    site: SiteView
    first_page: Path
    changed: int
    removed: int
    left_out: int


def write_site(
    held: Sequence[Store], folder: Path, today: date, *, council: str = "", force: bool = False
) -> Written:
    """Write the site of these stores into a folder; one that is killed is mended by the next.

    `force` lets go of committees that a former run has written. Raises `UsageError` for a folder
    that is no site of ours, `RenderError`, or what `lay_out` raises.
    """
    site = lay_out(held, today, council=council)
    contents = dict(pages.files(site))
    try:
        changed, removed = _write(folder, contents, force=force)
    except OSError as error:
        raise RenderError(
            f"The site in {folder} could not be written whole ({reason(error)}); put that right "
            "and run the command again."
        ) from error
    left_out = sum(len(each.records) for each in held) - len(site.page.rows)
    return Written(site, folder / "index.html", changed, removed, left_out)


def lay_out(held: Sequence[Store], today: date, *, council: str = "") -> SiteView:
    """Lay out what the public may see of these stores; `council` is the name of the council.

    Raises `StoreError` for what can't be published as it is.
    """
    for store in held:
        require_settled(store.document)
    refuse_private(held)
    public = []
    hidden = withheld(held)
    for store in held:
        unnamed = hidden - withheld([store])  # of its own, the pages name none
        records_of = (each for each in store.records if not is_withheld(each))
        public.append([links.without(each, unnamed) for each in records_of])
    records = list(chain.from_iterable(public))
    refuse_doubtful(records)
    _refuse_twins(records)
    sources = [_source(store, shown, today) for store, shown in zip(held, public, strict=True)]
    return site_view(sources, today, council=council)


def _refuse_twins(records: Iterable[Record]) -> None:
    uses = Counter(one_line(record.ref).upper() for record in records)
    if twice := [ref for ref, count in uses.items() if count > 1]:
        raise StoreError(
            f"Two actions have the reference {twice[0]}, so nobody could tell whose page it is. "
            "“cpctrack check” says how to put that right."
        )


def _source(store: Store, records: Sequence[Record], today: date) -> Source:
    ids = {record.id for record in records}
    printed: dict[str, dict[str, Printed]] = {}
    published = []
    for each in packs.in_order(store.document):
        rows = [row for row in each.rows if row.record in ids]
        published.append(Pack(each.id, each.meeting, each.name, each.at, len(rows)))
        if each.view not in _NOT_PRINTED:
            continue
        for row in rows:
            kept = row.texts.keys() - _NOT_PRINTED[each.view]
            told = row._replace(texts={name: row.texts[name] for name in kept})
            # A meeting's last pack took the place of those before.
            line = Printed(each.meeting, told.texts, how_it_stood(told))
            printed.setdefault(row.record, {})[each.meeting] = line
    lines = {record: tuple(by_meeting.values()) for record, by_meeting in printed.items()}
    return Source(store.settings, store.calendar(today), records, published, lines, store.owners)


def _write(folder: Path, contents: dict[str, bytes], *, force: bool) -> tuple[int, int]:
    """Put the files in place and remove what is no longer wanted; tell how many of both."""
    manifest = folder / MANIFEST
    if not files.exists(manifest) and _is_taken(folder):
        raise UsageError(
            f"{folder} holds files, and is no site that cpctrack made; name an empty folder or a "
            "new one."
        )
    files.check_name(manifest)
    folder.mkdir(parents=True, exist_ok=True)
    with files.exclusive(manifest):
        files.sweep(manifest)
        former = _former(manifest)
        unwanted = sorted(former - contents.keys())
        _check_committees(folder, unwanted, force=force)
        _check_strangers(folder, contents.keys() - former)
        with files.staged(folder, contents) as (changed, put_in_place):
            # A run that is killed from here on has named whatever it may have written.
            files.write_atomically(manifest, _manifest(former | contents.keys()))
            put_in_place()
        for name in unwanted:
            (folder / name).unlink(missing_ok=True)
        files.write_atomically(manifest, _manifest(contents))
    return changed, len(unwanted)


def _is_taken(folder: Path) -> bool:
    if not files.exists(folder):
        return False
    return not folder.is_dir() or any(
        not path.name.startswith(_HIDDEN) for path in folder.iterdir()
    )


def _check_committees(folder: Path, unwanted: Iterable[str], *, force: bool) -> None:
    """Refuse to forget a committee whose store was perhaps only not named."""
    gone = [Path(name).stem for name in unwanted if name.startswith("committees/")]
    if gone and not force:
        raise UsageError(
            f"The site in {folder} has the committee {' and '.join(gone)} too; name its store as "
            "well, or add --force to remove its pages. Nothing was written."
        )


def _check_strangers(folder: Path, new: Iterable[str]) -> None:
    """Refuse to write over a file that the site has not made, or through a link."""
    linked = [path for path in (folder / "actions", folder / "committees") if path.is_symlink()]
    taken = [folder / name for name in sorted(new) if files.exists(folder / name)]
    if wrong := [*linked, *taken]:
        raise UsageError(
            f"{wrong[0]} is there already, and the site has not made it; move it, or name another "
            "folder. Nothing was written."
        )


def _manifest(names: Iterable[str]) -> bytes:
    told = {"made_by": "cpctrack site", "files": sorted(names)}
    return f"{json.dumps(told, indent=1)}\n".encode()


def _former(manifest: Path) -> set[str]:
    """Name the files that a former run has made; raises `UsageError` where that can't be told."""
    if not (content := files.read_plain(manifest)):
        return set()
    try:
        return {name for name in json.loads(content)["files"] if _OURS.fullmatch(name)}
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"{manifest} is not as cpctrack wrote it, so nobody can tell which files of the folder "
            "are the site’s; name another folder."
        ) from error
