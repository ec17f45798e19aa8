"""What ids are called in a language: payers, prices, activities and lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.library.library import Proxy
from sroi.inputs.scenario.scenario import Activity, Outcome, Scenario
from sroi.inputs.text.nouns import Text
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

PARTS = ("effects", "tiers", "costs")


@dataclass(frozen=True)
class Names:
    """A valuation with the words and numbers of one language, and what everything is called."""

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
        """A payer by name, or the id of one that only another scenario has."""
        known = self.valuation.loaded.library.payers
        return self.say(known[key].name) if key in known else key

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

    def outcome(self, key: str) -> Outcome:
        """An outcome by id."""
        return next(outcome for outcome in self.scenario.outcomes if outcome.id == key)

    def line(self, path: str) -> str:
        """A line of the value flows in words: an outcome, or a part of a ladder or a cohort.

        The path itself of a line that only another scenario has.
        """
        kind, key, *rest = path.split(".")
        nouns = getattr(self.scenario, kind)
        noun = next((noun for noun in nouns if noun.id == key), None)
        if noun is None or not rest:
            return self.say(noun.what) if noun else path
        parts = [part for name in PARTS for part in getattr(noun, name, ())]
        found = next((self.say(part.what) for part in parts if part.id == rest[-1]), path)
        return found if len(nouns) == 1 else f"{self.say(noun.what)}: {found}"

    def thing(self, unit: str) -> str:
        """The unit of a price in the language of the report, where it is a known one."""
        return self.words(f"unit.{unit}") if self.words.has(f"unit.{unit}") else unit

    def unit_of(self, activity: Activity) -> str:
        """The unit of an activity, as the scenario says it in this language."""
        return self.thing(self.say(activity.unit))
