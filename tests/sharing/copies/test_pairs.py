"""Two clerks work by chance on a store and on a copy of it, and one is brought into the other."""

import itertools
import json
import random
import shutil
import subprocess

import pytest
from amounts import times
from swapping import swapped

from cpctrack.records.changes import Author
from cpctrack.store import store
from cpctrack.store.copies import digest
from cpctrack.tasks import merge

PAIRS = times(200, 20)
BLOCKS = 4
AUTHOR = Author("Committee Clerk", "2023-09-30T09:00:00Z", "resolve")
MEETINGS = ("2023-03-15", "2023-06-21")
OWNERS = ("Head of Homes", "Head of Health", "Education Officer")


def command(chance, ref, number, folder):
    """Draw what a clerk types next."""
    day, owner, text = chance.choice(MEETINGS), chance.choice(OWNERS), f"Text {number}."
    meeting = ("--meeting", day, "--type", "formal", "--item", "Item 4. Homes")
    return chance.choice(
        [
            ("add", *meeting, "--action", f"Send {text}", "--owner", owner),
            ("add", *meeting, "--recommendation", f"That {text}", "--exempt", "12"),
            *3 * [("update", ref, "--response", text)],
            ("update", ref, "--status", chance.choice(["in-progress", "open", "completed"])),
            ("update", ref, "--due", chance.choice(["1 October 2023", "Autumn term"])),
            ("update", ref, "--owner", owner, "--evidence", f"{number}.pdf"),
            ("update", ref, "--exempt", chance.choice(["12", ""])),
            ("extend", ref, "--to", "1 November 2023", "--reason", text),
            ("agree", ref),
            ("meeting", day, "--type", "formal", "--note", text),
            ("settings", "--clerk", text),
            ("settings", "--remind-after", str(chance.randint(3, 9))),
            ("owner", owner, "--email", f"{number.replace(' ', '-')}@example.org"),
            ("chase", "-o", str(folder / f"messages {number}"), "--format", "text"),
            ("publish", "--meeting", day, "-f", "csv", "-o", str(folder / f"pack {number}")),
            ("undo", "--yes"),
        ]
    )


@pytest.fixture
def work(monkeypatch):
    """Let a clerk type so many commands, a day each; what is refused changes nothing."""
    from click.testing import CliRunner

    from cpctrack.cli.main import main

    def call(path, chance, who, first_day, count):
        monkeypatch.setenv("LOGNAME", who)
        for number in range(count):
            monkeypatch.setenv("CPCTRACK_TODAY", f"2023-{7 + first_day // 30:02}-{1 + number:02}")
            refs = sorted(row["ref"] for row in held(path)["actions"].values())
            words = command(chance, chance.choice(refs), f"{who} {number}", path.parent)
            done = CliRunner().invoke(main, ["--store", str(path), "--no-input", *words])
            assert done.exit_code in (0, 1), (words, done.output)
            assert done.exception is None or isinstance(done.exception, SystemExit)

    return call


@pytest.fixture
def start(run, tmp_path, monkeypatch):
    """Give a folder with a store of three actions."""
    folder = tmp_path / "start"
    folder.mkdir()
    named = ("--store", str(folder / "actions.json"))
    run(*named, "init", "--committee", "Corporate Parenting Committee")
    for item in ("Homes", "Health", "Schools"):
        run(*named, "add", "--meeting", MEETINGS[0], "--type", "formal", "--item", item,
            "--action", f"Report on {item}.", "--owner", "Head of Homes")  # fmt: skip
    return folder


def held(path):
    return json.loads(path.read_text(encoding="utf-8"))


def committed(folder):
    """Make a repository of the folder, and commit the store."""
    who = ("-c", "user.name=Clerk", "-c", "user.email=clerk@example.org")
    for words in (("init", "-q"), ("add", "actions.json"), (*who, "commit", "-q", "-m", "Store")):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_nothing_is_lost_whichever_comes_into_the_other(block, start, work, tmp_path):
    conflicts = clean = untouched = 0
    for seed in range(block, PAIRS, BLOCKS):
        chance = random.Random(seed)
        folder = shutil.copytree(start, tmp_path / f"pair {seed}")
        path, copy = folder / "actions.json", folder / "actions (1).json"
        work(path, chance, "both", 0, chance.randint(0, 4))
        log = folder / ".actions.json.undo"
        if seed % 4 == 1:
            log.unlink()
        if seed % 4 == 2 and shutil.which("git"):
            committed(folder)
        base = held(path)
        shutil.copy(path, copy)
        work(path, chance, "ours", 30, chance.randint(0, 8))
        work(copy, chance, "theirs", 31, chance.randint(0, 8))
        if seed % 4 in (1, 3):
            log.unlink(missing_ok=True)
        (folder / f".{copy.name}.undo").unlink(missing_ok=True)
        before, ours, theirs = path.read_bytes(), held(path), held(copy)
        other = shutil.copytree(folder, tmp_path / f"other {seed}") / path.name
        other.write_bytes(copy.read_bytes())
        other.with_name(copy.name).write_bytes(before)

        done = merge.bring_in(path, copy, AUTHOR)
        merged = held(path)
        nothing_is_lost(base, (ours, theirs), merged, seed)
        assert merged["copies"] == {digest(copy.read_bytes()): {}}
        assert copy.exists()
        conflicts += done.left > 0
        clean += done.merged is not None and not done.left
        again = path.read_bytes()
        assert merge.bring_in(path, copy, AUTHOR) == (None, done.left, ())
        assert path.read_bytes() == again

        if seed % 4 in (1, 3):  # else one of them knows more
            merge.bring_in(other, other.with_name(copy.name), AUTHOR)
            del merged["copies"]
            assert {**swapped(held(other)), "copies": {}} == {**merged, "copies": {}}, seed

        undo(path)
        gone = held(path).get("withdrawn", {}).keys() - ours.get("withdrawn", {}).keys()
        assert gone <= {row["ref"] for row in merged["actions"].values()}
        assert {**held(path), "withdrawn": {}} == {**ours, "withdrawn": {}}, seed
        assert gone or path.read_bytes() == before, seed
        untouched += not gone
    assert conflicts
    assert clean
    assert untouched


def undo(path):
    from cpctrack.store.undo import Way
    from cpctrack.tasks.undo import look, take

    take(path, look(path, Way.UNDO))


def nothing_is_lost(base, sides, merged, seed):
    store.Store(None, json.loads(json.dumps(merged))).records  # noqa: B018 - each can be read
    refs = [row["ref"] for row in merged["actions"].values()]
    assert len(set(refs)) == len(refs), seed
    texts = set(leaves(merged))
    for table, rows in itertools.chain.from_iterable(each.items() for each in sides):
        for key, row in rows.items():
            found = merged[table].get(key)
            if table == "actions":
                known = found["history"]
                assert [line for line in row["history"] if line not in known] == [], (seed, row)
            was = set(leaves(base.get(table, {}).get(key, {})))
            lost = set(leaves(row)) - texts - was
            assert lost == set(), (seed, table, lost)


def leaves(value):
    """Give every text and number in a row."""
    if isinstance(value, dict):
        return itertools.chain.from_iterable(map(leaves, value.values()))
    if isinstance(value, list):
        return itertools.chain.from_iterable(map(leaves, value))
    return [value]
