"""The two arms of a cohort, cycle by cycle: people in each state times what a state brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sroi.analysis.care.cohorts import Comparison, comparisons
from sroi.analysis.result.key import Spoken
from sroi.inputs.care.cohort import Cohort
from sroi.model.care.cohort import rewards
from sroi.model.flows.cohort_flows import trace_of
from sroi.model.lines.discounting import OFFSETS
from sroi.model.lines.lines import NOTHING, CohortLine, RewardLine
from sroi.problems import Problem, Unusable
from sroi.report.explained.accounts import COHORT_PAGE, Book, Step
from sroi.report.words.written import Written, less, over, plus, power, times

ARMS = ("without", "with")
COSTS, EFFECTS, COST_PER = "costs", "effects", "cost_per"


@dataclass(frozen=True)
class Part:
    """What a key asks of a cohort: all costs, a cost or an effect (`item`), of an arm or of what
    they differ; or what a unit of an effect costs (`price`)."""

    cohort: str
    kind: str
    item: str = ""
    arm: str = ""
    price: bool = False

    @property
    def key(self) -> str:
        """The key of it."""
        steps = ["cohorts", self.cohort, self.kind, self.item, COST_PER if self.price else ""]
        return ".".join(filter(None, steps)) + (f":{self.arm}" if self.arm else "")


def parts(book: Book) -> list[Part]:
    """Everything of the cohorts that a table prints."""
    found = []
    for noun in book.told.scenario.cohorts:
        items = [Part(noun.id, COSTS)] if noun.costs else []
        items += [Part(noun.id, COSTS, cost.id) for cost in noun.costs]
        effects = [Part(noun.id, EFFECTS, effect.id) for effect in noun.effects]
        for item in (*items, *effects):
            found += [replace(item, arm=arm) for arm in ("", *ARMS)]
        found += [replace(effect, price=True) for effect in effects]
    return found


def part_of(book: Book, words: Spoken) -> Part | None:
    """The part that words ask for, if they do."""
    said = ":".join([words.what, *words.of])
    return next((part for part in parts(book) if part.key == said), None)


def title(book: Book, part: Part) -> str:
    """What it is, in words."""
    t, noun = book.told, _noun(book, part)
    named = t.words("care.all_costs")
    unit = ""
    for one in (*noun.costs, *noun.effects):
        if one.id == part.item and one in getattr(noun, part.kind):
            named, unit = t.say(one.what), t.say(getattr(one, "unit", None))
    if part.price:
        named = t.words("cost_per.dearer_better", unit=unit)
    arm = f" ({t.words(f'head.{part.arm}').lower()})" if part.arm else ""
    return f"{t.say(noun.what)}: {named}{arm}"


def part_steps(book: Book, part: Part) -> Iterator[Step]:
    """The steps to a part in the central case."""
    if part.price:
        yield from _price(book, part)
    elif not part.arm:
        yield from _difference(book, part)
    elif part.item:
        yield from _arm(book, part)
    else:
        costs = [replace(part, item=cost.id) for cost in _noun(book, part).costs]
        yield from _sum(book, part, costs)


def value_of(found: Comparison, noun: Cohort, part: Part) -> float:
    """A part of a comparison, as a mean over its draws. Raises `Unusable` for a price of a unit
    where there is nothing to weigh."""
    if part.price:
        price = found.cost_per(part.item)
        if price is None:
            raise Unusable(Problem("key-without-price", facts={"key": part.key}))
        return price.mean
    places = [i for i, one in enumerate(getattr(noun, part.kind)) if part.item in ("", one.id)]
    without, treated = (
        float(getattr(arm, part.kind)[places].sum(axis=0).mean())
        for arm in (found.without, found.with_programme)
    )
    return {"without": without, "with": treated}.get(part.arm, treated - without)


def expected(book: Book, part: Part) -> float:
    """The same over the draws."""
    number = [noun.id for noun in book.told.scenario.cohorts].index(part.cohort)
    return value_of(book.told.valuation.cohorts[number], _noun(book, part), part)


def _noun(book: Book, part: Part) -> Cohort:
    return next(noun for noun in book.told.scenario.cohorts if noun.id == part.cohort)


def shown(book: Book, part: Part, value: float) -> Written:
    """A value of a part: euros, or units of an effect."""
    money = part.kind == COSTS or part.price
    return book.pen.euro(value) if money else book.pen.number(value)


def printed(book: Book, part: Part, value: float) -> str:
    """The same as the table of the cohort rounds it."""
    numbers, money = book.told.numbers, part.kind == COSTS or part.price
    return numbers.euro(value) if money else numbers.number(value, 3)


def _step(book: Book, part: Part, what: str, written: Written) -> Step:
    return Step(what, written, shown(book, part, written.value).told)


def _see(book: Book, part: Part) -> Step:
    """A part that is explained by itself, with its value."""
    number = [noun.id for noun in book.told.scenario.cohorts].index(part.cohort)
    value = value_of(comparisons(book.model)[number], _noun(book, part), part)
    written = shown(book, part, value)
    source = book.told.words("explain.see", name=part.key)
    return Step(title(book, part), written, written.told, source, see=part.key)


def _sum(book: Book, part: Part, of: list[Part]) -> Iterator[Step]:
    steps = [_see(book, one) for one in of]
    yield from steps
    total = plus([step.written for step in steps])
    yield _step(book, part, book.told.words("explain.total"), total)


def _difference(book: Book, part: Part) -> Iterator[Step]:
    without, treated = (_see(book, replace(part, arm=arm)) for arm in ARMS)
    more = less(treated.written, without.written)
    yield from (without, treated, _step(book, part, book.told.words("head.difference"), more))


def _price(book: Book, part: Part) -> Iterator[Step]:
    cost, effect = _see(book, Part(part.cohort, COSTS)), _see(book, replace(part, price=False))
    _see(book, part)  # refuses where there is no price
    each = over(cost.written, effect.written)
    yield from (cost, effect, _step(book, part, title(book, part), each))


def _arm(book: Book, part: Part) -> Iterator[Step]:
    """What a state brings, what every cycle comes to, and their present value."""
    line = next(line for line in book.model.cohorts if line.id == part.cohort)
    reward = next(one for one in getattr(line, part.kind) if one.id == part.item)
    treated = part.arm == "with"
    worth = [_worth(reward, cycle, treated) for cycle in range(line.cycles)]
    given = dict.fromkeys(path for paths in worth for path in paths if path != NOTHING)
    yield from (book.stated(path) for path in given)
    people, amounts = _people(book, line, treated), []
    for cycle, paths in enumerate(worth):
        terms = [
            times([book.pen.number(float(people[state, cycle])), book.number(path)])
            for state, path in enumerate(paths)
            if path != NOTHING and people[state, cycle]
        ]
        told = book.told.words("explain.cycle", number=cycle + 1)
        source = book.told.words("explain.given_people", page=COHORT_PAGE)
        amounts.append(plus(terms))
        yield replace(_step(book, part, told, amounts[-1]), source=source)
    present = book.told.words("explain.present")
    yield _step(book, part, present, plus(list(_discounted(book, line, reward, part, amounts))))


def _worth(reward: RewardLine, cycle: int, treated: bool) -> tuple[str, ...]:
    """By state the path of what it brings in a cycle."""
    changed = treated and (reward.first_cycles is None or cycle < reward.first_cycles)
    return reward.changed if changed else reward.usual


def _people(book: Book, line: CohortLine, treated: bool) -> np.ndarray:
    """Counted people (state, cycle)."""
    path = trace_of(line, book.values, treated)
    states = np.eye(len(path)).tolist()
    return np.array([rewards(path, [one], line.counting)[:, 0] for one in states])


def _discounted(
    book: Book, line: CohortLine, reward: RewardLine, part: Part, amounts: list[Written]
) -> Iterator[Written]:
    """The amount of every cycle divided by its discount; costs in prices of the scenario."""
    pen, discounting = book.pen, book.model.discounting
    offset, index = OFFSETS[discounting.timing], 1.0
    if part.kind == COSTS:
        index = next(f.index for c, f in zip(line.costs, line.flows, strict=True) if c == reward)
    for cycle, amount in enumerate(amounts):
        if not amount.value:
            continue
        rate, when = reward.rate, (offset + cycle) / line.cycles_per_year
        if part.kind == COSTS:
            rate, when = discounting.rate, offset + cycle // line.cycles_per_year
        term = shown(book, part, amount.value)
        term = times([term, pen.number(index)]) if index != 1 else term
        divisor = power(pen.number(1 + rate), pen.number(when))
        yield over(term, divisor) if rate and when else term
