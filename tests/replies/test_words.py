"""What an owner's words say, taken together, and what a person should look at."""

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpctrack.records.model import Meeting, MeetingType, Record
from cpctrack.replies.words import Said, is_elsewhere, is_holding, said

WRITTEN = date(2025, 2, 10)  # a Monday
MEETING = Meeting("2024-11-20", MeetingType.FORMAL, "2024/25")


def record(**fields):
    return Record("a1b2c3d4e5f6", "NPC-2425-004", MEETING, **fields)


def read(text, *, status="", **fields):
    return said(text, record(**fields), WRITTEN, status=status)


ELSEWHERE = [
    "We spoke about this yesterday.",
    "My answer is in the attached Word document.",
    "Please see attached.",
    "See attached report",
    "As discussed.",
    "As discussed on Tuesday",
    "See the e-mail I sent in January.",
    "As per my email last week.",
    "The answer is in the enclosed PDF.",
    "I attach the note.",
    "As I said on the phone.",
    "See below.",
    "See the attached note.",
    "Please find attached our reply.",
    "The spreadsheet attached gives the answer.",
    "As we discussed.",
    "As agreed on the phone",
    "Per my e-mail of Friday.",
    "I have answered this already, see my earlier message.",
    "I told you about this on Monday.",
    "Attached.",
    "Please refer to the attachment.",
    "See email sent on Friday.",
    "Answered by separate e-mail.",
    "Details are in the attached spreadsheet.",
]
HOLDING = [
    "I'll get you an answer by Friday.",
    "Noted, will revert.",
    "I will look at this on Thursday.",
    "Will get back to you.",
    "Leave it with me.",
    "I’ll send this in by the 24th.",
    "I'll come back to you on this.",
    "Will let you know next week.",
    "Sorry, I'm snowed under, will answer tomorrow.",
    "Update to follow.",
    "Let me check and get back to you.",
    "Will reply in full when I am back.",
    "I'll have a look and come back to you.",
    "Will try to answer by Friday.",
    "Bear with me, more soon.",
    "I need to check with my team and will be in touch.",
    "I'll pick this up next week.",
    "Response will follow.",
    "You will have my update on Monday.",
    "I will respond properly on Monday.",
    "Can I come back to you on this?",
    "I'm looking into it and will update you.",
    "Apologies, will do this tomorrow.",
    "More to follow.",
]
QUIET = [
    "Off the record: the tenant has left.",
    "Please don't print this.",
    "Not for publication.",
    "Confidential.",
    "This is Part 2.",
    "Exempt until the contract is signed: £40,000.",
    "Please keep this out of the public papers.",
    "Do not publish the address.",
    "This must not appear in the public papers.",
    "Between us, the family has moved.",
    "Not to be shared with the press.",
    "Please keep confidential.",
    "Please do not minute this.",
    "For your eyes only.",
    "Commercially sensitive.",
    "Not for the public agenda please.",
    "Please treat as confidential.",
    "Do not print: the family is named.",
]
QUESTIONS = [
    "Who is the lead on this now?",
    "Done I think?",
    "What is this about?",
    "Is this ours?",
    "Which road do you mean?",
    "Are you sure this is for me?",
    "Hasn't this been closed?",
    "What do you need from me?",
    "Why am I getting this?",
    "Isn't this done already?",
    "Do you mean the one in Upper Ness?",
    "I don't recognise this action?",
    "What was agreed?",
    "Closed? I thought it was still open.",
]
SOMEBODY_ELSE_S = [
    "Sian says: we have 14.",
    "Here is what Elin wrote: two left.",
]
CONTRARY = [
    ("Not yet done, two left.", "Done"),
    ("All done, please close.", "Not started"),
    ("Nothing has been done so far.", "Completed"),
    ("We are not going ahead.", "Complete"),
    ("On hold until June.", "Closed"),
]
CERTAIN = [
    "The attached house was sold, so this is done.",
    "Not shared with the county yet, will be by 14 March.",
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
    "Attached to the lease since May, so done.",
    "The letter was sent with the form attached.",
    "I will check the drains by 14 March.",
    "We will answer the residents' letter by 14 March.",
    "The private sector homes are done.",
    "Confidential waste is now collected weekly.",
    "The road is closed until 3 March.",
    "Exempt tenants were written to in January.",
    "Part 2 of the review starts in May.",
    "Can we have until 16 May?",
    "Happy to close this?",
    "Members asked what it costs: £400.",
    "We agreed this at the board on 3 February.",
    "We'll write to Members in March.",
    "All done, as I said at the meeting in January.",
    "All done and closed.",
    "Two are left, the rest is done.",
    "Please extend to 28 March.",
    "See page 4 of the January report: 12 homes.",
    "The confidential helpline opened in January.",
    "Published with the private sector report.",
    "OK to close?",
    "Could this move to June?",
    "I will send the list to Members on 3 March.",
    "We will look at all bids in March and choose one.",
    "The residents were told that an answer will follow an inspection in May.",
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


@pytest.mark.parametrize("text", SOMEBODY_ELSE_S)
def test_somebody_else_s_words_are_asked_about(text):
    assert read(text).doubts == ("these may be somebody else’s words",)


# --- taken together -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["560 asked, 432 had one.", "Agreed with Ifan.", "Sent; I will bring a copy.", "July"]
)
def test_words_that_deny_nothing_leave_a_form_s_status_alone(text):
    answer = read(text, status="Done")
    assert (answer.status, answer.doubts) == ("proposed", ())


def test_a_form_s_status_goes_before_the_words():
    assert read("Report sent to Members.", status="In progress") == Said("in-progress")
    assert read("14 notices", status="Done") == Said("proposed")
    assert read("Waiting for Legal.", status="no change") == Said("in-progress")


def test_who_asks_for_time_has_not_done_it():
    asked = read("Letter sent, the rest by 21 March.")
    assert asked == Said("in-progress", "2025-03-21", "21 March")


def test_of_a_redirect_only_the_new_owner_is_said():
    text = "Not for me, please ask the Head of Parks. I am away until 3 March and it is not done."
    assert read(text) == Said(redirect="Head of Parks")


def test_who_owns_it_already_is_no_new_owner():
    owned = read("This sits with the Head of Parks, draft in March.", owners=("Head of parks",))
    assert (owned.status, owned.redirect) == ("in-progress", "")


def test_an_answer_that_says_two_things_is_asked_about():
    answer = read("Two schools are left. Please close this.")
    assert answer.status == "in-progress"
    assert answer.doubts == ("it says that it is done and that it is not",)


def test_a_promise_to_answer_behind_an_answer_is_no_doubt():
    assert not read("Two of three are done. I will get back to you about the last.").doubts


def test_completed_is_never_suggested():
    assert read("Completed.", status="Completed").status == "proposed"


DONE_WORDS = [
    "done", "complete", "completed", "sent", "circulated", "published", "finished", "closed",
]  # fmt: skip
TAKEN_BACK = [
    "This is not {}.", "This isn’t {} yet.", "It has never been {}.", "Not yet {}.",
    "It will be {} soon.", "It should be {} by now.", "To be {}.", "It is going to be {}.",
    "I could not call it {}.", "Nearly {}.", "Once {}, I will write.", "If it is {} in time.",
    "{} except for the map.", "It was {} but has to be redone.", "It hasn’t been {}.",
    "We hope to have it {}.", "Is it {}?", "98 % {}.", "Half of it is {}.", "It can’t be {}.",
]  # fmt: skip
AROUND = ["", "Sorry. ", "The map of Upper Ness, ", "We met on 4 February. "]


@given(st.sampled_from(AROUND), st.sampled_from(TAKEN_BACK), st.sampled_from(DONE_WORDS))
def test_done_is_never_read_of_what_is_denied_or_to_come(around, taken_back, word):
    assert read(around + taken_back.format(word)).status != "proposed"


@given(st.text(max_size=300), st.text(max_size=30))
@example("\u2028\ud800", "\x00")
@example("in ¾ weeks, by ² March, by 31 February 9999", "٣ %")
def test_any_text_can_be_read(text, word):
    assert read(text, status=word).status != "completed"


PIECES = [
    "not ",
    "if ",
    "next ",
    "3 March ",
    "by 3 May ",
    "1 of ",
    "close ",
    "Head of ",
    "? ",
    "A",
    " ",
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [3_900, 100_000])
def test_long_texts_take_no_long_time(piece, length):
    text = piece * (length // len(piece))
    start = time.process_time()
    read(text, status=text)
    assert time.process_time() - start < 60


@pytest.mark.parametrize(
    "text",
    ["The wall was finished in 1902.", "It was completed in 1987.", "That was done in May 2019"],
)
def test_nothing_was_done_of_an_action_before_it_was_agreed(text):
    assert read(text).status == ""
    assert said(text, None, WRITTEN).status == "proposed"


@pytest.mark.parametrize(
    "text",
    [
        "All done. Actually, two letters went astray.",
        "Completed, please close it. Oh, the gate is missing.",
        "Finished. Hang on, the lease is unsigned.",
    ],
)
def test_what_a_later_sentence_takes_back_is_asked_about_and_not_done(text):
    assert read(text).doubts
    assert read(text).status != "proposed"
