import pytest

from cpctrack.tables import columns
from cpctrack.tables.columns import (
    Header,
    best_header,
    columns_of,
    count_known,
    find_header,
)
from cpctrack.tables.grid import GridRow
from cpctrack.tables.headings import NAMES, key


def rows(*cells):
    return [GridRow(number, tuple(row)) for number, row in enumerate(cells, 1)]


@pytest.mark.parametrize(
    ("header", "reduced"),
    [
        ("Response/ Outcome", "response outcome"),
        ("ACTION(S):", "action"),
        ("By\nWhom?", "by whom"),
        ("What Needs to Happen?", "what need to happen"),
        ("Status", "status"),
        ("Progress", "progress"),
        ("Due Date (if any)", "due date"),
        ("Formal / Informal", "formal informal"),
        ("% Complete", "% complete"),
        ("", ""),
    ],
)
def test_spellings_of_a_header_are_one(header, reduced):
    assert key(header) == reduced


@pytest.mark.parametrize(
    ("meaning", "headers"),
    [
        ("ref", "Ref|Reference|No|No.|Index|Action Ref|Minute No|Decision No"),
        ("meeting_date", "Meeting Date|Date|Date added"),
        ("item", "Item|Agenda Item|Relevant Item|Report Title|Paper|Subject|Source|Origin"),
        (
            "action",
            (
                "Action|Actions|Action(s)|Action item|Action required|What Needs to Happen?|"
                "Outstanding Action|Motion/Resolution"
            ),
        ),
        ("recommendation", "Recommendation|Recommendations|Recommendation(s)"),
        (
            "owner",
            (
                "Referred to|Owner|Lead|Lead(s)|Lead Officer|Action Owner|Responsible person|"
                "Responsibility|Contact Officer|Officer responsible|By Whom?|Councillor"
            ),
        ),
        (
            "due",
            "Due Date|Due by|By When?|Target Date|Deadline|Timescale|Expected completion date",
        ),
        ("revised_due", "New Date|Revised date"),
        (
            "response",
            "Response/Outcome|Progress|Progress Update|Comments|Action taken|Update",
        ),
        ("follow_up", "Needs Follow Up|Needs follow-up"),
        ("status", "Status"),
        ("rag", "RAG"),
        ("achieved", "Achieved?"),
        ("completed_on", "Completed|Date Completed|Actual completion date"),
    ],
)
def test_every_header_that_other_bodies_use_is_known(meaning, headers):
    for header in headers.split("|"):
        assert columns_of([header]).columns == {meaning: 0}, header


def test_names_are_written_as_they_are_compared_and_mean_one_thing():
    names = [name for known in NAMES.values() for name in known]
    assert [name for name in names if key(name) not in (name, name.removesuffix("s"))] == []
    assert sorted(names) == sorted(set(names))


def test_the_preferred_name_wins_and_the_other_column_is_kept():
    layout = columns_of(["Date", "Action", "Meeting Date", "Comments", "Update", "Ward"])
    assert layout.columns == {"meeting_date": 2, "action": 1, "response": 4}
    assert layout.others == {"Date": 0, "Comments": 3, "Ward": 5}


def test_other_columns_without_a_name_or_with_the_same_get_one():
    assert columns_of(["Action", "", "Ward", "Ward", "Ward"]).others == {
        "Column 2": 1, "Ward": 2, "Ward (2)": 3, "Ward (3)": 4,
    }  # fmt: skip


def test_the_header_is_found_below_a_title():
    table = rows(["Appendix 4"], [], ["Item", "Actions", "Owner"], ["1", "Do it", "A"])
    start, taken, layout = find_header(table)
    assert (start, taken) == (2, 1)
    assert layout.columns == {"item": 0, "action": 1, "owner": 2}


def test_a_header_wrapped_in_its_cells_is_put_together():
    table = rows(["Meeting", "Actions", "Referred"], ["Date", "", "to"], ["1/2/2023", "Do it", "A"])
    start, taken, layout = find_header(table)
    assert (start, taken) == (0, 2)
    assert layout.columns == {"meeting_date": 0, "action": 1, "owner": 2}


def test_a_header_broken_over_lines_is_put_together():
    table = rows(["Meeting", "Meeting"], ["Date", "Actions", "Response/"], ["Outcome", "Status"])
    start, taken, layout = find_header(table)
    assert (start, taken) == (0, 3)
    assert set(layout.columns) == {"meeting_date", "action", "response", "status"}


@pytest.mark.parametrize(
    "header", [["Topic", "Owner", "When"], ["Actions"], ["Actions", "Ward"], ["x" * 80, "Action"]]
)
def test_a_header_names_an_action_and_one_more(header):
    assert find_header(rows(header, ["a", "b", "c"])) is None


def test_rows_that_name_no_column_are_no_header():
    assert best_header(rows(["The Head of Service would report"])) == Header()
    assert count_known(["Action", "Actions", "Owner", ""]) == 2


def test_the_header_is_looked_for_near_the_top(monkeypatch):
    monkeypatch.setattr(columns, "_LOOK_FOR_HEADER_IN", 2)
    assert find_header(rows(["A"], ["B"], ["Action", "Owner"])) is None


def test_a_row_of_the_table_is_no_part_of_its_header():
    header = ["Meeting", "Actions", "Owner", "Status", "Ward"]
    table = rows(header, ["1/2/2023", "Visit", "Ann", "Completed", "East"], ["2/2/2023", "Date"])
    assert find_header(table)[:2] == (0, 1)
