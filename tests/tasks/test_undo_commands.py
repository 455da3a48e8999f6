import json
import os

import pytest

from cpctrack.errors import StoreError
from cpctrack.store import files, store, undo_log

from .conftest import FORMAL, without_withdrawn

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes or plain links")
WRITING = {
    "add": ("add", *FORMAL, "--action", "Another.", "--owner", "Chair"),
    "add of a new meeting": (
        "add", "--meeting", "2023-06-01", "--type", "informal", "--item", "1", "--action", "Visit.",
    ),
    "update": ("update", "1", "--status", "completed", "--response", "Sent.", "--due", "1/6/2023"),
    "update to a new meeting": ("update", "1", "--meeting", "2023-06-01", "--type", "formal"),
    "roll-over": ("roll-over", "--to", "2023/24", "--yes"),
    "update of the year": ("update", "1", "--meeting", "2023-03-15", "--year", "2021/22"),
    "import": ("import", "published.csv", "--yes"),
}  # fmt: skip


@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_every_writing_command_is_taken_back_and_done_again(
    words, run, one_record, table, monkeypatch
):
    monkeypatch.chdir(table.parent)
    before = one_record.read_bytes()
    run(*words)
    after = one_record.read_bytes()
    assert after != before
    run("undo", "--yes")
    gone = json.loads(after)["actions"].keys() - json.loads(before)["actions"].keys()
    if gone:
        assert without_withdrawn(one_record.read_bytes()) == json.loads(before)
    else:
        assert one_record.read_bytes() == before
    run("redo", "--yes")
    assert one_record.read_bytes() == after


@pytest.mark.parametrize(
    ("clash", "field"),
    [
        ({"field": "status", "base": "open", "ours": "deferred", "theirs": "open"}, "status"),
        ({"field": "", "base": {}, "ours": None, "theirs": {}}, "record"),
    ],
)
def test_what_was_resolved_is_taken_back_and_done_again(clash, field, run, one_record, edit):
    edit(lambda held: next(iter(held["actions"].values())).update(_conflicts=[clash]))
    before = json.loads(one_record.read_text())
    run("resolve", "1", field, "--ours")
    after = one_record.read_bytes()
    done = run("undo", "--yes")
    assert done.stdout.startswith("Taking back “resolve” of 1 Jul 2023 00:00, by clerk:\n")
    assert json.loads(one_record.read_text()) == before
    run("redo", "--yes")
    assert one_record.read_bytes() == after


def test_what_was_resolved_in_a_meeting_and_the_settings(run, one_record, edit):
    clash = {"field": "year_starts", "base": "05-15", "ours": "05-15", "theirs": "05-20"}
    edit(lambda held: held["settings"]["store"].update(_conflicts=[clash]))
    before = json.loads(one_record.read_text())
    run("resolve", "settings", "year_starts", "--theirs")
    assert "  the settings: year starts from “05-20” to “05-15”" in (
        run("undo", "--yes").stdout.splitlines()
    )
    assert json.loads(one_record.read_text()) == before


def test_further_back_and_forth_again(run, one_record):
    states = [one_record.read_bytes()]
    for text in "abc":
        run("update", "1", "--response", text)
        states.append(one_record.read_bytes())
    for state in states[-2::-1]:
        run("undo", "--yes")
        assert one_record.read_bytes() == state
    for state in states[1:]:
        run("redo", "--yes")
        assert one_record.read_bytes() == state
    assert "nothing to do again" in run("redo", "--yes", exit_code=1).stderr


def test_shows_what_it_was_and_what_will_change(run, one_record):
    run("update", "1", "--status", "completed", "--response", "Sent.", "--owner", "Chair")
    done = run("undo", "--yes")
    assert done.stdout == (
        "Taking back “update” of 1 Jul 2023 00:00, by clerk:\n"
        "  CPC-2223-001: owners from “Chair” to “Head of Fostering”\n"
        "  CPC-2223-001: response from “Sent.” to nothing\n"
        "  CPC-2223-001: Completed → To do\n"
    )
    assert done.stderr == "Taken back; “cpctrack redo” does it again.\n"
    assert run("redo", "--yes").stdout.splitlines()[-1] == ("  CPC-2223-001: To do → Completed")


def test_records_come_and_go_in_words(run, one_record, table):
    run("import", str(table), "--yes")
    lines = run("undo", "--yes").stdout.splitlines()
    assert "  CPC-2223-002 leaves the store: Count the homes." in lines
    assert "  the informal meeting of 26 April 2023 leaves the store" in lines
    assert "  CPC-2223-002 comes back into the store: Count the homes." in (
        run("redo", "--yes").stdout.splitlines()
    )


def test_a_long_list_is_cut_after_twenty_lines(run, one_record, tmp_path):
    table = tmp_path / "many.csv"
    rows = "".join(f"15/3/2023,Formal,Item 5,Do {n},Chair\n" for n in range(30))
    table.write_text("Meeting date,Meeting type,Item,Action,Owner\n" + rows)
    run("import", str(table), "--yes")
    lines = run("undo", "--yes").stdout.splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  … and 10 more"


def test_without_a_terminal_it_needs_yes(run, one_record):
    before = one_record.read_bytes()
    done = run("undo", exit_code=2)
    assert "CPC-2223-001 leaves the store" in done.stdout
    assert "This needs a yes. Run: cpctrack undo --yes\n" in done.stderr
    assert one_record.read_bytes() == before
    run("undo", "--yes")
    assert "This needs a yes. Run: cpctrack redo --yes\n" in run("redo", exit_code=2).stderr


def test_asks_on_a_terminal(run, one_record, at_a_terminal):
    before = one_record.read_bytes()
    assert "Take this back? [Y/n]" in run("undo", input="n\n").stderr
    assert one_record.read_bytes() == before
    run("undo", input="\n")
    assert json.loads(one_record.read_text())["actions"] == {}
    assert "Do this again? [Y/n]" in run("redo", input="y\n").stderr
    assert one_record.read_bytes() == before


def test_nothing_to_take_back(run, new_store):
    assert "nothing to take back" in run("undo", "--yes", exit_code=1).stderr
    assert "nothing to do again" in run("redo", "--yes", exit_code=1).stderr


def test_a_new_command_drops_what_was_taken_back(run, one_record):
    run("update", "1", "--response", "a")
    run("undo", "--yes")
    run("update", "1", "--response", "b")
    assert "nothing to do again" in run("redo", "--yes", exit_code=1).stderr
    run("undo", "--yes")
    run("redo", "--yes")
    assert json.loads(run("show", "1", "--json").stdout)["response"] == "b"


def test_a_command_that_changes_nothing_is_not_logged(run, one_record, logged):
    before = logged()
    run("update", "1", "--owner", "Head of Fostering")
    run("update", "99", "--owner", "Chair", exit_code=1)
    run("list")
    assert logged() == before


def test_a_reference_that_was_taken_back_is_not_used_again(run, one_record):
    add = ("add", *FORMAL, "--action", "Another.", "--owner", "Chair")
    assert run(*add).stdout == "CPC-2223-002\n"
    run("undo", "--yes")
    assert json.loads(one_record.read_text())["withdrawn"] == {"CPC-2223-002": {}}
    run("redo", "--yes")
    assert "withdrawn" not in json.loads(one_record.read_text())
    run("undo", "--yes")
    assert run(*add).stdout == "CPC-2223-003\n"


class TestSomebodyElse:
    def refused(self, run, path):
        before = path.read_bytes()
        error = run("undo", "--yes", exit_code=1).stderr
        assert path.read_bytes() == before
        return error

    def test_changed_the_field_by_hand(self, run, one_record, edit):
        run("update", "1", "--status", "completed")
        edit(lambda held: next(iter(held["actions"].values())).update(status="deferred"))
        error = self.refused(run, one_record)
        assert "“update” of 1 Jul 2023 00:00, by clerk" in error
        assert "CPC-2223-001: status, by hand or through git" in error

    def test_changed_it_with_a_line_of_history(self, run, one_record, edit):
        run("update", "1", "--status", "completed")
        line = {"at": "2023-07-02T10:30:00Z", "by": "A. Colleague", "via": "update",
                "change": "response", "from": "", "to": "Late"}  # fmt: skip

        def alter(held):
            row = next(iter(held["actions"].values()))
            row["response"] = "Late"
            row["history"].append(line)

        edit(alter)
        assert (
            "CPC-2223-001: response from nothing to “Late”, by A. Colleague on 2 Jul 2023 10:30"
        ) in self.refused(run, one_record)

    def test_changed_its_history_alone(self, run, one_record, edit):
        edit(lambda held: next(iter(held["actions"].values())).update(history=[]))
        assert "CPC-2223-001: history, by hand" in self.refused(run, one_record)

    def test_removed_the_record(self, run, one_record, edit):
        run("update", "1", "--status", "completed")
        edit(lambda held: held["actions"].clear())
        assert "CPC-2223-001 is no longer in the store" in self.refused(run, one_record)

    def test_another_change_does_not_stand_in_the_way(self, run, one_record, edit):
        run("add", *FORMAL, "--action", "Another.", "--owner", "Chair")
        run("update", "2", "--status", "completed")

        def alter(held):
            row = next(r for r in held["actions"].values() if r["ref"] == "CPC-2223-001")
            row["response"] = "Theirs"

        edit(alter)
        run("undo", "--yes")
        shown = [json.loads(run("show", ref, "--json").stdout) for ref in "12"]
        assert [one["response"] for one in shown] == ["Theirs", ""]
        assert [one["status"] for one in shown] == ["open", "open"]

    def test_put_the_file_back(self, run, one_record):
        before = one_record.read_bytes()
        run("update", "1", "--response", "a")
        run("update", "1", "--response", "b")
        one_record.write_bytes(before)
        # Both commands left nothing, so the last one that did is the first.
        assert "CPC-2223-001" in self.refused(run, one_record)

    def test_put_the_last_command_back(self, run, one_record):
        run("update", "1", "--response", "a")
        before = one_record.read_bytes()
        run("update", "1", "--response", "b")
        one_record.write_bytes(before)
        assert "response from “a” to nothing" in run("undo", "--yes").stdout

    def test_uses_the_meeting_that_an_add_has_brought(self, run, one_record, edit):
        def alter(held):
            (row,) = held["actions"].values()
            held["actions"]["00000000000f"] = {**row, "ref": "CPC-2223-009"}

        edit(alter)
        run("undo", "--yes")
        run("check")
        held = json.loads(one_record.read_text())
        assert list(held["actions"]) == ["00000000000f"]
        assert list(held["meetings"]) == ["2023-03-15-formal"]
        run("redo", "--yes")
        assert len(json.loads(run("list", "--json").stdout)) == 2

    def test_changed_the_meeting(self, run, one_record, edit):
        edit(lambda held: held["meetings"]["2023-03-15-formal"].update(year="2023/24"))
        assert "the formal meeting of 15 March 2023: year, by hand" in self.refused(run, one_record)

    def test_used_the_reference_meanwhile(self, run, one_record, edit):
        run("add", *FORMAL, "--action", "Another.", "--owner", "Chair")
        run("undo", "--yes")

        def alter(held):
            (row,) = held["actions"].values()
            held["actions"]["00000000000f"] = {**row, "ref": "CPC-2223-002"}

        edit(alter)
        before = one_record.read_bytes()
        error = run("redo", "--yes", exit_code=1).stderr
        assert "can't be done again" in error
        assert "CPC-2223-002 is in the store already, by clerk on 1 Jul 2023 00:00" in error
        assert one_record.read_bytes() == before

    def test_brought_the_record_back_otherwise(self, run, one_record, edit):
        run("undo", "--yes")
        row = {"ref": "CPC-2223-001", "action": "x", "meeting": "2023-03-15-formal"}

        def alter(held):
            held["actions"]["00000000000f"] = row
            held["meetings"]["2023-03-15-formal"] = {"date": "2023-03-15", "type": "formal"}

        edit(alter)
        assert "CPC-2223-001 is in the store already\n" in run("redo", "--yes", exit_code=1).stderr

    def test_took_a_meeting_away_that_the_record_needs(self, run, one_record, edit):
        run("update", "1", "--meeting", "2023-06-01", "--type", "formal")
        edit(lambda held: held["meetings"].pop("2023-03-15-formal"))
        assert "which the store does not hold" in self.refused(run, one_record)

    def test_writes_while_the_question_stands(self, run, one_record, at_a_terminal, monkeypatch):
        def answer(*_, **__):
            run("update", "1", "--response", "Theirs")
            return "y"

        monkeypatch.setattr("click.prompt", answer)
        assert "while you were reading" in run("undo", exit_code=1).stderr
        assert json.loads(run("show", "1", "--json").stdout)["response"] == "Theirs"


class TestTheLog:
    def test_one_line_a_command(self, run, one_record, logged, table):
        run("import", str(table), "--yes")
        first, second = logged()
        assert (first["via"], second["via"]) == ("add", "import")
        assert second["by"] == "clerk"
        assert second["at"] == "2023-07-01T00:00:00Z"
        assert first["rows"][1] == [
            "meetings", "2023-03-15-formal", None, {"date": "2023-03-15", "type": "formal"},
        ]  # fmt: skip
        assert sum(name == "actions" for name, *_ in second["rows"]) == 3

    @POSIX
    def test_is_no_more_open_than_the_store(self, run, one_record, log_path):
        one_record.chmod(0o600)
        run("update", "1", "--response", "a")
        assert log_path.stat().st_mode & 0o777 == 0o600
        log_path.unlink()
        run("update", "1", "--response", "b")
        assert log_path.stat().st_mode & 0o777 == 0o600
        one_record.chmod(0o640)
        run("undo", "--yes")
        assert log_path.stat().st_mode & 0o777 == 0o600

    def test_reading_does_not_touch_it(self, run, one_record, log_path):
        log_path.write_bytes(b"\xff nothing of ours")
        for words in (["list"], ["show", "1"], ["history"], ["check"]):
            run(*words)
        assert log_path.read_bytes() == b"\xff nothing of ours"

    def test_a_torn_last_line_never_came_to_be(self, run, one_record, log_path):
        run("update", "1", "--response", "a")
        whole = log_path.read_bytes()
        log_path.write_bytes(whole + whole.splitlines()[-1][:-9])
        run("update", "1", "--response", "b")
        assert len(log_path.read_bytes().splitlines()) == 3
        for text in ("“b” to “a”", "“a” to nothing", "leaves the store"):
            assert text in run("undo", "--yes").stdout

    @pytest.mark.parametrize(
        "line",
        [
            b"not JSON\n", b"[]\n", b"{}\n", b"\xff\xfe\n", b'{"rows":[[1,2]]}\n', b"\n",
            b'{"rows":5}\n',
            b'{"id":"a","at":"","by":"","via":"","schema":2,"rows":[["actions","x",5,null]]}\n',
            b'{"id":5,"at":"","by":"","via":"","schema":2,"rows":[]}\n',
            b'{"id":"a","at":"","by":"","via":"","schema":99,"rows":[]}\n',
            b'{"id":"a","at":"","by":"","via":"","schema":2,"rows":[],"more":1}\n',
            b"<<<<<<< ours\n",
        ],
    )  # fmt: skip
    def test_goes_back_to_a_damaged_line_and_no_further(self, line, run, one_record, log_path):
        log_path.write_bytes(log_path.read_bytes() + line)
        assert "can't be read any further" in run("undo", "--yes", exit_code=1).stderr
        assert "nothing to do again" in run("redo", "--yes", exit_code=1).stderr
        run("update", "1", "--response", "a")
        run("undo", "--yes")
        assert "nothing to take back" in run("undo", "--yes", exit_code=1).stderr
        run("redo", "--yes")

    def test_a_folder_in_its_place_is_no_error(self, run, one_record, log_path):
        log_path.unlink()
        log_path.mkdir()
        run("update", "1", "--response", "a")
        assert "can't be read any further" in run("undo", "--yes", exit_code=1).stderr

    @POSIX
    def test_of_a_read_only_store_can_be_added_to(self, run, one_record, log_path):
        log_path.unlink()
        one_record.chmod(0o444)
        run("update", "1", "--response", "a")
        assert log_path.stat().st_mode & 0o777 == 0o644
        assert one_record.stat().st_mode & 0o777 == 0o444

    @POSIX
    def test_a_link_in_its_place_is_not_followed(self, run, one_record, log_path, tmp_path):
        target = tmp_path / "elsewhere.txt"
        target.write_text("mine\n")
        log_path.unlink()
        log_path.symlink_to(target)
        run("update", "1", "--response", "a")
        assert target.read_text() == "mine\n"
        assert "nothing to take back" in run("undo", "--yes", exit_code=1).stderr

    def test_keeps_a_hundred_commands(self, run, one_record, logged):
        for number in range(150):
            with store.editing(one_record) as held:
                (record,) = held.records
                held.put(record._replace(response=f"Answer {number}"))
            assert len(logged()) <= undo_log.MOST_COMMANDS
        assert len(logged()) >= undo_log.MOST_COMMANDS - 20
        assert "response from “Answer 149” to “Answer 148”" in run("undo", "--yes").stdout

    def test_drops_the_oldest_when_it_grows_large(self, run, one_record, logged, monkeypatch):
        monkeypatch.setattr(undo_log, "MOST_BYTES", 3000)
        for number in range(9):
            run("update", "1", "--response", f"{number} {'x' * 300}")
        assert 1 <= len(logged()) < 4
        run("update", "1", "--response", "y" * 4000)
        assert len(logged()) == 1  # the last command can be taken back however large it was
        assert "response from “yyy" in run("undo", "--yes").stdout

    def test_a_store_begun_anew_begins_its_log(self, run, one_record, log_path):
        one_record.unlink()
        run("init", "--committee", "Corporate Parenting Committee")
        assert not log_path.exists()

    @POSIX
    def test_is_beside_the_store_that_a_link_leads_to(self, run, one_record, log_path, tmp_path):
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        link = folder / "linked.json"
        link.symlink_to(one_record)
        run("--store", str(link), "update", "1", "--response", "a")
        assert list(folder.iterdir()) == [link]
        run("--store", str(link), "undo", "--yes")
        run("redo", "--yes")

    def test_of_a_change_that_no_history_tells(self, run, one_record):
        with store.editing(one_record) as held:
            (record,) = held.records
            held.put(record._replace(response="a"))
        assert run("undo", "--yes").stdout.startswith("Taking back a change:\n")
        with store.editing(one_record) as held:
            (record,) = held.records
            held.put(record._replace(history=()))
        assert "CPC-2223-001: its history" in run("undo", "--yes").stdout


class TestFaults:
    def failing(self, monkeypatch, name, error, *, times=1):
        """Let a function of `files` fail as often as said, and then work."""
        real = getattr(files, name)
        left = [times]

        def call(path, *arguments, **options):
            if path.name.endswith(".undo") and left[0]:
                left[0] -= 1
                raise error
            return real(path, *arguments, **options)

        monkeypatch.setattr(files, name, call)

    def test_a_log_that_can_not_be_written_is_given_up(
        self, run, one_record, log_path, monkeypatch
    ):
        self.failing(monkeypatch, "append", OSError(28, "No space left on device"))
        run("update", "1", "--response", "a")
        assert not log_path.exists()
        # The add would be the wrong command to take back.
        assert "nothing to take back" in run("undo", "--yes", exit_code=1).stderr
        run("update", "1", "--response", "b")
        assert "“b” to “a”" in run("undo", "--yes").stdout

    def test_a_log_of_somebody_else_in_a_shared_folder_is_replaced(
        self, run, one_record, logged, monkeypatch
    ):
        self.failing(monkeypatch, "append", PermissionError(13, "Permission denied"))
        run("update", "1", "--response", "a")
        assert len(logged()) == 2
        run("undo", "--yes")

    @POSIX
    def test_a_read_only_log_is_kept_up(self, run, one_record, log_path, logged):
        log_path.chmod(0o444)
        run("update", "1", "--response", "a")
        assert len(logged()) == 2
        run("undo", "--yes")
        assert log_path.stat().st_mode & 0o777 == 0o444

    def test_a_store_that_can_not_be_written_leaves_the_log_alone(
        self, run, one_record, log_path, monkeypatch
    ):
        before, log = one_record.read_bytes(), log_path.read_bytes()

        def refuse(*_, **__):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("cpctrack.store.storage.write_atomically", refuse)
            run("update", "1", "--response", "a", exit_code=1)
            assert log_path.read_bytes() == log
            run("undo", "--yes", exit_code=1)
        assert (one_record.read_bytes(), log_path.read_bytes()) == (before, log)
        run("undo", "--yes")
        log = log_path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr("cpctrack.store.storage.write_atomically", refuse)
            run("redo", "--yes", exit_code=1)
        assert log_path.read_bytes() == log
        run("redo", "--yes")
        assert one_record.read_bytes() == before

    def test_killed_between_log_and_store(self, run, one_record, monkeypatch):
        run("update", "1", "--response", "a")
        before = one_record.read_bytes()

        def kill(*_, **__):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("cpctrack.store.storage.write_atomically", kill)
            run("update", "1", "--response", "lost", exit_code=1)
        assert one_record.read_bytes() == before
        assert "response from “a” to nothing" in run("undo", "--yes").stdout

    def test_an_undo_that_can_not_be_logged_has_happened(self, run, one_record, monkeypatch):
        run("update", "1", "--response", "a")
        self.failing(monkeypatch, "write_atomically", OSError(28, "No space left on device"))
        run("undo", "--yes")
        assert "leaves the store" in run("undo", "--yes").stdout

    def test_a_redo_that_can_not_be_logged_is_refused(self, run, one_record, monkeypatch):
        run("undo", "--yes")
        before = one_record.read_bytes()
        self.failing(monkeypatch, "write_atomically", OSError(28, "No space left on device"))
        error = run("redo", "--yes", exit_code=1).stderr
        assert "can't be written (no space left on device); nothing was changed" in error
        assert one_record.read_bytes() == before
        run("redo", "--yes")

    def test_what_a_killed_rewrite_left_is_swept(self, run, one_record, log_path):
        stray = log_path.with_name(f".{log_path.name}.0123abcd.tmp")
        stray.write_bytes(b"half")
        run("update", "1", "--response", "a")
        assert not stray.exists()

    def test_a_value_that_can_not_be_written_is_refused_as_ever(self, run, one_record, logged):
        refused = pytest.raises(StoreError, match="holds what no store holds")
        with refused, store.editing(one_record) as held:
            (record,) = held.records
            held.put(record._replace(response="half of a letter \ud800"))
        assert len(logged()) == 1


def test_appending_a_part_at_a_time(tmp_path, monkeypatch):
    like = tmp_path / "store"
    like.write_bytes(b"")
    real = files._write_all
    log = tmp_path / "log"

    class Slow:
        def __init__(self, stream):
            self.stream = stream

        def write(self, content):
            return self.stream.write(bytes(content[:3]))

    monkeypatch.setattr(files, "_write_all", lambda stream, content: real(Slow(stream), content))
    files.append(log, b"first line\n", at=0, like=like)
    files.append(log, b"second\n", at=6, like=like)
    assert log.read_bytes() == b"first second\n"


def test_appending_to_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    log = tmp_path / "log"
    log.write_bytes(b"one\n")

    def full(stream, content):
        stream.write(bytes(content[:2]))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write_all", full)
    with pytest.raises(OSError, match="No space left"):
        files.append(log, b"two\n", at=4, like=log)
    assert log.read_bytes() == b"one\n"
