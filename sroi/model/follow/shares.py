"""A difference split over its causes, so that no order in which they are looked at is favoured.

    share of cause i = Σ over S without i of |S|! (n - |S| - 1)! ÷ n! · (v(S with i) - v(S))

v(S) is what comes out when the causes in S are as they were realised and the others as expected:
the mean over all orders of what changes when i does. The shares add up to v(all) - v(none); causes
that do the same have the same share; one that changes nothing has none.

Source: Shapley (1953), A Value for n-Person Games; as a decomposition: Shorrocks (2013),
Decomposition procedures for distributional analysis, Journal of Economic Inequality 11 (from
memory).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Causes = frozenset[str]


def shares(causes: Sequence[str], value: Callable[[Causes], Array]) -> dict[str, Array]:
    """The share of every cause, in the shape and unit of `value`, which is asked once per set."""
    known = {
        frozenset(some): np.asarray(value(frozenset(some)))
        for size in range(len(causes) + 1)
        for some in combinations(causes, size)
    }
    count = factorial(len(causes))
    found = {}
    for one in causes:
        total = np.zeros_like(known[frozenset()])
        for some, before in known.items():
            if one not in some:
                weight = factorial(len(some)) * factorial(len(causes) - len(some) - 1)
                total = total + weight / count * (known[some | {one}] - before)
        found[one] = total
    return found


def whole_parts(parts: Sequence[float], total: int) -> list[int]:
    """Parts in whole units that add up to a total: what rounding leaves goes to those that it took
    most from."""
    rounded = [round(part) for part in parts]
    left = total - sum(rounded)
    step = 1 if left > 0 else -1
    order = sorted(range(len(parts)), key=lambda n: -step * (parts[n] - rounded[n]))
    for n in range(abs(left)):
        rounded[order[n % len(order)]] += step
    return rounded


def to_the_cent(parts: Sequence[float], total: float) -> list[float]:
    """Parts in whole cents that add up to the total in whole cents."""
    cents = whole_parts([part * 100 for part in parts], round(total * 100))
    return [part / 100 for part in cents]
