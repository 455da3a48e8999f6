"""Invent records and write them for cpctrack, its clones, Taskwarrior and todoman.

Run as ``python benchmarks/data.py FOLDER SIZE...``: in a process of its own, so that the memory it
takes is not put down to the programs that are measured. The same size gives the same files.
"""

import csv
import json
import random
import shutil
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cpctrack.dates import municipal_year
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings, Status
from cpctrack.store import store

COMMITTEE = "Corporate Parenting Committee"
YEAR_STARTS = "05-15"
AUTHOR = Author(by="Clerk", at="2023-05-01T10:00:00Z", via="add")
HEADER = ("Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
          "Response/ Outcome", "Needs Follow Up")  # fmt: skip
TODO_LIST = "actions"
COMMITTEES = 30
ADDED = 100  # records that each of two clones has and the other has not

_ITEMS = ("Placement sufficiency", "Virtual school report", "Health assessments", "Care leavers",
          "Foster carer recruitment", "Independent visitors", "Housing for young people",
          "Participation and voice", "Missing episodes", "Annual report")  # fmt: skip
_OWNERS = ("Head of the Virtual School", "Director of Children's Services", "Housing Manager",
           "Designated Nurse", "Head of Corporate Parenting", "Participation Officer")  # fmt: skip
_VERBS = ("provide members with", "bring back", "circulate", "look into", "set out", "review")
_THINGS = ("figures for the last three quarters", "a briefing note on waiting times",
           "the number of young people concerned", "what neighbouring councils do",
           "how the offer is explained to carers", "the reasons for late assessments",
           "a short summary young people can read", "the cost of each option")  # fmt: skip
_JOINS = ("; this should include", ", together with", ", and where it can be given")
_OPEN = (Status.OPEN, Status.OPEN, Status.IN_PROGRESS, Status.ONGOING)


@dataclass(frozen=True, slots=True)
class Row:
    """One invented action, whatever program keeps it."""

    number: int
    meeting: date
    type: MeetingType
    item: str
    action: str
    owner: str
    due: date
    response: str
    status: Status


def invent(size: int) -> list[Row]:
    """Invent open actions of one municipal year, about 1 KB each in the store."""
    chance = random.Random(size)
    return [_row(number, size, chance) for number in range(1, size + 1)]


def _row(number: int, size: int, chance: random.Random) -> Row:
    meeting = date(2022, 6, 15) + timedelta(weeks=6 * ((number - 1) * 7 // size))
    return Row(
        number=number,
        meeting=meeting,
        type=chance.choice(list(MeetingType)),
        item=f"Item {chance.randint(3, 12)}. {chance.choice(_ITEMS)}",
        action=f"The {chance.choice(_OWNERS)} to {_sentence(chance)} (no. {number}).",
        owner=chance.choice(_OWNERS),
        due=meeting + timedelta(days=chance.randint(20, 400)),
        response=f"Asked to {_sentence(chance)}. To {_sentence(chance)}.",
        status=chance.choice(_OPEN),
    )


def _sentence(chance: random.Random) -> str:
    first, second = chance.sample(_THINGS, 2)
    return f"{chance.choice(_VERBS)} {first}{chance.choice(_JOINS)} {second}"


def write_store(
    path: Path, rows: list[Row], committee: str = COMMITTEE, prefix: str = "CPC"
) -> None:
    """Write a store of these rows."""
    store.initialise(path, Settings(committee, prefix, YEAR_STARTS))
    with store.editing(path) as made:
        for row in rows:
            made.add(_draft(row), AUTHOR, record_id=f"{row.number:012x}")


def write_council(folder: Path, rows: list[Row]) -> None:
    """Write the same rows as the stores of thirty committees, in a folder each."""
    for number in range(COMMITTEES):
        (folder / f"{number}").mkdir(parents=True)
        path = folder / f"{number}" / "actions.json"
        write_store(path, rows[number::COMMITTEES], f"Committee {number}", f"C{number}")


def write_table(path: Path, rows: list[Row]) -> None:
    """Write the rows as a table to import."""
    with path.with_suffix(".tsv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter="\t", lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(_cells(row) for row in rows)


def _draft(row: Row) -> Draft:
    meeting = Meeting(
        date=row.meeting.isoformat(),
        type=row.type,
        year=municipal_year(row.meeting, YEAR_STARTS),
    )
    fields = {
        "item": row.item,
        "action": row.action,
        "owners": (row.owner,),
        "owner_text": row.owner,
        "due": row.due.isoformat(),
        "due_text": f"{row.due:%d/%m/%Y}",
        "response": row.response,
        "status": row.status,
    }
    return Draft(meeting, fields)


def _cells(row: Row) -> tuple[str, ...]:
    day = f"{row.meeting:%d/%m/%Y}"
    return (row.type.value.title(), day, row.item, "", row.action, row.owner, row.response, "")


def write_clones(path: Path, size: int) -> None:
    """Write what two clerks made of a store: each changed one record in twenty and added some.

    Where both changed a record it was in different fields, so that all of it can be merged.
    """
    ways: dict[str, tuple[int, Mapping[str, object]]] = {
        "ours": (1, {"response": "The note went to every member."}),
        "theirs": (2, {"status": Status.PROPOSED, "due_text": "Summer term", "due": ""}),
    }
    for side, (seed, values) in ways.items():
        clone = path.with_suffix(f".{side}.json")
        shutil.copyfile(path, clone)
        chance = random.Random(seed)
        author = Author(by=f"Clerk {seed}", at=f"2023-06-0{seed}T10:00:00Z", via="update")
        with store.editing(clone) as made:
            for number in chance.sample(range(1, size + 1), max(size // 20, 1)):
                made.put(amend(made.find(str(number)), values, author))
            for row in invent(ADDED):
                made.add(_draft(row), author, record_id=f"{seed}{row.number:011x}")


def write_tasks(path: Path, rows: list[Row]) -> None:
    """Write what ``task import`` reads."""
    tasks = [
        {
            "uuid": str(uuid.UUID(int=row.number, version=4)),
            "status": "pending",
            "description": row.action,
            "project": row.item,
            "entry": f"{row.meeting:%Y%m%d}T100000Z",
            "due": f"{row.due:%Y%m%d}T000000Z",
            "annotations": [{"entry": f"{row.due:%Y%m%d}T100000Z", "description": row.response}],
        }
        for row in rows
    ]
    path.write_text(json.dumps(tasks), encoding="utf-8")


def write_todos(folder: Path, rows: list[Row]) -> None:
    """Write a folder of iCalendar files, one an action, as todoman reads it."""
    folder.mkdir()
    for row in rows:
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//cpctrack//benchmarks//EN",
            "BEGIN:VTODO",
            f"UID:{row.number}",
            f"DTSTAMP:{row.meeting:%Y%m%d}T100000Z",
            f"SUMMARY:{_escaped(row.action)}",
            f"DESCRIPTION:{_escaped(row.response)}",
            f"LOCATION:{_escaped(row.item)}",
            f"DUE:{row.due:%Y%m%d}T000000Z",
            "STATUS:NEEDS-ACTION",
            "END:VTODO",
            "END:VCALENDAR",
        )
        text = "".join(f"{line}\r\n" for line in lines)
        (folder / f"{row.number}.ics").write_text(text, encoding="utf-8", newline="")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def main(folder: Path, sizes: list[int]) -> None:
    """Write everything for four sizes into the folder, and an empty store.

    todoman gets the first two; of the third two clones are made, and the stores of a council.
    """
    for size in (0, *sizes):
        rows = invent(size)
        write_store(folder / f"{size}.json", rows)
        write_table(folder / f"{size}.json", rows)
        write_tasks(folder / f"{size}.tasks.json", rows)
        if size in sizes[:2]:
            (folder / f"{size}.todo").mkdir()
            write_todos(folder / f"{size}.todo" / TODO_LIST, rows)
    write_clones(folder / f"{sizes[2]}.json", sizes[2])
    write_council(folder / f"{sizes[2]}.council", invent(sizes[2]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(word) for word in sys.argv[2:]])
