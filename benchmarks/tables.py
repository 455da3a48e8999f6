"""Count how much of labelled tables is taken in as a careful person would record it.

A folder holds tables, ``manifest.json`` which lists them, and for each table the rows that
somebody made of it by hand. Each is imported into an empty store, without being told anything but
the meeting's type, and its day where the table was refused for want of one.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

FIELDS = ("ref", "meeting_date", "item", "action", "owners", "due", "response", "status")
TODAY = "2026-01-15"
LIKE_ENOUGH = 0.5
BEGINNING = 400  # letters of a long text; its end may stand on the next page
FAR = 0.2  # what a record at the other end of the table loses of its likeness
PLAIN = str.maketrans("‘’“”–—", "''\"\"--")
NOT_TEXT = re.compile(r"</?[a-z][^<>]*>|[•·▪]")  # tags and bullets that the table has as text
COLUMNS = (
    ("table", 34), ("records", 7), ("rows right", 10), ("cells right", 15), ("wrong", 5),
    ("named", 6), ("completed", 9),
)  # fmt: skip

Row = Mapping[str, Any]  # as labelled: by field; None is not to be known, a list is any of these
Record = Mapping[str, Any]  # as the plan gives it


class Plan(NamedTuple):
    """What importing one table came to; `refusal` says why nothing was taken in."""

    records: Sequence[Record] = ()
    left_out: int = 0  # lines that the plan names
    unrecognised: int = 0  # columns that the plan names
    refusal: str = ""


class Cell(NamedTuple):
    """One labelled field of one row, beside what was recorded."""

    row: int
    field: str
    right: bool = False
    named: bool = False  # the plan says that here something may be wrong or missing
    completed: bool = False  # recorded as completed


class Result(NamedTuple):
    """What one table came to."""

    name: str
    records: int | None  # None: refused
    cells: tuple[Cell, ...]
    refusal: str = ""

    @property
    def wrong(self) -> list[Cell]:
        """List what is wrong or lost of a table that was taken in."""
        return [cell for cell in self.cells if not cell.right and self.records is not None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, take in the tables of a folder and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--own", action="store_true", help="leave out copies in other formats")
    parser.add_argument("--layouts", type=Path, metavar="DIR", help="layouts that were taught")
    parser.add_argument("--cpctrack", metavar="PATH", help="the program (default: installed here)")
    options = parser.parse_args(arguments)
    if not (manifest := options.folder / "manifest.json").is_file():
        parser.error(f"there is no {manifest}")
    program = [options.cpctrack] if options.cpctrack else [sys.executable, "-m", "cpctrack"]
    results, look_alikes = [], []
    for entry in json.loads(manifest.read_text(encoding="utf-8")):
        if options.own and entry.get("twin_of"):
            continue
        table = options.folder / entry["file"]
        plan = imported(table, entry.get("meeting"), program, options.layouts)
        if entry.get("refuse"):
            look_alikes.append(Result(table.name, None if plan.refusal else len(plan.records), ()))
        else:
            labels = json.loads((options.folder / entry["expected"]).read_text(encoding="utf-8"))
            results.append(compared(table.name, labels, plan))
    report(results, look_alikes)


def imported(
    table: Path, meeting: str | None, program: Sequence[str], layouts: Path | None
) -> Plan:
    """Take one table into an empty store, and give the plan that was printed.

    Raises RuntimeError where the program neither took it in nor refused it in its own words.
    """
    environment = {**os.environ, "CPCTRACK_TODAY": TODAY, "NO_COLOR": "1"}
    with tempfile.TemporaryDirectory(prefix="cpctrack-benchmarks-") as folder:
        if layouts:
            shutil.copytree(layouts, Path(folder) / "layouts")

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            command = [*program, "--store", str(Path(folder) / "store.json"), *words]
            return subprocess.run(
                command, capture_output=True, encoding="utf-8", env=environment, check=False
            )

        run("init", "--committee", "Test Committee").check_returncode()
        importing = ("import", str(table.resolve()), "--yes", "--json", "--type", "formal")
        done = run(*importing)
        if done.returncode and meeting:
            done = run(*importing, "--meeting", meeting)
    if done.returncode and not done.stderr.startswith("Error: "):
        raise RuntimeError(f"{table.name} was not refused, the program broke:\n{done.stderr}")
    if done.returncode:
        return Plan(refusal=done.stderr.removeprefix("Error: "))
    plan = json.loads(done.stdout)
    return Plan(plan["records"], len(plan["left_out"]), len(plan["unrecognised"]))


def compared(name: str, labels: Sequence[Row], plan: Plan) -> Result:
    """Compare what was recorded with the labels, cell by cell."""
    pairs = paired(labels, plan.records)
    cells = tuple(
        _cell(number, field, label[field], pairs.get(number - 1), plan)
        for number, label in enumerate(labels, start=1)
        for field in FIELDS
        if label[field] is not None
    )
    return Result(name, None if plan.refusal else len(plan.records), cells, plan.refusal)


def _cell(row: int, field: str, label: Any, record: Record | None, plan: Plan) -> Cell:
    if record is None:
        return Cell(row, field, named=plan.left_out > 0)
    missing = not said(record, field)[0]
    return Cell(
        row,
        field,
        right(field, label, record),
        named=bool(record["doubts"] or (missing and plan.unrecognised)),
        completed=record["status"] == "completed",
    )


def paired(labels: Sequence[Row], records: Sequence[Record]) -> dict[int, Record]:
    """Give each labelled row, by its index, the record that says what it says.

    The likest are paired first; what stands elsewhere in the table is less like.
    """
    ranked = []
    for at, label in enumerate(labels):
        for place, record in enumerate(records):
            distance = abs(at / len(labels) - place / len(records))
            ranked.append((likeness(label, record) - FAR * distance, at, place))
    pairs: dict[int, int] = {}
    for like, at, place in sorted(ranked, reverse=True):
        if like > LIKE_ENOUGH and at not in pairs and place not in pairs.values():
            pairs[at] = place
    return {at: records[place] for at, place in pairs.items()}


def likeness(label: Row, record: Record) -> float:
    """Say how like the texts of an action are: 2 the same, 1 and more with something around it."""
    ours = one_form(" ".join(filter(None, said(record, "action"))))
    theirs = one_form(_ways("action", label["action"])[0])
    if theirs and theirs in ours:
        return 1 + len(theirs) / len(ours)
    matcher = SequenceMatcher(None, theirs[:BEGINNING], ours[:BEGINNING], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > LIKE_ENOUGH else 0.0


def right(field: str, label: Any, record: Record) -> bool:
    """Say whether what was recorded is one of the things that a person might record."""
    found = said(record, field)
    if field == "owners":
        ways = label if label and isinstance(label[0], list) else [label]
        return any(sorted(map(one_form, way)) == sorted(map(one_form, found[0])) for way in ways)
    texts = [one_form(text) for text in found]
    return any(one_form(way) in (texts if way else texts[:1]) for way in _ways(field, label))


def said(record: Record, field: str) -> Sequence[Any]:
    """Give what a record says of a field: in its own place, then in another that will do."""
    match field:
        case "ref":
            return (record["source_ref"],)
        case "action":
            return (record["action"], record["recommendation"])
        case "due":
            return (record["due"] or record["due_text"], record["due_text"])
        case "response":
            return (record["response"], record["follow_up"])
        case _:
            return (record[field],)


def _ways(field: str, label: str | list[str]) -> list[str]:
    if isinstance(label, list):
        return label
    return label.split("|") if field == "status" else [label]


def one_form(text: str | None) -> str:
    """Bring texts to one form to compare them: case, spaces, quotes, dashes, tags and bullets."""
    plain = unicodedata.normalize("NFKC", text or "").casefold().translate(PLAIN)
    return " ".join(NOT_TEXT.sub(" ", plain).split())


def report(results: Sequence[Result], look_alikes: Sequence[Result]) -> None:
    """Print a line for each table, the sums, and what the plans did not name."""
    print(_line(heading for heading, _ in COLUMNS))
    print(_line("-" * width for _, width in COLUMNS))
    for result in results:
        records = "refused" if result.records is None else str(result.records)
        print(_line([result.name, records, *_counts([result])]))
    taken = sum(result.records is not None for result in results)
    print(_line(["all", f"{taken} of {len(results)}", *_counts(results)]))

    fields = {name: [c for r in results for c in r.cells if c.field == name] for name in FIELDS}
    by_field = (f"{name} {_share(_right(cells), len(cells))}" for name, cells in fields.items())
    print(f"\nBy field: {', '.join(by_field)}.")
    if look_alikes:
        in_error = [result.name for result in look_alikes if result.records is not None]
        rightly = f"{len(look_alikes) - len(in_error)} of {len(look_alikes)}"
        print(f"Rightly refused: {rightly}{'; taken in: ' * bool(in_error)}{', '.join(in_error)}.")
    print("\nNot named:")
    for result in results:
        unnamed = [f"row {cell.row} {cell.field}" for cell in result.wrong if not cell.named]
        why = result.refusal.partition("\n")[0] or ", ".join(unnamed) or "nothing"
        print(f"  {result.name}: {why}")


def _counts(results: Sequence[Result]) -> list[str]:
    """Give rows and cells that are right, and of what is not how much the plans name."""
    rows: dict[tuple[str, int], bool] = {}
    for result in results:
        for cell in result.cells:
            row = (result.name, cell.row)
            rows[row] = rows.get(row, True) and cell.right
    cells = [cell for result in results for cell in result.cells]
    wrong = [cell for result in results for cell in result.wrong]
    done = sum(cell.field == "status" and cell.completed for cell in wrong)
    return [
        f"{sum(rows.values())}/{len(rows)}",
        f"{_right(cells)}/{len(cells)} ({_share(_right(cells), len(cells))})",
        str(len(wrong)),
        _share(sum(cell.named for cell in wrong), len(wrong)),
        str(done),
    ]


def _right(cells: Iterable[Cell]) -> int:
    return sum(cell.right for cell in cells)


def _share(part: int, whole: int) -> str:
    """Give a share in per cent; there is none of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def _line(texts: Iterable[str]) -> str:
    padded = (text.ljust(width) for text, (_, width) in zip(texts, COLUMNS, strict=True))
    return f"| {' | '.join(padded)} |"


if __name__ == "__main__":
    main()
