"""A scenario as numbers: lines with the paths of their quantities, and who has a share of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.library.library import Library
from sroi.inputs.quantity.correlations import matrix
from sroi.inputs.quantity.named import ByYear
from sroi.inputs.quantity.quantity import ANY
from sroi.inputs.scenario.assumptions import Assumption, assumptions, own_price
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.lines.builder import PROVIDER, Builder
from sroi.model.lines.care_lines import ladder_line, shift_line
from sroi.model.lines.cohort_lines import cohort_line
from sroi.model.lines.discounting import Discounting
from sroi.model.lines.first_dimensions import in_order
from sroi.model.lines.lines import (
    NOTHING,
    ONE,
    CohortLine,
    Flow,
    InvestmentLine,
    LadderLine,
    OutcomeLine,
    ShiftLine,
)
from sroi.model.uncertain.copula import Copula, copula
from sroi.model.uncertain.distributions import Certain, Distribution, Occurrence, distribution
from sroi.model.uncertain.following import Linked, Together, YearOf
from sroi.model.uncertain.occurring import MOST_TIED, Occurring, groups, occurring
from sroi.model.uncertain.quantities import Quantities, drawn_of, quantities

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """Everything that the engine needs, and nothing else. `years` are those that count."""

    quantities: Quantities
    outcomes: tuple[OutcomeLine, ...]
    investment: tuple[InvestmentLine, ...]
    payers: tuple[str, ...]
    public: tuple[bool, ...]
    first_year: int
    horizon: int
    years: int
    discounting: Discounting
    ladders: tuple[LadderLine, ...] = ()
    shifts: tuple[ShiftLine, ...] = ()
    cohorts: tuple[CohortLine, ...] = ()

    @property
    def own_time(self) -> bool:
        """Whether a cohort discounts its costs otherwise than by year."""
        return any(line.own_time for line in self.cohorts)

    @cached_property
    def flows(self) -> list[tuple[str, str, Flow]]:
        """Line, stakeholder and flow of every row of the table, in the order of the engine."""
        rows = [
            (f"outcomes.{x.id}", x.stakeholder, flow) for x in self.outcomes for flow in x.flows
        ]
        for ladder in self.ladders:
            for tier in ladder.tiers:
                name = f"care_ladder.{ladder.id}.{tier.id}"
                rows += [(name, ladder.stakeholder, flow) for flow in tier.flows]
        for shift in self.shifts:
            name = f"direct_shift.{shift.id}"
            rows += [(name, shift.stakeholder, flow) for flow in shift.care.flows]
        for cohort in self.cohorts:
            pairs = zip(cohort.costs, cohort.flows, strict=True)
            rows += [(f"cohorts.{cohort.id}.{c.id}", cohort.stakeholder, f) for c, f in pairs]
        return rows + [(f"investment.{x.id}", "", x.flow) for x in self.investment]


def model_of(scenario: Scenario, library: Library) -> Model:
    """The model of a scenario that passed all checks."""
    found = assumptions(scenario, library)
    known: dict[str, Distribution] = {ONE: Certain(1.0), NOTHING: Certain(0.0)}
    for path, one in found.items():
        known[path] = _distribution(one, found, known)
    names = _payers(scenario, library)
    build = Builder(scenario, library, known, names)
    outcomes = tuple(build.outcome(o) for o in scenario.outcomes if o.in_euros)
    years = scenario.basis.years
    ladders = tuple(ladder_line(build, ladder) for ladder in scenario.care_ladder)
    last = max((line.delay + line.ages for line in outcomes), default=0) + years - 1
    last = max([last, *(years + line.after for line in ladders)])
    return Model(
        quantities=quantities(known, *_copula(scenario, known)),
        outcomes=outcomes,
        investment=tuple(build.investment(line) for line in scenario.investment),
        payers=names,
        public=tuple(library.payers[name].public for name in names),
        first_year=scenario.basis.first_year,
        horizon=years,
        years=max(years, last) if scenario.basis.horizon == "count" else years,
        discounting=discounting(scenario, library),
        ladders=ladders,
        shifts=tuple(shift_line(build, shift) for shift in scenario.direct_shift),
        cohorts=tuple(cohort_line(build, cohort) for cohort in scenario.cohorts),
    )


def _distribution(
    one: Assumption, found: Mapping[str, Assumption], known: Mapping[str, Distribution]
) -> Distribution:
    """What a number is: a distribution, or how it follows from others."""
    if isinstance(one.quantity, ByYear):
        years = [each for each in found.values() if each.drawn_with == one.path]
        return Together(tuple(distribution(each.quantity, each.domain) for each in years))
    if one.drawn_with:
        whole = known[one.drawn_with]
        return YearOf(one.drawn_with, whole, distribution(one.quantity, one.domain))  # type: ignore[arg-type]
    if one.origin:
        low, high = one.domain if one.times or one.plus else ANY
        return Linked(one.origin, one.times, one.plus, low, high, known)
    return distribution(one.quantity, one.domain)


def discounting(scenario: Scenario, library: Library) -> Discounting:
    """The rate and timing that hold: those of the regime, with what the scenario changes."""
    rule = scenario.basis.discounting
    regime = library.regimes.get(rule.regime or "")
    return Discounting(
        rate=regime.rate if regime else rule.rate,  # type: ignore[arg-type]
        timing=rule.timing or regime.timing,  # type: ignore[union-attr]
        investment=rule.investment or (regime.investment if regime else "same"),
    )


def _copula(scenario: Scenario, known: dict[str, Distribution]) -> tuple[Copula, list[str]]:
    """Of the quantities that vary, and these in their order; in a variant one of a pair may have
    become certain."""
    uncertain = drawn_of(known)
    names, square = correlated(scenario, uncertain)
    order, happening = in_order(uncertain, known, _tied_to_others(names, square, known))
    rest = [place for place, name in enumerate(names) if name not in happening]
    rows = tuple(order.index(names[place]) for place in rest)
    whole = _occurring(happening, order, names, square, known)
    return copula(rows, square[np.ix_(rest, rest)], whole), order


def correlated(scenario: Scenario, uncertain: Sequence[str]) -> tuple[list[str], Array]:
    """Which of these quantities move together, and their correlation matrix."""
    pairs = {
        (first, second): correlation.rho
        for correlation in scenario.correlations
        for position, second in enumerate(correlation.of)
        for first in correlation.of[:position]
        if first in uncertain and second in uncertain
    }
    return matrix(pairs)


def _tied_to_others(names: list[str], square: Array, known: dict[str, Distribution]) -> set[str]:
    """What may happen or not and moves together with what varies otherwise, or with too many."""
    tied = set[str]()
    for group in groups(square):
        some = [names[place] for place in group]
        alone = all(isinstance(known[name], Occurrence) for name in some)
        if not alone or len(some) > MOST_TIED:
            tied.update(some)
    return tied


def _occurring(
    happening: list[str],
    order: list[str],
    names: list[str],
    square: Array,
    known: dict[str, Distribution],
) -> Occurring | None:
    """What happens or not, from one dimension; nothing where there is no such thing."""
    if not happening:
        return None
    correlation = np.eye(len(happening))
    for i, first in enumerate(happening):
        for j, second in enumerate(happening):
            if i != j and first in names and second in names:
                correlation[i, j] = square[names.index(first), names.index(second)]
    chances = [known[name].mean for name in happening]
    weights = [known[f"{name.rpartition('.')[0]}.criticality"].mean for name in happening]
    return occurring([order.index(name) for name in happening], chances, weights, correlation)


def _payers(scenario: Scenario, library: Library) -> tuple[str, ...]:
    """Payers that have a part in it, in the order of the library, the scenario's own last."""
    named = {payer for line in scenario.investment for payer in line.shares}
    for outcome in scenario.outcomes:
        if outcome.in_euros:
            proxy = library.proxies[outcome.proxy or ""]
            named |= set(outcome.payers or proxy.payers) | {proxy.receiver or ""}
            if proxy.tariff and not own_price(outcome):
                named.add(PROVIDER)
    for _, _, care in scenario.care():
        priced = library.proxies.get(care.proxy or "")
        named |= set(care.payers or (priced.payers if priced else {}))
        if priced and priced.tariff and care.cost is None:
            named.add(PROVIDER)
    named |= {name for x in scenario.cohorts for cost in x.costs for name in cost.payers}
    return tuple(name for name in library.payers if name in named)
