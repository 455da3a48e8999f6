"""What a text says about being kept from the public."""

import time

import pytest

from cpctrack.records import exempt
from cpctrack.records.model import Change

RESOLVED = (
    "RESOLVED that under Section 100A(4) of the Local Government Act 1972 the press and public be "
    "excluded from the meeting for the following item(s) on the grounds that they involve the "
    "likely disclosure of exempt information as defined in {} of Part I of Schedule 12A"
)


@pytest.mark.parametrize(
    "title",
    [
        "PART 2 - EXEMPT", "PART 2: Item 10", "Part II (Private)", "PART TWO",
        "Part B: confidential",
        "8. LEGAL ADVICE - NOT FOR PUBLICATION", "Item 9. A lease (EXEMPT)", "Exempt Appendix",
        "A lease (exempt – paragraph 3)", "Confidential items", "CONFIDENTIAL", "Private session",
        "Exempt/Confidential business", "Part 2 minutes of 3 March", "Item 7 – Exempt",
        "A lease [Part II]",
        "Closed Session (B)", "Not for publication by virtue of paragraph 3",
    ],
)  # fmt: skip
def test_a_title_says_that_it_is_exempt(title):
    says = exempt.in_title(title)
    assert says is not None
    assert not says.doubt


@pytest.mark.parametrize(
    "title",
    [
        "PART B", "Part 2: Fees and charges", "Training – Part 2", "Why reports are exempt",
        "EXCLUSION OF THE PRESS AND PUBLIC", "To consider excluding the public",
        "LEGAL SETTLEMENT CONFIDENTIAL",
    ],
)  # fmt: skip
def test_a_title_leaves_a_doubt(title):
    says = exempt.in_title(title)
    assert says is not None
    assert says.doubt


@pytest.mark.parametrize(
    "title",
    [
        "Item 4. Private fostering", "Private Fostering: annual report", "Private sector housing",
        "Supported exempt accommodation", "Tax-exempt savings", "Care leavers exempt from fees",
        "Exempted from fees", "Confidentiality", "Confidential reporting policy",
        "Exclusions from school",
        "Part 2 of the Prospective Adopter Reports", "No exempt items", "PART 1 (PUBLIC)",
        "Training part 2", "Public health", "Permanent exclusions and public care",
    ],
)  # fmt: skip
def test_a_title_says_nothing_of_it(title):
    assert exempt.in_title(title) is None


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        (RESOLVED.format("paragraph(s) 1 and 2"), "1 and 2"),
        (RESOLVED.format("paragraphs 1, 2, and 7"), "1, 2, and 7"),
        (RESOLVED.format("Paragraph No. 3"), "3"),
        ("exempt – not for publication by virtue of paragraph 5", "5"),
        ("Not for publication by virtue of Paragraphs 12 and 13 of Schedule 12A", "12 and 13"),
        ("in terms of para 6 of Schedule 7A, the press and public were excluded", "6"),
        ("EXEMPT - negotiation closed at 4 % above last year", ""),
        ("The Committee moved into private session.", ""),
        ("Sign the lease (exempt).", ""),
    ],
)  # fmt: skip
def test_words_say_it_with_the_paragraph(text, paragraph):
    says = exempt.in_words(text)
    assert says is not None
    assert (says.paragraph, says.doubt) == (paragraph, False)


@pytest.mark.parametrize(
    "text",
    [
        "to explain why reports are exempt", "Officers to circulate the exempt appendix",
        "A Part 2 report to come back in May", "the Clerk to draft a note on excluding the public",
    ],
)  # fmt: skip
def test_words_leave_a_doubt(text):
    says = exempt.in_words(text)
    assert says is not None
    assert says.doubt


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED that, under the Act of 1960, the public and press leave the room.",
        "The remainder of the meeting was held in camera.",
        "Members voted to exclude the public for the remaining items.",
        "The Council went into committee at 8.15 pm.", "The public gallery was cleared.",
        "RESOLVED: That the press and\npublic be ex-\ncluded from the meeting.",
        "PENDERFYNWYD gwahardd y wasg a'r cyhoedd o'r cyfarfod.",
    ],
)  # fmt: skip
def test_words_exclude_the_public(text):
    says = exempt.in_words(text)
    assert (says.doubt, says.divides) == (False, True)


def test_that_an_earlier_meeting_excluded_the_public_is_a_doubt():
    assert exempt.in_words("At the last meeting the press and public had been excluded.").doubt


@pytest.mark.parametrize(
    "title",
    ["A lease (in camera)", "A lease (press and public excluded)", "Prydles (EITHRIEDIG)",
     "NID I'W GYHOEDDI", "EITEMAU EITHRIEDIG / EXEMPT ITEMS"],
)  # fmt: skip
def test_other_words_of_titles(title):
    assert not exempt.in_title(title).doubt


@pytest.mark.parametrize(
    "text",
    [
        "Two members of the public left the meeting.", "The report was sent to the committee.",
        "Care leavers are exempt from council tax", "the exemption has applied since 1 April",
        "Exempt accommodation to be reviewed", "A confidential helpline to be set up",
        "children in public care who were excluded from school",
        "members of the public were invited to ask questions",
        "Children are seen in private", "It was not necessary to exclude the press and public",
        "There were no exempt items", "Exclusion of the public was not required.",
    ],
)  # fmt: skip
def test_words_say_nothing_of_it(text):
    assert exempt.in_words(text) is None


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("The press and public were readmitted.", True),
        ("RE-ADMISSION OF PRESS AND PUBLIC", True),
        ("The meeting returned to open session", True),
        ("The meeting re-opened to the public", True),
        ("The public were invited back.", True),
        ("End of exempt business", True),
        ("PART 1 (PUBLIC)", True),
        ("Part I", True),
        ("The Committee came out of closed session.", True),
        ("RESOLVED that the public be readmitted.", True),
        ("It was proposed and RESOLVED that the public be readmitted.", True),
        ("It was proposed that the public be readmitted; this was LOST.", False),
        ("It was proposed that the public be readmitted.", False),
        ("The motion that the press and public be readmitted fell.", False),
        ("The public would be readmitted later.", False),
        ("The public were not readmitted.", False),
        ("before the public were readmitted", False),
        ("The playground would re-open to the public", False),
        ("Part 1 of the strategy", False),
        ("PART A - EXEMPT", False),
    ],
)
def test_where_the_public_part_begins_again(text, again):
    assert (exempt.public_again(text, title=True) >= 0) is again


@pytest.mark.parametrize(
    ("named", "numbers"),
    [
        ("item 12", {"12"}),
        ("items 12 and 14", {"12", "14"}),
        ("items 12 to 14", {"12", "13", "14"}),
        ("item 12 and the remainder of the meeting", set()),
        ("the following item", set()),
    ],
)
def test_a_resolution_may_name_the_items(named, numbers):
    says = exempt.in_words(f"RESOLVED that the public be excluded for {named}.")
    assert says is not None
    assert says.items == numbers


def test_what_is_kept_is_the_paragraph_or_the_words():
    assert exempt.of_texts("Item 9. A lease (EXEMPT)", []).kept == "(EXEMPT)"
    both = exempt.of_texts("Item 9. A lease (EXEMPT)", ["not for publication: paragraph 3"])
    assert both.kept == "3"


def change(what, after, before="", via="update"):
    return Change("2023-03-15T10:00:00Z", "Clerk", via, what, before, after)


@pytest.mark.parametrize(
    ("history", "objects"),
    [
        ((), True),
        ((change("exempt_paragraph", "", "3"),), False),
        ((change("exempt_paragraph", "", "3", via="import"),), True),
        ((change("exempt_paragraph", ""), change("response", "Sent.")), False),
        ((change("exempt_paragraph", ""), change("response", "EXEMPT - 4 %")), True),
    ],
)
def test_a_person_may_decide_that_it_is_public(make_record, history, objects):
    record = make_record(item="9. A lease (EXEMPT)", history=history)
    assert (exempt.unsaid(record) is not None) is objects


def test_hostile_text_takes_no_time():
    pieces = ("public and ", "press, ", "exempt and ", "( exempt", "paragraph 1, ", "no exempt or ")
    start = time.process_time()
    for piece in pieces:
        exempt.in_title(piece * 3000)
        exempt.in_words(piece * 3000)
        exempt.public_again(piece * 3000, title=True)
        exempt.denied(piece * 3000)
    assert time.process_time() - start < 10  # one of them took a quarter of a minute
