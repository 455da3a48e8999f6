"""Completion with two keys, reopening and more time: what is refused."""

import pytest

from cpctrack.errors import DecisionError
from cpctrack.records import decisions
from cpctrack.records.changes import Author
from cpctrack.records.model import Meeting, MeetingType, Record, Status

MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
JULY = Meeting("2023-07-19", MeetingType.FORMAL, "2023/24")
MAY = Meeting("2023-05-10", MeetingType.INFORMAL, "2022/23")
AUTHOR = Author("Clerk", "2023-07-20T10:00:00Z", "agree")
EXTENDING = AUTHOR._replace(via="extend")
OPEN = Record(id="0" * 12, ref="CPC-2223-001", meeting=MARCH, action="Do it.", due="2023-06-01")
PROPOSED = OPEN._replace(status=Status.PROPOSED)


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.COMPLETED])
def test_the_committee_agrees_what_was_said_to_be_done(status: Status) -> None:
    agreed = decisions.agree(OPEN._replace(status=status, completed_on="2023-07-01"), JULY, AUTHOR)
    assert (agreed.status, agreed.agreed_on) == (Status.COMPLETED, "2023-07-19")
    assert agreed.completed_on == "2023-07-01"
    assert {line.meeting for line in agreed.history} == {"2023-07-19"}


def test_agreeing_twice_changes_nothing() -> None:
    agreed = decisions.agree(PROPOSED, JULY, AUTHOR)
    later = JULY._replace(date="2023-09-20")
    assert decisions.agree(agreed, later, AUTHOR) is agreed


@pytest.mark.parametrize(
    ("record", "meeting", "message"),
    [
        (PROPOSED, MAY, "was informal, and only a formal one agrees"),
        (OPEN, JULY, "Nobody has said that CPC-2223-001 is done: its status is “To do”"),
        (OPEN._replace(status=Status.DEFERRED), JULY, "its status is “Deferred”"),
        (PROPOSED, MARCH._replace(date="2023-03-14"), "was agreed on 15 March 2023, after the"),
    ],
)
def test_what_can_not_be_agreed(record: Record, meeting: Meeting, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        decisions.agree(record, meeting, AUTHOR)


def test_reopening_takes_both_keys_back_and_keeps_them_in_history() -> None:
    agreed = decisions.agree(PROPOSED._replace(completed_on="2023-07-01"), JULY, AUTHOR)
    again = decisions.reopen(agreed, AUTHOR, reason="Half is missing.", meeting="2023-09-20")
    assert (again.status, again.completed_on, again.agreed_on) == (Status.OPEN, "", "")
    lines = again.history[len(agreed.history) :]
    assert [(line.what, line.before) for line in lines] == [
        ("status", "completed"),
        ("completed_on", "2023-07-01"),
        ("agreed_on", "2023-07-19"),
    ]
    assert {(line.reason, line.meeting) for line in lines} == {("Half is missing.", "2023-09-20")}


@pytest.mark.parametrize("status", [Status.OPEN, Status.IN_PROGRESS, Status.ONGOING])
def test_what_is_at_work_is_not_reopened(status: Status) -> None:
    with pytest.raises(DecisionError, match="already; there is nothing to reopen"):
        decisions.reopen(OPEN._replace(status=status), AUTHOR, reason="x")


def test_a_reason_is_needed() -> None:
    with pytest.raises(DecisionError, match="reopen CPC-2223-001 --reason TEXT"):
        decisions.reopen(PROPOSED, AUTHOR, reason=" ")
    with pytest.raises(DecisionError, match="extend CPC-2223-001 --reason TEXT"):
        decisions.extend(OPEN, EXTENDING, to="1 July 2023", reason="")


def test_more_time_keeps_the_date_before() -> None:
    moved = decisions.extend(OPEN, EXTENDING, to="1 July 2023", reason="No staff.", meeting="x")
    assert (moved.due, moved.due_text) == ("2023-07-01", "1 July 2023")
    assert [(line.what, line.before, line.meeting) for line in moved.history] == [
        ("due", "2023-06-01", "x"),
        ("due_text", "", "x"),
    ]
    vague = decisions.extend(moved, EXTENDING, to="Spring term", reason="Still no staff.")
    assert (vague.due, vague.due_text) == ("", "Spring term")


@pytest.mark.parametrize(
    ("record", "to", "message"),
    [
        (OPEN._replace(status=Status.COMPLETED), "1 July 2023", "is “Completed”, so it needs no"),
        (OPEN._replace(due=""), "1 July 2023", "has no due date that could be moved"),
        (OPEN, "1 June 2023", "is due 1 June 2023 already"),
        (OPEN, " ", "Say till when CPC-2223-001 is extended, with --to DATE"),
        (OPEN, "1/5/2023", "give a later date"),
        (OPEN._replace(due="", due_text="May"), "May", "is due May already"),
    ],
)
def test_what_can_not_be_extended(record: Record, to: str, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        decisions.extend(record, EXTENDING, to=to, reason="x")


def test_history_tells_an_extension_and_a_reopening_whoever_asks_for_them() -> None:
    script = AUTHOR._replace(via="script")
    longer = decisions.extend(OPEN, script, to="1/9/2023", reason="A survey.")
    again = decisions.reopen(PROPOSED, script, reason="Not yet.")
    assert {line.via for line in longer.history} == {"extend"}
    assert {line.via for line in again.history} == {"reopen"}


def test_only_reopening_takes_an_agreed_completion_back() -> None:
    agreed = decisions.agree(PROPOSED, JULY, AUTHOR)
    decisions.check_update(agreed, agreed._replace(response="More."))
    with pytest.raises(DecisionError, match="reopen CPC-2223-001 --reason TEXT"):
        decisions.check_update(agreed, agreed._replace(status=Status.OPEN))
