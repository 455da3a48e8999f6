"""Going through answers with a person: the action above, the answer below, one key a step."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue import editing
from cpctrack.cli.dialogue.asking import one_of, prompt
from cpctrack.cli.dialogue.keys import pasted
from cpctrack.cli.dialogue.walk import KEYS, Walk
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
from cpctrack.text import one_line, shorten

_PASTE = (
    "Paste the answer and end it with a line that holds only a dot. A dot on the first line skips, "
    "e opens the editor, b goes back, q saves what you decided and stops."
)
_LATER = "save it and change it later with “cpctrack update”"  # where no editor can be used
_BEFORE = 6  # lines of the answer before this one
_MOST_NEAR = 9
_SHORT = 60
_STATUSES = [each for each in Status if each not in (Status.COMPLETED, Status.SUPERSEDED)]
_ORDER = "setdorkbaq"
_KEYS = {
    **KEYS,
    "t": ("status", "gives the action another status"),
    "d": ("date", "gives it more time, and says which meeting agreed to that, if any did"),
    "o": ("other action", "says which action it is about"),
}


class AnswerWalk(Walk):
    """One walk through answers; `go` gives what was decided.

    Where they are to be typed they hold a reference alone, and their words are asked for.
    """

    def __init__(
        self, answers: Sequence[Answer], held: Sequence[Store], author: Author, *, typed: bool
    ) -> None:
        records = {record.ref: record for each in held for record in each.records}
        super().__init__("answer")
        self.answers = answers
        self.held = held
        self.author = author
        self.typed = typed
        self.owners = known_owners(records.values())
        self.book = together(each.owners for each in held)
        self.drafts = [
            decision_of(each, records[each.ref]) if each.ref in records else None
            for each in answers
        ]

    def go(self) -> list[Decision]:
        """Ask about every answer in order, and give what is to be saved.

        Raises `click.Abort` where the person leaves without saving.
        """
        self.through(range(len(self.answers)))
        return self.decided()

    def _hear(self, at: int) -> str:
        draft = self.drafts[at]
        if self.typed and draft and not draft.response:
            return self._typed(at, draft)
        return self._key(at)

    def _step(self, at: int, key: str) -> None:
        draft, near = self.drafts[at], self._near(at)
        if key == "s":
            self._save(at)
        elif key == "a":
            for place in self.rest(at):
                if not self.answers[place].unclear:
                    self._save(place)
        elif key == "k":
            self.settled[at] = None
        elif draft and key in _CHANGES:
            self.drafts[at] = _CHANGES[key](self, draft)
        elif key == "o" or key in near:
            self._is_about(at, near.get(key) or _optional("Reference of the action"))

    def _save(self, at: int) -> None:
        draft = self.drafts[at]
        assert draft  # without one it is neither offered nor certain
        try:
            applied(self._now(draft.record), draft, self.author)
        except CpctrackError as error:
            self.tell(str(error), lead="")
        else:
            self.settled[at] = draft

    def _now(self, record: Record) -> Record:
        """Give a record as what was decided so far makes it."""
        for one in self.decided():
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

    def _typed(self, at: int, draft: Decision) -> str:
        """Ask for the words of an answer, and give the key that was pressed instead, if any."""
        text = "?"
        while text == "?":
            self.tell(_PASTE, lead="")
            text = pasted()
        if text in ("", "b", "e", "q"):
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
        told = self.place + ("" if self.typed else f" · {where(answer)}")
        self.tell(told, lead="", bold=True)
        before = ""
        if draft:
            record = self._now(draft.record)
            draft = draft._replace(record=record)
            before = record.response
            due = long_date(record.due) or record.due_text
            stands = (record.referred_to, due and f"due {due}", record.status.words.lower())
            self.tell(f"{record.ref}  {record.text}")
            self.tell(" · ".join(filter(None, stands)), dim=True)
        if before:
            self.quote("was: ", before, _BEFORE)
        words = draft.response if draft else answer.response
        self.quote("now: " if before else "", words, self.room, old=before)
        for line in consequences(answer, draft):
            self.tell(line, fg="cyan")
        for why in answer.unclear:
            self.tell(f"? {why}", fg="yellow")
        for key, ref in self._near(at).items():
            with contextlib.suppress(CpctrackError):
                self.tell(f"{key}: {ref}, {shorten(self._find(ref).text, _SHORT)}")

    def _key(self, at: int) -> str:
        draft = self.drafts[at]
        offered = {
            key: (ref, f"takes it as an answer to {ref}") for key, ref in self._near(at).items()
        }
        offered |= {
            key: _KEYS[key]
            for key in _ORDER
            if (draft or key in "okbaq") and not (self.typed and key == "a")
        }
        return self.key(offered, "s" if draft and not draft.answer.unclear else "")

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
        held = draft.status or draft.record.status
        words = {each.words.lower(): each for each in _STATUSES}
        self.tell(f"Status: {', '.join(words)}; its first letters will do.", lead="")
        known = {**words, **{each.value: each for each in _STATUSES}}
        default = held.words.lower() if held in _STATUSES else None
        typed = prompt("Status", default=default, value_proc=one_of([*known]))
        return draft._replace(status=known[typed])

    def _date(self, draft: Decision) -> Decision:
        asked = draft.due or long_date(draft.answer.due) or draft.answer.due_text
        due = _optional("New due date (a date, or words)", asked, Due())
        label = "Meeting that agreed it (Enter where it is only asked for)"
        return draft._replace(due=due, meeting=due and _optional(label, type=MeetingDay()))

    def _redirect(self, draft: Decision) -> Decision:
        owner = _optional("Give it to", draft.owner or draft.answer.redirect, NewOwner())
        is_known = owner in self.book or owner.casefold() in map(str.casefold, self.owners)
        if owner and not is_known:
            self.tell(f"“{owner}” is new among the owners.{did_you_mean(owner, self.owners)}")
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
