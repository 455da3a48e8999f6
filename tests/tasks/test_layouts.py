"""The files of layouts: their names, and what is said of those that can't be used."""

import pytest

from cpctrack.errors import LayoutError
from cpctrack.tables.layout import check_name, name_for
from cpctrack.tasks.layouts import (
    forget_layout,
    has_layout,
    keep_layout,
    layout_named,
    layout_text,
    read_layouts,
    save_layout,
)

SAID = '[columns]\n"Lead" = "owner"\n'


@pytest.fixture
def store(tmp_path):
    """Give the path of a store, which need not be there."""
    return tmp_path / "actions.json"


def test_a_layout_is_kept_beside_the_store_and_found_in_capitals_or_not(store):
    assert read_layouts(store) == []
    file = save_layout(store, "Tŷ audit", SAID)
    assert file == store.parent / "layouts" / "Tŷ audit.toml"
    assert file.read_bytes() == SAID.encode()
    assert layout_named(store, "TŶ AUDIT").columns == {"Lead": ("owner",)}
    assert save_layout(store, "tŷ Audit", SAID + "\n") == file
    assert [each.name for each in read_layouts(store)] == ["Tŷ audit"]
    forget_layout(store, "tŷ audit")
    assert not has_layout(store, "Tŷ audit")


def test_an_editors_line_ends_and_mark_do_not_matter(store):
    file = save_layout(store, "audit", SAID)
    file.write_bytes(b"\xef\xbb\xbf" + SAID.replace("\n", "\r\n").encode())
    assert layout_text(store, "audit") == SAID
    (file.parent / "notes.txt").write_text("no layout", "utf-8")
    (file.parent / ".audit.toml.1234abcd.tmp").write_text("half a lay", "utf-8")
    assert len(read_layouts(store)) == 1


def test_remarks_stay_where_something_is_learnt(store):
    save_layout(store, "audit", "# Ask Ann about it.\n" + SAID)
    keep_layout(store, layout_named(store, "audit")._replace(about="Audit"))
    assert layout_text(store, "audit") == f'# Ask Ann about it.\nabout = "Audit"\n\n{SAID}'


def test_a_file_of_a_name_that_we_would_not_give_is_a_layout_too(store):
    save_layout(store, "audit", SAID).rename(store.parent / "layouts" / "v1.2.TOML")
    assert save_layout(store, "V1.2", SAID + "\n").name == "v1.2.TOML"
    assert [each.name for each in read_layouts(store)] == ["v1.2"]


def test_a_damaged_layout_is_named(store):
    file = save_layout(store, "audit", SAID)
    file.write_bytes(b'[columns]\n"Lead \xff" = "owner"\n')
    with pytest.raises(LayoutError, match=r"audit\.toml is not saved as UTF-8; save it so"):
        read_layouts(store)
    file.write_text("<<<<<<< ours\n", "utf-8")
    with pytest.raises(LayoutError, match="Layout audit can't be read: "):
        read_layouts(store)


def test_a_layout_that_is_not_there_is_guessed(store):
    with pytest.raises(LayoutError) as error:
        layout_named(store, "audit")
    assert str(error.value) == "There is no layout “audit”. There is none yet."
    save_layout(store, "audit", SAID)
    with pytest.raises(LayoutError) as error:
        layout_named(store, "audti")
    assert str(error.value) == ("There is no layout “audti”. Did you mean audit? There are: audit.")


@pytest.mark.parametrize(
    "name", ["", " audit", "a/b", "a\\b", "..", "a.b", "a:b", "a\nb", "a*", "x" * 61, "con", "COM1"]
)
def test_a_name_is_one_that_every_system_has(name):
    with pytest.raises(LayoutError):
        check_name(name)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Audit Action Log – 2023-06 (v2)", "audit-action-log-v"),
        ("Tŷ Heulog", "ty-heulog"),
        ("2023.06", "table"),
        ("con", "con-2"),
        ("AUDIT", "audit-3"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_name_is_made_of_a_title(title, name):
    made = name_for(title, ["Audit", "audit-2"])
    assert made == name
    check_name(made)
