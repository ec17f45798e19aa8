"""A scenario as numbers: lines with the paths of their quantities, and who has a share of them.

Every euro of the tool is one row of one table: line × year × payer × cash class, per draw. A `Flow`
is a line at one price with its fixed shares (payer, class); a line with two prices has two flows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.assumptions import assumptions, own_price
from sroi.inputs.correlations import matrix
from sroi.inputs.proxies import Library, Proxy
from sroi.inputs.scenario import CORRECTIONS, Investment, Outcome, Scenario
from sroi.model.copula import Copula, copula
from sroi.model.discounting import Discounting
from sroi.model.distributions import Certain, Distribution, distribution
from sroi.model.indexation import factor
from sroi.model.quantities import Quantities, quantities

Array = NDArray[np.float64]
CLASSES = ("hard", "soft", "pm")
PROVIDER = "aanbieder"


@dataclass(frozen=True)
class Flow:
    """A price (path and index factor) with the shares (payer, class) of what it is worth."""

    price: str
    index: float
    shares: Array


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome: volumes by year × rate, corrected, fading over the years it lasts."""

    id: str
    stakeholder: str
    volumes: tuple[str, ...]
    rate: str
    corrections: tuple[str, ...]
    delay: int
    lasts: str
    drop_off: str
    ages: int
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class InvestmentLine:
    """A cost by year: `volumes` × the price of the flow."""

    id: str
    volumes: tuple[str, ...]
    flow: Flow


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


ONE, NOTHING = "one", "nothing"


def model_of(scenario: Scenario, library: Library) -> Model:
    """The model of a scenario that passed all checks."""
    found = assumptions(scenario, library)
    known: dict[str, Distribution] = {ONE: Certain(1.0), NOTHING: Certain(0.0)}
    known |= {path: distribution(a.quantity, a.domain) for path, a in found.items()}
    names = _payers(scenario, library)
    build = _Builder(scenario, library, known, names)
    outcomes = tuple(build.outcome(o) for o in scenario.outcomes if o.in_euros)
    years = scenario.basis.years
    last = max((line.delay + line.ages for line in outcomes), default=0) + years - 1
    return Model(
        quantities=quantities(known, _copula(scenario, known)),
        outcomes=outcomes,
        investment=tuple(build.investment(line) for line in scenario.investment),
        payers=names,
        public=tuple(library.payers[name].public for name in names),
        first_year=scenario.basis.first_year,
        horizon=years,
        years=max(years, last) if scenario.basis.horizon == "count" else years,
        discounting=discounting(scenario, library),
    )


def discounting(scenario: Scenario, library: Library) -> Discounting:
    """The rate and timing that hold: those of the regime, with what the scenario changes."""
    rule = scenario.basis.discounting
    regime = library.regimes.get(rule.regime or "")
    return Discounting(
        rate=regime.rate if regime else rule.rate,  # type: ignore[arg-type]
        timing=rule.timing or regime.timing,  # type: ignore[union-attr]
        investment=rule.investment or (regime.investment if regime else "same"),
    )


def _copula(scenario: Scenario, known: dict[str, Distribution]) -> Copula:
    """Of the quantities that vary; in a variant one of a pair may have become certain."""
    uncertain = [path for path, d in known.items() if not isinstance(d, Certain)]
    pairs = {
        (first, second): correlation.rho
        for correlation in scenario.correlations
        for position, second in enumerate(correlation.of)
        for first in correlation.of[:position]
        if first in uncertain and second in uncertain
    }
    names, square = matrix(pairs)
    return copula(tuple(uncertain.index(name) for name in names), square)


def _payers(scenario: Scenario, library: Library) -> tuple[str, ...]:
    """Payers that have a part in it, in the order of the library, the scenario's own last."""
    named = {payer for line in scenario.investment for payer in line.shares}
    for outcome in scenario.outcomes:
        if outcome.in_euros:
            proxy = library.proxies[outcome.proxy or ""]
            named |= set(outcome.payers or proxy.payers) | {proxy.receiver or ""}
            if proxy.tariff and not own_price(outcome):
                named.add(PROVIDER)
    return tuple(name for name in library.payers if name in named)


@dataclass(frozen=True)
class _Builder:
    """Turns the nouns of a scenario into lines of a model."""

    scenario: Scenario
    library: Library
    known: dict[str, Distribution]
    payers: tuple[str, ...]

    def outcome(self, outcome: Outcome) -> OutcomeLine:
        path = f"outcomes.{outcome.id}"
        lasts = f"{path}.lasts" if outcome.lasts else ONE
        causal = outcome.effect_basis == "causal"
        corrections = () if causal else tuple(f"{path}.{name}" for name in CORRECTIONS)
        return OutcomeLine(
            id=outcome.id,
            stakeholder=outcome.stakeholder,
            volumes=self.yearly(f"activities.{outcome.of}.volume"),
            rate=f"{path}.rate",
            corrections=corrections,
            delay=outcome.starts - 1,
            lasts=lasts,
            drop_off=f"{path}.drop_off" if outcome.drop_off else NOTHING,
            ages=self.ages(lasts),
            flows=self.flows(outcome),
        )

    def investment(self, line: Investment) -> InvestmentLine:
        cash = line.cash_class
        if line.proxy:
            proxy = self.library.proxies[line.proxy]
            index = self.index(proxy.index, proxy.price_year)
            flow = Flow(f"proxies.{proxy.id}.value", index, self.shares(line.shares, cash))
            return InvestmentLine(line.id, self.yearly(f"investment.{line.id}.volume"), flow)
        index = self.index("cpi", line.price_year) if line.price_year else 1.0
        flow = Flow(ONE, index, self.shares(line.shares, cash))
        return InvestmentLine(line.id, self.yearly(f"investment.{line.id}.per_year"), flow)

    def yearly(self, path: str) -> tuple[str, ...]:
        """The path for every year: its own, or the one that holds for all years."""
        basis = self.scenario.basis
        years = range(basis.first_year, basis.first_year + basis.years)
        return tuple(path if path in self.known else f"{path}.{year}" for year in years)

    def ages(self, lasts: str) -> int:
        """In how many years the effect can flow at most."""
        d = self.known[lasts]
        longest = d.centre if isinstance(d, Certain) else float(d.ppf(np.array([1 - 2.0**-33]))[0])
        return int(np.ceil(longest - 1e-9))

    def flows(self, outcome: Outcome) -> tuple[Flow, ...]:
        proxy = self.library.proxies[outcome.proxy or ""]
        cash = outcome.cash or proxy.cash
        payers = outcome.payers or proxy.payers
        index = self.index(proxy.index, outcome.price_year or proxy.price_year)
        own = own_price(outcome)
        price = f"outcomes.{outcome.id}.value" if own else f"proxies.{proxy.id}.value"
        if proxy.tariff and not own:
            # the payer saves the tariff; the provider keeps what the resources cost beyond it
            provider = self.shares({PROVIDER: 1.0}, "soft")
            saved = self.shares(payers, cash) - provider
            tariff = Flow(f"proxies.{proxy.id}.tariff", index, saved)
            return (tariff, Flow(price, index, provider))
        return (Flow(price, index, self._with_receiver(proxy, payers, cash)),)

    def _with_receiver(self, proxy: Proxy, payers: dict[str, float], cash: str) -> Array:
        """A transfer: what the payer saves, the receiver loses."""
        gained = self.shares(payers, cash)
        return gained - self.shares({proxy.receiver: 1.0}, cash) if proxy.receiver else gained

    def shares(self, payers: dict[str, float], cash: str) -> Array:
        """Shares as an array (payer, class)."""
        table = np.zeros((len(self.payers), len(CLASSES)))
        for payer, share in payers.items():
            table[self.payers.index(payer), CLASSES.index(cash)] += share
        return table

    def index(self, series: str, year: int) -> float:
        """Price index factor from a year to the price year of the scenario."""
        factors = self.library.indices[series].factors
        return factor(factors, year, self.scenario.basis.price_year)
