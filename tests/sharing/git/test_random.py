"""Random pairs of edit sequences come together through real git, and nothing is lost.

All pairs are files of one repository, so that one merge by git is a merge of each.
"""

import json
import random
import shutil

import pytest
from amounts import times
from swapping import swapped

from cpctrack.check import Tier, find_problems
from cpctrack.dates import find_date
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Draft, MeetingType, Status
from cpctrack.sharing.merge import three_way
from cpctrack.store import store

PAIRS = times(50, 12)
DAY = "2023-07-01"
WORDS = ("Done.", "Not yet.", "Told.", "Café", "", "x\ny")


def edit(path, rng, who):
    """Do what a clerk does in a month: a few additions, and a few changes."""
    with store.editing(path) as current:
        for step in range(rng.randint(1, 6)):
            author = Author(who, f"2023-0{rng.randint(4, 6)}-{step + 1:02}T10:00:00Z", "test")
            if rng.random() < 0.3:
                day = rng.choice(["2023-03-15", "2023-03-22", "2023-03-29"])
                meeting = current.meeting_on(day, MeetingType.FORMAL)
                text = f"{who} {rng.random()}"
                current.add(Draft(meeting, {"action": text}), author, record_id=new_id(rng))
            else:
                record = rng.choice(sorted(current.records, key=lambda each: each.ref))
                current.put(amend(record, values(rng), author))


def new_id(rng):
    return f"{rng.getrandbits(48):012x}"


def values(rng):
    status = rng.choice(list(Status))
    choices = [
        {"response": rng.choice(WORDS)},
        {"owners": tuple(rng.sample(["A", "B", "C"], rng.randint(0, 2)))},
        {"due": "2023-05-01", "due_text": "1 May 2023"},
        {"due": "", "due_text": rng.choice(["soon", ""])},
        {"status": status},
        {"status": Status.COMPLETED, "completed_on": "2023-04-28"},
        {"printed": {"Notes": rng.choice(WORDS), rng.choice("AB"): rng.choice(WORDS)}},
    ]
    return rng.choice(choices)


@pytest.fixture
def pairs(plain):
    """Give a clone with many stores, changed at random on two branches, set up to merge them."""
    plain.run("git-setup")
    names = [f"{number:02}.json" for number in range(PAIRS)]
    (plain.folder / ".gitattributes").write_text("*.json merge=cpctrack\n", encoding="utf-8")
    for name in names:
        shutil.copy(plain.store, plain.folder / name)
    plain.store.unlink()
    plain.git("config", "gc.auto", "0")
    plain.commit()
    sides = {}
    for who in ("his", "hers"):
        plain.git("checkout", "-q", "-b", who, "main")
        for number, name in enumerate(names):
            path = plain.folder / name
            edit(path, random.Random(f"{who} {number}"), who)
            sides.setdefault(name, []).append(json.loads(path.read_text(encoding="utf-8")))
            path.with_name(f".{name}.undo").unlink(missing_ok=True)
        plain.commit()
    return plain, sides


@pytest.mark.slow
def test_nothing_is_lost_between_two_clerks(pairs):
    clone, sides = pairs
    base = json.loads(clone.git("show", "main:00.json"))
    clone.git("checkout", "-q", "his")
    clone.git("merge", "-q", "hers", exit_code=1)
    left = set(clone.git("diff", "--name-only", "--diff-filter=U").split())
    one_way = {name: json.loads((clone.folder / name).read_text("utf-8")) for name in sides}
    clone.git("merge", "--abort")
    clone.git("checkout", "-q", "hers")
    clone.git("merge", "-q", "his", exit_code=1)
    for name, (his, hers) in sides.items():
        other_way = json.loads((clone.folder / name).read_text("utf-8"))
        assert swapped(other_way) == one_way[name], name
        merged = three_way(base, his, hers, at=f"{DAY}T00:00:00Z", by="clerk")
        assert one_way[name] == merged.document, name
        assert (name in left) == bool(merged.conflicts), name
        assert_nothing_lost(one_way[name], base, (his, hers), name)
        assert_undamaged(clone.folder / name)
    assert PAIRS // 10 <= len(left) < PAIRS  # both kinds were tried


def assert_nothing_lost(merged, base, sides, name):
    """Every line of history is there, and every value a side has given is held or shown."""
    for side in sides:
        for row_id, row in side["actions"].items():
            kept = merged["actions"][row_id]
            assert [line for line in row["history"] if line not in kept["history"]] == [], name
            before = base["actions"].get(row_id, {})
            for field, value in (dict.fromkeys(fields(before)) | fields(row)).items():
                shown = [fields(kept).get(field), *clashing(kept, field), *numbers(kept, field)]
                assert value == fields(before).get(field) or value in shown, (name, field)
    refs = [row["ref"] for row in merged["actions"].values()]
    assert len(set(refs)) == len(refs), name


def fields(row):
    """Give what a row holds, a printed cell each for itself."""
    cells = {f"printed.{key}": value for key, value in row.get("printed", {}).items()}
    rest = {key: row[key] for key in row.keys() - {"history", "printed", "_conflicts"}}
    return cells | rest


def clashing(row, field):
    found = [each for each in row.get("_conflicts", []) if each["field"] == field]
    return [each[side] for each in found for side in ("ours", "theirs")]


def numbers(row, field):
    """Give the references that a record has had, which its history tells."""
    return [line["from"] for line in row["history"] if line["change"] == field == "ref"]


def assert_undamaged(path):
    held = store.read(path)
    found = find_problems(held.records, held.meetings, held.settings, find_date(DAY))
    damaged = {each.name for each in found if each.tier is Tier.DAMAGED}
    assert damaged <= {"conflict"}
