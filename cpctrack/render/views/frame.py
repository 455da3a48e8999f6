"""What every document has around its rows: title, marks, counts, charts, and who may be in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from cpctrack import __version__
from cpctrack.dates import find_date, long_date
from cpctrack.labels import BLANKS, CORRECTIONS, EXEMPT, NOT_FOR_PUBLICATION
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Kind, Record, Settings, Status
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.render.views.view import (
    AppendixView,
    BarView,
    ChartView,
    ChoiceView,
    RowView,
)
from cpctrack.render.widths import MOST_UPRIGHT, column_widths, response_first
from cpctrack.store.programme import Report
from cpctrack.text import counted, fold, listed, one_line

_Held = TypeVar("_Held", Record, Report)

TITLE = "Progress on actions and recommendations"
_HEADING = "Appendix 4"
_AGES = (
    (91, "Under 3 months"),
    (183, "3 to 6 months"),
    (365, "6 to 12 months"),
    (10**9, "Over a year"),
)
_SHARED = " (those shared by two count for each)"
# Widths are those of a printed page, in mm: a window has more room for the same letters.
_UPRIGHT, _ACROSS, _PADDING, _POINT = 186, 273, 2.6, 0.353


class Printing(NamedTuple):
    """What a document is made of, beside the records.

    `calendar` is the committee's on the day it is made, `printed_for` the formal meeting (ISO)
    whose pack it goes into. `owners` say which names count as one; nothing of them is printed.
    `carried` says that a year's table ends with what is open of earlier years, `bands` that meeting
    and item stand above its rows. `text_size` is in points.
    """

    settings: Settings
    calendar: Calendar
    printed_for: str = ""
    include_exempt: bool = False
    owners: Owners = NO_OWNERS
    carried: bool = True
    bands: bool = True
    text_size: int = 11

    @property
    def today(self) -> date:
        """The day it is made."""
        return self.calendar.today

    @property
    def until(self) -> str:
        """The day (ISO) before which a meeting must have been held to be reported on."""
        return self.printed_for or date.max.isoformat()

    def reports(self, record: Record) -> bool:
        """Tell whether a record was agreed by the meeting that it is printed for, if it is."""
        return not self.printed_for or record.meeting.date <= self.printed_for

    @property
    def as_of(self) -> Calendar:
        """The calendar that ages and delays go by: a pack is never of after its meeting."""
        day = find_date(self.printed_for) or self.today
        return self.calendar._replace(today=min(self.today, day))


def allowed(held: Iterable[_Held], printing: Printing) -> list[_Held]:
    """Give the records, or reports, that the document may show."""
    return [each for each in held if printing.include_exempt or not each.exempt]


def frame(
    printing: Printing,
    rows: tuple[RowView, ...],
    *,
    title: str,
    year: str,
    words: str,
    caption: str,
    columns: tuple[str, ...],
    heading: str = _HEADING,
    exempt: Iterable[str] = (),
    of_year: str = "",
) -> AppendixView:
    """Put rows into a document: its head, its marks, its counts and charts.

    `exempt` are the paragraphs that keep from the public what is in it beside rows; `of_year` is
    the municipal year whose actions they are, if they are of one.
    """
    committee = one_line(printing.settings.committee)
    shut = [row.exempt_note.removeprefix(EXEMPT) for row in rows if row.exempt]
    noun = "row" if shut else "action"
    shut += exempt
    paragraphs = ", ".join(dict.fromkeys(shut))
    marking = f"{NOT_FOR_PUBLICATION} ({paragraphs})" if paragraphs else ""
    are = f"1 {noun} is" if len(shut) == 1 else f"{len(shut)} {noun}s are"
    warning = (
        f"{NOT_FOR_PUBLICATION}. {are} exempt under Schedule 12A of the Local Government Act 1972 "
        f"({paragraphs})."
    )
    statuses = Counter(row.status for row in rows)
    printed_for = long_date(printing.printed_for)
    about = (
        of_year and f"Municipal year {of_year}.",
        printed_for and f"For the formal meeting of {printed_for}.",
    )
    contact = one_line(printing.settings.contact)
    named = f"{heading}: {' '.join(filter(None, (title, of_year)))} – {committee}"
    return AppendixView(
        heading=heading,
        title=title,
        committee=committee,
        year=year,
        made_on=long_date(printing.today.isoformat()),
        made_on_iso=printing.today.isoformat(),
        printed_for=printed_for,
        printed_for_iso=printing.printed_for,
        summary=words,
        not_for_publication=warning if shut else "",
        document_title=f"{NOT_FOR_PUBLICATION} – {named}" if marking else named,
        page_marking=marking,
        caption=caption,
        columns=columns,
        blanks=BLANKS,
        meetings=(),
        rows=rows,
        overdue=sum(row.overdue for row in rows),
        exempt_shown=len(shut),
        generator=f"cpctrack {__version__}",
        charts=_charts(rows),
        owners=tuple(sorted({owner for row in rows for owner in row.owners}, key=fold)),
        statuses=tuple(
            ChoiceView(each.value, each.words, statuses[each]) for each in Status if statuses[each]
        ),
        text_size=printing.text_size,
        about=" ".join(filter(None, about)),
        corrections=contact and f"{CORRECTIONS}{contact}",
    )


def summary(rows: Sequence[RowView], what: str, none: str) -> str:
    """Count rows, as in “62 rows: 40 not finished (3 overdue), 22 finished or for information”.

    `what` says how many of what they are, `none` is said where there is none.
    """
    if not rows:
        return none
    left = len(unfinished(rows))
    done = len(rows) - left
    told = [f"{left:,} not finished{how_late(rows)}"] if left else []
    told += [f"{done:,} finished or for information"] if done else []
    return f"{what}: {', '.join(told)}."


def how_late(rows: Iterable[RowView]) -> str:
    """Say in brackets how many rows are overdue, behind a space, or nothing where none is."""
    overdue = sum(row.overdue for row in rows)
    return f" ({overdue:,} overdue)" if overdue else ""


def unfinished(rows: Iterable[RowView]) -> list[RowView]:
    """Give the rows of what somebody still has to do something about."""
    return [row for row in rows if row.status and Status(row.status).is_open]


def widths(view: AppendixView) -> tuple[int, ...]:
    """Share a page out among the columns of a view that are seen, in thousandths."""
    columns = [view.columns[at] for at in view.places]
    room = _UPRIGHT if len(columns) <= MOST_UPRIGHT else _ACROSS
    seen = ([row.cells[at] for at in view.places] for row in view.rows)
    found = column_widths(
        columns,
        [[each.as_long if each.small or each.note else each.text for each in row] for row in seen],
        room,
        size=_POINT * view.text_size,
        padding=_PADDING,
        least=response_first(columns),
    )
    return tuple([round(1000 * width / room) for width in found])


def kinds(records: Sequence[Record | RowView]) -> str:
    """Count the records by kind, as in “8 actions and 1 decision”."""
    counts = Counter(record.kind for record in records)
    return listed([counted(counts[kind], kind.value) for kind in Kind if counts[kind]])


def _charts(rows: Iterable[RowView]) -> tuple[ChartView, ...]:
    """Chart what is not finished among these rows by age and by owner, where there is any."""
    left = unfinished(rows)
    if not left:
        return ()
    ages = dict.fromkeys((words for _, words in _AGES), 0)
    for row in left:
        ages[next(words for limit, words in _AGES if row.age_days < limit)] += 1
    nobody = (BLANKS["owner"],)
    owners = Counter(owner for row in left for owner in dict.fromkeys(row.owners or nobody))
    ranked = dict(sorted(owners.items(), key=lambda each: (-each[1], each[0].casefold())))
    shared = _SHARED if owners.total() > len(left) else ""
    return (
        chart("open-by-age", "Not finished, by age", ages),
        chart("open-by-owner", f"Not finished, by owner{shared}", ranked),
    )


def chart(anchor: str, title: str, counts: Mapping[str, int]) -> ChartView:
    """Draw numbers, one at least of them more than nothing, as bars."""
    longest = max(counts.values())
    bars = tuple(
        BarView(label, count, round(100 * count / longest)) for label, count in counts.items()
    )
    words = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
    return ChartView(anchor, title, f"{title}. {words}.", bars)
