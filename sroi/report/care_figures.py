"""What the charts of the preventive shift show: numbers and words for `care_charts`."""

from __future__ import annotations

from sroi.analysis.preventive_shift import PreventiveShift
from sroi.analysis.purses import Cascade
from sroi.report import care_charts, charts
from sroi.report.care_charts import Panel, Rung
from sroi.report.care_tables import tier_name
from sroi.report.told import Told

Drawing = dict[str, str]


def flow(t: Told, shift: PreventiveShift) -> Drawing:
    """The ladder at the end of the horizon, without and with the programme."""
    w, n, model = t.words, t.numbers, t.valuation.model

    def both(pair: tuple[float, float]) -> str:
        before, after = n.number(pair[0]), n.number(pair[1])
        return before if before == after else f"{before} → {after}"

    rungs = [
        Rung(
            tier_name(t, shift.id, tier.id),
            w("care.people", without=n.number(tier.people[1]), with_=n.number(tier.people[2])),
            both(passage.new), both(passage.exits), both(passage.up), both(passage.down),
            tier.level >= 2,
        )
        for tier, passage in zip(shift.tiers, shift.passages, strict=True)
    ]  # fmt: skip
    order = sorted(range(len(rungs)), key=lambda k: (shift.tiers[k].level, k))
    title = w("chart.flow", year=model.first_year + model.horizon - 1)
    legend = tuple(w(f"care.{name}") for name in ("new", "out", "up", "down"))
    drawing = care_charts.ladder([rungs[k] for k in order], legend, f"flow-{shift.id}", title)
    return {"title": title, "svg": drawing}


def person_years(t: Told, shift: PreventiveShift) -> Drawing:
    """Person-years by tier and year, with and without, heavy care first."""
    w, model = t.words, t.valuation.model
    years = [model.first_year + year for year in range(model.horizon)]
    tiers = [
        Panel(
            tier_name(t, shift.id, tier.id),
            (tier.baseline.mean, tier.baseline.p5, tier.baseline.p95),
            (tier.programme.mean, tier.programme.p5, tier.programme.p95),
        )
        for tier in sorted(shift.tiers, key=lambda tier: -tier.level)
    ]
    title = w("chart.person_years")
    legend = (w("care.without"), w("care.with"))
    drawing = care_charts.panels(years, tiers, t.numbers, legend, f"person-years-{shift.id}", title)
    return {"title": title, "svg": drawing}


def cascade(t: Told, found: Cascade, payer: str) -> Drawing:
    """From what society gains to what is left in a payer's till."""
    w, n = t.words, t.numbers
    amounts = [found.society, found.in_pocket, found.cashable, found.after_investment]
    names = ("elsewhere", "not_cashable", "own_investment")
    totals = ("society", "in_pocket", "cashable", "after_investment")
    bars = [charts.Bar(w("cascade.society"), 0, amounts[0], total=True)]
    for name, total, before, after in zip(names, totals[1:], amounts, amounts[1:], strict=False):
        bars.append(charts.Bar(w(f"cascade.{name}"), before, after))
        bars.append(charts.Bar(w(f"cascade.{total}"), 0, after, total=True))
    title = w(
        "chart.cascade",
        society=n.money(amounts[0]),
        cashable=n.money(amounts[2]),
        left=n.money(amounts[3]),
        payer=t.payer(payer),
    )
    return {"title": title, "svg": charts.waterfall(bars, n, "cascade", title)}
