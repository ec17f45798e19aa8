"""Care use as it was counted, beside what was expected of it with the programme.

People in a tier over a year are its person-years. What is counted says how many there are, and not
what the programme did about that: an effect is only taken from a measurement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sroi.analysis.follow.factors import Factors
from sroi.analysis.follow.realised import Part
from sroi.analysis.follow.updated import Band
from sroi.model.flows.care_flows import shift_of


@dataclass(frozen=True)
class CareUse:
    """People in a tier in a year: expected with its band, and counted."""

    path: str
    year: int
    expected: Band
    counted: Part

    @property
    def place(self) -> str:
        """Whether what was counted lies below, within or above the band."""
        if self.counted.amount < self.expected.p5:
            return "below"
        return "above" if self.counted.amount > self.expected.p95 else "within"


def care_use(factors: Factors) -> list[CareUse]:
    """Every tier and year of which people were counted."""
    found = []
    model, first = factors.yearly.model, factors.yearly.first
    for line in model.ladders:
        wanted = {
            tier: f"care_ladder.{line.id}.tiers.{one.id}.people"
            for tier, one in enumerate(line.tiers)
        }
        if not set(wanted.values()) & factors.realised.people.keys():
            continue
        years = shift_of(model, line, factors.expected).programme.person_years
        for tier, path in wanted.items():
            for year, part in factors.realised.people.get(path, {}).items():
                people = np.asarray(years[tier][year - first])
                low, high = np.quantile(people, (0.05, 0.95))
                band = Band(float(people.mean()), float(low), float(high))
                found.append(CareUse(path, year, band, part))
    return found
