"""Going through a list with a person, one key a step: what is the same whatever it is of."""

import shutil
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import click

from cpctrack.cli.dialogue.asking import confirm
from cpctrack.cli.dialogue.keys import pressed
from cpctrack.errors import CpctrackError
from cpctrack.text import clean, counted

_HELP = "q saves what you decided and stops; ? says what each key does."
_NARROWEST = 40
_AROUND = 18  # lines of a window that the action and the keys take
_FEWEST_LINES = 6  # of a text that are shown whatever the window

Keys = Mapping[str, tuple[str, str]]
"""What a question calls each key, and what it does."""

KEYS: Keys = {
    "s": ("save", "takes it in as it is shown"),
    "e": ("edit", "opens it in your editor, all of it"),
    "r": ("other owner", "gives the action to somebody else"),
    "k": ("skip", "leaves it; it comes again when you run the same command"),
    "b": ("back", "asks again about the one before, and about what was decided after it"),
    "a": ("all certain", "saves all the rest that is certain"),
    "q": ("quit", "saves what you decided and stops; Ctrl-C asks whether to save it"),
}


class Walk:
    """A walk by places in a list; `settled` holds what was decided of them, in that order.

    What is skipped is settled with None.
    """

    def __init__(self, noun: str) -> None:
        self.noun = noun
        window = shutil.get_terminal_size()
        self.width = max(_NARROWEST, window.columns) - 1
        self.room = max(_FEWEST_LINES, window.lines - _AROUND)
        self.places: Sequence[int] = ()
        self.settled: dict[int, Any] = {}

    def _show(self, at: int) -> None:
        """Show what is asked about."""
        raise NotImplementedError

    def _hear(self, at: int) -> str:
        """Give the key that says what becomes of it."""
        raise NotImplementedError

    def _step(self, at: int, key: str) -> None:
        """Do what the key says; what is settled then, is not asked about again."""
        raise NotImplementedError

    def through(self, places: Sequence[int]) -> bool:
        """Ask about each of these places in turn, and tell whether the person came to the end.

        Raises `click.Abort` where the person leaves without saving.
        """
        self.places = places
        if places:
            self.tell(_HELP, lead="")
        number, key = 0, ""
        while number < len(places) and key != "q":
            try:
                key = self._ask(places[number], f"{number + 1} of {len(places)}")
            except click.Abort:  # Ctrl-C is also how a window copies
                count = len(self.decided())
                if not (count and confirm(f"\nSave {counted(count, self.noun)} first?")):
                    raise
                key = "q"
            if key == "b":
                number = max(0, number - 1)
                while places[number] in self.settled:  # and what was decided on top of it
                    self.settled.popitem()
            while number < len(places) and places[number] in self.settled:
                number += 1
        return key != "q"

    def decided(self) -> list[Any]:
        """Give what was decided so far of all that was not skipped."""
        return list(filter(None, self.settled.values()))

    def rest(self, at: int) -> list[int]:
        """Give the places from this one on that are to be decided."""
        return [each for each in self.places[self.places.index(at) :] if each not in self.settled]

    def _ask(self, at: int, place: str) -> str:
        """Ask about one place until it is clear what becomes of it; give the last key."""
        key = ""
        while at not in self.settled and key not in ("b", "q"):
            say("")
            self.place = place
            self._show(at)
            key = self._hear(at)
            try:
                self._step(at, key)
            except CpctrackError as error:
                self.tell(str(error), lead="")
            except click.Abort:  # Ctrl-C leaves the question alone
                say("")
        return key

    def key(self, offered: Keys, default: str) -> str:
        """Ask for a key, without Enter where the terminal can; Enter gives the default, if any."""
        words = ", ".join(f"{key}\xa0{called}" for key, (called, _) in offered.items())
        question = f"{words}, ? help{default and f' [{default}]'}:"
        while True:
            typed = pressed("\n".join(wrap(question, self.width)).replace("\xa0", " ") + " ")
            key = default if typed in ("", "\r", "\n") else typed.lower()
            if key in offered:  # more than one letter was pasted, or is an arrow: no decision
                return key
            if key == "?":
                for each, (_, does) in offered.items():
                    self.tell(f"{each}  {does}")
            question = f"One of {', '.join(offered)}, please:"

    def quote(self, label: str, text: str, most: int, old: str = "") -> None:
        """Show a text behind a bar; words that the `old` one, if any, has not are bold."""
        width = self.width - len(label) - 4
        lines = [part for line in clean(text).splitlines() for part in wrap(line, width) or [""]]
        known = old.split()
        for number, line in enumerate(lines[:most]):
            words = (
                click.style(each, bold=True) if old and each not in known else each
                for each in line.split()
            )
            say(f"  │ {' ' * len(label) if number else label}{' '.join(words)}".rstrip())
        if len(lines) > most:
            say(f"  │ … and {counted(len(lines) - most, 'more line')}")

    def tell(self, text: str, lead: str = "  ", **style: Any) -> None:
        """Show a text, wrapped to the window."""
        for line in wrap(clean(text), self.width - len(lead)):
            say(click.style(f"{lead}{line}", **style))


def say(text: str) -> None:
    """Show a line beside what a script would read."""
    click.echo(text, err=True)
