"""What every document has around its rows: title, marks, counts, charts, and who may be in it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cpctrack import __version__
from cpctrack.dates import find_date, long_date
from cpctrack.labels import BLANKS, EXEMPT, NOT_FOR_PUBLICATION
from cpctrack.records.model import Kind, Record, Settings, Status
from cpctrack.render.charts import charts
from cpctrack.render.views.view import AppendixView, ChoiceView, RowView
from cpctrack.text import counted, fold, one_line

_HEADING = "Appendix 4"


class Printing(NamedTuple):
    """What a document is made of, beside the records.

    `today` is the day it is made, `printed_for` the formal meeting (ISO) whose pack it goes into,
    `formal_days` are the days (ISO) of all formal meetings, for the age of actions.
    """

    settings: Settings
    today: date
    printed_for: str = ""
    formal_days: Sequence[str] = ()
    include_exempt: bool = False

    @property
    def until(self) -> str:
        """The day (ISO) before which a meeting must have been held to be reported on."""
        return self.printed_for or date.max.isoformat()

    @property
    def as_of(self) -> date:
        """The day that ages and delays are counted to: a pack is never of after its meeting."""
        return min(self.today, find_date(self.printed_for) or self.today)


def allowed(records: Iterable[Record], printing: Printing) -> list[Record]:
    """Give the records that the document may show."""
    return [record for record in records if printing.include_exempt or not record.exempt]


def frame(
    printing: Printing,
    rows: tuple[RowView, ...],
    *,
    title: str,
    year: str,
    words: str,
    caption: str,
    columns: tuple[str, ...],
) -> AppendixView:
    """Put rows into a document: its head, its marks, its counts and charts."""
    committee = one_line(printing.settings.committee)
    marking = _marking(rows)
    named = f"{_HEADING}: {title} – {committee}"
    return AppendixView(
        heading=_HEADING,
        title=title,
        committee=committee,
        year=year,
        made_on=long_date(printing.today.isoformat()),
        made_on_iso=printing.today.isoformat(),
        printed_for=long_date(printing.printed_for),
        printed_for_iso=printing.printed_for,
        summary=words,
        not_for_publication=_not_for_publication(rows),
        document_title=f"{NOT_FOR_PUBLICATION} – {named}" if marking else named,
        page_marking=marking,
        caption=caption,
        columns=columns,
        blanks=BLANKS,
        meetings=(),
        rows=rows,
        overdue=sum(row.overdue for row in rows),
        exempt_shown=sum(row.exempt for row in rows),
        generator=f"cpctrack {__version__}",
        charts=charts(rows),
        owners=tuple(sorted({owner for row in rows for owner in row.owners}, key=fold)),
        statuses=_statuses(rows),
    )


def summary(records: Sequence[Record], rows: Sequence[RowView], none: str) -> str:
    """Count the rows by status, as in “62 actions: 40 open, 22 completed; 3 overdue”."""
    if not records:
        return none
    statuses = Counter(record.status for record in records)
    counts = [f"{statuses[status]} {status.words.lower()}" for status in Status if statuses[status]]
    overdue = sum(row.overdue for row in rows)
    late = f"; {overdue} overdue" if overdue else ""
    return f"{kinds(records)}: {', '.join(counts)}{late}."


def kinds(records: Sequence[Record]) -> str:
    """Count the records by kind, as in “8 actions and 1 decision”."""
    counts = Counter(record.kind for record in records)
    parts = [counted(counts[kind], kind.value) for kind in Kind if counts[kind]]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _statuses(rows: Sequence[RowView]) -> tuple[ChoiceView, ...]:
    counts = Counter(row.status for row in rows)
    return tuple(
        ChoiceView(each.value, each.words, counts[each.value]) for each in Status if counts[each]
    )


def _paragraphs(rows: Iterable[RowView]) -> str:
    notes = (row.exempt_note.removeprefix(EXEMPT) for row in rows if row.exempt)
    return ", ".join(dict.fromkeys(notes))


def _marking(rows: Sequence[RowView]) -> str:
    paragraphs = _paragraphs(rows)
    return f"{NOT_FOR_PUBLICATION} ({paragraphs})" if paragraphs else ""


def _not_for_publication(rows: Sequence[RowView]) -> str:
    count = sum(row.exempt for row in rows)
    if not count:
        return ""
    are = "1 row is" if count == 1 else f"{count} rows are"
    return (
        f"{NOT_FOR_PUBLICATION}. {are} exempt under Schedule 12A of the Local Government Act 1972 "
        f"({_paragraphs(rows)})."
    )
