"""The formal meeting that a command means where nobody names one."""

import json

import pytest

KEEP = ("meeting", "--type", "formal")
SINCE = "- Since the formal meeting of "


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-20")


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


def test_the_last_one_held_agrees(run, some_records):
    run(*KEEP, "19/7/2023")
    run(*KEEP, "20/9/2023")
    said = run("agree", "3").stderr
    assert said == "CPC-2223-003: agreed as completed, formal meeting of 19 July 2023.\n"
    assert shown(run, "3")["agreed_on"] == "2023-07-19"


def test_one_of_today_is_held_and_one_that_is_cancelled_is_not(run, some_records):
    run(*KEEP, "20/7/2023")
    assert "meeting of 20 July 2023" in run("agree", "3").stderr
    run("reopen", "3", "--reason", "A slip.")
    run("update", "3", "--status", "proposed")
    run(*KEEP, "20/7/2023", "--cancelled")
    assert "formal meeting of 15 March 2023" in run("agree", "3").stderr


def test_without_one_agree_asks_for_it(run, new_store):
    run(
        "add", "--meeting", "2023-01-18", "--type", "informal", "--item", "4", "--action", "Visit.",
        "--status", "proposed",
    )  # fmt: skip
    before = new_store.read_bytes()
    refused = run("agree", "1", exit_code=1).stderr
    assert "No formal meeting was held yet; say which one agreed it with" in refused
    assert new_store.read_bytes() == before


def test_the_last_one_held_asked_to_reopen(run, some_records):
    run(*KEEP, "19/7/2023")
    said = run("reopen", "3", "--reason", "Members want the figures.").stderr
    assert said == "CPC-2223-003: to do again, formal meeting of 19 July 2023.\n"
    assert shown(run, "3")["history"][-1]["meeting"] == "2023-07-19"
    run("update", "3", "--status", "proposed")
    said = run("reopen", "3", "--reason", "Again.", "--meeting", "18/1/2023").stderr
    assert said == "CPC-2223-003: to do again, meeting of 18 January 2023.\n"


def test_no_meeting_reopens_what_came_after_it(run, some_records):
    run(
        "add", "--meeting", "2023-07-05", "--type", "informal", "--item", "4", "--action", "Visit.",
        "--status", "proposed",
    )  # fmt: skip
    assert run("reopen", "2324-1", "--reason", "Not yet.").stderr == "CPC-2324-001: to do again.\n"
    assert "meeting" not in shown(run, "2324-1")["history"][-1]


def test_appendix_is_for_the_next_one(run, some_records, tmp_path):
    plain = run("appendix").stdout
    run(*KEEP, "20/9/2023")
    result = run("appendix")
    assert result.stdout == run("appendix", "--meeting", "20/9/2023").stdout != plain
    assert "For the formal meeting of 20 September 2023.\n" in result.stderr
    output = tmp_path / "a.md"
    said = run("appendix", "--view", "progress", "-o", str(output)).stderr
    assert f"Wrote {output}, for the formal meeting of 20 September 2023: " in said
    assert SINCE + "15 March 2023" in output.read_text("utf-8")
    run(*KEEP, "20/9/2023", "--cancelled")
    assert run("appendix").stdout == plain


def test_the_table_of_a_year_that_is_over_is_for_no_meeting(run, some_records):
    old = run("appendix", "--year", "2022/23").stdout
    run(*KEEP, "20/9/2023")
    current = run("appendix", "--year", "2022/23").stdout
    assert current == run("appendix").stdout != old  # its last meeting is of that year
    run("add", "--meeting", "2023-07-05", "--type", "informal", "--item", "4", "--action", "Visit.")
    assert run("appendix", "--year", "2022/23").stdout == old
    assert "20 September 2023" in run("appendix", "--year", "2023/24").stdout


def test_a_meeting_that_agreed_nothing_is_one_since_which_is_reported(run, some_records):
    run(*KEEP, "19/7/2023")
    report = run("appendix", "--view", "progress", "--meeting", "20/9/2023").stdout
    assert SINCE + "19 July 2023" in report
    run(*KEEP, "19/7/2023", "--moved-to", "26/7/2023")
    report = run("appendix", "--view", "progress", "--meeting", "20/9/2023").stdout
    assert SINCE + "26 July 2023" in report


def test_publish_takes_the_next_one(run, some_records, tmp_path, document):
    run(*KEEP, "20/9/2023")
    said = run("publish", "-o", str(tmp_path / "pack")).stderr
    assert "Published the pack of 20 September 2023" in said
    assert "was published on" in run("publish", "-o", str(tmp_path / "pack"), exit_code=1).stderr


def test_publish_keeps_its_meeting_and_undo_takes_both_back(run, some_records, tmp_path, document):
    before = document()
    run("publish", "--meeting", "20/9/2023", "-o", str(tmp_path / "pack"))
    assert "2023-09-20-formal" in document()["meetings"]
    run("undo", "--yes")
    assert document() == before


def test_publish_without_one_asks_a_person(run, some_records, tmp_path, at_a_terminal):
    folder = str(tmp_path / "pack")
    refused = run("--no-input", "publish", "-o", folder, exit_code=2).stderr
    assert "Add --meeting DATE: the store knows of no formal one to come." in refused
    said = run("publish", "-o", folder, input="20/9/2023\n")
    assert "Formal meeting whose pack it is" in said.stdout + said.stderr
    assert "Published the pack of 20 September 2023" in said.stderr


def test_meetings_and_their_years_are_completed(run, some_records, edit):
    from click.shell_completion import ShellComplete

    from cpctrack.cli.main import main

    run(*KEEP, "18/9/2024")
    run(*KEEP, "19/9/2024", "--cancelled")

    def offered(*words):
        complete = ShellComplete(main, {}, "cpctrack", "_CPCTRACK_COMPLETE")
        given = ["--store", str(some_records), *words]
        return [each.value for each in complete.get_completions(given, "")]

    assert offered("agree", "3", "--meeting")[:2] == ["2024-09-18", "2023-03-15"]
    assert offered("list", "--year") == ["2022/23", "2024/25"]
    edit(lambda held: next(iter(held["actions"].values())).update(status="lost"))
    assert offered("list", "--owner") == []
    assert offered("list", "--year") == ["2022/23", "2024/25"]
    some_records.write_text("{", "utf-8")
    assert offered("list", "--year") == offered("list", "--owner") == []


def test_a_meeting_nobody_named_leaves_nothing_out(run, some_records):
    run(
        "add", "--meeting", "2023-08-02", "--type", "informal", "--item", "4", "--action", "Visit."
    )  # ahead of its day, as the clerk prepares it
    plain = run("appendix", "--year", "2023/24").stdout
    run(*KEEP, "26/7/2023")
    assert run("appendix", "--year", "2023/24").stdout == plain


def test_appendix_for_no_meeting(run, some_records):
    plain = run("appendix").stdout
    report = run("appendix", "--view", "progress").stdout
    run(*KEEP, "20/9/2023")
    assert run("appendix", "--meeting", "").stdout == plain
    assert run("appendix", "--meeting", "", "--view", "progress").stdout == report
    assert SINCE + "15 March 2023" in report
