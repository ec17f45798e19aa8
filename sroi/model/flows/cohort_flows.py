"""The value of what a cohort does not cost, and what its arms cost and bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.care.time_to import added_hazard
from sroi.model.care import cohort as cohorts
from sroi.model.care import cohort_chances
from sroi.model.care.care_ladder import Amount, Move
from sroi.model.flows.care_flows import Yearly, broken, in_blocks
from sroi.model.flows.impact import STAGES, FlowBlock, segments
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import (
    NOTHING,
    ArmLine,
    ByCycle,
    CohortLine,
    RewardLine,
    TimeLine,
)
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
Matrix = list[list[Amount]]
BLOCK = 1024


def cohort_flows(model: Model, line: CohortLine, values: Values) -> list[FlowBlock]:
    """Every flow of a cohort: one for each of its costs."""
    if not line.own_time:
        return in_blocks(model, values, BLOCK, lambda part: _cohort_money(model, line, part))
    parts = []
    for start in range(0, values.draws, BLOCK):
        part = values.part(start, min(start + BLOCK, values.draws))
        parts.append(_at_own_times(model, line, part))
    return [
        FlowBlock(
            np.concatenate([block.present for block in flow]),
            np.concatenate([block.sums for block in flow], axis=1),
        )
        for flow in zip(*parts, strict=True)
    ]


def _cohort_money(model: Model, line: CohortLine, values: Values) -> Yearly:
    usual, changed = (Course.of(line, values, arm) for arm in (0, 1))
    money = []
    for cost in line.costs:
        less = usual.brings(cost) - changed.brings(cost)
        yearly = np.zeros((model.horizon, less.shape[1]))
        for cycle, amount in enumerate(less):
            yearly[cycle // line.cycles_per_year] += amount
        money.append(yearly)
    return [amounts * flow.index for amounts, flow in zip(money, line.flows, strict=True)]


def _at_own_times(model: Model, line: CohortLine, values: Values) -> list[FlowBlock]:
    """The same where amounts have a time of their own: their present value by year stands in the
    sums too, behind the undiscounted years."""
    usual, changed = (Course.of(line, values, arm) for arm in (0, 1))
    found, worth = [], worth_of_costs(model, line)
    for cost, flow in zip(line.costs, line.flows, strict=True):
        both = np.zeros((2, model.years, values.draws))
        less = usual.brings(cost) - changed.brings(cost)
        now = usual.is_worth(cost, worth) - changed.is_worth(cost, worth)
        for cycle in range(line.cycles):
            both[0, cycle // line.cycles_per_year] += less[cycle] * flow.index
            both[1, cycle // line.cycles_per_year] += now[cycle] * flow.index
        found.append(_block(both, values.draws))
    return found


def _block(both: Array, draws: int) -> FlowBlock:
    """A flow of amounts and of what they are worth now (2, year, draw)."""
    present = np.zeros(draws)
    for worth in both[1]:
        present += worth
    yearly = [[segments(year, draws) for year in table] for table in both]
    total = np.sum(yearly[0], axis=0)
    stages = [total] * (len(STAGES) - 1) + [np.zeros_like(total)]
    return FlowBlock(present, np.vstack([*stages, *yearly[0], *yearly[1]]))


@dataclass(frozen=True)
class Worth:
    """What one euro, or one unit of an effect, of a cohort is worth now, by when it falls.

    `at`: of a year (0 first) at a time in years; `by_year`: of a whole year, where what is counted
    in a cycle falls with its year.
    """

    line: CohortLine
    at: Callable[[int, float], float]
    first: float
    by_year: Array | None = None

    def counted(self, cycle: int, moment: int) -> float:
        """Of what is counted in a cycle, at a moment (the start of cycle 0, of cycle 1, …)."""
        year, n = cycle // self.line.cycles_per_year, self.line.cycles_per_year
        if self.line.by_moment:
            return self.at(year, moment / n)
        return self._of_cycle(cycle)

    def moved(self, cycle: int) -> float:
        """Of a move in a cycle: by moment at the end of the cycle, else with what is counted."""
        n = self.line.cycles_per_year
        if self.line.by_moment:
            return self.at(cycle // n, (cycle + 1) / n)
        return self._of_cycle(cycle)

    def entered(self, cycle: int) -> float:
        """Of who comes in at the start of a cycle: at that moment, whatever is counted how."""
        return self.at(cycle // self.line.cycles_per_year, cycle / self.line.cycles_per_year)

    def _of_cycle(self, cycle: int) -> float:
        year, n = cycle // self.line.cycles_per_year, self.line.cycles_per_year
        if self.by_year is not None:
            return float(self.by_year[year])
        return self.at(year, (self.first + cycle) / n)


def undiscounted(line: CohortLine) -> Worth:
    """A euro is a euro."""
    return Worth(line, lambda _year, _time: 1.0, 0.0)


def worth_of_costs(model: Model, line: CohortLine) -> Worth:
    """Costs go by the discount regime: with their year, or by cycle or moment."""
    by_year = None if line.by_cycle else model.discounting.factors(model.horizon)
    return Worth(line, model.discounting.at, first_exponent(model, line), by_year)


def worth_of_effect(model: Model, line: CohortLine, rate: float) -> Worth:
    """An effect goes at its own yearly rate, by cycle or moment."""
    return Worth(line, lambda _year, time: (1 + rate) ** -time, first_exponent(model, line))


def first_exponent(model: Model, line: CohortLine) -> float:
    """The exponent of the first cycle, in cycles."""
    return OFFSETS[model.discounting.timing] if line.first is None else line.first


@dataclass(frozen=True)
class Course:
    """How one arm of a cohort goes: people at the start and after every cycle (state, cycle + 1,
    draw), and who makes the moves that cost or bring something (by cycle)."""

    line: CohortLine
    values: Values
    arm: int
    path: Array
    moves: dict[Move, list[Amount]]

    @classmethod
    def of(cls, line: CohortLine, values: Values, arm: int) -> Course:
        """The course of an arm: 0 without the programme, 1 with it."""
        own, inflow = line.arms[arm], _inflow(line, values)
        differ, moved = _differ(line, own), _that_matter(line)
        path, chances = [[values[path] for path in own.start]], Matrix()
        for cycle in range(line.cycles):
            if cycle < differ:
                chances = _probabilities(line, own, values, cycle)
            for move, people in moved.items():
                people.append(path[-1][move[0]] * chances[move[0]][move[1]])
            path.append(cohorts.step(path[-1], chances, inflow))
        return cls(line, values, arm, cohorts.together(path), moved)

    @cached_property
    def shares(self) -> Array:
        """What each moment counts for in each cycle (cycle, moment)."""
        return cohorts.shares(self.line.counting, self.line.cycles, self.line.weights)

    def brings(self, reward: RewardLine) -> Array:
        """What each cycle brings (cycle, draw), undiscounted."""
        if self.line.by_moment:
            return self.is_worth(reward, undiscounted(self.line))
        total = cohorts.rewards(self._people, self._by_state(reward), self.line.counting)
        return self._and_single(reward, total, undiscounted(self.line))

    def is_worth(self, reward: RewardLine, worth: Worth) -> Array:
        """What that is worth now (cycle, draw)."""
        people = cohorts.counted(self._people, self.weighed(worth))
        return self._and_single(reward, cohorts.valued(people, self._by_state(reward)), worth)

    def weighed(self, worth: Worth) -> Array:
        """What each moment counts for in each cycle, × what it is worth now (cycle, moment)."""
        table = np.zeros_like(self.shares)
        for cycle, moment in np.argwhere(self.shares):
            of_it = worth.counted(int(cycle), int(moment))
            table[cycle, moment] = self.shares[cycle, moment] * of_it
        return table

    def entered(self) -> Array:
        """Who comes in at the start of each cycle (cycle, draw)."""
        return cohorts.entered(self._people, _inflow(self.line, self.values))

    def moved(self, move: Move) -> Array:
        """Who makes a move in each cycle (cycle, draw); where the file states weights, as much as
        its end counts for."""
        found = np.empty((self.line.cycles, self.values.draws))
        for cycle, people in enumerate(self.moves[move]):
            found[cycle] = people
        weights = self.line.weights
        return found * np.array(weights[1 : len(found) + 1])[:, None] if weights else found

    def worths(self, reward: RewardLine, cycle: int) -> tuple[str, ...]:
        """By state the path of what it brings in a cycle."""
        treated = self.arm > 0 and (reward.first_cycles is None or cycle < reward.first_cycles)
        by_state = reward.by_arm[self.arm if treated else 0]
        return tuple(in_cycle(paths, cycle) for paths in by_state)

    @cached_property
    def _people(self) -> Array:
        return np.broadcast_to(self.path, (*self.path.shape[:2], self.values.draws))

    def _by_state(self, reward: RewardLine) -> list[list[Amount]]:
        """The same as numbers, of as many cycles as differ."""
        listed = [len(paths) for by_state in reward.by_arm for paths in by_state]
        differ = min(max(*listed, (reward.first_cycles or 0) + 1), self.line.cycles)
        return [[self.values[x] for x in self.worths(reward, cycle)] for cycle in range(differ)]

    def _and_single(self, reward: RewardLine, total: Array, worth: Worth) -> Array:
        """The same with what comes once, and with moves."""
        n = range(self.line.cycles)
        if reward.once:
            now = np.array([worth.entered(cycle) for cycle in n])[:, None]
            total = total + self.entered() * now * self.values[reward.once[self.arm]]
        for move, paths in reward.on_move.items():
            moved = self.moved(move)
            for cycle in n:
                each = self.values[in_cycle(paths, cycle)]
                total[cycle] = total[cycle] + moved[cycle] * worth.moved(cycle) * each
        return total


def _that_matter(line: CohortLine) -> dict[Move, list[Amount]]:
    """Moves that cost or bring something, of whom nobody is counted yet."""
    return {move: [] for reward in (*line.costs, *line.effects) for move in reward.on_move}


def in_cycle(paths: ByCycle, cycle: int) -> str:
    """The path of a cycle (0 first); the last holds for all that follow."""
    return paths[min(cycle, len(paths) - 1)]


def costs_of(model: Model, course: Course) -> Array:
    """Present value of every cost of one arm (cost, draw), in the year of its cycle or at its own
    time."""
    line, values = course.line, course.values
    factors = model.discounting.factors(model.horizon)
    years = factors[np.arange(line.cycles) // line.cycles_per_year]
    worth = []
    for cost, flow in zip(line.costs, line.flows, strict=True):
        if line.own_time:
            now = course.is_worth(cost, worth_of_costs(model, line)).sum(axis=0)
        else:
            now = years @ course.brings(cost)
        worth.append(now * flow.index)
    return np.asarray(worth).reshape(len(worth), values.draws)


def effects_of(model: Model, course: Course) -> Array:
    """Present value of every effect of one arm (effect, draw), each at its own yearly rate."""
    line, amounts = course.line, []
    for effect in line.effects:
        if line.by_moment or effect.once:
            now = course.is_worth(effect, worth_of_effect(model, line, effect.rate)).sum(axis=0)
        else:
            brings, first = course.brings(effect), first_exponent(model, line)
            now = cohorts.present_value(brings, effect.rate, first, line.cycles_per_year)
        amounts.append(now)
    return np.asarray(amounts).reshape(len(amounts), course.values.draws)


def _probabilities(line: CohortLine, arm: ArmLine, values: Values, cycle: int) -> Matrix:
    """Chances (from, to) in a cycle (0 first)."""
    chances = {move: _chance(line, chance, values, cycle) for move, chance in arm.moves.items()}
    for origin, row in arm.sticks.items():
        for place, share in broken(row, values):
            if place is not None and place != origin:
                chances[origin, place] = share
    deaths = _deaths(line, values, cycle)
    to = line.mortality.to if line.mortality else 0
    if arm.on and (arm.first_cycles is None or cycle < arm.first_cycles):
        ratio, dying = values[arm.ratio], {(i, to): death for i, death in deaths.items()}
        chances = cohort_chances.changed(chances, arm.on, ratio, arm.as_hazard)
        dying = cohort_chances.changed(dying, arm.on, ratio, arm.as_hazard)
        deaths = {origin: death for (origin, _), death in dying.items()}
    if deaths or line.competing == "hazards":
        chances = dict(cohort_chances.held_together(chances, deaths, to, line.competing))
    return cohort_chances.matrix(chances, len(arm.start), arm.rest)


def _chance(line: CohortLine, chance: ByCycle | TimeLine, values: Values, cycle: int) -> Amount:
    """A chance in a cycle, as stated or from a distribution of time."""
    if not isinstance(chance, TimeLine):
        return values[in_cycle(chance, cycle)]
    length = 1 / line.cycles_per_year
    parameters = [values[path] for path in chance.paths]
    added = added_hazard(chance.form, chance.names, parameters, cycle * length, length)
    return -np.expm1(-added)


def _deaths(line: CohortLine, values: Values, cycle: int) -> dict[int, Amount]:
    """The chance of death by age in a cycle of those in each state who can die of it."""
    if line.mortality is None:
        return {}
    hazard = line.mortality.hazards[cycle] / line.cycles_per_year
    return {
        state: -np.expm1(-hazard * values[ratio])
        for state, ratio in enumerate(line.mortality.ratios)
        if ratio != NOTHING
    }


def _differ(line: CohortLine, arm: ArmLine) -> int:
    """In how many of the first cycles chances may differ from those of the cycle after."""
    timed = any(isinstance(chance, TimeLine) for chance in arm.moves.values())
    if timed or line.mortality:
        return line.cycles
    listed = max((len(paths) for paths in arm.moves.values()), default=1)  # type: ignore[arg-type]
    return min(max(listed, (arm.first_cycles or 0) + 1), line.cycles)


def _inflow(line: CohortLine, values: Values) -> Sequence[Amount] | None:
    return [values[path] for path in line.inflow] or None
