"""How old an action is, and how often its due date moved."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records import ageing
from cpctrack.records.changes import Author, amend, create, value_when_imported
from cpctrack.records.model import Draft, Meeting, MeetingType, Record, Status

MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
RECORD = Record(id="0" * 12, ref="CPC-2223-001", meeting=MARCH, due="2023-05-01")
FORMAL = ("2022-11-23", "2023-03-15", "2023-07-19", "2023-09-20")


def extended(record: Record, to: str, at: str, reason: str = "No staff.") -> Record:
    author = Author("Clerk", f"{at}T10:00:00Z", "extend")
    day = to if to[:1].isdecimal() else ""
    return amend(record, {"due": day, "due_text": to}, author, reason=reason)


def test_a_due_date_that_never_moved() -> None:
    assert ageing.extensions(RECORD) == ()
    assert ageing.first_due(RECORD) == "2023-05-01"
    assert ageing.first_due(RECORD._replace(due="", due_text="Spring term")) == "Spring term"


def test_every_extension_is_kept_with_its_reason() -> None:
    moved = extended(extended(RECORD, "2023-06-01", "2023-04-20"), "Autumn term", "2023-05-20")
    assert ageing.first_due(moved) == "2023-05-01"
    assert [(each.before, each.after, each.at[:10]) for each in ageing.extensions(moved)] == [
        ("2023-05-01", "2023-06-01", "2023-04-20"),
        ("2023-06-01", "Autumn term", "2023-05-20"),
    ]
    back = extended(moved, "2023-12-01", "2023-06-20")
    assert ageing.extensions(back)[-1].before == "Autumn term"


def test_two_extensions_on_one_day_are_two() -> None:
    once = extended(RECORD, "2023-06-01", "2023-04-20", "First.")
    assert len(ageing.extensions(extended(once, "2023-07-01", "2023-04-20", "Second."))) == 2
    assert len(ageing.extensions(extended(once, "2023-07-01", "2023-04-20", "First."))) == 2


def test_a_table_tells_of_moves_before_it_was_imported() -> None:
    importing = Author("Clerk", "2023-04-20T10:00:00Z", "import")
    draft = Draft(
        MARCH, {"action": "A", "due": "2023-06-30", "due_text": "30/6/23"}, "log.tsv, line 2",
        earlier_due=(("", "March 2023"), ("2023-05-31", "31/5/23")),
    )  # fmt: skip
    record = create(draft, record_id="0" * 12, ref="CPC-2223-001", author=importing)
    assert (record.due, record.due_text) == ("2023-06-30", "30/6/23")
    assert ageing.first_due(record) == "March 2023"
    assert [(each.before, each.after, each.at) for each in ageing.extensions(record)] == [
        ("March 2023", "2023-05-31", ""),
        ("2023-05-31", "2023-06-30", ""),
    ]
    assert value_when_imported(record, "due") == "2023-06-30"
    changed = amend(record, {"due": "2023-07-31"}, importing._replace(at="2023-05-20T10:00:00Z"))
    assert len(ageing.extensions(changed)) == 2  # it was corrected in the table
    later = extended(record, "2023-08-31", "2023-05-20")
    assert ageing.extensions(later)[-1].at == "2023-05-20T10:00:00Z"


def test_a_corrected_due_date_is_no_extension() -> None:
    author = Author("Clerk", "2023-04-20T10:00:00Z", "update")
    corrected = amend(RECORD, {"due": "2023-05-10"}, author)
    assert ageing.extensions(corrected) == ()
    assert ageing.first_due(corrected) == "2023-05-10"


def test_age_counts_days_and_formal_meetings_after_its_own() -> None:
    assert ageing.age(RECORD, FORMAL, date(2023, 3, 15)) == (0, 0)
    assert ageing.age(RECORD, FORMAL, date(2023, 7, 18)) == (125, 0)
    assert ageing.age(RECORD, FORMAL, date(2023, 7, 19)) == (126, 1)
    assert ageing.age(RECORD, FORMAL, date(2023, 10, 1)) == (200, 2)


def test_age_ends_with_the_work() -> None:
    done = RECORD._replace(status=Status.COMPLETED, completed_on="2023-04-01")
    assert ageing.age(done, FORMAL, date(2023, 10, 1)) == (17, 0)
    agreed = done._replace(completed_on="", agreed_on="2023-07-19")
    assert ageing.age(agreed, FORMAL, date(2023, 10, 1)) == (126, 1)
    assert ageing.age(done._replace(completed_on=""), FORMAL, date(2023, 7, 19)) == (126, 1)


def test_a_meeting_without_a_date_gives_no_age() -> None:
    undated = RECORD._replace(meeting=MARCH._replace(date="March"))
    assert ageing.age(undated, FORMAL, date(2023, 10, 1)) is None


def test_reopened_until_somebody_changes_the_status_again() -> None:
    assert ageing.reopened(RECORD) is None
    author = Author("Clerk", "2023-04-20T10:00:00Z", "reopen")
    proposed = RECORD._replace(status=Status.PROPOSED)
    back = amend(proposed, {"status": Status.OPEN}, author, reason="Half is missing.")
    line = ageing.reopened(back)
    assert line is not None and line.reason == "Half is missing."
    later = amend(back, {"status": Status.PROPOSED}, author._replace(via="update"))
    assert ageing.reopened(later) is None


@given(st.dates(date(2023, 3, 15), date(2030, 1, 1)), st.dates(date(2023, 3, 15), date(2030, 1, 1)))
def test_nothing_grows_younger(first: date, second: date) -> None:
    earlier, later = sorted((first, second))
    young, old = (ageing.age(RECORD, FORMAL, day) for day in (earlier, later))
    assert young is not None and old is not None
    assert 0 <= young.days <= old.days and 0 <= young.meetings <= old.meetings
