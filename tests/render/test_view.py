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
    assert view.title == "Progress on actions and recommendations"
    assert view.document_title == f"Appendix 4: {view.title} 2022/23 – {view.committee}"
    assert view.about == "Municipal year 2022/23. For the formal meeting of 19 July 2023."
    assert view.committee == "Corporate Parenting Committee"
    assert (view.made_on, view.made_on_iso) == ("1 July 2023", "2023-07-01")
    assert view.printed_for == "19 July 2023"
    assert view.summary == (
        "10 rows of 2 meetings: 5 not finished (2 overdue), 5 finished or for information."
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
        ({}, "To do", "open"),
        ({"status": Status.NO_FOLLOW_UP}, "For information", "no-follow-up"),
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
        ({"follow_up": " \n"}, "To do", "open"),
        ({"due": "2023-06-30"}, "To do\nOverdue: due 30 June 2023", "open"),
        ({"due": "2023-07-01"}, "To do", "open"),
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
    counted = view.meetings[0].count_words.replace(" and ", ", ").split(", ")
    assert sum(int(part.split()[0]) for part in counted) == len(kinds)
    assert view.summary.endswith(f": {len(kinds)} not finished.")


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
    assert (row.cells[2].text, row.cells[2].blank) == (text, False)


def test_the_report_says_what_the_executive_answered(make_record, settings, today):
    printing = Printing(settings, Calendar(today, ("2022-07-20",)), "2023-07-19")
    answered = make_record(
        follow_up="See minutes",
        acceptance=Acceptance.IN_PART,
        acceptance_on="2023-06-20",
    )
    (row,) = progress_view([answered], printing, year="2022/23").rows
    assert row.cells[-1].small == (
        "Agreed 9 months ago.\nNeeds Follow Up: See minutes\n"
        "Answer of the executive: Accepted in part, 20 June 2023"
    )


@pytest.mark.parametrize(
    ("fields", "text", "small"),
    [
        ({}, "To do", ""),
        ({"follow_up": "Completed"}, "To do", "Completed"),
        ({"status": Status.IN_PROGRESS, "follow_up": "In hand"}, "Under way", "In hand"),
        ({"status": Status.IN_PROGRESS, "follow_up": "Under Way."}, "Under way", ""),
        ({"status": Status.ONGOING, "follow_up": "continuing"}, "Continuing", ""),
        ({"status": Status.ONGOING, "follow_up": "Ongoing, see item 4"}, "Continuing",
         "Ongoing, see item 4"),
        ({"status": Status.PROPOSED, "follow_up": "13-Sep-22"}, "Reported done",
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
        )}, "To do", ""),
    ],
)  # fmt: skip
def test_the_report_says_the_status_first_and_the_printed_cell_beneath(
    make_record, settings, today, fields, text, small
):
    printing = Printing(settings, Calendar(today, ("2022-07-20",)), "2023-07-19")
    (row,) = progress_view([make_record(**fields)], printing, year="2022/23").rows
    assert row.cells[-1].text == row.standing == text
    age = "" if row.status == Status.COMPLETED else "Agreed 9 months ago."
    printed = small and f"Needs Follow Up: {small}"
    assert row.cells[-1].small == "\n".join(filter(None, (age, printed)))
    assert row.tone == row.status


DAYS = ("2022-06-15", "2023-03-15")
FOR_JULY = "2023-07-19"


def report_of(records, settings, today, printed_for=FOR_JULY) -> AppendixView:
    return progress_view(
        records, Printing(settings, Calendar(today, DAYS), printed_for), year="2022/23"
    )


def test_the_report_says_first_what_members_have_to_know(make_record, settings, today):
    def told(*fields) -> str:
        records = [make_record(number, **each) for number, each in enumerate(fields, 1)]
        return report_of(records, settings, today).summary

    late = {"due": "2023-06-20", "response": "Begun."}
    later = {"due": "2023-03-01", "evidence": ("a.pdf",)}
    assert told() == "There is nothing to report."
    assert told({"status": Status.COMPLETED}) == "1 needs a decision."
    assert told(late) == "1 is overdue, by 11 days. 1 is not finished in all."
    assert told(late, later, {"status": Status.PROPOSED}, {"due_text": "soon"}) == (
        "1 needs a decision. 2 are overdue, the longest by 4 months. 2 have no response yet. "
        "4 are not finished in all. 1 of them has no due date."
    )


def test_the_report_says_what_it_is_for_and_what_is_new(make_record, settings, today):
    new = make_record(meeting=Meeting("2023-03-15", MeetingType.FORMAL, "2022/23"))
    view = report_of([new], settings, today)
    assert view.about == (
        "For the formal meeting of 19 July 2023. The one before was on 15 March 2023."
    )
    assert [part.title for part in view.parts] == ["New since 15 March"]
    assert [part.title for part in report_of([new], settings, date(2024, 2, 1), "2024-02-07").parts]
    assert report_of([new], settings, today, "").about == (
        "Since the formal meeting of 15 March 2023."
    )
    first = report_of([new._replace(meeting=JUNE)], settings, today, "2022-06-15")
    assert (first.about, first.parts) == ("For the formal meeting of 15 June 2022.", ())


def test_the_year_of_the_meeting_before_is_said_where_it_is_another(make_record, settings):
    new = make_record(meeting=Meeting("2023-03-15", MeetingType.FORMAL, "2022/23"))
    view = report_of([new], settings, date(2024, 2, 1), "2024-02-07")
    assert [part.title for part in view.parts] == ["New since 15 March 2023"]


def test_every_part_has_rows_and_its_decisions_are_marked(progress):
    assert [(part.name, part.decision) for part in progress.parts] == [
        ("to-agree", True),
        ("to-extend", True),
        ("late", False),
        ("new", False),
        ("open", False),
        ("stopped", False),
        ("agreed", False),
    ]
    assert all(part.rows for part in progress.parts)
    assert sum(len(part.rows) for part in progress.parts) == len(progress.rows)


def test_an_action_has_its_facts_beneath_and_its_dates_below_the_status(progress):
    row = next(each for each in progress.rows if each.ref == "CPC-2223-013")
    action, _, _, status = row.cells
    assert action.text == "The roof would be mended."
    assert action.small == "CPC-2223-013 · 21 September 2022 · Item 10. Estate"
    assert (status.text, status.derived, status.note) == ("To do", True, "")
    assert status.small == (
        "Due 1 September 2023. First due 1 December 2022, moved twice. Agreed on 23 November 2022: "
        "to 1 March 2023. The survey was late. Asked for on 20 June 2023: The *officer* left. "
        "Agreed 9 months ago, 1 meeting since."
    )


@pytest.mark.parametrize(
    ("fields", "small", "note"),
    [
        ({}, "Agreed 9 months ago, 1 meeting since.", "No answer since 21 September 2022"),
        ({"due": "2023-06-20"}, "Due 20 June 2023. Agreed", "Overdue by 11 days"),
        (
            {"due_text": "due in May 2023"},
            "due in May 2023. Agreed",
            "Overdue by 4 weeks: due by 31 May 2023",
        ),
        ({"due": "2023-13-45"}, "Due 2023-13-45. Agreed", ""),
        ({"due": "2022-13-45"}, "Due 2022-13-45. Agreed", "Overdue: due 2022-13-45"),
    ],
)
def test_no_date_is_not_said_and_a_late_one_with_its_length(
    make_record, settings, today, fields, small, note
):
    (row,) = report_of([make_record(**fields)], settings, today).rows
    assert row.cells[-1].small.startswith(small)
    assert row.cells[-1].note.startswith(note)


def test_rows_of_one_item_stand_under_one_band(view, records, settings, today):
    bands = [row.band for row in view.rows]
    assert bands[:3] == [
        "Informal · 15 June 2022 · Item 3. Update from the Young People's Council",
        "Informal · 15 June 2022 · Item 3. Update from the Young People's Council",
        "Informal · 15 June 2022 · Item 10. Case Study – Our Homes",
    ]
    printing = Printing(settings, Calendar(today), bands=False)
    plain = appendix_view(records, printing, year="2022/23")
    assert {row.band for row in plain.rows} == {""}
    assert (len(view.widths), len(plain.widths)) == (5, 8)


def test_a_column_that_is_blank_throughout_is_folded_and_has_no_width(make_record, settings, today):
    printing = Printing(settings, Calendar(today))
    rows = [make_record(1, action="Do it."), make_record(2, action="x", recommendation="That y.")]
    folded = appendix_view(rows[:1], printing, year="2022/23")
    assert (folded.folded, len(folded.widths)) == ((3,), 4)
    assert appendix_view(rows, printing, year="2022/23").folded == ()
    neither = appendix_view([make_record()], printing, year="2022/23")
    assert neither.folded == (3,)
    for view in (folded, report_of(rows, settings, today)):
        assert sum(view.widths) == pytest.approx(1000, abs=2)
    assert folded.widths[-2] >= 280


def test_a_word_that_was_printed_is_told_from_one_that_was_concluded(row):
    assert row(follow_up="Completed", status=Status.COMPLETED).cells[-1][-1] is False
    assert row(status=Status.COMPLETED).cells[-1].derived


def test_every_owner_is_named_and_shared_actions_count_for_each(make_record, settings, today):
    records = [make_record(number, owners=(f"Owner {number}",)) for number in range(1, 13)]
    printing = Printing(settings, Calendar(today))
    chart = appendix_view(records, printing, year="2022/23").charts[1]
    assert (chart.title, len(chart.bars)) == ("Not finished, by owner", 12)
    shared = [*records, make_record(13, owners=("Owner 1", "Owner 2"))]
    chart = appendix_view(shared, printing, year="2022/23").charts[1]
    assert chart.title == "Not finished, by owner (those shared by two count for each)"
    assert chart.bars[0][:2] == ("Owner 1", 2)
