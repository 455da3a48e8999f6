"""``cpctrack check``, as a clerk and as a script runs it."""

import json

import pytest


@pytest.fixture
def three_problems(run, new_store):
    """Give a store with a misplaced date, a record without owner, an owner in two spellings."""
    item = ("--item", "Item 3. Foster carers")
    formal = ("--meeting", "2023-03-15", "--type", "formal")
    owner = ("--owner", "Sam Example - DSO")
    run("add", *formal, *item, "--action", "Send the recruitment figures.", *owner)
    run("add", *formal, *item, "--action", "Circulate the dates.", "--owner", "Sam Example DSO")
    run("add", *formal, *item, "--action", "Visit the contact centre.")
    run("update", "1", "--due", "2023-03-01", "--response", "Soon")
    return new_store


def test_silence_when_all_is_well(run, new_store):
    result = run("check")
    assert (result.stdout, result.stderr) == ("", "")
    assert run("check", "--json").stdout == "[]\n"


def test_every_problem_under_its_tier(run, three_problems):
    before = three_problems.read_bytes()
    result = run("check", exit_code=1)
    assert result.stdout == (
        "Contradictory\n"
        "  CPC-2223-001  Due date: Due on 1 March 2023, before its meeting of 15 March 2023.\n"
        "\n"
        "Needs attention\n"
        "  CPC-2223-003  Referred to: Nobody is named to do it.\n"
        "  CPC-2223-002  Referred to: “Sam Example DSO” here may be “Sam Example - DSO”, "
        "who has 1 action; use one spelling, or say with “cpctrack owner” that both mean one.\n"
    )
    assert result.stderr == "3 problems among 3 actions.\n"
    assert three_problems.read_bytes() == before


def test_json(run, three_problems):
    result = run("check", "--json", exit_code=1)
    problems = json.loads(result.stdout)
    assert problems[0] == {
        "name": "due-before-meeting",
        "tier": "contradictory",
        "ref": "CPC-2223-001",
        "field": "due",
        "message": "Due on 1 March 2023, before its meeting of 15 March 2023.",
        "committee": "Corporate Parenting Committee",
    }
    assert [problem["name"] for problem in problems] == [
        "due-before-meeting",
        "no-owner",
        "owner-in-two-spellings",
    ]


def test_quiet_leaves_the_count_out(run, new_store):
    run("add", "--meeting", "2023-03-15", "--type", "formal", "--item", "3", "--action", "Send it.")
    result = run("--quiet", "check", exit_code=1)
    assert result.stderr == ""
    assert (
        result.stdout == "Needs attention\n  CPC-2223-001  Referred to: Nobody is named to do it.\n"
    )
    assert run("check", exit_code=1).stderr == "1 problem among 1 action.\n"


def test_terminal_escapes_in_the_store_stay_there(run, three_problems):
    text = three_problems.read_text("utf-8")
    wild = text.replace('"ref": "CPC-2223-003"', '"ref": "\\u001b[31m\\u202eRED"')
    three_problems.write_text(wild, encoding="utf-8", newline="")
    result = run("check", exit_code=1)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "malformed" not in result.stdout
    assert "“[31mRED” is not a reference" in result.stdout


@pytest.mark.parametrize("content", ["", "{}", "[", "<<<<<<< HEAD\n"])
def test_a_store_that_can_not_be_read_is_one_sentence(run, new_store, content):
    new_store.write_text(content, encoding="utf-8")
    result = run("check", exit_code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1


def test_no_store(run, store_path):
    assert "There is no store at" in run("check", exit_code=1).stderr


def test_the_published_table(run, new_store, shared_data):
    """On a real table, check points at the one person in two spellings and not at much more."""
    pytest.importorskip("cpctrack.cli.commands.import_")
    run("import", str(shared_data / "appendix4-2022-23.tsv"), "--yes")
    problems = json.loads(run("check", "--json", exit_code=1).stdout)
    spellings = [each for each in problems if each["name"] == "owner-in-two-spellings"]
    assert len(spellings) == 1
    assert "DSO” may be" in spellings[0]["message"].replace(" here and at CPC-2223-044", "")
    # The table has no column of due dates.
    assert len([each for each in problems if each["name"] != "without-a-date"]) <= 12
