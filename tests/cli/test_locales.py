"""Letters are taken for UTF-8 whatever the locale says, and refused where they are none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cpctrack import system
from cpctrack.text import not_utf8

from .conftest import FORMAL

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows hands letters over, not bytes")

# Without the second and third Python would not follow these locales.
NOT_UTF8 = [
    {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"} for locale in ("C", "POSIX")
]
WRONG = (
    "Error: “caf\ufffd” has a letter that did not come as UTF-8; set this terminal to UTF-8, and "
    "type it again.\n"
)


def call(
    folder: Path, *arguments: str | bytes, code: int = 0, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "cpctrack", *arguments],
        cwd=folder,
        env={**os.environ, **surroundings},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.mark.parametrize("locale", NOT_UTF8)
def test_arguments_names_and_output_are_utf8_in_any_locale(
    some_records: Path, tmp_path: Path, locale: dict[str, str]
) -> None:
    (folder := tmp_path / "Tŷ").mkdir()
    some_records.rename(folder / "é.json")
    store = {"CPCTRACK_STORE": "Tŷ/é.json", **locale}
    said = call(tmp_path, "update", "1", "--response", "A café – at Tŷ Môn", **store)
    assert said.stderr == "CPC-2223-001: response “A café – at Tŷ Môn”.\n"
    assert '"A café – at Tŷ Môn"' in (folder / "é.json").read_text("utf-8")
    assert "A café – at Tŷ Môn\n" in call(tmp_path, "show", "1", **store).stdout
    call(tmp_path, "appendix", "-o", "Tŷ/ŵ.md", **store)
    assert "A café – at Tŷ Môn" in (folder / "ŵ.md").read_text("utf-8")


def test_the_name_that_git_knows_is_utf8_in_any_locale(some_records: Path) -> None:
    folder = some_records.parent
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "config", "user.name", "Zoë Clerk"], check=True)
    call(folder, "--store", str(some_records), "update", "1", "--status", "deferred", **NOT_UTF8[0])
    said = call(folder, "--store", str(some_records), "show", "1", "--json").stdout
    assert '"by": "Zoë Clerk"' in said.split('"history"')[1]


@pytest.mark.parametrize("locale", [{}, *NOT_UTF8])
def test_other_letters_are_refused(some_records: Path, locale: dict[str, str]) -> None:
    before = some_records.read_bytes()
    item = (*FORMAL, "--item", "3. Homes", "--action", b"caf\xe9")
    said = call(some_records.parent, "add", *item, code=2, **locale)
    assert (said.stdout, said.stderr) == ("", WRONG)
    assert some_records.read_bytes() == before


def test_a_file_that_is_there_may_be_named_in_any_letters(some_records: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("macOS has no such names")
    name = os.fsencode(some_records.rename(some_records.with_name("caf\udce9.json")))
    for arguments in ((b"--store", name), (b"--store=" + name,)):
        assert "CPC-2223-001" in call(some_records.parent, *arguments, "list").stdout


def test_what_is_typed_at_a_question_is_asked_for_again(some_records: Path) -> None:
    from .test_real_terminal import talk

    said = talk(
        ["--store", str(some_records), "add", *FORMAL, "--item", "3. Homes", "--due", ""],
        [
            ("Action: ", "caf\udce9\r"),
            ("type it again.", "A café\r"),
            ("Referred to", "\r"),
            ("Save it?", "yes\r"),
        ],
    )
    assert WRONG.removeprefix("Error: ").strip() in said
    assert '"A café"' in some_records.read_text("utf-8")


def test_where_python_is_not_to_be_had_nothing_is_started_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "execv", None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    system.start_in_utf8()


@pytest.mark.parametrize("text", ["", "A café – 会议 😀", "\ufffd"])
def test_letters_of_utf8_are_no_reason_to_refuse(text: str) -> None:
    assert not_utf8(text) == ""
