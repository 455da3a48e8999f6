"""Which rows of a table are exempt: by a column, their own words, or a line above them."""

import io
import re
from dataclasses import replace

import pytest

from cpctrack.reading.document import Cell, Document, Paragraph, Place, Row, Table
from cpctrack.tables.log import log_of

TABLE = "Meeting Type,Meeting Date,Item,Actions\n"
ROW = "Formal,15/3/2023,{},{}\n"


_ABOUT = re.compile("may say that it is exempt").search


def kept(drafts):
    """Give what keeps each row from the public, and whether there is a doubt about it."""
    return [
        (draft.fields.get("exempt_paragraph", ""), any(map(_ABOUT, draft.doubts)))
        for draft in drafts
    ]


PUBLIC = ("", False)


@pytest.mark.parametrize(
    ("cells", "paragraph", "doubt"),
    [
        ({"response": "exempt – not for publication by virtue of paragraph 5"}, "5", False),
        ({"item": "PART 2: Item 10"}, "PART 2: Item 10", False),
        ({"item": "Item 11. A lease (EXEMPT)"}, "(EXEMPT)", False),
        ({"action": "Sign the lease (exempt, paragraph 3)."}, "3", False),
        ({"action": "Explain why reports are exempt."}, "reports are exempt", True),
        ({"item": "PART B"}, "PART B", True),
        ({"item": "Item 4. Private fostering"}, "", False),
        ({"action": "List those exempt from council tax."}, "", False),
    ],
)
def test_its_own_words(drafts, tsv, row, cells, paragraph, doubt):
    assert kept(drafts(tsv(row(**cells)))) == [(paragraph, doubt)]


@pytest.mark.parametrize(
    ("header", "cell", "item", "expected"),
    [
        ("Exempt?", "Paragraph 3", "Item 5", ("Paragraph 3", False)),
        ("Exempt (Y/N)", "No", "Item 5", PUBLIC),
        ("Confidential", "Yes", "Item 5", ("Yes", False)),
        ("Confidential", "Yes", "Item 5 (exempt – paragraph 3)", ("3", False)),
        ("Not for publication", "", "Item 5", PUBLIC),
        ("Exmept", "3", "Item 5", ("3", False)),
        ("Exempt", "No", "Item 5 (exempt)", ("Item 5 (exempt)", True)),
        ("Public?", "No", "Item 5", ("Public?: No", True)),
        ("Public (Y/N)", "N", "Item 5", ("Public (Y/N): N", True)),
        ("Public?", "Yes", "Item 5", PUBLIC),
        ("Public?", "N/A", "Item 5", PUBLIC),
        ("Part", "2", "Item 5", ("Part: 2", True)),
        ("Agenda part", "II", "Item 5", ("Agenda part: II", True)),
        ("Part", "1", "Item 5", PUBLIC),
        ("Part", "I", "Item 5", PUBLIC),
    ],
)
def test_a_column(drafts, header, cell, item, expected):
    text = (
        f"Meeting Type,Meeting Date,Item,Actions,{header}\nFormal,15/3/2023,{item},Do it.,{cell}\n"
    )
    assert kept(drafts(text, "log.csv")) == [expected]


@pytest.mark.parametrize(
    "mark",
    ["Private and confidential", "Private", "Part 2", "Part II", "In confidence", "Restricted",
     "Commercially sensitive", "Commercial-in-confidence", "Not public", "Private item",
     "OFFICIAL: SENSITIVE"],
)  # fmt: skip
@pytest.mark.parametrize("column", ["Note by the clerk", "Response"])
def test_a_cell_that_says_nothing_else(drafts, column, mark):
    text = f"Meeting Type,Meeting Date,Item,Actions,{column}\nFormal,15/3/2023,5,Do it.,{mark}\n"
    assert kept(drafts(text, "log.csv")) == [(mark, True)]


@pytest.mark.parametrize(
    "text",
    ["Private Sector Housing", "Private fostering", "Restricted byway", "Confidential waste",
     "Official", "Sensitive", "Part 3", "Parts 1 and 2 of the plan"],
)  # fmt: skip
def test_words_of_something_else(drafts, tsv, row, text):
    assert kept(drafts(tsv(row(item=text), row(response=text)))) == [PUBLIC, PUBLIC]


@pytest.mark.parametrize(
    ("sentence", "paragraph"),
    [
        ("The actions above are exempt under paragraph 3 of Schedule 12A.", "3"),
        ("The above items are confidential.", "items are confidential"),
        ("All actions above are in Part 2.", "are in Part 2"),
        ("These actions are not for publication.", "not for publication"),
    ],
)
def test_a_sentence_below(drafts, sentence, paragraph):
    first, last = ROW.format("Item 1", "Do A."), ROW.format("Item 2", "Do B.")
    said = (paragraph, True)
    assert kept(drafts(f"{TABLE}{first}{last}{sentence},,,\n", "log.csv")) == [said, said]
    assert kept(drafts(f"{TABLE}{first}{sentence},,,\n{last}", "log.csv"))[0] == said
    text = f"{markdown('1')}{sentence}\n\n{markdown('2')}"
    assert kept(drafts(text, "log.md")) == [said, PUBLIC]
    assert kept(drafts(f"{markdown('1')}{sentence}\n", "log.md")) == [said]


@pytest.mark.parametrize(
    "sentence",
    [
        "None of the actions above is exempt.",
        "The actions above were agreed in public. Private landlords were asked.",
        "The following actions are exempt.",
    ],
)
def test_a_sentence_below_that_says_nothing_of_it(drafts, sentence):
    assert kept(drafts(f"{markdown('1')}{sentence}\n", "log.md")) == [PUBLIC]


@pytest.mark.parametrize("again", ["PART 1 (PUBLIC)", "Public session", "Part A"])
@pytest.mark.parametrize("place", [",,,", ",,{},", ",,,{}"])
def test_a_line_above(drafts, again, place):
    def line(text):
        return (place.format(text) if "{}" in place else f"{text},,,") + "\n"

    lines = [
        ROW.format("Item 1", "Do A."),
        line("PART 2 - EXEMPT"),
        ROW.format("Item 2", "Do B."),
        ROW.format("Item 3 (paragraph 3: exempt)", "Do C."),
        line(again),
        ROW.format("Item 4", "Do D."),
    ]
    part = ("PART 2 - EXEMPT", False)
    text = TABLE + "".join(lines)
    assert kept(drafts(text, "log.csv")) == [PUBLIC, part, ("3", False), PUBLIC]


def test_the_line_is_told(read):
    log = read(TABLE + "PART 2 - EXEMPT,,,\n" + ROW.format("Item 2", "Do B."), "log.csv")
    assert log.left_out == ((2, "PART 2 - EXEMPT"),)


def test_a_title_above_the_header(drafts):
    text = "Part II (Private),,,\n" + TABLE + ROW.format("Item 2", "Do B.")
    assert kept(drafts(text, "log.csv")) == [("Part II (Private)", False)]


MARKDOWN = "| Meeting Type | Meeting Date | Item | Actions |\n|---|---|---|---|\n"


def markdown(item):
    return f"{MARKDOWN}| Formal | 15/3/2023 | {item} | Do {item}. |\n\n"


def test_a_heading_above_a_table_of_markdown(drafts):
    text = (
        markdown("1") + "## Part 2 – Exempt (paragraph 3)\n\n" + markdown("2") + markdown("3")
        + "## Public session\n\n" + markdown("4")
    )  # fmt: skip
    # The third table has no title: it may be of the part above.
    assert kept(drafts(text, "log.md")) == [PUBLIC, ("3", False), ("3", True), PUBLIC]


def test_a_heading_above_another_table_may_be_one_of_the_log(drafts):
    text = f"# Part 2 – Exempt\n\n| Clerk | Ward |\n|---|---|\n| Ann | North |\n\n{markdown('1')}"
    assert kept(drafts(text, "log.md")) == [("Part 2 – Exempt", True)]


def test_a_heading_above_a_table_of_a_page(drafts):
    head = "<tr><th>Meeting Type<th>Meeting Date<th>Item<th>Actions"
    table = f"<table>{head}<tr><td>Formal<td>15/3/2023<td>{{0}}<td>Do {{0}}.</table>"
    page = (
        f"<html><h1>Log</h1>{table.format(1)}<p>PART 2 –\n <b>EXEMPT</b></p>{table.format(2)}"
        f"<h2>Part 1</h2>{table.format(3)}</html>"
    )
    assert kept(drafts(page, "log.html")) == [PUBLIC, ("PART 2 – EXEMPT", False), PUBLIC]


def test_the_name_of_a_sheet(tmp_path, meeting):
    openpyxl = pytest.importorskip("openpyxl")
    from cpctrack.tables.drafts import Told, make_drafts
    from cpctrack.tasks.read_documents import read_log

    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Exempt")):
        sheet.append(["Meeting Type", "Meeting Date", "Item", "Actions"])
        sheet.append(["Formal", "15/3/2023", "Item 1", f"Do {sheet.title}."])
    content = io.BytesIO()
    book.save(content)
    (tmp_path / "log.xlsx").write_bytes(content.getvalue())
    log = read_log(tmp_path / "log.xlsx")
    assert kept(make_drafts(log, meeting, Told())) == [PUBLIC, ("Exempt", False)]


def test_the_whole_file(drafts):
    text = (
        TABLE + ROW.format("Item 1", "Do A.") + ROW.format("Item 2 (exempt; paragraph 5)", "Do B.")
    )
    assert kept(drafts(text, "log.csv", exempt="3")) == [("3", False), ("5", False)]


def test_what_our_documents_print_over_rows_that_say_for_themselves(drafts):
    marked = ROW.format('"Item 1\nNot for publication: paragraph 3"', "Do A.")
    text = "Not for publication,,,\n" + TABLE + marked + ROW.format("Item 2", "Do B.")
    assert kept(drafts(text, "log.csv")) == [("3", False), PUBLIC]
    text += "PART 2 - EXEMPT,,,\n" + ROW.format("Item 3", "Do C.")
    assert kept(drafts(text, "log.csv"))[-1] == ("PART 2 - EXEMPT", False)


HEADED = ("Meeting Type", "Meeting Date", "Item", "Actions", "Referred to")
BODY = ("Formal", "13/3/2024", "Item 5. Homes", "Repair the roof.", "Head of Homes")


def document(*above, margins=()):
    rows = tuple(Row(tuple(map(Cell, cells)), Place(9)) for cells in (HEADED, BODY))
    return Document("log.docx", "docx", (*above, Table(rows)), margins)


@pytest.mark.parametrize(
    ("above", "margins", "doubt"),
    [
        ([], ("EXEMPT – not for publication",), True),
        ([], ("Action log", "Not for publication: paragraph 3 of Schedule 12A"), True),
        ([Paragraph("Actions from exempt business", heading=1)], (), True),
        ([Paragraph("Closed session (press and public excluded)", heading=2)], (), True),
        ([Paragraph("The press and public were excluded", heading=1)], (), False),
        ([Table((Row((Cell("PART 2 – EXEMPT"),)),))], (), False),
    ],
)
def test_what_stands_around_a_table_keeps_it_from_the_public(above, margins, doubt):
    (entry,) = log_of(document(*above, margins=margins)).entries
    assert entry.under is not None
    assert entry.under.doubt is doubt


@pytest.mark.parametrize(
    ("above", "margins"),
    [
        ([], ("Action log of the public part", "This log contains no exempt information")),
        ([Paragraph("Actions from exempt business")], ()),  # a sentence is no heading
        ([Paragraph("Part 1 – Public", heading=1)], ("EXEMPT",)),
    ],
)
def test_what_says_nothing_of_a_table_leaves_it_public(above, margins):
    (entry,) = log_of(document(*above, margins=margins)).entries
    assert entry.under is None


def test_a_layout_around_tables_is_no_box_around_a_title():
    inner = document().blocks[0]
    box = Table((Row((Cell("EXEMPT", blocks=(Paragraph("EXEMPT"), inner)),)),))
    assert len(log_of(Document("log.docx", "docx", (box,))).entries) == 1


@pytest.mark.parametrize(
    ("margin", "kept"), [("Not for publication (paragraph 3)", False), ("EXEMPT", True)]
)
def test_what_our_own_pages_say_is_said_in_their_rows(margin, kept):
    (table,) = document().blocks
    ours = replace(table, ours=True)
    (entry,) = log_of(Document("log.docx", "docx", (ours,), (margin,))).entries
    assert (entry.under is not None) is kept
