"""What docs/importing.md says of columns and statuses is what the code does."""

import re

import pytest

from cpctrack.dates import long_date
from cpctrack.due import latest_day, read_due
from cpctrack.reading.text import markdown
from cpctrack.tables.columns import columns_of
from cpctrack.tables.grid import grids_of
from cpctrack.tables.status import derive

MEANINGS = {
    "reference": {"ref"}, "type of meeting": {"meeting_type"},
    "date of the meeting": {"meeting_date"}, "item": {"item"},
    "recommendation": {"recommendation"}, "action": {"action"}, "owner": {"owner"},
    "due date": {"due"}, "revised due date": {"revised_due"}, "response": {"response"},
    "follow-up": {"follow_up", "status", "achieved", "rag", "percent"},
    "completed on": {"completed_on"}, "exempt": {"exempt"},
}  # fmt: skip


@pytest.fixture
def tables(root):
    page = (root / "docs" / "importing.md").read_text(encoding="utf-8")
    read = markdown.read(page, "importing.md")
    return {table.rows[0].cells: [row.cells for row in table.rows[1:]] for table in grids_of(read)}


def test_every_name_of_a_column_is_known(tables):
    rows = dict(tables["column", "names"])
    assert rows.keys() == MEANINGS.keys()
    for column, names in rows.items():
        for name in names.partition(";")[0].split(", "):
            assert set(columns_of([name]).columns) <= MEANINGS[column], name
            assert columns_of([name]).columns, name


def test_every_status_is_read_as_it_says(tables):
    rows = tables["Response", "Needs Follow Up", "status", "unclear"]
    assert len(rows) > 20
    for response, follow_up, status, unclear in rows:
        reading = derive(response=response, follow_up=follow_up)
        read = (reading.status.words, "yes" if reading.doubts else "no")
        assert read == (status, unclear), (response, follow_up)


def test_every_due_date_is_read_as_it_says(tables):
    rows = tables["Printed", "due", "first due", "unclear"]
    assert len(rows) > 5
    for printed, due, first, unclear in rows:
        for text in printed.split("; "):
            when = read_due(text)
            before = [long_date(one.iso) or one.text for one in when.earlier[:1]]
            assert (before, "yes" if when.why else "no") == ([first] * bool(first), unclear), text
            words, _, more = due.partition(", ")
            assert long_date(when.iso) == (due if due[0].isdecimal() else ""), text
            if words.endswith("as words"):
                assert (latest_day(text, "2023-03-15") is None) == (more == "never overdue"), text


def test_every_day_that_words_are_said_to_have(root):
    page = (root / "docs" / "year.md").read_text(encoding="utf-8")
    read = markdown.read(page, "year.md")
    tables = {grid.rows[0].cells: [row.cells for row in grid.rows[1:]] for grid in grids_of(read)}
    rows = tables["words", "last day"]
    assert len(rows) > 15
    known = {"formal_days": ("2024-03-13", "2024-06-12", "2024-09-11")}
    for words, _ in rows:
        for text in words.split("; "):
            assert latest_day(text, "2024-03-13", **known), text
    doubts = page.partition("**In doubt there is no day.**")[2].partition("\n#")[0]
    for text in re.findall("“([^”]+)”", doubts):
        assert (latest_day(text, "2024-03-13", **known) is None) == (text != "By the next meeting")
