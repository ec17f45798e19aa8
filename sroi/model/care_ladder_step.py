"""One exact step of the care ladder, in which rates and inflow are constant.

    dz/dt = z Q + f
    PY = h Σ_k s_k,   s_0 = z,  s_1 = (z Q h + f h)/2,  s_{k+1} = s_k Q h/(k + 2)
    z(t + h) = z + PY · Q + f h

The Taylor series of the matrix exponential, with K = 14 terms; the last line is the same series,
and keeps the balance of people to the last bits. A step is cut, for each draw by itself, until no
tier is left at a rate of more than LIMIT a piece: what the series leaves out is then below 10⁻¹² of
the state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sroi.model.care_ladder import Amount, Array, Ladder, Move

TERMS = 14
LIMIT = 0.5
Rows = Sequence[Amount]


def advance(state: Array, ladder: Ladder, forcing: Rows) -> Array:
    """One step, in place: `state` (tier, draw) to its end; gives the mean over the step.

    The ladder has its rates per step; `forcing` (tier) is f h.
    """
    leaving = ladder.leaving()
    pieces = _pieces(leaving)
    most = int(np.max(pieces))
    if most == 1:
        return _series(state, ladder.rates, leaving, forcing)
    mean = np.zeros_like(state)
    for piece in range(most):
        share = np.where(piece < pieces, 1 / pieces, 0.0)
        rates = {move: rate * share for move, rate in ladder.rates.items()}
        out = [rate * share for rate in leaving]
        mean += share * _series(state, rates, out, [amount * share for amount in forcing])
    return mean


def _pieces(leaving: Rows) -> Amount:
    """In how many pieces a step is cut: 1, or as many as bring every rate down to LIMIT."""
    fastest: Amount = LIMIT
    for rate in leaving:
        fastest = np.maximum(fastest, rate)
    return np.ceil(fastest / LIMIT)


def _series(state: Array, rates: Mapping[Move, Amount], leaving: Rows, forcing: Rows) -> Array:
    """One piece of a step, in place; gives the mean over it. Rates are per piece."""
    kept = [-rate for rate in leaving]
    moves = [(i, j, rate) for (i, j), rate in rates.items()]
    term, following, mean = state.copy(), np.empty_like(state), state.copy()
    spare = np.empty(state.shape[1])
    for number in range(2, TERMS + 1):
        _through(list(term), list(following), moves, kept, spare)
        if number == 2:
            _add(following, forcing)
        following *= 1 / number
        mean += following
        term, following = following, term
    _through(list(mean), list(following), moves, kept, spare)
    state += following
    _add(state, forcing)
    return mean


def _through(
    people: list[Array],
    out: list[Array],
    moves: list[tuple[int, int, Amount]],
    kept: Rows,
    spare: Array,
) -> None:
    """people · Q, by tier, into `out`; where no rate is given nothing is multiplied."""
    for row, rate, result in zip(people, kept, out, strict=True):
        np.multiply(row, rate, result)
    for i, j, rate in moves:
        np.multiply(people[i], rate, spare)
        np.add(out[j], spare, out[j])


def _add(state: Array, amounts: Rows) -> None:
    for tier, amount in enumerate(amounts):
        state[tier] += amount
