"""The page on paper: A4, its header and its mark on every page."""

import re

import pytest

DESKTOP = {"width": 1280, "height": 900}
LAST_COLUMNS = {"long": "Needs Follow Up", "progress-exempt": "Status and date"}
ROW_BEGINS = {
    "long": r"(Informal|Formal) · |None The Head|The Head|None None",
    "progress-exempt": "The Head of Service|None",
}
BAND_AT_THE_FOOT = r"(Informal|Formal) · [^·]+ · [^·]*Scorecard (Appendix|Not|Page)"
MARK = "Not for publication (paragraph 1)"
REPORTS = pytest.mark.parametrize("name", list(LAST_COLUMNS))

pytestmark = pytest.mark.browser


@pytest.fixture
def on_paper(open_page, tmp_path):
    """Print a document: the size of each page in points, and its words."""

    def call(name, choose=None, **settings):
        from pypdf import PdfReader

        page = open_page(name, DESKTOP, **settings).page
        if choose:
            choose(page)
        path = tmp_path / "printed.pdf"
        page.pdf(path=path, prefer_css_page_size=True)
        pages = PdfReader(path).pages
        return [
            ((round(float(one.mediabox.width)), round(float(one.mediabox.height))),
             " ".join(one.extract_text().split()))
            for one in pages
        ]  # fmt: skip

    return call


@REPORTS
def test_paper_is_a4_portrait_and_pages_are_numbered(on_paper, name):
    pages = on_paper(name)
    assert len(pages) > 5
    for number, (size, text) in enumerate(pages, 1):
        assert size == pytest.approx((595, 842), abs=1)
        assert f"Page {number} of {len(pages)}" in text


@REPORTS
def test_every_page_with_exempt_rows_is_marked_at_its_head_and_foot(on_paper, name):
    for _, text in on_paper(name):
        assert MARK in text
        # What stands at the foot has no paragraph.
        assert re.search(r"Not for publication(?! \(|:|\.)", text)


def test_pages_for_the_public_bear_no_mark(on_paper):
    assert not any("Not for publication" in text for _, text in on_paper("progress"))


@REPORTS
def test_every_page_of_a_table_has_its_header(on_paper, name):
    pages = [text for _, text in on_paper(name)][1:]
    for text in pages:
        assert re.search(ROW_BEGINS[name], text)
        assert LAST_COLUMNS[name] in text


@REPORTS
def test_no_row_is_split_over_two_pages(on_paper, name):
    for _, text in on_paper(name)[1:]:
        # A page begins with a row's own beginning, or with the heading of a part.
        after = text.split(LAST_COLUMNS[name], 1)[1].strip()
        assert re.match(ROW_BEGINS[name], after), after[:80]


@REPORTS
def test_no_heading_is_left_alone_at_the_foot_of_a_page(on_paper, name):
    for _, text in on_paper(name)[1:]:
        *_, last = text.split(LAST_COLUMNS[name])
        assert re.match(ROW_BEGINS[name], last.strip()), last[:80]
        assert not re.search(BAND_AT_THE_FOOT, text)


@pytest.mark.parametrize(("name", "most"), [("example", 7), ("example-progress", 6)])
def test_paper_is_not_wasted(on_paper, name, most):
    assert 3 <= len(on_paper(name)) <= most


def test_eight_columns_are_printed_across(on_paper):
    assert {size for size, _ in on_paper("plain")} == {(842, 595)}


def test_page_prints_light_from_a_dark_screen(open_page):
    page = open_page("full", DESKTOP, color_scheme="dark").page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 33, 41)"


def test_filtered_page_prints_what_is_shown_and_says_so(on_paper):
    def choose(page):
        page.select_option("#filter_status", "completed")

    whole = "".join(text for _, text in on_paper("full"))
    part = "".join(text for _, text in on_paper("full", choose))
    assert "rows are shown" not in whole
    assert "Filtered: 3 of 23 rows shown (status: Completed)." in part
    assert "Overdue only" not in part
    assert len(part) < len(whole) / 2
