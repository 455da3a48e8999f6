"""Reading owners' answers, and saving those that are certain or that somebody decided on."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from cpctrack.records.owners import together
from cpctrack.replies import reading
from cpctrack.replies.answer import Known, Read
from cpctrack.store import chases
from cpctrack.store.store import Store


def read(paths: Iterable[Path], held: Sequence[Store], today: date) -> Read:
    """Read the answers in these files; what a file holds that is none is told, with the reason."""
    from cpctrack.reading.mail import messages

    known = Known(
        {record.ref.upper(): record for each in held for record in each.records},
        today,
        chases.together([chases.read(each.document) for each in held]),
        together(each.owners for each in held),
    )
    return reading.read((letter for path in paths for letter in messages.read(path)), known)
