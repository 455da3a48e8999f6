"""Make the examples again: ``python examples/make.py [FOLDER]``.

``story/`` tells what two invented committees agreed and what came of it. Out of it come their
stores, and by the commands below what is in ``printed/``, in FOLDER, which is this one unless you
say otherwise; the same story always gives the same bytes.
"""

import contextlib
import os
import shlex
import shutil
import sys
import tomllib
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest import mock

from cpctrack.cli.main import main as cpctrack
from cpctrack.cli.options import fields_of
from cpctrack.records import decisions
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Acceptance, Draft, Kind, MeetingType, Record, Settings, Status
from cpctrack.store import store, undo_log
from cpctrack.tasks import chase_files, link

HERE = Path(__file__).parent
TODAY = date(2024, 4, 10)
STORES = {"CPC": Path("actions.json"), "LIC": Path("licensing/actions.json")}
COMMITTEES = {"CPC": "Corporate Parenting Committee", "LIC": "Licensing Committee"}
SEEDS = {"CPC": "Marlowe", "LIC": "LIC"}
FORMATS = ("csv", "docx", "html", "md", "pdf", "xlsx")
PRINTED = (
    *(f"appendix --year 2023/24 -o printed/appendix4-2023-24.{each}" for each in FORMATS),
    *(
        f"appendix --view progress --meeting 12/6/2024 -o printed/progress-2024-06-12.{each}"
        for each in FORMATS
    ),
    "--store licensing appendix --view programme -o printed/licensing-programme.docx",
    "--store licensing publish -f docx -f html --view both -o printed/licensing-pack-2024-06-19",
    "--store . statistics --year 2023/24 --by committee -o printed/council-statistics.html",
    "--store . statistics --year 2023/24 --by committee -o printed/council-statistics.xlsx",
    "--store . calendar -o printed/council-calendar.ics",
    "owners import contacts.csv --yes",
    "--store . chase --owner Fostering --owner Licensing -o printed/messages"
    + "".join(f" --format {each}" for each in ("eml", "docx", "xlsx", "text")),
)
"""What prints the documents, in a folder with both stores."""
AS_IMPORTED = ("owner_text", "printed", "source_ref")


def main(arguments: list[str]) -> None:
    """Write the stores and the documents into the folder that is named, else beside this file."""
    target = (Path(arguments[0]) if arguments else HERE).resolve()
    with TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        write_stores()
        for path in STORES.values():  # before chasing and publishing leave their traces there
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / path)
        print_documents()
        shutil.rmtree(target / "printed", ignore_errors=True)
        shutil.copytree("printed", target / "printed")


def write_stores() -> None:
    """Write both committees' stores as the story tells it."""
    for prefix, path in STORES.items():
        committee = f"{COMMITTEES[prefix]}, Marlowe Borough Council"
        path.parent.mkdir(exist_ok=True)
        store.initialise(path, Settings(committee=committee, prefix=prefix, year_starts="05-15"))
        random = Random(SEEDS[prefix])
        with store.editing(path) as made:
            for part in sorted((HERE / "story").glob(f"{prefix}-*.toml")):
                told = tomllib.loads(part.read_text(encoding="utf-8"))
                for meeting in told["meetings"]:
                    tell(made, meeting, random)
                for meeting in told.get("to_come", ()):
                    made.keep_meeting(made.meeting_on(meeting["date"], MeetingType.FORMAL))
    later = tomllib.loads((HERE / "story" / "later.toml").read_text(encoding="utf-8"))["later"]
    with mock.patch.object(store, "new_id", partial(an_id, Random("later"))):
        for each in later:
            go_on(each)
    for path in STORES.values():
        undo_log.discard(path)  # nobody has typed any of it


def an_id(random: Random) -> str:
    """Draw what a record is known by in the file."""
    return f"{random.getrandbits(48):012x}"


def tell(made: store.Store, told: dict, random: Random) -> None:
    """Take in a meeting's records and what became of each."""
    meeting = made.meeting_on(told["date"], MeetingType(told["type"]), year=told.get("year", ""))
    author = Author(told["by"], stamp(told["recorded"]), told.get("via", "add"))
    for row in told["records"]:
        draft = Draft(meeting, fields(row), row.get("source", ""))
        record = made.add(draft, author, record_id=an_id(random))
        for change in row.get("changes", ()):
            record = changed(made, record, change)
        made.put(record)


def go_on(told: dict) -> None:
    """Split an action, hand it to the other committee, or do to it what `changed` does."""
    path = STORES[told["ref"][:3]]
    author = Author(told["by"], stamp(told["at"]), "transfer")
    if "transferred" in told:
        link.transfer(path, told["ref"], STORES[told["transferred"]], author, told["at"].date())
    elif "split" in told:
        link.split(path, told["ref"], told["split"], author._replace(via="split"))
    else:
        with store.editing(path) as made:
            made.put(changed(made, made.find(told["ref"]), told))


def changed(made: store.Store, record: Record, told: dict) -> Record:
    """Do to a record what the commands do: agree, reopen, extend, or else update."""
    author = Author(told["by"], stamp(told["at"]), "update")
    meeting = told.get("meeting", "")
    if "agreed" in told:
        held = made.meeting_on(told["agreed"], MeetingType.FORMAL)
        return decisions.agree(record, held, author._replace(via="agree"))
    if "reopened" in told:
        again = author._replace(via="reopen")
        return decisions.reopen(record, again, reason=told["reopened"], meeting=meeting)
    if "to" in told:
        more = author._replace(via="extend")
        return decisions.extend(record, more, to=told["to"], reason=told["reason"], meeting=meeting)
    return amend(record, fields(told), author)


def fields(row: dict) -> dict[str, object]:
    """Read a row of the story as the commands read their options."""
    words = {"kind": Kind, "status": Status, "accepted": Acceptance}
    given = {name: words.get(name, lambda text: text)(value) for name, value in row.items()}
    return fields_of(given) | {name: row[name] for name in AS_IMPORTED if name in row}


def stamp(moment) -> str:
    """Write a moment of the story as histories do."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def print_documents() -> None:
    """Print what is in ``printed/`` as a clerk does, on the day on which the story stops."""
    drawn = (f"MARL{number}" for number in range(2, 10))
    clerk = {
        "CPCTRACK_TODAY": TODAY.isoformat(),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.name",
        "GIT_CONFIG_VALUE_0": "Committee Clerk",
        "LOGNAME": "Committee Clerk",  # where there is no git
    }
    shutil.copy(HERE / "contacts.csv", ".")
    Path("printed").mkdir()
    with (
        mock.patch.dict(os.environ, clerk),
        mock.patch.object(chase_files, "draw", partial(next, drawn)),
    ):
        for line in PRINTED:
            cpctrack(shlex.split(line), standalone_mode=False)


if __name__ == "__main__":
    main(sys.argv[1:])
