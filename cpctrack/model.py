"""What the store holds: records of one committee's actions, their meetings and their changes.

Everything here is frozen; a change makes a new record. Absent text is ``""``. Dates are ISO text:
it sorts as it stands, and a date somebody damaged by hand can be reported instead of lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | tuple[str, ...]
"""What a field of a record can hold."""


class Kind(StrEnum):
    """What the committee agreed."""

    ACTION = "action"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


class MeetingType(StrEnum):
    """Formal meetings are public and minuted; informal ones are held with children in care."""

    FORMAL = "formal"
    INFORMAL = "informal"


class Status(StrEnum):
    """How far an action has come. Overdue is not a status: it follows from the due date."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    ONGOING = "ongoing"
    PROPOSED = "proposed"
    COMPLETED = "completed"
    DEFERRED = "deferred"
    NOT_PROCEEDING = "not-proceeding"
    SUPERSEDED = "superseded"
    NO_FOLLOW_UP = "no-follow-up"

    @property
    def words(self) -> str:
        """The status as members read it."""
        return _STATUS_WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something: its owner, or the committee."""
        return self in _OPEN

    @property
    def can_be_overdue(self) -> bool:
        """Whether a passed due date matters: not once its owner says that it is done."""
        return self in _OPEN and self is not Status.PROPOSED


_STATUS_WORDS = {
    Status.OPEN: "Open",
    Status.IN_PROGRESS: "In progress",
    Status.ONGOING: "Ongoing",
    Status.PROPOSED: "Proposed for closure",
    Status.COMPLETED: "Completed",
    Status.DEFERRED: "Deferred",
    Status.NOT_PROCEEDING: "Not proceeding",
    Status.SUPERSEDED: "Superseded",
    Status.NO_FOLLOW_UP: "No follow-up needed",
}
_OPEN = frozenset(
    {Status.OPEN, Status.IN_PROGRESS, Status.ONGOING, Status.PROPOSED, Status.DEFERRED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the store knows of its committee; `year_starts` is ``MM-DD``."""

    committee: str
    prefix: str
    year_starts: str
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of the committee: no two of one type fall on one day.

    `date` is ISO, `year` a municipal year (``2022/23``), `year_stated` whether somebody said so
    because the date alone would give another.
    """

    date: str
    type: MeetingType
    year: str
    year_stated: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The meeting's id in the store: two clones that add one meeting give it one id."""
        return f"{self.date}-{self.type}"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a record's history.

    `at` is UTC to the second (``2023-03-15T10:00:00Z``), `via` the command, `what` the field that
    changed or ``added``/``imported`` for the first line, whose `after` then says from where.
    """

    at: str
    by: str
    via: str
    what: str
    before: Value = ""
    after: Value = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One action, recommendation or decision, with all that came of it.

    `item` is the agenda item as printed; `owner_text`, `due_text` and `follow_up` are what was
    typed or printed, `owners`, `due` and `status` what was read from it. `source_ref` is the
    reference another table gave it; `printed` holds the cells of an imported row that no other
    field keeps to the letter.
    """

    id: str
    ref: str
    meeting: Meeting
    kind: Kind = Kind.ACTION
    item: str = ""
    recommendation: str = ""
    action: str = ""
    referrer: str = ""
    owners: tuple[str, ...] = ()
    owner_text: str = ""
    due: str = ""
    due_text: str = ""
    response: str = ""
    status: Status = Status.OPEN
    follow_up: str = ""
    completed_on: str = ""
    exempt_paragraph: str = ""
    source_ref: str = ""
    printed: Mapping[str, str] = field(default_factory=dict)
    history: tuple[Change, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What was agreed: the action, or the recommendation where there is no action."""
        return self.action or self.recommendation

    @property
    def exempt(self) -> bool:
        """Whether the record must stay out of what the public reads."""
        return bool(self.exempt_paragraph)

    @property
    def referred_to(self) -> str:
        """The owners as printed, or joined where they were never printed."""
        return self.owner_text or "; ".join(self.owners)


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be: fields by their name in `Record`, and where they were read.

    `meeting` is the meeting it belongs to, `source` says where it comes from (“appendix.tsv,
    line 12”), `line` is the line of the file its row starts on (0 where there is none).
    """

    meeting: Meeting
    fields: Mapping[str, object]
    source: str = ""
    line: int = 0
    doubts: tuple[str, ...] = ()
    """Why a person should look at what was derived, in plain words."""


_ITEM = re.compile(
    r"\s*(?:agenda\s+)?item\s*\.?\s*(?P<number>\d+(?:\.\d+)*[a-z]?(?:\([a-z0-9]+\))?)(?!\d|/)"
    r"\s*[.:)–-]*\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE_ITEM = re.compile(
    r"\s*(?P<number>\d{1,3}(?:\.\d+)*[a-z]?(?:\([a-z0-9]+\))?)\s*(?:[.:)]+\s*|\s[–-]?\s*)"
    r"(?P<title>\D.*)",
    re.IGNORECASE | re.DOTALL,
)


def split_item(item: str) -> tuple[str, str]:
    """Split an agenda item as printed into its number and its title.

    Reads “Item 3. Title”, “Item8. Title”, “4.Title”, “Agenda item 5(a): Title”; without a number
    the whole is the title.
    """
    match = _ITEM.fullmatch(item) or _BARE_ITEM.fullmatch(item)
    return (match["number"], match["title"].strip()) if match else ("", item.strip())
