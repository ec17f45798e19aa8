"""What an arm of a cohort brings, cycle by cycle or moment by moment, written out with when it
falls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sroi.model.care import cohort as cohorts
from sroi.model.flows.cohort_flows import Course, first_exponent, in_cycle
from sroi.model.lines.lines import NOTHING, RewardLine
from sroi.report.explained.accounts import Book
from sroi.report.words.written import Written, over, plus, power, times


@dataclass(frozen=True)
class Counted:
    """An amount, what it is called, and with which rate and exponent (in years) it is discounted;
    `index`: to prices of the scenario."""

    told: str
    amount: Written
    rate: float
    when: float
    index: float = 1.0

    def present(self, book: Book, amount: Written) -> Written:
        """The amount divided by its discount; costs in prices of the scenario."""
        pen = book.pen
        term = times([amount, pen.number(self.index)]) if self.index != 1 else amount
        divisor = power(pen.number(1 + self.rate), pen.number(self.when))
        return over(term, divisor) if self.rate and self.when else term


def stated(course: Course, reward: RewardLine) -> list[str]:
    """Paths of what a reward brings in an arm, once and in their order."""
    paths = [path for k in range(course.line.cycles) for path in course.worths(reward, k)]
    paths += [reward.once[course.arm]] if reward.once else []
    paths += [path for by_cycle in reward.on_move.values() for path in by_cycle]
    return [path for path in dict.fromkeys(paths) if path != NOTHING]


def by_time(book: Book, course: Course, reward: RewardLine, money: bool) -> Iterator[Counted]:
    """Who comes in, and then what every cycle (or moment) brings."""
    clock = _Clock(book, course, reward, money)
    yield from clock.entries()
    yield from clock.moments() if course.line.by_moment else clock.cycles()


@dataclass(frozen=True)
class _Clock:
    """Writes the amounts of one reward in one arm."""

    book: Book
    course: Course
    reward: RewardLine
    money: bool

    def entries(self) -> Iterator[Counted]:
        """What comes once, in the cycles in which anybody comes in."""
        if not self.reward.once:
            return
        path, n = self.reward.once[self.course.arm], self.course.line.cycles_per_year
        for cycle, people in enumerate(self.course.entered()[:, 0]):
            if people and path != NOTHING:
                amount = times([self.book.pen.number(float(people)), self.book.number(path)])
                yield self._counted("explain.entry", cycle + 1, amount, cycle / n)

    def cycles(self) -> Iterator[Counted]:
        """What each cycle brings."""
        line, cohort = self.course.line, self.course
        people = cohorts.counted(cohort.path, cohort.shares)[:, :, 0]
        for cycle in range(line.cycles):
            terms = [
                times([self.book.pen.number(float(people[state, cycle])), self.book.number(path)])
                for state, path in enumerate(cohort.worths(self.reward, cycle))
                if path != NOTHING and people[state, cycle]
            ]
            amount = plus([*terms, *self._moves(cycle)])
            yield self._counted("explain.cycle", cycle + 1, amount, self._of_cycle(cycle))

    def moments(self) -> Iterator[Counted]:
        """What each moment brings: its people × what it counts for × what a state brings."""
        line, cohort = self.course.line, self.course
        for moment in range(line.cycles + 1):
            weight: dict[tuple[int, str], float] = {}
            for cycle in np.flatnonzero(cohort.shares[:, moment]):
                for state, path in enumerate(cohort.worths(self.reward, int(cycle))):
                    if path != NOTHING:
                        share = float(cohort.shares[cycle, moment])
                        weight[state, path] = weight.get((state, path), 0.0) + share
            terms = [
                times([self.book.pen.number(people * share), self.book.number(path)])
                for (state, path), share in weight.items()
                if (people := float(cohort.path[state, moment, 0]))
            ]
            moved = self._moves(moment - 1) if moment else []
            when = moment / line.cycles_per_year
            yield self._counted("explain.moment", moment, plus([*terms, *moved]), when)

    def _moves(self, cycle: int) -> list[Written]:
        """What the moves of a cycle bring."""
        found = []
        for move, paths in self.reward.on_move.items():
            people = float(self.course.moved(move)[cycle, 0])
            if people:
                worth = self.book.number(in_cycle(paths, cycle))
                found.append(times([self.book.pen.number(people), worth]))
        return found

    def _of_cycle(self, cycle: int) -> float:
        """The exponent of a cycle, in years: of costs usually that of its year."""
        line, model = self.course.line, self.book.model
        first = first_exponent(model, line)
        if self.money and not line.by_cycle:
            return first + cycle // line.cycles_per_year
        return (first + cycle) / line.cycles_per_year

    def _counted(self, words: str, number: int, amount: Written, when: float) -> Counted:
        rate, index = self.reward.rate, 1.0
        if self.money:
            line = self.course.line
            rate = self.book.model.discounting.rate
            index = line.flows[line.costs.index(self.reward)].index
        told = self.book.told.words(words, number=number)
        return Counted(told, amount, rate, when, index)
