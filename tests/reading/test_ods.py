"""OpenDocument spreadsheets are read as they are shown."""

from datetime import date

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.document import Cell, Place, Row
from cpctrack.reading.odt import sheets

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{short}="{_OASIS}{name}:1.0"'
    for short, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
NAMES += (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


@pytest.fixture
def ods(pack):
    """Read a spreadsheet with this in its body, these styles and this about itself."""

    def read(body: str, styles: str = "", about: str = ""):
        parts = {
            "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {NAMES}><office:meta>{about}</office:meta>"
            "</office:document-meta>",
        }
        return sheets.read(pack("log.ods", parts).read_bytes(), "log.ods").blocks

    return read


def sheet(*rows, name="Log", style=""):
    inside = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{inside}</table:table>'


def cell(text="", more="", times=1):
    shown = f"<text:p>{text}</text:p>" if text else ""
    repeated = f'table:number-columns-repeated="{times}"'
    return f"<table:table-cell {repeated} {more}>{shown}</table:table-cell>"


def a_date(shown, day):
    return cell(shown, f'office:value-type="date" office:date-value="{day}"')


def test_rows_have_their_number_and_their_sheet(ods):
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    filtered = f'<table:table-row table:visibility="filter">{cell("Homes")}</table:table-row>'
    (table,) = ods(sheet(cell("Item") + cell("Who"), blank, filtered))
    assert table.rows == (
        Row((Cell("Item"), Cell("Who")), Place(1, sheet="Log")),
        Row((), Place(2, sheet="Log")),
        Row((Cell("Homes"),), Place(5, sheet="Log"), hidden=True),
    )


def test_a_blank_end_as_wide_and_long_as_a_sheet_can_be_costs_nothing(ods):
    end = f'<table:table-row table:number-rows-repeated="1048000">{cell(times=16384)}'
    (table,) = ods(sheet(cell("Item") + cell(times=16383), f"{end}</table:table-row>"))
    assert [len(row.cells) for row in table.rows] == [1, 0]


def test_merged_cells_stand_in_every_row_and_once_in_a_row(ods):
    both = 'table:number-rows-spanned="2" table:number-columns-spanned="2"'
    covered = "<table:covered-table-cell/>"
    (table,) = ods(
        sheet(cell("Homes", both) + covered + cell("Write"), covered + covered + cell("Report"))
    )
    assert [row.cells for row in table.rows] == [
        (Cell("Homes"), Cell(covered="left"), Cell("Write")),
        (Cell("Homes", covered="above"), Cell(covered="left"), Cell("Report")),
    ]


@pytest.mark.parametrize(
    ("shown", "day", "text"),
    [
        ("21 June 2023", "2023-06-21", "2023-06-21"),
        ("06/05/23", "2023-06-05", "2023-06-05"),
        ("June 2023", "2023-06-01", "June 2023"),
        ("27 July", "2023-07-27", "27 July"),
        ("21/06/2023 14:30", "2023-06-21T14:30:00", "2023-06-21 14:30"),
    ],
)
def test_a_date_is_read_in_one_way_and_no_more_of_it_than_is_shown(ods, shown, day, text):
    (table,) = ods(sheet(a_date(shown, day)))
    assert table.rows[0].cells == (Cell(text, value=date.fromisoformat(day[:10])),)


def test_a_number_is_what_it_shows_and_what_it_is(ods):
    (table,) = ods(sheet(cell("12%", 'office:value-type="percentage" office:value="0.123"')))
    assert table.rows[0].cells == (Cell("12%", value=0.123),)


def test_how_a_cell_is_set(ods):
    styles = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#D9E2EC"/>'
        '<style:text-properties fo:font-weight="bold" style:text-line-through-style="solid"/>'
        "</style:style>"
    )
    (table,) = ods(sheet(cell("Old", 'table:style-name="ce1"')), styles)
    assert table.rows[0].cells == (Cell("Old", "", bold=True, shade="d9e2ec"),)


def test_a_cell_that_only_has_a_shade_is_one_where_the_table_reaches(ods):
    styles = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ff0000"/></style:style>'
    )
    filled = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="900"/>'
    body = (
        f"<table:table-row>{cell('Action')}{cell('RAG')}</table:table-row>"
        f"<table:table-row>{cell('Write')}{filled}</table:table-row>"
    )
    (table,) = ods(f'<table:table table:name="Log">{body}</table:table>', styles)
    assert table.rows[1].cells == (Cell("Write"), Cell(shade="ff0000"))


def test_hidden_sheets_are_passed_over(ods):
    styles = (
        '<style:style style:name="ta1"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    tables = ods(sheet(cell("Old"), style="ta1") + sheet(cell("New"), name="This year"), styles)
    assert [table.rows[0].place.sheet for table in tables] == ["This year"]


def test_a_spreadsheet_of_our_own_says_when_it_was_made(ods):
    about = (
        "<dc:description>Made with cpctrack 1.0</dc:description>"
        "<meta:creation-date>2024-04-10T00:00:00</meta:creation-date>"
    )
    (ours,) = ods(sheet(cell("Item")), about=about)
    (other,) = ods(sheet(cell("Item")), about=about.replace("cpctrack ", "cpctracker "))
    assert [(table.ours, table.made_on) for table in (ours, other)] == [
        (True, "2024-04-10"), (False, ""),
    ]  # fmt: skip


def test_a_cell_that_shows_an_error_is_told(ods):
    (table,) = ods(sheet(cell("Item"), cell("#REF!", 'calcext:value-type="error"')))
    assert table.faults == (
        (2, "a cell of the sheet “Log” shows an error (#REF!); put it right in the spreadsheet."),
    )


MANY_ROWS = '<table:table-row table:number-rows-repeated="9999">'


def test_a_formula_that_was_never_worked_out_is_shown_and_told(pack):
    unworked = cell("", 'table:formula="of:=[.A1]"')
    body = (
        f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
        f"{sheet(unworked)}</office:spreadsheet></office:body></office:document-content>"
    )
    read = sheets.read(pack("log.ods", {"content.xml": body}).read_bytes(), "log.ods")
    assert read.blocks[0].rows[0].cells == (Cell("of:=[.A1]", formula=True),)
    assert read.not_worked_out == "of:=[.A1]"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (cell("x" * 70, times=16384), "is longer than"),
        (f"{MANY_ROWS}{cell('x', times=2000)}</table:table-row>", "holds more than any"),
    ],
)
def test_what_is_beyond_reason_is_refused(ods, row, said):
    with pytest.raises(ImportRefusedError, match=f"^log.ods.*{said}"):
        ods(sheet(row))
