"""Reading owners' answers, and saving those that are certain or that somebody decided on."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import CpctrackError, StoreError, reason
from cpctrack.reading.mail.letter import OF_BYTES, Letter
from cpctrack.records import ageing, asking, attention
from cpctrack.records.changes import Author, amend
from cpctrack.records.decisions import check_update, extend
from cpctrack.records.model import Record, Status
from cpctrack.records.owners import together
from cpctrack.records.query import Dated, in_order
from cpctrack.replies import reading
from cpctrack.replies.answer import Answer, Known, Nothing, Read
from cpctrack.store import chases, store
from cpctrack.store.store import Store
from cpctrack.text import clean, one_line, shorten

_NOBODY = Author("", "", "replies")
_HIDDEN = (".", "~$")  # how names begin of files that systems and Word put beside others
_LONGEST_ID = 200


class Decision(NamedTuple):
    """What is to be saved of an answer, and about which record, as somebody saw it.

    `due` is the new date or words for one, `meeting` the meeting (ISO) that agreed it, or nothing
    while it is only asked for. `owner` takes the place of the owner `instead`.
    """

    record: Record
    answer: Answer
    response: str
    status: Status | None = None
    due: str = ""
    meeting: str = ""
    owner: str = ""
    instead: str = ""


class Saved(NamedTuple):
    """A store, and the records in it to which answers were saved, as they were and as they are."""

    store: Store
    records: list[tuple[Record, Record]]


def read(paths: Sequence[Path], held: Sequence[Store], today: date) -> Read:
    """Read the answers in these files; what a file holds that is none is told, with the reason.

    What can't be saved as it stands is unclear. Raises `ImportRefusedError` for a file that can't
    be read and is the only one; of several it is told.
    """
    known = Known(
        {record.ref.upper(): record for each in held for record in each.records},
        today,
        chases.together([chases.read(each.document) for each in held]),
        together(each.owners for each in held),
    )
    letters: list[Letter] = []
    nothing: list[Nothing] = []
    for path, why in _files(paths):
        if why:
            nothing.append(Nothing(one_line(path.name), why))
            continue
        try:
            letters += _letters(path)
        except CpctrackError as error:
            if [path] == [*paths]:
                raise
            nothing.append(Nothing(one_line(path.name), clean(str(error))))
    found = reading.read(letters, known)
    nothing += (Nothing(one_line(file), clean(why)) for file, why in found.nothing)
    answers: dict[Answer, Answer] = {}  # one letter may lie in two files
    for each in map(_cleaned, found.answers):
        answers.setdefault(each._replace(file="", line=0), each)
    return Read(tuple(_tried(each, known) for each in answers.values()), tuple(nothing))


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Give the files, and those of folders by their names, each with why it is not read."""
    for path in paths:
        if not path.is_dir():
            yield path, ""
            continue
        try:
            inside = sorted(each for each in path.iterdir() if not each.name.startswith(_HIDDEN))
        except OSError as error:
            yield path, f"the folder can't be opened ({reason(error)})"
            continue
        if not inside:
            yield path, "the folder holds no file"
        for each in inside:
            folder = "this is a folder in the folder; name it as well to read what is in it"
            yield each, folder if each.is_dir() else "" if each.is_file() else "this is no file"


def _letters(path: Path) -> list[Letter]:
    """Read a file's letters; one without an id gets one of the file's content."""
    import hashlib

    from cpctrack.reading.mail import messages

    letters = messages.read(path)
    if all(each.message_id for each in letters):
        return letters
    with path.open("rb") as file:
        own = f"{OF_BYTES}{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"
    return [each if each.message_id else each._replace(message_id=own) for each in letters]


def _cleaned(answer: Answer) -> Answer:
    """Take out of an answer what could disturb a terminal or a store; a letter may hold it all."""
    texts = {
        name: one_line(value) for name, value in answer._asdict().items() if isinstance(value, str)
    }
    texts["response"] = clean(answer.response).strip()
    texts["message_id"] = shorten(answer.message_id, _LONGEST_ID)
    lists = {name: tuple(map(one_line, getattr(answer, name))) for name in ("unclear", "near")}
    return answer._replace(**texts, **lists)  # type: ignore[arg-type]


def _tried(answer: Answer, known: Known) -> Answer:
    """Make an answer unclear that is certain and yet can't be saved."""
    record = known.records.get(answer.ref.upper())
    if record is not None:
        answer = answer._replace(ref=record.ref)
    if answer.unclear:
        return answer
    if record is None:
        return answer._replace(unclear=("it does not tell which action it is about",))
    try:
        applied(record, decision_of(answer, record), _NOBODY)
    except CpctrackError as error:
        return answer._replace(unclear=(one_line(str(error)),))
    return answer


def decision_of(answer: Answer, record: Record) -> Decision:
    """Give what is saved of an answer unless somebody says otherwise: its words and its status.

    “Done” is no more than proposed: closing an action is the committee's.
    """
    status = next((each for each in Status if each == answer.status), None)
    if status is Status.COMPLETED:
        status = Status.PROPOSED
    return Decision(record, answer, answer.response, status)


def taken_in(answers: Iterable[Answer], held: Sequence[Store]) -> frozenset[Answer]:
    """Tell which answers the stores have already, by the ids of their letters.

    Each time one was noted stands for one answer: first for that of the same words, which may have
    been saved to another action than the letter says, then for one that was edited.
    """
    told: dict[str, list[Record]] = defaultdict(list)
    for each in held:
        for record in each.records:
            for heard in asking.heard_of(record):
                told[heard.message_id].append(record)
    taken: set[Answer] = set()
    certain_first = sorted(answers, key=lambda each: bool(each.unclear))
    for by_action, by_words in ((True, True), (False, True), (True, False)):
        for one in certain_first:
            left = told[one.message_id] if one.message_id and one not in taken else []
            for place, record in enumerate(left):
                is_there = not by_action or one.ref == record.ref
                if is_there and (not by_words or _says(record, one)):
                    del left[place]
                    taken.add(one)
                    break
    return frozenset(taken)


def _says(record: Record, answer: Answer) -> bool:
    said = (line.after for line in record.history if line.what == "response")
    return answer.response in said


def open_actions(held: Sequence[Store], today: date) -> list[Dated]:
    """Give all open actions of these stores, as their tables have them."""
    return [
        Dated(record, calendar, each.settings.committee)
        for each in held
        for calendar in (each.calendar(today),)
        for record in in_order(each.records)
        if record.status.is_open
    ]


def unanswered(actions: Sequence[Dated]) -> list[Record]:
    """Choose, of open actions, those whose owner was asked and has not answered.

    Where nobody was asked anything: those not heard of since the last formal meeting.
    """
    if any(asking.asks(one.record) for one in actions):
        return [one.record for one in actions if asking.open_asks(one.record)]
    return [one.record for one in actions if attention.is_passed_over(one.record, one.calendar)]


def applied(record: Record, one: Decision, author: Author) -> Record:
    """Give a record with an answer in it; raises `DecisionError` where that can't be.

    More time and another owner come first, so that the undo log names the command that answered.
    """
    why = one_line(one.response)
    new = record
    if one.owner:
        owners = [one.owner if each == one.instead else each for each in record.owners]
        values = {"owners": tuple(dict.fromkeys(owners or [one.owner])), "owner_text": ""}
        new = amend(new, values, author._replace(via="reassign"), reason=why)
    if one.due and ageing.first_due(record):
        by = author._replace(via=ageing.EXTEND)
        why = why or "Its owner asked for more time."
        new = extend(new, by, to=one.due, reason=why, meeting=one.meeting)
    elif one.due:
        from cpctrack.due import read_due

        due = {"due": read_due(one.due).iso, "due_text": one.due}
        new = amend(new, due, author, reason=why, meeting=one.meeting)
    heard = asking.Heard(one.answer.sender, one.answer.date, one.answer.message_id)
    new = asking.answer(new, heard, author)
    said = {"response": one.response, "status": one.status}
    new = amend(new, {name: value for name, value in said.items() if value}, author)
    check_update(record, new)
    return new


def save(held: Sequence[Store], decided: Sequence[Decision], author: Author) -> list[Saved]:
    """Save answers, each to the store of its record: all of them, or none.

    Raises `StoreError` where a record is another than was shown, and `DecisionError`.
    """
    paths = {record.ref: each.path for each in held for record in each.records}
    by_path: dict[Path, list[Decision]] = defaultdict(list)
    for one in decided:
        by_path[paths[one.record.ref]].append(one)
    saved: list[Saved] = []
    written: list[Path] = []
    try:
        with contextlib.ExitStack() as stack:
            for path in sorted(by_path):  # two commands at once lock them in one order
                stack.enter_context(_noted(path, written))
                current = stack.enter_context(store.editing(path))
                saved.append(Saved(current, _put(current, by_path[path], author)))
    except StoreError as error:
        if not written:
            raise
        raise StoreError(
            f"The answers to {', '.join(map(str, written))} are saved, the others are not: {error} "
            "Run the same command once more when that is mended; what is saved it knows."
        ) from error
    return saved


@contextlib.contextmanager
def _noted(path: Path, written: list[Path]) -> Iterator[None]:
    """Note a path where what is entered after this ends well."""
    yield
    written.append(path)


def _put(
    current: Store, decided: Iterable[Decision], author: Author
) -> list[tuple[Record, Record]]:
    shown = {one.record.id: one.record for one in decided}
    for record_id, record in shown.items():
        if current.readable(record_id) != record:
            raise StoreError(
                f"Somebody else changed {record.ref} while you were reading, so nothing was saved; "
                "run the command again."
            )
    for one in decided:
        owner = current.spelled([one.owner])[0] if one.owner else ""
        record = current.record(one.record.id)
        current.put(applied(record, one._replace(owner=owner), author))
    return [(record, current.record(record_id)) for record_id, record in shown.items()]
