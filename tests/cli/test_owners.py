"""``owners``, ``owner`` and ``reassign``: who owns what, under every name of theirs."""

import csv
import io
import json

import pytest

from cpctrack.cli.main import main
from cpctrack.records.refs import split_ref

MEETING = ("--meeting", "2023-03-15", "--type", "formal")


@pytest.fixture
def homes(run, new_store, make_once):
    """Give a store of five records whose owners are called in several ways."""

    def make():
        def add(action, *owners, due="", more=()):
            named = [part for owner in owners for part in ("--owner", owner)]
            due = ("--due", due) if due else ()
            run("add", *MEETING, "--item", "Item 3. Homes", "--action", action, *named, *due, *more)

        add("Send the figures of repairs.", "Kit Dale", due="5/4/2023")
        add("Visit the new homes.", "Ann Bell", "KD", "Head of Homes", due="1/9/2023")
        add("Write to the trust.", "KD", more=("--status", "completed", "--response", "Sent."))
        add("Settle the lease.", "Ann Bell", due="1/5/2023", more=("--exempt", "3"))
        add("Ask the tenants.")

    return make_once("homes", make)


def owners_json(run, *options):
    return {row["name"]: row for row in json.loads(run(*options, "owners", "--json").stdout)}


def owners_of(run, ref):
    return json.loads(run("show", ref, "--json").stdout)["owners"]


def record_id(held, number):
    return next(key for key, row in held["actions"].items() if row["ref"].endswith(f"00{number}"))


# --- owners


def test_owners_are_listed_with_what_is_with_them(run, homes):
    rows = owners_json(run)
    assert list(rows) == ["Ann Bell", "Head of Homes", "KD", "Kit Dale"]
    assert rows["Ann Bell"] == {
        "name": "Ann Bell", "email": "", "service": "", "post": "", "also": [], "left": None,
        "open": 2, "overdue": 1, "overdue_since": "2023-05-01", "perhaps_also": [],
    }  # fmt: skip
    assert (rows["KD"]["open"], rows["KD"]["overdue"]) == (1, 0)


def test_a_pipe_gets_one_owner_a_line(run, homes):
    run("owner", "Ann Bell", "--email", "ann@example.org", "--also", "AB", "--also", "Bell")
    rows = list(csv.DictReader(io.StringIO(run("owners").stdout), delimiter="\t"))
    assert rows[0] == {
        "name": "Ann Bell", "service": "", "post": "", "open": "2", "overdue": "1",
        "overdue_since": "2023-05-01", "email": "ann@example.org", "also": "AB; Bell", "left": "",
    }  # fmt: skip
    assert [row["name"] for row in rows] == ["Ann Bell", "Head of Homes", "KD", "Kit Dale"]


def test_a_store_without_owners_says_so(run, new_store):
    result = run("owners")
    assert result.stdout.count("\n") == 1
    assert result.stderr == "There is no owner yet.\n"


def test_a_terminal_gets_a_table_that_fits(run, homes, monkeypatch):
    monkeypatch.setattr("cpctrack.cli.commands.owners.window", lambda: 60)
    run(
        "owner", "Kit Dale", "--service", "Housing and Neighbourhood Services", "--email", "k@d.org"
    )
    run("owner", "Kit Dale", "--left", "30/6/2023")
    lines = run("owners").stdout.splitlines()
    assert lines[0].split() == ["Owner", "Service", "Not", "Overdue", "Longest", "E-mail"]
    assert max(map(len, lines)) <= 60
    (kit,) = [line for line in lines if line.startswith("Kit Dale")]
    assert kit.split()[-5:] == ["1", "1", "87", "days", "yes"]
    assert "(left)" in "\n".join(lines)
    assert "Post" not in lines[0]


def test_a_very_narrow_window_cuts_nothing(run, homes, monkeypatch):
    monkeypatch.setattr("cpctrack.cli.commands.owners.window", lambda: 20)
    assert "Homes" in run("owners").stdout


def test_spellings_of_one_name_are_hinted_at_and_who_left_is_told(run, homes):
    run("update", "1", "--owner", "Kitty Dalewood")
    run("update", "3", "--owner", "Kitty Dalewod", "--status", "open")
    run("owner", "Ann Bell", "--left", "2023-06-30")
    told = run("owners").stderr
    assert "Ann Bell left on 30 June 2023 and still has 2 unfinished actions" in told
    assert " may be Kitty Dalewo" in told
    rows = owners_json(run)
    assert [rows[name]["perhaps_also"] for name in rows if name.startswith("Kitty")].count([]) == 1


def test_over_several_stores_one_owner_counts_once(run, homes, tmp_path, make_store):
    other = make_store(path=tmp_path / "parks.json", owners=("ann  bell",))
    document = json.loads(other.read_text("utf-8"))
    document["settings"]["store"] |= {"committee": "Parks Committee", "prefix": "PC"}
    other.write_text(json.dumps(document), "utf-8")
    run("--store", str(other), "owner", "ANN BELL", "--service", "Parks")
    run("owner", "Ann Bell", "--email", "ann@example.org")
    both = ("--store", str(homes), "--store", str(other))
    (ann,) = (one for one in json.loads(run(*both, "owners", "--json").stdout) if one["service"])
    assert (ann["open"], ann["email"], ann["overdue"]) == (3, "ann@example.org", 1)
    shown = json.loads(run(*both, "owner", "ann bell", "--json").stdout)
    assert [one["committee"] for one in shown["actions"]] == [
        "Corporate Parenting Committee",
        "Corporate Parenting Committee",
        "Parks Committee",
    ]
    assert "--store" in run(*both, "owner", "ann bell", "--post", "x", exit_code=2).stderr


def test_what_one_committee_says_of_a_name_holds_over_all(run, homes, tmp_path, make_store):
    other = make_store(path=tmp_path / "parks.json", owners=("Ann",))
    document = json.loads(other.read_text("utf-8"))
    document["settings"]["store"] |= {"committee": "Parks Committee", "prefix": "PC"}
    other.write_text(json.dumps(document), "utf-8")
    run("owner", "Ann Bell", "--also", "Ann", "--service", "Homes")
    both = ("--store", str(homes), "--store", str(other))
    assert {name: row["open"] for name, row in owners_json(run, *both).items()}["Ann Bell"] == 3
    for asked in (("--owner", "Ann Bell"), ("--service", "Homes")):
        assert len(json.loads(run(*both, "list", *asked, "--open", "--json").stdout)) == 3
    for by, name in (("owner", "Ann Bell"), ("service", "Homes")):
        counted = ("statistics", "--since", "2023-01-01", "--by", by, "--include-exempt", "--json")
        groups = json.loads(run(*both, *counted).stdout)["groups"]
        assert {group["name"]: group["all"] for group in groups}[name] == 3


# --- owner


def test_an_owner_is_shown_with_their_actions(run, homes):
    shown = run("owner", "bell").stdout
    assert shown.splitlines() == [
        "Ann Bell",
        "  Nothing is known but the name.",
        "2 unfinished actions, 1 overdue",
        "  CPC-2223-004  overdue, 1 May 2023: Settle the lease.",
        "  CPC-2223-002  due, 1 Sep 2023: Visit the new homes.",
    ]


def test_what_is_said_is_kept_and_told(run, homes, document):
    result = run(
        "owner", "ann", "--email", "ann@example.org", "--service", "Housing", "--post", "Surveyor",
        "--also", "AB", "--left", "1 May 2023",
    )  # fmt: skip
    assert result.stdout == ""
    assert result.stderr == (
        "Ann Bell: e-mail “ann@example.org”, service “Housing”, post “Surveyor”, left on “1 May "
        "2023”, also “AB”.\n"
    )
    assert document()["owners"]["ann bell"] == {
        "name": "Ann Bell", "email": "ann@example.org", "service": "Housing", "post": "Surveyor",
        "also": ["AB"], "left": "2023-05-01",
    }  # fmt: skip
    shown = run("owner", "AB").stdout
    assert "  E-mail:  ann@example.org\n" in shown
    assert "  Left:    1 May 2023\n" in shown
    assert "knows that already" in run("owner", "ab", "--service", "Housing").stderr


def test_an_empty_value_clears(run, homes, document):
    run("owner", "ann", "--email", "ann@example.org", "--also", "AB", "--left", "1/5/2023")
    said = run("owner", "ann", "--email", "", "--also", "", "--left", "", "--json")
    assert "e-mail cleared, left on cleared, no other names" in said.stderr
    assert json.loads(said.stdout)["also"] == []
    assert document()["owners"] == {"ann bell": {"name": "Ann Bell"}}


@pytest.mark.parametrize("name", ["N/A", "tbc", "Ann Bell; Kit Dale"])
def test_one_name_is_of_one_owner(run, homes, document, name):
    before = document()
    for args in (
        ("owner", name, "--service", "Homes"),
        ("owner", "Ann Bell", "--also", name),
        ("reassign", "Ann Bell", name),
        ("update", "1", "--add-owner", name),
        ("update", "1", "--owner", name),
    ):
        assert f"“{name}” is not the name of one owner" in run(*args, exit_code=2).stderr
    assert document() == before


def test_to_clear_what_nobody_knows_keeps_nothing(run, homes, document):
    before = document()
    assert "knows that already" in run("owner", "Ann Bell", "--email", "").stderr
    assert document() == before


def test_undo_takes_it_back(run, homes, document):
    before = document()
    run("owner", "ann", "--email", "ann@example.org")
    assert "the owner Ann Bell leaves the store" in run("undo", "--yes").stdout
    assert document() == before
    run("redo", "--yes")
    run("owner", "ann", "--email", "bell@example.org")
    told = run("undo", "--yes").stdout
    assert "the owner Ann Bell: email from “bell@example.org” to “ann@example.org”" in told


def test_what_somebody_else_has_said_since_stands_in_the_way_of_undo(run, homes, edit):
    run("owner", "ann", "--email", "ann@example.org")
    edit(lambda held: held["owners"]["ann bell"].update(post="Surveyor"))
    assert "the owner Ann Bell" in run("undo", "--yes", exit_code=1).stderr


@pytest.mark.parametrize("address", ["ann", "ann@home", "a@b.org c@d.org"])
def test_an_address_has_its_form(run, homes, document, address):
    assert "is no e-mail address" in run("owner", "ann", "--email", address, exit_code=2).stderr
    assert "owners" not in document()


def test_a_name_must_be_clear(run, homes):
    run("update", "5", "--owner", "Ann Berry")
    assert "may be Ann Bell, Ann Berry; give more" in run("owner", "ann", exit_code=1).stderr
    assert "Did you mean Ann Bell" in run("owner", "An Bel", exit_code=1).stderr
    assert "cpctrack owners" in run("owner", "Zebedee", exit_code=1).stderr
    assert "needs a name" in run("owner", "", "--post", "x", exit_code=2).stderr


def test_somebody_new_is_kept_and_it_is_said(run, homes, document):
    said = run("owner", "Ann Bel", "--post", "Surveyor").stderr
    assert "Nothing is referred to Ann Bel yet. Did you mean Ann Bell?" in said
    assert list(document()["owners"]) == ["ann bel"]


def test_two_owners_become_one(run, homes, document):
    run("owner", "KD", "--email", "kd@example.org", "--service", "Housing")
    run("owner", "Kit Dale", "--service", "Homes", "--post", "Clerk")
    said = run("owner", "Kit Dale", "--also", "kd").stderr
    assert "What was known of KD is now known of Kit Dale. Gone with it: service “Housing”." in said
    assert "1 unfinished action still says “KD”" in said
    assert document()["owners"] == {
        "kit dale": {
            "name": "Kit Dale", "email": "kd@example.org", "service": "Homes", "post": "Clerk",
            "also": ["KD"],
        }
    }  # fmt: skip
    rows = owners_json(run)
    assert (rows["Kit Dale"]["open"], "KD" in rows) == (2, False)
    run("undo", "--yes")
    assert list(document()["owners"]) == ["kd", "kit dale"]


def test_a_row_that_cannot_be_read_is_not_written_over(run, homes, edit):
    edit(lambda held: held.update(owners={"ann bell": {"name": 5}}))
    assert "“ann bell” can't be read" in run("owner", "Ann Bell", "--post", "x", exit_code=1).stderr
    assert "unreadable-owner" in run("check", "--json", exit_code=1).stdout


# --- from then on one


@pytest.fixture
def kit(run, homes):
    run("owner", "Kit Dale", "--also", "KD", "--service", "Housing")
    return homes


def test_what_comes_in_by_any_name_gets_the_one(run, kit):
    run(
        "add", *MEETING, "--item", "x", "--action", "Go on.", "--owner", "kd", "--owner", "KIT DALE"
    )
    assert owners_of(run, "6") == ["Kit Dale"]
    run("update", "5", "--add-owner", "KD")
    assert owners_of(run, "5") == ["Kit Dale"]
    said = run("update", "5", "--add-owner", "Ann Bell", "--remove-owner", "kd").stderr
    assert owners_of(run, "5") == ["Ann Bell"]
    assert "no longer with Kit Dale" in said
    assert "no longer" not in run("update", "2", "--add-owner", "Tom Pike").stderr
    assert owners_of(run, "2") == ["Ann Bell", "Kit Dale", "Head of Homes", "Tom Pike"]


def test_list_finds_by_any_name_and_by_service(run, kit):
    def refs(*options):
        return [
            split_ref(row["ref"])[2] for row in json.loads(run("list", "--json", *options).stdout)
        ]

    assert (
        refs("--owner", "dale") == refs("--owner", "KD") == refs("--service", "hous") == [1, 2, 3]
    )
    assert refs("--open", "--service", "HOUSING", "--owner", "ann") == [2]
    assert "Did you mean Housing?" in run("list", "--service", "housung", exit_code=1).stderr


def test_json_names_the_services(run, kit):
    assert json.loads(run("show", "2", "--json").stdout)["service"] == ["Housing"]
    rows = json.loads(run("list", "--json").stdout)
    assert [row["service"] for row in rows] == [["Housing"]] * 3 + [[], []]


HEADINGS = (
    "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
    "Response/ Outcome", "Needs Follow Up",
)  # fmt: skip
TABLE = (
    "\t".join(HEADINGS)
    + """
Formal\t15/3/2023\tItem 4. Roads\t\tCount the potholes.\tTP/ Ann Bell\t\tOngoing
Formal\t15/3/2023\tItem 5. Parks\t\tOpen the gates.\tTom Pike - Warden\t\t
Formal\t15/3/2023\tItem 5. Parks\t\tAsk TP to close the gates.\tTP\t\t
"""
)


@pytest.fixture
def table(run, new_store, write):
    path = str(write("table.tsv", TABLE))
    run("import", path, "--yes")
    return path


def test_an_import_of_an_unchanged_table_still_changes_nothing(run, table, store_path):
    run("owner", "Tom Pike - Warden", "--also", "TP", "--service", "Parks")
    before = store_path.read_bytes()
    for _ in range(2):
        counts = json.loads(run("import", table, "--yes", "--json").stdout)
        assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 0, 3)
        assert store_path.read_bytes() == before
        if owners_of(run, "3") == ["TP"]:
            run("reassign", "TP", "Tom Pike - Warden")
        before = store_path.read_bytes()
    assert owners_of(run, "1") == ["Tom Pike - Warden", "Ann Bell"]


def test_an_import_reads_any_name_and_keeps_what_is_printed(run, new_store, write):
    run("owner", "Tom Pike", "--also", "TP", "--also", "Tom Pike - Warden", "--service", "Parks")
    told = json.loads(run("import", str(write("table.tsv", TABLE)), "--yes", "--json").stdout)
    assert [row["owners"] for row in told["records"]] == [
        ["Tom Pike", "Ann Bell"], ["Tom Pike"], ["Tom Pike"],
    ]  # fmt: skip
    assert [row["owner_text"] for row in told["records"]] == [
        "TP/ Ann Bell", "Tom Pike - Warden", "TP",
    ]  # fmt: skip
    assert told["records"][1]["service"] == ["Parks"]


def test_minutes_give_the_one_name(run, new_store, write):
    run("owner", "Kit Dale", "--also", "Head of Homes")
    minutes = write(
        "minutes.md",
        "# Minutes of the meeting of the Corporate Parenting Committee, 15 March 2023\n\n"
        "## Item 3. Homes\n\n**ACTION:** Head of Homes to send members the figures of repairs.\n",
    )
    read = ("minutes", str(minutes), "--type", "formal", "--yes", "--json")
    assert json.loads(run(*read).stdout)["new"] == 1
    assert owners_of(run, "1") == ["Kit Dale"]
    told = json.loads(run(*read).stdout)
    assert (told["new"], told["known"]) == (0, 1)


@pytest.mark.usefixtures("at_a_terminal")
def test_a_known_name_is_not_asked_about(run, kit):
    answers = "Item 9. Roads\nCount.\nkd\n\n\ny\n"
    run("add", "--meeting", "2023-03-15", "--type", "formal", input=answers)
    assert owners_of(run, "6") == ["Kit Dale"]


# --- reassign


def test_every_open_action_goes_to_another(run, homes):
    said = run("reassign", "ann  BELL", "Tom Pike", "--reason", "Ann has retired.").stderr
    assert said == (
        "CPC-2223-002: Tom Pike; KD; Head of Homes.\nCPC-2223-004: Tom Pike.\n"
        "2 actions given from ann BELL to Tom Pike.\nTom Pike is new among the owners.\n"
    )
    line = json.loads(run("show", "2", "--json").stdout)["history"][-1]
    assert line["reason"] == "Ann has retired."
    assert (line["via"], line["from"][0], line["to"][0]) == ("reassign", "Ann Bell", "Tom Pike")
    assert run("undo", "--yes").stdout.count("CPC-") == 2
    assert owners_of(run, "4") == ["Ann Bell"]


def test_a_name_is_no_part_of_a_name(run, homes):
    run("update", "5", "--owner", "Ann Bell Trust")
    run("reassign", "Ann Bell", "Tom Pike")
    assert owners_of(run, "5") == ["Ann Bell Trust"]


def test_who_owns_it_already_owns_it_once(run, homes):
    run("reassign", "Ann Bell", "head of homes")
    assert owners_of(run, "2") == ["Head of Homes", "KD"]


def test_what_was_printed_gives_way_as_in_update(run, table):
    run("reassign", "TP", "Jo Moss")
    row = json.loads(run("show", "1", "--json").stdout)
    assert (row["owners"], row["owner_text"]) == (["Jo Moss", "Ann Bell"], "")


def test_those_that_are_named_closed_ones_too_or_none(run, homes, document):
    run("reassign", "KD", "Tom Pike", "3")
    assert (owners_of(run, "3"), owners_of(run, "2")[1]) == (["Tom Pike"], "KD")
    before = document()
    message = run("reassign", "KD", "Tom Pike", "2", "5", exit_code=2).stderr
    assert "CPC-2223-005 is not referred to “KD”, but to nobody." in message
    assert document() == before


def test_nothing_found_says_who_there_is(run, homes):
    assert "Did you mean Ann Bell" in run("reassign", "An Bell", "x", exit_code=1).stderr
    assert "cpctrack owners" in run("reassign", "Zebedee", "x", exit_code=1).stderr
    run("update", "2", "--remove-owner", "KD")
    assert "only CPC-2223-003; name what" in run("reassign", "KD", "x", exit_code=1).stderr
    assert "cpctrack update" in run("reassign", "KD", "", exit_code=2).stderr


def test_all_names_of_one_who_leaves_go_with_them(run, kit):
    run("reassign", "Kit Dale", "Tom Pike")
    assert (owners_of(run, "1"), owners_of(run, "2")[1]) == (["Tom Pike"], "Tom Pike")


def test_an_older_spelling_is_written_anew_where_it_stands(run, kit):
    assert (
        "CPC-2223-002: Ann Bell; Kit Dale; Head of Homes."
        in run("reassign", "KD", "Kit Dale").stderr
    )
    assert "says Kit Dale already" in run("reassign", "Kit Dale", "Kit Dale").stderr
    run("reassign", "Kit Dale", "KIT DALE")
    assert owners_of(run, "1") == ["Kit Dale"]


def test_capitals_are_put_right_though_closed_records_have_them_wrong(run, homes, edit):
    run("update", "3", "--owner", "Kit Dale")
    edit(lambda held: held["actions"][record_id(held, 3)].update(owners=["KIT DALE"]))
    assert "new" not in run("reassign", "KIT DALE", "kit dale").stderr
    assert (owners_of(run, "1"), owners_of(run, "3")) == (["kit dale"], ["KIT DALE"])


def test_to_somebody_who_has_left_is_asked_about(run, kit):
    run("owner", "Kit Dale", "--left", "2023-06-01")
    assert "is that who is meant?" in run("reassign", "Ann Bell", "KD").stderr


# --- hostile texts, and conflicts


def test_nothing_in_a_row_disturbs_a_terminal(run, homes, edit):
    bad = "\x1b[31mx\x07"
    row = {
        "name": "Ann Bell",
        "email": bad,
        "service": bad,
        "post": bad,
        "left": bad,
        "also": [bad],
    }
    edit(lambda held: held.update(owners={"ann bell": row, bad: {"name": bad, "also": ["KD"]}}))
    for words in (["owners"], ["owners", "--json"], ["owner", "ann"], ["owner", "ann", "--json"]):
        result = run(*words)
        assert "\x1b" not in result.stdout + result.stderr
    for words in (["owner", "ann", "--left", "", "--also", "KD"], ["reassign", "KD", "ann bell"]):
        result = run(*words)
        assert "\x1b" not in result.stdout + result.stderr
    assert "\x1b" not in run("check", exit_code=1).stdout


def test_every_command_explains_itself():
    for name in ("owners", "owner", "reassign"):
        assert main.get_command(None, name).help


def test_the_conflict_is_settled_and_until_then_nothing_written_over(run, new_store, edit):
    from cpctrack.store.codec import CONFLICTS

    run("owner", "Dee Fell", "--email", "a@example.org")
    clash = {"field": "email", "base": None, "ours": "a@example.org", "theirs": "b@example.org"}
    edit(lambda held: held["owners"]["dee fell"].update({CONFLICTS: [clash]}))
    told = run("conflicts").stdout
    assert "b@example.org" in told
    assert 'cpctrack resolve "dee fell" email' in told
    assert '“cpctrack resolve "dee fell"”' in run("check", exit_code=1).stdout
    message = run("owner", "Dee Fell", "--post", "Solicitor", exit_code=1).stderr
    assert '“cpctrack resolve "dee fell"”' in message
    run("resolve", "Dee Fell", "email", "--theirs")
    assert "b@example.org" in run("owner", "dee").stdout
    run("check")
