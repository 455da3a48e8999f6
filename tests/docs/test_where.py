"""docs/where.md: whatever it says is somewhere is there, and every room is on it."""

import re


def test_every_file_and_folder_it_names_is_there(root):
    page = (root / "docs/where.md").read_text("utf-8")
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|\w+\.(?:py|md))`", page)
    assert len(named) > 40
    places = (root, root / "cpctrack", root / "docs", root / "tests")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_every_room_and_what_is_everybodys_is_on_the_map(root):
    page = (root / "docs/where.md").read_text("utf-8")
    folder = root / "cpctrack"
    rooms = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == rooms
    (line,) = re.findall(r"^ *everybody's +(.*)$", page, re.MULTILINE)
    beside = {path.stem for path in folder.glob("*.py")} - {"__init__", "__main__", "testing"}
    assert set(line.split()) == beside
