"""Writing the messages that are due, and recording in each store what they ask."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import MissingExtraError
from cpctrack.records import asking
from cpctrack.records.asking import ESCALATION, Chase, Part
from cpctrack.records.changes import Author
from cpctrack.render.chase import message as words
from cpctrack.render.chase.message import Message
from cpctrack.render.export.forms import MARK
from cpctrack.store import chases, council, files, store
from cpctrack.store.store import Store
from cpctrack.tables.layout import name_for
from cpctrack.tasks import handing_out
from cpctrack.tasks.chase import Planned, Wanted, plan
from cpctrack.tasks.print_view import templates_of

_LETTERS = "CDFGHJKMNPQRTVWXY34679"  # none looks like another, and they spell no word
_NUMBER = "CHASE"
_CHAIR = "for-the-chair"


class Written(NamedTuple):
    """What was planned, each message with its files, and the letters for the chair.

    `lacking` says what to install for the forms that the drafts go without.
    """

    planned: Planned
    messages: tuple[tuple[Message, tuple[Path, ...]], ...]
    chair: tuple[Path, ...]
    lacking: str


class _Made(NamedTuple):
    files: Mapping[str, bytes]
    parts: tuple[Part, ...]
    lacking: str


def write(
    paths: Sequence[Path],
    folder: Path,
    wanted: Wanted,
    author: Author,
    today: date,
    formats: Collection[str] = ("eml",),
) -> Written:
    """Write the messages that are due into a folder, and record in each store what was asked.

    All files or none are written, and nothing is recorded where they can't be. `formats` are of
    ``eml``, ``docx``, ``xlsx`` and ``text``. Raises as `plan` does, `RenderError` for a file that
    is there and different, and `MissingExtraError`.
    """
    for lock in folder.glob(f".*-{_NUMBER}-*.lock"):  # what one that was killed has left
        files.tidy(folder / lock.name.removeprefix(".").removesuffix(".lock"))
    council.read_all(paths)  # refuses stores of which none could be told from another
    with ExitStack() as locks:
        held = [locks.enter_context(store.editing(path)) for path in sorted(paths)]
        held.sort(key=lambda each: each.settings.committee.casefold())
        planned = plan(held, wanted, author.by, today)
        numbers = _numbers(held)
        messages = [each._replace(number=next(numbers)) for each in planned.messages]
        beside = {path for path in (templates_of(each.path) for each in held) if path.is_dir()}
        templates = min(beside) if len(beside) == 1 else None
        made = [_made(each, formats, templates) for each in messages]
        chair: dict[Path, bytes] = {}
        for each in held:
            meeting = wanted.round_of(each, today)
            for message, one in zip(messages, made, strict=True):
                _record(each, message, one.parts, meeting, author)
            name = f"{_CHAIR}-{each.settings.prefix.lower()}" if len(held) > 1 else _CHAIR
            asked = [_unanswered(one, each.settings.committee, meeting) for one in messages]
            chair |= _for_the_chair(asked, folder, name, formats, templates)
        contents = {folder / name: file for one in made for name, file in one.files.items()} | chair
        handing_out.put_in_place(contents, [each.path for each in held], ahead=held)
    own = (tuple(folder / name for name in one.files) for one in made)
    lacking = next((one.lacking for one in made if one.lacking), "")
    return Written(planned, tuple(zip(messages, own, strict=True)), tuple(chair), lacking)


def draw() -> str:
    """Draw what makes a message's number its own: five letters and digits."""
    from secrets import choice

    return "".join(choice(_LETTERS) for _ in range(5))


def _numbers(held: Sequence[Store]) -> Iterator[str]:
    """Give numbers that none of the stores has, each once."""
    every = (one for each in held for record in each.records for one in asking.asks(record))
    taken = {one.number for one in every}.union(
        *(each.document.get(chases.TABLE, ()) for each in held)
    )
    prefix = "".join(filter(str.isalnum, held[0].settings.prefix))
    while True:
        number = f"{prefix}-{_NUMBER}-{draw()}".upper()
        if number not in taken:
            taken.add(number)
            yield number


def _made(message: Message, formats: Collection[str], templates: Path | None) -> _Made:
    """Make a message's files by their names; a draft goes without a form that can't be made."""
    from cpctrack.render.chase import draft, excel_form, text, word_form

    view = words.view(message)
    parts = text.parts(view, templates)
    stem = f"{name_for(message.owner, (), 'owner')}-{message.number}"
    stem = f"{MARK}-{stem}" if message.exempt else stem
    forms, own, lacking = dict[str, bytes](), dict[str, bytes](), ""
    for kind, make in (("docx", word_form.word_form), ("xlsx", excel_form.excel_form)):
        name = f"{stem}.{kind}"
        try:
            if kind in formats or "eml" in formats:
                forms[name] = make(view, message)
            if kind in formats:
                own[name] = forms[name]
        except MissingExtraError as error:
            if kind in formats:
                raise
            lacking = str(error)
    plain = "".join(part.text for part in parts)
    if "eml" in formats:
        own[f"{stem}.eml"] = draft.draft(view, plain, message.to, forms, message.today, templates)
    if "text" in formats:
        own[f"{stem}.txt"] = plain.encode()
    return _Made(own, parts, lacking)


def _record(
    held: Store, message: Message, parts: Iterable[Part], meeting: str, author: Author
) -> None:
    """Keep in a store what a message asks about its own actions, and that it does."""
    committee = held.settings.committee
    own = {one.record.ref: one.record.id for one in message.questions if one.committee == committee}
    if own:
        kept = tuple(part for part in parts if not part.ref or part.ref in own)
        chase = Chase(
            message.number, message.owner, author.at, author.by, message.reply_by, meeting,
            message.step, message.exempt, kept,
        )  # fmt: skip
        held.put_rows(chases.TABLE, {chase.number: chases.encode(chase)}, author)
        for record_id in own.values():
            held.put(asking.ask(held.record(record_id), chase, author))


def _for_the_chair(
    messages: Iterable[Message], folder: Path, name: str, formats: Collection[str],
    templates: Path | None,
) -> Iterator[tuple[Path, bytes]]:  # fmt: skip
    """Write who was asked when, today too, and has not answered; of exempt actions apart."""
    from cpctrack.render.chase import chair

    for before in ("", f"{MARK}-"):
        if late := [one for one in messages if one.questions and one.exempt is bool(before)]:
            text, eml = chair.letter(late, templates)
            if "eml" in formats:
                yield _free(folder, f"{before}{name}", ".eml"), eml
            if "text" in formats or "eml" not in formats:
                yield _free(folder, f"{before}{name}", ".txt"), text.encode()


def _unanswered(message: Message, committee: str, meeting: str) -> Message:
    """Keep of a message what one committee's chair is to know: what was asked often enough."""
    today = message.today.isoformat()
    late = tuple(
        one._replace(asked=(*one.asked, today))
        for one in message.questions
        if one.committee == committee and len(one.asked) >= ESCALATION - 1
    )
    return message._replace(questions=late, meeting=meeting)


def _free(folder: Path, name: str, ending: str) -> Path:
    """Name a file that is not there yet: the letters of other weeks stay."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(path for each in names if not files.exists(path := folder / f"{each}{ending}"))
