"""``cpctrack minutes`` learns from a walk, shows what it learnt, and forgets it."""

import json
import re
import sys

import pytest

TEXT = """\
CORPORATE PARENTING COMMITTEE
Minutes of the meeting held on {day}

1. News
ACTION: Clerk to order the bulbs.
ACTION: Warden to oil the gate.
ACTION: Clerk to count the chairs.
2. Hall
ACTION: JB to book the hall.
"""


@pytest.fixture
def file(tmp_path):
    """Write minutes of a day."""

    def write(day="15 March 2023", text=TEXT):
        path = tmp_path / f"{day}.txt"
        path.write_text(text.format(day=day), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Let the editor write a name for JB."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8').replace('JB\\n======', 'Jo Bell\\n======')\n"
        "path.write_text(text, 'utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')


@pytest.fixture
def taught(run, new_store, file, at_a_terminal):
    """Go through minutes: skip all news, accept what is of the hall."""
    return run("minutes", file(), "--type", "formal", input="kkks")


def shown(run):
    return json.loads(run("minutes", "--habits", "--json").stdout)


def test_a_walk_teaches_in_the_write_that_saves(run, taught, document):
    assert taught.stdout == "CPC-2223-001\n"
    rows = document()["habits"]
    assert rows["heading: news"] == {"left": 3}
    assert shown(run)["headings"] == [{"heading": "news", "earlier": True, "taken": 0, "left": 3}]
    assert rows["feature: any"]["taken"] == 1
    assert rows["feature: any"]["left"] == 3
    done = run("undo", "--yes")
    assert f"what minutes taught: {len(rows)} habits\n" in done.stdout
    assert "habits" not in document()
    run("redo", "--yes")
    assert document()["habits"] == rows


def test_minutes_are_read_by_what_was_learnt(run, new_store, file, document):
    text = TEXT.replace("ACTION: Clerk to count the chairs.", "§ Bench, new slats.")
    path = file(text=text)

    def marked():
        drafts = json.loads(run("minutes", path, "--json").stdout)["drafts"]
        return [each["line"] for each in drafts if each["marked"]]

    assert 7 not in marked()
    held = {**document(), "habits": {"feature: sign §": {"taken": 3}}}
    new_store.write_text(json.dumps(held), encoding="utf-8")
    assert 7 in marked()
    assert shown(run)["signs"] == [{"sign": "§", "marks": True, "taken": 3, "left": 0}]


def test_skipping_all_is_learnt_from_and_told(run, new_store, file, at_a_terminal, document):
    meeting = ("--meeting", "15/3/2023", "--type", "formal", "--item", "9. Bell")
    run("add", *meeting, "--action", "Ring the bell")
    done = run("minutes", file(), "--type", "formal", input="kkkk")
    assert "Nothing was accepted; what you skipped was learnt from.\nWritten to" in done.stderr
    assert document()["habits"]["feature: any"]["left"] == 4
    assert len(document()["actions"]) == 1


def test_nobody_decided_in_a_script_or_who_left(run, new_store, file, document, at_a_terminal):
    run("minutes", file(), "--type", "formal", "--yes")
    assert "habits" not in document()
    run("undo", "--yes")
    run("minutes", file(), "--type", "formal", input="kq")
    run("minutes", file(), "--type", "formal", input="kk", exit_code=1)
    assert "habits" not in document()


def test_where_all_is_known_the_file_stays_as_it_is(run, new_store, file, at_a_terminal):
    run("minutes", file(), "--type", "formal", input="ssss")
    before = new_store.read_bytes()
    run("minutes", file(), "--type", "formal")
    assert new_store.read_bytes() == before


def test_exempt_minutes_teach_nothing(run, new_store, file, document, at_a_terminal):
    run("minutes", file(), "--type", "formal", "--exempt", "3", input="kkks")
    assert "habits" not in document()


def test_a_name_written_for_initials_is_used_from_then_on(
    run, new_store, file, document, at_a_terminal, editor
):
    run("minutes", file(), "--type", "formal", input="kkkes")
    assert document()["habits"]["initials: JB"] == {"name": "Jo Bell", "taken": 1}
    run("minutes", file("19 April 2023"), "--type", "formal", "--yes")
    records = document()["actions"].values()
    later = [one for one in records if one["meeting"] == "2023-04-19-formal"]
    owners = {(*one["owners"], one["owner_text"]) for one in later if "hall" in one["action"]}
    assert owners == {("Jo Bell", "JB")}


def test_habits_are_shown_in_words(run, new_store, file, at_a_terminal, editor):
    nothing = run("minutes", "--habits")
    assert nothing.stderr.startswith("Nothing was learnt yet")
    run("minutes", file(), "--type", "formal", input="kkkes")
    words = run("minutes", "--habits").stdout
    assert "Initials\n  JB: Jo Bell\n" in words
    assert "Headings of earlier actions\n  news: accepted 0, skipped 3\n" in words
    weights = words.partition("\nWeights: ")[2].splitlines()[1:]
    assert len(weights) == 10
    shape = re.compile(r"  .+: [−+]0\.\d\d \(accepted [01], skipped [0-3]\)")
    assert [line for line in weights if not shape.fullmatch(line)] == []


def test_habits_in_json(run, taught):
    held = shown(run)
    assert list(held) == ["signs", "initials", "headings", "offered", "weights"]
    every = next(each for each in held["weights"] if each["feature"] == "any")
    assert (every["taken"], every["left"]) == (1, 3)
    assert type(every["weight"]) is int


def test_one_thing_or_all_is_forgotten_and_comes_back(run, taught, document):
    before = document()["habits"]
    done = run("minutes", "--forget", "News", "--yes")
    assert done.stderr == "Forgot 1 habit; “cpctrack undo” brings back what was forgotten.\n"
    assert "heading: news" not in document()["habits"]
    run("minutes", "--forget", "--yes")
    assert "habits" not in document()
    run("undo", "--yes")
    run("undo", "--yes")
    assert document()["habits"] == before


def test_a_group_is_forgotten(run, taught, document):
    run("minutes", "--forget", "weights", "--yes")
    assert list(document()["habits"]) == ["heading: news"]


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("signs", ["feature: any", "initials: JB"]),
        ("§", ["feature: any", "initials: JB"]),
        ("jb", ["feature: any", "feature: sign §"]),
        ("initials", ["feature: any", "feature: sign §"]),
        ("any", ["feature: sign §", "initials: JB"]),
    ],
)
def test_things_have_names(run, new_store, document, what, left):
    rows = {"feature: any": {}, "feature: sign §": {"left": 1}, "initials: JB": {"name": "Jo Bell"}}
    new_store.write_text(json.dumps({**document(), "habits": rows}), encoding="utf-8")
    run("minutes", "--forget", what, "--yes")
    assert list(document()["habits"]) == left


def test_forgetting_asks(run, taught, document):
    done = run("minutes", "--forget", "news", input="n\n")
    assert "Forget 1 habit of “news”? [y/N]: " in done.stderr
    assert "heading: news" in document()["habits"]
    run("minutes", "--forget", input="y\n")
    assert "habits" not in document()


def test_without_a_terminal_forgetting_needs_yes(run, taught, document):
    done = run("--no-input", "minutes", "--forget", exit_code=2)
    assert (
        done.stderr
        == "Error: This needs a yes. Run: cpctrack minutes … --yes (or --dry-run, to look only)\n"
    )


def test_what_was_never_learnt_is_said(run, new_store):
    done = run("minutes", "--forget", "song", "--yes", exit_code=1)
    assert "Nothing called “song” was learnt" in done.stderr
    done = run("minutes", "--forget", "--yes", exit_code=1)
    assert "Nothing was learnt" in done.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("--dry-run",), ("x.txt", "--habits"), ("--habits", "--forget"),
                  ("x.txt", "--forget", "news")],
)  # fmt: skip
def test_a_file_goes_with_reading_only(run, new_store, arguments):
    done = run("minutes", *arguments, exit_code=2)
    assert "FILE" in done.stderr


def test_hostile_rows_do_no_harm(run, new_store, document, file):
    held = document()
    held["habits"] = {
        "initials: X\x1b[2J": {"name": "Y\x1b[2J"},
        "feature: sign \x1b": {"taken": 9},
        "feature: any": {"weight": "much"},
        "heading": {"left": []},
    }
    new_store.write_text(json.dumps(held), encoding="utf-8")
    assert "\x1b" not in run("minutes", "--habits").stdout
    run("minutes", file(), "--type", "formal", "--dry-run")
    problems = json.loads(run("check", "--json", exit_code=1).stdout)
    assert [each["ref"] for each in problems if each["name"] == "unreadable-habit"] == [
        "feature: any",
        "heading",
    ]
    run("minutes", "--forget", "--yes")
    assert "habits" not in document()
