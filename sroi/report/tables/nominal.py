"""The budget in prices of each year beside the one in prices of the price year, and what each of
its lines follows."""

from __future__ import annotations

from itertools import chain

import numpy as np

from sroi.analysis.result.nominal import Array, Follows, Nominal
from sroi.analysis.result.purses import Budget
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told
from sroi.report.words.year_blocks import year_blocks


def budget_nominal(told: Told, real: Budget, found: Nominal) -> Table:
    """Hard benefits, investment and balance by year, real and nominal side by side."""
    w, model = told.words, told.valuation.model
    pairs = [
        ("hard", real.benefits["hard"], found.budget.benefits["hard"]),
        ("investment", real.investment, found.budget.investment),
        ("hard_balance", real.balance, found.budget.balance),
    ]
    year = told.scenario.basis.price_year
    heads = [w("head.year")]
    for name, _, _ in pairs:
        what = w(f"head.{name}")
        heads += [w("nominal.real", what=what, year=year), w("nominal.current", what=what)]
    heads.append(w("nominal.current", what=w("head.cumulative")))
    columns = list(chain.from_iterable((ours, theirs) for _, ours, theirs in pairs))
    rows = []
    for name, years in year_blocks(model.first_year, model.years):
        cells = [_money(told, column[years]) for column in columns]
        rows.append([name, *cells, _money(told, found.budget.cumulative[years.stop - 1 :][:1])])
    foot = [w("total"), *(_money(told, column) for column in columns), ""]
    return Table("budget_nominal", heads, rows, frozenset(range(1, len(heads))), foot)


def _money(told: Told, amounts: Array) -> str:
    """The sum, or a dash where a part of it is not known."""
    total = float(amounts.sum())
    return "–" if np.isnan(total) else told.numbers.money(total)


def follows(told: Told, found: Nominal) -> Table:
    """What every line of the budget follows, beside what its contract says."""
    rows = [
        [told.line(line), _rule(told, way), (told.say(way.said) if way.said else "") or "–"]
        for line, way in found.follows.items()
    ]
    heads = [told.words(f"head.{name}") for name in ("line", "follows", "indexation")]
    return Table("follows", heads, rows)


def _rule(told: Told, way: Follows) -> str:
    w = told.words
    if not way.contract:
        return w("nominal.series", series=way.rule)
    if isinstance(way.rule, str):
        return w("nominal.contract_series", series=way.rule, since=way.since)
    if way.rule == 0:
        return w("nominal.contract_fixed", since=way.since)
    return w("nominal.contract_rate", rate=told.numbers.share(way.rule), since=way.since)
