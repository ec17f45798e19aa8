"""Counts of people that are too small to print: fewer than five could be known by name."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 5


def printable(counts: Sequence[float]) -> list[bool]:
    """Which counts of one whole may be printed.

    A count from 1 to 4 may not; and where only one may not, the smallest other that is above zero
    goes too, for otherwise the total would tell it (secondary suppression; Hundepool et al. 2012,
    Statistical Disclosure Control, ch. 4).
    """
    shown = [not 0 < count < SMALLEST for count in counts]
    if shown.count(False) == 1:
        others = [place for place, count in enumerate(counts) if shown[place] and count]
        if others:
            shown[min(others, key=lambda place: counts[place])] = False
    return shown
