"""Whether habits help with a body's next minutes: ``python benchmarks/habits.py FOLDER``.

A clerk is simulated who goes through the first half of a body's minutes: accepts what a person
labelled as an action, skips what is none, and picks from what is offered. Of the second half it
counts what is found without these habits and with them. The weights are trained without the body,
so this needs what `train` needs.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import train
from minutes.__main__ import documents
from minutes.labels import OBLIGES, Label, Labels, labels_from
from minutes.scoring import fit, score, total

from cpctrack.minutes import habits
from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.finding import scorer
from cpctrack.minutes.finding.finding import find
from cpctrack.reading.lines import Line, lines_of
from cpctrack.reading.registry import MINUTES, read

LONG = 60  # lines of a text that is parted in two
HALVES = ("tuned on", "other")  # of the bodies
FIGURES = ("marked", "found", "offered", "lost", "drafted", "false", "shown", "useful")


class Part(NamedTuple):
    """A text, or half of one, and what a person labelled in it."""

    lines: Sequence[Line]
    labels: Labels


class Case(NamedTuple):
    """Minutes that teach, and minutes of the same body to be measured."""

    body: str
    name: str
    teach: Sequence[Part]
    measured: Sequence[Part]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, and print two lines for each case and for all of each half."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="real minutes with labels")
    folder = parser.parse_args(arguments).folder
    invented, real = train.examples_of([folder])
    half_of: dict[str, str] = {}
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    print("name", *FIGURES, sep="\t")
    for case in cases(folder):
        half = half_of.setdefault(case.body, HALVES[len(half_of) % 2])
        weights = scorer.Weights(
            train.fit([*(one for one in real if one.body != case.body), *invented])
        )
        with patch.object(scorer, "trained", return_value=weights):
            rows: dict[str, Any] = {}
            for part in case.teach:
                rows |= learnt(part, rows)
            for told, own in (("without", habits.NO_HABITS), ("with", habits.habits_of(rows))):
                counts = total(score(part.labels, find(part.lines, own)) for part in case.measured)
                sums[f"{half}, {told}"] += counts
                print(f"{case.name}, {told}", *(counts[name] for name in FIGURES), sep="\t")
    for name, counts in sorted(sums.items(), reverse=True):
        print(name, *(counts[figure] for figure in FIGURES), sep="\t")


def cases(folder: Path) -> Iterator[Case]:
    """Give the bodies with several texts, and the texts that are long enough to be parted."""
    bodies: dict[str, list[Path]] = defaultdict(list)
    for path in documents(folder):
        bodies[train.body_of(path.stem)].append(path)
    for body, paths in sorted(bodies.items()):
        if len(paths) > 1:
            middle = (len(paths) + 1) // 2
            parts = [_part(path) for path in paths]
            yield Case(body, body, parts[:middle], parts[middle:])
        for path in paths:
            whole = _part(path)
            if len(whole.lines) >= LONG:
                middle = whole.lines[len(whole.lines) // 2].number
                one, other = _cut(whole, 0, middle), _cut(whole, middle, sys.maxsize)
                yield Case(body, f"{path.stem}, halves", [one], [other])


def learnt(part: Part, rows: Mapping[str, Any]) -> dict[str, Any]:
    """Give the rows that a clerk teaches who goes through a text."""
    lessons, passed = [], []
    for draft in find(part.lines, habits.habits_of(rows)).drafts:
        label = _label(part, draft)
        if draft.kind == "resolution":
            continue
        if label or draft.marked:
            owners = (label.owners[0],) if label and label.owners[0] else ()
            lessons.append(habits.Lesson(draft, label is not None, owners))
        else:
            passed.append(draft)
    return habits.learn(rows, lessons, passed)


def _label(part: Part, draft: MinutesDraft) -> Label | None:
    right = (one for one in part.labels.entries if one.kind in OBLIGES or one.optional)
    best = max(right, key=lambda one: fit(one, draft), default=None)
    return best if best and fit(best, draft) else None


def _part(path: Path) -> Part:
    data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Part(lines_of(read(path, MINUTES)), labels_from(data, path.suffix))


def _cut(part: Part, first: int, last: int) -> Part:
    lines = [line for line in part.lines if first <= line.number < last]
    entries = tuple(one for one in part.labels.entries if first <= one.first < last)
    return Part(lines, part.labels._replace(entries=entries))


if __name__ == "__main__":
    main()
