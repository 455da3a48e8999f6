# ruff: noqa: E501 - a printed table has long lines
"""What goes to a meeting, as a clerk says it, and the work programme that is printed."""

import csv
import io

import pytest

from cpctrack.dates import long_date
from cpctrack.records.changes import Author
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.store import store
from cpctrack.store.programme import Report
from cpctrack.tables.programme import Programme
from cpctrack.tasks.programme import take_programme

FORMAL = ("--meeting", "2024-03-13", "--type", "formal", "--item", "Item 5. Fostering")
AUTHOR = Author("Clerk", "2024-06-12T09:00:00Z", "meetings")
JUNE, SEPTEMBER = "2024-06-19", "2024-09-18"
REPORTS = (
    Report(JUNE, "Fostering annual report", contact="Head of Fostering", purpose="Yearly."),
    Report(SEPTEMBER, "A secret sale", exempt_paragraph="3"),
    Report("2024-06-05", "What came or did not"),
    Report("", "Mental health", when="Autumn 2024"),
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-12")


@pytest.fixture
def add(run, new_store):
    """Take an action of 13 March 2024 in."""

    def call(*options, text="Report on recruitment."):
        return run("add", *FORMAL, "--action", text, "--owner", "Head of Fostering", *options)

    return call


@pytest.fixture
def programme(new_store):
    """Take a work programme in."""
    with store.editing(new_store) as current:
        take_programme(current, AUTHOR, Programme("plan.csv", (JUNE, SEPTEMBER), REPORTS))
    return new_store


def keep(path, **fields):
    with store.editing(path) as current:
        current.keep_meeting(Meeting(type=MeetingType.FORMAL, year="2024/25", **fields), AUTHOR)


def test_an_action_goes_to_a_meeting_that_is_known(run, add, programme):
    assert add("--goes-to", "19/6/2024").stderr == ""
    assert "\nGoes to      19 June 2024\n" in run("show", "1").stdout


def test_a_note_says_that_no_meeting_is_known(run, add):
    note = "Note: no meeting is known to be held on 18 September 2024.\n"
    assert add("--goes-to", SEPTEMBER).stderr == note
    add()
    said = run("update", "2", "--goes-to", SEPTEMBER).stderr
    assert said == f"CPC-2324-002: goes to “{long_date(SEPTEMBER)}”.\n{note}"
    assert "Note" not in run("update", "2", "--status", "completed").stderr


def test_a_day_that_has_been_is_refused(run, add, programme, new_store):
    add()
    before = new_store.read_bytes()
    for command in (("add", *FORMAL, "--action", "Another."), ("update", "1")):
        said = run(*command, "--goes-to", "2024-06-05", exit_code=1).stderr
        assert said.startswith("Error: 5 June 2024 has been, and no meeting is known on it;")
    assert new_store.read_bytes() == before
    run("update", "1", "--goes-to", "2024-03-13")
    assert "13 March 2024, and did not come" in run("show", "1").stdout


def test_a_moved_meeting_is_followed(run, add, programme):
    add("--goes-to", JUNE)
    keep(programme, date=JUNE, moved_to="2024-06-26")
    keep(programme, date="2024-06-26")
    assert "26 June 2024, moved from 19 June 2024\n" in run("show", "1").stdout
    printed = run("appendix", "--view", "programme").stdout
    assert "## Formal meeting of 26 June 2024" in printed
    assert "19 June" not in printed
    report = run("appendix", "--view", "progress").stdout
    assert "<br>Goes to the meeting of 26 June 2024" in report


def test_the_progress_report_with_its_notes_comes_back_as_it_was(run, add, programme, tmp_path):
    add("--goes-to", JUNE)
    add("--goes-to", "2024-03-13", text="Write to the Health Board.")
    path = tmp_path / "progress.csv"
    run("appendix", "--view", "progress", "-o", str(path))
    assert "Was to come to the meeting of 13 March 2024" in path.read_text(encoding="utf-8")
    assert "0 new      0 changed      2 unchanged" in run("import", str(path), "--dry-run").stdout


def test_the_work_programme(run, add, programme):
    add("--goes-to", JUNE)
    add("--goes-to", "2024-03-13", text="Write to the Health Board.")
    add("--due", "1 July 2024", text="Count the homes.")
    add("--goes-to", "2024-12-04", text="Visit.")
    add("--exempt", "3", "--goes-to", JUNE, text="A secret.")
    printed = run("appendix", "--view", "programme")
    assert (
        printed.stdout
        == """\
# Appendix 4: Work programme

- Committee: Corporate Parenting Committee
- For the formal meeting of 19 June 2024
- Made on 12 June 2024

3 meetings ahead, with 3 actions and 1 report. Did not come when planned: 1 action. No date yet: 1 report.

## Was due and did not come

These were to come to a meeting that has been, and are not finished.

| Reference | What comes | Why, or by when | Referred to, or contact | Status |
| --- | --- | --- | --- | --- |
| CPC-2324-002 | Write to the Health Board. | Was to come to the meeting of 13 March 2024 | Head of Fostering | *To do* |

## Formal meeting of 19 June 2024

What goes to this meeting, the reports planned for it, and what is due by then.

| Reference | What comes | Why, or by when | Referred to, or contact | Status |
| --- | --- | --- | --- | --- |
| CPC-2324-001 | Report on recruitment. | Goes to this meeting | Head of Fostering | *To do* |
| Report | Fostering annual report | Yearly. | Head of Fostering | Planned |

## Formal meeting of 18 September 2024

What goes to this meeting, the reports planned for it, and what is due by then.

| Reference | What comes | Why, or by when | Referred to, or contact | Status |
| --- | --- | --- | --- | --- |
| CPC-2324-003 | Count the homes. | Due by then: 1 July 2024 | Head of Fostering | *To do* |

## 4 December 2024, on which no meeting is known to be held

What goes to this meeting, the reports planned for it, and what is due by then.

| Reference | What comes | Why, or by when | Referred to, or contact | Status |
| --- | --- | --- | --- | --- |
| CPC-2324-004 | Visit. | Goes to this meeting | Head of Fostering | *To do* |

## No date yet

These reports are planned, and no meeting is named for them.

| Reference | What comes | Why, or by when | Referred to, or contact | Status |
| --- | --- | --- | --- | --- |
| Report | Mental health | Autumn 2024 | Nobody named | Planned |
"""
    )
    assert printed.stderr.splitlines()[1].startswith("2 exempt rows are left out;")
    shown = run("appendix", "--view", "programme", "--include-exempt").stdout
    assert "| Report | A secret sale<br>**Not for publication: paragraph 3** | Planned" in shown


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf", "csv", "xlsx"])
def test_it_comes_in_every_format_and_no_import_takes_it_for_a_log(
    run, add, programme, tmp_path, ending
):
    from cpctrack.tasks.programme import read_programme

    add("--goes-to", JUNE)
    path = tmp_path / f"programme.{ending}"
    run("appendix", "--view", "programme", "-o", str(path))
    assert read_programme(path) is None
    if ending != "pdf":  # whose headings are broken over lines
        said = run("import", str(path), "--dry-run", "--type", "formal", exit_code=1).stderr
        assert "is a work programme that cpctrack printed of a store: it has nothing new" in said


def test_a_spreadsheet_has_its_parts_to_filter_and_no_printed_cell(run, add, programme):
    add("--goes-to", JUNE)
    content = run("appendix", "--view", "programme", "--format", "csv").stdout
    header, first, *_ = csv.reader(io.StringIO(content.removeprefix("\ufeff")))
    assert header == ["Part", "Reference", "What comes", "Why, or by when",
                      "Referred to, or contact", "Status"]  # fmt: skip
    assert first == ["Formal meeting of 19 June 2024", "CPC-2324-001", "Report on recruitment.",
                     "Goes to this meeting", "Head of Fostering", "To do"]  # fmt: skip


def test_for_a_meeting_it_begins_there(run, programme):
    printed = run("appendix", "--view", "programme", "--meeting", SEPTEMBER).stdout
    assert "For the formal meeting of 18 September 2024" in printed
    assert "## Formal meeting of 19 June 2024" in printed  # today is before it
    assert "Nothing is planned for it yet." in printed


def test_a_private_store_stands_in_it_as_exempt(run, programme, tmp_path):
    private = tmp_path / "private.json"
    run("--store", str(private), "init", "--committee", "Corporate Parenting Committee")
    with store.editing(private) as current:
        take_programme(current, AUTHOR, Programme("x.csv", (JUNE,), (Report(JUNE, "A deal"),)))
    printed = run("appendix", "--view", "programme", "--with", str(private), "--include-exempt")
    assert "| Report | A deal<br>**Not for publication: held in a private store**" in printed.stdout


@pytest.mark.parametrize(
    ("options", "exit_code", "message"),
    [
        (("--year", "2023/24"), 2, "The work programme is of every year"),
        (("--layout", "audit"), 2, "The work programme has columns of its own"),
        (("--template", "appendix"), 2, "is for --view full, not --view programme"),
    ],
)
def test_what_it_cannot_be_is_said(run, programme, options, exit_code, message):
    assert message in run("appendix", "--view", "programme", *options, exit_code=exit_code).stderr


def test_it_is_no_pack(run, programme, tmp_path):
    said = run("publish", "--view", "programme", "--meeting", JUNE, "-o", str(tmp_path / "pack"),
               exit_code=2).stderr  # fmt: skip
    assert "“programme” is not one of “full”, “progress”, “both”" in said


def test_a_programme_that_is_no_table_is_told_of(run, new_store, write):
    """Its dates were taken, and nothing said that its reports were not."""
    plan = "Work programme\n\nFormal meeting, 19 June 2024\n- Annual report\n"
    result = run("meetings", "import", str(write("plan.txt", plan)), "--dry-run")
    assert "plan.txt calls itself a work programme, but no columns in it say" in result.stderr
    assert "formal meeting of 19 June 2024" in result.stdout
