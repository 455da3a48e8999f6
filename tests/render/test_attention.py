"""The progress report says in words why an action needs somebody, and reads its own words back."""

from datetime import date
from pathlib import Path

import pytest

from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Change, Meeting, MeetingType, Record, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.view import AppendixView

AGREED = Meeting("2023-09-20", MeetingType.FORMAL, "2023/24")
DAYS = ("2023-09-20", "2023-11-29", "2024-03-13", "2024-06-12")
IMPORTED = Change("2024-01-10T10:00:00Z", "Clerk", "import", "imported", "", "table.tsv")
AUTHOR = Author("Clerk", "2024-02-05T10:00:00Z", "update")


@pytest.fixture
def records(make_record) -> list[Record]:
    """Give an action for each reason, and one that is on track."""
    names = ("late", "silent", "undated", "said done", "came as done", "on track")
    late, silent, undated, said, came, well = (
        make_record(ref=f"CPC-2324-{number:03}", meeting=AGREED, action=f"Do what is {name}.",
                    due="2024-09-30", due_text="30 September 2024")
        for number, name in enumerate(names, 1)
    )  # fmt: skip
    answered = AUTHOR._replace(at="2024-03-13T18:00:00Z")
    return [
        late._replace(due="2024-03-31", due_text="31 March 2024"),
        silent,
        undated._replace(due="", due_text="in good time"),
        amend(said, {"status": Status.PROPOSED}, AUTHOR),
        came._replace(status=Status.PROPOSED, history=(IMPORTED,)),
        amend(well, {"response": "Begun."}, answered),
    ]


@pytest.fixture
def report(settings):
    def make(records, today: date = date(2024, 6, 5), meeting: str = "2024-06-12") -> AppendixView:
        return progress_view(
            records, Printing(settings, Calendar(today, DAYS), meeting), year="2023/24"
        )

    return make


NOTES = {
    "001": "Overdue: due 31 March 2024",
    "002": "No answer since 20 September 2023",
    "003": "No day is set",
    "004": "Reported done on 5 February 2024; the committee has not agreed",
    "005": "Reported done; the committee has not agreed",
    "006": "",
}


def told(notes: dict[str, str], length: str) -> dict[str, str]:
    """Give what the report says: how long it is late, since it says the day beside it."""
    return {**notes, "001": f"Overdue by {length}"}


def notes(view: AppendixView) -> dict[str, str]:
    return {row.ref[-3:]: row.cells[-1].note for row in view.rows}


def test_each_row_says_why(records, report) -> None:
    assert notes(report(records)) == told(NOTES, "9 weeks")
    assert {row.ref[-3:]: row.attention for row in report(records).rows} == NOTES


def test_the_meeting_it_is_for_was_not_held_before_it(records, report) -> None:
    """Printed on its day or made again later, it says what the pack said."""
    for today in (date(2024, 6, 12), date(2025, 1, 1)):
        assert notes(report(records, today)) == told(NOTES, "10 weeks")
    first = report(records, date(2023, 11, 20), "2023-11-29")
    assert notes(first)["002"] == ""


def test_ages_do_not_count_the_meeting_it_is_for(records, report) -> None:
    """The report made on the day of the meeting said one meeting more than that of the eve."""
    told = {
        {row.ref: row.age.partition(", ")[2] for row in report(records, today).rows}["CPC-2324-002"]
        for today in (date(2024, 6, 11), date(2024, 6, 12), date(2024, 7, 1))
    }
    assert len(told) == 1


def test_a_meeting_to_come_before_that_one_has_passed_nothing_over(records, report) -> None:
    assert notes(report(records, date(2023, 11, 1), "2024-03-13"))["002"] == ""


def test_what_was_reopened_says_that_too(records, report) -> None:
    again = AUTHOR._replace(at="2024-02-06T10:00:00Z", via="reopen")
    opened = amend(records[3], {"status": Status.OPEN}, again, reason="It leaks.")
    assert notes(report([opened]))["004"] == (
        "No answer since 6 February 2024\nReopened on 6 February 2024: It leaks."
    )


def test_the_full_table_says_no_more_than_that_it_is_late(records, settings) -> None:
    printing = Printing(settings, Calendar(date(2024, 6, 5), DAYS), "")
    view = appendix_view(records, printing, year="2023/24")
    assert [row.cells[-1].note for row in view.rows] == ["Overdue: due 31 March 2024", *[""] * 5]


@pytest.mark.parametrize("name", ["csv", "xlsx"])  # the others are for reading
def test_its_notes_are_no_status_when_it_is_read_back(
    run, new_store: Path, tmp_path: Path, records, report, name: str
) -> None:
    path = tmp_path / f"report{FORMATS[name].endings[0]}"
    path.write_bytes(render(report(records), FORMATS[name]))
    run("import", str(path), "--yes")
    lines = [line.split("\t") for line in run("list").stdout.splitlines()[1:]]
    assert sorted(cells[1] for cells in lines) == ["open"] * 4 + ["proposed"] * 2
    for note in filter(None, NOTES.values()):
        assert note not in new_store.read_text(encoding="utf-8")
