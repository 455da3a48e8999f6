"""``cpctrack update``: new values for one or many records."""

from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.options import fields_of, is_given, record_options
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.types import NewOwner, OneLine, Owner, Reference
from cpctrack.dates import long_date
from cpctrack.errors import UsageError
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELDS, Record
from cpctrack.records.owners import Owners
from cpctrack.render.screen.plain import in_short, label, once
from cpctrack.text import one_line

_DATES = names_of(FIELDS, Holds.DATE)


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, required=True, metavar="REF...")
@record_options
@click.option("--add-owner", "added", type=NewOwner(), multiple=True, metavar="NAME",
              help="Whom it is referred to as well; repeat it for several.")  # fmt: skip
@click.option("--remove-owner", "removed", type=Owner(), multiple=True, metavar="NAME",
              help="To whom it is no longer referred.")  # fmt: skip
@click.option("--remove-evidence", "no_evidence", type=OneLine(), multiple=True, metavar="TEXT",
              help="What does not show that it is done.")  # fmt: skip
@pass_app
def command(app: App, /, *, refs: tuple[str, ...], **given: Any) -> None:
    """Change one or many actions: the same for all, in all or in none.

    An empty text ("") clears a field. --owner names all who own it from now on; --add-owner and
    --remove-owner leave the others; --evidence adds. On a terminal, one REF without options
    opens the action in your editor.

    \b
    Example:
      cpctrack update 2324-7 --response "Note sent to Members." --status proposed
    """
    from cpctrack.tasks.update import Changes, update

    path = app.store_path(*refs)
    shown = None
    if not any(is_given(value) for value in given.values()):
        if len(refs) != 1 or not app.interactive:
            raise UsageError(
                "Say what to change, as in --response TEXT or --status STATUS; on a terminal one "
                "reference alone opens your editor."
            )
        from cpctrack.cli.dialogue.editing import ask
        from cpctrack.store import store

        shown = store.read(path).find(refs[0])
        typed = ask(shown)
        if not typed:
            app.say("Nothing was changed.")
            return
        given |= typed
        if "evidence" in typed:  # the form has all of it
            given["no_evidence"] = shown.evidence
    changes = Changes(
        fields_of(given),
        given["added"],
        given["removed"],
        given["no_evidence"],
        given["meeting"] or "",
        given["type_"],
        given["year"] or "",
    )
    changed, current = update(path, refs, changes, app.author("update"), shown=shown)
    for record, new in changed:
        app.say(_what_changed(record, new, current.owners))
    notice(app, current, [new for record, new in changed if new is not record])


def _what_changed(record: Record, new: Record, book: Owners) -> str:
    from cpctrack.tasks.update import in_a_row

    lines = new.history[len(record.history) :]
    if not lines:
        return f"{record.ref} already says so."
    parts = []
    for line in once(lines):
        after = line.after if isinstance(line.after, str) else "; ".join(line.after)
        after = long_date(after) if line.what in _DATES else after
        told = f"{label(line.what)} “{one_line(after)}”" if after else f"{label(line.what)} cleared"
        parts.append(in_short(line) or told)
    gone = {book.canonical(name).casefold(): name for name in record.owners}
    for name in new.owners:
        gone.pop(book.canonical(name).casefold(), None)
    left = f"\n{record.ref}: no longer with {in_a_row(gone.values())}." if gone else ""
    return f"{record.ref}: {', '.join(parts)}.{left}"
