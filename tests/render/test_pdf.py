"""The PDF as a screen reader meets it: its tags, title, language and bookmarks, read back."""

import io
import sys
import tomllib
from collections import Counter
from datetime import date

import pytest
from amounts import times
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cpctrack.errors import MissingExtraError, RenderError
from cpctrack.labels import WORKING_COLUMNS
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.statistics import Period, Statistics, cases, figures
from cpctrack.render import pdf
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view, working_cells
from cpctrack.render.views.statistics import statistics_view
from cpctrack.render.views.view import AppendixView, MarkView
from cpctrack.render.widths import text_width

COMMITTEE = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
JUNE = Meeting("2022-06-15", MeetingType.INFORMAL, "2022/23")
TODAY = date(2023, 7, 1)


def record(number: int, **fields: object) -> Record:
    given = {
        "meeting": MARCH,
        "item": "Item 5. Fostering",
        "action": f"Do thing {number}.",
    } | fields
    return Record(id=f"{number:012}", ref=f"CPC-2223-{number:03}", **given)  # type: ignore[arg-type]


def printed(records: list[Record], **options: object) -> PdfReader:
    printing = Printing(COMMITTEE, Calendar(TODAY), **options)  # type: ignore[arg-type]
    return PdfReader(io.BytesIO(pdf.render(appendix_view(records, printing, year="2022/23"))))


def elements(reader: PdfReader) -> list[tuple[str, dict]]:
    """Give every tag of the structure tree with its attributes, in reading order."""
    found: list[tuple[str, dict]] = []
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node))
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


NEEDS_TYPST = (
    "A PDF needs typst 0.15 or later, which is not installed; "
    "“cpctrack help installing” says how to install the extra “pdf”"
)


@pytest.fixture(scope="module")
def many() -> PdfReader:
    """Give a document of many pages."""
    return printed(
        [record(number, meeting=JUNE if number < 9 else MARCH) for number in range(1, 130)]
    )


def test_it_says_what_it_is(many):
    view = appendix_view([record(1)], Printing(COMMITTEE, Calendar(TODAY)), year="2022/23")
    assert many.metadata.title == view.document_title
    assert view.document_title.endswith("2022/23 – Corporate Parenting Committee")
    assert many.metadata.author == "Corporate Parenting Committee"
    root = many.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_one_table_over_many_pages_with_header_cells(many):
    tags = Counter(tag for tag, _ in elements(many))
    assert len(many.pages) > 2
    assert (tags["/Table"], tags["/THead"]) == (1, 1)
    # The headings that have no column, those of four columns, and two bands.
    assert (tags["/TH"], tags["/TR"], tags["/TD"]) == (1 + 4 + 2, 129 + 4, 129 * 4)
    for tag, node in elements(many):
        if tag == "/TH":
            attributes = node["/A"] if isinstance(node["/A"], list) else [node["/A"]]
            assert "/Column" in [each.get_object().get("/Scope") for each in attributes]


def test_headers_and_bands_are_seen_on_every_page_that_they_are_of(many):
    pages = [page.extract_text() for page in many.pages]
    first_alone = [at == 0 for at in range(len(pages))]
    assert all("Response/ Outcome" in page for page in pages)
    assert all("Formal · 15 March 2023 · Item 5. Fostering" in page for page in pages)
    assert ["Informal · 15 June 2022" in page for page in pages] == first_alone
    above = "Meeting Type · Meeting Date · Item · Recommendation (none in this table)"
    assert [above in page for page in pages] == first_alone
    assert f"Page 2 of {len(pages)}" in pages[1]


def test_without_bands_the_eight_columns_lie_across():
    reader = printed([record(1), record(2, meeting=JUNE)], bands=False)
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    tags = Counter(tag for tag, _ in elements(reader))
    assert (tags["/TH"], tags["/TR"], tags["/TD"]) == (8, 3, 16)
    assert printed([record(1)]).pages[0].mediabox.width < 600


def test_a_column_with_something_in_it_is_there():
    asked = record(1, kind=Kind.RECOMMENDATION, recommendation="That it be so.", action="")
    text = words(printed([asked]))
    assert "Meeting Type · Meeting Date · Item · Actions (none in this table)" in text
    assert "Recommendation Referred to" in text
    reader = printed([asked, record(2)])
    assert Counter(tag for tag, _ in elements(reader))["/TD"] == 10
    assert "none in this table" not in words(reader)


def test_bookmarks_lead_to_every_meeting_and_item_once(many):
    def titles(outline: list) -> list:
        return [titles(one) if isinstance(one, list) else one.title for one in outline]

    heading, below = titles(many.outline)
    assert heading.startswith("Appendix 4: Progress on actions and recommendations")
    assert below == [
        "Actions and recommendations of 2022/23, by meeting and agenda item",
        [
            "Informal · 15 June 2022 · Item 5. Fostering",
            "Formal · 15 March 2023 · Item 5. Fostering",
        ],
    ]


def test_fonts_are_inside_and_nothing_acts(many):
    root = many.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(root)
    for page in many.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]
            assert descendant["/BaseFont"].partition("+")[2] in ("Arimo-Regular", "Arimo-Bold")


@pytest.mark.parametrize("size", [10, 11, 12])
def test_letters_have_the_size_that_was_asked_for(size):
    sizes: Counter[float] = Counter()

    def count(text, _user, _text, _font, font_size):
        sizes[abs(font_size)] += len(text)

    reader = printed([record(number) for number in range(1, 40)], text_size=size)
    for page in reader.pages:
        page.extract_text(visitor_text=count)
    assert sizes.most_common(1)[0][0] == size


LONGEST = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


@pytest.mark.parametrize("word", [LONGEST, f"https://marlowe.example/{'papers/' * 8}", "W" * 80])
@pytest.mark.parametrize("bands", [True, False])
def test_the_longest_words_go_on_below_and_come_out_whole(word, bands):
    fields = {"action": f"See {word} there.", "owners": (word,), "response": f"At {word}"}
    reader = printed([record(1, **fields)], bands=bands)
    assert "".join(words(reader).split()).count(word) == 3
    assert word not in words(reader)


@given(st.text("aiWŵ漢-/", max_size=90), st.floats(1.5, 40))
def test_no_word_runs_into_the_next_column(word, room):
    broken = pdf._breaking(word, room)
    assert broken.replace(pdf._MAY_BREAK, "") == word
    assert all(text_width(part) <= room for part in broken.split(pdf._MAY_BREAK))
    assert text_width(word) > room or broken == word


def test_same_view_gives_the_same_bytes():
    view = appendix_view([record(1)], Printing(COMMITTEE, Calendar(TODAY)), year="2022/23")
    assert pdf.render(view) == pdf.render(view)


def test_exempt_documents_are_marked_on_every_page():
    records = [record(number) for number in range(1, 60)]
    records[3] = record(4, exempt_paragraph="3", action="Settle the lease.")
    assert "Settle the lease" not in words(printed(records))
    reader = printed(records, include_exempt=True)
    assert reader.metadata.title.startswith("Not for publication – ")
    for page in reader.pages:
        assert page.extract_text().count("Not for publication (paragraph 3)") >= 1
    assert "Not for publication: paragraph 3" in words(reader)
    assert "1 row is exempt under Schedule 12A" in words(reader)


@pytest.fixture
def progress() -> AppendixView:
    """Give a progress report of two actions, the first of which is to be agreed."""
    records = [record(1, status=Status.PROPOSED), record(2, meeting=JUNE)]
    printing = Printing(COMMITTEE, Calendar(TODAY, ("2023-03-15",)), "2023-07-19")
    return progress_view(records, printing, year="2022/23")


def tags_of(view: AppendixView) -> Counter[str]:
    return Counter(tag for tag, _ in elements(PdfReader(io.BytesIO(pdf.render(view)))))


def test_progress_has_a_heading_and_a_table_for_each_part_and_chart(progress):
    reader = PdfReader(io.BytesIO(pdf.render(progress)))
    tags = tags_of(progress)
    full = [part for part in progress.parts if part.rows]
    assert (len(full), len(progress.charts)) == (2, 2)
    assert (tags["/H1"], tags["/H2"]) == (1, len(progress.parts) + 2)
    assert (tags["/Table"], tags["/TD"]) == (
        4,
        2 * 4 + 3 * sum(len(chart.bars) for chart in progress.charts),
    )
    assert all(f"{part.title}: 1" in words(reader) for part in full)
    assert "15 March 2023" in words(reader)
    assert "/Figure" not in tags


def test_a_part_to_decide_about_says_so(progress):
    parts = [part._replace(decision=part.name == "to-agree") for part in progress.parts]
    content = pdf.render(progress._replace(parts=tuple(parts)))
    text = words(PdfReader(io.BytesIO(content)))
    assert text.count("Decision ") == 1
    (decided,) = (part.title for part in parts if part.decision)
    assert f"Decision {decided}: 1" in text


def test_a_strip_is_drawn_and_says_nothing_of_its_own(progress):
    marks = tuple(
        MarkView(kind, at, at + 200 if kind in ("agreed", "overdue") else at)
        for at, kind in enumerate(("agreed", "overdue", "meeting", "first-due", "due"))
    )

    def with_strip(strip):
        return progress._replace(
            parts=tuple(
                part._replace(rows=tuple(row._replace(strip=strip) for row in part.rows))
                for part in progress.parts
            )
        )

    with_none, with_marks = (pdf.render(with_strip(strip)) for strip in ((), marks))
    texts = [words(PdfReader(io.BytesIO(each))) for each in (with_none, with_marks)]
    assert texts[0] == texts[1]
    drawn = [
        sum(page.get_contents().get_data().count(b"\nf") for page in PdfReader(each).pages)
        for each in map(io.BytesIO, (with_none, with_marks))
    ]
    assert drawn[1] > drawn[0]
    assert "/Figure" not in tags_of(with_strip(marks))


def test_a_report_of_eight_columns_is_still_laid_out(progress):
    old = progress._replace(
        columns=tuple(WORKING_COLUMNS.values()),
        widths=(),
        charts=(),
        rows=tuple(row._replace(cells=working_cells(row)) for row in progress.rows),
        parts=tuple(
            part._replace(rows=tuple(row._replace(cells=working_cells(row)) for row in part.rows))
            for part in progress.parts
        ),
    )
    reader = PdfReader(io.BytesIO(pdf.render(old)))
    assert tags_of(old)["/TD"] == 2 * 8
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_figures_have_a_heading_and_a_table_each():
    period = Period("2022-05-15", "2023-05-14", "2022/23")
    asked = record(1, kind=Kind.RECOMMENDATION, recommendation="That it be so.")
    known = cases([asked, record(2)], Calendar(TODAY), period)
    told = Statistics(period, ["Committee"], known, figures(known), period)
    reader = PdfReader(
        io.BytesIO(pdf.render(statistics_view(told, Printing(COMMITTEE, Calendar(TODAY)))))
    )
    tags = Counter(tag for tag, _ in elements(reader))
    assert (tags["/H1"], tags["/H2"], tags["/Table"]) == (1, 4, 4)
    assert "That it be so. Not answered" in words(reader)


def test_a_year_without_rows_has_no_table():
    reader = printed([])
    assert "No actions or recommendations were made in 2022/23." in words(reader)
    assert "/Table" not in [tag for tag, _ in elements(reader)]


def test_letters_of_our_neighbours_are_printed_and_others_named():
    text = words(
        printed([record(1, action="Ŵy ŷ Łódź Жук Ωμέγα שלום 👩‍🚒 ½ ✓ أهلا", response="\u0378漢")])
    )
    assert "Ŵy ŷ Łódź Жук Ωμέγα שלום [woman][fire engine] ½ ✓" in text
    assert "[u+0378][cjk unified ideograph-6f22]" in text


def test_a_row_longer_than_a_page_is_broken_and_whole():
    reader = printed([record(1, action="word " * 4_000)])
    assert words(reader).count("word") == 4_000


@given(st.text(max_size=60))
@example('#read("/etc/passwd") $x$ *b* _i_ @ref <label> \\ // /* `raw` = heading')
@example('{{ 7*7 }} <script> =1+1 "quote" \\u{41}')
@example('“could not be displayed” 😀 `"x" could not be displayed')
@settings(max_examples=times(40, 10))
def test_text_is_only_text(text: str):
    reader = printed([record(1, action=f"before {text} after", owners=(text,))])
    tags = Counter(tag for tag, _ in elements(reader))
    assert (tags["/Table"], tags["/TR"], tags["/TH"], tags["/TD"]) == (1, 4, 6, 4)


def test_code_comes_out_as_it_went_in():
    hostile = '#read("/etc/passwd") $x$ *b* @ref // /* `raw`'
    assert hostile in words(printed([record(1, action=hostile)]))


@pytest.mark.parametrize(("response", "pages"), [("x " * 50_000, 10), ("x" * 20_000, 3)])
def test_a_huge_cell_is_printed(response: str, pages: int):
    assert len(printed([record(1, response=response)]).pages) > pages


def test_a_missing_extra_is_said_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError) as caught:
        printed([])
    assert str(caught.value) == NEEDS_TYPST


@pytest.mark.parametrize("version", ["0.13.7", "0.14.9", "0.9", "", "unknown"])
def test_a_typst_that_is_too_old_is_said_so(monkeypatch, version):
    monkeypatch.setattr("typst.__version__", version)
    with pytest.raises(MissingExtraError) as caught:
        printed([])
    assert str(caught.value) == NEEDS_TYPST


def test_the_extra_asks_for_the_typst_that_works(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lowest = ".".join(map(str, pdf._TYPST))
    assert f"typst>={lowest}" in project["optional-dependencies"]["pdf"]
    assert f"typst {lowest} or later" in NEEDS_TYPST


def test_a_document_that_typst_refuses_is_said_so(tmp_path, monkeypatch):
    broken = tmp_path / "pdf.typ"
    broken.write_text("#nothing", "utf-8")
    monkeypatch.setattr(pdf, "_LAYOUT", broken)
    with pytest.raises(RenderError) as caught:
        printed([])
    assert str(caught.value) == (
        "The PDF can't be made (unknown variable: nothing); print a web page instead."
    )


def test_letters_that_never_end_are_named_in_the_end(monkeypatch):
    monkeypatch.setattr(pdf, "_MOST_TRIES", 0)
    assert "[latin small letter e with acute]" in words(printed([record(1, action="é")]))
