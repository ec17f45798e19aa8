"""Page 1 of a portfolio: the answer in three numbers, what to fund, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sroi.report.figures.part import Part
from sroi.report.pages.summary import Card
from sroi.report.portfolio import funding_told, sureness
from sroi.report.portfolio import portfolio_figures as figures
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.words.lines import LONGEST, both_ends, short

NAME = 30  # letters of a programme in a sentence on this page
MOST_ROWS, MOST_CAUSES, MOST_PROGRAMMES = 3, 3, 6


def cards(told: PortfolioTold) -> list[Card]:
    """The three numbers, each with its range."""
    w, own = told.words, told.valued.total.balance
    low, high = told.banded.money(own.p5), told.banded.money(own.p95)
    exact = w("page.exact")
    spread = exact if told.certain else w("page.range", low=low, high=high)
    chance = told.numbers.counted(told.valued.total.positive)
    draws = told.numbers.number(told.valued.structure.draws.total)
    note = exact if told.certain else w("page.chance_note", draws=draws)
    npv = told.banded.money(own.mean)
    return [
        Card(w("page.npv_label"), npv, spread, w("page.npv_note")),
        _ratio(told),
        Card(w("page.chance_label"), chance, "", note),
    ]


def frame(told: PortfolioTold) -> str:
    """The years, prices and discount rate under which the three numbers hold."""
    discounting = told.valued.structure.groups[0].alike.model.discounting
    return told.words(
        "page.frame",
        first=tables.first_year(told),
        last=tables.last_year(told),
        price_year=tables.price_year(told),
        rate=told.numbers.percent(discounting.rate, 2),
        timing=told.words(f"timing.{discounting.timing}"),
    )


def size(told: PortfolioTold) -> str:
    """How many areas, programmes and rows there are."""
    n, rows = told.numbers.number, told.valued.rows
    counts = {"areas": len({row.area for row in rows}), "rows": len(rows)}
    counts |= {"programmes": len(told.valued.programmes)}
    return told.words("portfolio_report.size", **{name: n(x) for name, x in counts.items()})


def payer_line(told: PortfolioTold) -> str:
    """Of whoever pays most: what goes in, and what comes back."""
    most = max(told.valued.total.payers, key=lambda one: one.investment, default=None)
    if most is None or not most.investment:
        return ""
    money = told.numbers.money
    facts = {"invested": money(most.investment), "benefits": money(most.benefits)}
    facts |= {"payer": told.payer(most.payer), "balance": money(most.balance)}
    if most.hard is None:
        return told.words("portfolio_report.payer_line", **facts)
    other = money(most.benefits - most.hard)
    return told.words("page.payer_line", hard=money(most.hard), other=other, **facts)


def first(told: PortfolioTold) -> tuple[str, list[str]]:
    """What to fund first; without a budget the rows that are worth most."""
    w = told.words
    if told.funding is not None:
        return w("portfolio_report.fund_first"), funding_told.in_short(told, told.funding)
    rows = [row for _, row in tables.in_order(told)[:MOST_ROWS]]
    lines = [
        w(
            "portfolio_report.worth_line",
            row=figures.row_name(told, row),
            amount=told.of_rows.numbers.money(row.answer.balance.mean),
            band=told.of_rows.band(row.answer.balance.p5, row.answer.balance.p95),
        )
        for row in rows
    ]
    return w("portfolio_report.worth_most"), lines


def programmes(told: PortfolioTold) -> Part | None:
    """Every programme in short; nothing where there is one, or too many for this page."""
    if not 1 < len(told.valued.programmes) <= MOST_PROGRAMMES:
        return None
    table = tables.in_short(told.terse)
    rows = [[both_ends(name, LONGEST // 2), *cells] for name, *cells in table.rows]
    return Part("", [told.in_tables], [], [replace(table, rows=rows)])


def changes(told: PortfolioTold) -> Iterator[str]:
    """The shared assumptions that move the total most, and how sure a sum is."""
    for one in tables.moving(told)[:MOST_CAUSES]:
        share = told.numbers.percent(one.share)
        names = short(tables.programmes_of(told, one), NAME)
        subject = short(told.assumption(one), LONGEST)
        yield told.words("portfolio_report.cause", subject=subject, programmes=names, share=share)
    if said := sureness.in_short(told):
        yield said


def _ratio(told: PortfolioTold) -> Card:
    w, n, total = told.words, told.numbers, told.valued.total
    label, ratio = w("page.ratio_label", unit=n.euro(1)), total.ratio
    if ratio is None:
        why = "free" if total.without_ratio == "investment" else "negative"
        return Card(label, w("page.no_ratio"), "", w(f"page.no_ratio_{why}"))
    mean, low, high = (
        n.ratio(x, ratio.standard_error, ratio.p95 - ratio.p5)
        for x in (ratio.mean, ratio.p5, ratio.p95)
    )
    spread = w("page.exact") if told.certain else w("page.range", low=low, high=high)
    return Card(label, mean, spread, w("page.ratio_note"))
