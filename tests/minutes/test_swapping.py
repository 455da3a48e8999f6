"""Another name, post, verb, subject or day changes nothing in what is found, owned and dated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.minutes import words
from cpctrack.minutes.finding.finding import find
from cpctrack.minutes.language import grammar, owners, timing
from cpctrack.reading.lines import Line

# What somebody does and no committee decides, in the base form.
VERBS = sorted(verb for verb in words.DOING - words.RESOLVING if verb.isalpha())
WHO = (
    "the Clerk", "the Head of Parks", "Cllr Fenn", "Mrs Tay", "the Harbour Master", "Ada Fenn",
    "the Designated Nurse", "the Director of Homes and Place", "the Chief Officer", "AF",
    "the Ranger and the Clerk", "officers", "the Ponds Manager", "Cllrs Fenn and Tay",
    "the Ponds Network", "the Weir Trust", "Zadie Quill",
)  # fmt: skip
THINGS = ("the hedges", "the matter", "all ponds", "it", "the heron’s nest")
DUE = (
    "by 12 May 2024", "by the end of March", "at the next meeting", "within six weeks",
    "before Easter", "by Friday", "in mid August", "no later than June 2025",
)  # fmt: skip
FRAMES = (
    "{who} would {verb} {thing}", "{who} will {verb} {thing}", "{who} shall {verb} {thing}",
    "{who} to {verb} {thing}", "{who} is to {verb} {thing}", "{who} should {verb} {thing}",
    "{who} is going to {verb} {thing}", "{who} agreed to {verb} {thing}",
    "{who} has agreed to {verb} {thing}", "{who} offered to {verb} {thing}",
    "{who} kindly offered to {verb} {thing}", "{who} volunteered to {verb} {thing}",
    "{who} undertook to {verb} {thing}", "{who} was asked to {verb} {thing}",
    "That {who} be asked to {verb} {thing}", "That {who} be instructed to {verb} {thing}",
    "to instruct {who} to {verb} {thing}", "to ask {who} to {verb} {thing}",
    "requests {who} to {verb} {thing}", "It was agreed that {who} would {verb} {thing}",
    "It was agreed that {who} will {verb} {thing}", "RESOLVED that {who} would {verb} {thing}",
    "It was unanimously agreed that {who} would {verb} {thing}",
    "Agreed that {who} will {verb} {thing}", "Reeds are long – {who} to {verb} {thing}",
    "Dan Reed asked that {who} would {verb} {thing}",
    "Dan Reed asked {who} to {verb} {thing}",
)  # fmt: skip
SAYING = st.tuples(
    st.sampled_from(FRAMES), st.sampled_from(WHO), st.sampled_from(VERBS), st.sampled_from(THINGS)
)


def said(frame, who, verb, thing):
    text = frame.format(who=who, verb=verb, thing=thing)
    return text[0].upper() + text[1:]


@given(SAYING)
def test_any_owner_is_read(parts):
    text = said(*parts)
    owner = grammar.owner_in(text)
    assert owner.casefold() == owners.tidy(parts[1]).casefold(), text


@given(SAYING)
def test_any_verb_obliges(parts):
    text = said(*parts)
    assert grammar.obliges(grammar.without_opening(text)), text


@given(SAYING, st.sampled_from(DUE))
def test_any_day_is_when_it_is_due(parts, due):
    assert timing.due_words(f"{said(*parts)} {due}.") == due


@pytest.mark.parametrize("done", ["noted", "received", "endorsed", "approved", "welcomed"])
@given(who=st.sampled_from(WHO))
def test_what_the_body_itself_does_obliges_nobody(done, who):
    assert not grammar.obliges(f"the report of {who} be {done}")


SIGNED = (
    "* Clerk to count ducks.\n\nThe gate is old.\n\n* Ranger to mend the gate.\n\n"
    "Nobody spoke of the mill.\n\n* Ben Dale to paint the mill.\n\nIt closed."
)
# Ways of marking, each in minutes of its own; in the last two nothing marks the sentence.
MARKED = (
    "Action: {Who} to {verb} {thing} {due}.",
    "The hedges are high.\n\nAction: {Who} would {verb} {thing} {due}.",
    "AGREED ACTIONS\n\n1. {Who} would {verb} {thing} {due}.",
    "Actions\n\n- {Who} to {verb} {thing} {due}.",
    "It rained.\n\n* {Who} to {verb} {thing} {due}.\n\n" + SIGNED,
    "RESOLVED that {who} be asked to {verb} {thing} {due}.",
    "RESOLVED\n\n(1) That {who} be instructed to {verb} {thing} {due}.",
    "It rained. It was agreed that {who} would {verb} {thing} {due}.",
    "Moved Cr Hill, seconded Cr Dale:\n\nThat {who} be asked to {verb} {thing} {due}.\n\nCARRIED",
    "It rained. {Who} to {verb} {thing} {due}.",
    "The hedges are high – {who} to {verb} {thing} {due}.",
)  # fmt: skip
TOLD = ("{Who} undertook to {verb} {thing} {due}.", "It rained. {Who} will {verb} {thing} {due}.")
WORDS = st.tuples(
    st.sampled_from(WHO), st.sampled_from(VERBS), st.sampled_from(THINGS), st.sampled_from(DUE)
)


def found_in(frame, who, verb, thing, due):
    """Find what minutes of one item hold of a sentence: marked, owner, timing words."""
    said = frame.format(who=who, Who=who[0].upper() + who[1:], verb=verb, thing=thing, due=due)
    text = f"1. GATES\n\n{said}\n\n2. MILLS\n\nThe mill is old.\n"
    lines = [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]
    return [
        (draft.marked, draft.owner.casefold(), draft.due_text)
        for draft in find(lines).drafts
        if draft.kind != grammar.RESOLUTION and f"{verb} {thing}" in draft.text
    ]


@pytest.mark.parametrize("frame", [*MARKED, *TOLD])
@given(said=WORDS)
def test_any_of_the_same_class_is_found_owned_and_dated(frame, said):
    who, _, _, due = said
    expected = (frame in MARKED, owners.tidy(who).casefold(), due)
    assert found_in(frame, *said) == [expected], said
