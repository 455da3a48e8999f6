"""What a message asks of an owner, in words."""

from datetime import date

import pytest

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change
from cpctrack.render.chase.message import (
    ESCALATION,
    MARKING,
    REMINDER,
    Message,
    Question,
    View,
    listed,
    view,
)

NUMBER = "CPC-CHASE-7K4QD"
TODAY = date(2023, 7, 1)
CALENDAR = Calendar(TODAY, ("2022-09-21", "2023-07-19"))
PARENTING, HOMES = "Corporate Parenting Committee", "The Homes Panel"


@pytest.fixture
def asked(make_record):
    """Give the one action that is shown, of a record with these fields."""

    def call(*, days=(), committees=(PARENTING,), **fields):
        record = make_record(1, action="Report back.", **fields)
        questions = [Question(record, CALENDAR, each, days) for each in committees]
        return written(questions=questions).actions[0]

    return call


@pytest.fixture
def question(make_record):
    return Question(make_record(1, action="Report back."), CALENDAR, PARENTING)


def written(**fields) -> View:
    usual = Message(
        NUMBER, "Head of Fostering", "", 1, (), "2023-07-10", "2023-07-19", TODAY, "Ada\nClerk"
    )
    return view(usual._replace(**fields))


@pytest.mark.parametrize(
    ("step", "begins"),
    [(1, "Progress on"), (REMINDER, "Reminder: Progress on"),
     (ESCALATION, "Not yet answered: Progress on"), (7, "Not yet answered: Progress on")],
)  # fmt: skip
def test_subject_says_what_it_is_and_ends_with_the_number(question, step, begins):
    subject = written(questions=[question], step=step).subject
    assert subject == f"{begins} actions: {PARENTING}, 19 July 2023 [{NUMBER}]"


def test_subject_names_every_committee_and_no_day_that_is_not_known(question):
    several = [question, question._replace(committee=HOMES), question]
    subject = written(questions=several, meeting="").subject
    assert subject == f"Progress on actions: {PARENTING} and {HOMES} [{NUMBER}]"


def test_no_mail_program_cuts_the_number_off(question):
    several = [question._replace(committee=f"Panel {at} of\nMarlowe") for at in range(99)]
    subject = written(questions=several, step=3, exempt=True).subject
    assert len(subject) < 255
    assert subject.endswith(f"…, 19 July 2023 [{NUMBER}]")
    assert "\n" not in subject


def test_opening_says_for_whom_for_which_meeting_and_by_when(question):
    (opening,) = written(questions=[question]).opening
    assert opening == (
        "I am writing for the Corporate Parenting Committee. Please tell me by Monday 10 July 2023 "
        "how this action stands, for the meeting of Wednesday 19 July 2023."
    )
    long = [question._replace(committee=f"Parks, Rivers and Paths Panel {no}") for no in (1, 2)]
    assert (
        written(questions=long)
        .opening[0]
        .startswith(
            "I am writing for the Parks, Rivers and Paths Panel 1; and the Parks, Rivers and Paths "
            "Panel 2. Please tell me by"
        )
    )
    several = [question, question._replace(committee=HOMES)]
    (opening,) = written(questions=several, meeting="", reply_by="").opening
    assert opening == (
        "I am writing for the Corporate Parenting Committee and The Homes Panel. Please tell me "
        "how these 2 actions stand."
    )


def test_a_day_that_a_hand_has_spoilt_stands_as_it_is(question):
    (opening,) = written(questions=[question], meeting="2023-13-45", reply_by="soon").opening
    assert opening.endswith("by soon how this action stands, for the meeting of 2023-13-45.")


def test_a_reminder_says_when_it_was_asked(question):
    again = [question._replace(asked=("2023-06-10", "2023-06-17")), question,
             question._replace(asked=("2023-06-10",))]  # fmt: skip
    _, reminder = written(questions=again, step=REMINDER).opening
    assert reminder == (
        "I asked on 10 June 2023 and 17 June 2023 and have no answer yet. If you have just sent "
        "one, thank you."
    )
    assert written(questions=[question], step=REMINDER).opening[1].startswith("I asked before and")
    third = written(questions=again, step=ESCALATION).opening
    assert third[2:] == ("The chair is told of the actions that nobody answers.",)
    assert [each.asked for each in written(questions=again).actions] == [
        "10 June 2023 and 17 June 2023", "", "10 June 2023"]  # fmt: skip


def test_privacy_says_what_becomes_of_an_answer(question):
    told = written(questions=[question])
    assert told.marking == ""
    assert told.privacy.startswith("What you write is printed in the public agenda of 19 July 2023")
    # Of one that is held in private, or that no store knows, nobody can say so much.
    for meeting in ("", "2023-07-20"):
        assert "in a public agenda: no" in written(questions=[question], meeting=meeting).privacy


def test_what_is_exempt_is_marked_and_says_nothing_of_a_public_agenda(question):
    told = written(questions=[question], exempt=True, step=REMINDER)
    assert told.marking == MARKING == "EXEMPT – not for publication"
    assert told.subject.startswith(f"{MARKING}: Reminder: Progress")
    assert "public agenda" not in " ".join((*told.opening, *told.how, told.privacy))
    assert "exempt" in told.privacy


def test_the_clerk_and_the_owner_are_lines(question):
    told = written(questions=[question], owner="Head\nof\x1b Homes", clerk="Ada \r\n\n Clerk\n")
    assert (told.greeting, told.closing) == ("Dear Head of Homes,", ("Ada", "Clerk"))


def test_actions_keep_their_order_and_are_numbered(make_record):
    questions = [Question(make_record(at), CALENDAR, PARENTING) for at in (7, 3, 5)]
    assert [(each.place, each.ref) for each in written(questions=questions).actions] == [
        (1, "CPC-2223-007"), (2, "CPC-2223-003"), (3, "CPC-2223-005")]  # fmt: skip


def test_committee_stands_with_the_action_where_there_are_several(asked):
    assert asked().agreed == "21 September 2022, Item 1. Welcome"
    assert asked(item="").agreed == "21 September 2022"
    named = asked(committees=(HOMES, PARENTING)).agreed
    assert named == "The Homes Panel, 21 September 2022, Item 1. Welcome"


def test_due_date_tells_how_often_it_moved(asked):
    moves = tuple(
        Change(f"2023-0{at}-01T09:00:00Z", "c", "extend", "due", before, after, "Ill.")
        for at, (before, after) in enumerate(
            [("2023-03-31", "2023-04-30"), ("2023-04-30", "2023-08-31")], 1
        )
    )
    assert asked(due="2023-08-31", history=moves).due == (
        "31 August 2023 (first due 31 March 2023, moved twice)"
    )
    assert asked(due="2023-08-31").due == "31 August 2023"
    assert asked(due_text="when\nready").due == "when ready"
    assert asked().due == "no day is set"
    assert asked(due_text="end of August").due == "end of August (31 August 2023)"
    assert asked(due_text="by the next meeting").due == "by the next meeting (19 July 2023)"
    assert asked(due_text="Spring term onwards").due == "Spring term onwards"


@pytest.mark.parametrize(
    ("due", "late"),
    [("2023-06-30", "Overdue by 1 day"), ("2023-06-18", "Overdue by 13 days"),
     ("2023-06-17", "Overdue by 2 weeks"), ("2023-04-29", "Overdue by 9 weeks"),
     ("2023-07-01", ""), ("", "")],
)  # fmt: skip
def test_late_in_days_then_weeks(asked, due, late):
    assert asked(due=due).late == late


def test_late_by_words_says_since_when(asked):
    assert asked(due_text="end of March 2023").late == "Overdue by 13 weeks, since 31 March 2023"


def test_last_response_stands_with_its_day(asked):
    history = (
        Change("2023-05-03T09:00:00Z", "c", "update", "response", "", "Soon."),
        Change("2023-06-03T09:00:00Z", "c", "update", "due", "", "2023-09-01"),
    )
    assert (
        asked(response="Soon.\nOr later.", history=history).said == "Soon.\nOr later. (3 May 2023)"
    )


@pytest.mark.parametrize("via", ["import", ""])
def test_a_day_on_which_nobody_answered_is_not_told(asked, via):
    line = Change("2023-05-03T09:00:00Z", "c", via, "response", "", "Soon.")
    assert asked(response="Soon.", history=(line,) if via else ()).said == "Soon."
    assert asked(history=(line,)).said == ""


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_for_a_sentence(words, joined):
    assert listed(words) == joined
