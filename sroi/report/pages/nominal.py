"""The budget in prices of each year: the table, what each line follows, and how far that goes."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.analysis.result.nominal import Nominal, nominal
from sroi.analysis.result.purses import Budget, budget, largest_payer
from sroi.report.figures.part import Part
from sroi.report.tables import nominal as nominal_tables
from sroi.report.tables.prices import told_series
from sroi.report.told.told import Told


def nominal_budget(t: Told) -> Part | None:
    """Of whoever invests most; without a table where the series do not reach the first year."""
    drawn, loaded = t.valuation.drawn, t.valuation.loaded
    payer = largest_payer(drawn)
    if not payer:
        return None
    found = nominal(drawn, loaded.scenario, loaded.library, payer)
    ended = list(_ended(t, found))
    if not found.known:
        return Part("", ended) if ended else None
    real = budget(drawn, payer)
    before = [t.words("nominal.intro", payer=t.payer(payer), year=t.scenario.basis.price_year)]
    before += _in_a_sentence(t, real, found)
    tables = [
        nominal_tables.budget_nominal(t, real, found),
        nominal_tables.follows(t, found),
    ]
    return Part("", before, [], tables, [*ended, *_series(t, found)])


def _in_a_sentence(t: Told, real: Budget, found: Nominal) -> Iterator[str]:
    """What goes in over all years that are known, in both forms, and what each is for."""
    first, years = t.valuation.model.first_year, found.known
    if years > 1 and real.investment[:years].any():
        spent = real.investment, found.budget.investment
        amounts = [t.numbers.money(float(one[:years].sum())) for one in spent]
        facts = {"first": first, "last": first + years - 1, "year": t.scenario.basis.price_year}
        yield t.words("nominal.says", real=amounts[0], current=amounts[1], **facts)


def _ended(t: Told, found: Nominal) -> Iterator[str]:
    """From which year on there is no nominal amount, and how to get one."""
    if found.ended:
        each = [t.words("nominal.ends", series=key, last=x) for key, x in found.ended.items()]
        first = t.valuation.model.first_year + found.known
        yield t.words("nominal.ended", first=first, series=t.numbers.list(each))


def _series(t: Told, found: Nominal) -> Iterator[str]:
    """The status of every year by which amounts were brought to the years of the budget."""
    first, library = t.valuation.model.first_year, t.valuation.loaded.library
    last = first + t.valuation.model.years - 1
    since: dict[str, int] = {}
    for way in found.follows.values():
        if isinstance(way.rule, str):
            since[way.rule] = min(way.since, since.get(way.rule, way.since))
    for key, year in since.items():
        index = library.indices[key]
        passed = [x for x in range(min(first, year) + 1, last + 1) if x in index.factors]
        if passed:
            yield told_series(t, index, passed)
