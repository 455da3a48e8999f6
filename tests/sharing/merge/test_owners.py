"""Two copies that know more of owners come together field by field."""

import pytest

from cpctrack.sharing.merge import three_way


def with_owners(document, **rows):
    return {**document, "owners": {name.replace("_", " "): row for name, row in rows.items()}}


def merge(base, ours, theirs):
    return three_way(base, ours, theirs, at="2023-06-01T09:00:00Z", by="Clerk")


def test_what_each_has_said_of_one_owner_is_there(base):
    start = with_owners(base, dee_fell={"name": "Dee Fell", "also": ["DF"]})
    ours = with_owners(
        base, dee_fell={"name": "Dee Fell", "also": ["DF", "D Fell"], "email": "d@example.org"}
    )
    theirs = with_owners(
        base, dee_fell={"name": "Dee Fell", "also": ["DF", "Solicitor"], "service": "Legal"}
    )
    done = merge(start, ours, theirs)
    assert done.conflicts == ()
    row = done.document["owners"]["dee fell"]
    assert sorted(row.pop("also")) == ["D Fell", "DF", "Solicitor"]
    assert row == {"name": "Dee Fell", "email": "d@example.org", "service": "Legal"}


def test_both_add_one_owner_and_it_is_one_row(base):
    ours = with_owners(base, dee_fell={"name": "Dee Fell", "also": ["DF"]})
    theirs = with_owners(base, dee_fell={"name": "DEE FELL", "post": "Solicitor"})
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.conflicts == other.conflicts == ()
    assert one.document["owners"] == other.document["owners"]
    row = one.document["owners"]["dee fell"]
    assert (row["also"], row["post"]) == (["DF"], "Solicitor")


def test_two_addresses_are_for_a_person_to_choose_from(base):
    ours = with_owners(base, dee_fell={"name": "Dee Fell", "email": "a@example.org"})
    theirs = with_owners(base, dee_fell={"name": "Dee Fell", "email": "b@example.org"})
    (conflict,) = merge(base, ours, theirs).conflicts
    assert (conflict.table, conflict.ref, conflict.clash.field) == ("owners", "dee fell", "email")
    assert {conflict.clash.ours, conflict.clash.theirs} == {"a@example.org", "b@example.org"}


def test_who_was_united_by_one_side_stays_united(base):
    apart = {"kd": {"name": "KD"}, "kit_dale": {"name": "Kit Dale"}}
    start = with_owners(base, **apart)
    ours = with_owners(base, kit_dale={"name": "Kit Dale", "also": ["KD"]})
    theirs = with_owners(base, **apart | {"kit_dale": {"name": "Kit Dale", "post": "Clerk"}})
    done = merge(start, ours, theirs)
    assert done.conflicts == ()
    assert done.document["owners"] == {
        "kit dale": {"name": "Kit Dale", "also": ["KD"], "post": "Clerk"}
    }


@pytest.mark.parametrize("name", ["evidence", "links"])
def test_of_an_owner_nothing_else_grows(base, name):
    ours = with_owners(base, x={"name": "X", name: ["a"]})
    theirs = with_owners(base, x={"name": "X", name: ["b"]})
    assert len(merge(base, ours, theirs).conflicts) == 1
