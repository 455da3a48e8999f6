"""The store's bytes: what is refused, and what TinyDB sees of the rest."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import StoreError
from cpctrack.store import canonical, files
from cpctrack.store.storage import (
    CanonicalStorage,
    Database,
    new_id,
    parse_canonical,
    parse_document,
    read_document,
)

GOOD = canonical.dumps(
    {"settings": {"store": {"schema": 2}}, "actions": {"a": {"action": "é"}}}
).decode()


def test_a_document_is_read_as_it_stands() -> None:
    assert parse_document(GOOD.encode(), "x.json") == json.loads(GOOD)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x.json is empty; restore it from git or a backup"),
        (b" \n\t", "x.json is empty"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "without BOM"),
        (GOOD.encode("utf-16"), "without BOM"),
        (GOOD.encode("cp1252"), "line 4 is not UTF-8"),
        (GOOD.encode("utf-16-le"), "is not"),
        (GOOD[:-9].encode(), "is not JSON"),
        (GOOD.replace('"action":', '"action"').encode(), "x.json is damaged: line 4 is not JSON"),
        (GOOD.encode() + b"{}", "is not JSON"),
        (b'{"a": {"b": {"c": "tab\there"}}}', "is not JSON"),
        (b'{"a": {}, "a": {}}', "says “a” twice of one thing"),
        (b'{"a": {"b": {"c": 1, "d": 2, "c": 1}}}', "says “c” twice of one thing"),
        (b'{"a": {"b": {"c": NaN}}}', "the number NaN"),
        (b'{"a": {"b": {"c": -Infinity}}}', "the number -Infinity"),
        (b'{"a": {"b": {"c": 1e999}}}', "the number 1e999"),
        (b'{"a": {"b": {"c": ' + b"9" * 5000 + b"}}}", "holds what no store holds"),
        (b'{"a": {"b": {"c": "\\ud83d"}}}', "half of a letter"),
        (b'{"a": {"b": {"\\uDC00": ""}}}', "half of a letter"),
        (b"[" * 100_000, "holds what no store holds"),
        (b"[]", "not a cpctrack store"),
        (b"null", "not a cpctrack store"),
        (b'"store"', "not a cpctrack store"),
        (b"5", "not a cpctrack store"),
        (b'{"a": []}', "not a cpctrack store"),
        (b'{"a": {"b": "c"}}', "not a cpctrack store"),
        (b'{"a": {"b": null}}', "not a cpctrack store"),
    ],
)
def test_a_damaged_file_is_refused_by_name(content: bytes, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        parse_document(content, "x.json")
    assert "x.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "{"])
def test_conflict_markers_are_named_as_such(before: str, newline: str) -> None:
    lines = [*before, "<<<<<<< HEAD", '"a": 1', "=======", '"a": 2', ">>>>>>> other", "}"]
    with pytest.raises(StoreError, match=r"conflict markers.*resolve --from-git"):
        parse_document(newline.join(lines).encode(), "x.json")


def test_a_text_that_only_looks_like_a_conflict_is_read() -> None:
    table = {"a": {"b": {"c": "x\u2028<<<<<<< HEAD\n<<<<<<< HEAD"}}}
    assert parse_document(canonical.dumps(table), "x.json") == table


def test_a_whole_letter_that_is_written_as_two_is_read() -> None:
    document = parse_document(b'{"a": {"b": {"c": "\\ud83d\\ude00"}}}', "x.json")
    assert document["a"]["b"]["c"] == "😀"


def test_lines_that_windows_ended_are_read() -> None:
    assert parse_document(GOOD.replace("\n", "\r\n").encode(), "x.json") == json.loads(GOOD)


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        document = parse_document(content, "x.json")
    except StoreError as error:
        assert str(error).startswith("x.json")
    else:
        assert isinstance(document, dict)


def test_no_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store at .*missing\.json; make one with"):
        read_document(tmp_path / "missing.json")


def test_what_is_no_file_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be read"):
        read_document(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "actions.json"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path(os.devnull)):
        with pytest.raises(StoreError) as caught:
            read_document(path)
        assert str(caught.value) == (
            f"{path} can't be read (it is a pipe or a device, and no file)."
        )


def test_what_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "actions.json"
    with path.open("wb") as stream:
        stream.truncate(files.MOST_BYTES + 1)
    with pytest.raises(StoreError, match=r"can't be read \(it is far too large\)\.$"):
        read_document(path)


def test_ids_are_twelve_hexadecimal_digits() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(each) == 12 and int(each, 16) >= 0 for each in ids)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(tmp_path / "x.json", storage=CanonicalStorage)
    database.storage.load(json.loads(GOOD))
    return database


def test_tinydb_works_in_memory_until_the_commit(database: Database, tmp_path: Path) -> None:
    inserted = database.table("actions").insert({"action": "new"})
    assert len(str(inserted)) == 12
    assert not (tmp_path / "x.json").exists()
    database.storage.commit()
    stored = read_document(tmp_path / "x.json")
    assert stored["actions"] == {"a": {"action": "é"}, inserted: {"action": "new"}}


def test_put_inserts_and_replaces(database: Database) -> None:
    database.put("actions", {"a": {"action": "changed"}, "b": {"action": "new"}})
    assert database.rows("actions") == {"a": {"action": "changed"}, "b": {"action": "new"}}
    assert database.rows("settings") == {"store": {"schema": 2}}
    assert database.rows("missing") == {}


def test_nothing_that_changed_is_nothing_to_write(database: Database, tmp_path: Path) -> None:
    database.storage.commit()
    assert list(tmp_path.iterdir()) == []


def test_a_commit_writes_once(database: Database, tmp_path: Path) -> None:
    database.put("actions", {"b": {"action": "new"}})
    database.storage.commit()
    (tmp_path / "x.json").unlink()
    database.storage.commit()
    assert not (tmp_path / "x.json").exists()


def test_a_full_disk_is_one_sentence_and_the_old_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.json").write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    database.put("actions", {"b": {"action": "new"}})
    with pytest.raises(StoreError, match=r"can't be written \(no space left on device\); nothing"):
        database.storage.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == "old"


def test_a_merge_passes_a_byte_order_mark_over():
    assert parse_canonical(b"\xef\xbb\xbf" + GOOD.encode(), "x.json") == json.loads(GOOD)
    with pytest.raises(StoreError, match="twice of one thing"):
        parse_canonical(b'\xef\xbb\xbf{"a": {}, "a": {}}', "x.json")
