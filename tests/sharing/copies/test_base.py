"""What a store and a copy both come from: by histories, by what the undo log or git knows."""

import pytest

from cpctrack.sharing.copies import base_of, last_common, states
from cpctrack.store.undo_log import Logged, RowChange, UndoLog

KEY = "0123456789ab"
BEGAN = {"at": "1", "by": "Clerk", "change": "added"}


def line(at, change, before="", after="", via="update"):
    told = {"from": before, "to": after}
    told = {name: value for name, value in told.items() if value}
    return {"at": at, "by": "Clerk", "via": via, "change": change, **told}


def document(*lines, **fields):
    row = {"ref": "CPC-2223-001", "history": [BEGAN, *lines], **fields}
    return {"actions": {KEY: row}, "settings": {"store": {"prefix": "CPC"}}}


def before(ours, theirs, known=None):
    """Give the record both come from, which must not depend on which is whose."""
    base = base_of(ours, theirs, known or {})["actions"][KEY]
    assert base_of(theirs, ours, known or {})["actions"][KEY] == base
    return base


def test_what_one_has_changed_was_as_the_other_has_it():
    ours = document(line("2", "response", "A", "B"), response="B", status="open")
    theirs = document(line("3", "status", "open", "completed"), response="A", status="completed")
    assert before(ours, theirs) == document(response="A", status="open")["actions"][KEY]


def test_what_both_have_changed_was_what_history_says():
    ours = document(line("2", "due", "A", "B"), line("4", "due", "B", "C"), due="C")
    theirs = document(line("3", "due", "A", "D"), due="D")
    assert before(ours, theirs) == document(due="A")["actions"][KEY]


def test_what_both_were_first_to_say_was_nothing():
    ours, theirs = document(line("2", "due", "", "B"), due="B"), document(line("3", "due", "", "C"))
    assert "due" not in before(ours, theirs)


def test_of_histories_that_contradict_each_other_nothing_is_believed():
    ours = document(line("2", "due", "A", "B"), due="B")
    theirs = document(line("3", "due", "X", "D"), due="D")
    assert "due" not in before(ours, theirs)
    assert before(ours, theirs, document(due="A"))["due"] == "A"


def test_of_what_no_history_tells_the_known_state_does():
    ours, theirs = document(note="B"), document(line("2", "due", "", "C"), due="C", note="C")
    assert "note" not in before(ours, theirs)
    assert before(ours, theirs, document(note="A"))["note"] == "A"


def test_printed_cells_are_not_made_of_the_words_of_history():
    ours = document(line("2", "printed", "Notes: a", "Notes: b"), printed={"Notes": "b"})
    theirs = document(line("3", "printed", "Notes: a", "Notes: c"), printed={"Notes": "c"})
    assert "printed" not in before(ours, theirs)


def test_an_older_state_of_one_is_where_the_other_began():
    older = document(response="A")
    newer = document(line("2", "response", "A", "B"), response="B")
    assert before(older, newer) == older["actions"][KEY]


CLASH = {"field": "due", "base": None, "ours": "B", "theirs": "C"}


@pytest.mark.parametrize(
    ("lines", "kept"),
    [([], [CLASH]), ([line("5", "due", "B", "C")], [CLASH]),
     ([line("5", "due", "B", "C", via="resolve")], [])],
    ids=["nobody looked", "changed by the way", "settled"],
)  # fmt: skip
def test_a_conflict_that_one_side_has_settled_is_settled(lines, kept):
    open_, other = (
        document(due="B", _conflicts=[CLASH]),
        document(*lines, due="C" if lines else "B"),
    )
    base = before(open_, other)
    assert base.get("_conflicts", []) == [each for each in [CLASH] if each not in kept]


def test_a_record_that_one_side_alone_ever_had_is_new():
    ours, theirs = document(), {**document(), "actions": {}}
    base = base_of(ours, theirs, {"meetings": {}, "withdrawn": {"CPC-2223-002": {}}})
    assert base == {"meetings": {}, "actions": {}, "withdrawn": {}, "copies": {}}


ROOT = document(response="A")
PARTED = document(line("2", "response", "A", "B"), response="B")
OURS = document(line("2", "response", "A", "B"), line("3", "response", "B", "C"), response="C")
THEIRS = document(line("2", "response", "A", "B"), line("4", "due", "", "D"), response="B", due="D")


def test_the_last_common_state_is_the_newest_that_both_have_grown_from():
    assert last_common([OURS, PARTED, ROOT], OURS, THEIRS) == PARTED


def test_of_states_that_records_do_not_tell_apart_the_oldest_counts():
    settled = {**PARTED, "settings": {"store": {"prefix": "CPC", "clerk": "Parks"}}}
    assert last_common([OURS, settled, PARTED, ROOT], OURS, THEIRS) == PARTED


def test_where_nothing_older_is_known_the_oldest_may_be_later_than_the_parting():
    assert last_common([OURS, PARTED], OURS, THEIRS) is None
    assert last_common([OURS], OURS, THEIRS) is None


def test_a_state_with_a_record_that_one_side_never_had_is_not_common():
    added = {**PARTED, "actions": {**PARTED["actions"], "ba9876543210": {"ref": "CPC-2223-002"}}}
    assert last_common([added, PARTED, ROOT], added, THEIRS) == PARTED


def logged(*rows):
    return Logged("x", "2023-07-01T00:00:00Z", "Clerk", "update", 2, tuple(rows))


def test_the_log_leads_back_step_by_step():
    rows = [each["actions"][KEY] for each in (ROOT, PARTED, OURS)]
    log = UndoLog(
        (
            logged(RowChange("actions", KEY, rows[0], rows[1])),
            logged(
                RowChange("actions", KEY, rows[1], rows[2]),
                RowChange("owners", "head", None, {"name": "Head"}),
            ),
        )
    )
    now = {**OURS, "owners": {"head": {"name": "Head"}}}
    assert list(states(now, log)) == [now, PARTED, ROOT]


@pytest.mark.parametrize(
    "change",
    [RowChange("actions", KEY, None, {"ref": "other"}), RowChange("owners", "nobody", None, None)],
    ids=["of another store", "of nothing"],
)
def test_a_log_that_does_not_fit_leads_nowhere(change):
    assert list(states(OURS, UndoLog((logged(change),)))) == [OURS]
