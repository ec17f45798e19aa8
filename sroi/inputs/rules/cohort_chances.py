"""The rules of chances in a cohort: what can be stated together, and that it is at most all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.care.chances import REST, Chances, Mortality
from sroi.inputs.care.cohort import ArmChange, Cohort
from sroi.inputs.care.time_to import TimeTo, added_hazard
from sroi.inputs.quantity.by_cycle import cycles_of
from sroi.inputs.rules.care import certainly, high_share, highest
from sroi.inputs.rules.care_ladder import rows_once
from sroi.inputs.rules.checked import Checked
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem, nearest

Array = NDArray[np.float64]
NEARLY = 1e-9
RESERVED = ("without", "with", "programme")  # what the first two arms are called


def leaving(cohort: Cohort, origin: str) -> set[str]:
    """Where people go from a state, also by dying of their age."""
    deaths = {cohort.mortality.to} if cohort.mortality and dies(cohort.mortality, origin) else set()
    return {*cohort.moves.get(origin, {}), *cohort.counts.get(origin, {}), *deaths} - {origin}


def dies(mortality: Mortality, state: str) -> bool:
    """Whether anybody in a state can die of their age."""
    return state != mortality.to and not certainly(mortality.hazard_ratio.get(state), 0)


class _Arm(NamedTuple):
    """A cohort as one of its arms has it: rows of chances that the arm states take the place of
    the usual, and what it changes stands as the programme. `own`: where the arm stands."""

    path: Path_
    cohort: Cohort
    own: Path_
    rows: Chances

    def where(self, origin: str) -> Path_:
        """The place of the chances out of a state."""
        if origin in self.rows:
            return (*self.path, *self.own, "moves", origin)
        keys = [key for key in ("moves", "counts") if origin in getattr(self.cohort, key)]
        return (*self.path, keys[0], origin) if keys else (*self.path, "mortality")


def arms(c: Checked) -> Iterator[_Arm]:
    """Every arm of every cohort, usual care first."""
    for number, cohort in enumerate(c.scenario.cohorts):
        path: Path_ = ("cohorts", number)
        yield _Arm(path, cohort.model_copy(update={"programme": None}), (), {})
        own: list[tuple[Path_, ArmChange]] = [
            (("arms", n), arm) for n, arm in enumerate(cohort.arms)
        ]
        for place, arm in [
            *([(("programme",), cohort.programme)] if cohort.programme else []),
            *own,
        ]:
            rows = {
                "moves": cohort.moves | arm.moves,
                "counts": {x: row for x, row in cohort.counts.items() if x not in arm.moves},
            }
            changed = cohort.model_copy(update={"programme": arm, **rows})
            yield _Arm(path, changed, place, arm.moves)


def _all(c: Checked) -> Iterator[_Arm]:
    """The same, of cohorts of which the state of the dead is known."""
    for arm in arms(c):
        own = arm.cohort.mortality
        if own is None or own.to in {state.id for state in arm.cohort.states}:
            yield arm


def chances_fit_together(c: Checked) -> Iterator[Problem]:
    """chances-above-one, row-twice; and chance-certain, which is no hazard"""
    told = set[Path_]()
    for number, cohort in enumerate(c.scenario.cohorts):
        rows = ("moves", cohort.moves), ("counts", cohort.counts)
        yield from rows_once(c, ("cohorts", number), *rows)
    for arm in _all(c):
        cohort = arm.cohort
        for origin in [state.id for state in cohort.states if leaving(cohort, state.id)]:
            where, most = arm.where(origin), _highest(cohort, origin)
            total = _together(cohort, origin, most)
            certain = max(map(np.max, most.values()), default=0) >= 1
            if where in told or not (certain or total > 1 + NEARLY):
                continue
            if cohort.competing == "hazards":
                told.add(where)
                yield c.error("chance-certain", *where, at_key=True, id=origin)
            elif total > 1 + NEARLY:
                told.add(where)
                facts = {"id": origin, "total": f"{total * 100:.4g}%"}
                yield c.error("chances-above-one", *where, at_key=True, **facts)


def _together(cohort: Cohort, origin: str, most: dict[str, Array]) -> float:
    """The most that the chances to leave a state can add up to.

    Counted chances add up to 1 by themselves, until something is added or multiplies some of them.
    """
    treatment, own = cohort.programme, cohort.mortality
    treated = bool(treatment and treatment.on.get(origin) and _factor(treatment) > 1)
    dying = own is not None and dies(own, origin)
    added = dying and cohort.competing in (None, "added")
    if cohort.competing == "hazards" or (origin not in cohort.moves and not treated and not added):
        return 1.0
    chances = sum(most.values(), np.zeros(cohort.cycles))
    if own is not None and added:
        chances = chances + _changed(cohort, origin, own.to, _deaths(cohort, own, origin))
    return float(np.max(chances))


def _highest(cohort: Cohort, origin: str) -> dict[str, Array]:
    """The most that each chance to leave a state can be (cycle), with the programme or without."""
    counts, found = cohort.counts.get(origin, {}), dict[str, Array]()
    total = sum(counts.values())
    for place, count in counts.items():
        found[place] = np.full(cohort.cycles, high_share(count, total - count))
    for place, chance in cohort.moves.get(origin, {}).items():
        if isinstance(chance, TimeTo):
            found[place] = _of_time(chance, cohort)
        elif chance != REST:
            sizes = [highest(each) for each in cycles_of(chance)[: cohort.cycles]]
            found[place] = np.array(sizes + sizes[-1:] * (cohort.cycles - len(sizes)))
    found.pop(origin, None)
    return {place: _changed(cohort, origin, place, most) for place, most in found.items()}


def _of_time(chance: TimeTo, cohort: Cohort) -> Array:
    """Over lowest, middle and highest parameters, in all combinations."""
    names, length = tuple(chance.parameters), 1 / cohort.cycles_per_year
    grid = [{one.reach[0], one.middle, one.reach[1]} for one in chance.parameters.values()]
    starts = np.asarray(np.arange(cohort.cycles) * length, dtype=np.float64)
    found = np.zeros(cohort.cycles)
    for values in product(*grid):
        added = added_hazard(chance.form, names, values, starts, length)
        found = np.maximum(found, -np.expm1(-added))
    return found


def _deaths(cohort: Cohort, mortality: Mortality, origin: str) -> Array:
    ratio = mortality.hazard_ratio.get(origin)
    hazards = np.array(mortality.hazards(cohort.cycles, cohort.cycles_per_year))
    most = highest(ratio) if ratio else 1.0
    return np.asarray(-np.expm1(-hazards * most / cohort.cycles_per_year))


def _factor(treatment: ArmChange) -> float:
    return max(highest(treatment.ratio), 1.0) if treatment.ratio else 1.0


def _changed(cohort: Cohort, origin: str, place: str, most: Array) -> Array:
    """The most that a chance can be when the programme changes it."""
    treatment = cohort.programme
    if treatment is None or place not in treatment.on.get(origin, []):
        return most
    factor = _factor(treatment)
    changed = most * factor if treatment.hazard_ratio is None else 1 - (1 - most) ** factor
    first = np.arange(len(most)) < (treatment.first_cycles or len(most))
    return np.where(first, changed, most)


def competing_is_stated(c: Checked) -> Iterator[Problem]:
    """competing-unsaid: how chances of time or death hold together with other chances of a state"""
    told = set[Path_]()
    for arm in _all(c):
        for state in [x.id for x in arm.cohort.states if arm.cohort.competing is None]:
            if arm.path not in told and _compete(arm.cohort, state):
                told.add(arm.path)
                dying = arm.cohort.mortality is not None and dies(arm.cohort.mortality, state)
                where = (*arm.path, "mortality") if dying else arm.where(state)[:-1]
                facts = {"id": arm.cohort.id, "state": state}
                yield c.error("competing-unsaid", *where, at_key=True, **facts)


def _compete(cohort: Cohort, state: str) -> bool:
    """Whether a state has more ways out, and one of them goes by time or by age."""
    row, own = cohort.moves.get(state, {}), cohort.mortality
    timed = any(isinstance(chance, TimeTo) for chance in row.values())
    dying = own is not None and dies(own, state)
    exits = len([x for x in leaving(cohort, state) if row.get(x) != REST])
    both = own is not None and dying and own.to in row
    return (exits > 1 and (timed or dying)) or both


def rests_are_single(c: Checked) -> Iterator[Problem]:
    """rest-twice, rest-changed"""
    told = set[Path_]()
    for arm in _all(c):
        for origin, row in arm.cohort.moves.items():
            rests = [target for target, chance in row.items() if chance == REST]
            where = (*arm.where(origin), rests[1]) if len(rests) > 1 else ()
            if where and where not in told:
                told.add(where)
                yield c.error("rest-twice", *where, id=origin, one=rests[0], other=rests[1])
            on = arm.cohort.programme.on.get(origin, []) if arm.cohort.programme else []
            for target in [target for target in rests if target in on]:
                facts = {"id": arm.cohort.id, "one": origin, "other": target}
                place = (*arm.path, *arm.own, "on", origin)
                yield c.error("rest-changed", *place, at_key=True, **facts)


def programmes_change_moves_that_exist(c: Checked) -> Iterator[Problem]:
    """move-missing"""
    for arm in _all(c):
        cohort = arm.cohort
        states = {state.id for state in cohort.states}
        on = cohort.programme.on if cohort.programme else {}
        for origin, targets in on.items():
            known = {origin, *targets} <= states
            moves = leaving(cohort, origin)
            for target in [target for target in targets if known and target not in moves]:
                where = (*arm.path, *arm.own, "on", origin)
                facts = {"id": cohort.id, "one": origin, "other": target}
                yield c.error("move-missing", *where, at_key=True, **facts)


def arms_are_known(c: Checked) -> Iterator[Problem]:
    """arm-unknown, arm-reserved"""
    for number, cohort in enumerate(c.scenario.cohorts):
        known = [arm.id for arm in cohort.arms]
        for position, arm in enumerate(cohort.arms):
            if arm.id in RESERVED:
                yield c.error("arm-reserved", "cohorts", number, "arms", position, "id", id=arm.id)
        for key in ("costs", "effects"):
            for position, reward in enumerate(getattr(cohort, key)):
                for name in [name for name in reward.by_arm if name not in known]:
                    where = ("cohorts", number, key, position, "by_arm", name)
                    facts = {"id": name, "nearest": nearest(name, known)}
                    yield c.error("arm-unknown", *where, at_key=True, **facts)


def tables_start_in_time(c: Checked) -> Iterator[Problem]:
    """age-below-table, source-unknown"""
    for number, cohort in enumerate(c.scenario.cohorts):
        path, own = ("cohorts", number), cohort.mortality
        if own and own.start_age < min(own.table):
            facts = {"id": cohort.id, "age": f"{own.start_age:g}", "first": min(own.table)}
            yield c.error("age-below-table", *path, "mortality", "start_age", **facts)
        if own and own.source:
            where = (*path, "mortality", "source")
            yield from unknown("source", own.source.key, c.library.sources, where, c.document)


RULES = [
    chances_fit_together,
    competing_is_stated,
    rests_are_single,
    programmes_change_moves_that_exist,
    tables_start_in_time,
    arms_are_known,
]
