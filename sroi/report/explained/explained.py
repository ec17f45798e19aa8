"""One number taken back, step by step, to inputs and sources, so that a calculator confirms it.

All of it is the central case: every quantity at its best guess. What can be asked for:

    outcomes.minder-seh, care_ladder.zorgladder.ambulant, investment.inzet    a line
    care_ladder.zorgladder                                                    all lines of a ladder
    gemeente                                                                  a payer's balance
    benefits, investment, net_present_value, sroi_ratio                       a total
    proxies.seh-bezoek                                                        a price
    outcomes.minder-seh.rate                                                  an assumption

A line, a payer and the first three totals also in one year, not discounted: gemeente@2028.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sroi.analysis.result.question import with_ratio
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.library import Proxy
from sroi.inputs.quantity.quantity import ANY
from sroi.model.flows import engine
from sroi.model.flows.results import SOCIETY, Perspective, purse
from sroi.model.lines.model import model_of
from sroi.model.uncertain.distributions import distribution
from sroi.problems import Problem, Unusable, nearest
from sroi.report.explained.accounts import Account, Book, Step
from sroi.report.told.told import told as telling
from sroi.report.words.written import Written, less, over, plus, times

SCHEMA = "sroi.explained/1"
BENEFITS, INVESTMENT, BALANCE, RATIO = "benefits", "investment", "net_present_value", "sroi_ratio"
TOTALS = (BENEFITS, INVESTMENT, BALANCE, RATIO)


@dataclass(frozen=True)
class Explained:
    """A number with the steps to it; the last step is the number itself."""

    scenario: str
    key: str
    what: str
    steps: list[Step]
    notes: list[str]

    @property
    def value(self) -> float:
        """The number, with every digit."""
        return self.steps[-1].written.value


@dataclass(frozen=True)
class _Asked:
    """The key that was asked, and the year (0 first) where one was."""

    key: str
    name: str
    year: int | None


def central_case(loaded: Loaded) -> Valuation:
    """A scenario valued in its central case alone, without draws."""
    model = model_of(loaded.scenario, loaded.library)
    centre = engine.central(model)
    return Valuation(loaded, model, centre, centre)


def explained(valuation: Valuation, key: str, lang: str) -> Explained:
    """The steps to a number. Raises `Unusable` for what there is not."""
    book = Book(telling(valuation, lang))
    asked = _asked(book, key)
    steps = list(_steps(book, asked))
    w = book.told.words
    notes = [w("explain.central"), w("explain.rounding")]
    name = valuation.loaded.scenario.scenario
    return Explained(name, key, _title(book, asked), steps, notes)


def as_data(found: Explained) -> dict[str, Any]:
    """The same for programs: expressions of numbers, + - * / ** and brackets, not rounded."""
    return {
        "schema": SCHEMA,
        "scenario": found.scenario,
        "key": found.key,
        "case": "central",
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
    """Everything that can be asked for, without a year."""
    lines = list(dict.fromkeys(valuation.central.lines))
    wholes = [".".join(line.split(".")[:2]) for line in lines if line.count(".") > 1]
    proxies = [f"proxies.{key}" for key in valuation.loaded.library.proxies]
    book = Book(telling(valuation, "nl"))
    paths = list(book.told.assumptions)
    return list(
        dict.fromkeys([*TOTALS, *valuation.model.payers, *lines, *wholes, *proxies, *paths])
    )


def _asked(book: Book, key: str) -> _Asked:
    name, at, year = key.partition("@")
    known = keys(book.told.valuation)
    if name not in known:
        without = {f"outcomes.{o.id}" for o in book.told.scenario.outcomes if not o.in_euros}
        code = "key-without-euros" if name in without else "key-unknown"
        facts: dict[str, object] = {"key": name[:80], "nearest": nearest(name, known)}
        raise Unusable(Problem(code, facts=facts))
    years = [str(book.year(offset)) for offset in range(book.model.years)]
    in_years = name in (*TOTALS[:3], *book.model.payers) or _lines(book, name)
    if at and (year not in years or not in_years):
        facts = {"key": name, "year": year[:20], "first": years[0], "last": years[-1]}
        raise Unusable(
            Problem("key-year-unknown" if in_years else "key-without-years", facts=facts)
        )
    return _Asked(key, name, years.index(year) if at else None)


def _lines(book: Book, name: str) -> list[str]:
    """The line of this name, or all lines of the ladder or the cohort of this name."""
    lines = dict.fromkeys(book.central.lines)
    return [line for line in lines if line == name or line.startswith(f"{name}.")]


def _steps(book: Book, asked: _Asked) -> Iterator[Step]:
    name, year = asked.name, asked.year
    lines = _lines(book, name)
    if name == RATIO:
        yield from _ratio(book)
    elif name in TOTALS:
        yield from _total(book, name, SOCIETY, year)
    elif name in book.model.payers:
        yield from _total(book, BALANCE, purse(name), year)
    elif lines == [name]:
        yield from _line(book, name, year)
    elif lines:
        yield from _sum_of(book, lines, SOCIETY, year, "total")
    elif _is_price(name):
        yield from _proxy(book, book.told.proxy(name.partition(".")[2]))
    else:
        yield book.stated(name)


def _is_price(name: str) -> bool:
    """`proxies.seh-bezoek`, and not one of its fields."""
    return name.startswith("proxies.") and name.count(".") == 1


def _title(book: Book, asked: _Asked) -> str:
    """What the number is."""
    t, name = book.told, asked.name
    when = "" if asked.year is None else f" {book.year(asked.year)}"
    if name in TOTALS:
        return t.words(f"explain.{name}") + when
    if name in book.model.payers:
        return t.words("explain.balance_of", payer=t.payer(name)) + when
    if _is_price(name):
        return t.say(t.proxy(name.partition(".")[2]).name)
    if name in t.assumptions:
        return t.subject(name)
    return _called(book, name) + when


def _called(book: Book, line: str) -> str:
    """A line in words: an outcome, a tier of a ladder, a cost of a cohort."""
    kind, key, *rest = line.split(".")
    noun = next(noun for noun in getattr(book.told.scenario, kind) if noun.id == key)
    parts = [*getattr(noun, "tiers", ()), *getattr(noun, "costs", ())]
    inside = [book.told.say(part.what) for part in parts if rest and part.id == rest[0]]
    return ": ".join([book.told.say(noun.what), *inside])


def _line(book: Book, line: str, year: int | None) -> Iterator[Step]:
    """Every row of a line, and for society what they come to together."""
    accounts = book.accounts(line)
    for account in accounts:
        yield from (step for step in account.steps if _matters(step, year))
        if year is None:
            yield _result(book, _named(book, "present", account.label), book.present(account))
    # one row that counts in full is the line itself
    alone = len(accounts) == 1 and book.central.weights(SOCIETY)[accounts[0].row] == 1
    if not alone or (year is not None and year >= len(accounts[0].yearly)):
        terms = _shared(book, accounts, SOCIETY, year)
        key = "society" if year is None else "society_in_year"
        yield _result(book, book.told.words(f"explain.{key}"), plus(terms))


def _matters(step: Step, year: int | None) -> bool:
    return year is None or step.years is None or year in step.years


def _named(book: Book, key: str, label: str) -> str:
    w = book.told.words
    named = f" ({w(f'explain.{label}')})" if label else ""
    return w(f"explain.{key}") + named


def _result(book: Book, what: str, written: Written, source: str = "", see: str = "") -> Step:
    return Step(what, written, book.pen.euro(written.value).told, source, see=see)


def _amount(book: Book, account: Account, year: int | None) -> Written:
    """A row as one number: its present value, or its amount in a year."""
    if year is None:
        return book.pen.euro(book.present(account).value)
    return book.pen.euro(account.yearly[year].value if year < len(account.yearly) else 0.0)


def _shared(
    book: Book, accounts: list[Account], whose: Perspective, year: int | None
) -> list[Written]:
    """The rows, each with the share of it that counts in a perspective, where any does."""
    weights = book.central.weights(whose)
    terms = []
    for account in accounts:
        amount, share = _amount(book, account, year), float(weights[account.row])
        if share:
            terms.append(amount if share == 1 else times([amount, book.pen.share(share)]))
    return terms


def _sum_of(
    book: Book, lines: list[str], whose: Perspective, year: int | None, key: str
) -> Iterator[Step]:
    """Every line with its own step, and their sum."""
    found = []
    for line in lines:
        terms = _shared(book, book.accounts(line), whose, year)
        if terms:
            see = line if year is None else f"{line}@{book.year(year)}"
            source = book.told.words("explain.see", name=see)
            step = _result(book, f"{_called(book, line)} ({line})", plus(terms), source, see)
            found.append(book.pen.euro(step.written.value))
            yield step
    yield _result(book, book.told.words(f"explain.{key}"), plus(found))


def _total(book: Book, name: str, whose: Perspective, year: int | None) -> Iterator[Step]:
    """Benefits, investment, or both and the balance, in a perspective."""
    lines = list(dict.fromkeys(book.central.lines))
    spent = [line for line in lines if line.startswith(f"{INVESTMENT}.")]
    earned = [line for line in lines if line not in spent]
    parts = {BENEFITS: earned, INVESTMENT: spent}
    totals = []
    for part in (BENEFITS, INVESTMENT) if name == BALANCE else (name,):
        steps = list(_sum_of(book, parts[part], whose, year, part))
        totals.append(book.pen.euro(steps[-1].written.value))
        yield from steps
    if name == BALANCE:
        key = BALANCE if whose == SOCIETY and year is None else "balance"
        yield _result(book, book.told.words(f"explain.{key}"), less(*totals))


def _ratio(book: Book) -> Iterator[Step]:
    """Benefits ÷ investment. Raises `Unusable` where the central case has no ratio."""
    with_ratio(book.central)
    steps = list(_total(book, BALANCE, SOCIETY, None))[:-1]
    cut = next(
        n for n, step in enumerate(steps) if step.what == book.told.words("explain.benefits")
    )
    benefits, investment = (book.pen.euro(steps[n].written.value) for n in (cut, -1))
    ratio = over(benefits, investment)
    shown = book.told.numbers.number(ratio.value, 4)
    yield from [*steps, Step(book.told.words("explain.sroi_ratio"), ratio, shown)]


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
