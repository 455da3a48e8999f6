"""What an owner's words say of status, date, other owners, and what a person should look at."""

from datetime import date

import pytest

from cpctrack.records.model import Meeting, MeetingType, Record, Status
from cpctrack.replies.words import is_elsewhere, is_holding, said

WRITTEN = date(2025, 2, 10)  # a Monday
MEETING = Meeting("2024-11-20", MeetingType.FORMAL, "2024/25")


def record(**fields):
    return Record("a1b2c3d4e5f6", "NPC-2425-004", MEETING, **fields)


def read(text, *, status="", **fields):
    return said(text, record(**fields), WRITTEN, status=status)


# --- how far it is, in words ------------------------------------------------------------------

DONE = [
    "Done.",
    "Done",
    "All done",
    "Both of these are done.",
    "All four are complete.",
    "This is now complete.",
    "Completed last week.",
    "Finished on Friday",
    "Closed.",
    "Job done, thanks.",
    "Sent to all Members on 3 February.",
    "The leaflet went out in January.",
    "Circulated 14 January.",
    "Published on the website",
    "The guidance has been published and every school told.",
    "Please close this one.",
    "You can take this off the list.",
    "Please remove from the log.",
    "This can come off now.",
    "I think we can close this.",
    "Happy for this to be closed.",
    "Contract signed on 20 January; nothing left to do.",
    "Reported to the January meeting.",
    "Sorry for the delay, this was sent round in December.",
    "The ramp is installed and in use.",
    "Policy adopted by Full Council in December.",
    "Visited on 12 December with the Chair, all went well. Close please.",
    "We wrote to the Minister on 4 February.",
    "Now live.",
    "Actioned",
    "Wedi’i gwblhau.",
    "Cwblhawyd ym mis Ionawr.",
    "Delivered to every household before Christmas.",
    "The training took place on 6 February.",
]
NOT_STARTED = [
    "Not started.",
    "We haven't started this yet.",
    "Not yet begun, sorry.",
    "Nothing done so far.",
    "No progress on this one, I'm afraid.",
    "Yet to start.",
    "No work has been done on this.",
    "Heb ddechrau.",
    "Not done.",
    "This has not been done.",
    "We have not been able to begin.",
]
UNDER_WAY = [
    "In progress.",
    "Under way.",
    "Work is under way on the second site.",
    "Three of the five wards are finished.",
    "Two out of three done.",
    "60% complete",
    "About half of them are done.",
    "Nearly done.",
    "Almost finished, only the index is missing.",
    "Done except for the map.",
    "Mostly complete; a few forms are still to come in.",
    "First draft is with Legal.",
    "Draft written.",
    "We are waiting for the contractor.",
    "Awaiting the inspector's report.",
    "On track.",
    "The consultation closes on 7 March.",
    "I am hoping to finish this in March.",
    "Will be completed by 31 March 2025.",
    "Should be done by Easter.",
    "To be completed by the end of March.",
    "It will be published next month.",
    "Quotes have come in from two firms, the third is awaited.",
    "Still chasing the surgery for figures.",
    "With Legal.",
    "With procurement at the moment.",
    "It isn't finished.",
    "This has not been closed, two items are outstanding.",
    "Was done in January but has to be redone.",
    "We thought it was done, but the lock needs doing again.",
    "The report is being written.",
    "The survey is out, 80 replies so far.",
    "Recruitment has begun.",
    "Ar y gweill.",
    "The order is placed; delivery is due in March.",
    "Four left to do.",
    "Interviews are next week.",
    "Started last month.",
]
ONGOING = [
    "Ongoing.",
    "On-going",
    "This is a standing item on every agenda.",
    "It is in every report.",
    "Included in each quarterly report.",
    "We do this every month and will go on doing so.",
    "Continuing.",
    "This is business as usual now.",
    "Parhaus",
]
PUT_OFF = [
    "Deferred.",
    "Please defer to June.",
    "On hold until the budget is settled.",
    "Paused while the post is vacant.",
    "This has been moved to the autumn.",
    "Put back to the June meeting.",
    "Postponed.",
    "Could this be deferred until the new year?",
    "We had to postpone this.",
]
DROPPED = [
    "Not proceeding.",
    "We won't be doing this.",
    "This won't be done.",
    "We will not be going ahead with the kiosk.",
    "The scheme has been withdrawn.",
    "Cancelled by the council in January.",
    "The Cabinet decided against it.",
    "No longer needed.",
    "This is not going to happen.",
]
NOTHING_TO_FOLLOW = [
    "No follow-up needed.",
    "No further action.",
    "No further action required.",
    "N/A",
]
NO_WORD = [
    "",
    "Once done I will let Members know.",
    "If it is done in time it goes to the March meeting.",
    "No change.",
    "No change since January.",
    "As before.",
    "Nothing new to report.",
    "Dim newid.",
    "£12,400 for 31 lamp posts.",
    "14 of them in Upper Ness, 9 in Lower Ness.",
    "Thanks for the reminder.",
    "Yes.",
    "Please ask the Head of Parks.",
    "What is this about?",
    "The map is on page 4.",
    "Please see attached.",
    "Fees went up by 3 % last year.",
]

# A doubtful reading may be none, and must not be another.
STATUSES = [
    *((text, "proposed") for text in DONE),
    *((text, "open") for text in NOT_STARTED),
    *((text, "in-progress") for text in UNDER_WAY),
    *((text, "ongoing") for text in ONGOING),
    *((text, "deferred") for text in PUT_OFF),
    *((text, "not-proceeding") for text in DROPPED),
    *((text, "no-follow-up") for text in NOTHING_TO_FOLLOW),
    *((text, "") for text in NO_WORD),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_the_status_that_words_suggest(text, status):
    assert read(text).status == status


# --- how far it is, by the word of a form -------------------------------------------------------

FORM = [
    ("Not started", "open"), ("Open", "open"), ("In progress", "in-progress"),
    ("Under way", "in-progress"), ("On track", "in-progress"), ("Amber", "in-progress"),
    ("Ongoing", "ongoing"), ("Continuing", "ongoing"), ("Done", "proposed"),
    ("Complete", "proposed"), ("COMPLETED", "proposed"), ("Closed", "proposed"),
    ("Finished", "proposed"), ("TRUE", "proposed"), ("yes", "proposed"), ("✓", "proposed"),
    ("☑", "proposed"), ("x", ""), ("FALSE", "open"), ("no", "open"), ("2/3 done", "in-progress"),
    ("98 %", "in-progress"), ("100%", "proposed"), ("0%", "open"), ("Deferred", "deferred"),
    ("On hold", "deferred"), ("Paused", "deferred"), ("Not proceeding", "not-proceeding"),
    ("Will not be done", "not-proceeding"), ("Rejected", "not-proceeding"),
    ("Superseded", "superseded"), ("N/A", "no-follow-up"), ("No follow-up needed", "no-follow-up"),
    ("Wedi’i gwblhau", "proposed"), ("Ar y gweill", "in-progress"), ("Dim newid", ""),
    ("No change", ""), ("Proposed for closure", "proposed"), ("Completed 3/2/2025", "proposed"),
    ("Nearly done", "in-progress"), ("Not done", "open"), ("5 of 6", "in-progress"),
    ("Done?", ""), ("-", ""), ("tbc", ""),
]  # fmt: skip


@pytest.mark.parametrize(("word", "status"), FORM)
def test_the_word_of_a_form(word, status):
    assert read("14 notices", status=word).status == status


# --- by when -------------------------------------------------------------------------------------

DAYS = [
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
]
VAGUE = [
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
]
NO_DATE = [
    "Done on 3 February.",
    "Sent 30 January",
    "Reported to the meeting of 15 January.",
    "Consultation runs to 14 March.",
    "Consultation closes on 14 March, 40 replies so far.",
    "In use since 3 May.",
    "Discussed at the union meeting on 30 January.",
    "It is discussed at the board on 12 March.",
    "The group starts on 1 September.",
    "The room is booked from 1 June.",
    "1,204 asked, 988 answered.",
    "4,310 trees at £12.50.",
    "Ratio 3/4 agreed.",
    "See minute 12 of 4 December.",
    "Completed in January.",
    "In every report since spring 2023.",
    "We may be finished soon.",
    "She may know.",
    "They march every year.",
    "As of 10 February we have 12.",
    "It went live in October 2024.",
    "The grant year ends on 31 March 2025 and the money is spent.",
    "Figures for March 2024 are on the website.",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_that_is_asked_for(text, day):
    assert read(text).due == day


@pytest.mark.parametrize(("text", "words"), VAGUE)
def test_a_time_that_names_no_day(text, words):
    answer = read(text)
    assert answer.due == ""
    assert words in answer.due_text


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_new_date(text):
    assert (read(text).due, read(text).due_text) == ("", "")


# --- whom else they name ---------------------------------------------------------------------------

OTHERS = [
    ("Not for me, please ask the Head of Parks.", "Head of Parks"),
    ("This sits with Legal Services.", "Legal Services"),
    ("This one should be with Dilys Marne.", "Dilys Marne"),
    ("This now belongs to the Director of Place.", "Director of Place"),
    ("Owain Tarr has taken over from me.", "Owain Tarr"),
    ("Bethan is away; Dr Una Frost covers for her and should have this one.", "Dr Una Frost"),
    ("Over to Gareth Pell.", "Gareth Pell"),
    ("Please redirect to the Fostering Manager.", "Fostering Manager"),
    ("I have left the team. Please send this to Aled Brook.", "Aled Brook"),
    ("One for Highways, not us.", "Highways"),
    ("Nothing to do with us. Try the Estates Team.", "Estates Team"),
    ("This is now Siân Holt's.", "Siân Holt"),
    ("The Housing Manager is the right person for this.", "Housing Manager"),
    ("Please reassign to J. Penhale.", "J. Penhale"),
    ("This is one for the Monitoring Officer.", "Monitoring Officer"),
    ("I no longer hold this post: please contact Marged Lowe.", "Marged Lowe"),
    ("Responsibility has passed to the Head of Waste.", "Head of Waste"),
]
NOBODY_ELSE = [
    "Lowri in my team will send you the list.",
    "My colleague Ifan Rhodes is helping with the figures.",
    "I have asked the Head of Parks for the numbers.",
    "Copied to Dilys Marne.",
    "Draft with the Head of Legal.",
    "Done, with thanks to Owain Tarr.",
    "The Chair has signed it.",
    "Not for publication.",
    "This sits well with the strategy.",
    "Waiting for Legal.",
    "Over to the next meeting.",
    "Sent to Aled Brook on 3 February.",
]


@pytest.mark.parametrize(("text", "name"), OTHERS)
def test_whom_the_owner_names_instead(text, name):
    assert read(text).redirect == name


@pytest.mark.parametrize("text", NOBODY_ELSE)
def test_who_only_helps_is_no_new_owner(text):
    assert read(text).redirect == ""


# --- what a person should look at -------------------------------------------------------------------

ELSEWHERE = [
    "Please see attached.",
    "See attached report",
    "As discussed.",
    "As discussed on Tuesday",
    "See my e-mail of 4 February.",
    "As per my email last week.",
    "The answer is in the enclosed PDF.",
    "I attach the note.",
    "As I said on the phone.",
    "See below.",
]
HOLDING = [
    "I will look at this on Thursday.",
    "Will get back to you.",
    "Leave it with me.",
    "I'll send this in by the 20th.",
    "I'll come back to you on this.",
    "Will let you know next week.",
    "Sorry, I'm snowed under, will answer tomorrow.",
    "Update to follow.",
    "Let me check and get back to you.",
    "Will reply in full when I am back.",
]
QUIET = [
    "Please don't print this.",
    "Not for publication.",
    "Confidential.",
    "This is Part 2.",
    "Exempt until the contract is signed: £40,000.",
    "Please keep this out of the public papers.",
    "Do not publish the address.",
]
QUESTIONS = [
    "What is this about?",
    "Is this ours?",
    "Which road do you mean?",
    "Are you sure this is for me?",
    "Hasn't this been closed?",
]
CONTRARY = [
    ("Not yet done, two left.", "Done"),
    ("All done, please close.", "Not started"),
    ("Nothing has been done so far.", "Completed"),
    ("We are not going ahead.", "Complete"),
    ("On hold until June.", "Closed"),
]
CERTAIN = [
    "Done.",
    "Sent to all Members on 3 February.",
    "Two schools left, by 28 March 2025.",
    "Ask for more time, until 4 April please.",
    "Could we have until 1 May?",
    "Not started I'm afraid.",
    "Not for me, please ask the Head of Parks.",
    "I will write to the Minister by 14 March.",
    "Attached to every tenancy since January, so done.",
    "The partners discussed this on 4 February and agreed.",
    "No change.",
    "Part 2 of the works is finished.",
    "The confidentiality agreement is signed.",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_an_answer_that_is_elsewhere_is_asked_about(text):
    assert is_elsewhere(text)
    assert read(text).doubts


@pytest.mark.parametrize("text", HOLDING)
def test_a_promise_to_answer_is_asked_about(text):
    assert is_holding(text)
    assert read(text).doubts


@pytest.mark.parametrize("text", QUIET)
def test_what_is_not_to_be_printed_is_asked_about(text):
    assert read(text).doubts
    assert not read(text, exempt_paragraph="3").doubts


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_back_is_asked_about(text):
    assert read(text).doubts


@pytest.mark.parametrize(("text", "word"), CONTRARY)
def test_a_form_s_word_against_the_words_beside_it_is_asked_about(text, word):
    answer = read(text, status=word)
    assert answer.doubts
    assert answer.status != "proposed"


@pytest.mark.parametrize("text", CERTAIN)
def test_what_is_plain_is_not_asked_about(text):
    answer = read(text)
    assert not answer.doubts
    assert not is_elsewhere(text)
    assert not is_holding(text)
