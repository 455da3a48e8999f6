"""A change meets actions that nobody can exchange, and libraries of versions written down."""

import re
import tomllib
from itertools import chain

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

USES = re.compile(r"^ *(?:- )?uses: *(.*)$", re.MULTILINE)
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./[\w./-]+")
LOCKED = re.compile(r"[a-z0-9-]+==[\w.]+(?: ; .+)?")


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def workflows(ci):
    github = ci.parent / ".github"
    files = [*github.rglob("*.yml"), *github.rglob("*.yaml")]
    return {path.relative_to(github).as_posix(): path.read_text("utf-8") for path in files}


@pytest.fixture(scope="module")
def lock(ci):
    return (ci / "lock.txt").read_text("utf-8").splitlines()


def test_every_action_is_pinned_by_its_commit(workflows):
    used = [(name, use) for name, text in workflows.items() for use in USES.findall(text)]
    assert {name for name, _ in used} >= {"workflows/ci.yml", "workflows/release.yml"}
    assert [(name, use) for name, use in used if not PINNED.fullmatch(use)] == []


def test_one_action_has_one_commit(workflows):
    used = {use for text in workflows.values() for use in USES.findall(text) if "@" in use}
    names = [use.partition("@")[0] for use in used]
    assert sorted(names) == sorted(set(names))


def test_no_checkout_keeps_its_password(workflows):
    text = "".join(workflows.values())
    kept = re.findall(
        r"uses: actions/checkout@.*\n(?! +with:\n +persist-credentials: false$)", text, re.MULTILINE
    )
    assert kept == []


def test_what_a_workflow_installs_is_locked(workflows):
    lines = [line for text in workflows.values() for line in text.splitlines()]
    installing = [line.strip() for line in lines if "pip install" in line]
    assert len(installing) == 4
    assert [line for line in installing if "-c .ci/lock.txt" not in line] == []


def test_no_job_that_runs_code_from_elsewhere_may_sign_or_publish(workflows):
    jobs = [
        (name, job)
        for name, text in workflows.items()
        for job in re.split(r"^  (?=[\w-]+:$)", text.partition("\njobs:\n")[2], flags=re.MULTILINE)
    ]
    mighty = [
        (name, job) for name, job in jobs if re.search(r"^ {6}.*: write\b", job, re.MULTILINE)
    ]
    assert sorted(name for name, _ in mighty) == [
        "workflows/release.yml",
        "workflows/release.yml",
        "workflows/site.yml",
    ]
    assert [job for _, job in mighty if re.search(r"checkout@|\bpip\b|\bpytest\b|\./", job)] == []


def test_every_python_that_is_promised_is_tried(project, workflows):
    promised = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    gate, tests = re.findall(r"python: \[(.*)]", workflows["workflows/ci.yml"])
    assert re.findall(r'"(.+?)"', gate) == promised
    assert re.findall(r'"(.+?)"', tests) == [promised[0], promised[-1]]
    assert project["requires-python"] == f">={promised[0]}"


def test_lock_names_one_version_each_and_no_place(lock):
    assert [line for line in lock if not LOCKED.fullmatch(line)] == []


def test_lock_has_all_that_any_extra_asks_for_within_its_bounds(project, lock):
    locked = {}
    for requirement in map(Requirement, lock):
        locked.setdefault(requirement.name, []).append(str(requirement.specifier)[2:])
    wanted = [
        *project["dependencies"],
        *chain.from_iterable(project["optional-dependencies"].values()),
    ]
    asked = [one for one in map(Requirement, wanted) if one.name != project["name"]]
    assert len(asked) > 20
    wrong = [
        str(one)
        for one in asked
        for version in locked.get(canonicalize_name(one.name), ["none"])
        if version == "none" or version not in one.specifier
    ]
    assert wrong == [], "run: bash .ci/lock"
