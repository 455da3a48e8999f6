"""From a document to the lines that minutes take."""

from collections.abc import Iterable, Iterator

from cpctrack.reading import document, lines


def lines_of(read: document.Document) -> list[lines.Line]:
    """Give the lines of a document."""
    return lines.number_lines(_blocks(read.blocks))


def _blocks(blocks: Iterable[document.Block]) -> Iterator[lines.Block]:
    for block in blocks:
        if isinstance(block, document.Paragraph):
            text = block.text if block.living is None else block.living
            yield lines.Paragraph(text, block.heading, block.bold, block.is_line)
            continue
        for row in block.rows:
            cells: list[lines.Cell] = []
            for cell in row.cells:
                if cell.covered == "left":
                    cells[-1] = cells[-1]._replace(columns=cells[-1].columns + 1)
                elif cell.covered:
                    cells.append(lines.Cell(()))
                else:
                    own = cell.blocks or (document.Paragraph(cell.text, 0, cell.bold, cell.living),)
                    cells.append(lines.Cell(list(_blocks(own))))
            yield from lines.row_of(cells)


def pages_of(read: document.Document) -> list[lines.Line]:
    """Give the lines of a document with pages."""
    found: list[lines.Line] = []
    for block in read.blocks:
        if isinstance(block, document.Paragraph):
            place = block.place
            if found and found[-1].cells:
                found.append(lines.Line(found[-1].number, "", page=found[-1].page))
            found.append(lines.Line(place.line, block.text, 0, block.bold, (), place.page))
            continue
        for row in block.rows:
            if found and found[-1].text:
                found.append(lines.Line(found[-1].number, "", page=found[-1].page))
            cells = tuple("" if cell.covered else cell.text for cell in row.cells)
            text = " | ".join(" ".join(cell.split()) for cell in cells if cell)
            bold = all(cell.bold for cell in row.cells if cell.text)
            found.append(lines.Line(row.place.line, text, 0, bold, cells, row.place.page))
    return found
