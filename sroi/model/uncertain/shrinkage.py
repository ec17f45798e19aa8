"""How much of a claim is left when its design is weak.

    log HR = w · log HR_claim,   w = τ_p² ÷ (τ_p² + τ_b²)

τ_p: how far hazard ratios of such programmes lie around 1 (on the log scale), τ_b: how far the
design of the claim may be off. The normal-normal rule of Bayes, with a prior mean of 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Amount = Array | float

# what is taken off benefits by grade of evidence, 1 best: confidence grades of the cost-benefit
# guidance for local partnerships (HM Treasury, GMCA); from memory, not checked
OPTIMISM_BIAS = {1: 0.0, 2: 0.05, 3: 0.10, 4: 0.15, 5: 0.25, 6: 0.40}


@dataclass(frozen=True)
class Shrunk:
    """What is left of a claim: its weight, the hazard ratio and the sd of its logarithm."""

    weight: Amount
    hazard_ratio: Amount
    sd_log: Amount


def shrunk(claim: Amount, bias_sd: Amount, prior_sd: Amount = 0.10) -> Shrunk:
    """The hazard ratio that a claimed one (above 0) supports."""
    weight = prior_sd**2 / (prior_sd**2 + bias_sd**2)
    return Shrunk(weight, np.exp(weight * np.log(claim)), bias_sd * np.sqrt(weight))


def optimism_factor(grade: int) -> float:
    """What benefits of a grade of evidence (1 to 6) are multiplied by."""
    return 1 - OPTIMISM_BIAS[grade]
