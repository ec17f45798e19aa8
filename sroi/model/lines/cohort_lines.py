"""From the noun of a cohort to its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sroi.inputs.care.chances import REST
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.care.cohort_rewards import Reward
from sroi.inputs.care.time_to import TimeTo
from sroi.inputs.quantity.by_cycle import ByCycle as Listed
from sroi.inputs.scenario.price_level import amount_series
from sroi.model.care.care_ladder import Move
from sroi.model.lines.builder import Builder
from sroi.model.lines.by_number import by_id, moves_by_number, sticks_by_number
from sroi.model.lines.lines import (
    NOTHING,
    ONE,
    ArmLine,
    ByCycle,
    CohortLine,
    Flow,
    MortalityLine,
    RewardLine,
    TimeLine,
)

NOBODY: ByCycle = (NOTHING,)


def cohort_line(build: Builder, cohort: Cohort) -> CohortLine:
    """The line of a cohort."""
    path, ids = f"cohorts.{cohort.id}", [state.id for state in cohort.states]
    flows = tuple(
        Flow(ONE, build.index(amount_series(cost), cost.price_year) if cost.price_year else 1.0,
             build.shares(cost.payers, cost.cash), amount_series(cost))
        for cost in cohort.costs
    )  # fmt: skip
    return CohortLine(
        id=cohort.id,
        stakeholder=cohort.stakeholder,
        inflow=by_id(f"{path}.inflow", ids, cohort.inflow) if cohort.inflow else (),
        arms=(_usual(cohort, path, ids), _treated(cohort, path, ids)),
        cycles=cohort.cycles,
        cycles_per_year=cohort.cycles_per_year,
        counting=cohort.counting,
        costs=tuple(_reward(f"{path}.costs", ids, cost) for cost in cohort.costs),
        effects=tuple(
            _reward(f"{path}.effects", ids, effect, effect.discount_rate or 0.0)
            for effect in cohort.effects
        ),
        flows=flows,
        weights=tuple(cohort.weights),
        mortality=_mortality(cohort, path, ids),
        competing=cohort.competing or "added",
        by_cycle=cohort.discounted == "by_cycle",
        first=cohort.first_exponent,
    )


def _usual(cohort: Cohort, path: str, ids: list[str]) -> ArmLine:
    """What happens without the programme."""
    moves = moves_by_number(f"{path}.moves", ids, cohort.moves)
    given = {(i, j): cohort.moves[ids[i]][ids[j]] for i, j in moves}
    return ArmLine(
        id="without",
        start=by_id(f"{path}.start", ids, cohort.start),
        moves={m: _chance(moves[m], chance) for m, chance in given.items() if chance != REST},
        sticks=sticks_by_number(f"{path}.counts", ids, cohort.counts, cohort),
        rest={i: j for (i, j), chance in given.items() if chance == REST},
    )


def _treated(cohort: Cohort, path: str, ids: list[str]) -> ArmLine:
    """What happens with the programme."""
    usual, treatment = _usual(cohort, path, ids), cohort.programme
    if treatment is None:
        return replace(usual, id="with")
    as_hazard = treatment.hazard_ratio is not None
    return replace(
        usual,
        id="with",
        ratio=f"{path}.programme.{'hazard_ratio' if as_hazard else 'relative_risk'}",
        on=tuple((ids.index(i), ids.index(j)) for i, to in treatment.on.items() for j in to),
        first_cycles=treatment.first_cycles,
        as_hazard=as_hazard,
    )


def _chance(path: str, given: object) -> ByCycle | TimeLine:
    """The paths of a chance by cycle, or of a distribution of time."""
    if isinstance(given, TimeTo):
        names = tuple(given.parameters)
        return TimeLine(given.form, names, tuple(f"{path}.{given.form}.{x}" for x in names))
    return _cycles(path, given)


def _mortality(cohort: Cohort, path: str, ids: list[str]) -> MortalityLine | None:
    """Death by age; nobody dies once more."""
    own = cohort.mortality
    if own is None:
        return None
    ratios = [f"{path}.mortality.hazard_ratio.{x}" if x in own.hazard_ratio else ONE for x in ids]
    ratios[ids.index(own.to)] = NOTHING
    hazards = own.hazards(cohort.cycles, cohort.cycles_per_year)
    return MortalityLine(ids.index(own.to), tuple(hazards), tuple(ratios))


def _cycles(path: str, given: object) -> ByCycle:
    """The path of a number, or those of one for each cycle."""
    if isinstance(given, Listed):
        return tuple(f"{path}.{cycle}" for cycle in range(1, len(given) + 1))
    return (path,)


def _by_state(path: str, ids: list[str], given: Mapping[str, object]) -> tuple[ByCycle, ...]:
    return tuple(_cycles(f"{path}.{x}", given[x]) if x in given else NOBODY for x in ids)


def _reward(path: str, ids: list[str], reward: Reward, rate: float = 0.0) -> RewardLine:
    own = f"{path}.{reward.id}"
    usual = _by_state(f"{own}.per_cycle", ids, reward.per_cycle)
    other = _by_state(f"{own}.with_programme", ids, reward.with_programme or {})
    changed = tuple(usually if x == NOBODY else x for x, usually in zip(other, usual, strict=True))
    moved: dict[Move, ByCycle] = {
        (ids.index(i), ids.index(j)): _cycles(f"{own}.on_move.{i}.{j}", worth)
        for i, row in reward.on_move.items()
        for j, worth in row.items()
    }
    return RewardLine(
        reward.id, (usual, changed), reward.first_cycles, rate, _once(own, reward), moved
    )


def _once(path: str, reward: Reward) -> tuple[str, ...]:
    """What who comes in costs or brings, in each arm; nothing where nothing is said of it."""
    usual = f"{path}.once" if reward.once else NOTHING
    changed = f"{path}.once_with_programme" if reward.once_with_programme else usual
    return () if changed == NOTHING else (usual, changed)
