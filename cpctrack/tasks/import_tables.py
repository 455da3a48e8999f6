"""Carrying out what an import plans, on a store in memory."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import SLIPPED, Author, amend
from cpctrack.records.model import Draft, Record
from cpctrack.store.store import Store
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.entries import Entry
from cpctrack.tables.log import Log
from cpctrack.tables.plan import Kept, Prints, plan
from cpctrack.tables.problems import ProblemsError, RowProblem
from cpctrack.tables.teaching import Teacher
from cpctrack.tasks.read_documents import read_log

Progress = Callable[[Sequence[Entry]], Iterable[Entry]]
"""Hands the rows on one by one, and may show how far it is."""

IsSame = Callable[[Draft, Record], bool]
"""Asks a person whether a row is a record that it may be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: a new record, or a changed one with what it was before."""

    record: Record
    draft: Draft
    before: Record | None = None

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a person should look at what this import has read of it."""
        before, now = self.before, self.record
        same = before and (before.status, before.exempt, before.due_text) == (
            now.status,
            now.exempt,
            now.due_text,
        )
        return () if same else self.draft.doubts


@dataclass(slots=True)
class Intake:
    """What an import did to a store that is held in memory."""

    logs: Sequence[Log]
    new: list[Outcome] = field(default_factory=list)
    changed: list[Outcome] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Record] = field(default_factory=list)
    conflicts: list[tuple[str, Kept]] = field(default_factory=list)

    @property
    def outcomes(self) -> list[Outcome]:
        """What there is to write."""
        return [*self.new, *self.changed]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed)

    @property
    def unclear(self) -> list[Outcome]:
        """The rows that a person should look at."""
        return [outcome for outcome in self.outcomes if outcome.doubts]


def read_logs(
    files: Sequence[Path], format_: str | None = None, teacher: Teacher | None = None
) -> list[Log]:
    """Read every file; raises `ImportRefusedError` with what is wrong in any of them.

    Raises `UsageError` where something was said of a column that no table has.
    """
    teacher = teacher or Teacher()
    logs: list[Log] = []
    refused: list[ImportRefusedError] = []
    for file in files:
        try:
            logs.append(read_log(file, format_, teacher.read))
        except ImportRefusedError as error:
            refused.append(error)
    if len(refused) > 1:
        raise ProblemsError([problem for error in refused for problem in problems_of(error)])
    if refused:
        raise refused[0]
    teacher.check_all_was_used()
    return logs


def problems_of(error: ImportRefusedError) -> list[RowProblem]:
    """Give each problem of a refusal by itself."""
    if isinstance(error, ProblemsError):
        return list(error.problems)
    return [RowProblem("", 0, str(error))]


def take_in(
    current: Store,
    logs: Sequence[Log],
    told: Told,
    *,
    author: Author,
    progress: Progress = iter,
    is_same: IsSame | None = None,
) -> Intake:
    """Take files in, one after the other; the store changes in memory only.

    Without `is_same` a row that may be a record there is, and may not, is new and unclear.

    Raises `ProblemsError` with every row of any file that can't be taken in.
    """
    told = replace(told, today=author.at[:10])
    drafts: list[list[Draft]] = []
    problems: list[RowProblem] = []
    for log in logs:
        try:
            drafts.append(make_drafts(log, current.meeting_on, told, progress))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    intake = Intake(logs)
    for log, read in zip(logs, drafts, strict=True):
        rows = [current.with_known_owners(draft) for draft in read]
        made_on = date.fromisoformat(log.made_on or author.at[:10])
        shows = _shows(log, current.calendar(made_on))
        look = partial(plan, rows, current.records, ours=log.ours, made_on=log.made_on, shows=shows)
        planned = look()
        if is_same and planned.near:
            planned = look(said=_ask(planned.near, rows, is_same))
        for draft in planned.new:
            intake.new.append(Outcome(current.add(draft, author), draft))
        for changed in planned.changed:
            values = dict(changed.values)
            moved: dict[str, object] = {}
            if changed.draft.earlier_due:
                moved |= {name: values.pop(name) for name in ("due", "due_text") if name in values}
            record = amend(changed.record, values, author)
            record = amend(record, moved, author, reason=SLIPPED)
            current.put(record)
            intake.changed.append(Outcome(record, changed.draft, changed.record))
        intake.unchanged += len(planned.unchanged)
        whole = _whole(log, rows)
        intake.missing += [each for each in planned.missing if each.meeting.key in whole]
        intake.conflicts += [(log.name, conflict) for conflict in planned.conflicts]
    return intake


def _whole(log: Log, drafts: Sequence[Draft]) -> set[str]:
    """Give the meetings (by key) of which a file should have every record.

    A progress report leaves out what is done, and so does what is carried over from earlier years.
    """
    in_part = {entry.line for entry in log.entries if entry.carried or log.progress}
    return {draft.meeting.key for draft in drafts if draft.line not in in_part}


def _shows(log: Log, calendar: Calendar) -> Prints:
    """Tell what our own documents print in the tables that layouts are known of."""
    layouts = [table.layout for table in log.tables if table.layout.name]
    if not layouts:
        return lambda _: {}
    from cpctrack.render.views.layout import cells_in  # most tables need none of it

    return lambda record: {
        heading: text
        for layout in layouts
        for heading, text in cells_in(layout, record, calendar).items()
    }


def _ask(
    near: Mapping[int, Sequence[Record]], drafts: Sequence[Draft], is_same: IsSame
) -> dict[int, Record | None]:
    said: dict[int, Record | None] = {}
    for at, records in near.items():
        free = (record for record in records if record not in said.values())
        said[at] = next((record for record in free if is_same(drafts[at], record)), None)
    return said
