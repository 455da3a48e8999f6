"""``cpctrack list``: which records answer a question."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import page, print_json, window
from cpctrack.cli.types import MeetingDay, OneLine, OneOf, Owner, StatusWord, Year
from cpctrack.dates import long_date
from cpctrack.records.model import Status
from cpctrack.records.owners import together
from cpctrack.records.query import Dated, Order, Query, arranged

if TYPE_CHECKING:
    from cpctrack.store.store import Store

MOST_DAYS = 3660
NO_ACTIONS = "There are no actions yet. Add one: cpctrack add; a table: cpctrack import FILE"
_OPTIONS = {"statuses": "status"}


@click.command()
@click.option("--status", "statuses", type=StatusWord(), multiple=True, metavar="STATUS",
              help="Actions of this status; repeat it for several.")  # fmt: skip
@click.option("--owner", type=Owner(), metavar="NAME", help="Part of an owner's name.")
@click.option("--service", type=OneLine(), metavar="NAME",
              help="Part of the name of an owner's service.")  # fmt: skip
@click.option("--meeting", type=MeetingDay(), metavar="DATE", help="Agreed at this meeting.")
@click.option("--year", type=Year(), metavar="2022/23", help="Of this municipal year.")
@click.option("--search", type=OneLine(), metavar="TEXT", help="With this in any of their texts.")
@click.option("--overdue", is_flag=True, help="Due before today and not done.")
@click.option("--due-within", type=click.IntRange(0, MOST_DAYS), metavar="DAYS",
              help="Due today or within so many days from today, and not done.")  # fmt: skip
@click.option("--open", "--unfinished", "open_", is_flag=True, help="All that is not finished.")
@click.option("--needs-attention", is_flag=True,
              help="Overdue, unanswered, undated, or waiting for the committee.")  # fmt: skip
@click.option("--unanswered", is_flag=True, help="Its owner was asked, and has not answered.")
@click.option("--extended", is_flag=True,
              help="Its owner asked for more time, and no meeting has granted it.")  # fmt: skip
@click.option("--asked-before", type=MeetingDay(), metavar="DATE",
              help="Its owner was last asked before this day.")  # fmt: skip
@click.option("--sort", "order", type=OneOf(Order, "way to sort"), metavar=f"[{'|'.join(Order)}]",
              help="In this order; else a table has what is longest overdue first.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(
    app: App,
    /,
    *,
    statuses: tuple[Status, ...],
    open_: bool,
    order: Order | None,
    as_json: bool,
    **given: Any,
) -> None:
    """List actions: a table on a terminal, tab-separated lines in a pipe.

    Of several stores, or of a folder of them, it lists one committee after the other.

    Filters combine: an action must answer them all. Case and accents do not matter.

    \b
    Example:
      cpctrack list --open --owner "virtual school"
    """
    held = app.stores()
    records = [record for each in held for record in each.records]
    query = Query(
        statuses=frozenset(statuses),
        owner=given["owner"] or "",
        service=given["service"] or "",
        meeting=given["meeting"] or "",
        year=given["year"] or "",
        search=given["search"] or "",
        overdue=given["overdue"],
        open=open_,
        due_within=given["due_within"],
        needs_attention=given["needs_attention"],
        unanswered=given["unanswered"],
        asked_before=given["asked_before"] or "",
        extended=given["extended"],
        owners=together(each.owners for each in held),
    )
    query.refuse_unknown(records)
    as_table = not as_json and window()
    order = order or (Order.DUE if as_table else None)
    found: list[Dated] = []
    for each in held:
        calendar, committee = each.calendar(app.today()), each.settings.committee
        chosen = [Dated(one, calendar, committee) for one in query.select(each.records, calendar)]
        found += arranged(chosen, order) if order else chosen
    if not found and (records or as_table):
        app.say(_why_none(query, held, app.today()))
    if as_json:
        from cpctrack.store.contract import to_json

        print_json(
            [
                to_json(record, calendar, committee=name, owners=query.owners)
                for record, calendar, name in found
            ]
        )
    elif as_table:
        from cpctrack.render.screen import terminal

        page(terminal.table(found, as_table) if found else (), app)
    else:
        from cpctrack.render.screen import plain

        sys.stdout.writelines(plain.tsv(found))


def _why_none(query: Query, held: "Sequence[Store]", today: date) -> str:
    """Say which meetings or years there are, or without which of the options there is something."""
    records = [record for each in held for record in each.records]
    if not records:
        return NO_ACTIONS
    years = sorted({record.meeting.year for record in records})
    days = {record.meeting.date for record in records}
    if query.year and query.year not in years:
        return f"There is nothing of {query.year}, only of {', '.join(years)}."
    if query.meeting and query.meeting not in days:
        return f"There is nothing of a meeting on {long_date(query.meeting)}."
    usual = query._field_defaults
    given = [name for name in usual if name != "owners" and getattr(query, name) != usual[name]]
    for name in given if len(given) > 1 else ():
        wider = query._replace(**{name: usual[name]})
        if any(wider.select(each.records, each.calendar(today)) for each in held):
            option = _OPTIONS.get(name) or name.replace("_", "-")
            return f"Nothing found. Try without --{option}."
    return "Nothing found."
