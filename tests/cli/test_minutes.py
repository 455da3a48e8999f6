import json
import os
import sys
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from cpctrack.cli.dialogue.walking import Picks
from cpctrack.cli.main import main
from cpctrack.errors import ImportRefusedError
from cpctrack.minutes.base import Found, Minutes, MinutesDraft
from cpctrack.store import store

PARKS = "The Head of Parks would give Members a list of play areas that close at dusk."
TREES = "The Tree Officer would bring a policy on hedges to the next meeting."
COACH = "Ann Bell to book a coach for the visit to the depot."
SHED = "Members asked whether the shed would be painted, and would be told."
NOTED = "That the report be noted."


def draft(text, line, item="5. Parks", **other):
    number, _, title = item.partition(". ")
    fields = {
        "line": line, "item": item, "item_number": number, "item_title": title, "text": text,
        "printed": text, "lead_in": "", "owner": "", "kind": "action", "marked": True,
        "due_text": "", "due": "", "source": f"{line}. {text}",
    }  # fmt: skip
    return MinutesDraft(**{**fields, **other})


DRAFTS = (
    draft(PARKS, 12, owner="Head of Parks"),
    draft(SHED, 15, marked=False),
    draft(TREES, 20, "6. Trees", owner="Tree Officer", due_text="next meeting"),
    draft(NOTED, 22, "6. Trees", kind="resolution"),
    draft(COACH, 31, "7. Visits", owner="Ann Bell/Ben Carr", due_text="1/9/2023", due="2023-09-01"),
)
FOUND = Found("2023-03-15", "formal", "Corporate Parenting Committee", 3)


@pytest.fixture
def minutes(monkeypatch):
    """Let the command find these drafts, whatever the file holds; gives the file's name."""

    def say(*drafts, found=FOUND):
        monkeypatch.setattr(
            "cpctrack.cli.commands.minutes._read",
            lambda _file, _own: SimpleNamespace(minutes=Minutes(found, (), drafts or DRAFTS)),
        )
        return "march.txt"

    return say


@pytest.fixture
def plan(run):
    def show(*arguments):
        return json.loads(run("minutes", *arguments, "--json").stdout)

    return show


def records(path):
    return sorted(store.read(path).records, key=lambda record: record.ref)


def texts(path):
    return [record.text for record in records(path)]


# --- looking ----------------------------------------------------------------------------------


def test_plan_says_whom_initials_mean_and_where_nobody_is_named(run, new_store, minutes):
    named = draft(COACH, 31, owner="AB", meant="Ann Bell")
    printed = run("minutes", minutes(named, draft(PARKS, 12)), "--dry-run").stdout
    assert "referred to: AB (Ann Bell)\n" in printed
    assert "referred to: nobody is named\n" in printed


def test_record_has_initials_written_out(run, new_store, minutes):
    run("minutes", minutes(draft(COACH, 31, owner="AB", meant="Ann Bell")), "--yes")
    (record,) = records(new_store)
    assert (record.owner_text, record.owners) == ("AB", ("Ann Bell",))


def test_a_dry_run_shows_everything_and_writes_nothing(run, new_store, minutes):
    before = new_store.read_bytes()
    done = run("minutes", minutes(), "--dry-run", "--yes")
    assert done.stdout == (
        "march.txt: minutes of the Corporate Parenting Committee, 15 March 2023, formal\n"
        "3 new, 0 known, 0 to look at, 1 said in passing\n"
        "\n"
        "New\n"
        "  line 12, 5. Parks\n"
        f"    {PARKS}\n"
        "    referred to: Head of Parks\n"
        "  line 20, 6. Trees\n"
        f"    {TREES}\n"
        "    referred to: Tree Officer\n"
        "    due: next meeting\n"
        "  line 31, 7. Visits\n"
        f"    {COACH}\n"
        "    referred to: Ann Bell/Ben Carr\n"
        "    due: 1/9/2023\n"
        "\n"
        "When words are due: 1 due date in words; a day without its year is the next one\n"
        "  “next meeting” falls due once the store knows that meeting (“cpctrack meeting”)\n"
        "\n"
        "Said in passing: not marked as actions; saved only where you pick them\n"
        f"  line 15, 5. Parks: {SHED}\n"
    )
    assert done.stderr == "Only shown, as --dry-run asks: nothing was written.\n"
    assert new_store.read_bytes() == before


def test_json_is_what_the_contract_says(new_store, minutes, plan):
    found = plan(minutes())
    assert {name: found[name] for name in found if name != "drafts"} == {
        "new": 3, "known": 0, "unclear": 0, "candidates": 1, "problems": [],
        "meeting_date": "2023-03-15", "meeting_type": "formal",
        "committee": "Corporate Parenting Committee",
    }  # fmt: skip
    assert [(one["line"], one["marked"]) for one in found["drafts"]] == [
        (12, True), (15, False), (20, True), (31, True),
    ]  # fmt: skip
    assert found["drafts"][3] == {
        "line": 31, "item": "7. Visits", "item_number": "7", "item_title": "Visits",
        "text": COACH, "printed": COACH, "lead_in": "", "owner": "Ann Bell/Ben Carr",
        "owners": ["Ann Bell", "Ben Carr"], "kind": "action", "marked": True,
        "due_text": "1/9/2023", "due": "2023-09-01", "source": f"31. {COACH}",
        "meeting_date": "2023-03-15", "meeting_type": "formal", "known": None, "near": [],
        "saved": None, "exempt": False, "exempt_paragraph": "", "doubts": [],
    }  # fmt: skip
    assert found["drafts"][0]["due"] is None
    assert records(new_store) == []


def test_all_shows_resolutions_too(run, new_store, minutes, plan):
    found = plan(minutes(), "--all")
    assert found["new"] == 4
    assert [one["kind"] for one in found["drafts"]].count("resolution") == 1
    assert f"  line 22, 6. Trees (decision)\n    {NOTED}\n" in (
        run("minutes", minutes(), "--all", "--dry-run").stdout
    )


def test_a_refused_file_is_one_sentence_and_json(run, new_store, monkeypatch):
    def refuse(_file, _own):
        raise ImportRefusedError("march.pdf holds no text.")

    monkeypatch.setattr("cpctrack.cli.commands.minutes._read", refuse)
    done = run("minutes", "march.pdf", "--json", exit_code=1)
    assert done.stderr == "Error: march.pdf holds no text.\n"
    assert json.loads(done.stdout) == {
        "new": 0, "known": 0, "unclear": 0, "candidates": 0, "drafts": [],
        "problems": [{"file": "march.pdf", "line": 0, "message": "march.pdf holds no text."}],
    }  # fmt: skip
    assert run("minutes", "march.pdf", "--yes", exit_code=1).stdout == ""


def test_hostile_text_does_not_reach_the_terminal(run, new_store, minutes):
    bad = "\x1b[31mPaint\u202e the\x9b shed with [bold]care[/bold] and a coat of varnish."
    name = minutes(
        draft(bad, 1, bad, owner=bad, due_text=bad), draft(bad, 2, marked=False),
        found=FOUND._replace(committee=bad),
    )  # fmt: skip
    shown = run("minutes", name, "--yes")
    for unsafe in "\x1b\u202e\x9b":
        assert unsafe not in shown.stdout + shown.stderr
        assert unsafe not in run("minutes", name, "--json").stdout
        assert unsafe not in new_store.read_text("utf-8")
    assert texts(new_store) == ["[31mPaint the shed with [bold]care[/bold] and a coat of varnish."]


# --- saving without asking ----------------------------------------------------------------------


def test_yes_saves_what_is_marked(run, new_store, minutes):
    done = run("minutes", minutes(), "--yes")
    assert "\nSaved\n  CPC-2223-001, line 12, 5. Parks\n" in done.stdout
    assert done.stderr == f"Written to {new_store}; “cpctrack undo” takes it back.\n"
    parks, trees, coach = records(new_store)
    assert (parks.meeting.key, parks.item, parks.action, parks.owners, parks.owner_text) == (
        "2023-03-15-formal", "5. Parks", PARKS, ("Head of Parks",), "Head of Parks",
    )  # fmt: skip
    assert (trees.due, trees.due_text) == ("", "next meeting")
    assert (coach.due, coach.owners) == ("2023-09-01", ("Ann Bell", "Ben Carr"))
    (first,) = parks.history
    assert (first.what, first.via, first.after) == ("imported", "minutes", "march.txt, line 12")
    assert (parks.kind.value, parks.status.value) == ("action", "open")
    assert (parks.exempt, dict(parks.printed)) == (False, {})


def test_the_same_minutes_again_are_known(run, new_store, minutes, plan):
    assert plan(minutes(), "--yes")["drafts"][0]["saved"] == "CPC-2223-001"
    before = new_store.read_bytes()
    found = plan(minutes(), "--yes")
    assert (found["new"], found["known"], found["candidates"]) == (0, 3, 1)
    assert [one["known"] for one in found["drafts"]] == [
        "CPC-2223-001", None, "CPC-2223-002", "CPC-2223-003",
    ]  # fmt: skip
    done = run("minutes", minutes(), "--yes")
    assert f"\nKnown already\n  CPC-2223-001, line 12: {PARKS[:69].rstrip()}…\n" in done.stdout
    assert done.stderr == "Nothing was new, so nothing was written.\n"
    assert new_store.read_bytes() == before


def test_one_undo_takes_all_of_it_back(run, new_store, minutes):
    run("minutes", minutes(), "--yes", "--all")
    assert len(records(new_store)) == 4
    run("undo", "--yes")
    assert records(new_store) == []


def test_kinds_become_what_they_are(run, new_store, minutes):
    name = minutes(draft(NOTED, 1, kind="resolution"), draft(PARKS, 2, kind="recommendation"))
    shown = run("minutes", name, "--yes", "--all").stdout
    assert "CPC-2223-001, line 1, 5. Parks (decision)" in shown
    assert "CPC-2223-002, line 2, 5. Parks (recommendation)" in shown
    decision, recommendation = records(new_store)
    assert (decision.kind.value, decision.status.value, decision.action) == (
        "decision", "no-follow-up", NOTED,
    )  # fmt: skip
    assert (recommendation.kind.value, recommendation.recommendation, recommendation.action) == (
        "recommendation", PARKS, "",
    )  # fmt: skip


def test_the_printed_words_stand_beside_a_text_that_is_not_theirs(run, new_store, minutes, plan):
    name = minutes(draft("The Head of Parks would provide: a list", 4, printed="A list"))
    run("minutes", name, "--yes")
    assert records(new_store)[0].printed == {"Minutes": "A list"}
    assert plan(name)["known"] == 1


def test_what_is_near_is_neither_saved_nor_called_known(run, new_store, minutes, plan):
    run("minutes", minutes(), "--yes")
    other = draft(PARKS.replace("dusk", "noon").replace("list", "map"), 12, owner="Head of Parks")
    name = minutes(other, *DRAFTS[1:])
    done = run("minutes", name, "--yes")
    assert "0 new, 2 known, 1 to look at, 1 said in passing" in done.stdout
    assert f"    like CPC-2223-001 (formal): {PARKS[:20]}" in done.stdout
    assert done.stderr == (
        "Nothing was new, so nothing was written.\n"
        "What is to look at was not saved; on a terminal, without --yes, you are asked.\n"
    )
    found = plan(name)
    assert (found["new"], found["known"], found["unclear"]) == (0, 2, 1)
    assert (found["drafts"][0]["known"], found["drafts"][0]["near"]) == (None, ["CPC-2223-001"])
    assert len(records(new_store)) == 3


def test_without_a_terminal_it_needs_yes(run, new_store, minutes):
    done = run("minutes", minutes(), exit_code=2)
    assert (
        "This needs a yes. Run: cpctrack minutes … --yes (or --dry-run, to look only)"
        in done.stderr
    )


def test_a_missing_store_is_said(run, minutes, store_path):
    assert "There is no store" in run("minutes", minutes(), "--yes", exit_code=1).stderr
    assert not store_path.exists()


# --- which meeting ------------------------------------------------------------------------------


def test_options_stand_over_the_text_and_a_difference_is_told(run, new_store, minutes):
    told = ("--meeting", "16/3/2023", "--type", "informal")
    done = run("minutes", minutes(), "--yes", *told)
    assert done.stderr.startswith(
        "The minutes say 15 March 2023, you say 16 March 2023; it was taken as you say.\n"
        "The minutes say formal, you say informal; it was taken as you say.\n"
    )
    assert {record.meeting.key for record in records(new_store)} == {"2023-03-16-informal"}
    again = run("--quiet", "minutes", minutes(), "--yes", "--meeting", "15/3/2023")
    assert again.stderr == ""


def test_what_the_text_does_not_say_is_told_or_assumed(run, new_store, minutes):
    name = minutes(found=Found())
    refused = run("minutes", name, "--yes", exit_code=1)
    assert refused.stderr == (
        "Error: march.txt does not say on which day the meeting was; say it with --meeting.\n"
    )
    done = run("minutes", name, "--yes", "--meeting", "15/3/2023")
    assert done.stderr.startswith("Nothing says what type of meeting it was; it is taken")
    assert {record.meeting.key for record in records(new_store)} == {"2023-03-15-formal"}


def test_a_doubt_of_the_day_is_told(run, new_store, minutes):
    name = minutes(found=Found(doubt="“5/4/2023” can be two days"))
    refused = run("minutes", name, "--yes", exit_code=1)
    assert refused.stderr == (
        "Error: march.txt does not say on which day the meeting was (“5/4/2023” can be two days); "
        "say it with --meeting.\n"
    )


def test_without_a_day_one_can_still_look(run, new_store, minutes, plan):
    name = minutes(found=Found())
    done = run("minutes", name, "--dry-run")
    assert done.stdout.startswith("march.txt: minutes, of an unknown day\n3 new, 0 known")
    assert "say it with --meeting. Without it nothing can be known already." in done.stderr
    assert plan(name)["meeting_date"] is None


def test_the_type_is_the_one_that_the_store_knows(run, new_store, minutes):
    run("add", "--meeting", "15/3/2023", "--type", "informal", "--item", "1", "--action", "Act")
    run("minutes", minutes(found=Found("2023-03-15")), "--yes")
    assert {record.meeting.key for record in records(new_store)} == {"2023-03-15-informal"}


def test_another_committee_is_told(run, new_store, minutes):
    named = FOUND._replace(committee="Licensing Committee")
    done = run("minutes", minutes(found=named), "--yes")
    assert done.stderr.startswith(
        "These are minutes of the Licensing Committee; the store is the Corporate Parenting "
        "Committee’s.\n"
    )
    assert len(records(new_store)) == 3


@pytest.mark.parametrize(
    "name", ["", "CPC", "Marlowe Council Corporate Parenting Committee", "CORPORATE PARENTING"]
)
def test_a_committee_has_several_names(run, new_store, minutes, name):
    assert run("minutes", minutes(found=FOUND._replace(committee=name)), "--json").stderr == ""


# --- on a terminal ------------------------------------------------------------------------------


def test_it_walks_through_the_drafts(run, new_store, minutes, at_a_terminal):
    done = run("minutes", minutes(), input="sk\n\n")
    assert done.stdout == "CPC-2223-001\nCPC-2223-002\n"
    assert "1 of 3 · line 12, 5. Parks\n  │ 12. The Head of Parks would" in done.stderr
    assert f"  {PARKS}\n  Head of Parks\n" in done.stderr
    assert "  Ann Bell/Ben Carr · due 1 September 2023\n" in done.stderr
    assert "k skip, b back, a all certain, q quit, ? help\n[s]: " in done.stderr
    assert texts(new_store) == [PARKS, COACH]


def test_what_was_skipped_is_asked_again_and_what_is_known_is_not(
    run, new_store, minutes, at_a_terminal
):
    run("minutes", minutes(), input="sks\n")
    done = run("minutes", minutes(), input="s\n")
    assert "1 new, 2 known" in done.stderr
    assert "1 of 1 · line 20, 6. Trees" in done.stderr
    assert texts(new_store) == [PARKS, COACH, TREES]


def test_quitting_saves_what_was_accepted_in_one_write(run, new_store, minutes, at_a_terminal):
    done = run("minutes", minutes(), input="sq")
    assert done.stdout == "CPC-2223-001\n"
    assert "Said in passing" not in done.stderr
    run("undo", "--yes")
    assert texts(new_store) == []
    done = run("minutes", minutes(), input="q")
    assert done.stdout == ""
    assert done.stderr.endswith("Nothing was accepted, so nothing was written.\n")


def test_where_all_is_known_nothing_is_asked(run, new_store, minutes, at_a_terminal):
    run("minutes", minutes(DRAFTS[0]), "--yes")
    done = run("minutes", minutes(DRAFTS[0]))
    assert done.stderr == (
        "march.txt: minutes of the Corporate Parenting Committee, 15 March 2023, formal\n"
        "0 new, 1 known, 0 to look at, 0 said in passing\n"
        "Nothing was new, so nothing was written.\n"
    )


def test_leaving_writes_nothing(run, new_store, minutes, at_a_terminal):
    before = new_store.read_bytes()
    done = run("minutes", minutes(), input="s", exit_code=1)
    assert done.stderr.endswith("Nothing was saved.\n")
    assert new_store.read_bytes() == before


def test_a_wrong_answer_is_asked_again(run, new_store, minutes, at_a_terminal):
    done = run("minutes", minutes(draft(PARKS, 1)), input="x2S")
    assert done.stderr.count("One of s, e, r, k, b, a, q, please: ") == 2
    assert texts(new_store) == [PARKS]


def test_the_certain_rest_is_saved_by_one_key(run, new_store, minutes, at_a_terminal):
    run("minutes", minutes(DRAFTS[0]), "--yes")
    changed = draft(PARKS.replace("dusk", "noon").replace("list", "map"), 12)
    done = run("minutes", minutes(DRAFTS[4], changed, DRAFTS[2]), input="ak")
    assert done.stderr.count(" of 3 · ") == 2  # what is in doubt is still asked about
    assert texts(new_store) == [PARKS, COACH, TREES]


def test_back_takes_back_what_was_decided_and_help_says_what_keys_do(
    run, new_store, minutes, at_a_terminal
):
    done = run("minutes", minutes(*DRAFTS[:1], *DRAFTS[2:3]), input="s?bkq")
    assert "b  asks again about the one before, and about what was decided after it" in done.stderr
    assert done.stderr.count("1 of 2 · ") == 2
    assert texts(new_store) == []


def test_another_owner_is_named_in_the_walk(run, new_store, minutes, at_a_terminal, document):
    done = run("minutes", minutes(DRAFTS[0]), input="rHead of Play\nAnn Bell\n\ns")
    assert "Referred to (Tab completes): " in done.stderr
    (record,) = records(new_store)
    assert (record.owners, record.owner_text) == (("Head of Play", "Ann Bell"), "")


def test_who_is_interrupted_may_save_first(run, new_store, minutes, at_a_terminal, monkeypatch):
    keys = iter("s")

    def press():
        if key := next(keys, ""):
            return key
        raise KeyboardInterrupt

    monkeypatch.setattr("click.getchar", press)
    done = run("minutes", minutes(*DRAFTS[:1], *DRAFTS[2:3]), input="y\n")
    assert "Save 1 draft first? [Y/n]" in done.stderr
    assert texts(new_store) == [PARKS]


def test_candidates_are_picked_from_a_list(run, new_store, minutes, at_a_terminal):
    others = [draft(f"Candidate {n} would be looked into.", n, marked=False) for n in range(1, 6)]
    done = run("minutes", minutes(*others), input="9\n1,4-5\nsks")
    assert "  1  line 1, 5. Parks: Candidate 1 would be looked into.\n" in done.stderr
    assert "“9” is not on the list; it ends at 5." in done.stderr
    assert texts(new_store) == [f"Candidate {n} would be looked into." for n in (1, 5)]
    again = run("minutes", minutes(*others), input="\n")
    assert "0 new, 2 known, 0 to look at, 3 said in passing" in again.stderr


@pytest.mark.parametrize(
    ("typed", "picked"), [("", ()), ("3", (3,)), ("2 – 4, 1;4", (1, 2, 3, 4)), (" 5 ", (5,))]
)
def test_picks_are_read(typed, picked):
    assert Picks(5).convert(typed, None, None) == picked


@pytest.mark.parametrize("typed", ["0", "6", "4-2", "x", "1-", "²", "9" * 9])
def test_what_is_no_pick_is_refused(typed):
    with pytest.raises(click.BadParameter):
        Picks(5).convert(typed, None, None)


def test_a_long_passage_is_cut(run, new_store, minutes, at_a_terminal):
    long = draft(PARKS, 1, source="\n".join(f"passage {n}" for n in range(30)))
    done = run("minutes", minutes(long), input="s")
    assert "  │ passage 5\n  │ … and 24 more lines\n" in done.stderr


def test_an_owner_who_is_nearly_a_known_one_is_pointed_out(run, new_store, minutes, at_a_terminal):
    run("minutes", minutes(), "--yes")
    later = draft(SHED, 9, owner="Head of Park")
    done = run("minutes", minutes(later, found=FOUND._replace(date="2023-05-10")), input="s")
    assert "“Head of Park” is new among the owners. Did you mean Head of Parks?" in done.stderr


def test_what_is_near_has_to_be_said(run, new_store, minutes, plan, at_a_terminal):
    run("minutes", minutes(), "--yes")
    changed = PARKS.replace("dusk", "noon").replace("list", "map")
    name = minutes(draft(changed, 12, owner="Head of Parks"))
    done = run("minutes", name, input="\n1")
    assert "  1: like CPC-2223-001 (formal): The Head of Parks" in done.stderr
    assert (
        "1 it is CPC-2223-001, s save as another, e edit, r other owner, k skip, b back,"
        in " ".join(done.stderr.split())
    )
    assert "Noted as the same: CPC-2223-001." in done.stderr
    assert done.stdout == ""
    first = records(new_store)[0]
    assert (first.action, first.printed) == (PARKS, {"Minutes": changed})
    assert plan(name)["drafts"][0]["known"] == "CPC-2223-001"
    run("undo", "--yes")
    assert plan(name)["unclear"] == 1


def test_what_is_near_may_be_another(run, new_store, minutes, at_a_terminal):
    run("minutes", minutes(DRAFTS[0]), "--yes")
    changed = PARKS.replace("dusk", "noon").replace("list", "map")
    run("minutes", minutes(draft(changed, 12, owner="Head of Parks")), input="s")
    assert texts(new_store) == [PARKS, changed]


def test_one_record_is_one_draft_only(run, new_store, minutes, at_a_terminal):
    run("minutes", minutes(DRAFTS[0]), "--yes")
    others = [draft(PARKS.replace("dusk", when).replace("list", "map"), 12) for when in
              ("noon", "dawn")]  # fmt: skip
    done = run("minutes", minutes(*others), input="1s")
    assert done.stderr.count("1: like CPC-2223-001") == 1
    assert len(records(new_store)) == 2


def test_the_other_type_of_meeting_is_near_and_stays_as_it_is(
    run, new_store, minutes, at_a_terminal
):
    run("minutes", minutes(DRAFTS[0]), "--yes", "--type", "informal")
    before = new_store.read_bytes()
    done = run("minutes", minutes(DRAFTS[0]), input="1")
    assert "1: like CPC-2223-001 (informal): The Head of Parks" in done.stderr
    assert "if these are\nits minutes, say --type informal." in done.stderr
    assert new_store.read_bytes() == before


def test_it_asks_which_meeting(run, new_store, minutes, at_a_terminal):
    told = ("--meeting", "16/3/2023", "--type", "informal")
    done = run("minutes", minutes(DRAFTS[0]), *told, input="n\ny\ns")
    assert "The minutes say 15 March 2023, you say 16 March 2023. Take yours? [Y/n]" in done.stderr
    assert "The minutes say formal, you say informal. Take yours? [Y/n]" in done.stderr
    run("minutes", minutes(DRAFTS[0], found=Found()), input="17/3/2023\n\ns")
    assert {record.meeting.key for record in records(new_store)} == {
        "2023-03-15-informal", "2023-03-17-formal",
    }  # fmt: skip


def test_another_committees_minutes_are_asked_about(run, new_store, minutes, at_a_terminal):
    named = FOUND._replace(committee="Licensing Committee")
    run("minutes", minutes(DRAFTS[0], found=named), input="\n")
    assert records(new_store) == []
    run("minutes", minutes(DRAFTS[0], found=named), input="y\ns")
    assert texts(new_store) == [PARKS]


def test_what_somebody_else_took_in_meanwhile_is_not_saved_twice(
    run, new_store, minutes, at_a_terminal, monkeypatch
):
    name = minutes(*DRAFTS[:3])
    answers = iter("ss")

    def another_clerk(*_args, **_options):
        if not records(new_store):
            run("minutes", name, "--yes")
            run("add", "--meeting", "2023-05-03", "--type", "formal", "--item", "1",
                "--action", "Act")  # fmt: skip
        return next(answers)

    monkeypatch.setattr("click.getchar", another_clerk)
    done = run("minutes", name, input="\n")
    assert "Somebody else has taken in CPC-2223-001 meanwhile; it was not saved again." in (
        done.stderr
    )
    assert done.stderr.endswith("Nothing was new, so nothing was written.\n")
    assert texts(new_store) == [PARKS, TREES, "Act"]


# --- the editor ---------------------------------------------------------------------------------


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Make an editor that runs these Python lines on the form's `text`."""

    def make(*lines):
        script = tmp_path / "editor.py"
        script.write_text(
            "import pathlib, sys\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "text = path.read_text('utf-8')\n" + "\n".join(lines) + "\n"
            "path.write_text(text, 'utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')

    return make


def test_a_draft_is_edited(run, new_store, minutes, plan, at_a_terminal, editor):
    editor(
        "text = text.replace('close at dusk', 'stay open')",
        "text = text.replace('Head of Parks\\n======', 'Ann Bell\\nBen Carr\\n======')",
        "text = text.replace('or words\\n', 'or words\\n1/9/2023')",
    )
    done = run("minutes", minutes(DRAFTS[0]), input="es")
    assert "1 September 2023 (given as “1/9/2023”)\n" in done.stderr
    (record,) = records(new_store)
    assert record.action == PARKS.replace("close at dusk", "stay open")
    assert (record.owners, record.due) == (("Ann Bell", "Ben Carr"), "2023-09-01")
    assert record.printed == {"Minutes": PARKS}
    assert plan(minutes(DRAFTS[0]))["known"] == 1


def test_a_draft_may_become_a_recommendation_and_back(
    run, new_store, minutes, at_a_terminal, editor
):
    editor(
        f"text = text.replace('{PARKS}', '')",
        "text = text.replace('Recommendation\\n', 'Recommendation\\nThat parks close.')",
    )
    run("minutes", minutes(DRAFTS[0]), input="es")
    first = records(new_store)[0]
    assert (first.kind.value, first.recommendation, first.action) == (
        "recommendation", "That parks close.", "",
    )  # fmt: skip
    editor(
        f"text = text.replace('{TREES}', '')",
        "text = text.replace('Action\\n', 'Action\\nCut the hedge.')",
    )
    run("minutes", minutes(DRAFTS[2]._replace(kind="recommendation")), input="es")
    second = records(new_store)[1]
    assert (second.kind.value, second.action) == ("action", "Cut the hedge.")


def test_a_draft_without_any_text_is_not_taken(run, new_store, minutes, at_a_terminal, editor):
    editor(f"text = text.replace('{PARKS}', '')")
    done = run("minutes", minutes(DRAFTS[0]), input="es")
    assert "An action needs a text, or a recommendation; nothing was changed." in done.stderr
    assert texts(new_store) == [PARKS]


def test_a_broken_form_or_editor_loses_nothing(
    run, new_store, minutes, at_a_terminal, editor, monkeypatch
):
    editor("text = 'nothing'")
    run("minutes", minutes(*DRAFTS[:3]), input="sen\ns\n")
    assert texts(new_store) == [PARKS, TREES]
    monkeypatch.setenv("EDITOR", os.devnull)
    done = run("minutes", minutes(DRAFTS[4]), input="es")
    assert "Your editor can't be used" in done.stderr
    assert texts(new_store)[2] == COACH


# --- real files ---------------------------------------------------------------------------------


def test_the_published_minutes_hold_nine_actions(run, new_store, shared_data, plan):
    path = str(shared_data / "minutes-2023-03-15.txt")
    found = plan(path, "--dry-run")
    marked = [one for one in found["drafts"] if one["marked"]]
    assert (found["new"], found["known"], len(marked)) == (9, 0, 9)
    assert [one["item_number"] for one in marked] == ["4", "5", "6", *"777777"]
    assert all(one["owner"] for one in marked)
    assert {one["owner"] for one in marked[3:]} == {"Head of Corporate Parenting"}
    assert plan(path, "--yes")["new"] == 9
    assert len(records(new_store)) == 9
    again = plan(path, "--yes")
    assert (again["new"], again["known"], len(records(new_store))) == (0, 9, 9)


def test_a_table_taken_in_before_holds_them_already(run, new_store, shared_data, plan):
    run("import", str(shared_data / "appendix4-2022-23.tsv"), "--yes")
    found = plan(str(shared_data / "minutes-2023-03-15.txt"), "--dry-run")
    assert (found["new"], found["known"], found["unclear"]) == (0, 9, 0)
    assert [one["known"] for one in found["drafts"] if one["marked"]] == [
        f"CPC-2223-{number:03}" for number in range(54, 63)
    ]


def test_a_table_taken_in_later_finds_the_minutes_actions(run, new_store, shared_data):
    run("minutes", str(shared_data / "minutes-2023-03-15.txt"), "--yes")
    table = str(shared_data / "appendix4-2022-23.tsv")
    plan = json.loads(run("import", table, "--yes", "--json").stdout)
    assert (plan["new"], plan["changed"], plan["missing"]) == (53, 9, [])


def test_the_page_shows_what_the_example_prints(run, root, monkeypatch):
    page = (root / "docs" / "minutes.md").read_text("utf-8")
    shown = page.partition("```text\n")[2].partition("```")[0]
    monkeypatch.setenv("CPCTRACK_STORE", str(root / "examples" / "actions.json"))
    path = str(root / "examples" / "minutes-2024-03-13.txt")
    done = CliRunner().invoke(main, ["minutes", path, "--dry-run"])
    assert done.stdout == shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no names that are not text")
def test_a_file_may_have_any_name(run, new_store, root, tmp_path):
    text = (root / "examples" / "minutes-2024-03-13.txt").read_bytes()
    path = tmp_path / os.fsdecode(b"m\x1b[31m\xff.txt")
    try:
        path.write_bytes(text)
    except OSError:
        pytest.skip("this file system has no such names")
    shown = run("minutes", str(path), "--yes").stdout
    assert shown.startswith("m[31m\ufffd.txt: minutes of")
    assert records(new_store)[0].history[0].after == "m[31m\ufffd.txt, line 32"


def test_minutes_without_actions_are_no_error(run, new_store, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("Notes of the meeting on 15 March 2023\n\nThere were none.\n", "utf-8")
    assert (
        "0 new, 0 known, 0 to look at, 0 said in passing\n"
        in run("minutes", str(path), "--yes").stdout
    )
    refused = run("minutes", str(tmp_path / "none.txt"), "--yes", exit_code=1)
    assert refused.stderr.count("\n") == 1


EXEMPT = """Minutes of the Corporate Parenting Committee held on 15 March 2023

4. {}

ACTION AGREED: The Head of Law would settle the claim.
"""


@pytest.fixture
def exempt(tmp_path):
    """Write minutes with one item, of this title."""

    def write(title):
        (tmp_path / "july.txt").write_text(EXEMPT.format(title), "utf-8")
        return str(tmp_path / "july.txt")

    return write


def test_exempt_business_is_saved_as_such_and_known_again(run, new_store, exempt):
    path = exempt("LEGAL ADVICE - NOT FOR PUBLICATION")
    done = run("minutes", path, "--type", "formal", "--yes")
    assert "    exempt: NOT FOR PUBLICATION\n" in done.stdout
    (record,) = records(new_store)
    assert (record.item, record.exempt) == ("4. LEGAL ADVICE - NOT FOR PUBLICATION", True)
    assert "0 new, 1 known, 0 to look at" in run("minutes", path, "--dry-run").stdout


def test_what_may_be_exempt_is_unclear_and_not_saved(run, new_store, exempt):
    done = run("minutes", exempt("PART B"), "--type", "formal", "--yes")
    assert "0 new, 0 known, 1 to look at" in done.stdout
    assert "“PART B” may say that it is exempt" in done.stdout
    assert records(new_store) == []


def test_minutes_that_are_exempt_as_a_whole(run, new_store, exempt):
    path = exempt("PART B")
    run("minutes", path, "--type", "formal", "--exempt", "5", "--yes")
    assert [record.exempt_paragraph for record in records(new_store)] == ["5"]
    run("minutes", path, "--exempt", "", "--dry-run", exit_code=2)


# --- the meeting


def held(path):
    return sorted(store.read(path).meetings)


RECORDED = "Kept the formal meeting of 15 March 2023; nothing new was agreed.\n"


def test_a_meeting_that_agreed_nothing_is_recorded(run, new_store, minutes, plan):
    name = minutes(DRAFTS[3])  # a resolution, which obliges nobody
    before = new_store.read_bytes()
    run("minutes", name, "--dry-run")
    plan(name)
    assert new_store.read_bytes() == before
    done = run("minutes", name, "--yes")
    assert done.stderr == (f"{RECORDED}Written to {new_store}; “cpctrack undo” takes it back.\n")
    assert held(new_store) == ["2023-03-15-formal"]
    assert run("check").stdout == ""
    assert run("minutes", name, "--yes").stderr == "Nothing was new, so nothing was written.\n"
    assert run("undo", "--yes").stdout.splitlines()[0] == (
        "Taking back “minutes” of 1 Jul 2023 00:00, by clerk:"
    )
    assert new_store.read_bytes() == before


def test_the_report_begins_at_a_meeting_that_agreed_nothing(run, new_store, minutes):
    run("add", "--meeting", "2022-11-23", "--type", "formal", "--item", "1", "--action", "x")
    run("minutes", minutes(DRAFTS[3]), "--yes")
    report = run("appendix", "--view", "progress", "--meeting", "2023-07-19").stdout
    assert "- Since the formal meeting of 15 March 2023\n" in report
    assert "Agreed 7 months ago, 1 meeting since." in report
    assert "New since" not in report


def test_a_walk_to_its_end_records_the_meeting(run, new_store, minutes, at_a_terminal):
    done = run("minutes", minutes(DRAFTS[3]))
    assert RECORDED in done.stderr
    run("undo", "--yes")
    done = run("minutes", minutes(DRAFTS[0]), input="k")
    assert "Kept the formal meeting of 15 March 2023.\n" in done.stderr
    assert held(new_store) == ["2023-03-15-formal"]


def test_a_walk_that_stops_records_nothing(run, new_store, minutes, at_a_terminal):
    before = new_store.read_bytes()
    run("minutes", minutes(DRAFTS[0]), input="q")
    run("minutes", minutes(DRAFTS[0]), input="", exit_code=1)
    assert new_store.read_bytes() == before


def test_whose_minutes_are_in_doubt_records_no_meeting(run, new_store, minutes):
    run("minutes", minutes(DRAFTS[0]), "--yes", "--type", "informal")
    done = run("minutes", minutes(DRAFTS[0]), "--yes")
    assert done.stderr.startswith("Nothing was new, so nothing was written.\n")
    assert held(new_store) == ["2023-03-15-informal"]


def test_where_only_candidates_are_found_nobody_says_that_nothing_was_agreed(
    run, new_store, minutes
):
    done = run("minutes", minutes(DRAFTS[1]), "--yes")
    assert done.stderr.startswith("Kept the formal meeting of 15 March 2023.\n")


READ = "“by the end of August” is read as 31 August 2023"
PART = (
    f"When words are due: 1 due date in words; a day without its year is the next one\n  {READ}\n"
)


def test_it_is_told_once_when_words_are_due(run, new_store, minutes):
    due = draft(PARKS, 12, due_text="by the end of August")
    name = minutes(due, draft(COACH, 31, due_text="1/9/2023", due="2023-09-01"))
    assert PART in run("minutes", name, "--dry-run").stdout
    assert PART in run("minutes", name, "--yes").stdout
    undated = minutes(due, found=FOUND._replace(date=""))
    assert "When words" not in run("minutes", undated, "--dry-run").stdout


def test_who_goes_through_minutes_is_told_at_the_end(run, new_store, minutes, at_a_terminal):
    name = minutes(draft(PARKS, 12, owner="Head of Parks", due_text="by the end of August"))
    done = run("minutes", name, input="s")
    assert done.stderr.endswith(f"\nNote: the due date {READ}.\n")
