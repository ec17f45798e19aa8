"""What a pilot means for a scenario, told: its answer before and after, and whether to wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.analysis.pilot.in_scenario import InScenario
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.results import SOCIETY, Estimate, Perspective, purse
from sroi.report.figures.part import Part
from sroi.report.pilot.pilot_told import PilotTold
from sroi.report.tables.tables import Row, Table
from sroi.report.words.numbers import Numbers


def part(told: PilotTold, shift: InScenario) -> Part:
    """The scenario as it was and with what the pilot found, and what it is worth to wait."""
    w, scenario = told.words, shift.after.loaded.scenario
    basis = scenario.basis
    facts = {"scenario": scenario.title.in_(w.lang), "price_year": basis.price_year}
    facts |= {"first": basis.first_year, "last": basis.first_year + basis.years - 1}
    said = [w("pilot_in.reads", unit=_numbers(told, shift).in_units, **facts)]
    return Part(w("pilot_in.title"), said, [], [table(told, shift)], list(waited(told, shift)))


def table(told: PilotTold, shift: InScenario) -> Table:
    """For society, and in hard money for each payer: net present value and the chance of a gain."""
    w, names = told.words, shift.after.loaded.library.payers
    whose: list[tuple[str, Perspective]] = [(w("pilot_in.society"), SOCIETY)]
    whose += [
        (w("pilot_in.cash", payer=names[payer].name.in_(w.lang)), purse(payer, "hard"))
        for payer in shift.after.model.payers
        if shift.after.drawn.investment(purse(payer)).any()
    ]
    rows = [_row(told, shift, name, one) for name, one in whose]
    heads = [w(f"pilot_in.{name}") for name in ("whose", "was", "chance_was", "now", "chance_now")]
    return Table("pilot-in-scenario", heads, rows, frozenset(range(1, 5)))


def waited(told: PilotTold, shift: InScenario) -> Iterator[str]:
    """Going on now against a year more of the same counts."""
    found, w = shift.waiting, told.words
    numbers = Numbers(told.words.lang, shift.after.loaded.scenario.basis.currency)
    money = numbers.money
    if not found.worth.clear:
        yield w("pilot_in.nothing_to_learn", worth=money(found.worth.euros))
        return
    facts = {"worth": money(found.worth.euros), "now": money(found.now), "wait": money(found.wait)}
    facts |= {"quarters": told.numbers.number(found.quarters)}
    yield w("pilot_in.wait" if found.gain > 0 else "pilot_in.go_on", **facts)


def as_data(shift: InScenario) -> dict[str, Any]:
    """The same for a program: euros and chances."""
    found = shift.waiting
    return {
        "scenario": shift.after.loaded.scenario.scenario,
        "ladder": shift.ladder,
        "before": _answer(shift.before),
        "after": _answer(shift.after),
        "waiting": {
            "now": found.now, "wait": found.wait, "worth_of_a_year": found.worth.euros,
            "error": found.worth.error, "quarters": found.quarters,
        },
    }  # fmt: skip


def _answer(valued: Valuation) -> dict[str, float]:
    balance = valued.drawn.balance()
    found = valued.drawn.estimate(balance)
    return {
        "net_present_value": found.mean, "standard_error": found.standard_error, "p5": found.p5,
        "p95": found.p95, "chance": float((balance > 0).mean()),
    }  # fmt: skip


def _row(told: PilotTold, shift: InScenario, name: str, whose: Perspective) -> Row:
    cells = [name]
    for valued in (shift.before, shift.after):
        balance = valued.drawn.balance(whose)
        cells += [_band(told, shift, valued.drawn.estimate(balance))]
        cells += [told.numbers.chance(float((balance > 0).mean()))]
    return cells


def _band(told: PilotTold, shift: InScenario, one: Estimate) -> str:
    numbers = _numbers(told, shift)
    banded = numbers.in_band(one.p5, one.p95) if one.p5 < one.p95 else numbers
    low, mean, high = (banded.money(size) for size in (one.p5, one.mean, one.p95))
    return told.words("pilot_in.band", mean=mean, low=low, high=high)


def _numbers(told: PilotTold, shift: InScenario) -> Numbers:
    """Amounts in thousands, said above the table."""
    return Numbers(told.words.lang, shift.after.loaded.scenario.basis.currency, terse=True)
