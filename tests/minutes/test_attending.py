"""Who was there, and whom “he” and “AB” mean."""

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.minutes.language.attending import attendance, resolve, written_out
from cpctrack.reading.lines import Line

PRESENT = {"AF": ("Ada Fenn",), "BB": ("Ben Bell",), "CT": ("Cora Van Tay",)}


def test_names_of_those_present():
    texts = [
        "Pond Board",
        "Present: Cllr Ada Fenn (Chair), Mr Ben Bell and Cora Van Tay (CT)",
        "Dan Reed, Clerk",
        "Head of the Ponds Team Gwen Sand (GS)",
        "1. Apologies",
        "Eve Moor spoke of the heron.",
    ]
    assert attendance(texts) == PRESENT | {"DR": ("Dan Reed",), "GS": ("Gwen Sand",)}


@pytest.mark.parametrize(
    ("owner", "before", "meant"),
    [
        ("Clerk", "", "Clerk"),
        ("AF", "", "AF"),
        ("She", "The Ranger would mow the lawn.", "Ranger"),
        ("he", "Ben Bell spoke of the heron.", "Ben Bell"),
        ("he", "The heron was seen by Ben Bell.", ""),
        ("I", "Ben Bell spoke of the heron.", "I"),
        ("she", "Ada Fenn suggested that she ask the Ranger", "Ada Fenn"),
        ("they", "Members would look at the pond.", "Members"),
        ("they", "Ben Bell spoke of the heron.", ""),
        ("he", "The heron is grey.", ""),
        ("he", "Millbridge spoke of the heron.", ""),
        ("he", "The Committee spoke of the heron.", ""),
    ],
)
def test_whom_a_pronoun_means(owner, before, meant):
    assert resolve(owner, [before], PRESENT) == meant


def test_the_nearest_that_tells_counts():
    told = ["She would write.", "Ada Fenn spoke.", "Ben Bell left."]
    assert resolve("she", told, PRESENT) == "Ada Fenn"


@pytest.mark.parametrize(("owner", "meant"), [("AF", "Ada Fenn"), ("XY", ""), ("Clerk", "")])
def test_initials_are_written_out(owner, meant):
    assert written_out(owner, PRESENT) == meant


def test_initials_of_two_mean_nobody():
    assert written_out("AF", attendance(["Present: Ada Fenn, Abe Ford"])) == ""


def found(text):
    lines = [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]
    return [(draft.owner, draft.meant) for draft in find(lines).drafts]


def test_drafts_have_whom_initials_and_pronouns_mean():
    text = (
        "Present: Ada Fenn, Ben Bell (BLL)\n\n1. Ponds\n\nAction: AF to mow the lawn.\n\n"
        "Action: BLL to paint the gate.\n\nAction: XY to count the ducks.\n\n"
        "2. Paths\n\nMrs Tay spoke of the gate. It was agreed that she would paint it.\n"
    )
    assert found(text) == [("AF", "Ada Fenn"), ("BLL", "Ben Bell"), ("XY", ""), ("Mrs Tay", "")]


def test_initials_that_are_a_small_word_too_are_initials():
    assert resolve("HE", ["Ada Fenn reported that he would write."], {}) == "HE"
