"""The drafts of one text beside what the store holds of them, and how they become records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cpctrack.matching.match import Standing, match
from cpctrack.matching.owners import split_owners
from cpctrack.matching.sides import PRINTED, Saying, Side
from cpctrack.minutes.base import Found, Minutes, MinutesDraft
from cpctrack.minutes.habits import NO_HABITS, Habits, Lesson, learn
from cpctrack.records.changes import Author, amend
from cpctrack.records.exempt import is_paragraph
from cpctrack.records.model import Draft, Kind, Meeting, MeetingType, Record, Status
from cpctrack.store.codec import HABITS
from cpctrack.store.store import Store
from cpctrack.text import clean, one_line

RESOLUTION = "resolution"


class Asked(NamedTuple):
    """A draft, and the owners that were read from its owner as printed."""

    draft: MinutesDraft
    owners: tuple[str, ...]


class Sheet(NamedTuple):
    """The drafts of one text, in its order, and what the store holds of each.

    Without a meeting nothing can be known. Drafts go by their place in `asked`.
    """

    name: str
    found: Found
    meeting: Meeting | None
    asked: tuple[Asked, ...]
    standings: tuple[Standing, ...]

    @property
    def offered(self) -> list[int]:
        """The drafts that a person can take in."""
        return [*self.new, *self.unclear, *self.candidates]

    @property
    def held(self) -> Meeting | None:
        """The meeting, unless the store holds a draft under another: whose they are is in doubt."""
        near = [each.meeting for standing in self.standings for each in standing.near]
        return self.meeting if all(each == self.meeting for each in near) else None

    def draft(self, at: int) -> MinutesDraft:
        """Give the draft at this place."""
        return self.asked[at].draft

    @property
    def known(self) -> list[int]:
        """The drafts that the store holds already."""
        return [at for at, standing in enumerate(self.standings) if standing.known]

    @property
    def new(self) -> list[int]:
        """The marked drafts without a doubt that nothing in the store is like.

        They are saved without asking.
        """
        return [at for at in self._marked if self.standings[at].is_new and not self.draft(at).doubt]

    @property
    def unclear(self) -> list[int]:
        """The marked drafts that are like something in the store, or may be exempt."""
        left = {*self.known, *self.new}
        return [at for at in self._marked if at not in left]

    @property
    def candidates(self) -> list[int]:
        """What is said in passing and the store does not hold, best first: a person picks it."""
        offered = {*self._marked, *self.known}
        left = (at for at in range(len(self.asked)) if at not in offered)
        return sorted(left, key=lambda at: -self.draft(at).score)

    @property
    def _marked(self) -> list[int]:
        # A resolution stands here only where somebody asked for all of them.
        drafts = [draft for draft, _ in self.asked]
        return [at for at, each in enumerate(drafts) if each.marked or each.kind == RESOLUTION]


class Decided(NamedTuple):
    """What a person said: drafts to save as records, and drafts that are a record there is.

    `skipped` are those that were shown and are none, `passed` those of a list from which others
    were picked.
    """

    accepted: Mapping[int, Draft]
    same: Mapping[int, Record]
    skipped: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()


class Written(NamedTuple):
    """What was written: new records by their draft's place, and the records that others are."""

    saved: Mapping[int, Record]
    same: Sequence[Record]
    overtaken: Sequence[Record]
    """What was accepted and somebody else had taken in meanwhile."""

    held: Meeting | None = None
    """The meeting, where it is all that was new."""

    learnt: int = 0
    """How many habits that taught or changed."""


def ask_for(
    minutes: Minutes, *, resolutions: bool, exempt: str = "", own: Habits = NO_HABITS
) -> tuple[Asked, ...]:
    """Give the drafts to look for in the store; resolutions are left out unless wanted.

    Owners are written out where `own` knows their initials; the draft keeps what is printed. With
    a paragraph in `exempt` all of them are exempt; what names another keeps that.
    """
    asked = []
    for found in minutes.drafts:
        draft = MinutesDraft._make(
            clean(value) if isinstance(value, str) else value for value in found
        )
        if draft.kind == RESOLUTION and not resolutions:
            continue
        if exempt:
            named = draft.exempt_paragraph if is_paragraph(draft.exempt_paragraph) else exempt
            draft = draft._replace(exempt_paragraph=named, doubt="")
        whom = own.written_out(split_owners(draft.meant or draft.owner))
        asked.append(Asked(draft, whom))
    return tuple(asked)


def lay_out(
    name: str, found: Found, asked: tuple[Asked, ...], meeting: Meeting | None, current: Store
) -> Sheet:
    """Lay the drafts beside what the store holds of them."""
    found = found._replace(committee=one_line(found.committee))
    return Sheet(name, found, meeting, asked, look_up(asked, meeting, current.records))


def look_up(
    asked: Sequence[Asked], meeting: Meeting | None, records: Iterable[Record]
) -> tuple[Standing, ...]:
    """Say what is known of each draft; a record of the day's other meeting is at most near."""
    if meeting is None:
        return (Standing(),) * len(asked)
    records = [each for each in records if each.meeting.date == meeting.date]
    here = match([_side(each, meeting) for each in asked], records, writes_over=False)
    left = [at for at, standing in enumerate(here) if standing.is_new]
    other = meeting._replace(type=next(each for each in MeetingType if each != meeting.type))
    there = match([_side(asked[at], other) for at in left], records, writes_over=False)
    for at, found in zip(left, there, strict=True):
        here[at] = Standing(near=(found.known,) if found.known else found.near)
    return tuple(here)


def _side(asked: Asked, meeting: Meeting) -> Side:
    """Give what is compared of a draft: its text, and its own words without the lead-in's."""
    draft, owners = asked
    whole = Saying(draft.text, draft.item, draft.owner)
    said = (whole, whole._replace(text=draft.printed))
    return Side(said, meeting=meeting.key, owners=owners, due=draft.due, marked=draft.marked)


def record_draft(sheet: Sheet, at: int) -> Draft:
    """Make the draft of a record of a draft from the minutes, which must have a meeting."""
    draft, owners = sheet.asked[at]
    assert sheet.meeting is not None
    kind = Kind.DECISION if draft.kind == RESOLUTION else Kind(draft.kind)
    fields: dict[str, object] = {
        "item": draft.item,
        "recommendation" if kind is Kind.RECOMMENDATION else "action": draft.text,
        "kind": kind,
        "status": Status.NO_FOLLOW_UP if kind is Kind.DECISION else Status.OPEN,
        "owners": owners,
        "owner_text": draft.owner,
        "due": draft.due,
        "due_text": draft.due_text,
        "exempt_paragraph": draft.exempt_paragraph,
    }
    doubts = (draft.doubt,) if draft.doubt else ()
    source = f"{sheet.name}, line {draft.line}"
    return with_fields(Draft(sheet.meeting, fields, source, draft.line, doubts), {}, draft)


def with_fields(record: Draft, fields: Mapping[str, object], draft: MinutesDraft) -> Draft:
    """Give the draft other fields, and keep the printed words beside a text that is not theirs."""
    fields = {**record.fields, **fields}
    fields.pop("printed", None)
    text = fields.get("action") or fields.get("recommendation")
    if draft.printed and draft.printed != text:
        fields["printed"] = {PRINTED: draft.printed}
    return record._replace(fields=fields)


def save_new(sheet: Sheet, current: Store, author: Author) -> Written:
    """Take in every draft that is saved without asking; the store changes in memory only."""
    saved = {at: current.add(record_draft(sheet, at), author) for at in sheet.new}
    return Written(saved, (), (), _keep_held(sheet, current, author))


def save_decided(sheet: Sheet, decided: Decided, current: Store, author: Author) -> Written:
    """Take in what a person decided, but for what the store has come to hold meanwhile."""
    now = look_up(sheet.asked, sheet.meeting, current.records)
    saved: dict[int, Record] = {}
    overtaken = []
    for at, draft in sorted(decided.accepted.items()):
        if known := now[at].known:
            overtaken.append(known)
        else:
            saved[at] = current.add(draft, author)
    records = {record.id: record for record in current.records} if decided.same else {}
    same = []
    for at, record in decided.same.items():
        if record.id in records:
            # The draft is known from now on by what the minutes print.
            held = records[record.id]
            printed = {**held.printed, PRINTED: sheet.draft(at).printed}
            same.append(amend(held, {"printed": printed}, author))
            current.put(same[-1])
    held_new = _keep_held(sheet, current, author)
    habits = learn(
        current.document.get(HABITS, {}), _lessons(sheet, decided), map(sheet.draft, decided.passed)
    )
    current.put_rows(HABITS, habits, author)
    return Written(saved, same, overtaken, held_new, len(habits))


def _lessons(sheet: Sheet, decided: Decided) -> Iterator[Lesson]:
    """Give what the person's decisions teach; what they made exempt teaches nothing."""
    for at in sorted({*decided.accepted, *decided.same, *decided.skipped}):
        fields = decided.accepted[at].fields if at in decided.accepted else {}
        owners = fields.get("owners", ())
        assert isinstance(owners, tuple)
        if not fields.get("exempt_paragraph"):
            yield Lesson(sheet.draft(at), at not in decided.skipped, owners)


def _keep_held(sheet: Sheet, current: Store, author: Author) -> Meeting | None:
    """Keep the meeting that was read, whatever it agreed, where the store has not got it."""
    held = sheet.held
    if held is None or held.key in current.meetings:
        return None
    current.keep_meeting(held, author)
    return held
