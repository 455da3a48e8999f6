"""A layout says the same when it is written and read again, and a wrong one says what is wrong."""

import pytest

from cpctrack.errors import LayoutError
from cpctrack.records.model import Status
from cpctrack.tables.layout import Layout, find_layout, nearly_found, read_layout, write_layout

SAID = """\
about = "The Audit Committee's matters arising"
dates = "month first"
carry-down = ["Title"]
group-rows = "status"

[columns]
"Status" = "status"
"Title" = "item"
"Date / Minute No." = ["meeting date", "reference"]
"Why?" = "kept"

[status]
"Black" = "in-progress"
"Green" = "completed"
"Grey" = "nothing"

[shading]
"d9d9d9" = "completed"
"amber" = "nothing"

[rag]
"Blue" = "completed"
"Green" = "otherwise"
"""


def test_a_layout_is_read_and_written_as_it_is():
    layout = read_layout("audit", SAID)
    assert layout == Layout(
        name="audit",
        columns={
            "Status": ("status",),
            "Title": ("item",),
            "Date / Minute No.": ("meeting_date", "ref"),
            "Why?": (),
        },
        about="The Audit Committee's matters arising",
        dates="month first",
        carried=("Title",),
        group="status",
        status={"Black": Status.IN_PROGRESS, "Green": Status.COMPLETED, "Grey": None},
        shading={"d9d9d9": Status.COMPLETED, "amber": None},
        rag={"Blue": "completed", "Green": "otherwise"},
    )
    assert write_layout(layout) == SAID


def test_quotes_and_line_breaks_in_a_heading_are_kept():
    layout = Layout("x", {'By "whom"\n& when \\ \x7f': ("owner", "due")})
    assert read_layout("x", write_layout(layout)) == layout


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("[columns", "Layout audit can't be read: "),
        ("", "Layout audit names no columns; list them under [columns]."),
        ("colums = 1", "Layout audit says “colums”, which no layout has. Did you mean columns?"),
        ("columns = 3", "what belongs to columns stands on lines below [columns]."),
        ('[columns]\nLead = "ownr"', "“Lead” is said to be “ownr”, which no column can be."),
        ("[columns]\nLead = 3", "what stands at “Lead” must be texts in quotes."),
        ('dates = "American"\n[columns]\nA = "action"', "dates run “day first” or “month first”."),
        ('group-rows = "due"\n[columns]\nA = "action"', "group-rows give one of meeting date"),
        ('carry-down = ["B"]\n[columns]\nA = "action"', "carries down “B”, which is none of"),
        ('[columns]\nA = "action"\n[status]\nX = "gone"', "“X” is said to be “gone”, which is no"),
        (
            '[columns]\nA = "action"\n[shading]\n"lght grey" = "open"',
            "Layout audit: “lght grey” is no colour; write “light grey” or the like",
        ),
        ('[columns]\nA = "action"\n[rag]\nRed = "late"', "Layout audit"),
        ("columns = " + "[" * 100_000, "Layout audit can't be read: it has far too many brackets."),
    ],
)
def test_what_is_wrong_is_said(said, message):
    with pytest.raises(LayoutError) as error:
        read_layout("audit", said)
    assert message in str(error.value)


def test_a_layout_is_known_by_its_headings():
    small = Layout("small", {"Lead": ("owner",), "Task": ("action",)})
    large = Layout("large", {"LEAD:": ("owner",), "Task": ("action",), "Why": ()})
    assert find_layout([small, large], ["Task", "Lead", "Why"]) is large
    assert find_layout([small, large], ["Task(s)", "lead", "When", "Note"]) is small
    assert find_layout([small, large], ["Task", "Lead", "When", "Note", "RAG"]) is None
    assert find_layout([small, large], ["Task", "Owner"]) is None


def test_a_status_is_written_as_people_write_it():
    said = '[status]\nX = "In progress"\n[shading]\n"Light Green" = "completed"'
    layout = read_layout("audit", f'[columns]\nA = "action"\n{said}')
    assert layout.status == {"X": Status.IN_PROGRESS}
    assert layout.shading == {"light green": Status.COMPLETED}


def test_a_second_column_of_the_same_heading_is_the_same_heading():
    twice = Layout("twice", {"Item": ("item",), "Date": ("meeting_date",), "Date (2)": ("due",)})
    assert find_layout([twice], ["Item", "Date", "Date"]) is twice


def test_a_heading_of_a_narrow_column_is_the_same_heading():
    narrow = Layout("narrow", {"Recommendation": ("action",), "Recommendation #": ("ref",)})
    assert find_layout([narrow], ["Recommen dation #", "Recommen dation"]) is narrow
    assert narrow.meanings("Recommen\ndation") == ("action",)
    assert narrow.meanings("RECOMMENDATION #") == ("ref",)
    assert narrow.meanings("Owner") is None


def test_a_heading_that_nobody_else_prints_is_enough():
    header = ["Ref", "Action", "Allotted unto", "Due", "Status"]
    assert find_layout([Layout("own", {"Allotted unto": ("owner",)})], header)
    assert not find_layout([Layout("any", {"Due": ("meeting_date",)})], header)


def test_a_layout_that_nearly_fits_is_named():
    layout = Layout("near", {"Ref": ("ref",), "Action": ("action",), "Due": ("due",), "Who": ()})
    assert nearly_found([layout], ["Ref", "Action", "Due", "Lead"]) == ("near", ["Who"])
    assert nearly_found([layout], ["Ref", "Action", "Date", "Lead"]) is None
    few = Layout("few", {"Due": ("meeting_date",)})
    assert nearly_found([few], ["Ref", "Action", "Due", "Lead"]) == ("few", [])


def test_a_meaning_may_be_said_as_a_heading_is():
    said = '[columns]\nA = "Due date"\nB = ["minute no", "Lead officer"]\nC = "meeting_date"'
    assert read_layout("audit", said).columns == {
        "A": ("due",), "B": ("ref", "owner"), "C": ("meeting_date",),
    }  # fmt: skip
    with pytest.raises(LayoutError):
        read_layout("audit", '[columns]\nA = "date"')


def test_slips_of_the_pen_do_not_matter():
    said = 'dates = "Month-first"\ncarry_down = "A"\ngroup-rows = "meeting_date"\n[columns]\n'
    layout = read_layout("audit", said + 'A = "Meeting Date, reference"')
    assert layout == Layout(
        "audit",
        {"A": ("meeting_date", "ref")},
        dates="month first",
        carried=("A",),
        group="meeting date",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[columns]\n"Job" = "action"\n"job " = "owner"\n',
            "“Job” and “job ” below [columns] count",
        ),
        (
            '[columns]\n"Job" = "action"\n[status]\n"Grey" = "completed"\n"grey " = "open"\n',
            "“Grey” and “grey ” below [status] count",
        ),
    ],
)
def test_what_is_said_twice_is_refused(text, message):
    with pytest.raises(LayoutError) as error:
        read_layout("x", text)
    assert str(error.value) == (f"Layout x: {message} as one and the same; leave one of them out.")
