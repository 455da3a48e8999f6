"""Laying out what a document shows of a store, and making the document."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import StoreError, UsageError
from cpctrack.records.model import Record
from cpctrack.records.rolling import carried_over
from cpctrack.render import documents
from cpctrack.render.documents import FORMATS, Format
from cpctrack.render.views import appendix
from cpctrack.render.views.frame import Printing, allowed
from cpctrack.render.views.view import AppendixView
from cpctrack.store import store
from cpctrack.store.conflicts import require_settled
from cpctrack.store.store import Store
from cpctrack.text import fold, one_line

_PRIVATE = "held in a private store"


class PrintRequest(NamedTuple):
    """What somebody asked to have printed.

    `meeting` is ISO, `private` the store of `--with`, `layout` the name of one beside the store;
    `carried` says that a year's table ends with what is open of earlier years.
    """

    view: str = "full"
    year: str = ""
    meeting: str = ""
    include_exempt: bool = False
    private: Path | None = None
    layout: str = ""
    carried: bool = True


class Laid(NamedTuple):
    """What is to be printed, and how many exempt records that might stand in it were left out.

    `earlier` counts the open records of each earlier year that the table of one year has not. The
    numbers are for the clerk alone, so they are no part of the view.
    """

    view: AppendixView
    left_out: int
    earlier: Mapping[str, int] = {}


def templates_of(path: Path) -> Path:
    """Give the folder, which may be missing, of templates that stand for ours: beside the store."""
    return path.parent / "templates"


def lay_out(current: Store, wanted: PrintRequest, today: date) -> Laid:
    """Lay out what is wanted of the store; raises `UsageError`, or another for what is wrong."""
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
    if not wanted.carried and wanted.view == "progress":
        raise UsageError(
            "The progress report is of every year, so nothing in it is carried over; leave "
            "--no-carried out."
        )
    if wanted.layout and wanted.view == "progress":
        raise UsageError(
            "The progress report has columns of its own; leave --view progress or --layout out."
        )
    layout = None
    if wanted.layout:
        from cpctrack.tasks.layouts import layout_named

        layout = layout_named(current.path, wanted.layout)
    require_settled(current.document)
    private = _private_records(wanted.private, current) if wanted.private else []
    meetings = [*current.meetings.values(), *(record.meeting for record in private)]
    if wanted.meeting:
        appendix.check_printed_for(meetings, wanted.meeting, today)
    held = current.calendar(today, meetings).formal_days
    printing = Printing(
        current.settings, today, wanted.meeting, held, wanted.include_exempt, wanted.carried
    )
    records = [*current.records, *private]
    year = appendix.year_to_print(
        meetings,
        current.settings,
        wanted=wanted.year,
        printed_for=wanted.meeting,
        rolled_to={record.rolled_to for record in allowed(records, printing)},
        today=today,
    )
    earlier: Mapping[str, int] = {}
    if wanted.view == "progress":
        from cpctrack.render.views.progress import progress_view  # a year's table needs none of it

        view = progress_view(records, printing, year=year)
        might_stand_in_it = records
    else:
        if layout:
            from cpctrack.render.views.layout import layout_view  # our own table needs none of it

            view = layout_view(records, printing, layout, year=year)
        else:
            view = appendix.appendix_view(records, printing, year=year)
        might_stand_in_it = appendix.agreed_in(records, printing, year=year)
        might_stand_in_it += appendix.carried_into(records, printing, year=year)
        if not wanted.carried:
            left = carried_over(allowed(records, printing), year)
            earlier = Counter(record.meeting.year for record in left)
    exempt = 0 if wanted.include_exempt else sum(record.exempt for record in might_stand_in_it)
    return Laid(view, exempt, earlier)


def document(current: Store, laid: Laid, made: Format | str, template: str = "") -> bytes:
    """Make a document of this format, such as ``html``, with the templates beside the store.

    `template` is a file or a name of ours. Raises `RenderError`, or `MissingExtraError`.
    """
    made = FORMATS[made] if isinstance(made, str) else made
    return documents.render(laid.view, made, template, templates_of(current.path))


def _private_records(path: Path, public: Store) -> list[Record]:
    """Give the records of a private store: each is exempt, whether it says so or not."""
    private = store.read(path)
    require_settled(private.document)
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
