"""What the store holds: records of one committee's actions, their meetings and their changes.

Everything here is a named tuple: it can't change, and is made by the ten thousand in no time. A
change makes a new record. Absent text is ``""``. Dates are ISO text:
it sorts as it stands, and a date somebody damaged by hand can be reported instead of lost.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

Value = str | tuple[str, ...]
"""What a field of a record can hold."""

NOTHING: Mapping[str, Any] = MappingProxyType({})

EXEMPT = "exempt"
"""What is in the name of a field that keeps a record from the public, if it is spelled right."""


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


class Settings(NamedTuple):
    """What the store knows of its committee; `year_starts` is ``MM-DD``."""

    committee: str
    prefix: str
    year_starts: str
    extra: Mapping[str, object] = NOTHING


class Meeting(NamedTuple):
    """One meeting of the committee: no two of one type fall on one day.

    `date` is ISO, `year` a municipal year (``2022/23``), `year_stated` whether somebody said so
    because the date alone would give another.
    """

    date: str
    type: MeetingType
    year: str
    year_stated: bool = False
    extra: Mapping[str, object] = NOTHING

    @property
    def key(self) -> str:
        """The meeting's id in the store: two clones that add one meeting give it one id."""
        return f"{self.date}-{self.type}"


class Change(NamedTuple):
    """One line of a record's history.

    `at` is UTC to the second (``2023-03-15T10:00:00Z``), `via` the command, `what` the field that
    changed or ``added``/``imported`` for the first line, whose `after` then says from where.
    `reason` and `meeting` (ISO) are why it changed and where that was decided, if somebody said so.
    """

    at: str
    by: str
    via: str
    what: str
    before: Value = ""
    after: Value = ""
    reason: str = ""
    meeting: str = ""
    extra: Mapping[str, object] = NOTHING


TWIN = "twin"
"""What a line of history has changed where somebody else had taken the same action in.

Its `before` is the reference that it had there.
"""


class Clash(NamedTuple):
    """One field that two sides of a merge changed in different ways, until somebody settles it.

    The values are as the file holds them, ``None`` where there was nothing; a cell of `printed` is
    the field ``printed.NAME``. The field ``""`` stands for the whole row, which one side removed.
    """

    field: str
    base: Any
    ours: Any
    theirs: Any
    extra: Mapping[str, object] = NOTHING


class Conflict(NamedTuple):
    """A clash and where it is: `ref` is a record's reference, ``settings`` or a meeting's id."""

    table: str
    id: str
    ref: str
    clash: Clash


class Record(NamedTuple):
    """One action, recommendation or decision, with all that came of it.

    `item` is the agenda item as printed; `owner_text`, `due_text` and `follow_up` are what was
    typed or printed, `owners`, `due` and `status` what was read from it. `source_ref` is the
    reference another table gave it; `agreed_on` is the formal meeting (ISO) that agreed the
    completion, without which it is only somebody's word; `printed` holds the cells of an imported
    row that no other field keeps to the letter. The fields from `item` to `source_ref` are plain
    text: `TEXT_FIELDS`. `conflicts` are what a merge left to be settled.
    """

    id: str
    ref: str
    meeting: Meeting
    kind: Kind = Kind.ACTION
    status: Status = Status.OPEN
    owners: tuple[str, ...] = ()
    item: str = ""
    recommendation: str = ""
    action: str = ""
    referrer: str = ""
    owner_text: str = ""
    due: str = ""
    due_text: str = ""
    response: str = ""
    follow_up: str = ""
    completed_on: str = ""
    agreed_on: str = ""
    exempt_paragraph: str = ""
    source_ref: str = ""
    printed: Mapping[str, str] = NOTHING
    history: tuple[Change, ...] = ()
    conflicts: tuple[Clash, ...] = ()
    extra: Mapping[str, object] = NOTHING

    @property
    def text(self) -> str:
        """What was agreed: the action, or the recommendation where there is no action."""
        return self.action or self.recommendation

    @property
    def exempt(self) -> bool:
        """Whether the record must stay out of what the public reads.

        A field about it that this version can't read is taken for a yes.
        """
        return bool(self.exempt_paragraph) or (bool(self.extra) and bool(exempt_flags(self.extra)))

    @property
    def referred_to(self) -> str:
        """The owners as printed, or joined where they were never printed."""
        return self.owner_text or "; ".join(self.owners)


def exempt_flags(unknown: Mapping[str, object]) -> list[str]:
    """Name the unknown fields by which a record may be exempt; a plain no in one is believed."""
    # The paragraph itself is only here where it is no text.
    return [
        name
        for name, value in unknown.items()
        if may_be_exemption(name)
        and (name == "exempt_paragraph" or str(value).strip().casefold() not in _NO)
    ]


@cache
def may_be_exemption(name: str) -> bool:
    """Tell whether a field's name is about being kept from the public, however it is spelled."""
    from difflib import get_close_matches

    letters = "".join(_LETTERS.findall(name.lower()))
    words = [word for word in _LETTERS.findall(name.lower()) if len(word) < _LONGEST_FLAG]
    return (
        EXEMPT in letters
        or _NOT_PUBLIC.search(letters) is not None
        or any(get_close_matches(word, _SECRET, n=1, cutoff=_NEAR) for word in words)
    )


_LETTERS = re.compile("[a-z]+")
_NOT_PUBLIC = re.compile("(?:not|non)(?:for)?publi")
_SECRET = (EXEMPT, "confidential", "private", "restricted")
_NEAR = 0.8  # “exmept” and “confidental”, but not “excerpt” and “privacy”
_LONGEST_FLAG = 20
_NO = frozenset({"", "no", "n", "false", "none"})

TEXT_FIELDS = Record._fields[Record._fields.index("item") : Record._fields.index("source_ref") + 1]


class Draft(NamedTuple):
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


_FLAGS = re.ASCII | re.IGNORECASE | re.DOTALL  # without ASCII they take thrice as long to compile
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}(?:[a-z](?![a-z]))?(?:\([a-z0-9]{1,4}\))?)"
_ITEM = re.compile(
    rf"\s*(?:agenda\s+)?item\s*(?:\.\s*)?{_NUMBER}(?![\d/]|[–-]\d)\s*[.:)–-]*\s*(?P<title>.*)",
    _FLAGS,
)
_BARE_ITEM = re.compile(
    rf"\s*{_NUMBER}(?:\s*[.:)]+(?!\d)|\s+[–-]\s|\s+(?![\d\s–-])|\s*\Z)\s*(?P<title>.*)",
    _FLAGS,
)


def split_item(item: str) -> tuple[str, str]:
    """Split an agenda item as printed into its number and its title.

    Reads “Item 3. Title”, “Item8. Title”, “4.Title”, “Agenda item 5(a): Title”, “7”; without a
    number the whole is the title.
    """
    printed = item.replace("\xa0", " ")
    match = _ITEM.fullmatch(printed) or _BARE_ITEM.fullmatch(printed)
    return (match["number"], match["title"].strip()) if match else ("", item.strip())
