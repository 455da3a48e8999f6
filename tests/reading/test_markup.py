"""Cells with the markup of a web page in them say what the page would show."""

import pytest

from cpctrack.reading.document import Cell, Document, Row, Table
from cpctrack.reading.markup import without_markup


def shown(text, living=None, **more):
    table = Table((Row((Cell(text, living),)),), **more)
    (read,) = without_markup(Document("log.tsv", "tsv", (table,))).blocks
    return read.rows[0].cells[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Write to all.</p> <p>Then report.</p>", "Write to all.\nThen report."),
        ("To expand: <ul style='x'> <li>posts</li> <li>letters</ul>", "To expand:\nposts\nletters"),
        ('Dates: <ul style="list-style-type: none"> May and June ', "Dates:\nMay and June"),
        ("May<br>June<BR/>July", "May\nJune\nJuly"),
        ("<DIV class='x'><b>R&A</b> &amp; <i>FF</i></DIV>", "R&A & FF"),
        ("<p>Write to <name> at <5 days, a < b > c</p>", "Write to <name> at <5 days, a < b > c"),
        ("<p>a</p></td></tr></table><p>b</p>", "a\n</td></tr></table>\nb"),
        ("<p>a <!-- b", "<p>a <!-- b"),
        ("<p>a</p> <script>b</script>", "a\n<script>b</script>"),
        ("a < b > c", "a < b > c"),
        ("<name>", "<name>"),
        ("paragraph <p> of page 3", "paragraph <p> of page 3"),
        ("<b>Late</b>", "<b>Late</b>"),
        ("<person>x</person>", "<person>x</person>"),
        ("&amp; so on", "&amp; so on"),
    ],
)
def test_tags_of_paragraphs_and_lists_are_not_shown(text, words):
    assert shown(text).text == words


def test_what_is_left_of_a_struck_cell_and_what_cpctrack_wrote():
    assert shown("<p>a</p>", "<p></p>") == Cell("a", "")
    assert shown("<p>a</p>", ours=True).text == "<p>a</p>"
