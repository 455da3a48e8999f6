"""Word documents are read as they are printed."""

import zipfile

import pytest

from cpctrack.reading import word as reader
from cpctrack.reading.document import Cell, Paragraph, Place, Row, Table
from cpctrack.reading.lines import Line
from cpctrack.tasks.read_documents import read_minutes


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text, properties="", of_run=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, of_run)}</w:p>"


def item(text, depth=0, number=1):
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbering)


def level(depth, form, text, more=""):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels, number=1, more=""):
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{more}</w:num>'
    )


def test_paragraphs_are_numbered_and_ended_by_blank_lines(docx):
    path = docx(paragraph("One") + "<w:p/>" + paragraph("Two"))
    assert read_minutes(path) == [Line(1, "One"), Line(1, ""), Line(2, "Two"), Line(2, "")]


def test_line_breaks_and_tabs_stay(docx):
    body = (
        "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two-</w:t><w:softHyphen/><w:noBreakHyphen/></w:r></w:p>"
        "<w:p><w:r><w:t>a</w:t><w:br/><w:br/><w:t>b</w:t></w:r></w:p>"
    )
    assert [line.text for line in read_minutes(docx(body))] == [
        "One",
        "two--",
        "",
        "a",
        "",
        "b",
        "",
    ]


def test_what_a_tab_moved_to_the_right_edge_stands_there(docx, texts):
    tab = "</w:t><w:tab/><w:t>"
    body = paragraph(f"The clerk to write{tab}JS") + paragraph(f"7.{tab}Homes{tab}AB")
    body += paragraph(f"Item 7{tab}Homes of all kinds")
    body += paragraph(f"7.{tab}Homes") + paragraph(f"Councillors{tab}Ash{tab}Birch" + "x" * 50)
    assert texts(docx(body)) == [
        "The clerk to write" + " " * 54 + "JS",
        "7. Homes" + " " * 64 + "AB",
        "Item 7    Homes of all kinds",
        "7. Homes",
        "Councillors    Ash    Birch" + "x" * 50,
    ]


def test_tracked_changes_are_read_as_if_accepted(docx, texts):
    body = (
        "<w:p>"
        + run("The clerk ")
        + f"<w:del>{run('should')}</w:del><w:ins>{run('would')}</w:ins>"
        + f"<w:moveFrom>{run('soon')}</w:moveFrom>{run(' write.')}</w:p>"
        + "<w:p><w:r><w:delText>Gone</w:delText></w:r></w:p>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>"
        + run("Gone")
        + "</w:p></w:tc></w:tr></w:tbl>"
    )
    assert texts(docx(body)) == ["The clerk would write."]


def test_links_controls_and_fields_are_read_and_codes_are_not(docx, texts):
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('In a control, ')}"
        f"<w:hyperlink>{run('a link')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{run(', a field ')}</w:sdtContent></w:sdt>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('3')}</w:p></w:sdtContent></w:sdt>"
    )
    assert texts(docx(body)) == ["In a control, a link, a field 3"]


def test_hidden_text_is_left_out_and_capitals_are_printed(docx, texts):
    body = paragraph("Noted", of_run="<w:vanish/>") + paragraph("Noted", of_run="<w:caps/>")
    assert texts(docx(body)) == ["NOTED"]


@pytest.mark.parametrize(
    ("properties", "bold"),
    [
        ("<w:b/>", True),
        ('<w:b w:val="0"/>', False),
        ('<w:b w:val="false"/>', False),
        ("", False),
        ('<w:rStyle w:val="Strong"/>', True),
    ],
)
def test_bold(docx, printed, properties, bold):
    strong = (
        '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b w:val="1"/></w:rPr></w:style>'
    )
    path = docx(paragraph("Homes", of_run=properties), styles=strong)
    assert [line.bold for line in printed(path)] == [bold]


def test_a_paragraph_is_bold_where_all_of_it_is(docx, printed):
    body = f"<w:p>{run('All', '<w:b/>')}{run(' ')}{run('bold', '<w:b/>')}</w:p>"
    body += f"<w:p>{run('Some', '<w:b/>')}{run(' bold')}</w:p>"
    assert [line.bold for line in printed(docx(body))] == [True, False]


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Council"><w:name w:val="Council item"/>
  <w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Item"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/>
</w:style>
"""


@pytest.mark.parametrize(
    ("properties", "heading", "bold"),
    [
        ('<w:pStyle w:val="H2"/>', 2, True),
        ('<w:pStyle w:val="Council"/>', 2, True),
        ('<w:pStyle w:val="Outlined"/>', 1, False),
        ('<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>', 0, True),
        ('<w:outlineLvl w:val="2"/>', 3, False),
        ('<w:pStyle w:val="Round"/>', 0, False),
        ('<w:pStyle w:val="Unknown"/>', 0, False),
        ("", 0, False),
    ],
)
def test_headings_come_from_styles(docx, printed, properties, heading, bold):
    line = printed(docx(paragraph("Homes", properties), STYLES))[0]
    assert (line.heading, line.bold) == (heading, bold)


def test_each_line_of_a_plain_text_is_a_paragraph(docx):
    style = '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Plain Text"/></w:style>'
    plain = '<w:pStyle w:val="P"/>'
    body = paragraph("One", plain) + paragraph("two", plain) + paragraph("", plain)
    body += paragraph("Three", plain) + paragraph("Four")
    assert [line.text for line in read_minutes(docx(body, style))] == [
        "One", "two", "", "Three", "", "Four", "",
    ]  # fmt: skip


def test_lists_are_numbered_as_printed(docx, texts):
    levels = numbering(
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2)"),
        level(2, "lowerRoman", "(%3)"),
        level(3, "decimal", "%1.%2.%4", "<w:isLgl/>"),
        level(4, "bullet", "\uf0b7"),
        level(5, "none", ""),
    )
    depths = [0, 1, 1, 2, 2, 3, 4, 5, 0, 1]
    body = "".join(item("Text", depth) for depth in depths) + paragraph("Text")
    assert texts(docx(body, numbering=levels)) == [
        "1. Text", "a) Text", "b) Text", "(i) Text", "(ii) Text", "1.2.1 Text", "- Text", "Text",
        "2. Text", "a) Text", "Text",
    ]  # fmt: skip


def test_a_list_of_its_own_starts_where_it_says(docx, texts):
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = numbering(level(0, "decimal", "%1."))
    for number in (2, 3):
        override = start if number == 3 else ""
        lists += f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{override}</w:num>'
    body = "".join(item("Text", number=number) for number in (1, 1, 2, 3, 3, 9, 0))
    assert texts(docx(body, numbering=lists)) == [
        "1. Text", "2. Text", "3. Text", "1. Text", "2. Text", "Text", "Text",
    ]  # fmt: skip


def test_a_level_may_go_on_counting(docx, texts):
    levels = numbering(
        level(0, "upperRoman", "%1."), level(1, "decimalZero", "%2", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(item("Text", depth) for depth in (0, 1, 0, 1))
    assert texts(docx(body, numbering=levels)) == ["I. Text", "01 Text", "II. Text", "02 Text"]


def test_a_style_may_number_its_paragraphs(docx, texts):
    levels = numbering(
        level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", '<w:pStyle w:val="Sub"/>')
    )
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{number}</w:style>'
        for name in ("Top", "Sub")
    )
    body = paragraph("Homes", '<w:pStyle w:val="Top"/>') + paragraph(
        "Carers", '<w:pStyle w:val="Sub"/>'
    )
    assert texts(docx(body, styles, levels)) == ["1. Homes", "1.1 Carers"]


def test_a_definition_may_be_a_list_style_s(docx, texts):
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="House"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="House"/>'
        + level(0, "lowerLetter", "(%1)")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    assert texts(docx(item("Text"), numbering=linked)) == ["(a) Text"]


def test_an_empty_item_is_counted_and_a_deleted_one_is_not(docx, texts):
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = f"<w:p><w:pPr>{properties}<w:rPr><w:del/></w:rPr></w:pPr></w:p>"
    body = item("One") + gone + item("Two") + item("") + item("Four")
    path = docx(body, numbering=numbering(level(0, "decimal", "%1.")))
    assert texts(path) == ["1. One", "2. Two", "4. Four"]


RESTART, TWO, THREE = (
    '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'
)  # fmt: skip


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_rows_of_tables_have_cells(docx, printed):
    body = (
        f"<w:tbl><w:tr>{cell('Item')}{cell('Action')}{cell('Who')}</w:tr>"
        f"<w:tr>{cell('Homes', RESTART)}"
        f"<w:tc>{paragraph('Write to all.')}{paragraph('By May.')}</w:tc>{cell('JS')}</w:tr>"
        f"<w:tr>{cell('Homes', '<w:vMerge/>')}{cell('Both', TWO)}</w:tr>"
        f"<w:tr>{cell('A title over all', THREE)}</w:tr>"
        f"<w:tr>{cell('')}{cell('')}</w:tr></w:tbl>"
    )
    assert [(line.text, line.cells) for line in printed(docx(body))] == [
        ("Item | Action | Who", ("Item", "Action", "Who")),
        ("Homes | Write to all. By May. | JS", ("Homes", "Write to all.\nBy May.", "JS")),
        ("Both", ("", "Both", "")),
        ("A title over all", ()),
    ]


@pytest.fixture
def blocks(docx):
    """Read what stands in a document with this in its body."""
    return lambda body, **more: reader.read(docx(body, **more).read_bytes(), "m.docx").blocks


def shd(fill, value="clear", colour="auto"):
    return f'<w:shd w:val="{value}" w:color="{colour}" w:fill="{fill}"/>'


@pytest.mark.parametrize(
    ("content", "properties", "shade"),
    [
        (paragraph("Late"), shd("FF0000"), "ff0000"),
        (paragraph("Late"), shd("auto", "solid", "FF0000"), "ff0000"),
        (paragraph("Late"), shd("FFFFFF"), ""),
        (paragraph("Late"), shd("auto"), ""),
        ("<w:p/>", shd("FF0000"), "ff0000"),
        (paragraph("Late", "", '<w:highlight w:val="red"/>'), "", "ff0000"),
        (paragraph("Late", "", shd("FF0000")), "", "ff0000"),
        (paragraph("Late", shd("FF0000")) + "<w:p/>", "", "ff0000"),
        (paragraph("Late", "", '<w:highlight w:val="none"/>'), "", ""),
        (paragraph("Late", "", shd("FF0000")) + paragraph("by a week"), "", ""),  # in part
    ],
)
def test_the_colour_behind_a_cell(blocks, content, properties, shade):
    row = f"<w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>{cell('x')}</w:tr>"
    (table,) = blocks(f"<w:tbl>{row}</w:tbl>")
    assert [each.shade for each in table.rows[0].cells] == [shade, ""]


def test_a_table_keeps_its_grid(blocks):
    shaded = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2EC"/>'
    (table,) = blocks(
        f"<w:tbl><w:tr>{cell('Item', shaded)}{cell('Action', TWO)}</w:tr>"
        f"<w:tr>{cell('Homes', RESTART)}{cell('Both', TWO + RESTART)}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('', TWO + '<w:vMerge/>')}</w:tr></w:tbl>"
    )
    left = Cell(covered="left")
    assert [(row.place.line, row.cells) for row in table.rows] == [
        (1, (Cell("Item", shade="d9e2ec"), Cell("Action"), left)),
        (2, (Cell("Homes"), Cell("Both"), left)),
        (3, (Cell("Homes", covered="above"), Cell("Both", covered="above"), left)),
    ]


def test_a_cell_holds_what_stands_in_it(blocks):
    inner = f"<w:tbl><w:tr>{cell('JS')}</w:tr></w:tbl>"
    (table,) = blocks(
        f"<w:tbl><w:tr><w:tc>{paragraph('Write', of_run='<w:b/>')}{paragraph('')}"
        f"{paragraph('Report', of_run='<w:b/>')}{inner}</w:tc></w:tr></w:tbl>"
    )
    ((found,),) = (row.cells for row in table.rows)
    assert (found.text, found.bold) == ("Write\nReport\nJS", False)
    assert found.blocks == (
        Paragraph("Write", bold=True),
        Paragraph(""),
        Paragraph("Report", bold=True),
        Table((Row((Cell("JS"),), Place(2)),)),
    )


def test_what_is_struck_through_is_printed_and_does_not_live(blocks):
    struck = run("not ", "<w:strike/>")
    gone = run("Old.", "<w:strike/>")
    some = f"<w:p>{run('Keep ', '<w:b/>')}{struck}{run('this.', '<w:b/>')}</w:p>"
    read = blocks(
        f"{some}<w:p>{gone}</w:p><w:tbl><w:tr><w:tc>{some}<w:p>{gone}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert read[:2] == (
        Paragraph("Keep not this.", bold=True, living="Keep this."),
        Paragraph("Old.", living=""),
    )
    found = read[2].rows[0].cells[0]
    assert (found.text, found.living) == ("Keep not this.\nOld.", "Keep this.")


@pytest.mark.parametrize(
    ("maker", "made_on"), [("cpctrack 1.0", "2024-04-10"), ("Word", ""), ("cpctrack <", "")]
)
def test_a_document_of_our_own_says_when_it_was_made(docx, pack, maker, made_on):
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"'
    about = (
        f"<p {names}><dc:description>Made with {maker}</dc:description>"
        "<t:created>2024-04-10T00:00:00Z</t:created></p>"
    )
    with zipfile.ZipFile(docx(f"<w:tbl><w:tr>{cell('Item')}</w:tr></w:tbl>")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = pack("ours.docx", {**parts, "docProps/core.xml": about})
    (table,) = reader.read(path.read_bytes(), "ours.docx").blocks
    assert (table.ours, table.made_on) == (bool(made_on), made_on)


def test_a_table_for_the_layout_is_read_as_what_is_in_it(docx, printed):
    inner = f"<w:tbl><w:tr>{cell('JS')}{cell('May')}</w:tr></w:tbl>"
    long = "<w:tc>" + "".join(paragraph(f"Line {n}") for n in range(50)) + "</w:tc>"
    body = (
        f"<w:tbl><w:tr>{cell('Left')}<w:tc>{inner}{paragraph('Below')}</w:tc></w:tr>"
        f"<w:tr>{cell('Right')}{long}</w:tr></w:tbl>"
    )
    lines = printed(docx(body))
    assert [line.text for line in lines[:5]] == ["Left", "JS | May", "Below", "Right", "Line 0"]
    assert len(lines) == 54


def test_text_boxes_follow_their_paragraph_once(docx, texts):
    box = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Beside')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(docx(body)) == ["Beside", "In a box"]


def test_strict_documents_and_parts_of_other_names_are_read(pack, texts):
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    relations = (
        '<Relationships><Relationship Type="x/styles" Target="y"/>'
        '<Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"'
        ' Target="/word/main.xml"/></Relationships>'
    )
    path = pack(
        "minutes.docx",
        {
            "_rels/.rels": relations,
            "word/main.xml": f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>Noted</w:t>'
            "</w:r></w:p></w:body></w:document>",
        },
    )
    assert texts(path) == ["Noted"]


def test_a_document_by_a_library(tmp_path, printed):
    import docx

    document = docx.Document()
    document.add_heading("Minutes of the Families Panel", 0)
    document.sections[0].header.paragraphs[0].text = "Draft"
    document.add_heading("Apologies", 1)
    document.add_paragraph("None.")
    for text in ("Write to all.", "Report back."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Homes", style="List Bullet")
    path = tmp_path / "minutes.docx"
    document.save(str(path))
    assert [(line.text, line.heading) for line in printed(path)] == [
        ("Minutes of the Families Panel", 0),
        ("Apologies", 1),
        ("None.", 0),
        ("1. Write to all.", 0),
        ("2. Report back.", 0),
        ("- Homes", 0),
    ]


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ("<w:strike/>", "Keep this."),
        ("<w:dstrike/>", "Keep this."),
        ('<w:strike w:val="1"/><w:dstrike w:val="0"/>', "Keep this."),
        ('<w:rStyle w:val="Gone"/>', "Keep this."),
        ('<w:strike w:val="0"/>', "Keep not this."),
        ('<w:rStyle w:val="Gone"/><w:strike w:val="false"/>', "Keep not this."),
    ],
)
def test_what_is_struck_through_is_not_read(docx, texts, properties, seen):
    styles = '<w:style w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    runs = (("", "Keep "), (properties, "not "), ("", "this."))
    body = "".join(
        f'<w:r><w:rPr>{own}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        for own, text in runs
    )
    assert texts(docx(f"<w:p>{body}</w:p>", styles)) == [seen]


def test_a_paragraph_of_a_style_that_is_struck_through_is_not_read(docx, texts):
    styles = '<w:style w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    gone = '<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr><w:r><w:t>Old.</w:t></w:r></w:p>'
    assert texts(docx(f"{gone}<w:p><w:r><w:t>New.</w:t></w:r></w:p>", styles)) == ["New."]


@pytest.mark.parametrize("encoding", ["x-unknown", "rot13", "utf-7"])
def test_a_part_in_an_encoding_nobody_knows_is_refused(docx, tmp_path, pack, refusal, encoding):
    with zipfile.ZipFile(docx("<w:p/>")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for part, content in parts.items():
        said = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
        path = pack("minutes.docx", {**parts, part: said + content})
        assert refusal(path).endswith("its text can't be read; open it and save it again.")
