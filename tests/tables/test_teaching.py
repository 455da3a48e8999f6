"""What was said of a table is heeded, and what is to be said of it is asked once."""

import pytest

from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.reading.text import delimited
from cpctrack.records.model import MeetingType, Status
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.layout import Layout, Reading
from cpctrack.tables.teaching import Teacher

TABLE = (
    "Ref\tWhat we promised\tAllotted unto\tWhy\n"
    "1\tSend a note.\tHead of Homes\tMembers asked\n"
    "2\tVisit a school.\tAnn Bell\tMembers asked\n"
)
SAID = {"what we PROMISED": ("action",), "Allotted unto": ("owner",)}


def read(teacher, text=TABLE, name="Audit actions 2023-06.tsv"):
    return teacher.read(delimited.read(text, name, "tsv", None))


def cells(log):
    return [entry.cells for entry in log.entries]


def test_what_was_said_makes_a_log_of_a_table():
    with pytest.raises(ImportRefusedError):
        read(Teacher())
    teacher = Teacher(columns=SAID)
    log = read(teacher)
    assert cells(log)[0] == {"ref": "1", "action": "Send a note.", "owner": "Head of Homes"}
    assert teacher.taught["audit-actions"].columns == {
        "Ref": ("ref",), "What we promised": ("action",), "Allotted unto": ("owner",), "Why": (),
    }  # fmt: skip
    assert [reading.layout.name for reading in log.tables] == ["audit-actions"]
    teacher.check_all_was_used()


def test_a_table_is_known_again():
    teacher = Teacher(columns=SAID, name="promises")
    first = read(teacher)
    again = Teacher(layouts=list(teacher.taught.values()))
    assert cells(read(again)) == cells(first)
    assert again.taught == {}


def test_a_layout_that_is_named_serves_a_table_with_other_headings():
    small = Layout("small", {"What we promised": ("action",), "Owner": ("owner",)})
    assert cells(read(Teacher([small], forced=small)))[0]["action"] == "Send a note."


def test_a_heading_that_no_table_has_is_guessed():
    teacher = Teacher(columns={**SAID, "Alloted unto": ("referrer",)})
    read(teacher)
    with pytest.raises(UsageError) as error:
        teacher.check_all_was_used()
    assert str(error.value) == (
        "No table has a column “Alloted unto”. Did you mean Allotted unto? "
        "There are “Ref”, “What we promised”, “Allotted unto”, “Why”."
    )


def test_what_is_asked_for_is_learnt_and_another_layout_is_left_alone():
    asked = []

    def ask(file, reading: Reading):
        asked.append((file, dict(reading.unknown)))
        if not reading.unknown:
            return None
        columns = {**reading.layout.columns, **dict.fromkeys(reading.unknown, ("item",))}
        return reading.layout._replace(columns=columns, shading={"d9d9d9": Status.COMPLETED})

    other = Layout("log", {"Task": ("action",), "Whom": ("owner",)})
    teacher = Teacher([other], ask=ask)
    log = read(teacher, "Action\tOwner\tYonder\nSend it.\tAnn\tHomes\n", "log.tsv")
    assert asked[0] == ("log.tsv", {"Yonder": ("Homes",)})
    assert cells(log)[0]["item"] == "Homes"
    assert teacher.taught.keys() == {"log-2"}
    assert teacher.taught["log-2"].shading == {"d9d9d9": Status.COMPLETED}


def test_what_is_learnt_of_a_known_table_goes_into_its_layout():
    known = Layout(
        "log",
        {"Action": ("action",), "Owner": ("owner",), "Gone": ()},
        about="Ours",
        dates="day first",
    )
    teacher = Teacher([known], forced=known, columns={"Yonder": ("item",)})
    read(teacher, "Action\tOwner\tYonder\nSend it.\tAnn\tHomes\n", "log.tsv")
    assert teacher.taught["log"] == known._replace(columns={**known.columns, "Yonder": ("item",)})


def test_a_layout_says_that_all_dates_have_the_month_first(meeting):
    american = Layout("american", {"Action": ("action",)}, dates="month first")
    log = read(
        Teacher([american], forced=american),
        "Date\tAction\tDue Date\tRevised Date\tStatus\tDate Completed\n"
        "1/2/2020\tSend it.\tby 3/4/2020\t5/6/2020\tClosed\t7/8/2020\n",
    )
    (draft,) = make_drafts(log, meeting, Told(type=MeetingType.FORMAL))
    assert draft.meeting.date == "2020-01-02"
    assert draft.earlier_due == (("2020-03-04", "3/4/2020"),)
    assert (draft.fields["due"], draft.fields["completed_on"]) == ("2020-05-06", "2020-07-08")
    assert draft.doubts == ()


def test_a_layout_that_nearly_fits_is_said():
    known = Layout("log", {"Action": ("action",), "Owner": ("owner",), "Due": (), "Gone": ()})
    teacher = Teacher([known])
    read(teacher, "Action\tOwner\tDue\nSend it.\tAnn\t1/2/2024\n", "log.tsv")
    (note,) = teacher.notes
    assert note == (
        "log.tsv was not read by the layout “log”: the table has no column “Gone”. Mend the "
        "layout, or read by it with “--layout log”."
    )


def test_a_header_of_two_rows_is_known():
    names = {"Serial mark": ("ref",), "Promise made": ("action",), "Bearer of it": ("owner",)}
    table = "Serial\tPromise\tBearer\nmark\tmade\tof it\n7/1\tMend the gate.\tClerk\n"
    log = read(Teacher([Layout("two", names)]), table)
    assert cells(log) == [{"ref": "7/1", "action": "Mend the gate.", "owner": "Clerk"}]


def test_the_day_of_a_meeting_is_found_among_other_words():
    names = {"Came from": ("meeting_date", "item"), "Action": ("action",), "Lead": ("owner",)}
    table = "Came from\tAction\tLead\nBoard, 15.03.2023, Budget\tMend the gate.\tClerk\n"
    (entry,) = read(Teacher([Layout("board", names)]), table).entries
    assert entry.cells["meeting_date"] == "15.03.2023"
    assert entry.cells["item"] == "Board, 15.03.2023, Budget"


def test_a_kept_layout_has_the_columns_in_the_order_of_the_table():
    def ask(file, reading: Reading):
        if not reading.unknown:
            return None
        columns = {**reading.layout.columns, **dict.fromkeys(reading.unknown, ("item",))}
        return reading.layout._replace(columns=columns)

    teacher = Teacher(columns=SAID, ask=ask, name="promises")
    read(teacher)
    assert list(teacher.taught["promises"].columns) == [
        "Ref", "What we promised", "Allotted unto", "Why",
    ]  # fmt: skip


STRANGE = "Entry,The job,In the hands of\nAM,Mend the gate of the churchyard.,Clerk\n"


@pytest.mark.parametrize("columns", [{}, {"In the hands of": ("owner",)}])
def test_a_table_of_unknown_headings_is_refused_with_what_to_say(columns):
    with pytest.raises(ImportRefusedError) as error:
        read(Teacher(columns=columns), STRANGE.replace(",", "\t"))
    assert str(error.value).endswith('; or say which it is, as in --column "The job=action".')


def test_a_table_of_unknown_headings_is_asked_about():
    asked = []

    def ask_action(file, headings):
        asked.append(headings)
        return "The job"

    log = read(Teacher(ask_action=ask_action), STRANGE.replace(",", "\t"))
    assert asked == [["Entry", "The job", "In the hands of"]]
    assert cells(log) == [{"action": "Mend the gate of the churchyard."}]


def test_a_table_whose_actions_are_said_to_be_something_else_is_refused():
    with pytest.raises(ImportRefusedError) as error:
        read(Teacher(columns={"Action": ()}), "Action\tOwner\tStatus\nMend it.\tAnn\tOpen\n")
    assert "has no column of actions" in str(error.value)
