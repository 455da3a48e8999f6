"""What the public site shows: plain strings, of records and packs that anybody may see. Pure.

Nothing here knows a store, so nothing can reach a page that `cpctrack.tasks.site` has not handed
over. Whatever is only in a record's history stays there: a text that somebody typed and took back
was never public. What was public, the packs say.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from cpctrack import __version__
from cpctrack.dates import is_iso, long_date
from cpctrack.labels import PROGRESS_COLUMNS, WORKING_COLUMNS
from cpctrack.records.calendar import Calendar
from cpctrack.records.links import kind_words
from cpctrack.records.model import Record, Settings, Status
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.records.query import in_order, owner_spellings
from cpctrack.records.settings import contacts
from cpctrack.render.views.frame import Printing, frame, kinds, summary, widths
from cpctrack.render.views.progress import progress_cells
from cpctrack.render.views.rows import Anchors, Surroundings, cell, row_view
from cpctrack.render.views.strips import scale_of
from cpctrack.render.views.view import AppendixView, CellView, PartView, RowView
from cpctrack.render.words import printable
from cpctrack.text import counted, one_line, shorten, unfit_name

MOST_ENTRIES = 100
"""How many changes the feed tells of, the newest first."""

_TITLE = "Actions and recommendations"
_AS_BEFORE = "As before"
_NOT_PRINTED = "Nothing printed"
_NEVER = "1970-01-01T00:00:00Z"
_LONGEST_TITLE = 80
_IDS = uuid.UUID("5b0a8f9e-4f35-4b1f-9f0f-6d0f0f7c7a11")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3])(:[0-5]\d){2}Z", re.ASCII)
_SAFE = re.compile(r"[A-Z0-9]{1,20}(?:-\d{1,20}){0,2}", re.ASCII)
_UNNAMEABLE = re.compile("[^A-Za-z0-9]+")
# A change of one of these changes what the site says of an action.
_PUBLIC = frozenset(
    {"added", "imported", "item", "recommendation", "action", "owners", "owner_text", "due",
     "due_text", "response", "evidence", "status", "follow_up", "completed_on", "agreed_on",
     "exempt_paragraph", "acceptance", "acceptance_on", "goes_to", "meeting", "kind"}
)  # fmt: skip
_PARTS = {
    "overdue": ("Overdue", "These should have been done by now, the longest overdue first."),
    "open": ("Not finished", "These are not done yet, and not overdue."),
    "closed": ("Finished, or for information", "Nobody has to do anything more about these."),
}
_TABLES = {
    "progress": tuple(PROGRESS_COLUMNS.values()),
    "short": (
        WORKING_COLUMNS["ref"],
        "Committee",
        *map(WORKING_COLUMNS.__getitem__, ("action", "owner", "due", "status")),
    ),
    "numbers": ("Committee", "Not finished", "Overdue", "For the committee to agree", "Finished"),
    "printed": (
        "Published for",
        *map(WORKING_COLUMNS.__getitem__, ("action", "owner", "response", "due", "status")),
    ),
}
"""The columns of each kind of table, by its class in the pages."""


class Printed(NamedTuple):
    """How a pack printed an action: for which meeting (ISO), its texts, and how it stood.

    `texts` are by their names in `RowView`, and none that the pack did not print.
    """

    meeting: str
    texts: Mapping[str, str]
    stood: str


class Pack(NamedTuple):
    """A pack that was published: when (UTC), for which meeting (ISO), and how many public rows."""

    id: str
    meeting: str
    name: str
    at: str
    rows: int


class Source(NamedTuple):
    """What the site is told of one committee, all of it public; `printed` is by a record's id."""

    settings: Settings
    calendar: Calendar
    records: Sequence[Record]
    packs: Sequence[Pack]
    printed: Mapping[str, Sequence[Printed]]
    owners: Owners = NO_OWNERS


class LinkView(NamedTuple):
    """Another action: what it is to this one, its reference and its page."""

    kind: str
    words: str
    ref: str
    file: str


class ActionView(NamedTuple):
    """One action: `row` has the cells of the progress report, `updated` is a moment (RFC 3339)."""

    row: RowView
    file: str
    committee: str
    committee_file: str
    year: str
    title: str
    updated: str
    id: str
    links: tuple[LinkView, ...]
    printed: tuple[tuple[CellView, ...], ...]

    @property
    def text(self) -> str:
        """What was agreed."""
        return self.row.action or self.row.recommendation


class CommitteeView(NamedTuple):
    """A committee: `page` has its actions in parts, `counts` are its row among the numbers."""

    name: str
    file: str
    page: AppendixView
    actions: tuple[ActionView, ...]
    counts: tuple[int, ...]

    @property
    def files(self) -> Mapping[str, str]:
        """The page of each action, by its reference."""
        return {each.row.ref: each.file for each in self.actions}


class EntryView(NamedTuple):
    """An entry of the feed."""

    id: str
    updated: str
    title: str
    file: str
    words: str


class SiteView(NamedTuple):
    """The whole site. `page` has every row; `late` are the overdue actions, by committee.

    Of each committee that comes first which is overdue longest.
    """

    id: str
    council: str
    title: str
    page: AppendixView
    committees: tuple[CommitteeView, ...]
    late: tuple[ActionView, ...]
    entries: tuple[EntryView, ...]
    tables: Mapping[str, tuple[str, ...]] = _TABLES
    generator: str = f"cpctrack {__version__}"

    @property
    def actions(self) -> Iterable[ActionView]:
        """Every action, committee after committee."""
        return chain.from_iterable(each.actions for each in self.committees)


def site_view(sources: Sequence[Source], today: date, *, council: str = "") -> SiteView:
    """Lay out the site as it is on a day; `council` is the council's name, if somebody gave it."""
    pages = {
        one_line(record.ref).upper(): action_file(record.ref)
        for each in sources
        for record in each.records
    }
    committees = tuple(_committee(each, today, pages) for each in sources)
    actions = [action for each in committees for action in each.actions]
    # One committee is its own heading; the council's name stands over many.
    named = one_line(council) or (committees[0].name if len(committees) == 1 else "")
    prefixes = " ".join(each.settings.prefix for each in sources)
    contact = contacts(each.settings for each in sources)
    entries = [_action_entry(each) for each in actions]
    for source, committee in zip(sources, committees, strict=True):
        entries += [_pack_entry(each, committee) for each in source.packs]
    return SiteView(
        id=_urn(f"site {one_line(council) or prefixes}"),
        council=named,
        title=_TITLE,
        page=_page(Settings(named, "", "", contact=contact), today, actions),
        committees=committees,
        late=tuple(chain.from_iterable(map(_late, committees))),
        entries=tuple(sorted(entries, key=lambda each: (each.updated, each.id), reverse=True))[
            :MOST_ENTRIES
        ],
    )


def action_file(ref: str) -> str:
    """Name the page of an action, as long as its reference is what it is."""
    return f"actions/{file_name(one_line(ref))}.html"


def file_name(text: str) -> str:
    """Make a name for a file that every system takes, and never one name of two texts.

    Not even of two that differ in capitals only.
    """
    if _SAFE.fullmatch(text) and not unfit_name(text):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return f"{_UNNAMEABLE.sub('-', text).strip('-')[:40]}_{digest}"


def _committee(source: Source, today: date, pages: Mapping[str, str]) -> CommitteeView:
    name = one_line(source.settings.committee)
    file = f"committees/{file_name(source.settings.prefix)}.html"
    spelled = owner_spellings(source.records, source.owners)
    refs = frozenset(record.ref for record in source.records)
    scale = scale_of(source.records, source.calendar)
    around = Surroundings(source.calendar, spelled, refs, scale=scale)
    anchors = Anchors()
    records = in_order(source.records)
    actions = []
    for record in records:
        row = row_view(record, around, anchors, progress_cells, as_printed=False)
        title = shorten(row.action or row.recommendation, _LONGEST_TITLE)
        action = ActionView(
            row=row,
            file=action_file(record.ref),
            committee=name,
            committee_file=file,
            year=printable(record.meeting.year),
            title=title,
            updated=_updated(record, pages),
            id=_urn(record.id),
            links=_links(record, pages),
            printed=_printed(row.ref, source.printed.get(record.id, ())),
        )
        actions.append(action)
    page = _page(source.settings, today, actions)
    return CommitteeView(name, file, page, tuple(actions), _counts(actions))


def _late(committee: CommitteeView) -> list[ActionView]:
    late = [each for each in committee.actions if each.row.overdue]
    return sorted(late, key=lambda each: -each.row.overdue_days)


def _page(settings: Settings, today: date, actions: Sequence[ActionView]) -> AppendixView:
    rows = tuple(each.row for each in actions)
    page = frame(
        Printing(settings, Calendar(today)),
        rows,
        title=_TITLE,
        year="",
        words=summary(rows, kinds(rows), "There are no actions yet."),
        caption=_TITLE,
        columns=tuple(PROGRESS_COLUMNS.values()),
    )
    parts: dict[str, list[RowView]] = {name: [] for name in _PARTS}
    for row in rows:
        closed = not Status(row.status).is_open
        parts["overdue" if row.overdue else "closed" if closed else "open"].append(row)
    parts["overdue"].sort(key=lambda row: -row.overdue_days)
    views = [
        PartView(f"part-{name}", name, *_PARTS[name], counted(len(held), "row"), tuple(held))
        for name, held in parts.items()
        if held
    ]
    return page._replace(
        view="progress",
        parts=tuple(views),
        widths=widths(page),
    )


def _counts(actions: Iterable[ActionView]) -> tuple[int, ...]:
    rows = [each.row for each in actions]
    statuses = [Status(row.status) for row in rows]
    opened = sum(status.is_open for status in statuses)
    proposed = sum(status is Status.PROPOSED for status in statuses)
    return (opened, sum(row.overdue for row in rows), proposed, len(rows) - opened)


def _links(record: Record, pages: Mapping[str, str]) -> tuple[LinkView, ...]:
    """Give the links to actions that have a page: of others the public is not to know."""
    return tuple(
        LinkView(kind, kind_words(kind), one_line(link.ref), page)
        for link in record.linked
        for kind in (one_line(link.kind),)
        if (page := pages.get(one_line(link.ref).upper()))
    )


def _printed(ref: str, lines: Iterable[Printed]) -> tuple[tuple[CellView, ...], ...]:
    """Fill the columns of what packs printed; a cell that stayed as it was says so."""
    rows: list[tuple[CellView, ...]] = []
    before: tuple[CellView, ...] = ()
    for meeting, texts, stood in lines:
        held = {name: printable(value) for name, value in texts.items()}
        due = "\n".join(filter(None, (held.get("due"), held.get("slippage"))))
        action = held.get("action") or held.get("recommendation", "")
        others = (held.get("referred_to", ""), held.get("response", ""), due, printable(stood))
        now = tuple(cell(text, _NOT_PRINTED) for text in (action, *others))
        shown = now
        if before:
            as_before = CellView(_AS_BEFORE, blank=True)
            pairs = zip(now, before, strict=True)
            shown = tuple(one if one.blank or one != old else as_before for one, old in pairs)
        day, other = long_date(one_line(meeting)), one_line(held.get("ref", ref))
        rows.append((CellView(day if other == ref else f"{day}\nas {other}"), *shown))
        before = now
    return tuple(rows)


def _updated(record: Record, pages: Mapping[str, str]) -> str:
    """Tell when what the site says of a record changed last: a moment of its history (RFC 3339)."""
    moments = (
        _moment(line.at)
        for line in record.history
        if line.what in _PUBLIC or (line.what == "links" and _leads_to(line.after, pages))
    )
    return max(moments, default="") or _moment(record.meeting.date) or _NEVER


def _leads_to(links: Iterable[str], pages: Mapping[str, str]) -> bool:
    return any(ref.upper() in pages for link in links for ref in link.split()[1:2])


def _moment(at: str) -> str:
    """Give a stored time, or the beginning of its day where it is no time; else nothing."""
    if not is_iso(at[:10]):
        return ""
    return at if _MOMENT.fullmatch(at) else f"{at[:10]}T00:00:00Z"


def _action_entry(action: ActionView) -> EntryView:
    row = action.row
    words = "\n".join(filter(None, (row.standing, row.due and f"Due: {row.due}", row.response)))
    title = f"{row.ref}: {action.title}"
    return EntryView(action.id, action.updated, title, action.file, f"{action.committee}\n{words}")


def _pack_entry(pack: Pack, committee: CommitteeView) -> EntryView:
    return EntryView(
        _urn(f"pack {pack.id}"),
        _moment(pack.at) or _moment(pack.meeting) or _NEVER,
        f"{committee.name}: {pack.name} was published",
        committee.file,
        f"It has {counted(pack.rows, 'row')}.",
    )


def _urn(name: str) -> str:
    """Make the id of an entry: the same for ever, and none that anything else has."""
    return uuid.uuid5(_IDS, name.encode("utf-8", "backslashreplace").decode()).urn
