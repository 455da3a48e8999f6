"""What every test may use: a store of an invented council, the commands, a fixed day."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from amounts import THOROUGH, times
from click.testing import CliRunner, Result
from hypothesis import settings as hypothesis_settings
from killing import Killer

from cpctrack.records.changes import Author
from cpctrack.records.model import Draft, Meeting, MeetingType, Record, Settings
from cpctrack.store import store
from cpctrack.tables.log import Log
from cpctrack.tasks.read_documents import read_log

ROOT = Path(__file__).parent.parent
TODAY = "2023-07-01"
SLOW_FIXTURES = {"browser", "convert", "killer"}

hypothesis_settings.register_profile("default", deadline=None, max_examples=times(100, 25))
hypothesis_settings.register_profile(
    "ci", hypothesis_settings.get_profile("default"), derandomize=True
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    much = "in full" if THOROUGH else "a few times; CPCTRACK_THOROUGH=1 repeats them in full"
    terminalreporter.write_line(f"What is looked for by repeating was repeated {much}.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what starts another program, wherever it stands."""
    for item in items:
        if not SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


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
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Path]]:
    """Have LibreOffice open files and save them (``SOFFICE`` names it, or it is on the path).

    ``convert("xlsx", one, other)`` gives the paths of what it saved. Starting LibreOffice is what
    takes time, so let it convert many at once. `options` follow ``--convert-to``, and a filter's
    options may follow the ending.
    """
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice (soffice) is missing: install libreoffice-calc and -writer")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def call(to: str, *paths: Path, options: tuple[str, ...] = ()) -> list[Path]:
        folder = tmp_path_factory.mktemp("converted")
        subprocess.run(
            [program, f"-env:UserInstallation={profile}", "--headless", *options,
             "--convert-to", to, "--outdir", folder, *paths],
            check=True,
            capture_output=True,
            timeout=300,
        )  # fmt: skip
        made = [folder / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
        for path, result in zip(paths, made, strict=True):
            if not result.exists():
                pytest.skip(f"LibreOffice can't open {path.suffix} files: install all of it")
        return made

    return call


@pytest.fixture(scope="session")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """Give what runs commands that are killed at a step."""
    if not hasattr(os, "fork"):
        pytest.skip("there is no such kill here")
    with closing(Killer(tmp_path_factory.mktemp("killer"))) as made:
        yield made


@pytest.fixture(scope="session")
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
    """Run a command on `store_path`, or the one that is named, expecting exit code 0.

    ``run("add", "--item", "x", exit_code=1, input="y\\n")`` gives click's result, whose `stdout`
    and `stderr` are apart.
    """

    def call(*arguments: str, exit_code: int = 0, **options: object) -> Result:
        from cpctrack.cli.main import main

        store = () if "--store" in arguments else ("--store", str(store_path))
        result = CliRunner().invoke(main, [*store, *arguments], prog_name="cpctrack", **options)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == exit_code, result.stdout + result.stderr
        return result

    return call


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands believe that somebody is there to ask."""
    from cpctrack.cli.context import App

    monkeypatch.setattr(App, "interactive", property(lambda app: not app.no_input))


StoreFile = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def document(store_path: Path) -> Callable[[], StoreFile]:
    """Read the store file."""
    return lambda: json.loads(store_path.read_text(encoding="utf-8"))


@pytest.fixture
def edit(store_path: Path, document: Callable[[], StoreFile]) -> Callable[..., None]:
    """Change the store file as an editor or git would: without lock, history or log."""

    def change(alter: Callable[[StoreFile], object]) -> None:
        held = document()
        alter(held)
        store_path.write_text(json.dumps(held), encoding="utf-8")

    return change


@pytest.fixture(scope="session")
def _kept() -> dict[tuple[str, str], dict[str, bytes]]:
    return {}


@pytest.fixture
def make_once(
    _kept: dict[tuple[str, str], dict[str, bytes]], store_path: Path
) -> Callable[..., Path]:
    """Let a function make the store of that name the first time, and copy it from then on."""

    def call(name: str, make: Callable[[], object]) -> Path:
        key = (name, os.environ["CPCTRACK_TODAY"])
        if key in _kept:
            for file, content in _kept[key].items():
                store_path.with_name(file).write_bytes(content)
        else:
            make()
            log = store_path.with_name(f".{store_path.name}.undo")
            _kept[key] = {
                path.name: path.read_bytes() for path in (store_path, log) if path.exists()
            }
        return store_path

    return call


@pytest.fixture
def new_store(run: Run, make_once: Callable[..., Path]) -> Path:
    """Give the path of a new, empty store."""
    return make_once("new", lambda: run("init", "--committee", "Corporate Parenting Committee"))


MEETING = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
RECORD = Record(
    id="0123456789ab",
    ref="CPC-2223-001",
    meeting=MEETING,
    item="Item 3. Foster carers",
    action="The Head of Fostering would send members the recruitment figures.",
    owners=("Head of Fostering",),
)

MakeRecord = Callable[..., Record]
MakeStore = Callable[..., Path]


@pytest.fixture
def author() -> Author:
    return Author(by="Clerk", at="2022-06-16T09:00:00Z", via="add")


@pytest.fixture
def settings() -> Settings:
    return Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")


@pytest.fixture
def meeting() -> Meeting:
    return MEETING


@pytest.fixture
def make_record() -> MakeRecord:
    """Make a record of some fields; each call without an id draws another one."""
    numbers = iter(range(1, 100_000))

    def make(**fields: object) -> Record:
        fields.setdefault("id", f"{next(numbers):012x}")
        return RECORD._replace(**fields)

    return make


@pytest.fixture
def make_store(tmp_path: Path, settings: Settings, author: Author) -> MakeStore:
    """Write a store of so many records and give its path."""

    def make(count: int = 1, path: Path | None = None, **fields: object) -> Path:
        path = path or tmp_path / "actions.json"
        store.initialise(path, settings)
        with store.editing(path) as held:
            for number in range(count):
                values = {"item": "Item 3. Foster carers", "action": f"Action {number}", **fields}
                held.add(Draft(MEETING, values), author, record_id=f"{number:012x}")
        return path

    return make


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = " ".join(
    f'xmlns:{short}="{_OASIS}{name}:1.0"'
    for short, name in {
        "office": "office", "style": "style", "text": "text", "table": "table",
        "draw": "drawing", "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip

Make = Callable[..., Path]


def archive(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.fixture
def write(tmp_path: Path) -> Make:
    """Write a file of this name and content."""

    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def pack(tmp_path: Path) -> Make:
    """Write an archive of this name with these parts."""
    return lambda name, parts: archive(tmp_path / name, parts)


@pytest.fixture
def docx(tmp_path: Path) -> Make:
    """Write a Word document with this in its body, and these styles and numberings."""

    def make(body: str, styles: str = "", numbering: str = "") -> Path:
        space = f'xmlns:w="{W}" xmlns:mc="{MC}"'
        return archive(
            tmp_path / "minutes.docx",
            {
                "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
                "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
                "word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>",
            },
        )

    return make


@pytest.fixture
def odt(tmp_path: Path) -> Make:
    """Write an OpenDocument text with this in its body, and these styles."""

    def make(body: str, automatic: str = "", styles: str = "") -> Path:
        return archive(
            tmp_path / "minutes.odt",
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>"
                f"{automatic}</office:automatic-styles><office:body><office:text>{body}"
                "</office:text></office:body></office:document-content>",
                "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}"
                "</office:styles></office:document-styles>",
            },
        )

    return make


@pytest.fixture
def pdf(tmp_path: Path) -> Make:
    """Set a PDF from Typst's markup."""

    def make(source: str, name: str = "minutes.pdf") -> Path:
        import typst

        path = tmp_path / name
        path.write_bytes(typst.compile(source.encode()))
        return path

    return make


@pytest.fixture
def html(write: Make) -> Make:
    """Write a page with this in its body."""
    return lambda body: write("minutes.html", f"<html><body>{body}</body></html>")


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Log]:
    """Read a text (or bytes) as the file of that name."""

    def call(content: str | bytes, name: str = "log.tsv", format_: str | None = None) -> Log:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_log(path, format_)

    return call
