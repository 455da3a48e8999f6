"""The work programme as a view: what stands where, once, and nothing exempt."""

import io
import json
import zipfile
from datetime import date

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.render import freezing
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.programme import divide, programme_view
from cpctrack.store.programme import Report

COMMITTEE = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
JUNE, JULY, SEPTEMBER = "2023-06-14", "2023-07-19", "2023-09-20"
MEETINGS = (
    Meeting("2023-03-15", MeetingType.FORMAL, "2022/23"),
    Meeting(JUNE, MeetingType.FORMAL, "2023/24"),
    Meeting(JULY, MeetingType.FORMAL, "2023/24"),
    Meeting("2023-08-02", MeetingType.INFORMAL, "2023/24"),
    Meeting(SEPTEMBER, MeetingType.FORMAL, "2023/24"),
    Meeting("2023-12-06", MeetingType.FORMAL, "2023/24", cancelled=True),
)
PRINTING = Printing(COMMITTEE, Calendar(date(2023, 7, 1), ("2023-03-15", JUNE, JULY, SEPTEMBER)))
REPORTS = (
    Report(JULY, "Fostering *annual* report", "", "Head of Fostering", "To see | how it goes."),
    Report(SEPTEMBER, "Homes", purpose="Line one.\nLine two."),
    Report(JUNE, "What came or did not"),
    Report("", "Health", "Autumn 2023", "Designated Nurse"),
)
DAYS = ("", JUNE, JULY, "2023-08-02", SEPTEMBER, "2023-11-01")


def record(number, **fields):
    values = {"action": f"Action {number}.", "owners": ("Head of Fostering",), **fields}
    return Record(f"{number:012x}", f"CPC-2223-{number:03}", MEETINGS[0], **values)


RECORDS = (
    record(1, goes_to=JULY),
    record(2, goes_to=JUNE),
    record(3, due="2023-07-10"),
    record(4, due="2023-05-01", status=Status.IN_PROGRESS),
    record(5, due_text="end of August 2023"),
    record(6, due="2024-01-31"),
    record(7, goes_to="2023-11-01", kind=Kind.RECOMMENDATION, action="", recommendation="That."),
    record(8, goes_to=JULY, status=Status.COMPLETED),
    record(9, goes_to=SEPTEMBER, due="2023-07-10"),
    record(10, status=Status.PROPOSED, due="2023-07-10"),
)


@pytest.fixture
def view():
    made = programme_view(RECORDS, REPORTS, MEETINGS, PRINTING, year="2023/24")
    return made._replace(generator="cpctrack 0.0.0")


def test_what_goes_to_a_cancelled_meeting_stands_under_that():
    gone = record(1, goes_to="2023-12-06")
    printing = PRINTING._replace(calendar=PRINTING.calendar._replace(cancelled=("2023-12-06",)))
    title = programme_view([gone], (), MEETINGS, printing, year="2023/24").parts[-1].title
    assert title == "6 December 2023, whose meeting is cancelled"


def test_what_comes_stands_at_its_meeting(view):
    assert [(part.title, part.count_words) for part in view.parts] == [
        ("Was due and did not come", "1 action"),
        ("Formal meeting of 19 July 2023", "3 actions and 1 report"),
        ("Informal meeting of 2 August 2023", ""),
        ("Formal meeting of 20 September 2023", "2 actions and 1 report"),
        ("1 November 2023, on which no meeting is known to be held", "1 recommendation"),
        ("No date yet", "1 report"),
    ]
    assert [[row.ref[-3:] for row in part.rows] for part in view.parts] == [
        ["002"], ["001", "ort", "003", "004"], [], ["009", "ort", "005"], ["007"], ["ort"],
    ]  # fmt: skip
    why = {row.ref: row.cells[2].text for row in view.rows}
    assert why["CPC-2223-001"] == "Goes to this meeting"
    assert why["CPC-2223-002"] == "Was to come to the meeting of 14 June 2023"
    assert why["CPC-2223-003"] == "Due by then: 10 July 2023"
    assert why["CPC-2223-005"] == "Due by then: end of August 2023"
    assert view.summary == (
        "4 meetings ahead, with 5 actions, 1 recommendation and 2 reports. Did not come when "
        "planned: 1 action. No date yet: 1 report."
    )


def test_no_cell_is_empty(view):
    assert all(cell.text for row in view.rows for cell in row.cells)


def test_nothing_known_is_said():
    view = programme_view(
        [], [], [], PRINTING._replace(calendar=Calendar(PRINTING.today)), year="2023/24"
    )
    assert view.summary == "0 meetings ahead, with nothing planned yet."
    assert view.parts == ()
    for made in FORMATS.values():
        assert render(view, made)


@pytest.mark.parametrize(
    ("format_name", "name"), [("markdown", "programme.md"), ("html", "programme.html")]
)
def test_it_is_the_one_that_was_kept(view, check_golden, format_name, name):
    check_golden(name, render(view, FORMATS[format_name]))


def test_it_comes_back_as_it_was(view):
    assert freezing.thaw(json.loads(json.dumps(freezing.freeze(view)))) == view


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(Status))),
    st.dates(date(2023, 1, 1), date(2024, 1, 1)),
)
def test_what_is_open_and_goes_to_a_meeting_stands_in_one_place(drawn, today):
    records = [
        record(number, goes_to=goes_to, due=due, status=status)
        for number, (goes_to, due, status) in enumerate(drawn)
    ]
    calendar = PRINTING.calendar._replace(today=today)
    programme = divide(records, [], [], calendar)
    places = [programme.missed]
    places += [[*coming.going, *coming.due] for coming in programme.ahead.values()]
    placed = [each.id for place in places for each in place]
    assert len(placed) == len(set(placed))
    must = {each.id for each in records if each.goes_to and each.status.is_open}
    assert must <= set(placed)
    assert all(each.status.is_open for place in places for each in place)
    assert all(day >= today.isoformat() for day in programme.ahead)


MARK = "qzx"
SECRET = st.text(min_size=1, max_size=30).map(lambda text: f"{MARK}{text}{MARK}")


@st.composite
def exempt(draw):
    """Draw an exempt action and an exempt report, a secret in each of their texts."""
    secret = draw(SECRET)
    flags = draw(st.sampled_from([{"exempt_paragraph": secret}, {"extra": {"exempt": secret}}]))
    hidden = record(99, action=secret, owners=(secret,), goes_to=draw(st.sampled_from(DAYS)),
                    due=draw(st.sampled_from(DAYS)), **flags)  # fmt: skip
    report = Report(draw(st.sampled_from(DAYS)), secret, secret, secret, secret, **flags)
    return hidden, report


def everything(content):
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(archive.read(name).decode() for name in archive.namelist())
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        return "".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    return content.decode()


@pytest.mark.parametrize("format_name", FORMATS)
@given(hidden=exempt(), first=st.booleans())
@settings(max_examples=times(30, 6))
def test_it_is_the_same_with_something_exempt_in_the_store_and_without(format_name, hidden, first):
    action, report = hidden
    records = (action, *RECORDS) if first else (*RECORDS, action)
    made = [
        render(programme_view(*held, MEETINGS, PRINTING, year="2023/24"), FORMATS[format_name])
        for held in ((RECORDS, REPORTS), (records, (report, *REPORTS)))
    ]
    assert made[0] == made[1]
    assert MARK not in everything(made[1])


def test_with_what_is_exempt_the_document_says_so():
    report = Report(JULY, "Sale of a home", exempt_paragraph="3")
    printing = PRINTING._replace(include_exempt=True)
    view = programme_view(RECORDS, [report], MEETINGS, printing, year="2023/24")
    assert view.page_marking == "Not for publication (paragraph 3)"
    assert view.exempt_shown == 1
    assert view.document_title.startswith("Not for publication – ")
