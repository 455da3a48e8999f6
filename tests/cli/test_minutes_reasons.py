"""Every statement has a reason for what is made of it, and it is told in a clerk's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.cli.output import minutes_reasons as why
from cpctrack.minutes.finding import scorer
from cpctrack.minutes.finding.finding import MOST, OFFERED_FROM, find, read
from cpctrack.minutes.habits import NO_HABITS, Habits
from cpctrack.reading.lines import Line

HEAD = "Minutes of the Parks Committee held on 12 July 2022\n\n"

TEXT = """Present: Cllr Ada Fenn, Cllr Ben Tay

1. PONDS

The Ranger spoke at length of the heron. The Clerk would phone the owner of the heron.

AGREED ACTIONS

1. The Ranger would count the ducks by 3 May 2023 and would
tell the Clerk how many.
2. None.

Page 1 of 2

2. PATHS

Action: Clerk to write to the County Council about the stile.

3. ACCOUNTS

RECOMMENDATIONS

1. That the Clerk buy a mower.

RESOLVED that the accounts be approved.

The Treasurer to pay the bills at once.

Action by: HR

4. OUTSTANDING ACTIONS FROM THE LAST MEETING

Action: Clerk to see to the mill

5. MOTION

Cllr Fenn proposed that the Clerk close the path.

Seconded by Cllr Tay.

The motion was LOST.

6. PRIVATE BUSINESS

RESOLVED that the press and public be excluded under Part 1 of Schedule 12A.

Summary of actions

Action                                        Who     By when
Paint the gate of the cemetery                TS      Friday
Count the ducks                               Ranger  3 May 2023
Write to the County Council about the stile   Clerk   Friday
"""


def reading(text, own=NO_HABITS):
    lines = [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]
    return read(lines, own)


def told(text, words):
    """Tell of the statement that begins with these words, or of their line."""
    whole = reading(HEAD + text)
    line = next(each.number for each in whole.lines if words in each.text)
    every = why.of_line(whole, line)
    return next((one for one in every if words in one.text), every[0])


@pytest.mark.parametrize(
    ("words", "verdict", "reason", "rules"),
    [
        ("Minutes of the Parks", "passed over", "unlike",
         ("It stands before the first agenda item.",)),
        ("Present: Cllr", "passed over", "unlike",
         ("It stands before the first agenda item.", "It is in the list of who was there.")),
        ("The Ranger spoke", "passed over", "unlike",
         ("It is of the agenda item “1. PONDS” (line 5).",
          "No heading, label or lead-in is open above it.")),
        ("The Clerk would phone", "offered", "perhaps",
         ("It is said as in “the Clerk will write”: “the (somebody) would phone”.",)),
        ("The Ranger would count", "drafted", "sure",
         ("It stands below the heading “AGREED ACTIONS” (line 9), which marks actions.",)),
        ("None.", "only decided", "nothing", ()),
        ("Clerk to write", "drafted", "sure",
         ("“Action:” in its own line marks actions.",
          "It is said as in “Clerk to write”: “(somebody) to write”.")),
        ("That the Clerk buy", "passed over", "superseded",
         ("It stands below what is put forward, as “Motion” or “Recommendation”.",)),
        ("that the accounts", "only decided", "resolves",
         ("“RESOLVED” in its own line marks decisions.",)),
        ("The Treasurer to pay", "drafted", "sure", ("“HR” is named behind it.",)),
        ("Clerk to see to", "drafted", "sure",
         ("It stands where earlier actions are gone through, and must be the surer.",)),
        ("that the press", "only decided", "resolves", ()),
        ("Paint the gate", "drafted", "row",
         ("It is of the agenda item “6. PRIVATE BUSINESS”.",)),
    ],
)  # fmt: skip
def test_a_statement_is_told_by_its_rules(words, verdict, reason, rules):
    one = told(TEXT, words)
    assert (one.verdict, one.reason) == (verdict, reason)
    assert set(rules) <= set(one.rules)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("1. PONDS", "It is the heading of an agenda item."),
        ("AGREED ACTIONS", "It is a heading over what stands below it, and says actions."),
        ("Page 1 of 2", "It is a page number, the head of a page or the like, and is not read."),
        ("Action by: HR", "It is a label that names who acts: “HR”."),
        ("Seconded by", "It tells who moved, how the vote went or another formality."),
        ("LOST", "It tells that a motion was lost."),
        ("By when", "It is a row of a table; nothing in it is an action that was agreed."),
    ],
)
def test_a_line_without_a_statement_is_told_by_what_it_is(words, sentence):
    one = told(TEXT, words)
    assert (one.why, one.verdict) == (sentence, "")


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("1. PONDS\n\nThe Committee agreed that the Ranger would:\n\n- count the ducks\n",
         "count the ducks", "Its lead-in goes in front of it: “The Ranger would”."),
        ("1. PONDS\n\nIt was resolved to note the following:\n\n- the ducks\n- the heron\n",
         "the heron", "Its lead-in tells what the meeting itself does."),
        ("1. PONDS\n\nThe ducks were fed.\n\n2. ACTIONS AGREED\n\n- Clerk to write to the mill\n",
         "Clerk to write", "The title of the item marks actions."),
        ("1. PONDS\n\nThe ducks were fed.\n\nClerk to write to the mill.\n",
         "Clerk to write", "It begins as “Clerk to write” does."),
        ("1. PONDS\n\nDecision: It be approved.\n\nDucks were fed.\n\nThe heron was seen.\n",
         "The heron was", "It is paragraph 2 below that."),
    ],
)  # fmt: skip
def test_what_else_stands_above_is_told(text, words, rule):
    assert rule in told(text, words).rules


def test_what_a_label_marks_is_offered_however_unsure():
    told_only = "The heron has been seen again and was received well."
    one = told(f"1. PONDS\n\nAction: {told_only}\n", told_only)
    assert (one.verdict, one.score < OFFERED_FROM) == ("offered", True)
    assert one.why.endswith("and whatever a label marks is offered.")


def test_a_line_of_signs_holds_no_words():
    assert told("1. PONDS\n\n___ 7 ___\n", "___ 7").why == "It holds no words."


def test_an_empty_line_says_so():
    assert [one.why for one in why.of_line(reading(HEAD + TEXT), 2)] == ["It is empty."]


def test_a_line_in_the_midst_of_a_statement_is_of_it():
    whole = reading(HEAD + TEXT)
    line = next(one.number for one in whole.lines if one.text.startswith("tell the Clerk"))
    assert [(one.line, one.verdict) for one in why.of_line(whole, line)] == [(line - 1, "drafted")]


def test_a_line_is_of_the_right_one_of_two_like_statements():
    text = "1. PONDS\n\nThe Ranger spoke of\nthe ducks. The Ranger spoke of\nthe ducks.\n"
    whole = reading(HEAD + text)
    assert [[one.line for one in why.of_line(whole, line)] for line in (5, 6, 7)] == [
        [5], [5, 6], [6],
    ]  # fmt: skip


def test_a_motion_that_was_lost_is_passed_over():
    assert told(TEXT, "Cllr Fenn proposed").reason == "lost"


def test_the_decision_behind_an_action_names_the_action():
    text = """1. DUCKS

RESOLVED that a letter about the bare verge be sent to the County Council.

AGREED ACTIONS

1. The Clerk would send the County Council a letter about the bare verge.
"""
    one = told(text, "about the bare verge be")
    assert (one.verdict, one.reason) == ("only decided", "behind")
    assert one.why == "Line 9 says the same, and who does it."


def test_a_summary_names_the_line_that_it_says_again():
    one = told(TEXT, "Count the ducks")
    assert (one.verdict, one.reason) == ("passed over", "again")
    assert one.why == "Line 11 says the same, and one of the two sums up."


def test_no_more_lines_are_offered_than_the_limit_and_the_others_say_so():
    lines = "\n\n".join(
        f"The Clerk offered to phone {name}." for name in
        ("Ann", "Ben", "Cat", "Dan", "Eve", "Fay", "Guy", "Hal", "Ida")
    )  # fmt: skip
    whole = reading(f"{HEAD}1. PHONES\n\n{lines}\n")
    every = why.overview(whole, decided=False)
    assert [one.verdict for one in every] == ["offered"] * MOST + ["passed over"] * 3
    assert {one.why.partition(":")[0] for one in every[MOST:]} == {
        f"It may be an action, but others are surer, and {MOST} lines at most are offered"
    }


def test_what_is_drafted_of_the_item_already_is_not_offered():
    text = """1. HERON

The Clerk said that she would phone the owner of the heron.

AGREED ACTIONS

1. The Clerk would phone the owner of the heron about the ducks.
"""
    one = told(text, "The Clerk said")
    assert (one.verdict, one.reason) == ("passed over", "held")
    assert one.why.endswith("what is drafted of the same item: see line 9.")


def test_a_clerks_own_sign_is_named():
    text = "1. PONDS\n\n" + "\n\n".join(
        f"Much was said of it.\n\n► {who} to {what}"
        for who, what in (
            ("Clerk", "write to the mill"), ("Ranger", "count the ducks"),
            ("Treasurer", "pay the bill"), ("Clerk", "phone the owner"),
        )
    )  # fmt: skip
    one = told(text, "Ranger to count")
    assert one.why.endswith("sure, and that is always enough behind this clerk’s own sign.")
    assert "This clerk’s sign marks it, as it does other orders in these minutes: ►." in one.rules


def test_points_come_to_the_score_and_own_weights_count():
    whole = reading(HEAD + TEXT)
    line = next(one.number for one in whole.lines if "Clerk to write" in one.text)
    (plain,) = why.of_line(whole, line)
    points = sum(each.points for each in plain.weighed)
    score = scorer.Weights({"all": points}).score(["all"])
    assert plain.score == pytest.approx(score, abs=0.01)
    assert [abs(each.points) for each in plain.weighed] == sorted(
        (abs(each.points) for each in plain.weighed), reverse=True
    )
    (mine,) = why.of_line(reading(HEAD + TEXT, Habits({"marked as action": 1.0})), line)
    assert mine.score > plain.score
    before = {each.what: each.points for each in plain.weighed}
    after = {each.what: each.points for each in mine.weighed}
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"marked as action"}


def test_explaining_and_finding_are_one():
    lines = [Line(at, printed) for at, printed in enumerate((HEAD + TEXT).split("\n"), 1)]
    whole = read(lines)
    assert whole.minutes == find(lines)
    listed = why.overview(whole, decided=True)
    shown = [one.line for one in listed if one.verdict != "passed over"]
    assert sorted(shown) == sorted(draft.line for draft in whole.minutes.drafts)
    assert len({one.at for one in whole.judged if one.at >= 0}) == len(whole.statements)


def test_every_weight_has_words():
    names = scorer.trained().features
    told = {name: why.in_words(name) for name in names}
    assert all(words and "‹" not in words for words in told.values())
    assert len({*told.values()}) == len(names)
    assert why.in_words("ends “by the ‹day›”") == "it ends with “by the (a day)”"
    assert why.in_words("“‹who› will”") == "has “(somebody) will”"
    assert why.in_words("begins in the past") == "begins in the past"


PIECES = [
    *TEXT.split("\n\n"),
    "",
    "* ",
    "7.",
    "| Action | Owner |",
    "| --- | --- |",
    "| Mow | TS |",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["\n", "\n\n"]))
def test_whatever_stands_there_is_told(pieces, between):
    whole = reading(between.join(pieces))
    for line in range(1, why.last_line(whole) + 1):
        every = why.of_line(whole, line)
        assert every
        assert all(one.why.endswith(".") for one in every)
    assert len(why.overview(whole, decided=True)) >= len(whole.minutes.drafts)
