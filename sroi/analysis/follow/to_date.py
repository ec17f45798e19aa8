"""Expected and realised of every line and payer: by year, and to date; in whole cents that add up.

A year counts when it is over and the line is known in all of it. To date is the sum of such years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.factors import CAUSES
from sroi.analysis.follow.lines import Basis, Lines, Split
from sroi.analysis.result.nominal import Follows
from sroi.model.follow.shares import to_the_cent

Array = NDArray[np.float64]
WEAK: tuple[Basis, ...] = ("volume", "estimated")  # what makes a sum no firmer than that


@dataclass(frozen=True)
class Money:
    """A line at a payer in a year (0: to date), in the price level of the scenario.

    `realised`: None where no effect was measured; `with_done`: what is expected with what was done.
    `causes`: what adds up from `expected` to `with_done`. `own`: expected and with what is known in
    the prices of each year, None where a series does not reach it. `spent`: it is a cost.
    """

    line: str
    payer: str
    year: int
    basis: Basis
    spent: bool
    expected: float
    with_done: float | None
    causes: dict[str, float] = field(default_factory=dict)
    own: tuple[float, float] | None = None

    @property
    def realised(self) -> float | None:
        """What came of it, where that is known."""
        return None if self.basis in ("volume", "unknown") else self.with_done

    @property
    def difference(self) -> float | None:
        """By how much it is more than expected."""
        return None if self.with_done is None else self.with_done - self.expected


def by_year(lines: Lines, prices: Sequence[Follows]) -> list[Money]:
    """Every line and payer in every year that is over."""
    payers = lines.factors.yearly.model.payers
    return [
        _money(some, payer, number, lines, prices)
        for some in _together(lines.splits)
        for payer in range(len(payers))
        if any(split.expected[payer].any() or split.with_known[payer].any() for split in some)
        for number in range(lines.over)
    ]


def _together(splits: Iterable[Split]) -> Iterator[list[Split]]:
    """The flows of each line."""
    found = dict[str, list[Split]]()
    for split in splits:
        found.setdefault(split.line, []).append(split)
    yield from found.values()


def _money(
    some: list[Split], payer: int, number: int, lines: Lines, prices: Sequence[Follows]
) -> Money:
    """Of the flows of a line, at a payer, in a year."""
    first, basis = some[0], some[0].basis[number]
    expected = round(sum(float(s.expected[payer, :, number].sum()) for s in some), 2)
    known = round(sum(float(s.with_known[payer, :, number].sum()) for s in some), 2)
    parts = [sum(float(s.causes[c][payer, :, number].sum()) for s in some) for c in CAUSES]
    told = to_the_cent(parts, known - expected)
    is_known = basis != "unknown"
    return Money(
        first.line,
        lines.factors.yearly.model.payers[payer],
        lines.years[number],
        basis,
        first.line.startswith("investment."),
        expected,
        known if is_known else None,
        dict(zip(CAUSES, told, strict=True)) if is_known else {},
        _own(some, payer, number, prices),
    )


def _own(
    some: list[Split], payer: int, number: int, prices: Sequence[Follows]
) -> tuple[float, float] | None:
    """The same in the prices of the year."""
    before, after = 0.0, 0.0
    for split in some:
        rise = float(prices[split.row].factors[number])
        expected, known = (
            float(x[payer, :, number].sum()) for x in (split.expected, split.with_known)
        )
        if expected or known:
            before, after = before + expected * rise, after + known * rise
    return None if np.isnan(before + after) else (round(before, 2), round(after, 2))


def to_date(years: Iterable[Money]) -> list[Money]:
    """Every line and payer over the years of which it is known."""
    found = dict[tuple[str, str], list[Money]]()
    for one in years:
        found.setdefault((one.line, one.payer), []).append(one)
    return [
        _sum([one for one in some if one.basis != "unknown"] or some) for some in found.values()
    ]


def _sum(some: list[Money]) -> Money:
    first, known = some[0], some[0].basis != "unknown"
    own = [one.own for one in some if one.own is not None]
    told = _whole(sum(x for x, _ in own)), _whole(sum(y for _, y in own))
    bases = [one.basis for one in some]
    basis = next((b for b in WEAK if b in bases), bases[0])
    return Money(
        first.line, first.payer, 0, basis, first.spent,
        _whole(sum(one.expected for one in some)),
        _whole(sum(one.with_done or 0.0 for one in some)) if known else None,
        {c: _whole(sum(one.causes[c] for one in some)) for c in CAUSES} if known else {},
        told if len(own) == len(some) else None,
    )  # fmt: skip


def _whole(amount: float) -> float:
    """In cents again, after adding up."""
    return round(amount, 2)
