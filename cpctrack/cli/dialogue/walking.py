"""Going through drafts with a person at a terminal: what to save, edit, skip or leave for later."""

import re
from datetime import date
from textwrap import wrap
from typing import Any

import click

from cpctrack.cli.dialogue import editing
from cpctrack.cli.dialogue.asking import ask_owners, prompt, unknown_owner
from cpctrack.cli.dialogue.walk import KEYS, Walk, say
from cpctrack.cli.options import fields_of
from cpctrack.cli.output import minutes_plan
from cpctrack.dates import long_date
from cpctrack.errors import UsageError
from cpctrack.records.changes import Author, create
from cpctrack.records.model import Draft, Kind, Record, agreed
from cpctrack.render.screen.plain import describe
from cpctrack.render.words import named_paragraph
from cpctrack.store.store import Store
from cpctrack.tasks.take_minutes import Decided, Sheet, record_draft, with_fields
from cpctrack.text import one_line

_LATER = "save it and change it later with “cpctrack update”"  # where no editor can be used
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", re.ASCII)


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


class DraftWalk(Walk):
    """One walk through the drafts of a sheet; `go` gives what was decided.

    A draft is settled as the draft of a record, or as the record that it is.
    """

    def __init__(self, sheet: Sheet, current: Store, today: date) -> None:
        super().__init__("draft")
        self.sheet = sheet
        self.current = current
        self.calendar = current.calendar(today)
        self.changed: dict[int, Draft] = {}
        self.passed: list[int] = []
        near = (record for each in sheet.standings for record in each.near)
        self.held = [
            each for each in near if each.meeting.key == (sheet.meeting and sheet.meeting.key)
        ]
        self.stopped = False

    def go(self) -> Decided:
        """Ask about every draft in order, then which of those said in passing are actions.

        Raises `click.Abort` where the person leaves without saving.
        """
        sheet = self.sheet
        self.stopped = not (
            self.through(sorted([*sheet.new, *sheet.unclear])) and self.through(self._picked())
        )
        accepted = {at: each for at, each in self.settled.items() if isinstance(each, Draft)}
        same = {at: each for at, each in self.settled.items() if each in self.held}
        skipped = tuple(at for at, each in self.settled.items() if each is None)
        return Decided(accepted, same, skipped, tuple(self.passed))

    def _picked(self) -> list[int]:
        """Ask which of the candidates are actions."""
        candidates = self.sheet.candidates
        if not candidates:
            return []
        say(click.style("\nSaid in passing, not marked as actions", bold=True))
        for number, line in enumerate(minutes_plan.candidates(self.sheet), 1):
            say("\n".join(wrap(line, self.width, initial_indent=f"{number:>3}  ",
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

    def _show(self, at: int) -> None:
        found, draft = self.sheet.draft(at), self._draft(at)
        self.tell(f"{self.place} · {minutes_plan.where(found)}", lead="", bold=True)
        self.quote("", found.source or found.printed or found.text, self.room)
        new = create(draft, record_id="", ref="", author=Author("", "", ""))
        if at in self.changed:
            say(describe(new, self.calendar, width=self.width))
        else:
            kind = new.kind.value if new.kind is not Kind.ACTION else ""
            due = long_date(new.due) or new.due_text
            exempt = named_paragraph(new.exempt_paragraph) if new.exempt else ""
            whom = new.referred_to or ("" if new.kind is Kind.DECISION else "nobody named")
            self.tell(new.text)
            stands = (kind, whom, due and f"due {due}", exempt)
            self.tell(" · ".join(filter(None, stands)), dim=True)
        for note in (*filter(None, (unknown_owner(self.current, draft),)), *draft.doubts):
            self.tell(f"? {note}", fg="yellow")
        for key, record in self._near(at).items():
            self.tell(f"{key}: like {minutes_plan.like(record)}", fg="yellow")

    def _hear(self, at: int) -> str:
        near = self._near(at)
        same = {
            key: (f"it is {one.ref}", f"takes it for {one.ref}, which is in the store")
            for key, one in near.items()
        }
        another = {"s": ("save as another", KEYS["s"][1])} if near else {}
        return self.key({**same, **KEYS, **another}, "" if near else "s")

    def _step(self, at: int, key: str) -> None:
        near = self._near(at)
        if key == "s":
            self.settled[at] = self._draft(at)
        elif key == "a":
            for each in self.rest(at):
                if self.sheet.standings[each].is_new and not self.sheet.draft(each).doubt:
                    self.settled[each] = self._draft(each)
        elif key == "k":
            self.settled[at] = None
        elif key == "e":
            self.changed[at] = self._edited(at)
        elif key == "r" and (owners := ask_owners(self.current)):
            owned = {"owners": owners, "owner_text": ""}
            self.changed[at] = with_fields(self._draft(at), owned, self.sheet.draft(at))
        elif key in near:
            record = self.settled[at] = near[key]
            if record not in self.held:
                type_ = record.meeting.type.value
                self.tell(
                    f"Passed over. {record.ref} is of the {type_} meeting of that day; if "
                    f"these are its minutes, say --type {type_}.",
                    lead="",
                )

    def _draft(self, at: int) -> Draft:
        return self.changed.get(at) or record_draft(self.sheet, at)

    def _near(self, at: int) -> dict[str, Record]:
        """Give the records that a draft may be, by the keys that pick them."""
        given = {each.id for each in self.decided() if isinstance(each, Record)}
        near = (record for record in self.sheet.standings[at].near if record.id not in given)
        return {str(number): record for number, record in enumerate(near, 1)}

    def _edited(self, at: int) -> Draft:
        """Let the person change a draft; raises `UsageError` where that can't be used."""
        draft = self._draft(at)
        new = create(draft, record_id="", ref="A new action", author=Author("", "", ""))
        typed = fields_of(editing.ask(new, _LATER))
        changed = with_fields(draft, typed, self.sheet.draft(at))
        if not agreed(changed.fields):
            raise UsageError("An action needs a text, or a recommendation; nothing was changed.")
        kind = changed.fields["kind"]
        if kind is Kind.RECOMMENDATION and not changed.fields.get("recommendation"):
            kind = Kind.ACTION
        elif kind is not Kind.RECOMMENDATION and not changed.fields.get("action"):
            kind = Kind.RECOMMENDATION
        return changed._replace(fields={**changed.fields, "kind": kind})
