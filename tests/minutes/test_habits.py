"""What going through minutes teaches, and what reading takes of it."""

import json

import pytest

from cpctrack.minutes import habits
from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.finding.finding import MOST, find
from cpctrack.minutes.habits import Habits, Lesson, habits_of, learn
from cpctrack.reading.lines import Line

HEAD = """\
ELMSTOW PARISH COUNCIL
Minutes of the meeting held on 4 March 2024
"""


def lines(text):
    return [Line(number, line) for number, line in enumerate(text.splitlines(), 1)]


def read(text, own=habits.NO_HABITS):
    return find(lines(HEAD + text), own).drafts


def draft(*features, owner="", title="Parks", **other):
    fields = {
        "line": 1, "item": f"5. {title}", "item_number": "5", "item_title": title, "text": "x",
        "printed": "x", "lead_in": "", "owner": owner, "kind": "action", "marked": True,
        "due_text": "", "due": "", "source": "x", "features": features,
    }  # fmt: skip
    return MinutesDraft(**{**fields, **other})


def taught(*lessons, rows=None, passed=()):
    rows = rows or {}
    return {**rows, **learn(rows, lessons, passed)}


# --- signs --------------------------------------------------------------------------------------

SIGNED = """
1. Green
The green was mown.
§ Quotes for the fence.
§ Bench, new slats.
2. Hall
The hall was let.
"""


def test_a_sign_marks_once_what_it_stands_before_was_taken() -> None:
    assert not [one for one in read(SIGNED) if one.marked]
    rows = taught(*[Lesson(draft("sign §"), True)] * 3)
    found = read(SIGNED, habits_of(rows))
    assert [one.printed for one in found if one.marked] == [
        "§ Quotes for the fence.",
        "§ Bench, new slats.",
    ]


def test_two_decisions_are_no_habit_and_neither_are_mixed_ones() -> None:
    assert habits_of(taught(*[Lesson(draft("sign §"), True)] * 2)).signs == {}
    mixed = [Lesson(draft("sign §"), taken) for taken in (True, True, False, False)]
    assert habits_of(taught(*mixed)).signs == {}


def test_a_sign_that_was_left_marks_no_more() -> None:
    orders = "§ Clerk to mow.\n§ Warden to dig.\n§ Chair to write.\n"
    text = f"\n1. Green\n{orders}It rained.\nIt cleared.\nAll went.\n"
    assert all("this clerk's own sign marks it" in one.features for one in read(text) if one.marked)
    own = habits_of(taught(*[Lesson(draft("sign §"), False)] * 3))
    assert own.signs == {"§": False}
    assert not any("this clerk's own sign marks it" in one.features for one in read(text, own))


def test_orders_to_somebody_become_this_clerks_way() -> None:
    rows = taught(*[Lesson(draft("begins as an order to somebody"), True)] * 3)
    assert habits_of(rows).orders


# --- headings -----------------------------------------------------------------------------------

NEWS = """
1. News round
ACTION: Clerk to order the bulbs.
2. Hall
ACTION: Clerk to book the hall.
"""


def test_a_heading_below_which_all_was_left_goes_through_earlier_actions() -> None:
    left = [Lesson(draft(title="News Round"), False)] * 3
    own = habits_of(taught(*left))
    assert own.earlier == {"news round"}
    found = {one.item_title: one.features for one in read(NEWS, own)}
    assert "among earlier actions" in found["News round"]
    assert "among earlier actions" not in found["Hall"]


def test_one_that_is_taken_below_a_heading_ends_that() -> None:
    rows = taught(*[Lesson(draft(title="News"), False)] * 3)
    rows = taught(Lesson(draft(title="News"), True), rows=rows)
    assert rows["heading: news"] == {"taken": 1, "left": 3}
    assert habits_of(rows).earlier == frozenset()


def test_headings_of_which_something_was_taken_or_that_are_long_are_not_kept() -> None:
    some = [Lesson(draft(title="News"), taken) for taken in (False, False, False, True)]
    long = [Lesson(draft(title="What the warden said about the old gate"), False)] * 3
    few = [Lesson(draft(title="Notes"), False)] * 2
    assert not [key for key in taught(*some, *long, *few) if key.startswith("heading")]


# --- initials -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "typed", "learnt"),
    [
        ("JB", "Jo Bell", {"JB": "Jo Bell"}),
        ("J.B.", "Jo May Bell", {"JB": "Jo May Bell"}),
        ("JB", "Al Carr", {}),  # somebody else is to do it
        ("JB", "JB", {}),
        ("NN", "NN", {}),
        ("Clerk", "Jo Bell", {}),
        ("JB", "", {}),
        ("JB", " ", {}),
        ("JB", "Jo " + "Bell" * 20, {}),
    ],
)
def test_a_name_that_was_written_for_initials_is_theirs(printed, typed, learnt) -> None:
    owners = (typed,) if typed else ()
    assert habits_of(taught(Lesson(draft(owner=printed), True, owners))).initials == learnt


def test_initials_are_written_out_and_another_name_takes_their_place() -> None:
    rows = taught(Lesson(draft(owner="JB"), True, ("Jo Bell",)))
    assert habits_of(rows).written_out(("J.B.", "Clerk", "AF")) == ("Jo Bell", "Clerk", "AF")
    assert taught(Lesson(draft(owner="JB"), True, ("Jo Bell",)), rows=rows) == rows
    rows = taught(Lesson(draft(owner="JB"), True, ("Jan Burr",)), rows=rows)
    assert rows["initials: JB"] == {"name": "Jan Burr", "taken": 2}


# --- weights ------------------------------------------------------------------------------------


def test_what_was_taken_counts_more_and_what_was_left_less() -> None:
    rows = taught(Lesson(draft("any", "names who acts"), True), Lesson(draft("a question"), False))
    assert rows["feature: names who acts"]["weight"] > 0
    assert rows["feature: a question"]["weight"] < 0
    assert rows["feature: any"]["taken"] == 1


def test_weights_stay_small_and_go_back_to_nothing() -> None:
    rows = taught(*[Lesson(draft("a question"), True)] * 500)
    most = rows["feature: a question"]["weight"]
    assert 0 < most <= 1000  # at most half of it after fifty steps without a mistake
    assert habits_of({"feature: any": {"weight": -(10**8)}}).weights == {"any": -2.0}


def test_features_that_quote_are_not_kept() -> None:
    rows = taught(Lesson(draft("any", "“will pay”", "begins “‹who›”", "ends “gate”"), True))
    assert list(rows) == ["feature: any"]


def test_no_word_of_the_minutes_is_kept() -> None:
    text = """
1. Quillon Grange
ACTION: Clerk to ask Tamsin Orrery for the zeppelin.
It was AGREED that Bartleby would polish the astrolabe.
Dr Wexcombe agreed to ring the abbot.
"""
    every = read(text)
    assert every
    rows = taught(*(Lesson(one, taken) for one in every for taken in (True, False)))
    kept = json.dumps(rows).casefold()
    said = {"quillon", "tamsin", "orrery", "zeppelin", "bartleby", "astrolabe", "wexcombe", "abbot"}
    assert not [word for word in said if word in kept]


@pytest.mark.parametrize(
    "secret", [{"exempt_paragraph": "3"}, {"doubt": "perhaps"}, {"kind": "resolution"}]
)
def test_what_is_exempt_or_nobodys_task_teaches_nothing(secret) -> None:
    one = draft("any", owner="JB", **secret)
    assert taught(*[Lesson(one, False)] * 3, Lesson(one, True, ("Jo Bell",))) == {}


# --- what is offered ----------------------------------------------------------------------------

THINGS = {
    "Abel": "roof", "Bond": "door", "Coe": "lamp", "Dunn": "sink", "Eames": "oven",
    "Frith": "step", "Gale": "path", "Hoar": "bell", "Ibbot": "flag", "Jupp": "rail",
    "Kemp": "tank", "Lunn": "well",
}  # fmt: skip
TALK = "\n1. Talk\n" + "\n\n".join(
    f"Mr {name} said that he will look into the {thing} of the hall and tell us in spring."
    for name, thing in THINGS.items()
)


def test_who_picks_what_is_offered_is_offered_more() -> None:
    few = len([one for one in read(TALK) if not one.marked])
    assert few == MOST
    offer = draft(marked=False)
    rows = taught(Lesson(offer, True), Lesson(offer, True), passed=[offer] * 2)
    assert rows["offered: lines"] == {"taken": 2, "left": 2}
    assert habits_of(rows).picked == 0.5
    more = [one for one in read(TALK, habits_of(rows)) if not one.marked]
    assert few < len(more) <= 14


def test_one_line_picked_changes_nothing_and_none_picked_is_not_counted() -> None:
    offer = draft(marked=False)
    assert habits_of(taught(Lesson(offer, True))).picked == 0
    assert "offered: lines" not in taught(Lesson(draft(), True), passed=[offer])
    secret = draft(marked=False, exempt_paragraph="3")
    rows = taught(Lesson(offer, True), passed=[secret, offer])
    assert rows["offered: lines"] == {"taken": 1, "left": 1}


# --- rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row_id", "row"),
    [
        ("feature", {}), ("feature: ", {}), ("song: x", {}), ("feature: any", {"weight": "1"}),
        ("feature: any", {"weight": True}), ("feature: any", {"taken": -1}),
        ("feature: any", {"left": 10**9}), ("feature: any", {"name": "Jo"}),
        ("initials: JB", {}), ("initials: JB", {"name": 3}), ("feature: any", {"taken": 1.5}),
    ],
)  # fmt: skip
def test_rows_that_no_program_wrote_are_passed_over(row_id, row) -> None:
    assert not habits.is_sound(row_id, row)
    assert habits_of({row_id: row}) == habits.NO_HABITS


def test_a_row_comes_back_as_it_was() -> None:
    rows = taught(
        Lesson(draft("any", "sign *", owner="JB"), True, ("Jo Bell",)),
        *[Lesson(draft("any", title="News"), False)] * 3,
    )
    assert all(habits.is_sound(*each) for each in rows.items())
    assert {one.id: one.row for one in habits.read(rows).values()} == rows


def test_no_lesson_changes_nothing() -> None:
    assert learn({"feature: any": {"taken": 1}}, []) == {}
    assert habits_of({}) == Habits()
