"""The committee's own words, in `lexicon.toml` beside the store file."""

import subprocess
import sys

import pytest

from cpctrack.errors import LexiconError
from cpctrack.tasks.learn_words import learn_words

MINUTES = """Parks Committee

Minutes of the meeting held on 14 March 2024

1. HARBOUR

PLEDGES

1. Quayside tidiness, with a note of what it comes to – Reeve
"""
LOG = "Pledge\tWho\nMend the gate\tRanger\n"


@pytest.fixture
def cpctrack(new_store):
    """Start the command by itself: words are added before any is looked up."""

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "cpctrack", "--store", str(new_store), *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture
def own(new_store):
    return new_store.with_name("lexicon.toml")


@pytest.fixture
def minutes(tmp_path):
    path = tmp_path / "minutes.txt"
    path.write_text(MINUTES, encoding="utf-8")
    return path


@pytest.mark.parametrize("taught", ['["Pledges"]', "'pledge, pledges'"])
def test_a_heading_that_the_package_does_not_know_is_learnt(cpctrack, own, minutes, taught):
    before = cpctrack("minutes", minutes, "--dry-run").stdout
    own.write_text(f'action_headings = {taught}\nwho = ["reeve"]\n', encoding="utf-8")
    after = cpctrack("minutes", minutes, "--dry-run").stdout
    assert "0 new" in before
    assert "1 new" in after
    assert "Quayside tidiness" in after


def test_a_name_of_a_column_is_learnt(cpctrack, own, tmp_path):
    log = tmp_path / "log.tsv"
    log.write_text(LOG, encoding="utf-8")
    arguments = ("import", log, "--meeting", "2024-03-14", "--type", "formal", "--dry-run")
    before = cpctrack(*arguments)
    own.write_text('[columns]\naction = ["pledge"]\n', encoding="utf-8")
    after = cpctrack(*arguments)
    assert before.returncode == 1
    assert after.returncode == 0
    assert "has no column of actions" in before.stderr
    assert "1 new" in after.stdout + after.stderr


def test_what_is_no_lexicon_is_refused_and_nothing_written(cpctrack, own, minutes, new_store):
    before = new_store.read_bytes()
    own.write_text('whom = ["reeve"]', encoding="utf-8")
    done = cpctrack("minutes", minutes, "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    told = f"Error: {own} has no list to add to called “whom”. Did you mean who?"
    assert done.stderr.strip() == told
    assert new_store.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"who = ['\xff']", "is no UTF-8 text; save it as that."),
        (b"#" * 200_001, "is longer than a list of words is; is it another file?"),
    ],
)
def test_a_file_that_is_something_else_is_refused(new_store, own, content, told):
    own.write_bytes(content)
    with pytest.raises(LexiconError) as error:
        learn_words(new_store)
    assert str(error.value) == f"{own} {told}"
