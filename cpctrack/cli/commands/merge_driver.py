"""``cpctrack merge-driver``: what git runs when two clones have both changed the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.errors import CpctrackError
from cpctrack.store.conflicts import field_words

if TYPE_CHECKING:
    from cpctrack.sharing.merge import Merged

_CONFLICTS = 1
_FAILED = 2  # git then writes its own conflict markers, so that neither side is lost
_MOST_TOLD = 10

_file = click.Path(path_type=Path)


@click.command(hidden=True)
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
        from cpctrack.tasks.merge import merge_files

        merged = merge_files(base, ours, theirs, app.author("merge", Path.cwd()))
    # Whatever happens: an exit of 1 would pass for a merge, and lose one of the sides.
    except (CpctrackError, OSError) as error:
        app.warn(f"cpctrack could not merge {path}. {error}")
        ctx.exit(_FAILED)
    except (Exception, KeyboardInterrupt) as error:
        app.warn(f"cpctrack could not merge {path}: it stopped with {error!r}.")
        ctx.exit(_FAILED)
    _tell(app, merged, path)
    ctx.exit(_CONFLICTS if merged.conflicts else 0)


def _tell(app: App, merged: "Merged", path: str) -> None:
    from cpctrack.cli.output.conflicts import merged_words

    for line in merged_words(merged):
        app.warn(line)
    for ref, message in merged.exposed:
        app.warn(f"{ref}: {message}")
    if not merged.conflicts:
        return
    gone = "changed by one, removed by the other"
    told = [
        f"{each.ref} ({field_words(each.clash.field) if each.clash.field else gone})"
        for each in merged.conflicts
    ]
    more = len(told) - _MOST_TOLD
    listed = ", ".join(told[:_MOST_TOLD]) + (f" and {more} more" if more > 0 else "")
    app.warn(
        f"{path}: what two people changed does not fit together: {listed}. See it with “cpctrack "
        "conflicts”, settle it with “cpctrack resolve”, then add the file and commit."
    )
