"""What is answered of a row or of a sum of rows: as of a single scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.results import Estimate, estimate, ratio, without_ratio
from sroi.model.portfolio.parts import BENEFITS, INVESTMENT
from sroi.model.portfolio.rows import RowDraws
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]


@dataclass(frozen=True)
class OfPayer:
    """What a payer gains and pays, expected present values, and the chance that it gains more; and
    what it pays by year, expected and undiscounted (year)."""

    payer: str
    benefits: float
    investment: float
    balance: float
    positive: float
    investment_by_year: Array


@dataclass(frozen=True)
class Answer:
    """Expected benefits and investment for society, the net present value with its deviation and
    the chance that it is above zero, the ratio (None: why, in `without_ratio`), who pays, and the
    undiscounted amounts expected by year."""

    benefits: float
    investment: float
    balance: Estimate
    deviation: float
    positive: float
    ratio: Estimate | None
    without_ratio: str
    payers: tuple[OfPayer, ...]
    benefits_by_year: Array
    investment_by_year: Array


@dataclass(frozen=True)
class Amounts:
    """Present values of benefits and investment by payer (draw); and the undiscounted amounts,
    expected (year). A payer that is not there has none."""

    benefits: Mapping[str, Array]
    investment: Mapping[str, Array]
    benefits_by_year: Array
    investment_by_year: Mapping[str, Array]


def amounts_of(row: RowDraws) -> Amounts:
    """The amounts of a row, by the names of its payers."""
    names, columns = row.alike.model.payers, set(row.alike.columns)
    benefits, investment = (
        {name: get(p) for p, name in enumerate(names) if (kind, p) in columns}
        for kind, get in ((BENEFITS, row.benefits), (INVESTMENT, row.investment))
    )
    paid = {name: row.by_year(INVESTMENT, p) for p, name in enumerate(names) if name in investment}
    return Amounts(benefits, investment, row.by_year(BENEFITS), paid)


def answer_of(amounts: Amounts, draws: int, payers: Sequence[str]) -> Answer:
    """What is answered of some amounts; `payers`: those that are told, in their order."""
    benefits, investment = (
        total(list(of.values()), draws) for of in (amounts.benefits, amounts.investment)
    )
    balance, nothing = benefits - investment, np.zeros_like(amounts.benefits_by_year)
    return Answer(
        benefits=float(benefits.mean()),
        investment=float(investment.mean()),
        balance=estimate(balance, REPLICATES),
        deviation=float(balance.std()),
        positive=float((balance > 0).mean()),
        ratio=ratio(benefits, investment, REPLICATES),
        without_ratio=without_ratio(benefits, investment),
        payers=tuple(_of_payer(amounts, name, draws) for name in payers),
        benefits_by_year=amounts.benefits_by_year,
        investment_by_year=longest([nothing, *amounts.investment_by_year.values()]),
    )


def total(amounts: Sequence[Array], draws: int) -> Array:
    """Their sum (draw), added one by one."""
    found = np.zeros(draws)
    for one in amounts:
        found += one
    return found


def longest(amounts: Sequence[Array]) -> Array:
    """The sum of amounts by year, of which some may end earlier (year)."""
    size = max((len(one) for one in amounts), default=0)
    found = np.zeros(size)
    for one in amounts:
        found[: len(one)] += one
    return found


def _of_payer(amounts: Amounts, payer: str, draws: int) -> OfPayer:
    nothing = np.zeros(draws)
    benefits = amounts.benefits.get(payer, nothing)
    investment = amounts.investment.get(payer, nothing)
    balance = benefits - investment
    return OfPayer(
        payer,
        float(benefits.mean()),
        float(investment.mean()),
        float(balance.mean()),
        float((balance > 0).mean()),
        amounts.investment_by_year.get(payer, np.zeros_like(amounts.benefits_by_year)),
    )
