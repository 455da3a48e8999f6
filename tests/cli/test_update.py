import json
import sys
from pathlib import Path

import click
import pytest


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make the editor a Python expression over ``text``, the form; it counts its calls."""

    def use(expression: str, encoding: str = "utf-8") -> Path:
        calls = tmp_path / "editor calls"
        script = tmp_path / "editor.py"
        script.write_text(
            "import pathlib, sys\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "text = path.read_bytes().decode('utf-8-sig')\n"
            f"calls = pathlib.Path({str(calls)!r})\n"
            "count = len(calls.read_text()) if calls.exists() else 0\n"
            "calls.write_text('.' * (count + 1))\n"
            f"new = {expression}\n"
            "if new is not None:\n"
            f"    path.write_bytes(new.encode({encoding!r}, 'replace'))\n"
            "    import os; os.utime(path, (0, 0))\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
        return calls

    return use


def test_changes_fields_and_tells_history(run, some_records):
    result = run("update", "2223-1", "--response", "Sent.", "--status", "proposed")
    assert result.stderr == "CPC-2223-001: response “Sent.”, To do → Reported done.\n"
    record = shown(run, "1")
    assert (record["response"], record["status"]) == ("Sent.", "proposed")
    assert [(h["change"], h["from"], h["to"], h["via"]) for h in record["history"][1:]] == [
        ("response", "", "Sent.", "update"),
        ("status", "open", "proposed", "update"),
    ]


def test_evidence_is_added_and_taken_away(run, some_records):
    assert "evidence" not in some_records.read_text("utf-8")
    run("update", "1", "--evidence", "https://example.org/a", "--evidence", "b.pdf")
    run("update", "1", "2", "--evidence", "b.pdf", "--evidence", "\x1b[2Jc.pdf")
    assert shown(run, "1")["evidence"] == ["https://example.org/a", "b.pdf", "[2Jc.pdf"]
    assert shown(run, "2")["evidence"] == ["b.pdf", "[2Jc.pdf"]
    assert "\nEvidence     https://example.org/a\n" in run("show", "1").stdout
    run("update", "1", "--remove-evidence", "b.pdf", "--remove-evidence", "https://example.org/a")
    assert shown(run, "1")["history"][-1]["to"] == ["[2Jc.pdf"]
    refused = run("update", "1", "--remove-evidence", "x", exit_code=2)
    assert "CPC-2223-001 has no evidence “x”;" in refused.stderr


def test_the_editor_has_all_of_the_evidence(run, some_records, editor, at_a_terminal):
    run("update", "1", "--evidence", "a.pdf", "--evidence", "b.pdf")
    editor("text.replace('a.pdf\\n', '') if 'a.pdf' in text else None")
    run("update", "1")
    assert shown(run, "1")["evidence"] == ["b.pdf"]


def test_many_records_get_the_same_values(run, some_records):
    run("update", "1", "2", "cpc-2223-001", "--referrer", "The chair")
    assert [shown(run, ref)["referrer"] for ref in "123"] == ["The chair", "The chair", ""]
    assert len(shown(run, "1")["history"]) == 2


def test_all_or_none(run, some_records):
    before = some_records.read_bytes()
    result = run("update", "1", "99", "--response", "x", exit_code=1)
    assert "No action has the reference “99”" in result.stderr
    assert some_records.read_bytes() == before


def test_the_same_value_writes_nothing(run, some_records):
    before = some_records.read_bytes()
    result = run("update", "1", "--owner", "Head of Fostering")
    assert "already says so" in result.stderr
    assert some_records.read_bytes() == before


def test_an_empty_value_clears(run, some_records):
    run("update", "1", "--due", "", "--owner", "")
    assert shown(run, "1")["due"] is None
    assert shown(run, "1")["due_text"] == ""
    assert shown(run, "1")["owners"] == []


def test_an_action_can_not_be_emptied(run, some_records):
    assert "without an action" in run("update", "1", "--action", "", exit_code=2).stderr


def test_moves_to_another_meeting_and_keeps_its_reference(run, some_records):
    run("update", "1", "--meeting", "2023-07-20", "--type", "formal")
    record = shown(run, "CPC-2223-001")
    assert (record["meeting_date"], record["municipal_year"]) == ("2023-07-20", "2023/24")
    assert (record["history"][-1]["from"], record["history"][-1]["to"]) == (
        "2023-03-15-formal",
        "2023-07-20-formal",
    )


def test_takes_the_type_of_the_meeting_it_moves_to(run, some_records):
    run("update", "1", "--meeting", "2023-01-18")
    assert shown(run, "CPC-2223-001")["meeting_type"] == "informal"


def test_completion_date(run, some_records):
    run("update", "1", "--status", "Completed", "--completed-on", "1.5.23", "--response", "Done")
    assert shown(run, "1")["completed_on"] == "2023-05-01"
    run("update", "1", "--completed-on", "")
    assert shown(run, "1")["completed_on"] is None


def test_needs_something_to_change(run, some_records):
    assert "Say what to change" in run("update", "1", exit_code=2).stderr


def test_one_field_is_a_small_change_on_disk(run, some_records):
    before = some_records.read_text(encoding="utf-8").splitlines()
    run("update", "1", "--response", "Sent.")
    after = some_records.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == []
    assert len(after) - len(before) == 8  # the response, and its line of history


class TestOwners:
    def test_one_is_added_and_the_others_stay(self, run, some_records):
        result = run("update", "1", "2", "--add-owner", "The Board", "--add-owner", "A Post")
        assert shown(run, "1")["owners"] == ["Head of Fostering", "The Board", "A Post"]
        assert shown(run, "2")["owners"][2:] == ["The Board", "A Post"]
        assert "no longer" not in result.stderr

    def test_one_is_removed_whatever_its_capitals(self, run, some_records):
        result = run("update", "2", "--remove-owner", "participation LEAD", "--add-owner", "B")
        assert shown(run, "2")["owners"] == ["José, Youth Worker", "B"]
        assert result.stderr.endswith("CPC-2223-002: no longer with Participation Lead.\n")

    def test_who_goes_is_named(self, run, some_records):
        result = run("update", "1", "2", "--owner", "Participation lead")
        assert result.stderr.splitlines() == [
            "CPC-2223-001: referred to “Participation lead”.",
            "CPC-2223-001: no longer with Head of Fostering.",
            "CPC-2223-002: referred to “Participation lead”.",
            "CPC-2223-002: no longer with José, Youth Worker.",
        ]

    def test_an_emptied_list_names_all_who_go(self, run, some_records):
        said = run("update", "2", "--owner", "").stderr
        assert "no longer with Participation Lead and José, Youth Worker." in said

    def test_who_is_not_there_can_not_go(self, run, some_records):
        before = some_records.read_bytes()
        result = run("update", "2", "1", "--remove-owner", "Participation Lead", exit_code=2)
        assert (
            "CPC-2223-001 is not referred to “Participation Lead”, but to Head of Fostering."
            in result.stderr
        )
        result = run("update", "3", "--remove-owner", "The Board", exit_code=2)
        assert "CPC-2223-003 is not referred to “The Board”, but to nobody." in result.stderr
        assert some_records.read_bytes() == before

    def test_all_and_some_can_not_be_named_together(self, run, some_records):
        words = ("update", "1", "--owner", "A Post", "--add-owner", "B Post")
        assert "--owner names all owners" in run(*words, exit_code=2).stderr

    def test_the_printed_cell_goes_with_its_owners_only(self, run, some_records, tmp_path):
        table = tmp_path / "table.tsv"
        table.write_text(
            "Meeting Date\tMeeting Type\tActions\tReferred to\n"
            "15/3/2023\tFormal\tDo it.\tHEAD OF FOSTERING / Head of Property\n",
            encoding="utf-8",
        )
        run("import", str(table), "--yes")
        assert shown(run, "5")["owners"] == ["Head of Fostering", "Head of Property"]
        assert shown(run, "5")["owner_text"] == "HEAD OF FOSTERING / Head of Property"
        assert "already says so" in run("update", "5", "--add-owner", "Head of property").stderr
        assert "1 unchanged" in run("import", str(table), "--yes").stdout
        run("update", "5", "--remove-owner", "Head of Property")
        assert (shown(run, "5")["owners"], shown(run, "5")["owner_text"]) == (
            ["Head of Fostering"],
            "",
        )

    def test_a_name_is_taken_as_the_others_spell_it(self, run, some_records):
        run("update", "3", "--add-owner", "HEAD OF PROPERTY")
        assert shown(run, "3")["owners"] == ["Head of Property"]

    def test_a_name_can_be_spelled_anew_where_all_who_have_it_are_named(self, run, some_records):
        said = run("update", "1", "--owner", "Head Of Fostering").stderr
        assert shown(run, "1")["owners"] == ["Head Of Fostering"]
        assert "no longer" not in said


class TestInTheEditor:
    def test_changes_what_was_changed_in_the_form(self, run, some_records, at_a_terminal, editor):
        editor("text.replace('Provide a briefing note.', 'Provide a note.\\n\\n== at once ==  ')")
        run("update", "1")
        record = shown(run, "1")
        assert record["action"] == "Provide a note.\n\n== at once ==  "
        assert [line["change"] for line in record["history"]] == ["added", "action"]

    def test_an_unchanged_form_changes_nothing(self, run, some_records, at_a_terminal, editor):
        before = some_records.read_bytes()
        for expression in ("None", "text", "text.replace('\\n', '\\r\\n')"):
            editor(expression)
            assert "Nothing was changed." in run("update", "1").stderr
        assert some_records.read_bytes() == before

    def test_the_file_is_named_after_the_reference(self, run, some_records, edits, monkeypatch):
        monkeypatch.setattr("cpctrack.cli.context.App.interactive", True)
        edits(lambda _: None)
        edit, named = click.edit, []

        def look(*, filename: str, **others: object) -> None:
            named.append(Path(filename).name)
            edit(filename=filename, **others)

        monkeypatch.setattr("click.edit", look)
        assert "Nothing was changed." in run("update", "1").stderr
        assert named == ["CPC-2223-001.txt"]

    def test_reads_every_field(self, run, some_records, at_a_terminal, editor):
        editor(
            "text.replace('José, Youth Worker', 'The Board\\nThe Chair').replace('Under way\\n',"
            " 'Ongoing\\n').replace('or words\\n', 'or words\\nMay 2024')"
        )
        run("update", "2")
        record = shown(run, "2")
        assert record["owners"] == ["Participation Lead", "The Board", "The Chair"]
        assert (record["status"], record["due_text"]) == ("ongoing", "May 2024")

    def test_a_wrong_value_opens_the_form_again(self, run, some_records, at_a_terminal, editor):
        calls = editor(
            "text.replace('To do\\n', 'opne\\n') if not count else text.replace('opne', 'ongoing')"
        )
        result = run("update", "1", input="y\n")
        assert "“opne” is not a status. Did you mean open?" in result.stderr
        assert calls.read_text() == ".."
        assert shown(run, "1")["status"] == "ongoing"

    def test_a_lost_heading_can_be_given_up(self, run, some_records, at_a_terminal, editor):
        before = some_records.read_bytes()
        editor("text.replace('====== Response', '')")
        result = run("update", "1", input="n\n", exit_code=1)
        assert "headings are not as they were" in result.stderr
        assert some_records.read_bytes() == before

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
    def test_reads_what_an_editor_saves(self, run, some_records, at_a_terminal, editor, encoding):
        editor("text.replace('====== Response', '====== Response\\nCafé – “open”')",
               encoding)  # fmt: skip
        run("update", "2")
        assert shown(run, "2")["response"] == "Café – “open”"
        assert shown(run, "2")["owners"] == ["Participation Lead", "José, Youth Worker"]

    @pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
    def test_letters_an_editor_can_not_save_are_not_lost(
        self, run, some_records, at_a_terminal, editor, encoding
    ):
        run("update", "1", "--referrer", "Paweł Post")
        before = some_records.read_bytes()
        editor("text.replace('====== Response', '====== Response\\nSent.')", encoding)
        result = run("update", "1", input="n\n", exit_code=1)
        assert "save the form as UTF-8 (menu “Encoding”)" in result.stderr
        assert "====== Response\nSent.\n" in result.stderr
        assert some_records.read_bytes() == before

    def test_a_form_that_is_removed_opens_again(self, run, some_records, at_a_terminal, editor):
        calls = editor(
            "path.unlink() if count == 1 else text.replace('To do\\n', 'opne\\n') if not count "
            "else text.replace('opne', 'ongoing')"
        )
        result = run("update", "1", input="y\ny\n")
        assert "Your editor has removed the form" in result.stderr
        assert calls.read_text() == "..."
        assert shown(run, "1")["status"] == "ongoing"

    def test_does_not_write_over_somebody_else(self, run, some_records, at_a_terminal, edits):
        def edit_while_another_does(text: bytes) -> bytes:
            run("update", "1", "--response", "Theirs")
            return text.replace(b"====== Response", b"====== Response\nOurs")

        edits(edit_while_another_does)
        result = run("update", "1", exit_code=1)
        assert "Somebody else changed the response" in result.stderr
        assert "Ours" in result.stderr
        assert shown(run, "1")["response"] == "Theirs"

    def test_one_record_at_a_time(self, run, some_records, at_a_terminal):
        assert "Say what to change" in run("update", "1", "2", exit_code=2).stderr

    def test_an_editor_that_is_not_there(self, run, some_records, at_a_terminal, monkeypatch):
        monkeypatch.setenv("EDITOR", "/no/such/editor")
        assert "name one that can in EDITOR" in run("update", "1", exit_code=2).stderr


class TestNotices:
    def test_a_contradiction_is_told_at_once(self, run, some_records):
        result = run("update", "1", "--completed-on", "2024-01-01", "--status", "completed")
        assert "Note, CPC-2223-001: " in result.stderr
        assert "still to come" in result.stderr

    @pytest.mark.parametrize(
        ("words", "note"),
        [
            ("30 April", "“30 April” is read as 30 April 2023."),
            ("end of August", "“end of August” is read as 31 August 2023."),
            ("in 6 weeks", "“in 6 weeks” is read as 26 April 2023."),
            ("Ongoing", "“Ongoing” is kept as words, so it never counts as overdue."),
            ("next meeting", "“next meeting” falls due once the store knows that meeting ({})."),
        ],
    )
    def test_it_is_told_when_words_are_due(self, run, some_records, words, note):
        told = note.format("“cpctrack meeting”")
        shown = run("update", "1", "--due", words).stderr
        assert shown.endswith(f"\nNote: the due date {told}\n")

    def test_words_that_name_their_month_and_year_go_without_saying(self, run, some_records):
        assert run("update", "1", "--due", "April 2024").stderr == (
            "CPC-2223-001: due 30 Apr 2023 → April 2024.\n"
        )

    def test_quiet_tells_nothing(self, run, some_records):
        assert run("-q", "update", "1", "--due", "Spring term").stderr == ""


def test_a_typed_status_stands_over_the_printed_cell(run, some_records):
    run("update", "1", "--follow-up", "Ongoing")
    run("update", "1", "--status", "completed", "--response", "Done")
    assert shown(run, "1")["follow_up"] == "Ongoing"
    assert "Ongoing" not in run("appendix", "--format", "csv").stdout
