"""Going through answers with a person: the action above, the answer below, one key for each step."""

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import NoReturn

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue import editing
from cpctrack.cli.dialogue.asking import one_of, prompt
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.output.replies import saved_words, suggested, where
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
_OF_BEFORE = 6  # lines of the last response
_STATUSES = [each for each in Status if each not in (Status.COMPLETED, Status.SUPERSEDED)]
_ENTER = ("\r", "\n", "\r\n")


class _StopError(Exception):
    """The person wants to come back later."""


class _BackError(Exception):
    """The person wants to see the one before."""


class AnswerWalk:
    """One walk through answers; `go` gives what was decided.

    Those that are `typed` hold a reference alone: their words are asked for.
    """

    def __init__(
        self, answers: Sequence[Answer], held: Sequence[Store], author: Author, *,
        typed: bool = False,
    ) -> None:  # fmt: skip
        records = {record.ref: record for each in held for record in each.records}
        self.answers = list(answers)
        self.held = held
        self.author = author
        self.typed = typed
        self.width = max(_NARROWEST, shutil.get_terminal_size().columns) - 1
        self.drafts = [
            decision_of(each, records[each.ref]) if each.ref in records else None
            for each in answers
        ]
        self.settled: dict[int, Decision | None] = {}  # None is skipped
        self.keys: Mapping[str, tuple[str, Callable[[int], None]]] = {
            "s": ("save", self._save), "e": ("edit", self._edit), "t": ("status", self._status),
            "d": ("date", self._date), "o": ("other action", self._other),
            "r": ("give it to them", self._redirect), "k": ("skip", self._skip),
            "b": ("back", self._back), "a": ("all the rest that are certain", self._rest),
            "q": ("quit", self._quit),
        }  # fmt: skip

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
                    self.settled.pop(at, None)
                while at in self.settled:
                    at += 1
        return [one for _, one in sorted(self.settled.items()) if one]

    def _ask(self, at: int) -> None:
        """Ask about one answer until it is clear what becomes of it."""
        draft = self.drafts[at]
        if self.typed and draft and not draft.response and not self._heard(at, draft):
            return
        while at not in self.settled:
            self._show(at)
            offered = {key: words for key, (words, _) in self.keys.items()}
            if not self.answers[at].redirect:
                del offered["r"]
            offered = {str(place): ref for place, ref in self._near(at)} | offered
            key = _key(offered, default="" if self.answers[at].unclear else "s")
            if key.isdecimal():
                self._is_about(at, offered[key])
            else:
                self.keys[key][1](at)

    def _near(self, at: int) -> list[tuple[int, str]]:
        return list(enumerate(self.answers[at].near[:9], 1))

    def _show(self, at: int) -> None:
        answer, draft = self.answers[at], self.drafts[at]
        place = " · ".join(filter(None, (f"{at + 1} of {len(self.answers)}", where(answer))))
        _say(click.style(f"\n{place}", bold=True))
        if draft:
            self._show_action(self._now(at, draft.record))
        text = draft.response if draft else answer.response
        before = self._now(at, draft.record).response if draft else ""
        self._show_words("now: " if before else "", text, _MOST_LINES, old=before)
        for line in self._consequences(at):
            self._wrapped(line, "  ", fg="cyan")
        for why in answer.unclear:
            self._wrapped(f"? {why}", "  ", fg="yellow")
        for number, ref in self._near(at):
            with contextlib.suppress(CpctrackError):
                self._wrapped(f"{number}: {ref}, {shorten(self._find(ref).text, 60)}", "  ")

    def _show_action(self, record: Record) -> None:
        due = long_date(record.due) or record.due_text
        told = [record.referred_to, f"due {due}" if due else "", record.status.words.lower()]
        self._wrapped(f"{record.ref}  {record.text}", "  ")
        self._wrapped(" · ".join(filter(None, told)), "  ", dim=True)
        if record.response:
            self._show_words("was: ", record.response, _OF_BEFORE)

    def _show_words(self, label: str, text: str, most: int, old: str | None = None) -> None:
        """Show a text behind a bar; words that the `old` one has not are bold, where there is one."""
        lines = [part for line in clean(text).split("\n") for part in wrap(line, self.width - 10)]
        known = set((old or "").split())
        for number, line in enumerate(lines[:most]):
            words = [
                click.style(word, bold=bool(old) and word not in known, dim=old is None)
                for word in line.split()
            ]
            _say(f"  │ {label if not number else ' ' * len(label)}{' '.join(words)}")
        if len(lines) > most:
            _say(f"  │ … and {len(lines) - most} more lines; e shows all of an answer")

    def _consequences(self, at: int) -> list[str]:
        """Say what the words suggest, or what was decided instead."""
        answer, draft = self.answers[at], self.drafts[at]
        if draft is None:
            return list(suggested(answer, None))
        told = []
        if draft.status not in (None, draft.record.status):
            told.append(f"status: {draft.status.words}")
        if draft.due:
            agreed = f", agreed on {long_date(draft.meeting)}" if draft.meeting else ", asked for"
            told.append(f"due: {draft.due}{agreed}")
        if draft.owner:
            told.append(f"goes to {draft.owner}" + f", not {draft.instead}" * bool(draft.instead))
        wishes = answer._replace(
            status="", due="" if draft.due else answer.due, redirect="" if draft.owner else
            answer.redirect, due_text="" if draft.due else answer.due_text,
        )  # fmt: skip
        return [*told, *suggested(wishes, draft.record)]

    def _now(self, at: int, record: Record) -> Record:
        """Give a record as what was decided of other answers makes it."""
        for place, one in sorted(self.settled.items()):
            if one and place != at and one.record.id == record.id:
                record = applied(record, one, self.author)
        return record

    def _draft(self, at: int) -> Decision | None:
        draft = self.drafts[at]
        if draft is None:
            _say("First say which action it is about, with o.")
        return draft

    def _save(self, at: int) -> None:
        if draft := self._draft(at):
            try:
                applied(self._now(at, draft.record), draft, self.author)
            except CpctrackError as error:
                _say(clean(str(error)))
            else:
                self.settled[at] = draft

    def _edit(self, at: int) -> None:
        if draft := self._draft(at):
            try:
                text = editing.edit_until(
                    draft.response, lambda text: Text().convert(text, None, None).strip(),
                    what="answer", instead=_LATER,
                )  # fmt: skip
            except click.Abort:
                return
            except CpctrackError as error:
                _say(clean(str(error)))
                return
            if text is not None:
                self.drafts[at] = draft._replace(response=text)

    def _status(self, at: int) -> None:
        if draft := self._draft(at):
            words = [each.value for each in _STATUSES]
            held = (draft.status or draft.record.status).value
            picked = prompt(f"Status: {', '.join(words)}", default=held, value_proc=one_of(words))
            self.drafts[at] = draft._replace(status=Status(picked))

    def _date(self, at: int) -> None:
        if draft := self._draft(at):
            answer = self.answers[at]
            asked = draft.due or long_date(answer.due) or answer.due_text or None
            due = prompt("New due date (a date, or words)", default=asked, type=Due())
            meeting = prompt(
                "Meeting that agreed it (Enter where it is only asked for)",
                default="", show_default=False, type=MeetingDay(),
            )  # fmt: skip
            self.drafts[at] = draft._replace(due=due, meeting=meeting)

    def _other(self, at: int) -> None:
        self._is_about(at, prompt("Reference of the action"))

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

    def _redirect(self, at: int) -> None:
        if draft := self._draft(at):
            named = draft.owner or self.answers[at].redirect
            owner = prompt("Give it to", default=named, type=NewOwner())
            owners = list(map(one_line, draft.record.owners))
            place = 0
            if len(owners) > 1:
                listed = ", ".join(f"{number} {name}" for number, name in enumerate(owners, 1))
                whose = click.IntRange(1, len(owners))
                place = prompt(f"In place of whom: {listed}", type=whose) - 1
            instead = draft.record.owners[place] if owners else ""
            self.drafts[at] = draft._replace(owner=owner, instead=instead)

    def _skip(self, at: int) -> None:
        self.settled[at] = None

    def _back(self, _at: int) -> NoReturn:
        raise _BackError

    def _quit(self, _at: int) -> NoReturn:
        raise _StopError

    def _rest(self, at: int) -> None:
        """Save what is certain from here on; the others are still asked about."""
        for place in range(at, len(self.answers)):
            if not (self.answers[place].unclear or place in self.settled):
                self._save(place)

    def _heard(self, at: int, draft: Decision) -> bool:
        """Ask for the words of an answer; tell whether there are any, else it is skipped."""
        from cpctrack.replies.words import said

        self._show(at)
        _say(_PASTE)
        text = _pasted()
        if text == "b":
            raise _BackError
        if text == "q":
            raise _StopError
        if text == "e":
            self._edit(at)
            text = self.drafts[at].response  # type: ignore[union-attr]
        if not text:
            self._skip(at)
            return False
        read = said(text, draft.record, date.fromisoformat(self.author.at[:10]))
        self.answers[at] = answer = self.answers[at]._replace(
            response=text, status=read.status, due=read.due, due_text=read.due_text,
            redirect=read.redirect, unclear=read.doubts,
        )  # fmt: skip
        self.drafts[at] = decision_of(answer, draft.record)
        return True

    def _wrapped(self, text: str, indent: str, **style: object) -> None:
        for line in wrap(
            clean(text), self.width, initial_indent=indent, subsequent_indent=indent * 2
        ):
            _say(click.style(line, **style))  # type: ignore[arg-type]


def finish(app: App, saved: Sequence[Saved], *, waiting: int = 0) -> None:
    """Say what was saved, and what is contradictory now; `waiting` counts what nobody decided."""
    for line in saved_words(saved, waiting):
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
        if lines[0].strip() in ("b", "e", "q") and len(lines) == 1:
            return lines[0].strip()
        if lines[-1].strip() == ".":
            return clean("\n".join(lines[:-1])).strip()


def _key(offered: Mapping[str, str], default: str) -> str:
    """Ask for one of these keys, without Enter where the terminal can; Enter is the default."""
    words = ", ".join(f"{key} {said}" for key, said in offered.items())
    question = f"{words}{f' [{default}]' if default else ''}: "
    while True:
        typed = _typed(question).lower()
        key = default if typed in ("", *_ENTER) else typed
        # More than one letter was pasted, or is an arrow: neither is a decision.
        if key in offered:
            return key
        question = f"One of {', '.join(offered)}, please: "


def _typed(question: str) -> str:
    if os.environ.get("TERM") == "dumb":
        typed: str = prompt(question, default="", show_default=False, prompt_suffix="")
        return typed.strip()
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
