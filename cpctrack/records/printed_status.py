"""What a printed cell says of an action where it is a status, perhaps dated, and no more."""

import re
from collections.abc import Mapping

from cpctrack.dates import find_date
from cpctrack.records.model import Status
from cpctrack.text import fold

_STATUSES: Mapping[str, Status] = {
    word: status
    for status, words in {
        Status.OPEN: (
            "open", "not started", "not yet started", "not due", "not yet due", "outstanding",
            "pending", "to do", "not complete", "not completed", "not yet complete", "incomplete",
            "overdue", "new", "not achieved", "awaiting update",
        ),
        Status.IN_PROGRESS: (
            "in progress", "underway", "under way", "in hand", "started", "in train", "on track",
            "on target", "partly complete", "partly completed", "partially complete",
            "partially completed", "part complete", "partly achieved", "partially achieved",
            "work in progress",
        ),
        Status.ONGOING: ("ongoing", "on going", "continuing", "continuous"),
        Status.PROPOSED: (
            "proposed for closure", "proposed", "propose closure", "propose to close",
            "recommended for closure", "for closure", "to be closed", "suggest closure",
        ),
        Status.COMPLETED: (
            "complete", "completed", "done", "closed", "achieved", "actioned", "finished",
            "discharged", "implemented",
        ),
        Status.DEFERRED: (
            "deferred", "on hold", "paused", "postponed", "rolled over", "carried forward",
            "carried over", "rolled forward",
        ),
        Status.NOT_PROCEEDING: (
            "not proceeding", "no longer feasible", "not feasible", "rejected", "withdrawn",
            "cancelled", "abandoned", "not agreed", "declined", "no longer required",
        ),
        Status.SUPERSEDED: ("superseded", "replaced", "overtaken by events"),
        Status.NO_FOLLOW_UP: (
            "n a", "na", "not applicable", "none", "none required", "no follow up",
            "no follow up needed", "no follow up required", "no further action",
            "no further action required", "no action required",
        ),
    }.items()
    for word in words
}  # fmt: skip
# “Yes” answers what the header asks, so each column reads it its own way.
_ANSWERS: Mapping[str, Mapping[str, Status]] = {
    "follow_up": {"yes": Status.OPEN, "y": Status.OPEN,
                  "no": Status.NO_FOLLOW_UP, "n": Status.NO_FOLLOW_UP},
    "achieved": {"yes": Status.COMPLETED, "y": Status.COMPLETED, "no": Status.OPEN,
                 "n": Status.OPEN, "partly": Status.IN_PROGRESS, "partially": Status.IN_PROGRESS,
                 "part": Status.IN_PROGRESS},
}  # fmt: skip
_WITH_DATE = re.compile(
    r"(?P<status>[a-z][a-z -]*?)[ :,(–-]+(?:on |in )?(?P<date>(?:[a-z]+ )?\d[^()]*?)\)?\.?",
    re.ASCII,
)
_NOT_IN_WORDS = re.compile(r"[^a-z]+")
_LONGEST = 80  # characters: more is a sentence


def stated(cell: str, column: str = "follow_up") -> tuple[Status | None, str]:
    """Give the status that is all a cell says, and the ISO day beside it; else None.

    `column` is ``follow_up``, ``status`` or ``achieved``: what “yes” and “no” answer.
    """
    text = fold(cell)
    if len(text) > _LONGEST or "?" in text:
        return None, ""
    words = {**_STATUSES, **_ANSWERS.get(column, {})}
    if not any(letter.isdecimal() for letter in text):
        return words.get(_words(text)), ""
    match = _WITH_DATE.fullmatch(text)
    day = find_date(match["date"]) if match else None
    return (words.get(_words(match["status"])), day.isoformat()) if match and day else (None, "")


def _words(text: str) -> str:
    return _NOT_IN_WORDS.sub(" ", text).strip()
