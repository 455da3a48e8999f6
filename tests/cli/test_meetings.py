"""``meetings`` and ``meeting`` as a clerk types them."""

import json
from datetime import date
from pathlib import Path

import pytest

FORMAL = ("--type", "formal")
DATES = """\
Formal meetings
12 July 2023
20 September 2023 (cancelled)
Thursday 15 November 2023
13 March

Informal: 4 October 2023
"""


@pytest.fixture
def dates(write) -> str:
    return str(write("dates.txt", DATES))


def listed(run, *arguments):
    return json.loads(run("meetings", *arguments, "--json").stdout)


def rows(document):
    return document()["meetings"]


# --- one meeting


def test_one_to_come_is_kept_and_taken_back(run, new_store, document):
    before = document()
    said = run("meeting", "20/9/2023", *FORMAL, "--note", "In the mill.").stderr
    assert said == "New: formal meeting of 20 September 2023, 2023/24: to come.\n"
    assert rows(document) == {
        "2023-09-20-formal": {"date": "2023-09-20", "note": "In the mill.", "type": "formal"}
    }
    again = run("meeting", "20/9/2023").stderr
    assert again == "Known already: formal meeting of 20 September 2023, 2023/24: to come.\n"
    run("undo", "--yes")
    assert document() == before


def test_a_year_that_its_date_would_not_give(run, new_store, document):
    run("meeting", "7/5/2024", *FORMAL, "--cancelled", "--note", "Late.")
    run("meeting", "7/5/2024", "--year", "2024/25")
    assert rows(document)["2024-05-07-formal"] == {
        "cancelled": True, "date": "2024-05-07", "note": "Late.", "type": "formal",
        "year": "2024/25",
    }  # fmt: skip
    refused = run("meeting", "7/5/2024", "--year", "2030/31", exit_code=2).stderr
    assert "is not in 2030/31" in refused


def test_cancelled_and_held_after_all(run, new_store, document):
    run("meeting", "20/9/2023", *FORMAL)
    said = run("meeting", "20/9/2023", "--cancelled").stderr
    assert said == "Changed: formal meeting of 20 September 2023, 2023/24: cancelled.\n"
    assert [each["standing"] for each in listed(run)] == ["cancelled"]
    run("meeting", "20/9/2023", "--no-cancelled", "--note", "")
    assert rows(document) == {"2023-09-20-formal": {"date": "2023-09-20", "type": "formal"}}


def test_moved_with_its_type_and_year(run, new_store, document):
    run("meeting", "7/5/2024", *FORMAL, "--year", "2024/25")
    before = document()
    said = run("meeting", "7/5/2024", "--moved-to", "8/5/2024", "--note", "Flood.").stderr
    assert said == (
        "Changed: formal meeting of 7 May 2024, 2024/25: moved to 8 May 2024.\n"
        "Held instead: formal meeting of 8 May 2024, 2024/25: to come.\n"
    )
    assert rows(document) == {
        "2024-05-07-formal": {
            "date": "2024-05-07", "moved_to": "2024-05-08", "note": "Flood.", "type": "formal",
            "year": "2024/25",
        },
        "2024-05-08-formal": {"date": "2024-05-08", "type": "formal", "year": "2024/25"},
    }  # fmt: skip
    run("undo", "--yes")
    assert document() == before


def test_moved_there_and_back_and_taken_back(run, new_store):
    run("meeting", "20/9/2023", *FORMAL, "--moved-to", "27/9/2023")
    run("meeting", "27/9/2023", "--moved-to", "20/9/2023")
    assert [(each["date"], each["standing"]) for each in listed(run)] == [
        ("2023-09-20", "to-come"), ("2023-09-27", "moved")
    ]  # fmt: skip
    assert run("check").stdout == ""
    run("meeting", "27/9/2023", "--moved-to", "")
    assert [each["standing"] for each in listed(run)] == ["to-come", "to-come"]


def test_a_note_does_not_raise_the_one_it_was_moved_to(run, new_store):
    run("meeting", "20/9/2023", *FORMAL, "--moved-to", "27/9/2023")
    run("meeting", "27/9/2023", "--cancelled")
    run("meeting", "20/9/2023", "--note", "Flood.")
    assert [each["standing"] for each in listed(run)] == ["moved", "cancelled"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (("20/9/2023",), 2, "Say whether the meeting of 20 September 2023 is formal or informal"),
        (("",), 2, "Say on which day the meeting is."),
        (("31/9/2023", *FORMAL), 2, "not a day of the calendar"),
        (("20/9/2023", *FORMAL, "--moved-to", "20/9/2023"), 2, "is on 20 September 2023 already"),
        (("20/9/2023", *FORMAL, "--moved-to", "27/9/2023", "--cancelled"), 2, "can't be both"),
        (("15/3/2023", "--cancelled"), 1, "was held: it agreed CPC-2223-001 and 2 more. If that"),
        (("18/1/2023", "--moved-to", "19/1/2023"), 1, "was held: it agreed CPC-2223-002. If that"),
        (("18/1/2023", *FORMAL), 1, "18 January 2023 has the informal meeting already"),
        (("20/9/2023", *FORMAL, "--moved-to", "18/1/2023"), 1, "has the informal meeting already"),
    ],
)
def test_what_is_refused_changes_nothing(run, some_records, arguments, exit_code, message):
    before = some_records.read_bytes()
    assert message in run("meeting", *arguments, exit_code=exit_code).stderr
    assert some_records.read_bytes() == before


def test_both_types_on_a_day_need_a_note(run, some_records):
    refused = run("meeting", "18/1/2023", *FORMAL, exit_code=1).stderr
    assert "where both are held, say so with --note" in refused
    run("meeting", "18/1/2023", *FORMAL, "--note", "Before the other one.")
    standing = [each["standing"] for each in listed(run) if each["date"] == "2023-01-18"]
    assert standing == ["held", "held"]


def test_a_moved_one_is_cancelled_where_it_was_moved_to(run, new_store):
    run("meeting", "20/9/2023", *FORMAL, "--moved-to", "27/9/2023")
    refused = run("meeting", "20/9/2023", "--cancelled", exit_code=2).stderr
    assert "cancel that of 27 September 2023" in refused


def test_one_that_agreed_a_completion_was_held(run, some_records, monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-20")
    run("agree", "3", "--meeting", "19/7/2023")
    assert (
        "it agreed CPC-2223-003" in run("meeting", "19/7/2023", "--cancelled", exit_code=1).stderr
    )


# --- the list


def test_the_list_for_scripts(run, some_records):
    run("meeting", "20/9/2023", *FORMAL)
    assert [(each["date"], each["records"], each["standing"]) for each in listed(run)] == [
        ("2023-01-18", 1, "held"), ("2023-03-15", 3, "held"), ("2023-09-20", 0, "to-come")
    ]  # fmt: skip
    (one,) = listed(run, "--year", "2023/24")
    assert one == {
        "committee": "Corporate Parenting Committee", "date": "2023-09-20", "type": "formal",
        "municipal_year": "2023/24", "records": 0, "standing": "to-come", "moved_to": None,
        "note": "",
    }  # fmt: skip


def test_the_list_in_a_pipe_is_a_line_each(run, new_store):
    run("meeting", "20/9/2023", *FORMAL, "--moved-to", "27/9/2023", "--note", "=1+1")
    assert run("meetings").stdout == (
        "committee\tdate\ttype\tmunicipal_year\trecords\tstanding\tmoved_to\tnote\n"
        "Corporate Parenting Committee\t2023-09-20\tformal\t2023/24\t0\tmoved\t2023-09-27\t=1+1\n"
        "Corporate Parenting Committee\t2023-09-27\tformal\t2023/24\t0\tto-come\t\t\n"
    )


@pytest.fixture
def window(monkeypatch):
    monkeypatch.setattr("cpctrack.cli.commands.meetings.window", lambda: 70)


def test_the_table_fits_the_window(run, some_records, window):
    run("meeting", "20/9/2023", *FORMAL, "--note", "A long note of what to bring and where.")
    lines = run("meetings").stdout.splitlines()
    assert lines[0].split() == ["Meeting", "Type", "Year", "Actions", "Note"]
    assert lines[-1] == "3 meetings."
    assert max(map(len, lines)) <= 70
    assert lines[3].endswith("to come  A long note of what")
    assert lines[4].strip() == "to bring and where."


def test_an_empty_list_says_what_to_do(run, new_store, window):
    result = run("meetings")
    assert (result.stdout, "“cpctrack meeting DATE” adds one" in result.stderr) == ("", True)


def test_several_committees(run, new_store, tmp_path, window):
    other = tmp_path / "licensing.json"
    run("--store", str(other), "init", "--committee", "Licensing Committee", "--prefix", "LIC")
    for path in (new_store, other):
        run("--store", str(path), "meeting", "20/9/2023", *FORMAL)
    both = ("--store", str(new_store), "--store", str(other))
    lines = run(*both, "meetings").stdout.splitlines()
    assert [line[:9] for line in lines[:3]] == ["Committee", "Corporate", "Licensing"]
    assert len(json.loads(run(*both, "meetings", "--json").stdout)) == 2


# --- a year's dates


def test_the_plan_is_shown_and_nothing_written(run, new_store, dates):
    before = new_store.read_bytes()
    result = run("meetings", "import", dates, "--dry-run")
    assert result.stdout == (
        "dates.txt: 3 new, 0 known, 2 in doubt\n"
        "\nNew\n"
        "  formal meeting of 12 July 2023, 2023/24\n"
        "  formal meeting of 20 September 2023, 2023/24, cancelled\n"
        "  informal meeting of 4 October 2023, 2023/24\n"
        "\nIn doubt: look at these; none was taken\n"
        "  line 4: Thursday 15 November 2023 – it is no day of the calendar, or not on that "
        "weekday\n"
        "  line 5: 13 March – it names no year\n"
    )
    assert result.stderr == "Only shown, as --dry-run asks: nothing was written.\n"
    assert new_store.read_bytes() == before
    assert (
        "cpctrack meetings import … --yes" in run("meetings", "import", dates, exit_code=2).stderr
    )


def test_it_is_written_once_and_taken_back(run, new_store, dates, document):
    before = document()
    assert "Written to" in run("meetings", "import", dates, "--yes").stderr
    assert len(rows(document)) == 3
    again = run("meetings", "import", dates, "--yes")
    assert again.stdout.startswith("dates.txt: 0 new, 3 known, 2 in doubt")
    assert again.stderr == "There was nothing to write.\n"
    run("undo", "--yes")
    assert document() == before


def test_what_it_changes(run, some_records, write, document):
    run("meeting", "20/9/2023", *FORMAL)
    run("meeting", "5/7/2023", "--type", "informal")
    file = write(
        "dates.txt", "Formal\n20/9/2023 cancelled\n15/3/2023 cancelled\n5/7/2023\n12/7/2023\n"
    )
    plan = json.loads(run("meetings", "import", str(file), "--yes", "--json").stdout)
    assert {name: plan[name] for name in ("new", "cancelled", "known", "unclear")} == {
        "new": 1, "cancelled": 1, "known": 0, "unclear": 2
    }  # fmt: skip
    assert [each["why"] for each in plan["doubts"]] == [
        "it is said to be cancelled, and agreed something here",
        "that day has a meeting of the other type",
    ]
    assert rows(document)["2023-09-20-formal"]["cancelled"]
    assert "cancelled" in run("meetings", "import", str(file), "--dry-run").stdout


def test_a_type_for_those_that_have_none(run, new_store, write):
    file = str(write("dates.csv", "Date,Time\n20/9/2023,6 pm\n"))
    refused = run("meetings", "import", file, "--dry-run").stdout
    assert "nothing says whether it is formal or informal; say so with --type" in refused
    assert "1 new" in run("meetings", "import", file, "--dry-run", *FORMAL).stdout


def test_a_person_is_asked(run, new_store, dates, at_a_terminal, document):
    run("meetings", "import", dates, input="n\n")
    assert rows(document) == {}
    assert "Save this? [Y/n]" in run("meetings", "import", dates, input="y\n").stderr
    assert len(rows(document)) == 3
    assert "nothing to write" in run("meetings", "import", dates).stderr


def test_what_changed_meanwhile_is_not_written(run, new_store, dates, at_a_terminal, monkeypatch):
    def meanwhile(*_arguments, **_options):
        run("meeting", "12/7/2023", *FORMAL)
        return "y"

    monkeypatch.setattr("click.prompt", meanwhile)
    refused = run("meetings", "import", dates, exit_code=1).stderr
    assert "Somebody else changed the store" in refused
    assert len(listed(run)) == 1


def test_a_calendar_file(run, new_store, write):
    events = "".join(
        f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\n"
        for day, summary in (
            ("20230912", "Corporate Parenting Committee (formal)"),
            ("20230913", "Licensing Committee"),
        )
    )
    text = f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n"
    for name in ("year.ics", "year.txt"):
        out = run("meetings", "import", str(write(name, text)), "--dry-run").stdout
        assert "formal meeting of 12 September 2023" in out
        assert "2023-09-13 Licensing Committee – it is another committee's" in out


def test_an_event_of_a_known_day_needs_no_type(run, new_store, write):
    """One that Outlook calls cancelled was left in doubt, and the meeting stood."""
    run("meeting", "12/9/2023", "--type", "formal")
    event = "DTSTART;VALUE=DATE:20230912\r\nSUMMARY:Canceled: Corporate Parenting Committee"
    text = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    out = run("meetings", "import", str(write("year.ics", text)), "--yes").stdout
    assert "formal meeting of 12 September 2023, 2023/24" in out
    assert [meeting["standing"] for meeting in listed(run)] == ["cancelled"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("year.ics", "Formal: 12 July 2023", "is no calendar file"),
        ("year.txt", "No days here.", "holds no date of a meeting; name the file"),
        ("year.json", '{"meeting": "2023-07-12", "title": "It"}', "is data of a program; name"),
        ("year.doc", "{\\rtf1 12 July 2023}", "is a rich text document (.rtf), which dates can't"),
        (
            "m.txt",
            "MINUTES\nPresent: Cllr A\nAgreed:\n12 July 2023",
            "is minutes; “cpctrack minutes”",
        ),
        ("year.txt", b"\0\0\0", "can't be read from"),
        (
            "log.csv",
            "Meeting date,Action,Owner,Status\n12/7/2023,Send it.,Head,Open\n",
            "is a table of actions; “cpctrack import” takes it in.",
        ),
        (
            "log.txt",
            "Meeting date\tAction\tOwner\tStatus\n12/7/2023\tSend it.\tHead\tOpen\n",
            "is a table of actions; “cpctrack import” takes it in.",
        ),
    ],
)
def test_what_is_no_list_of_dates(run, new_store, write, name, content, message):
    file = str(write(name, content))
    assert message in run("meetings", "import", file, "--yes", exit_code=1).stderr
    told = json.loads(run("meetings", "import", file, "--yes", "--json", exit_code=1).stdout)
    assert (told["new"], message in told["problems"][0]["message"]) == (0, True)


def test_word_and_excel_files_are_read(run, new_store, docx, tmp_path):
    word = docx("<w:p><w:r><w:t>Formal: 12 July 2023</w:t></w:r></w:p>")
    assert "1 new" in run("meetings", "import", str(word), "--dry-run").stdout
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Date", "Type"), (date(2023, 9, 20), "Informal")):
        book.active.append(row)
    path: Path = tmp_path / "dates.xlsx"
    book.save(path)
    told = run("meetings", "import", str(path), "--dry-run").stdout
    assert "informal meeting of 20 September 2023" in told


def test_hostile_words_are_printed_as_words(run, new_store, write, window, edit):
    file = write("dates.txt", "Formal\n31 June 2023 \x1b[31m\n12 July\x1b]0;x\x07\n")
    assert "\x1b" not in run("meetings", "import", str(file), "--dry-run").stdout
    run("meeting", "20/9/2023", *FORMAL)
    edit(lambda held: held["meetings"]["2023-09-20-formal"].update(note="\x1b[31m\nred"))
    assert "\x1b" not in run("meetings").stdout


def test_adding_to_one_that_was_not_held_is_told_of(run, new_store):
    run("meeting", "14/6/2023", *FORMAL, "--moved-to", "21/6/2023")
    said = run("add", "--meeting", "14/6/2023", "--item", "3", "--action", "Send it.").stderr
    assert "It is moved to 21 June 2023, but 1 action came of it; give them the day" in said
    assert "is known of that day" not in said
    problems = json.loads(run("check", "--json", exit_code=1).stdout)
    assert problems[0]["name"] == "cancelled-meeting-with-records"
    run("update", "1", "--meeting", "21/6/2023")
    assert "meeting" not in run("check", exit_code=1).stdout


def test_what_goes_to_a_cancelled_meeting_is_named_everywhere(run, new_store, monkeypatch):
    """A report told Members that it goes there, and it was not asked after for a year."""
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-10-01")
    for day in ("14/6/2023", "20/9/2023", "6/12/2023", "13/3/2024"):
        run("meeting", day, *FORMAL)
    words = ("--meeting", "14/6/2023", *FORMAL, "--item", "4", "--action", "Report on boats.")
    run("add", *words, "--owner", "Harbour Master", "--goes-to", "6/12/2023")
    assert json.loads(run("show", "1", "--json").stdout)["attention"] == ""
    run("meeting", "6/12/2023", "--cancelled")
    assert json.loads(run("show", "1", "--json").stdout)["attention"] == "undated"
    assert "6 December 2023, which is cancelled" in run("show", "1").stdout
    report = run("appendix", "--view", "progress", "--meeting", "13/3/2024").stdout
    assert "Was to come to the meeting of 6 December 2023" in report
    (said,) = run("check", exit_code=1).stdout.splitlines()[1:]
    assert "It goes to the meeting of 6 December 2023, which is cancelled; give it another" in said
