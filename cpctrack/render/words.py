"""The words for parts of a record that documents, the terminal and messages share."""

from collections.abc import Sequence
from functools import lru_cache

from cpctrack.dates import long_date
from cpctrack.labels import FIRST_DUE
from cpctrack.records import exempt
from cpctrack.records.ageing import Extension, extensions
from cpctrack.records.model import Record
from cpctrack.text import clean, one_line

_TIMES = {1: "once", 2: "twice"}
_NO_PARAGRAPH = "paragraph not stated"


def printable(text: str) -> str:
    """Clean a text for print; one of blanks only is none."""
    cleaned = text if text.isprintable() else clean(text)
    return "" if cleaned.isspace() else cleaned


@lru_cache(maxsize=1024)  # few days for many records
def day(iso: str) -> str:
    """Write a stored date out, or the words that stand for one."""
    return long_date(printable(iso)) if iso else ""


def paragraph(record: Record) -> str:
    """Name the paragraph of Schedule 12A that keeps a record from the public."""
    return named_paragraph(record.exempt_paragraph)


def named_paragraph(kept: str) -> str:
    """Write what a record keeps as its paragraph: a number, or the words that stand for one."""
    stated = one_line(kept) or _NO_PARAGRAPH
    return f"paragraph {stated}" if exempt.is_paragraph(stated) else stated


def acceptance(record: Record) -> str:
    """Say what the executive answered and when, or nothing where it did not."""
    if not record.acceptance:
        return ""
    return ", ".join(filter(None, (record.acceptance.words, one_line(day(record.acceptance_on)))))


def slippage(record: Record) -> str:
    """Say what the first due date was and how often it moved, or nothing where it never did."""
    return slippage_of(extensions(record))


def slippage_of(moves: Sequence[Extension]) -> str:
    """Say it of extensions that are at hand."""
    if not moves:
        return ""
    times = _TIMES.get(len(moves), f"{len(moves)} times")
    return f"{FIRST_DUE}{one_line(day(moves[0].before))}, moved {times}"
