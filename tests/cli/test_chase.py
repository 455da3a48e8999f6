"""Asking every owner: who is due for what, the files, what the stores keep, and taking it back."""

import json
import sys
from types import SimpleNamespace

import pytest

from cpctrack.errors import MissingExtraError, StoreError
from cpctrack.records.asking import Part
from cpctrack.render.chase import message as words
from cpctrack.render.chase.message import Shown, View
from cpctrack.store import files as store_files
from cpctrack.store.store import Store
from cpctrack.tasks import chase, chase_files

MARCH = ("--meeting", "13/3/2024", "--type", "formal", "--item", "Item 4. Parks")
TODAY = "2024-05-13"
LAW, PARKS = "Head of Law", "Head of Parks"


class Forms:
    """Stands for what writes a message: each form says what it was given."""

    def __init__(self):
        self.messages = []
        self.office = True

    def view(self, message):
        self.messages.append(message)
        shown = tuple(
            Shown(at, one.record.ref, one.record.text, "")
            for at, one in enumerate(message.questions, 1)
        )
        marking = "EXEMPT" if message.exempt else ""
        return View(message.number, "", message.owner, (), (), "", shown, (message.clerk,), marking)

    def parts(self, view, folder):
        self.folder = folder
        every = [f"{view.greeting} {view.marking}\n", *(each.ref + "\n" for each in view.actions)]
        refs = ["", *(each.ref for each in view.actions)]
        own = [Part(at, text, ref) for at, (text, ref) in enumerate(zip(every, refs, strict=True))]
        return (*own, Part(len(own), "\n".join(view.closing)))

    def draft(self, view, text, to, attachments, today, folder):
        return json.dumps([view.number, to, list(attachments), str(today)]).encode()

    def form(self, view, message):
        if not self.office:
            raise MissingExtraError("A form needs a library; install it.")
        return view.number.encode()

    def letter(self, late, folder):
        told = [[one.owner, [[q.record.ref, list(q.asked)] for q in one.questions]] for one in late]
        secret = any(q.record.exempt for one in late for q in one.questions)
        text = json.dumps([told, late[0].clerk, late[0].meeting, secret])
        return text, text.encode()


@pytest.fixture(autouse=True)
def forms(monkeypatch):
    """Let messages be written by `Forms`, numbered AAAAA, BBBBB and so on."""
    made = Forms()
    modules = {
        "text": SimpleNamespace(parts=made.parts),
        "draft": SimpleNamespace(draft=made.draft),
        "word_form": SimpleNamespace(word_form=made.form),
        "excel_form": SimpleNamespace(excel_form=made.form),
        "chair": SimpleNamespace(letter=made.letter),
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, f"cpctrack.render.chase.{name}", module)
        monkeypatch.setattr(f"cpctrack.render.chase.{name}", module, raising=False)
    monkeypatch.setattr(words, "view", made.view)
    letters = iter("AABCDEFGHIJKLMNOPQRSTUVWXYZ")
    monkeypatch.setattr(chase_files, "draw", lambda: next(letters) * 5)
    monkeypatch.setenv("CPCTRACK_TODAY", TODAY)
    return made


@pytest.fixture
def council(run, tmp_path, forms):
    """Give a folder with two committees and what they have open."""
    folder = tmp_path / "council"
    folder.mkdir()
    for prefix, committee in (("CPC", "Corporate Parenting"), ("PRK", "Parks")):
        named = ("--store", str(folder / f"{prefix.lower()}.json"))
        run(*named, "init", "--committee", committee, "--prefix", prefix)
        run(*named, "add", *MARCH, "--action", f"Advise {committee}.", "--owner", LAW,
            "--due", "2024-06-30")  # fmt: skip
        run(*named, "add", *MARCH, "--action", f"Report to {committee}.", "--owner", LAW,
            "--owner", PARKS, "--due", "30 April 2024")  # fmt: skip
        run(*named, "meeting", "12/6/2024", "--type", "formal")
    cpc = ("--store", str(folder / "cpc.json"))
    run(*cpc, "owner", LAW, "--email", "law@example.org", "--service", "Legal")
    run(*cpc, "owner", LAW, "--also", "Legal Head")
    return folder


@pytest.fixture
def on_all(run, council):
    """Run a command on the folder; ``day=`` fixes the day."""
    return lambda *words, **options: run("--store", str(council), *words, **options)


@pytest.fixture
def on_cpc(run, council):
    """Run a command on the first committee's store."""
    return lambda *words, **options: run("--store", str(council / "cpc.json"), *words, **options)


def rows(council, name="cpc"):
    return json.loads((council / f"{name}.json").read_text("utf-8"))


def due(result):
    return [(each["owner"], each["step"], each["refs"]) for each in told(result)["messages"]]


def told(result):
    return json.loads(result.stdout)


def why(result):
    return [(each["owner"], each["ref"], each["why"]) for each in told(result)["not_due"]]


def test_one_message_an_owner_whatever_the_committees(on_all, run, council, tmp_path, forms):
    before = {path: path.read_bytes() for path in council.iterdir() if path.suffix == ".json"}
    out = tmp_path / "out"
    done = on_all("chase", "-o", str(out), "--json")
    first, second = told(done)["messages"]
    assert first == {
        "owner": LAW, "to": "law@example.org", "number": "CPC-CHASE-AAAAA", "step": 1,
        "exempt": False,
        # what is overdue stands first
        "refs": ["CPC-2324-002", "PRK-2324-002", "CPC-2324-001", "PRK-2324-001"],
        "files": [str(out / "head-of-law-CPC-CHASE-AAAAA.eml")],
    }  # fmt: skip
    assert (second["owner"], second["number"], second["to"]) == (PARKS, "CPC-CHASE-BBBBB", "")
    assert second["refs"] == ["CPC-2324-002", "PRK-2324-002"]
    assert told(done)["no_address"] == [PARKS]
    assert told(done)["not_due"] == []
    law, _ = forms.messages
    assert (law.reply_by, law.meeting) == ("2024-05-27", "2024-06-12")
    assert sorted(path.name for path in out.iterdir()) == [
        "head-of-law-CPC-CHASE-AAAAA.eml", "head-of-parks-CPC-CHASE-BBBBB.eml",
    ]  # fmt: skip
    stem = "head-of-law-CPC-CHASE-AAAAA"
    assert json.loads((out / f"{stem}.eml").read_bytes()) == [
        "CPC-CHASE-AAAAA", "law@example.org", [f"{stem}.docx", f"{stem}.xlsx"], TODAY,
    ]  # fmt: skip
    kept = rows(council, "prk")["chases"]["CPC-CHASE-AAAAA"]
    assert [part.get("ref") for part in kept["parts"]] == [
        None, "PRK-2324-002", "PRK-2324-001", None,
    ]  # fmt: skip
    assert "CPC-2324" not in json.dumps(kept["parts"])
    assert (kept["owner"], kept["reply_by"], kept["meeting"], kept["step"]) == (
        LAW, "2024-05-27", "2024-06-12", 1,
    )  # fmt: skip
    for path, content in before.items():
        undone = run("--store", str(path), "undo", "--yes")
        assert "What was sent stays sent" in undone.stderr
        assert "the message CPC-CHASE-AAAAA to Head of Law leaves the store" in undone.stdout
        assert path.read_bytes() == content


def test_records_tell_who_was_asked(on_all, on_cpc, tmp_path):
    on_all("chase", "-o", str(tmp_path / "out"), "--reply-by", "20 May 2024")
    asked = told(on_cpc("show", "1", "--json"))["asked"]
    assert asked == [
        {"at": "2024-05-13T00:00:00Z", "by": asked[0]["by"], "reply_by": "2024-05-20",
         "owner": LAW, "number": "CPC-CHASE-AAAAA", "answered": None},
    ]  # fmt: skip
    said = "asked Head of Law, to answer by 20 May 2024 (CPC-CHASE-AAAAA)"
    shown = on_cpc("show", "1").stdout
    assert said in shown
    assert "Not answered  Head of Law, to answer by 20 May 2024 (CPC-CHASE-AAAAA)" in shown
    assert "CPC-CHASE-AAAAA; Head of Law" in on_cpc("history").stdout
    both = on_cpc("show", "2").stdout
    assert "Head of Parks, to answer by 20 May 2024 (CPC-CHASE-BBBBB)" in both
    assert "Head of Law, to answer by 20 May 2024 (CPC-CHASE-AAAAA)" in both
    assert len(told(on_all("list", "--unanswered", "--json"))) == 4
    assert told(on_all("list", "--asked-before", "13/5/2024", "--json")) == []
    on_cpc("update", "1", "--response", "Soon.")
    assert [each["ref"] for each in told(on_cpc("list", "--unanswered", "--json"))] == [
        "CPC-2324-002"
    ]
    assert "Not answered" not in on_cpc("show", "1").stdout
    assert told(on_cpc("show", "1", "--json"))["asked"][0]["answered"] == "2024-05-13T00:00:00Z"


def test_the_ladder_from_the_first_day_to_the_chair(on_all, on_cpc, tmp_path, monkeypatch, forms):
    out = tmp_path / "out"

    def chase_on(day, *options):
        monkeypatch.setenv("CPCTRACK_TODAY", day)
        return on_all("chase", "-o", str(out), "--json", *options)

    chase_on("2024-05-13")
    on_cpc("update", "1", "--response", "Soon.")
    waiting = chase_on("2024-05-19")
    assert due(waiting) == []
    assert why(waiting).count((LAW, "CPC-2324-001", "answered")) == 1
    assert [each["due"] for each in told(waiting)["not_due"] if each["why"] == "asked"] == [
        "2024-05-20"
    ] * 5
    assert due(chase_on("2024-05-19", "--again", "--owner", "parks")) == [
        (PARKS, 2, ["CPC-2324-002", "PRK-2324-002"])
    ]
    unanswered = ["CPC-2324-002", "PRK-2324-002", "PRK-2324-001"]
    assert due(chase_on("2024-05-20")) == [(LAW, 2, unanswered)]
    assert not list(out.glob("for-the-chair*"))
    last = chase_on("2024-05-27")
    assert due(last) == [(LAW, 3, unanswered), (PARKS, 3, ["CPC-2324-002", "PRK-2324-002"])]
    # Each committee has its own chair, who reads nothing of the other.
    own = [str(out / f"for-the-chair-{name}.eml") for name in ("cpc", "prk")]
    assert told(last)["chair"] == own
    law_days, parks_days = ([f"2024-05-{day}" for day in (13, second, 27)] for second in (20, 19))
    letter, *_, meeting, exempt = json.loads((out / "for-the-chair-cpc.eml").read_bytes())
    assert letter == [
        [LAW, [["CPC-2324-002", law_days]]], [PARKS, [["CPC-2324-002", parks_days]]],
    ]  # fmt: skip
    assert (meeting, exempt) == ("2024-06-12", False)
    letter = json.loads((out / "for-the-chair-prk.eml").read_bytes())[0]
    assert letter[0] == [LAW, [["PRK-2324-002", law_days], ["PRK-2324-001", law_days]]]
    assert due(chase_on("2024-06-03")) == []
    again = chase_on("2024-06-03", "--again", "--format", "text")
    assert told(again)["chair"] == [each.replace(".eml", ".txt") for each in own]
    chase_on("2024-06-04", "--again")
    assert (out / "for-the-chair-cpc-2.eml").exists()
    assert due(chase_on("2024-06-13", "--dry-run")) != []  # another round, whatever its meeting


def test_what_is_new_comes_with_a_reminder_and_not_with_again(on_cpc, tmp_path, monkeypatch, forms):
    on_cpc("chase", "-o", str(tmp_path))
    on_cpc("add", *MARCH, "--action", "Something else.", "--owner", "Legal Head")
    again = on_cpc("chase", "--dry-run", "--again", "--owner", "legal", "--json")
    assert due(again) == [(LAW, 2, ["CPC-2324-002", "CPC-2324-001"])]
    assert why(again) == [(LAW, "CPC-2324-003", "not-asked-yet")]
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-05-20")
    later = on_cpc("chase", "-o", str(tmp_path), "--owner", "legal", "--json")
    assert due(later) == [(LAW, 2, ["CPC-2324-002", "CPC-2324-001", "CPC-2324-003"])]
    assert [one.asked for one in forms.messages[-1].questions] == [
        ("2024-05-13",), ("2024-05-13",), (),
    ]  # fmt: skip


def test_a_dry_run_is_a_table(on_all, council, monkeypatch):
    before = [path.read_bytes() for path in sorted(council.glob("*.json"))]
    piped = on_all("chase", "--dry-run").stdout.splitlines()
    assert piped == [
        "owner\tactions\tstep\tasked\tto\texempt",
        "Head of Law\t4\t1\t\tlaw@example.org\t",
        "Head of Parks\t2\t1\t\t\t",
    ]
    monkeypatch.setattr("cpctrack.cli.commands.chase.window", lambda: 60)
    shown = on_all("chase", "--dry-run").stdout.splitlines()
    assert [line.split() for line in shown] == [
        ["Owner", "Actions", "Step", "Address"],
        ["Head", "of", "Law", "4", "first", "law@example.org"],
        ["Head", "of", "Parks", "2", "first", "no", "address"],
    ]
    assert [path.read_bytes() for path in sorted(council.glob("*.json"))] == before
    assert told(on_all("chase", "--dry-run", "--json"))["messages"][0]["files"] == []
    on_all("chase", "-o", str(council / "out"))
    nobody = on_all("chase", "--dry-run")
    assert nobody.stdout == ""
    assert "Nobody is due to be asked.\n6 questions put before and not due" in nobody.stderr


def test_filters(on_all):
    def found(*options):
        return due(on_all("chase", "--dry-run", "--json", *options))

    assert [owner for owner, *_ in found("--service", "legal")] == [LAW]
    assert [owner for owner, *_ in found("--owner", "parks")] == [PARKS]
    assert len(found("--owner", "parks", "--owner", "LAW")) == 2
    assert found("--owner", "parks", "--service", "legal") == []
    overdue = ["CPC-2324-002", "PRK-2324-002"]
    assert found("--due-within", "20", "--owner", "law") == [(LAW, 1, overdue)]
    assert len(found("--due-within", "48", "--owner", "law")[0][2]) == 4
    assert found("--meeting", "1/9/2024", "--owner", "parks") == [(PARKS, 1, overdue)]


@pytest.mark.parametrize(
    ("options", "exit_code", "message"),
    [
        ((), 2, "Name the folder for the messages with -o DIR, or look with --dry-run."),
        (("--dry-run", "--reply-by", "12/5/2024"), 2, "The day to answer by, 12 May 2024, has"),
        (("--dry-run", "--meeting", "1/5/2024"), 2, "The meeting, 1 May 2024, has been; name"),
        (("--dry-run", "--owner", "Head of Lore"), 1,
         "No owner is called “Head of Lore”. Did you mean Head of Law"),
        (("--dry-run", "--service", "Legol"), 1,
         "No owner of an action is of a service called “Legol”. Did you mean"),
        (("--dry-run", "--due-within", "-1"), 2, "--due-within"),
    ],
)  # fmt: skip
def test_what_it_refuses(on_all, options, exit_code, message):
    assert message in on_all("chase", *options, exit_code=exit_code).stderr


@pytest.mark.parametrize(
    ("today", "meeting", "reply_by"),
    [
        ("2024-05-13", "2024-06-12", "2024-05-27"),  # in a fortnight
        ("2024-06-03", "2024-06-12", "2024-06-11"),  # the day before
        ("2024-06-03", "2024-06-10", "2024-06-07"),  # a Friday before a Monday
        ("2024-06-03", "2024-06-09", "2024-06-07"),  # and before a Sunday
        ("2024-06-09", "2024-06-10", "2024-06-09"),  # never in the past
        ("2024-06-12", "2024-06-12", "2024-06-12"),
    ],
)
def test_the_day_to_answer_by(on_all, forms, tmp_path, monkeypatch, today, meeting, reply_by):
    monkeypatch.setenv("CPCTRACK_TODAY", today)
    on_all("chase", "-o", str(tmp_path / "out"), "--meeting", meeting)
    assert {(each.reply_by, each.meeting) for each in forms.messages} == {(reply_by, meeting)}


def test_committees_that_meet_on_different_days(on_all, run, council, forms, tmp_path):
    run("--store", str(council / "prk.json"), "meeting", "21/5/2024", "--type", "formal")
    on_all("chase", "-o", str(tmp_path / "out"))
    assert {(each.reply_by, each.meeting) for each in forms.messages} == {("2024-05-20", "")}
    days = [
        {row["meeting"] for row in rows(council, name)["chases"].values()}
        for name in ("cpc", "prk")
    ]
    assert days == [{"2024-06-12"}, {"2024-05-21"}]


def test_a_meeting_that_moved_or_is_cancelled(on_cpc, forms, tmp_path, monkeypatch):
    on_cpc("meeting", "12/6/2024", "--type", "formal", "--moved-to", "19/6/2024")
    on_cpc("chase", "-o", str(tmp_path / "a"), "--meeting", "12/6/2024", "--owner", "parks")
    assert {each.meeting for each in forms.messages} == {"2024-06-19"}
    on_cpc("meeting", "19/6/2024", "--cancelled")
    for day in ("12/6/2024", "19/6/2024"):
        refused = on_cpc("chase", "--dry-run", "--meeting", day, exit_code=2)
        assert "does not meet on 19 June 2024, which is cancelled; name a meeting" in refused.stderr
    on_cpc("meeting", "11/9/2024", "--type", "formal")
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-05-20")
    assert due(on_cpc("chase", "--dry-run", "--owner", "parks", "--json"))[0][:2] == (PARKS, 2)


def test_dates_that_are_taken_in_later_ask_nobody_anew(run, tmp_path, forms):
    store = str(tmp_path / "lib.json")

    def lib(*words):
        return run("--store", store, *words)

    run("--store", store, "init", "--committee", "Libraries", "--prefix", "LIB")
    for text in ("Buy shelves.", "Mend the roof."):
        lib("add", *MARCH, "--action", text, "--owner", LAW)
    lib("chase", "-o", str(tmp_path / "out"))
    lib("update", "1", "--response", "Bought.")
    assert due(lib("chase", "--dry-run", "--json")) == []
    lib("meeting", "12/6/2024", "--type", "formal")
    later = lib("chase", "--dry-run", "--json")
    assert sorted(why(later)) == [(LAW, "LIB-2324-001", "answered"), (LAW, "LIB-2324-002", "asked")]


def test_what_was_given_on_is_not_waited_for(on_cpc, tmp_path):
    on_cpc("chase", "-o", str(tmp_path / "out"))
    on_cpc("reassign", LAW, "Estates", "1")
    assert [each["ref"] for each in told(on_cpc("list", "--unanswered", "--json"))] == [
        "CPC-2324-002"
    ]
    assert "Not answered" not in on_cpc("show", "1").stdout
    assert due(on_cpc("chase", "--dry-run", "--json")) == [("Estates", 1, ["CPC-2324-001"])]


@pytest.mark.parametrize(
    ("options", "late"),
    [
        (("--reply-by", "13/6/2024"), True),
        (("--reply-by", "12/6/2024"), False),
        ((), False),
        (("--reply-by", "13/6/2024", "--meeting", "19/6/2024"), False),
    ],
)
def test_an_answer_that_would_come_after_the_meeting(on_cpc, options, late):
    said = on_cpc("chase", "--dry-run", *options).stderr
    assert ("The meeting of 12 June 2024 comes before the day to answer by" in said) is late


def test_exempt_actions_go_in_messages_of_their_own(on_all, on_cpc, council, forms, tmp_path):
    on_cpc("add", *MARCH, "--action", "Settle the lease.", "--owner", LAW, "--exempt", "3")
    on_cpc("add", *MARCH, "--action", "Exempt under paragraph 3: buy it.", "--owner", LAW,
           "--exempt", "3")  # fmt: skip
    on_cpc("update", "4", "--exempt", "")  # a person says that it is public
    on_cpc("add", *MARCH, "--action", "Part 2: hear the case (exempt, paragraph 1).",
           "--owner", "Panel", "--exempt", "1")  # fmt: skip

    def doubtful(held):
        row = next(row for row in held["actions"].values() if row["ref"] == "CPC-2324-005")
        del row["exempt_paragraph"]

    held = rows(council)
    doubtful(held)
    (council / "cpc.json").write_text(json.dumps(held), "utf-8")
    plain = on_all("chase", "--dry-run", "--json")
    refs = [ref for _, _, every in due(plain) for ref in every]
    assert "CPC-2324-004" in refs
    assert not {"CPC-2324-003", "CPC-2324-005"} & set(refs)
    assert "2 exempt actions are left out; --include-exempt asks about them" in plain.stderr
    assert "CPC-2324-005: by its own words this may be exempt" in plain.stderr
    out = tmp_path / "out"
    done = on_all("chase", "-o", str(out), "--include-exempt", "--json", "--format", "text")
    assert "Not for publication: exempt actions are in messages of their own." in done.stderr
    secret = [each for each in told(done)["messages"] if each["exempt"]]
    assert [(each["owner"], each["refs"]) for each in secret] == [
        (LAW, ["CPC-2324-003"]), ("Panel", ["CPC-2324-005"]),
    ]  # fmt: skip
    names = [path.name for path in out.iterdir() if path.name.startswith("not-for-publication-")]
    assert len(names) == 2
    assert all(q.record.exempt for each in forms.messages if each.exempt for q in each.questions)
    kept = rows(council)
    assert kept["chases"][secret[1]["number"]]["exempt"] is True
    panel = next(row for row in kept["actions"].values() if row["ref"] == "CPC-2324-005")
    assert "exempt_paragraph" not in panel  # being asked about it decides nothing


def test_the_chair_hears_of_exempt_actions_apart(on_cpc, forms, tmp_path, monkeypatch):
    on_cpc("add", *MARCH, "--action", "Settle the lease.", "--owner", LAW, "--exempt", "3")
    for day in ("2024-05-13", "2024-05-20", "2024-05-27"):
        monkeypatch.setenv("CPCTRACK_TODAY", day)
        done = on_cpc("chase", "-o", str(tmp_path / "out"), "--include-exempt", "--json",
                      "--format", "eml", "--format", "text")  # fmt: skip
    letters = {
        name.rpartition("/")[2]: (tmp_path / "out" / name).read_text("utf-8")
        for name in told(done)["chair"]
    }
    assert set(letters) == {
        "for-the-chair.eml", "for-the-chair.txt",
        "not-for-publication-for-the-chair.eml", "not-for-publication-for-the-chair.txt",
    }  # fmt: skip
    assert ["CPC-2324-003" in text for text in letters.values()] == [False, False, True, True]


def test_a_public_message_names_no_exempt_record(on_cpc, forms, tmp_path):
    on_cpc("split", "1", "--into", "Advise now.", "--into", "Advise later.")
    on_cpc("update", "1", "--exempt", "3")
    on_cpc("chase", "-o", str(tmp_path / "out"))
    told_of = [q.record for each in forms.messages for q in each.questions]
    assert {"CPC-2324-003", "CPC-2324-004"} < {record.ref for record in told_of}
    assert "CPC-2324-001" not in repr(told_of)
    assert "CPC-2324-001" in on_cpc("show", "3").stdout  # the record keeps it


def test_who_is_not_asked_is_named(on_cpc, run, edit, council):
    on_cpc("owner", PARKS, "--left", "1/5/2024")
    on_cpc("add", *MARCH, "--action", "Do it.")
    on_cpc("add", *MARCH, "--action", "Do that.", "--owner", "Somebody")
    on_cpc("add", *MARCH, "--action", "It is done.", "--owner", "Nurse", "--status", "proposed")
    on_cpc("add", *MARCH, "--action", "It was done.", "--owner", "Nurse", "--status", "completed")
    held = rows(council)
    row = next(row for row in held["actions"].values() if row["ref"] == "CPC-2324-004")
    row["owners"] = ["N/A"]
    (council / "cpc.json").write_text(json.dumps(held), "utf-8")
    done = on_cpc("chase", "--dry-run", "--json")
    assert why(done) == [
        ("", "CPC-2324-003", "nobody"), (PARKS, "CPC-2324-002", "left"),
        ("N/A", "CPC-2324-004", "nobody"),
    ]  # fmt: skip
    assert [owner for owner, *_ in due(done)] == [LAW]
    assert "Head of Parks has left and is not asked about CPC-2324-002; “cpctrack" in done.stderr
    assert done.stderr.count("no owner is named") == 2
    nobody = on_cpc("chase", "--dry-run", "--owner", "parks", "--json")
    assert due(nobody) == []
    assert "Nobody is due to be asked." in nobody.stderr
    assert [ref for _, ref, _ in why(nobody)] == ["CPC-2324-002"]


def test_formats(on_cpc, forms, tmp_path):
    out = tmp_path / "out"
    done = on_cpc("chase", "-o", str(out), "--format", "docx", "--format", "text", "--format",
                  "xlsx", "--owner", "law")  # fmt: skip
    stem = str(out / "head-of-law-CPC-CHASE-AAAAA")
    assert done.stdout.splitlines() == [f"{stem}.docx", f"{stem}.xlsx", f"{stem}.txt"]
    assert (out / f"{stem}.txt").read_bytes().startswith(b"Head of Law \nCPC-2324-002\n")
    assert "1 message, to be answered by 27 May 2024; nothing was sent." in done.stderr
    assert forms.folder is None


def test_own_templates_of_a_folder_of_committees(run, forms, tmp_path):
    for name, prefix in (("law", "LAW"), ("parks", "PRK")):
        (tmp_path / name).mkdir()
        one = ("--store", str(tmp_path / name / "actions.json"))
        run(*one, "init", "--committee", name.title(), "--prefix", prefix)
        run(*one, "add", *MARCH, "--action", "Do it.", "--owner", LAW)
    own = tmp_path / "parks" / "templates"
    own.mkdir()
    every = ("--store", str(tmp_path), "chase", "--again", "-o")
    run("--store", str(tmp_path), "chase", "-o", str(tmp_path / "a"))
    assert forms.folder == own
    (tmp_path / "law" / "templates").mkdir()
    run(*every, str(tmp_path / "b"))
    assert forms.folder is None


def test_drafts_go_without_forms_that_need_a_library(on_cpc, forms, tmp_path, council):
    forms.office = False
    before = (council / "cpc.json").read_bytes()
    refused = on_cpc("chase", "-o", str(tmp_path / "x"), "--format", "docx", exit_code=1)
    assert "A form needs a library; install it." in refused.stderr
    assert (council / "cpc.json").read_bytes() == before
    assert not (tmp_path / "x").exists()
    done = on_cpc("chase", "-o", str(tmp_path / "out"))
    assert done.stderr.count("A form needs a library; install it.") == 1
    draft = next((tmp_path / "out").glob("*law*.eml"))
    assert json.loads(draft.read_bytes())[2] == []


def test_the_clerk_closes_a_message(on_cpc, forms, tmp_path):
    on_cpc("chase", "-o", str(tmp_path / "a"), "--owner", "parks")
    assert forms.messages[-1].clerk not in ("", "Jo Bell")
    on_cpc("settings", "--clerk", "Jo Bell; Clerk to the  committee")
    on_cpc("chase", "-o", str(tmp_path / "b"), "--owner", "law")
    assert forms.messages[-1].clerk == "Jo Bell\nClerk to the committee"


@pytest.mark.parametrize(
    ("owner", "name"),
    [("José García (Leisure)", "jose-garcia-leisure"), ("../../etc/passwd", "etc-passwd"),
     ("CON", "con-2"), ("42", "owner"),
     ("Assistant Director, Parks and Leisure", "assistant-director-parks-and"),
     ("Deputy Chief Executive of Corporate", "deputy-chief-executive-of"),
     ("A" * 300, "a" * 30), ("图书馆", "图书馆")],
)  # fmt: skip
def test_names_of_files_are_safe_everywhere(on_cpc, tmp_path, owner, name):
    on_cpc("add", *MARCH, "--action", "Do it.", "--owner", owner)
    done = on_cpc("chase", "-o", str(tmp_path / "out"), "--owner", owner, "--json")
    assert told(done)["messages"][-1]["files"] == [
        str(tmp_path / "out" / f"{name}-CPC-CHASE-AAAAA.eml")
    ]


def test_a_number_is_never_one_that_a_store_has(on_cpc, tmp_path, council, monkeypatch):
    on_cpc("chase", "-o", str(tmp_path / "out"), "--owner", "law")
    held = rows(council)
    held["chases"] = {}  # the records still tell of it
    (council / "cpc.json").write_text(json.dumps(held), "utf-8")
    letters = iter(["AAAAA", "AAAAA", "ZZZZZ"])
    monkeypatch.setattr(chase_files, "draw", lambda: next(letters))
    done = on_cpc("chase", "-o", str(tmp_path / "out"), "--owner", "parks", "--json")
    assert told(done)["messages"][0]["number"] == "CPC-CHASE-ZZZZZ"


def test_numbers_have_no_letters_that_look_alike(monkeypatch):
    monkeypatch.undo()
    drawn = {chase_files.draw() for _ in range(200)}
    assert len(drawn) > 190
    assert all(len(each) == 5 and each == each.upper() for each in drawn)
    assert not set("".join(drawn)) & set("0O1IL2Z5S8B")


def test_a_file_that_is_there_is_not_replaced(on_cpc, tmp_path, council):
    out = tmp_path / "out"
    out.mkdir()
    (out / "head-of-law-CPC-CHASE-AAAAA.eml").write_text("mine")
    before = (council / "cpc.json").read_bytes()
    refused = on_cpc("chase", "-o", str(out), exit_code=1)
    assert "already exists" in refused.stderr
    assert [path.name for path in out.iterdir()] == ["head-of-law-CPC-CHASE-AAAAA.eml"]
    assert (council / "cpc.json").read_bytes() == before


def test_a_folder_that_is_a_file(on_cpc, tmp_path):
    (tmp_path / "out").write_text("")
    assert "is a file" in on_cpc("chase", "-o", str(tmp_path / "out"), exit_code=2).stderr


def test_a_full_disk_changes_nothing(on_all, tmp_path, council, monkeypatch):
    before = [path.read_bytes() for path in sorted(council.glob("*.json"))]

    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_files, "prepared", full)
    refused = on_all("chase", "-o", str(tmp_path / "out"), exit_code=1)
    assert "can't be written to (no space left on device)" in refused.stderr
    assert [path.read_bytes() for path in sorted(council.glob("*.json"))] == before


def test_what_is_recorded_before_something_fails_is_said(on_all, tmp_path, council, monkeypatch):
    commit = Store.commit

    def failing(self):
        if self.path.name == "prk.json":
            raise StoreError("prk.json can't be written.")
        commit(self)

    monkeypatch.setattr(Store, "commit", failing)
    refused = on_all("chase", "-o", str(tmp_path / "out"), exit_code=1).stderr
    assert "prk.json can't be written." in refused
    assert f"{council / 'cpc.json'} says already what was written; “cpctrack undo”" in refused
    assert not (tmp_path / "out").exists()
    assert "chases" in rows(council)
    assert "chases" not in rows(council, "prk")


def test_what_one_that_was_killed_has_left_goes(on_cpc, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    for ending in ("lock", "0123abcd.tmp"):
        (out / f".head-of-law-CPC-CHASE-QQQQQ.eml.{ending}").write_text("half")
    on_cpc("chase", "-o", str(out))
    assert not list(out.glob(".*"))


def test_stores_of_one_committee_are_refused(on_all, run, council):
    run("--store", str(council / "p.json"), "init", "--committee", "Parks", "--prefix", "PRV")
    assert "one may be its private store" in on_all("chase", "--dry-run", exit_code=1).stderr


def test_the_progress_report_says_it_and_reads_it_back(on_cpc, tmp_path, monkeypatch):
    on_cpc("chase", "-o", str(tmp_path / "out"), "--owner", "law")
    on_cpc("update", "2", "--evidence", "https://example.org/plan")
    on_cpc("update", "1", "--response", "Begun.")
    on_cpc("update", "1", "--response", "")
    for ending in ("csv", "xlsx", "md", "html"):
        on_cpc("appendix", "--view", "progress", "-o", str(tmp_path / f"progress.{ending}"))
    text = (tmp_path / "progress.csv").read_text("utf-8")
    assert "Evidence: https://example.org/plan\nNot answered; asked on 13 May 2024" in text
    assert text.count("Not answered; asked on") == 1  # an answer came to the other, and went
    assert "CPC-CHASE" not in text
    for ending in ("csv", "xlsx"):
        plan = on_cpc("import", str(tmp_path / f"progress.{ending}"), "--dry-run").stdout
        assert "2 unchanged" in plan, plan


def test_what_leaves_the_store_names_nobody(on_cpc, tmp_path):
    on_cpc("chase", "-o", str(tmp_path / "out"))
    on_cpc("export", "-o", str(tmp_path / "export"))
    changes = (tmp_path / "export" / "changes.jsonl").read_text("utf-8")
    assert '"asked"' in changes
    assert "CPC-CHASE" not in changes
    on_cpc("export", "-o", str(tmp_path / "internal"), "--include-exempt")
    own = tmp_path / "internal" / "not-for-publication-changes.jsonl"
    assert "CPC-CHASE-AAAAA" in own.read_text("utf-8")


def test_scripts_can_plan_without_the_command(council):
    from datetime import date

    from cpctrack.store import council as stores

    held = stores.read_all(stores.stores_in(council))
    planned = chase.plan(held, chase.Wanted(), "Jo Bell", date(2024, 5, 13))
    assert [(each.owner, each.number, each.clerk) for each in planned.messages] == [
        (LAW, "", "Jo Bell"), (PARKS, "", "Jo Bell"),
    ]  # fmt: skip
