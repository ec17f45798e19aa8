"""What the charts of the preventive shift show: numbers and words for `chart`."""

from __future__ import annotations

from sroi.analysis.care.cohorts import Comparison
from sroi.analysis.care.preventive_shift import PreventiveShift
from sroi.analysis.result.purses import Cascade
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.care.cohort_rewards import CohortEffect
from sroi.model.care.care_ladder import HEAVY
from sroi.report.charts.chart import Bar, Dot, Frontier, LadderFlow, Named, Panel, Panels, Rung
from sroi.report.figures import chart_tables
from sroi.report.figures.chart_tables import both, described
from sroi.report.figures.drawing import Drawing, drawing
from sroi.report.figures.figures import LONGEST, stepped
from sroi.report.tables import care as care_tables
from sroi.report.tables.care import arm_name, tier_name
from sroi.report.told.told import Told
from sroi.report.words.lines import short

FLOW = ("chart.flow_less", "chart.flow_more", "chart.flow_same")
PERSON_YEARS = ("chart.person_years_less", "chart.person_years_more", "chart.person_years_same")
UPWARDS = {"elsewhere": "cascade.borne_by_others", "not_cashable": "cascade.no_money"}


def flow(t: Told, shift: PreventiveShift) -> Drawing:
    """The ladder at the end of the horizon, without and with the programme."""
    w, n, model = t.words, t.numbers, t.valuation.model
    rungs = [
        Rung(
            tier_name(t, shift.id, tier.id),
            w("care.people", without=n.number(tier.people[1]), with_=n.number(tier.people[2])),
            both(t, passage.new), both(t, passage.exits),
            both(t, passage.up), both(t, passage.down), tier.level >= HEAVY,
        )
        for tier, passage in zip(shift.tiers, shift.passages, strict=True)
    ]  # fmt: skip
    order = sorted(range(len(rungs)), key=lambda k: (shift.tiers[k].level, k))
    less = sum(tier.people[1] - tier.people[2] for tier in shift.tiers if tier.level >= HEAVY)
    title = _more_or_less(t, FLOW, less, year=model.first_year + model.horizon - 1)
    legend = tuple(w(f"care.{name}") for name in ("new", "out", "up", "down"))
    table = chart_tables.passages(t, shift)
    head = Named(f"flow-{shift.id}", title, described(table))
    chart = LadderFlow(head, [rungs[k] for k in order], legend, w("care.flow_reads"))
    return drawing(t, chart, table)


def _more_or_less(t: Told, keys: tuple[str, str, str], less: float, **facts: int) -> str:
    """The title of a chart: how much less heavy care, how much more, or about as much."""
    count = t.numbers.number(abs(less))
    if count == t.numbers.number(0):
        return t.words(keys[2], **facts)
    return t.words(keys[0] if less > 0 else keys[1], count=count, **facts)


def person_years(t: Told, shift: PreventiveShift) -> Drawing:
    """Person-years by tier and year, with and without, heavy care first."""
    w, model = t.words, t.valuation.model
    years = [model.first_year + year for year in range(model.horizon)]
    tiers = sorted(shift.tiers, key=lambda tier: -tier.level)
    panels = [
        Panel(
            tier_name(t, shift.id, tier.id),
            (tier.baseline.mean, tier.baseline.p5, tier.baseline.p95),
            (tier.programme.mean, tier.programme.p5, tier.programme.p95),
        )
        for tier in tiers
    ]
    less = sum(float(tier.avoided.mean.sum()) for tier in tiers if tier.level >= HEAVY)
    title = _more_or_less(t, PERSON_YEARS, less, first=years[0], last=years[-1])
    legend = (w("care.without"), w("care.with"))
    tables = chart_tables.person_years(t, shift, tiers)
    told = " ".join(described(table, chart_tables.MOST_ROWS) for table in tables)
    head = Named(f"person-years-{shift.id}", title, told)
    chart = Panels(head, years, panels, t.numbers, legend, w("care.person_years_reads"))
    return drawing(t, chart, *tables)


def cascade(t: Told, found: Cascade, payer: str) -> Drawing:
    """From what society gains to what is left in a payer's till."""
    w, n = t.words, t.numbers
    amounts = [found.society, found.in_pocket, found.cashable, found.after_investment]
    steps = ("elsewhere", "not_cashable", "own_investment")
    totals = ("in_pocket", "cashable", "after_investment")
    lost = found.society < 0
    bars = [Bar(w("cascade.loss" if lost else "cascade.society"), 0, amounts[0], total=True)]
    for step, total, before, after in zip(steps, totals, amounts, amounts[1:], strict=False):
        key = UPWARDS.get(step) if after > before else None
        bars.append(Bar(w(key or f"cascade.{step}"), before, after))
        bars.append(Bar(w(f"cascade.{total}"), 0, after, total=True))
    society, cashable, left = (n.money(x) for x in (abs(amounts[0]), *amounts[2:]))
    title = w(
        "chart.cascade_loss" if lost else "chart.cascade",
        society=society, cashable=cashable, left=left, payer=short(t.payer(payer), LONGEST),
    )  # fmt: skip
    return stepped(t, bars, "cascade", title)


def frontier(t: Told, noun: Cohort, effect: CohortEffect, found: Comparison) -> Drawing:
    """Every arm of a cohort by what it brings and costs; the table beside it has its numbers."""
    placed = found.frontier(effect.id)
    dots = [
        Dot(arm_name(t, noun, one.arm), one.effect, one.cost, one.status == "frontier")
        for one in placed
    ]
    arms = [dot.label[:1].lower() + dot.label[1:] for dot in dots if dot.on]
    key = "chart.frontier" if len(arms) > 1 else "chart.frontier_one"
    title = t.words(key, arms=t.numbers.list(arms))
    told = described(care_tables.frontier(t, noun, effect, found))
    head = Named(f"frontier-{noun.id}-{effect.id}", title, told)
    axes = f"{t.say(effect.what)} ({t.say(effect.unit)})", t.words("chart.frontier_cost")
    return drawing(t, Frontier(head, dots, t.numbers, axes))
