"""A record as a draft of what was typed, and at a terminal of what is asked for.

Only what is missing is asked for, with what is likely offered.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cpctrack.cli.context import App
from cpctrack.cli.options import fields_of
from cpctrack.cli.types import Due, MeetingDay, NewOwner, OneLine, OneOf, Text
from cpctrack.dates import long_date
from cpctrack.errors import UsageError
from cpctrack.records.changes import Author, create
from cpctrack.records.model import Draft, Kind, MeetingType, Record, Status, agreed
from cpctrack.records.query import known_owners, spellings, type_on
from cpctrack.records.refs import split_ref
from cpctrack.text import clean, not_utf8, one_line

if TYPE_CHECKING:
    from cpctrack.store.store import Store

_SAID = ("", "y", "yes", "n", "no")


def draft_of(current: "Store", given: dict[str, Any]) -> Draft:
    """Make a draft of what was typed; raises `UsageError` naming what is missing.

    The type of a meeting the store knows need not be given, nor the kind where the texts tell. A
    decision with neither owner nor due date needs nobody, as in minutes and tables.
    """
    known = type_on(current.meetings.values(), given["meeting"])
    given = {**given, "type_": given["type_"] or known}
    missing = [
        option
        for option, value in (
            ("--meeting", given["meeting"]),
            ("--type", given["type_"]),
            ("--item", given["item"]),
            ("--action or --recommendation", agreed(given)),
        )
        if not value
    ]
    if missing:
        raise UsageError(f"An action needs {', '.join(missing)} as well.")
    fields = fields_of(given)
    if "kind" not in fields:
        fields["kind"] = Kind.ACTION if given["action"] else Kind.RECOMMENDATION
    if fields["kind"] is Kind.DECISION and not (fields.get("owners") or fields.get("due_text")):
        fields.setdefault("status", Status.NO_FOLLOW_UP)
    meeting = current.meeting_on(given["meeting"], given["type_"], year=given["year"] or "")
    return Draft(meeting, fields)


def unknown_owner(current: "Store", draft: Draft) -> str:
    """Say that a new owner's name is nearly a known one's: the commonest slip of the pen."""
    owners = current.with_known_owners(draft).fields.get("owners", ())
    assert isinstance(owners, tuple)
    if not owners:
        return ""
    from cpctrack.suggest import did_you_mean

    known = known_owners(current.records)
    notes = [
        f"“{owner}” is new among the owners.{hint}"
        for owner in owners
        if owner not in known and owner not in current.owners
        if (hint := did_you_mean(owner, known))
    ]
    return " ".join(notes)


def complete(store: "Store", given: dict[str, Any], app: App) -> dict[str, Any]:
    """Ask for what is missing, show the record, and ask whether to save it or what to correct.

    Raises `click.exceptions.Exit` where the answer is no. Nothing is asked where the store knows
    the rest.
    """
    answers = {
        **given,
        "type_": given["type_"] or type_on(store.meetings.values(), given["meeting"]),
    }
    if not any(missing(answers) for missing, _ in _QUESTIONS.values()):
        check_day(answers["meeting"], app)
        return answers
    click.echo("Enter takes what stands in [brackets]; Ctrl-C leaves without saving.", err=True)
    for missing, ask in _QUESTIONS.values():
        if missing(answers):
            ask(store, answers)
    _look_back(store, answers, app)
    return answers


def _ask_meeting(store: "Store", answers: dict[str, Any]) -> None:
    last = _last_record(store)
    answers["meeting"] = prompt(
        "Meeting date", default=long_date(last.meeting.date) if last else None,
        type=MeetingDay(),
    )  # fmt: skip
    answers["type_"] = answers["type_"] or type_on(store.meetings.values(), answers["meeting"])


def _ask_type(_store: "Store", answers: dict[str, Any]) -> None:
    answers["type_"] = prompt(
        "Type of meeting", default=MeetingType.FORMAL, type=OneOf(MeetingType, "type of meeting")
    )


def _ask_item(store: "Store", answers: dict[str, Any]) -> None:
    last = _last_record(store)
    same = last if last and last.meeting.date == answers["meeting"] else None
    known = {record.item for record in store.records if record.meeting.date == answers["meeting"]}
    with _completing(sorted(known)):
        answers["item"] = prompt("Agenda item", default=same.item if same else None, type=OneLine())


def _ask_text(_store: "Store", answers: dict[str, Any]) -> None:
    name = "recommendation" if answers["recommendation"] else "action"
    answers[name] = prompt(name.capitalize(), type=Text())


def ask_owners(store: "Store") -> tuple[str, ...]:
    """Ask whom it is referred to, name by name, completed from those the store knows."""
    from cpctrack.suggest import nearest

    known = known_owners(store.records)
    owners: list[str] = []
    with _completing(known):
        while True:
            label = "Another owner (Enter ends)" if owners else "Referred to (Tab completes)"
            typed = prompt(label, default="", show_default=False, type=NewOwner())
            if not typed:
                break
            typed = store.owners.canonical(spellings(known).get(typed.casefold(), typed))
            if typed not in known and typed not in store.owners:
                near = nearest(typed, known)
                typed = near[0] if near and confirm(f"  Do you mean {near[0]}?") else typed
            owners.append(typed)
    return tuple(owners)


def _ask_owners(store: "Store", answers: dict[str, Any]) -> None:
    answers["owners"] = ask_owners(store)


def _ask_due(_store: "Store", answers: dict[str, Any]) -> None:
    answers["due"] = prompt("Due (a date, or words)", default="", show_default=False, type=Due())


_Missing = Callable[[dict[str, Any]], bool]
_Ask = Callable[["Store", dict[str, Any]], None]
_QUESTIONS: Mapping[str, tuple[_Missing, _Ask]] = {
    "meeting": (lambda given: not given["meeting"], _ask_meeting),
    "type": (lambda given: not given["type_"], _ask_type),
    "item": (lambda given: not given["item"], _ask_item),
    "action": (lambda given: not agreed(given), _ask_text),
    "owners": (lambda given: not given["owners"], _ask_owners),
    "due": (lambda given: given["due"] is None, _ask_due),
}


def _ask_again(name: str, store: "Store", answers: dict[str, Any]) -> None:
    if name == "meeting":
        answers["type_"] = None
    _QUESTIONS[name][1](store, answers)
    if not answers["type_"]:
        _ask_type(store, answers)


def _look_back(store: "Store", answers: dict[str, Any], app: App) -> None:
    """Show the record, and ask again for each field that is named, until it shall be saved."""
    from cpctrack.render.screen.plain import describe

    known = ("yes", "no", *_QUESTIONS)
    question = f"Save it? yes, no, or correct: {', '.join(_QUESTIONS)}"
    while True:
        try:
            draft = draft_of(store, answers)
        except UsageError as error:  # the day and --year do not go together
            click.echo(str(error), err=True)
            _ask_again("meeting", store, answers)
            continue
        new = create(draft, record_id="", ref="New action", author=Author("", "", "add"))
        click.echo(f"\n{describe(new, store.calendar(app.today()))}\n", err=True)
        answer = prompt(question, default="yes", value_proc=one_of(known))
        if answer == "no":
            leave()
        if answer == "yes" and _is_right(answers["meeting"], app):
            return
        _ask_again("meeting" if answer == "yes" else answer, store, answers)


def check_day(day: str, app: App) -> None:
    """Ask whether a meeting's day (ISO) is right that is to come; a no ends the command."""
    if not _is_right(day, app):
        leave()


def _is_right(day: str, app: App) -> bool:
    said = f"This meeting is in the future ({long_date(day)}). Is the date right?"
    return day <= app.today().isoformat() or confirm(said)


def _last_record(store: "Store") -> Record | None:
    """Give the record taken in last, which the next one most likely stands beside."""
    return max(
        store.records,
        key=lambda record: (
            record.history[0].at if record.history else "",
            split_ref(record.ref)[1:],
        ),
        default=None,
    )


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """Read one of these words, or as many of its first letters as somebody types."""

    def read(typed: str) -> str:
        wanted = typed.strip().casefold()
        for word in words:
            if wanted and word.startswith(wanted):
                return word
        raise click.UsageError(f"Please type one of {', '.join(words)}.")

    return read


def prompt(label: str, **options: Any) -> Any:
    """Ask for a value at the terminal, until it can be read."""
    offered = options.get("default")
    if isinstance(offered, str):
        options["default"] = one_line(offered)  # it may come from the store
    type_ = options.pop("type", None)
    read = options.pop("value_proc", None) or click.types.convert_type(type_, offered)
    while True:
        # readline, and so Tab, works on stdout alone; in a pipe that belongs to the reference.
        typed = click.prompt(label, err=not sys.stdout.isatty(), value_proc=str, **options)
        if wrong := not_utf8(typed):
            click.echo(wrong, err=True)
            continue
        try:
            return read(typed)
        except click.UsageError as error:
            click.echo(clean(error.message), err=True)


def confirm(question: str, *, default: bool = True) -> bool:
    """Ask a question at the terminal that is answered with yes or no; Enter is the default."""
    label = f"{clean(question)} {'[Y/n]' if default else '[y/N]'}"
    while (said := prompt(label, default="", show_default=False).strip().casefold()) not in _SAID:
        click.echo("Please type y or n.", err=True)
    return said[0] == "y" if said else default


def require(question: str, *, default: bool = True) -> None:
    """Ask the same where the answer may be no, which ends the command and is no error."""
    if not confirm(question, default=default):
        leave()


def leave() -> NoReturn:
    """End the command, which has saved nothing, because somebody said so."""
    click.echo("Nothing was saved.", err=True)
    raise click.exceptions.Exit(0)


@contextlib.contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """Let Tab complete these words, where the system has readline (Windows has none)."""
    try:
        import readline
    except ImportError:
        yield
        return

    words = list(map(one_line, words))

    def offer(typed: str, state: int) -> str | None:
        matches = [word for word in words if typed.casefold() in word.casefold()]
        return matches[state] if state < len(matches) else None

    before = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(offer)
    readline.set_completer_delims("")  # a name is one word, spaces and all
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before[0])
        readline.set_completer_delims(before[1])
