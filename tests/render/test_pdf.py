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
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.statistics import Period, Statistics, cases, figures
from cpctrack.render import pdf
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.statistics import statistics_view

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
    "A PDF needs typst 0.15 or later, which is not installed; run: "
    'python -m pip install "cpctrack[pdf]"'
)


@pytest.fixture(scope="module")
def many() -> PdfReader:
    """Give a document of many pages."""
    return printed(
        [record(number, meeting=JUNE if number < 9 else MARCH) for number in range(1, 90)]
    )


def test_it_says_what_it_is(many):
    assert many.metadata.title == (
        "Appendix 4: Progress on actions and recommendations made in 2022/23 – "
        "Corporate Parenting Committee"
    )
    assert many.metadata.author == "Corporate Parenting Committee"
    root = many.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_one_table_over_many_pages_with_header_cells(many):
    tags = Counter(tag for tag, _ in elements(many))
    assert len(many.pages) > 3
    assert (tags["/Table"], tags["/THead"], tags["/TBody"]) == (1, 1, 1)
    assert (tags["/TH"], tags["/TR"], tags["/TD"]) == (8, 90, 89 * 8)
    for tag, node in elements(many):
        if tag == "/TH":
            attributes = node["/A"] if isinstance(node["/A"], list) else [node["/A"]]
            assert "/Column" in [each.get_object().get("/Scope") for each in attributes]


def test_headers_are_seen_on_every_page(many):
    for page in many.pages:
        assert "Response/ Outcome" in page.extract_text()
    assert "Page 2 of " in many.pages[1].extract_text()


def test_bookmarks_lead_to_every_meeting(many):
    def titles(outline: list) -> list:
        return [titles(one) if isinstance(one, list) else one.title for one in outline]

    assert titles(many.outline) == [
        "Appendix 4: Progress on actions and recommendations made in 2022/23",
        [
            "Actions and recommendations of 2022/23, by meeting and agenda item",
            ["15 June 2022", "15 March 2023"],
        ],
    ]


def test_fonts_are_inside_and_nothing_acts(many):
    root = many.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(root)
    for page in many.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in descendant["/FontDescriptor"]


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


def test_progress_has_a_heading_and_a_table_for_each_part():
    records = [record(1, status=Status.PROPOSED), record(2, meeting=JUNE)]
    printing = Printing(COMMITTEE, Calendar(TODAY, ("2023-03-15",)), "2023-07-19")
    content = pdf.render(progress_view(records, printing, year="2022/23"))
    reader = PdfReader(io.BytesIO(content))
    tags = Counter(tag for tag, _ in elements(reader))
    assert (tags["/H1"], tags["/H2"], tags["/Table"]) == (1, 6, 2)
    assert "Previous formal meeting: 15 March 2023" in words(reader)
    assert "No extension was asked for." in words(reader)


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
    text = words(printed([record(1, action="Ŵy ŷ Łódź 👩‍🚒 ½ ✓", response="\u0378漢")]))
    assert "Ŵy ŷ Łódź [woman][fire engine] ½ ✓" in text
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
    assert (tags["/Table"], tags["/TR"], tags["/TH"], tags["/TD"]) == (1, 2, 8, 8)


def test_code_comes_out_as_it_went_in():
    hostile = '#read("/etc/passwd") $x$ *b* @ref // /* `raw`'
    assert hostile in words(printed([record(1, action=hostile)]))


@pytest.mark.parametrize("letters", [100_000])
def test_a_huge_cell_is_printed(letters: int):
    assert len(printed([record(1, response="x " * (letters // 2))]).pages) > 10


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
