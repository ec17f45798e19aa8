"""A portfolio valued: every row, the totals, their bands, and the order of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Amounts, Answer, amounts_of, answer_of, longest
from sroi.analysis.portfolio.structure import Group, Structure, structure
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
from sroi.model.portfolio.rows import Row, RowDraws, centre_of, row_of, shared
from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
EACH = 256  # draws of every independent part on which rows are set beside each other
MIXED = 16  # times that the draws of rows are put together anew


@dataclass(frozen=True)
class Central:
    """A row where every quantity has its central value: present values for society."""

    benefits: float
    investment: float

    @property
    def balance(self) -> float:
        """Net present value."""
        return self.benefits - self.investment


@dataclass(frozen=True)
class RowAnswer:
    """The answer of a programme in an area. `shared`: whether its numbers came
    from a valuation that it shares with other rows."""

    programme: str
    area: str
    shared: bool
    answer: Answer
    central: Central


@dataclass(frozen=True)
class Band:
    """How wide a total is: its standard deviation and its 5–95 % range."""

    deviation: float
    p5: float
    p95: float


@dataclass(frozen=True)
class Bands:
    """The band of the total as it is, if all rows were independent, and if all were one."""

    shared: Band
    independent: Band
    one: Band


@dataclass(frozen=True)
class Valued:
    """The answers of a portfolio. `together`: net present value of every row on some of the draws
    (row, draw), those at `places`."""

    loaded: LoadedPortfolio
    structure: Structure
    rows: tuple[RowAnswer, ...]
    total: Answer
    programmes: dict[str, Answer]
    payers: tuple[str, ...]
    bands: Bands
    together: Array = field(repr=False)
    places: NDArray[np.intp] = field(repr=False)

    def costs(self, payer: str | None) -> Array:
        """What a payer, or all of them, pays for every row by year, expected (row, year)."""
        found = [
            [of.investment_by_year for of in row.answer.payers if payer in (None, of.payer)]
            for row in self.rows
        ]
        by_row = [longest(payers) for payers in found]
        size = max(map(len, by_row))
        return np.array([np.pad(paid, (0, size - len(paid))) for paid in by_row])

    @property
    def expected(self) -> Array:
        """Expected net present value (row)."""
        return np.array([row.answer.balance.mean for row in self.rows])


def value(
    loaded: LoadedPortfolio,
    draws: int | None = None,
    seed: int | None = None,
    progress: Callable[[float], object] = lambda share: None,
) -> Valued:
    """Value every row of a portfolio and add them up."""
    known = structure(loaded, draws, seed)
    sums = {programme.id: _Sum() for programme in loaded.programmes}
    payers = payers_of(loaded, known)
    places = some_places(known.draws)
    answers, together = list[RowAnswer](), list[Array]()
    count = len(loaded.rows)
    for group, row, area, found in _each(known, lambda share: progress(share * 0.5)):
        amounts = amounts_of(found)
        sums[group.programme].add(amounts)
        answer = answer_of(amounts, known.draws.total, payers)
        answers.append(_answered(group, row, area, answer))
        together.append((found.benefits() - found.investment())[places])
        progress(0.5 + 0.5 * len(answers) / count)
    whole = _Sum()
    for one in sums.values():
        whole.add(one.amounts)
    order = _as_in_the_file(loaded, answers)
    answers, together = [answers[n] for n in order], [together[n] for n in order]
    total = answer_of(whole.amounts, known.draws.total, payers)
    return Valued(
        loaded,
        known,
        tuple(answers),
        total,
        {name: answer_of(one.amounts, known.draws.total, payers) for name, one in sums.items()},
        payers,
        bands(total, [row.answer for row in answers], np.array(together), known.draws.seed),
        np.array(together),
        places,
    )


def bands(total: Answer, rows: list[Answer], together: Array, seed: int) -> Bands:
    """How wide the total is; and how wide it would be otherwise.

    Independent rows: the variance of their sum is the sum of their variances; its range is that of
    sums of draws (`together`: row, draw) that are taken for each row by itself. Rows that are one
    move up and down together, so that each quantile of the sum is the sum of the quantiles (Dhaene
    et al., 2002, Insurance: Mathematics and Economics 31).
    """
    own, rng = total.balance, np.random.default_rng(seed)
    mixed = [sum(rng.permutation(row) for row in together) for _ in range(MIXED)]
    apart = np.quantile(np.concatenate(mixed), (0.05, 0.95))
    low, high = (sum(getattr(row.balance, name) for row in rows) for name in ("p5", "p95"))
    return Bands(
        Band(total.deviation, own.p5, own.p95),
        Band(sum(row.deviation**2 for row in rows) ** 0.5, float(apart[0]), float(apart[1])),
        Band(sum(row.deviation for row in rows), low, high),
    )


def payers_of(loaded: LoadedPortfolio, known: Structure) -> tuple[str, ...]:
    """All payers, in the order of the library, those of scenarios last."""
    named = {name for group in known.groups for name in group.alike.model.payers}
    order = [*loaded.library.payers, *sorted(named - set(loaded.library.payers))]
    return tuple(name for name in order if name in named)


def some_places(draws: Draws) -> NDArray[np.intp]:
    """The first draws of every independent part."""
    each = min(EACH, draws.size)
    first = np.arange(REPLICATES) * draws.size
    return np.asarray((first[:, None] + np.arange(each)).ravel(), dtype=np.intp)


def _each(
    known: Structure, progress: Callable[[float], object]
) -> Iterator[tuple[Group, Row, str, RowDraws]]:
    """Every row in every draw, group by group."""
    for number, group in enumerate(known.groups):
        found = shared(group.alike, known.draws)
        progress((number + 1) / len(known.groups))
        for row, area in zip(group.alike.rows, group.areas, strict=True):
            yield group, row, area, row_of(found, row, known.draws)


def _answered(group: Group, row: Row, area: str, answer: Answer) -> RowAnswer:
    together = len(group.areas) > 1 and not group.alike.parts.others
    found = centre_of(group.alike, row)
    central = Central(float(found.benefits()[0]), float(found.investment()[0]))
    return RowAnswer(group.programme, area, together, answer, central)


def _as_in_the_file(loaded: LoadedPortfolio, answers: list[RowAnswer]) -> list[int]:
    """The places of the answers in the order of programmes and of the table."""
    at = {(one.programme, one.area): n for n, one in enumerate(answers)}
    return [at[row.programme, row.area] for row in loaded.rows]


class _Sum:
    """Amounts of rows, added up."""

    def __init__(self) -> None:
        self.amounts = Amounts({}, {}, np.zeros(0), {})

    def add(self, more: Amounts) -> None:
        """Those of a row, or of all rows of a programme."""
        own = self.amounts
        self.amounts = Amounts(
            _added(own.benefits, more.benefits),
            _added(own.investment, more.investment),
            longest([own.benefits_by_year, more.benefits_by_year]),
            _added(own.investment_by_year, more.investment_by_year),
        )


def _added(own: Mapping[str, Array], more: Mapping[str, Array]) -> dict[str, Array]:
    """Added payer by payer."""
    return {
        name: longest([part[name] for part in (own, more) if name in part])
        for name in dict.fromkeys([*own, *more])
    }
