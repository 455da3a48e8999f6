"""A small invented committee, and documents kept beside the tests to compare with.

``CPCTRACK_REGENERATE=1 pytest tests/render`` writes the documents anew; read the difference before
keeping it.
"""

import os
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.render.chase.message import Message, Question
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.view import AppendixView

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2023, 7, 1)
SETTINGS = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
PROGRESS = Printing(SETTINGS, Calendar(TODAY, ("2022-09-21", "2023-05-24")), "2023-07-19")
_INFORMAL = Meeting(date="2022-06-15", type=MeetingType.INFORMAL, year="2022/23")
_FORMAL = Meeting(date="2022-09-21", type=MeetingType.FORMAL, year="2022/23")
_NEXT_YEAR = Meeting(date="2023-05-24", type=MeetingType.FORMAL, year="2023/24")

MakeRecord = Callable[..., Record]
_VOID = {"meta", "col", "br", "link", "input"}


class Page(HTMLParser):
    """A page as a flat list of elements, each with its attributes, text and ancestors."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []
        self.feed(page.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "in": [e["tag"] for e in self._open], "text": "", **dict(attrs)}
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data

    def all(self, tag: str) -> list[dict]:
        return [element for element in self.elements if element["tag"] == tag]

    def cells(self) -> list[list[dict]]:
        """Give the rows of tables, without bands and bars."""
        rows: list[list[dict]] = []
        for element in self.elements:
            if element.get("class") == "bars":
                break
            if element["tag"] == "tr":
                rows.append([])
            elif element["tag"] in ("td", "th"):
                rows[-1].append(element)
        return [row for row in rows if row[0].get("colspan") != "8"]


@pytest.fixture(scope="session")
def today() -> date:
    """Give the day the documents are made on."""
    return TODAY


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Give the settings of the invented committee."""
    return SETTINGS


@pytest.fixture(scope="session")
def make_record() -> MakeRecord:
    """Make a record, by default an open action of the formal meeting without any text."""
    return _record


@pytest.fixture
def records() -> list[Record]:
    """Give the records of the invented committee: every status, and what makes cells awkward."""
    return [*_informal_records(), *_formal_records(), *_other_records()]


@pytest.fixture
def view(records: list[Record]) -> AppendixView:
    """Give the view of 2022/23 for the meeting of 19 July 2023, whatever cpctrack's version."""
    made = appendix_view(
        records, Printing(SETTINGS, Calendar(TODAY), printed_for="2023-07-19"), year="2022/23"
    )
    return made._replace(generator="cpctrack 0.0.0")


@pytest.fixture
def progress_records(records: list[Record]) -> list[Record]:
    """Give more of the committee: one record at least for each part of the progress report."""
    return [*records, *_moved_records()]


@pytest.fixture
def progress(progress_records: list[Record]) -> AppendixView:
    """Give the progress report for the meeting of 19 July 2023, whatever cpctrack's version."""
    made = progress_view(progress_records, PROGRESS, year="2023/24")
    return made._replace(generator="cpctrack 0.0.0")


@pytest.fixture
def progress_with_exempt(progress_records: list[Record]) -> AppendixView:
    """Give the same report with its exempt records."""
    made = progress_view(progress_records, PROGRESS._replace(include_exempt=True), year="2023/24")
    return made._replace(generator="cpctrack 0.0.0")


@pytest.fixture
def chase(progress_records: list[Record]) -> Message:
    """Give a second message about three actions of two committees, awkward texts among them."""
    calendar = Calendar(TODAY, ("2022-09-21", "2023-05-24", "2023-07-19"))
    asked = ("2023-06-10", "2023-06-17")
    by_ref = {record.ref: record for record in progress_records}
    questions = [
        Question(by_ref["CPC-2223-004"], calendar, SETTINGS.committee, asked),
        Question(by_ref["CPC-2223-002"], calendar, SETTINGS.committee, asked),
        Question(by_ref["CPC-2223-013"], calendar, "Homes & Estates Panel"),
    ]
    return Message(
        "CPC-CHASE-7K4QD",
        "Head of Fostering",
        "fostering@example.org",
        2,
        questions,
        "2023-07-10",
        "2023-07-19",
        TODAY,
        "Ada Marlowe\nDemocratic Services Officer",
    )


@pytest.fixture
def parse() -> type[Page]:
    """Give what reads a page."""
    return Page


@pytest.fixture
def check_golden() -> Callable[[str, bytes], None]:
    """Compare a document with the one kept under a name, byte for byte."""

    def check(name: str, content: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("CPCTRACK_REGENERATE"):
            path.write_bytes(content)
        assert content.decode() == path.read_bytes().decode()

    return check


def _record(number: int = 1, **fields: object) -> Record:
    values: dict[str, object] = {
        "ref": f"CPC-2223-{number:03}",
        "meeting": _FORMAL,
        "item": "Item 1. Welcome",
        **fields,
    }
    return Record(id=f"{number:012x}", **values)  # type: ignore[arg-type]


def _informal_records() -> list[Record]:
    return [
        _record(
            1,
            meeting=_INFORMAL,
            item="Item 10. Case Study – Our Homes",
            action="The Head of Fostering would arrange a visit to the two new homes.",
            owners=("Head of Fostering", "Youth Participation Lead"),
            response="Visits were held in May and June.",
            status=Status.COMPLETED,
            completed_on="2022-08-19",
        ),
        _record(
            2,
            meeting=_INFORMAL,
            item="Item 3. Update from the Young People's Council",
            action="Members would be sent the <Promise> & the Pledge | in full:\n* one\n* two",
            owner_text="Democratic Services Officer / Clerk",
            owners=("Democratic Services Officer", "Clerk"),
            response="=1+1 is what the sheet said; see https://example.org/a_b_c.",
            follow_up="Completed 19/08/2022",
            status=Status.COMPLETED,
        ),
        _record(
            3,
            meeting=_INFORMAL,
            item="Item 3. Update from the Young People's Council",
            action="A standing *invitation* to be kept up.",
            owners=("Councillors",),
            status=Status.ONGOING,
            follow_up="Ongoing",
            due_text="end of March 2023",
        ),
    ]


def _formal_records() -> list[Record]:
    return [
        _record(
            4,
            item="Item 5. Health",
            recommendation="That the Cabinet Member writes to the Health Board.",
            kind=Kind.RECOMMENDATION,
            owners=("Cabinet Member",),
            due="2022-12-01",
            due_text="1 December 2022",
            status=Status.IN_PROGRESS,
        ),
        _record(
            5,
            item="Item 6. Appointments",
            action="The Vice-Chair was appointed champion for leisure.",
            kind=Kind.DECISION,
            owner_text="N/A",
            response="N/A",
            follow_up="N/A",
            status=Status.NO_FOLLOW_UP,
        ),
        _record(
            6,
            item="Item 7. Scorecard",
            action="The scorecard would show three years.",
            owners=("Performance Manager",),
            response="Shown since the July scorecard.",
            follow_up="Ongoing",
            status=Status.PROPOSED,
            history=(
                Change("2022-09-22T09:00:00Z", "clerk", "import", "imported", "", "pack.tsv"),
                Change("2023-06-01T09:00:00Z", "clerk", "update", "status", "open", "proposed"),
            ),
        ),
        _record(7, item="Item 8. Leaving Care", action="Due later.", due="2023-09-01"),
        *(
            _record(8 + place, item="Item 9. Other Business", action=f"Business {status}.",
                    status=status)
            for place, status in enumerate(
                (Status.DEFERRED, Status.NOT_PROCEEDING, Status.SUPERSEDED)
            )
        ),
    ]  # fmt: skip


def _other_records() -> list[Record]:
    return [
        _record(11, action="A child's own case.", exempt_paragraph="1", item="Item 12. Part 2"),
        _record(12, meeting=_NEXT_YEAR, action="Next year's action."),
    ]


def _moved_records() -> list[Record]:
    extended = (
        Change("2022-12-01T09:00:00Z", "clerk", "extend", "due", "2022-12-01", "2023-03-01",
               "The survey was late.", "2022-11-23"),
        Change("2023-06-20T09:00:00Z", "clerk", "extend", "due", "2023-03-01", "2023-09-01",
               "The *officer* left."),
    )  # fmt: skip
    reopened = Change(
        "2023-06-01T09:00:00Z", "clerk", "reopen", "status", "completed", "open", "It leaks | again"
    )
    return [
        _record(13, item="Item 10. Estate", action="The roof would be mended.", due="2023-09-01",
                owners=("Estates Manager",), history=extended),
        _record(14, item="Item 10. Estate", action="The window would be mended.",
                owners=("Estates Manager", "Clerk"), history=(reopened,)),
        _record(15, item="Item 11. Posts", action="A post would be filled.",
                owners=("Head of Fostering",), status=Status.COMPLETED,
                completed_on="2023-05-02", agreed_on="2023-05-24"),
    ]  # fmt: skip
