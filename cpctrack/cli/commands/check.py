"""``cpctrack check``: what is wrong with the store, all of it at once."""

from collections.abc import Sequence
from itertools import groupby

import click

from cpctrack.check import Problem, find_problems
from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.plan import number_of
from cpctrack.cli.output.writing import print_json
from cpctrack.text import one_line


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /, *, as_json: bool) -> None:
    """Report everything in the store that is damaged, contradictory or needs attention.

    Says nothing and ends with 0 when all is well; else prints every problem with its reference
    and field, the worst first, and ends with 1. It changes nothing.

    \b
    Example:
      cpctrack check --json
    """
    from cpctrack.store import store

    held = store.read(app.store_path())
    problems = find_problems(held.records, held.meetings, held.settings, app.today(), held.document)
    if as_json:
        print_json([problem._asdict() for problem in problems])
    elif problems:
        click.echo(as_text(problems))
    if problems:
        found, among = number_of(len(problems), "problem"), number_of(len(held.records), "record")
        app.say(f"{found} among {among}.")
        ctx.exit(1)


def as_text(problems: Sequence[Problem]) -> str:
    """Write problems under the heading of their tier: reference, field and message a line each."""
    width = max(len(one_line(problem.ref)) for problem in problems)
    blocks = []
    for tier, group in groupby(problems, key=lambda problem: problem.tier):
        lines = [
            f"  {one_line(each.ref):{width}}  {one_line(f'{each.field}: {each.message}')}"
            for each in group
        ]
        blocks.append("\n".join([tier.words, *lines]))
    return "\n\n".join(blocks)
