"""Saving answers: what is taken in already, what is unanswered, and all or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_letters import Letters

from cpctrack.errors import DecisionError, StoreError
from cpctrack.records import asking
from cpctrack.records.changes import Author
from cpctrack.records.model import Draft, Meeting, MeetingType, Record, Settings, Status
from cpctrack.replies.answer import Answer
from cpctrack.store import store
from cpctrack.tasks import replies

TODAY = date(2023, 7, 1)
CLERK = Author("Clerk", "2023-06-20T10:00:00Z", "replies")


def decide(record, **fields):
    sent = {"response": "Sent.", "sender": "Head of Homes", "message_id": "1@x", **fields}
    return replies.decision_of(Answer(record.ref, **sent), record)


# Taken in already

ANSWERS = st.builds(
    Answer,
    st.sampled_from(["CPC-2223-001", "CPC-2223-002", "CPC-2223-003", ""]),
    st.integers(0, 9).map("Answer {}.".format),
    message_id=st.sampled_from(["1@x", "2@x"]),
    unclear=st.sampled_from([(), ("vague",)]),
)
MEETING = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
RECORDS = [
    Record(str(number), f"CPC-2223-{number:03}", MEETING, action="Act.") for number in (1, 2, 3)
]


class Held:
    """As much of a store as is asked for answers that it has."""

    def __init__(self, records):
        self.records = records


@given(
    st.lists(
        st.tuples(ANSWERS, st.booleans(), st.sampled_from(RECORDS)),
        unique_by=lambda one: one[0].response,
    )
)
def test_what_was_saved_is_known_and_the_rest_comes_back(decided):
    """Whatever was saved, to the action it names or to another, is known; nothing else is."""
    records = {record.id: record for record in RECORDS}
    saved = set()
    for answer, is_saved, to in decided:
        if is_saved:
            one = replies.decision_of(answer, records[to.id])
            records[to.id] = replies.applied(records[to.id], one, CLERK)
            saved.add(answer)
    answers = [answer for answer, *_ in decided]
    assert replies.taken_in(answers, [Held(list(records.values()))]) == saved


def test_an_answer_that_was_edited_is_known_by_its_action(make_record):
    record = make_record()
    answer = Answer(record.ref, "We done it", message_id="1@x")
    one = replies.decision_of(answer, record)._replace(response="It is done.")
    held = Held([replies.applied(record, one, CLERK)])
    assert replies.taken_in([answer, Answer("", "Another.", message_id="1@x")], [held]) == {answer}


def test_an_answer_without_an_id_is_never_known(make_record):
    record = make_record()
    held = replies.applied(record, decide(record, message_id=""), CLERK)
    assert not replies.taken_in([Answer(record.ref, "Sent.")], [Held([held])])


def test_the_same_words_about_another_action_are_not_lost(make_record):
    """One letter says “Done.” of two actions; one was saved, the other waits."""
    one, other = make_record(ref="CPC-2223-001"), make_record(ref="CPC-2223-002")
    answers = [Answer(each.ref, "Done.", message_id="1@x") for each in (one, other)]
    held = replies.applied(one, replies.decision_of(answers[0], one), CLERK)
    assert replies.taken_in(answers, [Held([held, other])]) == {answers[0]}


def test_of_two_about_one_action_the_certain_one_was_saved_first(make_record):
    record = make_record()
    vague = Answer(record.ref, "Perhaps.", message_id="1@x", unclear=("vague",))
    certain = Answer(record.ref, "Done.", message_id="1@x")
    held = replies.applied(record, replies.decision_of(certain, record), CLERK)
    assert replies.taken_in([vague, certain], [Held([held])]) == {certain}


# What is applied


def test_the_line_that_tells_of_the_answer_comes_before_its_words(make_record):
    record = make_record(due="2023-05-01")
    one = decide(record, status="in-progress")._replace(
        due="1 June 2023", owner="Head of Law", instead="Head of Fostering"
    )
    new = replies.applied(record, one, CLERK)
    assert [(line.via, line.what) for line in new.history] == [
        ("reassign", "owners"),
        ("extend", "due"),
        ("extend", "due_text"),
        ("replies", "answered"),
        ("replies", "response"),
        ("replies", "status"),
    ]
    assert new.exempt_paragraph == record.exempt_paragraph


def test_time_that_is_given_without_words_has_a_reason(make_record):
    record = make_record(due="2023-05-01")
    new = replies.applied(record, decide(record, response="")._replace(due="1 June 2023"), CLERK)
    assert new.history[0].reason == "Its owner asked for more time."
    assert new.response == ""


@pytest.mark.parametrize("word", ["", "nonsense", "overdue"])
def test_a_word_that_is_no_status_sets_none(make_record, word):
    record = make_record(status=Status.ONGOING)
    assert replies.applied(record, decide(record, status=word), CLERK).status is Status.ONGOING


# Saving


def test_names_are_spelled_as_the_store_has_them(make_store):
    path = make_store(2, owners=("Head of Homes",))
    held = [store.read(path)]
    record = held[0].find("1")
    one = decide(record)._replace(owner="HEAD OF HOMES", instead="Head of Homes")
    ((_, ((before, after),)),) = replies.save(held, [one], CLERK)
    assert before.owners == after.owners == ("Head of Homes",)


def test_nothing_is_saved_where_one_can_not_be(make_store):
    path = make_store(2, due="2022-06-30")
    held = [store.read(path)]
    good, bad = held[0].find("1"), held[0].find("2")
    before = path.read_bytes()
    with pytest.raises(DecisionError):
        replies.save(held, [decide(good), decide(bad)._replace(due="1 May 2022")], CLERK)
    assert path.read_bytes() == before
    assert replies.save(held, [], CLERK) == []


@pytest.mark.parametrize("change", ["response", "gone", "meeting"])
def test_a_record_that_is_another_by_now_is_refused(make_store, edit, change):
    path = make_store(2)
    held = [store.read(path)]
    decided = [decide(held[0].find(ref)) for ref in "12"]

    def alter(document):
        row = document["actions"]["000000000001"]
        if change == "gone":
            del document["actions"]["000000000001"]
        elif change == "meeting":
            document["meetings"][row["meeting"]]["note"] = "In the town hall"
        else:
            row["response"] = "Somebody else's"

    edit(alter)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="Somebody else changed CPC-2223-00"):
        replies.save(held, decided, CLERK)
    assert path.read_bytes() == before


@pytest.fixture
def two(tmp_path, settings, make_store):
    """Give two stores, read, of one action each."""
    paths = []
    for prefix in ("ABC", "XYZ"):
        path = tmp_path / f"{prefix}.json"
        store.initialise(path, Settings(f"Committee {prefix}", prefix, "05-15"))
        with store.editing(path) as held:
            held.add(Draft(MEETING, {"item": "Item 1", "action": "Act."}), CLERK)
        paths.append(path)
    return [store.read(path) for path in paths]


def decided(two):
    return [decide(record) for each in two for record in each.records]


def test_a_store_that_cannot_be_written_leaves_the_other_as_it_was(two, monkeypatch):
    before = [each.path.read_bytes() for each in two]

    def refuse(_store):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(store.Store, "commit", refuse)
    with pytest.raises(StoreError, match=r"^The disk is full\.$"):
        replies.save(two, decided(two), CLERK)
    assert [each.path.read_bytes() for each in two] == before


def test_what_was_written_before_the_second_failed_is_named_and_known(two, monkeypatch):
    commit = store.Store.commit
    calls = []

    def second_fails(current):
        calls.append(current.path)
        if len(calls) == 2:
            raise StoreError("The disk is full.")
        commit(current)

    monkeypatch.setattr(store.Store, "commit", second_fails)
    with pytest.raises(StoreError) as caught:
        replies.save(two, decided(two), CLERK)
    saved, failed = calls
    assert f"The answers to {saved} are saved, the others are not" in str(caught.value)
    assert store.read(saved).find("1").response == "Sent."
    monkeypatch.setattr(store.Store, "commit", commit)
    again = [store.read(each.path) for each in two]
    answers = [
        Answer(record.ref, "Sent.", message_id="1@x") for each in again for record in each.records
    ]
    left = set(answers) - replies.taken_in(answers, again)
    assert [each.ref[:3] for each in left] == [failed.stem]


# Unanswered


def test_those_who_were_asked_go_before_those_who_were_passed_over(make_record, make_store):
    held = store.read(make_store(2))
    held.keep_meeting(Meeting("2023-06-14", MeetingType.FORMAL, "2023/24"))
    actions = replies.open_actions([held], TODAY)
    assert [each.ref for each in replies.unanswered(actions)] == ["CPC-2223-001", "CPC-2223-002"]
    chase = asking.Chase("CPC-CHASE-AAAAA", "Head of Homes", "", "")
    asked = asking.ask(actions[1].record, chase, CLERK)
    actions[1] = actions[1]._replace(record=asked)
    assert replies.unanswered(actions) == [asked]
    actions[1] = actions[1]._replace(record=replies.applied(asked, decide(asked), CLERK))
    assert replies.unanswered(actions) == []


# Files


def test_a_folder_that_cannot_be_opened_is_named(tmp_path, monkeypatch, make_store):
    inbox = Letters(tmp_path / "inbox", monkeypatch)
    held = [store.read(make_store(1))]
    monkeypatch.setattr(type(tmp_path), "iterdir", _refused)
    found = replies.read([inbox.folder], held, TODAY)
    assert found.nothing == (("inbox", "the folder can't be opened (permission denied)"),)


@pytest.mark.parametrize("name", ["actions.json", "style.css", "run.SH"])
def test_other_programs_files_are_read_only_where_they_are_named(
    tmp_path, monkeypatch, make_store, name
):
    inbox = Letters(tmp_path / "inbox", monkeypatch)
    held = [store.read(make_store(1))]
    other, text = inbox.folder / name, inbox.folder / "notes.txt"
    inbox.said |= {
        each.name: [{"ref": "CPC-2223-001", "response": each.name}] for each in (other, text)
    }
    for each in (other, text):
        each.write_text("CPC-2223-001: it is on its way.\n")
    found = replies.read([inbox.folder], held, TODAY)
    assert [each.file for each in found.answers] == ["notes.txt"]
    assert [each.file for each in found.nothing] == [name]
    assert "name it to read it" in found.nothing[0].why
    assert [each.file for each in replies.read([other], held, TODAY).answers] == [name]
    assert len(replies.read([other, inbox.folder], held, TODAY).answers) == 2


def _refused(_path):
    raise PermissionError(13, "Permission denied")


def test_a_certain_answer_that_cannot_be_saved_is_asked_about(tmp_path, monkeypatch, make_store):
    inbox = Letters(tmp_path / "inbox", monkeypatch)
    path = make_store(1, status=Status.COMPLETED, agreed_on="2022-09-14")
    inbox.write("a.eml", {"ref": "CPC-2223-001", "response": "Not yet.", "status": "open"})
    (answer,) = replies.read([inbox.folder], [store.read(path)], TODAY).answers
    assert "use “cpctrack reopen" in answer.unclear[0]


PASTED = {
    "a reference and a text": "CPC-2223-001\nThe note went out in May.\n",
    "an e-mail as it is copied": "From: Head of Homes\nSent: 20 June 2023\nTo: Clerk\n\n"
    "CPC-2223-001 – The note went out in May.\n",
    "a chat": "[20/06/2023 14:20] Head of Homes\nCPC-2223-001 The note went out in May.\n",
}


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_what_the_clerk_pasted_with_a_reference_is_certain(tmp_path, make_store, text):
    (tmp_path / "pasted.txt").write_text(text, encoding="utf-8")
    held = [store.read(make_store(2))]
    (answer,) = replies.read([tmp_path / "pasted.txt"], held, TODAY).answers
    assert (answer.ref, answer.response) == ("CPC-2223-001", "The note went out in May.")
    assert answer.unclear == ()


def test_a_mail_without_a_number_of_its_own_is_not_what_the_clerk_pasted(tmp_path, make_store):
    mail = "From: Somebody <somebody@elsewhere.example>\nSubject: Note\n\nCPC-2223-001: Done.\n"
    (tmp_path / "a.eml").write_text(mail, encoding="utf-8")
    held = [store.read(make_store(2))]
    (answer,) = replies.read([tmp_path / "a.eml"], held, TODAY).answers
    assert "it is not known which message this answers" in answer.unclear[0]
