"""Who acts, in a column at the right: of a text, and of tables in each of their forms."""

import pytest

from cpctrack.minutes.finding.finding import find
from cpctrack.reading.lines import Line
from cpctrack.tasks.read_documents import read_minutes

HEAD = "Ponds Committee\n\nMinutes of the meeting held on 14 March 2024\n\n"
GATE = "The Ranger would mend the gate before the fair."
HERON = "It was agreed that a letter be sent to the owner of the heron."


def given(lines):
    """Give item, owner, words and day of the marked actions."""
    return [
        (one.item, one.owner, one.printed, one.due_text)
        for one in find(lines).drafts
        if one.marked and one.kind == "action"
    ]


def of_text(text):
    return given([Line(at, line) for at, line in enumerate((HEAD + text).split("\n"), 1)])


def of_table(*rows):
    head = [Line(at, line) for at, line in enumerate(HEAD.split("\n"), 1)]
    return given(
        [*head, *(Line(9 + at, " | ".join(row), cells=row) for at, row in enumerate(rows))]
    )


@pytest.mark.parametrize(
    ("cell", "owner"),
    [
        ("Action: HR", "HR"), ("ACTION HR", "HR"), ("Action – HR/TS", "HR/TS"), ("AP1: HR", "HR"),
        ("AP 12 HR", "HR"), ("Action by: HR", "HR"), ("Action 3: Clerk", "Clerk"),
        ("ACTION: Head of Parks", "Head of Parks"), ("Action point 2 – JB", "JB"),
    ],
)  # fmt: skip
def test_label_at_the_right_names_the_owner_of_its_paragraph(cell, owner):
    text = f"1. GATE\n\n{'The Ranger would mend the gate, and would paint':60}{cell}\nit green.\n"
    words = "The Ranger would mend the gate, and would paint it green."
    assert of_text(text) == [("1. GATE", owner, words, "")]


@pytest.mark.parametrize(
    ("gap", "names"),
    [
        ("     ", "Cllr. J. Fenn"), ("\t\t\t", "Cllrs. J. Fenn and P. Oak"),
        ("   ", "Mrs Fenn/Clerk"),
        ("\n", "Cllr. J. Fenn/Clerk"), ("    ", "Clerk"),
    ],
)  # fmt: skip
def test_name_behind_a_sentence_is_of_it_in_any_column(gap, names):
    assert of_text(f"1. GATE\n\n{GATE}{gap}{names}\n\n2. HERON\n\nNone.") == [
        ("1. GATE", names, GATE, "")
    ]


@pytest.mark.parametrize("behind", ["Noted", "None", "£20.50", "4 May 2024", "Agreed Unanimously"])
def test_what_is_no_name_behind_a_sentence(behind):
    lines = (HEAD + f"1. GATE\n\n{GATE}     {behind}\n").split("\n")
    drafts = find([Line(at, line) for at, line in enumerate(lines, 1)]).drafts
    assert [one.owner for one in drafts] == ["Ranger"]


@pytest.mark.parametrize(
    ("cells", "owner"),
    [
        (("Action: Parks", "Manager", ""), "Parks Manager"),
        (("Action: Head of", "Parks and", "Open Spaces"), "Head of Parks and Open Spaces"),
        (("Action: HR", "", ""), "HR"),
    ],
)
def test_label_at_the_right_takes_as_many_lines_as_its_name(cells, owner):
    said = ("The Ranger would mend the gate, and would paint", "it green before the fair, and", "")
    rows = [f"{words:60}{cell}" for words, cell in zip(said, cells, strict=True)]
    (found,) = of_text("\n".join(["1. GATE", "", *rows]))
    assert found[1:3] == (owner, " ".join(said).strip())


@pytest.mark.parametrize("cell", ["Action plan", "AP", "Actions"])
def test_what_names_nobody_at_the_right_is_no_label(cell):
    text = f"1. GATE\n\n{'The accounts of the year were laid before the Board':60}{cell}\n"
    assert of_text(text) == []


@pytest.mark.parametrize("heading", ["Action", "Action by", "ACTION", "Actioned by"])
def test_minute_beside_who_acts(heading):
    rows = [("Minute", heading), (GATE, "TS"), ("Members heard of the ducks.", "")]
    assert of_table(*rows, (HERON, "Clerk")) == [
        ("", "TS", GATE, ""),
        ("", "Clerk", HERON, ""),
    ]


def test_number_minute_and_action_give_items_of_the_first_line():
    assert of_table(
        ("No", "Minute", "Action"),
        ("1", f"GATE\nIt was loose.\n{GATE}", "TS"),
        ("2", "DUCKS\nThere are nine.", ""),
    ) == [("1 GATE", "TS", GATE, "")]


def test_item_discussion_and_owner():
    assert of_table(
        ("Item", "Discussion", "Owner"),
        ("1. Gate", f"It is loose. {GATE}", "TS"),
        ("2. Ducks", "Members asked about the ducks, and there were nine.", ""),
    ) == [("1. Gate", "TS", GATE, "")]


@pytest.mark.parametrize("action", ["Action", "Action (who, when)", "Actions agreed"])
@pytest.mark.parametrize("topic", ["Topic", "Item", "Subject"])
def test_topic_points_decision_and_action(topic, action):
    assert of_table(
        (topic, "Key points", "Decision", action),
        ("Gate", "It is loose.", "To mend it.", "Ranger to mend the gate by 3 May 2024"),
        ("Ducks", "There are nine.", "Noted.", "None"),
        ("Path", "It was wet.", "Agreed.", "Clerk to find a contractor\nJB to put up a sign"),
    ) == [
        ("Gate", "Ranger", "Ranger to mend the gate by 3 May 2024", "by 3 May 2024"),
        ("Path", "Clerk", "Clerk to find a contractor", ""),
        ("Path", "JB", "JB to put up a sign", ""),
    ]


def test_a_work_programme_is_no_list_of_actions():
    rows = [("Topic", "Action", "Lead"), ("Ponds", "To scrutinise the budget", "Head of Parks")]
    assert of_table(*rows) == []


@pytest.mark.parametrize(
    ("first", "second"), [("TS", "Clerk"), ("Action: TS", "ACTION: Clerk"), ("AP1: TS", "Clerk")]
)
def test_table_without_headings_whose_right_column_says_who_acts(first, second):
    rows = [("1. Gate", ""), (GATE, first), ("The ducks were counted: nine.", "")]
    found = of_table(*rows, (HERON, second))
    assert [(item, owner) for item, owner, _, _ in found] == [
        ("1. Gate", "TS"),
        ("1. Gate", "Clerk"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Councillor Ada Fenn", "Chair"), ("Councillor Ben Moss", "Clerk")],
        [("The gate was mended by the Ranger last week.", "TS")],
        [("Rent", "GB"), ("Wages", "PM")],
    ],
)
def test_other_tables_without_headings_hold_no_action(rows):
    assert of_table(*rows) == []


def test_columns_set_with_spaces():
    text = """Topic           Key points              Decision        Action

Gate            It is loose.            To mend it.     TS to mend the gate
                                                        by 3 May 2024

Ducks           There are nine.         Noted.
"""
    assert of_text(text) == [("Gate", "TS", "TS to mend the gate by 3 May 2024", "by 3 May 2024")]


@pytest.mark.parametrize(
    ("name", "owners"),
    [
        ("f01-margin-label.pdf", ["HR", "Clerk"]),
        ("f02-minute-action.docx", ["HR", "Clerk"]),
        ("f03-no-minute-action-libreoffice.pdf", ["HR", "Clerk"]),
        ("f11-action-who-when.docx", ["Dee Vale"]),
    ],
)
def test_columns_of_documents(shared_data, name, owners):
    found = given(read_minutes(shared_data / "bug-inputs" / name))
    assert [owner for _, owner, _, _ in found] == owners


def test_columns_of_a_web_page(tmp_path):
    page = tmp_path / "minutes.html"
    page.write_text(
        "<h1>Ponds Committee</h1><p>Minutes of the meeting held on 14 March 2024</p><table>"
        "<tr><th>Item<th>Discussion<th>Action by</tr>"
        f"<tr><td>1. Gate<td><p>It is loose.</p><p>{GATE}</p><td>TS</tr></table>",
        encoding="utf-8",
    )
    assert given(read_minutes(page)) == [("1. Gate", "TS", GATE, "")]
