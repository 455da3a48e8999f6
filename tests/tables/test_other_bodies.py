"""Small tables as other bodies set them, from what was read to drafts."""

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import TOLD, document, drafts_of

from cpctrack.errors import CpctrackError, ImportRefusedError
from cpctrack.records.model import Status
from cpctrack.tables.drafts import Told
from cpctrack.tables.layout import Layout
from cpctrack.tables.log import log_of
from cpctrack.tables.lookalikes import PROGRAMME
from cpctrack.tables.meetings import read_day


def fields(read, *names, **options):
    return [
        tuple([draft.fields.get(name) for name in names]) for draft in drafts_of(read, **options)
    ]


def test_a_log_of_recommendations_is_a_log():
    read = document(
        ("Date", "Item", "Recommendation", "Lead Officer", "Progress", "Status"),
        ("1/2/2023", "Homes", "That homes be built.", "Ann Bell", "Three were", "In progress"),
    )
    assert fields(read, "kind", "item", "recommendation", "owners", "response", "status") == [
        ("recommendation", "Homes", "That homes be built.", ("Ann Bell",), "Three were",
         "in-progress"),
    ]  # fmt: skip


def test_a_plan_with_measures_and_targets_is_a_log():
    read = document(
        ("Ref", "Action", "Measure", "Target", "Lead", "RAG"),
        ("1", "Visit the homes", "Visits a year", "12", "Ann Bell", "Amber"),
    )
    assert fields(read, "source_ref", "action", "owners", "due_text", "printed") == [
        ("1", "Visit the homes", ("Ann Bell",), None,
         {"Measure": "Visits a year", "Target": "12"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("beside", "response", "status"),
    [
        ("Performance measure", None, "open"),
        ("Objective", None, "open"),
        ("Ward", "All homes are visited and complete", "proposed"),
    ],
)
def test_an_outcome_is_what_is_hoped_for_beside_a_measure(beside, response, status):
    read = document(
        ("Action", "Outcome", beside, "Lead"),
        ("Visit", "All homes are visited and complete", "Visits", "Ann Bell"),
    )
    assert fields(read, "response", "status") == [(response, status)]


@pytest.mark.parametrize(
    ("header", "row", "kept"),
    [
        (
            ("Ref / Item / Action", "Who and when"),
            ("4.2\nHomes\nWrite to all.", "Ann Bell – July 2023"),
            ("4.2", "Homes", "Write to all.", ("Ann Bell",), "July 2023", None),
        ),
        (
            ("Item", "Action"),
            ("Homes", "Write to all.\nOfficer: Ann Bell\nDue: July 2023\nProgress: Sent"),
            (None, "Homes", "Write to all.", ("Ann Bell",), "July 2023", "Sent"),
        ),
        (
            ("Item", "", "Lead", "Due"),
            ("Homes", "Write to all members of it.", "Ann Bell", "July 2023"),
            (None, "Homes", "Write to all members of it.", ("Ann Bell",), "July 2023", None),
        ),
        (
            ("Action", "Lead", "Due", "Officer and progress"),
            ("Write to all.", "AB", "July 2023", "Ann Bell\nSent in May"),
            (None, None, "Write to all.", ("AB",), "July 2023", "Sent in May"),
        ),
    ],
)  # fmt: skip
def test_several_facts_in_a_cell(header, row, kept):
    names = ("source_ref", "item", "action", "owners", "due_text", "response")
    assert fields(document(header, row), *names) == [kept]


HEADER = ("Item", "Action", "Update")
ROWS = (("Homes", "Write to all.", "Sent"), ("Roads", "Look at them.", ""))


@pytest.mark.parametrize(
    ("above", "day"),
    [
        (("Actions from meeting on 28 February 2018",), "2018-02-28"),
        (("Report for the meeting on 28 February 2018",), "2023-03-15"),
        ((), "2023-03-15"),
    ],
)
def test_a_title_names_the_meeting_where_nobody_else_does(above, day):
    read = document(HEADER, *ROWS, above=above)
    told = Told(type=TOLD.type) if day == "2018-02-28" else TOLD
    assert [draft.meeting.date for draft in drafts_of(read, told=told)] == [day, day]


def test_rows_that_stand_over_others_say_what_those_below_have_in_common():
    read = document(
        HEADER,
        ("Actions from meeting on 28 February 2018",),
        ROWS[0],
        ("Closed actions",),
        ROWS[1],
    )
    first, second = drafts_of(read)
    assert (first.meeting.date, first.fields["status"]) == ("2018-02-28", Status.PROPOSED)
    assert (second.meeting.date, second.fields["status"]) == ("2023-03-15", Status.COMPLETED)
    assert second.doubts == ("that it is completed stands above the row, not in it",)
    assert second.fields["printed"] == {"Heading above": "Closed actions"}


def test_blank_cells_go_on_with_the_one_above_where_the_table_does_so():
    read = document(
        ("Objective", "Action", "Lead"),
        ("Homes", "Write", "AB"), ("", "Call", ""), ("Roads", "Look", "CD"),
    )  # fmt: skip
    assert fields(read, "item", "owners") == [
        ("Homes", ("AB",)), ("Homes", ()), ("Roads", ("CD",)),
    ]  # fmt: skip


GREY = "d9d9d9"
SHADED = {"shades": ("", GREY)}


def test_shading_that_nobody_explains_is_asked_about():
    read = document(("Action", "Lead"), ("Write", "AB"), ("Call", "CD"), **SHADED)
    (reading,) = log_of(read).tables
    assert reading.shades == {GREY: (1, "Write")}
    first, second = drafts_of(read)
    assert first.fields["status"] == "open"
    assert first.doubts == ("the row is shaded light grey, and nothing says what that means",)
    assert second.doubts == ()


@pytest.mark.parametrize(
    ("above", "shading", "status"),
    [
        (("Key: grey – complete",), {}, "completed"),
        ((), {"light grey": Status.COMPLETED}, "completed"),
        (("Key: grey – complete",), {GREY: None}, "open"),
    ],
)
def test_shading_that_somebody_explains_is_the_status(above, shading, status):
    read = document(("Action", "Lead"), ("Write", "AB"), ("Call", "CD"), above=above, **SHADED)
    columns = {"Action": ("action",), "Lead": ("owner",)}
    layouts = [Layout("board", columns, shading=shading)] if shading else []
    assert [draft.doubts for draft in drafts_of(read, layouts)] == [(), ()]
    assert fields(read, "status", layouts=layouts) == [(status,), ("open",)]


@pytest.mark.parametrize("header", ["Update", "Ward"])
def test_what_a_row_says_of_a_colour_explains_none(header):
    read = document(
        ("Action", "Lead", header, "RAG"),
        ("Write", "AB", "The form is green: complete", "Red"),
        ("Call", "CD", "It waits", "Green"),
    )
    assert fields(read, "status")[1] == ("in-progress",)
    assert drafts_of(read)[1].doubts == ("“Green” does not say whether it is done",)


@pytest.mark.parametrize("header", ["Completed", "Achieved?"])
def test_ticks_count(header):
    read = document(("Action", "Lead", header), ("Write", "AB", "✓"), ("Call", "CD", ""))
    assert fields(read, "status") == [("completed",), ("open",)]


def test_figures_that_fit_only_month_first_say_how_all_run():
    read = document(
        ("Action", "Lead", "Due"), ("Write", "AB", "5/13/2023"), ("Call", "CD", "6/7/2023")
    )
    doubt = "its dates were read with the month first, as “5/13/2023” can only be"
    assert [(draft.fields["due"], draft.doubts) for draft in drafts_of(read)] == [
        ("2023-05-13", (doubt,)), ("2023-06-07", (doubt,)),
    ]  # fmt: skip


def test_a_meeting_that_cannot_be_read_is_the_one_that_was_given():
    read = document(("Meeting date", "Action"), ("Spring", "Write"), ("Board 07/04/09", "Call"))
    first, second = drafts_of(read)
    assert (first.meeting.date, second.meeting.date) == ("2023-03-15", "2009-04-07")
    assert first.doubts == (
        "“Spring” is no date of a meeting; the one that was given stands for it",
    )
    assert [draft.fields["printed"] for draft in (first, second)] == [
        {"Meeting date": "Spring"}, {"Meeting date": "Board 07/04/09"},
    ]  # fmt: skip


def test_welsh_headings_and_words_of_status_are_read():
    read = document(
        ("Dyddiad", "Eitem", "Camau", "Swyddog", "Erbyn pryd", "Statws"),
        ("1 Mawrth 2023", "Tai", "Ysgrifennu", "Ann Bell", "3 Mai 2023", "Cwblhawyd"),
    )
    assert fields(read, "item", "action", "owners", "due", "status") == [
        ("Tai", "Ysgrifennu", ("Ann Bell",), "2023-05-03", "completed"),
    ]  # fmt: skip
    assert drafts_of(read)[0].meeting.date == "2023-03-01"


@pytest.mark.parametrize(
    ("header", "above", "reason"),
    [
        (("Meeting date", "Item", "Purpose", "Contact Officer"), (), PROGRAMME),
        (("Indicator", "Target", "Actual", "RAG"), (),
         "a scorecard of performance measures, not a log of actions"),
    ],
)  # fmt: skip
def test_look_alikes_stay_refused(header, above, reason):
    with pytest.raises(ImportRefusedError) as error:
        log_of(document(header, ("1/2/2023", "Homes", "To look", "Ann"), above=above))
    assert str(error.value) == f"log.docx is {reason}."


HEADINGS = (
    "Action", "Recommendation", "Decision", "Owner", "Lead", "Due date", "Revised date",
    "Target date", "Status", "Progress", "Comments", "Status/Comment", "Ref", "Minute Reference",
    "Item", "Objective", "Meeting date", "Date", "Date & title", "Ref / Item / Action",
    "Owner and due date", "Person Responsible & to be completed by", "Outcome", "Measure", "RAG",
    "% complete", "Needs Follow Up", "Ward", "",
)  # fmt: skip
TEXTS = (
    "", "", "A", "Ann Bell", "AB, CD", "Head of Homes", "30 June 2023", "30/6/2023", "31/6/2023",
    "1/13/2023", "Mar-17", "May 16 [slipped from March 2016]", "Ongoing", "Pending: waits", "12",
    "CR 350/2020", "Minute 9 (5)", "Write to all members about homes.", "Send the note", "tbc",
    "Owner: Ann Bell\nDue: 1 June 2023\nProgress: waits", "4.2\n1 June 2023\nHomes for all",
    "Homes\nWrite to all members about the homes", "A with B – July 2017", "1 May 2023, Homes",
    "Actions from meeting on 28 February 2018", "Open actions", "Board 07/04/09", "50%", "X: ",
    "Item 3. Homes", "- a - b - c", "No", "Action", "Owner", " : ", "\n", "Red", "Green", "public",
    "Key: Green – on track; Red: not started",
)  # fmt: skip
ANY = st.sampled_from(TEXTS)
SHADES = ("", "", "", GREY, "92d050", "ff0000")


@st.composite
def tables(draw, texts=ANY, headings=HEADINGS):
    """Draw a table of some headings and any texts below them."""
    header = draw(st.lists(st.sampled_from(headings), min_size=2, max_size=5))
    header.insert(draw(st.integers(0, len(header))), "Action")
    cells = st.lists(texts, min_size=len(header), max_size=len(header))
    rows = draw(st.lists(st.one_of(cells, texts.map(lambda text: [text])), max_size=5))
    shades = draw(st.lists(st.sampled_from(SHADES), max_size=6))
    above = draw(st.lists(texts, max_size=2))
    return document(header, *rows, above=above, shades=shades, loose=draw(st.booleans()))


@settings(max_examples=times(300, 100))
@given(tables(st.one_of(ANY, st.text(max_size=12)), (*HEADINGS, "Completed")))
def test_any_table_is_read_or_refused_in_a_sentence(read):
    try:
        drafts_of(read)
    except CpctrackError as error:
        assert str(error).endswith(".")


def rows_of(read):
    """Give each draft with the cells of its row, or nothing where the table is refused."""
    try:
        drafts = drafts_of(read)
    except CpctrackError:
        return
    for draft in drafts:
        yield draft, [cell.text.strip() for cell in read.blocks[-1].rows[draft.line - 1].cells]


@settings(max_examples=times(300, 100))
@given(tables())
def test_no_cell_of_a_row_is_lost(read):
    for draft, cells in rows_of(read):
        kept = [*draft.fields.values(), *draft.fields.get("printed", {}).values()]
        texts = [text for text in kept if isinstance(text, str)]
        for cell in cells:
            if not (read_day(cell) or read_day(cell, month_first=True)):  # it stands in the meeting
                assert any(cell in text for text in texts), (cell, draft.fields)


@settings(max_examples=times(300, 100))
@given(tables())
def test_nothing_is_completed_where_nothing_says_so(read):
    assert Status.COMPLETED not in [draft.fields["status"] for draft, _ in rows_of(read)]
