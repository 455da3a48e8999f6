"""Names that Windows can't hold are refused wherever a command would write one."""

import json
import zipfile

import pytest

ADD = (
    "add", "--meeting", "2023-03-15", "--type", "formal", "--item", "Item 5", "--action",
    "Provide a briefing note.", "--owner", "Head of Fostering", "--due", "1/6/2023",
)  # fmt: skip
BAD = "Appendix 4: progress"
SAID = (
    f"“{BAD}{{}}” can't be the name of a file on Windows, as it has “:” in it; leave that out, or "
    "write “-” instead."
)


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (("appendix", "--format", "html"), ".html"),
        (("appendix", "--view", "progress"), ".docx"),
        (("statistics",), ".csv"),
        (("published", "2023-07-19", "--format", "html"), ".html"),
        (("publish", "--meeting", "2023-09-20"), ""),
        (("site",), ""),
        (("export",), ""),
        (("export", "--format", "sqlite"), ".sqlite"),
        (("calendar",), ".ics"),
        (("archive",), ".zip"),
        (("chase",), ""),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else each or "folder",
)
def test_an_output(new_store, run, tmp_path, words, ending) -> None:
    run(*ADD)
    run("publish", "--meeting", "2023-07-19", "-o", str(tmp_path / "pack"))
    before = new_store.read_bytes()
    there = sorted(tmp_path.rglob("*"))
    done = run(*words, "-o", str(tmp_path / f"{BAD}{ending}"), exit_code=2)
    assert SAID.format(ending) in done.stderr.replace("\n", " ")
    assert new_store.read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == there


def test_a_new_store(run, tmp_path) -> None:
    done = run(
        "--store", str(tmp_path / f"{BAD}.json"), "init", "--committee", "Parks", exit_code=2
    )
    assert SAID.format(".json") in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_prefix_that_is_a_device_makes_no_folder_of_its_name(run, tmp_path) -> None:
    path, target = tmp_path / "actions.json", tmp_path / "all.zip"
    run("--store", str(path), "init", "--committee", "Council Oversight Network")
    assert json.loads(path.read_bytes())["settings"]["store"]["prefix"] == "CON"
    run("--store", str(path), "archive", "-o", str(target))
    with zipfile.ZipFile(target) as archive:
        assert {name.partition("/")[0] for name in archive.namelist() if "/" in name} == {"CON_"}
    assert run("archive", "--verify", str(target)).exit_code == 0
