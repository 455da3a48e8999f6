"""One check names what is open and might be forgotten, another what was closed on trust."""

from datetime import date

import pytest

from cpctrack.check import find_problems
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Meeting, MeetingType, Record, Settings, Status

TODAY = date(2024, 4, 10)
SETTINGS = Settings("Parks Committee", "PRK", "05-15")
AGREED = Meeting("2023-09-20", MeetingType.FORMAL, "2023/24")
LAST = Meeting("2024-03-13", MeetingType.FORMAL, "2023/24")
MEETINGS = {each.key: each for each in (AGREED, LAST)}
OPEN = Record(
    id="0123456789ab",
    ref="PRK-2324-001",
    meeting=AGREED,
    action="The Warden would mend the bench.",
    owners=("Warden",),
)


def found(**fields: object) -> list[tuple[str, str, str]]:
    record = OPEN._replace(**fields)
    problems = find_problems([record], MEETINGS, SETTINGS, TODAY)
    assert all(each.ref == record.ref and each.tier == "attention" for each in problems)
    return [(each.name, each.field, each.message) for each in problems]


@pytest.mark.parametrize(
    ("fields", "name", "field", "message"),
    [
        (
            {"due": "2024-04-09"},
            "overdue-without-response",
            "response",
            "Due 9 April 2024, and nobody has answered.",
        ),
        (
            {"due": "2024-04-09", "response": "Begun"},
            "overdue-without-response",
            "response",
            "Due 9 April 2024, and nothing was heard of it since 20 September 2023.",
        ),
        (
            {"due": "2024-06-30"},
            "unanswered",
            "response",
            "Nothing was heard of it since 20 September 2023.",
        ),
        (
            {"status": Status.PROPOSED, "response": "Mended"},
            "waiting-for-the-committee",
            "status",
            (
                "Reported done before the meeting of 13 March 2024, which has not agreed it as "
                "far as is known; use “cpctrack agree”, or “cpctrack reopen” if it is not done."
            ),
        ),
        (
            {},
            "without-a-date",
            "due",
            "It has no due date, and a formal meeting has passed.",
        ),
        (
            {"due_text": "as soon as\nposs\x1b[1m"},
            "without-a-date",
            "due",
            "“as soon as poss[1m” never falls due; say by which day.",
        ),
        (
            {"due_text": "the meeting after next"},
            "without-a-date",
            "due",
            (
                "“the meeting after next” names a meeting not known yet; say which it is with "
                "“cpctrack meeting”, or by which day it is due."
            ),
        ),
        (
            {"status": Status.COMPLETED, "agreed_on": LAST.date},
            "agreed-without-evidence",
            "evidence",
            "Agreed as completed on 13 March 2024, with neither response nor evidence.",
        ),
        (
            {"status": Status.COMPLETED, "agreed_on": LAST.date, "evidence": ("photo.jpg",)},
            "completed-without-response",
            "response",
            "Completed, but no response says what came of it.",
        ),
        (
            {"status": Status.COMPLETED},
            "completed-without-response",
            "response",
            "Completed, but no response says what came of it.",
        ),
    ],
)
def test_one_check_names_it(fields: dict[str, object], name: str, field: str, message: str) -> None:
    assert found(**fields) == [(name, field, message)]


def test_a_word_since_the_last_meeting_is_enough() -> None:
    author = Author("Clerk", "2024-03-20T10:00:00Z", "update")
    for due in ("2024-04-09", "2024-06-30"):
        late = amend(OPEN._replace(due=due), {"response": "Begun"}, author)
        assert find_problems([late], MEETINGS, SETTINGS, TODAY) == []


def test_what_was_agreed_with_an_answer_is_well() -> None:
    assert found(status=Status.COMPLETED, agreed_on=LAST.date, response="Mended") == []
