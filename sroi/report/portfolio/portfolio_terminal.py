"""What the terminal shows of a portfolio."""

from __future__ import annotations

from dataclasses import replace

from rich.text import Text

from sroi.analysis.portfolio.funding import Funding
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.tables.tables import Table
from sroi.report.terminal.terminal import console, safe, show_table


def show(told: PortfolioTold, file: str) -> None:
    """The totals, how wide they are, the rows in their order, and what drives the total."""
    out, w, valued = console(), told.words, told.valued
    out.print(Text(safe(valued.loaded.portfolio.title.in_(w.lang)), "bold"))
    out.print(_frame(told))
    out.print(w("portfolio.amounts", unit=told.numbers.in_units))
    if ratio := tables.ratio(told):
        out.print(ratio)
    for sentence in tables.shared(told):
        out.print(safe(sentence))
    out.print()
    told = replace(told, numbers=replace(told.numbers, terse=True))
    _headed(w("portfolio.programmes_head"), tables.programmes(told))
    _headed(w("portfolio.payers_head"), tables.payers(told))
    _headed(w("portfolio.bands_head"), tables.bands(told))
    _headed(w("portfolio.years_head"), tables.years(told))
    rows_head, of_rows = w("portfolio.rows_head"), told.of_rows
    if of_rows.numbers.unit != told.numbers.unit:
        rows_head += f" ({of_rows.numbers.in_units})"
    _headed(rows_head, tables.rows(of_rows))
    if len(valued.rows) > tables.MOST_ROWS:
        out.print(w("portfolio.more", count=len(valued.rows) - tables.MOST_ROWS) + "\n")
    found = tables.drivers(told)
    if found.rows:
        _headed(w("portfolio.drivers_head"), found)
    if told.funding is not None:
        _fund(told, told.funding)
    error = valued.total.balance.standard_error
    shown = told.numbers.euro(max(error, 0.01), 0 if error >= 10 else 2)
    draws = told.numbers.number(valued.structure.draws.total)
    out.print(w("terminal.accuracy_npv", npv=shown, draws=draws))
    if valued.loaded.problems:
        count = len(valued.loaded.problems)
        out.print(safe(w("portfolio.warnings", count=count, file=file)))


def _fund(told: PortfolioTold, found: Funding) -> None:
    """What to fund under the budget, and what one more euro brings."""
    out, w, budget = console(), told.words, found.budget
    payer = told.payer(budget.payer) if budget.payer else w("portfolio.everybody")
    at_most = replace(told.numbers, terse=False).euro(budget.at_most)
    per = w("portfolio.per_year" if budget.per == "year" else "portfolio.per_total")
    facts = {"payer": payer, "amount": at_most, "per": per}
    head = w("portfolio.funding_head", price_year=tables.price_year(told), **facts)
    _headed(safe(head), tables.funding(told, found))
    for sentence in tables.funded(told, found.chosen):
        out.print(safe(sentence))
    out.print(w("portfolio.one_more_euro", amount=told.numbers.euro(found.euro, 2)) + "\n")


def _headed(head: str, table: Table) -> None:
    out = console()
    out.print(Text(head, "bold"))
    show_table(out, table)


def _frame(told: PortfolioTold) -> str:
    """The years, the price level and the discount rate, which all scenarios share."""
    model = told.valued.structure.groups[0].alike.model
    return told.words(
        "terminal.frame",
        first=model.first_year,
        last=tables.last_year(told),
        price_year=tables.price_year(told),
        rate=told.numbers.percent(model.discounting.rate, 2),
        timing=told.words(f"timing.{model.discounting.timing}"),
    )
