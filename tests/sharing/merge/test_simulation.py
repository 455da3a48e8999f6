"""Two clerks work apart for a month, by chance, and their stores come together."""

import json
import random
from collections import Counter

import pytest
from amounts import times
from swapping import swapped

from cpctrack.check import Tier
from cpctrack.sharing.merge import Merged, three_way
from cpctrack.store import canonical, codec

from .conftest import of_tier, problems, small_store, work

BLOCKS = 6
ROUNDS = times(600, 90)
AT, BY = "2023-06-30T09:00:00Z", "Merger"


def merge(base, ours, theirs) -> Merged:
    return three_way(base, ours, theirs, at=AT, by=BY)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_nothing_is_lost_and_nothing_invalid(block: int) -> None:
    conflicts = renumbered = 0
    for seed in range(block * ROUNDS // BLOCKS, (block + 1) * ROUNDS // BLOCKS):
        chance = random.Random(seed)
        base = small_store()
        base = work(base, chance, "Both") if chance.random() < 0.5 else base
        ours, theirs = work(base, chance, "Ours"), work(base, chance, "Theirs")
        before = [canonical.dumps(each) for each in (base, ours, theirs)]
        merged, other = merge(base, ours, theirs), merge(base, theirs, ours)
        assert [canonical.dumps(each) for each in (base, ours, theirs)] == before
        assert swapped(other.document) == merged.document, seed
        assert other.renumbered == merged.renumbered
        _check_sound(base, ours, theirs, merged, seed)
        for side in (ours, theirs):
            _check_kept(base, ours, theirs, side, merged.document, seed)
        assert merge(ours, merged.document, ours).document == merged.document
        assert merge(theirs, theirs, merged.document).document == merged.document
        conflicts += len(merged.conflicts)
        renumbered += len(merged.renumbered)
    assert conflicts > ROUNDS / BLOCKS / 2
    assert renumbered >= ROUNDS // BLOCKS // 10


def _check_sound(base, ours, theirs, merged: Merged, seed: int) -> None:
    found = problems(json.loads(canonical.dumps(merged.document)))
    damaged = of_tier(found, Tier.DAMAGED)
    assert {name for name, _ in damaged} <= {"conflict"}, seed
    assert {ref for _, ref in damaged} == {each.ref for each in merged.conflicts}, seed
    both = set.union(*(of_tier(problems(each), Tier.CONTRADICTORY) for each in (ours, theirs)))
    news = {each.old: each.new for each in merged.renumbered}
    allowed = both | {(name, news.get(ref, ref)) for name, ref in both}
    fields = {each.clash.field for each in merged.conflicts}
    known = {name for name, _ in both}
    known |= {"meeting-of-two-types"} if "type" in fields else set()
    known |= {"duplicate-printed-reference"} if "source_ref" in fields else set()
    for name, ref in of_tier(found, Tier.CONTRADICTORY) - allowed:
        # Told of one of several rows, which another record or reference can make another one.
        assert name in ("duplicate-printed-reference", "meeting-of-two-types"), (seed, name, ref)
        assert name in known, (seed, name, ref)


def _check_kept(base, ours, theirs, side, document, seed: int) -> None:
    for table, rows in side.items():
        for key, row in rows.items():
            result = document[table][key]
            sides = [each.get(table, {}).get(key, {}) for each in (base, ours, theirs)]
            clashes = {line["field"]: line for line in result.get(codec.CONFLICTS, ())}
            for field in row:
                if field not in ("history", "printed", "ref"):
                    _check_value(field, row, result, sides, clashes, seed)
            _check_history(result, row, sides[1:], seed)
            for name, cell in row.get("printed", {}).items():
                clash = clashes.get(f"printed.{name}", {})
                cells = {each.get("printed", {}).get(name) for each in sides}
                assert result.get("printed", {}).get(name) in cells
                assert cell in (result.get("printed", {}).get(name), *clash.values()) or (
                    cell == sides[0].get("printed", {}).get(name)
                )


def _check_value(field, row, result, sides, clashes, seed: int) -> None:
    value = result.get(field)
    assert value in [each.get(field) for each in sides], (seed, field)
    if row[field] not in (value, sides[0].get(field)):
        clash = clashes[field]
        assert row[field] in (clash["ours"], clash["theirs"]), (seed, field)


def _check_history(result, row, sides, seed: int) -> None:
    lines, mine, *both = (
        [json.dumps(line) for line in each.get("history", ())] for each in (result, row, *sides)
    )
    lines = [line for line in lines if BY not in line]
    assert Counter(lines) == Counter(both[0]) | Counter(both[1]), seed
    assert [line for line in lines if line in mine] == mine, seed
    times = [line["at"] for line in result.get("history", ())]
    assert times == sorted(times), seed
