"""The scorer: what each feature weighs, and what a statement's features come to.

A plain linear scorer. `benchmarks/train.py` makes its weights; nothing is random here.
"""

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Weights(NamedTuple):
    """What each feature weighs, in hundredths."""

    features: Mapping[str, int]

    def score(self, features: Iterable[str], own: Mapping[str, float] = {}) -> float:
        """Say how sure it is that a statement is an action, 0 to 1.

        `own` are what a committee's habits add to the weights.
        """
        total = sum(self.features.get(one, 0) / 100 + own.get(one, 0.0) for one in features)
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))

    def heaviest(
        self, features: Iterable[str], own: Mapping[str, float] = {}
    ) -> list[tuple[str, float]]:
        """Give features with what they weigh, those that decide most first."""
        weighed = ((one, self.features.get(one, 0) / 100 + own.get(one, 0.0)) for one in features)
        return sorted(
            (pair for pair in weighed if pair[1]), key=lambda pair: (-abs(pair[1]), pair[0])
        )


@cache
def trained() -> Weights:
    """Read the weights that come with the package."""
    data = json.loads(files("cpctrack.minutes").joinpath("weights.json").read_text("utf-8"))
    return Weights(data["action"])
