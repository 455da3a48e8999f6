"""``replies``: what is shown, saved and refused, and the walk, key by key."""

import json
import re

import click
import pytest
from told_letters import Letters

from cpctrack.records import asking
from cpctrack.store import store


@pytest.fixture
def inbox(tmp_path, monkeypatch, some_records):
    return Letters(tmp_path / "inbox", monkeypatch)


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


def said(result):
    return click.unstyle(result.stderr)


def record(path, ref):
    return store.read(path).find(ref)


NOTE = {"ref": "CPC-2223-001", "response": "The note went out.", "status": "proposed"}
VISIT = {"ref": "CPC-2223-002", "response": "A visit is being arranged."}
LEASE = {"ref": "CPC-2223-004", "response": "The lease is agreed."}
DENTISTS = {"ref": "CPC-2223-003", "response": "They were asked again."}
FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
DOUBT = ("the words fit two actions",)


# What is shown


def test_a_dry_run_shows_what_would_be_saved_and_changes_nothing(run, inbox, some_records):
    before = some_records.read_bytes()
    inbox.write("a.eml", NOTE, {**VISIT, "due": "2023-09-30", "redirect": "Head of Law"})
    inbox.write("b.eml", {"response": "All done", "unclear": DOUBT, "near": ("CPC-2223-001",)})
    inbox.write("c.eml")
    result = run("replies", str(inbox.folder), "--dry-run")
    lines = result.stdout.splitlines()
    assert lines[0] == "3 answers: 2 certain, 1 to look at"
    text = " ".join(result.stdout.split())
    assert (
        "CPC-2223-001 Provide a briefing note. “The note went out.” status: Reported done" in text
    )
    assert "a.eml, line 3, Head of Homes, 20 June 2023" in text
    assert "asks for more time: 30 September 2023; somebody has to agree" in text
    assert "names someone else: Head of Law" in text
    assert "? “All done” ? the words fit two actions ? perhaps CPC-2223-001 b.eml" in text
    assert "Set aside c.eml: it is an automatic reply" in text
    assert max(map(len, lines)) <= 80
    assert said(result) == "Only shown, as --dry-run asks: nothing was saved.\n"
    assert some_records.read_bytes() == before


def test_json_tells_every_field_and_what_was_saved(run, inbox):
    inbox.write("a.eml", NOTE, {"response": "Done", "unclear": DOUBT, "due_text": "soon"})
    result = json.loads(run("replies", str(inbox.folder), "--json", "--yes").stdout)
    assert result["saved"] == ["CPC-2223-001"]
    assert result["nothing"] == []
    first, second = result["answers"]
    assert first == {
        "ref": "CPC-2223-001", "response": "The note went out.", "status": "proposed",
        "due": None, "due_text": None, "redirect": None, "from": "Head of Homes",
        "date": "2023-06-20", "unclear": [], "near": [], "message_id": "a.eml@council.example",
        "file": "a.eml", "line": 3, "taken_in": False,
    }  # fmt: skip
    assert (second["ref"], second["unclear"], second["due_text"]) == (None, [*DOUBT], "soon")
    again = json.loads(run("replies", str(inbox.folder), "--json", "--dry-run").stdout)
    assert [each["taken_in"] for each in again["answers"]] == [True, False]
    assert "saved" not in again


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_without_anybody_to_ask_it_shows_the_plan_and_refuses(run, inbox, some_records, flags):
    before = some_records.read_bytes()
    inbox.write("a.eml", NOTE)
    result = run("replies", str(inbox.folder), *flags, exit_code=2)
    assert "The note went out." in result.stdout
    assert "cpctrack replies … --yes (or --dry-run, to look only)" in said(result)
    assert some_records.read_bytes() == before


# What is saved


def test_yes_saves_what_is_certain_with_where_it_came_from(run, inbox, some_records):
    inbox.write("a.eml", NOTE, {**VISIT, "unclear": DOUBT})
    result = run("replies", str(inbox.folder), "--yes")
    assert "Answer to CPC-2223-001 saved in " in said(result)
    assert "; “cpctrack undo” takes this back." in said(result)
    assert "1 answer waits for a person" in said(result)
    saved = shown(run, "1")
    assert (saved["response"], saved["status"]) == ("The note went out.", "proposed")
    assert saved["due"] == "2023-04-30"
    assert asking.heard_of(record(some_records, "1")) == (
        asking.Heard("Head of Homes", "2023-06-20", "a.eml@council.example"),
    )
    assert shown(run, "2")["response"] == ""


def test_one_undo_takes_it_all_back(run, inbox, some_records):
    before = some_records.read_bytes()
    inbox.write("a.eml", NOTE, VISIT)
    run("replies", str(inbox.folder), "--yes")
    assert "“replies” of" in run("undo", "--yes").stdout
    assert some_records.read_bytes() == before


def test_a_file_read_twice_changes_nothing_and_says_so(run, inbox, some_records):
    inbox.write("a.eml", NOTE)
    inbox.write("again.eml", NOTE, message_id="a.eml@council.example")
    run("replies", str(inbox.folder), "--yes")
    before = some_records.read_bytes()
    result = run("replies", str(inbox.folder), "--yes")
    assert result.stdout.startswith("1 answer: 0 certain, 0 to look at, 1 taken in already\n")
    assert "Taken in already: nothing of it changes\n  CPC-2223-001" in result.stdout
    assert said(result) == "Nothing was saved.\n"
    assert some_records.read_bytes() == before


def test_a_letter_without_an_id_is_known_by_its_content(run, inbox, some_records):
    inbox.write("form.eml", NOTE, message_id="")
    run("replies", str(inbox.folder), "--yes")
    (heard,) = asking.heard_of(record(some_records, "1"))
    assert heard.message_id.startswith("sha256:") and len(heard.message_id) == 23
    assert "1 taken in already" in run("replies", str(inbox.folder), "--yes").stdout
    other = {**NOTE, "response": "It went out again."}
    inbox.write("form.eml", other, message_id="")
    assert "1 answer: 1 certain" in run("replies", str(inbox.folder), "--yes").stdout
    assert shown(run, "1")["response"] == "It went out again."


def test_words_that_are_none_leave_the_response(run, inbox):
    run("update", "1", "--response", "Drafted.")
    inbox.write("a.eml", {"ref": "CPC-2223-001", "status": "in-progress"})
    run("replies", str(inbox.folder), "--yes")
    assert (shown(run, "1")["response"], shown(run, "1")["status"]) == ("Drafted.", "in-progress")


def test_nobody_completes_an_action_by_mail(run, inbox):
    inbox.write("a.eml", {**NOTE, "status": "completed"})
    run("replies", str(inbox.folder), "--yes")
    assert shown(run, "1")["status"] == "proposed"


def test_more_time_and_another_owner_wait_for_a_person(run, inbox):
    inbox.write("a.eml", {**NOTE, "due": "2023-09-30", "redirect": "Head of Law"})
    result = run("replies", str(inbox.folder), "--yes")
    assert "asked for of CPC-2223-001; “cpctrack extend” gives it." in said(result)
    assert "named for CPC-2223-001; “cpctrack reassign” gives it on." in said(result)
    saved = shown(run, "1")
    assert (saved["due"], saved["owners"]) == ("2023-04-30", ["Head of Fostering"])


def test_what_the_committee_agreed_is_not_reopened_by_a_mail(run, inbox):
    run("agree", "--meeting", "2023-03-15", "3")
    inbox.write("a.eml", {**DENTISTS, "status": "open"}, VISIT)
    result = run("replies", str(inbox.folder), "--yes")
    assert "2 answers: 1 certain, 1 to look at" in result.stdout
    assert "The committee agreed on" in result.stdout
    assert shown(run, "3")["status"] == "completed"
    assert shown(run, "2")["response"] == VISIT["response"]


def test_an_answer_to_what_is_exempt_stays_exempt(run, inbox):
    inbox.write("a.eml", LEASE)
    run("replies", str(inbox.folder), "--yes")
    assert (shown(run, "4")["exempt"], shown(run, "4")["response"]) == (True, LEASE["response"])
    assert "The lease" not in run("appendix", "--format", "csv").stdout


def test_a_reference_that_no_store_has_is_asked_about(run, inbox):
    inbox.write("a.eml", {**NOTE, "ref": "XYZ-2223-001"})
    result = run("replies", str(inbox.folder), "--yes")
    assert "it does not tell which action it is about" in " ".join(result.stdout.split())
    assert "Nothing was saved.\n1 answer waits" in said(result)


HOSTILE = "\x1b[2J\u202eDone\x07\r\nSecond\x00"


def test_hostile_letters_are_cleaned_before_they_are_shown_or_kept(run, inbox, some_records):
    inbox.write(
        "a.eml",
        {**NOTE, "response": HOSTILE, "sender": f"Eve{HOSTILE}", "due_text": HOSTILE,
         "redirect": HOSTILE},
        {"response": "?", "unclear": (HOSTILE,), "near": (HOSTILE,)},
        message_id="a" * 5000,
    )  # fmt: skip
    result = run("replies", str(inbox.folder), "--yes")
    for bad in "\x1b\u202e\x07\x00\r":
        assert bad not in result.stdout + result.stderr
        assert json.dumps(bad)[1:-1] not in some_records.read_text()
    assert shown(run, "1")["response"] == "[2JDone\nSecond"
    assert len(asking.heard_of(record(some_records, "1"))[0].message_id) <= 200
    assert "1 taken in already" in run("replies", str(inbox.folder), "--yes").stdout


def test_a_reference_in_small_letters_is_the_same(run, inbox):
    inbox.write("a.eml", {**NOTE, "ref": "cpc-2223-001"})
    result = run("replies", str(inbox.folder), "--yes", "--json")
    assert json.loads(result.stdout)["answers"][0]["ref"] == "CPC-2223-001"
    assert shown(run, "1")["response"] == NOTE["response"]


# Files and folders


def test_of_a_folder_its_own_files_are_read_by_name(run, inbox, tmp_path):
    inbox.write("b.eml", VISIT)
    inbox.write("a.eml", NOTE)
    inbox.write(".hidden.eml", LEASE)
    inbox.write("~$form.docx", LEASE)
    (inbox.folder / "more").mkdir()
    (inbox.folder / "photo.pdf").write_bytes(b"\0" * 10)
    (inbox.folder / "big.eml").write_bytes(b"")
    with (inbox.folder / "big.eml").open("wb") as big:
        big.truncate(61 * 1024 * 1024)
    told = json.loads(run("replies", str(inbox.folder), "--dry-run", "--json").stdout)
    assert [each["file"] for each in told["answers"]] == ["a.eml", "b.eml"]
    why = {each["file"]: each["why"] for each in told["nothing"]}
    assert "name it as well" in why["more"]
    assert "save the message without its attachments" in why["big.eml"]
    (tmp_path / "empty").mkdir()
    told = json.loads(run("replies", str(tmp_path / "empty"), "--dry-run", "--json").stdout)
    assert told["nothing"] == [{"file": "empty", "why": "the folder holds no file"}]


def test_a_file_alone_that_cannot_be_read_is_refused(run, inbox):
    path = inbox.folder / "big.eml"
    with path.open("wb") as big:
        big.truncate(61 * 1024 * 1024)
    assert "save the message without" in said(run("replies", str(path), "--yes", exit_code=1))
    other = inbox.write("a.eml", NOTE)
    assert "big.eml: " in run("replies", str(path), str(other), "--yes").stdout
    assert shown(run, "1")["response"] == NOTE["response"]
    assert "does not exist" in said(run("replies", "nowhere.eml", "--yes", exit_code=2))


# Several committees


@pytest.fixture
def council(run, tmp_path, monkeypatch):
    folder = tmp_path / "council"
    folder.mkdir()
    for prefix in ("ABC", "XYZ"):
        named = ("--store", str(folder / f"{prefix}.json"))
        run(*named, "init", "--committee", f"Committee {prefix}", "--prefix", prefix)
        run(*named, "add", *FORMAL, "--item", "4. Taxis", "--action", f"Tell {prefix}.")
    return folder


def test_answers_go_to_the_store_of_each_and_come_back_from_each(
    run, council, tmp_path, monkeypatch
):
    inbox = Letters(tmp_path / "inbox", monkeypatch)
    before = {path: path.read_bytes() for path in council.glob("*.json")}
    inbox.write(
        "a.eml", *({"ref": f"{each}-2223-001", "response": each} for each in ("XYZ", "ABC"))
    )
    result = run("--store", str(council), "replies", str(inbox.folder), "--yes", "--json")
    assert json.loads(result.stdout)["saved"] == ["ABC-2223-001", "XYZ-2223-001"]
    assert "“cpctrack --store FILE undo” takes this back" in said(result)
    for path, content in before.items():
        assert store.read(path).find("1").response == path.stem
        run("--store", str(path), "undo", "--yes")
        assert path.read_bytes() == content


# The walk


@pytest.fixture
def walk(run, inbox, at_a_terminal):
    """Read the inbox at a terminal with these keys, and give what is said."""
    return lambda keys, **options: run("replies", str(inbox.folder), input=keys, **options)


def test_the_walk_shows_the_action_above_and_the_answer_below(run, inbox, walk):
    run("update", "1", "--response", "The note is drafted.")
    inbox.write("a.eml", {**NOTE, "unclear": DOUBT, "due": "2023-09-30", "redirect": "Head of Law"})
    result = walk("s")
    assert [line.strip() for line in said(result).splitlines()[3:11]] == [
        "1 of 1 · a.eml, line 3, Head of Homes, 20 June 2023",
        "CPC-2223-001  Provide a briefing note.",
        "Head of Fostering · due 30 April 2023 · to do",
        "│ was: The note is drafted.",
        "│ now: The note went out.",
        "status: Reported done",
        "asks for more time: 30 September 2023; somebody has to agree",
        "names someone else: Head of Law",
    ]
    assert "? the words fit two actions" in said(result)
    assert result.stdout == ""
    assert shown(run, "1")["response"] == "The note went out."


def test_words_that_are_new_stand_out(run, inbox, walk):
    run("update", "1", "--response", "The note is drafted.")
    inbox.write("a.eml", NOTE)
    told = walk("\n", color=True).stderr
    assert "now: The note \x1b[1mwent\x1b[0m \x1b[1mout.\x1b[0m" in told


def test_six_answers_take_at_most_thirty_keys(run, inbox, walk):
    run("add", *FORMAL, "--item", "7. Law", "--action", "Act.", "--due", "1 May 2023")
    inbox.write(
        "a.eml", NOTE, VISIT,
        {**LEASE, "unclear": DOUBT},
        {**DENTISTS, "ref": "", "unclear": DOUBT, "near": ("CPC-2223-002", "CPC-2223-003")},
        {"ref": "CPC-2223-005", "response": "We need till autumn.", "due": "2023-09-30"},
        {"ref": "CPC-2223-002", "response": "That is for the Head of Law.", "unclear": DOUBT,
         "redirect": "Head of Law"},
    )  # fmt: skip
    keys = "\n\ns2sd\n\nsr\n1\ns"
    walk(keys)
    assert len(keys) <= 30
    assert shown(run, "3")["response"] == DENTISTS["response"]
    assert shown(run, "5")["due"] == "2023-09-30"
    assert shown(run, "2")["owners"] == ["Head of Law", "José, Youth Worker"]
    assert [shown(run, str(each))["response"] != "" for each in range(1, 6)] == [True] * 5


def test_enter_saves_only_what_is_certain(run, inbox, walk):
    inbox.write("a.eml", {**NOTE, "unclear": DOUBT})
    result = walk("\nq")
    assert "One of s, e, t, d, o, r, k, b, a, q, please: q\nNothing was saved.\n" in said(result)


def test_quitting_keeps_what_was_decided_and_comes_back_to_the_rest(run, inbox, walk):
    inbox.write("a.eml", NOTE, VISIT)
    inbox.write("b.eml", LEASE)
    walk("sq")
    assert [shown(run, each)["response"] for each in "124"] == [NOTE["response"], "", ""]
    result = walk("ks")
    assert "1 of 2 · a.eml, line 4" in said(result)
    assert [shown(run, each)["response"] for each in "24"] == ["", LEASE["response"]]


@pytest.fixture
def press(monkeypatch):
    """Press these keys, an exception being Ctrl-C or Ctrl-D; questions are answered by input."""

    def now(*keys):
        left = iter(keys)

        def one():
            key = next(left)
            if isinstance(key, BaseException):
                raise key
            return key

        monkeypatch.setattr(click, "getchar", one)

    return now


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), EOFError()], ids=["C", "D"])
@pytest.mark.parametrize(("said_then", "saved"), [("\n", True), ("y\n", True), ("n\n", False)])
def test_control_c_asks_before_what_was_decided_is_lost(
    run, inbox, walk, press, stop, said_then, saved
):
    inbox.write("a.eml", NOTE, VISIT)
    press("s", stop)
    result = walk(said_then, exit_code=0 if saved else 1)
    assert "Save 1 answer first? [Y/n]" in said(result)
    assert ("Nothing was saved." in said(result)) is not saved
    assert [shown(run, each)["response"] != "" for each in "12"] == [saved, False]


@pytest.mark.parametrize("keys", [[], ["k"]], ids=["at once", "skipped"])
def test_control_c_asks_nothing_where_nothing_was_decided(inbox, walk, press, some_records, keys):
    before = some_records.read_bytes()
    inbox.write("a.eml", NOTE, VISIT)
    press(*keys, KeyboardInterrupt())
    result = walk("", exit_code=1)
    assert "Nothing was saved." in said(result) and "Save" not in said(result)
    assert some_records.read_bytes() == before


@pytest.mark.parametrize("key", "odtr")
def test_control_c_in_a_question_leaves_the_question_alone(
    run, inbox, walk, press, monkeypatch, key
):
    from cpctrack.cli.dialogue import answering

    def stop(*_, **__):
        raise click.Abort

    inbox.write("a.eml", {**NOTE, "due": "2023-09-30", "redirect": "Head of Law"})
    press(key, "s")
    monkeypatch.setattr(answering, "prompt", stop)
    assert said(walk("")).count("1 of 1") == 2
    saved = shown(run, "1")
    assert (saved["response"], saved["status"]) == (NOTE["response"], "proposed")
    assert (saved["due"], saved["owners"]) == ("2023-04-30", ["Head of Fostering"])


@pytest.mark.parametrize("key", "odr")
def test_enter_leaves_a_question_that_need_not_be_answered(run, inbox, walk, key):
    inbox.write("a.eml", VISIT)
    assert said(walk(f"{key}\ns")).count("1 of 1") == 2
    assert shown(run, "2")["response"] == VISIT["response"]
    assert (shown(run, "2")["due"], len(shown(run, "2")["owners"])) == (None, 2)


@pytest.mark.parametrize("pressed", ["\t", " ", "\x1b", "\xe0H", "\x00P", "\x1b[A", "Send it"])
def test_only_a_key_that_is_offered_or_enter_decides(run, inbox, walk, press, pressed):
    inbox.write("a.eml", NOTE)
    press(pressed, "q")
    assert "please: q\nNothing was saved." in said(walk(""))
    press(pressed, "\r")
    walk("")
    assert shown(run, "1")["response"] == NOTE["response"]


def test_a_question_mark_says_what_each_key_does(inbox, walk):
    inbox.write("a.eml", {**NOTE, "unclear": DOUBT, "near": ("CPC-2223-001", "CPC-2223-002")})
    words = said(walk("?q"))
    question = words[words.index("1 CPC-2223-002, s save") :].split("?", 1)[0]
    told = [line.split()[0] for line in words.splitlines() if re.match(r"  \w  ", line)]
    assert told == [each.split()[0] for each in question.split(", ") if each]
    assert "  1  takes it as an answer to CPC-2223-002" in words
    assert "k  leaves it; it comes again when you run the same command" in words


def test_what_is_exempt_is_marked(run, inbox, walk):
    inbox.write("a.eml", LEASE, VISIT)
    for told in (said(walk("kq")), run("replies", str(inbox.folder), "--dry-run").stdout):
        assert told.count("exempt: it stays out of public documents") == 1


def test_what_is_left_and_what_is_asked_for_is_told(inbox, walk):
    inbox.write("a.eml", {**NOTE, "due": "2023-09-30"}, VISIT, LEASE)
    result = said(walk("skq"))
    assert (
        "2 answers wait for a person; “cpctrack replies” on a terminal comes back to them."
        in result
    )
    assert "More time is asked for of CPC-2223-001; “cpctrack extend” gives it." in result
    assert "1 answer waits" in said(walk("kd1 June 2023\n\ns"))


def test_input_that_ends_saves_nothing(run, inbox, walk, some_records):
    before = some_records.read_bytes()
    inbox.write("a.eml", NOTE, VISIT)
    walk("s", exit_code=1)
    assert some_records.read_bytes() == before


def test_back_asks_again_and_all_takes_the_certain_rest(run, inbox, walk):
    inbox.write("a.eml", NOTE, {**VISIT, "unclear": DOUBT}, LEASE, DENTISTS)
    result = walk("sbbkak")  # save, back, back, skip the first; of the second on all, and skip it
    assert "4 of 4" not in said(result)
    responses = [shown(run, each)["response"] for each in "1234"]
    assert responses == ["", "", DENTISTS["response"], LEASE["response"]]


def test_status_is_picked_and_is_never_completed(run, inbox, walk):
    inbox.write("a.eml", NOTE)
    result = walk("tcompleted\nu\ns")
    assert "Please type one of to do, under way" in said(result)
    assert "status: Under way" in said(result)
    assert shown(run, "1")["status"] == "in-progress"


def test_a_status_that_cannot_be_given_is_refused_there_and_then(run, inbox, walk):
    run("agree", "--meeting", "2023-03-15", "3")
    inbox.write("a.eml", DENTISTS)
    result = walk("topen\nsq")
    assert "to open it again, use “cpctrack reopen" in " ".join(said(result).split())
    assert "Nothing was saved." in said(result)


@pytest.mark.parametrize(("meeting", "kept"), [("", ""), ("15 March 2023", "2023-03-15")])
def test_more_time_is_given_where_somebody_agrees(run, inbox, walk, some_records, meeting, kept):
    inbox.write("a.eml", {**NOTE, "due": "2023-09-30", "status": "in-progress"})
    result = walk(f"d\n{meeting}\ns")
    assert f"due: 30 September 2023, {'agreed on' if kept else 'asked for'}" in said(result)
    moves = [line for line in record(some_records, "1").history if line.via == "extend"]
    assert {(line.meeting, line.reason) for line in moves} == {(kept, NOTE["response"])}
    assert shown(run, "1")["due"] == "2023-09-30"
    assert shown(run, "1")["first_due"] == "2023-04-30"
    assert "“replies” of" in run("undo", "--yes").stdout
    assert shown(run, "1")["due"] == "2023-04-30"


def test_a_first_date_is_no_extension(run, inbox, walk, some_records):
    inbox.write("a.eml", VISIT)
    walk("d30 September 2023\n\ns")
    assert (shown(run, "2")["due"], shown(run, "2")["times_moved"]) == ("2023-09-30", 0)


def test_an_earlier_date_is_refused_there_and_then(run, inbox, walk):
    inbox.write("a.eml", NOTE)
    result = walk("d1 April 2023\n\nsq")
    assert "give a later date" in said(result)
    assert "Nothing was saved." in said(result)


@pytest.mark.parametrize("owners", [1, 0])
def test_another_owner_takes_it_over_when_picked(run, inbox, walk, some_records, owners):
    if not owners:
        run("update", "1", "--owner", "")
    inbox.write("a.eml", {**NOTE, "redirect": "Head of Law"})
    assert "goes to Head of Law" in said(walk("r\ns"))
    assert shown(run, "1")["owners"] == ["Head of Law"]
    assert "reassign" in {line.via for line in record(some_records, "1").history}


def test_another_owner_is_picked_where_none_is_named_and_a_new_name_is_told(run, inbox, walk):
    run("update", "3", "--owner", "Head of Law")
    inbox.write("a.eml", NOTE)
    result = walk("r\nrHead of Lawn\nrhead of law\ns")
    assert "“Head of Lawn” is new among the owners. Did you mean Head of Law?" in said(result)
    assert "“head of law” is new" not in said(result)
    assert shown(run, "1")["owners"] == ["Head of Law"]


def test_an_answer_goes_to_another_action_and_is_known_there(run, inbox, walk):
    inbox.write("a.eml", {**NOTE, "unclear": DOUBT, "near": ("CPC-2223-002", "gone")})
    result = walk("o999\no2\ns")
    assert "No action has the reference “999”" in said(result)
    assert "1: CPC-2223-002, Arrange a visit." in said(result)
    assert [shown(run, each)["response"] for each in "12"] == ["", NOTE["response"]]
    assert "1 taken in already" in said(walk(""))


def test_what_is_about_nothing_can_only_be_given_an_action(run, inbox, walk):
    inbox.write("a.eml", {"response": "All is well.", "unclear": DOUBT})
    result = walk("so1\ns")
    assert "One of o, k, b, a, q, please: " in said(result)
    assert shown(run, "1")["response"] == "All is well."


def test_the_editor_changes_the_words(run, inbox, walk, edits):
    inbox.write("a.eml", NOTE)
    edits(lambda text: text.replace(b"went", b"goes") + b"\n\n")
    walk("es")
    assert shown(run, "1")["response"] == "The note goes out."


@pytest.mark.parametrize("written", [None, click.Abort(), click.UsageError("no")])
def test_an_editor_that_fails_changes_nothing(run, inbox, walk, edits, written):
    def edit(_):
        if isinstance(written, Exception):
            raise written
        return written

    inbox.write("a.eml", NOTE)
    edits(edit)
    walk("es")
    assert shown(run, "1")["response"] == NOTE["response"]


def test_a_dumb_terminal_is_answered_with_enter(run, inbox, walk, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    inbox.write("a.eml", NOTE, VISIT)
    walk("s\n\n")
    assert [shown(run, each)["response"] != "" for each in "12"] == [True, True]


def test_a_second_answer_to_one_action_is_shown_over_the_first(run, inbox, walk, some_records):
    monday = {"response": "No, it goes out on Monday.", "status": "open", "unclear": DOUBT}
    inbox.write("a.eml", NOTE, {**NOTE, **monday})
    result = walk("ss")
    assert "status: To do" in said(result)
    assert "was: The note went out." in said(result)
    lines = [line.after for line in record(some_records, "1").history if line.what == "response"]
    assert lines == [NOTE["response"], "No, it goes out on Monday."]
    assert "2 taken in already" in said(walk(""))


def test_what_was_decided_last_counts(run, inbox, walk):
    """All that is certain is taken first, then the doubtful answer before it."""
    inbox.write("a.eml", {**NOTE, "unclear": DOUBT}, {**NOTE, "response": "It went out on Monday."})
    result = walk("as")
    assert said(result).count("was: It went out on Monday.") == 1
    assert shown(run, "1")["response"] == NOTE["response"]


@pytest.mark.parametrize(
    ("first", "second", "after", "due"),
    [
        ("d1 June 2023\n\ns", "d1 August 2023\n\ns", "bbksk", "2023-08-01"),
        ("d1 June 2023\n\ns", "d1 August 2023\n\ns", "bbd1 September 2023\n\nssks", "2023-09-01"),
        ("d1 June 2023\n\ns", "k", "bbkks", "2023-04-30"),
    ],
    ids=["skipped", "moved beyond", "never mind"],
)
def test_going_back_takes_along_what_was_decided_on_top(
    run, inbox, walk, first, second, after, due
):
    inbox.write("a.eml", NOTE, {**NOTE, "response": "Later still."}, VISIT)
    walk(first + second + after)
    assert shown(run, "1")["due"] == due


def test_what_somebody_else_changed_meanwhile_is_not_written_over(run, inbox, walk, monkeypatch):
    inbox.write("a.eml", NOTE, VISIT)
    pressed = iter("ss")

    def press():
        run("update", "2", "--status", "open")
        return next(pressed)

    monkeypatch.setattr(click, "getchar", press)
    result = walk("", exit_code=1)
    assert "Somebody else changed CPC-2223-002 while you were reading" in said(result)
    assert shown(run, "1")["response"] == ""


def test_long_answers_are_cut_and_fit_the_window(run, inbox, walk, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    inbox.write("a.eml", {**NOTE, "response": "long words\n" * 70})
    result = walk("q")
    assert "… and 64 more lines" in said(result)
    start = said(result).index("1 of 1")
    end = said(result).index("s save")
    assert max(map(len, said(result)[start:end].splitlines())) <= 60
    shortened = run("replies", str(inbox.folder), "--dry-run").stdout
    assert shortened.count("long words") < 60 and "…”" in shortened


def test_quiet_keeps_the_questions(run, inbox, at_a_terminal):
    inbox.write("a.eml", NOTE)
    result = run("--quiet", "replies", str(inbox.folder), input="s")
    assert "CPC-2223-001  Provide" in said(result)
    assert "takes this back" not in said(result)


def test_an_inbox_without_answers_is_told(run, inbox, walk):
    inbox.write("a.eml")
    assert said(walk("")) == (
        "0 answers: 0 certain, 0 to look at\n\nSet aside\n  a.eml: it is an automatic reply\n"
        "Nothing was saved.\n"
    )
