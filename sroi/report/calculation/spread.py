"""The sheet of what the draws say: bands, chances and what moves the answer, as values.

A spreadsheet of one case cannot compute these again; they come from sroi and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.one_at_a_time import swings
from sroi.report.formulas.cell import Look
from sroi.report.formulas.sheet import FIXED_EURO, FIXED_NUMBER, LABEL, TITLE, Sheet
from sroi.report.told.told import Told

SHARE, RATIO = Look("percent", "fixed"), Look("ratio", "fixed")


def spread_sheet(told: Told, sheet: Sheet, results: Mapping[str, Any]) -> None:
    """Fill the sheet. `results`: those of `sroi.results/1`."""
    w, draws = told.words, told.numbers.number(results["draws"])
    sheet.says(w("calculation.spread_title"), TITLE)
    sheet.says(w("calculation.spread_note", draws=draws))
    sheet.gap()
    sheet.head(w("head.result"), *(w(f"head.{name}") for name in ("expected", "p5", "p50", "p95")))
    for name, spread in results["range"].items():
        look = RATIO if name == "sroi_ratio" else FIXED_EURO
        ends = [spread[end] for end in ("p5", "p50", "p95")] if spread else []
        expected = results["expected"][name]
        sheet.line(w(f"calculation.{name}"), [expected, *ends], look)
    sheet.gap()
    _chances(told, sheet, results["probability"])
    sheet.gap()
    _swings(told, sheet)


def _chances(told: Told, sheet: Sheet, found: Mapping[str, Any]) -> None:
    """In what share of the draws society and each payer gain."""
    w = told.words
    sheet.head(w("head.payer"), w("head.chance"))
    sheet.line(w("perspective.society"), [found["benefits_exceed_investment"]], SHARE)
    for payer, chance in found["payer_balance_positive"].items():
        sheet.line(told.payer(payer), [chance], SHARE)


def _swings(told: Told, sheet: Sheet) -> None:
    """The balance at the low and at the high end of each assumption, the others at their centre."""
    w = told.words
    sheet.says(w("calculation.swings"), LABEL)
    names = ("assumption", "low", "high", "at_low", "at_high", "width")
    sheet.head(*(w(f"calculation_swing.{name}") for name in names))
    for one in swings(question(told.valuation.model)):
        if one.without_effect:
            continue
        sheet.put(0, told.subject(one.path), LABEL)
        for column, end in enumerate((one.low, one.high), 1):
            sheet.put(column, end, FIXED_NUMBER)
        for column, end in enumerate((one.at_low, one.at_high, one.width), 3):
            sheet.put(column, end, FIXED_EURO)
        sheet.row += 1
