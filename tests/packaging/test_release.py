"""A tag makes a release where it is the version and the changelog is ready, and not else."""

import importlib.util
import subprocess
import sys

import pytest

import cpctrack

CHANGELOG = """# Changelog

## Unreleased

## 1.2.0 - 2026-12-01

### Added

- A [thing](docs/thing.md#how), [told](#here) on [a site](https://example.org/).

## 1.1.0 - 2026-11-01

- Nothing of this.
"""
NOTES = """### Added

- A [thing](docs/thing.md#how), [told](#here) on [a site](https://example.org/).
"""


@pytest.fixture
def release(ci, tmp_path, monkeypatch):
    """Give the script, which looks at a project of version 1.2.0."""
    spec = importlib.util.spec_from_file_location("release", ci / "release.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "cpctrack").mkdir()
    (tmp_path / "cpctrack" / "__init__.py").write_text('__version__ = "1.2.0"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    return module


def test_notes_are_what_the_changelog_says_of_the_version(release, capfdbinary):
    assert release.main("v1.2.0") == 0
    assert capfdbinary.readouterr().out == NOTES.encode()


def test_links_of_the_notes_lead_to_the_files_of_the_tag(release, capfdbinary):
    assert release.main("v1.2.0", "https://example.org/cpctrack") == 0
    at = b"https://example.org/cpctrack/blob/v1.2.0"
    assert capfdbinary.readouterr().out == (
        b"### Added\n\n"
        b"- A [thing](" + at + b"/docs/thing.md#how), [told](" + at + b"/CHANGELOG.md#here)"
        b" on [a site](https://example.org/).\n"
    )


@pytest.mark.parametrize(
    ("tag", "was", "becomes", "reason"),
    [
        ("v1.2.1", "", "", "The tag v1.2.1 is not v1.2.0, the version in cpctrack/__init__.py."),
        ("1.2.0", "", "", "The tag 1.2.0 is not v1.2.0, the version in cpctrack/__init__.py."),
        ("v1.2.0", "Unreleased", "Unreleased\n\n- More.",
         "CHANGELOG.md has lines under “Unreleased”: move them under 1.2.0."),
        ("v1.2.0", "## 1.2.0", "## 1.2.0.1", "CHANGELOG.md says nothing of 1.2.0."),
    ],
)  # fmt: skip
def test_what_is_not_ready_is_refused(tag, was, becomes, reason, release, tmp_path, capfd):
    changelog = CHANGELOG.replace(was, becomes) if was else CHANGELOG
    (tmp_path / "CHANGELOG.md").write_text(changelog, "utf-8")
    assert release.main(tag) == 1
    assert capfd.readouterr() == ("", f"{reason}\n")


def test_this_version_has_notes_that_say_what_to_do(ci):
    done = subprocess.run(
        [sys.executable, ci / "release.py", f"v{cpctrack.__version__}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.startswith("### What to do when you upgrade\n\n1. ")
