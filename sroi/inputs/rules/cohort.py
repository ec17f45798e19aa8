"""The rules of cohorts: their states, the chances of each cycle, and what the cycles bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sroi.inputs.care.cohort import BY_MOMENT, ArmChange, Cohort
from sroi.inputs.care.cohort_rewards import ArmReward, Reward
from sroi.inputs.care.time_to import TimeTo
from sroi.inputs.quantity.by_cycle import ByCycle, cycles_of
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.checked import Checked
from sroi.inputs.rules.cohort_chances import leaving
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem, nearest

REWARDS = ("costs", "effects")


def cohorts(c: Checked) -> Iterator[tuple[Path_, Cohort]]:
    """Every cohort with its place."""
    for number, cohort in enumerate(c.scenario.cohorts):
        yield ("cohorts", number), cohort


def states_are_known(c: Checked) -> Iterator[Problem]:
    """state-unknown"""
    for path, cohort in cohorts(c):
        states = [state.id for state in cohort.states]
        for where, name in unknown_in(cohort):
            facts = {"id": name, "cohort": cohort.id, "nearest": nearest(name, states)}
            at_key = where != ("mortality", "to")
            yield c.error("state-unknown", *path, *where, at_key=at_key, **facts)


def unknown_in(cohort: Cohort) -> Iterator[tuple[Path_, str]]:
    """Every name in a cohort that is no state of it, with its place in it."""
    states = {state.id for state in cohort.states}
    return (found for found in _named(cohort) if found[1] not in states)


def _named(cohort: Cohort) -> Iterator[tuple[Path_, str]]:
    """Every state that a cohort names, with its place in it."""
    for key in ("start", "inflow"):
        yield from (((key, name), name) for name in getattr(cohort, key))
    if cohort.mortality:
        yield ("mortality", "to"), cohort.mortality.to
        yield from ((("mortality", "hazard_ratio", x), x) for x in cohort.mortality.hazard_ratio)
    for place, table in _tables(cohort):
        for origin, row in table.items():
            yield (*place, origin), origin
            yield from (((*place, origin, name), name) for name in row)
    for place, of in [*_starts(cohort), *_worths(cohort)]:
        yield from (((*place, name), name) for name in of)


def _tables(cohort: Cohort) -> Iterator[tuple[Path_, Mapping[str, Iterable[str]]]]:
    """What is said of moves, by origin."""
    yield ("moves",), cohort.moves
    yield ("counts",), cohort.counts
    for place, arm in _changes(cohort):
        yield (*place, "on"), {origin: dict.fromkeys(row) for origin, row in arm.on.items()}
        yield (*place, "moves"), arm.moves
    for key in REWARDS:
        for position, reward in enumerate(getattr(cohort, key)):
            yield (key, position, "on_move"), reward.on_move


def _changes(cohort: Cohort) -> Iterator[tuple[Path_, ArmChange]]:
    """What the programme and the other arms change."""
    if cohort.programme:
        yield ("programme",), cohort.programme
    yield from ((("arms", number), arm) for number, arm in enumerate(cohort.arms))


def _starts(cohort: Cohort) -> Iterator[tuple[Path_, Iterable[str]]]:
    """Who starts in an arm, where that differs."""
    yield from (((*place, "start"), arm.start) for place, arm in _changes(cohort))


def _worths(cohort: Cohort) -> Iterator[tuple[Path_, Iterable[str]]]:
    """What a cycle brings by state, in every arm."""
    for key in REWARDS:
        for position, reward in enumerate(getattr(cohort, key)):
            for part in ("per_cycle", "with_programme"):
                yield (key, position, part), getattr(reward, part) or {}
            for name, other in reward.by_arm.items():
                yield (key, position, "by_arm", name, "per_cycle"), other.per_cycle


def cohorts_bring_something(c: Checked) -> Iterator[Problem]:
    """cohort-empty, reward-empty; and inflow-missing where there is nobody"""
    for path, cohort in cohorts(c):
        if not cohort.costs and not cohort.effects:
            yield c.error("cohort-empty", *path, at_key=True, id=cohort.id)
        if not cohort.start and not cohort.inflow:
            yield c.error("inflow-missing", *path, "start", at_key=True, id=cohort.id)
        for key in REWARDS:
            for position, reward in enumerate(getattr(cohort, key)):
                if not _says_something(reward):
                    yield c.error("reward-empty", *path, key, position, at_key=True, id=reward.id)


def _says_something(reward: Reward) -> bool:
    once = reward.once or reward.once_with_programme
    states = reward.per_cycle or reward.with_programme
    return bool(states or once or reward.on_move or reward.by_arm)


def cycles_fit_the_horizon(c: Checked) -> Iterator[Problem]:
    """cycles-beyond-horizon"""
    years = c.scenario.basis.years
    for path, cohort in cohorts(c):
        most = years * cohort.cycles_per_year
        if cohort.cycles > most:
            facts = {"id": cohort.id, "cycles": cohort.cycles, "most": most, "years": years}
            yield c.error("cycles-beyond-horizon", *path, "cycles", **facts)


def effects_have_a_rate(c: Checked) -> Iterator[Problem]:
    """discount-rate-missing: of effects that last longer than a year"""
    for path, cohort in cohorts(c):
        if cohort.cycles <= cohort.cycles_per_year:
            continue
        for position, effect in enumerate(cohort.effects):
            if effect.discount_rate is None:
                where = (*path, "effects", position)
                yield c.error("discount-rate-missing", *where, at_key=True, id=effect.id)


def arms_are_not_drawn_apart(c: Checked) -> Iterator[Problem]:
    """drawn-twice: the same uncertain number in both arms is two numbers, each drawn by itself"""
    for path, cohort in cohorts(c):
        for key in REWARDS:
            for position, reward in enumerate(getattr(cohort, key)):
                for state, other in (reward.with_programme or {}).items():
                    pairs = zip(
                        cycles_of(reward.per_cycle.get(state, [])), cycles_of(other), strict=False
                    )
                    if any(one.uncertain and _says(one) == _says(two) for one, two in pairs):
                        where = (*path, key, position, "with_programme", state)
                        yield c.warning("drawn-twice", *where, id=reward.id, state=state)


def one_offs_are_invested(c: Checked) -> Iterator[Problem]:
    """one-off-by-cycle: counted at the end or halfway, some have left before it is counted"""
    for path, cohort in cohorts(c):
        for position, cost in enumerate(cohort.costs):
            if cost.first_cycles == 1 and cohort.counting != "start":
                where = (*path, "costs", position, "first_cycles")
                yield c.warning("one-off-by-cycle", *where, id=cost.id)


def counting_is_whole(c: Checked) -> Iterator[Problem]:
    """weights-count, moment-has-own-time, exponent-without-cycles"""
    for path, cohort in cohorts(c):
        moments = cohort.cycles + 1 if cohort.counting == "weights" else 0
        if len(cohort.weights) != moments:
            facts = {"found": len(cohort.weights), "expected": moments, "id": cohort.id}
            where = (*path, "weights") if cohort.weights else (*path, "counting")
            yield c.error("weights-count", *where, counting=cohort.counting, **facts)
        said = [key for key in ("discounted", "first_exponent") if getattr(cohort, key) is not None]
        if said and cohort.counting in BY_MOMENT:
            facts = {"key": said[0], "counting": cohort.counting}
            yield c.error("moment-has-own-time", *path, said[0], at_key=True, id=cohort.id, **facts)
        elif said == ["first_exponent"]:
            yield c.error("exponent-without-cycles", *path, said[0], at_key=True, id=cohort.id)


def lists_fit_the_cycles(c: Checked) -> Iterator[Problem]:
    """list-beyond-cycles"""
    for path, cohort in cohorts(c):
        for where, given in _listed(cohort, ()):
            if len(given) > cohort.cycles:
                facts = {"id": cohort.id, "found": len(given), "cycles": cohort.cycles}
                yield c.error("list-beyond-cycles", *path, *where, at_key=True, **facts)


def _listed(part: object, where: Path_) -> Iterator[tuple[Path_, ByCycle]]:
    """Every number by cycle in a part of a cohort, with its place in it."""
    if isinstance(part, ByCycle):
        yield where, part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _listed(inner, (*where, name))
    elif isinstance(part, list):
        for position, inner in enumerate(part):
            yield from _listed(inner, (*where, position))
    elif isinstance(part, Cohort | Reward | ArmReward | ArmChange):
        for name in type(part).model_fields:
            yield from _listed(getattr(part, name), (*where, name))


def moves_that_cost_exist(c: Checked) -> Iterator[Problem]:
    """move-of-nobody: what a move costs or brings, where nobody makes it"""
    for path, cohort in cohorts(c):
        rewards = [(key, n, x) for key in REWARDS for n, x in enumerate(getattr(cohort, key))]
        for key, position, reward in [] if list(unknown_in(cohort)) else rewards:
            for origin, target in [(i, j) for i, row in reward.on_move.items() for j in row]:
                if origin == target or target not in leaving(cohort, origin):
                    where = (*path, key, position, "on_move", origin, target)
                    facts = {"id": reward.id, "one": origin, "other": target}
                    yield c.error("move-of-nobody", *where, at_key=True, **facts)


def _says(quantity: Quantity) -> dict[str, object]:
    """The distribution of a quantity, whatever its reason."""
    return quantity.model_dump(exclude={"because", "source", "evidence"})


def work(c: Checked) -> int:
    """How much the cohorts take for each draw, in the unit of `ladder_rules.work`; chances that
    change are made anew for every cycle."""
    return int(sum(_work(cohort) for cohort in c.scenario.cohorts)) // 4


def _work(cohort: Cohort) -> float:
    rows = [cohort.moves, *(arm.moves for _, arm in _changes(cohort))]
    chances = [chance for table in rows for row in table.values() for chance in row.values()]
    anew = cohort.mortality is not None or any(isinstance(x, TimeTo) for x in chances)
    arms = (2 + len(cohort.arms)) / 2
    return len(cohort.states) ** 2 * cohort.cycles * arms * (4 if anew else 1)


RULES = [
    states_are_known,
    cohorts_bring_something,
    cycles_fit_the_horizon,
    effects_have_a_rate,
    arms_are_not_drawn_apart,
    one_offs_are_invested,
    counting_is_whole,
    lists_fit_the_cycles,
    moves_that_cost_exist,
]
