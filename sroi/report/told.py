"""A valuation told in a language: names instead of ids, quantities in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sroi.analysis.valuation import Valuation
from sroi.inputs.assumptions import Assumption, assumptions
from sroi.inputs.nouns import Reference, Text
from sroi.inputs.proxies import Proxy
from sroi.inputs.quantity import FRACTION, Quantity
from sroi.inputs.scenario import Activity, Outcome, Scenario
from sroi.report.numbers import Numbers
from sroi.report.words import Words


@dataclass(frozen=True)
class Told:
    """What every page needs: the valuation, the words and the numbers of one language."""

    valuation: Valuation
    words: Words
    numbers: Numbers

    @property
    def scenario(self) -> Scenario:
        """The scenario that is told."""
        return self.valuation.loaded.scenario

    def say(self, text: Text | None) -> str:
        """A text of the scenario in the language of the report."""
        return text.in_(self.words.lang) if text else ""

    def payer(self, key: str) -> str:
        """A payer by name."""
        return self.say(self.valuation.loaded.library.payers[key].name)

    def payers(self, shares: dict[str, float]) -> str:
        """Payers with their shares."""
        if len(shares) == 1:
            return self.payer(next(iter(shares)))
        told = [f"{self.payer(key)} {self.numbers.percent(part)}" for key, part in shares.items()]
        return self.numbers.list(told)

    def stakeholder(self, key: str) -> str:
        """A stakeholder by name, or the id where the scenario gives no name."""
        names = {holder.id: self.say(holder.name) for holder in self.scenario.stakeholders}
        return names.get(key, key)

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Activities by id."""
        return {activity.id: activity for activity in self.scenario.activities}

    def proxy(self, key: str) -> Proxy:
        """A proxy by id."""
        return self.valuation.loaded.library.proxies[key]

    def source(self, reference: Reference | None) -> str:
        """A reference as `title, place`."""
        if reference is None:
            return ""
        known = self.valuation.loaded.library.sources[reference.key]
        return f"{known.title} ({reference.place})" if reference.place else known.title

    @cached_property
    def assumptions(self) -> dict[str, Assumption]:
        """Every number of the scenario by its path."""
        return assumptions(self.scenario, self.valuation.loaded.library)

    def outcome(self, key: str) -> Outcome:
        """An outcome by id."""
        return next(outcome for outcome in self.scenario.outcomes if outcome.id == key)

    def subject(self, path: str) -> str:
        """What a path is about, in words: the line and the field."""
        return ": ".join(self.line_and_field(path))

    def line_and_field(self, path: str) -> tuple[str, str]:
        """The line that a path belongs to, and its field (with the year), in words."""
        kind, key, field = path.split(".")[:3]
        year = path.split(".")[3:]
        named: dict[str, Any] = {
            "activities": self.scenario.activities,
            "outcomes": self.scenario.outcomes,
            "investment": self.scenario.investment,
        }
        if kind == "proxies":
            name = self.say(self.proxy(key).name)
        else:
            name = self.say(next(noun.what for noun in named[kind] if noun.id == key))
        return name, " ".join([self._field(kind, key, field), *year])

    def _field(self, kind: str, key: str, field: str) -> str:
        """A field of the scenario file in words; a rate says of what and per what."""
        if (kind, field) != ("outcomes", "rate"):
            return self.words(f"field.{field}")
        outcome = self.outcome(key)
        unit = outcome.unit or (self.proxy(outcome.proxy).thing if outcome.proxy else "")
        per = self.unit_of(self.activities[outcome.of])
        key = "field.rate_of" if unit else "field.rate"
        return self.words(key, unit=self.thing(unit), per=per)

    def thing(self, unit: str) -> str:
        """The unit of a price in the language of the report, where it is a known one."""
        return self.words(f"unit.{unit}") if self.words.has(f"unit.{unit}") else unit

    def unit_of(self, activity: Activity) -> str:
        """The unit of an activity, as the scenario says it in this language."""
        return self.thing(self.say(activity.unit))

    def amount(self, path: str, value: float) -> str:
        """A value of a quantity: a fraction as percent, a price in the currency."""
        if _as_percent(path, self.assumptions[path]):
            return self.numbers.share(value)
        if path.split(".")[2] in ("value", "tariff", "per_year"):
            return self.numbers.euro(value, 2 if abs(value) < 1000 and value % 1 else 0)
        return self.numbers.plain(value)

    def rough(self, path: str, value: float) -> str:
        """The same for a value that was computed: no more digits than a person would say."""
        digits = 2 if value == 0 else 1 - math.floor(math.log10(abs(value)))
        return self.amount(path, round(value, digits))

    def quantity(self, path: str) -> str:
        """A quantity in words: `40% (20%–70%)`, or its distribution."""
        quantity = self.assumptions[path].quantity

        def show(value: float) -> str:
            return self.amount(path, value)

        if not quantity.uncertain:
            return show(quantity.value if quantity.value is not None else quantity.best)  # type: ignore[arg-type]
        if quantity.best is not None:
            facts = {"low": quantity.low, "best": quantity.best, "high": quantity.high}
            told = {name: show(value) for name, value in facts.items()}  # type: ignore[arg-type]
            return self.words(f"quantity.{quantity.shape}", **told)
        return self.words(f"quantity.{quantity.form}", **self._facts(quantity, show))

    def _facts(self, quantity: Quantity, show: Any) -> dict[str, str]:
        if quantity.uniform:
            return {"low": show(quantity.uniform[0]), "high": show(quantity.uniform[1])}
        if quantity.normal:
            return {"mean": show(quantity.normal.centre), "sd": show(quantity.normal.spread)}
        if quantity.lognormal:
            sd_log = self.numbers.plain(quantity.lognormal.spread)
            return {"median": show(quantity.lognormal.median), "sd_log": sd_log}
        if quantity.gamma:
            return {
                "mean": show(quantity.gamma.mean),
                "cv": self.numbers.percent(quantity.gamma.cv),
            }
        yes, no = quantity.beta.yes, quantity.beta.no  # type: ignore[union-attr]
        return {"yes": self.numbers.plain(yes), "no": self.numbers.plain(no)}


def _as_percent(path: str, assumption: Assumption) -> bool:
    """Corrections are percents; a rate is one as long as it stays between -100% and 100%."""
    if assumption.domain == FRACTION:
        return True
    quantity = assumption.quantity
    return path.endswith(".rate") and quantity.outside((-1.0, 1.0)) == 0
