"""A valued portfolio with the words and the numbers of a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sroi.analysis.portfolio.answer import Answer
from sroi.analysis.portfolio.drivers import Driver, drivers
from sroi.analysis.portfolio.funding import Funding, funding
from sroi.analysis.portfolio.order import Place, places
from sroi.analysis.portfolio.structure import Group
from sroi.analysis.portfolio.valued import Valued
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows import engine
from sroi.model.flows.results import standard_error
from sroi.model.uncertain.sampling import REPLICATES
from sroi.report.charts.chart import Chart
from sroi.report.charts.easel import Easel
from sroi.report.figures.drawing import Drawing
from sroi.report.tables.tables import Table
from sroi.report.told.names import Names
from sroi.report.told.subjects import line_and_field
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words


@dataclass(frozen=True)
class PortfolioTold:
    """A valued portfolio with the words and the numbers of a language, and where its charts are
    drawn."""

    valued: Valued
    places: list[Place]
    drivers: list[Driver]
    funding: Funding | None
    words: Words
    numbers: Numbers
    easel: Easel = field(default_factory=Easel, compare=False, repr=False)

    def programme(self, key: str) -> str:
        """A programme by its title, or by that of its scenario; with its id where others are called
        the same."""
        title = self._titles[key]
        same = list(self._titles.values()).count(title) > 1
        return f"{title} ({key})" if same else title

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {
            one.id: (one.described.title or one.template.scenario.title).in_(self.words.lang)
            for one in self.valued.loaded.programmes
        }

    def payer(self, key: str) -> str:
        """A payer by name."""
        for group in self.valued.structure.groups:
            if key in group.loaded.library.payers:
                return group.loaded.library.payers[key].name.in_(self.words.lang)
        return key

    def assumption(self, driver: Driver) -> str:
        """What a path is about, in the words of the scenario that has it."""
        group = next(
            one
            for one in self.valued.structure.groups
            if one.programme in driver.programmes
            and driver.path in one.alike.model.quantities.distributions
        )
        return self.subject(group, driver.path)

    def subject(self, group: Group, path: str) -> str:
        """The same of a path of a group."""
        model = group.alike.model
        central = engine.central(model)
        names = Names(Valuation(group.loaded, model, central, central), self.words, self.numbers)
        return ", ".join(line_and_field(names, path))

    @cached_property
    def banded(self) -> Numbers:
        """Numbers for the net present value of the total: a last digit of about a hundredth of its
        band, and of a tenth where the numerical error is larger than that."""
        own = self.valued.total.balance
        banded = self.numbers.in_band(own.p5, own.p95)
        unsure = 2 * own.standard_error > banded.step and own.p5 < own.p95
        return banded.stepped(10 * banded.step) if unsure else banded

    @property
    def terse(self) -> PortfolioTold:
        """The same for tables: amounts in the unit that is told above them."""
        return replace(self, numbers=replace(self.numbers, terse=True))

    @cached_property
    def of_rows(self) -> PortfolioTold:
        """The same for single rows, which may be far smaller than their sum."""
        typical = float(np.median([_size(row.answer) for row in self.valued.rows]))
        step = min(self.numbers.step, _step(typical))
        return replace(self, numbers=replace(self.numbers, step=step))

    @property
    def in_tables(self) -> str:
        """What that unit is."""
        return self.words("portfolio_report.in_tables", unit=self.numbers.in_units)

    @property
    def certain(self) -> bool:
        """Whether nothing in the total is uncertain."""
        return self.valued.total.balance.p5 == self.valued.total.balance.p95

    def drawing(self, chart: Chart, *tables: Table) -> Drawing:
        """A chart that is begun, with the tables of its numbers."""
        return Drawing(chart, self.easel.put(chart), list(tables))

    def band(self, low: float, high: float) -> str:
        """A range, with no finer digits than its width."""
        if low == high:
            return "–"
        numbers = self.numbers.in_band(low, high)
        return f"{numbers.money(low)} – {numbers.money(high)}"

    def table(
        self, key: str, columns: str, rows: Iterable[list[str]], texts: int, foot: list[str] | None
    ) -> Table:
        """A table of which the first columns are texts and all others figures."""
        heads = [self.words(f"head.{name}") for name in columns.split()]
        figures = frozenset(range(texts, len(heads)))
        return Table(f"portfolio_{key}", heads, list(rows), figures, foot)


def portfolio_told(valued: Valued, lang: str, easel: Easel | None = None) -> PortfolioTold:
    """What is asked of a valued portfolio, told in a language."""
    group = valued.structure.groups[0]
    error = _chance_error(valued)
    currency = group.loaded.scenario.basis.currency
    numbers = Numbers(lang, currency, step=_step(_size(valued.total)), chance_error=error)
    found = places(valued.expected, valued.together)
    return PortfolioTold(
        valued, found, drivers(valued), _funding(valued), Words(lang), numbers, easel or Easel()
    )


def _funding(valued: Valued) -> Funding | None:
    """What to fund, where the portfolio names a budget."""
    budget = valued.loaded.portfolio.budget
    if budget is None:
        return None
    return funding(budget, valued.expected, valued.together, valued.costs(budget.payer))


def _chance_error(valued: Valued) -> float:
    """Numerical error of the chance that the total gains: that of some of the draws, made smaller
    as the root of how many more there are."""
    positive = (valued.together.sum(axis=0) > 0).astype(float)
    share = len(positive) / valued.structure.draws.total
    return standard_error(positive.reshape(REPLICATES, -1).mean(axis=1)) * float(np.sqrt(share))


def _size(answer: Answer) -> float:
    """How large the amounts of an answer are."""
    return max(abs(answer.benefits), answer.investment)


def _step(size: float) -> int:
    """Whole thousands, but for small amounts hundreds or single euros."""
    return 1000 if size >= 100_000 else 100 if size >= 10_000 else 1
