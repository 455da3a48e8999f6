"""Who was asked and answered, and how far asking has come in a round."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records import asking
from cpctrack.records.asking import Chase, Heard, Part, Rung, rung
from cpctrack.records.attention import last_heard
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.owners import NO_OWNERS, Owner, Owners
from cpctrack.records.query import Query

JUNE, JULY = "2024-06-12", "2024-07-10"
MAY = date(2024, 5, 6)
SETTINGS = Settings("Parks Committee", "PRK", "05-15")
BOOK = Owners({"jo bell": Owner("Jo Bell", also=("Head of Parks",))})
PLAIN = Record(
    "1",
    "PRK-2324-001",
    Meeting("2024-03-13", MeetingType.FORMAL, "2023/24"),
    action="Mend the gate.",
    owners=("Head of Parks", "Ann Lee"),
)


def at(day: date) -> Author:
    return Author("Clerk", f"{day}T09:00:00Z", "chase")


def asked(record: Record, *days: int, owner: str = "Jo Bell", meeting: str = JUNE) -> Record:
    for number, after in enumerate(days):
        chase = Chase(f"PRK-CHASE-{number}", owner, "", "", "2024-05-20", meeting)
        record = asking.ask(record, chase, at(MAY + timedelta(after)))
    return record


def answered(record: Record, after: int) -> Record:
    heard = Heard("jo@example.org", "2024-05-08", "<1@example.org>")
    return asking.answer(record, heard, at(MAY + timedelta(after)))


def stands(record: Record, owner: str = "Jo Bell", meeting: str = JUNE, **chosen: int) -> Rung:
    calendar = Calendar(MAY, (JUNE,), moved={"2024-06-05": JUNE})
    return rung(record, owner, BOOK, calendar, meeting, SETTINGS._replace(**chosen))


def on(after: int) -> date:
    return MAY + timedelta(after)


@pytest.mark.parametrize(
    ("days", "step", "due"),
    [
        ((), 1, None),
        ((0,), 2, on(7)),
        ((0, 7), 3, on(14)),
        ((0, 12), 3, on(14)),
        ((0, 20), 3, on(21)),  # never on the day of the reminder
        ((0, 7, 14), 4, None),  # it is for the chair now
        ((0, 0), 2, on(7)),  # twice on one day is once
    ],
)
def test_the_ladder(days, step, due):
    found = stands(asked(PLAIN, *days))
    assert (found.step, found.on) == (step, due)
    assert found.asked == tuple(str(on(each)) for each in dict.fromkeys(days))
    for today in (on(6), on(7), on(13), on(14), on(30)):
        assert found.is_due(today) is (not days or (due is not None and due <= today))


def test_a_committee_chooses_when():
    chosen = {"remind_after": 3, "escalate_after": 30}
    assert stands(asked(PLAIN, 0), **chosen).on == on(3)
    assert stands(asked(PLAIN, 0, 3), **chosen).on == on(30)


def test_a_round_is_a_meeting():
    before = asked(PLAIN, -3, meeting="2024-05-05")
    assert stands(before).step == 1
    # It was asked for another that is to come, and nobody has answered.
    assert stands(asked(PLAIN, -3, meeting="2024-05-06")).step == 2
    assert stands(answered(asked(PLAIN, -3, meeting="2024-05-06"), -2)).step == 1
    assert stands(asked(PLAIN, 0, meeting="2024-06-05")).step == 2  # it was moved to that day
    assert stands(asked(PLAIN, 0), meeting="2024-06-05").step == 2
    assert stands(answered(asked(PLAIN, 0), 2)) == Rung(0)
    assert stands(answered(asked(PLAIN, 0), 2), meeting=JULY).step == 1


def test_without_a_meeting_a_round_lasts_until_the_next_that_was_held():
    once = asked(PLAIN, 0, meeting="")
    assert stands(once, meeting="").step == 2
    assert stands(answered(once, 1), meeting="").step == 0
    assert stands(answered(once, 1)).step == 0  # whose date was taken in later
    assert stands(asked(PLAIN, 0, 7), meeting="").step == 3
    after = Calendar(date(2024, 6, 13), (JUNE,))
    for record in (once, answered(once, 1)):
        assert rung(record, "Jo Bell", BOOK, after, "", SETTINGS).step == 1


def test_a_cancelled_meeting_ends_no_round():
    cancelled = Calendar(MAY, ("2024-03-13",), cancelled={JUNE})
    once = asked(PLAIN, 0)
    assert rung(once, "Jo Bell", BOOK, cancelled, JULY, SETTINGS).step == 2
    assert rung(answered(once, 1), "Jo Bell", BOOK, cancelled, JULY, SETTINGS).step == 1


@pytest.mark.parametrize(
    ("owners", "waiting"),
    [
        (("Bo Day", "Ann Lee"), 1),  # who was asked may be another name of whoever went
        (("Bo Day",), 0),
        (("Jo Bell", "Bo Day"), 1),
        (("Head of Parks",), 1),
    ],
)
def test_nobody_waits_for_whoever_has_given_it_on(owners, waiting):
    given_on = amend(asked(PLAIN, 0), {"owners": owners}, at(on(1)))
    assert len(asking.open_asks(given_on)) == waiting
    assert bool(asking.waits(given_on)) is bool(waiting)
    back = amend(given_on, {"owners": ("Jo Bell",)}, at(on(2)))
    assert asking.waits(back)
    assert len(asking.asks(given_on)) == 1
    gone = amend(back, {"owners": ("Bo Day", "Ann Lee")}, at(on(3)))
    assert asking.waits(gone) == ()
    assert asking.waits(amend(gone, {"owners": ("Ann Lee", "Cy Roe")}, at(on(4)))) == ()


def test_each_owner_is_asked_and_the_answer_of_any_counts():
    once = asked(PLAIN, 0)
    assert stands(once, "Ann Lee").step == 1
    assert stands(asked(PLAIN, 0, owner="HEAD  of Parks")).step == 2  # a name that means the same
    assert stands(answered(asked(once, 1, owner="Ann Lee"), 2), "Jo Bell").step == 0
    assert stands(answered(once, 2), "Ann Lee").step == 0


def test_who_has_been_given_an_action_is_asked_anew():
    given_on = amend(answered(asked(PLAIN, 0), 1), {"owners": ("Bo Day",)}, at(on(2)))
    assert stands(given_on, "Bo Day").step == 1


def test_a_response_that_somebody_typed_is_an_answer():
    typed = amend(asked(PLAIN, 0), {"response": "Next week."}, at(on(1)))
    assert stands(typed).step == 0
    assert asking.waits(typed) == ()
    cleared = amend(asked(typed, 2, meeting=JULY), {"response": ""}, at(on(3)))
    assert [bool(one.answered) for one in asking.asks(cleared)] == [True, False]


def test_days_that_are_none_never_fall_due():
    odd = asked(PLAIN, 0)
    line = odd.history[-1]._replace(at="yesterday")
    assert stands(odd._replace(history=(line,))) == Rung(2, None, ("yesterday",))


@pytest.mark.parametrize("after", ["", (), ("PRK-CHASE-1",), ("a", "b", "c", "d", "e")])
def test_lines_of_another_shape_break_nothing(after):
    odd = asked(PLAIN, 0)
    odd = odd._replace(history=tuple(line._replace(after=after) for line in odd.history))
    assert len(asking.asks(odd)) == isinstance(after, tuple)
    assert stands(odd).step in (1, 2)


@pytest.mark.parametrize("status", Status)
def test_what_waits_still_has_to_be_done(status):
    one = asked(PLAIN, 0, 7)._replace(status=status)
    waits = asking.waits(one)
    assert bool(waits) is status.can_be_overdue
    assert [each.number for each in waits] in ([], ["PRK-CHASE-1"])
    both = asking.waits(asked(asked(one, 8, owner="Ann Lee"), 9))
    assert [each.owner for each in both] in ([], ["Ann Lee", "Jo Bell"])


def test_where_answers_came_from():
    came = answered(answered(asked(PLAIN, 0), 2), 9)
    heard = Heard("jo@example.org", "2024-05-08", "<1@example.org>")
    assert asking.heard_of(came) == (heard, heard)
    assert asking.heard_of(asked(PLAIN, 0)) == ()


def test_an_answer_is_heard_and_a_question_is_not():
    assert last_heard(asked(PLAIN, 0), on(30)) == "2024-03-13"
    assert last_heard(answered(asked(PLAIN, 0), 2), on(30)) == str(on(2))


def test_the_public_reads_no_names():
    told = asking.for_the_public(
        amend(answered(asked(PLAIN, 0), 2), {"due_text": "soon"}, at(on(3)))
    )
    ask, reply, due = told.history
    assert ask.after == ("", "", "2024-05-20", JUNE)
    assert reply.after == ("", "2024-05-08", "")
    assert due.after == "soon"
    assert (
        asking.asks(told)[0]._replace(number="PRK-CHASE-0", owner="Jo Bell")
        == (asking.asks(answered(asked(PLAIN, 0), 2))[0])
    )


def test_lists_know_it():
    once, twice = asked(PLAIN, 0), asked(PLAIN, 0, 7)
    done = answered(twice, 8)
    calendar = Calendar(MAY)

    def found(**query: object) -> list[bool]:
        return [bool(Query(**query).select([one], calendar)) for one in (PLAIN, once, twice, done)]  # type: ignore[arg-type]

    assert found(unanswered=True) == [False, True, True, False]
    assert found(asked_before=str(on(7))) == [False, True, False, False]
    assert found(asked_before=str(on(8))) == [False, True, True, True]
    assert found(asked_before=str(on(8)), unanswered=True) == [False, True, True, False]


EVENTS = st.lists(
    st.tuples(st.sampled_from(["ask Jo Bell", "ask Ann Lee", "answer"]), st.integers(0, 40))
)


@given(events=EVENTS, today=st.integers(0, 60))
def test_nobody_is_asked_twice_by_the_ladder_in_less_than_its_days(events, today):
    record = PLAIN
    for what, day in sorted(events, key=lambda event: event[1]):
        owner = what.removeprefix("ask ")
        record = answered(record, day) if what == "answer" else asked(record, day, owner=owner)
    found = rung(record, "Ann Lee", NO_OWNERS, Calendar(MAY), JUNE, SETTINGS)
    days = [day for what, day in events if what == "ask Ann Lee"]
    if found.step > 1 and found.is_due(on(today)):
        assert today >= min(days) + 7
        assert today > max(days)
    assert found.step <= len(set(days)) + 1


def test_parts_give_the_references_in_order():
    parts = (Part(0, "Dear"), Part(1, "1.", "PRK-2324-002"), Part(2, "2.", "PRK-2324-001"))
    assert Chase("x", "y", "", "", parts=parts).refs == ("PRK-2324-002", "PRK-2324-001")
