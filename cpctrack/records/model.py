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
from typing import Annotated, Any, NamedTuple

from cpctrack.dates import TERMS, Terms, long_date
from cpctrack.records.fields import Field, Holds, fields_of, names_of

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
    def all_words(self) -> tuple[str, ...]:
        """Those words and, behind them, what cpctrack 0.1 printed instead, if it was another."""
        once = _WORDS_ONCE.get(self)
        return (self.words, once) if once else (self.words,)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something: its owner, or the committee."""
        return self in _OPEN

    @property
    def can_be_overdue(self) -> bool:
        """Whether a passed due date matters: not once its owner says that it is done."""
        return self in _OPEN and self is not Status.PROPOSED


_STATUS_WORDS = {
    Status.OPEN: "To do",
    Status.IN_PROGRESS: "Under way",
    Status.ONGOING: "Continuing",
    Status.PROPOSED: "Reported done",
    Status.COMPLETED: "Completed",
    Status.DEFERRED: "Deferred",
    Status.NOT_PROCEEDING: "Will not be done",
    Status.SUPERSEDED: "Replaced",
    Status.NO_FOLLOW_UP: "For information",
}
_WORDS_ONCE = {
    Status.OPEN: "Open",
    Status.IN_PROGRESS: "In progress",
    Status.ONGOING: "Ongoing",
    Status.PROPOSED: "Proposed for closure",
    Status.NOT_PROCEEDING: "Not proceeding",
    Status.SUPERSEDED: "Superseded",
    Status.NO_FOLLOW_UP: "No follow-up needed",
}


class Acceptance(StrEnum):
    """What the executive answered to a recommendation, if it did."""

    NONE = ""
    YES = "yes"
    IN_PART = "in-part"
    NO = "no"

    @property
    def words(self) -> str:
        """The answer as members read it."""
        return _ACCEPTANCE_WORDS[self]


_ACCEPTANCE_WORDS = {
    Acceptance.NONE: "Not answered",
    Acceptance.YES: "Accepted",
    Acceptance.IN_PART: "Accepted in part",
    Acceptance.NO: "Not accepted",
}


_OPEN = frozenset(
    {Status.OPEN, Status.IN_PROGRESS, Status.ONGOING, Status.PROPOSED, Status.DEFERRED}
)


class Settings(NamedTuple):
    """What the store knows of its committee; `year_starts` is ``MM-DD``.

    `remind_after` and `escalate_after` count days from the first time that an owner was asked;
    `clerk` are the lines that close a message, nothing for the name of whoever asks. `contact` is
    whom a reader of a document writes to about a mistake in it, in a line.
    """

    committee: str
    prefix: str
    year_starts: str
    terms: Terms = TERMS
    remind_after: int = 7
    escalate_after: int = 14
    clerk: str = ""
    contact: str = ""
    extra: Mapping[str, object] = NOTHING


class Meeting(NamedTuple):
    """One meeting of the committee: no two of one type fall on one day.

    It has been or is to come. `date` is ISO, `year` a municipal year (``2022/23``), `year_stated`
    whether somebody said so because the date alone would give another. `moved_to` is the day (ISO)
    on which it is held instead.
    """

    date: str
    type: MeetingType
    year: str
    year_stated: bool = False
    cancelled: bool = False
    moved_to: str = ""
    note: str = ""
    extra: Mapping[str, object] = NOTHING

    @property
    def stands(self) -> bool:
        """Whether it is held on its day: neither cancelled nor moved to another."""
        return not (self.cancelled or self.moved_to)

    @property
    def fate(self) -> str:
        """What became of one that does not stand: “moved to 19 June 2024” or “cancelled”."""
        if self.moved_to:
            return f"moved to {long_date(self.moved_to)}"
        return "cancelled" if self.cancelled else ""

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


class Link(NamedTuple):
    """What one record has to do with another: ``superseded-by CPC-2324-007``.

    `committee` is whose the other record is, where it is another one's.
    """

    kind: str
    ref: str = ""
    committee: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self))


# fmt: off
class Record(NamedTuple):
    """One action, recommendation or decision, with all that came of it.

    `item` is the agenda item as printed; `owner_text`, `due_text` and `follow_up` are what was
    typed or printed, `owners`, `due` and `status` what was read from it. `source_ref` is the
    reference another table gave it; `agreed_on` is the formal meeting (ISO) that agreed the
    completion, without which it is only somebody's word; each of `links` is a kind of link and a
    reference, as in ``superseded-by CPC-2324-007``, and the committee's name behind it where the
    other record is another committee's; `printed` holds the cells of an imported
    row that no other field keeps to the letter. `conflicts` are what a merge left to be settled.
    This is the table of fields: whoever adds one here has it everywhere.
    """

    id: str
    ref: str
    meeting: Meeting
    item: Annotated[str, Field(
        "agenda item", Holds.LINE, "Item", "Agenda item", "item",
        "The agenda item, as printed.", column=True)] = ""
    kind: Annotated[Kind, Field(
        "kind", Holds.WORD, "Kind", "", "kind",
        "What it is, where the text alone does not say.",
        read_from=("owner_text", "action", "recommendation"))] = Kind.ACTION
    recommendation: Annotated[str, Field(
        "recommendation", Holds.TEXT, "Recommendation", "Recommendation", "recommendation",
        "What the committee recommends.", column=True)] = ""
    action: Annotated[str, Field(
        "action", Holds.TEXT, "Action", "Action", "action",
        "What is to be done.", column=True)] = ""
    referrer: Annotated[str, Field(
        "referrer", Holds.NAME, "Raised by", "Who raised it", "referrer",
        "Who raised it.", "NAME", column=True)] = ""
    owners: Annotated[tuple[str, ...], Field(
        "owners", Holds.NAMES, "Referred to", "Referred to, a name a line", "owner",
        "Whom it is referred to; repeat it for several.", "NAME", column=True,
        unit="owners", read_from=("owner_text",))] = ()
    owner_text: Annotated[str, Field("owners as printed", Holds.TEXT, unit="owners")] = ""
    due: Annotated[str, Field(
        "due date", Holds.DATE, column=True, unit="due", read_from=("due_text",))] = ""
    due_text: Annotated[str, Field(
        "due date as typed", Holds.LINE, "Due", "Due, a date or words", "due",
        "By when: a date, or words like “Spring term”.", "WHEN", column=True, unit="due")] = ""
    response: Annotated[str, Field(
        "response", Holds.TEXT, "Response", "Response", "response",
        "What the owner answers.", column=True)] = ""
    evidence: Annotated[tuple[str, ...], Field(
        "evidence", Holds.LINKS, "Evidence", "Evidence, a link or file name a line", "evidence",
        "A link or file name that shows that it is done; repeat it for several.", "TEXT")] = ()
    status: Annotated[Status, Field(
        "status", Holds.WORD, "Status", f"Status: {', '.join(each.words for each in Status)}",
        "status", "How far it has come.", "STATUS",
        unit="status", read_from=("follow_up", "response"))] = Status.OPEN
    follow_up: Annotated[str, Field(
        "follow-up", Holds.TEXT, "Needs Follow Up", "Needs Follow Up, as printed", "follow-up",
        "What the Needs Follow Up column says.", "TEXT", column=True)] = ""
    completed_on: Annotated[str, Field(
        "date of completion", Holds.DATE, "Completed on", "Completed on", "completed-on",
        "When it was done.", "DATE", column=True,
        unit="status", read_from=("follow_up", "response"))] = ""
    agreed_on: Annotated[str, Field(
        "meeting that agreed the completion", Holds.DATE, "Agreed on", unit="status")] = ""
    exempt_paragraph: Annotated[str, Field(
        "exempt paragraph", Holds.LINE, "Exempt", "", "exempt",
        "The paragraph of Schedule 12A that keeps it from the public.", "PARAGRAPH",
        column=True)] = ""
    acceptance: Annotated[Acceptance, Field(
        "answer of the executive", Holds.WORD, "Executive", "", "accepted",
        "What the executive answered to a recommendation.", unit="acceptance")] = Acceptance.NONE
    acceptance_on: Annotated[str, Field(
        "day of the executive's answer", Holds.DATE, "Answered on", "", "accepted-on",
        "When the executive answered.", "DATE", unit="acceptance")] = ""
    goes_to: Annotated[str, Field(
        "meeting it goes to", Holds.DATE, "Goes to", "", "goes-to",
        "The meeting to come that is to receive it.", "DATE")] = ""
    rolled_to: Annotated[str, Field(
        "municipal year it was rolled over to", Holds.LINE, "Rolled over to",
        read_from=("follow_up",))] = ""
    links: Annotated[tuple[str, ...], Field(
        "links to other actions", Holds.LINKS, "Linked")] = ()
    source_ref: Annotated[str, Field(
        "reference in another table", Holds.LINE, "Other reference")] = ""
    printed: Annotated[Mapping[str, str], Field("printed", Holds.CELLS)] = NOTHING
    history: tuple[Change, ...] = ()
    conflicts: tuple[Clash, ...] = ()
    extra: Mapping[str, object] = NOTHING
    # fmt: on

    @property
    def text(self) -> str:
        """What was agreed, as `agreed` gives it."""
        return self.action or self.recommendation

    @property
    def exempt(self) -> bool:
        """Whether the record must stay out of what the public reads.

        A field about it that this version can't read is taken for a yes.
        """
        return bool(self.exempt_paragraph) or (bool(self.extra) and bool(exempt_flags(self.extra)))

    @property
    def linked(self) -> tuple[Link, ...]:
        """The links, each parted into what it says, the other record's reference and committee."""
        return tuple([Link(*link.split(" ", 2)) for link in self.links if " " in link])

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

    found = re.findall("[a-z]+", name.lower())
    letters = "".join(found)
    words = [word for word in found if len(word) < _LONGEST_FLAG]
    return (
        EXEMPT in letters
        or re.search("(?:not|non)(?:for)?publi", letters) is not None
        or any(get_close_matches(word, _SECRET, n=1, cutoff=_NEAR) for word in words)
    )


_SECRET = (EXEMPT, "confidential", "private", "restricted")
_NEAR = 0.8  # “exmept” and “confidental”, but not “excerpt” and “privacy”
_LONGEST_FLAG = 20
_NO = frozenset({"", "no", "n", "false", "none"})

FIELDS = fields_of(Record)
TEXT_FIELDS = names_of(FIELDS, Holds.LINE, Holds.TEXT, Holds.NAME, Holds.DATE)
LISTS = names_of(FIELDS, Holds.NAMES, Holds.LINKS)
WORDS: Mapping[str, type[StrEnum]] = {
    name: Record.__annotations__[name].__origin__ for name in names_of(FIELDS, Holds.WORD)
}
"""The words that a field can hold, by its name."""

_WORDS = {each.name: each.words for each in FIELDS}


def words_of(field: str) -> str:
    """Name a field as a person would, also one that is of no record."""
    return _WORDS.get(field) or field.replace("_", " ")



def agreed(fields: Mapping[str, Any]) -> str:
    """Give what was agreed: the action, or the recommendation where there is no action.

    Without either there is no record.
    """
    return str(fields.get("action") or fields.get("recommendation") or "")


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
    earlier_due: tuple[tuple[str, str], ...] = ()
    """The due dates that the row says it had before, ISO and as printed, the first one first."""


_FLAGS = re.ASCII | re.IGNORECASE | re.DOTALL  # without ASCII they take thrice as long to compile
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}(?:[a-z](?![a-z]))?(?:\([a-z0-9]{1,4}\))?)"
_ITEM = (  # neither is compiled before it is first asked for
    rf"\s*(?:agenda\s+)?item\s*(?:\.\s*)?{_NUMBER}(?![\d/]|[–-]\d)\s*[.:)–-]*\s*(?P<title>.*)"
)
_BARE_ITEM = (
    rf"\s*{_NUMBER}(?:\s*[.:)]+(?!\d)|\s+[–-]\s|\s+(?![\d\s–-])|\s*\Z)\s*(?P<title>.*)"
)


def split_item(item: str) -> tuple[str, str]:
    """Split an agenda item as printed into its number and its title.

    Reads “Item 3. Title”, “Item8. Title”, “4.Title”, “Agenda item 5(a): Title”, “7”; without a
    number the whole is the title.
    """
    printed = item.replace("\xa0", " ")
    match = re.fullmatch(_ITEM, printed, _FLAGS) or re.fullmatch(_BARE_ITEM, printed, _FLAGS)
    return (match["number"], match["title"].strip()) if match else ("", item.strip())
