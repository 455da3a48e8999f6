"""The table as an Excel workbook: every text a text, dates as dates, ready to filter and print."""

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from cpctrack import extras
from cpctrack.labels import MADE_WITH
from cpctrack.render.packing import repack
from cpctrack.text import shorten

if TYPE_CHECKING:
    from openpyxl import Workbook

    from cpctrack.render.views.view import AppendixView

_LANGUAGE = "en-GB"
_MOST_OF_A_PROPERTY = 255


def render(view: "AppendixView") -> bytes:
    """Make the workbook, of one sheet; the same view gives the same bytes.

    Raises `RenderError` for a text that no cell can hold, `MissingExtraError` without openpyxl.
    """
    book = begin()
    from cpctrack.render.excel import sheet

    facts = filter(None, (f"{view.committee}.", view.about, view.summary))
    lines = (f"{view.heading}: {view.title}", " ".join(facts), view.corrections)
    sheet.add(book, view, [*filter(None, lines)])
    return pack(book, view)


def begin() -> "Workbook":
    """Give a workbook without a sheet; raises `MissingExtraError` without openpyxl."""
    with extras.needed("office", "An Excel workbook"):
        import openpyxl
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    return book


def pack(book: "Workbook", view: "AppendixView") -> bytes:
    """Give the workbook's bytes, which depend on what it says and not on when it is made."""
    from openpyxl.writer.excel import ExcelWriter

    properties = book.properties
    properties.title = shorten(view.document_title, _MOST_OF_A_PROPERTY)
    properties.subject = shorten(view.caption, _MOST_OF_A_PROPERTY)
    properties.creator = properties.lastModifiedBy = shorten(view.committee, _MOST_OF_A_PROPERTY)
    properties.description = f"{MADE_WITH}{view.generator}"
    properties.language = _LANGUAGE
    properties.created = properties.modified = datetime.fromisoformat(view.made_on_iso)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        ExcelWriter(book, archive).write_data()  # book.save would write the time into it
    return repack(stream.getvalue())
