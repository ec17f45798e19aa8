"""All numbers of a scenario at once: uncertain ones as rows of draws, certain ones as constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sroi.model.copula import Copula
from sroi.model.distributions import Certain, Distribution

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Quantities:
    """Distributions by path, in a fixed order; `rows` numbers the uncertain ones."""

    distributions: dict[str, Distribution]
    copula: Copula
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def uncertain(self) -> list[str]:
        """Paths of the uncertain quantities, in the order of their rows."""
        return list(self.rows)

    def at(self, unit: Array) -> Values:
        """Values at points of the unit cube (row, draw)."""
        bound = self.copula.bind(unit)
        drawn = {path: self.distributions[path].ppf(bound[row]) for path, row in self.rows.items()}
        return Values(self, drawn, unit.shape[1])

    def centre(self, changed: Mapping[str, float] | None = None) -> Values:
        """One draw in which every quantity has its central value, save those that are changed."""
        drawn = {path: np.array([self.distributions[path].centre]) for path in self.rows}
        drawn |= {path: np.array([value]) for path, value in (changed or {}).items()}
        return Values(self, drawn, 1)


def quantities(distributions: dict[str, Distribution], copula: Copula) -> Quantities:
    """Number the uncertain quantities in the order in which they come."""
    uncertain = [path for path, d in distributions.items() if not isinstance(d, Certain)]
    return Quantities(distributions, copula, {path: row for row, path in enumerate(uncertain)})


@dataclass(frozen=True)
class Values:
    """What every quantity is, in each of a number of draws."""

    source: Quantities
    drawn: dict[str, Array]
    draws: int

    def __getitem__(self, path: str) -> Array | float:
        """An array (draw), or one number where it is the same in every draw."""
        if path in self.drawn:
            return self.drawn[path]
        return self.source.distributions[path].centre

    def part(self, start: int, stop: int) -> Values:
        """The draws from `start` up to `stop`."""
        drawn = {path: draws[start:stop] for path, draws in self.drawn.items()}
        return Values(self.source, drawn, stop - start)
