"""PDF documents are read as they are printed."""

import io
import logging
from itertools import pairwise

import pypdf
import pytest

from cpctrack.reading.document import Cell, Paragraph, Place, Table
from cpctrack.reading.pdf import document as reader
from cpctrack.reading.pdf import text as pdf_text
from cpctrack.reading.pdf.flow import blocks_of
from cpctrack.reading.pdf.text import Piece
from cpctrack.tasks.read_documents import read_minutes

PAGE = '#set page(width: 16cm, height: 12cm, margin: 2cm)\n#set text(size: 10pt, lang: "en")\n'
LONG = "The Head of Homes would write to every carer about the new allowance and its first day"


def drawn(*pages, **more):
    """Make a PDF of pages that draw this, in Helvetica or its bold."""
    writer = pypdf.PdfWriter()
    for content in pages:
        page = writer.add_blank_page(width=600, height=800)
        stream = pypdf.generic.StreamObject()
        stream.set_data(content.encode())
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
        page[pypdf.generic.NameObject("/Resources")] = resources(**more)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def resources(**more):
    name = pypdf.generic.NameObject
    fonts = pypdf.generic.DictionaryObject()
    for short, font in (("/F", "/Helvetica"), ("/B", "/Helvetica-Bold")):
        fonts[name(short)] = pypdf.generic.DictionaryObject(
            {
                name("/Type"): name("/Font"),
                name("/Subtype"): name("/Type1"),
                name("/BaseFont"): name(font),
            }
        )
    found = pypdf.generic.DictionaryObject({name("/Font"): fonts})
    found.update({name(f"/{key}"): value for key, value in more.items()})
    return found


def at(x, y, text, font="F", size=10):
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def test_wrapped_lines_paragraphs_and_pages(pdf):
    path = pdf(f"{PAGE}{LONG}.\n\nSecond.\n#pagebreak()\nThird.")
    assert [(line.number, line.text, line.page) for line in read_minutes(path)] == [
        (1, "The Head of Homes would write to every carer about the new allowance and its", 1),
        (2, "first day.", 1),
        (2, "", 1),
        (3, "Second.", 1),
        (3, "", 1),
        (4, "Third.", 2),
    ]


def test_bold_lines_are_told_and_stand_apart(pdf, printed):
    path = pdf(f"{PAGE}*Homes* \\ The *report* was noted. \\ *Schools*")
    assert [(line.text, line.bold) for line in printed(path)] == [
        ("Homes", True),
        ("The report was noted.", False),
        ("Schools", True),
    ]
    assert [line.text for line in read_minutes(path)][1] == ""


def test_lists_have_their_numbers(pdf, paragraphs):
    path = pdf(f"{PAGE}+ {LONG}.\n+ The clerk would write.\n\nNoted.")
    assert paragraphs(path) == [f"1. {LONG}. 2. The clerk would write.", "Noted."]


def test_a_table_has_rows_with_cells(pdf, printed):
    path = pdf(
        f"{PAGE}Before.\n#table(columns: (3fr, 4fr, 1fr), [Item], [Action], [Who],\n"
        f"[The homes that the council keeps], [{LONG}], [JS],\n"
        "[Schools], [], [AB], [Short], [Write], [The clerk and the chair])\nAfter."
    )
    assert [(line.text, line.cells) for line in printed(path)] == [
        ("Before.", ()),
        ("Item | Action | Who", ("Item", "Action", "Who")),
        (
            f"The homes that the council keeps | {LONG} | JS",
            ("The homes that the council keeps", LONG, "JS"),
        ),
        ("Schools | AB", ("Schools", "", "AB")),
        ("Short | Write | The clerk and the chair", ("Short", "Write", "The clerk and the chair")),
        ("After.", ()),
    ]


def tables_in(path):
    """Give the tables of a document, not those of its lines."""
    blocks = reader.read(path.read_bytes(), str(path)).blocks
    return [block for block in blocks if isinstance(block, Table)]


def test_a_tagged_table_is_one_over_its_pages_and_its_lines_are_the_cell_s(pdf):
    long = " ".join([LONG] * 6)
    path = pdf(
        f"{PAGE}#table(columns: (4fr, 5fr), table.header([Action], [Response]),\n"
        f"[{long}], [Noted \\ *Overdue: due 1 May*], [{long}], [Not yet])\nAfter."
    )
    (table,) = tables_in(path)
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        ("Action", "Response"), (long, "Noted\nOverdue: due 1 May"), (long, "Not yet"),
    ]  # fmt: skip
    assert [row.place for row in table.rows] == [Place(1, 1), Place(2, 1), Place(3, 2)]
    after = reader.read(path.read_bytes(), "m.pdf").blocks[-1]
    assert after == Paragraph("After.", is_line=True, place=Place(4, 3))


def test_a_tagged_table_tells_its_merged_and_shaded_cells(pdf):
    red = 'fill: rgb("#9b1c12")'
    (table,) = tables_in(
        pdf(
            f"{PAGE}#table(columns: 3, table.cell(rowspan: 2, colspan: 2)[Homes], [Write],\n"
            f"table.cell({red})[*Late*], [One], table.cell(colspan: 2)[Two])"
        )
    )
    left = Cell(covered="left")
    assert [row.cells for row in table.rows] == [
        (Cell("Homes"), left, Cell("Write")),
        (Cell("Homes", covered="above"), left, Cell("Late", bold=True, shade="9b1c12")),
        (Cell("One"), Cell("Two"), left),
    ]


@pytest.mark.parametrize(
    ("title", "made_on"), [("Appendix 4 – Panel", "2024-04-10"), ("Appendix 4", "")]
)
def test_a_table_of_our_own_says_when_it_was_made(pdf, title, made_on):
    about = f'title: "{title}", author: "Panel", date: datetime(year: 2024, month: 4, day: 10)'
    (table,) = tables_in(pdf(f"#set document({about})\n#table(columns: 2, [Item], [Who])"))
    assert (table.ours, table.made_on) == (bool(made_on), made_on)


def test_a_structure_that_goes_round_is_none(pdf, texts):
    writer = pypdf.PdfWriter(clone_from=pdf(f"{PAGE}#table(columns: 2, [Item], [Who])"))
    root = writer.root_object["/StructTreeRoot"]
    root[pypdf.generic.NameObject("/K")] = root.indirect_reference
    packed = io.BytesIO()
    writer.write(packed)
    path = pdf("", "round.pdf")
    path.write_bytes(packed.getvalue())
    assert texts(path) == ["Item | Who"]  # as its lines tell


def test_cells_centred_on_their_row_are_one_row(pdf, printed):
    path = pdf(f"{PAGE}#table(columns: (3fr, 1fr), align: horizon, [{LONG} {LONG}], [JS])")
    assert [line.cells for line in printed(path)] == [(f"{LONG} {LONG}", "JS")]


def test_paragraphs_in_a_cell_stay_apart(pdf, printed):
    path = pdf(f"{PAGE}#table(columns: (3fr, 1fr), [{LONG}.\n\nNoted.], [JS])")
    assert [line.cells for line in printed(path)] == [(f"{LONG}.\nNoted.", "JS")]


def test_initials_at_the_right_edge_stand_there(pdf, printed):
    path = pdf(f"{PAGE}The clerk to write to all. #h(1fr) JS\n\n#h(1fr) AB")
    first, second = printed(path)
    assert (first.cells, second.cells) == ((), ())
    assert first.text.split("   ")[0] == "The clerk to write to all."
    assert first.text.endswith("    JS") and len(first.text) > 60
    assert second.text.startswith(" " * 50) and second.text.strip() == "AB"


def test_headers_footers_and_page_numbers_are_left_out(pdf, texts):
    path = pdf(
        f'#set page(numbering: "1 of 1", header: [Draft minutes])\n{PAGE}One.\n#pagebreak()\nTwo.'
        "\n#pagebreak()\nThree.\n"
    )
    assert texts(path) == ["One.", "Two.", "Three."]


def test_a_paragraph_goes_on_over_the_page(pdf, paragraphs):
    lines = " ".join(f"Carer number {n} had answered the letter in time" for n in range(60))
    path = pdf(f'#set page(numbering: "1")\n{PAGE}{lines}.\n\nNoted.')
    assert max(line.page for line in read_minutes(path)) > 1
    assert paragraphs(path) == [f"{lines}.", "Noted."]


@pytest.mark.parametrize(
    ("above", "below", "goes_on"),
    [
        ("The report was", "noted by all", True),
        ("The report was noted", "All agreed", False),
        ("The report, which had been sent to all members, was noted by", "Councillor Ash", True),
        ("The report, which had been sent to all members, was then noted.", "All agreed", False),
        ("The report, which had been sent to all members, was noted by", "2. Homes", False),
    ],
)
def test_whether_a_paragraph_goes_on_over_the_page(pdf, paragraphs, above, below, goes_on):
    widest = "Words that are printed over the whole of a line of this page ..."
    path = pdf(f"{PAGE}{widest}\n\n{above}\n#pagebreak()\n#[{below}]")
    assert (f"{above} {below}" in paragraphs(path)) == goes_on


def test_words_broken_with_a_soft_hyphen_are_put_together(pdf, paragraphs):
    text = (
        "The accommodation arrangements notwithstanding, unaccompanied minors representation was "
        "unfortunately postponed. " * 3
    )
    narrow = '#set page(width: 9cm, height: 22cm, margin: 2cm)\n#set text(lang: "en", size: 10pt)\n'
    path = pdf(f"{narrow}#set par(justify: true)\n{text}")
    raw = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert raw.count("\u00ad") >= 2
    assert paragraphs(path) == [text.strip()]


def test_a_soft_hyphen_with_nothing_to_join_goes():
    pieces = [
        ("Home", 50, 90),
        ("\u00ad", 80, 90),
        ("s", 50, 78),
        ("at", 50, 66),
        ("\u00ad", 80, 66),
    ]
    blocks = blocks_of([[Piece(text, x, y, 10) for text, x, y in pieces]])
    assert [block.text.rstrip() for block in blocks] == ["Homes", "at"]


def test_a_soft_hyphen_within_a_line_is_a_hyphen():
    pieces = [("multi", 50), ("\u00ad", 72), ("agency, follow", 76), ("\u00ad", 140), ("up", 144)]
    blocks = blocks_of([[Piece(text, x, 90, 10) for text, x in pieces]])
    assert blocks[0].text.strip() == "multi-agency, follow-up"


def test_a_line_that_ends_early_ends_its_paragraph(pdf, paragraphs):
    text = " ".join([LONG] * 6)
    path = pdf(f"{PAGE}{text}. \\ Agreed. \\ The report was noted.")
    assert paragraphs(path) == [f"{text}.", "Agreed.", "The report was noted."]


def test_letters_of_one_width_are_measured_so(pdf, paragraphs):
    head = "MINUTES OF THE MEETING OF THE FAMILIES PANEL"
    text = " ".join([LONG] * 6)
    path = pdf(f'{PAGE}#set text(font: "DejaVu Sans Mono")\n{head} \\ {text}. \\ Agreed.')
    assert paragraphs(path) == [head, f"{text}.", "Agreed."]


def test_wide_gaps_within_letters_are_kept(write, texts):
    content = at(50, 700, "The  report to be    sent to all      JS")
    found = texts(write("m.pdf", drawn(content)))
    assert found == ["The report to be    sent to all      JS"]


def test_spaces_in_front_indent_a_line(write, texts):
    content = at(50, 700, "Noted") + at(50, 688, " by all") + at(50, 676, "        who came")
    assert texts(write("m.pdf", drawn(content))) == ["Noted", "by all", "    who came"]


def test_letters_drawn_bit_by_bit_are_one_line(write, texts):
    content = at(50, 700, "The ") + at(70, 700, "report", "B") + at(103, 700, " was noted")
    content += at(50, 688, "on the 15") + at(92, 691, "th", size=6) + at(98, 688, " of May.")
    assert texts(write("m.pdf", drawn(content))) == [
        "The report was noted",
        "on the 15th of May.",
    ]


def test_pages_turned_on_their_side_and_watermarks(write, texts):
    turned = "BT /F 10 Tf 0 1 -1 0 300 50 Tm (Turned) Tj 0 1 -1 0 312 50 Tm (page) Tj ET\n"
    slanted = "BT /F 90 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET\n"
    flat = "BT /F 10 Tf 0 0 0 0 100 100 Tm (Flat) Tj ET\n"
    assert texts(write("m.pdf", drawn(turned + slanted + flat))) == ["Turned", "page"]


def test_a_second_column_is_read_after_the_first(write, paragraphs):
    left = "".join(at(50, 700 - 12 * n, f"Left {n} of the column") for n in range(30))
    right = "".join(at(320, 706 - 12 * n, f"right {n} of the column") for n in range(30))
    found = paragraphs(write("m.pdf", drawn(left + right)))
    assert found[0].startswith("Left 0") and found[0].endswith("Left 29 of the column")
    assert found[1].startswith("right 0") and len(found) == 2


def test_a_scanned_document_holds_no_text(write, refusal):
    said = refusal(write("m.pdf", drawn("0 0 600 800 re f")))
    assert "holds no text: its pages are pictures, as a scanner makes them" in said


def fonts(**said):
    """Give a page's fonts, of which one numbers its letters."""
    name = pypdf.generic.NameObject
    font = {"/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/G", "/Encoding": "/Identity-H"}
    made = pypdf.generic.DictionaryObject({name(k): name(v) for k, v in (font | said).items()})
    return pypdf.generic.DictionaryObject({**resources()["/Font"], name("/G"): made})


def test_pages_that_cannot_be_read_are_told(write):
    image = form("")
    image[pypdf.generic.NameObject("/Subtype")] = pypdf.generic.NameObject("/Image")
    garbled = "BT /G 10 Tf 1 0 0 1 50 700 Tm <00240025> Tj ET"
    pages = [at(50, 700, "Noted"), "/I Do", "", garbled, at(50, 700, "Agreed") + "/I Do"]
    path = write("m.pdf", drawn(*pages, XObject=forms(I=image), Font=fonts()))
    read = reader.read(path.read_bytes(), "m.pdf")
    untold = "how many rows of a table stand there can't be told"
    garbled = "holds letters that can't be read: its fonts don't say which they are"
    assert read.unread == (
        (1, f"page 2 holds no text that can be read (a picture?); {untold}"),
        (1, f"page 4 {garbled}; {untold}"),
    )
    assert [block.text for block in read.blocks if block.text] == ["Noted", "Agreed"]


@pytest.mark.parametrize(
    ("above", "below", "many"),
    [
        ("7", "10", "by their numbers, 2 rows of the table may stand there"),
        ("A/23/07", "A/23/09.", "by their numbers, 1 row of the table may stand there"),
        ("7", "8", "how many rows of a table stand there can't be told"),
        ("A7", "B9", "how many rows of a table stand there can't be told"),
        ("Homes", "Schools", "how many rows of a table stand there can't be told"),
    ],
)
def test_numbers_tell_how_many_rows_a_page_that_cannot_be_read_leaves_out(
    write, above, below, many
):
    def page(*rows):
        ys = [700 - 20 * n for n in range(len(rows) + 1)]
        texts = [
            at(x, y - 15, text)
            for y, row in zip(ys, rows, strict=False)
            for x, text in zip((52, 202), row, strict=True)
        ]
        return ruled((50, 200, 400), ys[::-1]) + "".join(texts)

    pages = [page(("No", "Action"), (above, "Write")), "", page(("No", "Action"), (below, "Ask"))]
    pages[1] = "0 0 m 1 1 l S\n" * 100  # letters that are drawn as lines
    read = reader.read(write("m.pdf", drawn(*pages)).read_bytes(), "m.pdf")
    assert read.unread == ((2, f"page 2 holds no text that can be read (a picture?); {many}"),)


def test_a_document_of_letters_that_nothing_tells_is_refused(write, refusal):
    garbled = "BT /G 10 Tf 1 0 0 1 50 700 Tm <00240025> Tj ET"
    said = refusal(write("m.pdf", drawn(garbled, Font=fonts())))
    assert "holds letters that can't be read: its fonts don't say which they are; name" in said


def encrypted(content, **passwords):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(algorithm="RC4-128", **passwords)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def test_an_encrypted_document_is_refused(write, refusal):
    path = write("m.pdf", encrypted(drawn(at(50, 700, "Noted")), user_password="x"))
    assert refusal(path) == (
        f"{path} is encrypted; save it without a password, or name the document it was made of."
    )


def test_a_document_that_may_only_not_be_changed_is_read(write, texts):
    locked = encrypted(drawn(at(50, 700, "Noted")), user_password="", owner_password="x")
    assert texts(write("m.pdf", locked)) == ["Noted"]


def test_a_cipher_that_needs_another_library_is_refused(write, refusal, monkeypatch):
    def fail(*_: object) -> None:
        raise pypdf.errors.DependencyError

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", fail)
    content = encrypted(drawn(at(50, 700, "Noted")), user_password="x")
    assert "is encrypted" in refusal(write("m.pdf", content))


@pytest.mark.parametrize("kept", [9, 200, 0.5, 0.9])
def test_a_cut_document_is_refused_or_read_in_silence(write, pdf, capfd, caplog, kept):
    content = pdf(f"{PAGE}{LONG}", "whole.pdf").read_bytes()
    path = write("m.pdf", content[: int(kept if kept > 1 else len(content) * kept)])
    try:
        read_minutes(path)
    except reader.ImportRefusedError as error:
        assert str(path) in str(error)
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").propagate


def test_what_the_library_remarks_does_not_reach_the_terminal(write, capfd, texts):
    content = drawn(at(50, 700, "Noted"))
    assert texts(write("m.pdf", b"junk\n" + content)) == ["Noted"]
    assert capfd.readouterr() == ("", "")


def test_too_many_pages_are_refused(write, refusal, monkeypatch):
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    page = at(50, 700, "Noted")
    assert "has more than 2 pages" in refusal(write("m.pdf", drawn(page, page, page)))


@pytest.mark.parametrize(
    ("module", "limit", "most"),
    [
        (reader, "MOST_BYTES_OF_A_PAGE", 100),
        (reader, "MOST_BYTES", 100),
        (pdf_text, "_MOST_STEPS", 10),
        (reader, "MOST_LETTERS", 40),
    ],
)
def test_a_page_that_draws_too_much_is_refused(write, refusal, monkeypatch, module, limit, most):
    monkeypatch.setattr(module, limit, most)
    pages = [at(50, 700, "Noted"), "".join(at(50, 700 - n, "Noted") for n in range(20))]
    said = refusal(write("m.pdf", drawn(*pages)))
    assert "page 2 is a drawing too large to look for text in" in said


def form(content, **more):
    stream = pypdf.generic.StreamObject()
    stream.set_data(content.encode())
    name = pypdf.generic.NameObject
    stream.update(
        {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Form"),
            name("/BBox"): pypdf.generic.ArrayObject(
                map(pypdf.generic.NumberObject, (0, 0, 600, 800))
            ),
            name("/Resources"): resources(**more),
        }
    )
    return stream


def forms(**drawings):
    name = pypdf.generic.NameObject
    return pypdf.generic.DictionaryObject(
        {name(f"/{key}"): value for key, value in drawings.items()}
    )


def test_forms_are_read_and_measured(write, texts, refusal, monkeypatch):
    inner = form(at(50, 600, "Inner"))
    outer = form(at(50, 700, "Outer") + "/I Do", XObject=forms(I=inner))
    path = write("m.pdf", drawn("/O Do /O Do", XObject=forms(O=outer)))
    assert set(texts(path)) == {"Outer", "Inner"}
    monkeypatch.setattr(reader, "MOST_BYTES_OF_A_PAGE", 60)
    assert "page 1 is a drawing too large" in refusal(path)


def test_a_row_that_begins_with_an_empty_cell_is_one(write):
    rows = [("Item", "Action", "Who"), ("Homes", "Write to all", "JS"), ("", "Report back", "AB")]
    content = "".join(
        at(50 + 200 * column, 700 - 14 * row, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    )
    (table,) = tables_in(write("m.pdf", drawn(content)))
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == rows


def ruled(xs, ys, *, without=()):
    """Draw the lines of a grid, each between two places at a time, but for some of them."""
    pieces = [(x, low, x, high) for x in xs for low, high in pairwise(ys)]
    pieces += [(left, y, right, y) for y in ys for left, right in pairwise(xs)]
    kept = [piece for piece in pieces if piece not in without]
    return "".join(f"{x} {y} m {right} {top} l S\n" for x, y, right, top in kept)


def test_a_table_that_is_drawn_with_lines_has_the_cells_between_them(write):
    xs, ys = (50, 120, 180, 300), (600, 640, 680, 700)
    # The first cell of the last two rows is one, and the last two of the last row.
    lines = ruled(xs, ys, without=[(50, 640, 120, 640), (180, 600, 180, 640)])
    shade = "0.85 0.886 0.925 rg 120 640 60 40 re f\n0 g\n"
    texts = [
        (52, 690, "Item"), (122, 690, "Date"), (182, 690, "Action"),
        (52, 645, "Homes"), (122, 670, "03/06/25"), (160, 658, "noon"), (182, 670, "Write to all"),
        (182, 658, "carers."), (122, 630, "Both of these"),
    ]  # fmt: skip
    content = shade + lines + "".join(at(*text) for text in texts)
    (table,) = tables_in(write("m.pdf", drawn(content)))
    left = Cell(covered="left")
    assert [row.cells for row in table.rows] == [
        (Cell("Item"), Cell("Date"), Cell("Action")),
        (Cell("Homes"), Cell("03/06/25 noon", shade="d9e2ec"), Cell("Write to all carers.")),
        (Cell("Homes", covered="above"), Cell("Both of these"), left),
    ]


def test_a_table_that_is_drawn_with_lines_goes_on_over_the_page(write):
    def page(*words):
        return ruled((50, 200, 400), (650, 700)) + at(52, 680, words[0]) + at(202, 680, words[1])

    pages = [page("Item", "Action"), page("Homes", "Write"), at(52, 720, "Noted") + page("A", "B")]
    first, second = tables_in(write("m.pdf", drawn(*pages)))
    assert [row.place for row in first.rows] == [Place(1, 1), Place(2, 2)]
    assert [row.place for row in second.rows] == [Place(4, 3)]


def cut(head, foot, *, header=True, open_=False):
    """Draw two pages of a table: rows of three cells, each of lines; a page break is between."""
    xs = (50, 100, 250, 400)

    def page(rows, *, open_):
        bottom, lines, texts = 700, "", []
        ys = [bottom]
        for row in rows:
            texts += [
                (x + 2, bottom - 10 - 12 * n, line)
                for x, cell in zip(xs, row, strict=False)
                for n, line in enumerate(cell)
            ]
            bottom -= 12 * max(map(len, row)) + 2
            ys.append(bottom)
        without = [(left, bottom, right, bottom) for left, right in pairwise(xs)] if open_ else []
        lines = ruled(xs, sorted(ys), without=without)
        return lines + "".join(at(*text) for text in texts)

    top = [(["No"], ["Action"], ["By whom"])]
    below = [(["8"], ["Visit"], ["CD"])]
    return drawn(
        page([*top, (["6"], ["Write"], ["AB"]), head], open_=open_),
        page([*(top if header else []), foot, *below], open_=False),
    )


@pytest.mark.parametrize(
    ("head", "foot", "joined"),
    [
        # The last of the page; what the next page begins with; whether it goes on.
        ((["7"], ["Send", "the"], ["JS"]), ([], ["list to all."], []), True),
        ((["7"], ["Send", "the"], ["JS"]), ([], ["list to all."], ["clerk"]), False),  # JS ended
        (([], ["Send", "the"], ["JS"]), ([], ["List all."], []), False),  # a capital
        (([], ["Send", "the"], ["Head", "of"]), ([], ["list"], ["homes"]), True),
        ((["7"], ["Send", "the"], ["Head", "of"]), ([], ["list"], ["Homes"]), True),
        ((["7"], ["Send"], ["JS"]), (["9"], ["ask"], ["ab"]), False),  # what it is known by
    ],
)
def test_a_row_that_a_page_break_cut_is_one(write, head, foot, joined):
    content = cut(head, foot)
    (table,) = tables_in(write("m.pdf", content))
    texts = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    below = [" ".join(cell) for cell in foot]
    assert (below in texts) != joined
    assert ["8", "Visit", "CD"] in texts
    if joined:
        assert texts[2] == [
            " ".join([*above, *after]) for above, after in zip(head, foot, strict=True)
        ]


def test_a_row_that_is_cut_where_no_line_ends_it_is_one(write):
    """A browser draws no line across at a page break."""
    head, foot = (["7"], ["Send", "the"], ["Head", "of"]), ([], ["list"], ["homes"])
    (table,) = tables_in(write("m.pdf", cut(head, foot, header=False, open_=True)))
    assert [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows] == [
        ["No", "Action", "By whom"], ["6", "Write", "AB"],
        ["7", "Send the list", "Head of homes"], ["8", "Visit", "CD"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        "50 600 300 100 re S\n",  # a box around a paragraph
        ruled((50, 200, 350), (10, 790)),  # columns of a page
        "",
    ],
)
def test_lines_that_are_there_for_the_layout_make_no_table(write, lines):
    content = "".join(at(60, 700 - 9 * line, f"Line {line} of the text") for line in range(75))
    assert tables_in(write("m.pdf", drawn(lines + content))) == []
