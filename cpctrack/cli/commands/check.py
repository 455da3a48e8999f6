"""``cpctrack check``: what is wrong with the store, all of it at once."""

from collections.abc import Sequence
from itertools import groupby

import click

from cpctrack.check import Tier
from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.plan import number_of
from cpctrack.cli.output.writing import page, print_json
from cpctrack.records.model import FIELDS
from cpctrack.store.conflicts import field_words
from cpctrack.tasks.check import Told, problems_of
from cpctrack.text import one_line

_LABELS = {field.name: field.label for field in FIELDS} | {"year": "Municipal year"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /, *, as_json: bool) -> None:
    """Report everything in the store that is damaged, contradictory or needs attention.

    Says nothing and ends with 0 when all is well; else prints every problem with its reference
    and what it is about, the worst first, and ends with 1. It changes nothing. Of several stores,
    or of a folder of them, it tells of all.

    \b
    Example:
      cpctrack check --json
    """
    held = app.stores()
    told = problems_of(held, app.today())
    if as_json:
        print_json(
            [each.problem._asdict() | {"committee": each.settings.committee} for each in told]
        )
    elif told:
        page([as_text(told, several=len(held) > 1), "\n"], app)
    if told:
        records = sum(len(each.records) for each in held)
        found, among = number_of(len(told), "problem"), number_of(records, "action")
        app.say(f"{found} among {among}.")
        ctx.exit(1)


def _called(field: str) -> str:
    """Name what a problem is about, as it is printed."""
    return _LABELS.get(field) or field_words(field).capitalize()


def as_text(told: Sequence[Told], *, several: bool) -> str:
    """Write problems under the heading of their tier: reference, label and message a line each."""
    rank = list(Tier)
    lines = [
        (tier, one_line(each.where if several else ref), one_line(f"{_called(field)}: {message}"))
        for each in told
        for _, tier, ref, field, message in (each.problem,)
    ]
    lines.sort(key=lambda line: rank.index(line[0]))
    width = max(len(where) for _, where, _ in lines)
    blocks = [
        "\n".join([tier.words, *(f"  {where:{width}}  {message}" for _, where, message in group)])
        for tier, group in groupby(lines, key=lambda line: line[0])
    ]
    return "\n\n".join(blocks)
