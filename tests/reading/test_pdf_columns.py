"""A table without tags and lines is told by the names of its columns."""

import pytest

from cpctrack.reading.document import Paragraph
from cpctrack.reading.pdf.columns import with_columns
from cpctrack.reading.pdf.flow import blocks_of
from cpctrack.reading.pdf.ruled import Ruling, Rulings
from cpctrack.reading.pdf.text import Piece

NAMES = {"No", "Action", "By whom", "Due date", "Owner"}
XS = (50, 66, 380)  # narrow columns: hardly a letter's width lies between them


def known(cells):
    return sum(cell in NAMES for cell in cells)


def page(*rows, xs=XS, top=700, start=0.0):
    """Draw rows from the top, cell by cell; `start` of what is left of a row is above a cell."""
    pieces = []
    for row in rows:
        most = max(len(cell) for cell in row)
        for x, cell in zip(xs, row, strict=True):
            first = top - start * 12 * (most - len(cell))
            pieces += [Piece(line, x, first - 12 * n, 10) for n, line in enumerate(cell)]
        top -= 12 * most + 6
    return pieces


def read(*pages, lines=None):
    rulings = [lines or Rulings() for _ in pages]
    blocks = blocks_of(with_columns(pages, rulings, known))
    tables = [block for block in blocks if not isinstance(block, Paragraph)]
    assert all(table.guessed for table in tables)
    texts = [block.text.strip() for block in blocks if isinstance(block, Paragraph) and block.text]
    rows = [
        [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        for table in tables
    ]
    return texts, *rows


HEADER = (["No"], ["Action"], ["By", "whom"])
FIRST = (["1"], ["Write to all carers about the new allowance", "and report back"], ["JS"])
SECOND = (["2"], [], ["The clerk", "and AB"])
THIRD = (["3"], ["Visit"], [])


@pytest.mark.parametrize("start", [0, 0.5, 1])  # cells begin at the top, the middle, the foot
def test_rows_stand_under_the_names_of_narrow_columns(start):
    above = Piece("Panel, 3 May 2023", 50, 760, 10)
    below = Piece("The clerk may be asked about all of these.", 50, 560, 10)
    drawn = page(HEADER, FIRST, SECOND, THIRD, start=start)
    texts, rows = read([above, *drawn, below])
    assert texts == ["Panel, 3 May 2023", below.text]
    assert rows == [
        ["No", "Action", "By whom"],
        ["1", "Write to all carers about the new allowance and report back", "JS"],
        ["2", "", "The clerk and AB"],
        ["3", "Visit", ""],
    ]


def test_a_table_goes_on_over_pages_with_and_without_its_header():
    foot = [Piece(f"Page {n}", 290, 40, 8) for n in (1, 2, 3)]
    pages = [
        [*page(HEADER, FIRST), foot[0]],
        [*page(HEADER, SECOND), foot[1]],
        [*page(THIRD), foot[2], Piece("Noted by the whole of the Panel on the day.", 50, 600, 10)],
    ]
    texts, rows = read(*pages)
    assert texts == ["Noted by the whole of the Panel on the day."]
    assert [row[0] for row in rows] == ["No", "1", "No", "2", "3"]


def test_cells_that_go_over_several_rows_are_where_they_begin():
    """Some programs draw them behind the row, and some in the middle of its height."""
    top = page(HEADER)
    behind = [
        Piece("Write", 66, 650, 10), Piece("JS", 380, 650, 10), Piece("1", 50, 650, 10),
        Piece("Visit", 66, 630, 10), Piece("AB", 380, 630, 10),
    ]  # fmt: skip
    middle = [
        Piece("2", 50, 600, 10), Piece("Ask", 66, 610, 10), Piece("CD", 380, 610, 10),
        Piece("Send", 66, 590, 10), Piece("EF", 380, 590, 10),
    ]  # fmt: skip
    _, rows = read([*top, *behind, *middle])
    assert rows[1:] == [
        ["1", "Write", "JS"], ["", "Visit", "AB"], ["2", "Ask", "CD"], ["", "Send", "EF"],
    ]  # fmt: skip


def test_lines_across_part_the_rows():
    lines = Rulings()
    lines.across += [Ruling(y, 48, 450) for y in (672, 630, 580, 560)]
    drawn = page(HEADER, top=700) + page((["1"], ["Write."], ["JS"]), top=650)
    drawn += page((["2"], ["Ask."], ["AB"]), top=618) + page(([], ["Then send it."], []), top=590)
    drawn += page((["3"], ["Visit"], ["CD"]), top=568)
    _, rows = read(drawn, lines=lines)
    assert rows[1:] == [
        ["1", "Write.", "JS"], ["2", "Ask. Then send it.", "AB"], ["3", "Visit", "CD"],
    ]  # fmt: skip


def test_a_text_over_all_columns_is_one_cell():
    section = (["Actions that the Panel has agreed since May"], [], [])
    _, rows = read(page(HEADER, FIRST, section, THIRD))
    assert rows[2] == [section[0][0], "", ""]


def test_columns_of_a_text_are_no_table():
    drawn = page((["It"], ["was"], ["noted"]), (["by"], ["all"], ["of them"]))
    assert with_columns([drawn], [Rulings()], known) == [drawn]
