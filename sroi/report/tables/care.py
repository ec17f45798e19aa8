"""The tables of the preventive shift: tiers, conditions, claims, the budget, and cohorts."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.care.cohorts import DEAR, GOOD, Comparison
from sroi.analysis.care.preventive_shift import PreventiveShift, TierCourse
from sroi.analysis.care.securing import Secured
from sroi.analysis.result.purses import Budget
from sroi.inputs.care.care_ladder import EXIT, RECENT
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.care.cohort_rewards import CohortEffect
from sroi.inputs.quantity.hazard_ratio import HazardRatio
from sroi.model.lines.cohort_lines import WITH
from sroi.model.uncertain.shrinkage import shrunk
from sroi.report.tables.tables import Row, Table
from sroi.report.told.told import Told
from sroi.report.words.lines import short
from sroi.report.words.year_blocks import year_blocks

Array = NDArray[np.float64]
ENDS = np.array([0.05, 0.95])
ARROW = "→"


def tier_name(told: Told, ladder: str, tier: str) -> str:
    """A tier by name."""
    if tier == RECENT:
        return told.words("care.recent")
    noun = next(noun for noun in told.scenario.care_ladder if noun.id == ladder)
    return told.say(noun.tier(tier).what)


def tiers(told: Told, shift: PreventiveShift) -> Table:
    """People in each tier at the start and at the end, and person-years that are avoided."""
    first, last = told.valuation.model.first_year, told.valuation.model.horizon
    year = str(first + last - 1)
    w = told.words
    heads = [w("head.tier"), w("head.people_now", year=first), w("head.people_without", year=year)]
    heads += [w("head.people_with", year=year), w("head.less_care", year=year), w("head.range")]
    heavy_first = sorted(shift.tiers, key=lambda tier: -tier.level)
    rows = [_tier(told, shift.id, tier) for tier in heavy_first]
    return Table("tiers", heads, rows, frozenset(range(1, 6)))


def _tier(told: Told, ladder: str, tier: TierCourse) -> Row:
    n, (low, high) = told.numbers, (float(x[-1]) for x in (tier.avoided.p5, tier.avoided.p95))
    shown = [n.people(x, high - low) for x in (float(tier.avoided.mean[-1]), low, high)]
    spread = "–" if low == high else f"{shown[1]} – {shown[2]}"
    return [tier_name(told, ladder, tier.id), *map(n.people, tier.people), shown[0], spread]


def conditions(told: Told, found: list[Secured], payer: str) -> Table:
    """Who must do what, how likely that is, and what it is worth to be sure of it."""
    w, n = told.words, told.numbers
    heads = [w(f"head.{name}") for name in ("condition", "who", "criticality", "moves_along")]
    heads += [w("head.more_effect"), w("head.worth_society")]
    heads += [w("head.worth_hard", payer=short(told.payer(payer), 40))] if payer else []
    nouns = {noun.id: noun for noun in told.scenario.enabling_conditions}
    rows = []
    for one in found:
        noun, path = nouns[one.id], f"enabling_conditions.{one.id}"
        who = told.say(noun.who)
        who = who[:1].upper() + who[1:] + (f": {told.say(noun.action)}" if noun.action else "")
        row = [told.say(noun.what), who, told.quantity(f"{path}.criticality")]
        row += [told.quantity(f"{path}.moves_along")]
        row += [n.percent(one.gain) if one.gain < 10 else "–"]
        rows.append([*row, *(told.with_error(*value) for value in one.values)])
    return Table("conditions", heads, rows, frozenset(range(4, len(heads))))


def budget(told: Told, found: Budget) -> Table:
    """The payer's money by year, never discounted."""
    n, model = told.numbers, told.valuation.model
    names = ["hard", "soft", *(["pm"] if found.benefits["pm"].any() else [])]
    columns = [found.benefits[name] for name in names]
    columns += [found.investment, found.balance]
    heads = [told.words("head.year"), *(told.words(f"head.{name}") for name in names)]
    heads += [told.words("head.investment"), told.words("head.hard_balance")]
    heads += [told.words("head.cumulative")]
    rows = []
    for name, years in year_blocks(model.first_year, model.years):
        amounts = [float(column[years].sum()) for column in columns]
        rows.append([name, *map(n.money, [*amounts, float(found.cumulative[years.stop - 1])])])
    foot = [told.words("total"), *(n.money(float(column.sum())) for column in columns), ""]
    return Table("budget", heads, rows, frozenset(range(1, len(heads))), foot)


def rates(told: Told, ladder: str) -> Table:
    """Who goes where in a year without the programme: from the rows to the columns.

    The columns have the numbers of the rows, so that ten tiers with long names fit on a page. What
    differs by year runs from the first to the last.
    """
    noun = next(noun for noun in told.scenario.care_ladder if noun.id == ladder)
    path, ids = f"care_ladder.{ladder}", [tier.id for tier in noun.tiers]
    known = told.valuation.model.quantities.distributions
    to, first = [*ids, EXIT], told.valuation.model.first_year
    last = first + told.valuation.model.horizon - 1

    def cell(name: str) -> str:
        years = [f"{name}.{year}" for year in (first, last) if f"{name}.{year}" in known]
        parts = years or [x for x in (name, f"{name}.start", f"{name}.growth") if x in known]
        if not parts:
            return ""
        sizes = [float(known[x].centre) for x in parts]
        if parts[-1].endswith(".growth"):
            sizes[1] = sizes[0] * (1 + sizes[1]) ** (last - first)
        mark = "*" if any(told.assumptions[x].quantity.uncertain for x in parts) else ""
        shown = [
            told.numbers.plain(float(f"{size:.4g}") if at else size)
            for at, size in enumerate(sizes)
        ]
        return f" {ARROW} ".join(dict.fromkeys(shown)) + mark

    rows = [
        [f"{number}. {tier_name(told, ladder, i)}", *(cell(f"{path}.moves.{i}.{j}") for j in to)]
        for number, i in enumerate(ids, 1)
    ]
    rows.append([told.words("field.inflow"), *(cell(f"{path}.inflow.{j}") for j in ids), ""])
    heads = [told.words("head.from_to"), *(str(number) for number, _ in enumerate(ids, 1))]
    return Table("rates", [*heads, told.words("care.gone")], rows, frozenset(range(1, len(to) + 1)))


def claims(told: Told, ladder: str) -> Table:
    """Every claim of a ladder without a comparison, and what is left of it after shrinking."""
    w, n = told.words, told.numbers
    rows = []
    for path, assumption in told.assumptions.items():
        quantity = assumption.quantity
        own = path.startswith(f"care_ladder.{ladder}.")
        if own and isinstance(quantity, HazardRatio) and quantity.claim:
            claim = quantity.claim
            left = shrunk(claim.found, claim.bias_sd, claim.prior_sd)
            spread = told.valuation.model.quantities.distributions[path]
            low, high = (float(x) for x in spread.ppf(ENDS))
            rows.append(
                [
                    told.subject(path),
                    n.number(claim.found, 2),
                    n.number(float(left.hazard_ratio), 2),
                    f"{n.number(low, 2)} – {n.number(high, 2)}",
                    n.percent(float(left.weight)),
                ]
            )
    heads = [w(f"head.{name}") for name in ("assumption", "claimed", "shrunk", "range", "weight")]
    return Table("claims", heads, rows, frozenset({1, 2, 3, 4}))


def cohort(told: Told, noun: Cohort, found: Comparison) -> Table:
    """The two arms of a cohort as expected, the range of their difference, and what a unit more of
    each effect costs."""
    arms, euro = (found.without, found.with_programme), told.numbers.euro
    rows = [
        _arms(told.say(cost.what), arms[0].costs[place], arms[1].costs[place], euro)
        for place, cost in enumerate(noun.costs)
    ]
    rows.append(_arms(told.words("care.all_costs"), arms[0].cost, arms[1].cost, euro))
    number = partial(told.numbers.number, decimals=3)
    for place, effect in enumerate(noun.effects):
        name = f"{told.say(effect.what)} ({told.say(effect.unit)})"
        rows.append(_arms(name, arms[0].effects[place], arms[1].effects[place], number))
        rows.append(_weighed(told, effect, found))
    heads = [told.words(f"head.{name}") for name in ("result", "without", "with", "difference")]
    return Table("cohort", [*heads, told.words("head.range")], rows, frozenset({1, 2, 3, 4}))


def _arms(name: str, without: Array, treated: Array, show: Callable[[float], str]) -> Row:
    """What is expected of both arms and of their difference, and the range of that."""
    more = treated - without
    expected = [show(float(amounts.mean())) for amounts in (without, treated, more)]
    return [name, *expected, _range(more, show)]


def _range(amounts: Array, show: Callable[[float], str]) -> str:
    """5 % and 95 % of an amount over the draws; a dash where all draws have the same."""
    least, most = float(amounts.min()), float(amounts.max())
    if math.isclose(least, most, rel_tol=1e-9, abs_tol=1e-9):
        return "–"
    return " – ".join(show(float(end)) for end in np.quantile(amounts, ENDS))


def frontier(told: Told, noun: Cohort, effect: CohortEffect, found: Comparison) -> Table:
    """Every arm with what it costs and brings, what a unit more costs on the frontier, and why an
    arm is not on it."""
    euro, number = told.numbers.euro, partial(told.numbers.number, decimals=3)
    rows = []
    for one in found.frontier(effect.id):
        more = [euro(one.extra[0]), number(one.extra[1])] if one.extra else ["", ""]
        price = euro(one.price) if one.price is not None else ""
        status = told.words(f"frontier.{one.status}")
        amounts = [euro(one.cost), number(one.effect), *more, price]
        rows.append([arm_name(told, noun, one.arm), *amounts, status])
    w, unit = told.words, told.say(effect.unit)
    heads = [w("head.arm"), w("head.arm_costs"), unit, w("head.extra_costs")]
    heads += [w("head.extra_of", unit=unit), w("head.cost_of_a_unit"), w("head.standing")]
    return Table("frontier", heads, rows, frozenset({1, 2, 3, 4, 5}))


def arm_name(told: Told, noun: Cohort, arm: str) -> str:
    """An arm in words: usual care, the programme, or as the file calls it."""
    named = {one.id: told.say(one.what) for one in noun.arms}
    if noun.programme and noun.programme.what:
        named[WITH] = told.say(noun.programme.what)
    return named.get(arm) or told.words(f"arm.{arm}")


def verdict_words(told: Told, verdict: str) -> str:
    """A verdict of `analysis/care/cohorts.py` in words: cheaper and better."""
    cost, gain = next((c, g) for c in DEAR for g in GOOD if f"{c}_{g}" == verdict)
    parts = {"cost": told.words(f"verdict.{cost}"), "gain": told.words(f"verdict.{gain}")}
    return told.words("care.verdict_words", **parts)


def _weighed(told: Told, effect: CohortEffect, found: Comparison) -> Row:
    """What a unit costs or saves; where one arm is better in both, that in words."""
    verdict, unit, euro = found.verdict(effect.id), told.say(effect.unit), told.numbers.euro
    price = found.cost_per(effect.id)
    if price is None:
        return [told.words("care.verdict", unit=unit), "", "", verdict_words(told, verdict), ""]
    name = told.words(f"cost_per.{verdict}", unit=unit)
    around = price.range if price.range and not math.isclose(*price.range, rel_tol=1e-9) else None
    shown = " – ".join(map(euro, around)) if around else "–"
    return [name, "", "", euro(price.mean), shown]
