"""Several stores: which files of a folder are one, and whose a reference is."""

from pathlib import Path

import pytest

from cpctrack.errors import NotFoundError, StoreError, UsageError
from cpctrack.records.changes import Author
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings
from cpctrack.store import council, store

AUTHOR = Author("Clerk", "2024-03-14T09:00:00Z", "add")
MEETING = Meeting("2024-03-13", MeetingType.FORMAL, "2023/24")


@pytest.fixture
def make(tmp_path: Path):
    """Make a store in the folder, with one record where it is asked for."""

    def call(name: str, prefix: str, committee: str = "", action: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        store.initialise(path, Settings(committee or f"{prefix} Committee", prefix, "05-15"))
        if action:
            with store.editing(path) as current:
                current.add(Draft(MEETING, {"item": "Item 1", "action": action}), AUTHOR)
        return path

    return call


def test_a_folder_holds_its_stores_and_those_one_below(make, tmp_path) -> None:
    paths = [make("b.json", "BBB"), make("a.json", "AAA"), make("licensing/actions.json", "LIC")]
    make("licensing/old.json", "OLD")
    (tmp_path / "package.json").write_text('{"name": "x"}', "utf-8")
    assert council.stores_in(tmp_path) == [paths[1], paths[0], paths[2]]


@pytest.mark.parametrize(
    "copied",
    ["actions (1).json", "actions (Clerk's conflicted copy 2024-03-14).json",
     "actions-LAPTOP-42.json", "actions_old.json"],
)  # fmt: skip
def test_a_copy_that_a_program_has_made_is_none(make, tmp_path, copied) -> None:
    path = make("actions.json", "CPC")
    (tmp_path / copied).write_bytes(path.read_bytes())
    assert council.stores_in(tmp_path) == [path]


def test_a_store_of_another_committee_may_be_named_like_one(make, tmp_path) -> None:
    paths = [make("licensing.json", "LIC"), make("licensing-appeals.json", "LAP")]
    assert sorted(council.stores_in(tmp_path)) == sorted(paths)


def test_a_damaged_store_is_one_and_says_what_is_wrong(make, tmp_path) -> None:
    path = make("actions.json", "CPC")
    path.write_text("<<<<<<< ours", "utf-8")
    assert council.stores_in(tmp_path) == [path]
    with pytest.raises(StoreError, match="conflict markers"):
        council.read_all([path])


@pytest.mark.parametrize(
    "damaged",
    [lambda whole: whole[:0], lambda whole: whole[:99],
     lambda whole: whole.decode().encode("utf-16"), lambda whole: b"\0" * len(whole),
     lambda whole: b"[" * len(whole) * 99],
    ids=["emptied", "cut off", "saved as UTF-16", "zeroed", "too deep"],
)  # fmt: skip
def test_a_store_that_cannot_be_read_does_not_go_missing(make, tmp_path, damaged) -> None:
    make("licensing.json", "LIC", action="Report.")
    path = make("planning.json", "PLN", action="Count the trees.")
    copied = tmp_path / "planning (1).json"
    copied.write_bytes(damaged(path.read_bytes()))
    assert copied not in council.stores_in(tmp_path)
    path.write_bytes(damaged(path.read_bytes()))
    with pytest.raises(StoreError, match=r"planning\.json"):
        council.read_all(council.stores_in(tmp_path))


def test_a_store_that_a_link_no_longer_leads_to_does_not_go_missing(make, tmp_path) -> None:
    make("licensing.json", "LIC")
    try:
        (tmp_path / "planning.json").symlink_to(tmp_path / "gone" / "planning.json")
    except OSError:
        pytest.skip("links can't be made here")
    with pytest.raises(StoreError, match=r"planning\.json"):
        council.read_all(council.stores_in(tmp_path))


@pytest.mark.parametrize(
    ("whole", "wrong"), [(b'"prefix": "PLN"', b'"prefix": 7'), (b'"schema": 2', b'"schema": 99')]
)
def test_what_is_wrong_with_one_of_several_says_with_which(make, whole, wrong) -> None:
    paths = [make("licensing.json", "LIC"), make("planning.json", "PLN")]
    paths[1].write_bytes(paths[1].read_bytes().replace(whole, wrong))
    with pytest.raises(StoreError, match=r"^\S+planning\.json: The store"):
        council.read_all(paths)
    with pytest.raises(StoreError, match=r"^The store"):
        council.read_all(paths[1:])


def test_what_a_system_puts_beside_a_store_is_none(make, tmp_path) -> None:
    path = make("licensing.json", "LIC")
    (tmp_path / "._licensing.json").write_bytes(b"\0\5\x16\7")
    (tmp_path / "folder.json").mkdir()
    assert council.stores_in(tmp_path) == [path]


def test_a_folder_without_a_store(tmp_path) -> None:
    with pytest.raises(StoreError, match="no store in the folder"):
        council.stores_in(tmp_path)


def test_stores_are_read_by_the_names_of_their_committees(make) -> None:
    paths = [make("a.json", "AAA", "Zoning"), make("b.json", "BBB", "adoption")]
    held = council.read_all(paths)
    assert [each.settings.committee for each in held] == ["adoption", "Zoning"]


def test_two_stores_of_one_prefix_are_refused(make) -> None:
    paths = [make("a.json", "CPC"), make("b.json", "CPC")]
    with pytest.raises(StoreError, match="two stores whose references begin with CPC"):
        council.read_all(paths)


def test_a_store_that_is_named_twice_is_read_once(make) -> None:
    path = make("a.json", "CPC")
    assert len(council.read_all([path])) == 1


def test_a_record_says_whose_store_it_is_in(make) -> None:
    held = council.read_all([make("a.json", "AAA", action="A"), make("b.json", "BBB", action="B")])
    assert council.holder(held, ["bbb-2324-1"]).settings.prefix == "BBB"
    with pytest.raises(NotFoundError, match="could be AAA-2324-001, BBB-2324-001"):
        council.holder(held, ["1"])
    with pytest.raises(UsageError, match="different committees"):
        council.holder(held, ["AAA-2324-001", "BBB-2324-001"])
