"""What a document shows: plain strings, flags and numbers, that templates only lay out.

Every format agrees because it is given the same view. `docs/templates.md` describes it field by
field, and a test holds the two together. A publication keeps a view in the store, so a field may
be added with a default, and none renamed.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cpctrack.labels import BAND_COLUMNS, BETWEEN, NONE_IN_TABLE

SMALL = 0.82
"""The size of small letters, and of notes, as a part of that of the others."""


class CellView(NamedTuple):
    """One cell of the table.

    `text` is what it says, in the words for nothing where there is nothing, which `blank` tells;
    `note` is what stands under it and must not be overlooked. `iso` is a date's ISO form. `small`
    is what stands between the two in small letters. A `derived` text was neither printed nor typed:
    cpctrack concluded it.
    """

    text: str
    blank: bool = False
    note: str = ""
    iso: str = ""
    small: str = ""
    derived: bool = False

    @property
    def said(self) -> str:
        """All that it says, a line each."""
        return "\n".join(filter(None, (self.text, self.small, self.note)))

    @property
    def as_long(self) -> str:
        """A text as long as that would be if all its letters were of one size."""
        small, note = (each[: round(SMALL * len(each))] for each in (self.small, self.note))
        return "\n".join(filter(None, (self.text, small, note)))


class MarkView(NamedTuple):
    """A mark of the strip that shows how old an action is: a `kind`, and where it stands.

    “agreed” is a bar from the day it was agreed to the day of the report, “overdue” one over the
    days that it is late; “meeting” is a formal meeting, “first-due” and “due” are days. `start` and
    `end` count thousandths of the report's one scale from its earliest day; of a day both are one.
    """

    kind: str
    start: int
    end: int


class RowView(NamedTuple):
    """One row of the table; a text is ``""`` where the record has none.

    `band` says above which heading for a meeting and item the row stands under, the same for rows
    that stand under one; it is "" where each row's cells say that. `derived` says that `standing`
    is cpctrack's word and not a printed or typed one. `committee` is named where the document is of
    several.
    """

    anchor: str
    ref: str
    kind: str
    meeting_type: str
    meeting_date: str
    meeting_date_iso: str
    item: str
    recommendation: str
    action: str
    referred_to: str
    owners: tuple[str, ...]
    response: str
    follow_up: str
    standing: str
    status: str
    status_words: str
    tone: str
    due: str
    completed_on: str
    overdue: bool
    overdue_note: str
    exempt: bool
    exempt_note: str
    due_iso: str = ""
    completed_on_iso: str = ""
    agreed_on: str = ""
    agreed_on_iso: str = ""
    first_due: str = ""
    times_moved: int = 0
    slippage: str = ""
    extensions: tuple[str, ...] = ()
    reopened: str = ""
    age: str = ""
    age_days: int = 0
    age_meetings: int = 0
    follow_up_printed: str = ""
    evidence: tuple[str, ...] = ()
    goes_to: str = ""
    attention: str = ""
    rolled_to: str = ""
    acceptance: str = ""
    asked: str = ""
    band: str = ""
    derived: bool = False
    facts: str = ""
    age_words: str = ""
    overdue_by: str = ""
    overdue_days: int = 0
    committee: str = ""
    strip: tuple[MarkView, ...] = ()
    cells: tuple[CellView, ...] = ()


class MeetingView(NamedTuple):
    """A meeting and its rows, in order."""

    anchor: str
    type: str
    date: str
    date_iso: str
    count_words: str
    rows: tuple[RowView, ...]


class GroupView(NamedTuple):
    """Rows of a table below a row that stands over them, whose text is `title`; "" is none."""

    anchor: str
    title: str
    rows: tuple[RowView, ...]


class PartView(NamedTuple):
    """A part of a report: `name` is its key, `none` what is said where it may be empty.

    `decision` marks what members are asked to decide: layouts set `labels.DECISION` before `title`.
    """

    anchor: str
    name: str
    title: str
    introduction: str
    count_words: str
    rows: tuple[RowView, ...]
    decision: bool = False
    none: str = ""


class LineView(NamedTuple):
    """A row of a table of figures; `ref` is what it is called, with a record its reference."""

    ref: str
    cells: tuple[CellView, ...]
    exempt: bool = False


class TableView(NamedTuple):
    """A table of figures, with columns of its own; `introduction` is all there is without rows.

    The first cell of a row says what it is of; where the table is `numeric`, the others are
    numbers, or few words in the place of one. `widths` are those of the columns, in letters.
    """

    anchor: str
    title: str
    introduction: str
    columns: tuple[str, ...] = ()
    rows: tuple[LineView, ...] = ()
    widths: tuple[int, ...] = ()
    numeric: bool = True


class BarView(NamedTuple):
    """One bar of a chart; `share` is its length in per cent of the longest."""

    label: str
    number: int
    share: int


class ChartView(NamedTuple):
    """A bar chart and what it says in words."""

    anchor: str
    title: str
    words: str
    bars: tuple[BarView, ...]


class ChoiceView(NamedTuple):
    """Something to filter rows by: its value, how it reads and how many rows it leaves."""

    value: str
    words: str
    number: int = 0


class AppendixView(NamedTuple):
    """Appendix 4 of one municipal year (`view` is “full”), or the progress report (“progress”).

    The figures of a period (“statistics”) have `tables` and no rows.

    `meetings` has the rows of the one, `parts` those of the other and of the work programme
    (“programme”), `rows` all of any. Of a year
    in a layout (“layout”) `groups` has them, and `widths` are those of its columns, in letters;
    `shades` gives what is behind a cell that names a colour and no more: six hexadecimal digits,
    pale enough for dark letters. `carried` has the rows at the end of a year's table that are of
    earlier years, as groups; they are among `rows`, and in all that is counted of these. `about`
    says what it is of in a sentence or two. Columns at the places `folded`, counted from 0, are
    blank throughout: where rows stand under bands they get no room. `text_size` is the size of
    letters in points. `corrections` says whom to tell of a mistake.
    """

    heading: str
    title: str
    committee: str
    year: str
    made_on: str
    made_on_iso: str
    printed_for: str
    summary: str
    not_for_publication: str
    caption: str
    columns: tuple[str, ...]
    blanks: Mapping[str, str]
    meetings: tuple[MeetingView, ...]
    rows: tuple[RowView, ...]
    overdue: int
    exempt_shown: int
    generator: str
    view: str = "full"
    printed_for_iso: str = ""
    previous_meeting: str = ""
    document_title: str = ""
    page_marking: str = ""
    parts: tuple[PartView, ...] = ()
    charts: tuple[ChartView, ...] = ()
    owners: tuple[str, ...] = ()
    statuses: tuple[ChoiceView, ...] = ()
    groups: tuple[GroupView, ...] = ()
    widths: tuple[int, ...] = ()
    shades: Mapping[str, str] = {}
    carried: tuple[GroupView, ...] = ()
    carried_title: str = ""
    carried_words: str = ""
    tables: tuple[TableView, ...] = ()
    about: str = ""
    folded: tuple[int, ...] = ()
    text_size: int = 11
    corrections: str = ""

    @property
    def has_bands(self) -> bool:
        """Whether meeting and item stand above its rows."""
        return self.view == "full" and any(row.band for row in self.rows)

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the columns that are seen: bands say the others, or nothing does."""
        away = {*range(len(BAND_COLUMNS)), *self.folded} if self.has_bands else ()
        return tuple(at for at in range(len(self.columns)) if at not in away)

    @property
    def above(self) -> str:
        """What stands above the headings of these: those of the others."""
        none = [f"{self.columns[at]}{NONE_IN_TABLE}" for at in self.folded]
        headings = [*self.columns[: len(BAND_COLUMNS)], *none]
        return BETWEEN.join(headings) if self.has_bands else ""
