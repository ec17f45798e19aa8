"""A valuation told in a language: names instead of ids, quantities in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sroi.analysis.result.convergence import enough
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.care.enabling_conditions import MovesAlong
from sroi.inputs.library.library import Proxy
from sroi.inputs.quantity.counted import Stick
from sroi.inputs.quantity.hazard_ratio import HazardRatio
from sroi.inputs.quantity.quantity import FRACTION, Quantity
from sroi.inputs.scenario.assumptions import Assumption, assumptions
from sroi.inputs.scenario.scenario import MAX_DRAWS, Activity, Outcome, Scenario
from sroi.inputs.text.nouns import Reference, Text
from sroi.report.charts.easel import Easel
from sroi.report.told.bibliography import Entry, bibliography, used
from sroi.report.told.subjects import line_and_field
from sroi.report.words.numbers import Numbers
from sroi.report.words.places import place
from sroi.report.words.words import Words

PARTS = ("effects", "tiers", "costs")
EUROS = {"value", "tariff", "per_year", "cost", "costs"}


@dataclass(frozen=True)
class Told:
    """What every page needs: the valuation, the words and the numbers of one language."""

    valuation: Valuation
    words: Words
    numbers: Numbers
    easel: Easel = field(default_factory=Easel, compare=False, repr=False)

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

    def source(self, reference: Reference | None) -> str:
        """A reference as `title (place)`, where there is no list of sources to look it up in."""
        if reference is None:
            return ""
        known = self.valuation.loaded.library.sources[reference.key]
        where = place(reference.place, self.words.lang)
        return f"{known.title} ({where})" if where else known.title

    @cached_property
    def bibliography(self) -> list[Entry]:
        """The sources that are referred to."""
        library, lang = self.valuation.loaded.library, self.words.lang
        return bibliography(used(self.valuation), library.sources, lang)

    def cited(self, reference: Reference | None) -> str:
        """A reference on a page: its label in the list of sources, and the place."""
        if reference is None:
            return ""
        label = next(one.label for one in self.bibliography if one.key == reference.key)
        where = place(reference.place, self.words.lang)
        return f"{label}, {where}" if where else label

    @cached_property
    def assumptions(self) -> dict[str, Assumption]:
        """Every number of the scenario by its path."""
        return assumptions(self.scenario, self.valuation.loaded.library)

    def enough(self) -> str:
        """Whether the draws were enough for the digits that are printed, and how many would be."""
        made = enough(self.valuation.drawn, self.numbers.step, self.scenario.basis.sampling)
        draws = self.numbers.number(self.valuation.drawn.draws)
        most = max((one.needed or 0 for one in made if not one.enough), default=0)
        if not most:
            return self.words("enough.sure", draws=draws)
        key = "enough.short" if most <= MAX_DRAWS else "enough.beyond"
        return self.words(key, draws=draws, needed=self.numbers.number(most))

    def outcome(self, key: str) -> Outcome:
        """An outcome by id."""
        return next(outcome for outcome in self.scenario.outcomes if outcome.id == key)

    def subject(self, path: str) -> str:
        """What a path is about, in words: the line and the field."""
        return ": ".join(self.line_and_field(path))

    def label(self, path: str) -> str:
        """The same for a chart: the field on one line, and beneath it what it is about."""
        line, field = self.line_and_field(path)
        return f"{field}\n{line}"

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

    def line_and_field(self, path: str) -> tuple[str, str]:
        """The line that a path belongs to, and its field (with the year), in words."""
        return line_and_field(self, path)

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
        if not EUROS.isdisjoint(path.split(".")[2:]):
            return self.numbers.euro(value, 2 if abs(value) < 1000 and value % 1 else 0)
        return self.numbers.plain(value)

    def with_error(self, value: float, error: float) -> str:
        """An amount of money with its numerical error, which is rounded up: never ± nothing."""
        step = self.numbers.step
        up = self.numbers.money(math.ceil(error / step) * step)
        shown = self.numbers.money(value)
        return f"{shown} (±\u00a0{up})" if error > 0 else shown

    def rough(self, path: str, value: float) -> str:
        """The same for a value that was computed: no more digits than a person would say."""
        digits = 2 if value == 0 else 1 - math.floor(math.log10(abs(value)))
        digits = 2 if 0.5 <= abs(value) < 2 else digits  # ratios lie there: 0.97 is not 1
        return self.amount(path, round(value, digits))

    def quantity(self, path: str) -> str:
        """A quantity in words: `40% (20%–70%)`, or its distribution."""
        quantity = self.assumptions[path].quantity

        def show(value: float) -> str:
            return self.amount(path, value)

        if isinstance(quantity, MovesAlong) and quantity.chance is not None:
            return self.words("quantity.chance", chance=self.numbers.share(quantity.chance))
        if not quantity.uncertain:
            return show(quantity.value if quantity.value is not None else quantity.best)  # type: ignore[arg-type]
        if quantity.best is not None:
            facts = {"low": quantity.low, "best": quantity.best, "high": quantity.high}
            told = {name: show(value) for name, value in facts.items()}  # type: ignore[arg-type]
            return self.words(f"quantity.{quantity.shape}", **told)
        return self.words(f"quantity.{quantity.form}", **self._facts(quantity, show))

    def _facts(self, quantity: Quantity, show: Any) -> dict[str, str]:
        """What the sentence of a form wants to know."""
        n, q = self.numbers, quantity
        facts: dict[str, Any] = {}
        if isinstance(q, Stick):
            facts = {"count": n.plain(q.count), "of": n.plain(q.count + q.later)}
        elif isinstance(q, HazardRatio) and q.claim:
            facts = {"found": n.plain(q.claim.found)}
        elif q.uniform:
            facts = {"low": show(q.uniform[0]), "high": show(q.uniform[1])}
        elif q.normal:
            facts = {"mean": show(q.normal.centre), "sd": show(q.normal.spread)}
        elif q.lognormal:
            facts = {"median": show(q.lognormal.median), "sd_log": n.plain(q.lognormal.spread)}
        elif q.gamma:
            facts = {"mean": show(q.gamma.mean), "cv": n.percent(q.gamma.cv)}
        elif q.beta:
            facts = {"yes": n.plain(q.beta.yes), "no": n.plain(q.beta.no)}
        return facts


def _as_percent(path: str, assumption: Assumption) -> bool:
    """Corrections are percents; a rate is one as long as it stays between -100% and 100%."""
    if assumption.domain == FRACTION:
        return True
    quantity = assumption.quantity
    return path.endswith(".rate") and quantity.outside((-1.0, 1.0)) == 0
