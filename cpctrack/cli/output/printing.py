"""What a document is made of: stores, day, meeting and year, for every command that prints."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cpctrack.cli.context import App
from cpctrack.errors import StoreError, UsageError
from cpctrack.render.documents import FORMATS
from cpctrack.text import counted, fold, one_line

if TYPE_CHECKING:
    from cpctrack.records.model import Record
    from cpctrack.render.views.view import AppendixView
    from cpctrack.store.store import Store

VIEWS = ("full", "progress")

format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    help="The kind of document, where the ending of FILE does not say.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write it, instead of standard output.",
)
view_option = click.option(
    "--view",
    "view_name",
    type=click.Choice(VIEWS),
    default=VIEWS[0],
    show_default=True,
    help="The whole table of a year, or what happened since the formal meeting before.",
)

_PRIVATE = "held in a private store"


class Wanted(NamedTuple):
    """What somebody asked to have printed; `meeting` is ISO, `private` the store of `--with`."""

    view: str = "full"
    year: str = ""
    meeting: str = ""
    include_exempt: bool = False
    private: Path | None = None


def templates_of(store: Path) -> Path:
    """Give the folder, which may be missing, of templates that stand for ours: beside the store."""
    return store.parent / "templates"


class Laid(NamedTuple):
    """What is to be printed, and how many exempt records that might stand in it were left out.

    `earlier` counts the open records of each earlier year that the table of one year has not. The
    numbers are for the clerk alone, so they are no part of the view.
    """

    view: "AppendixView"
    left_out: int
    earlier: Mapping[str, int] = {}


def view_of(app: App, current: "Store", wanted: Wanted) -> Laid:
    """Lay out what is wanted of the store; raises `UsageError`, `StoreError`, `NotFoundError`."""
    from cpctrack.records.progress import formal_days
    from cpctrack.render.views import appendix
    from cpctrack.render.views.frame import Printing, allowed
    from cpctrack.store import conflicts, packs

    _check(wanted)
    conflicts.require_settled(current.document)
    private = _private_records(wanted.private, current)
    meetings = [*current.meetings.values(), *(record.meeting for record in private)]
    if wanted.meeting:
        appendix.check_printed_for(meetings, wanted.meeting, app.today())
    year = appendix.year_to_print(
        meetings,
        current.settings,
        wanted=wanted.year,
        printed_for=wanted.meeting,
        today=app.today(),
    )
    printing = Printing(
        current.settings,
        app.today(),
        wanted.meeting,
        # A meeting that got a pack was held, whether it agreed anything or not.
        formal_days(meetings, packs.meetings(current.document)),
        wanted.include_exempt,
    )
    records = [*current.records, *private]
    if wanted.view == "progress":
        from cpctrack.render.views.progress import progress_view

        return Laid(progress_view(records, printing, year=year), _left_out(records, wanted))
    view = appendix.appendix_view(records, printing, year=year)
    earlier = Counter(
        record.meeting.year
        for record in allowed(records, printing)
        if record.status.is_open and record.meeting.year < year
    )
    return Laid(view, _left_out(appendix.agreed_in(records, printing, year=year), wanted), earlier)


def tell_of_earlier(app: App, laid: Laid) -> None:
    """Tell how many open actions of earlier years the table has not, and how to see them."""
    if laid.earlier:
        of_each = ", ".join(f"{count} of {year}" for year, count in sorted(laid.earlier.items()))
        number, last = counted(sum(laid.earlier.values()), "open action"), max(laid.earlier)
        app.warn(
            f"Not in this table: {number} of earlier years ({of_each}). See them with “cpctrack "
            f"list --open --year {last}”, or print that year's table with “cpctrack appendix "
            f"--year {last}”."
        )


def _left_out(records: "list[Record]", wanted: Wanted) -> int:
    return 0 if wanted.include_exempt else sum(record.exempt for record in records)


def _check(wanted: Wanted) -> None:
    if wanted.private and not wanted.include_exempt:
        raise UsageError(
            f"{wanted.private} is a private store, and nothing in it is for the public; add "
            "--include-exempt, or leave --with out."
        )
    if wanted.year and wanted.view == "progress":
        raise UsageError(
            "The progress report is of every year: what is open goes from one to the next. Leave "
            "--year out."
        )


def _private_records(path: Path | None, public: "Store") -> "list[Record]":
    """Give the records of a private store: each is exempt, whether it says so or not."""
    if path is None:
        return []
    from cpctrack.store import conflicts, store

    private = store.read(path)
    conflicts.require_settled(private.document)
    ours, theirs = public.settings.committee, private.settings.committee
    if fold(ours) != fold(theirs):
        raise StoreError(
            f"{path} is of another committee ({one_line(theirs)}, not {one_line(ours)}); name the "
            "private store of this one with --with."
        )
    return [
        record if record.exempt else record._replace(exempt_paragraph=_PRIVATE)
        for record in private.records
    ]
