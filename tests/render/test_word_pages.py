"""Word documents as LibreOffice prints them (``SOFFICE`` names it, or it is on the path)."""

import re
from collections.abc import Callable

import docx
import pytest
from pypdf import PdfReader

from cpctrack.records.calendar import Calendar
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.word import writing

Pages = list[str]
MARK = "Not for publication (paragraph 1)"


@pytest.fixture(scope="module")
def printed(convert, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Pages]:
    """Print a document and give the words of each page, with single spaces."""

    def call(content: bytes) -> Pages:
        path = tmp_path_factory.mktemp("word") / "appendix4.docx"
        path.write_bytes(content)
        (made,) = convert("pdf", path)
        return [" ".join(page.extract_text().split()) for page in PdfReader(made).pages]

    return call


@pytest.fixture(scope="module")
def long_view(settings, today, make_record):
    """Give 60 rows, one of them longer than two pages, each with words that only it has."""
    filling = "on foster placements. "
    rows = [
        make_record(n, action=f"Briefing number{n:03} {filling * (n % 3)} end{n:03}")
        for n in range(1, 61)
    ]
    rows[20] = make_record(21, action="\n".join(f"line{n:03}" for n in range(120)) + " number021")
    rows[40] = make_record(41, action="The secret case. number041", exempt_paragraph="1")
    return appendix_view(
        rows, Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )


@pytest.fixture(scope="module")
def pages(long_view, printed):
    return printed(writing.render(long_view))


def test_many_pages_each_with_header_row_number_and_marking(pages):
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.count(MARK) == 2 + (number == 1)  # header, footer, title
        assert "Appendix 4: Progress on actions" in page
        assert page.count("Actions Referred to") == 1
    everything = " ".join(pages)
    assert len(re.findall(r"Formal · 21 September 2022 .{0,30}Actions", everything)) == 1
    assert [n for n in range(1, 61) if everything.count(f"number{n:03}") != 1] == []
    assert [n for n in range(120) if everything.count(f"line{n:03}") != 1] == []


def test_rows_of_few_lines_are_not_split(pages):
    for number in set(range(1, 61)) - {21, 41}:
        (begun,) = (place for place, page in enumerate(pages) if f"number{number:03}" in page)
        assert f"end{number:03}" in pages[begun]


def test_template_of_the_council_on_every_page(long_view, printed, tmp_path):
    corporate = docx.Document()
    (section,) = corporate.sections
    section.different_first_page_header_footer = True
    corporate.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "FIRST"
    section.header.paragraphs[0].text = "ODD"
    section.even_page_footer.paragraphs[0].text = "EVEN"
    corporate.save(str(tmp_path / "corporate.docx"))
    pages = printed(writing.render(long_view, tmp_path / "corporate.docx"))
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        own = "FIRST" if number == 1 else "ODD" if number % 2 else "EVEN"
        assert own in page
        assert page.count(MARK) >= 2
