"""``cpctrack init``: begin a store."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import OneLine
from cpctrack.dates import DEFAULT_YEAR_STARTS, parse_year_starts
from cpctrack.errors import DateError, UsageError
from cpctrack.records.model import Settings
from cpctrack.store.files import STORE_NAME


@click.command()
@click.option("--committee", type=OneLine(), metavar="NAME",
              help="Its full name; asked for on a terminal.")  # fmt: skip
@click.option("--prefix", type=OneLine(), metavar="CPC",
              help="What references begin with; the committee's initials unless you say otherwise."
              )  # fmt: skip
@click.option("--year-starts", metavar="MM-DD", default=DEFAULT_YEAR_STARTS, show_default=True,
              help="The council's annual meeting, which begins the municipal year.")  # fmt: skip
@pass_app
def command(app: App, /, *, committee: str | None, prefix: str | None, year_starts: str) -> None:
    """Begin a new, empty store for one committee.

    It is the file actions.json in this folder, or the one named with --store. A store that is
    there already is never overwritten.

    \b
    Example:
      cpctrack --store new.json init --committee "Licensing Committee"
    """
    from cpctrack.cli.commands import git_setup
    from cpctrack.records.refs import parse_prefix, prefix_from
    from cpctrack.store import store

    if committee is None and app.interactive:
        from cpctrack.cli.dialogue.asking import prompt

        committee = prompt("Full name of the committee", type=OneLine())
        offered = prefix or prefix_from(committee)
        prefix = prompt("What its references begin with", default=offered, type=OneLine())
    if not committee:
        raise UsageError('Which committee? Add --committee "NAME".')
    try:
        starts = parse_year_starts(year_starts)
    except DateError as error:
        raise UsageError(str(error)) from error
    settings = Settings(
        committee=committee,
        prefix=parse_prefix(prefix) if prefix else prefix_from(committee),
        year_starts=starts,
    )
    named = app.named_stores()
    if len(named) > 1:
        raise UsageError("A new store is one file; give --store once.")
    path = named[0] if named else Path.cwd() / STORE_NAME
    if path.is_dir():
        path = path / STORE_NAME
    store.initialise(path, settings)
    app.say(
        f"Made {path} for the {committee}; its references begin with {settings.prefix}. "
        "Next: “cpctrack add” or “cpctrack import FILE”."
    )
    git_setup.offer(app, path)
