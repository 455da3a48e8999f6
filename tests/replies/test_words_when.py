"""By when an owner says that it will be done, of all the times in their words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.dates import long_date
from cpctrack.records.model import Meeting, MeetingType, Record
from cpctrack.replies.when import Time, asked_for

WRITTEN = date(2025, 2, 10)  # a Monday
MEETING = Meeting("2024-11-20", MeetingType.FORMAL, "2024/25")


def read(text, **fields):
    return asked_for(text, Record("a1b2c3d4e5f6", "NPC-2425-004", MEETING, **fields), WRITTEN)


DAYS = [
    ("Can we have a little longer, say until 20 June?", "2025-06-20"),
    ("The consultant reports in April, so please extend to 30 May.", "2025-05-30"),
    ("1st of May", "2025-05-01"),
    ("Please extend to 28 March 2025.", "2025-03-28"),
    ("By 28 March.", "2025-03-28"),
    ("I need until 4 April please.", "2025-04-04"),
    ("New date 30/04/25", "2025-04-30"),
    ("Could we have until 1 May?", "2025-05-01"),
    ("Will be completed by 31.3.2025.", "2025-03-31"),
    ("We should have it done by the 28th.", "2025-02-28"),
    ("The last day is 14th March.", "2025-03-14"),
    ("Draft done on 3 February, the rest by 21 March.", "2025-03-21"),
    ("Sent to Legal on 20 January. Please move the date to 25 June 2025.", "2025-06-25"),
    ("Note to Members by Friday 7 March.", "2025-03-07"),
    ("Report to follow on 17 March.", "2025-03-17"),
    ("by 5 January", "2026-01-05"),
    ("30 June 2025", "2025-06-30"),
    ("the 3rd", "2025-03-03"),
    ("Two left, 21 March 2025", "2025-03-21"),
    ("Should be finished before 11 April.", "2025-04-11"),
    ("Bydd yn barod erbyn 3 Ebrill.", "2025-04-03"),
    ("They have asked for an extension till 9 May 2025.", "2025-05-09"),
    ("Could you give us until 16 May?", "2025-05-16"),
    ("An extension to 2 June would help.", "2025-06-02"),
    ("Please change the date to 12/06/2025.", "2025-06-12"),
    ("The new date is 4 April 2025.", "2025-04-04"),
    ("Target date: 30 May 2025", "2025-05-30"),
    ("Aiming for 21 March.", "2025-03-21"),
    ("I will circulate it on 24 February.", "2025-02-24"),
    ("It'll be with Members by 3rd March 2025", "2025-03-03"),
    ("Expected completion 31/03/2025.", "2025-03-31"),
    ("done by Friday", "2025-02-14"),
    ("Revised date: 2025-07-01", "2025-07-01"),
    ("no later than 14 April", "2025-04-14"),
    ("It is now due on 30 April 2025, not 31 March 2025.", "2025-04-30"),
    ("Original date was 31 January; I now need until 28 March.", "2025-03-28"),
    ("We hope to finish by the 21st", "2025-02-21"),
    ("The grant must be spent by 31 March 2026.", "2026-03-31"),
    ("Please allow until Friday 28 February.", "2025-02-28"),
    ("We want 30 April 2025 instead.", "2025-04-30"),
    ("Deadline moved from 31 January to 28 February.", "2025-02-28"),
    ("It slipped from 3 February to 3 March.", "2025-03-03"),
    ("Finish date: 9/5/2025", "2025-05-09"),
    ("ETA 14 March", "2025-03-14"),
    ("2025-03-14 please", "2025-03-14"),
]
VAGUE = [
    ("Target is now end of May.", "end of May"),
    ("erbyn diwedd Mawrth", "diwedd Mawrth"),
    ("By the end of July.", "end of July"),
    ("September.", "September"),
    ("July Cabinet.", "July Cabinet"),
    ("It goes to the March meeting.", "March meeting"),
    ("Draft in Autumn", "Autumn"),
    ("Please defer to the autumn.", "autumn"),
    ("I hope to have it finished in April.", "April"),
    ("Mid-March.", "Mid-March"),
    ("Expected in November 2025.", "November 2025"),
    ("Moved to the June meeting.", "June meeting"),
    ("early in the new year", "new year"),
    ("by the next meeting", "next meeting"),
    ("It will be ready by Easter.", "Easter"),
    ("Hopefully in the spring term.", "spring term"),
    ("in six weeks", "six weeks"),
    ("We'd need till the end of March", "end of March"),
    ("will be ready for the next meeting", "next meeting"),
    ("Can this come to the June meeting instead?", "June meeting"),
    ("It should come back in May", "May"),
    ("Sometime in the summer.", "summer"),
    ("before Christmas", "Christmas"),
    ("Work will finish in late April.", "late April"),
    ("due in the first week of May", "May"),
    ("next month", "next month"),
    ("Will be finished in two weeks.", "two weeks"),
    ("Expected by mid March", "mid March"),
    ("This will go to Cabinet in May.", "May"),
    ("should be with you w/c 3 March", "3 March"),
    ("Can we say end of April please", "end of April"),
    ("end Feb", "end Feb"),
    ("spring 2026", "spring 2026"),
    ("by the summer recess", "summer"),
    ("in the new financial year", "financial year"),
]
NO_DATE = [
    "Paper going to Cabinet on 12 March.",
    "I will take it to the board on 12 March.",
    "The lease expires on 30 June.",
    "Half term is 24 to 28 February.",
    "Draft by 3 March, final version by 31 March.",
    "Done – 14 January.",
    "Complete: 3 February",
    "All done, January.",
    "Report to the board, 3 February.",
    "As I told you at the meeting in January.",
    "Done on 3 February.",
    "Sent 30 January",
    "Reported to the meeting of 15 January.",
    "Consultation runs to 14 March.",
    "Consultation closes on 14 March, 40 replies so far.",
    "In use since 3 May.",
    "Discussed at the staff forum on 29 January.",
    "It is discussed at the board on 12 March.",
    "The group starts on 1 September.",
    "The hall is hired from 2 May.",
    "560 asked, 432 answered.",
    "4,310 trees at £12.50.",
    "Ratio 3/4 agreed.",
    "See minute 12 of 4 December.",
    "Completed in January.",
    "On every agenda since autumn 2023.",
    "We may be finished soon.",
    "She may know.",
    "They march every year.",
    "As of 10 February we have 12.",
    "It went live in October 2024.",
    "The grant year ends on 31 March 2025 and the money is spent.",
    "Figures for March 2024 are on the website.",
    "We have a meeting with them on 3 March.",
    "The hearing is on 3 March.",
    "Exhibition from 3 to 28 March.",
    "I'm on leave until 24 February.",
    "The school reopens on 1 April.",
    "Letters were sent between 3 and 7 February.",
    "Discussed on 14 January and agreed.",
    "The contract runs until 31 March 2026.",
    "Tenancies began in May 2024.",
    "The law changes on 1 April.",
    "Closed on 31 January.",
    "It was due on 31 January.",
    "40 of 60 replied by 31 January.",
    "The bill came to 3/4 of a million.",
    "May we close this?",
    "I may be late.",
    "It is in the March 2024 minutes.",
    "From 1 April it is the county's.",
    "Members asked on 20 November.",
    "Met on 4.2.25 and all is well.",
    "Published 3 February.",
    "Circulated, 3 February.",
    "We will meet them on 3 March.",
    "Interviews will be on 3 March.",
    "The budget for 2025/26 has £4,000.",
    "The summer fair was a success.",
    "Spring bulbs are planted.",
    "Can I have another month, to 14 March?",
    "Back to the committee on 26 March.",
    "Circulated on 3 February, reminder due 3 March.",
    "I will be back on 3 March.",
    "Offices are shut from 24 December to 2 January.",
    "First draft 28 Feb, final 31 March.",
    "Not before 1 May.",
    "We shall not make 28 February.",
    "Cannot be done by 28 February.",
    "I was asked to answer by 14 February.",
    "Thank you for your e-mail of 3 February.",
    "The Act comes into force on 6 April 2025.",
    "14/03",
    "The Committee on 26 March will have it.",
    "On 31 February",
    "by 31 February",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_that_is_asked_for(text, day):
    assert read(text).day == day


@pytest.mark.parametrize(("text", "words"), VAGUE)
def test_a_time_that_names_no_day(text, words):
    asked = read(text)
    assert asked.day == ""
    assert words in asked.words


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_new_date(text):
    assert read(text) == Time()


@pytest.mark.parametrize(
    "fields", [{"due": "2025-04-30"}, {"due_text": "end of April 2025"}, {"due_text": "April"}]
)
def test_a_day_not_after_the_due_date_asks_for_nothing(fields):
    assert read("It will be done by 30 April.", **fields) == Time()
    assert read("It will be done by 1 May.", **fields) == Time("2025-05-01", "1 May")


def test_words_without_a_day_are_kept_whatever_the_due_date():
    assert read("It will be done by the end of March.", due="2025-04-30").words == "end of March"


def test_without_a_record_a_day_to_come_is_asked_for():
    assert asked_for("by 3 March", None, WRITTEN).day == "2025-03-03"
    assert asked_for("by 3 February 2025", None, WRITTEN) == Time()


@given(st.integers(1, 300), st.sampled_from(["by {}", "Please extend to {}.", "{}"]))
def test_a_day_without_its_year_is_the_next_one(days, words):
    day = WRITTEN + timedelta(days)
    assert read(words.format(long_date(day.isoformat())[:-5])).day == day.isoformat()


@given(st.dates(date(2015, 1, 1), WRITTEN), st.sampled_from(["by {}", "until {}", "{}"]))
def test_a_day_that_is_past_is_never_asked_for(day, words):
    assert read(words.format(long_date(day.isoformat()))) == Time()
