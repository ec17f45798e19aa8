"""The answers of a block as arrays, and back with every bit: so they are sent, and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Answer, Central, OfPayer
from sroi.analysis.portfolio.blocks import Answered
from sroi.model.flows.results import Estimate

Array = NDArray[np.float64]
WITHOUT_RATIO = ("", "investment", "benefits")  # why there is none


def arrays_of(found: Answered) -> dict[str, Array]:
    """`numbers` (row, 17), `payers` (row, payer, 5), `by_year` (row, 2, year), `paid` (row, payer,
    year), `together` (row, draw) and `yearly` (column, year), in the order of their classes."""
    answers = [answer for answer, _ in found.rows]
    return {
        "numbers": np.array([_numbers(*row) for row in found.rows]),
        "payers": np.array([[_of_payer(one) for one in x.payers] for x in answers]),
        "by_year": np.array([(x.benefits_by_year, x.investment_by_year) for x in answers]),
        "paid": np.array([[one.investment_by_year for one in x.payers] for x in answers]),
        "together": found.together,
        "yearly": found.yearly,
    }


def answered_of(arrays: Mapping[str, Array], payers: Sequence[str]) -> Answered:
    """The same, of the payers by their names."""
    numbers, own, by_year, paid = (arrays[x] for x in ("numbers", "payers", "by_year", "paid"))
    rows = tuple(_row(numbers[n], own[n], by_year[n], paid[n], payers) for n in range(len(numbers)))
    return Answered(rows, arrays["together"], arrays["yearly"])


def _numbers(answer: Answer, central: Central) -> tuple[float, ...]:
    ratio = astuple(answer.ratio) if answer.ratio else (0.0,) * 5
    return (
        *(answer.benefits, answer.investment, answer.deviation, answer.positive),
        *astuple(answer.balance),
        *ratio,
        float(WITHOUT_RATIO.index(answer.without_ratio)),
        *(central.benefits, central.investment),
    )


def _of_payer(one: OfPayer) -> tuple[float, ...]:
    hard = nan if one.hard is None else one.hard
    return (one.benefits, one.investment, one.balance, one.positive, hard)


def _payer(name: str, own: Array, paid: Array) -> OfPayer:
    gained, spent, balance, positive, hard = map(float, own)
    return OfPayer(name, gained, spent, balance, positive, None if isnan(hard) else hard, paid)


def _row(
    numbers: Array, payers: Array, by_year: Array, paid: Array, names: Sequence[str]
) -> tuple[Answer, Central]:
    gained, paid_in_all, deviation, positive, *rest = map(float, numbers)
    why = WITHOUT_RATIO[int(rest[10])]
    answer = Answer(
        benefits=gained,
        investment=paid_in_all,
        balance=Estimate(*rest[:5]),
        deviation=deviation,
        positive=positive,
        ratio=None if why else Estimate(*rest[5:10]),
        without_ratio=why,
        payers=tuple(
            _payer(name, own, years) for name, own, years in zip(names, payers, paid, strict=True)
        ),
        benefits_by_year=by_year[0],
        investment_by_year=by_year[1],
    )
    return answer, Central(*rest[11:])
