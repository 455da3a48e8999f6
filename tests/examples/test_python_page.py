"""docs/python.md: its blocks run as they stand, one after the other, and its names are there."""

import re
import shutil
from importlib import import_module
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs/python.md").read_text("utf-8")


def test_the_blocks_run(tmp_path, monkeypatch) -> None:
    shutil.copy(PROJECT / "examples/actions.json", tmp_path)
    shutil.copy(PROJECT / "examples/published-table.tsv", tmp_path / "published.tsv")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec("".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)), names)
    assert "CPC-2324-007" in [record.ref for record in names["overdue"]]
    assert (len(names["intake"].new), names["intake"].unchanged) == (0, 10)
    held = names["current"]
    assert held.find("CPC-2324-007").response == "The figures went to members."
    assert held.find("CPC-2324-009").due == "2024-09-30"
    assert held.find(names["added"].ref).action == "Send the survey out."
    assert names["again"] == (tmp_path / "pack/appendix4-2024-06-12.csv").read_bytes()
    assert "Appendix 4" in (tmp_path / "appendix4.html").read_text("utf-8")


def test_the_blocks_of_the_page_on_plug_ins_are_right() -> None:
    page = (PROJECT / "docs/plugins.md").read_text("utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    exec(block, {})
    (added,) = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    example = (PROJECT / "examples/plugin/pyproject.toml").read_text("utf-8")
    assert added == example[-len(added) :]


def test_every_name_in_the_table_is_there() -> None:
    for modules, what in re.findall(r"^\| (`cpctrack[^|]*) \| ([^|]*) \|$", PAGE, re.MULTILINE):
        found = [import_module(name) for name in re.findall(r"`([\w.]+)`", modules)]
        places = [*found, getattr(found[0], "Store", None)]
        for name in re.findall(r"`(\w+)`", what):
            assert any(hasattr(place, name) for place in places), name
