"""Writing what is to come into a calendar file: due dates, days of reply, meetings."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cpctrack.errors import StoreError
from cpctrack.records.owners import together
from cpctrack.records.query import Query
from cpctrack.render.export import calendar
from cpctrack.store.store import Store
from cpctrack.tasks import handing_out
from cpctrack.text import counted


def write(
    held: Sequence[Store],
    target: Path,
    today: date,
    *,
    owner: str = "",
    include_exempt: bool = False,
    force: bool = False,
) -> tuple[calendar.Events, int]:
    """Write the calendar of these stores, of the actions of an owner if part of a name is given.

    Gives what is in it, and how many exempt records were left out. Raises `UsageError`,
    `StoreError`, `RenderError`, or `NotFoundError` for an owner of nothing.
    """
    chosen = handing_out.parts(held, include_exempt=include_exempt, with_asked=True)
    query = Query(open=True, owner=owner, owners=together(each.owners for each in held))
    query.refuse_unknown([record for part in chosen for record in part.records])
    found = calendar.events([part.source(today) for part in chosen], query)
    everything = [*found.due, *found.replies, *found.meetings]
    if not everything:
        raise StoreError(
            "No unfinished action names a day and no meeting is known, so a calendar would be "
            "empty. Nothing was written."
        )
    name = held[0].settings.committee if len(held) == 1 else counted(len(held), "committee")
    content = calendar.written(everything, f"{name}: actions", internal=include_exempt)
    handing_out.put_in_place({target: content}, [each.path for each in held], force=force)
    return found, handing_out.left_out(chosen)
