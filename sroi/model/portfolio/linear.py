"""In which of its numbers the euros of a line are linear, read off its equations.

A line is a product of factors, and each factor is linear in some numbers together: twice of all of
them is twice the euros, and the euros of a sum are the sum of the euros.

    outcome      (volumes of the years) × rate × (prices); corrections and time are something else
    investment   (volumes or amounts of the years) × price
    care ladder  (inflow of all years and people at the start) × (prices of all tiers) × (units)
    direct shift (reach of the years) × share at risk × reduction × substitution × (prices) × units
    cohort       (people at the start and who comes in) × (what the states cost)

This is so of what each payer gains or loses. How much of it is hard cash is not linear in people:
a contract is cut by whole places, and a freed place may be filled again, see `cash`. Nor is
anything of which a part is taken where it is a gain and nothing where it is a loss (optimism bias),
save in numbers that cannot change its sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from sroi.model.lines.lines import (
    NOTHING,
    ONE,
    CareLine,
    CohortLine,
    InvestmentLine,
    LadderLine,
    OutcomeLine,
    ShiftLine,
)

Line = OutcomeLine | InvestmentLine | LadderLine | ShiftLine | CohortLine
Factors = tuple[frozenset[str], ...]
# told in a report, and no part of any euro: trajectories beside a ladder, effects of a cohort
NO_EUROS = {LadderLine: "volumes", CohortLine: "effects"}


def rests_on(line: Line, known: Container[str]) -> frozenset[str]:
    """Paths of all the numbers that the euros of a line rest on; `known`: those that there are."""
    left_out = NO_EUROS.get(type(line))
    parts = (getattr(line, f.name) for f in fields(line) if f.name != left_out)
    return frozenset(text for part in parts for text in _texts(part) if text in known)


def linear_in(line: Line) -> Factors:
    """The factors of a line, each as the paths in which it is linear."""
    if isinstance(line, OutcomeLine):
        return _filled(_of_outcome(line))
    if isinstance(line, InvestmentLine):
        return _filled([line.volumes, [line.flow.price]])
    if isinstance(line, LadderLine):
        return _filled(_of_ladder(line))
    if isinstance(line, ShiftLine):
        return _filled(_of_shift(line))
    people = [path for arm in line.arms for path in arm.start]
    worth = [path for cost in line.costs for path in _texts([cost.by_arm, cost.once, cost.on_move])]
    return _filled([[*people, *line.inflow], worth])


def who_is_on(line: LadderLine) -> frozenset[str]:
    """Paths of the people on a ladder: who comes in, in any year, and who is there at the start."""
    if not isinstance(line.rates, tuple):
        return frozenset()
    inflow = (path for year in line.rates for path in year.inflow)
    return frozenset((*inflow, *(path for path in line.start if isinstance(path, str))))


def cares_of(line: Line) -> tuple[CareLine, ...]:
    """The care that a line is about."""
    if isinstance(line, LadderLine):
        return line.tiers
    return (line.care,) if isinstance(line, ShiftLine) else ()


def where_zero_matters(lines: Iterable[Line]) -> frozenset[str]:
    """Paths of which a certain zero is another model: a year without people, where some come back
    from the year before."""
    back = (line for line in lines if isinstance(line, OutcomeLine) and line.returning)
    return frozenset(path for line in back for path in line.volumes)


def _of_outcome(line: OutcomeLine) -> Iterator[Iterable[str]]:
    yield line.volumes
    if line.kept == 1:
        yield [line.rate]
        yield [flow.price for flow in line.flows]


def _of_ladder(line: LadderLine) -> Iterator[Iterable[str]]:
    """What a register counts is no number by itself, and how inflow grows is a power."""
    if line.effect.kept == 1:
        yield sorted(who_is_on(line))
    yield from _prices(line.tiers)


def _of_shift(line: ShiftLine) -> Iterator[Iterable[str]]:
    yield line.volumes
    if line.effect.kept == 1:
        yield from ([path] for path in (line.at_risk, line.reduction, line.substitution))
    yield from _prices([line.care])


def _prices(tiers: Iterable[CareLine]) -> Iterator[Iterable[str]]:
    tiers = list(tiers)
    yield [path for tier in tiers for path in (tier.price, tier.tariff)]
    yield [tier.units for tier in tiers]


def _filled(factors: Iterable[Iterable[str]]) -> Factors:
    """Without what is empty; a number that stands in two factors is linear in neither."""
    found = [frozenset(filter(None, factor)) for factor in factors]
    often = Counter(path for one in found for path in one)
    twice = {path for path, times in often.items() if times > 1} - {ONE, NOTHING}
    return tuple(one - twice for one in found if one - twice)


def _texts(part: Any) -> Iterator[str]:
    """Every text in a part of a line, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from _texts([*part.values()])
    elif isinstance(part, tuple | list):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part):
        yield from _texts([getattr(part, field.name) for field in fields(part)])
