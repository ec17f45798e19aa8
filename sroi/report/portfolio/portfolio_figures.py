"""What the charts of a portfolio show: numbers and words for `chart`."""

from __future__ import annotations

from collections.abc import Sequence

from sroi.analysis.portfolio.answer import Answer, OfPayer
from sroi.analysis.portfolio.valued import RowAnswer
from sroi.report.charts.chart import Named, Payers, Spread, Spreads, Years
from sroi.report.figures.chart_tables import described, some
from sroi.report.figures.drawing import Drawing
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.words.lines import both_ends, short

DRAWN_FIRST, DRAWN_LAST = 25, 10  # rows in the chart, where not all of them fit
MOST_PAYERS, MOST_YEARS = 10, 12
LONGEST = 28  # characters of an area and of a programme beside a band
Stake = tuple[str, float, float, float]  # name, benefits, how much of them hard, investment
IN_TITLE = 60  # characters of a name in a title


def ways(told: PortfolioTold, narrow: bool) -> Drawing:
    """The band of the total as it is, beside what it would be otherwise; `narrow`: whether it would
    look surer if rows were independent."""
    w, found = told.words, told.valued.bands
    mean = told.valued.total.balance.mean
    kinds = (("shared", found.shared), ("independent", found.independent), ("one", found.one))
    rows = [
        Spread(w(f"portfolio_band.{name}"), (band.p5, mean, band.p95), name == "shared")
        for name, band in kinds
    ]
    low, high = (told.banded.money(x) for x in (found.shared.p5, found.shared.p95))
    key = "portfolio_report.chart_ways_narrow" if narrow else "portfolio_report.chart_ways"
    title = w(key, low=low, high=high)
    return _spreads(told, "ways", title, rows, ())


def programmes(told: PortfolioTold) -> Drawing | None:
    """Every programme in all its areas together, and the total; nothing where there is one."""
    answers = told.valued.programmes
    if len(answers) < 2:
        return None
    total = told.words("total")
    rows = [Spread(told.programme(name), _band(one), False) for name, one in answers.items()]
    rows.append(Spread(total, _band(told.valued.total), True))
    title = told.words("portfolio_report.chart_programmes_loss")
    best = max(answers, key=lambda name: answers[name].balance.mean)
    own = answers[best].balance
    if own.mean > 0:
        facts = {"programme": short(told.programme(best), IN_TITLE)}
        facts["amount"] = told.numbers.in_band(own.p5, own.p95).money(own.mean)
        title = told.words("portfolio_report.chart_programmes", **facts)
    return _spreads(told, "programmes", title, rows, ())


def rows(told: PortfolioTold) -> Drawing:
    """The rows in their order, with a dark band for those that are funded; of many the first and
    the last."""
    w, ordered = told.words, tables.in_order(told)
    chosen = set(told.funding.chosen.rows) if told.funding else set(range(len(ordered)))
    places = tables.first_and_last(len(ordered), DRAWN_FIRST, DRAWN_LAST)
    shown: list[Spread] = []
    for before, place in zip([-1, *places], places, strict=False):
        if place > before + 1:
            left_out = told.numbers.number(place - before - 1)
            shown.append(Spread(w("portfolio_report.rows_between", count=left_out), None))
        number, row = ordered[place]
        shown.append(Spread(row_name(told, row), _band(row.answer), number in chosen))
    above = sum(row.answer.balance.mean > 0 for _, row in ordered)
    n = told.numbers.number
    title = w("portfolio_report.chart_rows", count=n(above), of=n(len(ordered)))
    legend = tuple(w(f"portfolio_report.{name}") for name in ("funded", "not_funded"))
    return _spreads(told, "rows", title, shown, legend if told.funding else ())


def row_name(told: PortfolioTold, row: RowAnswer) -> str:
    """An area and a programme on one line."""
    if len(told.valued.programmes) == 1:
        return both_ends(row.area, 2 * LONGEST)
    return f"{both_ends(row.area, LONGEST)} · {both_ends(told.programme(row.programme), LONGEST)}"


def payers(told: PortfolioTold) -> Drawing | None:
    """Who gains and who pays, in all rows together; those with most at stake by name."""
    found = [one for one in told.valued.total.payers if one.benefits or one.investment]
    if not found:
        return None
    w = told.words
    most = max(found, key=lambda one: one.investment)
    best = max(found, key=lambda one: one.balance)
    key, facts = _title(told, most, best)
    shown = _largest(told, found)
    hard = all(one.hard is not None for one in found)
    named = ("cash.hard", "portfolio_report.not_hard") if hard else ("chart.benefits",)
    legend = [w(key) for key in (*named, "chart.investment")]
    head = Named("payers", w(key, **facts), described(tables.payers(told)))
    axis = w("chart.payers_axis", unit=told.numbers.in_units)
    names = [name for name, *_ in shown]
    parts = [[firm, gain - firm] if hard else [gain] for _, gain, firm, _ in shown]
    costs = [cost for *_, cost in shown]
    return told.drawing(Payers(head, names, parts, costs, told.numbers, legend, axis))


def years(told: PortfolioTold) -> Drawing:
    """What is expected in each year, undiscounted."""
    total, w, first = told.valued.total, told.words, tables.first_year(told)
    benefits, costs = total.benefits_by_year.tolist(), total.investment_by_year.tolist()
    labels = [str(first + year) for year in range(len(benefits))]
    higher = sum(gain > cost for gain, cost in zip(benefits, costs, strict=True))
    key = "every" if higher == len(labels) else "some" if higher else "never"
    title = w(f"chart.years_{key}", count=higher, of=len(labels))
    head = Named("years", title, described(tables.years(told), MOST_YEARS))
    legend = (w("chart.benefits"), w("chart.investment"))
    numbers = told.numbers
    return told.drawing(Years(head, labels, benefits, costs, numbers, legend, numbers.in_units))


def _title(told: PortfolioTold, most: OfPayer, best: OfPayer) -> tuple[str, dict[str, str]]:
    """Who pays most, and who has most of it left."""
    payer, other = (short(told.payer(one.payer), IN_TITLE) for one in (most, best))
    if not most.investment:
        return "chart.payers_free", {"other": other}
    if best.balance <= 0:
        return "chart.payers_none", {"payer": payer}
    if most is best:
        return "chart.payers_same", {"payer": payer}
    return "chart.payers_two", {"payer": payer, "other": other}


def _largest(told: PortfolioTold, found: Sequence[OfPayer]) -> list[Stake]:
    """What those with most at stake gain and pay, the others together last."""
    named = [(told.payer(x.payer), x.benefits, x.hard or 0.0, x.investment) for x in found]
    if len(named) <= MOST_PAYERS:
        return named
    order = sorted(range(len(named)), key=lambda n: -(abs(named[n][1]) + named[n][3]))
    kept, rest = sorted(order[: MOST_PAYERS - 1]), [named[n] for n in order[MOST_PAYERS - 1 :]]
    others = told.words("chart.payers_others", count=len(rest))
    gains, hard, costs = (sum(one) for one in list(zip(*rest, strict=True))[1:])
    return [*(named[n] for n in kept), (others, gains, hard, costs)]


def _band(answer: Answer) -> tuple[float, float, float]:
    return answer.balance.p5, answer.balance.mean, answer.balance.p95


def _spreads(
    told: PortfolioTold, name: str, title: str, rows: list[Spread], legend: Sequence[str]
) -> Drawing:
    """Bands, with the first of their numbers in words."""
    banded = [(row.label, row.band) for row in rows if row.band]
    chosen = [banded[place] for place in some(len(banded))]
    said = [
        f"{label}: {told.numbers.money(mean)} ({told.band(low, high)})"
        for label, (low, mean, high) in chosen
    ]
    head = Named(name, title, "; ".join(said) + ("; …" if len(banded) > len(chosen) else "."))
    axis = told.words("portfolio_report.bands_axis", unit=told.numbers.in_units)
    return told.drawing(Spreads(head, rows, told.numbers, legend, axis))
