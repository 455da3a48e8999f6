"""Whatever a page shows to be typed is typed: line by line, in a copy of the examples.

Some pages are run as a whole by tests of their own. Of the others each line must end well, unless
it is named here with the reason why nobody runs it, and what a page shows as printed must be so.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
TODAY = "2024-04-10"  # when the examples were made
RUN_ELSEWHERE = {
    "README.md": {"sh"},  # .ci/run
    "docs/start.md": {"console"},  # test_tour.py
    "docs/guide.md": {"sh"},  # examples/test_newcomer.py
    "docs/chasing.md": {"sh"},  # examples/test_chasing_page.py
    "docs/sharing.md": {"sh", "console"},  # test_sharing.py
    "examples/README.md": {"sh"},  # examples/test_ten_commands.py
}
NOT_RUN = {
    "CONTRIBUTING.md": {
        "python3 -m venv": "it installs from the network; the gate does so by the README",
        ".venv/bin/python -m pip install": "it installs from the network; the gate does so",
    },
    "benchmarks/README.md": {".venv/bin/python benchmarks": "it measures for minutes"},
    "docs/chasing.md": {
        "cpctrack replies inbox/": "it asks key by key, as tests/terminal does",
        "cpctrack answer": "it asks for texts, as tests/terminal does",
    },
    "docs/importing.md": {"cpctrack layouts edit": "it opens an editor"},
    "docs/installing.md": {
        "xattr ": "it is macOS's; .github/workflows/download.yml starts what is built there",
        "~/cpctrack/cpctrack": "packaging/test_frozen.py does, where the download lies",
        "unzip ": "it unpacks a download, as packaging/test_frozen.py does",
        "pipx install": "packaging/test_tools.py does, from a folder of wheels",
        "uv tool install": "packaging/test_tools.py does, from a folder of wheels",
        "python -m pip install": "packaging/test_packaging.py does",
        "sha256sum ": "packaging/test_frozen.py compares the sums",
        "gh attestation": "there is an attestation of what is released alone",
    },
    "docs/minutes.md": {"cpctrack minutes --forget": "only a walk on a terminal teaches anything"},
    "docs/plugins.md": {"python -m pip install": "there is no such package on any index"},
}


def no_store():
    Path("actions.json").unlink()


def own_look():
    shutil.copy(next(Path().rglob("appendix4-*.docx")), "corporate.docx")


def audit_log():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Date/Ref", "Meeting Type", "Action", "Allotted unto"])
    book.active.append(["13/03/2024\n4/1", "Formal", "Mend the gate.", "Head of Parks"])
    book.save("audit-log.xlsx")


def calendar_file():
    event = "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20250115\nSUMMARY:Committee\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n"
    Path("calendar.ics").write_text(text, encoding="utf-8")


def late_actions():
    page = (ROOT / "docs/templates.md").read_text("utf-8")
    text = next(text for kind, text in BLOCK.findall(page) if kind == "jinja")
    Path("briefing.md.j2").write_text(text, encoding="utf-8")


# What a page takes for granted before a line that begins so: lines, a file to make, another day.
ADD = "cpctrack add --meeting 13/3/2024 --type formal --item 9 --action"
BEFORE = {
    "docs/council.md": {
        "cpctrack supersede 2324-3": ["cpctrack reopen 2324-3 --reason 'It was not done.'"],
    },
    "docs/documents.md": {
        "cpctrack appendix --template": [own_look],
        "cpctrack --store ../private/actions.json init": [
            'cpctrack settings --committee "Corporate Parenting Committee"'
        ],
        "cpctrack publish ": [
            "cpctrack publish --meeting 13/3/2024 --view both -o march",
            "cpctrack meeting 24/4/2024 --type formal",
        ],
    },
    "docs/importing.md": {
        "cpctrack import published-table.tsv": [
            no_store,
            'cpctrack init --committee "Corporate Parenting Committee"',
        ],
        "cpctrack import audit-log.xlsx": [audit_log],
    },
    "docs/owners.md": {
        'cpctrack owner "Dilys Marlow" --also': [f'{ADD} "Paint the ferry." --owner "D Marlow"'],
        'cpctrack reassign "Owen Tarn" "Dilys': [
            f'{ADD} "Mend the pier." --owner "Owen Tarn"',
        ],
        'cpctrack reassign "Owen Tarn" "Pia': ['cpctrack update 2324-5 --owner "Owen Tarn"'],
    },
    "docs/templates.md": {"cpctrack appendix --template": [late_actions]},
    "docs/year.md": {
        "cpctrack meetings import calendar.ics": [
            calendar_file,
            "cpctrack meetings import meetings-2024-25.txt",
        ],
        "cpctrack settings": [
            'cpctrack settings --committee "Corporate Parenting Committee" --year-starts 05-20'
        ],
        "cpctrack agree --proposed --except": ["cpctrack undo", "2024-06-13"],
    },
}


def typed_on(page):
    """Give each line that a page shows to be typed and no other test types, with what follows."""
    name = page.relative_to(ROOT).as_posix()
    for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        shown = text.replace("\\\n", " ")
        if kind in RUN_ELSEWHERE.get(name, ()):
            continue
        if kind == "console":
            yield from STEP.findall(shown)
        elif kind == "sh" or (not kind and shown.startswith(("cpctrack ", "$ "))):
            yield from ((line, "") for line in shown.splitlines())


PAGES = [
    page
    for page in [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("*/*.md"))]
    if any(typed_on(page))
]


@pytest.fixture
def folder(root, tmp_path, monkeypatch):
    """Work in a copy of the examples, which has a council of two committees in it too."""
    copy = shutil.copytree(root / "examples", tmp_path / "examples")
    shutil.copytree(copy / "licensing", copy / "council" / "licensing")
    shutil.copy(copy / "actions.json", copy / "council" / "corporate-parenting.json")
    monkeypatch.chdir(copy)
    monkeypatch.setenv("COLUMNS", "100")
    return copy


@pytest.fixture
def do(folder, monkeypatch):
    """Give a function that types a line, says yes where one is wanted, and gives what is said."""
    monkeypatch.setenv("CPCTRACK_TODAY", TODAY)

    def call(line):
        program, *words = shlex.split(line, comments=True)
        if program == "mkdir":
            Path(*words).mkdir()
            return ""
        assert program == "cpctrack", f"nobody runs: {line}"
        done = CliRunner().invoke(main, words, prog_name="cpctrack")
        if "This needs a yes." in done.output:
            done = CliRunner().invoke(main, [*words, "--yes"], prog_name="cpctrack")
        assert done.exit_code == 0, f"{line}\n{done.output}"
        return done.output

    return call


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_line_of_a_page_does_what_it_says(page, do, monkeypatch):
    name = page.relative_to(ROOT).as_posix()
    before, reasons = BEFORE.get(name, {}), NOT_RUN.get(name, {})
    left_out = set()
    for line, shown in typed_on(page):
        if reason := next((each for each in reasons if line.startswith(each)), ""):
            left_out.add(reason)
            continue
        for step in next((before[each] for each in before if line.startswith(each)), ()):
            if callable(step):
                step()
            elif step[0].isdigit():
                monkeypatch.setenv("CPCTRACK_TODAY", step)
            else:
                do(step)
        said = do(line).replace(os.sep, "/").splitlines()
        assert [each for each in shown.splitlines() if each.strip(" …") and each not in said] == []
    assert left_out == {*reasons}, "these are on the page no more"


def test_every_page_that_is_named_here_shows_something():
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {*NOT_RUN, *BEFORE} - names == set()
    blocks = {
        (name, kind)
        for name in RUN_ELSEWHERE
        for kind, _ in BLOCK.findall((ROOT / name).read_text("utf-8"))
    }
    assert {(name, kind) for name, kinds in RUN_ELSEWHERE.items() for kind in kinds} <= blocks
