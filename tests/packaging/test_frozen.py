"""The download that needs no Python is whole, and works where there is none."""

import hashlib
import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from importlib.metadata import distributions, packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import cpctrack
from cpctrack.cli.main import main
from cpctrack.store.files import exclusive

# Outside this project nothing is made of the download, so the tests of an sdist leave it out.
BUILD = Path(__file__).parents[2] / ".ci" / "frozen" / "build.py"
MISSING = [name for name in ("PyInstaller", "cyclonedx") if not importlib.util.find_spec(name)]
DAY = "2024-06-30"

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.slow,
    pytest.mark.skipif(not BUILD.is_file(), reason="the download is built from a checkout alone"),
    pytest.mark.skipif(bool(MISSING), reason="what builds the download is missing: .[frozen]"),
]


class Download(NamedTuple):
    """What a council is given, and the program that it unpacks."""

    out: Path
    program: Path

    def run(self, *words: str | Path, cwd: Path, exit_code: int = 0, **env: str) -> str:
        """Run it where neither a PATH nor a variable leads to Python; give all that it says."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        quiet = {"CPCTRACK_TODAY": DAY, "PATH": "", "HOME": str(cwd), "USERNAME": "clerk"}
        assert not shutil.which("python3", path=env.get("PATH", ""))
        done = subprocess.run(
            [str(word) for word in (self.program, *words)],
            cwd=cwd,
            env={**kept, **quiet, "LOGNAME": "clerk", **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == exit_code, said
        return said


def unzip(archive, folder):
    """Unpack with rights and links, as every desktop does and Python does not."""
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
        for entry in files.infolist():
            path, mode = folder / entry.filename, entry.external_attr >> 16
            if stat.S_ISLNK(mode):
                target = path.read_text("utf-8")
                path.unlink()
                path.symlink_to(target)
            else:
                path.chmod(mode)


def freeze(wheel, out, folder):
    """Build it in an environment that has nothing else, with the versions that are tested here."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    tested = (
        f"{each.name}=={each.version}\n" for each in distributions() if each.name != "cpctrack"
    )
    (folder / "versions").write_text("".join(tested), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-input", "-c")
    wanted = f"{wheel}[frozen,office,outlook,pdf]"
    subprocess.run([*pip, folder / "versions", wanted], check=True)
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([python, "-P", BUILD, out], check=True, cwd=folder, env=bare)


@pytest.fixture(scope="module")
def download(build, tmp_path_factory):
    """Build it, or wait while another worker of this test run does: it takes a minute.

    ``CPCTRACK_DOWNLOAD`` names the folder to leave it in.
    """
    work = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        work = work.parent
    out = Path(os.environ.get("CPCTRACK_DOWNLOAD") or work / "out")
    unpacked = work / "un packed"
    with exclusive(unpacked, timeout=900):
        if not unpacked.exists():
            freeze(build("wheel"), out, work / "bare")
            (archive,) = out.glob("*.zip")
            unzip(archive, unpacked)
    ending = ".exe" if os.name == "nt" else ""
    return Download(out, unpacked / "cpctrack" / f"cpctrack{ending}")


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "of the clerk"
    folder.mkdir()
    return folder


def in_this_process(*words):
    done = CliRunner().invoke(main, [str(word) for word in words], env={"CPCTRACK_TODAY": DAY})
    assert done.exit_code == 0, done.output
    return done.stdout + done.stderr


def without(folder, said):
    """Take out what differs from store to store: its folder, and the ends of lines it moves."""
    return " ".join(said.replace(str(folder), "").split())


def modules_inside(program):
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program))
    (name,) = [name for name in archive.toc if name.endswith(".pyz")]
    return set(archive.open_embedded_archive(name).toc)


def test_all_modules_and_files_of_cpctrack_are_inside(download, build):
    with zipfile.ZipFile(build("wheel")) as wheel:
        names = {Path(name) for name in wheel.namelist() if name.startswith("cpctrack/")}
    code = {name for name in names if name.suffix == ".py"}
    modules = {".".join(name.with_suffix("").parts).removesuffix(".__init__") for name in code}
    within = {name for name in modules_inside(download.program) if name.startswith("cpctrack")}
    assert within == modules
    folder = download.program.parent / "_internal"
    files = {path.relative_to(folder) for path in (folder / "cpctrack").rglob("*")}
    assert {path for path in files if (folder / path).is_file()} == names - code


def test_bill_names_exactly_the_packages_that_are_inside(download):
    (bill,) = download.out.glob("*.cdx.json")
    told = json.loads(bill.read_text("utf-8"))
    ours = told["metadata"]["component"]
    assert (ours["name"], ours["version"]) == ("cpctrack", cpctrack.__version__)
    homes = packages_distributions()
    tops = {name.partition(".")[0] for name in modules_inside(download.program)}
    inside = {home for top in tops for home in homes.get(top, ())}
    named = {part["name"] for part in told["components"] if "purl" in part}
    assert named | {"cpctrack"} == inside | {"cpctrack"}
    assert {"lxml", "openpyxl", "orjson", "pypdf", "python-oxmsg", "rich", "typst"} <= named
    assert not {"pyarrow", "pyinstaller", "pytest"} & named
    assert all(part["licenses"] for part in told["components"])
    libraries = [part for part in told["components"] if "hashes" in part]
    folder = download.program.parent / "_internal"
    assert {part["hashes"][0]["content"] for part in libraries} == {
        hashlib.sha256((folder / part["name"]).read_bytes()).hexdigest() for part in libraries
    }


def test_nothing_that_speaks_to_a_network_and_no_gpl_library_is_inside(download):
    names = {path.name for path in download.program.parent.rglob("*")}
    words = ["_ssl", "_hashlib", "libssl", "libcrypto", "libgcc", "tkinter", "pyarrow"]
    words += ["readline"] if sys.platform == "linux" else []  # elsewhere it is another's
    assert [name for name in names if any(word in name for word in words)] == []
    assert "ssl" not in modules_inside(download.program)


def test_licences_and_directions_lie_in_the_folder(download):
    folder = download.program.parent
    assert sorted(path.name for path in folder.iterdir() if path != download.program) == [
        "LICENCES.txt",
        "README.txt",
        "_internal",
    ]
    licences = (folder / "LICENCES.txt").read_text("utf-8")
    for words in ("PYTHON SOFTWARE FOUNDATION LICENSE", "Mozilla Public License", "SIL OPEN FONT"):
        assert words.casefold() in licences.casefold()
    assert (folder / "README.txt").read_bytes().isascii()  # for any editor of any Windows


def test_sums_are_those_of_the_files(download):
    lines = (download.out / "SHA256SUMS").read_text("utf-8").splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    others = [path for path in download.out.iterdir() if path.name != "SHA256SUMS"]
    assert named == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in others}
    assert len(named) == 2


def test_records_are_kept(download, here):
    assert download.run("--version", cwd=here) == f"cpctrack {cpctrack.__version__}\n"
    download.run("init", "--committee", "Harbour Committee", cwd=here)
    meeting = ("--meeting", "2024-03-13", "--type", "formal", "--item", "Item 3. Café Celf")
    added = download.run("add", *meeting, "--action", "Report back", "--owner", "Head", cwd=here)
    assert added == "HC-2324-001\n"
    assert "HC-2324-001" in download.run("list", cwd=here)
    assert "Café Celf" in (here / "actions.json").read_text("utf-8")


@pytest.mark.parametrize("form", ["csv", "docx", "html", "markdown", "pdf", "xlsx"])
def test_documents_are_those_of_an_installed_cpctrack(download, here, store, form):
    words = ("--store", store, "appendix", "--format", form, "-o")
    download.run(*words, "frozen", cwd=here)
    in_this_process(*words, here / "installed")
    assert (here / "frozen").read_bytes() == (here / "installed").read_bytes()


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_documents_are_read_as_by_an_installed_cpctrack(download, here, root, kind):
    file = root / "examples" / "printed" / f"appendix4-2023-24.{kind}"
    said = []
    for run, store in ((download.run, here / "1.json"), (in_this_process, here / "2.json")):
        more = {"cwd": here} if run == download.run else {}
        run("--store", store, "init", "--committee", "Harbour Committee", **more)
        told = run("--store", store, "import", file, "--yes", **more)
        said.append(without(here, told).replace("2.json", "1.json"))
    assert said[0] == said[1]
    assert len(json.loads((here / "1.json").read_text("utf-8"))["actions"]) > 10


def test_minutes_and_replies_are_read(download, here, root):
    examples = root / "examples"
    download.run("init", "--committee", "Harbour Committee", cwd=here)
    found = download.run("minutes", examples / "minutes-2024-03-13.txt", "--yes", cwd=here)
    assert "5 new, 0 known" in found
    own = shutil.copy(examples / "actions.json", here / "own.json")
    told = download.run("--store", own, "replies", examples / "inbox", "--yes", cwd=here)
    refs = "CPC-2324-011, CPC-2324-005, CPC-2324-022, CPC-2223-018"
    assert f"Answers to {refs} saved in own.json" in without(f"{here}{os.sep}", told)


def test_a_template_of_the_user_runs_apart(download, here, store):
    (here / "own.j2").write_text("{{ appendix.title }}: {{ 6 * 7 }}\n", encoding="utf-8")
    words = ("--store", store, "appendix", "--template", "own.j2")
    assert download.run(*words, cwd=here).startswith(
        "Progress on actions and recommendations: 42\n"
    )
    (here / "own.j2").write_text("{{ 'x' * 10 ** 10 }}", encoding="utf-8")
    assert "own.j2" in download.run(*words, cwd=here, exit_code=1)


def test_it_is_no_python_for_others(download, here):
    for words in (("-P", "-m", "this"), ("-P", "-m"), ("-m", "cpctrack")):
        assert "No such option" in download.run(*words, cwd=here, exit_code=2)


def test_what_it_can_not_do_is_said(download, here, store):
    words = ("--store", store, "export", "--format", "parquet", "-o", "out")
    assert "nothing can be added to this download" in download.run(*words, cwd=here, exit_code=1)


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git here")
def test_git_merges_by_the_download(download, here, store):
    git = shutil.which("git")
    path = Path(git).parent
    if os.name != "nt":  # git lies beside Python there, and must not get the download's libraries
        path = here.parent / "bin"
        path.mkdir()
        seen = 'printf "%s" "$LD_LIBRARY_PATH" >"$HOME/seen"'
        (path / "git").write_text(f'#!/bin/sh\n{seen}\nexec "{git}" "$@"\n', encoding="utf-8")
        (path / "git").chmod(0o755)
    who = {f"GIT_{role}_{what}": "clerk@example.org"
           for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": str(path)}
    env = {"LD_LIBRARY_PATH": "/of/the/clerk", **quiet, **who}

    def do(*words):
        kept = {"SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), "CPCTRACK_TODAY": DAY}
        done = subprocess.run(
            [git, *words], cwd=here, env={**kept, **env, "HOME": str(here)}, check=True,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    def change(*words):
        download.run("update", *words, cwd=here, **env)
        do("commit", "-qam", "Changed")

    do("init", "-q", "-b", "main")
    shutil.copy(store, here / "actions.json")
    download.run("git-setup", cwd=here, **env)
    if os.name != "nt":
        assert (here / "seen").read_text("utf-8") == "/of/the/clerk"
    assert download.program.as_posix() in do("config", "merge.cpctrack.driver")
    do("add", ".gitattributes", "actions.json")
    do("commit", "-qm", "Shared")
    do("checkout", "-qb", "hers")
    change("2324-19", "--response", "The room is booked.")
    do("checkout", "-q", "main")
    change("2324-19", "--owner", "Democratic Services Officer")
    do("merge", "-q", "hers", "-m", "Together")
    told = json.loads(download.run("show", "2324-19", "--json", cwd=here, **env))
    assert "The room is booked." in json.dumps(told)
    assert "Democratic Services Officer" in json.dumps(told)
