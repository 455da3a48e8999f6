"""Tables of an invented council, and short ways from a text to what is read in it."""

from collections.abc import Callable

import pytest

from cpctrack.dates import municipal_year, parse_date
from cpctrack.records.model import Draft, Meeting, MeetingType
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.log import Log

HEADER = (
    "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
    "Response/ Outcome", "Needs Follow Up",
)  # fmt: skip


@pytest.fixture
def header() -> tuple[str, ...]:
    """Give the eight columns as councils print them."""
    return HEADER


@pytest.fixture
def drafts(read: Callable[..., Log]) -> Callable[..., list[Draft]]:
    """Read a text as drafts, with what the user says of its meeting."""

    def call(content: str, name: str = "log.tsv", **told: object) -> list[Draft]:
        return make_drafts(read(content, name), meeting_on, Told(**told))

    return call


@pytest.fixture
def meeting() -> Callable[[str, MeetingType], Meeting]:
    """Give the meeting of an ISO day and a type."""
    return meeting_on


def meeting_on(day: str, type_: MeetingType) -> Meeting:
    return Meeting(date=day, type=type_, year=municipal_year(parse_date(day)))


@pytest.fixture
def tsv() -> Callable[..., str]:
    """Write rows under the eight headers as tab-separated text."""

    def call(*rows: tuple[str, ...]) -> str:
        return "\n".join("\t".join(row) for row in (HEADER, *rows)) + "\n"

    return call


@pytest.fixture
def row() -> Callable[..., tuple[str, ...]]:
    """Give one row of the eight columns, formal and of 15 March 2023 unless told otherwise."""

    def call(action: str = "Send a note.", **cells: str) -> tuple[str, ...]:
        values = {
            "type": "Formal", "date": "15/03/23", "item": "5. Fostering", "recommendation": "",
            "action": action, "owner": "Head of Fostering", "response": "", "follow_up": "",
        }  # fmt: skip
        return tuple((values | cells).values())

    return call
