"""What is found in the labelled minutes: as much as is promised, and not less than it was."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "benchmarks" / "corpus"
FOLDERS = [CORPUS, *sorted(path for path in CORPUS.iterdir() if path.is_dir())]


@pytest.fixture(params=FOLDERS, ids=[folder.name for folder in FOLDERS])
def found(request, package):
    """Give the sum of what was found in a folder."""
    program = package("__main__")
    scores = [program.scored(path).score for path in program.documents(request.param)]
    assert len(scores) >= 7
    return package("scoring").total(scores)


def test_what_is_promised_of_every_folder(found) -> None:
    actions, agenda = found.actions, found.agenda
    assert actions.right >= 0.95 * actions.labelled
    assert actions.found - actions.right <= 0.10 * actions.found
    assert agenda.right >= 0.90 * agenda.labelled
    assert found.candidates.found <= agenda.labelled  # few enough to read
