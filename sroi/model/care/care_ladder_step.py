"""One exact step of the care ladder, in which rates and inflow are constant.

    dz/dt = z Q + f
    PY = h Σ_k s_k,   s_0 = z,  s_1 = (z Q h + f h)/2,  s_{k+1} = s_k Q h/(k + 2)
    z(t + h) = z + PY · Q + f h

The Taylor series of the matrix exponential with K terms; the last line is the same series, and
keeps the balance of people to the last bits. What it leaves out is below (2r)^K/(K + 1)! of the
state, where r is the highest rate at which a tier is left: each draw gets as many terms as make
that less than 10⁻¹². A step is cut, for each draw by itself, until 14 terms are enough, at LIMIT.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import factorial

import numpy as np

from sroi.model.care.care_ladder import Amount, Array, Move

LEFT_OUT = 1e-12
# up to which rate so many terms are enough: none, one, two …
REACH = [0.0, *((factorial(k + 1) * LEFT_OUT) ** (1 / k) / 2 for k in range(1, 15))]
LIMIT = 0.5
Rows = Sequence[Amount]


def generator(rates: Mapping[Move, Amount], exits: Rows, draws: int = 1) -> Array:
    """Q (from, to, draw): the rates of the moves, and on the diagonal minus all that leaves."""
    q = np.zeros((len(exits), len(exits), draws))
    for tier, rate in enumerate(exits):
        q[tier, tier] = -rate
    for (i, j), rate in rates.items():
        q[i, j] = rate
        q[i, i] -= rate
    return q


def advance(state: Array, q: Array, forcing: Array) -> Array:
    """One step, in place: `state` (tier, draw) to its end; gives the mean over the step.

    `q` (from, to, draw) is Q h, and `forcing` (tier, draw) is f h.
    """
    fastest = -np.einsum("iid->id", q).min(axis=0)
    if fastest.max() <= LIMIT:
        return _series(state, q, forcing, fastest)
    pieces = np.ceil(np.maximum(fastest, LIMIT) / LIMIT)
    mean = np.zeros_like(state)
    for piece in range(int(pieces.max())):
        share = np.where(piece < pieces, 1 / pieces, 0.0)
        mean += share * _series(state, q * share, forcing * share, fastest * share)
    return mean


def _series(state: Array, q: Array, forcing: Array, fastest: Array) -> Array:
    """One piece of a step, in place; gives the mean over it. Rates are per piece.

    A draw gets the terms that it needs (`fastest`, by draw), whichever draws stand beside it.
    """
    term, following, mean = state.copy(), np.empty_like(state), state.copy()
    fewest, most = (max(2, bisect_left(REACH, rate)) for rate in (fastest.min(), fastest.max()))
    for number in range(2, most + 1):
        if number > fewest:
            term *= fastest > REACH[number - 1]
        _through(term, q, following)
        if number == 2:
            following += forcing
        following *= 1 / number
        mean += following
        term, following = following, term
    _through(mean, q, following)
    state += following
    state += forcing
    return mean


def _through(people: Array, q: Array, out: Array) -> None:
    """people · Q (tier, draw), added tier by tier: no bit depends on how many draws there are."""
    np.einsum("id,ijd->jd", people, q, out=out)
