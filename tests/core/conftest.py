"""What the tests of the core share: an author, a meeting, records, a store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cpctrack import store
from cpctrack.changes import Author
from cpctrack.model import Draft, Meeting, MeetingType, Record, Settings

MEETING = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
RECORD = Record(
    id="0123456789ab",
    ref="CPC-2223-001",
    meeting=MEETING,
    item="Item 3. Foster carers",
    action="The Head of Fostering would send members the recruitment figures.",
    owners=("Head of Fostering",),
)

MakeRecord = Callable[..., Record]
MakeStore = Callable[..., Path]


@pytest.fixture
def author() -> Author:
    return Author(by="Clerk", at="2022-06-16T09:00:00Z", via="add")


@pytest.fixture
def settings() -> Settings:
    return Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")


@pytest.fixture
def meeting() -> Meeting:
    return MEETING


@pytest.fixture
def make_record() -> MakeRecord:
    """Make a record of some fields; each call without an id draws another one."""
    numbers = iter(range(1, 100_000))

    def make(**fields: object) -> Record:
        fields.setdefault("id", f"{next(numbers):012x}")
        return RECORD._replace(**fields)

    return make


@pytest.fixture
def make_store(tmp_path: Path, settings: Settings, author: Author) -> MakeStore:
    """Write a store of so many records and give its path."""

    def make(count: int = 1, path: Path | None = None, **fields: object) -> Path:
        path = path or tmp_path / "actions.json"
        store.initialise(path, settings)
        with store.editing(path) as held:
            for number in range(count):
                values = {"item": "Item 3. Foster carers", "action": f"Action {number}", **fields}
                held.add(Draft(MEETING, values), author, record_id=f"{number:012x}")
        return path

    return make
