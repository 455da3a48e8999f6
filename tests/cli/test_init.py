import json
from pathlib import Path


def settings(path: Path) -> dict[str, object]:
    return json.loads(path.read_text(encoding="utf-8"))["settings"]["store"]


def test_begins_an_empty_store(run, store_path):
    result = run("init", "--committee", "Corporate Parenting Committee")
    assert result.stdout == ""
    assert "references begin with CPC" in result.stderr
    assert settings(store_path) == {
        "committee": "Corporate Parenting Committee",
        "prefix": "CPC",
        "schema": 2,
        "year_starts": "05-15",
    }


def test_takes_prefix_and_year_start(run, store_path):
    run("init", "--committee", "Licensing", "--prefix", "lic", "--year-starts", "05-21")
    assert settings(store_path)["prefix"] == "LIC"
    assert settings(store_path)["year_starts"] == "05-21"


def test_never_overwrites(run, new_store):
    before = new_store.read_bytes()
    result = run("init", "--committee", "Another", exit_code=1)
    assert "already exists" in result.stderr
    assert new_store.read_bytes() == before


def test_refuses_bad_options(run, store_path):
    assert "eight letters" in run("init", "--committee", "X", "--prefix", "é!", exit_code=2).stderr
    assert "05-15" in run("init", "--committee", "X", "--year-starts", "02-30", exit_code=2).stderr
    assert "--committee" in run("init", "--committee", " ", exit_code=2).stderr
    assert not store_path.exists()


def test_without_a_terminal_the_committee_must_be_named(run, store_path):
    said = run("init", exit_code=2).stderr
    assert 'Which committee? Add --committee "NAME".' in said
    assert not store_path.exists()


def test_says_where_it_can_not_write(run, tmp_path):
    missing = tmp_path / "no" / "folder.json"
    result = run("--store", str(missing), "init", "--committee", "X", exit_code=1)
    assert "can't be written to" in result.stderr
