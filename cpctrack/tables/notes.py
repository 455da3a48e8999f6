"""What is said of how a table was read, where a plain table would not have needed it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from cpctrack.labels import GROUP
from cpctrack.tables.around import of_group
from cpctrack.tables.columns import Columns
from cpctrack.tables.entries import Entry
from cpctrack.tables.layout import MEANINGS
from cpctrack.tables.status import colour_of
from cpctrack.text import counted, one_line

_WORDS = {meaning: words for words, meaning in MEANINGS.items() if meaning}
_WORDS["meeting_date"] = "meeting"
_GUESSED = "The columns were told by where the letters stand; compare some rows with the file."


def notes_of(
    tables: Sequence[tuple[Columns, Sequence[Entry]]], *, guessed: bool, month_first: int
) -> tuple[str, ...]:
    """Say in a sentence each what rows took from around them, and what no words told.

    `guessed` says that columns were told by where the letters of a page stand, `month_first` in
    how many rows dates were read so.
    """
    found: Counter[tuple[str, str]] = Counter()
    for columns, entries in tables:
        for group, rows in groupby(entries, lambda entry: entry.others.get(GROUP, "")):
            below = list(rows)
            # What the rows say themselves, too, is said only once more above them.
            is_news = group and group not in below[0].cells.values()
            said = of_group(group, columns) if is_news else {}
            if said:
                words = " and ".join(_WORDS[meaning] for meaning in said)
                found["", f"over others gave their {words}."] += 1
            found.update(about for entry in below for about in _of_entry(entry, {*said}))
    if month_first:
        found["The month was read first in the dates of", "."] = month_first
    notes = (
        f"{before} {counted(number, 'row')} {after}".strip().replace(" .", ".")
        for (before, after), number in found.items()
    )
    return (*([_GUESSED] if guessed else []), *notes)


def _of_entry(entry: Entry, said: set[str]) -> Iterator[tuple[str, str]]:
    """Give what stands before and behind the number of rows of which the same is to be said.

    `said` are the meanings that the row over it gives.
    """
    for meaning in sorted(entry.given.keys() - said):
        heading = entry.headings.get(meaning)
        if heading and not entry.cells.get(meaning):
            yield f"“{one_line(heading)}” went on in", "where its cell is blank."
        elif meaning == "item" and not heading:
            yield "A heading above the table gave the item of", "."
    meeting = entry.cells.get("meeting_date") or entry.given.get("meeting_date")
    if "title_meeting_date" in entry.given and not meeting:
        yield "A title gave the meeting of", "."
    if entry.says or colour_of(entry.cells.get("rag", ""), "rag") in entry.keys:
        yield "What its colour is explained to mean gave the status of", "."
