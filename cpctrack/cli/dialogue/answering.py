"""Going through answers with a person: the action above, the answer below, one key a step."""

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue import editing
from cpctrack.cli.dialogue.asking import one_of, prompt
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.output.replies import consequences, saved_words, where
from cpctrack.cli.types import Due, MeetingDay, NewOwner, Text
from cpctrack.dates import long_date
from cpctrack.errors import CpctrackError
from cpctrack.records.changes import Author
from cpctrack.records.model import Record, Status
from cpctrack.replies.answer import Answer
from cpctrack.store import council
from cpctrack.store.store import Store
from cpctrack.tasks.replies import Decision, Saved, applied, decision_of
from cpctrack.text import clean, one_line, shorten

_HELP = "q saves what you decided and stops; Ctrl-C leaves without saving."
_PASTE = (
    "Paste the answer and end it with a line that holds only a dot. A dot at once skips, "
    "e opens the editor, b goes back, q stops."
)
_LATER = "save it and change it later with “cpctrack update”"  # where no editor can be used
_NARROWEST = 40
_MOST_LINES = 30  # of an answer that are shown
_MOST_BEFORE = 6  # lines of the last response
_MOST_NEAR = 9
_SHORT = 60
_STATUSES = [each.value for each in Status if each not in (Status.COMPLETED, Status.SUPERSEDED)]


class _StopError(Exception):
    """The person wants to come back later."""


class _BackError(Exception):
    """The person wants to see the one before."""


class AnswerWalk:
    """One walk through answers; `go` gives what was decided.

    Where they are to be typed they hold a reference alone, and their words are asked for.
    """

    def __init__(
        self, answers: Sequence[Answer], held: Sequence[Store], author: Author, *, typed: bool
    ) -> None:
        records = {record.ref: record for each in held for record in each.records}
        self.answers = answers
        self.held = held
        self.author = author
        self.typed = typed
        self.width = max(_NARROWEST, shutil.get_terminal_size().columns) - 1
        self.drafts = [
            decision_of(each, records[each.ref]) if each.ref in records else None
            for each in answers
        ]
        self.settled: dict[int, Decision | None] = {}  # in the order of decisions; None is skipped

    def go(self) -> list[Decision]:
        """Ask about every answer in order, and give what is to be saved.

        Raises `click.Abort` where the person leaves without saving.
        """
        _say(_HELP)
        at = 0
        with contextlib.suppress(_StopError):
            while at < len(self.answers):
                try:
                    self._ask(at)
                except _BackError:
                    at = max(0, at - 1)
                    while at in self.settled:  # and what was decided on top of it
                        self.settled.popitem()
                while at in self.settled:
                    at += 1
        return list(filter(None, self.settled.values()))

    def _ask(self, at: int) -> None:
        """Ask about one answer until it is clear what becomes of it."""
        while at not in self.settled:
            self._show(at)
            draft = self.drafts[at]
            if self.typed and draft and not draft.response:
                self._hear(at, draft)
                continue
            answer = draft.answer if draft else self.answers[at]
            near = {str(place): ref for place, ref in enumerate(answer.near[:_MOST_NEAR], 1)}
            offered = near | {
                key: words
                for key, words in _KEYS.items()
                if (draft or key in "okbaq")
                and (answer.redirect or key != "r")
                and not (self.typed and key == "a")
            }
            key = _key(offered, default="s" if draft and not answer.unclear else "")
            if draft and key in _CHANGES:
                self.drafts[at] = _CHANGES[key](draft)
            else:
                self._step(at, key, near)

    def _step(self, at: int, key: str, near: Mapping[str, str]) -> None:
        match key:
            case "s":
                self._save(at)
            case "a":
                for place in range(at, len(self.answers)):
                    if place not in self.settled and not self.answers[place].unclear:
                        self._save(place)
            case "k":
                self.settled[at] = None
            case "b":
                raise _BackError
            case "q":
                raise _StopError
            case _:
                self._is_about(at, near.get(key) or prompt("Reference of the action"))

    def _save(self, at: int) -> None:
        draft = self.drafts[at]
        assert draft  # without one it is neither offered nor certain
        try:
            applied(self._now(draft.record), draft, self.author)
        except CpctrackError as error:
            _say(clean(str(error)))
        else:
            self.settled[at] = draft

    def _now(self, record: Record) -> Record:
        """Give a record as what was decided so far makes it."""
        for one in self.settled.values():
            if one and one.record.id == record.id:
                record = applied(record, one, self.author)
        return record

    def _is_about(self, at: int, ref: str) -> None:
        try:
            record = self._find(ref)
        except CpctrackError as error:
            _say(clean(str(error)))
            return
        draft = self.drafts[at] or decision_of(self.answers[at], record)
        self.drafts[at] = draft._replace(record=record, due="", meeting="", owner="", instead="")

    def _find(self, ref: str) -> Record:
        return council.holder(self.held, [ref]).find(ref)

    def _hear(self, at: int, draft: Decision) -> None:
        """Ask for the words of an answer, and read them; without any it is skipped."""
        from cpctrack.replies.words import said

        _say(_PASTE)
        match text := _pasted():
            case "b" | "q" | "":
                self._step(at, text or "k", {})
            case "e":
                text = _edit(draft).response
        if text:
            read = said(text, draft.record, date.fromisoformat(self.author.at[:10]))
            answer = draft.answer._replace(
                response=text, status=read.status, due=read.due, due_text=read.due_text,
                redirect=read.redirect, unclear=read.doubts,
            )  # fmt: skip
            self.drafts[at] = decision_of(answer, draft.record)

    def _show(self, at: int) -> None:
        draft = self.drafts[at]
        answer = draft.answer if draft else self.answers[at]
        told = f"{at + 1} of {len(self.answers)}"
        told += "" if self.typed else f" · {where(answer)}"
        _say(click.style(f"\n{told}", bold=True))
        before = ""
        if draft:
            record = self._now(draft.record)
            draft = draft._replace(record=record)
            before = record.response
            due = long_date(record.due) or record.due_text
            stands = (record.referred_to, due and f"due {due}", record.status.words.lower())
            self._tell(f"{record.ref}  {record.text}")
            self._tell(" · ".join(filter(None, stands)), dim=True)
        if before:
            self._quote("was: ", before, _MOST_BEFORE)
        label = "now: " if before else ""
        self._quote(label, draft.response if draft else answer.response, _MOST_LINES, old=before)
        for line in consequences(answer, draft):
            self._tell(line, fg="cyan")
        for why in answer.unclear:
            self._tell(f"? {why}", fg="yellow")
        for number, ref in enumerate(answer.near[:_MOST_NEAR], 1):
            with contextlib.suppress(CpctrackError):
                self._tell(f"{number}: {ref}, {shorten(self._find(ref).text, _SHORT)}")

    def _quote(self, label: str, text: str, most: int, old: str = "") -> None:
        """Show a text behind a bar; words that the `old` one, if any, has not are bold."""
        room = self.width - len(label) - 4
        lines = [part for line in clean(text).split("\n") for part in wrap(line, room)]
        known = old.split()
        for number, line in enumerate(lines[:most]):
            words = (
                click.style(each, bold=True) if old and each not in known else each
                for each in line.split()
            )
            _say(f"  │ {' ' * len(label) if number else label}{' '.join(words)}")
        if len(lines) > most:
            _say(f"  │ … and {len(lines) - most} more lines")

    def _tell(self, text: str, **style: Any) -> None:
        for line in wrap(clean(text), self.width - 2):
            _say(click.style(f"  {line}", **style))


def _edit(draft: Decision) -> Decision:
    """Let the person change the words; what can't be used changes nothing."""
    try:
        text = editing.edit_until(draft.response, _text, what="answer", instead=_LATER)
    except click.Abort:
        return draft
    except CpctrackError as error:
        _say(clean(str(error)))
        return draft
    return draft if text is None else draft._replace(response=text)


def _text(written: str) -> str:
    return Text().convert(written, None, None).strip()


def _status(draft: Decision) -> Decision:
    held: str | None = (draft.status or draft.record.status).value
    held = held if held in _STATUSES else None
    label = f"Status: {', '.join(_STATUSES)}"
    return draft._replace(status=Status(prompt(label, default=held, value_proc=one_of(_STATUSES))))


def _date(draft: Decision) -> Decision:
    asked = draft.due or long_date(draft.answer.due) or draft.answer.due_text or None
    due = prompt("New due date (a date, or words)", default=asked, type=Due())
    label = "Meeting that agreed it (Enter where it is only asked for)"
    meeting = prompt(label, default="", show_default=False, type=MeetingDay())
    return draft._replace(due=due, meeting=meeting)


def _redirect(draft: Decision) -> Decision:
    named = draft.owner or draft.answer.redirect
    owner = prompt("Give it to", default=named, type=NewOwner())
    owners = draft.record.owners
    number = 1
    if len(owners) > 1:
        listed = ", ".join(f"{each} {one_line(name)}" for each, name in enumerate(owners, 1))
        number = prompt(f"In place of whom: {listed}", type=click.IntRange(1, len(owners)))
    return draft._replace(owner=owner, instead=owners[number - 1] if owners else "")


_KEYS = {
    "s": "save", "e": "edit", "t": "status", "d": "date", "o": "other action",
    "r": "give it to them", "k": "skip", "b": "back", "a": "all the rest that are certain",
    "q": "quit",
}  # fmt: skip
_CHANGES: Mapping[str, Callable[[Decision], Decision]] = {
    "e": _edit, "t": _status, "d": _date, "r": _redirect,
}  # fmt: skip


def finish(app: App, saved: Sequence[Saved], new: Sequence[Answer] = ()) -> None:
    """Say what was saved, what is contradictory now, and what nobody decided of new answers."""
    for line in saved_words(saved, new):
        app.say(line)
    for each in saved:
        notice(app, each.store, [record for _, record in each.records])


def _pasted() -> str:
    """Read lines up to one that holds a dot alone; a letter alone in the first is a wish."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - without it a terminal cuts lines of more than 4,095 letters
    lines: list[str] = []
    while True:
        typed = prompt("", default="", show_default=False, prompt_suffix="")
        lines += typed.split("\n")  # a terminal may hand over all that was pasted
        if len(lines) == 1 and lines[0].strip() in ("b", "e", "q"):
            return lines[0].strip()
        if lines[-1].strip() == ".":
            return clean("\n".join(lines[:-1])).strip()


def _key(offered: Mapping[str, str], default: str) -> str:
    """Ask for one of these keys, without Enter where the terminal can; Enter is the default."""
    words = ", ".join(f"{key} {said}" for key, said in offered.items())
    question = f"{words}{f' [{default}]' if default else ''}: "
    while True:
        # More than one letter was pasted, or is an arrow: neither is a decision.
        key = _typed(question).strip().lower() or default
        if key in offered:
            return key
        question = f"One of {', '.join(offered)}, please: "


def _typed(question: str) -> str:
    if os.environ.get("TERM") == "dumb":
        return str(prompt(question, default="", show_default=False, prompt_suffix=""))
    click.echo(question, nl=False, err=True)
    try:
        typed = click.getchar()
    except (KeyboardInterrupt, EOFError) as stop:
        raise click.Abort from stop
    if not typed:
        raise click.Abort
    click.echo(one_line(typed), err=True)
    return typed


def _say(text: str) -> None:
    click.echo(text, err=True)
