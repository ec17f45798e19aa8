"""A portfolio valued: every row, the totals, their bands, and the order of the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Amounts, Answer, amounts_of, answer_of, longest, total
from sroi.analysis.portfolio.many import Many
from sroi.analysis.portfolio.structure import Group, Structure, structure
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
from sroi.model.portfolio.rows import RowDraws, Shared, central_of, centre_of, row_of, shared
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
    payers, places = payers_of(loaded, known), some_places(known.draws)
    work = _Work(known, payers, places, progress, len(loaded.rows))
    whole, programmes = _Sum(), dict[str, Answer]()
    for programme in loaded.programmes:
        own = _Sum()
        for group in known.groups:
            if group.programme == programme.id:
                work.value(group, own)
        programmes[programme.id] = answer_of(own.amounts, known.draws.total, payers)
        whole.add(own.amounts)
    order = [(row.programme, row.area) for row in loaded.rows]
    rows = tuple(work.rows[key] for key in order)
    together = np.array([work.together[key] for key in order])
    everything = answer_of(whole.amounts, known.draws.total, payers)
    sure = bands(everything, [row.answer for row in rows], together, known.draws.seed)
    return Valued(loaded, known, rows, everything, programmes, payers, sure, together, places)


class _Work:
    """The rows that were valued, by programme and area; the last valuation that rows may share."""

    def __init__(
        self,
        known: Structure,
        payers: tuple[str, ...],
        places: NDArray[np.intp],
        progress: Callable[[float], object],
        count: int,
    ) -> None:
        self.known, self.payers, self.places = known, payers, places
        self.progress, self.count = progress, count
        self.rows: dict[tuple[str, str], RowAnswer] = {}
        self.together: dict[tuple[str, str], Array] = {}
        self.last: tuple[object, Shared] | None = None

    def value(self, group: Group, own: _Sum) -> None:
        """All rows of a group, added to the sum of their programme."""
        found = self._shared(group)
        weights = found.weights(group.alike.rows)
        if weights is None:
            for number, row in enumerate(group.alike.rows):
                amounts = amounts_of(row_of(found, row, self.known.draws))
                answer = answer_of(amounts, self.known.draws.total, self.payers)
                own.add(amounts)
                gains = total([*amounts.benefits.values()], self.known.draws.total)
                gains -= total([*amounts.investment.values()], self.known.draws.total)
                self._keep(group, number, gains)
                self._told(group, number, answer, centre_of(group.alike, row))
            return
        many = Many(found, weights, self.payers)
        own.add(many.summed())
        answers = many.answers(lambda number, balance: self._keep(group, number, balance))
        for number, answer in enumerate(answers):
            self._told(group, number, answer, central_of(found, weights[number]))

    def _shared(self, group: Group) -> Shared:
        """Programmes that fill other columns in the same numbers have the same terms."""
        if self.last is None or self.last[0] != group.terms_of:
            self.last = None  # its memory is free before other terms take theirs
            self.last = (group.terms_of, shared(group.alike, self.known.draws))
        return replace(self.last[1], alike=group.alike)

    def _keep(self, group: Group, number: int, balance: Array) -> None:
        self.together[group.programme, group.areas[number]] = balance[self.places]

    def _told(self, group: Group, number: int, answer: Answer, central: RowDraws) -> None:
        area = group.areas[number]
        shares = len(group.areas) > 1 and not group.alike.parts.others
        usual = Central(float(central.benefits()[0]), float(central.investment()[0]))
        row = RowAnswer(group.programme, area, shares, answer, usual)
        self.rows[group.programme, area] = row
        self.progress(len(self.rows) / self.count)


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
