"""Records to plain dictionaries and back, without losing what a newer version wrote."""

import json
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import StoreError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import (
    Change,
    Clash,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
)
from cpctrack.store import codec, contract, migrations

SETTINGS = Settings(committee="Committee", prefix="CPC", year_starts="05-15")
MEETING = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
MEETINGS = {MEETING.key: MEETING}
ROW = {"ref": "CPC-2223-001", "meeting": "2022-06-15-formal", "action": "Do it"}

TEXT = st.text(max_size=8)
NAMES = st.text(max_size=6).map("x-".__add__)
EXTRA = st.dictionaries(
    NAMES,
    st.recursive(st.none() | st.integers() | TEXT, lambda each: st.lists(each, max_size=3)),
    max_size=2,
)
VALUE = TEXT | st.lists(TEXT, max_size=2).map(tuple)
CHANGES = st.builds(Change, TEXT, TEXT, TEXT, TEXT, VALUE, VALUE, TEXT, TEXT, EXTRA)
CLASHES = st.builds(
    Clash,
    st.sampled_from(("action", "due", "printed.Notes")),
    st.none() | TEXT,
    st.none() | TEXT,
    st.none() | TEXT,
    EXTRA,
)
RECORDS = st.builds(
    Record,
    id=st.just("0123456789ab"),
    ref=TEXT,
    meeting=st.just(MEETING),
    kind=st.sampled_from(Kind),
    status=st.sampled_from(Status),
    owners=st.lists(TEXT, max_size=2).map(tuple),
    printed=st.dictionaries(TEXT, TEXT, max_size=2),
    history=st.lists(CHANGES, max_size=2).map(tuple),
    conflicts=st.lists(CLASHES, max_size=2).map(tuple),
    extra=EXTRA,
    **dict.fromkeys(
        [
            "item", "recommendation", "action", "referrer", "owner_text", "due", "due_text",
            "response", "follow_up", "completed_on", "agreed_on", "exempt_paragraph", "source_ref",
        ],
        TEXT,
    ),
)  # fmt: skip


@given(RECORDS)
def test_a_record_comes_back_as_it_went(record: Record) -> None:
    row = json.loads(json.dumps(codec.encode_record(record)))
    if record.ref:  # every field that holds nothing is left out; a reference always holds
        assert codec.decode_record(record.id, row, MEETINGS) == record


@given(RECORDS)
def test_a_row_comes_back_as_it_went(record: Record) -> None:
    row = codec.encode_record(record) | {"ref": "CPC-2223-001"}
    again = codec.encode_record(codec.decode_record(record.id, row, MEETINGS))
    assert again == row


def test_fields_that_hold_nothing_are_left_out(make_record) -> None:
    row = codec.encode_record(make_record(owners=()))
    assert set(row) == {"ref", "meeting", "kind", "status", "item", "action", "history"}


def test_the_least_a_record_needs() -> None:
    record = codec.decode_record("0" * 12, ROW, MEETINGS)
    assert record == Record(id="0" * 12, ref="CPC-2223-001", meeting=MEETING, action="Do it")


WRONG = [
    ({"ref": None}, "The action “000000000000” has no reference"),
    ({"ref": 57}, "has no reference"),
    ({"kind": "wish"}, "has the kind “wish”; write one of action, recommendation, decision"),
    ({"kind": None}, "has the kind “None”"),
    ({"kind": ["action"]}, "has the kind"),
    ({"status": "finished"}, "has the status “finished”; write one of open, in-progress"),
    ({"status": {}}, "has the status"),
    ({"meeting": "2022-06-15-informal"}, "which the store does not hold"),
    ({"meeting": None}, "belongs to the meeting “None”"),
    ({"meeting": ["2022-06-15-formal"]}, "belongs to the meeting"),
    ({"action": 5}, "the field “action” must hold text"),
    ({"due": None}, "the field “due” must hold text"),
    ({"response": ["a"]}, "the field “response” must hold text"),
    ({"owners": "Head of Health"}, "owners, evidence, links, printed"),
    ({"owners": [1]}, "owners, evidence, links, printed"),
    ({"owners": {}}, "owners, evidence, links, printed"),
    ({"owners": None}, "owners, evidence, links, printed"),
    ({"printed": ["a"]}, "owners, evidence, links, printed"),
    ({"printed": {"a": 1}}, "owners, evidence, links, printed"),
    ({"printed": "a"}, "owners, evidence, links, printed"),
    ({"history": {}}, "owners, evidence, links, printed"),
    ({"history": "abc"}, "owners, evidence, links, printed"),
    ({"history": [[]]}, "owners, evidence, links, printed"),
    ({"history": [{}]}, "owners, evidence, links, printed"),
    (
        {"history": [{"at": "", "by": 5, "change": "due"}]},
        "owners, evidence, links, printed",
    ),
    (
        {"history": [{"at": "", "by": "", "change": "due", "to": 5}]},
        "owners, evidence, links, printed",
    ),
    (
        {"history": [{"at": "", "by": "", "change": "due", "to": [5]}]},
        "owners, evidence, links, printed",
    ),
    (
        {"history": [{"at": "", "by": "", "change": "due", "to": {}}]},
        "owners, evidence, links, printed",
    ),
    (
        {"history": [{"at": "", "by": "", "change": "x", "to": {"a": 1}}]},
        "owners, evidence, links, printed",
    ),
]


@pytest.mark.parametrize(("fields", "message"), WRONG)
def test_a_wrong_shape_is_refused_with_the_record_and_the_field(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        codec.decode_record("0" * 12, ROW | fields, MEETINGS)
    assert ("CPC-2223-001" in str(caught.value)) == ("ref" not in fields)


@pytest.mark.parametrize("name", ["ref", "meeting"])
def test_what_a_record_needs_is_missed(name: str) -> None:
    row = {key: value for key, value in ROW.items() if key != name}
    with pytest.raises(StoreError):
        codec.decode_record("0" * 12, row, MEETINGS)


def nested(levels: int) -> object:
    value: object = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def test_what_is_nested_beyond_all_use_is_refused() -> None:
    codec.decode_record("0" * 12, ROW | {"later": nested(40)}, MEETINGS)
    with pytest.raises(StoreError, match="more than 50 deep"):
        codec.decode_record("0" * 12, ROW | {"later": nested(400)}, MEETINGS)


@given(st.sampled_from(MeetingType), EXTRA, st.sampled_from(["", "2021/22"]))
def test_a_meeting_comes_back_as_it_went(type_: MeetingType, extra: dict, stated: str) -> None:
    row = {**extra, "date": "2022-06-15", "type": type_.value}
    if stated:
        row["year"] = stated
    meeting = codec.decode_meeting(row, SETTINGS)
    assert meeting.year == (stated or "2022/23")
    assert meeting.year_stated is bool(stated)
    assert codec.encode_meeting(meeting) == row


def test_a_meeting_without_a_readable_date_has_no_year() -> None:
    assert codec.decode_meeting({"date": "June", "type": "formal"}, SETTINGS).year == ""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"date": "2022-06-15"}, "meeting 2022-06-15 has the type “None”"),
        ({"date": "2022-06-15", "type": "special"}, "one of formal, informal"),
        ({"date": "2022-06-15", "type": ["formal"]}, "one of formal, informal"),
        ({"date": 20220615, "type": "formal"}, "the field “date” must hold text"),
        ({"date": "2022-06-15", "type": "formal", "year": 2022}, "field “year” must hold text"),
    ],
)
def test_a_wrong_meeting_is_refused(row: dict[str, object], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        codec.decode_meeting(row, SETTINGS)


def test_settings_come_back_as_they_went() -> None:
    row = {"committee": "C", "prefix": "P", "year_starts": "05-01", "schema": 2, "later": [1]}
    assert codec.encode_settings(codec.decode_settings(row)) == row


def test_old_settings_have_defaults() -> None:
    settings = codec.decode_settings({"committee": "C"})
    assert (settings.prefix, settings.year_starts) == ("ACT", "05-15")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({}, "names no committee"),
        ({"committee": None}, "the field “committee” must hold text"),
        ({"committee": "C", "prefix": 5}, "the field “prefix” must hold text"),
        ({"committee": "C", "year_starts": None}, "the field “year_starts” must hold text"),
    ],
)
def test_wrong_settings_are_refused(row: dict[str, object], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        codec.decode_settings(row)


def document(schema: object, **actions: object) -> codec.Document:
    return {"settings": {"store": {"schema": schema}}, "actions": actions}  # type: ignore[dict-item]


def test_a_store_of_schema_1_is_migrated() -> None:
    old = document(1, a={"due": "15 March 2023"}, b={"due": "Spring term"}, c={}, d={"due": 5})
    assert migrations.upgrade(old) == document(
        2,
        a={"due": "2023-03-15", "due_text": "15 March 2023"},
        b={"due": "", "due_text": "Spring term"},
        c={},
        d={"due": 5},
    )


def test_this_schema_is_left_alone() -> None:
    now = document(2, a={"due": "2023-03-15"})
    assert migrations.upgrade(now) == document(2, a={"due": "2023-03-15"})


def test_a_newer_schema_is_refused() -> None:
    with pytest.raises(StoreError, match="form 3; this one knows 2"):
        migrations.upgrade(document(3))


@pytest.mark.parametrize("schema", [None, "2", 0, -1, True, 2.0, [2]])
def test_what_states_no_schema_is_no_store(schema: object) -> None:
    with pytest.raises(StoreError, match="not a cpctrack store"):
        migrations.upgrade(document(schema))


@pytest.mark.parametrize("tables", [{}, {"settings": {}}, {"settings": {"store": {}}}])
def test_other_json_is_no_store(tables: codec.Document) -> None:
    with pytest.raises(StoreError, match="not a cpctrack store"):
        migrations.upgrade(tables)


def test_an_unknown_table_that_could_not_be_written_is_refused() -> None:
    with pytest.raises(StoreError, match="more than 50 deep"):
        migrations.upgrade({**document(2), "later": {"a": {"b": nested(400)}}})


def test_the_record_that_scripts_read(make_record) -> None:
    record = make_record(
        due="2022-07-01",
        due_text="by July",
        printed=MappingProxyType({"Notes": "n"}),
        exempt_paragraph="1",
        history=(Change("2022-06-16T09:00:00Z", "Clerk", "add", "owners", ("A",), ("A", "B")),),
    )
    assert contract.to_json(record, Calendar(date(2022, 7, 2)), history=True) == {
        "ref": "CPC-2223-001",
        "kind": "action",
        "committee": "",
        "due_by": "2022-07-01",
        "first_due": "2022-07-01",
        "times_moved": 0,
        "asked": [],
        "service": [],
        "meeting_type": "formal",
        "meeting_date": "2022-06-15",
        "municipal_year": "2022/23",
        "item": "Item 3. Foster carers",
        "item_number": "3",
        "item_title": "Foster carers",
        "recommendation": "",
        "action": "The Head of Fostering would send members the recruitment figures.",
        "referrer": "",
        "owners": ["Head of Fostering"],
        "owner_text": "",
        "due": "2022-07-01",
        "due_text": "by July",
        "response": "",
        "evidence": [],
        "status": "open",
        "follow_up": "",
        "completed_on": None,
        "agreed_on": None,
        "overdue": True,
        "attention": "overdue",
        "exempt": True,
        "exempt_paragraph": "1",
        "acceptance": "",
        "acceptance_on": None,
        "goes_to": None,
        "rolled_to": "",
        "links": [],
        "source_ref": "",
        "printed": {"Notes": "n"},
        "history": [
            {
                "at": "2022-06-16T09:00:00Z",
                "by": "Clerk",
                "via": "add",
                "change": "owners",
                "from": ["A"],
                "to": ["A", "B"],
            }
        ],
    }
    plain = contract.to_json(record, Calendar(date(2022, 7, 1)))
    assert "history" not in plain
    assert plain["overdue"] is False
    assert plain["attention"] == ""


def test_an_absent_date_is_null(make_record) -> None:
    row = contract.to_json(make_record(), Calendar(date(2022, 7, 1)))
    assert (row["due"], row["completed_on"]) == (None, None)
