"""A synthetic control: a mix of the other neighbourhoods that went as the pilot did before.

Abadie, Diamond & Hainmueller (2010), JASA 105: 493-505. The mix has weights of 0 or more that sum
to 1 and come closest to the pilot's course before the start. What the pilot does against it
afterwards is held against what each other neighbourhood does against a mix of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize

from sroi.model.pilot.panel import Array

LEAST_BEFORE = 8
SMALL = 1e-9


@dataclass(frozen=True)
class Synthetic:
    """`ratio`: the pilot against its mix after the start, over the same before it. `weights` of the
    others; `course` (quarter) of the mix; `rank`: share of all neighbourhoods, the pilot as one of
    them, that went at least so far from their own mix."""

    ratio: float
    weights: Array
    course: Array
    rank: float


def weights_for(target: Array, donors: Array) -> Array:
    """Weights of the donors (donor, quarter) whose mix comes closest to a course (quarter)."""
    count = len(donors)
    scale = max(float(np.abs(target).mean()), SMALL)
    x, y = donors / scale, target / scale
    found: Any = optimize.minimize(  # type: ignore[call-overload]
        lambda w: float(((y - w @ x) ** 2).mean()),
        np.full(count, 1 / count),
        jac=lambda w: -2 * x @ (y - w @ x) / len(y),
        bounds=[(0.0, 1.0)] * count,
        constraints=[{"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like}],
        method="SLSQP",
        options={"maxiter": 300, "ftol": 1e-12},
    )
    weights = np.clip(found.x, 0.0, None)
    return np.asarray(weights / weights.sum())


def _gap(target: Array, donors: Array, before: int, full: int) -> tuple[float, Array]:
    """The logarithm of the ratio against the mix, and the weights."""
    weights = weights_for(target[:before], donors[:, :before])
    mix = weights @ donors
    after = (target[full:].sum() + SMALL) / (mix[full:].sum() + SMALL)
    usual = (target[:before].sum() + SMALL) / (mix[:before].sum() + SMALL)
    return float(np.log(after / usual)), weights


def synthetic(pilot: Array, others: Array, before: int, full: int) -> Synthetic:
    """`pilot` (quarter) and `others` (neighbourhood, quarter): rates; `before`: quarters before the
    start, of which there must be enough; `full`: from which quarter the pilot is at full strength.
    """
    size, weights = _gap(pilot, others, before, full)
    sizes = [size]
    for number in range(len(others)):
        rest = np.delete(others, number, axis=0)
        sizes.append(_gap(others[number], rest, before, full)[0])
    far = np.abs(sizes)
    rank = float((far >= far[0] - SMALL).mean())
    return Synthetic(float(np.exp(size)), weights, np.asarray(weights @ others), rank)
