"""Which lines are agenda items: every style of numbering, heading and outline that clerks use."""

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.minutes.page.layout import blocks
from cpctrack.reading.lines import Line

HEAD = "Minutes of the Parks Committee held on 4 May 2022\n\nPresent: Cllr Ash and Cllr Elm\n\n"


def items(text):
    lines = [Line(number, printed) for number, printed in enumerate(text.split("\n"), 1)]
    return [(one.number, one.title) for one in find(lines).items]


STYLES = {
    "an escaped number": (
        "1\\. Roads\n\nThe verge was cut.\n\n2\\. Parks\n\nThe pond is low.",
        "12",
    ),
    "a double list marker": ("- 1. Roads\n- The verge was cut.\n- 2. Parks\n- It is low.", "12"),
    "quoted lines": ("> 1. Roads\n>\n> The verge was cut.\n>\n> 2. Parks\n>\n> It is low.", "12"),
    "a bracket": ("1) Roads\n\nThe verge was cut.\n\n2) Parks\n\nThe pond is low.", "12"),
    "a number above its title": (
        "**6.**\n\n**Roads**\n\nThe verge was cut.\n\n**7.**\n\n**Parks**\n\nThe pond is low.",
        "67",
    ),
    "a word and a number above its title": (
        "Item 1.\n\n**Roads**\n\nThe verge was cut.\n\nItem 2.\n\n**Parks**\n\nThe pond is low.",
        "12",
    ),
    "a bold title before its text": ("**1. Roads.** The verge was cut.\n\n**2. Parks** Wet.", "12"),
    "bold in pieces": (
        "**1.**   **Roads**\n\nThe verge was cut.\n\n**2.**   **Parks**\n\nThe pond is low.",
        "12",
    ),
    "a bold line": ("**Roads**\n\nThe verge was cut.\n\n**Parks**\n\nThe pond is low.", "  "),
    "a heading of the first level": ("# Roads\n\nIt was cut.\n\n# Parks\n\nIt is low.", "  "),
    "a heading below the title": (
        "# The Parks Committee\n\n## Roads\n\nThe verge was cut.\n\n## Parks\n\nThe pond is low.",
        "  ",
    ),
    "a line below the title": (
        "Roads\n-----\n\nThe verge was cut.\n\nParks\n-----\n\nThe pond is low.",
        "  ",
    ),
    "capitals before the text": (
        "ROADS – The verge was cut in the spring.\n\nPARKS – The pond is low again.",
        "  ",
    ),
    "no blank line": ("1. Roads\nThe verge was cut.\n2. Parks\nThe pond is low.", "12"),
    "a number that touches its title": (
        "1Roads\n\nThe verge was cut in May.\n\n2Parks\n\nThe pond is low.",
        "12",
    ),
    "a stroke": ("1 / Roads\nThe verge was cut.\n\n2/ Parks\nThe pond is low.", "12"),
    "a long number": ("4711 ROADS\nThe verge was cut.\n\n4712 PARKS\nIt is low.", "4711 4712"),
    "minutes by number without a gap": (
        "24/07ROADS The verge was cut.\n24/08PARKS The pond is low.",
        "24/07 24/08",
    ),
    "a word, a number and a semicolon": (
        (
            "Item 1; Roads- The verge was cut.\nItem 2; Parks- The pond is low.\n"
            "Item 3; Bins; None.\nItem 4; Post – none."
        ),
        "1234",
    ),
    "gaps": (
        (
            "Roads   The verge was cut in May.\n\nParks   The pond is low again.\n\n"
            "Bins   Two of them are full.\n\nPost  None was received."
        ),
        "    ",
    ),
    "capitals in front of the sentence": (
        (
            "ROADS. The verge was cut.\n\nPARKS. The pond is low.\n\n"
            "BINS AND POSTS were counted in May.\n\nLATE POST. A letter came."
        ),
        "    ",
    ),
    "a colon in front of each paragraph": (
        "".join(
            f"{title}: The members spoke of it.\n\n"
            for title in ("Roads", "Parks", "Bins", "Post", "Gates", "Lamps")
        ),
        "      ",
    ),
    "a page of a site": (
        (
            "No. Item\n\nRoads\n\nMinutes:\n\nThe verge was cut.\n\n"
            "Parks pdf icon PDF 151 KB\n\nTo receive the report.\n\nMinutes:\n\nThe pond is low."
        ),
        "  ",
    ),
    "a page of a site in lines": (
        (
            "No. | Item |\nRoads Minutes: The verge was cut.\n"
            "Parks To receive any report. Minutes: The pond is low."
        ),
        "  ",
    ),
    "the first level of an outline": (
        "## Notes\n\n- Roads\n    - The verge was cut.\n- Parks\n    - The pond is low.",
        "  ",
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_an_item_is_known_in_every_style(style):
    text, numbers = STYLES[style]
    found = [(number, title.capitalize()) for number, title in items(HEAD + text)]
    each = numbers.split() if " " in numbers.strip() else [one.strip() for one in numbers]
    assert [number for number, _ in found] == each
    assert [title for _, title in found[:2]] == ["Roads", "Parks"]


def test_titles_end_with_a_colon_where_most_do():
    text = "".join(
        f"{title}:\n\nThe Clerk told the members at some length how it stood.\n\n"
        for title in ("Minutes", "Verges", "The following points were raised", "Parks", "Bins")
    )
    titles = [title for _, title in items(HEAD + text)]
    assert titles == ["Minutes", "Verges", "Parks", "Bins"]


def test_roman_items_hold_numbered_parts():
    text = (
        "I. ROADS\n\n1. Verges\n\nThey are long.\n\nII. PARKS\n\n1. Pond\n\nIt is low.\n\n2. Fence"
    )
    numbers = [number for number, _ in items(HEAD + text)]
    assert numbers == ["I", "1", "II", "1", "2"]


def test_sentences_with_numbers_that_go_on_are_items():
    text = (
        "1. Apologies were received from Cllr Oak.\n\n2. Interests. None.\n\n"
        "3. The minutes of 6 April were approved.\n\n4. Planning. These were considered:\n\n"
        "1. 22/0123 Mill Lane – no objection.\n2. 22/0130 Elm Road – no objection.\n\n"
        "5. Highways. The Clerk to report the pothole."
    )
    assert [number for number, _ in items(HEAD + text)] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        (
            "Election of Officers Upon the proposition of Cllr Ash it was agreed",
            "Election of Officers",
        ),
        ("Report on the Pond Cllr Ash reported that it had been dug", "Report on the Pond"),
        ("Benches:- Cllr Ash had counted them", "Benches"),
        (
            "Benches and Bins in accordance with the Benches Act 1911: Two had gone",
            "Benches and Bins in accordance with the Benches Act 1911",
        ),
        ("Benches : Two are broken. AB to mend them", "Benches"),
        ("BENCHES AND BINS Two had gone", "BENCHES AND BINS"),
        ("Benches 2.1 Two are broken and will be mended", "Benches"),
        ("Bus Shelter a) The roof leaks and will be looked at", "Bus Shelter"),
    ],
)
def test_title_that_its_text_follows_without_a_stop(printed, title):
    assert items(f"{HEAD}1. Apologies\n\nNone.\n\n2. {printed}.")[1] == ("2", title)


def test_list_of_agreed_actions_ends_at_the_next_item():
    told = "The Committee spoke of it at length and with some heat.\n\nAGREED ACTIONS\n\n"
    text = (
        f"1. Roads\n\n{told}1. The Head of Roads to report on the verges.\n\n2. Parks\n\n{told}"
        "1. The Ranger to mend the gate.\n2. The Clerk to write to the owner.\n\n3. Bins\n\nNone."
    )
    assert items(HEAD + text) == [("1", "Roads"), ("2", "Parks"), ("3", "Bins")]


def test_numbers_below_a_title_without_one_are_of_a_list():
    told = "The Committee considered what the Ranger had written of it.\n\nRESOLVED\n\n"
    text = (
        f"**Roads**\n\n{told}1. To approve the report.\n2. That a visit be held.\n\n"
        f"**Parks**\n\n{told}1. To approve the fence.\n2. That the gate be mended."
    )
    assert items(HEAD + text) == [("", "Roads"), ("", "Parks")]


@pytest.mark.parametrize(
    "line",
    [
        "10.32am The Chair closed the meeting",
        "3 Members of the Public were there",
        "3.30 pm Councillor Oak left",
        "3.5.2022 Site visit",
        "22/01234/FUL 5 Mill Lane",
        "29 High Street",
        "Minute 29.9 was referred to",
        "3 June",
        "2019/20 Accounts",
    ],
)
def test_what_is_no_item(line):
    text = (
        f"1. Roads\n\nThe verge was cut.\n\n2. Parks\n\nThe pond is low.\n\n{line}\n\nIt was late."
    )
    assert items(HEAD + text) == [("1", "Roads"), ("2", "Parks")]


def test_items_in_one_long_line():
    text = (
        "Clerk: J Fenn 1. ROADS RESOLVED to note that the verge was cut. "
        f"{'The members spoke of it at some length. ' * 8}2. PARKS AND PONDS – LATE The pond is "
        "low. 3. Bins A. Post The lid of one bin is gone."
    )
    assert items(HEAD + text) == [("1", "ROADS"), ("2", "PARKS AND PONDS"), ("3", "Bins")]


def test_minutes_in_one_long_line():
    said = "The members spoke of it at some length, and of 24/06 Bins too. " * 6
    text = f"Clerk: Jo 24/07:01 ROADS AND PATHS Verges are cut. {said}24/08:01 PARKS The pond is."
    assert items(HEAD + text) == [("24/07:01", "ROADS AND PATHS"), ("24/08:01", "PARKS")]


@pytest.mark.parametrize(
    "said",
    [
        "1. Mend the gate. 2. Paint the fence. 3. Sweep the path. 4. Close the pond.",
        "See page 3. The rest is there. 4. Nothing was said of it.",
        "1. Roads ...... 2 2. Parks ...... 3 3. Bins ...... 4",
    ],
)
def test_numbers_in_a_long_line_that_do_not_go_on_are_no_items(said):
    text = f"1. Roads\n\nIt was cut.\n\n2. Parks\n\n{'It was spoken of at length. ' * 12}{said}"
    assert items(HEAD + text) == [("1", "Roads"), ("2", "Parks")]


def test_list_in_a_text_without_blank_lines_is_no_list_of_items():
    text = (
        "1. Roads\nThe main points were:\n1. The verge is long\n2. The Clerk to send it on\n"
        "3. The bins to be counted\n2. Parks\nThe pond is low."
    )
    assert items(HEAD + text) == [("1", "Roads"), ("2", "Parks")]


def test_names_in_a_text_without_blank_lines_are_no_titles():
    text = "Jo Fenn\nTess Oak, Ranger\nRoads\nThe verge was cut in May, and will be again.\n" * 2
    assert items("Notes of 4 May 2022\n" + text) == [("", "Roads"), ("", "Roads")]


def test_numbers_below_a_minute_are_of_its_parts():
    text = (
        "24/07 Roads\n\n1. Verges\n\n**Action:** Clerk to write to the owner.\n\n"
        "24/08 Parks\n\nThe pond is low."
    )
    lines = [Line(number, printed) for number, printed in enumerate((HEAD + text).split("\n"), 1)]
    assert [(one.item_number, one.item_title) for one in find(lines).drafts] == [
        ("24/07", "Verges")
    ]


def test_numbers_of_paragraphs_below_titles_are_of_no_items():
    text = (
        "Roads\n\n1. The verge was cut.\n\nParks\n\n2. The pond is low and smells of it.\n\n"
        "3. The Ranger will look at it.\n\nBins\n\n4. Two of them are full.\n\nPost\n\n5. None."
    )
    assert items(HEAD + text) == [("", title) for title in ("Roads", "Parks", "Bins", "Post")]


def test_an_item_that_is_referred_to_is_none():
    text = "1. Roads\n\nIt was cut.\n\n2. Minutes\n\nItem 8 – Post\n\nIt was late.\n\n3. Parks"
    assert [number for number, _ in items(HEAD + text)] == ["1", "2", "3"]


@pytest.mark.parametrize("title", ["Minutes", "Actions"])
def test_an_item_may_be_called(title):
    text = f"1) Roads\n\nThe verge was cut.\n\n2) {title}\n\nThey were gone through.\n\n3) Bins"
    assert items(HEAD + text)[1] == ("2", title)


def test_actions_beside_the_items_are_an_item_and_below_one_a_mark():
    text = (
        "## Roads\n\nIt was cut.\n\n### Action\n\nClerk to write.\n\n## Actions\n\n- Clerk: write"
    )
    assert [title for _, title in items(HEAD + text)] == ["Roads", "Actions"]


def test_part_of_an_item_without_a_number_names_it_in_the_draft():
    text = "## Reports\n\nNone.\n\n### Ranger\n\n**Action:** Clerk to write to the owner."
    lines = [Line(number, printed) for number, printed in enumerate((HEAD + text).split("\n"), 1)]
    assert [draft.item_title for draft in find(lines).drafts] == ["Reports: Ranger"]


@pytest.mark.parametrize(
    "text",
    [
        "**a** " * 20000 + "*",
        "1.\n\n" * 20000,
        "A " * 50000 + ":",
        "AB 1. " * 20000,
        "A  " * 20000,
        "A. 1. AAAA " * 20000,
        "Cllr A " * 20000,
    ],
)
def test_hostile_text_is_read_in_time(text):
    assert len(blocks([Line(1, one) for one in text.split("\n")])) <= 20001


def test_items_follow_the_agenda_that_lists_them():
    text = (
        "AGENDA\n\n1. Roads\n2. Parks\n3. Bins\n\nMINUTES\n\n1. Roads\n\nIt was cut.\n\n"
        "2. Parks\n\n**Action:** Clerk to write to the owner.\n\n3. Bins\n\nNone."
    )
    lines = [Line(number, printed) for number, printed in enumerate((HEAD + text).split("\n"), 1)]
    assert [draft.item_title for draft in find(lines).drafts] == ["Parks"]


def test_bold_entries_of_a_list_are_no_items():
    text = (
        "### 1. Roads\n\n1. **Verges:** When are they cut?\n2. **Signs:** One is broken.\n"
        "3. **Lamps:** They are dim.\n\n### 2. Parks\n\nThe pond is low."
    )
    assert items(HEAD + text) == [("1", "Roads"), ("2", "Parks")]
