"""Whether what became less in the pilot became more elsewhere in the city.

The neighbourhoods without pilot, as one series, against their own course: a straight line and a
season of the quarters before (Wagner et al. 2002, J Clin Pharm Ther 27: 299-309, interrupted time
series), as a Poisson regression with overdispersion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from sroi.model.pilot.panel import Array
from sroi.model.pilot.poisson import solved

LEAST_BEFORE = 8


@dataclass(frozen=True)
class Elsewhere:
    """`extra`: events after the start beyond the own course; `of`: events that were expected then;
    `p`: chance of so many more where there is nothing."""

    extra: float
    of: float
    p: float


def elsewhere(counts: Array, base: Array, before: int) -> Elsewhere:
    """`counts` and `base` (quarter) of all places without pilot; `before`: quarters before."""
    quarters = np.arange(len(counts))
    seasons = [(quarters % 4 == k) * 1.0 for k in range(1, 4)]
    after = (quarters >= before) * 1.0
    line = (quarters - before) / len(counts)
    design = np.stack([after, np.ones_like(after), line, *seasons], axis=1)
    found, mean = solved(design, counts, np.log(np.maximum(base, 1e-9)))
    free = max(len(counts) - design.shape[1], 1)
    spread = max(float(((counts - mean) ** 2 / mean).sum() / free), 1.0)
    covariance = np.linalg.pinv(design.T @ (design * mean[:, None]), hermitian=True) * spread
    p = float(stats.t.sf(found[0] / np.sqrt(covariance[0, 0]), free))
    usual = float((mean * after / np.exp(found[0])).sum())
    return Elsewhere(float((mean * after).sum()) - usual, usual, p)
