"""What is wrong between meetings."""

from datetime import date

from cpctrack.check import find_problems
from cpctrack.records.model import Meeting, MeetingType, Record, Status

FORMAL, INFORMAL = MeetingType.FORMAL, MeetingType.INFORMAL
JUNE = Meeting("2024-06-12", FORMAL, "2024/25")
NEXT_DAY = JUNE._replace(date="2024-06-13")
WEEK_ON = JUNE._replace(date="2024-06-19")
RECORD = Record(
    "0123456789ab", "CPC-2425-001", NEXT_DAY, "Item 3", action="Do.", owners=("Head",),
    status=Status.ONGOING,
)  # fmt: skip


def told(settings, *meetings: Meeting, records=(), **others: Meeting) -> list[tuple[str, str, str]]:
    held = {each.key: each for each in meetings} | others
    found = find_problems(records, held, settings, date(2024, 7, 1))
    return [(each.name, each.ref, each.message) for each in found]


def test_meetings_that_stand_are_no_problem(settings):
    assert told(settings, JUNE, WEEK_ON, NEXT_DAY._replace(type=INFORMAL)) == []
    assert told(settings, JUNE._replace(moved_to=WEEK_ON.date), WEEK_ON) == []
    fallen = JUNE._replace(cancelled=True)
    assert told(settings, fallen, JUNE._replace(type=INFORMAL)) == []
    assert told(settings, fallen, NEXT_DAY) == []


def test_records_of_one_that_was_not_held(settings):
    fallen = NEXT_DAY._replace(cancelled=True)
    ((name, ref, message),) = told(settings, fallen, records=[RECORD._replace(meeting=fallen)])
    assert (name, ref) == ("cancelled-meeting-with-records", "2024-06-13-formal")
    assert message.startswith("It is cancelled, but 1 action came of it; give them the day")
    assert message.endswith("with “cpctrack meeting 2024-06-13 --type formal --no-cancelled”.")
    fallen = NEXT_DAY._replace(moved_to=WEEK_ON.date)
    ((_, _, message),) = told(settings, fallen, WEEK_ON, records=[RECORD._replace(meeting=fallen)])
    assert message.endswith('with “cpctrack meeting 2024-06-13 --type formal --moved-to ""”.')


def test_a_move_to_nowhere_in_a_circle_or_beside_a_cancellation(settings):
    there, back = JUNE._replace(moved_to=WEEK_ON.date), WEEK_ON._replace(moved_to=JUNE.date)
    name = "meeting-moved-astray"
    assert told(settings, there) == [
        (
            name,
            JUNE.key,
            "It was moved to 19 June 2024, and no formal meeting is known of that day.",
        )
    ]
    assert told(settings, there, back) == [
        (name, JUNE.key, "It was moved to 19 June 2024, and from there back to 12 June 2024."),
        (name, WEEK_ON.key, "It was moved to 12 June 2024, and from there back to 19 June 2024."),
    ]
    assert told(settings, JUNE._replace(moved_to=JUNE.date))[0][:2] == (name, JUNE.key)
    both = there._replace(cancelled=True)
    assert told(settings, both, WEEK_ON) == [
        (name, JUNE.key, "It is cancelled, and moved to 19 June 2024 as well; only one can be.")
    ]


def test_a_meeting_that_was_planned_and_held_on_another_day(settings):
    ((name, ref, message),) = told(settings, JUNE, NEXT_DAY, records=[RECORD])
    assert (name, ref) == ("meeting-twice", JUNE.key)
    assert message == (
        "Nothing came of it, and 13 June 2024 has such a meeting too. If it is the same, say "
        "“cpctrack meeting 2024-06-12 --type formal --moved-to 2024-06-13”; if not, give it a note "
        "with --note."
    )
    assert told(settings, JUNE._replace(note="Nothing agreed."), NEXT_DAY, records=[RECORD]) == []
    agreed = RECORD._replace(agreed_on=JUNE.date, status=Status.COMPLETED, response="Sent.")
    assert told(settings, JUNE, NEXT_DAY, records=[agreed]) == []


def test_one_meeting_under_two_ids(settings):
    names = [(name, ref) for name, ref, _ in told(settings, JUNE, other=JUNE)]
    assert names == [("wrong-meeting-id", "other"), ("meeting-twice", JUNE.key)]


def test_a_day_that_is_none_breaks_nothing(settings):
    assert [each[0] for each in told(settings, JUNE._replace(date="soon"))] == [
        "unreadable-meeting-date"
    ]
