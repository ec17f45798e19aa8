"""The two arms of a cohort, cycle by cycle: people in each state times what a state brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sroi.analysis.care.cohorts import Comparison, comparisons
from sroi.analysis.result.key import Spoken
from sroi.inputs.care.cohort import Cohort
from sroi.model.flows.cohort_flows import Course
from sroi.model.lines.cohort_lines import WITH, WITHOUT
from sroi.problems import Problem, Unusable
from sroi.report.explained.accounts import COHORT_PAGE, Book, Step
from sroi.report.explained.cycles import by_time, stated
from sroi.report.words.written import Written, less, over, plus

ARMS = (WITHOUT, WITH)
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
            found += [replace(item, arm=arm) for arm in ("", *ARMS, *(x.id for x in noun.arms))]
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
    others = {one.id: t.say(one.what) for one in noun.arms}
    named_arm = others.get(part.arm) or (part.arm and t.words(f"head.{part.arm}").lower())
    arm = f" ({named_arm})" if named_arm else ""
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
    amounts = {
        name: float(getattr(arm, part.kind)[places].sum(axis=0).mean())
        for name, arm in found.arms.items()
    }
    without, treated = (amounts[name] for name in ARMS)
    return amounts.get(part.arm, treated - without)


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
    course = Course.of(line, book.values, [arm.id for arm in line.arms].index(part.arm))
    money = part.kind == COSTS
    yield from (book.stated(path) for path in stated(course, reward))
    counted, source = [], book.told.words("explain.given_people", page=COHORT_PAGE)
    for one in by_time(book, course, reward, money):
        step = _step(book, part, one.told, one.amount)
        yield replace(step, source=source)
        counted.append((shown(book, part, one.amount.value), one))
    present = book.told.words("explain.present")
    terms = [one.present(book, amount) for amount, one in counted if amount.value]
    yield _step(book, part, present, plus(terms))
