"""Lines of git's own files come and go without a trace; a pattern means one file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.sharing.gitfiles import add_lines, attribute_line, pattern, remove_lines

OURS = ["/a b", "/c"]
CONTENT = st.lists(
    st.sampled_from([b"*.x y", b"# note", b"", b"/cc", b" /c", b"\xff"]), max_size=5
).flatmap(
    lambda lines: st.tuples(
        st.sampled_from([b"\n", b"\r\n"]).map(lambda end: end.join(lines)),
        st.sampled_from([b"", b"\n", b"\r\n"]),
    ).map(b"".join)
)


@given(CONTENT)
def test_adding_and_taking_away_leaves_no_trace(content):
    added = add_lines(content, OURS)
    assert added.startswith(content)
    assert [line.rstrip(b"\r") for line in added.split(b"\n")].count(b"/a b") == 1
    assert add_lines(added, OURS) == added
    assert remove_lines(added, OURS) == content


@given(CONTENT, CONTENT)
def test_what_others_put_below_stays(above, below):
    held = add_lines(above + b"\n", OURS) + below
    left = remove_lines(held, OURS)
    assert left == above + b"\n" + below


def test_only_missing_lines_are_added():
    assert add_lines(b"/c\r\n", OURS) == b"/c\r\n/a b\r\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("actions.json", "/actions.json"),
        ("Tŷ/a.json", "/Tŷ/a.json"),
        ("[x] *?\\.json", "/\\[x] \\*\\?\\\\.json"),
        ("two\nlines", "/two?lines"),
    ],
)
def test_pattern_of_one_file(name, expected):
    assert pattern(name) == expected


def test_names_with_blanks_are_quoted():
    assert attribute_line("a.json", "x=y") == "/a.json x=y"
    assert attribute_line('a "b" [1].json', "x=y") == r'"/a \"b\" \\[1].json" x=y'
