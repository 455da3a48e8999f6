"""``answer``: the walk by hand; and responses from standard input."""

import json

import click
import pytest

from cpctrack.records import asking
from cpctrack.records.changes import Author
from cpctrack.replies import words
from cpctrack.store import store

FORMAL = ("--meeting", "2023-06-14", "--type", "formal", "--item", "Item 3. Homes")


@pytest.fixture
def later(run, some_records):
    """Let a formal meeting pass over what was open."""
    run("add", *FORMAL, "--action", "Act.", "--owner", "Head of Homes")
    return some_records


@pytest.fixture
def answer(run, later, at_a_terminal):
    return lambda *words, keys="", **options: run("answer", *words, input=keys, **options)


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


def said(result):
    return click.unstyle(result.stderr)


def ask(path, *refs):
    author = Author("Clerk", "2023-06-20T10:00:00Z", "chase")
    with store.editing(path) as held:
        for ref in refs:
            record = held.find(ref)
            held.put(asking.ask(record, asking.Chase("N", record.owners[0], "", ""), author))


def test_what_was_not_heard_of_since_the_last_meeting_is_gone_through(run, answer):
    result = answer(keys="The note\nwent out.\n.\ns.\n")
    assert said(result).count("Paste the answer") == 2
    assert "CPC-2223-001  Provide a briefing note." in said(result)
    assert "CPC-2324-001" not in said(result)
    assert "Answer to CPC-2223-001 saved in " in said(result)
    assert "; “cpctrack undo” takes this back." in said(result)
    assert shown(run, "CPC-2223-001")["response"] == "The note\nwent out."
    assert shown(run, "CPC-2223-004")["response"] == ""


def test_where_somebody_was_asked_only_that_is(run, answer, later):
    ask(later, "2223-2", "2324-1")
    result = answer(keys="Arranged.\n.\n\nq\n")
    assert "1 of 2" in said(result) and "2 of 2" in said(result)
    assert not asking.open_asks(store.read(later).find("2223-2"))
    assert len(asking.open_asks(store.read(later).find("2324-1"))) == 1
    assert "1 of 1" in said(answer(keys="q\n"))


def test_an_owner_or_references_choose(run, answer):
    assert "Settle the lease" in said(answer("--owner", "property", keys="q\n"))
    result = answer("2324-1", "2223-3", keys="A.\n.\ns" + "B.\n.\ns")
    assert "1 of 2" in said(result)
    assert shown(run, "2324-1")["response"] == "A."
    assert shown(run, "2223-3")["response"] == "B."
    assert "There is no owner called “nobody”" in said(answer("--owner", "nobody", exit_code=1))
    assert "No action has the reference “99”" in said(answer("99", exit_code=1))


def test_nothing_unanswered_is_said(run, new_store, at_a_terminal):
    assert run("answer").stderr == "Everything has been answered.\n"


def test_words_are_read_as_those_of_a_letter(run, answer, monkeypatch):
    def said_of(text, record, written, **_):
        assert (text, record.ref, written.isoformat()) == (
            "Sent; till autumn.", "CPC-2223-001", "2023-07-01",
        )  # fmt: skip
        return words.Said("proposed", "2023-09-30", "", "Head of Law", ("two things at once",))

    monkeypatch.setattr(words, "said", said_of)
    result = answer("2223-1", keys="Sent; till autumn.\n.\n\nd\n\ns")
    assert "status: Reported done" in said(result)
    assert "? two things at once" in said(result)
    assert "One of s, e, t, d, o, r, k, b, q, please: " in said(result)
    saved = shown(run, "2223-1")
    assert (saved["status"], saved["due"]) == ("proposed", "2023-09-30")
    assert (saved["owners"], saved["exempt"]) == (["Head of Fostering"], False)


def test_back_and_the_editor_are_there_before_the_text(run, answer, edits):
    edits(lambda _: b"Written.\n")
    result = answer("2223-1", "2223-2", keys="A.\n.\nsb\nke\ns")
    assert said(result).count("1 of 2") == 3
    assert shown(run, "2223-1")["response"] == ""
    assert shown(run, "2223-2")["response"] == "Written."


def test_an_editor_closed_without_a_text_asks_again(run, answer, edits):
    edits(lambda _: None)
    assert said(answer("2223-1", keys="e\n.\n")).count("Paste the answer") == 2


def test_a_question_mark_is_no_answer_but_asks_what_to_do(run, answer):
    assert said(answer("2223-1", keys="?\n.\n")).count("Paste the answer") == 2
    assert shown(run, "2223-1")["response"] == ""


def test_all_that_was_pasted_may_come_at_once(run, answer, monkeypatch):
    from cpctrack.cli.dialogue import keys

    monkeypatch.setattr(keys, "prompt", lambda *_, **__: "One.\n\n\x1b[2JTwo.\n.")
    answer("2223-1", keys="s")
    assert shown(run, "2223-1")["response"] == "One.\n\n[2JTwo."


def test_control_d_ends_a_text_too(run, answer, monkeypatch):
    """A text is not lost to somebody who ends it as other programs have it."""
    monkeypatch.setattr(click, "getchar", lambda: "s")
    answer("2223-1", keys="Sent.\n\nOn Monday.\n")  # the input ends here
    assert shown(run, "2223-1")["response"] == "Sent.\n\nOn Monday."


@pytest.mark.parametrize("keys", ["", ".\n"], ids=["at once", "after one"])
def test_control_d_instead_of_a_text_leaves(run, answer, later, keys):
    before = later.read_bytes()
    assert "Nothing was saved." in said(answer("2223-1", "2223-2", keys=keys, exit_code=1))
    assert later.read_bytes() == before


def test_leaving_in_the_middle_saves_nothing(run, answer, later):
    before = later.read_bytes()
    assert "Nothing was saved." in said(answer(keys="A.\n.\nsB", exit_code=1))
    assert later.read_bytes() == before


@pytest.mark.parametrize("words", [("answer",), ("--no-input", "answer")])
def test_without_a_person_it_points_to_update(run, some_records, words):
    assert "“cpctrack update REF --response -”" in said(run(*words, exit_code=2))


# Standard input


def test_a_response_comes_from_standard_input(run, some_records):
    run("update", "1", "--response", "-", input=b"\xef\xbb\xbfThe n\xc3\xb4te\r\nis out.\x1b\n")
    assert shown(run, "1")["response"] == "The nôte\nis out."
    ref = run("add", *FORMAL, "--action", "Act.", "--response", "-", input="Done.\n").stdout.strip()
    assert shown(run, ref)["response"] == "Done."
    run("update", "2223-1", "2", "--response", "-", input="Both.\n")
    assert [shown(run, each)["response"] for each in ("2223-1", "2")] == ["Both.", "Both."]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing came in"),
        (b" \n\n", "nothing came in"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a" * (1024 * 1024 + 1), "more than 1 MB"),
    ],
    ids=["empty", "blank", "bytes", "long"],
)
def test_input_that_is_no_response_changes_nothing(run, some_records, content, why):
    before = some_records.read_bytes()
    result = run("update", "1", "--response", "-", input=content, exit_code=2)
    assert why in said(result)
    assert some_records.read_bytes() == before


def test_a_line_alone_in_the_form_is_a_response(run, some_records, at_a_terminal, edits):
    edits(lambda form: form.replace(b"====== Response\n", b"====== Response\n-"))
    run("update", "1", input="not this")
    assert shown(run, "1")["response"] == "-"
