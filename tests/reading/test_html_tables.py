import contextlib
import html as escaping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.html import page
from cpctrack.tables.grid import grids_of


def grids(text):
    return grids_of(page.read(text, "log.html"))


def rows_of(text):
    return [[row.cells for row in grid.rows] for grid in grids(text)]


def one(body):
    (table,) = rows_of(f"<table>{body}</table>")
    return table


def test_spaces_lines_and_references_are_read_as_a_browser_does():
    cell = (
        "<td> a\n  <b>bold</b>  word<br>next <p>Para &amp; &#8211;</p><ul><li>x</li></ul> y </td>"
    )
    assert one(f"<tr>{cell}<td>a&nbsp;b</td></tr>") == [
        ("a bold word\nnext\nPara & –\nx\ny", "a\u00a0b")
    ]


def test_what_is_never_seen_is_not_read():
    cell = "<td>a<script>x = '<td>'</script><style>b {}</style><template>c</template>d</td>"
    assert one(f"<tr>{cell}</tr>") == [("ad",)]


def test_tags_left_open_are_closed_by_what_follows():
    assert one("<tr><th>A<th>B<tr><td>1<td>2") == [("A", "B"), ("1", "2")]
    assert one("<td>1<td>2</tr><td>3") == [("1", "2"), ("3",)]
    assert rows_of("<table><tr><td>1") == [[("1",)]]
    assert rows_of("</table></td><tr><table></table><table><tr><td>1</table>") == [[("1",)]]


def test_comments_and_conditions_are_not_read():
    cell = "<td>a<!-- <td>\nb -->c<![if !mso]>d<![endif]>e<!--[if mso]><td>f<![endif]-->g</td>"
    text = f"<table><tr>{cell}</tr><tr><td>h<!-- never closed<td>i<"
    (table,) = grids(text)
    assert [row.cells for row in table.rows] == [("acdeg",), ("h never closed", "i")]
    assert [row.line for row in table.rows] == [1, 2]


def test_text_outside_cells_belongs_to_none():
    assert one("<caption>Log</caption>x<tr>y<td>1</td>z</tr>") == [("1",)]


def test_a_cell_that_spans_rows_stands_in_each():
    body = "<tr><td rowspan=2>A<td>1<td rowspan=3>Z<tr><td>2<tr><td>B<td>3<tr><td>C<td>4"
    assert one(body) == [("A", "1", "Z"), ("A", "2", "Z"), ("B", "3", "Z"), ("C", "4")]


def test_a_span_beyond_a_short_row_keeps_its_column():
    assert one("<tr><td>1<td>2<td rowspan=2>Z<tr><td>3") == [("1", "2", "Z"), ("3", "", "Z")]


def test_a_cell_that_spans_columns_stands_in_the_first():
    assert one("<tr><td colspan=3>A<td>B") == [("A", "", "", "B")]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999999"])
def test_a_span_that_is_none_is_one(span):
    assert one(f'<tr><td rowspan="{span}" colspan="{span}">A<td>B<tr><td>C') == [("A", "B"), ("C",)]


def test_hostile_spans_take_no_memory():
    (row, other) = one("<tr>" + '<td colspan="999999" rowspan="999999">A' * 50 + "<tr><td>B")
    assert (len(row), len(other), row[:2], other[:2]) == (200, 200, ("A", ""), ("A", ""))
    stairs = one('<tr><td rowspan="65534">A' * 1000)
    assert [len(row) for row in stairs[:3]] == [1, 2, 3]
    assert max(map(len, stairs)) == 200


def test_a_table_in_a_cell_is_a_table_of_its_own_and_of_the_cell():
    text = "<table><tr><td>out<table><tr><td>in</td></tr></table>side</td></tr></table>"
    assert rows_of(text) == [[("out\nin\nside",)], [("in",)]]


def test_our_own_page_keeps_its_lines_and_notes():
    cells = '<td>two\nlines</td><td>Open<strong class="note">Overdue: x</strong></td>'
    row = f"<table><tr>{cells}</tr></table>"
    meta = '<meta name="generator" content="cpctrack 1.0">'
    assert rows_of(meta + row) == [[("two\nlines", "Open\nOverdue: x")]]
    assert rows_of(row) == [[("two lines", "Open\nOverdue: x")]]


def test_a_cell_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(page, "LONGEST_LINE", 10)
    with pytest.raises(ImportRefusedError, match=r"^log\.html, line 2 is longer"):
        page.read("<table>\n<tr><td>" + "word " * 5, "log.html")


def test_a_page_that_breaks_the_parser_is_refused(monkeypatch):
    # Some versions of Python can't read <![x[ ]>, others can: here none can.
    def feed(_parser, _text):
        raise AssertionError("unknown status keyword")

    monkeypatch.setattr(page._Parser, "feed", feed)
    with pytest.raises(ImportRefusedError, match=r"^log\.html is not a web page that can be read"):
        page.read("<table>", "log.html")


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]))


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_what_is_written_as_html_is_read_back(rows):
    written = "".join(
        f"<tr><td>{escaping.escape(a)}</td><td>{escaping.escape(b)}</td></tr>" for a, b in rows
    )
    (table,) = page.read(f"<table>{written}</table>", "log.html").blocks
    read = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert read == [
        tuple(" ".join(filter(None, cell.split(" "))) if cell.strip() else "" for cell in row)
        for row in rows
    ]


@given(st.text(st.sampled_from(list("<>/!-[]&;\"'= tabledrcohspn3\n"))))
def test_no_page_breaks_the_reader(text):
    with contextlib.suppress(ImportRefusedError):
        page.read(text, "log.html")
