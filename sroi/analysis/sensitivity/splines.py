"""What is to be expected of a result, given some quantities: a regression over the draws.

Each draw is predicted by a regression on the other 15 of the 16 replicates (cross-fitting), so that
a prediction never rests on the draw that it is for and chance finds nothing. A quantity enters as a
straight line in its value and a cubic spline over its rank; some quantities together as the sum of
theirs with products of their straight lines. The ridge is too small to be seen; it only keeps terms
apart that say the same, as where a quantity has two values: then these are two means. The Gram
matrices are made once for each replicate, and what the others have is the sum less its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
PIECES = 8
RIDGE = 1e-6
TILE = 16
MOST_TERMS, MOST_LINES, MOST_PRODUCTS, LEAST_CURVE = 96, 60, 28, 3


def ranks(x: Array) -> Array:
    """The rank of every draw from 0, the same (halfway) where values are equal."""
    _, place, size = np.unique(x, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(size) - (size + 1) / 2)[place])


def columns(x: Array) -> Array:
    """The terms of one quantity (draw, term): 1, its value in standard deviations, its spline."""
    terms = _terms(len(x))[ranks(x).astype(np.intp)]
    terms[:, 1] = _standardised(x)
    return terms


def columns_together(members: Sequence[Array], results: Array) -> Array:
    """The terms of some quantities (draw, term): 1, their straight lines, products, and splines.

    At most 96, for more catch more chance than truth: 60 lines, 28 products and the splines of as
    many quantities as there is room for, in the order in which they go with the results.
    """
    if len(members) == 1:
        return columns(members[0])
    lines = np.array([_standardised(x) for x in members])
    strength = np.abs(lines @ _standardised(results))
    kept = np.argsort(-strength, kind="stable")[:MOST_LINES]
    ordered = sorted(combinations(kept, 2), key=lambda pair: -strength[pair[0]] * strength[pair[1]])
    pairs = ordered[:MOST_PRODUCTS]
    room = MOST_TERMS - 1 - len(kept) - len(pairs)
    each = min(max(room // len(kept), LEAST_CURVE), PIECES + 2)
    products = [(lines[i] * lines[j])[:, None] for i, j in pairs]
    curves = [columns(members[k])[:, 2 : 2 + each] for k in kept[: room // each]]
    return np.concatenate([np.ones((len(results), 1)), lines[kept].T, *products, *curves], axis=1)


def fitted(terms: Array, results: Array) -> Array:
    """The result of every draw as the other replicates would have it, from terms (draw, term)."""
    parts = terms.reshape(REPLICATES, -1, terms.shape[1])
    gram = _gram(parts)
    right = np.einsum("rdt,rd->rt", parts, results.reshape(REPLICATES, -1))
    ridge = np.diag([0.0] + [RIDGE * len(terms)] * (terms.shape[1] - 1))
    left = gram.sum(axis=0) - gram + ridge
    weights = np.linalg.solve(left, (right.sum(axis=0) - right)[..., None])[..., 0]
    return np.asarray(np.einsum("rdt,rt->rd", parts, weights).ravel())


def _gram(parts: Array) -> Array:
    """Sums of products of terms, from (replicate, draw, term) to (replicate, term, term).

    In tiles small enough for BLAS to do on one thread: on a busy computer its threads wait for one
    another many times longer than they work.
    """
    tiles = [parts[:, :, start : start + TILE] for start in range(0, parts.shape[2], TILE)]
    return np.block([[one.transpose(0, 2, 1) @ other for other in tiles] for one in tiles])


def _standardised(x: Array) -> Array:
    """In standard deviations from the mean; nothing where it is the same everywhere."""
    return np.asarray((x - x.mean()) / (x.std() or 1.0))


@lru_cache(maxsize=4)
def _terms(size: int) -> Array:
    """The terms of `columns` by rank (rank, term), with room for the value.

    Splines are cubic, orthogonal and of mean square 1: first the polynomials up to the third
    degree, then what each knot adds.
    """
    u = (np.arange(size) + 0.5) / size
    powers = [u**degree for degree in range(4)]
    knots = [np.maximum(u - knot / PIECES, 0.0) ** 3 for knot in range(1, PIECES)]
    q, _ = np.linalg.qr(np.column_stack([*powers, *knots]))
    return np.column_stack([np.ones(size), np.zeros(size), q[:, 1:] * size**0.5])
