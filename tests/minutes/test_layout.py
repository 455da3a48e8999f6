"""Lines become blocks; page furniture goes; items and the meeting are found."""

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.minutes.finding.heading import found_meeting
from cpctrack.minutes.page.columns import is_initials, split_margin
from cpctrack.minutes.page.layout import blocks
from cpctrack.reading.lines import Line


def lines(text):
    return [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]


def texts(text):
    return [block.text for block in blocks(lines(text))]


def items(text):
    return [(one.number, one.title) for one in find(lines(text)).items]


# --- blocks

WRAPPED = """The Ranger reported that the pond had been dug in the spring and that the new
ducks had settled in well, although the heron was a nuisance to all the resi-
dents of the semi-
detached houses beside it.
The Chair thanked her.
"""


def test_wrapped_lines_are_joined_and_hyphens_resolved():
    first, second = texts(WRAPPED)
    assert first.endswith("nuisance to all the residents of the semi-detached houses beside it.")
    assert second == "The Chair thanked her."


def test_each_line_is_a_paragraph_where_lines_are_long():
    long = "The Ranger spoke of the pond. " * 8
    assert len(texts(f"{long}\n{long}\nThe Chair thanked her.\n")) == 3


def test_place_in_a_joined_text_knows_its_line():
    (block,) = blocks(
        lines("\n\nThe pond was dug and the\nducks had settled in very\nwell by June.")
    )
    assert [block.line_at(block.text.index(word)) for word in ("The", "ducks", "June")] == [3, 4, 5]


@pytest.mark.parametrize(
    ("printed", "marker", "text"),
    [
        ("1. That we mow.", "1.", "That we mow."),
        ("(a) That we mow.", "(a)", "That we mow."),
        ("iv) That we mow.", "iv)", "That we mow."),
        ("• That we mow.", "•", "That we mow."),
        ("* That we mow.", "-", "That we mow."),
        ("07/21 Ponds", "07/21", "Ponds"),
        ("Item 7: Ponds", "Item 7:", "Ponds"),
        ("A. Smith spoke.", "", "A. Smith spoke."),
        ("20 hours passed.", "", "20 hours passed."),
        ("**Bold** and *leaning* words", "", "Bold and leaning words"),
        ("snake_case stays", "", "snake_case stays"),
    ],
)
def test_markers_and_emphasis_are_taken_off(printed, marker, text):
    (block,) = blocks(lines(printed))
    assert (block.marker, block.text) == (marker, text)


def test_number_that_wrapped_to_the_line_start_is_no_marker():
    text = (
        "The Ranger had counted every one of the birds, and there were more than\n20 ducks in it.\n"
    )
    assert len(texts(text)) == 1


# --- furniture

BROKEN = """Weir Borough Council

PARKS COMMITTEE

Minutes of the meeting held on 12 July 2022 in the Mill, Weir

Present: Councillors Fenn (Chair), Moss and Tay

1. PONDS

The Ranger introduced the report on the ponds.

RESOLVED

1. That the Ranger count the ducks, the geese, the swans and the moorhens on the pond, and
{furniture}
   weigh them.
2. That the Clerk write to the owner of the heron.
"""


@pytest.mark.parametrize(
    "furniture",
    [
        "\n12\n", "\n- 12 -\n", "\nPage 3 of 12\n", "\n\f\nPage 3\n",
        "\nThis page is intentionally left blank\n",
        "\nParks Committee, 12 July 2022\n\n3\n",
        "\n                                3\nParks Committee                      12 July 2022\n",
        "\nWeir Borough Council – Parks Committee – 12.07.2022        Page 3\n",
    ],
)  # fmt: skip
def test_furniture_does_not_cut_a_list(furniture):
    drafts = find(lines(BROKEN.format(furniture=furniture))).drafts
    assert [(one.owner, one.printed[-20:]) for one in drafts] == [
        ("Ranger", "ond, and weigh them."),
        ("Clerk", " owner of the heron."),
    ]


def test_running_header_goes_and_what_is_said_twice_stays():
    page = "Weir Council – Parks Committee\n\nThe Council agreed.\n\nRESOLVED\n\nThat we mow.\n\n"
    found = texts("Minutes\n\n" * 8 + page * 3)
    assert found.count("RESOLVED") == 3
    assert found.count("The Council agreed.") == 3
    assert "Weir Council – Parks Committee" not in found


# --- the right-hand column


@pytest.mark.parametrize(
    ("printed", "margin"),
    [
        ("The gate to be painted before the fair.            JB", "JB"),
        ("The gate to be painted before the fair.            JB/TS", "JB/TS"),
        ("The gate to be painted before the fair.            DV and All", "DV and All"),
        ("The gate to be painted before the fair.            **JB**", "JB"),
        ("The gate to be painted before the fair. JB", ""),
        ("The gate to be painted before the fair.            CARRIED", ""),
        ("Dame Edith Bell            Chair                  EB", ""),
        ("Chair    EB", ""),
    ],
)
def test_margin(printed, margin):
    assert split_margin(printed)[1] == margin


def test_initials_on_a_line_of_their_own_are_of_the_passage_above():
    text = "1. A\n\n" + "The gate to be painted.\n" + " " * 60 + "JB\n"
    (draft,) = find(lines(text)).drafts
    assert (draft.owner, draft.printed) == ("JB", "The gate to be painted.")


def test_what_initials_are():
    assert all(is_initials(text) for text in ("JB", "JMcB", "Clerk", "All directors"))
    assert not any(is_initials(text) for text in ("Jones", "", "CARRIED"))


# --- items


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("1. PONDS", "2. PATHS", ("1", "2")),
        ("1 Ponds", "2 Paths", ("1", "2")),
        ("07/21 Ponds", "08/21 Paths", ("07/21", "08/21")),
        ("23/099 Ponds", "23/100 Paths", ("23/099", "23/100")),
        ("CAB/24/17 PONDS", "CAB/24/18 PATHS", ("CAB/24/17", "CAB/24/18")),
        ("Item 1: Ponds", "Item 2: Paths", ("1", "2")),
        ("## 4. Ponds", "## 5. Paths", ("4", "5")),
        ("**34.  Ponds**", "**35.  Paths", ("34", "35")),
        ("10.1 PONDS", "10.2 PATHS", ("10.1", "10.2")),
    ],
)
def test_numbered_items(first, second, numbers):
    text = (
        f"Minutes of X\n\n{first}\n\nThe Ranger spoke of them.\n\n{second}\n\nNothing was said.\n"
    )
    assert [number for number, _ in items(text)] == list(numbers)
    assert [title.casefold() for _, title in items(text)] == ["ponds", "paths"]


def test_title_on_the_line_of_its_text():
    text = "Minutes\n\n1. Ponds. The Ranger spoke of them.\n\n2. Paths: None had been cut.\n"
    assert items(text) == [("1", "Ponds"), ("2", "Paths")]


def test_list_entries_are_no_items():
    text = """1. PONDS

The Committee agreed that the Ranger would provide:

1. A list of the ducks
2. A map of the pond
3. A photograph

2. PATHS
"""
    assert items(text) == [("1", "PONDS"), ("2", "PATHS")]


def test_reference_to_an_earlier_minute_is_no_item():
    text = "23/091 Ponds\n\nNone.\n\n23/092 Matters arising\n\n  23/071 Dog bin - put up in May.\n"
    assert [number for number, _ in items(text)] == ["23/091", "23/092"]


def test_sub_items_without_numbers():
    text = """1. PONDS

Mill Pond

The Ranger told the Committee that it had been dug in the spring.

Actions

1. The Ranger would count the ducks.

**Church Pond**

It was dry.

2. PATHS
"""
    minutes = find(lines(text))
    assert [(one.number, one.title) for one in minutes.items] == [
        ("1", "PONDS"), ("", "Mill Pond"), ("", "Church Pond"), ("2", "PATHS"),
    ]  # fmt: skip
    assert (minutes.drafts[0].item_number, minutes.drafts[0].item_title) == ("1", "Mill Pond")


def test_items_without_any_numbers():
    text = """Minutes of the Parks Panel

PRESENT: Councillor Fenn

**Ponds**

They were full.

**The Panel noted that they were.**

**Paths**

Nothing was said.
"""
    assert [title for _, title in items(text)] == ["Ponds", "Paths"]


@pytest.mark.parametrize(
    ("title", "is_item"),
    [("2. ACTIONS", True), ("2. DECISIONS", True), ("ACTIONS", False)],
)
def test_heading_that_would_mark_is_an_item_where_its_number_is_next(title, is_item):
    text = f"1. PONDS\n\nNothing was said.\n\n{title}\n\n1. The Ranger would mow.\n"
    assert ("2" in [number for number, _ in items(text)]) is is_item


def test_item_after_a_list_with_the_same_kind_of_number():
    text = """1. Ponds

The Committee agreed that:

1. the Ranger would count the ducks; and
2. the Clerk would write to the owner of the heron.

2. Paths

The Ranger told the Committee that none of the paths had been cut in the spring.

3.1 Mill Lane

It was closed.

3.2 Church Lane

It was open.
"""
    assert [number for number, _ in items(text)] == ["1", "2", "3.1", "3.2"]


def test_sentences_set_as_headings_are_no_items():
    text = "# Parks Board\n\n## 1. Ponds\n\n## The Ranger said it was full.\n\n## 2. Paths\n"
    assert [number for number, _ in items(text)] == ["1", "2"]


# --- the meeting


@pytest.mark.parametrize(
    ("head", "day", "kind", "committee"),
    [
        ("**MINUTES OF THE PARKS COMMITTEE (FORMAL)\nHELD AT 6PM, ON\nWEDNESDAY, 13 JULY 2022**",
         "2022-07-13", "formal", "PARKS COMMITTEE"),
        ("WEIR COUNCIL\n\nPARKS PANEL\n\nMinutes of the meeting held on 13th July 2022",
         "2022-07-13", "formal", "PARKS PANEL"),
        ("# Parks Board - informal meeting\n\nNotes of the informal meeting held 13/07/2022",
         "2022-07-13", "informal", "Parks Board"),
        ("Minutes of the Meeting of the Parish Council held 13.07.22\nWEIR PARISH COUNCIL",
         "2022-07-13", "formal", "WEIR PARISH COUNCIL"),
        ("Published: 20 July 2022\n\nParks Forum\n\n13 July 2022", "2022-07-13", "", "Parks Forum"),
        ("Weir Academy Trust – Local Governing Body\nMinutes of the meeting held on July 13, 2022",
         "2022-07-13", "formal", "Local Governing Body"),
        ("Committee: Parks Committee\nDate: 2022-07-13", "2022-07-13", "", "Parks Committee"),
        ("Minutes\n\n31 June 2022", "", "formal", ""),
        ("PARKS PANEL\n\nMINUTES OF THE MEETING HELD ON WEDNESDAY, 13\nJULY 2022 AT 2.00 PM",
         "2022-07-13", "formal", "PARKS PANEL"),
        ("PARKS PANEL\n\nCofnodion y cyfarfod ar 13eg o Orffennaf 2022\nMinutes of the meeting",
         "2022-07-13", "formal", "PARKS PANEL"),
        ("Nothing at all", "", "", ""),
    ],
)  # fmt: skip
def test_meeting(head, day, kind, committee):
    found = found_meeting(
        lines(head + "\n\n1. PONDS\n\nThe formal Pike Board met on 1 May 1999.\n")
    )
    assert (found.date, found.type, found.committee) == (day, kind, committee)


def test_items_of_minutes_that_number_nothing_stand_behind_the_head():
    text = """Ferrow Council - Ponds Board
Tues 14th January 2025, 4pm

Who came: Tess, Jo, Cllr Fenn

Hello and biscuits

Tess ran a quiz.

Mowing?

Nobody knew.

Actions:
1. Tess - the long lawn
2. Jo - the short lawn

Next time
Friday 2 May
"""
    assert [title for _, title in items(text)] == [
        "Hello and biscuits",
        "Mowing?",
        "Next time",
    ]


def test_plain_lines_are_parts_of_items_in_capitals():
    text = "PONDS\n\nThe heron\n\nIt was seen.\n\nPATHS\n\nNothing was said.\n"
    found = find(lines("Notes, 4 May 2024\n\n" + text + "\nAction: Tess to mow\n"))
    assert [one.title for one in found.items] == ["PONDS", "The heron", "PATHS"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("24.71  Welcome\n\nHello.\n\n24.72  Ponds\n\n24.72.1 They are deep.\n",
         ["24.71", "24.72"]),
        ("AB1/24  PONDS\n\n(i)  The heron\n\nIt was seen.\n\n(ii)  The ducks\n\nNone.\n",
         ["AB1/24", "i", "ii"]),
        ("Item 6\nPONDS\n\nThey are deep.\n\nItem 7\nPATHS\n\nNone.\n", ["6", "7"]),
        ("1.  PONDS\n\nDeep.\n\nPART B\n\n2.  PATHS\n\nNone.\n", ["1", "2"]),
        ("1.  Ponds\n\nDeep.\n\n6 December 2022, 10 a.m.\n\n2.  Paths\n\nNone.\n", ["1", "2"]),
    ],
)  # fmt: skip
def test_ways_of_numbering(text, numbers):
    assert [number for number, _ in items(text)] == numbers


def test_title_that_a_hyphen_breaks_in_capitals():
    first, _ = items("1.  PONDS, COM-\nPULSORY\n\nDeep.\n\n2.  B\n\nC.\n")
    assert first == ("1", "PONDS, COMPULSORY")


def test_emphasised_line_is_a_sub_item():
    text = "**1. Ponds**\n\n*Depth*\n\nNone.\n\n**2. Paths**\n\nNone.\n"
    assert [title for _, title in items(text)] == ["Ponds", "Depth", "Paths"]
