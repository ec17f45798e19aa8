"""From the noun of a cohort to its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sroi.inputs.care.chances import REST, Chances
from sroi.inputs.care.cohort import ArmChange, Cohort
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
WITHOUT, WITH = "without", "with"


def cohort_line(build: Builder, cohort: Cohort) -> CohortLine:
    """The line of a cohort."""
    path, ids = f"cohorts.{cohort.id}", [state.id for state in cohort.states]
    usual, others = _usual(cohort, path, ids), [arm.id for arm in cohort.arms]
    flows = tuple(
        Flow(ONE, build.index(amount_series(cost), cost.price_year) if cost.price_year else 1.0,
             build.shares(cost.payers, cost.cash), amount_series(cost))
        for cost in cohort.costs
    )  # fmt: skip
    return CohortLine(
        id=cohort.id,
        stakeholder=cohort.stakeholder,
        inflow=by_id(f"{path}.inflow", ids, cohort.inflow) if cohort.inflow else (),
        arms=(
            usual,
            _other(WITH, usual, cohort.programme, f"{path}.programme", ids),
            *(_other(arm.id, usual, arm, f"{path}.arms.{arm.id}", ids) for arm in cohort.arms),
        ),
        cycles=cohort.cycles,
        cycles_per_year=cohort.cycles_per_year,
        counting=cohort.counting,
        costs=tuple(_reward(f"{path}.costs", ids, others, cost) for cost in cohort.costs),
        effects=tuple(
            _reward(f"{path}.effects", ids, others, effect, effect.discount_rate or 0.0)
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
    moves, rest = _moves(f"{path}.moves", ids, cohort.moves)
    return ArmLine(
        id=WITHOUT,
        start=by_id(f"{path}.start", ids, cohort.start),
        moves=moves,
        sticks=sticks_by_number(f"{path}.counts", ids, cohort.counts, cohort),
        rest=rest,
    )


def _moves(
    path: str, ids: list[str], rows: Chances
) -> tuple[dict[Move, ByCycle | TimeLine], dict[int, int]]:
    """Chances of moves by number, and where the rest of a state goes."""
    paths = moves_by_number(path, ids, rows)
    given = {(i, j): rows[ids[i]][ids[j]] for i, j in paths}
    found = {m: _chance(paths[m], chance) for m, chance in given.items() if chance != REST}
    return found, {i: j for (i, j), chance in given.items() if chance == REST}


def _other(id: str, usual: ArmLine, own: ArmChange | None, path: str, ids: list[str]) -> ArmLine:
    """What happens in another arm: rows of chances that it states take the place of the usual."""
    if own is None:
        return replace(usual, id=id)
    as_hazard = own.hazard_ratio is not None
    stated, rest = _moves(f"{path}.moves", ids, own.moves)
    rows = {ids.index(origin) for origin in own.moves}
    return ArmLine(
        id=id,
        start=by_id(f"{path}.start", ids, own.start) if own.start else usual.start,
        moves={m: chance for m, chance in usual.moves.items() if m[0] not in rows} | stated,
        sticks={origin: row for origin, row in usual.sticks.items() if origin not in rows},
        ratio=f"{path}.{'hazard_ratio' if as_hazard else 'relative_risk'}" if own.ratio else ONE,
        on=tuple((ids.index(i), ids.index(j)) for i, to in own.on.items() for j in to),
        first_cycles=own.first_cycles,
        as_hazard=as_hazard,
        rest={i: j for i, j in usual.rest.items() if i not in rows} | rest,
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


def _reward(
    path: str, ids: list[str], others: list[str], reward: Reward, rate: float = 0.0
) -> RewardLine:
    own = f"{path}.{reward.id}"
    usual = _by_state(f"{own}.per_cycle", ids, reward.per_cycle)
    given = [_by_state(f"{own}.with_programme", ids, reward.with_programme or {})]
    for arm in others:
        there = reward.by_arm[arm].per_cycle if arm in reward.by_arm else {}
        given.append(_by_state(f"{own}.by_arm.{arm}.per_cycle", ids, there))
    changed = (
        tuple(usually if x == NOBODY else x for x, usually in zip(arm, usual, strict=True))
        for arm in given
    )
    moved: dict[Move, ByCycle] = {
        (ids.index(i), ids.index(j)): _cycles(f"{own}.on_move.{i}.{j}", worth)
        for i, row in reward.on_move.items()
        for j, worth in row.items()
    }
    once = _once(own, reward, others)
    return RewardLine(reward.id, (usual, *changed), reward.first_cycles, rate, once, moved)


def _once(path: str, reward: Reward, others: list[str]) -> tuple[str, ...]:
    """What who comes in costs or brings, in each arm; nothing where nothing is said of it."""
    usual = f"{path}.once" if reward.once else NOTHING
    found = [usual, f"{path}.once_with_programme" if reward.once_with_programme else usual]
    for arm in others:
        own = arm in reward.by_arm and reward.by_arm[arm].once
        found.append(f"{path}.by_arm.{arm}.once" if own else usual)
    return () if set(found) == {NOTHING} else tuple(found)
