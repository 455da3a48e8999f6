"""The figures of a period as a view: tables, charts, and the words for every number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.labels import EXEMPT, FIGURE_COLUMNS, NO_DUE, OVERDUE
from cpctrack.records.model import Acceptance, Kind, MeetingType, Status
from cpctrack.records.statistics import (
    By,
    Case,
    Figures,
    Group,
    Origin,
    Part,
    Statistics,
    per_cent,
    per_cents,
    recommendations,
    shares,
)
from cpctrack.render.views.frame import Printing, chart, frame, kinds
from cpctrack.render.views.rows import TYPES, Anchors
from cpctrack.render.views.view import AppendixView, CellView, ChartView, LineView, TableView
from cpctrack.render.words import acceptance, day, paragraph, printable
from cpctrack.text import counted, one_line, shorten

_LONGEST_TEXT = 120
_MOST_BARS = 8
_NOTHING = CellView("–", blank=True)
_FIGURES: Mapping[str, str] = {
    Origin.BROUGHT_FORWARD: "Not finished before",
    Origin.RAISED: "Raised",
    Origin.REOPENED: "Reopened",
    "all": "In all",
    "answered": "Answered",
    "closed": "Closed",
    "agreed": "Completion agreed by the committee",
    "open": "Not finished at the end",
    Part.COMPLETED: Status.COMPLETED.words,
    Part.NOT_PROCEEDING: Status.NOT_PROCEEDING.words,
    Part.SUPERSEDED: Status.SUPERSEDED.words,
    Part.NO_FOLLOW_UP: Status.NO_FOLLOW_UP.words,
    Part.WAITING: "Waiting for the committee to agree",
    Part.OVERDUE: "Overdue",
    Part.NOT_YET_DUE: "Not yet due",
    Part.NO_DATE: "Not finished, without a due date",
    "median_days": "Days to completion, median",
    "longest_days": "Days to completion, longest",
    "moved_once": "Due date moved once",
    "moved_twice": "Due date moved twice",
    "moved_more": "Due date moved more often",
    "moves": "Moves of due dates in all",
}
_IN_SHORT = (*Origin, "all", "answered", "closed", "agreed", "open")
_TIMES = ("median_days", "longest_days", "moved_once", "moved_twice", "moved_more", "moves")
_ALWAYS = frozenset({"raised", "answered", "closed", "open", "overdue"})
"""The figures that are told where there are none: that there are is what members ask."""


class _Names(NamedTuple):
    """How groups are called: the heading above them, and what stands for the nameless one."""

    title: str
    heading: str
    nameless: str = ""


_BY: Mapping[By, _Names] = {
    By.OWNER: _Names("By owner", "Owner", "Nobody named"),
    By.SERVICE: _Names("By service", "Service", "No service named"),
    By.MEETING: _Names("By meeting", "Meeting"),
    By.STATUS: _Names("By status", "Status"),
    By.KIND: _Names("By kind", "Kind"),
    By.COMMITTEE: _Names("By committee", "Committee"),
}
_SHARED = frozenset({By.OWNER, By.SERVICE})


def statistics_view(told: Statistics, printing: Printing) -> AppendixView:
    """Lay out the figures of a period; an exempt record among them marks all of it."""
    since, until = long_date(told.period.since), long_date(told.period.until)
    view = frame(
        printing,
        (),
        title=f"Actions and recommendations from {since} to {until}",
        year=told.period.year,
        words=_summary(told),
        caption="Figures",
        columns=FIGURE_COLUMNS,
        heading="Statistics",
        exempt=[paragraph(case.record) for case in told.cases if case.record.exempt],
    )
    tables = tuple(_tables(told)) if told.cases else ()
    charts, widths = _charts(told), (30, 34, 16, 14)
    return view._replace(view="statistics", tables=tables, charts=charts, widths=widths)


def _summary(told: Statistics) -> str:
    numbers = told.figures
    if not told.cases:
        return "Nothing was left to do then, and nothing was raised."
    came = (
        (numbers.brought_forward, "not finished before"),
        (numbers.raised, "raised"),
        (numbers.reopened, "reopened"),
    )
    parts = ", ".join(f"{number:,} {words}" for number, words in came if number)
    late = f", {numbers.overdue:,} of them overdue" if numbers.overdue else ""
    return (
        f"{kinds([case.record for case in told.cases])}: {parts}. At the end "
        f"{_or_none(numbers.closed)} closed and {_or_none(numbers.open)} not finished{late}."
    )


def _or_none(number: int) -> str:
    return {0: "none was", 1: "1 was"}.get(number, f"{number:,} were")


def _tables(told: Statistics) -> Iterable[TableView]:
    until = long_date(told.period.until)
    compared = ""
    if told.before:
        earlier = told.period_before
        days = f"{long_date(earlier.since)} to {long_date(earlier.until)}"
        compared = f" “A year before” is {days}."
    came_late = sum(case.is_late for case in told.cases)
    late = ""
    if came_late:
        they = "it counts as it" if came_late == 1 else "they count as they"
        late = f" {came_late:,} came into the store later: {they} stood when taken in."
    answers = recommendations(told.cases)
    yield _numbers(
        "in-short", "In short", f"Per cent are of all there was to do.{compared}", _IN_SHORT, told
    )
    yield _numbers(
        "parts",
        "How all of them stand",
        f"As they stood at the end of {until}; each is counted once.{late}",
        (*Part, "all"),
        told,
    )
    times = _numbers("times", "Days and due dates", _said_of_days(told.figures), _TIMES, told)
    if times.rows:
        yield times
    if told.by:
        yield _groups(told, told.by)
    if answers:
        yield _answers(answers)
        yield _progress_of(answers)
    else:
        yield TableView("answers", "Recommendations", "There was no recommendation.")


def _said_of_days(numbers: Figures) -> str:
    if not numbers.timed:
        return "How often due dates were moved."
    return (
        "Days are those from the meeting to completion, or to its agreement; they are known of "
        f"{numbers.timed:,} of the {numbers.completed:,} that were completed."
    )


def _numbers(
    anchor: str, title: str, introduction: str, names: Sequence[str], told: Statistics
) -> TableView:
    """Lay out figures, one a line, beside those of the year before; without those that say nothing.

    Days and moves have no per cent.
    """
    now = told.figures._asdict()
    before = told.before._asdict() if told.before else {}
    parts = per_cents(told.figures)
    columns = ["Figure", "Number"]
    widths = [40, 12]
    if names is not _TIMES:
        columns.append("Per cent")
        widths.append(12)
    if before:
        columns += ["A year before", "Difference"]
        widths += [14, 14]
    lines = []
    for name in names:
        if not (now[name] or before.get(name) or name in _ALWAYS):
            continue
        cells = [CellView(_FIGURES[name]), _number(now[name])]
        if names is not _TIMES:
            cells.append(_share(now[name], parts[name]))
        if before:
            cells += [_number(before[name]), _difference(now[name], before[name])]
        lines.append(LineView(_FIGURES[name], tuple(cells)))
    return TableView(anchor, title, introduction, tuple(columns), tuple(lines), tuple(widths))


def _number(number: float | None) -> CellView:
    return _NOTHING if number is None else CellView(f"{number:g}")


def _share(number: int, share: int) -> CellView:
    if not number:
        return CellView("none", blank=True)
    return CellView(str(share) if share else "under 1")


def _difference(now: float | None, before: float | None) -> CellView:
    """Say it in words: a sign is easily overlooked, and not always read out."""
    if now is None or before is None:
        return _NOTHING
    if now == before:
        return CellView("the same")
    return CellView(f"{abs(now - before):g} {'more' if now > before else 'fewer'}")


def _groups(told: Statistics, by: By) -> TableView:
    names = _BY[by]
    columns = _of_status if by is By.STATUS else _of_group
    several = len(told.committees) > 1
    parts = shares([group.figures.all for group in told.groups])
    lines = []
    for group, part in zip(told.groups, parts, strict=True):
        called = _name(group, by, several=several)
        numbers = columns(group.figures, part)
        lines.append(LineView(called, (CellView(called), *numbers.values())))
    heads = (names.heading, *columns(told.figures, 100))
    said = "An action of several owners counts for each of them." if by in _SHARED else ""
    said = said or "Each is counted once."
    widths = (34, *(11 for _ in heads[1:]))
    return TableView("groups", names.title, said, heads, tuple(lines), widths)


def _of_group(group: Figures, _share_of_all: int) -> Mapping[str, CellView]:
    return {
        "In all": _number(group.all),
        "Raised": _number(group.raised),
        "Answered": _number(group.answered),
        "Closed": _number(group.closed),
        "% closed": _share(group.closed, per_cent(group.closed, group.all)),
        "Not finished": _number(group.open),
        "Overdue": _number(group.overdue),
        "% overdue": _share(group.overdue, per_cent(group.overdue, group.all)),
        "No date": _number(group.no_date),
    }


def _of_status(group: Figures, share_of_all: int) -> Mapping[str, CellView]:
    return {
        "In all": _number(group.all),
        "Per cent": _share(group.all, share_of_all),
        "Raised": _number(group.raised),
        "Answered": _number(group.answered),
        "Overdue": _number(group.overdue),
        "No date": _number(group.no_date),
    }


def _name(group: Group, by: By, *, several: bool) -> str:
    first = group.names[0]
    match by:
        case By.MEETING:
            held_on, type_, committee = group.names
            named = f"{day(held_on) or 'Not dated'}, {TYPES[MeetingType(type_)].lower()}"
            return one_line(f"{named}, {committee}" if several else named)
        case By.STATUS:
            return Status(first).words
        case By.KIND:
            return Kind(first).value.capitalize()
    return one_line(first) or _BY[by].nameless


def _answers(asked: Sequence[Case]) -> TableView:
    """Count what the executive answered to the recommendations."""
    order = (Acceptance.YES, Acceptance.IN_PART, Acceptance.NO, Acceptance.NONE)
    numbers = [sum(case.record.acceptance is each for case in asked) for each in order]
    lines = tuple(
        LineView(each.words, (CellView(each.words), _number(number), _share(number, share)))
        for each, number, share in zip(order, numbers, shares(numbers), strict=True)
        if number
    )
    said = f"What the executive answered to {counted(len(asked), 'recommendation')}."
    columns = ("Answer of the executive", "Number", "Per cent")
    return TableView("answers", "Recommendations", said, columns, lines, (40, 12, 12))


def _progress_of(asked: Iterable[Case]) -> TableView:
    anchors = Anchors()
    lines = tuple(
        LineView(
            anchors.take(case.record.ref),
            (
                CellView(one_line(case.record.ref)),
                CellView(
                    shorten(case.record.recommendation or case.record.action, _LONGEST_TEXT),
                    note=EXEMPT + paragraph(case.record) if case.record.exempt else "",
                ),
                _answer(case),
                CellView(case.record.status.words),
                _due(case),
            ),
            case.record.exempt,
        )
        for case in asked
    )
    columns = ("Reference", "Recommendation", "Answer", "Status", "Due")
    return TableView(
        "recommendations",
        "How far each recommendation is",
        "With the answer of the executive and the day it was given.",
        columns,
        lines,
        (16, 50, 26, 20, 22),
        numeric=False,
    )


def _answer(case: Case) -> CellView:
    said = acceptance(case.record)
    return CellView(said or Acceptance.NONE.words, not said)


def _due(case: Case) -> CellView:
    said = day(case.record.due) or printable(one_line(case.record.due_text))
    late = OVERDUE.rstrip(": ") if case.part is Part.OVERDUE else ""
    return CellView(said or NO_DUE, not said, late)


def _charts(told: Statistics) -> tuple[ChartView, ...]:
    """Chart how the records stand, and what of the groups is not finished, if there is any."""
    numbers = told.figures._asdict()
    parts = {_FIGURES[part]: numbers[part] for part in Part if numbers[part]}
    drawn = [chart("standing", "How all of them stand", parts)] if parts else []
    if told.by and told.by is not By.STATUS:
        several = len(told.committees) > 1
        ranked = sorted(
            ((_name(each, told.by, several=several), each.figures.open) for each in told.groups),
            key=lambda each: -each[1],
        )
        left = {name: number for name, number in ranked[:_MOST_BARS] if number}
        if left:
            title = f"Not finished at the end, {_BY[told.by].title.lower()}"
            title += f" (the {_MOST_BARS} with most)" if len(ranked) > _MOST_BARS else ""
            drawn.append(chart("open-by-group", title, left))
    return tuple(drawn)
