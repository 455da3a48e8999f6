"""``docs/records.schema.json`` is what the table of fields says."""

import importlib.util

import pytest


@pytest.fixture
def generator(root):
    spec = importlib.util.spec_from_file_location("schema", root / "docs" / "generate_schema.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_file_is_what_the_fields_say(generator):
    assert generator.main(["--check"]) == 0, "run: python docs/generate_schema.py"


def test_another_file_is_reported_left_alone_and_written(generator, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(generator, "TARGET", tmp_path / "records.schema.json")
    assert generator.main(["--check"]) == 1
    assert "is not what the fields say" in capsys.readouterr().err
    assert not generator.TARGET.exists()
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0


def test_the_command_prints_it(generator, run):
    assert run("export", "--schema").stdout.encode() == generator.TARGET.read_bytes()
