"""Drafts against the records there are: what is new, changed, unchanged or missing. Pure.

Each cell of a row is compared with what the last import read there, so that a file that says again
what it said before takes nothing back that people have typed since. In a sheet of our own that
somebody has filled in, only what the record never printed is an edit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cpctrack.labels import EVIDENCE, GROUP, WORKING_COLUMNS
from cpctrack.matching.match import match, order
from cpctrack.matching.sides import Saying, Side
from cpctrack.records.changes import follow_up_stands, value_when_imported, versions
from cpctrack.records.exempt import decided_public, is_paragraph, unsaid
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELDS, Draft, Record, Status, agreed
from cpctrack.records.rolling import beside_year
from cpctrack.tables.age import SheetAge, Shows, is_after, is_standing, look, printed
from cpctrack.tables.status import derive
from cpctrack.text import fold, one_line, shorten

# What is read from which cells: it changes only with them, and only where nobody has set any of it.
_DERIVED = [
    (tuple([each.name for each in FIELDS if each.read_from == sources]), sources)
    for sources in dict.fromkeys(each.read_from for each in FIELDS if each.read_from)
]
_PRINTED = names_of(FIELDS, Holds.LINE, Holds.TEXT, Holds.NAME)
_COMPARED = ("item", "owner_text", "response", "due", "source_ref", "exempt_paragraph")
# What our documents print of a status where nothing was printed, and hardly anybody else does.
_OUR_WORDS = frozenset(one.words for one in Status) - {"Completed", "Deferred"}
# A printed follow-up says how the action stands: it must not come to stand beside a status that
# somebody has set since it was printed.
_BOUND = {"follow_up": ("follow_up", "status")}
_SHOWN = 60  # letters of a record that a row may be


Prints = Callable[[Record], Mapping[str, str]]
"""Gives what our own documents print of a record in the columns of a table, by their headings."""


class Changed(NamedTuple):
    """A record, the row it was found in, and the new values of its fields."""

    record: Record
    draft: Draft
    values: Mapping[str, object]


class Kept(NamedTuple):
    """A field that a person has typed and that the file gives otherwise: ours is kept."""

    record: Record
    draft: Draft
    field: str
    theirs: object


class Plan(NamedTuple):
    """What an import would do; `missing` are records of the file's meetings that it lacks.

    `near` gives the records that a new row may be, by the row's place in the file.
    """

    new: tuple[Draft, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[Record, ...]
    missing: tuple[Record, ...]
    conflicts: tuple[Kept, ...]
    near: Mapping[int, Sequence[Record]]


class _Edits(NamedTuple):
    """The fields of a row that differ: to be taken, or kept as they are in the record.

    `typed_over` are those that are taken whatever stood there; from `stale` ones nothing is read.
    """

    taken: Sequence[str]
    kept: Sequence[str]
    typed_over: Sequence[str] = ()
    stale: Sequence[str] = ()


def plan(
    drafts: Sequence[Draft],
    records: Sequence[Record],
    *,
    ours: bool = False,
    made_on: str = "",
    said: Mapping[int, Record | None] | None = None,
    shows: Prints = lambda _: {},
) -> Plan:
    """Compare the rows of a file with the records there are, in time that grows with both.

    `ours` says that the file began as a sheet of our own, and `made_on` on which day (ISO), if it
    tells; `said` gives, by its place in the file, the record that a person says a row is, or None
    where it is new. What a cell `shows` of a record is no edit of it.
    """
    standings = match(list(map(_side, drafts)), records, writes_over=True, said=said)
    known = {at: one.known for at, one in enumerate(standings) if one.known}
    near = {at: list(one.near) for at, one in enumerate(standings) if one.near}
    fitted = {at: _fitted(drafts[at], record, ours=ours) for at, record in known.items()}
    edits = _edits_of_sheet(known, fitted, made_on) if ours else _edits(known, fitted, shows)

    changed, unchanged, conflicts = [], [], []
    for at, record in known.items():
        values, kept = _differences(record, fitted[at], edits[at], shows)
        conflicts += kept
        if values:
            changed.append(Changed(record, drafts[at], values))
        else:
            unchanged.append(record)

    new = []
    for at, draft in enumerate(drafts):
        if at not in known:
            may_be = (f"it may be {r.ref}: {shorten(r.text, _SHOWN)}" for r in near.get(at, ()))
            fields = dict(draft.fields)
            if ours and fields.get("follow_up") in _OUR_WORDS:
                fields["follow_up"] = ""
            new.append(draft._replace(fields=fields, doubts=(*draft.doubts, *may_be)))
    found = {record.id for record in known.values()}
    meetings = {draft.meeting.key for draft in drafts}
    missing = [r for r in records if r.meeting.key in meetings and r.id not in found]
    return Plan(
        tuple(new), tuple(changed), tuple(unchanged), tuple(sorted(missing, key=order)),
        tuple(conflicts), near,
    )  # fmt: skip


# --- which record a row is ----------------------------------------------------------------------


def _side(draft: Draft) -> Side:
    cells = {name: str(draft.fields.get(name, "")) for name in _COMPARED}
    owners = draft.fields.get("owners") or filter(None, (cells["owner_text"],))
    assert isinstance(owners, Iterable)
    return Side(
        [Saying(agreed(draft.fields), cells["item"], cells["owner_text"], cells["response"])],
        meeting=draft.meeting.key,
        owners=tuple(owners),
        due=cells["due"],
        ref=cells["source_ref"],
        exempt=bool(cells["exempt_paragraph"]),
    )


# --- what its cells say that the record doesn't -------------------------------------------------


def _fitted(draft: Draft, record: Record, *, ours: bool) -> Draft:
    """Read the one column of a table as the recommendation, where the record has only that.

    Of a status beside a printed cell, as the progress report has them, the one that was edited
    counts. A cell that says no more than that it was rolled over changes no status.
    """
    fields = dict(draft.fields)
    others = _printed_cells(draft)
    standing = others.pop(WORKING_COLUMNS["status"], "") if ours else ""
    if standing and is_standing(standing, record):
        fields["printed"] = others
    elif standing and one_line(str(fields["follow_up"])) == one_line(record.follow_up):
        read = derive(response=str(fields.get("response", "")), follow_up=standing)
        fields |= {"printed": others, "follow_up": standing, "status": read.status}
        fields["completed_on"] = read.completed_on
    if ours and "response" in fields:
        response = str(fields["response"])
        for one in versions(record):  # the evidence that the progress report printed, now or once
            line = EVIDENCE + "; ".join(map(one_line, one.evidence))
            if one.evidence and response.endswith(line):
                response = response.removesuffix(line).rstrip()
                break
        fields["response"] = response
    if fields.get("rolled_to") and not beside_year(str(fields["follow_up"])):
        fields.pop("status")  # it stays as it stood
        fields.pop("completed_on")
    if not record.action and record.recommendation and not fields.get("recommendation"):
        fields["recommendation"] = fields.pop("action", "")
        fields.pop("kind", None)
    return draft._replace(fields=fields)


def _edits(
    known: Mapping[int, Record], rows: Mapping[int, Draft], shows: Prints
) -> dict[int, _Edits]:
    """Compare rows with what the last import read; a cell that is blank takes nothing away."""
    edits = {}
    for at, record in known.items():
        prints = printed(record)
        differ = [
            name
            for name, cell in _cells(record, rows[at]).items()
            if cell
            and cell not in prints[name]
            and not _was_read(record, name, cell)
            and not _is_shown(cell, rows[at], shows(record))
        ]
        taken = [
            name
            for name in differ
            if all(_is_as_imported(record, bound) for bound in _BOUND.get(name, (name,)))
        ]
        edits[at] = _Edits(taken, [name for name in differ if name not in taken])
    return edits


def _is_shown(cell: str, draft: Draft, shown: Mapping[str, str]) -> bool:
    """Tell whether a cell says what our own documents print, alone or as a part of a larger one."""
    if cell in shown.values() and cell == one_line(str(draft.fields.get("follow_up", ""))):
        return True  # a status that stands alone where an answer may follow it is read as both
    return any(
        cell in shown[heading] and one_line(whole) == shown[heading]
        for heading, whole in _printed_cells(draft).items()
        if heading in shown
    )


def _edits_of_sheet(
    known: Mapping[int, Record], rows: Mapping[int, Draft], made_on: str
) -> dict[int, _Edits]:
    """Tell which cells of a sheet of our own were edited, by what all of them say of its age.

    What somebody else has answered since is kept.
    """
    texts = {at: _cells(record, rows[at]) for at, record in known.items()}
    seen = {at: look(texts[at], record) for at, record in known.items()}
    age = SheetAge((row.values() for row in seen.values()), made_on)
    edits = {}
    for at, record in known.items():
        row = seen[at].values()
        taken: list[str] = []
        kept: list[str] = []
        for name, cell in seen[at].items():
            text = texts[at][name]
            if cell.is_gone and text and is_after(cell, row):
                kept.append(name)  # typed back: whether it is meant, a person must say
            elif cell.shows is Shows.NEW and text:
                answer = one_line(record.response)
                goes_on = name == "response" and answer and answer in text
                keeps = not goes_on and age.may_take_back(cell, row)
                (kept if keeps else taken).append(name)
        stale = [name for name, cell in seen[at].items() if cell.is_gone]
        edits[at] = _Edits(taken, kept, taken, stale)
    return edits


def _cells(record: Record, draft: Draft) -> dict[str, str]:
    """Give the cells of a row on one line, without our own reference."""
    cells = {name: one_line(str(draft.fields[name])) for name in _PRINTED if name in draft.fields}
    if fold(cells.get("source_ref", "")) == fold(record.ref):
        del cells["source_ref"]
    owner = one_line(record.referred_to)
    if cells.get("owner_text", "").casefold() == owner.casefold():
        cells["owner_text"] = owner
    in_words = not is_paragraph(cells.get("exempt_paragraph", ""))
    # What words say of a record that we hold already, `check` says too, until a person decides.
    if in_words and (record.exempt_paragraph or decided_public(record) or unsaid(record)):
        cells.pop("exempt_paragraph", None)
    return cells


def _differences(
    record: Record, draft: Draft, edits: _Edits, shows: Prints
) -> tuple[dict[str, object], list[Kept]]:
    values = {name: draft.fields[name] for name in edits.taken}
    kept = [Kept(record, draft, name, draft.fields[name]) for name in edits.kept]
    for names, sources in _DERIVED:
        if not values.keys() & set(sources) or set(sources) & set(edits.stale):
            continue
        read = {name: draft.fields[name] for name in names if name in draft.fields}
        new = {name: value for name, value in read.items() if value != getattr(record, name)}
        # A status that somebody set gives way to another one in its cell, not to a response.
        cell_edited = sources[0] in edits.typed_over
        if cell_edited or all(_is_as_imported(record, name) for name in names):
            values |= new
        else:
            kept += [Kept(record, draft, name, value) for name, value in new.items()]
    meeting = draft.meeting.key
    moved = any(line.what == "meeting" and line.before == meeting for line in record.history)
    if record.meeting.key != meeting and not moved:
        values["meeting"] = draft.meeting
    # Of columns we don't know, what differs from what was last printed there. A heading over a
    # record that had none is one that our own documents have given it.
    cells = {
        name: cell
        for name, cell in _printed_cells(draft).items()
        if one_line(cell) != one_line(record.printed.get(name, cell if name == GROUP else ""))
    }
    if cells:
        shown = shows(record)
        cells = {name: cell for name, cell in cells.items() if one_line(cell) != shown.get(name)}
    if cells:
        values["printed"] = {**record.printed, **cells}
    return values, kept


def _was_read(record: Record, name: str, cell: str) -> bool:
    """Tell whether the last import read this in a cell, or our own documents printed it then."""
    if cell == one_line(str(value_when_imported(record, name))):
        return True
    if name != "follow_up" or (record.follow_up and follow_up_stands(record)):
        return False
    before = value_when_imported(record, "status")
    return any(status == before and cell in status.all_words for status in Status)


def _is_as_imported(record: Record, name: str) -> bool:
    """Tell whether a field still holds what an import read, or nothing: nobody has typed it."""
    value = getattr(record, name)
    if any(
        change.what == "imported" or (change.what == name and change.via == "import")
        for change in record.history
    ):
        now = value if isinstance(value, tuple) else str(value)
        return value_when_imported(record, name) == now
    held = record.referred_to if name == "owner_text" else value
    return held in ("", (), Status.OPEN)


def _printed_cells(draft: Draft) -> dict[str, str]:
    cells = draft.fields.get("printed", {})
    assert isinstance(cells, dict)
    return dict(cells)
