"""What the charts of the report show: numbers and words for `charts`."""

from __future__ import annotations

from sroi.analysis.result.purses import largest_payer
from sroi.model.flows.results import purse
from sroi.model.lines.lines import CLASSES
from sroi.report.charts.chart import Bar, Distribution, Named, Payers, Waterfall, Years, bins
from sroi.report.figures import chart_tables
from sroi.report.figures.chart_tables import described
from sroi.report.figures.drawing import Drawing, drawing
from sroi.report.told.told import Told
from sroi.report.words.lines import short

MOST_PAYERS = 10
LONGEST = 60  # characters of a name in a title


def figures(t: Told) -> dict[str, Drawing | None]:
    """Every chart of the report by name; None where there is nothing to draw."""
    return {
        "waterfall": _waterfall(t),
        "distribution": _distribution(t),
        "years": _years(t),
        "payers": _payers(t),
    }


def _waterfall(t: Told) -> Drawing | None:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    rows = drawn.rows("outcomes")
    if not rows:
        return None
    stages = ["gross", "deadweight", "displacement", "attribution_to_others"]
    stages += ["optimism_bias"] if t.scenario.basis.optimism_bias != "none" else []
    left = [drawn.stage(name, rows) for name in stages]
    left += [float(drawn.by_year(rows).sum()), float(drawn.present_values(rows).mean())]
    names = [*stages[1:], "drop_off", "discounting"]
    bars = [Bar(w("chart.gross"), 0, left[0], total=True)]
    for name, before, after in zip(names, left, left[1:], strict=False):
        bars.append(Bar(w(f"chart.{name}"), before, after))
    bars.append(Bar(w("chart.net"), 0, left[-1], total=True))
    title = w("chart.waterfall", gross=n.money(left[0]), net=n.money(left[-1]))
    return stepped(t, bars, "waterfall", title)


def stepped(t: Told, bars: list[Bar], name: str, title: str) -> Drawing:
    """A waterfall with the table of its steps."""
    table = chart_tables.steps(t, bars)
    head = Named(name, title, described(table, len(bars)))
    return drawing(t, Waterfall(head, bars, t.numbers), table)


def _distribution(t: Told) -> Drawing | None:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    balance = drawn.balance()
    if not t.valuation.model.quantities.uncertain:
        return None
    npv = drawn.estimate(balance)
    marks = [(npv.p5, f"P5: {t.banded.money(npv.p5)}")]
    marks += [(npv.mean, f"{w('chart.expected')}: {t.banded.money(npv.mean)}")]
    marks += [(npv.p95, f"P95: {t.banded.money(npv.p95)}")]
    title = w("chart.distribution", chance=n.counted(float((balance > 0).mean())))
    axis = w("chart.npv_axis", unit=n.in_units)
    table = chart_tables.quantiles(t, balance, npv.mean)
    head = Named("distribution", title, described(table, len(table.rows)))
    return drawing(t, Distribution(head, *bins(balance), marks, n, axis), table)


def _years(t: Told) -> Drawing:
    model, drawn, w, n = t.valuation.model, t.valuation.drawn, t.words, t.numbers
    labels = [str(model.first_year + year) for year in range(model.years)]
    benefits = drawn.by_year(drawn.rows("benefits")).tolist()
    costs = drawn.by_year(drawn.rows("investment")).tolist()
    legend = (w("chart.benefits"), w("chart.investment"))
    title = _years_title(t, benefits, costs)
    told = described(chart_tables.years(t, benefits, costs), chart_tables.MOST_ROWS)
    head = Named("years", title, told)
    return drawing(t, Years(head, labels, benefits, costs, n, legend, n.in_units))


def _years_title(t: Told, benefits: list[float], costs: list[float]) -> str:
    """In which years the benefits are higher."""
    higher = [b > c for b, c in zip(benefits, costs, strict=True)]
    if all(higher):
        return t.words("chart.years_every")
    if not any(higher):
        return t.words("chart.years_never")
    since = len(higher) - higher[::-1].index(False)
    if sum(higher) == len(higher) - since:
        return t.words("chart.years_from", year=t.valuation.model.first_year + since)
    return t.words("chart.years_some", count=sum(higher), of=len(higher))


def _payers(t: Told) -> Drawing | None:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    payers = t.valuation.payers_by_balance()
    if not payers:
        return None
    parts = [[float(drawn.benefits(purse(p, c)).mean()) for c in CLASSES] for p in payers]
    costs = [float(drawn.investment(purse(p)).mean()) for p in payers]
    names = [t.payer(p) for p in payers]
    most = largest_payer(drawn)
    title = _payers_title(t, names, [sum(part) for part in parts], costs, most)
    names, parts, costs = _largest(t, names, parts, costs, most)
    legend = [w(f"cash.{name}") for name in CLASSES] + [w("chart.investment")]
    table = chart_tables.payers(t, names, [sum(part) for part in parts], costs)
    axis, head = w("chart.payers_axis", unit=n.in_units), Named("payers", title, described(table))
    return drawing(t, Payers(head, names, parts, costs, n, legend, axis))


def _payers_title(
    t: Told, names: list[str], gains: list[float], costs: list[float], most: str
) -> str:
    """Who pays most (by its id), and who has most of it left."""
    balances = [gain - cost for gain, cost in zip(gains, costs, strict=True)]
    best = balances.index(max(balances))
    gains_most = short(names[best], LONGEST)
    if not most:
        return t.words("chart.payers_free", other=gains_most)
    payer = short(t.payer(most), LONGEST)
    if balances[best] <= 0:
        return t.words("chart.payers_none", payer=payer)
    if names[best] == t.payer(most):
        return t.words("chart.payers_same", payer=payer)
    return t.words("chart.payers_two", payer=payer, other=gains_most)


def _largest(
    t: Told, names: list[str], parts: list[list[float]], costs: list[float], most: str
) -> tuple[list[str], list[list[float]], list[float]]:
    """Who pays most and those with most at stake, in their order; the others together are last."""
    if len(names) <= MOST_PAYERS:
        return names, parts, costs
    stakes = [sum(map(abs, part)) + cost for part, cost in zip(parts, costs, strict=True)]
    first = names.index(t.payer(most)) if most else -1
    order = sorted(range(len(names)), key=lambda place: (place != first, -stakes[place]))
    kept, rest = sorted(order[: MOST_PAYERS - 1]), order[MOST_PAYERS - 1 :]
    others = [sum(parts[place][k] for place in rest) for k in range(len(CLASSES))]
    return (
        [*(names[place] for place in kept), t.words("chart.payers_others", count=len(rest))],
        [*(parts[place] for place in kept), others],
        [*(costs[place] for place in kept), sum(costs[place] for place in rest)],
    )
