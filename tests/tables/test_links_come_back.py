"""What our documents print of records that go on as others is read back as what the store holds."""

from datetime import date

import pytest

from cpctrack.records import links
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, create
from cpctrack.records.model import Draft, Link, Meeting, MeetingType, Settings, Status
from cpctrack.render.documents import FORMATS
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.plan import plan
from cpctrack.tasks.read_documents import read_log

MARCH = Meeting(date="2024-03-13", type=MeetingType.FORMAL, year="2023/24")
AUTHOR = Author("clerk", "2024-04-01T00:00:00Z", "add")
PRINTING = Printing(
    Settings("Corporate Parenting Committee", "CPC", "05-15"),
    Calendar(date(2024, 6, 12), ("2024-03-13",)),
    "2024-06-26",
)


@pytest.fixture
def records():
    """Give one superseded, one split in two, and one transferred, with those that go on."""
    one, two, three, four, five = (
        create(
            Draft(MARCH, {"action": f"Do {number}.", "item": "4. Fostering"}),
            record_id=str(number), ref=f"CPC-2324-00{number}", author=AUTHOR,
        )
        for number in range(1, 6)
    )  # fmt: skip
    later = Author("clerk", "2024-05-01T00:00:00Z", "split")
    into = [Link(links.SPLIT_INTO, each.ref) for each in (four, five)]
    to = Link(links.TRANSFERRED_TO, "LIC-2324-003", "Licensing, Planning and Taxi Committee")
    return [
        links.close(one, [Link(links.SUPERSEDED_BY, four.ref)], later),
        links.close(two, into, later),
        links.close(three, [to], later),
        four,
        five,
    ]


def read(view, ending, folder, meeting):
    path = folder / f"appendix.{ending}"
    path.write_bytes(FORMATS[ending].render(view))
    return make_drafts(read_log(path), meeting, Told())


@pytest.fixture(params=["csv", "xlsx", "docx"])
def ending(request):
    return request.param


@pytest.mark.parametrize(
    ("view", "ending"),
    [(appendix_view, "csv"), (appendix_view, "xlsx"), (appendix_view, "docx"),
     (progress_view, "csv"), (progress_view, "xlsx")],
)  # fmt: skip
def test_nothing_has_changed(tmp_path, meeting, records, view, ending):
    laid = view(records, PRINTING, year="2023/24")
    planned = plan(read(laid, ending, tmp_path, meeting), records)
    assert (planned.new, planned.changed, planned.conflicts) == ((), (), ())
    assert len(planned.unchanged) == len(records)


def test_a_sheet_from_before_changes_nothing(tmp_path, meeting, records, ending):
    before = [
        record._replace(status=Status.OPEN, links=(), history=record.history[:1])
        for record in records
    ]
    view = appendix_view(before, PRINTING, year="2023/24")
    planned = plan(read(view, ending, tmp_path, meeting), records)
    assert (planned.new, planned.changed) == ((), ())


def test_an_empty_store_reads_them_as_superseded(tmp_path, meeting, records, ending):
    drafts = read(appendix_view(records, PRINTING, year="2023/24"), ending, tmp_path, meeting)
    assert [each.fields["status"] for each in drafts[:3]] == [Status.SUPERSEDED] * 3
    assert [each.doubts for each in drafts[:3]] == [()] * 3
