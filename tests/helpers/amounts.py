"""How often a test repeats what it does."""

import os
from typing import TypeVar

THOROUGH = bool(os.environ.get("CPCTRACK_THOROUGH"))
Amount = TypeVar("Amount")


def times(full: Amount, few: Amount) -> Amount:
    """Give what the gate does, with ``CPCTRACK_THOROUGH=1`` set, or else the little that shows."""
    return full if THOROUGH else few
