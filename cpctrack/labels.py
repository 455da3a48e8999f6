"""The words of the printed table: written by the documents, read back by the importers."""

from collections.abc import Mapping
from typing import Final

COLUMNS: Final[Mapping[str, str]] = {
    "meeting_type": "Meeting Type",
    "meeting_date": "Meeting Date",
    "item": "Item",
    "recommendation": "Recommendation",
    "action": "Actions",
    "owner": "Referred to",
    "response": "Response/ Outcome",
    "follow_up": "Needs Follow Up",
}
"""The eight columns by meaning, as councils print them and in their order."""

PROGRESS_COLUMNS: Final[Mapping[str, str]] = {
    "action": "Action or recommendation",
    "owner": "Referred to",
    "response": "Response/ Outcome",
    "status": "Status and date",
}
"""The columns of the progress report where it is read."""

WORKING_COLUMNS: Final[Mapping[str, str]] = {
    "ref": "Reference",
    "agreed": "Agreed at",
    "item": "Item",
    "action": "Action or recommendation",
    "owner": "Referred to",
    "response": "Response/ Outcome",
    "due": "Due",
    "status": "Status",
}
"""Its columns in spreadsheets, and those that it had everywhere in cpctrack 0.1."""

BAND_COLUMNS: Final = ("meeting_type", "meeting_date", "item")
"""What a band says above the rows of one meeting and item, in the place of columns."""

BETWEEN: Final = " · "
"""What stands between the parts of a band, and between the headings that it replaces."""

NONE_IN_TABLE: Final = " (none in this table)"
"""What follows the heading of a column that is blank throughout, and so has no cells."""

PROGRAMME_COLUMNS: Final[Mapping[str, str]] = {
    "ref": "Reference",
    "title": "What comes",
    "why": "Why, or by when",
    "owner": "Referred to, or contact",
    "status": "Status",
}
"""The columns of the work programme."""

REPORT: Final = "Report"
PLANNED: Final = "Planned"
"""What it prints for a report in the columns for references and for status."""
FIGURE_COLUMNS: Final = ("Table", "Row", "Figure", "Value")
"""The columns of a CSV file of figures."""

DECISION: Final = "Decision: "
"""What stands before the title of a part of the report that members are asked to decide about."""

PART: Final = "Part"
"""The column that a spreadsheet has before either: the part of the report a row stands in."""

BLANKS: Final[Mapping[str, str]] = {
    "meeting_date": "Not dated",
    "item": "No item recorded",
    "recommendation": "None",
    "action": "None",
    "owner": "Nobody named",
    "response": "No response yet",
}
"""What a document prints, by meaning, where there is nothing: no cell of a page is empty."""

BLANKS_ONCE: Final[Mapping[str, str]] = {
    "owner": "Not assigned",
    "response": "None recorded",
    "due": "No due date",
}
"""What it printed there in cpctrack 0.1."""

CORRECTIONS: Final = "Corrections: "
MADE_WITH: Final = "Made with "
"""What begins the comment that a workbook has in its properties, before the generator's name."""

OVERDUE: Final = "Overdue: "
OVERDUE_BY: Final = "Overdue by "
"""What begins the line that a document adds where an action is late: to Needs Follow Up, or with
the length of time to the status of the progress report."""

REOPENED: Final = "Reopened on "
AGREED: Final = "Agreed by the committee on "
NO_ANSWER: Final = "No answer since "
TO_AGREE: Final = "Reported done"
NO_DAY: Final = "No day is set"
"""What begins the lines that the progress report adds to Status."""

GOES_TO: Final = "Goes to the meeting of "
DID_NOT_COME: Final = "Was to come to the meeting of "
"""What begins the line that it adds to Status where an action is to come to a meeting."""
CARRIED: Final = "Carried over from earlier years"
"""What stands over the part of a year's table that is of the years before."""

ROLLED_OVER: Final = "Rolled over to the "
"""What begins the cell of an action that went on in another municipal year."""
EXECUTIVE: Final = "Answer of the executive: "
"""What begins the line that it adds to Status where the executive has answered."""

FIRST_DUE: Final = "First due "
"""What begins the line that it adds to Due."""
NO_DUE: Final = "No due date"
"""What tables of figures print for lack of a date."""

NOT_FOR_PUBLICATION: Final = "Not for publication"
"""What marks a document, each of its pages and each of its rows that is not for the public."""

EXEMPT: Final = f"{NOT_FOR_PUBLICATION}: "
"""What begins the line that a document adds to Actions where a row is not for the public.

cpctrack 0.1 added it to Item.
"""

EXEMPT_ONCE: Final = "Exempt: "
"""How that line began in cpctrack 0.1."""

EVIDENCE: Final = "Evidence: "
ASKED: Final = "Not answered; asked on "
"""What begins the lines that the progress report adds to Response/ Outcome, in this order."""

GROUP: Final = "Heading above"
"""Under what a record keeps the text of the row that stood over it and others in its table."""

FORMULA_STARTS: Final = "=+-@\t\r"
"""What makes a spreadsheet run a cell of a CSV file; such a cell is written after a ``'``."""

FORM_COLUMNS: Final[Mapping[str, str]] = {
    "ref": "Reference",
    "action": "Action",
    "response": "Your response",
    "status": "Status",
    "due": "New date, if more time is needed",
}
"""The columns of the form that owners answer on."""

FORM_KEY: Final = "Key (please leave)"
"""The heading of the column that its workbook hides: the reference once more."""

FORM_MARK: Final = "cpctrack_"
"""What begins the name of the bookmark in a row of its Word document."""

FORM_NUMBER: Final = "cpctrack chase"
"""The property of the form, and the hidden sheet of its workbook, that holds its number."""

FORM_STATUSES: Final = (
    "To do", "Under way", "Continuing", "Done", "Deferred", "Will not be done",
)  # fmt: skip
"""What its column for status offers."""

FORM_HOW: Final = (
    "Write how each action stands under “Your response” and choose its status; give a new date "
    "where more time is needed. Then send this form back with a reply to the message."
)
"""What it says of how to fill it in."""

FORM_BENEATH: Final[Mapping[str, str]] = {
    "agreed": "Agreed: ",
    "due": "Due: ",
    "said": "Last response: ",
    "asked": "Asked before: ",
}
"""What begins the lines that stand under an action."""

FORM_CHOOSE: Final = "Choose"
"""What stands there until somebody has chosen."""
