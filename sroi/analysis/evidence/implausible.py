"""Answers that can hardly be what was meant: items that move against the rest, nobody who can rise.

Rules of thumb, which only warn. That more than 15 % at the best score leaves a scale too little
room is from Terwee et al. (2007), J Clin Epidemiol 60: 34-42 (from memory); here it is whoever
cannot improve by the rule that decides, which is more people.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sroi.model.evidence.measurement import Rule, direction

Array = NDArray[np.float64]

LEAST_ITEMS, LEAST_LISTS = 3, 20
WEAKEST = (
    0.2  # mean correlation between two groups of items from which they move against each other
)
ERRORS = 3.0  # and so many standard errors of a correlation of nothing
MOST_WITHOUT_ROOM = 0.15


def against_the_rest(answers: Sequence[Sequence[float]]) -> list[int]:
    """Which items (from 1) move against the others; empty where none do, or too little is known.

    The first principal component of the correlations parts the items by sign; the smaller group
    (of two equal ones that without the first item) moves against the rest where the mean
    correlation between both is clearly negative. Two groups of three that move apart by -0.65 are
    told; answers at random are not.
    """
    sizes = {len(one) for one in answers}
    if len(sizes) != 1 or min(sizes) < LEAST_ITEMS or len(answers) < LEAST_LISTS:
        return []
    table = np.array(answers, dtype=np.float64)
    moving = np.flatnonzero(table.std(axis=0) > 0)
    if len(moving) < LEAST_ITEMS:
        return []
    between: Array = np.asarray(np.corrcoef(table[:, moving].T))
    first = np.linalg.eigh(between)[1][:, -1]
    low = first < 0 if (first < 0).sum() < (first >= 0).sum() else first >= 0
    if 2 * low.sum() == len(low):
        low = first < 0 if first[0] >= 0 else first >= 0
    if not low.any():
        return []
    apart = float(between[np.ix_(low, ~low)].mean())
    least = max(WEAKEST, ERRORS / len(answers) ** 0.5)
    return [int(at) + 1 for at in moving[low]] if apart <= -least else []


def without_room(before: Array, best: float, rule: Rule) -> float:
    """Share of people (0-1) who start so high that the best score is no improvement by the rule.

    `before` and `best` are oriented: higher is better. 0 without people.
    """
    if not len(before):
        return 0.0
    return float((direction(before, np.full_like(before, best), rule) <= 0).mean())
