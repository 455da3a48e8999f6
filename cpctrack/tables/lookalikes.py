"""What looks like an action log and is none, each told by the words it is made of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cpctrack.labels import PROGRAMME_COLUMNS, PROGRESS_COLUMNS
from cpctrack.tables.columns import HOW_FAR, Columns
from cpctrack.tables.grid import Grid
from cpctrack.tables.headings import claims, key

_LOOK_AT = 60  # rows of a table
_LONGEST = 60  # characters of a cell that may be a label
_PROGRAMME = re.compile(r"\b(?:work|forward)\b.{0,12}\b(?:programme|program|plan)\b", re.IGNORECASE)

PROGRAMME = (
    "a work programme (what comes to which meeting), not a log of actions; “cpctrack meetings "
    "import FILE” brings it in"
)
"""The reason why a work programme is refused."""

_REPORT = (
    "a progress report for reading, with several things in a cell; bring in the full table, or a "
    "spreadsheet of the report (“cpctrack appendix --view progress -o report.xlsx”)"
)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A kind of table that has so many of these words alone in a cell.

    `least` are enough where no column gives actions, `least_with_actions` where one does; 0 says
    that no number is.
    """

    reason: str
    words: frozenset[str]
    least: int
    least_with_actions: int


_KINDS: Sequence[Lookalike] = (
    Lookalike(
        "a scorecard of performance measures, not a log of actions",
        frozenset((
            "indicator", "kpi", "pi", "measure", "performance measure", "performance indicator",
            "target", "actual", "outturn", "baseline", "direction of travel", "benchmark",
            "numerator", "denominator", "england average", "national average", "trend",
            "statistical neighbour", "year to date", "variance", "polarity", "q1", "q2", "q3",
            "q4", "rag",
        )),
        least=2,
        least_with_actions=3,
    ),
    Lookalike(
        "the front sheet of a report, not a log of actions",
        frozenset((
            "recommendation", "deadline date", "report of", "from", "purpose of report",
            "cabinet member responsible", "reason for recommendation", "consultation",
            "alternative option considered", "ward affected", "implication", "appendice",
            "legal implication", "financial implication", "background document",
            "key decision",
        )),
        least=2,
        least_with_actions=3,
    ),
    Lookalike(
        PROGRAMME,
        frozenset((
            "priority", "topic", "scope", "purpose", "expected outcome", "indicative timing",
            "type of scrutiny", "key line of enquiry", "link to priority", "witness", "item",
            "agenda item", "contact officer", "lead officer", "report author",
            "decision to be taken", "decision maker", "date of decision", "decision due",
        )),
        least=2,
        least_with_actions=0,
    ),
)  # fmt: skip


def find_lookalike(tables: Iterable[Grid], logs: Sequence[Columns] = ()) -> str:
    """Say what these tables are instead of an action log, or nothing.

    What a header says of actions speaks against it: tables with a column of actions are taken for
    something else only on more evidence, and less so where they say who and how far.
    """
    tables = list(tables)
    if any(_has_header(table, PROGRESS_COLUMNS) for table in tables):
        return _REPORT
    cells = (cell for each in tables for row in each.rows[:_LOOK_AT] for cell in row.cells)
    # “Deadline date: 3 June” is a label and what belongs to it.
    labels = (cell.partition(":")[0] for cell in cells)
    words = {key(label) for label in labels if len(label) < _LONGEST}
    for log in logs:
        words -= {key(log.header[index]) for index in log.columns.values()}
    is_kept = any("owner" in log.columns and not HOW_FAR.isdisjoint(log.columns) for log in logs)
    for kind in _KINDS:
        least = kind.least_with_actions + is_kept if logs else kind.least
        if (kind.least_with_actions or not logs) and len(words & kind.words) >= least:
            return kind.reason
    return ""


def is_programme(table: Grid, header: tuple[int, int, Columns]) -> bool:
    """Tell what comes to a meeting: a table that is headed as a programme and names no action."""
    start, _, columns = header
    titles = [*table.above[-2:], *(cell for row in table.rows[:start] for cell in row.cells)]
    return is_headed(titles) and not names_action(columns)


def names_action(columns: Columns) -> bool:
    """Tell whether the heading of the texts says action, and not only that they are the longest."""
    heading = columns.header[columns.columns[columns.text]]
    return any(claim.meaning == "action" for claim, *_ in claims(heading))


def is_own_programme(table: Grid) -> bool:
    """Tell the work programme that cpctrack prints, in which the tracked actions stand."""
    return _has_header(table, PROGRAMME_COLUMNS)


def _has_header(table: Grid, columns: Mapping[str, str]) -> bool:
    return any({*columns.values()}.issubset(row.cells) for row in table.rows[:_LOOK_AT])


def is_headed(titles: Iterable[str]) -> bool:
    """Tell whether titles name a work programme or forward plan."""
    return any(map(_PROGRAMME.search, titles))


# What minutes have at the beginning of a line; of a web page, of an element.
_IN_MINUTES = (
    r"(?:draft |unconfirmed )?minutes\b",
    r"(?:present|in attendance|attendees|attending)\b",
    r"(?:\d+[.)]? )?apolog(?:y|ies)\b",
    r"(?:agreed|resolved|recommended|action agreed|agreed actions?|actions?:)",
)
_LEAST_SIGNS = 2
_AT_START = r"(?im)(?:^|>)[ \t#*_|-]*"


def is_minutes(text: str) -> bool:
    """Tell the text of minutes, by what stands at the beginning of its lines."""
    found = (re.search(_AT_START + sign, text) for sign in _IN_MINUTES)
    return sum(map(bool, found)) >= _LEAST_SIGNS


def is_minute_table(table: Grid, layout: Columns) -> bool:
    """Tell minutes that are set as a table: under “Minute” stands no number but what was said."""
    at = layout.columns.get("ref", -1)
    return key(layout.header[at]) == "minute" and any(
        len(row.cells[at]) > _LONGEST for row in table.rows if at < len(row.cells)
    )
