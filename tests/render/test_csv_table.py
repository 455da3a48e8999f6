"""The CSV file as a program reads it."""

import csv
import io
from datetime import date

from cpctrack.labels import WORKING_COLUMNS
from cpctrack.records.calendar import Calendar
from cpctrack.render import csv_table
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view


def rows_of(view):
    text = csv_table.render(view).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_progress_report_has_its_parts_in_the_first_column(records, settings):
    printing = Printing(
        settings, Calendar(date(2023, 7, 1), ("2022-09-21", "2023-05-24")), "2023-07-19"
    )
    view = progress_view(records, printing, year="2022/23")
    head, *rows = rows_of(view)
    assert head == ["Part", *WORKING_COLUMNS.values(), "Needs Follow Up"]
    expected = [
        ["Decision: " * part.decision + part.title, row.ref]
        for part in view.parts
        for row in part.rows
    ]
    assert expected[0] == ["Decision: Agree as completed", "CPC-2223-002"]
    assert [row[:2] for row in rows] == expected


def test_the_printed_cell_has_a_column_of_its_own_in_the_progress_report(progress):
    _, *rows = rows_of(progress)
    said = {row[1][-3:]: tuple(row[8:]) for row in rows}
    assert said["002"] == ("Completed", "Completed 19/08/2022")
    assert said["003"] == ("Continuing\nOverdue: due by 31 March 2023", "Ongoing")
    assert said["006"] == ("Reported done", "")  # older than the status
    assert said["007"] == ("To do\nNo answer since 21 September 2022", "")


def test_a_note_stands_under_the_text_and_alone_where_there_is_none(make_record, settings, today):
    late = {"due": "2023-01-01", "due_text": "1/1/2023"}
    records = (
        make_record(1, item="9. Lease", action="Mend it.", exempt_paragraph="3", **late),
        make_record(2, item="", exempt_paragraph="3"),
    )
    printing = Printing(settings, Calendar(today), include_exempt=True)
    _, first, second = rows_of(appendix_view(records, printing, year="2022/23"))
    assert (first[2], second[2]) == ("9. Lease", "")
    assert first[4] == "Mend it.\nNot for publication: paragraph 3"
    assert first[7] == "To do\nOverdue: due 1 January 2023"
    assert second[4] == "Not for publication: paragraph 3"


def test_what_a_spreadsheet_would_change_is_marked(make_record, settings, today):
    view = appendix_view(
        [make_record(action="=1+1", response="007")],
        Printing(settings, Calendar(today)),
        year="2022/23",
    )
    assert (rows_of(view)[1][4], rows_of(view)[1][6]) == ("'=1+1", "'007")
