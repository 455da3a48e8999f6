"""OpenDocument texts are read as they are printed."""

import zipfile

import pytest

from cpctrack.reading.document import Cell, Paragraph
from cpctrack.reading.lines import Line
from cpctrack.reading.odt import document as reader
from cpctrack.tasks.read_documents import read_minutes


def p(text, style=""):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def list_(*items, more='text:style-name="L1"'):
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f"<text:list {more}>{inside}</text:list>"


def level(depth, form, before="", after=".", more=""):
    return (
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}" {more}/>'
    )


def lists(*levels, name="L1"):
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def style(name, text="", more=""):
    return (
        f'<style:style style:name="{name}" style:family="paragraph" {more}>'
        f"<style:text-properties {text}/></style:style>"
    )


def test_paragraphs_and_their_white_space(odt):
    body = p('One  \n <text:s text:c="2"/>two<text:line-break/>three') + p("") + p("Four")
    assert read_minutes(odt(body)) == [
        Line(1, "One   two"),
        Line(2, "three"),
        Line(2, ""),
        Line(3, "Four"),
        Line(3, ""),
    ]


def test_a_tab_to_the_right_edge(odt, texts):
    assert texts(odt(p("To write<text:tab/>JS"))) == ["To write" + " " * 64 + "JS"]


def test_what_is_not_printed_in_the_text_is_left_out(odt, texts):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "The <text:change-start/><text:span>clerk</text:span><text:a> writes</text:a>."
            "<text:note><text:note-body><text:p>Foot</text:p></text:note-body></text:note>"
            "<office:annotation><text:p>Remark</text:p></office:annotation>"
            '<text:span text:style-name="Hidden"> unseen</text:span>'
        )
    )
    hidden = style("Hidden", 'text:display="none"')
    assert texts(odt(body, hidden)) == ["The clerk writes."]


def test_headings_bold_and_capitals(odt, printed):
    styles = (
        style("B", 'fo:font-weight="bold"')
        + style("Child", 'fo:text-transform="uppercase"', 'style:parent-style-name="B"')
        + style("Thin", 'fo:font-weight="normal"')
        + style("Titled", "", 'style:default-outline-level="1"')
    )
    body = (
        '<text:h text:outline-level="2">Homes</text:h>'
        + p("Bold", "B")
        + p("Child", "Child")
        + p('Some <text:span text:style-name="Thin">not</text:span>', "B")
        + p('<text:span text:style-name="B">All</text:span>')
        + p("Title", "Titled")
    )
    assert [(line.text, line.heading, line.bold) for line in printed(odt(body, styles))] == [
        ("Homes", 2, False),
        ("Bold", 0, True),
        ("CHILD", 0, True),
        ("Some not", 0, False),
        ("All", 0, True),
        ("Title", 1, False),
    ]


def test_each_line_of_a_plain_text_is_a_paragraph(odt):
    plain = "Preformatted_20_Text"
    automatic = style("P1", "", f'style:parent-style-name="{plain}"')
    body = p("One", "P1") + p("two", plain) + p("", plain) + p("Three", plain)
    lines = read_minutes(odt(body, automatic, style(plain)))
    assert [line.text for line in lines] == ["One", "two", "", "Three"]


def test_lists_are_numbered_as_printed(odt, texts):
    styles = lists(
        level(1, "1"),
        level(2, "a", "(", ")"),
        level(3, "1", after="", more='text:display-levels="3"'),
        '<text:list-level-style-bullet text:level="4" text:bullet-char="•"/>',
        level(5, ""),
    )
    deep = list_(p("Deep") + list_(p("Bullet") + list_(p("None"), more=""), more=""), more="")
    body = list_(p("One") + list_(p("Sub"), p("Sub") + deep, more=""), p("Two") + p("More of it"))
    assert texts(odt(body, styles)) == [
        "1. One", "(a) Sub", "(b) Sub", "1.b.1 Deep", "- Bullet", "None", "2. Two", "More of it",
    ]  # fmt: skip


def test_lists_go_on_where_they_say_so(odt, texts):
    styles = lists(level(1, "1", more='text:start-value="3"')) + lists(level(1, "i"), name="L2")
    first = list_(p("Text"), more='text:style-name="L1" xml:id="list1"')
    other = list_(p("Text"), more='text:style-name="L2"')
    again = list_(p("Text"), more='text:style-name="L1" text:continue-numbering="true"')
    linked = list_(p("Text"), more='text:style-name="L1" text:continue-list="list1"')
    anew = list_(p("Text"), p("Text"))
    assert texts(odt(first + other + again + linked + anew, styles)) == [
        "3. Text", "i. Text", "4. Text", "5. Text", "3. Text", "4. Text",
    ]  # fmt: skip


def test_an_item_only_there_to_hold_a_lower_list_is_not_counted(odt, texts):
    styles = lists(level(1, "1"), level(2, "a"))
    body = list_(p("One") + list_(p("a"), more="")) + list_(
        list_(p("b"), more=""), p("Two"), more='text:style-name="L1" text:continue-numbering="true"'
    )
    assert texts(odt(body, styles)) == ["1. One", "a. a", "b. b", "2. Two"]


def test_an_item_may_say_its_number_and_a_list_header_has_none(odt, texts):
    body = (
        '<text:list text:style-name="L1"><text:list-header><text:p>Head</text:p>'
        '</text:list-header><text:list-item text:start-value="7"><text:number>7.</text:number>'
        "<text:p>Text</text:p></text:list-item></text:list>"
    )
    assert texts(odt(body, lists(level(1, "1")))) == ["Head", "7. Text"]


def test_numbered_headings(odt, texts):
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:outline-style>'
    )
    body = '<text:h text:outline-level="1">Homes</text:h><text:h text:outline-level="1"/>'
    body += '<text:h text:outline-level="1" text:is-list-header="true">Break</text:h>'
    body += '<text:h text:outline-level="2">Carers</text:h><text:h>Schools</text:h>'
    assert texts(odt(body, styles=outline)) == ["1. Homes", "Break", "Carers", "2. Schools"]


DOWN = 'table:number-rows-spanned="2"'
TWO, THREE = (f'table:number-columns-spanned="{number}"' for number in (2, 3))
MANY = 'table:number-columns-repeated="900"'


def cell(text, more=""):
    return f"<table:table-cell {more}>{p(text) if text else ''}</table:table-cell>"


def test_rows_of_tables_have_cells(odt, printed):
    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        f"{cell('Item')}{cell('Action')}{cell('Who')}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell('Homes', DOWN)}"
        f"{cell('Write')}{cell('JS')}</table:table-row>"
        f"<table:table-row>{covered}{cell('Both', TWO)}{covered}"
        f"</table:table-row><table:table-row>{cell('Over all', THREE)}"
        f"{covered}{covered}</table:table-row>"
        f"<table:table-row>{cell('', MANY)}</table:table-row>"
        "</table:table>"
    )
    assert [(line.text, line.cells) for line in printed(odt(body))] == [
        ("Item | Action | Who", ("Item", "Action", "Who")),
        ("Homes | Write | JS", ("Homes", "Write", "JS")),
        ("Both", ("", "Both", "")),
        ("Over all", ()),
    ]


def test_the_colour_behind_a_row_and_behind_all_of_a_text(odt):
    styles = "".join(
        f'<style:style style:name="{name}"><style:{what}-properties '
        f'fo:background-color="{colour}"/></style:style>'
        for name, what, colour in (
            ("R", "table-row", "#92d050"), ("C", "table-cell", "transparent"),
            ("P", "paragraph", "#ff0000"), ("T", "text", "#ffff00"), ("W", "table-cell", "#ffffff"),
        )
    )  # fmt: skip
    marked = '<text:span text:style-name="T">Late</text:span>'
    cells = (
        cell("Open"),
        f"<table:table-cell>{p('Late', 'P')}</table:table-cell>",
        f"<table:table-cell><text:p>{marked}</text:p></table:table-cell>",
        f"<table:table-cell><text:p>{marked} by a week</text:p></table:table-cell>",
        cell("x", 'table:style-name="C"'),
        cell("x", 'table:style-name="W"'),
    )
    rows = (
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        f'<table:table-row table:style-name="R">{"".join(cells[:2])}</table:table-row>'
    )
    path = odt(f"<table:table>{rows}</table:table>", styles)
    (table,) = reader.read(path.read_bytes(), "m.odt").blocks
    assert [[each.shade for each in row.cells] for row in table.rows] == [
        ["", "ff0000", "ffff00", "", "", ""], ["92d050", "ff0000"],
    ]  # fmt: skip


def test_a_table_keeps_its_grid_and_how_its_cells_are_set(odt):
    covered, shaded = "<table:covered-table-cell/>", 'table:style-name="C"'
    styles = (
        '<style:style style:name="C"><style:table-cell-properties fo:background-color="#D9E2EC"/>'
        "</style:style>" + style("S", 'style:text-line-through-style="solid"')
    )
    path = odt(
        f"<table:table><table:table-row>{cell('Item', shaded)}{cell('Who', TWO)}"
        f"{covered}</table:table-row><table:table-row>{cell('Homes', f'{DOWN} {TWO}')}{covered}"
        f"<table:table-cell>{p('Old', 'S')}{p('New')}</table:table-cell></table:table-row>"
        f"<table:table-row>{covered}{covered}{cell('JS')}</table:table-row></table:table>",
        styles,
    )
    (table,) = reader.read(path.read_bytes(), "m.odt").blocks
    left = Cell(covered="left")
    both = (Paragraph("Old", living=""), Paragraph("New"))
    assert [row.cells for row in table.rows] == [
        (Cell("Item", shade="d9e2ec"), Cell("Who"), left),
        (Cell("Homes"), left, Cell("Old\nNew", "New", both)),
        (Cell("Homes", covered="above"), left, Cell("JS")),
    ]


def test_text_boxes_follow_their_paragraph(odt, texts):
    box = f"<draw:frame><draw:text-box>{p('In a box')}</draw:text-box></draw:frame>"
    assert texts(odt(p(f"Beside{box}") + f"<text:section>{p('In a section')}</text:section>")) == [
        "Beside",
        "In a box",
        "In a section",
    ]


@pytest.mark.parametrize("number", ["-1", "x", "99999999999", ""])
def test_a_number_that_is_none_counts_for_nothing(odt, printed, number):
    path = odt(f'<text:h text:outline-level="{number}">Homes</text:h>')
    assert [line.heading for line in printed(path)] == [1]


@pytest.mark.parametrize(
    ("set_so", "seen"),
    [
        ('style:text-line-through-style="solid"', "Keep this."),
        ('style:text-line-through-type="double"', "Keep this."),
        (
            'style:text-line-through-style="none" style:text-line-through-type="none"',
            "Keep not this.",
        ),
    ],
)
def test_what_is_struck_through_is_not_read(odt, texts, set_so, seen):
    style = f'<style:style style:name="T1"><style:text-properties {set_so}/></style:style>'
    body = '<text:p>Keep <text:span text:style-name="T1">not </text:span>this.</text:p>'
    assert texts(odt(body, style)) == [seen]


def test_a_part_in_an_encoding_nobody_knows_is_refused(odt, pack, refusal):
    with zipfile.ZipFile(odt("<text:p>Noted.</text:p>")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for part in ("content.xml", "styles.xml"):
        said = b'<?xml version="1.0" encoding="x-unknown"?>' + parts[part]
        assert "is damaged" in refusal(pack("minutes.odt", {**parts, part: said}))
