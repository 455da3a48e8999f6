"""Letting a record go on as another one, as several, or as one of another committee."""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.errors import DecisionError, StoreError, UsageError
from cpctrack.records import ageing, links
from cpctrack.records.changes import Author, amend
from cpctrack.records.decisions import require_text
from cpctrack.records.model import Link, Meeting, MeetingType, Record, Status
from cpctrack.records.query import type_on
from cpctrack.store import codec, council, store
from cpctrack.store.store import Store
from cpctrack.text import fold, one_line


class Linked(NamedTuple):
    """The record that ended, those as which it goes on, and the store that holds these."""

    former: Record
    records: Sequence[Record]
    store: Store


def supersede(path: Path, ref: str, by: str, author: Author, *, reason: str = "") -> Linked:
    """Let one record of a store go on in another one there is.

    Raises `DecisionError`, `NotFoundError`, or `UsageError` where both are one.
    """
    with store.editing(path) as current:
        former, record = current.find(ref), current.find(by)
        if former.id == record.id:
            raise UsageError(
                f"{former.ref} can't take its own place; name the one that does with --by."
            )
        links.require_here(record)
        if former.exempt and not record.exempt:
            raise DecisionError(
                f"{former.ref} is exempt and {record.ref} is not, but would print how long that "
                f"took and why. First “cpctrack update {record.ref} --exempt PARAGRAPH”, or end "
                f"{former.ref} without a link: “cpctrack update {former.ref} --status superseded”."
            )
        to, back = _both(links.SUPERSEDED_BY, former, record)
        ended = links.close(former, [to], author, reason=reason)
        goes_on = links.succeed(record, back, former, author)
        current.put(ended)
        current.put(goes_on)
    return Linked(ended, [goes_on], current)


def split(path: Path, ref: str, texts: Sequence[str], author: Author) -> Linked:
    """Let a record go on as new ones of the same meeting and item, one of each text.

    Raises `DecisionError`, `NotFoundError`, or `UsageError` where there are not two texts.
    """
    with store.editing(path) as current:
        former = current.find(ref)
        for text in texts:
            require_text(former.ref, text)
        if len(set(map(one_line, texts))) < max(len(texts), 2):
            raise UsageError(
                f"Give the parts of {former.ref}, two or more, each with a text of its own: "
                "--into TEXT --into TEXT."
            )
        links.require_here(former)
        links.require_settled(former)
        parts = [current.take_over(links.part_of(former, text, author)) for text in texts]
        both = [_both(links.SPLIT_INTO, former, part) for part in parts]
        ended = links.close(former, [to for to, _ in both], author)
        current.put(ended)
        records = [
            links.succeed(part, back, former, author)
            for part, (_, back) in zip(parts, both, strict=True)
        ]
        for record in records:
            current.put(record)
    return Linked(ended, records, current)


def transfer(
    path: Path,
    ref: str,
    to: Path,
    author: Author,
    today: date,
    *,
    day: str = "",
    beside: Sequence[Path] = (),
) -> Linked:
    """Let a record go on as one of another committee, in the store `to`, which is written first.

    It belongs there to the meeting of that `day` (ISO), the committee's last formal one if none is
    given. Where an earlier run was broken off between the two stores, the record that it left is
    taken; one that it left in a store `beside` them is in the way. Raises `StoreError`,
    `DecisionError`, `NotFoundError`, or `UsageError`.
    """
    target = _store_at(to)
    if os.path.realpath(target) == os.path.realpath(path):
        raise UsageError(f"{to} is the store it is in already; name another committee's with --to.")
    _refuse_one_committee(*council.read_all([path, target]))  # nor two of one prefix
    written = ""
    try:
        with store.editing(path) as current:
            with store.editing(target) as other:
                former = current.find(ref)
                record = _taken_over(former, other)
                if record is None:
                    former = _taken_back(former, other, author)
                    links.require_here(former)
                    _refuse_left(former, {*beside} - {path, target})
                    links.require_open(former)  # or it would have ended there too
                    links.require_settled(former)
                    record = _handed_over(former, current, other, day, author, today)
                link = Link(links.TRANSFERRED_TO, record.ref, one_line(other.settings.committee))
                ended = links.close(_only(link, former, author), [link], author)
                current.put(ended)
            written = record.ref
    except StoreError as error:
        if not written:
            raise
        raise StoreError(
            f"{written} stands in {target} by now, but {path} still has {former.ref} as it was; "
            f"run the same command once more when that is mended: {error}"
        ) from error
    return Linked(ended, [record], other)


def _both(kind: str, former: Record, record: Record) -> tuple[Link, Link]:
    return Link(kind, record.ref), Link(links.INVERSES[kind], former.ref)


def _store_at(to: Path) -> Path:
    """Give a store, or the only one of a folder."""
    if not to.is_dir():
        return to
    found = council.stores_in(to)
    if len(found) > 1:
        raise UsageError(f"There are several stores in {to}; name one of them with --to.")
    return found[0]


def _refuse_one_committee(one: Store, other: Store) -> None:
    """Refuse to hand over within a committee, which has a second store for what is private."""
    if fold(one.settings.committee) == fold(other.settings.committee):
        raise UsageError(
            f"{one.path} and {other.path} are of one committee, so one may be its private store: "
            "nothing may go from that to the other, nor be named there. Type it in there with "
            "“cpctrack add”, and end it here with “cpctrack update REF --status superseded”."
        )


def _taken_over(former: Record, other: Store) -> Record | None:
    """Find the record that another store has taken over already."""
    back = (links.INVERSES[links.TRANSFERRED_TO], former.ref)
    return next((each for each in other.records if back in [one[:2] for one in each.linked]), None)


def _refuse_left(former: Record, beside: Iterable[Path]) -> None:
    """Refuse to hand over twice what a run that was broken off has handed over already."""
    for each in sorted(beside):
        if left := _taken_over(former, store.read(each)):
            raise DecisionError(
                f"{former.ref} is in {each} as {left.ref}, since its transfer was broken off; "
                f"finish that with --to {each}, or take it back there with “cpctrack undo”."
            )


def _taken_back(former: Record, other: Store, author: Author) -> Record:
    """Give a record as it was before a transfer that an undo in the other store has taken back.

    Until then nobody could work on it, here or there: the undo here may be out of reach.
    """
    withdrawn = other.document.get(codec.WITHDRAWN, {})
    there = links.successors(former)
    if not there or any(link.ref not in withdrawn for link in there):
        return former
    changes = (line.before for line in reversed(former.history) if line.what == "status")
    before = next(changes, "")
    status = next((each for each in Status if each == before), Status.OPEN)
    kept = tuple(text for text in former.links if text not in map(str, there))
    return amend(former, {"status": status, "links": kept}, author)


def _only(link: Link, former: Record, author: Author) -> Record:
    """Take away links of this kind to where the record no longer is: a merge renumbered it."""
    stale = [str(each) for each in former.linked if each.kind == link.kind and each != link]
    kept = tuple(text for text in former.links if text not in stale)
    return amend(former, {"links": kept}, author)


def _handed_over(
    former: Record, current: Store, other: Store, day: str, author: Author, today: date
) -> Record:
    """Put a copy with its whole history into the other store, as of a meeting of its committee."""
    last = current.calendar(today).last_day(former)
    copy = amend(
        former,
        {
            "meeting": _taking_over(other, day, today),
            "owners": other.spelled(former.owners),
            # “In 6 weeks” is counted from the meeting that agreed it.
            "due": former.due or (last.isoformat() if last else ""),
            # Of the meetings and the year of the committee that hands it over.
            "goes_to": "",
            "rolled_to": "",
        },
        author,
    )
    new = other.take_over(copy._replace(links=()))
    back = Link(
        links.INVERSES[links.TRANSFERRED_TO], former.ref, one_line(current.settings.committee)
    )
    linked = amend(new, {"links": (str(back),)}, author, meeting=ageing.began(former))
    other.put(linked)
    return linked


def _taking_over(other: Store, day: str, today: date) -> Meeting:
    """Give the meeting of the committee that takes a record over."""
    held_on = day or other.calendar(today).last_formal
    committee = one_line(other.settings.committee)
    if not held_on:
        raise UsageError(
            f"{committee} has held no formal meeting yet; name the meeting that takes it over with "
            "--meeting DATE."
        )
    if held_on > today.isoformat():
        raise DecisionError(
            f"The meeting of {long_date(held_on)} is still to come; transfer to it when it was "
            "held, or name an earlier one with --meeting."
        )
    type_ = type_on(other.meetings.values(), held_on) or MeetingType.FORMAL
    return other.meeting_on(held_on, type_)
