"""Enabling conditions: whether those on whom a programme depends move along with it.

    E = Π_k [1 - w_k (1 - B_k)]

B_k between 0 (does not move along) and 1 (does), w_k how critical it is: 1 necessary, 0 irrelevant.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float


def effectiveness(weights: Iterable[Amount], moved: Iterable[Amount]) -> Amount:
    """E, from the weight w and the B of every condition."""
    product: Amount = 1.0
    for weight, along in zip(weights, moved, strict=True):
        product = product * (1 - weight * (1 - along))
    return product


def expected_effectiveness(weights: Iterable[Amount], chances: Iterable[Amount]) -> Amount:
    """E[E] where the conditions are independent: the same product at the mean of every B."""
    return effectiveness(weights, chances)


def gain_if_secured(weight: Amount, chance: Amount) -> Amount:
    """Relative gain in E[E] where a condition is certain to be met, if all are independent."""
    return 1 / (1 - weight * (1 - chance)) - 1
