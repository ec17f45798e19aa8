"""How each row of the table of value flows is worked out in the central case, year by year.

An outcome and an investment are written out whole. Of care ladders, direct shifts and cohorts the
model gives person-years, cash or amounts by year: those are taken as given, with the chapter of the
documentation that says how they come about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sroi.inputs.scenario.uses import told_as
from sroi.inputs.text.nouns import Reference
from sroi.model.care.care_ladder import HEAVY
from sroi.model.care.care_ladder_run import by_year
from sroi.model.flows import care_flows
from sroi.model.flows.results import INVESTMENT, Results
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import (
    NOTHING,
    ONE,
    CareLine,
    Flow,
    InvestmentLine,
    LadderLine,
    OutcomeLine,
)
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values
from sroi.report.told.told import EUROS, Told
from sroi.report.words.written import Pen, Written, over, plus, power, rest, times
from sroi.report.words.written import less as minus

LADDER_PAGE, SHIFT_PAGE, COHORT_PAGE, CASH_PAGE = (
    "docs/care_ladder.md §4", "docs/care_ladder.md §9",
    "docs/care_ladder.md §10", "docs/care_ladder.md §6",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One line of arithmetic: what it is, as it is written, its result for people, its source.

    `years`: the years (0 first) that it matters to; None: all. `see`: the key that explains it on.
    """

    what: str
    written: Written
    result: str
    source: str = ""
    years: frozenset[int] | None = None
    see: str = ""

    @property
    def told(self) -> str:
        """The arithmetic and what comes out; of a bare number the number."""
        bare = self.written.told == self.result or not set(self.written.exact) & set("+*/ ")
        return self.result if bare else f"{self.written.told} = {self.result}"


@dataclass(frozen=True)
class Account:
    """One row of the table: its steps, and the written amount of every year, undiscounted."""

    row: int
    label: str
    steps: list[Step]
    yearly: list[Written]


@dataclass(frozen=True)
class Book:
    """The accounts of a scenario told in a language; amounts are those of the central case."""

    told: Told

    @property
    def model(self) -> Model:
        """The numbers behind it."""
        return self.told.valuation.model

    @property
    def central(self) -> Results:
        """What the engine makes of the central case."""
        return self.told.valuation.central

    @cached_property
    def values(self) -> Values:
        """The central value of every quantity."""
        return self.model.quantities.centre()

    @cached_property
    def pen(self) -> Pen:
        """Writes numbers."""
        return Pen(self.told.numbers)

    def year(self, offset: int) -> int:
        """A year as a number of the calendar."""
        return self.model.first_year + offset

    def number(self, path: str) -> Written:
        """The central value of a quantity."""
        value = float(np.ravel(self.values[path])[0])
        if path in (ONE, NOTHING):
            return self.pen.number(value)
        if "%" in self.told.amount(path, value):
            return self.pen.share(value)
        if not EUROS.isdisjoint(told_as(self.told.assumptions, path).split(".")[2:]):
            return self.pen.price(value)
        return self.pen.number(value)

    def stated(self, path: str, years: Sequence[int] | None = None) -> Step:
        """A quantity as a step: where the arithmetic begins."""
        one, written = self.told.assumptions.get(path), self.number(path)
        matters = None if years is None else frozenset(years)
        reason, subject = self.reason(path), self.told.subject(path)
        if one is None or not one.origin:
            return Step(subject, written, written.told, reason, matters)
        factors = times([self.number(part) for part in (one.origin, *one.times)])
        whole = plus([factors, *(self.number(part) for part in one.plus)])
        return Step(subject, whole, written.told, reason, matters, see=one.origin)

    def reason(self, path: str) -> str:
        """Why a quantity is what it is: range, reason, source and evidence, or the proxy's."""
        t, quantity = self.told, self.told.assumptions[path].quantity
        follows = bool(t.assumptions[path].origin)
        parts = [t.quantity(path)] if quantity.uncertain or follows else []
        if path.startswith("quantities."):
            parts.append(t.used_in(path).rstrip("."))
        parts += [t.say(quantity.because), self.source(quantity.source)]
        kind, key = path.split(".")[:2]
        if kind == "proxies":
            parts.append(self.knowledge(key))
        elif quantity.evidence:
            parts.append(t.words("grade", grade=quantity.evidence))
        return "; ".join(filter(None, parts)) or t.words("no_reason")

    def source(self, reference: Reference | None) -> str:
        """A source with its key, so that it can be found in the library."""
        return f"{self.told.source(reference)} [{reference.key}]" if reference else ""

    def knowledge(self, key: str) -> str:
        """Source, grade and provenance of a proxy, and whether it was reviewed."""
        t, proxy = self.told, self.told.proxy(key)
        grade = t.words("grade", grade=proxy.evidence) if proxy.evidence else ""
        known = t.words(f"provenance.{proxy.provenance}") if proxy.provenance else ""
        review = t.words(f"review.{proxy.review.status}")
        return "; ".join(filter(None, [self.source(proxy.source), grade, known, review]))

    def accounts(self, line: str) -> list[Account]:
        """The rows of a line."""
        kind, key, *_ = line.split(".")
        rows = [row for row, name in enumerate(self.central.lines) if name == line]
        if kind == "outcomes":
            return list(self._outcome(rows, next(x for x in self.model.outcomes if x.id == key)))
        if kind == "investment":
            return [self._invested(rows[0], next(x for x in self.model.investment if x.id == key))]
        if kind == "cohorts":
            return [self._of_cohort(rows[0])]
        care, avoided, page = self._care(line)
        return list(self._of_care(rows, care, avoided, page))

    def present(self, account: Account) -> Written:
        """The present value of a row: every year divided by the discount of that year."""
        discounting, line = self.model.discounting, self.central.lines[account.row]
        if self.central.at_own_times(account.row):
            own = self.central.present_of_row(account.row)
            return plus([self.pen.euro(float(worth)) for worth in own if worth])
        bare = line.startswith(INVESTMENT) and discounting.investment == "undiscounted"
        terms = [
            self.pen.euro(amount.value) if bare else self._present(amount, offset)
            for offset, amount in enumerate(account.yearly)
            if amount.value
        ]
        return plus(terms)

    def _present(self, amount: Written, offset: int) -> Written:
        """An amount of a year (0 first), divided by the discount of that year."""
        discounting, euros = self.model.discounting, self.pen.euro(amount.value)
        when = offset + OFFSETS[discounting.timing]
        divisor = power(self.pen.number(1 + discounting.rate), self.pen.number(when))
        return over(euros, divisor) if when and discounting.rate else euros

    def later(self, line: OutcomeLine) -> Iterator[tuple[int, list[Written]]]:
        """Rows of an outcome, with the present value of every year after those that count."""
        name, weights = f"outcomes.{line.id}", self._weights(line)
        rows = [row for row, of in enumerate(self.central.lines) if of == name]
        last = self.model.horizon + line.delay + line.ages
        for row, flow in zip(rows, line.flows, strict=True):
            impacts = [self._impact(line, flow, done) for done in range(self.model.horizon)]
            years = range(self.model.years, last)
            amounts = [(self._in_year(line, impacts, weights, year), year) for year in years]
            yield row, [self._present(amount, year) for amount, year in amounts if amount.value]

    def _step(
        self, key: str, written: Written, years: Sequence[int] | None, **facts: object
    ) -> Step:
        what = (
            self.told.words(f"explain.{key}", **facts)
            if facts
            else self.told.words(f"explain.{key}")
        )
        result = self.pen.euro(written.value).told
        return Step(what, written, result, years=None if years is None else frozenset(years))

    def _price(self, flow: Flow) -> list[Step]:
        """Price, and what it is in the prices of the scenario."""
        stated = self.stated(flow.price)
        if flow.index == 1:
            return [stated]
        year = self.told.scenario.basis.price_year
        indexed = times([stated.written, self.pen.number(flow.index)])
        return [stated, self._step("indexed", indexed, None, year=year, series=flow.series)]

    def _indexed(self, flow: Flow) -> list[Written]:
        bare = [] if flow.price == ONE else [self.number(flow.price)]
        return bare + ([] if flow.index == 1 else [self.pen.number(flow.index)])

    def _volumes(self, paths: tuple[str, ...], reach: dict[int, list[int]]) -> Iterator[Step]:
        """The sizes by year, or the one of all years; `reach`: which years each of them reaches."""
        if len(set(paths)) == 1:
            yield self.stated(paths[0])
            return
        for path in dict.fromkeys(paths):
            if path != NOTHING:  # after the end of a programme
                some = (reach[offset] for offset, one in enumerate(paths) if one == path)
                yield self.stated(path, [year for years in some for year in years])

    def _outcome(self, rows: list[int], line: OutcomeLine) -> Iterator[Account]:
        weights = self._weights(line)
        reach = {
            done: [done + line.delay + age for age in weights] for done in range(self.model.horizon)
        }
        given = [*self._volumes(line.volumes, reach), self.stated(line.rate)]
        given += [self.stated(path) for path in line.corrections]
        given += [self.stated(p) for p in (line.lasts, line.drop_off) if p not in (ONE, NOTHING)]
        given += [self.stated(line.returning)] if line.returning else []
        for row, flow in zip(rows, line.flows, strict=True):
            impacts = [self._impact(line, flow, done) for done in range(self.model.horizon)]
            steps = [*given, *self._price(flow), *self._done(line, impacts, reach)]
            yearly = [self._in_year(line, impacts, weights, y) for y in range(self.model.years)]
            label = "" if len(rows) == 1 else ("provider" if row == rows[-1] else "tariff")
            yield Account(row, label, [*steps, *self._years(yearly, label)], yearly)

    def _weights(self, line: OutcomeLine) -> dict[int, list[Written]]:
        """By age (0: the first year that it flows) what is left of the effect, as factors."""
        lasts, faded = self.number(line.lasts), self.number(line.drop_off)
        found = {}
        for age in range(line.ages):
            share = min(1.0, max(0.0, lasts.value - age))
            if share:
                parts = [self.pen.share(share)] if share < 1 else []
                left = power(rest(faded), self.pen.number(age))
                found[age] = parts + ([left] if age and faded.value else [])
        return found

    def _impact(self, line: OutcomeLine, flow: Flow, done: int) -> Written:
        """What is done in one year comes to, in the first year that it flows."""
        parts = [self.number(line.volumes[done]), self.number(line.rate), *self._indexed(flow)]
        impact = times(parts + [rest(self.number(path)) for path in line.corrections])
        cut = line.kept != 1 and impact.value > 0
        return times([impact, self.pen.share(line.kept)]) if cut else impact

    def _done(
        self, line: OutcomeLine, impacts: list[Written], reach: dict[int, list[int]]
    ) -> Iterator[Step]:
        if len(set(line.volumes)) == 1:
            yield self._step("done_each_year", impacts[0], None)
            return
        for done, impact in enumerate(impacts):
            yield self._step("done", impact, reach[done], year=self.year(done))

    def _in_year(
        self,
        line: OutcomeLine,
        impacts: list[Written],
        weights: dict[int, list[Written]],
        year: int,
    ) -> Written:
        terms = []
        for done, impact in enumerate(impacts):
            age = year - line.delay - done
            if age in weights and impact.value:
                left = [*weights[age], *self._carried(line, done, age)]
                terms.append(times([self.pen.euro(impact.value), *left]))
        return plus(terms)

    def _carried(self, line: OutcomeLine, done: int, age: int) -> list[Written]:
        """The share of a year's people who did not come back in a later year."""
        asked = sum(line.active[done + 1 : done + age + 1])
        if not line.returning or not asked:
            return []
        return [power(rest(self.number(line.returning)), self.pen.number(asked))]

    def _years(self, yearly: Sequence[Written], label: str = "") -> Iterator[Step]:
        """The amount of every year."""
        told = f" ({self.told.words(f'explain.{label}')})" if label else ""
        for offset, amount in enumerate(yearly):
            yield self._step("in_year", amount, [offset], year=f"{self.year(offset)}{told}")

    def _invested(self, row: int, line: InvestmentLine) -> Account:
        years = {offset: [offset] for offset in range(self.model.horizon)}
        price = self._indexed(line.flow)
        yearly = [times([self.number(path), *price]) for path in line.volumes]
        given = list(self._volumes(line.volumes, years))
        if line.flow.price != ONE:
            given += self._price(line.flow)
        yearly += [plus([])] * (self.model.years - self.model.horizon)
        return Account(row, "", [*given, *self._years(yearly)], yearly)

    def _of_cohort(self, row: int) -> Account:
        """Amounts by year as the cohort gives them."""
        index, amounts = self._indexed(self.central.flows[row]), self._of_row(row)
        factor = times(index).value if index else 1.0
        yearly = [times([self.pen.euro(amount / factor), *index]) for amount in amounts]
        given = self.told.words("explain.given", page=COHORT_PAGE)
        steps = [
            Step(step.what, step.written, step.result, given, step.years)
            for step in self._years(yearly)
        ]
        return Account(row, "", steps, yearly)

    def _of_row(self, row: int) -> list[float]:
        return [float(amount) for amount in self.central.by_year_of_row(row)]

    def _care(self, line: str) -> tuple[CareLine, list[float], str]:
        """The care of a line, its avoided person-years by year, and where they are described."""
        kind, key, *rest_ = line.split(".")
        if kind == "direct_shift":
            shift = next(x for x in self.model.shifts if x.id == key)
            steps = care_flows.avoided_by(self.model, shift, self.values)
            return shift.care, _yearly(care_flows.kept(steps, shift.effect.kept)), SHIFT_PAGE
        ladder = next(x for x in self.model.ladders if x.id == key)
        tier = [care.id for care in ladder.tiers].index(rest_[0])
        return ladder.tiers[tier], _yearly(self._avoided(ladder, tier)), LADDER_PAGE

    def _avoided(self, ladder: LadderLine, tier: int) -> np.ndarray:
        avoided = care_flows.avoided_on(self.model, ladder, self.values)
        heavy = ladder.levels[tier] >= HEAVY
        counted = care_flows.kept(avoided[tier], ladder.effect.kept) if heavy else avoided[tier]
        return counted + avoided[-1] if ladder.relapse and tier == 0 else counted

    def _of_care(
        self, rows: list[int], care: CareLine, avoided: list[float], page: str
    ) -> Iterator[Account]:
        """What can be cashed, what cannot, and what the provider keeps of the price."""
        flow = care.flows[0]
        units = [] if care.units == ONE else [self.number(care.units)]
        units += [] if flow.index == 1 else [self.pen.number(flow.index)]
        cost = self.number(care.price)
        paid = self.number(care.tariff) if care.tariff else cost
        worth = [times([self.pen.number(years), paid, *units]) for years in avoided]
        given = [self.stated(care.price)]
        given += [self.stated(p) for p in (care.tariff, care.units) if p not in ("", ONE)]
        given += self._person_years(avoided, page)
        if care.contract is None:
            yield Account(rows[0], "", [*given, *self._years(worth)], worth)
        else:
            yield from self._under_contract(rows, given, worth)
        if care.tariff:
            kept = [times([self.pen.number(y), minus(cost, paid), *units]) for y in avoided]
            yield Account(rows[-1], "provider", list(self._years(kept, "provider")), kept)

    def _person_years(self, avoided: list[float], page: str) -> Iterator[Step]:
        source = self.told.words("explain.given", page=page)
        for offset, years in enumerate(avoided):
            written = self.pen.number(years)
            what = self.told.words("explain.avoided", year=self.year(offset))
            yield Step(what, written, written.told, source, frozenset([offset]))

    def _under_contract(
        self, rows: list[int], given: list[Step], worth: list[Written]
    ) -> Iterator[Account]:
        hard = [self.pen.euro(amount) for amount in self._of_row(rows[0])[: len(worth)]]
        source = self.told.words("explain.given", page=CASH_PAGE)
        cashed = [
            Step(step.what, step.written, step.result, source, step.years)
            for step in self._years(hard, "hard")
        ]
        yield Account(rows[0], "hard", [*given, *self._worth(worth), *cashed], hard)
        soft = [
            minus(self.pen.euro(whole.value), cash) for whole, cash in zip(worth, hard, strict=True)
        ]
        yield Account(rows[1], "not_hard", list(self._years(soft, "not_hard")), soft)

    def _worth(self, worth: list[Written]) -> Iterator[Step]:
        for offset, amount in enumerate(worth):
            yield self._step("worth", amount, [offset], year=self.year(offset))


def _yearly(by_step: np.ndarray) -> list[float]:
    """Person-years by year, from those by step (step, draw) in one draw."""
    return [float(amount[0]) for amount in by_year(by_step, care_flows.STEPS)]
