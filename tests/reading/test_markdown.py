import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.decode import LONGEST_LINE
from cpctrack.reading.document import Table
from cpctrack.reading.text.markdown import has_table, read
from cpctrack.render.templates.markdown import escape


def tables_of(text):
    return [block for block in read(text, "log.md").blocks if isinstance(block, Table)]


def tables(text):
    return [
        [tuple(cell.text for cell in row.cells) for row in table.rows] for table in tables_of(text)
    ]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("| Item | Actions |\n| --- | :-: |\n", True),
        ("Item | Actions\n--- | ---\n", True),
        ("# Heading\n\n- a list\n- of things\n", False),
        ("a\n---\nb\n", False),
        ("Item\tActions\n", False),
    ],
)
def test_a_table_is_told_by_the_rule_under_its_header(head, found):
    assert has_table(head) is found


def test_every_table_is_read_with_its_lines():
    text = "# Log\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\ntext\n\n| C | D |\n|---|---|\n| 3 |\n"
    assert tables(text) == [[("A", "B"), ("1", "2")], [("C", "D"), ("3", "")]]
    assert [row.place.line for table in tables_of(text) for row in table.rows] == [
        3,
        5,
        9,
        11,
    ]


def test_words_are_kept_and_marks_are_not():
    text = (
        "| A | B |\n|---|---|\n"
        "| a **bold** [link](http://x.example) `co|de` | one<br>two<BR/>three &amp; \\| \\* |\n"
    )
    assert tables(text.replace("co|de", "co\\|de"))[0][1] == (
        "a bold link co|de", "one\ntwo\nthree & | *",
    )  # fmt: skip


def test_tags_of_paragraphs_and_lists_are_not_shown():
    row = "| <p>Write.</p> <p>Report <b>all</b>:</p> <ul><li>May</ul> | a < b<br><br>c |"
    assert tables(f"| A | B |\n|---|---|\n{row}\n")[0][1] == (
        "Write.\nReport all:\nMay", "a < b\n\nc",
    )  # fmt: skip


def test_a_line_too_long_is_refused():
    with pytest.raises(ImportRefusedError, match=r"^log\.md, line 2 is longer"):
        read("a\n" + "|" * (LONGEST_LINE + 1), "log.md")


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]))] * 2),
        max_size=5,
    )
)
def test_what_is_written_as_markdown_is_read_back(rows):
    written = "".join(f"| {escape(a)} | {escape(b)} |\n" for a, b in rows)
    (read,) = tables(f"| A | B |\n| --- | --- |\n{written}")
    assert read[1:] == rows


def test_lines_are_counted_over_many_blank_ones():
    text = "\n" * 50 + "| A | B |\n|---|---|\n| 1 | 2 |\n" + " \n" * 50 + "| C |\n|---|\n| 3 |\n"
    (first, second) = tables_of(text)
    assert [row.place.line for row in (*first.rows, *second.rows)] == [51, 53, 104, 106]


def test_a_rule_within_a_table_is_no_row():
    text = "| A | B |\n|---|---|\n| 1 | 2 |\n| C | D |\n| --- | :---: |\n| 3 | – |\n"
    assert tables(text) == [[("A", "B"), ("1", "2"), ("C", "D"), ("3", "–")]]
