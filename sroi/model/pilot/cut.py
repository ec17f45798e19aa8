"""The end of a range of which the other end was cut off at what may be.

A PERT (Malcolm et al. 1959) from the cut to its best value and on, of which as much lies beyond
the uncut end of a band as that band leaves out there.
"""

from __future__ import annotations

from scipy import optimize, stats

BEYOND = 0.025  # of a 95 % band, on one side
FARTHEST = 20.0  # times the distance between the cut and the end


def far_end(cut: float, best: float, end: float) -> float:
    """Where the PERT ends that begins at `cut`, has this best value, and 2.5 % beyond `end`; for a
    range that is cut at its top, `end` lies below. `end` itself where there is no room."""
    if (end - cut) * (end - best) <= 0:
        return end
    width = end - cut

    def beyond(far: float) -> float:
        share = (best - cut) / (far * width)
        at = stats.beta.sf(1 / far, 1 + 4 * share, 1 + 4 * (1 - share))
        return float(at) - BEYOND

    far = optimize.brentq(beyond, 1 + 1e-9, FARTHEST)
    return cut + float(far) * width
