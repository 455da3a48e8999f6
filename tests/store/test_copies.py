"""Which files beside a store are copies of it that a synchronised folder may have left."""

import os
from pathlib import Path

import pytest

from cpctrack.records.model import Settings
from cpctrack.store import copies, store
from cpctrack.store.storage import read_document

OF_SERVICES = [
    "actions (Committee Clerk's conflicted copy 2024-06-12).json",
    "actions (Copie en conflit de LAPTOP-42 2024-06-12).json",
    "actions (Case Conflict).json",
    "actions-LAPTOP-42.json",
    "actions-LAPTOP-42-2.json",
    "actions (1).json",
    "Copy of actions.json",
    "Copy of Copy of actions.json",
    "Copi o actions.json",
    "Kopie von actions (2).json",
    "ACTIONS-PC1.JSON",
    "actions [Conflict].json",
    "actions (conflicted copy 2024-06-12 101010).json",
    "actions_conflict-20240612-101010.json",
    "actions.sync-conflict-20240612-101010-ABCDEFG.json",
    "actions 2.json",
    "actions - Copy.json",
]


@pytest.fixture
def path(make_store) -> Path:
    return make_store(2)


def found(path: Path) -> list[str]:
    return [copy.name for copy in copies.beside(path, read_document(path))]


def changed(path: Path) -> bytes:
    return path.read_bytes().replace(b"Action 1", b"Action one")


@pytest.mark.parametrize("name", OF_SERVICES)
def test_every_service_names_a_copy_after_the_store(path, name) -> None:
    path.with_name(name).write_bytes(changed(path))
    assert found(path) == [name]


@pytest.mark.parametrize(
    "name",
    ["actions.json", "licensing.json", "transactions (1).json", "actionsheet.json", "actions.docx",
     "my actions.json", "ACTIONS.json", "Copy of licensing.json", "actions (1).json.bak",
     ".actions.json.lock"],
)  # fmt: skip
def test_other_names_are_of_other_things(name) -> None:
    assert not copies.is_named_after(name, "actions.json")


def test_a_store_may_have_any_name() -> None:
    assert copies.is_named_after("cpc [a] (1).json", "cpc [a].json")
    assert copies.is_named_after("cpc-LAPTOP", "cpc")
    assert not copies.is_named_after("cpc", "cpc")


def test_a_copy_that_holds_nothing_else_is_passed_over(path) -> None:
    path.with_name("actions (1).json").write_bytes(path.read_bytes())
    assert found(path) == []


def test_one_that_was_brought_in_is_passed_over(path) -> None:
    copy = path.with_name("actions (1).json")
    copy.write_bytes(changed(path))
    document = read_document(path) | {"copies": {copies.digest(copy.read_bytes()): {}}}
    assert copies.beside(path, document) == []
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert copies.beside(path, document) == [copy]


@pytest.mark.parametrize(
    "content", [b'{"actions": {', b'\xef\xbb\xbf\r\n{\r\n  "actions": {', b"<<<<<<< ours"]
)
def test_what_begins_as_a_store_and_cannot_be_read_may_be_a_copy(path, content) -> None:
    path.with_name("actions (1).json").write_bytes(content)
    assert found(path) == ["actions (1).json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b'[\n  {"ref": "CPC-2324-001"', b'{"schema": 1, "flow": "Remind me"}',
     b'{"a": 1}\n{"a": 2}\n', b'\xef\xbb\xbf{"a": 1}', b'{"caf\xe9": 1}', "{}".encode("utf-16")],
)  # fmt: skip
def test_exports_and_files_of_other_programs_are_no_copies(path, content) -> None:
    path.with_name("actions-list.json").write_bytes(content)
    assert found(path) == []


def test_what_is_no_file_is_no_copy(path) -> None:
    try:
        path.with_name("actions-gone.json").symlink_to("nowhere")
        os.mkfifo(path.with_name("actions-pipe.json"))
    except (OSError, AttributeError):
        pytest.skip("neither links nor pipes can be made here")
    assert found(path) == []


def test_one_that_is_closed_to_us_may_be_a_copy(path, monkeypatch) -> None:
    copy = path.with_name("actions (1).json")
    copy.write_bytes(changed(path))
    opened = Path.open

    def refuse(each: Path, *how: str, **more: str) -> object:
        if each == copy:
            raise PermissionError(each)
        return opened(each, *how, **more)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(copies, "read", lambda each: b"" if each == copy else each.read_bytes())
    assert found(path) == [copy.name]


def test_of_a_large_file_of_another_program_only_the_beginning_is_read(path, monkeypatch) -> None:
    path.with_name("actions-data.json").write_text('{"a": 1}', "utf-8")
    monkeypatch.setattr(copies, "read", {path: path.read_bytes()}.__getitem__)
    assert found(path) == []


def test_what_is_another_store_or_none_is_no_copy(path) -> None:
    private = Settings("Corporate Parenting Committee", "PRIV", "05-15")
    store.initialise(path.with_name("actions-private.json"), private)
    path.with_name("actions-plan.json").write_text('{"prefix": "CPC"}', "utf-8")
    path.with_name("actions-old.json").mkdir()
    assert found(path) == []


def test_copies_lie_beside_what_a_link_leads_to(path, tmp_path) -> None:
    link = tmp_path / "elsewhere" / "cpc.json"
    link.parent.mkdir()
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("links can't be made here")
    copy = path.with_name("actions (1).json")
    copy.write_bytes(changed(path))
    assert copies.beside(link, read_document(path)) == [copy]


def test_a_folder_that_cannot_be_listed_has_none(path, monkeypatch) -> None:
    path.with_name("actions (1).json").write_bytes(changed(path))

    def refuse(folder: object) -> None:
        raise PermissionError(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(path) == []


def test_those_who_read_a_store_are_told(path) -> None:
    told = []
    token = copies.ON_COPIES.set(lambda *found: told.append(found))
    try:
        store.read(path)
        copy = path.with_name("actions (1).json")
        copy.write_bytes(changed(path))
        store.read(path)
    finally:
        copies.ON_COPIES.reset(token)
    assert told == [(path, [copy])]
