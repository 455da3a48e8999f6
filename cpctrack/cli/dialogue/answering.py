"""Going through answers with a person: the action above, the answer below, one key a step."""

import contextlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue import editing
from cpctrack.cli.dialogue.asking import confirm, one_of, prompt
from cpctrack.cli.dialogue.keys import pasted, pressed
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.output.replies import consequences, saved_words, where
from cpctrack.cli.types import Due, MeetingDay, NewOwner, Text
from cpctrack.dates import long_date
from cpctrack.errors import CpctrackError
from cpctrack.records.changes import Author
from cpctrack.records.model import Record, Status
from cpctrack.records.owners import together
from cpctrack.records.query import known_owners
from cpctrack.replies.answer import Answer
from cpctrack.store import council
from cpctrack.store.store import Store
from cpctrack.suggest import did_you_mean
from cpctrack.tasks.replies import Decision, Saved, applied, decision_of
from cpctrack.text import clean, counted, one_line, shorten

_HELP = "q saves what you decided and stops; ? says what each key does."
_PASTE = (
    "Paste the answer and end it with a line that holds only a dot. A dot at once skips, "
    "e opens the editor, b goes back, q saves what you decided and stops."
)
_LATER = "save it and change it later with “cpctrack update”"  # where no editor can be used
_NARROWEST = 40
_AROUND = 18  # lines of a window that the action and the keys take
_FEWEST_LINES = 6  # of a text that are shown whatever the window
_MOST_NEAR = 9
_SHORT = 60
_STATUSES = [each.value for each in Status if each not in (Status.COMPLETED, Status.SUPERSEDED)]
_KEYS = {  # what the question calls each, and what it does
    "s": ("save", "takes the answer in as it is shown"),
    "e": ("edit", "opens the answer in your editor, all of it"),
    "t": ("status", "gives the action another status"),
    "d": ("date", "gives it more time, and says which meeting agreed to that, if any did"),
    "o": ("other action", "says which action it is about"),
    "r": ("other owner", "gives the action to somebody else"),
    "k": ("skip", "leaves it; it comes again when you run the same command"),
    "b": ("back", "asks again about the one before, and about what was decided after it"),
    "a": ("all certain", "saves all the rest that is certain"),
    "q": ("quit", "saves what you decided and stops; Ctrl-C asks whether to save it"),
}


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
        window = shutil.get_terminal_size()
        self.width = max(_NARROWEST, window.columns) - 1
        self.room = max(_FEWEST_LINES, window.lines - _AROUND)
        self.owners = known_owners(records.values())
        self.book = together(each.owners for each in held)
        self.drafts = [
            decision_of(each, records[each.ref]) if each.ref in records else None
            for each in answers
        ]
        self.settled: dict[int, Decision | None] = {}  # in the order of decisions; None is skipped

    def go(self) -> list[Decision]:
        """Ask about every answer in order, and give what is to be saved.

        Raises `click.Abort` where the person leaves without saving.
        """
        self._tell(_HELP if self.answers else "", lead="")
        at, key = 0, ""
        while at < len(self.answers) and key != "q":
            try:
                key = self._ask(at)
            except click.Abort:  # Ctrl-C is also how a window copies
                count = len(self._decided())
                if not (count and confirm(f"\nSave {counted(count, 'answer')} first?")):
                    raise
                key = "q"
            if key == "b":
                at = max(0, at - 1)
                while at in self.settled:  # and what was decided on top of it
                    self.settled.popitem()
            while at in self.settled:
                at += 1
        return self._decided()

    def _decided(self) -> list[Decision]:
        return list(filter(None, self.settled.values()))

    def _ask(self, at: int) -> str:
        """Ask about one answer until it is clear what becomes of it; give the last key."""
        key = ""
        while at not in self.settled and key not in ("b", "q"):
            self._show(at)
            draft = self.drafts[at]
            near = self._near(at)
            if self.typed and draft and not draft.response:
                key = self._hear(at, draft)
            else:
                key = self._key(at, near)
            self._step(at, key, near)
        return key

    def _step(self, at: int, key: str, near: Mapping[str, str]) -> None:
        draft = self.drafts[at]
        if key == "s":
            self._save(at)
        elif key == "a":
            for place in range(at, len(self.answers)):
                if place not in self.settled and not self.answers[place].unclear:
                    self._save(place)
        elif key == "k":
            self.settled[at] = None
        try:
            if draft and key in _CHANGES:
                self.drafts[at] = _CHANGES[key](self, draft)
            elif key == "o" or key in near:
                self._is_about(at, near.get(key) or _optional("Reference of the action"))
        except CpctrackError as error:
            self._tell(str(error), lead="")
        except click.Abort:  # Ctrl-C leaves the question alone
            _say("")

    def _save(self, at: int) -> None:
        draft = self.drafts[at]
        assert draft  # without one it is neither offered nor certain
        try:
            applied(self._now(draft.record), draft, self.author)
        except CpctrackError as error:
            self._tell(str(error), lead="")
        else:
            self.settled[at] = draft

    def _now(self, record: Record) -> Record:
        """Give a record as what was decided so far makes it."""
        for one in self._decided():
            if one.record.id == record.id:
                record = applied(record, one, self.author)
        return record

    def _near(self, at: int) -> dict[str, str]:
        """Give the references an answer may be about as well, by the keys that pick them."""
        draft = self.drafts[at]
        refs = [ref for ref in self.answers[at].near if not (draft and ref == draft.record.ref)]
        return {str(number): ref for number, ref in enumerate(refs[:_MOST_NEAR], 1)}

    def _is_about(self, at: int, ref: str) -> None:
        if ref:
            record = self._find(ref)
            draft = self.drafts[at] or decision_of(self.answers[at], record)
            self.drafts[at] = draft._replace(record=record, due="", meeting="", owner="")

    def _find(self, ref: str) -> Record:
        return council.holder(self.held, [ref]).find(ref)

    def _hear(self, at: int, draft: Decision) -> str:
        """Ask for the words of an answer, and give the key that was pressed instead, if any."""
        self._tell(_PASTE, lead="")
        if (text := pasted()) in ("", "b", "e", "q"):
            return text or "k"
        self.drafts[at] = self._with_words(draft, text)
        return ""

    def _with_words(self, draft: Decision, text: str) -> Decision:
        """Give a draft with other words; where it had none, with what they say."""
        if draft.response or not text:
            return draft._replace(response=text)
        from cpctrack.replies.words import said

        read = said(text, draft.record, date.fromisoformat(self.author.at[:10]))
        answer = draft.answer._replace(
            response=text, status=read.status, due=read.due, due_text=read.due_text,
            redirect=read.redirect, unclear=(*draft.answer.unclear, *read.doubts),
        )  # fmt: skip
        status = draft.status or decision_of(answer, draft.record).status
        return draft._replace(answer=answer, response=text, status=status)

    def _show(self, at: int) -> None:
        draft = self.drafts[at]
        answer = draft.answer if draft else self.answers[at]
        told = f"{at + 1} of {len(self.answers)}"
        told += "" if self.typed else f" · {where(answer)}"
        _say("")
        self._tell(told, lead="", bold=True)
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
            self._quote("was: ", before, _FEWEST_LINES)
        words = draft.response if draft else answer.response
        self._quote("now: " if before else "", words, self.room, old=before)
        for line in consequences(answer, draft):
            self._tell(line, fg="cyan")
        for why in answer.unclear:
            self._tell(f"? {why}", fg="yellow")
        for key, ref in self._near(at).items():
            with contextlib.suppress(CpctrackError):
                self._tell(f"{key}: {ref}, {shorten(self._find(ref).text, _SHORT)}")

    def _quote(self, label: str, text: str, most: int, old: str = "") -> None:
        """Show a text behind a bar; words that the `old` one, if any, has not are bold."""
        width = self.width - len(label) - 4
        lines = [part for line in clean(text).splitlines() for part in wrap(line, width) or [""]]
        known = old.split()
        for number, line in enumerate(lines[:most]):
            words = (
                click.style(each, bold=True) if old and each not in known else each
                for each in line.split()
            )
            _say(f"  │ {' ' * len(label) if number else label}{' '.join(words)}".rstrip())
        if len(lines) > most:
            _say(f"  │ … and {counted(len(lines) - most, 'more line')}")

    def _tell(self, text: str, lead: str = "  ", **style: Any) -> None:
        for line in wrap(clean(text), self.width - len(lead)):
            _say(click.style(f"{lead}{line}", **style))

    def _key(self, at: int, near: Mapping[str, str]) -> str:
        """Ask for a key, without Enter where the terminal can; Enter saves what is certain."""
        draft = self.drafts[at]
        offered = {key: (ref, f"takes it as an answer to {ref}") for key, ref in near.items()}
        offered |= {
            key: words
            for key, words in _KEYS.items()
            if (draft or key in "okbaq") and not (self.typed and key == "a")
        }
        default = "s" if draft and not draft.answer.unclear else ""
        words = ", ".join(f"{key}\xa0{called}" for key, (called, _) in offered.items())
        question = f"{words}, ? help{default and f' [{default}]'}:"
        while True:
            typed = pressed("\n".join(wrap(question, self.width)).replace("\xa0", " ") + " ")
            key = default if typed in ("", "\r", "\n") else typed.lower()
            if key in offered:  # more than one letter was pasted, or is an arrow: no decision
                return key
            if key == "?":
                for each, (_, does) in offered.items():
                    self._tell(f"{each}  {does}")
            question = f"One of {', '.join(offered)}, please:"

    def _edit(self, draft: Decision) -> Decision:
        """Let the person change the words; what can't be used changes nothing."""
        text = editing.edit_until(
            draft.response,
            lambda written: Text().convert(written, None, None).strip(),
            what="answer",
            instead=_LATER,
        )
        return draft if text is None else self._with_words(draft, text)

    def _status(self, draft: Decision) -> Decision:
        held: str | None = (draft.status or draft.record.status).value
        held = held if held in _STATUSES else None
        self._tell(f"Status: {', '.join(_STATUSES)}; its first letters will do.", lead="")
        return draft._replace(
            status=Status(prompt("Status", default=held, value_proc=one_of(_STATUSES)))
        )

    def _date(self, draft: Decision) -> Decision:
        asked = draft.due or long_date(draft.answer.due) or draft.answer.due_text
        due = _optional("New due date (a date, or words)", asked, Due())
        label = "Meeting that agreed it (Enter where it is only asked for)"
        return draft._replace(due=due, meeting=due and _optional(label, type=MeetingDay()))

    def _redirect(self, draft: Decision) -> Decision:
        owner = _optional("Give it to", draft.owner or draft.answer.redirect, NewOwner())
        is_known = owner in self.book or owner.casefold() in map(str.casefold, self.owners)
        if owner and not is_known:
            self._tell(f"“{owner}” is new among the owners.{did_you_mean(owner, self.owners)}")
        owners = draft.record.owners
        number = 1
        if owner and len(owners) > 1:
            listed = ", ".join(f"{each} {one_line(name)}" for each, name in enumerate(owners, 1))
            number = prompt(f"In place of whom: {listed}", type=click.IntRange(1, len(owners)))
        return draft._replace(owner=owner, instead=owners[number - 1] if owners else "")


_CHANGES: Mapping[str, Callable[[AnswerWalk, Decision], Decision]] = {
    "e": AnswerWalk._edit, "t": AnswerWalk._status, "d": AnswerWalk._date,
    "r": AnswerWalk._redirect,
}  # fmt: skip


def finish(
    app: App, saved: Sequence[Saved], decided: Sequence[Decision] = (), waiting: int = 0
) -> None:
    """Say what was saved, what is contradictory now, and how many answers wait for a person."""
    for line in saved_words(saved, decided, waiting):
        app.say(line)
    for each in saved:
        notice(app, each.store, [record for _, record in each.records])


def _optional(label: str, default: str = "", type: Any = None) -> str:  # noqa: A002 - as click has it
    """Ask for what need not be given; Enter gives the default, or nothing."""
    return str(prompt(label, default=default, show_default=bool(default), type=type))


def _say(text: str) -> None:
    click.echo(text, err=True)
