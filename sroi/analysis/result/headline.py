"""The answer of a scenario in three numbers, as it is set beside that of its variants."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model.flows.results import Estimate, Results


@dataclass(frozen=True)
class Headline:
    """Net present value for society, the ratio (None where nothing is invested), and the share of
    the draws in which benefits are higher than the investment."""

    net_present_value: Estimate
    ratio: Estimate | None
    chance: float


def headline(drawn: Results) -> Headline:
    """The three numbers of the draws."""
    balance = drawn.balance()
    return Headline(drawn.estimate(balance), drawn.ratio(), float((balance > 0).mean()))
