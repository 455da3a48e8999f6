"""Owners, timing, tables: the small parts of the grammar."""

import pytest

from cpctrack.minutes import words
from cpctrack.minutes.finding.finding import find
from cpctrack.minutes.language import grammar, owners, timing
from cpctrack.reading.lines import Line


def minutes(text):
    return find([Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)])


def table(*rows, before="1. A\n\n"):
    lines = [Line(number, printed) for number, printed in enumerate(before.split("\n"), 1)]
    lines += [Line(100 + at, " | ".join(cells), cells=cells) for at, cells in enumerate(rows)]
    return find(lines)


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("The Head of Parks would mow.", "Head of Parks"),
        ("The Designated Nurse would look at the heron.", "Designated Nurse"),
        ("Ask the Designated Nurse for a plaster.", "Designated Nurse"),
        ("appointed Councillor Fenn to the Ponds Board", ""),
        ("That the Head of Service, Parks and Ponds be asked to mow.",
         "Head of Service, Parks and Ponds"),
        ("to instruct the Director (Parks) to mow", "Director (Parks)"),
        ("requests the Chief Executive Officer to report", "Chief Executive Officer"),
        ("The Chair and the Clerk would meet the owner.", "Chair and the Clerk"),
        ("That the Clerk write to the owner.", "Clerk"),
        ("That the task group report its findings to this Committee.", "task group"),
        ("JB/TS to mow", "JB/TS"),
        ("Cllr. Fenn to mow", "Cllr. Fenn"),
        ("All to mow", "All"),
        ("A list would be given to Members by the Ranger before the fair.", "Ranger"),
        ("That the lawn be mown by Easter.", ""),
        ("A report would be brought to the next meeting.", ""),
        ("That the accounts be looked at again by the Panel.", ""),
        ("Mow the lawn (J Bell)", "J Bell"),
        ("Mow the lawn (JB, April)", "JB"),
        ("Chief Officer - note on ducks to be sent", "Chief Officer"),
        ("Recovery plan to come back in January", ""),
        ("Writes to the Minister", ""),
        ("Members would go in pairs", "Members"),
        ("It was agreed that the Ranger would mow", "Ranger"),
    ],
)  # fmt: skip
def test_owner(sentence, owner):
    assert grammar.owner_in(sentence) == owner


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("J Bell", True), ("JB", True), ("Clerk/JB", True), ("The Head of Parks", True),
        ("Clerk by 12 May 2024", True), ("Cllr Fenn and Clerk", True), ("Clerk to mow", False),
        ("Mow the lawn", False), ("", False), ("Samantha to send the list", False),
    ],
)  # fmt: skip
def test_what_only_names_an_owner(text, only):
    assert owners.is_owner_only(text) is only


@pytest.mark.parametrize(
    ("text", "due_text", "due"),
    [
        ("mow by 12 May 2024", "by 12 May 2024", "2024-05-12"),
        ("mow by Monday 13th May 2024.", "by Monday 13th May 2024", "2024-05-13"),
        ("mow by 12/5/24", "by 12/5/24", "2024-05-12"),
        ("mow by May 12, 2024", "by May 12, 2024", "2024-05-12"),
        ("mow no later than 12 May 2024", "no later than 12 May 2024", "2024-05-12"),
        ("mow erbyn 12fed o Fai 2024", "erbyn 12fed o Fai 2024", "2024-05-12"),
        ("mow by 12 May", "by 12 May", ""),
        ("mow by the end of March 2024", "by the end of March 2024", ""),
        ("mow in 12 months' time", "in 12 months' time", ""),
        ("mow within six weeks", "within six weeks", ""),
        ("say so in the next report", "in the next report", ""),
        ("report to the June meeting", "to the June meeting", ""),
        ("report back in September 2024", "in September 2024", ""),
        ("mow at the fair on 12 May 2024", "", ""),
        ("mow the lawn of 2024", "", ""),
        ("say so going forward", "going forward", ""),
        ("mow as soon as it is dry", "as soon as it is dry", ""),
        ("mow no later than March 2024", "no later than March 2024", ""),
    ],
)
def test_timing(text, due_text, due):
    assert timing.due_words(text) == due_text
    assert timing.due_date(due_text) == due


def test_table_of_actions():
    found = table(
        ("Action", "Owner", "Deadline"),
        ("Mow the lawn", "J Bell", "12 May 2024"),
        ("Paint the gate", "", "Next meeting"),
        ("None", "-", ""),
    )
    assert [(one.line, one.printed, one.owner, one.due_text, one.due) for one in found.drafts] == [
        (101, "Mow the lawn", "J Bell", "12 May 2024", "2024-05-12"),
        (102, "Paint the gate", "", "Next meeting", ""),
    ]


def test_minutes_in_a_table():
    found = table(
        ("Item", "Discussion", "Action"),
        ("1. Ponds", "The heron was seen. It must be counted.", "JB"),
        ("", "The gate squeaks.", "Ranger to oil it"),
        ("2", "Paths. None was cut.", "Noted"),
        ("Any other business", "None.", ""),
        ("Item", "Discussion", "Action"),
        ("3. Close", "The meeting ended.", "ACTION: TS to lock up"),
        before="Minutes\n\n",
    )
    assert [(one.number, one.title) for one in found.items] == [
        ("1", "Ponds"), ("2", "Paths"), ("", "Any other business"), ("3", "Close"),
    ]  # fmt: skip
    assert [(one.item_number, one.owner, one.printed) for one in found.drafts] == [
        ("1", "JB", "It must be counted."),
        ("1", "Ranger", "Ranger to oil it"),
        ("3", "TS", "TS to lock up"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("Action", "Owner", "Progress"),
        ("Date", "Topic", "Contact Officer"),
        ("Name", "Representing", "Present"),
    ],
)
def test_tables_that_are_no_list_of_new_actions(head):
    assert table(head, ("Mow the lawn", "J Bell", "Half done")).drafts == ()


def test_log_of_earlier_actions():
    rows = (("No", "Action", "Owner"), ("4", "Mow the lawn", "J Bell"))
    assert table(*rows, before="1. Matters arising and actions\n\n").drafts == ()
    assert len(table(*rows).drafts) == 1


def test_closed_actions_are_left_out():
    rows = (("Action", "Owner", "Status"), ("Mow", "JB", "Closed"), ("Paint", "TS", "Open"))
    assert [one.owner for one in table(*rows).drafts] == ["TS"]


SPACED = """Minutes

1  Ponds

Action                          Who         When
Mow the lawn by the pond and    JB          Friday
rake it afterwards
Paint the gate                  TS/JB

2  Paths

Nothing was said of them.
"""


def test_table_set_with_spaces():
    found = minutes(SPACED)
    assert [(one.printed, one.owner, one.due_text) for one in found.drafts] == [
        ("Mow the lawn by the pond and rake it afterwards", "JB", "Friday"),
        ("Paint the gate", "TS/JB", ""),
    ]
    assert [one.title for one in found.items] == ["Ponds", "Paths"]


def test_table_with_bars():
    found = minutes("1. A\n\n| Action | Who |\n| --- | --- |\n| Mow the lawn | JB |\n")
    assert [(one.printed, one.owner) for one in found.drafts] == [("Mow the lawn", "JB")]


def test_words_are_lower_case_and_of_one_piece():
    sets = [value for name, value in vars(words).items() if isinstance(value, frozenset)]
    assert len(sets) > 20
    for one in sets:
        assert one
        assert all(word == " ".join(word.split()) for word in one)
    assert words.one_of(frozenset({"a b", "abc"})) == r"(?:a\sb|abc)"


@pytest.mark.parametrize(
    ("text", "expected", "day"),
    [
        ("go to the meeting of May 10, 2023.", "to the meeting of May 10, 2023", "2023-05-10"),
        ("publish it by November 1, 2023", "by November 1, 2023", "2023-11-01"),
        ("hold a meeting in January 2024.", "in January 2024", ""),
        ("look again before the plan went to the Board.", "before the plan went to the Board", ""),
        ("buy one for each child likely to move in the coming year", "", ""),
    ],
)  # fmt: skip
def test_more_timing_words(text, expected, day):
    due = timing.due_words(text)
    assert (due, timing.due_date(due)) == (expected, day)


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("Ada is going to mow the lawn.", "Ada"),
        ("Ada is dealing with the heron", "Ada"),
        ("Ada Fenn spoke of it and will draw it", "Ada Fenn"),
        ("Once the reeds are cut, Ada to draw the heron", "Ada"),
        ("As it rained the Ponds Trust will mend the roof", "Ponds Trust"),
        ("Ada will be told of the heron", ""),
        ("The next meeting would look at it", ""),
        ("JB kindly offered to supply the corn", "JB"),
        ("Ada Fenn suggested that she ask the Ranger", "she"),
        ("Cllr Fenn asked that all Members look at the pond", "all Members"),
        ("Ada Fenn also asked Ben to check on the pond", "Ben"),
        ("Clerk asked to write to the Ranger about this", "Clerk"),
        ("Reeds have been cut into the lane - Clerk to contact the County.", "Clerk"),
        ("Make a list of ponds; assign to JB", "JB"),
        ("Draw the pond, assigned to JB, TS", "JB, TS"),
        ("The Council will arrange for a boat in spring", "Council"),
        ("The Clerk will investigate whether the pond can be designated as a lake", "Clerk"),
        ("Introduce Fenn to Bell before the fair", ""),
        ("Oversee post: Fair and market", ""),
        ("Will get a bin for the fair", ""),
        ("Would the Friends like to mow?", ""),
        ("We also need the swans to move on", ""),
    ],
)  # fmt: skip
def test_owner_in_other_forms(sentence, owner):
    assert grammar.owner_in(sentence) == owner


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        ("That Members confirm with the Head of Ponds that it is deep", True),
        ("That further investigation be made", True),
        ("to continue discussions with the Ranger", True),
        ("to continue the membership of the Pond Society", False),
        ("agreed to pass the paper on to the Ranger", True),
        ("agreed to forward the paper to the Ranger", True),
        ("agreed to press for an answer", True),
        ("agreed to chase up an answer", True),
        ("The paper be sent to full Council", True),
        ("The Clerk to check where the fair can be held.", True),
        ("Ada is going to mow the lawn.", True),
        ("That the minutes be taken as read", False),
        ("Motion to approve the accounts", False),
        ("Two farms had agreed to take the ducks", False),
    ],
)
def test_what_obliges(text, binds):
    assert grammar.obliges(grammar.without_opening(text)) is binds


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Clerk to put this on the July agenda.", "on the July agenda"),
        ("Look at it at the 2025 AGM", "at the 2025 AGM"),
        ("JB to send it in mid August", "in mid August"),
        ("JB to mow within next two weeks", "within next two weeks"),
        ("Mow it once the reeds are dry", "once the reeds are dry"),
        ("Mow it when resources permit", "when resources permit"),
    ],
)
def test_more_timing(text, due):
    assert timing.due_words(text) == due
