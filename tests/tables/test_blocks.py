"""Pages of labelled lines, one block an action."""

import pytest
from small_tables import document, drafts_of

from cpctrack.reading.document import Cell, Document, Paragraph, Place, Row, Table
from cpctrack.tables.blocks import blocks_of

HOMES = ["Action: Write to all.", "Owner: Ann Bell", "Due: June 2023"]
ROADS = ["Action: Look at the roads.", "Owner: Ben Carr", "Due: May 2023"]


def put_together(*texts):
    """Give the rows of each table that paragraphs become, and the texts that stay."""
    blocks = [Paragraph(text, place=Place(line)) for line, text in enumerate(texts, 1)]
    return [
        block.text
        if isinstance(block, Paragraph)
        else [(row.place.line, *[cell.text for cell in row.cells]) for row in block.rows]
        for block in blocks_of(blocks)
    ]


TABLE = [
    (1, "Action", "Owner", "Due"),
    (1, "Write to all.", "Ann Bell", "June 2023"),
    (4, "Look at the roads.", "Ben Carr", "May 2023"),
]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([*HOMES, *ROADS], id="plain"),
        pytest.param([f"**{text.replace(': ', ':** ')}" for text in (*HOMES, *ROADS)], id="bold"),
        pytest.param(["Action:", "Write to all.", *HOMES[1:], *ROADS], id="label alone"),
    ],
)
def test_labelled_lines_that_repeat_are_a_table(texts):
    ((header, *rows),) = put_together(*texts)
    assert header == TABLE[0]
    assert [row[1:] for row in rows] == [row[1:] for row in TABLE[1:]]


def test_a_row_stands_where_its_block_begins():
    assert put_together(*HOMES, *ROADS) == [TABLE]


def test_a_block_may_be_one_paragraph_and_texts_around_stay():
    assert put_together("Our actions", "\n".join(HOMES), "", "\n".join(ROADS), "", "The end") == [
        "Our actions",
        [(2, "Action", "Owner", "Due"),
         (2, "Write to all.", "Ann Bell", "June 2023"),
         (4, "Look at the roads.", "Ben Carr", "May 2023")],
        "The end",
    ]  # fmt: skip


def test_a_line_without_a_label_goes_on_with_the_one_above():
    ((_, first, _),) = put_together(*HOMES[:2], "and Cat Dent", HOMES[2], *ROADS)
    assert first == (1, "Write to all.", "Ann Bell\nand Cat Dent", "June 2023")


def test_labels_that_only_some_blocks_have_are_columns():
    ((header, *rows),) = put_together(*HOMES, "Status: Open", *ROADS)
    assert header == (1, "Action", "Owner", "Due", "Status")
    assert [row[-1] for row in rows] == ["Open", ""]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(HOMES, id="one block"),
        pytest.param(["Action: Write.", "Action: Look."], id="one label"),
        pytest.param(["Owner: Ann", "Due: May", "Owner: Ben", "Due: June"], id="no action"),
        pytest.param(
            ["Action: Write.", "Owner: Ann", "Ward: East", "Zone: A", "Mood: good"] * 2,
            id="mostly other labels",
        ),
        pytest.param(["Write to all.", "Look at the roads."], id="no labels"),
    ],
)
def test_other_lines_stay_as_they_are(texts):
    assert put_together(*texts) == texts


def cards(*tables):
    return [
        Table(tuple(Row(tuple(map(Cell, row)), Place(line)) for line, row in enumerate(rows, 1)))
        for rows in tables
    ]


HOMES_CARD = (("Action:", "Write to all."), ("Owner", "Ann Bell"), ("Due", "June 2023"))
ROADS_CARD = (("Action:", "Look at the roads."), ("Owner", "Ben Carr"), ("Due", "May 2023"))


def test_tables_of_two_columns_are_blocks_too():
    (table,) = blocks_of(cards(HOMES_CARD, ROADS_CARD))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        list(row[1:]) for row in TABLE
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((("Action", "Owner"), ("Write", "Ann"), ("Look", "Ben")), id="a header"),
        pytest.param((*HOMES_CARD, ("", "and more")), id="no label"),
        pytest.param((*HOMES_CARD, ("Ward", "East", "")), id="three columns"),
        pytest.param(
            (*HOMES_CARD[:2], ("Ward", "East"), ("Zone", "A"), ("Mood", "good")), id="few known"
        ),
        pytest.param((), id="empty"),
    ],
)
def test_other_tables_stay_as_they_are(rows):
    tables = cards(rows, rows)
    assert blocks_of(tables) == tables


def test_a_page_of_labelled_lines_becomes_drafts():
    read = Document("log.txt", "text", tuple(map(Paragraph, (*HOMES, *ROADS))))
    assert [
        (draft.fields["action"], draft.fields["owners"], draft.fields["due_text"])
        for draft in drafts_of(read)
    ] == [
        ("Write to all.", ("Ann Bell",), "June 2023"),
        ("Look at the roads.", ("Ben Carr",), "May 2023"),
    ]


def test_a_table_beside_labelled_lines_is_read_as_ever():
    table = document(("Action", "Owner"), ("Ask", "Cat Dent")).blocks
    read = Document("log.docx", "docx", (*map(Paragraph, (*HOMES, *ROADS)), *table))
    assert [draft.fields["action"] for draft in drafts_of(read)] == [
        "Write to all.", "Look at the roads.", "Ask",
    ]  # fmt: skip
