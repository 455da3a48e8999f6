"""Rows that are carried over or rolled over come back to their records."""

from datetime import date

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.plan import plan
from cpctrack.tasks.read_documents import read_log

MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
JUNE = Meeting("2023-06-14", MeetingType.FORMAL, "2023/24")
PRINTING = Printing(
    Settings("Corporate Parenting Committee", "CPC", "05-15"),
    Calendar(date(2023, 7, 1), ["2023-03-15", "2023-06-14"]),
    "2023-07-19",
)
REPORT = "the progress report"
VIEWS = {
    "the year before": lambda records: appendix_view(records, PRINTING, year="2022/23"),
    "the new year": lambda records: appendix_view(records, PRINTING, year="2023/24"),
    "nothing yet in the new year": lambda records: appendix_view(
        [each for each in records if each.meeting == MARCH], PRINTING, year="2023/24"
    ),
    REPORT: lambda records: progress_view(records, PRINTING, year="2023/24"),
}
ENDINGS = {"markdown": "md", "html": "html", "csv": "csv", "xlsx": "xlsx", "docx": "docx",
           "pdf": "pdf"}  # fmt: skip
SAID = "Rolled over to the 2023/24 municipal year"


def at(via, month):
    return Author("clerk", f"2023-{month:02}-05T10:00:00Z", via)


def made(number, via="add", meeting=MARCH, **fields):
    values = {"item": f"{number}. Homes", "action": f"Ask school {number} for a plan."} | fields
    draft = Draft(meeting, values, "table.tsv, line 2" if via == "import" else "")
    return create(draft, record_id=str(number), ref=f"CPC-2223-{number:03}", author=at(via, 4))


def rolled(record):
    return amend(record, {"rolled_to": "2023/24"}, at("roll-over", 5))


@pytest.fixture
def records():
    """Give actions that were rolled over as they stood, of which one is closed by now."""
    open_ = made(1, "import", follow_up="Ongoing – every report", status=Status.ONGOING)
    late = made(2, due="2023-05-01", due_text="1/5/2023", status=Status.IN_PROGRESS)
    done = rolled(made(3, "import", follow_up="Ongoing", status=Status.ONGOING))
    answer = {"status": Status.COMPLETED, "completed_on": "2023-06-20"}
    cell = "Rolled over to 2023/24"
    return [
        rolled(open_),
        rolled(late),
        amend(done, answer, at("update", 6)),
        made(4, "import", follow_up=cell, rolled_to="2023/24", response="In May."),
        made(5, meeting=JUNE),
        made(6, follow_up="Asked twice\nsent"),
    ]


@pytest.mark.parametrize(
    ("view", "form"),
    [(view, form) for view in VIEWS for form in ENDINGS
     if view != REPORT or form in ("csv", "xlsx")],
)  # fmt: skip
def test_our_own_documents_change_nothing(tmp_path, meeting, records, view, form):
    laid = VIEWS[view](records)
    path = tmp_path / f"sheet.{ENDINGS[form]}"
    path.write_bytes(render(laid, FORMATS[form]))
    log = read_log(path)
    assert log.ours
    drafts = make_drafts(log, meeting, Told())
    assert len(drafts) == len(laid.rows)
    planned = plan(drafts, records, ours=True, made_on=log.made_on)
    assert (planned.new, planned.changed, planned.conflicts) == ((), (), ())
    assert {each.ref for each in planned.unchanged} == {row.ref for row in laid.rows}
    if view != REPORT:
        carried = {row.ref for group in laid.carried for row in group.rows}
        assert sum(entry.carried for entry in log.entries) == len(carried)


@pytest.mark.parametrize("form", ["markdown", "html", "pdf"])
def test_a_progress_report_for_reading_is_refused(tmp_path, records, form):
    path = tmp_path / f"report.{ENDINGS[form]}"
    path.write_bytes(render(VIEWS[REPORT](records), FORMATS[form]))
    with pytest.raises(ImportRefusedError) as error:
        read_log(path)
    assert str(error.value) == (
        f"{path.name} is a progress report for reading, with several things in a cell; bring in "
        "the full table, or a spreadsheet of the report (“cpctrack appendix --view progress -o "
        "report.xlsx”)."
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_answer_in_the_new_years_sheet_is_taken(tmp_path, meeting, records, form):
    laid = VIEWS["the new year"](records)
    path = tmp_path / f"sheet.{form}"
    rows = [
        row._replace(cells=(*row.cells[:6], row.cells[6]._replace(text="Sent.", blank=False),
                            row.cells[7]))
        for row in laid.carried[0].rows
    ]  # fmt: skip
    edited = laid._replace(carried=(laid.carried[0]._replace(rows=tuple(rows)),))
    path.write_bytes(render(edited, FORMATS[form]))
    planned = plan(make_drafts(read_log(path), meeting, Told()), records, ours=True)
    assert {each.record.ref[-1] for each in planned.changed} == {"1", "2", "4", "6"}
    assert all(each.values["response"] == "Sent." for each in planned.changed)
    assert not any(each.values.keys() & {"follow_up", "rolled_to"} for each in planned.changed)


TABLE = "Meeting Type\tDate\tItem\tActions\tResponse\tStatus\nFormal\t15/3/2023\t1. Homes\t{}\n"


@pytest.mark.parametrize(
    ("response", "cell", "status", "doubt"),
    [
        ("", "Rolled over to 2023/24", "open", False),
        ("Quotations.", SAID, "open", True),
        ("Work is under way.", f"{SAID}.", "in-progress", False),
        ("Completed", SAID, "proposed", True),
        ("", f"{SAID}; completed 20 June 2023", "completed", False),
        ("", "Carried forward to 2023/24 – deferred", "deferred", False),
    ],
)
def test_the_table_of_another_body_says_to_which_year(read, meeting, response, cell, status, doubt):
    log = read(TABLE.format(f"Mend it.\t{response}\t{cell}"))
    (draft,) = make_drafts(log, meeting, Told(today="2023-07-01"))
    assert (draft.fields["rolled_to"], draft.fields["follow_up"]) == ("2023/24", cell)
    assert (draft.fields["status"], bool(draft.doubts)) == (status, doubt)


def test_such_a_cell_changes_no_status_of_a_record_there_is(read, meeting):
    before = made(1, "import", action="Mend it.", item="1. Homes", status=Status.ONGOING,
                  follow_up="Ongoing")  # fmt: skip
    drafts = make_drafts(read(TABLE.format(f"Mend it.\t\t{SAID}")), meeting, Told())
    (changed,) = plan(drafts, [before]).changed
    assert dict(changed.values) == {"follow_up": SAID, "rolled_to": "2023/24"}
    after = amend(before, changed.values, at("import", 6))
    assert plan(drafts, [after]).unchanged == (after,)


def test_our_title_of_the_part_is_no_row_and_no_heading(read):
    text = (
        "Meeting Type,Meeting Date,Item,Recommendation,Actions,Referred to,Response/ Outcome,"
        "Needs Follow Up\nFormal,2023-06-14,1,,This.,,,Open\nCarried over from earlier years,,,,,,,"
        "\nFormal,2023-03-15,1,,That.,,,Open\n"
    )
    log = read(text, "log.csv")
    assert log.ours
    assert [(each.carried, dict(each.given), dict(each.others)) for each in log.entries] == [
        (False, {}, {}), (True, {}, {}),
    ]  # fmt: skip
    assert log.left_out == ()
