"""Pages of labelled lines, one block an action, as the table that they are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cpctrack.reading.document import Block, Cell, Paragraph, Place, Row, Table
from cpctrack.tables.headings import names

_LABELLED = re.compile(
    r"[ #*_]*(?P<label>[^\W\d_][^:\n*]{0,50}?)[ *_]*:(?=\s|\Z|\*)[ *_]*(?P<text>.*)"
)
_TEXTS = frozenset({"action", "recommendation"})
_NUMBER = "0123456789/.- "
_LEAST = 2  # blocks, and labels that are known

Pair = tuple[Place, str, str]


def blocks_of(blocks: Sequence[Block]) -> list[Block]:
    """Give a document's blocks, with labelled lines that repeat themselves put into one table.

    They stand in paragraphs, in tables of two columns, or over the whole width below each row of a
    table, where they become columns of their own.
    """
    result: list[Block] = []
    pairs: list[Pair] = []
    taken: list[Block] = []

    def put() -> None:
        result.extend([table] if (table := _table(pairs)) else taken)
        pairs.clear()
        taken.clear()

    for block in blocks:
        found = _pairs_of(block)
        line = block.text.strip() if isinstance(block, Paragraph) and pairs else None
        if line and not found and isinstance(taken[-1], Paragraph) and taken[-1].text.strip():
            place, label, text = pairs.pop()
            found = [(place, label, f"{text}\n{line}".lstrip())]
        if found or line == "":
            pairs += found
            taken.append(block)
        else:
            put()
            result.append(block if isinstance(block, Paragraph) else _widened(block))
    put()
    return result


def _pairs_of(block: Block) -> list[Pair]:
    if isinstance(block, Paragraph):
        lines = (_LABELLED.fullmatch(line) for line in block.text.split("\n"))
        found = [
            (block.place, line["label"].strip(), line["text"].strip(" *_"))
            for line in lines
            if line
        ]
        return found if len(found) == len(block.text.split("\n")) else []
    shown = [[cell for cell in row.cells if cell.covered != "left"] for row in block.rows]
    if not shown or any(len(cells) != 2 or not cells[0].text.strip() for cells in shown):
        return []
    known = sum(bool(names(cells[0].text.strip(" :"))) for cells in shown)
    if known < _LEAST or known * 2 < len(shown) or names(shown[0][1].text):
        return []
    return [
        (row.place, cells[0].text.strip(" :\n"), cells[1].text)
        for row, cells in zip(block.rows, shown, strict=True)
    ]


def _table(pairs: Sequence[Pair]) -> Table | None:
    """Make a table of blocks that repeat their labels, where these name a log of actions."""
    blocks: list[dict[str, Pair]] = []
    for pair in pairs:
        if not blocks or pair[1] in blocks[-1]:
            blocks.append({})
        blocks[-1][pair[1]] = pair
    labels = list(dict.fromkeys(label for block in blocks for label in block))
    meanings = {names(label) for label in labels} - {""}
    if len(blocks) < _LEAST or len(meanings) < _LEAST or not meanings & _TEXTS:
        return None
    if sum(not names(label) for label in labels) > len(labels) // 2:
        return None
    first = blocks[0][labels[0]][0] if labels[0] in blocks[0] else Place()
    rows = [Row(tuple(Cell(label) for label in labels), first)]
    for block in blocks:
        place = next(iter(block.values()))[0]
        rows.append(
            Row(tuple(Cell(block[label][2] if label in block else "") for label in labels), place)
        )
    return Table(tuple(rows))


def _widened(table: Table) -> Table:
    """Give a table whose rows are each followed by labelled lines over its whole width columns.

    “Resolution 12/22: That …” says a number and a text.
    """
    rows: list[tuple[Row, dict[str, str]]] = []
    for row in table.rows:
        whole = len(row.cells) > 1 and all(cell.covered == "left" for cell in row.cells[1:])
        line = _LABELLED.fullmatch(row.cells[0].text.strip()) if whole else None
        if line and rows and names(word := line["label"].rstrip(_NUMBER)):
            number = line["label"][len(word) :].strip()
            rows[-1][1].update(
                {word: line["text"].strip(), **({f"{word} No.": number} if number else {})}
            )
        else:
            rows.append((row, {}))
    counts = Counter(label for _, said in rows for label in said)
    labels = [label for label, count in counts.items() if count >= _LEAST]
    if not labels or len(counts) > len(labels):
        return table
    first = next(at for at, (_, said) in enumerate(rows) if said)
    return replace(
        table,
        rows=tuple(
            row._replace(
                cells=(
                    *row.cells,
                    *(Cell(said.get(each, each if at + 1 == first else "")) for each in labels),
                )
            )
            for at, (row, said) in enumerate(rows)
        ),
    )
