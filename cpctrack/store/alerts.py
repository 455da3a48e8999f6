"""Telling whoever runs a command what the store was found to hold, wherever it was read."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar

from cpctrack.records.model import Conflict

ON_CONFLICTS: ContextVar[Callable[[Sequence[Conflict]], None]] = ContextVar(
    "ON_CONFLICTS", default=lambda _: None
)
"""Who is told when a store is read in which conflicts stand."""


def in_words(conflicts: Sequence[Conflict]) -> str:
    """Say how many conflicts wait for somebody to settle them."""
    if len(conflicts) == 1:
        return "A merge has left 1 conflict"
    return f"A merge has left {len(conflicts)} conflicts"
