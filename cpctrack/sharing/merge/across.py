"""What a merge brings about between rows: one reference twice, two meetings a day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cpctrack.records.asking import ASKED
from cpctrack.records.refs import last_numbers, make_ref, split_ref
from cpctrack.sharing.merge.documents import Merge
from cpctrack.sharing.merge.history import lines_of
from cpctrack.sharing.merge.sides import ABSENT, Sides
from cpctrack.sharing.merge.twins import age
from cpctrack.store import chases, packs
from cpctrack.store.codec import WITHDRAWN, Document, Row
from cpctrack.text import fold


class Renumbered(NamedTuple):
    """A record whose reference another one had first, and the one it has now.

    `published` are the meetings (ISO) whose packs have printed it under the old one: both records
    were published, so that one of them had to change. `gave_way` says that only the other one was,
    `alone` that both sides had the other one.
    """

    id: str
    old: str
    new: str
    published: tuple[str, ...] = ()
    gave_way: bool = False
    alone: bool = False


def keep_meetings(merge: Merge) -> None:
    """Keep a meeting that one side removed and a record of the other still belongs to."""
    standing = merge.document.get("meetings", {})
    before = merge.sides.base.get("meetings", {})
    for row in merge.document.get("actions", {}).values():
        key = row.get("meeting")
        if key not in standing and isinstance(key, str) and key in before:
            merge.document.setdefault("meetings", standing)[key] = standing[key] = before[key]


def renumber(merge: Merge, *, at: str, by: str) -> tuple[Renumbered, ...]:
    """Give each younger record whose reference came from both sides one that was never used.

    A record that a pack has printed under the reference keeps it before one that none has.
    """
    rows = merge.document.get("actions", {})
    met = _met(merge, "actions", lambda row: str(row.get("ref", "")).casefold())
    if not met:
        return ()
    printed = packs.printed_as(merge.document)
    keepers: dict[str, str] = {}  # of each record that must let go, by id, the one that keeps it
    for ids in met:
        # Those published with the reference have the better right to it.
        first, *others = sorted(
            _by_age(merge, ids), key=lambda each: (each, fold(rows[each]["ref"])) not in printed
        )
        keepers |= dict.fromkeys(others, first)
    numbers = last_numbers(_references(merge.sides))
    told = []
    for row_id in sorted(keepers, key=lambda each: (split_ref(rows[each]["ref"]), age(rows, each))):
        old = rows[row_id]["ref"]
        prefix, year, _ = split_ref(old)
        if year:
            numbers[year] += 1
            new = make_ref(prefix, f"20{year[:2]}/{year[2:]}", numbers[year])
            lines = lines_of(rows[row_id])
            late = max([at, *(str(line.get("at", "")) for line in lines[-1:])])
            line = {"at": late, "by": by, "via": "merge", "change": "ref", "from": old, "to": new}
            rows[row_id] = {**rows[row_id], "ref": new, "history": [*lines, line]}
            _asked_as(merge.document.get(chases.TABLE, {}), lines, old, new)
            packed_in = printed.get((row_id, fold(old)), ())
            gave_way = not packed_in and (keepers[row_id], fold(old)) in printed
            alone = keepers[row_id] in merge.sides.base.get("actions", {})
            told.append(Renumbered(row_id, old, new, packed_in, gave_way, alone))
    return tuple(told)


def _asked_as(sent: dict[str, Row], lines: Iterable[Row], old: str, new: str) -> None:
    """Let what was asked about a record lead to its new reference, and not to who keeps the old."""
    for line in lines:
        number = str(next(iter(line.get("to") or ()), "")) if line.get("change") == ASKED else ""
        if number in sent and chases.is_sound(sent[number]):
            row = sent[number]
            parts = [{**part, **({"ref": new} if part.get("ref") == old else {})}
                     for part in row.get("parts", ())]  # fmt: skip
            sent[number] = {**row, "parts": parts}


def _references(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        yield from (str(row.get("ref", "")) for row in document.get("actions", {}).values())
        yield from document.get(WITHDRAWN, {})
        yield from (ref for ref, _, _ in packs.printed(document))


def contradictions(merge: Merge) -> None:
    """Make conflicts of what is sound in each row and on each side, and contradictory between."""
    rows = merge.document.get("actions", {})
    for ids in _met(merge, "actions", _printed_reference):
        for row_id in _by_age(merge, ids)[1:]:
            clash = _between(merge, "actions", row_id).part("source_ref").clash("source_ref")
            merge.add("actions", row_id, [clash])
    meetings = merge.document.get("meetings", {})
    for ids in _met(merge, "meetings", _day_held):
        if len({meetings[key].get("type") for key in ids}) > 1:
            used = [str(row.get("meeting")) for row in rows.values()]
            fewer = min(ids, key=lambda key: (used.count(key), key.endswith("-formal"), key))
            clash = _between(merge, "meetings", fewer).part("type").clash("type")
            merge.add("meetings", fewer, [clash])


def _day_held(row: Row) -> str:
    # As check's meeting-of-two-types sees it.
    return "" if row.get("cancelled") or row.get("moved_to") else str(row.get("date", ""))


def _printed_reference(row: Row) -> str:
    # As check's duplicate-printed-reference sees it.
    if not (printed := row.get("source_ref")):
        return ""
    printed = fold(str(printed))
    return f"{printed} {row.get('meeting')}" if printed.isdecimal() else printed


def _between(merge: Merge, table: str, row_id: str) -> Sides:
    return Sides(*(document.get(table, {}).get(row_id, ABSENT) for document in merge.sides))


def _met(merge: Merge, table: str, key: Callable[[Row], str]) -> list[list[str]]:
    """Give the rows, by id, that share a key which no side gave to all of them."""
    merged = merge.document.get(table, {})
    groups: dict[str, list[str]] = {}
    for row_id, row in merged.items():
        if shared := key(row):
            groups.setdefault(shared, []).append(row_id)
    sides = [side.get(table, {}) for side in merge.parted[1:]]
    return [
        sorted(ids)
        for shared, ids in sorted(groups.items())
        if len(ids) > 1
        and not any(
            all(each in rows and key(rows[each]) == shared for each in ids) for rows in sides
        )
    ]


def _by_age(merge: Merge, ids: Sequence[str]) -> list[str]:
    """Sort records by age, those that both sides know from before first."""
    rows, known = merge.document["actions"], merge.sides.base.get("actions", {})
    return sorted(
        ids,
        key=lambda each: (
            known.get(each, {}).get("ref") != rows[each].get("ref"),
            age(rows, each),
        ),
    )
