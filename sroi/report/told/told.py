"""A valuation told in a language: names instead of ids, quantities in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from sroi.analysis.result.convergence import enough
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.care.enabling_conditions import MovesAlong
from sroi.inputs.quantity.counted import Stick
from sroi.inputs.quantity.hazard_ratio import HazardRatio
from sroi.inputs.quantity.named import ByYear
from sroi.inputs.quantity.quantity import FRACTION, Quantity
from sroi.inputs.scenario.assumptions import Assumption, assumptions
from sroi.inputs.scenario.scenario import MAX_DRAWS
from sroi.inputs.scenario.uses import told_as, used_in
from sroi.inputs.text.nouns import Reference
from sroi.model.flows.results import Estimate
from sroi.report.charts.easel import Easel
from sroi.report.told.bibliography import Entry, bibliography, used
from sroi.report.told.names import Names
from sroi.report.told.subjects import line_and_field
from sroi.report.words.numbers import Numbers
from sroi.report.words.places import place
from sroi.report.words.words import Words

EUROS = {"value", "tariff", "per_year", "cost", "costs"}


@dataclass(frozen=True)
class Told(Names):
    """What every page needs: names, quantities in words, sources, and where charts are drawn."""

    easel: Easel = field(default_factory=Easel, compare=False, repr=False)

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
        made = enough(self.valuation.drawn, self.banded.step, self.scenario.basis.sampling)
        draws = self.numbers.number(self.valuation.drawn.draws)
        most = max((one.needed or 0 for one in made if not one.enough), default=0)
        if not most:
            return self.words("enough.sure", draws=draws)
        key = "enough.short" if most <= MAX_DRAWS else "enough.beyond"
        return self.words(key, draws=draws, needed=self.numbers.number(most))

    @cached_property
    def banded(self) -> Numbers:
        """Numbers for the balance of society, and for what is held beside it."""
        drawn = self.valuation.drawn
        balance = drawn.estimate(drawn.balance())
        banded = self.numbers.in_band(balance.p5, balance.p95)
        coarse = 10 * banded.step  # a tenth of the band at the most
        unsure = 2 * balance.standard_error > banded.step
        return banded.stepped(coarse) if unsure and balance.p5 < balance.p95 else banded

    @cached_property
    def _expected_ratio(self) -> Estimate | None:
        """Counted in the draws once, however many ratios are told."""
        return self.valuation.drawn.ratio()

    def ratio(self, value: float) -> str:
        """A ratio, or an end of its range, with the digits that the ratio of the report has."""
        known = self._expected_ratio
        if known is None:
            return self.numbers.ratio(value)
        return self.numbers.ratio(value, known.standard_error, known.p95 - known.p5)

    def subject(self, path: str) -> str:
        """What a path is about, in words: the line and the field."""
        return ": ".join(self.line_and_field(path))

    def label(self, path: str) -> str:
        """The same for a chart: what it is about on one line, and beneath it which quantity."""
        line, field = self.line_and_field(path)
        return f"{line}\n{field}"

    def line_and_field(self, path: str) -> tuple[str, str]:
        """The line that a path belongs to, and its field (with the year), in words."""
        return line_and_field(self, path)

    def amount(self, path: str, value: float) -> str:
        """A value of a quantity: a fraction as percent, a price in the currency."""
        field = told_as(self.assumptions, path)
        if field and as_percent(field, self.assumptions[field]):
            return self.numbers.share(value)
        if not EUROS.isdisjoint(field.split(".")[2:]):
            return self.numbers.euro(value, 2 if abs(value) < 1000 and value % 1 else 0)
        return self.numbers.plain(value)

    def with_error(self, value: float, error: float) -> str:
        """An amount of money with its numerical error, which is rounded up: never ± nothing."""
        numbers = self.numbers.with_error(error)
        up = numbers.money(math.ceil(error / numbers.step) * numbers.step)
        shown = numbers.money(value)
        return f"{shown} (±\u00a0{up})" if error > 0 else shown

    def rough(self, path: str, value: float) -> str:
        """The same for a value that was computed: no more digits than a person would say."""
        digits = 2 if value == 0 else 1 - math.floor(math.log10(abs(value)))
        digits = 2 if 0.5 <= abs(value) < 2 else digits  # ratios lie there: 0.97 is not 1
        return self.amount(path, round(value, digits))

    def central(self, path: str, value: float) -> str:
        """A central value: as it was stated where it is certain, and else no finer than it is."""
        certain = not self.assumptions[path].quantity.uncertain
        return self.amount(path, value) if certain else self.rough(path, value)

    def quantity(self, path: str) -> str:
        """A quantity in words: `40% (20%–70%)`, its distribution, or what it follows from."""
        one = self.assumptions[path]
        quantity = one.quantity

        def show(value: float) -> str:
            return self.amount(path, value)

        if one.origin or isinstance(quantity, ByYear):
            return self._follows(path, one)
        if isinstance(quantity, MovesAlong) and quantity.chance is not None:
            return self.words("quantity.chance", chance=self.numbers.share(quantity.chance))
        if not quantity.uncertain:
            return show(quantity.value if quantity.value is not None else quantity.best)  # type: ignore[arg-type]
        if quantity.best is not None:
            return self._range(quantity, show)
        return self._distribution(quantity, show)

    def _distribution(self, quantity: Quantity, show: Callable[[float], str]) -> str:
        """A form without lowest, best and highest: the numbers that it was stated with."""
        form = getattr(quantity, quantity.form)
        if getattr(form, "p5", None) is not None:
            ends = {"low": show(form.p5), "high": show(form.p95)}
            return self.words("quantity.between", **ends)
        if quantity.beta and quantity.beta.mean is not None and quantity.beta.se is not None:
            shares = {"mean": show(quantity.beta.mean), "se": show(quantity.beta.se)}
            return self.words("quantity.beta_mean", **shares)
        if quantity.beta and quantity.beta.alpha is not None:
            alpha, beta = (self.numbers.plain(size) for size in quantity.beta.parameters)
            return self.words("quantity.beta_ab", alpha=alpha, beta=beta)
        return self.words(f"quantity.{quantity.form}", **self._facts(quantity, show))

    def _range(self, quantity: Quantity, show: Any) -> str:
        """Low, best and high; where they cover a share also the ends."""
        facts = {"low": quantity.low, "best": quantity.best, "high": quantity.high}
        told = {name: show(value) for name, value in facts.items()}
        if quantity.covers is None or quantity.covers == 1:
            return self.words(f"quantity.{quantity.shape}", **told)
        ends = {"lowest": show(quantity.range_.low), "highest": show(quantity.range_.high)}
        share = self.numbers.percent(quantity.covers)
        return self.words("quantity.covers", **told, **ends, covers=share)

    def _follows(self, path: str, one: Assumption) -> str:
        """What follows from another quantity, or the years of a list that are drawn together."""
        best = self.amount(path, self.centre(path))
        if one.origin:
            return self.words("quantity.linked", value=best, way=self.way(one))
        low, high = (self.amount(path, end) for end in one.quantity.reach)
        return self.words("quantity.together", best=best, low=low, high=high)

    def centre(self, path: str) -> float:
        """What a number is in the central case."""
        return float(self.valuation.model.quantities.distributions[path].centre)

    def way(self, one: Assumption) -> str:
        """What a number follows from: `vermeden vallen × 0,5 (0 – 1) + 3`."""
        origin = self.line_and_field(one.origin)[0]
        factors = [origin, *(self._part(path) for path in one.times)]
        return " + ".join([" × ".join(factors), *(self._part(path) for path in one.plus)])

    def _part(self, path: str) -> str:
        """A factor or a term in words."""
        one = self.assumptions[path]
        return f"({self.way(one)})" if one.origin else self.quantity(path)

    def used_in(self, path: str) -> str:
        """Where one of the `quantities` is used, in words."""
        uses = [self.subject(use) for use in used_in(self.assumptions, path.split(".")[1])]
        places = self.numbers.list(uses)
        if len(uses) == 1:
            return self.words("used_once", places=places)
        return self.words("used_in", count=len(uses), places=places)

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
            facts = {"median": show(q.lognormal.centre), "sd_log": n.plain(q.lognormal.spread)}
        elif q.gamma:
            facts = {"mean": show(q.gamma.centre), "cv": n.percent(q.gamma.spread)}
        elif q.beta:
            facts = {"yes": n.plain(q.beta.yes or 0.0), "no": n.plain(q.beta.no or 0.0)}
        return facts


def as_percent(path: str, assumption: Assumption) -> bool:
    """Corrections are percents; a rate is one as long as it stays between -100% and 100%."""
    if assumption.domain == FRACTION:
        return True
    quantity = assumption.quantity
    return path.endswith(".rate") and quantity.outside((-1.0, 1.0)) == 0


def told(valuation: Valuation, lang: str, easel: Easel | None = None) -> Told:
    """A valuation with the words and numbers of a language, and where its charts are drawn."""
    currency = valuation.loaded.scenario.basis.currency
    drawn = valuation.drawn
    _, error = drawn.mean_and_error((drawn.balance() > 0).astype(float))
    numbers = Numbers(lang, currency, step=_step(valuation), chance_error=error)
    return Told(valuation, Words(lang), numbers, easel or Easel())


def _step(valuation: Valuation) -> int:
    """Whole thousands, but for a small scenario hundreds or single euros."""
    drawn = valuation.drawn
    size = max(float(np.abs(drawn.benefits()).mean()), float(drawn.investment().mean()))
    return 1000 if size >= 100_000 else 100 if size >= 10_000 else 1
