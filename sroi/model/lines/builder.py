"""From the nouns of a scenario to the lines of a model: outcomes and investment."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.assumptions import own_price, price_series
from sroi.inputs.scenario.price_level import amount_series
from sroi.inputs.scenario.programme_end import costs_end
from sroi.inputs.scenario.scenario import CORRECTIONS, Investment, Outcome, Scenario
from sroi.model.lines.indexation import factor
from sroi.model.lines.lines import CLASSES, NOTHING, ONE, Flow, InvestmentLine, OutcomeLine
from sroi.model.uncertain.distributions import Certain, Distribution
from sroi.model.uncertain.following import Linked
from sroi.model.uncertain.shrinkage import optimism_factor

Array = NDArray[np.float64]
PROVIDER = "aanbieder"
WEAKEST = 6


def in_year(path: str, year: int, known: Container[str]) -> str:
    """The path of a size in a year: that of the year itself, where it has one."""
    own = f"{path}.{year}"
    return own if own in known else path


@dataclass(frozen=True)
class Builder:
    """Turns the nouns of a scenario into lines of a model. `known`: distributions by path."""

    scenario: Scenario
    library: Library
    known: dict[str, Distribution]
    payers: tuple[str, ...]

    def outcome(self, outcome: Outcome) -> OutcomeLine:
        """The line of an outcome in euros."""
        path = f"outcomes.{outcome.id}"
        lasts = f"{path}.lasts" if outcome.lasts else ONE
        causal = outcome.effect_basis == "causal"
        corrections = () if causal else tuple(f"{path}.{name}" for name in CORRECTIONS)
        volumes = self.yearly(f"activities.{outcome.of}.volume")
        returning = f"activities.{outcome.of}.returning"
        return OutcomeLine(
            id=outcome.id,
            stakeholder=outcome.stakeholder,
            volumes=volumes,
            rate=f"{path}.rate",
            corrections=corrections,
            delay=outcome.starts - 1,
            lasts=lasts,
            drop_off=f"{path}.drop_off" if outcome.drop_off else NOTHING,
            ages=self.ages(lasts),
            flows=self.flows(outcome),
            kept=self.kept([outcome.rate]),
            returning=returning if returning in self.known else "",
            active=tuple(self.known[volume] != Certain(0.0) for volume in volumes),
        )

    def investment(self, line: Investment) -> InvestmentLine:
        """The line of an investment."""
        cash = line.cash_class
        if line.proxy:
            proxy = self.library.proxies[line.proxy]
            index = self.index(proxy.index, proxy.price_year)
            price, shares = f"proxies.{proxy.id}.value", self.shares(line.shares, cash)
            flow = Flow(price, index, shares, proxy.index, f"investment.{line.id}")
            return InvestmentLine(line.id, self._until_end(f"investment.{line.id}.volume"), flow)
        series = amount_series(line)
        index = self.index(series, line.price_year) if line.price_year else 1.0
        shares = self.shares(line.shares, cash)
        flow = Flow(ONE, index, shares, series, f"investment.{line.id}")
        return InvestmentLine(line.id, self._until_end(f"investment.{line.id}.per_year"), flow)

    def _until_end(self, path: str) -> tuple[str, ...]:
        """The path of costs for every year; nothing in those after the end of every programme."""
        years, end = self.yearly(path), costs_end(self.scenario)
        return years if end is None else (*years[:end], *(NOTHING for _ in years[end:]))

    def yearly(self, path: str) -> tuple[str, ...]:
        """The path for every year: its own, or the one that holds for all years."""
        basis = self.scenario.basis
        years = range(basis.first_year, basis.first_year + basis.years)
        return tuple(in_year(path, year, self.known) for year in years)

    def ages(self, lasts: str) -> int:
        """In how many years the effect can flow at most."""
        d = self.known[lasts]
        if isinstance(d, Linked):
            return int(np.ceil(d.highest - 1e-9))
        longest = d.centre if isinstance(d, Certain) else float(d.ppf(np.array([1 - 2.0**-33]))[0])
        return int(np.ceil(longest - 1e-9))

    def flows(self, outcome: Outcome) -> tuple[Flow, ...]:
        """The flows of an outcome: one, or two where the payer pays another price."""
        proxy = self.library.proxies[outcome.proxy or ""]
        cash = outcome.cash or proxy.cash
        payers = outcome.payers or proxy.payers
        series = price_series(outcome, proxy)
        index = self.index(series, outcome.price_year or proxy.price_year)
        own = own_price(outcome)
        price = f"outcomes.{outcome.id}.value" if own else f"proxies.{proxy.id}.value"
        if proxy.tariff and not own:
            # the payer saves the tariff; the provider keeps what the resources cost beyond it
            provider = self.shares({PROVIDER: 1.0}, "soft")
            saved = self.shares(payers, cash) - provider
            tariff = Flow(f"proxies.{proxy.id}.tariff", index, saved, series)
            return (tariff, Flow(price, index, provider, series))
        return (Flow(price, index, self._with_receiver(proxy, payers, cash), series),)

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

    def kept(self, effects: Iterable[Quantity | None]) -> float:
        """What optimism bias leaves of gains from these effects: by the weakest evidence."""
        if self.scenario.basis.optimism_bias == "none":
            return 1.0
        grades = [effect.evidence or WEAKEST for effect in effects if effect is not None]
        return optimism_factor(max(grades, default=WEAKEST))
