"""``cpctrack list``: which records answer a question."""

import sys
from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json, window
from cpctrack.cli.types import MeetingDay, OneLine, Owner, StatusWord, Year
from cpctrack.dates import long_date
from cpctrack.records.model import Record, Status
from cpctrack.records.owners import together
from cpctrack.records.query import Dated, Query

MOST_DAYS = 3660


@click.command()
@click.option("--status", "statuses", type=StatusWord(), multiple=True, metavar="STATUS",
              help="Records of this status; repeat it for several.")  # fmt: skip
@click.option("--owner", type=Owner(), metavar="NAME", help="Part of an owner's name.")
@click.option("--service", type=OneLine(), metavar="NAME",
              help="Part of the name of an owner's service.")  # fmt: skip
@click.option("--meeting", type=MeetingDay(), metavar="DATE", help="Agreed at this meeting.")
@click.option("--year", type=Year(), metavar="2022/23", help="Of this municipal year.")
@click.option("--search", type=OneLine(), metavar="TEXT", help="With this in any of their texts.")
@click.option("--overdue", is_flag=True, help="Due before today and not done.")
@click.option("--due-within", type=click.IntRange(0, MOST_DAYS), metavar="DAYS",
              help="Due today or within so many days from today, and not done.")  # fmt: skip
@click.option("--open", "open_", is_flag=True, help="All that still needs somebody.")
@click.option("--needs-attention", is_flag=True,
              help="Overdue, unanswered, undated, or waiting for the committee.")  # fmt: skip
@click.option("--unanswered", is_flag=True, help="Its owner was asked, and has not answered.")
@click.option("--asked-before", type=MeetingDay(), metavar="DATE",
              help="Its owner was last asked before this day.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(
    app: App, /, *, statuses: tuple[Status, ...], open_: bool, as_json: bool, **given: Any
) -> None:
    """List records: a table on a terminal, tab-separated lines in a pipe.

    Of several stores, or of a folder of them, it lists one committee after the other.

    Filters combine: a record must answer them all. Case and accents do not matter.

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
        owners=together(each.owners for each in held),
    )
    query.refuse_unknown(records)
    found = [
        Dated(record, calendar, each.settings.committee)
        for each in held
        for calendar in (each.calendar(app.today()),)
        for record in query.select(each.records, calendar)
    ]
    if records and not found:
        app.say(_why_none(query, records))
    if as_json:
        from cpctrack.store.contract import to_json

        print_json(
            [
                to_json(record, calendar, committee=name, owners=query.owners)
                for record, calendar, name in found
            ]
        )
    elif window():
        from cpctrack.render.screen import terminal

        terminal.print_table(found, late=query.overdue or query.due_within is not None)
    else:
        from cpctrack.render.screen import plain

        sys.stdout.writelines(plain.tsv(found))


def _why_none(query: Query, records: list[Record]) -> str:
    """Say which meetings or years there are, where one was asked for that is not among them."""
    years = sorted({record.meeting.year for record in records})
    days = sorted({record.meeting.date for record in records})
    if query.year and query.year not in years:
        return f"The store has nothing of {query.year}; it has {', '.join(years)}."
    if query.meeting and query.meeting not in days:
        return f"The store has nothing of a meeting on {long_date(query.meeting)}."
    return "No record answers all of that."
