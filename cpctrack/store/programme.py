"""What comes to a meeting and is no action: rows of the store's table ``programme``. Pure.

`docs/store.md` describes each field. A row's id is made of what it is about, so that two clones
that take one work programme in add the same rows.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cpctrack.dates import is_iso
from cpctrack.records.model import NOTHING, exempt_flags
from cpctrack.store.codec import Document, Row, extra_of
from cpctrack.text import fold

TABLE = "programme"

_TEXTS = ("meeting", "when", "title", "contact", "purpose", "exempt_paragraph", "source")
_KNOWN = frozenset(_TEXTS)
_DIGITS = 12
_NO_DAY = "no-date"


class Report(NamedTuple):
    """A report, or whatever else a work programme says will come to a meeting.

    `meeting` is its day (ISO); where there is none, `when` is what stands in its place, if
    anything does. `contact` is who answers for it, `source` the file and line it was read from.
    """

    meeting: str
    title: str
    when: str = ""
    contact: str = ""
    purpose: str = ""
    exempt_paragraph: str = ""
    source: str = ""
    extra: Mapping[str, object] = NOTHING

    @property
    def id(self) -> str:
        """The row's id: its meeting, and twelve digits of its title's SHA-256."""
        from hashlib import sha256

        digest = sha256(fold(f"{self.when}\n{self.title}").encode()).hexdigest()
        return f"{self.meeting or _NO_DAY}-{digest[:_DIGITS]}"

    @property
    def exempt(self) -> bool:
        """Whether the public must not read of it; an unknown field about that counts as a yes."""
        return bool(self.exempt_paragraph or exempt_flags(self.extra))

    @property
    def row(self) -> Row:
        """The row; what it has nothing of is left out."""
        told = {name: text for name in _TEXTS if (text := getattr(self, name))}
        return {**self.extra, **told}


def is_sound(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is as a report is written."""
    texts = [row.get(name, "") for name in _TEXTS]
    if not all(isinstance(text, str) for text in texts):
        return False
    return bool(row.get("title", "").strip()) and (not texts[0] or is_iso(texts[0]))


def read(document: Document) -> dict[str, Report]:
    """Read the reports by their ids; rows that are not sound are passed over, for `check` to tell.

    Raises `StoreError` for what could be read and not be written again.
    """
    return {
        row_id: Report(**{name: row.get(name, "") for name in _TEXTS}, extra=extra_of(row, _KNOWN))
        for row_id, row in document.get(TABLE, {}).items()
        if is_sound(row)
    }
