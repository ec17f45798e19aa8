"""A hazard ratio: how many times as many people make a move as would without the programme.

Beside the forms of every quantity it may be a claim: a change that somebody found before and after,
without a comparison. It is then shrunk towards 1 (see `model/uncertain/shrinkage.py`), and the
report shows the claim beside what is left of it.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Annotated, ClassVar

from pydantic import Field

from sroi.inputs.quantity.quantity import FORMS, HAZARD_RATIO, MASS_OUTSIDE, Quantity, Within
from sroi.inputs.text.nouns import Noun
from sroi.inputs.text.numerals import Number

PRIOR_SD = 0.10


class Claim(Noun):
    """What was found, how far its design may be off, and how far such programmes lie around 1.

    Both standard deviations are of the logarithm of the ratio.
    """

    found: Annotated[Number, Field(ge=0.1, le=10)]
    bias_sd: Annotated[Number, Field(gt=0, le=2)]
    prior_sd: Annotated[Number, Field(gt=0, le=0.2)] = PRIOR_SD


class HazardRatio(Quantity):
    """A quantity around 1; or a claim, that is shrunk."""

    forms: ClassVar[tuple[str, ...]] = (*FORMS, "claim")
    claim: Claim | None = None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """As of every quantity; what is left of a claim has none."""
        return None if self.claim else super().bounds

    def _below(self, point: float) -> float:
        """P(X < point), of what is left of a claim (`model/uncertain/shrinkage.py`)."""
        if self.claim is None or point <= 0 or math.isinf(point):
            return 0.0 if self.claim and point <= 0 else super()._below(point)
        weight = self.claim.prior_sd**2 / (self.claim.prior_sd**2 + self.claim.bias_sd**2)
        left = NormalDist(weight * math.log(self.claim.found), self.claim.bias_sd * weight**0.5)
        return left.cdf(math.log(point))

    @property
    def may_exceed_one(self) -> bool:
        """Whether it leaves it possible that the programme makes things worse."""
        return self.bounds[1] > 1 if self.bounds else self._below(1.0) < 1 - MASS_OUTSIDE


Ratio = Annotated[HazardRatio, Within(HAZARD_RATIO)]
