"""The layouts that are measured with say nothing wrong."""

from cpctrack.tables.layout import read_layout


def test_every_layout_can_be_read(root):
    layouts = [
        read_layout(file.stem, file.read_text("utf-8"))
        for file in sorted((root / "benchmarks" / "layouts").glob("*.toml"))
    ]
    assert len(layouts) > 10
    assert all(layout.about for layout in layouts)
