"""What is found in the labelled minutes: as much as is promised, and not less than it was."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "benchmarks" / "corpus"
FOLDERS = [CORPUS, *sorted(path for path in CORPUS.iterdir() if path.is_dir())]


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_what_is_promised_of_every_folder(folder, package) -> None:
    program = package("__main__")
    counts = package("scoring").total(map(program.scored, program.documents(folder)))
    assert counts["texts"] >= 7
    assert counts["found"] >= 0.90 * counts["marked"]
    assert counts["false"] <= 0.10 * counts["drafted"]
    assert counts["items"] >= 0.90 * counts["found"]
