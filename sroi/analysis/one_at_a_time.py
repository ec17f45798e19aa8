"""What one assumption does: from its 10th to its 90th percentile, the others at their centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sroi.model.engine import results_at
from sroi.model.model import Model
from sroi.model.quantities import Values

ENDS = np.array([0.1, 0.9])


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
    """One for each uncertain quantity, the largest first.

    All ends are evaluated at once: draw 2k and 2k + 1 are the ends of quantity k.
    """
    quantities = model.quantities
    paths = quantities.uncertain
    if not paths:
        return []
    ends = [quantities.distributions[path].ppf(ENDS) for path in paths]
    drawn = {path: np.full(2 * len(paths), quantities.distributions[path].centre) for path in paths}
    for number, path in enumerate(paths):
        drawn[path][2 * number : 2 * number + 2] = ends[number]
    balance = results_at(model, Values(quantities, drawn, 2 * len(paths))).balance()
    found = [
        Swing(path, *map(float, ends[k]), *map(float, balance[2 * k : 2 * k + 2]))
        for k, path in enumerate(paths)
    ]
    return sorted(found, key=lambda swing: -swing.width)
