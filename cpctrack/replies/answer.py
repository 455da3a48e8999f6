"""What is read of letters: answers, and letters that hold none."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cpctrack.records.asking import Chase
from cpctrack.records.model import NOTHING, Record
from cpctrack.records.owners import NO_OWNERS, Owners


class Known(NamedTuple):
    """What the stores know: records by their reference in capitals, and chases by their number."""

    records: Mapping[str, Record]
    today: date
    chases: Mapping[str, Chase] = NOTHING
    owners: Owners = NO_OWNERS


class Answer(NamedTuple):
    """What an owner says of one action, or of what can't be told (`ref` is then empty).

    `response` is in their own words; `status`, `due` (ISO) and `redirect`, whom else they name, are
    what the words suggest, or nothing; `due_text` are the words of a date, also where they name no
    day. `unclear` are the reasons why a person should look, none where it is certain; `near` the
    references it may be about. `sender`, `date` (ISO) and `message_id` are those of the letter,
    `line` its line in the file.
    """

    ref: str
    response: str
    status: str = ""
    due: str = ""
    due_text: str = ""
    redirect: str = ""
    unclear: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    sender: str = ""
    date: str = ""
    message_id: str = ""
    number: str = ""
    file: str = ""
    line: int = 0


class Nothing(NamedTuple):
    """A letter, or a file, in which there is no answer, and why."""

    file: str
    why: str


class Read(NamedTuple):
    """What was read of letters, in their order."""

    answers: tuple[Answer, ...] = ()
    nothing: tuple[Nothing, ...] = ()
