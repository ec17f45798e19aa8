"""Counts that a register does not show, drawn between their bounds.

Multiple imputation by data augmentation: counts and rates are drawn in turn, a count from the
Poisson distribution of its cell cut off at its bounds (Tanner & Wong 1987, JASA 82: 528-540), and
what many drawn tables say is joined by Rubin's rules (Rubin 1987, Multiple Imputation for
Nonresponse in Surveys), with the degrees of freedom of Barnard & Rubin (1999), Biometrika 86:
948-955.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import special

from sroi.model.pilot.few_clusters import Clustered
from sroi.model.pilot.panel import Array, Panel, expected, treated
from sroi.model.pilot.poisson import fit

TABLES, FIRST, BETWEEN = 12, 4, 1  # tables drawn; rounds before the first, and between two
LEAST_MEAN, MOST_MEAN = 1e-6, 1e6


def tables(panel: Panel, growing: int, seed: int = 1) -> Iterator[Array]:
    """Counts (part, neighbourhood, quarter) with all that is hidden drawn; one table where nothing
    is."""
    if not panel.hidden.any():
        yield panel.low
        return
    generator = np.random.default_rng(seed)
    counts = panel.middle()
    for number in range(FIRST + TABLES * BETWEEN):
        counts = _drawn(panel, counts, growing, generator)
        if number >= FIRST and (number - FIRST) % BETWEEN == 0:
            yield counts


def _drawn(panel: Panel, counts: Array, growing: int, generator: np.random.Generator) -> Array:
    """A next table: rates drawn given the counts, then the hidden counts given the rates."""
    base = expected(panel, counts)
    columns = treated(panel.start, panel.quarters, growing)
    found = fit(counts.sum(axis=0), base.sum(axis=0), columns, panel.left_out)
    weighted = found.design * found.mean[found.cells][:, None]
    covariance = np.linalg.pinv(found.design.T @ weighted, hermitian=True)
    rates = generator.multivariate_normal(
        found.coefficients, covariance * max(found.dispersion, 1.0), method="eigh"
    )
    factor = np.ones_like(found.mean)
    factor[found.cells] = np.exp(np.clip(found.design @ rates, -30, 30))
    mean = np.clip(base * factor, LEAST_MEAN, MOST_MEAN)
    drawn = panel.low.copy()
    hidden = panel.hidden
    drawn[hidden] = _between(mean[hidden], panel.low[hidden], panel.high[hidden], generator)
    return drawn


def _between(mean: Array, low: Array, high: Array, generator: np.random.Generator) -> Array:
    """Whole numbers of Poisson distributions cut off at bounds that are at most some wide."""
    steps = np.arange(int((high - low).max()) + 1)
    sizes = low[:, None] + steps
    weight = sizes * np.log(mean)[:, None] - special.gammaln(sizes + 1)
    weight = np.where(sizes <= high[:, None], weight, -np.inf)
    chances = np.exp(weight - special.logsumexp(weight, axis=1, keepdims=True))
    point = generator.random(len(mean))[:, None]
    at = (chances.cumsum(axis=1) < point).sum(axis=1)
    return np.asarray(np.minimum(low + at, high))


def joined(found: Sequence[Clustered]) -> Clustered:
    """What the tables say together: Rubin's rules; a single table says it by itself."""
    effects = np.array([one.effect for one in found])
    within = float(np.mean([one.error**2 for one in found]))
    freedom = float(np.mean([one.freedom for one in found]))
    if len(found) == 1:
        return found[0]
    between = float(effects.var(ddof=1)) * (1 + 1 / len(found))
    total = within + between
    share = between / total if total > 0 else 0.0
    seen = (freedom + 1) / (freedom + 3) * freedom * (1 - share)
    of_tables = (len(found) - 1) / share**2 if share > 0 else np.inf
    joint = 1 / (1 / of_tables + 1 / max(seen, 1e-9))
    return Clustered(float(effects.mean()), total**0.5, float(joint))
