"""Whole documents: kept ones byte for byte, and what must hold of any."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest

from cpctrack.errors import UsageError
from cpctrack.records.calendar import Calendar
from cpctrack.render.documents import FORMATS, TEXT_FORMATS, format_of, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing


@pytest.fixture
def page(view, parse):
    return parse(render(view, FORMATS["html"]))


def _rows(page):
    """Give the rows of the table itself: bands and tables of figures have fewer cells."""
    return [row for row in page.cells() if len(row) == 8]


@pytest.mark.parametrize(
    ("format_name", "name"),
    [("markdown", "appendix.md"), ("html", "appendix.html"), ("csv", "appendix.csv")],
)
def test_document_is_the_one_that_was_kept(view, check_golden, format_name, name):
    check_golden(name, render(view, FORMATS[format_name]))


@pytest.mark.parametrize(
    ("format_name", "name"),
    [("markdown", "exempt.md"), ("html", "exempt.html"), ("csv", "exempt.csv")],
)
def test_document_with_exempt_rows_is_the_one_that_was_kept(
    records, settings, today, check_golden, format_name, name
):

    exempt = [record for record in records if record.exempt]
    view = appendix_view(
        exempt, Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )
    content = render(view._replace(generator="cpctrack 0.0.0"), FORMATS[format_name])
    check_golden(name, content)


@pytest.mark.parametrize("format_name", FORMATS)
def test_same_view_gives_the_same_bytes(view, format_name):
    assert render(view, FORMATS[format_name]) == render(view, FORMATS[format_name])


@pytest.mark.parametrize("format_name", TEXT_FORMATS)
def test_documents_have_plain_line_ends(view, format_name):
    content = render(view, FORMATS[format_name])
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_page_states_its_language_and_title(page):
    assert page.all("html")[0]["lang"] == "en-GB"
    assert page.all("title")[0]["text"] == (
        "Appendix 4: Progress on actions and recommendations 2022/23 – "
        "Corporate Parenting Committee"
    )
    metas = {meta.get("name"): meta.get("content") for meta in page.all("meta")}
    assert metas["generator"] == "cpctrack 0.0.0"
    assert metas["viewport"] == "width=device-width, initial-scale=1"


def test_page_has_one_heading_of_the_first_rank(page):
    assert [heading["text"] for heading in page.all("h1")] == [
        "Appendix 4: Progress on actions and recommendations"
    ]


def test_table_has_a_caption_and_headers_with_their_scope(page, view):
    assert page.all("table")[0]["id"] == "table"
    assert page.all("table")[0]["text"].lstrip().startswith(view.caption)
    assert page.all("caption")[0]["text"].startswith(view.caption)
    head, *rows = _rows(page)
    assert [(cell["tag"], cell["scope"]) for cell in head] == [("th", "col")] * 8
    assert tuple(cell["text"] for cell in head) == view.columns
    assert len(rows) == len(view.rows)
    for row in rows:
        (headed,) = (cell for cell in row if cell["tag"] == "th")
        assert headed["scope"] == "row"
        assert headed in row[3:5]  # what was recommended, or what is to be done


def test_no_cell_is_empty_and_meetings_are_named_in_each_row(page, view):
    _, *rows = _rows(page)
    assert all(cell["text"].strip() for row in rows for cell in row)
    assert [(row[0]["text"], row[1]["text"]) for row in rows] == [
        (row.meeting_type, row.meeting_date) for row in view.rows
    ]


def test_texts_stand_in_the_page_to_the_letter(page, view):
    _, *rows = _rows(page)
    for cells, row in zip(rows, view.rows, strict=True):
        assert cells[2]["text"] == row.item
        assert cells[4]["text"] == row.action or (cells[4]["text"], row.action) == ("None", "")
        assert cells[6]["text"] == (row.response or "No response yet")
        assert cells[7]["text"] == row.standing + row.overdue_note


def test_ids_are_unique_and_links_lead_to_one(page):
    ids = Counter(element["id"] for element in page.elements if "id" in element)
    assert set(ids.values()) == {1}
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    assert targets[0] == "table"
    assert set(targets) <= set(ids)


def test_skip_link_comes_first_and_its_target_takes_the_focus(page):
    body = next(place for place, e in enumerate(page.elements) if e["tag"] == "body")
    assert page.elements[body + 1]["text"] == "Skip to the table"
    target = next(element for element in page.elements if element.get("id") == "table")
    assert (target["tag"], target["tabindex"]) == ("table", "-1")


def test_page_needs_nothing_but_itself(page):
    assert ["src" in script for script in page.all("script")] == [False]
    assert page.all("link") == []
    assert page.all("img") == []
    assert not any("src" in e for e in page.elements)
    styles = {e["style"] for e in page.elements if "style" in e}
    assert all(re.fullmatch(r"--w: [\d.]+", style) for style in styles)
    assert not any(name.startswith("on") for e in page.elements for name in e)
    css = page.all("style")[0]["text"]
    assert "url(" not in css
    assert "@import" not in css
    for element in page.elements:
        assert element.get("href", "#").startswith("#")


@pytest.mark.parametrize("format_name", ["markdown", "html"])
def test_year_without_rows_gives_a_sentence_and_no_table(settings, today, format_name):
    view = appendix_view([], Printing(settings, Calendar(today)), year="2022/23")
    text = render(view, FORMATS[format_name]).decode()
    assert "No actions or recommendations were made in 2022/23." in text
    assert "<table" not in text
    assert "| ---" not in text


def test_skip_link_of_a_page_without_rows_leads_to_the_sentence(settings, today, parse):
    page = parse(
        render(
            appendix_view([], Printing(settings, Calendar(today)), year="2022/23"), FORMATS["html"]
        )
    )
    target = next(element for element in page.elements if element.get("id") == "table")
    assert (target["text"], target["tabindex"]) == (
        "No actions or recommendations were made in 2022/23.",
        "-1",
    )


def test_csv_without_rows_is_the_header_alone(settings, today):
    content = render(
        appendix_view([], Printing(settings, Calendar(today)), year="2022/23"), FORMATS["csv"]
    )
    assert content.decode("utf-8-sig").count("\n") == 1


def test_csv_keeps_dates_for_machines_and_blanks_blank(view):
    content = render(view, FORMATS["csv"])
    assert content.startswith(b"\xef\xbb\xbfMeeting Type,Meeting Date,Item,")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {8}
    assert rows[1][1] == "2022-06-15"
    assert rows[1][3] == ""
    assert rows[1][6] == "'=1+1 is what the sheet said; see https://example.org/a_b_c."


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "markdown"),
        ({"name": "csv", "output": Path("x.html"), "template": "y.md.j2"}, "csv"),
        ({"output": Path("x.HTM"), "template": "y.md.j2"}, "html"),
        ({"output": Path("a.b/x.markdown")}, "markdown"),
        ({"template": "mine.html.j2"}, "html"),
        ({"template": "mine.html"}, "html"),
        ({"template": "mine.txt"}, "markdown"),
    ],
)
def test_format_follows_what_is_known(arguments, expected):
    assert format_of(**arguments).name == expected


@pytest.mark.parametrize("name", ["x.odt", "x", ".html", "x.html.bak"])
def test_unknown_ending_names_the_formats(name):
    with pytest.raises(UsageError) as caught:
        format_of(output=Path(name))
    assert str(caught.value) == (
        f"The ending of “{name}” names no format; end it with one of .md, .markdown, .html, .htm, "
        ".docx, .pdf, .csv, .xlsx, or name the format with --format "
        "markdown|html|docx|pdf|csv|xlsx."
    )


def test_csv_has_no_template(view):
    with pytest.raises(UsageError, match=r"^A csv document has no template"):
        render(view, FORMATS["csv"], "appendix")
