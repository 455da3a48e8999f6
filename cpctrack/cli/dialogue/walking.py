"""Going through drafts with a person at a terminal: what to save, edit, skip or leave for later."""

import re
import shutil
from collections.abc import Iterable
from datetime import date
from textwrap import wrap
from typing import Any

import click

from cpctrack.cli.dialogue import editing
from cpctrack.cli.dialogue.asking import one_of, prompt, unknown_owner
from cpctrack.cli.options import fields_of
from cpctrack.cli.output import minutes_plan
from cpctrack.errors import UsageError
from cpctrack.records.changes import Author, create
from cpctrack.records.model import Draft, Kind, Record, agreed
from cpctrack.render.screen.plain import describe
from cpctrack.store.store import Store
from cpctrack.tasks.take_minutes import Decided, Sheet, record_draft, with_fields
from cpctrack.text import clean, one_line

_HELP = "q saves what you accepted and stops; Ctrl-C leaves without saving."
_LATER = "accept it and change it later with “cpctrack update”"  # where no editor can be used
_NARROWEST = 40
_PASSAGE = 15  # lines of a source passage that are shown
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", re.ASCII)


class _StopError(Exception):
    """The person wants to come back later."""


class Picks(click.ParamType[tuple[int, ...]]):
    """Numbers of a list from 1, such as ``1,3`` or ``2-4``; nothing picks nothing."""

    name = "numbers"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Read the numbers, each once and in order."""
        picked: set[int] = set()
        for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", value.strip())):
            match = _RANGE.fullmatch(part)
            if part and not match:
                self.fail(f"“{one_line(part)}” is no number; write 1,3 or 2-4.", param, ctx)
            if match:
                first, last = int(match[1]), int(match[2] or match[1])
                if not 1 <= first <= last <= self.most:
                    self.fail(f"“{part}” is not on the list; it ends at {self.most}.", param, ctx)
                picked |= set(range(first, last + 1))
        return tuple(sorted(picked))


class DraftWalk:
    """One walk through the drafts of a sheet; `go` gives what was decided."""

    def __init__(self, sheet: Sheet, current: Store, today: date) -> None:
        self.sheet = sheet
        self.current = current
        self.calendar = current.calendar(today)
        self.width = max(_NARROWEST, shutil.get_terminal_size().columns)
        self.accepted: dict[int, Draft] = {}
        self.same: dict[int, Record] = {}
        self.skipped: list[int] = []
        self.passed: list[int] = []
        self.stopped = False

    def go(self) -> Decided:
        """Ask about every draft in order, then which of those said in passing are actions.

        Raises `click.Abort` where the person leaves without saving.
        """
        try:
            self._through(sorted([*self.sheet.new, *self.sheet.unclear]))
            self._through(self._picked())
        except _StopError:
            self.stopped = True
        return Decided(self.accepted, self.same, tuple(self.skipped), tuple(self.passed))

    def _through(self, places: Iterable[int]) -> None:
        places = list(places)
        if places:
            _say(_HELP)
        for number, at in enumerate(places, 1):
            self._ask(at, f"{number} of {len(places)}")

    def _picked(self) -> list[int]:
        """Ask which of the candidates are actions."""
        candidates = self.sheet.candidates
        if not candidates:
            return []
        _say(click.style("\nSaid in passing, not marked as actions", bold=True))
        for number, line in enumerate(minutes_plan.candidates(self.sheet), 1):
            _say("\n".join(wrap(line, self.width - 1, initial_indent=f"{number:>3}  ",
                                subsequent_indent="     ")))  # fmt: skip
        picked = prompt(
            "Which of them are actions? (such as 1,3 or 2-4; Enter for none)",
            default="",
            show_default=False,
            type=Picks(len(candidates)),
        )
        chosen = [candidates[number - 1] for number in picked]
        if chosen:  # who picks none may not have looked
            self.passed = [at for at in candidates if at not in chosen]
        return chosen

    def _ask(self, at: int, place: str) -> None:
        """Ask about one draft until it is clear what becomes of it."""
        draft = record_draft(self.sheet, at)
        found = self.sheet.draft(at)
        _say(click.style(f"\n{place} · {minutes_plan.where(found)}", bold=True))
        text = clean(found.source or found.printed or found.text)
        lines = [part for line in text.split("\n") for part in wrap(line, self.width - 5)]
        if len(lines) > _PASSAGE:
            lines[_PASSAGE:] = ["…"]
        for line in lines:
            _say(click.style(f"  │ {line}", dim=True))
        given = {record.id for record in self.same.values()}
        near = [record for record in self.sheet.standings[at].near if record.id not in given]
        while True:
            answer = self._choose(draft, near)
            if answer == "q":
                raise _StopError
            if answer == "e":
                draft = self._edited(at, draft)
                continue
            if answer == "a":
                self.accepted[at] = draft
            elif answer == "s":
                self.skipped.append(at)
            else:
                record = near[int(answer) - 1]
                if record.meeting.key == draft.meeting.key:
                    self.same[at] = record
                else:
                    type_ = record.meeting.type.value
                    _say(
                        f"Passed over. {record.ref} is of the {type_} meeting of that day; if "
                        f"these are its minutes, say --type {type_}."
                    )
            return

    def _choose(self, draft: Draft, near: list[Record]) -> str:
        """Ask what becomes of a draft: a letter, or the number of the record that it is."""
        new = create(draft, record_id="", ref="", author=Author("", "", ""))
        _say(describe(new, self.calendar, width=self.width))
        notes = [*filter(None, (unknown_owner(self.current, draft),)), *draft.doubts]
        notes += [f"{at}: like {minutes_plan.like(record)}" for at, record in enumerate(near, 1)]
        for note in notes:
            _say(click.style(f"  {clean(note)}", fg="yellow"))
        same = {str(number): f"{number} it is {one.ref}" for number, one in enumerate(near, 1)}
        accept = "a save it as another" if near else "a accept"
        words = [*same.values(), accept, "e edit", "s skip", "q quit"]
        read = one_of([*same, "a", "e", "s", "q"])
        answer: str = prompt(
            ", ".join(words),
            default=None if near else "a",  # what is in doubt, Enter can't answer
            value_proc=lambda typed: read(typed.strip()[:1]),
        )
        return answer

    def _edited(self, at: int, draft: Draft) -> Draft:
        """Let the person change the draft; what can't be used changes nothing."""
        new = create(draft, record_id="", ref="A new record", author=Author("", "", ""))
        try:
            typed = fields_of(editing.ask(new, _LATER))
        except click.Abort:
            return draft
        except UsageError as error:
            _say(clean(str(error)))
            return draft
        changed = with_fields(draft, typed, self.sheet.draft(at))
        if not agreed(changed.fields):
            _say("A record needs an action or a recommendation; nothing was changed.")
            return draft
        kind = changed.fields["kind"]
        if kind is Kind.RECOMMENDATION and not changed.fields.get("recommendation"):
            kind = Kind.ACTION
        elif kind is not Kind.RECOMMENDATION and not changed.fields.get("action"):
            kind = Kind.RECOMMENDATION
        return changed._replace(fields={**changed.fields, "kind": kind})


def _say(text: str) -> None:
    click.echo(text, err=True)
