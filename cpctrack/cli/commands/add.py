"""``cpctrack add``: take in one action."""

from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.asking import check_day, complete, draft_of, unknown_owner
from cpctrack.cli.options import record_options
from cpctrack.cli.output.noticing import notice
from cpctrack.records.decisions import require_coming
from cpctrack.records.model import agreed


@click.command()
@record_options
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Add an action, recommendation or decision, and print its reference.

    On a terminal it asks for what is missing, shows the action and asks before saving.

    \b
    Example:
      cpctrack add --meeting 2024-03-13 --type formal --item "Item 5. Fostering" \\
        --action "The Head of Fostering would provide a briefing note." \\
        --owner "Head of Fostering" --due "30 April 2024"
    """
    from cpctrack.store import store

    path = app.store_path()
    needed = (given["meeting"], given["type_"], given["item"], agreed(given))
    if app.interactive and not all(needed):
        given = complete(store.read(path), given, app)
    elif app.interactive:
        check_day(given["meeting"], app)
    author = app.author("add")  # it may ask git, which nobody else should wait for
    with store.editing(path) as current:
        require_coming(given["goes_to"] or "", current.meetings.values(), author.at[:10])
        draft = draft_of(current, given)
        warning = unknown_owner(current, draft)
        record = current.add(draft, author)
    if warning:
        app.say(warning)
    if record.exempt:
        app.warn(
            f"{record.ref} is exempt and stays out of public documents, but not out of this file: "
            "whoever has it, or its history in git, can read it. Where that is too many, keep such "
            "business in a second, private store: see docs/documents.md."
        )
    notice(app, current, [record], asked=app.interactive)
    try:
        click.echo(record.ref)
    except OSError:
        app.warn(f"{record.ref} is saved.")
        raise
