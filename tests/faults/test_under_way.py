"""What others do to the store while a command has it, and odd places to keep one."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from cpctrack.cli.context import App
from cpctrack.errors import StoreError
from cpctrack.records.changes import Author, amend
from cpctrack.store import store

CLERK = Author(by="Clerk", at="2023-07-01T09:00:00Z", via="update")


def answer(held: store.Store, response: str) -> None:
    record = held.find("1")
    held.put(amend(record, {"response": response}, CLERK))


@pytest.fixture
def answered(add, here, stored: Path) -> Path:
    """Give a store of one record that has a response."""
    add(stored, "An action.")
    here(stored, "update", "1", "--response", "First.")
    return stored


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Clerk", "-c", "user.email=clerk@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_checkout_under_way_is_not_written_over(answered, here, litter) -> None:
    folder = answered.parent
    git(folder, "init", "-b", "main")
    git(folder, "add", answered.name)
    git(folder, "commit", "-m", "First")
    git(folder, "switch", "-c", "other")
    here(answered, "update", "1", "--response", "Other")
    git(folder, "commit", "-a", "-m", "Other")
    theirs = answered.read_bytes()
    git(folder, "switch", "main")
    with (
        pytest.raises(StoreError, match=r"Another program has changed .* nothing was written\."),
        store.editing(answered) as held,
    ):
        git(folder, "switch", "other")
        answer(held, "Mine.")
    assert answered.read_bytes() == theirs
    assert litter(answered) == [".git"]


def test_an_editor_that_saves_in_place_is_not_written_over(answered, litter) -> None:
    text = answered.read_text(encoding="utf-8")
    with pytest.raises(StoreError, match="Another program"), store.editing(answered) as held:
        answered.write_text(text.replace("First.", "Edited by hand."), encoding="utf-8")
        answer(held, "Mine.")
    assert store.read(answered).find("1").response == "Edited by hand."
    assert litter(answered) == []


def test_a_change_of_one_letter_is_seen(answered) -> None:
    text = answered.read_text(encoding="utf-8")
    changed = answered.stat().st_mtime_ns + 1_000_000
    with pytest.raises(StoreError, match="Another program"), store.editing(answered) as held:
        answered.write_text(text.replace("First.", "Fjrst."), encoding="utf-8")
        os.utime(answered, ns=(changed, changed))
        answer(held, "Mine.")
    assert store.read(answered).find("1").response == "Fjrst."


def test_what_changed_nothing_does_not_mind(answered) -> None:
    with store.editing(answered):
        answered.write_bytes(answered.read_bytes() + b"\n")


def test_a_store_that_is_removed_under_way_stays_removed(answered, litter) -> None:
    with (
        pytest.raises(StoreError, match=r"Another program has removed or renamed"),
        store.editing(answered) as held,
    ):
        answered.unlink()
        answer(held, "Mine.")
    assert not answered.exists()
    assert litter(answered) == []


def test_a_folder_that_is_removed_under_way_is_told(answered) -> None:
    with (
        pytest.raises(StoreError, match="nothing was changed"),
        store.editing(answered) as held,
    ):
        shutil.rmtree(answered.parent)
        answer(held, "Mine.")
    assert not answered.parent.exists()


def test_one_block_may_commit_more_than_once(answered) -> None:
    with store.editing(answered) as held:
        answer(held, "Second.")
        held.commit()
        answer(held, "Third.")
    assert store.read(answered).find("1").response == "Third."


@pytest.mark.parametrize("arguments", [("list",), ("show", "1"), ("add",), ("update", "1")])
def test_the_next_command_leaves_no_litter(
    answered, add, here, litter, arguments: tuple[str, ...]
) -> None:
    for name in (".actions.json.lock", ".actions.json.01234567.tmp"):
        (answered.parent / name).write_bytes(b'{"half": ')
    if arguments == ("add",):
        add(answered, "Another.")
    elif arguments[0] == "update":
        here(answered, *arguments, "--response", "Second.")
    else:
        here(answered, *arguments)
    assert litter(answered) == []


def test_a_clock_that_runs_backwards_keeps_history_in_order(
    answered, here, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Author(by="Clerk", at="2021-01-01T00:00:00Z", via="update")
    with store.editing(answered) as held:
        record = held.find("1")
        held.put(amend(record, {"response": "Second."}, earlier))
    lines = store.read(answered).find("1").history
    assert [line.after for line in lines if line.what == "response"] == ["First.", "Second."]
    times = [line.at for line in lines]
    assert times == sorted(times)
    assert times[-1] == times[-2]


def test_the_clock_is_what_the_next_line_says_when_it_is_right(
    monkeypatch: pytest.MonkeyPatch, answered
) -> None:
    monkeypatch.delenv("CPCTRACK_TODAY")
    with click.Context(click.Command("update")):
        author = App(store=(answered,)).author("update")
    with store.editing(answered) as held:
        held.put(amend(held.find("1"), {"response": "Second."}, author))
    assert store.read(answered).find("1").history[-1].at == author.at
    assert abs(datetime.now(UTC) - datetime.fromisoformat(author.at)).total_seconds() < 60


@pytest.mark.parametrize(
    "name", ["with a space", "Ausschuß für Ämter – 会议", "[a]*?", "it's $HOME"]
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_store_in_an_odd_place(
    add, here, make_stored, sound, litter, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name / f"{name}.json"
    path.parent.mkdir()
    make_stored(tmp_path / "plain.json").rename(path)  # `init` refuses some of these names
    assert add(path, "An action.").stdout == "CPC-2223-001\n"
    (path.parent / f".{path.name}.01234567.tmp").touch()
    here(path, "update", "1", "--response", "Done.")
    assert sound(path)["CPC-2223-001"].response == "Done."
    assert litter(path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_a_store_behind_a_link(add, here, stored, sound, litter, tmp_path: Path) -> None:
    stored.chmod(0o640)
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(Path("..") / stored.parent.name / stored.name)
    add(link, "An action.")
    here(link, "update", "1", "--response", "Done.")
    assert link.is_symlink()
    assert stored.stat().st_mode & 0o777 == 0o640
    assert sound(stored)["CPC-2223-001"].response == "Done."
    assert litter(stored) == []
    assert litter(link) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_a_link_that_is_led_elsewhere_under_way_is_told(
    answered, make_stored, tmp_path: Path
) -> None:
    other = make_stored(tmp_path / "other.json")
    empty = other.read_bytes()
    link = tmp_path / "link.json"
    link.symlink_to(answered)
    with pytest.raises(StoreError, match="Another program"), store.editing(link) as held:
        link.unlink()
        link.symlink_to(other)
        answer(held, "Mine.")
    assert other.read_bytes() == empty
    assert store.read(answered).find("1").response == "First."
