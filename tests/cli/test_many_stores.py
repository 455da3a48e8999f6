"""Commands over several committees: what reads is of all, what writes finds the store."""

import json
import subprocess

import pytest

FORMAL = ("--meeting", "13/3/2024", "--type", "formal", "--item", "Item 4. Taxis")


@pytest.fixture
def council(run, tmp_path, monkeypatch):
    """Give a folder with two stores of one open action each, one in a folder of its own."""
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-12")
    for name, committee in (("cpc.json", "Corporate Parenting"), ("lic/actions.json", "Licensing")):
        path = tmp_path / "council" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = path.stem if path.parent.name == "council" else path.parent.name
        named = ("--store", str(path))
        run(*named, "init", "--committee", committee, "--prefix", prefix)
        run(*named, "add", *FORMAL, "--action", f"Tell {committee}.", "--owner", "Head of Law",
            "--due", "30 April 2024")  # fmt: skip
    return tmp_path / "council"


@pytest.fixture
def over_all(run, council):
    """Run a command on the folder."""
    return lambda *words, **options: run("--store", str(council), *words, **options)


def refs(result):
    return [each["ref"] for each in json.loads(result.stdout)]


def test_a_store_that_is_named_in_two_ways_is_one(run, council, monkeypatch):
    monkeypatch.chdir(council)
    named = ("--store", str(council), "--store", "cpc.json", "--store", "lic/../lic")
    assert refs(run(*named, "list", "--json")) == ["CPC-2324-001", "LIC-2324-001"]


def test_a_link_that_leads_to_itself_is_told(over_all, council):
    try:
        (council / "loop.json").symlink_to("loop.json")
    except OSError:
        pytest.skip("links can't be made here")
    assert "loop.json can't be read" in over_all("list", exit_code=1).stderr
    to = ("--to", str(council / "loop.json"))
    store = ("--store", str(council / "cpc.json"))
    assert "loop.json can't be read" in over_all(*store, "transfer", "1", *to, exit_code=1).stderr


def test_list_is_of_all_and_names_the_committee(over_all):
    rows = json.loads(over_all("list", "--overdue", "--json").stdout)
    assert [(row["ref"], row["committee"]) for row in rows] == [
        ("CPC-2324-001", "Corporate Parenting"),
        ("LIC-2324-001", "Licensing"),
    ]
    assert over_all("list", "--search", "licensing").stdout.count("LIC-2324-001") == 1


def test_stores_may_be_named_one_by_one(run, council):
    named = ("--store", str(council / "lic"), "--store", str(council / "cpc.json"))
    assert refs(run(*named, "list", "--json")) == ["CPC-2324-001", "LIC-2324-001"]


def test_the_variable_may_name_a_folder(council, monkeypatch):
    from click.testing import CliRunner

    from cpctrack.cli.main import main

    monkeypatch.setenv("CPCTRACK_STORE", str(council))
    done = CliRunner().invoke(main, ["list", "--json"])
    assert refs(done) == ["CPC-2324-001", "LIC-2324-001"]


def test_check_tells_of_all_and_whose_it_is(over_all):
    problems = json.loads(over_all("check", "--json", exit_code=1).stdout)
    assert {(each["ref"], each["committee"]) for each in problems} == {
        ("CPC-2324-001", "Corporate Parenting"),
        ("LIC-2324-001", "Licensing"),
    }
    told = over_all("check", exit_code=1)
    assert told.stdout.count("Needs attention") == 1
    assert "among 2 actions" in told.stderr


def test_check_says_of_which_committee_a_meeting_is(run, council, over_all):
    lic = ("--store", str(council / "lic"))
    run(*lic, "add", *("--meeting", "3/7/2024", *FORMAL[2:]), "--action", "Too early.")
    told = over_all("check", exit_code=1).stdout
    assert "  LIC 2024-07-03-formal  Date: " in told


def test_history_is_of_all_by_time(over_all):
    lines = over_all("history").stdout.splitlines()[1:]
    assert [line.split("\t")[2] for line in lines] == ["CPC-2324-001", "LIC-2324-001"]
    assert over_all("history", "LIC-2324-1").stdout.count("\n") == 2


@pytest.mark.parametrize(
    "words",
    [("update", "REF", "--response", "Told."),
     ("update", "REF", "--status", "proposed"),
     ("extend", "REF", "--to", "31 July 2024", "--reason", "No time.")],
)  # fmt: skip
def test_what_writes_finds_the_store_by_the_reference(run, council, over_all, words):
    before = (council / "cpc.json").read_bytes()
    over_all(*("lic-2324-001" if word == "REF" else word for word in words))
    lic = ("--store", str(council / "lic"))
    assert len(json.loads(run(*lic, "show", "1", "--json").stdout)["history"]) > 1
    assert (council / "cpc.json").read_bytes() == before


def test_agree_and_reopen_find_it_too(over_all):
    over_all("update", "LIC-2324-1", "--status", "proposed")
    over_all("agree", "LIC-2324-1", "--meeting", "12/6/2024")
    over_all("reopen", "LIC-2324-1", "--reason", "Not so.")
    assert "Reopened" not in over_all("show", "CPC-2324-1").stdout
    assert "Not so." in over_all("show", "LIC-2324-1").stdout


def test_records_of_two_committees_are_not_changed_at_once(over_all):
    told = over_all("update", "CPC-2324-1", "LIC-2324-1", "--response", "x", exit_code=2)
    assert "different committees" in told.stderr


@pytest.mark.parametrize(
    "words", [("add", *FORMAL, "--action", "x"), ("import", "x.csv", "--yes"), ("undo", "--yes")]
)
def test_what_needs_one_store_names_those_there_are(over_all, tmp_path, words, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("Action\nx\n", "utf-8")
    told = over_all(*words, exit_code=2).stderr
    assert "Which committee? Name one with --store" in told
    assert "cpc.json" in told


def test_init_in_a_folder_makes_its_store_and_one_alone(run, tmp_path):
    run("--store", str(tmp_path), "init", "--committee", "Licensing")
    assert (tmp_path / "actions.json").exists()
    told = run("--store", "a.json", "--store", "b.json", "init", "--committee", "X", exit_code=2)
    assert "give --store once" in told.stderr


def test_git_is_set_up_for_a_folder_at_once(council, over_all):
    for words in (["init", "-q"], ["config", "user.name", "Clerk"]):
        subprocess.run(["git", *words], cwd=council, check=True)
    told = over_all("git-setup").stderr
    assert "cpc.json" in told
    assert "lic/actions.json" in told
    assert len((council / ".gitattributes").read_text("utf-8").splitlines()) == 2
    over_all("git-setup", "--undo")
    assert not (council / ".gitattributes").exists()


def test_conflicts_are_told_of_all(over_all):
    assert "nothing to settle" in over_all("conflicts").stderr


def test_the_progress_report_is_of_all_in_one(run, council, over_all):
    lic = ("--store", str(council / "lic"))
    run(*lic, "update", "1", "--status", "proposed")
    run(*lic, "add", *FORMAL, "--action", "A secret.", "--exempt", "3")
    told = over_all("appendix", "--view", "progress")
    assert "- Committee: Corporate Parenting; Licensing\n" in told.stdout
    _, _, parts = told.stdout.partition("## Decision: Agree as completed: 1\n")
    to_agree, _, rest = parts.partition("\n## ")
    assert ("LIC-2324-001" in to_agree, "CPC-2324-001" in rest) == (True, True)
    assert "<br>Corporate Parenting · CPC-2324-001 · 13 March 2024" in rest
    assert "A secret." not in told.stdout
    assert "1 exempt row is left out" in told.stderr


def test_only_the_progress_report_can_be_of_several(over_all):
    assert "add --view progress" in over_all("appendix", exit_code=2).stderr


def test_resolve_finds_the_store_of_a_reference(over_all):
    told = over_all("resolve", "LIC-2324-001", "status", "--ours", exit_code=1).stderr
    assert "nothing to settle" in told
    words = ("resolve", "settings", "committee", "--ours")
    assert "Which committee? Name one" in over_all(*words, exit_code=2).stderr


def test_what_goes_on_elsewhere_is_agreed_there(run, council, over_all):
    lic = ("--store", str(council / "lic"))
    over_all("transfer", "CPC-2324-1", "--to", str(council / "lic"), "--meeting", "13/3/2024")
    told = over_all("agree", "CPC-2324-1", "--meeting", "12/6/2024", exit_code=1).stderr
    assert "goes on as LIC-2324-002" in told
    assert "LIC-2324-002" in run(*lic, "list").stdout
