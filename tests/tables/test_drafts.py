import pytest

from cpctrack.records.model import Kind, MeetingType, Status
from cpctrack.tables.problems import ProblemsError, RowProblem


def refused(drafts, content, name="log.tsv", **told):
    with pytest.raises(ProblemsError) as error:
        drafts(content, name, **told)
    return [(problem.line, problem.message) for problem in error.value.problems]


def test_a_row_becomes_a_draft(drafts, tsv, row):
    text = tsv(
        row("Send a note. ", owner="Ann Bell/Ben Carr", response="Sent", follow_up="Completed")
    )
    (draft,) = drafts(text)
    assert draft.meeting.key == "2023-03-15-formal"
    assert draft.meeting.year == "2022/23"
    assert draft.source == "log.tsv, line 2"
    assert (draft.line, draft.doubts) == (2, ())
    assert draft.fields == {
        "item": "5. Fostering",
        "recommendation": "",
        "action": "Send a note. ",
        "owner_text": "Ann Bell/Ben Carr",
        "owners": ("Ann Bell", "Ben Carr"),
        "response": "Sent",
        "follow_up": "Completed",
        "status": Status.COMPLETED,
        "completed_on": "",
        "kind": Kind.ACTION,
    }


def test_only_columns_the_table_has_are_given(drafts):
    (draft,) = drafts("Meeting\tActions\nFormal – 15 March 2023\tSend it.\n")
    assert draft.meeting.key == "2023-03-15-formal"
    assert set(draft.fields) == {"action", "status", "completed_on", "kind"}


@pytest.mark.parametrize(
    ("cells", "kind", "status"),
    [
        ({"owner": "N/A", "response": "N/A", "follow_up": "N/A"}, "decision", "no-follow-up"),
        ({"owner": "N/A"}, "decision", "no-follow-up"),
        ({"owner": "N/A", "follow_up": "Ongoing"}, "action", "ongoing"),
        ({"owner": ""}, "action", "open"),
        ({"owner": "Ann Bell", "follow_up": "N/A"}, "action", "no-follow-up"),
        ({"action": "", "recommendation": "That it be so."}, "recommendation", "open"),
        ({"recommendation": "That it be so."}, "action", "open"),
    ],
)
def test_the_kind_follows_from_who_has_to_act(drafts, tsv, row, cells, kind, status):
    (draft,) = drafts(tsv(row(**cells)))
    assert (draft.fields["kind"], draft.fields["status"]) == (kind, status)


def test_what_our_documents_print_for_nothing_is_read_as_nothing(drafts, tsv, row):
    from cpctrack.labels import BLANKS

    blank = {name: BLANKS[name] for name in ("item", "recommendation", "owner", "response")}
    (draft,) = drafts(tsv(row(**blank)))
    fields = draft.fields
    assert [fields[name] for name in ("item", "recommendation", "owner_text", "response")] == [
        ""
    ] * 4
    assert fields["owners"] == ()


def test_notes_our_documents_add_are_not_part_of_the_cell(drafts):
    text = (
        "| Meeting | Item | Actions | Needs Follow Up |\n|---|---|---|---|\n"
        "| Formal 15/3/2023 | 5. Homes<br>**Exempt: paragraph 3** | Sell. "
        "| Open<br>**Overdue: due 1 May 2023** |\n"
    )
    (draft,) = drafts(text, "log.md")
    assert draft.fields["item"] == "5. Homes"
    assert draft.fields["exempt_paragraph"] == "3"
    assert draft.fields["follow_up"] == "Open"


@pytest.mark.parametrize(
    ("cell", "paragraph"), [("3", "3"), ("No", None), ("", None), ("Yes", "Yes")]
)
def test_an_exempt_column_keeps_a_row_from_the_public(drafts, cell, paragraph):
    (draft,) = drafts(f"Meeting\tActions\tExempt\nFormal 15/3/2023\tSell.\t{cell}\n")
    assert draft.fields.get("exempt_paragraph") == paragraph


def test_due_dates_are_read_and_kept_as_printed(drafts):
    text = (
        "Meeting,Actions,Due Date\nFormal 15/3/2023,A,30/4/2023\nFormal 15/3/2023,B,Spring term\n"
    )
    first, second = drafts(text, "log.csv")
    assert (first.fields["due"], first.fields["due_text"]) == ("2023-04-30", "30/4/2023")
    assert (second.fields["due"], second.fields["due_text"]) == ("", "Spring term")


def test_a_revised_due_date_takes_the_first_ones_place_and_the_first_is_kept(drafts):
    text = "Meeting,Actions,Deadline,New Date\nFormal 15/3/2023,A,1/4/2023,1/5/2023\n"
    text += "Formal 15/3/2023,B,1/4/2023,\n"
    first, second = drafts(text, "log.csv")
    assert (first.fields["due"], first.fields["due_text"]) == ("2023-05-01", "1/5/2023")
    assert first.fields["printed"] == {"Deadline": "1/4/2023"}
    assert second.fields["due"] == "2023-04-01"
    assert "printed" not in second.fields


@pytest.mark.parametrize(
    ("due", "revised", "said", "earlier", "doubt"),
    [
        ("1/4/2023", "1/5/2023", ("2023-05-01", "1/5/2023"), [("2023-04-01", "1/4/2023")], ""),
        ("1/4/2023", "by May 2023", ("", "by May 2023"), [("2023-04-01", "1/4/2023")], ""),
        ("1/4/2023", "1/4/23", ("2023-04-01", "1/4/23"), [], ""),
        ("Spring term", "1/5/2023", ("2023-05-01", "1/5/2023"), [("", "Spring term")], ""),
        ("", "1/5/2023 (was 1/4/2023)", ("2023-05-01", "1/5/2023 (was 1/4/2023)"),
         [("2023-04-01", "1/4/2023")], ""),
        ("1/4/2023", "1/5/2023 (was 1/4/2023)", ("2023-05-01", "1/5/2023 (was 1/4/2023)"),
         [("2023-04-01", "1/4/2023")], ""),
        ("May 16 [slipped from March 2016]", "", ("", "May 2016"),
         [("", "March 2016")], ""),
        ("31/3/2023", "31/6/2023", ("2023-03-31", "31/3/2023"), [],
         "the revised due date “31/6/2023” is not a day of the calendar"),
        ("31/3/2023", "Mar-17", ("2023-03-31", "31/3/2023"), [],
         "the revised due date “Mar-17” may mean a day or a year"),
        ("31/3/2023", "Ongoing", ("2023-03-31", "31/3/2023"), [],
         "the revised due date “Ongoing” names no time"),
        ("31/3/2023", "N/A", ("2023-03-31", "31/3/2023"), [], ""),
        ("31/6/2023", "N/A", ("", "31/6/2023"), [],
         "the due date “31/6/2023” is not a day of the calendar"),
        ("31/6/2023", "31/7/2023", ("2023-07-31", "31/7/2023"), [],
         "the due date “31/6/2023” is not a day of the calendar"),
        ("1/5/2023", "1/4/2023", ("2023-04-01", "1/4/2023"), [],
         "the revised due date “1/4/2023” is before the first one"),
        ("45107", "", ("", "45107"), [],
         "the due date “45107” does not say plainly when it is due"),
    ],
)  # fmt: skip
def test_when_it_is_due_and_was_before(drafts, due, revised, said, earlier, doubt):
    text = f"Meeting,Actions,Deadline,New Date\nFormal 15/3/2023,A,{due},{revised}\n"
    (draft,) = drafts(text, "log.csv")
    assert (draft.fields["due"], draft.fields["due_text"]) == said
    assert list(draft.earlier_due) == earlier
    assert draft.doubts == ((doubt,) if doubt else ())
    kept = {"Deadline": due, "New Date": revised} if due and (revised or said[1] != due) else {}
    assert draft.fields.get("printed", {}) == {
        name: cell for name, cell in kept.items() if cell and cell != said[1]
    }


def test_columns_we_do_not_know_are_kept_with_the_row(drafts):
    text = "Meeting,Ward,Actions,Priority\nFormal 15/3/2023,East,A,\n"
    (draft,) = drafts(text, "log.csv")
    assert draft.fields["printed"] == {"Ward": "East"}


def test_the_first_status_column_with_something_in_it_is_the_follow_up(drafts):
    text = "Meeting,Actions,Status,RAG,Completed\nFormal 15/3/2023,A,Closed,Green,1/6/2023\n"
    text += "Formal 15/3/2023,B,,Amber,\nFormal 15/3/2023,C,,,2/6/2023\n"
    first, second, third = (draft.fields for draft in drafts(text, "log.csv"))
    assert (first["follow_up"], first["status"]) == ("Closed", "completed")
    assert first["completed_on"] == "2023-06-01"
    assert first["printed"] == {"RAG": "Green", "Completed": "1/6/2023"}
    assert (second["follow_up"], second["status"]) == ("Amber", "in-progress")
    assert (third["follow_up"], third["status"], third["completed_on"]) == (
        "", "completed", "2023-06-02",
    )  # fmt: skip


def test_an_action_completed_before_its_meeting_is_in_doubt(drafts, tsv, row):
    (draft,) = drafts(tsv(row(follow_up="Completed 1/3/2023")))
    assert draft.fields["completed_on"] == "2023-03-01"
    assert draft.doubts == ("it was completed before its meeting",)


def test_a_reference_is_kept_as_printed(drafts):
    (draft,) = drafts("Ref,Meeting,Actions\nSR (25/26) 01,Formal 15/3/2023,A\n", "log.csv")
    assert draft.fields["source_ref"] == "SR (25/26) 01"


def test_what_the_table_lacks_is_told(drafts):
    (draft,) = drafts(
        "Actions,Owner\nA,Ann Bell\n", "a.csv", day="2023-03-15", type=MeetingType.FORMAL
    )
    assert draft.meeting.key == "2023-03-15-formal"
    text = "Date,Type of meeting,Actions\n,,A\n1/2/2023,informal,B\n"
    keys = [d.meeting.key for d in drafts(text, "a.csv", day="2023-03-15", type=MeetingType.FORMAL)]
    assert keys == ["2023-03-15-formal", "2023-02-01-informal"]


SOMETIME = (
    "“sometime” is no date of a meeting; write it like 15/3/2023, or give one for all such rows "
    "with --meeting."
)


def test_every_row_without_a_meeting_is_named(drafts, tsv, row):
    text = tsv(
        row(), row(date="sometime"), row(date=""), row(type="Urgent"), row(type=""), row(action="")
    )
    assert refused(drafts, text) == [
        (
            3,
            SOMETIME,
        ),
        (4, "the row has no date of a meeting; fill it in, or give one for all with --meeting."),
        (5, "“Urgent” is no type of meeting; write Formal or Informal."),
        (6, "nothing says whether the meeting was formal or informal; say it with --type."),
        (7, "the row has no action; fill it in, or take the row out."),
    ]
    assert refused(drafts, "Actions,Owner\nA,B\n", "log.csv") == [
        (2, "no column gives the date of the meeting; say it with --meeting.")
    ]


def test_rows_with_nothing_but_a_meeting_are_passed_over(drafts, tsv, row):
    blank = row(action="", item="", owner="")
    assert len(drafts(tsv(row(), blank, row("Another."), blank))) == 2


def test_many_problems_are_cut_to_twenty_lines():
    problems = [RowProblem("a.tsv", line, "wrong.") for line in range(1, 31)]
    text = str(ProblemsError(problems)).split("\n")
    assert text[0] == "a.tsv, line 1: wrong."
    assert text[19:] == ["a.tsv, line 20: wrong.", "… and 10 more.", "Nothing was imported."]


def test_progress_sees_every_row(read, tsv, row, meeting):
    from cpctrack.tables.drafts import Told, make_drafts

    seen = []

    def follow(entries):
        for entry in entries:
            seen.append(entry.line)
            yield entry

    make_drafts(read(tsv(row(), row("B"))), meeting, Told(), follow)
    assert seen == [2, 3]


def test_merged_cells_of_a_web_page_give_each_row_its_meeting(drafts):
    page = (
        "<table><tr><th>Type of meeting<th>Date<th>Actions</tr>"
        "<tr><td rowspan=2>Formal<td rowspan=2>15/03/23<td>A</tr><tr><td>B</tr></table>"
    )
    assert [draft.meeting.key for draft in drafts(page, "log.html")] == ["2023-03-15-formal"] * 2


def test_hostile_letters_do_not_come_in(drafts, tsv, row):
    (draft,) = drafts(tsv(row("\x1b[31mRed\u202e and \ufeffbare")))
    assert draft.fields["action"] == "[31mRed and bare"


TODAY = "2024-05-10"


def states(drafts, header, *rows):
    """Give status, day of completion, due date and doubts of rows as read on TODAY."""
    lines = [f"Actions\t{header}", *(f"Mend gate {n}.\t{row}" for n, row in enumerate(rows))]
    read = drafts(
        "\n".join(lines), day="2024-03-13", type=MeetingType.FORMAL, today=TODAY
    )  # fmt: skip
    return [
        (
            draft.fields["status"].value,
            draft.fields["completed_on"],
            draft.fields.get("due", ""),
            draft.doubts,
        )
        for draft in read
    ]


TO_COME = ("the day it was completed, 31 December 2030, is still to come",)


def test_nothing_was_completed_on_a_day_to_come(drafts):
    assert states(
        drafts, "Status\tDate completed", "Completed\t31/12/2030", "Completed 31/12/2030\t",
        "Completed – sent to all 31/12/2030\t", "\t31/12/2030", "Completed\t10/5/2024",
    ) == [
        ("proposed", "", "", TO_COME), ("open", "", "", TO_COME), ("open", "", "", TO_COME),
        ("open", "", "", TO_COME), ("completed", "2024-05-10", "", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Completion date", "Completion", "Date of completion"])
def test_a_completion_date_to_come_is_when_it_is_due(drafts, heading):
    assert states(drafts, heading, "31/12/2030", "1/4/2024", "") == [
        ("open", "", "2030-12-31", ()), ("open", "", "2024-04-01", ()), ("open", "", "", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "before"), [("Actual completion date", ""), ("Due\tCompletion date", "1/7/2024\t")]
)
def test_a_column_for_the_day_it_was_done_stays_one(drafts, header, before):
    due = "2024-07-01" if before else ""
    assert states(drafts, header, f"{before}31/12/2030", f"{before}1/4/2024") == [
        ("open", "", due, TO_COME), ("completed", "2024-04-01", due, ()),
    ]  # fmt: skip


def test_a_tick_says_nothing_where_the_heading_asks_which(drafts):
    ((status, _, _, doubts),) = states(drafts, "Completed/Not completed", "✓")
    assert (status, doubts) == ("open", ("“✓” is a note and not a status",))


@pytest.mark.parametrize(
    ("headings", "cells", "status"),
    [
        ("Status,Completed", "Completed,No", "open"),
        ("Status,Completed", "Completed,in part", "in-progress"),
        ("Status,RAG", "Closed,Amber", "in-progress"),
        ("Status,Status", "Completed,Open", "open"),
    ],
)
def test_what_columns_say_against_each_other_keeps_an_action_open(drafts, headings, cells, status):
    text = f"Meeting,Actions,{headings}\nFormal 15/3/2023,A,{cells}\n"
    (draft,) = drafts(text, "log.csv")
    one, other = cells.split(",")
    assert draft.fields["status"] == status
    assert draft.doubts == (f"one column says “{one}”, another “{other}”",)


@pytest.mark.parametrize(
    ("headings", "cells"),
    [("Status,RAG", "Closed,Green"), ("Status,Completed", "Closed,1/4/2023"),
     ("Status,% Complete", "Closed,100%")],
)  # fmt: skip
def test_what_columns_say_together_closes_an_action(drafts, headings, cells):
    text = f"Meeting,Actions,{headings}\nFormal 15/3/2023,A,{cells}\n"
    (draft,) = drafts(text, "log.csv")
    assert (draft.fields["status"], draft.doubts) == ("completed", ())


def test_a_title_is_of_the_table_below_it_only(drafts):
    text = "Completed actions\nMeeting,Actions\nFormal 15/3/2023,A\nMeeting,Actions\n"
    first, second = drafts(f"{text}Formal 15/3/2023,B\n", "log.csv")
    assert (first.fields["status"], second.fields["status"]) == ("completed", "open")


def test_a_day_in_two_columns_is_of_each(drafts):
    text = (
        "Meeting,Actions,Due,Date completed,Status\nFormal 15/3/2023,A,July 2023,July 2023,Open\n"
    )
    (draft,) = drafts(text, "log.csv")
    assert (draft.fields["status"], bool(draft.doubts)) == ("open", True)
