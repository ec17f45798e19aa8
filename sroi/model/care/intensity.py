"""How much of a programme is at work over time: m(t) = ramp(t) · cap(t) · E/E_ref.

After a programme that ends, m is what it was at its end, as far as that does not fade.

Times (step) are in years from the start. Everything comes out as (step), or (step, draw) where
something differs between draws.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
Amount = Array | float


def logistic(times: Array, midpoint: Amount, steepness: Amount, lag: Amount = 0.0) -> Array:
    """An S-curve that is 0 at the start and goes to 1; half of it at about midpoint + lag.

    [s(t - lag) - s(-lag)]/[1 - s(-lag)] with s(x) = 1/(1 + e^(-steepness (x - midpoint))): the lag
    shifts the curve, a little of the effect comes before it.
    """
    when = _times(times, midpoint, steepness, lag)
    before = special.expit(-steepness * (lag + midpoint))
    risen = special.expit(steepness * (when - lag - midpoint))
    return np.asarray(np.maximum((risen - before) / (1 - before), 0.0))


def linear(times: Array, duration: Amount, lag: Amount = 0.0) -> Array:
    """From 0 at the lag in a straight line to 1 after `duration` years (above 0) more."""
    when = _times(times, duration, lag)
    return np.clip((when - lag) / duration, 0.0, 1.0)


def bass(times: Array, innovation: Amount, imitation: Amount, lag: Amount = 0.0) -> Array:
    """The Bass diffusion curve, from 0 at the lag.

    (1 - e^(-(p+q) t))/(1 + (q/p) e^(-(p+q) t)), p `innovation` (above 0) and q `imitation`, a year.
    """
    when = np.maximum(_times(times, innovation, imitation, lag) - lag, 0.0)
    decay = np.exp(-(innovation + imitation) * when)
    return np.asarray((1 - decay) / (1 + imitation / innovation * decay))


def left(times: Array, end: float, half_life: Amount) -> Array:
    """Share that is left of an effect of which half goes in each `half_life` after the end."""
    since = np.maximum(_times(times, half_life) - end, 0.0)
    return np.asarray(np.exp2(-since / half_life))


def capacity(
    fte: Amount, hours: Amount, direct_share: Amount, absent: Amount, hours_each: Amount
) -> Amount:
    """Trajectories a year that the staff can do.

    `hours` a year per fte, `direct_share` of them with clients, `absent`: share of vacancies and
    sick leave, `hours_each`: hours a trajectory takes.
    """
    return fte * hours * direct_share * (1 - absent) / hours_each


def queue(demand: Sequence[Amount], capacity: Sequence[Amount]) -> tuple[Array, Array]:
    """Cap of each step, min(1, capacity ÷ demand), and the waiting list at its end.

    `demand` and `capacity` (step) in trajectories per step. The list grows by the demand and
    shrinks by what is done, min(demand + list, capacity).
    """
    caps: list[Amount] = []
    lists: list[Amount] = []
    waiting: Amount = 0.0
    for wanted, possible in zip(demand, capacity, strict=True):
        nothing = np.equal(wanted, 0)
        done = np.minimum(possible, wanted) / np.where(nothing, 1.0, wanted)
        caps.append(np.where(nothing, 1.0, done))
        waiting = waiting + wanted - np.minimum(wanted + waiting, possible)
        lists.append(waiting)
    return _by_step(caps), _by_step(lists)


def intensity(
    ramp: Array, cap: Array | float = 1.0, effectiveness: Amount = 1.0, reference: Amount = 1.0
) -> Array:
    """m: ramp · cap · E/E_ref. `ramp` and `cap` by step, `effectiveness` and `reference` by draw.

    E_ref is the E of the place where the effect was measured; 1 for an effect in the ideal case.
    """
    factor = effectiveness / reference
    by_step = [ramp, np.asarray(cap)]
    if np.ndim(factor) or any(part.ndim == 2 for part in by_step):
        by_step = [part[:, None] if part.ndim == 1 else part for part in by_step]
    return np.asarray(by_step[0] * by_step[1] * factor)


def _times(times: Array, *amounts: Amount) -> Array:
    return times[:, None] if any(np.ndim(amount) for amount in amounts) else times


def _by_step(amounts: Sequence[Amount]) -> Array:
    return np.array(np.broadcast_arrays(*amounts), dtype=np.float64)
