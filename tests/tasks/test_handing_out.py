"""Whatever an exempt record holds, what leaves a store is the same with it and without."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.errors import StoreError
from cpctrack.records.model import MeetingType, Status
from cpctrack.records.query import Query
from cpctrack.render.export import calendar, forms
from cpctrack.render.export.tables import tables
from cpctrack.store.store import Store
from cpctrack.tasks import archive, handing_out

TODAY = date(2024, 6, 12)
DOCUMENT = {
    "actions": {
        "a1": {"ref": "CPC-2324-001", "meeting": "2024-03-13-formal", "action": "Report back.",
               "due_text": "by the next meeting", "owners": ["Clerk"], "history": []},
        "a2": {"ref": "CPC-2324-004", "meeting": "2024-04-17-informal", "action": "Visit.",
               "status": "completed", "history": []},
    },
    "meetings": {
        "2024-03-13-formal": {"date": "2024-03-13", "type": "formal"},
        "2024-04-17-informal": {"date": "2024-04-17", "type": "informal"},
        "2024-05-15-formal": {"date": "2024-05-15", "type": "formal"},
    },
    "settings": {"store": {"committee": "Licensing", "prefix": "CPC", "schema": 2}},
}  # fmt: skip
HIDDEN = "CPC-2324-009"
SECRET = st.text("xyz=\x1b<", min_size=1, max_size=9).map(lambda text: f"qzx{text}")
FLAGS = st.sampled_from(
    [{"exempt_paragraph": "3"}, {"exempt_paragraph": None}, {"confidential": True},
     {"x_exmept": "yes"}, {"exempt_paragraph": [{}]}]
)  # fmt: skip


def leaving(document):
    """Give all bytes that leave a store of this document."""
    held = Store(Path("actions.json"), copy.deepcopy(document))
    (part,) = handing_out.parts([held])
    rows = tables([part.source(TODAY)])
    due, replies, meetings, _ = calendar.events([part.source(TODAY)], Query(open=True))
    return {
        "calendar": calendar.written([*due, *replies, *meetings], "Actions"),
        "sqlite": forms.sqlite(rows),
        **{form: forms.folder_of(rows, form) for form in forms.WRITERS},
        "archive": list(archive._files(part, rows, [], internal=False)),
    }


BEFORE = leaving(DOCUMENT)


@given(
    secret=SECRET,
    flag=FLAGS,
    status=st.sampled_from(Status),
    meeting=st.sampled_from([*DOCUMENT["meetings"], "2024-05-22-informal"]),
    first=st.booleans(),
)
@settings(max_examples=times(150, 40))
def test_the_bytes_are_the_same_with_an_exempt_record_and_without(
    secret, flag, status, meeting, first
):
    texts = dict.fromkeys(
        ("item", "action", "response", "follow_up", "due_text", "referrer"), secret
    )
    hidden = {
        "ref": "CPC-2324-002",
        "meeting": meeting,
        "status": status.value,
        "owners": [secret],
        "printed": {secret: secret},
        "history": [{"at": "2024-03-14T09:00:00Z", "by": secret, "change": "added"}],
        **texts,
        **flag,
    }
    added = {"2024-05-22-informal": {"date": "2024-05-22", "type": "informal", "note": secret}}
    public = DOCUMENT["actions"]
    document = {
        **DOCUMENT,
        "actions": {"a0": hidden, **public} if first else {**public, "a9": hidden},
        "meetings": DOCUMENT["meetings"] | (added if meeting in added else {}),
        "habits": {secret: {"taken": 1}},
    }
    assert leaving(document) == BEFORE


@pytest.mark.parametrize("first", ["links", "added"])
def test_no_file_names_what_is_exempt_in_a_link_or_in_a_history(first):
    document = copy.deepcopy(DOCUMENT)
    line = {"at": "2024-03-14T09:00:00Z", "by": "Clerk", "via": "split"}
    link = f"split-from {HIDDEN}"
    told = {
        "links": [{**line, "change": "links", "from": [], "to": [link], "meeting": "2023-09-20"}],
        "added": [{**line, "change": "added", "to": HIDDEN}],
    }
    document["actions"]["a1"] |= {"links": [link], "history": told[first], "colour": "kept"}
    document["actions"]["a9"] = {"ref": HIDDEN, "meeting": "2024-03-13-formal", "history": [],
                                 "action": "x", "exempt_paragraph": "3"}  # fmt: skip
    made = leaving(document)
    assert HIDDEN not in repr(made).upper()
    stored = json.loads(next(content for name, _, content in made["archive"] if "json" in name))
    assert stored["actions"]["a1"]["colour"] == "kept"
    assert "a9" not in stored["actions"]


def test_a_meeting_whose_row_has_another_name_is_kept_with_its_records():
    document = copy.deepcopy(DOCUMENT)
    document["meetings"]["odd"] = document["meetings"].pop("2024-04-17-informal")
    document["actions"]["a2"]["meeting"] = "odd"
    (part,) = handing_out.parts([Store(Path("actions.json"), document)])
    assert part.meetings["odd"].type is MeetingType.INFORMAL


def test_what_was_left_out_is_counted_beside_it():
    document = copy.deepcopy(DOCUMENT)
    document["actions"]["a1"]["exempt_paragraph"] = "3"
    held = [Store(Path("actions.json"), document)]
    assert handing_out.left_out(handing_out.parts(held)) == 1
    assert handing_out.left_out(handing_out.parts(held, include_exempt=True)) == 0


def test_a_record_that_cannot_be_read_stops_it():
    document = copy.deepcopy(DOCUMENT)
    document["actions"]["a1"]["status"] = "shut"
    with pytest.raises(StoreError, match="CPC-2324-001 has the status “shut”"):
        handing_out.parts([Store(Path("actions.json"), document)])
