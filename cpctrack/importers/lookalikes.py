"""Tables that look like an action log and are none, each told by the words it is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cpctrack.importers.base import RawTable
from cpctrack.importers.columns import key

_LOOK_AT = 60  # rows of a table
_LONGEST = 60  # characters of a cell that may be a label


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
        frozenset(
            {
                "indicator", "kpi", "pi", "measure", "performance measure", "performance indicator",
                "target", "actual", "outturn", "baseline", "direction of travel", "benchmark",
                "numerator", "denominator", "england average", "national average", "trend",
                "statistical neighbour", "year to date", "variance", "polarity", "q1", "q2", "q3",
                "q4", "rag",
            }
        ),
        least=2,
        least_with_actions=3,
    ),
    Lookalike(
        "the front sheet of a report, not a log of actions",
        frozenset(
            {
                "recommendation", "deadline date", "report of", "from", "purpose of report",
                "cabinet member responsible", "reason for recommendation", "consultation",
                "alternative option considered", "ward affected", "implication", "appendice",
                "legal implication", "financial implication", "background document",
                "key decision",
            }
        ),
        least=2,
        least_with_actions=3,
    ),
    Lookalike(
        "a work programme (what comes to which meeting), not a log of actions",
        frozenset(
            {
                "priority", "topic", "scope", "purpose", "expected outcome", "indicative timing",
                "type of scrutiny", "key line of enquiry", "link to priority", "witness", "item",
                "agenda item", "contact officer", "lead officer", "report author",
            }
        ),
        least=2,
        least_with_actions=0,
    ),
)  # fmt: skip


def find_lookalike(tables: Iterable[RawTable], *, with_actions: bool) -> str:
    """Say what these tables are instead of an action log, or nothing.

    A table that has a column of actions is taken for something else only on more evidence.
    """
    words = set(_labels(tables))
    for kind in _KINDS:
        least = kind.least_with_actions if with_actions else kind.least
        if least and len(words & kind.words) >= least:
            return kind.reason
    return ""


def _labels(tables: Iterable[RawTable]) -> Iterable[str]:
    for table in tables:
        for row in table.rows[:_LOOK_AT]:
            for cell in row.cells:
                # “Deadline date: 3 June” is a label and what belongs to it.
                label = cell.partition(":")[0]
                if len(label) < _LONGEST:
                    yield key(label)
