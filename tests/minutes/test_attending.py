"""Who was there, and whom “he” and “AB” mean."""

import pytest

from cpctrack.minutes.language.attending import attendance, resolve

PRESENT = ("Ada Fenn", "Ben Bell", "Cora Van Tay (CT)")


def test_names_of_those_present():
    texts = [
        "Pond Board",
        "Present: Cllr Ada Fenn (Chair), Mr Ben Bell and Cora Van Tay (CT)",
        "Dan Reed, Clerk",
        "1. Apologies",
        "Eve Moor spoke of the heron.",
    ]
    assert attendance(texts) == (*PRESENT, "Dan Reed")


@pytest.mark.parametrize(
    ("owner", "before", "meant"),
    [
        ("AF", "", "Ada Fenn"),
        ("CT", "", "Cora Van Tay"),
        ("XY", "", "XY"),
        ("Clerk", "", "Clerk"),
        ("She", "The Ranger would mow the lawn.", "Ranger"),
        ("he", "Ben Bell spoke of the heron.", "Ben Bell"),
        ("he", "The heron was seen by Ben Bell.", "Ben Bell"),
        ("they", "Members would look at the pond.", "Members"),
        ("they", "Ben Bell spoke of the heron.", ""),
        ("he", "The heron is grey.", ""),
    ],
)
def test_whom_an_owner_means(owner, before, meant):
    assert resolve(owner, before, PRESENT) == meant


def test_initials_of_two_stay_as_printed():
    assert resolve("AF", "", ("Ada Fenn", "Abe Ford")) == "AF"
