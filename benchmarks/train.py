"""Train the scorer of minutes: ``python benchmarks/train.py [FOLDER …]``.

Learns from the invented minutes beside this file, and from folders of real ones with labels in the
form of `sets`, and writes `cpctrack/minutes/weights.json`: what features weigh, and no sentence.
The same texts give the same file. Needs scikit-learn, which nothing else does.

`--folds N` leaves out the bodies by turns instead, and prints what reading finds in those left out.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from cpctrack.minutes.finding.features import document_of, features_of  # noqa: E402
from cpctrack.minutes.finding.items import headings  # noqa: E402
from cpctrack.minutes.finding.parts import parts_of  # noqa: E402
from cpctrack.minutes.finding.sections import Statement, fold  # noqa: E402
from cpctrack.minutes.language.clauses import sentences  # noqa: E402
from cpctrack.minutes.page.layout import blocks  # noqa: E402
from cpctrack.reading.lines import Line, lines_of  # noqa: E402
from cpctrack.reading.registry import MINUTES, read  # noqa: E402

WEIGHTS = HERE.parent / "cpctrack" / "minutes" / "weights.json"
TAG = re.compile(r"\s*⟦(?P<kind>[AN])⟧")
FEWEST_BODIES = 6  # that have a feature: what stands in fewer is theirs alone
STRENGTH = 0.2  # the inverse of how strongly weights are drawn to nothing
MOST = 4200  # weights that are kept, the heaviest: some 100 kB
OF_TAGGED = 1.0  # what a text written for training counts
FITS = 0.6  # of the words
NEAR = 6  # lines


class Wanted(NamedTuple):
    """Something that somebody is to do, as a person labelled it."""

    text: str
    line: int
    optional: bool = False


class Example(NamedTuple):
    """A statement's features, whether it is an action, and what it counts."""

    body: str
    features: tuple[str, ...]
    is_action: bool
    counts: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, and write or print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", nargs="*", type=Path, help="real minutes with labels")
    parser.add_argument("--folds", type=int, default=0, help="leave bodies out by turns")
    options = parser.parse_args(arguments)
    invented, real = examples_of(options.folder)
    if options.folds:
        _leave_out(options.folder, real, invented, options.folds)
        return
    weights = fit([*real, *invented])
    text = json.dumps({"action": weights}, ensure_ascii=False, separators=(",", ":"))
    WEIGHTS.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"{len(weights)} weights, {WEIGHTS.stat().st_size} bytes")


def examples_of(folders: Sequence[Path]) -> tuple[list[Example], list[Example]]:
    """Give the examples that invented minutes hold, and those of folders of real ones."""
    invented = [*_corpus(HERE / "corpus"), *_tagged(HERE / "training")]
    return invented, [one for folder in folders for one in _labelled(folder)]


def body_of(name: str) -> str:
    """Name whose minutes a text is of: those of one body have one name but for the year."""
    return re.split(r"-(?:\d{4}$|council|board|parish|cultural|jpc|transport)", name)[0]


def fit(examples: Sequence[Example]) -> dict[str, int]:
    """Give what each feature weighs, in hundredths."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped,import-not-found,unused-ignore]

    bodies: dict[str, set[str]] = defaultdict(set)
    for one in examples:
        for feature in one.features:
            bodies[feature].add(one.body)
    names = sorted(name for name, found in bodies.items() if len(found) >= FEWEST_BODIES)
    places = {name: at for at, name in enumerate(names)}
    used = [one for one in examples if one.counts]
    cells = [
        (row, places[feature])
        for row, one in enumerate(used)
        for feature in one.features
        if feature in places
    ]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix(([1.0] * len(cells), (rows, columns)), shape=(len(used), len(names)))
    model = LogisticRegression(
        C=STRENGTH, solver="liblinear", fit_intercept=False, max_iter=1000, random_state=0
    )
    model.fit(matrix, [one.is_action for one in used], [one.counts for one in used])
    weighed = sorted(zip(names, model.coef_[0], strict=True), key=lambda pair: -abs(pair[1]))
    return {name: round(100 * weight) for name, weight in sorted(weighed[:MOST])}


def _leave_out(
    folders: Sequence[Path], real: Sequence[Example], invented: Sequence[Example], folds: int
) -> None:
    """Print what is found of the bodies that the weights have not met, all folds together."""
    from minutes.__main__ import documents, scored, summary
    from minutes.scoring import total

    from cpctrack.minutes.finding import scorer

    bodies = sorted({one.body for one in real})
    results = []
    for fold_at in range(folds):
        out = set(bodies[fold_at::folds])
        weights = scorer.Weights(fit([*(one for one in real if one.body not in out), *invented]))
        with patch.object(scorer, "trained", return_value=weights):
            results += [
                scored(path)
                for folder in folders
                for path in documents(folder)
                if body_of(path.stem) in out
            ]
    print(*summary(total(results)), sep="\n")


# --- the texts


def _tagged(folder: Path) -> Iterator[Example]:
    """Read minutes that have ⟦A⟧ or ⟦N⟧ behind each sentence that is an action."""
    for path in sorted(folder.glob("*.txt")):
        wanted: list[Wanted] = []
        lines: list[Line] = []
        for number, printed in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            start = 0
            for match in TAG.finditer(printed):
                before = re.sub(r"\s{3,}.*$", "", printed[start : match.start()].strip(" -*•"))
                *_, (_, told) = sentences(before)
                wanted.append(Wanted(told.rpartition(" *")[2].strip(" -*•"), number))
                start = match.end()
            lines.append(Line(number, TAG.sub("", printed)))
        yield from _examples(path.stem, lines, wanted, OF_TAGGED)


def _corpus(folder: Path) -> Iterator[Example]:
    """Read the invented minutes with labels beside them."""
    for path in sorted(folder.rglob("*.json")):
        text = next(
            (one for end in (".txt", ".md") if (one := path.with_suffix(end)).exists()), None
        )
        if text:
            data = json.loads(path.read_text(encoding="utf-8"))
            wanted = [
                Wanted(row["text"], row["line"]) for row in data["actions"] + data["candidates"]
            ]
            yield from _examples(path.stem, lines_of(read(text, MINUTES)), wanted, 1.0)


def _labelled(folder: Path) -> Iterator[Example]:
    """Read real minutes."""
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))["sets"][0]
        entries: list[Mapping[str, Any]] = [e for item in data["items"] for e in item["entries"]]
        wanted = [
            Wanted(one["text"], one["source_line"] or 0, bool(one["optional"]))
            for one in entries
            if one["kind"] in ("action", "recommendation")
        ]
        text = path.with_suffix(".txt")
        yield from _examples(body_of(path.stem), lines_of(read(text, MINUTES)), wanted, 1.0)


def _examples(
    body: str, lines: Sequence[Line], wanted: Sequence[Wanted], counts: float
) -> Iterator[Example]:
    found = blocks(lines)
    statements = fold(parts_of(found, headings(found))).statements
    document = document_of(statements, found)
    meant, near = _meant(statements, wanted)
    for at in range(len(statements)):
        weight = 0.0 if at in near and at not in meant else counts
        yield Example(body, features_of(statements, at, document), at in meant, weight)


def _meant(statements: Sequence[Statement], wanted: Sequence[Wanted]) -> tuple[set[int], set[int]]:
    """Give the places of the statements that are meant, and of those that count for nothing."""
    meant: set[int] = set()
    near: set[int] = set()
    for one in wanted:
        fits = {at: _fit(one, statement) for at, statement in enumerate(statements)}
        fits = {at: fit for at, fit in fits.items() if fit}
        best = max(fits.values(), default=0.0)
        places = [at for at, fit in fits.items() if fit > best - 0.05]
        near |= fits.keys()
        if places and not one.optional:
            meant.add(min(places, key=lambda at: abs(statements[at].line - one.line)))
    return meant, near


def _fit(one: Wanted, statement: Statement) -> float:
    if abs(statement.line - one.line) > NEAR:
        return 0.0
    words, others = (re.findall(r"\w+", text.casefold()) for text in (one.text, statement.text))
    if not words or not others:
        return 0.0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    shares = [2 * same / (len(words) + len(others))]
    shares += [same / len(words)] if same >= 0.8 * len(words) else []
    shares += [same / len(others)] if same >= 0.9 * len(others) and len(others) > 4 else []
    return best if (best := max(shares)) >= FITS else 0.0


if __name__ == "__main__":
    main()
