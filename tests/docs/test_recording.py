"""The recording of the terminal shows what the commands print, and only moves."""

import importlib.util
import re
import sys
from xml.etree import ElementTree as ET

import pytest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def generator(root):
    path = root / "docs" / "generate_recording.py"
    spec = importlib.util.spec_from_file_location("generate_recording", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def picture(generator):
    return generator.TARGET.read_text(encoding="utf-8")


def rows_drawn(picture):
    """Give what stands in each row, by its place from the top."""
    rows = {}
    for text in ET.fromstring(picture).iter(f"{SVG}text"):
        rows.setdefault(float(text.get("y")), []).append(text.text)
    return [" ".join(rows[place]) for place in sorted(rows)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_it_shows_what_the_commands_print(generator, capsys):
    assert generator.main(["--check"]) == 0, "run: python docs/generate_recording.py"


def test_one_that_differs_is_reported_and_left_alone(generator, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(generator, "TARGET", tmp_path / "terminal.svg")
    monkeypatch.setattr(generator, "recorded", lambda: [[step(generator, "cpctrack", "1 new")]])
    assert generator.main(["--check"]) == 1
    assert "is not what the commands print" in capsys.readouterr().err
    assert not generator.TARGET.exists()
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0


def step(generator, line, printed):
    return generator.Step(line, generator.rows(printed), 0.0, 1.0, 1.5)


def test_it_is_small_takes_20_to_25_seconds_and_needs_nothing_else(picture):
    assert len(picture.encode()) < 100_000
    (seconds,) = set(re.findall(r" ([\d.]+)s step-end infinite", picture))
    assert 20 <= float(seconds) <= 25
    assert (
        re.search(r"<script|<foreignObject|url\(|@import|@font-face|href|\son\w+=", picture) is None
    )


def test_it_says_in_words_what_is_typed(picture):
    whole = ET.fromstring(picture)
    named = {part.get("id"): part.text for part in whole if part.get("id")}
    assert whole.get("aria-labelledby").split() == list(named) == ["title", "told"]
    assert "cpctrack list --overdue; cpctrack show 2324-11" in named["told"]


def test_who_asks_for_less_motion_sees_the_last_scene(picture):
    still, moving = re.search(r"<style>(.*)</style>", picture, re.DOTALL)[1].split("@media", 1)
    assert ".scene{visibility:hidden}.scene:last-of-type{visibility:visible}" in still
    assert "animation" not in still
    assert moving.startswith(" (prefers-reduced-motion:no-preference){")
    assert ET.fromstring(picture).findall(f"{SVG}g")[-1].get("class") == "scene s3"


def test_each_row_is_drawn_in_its_columns_and_colours_and_as_text(generator):
    printed = "\x1b[1;31mlate\x1b[0m  <b>&\x1b[2m “x”\x1b[0m\r\n" + "a" * 100 + "\r\n"
    picture = generator.drawn([[step(generator, "cpctrack", printed)]])
    assert rows_drawn(picture) == ["$ cpctrack", "late <b>& “x”", "a" * 96, "a" * 4]
    late, marked, faint = (
        text
        for text in ET.fromstring(picture).iter(f"{SVG}text")
        if text.text in {"late", "<b>&", "“x”"}
    )
    assert late.attrib == {"x": "18.0", "y": "51", "class": "bold c1", "textLength": "33.6"}
    assert marked.attrib == {"x": "68.4", "y": "51", "textLength": "33.6"}
    assert faint.attrib == {"x": "110.4", "y": "51", "class": "dim", "textLength": "25.2"}


def test_a_scene_that_is_too_long_is_refused(generator):
    with pytest.raises(ValueError, match="Scene 0 takes 24 rows, and the picture has 23"):
        generator.drawn([[step(generator, "cpctrack", "row\r\n" * 23)]])
