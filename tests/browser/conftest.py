"""Pages in headless Chromium.

What it takes, beside ``pip install -e ".[test,browser]"``::

    cd tests/browser && npm install --no-save --ignore-scripts

and Chromium (``CHROMIUM`` names it, or it is found on the path) and Java. Where something is
missing the tests are skipped with the reason; ``.ci/run`` fails where a test was skipped.
"""

import functools
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "actions.json"
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_EXEMPT = ("--include-exempt",)
_PROGRESS = ("--view", "progress")
_LAYOUT = ("--layout", "brag")
_APPENDIX = ("appendix", "--meeting", "2023-07-19")
_STATISTICS = ("statistics", "--year", "2022/23", "--by", "owner")
LAYOUT = r"""
group-rows = "meeting date"
carry-down = ["Item"]
[columns]
"Ref" = "reference"
"Item" = "item"
"“What\"; } * { display: none }\n\\" = "action"
"" = "recommendation"
"Who and <b>when</b>" = ["owner", "due"]
"BRAG" = "rag"
"Done" = "done"
"""
UNBROKEN = {
    "response": "https://example.org/" + "a-very-long-address-without-a-break" * 5,
    "owner_text": "W" * 80,
}
HOSTILE_OWNER = "\"'><script>document.title='run'</script></option></select><b onclick=alert(1)>"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass
class Opened:
    """A page in the browser, every address it asked for, and what it complained of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def _missing(what: str) -> NoReturn:
    pytest.skip(f"{what} is missing: see tests/browser/conftest.py")


def _program(variable: str, *names: str) -> str:
    found = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if not found:
        _missing(names[0])
    return found


def _node_module(*parts: str) -> Path:
    path = HERE.joinpath("node_modules", *parts)
    if not path.is_file():
        _missing(f"the npm package {parts[0]}")
    return path


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the source of axe-core."""
    return _node_module("axe-core", "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def nu_checker() -> list[str]:
    """Give the command that runs the W3C's checker."""
    jar = _node_module("vnu-jar", "build", "dist", "vnu.jar")
    return [_program("JAVA", "java"), "-jar", str(jar)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium once."""
    program = _program("CHROMIUM", *_NAMES)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("the Python package playwright")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make the pages that are looked at, each by the command in a process of its own."""
    folder = tmp_path_factory.mktemp("pages")
    return {
        "full": _document(folder, "full", rows=24),
        "exempt": _document(folder, "exempt", rows=24, options=_EXEMPT),
        "progress": _document(folder, "progress", rows=24, options=_PROGRESS),
        "progress-exempt": _document(
            folder, "progress-exempt", rows=60, options=(*_PROGRESS, *_EXEMPT)
        ),
        "long": _document(folder, "long", rows=300, options=_EXEMPT),
        "empty": _document(folder, "empty", rows=0),
        "nothing-to-report": _document(folder, "nothing", rows=0, options=_PROGRESS),
        "layout": _document(folder, "layout", rows=24, options=(*_LAYOUT, *_EXEMPT)),
        "hostile": _document(folder, "hostile", rows=24, owner=HOSTILE_OWNER),
        **_site(folder / "site"),
        "carried": _document(folder, "carried", rows=24, earlier=6),
        "carried-only": _document(folder, "carried-only", rows=24, options=("--year", "2023/24")),
        "statistics": _document(folder, "statistics", rows=24, command=_STATISTICS),
        "statistics-hostile": _document(
            folder,
            "statistics-hostile",
            rows=24,
            options=_EXEMPT,
            owner=HOSTILE_OWNER,
            command=_STATISTICS,
        ),
        "plain": _document(folder, "plain", rows=24, options=("--no-bands",)),
        "example": _page(EXAMPLE, folder / "example.html", ("appendix",)),
        "example-progress": _page(
            EXAMPLE, folder / "example-progress.html", ("appendix", *_PROGRESS)
        ),
    }


@pytest.fixture
def open_page(browser: Any, documents: dict[str, Path]) -> Iterator[Any]:
    """Open a document by its name in a window of a size; more is what the reader has set."""
    contexts = []

    def call(name: str, size: dict[str, int], **settings: object) -> Opened:
        context = browser.new_context(viewport=size, **settings)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(documents[name].as_uri())
        return opened

    yield call
    for context in contexts:
        context.close()


def _document(
    folder: Path,
    name: str,
    *,
    rows: int,
    options: tuple[str, ...] = (),
    owner: str = "",
    earlier: int = 0,
    command: tuple[str, ...] = _APPENDIX,
) -> Path:
    store_path = folder / f"{name}.json"
    _make_store(store_path, rows, owner, earlier)
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / "brag.toml").write_text(LAYOUT, encoding="utf-8")
    return _page(store_path, folder / f"{name}.html", (*command, *options), "2023-07-01")


def _page(store_path: Path, page: Path, words: tuple[str, ...], today: str = "2024-06-05") -> Path:
    import subprocess

    subprocess.run(
        [sys.executable, "-m", "cpctrack", "--store", store_path, *words, "-o", page],
        check=True,
        env={**os.environ, "CPCTRACK_TODAY": today},
        capture_output=True,
    )
    return page


def _site(folder: Path) -> dict[str, Path]:
    """Make the site of two committees, one of them with hostile owners and a pack."""
    import subprocess

    from cpctrack.store import store

    stores = folder / "stores"
    stores.mkdir(parents=True)
    for prefix, owner in (("CPC", HOSTILE_OWNER), ("LIC", "")):
        path = stores / f"{prefix}.json"
        _make_store(path, 24, owner, 0)
        document = store.read(path).document
        settings = {
            "committee": f"Committee {prefix}, of a name that is not short",
            "prefix": prefix,
        }
        document["settings"]["store"] |= settings
        for row in document["actions"].values():
            row["ref"] = row["ref"].replace("CPC", prefix)
            row["links"] = ["superseded-by CPC-2223-002"]
        store.read(path).replace(document)
    for arguments in (
        ("--store", stores / "CPC.json", "publish", "--meeting", "2023-07-19", "-o", folder),
        ("--store", stores, "site", "-o", folder / "public", "--council", "Marlowe Council"),
    ):
        subprocess.run(
            [sys.executable, "-m", "cpctrack", *arguments],
            check=True,
            env={**os.environ, "CPCTRACK_TODAY": "2023-07-01"},
            capture_output=True,
        )
    public = folder / "public"
    return {
        "site": public / "index.html",
        "site-all": public / "all.html",
        "site-committee": public / "committees" / "CPC.html",
        "site-action": public / "actions" / "CPC-2223-001.html",
    }


def _make_store(path: Path, rows: int, owner: str, earlier: int) -> None:
    """Make a store of so many rows, the first `earlier` of which are of the year before."""
    from cpctrack.records.changes import Author, amend
    from cpctrack.records.model import Draft, Settings
    from cpctrack.store import store

    settings = Settings(
        committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15"
    )
    store.initialise(path, settings)
    author = Author("clerk", "2023-06-01T10:00:00Z", "add")
    with store.editing(path) as current:
        for number in range(rows):
            fields = _fields(number) | ({"owners": (owner,)} if owner and number % 2 else {})
            if number == 3 and rows == 24:  # on paper it would leave a line to three words
                fields |= UNBROKEN
            meeting = _meeting(number, rows)
            if number < earlier:
                meeting = meeting._replace(year="2021/22", year_stated=True)
            record = current.add(Draft(meeting, fields), author)
            if number % 10 == 0:  # late, and given more time
                extended = Author("clerk", "2023-06-20T10:00:00Z", "extend")
                current.put(amend(record, {"due": "2023-06-30"}, extended, reason="No staff."))


@functools.cache
def _meeting(number: int, rows: int) -> Any:
    from cpctrack.records.model import Meeting, MeetingType

    dates = ("2022-06-15", "2022-09-21", "2022-11-23", "2023-03-15")
    place = number * len(dates) // rows
    kind = MeetingType.INFORMAL if place == 0 else MeetingType.FORMAL
    return Meeting(date=dates[place], type=kind, year="2022/23")


def _fields(number: int) -> dict[str, object]:
    """Make texts of every length, with every status, some overdue, one exempt."""
    from cpctrack.records.model import Kind, Status

    statuses = list(Status)
    text = "The Head of Service would provide Members with a briefing note on placements. "
    fields: dict[str, object] = {
        "item": f"Item {number % 9 + 1}. Update from the Young People's Council and Scorecard",
        "action": text * (number % 7 + 1),
        "owners": ("Head of Fostering", "Designated Nurse for Children in Care")[: number % 3],
        "response": text * (number % 4),
        "status": statuses[number % len(statuses)],
        "due": "2023-03-31" if number % 5 == 0 else "",
        "follow_up": "To be reported to the next formal meeting." if number % 11 == 10 else "",
    }
    if number % 8 == 7:
        fields |= {"kind": Kind.RECOMMENDATION, "recommendation": text, "action": ""}
    if number == 5:
        fields["exempt_paragraph"] = "1"
    return fields
