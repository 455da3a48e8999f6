"""The form as an Excel workbook: a row an action, which is known again however they are sorted."""

from typing import Any

from cpctrack.labels import FORM_COLUMNS, FORM_NUMBER, FORM_STATUSES
from cpctrack.render.chase import form
from cpctrack.render.chase.message import Message, View
from cpctrack.render.excel import workbook
from cpctrack.text import clean

_STATUS, _DUE, _KEY = "DEF"
_LEAST = 54.0  # points of a row: four lines
_MOST = 100  # rows that are added by hand have the list of statuses, too


def excel_form(view: View, message: Message) -> bytes:
    """Make the form, whose number a property and a hidden sheet hold; the same bytes each time.

    Raises `RenderError` for a text that no cell can hold, `MissingExtraError` without openpyxl.
    """
    book = workbook.begin()
    from openpyxl.packaging.custom import StringProperty
    from openpyxl.worksheet.datavalidation import DataValidation

    from cpctrack.render.excel import sheet

    laid_out = form.lay_out(view, message, hidden_key=True)
    table = laid_out.tables[0]
    above = filter(None, (laid_out.heading, laid_out.title, table.introduction, view.privacy))
    sheet.add(book, laid_out, tuple(map(clean, above)))
    page = book.worksheets[0]
    page.column_dimensions[_KEY].hidden = True
    last = page.max_row
    first = last - len(view.actions) + 1
    for number in range(first, last + 1):
        page[f"{_DUE}{number}"].style = sheet.DAY
        row = page.row_dimensions[number]
        row.height = max(row.height or 0, _LEAST)
    statuses = ",".join(FORM_STATUSES)
    choice = DataValidation("list", formula1=f'"{statuses}"', errorStyle="warning")
    choice.promptTitle = FORM_COLUMNS["status"]
    choice.prompt = "Choose how far it has come."
    choice.errorTitle, choice.error = choice.promptTitle, "This is not in the list. Keep it?"
    choice.showErrorMessage = choice.showInputMessage = True
    choice.add(f"{_STATUS}{first}:{_STATUS}{last + _MOST}")
    page.add_data_validation(choice)
    hidden = book.create_sheet(FORM_NUMBER)
    hidden["A1"] = view.number
    hidden.sheet_state = "veryHidden"
    untyped: Any = book  # its types leave out the properties that a user may add
    untyped.custom_doc_props.append(StringProperty(name=FORM_NUMBER, value=view.number))
    return workbook.pack(book, laid_out)
