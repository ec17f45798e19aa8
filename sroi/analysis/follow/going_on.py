"""Whether to go on: every rule under monitoring that is in figures, met or not or not to be said.

A figure of a year that is over and known is what it is, and one of all years is the sum of what is
known so far. The chance that a target is met by the end is that of the updated draws, with what is
known in its place. An effect that was measured has a band: its rule is met or not where the chance
says so with 95 %, and else it is not to be said yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.follow.expectation import Expectation, chance
from sroi.analysis.follow.factors import Factors
from sroi.inputs.case.monitoring import Monitor
from sroi.inputs.follow.targets import Target

Array = NDArray[np.float64]
Verdict = Literal["go", "stop", "between", "unknown"]
SURE = 0.95


@dataclass(frozen=True)
class Rule:
    """A rule with what is known of its figure (None: not yet), what that says, and the chances that
    it lets go on and that it stops at the end (None: not to be said)."""

    monitor: Monitor
    path: str
    found: float | None
    final: bool
    verdict: Verdict
    chance_go: float | None
    chance_stop: float | None


def rules(targets: list[Target], factors: Factors, expected: Expectation | None) -> list[Rule]:
    """Every rule in figures."""
    return [_rule(one, factors, expected) for one in targets]


def _rule(one: Target, factors: Factors, expected: Expectation | None) -> Rule:
    path, monitor = one.subject.path, one.monitor
    found, final = _found(one, factors)
    draws = _at_the_end(one, factors, expected) if expected is not None else None
    go = None if draws is None else chance(_lets_go(monitor, draws))
    stop = None if draws is None or not _stops_at_all(monitor) else chance(_stops(monitor, draws))
    measured = one.subject.kind == "effect"
    verdict = _of_chances(go, stop) if measured else _verdict(monitor, found, final)
    verdict = "unknown" if found is None else verdict
    return Rule(monitor, path, found, final, verdict, go, stop)


def _found(one: Target, factors: Factors) -> tuple[float | None, bool]:
    """What is known of a figure, and whether nothing can change it any more."""
    path, year, kind = one.subject.path, one.monitor.year, one.subject.kind
    if kind == "effect":
        effect = factors.realised.effects.get(path)
        return (None, False) if effect is None else (effect.mean, True)
    if kind == "price":
        known = factors.realised.prices.get(path, {})
        at = [known[each] for each in sorted(known) if year in (None, each)]
        return (at[-1], True) if at else (None, False)
    parts = factors.realised.people if kind == "people" else factors.realised.sizes
    some = {y: p for y, p in parts.get(path, {}).items() if year in (None, y)}
    if not some:
        return None, False
    years = {year} if year else set(factors.yearly.years)
    whole = all(y in some and some[y].whole for y in years)
    total = sum(part.amount for part in some.values())
    return (total / len(some) if kind == "people" else total), whole


def _at_the_end(one: Target, factors: Factors, expected: Expectation) -> Array | None:
    """What a figure will be (draw); None of what no number of the model is."""
    path, kind, values = one.subject.path, one.subject.kind, expected.updated.values
    if kind == "people":
        return None
    if kind in ("effect", "price"):
        known = factors.realised.price(path, max(factors.yearly.years)) if kind == "price" else None
        size = values[path] if known is None else known
        return np.broadcast_to(np.asarray(size, float), (values.draws,))
    years = [one.monitor.year] if one.monitor.year else list(factors.yearly.years)
    names = [factors.yearly.of(path, year) for year in years]
    total = np.zeros(values.draws)
    for name in names:
        if name in factors.yearly.paths:
            total = total + np.asarray(expected.sizes.get(name, values[name]))
    return total


def _of_chances(go: float | None, stop: float | None) -> Verdict:
    """What a measurement says, which has a band: only what is as good as sure."""
    if stop is not None and stop >= SURE:
        return "stop"
    if go is None or 1 - SURE < go < SURE:
        return "unknown"
    return "go" if go >= SURE else "between"


def _verdict(monitor: Monitor, found: float | None, final: bool) -> Verdict:
    """What is known says: go on, stop, or neither; of what still grows only what it cannot undo."""
    if found is None:
        return "unknown"
    size = np.array([found])
    if final:
        if _stops(monitor, size)[0]:
            return "stop"
        return "go" if _lets_go(monitor, size)[0] else "between"
    if monitor.stop_above is not None and found > monitor.stop_above:
        return "stop"
    reached = monitor.at_least is not None and found >= monitor.at_least
    return "go" if reached and monitor.at_most is None else "unknown"


def _lets_go(monitor: Monitor, size: Array) -> NDArray[np.bool_]:
    """Where a figure (draw) meets what is asked to go on; what only says when to stop is met where
    it does not."""
    met = ~_stops(monitor, size)
    if monitor.at_least is not None:
        met &= size >= monitor.at_least
    if monitor.at_most is not None:
        met &= size <= monitor.at_most
    return np.asarray(met)


def _stops(monitor: Monitor, size: Array) -> NDArray[np.bool_]:
    """Where a figure (draw) makes plans stop."""
    found = np.zeros(len(size), dtype=bool)
    if monitor.stop_below is not None:
        found |= size < monitor.stop_below
    if monitor.stop_above is not None:
        found |= size > monitor.stop_above
    return found


def _stops_at_all(monitor: Monitor) -> bool:
    return monitor.stop_below is not None or monitor.stop_above is not None
