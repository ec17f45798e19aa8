"""The answer of a scenario in three numbers, as it is set beside that of its variants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.results import Estimate, Results, estimate, ratio

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Headline:
    """Net present value for society, the ratio (None where nothing is invested), and the share of
    the draws in which benefits are higher than the investment."""

    net_present_value: Estimate
    ratio: Estimate | None
    chance: float


def headline(drawn: Results) -> Headline:
    """The three numbers of the draws."""
    return headline_from(drawn.benefits(), drawn.investment(), len(drawn.sums))


def headline_from(benefits: Array, investment: Array, replicates: int) -> Headline:
    """The three numbers of benefits and investment for society (present value by draw)."""
    balance = benefits - investment
    return Headline(
        estimate(balance, replicates),
        ratio(benefits, investment, replicates),
        float((balance > 0).mean()),
    )
