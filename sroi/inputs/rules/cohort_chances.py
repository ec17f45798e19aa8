"""The rules of chances in a cohort: what can be stated together, and that it is at most all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.care.chances import REST, Mortality
from sroi.inputs.care.cohort import Cohort, Treatment
from sroi.inputs.care.time_to import TimeTo, added_hazard
from sroi.inputs.quantity.by_cycle import cycles_of
from sroi.inputs.rules.care import certainly, high_share, highest
from sroi.inputs.rules.care_ladder import rows_once
from sroi.inputs.rules.checked import Checked
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

Array = NDArray[np.float64]
NEARLY = 1e-9


def leaving(cohort: Cohort, origin: str) -> set[str]:
    """Where people go from a state, also by dying of their age."""
    deaths = {cohort.mortality.to} if cohort.mortality and dies(cohort.mortality, origin) else set()
    return {*cohort.moves.get(origin, {}), *cohort.counts.get(origin, {}), *deaths} - {origin}


def dies(mortality: Mortality, state: str) -> bool:
    """Whether anybody in a state can die of their age."""
    return state != mortality.to and not certainly(mortality.hazard_ratio.get(state), 0)


def _all(c: Checked) -> Iterator[tuple[Path_, Cohort]]:
    """Every cohort of which all states are known, with its place."""
    for number, cohort in enumerate(c.scenario.cohorts):
        states = {state.id for state in cohort.states}
        if cohort.mortality is None or cohort.mortality.to in states:
            yield ("cohorts", number), cohort


def chances_fit_together(c: Checked) -> Iterator[Problem]:
    """chances-above-one, row-twice; and chance-certain, which is no hazard"""
    for path, cohort in _all(c):
        yield from rows_once(c, path, ("moves", cohort.moves), ("counts", cohort.counts))
        for origin in [state.id for state in cohort.states if leaving(cohort, state.id)]:
            keys = [key for key in ("moves", "counts") if origin in getattr(cohort, key)]
            where = (*path, keys[0], origin) if keys else (*path, "mortality")
            most = _highest(cohort, origin)
            total = _together(cohort, origin, most)
            if cohort.competing == "hazards" and max(map(np.max, most.values()), default=0) >= 1:
                yield c.error("chance-certain", *where, at_key=True, id=origin)
            elif total > 1 + NEARLY:
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
    found = np.zeros(cohort.cycles)
    for values in product(*grid):
        for cycle in range(cohort.cycles):
            added = added_hazard(chance.form, names, values, cycle * length, length)
            found[cycle] = max(found[cycle], -np.expm1(-added))
    return found


def _deaths(cohort: Cohort, mortality: Mortality, origin: str) -> Array:
    ratio = mortality.hazard_ratio.get(origin)
    hazards = np.array(mortality.hazards(cohort.cycles, cohort.cycles_per_year))
    most = highest(ratio) if ratio else 1.0
    return np.asarray(-np.expm1(-hazards * most / cohort.cycles_per_year))


def _factor(treatment: Treatment) -> float:
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
    for path, cohort in _all(c):
        for state in [state.id for state in cohort.states if cohort.competing is None]:
            row = cohort.moves.get(state, {})
            timed = any(isinstance(chance, TimeTo) for chance in row.values())
            dying = cohort.mortality is not None and dies(cohort.mortality, state)
            exits = len([x for x in leaving(cohort, state) if row.get(x) != REST])
            dead = cohort.mortality.to if cohort.mortality else ""
            if (timed and exits > 1) or (dying and (exits > 1 or dead in row)):
                key = "mortality" if dying else "moves"
                yield c.error(
                    "competing-unsaid", *path, key, at_key=True, id=cohort.id, state=state
                )
                break


def rests_are_single(c: Checked) -> Iterator[Problem]:
    """rest-twice, rest-changed"""
    for path, cohort in _all(c):
        for origin, row in cohort.moves.items():
            rests = [target for target, chance in row.items() if chance == REST]
            if len(rests) > 1:
                where = (*path, "moves", origin, rests[1])
                yield c.error("rest-twice", *where, id=origin, one=rests[0], other=rests[1])
            for target in rests:
                if cohort.programme and target in cohort.programme.on.get(origin, []):
                    facts = {"id": cohort.id, "one": origin, "other": target}
                    where = (*path, "programme", "on", origin)
                    yield c.error("rest-changed", *where, at_key=True, **facts)


def programmes_change_moves_that_exist(c: Checked) -> Iterator[Problem]:
    """move-missing"""
    for path, cohort in _all(c):
        states = {state.id for state in cohort.states}
        on = cohort.programme.on if cohort.programme else {}
        for origin, targets in on.items():
            known = {origin, *targets} <= states
            moves = leaving(cohort, origin)
            for target in [target for target in targets if known and target not in moves]:
                where = (*path, "programme", "on", origin)
                facts = {"id": cohort.id, "one": origin, "other": target}
                yield c.error("move-missing", *where, at_key=True, **facts)


def tables_start_in_time(c: Checked) -> Iterator[Problem]:
    """age-below-table, source-unknown"""
    for path, cohort in _all(c):
        own = cohort.mortality
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
]
