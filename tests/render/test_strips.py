"""The strip of an action's age: every mark stands where its day is on the report's one scale."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Meeting, MeetingType, Record, Status
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.strips import scale_of
from cpctrack.render.views.view import MarkView

FIRST = Meeting("2023-01-01", MeetingType.FORMAL, "2022/23")
LATER = Meeting("2023-07-20", MeetingType.INFORMAL, "2023/24")
TODAY = date(2023, 7, 20)  # 200 days on
CALENDAR = Calendar(TODAY, ("2023-01-01", "2023-04-11"))
ASKED = Author("Clerk", "2023-07-01T10:00:00Z", "extend")


@pytest.fixture
def strip(make_record, settings):
    """Give the strip of an action beside one that was agreed first."""

    def made(**fields):
        records = [make_record(1, meeting=FIRST, action="First."), make_record(2, **fields)]
        view = progress_view(records, Printing(settings, CALENDAR, "2023-09-20"), year="2023/24")
        return next(row.strip for row in view.rows if row.ref.endswith("2"))

    return made


MEETINGS = (MarkView("meeting", 0, 0), MarkView("meeting", 500, 500))


def test_what_was_agreed_first_goes_from_end_to_end(strip):
    assert strip(meeting=FIRST) == (MarkView("agreed", 0, 1000), *MEETINGS)
    assert strip(meeting=LATER) == (MarkView("agreed", 1000, 1000), *MEETINGS)


def test_the_bar_of_what_is_done_ends_on_that_day(strip):
    done = strip(meeting=FIRST, status=Status.COMPLETED, completed_on="2023-04-11")
    assert done[0] == MarkView("agreed", 0, 500)


def test_what_is_late_has_a_block_from_its_due_date_to_this_day(strip):
    assert strip(meeting=FIRST, due="2023-06-10") == (
        MarkView("agreed", 0, 1000),
        MarkView("overdue", 800, 1000),
        *MEETINGS,
        MarkView("due", 800, 800),
    )


def test_a_due_date_that_moved_has_both_days(make_record, settings):
    record = make_record(2, meeting=FIRST, action="Do it.", due="2023-06-10")
    moved = amend(record, {"due": "2023-09-08"}, ASKED, reason="No staff.")
    view = progress_view([moved], Printing(settings, CALENDAR, "2023-09-20"), year="2023/24")
    marks = {mark.kind: mark.start for mark in view.rows[0].strip}  # of 250 days
    assert marks == {"agreed": 0, "meeting": 400, "first-due": 640, "due": 1000}


def test_a_meeting_without_a_date_has_no_strip(strip):
    undated = Meeting("", MeetingType.FORMAL, "2022/23")
    assert strip(meeting=undated, due="2023-08-01") == ()


def test_a_far_due_date_does_not_squeeze_what_has_been(make_record):
    far = make_record(1, meeting=FIRST, due="9999-12-31")
    assert (scale_of([far], CALENDAR).last - TODAY).days == 30 + 50
    last_day = Calendar(date.max)
    assert scale_of([far], last_day).last == date.max


@given(
    st.lists(
        st.builds(
            lambda **fields: Record("1", "CPC-2223-001", **fields),
            meeting=st.sampled_from((FIRST, LATER)),
            due=st.sampled_from(("", "0001-01-01", "2023-05-01", "2099-01-01", "9999-12-31")),
            due_text=st.sampled_from(("", "in 6 weeks", "nonsense")),
            status=st.sampled_from(Status),
            completed_on=st.sampled_from(("", "2022-01-01", "2023-05-01")),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_mark_is_beyond_the_scale(records):
    scale = scale_of(records, CALENDAR)
    for record in records:
        for day in (scale.first, TODAY, CALENDAR.last_day(record) or TODAY):
            mark = scale.mark("due", day)
            assert 0 <= mark.start == mark.end <= 1000
