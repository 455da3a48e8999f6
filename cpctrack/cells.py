"""The ``'`` before a cell of a CSV file that a spreadsheet would else take for something else.

Written by the documents, taken off by the importers.
"""

import re

from cpctrack.labels import FORMULA_STARTS

_FORMULA_STARTS = tuple(FORMULA_STARTS)
_NUMBER = re.compile(r"\s*(?:[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?\s*")
_SHOWN_AS_IT_IS = re.compile(r"(?=[0-9.]{1,15}$)(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


def guard(cell: str) -> str:
    """Put a ``'`` before a formula, and before a number that would come back as another text.

    A cell that already begins so gets one more, which keeps the import's way back exact.
    """
    return f"'{cell}" if _is_at_risk(cell.lstrip("'")) else cell


def unguard(cell: str) -> str:
    """Take off the ``'`` that `guard` puts before a cell."""
    return cell[1:] if cell[:1] == "'" and _is_at_risk(cell.lstrip("'")) else cell


def _is_at_risk(text: str) -> bool:
    """Tell a formula, or a number like 007 or 1.10, of which a spreadsheet keeps 7 and 1.1."""
    if text.startswith(_FORMULA_STARTS):
        return True
    return _NUMBER.fullmatch(text) is not None and _SHOWN_AS_IT_IS.fullmatch(text) is None
