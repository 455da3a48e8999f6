"""Work programmes and forward plans as councils publish them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.reading.document import Cell, Document, Paragraph, Row, Table
from cpctrack.store.programme import is_sound
from cpctrack.tables.programme import programme_of
from cpctrack.tasks.programme import read_programme

JUNE, SEPTEMBER, JANUARY = "2024-06-19", "2024-09-18", "2025-01-15"

IN_A_COLUMN = """\
Corporate Parenting Committee – Work Programme 2024/25,,,,
Meeting Date,Item,Purpose of report,Lead officer,Deadline for reports
19 June 2024,Fostering annual report,To see how placements changed,Head of Fostering,5 June 2024
,Young People's Council,Standing item,Participation Lead,
18 September 2024,"Independent reviewing: annual report
of the service",To note,Head of Safeguarding,4 September 2024
Page 1 of 2,,,,
Meeting Date,Item,Purpose of report,Lead officer,Deadline for reports
TBC,Virtual School,,Head of the Virtual School,
Autumn 2024,Care leavers' offer,To review,Head of Care Leavers,
week of 9 September 2024,Visits,To arrange,Head of Homes,
"""
UNDER_HEADINGS = """\
# Forward Plan

## Wednesday 19 June 2024 (deadline for papers: 5 June 2024)

| Topic | Reason | Contact Officer |
| --- | --- | --- |
| Fostering annual report | Yearly | Head of Fostering |
| Buying a home (exempt, paragraph 3) | Contract | Head of Homes |

## Wednesday 18 September 2024

| Topic | Reason | Contact Officer |
| --- | --- | --- |
| Health | Yearly | Designated Nurse |
"""
IN_ROWS = """\
<!DOCTYPE html><html><body><h1>Work programme 2024-25</h1><table>
<tr><th>Topic</th><th>Purpose</th><th>Report author</th></tr>
<tr><td colspan="3">Meeting of Wednesday 19 June</td></tr>
<tr><td>Fostering</td><td>Yearly</td><td>Head of Fostering</td></tr>
<tr><td>15th January</td><td></td><td></td></tr>
<tr><td>Budget</td><td>To comment</td><td>Finance Lead</td></tr>
<tr><td colspan="3">Standing items are taken first</td></tr>
<tr><td></td><td>of no topic</td><td>Chair</td></tr>
<tr><td colspan="3">Items to be scheduled</td></tr>
<tr><td>Mental health</td><td></td><td>Designated Nurse</td></tr>
<tr><td colspan="3">Part 2: not for publication by virtue of paragraph 3</td></tr>
<tr><td>Sale of a home</td><td></td><td>Head of Homes</td></tr>
</table></body></html>
"""
BY_DAYS = """\
Item,19 June 2024,18/09/2024,15 January 2025,Lead
Scorecard,x,x,✓,Performance Manager
Sufficiency strategy,-,,x,Head of Homes
"""
LISTED = """\
Forward plan,
Date,Items
19 June 2024,"• Fostering report
• Homes report"
18 September 2024,"1. Health
2. Education"
"""
EXECUTIVE = """\
Title of decision,Key decision,Decision maker,Date of decision,Contact officer,Reason for decision
Fostering fees,Yes,Cabinet,19 June 2024,Head of Fostering,Yearly
Short breaks,No,Cabinet,not before 18 September 2024,Head of Homes,
"""


# ruff: noqa: ISC004 - a table may be longer than a line
@pytest.fixture
def read(tmp_path):
    """Read a text as a programme."""

    def call(content, name="plan.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_programme(path)

    return call


def told(programme, *names):
    return [tuple(getattr(report, name) for name in names) for report in programme.reports]


def test_a_day_in_a_column_goes_on_over_blank_cells(read):
    programme = read(IN_A_COLUMN)
    assert programme.days == (JUNE, SEPTEMBER)
    assert programme.left_out == ()
    assert told(programme, "meeting", "when", "title", "contact", "purpose", "source") == [
        (JUNE, "", "Fostering annual report", "Head of Fostering",
         "To see how placements changed", "plan.csv, line 3"),
        (JUNE, "", "Young People's Council", "Participation Lead", "Standing item",
         "plan.csv, line 4"),
        (SEPTEMBER, "", "Independent reviewing: annual report of the service",
         "Head of Safeguarding", "To note", "plan.csv, line 5"),
        ("", "TBC", "Virtual School", "Head of the Virtual School", "", "plan.csv, line 9"),
        ("", "Autumn 2024", "Care leavers' offer", "Head of Care Leavers", "To review",
         "plan.csv, line 10"),
        ("", "week of 9 September 2024", "Visits", "Head of Homes", "To arrange",
         "plan.csv, line 11"),
    ]  # fmt: skip


def test_one_blank_day_among_many_is_no_day(read):
    rows = "".join(f"19 June 2024,Topic {number},Clerk\n" for number in range(6))
    programme = read(f"Date,Topic,Contact officer\n{rows},Topic of no day,Clerk\n")
    assert told(programme, "meeting", "title")[-1] == ("", "Topic of no day")


def test_a_heading_above_each_table_names_its_meeting(read):
    programme = read(UNDER_HEADINGS, "plan.md")
    assert told(programme, "meeting", "title", "exempt_paragraph") == [
        (JUNE, "Fostering annual report", ""),
        (JUNE, "Buying a home (exempt, paragraph 3)", "3"),
        (SEPTEMBER, "Health", ""),
    ]


def test_one_day_above_one_table_is_that_of_the_document(read):
    table = "| Priority | Topic | Contact officer |\n| --- | --- | --- |\n| High | Homes | Ann |\n"
    plain = read(f"# Report to the committee of 19 June 2024\n\n{table}", "plan.md")
    assert told(plain, "meeting", "title", "purpose") == [("", "Homes", "Priority: High")]
    its_own = read(
        "Meeting of 19 June 2024\n\n| Topic | Detail |\n| --- | --- |\n| Tea | x |\n", "a.md"
    )
    assert told(its_own, "meeting") == [(JUNE,)]
    its_own = read(f"Meeting of 19 June 2024\n\n{table}", "plan.md")
    assert told(its_own, "meeting") == [(JUNE,)]


def test_rows_over_others_name_their_meeting_with_or_without_a_year(read):
    programme = read(IN_ROWS, "plan.html")
    assert told(programme, "meeting", "when", "title", "exempt_paragraph") == [
        (JUNE, "", "Fostering", ""),
        (JANUARY, "", "Budget", ""),
        ("", "Items to be scheduled", "Mental health", ""),
        ("", "Items to be scheduled", "Sale of a home", "3"),
    ]
    assert [text for _, text in programme.left_out] == [
        "Standing items are taken first",
        "of no topic Chair",
    ]


def test_a_day_without_a_year_is_read_only_where_the_weekday_fits(read):
    content = IN_ROWS.replace("Wednesday 19 June", "Monday 19 June").replace("2024-25", "2024-99")
    assert told(read(content, "plan.html"), "meeting")[0] == ("",)
    assert told(read(IN_ROWS.replace("Wednesday", "Monday"), "plan.html"), "meeting")[0] == ("",)


def test_days_may_head_columns(read):
    programme = read(BY_DAYS)
    assert told(programme, "meeting", "title", "contact") == [
        (JUNE, "Scorecard", "Performance Manager"),
        (SEPTEMBER, "Scorecard", "Performance Manager"),
        (JANUARY, "Scorecard", "Performance Manager"),
        (JANUARY, "Sufficiency strategy", "Head of Homes"),
    ]
    cells = read("Work programme,\n19 June 2024,18 September 2024\nFostering,Health\n,Homes\n")
    assert told(cells, "meeting", "title") == [
        (JUNE, "Fostering"), (SEPTEMBER, "Health"), (SEPTEMBER, "Homes"),
    ]  # fmt: skip


def test_a_cell_may_list_several_reports(read):
    programme = read(LISTED)
    assert told(programme, "meeting", "title") == [
        (JUNE, "Fostering report"), (JUNE, "Homes report"),
        (SEPTEMBER, "Health"), (SEPTEMBER, "Education"),
    ]  # fmt: skip
    blank = read('Date,Items\n19 June 2024,"• One\n•  \n• Two"\n')
    assert told(blank, "title") == [("One",), ("Two",)]
    paired = read('Date,Items,Lead\n19 June 2024,"- One\n- Two","Ann Bell\nBo Hill"\n')
    assert told(paired, "title", "contact") == [("One", "Ann Bell"), ("Two", "Bo Hill")]
    together = read('Date,Items,Lead\n19 June 2024,One,"Ann Bell\nBo Hill"\n')
    assert told(together, "title", "contact") == [("One", "Ann Bell; Bo Hill")]


def test_decisions_of_an_executive(read):
    programme = read(EXECUTIVE)
    assert told(programme, "meeting", "when", "title", "contact", "purpose") == [
        (JUNE, "", "Fostering fees", "Cabinet; Head of Fostering", "Yearly"),
        ("", "not before 18 September 2024", "Short breaks", "Cabinet; Head of Homes", ""),
    ]


def test_a_report_may_come_to_several_meetings(read):
    programme = read("Date,Topic,Lead\n19 June 2024 and 18 September 2024,Scorecard,Ann\n")
    assert told(programme, "meeting", "title") == [(JUNE, "Scorecard"), (SEPTEMBER, "Scorecard")]


def test_a_row_over_others_may_say_more(read):
    programme = read(
        "Topic,Purpose,Lead\n19 June 2024,,\nFostering,Yearly,Ann\n,18 September 2024,Room 2\n"
        "Health,Yearly,Bo\n"
    )
    assert told(programme, "meeting", "title") == [(JUNE, "Fostering"), (SEPTEMBER, "Health")]


def test_of_two_rows_alike_the_exempt_one_stays(read):
    rows = ["19 June 2024,Homes,Ann,Yes", "19 June 2024,Homes,Ann,No", "19 June 2024,Tea,Ann,No"]
    for order in (rows, rows[::-1]):
        programme = read("Date,Topic,Lead,Exempt\n" + "\n".join(order) + "\n")
        assert {(report.title, report.exempt) for report in programme.reports} == {
            ("Homes", True), ("Tea", False),
        }  # fmt: skip


def test_a_row_over_others_may_name_a_day_and_call_it_exempt(read):
    row = '<tr><td colspan="3">Exempt items – 18 September 2024</td></tr>'
    page = IN_ROWS.replace('<tr><td colspan="3">Standing items are taken first</td></tr>', row)
    last = read(page.replace("Items to be scheduled", "Agreed later"), "plan.html").reports[-1]
    assert (last.meeting, last.title, last.exempt) == (SEPTEMBER, "Sale of a home", True)


def test_what_stands_below_a_table_may_call_it_exempt(read):
    page = f"{UNDER_HEADINGS}\nThe items above are exempt under paragraph 3 of Schedule 12A.\n"
    exempt = {report.title: report.exempt for report in read(page, "plan.md").reports}
    assert exempt["Health"]
    assert not exempt["Fostering annual report"]


def test_what_stands_above_the_header_may_be_long_and_of_several_cells(read):
    programme = read(
        "Work programme of the Corporate Parenting Committee for the municipal year 2024/25,,\n"
        "Chair:,Ann Bell,\nMeeting of 19 June 2024,,\nTopic,Purpose,Lead\nHomes,Yearly,Bo\n"
    )
    assert told(programme, "meeting", "title") == [(JUNE, "Homes")]


def test_a_title_above_a_table_may_call_it_exempt(read):
    head, second = UNDER_HEADINGS.split("## Wednesday 18")
    page = f"{head}## Exempt items (paragraph 1)\n\n## Wednesday 18{second}"
    exempt = {report.title: report.exempt_paragraph for report in read(page, "plan.md").reports}
    assert exempt["Health"] == "1"
    assert exempt["Fostering annual report"] == ""


def test_what_is_struck_through_does_not_come(read):
    row = "<td>Fostering</td><td>Yearly</td><td>Head of Fostering</td>"
    page = IN_ROWS.replace(row, "<td><s>Fostering</s></td><td><s>x</s></td><td></td>")
    assert "Fostering" not in {report.title for report in read(page, "plan.html").reports}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Topic,Chair\nHomes,Ann\n", "a.csv"),
        ("Meeting Date,Item,Actions,Owner\n19 June 2024,3,Send the note to all.,Ann\n", "a.csv"),
        ("Indicator,Target,Actual\nVisits,95%,91%\n", "a.csv"),
        ("Date,Time,Venue\n19 June 2024,10am,Town Hall\n", "a.csv"),
        ("Work programme,\nTopic,Lead\n", "a.csv"),
        ("19 June 2024\n18 September 2024\n", "a.txt"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a.ics"),
        ("# Minutes\n\nPresent: Ann Bell\n\nApologies: none\n\n| Date | Topic |\n| --- | --- |\n"
         "| 19 June 2024 | Homes |\n", "a.md"),
    ],
)  # fmt: skip
def test_what_is_none(read, content, name):
    assert read(content, name) is None


def test_a_log_beside_a_programme_stays_a_log(read, run, new_store, tmp_path):
    header = "\n## Actions\n\n| Action | Owner | Due |\n| --- | --- | --- |\n"
    log = f"{header}| Send a note to all. | Ann | 1 July 2024 |\n"
    assert len(read(UNDER_HEADINGS + log, "both.md").reports) == 3
    both = ("import", str(tmp_path / "both.md"), "--dry-run", "--type", "formal")
    assert "1 new" in run(*both, "--meeting", "2024-06-19").stdout


@pytest.mark.parametrize(
    ("content", "name"),
    [(IN_A_COLUMN, "plan.csv"), (UNDER_HEADINGS, "plan.md"), (IN_ROWS, "plan.html")],
)
def test_an_import_of_actions_refuses_it_and_names_the_command(
    run, new_store, tmp_path, content, name
):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert run("import", str(path), "--dry-run", exit_code=1).stderr == (
        f"Error: {name} is a work programme (what comes to which meeting), not a log of actions; "
        "“cpctrack meetings import FILE” brings it in.\n"
    )


CELLS = st.sampled_from([
    "", "Topic", "Date", "Lead officer", "Purpose", "19 June 2024", "18/09/2024", "TBC", "x", "-",
    "Homes", "Items to be scheduled", "Part 2: exempt", "• One\n• Two", "2024/25", "31 June",
    "Work programme", "Minutes of 3 May 2024", "Actions", "\x00\u202e", "99 June 2024",
])  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8), st.lists(CELLS, max_size=2))
def test_whatever_a_table_holds_is_read_or_is_none(rows, above):
    table = Table(tuple(Row(tuple(map(Cell, row))) for row in rows))
    read = programme_of(Document("x", "docx", (*map(Paragraph, above), table)))
    if read:
        assert set(read.days) >= {report.meeting for report in read.reports} - {""}
        assert all(is_sound(report.row) for report in read.reports)
        assert len({report.id for report in read.reports}) == len(read.reports)


def test_a_cell_that_says_decision_heads_no_log(read):
    """“Pre-decision” below “Purpose” was read as a heading of actions, so the plan was no plan."""
    programme = read(
        "Harbour Panel work programme 2024/25\nMeeting,Item,Lead officer,Purpose\n"
        "19 June 2024,Moorings,Harbour Master,To scrutinise\n,Dredging,Pilot,Pre-decision\n"
        "January 2025,Ferry,Ferry Manager,exempt (paragraph 3)\n"
    )
    assert told(programme, "meeting", "when", "title") == [
        (JUNE, "", "Moorings"),
        (JUNE, "", "Dredging"),
        ("", "January 2025", "Ferry"),
    ]


def test_a_table_of_what_has_no_day_is_headed_as_the_others(read):
    plan = f"{UNDER_HEADINGS}\n## Items to be scheduled\n\n| Topic | Contact Officer |\n"
    plan += "| --- | --- |\n| Ferry | Ferry Manager |\n"
    assert told(read(plan, "plan.md"), "meeting", "when", "title")[-1] == (
        "", "Items to be scheduled", "Ferry",
    )  # fmt: skip


def test_members_are_no_reports(read):
    plan = f"{UNDER_HEADINGS}\n## Members\n\n| Name | Topic |\n| --- | --- |\n| Cllr A | Boats |\n"
    assert "Boats" not in {report.title for report in read(plan, "plan.md").reports}


@pytest.mark.parametrize(
    "said",
    [
        "18 September 2024 – CANCELLED",
        "Meeting of 18 September 2024 (postponed)",
        "December meeting (date to follow)",
        "January 2025",
    ],
)
def test_what_is_below_a_day_in_doubt_is_not_of_the_meeting_above(read, said):
    programme = read(
        "Forward plan,,\nTopic,Purpose,Report author\n19 June 2024,,\nHealth,Yearly,Nurse\n"
        f"{said},,\nFerry,,Ferry Manager\n"
    )
    assert programme.days == (JUNE,)
    assert told(programme, "meeting", "when", "title") == [
        (JUNE, "", "Health"),
        ("", said, "Ferry"),
    ]


def test_a_meeting_that_is_cancelled_is_no_day_and_a_withdrawn_report_does_not_come(read):
    programme = read(
        "Meeting Date,Agenda Item,Contact Officer,Status\n19 June 2024,Moorings,Pilot,Confirmed\n"
        "18 September 2024 (CANCELLED),Gulls,Bird Officer,\n15 January 2025,Budget,,Withdrawn\n"
    )
    assert programme.days == (JUNE, JANUARY)
    assert told(programme, "meeting", "when", "title") == [
        (JUNE, "", "Moorings"),
        ("", "18 September 2024 (CANCELLED)", "Gulls"),
    ]
    assert programme.left_out == ((4, "15 January 2025 Budget Withdrawn"),)


def test_a_list_without_a_table_heads_nothing(read):
    """Its first bullet was taken for the header of a column, and lost."""
    plan = "Harbour Panel work programme\n\n19 June 2024\n- Annual report (Pilot)\n- Plan\n"
    assert read(plan, "plan.txt") is None


def test_an_informal_meeting_is_one_and_one_of_two_days_is_none(read):
    """Both became formal meetings, and the report came twice."""
    rows = "19 June 2024,Moorings\n25 July 2024 (Informal),A visit\n"
    rows += "18 September 2024 or 15 January 2025,Tides\n"
    programme = read(f"Date of meeting,Agenda item\n{rows}", "work programme.csv")
    assert (programme.days, programme.informal) == ((JUNE, "2024-07-25"), ("2024-07-25",))
    assert told(programme, "meeting", "when", "title")[-1] == (
        "", "18 September 2024 or 15 January 2025", "Tides",
    )  # fmt: skip


def test_a_heading_calls_its_meeting_informal(read):
    plan = UNDER_HEADINGS.replace("## Wednesday 18", "## Informal meeting: Wednesday 18")
    assert read(plan, "plan.md").informal == (SEPTEMBER,)
