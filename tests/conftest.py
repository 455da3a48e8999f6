"""What every test may use: a store of an invented council, the commands, a fixed day."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

ROOT = Path(__file__).parent.parent
TODAY = "2023-07-01"

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the machine out of the tests: its day, its user, its terminal, its own store."""
    for name in ("CPCTRACK_STORE", "NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CPCTRACK_TODAY", TODAY)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LOGNAME", "clerk")
    yield


@pytest.fixture
def shared_data() -> Path:
    """Give the folder of real published documents, which is not part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the published documents are not beside this checkout (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Have LibreOffice open a file and save it (``SOFFICE`` names it, or it is on the path).

    ``convert(path, "xlsx")`` gives the path of what it saved; a filter's options may follow the
    ending, as for ``--convert-to``.
    """
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice (soffice) is missing: install libreoffice-calc")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def call(path: Path, to: str, *options: str) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        subprocess.run(
            [program, f"-env:UserInstallation={profile}", "--headless", *options,
             "--convert-to", to, "--outdir", folder, path],
            check=True,
            capture_output=True,
            timeout=300,
        )  # fmt: skip
        made = folder / f"{path.stem}.{to.partition(':')[0]}"
        if not made.exists():
            pytest.skip(f"LibreOffice can't open {path.suffix} files: install libreoffice-calc")
        return made

    return call


@pytest.fixture
def root() -> Path:
    """Give the project's own folder."""
    return ROOT


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """Give the path the `run` fixture uses for its store."""
    return tmp_path / "actions.json"


Run = Callable[..., Result]


@pytest.fixture
def run(store_path: Path) -> Run:
    """Run a command on `store_path`, expecting exit code 0 unless told otherwise.

    ``run("add", "--item", "x", exit_code=1, input="y\\n")`` gives click's result, whose `stdout`
    and `stderr` are apart.
    """

    def call(*arguments: str, exit_code: int = 0, **options: object) -> Result:
        from cpctrack.cli.main import main

        result = CliRunner().invoke(
            main, ["--store", str(store_path), *arguments], prog_name="cpctrack", **options
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == exit_code, result.stdout + result.stderr
        return result

    return call


@pytest.fixture
def new_store(run: Run, store_path: Path) -> Path:
    """Give the path of a new, empty store."""
    run("init", "--committee", "Corporate Parenting Committee")
    return store_path
