"""The ratio that a pilot changed: difference in differences of rates, and two bands around it.

The wider of two bands counts: that of errors by neighbourhood (`few_clusters`), and that of all the
ways in which the pilot could have been handed out (`permutation`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sroi.model.pilot import permutation
from sroi.model.pilot.few_clusters import Clustered, clustered
from sroi.model.pilot.panel import Array, Panel, expected, treated
from sroi.model.pilot.poisson import fit
from sroi.model.pilot.suppressed import joined, tables

LEVEL = 0.95


@dataclass(frozen=True)
class Ratio:
    """A ratio of rates with its 95 % band.

    `clustered`: of the logarithm, with the errors by neighbourhood. `p`: the larger of the chances
    of such a ratio where there is nothing; `handed_out`: that by permutation, None where it was not
    asked or there are too few ways; `widened`: whether the band is that of the permutation.
    """

    ratio: float
    low: float
    high: float
    p: float
    clustered: Clustered
    handed_out: float | None
    widened: bool

    @property
    def is_effect(self) -> bool:
        """Whether a ratio of 1 lies outside the band."""
        return self.low > 1 or self.high < 1


@dataclass(frozen=True)
class Estimate:
    """The ratio at full strength, and in each of the first quarters.

    `dispersion`: how many times the variance is its mean; `counts`, `base` (neighbourhood,
    quarter): events, hidden ones as they are drawn on average, and how many of them there would be
    at the rates of the whole city.
    """

    full: Ratio
    first: tuple[Ratio, ...]
    dispersion: float
    counts: Array
    base: Array


def estimate(panel: Panel, growing: int, seed: int = 1, handed_out: bool = True) -> Estimate:
    """All of it. `growing`: quarters since the start that count by themselves."""
    columns = treated(panel.start, panel.quarters, growing)
    drawn = list(tables(panel, growing, seed))
    sums = [(counts.sum(axis=0), expected(panel, counts).sum(axis=0)) for counts in drawn]
    fits = [fit(counts, base, columns, panel.left_out) for counts, base in sums]
    both = [(found, counts) for found, (counts, _) in zip(fits, sums, strict=True)]
    counts, base = (np.mean([one[k] for one in sums], axis=0) for k in range(2))
    whole = [
        joined([clustered(found, y, which) for found, y in both]) for which in range(growing + 1)
    ]
    ways = permutation.handed_out(panel.start, seed)
    enough = handed_out and permutation.least_p(ways) <= 1 - LEVEL

    def p_of(effect: float) -> float:
        return permutation.chance(counts, base, ways, growing, panel.left_out, effect)

    ratios = [_ratio(whole[0], p_of if enough else None), *(_ratio(one) for one in whole[1:])]
    dispersion = float(np.mean([found.dispersion for found in fits]))
    return Estimate(ratios[0], tuple(ratios[1:]), dispersion, counts, base)


def _ratio(found: Clustered, p_of: Callable[[float], float] | None = None) -> Ratio:
    """A ratio with the wider of its bands; those of the first quarters have one only."""
    ends, p, other = found.band(LEVEL), found.p, None
    if p_of is not None:
        other = p_of(0.0)
        ends, p = permutation.widened(p_of, ends, LEVEL), max(p, other)
    widened = ends != found.band(LEVEL)
    with np.errstate(over="ignore"):
        low, high = (float(np.exp(end)) for end in ends)
    return Ratio(float(np.exp(found.effect)), low, high, p, found, other, widened)
