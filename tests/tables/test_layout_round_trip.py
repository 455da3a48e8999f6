"""Tables that were printed in another body's columns, and imported again."""

import json

import pytest

from cpctrack.render.documents import FORMATS

LAYOUTS = {
    "audit": """
        group-rows = "meeting date"
        carry-down = ["Item"]
        [columns]
        "Ref" = "reference"
        "Item" = "item"
        "Action" = "action"
        "Owner" = "owner"
        "Original date" = "due"
        "Revised date" = "revised due"
        "Progress" = "response"
        "Status" = "status"
        "BRAG" = "rag"
        "Done?" = "done"
        "Cost" = "kept"
        [status]
        "Black" = "in-progress"
    """,
    "stacked": """
        [columns]
        "Date" = "meeting date"
        "What is to be done" = "action"
        "Who, when" = ["owner", "due"]
        "How far" = ["status", "response"]
        "RAG" = "rag"
    """,
}
THEIRS = """\
Date,Ref,Item,Action,Owner,Original date,Revised date,Progress,Status,BRAG,Done?,Cost
24/5/2023,A/1,3. Audit,Publish the charter.,Head of Audit,1/6/2023,1 July 2023,,Black,Amber,,£40
24/5/2023,A/2,3. Audit,Ask for quotations.,Clerk,,,Two came.,Completed 20/6/2023,Blue,Yes,
24/5/2023,A/3,4. Risk,Add floods to the register.,AB / CD,Spring term,,,,,,
"""


@pytest.fixture
def store(run, new_store, write):
    """Give a store with layouts and actions: of a table, typed, changed since, and exempt."""
    (new_store.parent / "layouts").mkdir()
    for name, text in LAYOUTS.items():
        (new_store.parent / "layouts" / f"{name}.toml").write_text(text, encoding="utf-8")
    run("import", str(write("theirs.csv", THEIRS)), "--type", "formal", "--yes")
    meeting = ("--meeting", "2023-06-21", "--type", "formal", "--item")
    run("add", *meeting, "2. Accounts", "--action", "Write to the auditor.", "--owner", "Treasurer",
        "--due", "2023-09-30")  # fmt: skip
    run("extend", "4", "--to", "2023-12-01", "--reason", "Late accounts.")
    run("update", "4", "--status", "in-progress", "--response", "A draft is\nwith the Chair.")
    run("add", *meeting, "9. Contracts", "--action", "Review the lease.", "--exempt", "3")
    run("update", "1", "--status", "completed", "--completed-on", "2023-06-30")
    return new_store


@pytest.mark.parametrize("made", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_changes(run, store, layout, made):
    path = store.parent / f"printed{FORMATS[made].endings[0]}"
    run("appendix", "--layout", layout, "--include-exempt", "-o", str(path))
    done = run("import", str(path), "--type", "formal", "--layout", layout, "--dry-run")
    assert "\n  0 new      0 changed      5 unchanged      0 to look at\n" in done.stdout


def test_a_cell_that_was_edited_is_taken_and_a_colour_is_not(run, store):
    path = store.parent / "printed.csv"
    run("appendix", "--layout", "audit", "-o", str(path))
    text = path.read_text("utf-8-sig").replace("Treasurer", "Head of Finance")
    path.write_text(text.replace("Two came.", "Two came in June."), encoding="utf-8")
    done = run("import", str(path), "--type", "formal", "--dry-run")
    assert "\n  0 new      1 changed      3 unchanged      0 to look at\n" in done.stdout
    assert "Two came in June." in done.stdout
    assert "Kept as they are here" in done.stdout


@pytest.mark.parametrize("is_merged", [True, False])
def test_a_heading_over_rows_of_a_workbook_gives_their_meeting(run, store, is_merged):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["Ref", "Item", "Action", "Owner"],
        ["Actions from meeting on 26 July 2023"],
        ["B/1", "1. Homes", "Mend the gate", "Clerk"],
        ["Actions from meeting on 30 August 2023"],
        ["B/2", "1. Roads", "Count the signs", "Clerk"],
    ):
        book.active.append(row)
    if is_merged:
        book.active.merge_cells("A2:D2")
        book.active.merge_cells("A4:D4")
    path = store.parent / "theirs.xlsx"
    book.save(path)
    run("import", str(path), "--type", "formal", "--yes")
    listed = run("list", "--search", "B/", "--json").stdout
    assert [one["meeting_date"] for one in json.loads(listed)] == ["2023-07-26", "2023-08-30"]
