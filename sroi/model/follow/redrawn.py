"""Draws that weigh something become draws that weigh the same: for each block of numbers by itself.

Numbers that have nothing to do with each other before anything is seen, and of which nothing is
seen together, have nothing to do with each other afterwards. So each block of numbers that hang
together is weighed alone, and what is seen of many numbers does not leave fewer draws than what is
seen of the worst of them. A block of one is redrawn by its weighted quantiles at the places that
its draws had; of a larger block whole draws are taken, as often as they weigh, by systematic
resampling, and in an order by chance.

Source: Kitagawa (1996), Monte Carlo Filter and Smoother, Journal of Computational and Graphical
Statistics 5(1), for systematic resampling (from memory).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.intp]


def blocks(names: Iterable[str], ties: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Names in blocks: those that a tie has together are in one, and so are those of its ties."""
    found = {name: {name} for name in names}
    for tie in ties:
        known = [name for name in tie if name in found]
        whole = set().union(*(found[name] for name in known))
        for name in whole:
            found[name] = whole
    kept = dict.fromkeys(id(block) for block in found.values())
    by_id = {id(block): block for block in found.values()}
    return [tuple(name for name in found if name in by_id[key]) for key in kept]


def redrawn(size: Array, weight: Array) -> Array:
    """One number (draw): at each draw the weighted quantile of the place it had among the draws."""
    order = np.argsort(size, kind="stable")
    middles = np.cumsum(weight[order]) - weight[order] / 2
    places = (np.argsort(order, kind="stable") + 0.5) / len(size)
    return np.asarray(np.interp(places, middles, size[order]))


def resampled(weight: Array, seed: int) -> Places:
    """Which draws are taken (draw): each as often as it weighs, give or take one."""
    count = len(weight)
    rng = np.random.default_rng(np.random.SeedSequence([seed, count]))
    at = (np.arange(count) + rng.random()) / count
    taken = np.searchsorted(np.cumsum(weight), at * weight.sum())
    return np.asarray(rng.permutation(np.minimum(taken, count - 1)))
