"""What the view decides, before any template sees it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import NotFoundError
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import SLIPPED
from cpctrack.records.model import (
    Acceptance,
    Change,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
)
from cpctrack.render.views.appendix import appendix_view, check_printed_for, year_to_print
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.view import AppendixView, RowView

JUNE = Meeting(date="2022-06-15", type=MeetingType.INFORMAL, year="2022/23")
SEPTEMBER = Meeting(date="2022-09-21", type=MeetingType.FORMAL, year="2022/23")
MAY = Meeting(date="2023-05-24", type=MeetingType.FORMAL, year="2023/24")


@pytest.fixture
def row(make_record, settings, today):
    def make(**fields) -> RowView:
        view = appendix_view(
            [make_record(**fields)], Printing(settings, Calendar(today)), year="2022/23"
        )
        return view.rows[0]

    return make


def test_rows_stand_by_meeting_item_and_reference(view: AppendixView):
    assert [row.ref[-3:] for row in view.rows] == [
        "002", "003", "001", "004", "005", "006", "007", "008", "009", "010",
    ]  # fmt: skip
    assert [(meeting.type, meeting.date, len(meeting.rows)) for meeting in view.meetings] == [
        ("Informal", "15 June 2022", 3),
        ("Formal", "21 September 2022", 7),
    ]
    assert [row for meeting in view.meetings for row in meeting.rows] == list(view.rows)


def test_head_of_the_document(view: AppendixView):
    assert view.heading == "Appendix 4"
    assert view.title == "Progress on actions and recommendations made in 2022/23"
    assert view.committee == "Corporate Parenting Committee"
    assert (view.made_on, view.made_on_iso) == ("1 July 2023", "2023-07-01")
    assert view.printed_for == "19 July 2023"
    assert view.summary == (
        "8 actions, 1 recommendation and 1 decision: 1 open, 1 in progress, 1 ongoing, "
        "1 proposed for closure, 2 completed, 1 deferred, 1 not proceeding, 1 superseded, "
        "1 no follow-up needed; 2 overdue."
    )
    assert view.columns == (
        "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
        "Response/ Outcome", "Needs Follow Up",
    )  # fmt: skip


def test_an_owner_in_other_capitals_is_one(make_record, settings, today):
    owners = [("Jane Doe", "Clerk"), ("JANE DOE",), ("Jane Doe",)]
    records = [
        make_record(ref=f"CPC-2223-{n:03}", owners=each, owner_text="; ".join(each))
        for n, each in enumerate(owners, 1)
    ]
    view = appendix_view(records, Printing(settings, Calendar(today)), year="2022/23")
    assert view.owners == ("Clerk", "Jane Doe")
    assert [(bar.label, bar.number) for bar in view.charts[1].bars] == [
        ("Jane Doe", 3),
        ("Clerk", 1),
    ]
    assert {row.referred_to for row in view.rows} == {"Jane Doe; Clerk", "JANE DOE", "Jane Doe"}


def test_version_is_named(records, settings, today):
    from cpctrack import __version__

    view = appendix_view(records, Printing(settings, Calendar(today)), year="2022/23")
    assert view.generator == f"cpctrack {__version__}"


def test_exempt_rows_are_left_out(view: AppendixView):
    assert view.exempt_shown == 0
    assert view.not_for_publication == ""
    assert not any("own case" in row.action for row in view.rows)


def test_exempt_rows_are_marked_where_they_are_wanted(records, settings, today, make_record):
    more = make_record(20, exempt_paragraph="Part 2, para 3", action="x")
    view = appendix_view(
        [*records, more], Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )
    assert view.exempt_shown == 2
    assert view.not_for_publication == (
        "Not for publication. 2 rows are exempt under Schedule 12A of the Local Government Act "
        "1972 (Part 2, para 3, paragraph 1)."
    )
    assert view.rows[-1].exempt_note == "Not for publication: paragraph 1"


def test_one_exempt_row_is_counted_in_the_singular(records, settings, today):
    view = appendix_view(
        records, Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )
    assert view.not_for_publication.startswith("Not for publication. 1 row is exempt")


def test_a_year_without_rows_says_so(records, settings, today):
    view = appendix_view(records, Printing(settings, Calendar(today)), year="2019/20")
    assert view.summary == "No actions or recommendations were made in 2019/20."
    assert view.rows == ()
    assert view.meetings == ()


@pytest.mark.parametrize(
    ("fields", "follow_up", "tone"),
    [
        ({}, "Open", "open"),
        ({"status": Status.NO_FOLLOW_UP}, "No follow-up needed", "no-follow-up"),
        ({"status": Status.COMPLETED}, "Completed", "completed"),
        (
            {"status": Status.COMPLETED, "completed_on": "2022-08-19"},
            "Completed 19 August 2022",
            "completed",
        ),
        (
            {"status": Status.COMPLETED, "follow_up": "Completed 19/08/2022"},
            "Completed 19/08/2022",
            "completed",
        ),
        ({"status": Status.COMPLETED, "follow_up": "13-Sep-22"}, "13-Sep-22", "as-printed"),
        ({"follow_up": "Ongoing"}, "Ongoing", "as-printed"),
        ({"follow_up": " \n"}, "Open", "open"),
        ({"due": "2023-06-30"}, "Open\nOverdue: due 30 June 2023", "open"),
        ({"due": "2023-07-01"}, "Open", "open"),
        (
            {"due_text": "in 6 weeks", "follow_up": "See minutes"},
            "See minutes\nOverdue: due by 2 November 2022",
            "as-printed",
        ),
        ({"due": "2023-06-30", "status": Status.COMPLETED}, "Completed", "completed"),
    ],
)
def test_follow_up_is_the_printed_cell_or_the_status_in_words(row, fields, follow_up, tone):
    made = row(**fields)
    assert made.follow_up == follow_up
    assert made.tone == tone
    assert made.overdue == ("Overdue" in follow_up)


def _change(what: str, via: str = "update") -> Change:
    return Change("2023-06-01T00:00:00Z", "clerk", via, what)


@pytest.mark.parametrize(
    ("history", "follow_up"),
    [
        ((), "Ongoing"),
        ((_change("imported", "import"),), "Ongoing"),
        ((_change("added"), _change("status")), "Completed"),
        ((_change("added"), _change("status"), _change("response")), "Completed"),
        ((_change("added"), _change("status"), _change("follow_up")), "Ongoing"),
        ((_change("imported", "import"), _change("status", "import")), "Ongoing"),
    ],
)
def test_a_printed_cell_older_than_the_status_gives_way(row, history, follow_up):
    made = row(follow_up="Ongoing", status=Status.COMPLETED, history=history)
    assert made.follow_up == follow_up


def test_texts_are_safe_to_show(row):
    made = row(action="a\x1b[31mb\u202ec\r\nd", response="\x00 \t", owners=("x\ny",))
    assert made.action == "a[31mbc\nd"
    assert made.response == ""
    assert made.owners == ("x y",)


def test_due_date_is_long_or_as_typed(row):
    assert row(due="2024-01-02", due_text="2/1/24").due == "2 January 2024"
    assert row(due_text="Spring term").due == "Spring term"
    assert row().due == ""


def test_a_move_that_a_table_told_of_was_asked_for_on_no_day(row):
    line = Change("2023-05-01T10:00:00Z", "Clerk", "import", "due", "2023-04-01", "2023-06-01",
                  SLIPPED)  # fmt: skip
    made = row(due="2023-06-01", history=(line,))
    assert (made.first_due, made.times_moved) == ("1 April 2023", 1)
    assert made.extensions == ("Moved: to 1 June 2023. The table gives both dates.",)


def test_a_damaged_date_is_shown_as_it_is(make_record, settings, today):
    damaged = Meeting(date="31/31/2022", type=MeetingType.FORMAL, year="2022/23")
    view = appendix_view(
        [make_record(meeting=damaged)], Printing(settings, Calendar(today)), year="2022/23"
    )
    assert view.rows[0].meeting_date == "31/31/2022"


def test_anchors_are_unique_and_fit_for_a_link(make_record, settings, today):
    refs = [
        "CPC-2223-001",
        "cpc 2223 001",
        "<script>",
        "table",
        "",
        "ü",
        "MEETING-2022-09-21-FORMAL",
    ]
    records = [make_record(number)._replace(ref=ref) for number, ref in enumerate(refs)]
    view = appendix_view(records, Printing(settings, Calendar(today)), year="2022/23")
    anchors = [view.meetings[0].anchor, *(row.anchor for row in view.rows)]
    assert len(set(anchors)) == len(anchors) == 8
    assert "table" not in anchors
    assert all(anchor.replace("-", "").isalnum() and anchor.isascii() for anchor in anchors)


def test_same_records_give_the_same_view_in_any_order(records, settings, today):
    def make(some: list[Record]) -> AppendixView:
        return appendix_view(some, Printing(settings, Calendar(today)), year="2022/23")

    assert make(records) == make(records[::-1])


@given(kinds=st.lists(st.sampled_from(Kind), min_size=1, max_size=9))
def test_counts_of_kinds_add_up(kinds):
    records = [
        Record(id=f"{place}", ref=f"CPC-2223-{place}", meeting=SEPTEMBER, kind=kind)
        for place, kind in enumerate(kinds)
    ]
    settings = Settings(committee="C", prefix="C", year_starts="05-15")
    view = appendix_view(records, Printing(settings, Calendar(date(2023, 1, 1))), year="2022/23")
    counted = view.summary.split(":")[0].replace(" and ", ", ").split(", ")
    assert sum(int(part.split()[0]) for part in counted) == len(kinds)
    assert view.summary.endswith(f": {len(kinds)} open.")


def test_year_is_that_of_the_latest_meeting(settings, today):
    assert year_to_print([MAY, JUNE, SEPTEMBER], settings, today=today) == "2023/24"


def test_year_for_a_pack_is_that_of_the_meeting_before_it(settings, today):
    def choose(day: str) -> str:
        return year_to_print([MAY, JUNE, SEPTEMBER], settings, printed_for=day, today=today)

    assert choose("2023-05-24") == "2022/23"
    assert choose("2023-07-19") == "2023/24"
    assert choose("2022-06-15") == "2023/24"  # nothing came before it


def test_year_that_is_wanted_goes_before_all(settings, today):
    chosen = year_to_print(
        [MAY, JUNE], settings, wanted="2022/23", printed_for="2023-07-19", today=today
    )
    assert chosen == "2022/23"


def test_year_of_an_empty_store_is_the_present_one(settings):
    assert year_to_print([], settings, today=date(2023, 5, 14)) == "2022/23"
    assert year_to_print([], settings, today=date(2023, 5, 15)) == "2023/24"


def test_unknown_year_names_the_years_there_are(settings, today):
    with pytest.raises(NotFoundError) as caught:
        year_to_print([MAY, JUNE], settings, wanted="2021/22", today=today)
    assert str(caught.value) == "The store has no meeting in 2021/22; it has 2023/24, 2022/23."
    with pytest.raises(
        NotFoundError, match=r"^The store holds no meetings yet, so none in 2021/22\.$"
    ):
        year_to_print([], settings, wanted="2021/22", today=today)


def test_pack_is_for_a_formal_meeting_or_one_to_come(today):
    meetings = [JUNE, SEPTEMBER]
    check_printed_for(meetings, "2022-09-21", today)
    check_printed_for(meetings, "2023-07-01", today)
    with pytest.raises(NotFoundError) as caught:
        check_printed_for(meetings, "2022-06-15", today)
    assert str(caught.value) == (
        "There was no formal meeting on 15 June 2022, so no pack was printed for it. "
        "The latest formal meetings: 21 September 2022."
    )
    with pytest.raises(NotFoundError, match=r"Name one that is to come\.$"):
        check_printed_for([], "2022-06-15", today)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"evidence": ("https://example.org/a", "b\n<i>.pdf")},
         "Evidence: https://example.org/a; b <i>.pdf"),
        ({"response": "Sent.", "evidence": ("a.pdf",)}, "Sent.\nEvidence: a.pdf"),
    ],
)  # fmt: skip
def test_the_report_prints_the_evidence_under_the_response(
    make_record, settings, today, fields, text
):
    printing = Printing(settings, Calendar(today, ("2022-07-20",)), "2023-07-19")
    (row,) = progress_view([make_record(**fields)], printing, year="2022/23").rows
    assert (row.cells[5].text, row.cells[5].blank) == (text, False)


def test_the_report_says_what_the_executive_answered(make_record, settings, today):
    printing = Printing(settings, Calendar(today, ("2022-07-20",)), "2023-07-19")
    answered = make_record(
        follow_up="See minutes",
        acceptance=Acceptance.IN_PART,
        acceptance_on="2023-06-20",
    )
    (row,) = progress_view([answered], printing, year="2022/23").rows
    assert row.cells[-1].small == (
        "Needs Follow Up: See minutes\nAnswer of the executive: Accepted in part, 20 June 2023"
    )


@pytest.mark.parametrize(
    ("fields", "text", "small"),
    [
        ({}, "Open", ""),
        ({"follow_up": "Completed"}, "Open", "Completed"),
        ({"status": Status.IN_PROGRESS, "follow_up": "In hand"}, "In progress", "In hand"),
        ({"status": Status.IN_PROGRESS, "follow_up": "In Progress."}, "In progress", ""),
        ({"status": Status.ONGOING, "follow_up": "ongoing"}, "Ongoing", ""),
        ({"status": Status.ONGOING, "follow_up": "Ongoing, see item 4"}, "Ongoing",
         "Ongoing, see item 4"),
        ({"status": Status.PROPOSED, "follow_up": "13-Sep-22"}, "Proposed for closure",
         "13-Sep-22"),
        ({"status": Status.COMPLETED, "follow_up": "Completed", "completed_on": "2022-08-19"},
         "Completed 19 August 2022", ""),
        ({"status": Status.COMPLETED, "follow_up": "Completed 19/08/2022",
          "completed_on": "2022-08-19"}, "Completed 19 August 2022", ""),
        ({"status": Status.COMPLETED, "follow_up": "Completed 18/08/2022",
          "completed_on": "2022-08-19"}, "Completed 19 August 2022", "Completed 18/08/2022"),
        ({"status": Status.COMPLETED, "follow_up": "13-Sep-22", "completed_on": "2022-09-13"},
         "Completed 13 September 2022", "13-Sep-22"),
        ({"follow_up": "Ongoing", "history": (
            Change("2023-05-01T10:00:00Z", "clerk", "update", "status", "ongoing", "open"),
        )}, "Open", ""),
    ],
)  # fmt: skip
def test_the_report_says_the_status_first_and_the_printed_cell_beneath(
    make_record, settings, today, fields, text, small
):
    printing = Printing(settings, Calendar(today, ("2022-07-20",)), "2023-07-19")
    (row,) = progress_view([make_record(**fields)], printing, year="2022/23").rows
    assert row.cells[-1].text == row.standing == text
    assert row.cells[-1].small == (f"Needs Follow Up: {small}" if small else "")
    assert row.tone == row.status
