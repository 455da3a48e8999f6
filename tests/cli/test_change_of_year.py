"""The change of year, and agreeing what a report asked, as a clerk types them."""

import json

import pytest

OLD = ("--meeting", "2023-03-15", "--type", "formal")
SAID = "Rolled over to the 2023/24 municipal year"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-10")


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


def needs_follow_up(run, *arguments):
    lines = run("appendix", *arguments).stdout.splitlines()
    return [line.split(" | ")[-1].removesuffix(" |") for line in lines if " 2023 | " in line]


def test_a_preview_changes_nothing(run, some_records):
    before = some_records.read_bytes()
    result = run("roll-over", "--to", "2023/24", "--dry-run")
    assert result.stdout == (
        "3 unfinished actions to roll over to 2023/24:\n"
        "  CPC-2223-002  Arrange a visit.\n"
        "  CPC-2223-001  Provide a briefing note.\n"
        "  CPC-2223-004  Settle the lease.\n"
    )
    assert result.stderr == "Only shown, as --dry-run asks: nothing was written.\n"
    refused = run("roll-over", "--to", "2023/24", exit_code=2)
    assert "This needs a yes. Run: cpctrack roll-over … --yes" in refused.stderr
    assert some_records.read_bytes() == before


def test_rolling_over_is_one_step_that_undo_takes_back(run, some_records):
    run("update", "2", "--follow-up", "Under way\nsince May")
    before = some_records.read_bytes()
    result = run("roll-over", "--to", "2023/24", "--yes")
    assert result.stderr == (
        "3 unfinished actions of 2022/23 rolled over to 2023/24; “cpctrack undo” takes it back.\n"
    )
    after = shown(run, "2")
    assert after["status"] == "in-progress"
    assert (after["follow_up"], after["rolled_to"]) == ("Under way\nsince May", "2023/24")
    line = after["history"][-1]
    assert (line["via"], line["change"], line["to"]) == ("roll-over", "rolled_to", "2023/24")
    again = run("roll-over", "--to", "2023/24", "--yes")
    assert again.stderr == "Nothing is left to roll over to 2023/24; nothing was changed.\n"
    run("undo", "--yes")
    assert some_records.read_bytes() == before


def test_the_old_years_table_says_it_and_the_new_one_how_it_stands(run, some_records):
    assert needs_follow_up(run, "--year", "2022/23")[0] == "*Under way*"
    run("roll-over", "--to", "2023/24", "--yes")
    assert needs_follow_up(run, "--year", "2022/23") == [
        f"*{SAID}*", f"*{SAID}*<br>**Overdue: due 30 April 2023**", "*Completed*",
    ]  # fmt: skip
    told = run("appendix")  # the year of today, though nothing was agreed in it yet
    assert "made in 2023/24" in told.stdout
    assert needs_follow_up(run) == ["*Under way*", "*To do*<br>**Overdue: due 30 April 2023**"]
    run("update", "2", "--status", "completed", "--completed-on", "9/6/2023")
    assert needs_follow_up(run, "--year", "2022/23")[0] == f"*{SAID}; completed 9 June 2023*"
    assert needs_follow_up(run) == ["*To do*<br>**Overdue: due 30 April 2023**"]
    assert f"<br>{SAID} |" in run("appendix", "--view", "progress").stdout.replace("<br>**", " |")


@pytest.mark.usefixtures("at_a_terminal")
def test_at_a_terminal_it_asks_once(run, some_records):
    before = some_records.read_bytes()
    refused = run("roll-over", "--to", "2023/24", input="n\n")
    assert "Roll over to 2023/24? [Y/n]" in refused.stderr
    assert "Nothing was saved." in refused.stderr
    assert some_records.read_bytes() == before
    run("roll-over", "--to", "2023/24", input="y\n")
    assert shown(run, "1")["rolled_to"] == "2023/24"


def test_some_can_be_named_and_some_left_out(run, some_records):
    run("roll-over", "--to", "2023/24", "--except", "2", "--except", "4", "--yes")
    assert [shown(run, ref)["rolled_to"] for ref in "124"] == ["2023/24", "", ""]
    run("roll-over", "2", "2", "--to", "2024/25", "--yes")
    assert shown(run, "2")["rolled_to"] == "2024/25"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("3", "--to", "2023/24"), "CPC-2223-003 is “Completed”, so nothing of it is left"),
        (("1", "--to", "2022/23"), "is of 2022/23 and can't be rolled over to 2022/23"),
        (("--to", "2025/26"), "2025/26 is more than a year ahead of 2023/24; correct the year."),
        (("--to", "2023/24", "--except", "3"), "CPC-2223-003 is not among them"),
        (("1", "--to", "2023/24", "--except", "2"), "CPC-2223-002 is not among them"),
        (("9", "--to", "2023/24"), "No action has the reference “9”."),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_shown(run, some_records, words, message):
    before = some_records.read_bytes()
    result = run("roll-over", *words, "--yes", exit_code=1)
    assert message in result.stderr
    assert result.stdout == ""
    assert some_records.read_bytes() == before


def test_the_first_pack_of_the_year(run, some_records, tmp_path):
    meeting = ("publish", "--meeting", "14/6/2023", "-o", str(tmp_path / "pack"))
    told = run(*meeting, "--year", "2023/24").stderr
    assert "No actions or recommendations were made in 2023/24 up to 14 June 2023." in told
    assert "Carried over from earlier years: 2 rows (1 overdue)." in told
    run("undo", "--yes")
    told = run(*meeting, "--force").stderr
    assert "14 June 2023: 3 rows of 2 meetings: 2 not finished (1 overdue)" in told
    run("undo", "--yes")
    run("roll-over", "--to", "2023/24", "--yes")
    assert "Carried over from earlier years: 2 rows" in run(*meeting, "--force").stderr


def test_a_sheet_with_the_part_misses_nothing_of_earlier_years(run, some_records, tmp_path):
    run("add", "--meeting", "2023-06-07", "--type", "informal", "--item", "1", "--action", "New.")
    for ending in ("csv", "xlsx", "html"):
        path = str(tmp_path / f"sheet.{ending}")
        run("appendix", "--include-exempt", "-o", path)
        plan = json.loads(run("import", path, "--dry-run", "--json").stdout)
        assert (plan["new"], plan["changed"], plan["unchanged"], plan["missing"]) == (0, 0, 4, [])


# --- what a report asked ------------------------------------------------------------------------


@pytest.fixture
def asked(run, some_records, monkeypatch: pytest.MonkeyPatch):
    """Have three actions that the meeting of 14 June 2023 is asked about, on the day after it."""
    run("update", "1", "2", "--status", "proposed")
    run("update", "4", "--status", "proposed")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-15")
    return some_records


MEETING = "the meeting of 14 June 2023"
PROPOSED = ("agree", "--proposed", "--meeting", "14/6/2023")


def publish(run, tmp_path):
    run("publish", "--meeting", "14/6/2023", "--view", "progress", "-o", str(tmp_path / "pack"))


def agreed(run):
    return [ref for ref in "1234" if shown(run, ref)["agreed_on"] == "2023-06-14"]


def test_without_a_pack_it_is_what_the_report_would_ask(run, asked):
    before = asked.read_bytes()
    result = run(*PROPOSED, "--yes")
    assert result.stdout == (
        "3 actions that the meeting of 14 June 2023 was to agree, as the report would ask today:\n"
        "  CPC-2223-002  Arrange a visit.\n"
        "  CPC-2223-001  Provide a briefing note.\n"
        "  CPC-2223-003  That dentists be asked.\n"
    )
    assert "Left out: 1 exempt action, which no public report asks about" in result.stderr
    assert agreed(run) == ["1", "2", "3"]
    again = run(*PROPOSED, "--yes").stderr
    assert "Nothing is left that the meeting of 14 June 2023 was to agree" in again
    run("undo", "--yes")
    assert asked.read_bytes() == before


def test_it_is_what_the_pack_asked_whatever_was_said_since(
    run, some_records, tmp_path, monkeypatch
):
    run("update", "1", "--status", "proposed")
    publish(run, tmp_path)
    run("update", "2", "--status", "proposed")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-15")
    result = run(*PROPOSED, "--except", "3", "--yes")
    assert result.stdout == (
        "1 action that the meeting of 14 June 2023 was to agree, as published on 10 June 2023:\n"
        "  CPC-2223-001  Provide a briefing note.\n"
    )
    assert agreed(run) == ["1"]


def test_a_meeting_that_was_moved_is_asked_what_the_pack_of_its_old_day_asked(
    run, some_records, tmp_path, monkeypatch
):
    """What nobody had asked the meeting was agreed too, since its day had no pack."""
    run("update", "1", "--status", "proposed")
    publish(run, tmp_path)
    run("meeting", "14/6/2023", "--type", "formal", "--moved-to", "21/6/2023")
    run("update", "2", "--status", "proposed")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-21")
    result = run("agree", "--proposed", "--except", "3", "--yes")
    assert result.stdout == (
        "1 action that the meeting of 21 June 2023 was to agree, as published on 10 June 2023:\n"
        "  CPC-2223-001  Provide a briefing note.\n"
    )
    assert shown(run, "1")["agreed_on"] == "2023-06-21"
    run("undo", "--yes")
    run("publish", "--view", "progress", "-o", str(tmp_path / "later"))
    assert "2 actions that" in run("agree", "--proposed", "--except", "3", "--yes").stdout


def test_what_has_changed_since_is_left_out_and_told(run, asked, tmp_path, edit, monkeypatch):
    run("add", *OLD, "--item", "13", "--action", "Count.", "--status", "proposed")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-10")
    publish(run, tmp_path)
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-15")
    run("reopen", "1", "--reason", "Not yet.")
    run("update", "2", "--exempt", "3")
    run("agree", "3", "--meeting", "14/6/2023")
    (gone,) = [key for key, row in json.loads(asked.read_text("utf-8"))["actions"].items()
               if row["ref"] == "CPC-2223-005"]  # fmt: skip
    edit(lambda held: held["actions"].pop(gone))
    before = asked.read_bytes()
    result = run(*PROPOSED, "--yes")
    left_out = [
        "Left out: CPC-2223-002 is exempt by now; agree it by its reference.",
        "Left out: CPC-2223-001 is not done by now: its status has changed since.",
        "Left out: CPC-2223-003 was agreed already.",
        "Left out: CPC-2223-005 is no longer in the store.",
    ]
    assert result.stderr.splitlines() == [
        *left_out,
        f"Nothing is left that {MEETING} was to agree, as published on 10 June 2023.",
    ]
    assert asked.read_bytes() == before


@pytest.mark.usefixtures("at_a_terminal")
def test_agreeing_asks_once_at_a_terminal(run, asked):
    before = asked.read_bytes()
    assert "Did the meeting agree this? [Y/n]" in run(*PROPOSED, input="n\n").stderr
    assert asked.read_bytes() == before
    run(*PROPOSED, input="y\n")
    assert agreed(run) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (PROPOSED, 2, "This needs a yes. Run: cpctrack agree … --yes"),
        (("agree", "--meeting", "14/6/2023"), 2, "or all with --proposed"),
        ((*PROPOSED, "1"), 2, "or all with --proposed"),
        (("agree", "1", "--except", "2", "--meeting", "14/6/2023"), 2, "goes with --proposed"),
        ((*PROPOSED, "--except", "4", "--yes"), 1, "CPC-2223-004 is not among them"),
        (("agree", "--proposed", "--meeting", "19/7/2023", "--yes"), 1, "is still to come"),
        (("agree", "--proposed", "--meeting", "14/6/2023", "--except", "9"), 1, "No action has"),
    ],
)
def test_agreeing_what_does_not_fit_is_refused(run, asked, words, code, message):
    before = asked.read_bytes()
    assert message in run(*words, exit_code=code).stderr
    assert asked.read_bytes() == before
