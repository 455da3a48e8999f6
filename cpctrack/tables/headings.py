"""What the heading of a column means."""

import re
from collections.abc import Mapping
from functools import lru_cache

from cpctrack.text import fold

# Names are written as `key` leaves a header: lower case, singular, no punctuation.
NAMES: Mapping[str, tuple[str, ...]] = {
    "ref": (
        "ref", "reference", "ref no", "reference no", "reference number", "action ref",
        "action reference", "action no", "action number", "action id", "minute no",
        "minute number", "minute ref", "minute", "decision no", "decision number", "index", "id",
        "no", "number",
    ),
    "meeting_type": (
        "meeting type", "type of meeting", "formal informal", "formal or informal",
    ),
    "meeting_date": (
        "meeting date", "date of meeting", "committee date", "date added", "date raised",
        "date agreed", "date", "meeting", "agreed at",
    ),
    "item": (
        "item", "agenda item", "relevant item", "item title", "item no", "agenda item no",
        "report title", "report", "paper", "subject", "source", "origin",
    ),
    "recommendation": ("recommendation",),
    "action": (
        "action", "action item", "action required", "action agreed", "agreed action",
        "what need to happen", "outstanding action", "action point", "action recommendation",
        "motion resolution", "resolution", "motion",
        "action or recommendation",
    ),
    "referrer": ("referrer", "raised by", "requested by"),
    "owner": (
        "referred to", "owner", "action owner", "lead", "lead officer", "responsible person",
        "person responsible", "responsibility", "responsible", "responsible officer",
        "officer responsible", "contact officer", "by whom", "who", "officer", "assigned to",
        "councillor",
    ),
    "due": (
        "due date", "due", "due by", "by when", "target date", "deadline", "deadline date",
        "timescale", "expected completion date", "expected completion", "target completion date",
        "when",
    ),
    "revised_due": (
        "revised date", "revised due date", "revised deadline", "revised target date", "new date",
        "new due date", "new deadline",
    ),
    "response": (
        "response outcome", "response", "outcome", "progress", "progress update", "update",
        "action taken", "comment", "latest update", "update comment", "note",
    ),
    "follow_up": (
        "need follow up", "follow up", "follow up needed", "follow up required",
    ),
    "status": ("status", "current status", "action status", "progress status", "state"),
    "achieved": ("achieved", "complete", "done", "action completed", "complete y n"),
    "rag": ("rag", "brag", "rag status", "rag rating", "brag status", "brag rating"),
    "percent": ("% complete", "percent complete", "% completed", "percentage complete", "%"),
    "completed_on": (
        "date completed", "completed on", "completion date", "actual completion date",
        "actual completion", "date closed", "closed on", "completed",
    ),
    "exempt": (
        "exempt paragraph", "exempt", "exemption", "exempt y n", "exempt reason",
        "exempt or public",
        "public or exempt", "public exempt", "not for publication", "confidential",
        "confidential y n", "private", "restricted",
    ),
}  # fmt: skip

RANKS: Mapping[str, tuple[str, int]] = {
    name: (meaning, rank) for meaning, names in NAMES.items() for rank, name in enumerate(names)
}
_NOT_IN_KEY = re.compile(r"[^a-z0-9%]+")
_PLURAL = re.compile(r"(?<=[a-z][a-rt-z])(?<!u)s\b")
_IN_BRACKETS = re.compile(r"\([^()]{2,}\)")


@lru_cache(maxsize=4096)  # the same few words stand in thousands of rows
def key(header: str) -> str:
    """Reduce a header to what its spellings share: “Action(s):” and “ACTION” are one."""
    flat = fold(header).replace("(s)", "s")
    flat = " ".join(_NOT_IN_KEY.sub(" ", _IN_BRACKETS.sub(" ", flat)).split())
    return _PLURAL.sub("", flat)
