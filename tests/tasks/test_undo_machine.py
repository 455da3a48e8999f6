"""Two clerks add, change, import, take back, do again and merge: the store stays sound.

The model is what the store held before each command. Whatever the order, `undo` gives that back
and `redo` what came after it, byte for byte but for the references that were given away.
"""

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from amounts import times
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cpctrack.check import Tier, find_problems
from cpctrack.errors import NotFoundError, StoreError
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Draft, MeetingType, Settings, Status
from cpctrack.sharing.merge import three_way
from cpctrack.store import codec, migrations, store
from cpctrack.store.files import write_atomically
from cpctrack.store.storage import canonical, parse_document
from cpctrack.store.undo import Way
from cpctrack.tables.plan import plan
from cpctrack.tasks import undo

from .conftest import without_withdrawn

SETTINGS = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
DAYS = ("2022-06-15", "2023-03-15", "2023-06-14")
TEXTS = ("Write to members.", "Count the homes.", "Visit the centre.", "Report on dentists.")
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "response": st.sampled_from(("", "Sent.", "Not yet.")),
        "status": st.sampled_from((Status.OPEN, Status.DEFERRED, Status.SUPERSEDED)),
        "owners": st.sampled_from(((), ("Chair",), ("Chair", "Deputy"))),
        "action": st.sampled_from(TEXTS),
    },
)
ROWS = st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(TEXTS)), min_size=1, max_size=3)
NUMBERS = st.integers(0, 99)
SIDES = st.integers(0, 1)


class Clone:
    """One clerk's store, and what the model knows of it."""

    def __init__(self, path: Path, by: str) -> None:
        self.path, self.by = path, by
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what came before: somebody else has changed the file."""
        self.past: list[bytes] = []
        self.future: list[bytes] = []
        self.known = False  # whether the log goes back no further than `past`
        self.written = False  # so that the log goes no further forth than `future`

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @property
    def document(self) -> codec.Document:
        return migrations.upgrade(parse_document(self.content, "store"))


class TwoClerks(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        first = Clone(self.folder / "first.json", "A. Clerk")
        store.initialise(first.path, SETTINGS)
        first.known = True
        self.clones = (first, Clone(self.folder / "second.json", "B. Clerk"))
        shutil.copy(first.path, self.clones[1].path)
        self.clones[1].known = True
        self.base = first.document
        self.minute = self.ids = 0
        self.bearer: dict[tuple[int, str], str] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # --- what a clerk does

    @rule(side=SIDES, day=st.sampled_from(DAYS), text=st.sampled_from(TEXTS))
    def add(self, side: int, day: str, text: str) -> None:
        with self._writing(side) as (held, author):
            meeting = held.meeting_on(day, MeetingType.FORMAL)
            draft = Draft(meeting, {"item": "Item 1", "action": text})
            held.add(draft, author, record_id=self._new_id())

    @rule(side=SIDES, number=NUMBERS, values=VALUES)
    def update(self, side: int, number: int, values: dict[str, object]) -> None:
        with self._writing(side) as (held, author):
            if records := sorted(held.records, key=lambda record: record.id):
                held.put(amend(records[number % len(records)], values, author))

    @rule(side=SIDES, number=NUMBERS, day=st.sampled_from(DAYS))
    def move(self, side: int, number: int, day: str) -> None:
        with self._writing(side) as (held, author):
            if records := sorted(held.records, key=lambda record: record.id):
                meeting = held.meeting_on(day, MeetingType.FORMAL)
                record = records[number % len(records)]
                held.put(amend(record, {"meeting": meeting}, author))

    @rule(side=SIDES, rows=ROWS)
    def take_in(self, side: int, rows: list[tuple[str, str]]) -> None:
        with self._writing(side) as (held, author):
            drafts = [
                Draft(
                    held.meeting_on(day, MeetingType.FORMAL),
                    {"item": "Item 1", "action": text, "response": "Printed."},
                    source=f"table.tsv, line {line}",
                    line=line,
                )
                for line, (day, text) in enumerate(rows, 2)
            ]
            planned = plan(drafts, held.records)
            for draft in planned.new:
                held.add(draft, author, record_id=self._new_id())
            for changed in planned.changed:
                held.put(amend(changed.record, changed.values, author))

    @rule(side=SIDES)
    def undo(self, side: int) -> None:
        clone = self.clones[side]
        before = clone.content
        if not clone.past:
            self._step_into_the_unknown(clone, Way.UNDO)
            return
        self._take(clone, Way.UNDO)
        assert without_withdrawn(clone.content) == without_withdrawn(clone.past[-1])
        self._check_bytes(clone, clone.past.pop())
        clone.future.append(before)

    @rule(side=SIDES)
    def redo(self, side: int) -> None:
        clone = self.clones[side]
        before = clone.content
        if not clone.future:
            if clone.known or clone.written:
                with pytest.raises(NotFoundError):
                    undo.look(clone.path, Way.REDO)
            return
        self._take(clone, Way.REDO)
        assert clone.content == clone.future.pop()
        clone.past.append(before)

    @rule(side=SIDES)
    def undo_and_redo(self, side: int) -> None:
        clone = self.clones[side]
        before = clone.content
        if clone.past:
            self._take(clone, Way.UNDO)
            self._take(clone, Way.REDO)
        assert clone.content == before

    @precondition(lambda self: self.base is not None)
    @rule()
    def merge(self) -> None:
        ours, theirs = (clone.document for clone in self.clones)
        merged = three_way(self.base, ours, theirs, at=self._now(), by="merge")
        for row in merged.document["actions"].values():
            row.pop("_conflicts", None)  # as if somebody had settled them all
        self.base = merged.document
        for clone in self.clones:
            write_atomically(clone.path, canonical.dumps(merged.document))
            clone.begin_anew()
        # What both had given away stays with the record that was not renumbered or taken back.
        left = {row_id: row["ref"] for row_id, row in merged.document["actions"].items()}
        self.bearer = {
            (side, ref): row_id
            for (side, ref), row_id in self.bearer.items()
            if left.get(row_id) == ref or ref not in left.values()
        }

    # --- what holds at all times

    @invariant()
    def nothing_is_damaged(self) -> None:
        for clone in self.clones:
            held = store.read(clone.path)
            problems = find_problems(held.records, held.meetings, held.settings, date(2023, 7, 1))
            assert [one for one in problems if one.tier is Tier.DAMAGED] == []

    @invariant()
    def history_is_in_order(self) -> None:
        for clone in self.clones:
            for record in store.read(clone.path).records:
                moments = [change.at for change in record.history]
                assert moments == sorted(moments)

    @invariant()
    def a_reference_stays_with_its_record(self) -> None:
        for side, clone in enumerate(self.clones):
            for row_id, row in clone.document["actions"].items():
                assert self.bearer.setdefault((side, row["ref"]), row_id) == row_id

    @invariant()
    def nothing_is_left_lying_about(self) -> None:
        names = {path.name for path in self.folder.iterdir()}
        assert names <= {"first.json", "second.json", ".first.json.undo", ".second.json.undo"}

    # --- how it is done

    def _new_id(self) -> str:
        self.ids += 1
        return f"{self.ids:012x}"

    def _now(self) -> str:
        self.minute += 1
        return f"2023-07-01T{self.minute // 60:02}:{self.minute % 60:02}:00Z"

    def _writing(self, side: int) -> "_Writing":
        return _Writing(self.clones[side], Author(self.clones[side].by, self._now(), "test"))

    def _take(self, clone: Clone, way: Way) -> None:
        step = undo.look(clone.path, way)
        assert step.obstacles == ()
        undo.take(clone.path, step)

    def _check_bytes(self, clone: Clone, before: bytes) -> None:
        if json.loads(before).get("withdrawn") == json.loads(clone.content).get("withdrawn"):
            assert clone.content == before

    def _step_into_the_unknown(self, clone: Clone, way: Way) -> None:
        """Take a command back from before a merge: it works as a whole, or changes nothing."""
        before = clone.content
        try:
            step = undo.look(clone.path, way)
        except NotFoundError:
            return
        assert not clone.known
        if step.obstacles:
            with pytest.raises(StoreError):
                undo.take(clone.path, step)
            assert clone.content == before
            return
        undo.take(clone.path, step)
        clone.begin_anew()
        self._take(clone, Way.REDO)
        assert clone.content == before


class _Writing:
    """A writing command: the model remembers what the store held before, if anything changes."""

    def __init__(self, clone: Clone, author: Author) -> None:
        self.clone, self.author = clone, author

    def __enter__(self) -> tuple[store.Store, Author]:
        self.before = self.clone.content
        self.editing = store.editing(self.clone.path)
        return self.editing.__enter__(), self.author

    def __exit__(self, *error: object) -> None:
        self.editing.__exit__(*error)  # type: ignore[arg-type]
        if self.clone.content != self.before:
            self.clone.past.append(self.before)
            self.clone.future.clear()
            self.clone.written = True


TwoClerks.TestCase.settings = settings(
    max_examples=times(40, 10),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestTwoClerks = pytest.mark.slow(TwoClerks.TestCase)
