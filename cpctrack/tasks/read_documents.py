"""Reading a document for the import of a table of actions, or as the minutes of a meeting.

What is given to the one and is for the other is refused, and the other named.
"""

from collections.abc import Callable
from pathlib import Path

from cpctrack.errors import CpctrackError, ImportRefusedError
from cpctrack.reading import calendars, decode, registry
from cpctrack.reading.calendars import Event
from cpctrack.reading.document import Document
from cpctrack.reading.lines import Line, lines_of
from cpctrack.tables import lookalikes
from cpctrack.tables.columns import count_known
from cpctrack.tables.log import Log, log_of, named_minutes
from cpctrack.tables.problems import ProblemsError

_MAY_BE_MINUTES = frozenset({".docx", ".docm", ".odt", ".pdf", ".txt", ".md", ".htm", ".html"})
_SHEETS = frozenset({"csv", "tsv", "xlsx", "ods"})
_OFFICE = frozenset({"docx", "odt", "pdf"})  # what minutes are written in, and sent as
# A list of actions at the end of minutes has none of these columns; who keeps a log has one.
_OF_A_LOG = frozenset(
    {"response", "follow_up", "status", "achieved", "rag", "percent", "completed_on"}
)
_HEAD = 64
DATES = decode.Purpose(
    "the file the dates of meetings are in",
    10 * 1024 * 1024,
    "which no list of meetings is; name the right file",
    "save it again",
    "which dates can't be read from; save it as .docx, .pdf, .html, .md, .txt, .xlsx or .ics",
)
_SHARE = 0.5  # of the document's letters, those in the rows of the log


def read_log(
    path: Path, format_: str | None = None, look: Callable[[Document], Log] = log_of
) -> Log:
    """Read the action log in a file; raises `ImportRefusedError` with the reason it has none."""
    document = None
    try:
        document = registry.read(path, registry.TABLES._replace(known=count_known), format_)
        log = look(document)
    except ProblemsError:
        raise
    except ImportRefusedError as error:
        if _reads_like_minutes(path, document):
            raise named_minutes(path.name) from error
        told = str(error).removesuffix(".")
        if path.suffix.lower() not in _MAY_BE_MINUTES or "“cpctrack" in told:
            raise
        raise ImportRefusedError(f"{told}; minutes are read with “cpctrack minutes”.") from error
    if document.form in _OFFICE:
        text = _text(lines_of(document))
        if lookalikes.is_minutes(text) and not _fills(log, text):
            raise named_minutes(path.name)
    return log


def read_minutes(path: Path) -> list[Line]:
    """Read the lines of minutes.

    Raises `ImportRefusedError` for what can't be read, holds no text or is a table of actions.
    """
    document = registry.read(path, registry.MINUTES)
    lines = lines_of(document)
    text = _text(lines)
    if not text.strip():
        raise ImportRefusedError(f"{path} holds no text; name {registry.MINUTES.file}.")
    is_sheet = document.form in _SHEETS
    if not is_sheet and lookalikes.is_minutes(text):
        return lines
    log = _log_in(path, document)
    if log and (is_sheet or _fills(log, text)):
        raise ImportRefusedError(
            f"{path} is a table of actions, not minutes; “cpctrack import” takes it in."
        )
    return lines


def read_events(path: Path) -> list[Event] | None:
    """Read the events of a calendar file (.ics), or give None where it is another document.

    Raises `ImportRefusedError` for what can't be read, a store among it.
    """
    content = decode.read_bytes(path, DATES)
    begins = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"{") and not begins.startswith(b"{\\rtf"):
        raise ImportRefusedError(f"{path} is data of a program; name {DATES.file}.")
    named = path.suffix.lower() == ".ics"
    if not (named or calendars.is_calendar(content[:_HEAD].decode("latin-1"))):
        return None
    text = decode.to_text(content, path, DATES)
    if not calendars.is_calendar(text):
        raise ImportRefusedError(f"{path} is no calendar file; export it as iCalendar again.")
    return calendars.events_of(text)


def read_listing(path: Path) -> Document:
    """Read a document in which dates of meetings stand.

    Raises `ImportRefusedError` for what can't be read, and for minutes and tables of actions, which
    have dates of other things.
    """
    document = registry.read(path, DATES)
    text = _text(lines_of(document))
    is_sheet = document.form in _SHEETS
    if not is_sheet and lookalikes.is_minutes(text):
        raise ImportRefusedError(f"{path} is minutes; “cpctrack minutes” reads them.")
    log = _log_in(path, document)
    if log and (is_sheet or _fills(log, text)):
        raise ImportRefusedError(f"{path} is a table of actions; “cpctrack import” takes it in.")
    return document


def _log_in(path: Path, document: Document) -> Log | None:
    """Give the log of actions in a document that was read for something else, if it has one."""
    try:
        if document.form == "text":
            document = registry.read(path, registry.TABLES._replace(known=count_known))
        return log_of(document)
    except ImportRefusedError:
        return None


def _reads_like_minutes(path: Path, document: Document | None) -> bool:
    if document is None or document.form in _SHEETS:
        try:
            document = registry.read(path, registry.MINUTES)
        except CpctrackError:
            return False
    return lookalikes.is_minutes(_text(lines_of(document)))


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _fills(log: Log, text: str) -> bool:
    """Tell whether a document is a log, and not minutes with a list of actions."""
    of_meetings = "meeting" in log.headers.get("meeting_date", "").casefold()
    cells = [
        cell for entry in log.entries for cell in (*entry.cells.values(), *entry.others.values())
    ]
    in_log = sum(map(len, (*cells, *log.headers.values(), *log.unrecognised)))
    of_a_log = of_meetings or not _OF_A_LOG.isdisjoint(log.headers)
    return of_a_log and in_log > _SHARE * len(text.replace("\n", ""))
