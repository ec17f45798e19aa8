"""How far people moved along, from scores of presence; and whether effects go with it.

share      mean of the neighbourhoods' means, as a part of the highest score
band       ± t(0.975, n - 1) × s ÷ √n over the n neighbourhoods, the clusters that the scores are
           of (Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials, ch. 6);
           never narrower than half a step of the scale, and within 0 to 1
agreement  κ_w = 1 - Σ w O ÷ Σ w E with w = (i - j)²: Cohen (1968), Psychological Bulletin 70
own ratio  a neighbourhood's rate after ÷ before, over that of all comparison together, with half
           an event added to each count (Anscombe 1956), as one may have none
goes with  Spearman's rank correlation, with the share of all ways to pair them that is as strong
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sroi.model.pilot.panel import Array, Panel, Whole

LEVEL = 0.95
HALF = 0.5  # of an event, and of a step of the scale
LEAST_PLACES = 4  # neighbourhoods before anything is said of what goes with what
WAYS, SEED = 9_999, 1


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with its 95 % band; of one neighbourhood without a band (nan)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class GoesWith:
    """Rank correlation of effects and scores over so many neighbourhoods; `p`: in which share of
    all ways to pair them it is as far from 0."""

    correlation: float
    p: float
    places: int


def share(means: Array, steps: int) -> Share:
    """From the mean score of each neighbourhood, 0 to 1, on a scale of so many steps."""
    value = float(means.mean())
    if len(means) < 2:
        return Share(value, np.nan, np.nan)
    error = float(means.std(ddof=1)) / len(means) ** 0.5
    half = max(float(stats.t.ppf((1 + LEVEL) / 2, len(means) - 1)) * error, HALF / steps)
    return Share(value, max(value - half, 0.0), min(value + half, 1.0))


def agreement(first: Whole, second: Whole) -> float | None:
    """Weighted kappa of two who scored the same; None where neither ever differs from one score."""
    apart = (first[:, None] - second[None, :]) ** 2
    expected = float(apart.mean())
    return 1 - float(np.diagonal(apart).mean()) / expected if expected > 0 else None


def own_ratios(panel: Panel, counts: Array, base: Array, growing: int) -> Array:
    """Logarithm of the ratio of each neighbourhood of the pilot (neighbourhood), where counts and
    base are (neighbourhood, quarter)."""
    quarters = np.arange(panel.quarters)
    found = []
    for own, start in zip(np.flatnonzero(panel.pilot), panel.start[panel.pilot], strict=True):
        before = (quarters < start) & ~panel.left_out
        after = quarters >= start + growing
        here, there = np.arange(len(counts)) == own, ~panel.pilot
        found.append(
            _change(counts, base, here, before, after) - _change(counts, base, there, before, after)
        )
    return np.array(found)


def _change(
    counts: Array,
    base: Array,
    places: NDArray[np.bool_],
    before: NDArray[np.bool_],
    after: NDArray[np.bool_],
) -> float:
    rates = [
        (counts[places][:, when].sum() + HALF) / (base[places][:, when].sum() + HALF)
        for when in (after, before)
    ]
    return float(np.log(rates[0] / rates[1]))


def goes_with(effects: Array, scores: Array) -> GoesWith | None:
    """None where there are few neighbourhoods, or one of both is the same everywhere."""
    if len(effects) < LEAST_PLACES or np.ptp(effects) == 0 or np.ptp(scores) == 0:
        return None

    def rank(x: Array) -> float:
        return float(stats.spearmanr(x, scores).statistic)

    found = stats.permutation_test(
        (effects,), rank, permutation_type="pairings", n_resamples=WAYS,
        rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return GoesWith(float(found.statistic), float(found.pvalue), len(effects))
