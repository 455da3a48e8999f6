"""``cpctrack resolve``: say what is right where a merge could not choose."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import Line, Reference, Text
from cpctrack.errors import UsageError


@click.command()
@click.argument("ref", type=Reference(), required=False)
@click.argument("field", type=Line(), required=False)
@click.option("--ours", is_flag=True, help="Take what git calls ours.")
@click.option("--theirs", is_flag=True, help="Take what git calls theirs.")
@click.option("--base", is_flag=True, help="Take what it was before either change.")
@click.option("--value", type=Text(), help="Take this instead, as “cpctrack update” would.")
@click.option(
    "--from-git",
    is_flag=True,
    help="Merge the store again from the versions git keeps, after a merge without cpctrack.",
)
@pass_app
def command(
    app: App,
    /,
    *,
    ref: str | None,
    field: str | None,
    value: str | None,
    from_git: bool,
    **sides: bool,
) -> None:
    """Settle a conflict that a merge has left: say which side of it is right, or what is.

    “cpctrack conflicts” names each REF and FIELD; the field “record” is a record that one side
    removed. On a terminal, without a FIELD, it goes through all conflicts, or those of REF, and
    asks. What you choose is written into the record's history.

    \b
    Example:
      cpctrack resolve --help
    """
    chosen = [side for side, given in sides.items() if given]
    if from_git:
        if ref or chosen or value is not None:
            raise UsageError("--from-git goes alone; settle what is left afterwards.")
        from cpctrack.cli.dialogue.from_git import rebuild_from_git

        rebuild_from_git(app, app.store_path())
        return
    from cpctrack.cli.dialogue import choosing

    if len(chosen) + (value is not None) > 1:
        raise UsageError("Give one of --ours, --theirs, --base and --value.")
    side = "".join(chosen)
    if field and not side and value is None and not app.interactive:
        raise UsageError("Say what is right: --ours, --theirs, --base or --value TEXT.")
    if (side or value is not None) and not field:
        raise UsageError("Name the record and the field too, as “cpctrack conflicts” shows them.")
    if side or value is not None:
        choosing.settle_one(app, ref or "", field or "", choosing.Choice(side, value or ""))
    else:
        choosing.settle_all(app, ref or "", field or "")
