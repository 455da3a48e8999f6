"""The store as a whole: what is written is read back, by many hands, or nothing changes."""

import json
import multiprocessing
import os
import random
from pathlib import Path

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.errors import CpctrackError, StoreError
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings, Status
from cpctrack.store import canonical, files, store
from cpctrack.store.storage import parse_document

CLERK = Author(by="Clerk", at="2022-06-16T09:00:00Z", via="add")
JUNE = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
MARCH = Meeting(date="2022-03-15", type=MeetingType.FORMAL, year="2021/22")


def add(path: Path, *drafts: Draft) -> list[str]:
    with store.editing(path) as held:
        return [held.add(draft, CLERK).ref for draft in drafts]


def edit(path: Path, change: object) -> None:
    """Change the file's JSON as somebody might by hand."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)  # type: ignore[operator]
    path.write_text(canonical.dumps(document).decode(), encoding="utf-8", newline="")


def test_a_new_store_is_empty_and_canonical(make_store) -> None:
    path = make_store(0)
    held = store.read(path)
    assert held.records == []
    assert held.meetings == {}
    assert held.settings.committee == "Corporate Parenting Committee"
    assert path.read_text(encoding="utf-8") == (
        '{\n  "actions": {},\n  "meetings": {},\n  "settings": {\n    "store": {\n'
        '      "committee": "Corporate Parenting Committee",\n      "prefix": "CPC",\n'
        '      "schema": 2,\n      "year_starts": "05-15"\n    }\n  }\n}\n'
    )


def test_a_store_is_not_overwritten(make_store, settings: Settings) -> None:
    path = make_store()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="already exists"):
        store.initialise(path, settings)
    assert path.read_bytes() == before
    assert {each.name for each in path.parent.iterdir()} == {"actions.json", ".actions.json.undo"}


def test_references_run_on_within_a_municipal_year(make_store) -> None:
    path = make_store(0)
    assert add(path, Draft(JUNE, {}), Draft(MARCH, {}), Draft(JUNE, {})) == [
        "CPC-2223-001",
        "CPC-2122-001",
        "CPC-2223-002",
    ]
    assert add(path, Draft(JUNE, {})) == ["CPC-2223-003"]


def test_a_number_is_not_used_again_under_another_prefix(make_store) -> None:
    path = make_store(3)
    edit(path, lambda document: document["settings"]["store"].update(prefix="NEW"))
    assert add(path, Draft(JUNE, {})) == ["NEW-2223-004"]


@pytest.mark.parametrize(
    ("prefix", "year"), [("cpc", "2022/23"), ("C-P", "2022/23"), ("CPC", "x"), ("CPC", "")]
)
def test_no_reference_is_made_that_could_not_be_counted(make_store, prefix: str, year: str) -> None:
    path = make_store(0)
    edit(path, lambda document: document["settings"]["store"].update(prefix=prefix))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="No reference can be made"):
        add(path, Draft(JUNE._replace(year=year), {}))
    assert path.read_bytes() == before


def test_a_record_is_written_once_and_read_back(make_store) -> None:
    path = make_store(2)
    held = store.read(path)
    record = next(each for each in held.records if each.ref == "CPC-2223-002")
    changed = amend(record, {"status": Status.COMPLETED, "response": "Sent – é"}, CLERK)
    with store.editing(path) as held:
        held.put(changed)
    again = store.read(path)
    assert changed in again.records
    assert len(again.records) == 2
    assert again.meetings == {JUNE.key: JUNE}


def test_what_does_not_change_is_not_written(make_store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_store(2)
    monkeypatch.setattr(files.system, "replace", lambda *_: pytest.fail("it was written"))
    with store.editing(path) as held:
        for record in held.records:
            held.put(record)


def test_an_error_in_the_block_changes_nothing(make_store) -> None:
    path = make_store(1)
    before = path.read_bytes()
    with pytest.raises(FileNotFoundError), store.editing(path) as held:
        held.add(Draft(JUNE, {}), CLERK)
        (path.parent / "missing").read_bytes()
    assert path.read_bytes() == before
    assert {each.name for each in path.parent.iterdir()} == {"actions.json", ".actions.json.undo"}


def test_a_meeting_is_the_stored_one(make_store, settings: Settings) -> None:
    path = make_store(1)
    edit(path, lambda document: document["meetings"][JUNE.key].update(room="4", year="2021/22"))
    held = store.read(path)
    stored = held.meeting_on("2022-06-15", MeetingType.FORMAL)
    assert (stored.year, stored.year_stated, stored.extra) == ("2021/22", True, {"room": "4"})
    own = held.meeting_on("2022-06-15", MeetingType.FORMAL, year="2022/23")
    assert (own.year, own.year_stated, own.extra) == ("2022/23", False, {"room": "4"})
    new = held.meeting_on("2022-03-15", MeetingType.INFORMAL)
    assert (new.year, new.year_stated) == ("2021/22", False)
    stated = held.meeting_on("2022-03-15", MeetingType.INFORMAL, year="2022/23")
    assert (stated.year, stated.year_stated) == ("2022/23", True)


def test_a_meeting_under_a_wrong_id_is_still_there_after_a_write(make_store) -> None:
    path = make_store(2)
    edit(path, lambda document: document["meetings"][JUNE.key].update(date="2022-06-16"))
    with store.editing(path) as held:
        record = held.records[0]
        assert record.meeting.date == "2022-06-16"
        held.put(amend(record, {"response": "Sent"}, CLERK))
    assert {record.meeting.date for record in store.read(path).records} == {"2022-06-16"}


def test_unknown_fields_and_tables_survive(make_store) -> None:
    path = make_store(2)

    def extend(document: dict) -> None:
        document["later"] = {"a": {"b": [1, 2.5, None, {"c": "d"}]}}
        document["settings"]["store"]["colour"] = "green"
        document["settings"]["other"] = {"x": "y"}
        document["meetings"][JUNE.key]["room"] = {"name": "Committee Room 4"}
        for row in document["actions"].values():
            row["tags"] = ["x", {"y": None}]
            row["history"][0]["host"] = "office"

    edit(path, extend)
    before = path.read_text(encoding="utf-8")
    with store.editing(path) as held:
        record = min(held.records, key=lambda each: each.ref)
        held.put(record._replace(response="Sent"))
    after = path.read_text(encoding="utf-8")
    changed = set(after.splitlines()) - set(before.splitlines())
    assert changed == {'      "response": "Sent",'}
    assert after.replace('      "response": "Sent",\n', "") == before


def test_an_old_store_is_migrated_with_the_first_write_and_not_before(make_store) -> None:
    path = make_store(2)

    def age(document: dict) -> None:
        document["settings"]["store"]["schema"] = 1
        document["actions"]["000000000000"]["due"] = "15 March 2023"
        document["actions"]["000000000001"]["due"] = "Spring term"

    edit(path, age)
    before = path.read_bytes()
    held = store.read(path)
    assert {(each.due, each.due_text) for each in held.records} == {
        ("2023-03-15", "15 March 2023"),
        ("", "Spring term"),
    }
    assert path.read_bytes() == before
    add(path, Draft(JUNE, {}))
    document = json.loads(path.read_bytes())
    assert document["settings"]["store"]["schema"] == 2
    assert document["actions"]["000000000000"]["due_text"] == "15 March 2023"


def test_a_linked_store_is_one_store(make_store, tmp_path: Path) -> None:
    folder = tmp_path / "Gemeinsame Daten – 会议"
    folder.mkdir()
    path = make_store(1, folder / "actions.json")
    link = tmp_path / "link.json"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system lets nobody make a link")
    assert add(link, Draft(JUNE, {})) == ["CPC-2223-002"]
    assert link.is_symlink()
    assert len(store.read(path).records) == 2
    assert {each.name for each in folder.iterdir()} == {"actions.json", ".actions.json.undo"}


def test_what_a_killed_process_left_is_gone_after_the_next_write(make_store) -> None:
    path = make_store(1)
    for name in (".actions.json.0123abcd.tmp", ".actions.json.lock"):
        (path.parent / name).write_bytes(b'{"half": ')
    add(path, Draft(JUNE, {}))
    assert {each.name for each in path.parent.iterdir()} == {"actions.json", ".actions.json.undo"}


def test_a_missing_store_leaves_no_lock_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store at"), store.editing(tmp_path / "x"):
        pytest.fail("edited nothing")
    assert list(tmp_path.iterdir()) == []


def test_a_name_no_system_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be read"), store.editing(tmp_path / ("x" * 5000)):
        pytest.fail("edited nothing")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(StoreError, match="can't be written to"):
        store.initialise(tmp_path / "missing" / "actions.json", settings)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_a_link_to_itself_is_refused(tmp_path: Path, settings: Settings) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(link)
    with pytest.raises(StoreError, match="can't be read"), store.editing(link):
        pytest.fail("edited nothing")
    with pytest.raises(StoreError, match="can't be written to"):
        store.initialise(link, settings)


def test_a_folder_that_refuses_the_lock_is_refused(
    make_store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_store(1)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refuse)
    with pytest.raises(StoreError, match=r"\(permission denied\); nothing was changed"):
        add(path, Draft(JUNE, {}))


def test_a_full_disk_changes_nothing(make_store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_store(1)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StoreError, match=r"\(no space left on device\); nothing was changed"):
        add(path, Draft(JUNE, {}))
    assert path.read_bytes() == before
    assert {each.name for each in path.parent.iterdir()} == {"actions.json", ".actions.json.undo"}


def add_ten(path: Path) -> None:
    for _ in range(10):
        add(path, Draft(JUNE, {"action": "From one of four"}))


def test_four_processes_write_and_nothing_is_lost(make_store) -> None:
    path = make_store(1)
    context = multiprocessing.get_context("spawn" if os.name == "nt" else "fork")
    workers = [context.Process(target=add_ten, args=(path,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    records = store.read(path).records
    assert sorted(record.ref for record in records) == [f"CPC-2223-{n:03}" for n in range(1, 42)]
    assert {each.name for each in path.parent.iterdir()} == {"actions.json", ".actions.json.undo"}
    assert path.read_text("utf-8") == canonical.dumps(json.loads(path.read_bytes())).decode()


WHOLE = {
    "settings": {
        "store": {"committee": "C", "prefix": "CPC", "schema": 2, "year_starts": "05-15"},
    },
    "meetings": {
        "2022-06-15-formal": {"date": "2022-06-15", "type": "formal"},
        "2022-05-16-informal": {"date": "2022-05-16", "type": "informal", "year": "2021/22"},
    },
    "actions": {
        "0123456789ab": {
            "ref": "CPC-2223-001",
            "meeting": "2022-06-15-formal",
            "kind": "action",
            "status": "completed",
            "item": "Item 3. Health",
            "action": "Do it",
            "owners": ["Head of Health", "Head of Schools"],
            "due": "2022-09-01",
            "due_text": "1 September 2022",
            "completed_on": "2022-08-30",
            "printed": {"Notes": "n"},
            "history": [
                {"at": "2022-06-16T09:00:00Z", "by": "Clerk", "via": "add", "change": "added"},
                {
                    "at": "2022-06-17T09:00:00Z",
                    "by": "Clerk",
                    "via": "update",
                    "change": "owners",
                    "from": ["Head of Health"],
                    "to": ["Head of Health", "Head of Schools"],
                },
            ],
        },
        "ba9876543210": {"ref": "CPC-2122-001", "meeting": "2022-05-16-informal", "later": {}},
    },
}


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Give the path to every value in the document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list
    ) else ()  # fmt: skip
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def mutate(document: dict, place: tuple, how: str, value: object) -> None:
    *way, last = place
    target = document
    for key in way:
        target = target[key]
    if how == "remove":
        del target[last]
    elif how == "rename" and isinstance(target, dict):
        target[str(value)] = target.pop(last)
    else:
        target[last] = value


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None), max_size=6)
    | st.sampled_from(["open", "formal", "2022-06-15-formal", "2022-13-45", "\ud800"]),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3)
    ),
    max_leaves=5,
)
MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(places(WHOLE)[1:]), st.sampled_from(["remove", "rename", "set"]), JSON
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=times(400, 100))
@given(MUTATIONS)
def test_whatever_loads_can_be_changed_and_written_and_all_else_is_refused(
    mutations: list[tuple],
) -> None:
    document = json.loads(json.dumps(WHOLE))
    for place, how, value in mutations:
        try:
            mutate(document, place, how, value)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    try:
        held = store.Store(Path("x.json"), parse_document(json.dumps(document).encode(), "x.json"))
        assert held.records is not None  # read when asked for
    except StoreError as error:
        assert len(str(error).splitlines()) == 1 or "“" in str(error)
        return
    assert_writable(held)


def assert_writable(held: store.Store) -> None:
    """Change every record and add one, as a command would, and read what that would write."""
    for record in held.records:
        held.put(amend(record, {"response": "Sent", "owners": ("New",)}, CLERK))
    expected = {record.id: record for record in held.records}
    try:
        meeting = held.meeting_on(JUNE.date, JUNE.type)  # of the year that its settings say
        added = held.add(Draft(meeting, {"action": "More"}), CLERK)
        expected[added.id] = added
    except CpctrackError as error:
        assert "No reference can be made" in str(error)
    written: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "cpctrack.store.storage.write_atomically", lambda _, new, **__: written.append(new)
        )
        held.commit()
    for content in written:
        again = store.Store(held.path, parse_document(content, "x.json"))
        assert {record.id: record for record in again.records} == expected


@given(st.randoms(use_true_random=False))
def test_an_untouched_record_stays_byte_for_byte(chance: random.Random) -> None:
    document = json.loads(json.dumps(WHOLE))
    for row in document["actions"].values():
        row["later"] = {"b": [chance.random(), None], "a": "é\u2028", "n": chance.randint(-9, 9)}
    text = canonical.dumps(document).decode()
    held = store.Store(Path("x.json"), parse_document(text.encode(), "x.json"))
    record = next(each for each in held.records if each.id == "0123456789ab")
    held.put(record._replace(response="Sent"))
    written: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "cpctrack.store.storage.write_atomically", lambda _, new, **__: written.append(new)
        )
        held.commit()
    document["actions"]["0123456789ab"]["response"] = "Sent"
    assert written == [canonical.dumps(document)]
