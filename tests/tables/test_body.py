import pytest

from cpctrack.reading.document import Cell, Document, Place, Row, Table
from cpctrack.tables.log import log_of

EIGHT = (
    "Meeting Type\tMeeting Date\tItem\tRecommendation\tActions\tReferred to\tResponse/ Outcome\t"
    "Needs Follow Up\n"
)
FIRST = (
    "Formal\t15/03/23\t5. Homes\t\tSend a note on homes.\tAnn Bell\tNote sent in May\tCompleted\n"
)
SECOND = "Formal\t15/03/23\t6. Schools\t\tVisit a school.\tBen Carr\t\t\n"


def actions(log):
    return [entry.cells["action"] for entry in log.entries]


@pytest.fixture
def whole(read):
    return read(EIGHT + FIRST + SECOND).entries


def same(entries, whole):
    return [(e.cells, e.others) for e in entries] == [(e.cells, e.others) for e in whole]


@pytest.mark.parametrize(
    "between",
    [
        "\n\n",
        "\t\t\t\t\t\t\t\n",
        "Page 3 of 7\n",
        "Page 3\n12\n- 4 -\n3/7\n",
        "Appendix 4\n",
        "____________\n",
        "\n" + EIGHT,
        "Page 2 of 3\n\n" + EIGHT,
        EIGHT.upper(),
        "OFFICIAL-SENSITIVE\n",
        "Meeting Type\tMeeting Date\tItem\tActions\n",
    ],
)
def test_furniture_between_rows_goes_silently(read, whole, between):
    log = read(EIGHT + FIRST + between + SECOND)
    assert same(log.entries, whole)
    assert log.left_out == ()


def test_titles_printed_again_go_silently(read, whole):
    title = "Progress on what Marlowe agreed\t\t\t\t\t\t\t\n"
    log = read(title + EIGHT + FIRST + title + EIGHT + SECOND + title)
    assert same(log.entries, whole)
    assert log.left_out == ()
    log = read(EIGHT + FIRST + title + EIGHT + SECOND + title)
    assert same(log.entries, whole)
    assert log.left_out == ()


@pytest.mark.parametrize(
    "line",
    ["Corporate Parenting Committee, 19 July 2023\n", "Marlowe Borough Council\t\t\t\t\t\t\t\n"],
)
def test_a_title_printed_once_is_left_out_and_told(read, whole, line):
    log = read(EIGHT + FIRST + line + SECOND)
    assert same(log.entries, whole)
    assert log.left_out == ((3, line.strip()),)


def test_a_lone_line_after_a_blank_cell_is_left_out_and_told(read, whole):
    log = read(EIGHT + FIRST + SECOND + "Prepared by democratic services\n")
    assert same(log.entries, whole)
    assert log.left_out == ((4, "Prepared by democratic services"),)


@pytest.mark.parametrize(
    ("cut", "of"),
    [
        (" note on", "a note on"),
        (" May", "in May"),
        (" Bell", "Ann Bell"),
        (" homes.", "on homes."),
    ],
)
def test_a_cell_broken_over_lines_is_joined(read, whole, cut, of):
    broken = FIRST.replace(of, of.replace(cut, "\n" + cut.strip()), 1)
    assert broken.count("\n") == 2
    assert same(read(EIGHT + broken + SECOND).entries, whole)


def test_a_row_broken_at_every_space_is_joined(read, whole):
    broken = FIRST.replace("note on homes", "note\non\n\nhomes").replace("sent in", "sent\nin")
    assert same(read(EIGHT + broken + SECOND).entries, whole)


def test_a_row_cut_by_a_page_is_joined(read, whole):
    broken = FIRST.replace("note on", "note\nPage 1 of 2\n" + EIGHT + "on")
    assert same(read(EIGHT + broken + SECOND).entries, whole)


def test_a_line_goes_on_in_the_last_cell_that_has_something(read):
    log = read(
        EIGHT + FIRST.replace("Completed\n", "Completed, see the\nminutes of May\n") + SECOND
    )
    assert [entry.cells["follow_up"] for entry in log.entries] == [
        "Completed, see the minutes of May", "",
    ]  # fmt: skip


def test_the_rest_of_a_row_on_a_line_of_its_own_columns_is_joined(read):
    log = read(EIGHT + FIRST + "\t\t\t\t\tand Ben Carr\tand again in June.\t\n" + SECOND)
    assert len(log.entries) == 2
    assert log.entries[0].cells["owner"] == "Ann Bell and Ben Carr"
    assert log.entries[0].cells["response"] == "Note sent in May and again in June."


def test_short_rows_without_their_last_tabs_stay_rows(read):
    short = SECOND.rstrip()
    log = read(EIGHT + f"{short}\n{short}\n{short}\n")
    assert actions(log) == ["Visit a school."] * 3


def test_without_meeting_columns_only_a_fit_is_joined(read):
    head = "Actions\tOwner\tUpdate\tStatus\n"
    log = read(head + "Do one\tAnn\nDo two\tBen\nDo three\tCat\tsent\tOpen\nDo four\n")
    assert actions(log) == ["Do one", "Do two", "Do three", "Do four"]
    log = read(head + "Do\none\tAnn\tsent\tOpen\nDo two\tBen\tsent\tOpen\n")
    assert actions(log) == ["Do one", "Do two"]
    log = read(head + "Do one\tAnn\nand Ben\tsent\tOpen\n")
    assert log.entries[0].cells["owner"] == "Ann and Ben"


def test_an_action_that_reads_like_a_title_or_stands_twice_is_no_furniture(read):
    head = "Actions,Owner\n"
    log = read(head + "Appoint A New Board Member,\nAs above,\nAs above,\n", "log.csv")
    assert actions(log) == ["Appoint A New Board Member", "As above", "As above"]


def test_a_header_of_two_lines_printed_again_goes(read, whole):
    head = EIGHT.replace("Referred to", "Referred").replace("Meeting Date", "Meeting")
    head += "\tDate\t\t\t\tto\t\t\n"
    assert same(read(head + FIRST + head + SECOND).entries, whole)


def test_rows_of_a_web_page_are_not_joined(read):
    row = "<tr><td>Formal<td>15/03/23<td>Do one<td>Ann</tr>"
    odd = "<tr><td colspan=4>Meeting of 15 March</tr>"
    page = (
        "<table><tr><th>Meeting type<th>Meeting date<th>Action<th>Owner</tr>"
        f"{odd}{row}{odd}{row.replace('one', 'two')}<tr><td>and more</td></tr></table>"
    )
    log = read(page, "log.html")
    assert actions(log) == ["Do one", "Do two"]
    assert log.left_out == ((1, "and more"),)


def test_a_page_that_cannot_be_read_is_told_among_what_is_left_out():
    rows = (("Item", "Action"), ("Homes", "Write to all"))
    table = Table(tuple(Row(tuple(map(Cell, row)), Place(n, 1)) for n, row in enumerate(rows, 1)))
    unread = ((2, "page 2 holds no text that can be read (a picture?)"),)
    assert log_of(Document("log.pdf", "pdf", (table,), unread=unread)).left_out == unread


def test_a_row_wider_than_its_header_is_refused(read):
    from cpctrack.tables.problems import ProblemsError

    with pytest.raises(ProblemsError) as error:
        read(EIGHT + FIRST.replace("\n", "\tmore\tand more\n") + SECOND)
    assert str(error.value) == (
        "log.tsv, line 2: the row has 10 cells under 8 headings.\nNothing was imported."
    )
    assert len(read(EIGHT + FIRST.replace("\n", "\t\t \n") + SECOND).entries) == 2
