"""Motions: mover, seconder, text and outcome in any order, over neighbouring sentences."""

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.minutes.language.motions import CARRIED, LOST, said_in
from cpctrack.reading.lines import Line

HEAD = "Minutes of the Parks Committee held on 12 July 2022\n\n1. PONDS\n\n"


def drafted(text):
    """Give the owners of the actions that are drafted from an item."""
    lines = [Line(number, told) for number, told in enumerate((HEAD + text).split("\n"), 1)]
    return [one.owner for one in find(lines).drafts if one.marked and one.kind == "action"]


@pytest.mark.parametrize(
    "text",
    [
        "Cllr Bell proposed that the Clerk write, seconded by Cllr Fenn. All in favour.",
        "Cllr Bell proposed that the Clerk write to the County. Cllr Fenn seconded this. Agreed.",
        "Proposed by Cllr Bell, seconded by Cllr Fenn that the Clerk write to the County. Carried.",
        "Proposed Cllr Bell, seconded Cllr Fenn: the Clerk to write to the County – AGREED",
        "Motion by Bell, second by Fenn to have the Clerk write to the County. Motion carried 5-0.",
        "The Chair proposed that the Clerk be asked to write. Cllr Bell seconded. All in favour.",
        "The Clerk to write to the County about the drain – agreed",
        "The Clerk will write to the County about the drain. This was agreed.",
        "M/S/C that the Clerk write to the County about the drain.",
        "That the Clerk write to the County.\n\nMoved Cr Fenn, seconded Cr Bell\n\nCARRIED",
        "Ar moladh Cllr Fenn, cuidithe ag Cllr Bell, agus glacadh leis:\n\n“That the Clerk write”.",
        "It was agreed the Clerk will write to the County about the drain.",
        "It was agreed in principle that the Clerk would write to the County about the drain.",
        "The drain had been blocked since May, and it was agreed that the Clerk would write.",
    ],
)  # fmt: skip
def test_slots_of_a_motion_stand_in_any_order(text):
    assert drafted(text) == ["Clerk"]


@pytest.mark.parametrize(
    "text",
    [
        "Cllr Bell proposed that the Clerk write, seconded by Cllr Fenn. The motion was lost.",
        "Cllr Bell proposed that the Clerk write to the County. There was no seconder.",
        "That the Clerk write to the County about the drain.\n\nMoved Cr Fenn\n\nNOT CARRIED",
        "Cllr Bell proposed that the grant be approved. All in favour.",
    ],
)  # fmt: skip
def test_motion_that_was_lost_or_obliges_nobody_is_no_action(text):
    assert drafted(text) == []


def test_every_sentence_that_was_agreed_counts():
    text = (
        "The damage was noted. It was agreed that the Clerk would report it."
        " It was also agreed that the Ranger would mend the fence."
    )
    assert drafted(text) == ["Clerk", "Ranger"]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("All in favour.", CARRIED), ("This was unanimously agreed.", CARRIED),
        ("CARRIED 7/2", CARRIED), ("The Committee agreed.", CARRIED),
        ("agus glacadh leis", CARRIED), ("Not carried", LOST),
        ("The motion was put and lost.", LOST), ("The amendment fell.", LOST),
        ("It was agreed that the Clerk would write.", ""), ("The plan was shown to members.", ""),
    ],
)  # fmt: skip
def test_outcome_of_a_motion(sentence, outcome):
    assert said_in(sentence).outcome == outcome


def test_what_stands_above_its_status_is_an_earlier_action():
    text = "Actions\n\nClerk to write to the County.\n\nCompleted\n\nRanger to mend the fence.\n"
    assert drafted(text) == ["Ranger"]


def test_label_in_a_paragraph_marks_its_sentence_only():
    text = "ACTION: The Clerk would write to the County. The drain had been blocked since May."
    assert drafted(text) == ["Clerk"]


@pytest.mark.parametrize(
    "lost",
    [
        "The amendment was lost.",
        "Motion to buy a laptop.\n\nLost.",
        "It was further proposed to buy a laptop.\n\nThe motion was lost.",
    ],
)
@pytest.mark.parametrize("before", ["ACTION: Clerk to write.", "RESOLVED that the Clerk write."])
def test_lost_motion_takes_nothing_with_it(before, lost):
    kept = ["Clerk"] if before[:1] == "A" or "\n" in lost else []
    assert drafted(f"{before}\n\n{lost}\n") == kept


def test_a_path_that_is_lost_is_no_motion():
    text = "Historic routes to be raised with the County. Lost Ways – the Ranger sent a report."
    assert said_in("Lost Ways – the Ranger sent a report.").outcome == ""
    assert drafted(text) == [""]


def test_the_committee_itself_introduces_what_it_did():
    text = (
        "The Committee:-\n\n(i) noted the plan; and\n(ii) instructed the Ranger to report yearly.\n"
    )
    assert drafted(text) == ["Ranger"]


@pytest.mark.parametrize("who", ["AT", "AS/MB"])
def test_initials_may_be_a_small_word(who):
    assert drafted(f"The gate was broken.\n\n{who} to write to the mill.\n") == [who]
