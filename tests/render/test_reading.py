"""What a page gives its readers beside the rows; and the report of a formal meeting."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.text import fold, one_line

MARK = "Not for publication (paragraph 1)"
HOSTILE_OWNERS = (
    '"><script>alert(1)</script>',
    "' onclick='alert(1)",
    "</option></select><img src=x>",
    "{{ 7*7 }}{% for x in y %}",
    "&quot;&#10;Clerk",
    "two\nlines",
    "W" * 300,
)


@pytest.fixture
def page(view, parse):
    return parse(render(view, FORMATS["html"]))


@pytest.fixture
def report(progress, parse):
    return parse(render(progress, FORMATS["html"]))


@pytest.fixture
def exempt_report(progress_with_exempt, parse):
    return parse(render(progress_with_exempt, FORMATS["html"]))


def by_class(page, name):
    return [element for element in page.elements if name in element.get("class", "").split()]


def by_id(page, name):
    (found,) = [element for element in page.elements if element.get("id") == name]
    return found


def choices(page, name):
    """Give a choice's options as value and words, in order, without the first, which is all."""
    places = [place for place, e in enumerate(page.elements) if e["tag"] == "select"]
    start = next(place for place in places if page.elements[place]["id"] == name)
    found = []
    for element in page.elements[start + 1 :]:
        if element["tag"] != "option":
            break
        found.append((element["value"], element["text"]))
    return found[1:]


@pytest.mark.parametrize(
    ("format_name", "name"), [("markdown", "progress.md"), ("html", "progress.html")]
)
def test_report_is_the_one_that_was_kept(progress, check_golden, format_name, name):
    check_golden(name, render(progress, FORMATS[format_name]))


def test_each_bar_is_as_long_as_its_number_which_stands_beside_it(page, view):
    tables = by_class(page, "bars")
    assert [table["id"] for table in tables] == [chart.anchor for chart in view.charts]
    bars = [bar for chart in view.charts for bar in chart.bars]
    drawn = [image for image in page.all("svg") if "table" in image["in"]]
    assert [image["width"] for image in drawn] == [f"{bar.share}%" for bar in bars]
    assert {image["aria-hidden"] for image in drawn} == {"true"}
    words = "".join(" ".join(table["text"].split()) for table in tables)
    assert all(f"{bar.label} {bar.number}" in words for bar in bars)


def test_there_is_no_chart_where_nothing_is_open(make_record, settings, today, parse):
    done = make_record(action="Done.", status=Status.COMPLETED)
    view = appendix_view([done], Printing(settings, Calendar(today)), year="2022/23")
    page = parse(render(view, FORMATS["html"]))
    assert page.all("svg") == by_class(page, "bars") == []


def test_filter_is_hidden_until_the_script_shows_it(page):
    assert "hidden" in by_id(page, "filter")
    labels = {label["for"] for label in page.all("label")}
    controls = {e["id"] for e in page.elements if e["tag"] in ("select", "input")}
    assert labels == controls == {"filter_owner", "filter_status", "filter_overdue"}
    assert [e["role"] for e in page.all("p") if "div" in e["in"]] == ["status"]


def test_filter_offers_what_the_rows_have(page, view):
    assert choices(page, "filter_owner") == [
        *((owner, owner) for owner in view.owners),
        ("", "Nobody named"),
    ]
    assert choices(page, "filter_status") == [(one.value, one.words) for one in view.statuses]


def test_filter_offers_nobody_and_overdue_only_where_there_are_such_rows(
    make_record, settings, today, parse
):
    record = make_record(action="x", owners=("Clerk",))
    view = appendix_view([record], Printing(settings, Calendar(today)), year="2022/23")
    page = parse(render(view, FORMATS["html"]))
    assert choices(page, "filter_owner") == [("Clerk", "Clerk")]
    assert page.all("input") == []


@pytest.mark.parametrize("document", ["view", "progress"])
def test_rows_carry_what_is_filtered_by(document, request, parse):
    view = request.getfixturevalue(document)
    page = parse(render(view, FORMATS["html"]))
    rows = [element for element in page.all("tr") if "data-status" in element]
    assert [row["data-owners"] for row in rows] == ["\n".join(row.owners) for row in view.rows]
    assert [row["data-status"] for row in rows] == [row.status for row in view.rows]
    assert ["data-overdue" in row for row in rows] == [row.overdue for row in view.rows]


def owned(owners):
    meeting = Meeting(date="2022-09-21", type=MeetingType.FORMAL, year="2022/23")
    record = Record(id="1", ref="CPC-2223-001", meeting=meeting, action="x", owners=owners)
    settings = Settings(committee="C", prefix="CPC", year_starts="05-15")
    return appendix_view([record], Printing(settings, Calendar(date(2023, 7, 1))), year="2022/23")


def test_hostile_owners_stay_text(parse):
    page = parse(render(owned(HOSTILE_OWNERS), FORMATS["html"]))
    shown = sorted({one_line(owner) for owner in HOSTILE_OWNERS}, key=fold)
    assert choices(page, "filter_owner") == [(owner, owner) for owner in shown]
    (row,) = [element for element in page.all("tr") if "data-owners" in element]
    assert row["data-owners"].split("\n") == [one_line(owner) for owner in HOSTILE_OWNERS]
    assert len(page.all("script")) == 1
    assert page.all("img") == []


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1))
def test_any_owners_stay_text(owners):
    view = owned(tuple(owners))
    page = render(view, FORMATS["html"]).decode()
    assert page.count("<script") == page.count("</select>") / 2 == 1
    assert page.count("<option") == len(view.owners) + 3


def script_and_policy(page):
    """Give the page's script and the policy it stands in."""
    (script,) = page.all("script")
    (policy,) = [e["content"] for e in page.all("meta") if "http-equiv" in e]
    return script, policy


def test_policy_lets_the_own_script_run_and_nothing_else(page):
    script, policy = script_and_policy(page)
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{script['nonce']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_no_text_can_know_the_nonce_of_its_page(make_record, settings, today, parse):
    """It is a hash of the texts: whoever puts it into one gets another."""
    found = {}
    text = "x"
    for _ in range(3):
        record = make_record(action=text)
        view = appendix_view([record], Printing(settings, Calendar(today)), year="2022/23")
        found[text] = script_and_policy(parse(render(view, FORMATS["html"])))[0]["nonce"]
        text = f'<script nonce="{found[text]}">'
    assert len(set(found.values())) == 3
    assert min(map(len, found.values())) == 44


@pytest.mark.parametrize("name", ["appendix", "progress"])
def test_own_template_keeps_the_filter_and_may_set_another_policy(view, parse, tmp_path, name):
    own = tmp_path / "own.html.j2"
    own.write_text(
        f'{{% extends "{name}.html.j2" %}}'
        "{% block policy %}{{ super() }}{% endblock %}{% block header %}Marlowe{% endblock %}",
        encoding="utf-8",
    )
    page = parse(render(view, FORMATS["html"], str(own)))
    script, policy = script_and_policy(page)
    assert f"script-src 'nonce-{script['nonce']}';" in policy
    assert "hidden" in by_id(page, "filter")
    assert page.all("header")[0]["text"].strip() == "Marlowe"


def test_report_says_which_meetings_it_is_between(report):
    assert [e["text"] for e in by_class(report, "about")] == [
        "For the formal meeting of 19 July 2023. The one before was on 24 May 2023."
    ]
    assert report.all("time")[0]["text"] == "1 July 2023"


def test_each_part_has_a_heading_and_a_table(report, progress):
    filled = [part for part in progress.parts if part.rows]
    assert len(filled) >= 5
    assert [element["text"] for element in report.all("h2")] == [
        f"{'Decision:  ' if part.decision else ''}{part.title}" for part in filled
    ]
    assert [
        element["text"] for element in by_class(report, "unseen") if element["tag"] == "caption"
    ] == [f"{part.title}: {part.count_words}" for part in filled]
    said = [element["text"] for element in report.all("p") if "section" in element["in"]]
    assert said == [part.introduction for part in filled]
    sections = {section["id"]: section for section in report.all("section")}
    assert list(sections) == [part.anchor for part in filled]
    for section in sections.values():
        assert by_id(report, section["aria-labelledby"])["tag"] == "h2"


def test_tables_of_the_report_have_headers_and_no_empty_cell(report, progress):
    rows = iter(progress.rows)
    for cells in report.cells():
        assert len(cells) == 4
        assert all(cell["text"].strip() for cell in cells)
        if cells[-1]["tag"] == "th":
            assert tuple(cell["text"] for cell in cells) == progress.columns
            assert {cell["scope"] for cell in cells} == {"col"}
        else:
            assert (cells[0]["tag"], cells[0]["scope"]) == ("th", "row")
            assert [cell["tag"] for cell in cells[1:]] == ["td"] * 3
            expected = [cell.text + cell.small + cell.note for cell in next(rows).cells]
            assert [cell["text"] for cell in cells] == expected
    assert list(rows) == []


def test_ids_of_the_report_are_unique_and_links_lead_to_one(report):
    ids = [element["id"] for element in report.elements if "id" in element]
    assert len(set(ids)) == len(ids)
    assert {link["href"].removeprefix("#") for link in report.all("a")} <= set(ids)


def test_slippage_and_reasons_are_told(report):
    (row,) = [cells for cells in report.cells() if "CPC-2223-013" in cells[0]["text"]]
    assert row[3]["text"] == (
        "To doDue 1 September 2023. First due 1 December 2022, moved twice. "
        "Agreed on 23 November 2022: to 1 March 2023. The survey was late. "
        "Asked for on 20 June 2023: The *officer* left. Agreed 9 months ago, 1 meeting since."
    )


@pytest.mark.parametrize("document", ["view", "progress"])
def test_public_page_bears_no_mark(document, request, parse):
    content = render(request.getfixturevalue(document), FORMATS["html"])
    assert b"Not for publication" not in content
    assert b"noindex" not in content
    assert b"own case" not in content


def test_page_with_exempt_rows_is_marked_in_title_heading_pages_and_rows(exempt_report):
    assert exempt_report.all("title")[0]["text"].startswith("Not for publication – Appendix 4: ")
    assert exempt_report.all("h1")[0]["text"].startswith(f"{MARK}: ")
    assert exempt_report.all("body")[0]["data-marking"] == MARK
    css = exempt_report.all("style")[0]["text"]
    assert '@bottom-center { content: "Not for publication";' in css
    assert "content: attr(data-marking)" in css
    metas = {meta.get("name"): meta.get("content") for meta in exempt_report.all("meta")}
    assert metas["robots"] == "noindex"
    (row,) = [cells for cells in exempt_report.cells() if "CPC-2223-011" in cells[0]["text"]]
    assert row[0]["text"].endswith("Not for publication: paragraph 1")


def test_hostile_paragraph_stays_in_its_attribute(make_record, settings, today, parse):
    hostile = '"} </style><script>alert(1)</script>'
    record = make_record(action="x", exempt_paragraph=hostile)
    view = appendix_view(
        [record], Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )
    page = parse(render(view, FORMATS["html"]))
    assert page.all("body")[0]["data-marking"] == f"Not for publication ({hostile})"
    assert len(page.all("script")) == 1
    assert "alert" not in page.all("style")[0]["text"]


def test_markdown_report_is_marked_too(progress_with_exempt):
    document = render(progress_with_exempt, FORMATS["markdown"]).decode()
    assert document.startswith(f"# {MARK} – Appendix 4: ")
    assert document.splitlines()[2].startswith("**Not for publication. 1 row is exempt under ")
    (row,) = [line for line in document.splitlines() if "CPC-2223-011" in line]
    assert "Item 12. Part 2<br>**Not for publication: paragraph 1**" in row


def test_report_of_nothing_says_so_once(settings, today, parse):
    view = progress_view([], Printing(settings, Calendar(today), "2023-07-19"), year="2023/24")
    page = parse(render(view, FORMATS["html"]))
    assert page.all("table") == page.all("form") == []
    assert view.parts == ()
    document = render(view, FORMATS["markdown"]).decode()
    assert "There is nothing to report." in document
    assert "|" not in document
