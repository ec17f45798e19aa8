"""What the charts of the report show: numbers and words for `charts`."""

from __future__ import annotations

from typing import Any

from sroi.model.lines import CLASSES
from sroi.model.results import purse
from sroi.report import charts
from sroi.report.told import Told


def figures(t: Told) -> dict[str, Any]:
    """Every chart of the report by name: its title and its SVG; empty where there is nothing."""
    return {
        "waterfall": _waterfall(t),
        "distribution": _distribution(t),
        "years": _years(t),
        "payers": _payers(t),
    }


def _waterfall(t: Told) -> dict[str, str]:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    rows = drawn.rows("outcomes")
    if not rows:
        return {}
    stages = ["gross", "deadweight", "displacement", "attribution_to_others"]
    stages += ["optimism_bias"] if t.scenario.basis.optimism_bias != "none" else []
    left = [drawn.stage(name, rows) for name in stages]
    left += [float(drawn.by_year(rows).sum()), float(drawn.present_values(rows).mean())]
    names = [*stages[1:], "drop_off", "discounting"]
    bars = [charts.Bar(w("chart.gross"), 0, left[0], total=True)]
    for name, before, after in zip(names, left, left[1:], strict=False):
        bars.append(charts.Bar(w(f"chart.{name}"), before, after))
    bars.append(charts.Bar(w("chart.net"), 0, left[-1], total=True))
    title = w("chart.waterfall", gross=n.money(left[0]), net=n.money(left[-1]))
    return {"title": title, "svg": charts.waterfall(bars, n, "waterfall", title)}


def _distribution(t: Told) -> dict[str, str]:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    balance = drawn.balance()
    if not t.valuation.model.quantities.uncertain:
        return {}
    npv = drawn.estimate(balance)
    marks = [(npv.p5, f"P5: {n.money(npv.p5)}")]
    marks += [(npv.mean, f"{w('chart.expected')}: {n.money(npv.mean)}")]
    marks += [(npv.p95, f"P95: {n.money(npv.p95)}")]
    title = w("chart.distribution", chance=n.chance(float((balance > 0).mean())))
    axis = w("chart.npv_axis", unit=n.in_units)
    svg = charts.distribution(balance, marks, n, "distribution", title, axis)
    return {"title": title, "svg": svg}


def _years(t: Told) -> dict[str, str]:
    model, drawn, w, n = t.valuation.model, t.valuation.drawn, t.words, t.numbers
    labels = [str(model.first_year + year) for year in range(model.years)]
    benefits = drawn.by_year(drawn.rows("benefits")).tolist()
    costs = drawn.by_year(drawn.rows("investment")).tolist()
    legend = (w("chart.benefits"), w("chart.investment"))
    axis, title = n.in_units, w("chart.years")
    svg = charts.years(labels, benefits, costs, n, "years", title, legend, axis)
    return {"title": title, "svg": svg}


def _payers(t: Told) -> dict[str, str]:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    if not t.valuation.model.payers:
        return {}

    payers = t.valuation.payers_by_balance()
    parts = [[float(drawn.benefits(purse(p, c)).mean()) for c in CLASSES] for p in payers]
    costs = [float(drawn.investment(purse(p)).mean()) for p in payers]
    legend = [w(f"cash.{name}") for name in CLASSES] + [w("chart.investment")]
    title = w("chart.payers")
    names = [t.payer(p) for p in payers]
    svg = charts.payers(names, parts, costs, n, "payers", title, legend)
    return {"title": title, "svg": svg}
