"""What one assumption does: from its 10th to its 90th percentile, the others at their centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sroi.model.engine import central
from sroi.model.model import Model


@dataclass(frozen=True)
class Swing:
    """The net present value of society at the low and at the high end of one quantity."""

    path: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the result moves."""
        return abs(self.at_high - self.at_low)


def swings(model: Model) -> list[Swing]:
    """One for each uncertain quantity, the largest first."""
    found = []
    for path in model.quantities.uncertain:
        ends = model.quantities.distributions[path].ppf(np.array([0.1, 0.9]))
        low, high = float(ends[0]), float(ends[1])
        at = [float(central(model, {path: end}).balance()[0]) for end in (low, high)]
        found.append(Swing(path, low, high, *at))
    return sorted(found, key=lambda swing: -swing.width)
