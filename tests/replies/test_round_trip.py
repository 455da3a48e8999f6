"""From asking to answers and back: however owners answer, each answer is on its action."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from amounts import times
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mail_programs import PROGRAMS, Person, fill_excel, fill_word, pasted, received, thunderbird

TODAY = "2024-06-03"
OWNERS = ("Head of Parks", "Siân Prosser", "Library Manager")
STORES = {"PKS": "Parks Committee", "LIB": "Libraries Committee"}
MEETING = ("--meeting", "2024-03-13", "--type", "formal", "--item", "Item 4. Streets")

# Words that say nothing of a day, a status or a person, so that nothing but the place is in doubt.
_THINGS = st.sampled_from(["benches", "shelves", "streets", "gardens", "bridges", "kerbs"])
_WHERE = st.sampled_from(["in the north", "by the river", "near the café", "along the high road"])
_NUMBERS = st.integers(101, 899)
# A line that a mail program broke before “>” would be a quoted one, for any reader.
_ENDINGS = st.sampled_from([".", " (£450 & 5 < 6).", " – “twice”, with Siân’s map.", "; 7>3"])
_SENTENCES = st.builds(
    "The team counted {} {} {}{}".format, _NUMBERS, _THINGS, _WHERE, _ENDINGS
) | st.builds("{} {} {} have new signs{}".format, _NUMBERS, _THINGS, _WHERE, _ENDINGS)
ANSWERS = st.lists(
    st.lists(_SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=2
).map("\n".join)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", TODAY)


class Council:
    """Some committees in a folder, whose owners are asked."""

    def __init__(self, run, folder):
        self.run, self.folder = run, Path(folder)
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir()

    def agree(self, actions):
        """Keep actions, given as a prefix and an owner each, and give them by reference."""
        refs = {}
        for number, (prefix, owner) in enumerate(actions):
            store = self.store(prefix)
            if not store.exists():
                self.run("--store", str(store), "init", "--committee", STORES[prefix],
                         "--prefix", prefix)  # fmt: skip
            text = f"Write to the district about the {900 + number} lamps."
            done = self.run("--store", str(store), "add", *MEETING, "--action", text,
                            "--owner", owner)  # fmt: skip
            refs[done.stdout.strip()] = owner
        for prefix, owner in set(actions):
            self.run("--store", str(self.store(prefix)), "owner", owner, "--email",
                     address_of(owner))  # fmt: skip
        return refs

    def store(self, prefix):
        return self.folder / f"{prefix.lower()}.json"

    def chase(self):
        """Ask every owner, and give what each got, with the references in it."""
        out = self.folder / "out"
        done = self.run("--store", str(self.folder), "chase", "-o", str(out), "--json")
        asked = []
        for message in json.loads(done.stdout)["messages"]:
            (draft,) = [out / Path(name).name for name in message["files"] if ".eml" in name]
            asked.append((message["owner"], message["refs"], received(draft.read_bytes())))
        return asked

    def take_in(self, *paths, exit_code=0):
        names = map(str, paths or [self.inbox])
        done = self.run("--store", str(self.folder), "replies", *names, "--yes", "--json",
                        exit_code=exit_code)  # fmt: skip
        return json.loads(done.stdout)

    def stores(self):
        return {path.name: path.read_bytes() for path in self.folder.glob("*.json")}

    def records(self):
        return {
            row["ref"]: row
            for content in self.stores().values()
            for row in json.loads(content)["actions"].values()
        }

    def responses(self):
        """Give every response that the stores hold, by reference, with its lines put together."""
        held = {ref: row.get("response", "") for ref, row in self.records().items()}
        return {ref: " ".join(said.split()) for ref, said in held.items() if said}


def address_of(owner):
    return f"{owner.split()[-1].lower()}@council.example"


def person(owner):
    return Person(owner, address_of(owner))


@pytest.fixture
def council(run, tmp_path):
    folder = tmp_path / "council"
    folder.mkdir()
    return Council(run, folder)


class Plan(NamedTuple):
    """Who has which actions, and how what is drawn decides each reply."""

    actions: list
    data: st.DataObject

    def letters(self, refs):
        """Part what is answered of a message over one or two replies."""
        answers = {
            ref: self.data.draw(ANSWERS, label=ref)
            for ref in refs
            if self.data.draw(st.integers(0, 4), label="answered")
        }
        answered = sorted(answers)
        cut = self.data.draw(st.integers(0, len(answered)), label="cut")
        parts = [part for part in (answered[:cut], answered[cut:]) if part]
        return [{ref: answers[ref] for ref in part} for part in parts]


@pytest.mark.slow
@given(
    actions=st.lists(
        st.tuples(st.sampled_from(sorted(STORES)), st.sampled_from(OWNERS)), min_size=1, max_size=6
    ),
    data=st.data(),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=times(60, 8),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes
)
def test_every_answer_is_kept_and_none_on_another_action(run, actions, data):
    with TemporaryDirectory() as folder:
        council = Council(run, folder)
        plan = Plan(actions, data)
        owners = council.agree(actions)
        expected = {}
        letters = []
        for owner, refs, asked in council.chase():
            assert set(refs) == {ref for ref, name in owners.items() if name == owner}
            for answers in plan.letters(refs):
                program = data.draw(st.sampled_from(PROGRAMS), label="program")
                key = f"{len(letters)}.{program.__name__}"
                letters.append((key, program(asked, person(owner), answers, key)))
                expected |= {ref: " ".join(said.split()) for ref, said in answers.items()}
        files = []
        for number, (key, content) in enumerate(data.draw(st.permutations(letters))):
            files.append(council.inbox / f"{number}-{key}.eml")
            files[-1].write_bytes(content)
        if files and data.draw(st.booleans(), label="one came twice"):
            files.append(council.inbox / "again.eml")
            files[-1].write_bytes(files[0].read_bytes())
        asked_only = council.records()
        if not files:
            return
        told = council.take_in(*files)
        assert {each["ref"] for each in told["answers"]} == set(expected)
        assert [each for each in told["answers"] if each["unclear"]] == []
        assert council.responses() == expected
        held = council.stores()
        council.take_in(*data.draw(st.permutations(files)))
        assert council.stores() == held
        for prefix in {ref[:3] for ref in expected}:
            run("--store", str(council.store(prefix)), "undo", "--yes")
        assert council.records() == asked_only


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize("answered", [(0,), (2, 0), (0, 1, 2)], ids=["one", "two", "all"])
def test_each_program(council, program, answered):
    council.agree([("PKS", OWNERS[0]), ("LIB", OWNERS[0]), ("PKS", OWNERS[0]), ("PKS", OWNERS[1])])
    (owner, refs, asked), *_ = [each for each in council.chase() if each[0] == OWNERS[0]]
    answers = {refs[at]: f"The team counted {number} kerbs near the café; 7 > 3 & so on."
               for number, at in enumerate(answered, 411)}  # fmt: skip
    (council.inbox / "reply.eml").write_bytes(program(asked, person(owner), answers, "1"))
    told = council.take_in()
    assert council.responses() == answers
    assert sorted(told["saved"]) == sorted(answers)
    assert not any(each["unclear"] for each in told["answers"])


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize(
    "last",
    [
        "The team counted 105 gardens along the high road; 7 > 3",
        "Head of Parks and wardens walked all 105 streets by the river, with the mayor",
        "Officers in the north have the map",
    ],
)
def test_no_paragraph_is_taken_for_a_signature(council, program, last):
    """Not even one that begins as a post does, and ends without a full stop."""
    council.agree([("PKS", OWNERS[0]), ("LIB", OWNERS[0])])
    ((owner, refs, asked),) = council.chase()
    answers = {refs[0]: f"312 kerbs have new signs.\n{last}"}
    (council.inbox / "reply.eml").write_bytes(program(asked, person(owner), answers, "1"))
    told = council.take_in()
    unclear = [reason for each in told["answers"] for reason in each["unclear"]]
    assert unclear or council.responses() == {refs[0]: f"312 kerbs have new signs. {last}"}


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_form_alone_is_known_by_its_key(council, ending):
    council.agree([("PKS", OWNERS[0]), ("LIB", OWNERS[0])])
    ((_, refs, asked),) = council.chase()
    fill = {"docx": fill_word, "xlsx": fill_excel}[ending]
    answers = dict(
        zip(refs, ("312 kerbs have new signs.", "The map is by the river."), strict=True)
    )
    (council.inbox / f"form.{ending}").write_bytes(fill(asked.forms[ending], answers))
    council.take_in()
    assert council.responses() == answers


@pytest.mark.parametrize("head", ["the mail's", "the subject", "a line with the number", "none"])
def test_a_pasted_text_is_known_by_its_number_or_its_references(council, head):
    council.agree([("PKS", OWNERS[0]), ("LIB", OWNERS[0])])
    ((owner, refs, asked),) = council.chase()
    answers = {refs[0]: "312 kerbs have new signs."}
    number = asked.subject[asked.subject.index("[") :]
    text = {
        "the mail's": pasted(asked, person(owner), answers),
        "the subject": f"Subject: RE: {asked.subject}\n\n{refs[0]}: {answers[refs[0]]}\n",
        "a line with the number": f"{number}\n\n{refs[0]}: {answers[refs[0]]}\n",
        "none": f"{refs[0]}: {answers[refs[0]]}\n",
    }[head]
    (council.inbox / "pasted.txt").write_text(text, "utf-8")
    council.take_in()
    assert council.responses() == answers


def test_an_empty_form_is_no_answer(council):
    council.agree([("PKS", OWNERS[0])])
    ((owner, _, asked),) = council.chase()
    before = council.stores()
    for program in PROGRAMS[-2:]:
        (council.inbox / f"{program.__name__}.eml").write_bytes(
            program(asked, person(owner), {}, program.__name__)
        )
    told = council.take_in()
    assert (told["answers"], told["saved"]) == ([], [])
    assert {each["file"] for each in told["nothing"]} == {"word_form.eml", "excel_form.eml"}
    assert council.stores() == before


def test_the_draft_itself_is_no_answer(council):
    council.agree([("PKS", OWNERS[0]), ("PKS", OWNERS[1])])
    council.chase()
    before = council.stores()
    told = council.take_in(*sorted((council.folder / "out").glob("*.eml")))
    assert (told["answers"], told["saved"]) == ([], [])
    assert council.stores() == before


def test_a_message_that_went_out_twice_is_answered_once(council):
    """Who is reminded answers the first message: the action is the same."""
    council.agree([("PKS", OWNERS[0])])
    ((owner, refs, first),) = council.chase()
    council.run("--store", str(council.folder), "chase", "-o", str(council.folder / "again"),
                "--again", "--json")  # fmt: skip
    answers = {refs[0]: "312 kerbs have new signs."}
    (council.inbox / "reply.eml").write_bytes(thunderbird(first, person(owner), answers, "1"))
    council.take_in()
    assert council.responses() == answers
    done = council.run("--store", str(council.folder), "list", "--unanswered", "--json")
    assert json.loads(done.stdout) == []


def test_an_answer_that_repeats_the_action_is_kept_or_asked_about(council):
    """What it has beside the action's words is kept; those may count as a quotation."""
    council.agree([("PKS", OWNERS[0]), ("PKS", OWNERS[0])])
    ((owner, refs, asked),) = council.chase()
    said = "Write to the district about the 900 lamps: the letter has 12 pages."
    for program in PROGRAMS:
        key = program.__name__
        content = program(asked, person(owner), {refs[0]: said}, key)
        (council.inbox / f"{key}.eml").write_bytes(content)
        told = council.take_in(council.inbox / f"{key}.eml")
        kept = council.responses()
        assert kept in ({}, {refs[0]: said}, {refs[0]: "the letter has 12 pages."}), key
        assert kept or any(each["unclear"] for each in told["answers"]), key
        if told["saved"]:
            council.run("--store", str(council.store("PKS")), "undo", "--yes")


def test_exempt_actions_come_back_to_exempt_records(council, run):
    (ref,) = council.agree([("PKS", OWNERS[0])])
    run("--store", str(council.store("PKS")), "update", ref, "--exempt", "3")
    out = council.folder / "out"
    order = ("chase", "-o", str(out), "--include-exempt", "--json")
    done = run("--store", str(council.folder), *order)
    (message,) = json.loads(done.stdout)["messages"]
    (draft,) = [out / Path(name).name for name in message["files"] if ".eml" in name]
    assert draft.name.startswith("not-for-publication")
    asked = received(draft.read_bytes())
    answers = {ref: "312 kerbs have new signs."}
    (council.inbox / "reply.eml").write_bytes(thunderbird(asked, person(OWNERS[0]), answers, "1"))
    council.take_in()
    assert council.responses() == answers
    assert council.records()[ref]["exempt_paragraph"] == "3"
