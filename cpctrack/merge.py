"""Two clones of a store come together: by record and field, with what can't be both shown.

Rows are merged as the file holds them, so that fields and tables this version does not know take
part. Which side is “ours” never matters for the result, only for the names in its conflicts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cpctrack import canonical, codec
from cpctrack.codec import CONFLICTS, SETTINGS_ID, WITHDRAWN, Document, Row
from cpctrack.model import Clash, Conflict, Meeting, Settings
from cpctrack.refs import last_numbers, make_ref, split_ref
from cpctrack.settling import PRINTED, UNITS, held
from cpctrack.text import fold

_ABSENT: Any = object()
_LISTED = frozenset({"history", "printed", CONFLICTS})  # merged by their parts

_INVARIANTS: Mapping[str, tuple[str, ...]] = {
    "nothing-agreed": ("action", "recommendation"),
    "due-before-meeting": ("due", "due_text", "meeting"),
    "due-unlike-its-text": ("due", "due_text"),
    "completed-before-meeting": ("completed_on", "meeting"),
    "open-but-completed": ("completed_on", "status"),
    "follow-up-unlike-status": ("follow_up", "status"),
    "completed-unlike-follow-up": ("completed_on", "follow_up"),
}
"""What `check` asks of a record that two sound sides can break together, and the fields in it."""

_LINKED = frozenset(name for fields in _INVARIANTS.values() for name in fields)


class Renumbered(NamedTuple):
    """A record whose reference another one had first, and the one it has now."""

    id: str
    old: str
    new: str


class Merged(NamedTuple):
    """The merged store, the conflicts that this merge added to it, the references it changed."""

    document: Document
    conflicts: tuple[Conflict, ...]
    renumbered: tuple[Renumbered, ...]


class _Sides(NamedTuple):
    """One thing in three versions; what is not there is `_ABSENT`."""

    base: Any
    ours: Any
    theirs: Any

    def part(self, name: str) -> "_Sides":
        base, ours, theirs = self
        return _Sides(
            base if base is _ABSENT else base.get(name, _ABSENT),
            ours if ours is _ABSENT else ours.get(name, _ABSENT),
            theirs if theirs is _ABSENT else theirs.get(name, _ABSENT),
        )

    def decided(self) -> bool:
        """Tell whether one side alone changed it, or both in one way."""
        return self.ours == self.theirs or self.base in (self.ours, self.theirs)

    def value(self) -> Any:
        """Give what is decided."""
        return self.theirs if self.ours == self.base else self.ours

    def clash(self, field: str) -> Clash:
        base, ours, theirs = (None if each is _ABSENT else each for each in self)
        return Clash(field, base, ours, theirs)


def three_way(base: Document, ours: Document, theirs: Document, *, at: str, by: str) -> Merged:
    """Bring together what two sides made of `base`, all of this version's schema.

    `base` is empty where both added the store. `at` and `by` go into the history of a record that
    is given a new reference. Nothing of the three documents is changed; the result shares their
    rows. Raises `StoreError` where a record that both changed can't be read.
    """
    sides = _Sides(base, ours, theirs)
    merge = _Merge(sides)
    for name in sorted(base.keys() | ours.keys() | theirs.keys(), key=_with_actions_last):
        merge.table(name)
    _keep_meetings(merge)
    renumbered = _renumber(merge, at=at, by=by)
    _contradictions(merge)
    return Merged(merge.document, tuple(merge.conflicts()), renumbered)


def _with_actions_last(name: str) -> tuple[bool, str]:
    return name == "actions", name


class _Merge:
    """A merge under way: what is merged so far, and which clashes are new in which row."""

    def __init__(self, sides: _Sides) -> None:
        self.sides = sides
        self.document: Document = {}
        self.clashes: dict[tuple[str, str], list[Clash]] = {}
        self._sound: _Soundness | None = None

    def table(self, name: str) -> None:
        tables = _Sides(*(document.get(name, {}) for document in self.sides))
        rows: dict[str, Row] = {}
        for row_id in tables.ours.keys() | tables.theirs.keys():
            row = self._row(name, row_id, tables.part(row_id))
            if row is not _ABSENT:
                rows[row_id] = row
        if rows or _Sides(*(name in document for document in self.sides)).value():
            self.document[name] = rows

    def conflicts(self) -> list[Conflict]:
        """Give the new conflicts, in an order that does not depend on the sides."""
        found = (
            Conflict(table, row_id, codec.called(table, row_id, self.document[table][row_id]), each)
            for (table, row_id), clashes in self.clashes.items()
            for each in clashes
        )
        return codec.in_order_of_reference(found)

    def add(self, table: str, row_id: str, clashes: Sequence[Clash]) -> None:
        """Put clashes into a merged row, but those it holds already."""
        rows = self.document[table]
        rows[row_id] = self._with(clashes, table, row_id, rows[row_id])

    def _with(self, clashes: Sequence[Clash], table: str, row_id: str, row: Row) -> Row:
        standing = row.get(CONFLICTS, [])
        known = set(map(_same, standing))
        lines = zip(clashes, codec.encode_clashes(tuple(clashes)), strict=True)
        new = [(clash, line) for clash, line in lines if _same(line) not in known]
        self.clashes.setdefault((table, row_id), []).extend(clash for clash, _ in new)
        return _holding(row, [*standing, *(line for _, line in new)])

    def _row(self, table: str, row_id: str, rows: _Sides) -> Any:
        if rows.decided():
            return rows.value()
        if rows.base is _ABSENT:  # both have added it: two copies of one store, say
            rows = rows._replace(base={})
        if _ABSENT in rows:
            edited = rows.ours if rows.theirs is _ABSENT else rows.theirs
            bare = _Sides(*(_bare(each) for each in rows))
            row, clashes = dict(edited), [bare.clash("")]
        else:
            row, clashes = _RowMerge(table, row_id, rows, self._soundness).result()
            if clashes and table == "actions":
                self._soundness().check_readable(row_id, rows)
        row = _holding(row, _carried(rows))
        return self._with(clashes, table, row_id, row) if clashes else row

    def _soundness(self) -> "_Soundness":
        if self._sound is None:
            meetings = {**self.sides.base.get("meetings", {}), **self.document.get("meetings", {})}
            self._sound = _Soundness(self.document["settings"][SETTINGS_ID], meetings)
        return self._sound


class _Soundness:
    """Which invariants a record breaks: `check` asked of one row."""

    def __init__(self, settings: Row, meetings: Mapping[str, Row]) -> None:
        from cpctrack.check import CHECKS

        self._checks = [each for each in CHECKS if each.name in _INVARIANTS]
        self._settings: Settings = codec.decode_settings(settings)
        self._meetings: dict[str, Meeting] = {
            key: codec.decode_meeting(row, self._settings) for key, row in meetings.items()
        }

    def check_readable(self, row_id: str, rows: _Sides) -> None:
        """Raise `StoreError`, which says what is wrong, where one of the versions can't be read."""
        for row in rows:
            if row is not _ABSENT:
                codec.decode_record(row_id, row, self._meetings)

    def broken(self, row_id: str, row: Row) -> set[str]:
        from cpctrack.check import Subject

        record = codec.decode_record(row_id, row, self._meetings)
        # None of these checks asks what day it is.
        subject = Subject((record,), self._meetings, self._settings, date.max)
        return {each.name for each in self._checks if any(True for _ in each.find(subject))}


class _RowMerge:
    """One row that both sides changed, field by field."""

    def __init__(
        self, table: str, row_id: str, rows: _Sides, soundness: Callable[[], _Soundness]
    ) -> None:
        self._table, self._id, self._rows = table, row_id, rows
        self._soundness = soundness
        self._base: Row = {} if rows.base is _ABSENT else rows.base
        self._row: Row = dict(rows.ours)
        self._clashes: dict[str, Clash] = {}

    def result(self) -> tuple[Row, list[Clash]]:
        self._row.pop(CONFLICTS, None)
        self._history()
        differing = self._differing()
        for fields in self._as_units(differing):
            self._fields(fields)
        self._printed()
        if self._table == "actions":
            self._make_sound([name for name in differing if name in _LINKED])
        return self._row, [self._clashes[name] for name in sorted(self._clashes)]

    def _differing(self) -> list[str]:
        ours, theirs = self._rows.ours, self._rows.theirs
        names = [name for name, value in theirs.items() if ours.get(name, _ABSENT) != value]
        names += ours.keys() - theirs.keys()
        return sorted(name for name in names if name not in _LISTED)

    def _as_units(self, differing: Sequence[str]) -> Iterator[tuple[str, ...]]:
        left = dict.fromkeys(differing)
        for unit in UNITS.get(self._table, ()):
            if len(both := tuple(name for name in unit if name in left)) > 1:
                yield both
                for name in both:
                    del left[name]
        yield from ((name,) for name in left)

    def _fields(self, names: tuple[str, ...]) -> None:
        """Take one side's values for fields that belong together, or clash over all of them."""
        if not self._touches(self._rows.ours, names):
            self._take(names, ours=False)
        elif self._touches(self._rows.theirs, names):
            if (self._table, names) == ("settings", ("schema",)):
                self._row["schema"] = max(self._rows.ours["schema"], self._rows.theirs["schema"])
            else:
                self._clash(names)

    def _touches(self, side: Row, names: tuple[str, ...]) -> bool:
        base = self._base
        return any(side.get(name, _ABSENT) != base.get(name, _ABSENT) for name in names)

    def _clash(self, names: Iterable[str]) -> None:
        """Keep the values of the side that touched these fields last, and remember both."""
        chosen = tuple(names)
        self._take(chosen, ours=self._ours_is_later(chosen))
        for name in chosen:
            part = self._rows.part(name)
            if part.ours != part.theirs:
                self._clashes[name] = part.clash(name)

    def _take(self, names: Iterable[str], *, ours: bool) -> None:
        side = self._rows.ours if ours else self._rows.theirs
        for name in names:
            _put(self._row, name, side.get(name, _ABSENT))

    def _ours_is_later(self, names: Sequence[str]) -> bool:
        touched = {name.partition(".")[0] for name in names}
        ours, theirs = (_lines(each) for each in (self._rows.ours, self._rows.theirs))
        for line in reversed(_lines(self._row)):
            if line.get("change") in touched and (line in ours) != (line in theirs):
                return line in ours
        mine, other = (
            canonical.dumps([(name in each, held(each, name)) for name in names])
            for each in (self._rows.ours, self._rows.theirs)
        )
        return mine >= other

    def _history(self) -> None:
        part = self._rows.part("history")
        if part.ours == part.theirs:
            return
        if _are_lines(part.ours) and _are_lines(part.theirs):
            self._row["history"] = unite(part.ours, part.theirs)
        else:
            self._fields(("history",))

    def _printed(self) -> None:
        part = self._rows.part("printed")
        if part.ours == part.theirs:
            return
        cells = _Sides(*({} if each is _ABSENT else each for each in part))
        if not all(isinstance(each, dict) for each in cells):
            self._fields(("printed",))
            return
        merged: Row = {}
        for name in sorted(cells.ours.keys() | cells.theirs.keys()):
            cell, field = cells.part(name), PRINTED + name
            if cell.decided():
                _put(merged, name, cell.value())
            else:
                ours = self._ours_is_later([field])
                _put(merged, name, cell.ours if ours else cell.theirs)
                self._clashes[field] = cell.clash(field)
        _put(self._row, "printed", merged or _ABSENT)

    def _make_sound(self, differing: Sequence[str]) -> None:
        """Make a conflict of fields that are sound on either side and contradict each other here.

        Their values then come from one side, so that what is kept for now is sound.
        """
        for side in (self._rows.ours, self._rows.theirs):
            if all(self._row.get(name) == side.get(name) for name in differing):
                return  # as sound as that side
        broken = self._soundness().broken
        allowed = broken(self._id, self._rows.ours) | broken(self._id, self._rows.theirs)
        fields: set[str] = set()
        while new := broken(self._id, self._row) - allowed:
            wider = fields | {name for check in new for name in _INVARIANTS[check]}
            if wider == fields:
                break
            fields = wider
            self._clash(sorted(fields))


def unite(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    """Bring two histories together in order of time, what both hold once."""
    same = next(
        (at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
        min(len(ours), len(theirs)),
    )
    mine, other = ours[same:], theirs[same:]
    if not (mine and other):
        return [*ours, *other]
    mine_at, other_at = ([str(line.get("at", "")) for line in each] for each in (mine, other))
    if max(mine_at) < min(other_at):  # as nearly always
        return [*ours, *other]
    if max(other_at) < min(mine_at):
        return [*theirs, *mine]
    tails = ([(_moment(line), line) for line in each] for each in (mine, other))
    return [*ours[:same], *_zipped(*tails)]


_Timed = tuple[tuple[Any, ...], Row]


def _zipped(ours: list[_Timed], theirs: list[_Timed]) -> Iterator[Row]:
    """Merge by time, each side in its own order; a line that both have comes where it is first."""
    sides = ours[::-1], theirs[::-1]
    given: list[dict[Any, int]] = [defaultdict(int), defaultdict(int)]
    while any(sides):
        first = min(side[-1][0] for side in sides if side)
        whose = [which for which in (0, 1) if sides[which] and sides[which][-1][0] == first]
        most = max(given[0][first], given[1][first])
        for which in whose:
            _, line = sides[which].pop()
            given[which][first] += 1
        if max(given[0][first], given[1][first]) > most:
            yield line


def _moment(line: Row) -> tuple[Any, ...]:
    """Give what orders lines: the time, then whatever keeps one command's lines together."""
    get = line.get
    return str(get("at", "")), str(get("by", "")), str(get("via", "")), canonical.dumps(line)


# --- across rows


def _keep_meetings(merge: _Merge) -> None:
    """Keep a meeting that one side removed and a record of the other still belongs to."""
    standing = merge.document.get("meetings", {})
    before = merge.sides.base.get("meetings", {})
    for row in merge.document.get("actions", {}).values():
        key = row.get("meeting")
        if key not in standing and isinstance(key, str) and key in before:
            merge.document.setdefault("meetings", standing)[key] = standing[key] = before[key]


def _renumber(merge: _Merge, *, at: str, by: str) -> tuple[Renumbered, ...]:
    """Give each younger record whose reference came from both sides one that was never used."""
    rows = merge.document.get("actions", {})
    late = [
        row_id for ids in _met(merge, "actions", _reference) for row_id in _by_age(merge, ids)[1:]
    ]
    if not late:
        return ()
    numbers = last_numbers(_references(merge.sides))
    told = []
    for row_id in sorted(late, key=lambda each: (split_ref(rows[each]["ref"]), _age(rows, each))):
        old = rows[row_id]["ref"]
        prefix, year, _ = split_ref(old)
        if year:
            numbers[year] += 1
            new = make_ref(prefix, f"20{year[:2]}/{year[2:]}", numbers[year])
            rows[row_id] = _with_ref(rows[row_id], new, at=at, by=by)
            told.append(Renumbered(row_id, old, new))
    return tuple(told)


def _references(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        yield from (str(row.get("ref", "")) for row in document.get("actions", {}).values())
        yield from document.get(WITHDRAWN, {})


def _with_ref(row: Row, ref: str, *, at: str, by: str) -> Row:
    lines = _lines(row)
    late = max([at, *(str(line.get("at", "")) for line in lines[-1:])])
    line = {"at": late, "by": by, "via": "merge", "change": "ref", "from": row["ref"], "to": ref}
    return {**row, "ref": ref, "history": [*lines, line]}


def _contradictions(merge: _Merge) -> None:
    """Make conflicts of what is sound in each row and on each side, and contradictory between."""
    rows = merge.document.get("actions", {})
    for ids in _met(merge, "actions", _printed_reference):
        for row_id in _by_age(merge, ids)[1:]:
            clash = _between(merge, "actions", row_id).part("source_ref").clash("source_ref")
            merge.add("actions", row_id, [clash])
    meetings = merge.document.get("meetings", {})
    for ids in _met(merge, "meetings", _day):
        if len({meetings[key].get("type") for key in ids}) > 1:
            used = [str(row.get("meeting")) for row in rows.values()]
            fewer = min(ids, key=lambda key: (used.count(key), key.endswith("-formal"), key))
            clash = _between(merge, "meetings", fewer).part("type").clash("type")
            merge.add("meetings", fewer, [clash])


def _reference(row: Row) -> str:
    return str(row.get("ref", "")).casefold()


def _printed_reference(row: Row) -> str:
    # As check's duplicate-printed-reference sees it.
    if not (printed := row.get("source_ref")):
        return ""
    printed = fold(str(printed))
    return f"{printed} {row.get('meeting')}" if printed.isdecimal() else printed


def _between(merge: _Merge, table: str, row_id: str) -> _Sides:
    return _Sides(*(document.get(table, {}).get(row_id, _ABSENT) for document in merge.sides))


def _met(merge: _Merge, table: str, key: Callable[[Row], str]) -> list[list[str]]:
    """Give the rows, by id, that share a key which no side gave to all of them."""
    groups = _groups(merge.document.get(table, {}), key)
    return [ids for ids in groups if _is_new(merge, table, ids, key)]


def _day(row: Row) -> str:
    return str(row.get("date", ""))


def _groups(rows: Mapping[str, Row], key: Callable[[Row], str]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for row_id, row in rows.items():
        if shared := key(row):
            found.setdefault(shared, []).append(row_id)
    return [sorted(ids) for shared, ids in sorted(found.items()) if len(ids) > 1]


def _is_new(merge: _Merge, table: str, ids: Sequence[str], key: Callable[[Row], str]) -> bool:
    merged = merge.document[table]
    for side in (merge.sides.ours, merge.sides.theirs):
        rows = side.get(table, {})
        if all(row_id in rows and key(rows[row_id]) == key(merged[row_id]) for row_id in ids):
            return False
    return True


def _by_age(merge: _Merge, ids: Sequence[str]) -> list[str]:
    """Sort records by age, those that both sides know from before first."""
    rows, known = merge.document["actions"], merge.sides.base.get("actions", {})
    return sorted(
        ids,
        key=lambda each: (
            known.get(each, {}).get("ref") != rows[each].get("ref"),
            _age(rows, each),
        ),
    )


def _age(rows: Mapping[str, Row], row_id: str) -> tuple[str, str]:
    lines = _lines(rows[row_id])
    return (str(lines[0].get("at", "")) if lines else "", row_id)


# --- what a row holds


def _lines(row: Row) -> list[Row]:
    lines: list[Row] = row.get("history", [])
    return lines if _are_lines(lines) else []


def _are_lines(value: Any) -> bool:
    return isinstance(value, list) and set(map(type, value)) <= {dict}


def _put(row: Row, name: str, value: Any) -> None:
    if value is _ABSENT:
        row.pop(name, None)
    else:
        row[name] = value


def _bare(row: Any) -> Any:
    if row is _ABSENT:
        return row
    return {name: value for name, value in row.items() if name != CONFLICTS}


def _holding(row: Row, clashes: list[Row]) -> Row:
    if clashes or CONFLICTS in row:
        row = _bare(row)
    if clashes:
        row[CONFLICTS] = sorted(clashes, key=_same)
    return row


def _carried(rows: _Sides) -> list[Row]:
    """Give the conflicts of earlier merges: a side's own stay, what a side has settled goes."""
    if not any(CONFLICTS in each for each in rows if each is not _ABSENT):
        return []
    base, ours, theirs = (
        {_same(line): line for line in _standing(each, rows.base)} for each in rows
    )
    stays = [line for key, line in ours.items() if key in theirs or key not in base]
    return stays + [line for key, line in theirs.items() if key not in ours and key not in base]


def _standing(row: Any, base: Row) -> list[Row]:
    # Who removes a row says nothing of its conflicts.
    lines: list[Row] = (base if row is _ABSENT else row).get(CONFLICTS, [])
    return lines


def _same(line: Row) -> tuple[Any, ...]:
    """Give what two conflicts share that differ in which side is called ours."""
    base, *sides = (canonical.dumps(line.get(side)) for side in ("base", "ours", "theirs"))
    return line.get("field"), base, tuple(sorted(sides))
