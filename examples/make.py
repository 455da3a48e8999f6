"""Make the examples again: ``python examples/make.py [FOLDER]``.

``story/`` tells what an invented committee agreed and what came of it. Out of it come the store
and its Appendix 4 in FOLDER, which is this one unless you say otherwise; the same story always
gives the same bytes.
"""

import sys
import tomllib
from datetime import date
from pathlib import Path
from random import Random

from cpctrack.cli.options import fields_of
from cpctrack.records import decisions
from cpctrack.records.calendar import Calendar, formal_days
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Acceptance, Draft, Kind, MeetingType, Record, Settings, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.store import store, undo_log

HERE = Path(__file__).parent
TODAY = date(2024, 4, 10)
YEAR = "2023/24"
NEXT_MEETING = "2024-06-12"
SETTINGS = Settings(
    committee="Corporate Parenting Committee, Marlowe Borough Council",
    prefix="CPC",
    year_starts="05-15",
)
LICENSING = "Licensing Committee, Marlowe Borough Council"
IDS = "Marlowe"
AS_IMPORTED = ("owner_text", "printed", "source_ref")


def main(arguments: list[str]) -> None:
    """Write the store and the documents into the folder that is named, else beside this file."""
    folder = Path(arguments[0]) if arguments else HERE
    write_documents(write_store(folder / "actions.json", SETTINGS, "20*.toml"), folder)
    licensing = SETTINGS._replace(committee=LICENSING, prefix="LIC")
    (folder / "licensing").mkdir(exist_ok=True)
    write_store(folder / "licensing" / "actions.json", licensing, "licensing.toml")


def write_store(path: Path, settings: Settings, story: str) -> store.Store:
    """Write a committee's store as its story tells it."""
    path.unlink(missing_ok=True)
    store.initialise(path, settings)
    with store.editing(path) as made:
        random = Random(IDS if settings is SETTINGS else settings.prefix)
        for part in sorted((HERE / "story").glob(story)):
            told = tomllib.loads(part.read_text(encoding="utf-8"))
            for meeting in told["meetings"]:
                tell(made, meeting, random)
            for meeting in told.get("to_come", ()):
                made.keep_meeting(made.meeting_on(meeting["date"], MeetingType(meeting["type"])))
    undo_log.discard(path)  # nobody has typed any of it
    return made


def tell(made: store.Store, told: dict, random: Random) -> None:
    """Take in a meeting's records and what became of each."""
    meeting = made.meeting_on(told["date"], MeetingType(told["type"]), year=told.get("year", ""))
    author = Author(told["by"], stamp(told["recorded"]), told.get("via", "add"))
    for row in told["records"]:
        draft = Draft(meeting, fields(row), row.get("source", ""))
        record = made.add(draft, author, record_id=f"{random.getrandbits(48):012x}")
        for change in row.get("changes", ()):
            record = changed(made, record, change)
        made.put(record)


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


def write_documents(made: store.Store, folder: Path) -> None:
    """Print Appendix 4 of the second year and the next progress report, in each format."""
    printing = Printing(made.settings, Calendar(TODAY))
    days = formal_days(made.meetings.values())
    report = printing._replace(printed_for=NEXT_MEETING, calendar=Calendar(TODAY, days))
    views = {
        f"appendix4-{YEAR.replace('/', '-')}": appendix_view(made.records, printing, year=YEAR),
        f"progress-{NEXT_MEETING}": progress_view(made.records, report, year=YEAR),
    }
    for name, view in views.items():
        for made_as in FORMATS.values():
            target = folder / f"{name}{made_as.endings[0]}"
            target.write_bytes(render(view, made_as))


if __name__ == "__main__":
    main(sys.argv[1:])
