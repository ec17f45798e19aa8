"""What to fund under the budget, told so that somebody who decides can follow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.funding import Choice, Funding
from sroi.inputs.portfolio.portfolio import Choose
from sroi.report.figures.part import Part
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.tables.tables import Table
from sroi.report.words.lines import both_ends

MOST_FUNDED, MOST_BESIDE, MOST_NAMED, MOST_CAUSES = 25, 10, 4, 3
ON_TWO_LINES = 80  # letters beside each other on half of page 1
LEAST = 1e-9  # of what a row costs, to divide by
Array = NDArray[np.float64]
SOLVED = 1e-3  # a gap that is not told
AIMS: tuple[Choose, ...] = ("expected", "worst", "chance")


def funding_part(told: PortfolioTold, found: Funding) -> Part:
    """The question, the choice that was asked for, the others beside it, and what it rests on."""
    w = told.words
    answer = [*_question(told, found), *_answer(told, found)]
    sentences = [*answer, f"{told.in_tables} {w('portfolio_report.ways')}"]
    ways = tables.funding(told.terse, found)
    after = [*_compared(told, found), *_one_more(told, found), *_causes(told)]
    return Part("", sentences, [], [ways], after)


def order_part(told: PortfolioTold, found: Funding) -> Part | None:
    """The rows of the choice, the most for a euro first; nothing where there are none."""
    if not found.chosen.rows:
        return None
    told = told.of_rows
    w, n = told.words, told.numbers
    head = w("portfolio_report.order_head")
    table = _order(told.terse, found)
    facts = {"payer": payer(told, found), "letters": _letters(told)}
    sentences = [f"{w('portfolio_report.order', **facts)} {told.in_tables}"]
    after = []
    if (more := len(found.chosen.rows) - MOST_FUNDED) > 0:
        after = [w("portfolio_report.order_more", count=n.number(more))]
    kept = _by_year(told, found)
    after += [w("portfolio_report.each_year")] if kept else []
    return Part(head, sentences, [], [table, *kept], after)


def _by_year(told: PortfolioTold, found: Funding) -> list[Table]:
    """What the choice costs in every year, and what is left of a yearly budget; nothing where the
    budget is for all years together."""
    if found.budget.per != "year":
        return []
    told, first = told.terse, tables.first_year(told)
    costs = told.valued.costs(found.budget.payer)[list(found.chosen.rows)].sum(axis=0)
    money, most = told.numbers.money, found.budget.at_most
    rows = [
        [str(first + n), money(float(cost)), money(most), money(float(most - cost))]
        for n, cost in enumerate(costs)
    ]
    return [told.table("each_year", "year cost budget budget_left", rows, 1, None)]


def beside_part(told: PortfolioTold, found: Funding) -> Part | None:
    """The rows that are expected to gain and are not in the choice: first in line for more budget;
    nothing where there are none."""
    left = [
        number
        for number, mean in enumerate(told.valued.expected)
        if mean > 0 and number not in set(found.chosen.rows)
    ]
    if not left:
        return None
    told = told.of_rows
    w, shown = told.words, _by_euro(told, found, left)[:MOST_BESIDE]
    columns = "in_area programme cost expected_value range per_euro"
    rows = [_row(told.terse, found, number) for number in shown]
    table = told.table("beside", columns, rows, 2, None)
    after = []
    if len(left) > len(shown):
        count = told.numbers.number(len(left) - len(shown))
        after = [w("portfolio_report.order_more_beside", count=count)]
    fits = _everything(told, found) <= found.budget.at_most
    key = "beside_aim" if fits or found.budget.choose != "expected" else "beside"
    said = w(f"portfolio_report.{key}", aim=w(tables.WAYS[found.budget.choose]))
    head = w("portfolio_report.beside_head")
    return Part(head, [f"{said} {told.in_tables}"], [], [table], after)


def in_short(told: PortfolioTold, found: Funding) -> list[str]:
    """The choice in a few lines, for page 1."""
    w, one = told.words, found.chosen
    facts = _facts(told, found) | _worth(told, one)
    if not one.rows:
        return [w("portfolio_report.short_nothing", **facts)]
    named = list(_named(told, found))
    more = len(named) - MOST_NAMED
    rest = [w("portfolio_report.more_programmes", count=told.numbers.number(more))]
    areas = [*named[:MOST_NAMED], *(rest if more > 0 else [])]
    return [w("portfolio_report.short_choice", **facts), *areas]


def _named(told: PortfolioTold, found: Funding) -> Iterator[str]:
    """By programme the areas of the choice, the most for a euro first, as many as fit."""
    areas: dict[str, list[str]] = {}
    for number in _by_euro(told, found, found.chosen.rows):
        row = told.valued.rows[number]
        areas.setdefault(row.programme, []).append(row.area)
    for name, of_it in areas.items():
        title = both_ends(told.programme(name), ON_TWO_LINES // 2)
        yield f"{title}: {', '.join(_fitting(told, of_it))}"


def _fitting(told: PortfolioTold, names: list[str]) -> list[str]:
    """The first names, as many as fit on two lines, and how many more there are."""
    shown = list[str]()
    for name in names:
        if shown and len(", ".join([*shown, name])) > ON_TWO_LINES:
            left = told.numbers.number(len(names) - len(shown))
            return [*shown, told.words("portfolio.and_more", count=left)]
        shown.append(both_ends(name, ON_TWO_LINES // 2))
    return shown


def payer(told: PortfolioTold, found: Funding) -> str:
    """Whose budget it is."""
    return (
        told.payer(found.budget.payer) if found.budget.payer else told.words("portfolio.everybody")
    )


def _facts(told: PortfolioTold, found: Funding) -> dict[str, str]:
    """The budget in words."""
    budget = found.budget
    per = told.words("portfolio.per_year" if budget.per == "year" else "portfolio.per_total")
    facts = {"payer": payer(told, found), "amount": told.numbers.euro(budget.at_most), "per": per}
    return facts | {"of": told.numbers.number(len(told.valued.rows))}


def _worth(told: PortfolioTold, one: Choice) -> dict[str, str]:
    """What a choice comes to, in words."""
    n = told.numbers
    facts = {"count": n.number(len(one.rows)), "cost": n.money(one.cost)}
    facts |= {"expected": n.money(one.expected), "worst": n.money(one.worst)}
    return facts | {"chance": n.counted(one.chance)}


def _question(told: PortfolioTold, found: Funding) -> Iterator[str]:
    """What was asked, and what all rows would cost."""
    yield told.words(
        "portfolio_report.question", **_facts(told, found), price_year=tables.price_year(told)
    )
    all_of_it = _everything(told, found)
    facts = {"amount": told.numbers.money(all_of_it)}
    if all_of_it <= found.budget.at_most:
        yield told.words("portfolio_report.all_fits", **facts)
    else:
        key = "all_a_year" if found.budget.per == "year" else "all_in_all"
        yield told.words(f"portfolio_report.{key}", **facts)


def _everything(told: PortfolioTold, found: Funding) -> float:
    """What all rows cost together: in the dearest year, or over all years."""
    costs = told.valued.costs(found.budget.payer).sum(axis=0)
    return float(costs.max() if found.budget.per == "year" else costs.sum())


def _answer(told: PortfolioTold, found: Funding) -> Iterator[str]:
    """The choice that was asked for."""
    one, w = found.chosen, told.words
    facts = _facts(told, found) | _worth(told, one)
    facts["aim"] = w(tables.WAYS[found.budget.choose])
    yield w("portfolio_report.answer" if one.rows else "portfolio_report.answer_nothing", **facts)
    if one.gap is not None and one.gap > SOLVED:
        yield w("portfolio_report.gap", gap=told.numbers.percent(one.gap, 1))


def _compared(told: PortfolioTold, found: Funding) -> Iterator[str]:
    """The greedy order, the price of more certainty, and what it means where nothing is chosen."""
    w, n, most = told.words, told.numbers, found.best["expected"]
    less = most.expected - found.greedy.expected
    key = "greedy_less" if n.money(less) != n.money(0) else "greedy_same"
    yield w(f"portfolio_report.{key}", less=n.money(less))
    surest = found.best["chance"]
    if most.rows and surest.chance > most.chance:
        facts = _facts(told, found) | _worth(told, surest) | {"before": n.counted(most.chance)}
        yield w("portfolio_report.surest", less=n.money(most.expected - surest.expected), **facts)
    if not found.best["worst"].rows:
        yield w("portfolio_report.worst_nothing")


def _one_more(told: PortfolioTold, found: Funding) -> Iterator[str]:
    """What one more euro of budget brings."""
    per = _facts(told, found)["per"]
    key = "one_more_euro" if found.euro > 0 else "no_more_euro"
    yield told.words(f"portfolio_report.{key}", amount=told.numbers.euro(found.euro, 2), per=per)


def _causes(told: PortfolioTold) -> Iterator[str]:
    """The shared assumptions that the choice rests on: those that drive the programmes in it."""
    chosen = told.funding.chosen.rows if told.funding else ()
    own = {told.valued.rows[number].programme for number in chosen}
    found = [one for one in tables.moving(told) if own & set(one.programmes)][:MOST_CAUSES]
    if found:
        names = told.numbers.list([f"‘{told.assumption(one)}’" for one in found])
        yield told.words("portfolio_report.causes", names=names)


def _order(told: PortfolioTold, found: Funding) -> Table:
    """Each funded row with what it costs, what it brings, and which other choices have it too."""
    rows = [
        [str(place), *_row(told, found, number), _also(told, found, number)]
        for place, number in enumerate(_by_euro(told, found, found.chosen.rows)[:MOST_FUNDED], 1)
    ]
    columns = "number in_area programme cost expected_value range per_euro also_by"
    table = told.table("funded", columns, rows, 3, None)
    return replace(table, figures=table.figures - {7})


def _row(told: PortfolioTold, found: Funding, number: int) -> list[str]:
    """A row with its cost, its expected value and band, and what that is per euro."""
    row, n, cost = told.valued.rows[number], told.numbers, _costs(told, found)[number]
    own = row.answer.balance
    per_euro = n.euro(own.mean / cost, 2) if cost > 0 else "–"
    worth = [n.money(float(cost)), n.money(own.mean), told.band(own.p5, own.p95), per_euro]
    return [row.area, told.programme(row.programme), *worth]


def _costs(told: PortfolioTold, found: Funding) -> Array:
    """What every row costs the payer: in its dearest year, or over all years (row)."""
    costs = told.valued.costs(found.budget.payer)
    return np.asarray(costs.max(axis=1) if found.budget.per == "year" else costs.sum(axis=1))


def _by_euro(told: PortfolioTold, found: Funding, rows: Iterable[int]) -> list[int]:
    """Rows in the order of what they are expected to bring for a euro."""
    per_euro = told.valued.expected / np.maximum(_costs(told, found), LEAST)
    return sorted(rows, key=lambda row: -float(per_euro[row]))


def _also(told: PortfolioTold, found: Funding, number: int) -> str:
    """The letters of the choices that have a row."""
    kinds = [(name, found.best[name]) for name in AIMS]
    marks = [
        told.words(f"portfolio_letter.{name}")
        for name, one in [*kinds, ("greedy", found.greedy)]
        if number in one.rows
    ]
    return " ".join(marks)


def _letters(told: PortfolioTold) -> str:
    """What the letters mean."""
    w = told.words
    names = (*AIMS, "greedy")
    return "; ".join(f"{w(f'portfolio_letter.{n}')}: {w(tables.WAYS[n])}" for n in names)
