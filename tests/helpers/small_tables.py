"""Small tables as the values that reading gives, from the texts of their cells."""

from cpctrack.dates import municipal_year, parse_date
from cpctrack.reading.document import Cell, Document, Paragraph, Place, Row, Table
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.grid import GridRow
from cpctrack.tables.log import log_of

TOLD = Told("2023-03-15", MeetingType.FORMAL)


def grid_rows(*rows):
    return [GridRow(line, tuple(row)) for line, row in enumerate(rows, 1)]


def document(*rows, above=(), shades=(), **of_table):
    """Give a document of one table, with these texts above it and shades behind its first rows.

    A row of one text in a tuple of its own is merged over the width of the first.
    """
    lines = []
    for line, row in enumerate(rows, 1):
        shade = shades[line - 1] if line <= len(shades) else ""
        cells = [Cell(text, shade=shade) for text in row]
        if len(row) == 1:
            cells += [Cell(covered="left", shade=shade)] * (len(rows[0]) - 1)
        lines.append(Row(tuple(cells), Place(line)))
    table = Table(tuple(lines), **of_table)
    return Document("log.docx", "docx", (*map(Paragraph, above), table))


def meeting_on(day, type_):
    return Meeting(date=day, type=type_, year=municipal_year(parse_date(day)))


def drafts_of(read, layouts=(), told=TOLD):
    return make_drafts(log_of(read, layouts), meeting_on, told)
