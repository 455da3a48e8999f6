"""A place outside the checkout, and virtual environments that are quick to make."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

# The checkout must not be found through the surroundings of the test run.
SURROUNDINGS = ("PYTHONPATH", "PYTHONSAFEPATH", "PYTHONHOME", "VIRTUAL_ENV")
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def call(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a program and give its standard output; fail with its standard error."""
    kept = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**kept, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment of its own; `away` is a folder far from any checkout."""

    python: Path
    script: Path
    away: Path

    def pip_install(self, *arguments: str | Path) -> None:
        """Install with the pip of the test run, which spares each environment its own."""
        pip = (sys.executable, "-m", "pip", "--python", self.python)
        call(*pip, "install", "-q", "--no-input", *arguments, cwd=self.away)

    def package_folder(self, **env: str) -> Path:
        """Say where cpctrack is imported from."""
        code = "import cpctrack; print(cpctrack.__path__[0])"
        return Path(call(self.python, "-c", code, cwd=self.away, env=env).strip())


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Give a folder with a space in its name, to run the program in."""
    folder = tmp_path / "far away"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(tmp_path: Path, away: Path) -> Environment:
    """Make an empty virtual environment."""
    folder = tmp_path / "venv"
    call(sys.executable, "-m", "venv", "--without-pip", folder, cwd=away)
    ending = ".exe" if os.name == "nt" else ""
    scripts = folder / SCRIPTS
    return Environment(scripts / f"python{ending}", scripts / f"cpctrack{ending}", away)


@pytest.fixture
def equipped(environment: Environment) -> Environment:
    """Make a virtual environment that finds what the test run has installed, but no cpctrack.

    A folder named in a .pth file comes after the environment's own, and .pth files within it,
    such as an editable cpctrack's, are not read.
    """
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = Path(call(environment.python, "-c", purelib, cwd=environment.away).strip())
    theirs = sysconfig.get_path("purelib")
    (own / "of_the_test_run.pth").write_text(f"{theirs}\n", encoding="utf-8")
    return environment


@pytest.fixture
def store(root: Path) -> Path:
    """Give the example store."""
    return root / "examples" / "actions.json"


@pytest.fixture
def expected(store: Path) -> str:
    """Render the example's Appendix 4 in this process."""
    from click.testing import CliRunner

    from cpctrack.cli.main import main

    done = CliRunner().invoke(main, ["--store", str(store), "appendix", "--format", "html"])
    assert done.exit_code == 0, done.stderr
    return done.stdout


Check = Callable[..., None]


@pytest.fixture
def check_program(store: Path, expected: str, away: Path) -> Check:
    """Give a check that a program knows its version and renders what this checkout renders."""
    from cpctrack import __version__

    def check(*program: str | Path, **env: str) -> None:
        version = call(*program, "--version", cwd=away, env=env)
        assert version == f"cpctrack {__version__}\n"
        call(*program, "--store", store, "appendix", "-o", "out.html", cwd=away, env=env)
        assert (away / "out.html").read_bytes() == expected.encode()

    return check


Build = Callable[[str], Path]


@pytest.fixture(scope="session")
def build(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Give a function that builds a ``wheel`` or an ``sdist`` of the checkout, each once."""

    @cache
    def make(kind: str) -> Path:
        out = tmp_path_factory.mktemp(kind)
        command = (sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out)
        call(*command, root, cwd=out.parent)
        (made,) = out.iterdir()
        return made

    return make
