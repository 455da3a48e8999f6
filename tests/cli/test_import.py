import json
import sys
from types import SimpleNamespace

import pytest

from cpctrack.cli.output import import_plan
from cpctrack.cli.output.import_plan import differing
from cpctrack.store import store

HEADER = "Meeting Type\tMeeting Date\tItem\tActions\tReferred to\tResponse\tNeeds Follow Up\n"
ROWS = (
    "Formal\t15/03/23\t5. Homes\tThe Head of Homes would send Members a note on empty homes.\t"
    "Head of Homes\tNote to be sent in May\t\n"
    "Formal\t15/03/23\t6. Schools\tVisit a school.\tAnn Bell/Ben Carr\tVisited\tCompleted\n"
    "Informal\t18/01/23\t4. Update\tAsk the Forum.\tBen Carr\tWork is under way\tCompleted\n"
)


@pytest.fixture
def table(tmp_path):
    """Write a table to a file, by default one of three rows, and give its path as text."""

    def write(text=HEADER + ROWS, name="log.tsv"):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        return str(tmp_path / name)

    return write


def plan_of(result):
    return json.loads(result.stdout)


def records(path):
    return sorted(store.read(path).records, key=lambda record: record.ref)


def test_a_table_is_taken_in(run, new_store, table):
    done = run("import", table(), "--yes")
    assert done.stderr == f"Written to {new_store}; “cpctrack undo” takes it back.\n"
    assert done.stdout == (
        "log.tsv: 3 rows of 2 meetings\n"
        "  3 new      0 changed      0 unchanged      1 to look at\n"
        "\n"
        "How they stand\n"
        "  To do 1 · Under way 1 · Completed 1\n"
        "\n"
        "To look at: nothing in doubt was taken as completed, or as public\n"
        "   1  line 4    CPC-2223-003  Under way?  Ask the Forum.\n"
        "      The follow-up says “Completed”, the response that it is under way.\n"
        "      Response: “Work is under way”\n"
        "  To put one right afterwards: cpctrack update CPC-2223-003 --status STATUS\n"
    )
    assert [record.status.value for record in records(new_store)] == [
        "open", "completed", "in-progress",
    ]  # fmt: skip
    first = records(new_store)[0].history[0]
    assert (first.what, first.via, first.after) == ("imported", "import", "log.tsv, line 2")


def test_the_same_file_again_changes_no_byte(run, new_store, table):
    run("import", table(), "--yes")
    before = new_store.read_bytes()
    again = run("import", table(), "--yes")
    assert again.stdout == (
        "log.tsv: 3 rows\n  0 new      0 changed      3 unchanged      0 to look at\n"
    )
    assert again.stderr == "There was nothing to write.\n"
    assert new_store.read_bytes() == before


def test_an_edited_response_is_shown_as_a_small_difference(run, new_store, table):
    run("import", table(), "--yes")
    edited = table((HEADER + ROWS).replace("Note to be sent in May", "Note sent in May"))
    done = run("import", edited, "--yes")
    assert done.stdout == (
        "log.tsv: 3 rows\n"
        "  0 new      1 changed      2 unchanged      0 to look at\n"
        "\n"
        "How they stand\n"
        "  Reported done 1\n"
        "\n"
        "Changed\n"
        "  line 2, CPC-2223-001\n"
        "    response: - Note to be sent in May  + Note sent in May\n"
        "    To do → Reported done\n"
    )
    record = records(new_store)[0]
    assert [change.what for change in record.history] == ["imported", "response", "status"]


def test_a_row_that_is_gone_is_told_and_kept(run, new_store, table):
    run("import", table(), "--yes")
    done = run("import", table(HEADER + ROWS.split("\n")[1] + "\n"), "--yes")
    assert done.stdout.endswith(
        "Not in the file: of the same meetings; nothing is deleted\n"
        "  CPC-2223-001  The Head of Homes would send Members a note on empty homes.\n"
    )
    assert len(records(new_store)) == 3


def test_what_both_changed_is_told_and_ours_is_kept(run, new_store, table):
    run("import", table(), "--yes")
    run("update", "1", "--response", "Sent on 3 May")
    edited = table((HEADER + ROWS).replace("Note to be sent in May", "Note sent in June"))
    done = run("import", edited, "--yes")
    assert done.stdout.endswith(
        "Kept as they are here: typed here, and the file says otherwise\n"
        "  log.tsv, line 2, CPC-2223-001: response\n"
        "    here: Sent on 3 May\n"
        "    file: Note sent in June\n"
    )
    assert records(new_store)[0].response == "Sent on 3 May"
    plan = plan_of(run("import", edited, "--yes", "--json"))
    assert plan["problems"] == [
        {
            "file": "log.tsv",
            "line": 2,
            "message": "The response was typed here and the file gives another; ours is kept.",
            "ref": "CPC-2223-001",
            "field": "response",
            "ours": "Sent on 3 May",
            "theirs": "Note sent in June",
        }
    ]


def test_a_typed_owner_is_shown_beside_the_files(run, new_store, table):
    run("add", "--meeting", "2023-01-18", "--type", "informal", "--item", "4. Update",
        "--action", "Ask the Forum.", "--owner", "Ann Bell")  # fmt: skip
    done = run("import", table(HEADER + ROWS.split("\n")[2]), "--dry-run")
    assert done.stdout.endswith(
        "  log.tsv, line 2, CPC-2223-001: referred to\n    here: Ann Bell\n    file: Ben Carr\n"
    )


def test_a_doubt_without_a_response_stands_alone(run, new_store, table):
    row = "Formal\t15/03/23\t5. Homes\tSend a note.\tAnn Bell\t\t31/3/2023\n"
    done = run("import", table(HEADER + row), "--dry-run")
    assert done.stdout.endswith(
        "   1  line 2    CPC-2223-001  To do?  Send a note.\n"
        "      “31/3/2023” may be the day it was done or the day it is due.\n"
        "  To put one right afterwards: cpctrack update CPC-2223-001 --status STATUS\n"
    )


def test_a_dry_run_writes_nothing(run, new_store, table):
    before = new_store.read_bytes()
    done = run("import", table(), "--dry-run", "--yes")
    assert "3 new" in done.stdout
    assert done.stderr == "Only shown, as --dry-run asks: nothing was written.\n"
    assert new_store.read_bytes() == before


def test_without_a_terminal_it_needs_yes(run, new_store, table):
    before = new_store.read_bytes()
    done = run("import", table(), exit_code=2)
    assert (
        "This needs a yes. Run: cpctrack import … --yes (or --dry-run, to look only)" in done.stderr
    )
    assert done.stdout == ""
    assert new_store.read_bytes() == before


def test_quiet_prints_the_plan_and_no_message(run, new_store, table):
    done = run("--quiet", "import", table(), "--yes")
    assert done.stdout.startswith("log.tsv: 3 rows of 2 meetings\n")
    assert done.stderr == ""


# --- asking -----------------------------------------------------------------------------------


def test_on_a_terminal_it_asks_after_showing(run, new_store, table, at_a_terminal):
    done = run("import", table(), input="y\n")
    assert done.stdout.startswith("log.tsv: 3 rows of 2 meetings\n")
    assert "Save these 3? [Y = save, n = save nothing, v = view all rows]: y" in done.stderr
    assert done.stderr.endswith(f"Written to {new_store}; “cpctrack undo” takes it back.\n")
    assert len(records(new_store)) == 3


def test_the_answer_may_be_no(run, new_store, table, at_a_terminal):
    before = new_store.read_bytes()
    assert run("import", table(), input="n\n").stderr.endswith("Nothing was saved.\n")
    assert new_store.read_bytes() == before


def test_every_row_can_be_looked_at_before_the_answer(run, new_store, table, at_a_terminal):
    done = run("import", table(), input="v\nx\nn\n")
    assert "line 4    CPC-2223-003  Under way?         Ask the Forum.\n" in done.stdout
    assert "line 2    CPC-2223-001  To do " in done.stdout
    assert "\nPlease type one of yes, no, view.\n" in done.stderr
    assert records(new_store) == []


def test_nothing_to_do_is_not_asked_about(run, new_store, table, at_a_terminal):
    run("import", table(), "--yes")
    done = run("import", table())
    assert done.stderr == "There was nothing to write.\n"


def test_a_store_that_changes_meanwhile_is_not_written(
    run, new_store, table, at_a_terminal, monkeypatch
):
    def another_clerk(*_args, **_options):
        run("add", "--meeting", "2023-05-03", "--type", "formal", "--item", "1", "--action", "Act")
        return "y"

    monkeypatch.setattr("click.prompt", another_clerk)
    done = run("import", table(), exit_code=1)
    assert "Somebody else changed the store while you were reading" in done.stderr
    assert [record.action for record in records(new_store)] == ["Act"]


LIKE = "Type of meeting\tDate\tItem\tActions\tOwner\nFormal\t15/3/2023\t{}\t{}\t{}\n"


def like(topic, item="7. Fostering", owner="Fostering Manager"):
    return LIKE.format(item, f"To send Members a briefing note on the {topic} issues.", owner)


@pytest.mark.parametrize(
    ("answer", "said"), [("same", "0 new      1 changed"), ("new", "1 new      0 changed")]
)
def test_a_row_that_may_be_a_record_is_asked_about(
    run, new_store, table, at_a_terminal, answer, said
):
    run("import", table(like("transport")), "--yes")
    done = run("import", table(like("passport"), "b.tsv"), input=f"{answer}\ny\n")
    assert "b.tsv, line 2: To send Members a briefing note on the passport issues." in done.stderr
    assert "Is this CPC-2223-001, To send Members a briefing note on the transport" in done.stderr
    assert f"{said}      0 unchanged      0 to look at\n" in done.stdout
    assert len(records(new_store)) == 1 + (answer == "new")


def test_a_row_that_may_be_a_record_is_new_and_unclear_where_nobody_is_asked(
    run, new_store, table, at_a_terminal
):
    run("import", table(like("transport")), "--yes")
    plan = plan_of(run("import", table(like("passport"), "b.tsv"), "--yes", "--json"))
    assert (plan["new"], plan["changed"], plan["unclear"]) == (1, 0, 1)
    assert plan["records"][0]["doubts"] == [
        "it may be CPC-2223-001: To send Members a briefing note on the transport issues."
    ]
    again = plan_of(run("import", table(like("passport"), "b.tsv"), "--yes", "--json"))
    assert (again["new"], again["unchanged"], again["unclear"]) == (0, 1, 0)


def test_forty_tables_of_one_row_make_forty_records(run, new_store, table):
    topics = [
        f"{first}{second}" for first in "bcdfghkl" for second in ("oat", "and", "ird", "ell", "ump")
    ]
    for number, topic in enumerate(topics, 1):
        owner = f"Manager {topic}" if number % 2 else "Manager"
        run("import", table(like(topic, f"{number}. The {topic}", owner), f"{topic}.tsv"), "--yes")
    assert len(records(new_store)) == 40


# --- JSON -------------------------------------------------------------------------------------


def test_json_is_what_the_contract_says(run, new_store, table):
    text = HEADER.replace("\n", "\tWard\n") + ROWS.replace("\n", "\tEast\n")
    plan = plan_of(run("import", table(text + "Marlowe Council\n"), "--yes", "--json"))
    assert {name: plan[name] for name in ("new", "changed", "unchanged", "unclear")} == {
        "new": 3, "changed": 0, "unchanged": 0, "unclear": 1,
    }  # fmt: skip
    assert plan["problems"] == plan["missing"] == []
    assert plan["unrecognised"] == ["Ward"]
    assert plan["left_out"] == [{"file": "log.tsv", "line": 5, "text": "Marlowe Council"}]
    last = plan["records"][2]
    assert (last["ref"], last["outcome"], last["line"], last["status"], last["printed"]) == (
        "CPC-2223-003", "new", 4, "in-progress", {"Ward": "East"},
    )  # fmt: skip
    assert last["doubts"] == ["the follow-up says “Completed”, the response that it is under way"]


def test_json_of_a_change_and_of_what_is_missing(run, new_store, table):
    run("import", table(), "--yes")
    lines = ROWS.replace("Visited", "Visited twice").split("\n")
    plan = plan_of(run("import", table(HEADER + lines[1]), "--dry-run", "--json"))
    assert (plan["changed"], plan["missing"]) == (1, ["CPC-2223-001"])
    assert plan["records"][0]["outcome"] == "changed"
    assert plan["records"][0]["response"] == "Visited twice"


def test_json_of_a_refused_file_names_every_problem(run, new_store, table):
    bad = table(HEADER + ROWS.replace("15/03/23", "sometime"))
    done = run("import", bad, "--yes", "--json", exit_code=1)
    message = (
        "“sometime” is no date of a meeting; write it like 15/3/2023, or give one for all such "
        "rows with --meeting."
    )
    assert plan_of(done) == {
        "new": 0, "changed": 0, "unchanged": 0, "unclear": 0, "records": [],
        "problems": [
            {"file": "log.tsv", "line": 2, "message": message},
            {"file": "log.tsv", "line": 3, "message": message},
        ],
    }  # fmt: skip
    assert f"log.tsv, line 2: {message}\nlog.tsv, line 3: {message}\nNothing was imported." in (
        done.stderr
    )


# --- files ------------------------------------------------------------------------------------


def test_several_files_are_one_plan(run, new_store, table):
    other = table(HEADER + ROWS.replace("15/03/23", "03/05/23"), "other file.tsv")
    done = run("import", table(), other, "--yes")
    assert done.stdout.startswith(
        "log.tsv: 3 rows\nother file.tsv: 3 rows\n  5 new      0 changed      1 unchanged"
    )
    assert len(records(new_store)) == 5


@pytest.mark.parametrize("good_first", [True, False])
def test_one_bad_file_refuses_all(run, new_store, table, good_first):
    before = new_store.read_bytes()
    files = [table(), table("A sentence.\n", "bad.csv")]
    done = run("import", *(files if good_first else files[::-1]), "--yes", exit_code=1)
    assert done.stderr == (
        f"Error: {files[1]} holds no table in the format its name says (csv); "
        "export the table again.\n"
    )
    assert new_store.read_bytes() == before


def test_every_bad_file_is_named(run, new_store, table):
    files = [table("A sentence.\n", "bad.csv"), table("Another.\n", "worse.tsv")]
    done = run("import", *files, "--yes", "--json", exit_code=1)
    assert [problem["file"] for problem in plan_of(done)["problems"]] == ["", ""]
    assert files[0] in done.stderr
    assert files[1] in done.stderr
    assert done.stderr.endswith("Nothing was imported.\n")


def test_options_tell_what_the_table_lacks(run, new_store, table):
    path = table("Actions,Owner\nSend a note.,Ann Bell\n", "log.txt")
    refused = run("import", path, "--yes", exit_code=1)
    assert "no column gives the date of the meeting; say it with --meeting." in refused.stderr
    told = ("--meeting", "15 March 2023", "--type", "Formal", "--format", "csv")
    run("import", path, "--yes", *told)
    (record,) = records(new_store)
    assert (record.meeting.key, record.owners) == ("2023-03-15-formal", ("Ann Bell",))


def test_a_meeting_that_states_its_year_keeps_it(run, new_store, table):
    run("add", "--meeting", "2023-05-17", "--type", "formal", "--year", "2022/23",
        "--item", "1", "--action", "Act")  # fmt: skip
    run("import", table(HEADER + ROWS.replace("15/03/23", "17/05/23")), "--yes")
    assert {r.meeting.year for r in records(new_store)} == {"2022/23"}


def test_a_missing_store_is_said_before_anything_else_is_written(run, table, store_path):
    done = run("import", table(), "--yes", exit_code=1)
    assert "There is no store" in done.stderr
    assert not store_path.exists()


# --- how it looks -----------------------------------------------------------------------------


def test_long_plans_are_cut(run, new_store, table):
    row = "Formal\t15/03/23\t5. Homes\tAction {}\tAnn Bell\tWork is under way\tCompleted\n"
    done = run("import", table(HEADER + "".join(row.format(n) for n in range(600))), "--yes")
    assert "  600 new      0 changed      0 unchanged      600 to look at\n" in done.stdout
    assert done.stdout.splitlines()[-2] == "  … and 580 more"
    assert len(done.stdout.splitlines()) == 2 + 3 + 2 + 20 * 3 + 2


def test_a_bar_is_shown_on_a_terminal_only(run, new_store, table, monkeypatch):
    row = "Formal\t15/03/23\t5. Homes\tAction {}\tAnn Bell\t\t\n"
    path = table(HEADER + "".join(row.format(n) for n in range(501)))
    bars = []

    class Bar:
        def __init__(self, entries, **options):
            bars.append((len(entries), options["label"]))
            self.entries = entries

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_error):
            return None

    monkeypatch.setattr("click.progressbar", Bar)
    run("import", path, "--dry-run")
    assert bars == []
    monkeypatch.setattr("cpctrack.cli.commands.import_.sys", SimpleNamespace(stderr=Terminal()))
    run("import", path, "--dry-run")
    run("--quiet", "import", path, "--dry-run")
    run("import", table(), "--dry-run")
    assert bars == [(501, "Reading the rows")]


class Terminal:
    def isatty(self):
        return True


def test_other_columns_tables_and_lines_are_told(run, new_store, table):
    page = (
        "<table><tr><th>Glossary</table>"
        "<table><tr><th>Meeting<th>Actions<th>Ward<th>Priority</tr>"
        "<tr><td colspan=4>What the Forum asked for</tr>"
        "<tr><td>Formal 15/3/2023<td>Send a note.<td>East<td>High</tr></table>"
    )
    done = run("import", table(page, "log.html"), "--yes")
    assert done.stdout.startswith(
        "log.html: 1 row of 1 meeting, 1 other table passed over\n  1 new"
    )
    assert done.stdout.endswith(
        "Other columns, kept with each action: “Ward”, “Priority”\n"
        'Say what one of them means, as in --column "Ward=owner"; the layout then knows it.\n'
    )
    (record,) = records(new_store)
    assert record.item == "What the Forum asked for"
    assert record.printed == {
        "Heading above": "What the Forum asked for", "Ward": "East", "Priority": "High",
    }  # fmt: skip
    edited = table(page.replace("East", "West"), "log.html")
    assert "Priority: High; Ward: West\n" in run("import", edited, "--yes").stdout


def test_how_a_table_was_read_is_told(run, new_store, table):
    text = "Ref\tAction\tOwner\nRoads\t\t\n1\tMend it.\tAnn\n"
    said = ("--meeting", "15/3/2023", "--type", "formal", "--dry-run")
    done = run("import", table(text), *said)
    assert "\nHow it was read\n  1 row over others gave their item.\n" in done.stdout
    (note,) = plan_of(run("import", table(text), *said, "--json"))["notes"]
    assert note == {"file": "log.tsv", "text": "1 row over others gave their item."}


def test_hostile_text_does_not_reach_the_terminal(run, new_store, table):
    text = HEADER + ROWS.replace("Ask the Forum.", "\x1b[31mAsk\u202e the Forum.")
    done = run("import", table(text), "--yes")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c", "a x c", ("a b c", "a x c")),
        ("", "new", ("", "new")),
        ("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 x 9", ("… 4 5 6 7 8 9", "… 4 5 6 7 x 9")),
        ("old 1 2 3 4 5 6", "new 1 2 3 4 5 6", ("old 1 2 3 4 …", "new 1 2 3 4 …")),
        ("a a a", "a a", ("a a a", "a a")),
    ],
)
def test_a_difference_is_cut_to_its_words(before, after, shown):
    assert differing(before, after) == shown


def test_a_long_difference_is_cut_in_its_middle():
    before, after = differing("a", " ".join(map(str, range(100))))
    assert before == "a"
    assert after.split()[:3] == ["0", "1", "2"]
    assert after.split()[19:22] == ["19", "…", "80"]


def test_a_long_change_takes_lines_of_its_own(run, new_store, table):
    run("import", table(), "--yes")
    text = " ".join(f"word{n}" for n in range(30))
    done = run("import", table((HEADER + ROWS).replace("Visited", text)), "--dry-run")
    assert f"    response:\n        - Visited\n        + {text}\n" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the colours are POSIX escapes here")
def test_colours_are_for_a_terminal_that_wants_them(run, new_store, table):
    assert "\x1b[32m\x1b[1m3 new\x1b[0m" in run("import", table(), "--dry-run", color=True).stdout
    assert import_plan.SHOWN == 20


def test_the_plan_says_once_when_words_are_due(run, new_store, table):
    words = ("next meeting", "end of August", "End of August", "June 2023", "Ongoing",
             "1/9/2023", "Spring term", "27 July", "in 6 weeks", "by Christmas")  # fmt: skip
    rows = [f"Formal\t15/3/2023\t{n}\tThing {n}.\tHead\t{due}" for n, due in enumerate(words)]
    heading = "Meeting Type\tMeeting Date\tItem\tActions\tReferred to\tDue Date"
    file = table("\n".join([heading, *rows, rows[1].replace("Thing 1", "Other")]))
    shown = run("import", str(file), "--yes").stdout
    part = shown.partition("When words are due")[2].partition("\n\n")[0]
    assert part.rstrip() == (
        ": 7 due dates in words; a day without its year is the next one\n"
        "  “next meeting” falls due once the store knows that meeting (“cpctrack meeting”)\n"
        "  “end of August” is read as 31 August 2023\n"
        "  “End of August” is read as 31 August 2023\n"
        "  “Spring term” is read as 31 March 2023\n"
        "  “27 July” is read as 27 July 2023\n"
        "  … and 2 more"
    )
    assert "When words are due" not in run("import", str(file), "--yes").stdout
