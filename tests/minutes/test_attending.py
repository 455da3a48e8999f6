"""Who was there, and whom “he” and “AB” mean."""

import pytest

from cpctrack.minutes.language.attending import attendance, resolve, written_out

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
