"""What was seen of each assumption, as evidence: what it is of, and how likely it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.factors import Factors
from sroi.inputs.follow.happened import Happened, Row
from sroi.model.follow.evidence import Counted, Measured, Seen, Share
from sroi.model.uncertain.following import roots
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sighting:
    """Something seen of the number at a path; `times_kept`: the corrections that leave of it what
    was measured, so that 1 less each of them is multiplied with it."""

    path: str
    seen: Seen
    times_kept: tuple[str, ...] = ()

    def log_likelihood(self, values: Values) -> Array:
        """Of what was seen, in every draw."""
        size = np.asarray(values[self.path], float)
        for name in self.times_kept:
            size = size * (1 - values[name])
        return self.seen.log_likelihood(np.broadcast_to(size, (values.draws,)))


def sightings(h: Happened, factors: Factors) -> list[Sighting]:
    """Everything that says something of an uncertain number; what was estimated does not."""
    found = [*_volumes(factors), *_effects(h, factors)]
    return [one for one in found if _uncertain(one, factors)]


def _uncertain(one: Sighting, factors: Factors) -> bool:
    known = factors.yearly.model.quantities
    paths = (one.path, *one.times_kept)
    return any(root in known.rows for path in paths for root in roots(known.distributions, path))


def _volumes(factors: Factors) -> Iterator[Sighting]:
    """Counts of an activity in every year, whole or in part, of the number that the scenario states
    for it. Hours and money that were booked are no counts of things that come by themselves."""
    for path, years in factors.realised.sizes.items():
        for year, part in years.items():
            own = factors.yearly.paths.get(factors.yearly.of(path, year))
            if own and part.known == "counted" and path.startswith("activities."):
                yield Sighting(own, Counted(part.amount, part.share))


def _effects(h: Happened, factors: Factors) -> Iterator[Sighting]:
    """Every measurement. What was held against a group measures what is left of a rate after its
    corrections; counts of a rate that may pass 1 are events."""
    for path in factors.realised.effects:
        for row in h.of(path):
            kept = factors.corrections(path) if row.comparison == "group" else ()
            yield Sighting(path, _seen(row, path, factors), kept)


def _seen(row: Row, path: str, factors: Factors) -> Seen:
    if row.actual.of is None:
        return Measured(row.size, float(row.spread or 1.0))
    amount, of = row.actual.amount or 0.0, row.actual.of
    is_share = float(np.max(factors.expected[path])) <= 1 and amount <= of
    return Share(amount, of) if is_share else Counted(amount, of)
