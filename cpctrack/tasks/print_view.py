"""Laying out what a document shows of a store, and making the document."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from cpctrack.errors import StoreError, UsageError
from cpctrack.records import links
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, Record
from cpctrack.records.rolling import carried_over
from cpctrack.records.settings import contacts
from cpctrack.render import documents
from cpctrack.render.documents import Format, format_named
from cpctrack.render.views import appendix
from cpctrack.render.views.frame import Printing, allowed
from cpctrack.render.views.view import AppendixView
from cpctrack.store import council, programme, store
from cpctrack.store.conflicts import require_settled
from cpctrack.store.programme import Report
from cpctrack.store.store import Store
from cpctrack.text import fold, one_line

_PRIVATE = "held in a private store"
_OF_EVERY_YEAR = {"progress": "progress report", "programme": "work programme"}


_Held = TypeVar("_Held", Record, Report)


class PrintRequest(NamedTuple):
    """What somebody asked to have printed.

    `meeting` is ISO; empty is for none, and None for the next formal one that is known. `private`
    is the store of `--with`, `layout` the name of one beside the store; `carried` says that a
    year's table ends with what is open of earlier years, `bands` that meeting and item stand above
    its rows. `text_size` is in points.
    """

    view: str = "full"
    year: str = ""
    meeting: str | None = None
    include_exempt: bool = False
    private: Path | None = None
    layout: str = ""
    carried: bool = True
    bands: bool = True
    text_size: int = 11


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


def lay_out(
    current: Store, wanted: PrintRequest, today: date, *, unnamed: Container[str] = ()
) -> Laid:
    """Lay out what is wanted of the store; raises `UsageError`, or another for what is wrong.

    `unnamed` are references of other committees, in capitals, to which no link may show.
    """
    _check_request(wanted)
    layout = None
    if wanted.layout:
        from cpctrack.tasks.layouts import layout_named

        layout = layout_named(current.path, wanted.layout)
    require_settled(current.document)
    private = _private_store(wanted.private, current) if wanted.private else None
    hidden = _kept_private(private.records) if private else []
    own = [links.without(each, unnamed) for each in current.records] if unnamed else current.records
    records = [*own, *hidden]
    meetings = [*current.meetings.values(), *(record.meeting for record in hidden)]
    shown = [each for each in records if wanted.include_exempt or not each.exempt]
    year_for = partial(
        appendix.year_to_print,
        meetings,
        current.settings,
        rolled_to={record.rolled_to for record in shown},
        today=today,
    )
    printed_for = _meeting_for(current, wanted, meetings, year_for, today)
    year = year_for(wanted=wanted.year, printed_for=printed_for)
    printing = Printing(
        current.settings,
        current.calendar(today, meetings),
        printed_for,
        wanted.include_exempt,
        current.owners,
        wanted.carried,
        wanted.bands,
        wanted.text_size,
    )
    might_stand_in_it: Sequence[Record | Report] = records
    earlier: Mapping[str, int] = {}
    if wanted.view == "progress":
        from cpctrack.render.views.progress import progress_view  # a year's table needs none of it

        view = progress_view(records, printing, year=year)
    elif wanted.view == "programme":
        from cpctrack.render.views.programme import programme_view  # nor of this one

        reports = [*programme.read(current.document).values()]
        reports += _kept_private(programme.read(private.document).values()) if private else []
        view = programme_view(records, reports, meetings, printing, year=year)
        might_stand_in_it = [*records, *reports]
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


def _check_request(wanted: PrintRequest) -> None:
    """Refuse what does not go together; raises `UsageError`."""
    if wanted.private and not wanted.include_exempt:
        raise UsageError(
            f"{wanted.private} is a private store, and nothing in it is for the public; add "
            "--include-exempt, or leave --with out."
        )
    if called := _OF_EVERY_YEAR.get(wanted.view):
        if wanted.year:
            raise UsageError(
                f"The {called} is of every year: what is not finished goes from one to the next. "
                "Leave --year out."
            )
        if not wanted.carried:
            raise UsageError(
                f"The {called} is of every year, so nothing in it is carried over; leave "
                "--no-carried out."
            )
        if wanted.layout:
            raise UsageError(
                f"The {called} has columns of its own; leave --view {wanted.view} or --layout out."
            )


def _meeting_for(
    current: Store,
    wanted: PrintRequest,
    meetings: Sequence[Meeting],
    year_for: Callable[..., str],
    today: date,
) -> str:
    """Give the meeting (ISO) that it is printed for: the one that is named, else the next."""
    if wanted.meeting:
        appendix.check_printed_for(meetings, wanted.meeting, today)
    if wanted.meeting is not None:
        return wanted.meeting
    next_formal = current.calendar(today).next_formal
    # A table of a year that is over is for no meeting, which would only change its day; nor may a
    # meeting that nobody named leave out what was agreed after it.
    is_over = wanted.year and wanted.year < year_for(printed_for=next_formal)
    too_late = any(each.meeting.date > next_formal for each in current.records)
    return "" if is_over or too_late else next_formal


def lay_out_all(stores: Sequence[Store], wanted: PrintRequest, today: date) -> Laid:
    """Lay out the progress reports of several committees as one.

    Raises `UsageError` for another view, which is one committee's.
    """
    if wanted.view != "progress":
        raise UsageError(
            "Only the progress report can be of several committees: add --view progress, or name "
            "one store with --store."
        )
    unnamed: dict[Path, Container[str]] = {}
    if not wanted.include_exempt:
        council.refuse_private(stores)
        hidden = council.withheld(stores)
        unnamed = {each.path: hidden - council.withheld([each]) for each in stores}
    from cpctrack.render.views.together import together

    laid = [lay_out(each, wanted, today, unnamed=unnamed.get(each.path, ())) for each in stores]
    names = "; ".join(each.settings.committee for each in stores)
    settings = stores[0].settings._replace(
        committee=names, contact=contacts(each.settings for each in stores)
    )
    printing = Printing(
        settings,
        Calendar(today),
        wanted.meeting or "",
        include_exempt=wanted.include_exempt,
        text_size=wanted.text_size,
    )
    view = together([each.view for each in laid], printing)
    return Laid(view, sum(each.left_out for each in laid))


def document(current: Store, laid: Laid, made: Format | str, template: str = "") -> bytes:
    """Make a document of this format, such as ``html``, with the templates beside the store.

    `template` is a file or a name of ours. Raises `RenderError`, or `MissingExtraError`.
    """
    made = format_named(made) if isinstance(made, str) else made
    return documents.render(laid.view, made, template, templates_of(current.path))


def _private_store(path: Path, public: Store) -> Store:
    """Read a private store, which must be of the same committee; raises `StoreError`."""
    private = store.read(path)
    require_settled(private.document)
    ours, theirs = public.settings.committee, private.settings.committee
    if fold(ours) != fold(theirs):
        raise StoreError(
            f"{path} is of another committee ({one_line(theirs)}, not {one_line(ours)}); name the "
            "private store of this one with --with."
        )
    return private


def _kept_private(held: Iterable[_Held]) -> list[_Held]:
    """Give what a private store holds: all of it is exempt, whether it says so or not."""
    return [each if each.exempt else each._replace(exempt_paragraph=_PRIVATE) for each in held]
