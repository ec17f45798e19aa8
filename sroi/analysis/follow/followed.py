"""A contract followed: what came of it, why, and what is expected now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sroi.analysis.follow.expectation import Expectation
from sroi.analysis.follow.factors import Factors
from sroi.analysis.follow.going_on import Rule, rules
from sroi.analysis.follow.lines import Lines
from sroi.analysis.follow.paid import Paid, paid
from sroi.analysis.follow.realised import Realised, realised
from sroi.analysis.follow.seen import sightings
from sroi.analysis.follow.to_date import Money, by_year, to_date
from sroi.analysis.follow.updated import Updated, updated
from sroi.analysis.follow.yearly import Yearly, drawn, yearly
from sroi.analysis.result.nominal import Follows, followed
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.follow.happened import Happened
from sroi.inputs.follow.targets import targets
from sroi.model.flows import engine
from sroi.model.follow.evidence import LEAST
from sroi.problems import Problem


@dataclass(frozen=True)
class Followed:
    """What happened, and all that is answered of it."""

    happened: Happened
    yearly: Yearly
    realised: Realised
    lines: Lines
    updated: Updated

    @cached_property
    def expectation(self) -> Expectation | None:
        """What is expected now; None where too few draws are left to tell a band from."""
        return Expectation(self.lines, self.updated) if self.updated.enough else None

    @cached_property
    def valuation(self) -> Valuation:
        """The scenario in its central case, for who tells of it in words."""
        central = engine.central(self.yearly.base)
        return Valuation(self.happened.loaded, self.yearly.base, central, central)

    @cached_property
    def prices(self) -> list[Follows]:
        """What every flow follows to prices of each year."""
        loaded = self.happened.loaded
        return followed(self.valuation.central, loaded.scenario, loaded.library)

    @cached_property
    def years(self) -> list[Money]:
        """Expected and realised of every line and payer in every year that is over."""
        return by_year(self.lines, self.prices)

    @cached_property
    def to_date(self) -> list[Money]:
        """The same over the years of which a line is known."""
        return to_date(self.years)

    @cached_property
    def rules(self) -> list[Rule]:
        """Every rule under monitoring that is in figures."""
        return rules(targets(self.happened), self.lines.factors, self.expectation)

    @cached_property
    def paid(self) -> list[Paid]:
        """What the contract pays for results."""
        scenario = self.happened.loaded.scenario
        return paid(scenario, self.lines.factors, self.expectation)

    @cached_property
    def back(self) -> tuple[float, float] | None:
        """The chance that the hard money of who commissions is back by the year that was agreed: as
        promised and as expected now; None where no year was, or nothing is expected."""
        contract = self.happened.loaded.scenario.contract
        if contract is None or contract.back_by is None or self.expectation is None:
            return None
        if contract.payer not in self.yearly.model.payers:
            return None
        return self.expectation.back_by(contract.payer, contract.back_by)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What has to be known of the table; and why nothing is expected anew, where it is not."""
        if self.updated.enough:
            return self.happened.problems
        facts = {"effective": f"{self.updated.effective:.0f}", "least": LEAST}
        facts |= {"what": self.updated.furthest}
        file = self.happened.document.file
        return (*self.happened.problems, Problem("follow-draws-few", "warning", file, facts=facts))


def follow(happened: Happened) -> Followed:
    """A contract, followed by what happened."""
    loaded = happened.loaded
    years, found = yearly(loaded), realised(happened)
    expected = years.values(drawn(years.model, loaded))
    factors = Factors(years, expected, found, happened.last_whole_year)
    seen = sightings(happened, factors)
    return Followed(happened, years, found, Lines(factors), updated(loaded, factors, seen))
