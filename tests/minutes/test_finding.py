"""What whole minutes come to: items, drafts, owners, kinds, candidates."""

from pathlib import Path

import pytest

from cpctrack.minutes.finding.finding import MOST, find
from cpctrack.reading.lines import Line

HEAD = "Minutes of the Parks Committee held on 12 July 2022\n\n"
REAL = Path(__file__).parents[3] / "shared" / "data"


def lines(text):
    return [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]


def found(text):
    return find(lines(HEAD + text))


def drafts(text, *, marked=True):
    return [
        (one.item_number, one.kind, one.owner, one.printed)
        for one in found(text).drafts
        if one.marked is marked
    ]


def actions(text):
    """Give owner and words of the marked actions."""
    return [(owner, words) for _, kind, owner, words in drafts(text) if kind == "action"]


HEADED = """1. PONDS

The Ranger introduced the report. Members said that the ducks would like it.

{heading}

The Committee noted the report and agreed that:

1. The Ranger would count the ducks.
2. The Clerk would write to the owner of the heron.

The meeting then broke for tea.

2. PATHS

Nothing was said.
"""


@pytest.mark.parametrize(
    "heading",
    [
        "AGREED ACTIONS", "ACTION AGREED:", "Actions", "**ACTIONS AGREED", "RESOLVED", "RESOLVED –",
        "DECISION", "Decisions:", "**Agreed actions:**", "Actions arising", "# Action points",
        "It was agreed as follows:",
    ],
)  # fmt: skip
def test_heading_marks_the_list_under_it(heading):
    assert actions(HEADED.format(heading=heading)) == [
        ("Ranger", "The Ranger would count the ducks."),
        ("Clerk", "The Clerk would write to the owner of the heron."),
    ]


def test_lead_in_gives_its_words_and_owner_to_each_entry():
    text = """1. TREES

AGREED ACTIONS

The Committee noted the report and agreed that The Tree Officer would provide Members with:

1. A list of the oaks.
2. Their ages, by the next meeting.
"""
    first, second = found(text).drafts
    assert (first.line, first.printed, first.owner) == (9, "A list of the oaks.", "Tree Officer")
    assert first.text == "The Tree Officer would provide Members with a list of the oaks."
    assert first.lead_in.endswith("provide Members with:")
    assert first.lead_in in first.source
    assert (second.due_text, second.due) == ("by the next meeting", "")


def test_entry_with_an_owner_of_its_own_stands_alone():
    text = "1. A\n\nACTIONS\n\nThe Ranger would:\n\n- mow the lawn;\n- The Clerk would watch.\n"
    assert [(one.owner, one.text) for one in found(text).drafts] == [
        ("Ranger", "The Ranger would mow the lawn"),
        ("Clerk", "The Clerk would watch."),
    ]


def test_list_in_a_list_has_the_inner_lead_in():
    text = """1. A

RESOLVED

1. That the report be noted.
2. That the Ranger:
   (a) mow the lawn; and
   (b) paint the gate.
3. That the Clerk write to the mower.
"""
    assert actions(text) == [
        ("Ranger", "mow the lawn; and"),
        ("Ranger", "paint the gate."),
        ("Clerk", "That the Clerk write to the mower."),
    ]


def test_list_goes_on_after_an_interruption():
    text = """1. A

RESOLVED

(a) That the Ranger mow the lawn.

Councillor Fenn came back into the room.

(b) That the Clerk paint the gate.
"""
    assert [owner for owner, _ in actions(text)] == ["Ranger", "Clerk"]


def test_narrative_ends_a_block():
    text = """1. A

ACTION AGREED

The Ranger would mow the lawn.

The Chair thanked the Ranger. Members were told that the Clerk would be on leave.
"""
    assert [owner for owner, _ in actions(text)] == ["Ranger"]


def test_block_that_only_notes_holds_no_action():
    text = "1. A\n\nACTION AGREED:\n\nThe Panel noted the report.\n\n2. B\n\nACTIONS: none.\n"
    assert {kind for _, kind, _, _ in drafts(text)} == {"resolution"}
    assert drafts(text, marked=False) == []


def test_also_agreed_inside_a_block():
    text = """1. A

AGREED ACTIONS

1. The Ranger would mow.

The Committee also agreed that the Clerk would buy a mower.
"""
    assert [owner for owner, _ in actions(text)] == ["Ranger", "Clerk"]


def test_lists_without_markers():
    text = """1. A

ACTIONS AGREED:

The Panel:

Noted the report
Requested the Ranger to send Members two photographs of the pond, with the ducks on them
Asked the Clerk to put the ducks on the agenda of the April meeting of this Panel and its group
"""
    assert [owner for owner, _ in actions(text)] == ["Ranger", "Clerk"]


@pytest.mark.parametrize(
    ("label", "owner"),
    [
        ("Action: J Bell", "J Bell"),
        ("ACTION (JB)", "JB"),
        ("Action: Clerk", "Clerk"),
        ("**Action:** Clerk and Ranger", "Clerk and Ranger"),
        ("ACTION – JB/TS", "JB/TS"),
        ("Actions: All", "All"),
    ],
)
def test_label_that_names_only_somebody_is_of_the_passage_above(label, owner):
    text = f"1. A\n\nThe gate is broken. The hinge to be mended before the fair.\n{label}\n\n2. B\n"
    assert actions(text) == [(owner, "The hinge to be mended before the fair.")]


@pytest.mark.parametrize(
    ("label", "owner", "words"),
    [
        ("Action: Tess to mow the lawn.", "Tess", "Tess to mow the lawn."),
        ("ACTION: JB to mow.", "JB", "JB to mow."),
        ("Action Point 3: Mow the lawn (JB)", "JB", "Mow the lawn (JB)"),
        ("ACTION 4 - Clerk to mow", "Clerk", "Clerk to mow"),
        ("ACTION (JB): mow the lawn", "JB", "mow the lawn"),
        ("Agreed action: Ranger to mow", "Ranger", "Ranger to mow"),
    ],
)
def test_label_before_its_words(label, owner, words):
    assert actions(f"1. A\n\nThe lawn is long.\n\n{label}\n\nThe Chair sat down.\n") == [
        (owner, words)
    ]


def test_label_inside_a_paragraph():
    text = "1. A\n\nThe lawn is long. [ACTION: JB to mow it] The gate squeaks. Action: Clerk\n"
    assert actions(text) == [("JB", "JB to mow it"), ("Clerk", "The gate squeaks.")]


def test_two_owners_in_one_label_are_two_actions():
    text = "1. A\n\nACTION: Clerk to write to the mower; JB to phone him.\n"
    assert actions(text) == [("Clerk", "Clerk to write to the mower"), ("JB", "JB to phone him.")]


def test_label_after_a_decision_names_who_carries_it_out():
    text = "1. A\n\nRESOLVED that the gate be painted green.\nAction: Ranger\n"
    assert actions(text) == [("Ranger", "that the gate be painted green.")]


def test_label_after_a_decision_and_what_follows_from_it():
    text = "1. A\n\nRESOLVED to accept the gift. The Clerk is to thank the giver.\nAction: Clerk\n"
    assert drafts(text) == [
        ("1", "resolution", "", "to accept the gift."),
        ("1", "action", "Clerk", "The Clerk is to thank the giver."),
    ]


def test_owner_and_date_on_lines_of_their_own():
    text = "1. A\n\nACTION: Mow the lawn\nOwner: Head Ranger\nDue: 12 May 2024\n"
    (one,) = found(text).drafts
    assert (one.owner, one.due_text, one.due) == ("Head Ranger", "12 May 2024", "2024-05-12")


COLUMN = """1. PONDS

1.1 The Ranger had seen a heron. The heron to be counted at the end of         JB
each month.

1.2 The gate to be painted and its hinge oiled before the summer fair.         TS/JB

1.3 It was agreed that nobody should feed the ducks any more than that.

1.4 The Board noted that the pond was deep, and that it had been so.

1.5 The ducks to be weighed.                                                   ALL
"""


def test_column_of_initials():
    assert actions(COLUMN) == [
        ("JB", "The heron to be counted at the end of each month."),
        ("TS/JB", "The gate to be painted and its hinge oiled before the summer fair."),
        ("ALL", "The ducks to be weighed."),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("That the report be noted.", "resolution"),
        ("That the minutes be approved and signed by the Chair.", "resolution"),
        ("To endorse the plan.", "resolution"),
        ("That Councillor Fenn be appointed to the Ponds Board.", "resolution"),
        ("That the rent be £32 a plot.", "resolution"),
        ("That there were no issues to raise.", "resolution"),
        ("That the press and public be excluded.", "resolution"),
        ("To delegate authority to the Director, after talks with the Chair, to agree the lease.",
         "resolution"),
        ("That the next meeting be held on 3 May 2024.", "resolution"),
        ("That a report be brought in 12 months.", "action"),
        ("That the Ranger be asked to mow.", "action"),
        ("To instruct the Ranger to mow.", "action"),
        ("That the Ranger audit the gates.", "action"),
        ("To note the report and request that the Ranger mow.", "action"),
        ("That the Board receive a further update in January 2024.", "action"),
        ("To write to the owner of the heron.", "action"),
        ("To recommend to Council that the pond be dug.", "recommendation"),
        ("That Council be recommended to dig the pond.", "recommendation"),
    ],
)  # fmt: skip
def test_what_a_resolution_is(words, kind):
    assert [one[1] for one in drafts(f"1. A\n\nRESOLVED\n\n1. {words}\n")] == [kind]


def test_recommended_is_a_recommendation_unless_it_notes():
    text = (
        "1. A\n\nRECOMMENDED to Cabinet:\n\n1. That the pond be dug.\n2. That the report be noted."
    )
    assert [one[1] for one in drafts(text)] == ["recommendation", "resolution"]


def test_what_officers_proposed_is_not_what_was_decided():
    text = """1. A

OFFICER'S RECOMMENDATION

That the Committee requests the Ranger to dig two ponds.

COMMITTEE RESOLUTION

MOVED Cr Fenn          SECONDED Cr Tay

That the Committee:

1. requests the Ranger to dig one pond; and
2. notes the cost.

CARRIED 5/0
"""
    assert drafts(text) == [
        ("1", "action", "Ranger", "requests the Ranger to dig one pond; and"),
        ("1", "resolution", "", "notes the cost."),
    ]


def test_recommendation_before_a_resolution_was_a_proposal():
    text = """1. A

RECOMMENDATION

That Council ask the Ranger to dig two ponds.

RESOLUTION 24/118

That Council ask the Ranger to dig one pond.
"""
    assert [one[3] for one in drafts(text)] == ["That Council ask the Ranger to dig one pond."]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was RESOLVED that the Ranger mow the lawn.",
        "Proposed by Cllr Fenn, seconded by Cllr Tay and RESOLVED that the Ranger mow the lawn.",
        "It was agreed that the Ranger would mow the lawn.",
        "The Committee resolved that the Ranger mow the lawn.",
        "It was agreed, on the proposal of Cllr. Fenn, seconded by Cllr. Tay, that the Ranger mow.",
        "RESOLVED on the motion of Cr Fenn, seconded Cr Tay, that the Ranger mow the lawn.",
        "Cllr Fenn spoke. Resolved: That the Ranger mow the lawn.",
        "The gate is shut. It was unanimously resolved to ask the Ranger to mow the lawn.",
    ],
)
def test_decision_within_a_paragraph(sentence):
    assert [owner for owner, _ in actions(f"1. A\n\n{sentence}\n")] == ["Ranger"]


def test_list_within_a_line():
    text = (
        "1. A\n\nRESOLVED: (a) to note the report; (b) that the Ranger mow; and (c) to sign it.\n"
    )
    assert drafts(text) == [
        ("1", "resolution", "", "to note the report;"),
        ("1", "action", "Ranger", "that the Ranger mow; and"),
        ("1", "resolution", "", "to sign it."),
    ]


def test_decision_behind_a_list_of_actions_is_not_one_more():
    text = """1. A

The Committee RESOLVED to note the report and agreed that regular news of the heron be provided.

AGREED ACTIONS

1. The Ranger would provide news of the heron in the regular report.
"""
    assert len(actions(text)) == 1


def test_summary_at_the_end_says_nothing_new():
    text = """1. A

Action: JB to mow the long lawn by the pond

2. B

Action: Clerk to phone the owner of the heron

Summary of actions

Action                                   Who     By when
Mow the long lawn by the pond            JB      Friday
Phone the owner of the heron             Clerk   Friday
Paint the gate of the cemetery           TS      Friday
"""
    assert [owner for owner, _ in actions(text)] == ["JB", "Clerk", "TS"]


def test_names_of_appointees_and_days_of_events_are_neither_owners_nor_due():
    text = """1. A

AGREED ACTIONS

The Committee approved the following appointments until the Annual Meeting on 22 May 2024:

1. Ponds - Councillor Fenn
2. Paths - Councillor Tay

RESOLVED

That the fair be held on 3 June 2024 in Mill Field.
"""
    assert {(one.kind, one.owner, one.due) for one in found(text).drafts} == {
        ("resolution", "", ""),
    }


@pytest.mark.parametrize(
    ("lead_in", "kind"),
    [
        ("The following actions were agreed:", "action"),
        ("Members asked the Ranger to:", "action"),
        ("The Committee recommended that Cabinet:", "recommendation"),
        ("The Committee, having heard the Ranger in answer to questions, agreed:-", "action"),
    ],
)
def test_lead_in_without_a_heading(lead_in, kind):
    text = f"1. A\n\n{lead_in}\n\n- write to the owner of the heron;\n- repair the gate.\n"
    assert [one[1] for one in drafts(text)] == [kind, kind]


@pytest.mark.parametrize(
    "lead_in",
    [
        "The key points raised included:",
        "In reply, Members were told that:",
        "Members asked whether:",
    ],
)
def test_lead_in_of_narrative_marks_nothing(lead_in):
    assert drafts(f"1. A\n\n{lead_in}\n\n- the Ranger to mow;\n- the gate to be painted.\n") == []


def test_that_follows_at_once_in_a_marked_block():
    text = "1. A\n\nRESOLVED\n\nThat the Ranger mow.\nThat the Clerk write.\n\n4.1 It rained.\n"
    assert [owner for owner, _ in actions(text)] == ["Ranger", "Clerk"]


# --- what one general rule each is for


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("That Cr Fenn chair the ponds group, which would report in June.", "resolution"),
        ("To note that the Board would meet in May, and that Cr Fenn would attend.", "resolution"),
        ("To remove items 2 and 5, which had been completed.", "resolution"),
        ("The Committee appointed Cr Fenn to the Ponds Board and Mrs Tay to the Paths Board.",
         "resolution"),
        ("That the plan be approved and that Council be recommended to pay.", "recommendation"),
        ("That the Director, Parks and Ponds, publish a list.", "action"),
    ],
)  # fmt: skip
def test_clause_by_clause(words, kind):
    assert [one[1] for one in drafts(f"1. A\n\nRESOLVED\n\n1. {words}\n")] == [kind]


def test_what_was_resolved_first_has_neither_owner_nor_date():
    text = (
        "1. A\n\nRESOLVED that Cr Fenn be appointed until May 2025 and that the Clerk tell him.\n"
    )
    (one,) = found(text).drafts
    assert (one.owner, one.due_text) == ("Clerk", "")


def test_body_that_approves_a_list():
    text = (
        "1. A\n\nRESOLVED\n\nThat the Board approves the following grants:\n\n(a) Duck Club £20\n"
    )
    assert actions(text) == []


@pytest.mark.parametrize("vote", ["LOST", "The motion was put and lost.", "The motion fell."])
def test_motion_that_was_lost(vote):
    text = (
        f"1. A\n\nMOTION\nMoved: Cr Fenn\nSeconded: Cr Tay\nThat the Ranger mow the lawn.\n{vote}\n"
    )
    assert actions(text) == []


def test_motion_that_was_carried_after_one_that_was_lost():
    text = """1. A

Moved Cr Fenn, seconded Cr Tay
That the Ranger mow the lawn.
CARRIED

Moved Cr Fenn, seconded Cr Tay
That the Clerk sell the lawn.
LOST
"""
    assert [owner for owner, _ in actions(text)] == ["Ranger"]


def test_officers_recommendation_that_is_the_decision_too():
    text = "1. A\n\nOFFICER RECOMMENDATION/COUNCIL DECISION\n\nThat the Ranger mow.\nCARRIED\n"
    assert [owner for owner, _ in actions(text)] == ["Ranger"]


def test_paragraph_that_adds_to_a_decision():
    text = "1. A\n\nAGREED:   To note the report.\n\n          Mrs Tay to have the gate mended.\n"
    assert [owner for owner, _ in actions(text)] == ["Mrs Tay"]


def test_heading_in_two_languages_marks():
    text = "1. A\n\nCamau Gweithredu / Actions\n\n- Tess to mow the lawn.\n"
    assert [owner for owner, _ in actions(text)] == ["Tess"]


def test_title_in_capitals_is_no_label():
    text = (
        "1.   ACTION SHEET OF THE MEETING ON 8 APRIL\n\nIt was read.\n\n"
        "2.   STATEMENT OF ACTION: A YEAR ON\n\nNone.\n"
    )
    assert actions(text) == []
    assert [item.number for item in found(text).items] == ["1", "2"]


def test_agreed_in_passing_is_marked_too():
    text = (
        "1. A\n\nCr Fenn asked. It was agreed that a note would be sent.\n\n"
        "RESOLVED that the plan be adopted.\n"
    )
    assert actions(text) == [("", "It was agreed that a note would be sent.")]


def test_how_an_earlier_action_stands_is_no_action():
    text = "1. Action tracker\n\nAction 7: Ranger to mow - carried forward.\n"
    assert actions(text) == []


def test_arrow_marks_what_somebody_is_to_do():
    text = "1. A\n\nThe lawn is long.\n→ Tess to mow it\n→ it was dry\n"
    assert actions(text) == [("Tess", "Tess to mow it")]


def test_column_of_names_under_its_heading():
    gap = " " * 9
    text = f"""{gap * 6}ACTION
1. PONDS

1.1 The heron was seen again. A list of all of the ducks to be sent to{gap}Head of
every member of the Board before the fair.{gap * 4}Parks

1.2 The Board noted the report on the pond, and that it had been deep.
"""
    assert [owner for owner, _ in actions(text)] == ["Head of Parks"]


# --- candidates


@pytest.mark.parametrize(
    "sentence",
    [
        "The Ranger undertook to count the ducks.",
        "Cllr Fenn offered to speak to the owner.",
        "The Head Ranger was asked to count the ducks.",
        "The Ranger said that she would look into it.",
        "The Ranger was not certain and would check and let him know.",
        "The figures would be circulated to Members.",
        "The Ranger would circulate the figures.",
        "The question was put off and the Ranger would reply in writing.",
        "She is going to find out how deep it is.",
        "He said he'd have a look for it.",
        "The Chairman asked that the list be set in larger type.",
    ],
)
def test_undertaking_in_the_narrative(sentence):
    (one,) = found(f"1. A\n\nThe pond was talked about. {sentence}\n").drafts
    assert (one.marked, one.printed, one.kind) == (False, sentence, "action")


@pytest.mark.parametrize(
    "sentence",
    [
        "Members were asked to note the report.",
        "The ducks would not be moved unless it was necessary.",
        "Two farms had agreed to take the ducks.",
        "The public was asked to leave.",
    ],
)
def test_how_things_are_is_no_undertaking(sentence):
    assert drafts(f"1. A\n\n{sentence}\n", marked=False) == []


def test_strongest_candidate_of_an_item_comes_first():
    text = "1. A\n\nNotes would be circulated.\n\nThe Ranger undertook to count the herons.\n"
    assert [one[2] for one in drafts(text, marked=False)] == ["Ranger"]


def test_what_is_marked_is_no_candidate():
    text = (
        "1. A\n\nThe Ranger undertook to count the herons.\n\nAction: Ranger to count the herons\n"
    )
    assert drafts(text, marked=False) == []


def test_owner_of_a_candidate_behind_a_pronoun():
    text = "1. A\n\nThe Head Ranger apologised and said that she would look into the case.\n"
    assert [one[2] for one in drafts(text, marked=False)] == ["Head Ranger"]


# --- real minutes


@pytest.mark.skipif(not REAL.is_dir(), reason="the real minutes are not beside the checkout")
def test_real_minutes_hold_the_actions_that_the_log_holds():
    text = (REAL / "minutes-2023-03-15.txt").read_text(encoding="utf-8")
    table = (REAL / "appendix4-2022-23.tsv").read_text(encoding="utf-8")
    minutes = find(lines(text))
    marked = [one for one in minutes.drafts if one.marked and one.kind == "action"]
    logged = [row.split("\t")[4] for row in table.splitlines() if "\t15/03/23\t" in row]
    assert [one.item_number for one in marked] == list("456777777")
    assert [one.owner for one in marked[3:]] == ["Head of Corporate Parenting"] * 6
    assert [one.printed for one in marked[:8]] == logged[:8]
    assert len(logged) == 9
    assert all(one.owner for one in marked)
    assert sum(not one.marked for one in minutes.drafts) <= MOST
    assert (minutes.found.date, minutes.found.type) == ("2023-03-15", "formal")


MOTIONS = {
    "2024/31 RESOLVED Cr Fenn / Cr Bell\nThat Council:\n1. Receives the report;\n"
    "2. Requests the Ranger to mend the gate.\nCARRIED 6/0\n": [
        ("Ranger", "Requests the Ranger to mend the gate.")
    ],
    "RESOLVED (Fenn/Bell) that the Clerk write to the owner.\n": [
        ("Clerk", "That the Clerk write to the owner.")
    ],
    "Motion 2024-102\nMoved by Cr Fenn\nSeconded by Cr Bell\nTHAT staff mend the gate;\n"
    "AND THAT the report be received.\nCARRIED\n": [("staff", "THAT staff mend the gate")],
    "It was moved by Cr Fenn and seconded by Cr Bell that the Clerk write.\nMotion Carried\n": [
        ("Clerk", "That the Clerk write.")
    ],
    "It was moved by Cr Fenn and seconded by Cr Bell that the Clerk write.\nMotion LOST\n": [],
    "That a copy be forwarded to the Ranger.\nMoved Cr Fenn / Seconded Cr Bell\nCARRIED\n": [
        ("", "That a copy be forwarded to the Ranger.")
    ],
    "That the Ranger mend the gate.\nMoved Cr Fenn / Seconded Cr Bell\nLOST\n": [],
    "The Board:\n\n- NOTED the report; and\n- ASKED the Ranger to mend the gate.\n": [
        ("Ranger", "ASKED the Ranger to mend the gate.")
    ],
    "RESOLVED that the bylaw be referred back to the Ranger to prepare a draft.\n": [
        ("Ranger", "That the bylaw be referred back to the Ranger to prepare a draft.")
    ],
    "RESOLVED that the Clerk arrange for the letters to be read by pupils.\n": [
        ("Clerk", "That the Clerk arrange for the letters to be read by pupils.")
    ],
    "Outcome: The Ranger to obtain two quotes.\n": [("Ranger", "The Ranger to obtain two quotes.")],
    "AGREED: To note the report. Head of Ponds to arrange a visit.\n": [
        ("Head of Ponds", "Head of Ponds to arrange a visit.")
    ],
    "RESOLVED that a survey of ducks be carried out.\n": [
        ("", "That a survey of ducks be carried out.")
    ],
    "The Committee approved the calendar, under which it would next meet in May.\n": [],
    "We agreed to use the words of the pupils.\n": [],
}  # fmt: skip


@pytest.mark.parametrize("printed", MOTIONS)
def test_ways_to_say_who_is_to_do_something(printed):
    marked = [one for one in found(f"1. PONDS\n\n{printed}").drafts if one.marked]
    assert [(one.owner, one.text.rstrip(".")) for one in marked if one.kind == "action"] == [
        (owner, text.rstrip(".")) for owner, text in MOTIONS[printed]
    ]


def test_letters_before_a_number_count_items_where_it_goes_on():
    text = "OS.41   Ponds\n\nAll was well.\n\nOS.42   Gates\n\nAll was ill.\n"
    assert [(one.number, one.title) for one in found(text).items] == [
        ("OS.41", "Ponds"), ("OS.42", "Gates"),
    ]  # fmt: skip


def test_what_is_recommended_under_a_heading_is_for_the_body_it_names():
    text = (
        "1. PONDS\n\nRECOMMENDED TO CABINET: That\n\n(1) vans be hired;\n\n(2) the fee be waived.\n"
    )
    assert {(one.kind, one.owner) for one in found(text).drafts} == {("recommendation", "CABINET")}


def test_sentences_of_the_form_post_to_verb_are_actions_where_minutes_have_the_habit():
    text = (
        "1. SHELTER\n\nTwo panes were broken. Clerk to obtain quotations.\n\n"
        "2. SWING\n\nThe chain was worn.\n\nCllrs Fenn and Bell to replace the chain.\n\n"
        "3. ORDER\n\nMayor Fenn called the meeting to order.\n"
    )
    assert actions(text) == [
        ("Clerk", "Clerk to obtain quotations."),
        ("Cllrs Fenn and Bell", "Cllrs Fenn and Bell to replace the chain."),
    ]
    assert drafts(text, marked=False) == []


def test_one_such_sentence_alone_is_drafted():
    text = "1. SHELTER\n\nTwo panes were broken. Clerk to obtain quotations.\n"
    assert actions(text) == [("Clerk", "Clerk to obtain quotations.")]


def test_few_lines_are_offered_at_most_the_surest_first():
    tasks = ("count", "measure", "paint", "mend", "clean", "sell", "move", "hire", "draw", "light")
    said = "".join(
        f"{n}. TITLE\n\nThe Ranger undertook to {task} the {task}er.\n\n"
        for n, task in enumerate(tasks, 1)
    )
    offered = [one for one in found(said).drafts if not one.marked]
    assert len(offered) == MOST
    assert all(0 < one.score < 1 for one in offered)


@pytest.mark.parametrize(
    "words",
    [
        "to approve the statement and that the Chair and Clerk sign it.",
    ],
)
def test_a_formality_that_follows_from_an_approval_is_no_action(words):
    assert actions(f"1. BANK\n\nRESOLVED: {words}\n") == []


def test_what_is_recommended_to_a_body_is_that_bodys():
    text = (
        "1. BUS\n\nRECOMMENDED that Cabinet:-\n\n(a)  consider underwriting a bus service to "
        "the mill; and\n\n(b)  ask the Government to extend the cap.\n"
    )
    assert [(kind, owner) for _, kind, owner, _ in drafts(text)] == [
        ("recommendation", "Cabinet"),
        ("recommendation", "Cabinet"),
    ]


def test_a_task_and_finish_group_is_one_owner():
    text = "1. TIPS\n\nRESOLVED that the task and finish group report its findings in May.\n"
    assert actions(text)[0][0] == "task and finish group"


def test_the_day_of_the_last_meeting_is_not_this_ones():
    text = (
        "Minutes of the Meeting of the Parks Committee (a committee of the Board) held on Tuesday\n"
        "8 November 2022 at 7 pm\n\n3.    MINUTES OF MEETING HELD ON 11 OCTOBER 2022\n\nRead.\n"
    )
    meeting = find(lines(text)).found
    assert (meeting.date, meeting.committee) == ("2022-11-08", "Parks Committee")


def test_actions_for_somebody_stand_over_all_the_bullets_below():
    text = (
        "1. PONDS\n\nThe ducks were seen.\n\nActions: for Secretariat\n\n"
        "- Consider setting up a group for the ponds.\n- Make more use of the gate.\n"
    )
    named = [(one.owner, one.printed) for one in found(text).drafts]
    assert named == [
        ("Secretariat", "Consider setting up a group for the ponds."),
        ("Secretariat", "Make more use of the gate."),
    ]
