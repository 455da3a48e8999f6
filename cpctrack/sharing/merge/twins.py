"""What both sides took in, say from the same minutes, is one action: it becomes one row again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cpctrack.records.model import TWIN
from cpctrack.sharing.merge import links
from cpctrack.sharing.merge.history import lines_of
from cpctrack.sharing.merge.sides import ABSENT, Sides, put
from cpctrack.store import canonical, packs
from cpctrack.store.codec import CONFLICTS, WITHDRAWN, Row

_Rows = Mapping[str, Row]


class Twins(NamedTuple):
    """Two records that are one action, by id, and the references they had.

    `both` says that packs have printed both, so that both had to stay.
    """

    kept: str
    gone: str
    kept_ref: str
    gone_ref: str
    both: bool = False


def unite(sides: Sides) -> tuple[Sides, tuple[Twins, ...]]:
    """Give three versions in which what both sides took in has one id and one reference.

    What a pack has printed stays before what none has, and the older before the younger. Their
    common beginning is what both took in, so that only what was changed since can contradict.
    """
    base, ours, theirs = tables = [dict(each.get("actions", {})) for each in sides]
    printed = {record for side in sides[1:] for _, record, _ in packs.printed(side)}
    found: list[Twins] = []
    renamed: Sequence[dict[str, str]] = ({}, {})  # on our side and on theirs
    for pair in sorted(_pairs(base, ours, theirs), key=sorted):
        rows = {row_id: table[row_id] for row_id, table in zip(pair, tables[1:], strict=True)}
        kept, gone = sorted(
            rows, key=lambda each: (each not in printed, each in base, age(rows, each))
        )
        kept_ref, gone_ref = (rows[each]["ref"] for each in (kept, gone))
        found.append(Twins(kept, gone, kept_ref, gone_ref, both=gone in printed))
        if gone not in printed:
            _join(tables, kept, gone, rows)
            renamed[pair.index(gone)][gone_ref] = kept_ref
    if not found:
        return sides, ()
    for table, names in zip(tables[1:], renamed, strict=True):
        links.rename(table, names)
    standing = {str(row.get("ref")) for row in (*ours.values(), *theirs.values())}
    free: dict[str, Row] = {each.gone_ref: {} for each in found if each.gone_ref not in standing}
    united = Sides(*({**side, "actions": rows} for side, rows in zip(sides, tables, strict=True)))
    for side in united[1:] if free else ():
        side[WITHDRAWN] = {**free, **side.get(WITHDRAWN, {})}
    return united, tuple(sorted(found, key=lambda each: each[2:]))


def _join(tables: Sequence[dict[str, Row]], kept: str, gone: str, rows: _Rows) -> None:
    """Put one id, one reference and one beginning in place of two in all three versions."""
    base, *sides = tables
    ref = rows[kept]["ref"]
    one, other = map(_taken_in, rows.values())
    common = {name: value for name, value in one.items() if other.get(name) == value}
    start = base.pop(kept, None) or base.pop(gone, None) or common
    base[kept] = {**start, "ref": ref}
    first = min(map(_first, rows.values()), key=_moment)
    for table in sides:
        row = table.pop(gone, None) or table[kept]
        own, *rest = lines_of(row)
        # Both begin with the first time that the action was taken in.
        again = [] if own == first else [{**own, "change": TWIN, "from": row["ref"]}]
        table[kept] = {**row, "ref": ref, "history": [first, *again, *rest]}


def age(rows: _Rows, row_id: str) -> tuple[str, str]:
    """Give what sorts records by age: when each was taken in, then its id."""
    lines = lines_of(rows[row_id])
    return (str(lines[0].get("at", "")) if lines else "", row_id)


def _pairs(base: _Rows, ours: _Rows, theirs: _Rows) -> Iterator[tuple[str, str]]:
    """Pair what each side alone has with the same words from the same source.

    Of several with the same words, those pair that were taken in alike in everything; no others.
    """
    for key, several in ((_whole, True), (_words, False)):
        mine, other = (
            _grouped(each, key) for each in (_without(ours, theirs), _without(theirs, ours))
        )
        taken: set[str] = set()
        for shared in mine.keys() & other.keys():
            ids = mine[shared], other[shared]
            if several or max(map(len, ids)) == 1:
                # One that was removed is followed where it came back; two that were are not.
                pairs = [
                    (one, two)
                    for one, two in zip(*ids, strict=False)
                    if not (one in base and two in base)
                ]
                yield from pairs
                taken |= {each for pair in pairs for each in pair}
        ours, theirs = _without(ours, taken), _without(theirs, taken)


def _without(rows: _Rows, others: "_Rows | set[str]") -> _Rows:
    return {row_id: row for row_id, row in rows.items() if row_id not in others}


def _grouped(rows: _Rows, key: Callable[[Row], bytes]) -> dict[bytes, list[str]]:
    groups: dict[bytes, list[str]] = defaultdict(list)
    for row_id in sorted(rows, key=lambda each: age(rows, each)):
        if lines_of(rows[row_id]) and isinstance(rows[row_id].get("ref"), str):
            groups[key(rows[row_id])].append(row_id)
    return groups


def _whole(row: Row) -> bytes:
    return canonical.dumps([_first(row).get("to"), _words(row).decode(), _taken_in(row)])


def _words(row: Row) -> bytes:
    first, fields = _first(row), _taken_in(row)
    names = ("meeting", "item", "action", "recommendation", "source_ref")
    file = str(first.get("to", "")).rpartition(", line ")[0]  # of a longer copy, the lines differ
    words = [first.get("change"), first.get("via"), file, *(fields.get(name) for name in names)]
    return canonical.dumps(words)


def _taken_in(row: Row) -> Row:
    """Give a row's fields as it was taken in: its history tells what changed since."""
    fields = {name: row[name] for name in row.keys() - {"ref", "history", CONFLICTS}}
    for line in reversed(lines_of(row)):
        name = str(line.get("change"))
        # Of printed cells it keeps no more than their words.
        put(fields, name, ABSENT if name in ("printed", "ref", TWIN) else line.get("from", ABSENT))
    return fields


def _first(row: Row) -> Row:
    return lines_of(row)[0]


def _moment(line: Row) -> tuple[str, bytes]:
    return str(line.get("at", "")), canonical.dumps(line)
