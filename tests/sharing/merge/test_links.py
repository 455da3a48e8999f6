"""Links of records that come together, some of them under another reference."""

from cpctrack.check import Tier
from cpctrack.records import links
from cpctrack.records.changes import Author
from cpctrack.records.model import Draft, Link, Status

from .conftest import FORMAL, closed, of_tier, opened, problems
from .test_merge import merge
from .test_twins import AT

BROKEN = {"dangling-link", "one-sided-link", "status-unlike-link"}


def splits(document, number, *texts, hour=9, by="Clerk"):
    """Split a record as the command does."""
    held = opened(document)
    author = Author(by, AT.format(hour), "split")
    former = held.find(f"2223-{number}")
    parts = [held.take_over(links.part_of(former, text, author)) for text in texts]
    held.put(links.close(former, [Link(links.SPLIT_INTO, one.ref) for one in parts], author))
    for part in parts:
        held.put(links.succeed(part, Link("split-from", former.ref), former, author))
    return closed(held)


def adds(document, text, hour=8, by="Other"):
    held = opened(document)
    held.add(Draft(FORMAL, {"item": "9", "action": text}), Author(by, AT.format(hour), "add"))
    return closed(held)


def by_text(document):
    return {row["action"]: row for row in document["actions"].values()}


def broken(document):
    found = of_tier(problems(document), *Tier)
    return {each for each in found if each[0] in BROKEN}


def both_ways(base, ours, theirs):
    merged = [merge(base, ours, theirs).document, merge(base, theirs, ours).document]
    assert merged[0] == merged[1]
    return merged[0]


def test_both_lists_of_links_grow(base):
    held = opened(base)
    first, second = held.find("1"), held.find("2")
    del held

    def supersedes(document, number, hour):
        held = opened(document)
        old, new = held.find(str(number)), held.find("3")
        author = Author("Clerk", AT.format(hour), "supersede")
        held.put(links.close(old, [Link(links.SUPERSEDED_BY, new.ref)], author))
        held.put(links.succeed(new, Link("supersedes", old.ref), old, author))
        return closed(held)

    merged = both_ways(base, supersedes(base, 1, 9), supersedes(base, 2, 10))
    row = by_text(merged)["Ask dentists."]
    assert row["links"] == [f"supersedes {first.ref}", f"supersedes {second.ref}"]
    assert broken(merged) == set()


def test_a_link_follows_a_part_that_got_another_reference(base):
    merged = both_ways(base, splits(base, 1, "One half.", "Other half."), adds(base, "A new one."))
    rows = by_text(merged)
    assert rows["A new one."]["ref"] == "CPC-2223-004"
    assert rows["Send the figures."]["links"] == [
        f"split-into {rows[text]['ref']}" for text in ("One half.", "Other half.")
    ]
    assert rows["One half."]["ref"] == "CPC-2223-006"
    assert broken(merged) == set()


def test_two_splits_of_one_record_keep_all_parts(base):
    merged = both_ways(
        base,
        splits(base, 1, "One half.", "Other half."),
        splits(base, 1, "A third.", "The rest.", hour=10, by="Other"),
    )
    rows = by_text(merged)
    assert len(rows["Send the figures."]["links"]) == 4
    assert rows["Send the figures."]["status"] == Status.SUPERSEDED
    assert broken(merged) == set()


def test_the_same_split_on_both_sides_is_one(base):
    merged = both_ways(
        base,
        splits(base, 1, "One half.", "Other half."),
        splits(base, 1, "Other half.", "One half.", hour=10, by="Other"),
    )
    rows = by_text(merged)
    assert len(merged["actions"]) == 5
    assert len(rows["Send the figures."]["links"]) == 2
    assert broken(merged) == set()


def test_links_that_are_none_are_left_to_check(base):
    ours = splits(base, 1, "One half.", "Other half.")
    theirs = adds(base, "A new one.")
    key = next(iter(theirs["actions"]))
    theirs["actions"][key] = {**theirs["actions"][key], "links": ["alone"]}
    merged = merge(base, ours, theirs).document
    assert "alone" in merged["actions"][key]["links"]
    theirs["actions"][key] = {**theirs["actions"][key], "links": "none"}
    assert merge(base, base, theirs).document["actions"][key]["links"] == "none"
