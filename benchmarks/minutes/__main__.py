"""Score what is found in labelled minutes.

A folder holds minutes and beside each the labels that somebody made by hand, NAME.json. Its
folders are reported apart.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from .labels import labels_from, placed
from .scoring import Result, Score, Tally, score, total

CORPUS = Path(__file__).parents[1] / "corpus"
NUMBERED_BY_LINE = (".txt", ".md")  # elsewhere `Line.number` counts paragraphs
COLUMNS = (
    ("minutes", 17), ("actions", 10), ("recall", 6), ("prec.", 6), ("owner", 6), ("item", 6),
    ("kind", 6), ("due", 6), ("agenda", 13), ("recall", 6), ("prec.", 6), ("candidates", 10),
    ("recall", 6), ("prec.", 6), ("an item", 7), ("resolved", 8), ("meeting", 7),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and report each folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.minutes", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("-v", "--verbose", action="store_true", help="name what is wrong")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"there is no folder {options.folder}")
    for folder in (options.folder, *sorted(filter(Path.is_dir, options.folder.iterdir()))):
        report(folder, verbose=options.verbose)


def report(folder: Path, *, verbose: bool) -> None:
    """Print the table of one folder and, where asked, what is wrong in each document."""
    results = {path.name: scored(path) for path in documents(folder)}
    print(f"\n{folder.name}: {len(results)} minutes\n")
    print(_line(heading for heading, _ in COLUMNS))
    print(_line("-" * width for _, width in COLUMNS))
    for name, result in results.items():
        print(_line(cells(Path(name).stem, result.score)))
    print(_line(cells("all", total(result.score for result in results.values()))))
    for name, result in results.items() if verbose else ():
        print(f"\n{name}", *result.notes or ("nothing",), sep="\n  ")


def documents(folder: Path) -> list[Path]:
    """List the documents of a folder that have labels beside them."""
    labelled = {path.stem for path in folder.glob("*.json")}
    found = (path for path in folder.iterdir() if path.is_file() and path.suffix != ".json")
    return sorted(path for path in found if path.stem in labelled)


def scored(path: Path) -> Result:
    """Find what one document holds and compare it with its labels."""
    from cpctrack.minutes.finding.finding import find
    from cpctrack.reading.lines import lines_of
    from cpctrack.reading.registry import MINUTES, read

    labels = labels_from(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    lines = lines_of(read(path, MINUTES))
    if path.suffix not in NUMBERED_BY_LINE:
        labels = placed(labels, lines)
    return score(labels, find(lines))


def cells(name: str, one: Score) -> list[str]:
    """Give what stands in one line of the table."""
    checks = (one.owners, one.places, one.kinds, one.dues)
    many = one.candidates.found / one.agenda.labelled if one.agenda.labelled else 0
    return [
        name,
        *_found(one.actions),
        *(share(tally.right, tally.labelled) for tally in checks),
        *_found(one.agenda),
        *_found(one.candidates),
        f"{many:.2f}",
        f"{one.resolutions.right}/{one.resolutions.labelled}",
        f"{one.meeting.right}/{one.meeting.labelled}",
    ]


def _found(tally: Tally) -> tuple[str, str, str]:
    """Give what was right of what was labelled (and found), recall and precision."""
    counts = f"{tally.right}/{tally.labelled} ({tally.found})"
    return counts, share(tally.right, tally.labelled), share(tally.right, tally.found)


def share(part: int, whole: int) -> str:
    """Give a share in per cent; there is none of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def _line(texts: Iterable[str]) -> str:
    padded = (text.ljust(width) for text, (_, width) in zip(texts, COLUMNS, strict=True))
    return f"| {' | '.join(padded)} |"


if __name__ == "__main__":
    main()
