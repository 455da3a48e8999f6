"""``minutes --why`` looks only, and tells a clerk or a script why a line is what it is."""

import json

import pytest

TEXT = """MINUTES OF THE PARKS COMMITTEE HELD ON 12 JULY 2022

1. PONDS

The Ranger spoke at length of the heron.

AGREED ACTIONS

1. The Ranger would count the ducks by 3 May 2023.

2. PATHS

The Clerk would phone the owner of the heron.
"""


@pytest.fixture
def march(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "march.txt").write_text(TEXT, encoding="utf-8")
    return "march.txt"


def test_without_a_line_all_drafts_and_offered_lines_are_explained(run, march):
    shown = run("minutes", march, "--why").stdout.splitlines()
    assert shown[:5] == [
        "march.txt: 1 drafted, 1 offered",
        "",
        "Drafted",
        "  line 9, 1. PONDS",
        "    The Ranger would count the ducks by 3 May 2023.",
    ]
    words = " ".join(" ".join(shown).split())
    assert "20 % is enough below a heading or label of actions." in words
    assert "It stands below the heading “AGREED ACTIONS” (line 7), which marks actions." in words
    assert "Offered: not marked as actions line 13, 2. PATHS The Clerk would phone" in words
    assert "for it:" in words
    assert "against it:" in words
    assert shown[-1] == "For all about a line, say which: --why LINE"


def test_a_line_is_explained_in_full_with_a_table_for_and_against(run, march):
    shown = run("minutes", march, "--why", "9").stdout.splitlines()
    assert shown[0] == "march.txt, line 9: drafted"
    assert "  - It is of the agenda item “1. PONDS” (line 3)." in shown
    sides = [line for line in shown if line.endswith(" points")]
    assert [side.split(":")[0].strip() for side in sides] == ["For it", "Against it"]
    assert any(line.endswith("  right below the heading that says action") for line in shown)
    assert shown[-1].startswith("  Together +")
    assert shown[-1].endswith(" % sure.")


def test_a_line_without_a_statement_says_what_it_is(run, march):
    assert run("minutes", march, "--why", "7").stdout == (
        "march.txt, line 7\n"
        "    AGREED ACTIONS\n"
        "\n"
        "  It is a heading over what stands below it, and says actions.\n"
    )
    assert run("minutes", march, "--why", "2").stdout == "march.txt, line 2\n\n  It is empty.\n"


@pytest.mark.parametrize(
    "order",
    [("--why", "march.txt"), ("--why", "--", "march.txt"), ("--why", "march.txt", "--dry-run")],
)
def test_what_follows_may_be_the_file(run, march, order):
    assert run("minutes", *order).stdout == run("minutes", march, "--why").stdout


@pytest.mark.parametrize("line", ["0", "14", "99999999999"])
def test_a_line_that_is_not_there_is_wrong_usage(run, march, line):
    done = run("minutes", march, "--why", line, exit_code=2)
    assert done.stderr == f"Error: There is no line {line} in march.txt; it ends with line 13.\n"
    assert done.stdout == ""


def test_json_tells_the_same(run, march):
    told = json.loads(run("minutes", march, "--why", "9", "--json").stdout)
    (one,) = told["reasons"]
    assert (told["file"], told["line"], told["problems"]) == ("march.txt", 9, [])
    assert {name: one[name] for name in ("line", "text", "verdict", "reason", "item")} == {
        "line": 9, "text": "The Ranger would count the ducks by 3 May 2023.",
        "verdict": "drafted", "reason": "sure", "item": "1. PONDS",
    }  # fmt: skip
    assert one["score"] >= one["needed"] == 0.2
    assert {"what": "it says when", "words": False} in [
        {"what": each["what"], "words": each["words"]} for each in one["weighed"]
    ]
    every = json.loads(run("minutes", march, "--why", "--json").stdout)
    assert every["line"] is None
    assert [each["line"] for each in every["reasons"]] == [9, 13]
    assert all(len(each["weighed"]) == 4 for each in every["reasons"])


def test_it_needs_neither_store_nor_day_and_writes_nothing(run, march, tmp_path, store_path):
    (tmp_path / march).write_text(TEXT.partition(" HELD")[0] + TEXT[TEXT.index("\n") :], "utf-8")
    before = sorted(tmp_path.iterdir())
    done = run("minutes", march, "--why", "--yes")
    assert done.stderr == ""
    assert sorted(tmp_path.iterdir()) == before
    assert not store_path.exists()


def test_a_store_is_left_as_it_is(run, march, new_store):
    before = new_store.read_bytes()
    run("minutes", march, "--why", "9")
    assert new_store.read_bytes() == before


def test_decisions_are_explained_where_they_are_asked_for(run, march, tmp_path):
    (tmp_path / march).write_text(
        f"{TEXT}\n3. ACCOUNTS\n\nRESOLVED that the accounts be approved.\n", encoding="utf-8"
    )
    assert "Only decided" not in run("minutes", march, "--why").stdout
    assert "\nOnly decided\n  line 17, 3. ACCOUNTS\n" in run(
        "minutes", march, "--why", "--all"
    ).stdout  # fmt: skip


def test_what_a_document_holds_disturbs_no_terminal(run, march, tmp_path):
    (tmp_path / march).write_text(
        TEXT.replace("the ducks", "the \x1b[31mducks").replace("PONDS", "PO\x1b]0;xNDS"), "utf-8"
    )
    for arguments in ((), ("9",)):
        assert "\x1b" not in run("minutes", march, "--why", *arguments).stdout


def test_a_narrow_window_breaks_lines(run, march, monkeypatch):
    monkeypatch.setattr("cpctrack.cli.commands.minutes.window", lambda: 60)
    for arguments in ((), ("9",)):
        shown = run("minutes", march, "--why", *arguments).stdout.splitlines()
        assert max(map(len, shown)) <= 60
