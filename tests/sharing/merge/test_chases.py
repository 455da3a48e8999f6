"""Two copies that have each asked owners come together without asking anybody."""

import itertools

from cpctrack.records import asking
from cpctrack.records.asking import Chase, Part
from cpctrack.records.changes import Author
from cpctrack.records.model import Draft
from cpctrack.sharing.merge import three_way
from cpctrack.store import chases

from .conftest import FORMAL, closed, opened


def merged(base, ours, theirs):
    done = three_way(base, ours, theirs, at="2024-06-12T09:00:00Z", by="Clerk")
    assert done.conflicts == ()
    return done.document


def asked(document, ref, letters, minute=0):
    """Ask about a record, as ``chase`` does."""
    held = opened(document)
    author = Author("Clerk", f"2024-05-06T09:{minute:02}:00Z", "chase")
    record = held.find(ref)
    parts = (Part(0, "Dear Chair"), Part(1, f"1. {record.ref}", record.ref), Part(2, "Jo"))
    sent = Chase(f"CPC-CHASE-{letters}", "Chair", author.at, "Clerk", parts=parts)
    held.put_rows(chases.TABLE, {sent.number: chases.encode(sent)}, author)
    held.put(asking.ask(record, sent, author))
    return closed(held)


def test_what_both_asked_is_there_once(base):
    ours, theirs = asked(base, "2223-1", "AAAAA"), asked(base, "2223-1", "BBBBB", 5)
    both = merged(base, ours, theirs)
    assert both == merged(base, theirs, ours)
    assert both[chases.TABLE] == {**ours[chases.TABLE], **theirs[chases.TABLE]}
    told = asking.asks(opened(both).find("2223-1"))
    assert [one.number for one in told] == ["CPC-CHASE-AAAAA", "CPC-CHASE-BBBBB"]


def test_what_one_took_back_is_gone(base):
    start = asked(base, "2223-1", "AAAAA")
    assert chases.TABLE not in merged(start, start, base)


def test_of_a_row_that_both_changed_the_exempt_one_stays(base):
    start = asked(base, "2223-1", "AAAAA")
    number, row = next(iter(start[chases.TABLE].items()))
    sides = [
        {**start, chases.TABLE: {number: {**row, **change}}}
        for change in ({"exempt": True}, {"by": "Zoe"}, {"by": "Ann"})
    ]
    for one, other in itertools.permutations(sides, 2):
        kept = merged(start, one, other)[chases.TABLE][number]
        assert kept == max(
            (side[chases.TABLE][number] for side in (one, other)),
            key=lambda each: (each.get("exempt", False), each["by"]),
        )


def test_what_was_asked_leads_to_the_new_reference(base):
    def add(document, text, hour):
        held = opened(document)
        author = Author("Clerk", f"2024-05-01T{hour:02}:00:00Z", "add")
        held.add(Draft(FORMAL, {"item": "9. More", "action": text}), author)
        return closed(held)

    ours = asked(add(base, "Plant trees.", 8), "2223-4", "AAAAA")
    theirs = asked(add(base, "Count the pupils.", 9), "2223-4", "BBBBB", 1)
    damaged = {**theirs[chases.TABLE], "CPC-CHASE-CCCCC": {"parts": "lost"}}
    theirs = {**theirs, chases.TABLE: damaged}
    both = merged(base, ours, theirs)
    assert both == merged(base, theirs, ours)
    refs = {number: sent.refs for number, sent in chases.read(both).items()}
    assert refs == {"CPC-CHASE-AAAAA": ("CPC-2223-004",), "CPC-CHASE-BBBBB": ("CPC-2223-005",)}
    assert opened(both).find("2223-5").action == "Count the pupils."
    assert both[chases.TABLE]["CPC-CHASE-CCCCC"] == {"parts": "lost"}
