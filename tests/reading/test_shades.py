"""The colour behind a cell is read in every form; white, none and the paper are no colour."""

import io

import pytest

from cpctrack.reading import excel
from cpctrack.reading.document import Table
from cpctrack.reading.html import page

RED, GREEN = "ff0000", "92d050"


def shades(document):
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.shade for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("attributes", "shade"),
    [
        ('style="background:#FF0000"', RED),
        ("style='padding:0;background-color: red'", RED),
        ('style="background:#f00 none"', RED),
        ('style="background: rgb(255, 0, 0)"', RED),
        ('style="background: rgba(255,0,0,1)"', RED),
        ('bgcolor="#FF0000"', RED),
        ('bgcolor="red"', RED),
        ('class="late wide"', RED),
        ('class="late" style="background:#92D050"', GREEN),
        ('class="done"', GREEN),
        ('class="plain"', ""),
        ('style="background:white"', ""),
        ('style="background:#fff"', ""),
        ('style="background:transparent"', ""),
        ('style="background:rgba(255,0,0,0.1)"', ""),
        ('style="background:url(red.png)"', ""),
        ('style="color:red"', ""),
    ],
)
def test_a_cell_and_a_row_of_a_web_page(attributes, shade):
    css = "<style>td.late, th.late {color: red; background: red}\n.done{background:#92D050}"
    css += "<!-- p.plain {background: red} .plain {background: white} --></style>"
    rows = f"<tr><td {attributes}>Late</td><td>x</td></tr>"
    assert shades(page.read(f"{css}<table>{rows}</table>", "m")) == [[shade, ""]]
    if "class" not in attributes:
        rows = f"<tr {attributes}><td>Late</td><td style='background:blue'>x</td></tr>"
        assert shades(page.read(f"{css}<table>{rows}</table>", "m")) == [[shade, "0000ff"]]


def test_the_cells_of_a_workbook():
    import openpyxl
    from openpyxl.styles import Color, PatternFill

    def filled(colour):
        return PatternFill("solid", fgColor=colour)

    fills = {
        "A2": filled("FF92D050"),
        "B2": filled(Color(theme=5)),  # the theme's second accent
        "C2": filled(Color(theme=5, tint=0.4)),
        "A3": filled(Color(theme=5, tint=-0.25)),
        "B3": filled(Color(indexed=10)),
        "C3": filled(Color(theme=0)),  # the paper
        "A4": filled("FFFFFFFF"),
        "C4": filled("FFFF0000"),  # of a cell that says nothing else
        "F4": filled("FFFF0000"),  # beyond the table
    }
    book = openpyxl.Workbook()
    for row in (("Ref", "Action", "RAG"), *([f"R{n}", "Write", "x"] for n in (1, 2)), ("R3", "Go")):
        book.active.append(row)
    for place, fill in fills.items():
        book.active[place].fill = fill
    packed = io.BytesIO()
    book.save(packed)
    assert shades(excel.read(packed.getvalue(), "m")) == [
        ["", "", ""],
        [GREEN, "c0504d", "d99694"],
        ["953735", RED, ""],
        ["", "", RED],
    ]
