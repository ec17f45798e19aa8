"""Sums over the table of value flows, written out: a line, a total, or a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.analysis.result.key import BALANCE, BENEFITS, INVESTMENT, Key
from sroi.model.flows.results import INVESTMENT as OF_INVESTMENT
from sroi.model.flows.results import SOCIETY
from sroi.report.explained.accounts import Account, Book, Step
from sroi.report.told.keys import key_words
from sroi.report.words.written import Written, less, over, plus, times


def lines_of(book: Book, name: str) -> list[str]:
    """The line of this name, or all lines of the ladder or the cohort of this name."""
    lines = dict.fromkeys(book.central.lines)
    return [line for line in lines if line == name or line.startswith(f"{name}.")]


def called(book: Book, line: str) -> str:
    """A line in words: an outcome, a tier of a ladder, a cost of a cohort."""
    kind, key, *rest = line.split(".")
    noun = next(noun for noun in getattr(book.told.scenario, kind) if noun.id == key)
    parts = [*getattr(noun, "tiers", ()), *getattr(noun, "costs", ())]
    inside = [book.told.say(part.what) for part in parts if rest and part.id == rest[0]]
    return ": ".join([book.told.say(noun.what), *inside])


def line_steps(book: Book, line: str, key: Key) -> Iterator[Step]:
    """Every row of a line, and what of it is asked for together."""
    accounts = book.accounts(line)
    for account in accounts:
        yield from (step for step in account.steps if _matters(step, key))
        if key.years is None:
            yield result(book, _named(book, "present", account.label), book.present(account))
    # one row that counts in full, over all years or in one, is the line itself
    alone = len(accounts) == 1 and book.central.weights(key.perspective)[accounts[0].row] == 1
    in_one = key.years is None or key.years[0] == key.years[1] < len(accounts[0].yearly)
    if not (alone and in_one):
        yield result(book, _together(book, key), plus(_shared(book, accounts, key)))


def _together(book: Book, key: Key) -> str:
    """What the rows come to: for society, or for whom and when it is asked."""
    if key.perspective != SOCIETY:
        return ", ".join(key_words(book.told, key))
    if key.years is None:
        return book.told.words("explain.society")
    if key.years[0] == key.years[1]:
        return book.told.words("explain.society_in_year")
    return ", ".join(key_words(book.told, key))


def _matters(step: Step, key: Key) -> bool:
    if key.years is None or step.years is None:
        return True
    first, last = key.years
    return any(first <= year <= last for year in step.years)


def _named(book: Book, key: str, label: str) -> str:
    w = book.told.words
    named = f" ({w(f'explain.{label}')})" if label else ""
    return w(f"explain.{key}") + named


def result(book: Book, what: str, written: Written, source: str = "", see: str = "") -> Step:
    """A step that comes to an amount of money."""
    return Step(what, written, book.pen.euro(written.value).told, source, see=see)


def _amounts(book: Book, account: Account, key: Key) -> list[Written]:
    """A row as its present value, or as its amount of every year that is asked for."""
    if key.years is None:
        return [book.pen.euro(book.present(account).value)]
    first, last = key.years
    found = [book.pen.euro(amount.value) for amount in account.yearly[first : last + 1]]
    return [amount for amount in found if amount.value] or [book.pen.euro(0.0)]


def _shared(book: Book, accounts: list[Account], key: Key) -> list[Written]:
    """The rows, each with the share of it that is asked for, where any is."""
    weights = book.central.weights(key.perspective)
    terms = []
    for account in accounts:
        amount, share = plus(_amounts(book, account, key)), float(weights[account.row])
        if share:
            terms.append(amount if share == 1 else times([amount, book.pen.share(share)]))
    return terms


def sum_steps(book: Book, lines: list[str], key: Key, named: str) -> Iterator[Step]:
    """Every line with its own step, and their sum."""
    found = []
    for line in lines:
        terms = _shared(book, book.accounts(line), key)
        if terms:
            see = line + _when(book, key)
            source = book.told.words("explain.see", name=see)
            step = result(book, f"{called(book, line)} ({line})", plus(terms), source, see)
            found.append(book.pen.euro(step.written.value))
            yield step
    yield result(book, book.told.words(f"explain.{named}"), plus(found))


def _when(book: Book, key: Key) -> str:
    """The years of a key, as they are written."""
    if key.years is None:
        return ""
    first, last = key.years
    return f"@{'' if first == last else '..'}{book.year(last)}"


def total_steps(book: Book, key: Key) -> Iterator[Step]:
    """Benefits, investment, or both and the balance, of whom and when it is asked."""
    lines = list(dict.fromkeys(book.central.lines))
    spent = [line for line in lines if line.startswith(OF_INVESTMENT)]
    parts = {BENEFITS: [line for line in lines if line not in spent], INVESTMENT: spent}
    totals = []
    for part in (BENEFITS, INVESTMENT) if key.what == BALANCE else (key.what,):
        steps = list(sum_steps(book, parts[part], key, part))
        totals.append(book.pen.euro(steps[-1].written.value))
        yield from steps
    if key.what == BALANCE:
        whole = key.perspective == SOCIETY and key.years is None
        named = book.told.words("explain.net_present_value" if whole else "explain.balance")
        yield result(book, named, less(*totals))


def ratio_steps(book: Book) -> Iterator[Step]:
    """Benefits ÷ investment."""
    steps = list(total_steps(book, Key(BALANCE)))[:-1]
    cut = next(
        n for n, step in enumerate(steps) if step.what == book.told.words("explain.benefits")
    )
    benefits, investment = (book.pen.euro(steps[n].written.value) for n in (cut, -1))
    ratio = over(benefits, investment)
    shown = book.told.numbers.number(ratio.value, 4)
    yield from [*steps, Step(book.told.words("explain.sroi_ratio"), ratio, shown)]
