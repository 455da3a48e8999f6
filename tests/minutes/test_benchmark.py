"""The benchmark counts rightly, and its labels say what stands in the minutes beside them."""

import html
import json

import pytest

from cpctrack.minutes.base import Found, Item, Minutes, MinutesDraft
from cpctrack.reading.lines import Line


@pytest.fixture
def labels(package):
    return package("labels")


@pytest.fixture
def scoring(package):
    return package("scoring")


@pytest.fixture
def program(package):
    return package("__main__")


LABELLED = {
    "meeting": {"date": "2024-03-05", "type": "formal", "committee": "Harbour Board"},
    "items": [
        {"number": "1", "title": "Welcome"},
        {"number": "2", "title": "Dredging"},
        {"number": "", "title": "The inner basin"},
    ],
    "actions": [
        {"line": 9, "item": "2", "text": "Harbour Master to ask for", "owner": "Harbour Master",
         "kind": "action", "due_text": "by 1 May 2024", "due": "2024-05-01"},
        {"line": 15, "lines": [13, 16], "item": "2", "under": "The inner basin", "kind": "action",
         "text": "A chart to be drawn", "owner": "KL", "owner_or": ["Kay Lund"], "due_text": ""},
    ],
    "candidates": [{"line": 5, "item": "1", "text": "The Clerk would see"}],
    "resolutions": [{"line": 11, "item": "2", "text": "to note the report"}],
}  # fmt: skip


def draft(line, printed, *, item=("2", "Dredging"), **fields):
    given = {"owner": "", "kind": "action", "marked": True, "due_text": "", "due": ""} | fields
    number, title = item
    return MinutesDraft(line=line, item=f"{number}. {title}", item_number=number, item_title=title,
                        text=printed, printed=printed, lead_in="", source="", **given)  # fmt: skip


ASK = draft(9, "Harbour Master to ask for three prices", owner="The Harbour Master",
            due_text="1 May 2024", due="2024-05-01")  # fmt: skip
CHART = draft(15, "A chart to be drawn", owner="Kay Lund", item=("", "The inner basin"))
CLERK = draft(5, "The Clerk would see to it", item=("1", "Welcome"), marked=False)
NOTED = draft(11, "to note the report", kind="resolution")
AGENDA = (Item(3, "1. Welcome", "1", "Welcome"), Item(7, "2. DREDGING", "2.", "DREDGING"),
          Item(12, "The inner basin", "2", "The inner basin"))  # fmt: skip
MEETING = Found("2024-03-05", "", "HARBOUR BOARD")


@pytest.fixture
def compare(labels, scoring):
    """Give a function that scores drafts against `LABELLED`."""

    def score(*drafts, items=AGENDA, found=MEETING):
        minutes = Minutes(found, tuple(items), drafts)
        return scoring.score(labels.labels_from(LABELLED), minutes)

    return score


def test_all_that_is_labelled_and_nothing_else_is_perfect(compare):
    score, notes = compare(CLERK, ASK, NOTED, CHART)
    assert notes == ()
    assert score.actions == score.owners == score.places == score.kinds == score.dues == (2, 2, 2)
    assert score.agenda == score.meeting == (3, 3, 3)
    assert score.candidates == (1, 1, 1)
    assert score.resolutions == (1, 1, 0)


def test_nothing_found_is_missed(compare):
    score, notes = compare(items=())
    assert score.actions == (0, 2, 0)
    assert score.agenda == (0, 3, 0)
    assert score.candidates == (0, 1, 0)
    assert score.owners == (0, 0, 0)
    assert notes == (
        "missed agenda item: 1 Welcome",
        "missed agenda item: 2 Dredging",
        "missed agenda item: The inner basin",
        "missed action: line 9, 2: Harbour Master to ask for",
        "missed action: line 15, 2: A chart to be drawn",
        "missed candidate: line 5, 1: The Clerk would see",
    )


def test_another_line_is_another_action(compare):
    score, notes = compare(ASK._replace(line=10), CHART, CLERK)
    assert score.actions == (1, 2, 2)
    assert notes == (
        "missed action: line 9, 2: Harbour Master to ask for",
        "false action: line 10, 2: Harbour Master to ask for three prices",
    )


@pytest.mark.parametrize(("line", "right"), [(12, 0), (13, 1), (16, 1), (17, 0)])
def test_a_label_may_cover_a_paragraph(compare, line, right):
    assert compare(CHART._replace(line=line)).score.actions == (right, 2, 1)


def test_one_draft_is_not_counted_twice_and_two_not_as_one(compare):
    assert compare(ASK, ASK).score.actions == (1, 2, 2)


def test_a_marked_resolution_is_a_false_action(compare):
    score, notes = compare(ASK, CHART, CLERK, NOTED._replace(kind="action"))
    assert score.actions == (2, 2, 3)
    assert score.resolutions == (0, 1, 1)
    assert notes[0].startswith("false action: line 11")
    assert notes[1].startswith("a resolution given as an action: line 11")


def test_an_action_shown_as_a_candidate_is_missed(compare):
    score, _ = compare(ASK._replace(marked=False), CHART, CLERK)
    assert score.actions == (1, 2, 1)
    assert score.candidates == (1, 1, 2)


@pytest.mark.parametrize(
    ("field", "changed", "note"),
    [
        ("owners", {"owner": "Clerk"}, "owner of line 9: “Clerk”, labelled “Harbour Master”"),
        ("places", {"item_title": "Welcome"}, "item of line 9: “2 Welcome”, labelled “2”"),
        ("places", {"item_number": ""}, "item of line 9: “Dredging”, labelled “2”"),
        ("kinds", {"kind": "recommendation"},
         "kind of line 9: “recommendation”, labelled “action”"),
        ("dues", {"due": "2025-05-01"},
         "due of line 9: “1 May 2024 2025-05-01”, labelled “by 1 May 2024 2024-05-01”"),
        ("dues", {"due_text": ""},
         "due of line 9: “2024-05-01”, labelled “by 1 May 2024 2024-05-01”"),
    ],
)  # fmt: skip
def test_each_field_is_checked(compare, field, changed, note):
    score, notes = compare(ASK._replace(**changed), CHART, CLERK)
    assert notes == (note,)
    assert getattr(score, field) == (1, 2, 2)
    checks = (score.owners, score.places, score.kinds, score.dues)
    assert checks.count((2, 2, 2)) == 3


def test_a_sub_item_may_be_named_by_its_item(compare):
    score, _ = compare(ASK, CHART._replace(item_number="2", item_title="Dredging"))
    assert score.places == (2, 2, 2)


def test_the_meeting_is_checked(compare):
    found = Found("2024-03-06", "informal", "Harbour Board")
    score, notes = compare(ASK, CHART, CLERK, found=found)
    assert score.meeting == (1, 3, 3)
    assert notes == (
        "meeting: date “2024-03-06”, labelled “2024-03-05”",
        "meeting: type “informal”, labelled “formal”",
    )


def test_an_item_that_is_none_is_false(compare):
    wrong = Item(8, "3. Was said", "3", "Was said")
    score, notes = compare(ASK, CHART, CLERK, items=(*AGENDA, wrong))
    assert score.agenda == (3, 3, 4)
    assert notes == ("false agenda item: 3 Was said",)


def test_scores_add_up(scoring, compare):
    both = scoring.total([compare(ASK).score, compare(CHART, CLERK).score])
    assert both.actions == (2, 4, 2)
    assert both.candidates == (1, 2, 1)
    assert scoring.total([]) == scoring.Score()


@pytest.mark.parametrize(
    ("one", "other"), [("Item 7.", "7"), ("07/21", "07/21"), ("(a)", "a"), ("23/045", "23/045")]
)
def test_numbers_are_compared_in_one_form(labels, one, other):
    assert labels.number_of(one) == labels.number_of(other) == other


def test_owners_are_compared_name_by_name(labels):
    assert labels.names_of("The Clerk and B Dove") == labels.names_of("B Dove/ Clerk")
    assert labels.names_of("Clerk") != labels.names_of("Clerk, B Dove")


def test_labels_of_other_forms_are_placed_by_their_words(labels):
    lines = [Line(1, "to note the report"), Line(2, "Harbour Master to ask for prices"),
             Line(3, "**to note  the report.**")]  # fmt: skip
    found = labels.placed(labels.labels_from(LABELLED), lines)
    assert [label.line for label in found.actions] == [2, 0]
    assert [(label.first, label.last) for label in found.resolutions] == [(3, 3)]


def test_the_table_shows_counts_and_shares(program, compare):
    row = program.cells("harbour", compare(ASK, ASK, NOTED).score)
    assert row[:4] == ["harbour", "1/2 (2)", "50 %", "50 %"]
    assert row[-4:] == ["-", "0.00", "1/1", "3/3"]
    assert len(row) == len(program.COLUMNS)


def test_a_folder_and_its_unseen_ones_are_reported_apart(
    program, compare, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(program, "scored", lambda _path: compare(ASK))
    (tmp_path / "unseen").mkdir()
    for name in ("seen.txt", "seen.json", "notes.txt", "unseen/other.md", "unseen/other.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    program.main([str(tmp_path), "-v"])
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if line.endswith("1 minutes")] == [
        f"{tmp_path.name}: 1 minutes", "unseen: 1 minutes",
    ]  # fmt: skip
    assert "\nseen.txt\n  missed action: line 15, 2: A chart to be drawn\n" in printed
    assert printed.count("| all ") == 2
    assert "notes" not in printed


def test_a_folder_that_is_not_there_is_wrong_usage(program, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        program.main([str(tmp_path / "nowhere")])
    assert ended.value.code == 2
    assert "there is no folder" in capsys.readouterr().err


def test_every_label_says_what_stands_on_its_line(program, labels):
    documents = program.documents(program.CORPUS)
    assert len(documents) >= 12
    for path in documents:
        text = path.read_text(encoding="utf-8")
        text = html.unescape(text) if path.suffix == ".html" else text
        lines = text.splitlines()
        whole = " ".join(text.replace("*", "").split()).casefold()
        data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        read = labels.labels_from(data)
        titles = {title for _, title in read.items}
        for _, title in read.items:
            assert title.casefold() in whole, (path.name, title)
        for label in (*read.actions, *read.candidates, *read.resolutions):
            where = (path.name, label)
            assert label.text in lines[label.line - 1], where
            assert label.first <= label.line <= label.last, where
            assert label.item in {number for number, _ in read.items}, where
            assert label.under in {"", *titles}, where
            assert label.due_text.casefold() in whole, where
            assert all(name in whole for name in labels.names_of(label.owners[0])), where
        for group in (read.actions, read.candidates, read.resolutions):
            assert list(group) == sorted(group, key=lambda label: label.line), path.name
