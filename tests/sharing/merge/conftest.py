"""Two sides of a small store, built by the functions the commands use."""

import copy
import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cpctrack.check import Problem, Tier, find_problems
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings, Status
from cpctrack.store import codec
from cpctrack.store.store import Store

Document = codec.Document

SETTINGS = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
FORMAL = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")
EARLIER = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
LATER = Meeting(date="2023-06-21", type=MeetingType.FORMAL, year="2023/24")
INFORMAL = LATER._replace(type=MeetingType.INFORMAL)
MEETINGS = (FORMAL, EARLIER, LATER, INFORMAL)
TODAY = date(2023, 7, 1)

_DAYS = ("2023-03-01", "2023-04-30", "2023-06-30", "2022-12-01")


@pytest.fixture
def base() -> Document:
    """Give a store of three records."""
    return small_store()


@pytest.fixture
def edit() -> Callable[..., Document]:
    """Change one field of a copy's record, as ``update`` does, at an hour of 1 May 2023."""

    def change(document: Document, number: int, hour: int, by: str = "Clerk", **fields: Any):
        held = opened(document)
        record = held.find(f"2223-{number}")
        author = Author(by, f"2023-05-01T{hour:02}:00:00Z", "update")
        held.put(amend(record, fields, author))
        return closed(held)

    return change


def small_store() -> Document:
    document: Document = {
        "actions": {},
        "meetings": {},
        "settings": {codec.SETTINGS_ID: codec.encode_settings(SETTINGS)},
    }
    held = opened(document)
    author = Author("Clerk", "2023-03-16T09:00:00Z", "add")
    for number, text in enumerate(("Send the figures.", "Visit the centre.", "Ask dentists."), 1):
        fields = {"item": f"Item {number}. Report", "action": text, "owners": ("Chair",)}
        held.add(Draft(FORMAL, fields), author, record_id=f"{number:012x}")
    return closed(held)


def opened(document: Document) -> Store:
    return Store(Path("actions.json"), copy.deepcopy(document))


def closed(held: Store) -> Document:
    """Give the document as `Store.commit` would write it."""
    document: Any = held._storage.read()
    written = {name: dict(table) for name, table in document.items()}
    written["actions"] |= {key: codec.encode_record(held._decoded[key]) for key in held._changed}
    return copy.deepcopy(written)


def problems(document: Document) -> list[Problem]:
    held = opened(document)
    return find_problems(held.records, held.meetings, held.settings, TODAY)


def of_tier(found: list[Problem], *tiers: Tier) -> set[tuple[str, str]]:
    return {(each.name, each.ref) for each in found if each.tier in tiers}


def unnamed(document: Document) -> Document:
    """Give the document with no say which side of a conflict is called ours."""
    document = copy.deepcopy(document)
    for table in document.values():
        for row in table.values():
            for line in row.get(codec.CONFLICTS, ()):
                sides = sorted((json.dumps(line.pop("ours")), json.dumps(line.pop("theirs"))))
                line["sides"] = sides
    return document


# --- a month's work, drawn by chance


def work(document: Document, chance: random.Random, by: str) -> Document:
    """Let a clerk add and change records for a while."""
    held = opened(document)
    hour = 0
    for _ in range(chance.randint(0, 12)):
        hour += chance.randint(0, 2)
        author = Author(by, f"2023-06-{1 + hour // 24:02}T{hour % 24:02}:00:00Z", "update")
        if chance.random() < 0.15:
            _add(held, chance, author._replace(via="add"))
        else:
            record = chance.choice(sorted(held.records, key=lambda each: each.id))
            held.put(amend(record, _values(chance), author))
    return closed(held)


def _add(held: Store, chance: random.Random, author: Author) -> None:
    fields: dict[str, object] = {"item": "Item 4. Homes", "action": f"Do {chance.random()}."}
    if chance.random() < 0.3:
        fields |= {"source_ref": f"RX/{chance.randint(1, 4)}", "printed": {"Notes": "as printed"}}
    meeting = chance.choice(MEETINGS)
    held.add(Draft(meeting, fields), author, record_id=f"{chance.getrandbits(48):012x}")


def _values(chance: random.Random) -> dict[str, object]:
    choices: list[dict[str, object]] = [
        {"status": Status.COMPLETED, "completed_on": chance.choice(_DAYS)},
        {"status": chance.choice(list(Status))},
        {"status": chance.choice(list(Status)), "completed_on": ""},
        {"due": chance.choice(_DAYS), "due_text": ""},
        {"due": "2023-04-30", "due_text": "30 April 2023"},
        {"due": "", "due_text": "Spring term"},
        {"owners": (chance.choice("ABC"),), "owner_text": ""},
        {"owners": ("A", "B"), "owner_text": "A/ B"},
        {"response": f"Answer {chance.randint(1, 3)}"},
        {"follow_up": chance.choice(("Ongoing", "Completed 30/04/2023", "", "N/A"))},
        {"action": "", "recommendation": "That it be done."},
        {"action": "Do it.", "recommendation": ""},
        {"meeting": chance.choice(MEETINGS)},
        {"printed": {"Notes": chance.choice("xyz"), chance.choice("PQ"): "cell"}},
        {"item": f"Item {chance.randint(1, 3)}. Report"},
    ]
    return chance.choice(choices + 2 * choices[:4])
