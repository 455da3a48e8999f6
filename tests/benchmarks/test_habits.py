"""The clerk that `benchmarks/habits.py` simulates."""

import importlib
import sys

import pytest

from cpctrack.minutes import habits


@pytest.fixture
def benchmark(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    before = set(sys.modules)
    yield importlib.import_module("habits")
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in ("habits", "train", "minutes"):
            del sys.modules[name]


@pytest.fixture
def folder(tmp_path):
    """Write minutes of two years of one body."""
    for year in (2023, 2024):
        text = ["ELMSTOW PARISH COUNCIL", f"Minutes of the meeting held on 4 March {year}", ""]
        text += ["1. Hall", "ACTION: Clerk to order the bulbs.", "ACTION: Warden to oil the gate."]
        (tmp_path / f"elmstow-{year}.txt").write_text("\n".join(text), encoding="utf-8")
        (tmp_path / f"elmstow-{year}.json").write_text(
            '{"sets": [{"date": null, "items": [{"number": "1", "title": "Hall", "entries": ['
            '{"text": "Clerk to order the bulbs.", "kind": "action", "owner": "Clerk",'
            ' "target_date": null, "in_marked_block": true, "optional": false, "alt": null,'
            ' "source_line": 5, "source_line_end": 5}]}]}]}',
            encoding="utf-8",
        )
    return tmp_path


def test_the_years_of_a_body_go_together_and_the_first_teaches(benchmark, folder):
    (case,) = benchmark.cases(folder)
    assert (case.body, len(case.teach), len(case.measured)) == ("elmstow", 1, 1)
    rows = benchmark.learnt(case.teach[0], {})
    every = habits.read(rows)["feature: any"]
    assert (every.taken, every.left) == (1, 1)
    assert all(habits.is_sound(*row) for row in rows.items())


def test_a_long_text_is_parted_in_its_middle(benchmark, folder):
    path = folder / "elmstow-2024.txt"
    path.write_text(path.read_text("utf-8") + "\nIt rained." * 60, encoding="utf-8")
    (_, case) = benchmark.cases(folder)
    (first,), (second,) = case.teach, case.measured
    assert case.name == "elmstow-2024, halves"
    assert (len(first.labels.entries), len(second.labels.entries)) == (1, 0)
    assert second.lines[0].number == len(first.lines) + 1
