"""Settling one conflict: a function of the store's document."""

import copy

import pytest

from cpctrack.errors import UsageError
from cpctrack.records.changes import Author
from cpctrack.store.conflicts import Resolution, apply, find

AUTHOR = Author("Clerk", "2024-03-13T10:00:00Z", "resolve")
RESPONSE = {"field": "response", "base": None, "ours": "Sent.", "theirs": "Not yet."}
GONE = {"field": "", "base": {}, "ours": None, "theirs": {}}


def document(*clashes):
    history = [{"at": "2024-03-12T10:00:00Z", "by": "Clerk", "via": "add", "change": "created"}]
    row = {"ref": "CPC-2324-001", "action": "Report back.", "response": "Sent."}
    return {"actions": {"a": {**row, "_conflicts": [*clashes], "history": history}}}


def settled(before, resolution):
    kept = copy.deepcopy(before)
    after, conflicts = apply(before, find(before)[0], resolution, AUTHOR)
    assert before == kept
    return after, [each.clash.field for each in conflicts]


@pytest.mark.parametrize(
    ("resolution", "value"),
    [
        (Resolution("theirs"), "Not yet."),
        (Resolution("base"), None),
        (Resolution(values={"response": "Half of it."}), "Half of it."),
    ],
)
def test_the_value_goes_into_the_row_and_its_history(resolution, value) -> None:
    after, fields = settled(document(RESPONSE), resolution)
    row = after["actions"]["a"]
    assert fields == ["response"]
    assert (row.get("response"), "_conflicts" in row) == (value, False)
    assert row["history"][1]["change"] == "response"
    assert row["history"][1].get("to", "") == (value or "")


def test_a_record_that_goes_keeps_its_reference_from_others() -> None:
    after, fields = settled(document(GONE), Resolution("ours"))
    assert after == {"actions": {}, "withdrawn": {"CPC-2324-001": {}}}
    assert fields == [""]


def test_a_side_of_two_merges_can_mean_two_things() -> None:
    before = document(RESPONSE, {**RESPONSE, "theirs": "Sent in May."})
    with pytest.raises(UsageError, match="--theirs can mean two things; give --value TEXT"):
        settled(before, Resolution("theirs"))
