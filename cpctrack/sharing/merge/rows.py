"""One row that both sides changed, field by field."""

from collections.abc import Callable, Iterable, Sequence

from cpctrack.records.ageing import EXTEND
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELDS, Clash, Status
from cpctrack.sharing.merge.history import are_lines, lines_of, unite
from cpctrack.sharing.merge.sides import ABSENT, Sides, put
from cpctrack.sharing.merge.soundness import INVARIANTS, LINKED, Soundness
from cpctrack.store import canonical
from cpctrack.store.codec import CONFLICTS, OWNERS, Row
from cpctrack.store.conflicts import PRINTED, UNITS, held

_ENDED = frozenset(status.value for status in Status if not status.is_open)
_TIME_OR_END = ("due", "due_text", "status", "completed_on", "agreed_on")
_GROWING = {"actions": names_of(FIELDS, Holds.LINKS), OWNERS: ("also",)}
_NAMES = frozenset({"name", "owner_text", *names_of(FIELDS, Holds.NAME, Holds.NAMES)})
_LISTED = frozenset({"history", "printed", CONFLICTS})  # merged by their parts, as what grows is


class RowMerge:
    """One row that both sides changed, field by field."""

    def __init__(
        self, table: str, row_id: str, rows: Sides, soundness: Callable[[], Soundness]
    ) -> None:
        self._table, self._id, self._rows = table, row_id, rows
        self._soundness = soundness
        self._base: Row = {} if rows.base is ABSENT else rows.base
        self._row: Row = dict(rows.ours)
        self._clashes: dict[str, Clash] = {}

    def result(self) -> tuple[Row, list[Clash]]:
        """Give the merged row without its conflicts, and the conflicts."""
        ours, theirs = self._rows.ours, self._rows.theirs
        self._row.pop(CONFLICTS, None)
        self._history()
        growing = _GROWING.get(self._table, ())
        differing = sorted(
            name
            for name in (ours.keys() | theirs.keys()) - _LISTED.union(growing)
            if ours.get(name, ABSENT) != theirs.get(name, ABSENT)
        )
        left = dict.fromkeys(differing)
        for unit in UNITS.get(self._table, ()):
            if len(both := tuple(name for name in unit if name in left)) > 1:
                self._fields(both)
                for name in both:
                    del left[name]
        for name in left:
            self._fields((name,))
        for name in growing:
            self._growing(name)
        self._printed()
        if self._table == "actions":
            self._more_time()
            self._make_sound([name for name in differing if name in LINKED])
        return self._row, [self._clashes[name] for name in sorted(self._clashes)]

    def _fields(self, names: tuple[str, ...]) -> None:
        """Take one side's values for fields that belong together, or clash over all of them."""
        if not self._touches(self._rows.ours, names):
            self._take(names, ours=False)
        elif self._touches(self._rows.theirs, names):
            if (self._table, names) == ("settings", ("schema",)):
                self._row["schema"] = max(self._rows.ours["schema"], self._rows.theirs["schema"])
            elif not self._differ_in_capitals(names):
                self._clash(names)

    def _differ_in_capitals(self, names: tuple[str, ...]) -> bool:
        """Settle names that one side, or both, changed in their capitals only."""
        if not _NAMES.issuperset(names):
            return False
        base, ours, theirs = (
            [_caseless(side.get(name)) for name in names]
            for side in (self._base, self._rows.ours, self._rows.theirs)
        )
        if ours == theirs:
            self._take(names, ours=self._ours_is_later(names))
        elif base in (ours, theirs):
            self._take(names, ours=base == theirs)
        return ours == theirs or base in (ours, theirs)

    def _touches(self, side: Row, names: tuple[str, ...]) -> bool:
        base = self._base
        if (self._table, names) == ("meetings", ("year",)) and not base:
            return True  # who adds a meeting and states no year says that it is that of its date
        return any(side.get(name, ABSENT) != base.get(name, ABSENT) for name in names)

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
            put(self._row, name, side.get(name, ABSENT))

    def _ours_is_later(self, names: Sequence[str]) -> bool:
        if tuple(names) == ("exempt_paragraph",):  # in doubt it is exempt
            exempt = [bool(each.get("exempt_paragraph")) for each in self._rows[1:]]
            if exempt[0] != exempt[1]:
                return exempt[0]
        touched = {name.partition(".")[0] for name in names}
        ours, theirs = map(lines_of, self._rows[1:])
        for line in reversed(lines_of(self._row)):
            if line.get("change") in touched and (line in ours) != (line in theirs):
                return line in ours
        mine, other = (
            canonical.dumps([(name in each, held(each, name)) for name in names])
            for each in self._rows[1:]
        )
        return mine >= other

    def _history(self) -> None:
        part = self._rows.part("history")
        if part.ours == part.theirs:
            return
        if are_lines(part.ours) and are_lines(part.theirs):
            self._row["history"] = unite(part.ours, part.theirs)
        else:
            self._fields(("history",))

    def _growing(self, name: str) -> None:
        """Keep what both sides have added to a list, and let go what either has removed."""
        part = self._rows.part(name)
        if part.ours == part.theirs:
            return
        base, *sides = ([] if each is ABSENT else each for each in part)
        if not all(isinstance(each, list) for each in (base, *sides)):
            self._fields((name,))
            return
        kept = [each for each in base if all(each in side for side in sides)]
        added = sorted([each for each in side if each not in base] for side in sides)
        merged = [*kept, *added[0], *(each for each in added[1] if each not in added[0])]
        put(self._row, name, merged or ABSENT)

    def _printed(self) -> None:
        part = self._rows.part("printed")
        if part.ours == part.theirs:
            return
        cells = Sides(*({} if each is ABSENT else each for each in part))
        if not all(isinstance(each, dict) for each in cells):
            self._fields(("printed",))
            return
        merged: Row = {}
        for name in sorted(cells.ours.keys() | cells.theirs.keys()):
            cell, field = cells.part(name), PRINTED + name
            if cell.decided():
                put(merged, name, cell.value())
            else:
                ours = self._ours_is_later([field])
                put(merged, name, cell.ours if ours else cell.theirs)
                self._clashes[field] = cell.clash(field)
        put(self._row, "printed", merged or ABSENT)

    def _more_time(self) -> None:
        """Make a conflict of it where one side gives more time for what the other has ended."""
        ours, theirs = self._rows[1:]
        for one, other in ((ours, theirs), (theirs, ours)):
            status, known = other.get("status"), lines_of(other)
            if status in _ENDED - {self._base.get("status")} and one.get("status") not in _ENDED:
                lines = (line for line in lines_of(one) if line.get("via") == EXTEND)
                if any(line not in known for line in lines):
                    self._clash(_TIME_OR_END)

    def _make_sound(self, differing: Sequence[str]) -> None:
        """Make a conflict of fields that are sound on either side and contradict each other here.

        Their values then come from one side, so that what is kept for now is sound.
        """
        for side in self._rows[1:]:
            if all(self._row.get(name) == side.get(name) for name in differing):
                return  # as sound as that side
        broken = self._soundness().broken
        allowed = broken(self._id, self._rows.ours) | broken(self._id, self._rows.theirs)
        fields: set[str] = set()
        while new := broken(self._id, self._row) - allowed:
            wider = fields | {name for check in new for name in INVARIANTS[check]}
            if wider == fields:
                break
            fields = wider
            self._clash(sorted(fields))


def _caseless(value: object) -> object:
    if isinstance(value, list):
        return [_caseless(each) for each in value]
    return value.casefold() if isinstance(value, str) else value
