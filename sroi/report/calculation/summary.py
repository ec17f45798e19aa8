"""The first sheet: the answer in a few numbers, by year, and whether everything agrees."""

from __future__ import annotations

from collections.abc import Mapping

from sroi.report.calculation.flows import Flows
from sroi.report.calculation.payers import Keys
from sroi.report.formulas.cell import Cell, Look, Operand, over, span, when
from sroi.report.formulas.sheet import (
    EURO,
    LABEL,
    TITLE,
    TOTAL,
    YEAR,
    Chart,
    Sheet,
)
from sroi.report.told.told import Told

RATIO = Look("ratio", "total")


def summary_sheet(told: Told, flows: Flows, sheet: Sheet) -> Keys:
    """Fill the sheet; its cells by their key in the results."""
    w = told.words
    sheet.says(told.say(told.scenario.title), TITLE)
    sheet.says(w("calculation.summary_note"))
    for line in ("yellow", "central", "not_here"):
        sheet.says(w(f"calculation.{line}"))
    sheet.gap()
    top = sheet.row
    sheet.row += len(_RESULTS) + 2
    years = _years(told, flows, sheet)
    below, sheet.row = sheet.row, top
    found = _answers(told, flows, sheet, years)
    sheet.row = below
    return found | {
        f"central.by_year.{told.valuation.model.first_year + year}.{name}": cell
        for name in ("benefits", "investment", "present_value")
        for year, cell in enumerate(years[name])
    }


_RESULTS = ("benefits", "investment", "net_present_value", "sroi_ratio", "payback_years")


def _answers(told: Told, flows: Flows, sheet: Sheet, years: dict[str, list[Cell]]) -> Keys:
    """The five results of the central case, with the expected ones beside them as values."""
    w = told.words
    sheet.head("", w("calculation.central_case"), w("calculation.expected"))
    benefits = flows.weighed(flows.present, flows.society, "benefits")
    investment = flows.weighed(flows.present, flows.society, "investment")
    expected = _expected(told)
    gained = sheet.put(1, benefits, TOTAL)
    _row(told, sheet, "benefits", expected)
    paid = sheet.put(1, investment, TOTAL)
    _row(told, sheet, "investment", expected)
    balance = sheet.put(1, gained - paid, TOTAL)
    _row(told, sheet, "net_present_value", expected)
    # no ratio where nothing is invested or nothing gained, as everywhere else
    ratio = sheet.put(
        1, when(over(paid, 0.0), when(over(gained, 0.0), gained / paid, ""), ""), RATIO
    )
    _row(told, sheet, "sroi_ratio", expected)
    never = over(years["spent"][-1], years["earned"][-1])
    payback = sheet.put(1, when(never, "", years["payback"][-1]), Look("years", "total"))
    _row(told, sheet, "payback_years", expected)
    cells = (gained, paid, balance, ratio, payback)
    return {f"central.{name}": cell for name, cell in zip(_RESULTS, cells, strict=True)}


def _expected(told: Told) -> dict[str, float]:
    """What is expected of each result over the draws, where that is told."""
    drawn = told.valuation.drawn
    ratio = drawn.ratio()
    amounts = {
        "benefits": float(drawn.benefits().mean()),
        "investment": float(drawn.investment().mean()),
        "net_present_value": float(drawn.balance().mean()),
    }
    return amounts | ({"sroi_ratio": ratio.mean} if ratio else {})


def _row(told: Told, sheet: Sheet, name: str, expected: Mapping[str, float]) -> None:
    """The name of a result, and what is expected of it."""
    sheet.put(0, told.words(f"calculation.{name}"), LABEL)
    if name in expected:
        look = Look("ratio" if name == "sroi_ratio" else "euro", "fixed")
        sheet.put(2, expected[name], look)
    sheet.row += 1


def _years(told: Told, flows: Flows, sheet: Sheet) -> dict[str, list[Cell]]:
    """A row for each year: benefits, investment, worth now, running balance and payback."""
    w, model = told.words, told.valuation.model
    names = ("year", "benefits", "investment", "present_value", "spent", "earned", "payback")
    sheet.head(*(w(f"calculation_by_year.{name}") for name in names))
    found: dict[str, list[Cell]] = {name: [] for name in names}
    for year in range(model.years):
        amounts: dict[str, Operand] = {"year": float(model.first_year + year)}
        for kind in ("benefits", "investment"):
            amounts[kind] = flows.weighed(flows.year(year), flows.society, kind)
        for column, (name, amount) in enumerate(amounts.items()):
            found[name].append(sheet.put(column, amount, YEAR if name == "year" else EURO))
        _running(sheet, found, year, flows.factors[year])
        sheet.row += 1
    _chart(told, sheet, found)
    return found


def _running(sheet: Sheet, found: dict[str, list[Cell]], year: int, factor: Cell) -> None:
    """What the benefits of a year are worth now, and what was spent and earned until its end."""
    gained, paid = found["benefits"][-1], found["investment"][-1]
    spent, earned = (found[name][-1] if year else 0.0 for name in ("spent", "earned"))
    found["present_value"].append(sheet.put(3, gained * factor, EURO))
    found["spent"].append(sheet.put(4, spent + paid, EURO))
    found["earned"].append(sheet.put(5, earned + gained, EURO))
    found["payback"].append(sheet.put(6, _payback(found, year, earned), Look("years", "note")))


def _payback(found: dict[str, list[Cell]], year: int, before: Operand) -> Operand:
    """The moment from which it stays paid back, if it does from the end of this year on.

    Investment is counted at the start of its year and benefits evenly over theirs. A year at the
    end of which less was earned than spent leaves the start of the next one; in the last year of
    all that is no answer, which `_answers` sees to.
    """
    spent, earned, gained = (found[name][-1] for name in ("spent", "earned", "benefits"))
    missing = spent - before
    sooner: Operand = found["payback"][-1] if year else 0.0
    within = when(over(missing, 0.0), float(year) + missing / gained, sooner)
    return when(over(spent, earned), float(year + 1), within)


def _chart(told: Told, sheet: Sheet, found: dict[str, list[Cell]]) -> None:
    series = tuple(span(found[name]) for name in ("benefits", "investment"))
    names = tuple(told.words(f"head.{name}") for name in ("benefits", "investment"))
    chart = Chart("column", told.words("calculation.by_years"), names, series,
                  span(found["year"]), sheet.row + 1, 0)  # fmt: skip
    sheet.charts.append(chart)
