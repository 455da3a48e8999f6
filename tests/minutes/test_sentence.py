"""A sentence is taken apart once: the rows of the table, and what stands in a clause."""

import pytest

from cpctrack.minutes.language import tokens
from cpctrack.minutes.language.sentence import ROWS, Voice, parse


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.example)
def test_each_example_is_said_in_its_way(row):
    assert row.voice in {clause.voice for clause in parse(row.example)}
    assert row.pattern.search(" ".join(token.text for token in tokens.read(row.example)))


@pytest.mark.parametrize(
    ("text", "voice", "who", "modal", "verb", "behind"),
    [
        ("The Clerk would write to them.", Voice.ACTIVE, "Clerk", "would", "write", " to them."),
        ("Cllr. Fenn to mow it", Voice.ORDER, "Cllr. Fenn", "", "mow", " it"),
        ("a list be sent by the Ranger", Voice.PASSIVE, "Ranger", "", "sent", " by the Ranger"),
        ("to ask Ada Fenn for it", Voice.ASKING, "Ada Fenn", "", "ask", " for it"),
        ("to note it", Voice.NOTING, "", "", "note", " it"),
    ],
)  # fmt: skip
def test_what_a_clause_says(text, voice, who, modal, verb, behind):
    (clause,) = parse(text)
    assert clause[:5] == (voice, who, modal, verb, behind)
    assert text[slice(*clause.span)] == clause.text


def test_clauses_follow_each_other():
    text = "approve the plan, ask the Clerk to publish it and thank the Ranger"
    assert [clause.text for clause in parse(text)] == [
        "approve the plan,", " ask the Clerk to publish it and", " thank the Ranger",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kim will see Mr. Bell on 3 May", "‹who› will see ‹who› on ‹n› ‹day›"),
        ("the Head of Homes and Place", "the ‹who›"),
        ("the Director: Homes and Place", "the ‹who›"),
        ("the Designated Nurse for Children in Care", "the ‹who›"),
        ("The task and finish group met", "the ‹body› met"),
        ("He’ll chair the group", "he would chair the ‹body›"),
        ("However Fenn & Co/AB wrote", "however ‹who› wrote"),
        ("It brings officers joy", "it brings ‹who› joy"),
    ],
)
def test_names_are_put_aside(text, read):
    assert " ".join(token.text for token in tokens.read(text)) == read


def test_a_name_has_at_most_eight_words():
    text = "The Ash Birch Cedar Elm Fir Hazel Larch Maple Oak Group would mow."
    assert [clause.who for clause in parse(text)] == [""]
