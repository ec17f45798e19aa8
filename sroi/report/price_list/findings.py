"""What is weak in the price library, for the terminal: how often first, and then where."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from sroi.problems import Problem
from sroi.report.tables.tables import Table
from sroi.report.terminal.terminal import console, safe, show_table
from sroi.report.words.numbers import Numbers
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import Words

# in the order in which they are worth looking at
ORDER = (
    "layer-reviews-differ", "layer-review-stale", "layer-price-gone",
    "price-withdrawn-in-use", "price-claim-in-use", "prices-overlap-in-use", "prices-disagree",
    "price-from-memory", "price-year-stale", "price-without-range", "price-without-place",
    "source-unused", "unit-two-spellings", "overlap-alone", "average-without-note", "review-old",
    "review-missing",
)  # fmt: skip
MOST = 5


def grouped(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """The findings by code: what no rule of the library knows first, then in the order above."""
    codes = dict.fromkeys(problem.code for problem in problems)
    place = {code: number for number, code in enumerate(ORDER)}
    ordered = sorted(codes, key=lambda code: place.get(code, -1))
    return {code: [one for one in problems if one.code == code] for code in ordered}


def summary(problems: Sequence[Problem], lang: str) -> Table:
    """How often each finding is there."""
    w, n = Words(lang), Numbers(lang)
    heads = [w("checked_prices.finding"), w("checked_prices.code"), w("checked_prices.count")]
    found = grouped(problems).items()
    rows = [[_named(w, code), code, n.number(len(each))] for code, each in found]
    return Table("checked_prices", heads, rows, frozenset({2}), whole=frozenset({1}))


def show(
    problems: Sequence[Problem], prices: int, scenarios: int, on: datetime.date, lang: str
) -> None:
    """The summary, and of every finding the first places with the sentence."""
    out, w = console(), Words(lang)
    facts = {"count": prices, "scenarios": scenarios, "day": Numbers(lang).date(on)}
    out.print(Text(w("checked_prices.title", **facts), "bold"))
    if not problems:
        out.print(w("checked_prices.good"))
        return
    show_table(out, summary(problems, lang))
    for code, each in grouped(problems).items():
        out.print(Text(f"{_named(w, code)} ({code})", "bold"))
        for line in _lines(each, w):
            out.print(safe(line))
        out.print()


def _lines(problems: list[Problem], words: Words) -> Iterator[str]:
    for problem in problems[:MOST]:
        yield f"  {Path(problem.file).name}:{problem.line}  {sentence(problem, words.lang)}"
    if len(problems) > MOST:
        yield f"  {words('checked_prices.more', count=len(problems) - MOST)}"


def _named(words: Words, code: str) -> str:
    """A finding in a few words; one that is no weakness has its code only."""
    return words(f"checked_prices.{code}") if words.has(f"checked_prices.{code}") else code
