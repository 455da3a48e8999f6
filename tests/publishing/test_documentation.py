"""``docs/store.md`` describes what is kept of a pack: every field and no other."""

import re

import pytest

from cpctrack.check import CHECKS
from cpctrack.store import packs
from cpctrack.store.packs import Packed


@pytest.fixture
def tables(root):
    """Give the tables of the section, each as the first cell of every row with its type."""
    page = (root / "docs" / "store.md").read_text(encoding="utf-8")
    section = page.split("\n## Publications\n")[1].partition("\n## ")[0]
    return [
        dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", table, re.MULTILINE))
        for table in re.findall(r"\| --- .*\n((?:\|.*\n)+)", section)
    ]


def test_every_field_of_a_publication_and_of_its_rows(tables, make_publication, make_row):
    row = make_row(**dict.fromkeys(packs.ROW_FIELDS, "x"))
    made = packs.encode(make_publication(row, documents={"html": Packed(1, "x", "x")}))
    fields, rows, documents = tables
    assert set(fields) == set(made)
    assert set(rows) == set(made["rows"][0])
    assert set(documents) == set(made["documents"]["html"])


def test_fields_that_are_needed(tables, make_publication, make_row):
    needed = {name for name, kind in tables[0].items() if kind.endswith(", needed")}
    assert needed == {*packs._TEXTS, "number"}


def test_the_largest_document(root):
    page = (root / "docs" / "store.md").read_text(encoding="utf-8")
    assert f"{packs.MOST_BYTES:,} at most" in page


def test_checks_are_described(root):
    page = (root / "docs" / "store.md").read_text(encoding="utf-8")
    for each in CHECKS:
        if each.name in ("unreadable-publication", "lost-reference"):
            assert f"| `{each.name}` | {each.tier} | {each.rule} |" in page
