"""A table of actions that is given for minutes: it is for the import to read."""

from collections.abc import Sequence
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import registry
from cpctrack.reading.base import RawTable, Row
from cpctrack.reading.content import form_of, read_bytes
from cpctrack.reading.lines import Line
from cpctrack.tables import lookalikes
from cpctrack.tables.log import Log, log_of

# A list of actions at the end of minutes has none of these columns; who keeps a log has one.
_OF_A_LOG = frozenset(
    {"response", "follow_up", "status", "achieved", "rag", "percent", "completed_on"}
)
_SHARE = 0.5  # of the document's letters, those in the rows of the log
_SHEETS = (".csv", ".tsv", ".tab")


def refuse_table(path: Path, lines: Sequence[Line]) -> None:
    """Raise `ImportRefusedError` for a document that is a table of actions, naming the import."""
    form = form_of(read_bytes(path), path)
    is_text = form == "text"
    log = _log(path, lines, is_text=is_text)
    if log is None:
        return
    letters = sum(len(line.text) for line in lines)
    cells = [
        cell for entry in log.entries for cell in (*entry.cells.values(), *entry.others.values())
    ]
    in_log = sum(map(len, (*cells, *log.headers.values(), *log.unrecognised)))
    of_meetings = "meeting" in log.headers.get("meeting_date", "").casefold()
    of_a_log = of_meetings or not _OF_A_LOG.isdisjoint(log.headers)
    is_log = of_a_log and in_log > _SHARE * letters
    if path.suffix.lower() in _SHEETS or (
        is_log and not lookalikes.is_minutes("\n".join(line.text for line in lines))
    ):
        how = "" if is_text or form == "html" else "save it as a web page or a workbook, and "
        raise ImportRefusedError(
            f"{path} is a table of actions, not minutes; {how}“cpctrack import” takes it in."
        )


def _log(path: Path, lines: Sequence[Line], *, is_text: bool) -> Log | None:
    rows = tuple(Row(line.number, line.cells) for line in lines if line.cells)
    try:
        return log_of(registry.read_tables(path) if is_text else [RawTable(rows)], path.name)
    except ImportRefusedError:
        return None
