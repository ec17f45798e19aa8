"""The value of what a cohort does not cost, and what its arms cost and bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sroi.model.care import cohort as cohorts
from sroi.model.care.care_ladder import Amount, Move
from sroi.model.flows.care_flows import Yearly, broken, in_blocks
from sroi.model.flows.impact import STAGES, FlowBlock, segments
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import ArmLine, ByCycle, CohortLine, RewardLine
from sroi.model.lines.model import Model
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
Matrices = list[list[list[Amount]]]
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
    draw), chances (from, to) of the first cycle, the second, …; the last hold from then on."""

    line: CohortLine
    values: Values
    arm: int
    path: Array
    chances: Matrices

    @classmethod
    def of(cls, line: CohortLine, values: Values, arm: int) -> Course:
        """The course of an arm: 0 without the programme, 1 with it."""
        own = line.arms[arm]
        chances = chances_of(line, own, values)
        start = [values[path] for path in own.start]
        path = cohorts.trace(start, chances, line.cycles, _inflow(line, values))
        return cls(line, values, arm, path, chances)

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
        found = np.empty(self._people.shape[1:])[:-1]
        for cycle in range(self.line.cycles):
            chances = self.chances[min(cycle, len(self.chances) - 1)]
            found[cycle] = self._people[move[0], cycle] * chances[move[0]][move[1]]
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


def chances_of(line: CohortLine, arm: ArmLine, values: Values) -> Matrices:
    """Chances (from, to) of the first cycle, the second, …; who does not move stays."""
    listed = max((len(paths) for paths in arm.moves.values()), default=1)
    differ = min(max(listed, (arm.first_cycles or 0) + 1), line.cycles)
    found = []
    for cycle in range(differ):
        chances = _in_cycle(arm, values, cycle)
        if arm.on and (arm.first_cycles is None or cycle < arm.first_cycles):
            ratio = values[arm.relative_risk]
            chances = cohorts.with_relative_risk(chances, arm.on, ratio)
        found.append(chances)
    return found


def _in_cycle(arm: ArmLine, values: Values, cycle: int) -> list[list[Amount]]:
    """Chances of a cycle without what the programme multiplies."""
    size = len(arm.start)
    table: list[list[Amount]] = [[0.0] * size for _ in range(size)]
    for (i, j), paths in arm.moves.items():
        table[i][j] = values[in_cycle(paths, cycle)]
    for origin, row in arm.sticks.items():
        for place, share in broken(row, values):
            if place is not None and place != origin:
                table[origin][place] = share
    return cohorts.with_relative_risk(table, (), 1.0)


def _inflow(line: CohortLine, values: Values) -> Sequence[Amount] | None:
    return [values[path] for path in line.inflow] or None
