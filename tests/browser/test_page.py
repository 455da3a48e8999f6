"""The page as a browser, a screen reader and a printer take it."""

import re
import subprocess

import pytest

DESKTOP = {"width": 1280, "height": 900}
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 320, "height": 640}
SIZES = pytest.mark.parametrize(
    "size", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"]
)
PAGES = pytest.mark.parametrize("name", ["full", "exempt", "empty"])
COLUMNS = [
    "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
    "Response/ Outcome", "Needs Follow Up",
]  # fmt: skip

pytestmark = pytest.mark.browser


@PAGES
@SIZES
def test_axe_finds_nothing(open_page, axe, name, size):
    page = open_page(name, size).page
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == []
    assert len(result["passes"]) > 15


@PAGES
def test_nu_checker_finds_nothing(documents, nu_checker, name):
    done = subprocess.run(
        [*nu_checker, "--stdout", str(documents[name])], capture_output=True, check=False
    )
    assert done.stdout.decode() == ""
    assert done.returncode == 0


@SIZES
def test_nothing_is_asked_of_the_network(open_page, documents, size):
    opened = open_page("full", size)
    opened.page.mouse.wheel(0, 5000)
    assert opened.requests == [documents["full"].as_uri()]


@PAGES
@pytest.mark.parametrize("width", [320, 360, 575, 576, 768, 959, 960, 1024, 1280, 1920])
def test_page_never_scrolls_sideways(open_page, name, width):
    page = open_page(name, {"width": width, "height": 640}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = """[...document.querySelectorAll("td, tbody th, p, h1, dd, li")]
        .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
        .map(e => e.textContent)"""
    assert page.evaluate(clipped) == []


@SIZES
def test_screen_reader_is_told_of_a_table(open_page, size):
    """The table must stay one where the phone shows its rows as cards."""
    page = open_page("full", size).page
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree
            if not n["ignored"]]  # fmt: skip
    tables = [name for role, name in seen if role == "table"]
    assert tables == ["Actions and recommendations of 2022/23, by meeting and agenda item"]
    assert [name for role, name in seen if role == "columnheader"] == COLUMNS
    rows = page.locator("tbody tr").count()
    assert rows == 23
    assert [role for role, _ in seen].count("row") == rows + 1
    assert [name for role, name in seen if role == "rowheader"] == (
        ["Informal"] * 5 + ["Formal"] * 18
    )
    assert [role for role, _ in seen].count("cell") == rows * 7


def test_phone_shows_the_name_of_every_column(open_page):
    page = open_page("full", PHONE).page
    labels = page.evaluate(
        """[...document.querySelector("tbody tr").children]
            .map(cell => getComputedStyle(cell, "::before").content)"""
    )
    assert [re.match(r'"([^"]+)"', label)[1] for label in labels] == COLUMNS


def test_desktop_keeps_the_header_in_sight(open_page):
    page = open_page("long", DESKTOP).page
    page.mouse.wheel(0, 8000)
    page.wait_for_function("window.scrollY > 5000")
    assert page.evaluate("document.querySelector('thead th').getBoundingClientRect().top") == 0


def test_skip_link_shows_when_it_has_the_focus_and_leads_to_the_table(open_page):
    page = open_page("full", DESKTOP).page
    assert page.evaluate("document.querySelector('.skip').getBoundingClientRect().bottom") < 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the table"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"


def test_link_to_a_meeting_is_not_hidden_by_the_header(open_page):
    page = open_page("full", DESKTOP).page
    page.get_by_role("link", name="23 November 2022").click()
    header, target = page.evaluate(
        """[document.querySelector("thead th").getBoundingClientRect().bottom,
            document.querySelector(":target").getBoundingClientRect().top]"""
    )
    assert target >= header - 1


def test_paper_is_a4_landscape_with_the_header_on_every_page(open_page, tmp_path):
    from pypdf import PdfReader

    path = tmp_path / "appendix.pdf"
    open_page("long", DESKTOP).page.pdf(path=path, prefer_css_page_size=True)
    pages = PdfReader(path).pages
    assert len(pages) > 20
    for number, page in enumerate(pages, 1):
        size = [round(float(page.mediabox.width)), round(float(page.mediabox.height))]
        assert size == pytest.approx([842, 595], abs=1)
        text = " ".join(page.extract_text().split())
        assert all(column in text for column in COLUMNS)
        assert f"Page {number} of {len(pages)}" in text


def test_no_row_is_split_over_two_pages(open_page, tmp_path):
    from pypdf import PdfReader

    path = tmp_path / "appendix.pdf"
    open_page("long", DESKTOP).page.pdf(path=path, prefer_css_page_size=True)
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]
    header = " ".join(COLUMNS)
    for text in texts[1:]:
        # A page begins with a row's own beginning: its type and date.
        after = text.split("Needs Follow Up", 1)[1].strip()
        assert re.match(r"(Informal|Formal) ?\d", after), (header, after[:80])
