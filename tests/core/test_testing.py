"""The kit for authors of plug-ins passes what is good, and fails what is not."""

import sys

import pytest

from cpctrack.check import Check, Tier
from cpctrack.errors import ImportRefusedError
from cpctrack.reading.document import Cell, Document, Paragraph, Row, Table
from cpctrack.reading.registry import FORMS, Form
from cpctrack.render.documents import FORMATS, TEXT_FORMATS, Format
from cpctrack.testing import NASTY, check_check, check_format, check_reader, make_record

ROWS = [["Meeting", "Action"], ["15 March 2023", "Report back."]]


def fails(words, function, *arguments):
    with pytest.raises(AssertionError) as caught:
        function(*arguments)
    assert words in str(caught.value)


def form(read):
    return Form("extra", "an extra", (), read, is_text=True)


def whole(view):
    return "\n".join(f"{row.owners} {row.exempt_note}" for row in view.rows)


def extra(render):
    return Format("extra", (), render)


def check(find, name="extra", rule="All is well."):
    return Check(name, Tier.ATTENTION, "due", rule, find)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("csv", "Meeting,Action\n15 March 2023,Report back.\n"),
        ("markdown", "| Meeting | Action |\n| --- | --- |\n| 15 March 2023 | Report back. |\n"),
        ("html", "<table><tr><td>Meeting<td>Action<tr><td>15 March 2023<td>Report back.</table>"),
    ],
)
def test_our_readers_pass(name, content):
    read = FORMS[name].read
    if name == "csv":
        own, read = read, lambda text, called: own(text, called, "csv", None)
    check_reader(FORMS[name]._replace(read=read), content.encode(), ROWS)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_our_formats_pass(name):
    check_format(FORMATS[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(FORMATS) - set(TEXT_FORMATS)))
def test_our_binary_formats_pass(name):
    check_format(FORMATS[name])


def test_a_reader_that_reads_otherwise_fails():
    read = form(lambda _, name: Document(name, "x", (Table((Row((Cell("a"),)),)),)))
    fails("It reads [[['a']]].", check_reader, read, b"a", [["b"]])


def test_a_reader_that_breaks_on_what_is_cut_short_fails():
    def read(text, name):
        return Document(name, "x", (Paragraph(text[5]),))

    with pytest.raises(IndexError):
        check_reader(form(read), b"a line")


def test_a_reader_that_refuses_what_it_can_not_read_passes():
    def read(text, name):
        if text != "good":
            raise ImportRefusedError("No.")
        return Document(name, "x", (Paragraph(text),))

    assert check_reader(form(read), b"good").blocks == (Paragraph("good"),)


def test_a_reader_that_gives_no_document_fails():
    with pytest.raises(TypeError, match="it is no Document"):
        check_reader(form(lambda text, _: text), b"a")


def test_a_format_may_lack_nothing():
    check_format(extra(lambda view: whole(view).encode()))
    fails("It lacks “Head of Homes” of a row.", check_format, extra(lambda _: b""))
    marks = extra(lambda view: whole(view).replace("publication", "").encode())
    fails("It lacks “Not for publication: paragraph 1” of a row.", check_format, marks)


def test_a_format_that_is_not_the_same_twice_fails():
    numbers = iter(range(9))
    made = extra(lambda _: str(next(numbers)).encode())
    fails("Printed twice, it is not the same.", check_format, made)


def test_a_format_with_letters_that_disturb_a_terminal_fails():
    made = extra(lambda view: f"{whole(view)}\r\n".encode())
    fails("It has letters that disturb a terminal.", check_format, made)


def test_a_format_that_prints_to_the_terminal_fails():
    fails("It prints “noise”.", check_format, extra(lambda _: sys.stdout.write("noise") and b""))


def test_a_binary_format_that_is_empty_fails():
    fails("It prints nothing.", check_format, extra(lambda _: b"")._replace(binary=True))


def test_a_format_that_gives_a_text_fails():
    with pytest.raises(TypeError, match="it has printed no document but a str"):
        check_format(extra(whole))


def test_a_check_gives_what_it_finds():
    late = make_record(1, due="2024-05-30")
    found = check(lambda subject: [(each.ref, "Late.") for each in subject.records if each.due])
    assert check_check(found, late, make_record(2)) == [("CPC-2425-001", "Late.")]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (check(lambda _: [], name="No Owner"), "“No Owner” is no name."),
        (check(lambda _: [], rule=""), "Its rule is no sentence."),
        (check(lambda _: [("a", "b")]), "It finds something where nothing is."),
        (
            check(lambda subject: [(each.ref, "a\nb") for each in subject.records]),
            "“a\nb” is more than a line.",
        ),
    ],
)
def test_a_check_that_is_not_right_fails(made, words):
    fails(words, check_check, made, make_record())


def test_a_check_that_breaks_on_some_text_fails():
    def find(subject):
        return [(each.ref, each.action) for each in subject.records if each.action[0] == NASTY[-1]]

    assert check_check(check(find), make_record()) == []
    with pytest.raises(IndexError):
        check_check(check(lambda subject: [each.response[0] for each in subject.records]))
