"""Two copies that have learnt come together without asking anybody."""

import itertools

import pytest

from cpctrack.sharing.merge import three_way
from cpctrack.sharing.merge.sides import Sides
from cpctrack.sharing.rebuild import rebuild

KEY = "feature: any"


def with_habits(document, **rows):
    return {**document, "habits": {name.replace("_", ": "): row for name, row in rows.items()}}


def merged(base, ours, theirs):
    done = three_way(base, ours, theirs, at="2023-06-01T09:00:00Z", by="Clerk")
    assert done.conflicts == ()
    return done.document


def test_what_both_have_learnt_is_there(base):
    ours = with_habits(base, feature_any={"taken": 2}, heading_news={"left": 3})
    theirs = with_habits(base, initials_JB={"name": "Jo Bell", "taken": 1})
    both = merged(base, ours, theirs)
    assert both == merged(base, theirs, ours)
    assert both["habits"] == {**ours["habits"], **theirs["habits"]}


def test_who_decided_more_often_is_right(base):
    start = with_habits(base, feature_any={"taken": 2, "weight": 10})
    ours = with_habits(base, feature_any={"taken": 2, "left": 3, "weight": -20})
    theirs = with_habits(base, feature_any={"taken": 4, "weight": 30})
    assert merged(start, ours, theirs)["habits"] == ours["habits"]
    assert merged(base, theirs, ours)["habits"] == ours["habits"]


def test_what_one_has_forgotten_stays_forgotten(base):
    start = with_habits(base, feature_any={"taken": 2})
    theirs = with_habits(base, feature_any={"taken": 9})
    assert "habits" not in merged(start, base, theirs)
    assert "habits" not in merged(start, theirs, base)


VERSIONS = (
    None,
    {"taken": 2, "weight": 10},
    {"taken": 2, "left": 1, "weight": -5},
    {"taken": 3, "weight": 15},
    {"taken": 3, "weight": 40},
    {"taken": 1, "weight": 5},
    {"taken": "much", "weight": []},
)


@pytest.mark.parametrize("start", [VERSIONS[0], VERSIONS[1]], ids=["new", "known"])
def test_any_number_of_copies_come_to_one_result_in_any_order(base, start):
    def held(row):
        return with_habits(base, **({} if row is None else {"feature_any": row}))

    for three in itertools.combinations_with_replacement(VERSIONS, 3):
        results = []
        for one, two, last in itertools.permutations(map(held, three)):
            both = merged(held(start), one, two)
            results.append(merged(held(start), both, last).get("habits", {}))
        assert all(each == results[0] for each in results), three
        (whole,) = map(held, three[:1])
        assert merged(whole, whole, whole).get("habits", {}) == whole["habits"]


def test_a_merge_done_again_changes_nothing(base):
    start = with_habits(base, feature_any={"taken": 2})
    ours = with_habits(base, feature_any={"taken": 5}, feature_x={"left": 1})
    theirs = with_habits(base, feature_any={"taken": 3}, initials_JB={"name": "Jo Bell"})
    once = merged(start, ours, theirs)
    sides = Sides(start, ours, theirs)
    again = rebuild(sides, once, once, at="2023-06-01T09:00:00Z", by="Clerk")
    assert again.document == once
    lost = {**once, "habits": ours["habits"]}  # as who chose one whole side
    again = rebuild(sides, lost, lost, at="2023-06-01T09:00:00Z", by="Clerk")
    assert again.document["habits"] == once["habits"]


def test_an_undo_leaves_what_was_learnt_since(base):
    from cpctrack.store.undo import Way, applied, find_step
    from cpctrack.store.undo_log import Logged, RowChange, UndoLog

    rows = (
        RowChange("habits", KEY, None, {"taken": 1}),
        RowChange("habits", "heading: news", None, {"left": 3}),
    )
    log = UndoLog((Logged("1", "", "Clerk", "minutes", 2, rows),))
    now = with_habits(base, feature_any={"taken": 4}, heading_news={"left": 3})
    step = find_step(log, now, Way.UNDO)
    assert step.obstacles == ()
    assert applied(now, step)["habits"] == {KEY: {"taken": 4}}
