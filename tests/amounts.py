"""How often a test repeats what it does."""

import os

THOROUGH = bool(os.environ.get("CPCTRACK_THOROUGH"))


def times(full: int, few: int) -> int:
    """Give the number that the gate repeats (with ``CPCTRACK_THOROUGH=1``), or else a few."""
    return full if THOROUGH else few
