"""Web pages are read as they are shown."""

import pytest

from cpctrack.reading.lines import Line
from cpctrack.tasks.read_documents import read_minutes


def test_paragraphs_and_headings(html):
    path = html("<h2>Homes</h2><p>One\n two<br>three<p><b>All</b> <strong>bold</strong></p>")
    assert read_minutes(path) == [
        Line(1, "Homes", heading=2),
        Line(1, ""),
        Line(2, "One two"),
        Line(3, "three"),
        Line(3, ""),
        Line(4, "All bold", bold=True),
        Line(4, ""),
    ]


def test_two_line_breaks_end_a_paragraph(html):
    assert [line.text for line in read_minutes(html("One<br> <br>two"))] == ["One", "", "two", ""]


@pytest.mark.parametrize(
    ("list_", "printed"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ('<ol start="3"><li>a</li><li value="9">b</li><li>c</li></ol>', ["3. a", "9. b", "10. c"]),
        ('<ol type="a"><li>a</ol><ol type=I><li>a</ol>', ["a. a", "I. a"]),
        ('<ol type="x" start="y"><li>a</ol>', ["1. a"]),
        ("<ul><li><p>a</p><p>b</p></li><li></li></ul><p>c", ["- a", "b", "- c"]),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", ["1. a", "- b", "2. c"]),
        ("<li>a</li></ul>", ["- a"]),
    ],
)
def test_lists_are_numbered_as_printed(html, texts, list_, printed):
    assert texts(html(list_)) == printed


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x = '<p>y</p>'</script>",
        "<style>p { }</style>",
        "<template><p>x</p></template>",
        "<div hidden><div>x</div>y</div>",
        '<p style="DISPLAY: none">x</p>',
        "<p hidden>x",
        '<span style="mso-hide:all">x</span>',
        "<del>x</del>",
        "<!-- x -->",
        "<![if !supportLists]><![endif]>",
        '<img alt="" hidden>',
    ],
)
def test_what_is_not_shown_is_left_out(html, texts, unseen):
    assert texts(html(f"<p>One</p>{unseen}<p>two</p>")) == ["One", "two"]


def test_the_head_ends_where_the_body_begins(write, texts):
    assert texts(write("m.html", "<html><head><title>x</title><body>Noted")) == ["Noted"]


def test_preformatted_text_keeps_its_lines(html):
    lines = read_minutes(html("<pre>One\ntwo\n\n  three</pre><p>a\nb</p></pre>"))
    assert [line.text for line in lines] == ["One", "two", "", "three", "", "a b", ""]


def test_a_paragraph_is_bold_where_all_of_it_is(html, printed):
    page = "<p><b>Homes</b> and schools</p><p><b>Homes<b></b></p><p></strong>x</b></p><p>x</p>"
    assert [line.bold for line in printed(html(page))] == [False, True, True, False]


def test_rows_of_tables_have_cells(html, printed):
    page = (
        "<table><caption>Actions</caption><thead><tr><th>Item<th>Action<th>Who</thead>"
        "<tr><td rowspan=2>Homes</td><td><p>Write.</p><p>Report.</p></td><td rowspan=3>JS</td></tr>"
        "<tr><td>Meet</td></tr><tr><td colspan=2>Both</td></tr>"
        "<tr><td colspan=3>Over all</td></tr><tr></tr></table>After"
    )
    assert [(line.text, line.cells) for line in printed(html(page))] == [
        ("Actions", ()),
        ("Item | Action | Who", ("Item", "Action", "Who")),
        ("Homes | Write. Report. | JS", ("Homes", "Write.\nReport.", "JS")),
        ("Meet", ("", "Meet", "")),
        ("Both", ("Both", "", "")),
        ("Over all", ()),
        ("After", ()),
    ]


def test_a_page_laid_out_with_a_table_is_read_as_what_is_in_it(html, texts):
    inner = "<table><tr><td>JS<td>May</table>"
    page = f"<table><tr><td>Menu</td><td><h1>Minutes</h1>{inner}<p>End</p>"
    assert texts(html(page)) == ["Menu", "Minutes", "JS | May", "End"]


def test_tables_in_tables_by_the_thousand_are_read(html, texts):
    assert texts(html("<table><tr><td>" * 3000 + "Noted")) == ["Noted"]


def test_a_page_that_breaks_off_is_read(write, texts):
    assert texts(write("m.html", "<p>One</p><p>two <a href='")) == ["One", "two"]


@pytest.mark.parametrize("page", ["<p>Noted</p>", " \n<div>Noted", "\ufeff<!DOCTYPE HTML>Noted"])
def test_fragments_are_pages(write, texts, page):
    assert texts(write("minutes", page)) == ["Noted"]


def test_a_page_the_library_gives_up_on_is_refused(html, refusal, monkeypatch):
    from html.parser import HTMLParser

    def give_up(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(HTMLParser, "feed", give_up)
    assert "is not a web page that can be read" in refusal(html("x"))


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>Keep <s>drop</s>this.", ["Keep this."]),
        ("<p>Keep <strike>a</strike><del>b</del> this.", ["Keep this."]),
        ("<ol><li><s>Drop</s><li>Keep</ol><p>All", ["2. Keep", "All"]),
        ("<ol><li>Keep<li><s>Drop</s></ol><p>All", ["1. Keep", "All"]),
        (
            '<p><span style="color:red; TEXT-DECORATION:underline line-through">a <i>b</i></span>c',
            ["c"],
        ),
        (
            "<style>.c1{color:red}.c5 {text-decoration:line-through}</style><p class='c1 c5'>a<p>b",
            ["b"],
        ),
        (
            "<table><tr style='text-decoration:line-through'><td>a<td>b<tr><td>c<td>d</table>",
            ["c | d"],
        ),
        ("<p><s>a<p>b</s><p>c", ["c"]),
    ],
)
def test_what_is_struck_through_is_not_read(html, texts, body, left):
    assert texts(html(body)) == left
