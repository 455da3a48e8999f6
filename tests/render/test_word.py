"""Word documents, opened again with python-docx."""

import io
import os
import pickle
import re
import subprocess
import sys
import zipfile
from datetime import date
from itertools import groupby
from operator import attrgetter
from xml.etree import ElementTree as ET

import docx
import pytest
from amounts import times
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cpctrack.errors import MissingExtraError
from cpctrack.labels import COLUMNS, PROGRESS_COLUMNS
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.view import AppendixView, CellView
from cpctrack.render.word import writing
from cpctrack.text import clean

HOSTILE = (
    "<script>alert(1)</script>&amp;<w:p/>]]>",
    '{ HYPERLINK "https://example.org" } {DDEAUTO c:\\\\windows cmd}',
    "=1+1",
    "{{ 7*7 }}{% for x in y %}",
    "\x1b[31mred\x1b[0m\x00\x08\x0b\x0c\x1f\x7f\ufffe\uffff",
    "\u202egnp.exe\u2066",
    "Ŵythnos, Łódź, 🎉👩‍👩‍👧, 儿童",
    " leading and trailing ",
    "one\ntwo\n\n\tthree\t",
    "W" * 500,
)
ALL = range(8)
BELOW_BANDS = (3, 4, 5, 6, 7)
"""The places of the columns that tables have below headings for meeting and item."""
MARK = "Not for publication (paragraph 1)"


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(table) -> list[list[str]]:
    """Read a table by its elements; python-docx takes a minute to address a thousand rows."""
    return [
        ["\n".join(p.text for p in cell.iterchildren(qn("w:p"))) for cell in row.tc_lst]
        for row in table._tbl.tr_lst
    ]


def expected(rows, places=ALL) -> list[list[str]]:
    cells = ([row.cells[at] for at in places] for row in rows)
    return [["\n".join(filter(None, (c.text, c.small, c.note))) for c in row] for row in cells]


def headings(document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


@pytest.fixture
def plain(records, settings, today) -> AppendixView:
    """Give the view without headings for meetings and items."""
    return appendix_view(records, Printing(settings, Calendar(today), bands=False), year="2022/23")


@pytest.fixture
def exempt_view(records, settings, today) -> AppendixView:
    made = appendix_view(
        records, Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )
    assert made.page_marking == MARK
    return made


def test_a_heading_for_each_meeting_and_item_stands_over_a_table_of_its_rows(view):
    document = opened(writing.render(view))
    meetings = dict.fromkeys(f"{row.meeting_type} · {row.meeting_date}" for row in view.rows)
    assert headings(document, 1) == list(meetings)
    items = [list(of_it) for _, of_it in groupby(view.rows, attrgetter("band"))]
    assert len(items) > len(meetings) > 1
    assert headings(document, 2) == [rows[0].item or "No item recorded" for rows in items]
    for table, rows in zip(document.tables, items, strict=True):
        assert rows_of(table) == [list(COLUMNS.values())[3:], *expected(rows, BELOW_BANDS)]


def test_a_column_that_is_blank_throughout_is_named_and_not_printed(settings, today, make_record):
    rows = [make_record(number, action="Act.", item="9. Play") for number in (1, 2)]
    view = appendix_view(rows, Printing(settings, Calendar(today)), year="2022/23")
    document = opened(writing.render(view))
    (table,) = document.tables
    assert rows_of(table)[0] == ["Actions", "Referred to", "Response/ Outcome", "Needs Follow Up"]
    assert [p.text for p in document.paragraphs].count(
        "Meeting Type · Meeting Date · Item · Recommendation (none in this table)"
    ) == 1


def test_without_bands_one_table_has_every_row_in_the_eight_columns(plain):
    document = opened(writing.render(plain))
    (table,) = document.tables
    assert rows_of(table) == [list(COLUMNS.values()), *expected(plain.rows)]
    assert headings(document, 1) == headings(document, 2) == []
    assert "in this table" not in "".join(p.text for p in document.paragraphs)


def test_no_cell_is_merged_and_none_is_empty(view, plain, progress):
    for shown in (view, plain, progress):
        for table in opened(writing.render(shown)).tables:
            assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
            assert all(text for row in rows_of(table) for text in row)


def test_progress_has_a_heading_and_a_table_for_each_part(progress):
    document = opened(writing.render(progress))
    filled = [part for part in progress.parts if part.rows]
    named = headings(document, 1)[: len(progress.parts)]
    assert filled
    for heading, part in zip(named, progress.parts, strict=True):
        decision = "Decision: " if part.decision else ""
        count = f": {len(part.rows)}" if part.rows else ""
        assert heading == f"{decision}{part.title}{count}"
    for table, part in zip(document.tables, filled, strict=False):
        assert rows_of(table) == [list(PROGRESS_COLUMNS.values()), *expected(part.rows, range(4))]
    said = [p.text for p in document.paragraphs]
    for part in progress.parts:
        assert (part.introduction if part.rows else part.none) in said


def test_a_part_that_asks_for_a_decision_says_so(progress):
    first = next(part for part in progress.parts if part.rows)._replace(
        decision=True, title="Agree"
    )
    document = opened(writing.render(progress._replace(parts=(first,), charts=())))
    assert headings(document, 1) == [f"Decision: Agree: {len(first.rows)}"]


def test_progress_ends_with_its_charts_as_tables(progress):
    document = opened(writing.render(progress))
    assert progress.charts
    tables = document.tables[-len(progress.charts) :]
    for table, chart in zip(tables, progress.charts, strict=True):
        assert rows_of(table)[1:] == [[bar.label, str(bar.number)] for bar in chart.bars]
    assert headings(document, 1)[-len(tables) :] == [chart.title for chart in progress.charts]


def test_an_empty_part_says_so(settings, today):
    empty = progress_view([], Printing(settings, Calendar(today), "2023-07-19"), year="2023/24")
    document = opened(writing.render(empty))
    assert document.tables == []
    said = [p.text for p in document.paragraphs]
    assert all(part.none in said for part in empty.parts)


def test_year_without_rows_has_a_sentence_and_no_table(settings, today):
    document = opened(
        writing.render(appendix_view([], Printing(settings, Calendar(today)), year="2022/23"))
    )
    assert document.tables == []
    assert "No actions or recommendations were made in 2022/23." in [
        p.text for p in document.paragraphs
    ]


def test_text_before_the_tables(view):
    document = opened(writing.render(view._replace(about="")))
    assert [(p.style.name, p.text) for p in document.paragraphs][:9] == [
        ("Title", "Appendix 4"),
        ("Subtitle", view.title),
        ("Normal", "Committee: Corporate Parenting Committee"),
        ("Normal", "Municipal year: 2022/23"),
        ("Normal", "For the formal meeting of 19 July 2023"),
        ("Normal", "Made on 1 July 2023"),
        ("Normal", view.summary),
        ("Normal", "Meeting Type · Meeting Date · Item"),
        ("Heading 1", "Informal · 15 June 2022"),
    ]


def test_what_a_view_says_it_is_of_stands_in_the_place_of_its_facts(view):
    document = opened(writing.render(view._replace(about="Of a year.")))
    assert [p.text for p in document.paragraphs][2:5] == [
        "Corporate Parenting Committee", "Of a year.", view.summary
    ]  # fmt: skip


def test_few_columns_stand_on_upright_a4_and_eight_on_its_side(view, plain):
    for shown, wide, high in ((view, 210, 297), (plain, 297, 210)):
        document = opened(writing.render(shown))
        (section,) = document.sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (wide, high)
        assert section.orientation == (high < wide)
        room = section.page_width - section.left_margin - section.right_margin
        widths = [[column.width for column in table.columns] for table in document.tables]
        assert all(own == widths[0] for own in widths)  # columns go on from table to table
        assert sum(widths[0]) == room
        assert min(widths[0]) > 0
        for table in document.tables:
            assert table.autofit is False
            for row in table._tbl.tr_lst:
                assert [cell.width for cell in row.tc_lst] == widths[0]


@pytest.mark.parametrize("size", [10, 11, 12])
def test_letters_are_arial_of_the_size_that_is_asked_for(view, size):
    content = writing.render(view._replace(text_size=size))
    styles = opened(content).styles
    assert styles["Normal"].font.size == styles["Table Text"].font.size == Pt(size)
    assert set(re.findall(rb'w:ascii="([^"]*)"', b"".join(parts(content).values()))) == {b"Arial"}


def test_letters_of_many_columns_are_small_enough_for_their_words(plain):
    cells = tuple(CellView("W" * 20) for _ in ALL)
    crowded = plain._replace(rows=tuple(row._replace(cells=cells) for row in plain.rows))
    assert opened(writing.render(crowded)).styles["Table Text"].font.size == Pt(8)


def test_words_that_were_concluded_are_in_italics(view):
    document = opened(writing.render(view))
    slanted = [
        any(
            run.italic for run in docx.text.paragraph.Paragraph(row.tc_lst[-1].p_lst[0], table).runs
        )
        for table in document.tables
        for row in table._tbl.tr_lst[1:]
    ]
    assert slanted == [row.derived for row in view.rows]
    assert {True, False} == set(slanted)


def test_header_row_is_repeated_and_rows_stay_in_one_piece(view):
    for table in opened(writing.render(view)).tables:
        head, *rows = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert head.trPr.find(qn("w:cantSplit")) is not None
        # It stays with the row below, and so the headings above do.
        assert all(cell.p_lst[0].pPr.find(qn("w:keepNext")) is not None for cell in head.tc_lst)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A sentence of the usual length.", True),
        ("A sentence of the usual length. " * 20, False),
        ("W" * 3000, False),
        ("line\n" * 60, False),
        ("儿" * 1500, False),
        ("A sentence of the usual length. " * 100, False),
    ],
)
def test_row_of_more_than_a_few_lines_can_be_split(settings, today, make_record, text, whole):
    view = appendix_view(
        [make_record(1, action=text)], Printing(settings, Calendar(today)), year="2022/23"
    )
    (table,) = opened(writing.render(view)).tables
    row = table._tbl.tr_lst[1]
    assert (row.trPr.find(qn("w:cantSplit")) is not None) is whole


def test_table_has_a_style_a_title_and_a_description(view):
    document = opened(writing.render(view))
    (table, *_) = document.tables
    assert table.style.name == "Table Rules"
    assert not list(table.style.element.iter(qn("w:insideV"), qn("w:left"), qn("w:right")))
    about = {child.tag: child.get(qn("w:val")) for child in table._tbl.tblPr}
    assert about[qn("w:tblCaption")] == view.rows[0].band
    assert about[qn("w:tblDescription")] == view.caption
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_notes_are_bold_blanks_grey_and_exempt_rows_shaded(exempt_view):
    tables = opened(writing.render(exempt_view)).tables
    rows = [(row, table) for table in tables for row in table._tbl.tr_lst[1:]]
    for (row, table), shown in zip(rows, exempt_view.rows, strict=True):
        for made, cell in zip(row.tc_lst, shown.cells[3:], strict=True):
            text, *notes = (docx.text.paragraph.Paragraph(p, table) for p in made.p_lst)
            assert [run.bold for run in text.runs] == [None] * len(text.runs)
            assert [str(run.font.color.rgb) for run in text.runs] == (
                ["595959"] if cell.blank else ["None"]
            )
            assert [(note.text, note.runs[0].bold) for note in notes] == (
                [(cell.note, True)] if cell.note else []
            )
            assert (made.find(f".//{qn('w:shd')}") is not None) is shown.exempt


def test_spaces_of_a_text_are_kept(settings, today, make_record):
    view = appendix_view(
        [make_record(1, action="  two\n\tthree  ")],
        Printing(settings, Calendar(today)),
        year="2022/23",
    )
    (table,) = opened(writing.render(view)).tables
    action = table._tbl.tr_lst[1].tc_lst[0]
    pieces = list(action.iter(qn("w:t"), qn("w:br"), qn("w:tab")))
    assert [(piece.tag, piece.get(qn("xml:space")), piece.text) for piece in pieces] == [
        (qn("w:t"), "preserve", "  two"),
        (qn("w:br"), None, None),
        (qn("w:tab"), None, None),
        (qn("w:t"), "preserve", "three  "),
    ]


def test_properties_and_language(view):
    content = writing.render(view)
    about = opened(content).core_properties
    assert about.title == view.document_title
    assert about.subject == view.caption
    assert about.author == about.last_modified_by == "Corporate Parenting Committee"
    assert about.language == "en-GB"
    assert about.comments == "Made with cpctrack 0.0.0"
    assert about.created.isoformat() == about.modified.isoformat() == "2023-07-01T00:00:00+00:00"
    languages = re.findall(rb'<w:lang w:val="([^"]*)"', parts(content)["word/styles.xml"])
    assert languages == [b"en-GB"]


def test_long_name_of_a_committee_does_not_break_a_property(view):
    about = opened(writing.render(view._replace(committee="W" * 999))).core_properties
    assert about.author == "W" * 254 + "…"


def test_header_names_committee_and_document_and_footer_counts_pages(view):
    (section,) = opened(writing.render(view)).sections
    (head,) = section.header.paragraphs
    assert head.text == (
        "Appendix 4: Progress on actions and recommendations – Corporate Parenting Committee"
    )
    assert head.style.name == "Header"
    (foot,) = section.footer.paragraphs
    assert [child.get(qn("w:instr")) for child in foot._p if child.tag == qn("w:fldSimple")] == [
        "PAGE",
        "NUMPAGES",
    ]
    assert "".join(t.text for t in foot._p.iter(qn("w:t"))) == "Page 1 of 1"


def test_exempt_document_is_marked_in_title_sentence_header_and_footer(exempt_view):
    document = opened(writing.render(exempt_view))
    assert document.core_properties.title.startswith("Not for publication – ")
    assert document.paragraphs[0].text == f"{MARK} – Appendix 4"
    assert document.paragraphs[2].text == exempt_view.not_for_publication
    assert document.paragraphs[2].runs[0].bold
    (section,) = document.sections
    for place in (section.header, section.footer):
        assert (place.paragraphs[0].text, place.paragraphs[0].style.name) == (MARK, "Page Marking")


def test_public_document_is_not_marked(view):
    assert not any(b"ot for publication" in part for part in parts(writing.render(view)).values())


def test_same_view_gives_the_same_bytes_in_another_process_and_time_zone(view):
    content = writing.render(view)
    code = (
        "import pickle, sys; from pathlib import Path; from cpctrack.render.word import writing\n"
        "sys.stdout.buffer.write(writing.render(pickle.load(sys.stdin.buffer)))"
    )
    again = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(view._replace(blanks=dict(view.blanks))),
        capture_output=True,
        check=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"},
    )
    assert again.stdout == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_package_holds_nothing_but_its_own_parts(view):
    found = parts(writing.render(view))
    assert sorted(found) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/header1.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    everything = b"".join(found.values())
    for foreign in (b"External", b"python-docx", b"rsid", b"vba", b"Macintosh"):
        assert foreign not in everything


def test_extra_that_is_missing_is_named(view, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError) as caught:
        writing.render(view)
    assert str(caught.value) == (
        "A Word document needs a part of cpctrack that is not installed; "
        "“cpctrack help installing” says how to install the extra “office”"
    )


texts = st.text(max_size=80) | st.sampled_from(HOSTILE)


@given(text=texts)
@example(HOSTILE[1])
@example(HOSTILE[4])
@example("x" * 100_000)
@settings(max_examples=times(60, 20))
def test_whatever_a_text_holds_comes_out_as_text(text):
    record = Record(
        id="0" * 12,
        ref="CPC-2223-001",
        meeting=Meeting("2022-09-21", MeetingType.FORMAL, "2022/23"),
        item=text,
        action=text,
        recommendation=text,
        owner_text=text,
        response=text,
        follow_up=text,
        exempt_paragraph=text,
    )
    committee = Settings(committee=f"C {text}", prefix="CPC", year_starts="05-15")
    view = appendix_view(
        [record],
        Printing(committee, Calendar(date(2023, 7, 1)), include_exempt=True),
        year="2022/23",
    )
    content = writing.render(view)
    (table,) = opened(content).tables
    places = [at for at in BELOW_BANDS if at not in view.folded]
    assert rows_of(table)[1:] == expected(view.rows, places)
    fields = re.findall(rb'w:instr="([^"]*)"|<w:instrText', b"".join(parts(content).values()))
    assert fields == [b"PAGE", b"NUMPAGES"]


@given(text=st.text(max_size=40) | st.sampled_from(HOSTILE))
@settings(max_examples=times(40, 15))
def test_view_that_somebody_edited_by_hand_gives_a_sound_document(text):
    """A view that a store keeps is read back as it stands, controls and all."""
    row = EDITED.rows[0]
    cells = tuple(cell._replace(text=text, note=text) for cell in row.cells)
    rows = (row._replace(cells=cells),)
    meetings = (EDITED.meetings[0]._replace(rows=rows),)
    view = EDITED._replace(rows=rows, meetings=meetings, caption=text, summary=text, title=text)
    content = writing.render(view)
    for part in parts(content).values():
        ET.fromstring(part)
    wanted = f"{clean(text)}\n{clean(text)}" if text else ""
    (table,) = opened(content).tables
    assert rows_of(table)[1] == [wanted] * 4


def _edited() -> AppendixView:
    meeting = Meeting("2022-09-21", MeetingType.FORMAL, "2022/23")
    return appendix_view(
        [Record(id="0" * 12, ref="CPC-2223-001", meeting=meeting, action="x")],
        Printing(Settings("C", "CPC", "05-15"), Calendar(date(2023, 7, 1))),
        year="2022/23",
    )


EDITED = _edited()
