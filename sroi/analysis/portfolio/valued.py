"""A portfolio valued: every row, the totals, their bands, and the order of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Answer, Central, longest
from sroi.analysis.portfolio.blocks import EACH, Answered
from sroi.analysis.portfolio.job import Answering, Job, job_of
from sroi.analysis.portfolio.run import Done, Progress, run, workers_for
from sroi.analysis.portfolio.structure import Group, Structure, structure
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
Run = Callable[[Job, Progress], Done]
MIXED = 16  # times that the draws of rows are put together anew


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
    workers: int = 1,
    doing: Run | None = None,
    hard: bool = False,
) -> Valued:
    """Value every row of a portfolio and add them up: by at most so many processes, or as `doing`
    does it. `hard`: also tell what is hard cash where each row must then be valued by itself."""
    known = structure(loaded, draws, seed, hard)
    payers, count = payers_of(loaded, known), len(loaded.rows)
    job = job_of(known, payers)
    doing = doing or (lambda job, told: run(job, workers_for(job, workers), told))
    done = doing(job, lambda rows: progress(rows / count))
    found: dict[tuple[str, str], tuple[RowAnswer, Array]] = {}
    for block, one in done.blocks.items():
        found.update(_rows(known.groups[block.group], block, one))
    pairs = [found[row.programme, row.area] for row in loaded.rows]
    rows, together = tuple(row for row, _ in pairs), np.array([own for _, own in pairs])
    names = (programme.id for programme in loaded.programmes)
    programmes = dict(zip(names, done.programmes, strict=True))
    sure = bands(done.whole, [row.answer for row in rows], together, known.draws.seed)
    places = some_places(known.draws)
    return Valued(loaded, known, rows, done.whole, programmes, payers, sure, together, places)


def _rows(
    group: Group, block: Answering, found: Answered
) -> Iterator[tuple[tuple[str, str], tuple[RowAnswer, Array]]]:
    """The rows of a block by programme and area, each with its draws beside the others."""
    shares = len(group.areas) > 1 and not group.alike.parts.others
    for number, (answer, central) in enumerate(found.rows):
        area = group.areas[block.start + number]
        row = RowAnswer(group.programme, area, shares, answer, central)
        yield (group.programme, area), (row, found.together[number])


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
