"""``docs/store.md`` describes the format there is: every field, no other, with true examples."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from cpctrack.check import CHECKS
from cpctrack.dates import Terms
from cpctrack.minutes import habits
from cpctrack.records.asking import Chase, Part
from cpctrack.records.calendar import Calendar
from cpctrack.records.fields import Holds
from cpctrack.records.model import FIELDS, Acceptance, Change, Clash, Kind, MeetingType, Status
from cpctrack.records.owners import Owner
from cpctrack.store import canonical, chases, codec, contract, owners
from cpctrack.store.storage import parse_document
from cpctrack.store.store import Store


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


def rows(page: str, heading: str, table: int = 0) -> dict[str, list[str]]:
    """Give the cells of a section's table by the name that each row begins with."""
    section = page.split(f"\n## {heading}\n")[1].partition("\n## ")[0]
    body = re.findall(r"\| --- .*\n((?:\|.*\n)+)", section)[table]
    lines = (line.strip("|").split(" | ") for line in body.splitlines())
    return {cells[0].strip().strip("`"): [cell.strip() for cell in cells[1:]] for cells in lines}


def full(make_record) -> dict[str, object]:
    """Write a record that has something in every field."""
    fields: dict[str, object] = dict.fromkeys(codec.TEXT_FIELDS, "x")
    fields |= {"evidence": ("x",), "links": ("superseded-by x",), "acceptance": Acceptance.YES}
    change = Change("2023-03-16T09:12:40Z", "Clerk", "add", "due", "a", "b", "x", "x")
    clash = Clash("status", "open", "completed", "deferred")
    return codec.encode_record(
        make_record(**fields, printed={"Notes": "x"}, history=(change,), conflicts=(clash,))
    )


def test_every_field_of_a_record_is_described_and_no_other(page: str, make_record) -> None:
    row = full(make_record)
    assert set(rows(page, "Actions")) == set(row)
    assert set(rows(page, "Actions", 1)) == set(row["history"][0])
    assert set(rows(page, "Conflicts")) == set(row["_conflicts"][0])


def test_the_fields_are_those_of_the_table_in_its_order(page: str) -> None:
    lists = (Holds.NAMES, Holds.LINKS)
    said = {Holds.DATE: "date", Holds.WORD: "word", Holds.CELLS: "texts by name"}
    types = {name: cells[0] for name, cells in rows(page, "Actions").items()}
    expected = {
        each.name: "list of texts" if each.holds in lists else said.get(each.holds, "text")
        for each in FIELDS
    }
    assert list(types.items())[2:-2] == list(expected.items())


def test_every_field_of_a_meeting_and_of_the_settings(page: str, meeting, settings) -> None:
    stated = meeting._replace(year_stated=True, cancelled=True, moved_to="2023-03-22", note="x")
    settings = settings._replace(
        terms=Terms("12-20", "04-05", "07-22"),
        remind_after=10,
        escalate_after=21,
        clerk="Jo Bell",
        contact="Democratic Services",
    )
    assert set(rows(page, "Meetings")) == set(codec.encode_meeting(stated))
    assert set(rows(page, "Settings")) == set(codec.encode_settings(settings))


def test_every_field_that_scripts_read(page: str, make_record) -> None:
    row = contract.to_json(make_record(), Calendar(date(2023, 7, 1)), history=True)
    assert list(rows(page, "What scripts read")) == list(row)


@pytest.mark.parametrize(
    ("field", "words"), [("kind", Kind), ("status", Status), ("acceptance", Acceptance)]
)
def test_every_word_a_field_can_hold(page: str, field: str, words: type) -> None:
    meaning = rows(page, "Actions")[field][1]
    assert set(re.findall("`([a-z-]+)`", meaning)) == {word.value for word in words} - {""}  # type: ignore[attr-defined]


def test_both_types_of_meeting(page: str) -> None:
    named = set(re.findall("`([a-z]+)`", rows(page, "Meetings")["type"][1]))
    assert named == {type_.value for type_ in MeetingType}


def test_the_example_is_a_store_in_canonical_form(page: str) -> None:
    example = page.split("```json\n")[1].partition("```")[0]
    assert canonical.dumps(json.loads(example)).decode() == example
    held = Store(Path("actions.json"), parse_document(example.encode(), "actions.json"))
    assert [record.ref for record in held.records] == ["CPC-2223-001"]


@pytest.mark.parametrize(
    ("section", "table"),
    [("Settings", 0), ("Meetings", 0), ("Actions", 0), ("Owners", 0), ("Chases", 1)],
)
def test_examples_are_json_of_the_type_that_is_said(page: str, section: str, table: int) -> None:
    types = {"text": str, "date": str, "word": str, "id": str, "number": int, "list of texts": list,
             "texts by name": dict, "true or false": bool}  # fmt: skip
    for said, _, example in rows(page, section, table).values():
        kind = said.removesuffix(", needed")
        if kind != "list of lines":
            assert isinstance(json.loads(example.strip("`")), types[kind])


def test_this_schema_and_every_older_one(page: str) -> None:
    versions = [str(version) for version in range(1, codec.SCHEMA + 1)]
    assert list(rows(page, "Schema and migration")) == versions


def test_every_check_with_its_rule(page: str) -> None:
    checks = rows(page, "What is refused, and what to do", 1)
    assert checks == {each.name: [each.tier.value, each.rule] for each in CHECKS}


def test_every_field_of_a_habit(page: str) -> None:
    full = habits.Habit(habits.INITIALS, "JB", 1, 1, 1, "Jo Bell")
    assert set(rows(page, "Habits")) == set(full.row)


def test_every_field_of_a_chase_and_of_its_parts(page: str) -> None:
    parts = (Part(0, "Dear"), Part(1, "1.", "CPC-2324-007"))
    day = "2024-05-20"
    row = chases.encode(Chase("CPC-CHASE-7K4QD", "DM", "x", "Jo", day, day, 2, True, parts))
    assert set(rows(page, "Chases")) == set(row)
    assert set(rows(page, "Chases", 1)) == set(row["parts"][1])
    named = set(re.findall("`([a-z]+): ", page.split("\n## Habits\n")[1].partition("\n## ")[0]))
    assert named == set(habits.KINDS)


def test_every_field_of_an_owner(page: str) -> None:
    full = Owner("x", "x", "x", "x", ("x",), "x")
    assert set(rows(page, "Owners")) == set(owners.encode(full))
