"""Our actions in the columns of other bodies' tables."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest

from cpctrack.labels import GROUP
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import Draft, Meeting, MeetingType, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.freezing import freeze, thaw
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.layout import SHADES, layout_view
from cpctrack.tables.layout import read_layout

TODAY = date(2023, 7, 1)
JUNE = Meeting("2022-06-15", MeetingType.FORMAL, "2022/23")
SEPTEMBER = Meeting("2022-09-21", MeetingType.FORMAL, "2022/23")
IMPORTED = Author("clerk", "2022-09-22T09:00:00Z", "import")
TYPED = Author("clerk", "2023-06-01T09:00:00Z", "update")
MOVED = Author("clerk", "2023-06-02T09:00:00Z", "extend")

# Service plan: sections stand over rows, the objective goes on below, Leads may be the section's.
PLAN = """
carry-down = ["Objective"]
group-rows = "kept"
[columns]
"Objective" = "item"
"Action" = "action"
"Leads" = "owner"
"Outcome" = "kept"
"Performance Indicator" = "kept"
"Target date for delivery" = "due"
"""
PLAN_ROWS = [
    ["Objective", "Action", "Leads", "Outcome", "Performance Indicator",
     "Target date for delivery"],
    ["Recruitment (AB & CD)", "", "", "", "", ""],
    ["A settled team", "Fill the two posts", "", "Fewer agency days", "Days a month",
     "From April 2023"],
    ["", "Keep an exit interview", "EF", "", "", "Review Sept 2023"],
    ["Better training", "Plan a year of it", "", "Skills", "", "30/9/2023"],
    ["Homes (GH)", "", "", "", "", ""],
    ["Better training", "Show staff the new homes", "GH", "", "", ""],
]  # fmt: skip


def plan_records():
    def row(number, group, item, action, due, iso="", **fields):
        printed = {GROUP: group, "Target date for delivery": due, **fields.pop("printed", {})}
        fields |= {"item": item, "action": action, "due_text": due.lower(), "due": iso}
        return imported(number, printed={k: v for k, v in printed.items() if v},
                        **fields)  # fmt: skip

    first, second = "Recruitment (AB & CD)", "Homes (GH)"
    section = {"owners": ("AB", "CD")}
    return [
        row(1, first, "A settled team", "Fill the two posts", "From April 2023", **section,
            printed={"Outcome": "Fewer agency days",
                     "Performance Indicator": "Days a month"}),
        row(2, first, "A settled team", "Keep an exit interview", "Review Sept 2023",
            owner_text="EF", owners=("EF",)),
        row(3, first, "Better training", "Plan a year of it", "30/9/2023", "2023-09-30", **section,
            printed={"Outcome": "Skills"}),
        row(4, second, "Better training", "Show staff the new homes", "", owner_text="GH",
            owners=("GH",)),
    ]  # fmt: skip


# Several facts in one cell, which the import has kept whole.
STACKED = """
[columns]
"Ref, date and title" = ["reference", "meeting date", "item"]
"Outstanding Action" = "action"
"Person Responsible & to be completed by" = ["owner", "due"]
"Where we are" = ["status", "response"]
"""
STACKED_ROWS = [
    ["Ref, date and title", "Outstanding Action", "Person Responsible & to be completed by",
     "Where we are"],
    ["4/22\n21.09.22 Audits", "Check 12 cases", "A Other with B – July 2023",
     "Pending: not begun"],
    ["5/22\n21.09.22 Practice", "Write it down", "B – practice", "Complete: on the shelf"],
]  # fmt: skip


def stacked_records():
    head, person, state = (STACKED_ROWS[0][place] for place in (0, 2, 3))
    return [
        imported(
            number,
            source_ref=f"{number + 3}/22",
            item=item,
            action=row[1],
            owner_text=row[2].split(" – ")[0],
            due_text=due,
            response=row[3].split(": ")[1],
            follow_up=row[3].split(":")[0],
            status=status,
            printed={head: row[0], person: row[2], state: row[3]},
        )
        for number, row, item, due, status in (
            (1, STACKED_ROWS[1], "Audits", "July 2023", Status.OPEN),
            (2, STACKED_ROWS[2], "Practice", "", Status.COMPLETED),
        )
    ]


PLAIN = """
[columns]
"No." = "reference"
"Meeting" = "meeting date"
"Decision" = "action"
"Lead Director" = "owner"
"Directorate" = "kept"
"Target" = "due"
"Revised" = "revised due"
"Update" = "response"
"Comments" = "response"
"Status" = "status"
"Closed on" = "completed on"
[status]
"Black" = "in-progress"
"""
PLAIN_ROWS = [
    ["No.", "Meeting", "Decision", "Lead Director", "Directorate", "Target", "Revised", "Update",
     "Comments", "Status", "Closed on"],
    ["SR (25/26) 01", "21 September 2022", "Report back", "Director of Homes", "Place",
     "1 Dec 22", "1 March 2023", "Drafted.", "See minute 4", "On track", ""],
    ["SR (25/26) 02", "21 September 2022", "Tell members", "", "", "", "", "", "", "", ""],
    ["SR (25/26) 03", "21 September 2022", "Close it", "Clerk", "", "1/10/2022", "", "Done.", "",
     "Closed", "30.9.22"],
]  # fmt: skip


def plain_records():
    return [
        imported(1, source_ref="SR (25/26) 01", action="Report back", response="Drafted.",
                 owner_text="Director of Homes", due="2023-03-01", due_text="1 March 2023",
                 follow_up="On track", status=Status.IN_PROGRESS,
                 printed={"Directorate": "Place", "Target": "1 Dec 22",
                          "Comments": "See minute 4"}),
        imported(2, source_ref="SR (25/26) 02", action="Tell members"),
        imported(3, source_ref="SR (25/26) 03", action="Close it", owner_text="Clerk",
                 due="2022-10-01", due_text="1/10/2022", response="Done.", follow_up="Closed",
                 status=Status.COMPLETED, completed_on="2022-09-30",
                 printed={"Closed on": "30.9.22"}),
    ]  # fmt: skip


def imported(number, meeting=SEPTEMBER, **fields):
    draft = Draft(meeting, fields, source="theirs.docx, line 2")
    return create(draft, record_id=f"{number:012x}", ref=f"CPC-2223-{number:03}", author=IMPORTED)


@pytest.fixture
def laid(settings):
    """Lay records out in a layout, given as its file."""

    def call(layout, *records, **printing):
        read = read_layout("theirs", layout)
        return layout_view(
            records, Printing(settings, Calendar(TODAY), **printing), read, year="2022/23"
        )

    return call


def cells(view):
    """Give every row of the table, its header first, as a CSV file has them."""
    text = render(view, FORMATS["csv"]).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def texts(view):
    return [[cell.text for cell in row.cells] for row in view.rows]


@pytest.mark.parametrize(
    ("layout", "records", "rows"),
    [
        (PLAN, plan_records(), PLAN_ROWS),
        (STACKED, stacked_records(), STACKED_ROWS),
        (PLAIN.replace('"meeting date"', '"kept"'),
         [each._replace(printed={**each.printed, "Meeting": "21 September 2022"})
          for each in plain_records()], PLAIN_ROWS),
    ],
    ids=["plan", "stacked", "plain"],
)  # fmt: skip
def test_a_table_that_nothing_has_happened_to_says_what_it_said(laid, layout, records, rows):
    assert cells(laid(layout, *reversed(records))) == rows


def test_a_cell_says_what_has_changed_since_and_the_others_what_they_said(laid):
    first, second = stacked_records()
    first = amend(first, {"due": "2023-09-01", "due_text": "1 September 2023"}, MOVED, reason="x")
    second = amend(second, {"status": Status.IN_PROGRESS, "response": "It fell off."}, TYPED)
    assert texts(laid(STACKED, first, second)) == [
        ["4/22\n21.09.22 Audits", "Check 12 cases", "A Other with B\n1 September 2023",
         "Pending: not begun"],
        ["5/22\n21.09.22 Practice", "Write it down", "B – practice",
         "Under way\nIt fell off."],
    ]  # fmt: skip


def test_a_first_date_stays_and_the_last_one_stands_beside_it(laid, make_record):
    again = amend(plain_records()[0], {"due": "2023-09-01", "due_text": "1/9/2023"}, MOVED)
    once = amend(plain_records()[2], {"due": "2022-12-01", "due_text": "1/12/2022"}, MOVED)
    typed = make_record(4, meeting=SEPTEMBER, action="A", due="2023-10-01", due_text="2023-10-01")
    view = laid(PLAIN, again, once, typed)
    assert [row[5:7] for row in texts(view)] == [
        ["1 Dec 22", "1/9/2023"],
        ["1 October 2022", "1/12/2022"],
        ["1 October 2023", ""],
    ]


def test_an_action_of_our_own_is_printed_from_its_fields(laid, make_record):
    record = make_record(
        7,
        item="Item 3. Homes",
        recommendation="Write to the Board.",
        owners=("Clerk", "Chair"),
        status=Status.COMPLETED,
        completed_on="2022-10-03",
    )
    own = amend(make_record(8, action="A"), {"status": Status.IN_PROGRESS}, TYPED)
    closed = PLAIN.replace('"Closed on" = "completed on"', '"Done" = "done"\n"%" = "percent"')
    assert texts(laid(PLAIN, record, own)) == [
        ["CPC-2223-007", "21 September 2022", "Write to the Board.", "Clerk; Chair", "", "", "",
         "", "", "Completed", "3 October 2022"],
        ["CPC-2223-008", "21 September 2022", "A", "", "", "", "", "", "", "Black", ""],
    ]  # fmt: skip
    assert [row[9:] for row in texts(laid(closed, record, own))] == [
        ["Completed 3 October 2022", "Yes", "100%"],
        ["Black", "", ""],
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"follow_up": "Ongoing", "status": Status.ONGOING}, ["", "Ongoing", ""]),
        ({"follow_up": "Report in May", "status": Status.OPEN}, ["Report in May", "", ""]),
        ({"follow_up": "Yes", "status": Status.COMPLETED}, ["", "", "Yes"]),
        ({"follow_up": "Ongoing", "status": Status.ONGOING, "printed": {"Status": "Open"}},
         ["Ongoing", "Open", ""]),
        ({"follow_up": "Amber", "status": Status.IN_PROGRESS}, ["", "", ""]),
        ({"follow_up": "Black", "status": Status.OPEN}, ["", "Black", ""]),
        ({"status": Status.COMPLETED}, ["", "", ""]),
    ],
)  # fmt: skip
def test_a_printed_status_comes_back_in_its_own_column(laid, fields, said):
    layout = """[columns]
        "Action" = "action"
        "Needs follow up" = "follow-up"
        "Status" = "status"
        "Achieved" = "done"
        "RAG" = "rag"
        [status]
        "Black" = "open"
    """
    read = imported(1, action="A", **fields)
    assert texts(laid(layout, read))[0][1:4] == said
    closed = amend(read, {"status": Status.DEFERRED}, TYPED)
    assert texts(laid(layout, closed))[0][1:4] == ["", "Deferred", ""]


def test_rows_stand_below_their_heading_and_those_of_none_come_first(laid, make_record):
    layout = '{}carry-down = ["Item"]\n[columns]\n"Item" = "item"\n"Action" = "action"\n'
    records = [
        imported(1, item="B", action="1", status=Status.OPEN, printed={GROUP: "Live"}),
        imported(2, item="B", action="2", status=Status.COMPLETED, printed={GROUP: "Closed"}),
        amend(
            imported(3, item="B", action="3", printed={GROUP: "Live"}, status=Status.OPEN),
            {"status": Status.COMPLETED, "completed_on": "2023-06-01"}, TYPED),
        imported(4, item="B", action="4", printed={GROUP: "Live"}, meeting=JUNE),
    ]  # fmt: skip
    assert cells(laid(layout.format('group-rows = "status"\n'), *records))[1:] == [
        ["Live", ""], ["B", "4"], ["", "1"],
        ["Closed", ""], ["B", "2"],
        ["Completed", ""], ["B", "3"],
    ]  # fmt: skip
    assert cells(laid(layout.format('group-rows = "kept"\n'), *records, make_record(5)))[1:] == [
        ["Item 1. Welcome", ""], ["Live", ""], ["B", "4"], ["", "1"], ["", "3"],
        ["Closed", ""], ["B", "2"],
    ]  # fmt: skip
    typed = [
        make_record(n, meeting=m, item="A", action=f"{n}") for n, m in ((1, SEPTEMBER), (2, JUNE))
    ]
    assert cells(laid(layout.format('group-rows = "meeting date"\n'), *typed))[1:] == [
        ["15 June 2022", ""], ["A", "2"], ["21 September 2022", ""], ["A", "1"],
    ]  # fmt: skip


BRAG = """group-rows = "meeting date"
[columns]
"What\\\\" = "action"
"BRAG" = "rag"
"" = "owner"
[rag]
"R" = "overdue"
"Green" = "completed"
"On hold" = "otherwise"
"""


@pytest.fixture
def brag(laid, make_record):
    """Give a table with colours and a heading over its rows, of which one is exempt."""
    return laid(
        BRAG,
        make_record(1, item="", action="Late | now", due="2023-01-01", owners=("Clerk",)),
        make_record(2, action="Done", status=Status.COMPLETED),
        make_record(3, action="Kept", exempt_paragraph="3"),
        include_exempt=True,
    )


def test_a_colour_is_of_today_and_always_a_word(brag):
    assert [row.cells[1].text for row in brag.rows] == ["R", "Green", "On hold"]
    assert brag.shades == {"R": SHADES["red"], "Green": SHADES["green"]}
    assert [row.cells[0].note for row in brag.rows] == ["", "", "Not for publication: paragraph 3"]


@pytest.mark.parametrize("shade", SHADES.values(), ids=SHADES)
def test_letters_on_a_shade_have_contrast(shade):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    ink = re.search(r"\.shade \{ color: #(\w{6});", render_css())[1]
    assert (light(shade) + 0.05) / (light(ink) + 0.05) > 7


def render_css():
    from cpctrack.render.templates.environment import templates_folder

    return (templates_folder() / "layout.css").read_text(encoding="utf-8")


def test_page(brag, parse):
    page = render(brag, FORMATS["html"])
    table = parse(page)
    head, title, first, *_ = table.cells()
    assert [(cell["tag"], cell["text"]) for cell in head] == [
        ("th", "What\\"), ("th", "BRAG"), ("td", ""),
    ]  # fmt: skip
    assert [(cell["scope"], cell["colspan"], cell["text"]) for cell in title] == [
        ("rowgroup", "3", "21 September 2022")
    ]
    assert (first[0]["tag"], first[0]["text"]) == ("th", "Late | now")
    assert (first[1]["class"], first[1]["style"]) == ("shade", "background: #F6B8B1")
    # A heading can't end the text in the style that it is repeated in.
    assert b'content: "What\\00005c"; content: "What\\00005c" / "";' in page


def test_markdown(brag):
    lines = render(brag, FORMATS["markdown"]).decode().splitlines()[-6:]
    assert lines == [
        "| What\\\\ | BRAG |  |",
        "| --- | --- | --- |",
        "| **21 September 2022** |  |  |",
        "| Late \\| now | R | Clerk |",
        "| Done | Green |  |",
        "| Kept<br>**Not for publication: paragraph 3** | On hold |  |",
    ]


def test_workbook(brag):
    sheet = openpyxl.load_workbook(io.BytesIO(render(brag, FORMATS["xlsx"]))).active
    assert [cell.value for cell in sheet[5]] == ["21 September 2022", None, None]
    assert sheet["B6"].fill.start_color.rgb == f"00{SHADES['red']}"
    assert sheet["B8"].fill.fill_type is None
    assert sheet.auto_filter.ref == "A4:C8"


def test_word_document(brag):
    import docx

    table = docx.Document(io.BytesIO(render(brag, FORMATS["docx"]))).tables[0]
    title = table.rows[1]._tr.tc_lst
    assert [(cell.grid_span, "".join(cell.itertext("{*}t"))) for cell in title] == [
        (3, "21 September 2022")
    ]
    fills = [re.findall(r'w:fill="(\w+)"', row.cells[1]._tc.xml) for row in table.rows[2:]]
    assert fills == [[SHADES["red"]], [SHADES["green"]], ["F2F2F2"]]


def test_pdf(brag):
    import pypdf

    text = pypdf.PdfReader(io.BytesIO(render(brag, FORMATS["pdf"]))).pages[0].extract_text()
    assert re.search(r"21 September 2022\s+Late \| now\s*R\s*Clerk", text)


def test_a_year_without_actions_is_said_in_every_format(laid):
    view = laid(BRAG)
    assert view.summary == "No actions or recommendations were made in 2022/23."
    for made in FORMATS.values():
        assert render(view, made)
    assert cells(view) == [["What\\", "BRAG", ""]]


def test_a_view_in_a_layout_can_be_kept_and_read_back(brag):
    assert thaw(freeze(brag)) == brag
