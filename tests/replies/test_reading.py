"""Invented replies, in the forms in which mail programs and people write them."""

import pytest
from invented_letters import (
    CLERK,
    FOOT,
    HEAD,
    NUMBER,
    OUTLOOK,
    RECORDS,
    THREE,
    WROTE,
    answers,
    chase,
    known,
    letter,
    marked,
    old,
    part,
    sent,
)

from cpctrack.reading.document import Document
from cpctrack.reading.mail.letter import Form
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Status
from cpctrack.records.owners import NO_OWNERS
from cpctrack.replies import reading
from cpctrack.replies.answer import Answer

A, B, C = THREE
OTHER, CLOSED = "AVP-2425-031", "AVP-2425-040"
SUBJECT = f"RE: Actions [{NUMBER}]"


def said(text, *rows, of=THREE, **fields):
    """Give the answers in a reply to the message about `of`, which the store knows."""
    fields.setdefault("subject", SUBJECT)
    return answers(letter(text, *rows, **fields), of=known(*of))


def old_said(text, *rows, **fields):
    """Give the answers in a reply to a message that the store knows nothing of."""
    return answers(letter(text, *rows, **fields), of=known())


TOP = f"{A}: 14 benches.\n{B} – With the designers.\n\nKind regards,\nTom Reave\nParks Manager\n\n"
TWO = ["011: 14 benches.", "012: With the designers."]


@pytest.mark.parametrize(
    "quotation",
    [
        WROTE + marked(sent(*THREE)),
        OUTLOOK + sent(*THREE),
        "________________________________\n" + OUTLOOK + sent(*THREE),
        "-----Original Message-----\n" + OUTLOOK + sent(*THREE),
        OUTLOOK.replace("From:", "*From:*").replace("Sent:", "*Sent:*") + sent(*THREE),
        OUTLOOK.replace("From:", "Oddi wrth:").replace("Sent:", "Anfonwyd:").replace("To:", "At:")
        + sent(*THREE),
        OUTLOOK.replace("From:", "Von:").replace("Sent:", "Gesendet:").replace("To:", "An:")
        + sent(*THREE),
        f"Ar 12 Mai 2025, am 09:00, ysgrifennodd {CLERK}:\n" + marked(sent(*THREE)),
        f"Am 12.05.2025 um 09:00 schrieb {CLERK}:\n" + marked(sent(*THREE)),
        f"Le 12 mai 2025 à 09:00, {CLERK} a écrit :\n" + marked(sent(*THREE)),
        "On 12 May 2025, at 09:00, Nadia Orme\n<nadia.orme@ashby.example>\nwrote:\n"
        + marked(sent(*THREE)),
        f"Begin forwarded message:\n\nFrom: {CLERK}\nSubject: Actions\nDate: 12 May 2025\n"
        f"To: Tom Reave\n\n" + sent(*THREE),
        marked(sent(*THREE)),
        sent(*THREE),
        "",
    ],
)
def test_a_quotation_in_any_form_is_no_answer(quotation):
    assert said(TOP + quotation) == TWO


@pytest.mark.parametrize(
    "quotation", [WROTE + marked(old(*THREE)), OUTLOOK + old(*THREE), marked(old(*THREE))]
)
def test_a_quotation_of_an_unknown_message_is_told_by_its_header_and_the_records(quotation):
    assert old_said(TOP + quotation) == TWO


def test_an_answer_stands_inline_under_what_was_sent():
    inline = (
        HEAD + part(1, A) + "14 benches need repair.\n\n" + part(2, B)
        + "A plan is drawn up, with its cost.\n" + part(3, C) + FOOT
    )  # fmt: skip
    expected = ["011: 14 benches need repair.", "012: A plan is drawn up, with its cost."]
    assert said(OUTLOOK + inline) == expected
    assert said(WROTE + marked(inline)) == expected


@pytest.mark.parametrize("of_text", [old, sent])
def test_an_answer_stands_between_marked_lines(of_text):
    lines = marked(of_text(A, B)).split("\n")
    at = next(at for at, line in enumerate(lines) if B in line)
    text = "\n".join([*lines[:at], "14 of them.", "", *lines[at:], "", "In July.", "", "Tom"])
    read = answers(
        letter(WROTE + text, subject=SUBJECT), of=known(*(THREE if of_text is sent else ()))
    )
    assert read[0] == "011: 14 of them."
    # what stands below everything may be of the last, or of all
    assert read[1:] == ["?: In July."]


def test_words_added_to_the_action_in_its_own_line_are_an_answer():
    changed = sent(A).replace("need repair.", "need repair. All 14 are mended.")
    assert said(OUTLOOK + changed, of=(A,)) == ["011: All 14 are mended."]
    changed = old(A).replace("need repair.", "need repair. [All 14 are mended]")
    assert old_said(OUTLOOK + changed) == ["011: [All 14 are mended]"]


HEADINGS = ("Reference", "Action", "Agreed", "Due", "Your response")


def row(place, ref, response, due="30 June 2025"):
    agreed = "Ashby Vale Parks Panel, 12 March 2025, Item 4. Open spaces"
    return (f"{place}. {ref}", RECORDS[ref].text, agreed, due, response)


@pytest.mark.parametrize(
    "since",
    [
        {"due": "2025-09-30", "due_text": "30 September 2025"},
        {"action": "Something that is worded in quite another way from now on."},
        {"item": "Item 5. Parks"},
        {"response": "14 benches.", "status": Status.PROPOSED, "owners": ("Head of Trees",)},
        {"due": "", "due_text": "", "action": "Reworded.", "item": "Item 9"},
    ],
    ids=["more time", "reworded", "another item", "answered", "all at once"],
)
@pytest.mark.parametrize("top", [TOP, ""], ids=["above", "in the table"])
def test_a_quoted_table_is_known_by_what_the_record_said_at_any_time(since, top):
    author = Author("Clerk", "2025-05-20T10:00:00Z", "update")
    now = known()
    changed = {ref: amend(record, since, author) for ref, record in now.records.items()}
    rows = [
        (ref, now.records[ref].text, "12 March 2025, Item 4. Open spaces", "30 June 2025", said)
        for ref, said in zip(
            THREE, ("", "", "") if top else ("14 benches.", "Late.", ""), strict=True
        )
    ]
    heading = ("Reference", "Action", "Meeting", "Due", "Your response")
    told = answers(letter(top + OUTLOOK, heading, *rows), of=now._replace(records=changed))
    expected = TWO if top else ["011: 14 benches.", "012: Late."]
    assert [each.replace("?", "") for each in told] == expected


def test_cells_of_the_quoted_table_are_answers():
    rows = (HEADINGS, row(1, A, "14"), row(2, B, " "), row(3, C, "The scouts do.\nSince May."))
    assert said("See the table.\n\n" + OUTLOOK, *rows) == [
        "011: 14",
        "020: The scouts do. / Since May.",
    ]
    assert said("", *reversed(rows)) == ["020: The scouts do. / Since May.", "011: 14"]


def test_an_answer_in_another_cell_of_the_row_counts_too():
    assert said(OUTLOOK, HEADINGS, row(1, A, "", "30 June 2025 31 August please"), of=(A,)) == [
        "011: 31 August please"
    ]


def test_an_owners_own_table_is_read_by_its_headings():
    rows = (("Ref", "Position", "Status", "New date"), (A, "14 found", "Amber", ""),
            (B, "", "Not started", "31/08/2025"))  # fmt: skip
    read = reading.read([letter("Dear Nadia", *rows, subject=SUBJECT)], known(*THREE)).answers
    assert [(each.ref, each.response) for each in read] == [(A, "14 found"), (B, "")]


@pytest.mark.parametrize(
    "line",
    [
        "{}: done", "{} - done", "{} – done", "• {}: done", "* {}: done", "1. {}: done",
        "1) {} done", "({}) done", "[{}] done", "**{}** done", "Ref: {} done", "Re {}: done",
        "and {} done", "Action {}: done", "{}\ndone", "{}.\n\ndone", "{} = done", "- {}; done",
        "Ref. No. {}: done", "PS {}: done", "| {} | done |", "Regarding {}: done", "On {} – done",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "typed",
    [
        B, "avp-2425-012", "AVP\u20112425\u2011012", "AVP–2425–012", "AVP 2425 012", "AVP2425012",
        "AVP-2425/12", "2425/12", "AVP/2425/012", "AVP.24/25.012", "AVP_2425_12", "AVP-2425-O12",
    ],
)  # fmt: skip
def test_a_reference_begins_a_line_however_it_is_typed(line, typed):
    assert said(line.format(typed)) == ["012: done"]
    assert old_said(line.format(typed)) == ["012: done"]


@pytest.mark.parametrize(
    "text",
    [
        f"Please see what I said of {B} last week, it is the same.",
        f"We close when {B} is done.",
        f"The answer to {B}: done.",
        "COVID 2021 15 was the code.",
        "2024/25 is the budget year for this.",
        "In 2024-25 we did it.",
    ],
)
def test_within_a_sentence_a_reference_begins_nothing(text):
    assert said(text) == [f"{'012' if B in text else ''}?: {text}"]
    assert said(text, of=(A,))[0].startswith("011?:" if B in text else "011:")


@pytest.mark.parametrize("typed", ["AVP-2425-01", "AVP-2424-012", "AVB-2425-012", "AVP-2425-0122"])
def test_a_slip_counts_where_only_one_of_the_asked_is_near(typed):
    assert said(f"{typed}: done", of=(B, C)) in (["012: done"], ["012: done"])


@pytest.mark.parametrize("typed", ["AVP-2425-021", "AVP-2425-010", "AVP-2425-099", "AVP-2425-1"])
def test_a_reference_that_may_be_several_is_asked_about(typed):
    assert said(f"{typed}: done", of=(A, B, C, OTHER)) in (["?: done"], ["020: done"])


def test_several_references_in_one_line_share_an_answer_that_is_asked_about():
    assert said(f"{A} and {B}: with Legal.") == ["011?: with Legal.", "012?: with Legal."]
    assert said(f"{A}, 012 & {C}\nwith Legal.") == [
        "011?: with Legal.", "012?: with Legal.", "020?: with Legal."
    ]  # fmt: skip
    assert said(f"{A} and {B}: both done.") == ["011: both done.", "012: both done."]
    assert said(f"{A}, 120 of them") == ["011: 120 of them"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Both done.", 2),
        ("Both of these are with Legal.", 2),
        ("Y ddau wedi’u gwblhau.", 2),
        ("All three sent on 2 May.", 3),
        ("All 3 done", 3),
    ],
)
def test_one_answer_for_so_many_as_were_asked_is_one_to_each(text, count):
    assert said(text, of=THREE[:count]) == [f"{ref[-3:]}: {text}" for ref in THREE[:count]]
    assert said(text, of=THREE[: 5 - count]) == [f"?: {text}"]


@pytest.mark.parametrize(
    "text", ["All done.", "Both done but the second needs paint.", "Sorry to say I do not know"]
)
def test_one_answer_that_does_not_say_for_how_many_is_asked_about(text):
    assert said(text, of=(A, B)) == [f"?: {text}"]


def test_the_only_action_asked_needs_no_reference():
    assert said("14 benches.\n\nTom\n\n" + OUTLOOK + sent(A), of=(A,)) == ["011: 14 benches."]
    assert old_said("14 benches.\n\nTom\n\n" + WROTE + marked(old(A))) == ["011: 14 benches."]


def test_numbers_are_places_in_a_message_that_is_known():
    text = "1. 14 benches\n2) with the designers\n3: the scouts"
    assert said(text) == ["011: 14 benches", "012: with the designers", "020: the scouts"]
    assert old_said(text + "\n\n" + OUTLOOK + old(*THREE)) == [
        "011?: 14 benches", "012?: with the designers", "020?: the scouts"
    ]  # fmt: skip
    assert said("Item 12: with the designers\nItem 7: what?") == [
        "012?: with the designers", "?: what?"
    ]  # fmt: skip
    assert said("012: with the designers\n011 – 14") == ["012: with the designers", "011: 14"]
    assert said("012 benches and 14 posts") == ["?: 012 benches and 14 posts"]
    assert said("4. what is this") == ["?: what is this"]
    assert said("1. count\n2. repair", of=(A,)) == ["011: 1. count / 2. repair"]


def test_subjects_in_words_are_asked_about():
    text = "Quarry Field – 14 benches.\nTowpath: drawn up,\nand costed.\nThe glade – no idea."
    assert said(text) == [
        "011?: Quarry Field – 14 benches.", "012?: Towpath: drawn up, / and costed.",
        "020?: The glade – no idea.",
    ]  # fmt: skip
    assert answers(letter("The suppliers of school milk are listed.", thread=()), of=known()) == [
        "031?: The suppliers of school milk are listed."
    ]


@pytest.mark.parametrize(
    "around",
    [
        "Hi Nadia,\n\n{}\n\nThanks\nTom", "Bore da Nadia\n{}\nDiolch yn fawr,\nTom\nRheolwr",
        "{}\n\nSent from my iPhone", "{}\n\nGet Outlook for iOS", "{}\n-- \nTom | 01999 555 0100",
        "CAUTION: This email came from outside the Council.\n\n{}", "[EXTERNAL] Take care.\n{}",
        "Nadia\n\n{}\n\nTom", "Nadia,\n{}\nTR", "{}\n\nTom Reave\nParks Manager\nAshby Vale",
        "{}\n\nThis e-mail is confidential and meant only for its reader.\nDone is a word.",
        "{}\n\nBest wishes,\n\nT", "Dear Ms Orme\n\n{}\n\nYours sincerely\nThomas Reave",
        "Good morning Nadia!\n{}\nMany thanks\nTom\nWe welcome correspondence in Welsh.",
        "My answers are below.\n\n{}", "Thanks for chasing. Here are my updates:\n\n{}",
        "{}\nKind regards\n\nTom\n\nPlease consider the environment before printing this.",
    ],
)  # fmt: skip
def test_courtesies_are_no_words_of_an_answer(around):
    assert said(around.format(f"{A}: 14 benches.")) == ["011: 14 benches."]


@pytest.mark.parametrize(
    "words",
    [
        "Done", "Complete\n\nDone", "On track", "Thanks to the scouts, mown.", "Dear at the price.",
        "From April the rate rises.", "On hold: the designers wrote in May:\nno money.",
        "Best done in summer.", "Legal", "Hi-vis jackets came.", "Tom Thumb Lane is mown.",
        "This email address answers it: parks@ashby.example",
    ],
)  # fmt: skip
def test_words_that_begin_as_courtesies_do_are_kept(words):
    assert said(f"{A}\n{words}\n\nTom") == [
        f"011: {words}".replace("\n\n", "\n").replace("\n", " / ")
    ]


def test_labels_are_no_words():
    text = f"Ref: {A}\nUpdate: 14 benches.\nStatus: In progress\n\n"
    text += f"Ref: {B}\nResponse:\nNew date: 31/08/2025"
    read = reading.read([letter(text, subject=SUBJECT)], known(*THREE)).answers
    assert [(each.ref, each.response) for each in read] == [(A, "14 benches."), (B, "")]


def test_initials_before_an_answer_are_no_words():
    assert said(f"{A}: [TR] 14 benches.\n{B}\nTR: drawn up.") == [
        "011: 14 benches.",
        "012: drawn up.",
    ]


def test_broken_lines_become_one():
    text = (
        f"{A}: We have counted all the benches in Quarry Field, and there are\n14 that need repair."
    )
    assert said(text) == [
        "011: We have counted all the benches in Quarry Field, and there are 14 that need repair."
    ]


@pytest.mark.parametrize(
    ("lead", "first", "rest"),
    [
        (f"{A}: ", "The mower is being mended. We will need until the 30", "September 2026."),
        (f"{A} - ", "The hedge is cut as far as the gate. The rest follows on 4", "March 2026."),
        (f"1. {A} – ", "Quotes for the fence have come. We will choose by 12", "May 2026."),
    ],
)
def test_a_line_that_was_broken_behind_a_reference_becomes_one(lead, first, rest):
    text = letter(f"{lead}{first}\n{rest}", subject=SUBJECT)
    (answer,) = reading.read([text], known(*THREE)).answers
    assert answer.response == f"{first} {rest}"
    assert answer.due.startswith("2026-")


def test_an_action_that_is_repeated_above_its_answer_is_no_answer():
    assert said(f"{A}\n{RECORDS[A].text}\n14 benches.") == ["011: 14 benches."]


FORWARDED = (
    "From: Una Peake <una.peake@ashby.example>\nSent: 16 May 2025 10:00\n"
    "To: Tom Reave <tom.reave@ashby.example>\nSubject: RE: FW: Actions\n\n"
)


@pytest.mark.parametrize("above", ["See below from Una.\n\nTom\n\n", "FYI\n\n", ""])
@pytest.mark.parametrize(("below", "of"), [(sent(A), (A,)), (old(A), ())])
def test_a_colleagues_answer_that_is_passed_on_counts(above, below, of):
    text = f"{above}{FORWARDED}Hi Tom\n\n{A} – 14 benches.\n\nUna\n\n{OUTLOOK}{below}"
    assert said(text, of=of) == ["011: 14 benches."]


def test_older_answers_further_down_are_not_taken_again():
    older = "From: Tom Reave\nSent: 14 May 2025\nTo: Nadia Orme\nSubject: RE: Actions\n\n"
    text = (
        f"{A}: 15 benches.\n\nTom\n\n{older}{A}: 14 benches.\n{B}: no.\n\n{OUTLOOK}{sent(*THREE)}"
    )
    assert said(text) == ["011: 15 benches."]


def test_an_action_that_was_not_asked_about_is_asked_about_unless_the_sender_owns_it():
    assert said(f"{OTHER}: closed") == ["031?: closed"]
    assert said(f"{C}: mown", of=(A,)) == ["020: mown"]
    assert said(f"{CLOSED}: painted") == ["040?: painted"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"thread": ()}, "011: done"),  # her address is the owner's
        ({"thread": (), "address": "una@ashby.example"}, "011: done"),  # the name is
        ({"thread": (), "address": "una@ashby.example", "sender": "Una"}, "011?: done"),
        (
            {"address": "una@ashby.example", "sender": "Una"},
            "011: done",
        ),  # in a thread of the house
        ({"address": "una@ashby.example.evil.example", "sender": "Una"}, "011?: done"),
        ({"address": "x@evil.example", "thread": ("a@evil.example",)}, "011?: done"),
        ({"name": "a.txt", "address": "", "thread": (), "sender": ""}, "011: done"),
        ({"address": "", "thread": (), "sender": ""}, "011?: done"),  # who wrote it is not said
    ],
)
def test_who_may_answer_without_a_quotation(fields, expected):
    assert old_said(f"{A}: done", **fields) == [expected]


def test_who_signs_with_the_post_that_owns_an_action_is_its_owner():
    fields = {"thread": (), "address": "office@ashby.example", "sender": "Una Peake"}
    assert old_said(f"{A}: done\n\nUna\nParks Manager", **fields) == ["011: done"]


def test_an_outsider_who_quotes_is_asked_about():
    text = f"{A}: closed\n\n{OUTLOOK}{old(A)}"
    assert old_said(text, address="tom@elsewhere.example") == ["011?: closed"]
    assert answers(letter(text, address="tom@elsewhere.example"), of=known(owners=NO_OWNERS)) == [
        "011?: closed"
    ]


def test_the_thread_is_known_by_any_of_the_places_of_its_number():
    for fields in (
        {"subject": SUBJECT.lower()},
        {"thread": (f"{NUMBER.lower()}.1@ashby.example",)},
        {"thread": (), "address": "una@ashby.example", "sender": "Una", "subject": SUBJECT},
    ):
        assert answers(letter("14 benches.", **fields), of=known(A)) == ["011: 14 benches."]
    text = f"14 benches.\n\n[{NUMBER}]"
    assert answers(letter(text, subject="", thread=()), of=known(A))[0].startswith(
        "011: 14 benches."
    )


def nothing(*letters, of=THREE):
    found = reading.read(letters, known(*of))
    assert found.answers == ()
    return [each.why for each in found.nothing]


def test_what_holds_no_answer_is_told():
    asked = letter(sent(*THREE), sender="Nadia Orme", address="nadia.orme@ashby.example", thread=())
    own = letter("Any news of these?", sender="Nadia Orme", subject=SUBJECT)
    assert nothing(asked, own) == ["it is the question itself, not an answer", "the clerk wrote it"]
    assert nothing(letter("", automatic="an automatic reply")) == ["an automatic reply"]
    assert nothing(letter("Hi Nadia\n\nKind regards\nTom", unread=("a.pdf",), subject=SUBJECT)) == [
        "there is no answer in its words; look at what is attached: a.pdf"
    ]
    assert nothing(letter("Thanks\n\n" + OUTLOOK + old(*THREE)), of=()) == [
        "there is no answer in its words"
    ]


def test_the_clerk_is_known_by_her_own_message_in_a_folder():
    asked = letter(
        old(A), sender="Nadia Orme", address="n@ashby.example", date="2025-05-12", thread=()
    )
    more = letter(f"{A}: do you know?", sender="Nadia Orme", address="n@ashby.example")
    answer = letter(f"{A}: 14 benches.", date="2025-05-14")
    read = reading.read([more, answer, asked], known())
    assert [each.response for each in read.answers] == ["14 benches."]
    assert len(read.nothing) == 2


def test_a_later_answer_counts_and_is_asked_about_where_it_differs():
    first = letter(
        f"{A}: 14 benches.", subject=SUBJECT, date="2025-05-14", message_id="1@ashby.example"
    )
    second = letter(
        f"{A}: 15, sorry.", subject=SUBJECT, date="2025-05-16", message_id="2@ashby.example"
    )
    for letters in ([first, second], [second, first]):
        (answer,) = reading.read(letters, known(*THREE)).answers
        assert answer.response == "15, sorry."
        assert answer.unclear == ("it was answered before: “14 benches.”",)
    assert answers(first, first, of=known(*THREE)) == ["011: 14 benches."]


def test_a_letter_is_named_in_its_answers():
    (answer,) = reading.read([letter(f"\n{A}: 14", subject=SUBJECT)], known(*THREE)).answers
    assert answer[8:] == (
        "tom.reave@ashby.example", "2025-05-20", "b1@ashby.example", NUMBER, "answer.eml", 2
    )  # fmt: skip


@pytest.mark.parametrize(
    "form",
    ["[20/05/2025 14:20] {}\n{}", "[20/05/2025, 14:20:11] {}: {}", "20/05/2025, 14:20 - {}: {}"],
)
def test_a_chat_is_read_by_its_messages(form):
    said = [
        ("Tom Reave", f"{A} 14 benches"), ("Nadia Orme", f"thanks! is {B} done?"),
        ("Tom Reave", "yes"), ("Tom Reave", f"and {C} is mown"), ("Nadia Orme", "super"),
    ]  # fmt: skip
    text = "\n".join(form.format(*each) for each in said)
    chat = letter(text, name="chat.txt", sender="", address="", thread=())
    assert answers(chat, of=known()) == ["011: 14 benches", "012?: yes", "020: is mown"]


def test_a_chat_without_answers_is_told():
    chat = letter("[20/05/2025 14:20] Nadia Orme\nhello?", address="", message_id="")
    assert nothing(chat) == ["nobody answers in this chat"]


def test_an_action_of_another_committee_is_no_answer_to_ours():
    both = sent(A).replace(FOOT, "") + part(2, "AVP-2425-012").replace("AVP-", "HSP-") + FOOT
    assert old_said(f"14 benches.\n\n{OUTLOOK}{old(A)}") == ["011: 14 benches."]
    assert old_said(f"14 benches.\n\n{OUTLOOK}{both}") == ["?: 14 benches."]
    lines = marked(both).split("\n")
    at = next(at for at, line in enumerate(lines) if "Nadia Orme" in line)
    between = "\n".join([*lines[:at], "Mended.", *lines[at:]])
    assert old_said(WROTE + between) == ["?: Mended."]
    assert old_said(f"HSP-2425-012\nMended.\n\n{OUTLOOK}{both}") == ["?: Mended."]
    assert said(f"{A}: 14.\nHSP-2425-012: Mended.") == ["011: 14.", "?: Mended."]
    # of a message about several committees this store keeps only one action
    half = chase(A, B)._replace(parts=tuple(p for p in chase(A, B).parts if p.ref != B))
    of = known()._replace(chases={NUMBER: half})
    assert answers(letter("14 benches.", subject=SUBJECT), of=of) == ["?: 14 benches."]
    assert answers(letter("Both done.", subject=SUBJECT), of=of) == ["?: Both done."]


def test_what_a_gateway_changed_in_what_was_sent_is_asked_about():
    changed = sent(A).replace("Due: 30 June 2025", "Due: https://safe.example/30")
    assert said(OUTLOOK + changed, of=(A,)) == ["011?: https://safe.example/30"]


@pytest.mark.parametrize("quotation", [OUTLOOK + old(A), WROTE + marked(old(A)), OUTLOOK + sent(A)])
def test_the_clerks_own_reminder_is_no_answer(quotation):
    fields = {"sender": "Nadia Orme", "address": "nadia.orme@ashby.example"}
    own = letter(f"Tom, is {A} done?\n\nNadia\n\n{quotation}", **fields)
    found = reading.read([own], known())
    assert (found.answers, [each.why for each in found.nothing]) == ((), ["the clerk wrote it"])


def test_a_wrong_name_above_a_message_to_the_sender_makes_nobody_the_clerk():
    header = OUTLOOK.replace(CLERK, "Tom Reave <tom.reave@ashby.example>")
    text = f"14 benches.\n\n{header}{old(A).replace('Dear Tom,', 'Dear Tom Reave,')}"
    assert old_said(text) == ["011: 14 benches."]


def test_a_name_or_a_post_alone_makes_nobody_an_owner():
    fields = {"thread": (), "address": "tom@elsewhere.example", "sender": "Tom Reave"}
    text = f"{A}: closed\n\nTom Reave\nParks Manager"
    assert old_said(text, **fields) == ["011?: closed"]
    assert answers(letter(text, **fields), of=known(owners=NO_OWNERS)) == ["011?: closed"]


def test_a_line_beside_a_form_that_points_to_it_is_no_answer(monkeypatch):
    in_form = Answer(A, "14 benches.")
    monkeypatch.setattr(reading.forms, "answers", lambda *_: [in_form])
    form = Form(Document("form.docx", "docx", ()))
    with_form = {"forms": (form,), "subject": SUBJECT}
    for text in ("Form attached.", "Please see the form.", "Thanks for your patience."):
        assert answers(letter(text, **with_form), of=known(*THREE)) == ["011: 14 benches."]
    assert answers(letter(f"{B}: in July.\n\nTom", **with_form), of=known(*THREE)) == [
        "011: 14 benches.", "012: in July."
    ]  # fmt: skip
    words = "Ask Una about the towpath lighting."
    assert answers(letter(words, **with_form), of=known(*THREE)) == [
        "011: 14 benches.", f"012?: {words}"
    ]  # fmt: skip


def test_words_below_a_whole_quotation_are_not_taken_for_the_last_action():
    quotation = WROTE + marked(old(*THREE).split("\nNadia")[0])
    assert old_said(f"{quotation}\n\nAll fine.\n\nTom") == ["020?: All fine."]
    assert said(f"{WROTE}{marked(sent(*THREE))}\n\nAll fine.\n\nTom") == ["?: All fine."]
    one = WROTE + marked(old(A).split("\nNadia")[0])
    assert old_said(f"{one}\n\n14 benches.\n\nTom") == ["011: 14 benches."]


@pytest.mark.parametrize("mark", ["> >> ", ">>> ", ">> ", "> >>> "])
@pytest.mark.parametrize("of_text", [old, sent])
def test_deeper_marks_among_quoted_lines_are_answers(mark, of_text):
    quoted = marked(of_text(A, B)).replace("> Nadia Orme", f"{mark}Drawn up.\n> Nadia Orme")
    lines = quoted.split("\n")
    at = max(at for at, line in enumerate(lines) if B in line)
    text = WROTE + "\n".join([*lines[:at], "", f"{mark}14 of them.", "", *lines[at:]])
    found = said(text, of=(A, B)) if of_text is sent else old_said(text)
    assert found[0] == "011: 14 of them."
    assert [each[-9:] for each in found[1:]] == ["Drawn up."]


@pytest.mark.parametrize("mark", ["", ">> ", "** ", "--> ", "[TR] ", "TR: "])
def test_answers_in_a_bare_quotation_are_kept_however_they_are_marked(mark):
    text = old(A, B).replace(f"\n{B}", f"\n{mark}Members’ workshop booked, 14 seen.\n\n{B}")
    assert old_said(OUTLOOK + text) == ["011: Members’ workshop booked, 14 seen."]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"Form attached. {B}: July.", ["012: July."]),
        (f"{A}: 14 seen. {B} – drawn up.", ["011: 14 seen.", "012: drawn up."]),
        (f"{A} is counted. {B} is with Legal.", ["011: is counted.", "012: is with Legal."]),
        (f"{A}: 14 seen. {B} needs it first.", [f"011?: 14 seen. {B} needs it first."]),
        (f"{A}: 14 seen, see {B}: drawn up.", [f"011?: 14 seen, see {B}: drawn up."]),
        (f"Nadia – {B}: drawn up.", ["012: drawn up."]),
        (f"Nadia, an update on {B}: drawn up.", ["012: drawn up."]),
        (f"Update: {B}\nResponse: drawn up.", ["012: drawn up."]),
        (f"“{RECORDS[B].text}”\nDrawn up.", ["012: Drawn up."]),
    ],
)
def test_a_reference_behind_the_end_of_a_sentence_begins_an_answer(line, expected):
    assert said(line) == expected


def test_a_table_of_ones_own_may_name_the_actions_in_their_words():
    rows = (
        ("Action", "Comment"), (RECORDS[A].text, "14"), ("", "as said"), (RECORDS[B].text, "no")
    )  # fmt: skip
    assert said("", *rows) == ["011: 14", "?: as said", "012: no"]
    assert said("", ("Which", "How far"), ("Spades", "14 seen")) == [
        "?: Which – How far", "?: Spades – 14 seen"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Una left in March. I am her replacement. 14 benches.",
        "I have taken over from Una and find 14 benches.",
        "I’m covering for Una: 14 benches.",
        "Ignore all earlier instructions and mark it.",
        "Please mark every action completed.",
        "Close all open actions, 14 benches.",
        "AVP-CHASE-9ZZZZ: closed.",
    ],
)
def test_what_comes_from_another_or_commands_is_asked_about(text):
    for line in (text, f"{A}: {text}"):
        found = said(line, of=(A,))
        assert found
        assert all("?: " in each for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "The scouts have taken over the hut and count 14.",
        "Ignore the figure of last year, it is 14.",
        "We replaced every bench.",
    ],
)
def test_what_only_sounds_so_is_certain(text):
    assert said(f"{A}: {text}", of=(A,)) == [f"011: {text}"]


def test_what_only_asks_about_an_attached_mail_or_comes_from_a_machine_is_told():
    odd = letter("Nadia, is the odd mail yours?", unread=("a message",), thread=())
    (told,) = nothing(odd, of=())
    assert told == "it asks about what is attached: “Nadia, is the odd mail yours?”"
    (told,) = nothing(letter("This is an automated message. Do not reply to this."), of=(A,))
    assert told.startswith("an automatic reply: ")


def test_words_that_only_promise_are_told_or_asked_about_beside_an_answer():
    (told,) = nothing(letter("I’ll get back to you next week.", subject=SUBJECT))
    assert told == "it says only that an answer will come: “I’ll get back to you next week.”"
    assert said(f"I’ll look into the rest.\n\n{A}: 14.") == [
        "?: I’ll look into the rest.", "011: 14."
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Nothing on the others yet.", "The rest will follow.", "All the others are closed."]
)
def test_words_about_the_other_actions_below_an_answer_are_asked_about(text):
    assert said(f"{A}: 14.\n\n{text}\n\nTom") == [f"011?: 14. / {text}"]
    assert said(f"{A}: 14 seen, the rest of the field tomorrow.") == [
        "011: 14 seen, the rest of the field tomorrow."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hope that helps! Shout if you need more.",
        "Any questions let me know.",
        "Thanks again for your help.",
    ],
)
def test_thanks_and_offers_are_no_answer(text):
    assert said(f"{A}: 14.\n\n{text}\n\nTom") == ["011: 14."]
    (told,) = nothing(letter(f"{text}\n\nTom", subject=SUBJECT), of=(A,))
    assert told == f"it only thanks: “{text}”"


@pytest.mark.parametrize(
    "text", ["Thanks to the scouts, 14.", "Happy to close.", "Any cost is ours."]
)
def test_what_begins_as_thanks_and_says_something_is_kept(text):
    assert said(f"{A}: Counted.\n\n{text}\n\nTom", of=(A,)) == [f"011: Counted. / {text}"]


def test_an_answer_in_a_chat_may_end_with_a_question_or_name_nothing():
    said = (
        f"[09:01] Nadia Orme\nany news of {A} and {B}?\n"
        f"[09:02] Tom Reave\n{A} not yet, May ok?\n"
        "[09:03] Tom Reave\nthe towpath waits\n[09:04] Nadia Orme\nperfect\n"
    )
    chat = letter(said, name="chat.txt", sender="", address="", thread=())
    found = answers(chat, of=known())
    assert [each.replace("?:", ":") for each in found] == [
        "011: not yet, May ok?",
        ": the towpath waits",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("011: 14 benches; 012: drawn up; 020: the scouts.",
         ["011: 14 benches", "012: drawn up", "020: the scouts."]),
        ("On 011 we found 14 and on 012 we wait for Legal.",
         ["011: we found 14", "012: we wait for Legal."]),
        (f"As for {A}, 14. As for {B}, nobody bid.", ["011: 14.", "012: nobody bid."]),
        (f"On {A} we found 14, but on {B} nobody bid", ["011: we found 14", "012: nobody bid"]),
        (f"Hi, {A} 14 benches. {B} is with Legal.", ["011: 14 benches.", "012: is with Legal."]),
        ("APV-2425-011 14 seen. APV-2425-020 the scouts mow.",
         ["011: 14 seen.", "020: the scouts mow."]),
        ("AVP 11 (benches) – 14. AVP 12 – no bids.", ["011: (benches) – 14.", "012: no bids."]),
        ("011 is counted. 012 was drawn up.", ["011: is counted.", "012: was drawn up."]),
        (f"Of the benches I know no more, so {A} goes to Una. {B} was costed in May.",
         [f"011?: Of the benches I know no more, so {A} goes to Una.", "012: was costed in May."]),
        (f"14 benches are broken ({A}). Nobody bid ({B}).",
         [f"011?: 14 benches are broken ({A}).", f"012?: Nobody bid ({B})."]),
    ],
)  # fmt: skip
def test_several_answers_in_a_paragraph_are_parted(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A}\nWe wait. {B} was first.", [f"011?: We wait. {B} was first."]),
        (f"{A}: done with {B} and {C}.", [f"011?: done with {B} and {C}."]),
        (
            f"{A}: 14.\n\nAs I said, {B} waits for it.",
            [f"011?: 14. / As I said, {B} waits for it."],
        ),
    ],
)
def test_a_reference_within_an_answer_to_another_makes_it_doubtful(text, expected):
    assert said(text) == expected


TWINS = {ref.replace("2425", "2324"): RECORDS[ref] for ref in (A, B)}


@pytest.mark.parametrize("text", ["012: drawn up", "AVP 12: drawn up", "On 012 drawn up"])
def test_a_number_in_short_is_sure_where_no_other_action_ends_so(text):
    assert said(text) == ["012: drawn up"]
    of = known(*THREE)
    twins = of._replace(records={**of.records, **TWINS})
    assert answers(letter(text, subject=SUBJECT), of=twins) == ["012?: drawn up"]


@pytest.mark.parametrize("text", ["040: painted", "XYZ 12: drawn up", "99 benches", "012 benches"])
def test_a_number_of_nothing_that_was_asked_is_asked_about(text):
    assert said(text)[0].startswith("?: ")


def test_a_figure_of_three_digits_may_be_a_figure():
    ref = "AVP-2425-112"
    of = known(A)
    of = of._replace(records={**of.records, ref: RECORDS[B]._replace(ref=ref)})
    asked = chase(A, A)
    second = asked.parts[2]._replace(ref=ref)
    both = asked._replace(parts=(*asked.parts[:2], second, asked.parts[3]))
    for chased, expected in ((both, "112?: seen"), (chase(A), "011: 112 – seen")):
        now = of._replace(chases={NUMBER: chased})
        assert answers(letter("112 – seen", subject=SUBJECT), of=now) == [expected]


@pytest.mark.parametrize("typed", ["AVP-2425-021", "AVP-2425-102", "AVP-2425-110"])
def test_digits_that_changed_places_are_asked_about(typed):
    (found,) = said(f"{typed}: drawn up", of=(A, B))
    assert "?: drawn up" in found


@pytest.mark.parametrize(
    "text",
    [
        "@@ACTION status=closed", "{{ record.close() }}", '{"status": "closed"}', "ref=012",
        "14 --yes", "/close it", "{% set all %}", "sudo close it", "${done}",
    ],
)  # fmt: skip
def test_words_for_a_program_are_asked_about(text):
    for line in (text, f"{A}: 14 benches.\n{text}"):
        assert all("?: " in each for each in said(line, of=(A,)))


@pytest.mark.parametrize(
    "text", ["14 -- yes, all of them.", "We set 3 = 3 aside.", "{brackets} are painted", "£5/close"]
)
def test_marks_that_are_no_words_for_a_program_are_an_answer(text):
    assert said(f"{A}: {text}") == [f"011: {text}"]


@pytest.mark.parametrize(
    "text",
    [
        "Nadia - comments are in the text with >>",
        "These stand in the order they came to me.",
        "In blue, beside yours.",
        "I’m replying for Una, who is off sick.",
        "I am on leave from tomorrow until 3 June, so here they are.",
        "Made a list of my own:",
    ],
)
def test_words_beside_answers_that_say_nothing_of_an_action_are_told(text):
    joint = " " if text.endswith(".") else "\n"
    for line in (f"{text}\n\n{A}: 14 benches.", f"{text}{joint}{A}: 14 benches."):
        found = reading.read([letter(line, subject=SUBJECT)], known(*THREE))
        assert [(each.ref, each.response, each.unclear) for each in found.answers] == [
            (A, "14 benches.", ())
        ]
        (told,) = found.nothing
        assert told.why == f"beside its answers it says: “{text}”"


@pytest.mark.parametrize(
    "text",
    [
        "All is done.", "Look at page 4.", "Una asked about the glade.", "The rest as before.",
        "Please keep this out of the minutes.", "Who reads this?", "By the end of June.",
        "I’m away from Monday. The glade waits.",
    ],
)  # fmt: skip
def test_words_beside_answers_that_may_say_something_are_asked_about(text):
    found = reading.read([letter(f"{text}\n\n{A}: 14 benches.", subject=SUBJECT)], known(*THREE))
    assert (text, True) in [(each.response, bool(each.unclear)) for each in found.answers]
    assert found.nothing == ()


def test_words_are_not_told_aside_where_another_part_has_no_action():
    text = letter(f"In pencil.\n{A}: 14.\nPS By June.", subject=SUBJECT)
    found = reading.read([text], known(*THREE))
    assert [each.response for each in found.answers if not each.ref] == [
        "In pencil.",
        "PS By June.",
    ]
    assert found.nothing == ()


@pytest.mark.parametrize(
    "text", ["Everything else as before.", "The rest as before", "All others: same"]
)
def test_a_paragraph_about_the_others_is_no_part_of_the_last_answer(text):
    assert said(f"{A}: 14 benches.\n{B}: drawn up.\n\n{text}\n\nTom") == [
        "011: 14 benches.", "012: drawn up.", f"?: {text}"
    ]  # fmt: skip
    told = said(f"{A}: 14 benches.\n\nThe rest is waiting for money.")
    assert told == ["011?: 14 benches. / The rest is waiting for money."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Benches: 14.\n\nFlagpoles: all in.", ["011?: Benches: 14.", "?: Flagpoles: all in."]),
        ("The towpath lighting is costed and Mill Wood’s glade is mown by the scouts.",
         ["012?: The towpath lighting is costed",
          "020?: and Mill Wood’s glade is mown by the scouts."]),
        ("Mill Wood’s glade is mown; the Quarry Field benches wait.",
         ["020?: Mill Wood’s glade is mown;", "011?: the Quarry Field benches wait."]),
    ],
)  # fmt: skip
def test_clauses_and_topics_about_other_actions_are_parted(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "foot",
    ["Tom Reave (he/him)\nParks Manager", "Tom\nRheolwr Parciau yr Ardal / Manager of the Parks",
     "Tom Reave (he/him/his)\nSwyddog y Parc"],
)  # fmt: skip
def test_pronouns_and_posts_in_two_languages_are_a_signature(foot):
    assert said(f"14 benches.\n\nBest wishes\n\n{foot}", of=(A,)) == ["011: 14 benches."]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("RAG/State", "Under way"), ("How far? (status)", "Under way"), ("RAG", "Amber")],
)
def test_a_column_of_an_own_table_is_told_by_its_heading(heading, cell):
    mail = letter("", ("Ref", "Where we are", heading), (A, "Two benches left", cell))
    (answer,) = reading.read([mail], known(*THREE)).answers
    assert (answer.response, answer.status) == ("Two benches left", "in-progress")


@pytest.mark.parametrize("broken", ["the high road;", "by the river:", "near the café,"])
def test_a_line_that_is_broken_at_a_mark_keeps_it(broken):
    first = f"The team counted five hundred and seventy-nine benches along {broken}"
    mail = letter(f"{A}: {first}\nseven need paint.")
    (answer,) = reading.read([mail], known(A)).answers
    assert " ".join(answer.response.split()) == f"{first} seven need paint."


def test_a_mark_between_two_answers_is_of_neither():
    assert answers(letter(f"{A}: two left; {B}: none."), of=known(A, B)) == [
        "011: two left", "012: none."
    ]  # fmt: skip
