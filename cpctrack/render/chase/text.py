"""A message as text, and the parts of it that are about one action each.

Lines end at 72 letters, so that a quotation's marks leave them whole; ``format=flowed`` would hang
on spaces at their ends, which pasting and Outlook take away. What an action says is indented: no
line of its words can be taken for the reference that begins a part.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from cpctrack.errors import RenderError
from cpctrack.records.asking import Part
from cpctrack.render.chase.message import RESPONSE, View

TEXT = "chase.txt.j2"
_LINES = "lines.txt"
_ANSWER = re.compile(rf"^{re.escape(RESPONSE)}[^\S\n]*\n(?:[^\S\n]*\n)*", re.MULTILINE)


def parts(view: View, folder: Path | None = None) -> tuple[Part, ...]:
    """Give the text in parts: what stands before the actions, each action, and what follows.

    An action begins at the line that is its reference alone, perhaps behind its number, and the
    last one ends with the line that asks for the response. Raises `RenderError` for a template of
    `folder` that is wrong, or shows no such line of an action.
    """
    text = rendered(TEXT, view, folder)
    starts = [0, *_starts(text, view, folder)]
    end = max((found.end() for found in _ANSWER.finditer(text, starts[-1])), default=len(text))
    refs = ("", *(each.ref for each in view.actions), "")
    stretches = zip(refs, pairwise([*starts, end, len(text)]), strict=True)
    return tuple(
        Part(place, text[start:stop], ref) for place, (ref, (start, stop)) in enumerate(stretches)
    )


def rendered(template: str, view: Any, folder: Path | None, called: str = "message") -> str:
    """Render one of our templates, or the one of `folder` that stands for it."""
    from cpctrack.render.templates import apart, environment

    if {template, _LINES}.intersection(environment.overriding(folder)):
        return apart.render(template, view, html=False, folder=folder, called=called)
    return environment.render(template, {called: view}, html=False)


def _starts(text: str, view: View, folder: Path | None) -> Iterator[int]:
    at = 0
    for action in view.actions:
        line = re.compile(rf"^(?:\d+[.):]?[^\S\n]+)?{re.escape(action.ref)}[^\S\n]*$", re.MULTILINE)
        found = line.search(text, at)
        if found is None:
            where = folder / TEXT if folder else TEXT
            raise RenderError(
                f"The template {where}: no line of it is only the reference {action.ref}, so an "
                "answer could not be told from the next; print each action’s ref on a line of its "
                "own, in the order of message.actions."
            )
        yield found.start()
        at = found.end()
