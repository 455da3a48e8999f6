"""The installed program finds a plug-in that pip has installed, and one beside it may fail."""

import shutil
from pathlib import Path

import pytest

from .conftest import call

pytestmark = [pytest.mark.packaging, pytest.mark.slow]

LINE = "29/5/2024 | 3. Homes | The Head of Homes would report on beds. | Head of Homes | 1/9/2024\n"
BROKEN = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "cpctrack-broken"
version = "1.0"

[project.entry-points."cpctrack.checks"]
broken = "cpctrack_broken:CHECK"
"""


def test_the_worked_example_beside_one_that_is_broken(equipped, build, root, store, away):
    example = shutil.copytree(root / "examples" / "plugin", away / "plug in")
    broken = away / "broken"
    (broken / "cpctrack_broken").mkdir(parents=True)
    (broken / "pyproject.toml").write_text(BROKEN, encoding="utf-8")
    (broken / "cpctrack_broken" / "__init__.py").write_text("1 / 0\n", encoding="utf-8")
    equipped.pip_install("--no-deps", build("wheel"))
    equipped.pip_install("--no-deps", "--no-build-isolation", example, broken)

    def run(*arguments: str | Path) -> str:
        return call(equipped.script, "--store", "actions.json", *arguments, cwd=away)

    shutil.copy(store, away / "actions.json")
    (away / "may.agenda").write_text(LINE, encoding="utf-8")
    run("import", "may.agenda", "--type", "formal", "--yes")
    run("appendix", "--year", "2024/25", "-o", "appendix.txt")
    text = (away / "appendix.txt").read_text("utf-8")
    assert "Actions: The Head of Homes would report on beds.\n" in text
    with pytest.raises(AssertionError) as told:  # problems end with 1
        run("check")
    assert "; say in 60 what is to be done." in str(told.value)
    assert "The plug-in “broken” of cpctrack-broken can't be used (ZeroDivisionError" in str(
        told.value
    )
    call(equipped.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=example)
