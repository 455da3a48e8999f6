"""``cpctrack`` alone: what is to be done now, and how each of it is listed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from cpctrack.cli.commands.list_ import NO_ACTIONS
from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import window
from cpctrack.dates import find_date, length_in_words, long_date, weekday_date
from cpctrack.errors import StoreError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Status
from cpctrack.records.query import Dated, Query
from cpctrack.tasks.check import problems_of
from cpctrack.text import counted, one_line, shorten

if TYPE_CHECKING:
    from cpctrack.store.store import Store

_LONGEST = 3
_OWNER = 16
_QUERIES = {
    "overdue": Query(overdue=True),
    "unanswered": Query(unanswered=True),
    "proposed": Query(statuses=frozenset({Status.PROPOSED})),
    "extended": Query(extended=True),
    "unfinished": Query(open=True),
}
_TO_DO = {
    "overdue": ("overdue", "list --overdue"),
    "unanswered": ("asked, not answered", "list --unanswered"),
    "proposed": ("reported done, to be agreed", "list --status proposed"),
    "extended": ("more time, to be agreed", "list --extended"),
    "problems": ("problems", "check"),
}


@click.command()
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /) -> None:
    """Show what is to be done now, or count it in a pipe; where there is no store, the help."""
    try:
        app.store_paths()
    except StoreError:
        if app.named_stores():
            raise
        click.echo(ctx.find_root().get_help())
        click.echo("\nTo begin in this folder: cpctrack init")
        return
    held = [(each, each.calendar(app.today())) for each in app.stores()]
    found = {
        name: [
            Dated(record, calendar)
            for each, calendar in held
            for record in query.select(each.records, calendar)
        ]
        for name, query in _QUERIES.items()
    }
    counts = {name: len(records) for name, records in found.items()}
    counts["problems"] = len(problems_of([each for each, _ in held], app.today()))
    if not (width := window()):
        click.echo("\n".join(f"{name}\t{number}" for name, number in counts.items()))
        return
    for line in _screen(held, counts, found["overdue"], width):
        click.echo(line)


def _screen(
    held: "Sequence[tuple[Store, Calendar]]",
    counts: Mapping[str, int],
    late: Sequence[Dated],
    width: int,
) -> Iterator[str]:
    yield from _heading(held, width)
    if not any(store.records for store, _ in held):
        yield f"\n{NO_ACTIONS}"
        return
    yield "\nTo do now"
    for name, (words, typed) in _TO_DO.items():
        if counts[name] or name == "problems":
            said = words.removesuffix("s") if counts[name] == 1 else words
            line = f"{counts[name]:4}  {said:<29}"
            red = name == "overdue"
            yield click.style(line, fg="red" if red else None, bold=red) + f"cpctrack {typed}"
    if late:
        from cpctrack.render.screen.terminal import refs_of, without_owner

        yield "\nLongest overdue"
        longest = sorted(late, key=lambda one: -one.days_late)[:_LONGEST]
        for each, ref in zip(longest, refs_of(longest), strict=True):
            record, long = each.record, length_in_words(each.days_late)
            owner = shorten(record.referred_to, _OWNER)
            start = f"  {ref}  {long:<9}  {owner:<{_OWNER}}  "
            yield start + shorten(without_owner(record), max(_OWNER, width - len(start)))
    are = "is" if counts["unfinished"] == 1 else "are"
    words = f"{counted(counts['unfinished'], 'action')} {are} not finished."
    yield f"\n{words} All commands: cpctrack help"


def _heading(held: "Sequence[tuple[Store, Calendar]]", width: int) -> Iterator[str]:
    """Say whose actions these are, what day it is, and which formal meeting comes next."""
    today = held[0][1].today
    first, *others = (one_line(store.settings.committee) for store, _ in held)
    whose = f"{first} and {counted(len(others), 'other committee')}" if others else first
    day = weekday_date(today.isoformat())
    room = width - len(whose)
    yield click.style(whose, bold=True) + (f"{day:>{room}}" if room > len(day) + 1 else f"\n{day}")
    coming = {calendar.next_formal: store for store, calendar in held if calendar.next_formal}
    if coming and (on := find_date(min(coming))):
        whose = f" of the {one_line(coming[min(coming)].settings.committee)}" if others else ""
        days = (on - today).days
        when = f"in {length_in_words(days)}" if days else "today"
        yield f"Next formal meeting{whose}: {long_date(min(coming))}, {when}"
