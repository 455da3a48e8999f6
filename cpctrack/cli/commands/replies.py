"""``cpctrack replies``: what owners answered, from their e-mails and forms."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json, window

_WIDTH = 80  # of a plan in a pipe


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...",
                type=click.Path(exists=True, path_type=Path))  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what was read, and save nothing.")
@click.option("--yes", is_flag=True, help="Save what is certain, and ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(
    app: App, /, *, files: tuple[Path, ...], dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Take in owners' answers: e-mails, pasted texts and forms.

    On a terminal each answer is shown below its action, and one key saves it, changes it or leaves
    it for later. Of a folder its own files are read, not those of folders in it. What was taken in
    before is known, so the same files can be read again.

    \b
    Example:
      cpctrack replies inbox/ --dry-run
    """
    from cpctrack.cli.dialogue.answering import AnswerWalk, finish
    from cpctrack.cli.dialogue.confirming import check_answer
    from cpctrack.cli.output import replies as output
    from cpctrack.tasks import replies

    held = app.stores()
    found = replies.read(files, held, app.today())
    taken = replies.taken_in(found.answers, held)
    new = [each for each in found.answers if each not in taken]
    author = app.author("replies")
    if app.interactive and not (dry_run or yes or as_json):
        told = "\n".join([output.summary(found, taken), *output.nothing(found)])
        app.say(click.unstyle(told))
        decided = AnswerWalk(new, held, author, typed=False).go()
        author = app.author("replies")
        finish(app, replies.save(held, decided, author), decided, len(new) - len(decided))
        return
    records = {record.ref: record for each in held for record in each.records}
    decided = [replies.decision_of(each, records[each.ref]) for each in new if not each.unclear]
    saved = replies.save(held, decided, author) if yes and not dry_run else None
    try:
        if as_json:
            print_json(output.as_json(found, taken, saved))
        else:
            click.echo("\n".join(output.in_words(found, taken, records, window() or _WIDTH)))
    finally:
        if saved is not None:
            finish(app, saved, decided, len(new) - len(decided))
    check_answer(app, given=dry_run or yes)
    if dry_run:
        app.say("Only shown, as --dry-run asks: nothing was saved.")
