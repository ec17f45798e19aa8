"""What can be asked of a table of counts by fitting it once more: the courses before, other starts.

All of it on the logarithm of a ratio, with errors by neighbourhood (`few_clusters`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sroi.model.pilot.few_clusters import Clustered, clustered
from sroi.model.pilot.panel import NEVER, Array, Whole, treated
from sroi.model.pilot.poisson import fit

YEAR = 4  # quarters
JUMP, FAR = 0.35, 4.0


def with_columns(
    counts: Array, base: Array, columns: Array, left_out: NDArray[np.bool_], which: int = 0
) -> Clustered:
    """One effect of counts and what is expected of them (neighbourhood, quarter)."""
    return clustered(fit(counts, base, columns, left_out), counts, which)


def started_at(
    counts: Array, base: Array, start: Whole, growing: int, left_out: NDArray[np.bool_]
) -> Clustered:
    """The ratio if the pilot had begun at these quarters."""
    return with_columns(counts, base, treated(start, counts.shape[1], growing), left_out)


def apart_by_quarter(
    counts: Array, base: Array, start: Whole, left_out: NDArray[np.bool_]
) -> Clustered:
    """By how much more each quarter the rate rises where the pilot will be than elsewhere.

    `counts` and `base` of the quarters before the first start only.
    """
    quarters = np.arange(counts.shape[1], dtype=np.float64)
    slope = (start != NEVER)[:, None] * (quarters - quarters.mean())
    return with_columns(counts, base, slope[None], left_out)


def in_quarters(counts: Array, base: Array, start: Whole, which: NDArray[np.bool_]) -> Clustered:
    """How much higher the rate is in some quarters (quarter) where the pilot will be: what falls
    back by itself of neighbourhoods that were chosen for those quarters."""
    column = (start != NEVER)[:, None] * which[None, :].astype(np.float64)
    return with_columns(counts, base, column[None], np.zeros_like(which))


def step(counts: Array, base: Array) -> tuple[int, float] | None:
    """The quarter from which the whole city counts otherwise, and how much (a logarithm).

    The largest difference between a year and the year before it, of `counts` and `base` (quarter),
    where that is more than a third and more than four times what counts of that size may differ.
    """
    found = (0, 0.0)
    for at in range(YEAR, len(counts) - YEAR + 1):
        parts = (slice(at - YEAR, at), slice(at, at + YEAR))
        (n, m), (e, f) = ([float(x[part].sum()) for part in parts] for x in (counts, base))
        if min(n, m, e, f) <= 0:
            continue
        size = float(np.log(m / f) - np.log(n / e))
        if abs(size) > max(abs(found[1]), JUMP, FAR * (1 / n + 1 / m) ** 0.5):
            found = (at, size)
    return found if found[1] else None
