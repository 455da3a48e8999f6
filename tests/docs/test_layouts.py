"""The layout that docs/importing.md writes from nothing reads the table that stands there."""

import json
import re

import pytest

from cpctrack.records.model import Status
from cpctrack.tables.layout import MEANINGS


@pytest.fixture
def page(root):
    return (root / "docs" / "importing.md").read_text("utf-8")


def block(page, language):
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return found


def test_a_layout_from_nothing(page, root, run, new_store, tmp_path):
    layout = block(page, "toml")
    assert layout == (root / "examples/layouts/brookfield.toml").read_text("utf-8")
    assert len(layout.splitlines()) == 10
    folder = new_store.parent / "layouts"
    folder.mkdir()
    (folder / "brookfield.toml").write_text(layout, "utf-8")
    (tmp_path / "list.csv").write_text(block(page, "csv"), "utf-8")
    done = run("import", str(tmp_path / "list.csv"), "--type", "formal", "--yes", "--json")
    assert json.loads(done.stdout)["layout"] == "brookfield"
    assert [
        (row["source_ref"], row["meeting_date"], row["action"], row["owners"], row["status"])
        for row in json.loads(run("list", "--json").stdout)
    ] == [
        ("4/1", "2024-03-13", "Mend the gate of the churchyard.", ["Parish Clerk"], "completed"),
        ("4/2", "2024-03-13", "Ask for a quotation for the roof.", ["Head of Estates"],
         "in-progress"),
    ]  # fmt: skip
    assert re.search("Cost +£40", run("show", "1").stdout)


def test_every_meaning_and_status_is_explained(page):
    table = page.partition("| meaning | what stands in the column |")[2].partition("\n\n")[0]
    meanings = [row.split(" | ")[0] for row in table.splitlines()[2:]]
    assert re.findall("`(.+?)`", " ".join(meanings)) == list(MEANINGS)
    above = page.partition("| meaning | what stands in the column |")[0].rpartition("A status is")[
        2
    ]
    assert set(re.findall("`(.+?)`", above)) == set(Status)
