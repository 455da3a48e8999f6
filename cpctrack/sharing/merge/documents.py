"""A merge under way: two documents table by table, row by row."""

from collections.abc import Sequence
from typing import Any

from cpctrack.records.model import Clash, Conflict, exempt_flags
from cpctrack.sharing.merge.rows import RowMerge
from cpctrack.sharing.merge.sides import ABSENT, Sides, bare
from cpctrack.sharing.merge.soundness import Soundness
from cpctrack.store import canonical, chases, codec, conflicts, programme
from cpctrack.store.codec import CONFLICTS, HABITS, SETTINGS_ID, Document, Row


class Merge:
    """A merge under way: what is merged so far, and which clashes are new in which row.

    `parted` are the sides as they came, where what both took in still has two ids. `unaware` are
    the records that one side made exempt while the other worked on them.
    """

    def __init__(self, sides: Sides, parted: Sides) -> None:
        self.sides, self.parted = sides, parted
        self.document: Document = {}
        self.clashes: dict[tuple[str, str], list[Clash]] = {}
        self.unaware: list[str] = []
        self._sound: Soundness | None = None

    def table(self, name: str) -> None:
        """Merge the table of this name, row by row."""
        tables = Sides(*(document.get(name, {}) for document in self.sides))
        rows: dict[str, Row] = {}
        for row_id in tables.ours.keys() | tables.theirs.keys():
            row = self._row(name, row_id, tables.part(row_id))
            if row is not ABSENT:
                rows[row_id] = row
        if rows or Sides(*(name in document for document in self.sides)).value():
            self.document[name] = rows

    def conflicts(self) -> list[Conflict]:
        """Give the new conflicts, in an order that does not depend on the sides."""
        found = []
        for (table, row_id), clashes in self.clashes.items():
            ref = conflicts.called(table, row_id, self.document[table][row_id])
            found += [Conflict(table, row_id, ref, each) for each in clashes]
        return conflicts.in_order(found)

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

    def _row(self, table: str, row_id: str, rows: Sides) -> Any:
        if rows.decided():
            return rows.value()
        if table == HABITS:
            return _learnt(rows)
        if table in (programme.TABLE, chases.TABLE):
            return _planned(rows)
        if rows.base is ABSENT:  # both have added it: two copies of one store, say
            rows = rows._replace(base={})
        if ABSENT in rows:
            edited = rows.ours if rows.theirs is ABSENT else rows.theirs
            stripped = Sides(*(bare(each) for each in rows))
            row, clashes = dict(edited), [stripped.clash("")]
        else:
            row, clashes = RowMerge(table, row_id, rows, self._soundness).result()
            exempt = [bool(each.get("exempt_paragraph")) for each in rows]
            if table == "actions" and not exempt[0] and exempt[1] != exempt[2]:
                self.unaware.append(row_id)
            if clashes and table == "actions":
                self._soundness().check_readable(row_id, rows)
        row = _holding(row, _carried(rows))
        return self._with(clashes, table, row_id, row) if clashes else row

    def _soundness(self) -> "Soundness":
        if self._sound is None:
            meetings = {**self.sides.base.get("meetings", {}), **self.document.get("meetings", {})}
            self._sound = Soundness(self.document["settings"][SETTINGS_ID], meetings)
        return self._sound


def _learnt(rows: Sides) -> Any:
    """Settle without asking what two sides have learnt.

    What one has forgotten stays forgotten; else it is as the side has it that decided more often,
    so that any number of copies come to one result in any order.
    """
    sides = rows[1:]
    return ABSENT if ABSENT in sides else max(sides, key=_decisions)


def _planned(rows: Sides) -> Row:
    """Settle without asking what two sides have read of one report, or what was sent.

    Each copied a report from what was published, and no command changes what was sent. Who changed
    it goes before who let it go, and in doubt it is exempt; else the order of their JSON decides,
    so that the sides may be in any order.
    """
    sides = [row for row in rows[1:] if row is not ABSENT]
    return max(sides, key=lambda row: (bool(exempt_flags(row)), canonical.dumps(row)))


def _decisions(row: Row) -> tuple[int, bytes]:
    counts = (row.get(name) for name in ("taken", "left"))
    return sum(count for count in counts if type(count) is int), canonical.dumps(row)


def _holding(row: Row, clashes: Sequence[Row]) -> Row:
    """Give the row with these conflicts in place of its own."""
    if clashes or CONFLICTS in row:
        row = bare(row)
    if clashes:
        row[CONFLICTS] = sorted(clashes, key=_same)
    return row


def _carried(rows: Sides) -> list[Row]:
    """Give the conflicts of earlier merges: a side's own stay, what a side has settled goes."""
    # Who removes a row says nothing of its conflicts.
    base, ours, theirs = (
        {_same(line): line for line in (rows.base if each is ABSENT else each).get(CONFLICTS, [])}
        for each in rows
    )
    stays = [line for key, line in ours.items() if key in theirs or key not in base]
    return stays + [line for key, line in theirs.items() if key not in ours and key not in base]


def _same(line: Row) -> tuple[Any, ...]:
    """Give what two conflicts share that differ in which side is called ours."""
    base, *sides = (canonical.dumps(line.get(side)) for side in ("base", "ours", "theirs"))
    return line.get("field"), base, tuple(sorted(sides))
