"""Several facts in one cell."""

import pytest

from cpctrack.tables import facts


@pytest.mark.parametrize(
    ("says", "texts"),
    [
        (True, "CR 350/2020|Minute 9 (5)|4.2|RGSC/17/13|SR (25/26) 01|4/20//FE|12|item 3"),
        (False, "2023|30/6/2023|March 2023|Homes|A1 Homes|" + "A1" * 16),
    ],
)
def test_what_reads_like_a_reference(says, texts):
    assert {text: facts.is_ref(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), says
    )


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("CR 350/2020\nHomes", True),
        ("Homes\n4.2", True),
        ("Homes – 12", True),
        ("4.2 Homes for all", True),
        ("Homes for all 4.2", False),
        ("", False),
    ],
)
def test_where_a_cell_has_a_reference(text, has):
    assert facts.has_ref(text) is has


@pytest.mark.parametrize(
    ("says", "texts"),
    [
        (True, "June 2023|by next meeting|Now ongoing|To be clarified in March|Spring term|TBC"),
        (False, "Send it|Ann Bell|30 June 2023 and then at each meeting of the board from then on"),
    ],
)
def test_what_says_when_and_no_more(says, texts):
    assert {text: facts.is_time(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), says
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Complete: sent in May", "Complete"),
        ("Completed", "Completed"),
        ("Done. Sent to all.", "Done"),
        ("Closed\nAll was sent", "Closed"),
        ("Complete: March 2031", ""),
        ("Complete: but the rest is to follow", ""),
        ("Pending – waits for the bank", "Pending"),
        ("In progress; two of four", "In progress"),
        ("On hold: see above", "On hold"),
        ("For information: the visit is in May", ""),
        ("Homes: sent", ""),
        ("Sent to all members", ""),
        ("", ""),
    ],
)
def test_the_status_in_front_of_a_text(text, status):
    assert facts.front_status(text) == status


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Homes\nWrite to all members.", "Homes", "Write to all members."),
        ("Homes.\nWrite to all members.", "", None),
        ("Send the note to\nall members of the council", "", None),
        ("4.2\nWrite to all members.", "", None),
        ("Write to members\nHomes", "", None),
        (f"{'x' * 41}\n{'y' * 50}", "", None),
        ("Homes", "", None),
        ("\nHomes", "", None),
    ],
)
def test_the_title_above_a_text(text, title, rest):
    assert facts.title_and_text(text) == (title, text if rest is None else rest)


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        (
            "Officer: Ann Bell\nDue: June 2023\nProgress: sent\nand signed",
            {"owner": "Ann Bell", "due": "June 2023", "response": "sent\nand signed"},
            "",
        ),
        ("Write to all\nDue: June 2023", {"due": "June 2023"}, "Write to all"),
        ("Due: May\nDue: June", {"due": "May\nDue: June"}, ""),
        ("Raised by: Ann Bell", {}, "Raised by: Ann Bell"),
        ("Who and when: Ann Bell", {}, "Who and when: Ann Bell"),
        ("Due:May", {}, "Due:May"),
    ],
)
def test_lines_that_say_what_they_are(text, found, rest):
    assert facts.labelled(text, facts.BESIDE.__contains__) == (found, rest)


def test_a_date_is_what_the_cell_is_for():
    assert facts.labelled("Date: 1 June", ["due"].__contains__, "due") == ({"due": "1 June"}, "")


WHO_WHEN = ("owner", "due")


@pytest.mark.parametrize(
    ("meanings", "text", "found"),
    [
        (WHO_WHEN, "A with B – July 2017", {"owner": "A with B", "due": "July 2017"}),
        (WHO_WHEN, "Ann Bell, 30 June 2023", {"owner": "Ann Bell", "due": "30 June 2023"}),
        (WHO_WHEN, "Ann Bell\nJune 2023", {"owner": "Ann Bell", "due": "June 2023"}),
        (WHO_WHEN, "Ann Bell (by June 2023)", {"owner": "Ann Bell", "due": "June 2023"}),
        (WHO_WHEN, "Ann Bell (June 2023)", {"owner": "Ann Bell", "due": "June 2023"}),
        (WHO_WHEN, "Ann Bell by 3 June 2023", {"owner": "Ann Bell", "due": "3 June 2023"}),
        (WHO_WHEN, "Head of Homes, Ongoing", {"owner": "Head of Homes", "due": "Ongoing"}),
        (WHO_WHEN, "June 2023", {"due": "June 2023"}),
        (WHO_WHEN, "30/6/2023", {"due": "30/6/2023"}),
        (WHO_WHEN, "Ann Bell", {"owner": "Ann Bell"}),
        (WHO_WHEN, "Owner: Ann\nDue: May 2023", {"owner": "Ann", "due": "May 2023"}),
        (WHO_WHEN, "", {}),
        (("due", "completed_on"), "June 2023", {"due": "June 2023", "completed_on": "June 2023"}),
        (("due", "status"), "Complete", {"status": "Complete"}),
        (("due", "status"), "June 2023\nPending", {"due": "June 2023", "status": "Pending"}),
        (("ref", "action"), "4.2 Write to all", {"ref": "4.2", "action": "Write to all"}),
        (
            ("ref", "action"), "CR 350/2020\nHomes\nThat homes be built.",
            {"ref": "CR 350/2020", "item": "Homes", "action": "That homes be built."},
        ),
        (
            ("ref", "meeting_date", "item"), "CR 350/2020\n12 May 2020\nHomes for all",
            {"ref": "CR 350/2020", "meeting_date": "12 May 2020", "item": "Homes for all"},
        ),
        (
            ("owner", "response"), "Ann Bell\nSent in May\nand June",
            {"owner": "Ann Bell", "response": "Sent in May\nand June"},
        ),
        (
            ("status", "response"), "Complete: sent",
            {"status": "Complete", "response": "Complete: sent"},
        ),
        (("status", "response"), "Sent, and signed", {"response": "Sent, and signed"}),
        (("recommendation", "action"), "Look\nFix", {"recommendation": "Look", "action": "Fix"}),
    ],
)  # fmt: skip
def test_a_cell_is_parted_into_the_facts_that_its_heading_names(meanings, text, found):
    assert facts.part(text, meanings, lambda meaning: meaning == "item") == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Sent in May", {"response": "Sent in May"}),
        ("Clerk", {"owner": "Clerk"}),
        ("Ann Bell\nSent in May", {"owner": "Ann Bell", "response": "Sent in May"}),
    ],
)
def test_what_names_nobody_is_no_owner(text, says):
    assert facts.part(text, ("owner", "response"), lambda _: False) == says
