import json

import pytest

MEETING = ("--meeting", "15/3/2023", "--type", "formal", "--item", "Item 5. Fostering")


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


def test_prints_the_reference_alone(run, new_store):
    result = run("add", *MEETING, "--action", "Write a note.")
    assert result.stdout == "CPC-2223-001\n"
    assert result.stderr == ""


def test_keeps_every_option(run, new_store):
    run(
        "add", *MEETING, "--action", "Write a [note] {{ now }}.", "--owner", "A Post",
        "--owner", "B Post", "--referrer", "A member", "--due", "9 June 2023", "--response", "Soon",
        "--status", "In Progress", "--follow-up", "Ongoing", "--exempt", "Paragraph 3",
    )  # fmt: skip
    record = shown(run, "1")
    history = record.pop("history")
    assert record == {
        "ref": "CPC-2223-001",
        "kind": "action",
        "committee": "Corporate Parenting Committee",
        "first_due": "2023-06-09",
        "times_moved": 0,
        "asked": [],
        "service": [],
        "meeting_type": "formal",
        "meeting_date": "2023-03-15",
        "municipal_year": "2022/23",
        "item": "Item 5. Fostering",
        "item_number": "5",
        "item_title": "Fostering",
        "recommendation": "",
        "action": "Write a [note] {{ now }}.",
        "referrer": "A member",
        "owners": ["A Post", "B Post"],
        "owner_text": "",
        "due": "2023-06-09",
        "due_by": "2023-06-09",
        "due_text": "9 June 2023",
        "response": "Soon",
        "evidence": [],
        "status": "in-progress",
        "follow_up": "Ongoing",
        "completed_on": None,
        "agreed_on": None,
        "overdue": True,
        "attention": "overdue",
        "exempt": True,
        "exempt_paragraph": "Paragraph 3",
        "acceptance": "",
        "acceptance_on": None,
        "goes_to": None,
        "rolled_to": "",
        "links": [],
        "source_ref": "",
        "printed": {},
    }
    assert [(line["at"], line["change"]) for line in history] == [("2023-07-01T00:00:00Z", "added")]


def test_numbers_run_on_within_a_municipal_year(run, new_store):
    run("add", *MEETING, "--action", "One")
    run("add", "--meeting", "20/7/2023", "--type", "formal", "--item", "1", "--action", "Two")
    assert run("add", *MEETING, "--action", "Three").stdout == "CPC-2223-002\n"
    assert run("list").stdout.count("CPC-2324-001") == 1


def test_knows_the_type_of_a_meeting_it_has(run, new_store):
    run("add", *MEETING, "--action", "One")
    run("add", "--meeting", "2023-03-15", "--item", "6. Health", "--action", "Two")
    assert shown(run, "2")["meeting_type"] == "formal"


def test_a_meeting_can_state_its_year(run, new_store):
    early = (
        "--meeting",
        "10/5/2023",
        "--type",
        "formal",
        "--item",
        "1. Chair",
        "--action",
        "Elect",
    )
    assert run("add", *early, "--year", "2023/24").stdout == "CPC-2324-001\n"
    assert run("add", *early).stdout == "CPC-2324-002\n"
    assert json.loads(new_store.read_text(encoding="utf-8"))["meetings"] == {
        "2023-05-10-formal": {"date": "2023-05-10", "type": "formal", "year": "2023/24"}
    }


def test_a_recommendation_alone_is_one(run, new_store):
    run("add", *MEETING, "--recommendation", "That it be so.")
    assert shown(run, "1")["kind"] == "recommendation"


def test_vague_due_dates_stay_words(run, new_store):
    run("add", *MEETING, "--action", "One", "--due", "Spring term")
    record = shown(run, "1")
    assert (record["due"], record["due_text"]) == (None, "Spring term")
    assert record["due_by"] == "2023-03-31"


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("by Friday 30 June 2023", "2023-06-30"), ("June 30, 2023", "2023-06-30"),
        ("erbyn 30 Mehefin 2023", "2023-06-30"), ("by March 2017", None), ("Mar-17", None),
    ],
)  # fmt: skip
def test_a_due_date_may_have_words_around_it(run, new_store, typed, due):
    run("add", *MEETING, "--action", "One", "--due", typed)
    assert (shown(run, "1")["due"], shown(run, "1")["due_text"]) == (due, typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/6/2023", "“31/6/2023” is not a day of the calendar; correct it."),
        ("by Monday 30 June 2023", "“Monday 30 June 2023”: 30 June 2023 is a Friday; correct it."),
    ],
)
def test_a_due_date_that_is_no_day_is_refused(run, new_store, typed, why):
    done = run("add", *MEETING, "--action", "One", "--due", typed, exit_code=2)
    assert f"Error: --due: {why}" in done.stderr
    assert json.loads(run("list", "--json").stdout) == []


def test_takes_terminal_escapes_out(run, new_store):
    run("add", *MEETING, "--action", "Red \x1b[31malert\x07\u202e!")
    assert shown(run, "1")["action"] == "Red [31malert!"


def test_says_that_a_new_owner_is_nearly_a_known_one(run, new_store):
    run("add", *MEETING, "--action", "One", "--owner", "Head of Fostering")
    result = run("add", *MEETING, "--action", "Two", "--owner", "Hed of Fostering")
    assert "Did you mean Head of Fostering?" in result.stderr
    assert run("-q", "add", *MEETING, "--action", "3", "--owner", "Head of Fosterin").stderr == ""


def test_names_that_differ_in_capitals_only_are_one(run, new_store):
    run("add", *MEETING, "--action", "One", "--owner", "Head of Fostering")
    names = ("--owner", "HEAD OF FOSTERING", "--owner", "head of Fostering", "--owner", "B Post")
    result = run("add", *MEETING, "--action", "Two", *names)
    assert result.stderr == ""
    assert shown(run, "2")["owners"] == ["Head of Fostering", "B Post"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "An action needs --meeting, --type, --item, --action or --recommendation as well."),
        (("--meeting", "31/02/2023"), "not a day of the calendar"),
        (("--meeting", "March"), "not a date cpctrack can be sure of"),
        (("--status", "dnoe"), "“dnoe” is not a status"),
        (("--status", "complete"), "Did you mean completed?"),
        (("--type", "formel"), "Did you mean formal"),
        (("--year", "2022/24"), "not a municipal year"),
        ((*MEETING, "--action", "x", "--year", "2019/20"), "its date says 2022/23"),
        ((*MEETING, "--action", "x", "--owner", "end of August"), "says when, not who"),
        (("--status", "done"), "Did you mean completed?"),
    ],
)
def test_refuses_in_one_sentence(run, new_store, options, message):
    before = new_store.read_bytes()
    assert message in run("add", *options, exit_code=2).stderr
    assert new_store.read_bytes() == before


class TestAtATerminal:
    def test_asks_only_for_what_is_missing(self, run, new_store, at_a_terminal):
        result = run(
            "add", "--meeting", "15/3/2023", "--item", "1. X", "--action", "Act", "--due", "June",
            input="formal\nHead of X\n\ny\n",
        )  # fmt: skip
        assert result.stdout == "CPC-2223-001\n"
        assert "Meeting date" not in result.stderr
        assert "owners, due [yes]: y" in result.stderr
        assert shown(run, "1")["owners"] == ["Head of X"]

    def test_offers_the_last_meeting_and_item(self, run, some_records, at_a_terminal):
        result = run("add", input="\n\nAct\n\n\n\n")
        assert "Meeting date [15 March 2023]" in result.stderr
        assert "Agenda item [Item 12. Contracts]" in result.stderr
        record = shown(run, result.stdout.strip())
        assert (record["meeting_date"], record["item"]) == ("2023-03-15", "Item 12. Contracts")

    def test_offers_the_owner_that_may_be_meant(self, run, some_records, at_a_terminal):
        result = run(
            "add", "--meeting", "15/3/2023", "--item", "1", "--action", "Act",
            input="head of fost\ny\n\n\ny\n",
        )  # fmt: skip
        assert "Do you mean Head of Fostering?" in result.stderr
        assert shown(run, result.stdout.strip())["owners"] == ["Head of Fostering"]

    def test_a_new_owner_is_taken_when_none_is_meant(self, run, some_records, at_a_terminal):
        result = run("add", "--meeting", "15/3/2023", "--item", "1", "--action", "Act",
                     input="Head of Fostr\nn\n\n\ny\n")  # fmt: skip
        assert shown(run, result.stdout.strip())["owners"] == ["Head of Fostr"]

    def test_a_no_saves_nothing(self, run, new_store, at_a_terminal):
        before = new_store.read_bytes()
        result = run("add", input="15/3/2023\nformal\n1. X\nAct\n\n\nn\n")
        assert result.stderr.endswith("Nothing was saved.\n")
        assert new_store.read_bytes() == before

    def test_a_meeting_to_come_is_asked_about(self, run, new_store, at_a_terminal):
        asked = "This meeting is in the future (18 July 2023). Is the date right? [Y/n]"
        given = ("--type", "formal", "--item", "1", "--action", "Act")
        result = run("add", "--meeting", "18/7/2023", *given, input="what\nn\n")
        assert asked in result.stderr and "Please type y or n.\n" in result.stderr
        assert (result.stdout, new_store.read_text().count("Act")) == ("", 0)
        result = run("add", *given, input="18/7/2023\n\n\n\nn\n18/6/2023\n\n\n")
        assert asked in result.stderr
        assert shown(run, "1")["meeting_date"] == "2023-06-18"
        told = run("add", "--meeting", "18/7/2023", *given, input="y\n").stderr
        assert told.count("Is the date right?") == 1  # and no note of what was just answered
        assert "-formal" not in run("--no-input", "add", "--meeting", "18/7/2023", *given).stderr
        assert shown(run, "2")["meeting_date"] == "2023-07-18"

    def test_a_field_is_typed_again_before_saving(self, run, new_store, at_a_terminal):
        result = run(
            "add", "--meeting", "15/3/2023", "--item", "1. X", "--owner", "A Post",
            input="formal\nAkt\n\na\nAct\nitem\n2. Y\nowners\nB Post\nC Post\n\nwhat\nd\n"
            "June 2023\nm\n16/3/2023\ninformal\nyes\n",
        )  # fmt: skip
        assert "\nPlease type one of yes, no, meeting, type, item, action," in result.stderr
        record = shown(run, "1")
        assert (record["meeting_date"], record["meeting_type"]) == ("2023-03-16", "informal")
        assert (record["action"], record["item"]) == ("Act", "2. Y")
        assert (record["owners"], record["due_text"]) == (["B Post", "C Post"], "June 2023")
        assert len(record["history"]) == 1

    def test_the_type_goes_with_the_meeting_that_is_typed_again(
        self, run, some_records, at_a_terminal
    ):
        given = ("--item", "1", "--action", "Act", "--owner", "A Post", "--due", "")
        result = run("add", *given, input="15/3/2023\nm\n18/1/2023\n\n")
        assert shown(run, result.stdout.strip())["meeting_type"] == "informal"

    def test_a_day_that_does_not_fit_its_year_is_asked_for_again(
        self, run, new_store, at_a_terminal
    ):
        given = ("--year", "2021/22", "--item", "1", "--action", "Act", "--type", "formal")
        result = run("add", *given, input="15/3/2023\n\n\n15/3/2022\nformal\n\n")
        assert "A meeting on 15 March 2023" not in result.stderr  # one year off may be meant
        result = run("add", *given, input="15/3/2024\n\n\n15/3/2022\nformal\n\n")
        assert "A meeting on 15 March 2024 is not in 2021/22" in result.stderr
        assert shown(run, result.stdout.strip())["meeting_date"] == "2022-03-15"

    @pytest.mark.parametrize("when", ["end of August", "30 June 2023", "by next meeting"])
    def test_a_time_is_no_owner(self, run, new_store, at_a_terminal, when):
        result = run(
            "add", *MEETING[:2], "--item", "1", "--action", "Act",
            input=f"formal\nHead of X\n{when}\n\n{when}\n\n",
        )  # fmt: skip
        assert "Another owner (Enter ends): " in result.stderr
        assert f"\n“{when}” says when, not who: it is for the due date" in result.stderr
        record = shown(run, "1")
        assert (record["owners"], record["due_text"]) == (["Head of X"], when)

    def test_a_name_in_other_capitals_is_not_asked_about(self, run, some_records, at_a_terminal):
        given = ("--meeting", "15/3/2023", "--item", "1", "--action", "Act", "--due", "")
        result = run("add", *given, input="HEAD OF fostering\n\n\n")
        assert "Do you mean" not in result.stderr
        assert "Referred to  Head of Fostering\n" in result.stderr

    def test_asks_nothing_when_nothing_is_missing(self, run, new_store, at_a_terminal):
        assert run("add", *MEETING, "--action", "Act").stderr == ""

    def test_no_input_refuses_instead(self, run, new_store, at_a_terminal):
        assert "as well" in run("--no-input", "add", exit_code=2).stderr


def test_a_decision_needs_nobody_unless_somebody_owns_it(run, new_store):
    words = ("--meeting", "18/1/2023", "--type", "formal", "--item", "4", "--kind", "decision")
    noted = run("add", *words, "--action", "The plan was agreed.").stdout.strip()
    owned = run("add", *words, "--action", "The plan goes out.", "--owner", "Clerk").stdout.strip()
    status = {
        ref: json.loads(run("show", ref, "--json").stdout)["status"] for ref in (noted, owned)
    }
    assert status == {noted: "no-follow-up", owned: "open"}
