"""What the ratio would have been had other neighbourhoods had the pilot.

Every way to hand the starts out over the neighbourhoods is tried up to `MOST`, or else `BY_LOT`. An
effect δ is possible as long as what is left without it is nothing unusual among them; the band is
all such effects (Rosenbaum 2002, Observational Studies, § 2.4). The statistic is one step of the
Poisson regression from the fit that holds if the effect is δ, so that a city is fitted once for
each δ and not once for every way to hand out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from sroi.model.pilot.panel import NEVER, Array, Whole, treated
from sroi.model.pilot.poisson import fit

MOST, BY_LOT = 1_000, 400
FARTHEST, STEPS = 3.0, 14  # of a logarithm: a ratio of 1 : 20; halvings of the way to an end
SAME = 1e-9


def handed_out(start: Whole, seed: int = 1) -> Whole:
    """The starts over the neighbourhoods in all ways (way, neighbourhood), as it was first."""
    pilots = start[start != NEVER]
    n, k = len(start), len(pilots)
    same = len(set(pilots.tolist())) == 1
    if same and comb(n, k) <= MOST:
        ways = np.full((comb(n, k), n), NEVER)
        for row, chosen in enumerate(combinations(range(n), k)):
            ways[row, list(chosen)] = pilots[0]
        own = (ways == start).all(axis=1)
        return np.concatenate([ways[own], ways[~own]])
    generator = np.random.default_rng(seed)
    others = np.stack([generator.permutation(start) for _ in range(BY_LOT - 1)])
    return np.concatenate([start[None], others])


def least_p(ways: Whole) -> float:
    """The smallest chance that so many ways can give: an effect and its mirror are as far."""
    distinct = len(np.unique(ways, axis=0))
    half = 2 * int((ways[0] != NEVER).sum()) == ways.shape[1]
    return (2 if half else 1) / distinct


def chance(
    counts: Array, at_risk: Array, ways: Whole, growing: int, left_out: NDArray[np.bool_],
    effect: float = 0.0, which: int = 0,
) -> float:  # fmt: skip
    """Share of the ways that gives at least so much beyond an `effect` (of a logarithm)."""
    columns = treated(ways, counts.shape[1], growing)
    own = columns[0]
    others = np.delete(own, which, axis=0)
    found = fit(counts, at_risk * np.exp(effect * own[which]), others, left_out)
    cells, mean = found.cells, found.mean[found.cells]
    root = np.sqrt(mean)
    nuisance = found.design[:, len(others) :] * root[:, None]
    basis = np.linalg.qr(nuisance)[0]
    rest = (counts[cells] - mean) / root
    shifted = columns[:, :, cells] * root
    shifted = shifted - (shifted @ basis) @ basis.T
    inner = shifted @ shifted.transpose(0, 2, 1)
    found_by_way = np.linalg.pinv(inner, hermitian=True) @ (shifted @ rest)[..., None]
    sizes = np.abs(found_by_way[:, which, 0])
    return float((sizes >= sizes[0] - SAME).mean())


def widened(
    p_of: Callable[[float], float], ends: tuple[float, float], level: float = 0.95
) -> tuple[float, float]:
    """A band with its ends moved out as far as effects are not unusual; `p_of` gives the chance of
    each. An end beyond which nothing is unusual is infinite."""

    def moved(end: float, way: int) -> float:
        if p_of(end) <= 1 - level:
            return end
        inside, outside = end, end + way * FARTHEST
        if p_of(outside) > 1 - level:
            return way * np.inf
        for _ in range(STEPS):
            middle = (inside + outside) / 2
            if p_of(middle) > 1 - level:
                inside = middle
            else:
                outside = middle
        return outside

    return moved(ends[0], -1), moved(ends[1], 1)
