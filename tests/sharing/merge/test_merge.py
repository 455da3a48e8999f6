"""Three-way merging, case by case."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from swapping import swapped

from cpctrack.errors import StoreError
from cpctrack.records.model import Clash, Meeting, MeetingType, Status
from cpctrack.sharing.merge import Merged, three_way
from cpctrack.sharing.merge.history import unite
from cpctrack.store import canonical, codec

from .conftest import FORMAL, closed, opened, problems, small_store, unnamed

ONE, TWO, THREE = (f"{number:012x}" for number in (1, 2, 3))
AT, BY = "2023-06-30T09:00:00Z", "Merger"


def merge(base, ours, theirs) -> Merged:
    """Merge both ways, which must come to the same."""
    merged = three_way(base, ours, theirs, at=AT, by=BY)
    other = three_way(base, theirs, ours, at=AT, by=BY)
    assert unnamed(other.document) == unnamed(merged.document)
    assert other.renumbered == merged.renumbered
    return merged


def clashes(merged: Merged) -> dict[str, Clash]:
    return {each.clash.field: each.clash for each in merged.conflicts}


def raw(document, record_id=ONE, **fields):
    """Change a row by hand; None takes a field away."""
    changed = copy.deepcopy(document)
    row = changed["actions"][record_id]
    for name, value in fields.items():
        row.pop(name, None) if value is None else row.update({name: value})
    return changed


def added(document, day="2023-03-15", hour=9, record_id="f" * 12, **fields):
    from cpctrack.records.changes import Author
    from cpctrack.records.model import Draft

    held = opened(document)
    values = {"item": "Item 9. Homes", "action": f"Action {record_id}.", **fields}
    meeting = held.meeting_on(day, fields.pop("type_", MeetingType.FORMAL))
    values.pop("type_", None)
    author = Author("Clerk", f"2023-05-01T{hour:02}:00:00Z", "add")
    held.add(Draft(meeting, values), author, record_id=record_id)
    return closed(held)


# --- what goes together


def test_one_side_alone(base, edit) -> None:
    ours = edit(base, 1, 9, response="Sent.")
    assert merge(base, ours, base).document == ours
    assert merge(base, ours, ours).document == ours
    assert merge(ours, ours, base).document == base


def test_different_records_and_different_fields(base, edit) -> None:
    ours = edit(edit(base, 1, 9, response="Sent."), 2, 9, item="Item 7")
    theirs = edit(edit(base, 1, 8, status=Status.DEFERRED), 3, 9, referrer="Chair")
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    row = merged.document["actions"][ONE]
    assert (row["response"], row["status"]) == ("Sent.", "deferred")
    assert [line["change"] for line in row["history"]] == ["added", "status", "response"]
    assert merged.document["actions"][TWO] == ours["actions"][TWO]
    assert merged.document["actions"][THREE] == theirs["actions"][THREE]


def test_cells_of_imported_columns(base) -> None:
    base = raw(base, printed={"A": "1", "B": "2"})
    merged = merge(
        base, raw(base, printed={"A": "9", "B": "2"}), raw(base, printed={"A": "1", "C": "3"})
    )
    assert merged.document["actions"][ONE]["printed"] == {"A": "9", "C": "3"}
    merged = merge(base, raw(base, printed={"A": "8", "B": "2"}), raw(base, printed={"A": "9"}))
    assert clashes(merged) == {"printed.A": Clash("printed.A", "1", "8", "9")}
    assert merged.document["actions"][ONE]["printed"] == {"A": "9"}


def test_evidence_grows_from_both_sides(base, edit) -> None:
    base = edit(base, 1, 8, evidence=("a.pdf", "b.pdf"))
    ours = edit(base, 1, 9, evidence=("a.pdf", "b.pdf", "z.pdf"), response="Sent.")
    theirs = edit(base, 1, 10, evidence=("b.pdf", "y.pdf", "z.pdf"))
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.document["actions"][ONE]["evidence"] == ["b.pdf", "y.pdf", "z.pdf"]
    merged = merge(base, edit(base, 1, 9, evidence=("a.pdf",)), edit(base, 1, 9, evidence=()))
    assert "evidence" not in merged.document["actions"][ONE]


def test_evidence_that_is_no_list_is_no_list_afterwards(base) -> None:
    with pytest.raises(StoreError, match="its owners, evidence"):
        merge(base, raw(base, evidence="a"), raw(base, evidence=["b"]))


def test_what_this_version_does_not_know(base) -> None:
    base["extras"] = {"x": {"a": 1, "b": None}}
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours["extras"]["x"]["a"] = 2
    theirs["extras"]["x"] |= {"b": [1], "c": None}
    theirs["more"] = {}
    merged = merge(base, ours, theirs).document
    assert merged["extras"] == {"x": {"a": 2, "b": [1], "c": None}}
    assert merged["more"] == {}
    del ours["extras"]
    assert "extras" not in merge(base, ours, base).document


def test_both_add_the_file(base, edit) -> None:
    ours, theirs = edit(base, 1, 9, response="Sent."), edit(base, 2, 9, response="Seen.")
    merged = merge({}, ours, theirs)
    assert merged.conflicts == ()  # what only one side says, nobody contradicts
    theirs["settings"]["store"]["prefix"] = "XYZ"
    assert clashes(merge({}, ours, theirs)) == {"prefix": Clash("prefix", None, "CPC", "XYZ")}


def test_the_newer_schema(base) -> None:
    base["settings"]["store"]["schema"] = 1
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    ours["settings"]["store"]["schema"], theirs["settings"]["store"]["schema"] = 2, 3
    merged = merge(base, ours, theirs)
    assert (merged.document["settings"]["store"]["schema"], merged.conflicts) == (3, ())


# --- conflicts


def test_the_same_field(base, edit) -> None:
    ours, theirs = edit(base, 1, 10, response="Ours"), edit(base, 1, 9, response="Theirs")
    merged = merge(base, ours, theirs)
    assert clashes(merged) == {"response": Clash("response", None, "Ours", "Theirs")}
    (conflict,) = merged.conflicts
    assert (conflict.table, conflict.id, conflict.ref) == ("actions", ONE, "CPC-2223-001")
    row = merged.document["actions"][ONE]
    assert row["response"] == "Ours"  # which came later
    assert row["_conflicts"] == [
        {"field": "response", "base": None, "ours": "Ours", "theirs": "Theirs"}
    ]


def test_what_was_read_goes_with_what_was_typed(base, edit) -> None:
    ours = edit(base, 1, 10, due="2023-05-01", due_text="1 May 2023")
    theirs = edit(base, 1, 9, due="2023-06-01", due_text="1 June 2023")
    merged = merge(base, ours, theirs)
    assert set(clashes(merged)) == {"due", "due_text"}
    row = merged.document["actions"][ONE]
    assert (row["due"], row["due_text"]) == ("2023-05-01", "1 May 2023")


def test_a_name_that_only_one_side_spells_in_other_capitals_is_no_contradiction(base, edit) -> None:
    small, large = ({"owners": (name,), "owner_text": name} for name in ("Jane Doe", "JANE DOE"))
    for by_time in (9, 11):
        ours, theirs = edit(base, 1, 10, **small), edit(base, 1, by_time, **large)
        merged = merge(base, ours, theirs)
        later = "Jane Doe" if by_time == 9 else "JANE DOE"
        assert not merged.conflicts
        assert merged.document["actions"][ONE]["owners"] == [later]
    # Who changes more than capitals is heard.
    begun = edit(base, 1, 8, **small)
    capitals, other = edit(begun, 1, 11, **large), edit(begun, 1, 10, owners=("Ben Carr",))
    merged = merge(begun, capitals, other)
    assert not merged.conflicts
    assert merged.document["actions"][ONE]["owners"] == ["Ben Carr"]


@pytest.mark.parametrize(
    ("ours", "theirs", "fields"),
    [
        (
            {"status": Status.COMPLETED, "completed_on": "2023-04-01"},
            {"status": Status.DEFERRED},
            {"status", "completed_on"},
        ),
        ({"completed_on": "2023-01-01", "status": Status.COMPLETED}, {"meeting": None}, None),
        ({"action": ""}, {"recommendation": ""}, {"action", "recommendation"}),
        ({"follow_up": "Ongoing"}, {"status": Status.COMPLETED}, {"status", "follow_up"}),
    ],
)
def test_what_contradicts_itself_only_together(base, edit, ours, theirs, fields) -> None:
    base = edit(base, 1, 1, recommendation="That it be done.", follow_up="")
    if fields is None:
        earlier = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
        base = edit(base, 1, 2, meeting=earlier)
        theirs, fields = {"meeting": FORMAL}, {"completed_on", "meeting"}
    first, second = edit(base, 1, 9, **ours), edit(base, 1, 8, **theirs)
    merged = merge(base, first, second)
    assert set(clashes(merged)) == fields
    names = {each.name for each in problems(json.loads(canonical.dumps(merged.document)))}
    assert names & {"open-but-completed", "completed-before-meeting", "nothing-agreed"} == set()
    assert "follow-up-unlike-status" not in names


def test_edit_against_removal(base, edit) -> None:
    ours, theirs = edit(base, 1, 9, response="Sent."), copy.deepcopy(base)
    del theirs["actions"][ONE]
    merged = merge(base, ours, theirs)
    (clash,) = clashes(merged).values()
    assert clash == Clash("", base["actions"][ONE], ours["actions"][ONE], None)
    row = dict(merged.document["actions"][ONE])
    del row["_conflicts"]
    assert row == ours["actions"][ONE]


def test_a_meeting_stays_while_a_record_belongs_to_it(base) -> None:
    base = added(base, day="2023-06-21")
    ours = raw(base)
    for table, key in (("actions", "f" * 12), ("meetings", "2023-06-21-formal")):
        del ours[table][key]
    theirs = added(base, day="2023-06-21", record_id="e" * 12)
    merged = merge(base, ours, theirs).document
    assert set(merged["actions"]) == {ONE, TWO, THREE, "e" * 12}
    assert "2023-06-21-formal" in merged["meetings"]


def test_conflicts_that_stand_are_carried_and_not_doubled(base, edit) -> None:
    ours, theirs = edit(base, 1, 10, response="Ours"), edit(base, 1, 9, response="Theirs")
    merged = merge(base, ours, theirs).document
    more = edit(theirs, 1, 11, item="Item 8")
    again = merge(theirs, merged, more)
    assert again.conflicts == ()
    assert again.document["actions"][ONE]["_conflicts"] == merged["actions"][ONE]["_conflicts"]
    # Each clerk merges the other's: the conflict is one, whichever side is called ours.
    both = merge(base, merged, edit(swapped(merged), 2, 9, item="Item 8"))
    assert both.document["actions"][ONE]["_conflicts"] == merged["actions"][ONE]["_conflicts"]
    settled = raw(merged, _conflicts=None, response="Settled")
    assert (
        merge(merged, settled, edit(merged, 1, 12, item="Item 8")).document["actions"][ONE][
            "response"
        ]
        == "Settled"
    )


def test_what_one_side_settles_while_the_other_removes(base, edit) -> None:
    merged = merge(base, edit(base, 1, 9, response="a"), edit(base, 1, 9, response="b")).document
    theirs = copy.deepcopy(merged)
    del theirs["actions"][ONE]
    edited = opened(merged)
    record = edited.find("2223-1")
    edited.put(record._replace(item="Item 8"))
    fields = [
        line["field"] for line in
        merge(merged, closed(edited), theirs).document["actions"][ONE]["_conflicts"]
    ]  # fmt: skip
    assert fields == ["", "response"]


# --- references


def test_one_reference_on_two_records(base) -> None:
    ours, theirs = added(base, hour=9, record_id="a" * 12), added(base, hour=8, record_id="b" * 12)
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert [each[:3] for each in merged.renumbered] == [("a" * 12, "CPC-2223-004", "CPC-2223-005")]
    rows = merged.document["actions"]
    assert rows["b" * 12]["ref"] == "CPC-2223-004"
    assert rows["a" * 12]["ref"] == "CPC-2223-005"
    assert rows["a" * 12]["history"][-1] == {
        "at": AT, "by": BY, "via": "merge", "change": "ref",
        "from": "CPC-2223-004", "to": "CPC-2223-005",
    }  # fmt: skip


def test_a_number_that_was_taken_back_is_not_used(base) -> None:
    base["withdrawn"] = {"CPC-2223-009": {}}
    ours, theirs = added(base, record_id="a" * 12), added(base, record_id="b" * 12)
    for side in (ours, theirs):
        (row,) = (row for key, row in side["actions"].items() if key[0] in "ab")
        row["ref"] = "CPC-2223-004"
    assert merge(base, ours, theirs).renumbered[0].new == "CPC-2223-010"


def test_a_reference_that_one_side_has_twice_is_left_to_check(base) -> None:
    ours = raw(base, TWO, ref="CPC-2223-001")
    theirs = raw(base, THREE, item="Item 8")
    assert merge(base, ours, theirs).renumbered == ()


def test_a_reference_that_is_none_can_not_be_counted_on(base) -> None:
    ours, theirs = added(base, record_id="a" * 12), added(base, record_id="b" * 12)
    ours["actions"]["a" * 12]["ref"] = theirs["actions"]["b" * 12]["ref"] = "odd"
    assert merge(base, ours, theirs).renumbered == ()


def test_one_row_of_another_table_imported_twice(base) -> None:
    ours = added(base, hour=8, record_id="a" * 12, source_ref="RX/1")
    theirs = added(base, hour=9, record_id="b" * 12, source_ref="rx/1")
    (conflict,) = merge(base, ours, theirs).conflicts
    assert (conflict.id, conflict.clash) == ("b" * 12, Clash("source_ref", None, None, "rx/1"))
    numbered = [
        added(base, record_id=key * 12, source_ref="1", day=day)
        for key, day in (("a", "2023-03-15"), ("b", "2022-06-15"))
    ]
    assert merge(base, *numbered).conflicts == ()


def test_one_day_with_two_types_of_meeting(base) -> None:
    ours = added(base, day="2023-06-21", record_id="a" * 12)
    theirs = added(base, day="2023-06-21", record_id="b" * 12, type_=MeetingType.INFORMAL)
    (conflict,) = merge(base, ours, theirs).conflicts
    assert conflict.ref == "2023-06-21-informal"
    assert conflict.clash == Clash("type", None, None, "informal")


# --- histories

MOMENTS = st.integers(0, 4).map(lambda number: f"2023-05-01T0{number}:00:00Z")
LINES = st.builds(lambda at, what: {"at": at, "change": what}, MOMENTS, st.sampled_from("abc"))
HISTORIES = st.lists(LINES, max_size=5).map(
    lambda lines: sorted(lines, key=lambda line: line["at"])
)


@given(HISTORIES, HISTORIES, HISTORIES)
def test_histories_unite(common, ours, theirs) -> None:
    ours, theirs = ([*common, *tail] for tail in (ours, theirs))
    united = unite(ours, theirs)
    assert united == unite(theirs, ours)
    for line in [*ours, *theirs]:
        assert united.count(line) == max(ours.count(line), theirs.count(line))
    tail = united[len(common) :]
    assert [line["at"] for line in tail] == sorted(line["at"] for line in tail)
    assert unite(united, ours) == unite(ours, united)


# --- anything at all

CELLS = st.none() | st.integers(0, 2) | st.text("xy", max_size=1) | st.lists(st.integers(0, 1))
ROWS = st.dictionaries(st.sampled_from(["a", "b", "history", "printed"]), CELLS, max_size=3)
TABLES = st.dictionaries(
    st.sampled_from(["other", "more"]), st.dictionaries(st.sampled_from("12"), ROWS), max_size=2
)


@given(TABLES, TABLES, TABLES)
def test_rows_of_any_kind(base, ours, theirs) -> None:
    merged = merge(base, ours, theirs).document
    canonical.dumps(merged)
    assert merge(base, ours, ours).document == ours
    assert merge(base, ours, base).document == ours
    for side in (ours, theirs):
        for table, rows in side.items():
            for key, row in rows.items():
                result = merged.get(table, {}).get(key)
                if result is None:  # one side removed it, and the other left it as it was
                    assert base[table][key] == row
                    continue
                told = {line["field"] for line in result.get(codec.CONFLICTS, ())}
                for name, value in row.items():
                    known = value in (result.get(name), base.get(table, {}).get(key, {}).get(name))
                    assert known or name in told or "" in told


def test_a_damaged_side_is_refused(base, edit) -> None:
    ours = edit(base, 1, 9, status=Status.COMPLETED, completed_on="2023-04-01")
    theirs = raw(edit(base, 1, 8, status=Status.DEFERRED), status="nonsense")
    with pytest.raises(StoreError, match="nonsense"):
        three_way(base, ours, theirs, at=AT, by=BY)
    assert small_store() == base
