"""Score what is found in a folder of minutes and labels, NAME.json; its folders apart."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from .labels import labels_from
from .scoring import Result, score, total

CORPUS = Path(__file__).parents[1] / "corpus"
COLUMNS = (
    ("minutes", 32), ("found", 9), ("lost", 4), ("drafted", 7), ("false", 5), ("shown", 5),
    ("of use", 6), ("items", 9), ("owners", 9), ("no name", 7), ("dues", 7), ("date", 5),
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
        print(_line(cells(Path(name).stem, result.counts)))
    print(_line(cells("all", total(results.values()))))
    print("", *summary(total(results.values())), sep="\n")
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

    text = path.with_suffix(".json").read_text(encoding="utf-8")
    labels = labels_from(json.loads(text), path.suffix)
    return score(labels, find(lines_of(read(path, MINUTES))))


def cells(name: str, counts: Counter[str]) -> list[str]:
    """Give what stands in one line of the table."""
    return [
        name,
        f"{counts['found']}/{counts['marked']}",
        *(str(counts[key]) for key in ("lost", "drafted", "false", "shown", "useful")),
        f"{counts['items']}/{counts['found']}",
        f"{counts['owners']}/{counts['owned']}",
        str(counts["nameless"]),
        f"{counts['dues']}/{counts['dated']}",
        f"{counts['date_right']}/{counts['texts']}",
    ]


def summary(counts: Counter[str]) -> list[str]:
    """Say in words what a folder came to."""

    def of(part: str, whole: str) -> str:
        share = f"{100 * counts[part] / counts[whole]:.0f} %" if counts[whole] else "-"
        return f"{counts[part]} of {counts[whole]} ({share})"

    many = counts["shown"] / counts["texts"] if counts["texts"] else 0
    return [
        f"marked actions found {of('found', 'marked')}",
        f"marked actions offered {of('offered', 'marked')}",
        f"rows lost {of('lost', 'marked')}",
        f"marked drafts false {of('false', 'drafted')}",
        f"lines offered a text {many:.1f}, of use {of('useful', 'shown')}",
        f"items right {of('items', 'found')}",
        f"owners right {of('owners', 'owned')}",
        f"owner where none is named {of('spurious', 'unowned')}",
        f"owners that are no name {of('nameless', 'drafts')}",
        f"dues right {of('dues', 'dated')}",
        f"meeting dates wrong {of('date_wrong', 'texts')}",
        f"meeting dates none found {of('date_none', 'texts')}",
        f"types wrong {of('type_wrong', 'texts')}",
    ]


def _line(texts: Iterable[str]) -> str:
    padded = (text.ljust(width) for text, (_, width) in zip(texts, COLUMNS, strict=True))
    return f"| {' | '.join(padded)} |"


if __name__ == "__main__":
    main()
