"""When an investment has been earned back, and what comes after the years that count."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.analysis.result.purses import budget
from sroi.model.flows.impact import STAGES
from sroi.model.flows.results import SOCIETY, Results, payback_years, standard_error
from sroi.report.explained.accounts import Book, Step
from sroi.report.explained.sums import called, result
from sroi.report.words.written import Written, less, over, plus, times

PAYBACK, BEYOND = "payback", "beyond_horizon"


def payback_steps(book: Book, results: Results, payer: str, case: str) -> Iterator[Step]:
    """The hard money of a payer since the start, year by year, and the year from which it stays
    above zero. `case`: what keys of these results end with."""
    own = budget(results, payer)
    for offset, amount in enumerate(own.cumulative):
        see = f"{payer}:hard@..{book.year(offset)}{case}"
        told = book.told.words("explain.up_to", year=book.year(offset))
        source = book.told.words("explain.see", name=see)
        yield result(book, told, book.pen.euro(float(amount)), source, see)
    if own.payback is None:
        left = book.pen.euro(float(own.cumulative[-1]))
        yield result(book, book.told.words("explain.not_paid_back"), left)
        return
    year = str(book.year(own.payback - 1))
    yield Step(book.told.words("explain.paid_back"), Written(year, year, float(year)), year)


def payback_of_all(book: Book, results: Results, case: str) -> Iterator[Step]:
    """Years until what society gains is what was invested, with part of a year."""
    earned, spent = (results.by_year(results.rows(kind)) for kind in ("benefits", "investment"))
    years = payback_years(earned, spent)
    for name, amounts in (("benefits", earned), ("investment", spent)):
        for offset, amount in enumerate(amounts):
            see = f"{name}@{book.year(offset)}{case}"
            told = f"{book.told.words(f'explain.{name}')} {book.year(offset)}"
            source = book.told.words("explain.see", name=see)
            yield result(book, told, book.pen.euro(float(amount)), source, see)
    if years is None:
        left = book.pen.euro(float(earned.sum() - spent.sum()))
        yield result(book, book.told.words("explain.not_paid_back"), left)
        return
    whole = min(int(years), len(earned) - 1)
    short = [float(x) for x in (spent[: whole + 1].sum(), earned[:whole].sum(), earned[whole])]
    invested, had, each = (book.pen.euro(amount) for amount in short)
    part = [over(less(invested, had), each)] if years > whole else []
    when = plus([book.pen.number(float(whole)), *part])
    shown = book.told.numbers.number(when.value, 1)
    yield Step(book.told.words("explain.paid_back_after"), when, shown)


def beyond_steps(book: Book) -> Iterator[Step]:
    """What the outcomes still bring after the years that count, at its present value."""
    found = []
    for line in book.model.outcomes:
        name = f"outcomes.{line.id}"
        terms = []
        for row, later in book.later(line):
            share = float(book.central.weights(SOCIETY)[row])
            worth = plus(later)
            if share and worth.value:
                terms.append(worth if share == 1 else times([worth, book.pen.share(share)]))
        if terms:
            source = book.told.words("explain.see", name=name)
            step = result(book, f"{called(book, name)} ({name})", plus(terms), source, name)
            found.append(book.pen.euro(step.written.value))
            yield step
    yield result(book, book.told.words("explain.beyond_horizon"), plus(found))


def beyond(results: Results) -> tuple[float, float]:
    """The same in results, with its numerical error."""
    rows, weights = results.rows("outcomes"), results.weights(SOCIETY)
    sums = (results.sums[:, rows, STAGES.index(BEYOND)] * weights[rows]).sum(axis=1)
    return float(sums.mean()), standard_error(sums)
