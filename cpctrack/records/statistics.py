"""What was raised, answered and closed in a period, and how all of it stood at its end. Pure.

There was to do what was open before, what was raised and what was opened again. At the end of the
period each of these stands in one `Part`, so that the parts are all there is. How a record stood is
read from its history; dates that say when it was done go before the day somebody typed them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cpctrack.dates import find_date, is_iso, year_begins, year_name
from cpctrack.records.ageing import extensions
from cpctrack.records.attention import is_answer
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import versions
from cpctrack.records.model import Acceptance, Kind, Meeting, Record, Status
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.records.query import in_order, owner_spellings
from cpctrack.text import fold


class By(StrEnum):
    """What figures can be parted by. A record of several owners counts for each of them."""

    OWNER = "owner"
    SERVICE = "service"
    MEETING = "meeting"
    STATUS = "status"
    KIND = "kind"
    COMMITTEE = "committee"


class Origin(StrEnum):
    """How a record came to be among what there was to do; each is a field of `Figures`."""

    BROUGHT_FORWARD = "brought_forward"
    RAISED = "raised"
    REOPENED = "reopened"


class Part(StrEnum):
    """How a record stands at the end of a period; each is a field of `Figures`."""

    COMPLETED = "completed"
    NOT_PROCEEDING = "not_proceeding"
    SUPERSEDED = "superseded"
    NO_FOLLOW_UP = "no_follow_up"
    WAITING = "waiting"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not_yet_due"
    NO_DATE = "no_date"


CLOSED = (Part.COMPLETED, Part.NOT_PROCEEDING, Part.SUPERSEDED)
OPEN = (Part.WAITING, Part.OVERDUE, Part.NOT_YET_DUE, Part.NO_DATE)
# Which figures sum up to which: what members read first is shared out first.
_WHOLES: Sequence[tuple[str, Sequence[str]]] = (
    ("all", tuple(Origin)),
    ("all", ("closed", Part.NO_FOLLOW_UP, "open")),
    ("closed", CLOSED),
    ("open", OPEN),
)
_PARTS = {
    Status.COMPLETED: Part.COMPLETED,
    Status.NOT_PROCEEDING: Part.NOT_PROCEEDING,
    Status.SUPERSEDED: Part.SUPERSEDED,
    Status.NO_FOLLOW_UP: Part.NO_FOLLOW_UP,
    Status.PROPOSED: Part.WAITING,
}
# The rest stays as it is today: a word that somebody took out of a text must not come back.
_HOW_IT_STOOD = (
    "status", "due", "due_text", "response", "completed_on", "agreed_on", "acceptance",
    "acceptance_on",
)  # fmt: skip


class Period(NamedTuple):
    """The first and the last day (ISO) that is counted, and the municipal year, if it is one."""

    since: str
    until: str
    year: str = ""

    def has(self, day: str) -> bool:
        """Tell whether a day (ISO) is one of these."""
        return self.since <= day <= self.until


class Case(NamedTuple):
    """A record as it stood at the end of the period. `is_late` where the store had it only later.

    `days` are those from its meeting to its completion, None where it is open or has no date.
    """

    record: Record
    committee: str
    origin: Origin
    part: Part
    days: int | None
    moves: int
    is_late: bool


class Figures(NamedTuple):
    """Numbers of records, of days, and of moves of due dates.

    `all` is the sum of the origins, and of the parts; `closed` and `open` are sums of parts.
    `agreed` are the completions that the committee agreed; `timed` those of which the days are
    known, that median and longest are of.
    """

    all: int
    brought_forward: int
    raised: int
    reopened: int
    answered: int
    closed: int
    open: int
    completed: int
    agreed: int
    not_proceeding: int
    superseded: int
    no_follow_up: int
    waiting: int
    overdue: int
    not_yet_due: int
    no_date: int
    timed: int
    median_days: float | None
    longest_days: int | None
    moved_once: int
    moved_twice: int
    moved_more: int
    moves: int


class Group(NamedTuple):
    """The figures of one owner, service or the like; all of `names` is ``""`` where there is none.

    A meeting has three names: its date (ISO), its type and its committee.
    """

    names: tuple[str, ...]
    figures: Figures


class Statistics(NamedTuple):
    """What is told of a period: its records and figures, those of the year before, and groups.

    `before` is None where there was nothing then; `committees` are named in alphabetical order.
    """

    period: Period
    committees: Sequence[str]
    cases: Sequence[Case]
    figures: Figures
    period_before: Period
    before: Figures | None = None
    by: By | None = None
    groups: Sequence[Group] = ()


def year_period(year: str, starts: str, meetings: Iterable[Meeting], today: date) -> Period:
    """Give the days of a municipal year, up to today.

    It begins with the first day that `starts` names, or with a meeting that is said to be of it,
    and ends before the next one begins. It has no day where today is before it.
    """
    held = list(meetings)
    begins = _begins(year, starts, held)
    following = _begins(_next_year(year, 1), starts, held)
    return Period(begins, min(_shifted(following, -1), today.isoformat()), year)


def year_before(period: Period, starts: str, meetings: Iterable[Meeting], today: date) -> Period:
    """Give the same days a year earlier: of a municipal year that is over, all of the one before.

    `today` is the day the period was made on.
    """
    if period.year:
        earlier = date.fromisoformat(_year_earlier(today.isoformat()))
        return year_period(_next_year(period.year, -1), starts, meetings, earlier)
    return Period(_year_earlier(period.since), _year_earlier(period.until))


def as_of(record: Record, day: str) -> Record:
    """Give the record as it stood at the end of a day (ISO), or when it was taken in after that.

    What a date in it tells counts from that date on, whenever it was typed. Texts, owners and
    meeting are today's.
    """
    taken_in = record.history[0].at if record.history else ""
    end = max(taken_in, f"{day}T24")
    past = next(each for each in versions(record) if not each.history or each.history[-1].at <= end)
    stood = {name: getattr(past, name) for name in _HOW_IT_STOOD}
    done, was_done = _done_on(record), _done_on(past)
    if record.status is Status.COMPLETED and "" < done <= day:
        dates = {"completed_on": record.completed_on, "agreed_on": record.agreed_on}
        stood |= {"status": Status.COMPLETED, **dates}
    elif past.status is Status.COMPLETED and was_done > day:
        stood |= {"status": Status.OPEN, "completed_on": "", "agreed_on": ""}
    if stood["agreed_on"] > day:
        stood["agreed_on"] = ""
    if record.acceptance and "" < record.acceptance_on <= day:
        stood |= {"acceptance": record.acceptance, "acceptance_on": record.acceptance_on}
    elif stood["acceptance_on"] > day:
        stood |= {"acceptance": Acceptance.NONE, "acceptance_on": ""}
    return record._replace(history=past.history, **stood)


def cases(
    records: Iterable[Record], calendar: Calendar, period: Period, committee: str = ""
) -> list[Case]:
    """Give what there was to do in a period, in the order of the printed table."""
    at_its_end = calendar._replace(today=date.fromisoformat(period.until))
    day_before = _shifted(period.since, -1)
    found = []
    for record in in_order(records):
        held_on = record.meeting.date
        if held_on > period.until:
            continue
        stands = as_of(record, period.until)
        if period.has(held_on):
            origin = Origin.RAISED
        elif as_of(record, day_before).status.is_open:
            origin = Origin.BROUGHT_FORWARD
        elif stands.status.is_open:
            origin = Origin.REOPENED
        else:
            continue
        part = _part_of(stands, at_its_end)
        late = bool(record.history) and record.history[0].at[:10] > period.until
        moves = len(extensions(stands))
        found.append(Case(stands, committee, origin, part, _days(stands), moves, late))
    return found


def figures(counted: Sequence[Case]) -> Figures:
    """Count these records."""
    from statistics import median

    origins, parts = (
        Counter(case.origin for case in counted),
        Counter(case.part for case in counted),
    )
    moved = Counter(min(case.moves, 3) for case in counted)
    days = [case.days for case in counted if case.days is not None]
    return Figures(
        all=len(counted),
        **{origin.value: origins[origin] for origin in Origin},
        answered=sum(is_answer(case.record.response) for case in counted),
        closed=sum(parts[part] for part in CLOSED),
        open=sum(parts[part] for part in OPEN),
        **{part.value: parts[part] for part in Part},
        agreed=sum(case.part is Part.COMPLETED and bool(case.record.agreed_on) for case in counted),
        timed=len(days),
        median_days=median(days) if days else None,
        longest_days=max(days, default=None),
        moved_once=moved[1],
        moved_twice=moved[2],
        moved_more=moved[3],
        moves=sum(case.moves for case in counted),
    )


def groups(counted: Iterable[Case], by: By, owners: Owners = NO_OWNERS) -> list[Group]:
    """Part records and count each group; the largest owner or service first, the nameless last.

    `owners` are what the committees know of them.
    """
    counted = list(counted)
    names_of = _naming(by, counted, owners)
    found: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for case in counted:
        for names in dict.fromkeys(names_of(case)):
            found[names].append(case)
    made = [Group(names, figures(of_it)) for names, of_it in found.items()]
    if by in (By.STATUS, By.KIND):
        order = [each.value for each in (Status if by is By.STATUS else Kind)]
        return sorted(made, key=lambda each: order.index(each.names[0]))
    ranked = by in (By.OWNER, By.SERVICE)
    return sorted(
        made,
        key=lambda each: (
            not any(each.names), -each.figures.all if ranked else 0, *map(fold, each.names),
        ),
    )  # fmt: skip


def recommendations(counted: Iterable[Case]) -> list[Case]:
    """Give those of the records that the executive answers."""
    return [case for case in counted if case.record.kind is Kind.RECOMMENDATION]


def per_cents(counted: Figures) -> Mapping[str, int]:
    """Give figures in whole per cent of all, by their name; the parts sum up to 100.

    What is closed and what is open come before their own parts, which sum up to them. Nothing where
    there is nothing.
    """
    if not counted.all:
        return {}
    numbers = counted._asdict()
    given = {"all": 100}
    for whole, parts in _WHOLES:
        found = shares([numbers[part] for part in parts], given[whole])
        given |= zip(map(str, parts), found, strict=True)
    for name in ("answered", "agreed", "moved_once", "moved_twice", "moved_more"):
        given[name] = per_cent(numbers[name], counted.all)
    return given


def per_cent(number: int, whole: int) -> int:
    """Give a number in whole per cent of another, half a per cent rounded up."""
    return (200 * number + whole) // (2 * whole)


def shares(numbers: Sequence[int], of: int = 100) -> list[int]:
    """Give the parts of a whole in whole per cent that sum up to `of`, by largest remainders."""
    whole = sum(numbers)
    if not whole:
        return [0] * len(numbers)
    given = [of * each // whole for each in numbers]
    by_remainder = sorted(range(len(numbers)), key=lambda at: -(of * numbers[at] % whole))
    for at in by_remainder[: of - sum(given)]:
        given[at] += 1
    return given


def _naming(
    by: By, counted: Sequence[Case], owners: Owners
) -> Callable[[Case], Iterable[tuple[str, ...]]]:
    """Give what names the groups that a record is in."""
    match by:
        case By.OWNER:
            # What is known of owners is never printed, so they are named as records print them.
            usual = owner_spellings((case.record for case in counted), owners)
            return lambda case: (
                [(usual[name.casefold()],) for name in case.record.owners] or [("",)]
            )
        case By.SERVICE:
            return lambda case: [
                (known.service if (known := owners.find(name)) else "",)
                for name in case.record.owners or ("",)
            ]
        case By.MEETING:
            return lambda case: [
                (case.record.meeting.date, case.record.meeting.type.value, case.committee)
            ]
        case By.STATUS:
            return lambda case: [(case.record.status.value,)]
        case By.KIND:
            return lambda case: [(case.record.kind.value,)]
    return lambda case: [(case.committee,)]


def _part_of(record: Record, calendar: Calendar) -> Part:
    if part := _PARTS.get(record.status):
        return part
    if calendar.is_overdue(record):
        return Part.OVERDUE
    return Part.NOT_YET_DUE if calendar.last_day(record) else Part.NO_DATE


def _days(record: Record) -> int | None:
    """Count from the meeting to completion, or to its agreement where its day is not known."""
    began, done = find_date(record.meeting.date), find_date(_done_on(record))
    if record.status is not Status.COMPLETED or not (began and done and began <= done):
        return None
    return (done - began).days


def _done_on(record: Record) -> str:
    return next(filter(is_iso, (record.completed_on, record.agreed_on)), "")


def _begins(year: str, starts: str, meetings: Iterable[Meeting]) -> str:
    """Give the first day (ISO) of a year, which a meeting may have said to be another."""
    first = year_begins(year, starts).isoformat()
    stated = [each for each in meetings if each.year_stated and is_iso(each.date)]
    early = min((each.date for each in stated if each.year == year), default=first)
    last_year = _next_year(year, -1)
    late = max((each.date for each in stated if each.year == last_year), default="")
    return max(min(early, first), _shifted(late, 1) if late >= first else "")


def _next_year(year: str, by: int) -> str:
    return year_name(min(max(1, int(year.partition("/")[0]) + by), date.max.year))


def _shifted(day: str, days: int) -> str:
    ordinal = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(1, ordinal), date.max.toordinal())).isoformat()


def _year_earlier(day: str) -> str:
    """Give the day a year before: the 28th for a 29 February."""
    that = date.fromisoformat(day)
    try:
        return that.replace(year=max(1, that.year - 1)).isoformat()
    except ValueError:
        return that.replace(year=that.year - 1, day=28).isoformat()
