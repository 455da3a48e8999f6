import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpctrack.matching.wordings import Verdict, compare, plain, words_of
from cpctrack.minutes.base import MinutesDraft
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import Draft, Meeting, MeetingType
from cpctrack.tasks.take_minutes import Asked, look_up

DAY = "2024-06-12"
FORMAL = Meeting(DAY, MeetingType.FORMAL, "2024/25")
INFORMAL = Meeting(DAY, MeetingType.INFORMAL, "2024/25")
LONG = (
    "The Head of Parks would write to every ward member with the dates on which the play areas in "
    "the ward were last inspected and what was found there."
)


def draft(text, *, item="5. PLAY AREAS", owners=(), marked=True, printed=None, line=1):
    number, _, title = item.partition(". ")
    return Asked(
        MinutesDraft(
            line, item, number, title, text, text if printed is None else printed, "",
            "; ".join(owners), "action", marked, "", "", text,
        ),
        tuple(owners),
    )  # fmt: skip


def record(text, *, item="Item 5. Play Areas", owners=(), meeting=FORMAL, number=1, **fields):
    fields = {"item": item, "action": text, "owners": tuple(owners), **fields}
    made = Draft(meeting, fields, "log.tsv, line 2")
    ref = f"CPC-2425-{number:03}"
    return create(made, record_id=ref, ref=ref, author=Author("clerk", "", "import"))


def find(drafts, records):
    return look_up(drafts, FORMAL, records)


def known(drafts, records):
    """Give the known reference's number for each draft, a list of numbers of near ones, or None."""
    return [
        int(one.known.ref[-3:]) if one.known else [int(r.ref[-3:]) for r in one.near] or None
        for one in find(drafts, records)
    ]


def test_an_empty_store_knows_nothing():
    assert known([draft("Report back.")], []) == [None]
    assert find([], [record("Report back.")]) == ()


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        (LONG, "Head of Parks"),
        (LONG.upper(), "Head of Parks"),
        (LONG.replace("The Head of Parks would", "Ann Bell to"), "Ann Bell"),
        (LONG.replace("The Head of Parks would write", "Write"), "Ann Bell"),
        (LONG.replace("would write", "undertook to write"), "Head of Parks"),
        (LONG.replace("last inspected", "last inspectd"), "Ann Bell"),
        (LONG.replace("the play areas", "all the play areas"), "Head of Parks"),
    ],
)
def test_the_same_action_is_known_however_it_is_put(text, owner):
    assert known([draft(LONG, owners=["Head of Parks"])], [record(text, owners=[owner])]) == [1]
    assert known([draft(text, owners=[owner])], [record(LONG, owners=["Head of Parks"])]) == [1]


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace("last inspected", "never inspected"),
        LONG.replace("every ward member", "every ward member by March"),
        LONG.replace("the dates", "the 3 dates"),
        "The Head of Parks would write to every ward member.",
        LONG.replace("play areas", "allotments"),
    ],
)
def test_what_may_be_another_action_is_near(text):
    assert known([draft(LONG)], [record(text)]) == [[1]]


def test_what_holds_no_word_is_known_by_its_letters():
    assert known([draft("…"), draft("…"), draft(" ")], [record("…")]) == [1, None, None]


def test_an_unlike_action_is_new():
    assert known([draft(LONG)], [record("The Clerk would book the hall for September.")]) == [None]
    assert known([draft("…")], [record("* * *")]) == [None]
    empty = draft("Act at once on the play areas.", printed="To be sent to Members.")
    assert known([empty], [record("Act on the hedges.")]) == [None]
    assert known([draft("To be sent to Members.")], [record("They would give it.")]) == [None]
    assert known([draft("…")], [record(LONG)]) == [None]


@pytest.mark.parametrize(
    ("minutes", "log"),
    [
        ("A list of TPOs by ward", "A list of Tree Preservation Orders by ward"),
        ("A list of TPOs by ward", "A list of Tree Preservation Orders (TPO) by ward"),
        ("A note on CiPs in the town", "A note on Children in Play Schemes in the town"),
        ("How DfE rules bear on sites", "How Department for Education rules bear on sites"),
        ("A note on the Public Open Space plan", "A note on the Public Open Space (POS) plan"),
    ],
)
def test_an_abbreviation_is_what_it_stands_for(minutes, log):
    expected = [[1]] if "CiPs" in minutes else [1]  # CiPS would need a letter more
    assert known([draft(minutes)], [record(log)]) == expected
    assert known([draft(log)], [record(minutes)]) == expected


def test_a_heading_in_capitals_abbreviates_nothing():
    assert known([draft("ACT ON PLAY AREA TREES")], [record("Act on play area trees")]) == [1]
    assert known([draft("ACT ON IT NOW AT LAST")], [record("Act on inspections today")]) == [None]


def test_the_printed_words_without_their_lead_in_are_known():
    whole = "The Head of Parks would provide Members with: A list of play areas by ward"
    asked = draft(whole, printed="A list of play areas by ward", owners=["Head of Parks"])
    assert known([asked], [record("A list of play areas by ward.", owners=["Ann Bell"])]) == [1]
    assert known([asked], [record("Play areas", printed={"Minutes": asked.draft.printed})]) == [1]


def test_what_was_typed_over_since_is_still_known():
    held = record("A list of play areas by ward.")
    later = amend(held, {"action": "Maps"}, Author("clerk", "2024-07-01T00:00:00Z", "update"))
    assert known([draft("A list of play areas by ward")], [later]) == [1]


def test_what_stands_under_another_item_or_with_another_post_since_is_still_known():
    held = record("Report back.", item="5. PLAY AREAS", owners=["Head of Parks"])
    author = Author("clerk", "2024-07-01T00:00:00Z", "update")
    later = amend(held, {"item": "6. Trees", "owners": ("Head of Trees",)}, author)
    assert known([draft("Report back.", owners=["Head of Parks"])], [later]) == [1]


def test_two_equal_lines_are_two_actions():
    lines = [draft("Report back.", line=n) for n in (1, 2, 3)]
    held = [record("Report back.", number=n) for n in (2, 1)]
    assert known(lines, held) == [1, 2, None]
    assert known(lines[:1], held) == [1]


def test_equal_lines_go_to_the_record_of_their_item():
    held = [record("Report back.", number=1), record("Report back.", item="6. Trees", number=2)]
    assert known([draft("Report back.", item="6. TREES"), draft("Report back.")], held) == [2, 1]


def test_a_short_text_under_another_item_is_near_and_a_long_one_known():
    assert known([draft("Report back.")], [record("Report back.", item="6. Trees")]) == [[1]]
    assert known([draft(LONG)], [record(LONG, item="6. Trees")]) == [1]
    reworded = LONG.replace("would write", "to write")
    assert known([draft(LONG)], [record(reworded, item="6. Trees")]) == [[1]]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Item 12. Play Areas", 1),  # numbered anew, and the title tells
        ("05/24 Sundries", 1),
        ("Play areas and trees", 1),
        ("Any other business", [1]),
        ("", 1),
    ],
)
def test_items_are_one_by_title_or_by_number(item, expected):
    reworded = LONG.replace("would write", "to write")
    assert known([draft(LONG)], [record(reworded, item=item)]) == [expected]


def test_a_text_has_one_record_only():
    reworded = LONG.replace("would write", "to write")
    assert known([draft(reworded), draft(LONG)], [record(LONG)]) == [None, 1]


def test_what_is_marked_has_the_first_choice():
    narrative = draft(LONG, marked=False)
    assert known([narrative, draft(LONG)], [record(LONG)]) == [None, 1]
    reworded = LONG.replace("would write", "to write")
    assert known([narrative, draft(LONG)], [record(reworded)]) == [None, 1]
    assert known([narrative], [record(reworded)]) == [1]


def test_the_place_speaks_for_a_text_in_which_one_word_changed():
    before, after = draft("Book the hall."), draft("Thank the volunteers.")
    held = [
        record("Book the hall.", number=1),
        record(LONG.replace("inspected", "checked"), number=2),
        record("Thank the volunteers.", number=3),
    ]
    assert known([before, draft(LONG), after], held) == [1, 2, 3]
    assert known([draft(LONG)], held) == [[2]]
    assert known([after, draft(LONG), before], held) == [3, [2], 1]
    assert known([before, draft(LONG, marked=False), after], held) == [1, [2], 3]
    assert known([before, draft(LONG)], held) == [1, 2]


def test_the_other_type_of_meeting_is_near_only():
    assert known([draft(LONG)], [record(LONG, meeting=INFORMAL)]) == [[1]]
    shorter = "The Head of Parks would write to every ward member."
    assert known([draft(LONG)], [record(shorter, meeting=INFORMAL)]) == [[1]]
    both = [record(LONG, meeting=INFORMAL, number=1), record(LONG, number=2)]
    assert known([draft(LONG)], both) == [2]


def test_another_day_holds_nothing():
    other = FORMAL._replace(date="2024-09-11")
    assert known([draft(LONG)], [record(LONG, meeting=other)]) == [None]


@pytest.mark.parametrize(
    ("minutes", "log", "same"),
    [
        (["Head of Parks"], ["Ann Bell"], True),
        (["Head of Parks"], [], True),
        ([], ["Head of Parks"], True),
        (["Head of Parks"], ["Ann Bell", "Head of Trees"], True),
        (["Head of Parks"], ["Head of Trees"], False),
        (["Ann Bell"], ["Ben Carr"], False),
        (["Grounds Maintenance Officer"], ["GMO team"], False),
    ],
)
def test_owners_may_be_one_where_a_post_stands_for_a_person(minutes, log, same):
    task = "would bring a plan for repairing every play area by ward and cost"
    one = f"{minutes[0] if minutes else 'They'} {task}"
    other = f"{log[0] if log else 'They'} {task}"
    found = known([draft(one, owners=minutes)], [record(other, owners=log)])
    assert found == ([1] if same else [[1]])


def test_no_more_than_three_are_shown():
    held = [record(f"Look at play area {n}.", number=n) for n in range(1, 6)]
    assert known([draft("Look at play area 9.")], held) == [[1, 2, 3]]


def test_a_word_that_all_share_singles_none_out():
    held = [record(f"Inspect playground w{n}x.", number=n) for n in range(1, 61)]
    assert known([draft("Inspect playground elsewhere.")], held) == [None]


WORDS = st.sampled_from(["SGO", "park", "Parks", "not", "3", "the", "Head", "of", "…", "June"])
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["5. Parks", "6. Trees", ""])), max_size=12))
def test_what_was_saved_is_known_draft_by_draft(lines):
    drafts = [draft(text, item=item, owners=[text[:4]]) for text, item in lines]
    held = [
        record(text, item=item, owners=[text[:4]], number=number)
        for number, (text, item) in enumerate(lines)
    ]
    refs = [one.known.ref for one in find(drafts, held)]
    assert sorted(refs) == [one.ref for one in held]


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_a_record_answers_for_one_draft(texts, others):
    found = find(
        [draft(text) for text in texts], [record(t, number=n) for n, t in enumerate(others)]
    )
    refs = [one.known.ref for one in found if one.known]
    assert len(refs) == len(set(refs))
    assert not {r.ref for one in found for r in one.near} & set(refs)


SENTENCES = st.sampled_from(
    [LONG, LONG.replace("dates", "days"), LONG.replace("The Head of Parks would ", "")]
)
EXTRA = st.sampled_from(["", " Soon.", " To be done.", " By post."])
POSTS = st.permutations(["Head of Parks", "Head of Trees", "Tree Officer"])


@given(SENTENCES, SENTENCES, EXTRA, POSTS)
def test_other_words_for_another_post_are_never_known(text, other, extra, posts):
    other += extra
    assume(plain(words_of(text)) != plain(words_of(other)))
    held = [record(other, owners=posts[1:2])]
    (found,) = find([draft(text, owners=posts[:1])], held)
    assert (found.known, found.near) == (None, tuple(held))


def test_of_a_very_long_text_nothing_is_sure():
    long = " ".join(f"word{'x' * (n % 9)}{n}" for n in range(501))
    assert known([draft(long)], [record(f"{long}.")]) == [1]
    assert known([draft(long)], [record(f"The {long}")]) == [[1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("would", "wouldn't"), ("would", "wouldn’t"), ("would", "cannot"), ("would", "won't"),
        ("would", "would neither"), ("would", "would refuse to"), ("would", "would hardly"),
        ("5 %", "-5 %"), ("5 %", "−5 %"), ("5 %", "£5"),
    ],
)  # fmt: skip
def test_a_negation_a_sign_or_a_unit_that_differs_makes_another_action(one, other):
    text = (
        "The Head of Fostering would bring a report on the homes with growth of 5 % to the meeting "
        "of 14 June 2023, with the plan for the Forum and the fees of every carer."
    )
    assert compare(words_of(text), words_of(text)).verdict is Verdict.SAME
    assert compare(words_of(text), words_of(text.replace(one, other))).verdict is Verdict.LIKE
