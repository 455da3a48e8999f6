"""``cpctrack merge-driver``: what git runs when two clones have both changed the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.wording import field_words, renumbered_words, twin_words
from cpctrack.errors import CpctrackError

if TYPE_CHECKING:
    from cpctrack.sharing.merge import Merged
    from cpctrack.store.codec import Document

_CONFLICTS = 1
_FAILED = 2  # git then writes its own conflict markers, so that neither side is lost
_MOST_TOLD = 10

_file = click.Path(path_type=Path)


@click.command()
@click.argument("base", type=_file)
@click.argument("ours", type=_file)
@click.argument("theirs", type=_file)
@click.argument("marker", metavar="MARKER", expose_value=False)
@click.argument("path", metavar="PATH")
@click.pass_context
@pass_app
def command(
    app: App, ctx: click.Context, /, *, base: Path, ours: Path, theirs: Path, path: str
) -> None:
    """Merge two versions of the store; git runs this, once “cpctrack git-setup” has told it to.

    BASE, OURS and THEIRS are files; the result goes into OURS. MARKER is not used, PATH is the
    store's name in messages. Ends with 0 where all was merged, with 1 where conflicts are left
    for “cpctrack resolve”, and with 2, the files untouched, where it could not merge.

    \b
    Example:
      cpctrack merge-driver actions.json actions.json actions.json 7 actions.json
    """
    try:
        merged = _merge(app, base, ours, theirs)
        _write(ours, merged)
    # Whatever happens: an exit of 1 would pass for a merge, and lose one of the sides.
    except (CpctrackError, OSError) as error:
        app.warn(f"cpctrack could not merge {path}. {error}")
        ctx.exit(_FAILED)
    except (Exception, KeyboardInterrupt) as error:
        app.warn(f"cpctrack could not merge {path}: it stopped with {error!r}.")
        ctx.exit(_FAILED)
    _tell(app, merged, path)
    ctx.exit(_CONFLICTS if merged.conflicts else 0)


def _merge(app: App, base: Path, ours: Path, theirs: Path) -> "Merged":
    from cpctrack.sharing.merge import three_way

    author = app.author("merge", Path.cwd())
    documents = [_read(file, name) for file, name in _named(base, ours, theirs)]
    return three_way(*documents, at=author.at, by=author.by)


def _named(base: Path, ours: Path, theirs: Path) -> list[tuple[Path, str]]:
    # git's temporary names would say nothing to anybody; in a rebase “ours” is upstream.
    return [
        (base, "The version both began with"),
        (ours, "The version git calls ours"),
        (theirs, "The version git calls theirs"),
    ]


def _read(file: Path, name: str) -> "Document":
    from cpctrack.store import migrations
    from cpctrack.store.storage import parse_canonical

    content = file.read_bytes()
    if not content and name.startswith("The version both"):
        return {}  # both sides added the file
    return migrations.upgrade(parse_canonical(content, name))


def _write(ours: Path, merged: "Merged") -> None:
    from cpctrack.store import canonical
    from cpctrack.store.files import write_atomically

    write_atomically(ours, canonical.dumps(merged.document))


def _tell(app: App, merged: "Merged", path: str) -> None:
    for line in twin_words(merged.twins):
        app.warn(line)
    for record in merged.renumbered:
        app.warn(renumbered_words(record))
    for ref, message in merged.exposed:
        app.warn(f"{ref}: {message}")
    if not merged.conflicts:
        return
    told = [f"{each.ref} ({_in_words(each.clash.field)})" for each in merged.conflicts]
    more = len(told) - _MOST_TOLD
    listed = ", ".join(told[:_MOST_TOLD]) + (f" and {more} more" if more > 0 else "")
    app.warn(
        f"{path}: what two people changed does not fit together: {listed}. See it with “cpctrack "
        "conflicts”, settle it with “cpctrack resolve”, then add the file and commit."
    )


def _in_words(field: str) -> str:
    return field_words(field) if field else "changed by one, removed by the other"
