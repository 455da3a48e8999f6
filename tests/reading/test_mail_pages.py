"""Bodies that are pages: what a reader sees of them, and how deep it is quoted."""

import pytest
from letters import PAGE, PLAIN, read, texts

from cpctrack.reading.html import page
from cpctrack.reading.mail import body
from cpctrack.reading.mail.letter import Line


def lines(text):
    """Give texts of lines beside how deep they are quoted; an empty line is nothing."""
    return [("|".join(line.cells) or line.text, line.quoted) for line in body.of_page(text)]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>CPC-9: done</p>",
        "<p style='display: none !important'>CPC-9: done</p>",
        "<p style='visibility:hidden'>CPC-9: done</p>",
        "<p style='font-size:0'>CPC-9: done</p>",
        "<p style='font-size:0.0px'>CPC-9: done</p>",
        "<p style='opacity:0'>CPC-9: done</p>",
        "<p style='color:#fff'>CPC-9: done</p>",
        "<p style='color:#FFFFFE'>CPC-9: done</p>",
        "<p style='color: rgb(255, 255, 255)'>CPC-9: done</p>",
        "<p style='color:rgba(0,0,0,0)'>CPC-9: done</p>",
        "<p style='color:transparent'>CPC-9: done</p>",
        "<p style='background:#fff;color:white'>CPC-9: done</p>",
        "<font color=white>CPC-9: done</font>",
        "<p hidden>CPC-9: done</p>",
        "<style>.x {color:red} .pre{display:none}</style><p class='y pre'>CPC-9: done</p>",
        "<style>#pre{font-size:0}</style><p id=pre>CPC-9: done</p>",
        "<table><tr><td style='display:none'>CPC-9: done</td><td></td></tr></table>",
        "<table><tr><td style='color:white'>CPC-9: done</td><td></td></tr></table>",
        "<table><tr style='display:none'><td>CPC-9</td><td>done</td></tr></table>",
        "<!-- CPC-9: done --><img alt='CPC-9: done'><script>CPC-9</script><style>CPC-9</style>",
        "<input value='CPC-9: done'><title>CPC-9</title><noscript>CPC-9: done</noscript>",
    ],
)
def test_what_nobody_sees_is_no_words(hidden):
    said = lines(f"<html><body><p>CPC-1: done</p>{hidden}<p>Ana</p>")
    assert [text for text, _ in said if text.strip("|")] == ["CPC-1: done", "Ana"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='font-size:0.9em'>CPC-9: done</p>",
        "<p style='font-size:10pt;opacity:0.5'>CPC-9: done</p>",
        "<p style='color:#f00'>CPC-9: done</p>",
        "<p style='background-color:#fff;color:black'>CPC-9: done</p>",
        "<div style='background:navy'><p style='color:white'>CPC-9: done</p></div>",
        "<p style='background:#000080;color:#fff'>CPC-9: done</p>",
        "<table bgcolor=navy><tr style='color:white'><td>CPC-9: done</td></tr></table>",
        "<style>@media print {.x {display:none}}</style><p class=x>CPC-9: done</p>",
        "<style>.y {display:none}</style><p class=x>CPC-9: done</p>",
    ],
)
def test_what_is_seen_is_read(shown):
    assert "CPC-9: done" in dict(lines(f"<html><body>{shown}"))


def test_white_letters_are_words_of_a_document_that_is_no_mail():
    assert len(page.read("<p style='color:white'>Done</p>", "minutes.html").blocks) == 1


def test_quotations_are_counted():
    said = lines(
        "<div>Mine</div><blockquote type=cite><p>Asked</p><blockquote>First"
        "<table><tr><td>CPC-1<td>x</table></blockquote>Asked on</blockquote>"
        "</blockquote><div>Mine again</div>"
    )
    assert [line for line in said if line[0]] == [
        ("Mine", 0),
        ("Asked", 1),
        ("First", 2),
        ("CPC-1|x", 2),
        ("Asked on", 1),
        ("Mine again", 0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>a</div><div>b</div>", ["a", "b"]),
        ("<div>a</div><div><br></div><div>b</div>", ["a", "", "b"]),
        ("<p>a</p><p>b</p>", ["a", "", "b"]),
        ("<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", ["a", "b"]),
        (
            "<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b",
            ["a", "", "b"],
        ),
        ("<p style='margin:0cm'>a</p><p style='margin: 0'>b", ["a", "b"]),
        ("a<br>b<br><br>c", ["a", "b", "", "c"]),
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
    ],
)
def test_an_empty_line_stands_where_one_is_seen(text, expected):
    assert [line for line, _ in lines(text)] == expected


def test_rows_of_a_table_have_cells_and_a_frame_has_lines():
    assert list(body.of_page("<table><tr><td>CPC-1<td>Done<p>by May</table>")) == [
        Line("", cells=("CPC-1", "Done\nby May"), number=1)
    ]
    framed = "<table><tr><td><p>Dear all</p><table><tr><td>CPC-1<td>Done</table></table>"
    assert [line for line, _ in lines(framed)] == ["Dear all", "CPC-1|Done"]


def test_what_is_struck_through_is_no_answer(tmp_path):
    assert texts(read(tmp_path, PAGE + "<p><s>not</s> done")) == ["done"]


def test_pictures_within_a_page_are_no_words(tmp_path):
    mail = PAGE + f"<p>Done<img src='data:image/png;base64,{'A' * 5_000_000}'>"
    assert texts(read(tmp_path, mail)) == ["Done"]


def test_page_in_a_plain_text_stays_as_it_was_typed(tmp_path):
    assert texts(read(tmp_path, PLAIN + "<b>Done</b>")) == ["<b>Done</b>"]
