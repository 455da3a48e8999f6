"""One row's cells, by what their columns mean."""

import pytest
from small_tables import grid_rows

from cpctrack.labels import EXEMPT
from cpctrack.tables.columns import columns_of
from cpctrack.tables.entries import STRUCK, STRUCK_IN_PART, entry_of
from cpctrack.tables.grid import GridRow


def entry(header, *cells):
    """Read one row below a header, by what its own cells tell of the columns."""
    (row,) = grid_rows(cells)
    return entry_of(row, columns_of(header, [row]), {})


@pytest.mark.parametrize(
    ("header", "cells", "texts", "others"),
    [
        pytest.param(
            ("Ref / Item / Action", "Due"), ("4.2\nHomes\nWrite to all.", "May"),
            {"ref": "4.2", "item": "Homes", "action": "Write to all.", "due": "May"},
            {"Ref / Item / Action": "4.2\nHomes\nWrite to all."},
            id="several",
        ),
        pytest.param(
            ("Action", "Who and when"), ("Write", ""),
            {"action": "Write", "owner": "", "due": ""}, {},
            id="several in a blank cell",
        ),
        pytest.param(
            ("Action", "Owner and due date"), ("Write", "June 2023"),
            {"action": "Write", "owner": "", "due": "June 2023"}, {},
            id="one of several",
        ),
        pytest.param(
            ("Action", "Owner", "Owner and due date"), ("Write", "Ann Bell", "Ben Carr"),
            {"action": "Write", "owner": "Ann Bell", "due": ""},
            {"Owner and due date": "Ben Carr"},
            id="what another column says better is kept",
        ),
        pytest.param(
            ("Date & title", "Action"), ("1 May 2023\nHomes", "Write"),
            {"meeting_date": "1 May 2023", "item": "Homes", "action": "Write"},
            {"Date & title": "1 May 2023\nHomes"},
            id="day and title",
        ),
        pytest.param(
            ("Date & title", "Action"), ("Homes, 1 May 2023", "Write"),
            {"meeting_date": "1 May 2023", "item": "Homes, 1 May 2023", "action": "Write"},
            {"Date & title": "Homes, 1 May 2023"},
            id="day within the title",
        ),
        pytest.param(
            ("Meeting", "Action"), ("1 May 2023\n4/23", "Write"),
            {"meeting_date": "1 May 2023", "ref": "4/23", "action": "Write"},
            {"Meeting": "1 May 2023\n4/23"},
            id="number below the meeting",
        ),
        pytest.param(
            ("Meeting", "Action"), ("1 May 2023\nHomes", "Write"),
            {"meeting_date": "1 May 2023\nHomes", "action": "Write"}, {},
            id="no number below the meeting",
        ),
        pytest.param(
            ("Item", "Action"), ("HC 4/23\nHomes", "Write"),
            {"ref": "HC 4/23", "item": "Homes", "action": "Write"}, {"Item": "HC 4/23\nHomes"},
            id="number above the item",
        ),
        pytest.param(
            ("Item", "Action"), ("5.\nHomes", "Write"),
            {"item": "5.\nHomes", "action": "Write"}, {},
            id="an item's own number",
        ),
        pytest.param(
            ("Item", "Action"), ("Homes – 1 May 2023", "Write"),
            {"item": "Homes – 1 May 2023", "meeting_date": "1 May 2023", "action": "Write"},
            {"Item": "Homes – 1 May 2023"},
            id="day beside the item",
        ),
        pytest.param(
            ("Item", "Action"), ("1 May 2023; 2 May 2023", "Write"),
            {"item": "1 May 2023; 2 May 2023", "action": "Write"}, {},
            id="two days are none",
        ),
        pytest.param(
            ("Action", "Update"), ("Write", "Pending: waits for the bank"),
            {"action": "Write", "response": "Pending: waits for the bank", "status": "Pending"},
            {"Update": "Pending: waits for the bank"},
            id="status in front of the update",
        ),
        pytest.param(
            ("Action", "Update", "Status"), ("Write", "Pending: waits for the bank", ""),
            {"action": "Write", "response": "Pending: waits for the bank", "status": ""}, {},
            id="a column of status says it",
        ),
        pytest.param(
            ("Action", "RAG"), ("Write.\nOfficer: Ann Bell\nDue: June 2023", ""),
            {"action": "Write.", "owner": "Ann Bell", "due": "June 2023", "rag": ""},
            {"Action": "Write.\nOfficer: Ann Bell\nDue: June 2023"},
            id="labels below the action",
        ),
        pytest.param(
            ("Action", "Owner"), ("Officer: Ann Bell", "Ben Carr"),
            {"action": "Officer: Ann Bell", "owner": "Ben Carr"}, {},
            id="a label that another column has",
        ),
        pytest.param(
            ("Action", "Due"), ("Owner: Ann Bell", "May"),
            {"action": "Owner: Ann Bell", "due": "May"}, {},
            id="nothing but labels is the action",
        ),
        pytest.param(
            ("Action", "Owner"), ("Homes\nWrite to all members.", "Ann Bell"),
            {"item": "Homes", "action": "Write to all members.", "owner": "Ann Bell"},
            {"Action": "Homes\nWrite to all members."},
            id="title above the action",
        ),
        pytest.param(
            ("Action", "Item", "Owner", "Due"), ("None", "No item recorded", "Not assigned", ""),
            {"action": "", "item": "", "owner": "", "due": ""}, {},
            id="what our documents print for nothing",
        ),
        pytest.param(
            ("Action", "Owner"), (" \n\t", "\u00a0"), {"action": "", "owner": ""}, {},
            id="spaces",
        ),
    ],
)  # fmt: skip
def test_what_the_cells_of_a_row_say(header, cells, texts, others):
    found = entry(header, *cells)
    assert dict(found.cells) == texts
    assert dict(found.others) == others
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("header", "cells", "due", "doubts"),
    [
        (
            ("Action", "Due", "Ward"), ("Write", "", "June 2023"),
            "June 2023", ("its due date stands under “Ward”",),
        ),
        (("Action", "Due", "Ward"), ("Write", "May", "June 2023"), "May", ()),
        (("Action", "Due", "Ward", "Zone"), ("Write", "", "June 2023", "July 2023"), "", ()),
        (("Action", "Due", "Revised date", "Ward"), ("Write", "", "", "June 2023"), "", ()),
        (("Action", "Owner", "Ward"), ("Write", "", "June 2023"), None, ()),
    ],
)  # fmt: skip
def test_a_due_date_that_slipped_into_another_column(header, cells, due, doubts):
    found = entry(header, *cells)
    assert (found.cells.get("due"), found.doubts) == (due, doubts)


@pytest.mark.parametrize(
    ("living", "texts", "struck"),
    [
        (("Write", ""), ("Write", ""), STRUCK_IN_PART),
        (("Write",), ("Write", ""), STRUCK_IN_PART),
        (("", "Ann"), ("Write", "Ann Bell"), STRUCK),
    ],
)
def test_a_row_with_something_struck_through(living, texts, struck):
    columns = columns_of(("Action", "Owner"))
    found = entry_of(GridRow(3, ("Write", "Ann Bell"), living), columns, {})
    assert (tuple(found.cells.values()), found.struck) == (texts, struck)


def test_an_exempt_cell_counts_though_it_is_struck_through():
    columns = columns_of(("Action", "Exempt"))
    found = entry_of(GridRow(3, ("Write", "3"), ("Write", "")), columns, {})
    assert dict(found.cells) == {"action": "Write", "exempt": "3"}


def test_the_line_that_marks_a_row_as_exempt_goes_below_its_item():
    mark = f"{EXEMPT}paragraph 3"
    marked = entry(("Action", "Owner"), f"Write\n{mark}", "Ann Bell")
    assert dict(marked.cells) == {"action": "Write", "owner": "Ann Bell", "item": f"\n{mark}"}
    elsewhere = entry(("Action", "Owner"), "Write", f"Ann Bell\n{mark}")
    assert dict(elsewhere.cells) == {"action": "Write", "owner": f"Ann Bell\n{mark}"}


@pytest.mark.parametrize(
    ("cell", "shade", "said"), [("", "00b050", "Green"), ("Red", "00b050", "Red"), ("", "", "")]
)
def test_a_colour_behind_the_rag_cell_is_its_text(cell, shade, said):
    row = GridRow(3, ("Write", cell), shades=("ff0000", shade))
    assert entry_of(row, columns_of(("Action", "RAG")), {}).cells["rag"] == said


def test_the_row_above_is_kept_beside_and_every_meaning_has_its_heading():
    row = GridRow(3, ("Write", "Ann Bell – June 2023"), group="Homes")
    found = entry_of(row, columns_of(("Action", "Who and\nwhen")), {"item": "Homes"})
    assert found.others == {"Who and when": "Ann Bell – June 2023", "Heading above": "Homes"}
    assert found.headings == {"action": "Action", "owner": "Who and when", "due": "Who and when"}
    assert found.given == {"item": "Homes"}
