"""``cpctrack answer``: going through what is unanswered, by hand."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import Owner, Reference
from cpctrack.errors import UsageError


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, metavar="[REF...]")
@click.option("--owner", type=Owner(), metavar="NAME", help="Only what is with this owner.")
@pass_app
def command(app: App, /, *, refs: tuple[str, ...], owner: str | None) -> None:
    """Type in what owners answered, action by action.

    Goes through what was asked and is not answered yet; where nobody was asked, through
    unfinished actions not heard of since the last formal meeting. A text is pasted and ended by a
    line with a dot, then each key is a step: save, edit, status, date.

    \b
    Example:
      cpctrack answer --owner "Head of Fostering"
    """
    if not app.interactive:
        raise UsageError(
            "On a terminal this asks; here use “cpctrack update REF --response TEXT”, or pipe the "
            "text into “cpctrack update REF --response -”."
        )
    from cpctrack.cli.dialogue.answering import AnswerWalk, finish
    from cpctrack.replies.answer import Answer
    from cpctrack.store import council
    from cpctrack.tasks import replies
    from cpctrack.tasks.owners import find, survey

    held, today = app.stores(), app.today()
    if refs:
        chosen = [council.holder(held, [ref]).find(ref) for ref in refs]
    elif owner:
        chosen = replies.unanswered(find(survey(held, today), owner).actions)
    else:
        chosen = replies.unanswered(replies.open_actions(held, today))
    if not chosen:
        app.say("Everything has been answered.")
        return
    asked = [Answer(each.ref, "", date=today.isoformat()) for each in chosen]
    decided = AnswerWalk(asked, held, app.author("answer"), typed=True).go()
    finish(app, replies.save(held, decided, app.author("answer")), decided)
