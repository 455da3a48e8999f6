"""What was changed in a record, in the words of a clerk: due 12 Jun → 11 Sep 2024."""

from collections.abc import Iterable

from cpctrack.dates import find_date, short_date
from cpctrack.records.model import FIELDS, Change, Status, words_of
from cpctrack.text import one_line, shorten

_SAID_BY = {"due": "due_text", "owner_text": "owners"}  # the field that says it as well
_LABELS = {each.name: each.label for each in FIELDS}
_STATUSES = {"": Status.OPEN.words, **{each.value: each.words for each in Status}}
_YEAR = 5  # letters of “ 2024”
_LONGEST = 60


def once(changes: Iterable[Change]) -> list[Change]:
    """Leave out what another of these changes says as well."""
    told = {change.what: change for change in changes}
    return [each for each in told.values() if _SAID_BY.get(each.what) not in told]


def label(field: str) -> str:
    """Name a field as what stands before it in print, within a sentence: referred to."""
    named = _LABELS.get(_SAID_BY.get(field, field)) or words_of(field)
    return named[:1].lower() + named[1:]


def in_short(change: Change) -> str:
    """Say how a due date or a status changed: To do → Under way; nothing of another field."""
    before, after = str(change.before), str(change.after)
    if change.what == "status":
        return " → ".join(_STATUSES.get(each, one_line(each)) for each in (before, after))
    if change.what not in ("due", "due_text"):
        return ""
    old, new = (
        short_date(day.isoformat()) if (day := find_date(text)) else shorten(text, _LONGEST)
        for text in (before, after)
    )
    if not new:
        return "no longer due"
    same_year = old[-_YEAR:] == new[-_YEAR:]
    return f"due {old[:-_YEAR] if same_year else old} → {new}" if old else f"due {new}"
