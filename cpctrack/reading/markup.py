"""Cells that hold the markup of a web page, as an export of a web form leaves them there.

What such a cell says is what a page would show of it; its tags say nothing to a reader.
"""

import re
from dataclasses import replace

from cpctrack.reading.document import Cell, Document, Table

_LIST = re.compile(r"<br\s*/?>|<(?:li|[uo]l)(?:\s[^<>]*)?>", re.IGNORECASE)
_BEGIN = re.compile(r"<(?:p|div)(?:\s[^<>]*)?>", re.IGNORECASE)
_END = re.compile("</(?:p|div)>", re.IGNORECASE)
_KNOWN = re.compile(
    r"</?(?:p|div|[uo]l|li|br|b|strong|i|em|u|s|del|span|font|sup|sub|a|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?=[a-z/!?])[^<>]*>?", re.IGNORECASE)


def without_markup(document: Document) -> Document:
    """Give a document whose tables have words only; cpctrack's own keep what was typed."""
    return replace(
        document,
        blocks=tuple(
            _read(block, document.name) if isinstance(block, Table) and not block.ours else block
            for block in document.blocks
        ),
    )


def _read(table: Table, name: str) -> Table:
    rows = tuple(
        row._replace(cells=tuple(_words_of(cell, name) for cell in row.cells))
        if any("<" in cell.text for cell in row.cells)
        else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def _words_of(cell: Cell, name: str) -> Cell:
    if not (_LIST.search(cell.text) or (_BEGIN.search(cell.text) and _END.search(cell.text))):
        return cell
    living = None if cell.living is None else _shown(cell.living, name)
    return cell._replace(text=_shown(cell.text, name), living=living)


def _shown(text: str, name: str) -> str:
    """Read a text as a web page's cell; what only looks like a tag is kept."""
    from cpctrack.reading.html import page

    kept = _TAG.sub(lambda tag: tag[0] if _KNOWN.fullmatch(tag[0]) else f"&lt;{tag[0][1:]}", text)
    (table,) = page.read(f"<table><tr><td>{kept}</td></tr></table>", name).blocks
    assert isinstance(table, Table)
    return table.rows[0].cells[0].text
