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


@pytest.fixture(scope="session")
def ci(root: Path) -> Path:
    """Give the folder of the gate, which an sdist leaves out."""
    folder = root / ".ci"
    if not folder.is_dir():
        pytest.skip("the gate (.ci) is not part of an sdist")
    return folder


@pytest.fixture(name="call")
def call_fixture() -> Callable[..., str]:
    """Give `call` to tests."""
    return call


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


@pytest.fixture(scope="session")
def index(build: "Build", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a folder with the wheels that cpctrack and its extras need, and pip itself, once."""
    folder = tmp_path_factory.mktemp("index")
    wanted = (f"{build('wheel')}[office,pdf]", "pip")
    pip = (sys.executable, "-m", "pip", "download", "-q", "--no-input", "--only-binary=:all:")
    call(*pip, "-d", folder, *wanted, cwd=folder)
    return folder


@dataclass(frozen=True, slots=True)
class Tool:
    """pipx or uv, which knows of no wheels but those of a folder and keeps all in `home`."""

    name: str
    env: Mapping[str, str]
    home: Path

    @property
    def script(self) -> Path:
        """Say where it puts the command."""
        return self.home / "bin" / ("cpctrack.exe" if os.name == "nt" else "cpctrack")

    def command(self, *arguments: str | Path) -> tuple[str | Path, ...]:
        """Give the words that start it, of the copy that the test run has installed."""
        return (sys.executable, "-m", self.name, *arguments)

    def install(self, *arguments: str | Path) -> None:
        """Install what is named, for this user alone."""
        call(*self.command(*arguments), cwd=self.home, env=self.env)


@pytest.fixture
def tool(request: pytest.FixtureRequest, index: Path, tmp_path: Path) -> Tool:
    """Give the tool that the test names by its parameter, or skip the test."""
    name = request.param
    pytest.importorskip(name, reason=f"{name} is missing: python -m pip install {name}")
    home = tmp_path / "home"
    home.mkdir()
    kept = ("PIPX_HOME", "PIPX_MAN_DIR", "UV_CACHE_DIR", "UV_TOOL_DIR")
    env = {
        "PIPX_BIN_DIR": str(home / "bin"),
        "PIPX_DEFAULT_BACKEND": "pip",  # else uv, where there is one
        "PIPX_DEFAULT_PYTHON": sys.executable,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": index.as_uri(),  # as a path it must have no space
        "PIP_NO_INDEX": "1",
        "UV_FIND_LINKS": index.as_uri(),
        "UV_NO_CONFIG": "1",
        "UV_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_TOOL_BIN_DIR": str(home / "bin"),
        **{variable: str(home / variable.lower()) for variable in kept},
    }
    return Tool(name, env, home)


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
    """Give a function that builds a ``wheel`` or an ``sdist`` of the checkout, each once.

    ``CPCTRACK_DIST`` names a folder that has them already: those of a release.
    """
    released = os.environ.get("CPCTRACK_DIST")

    @cache
    def make(kind: str) -> Path:
        if released:
            (found,) = Path(released).glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[kind])
            return found
        out = tmp_path_factory.mktemp(kind)
        command = (sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out)
        call(*command, root, cwd=out.parent)
        (made,) = out.iterdir()
        return made

    return make
