"""Which drafts of minutes are exempt: by words above them, until the public is back."""

import time

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.reading.lines import Line

EXCLUDED = """4. EXCLUSION OF THE PRESS AND PUBLIC

RESOLVED that under Section 100A(4) of the Local Government Act 1972 the press and public be
excluded from the meeting {} on the grounds that exempt information as defined in
paragraph(s) 1 and 2 of Part I of Schedule 12A would be disclosed.
"""


def minutes(before="", *, claim="5. A CLAIM", lease="6. A LEASE", after=""):
    return f"""Minutes of the Parks Committee held on 12 July 2022

3. PRIVATE FOSTERING

ACTION AGREED: The Head of Fostering would send the figures.

{before}

{claim}

Members discussed it.

ACTION AGREED: The Head of Law would settle the claim.

{lease}

ACTION AGREED: The Head of Estates would sign the lease.

{after}

7. WORK PROGRAMME

ACTION AGREED: The Clerk would update the programme.
"""


def found(text):
    """Give the paragraph of each of the four actions, and whether there is a doubt about it."""
    lines = [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]
    drafts = [one for one in find(lines).drafts if one.kind == "action"]
    assert [one.text.split()[3 if one.text.startswith("The H") else 1] for one in drafts] == [
        "Fostering", "Law", "Estates", "Clerk",
    ]  # fmt: skip
    return [(one.exempt_paragraph, bool(one.doubt)) for one in drafts]


PUBLIC = ("", False)
BY_PARAGRAPH = ("1 and 2", False)
HEADING = ("EXCLUSION OF PRESS AND PUBLIC", True)


@pytest.mark.parametrize(
    "again",
    [
        "The public were readmitted.", "RE-ADMISSION OF PRESS AND PUBLIC",
        "The meeting returned to open session.", "PART 1 (PUBLIC)",
    ],
)  # fmt: skip
def test_below_a_resolution_until_the_public_is_back(again):
    text = minutes(EXCLUDED.format("for the following items"), after=again)
    assert found(text) == [PUBLIC, BY_PARAGRAPH, BY_PARAGRAPH, PUBLIC]


def test_to_the_end_where_nothing_says_that_the_public_is_back():
    text = minutes(
        EXCLUDED.format("for the following items"), after="The public were not readmitted."
    )
    assert found(text) == [PUBLIC, BY_PARAGRAPH, BY_PARAGRAPH, BY_PARAGRAPH]


def test_the_items_that_a_resolution_names():
    assert found(minutes(EXCLUDED.format("for item 6"))) == [PUBLIC, PUBLIC, BY_PARAGRAPH, PUBLIC]
    # There is no item 99: whatever was meant, the rest is exempt.
    rest = [BY_PARAGRAPH] * 3
    assert found(minutes(EXCLUDED.format("for item 99"))) == [PUBLIC, *rest]


def test_a_part_of_its_own():
    text = minutes("PART 2 - EXEMPT", after="PART 1 - PUBLIC")
    part = ("PART 2 - EXEMPT", False)
    assert found(text) == [PUBLIC, part, part, PUBLIC]


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("5. A CLAIM - NOT FOR PUBLICATION", "NOT FOR PUBLICATION"),
        ("5. A CLAIM (EXEMPT)", "(EXEMPT)"),
        ("5. A CLAIM\nNot for publication by virtue of paragraph 5 of Schedule 12A", "5"),
        ("5. A CLAIM\n\n(Exempt – paragraph 5)", "5"),
    ],
)
def test_an_item_of_its_own(claim, kept):
    assert found(minutes(claim=claim)) == [PUBLIC, (kept, False), PUBLIC, PUBLIC]


def test_an_item_in_an_exempt_part_has_its_own_paragraph():
    text = minutes(EXCLUDED.format("now"), lease="6. A LEASE (exempt, paragraph 3)")
    assert found(text) == [PUBLIC, BY_PARAGRAPH, ("3", False), BY_PARAGRAPH]


@pytest.mark.parametrize(
    "said",
    [
        "It was not necessary to exclude the press and public.", "There were no exempt items.",
        "The meeting remained in public throughout.", "None.",
    ],
)  # fmt: skip
def test_a_heading_under_which_nobody_was_excluded(said):
    text = minutes(f"4. EXCLUSION OF PRESS AND PUBLIC\n\n{said}")
    assert found(text) == [PUBLIC] * 4


def test_a_heading_alone_leaves_a_doubt():
    text = minutes("4. EXCLUSION OF PRESS AND PUBLIC\n\nThe Chair spoke.")
    assert found(text) == [PUBLIC, HEADING, HEADING, HEADING]


def test_exempt_and_back_in_one_paragraph():
    after = "The Head of Law then left. Following that, the public were readmitted."
    text = minutes(EXCLUDED.format("now"), after=after)
    assert found(text) == [PUBLIC, BY_PARAGRAPH, BY_PARAGRAPH, PUBLIC]


def test_what_is_printed_over_every_page():
    text = "\f".join(
        f"NOT FOR PUBLICATION\n\n{page}\n" for page in minutes().split("\n\n7. ")[:1] * 3
    )
    lines = [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]
    assert all(draft.exempt_paragraph == "NOT FOR PUBLICATION" for draft in find(lines).drafts)


def test_hostile_minutes_take_no_long():
    text = "1. PONDS\n\n" + "(exempt)\n\n" * 8000
    start = time.process_time()
    find([Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)])
    assert time.process_time() - start < 20  # going back to the heading each time took minutes


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("8. LEGAL ADVICE - NOT FOR PUBLICATION", False),
        ("8. Legal advice – not for publication by virtue of paragraph 5", True),
    ],
)
def test_a_title_that_is_taken_for_an_entry_covers_what_stands_below(title, doubt):
    text = f"""Minutes of the Parks Committee held on 12 July 2022

2. FOSTERING

ACTIONS AGREED
The Head of Fostering would send the figures.

{title}

ACTIONS AGREED
The Head of Law would advise Members on the lease.
"""
    lines = [Line(number, line) for number, line in enumerate(text.splitlines(), 1)]
    drafts = find(lines).drafts
    assert (drafts[0].exempt_paragraph, drafts[0].doubt) == ("", "")
    assert drafts[-1].text == "The Head of Law would advise Members on the lease."
    assert drafts[-1].exempt_paragraph
    assert bool(drafts[-1].doubt) is doubt


HEAD = "Minutes of the Parks Committee held on 12 July 2022\n\n"
DRAINS = f"{HEAD}1. DRAINS\n\nClerk to write to the mill.\n\n"


def drafts_of(text):
    """Give the marked actions of a text."""
    lines = [Line(number, told) for number, told in enumerate(text.split("\n"), 1)]
    return [one for one in find(lines).drafts if one.marked and one.kind == "action"]


@pytest.mark.parametrize(
    "words",
    [
        "Members of the public left at this point so a confidential matter could be discussed.",
        "The public left the meeting while a confidential matter was discussed.",
        "The public having left, the Council discussed a staffing matter.",
        "The public left.",
        "The Chairman asked the public to leave.",
        "This item was discussed in private.",
        "This item was taken in confidence.",
        "It was agreed to go into Part 2.",
        "The item is not for the public.",
        "PINK PAPERS",
    ],
)
def test_other_words_that_keep_business_from_the_public(words):
    below = f"2. STAFFING\n\n{words}\n\nClerk to phone Mr Bell.\n"
    kept = {one.printed: bool(one.exempt_paragraph) for one in drafts_of(f"{DRAINS}{below}")}
    assert kept == {"Clerk to write to the mill.": False, "Clerk to phone Mr Bell.": True}


def test_who_leaves_before_the_end_excludes_nobody():
    below = "2. GATES\n\nTwo members of the public left at 8.15 pm.\n\nClerk to phone Mr Bell.\n"
    assert not any(one.exempt_paragraph for one in drafts_of(f"{DRAINS}{below}"))


def test_list_at_the_end_says_nothing_in_public_of_what_is_exempt():
    below = (
        "2. EXEMPT – STAFFING\n\n"
        "RESOLVED that the Clerk write to Mr Bell about his grievance.\n\n"
        "SUMMARY OF ACTIONS\n\nClerk to write to Mr Bell about his grievance.\n"
    )
    drafts = drafts_of(f"{DRAINS}{below}")
    public = [one.printed for one in drafts if not one.exempt_paragraph]
    assert public == ["Clerk to write to the mill."]
