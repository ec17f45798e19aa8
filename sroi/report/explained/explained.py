"""One number taken back, step by step, to inputs and sources, so that a calculator confirms it.

What can be asked for stands in the grammar of `analysis/result/key.py`: an amount or a line, of a
payer and a class, in a year or up to a year. Beside that:

    payback:gemeente, payback                       when hard money, or all money, is earned back
    beyond_horizon                                  what comes after the years that count
    cohorts.hiv.effects.levensjaren:with            an arm of a cohort; or the difference
    cohorts.hiv.effects.levensjaren.cost_per        what a unit more costs
    proxies.seh-bezoek, outcomes.minder-seh.rate    a price, an assumption

The steps are those of the central case: every quantity at its best guess. With `/expected` the last
step is what the report says: the mean over the draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sroi.analysis.result.key import (
    BALANCE,
    BENEFITS,
    INVESTMENT,
    NAMES,
    RATIO,
    Key,
    Spoken,
    amount,
    spoken,
)
from sroi.analysis.result.key import key_of as in_grammar
from sroi.analysis.result.question import with_ratio
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.library import Proxy
from sroi.inputs.quantity.quantity import ANY
from sroi.model.flows import engine
from sroi.model.lines.model import model_of
from sroi.model.uncertain.distributions import distribution
from sroi.problems import Problem, Unusable, nearest
from sroi.report.explained import arms, over_time
from sroi.report.explained.accounts import Book, Step
from sroi.report.explained.arms import Part
from sroi.report.explained.over_time import BEYOND, PAYBACK
from sroi.report.explained.sums import (
    called,
    line_steps,
    lines_of,
    ratio_steps,
    sum_steps,
    total_steps,
)
from sroi.report.told.keys import key_words
from sroi.report.told.told import told as telling
from sroi.report.words.written import over, times

SCHEMA = "sroi.explained/1"
TOTALS = ("benefits", "investment", "net_present_value", "sroi_ratio")
CASE = "/expected"


@dataclass(frozen=True)
class Explained:
    """A number with the steps to it; the last step is the number itself."""

    scenario: str
    key: str
    case: str
    what: str
    steps: list[Step]
    notes: list[str]

    @property
    def value(self) -> float:
        """The number, with every digit."""
        return self.steps[-1].written.value


@dataclass(frozen=True)
class _Asked:
    """What a key asks: `key` of the grammar, or a part of a cohort."""

    key: Key
    part: Part | None = None


def central_case(loaded: Loaded) -> Valuation:
    """A scenario valued in its central case alone, without draws."""
    model = model_of(loaded.scenario, loaded.library)
    centre = engine.central(model)
    return Valuation(loaded, model, centre, centre)


def wants_draws(key: str) -> bool:
    """Whether a key asks for what is expected over the draws."""
    return key.endswith(CASE)


def explained(valuation: Valuation, key: str, lang: str) -> Explained:
    """The steps to a number. Raises `Unusable` for what there is not."""
    book = Book(telling(valuation, lang))
    asked = _asked(book, spoken(key))
    steps = list(_steps(book, asked))
    w, case = book.told.words, "central"
    notes = [w("explain.central"), w("explain.rounding")]
    if asked.key.expected:
        case, notes = "expected", [w("explain.over_draws"), *notes]
        steps += _expected(book, asked)
    name = valuation.loaded.scenario.scenario
    return Explained(name, key, case, _title(book, asked), steps, notes)


def as_data(found: Explained) -> dict[str, Any]:
    """The same for programs: expressions of numbers, + - * / ** and brackets, not rounded."""
    return {
        "schema": SCHEMA,
        "scenario": found.scenario,
        "key": found.key,
        "case": found.case,
        "what": found.what,
        "value": found.value,
        "steps": [
            {
                "what": step.what,
                "expression": step.written.exact,
                "value": step.written.value,
                "told": step.told,
                "source": step.source,
                "see": step.see,
            }
            for step in found.steps
        ],
        "notes": found.notes,
    }


def as_text(found: Explained) -> str:
    """The same for people: what, the arithmetic, and beneath it the source."""
    lines = [f"{found.what} ({found.key})", ""]
    for step in found.steps:
        lines.append(f"{step.what}: {step.told}")
        lines += [f"    {step.source}"] if step.source else []
    return "\n".join([*lines, "", *found.notes])


def keys(valuation: Valuation) -> list[str]:
    """Everything that can be asked for, without payer, class, year and case."""
    lines = list(dict.fromkeys(valuation.central.lines))
    wholes = [".".join(line.split(".")[:2]) for line in lines if line.count(".") > 1]
    proxies = [f"proxies.{key}" for key in valuation.loaded.library.proxies]
    book = Book(telling(valuation, "nl"))
    paths = list(book.told.assumptions)
    inside = [part.key for part in arms.parts(book)]
    payers = valuation.model.payers
    over_years = [BEYOND, PAYBACK, *(f"{PAYBACK}:{payer}" for payer in payers)]
    every = [*TOTALS, *payers, *lines, *wholes, *over_years, *inside, *proxies, *paths]
    return list(dict.fromkeys(every))


def _asked(book: Book, words: Spoken) -> _Asked:
    """What the words ask for. Raises `Unusable` for what there is not."""
    part = arms.part_of(book, words)
    said = Spoken(part.cohort, (), None, words.case) if part else replace(words, year=None)
    key = in_grammar(said, book.model)
    if key is None or not (part or _known(book, key)):
        raise Unusable(_unknown(book, words))
    if words.year is not None:
        key = _in_years(book, key, words, part)
    return _Asked(key, part)


def _known(book: Book, key: Key) -> bool:
    """Whether there is such a number, of a payer and a class where it has parts."""
    bare = not (key.payer or key.cash)
    if key.what in (BALANCE, BENEFITS, INVESTMENT) or lines_of(book, key.what):
        return True
    if key.what == PAYBACK:
        return key.cash is None
    if key.what in (RATIO, BEYOND):
        return bare
    stated = _is_price(key.what) or key.what in book.told.assumptions
    return bare and not key.expected and key.what in keys(book.told.valuation) and stated


def _unknown(book: Book, words: Spoken) -> Problem:
    known = [*keys(book.told.valuation), *NAMES]
    without = {f"outcomes.{o.id}" for o in book.told.scenario.outcomes if not o.in_euros}
    said = ":".join([words.what, *words.of])
    code = "key-without-euros" if words.what in without else "key-unknown"
    return Problem(code, facts={"key": said[:80], "nearest": nearest(said, known)})


def _in_years(book: Book, key: Key, words: Spoken, part: Part | None) -> Key:
    """The key with the years that were said."""
    said = ":".join([words.what, *words.of])
    money = key.what in (BALANCE, BENEFITS, INVESTMENT) or lines_of(book, key.what)
    if part or not money:
        raise Unusable(Problem("key-without-years", facts={"key": said[:80]}))
    found = in_grammar(words, book.model)
    if found is None:
        first, last = book.year(0), book.year(book.model.years - 1)
        facts = {"key": said, "year": str(words.year)[:20], "first": first, "last": last}
        raise Unusable(Problem("key-year-unknown", facts=facts))
    return found


def _steps(book: Book, asked: _Asked) -> Iterator[Step]:
    key, results = asked.key, book.central
    lines = lines_of(book, key.what)
    if asked.part:
        yield from arms.part_steps(book, asked.part)
    elif key.what == RATIO:
        with_ratio(results)
        yield from ratio_steps(book)
    elif key.what in (BALANCE, BENEFITS, INVESTMENT):
        yield from total_steps(book, key)
    elif key.what == PAYBACK:
        yield from _payback(book, key)
    elif key.what == BEYOND:
        yield from over_time.beyond_steps(book)
    elif lines == [key.what]:
        yield from line_steps(book, key.what, key)
    elif lines:
        yield from sum_steps(book, lines, key, "total")
    elif _is_price(key.what):
        yield from _proxy(book, book.told.proxy(key.what.partition(".")[2]))
    else:
        yield book.stated(key.what)


def _payback(book: Book, key: Key) -> Iterator[Step]:
    """Of a payer or of all; of what is expected every step is expected."""
    results, case = book.central, ""
    if key.expected:
        results, case = book.told.valuation.drawn, CASE
    if key.payer:
        return over_time.payback_steps(book, results, key.payer, case)
    return over_time.payback_of_all(book, results, case)


def _expected(book: Book, asked: _Asked) -> list[Step]:
    """The mean over the draws, after the steps of the central case."""
    t, drawn, key = book.told, book.told.valuation.drawn, asked.key
    if key.what == PAYBACK:
        return []
    error = 0.0
    if asked.part:
        written = arms.shown(book, asked.part, arms.expected(book, asked.part))
    elif key.what == RATIO:
        ratio = with_ratio(drawn).ratio()
        written, error = book.pen.number(ratio.mean), ratio.standard_error  # type: ignore[union-attr]
    else:
        mean, error = over_time.beyond(drawn) if key.what == BEYOND else amount(drawn, key)
        written = book.pen.euro(mean)
    what = t.words("explain.expected", draws=t.numbers.number(drawn.draws))
    margin = f" (±\u00a0{t.numbers.number(error, 4 if key.what == RATIO else 2)})" if error else ""
    return [Step(what, written, written.told + margin, t.words("explain.expected_source"))]


def _is_price(name: str) -> bool:
    """`proxies.seh-bezoek`, and not one of its fields."""
    return name.startswith("proxies.") and name.count(".") == 1


def _title(book: Book, asked: _Asked) -> str:
    """What the number is."""
    t, key = book.told, asked.key
    parts = key_words(t, key)
    of = f" ({', '.join(parts)})" if parts else ""
    if asked.part:
        return arms.title(book, asked.part)
    if key.what in (PAYBACK, BEYOND, RATIO, BENEFITS, INVESTMENT):
        name = "sroi_ratio" if key.what == RATIO else key.what
        return t.words(f"explain.{name}") + of
    if key.what == BALANCE:
        return t.words("explain.balance" if parts else "explain.net_present_value") + of
    if _is_price(key.what):
        return t.say(t.proxy(key.what.partition(".")[2]).name)
    if key.what in t.assumptions:
        return t.subject(key.what)
    return called(book, key.what) + of


def _proxy(book: Book, proxy: Proxy) -> Iterator[Step]:
    """Value and tariff, as in the source and in the prices of the scenario."""
    t, pen, wanted = book.told, book.pen, book.told.scenario.basis.price_year
    series = t.valuation.loaded.library.indices[proxy.index]
    prices = [(name, getattr(proxy, name)) for name in ("tariff", "value")]
    for name, quantity in prices:
        if quantity is None:
            continue
        price = pen.price(distribution(quantity, ANY).centre)
        what = f"{t.words(f'field.{name}')} ({proxy.price_year})"
        quote = f"“{proxy.quote}”" if proxy.quote else ""
        source = "; ".join(filter(None, [book.knowledge(proxy.id), quote]))
        yield Step(what, price, price.told, source)
        if proxy.price_year != wanted:
            pair = [pen.number(series.factors[year]) for year in (proxy.price_year, wanted)]
            moved = times([price, over(*pair)])
            indexed = t.words("explain.indexed", year=wanted, series=proxy.index)
            source = f"{t.say(series.name)}; {book.source(series.source)}"
            yield Step(indexed, moved, pen.euro(moved.value).told, source)
