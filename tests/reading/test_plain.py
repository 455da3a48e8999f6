"""Plain text and Markdown keep their lines."""

import pytest

from cpctrack.reading import decode
from cpctrack.reading.lines import Line
from cpctrack.tasks.read_documents import read_minutes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_have_the_numbers_of_the_file(write, end):
    path = write("minutes.md", end.join(["# Minutes", "", "  1. Noted **all**.  ", "x"]))
    assert read_minutes(path) == [
        Line(1, "# Minutes"),
        Line(2, ""),
        Line(3, "  1. Noted **all**."),
        Line(4, "x"),
    ]


def test_form_feeds_end_pages(write):
    path = write("minutes.txt", "One\n\n\fTwo\nThree\n\fFour")
    assert [(line.number, line.text, line.page) for line in read_minutes(path)] == [
        (1, "One", 1),
        (2, "", 1),
        (3, "Two", 2),
        (4, "Three", 2),
        (5, "Four", 3),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(write, texts, encoding):
    text = "Café £5 – “noted”"
    assert texts(write("minutes.txt", text.encode(encoding))) == [text]


def test_an_unknown_encoding_is_refused(write, refusal):
    assert "line 1 has letters in none of the encodings" in refusal(
        write("minutes.txt", b"caf\x81\xe9 noted")
    )


def test_what_can_not_be_seen_goes(write, texts):
    path = write("minutes.txt", "no\u00a0break, soft\u00adhyphen, \x1b[31mred, a\u2028b")
    assert texts(path) == ["no break, softhyphen, [31mred, a b"]


def test_a_line_without_end_is_refused(write, refusal, monkeypatch):
    monkeypatch.setattr(decode, "LONGEST_LINE", 100)
    assert "line 2 is longer than 100 characters" in refusal(write("m.txt", f"x\n{'y' * 101}"))


def test_of_many_blank_lines_one_is_kept(write):
    path = write("minutes.txt", "One\n" + "\n \t\r\n\f" * 500 + "Two")
    assert read_minutes(path) == [
        Line(1, "One", page=1),
        Line(2, "", page=1),
        Line(1002, "Two", page=501),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Keep ~~drop~~ this.", ["Keep  this."]),
        ("1. ~~Drop this.~~\n2. Keep\n- ~~Drop~~.", ["2. Keep"]),
        ("Keep ~~drop\nthis~~ too", ["Keep", " too"]),
        ("About ~~5 and ~~6", ["About ~~5 and ~~6"]),
        ("~~~~\ncode\n~~~~", ["~~~~", "code", "~~~~"]),
        ("A ~~b\n\nc~~ d", ["A ~~b", "c~~ d"]),
    ],
)
def test_what_is_struck_through_is_not_read(write, texts, text, left):
    assert texts(write("minutes.md", text)) == left
