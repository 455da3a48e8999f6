"""What both sides took in is there once."""

import copy
import json
import random
from collections import Counter

import pytest
from amounts import times
from swapping import swapped

from cpctrack.check import Tier
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Draft, Status
from cpctrack.store import canonical

from .conftest import FORMAL, LATER, closed, of_tier, opened, problems, small_store
from .test_merge import clashes, merge

ROUNDS = times(150, 40)
AT = "2023-05-01T{:02}:00:00Z"


def takes_in(document, *rows, hour=9, by="Clerk", via="import", ids="a"):
    """Take in rows of a file: each is a text, or a text and more fields."""
    held = opened(document)
    for number, row in enumerate(rows, 1):
        text, fields = row if isinstance(row, tuple) else (row, {})
        fields = {"item": "Item 9. Homes", "action": text, "owners": ("Chair",), **fields}
        meeting, line = fields.pop("meeting", FORMAL), fields.pop("line", number)
        source = "" if via == "add" else f"table.tsv, line {line}"
        author = Author(by, AT.format(hour), via)
        draft = Draft(meeting, fields, source)
        held.add(draft, author, record_id=f"{ids}{number:011x}")
    return closed(held)


def changes(document, text, hour=12, by="Clerk", **fields):
    held = opened(document)
    (record,) = (each for each in held.records if each.action == text)
    held.put(amend(record, fields, Author(by, AT.format(hour), "update")))
    return closed(held)


def published(document, *texts, day="2023-07-19"):
    document = copy.deepcopy(document)
    rows = [
        {"record": key, "ref": row["ref"]}
        for key, row in document["actions"].items() if row.get("action") in texts
    ]  # fmt: skip
    document["publications"] = {f"{day}-{texts[0][:1]}": {"meeting": day, "rows": rows}}
    return document


def texts(document):
    return Counter(row["action"] for row in document["actions"].values())


def refs(document):
    return {row["action"]: row["ref"] for row in document["actions"].values()}


@pytest.mark.parametrize("via", ["import", "minutes", "add"])
def test_the_same_rows_are_there_once(base, via) -> None:
    ours = takes_in(base, "One.", "Two.", via=via)
    theirs = takes_in(base, "One.", "Two.", via=via, by="Other", hour=10, ids="b")
    merged = merge(base, ours, theirs)
    assert (merged.conflicts, merged.renumbered) == ((), ())
    assert len(merged.document["actions"]) == 5
    assert refs(merged.document) == refs(ours)
    told = merged.document["actions"]["a00000000001"]["history"]
    source = {} if via == "add" else {"to": "table.tsv, line 1"}
    first = {"at": AT.format(9), "by": "Clerk", "via": via}
    assert told == [
        {**first, "change": "added" if via == "add" else "imported", **source},
        {"at": AT.format(10), "by": "Other", "via": via, "change": "twin",
         "from": "CPC-2223-004", **source},
    ]  # fmt: skip
    assert "withdrawn" not in merged.document
    assert of_tier(problems(merged.document), Tier.DAMAGED, Tier.CONTRADICTORY) == set()


def test_of_two_references_the_older_stays_and_the_other_is_not_used_again(base) -> None:
    ours = takes_in(base, "Mine.", "One.")
    theirs = takes_in(base, "One.", hour=8, ids="b")
    merged = merge(base, ours, theirs)
    assert refs(merged.document)["One."] == "CPC-2223-004"
    assert [each[2:] for each in merged.twins] == [("CPC-2223-004", "CPC-2223-005", False)]
    assert merged.document["withdrawn"] == {"CPC-2223-005": {}}
    # What only one side has makes way, so that what both have may keep its number.
    (other,) = merged.renumbered
    assert (other.old, other.new, other.alone) == ("CPC-2223-004", "CPC-2223-006", True)


def test_what_each_changed_since_is_there(base) -> None:
    ours = changes(takes_in(base, "One."), "One.", response="Sent.")
    theirs = changes(takes_in(base, "One.", ids="b"), "One.", 13, status=Status.IN_PROGRESS)
    merged = merge(base, ours, theirs)
    (row,) = (row for row in merged.document["actions"].values() if row["action"] == "One.")
    assert (merged.conflicts, row["response"], row["status"]) == ((), "Sent.", "in-progress")
    assert [line["change"] for line in row["history"]][-2:] == ["response", "status"]


def test_what_was_reworded_since_is_the_same_still(base) -> None:
    ours = changes(takes_in(base, "One."), "One.", action="One, by May.", item="Item 8")
    merged = merge(base, ours, takes_in(base, "One.", ids="b"))
    assert texts(merged.document)["One, by May."] == 1
    assert "One." not in texts(merged.document)
    assert merged.conflicts == ()


def test_what_was_taken_in_otherwise_or_changed_by_both_contradicts(base) -> None:
    ours = takes_in(base, ("One.", {"owners": ("A",), "response": "Yes."}))
    theirs = takes_in(base, ("One.", {"owners": ("B",), "exempt_paragraph": "3"}), ids="b")
    merged = merge(base, changes(ours, "One.", response="No."), changes(theirs, "One.", item="8"))
    (row,) = (row for row in merged.document["actions"].values() if row["action"] == "One.")
    assert set(clashes(merged)) == {"owners"}
    assert (row["response"], row["item"], row["exempt_paragraph"]) == ("No.", "8", "3")
    both = merge(base, changes(ours, "One.", item="7"), changes(theirs, "One.", 13, item="8"))
    assert clashes(both)["item"][1:4] == ("Item 9. Homes", "7", "8")


@pytest.mark.parametrize(
    "fields",
    [{"item": "Item 8"}, {"meeting": LATER}, {"recommendation": "That it be so."},
     {"source_ref": "RX/2"}, {"action": "One. "}],
)  # fmt: skip
def test_what_differs_is_something_else(base, fields) -> None:
    ours = takes_in(base, ("One.", {"source_ref": "RX/1"}))
    theirs = takes_in(base, ("One.", {"source_ref": "RX/1", **fields}), ids="b")
    merged = merge(base, ours, theirs)
    assert merged.twins == ()
    assert len(merged.document["actions"]) == 5


def test_another_source_makes_something_else(base) -> None:
    ours, theirs = takes_in(base, "One."), takes_in(base, "One.", via="add", ids="b")
    assert texts(merge(base, ours, theirs).document)["One."] == 2


def test_what_one_side_has_twice_stays_twice(base) -> None:
    twice = ("As above.", "As above.")
    ours, theirs = takes_in(base, *twice), takes_in(base, *twice, ids="b")
    assert texts(merge(base, ours, theirs).document)["As above."] == 2
    typed = takes_in(base, *twice, via="add"), takes_in(base, "As above.", via="add", ids="b")
    assert texts(merge(base, *typed).document)["As above."] == 2
    # Which of hers is which of his, nobody can tell: they are for a person to look at.
    owned = [("As above.", {"owners": (who,)}) for who in "ABC"]
    ours, theirs = takes_in(base, *owned[:2]), takes_in(base, ("As above.", {"line": 7}), ids="b")
    assert texts(merge(base, ours, theirs).document)["As above."] == 3
    paired = merge(base, ours, takes_in(base, *owned[1:], ids="b"))
    assert paired.twins == ()  # on other lines
    same = takes_in(base, ("As above.", {"owners": ("B",), "line": 2}), ids="b")
    assert [each.kept for each in merge(base, ours, same).twins] == ["a00000000002"]


def test_a_longer_copy_of_the_table_has_the_same_rows(base) -> None:
    ours = takes_in(base, "One.", "Two.")
    theirs = takes_in(base, "Before.", "One.", "Two.", hour=10, ids="b")
    assert set(texts(merge(base, ours, theirs).document).values()) == {1}


def test_what_a_pack_has_printed_keeps_its_reference(base) -> None:
    ours = takes_in(base, "Mine.", "One.", hour=10)
    theirs = takes_in(base, "One.", ids="b")
    merged = merge(base, published(ours, "One."), theirs)
    assert refs(merged.document)["One."] == "CPC-2223-005"
    assert "lost-reference" not in {each.name for each in problems(merged.document)}


def test_two_that_packs_have_printed_both_stay(base) -> None:
    ours = published(takes_in(base, "Mine.", "One."), "One.")
    theirs = published(takes_in(base, "One.", ids="b"), "One.", day="2023-11-02")
    merged = merge(base, ours, theirs)
    assert texts(merged.document)["One."] == 2
    assert [each[2:] for each in merged.twins] == [("CPC-2223-005", "CPC-2223-004", True)]


def test_who_goes_on_with_the_one_that_went_loses_nothing(base) -> None:
    ours = takes_in(base, "Mine.", "One.", hour=8)
    theirs = takes_in(base, "One.", ids="b")
    merged = merge(base, ours, theirs).document
    later = changes(theirs, "One.", 14, by="Other", response="Sent.")
    again = merge(theirs, later, changes(merged, "One.", 15, status=Status.ONGOING))
    assert (again.conflicts, texts(again.document)["One."]) == ((), 1)
    row = again.document["actions"]["a00000000002"]
    assert (row["ref"], row["response"], row["status"]) == ("CPC-2223-005", "Sent.", "ongoing")
    assert [line["change"] for line in row["history"]] == ["imported", "twin", "response", "status"]
    # She may even have printed it meanwhile: then hers is the one that stays.
    third = merge(theirs, published(later, "One."), merged)
    assert refs(third.document)["One."] == "CPC-2223-004"
    assert texts(third.document)["One."] == 1


def test_three_clones_take_in_the_same(base) -> None:
    sides = [
        takes_in(base, "One.", "Two.", hour=hour, by=key, ids=key)
        for key, hour in (("a", 10), ("b", 9), ("c", 8))
    ]
    first = merge(base, merge(base, *sides[:2]).document, sides[2]).document
    assert first == merge(base, sides[0], merge(base, *sides[1:]).document).document
    assert set(first["actions"]) >= {"c00000000001", "c00000000002"}
    assert len(first["actions"]) == 5
    told = first["actions"]["c00000000001"]["history"]
    assert [(line["by"], line["change"]) for line in told] == [
        ("c", "imported"), ("b", "twin"), ("a", "twin"),
    ]  # fmt: skip


@pytest.mark.parametrize("odd", [{"ref": None}, {"ref": ["x"]}, {"history": 3}, {"history": []}])
def test_what_is_damaged_is_left_as_it_is(base, odd) -> None:
    sides = [takes_in(base, "One.", ids=key) for key in "ab"]
    sides[1]["actions"]["b00000000001"] |= odd
    merged = merge(base, *sides)
    assert merged.twins == ()
    assert texts(merged.document)["One."] == 2


ROWS = [f"Row {number % 7}." for number in range(9)]


def month(document, chance, by, ids):
    """Let a clerk take in a part of the table, add rows, and change some."""
    rows = [(text, {"line": at}) for at, text in enumerate(ROWS) if chance.random() < 0.8]
    document = takes_in(document, *rows, hour=chance.randint(1, 5), by=by, ids=ids)
    own = [f"{by} {chance.random()}" for _ in range(chance.randint(0, 2))]
    document = takes_in(document, *own, hour=6, by=by, ids=ids.upper())
    return go_on(document, chance, by, 7)


def go_on(document, chance, by, hour):
    held = opened(document)
    for step in range(chance.randint(0, 4)):
        settled = [each for each in held.records if not each.conflicts]
        record = chance.choice(sorted(settled, key=lambda each: each.id))
        values = chance.choice([{"response": f"{by} {hour}"}, {"status": chance.choice([*Status])}])
        held.put(amend(record, values, Author(by, AT.format(hour + step), "update")))
    return closed(held)


@pytest.mark.slow
def test_whatever_two_take_in_is_there_once_and_nothing_is_lost() -> None:
    united = 0
    for seed in range(ROUNDS):
        chance = random.Random(seed)
        base = small_store()
        ours, theirs = month(base, chance, "Ours", "a"), month(base, chance, "Theirs", "b")
        merged, other = merge(base, ours, theirs), merge(base, theirs, ours)
        assert swapped(other.document) == merged.document, seed
        assert texts(merged.document) == texts(ours) | texts(theirs), seed
        assert merge(ours, merged.document, ours).document == merged.document
        assert merge(theirs, theirs, merged.document).document == merged.document
        assert_sound(merged.document, seed)
        later, now = go_on(theirs, chance, "Theirs", 12), go_on(merged.document, chance, "Ours", 13)
        again = merge(theirs, later, now).document
        assert texts(again) == texts(merged.document), seed
        assert lines(again) >= (lines(now) | lines(later)), seed
        assert_sound(again, seed)
        united += len(merged.twins)
    assert united > 3 * ROUNDS


def assert_sound(document, seed) -> None:
    found = problems(json.loads(canonical.dumps(document)))
    assert {name for name, _ in of_tier(found, Tier.DAMAGED)} <= {"conflict"}, seed
    assert of_tier(found, Tier.CONTRADICTORY) == set(), seed
    known = {row["ref"] for row in document["actions"].values()}
    assert known.isdisjoint(document.get("withdrawn", {})), seed


def lines(document):
    """Give every change but how a record came to be."""
    return Counter(
        json.dumps(line)
        for row in document["actions"].values()
        for line in row["history"]
        if line["change"] in ("response", "status")
    )
