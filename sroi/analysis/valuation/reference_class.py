"""Where a result and its corrections stand among published ones: to warn, never to rank.

What is published differs in what it counts, and is no fair sample; see the caveats of each class.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sroi.inputs.library.library import Library
from sroi.inputs.library.reference_class import ReferenceClass
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.lines.model import Model

Position = Literal["below", "within", "above"]


@dataclass(frozen=True)
class Placed:
    """A ratio and one class: below, within or above its band, or its mean where it has no band."""

    reference: ReferenceClass
    position: Position


@dataclass(frozen=True)
class Unusual:
    """A correction (share) below the 10th or above the 90th percentile of what reports state."""

    path: str
    value: float
    position: Position
    reference: ReferenceClass


def placed(ratio: float, library: Library) -> list[Placed]:
    """Where a ratio stands in every class of ratios."""
    classes = [one for one in library.reference_class.values() if one.of == "ratio"]
    return [Placed(one, position(ratio, one)) for one in classes]


def unusual_corrections(scenario: Scenario, model: Model, library: Library) -> list[Unusual]:
    """Every stated correction whose central value lies outside the band of its class.

    Also zero, which no report in the bands has. Drop-off only where an effect lasts beyond a year:
    otherwise it does nothing. What is not stated, as with a causal effect, is not judged.
    """
    known = model.quantities.distributions
    found = []
    for path in _corrected(scenario, model):
        for one in library.reference_class.values():
            if path.endswith(f".{one.of}") and path in known:
                value = known[path].centre
                where = position(value, one)
                if where != "within":
                    found.append(Unusual(path, value, where, one))
    return found


def position(value: float, reference: ReferenceClass) -> Position:
    """Where a value lies with respect to the band of a class, or to its mean.

    The ends are within it, also where 0.052 and 5.2% differ in the last bit.
    """
    low, high = reference.band or (reference.mean, reference.mean)
    if math.isclose(value, low) or math.isclose(value, high) or low < value < high:
        return "within"
    return "below" if value < low else "above"


def _corrected(scenario: Scenario, model: Model) -> Iterator[str]:
    """Paths of all corrections that may be stated, in the order of the file."""
    known = model.quantities.distributions
    for outcome in scenario.outcomes:
        path = f"outcomes.{outcome.id}"
        yield from _shares(path)
        if outcome.lasts and known[f"{path}.lasts"].centre > 1:
            yield f"{path}.drop_off"
    for ladder in scenario.care_ladder:
        yield from _shares(f"care_ladder.{ladder.id}.intervention")
    for shift in scenario.direct_shift:
        yield from _shares(f"direct_shift.{shift.id}")


def _shares(path: str) -> Iterator[str]:
    yield f"{path}.deadweight"
    yield f"{path}.attribution_to_others"
