"""The tables of a portfolio: one function each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from sroi.analysis.portfolio.answer import Answer, OfPayer
from sroi.analysis.portfolio.drivers import Driver
from sroi.analysis.portfolio.funding import Choice, Funding
from sroi.analysis.portfolio.order import FIRST
from sroi.analysis.portfolio.valued import RowAnswer
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.tables.tables import Table

MOST_ROWS, MOST_DRIVERS, MOST_NAMED = 20, 8, 3
MOST_PAYING = 6
LEAST_SHARE = 0.005
WAYS = {
    "expected": "portfolio.by_expected",
    "worst": "portfolio.by_worst",
    "chance": "portfolio.by_chance",
    "greedy": "portfolio.greedy",
}


def ratio(told: PortfolioTold) -> str:
    """The ratio of the total with its range; nothing where there is none."""
    found, show = told.valued.total.ratio, told.numbers.ratio
    if found is None:
        return ""
    ends = (found.mean, found.p5, found.p95)
    mean, low, high = (show(x, found.standard_error, found.p95 - found.p5) for x in ends)
    return told.words("portfolio.ratio", ratio=mean, low=low, high=high)


def shared(told: PortfolioTold) -> Iterator[str]:
    """What is the same in every area and what is not; and which columns did not go straight."""
    own = told.valued.loaded.portfolio.own
    yield (
        told.words("portfolio.own", paths=", ".join(own))
        if own
        else told.words("portfolio.own_none")
    )
    apart = [
        column
        for one in told.valued.loaded.programmes
        for column, path in one.described.fills
        if path not in told.valued.structure.linear[one.id]
    ]
    if apart:
        yield told.words("portfolio.by_row", columns=", ".join(dict.fromkeys(apart)))


def programmes(told: PortfolioTold) -> Table:
    """Every programme in all its areas together, and the total."""
    rows = [
        [told.programme(name), told.numbers.number(_areas(told, name)), *_worth(told, answer)]
        for name, answer in told.valued.programmes.items()
    ]
    foot = [told.words("total"), told.numbers.number(len(told.valued.rows))]
    foot += _worth(told, told.valued.total)
    columns = "programme rows benefits investment net_present_value range chance"
    return told.table("programmes", columns, rows, 1, foot)


def in_short(told: PortfolioTold) -> Table:
    """The same for page 1: in how many areas, what is left, and how sure that is."""
    whole = programmes(told)
    kept = (0, 1, 4, 5, 6)
    lines = (whole.heads, *whole.rows, whole.foot or whole.heads)
    heads, *rows, foot = ([line[n] for n in kept] for line in lines)
    return replace(whole, heads=heads, rows=rows, foot=foot, figures=frozenset({1, 2, 3, 4}))


def payers(told: PortfolioTold) -> Table:
    """Who pays and who gains, in all rows together; where it is known, how much in hard cash."""
    found = told.valued.total.payers
    hard = all(one.hard is not None for one in found)
    return told.table("payers", _columns(hard), [_payer(told, one, hard) for one in found], 1, None)


def payers_by_programme(told: PortfolioTold) -> Table:
    """The same for each programme in all its areas, of those that gain or pay something there."""
    found = {
        name: [one for one in answer.payers if one.benefits or one.investment]
        for name, answer in told.valued.programmes.items()
    }
    hard = any(one.hard is not None for payers in found.values() for one in payers)
    groups = [
        (told.programme(name), [_payer(told, one, hard) for one in payers])
        for name, payers in found.items()
    ]
    return replace(told.table("payers", _columns(hard), [], 1, None), groups=groups)


def _columns(hard: bool) -> str:
    return f"payer benefits {'hard' if hard else ''} investment balance chance"


def _payer(told: PortfolioTold, one: OfPayer, hard: bool) -> list[str]:
    """A payer; `hard`: with a cell for hard cash, a dash where that is not known."""
    money = told.numbers.money
    cells = [] if not hard else ["–" if one.hard is None else money(one.hard)]
    rest = [money(one.investment), money(one.balance), told.numbers.counted(one.positive)]
    return [told.payer(one.payer), money(one.benefits), *cells, *rest]


def bands(told: PortfolioTold) -> Table:
    """How wide the total is, and how wide it would be otherwise."""
    found = told.valued.bands
    kinds = (("shared", found.shared), ("independent", found.independent), ("one", found.one))
    rows = [
        [told.words(f"portfolio.{name}"), told.numbers.money(band.deviation),
         told.band(band.p5, band.p95)]
        for name, band in kinds
    ]  # fmt: skip
    return told.table("bands", "bands deviation range", rows, 1, None)


def years(told: PortfolioTold) -> Table:
    """What is expected in each year, undiscounted."""
    total, money = told.valued.total, told.numbers.money
    first = first_year(told)
    pairs = zip(total.benefits_by_year, total.investment_by_year, strict=True)
    rows = [
        [str(first + n), money(float(gain)), money(float(cost)), money(float(gain - cost))]
        for n, (gain, cost) in enumerate(pairs)
    ]
    return told.table("years", "year benefits investment balance", rows, 1, None)


def paid_by_year(told: PortfolioTold) -> list[Table]:
    """What every payer is expected to pay in each year, undiscounted, the largest of them; nothing
    where one pays all."""
    paying = [one for one in told.valued.total.payers if one.investment]
    if len(paying) < 2:
        return []
    first, money = first_year(told), told.numbers.money
    shown = sorted(paying, key=lambda one: -one.investment)[:MOST_PAYING]
    size = len(told.valued.total.investment_by_year)
    paid = [np.pad(of, (0, size - len(of))) for of in (one.investment_by_year for one in shown)]
    rows = [[str(first + n), *(money(float(of[n])) for of in paid)] for n in range(size)]
    heads = [told.words("head.year"), *(told.payer(one.payer) for one in shown)]
    return [Table("portfolio_paid", heads, rows, frozenset(range(1, len(heads))))]


def rows(told: PortfolioTold, most: int = MOST_ROWS) -> Table:
    """The rows by place, the first of them; with the chance of being among the first ten."""
    return rows_at(told, range(min(most, len(told.valued.rows))))


def rows_at(told: PortfolioTold, places: Iterable[int], whole: bool = False) -> Table:
    """The rows at some places (0: the highest); `whole`: also what they bring and cost."""
    ordered, money, many = in_order(told), told.numbers.money, len(told.places) > FIRST
    found = []
    for number, row in (ordered[place] for place in places):
        own, place = row.answer.balance, told.places[number]
        cells = [told.numbers.number(place.place), row.area, told.programme(row.programme)]
        cells += [money(x) for x in (row.answer.benefits, row.answer.investment) if whole]
        cells += [money(own.mean), told.band(own.p5, own.p95)]
        cells += [told.numbers.counted(row.answer.positive)]
        found.append([*cells, told.numbers.counted(place.among_first)] if many else cells)
    columns = "place in_area programme" + (" benefits investment" if whole else "")
    columns += " net_present_value range chance" + (" among_first" if many else "")
    return told.table("all_rows" if whole else "rows", columns, found, 3, None)


def in_order(told: PortfolioTold) -> list[tuple[int, RowAnswer]]:
    """The rows by place, each with its number."""
    numbered = enumerate(told.valued.rows)
    return sorted(numbered, key=lambda pair: told.places[pair[0]].place)


def first_and_last(count: int, first: int, last: int) -> list[int]:
    """All places from 0 on, or of too many the first and the last of them."""
    if count <= first + last:
        return list(range(count))
    return [*range(first), *range(count - last, count)]


def first_year(told: PortfolioTold) -> int:
    """The first year of all scenarios."""
    return told.valued.structure.groups[0].alike.model.first_year


def funding(told: PortfolioTold, found: Funding) -> Table:
    """What to fund: by each aim, and by the greedy order; of what is asked for a mark."""
    kinds: list[tuple[str, Choice]] = [*found.best.items(), ("greedy", found.greedy)]
    rows = []
    for name, one in kinds:
        mark = " *" if name == found.budget.choose else ""
        rows.append([told.words(WAYS[name]) + mark, *_funded(told, one)])
    columns = "funded_by rows cost expected_value chance worst_tenth"
    return told.table("funding", columns, rows, 1, None)


def funded(told: PortfolioTold, choice: Choice, most: int = MOST_ROWS) -> Iterator[str]:
    """Which areas a choice has, programme by programme."""
    for name in told.valued.programmes:
        rows = (told.valued.rows[number] for number in choice.rows)
        areas = [row.area for row in rows if row.programme == name]
        more = [told.words("portfolio.and_more", count=len(areas) - most)]
        shown = areas if len(areas) <= most else areas[:most] + more
        if areas:
            yield f"{told.programme(name)}: {', '.join(shown)}"


def _funded(told: PortfolioTold, one: Choice) -> list[str]:
    money = told.numbers.money
    return [
        str(len(one.rows)),
        money(one.cost),
        money(one.expected),
        told.numbers.counted(one.chance),
        money(one.worst),
    ]


def drivers(told: PortfolioTold, most: int = MOST_DRIVERS) -> Table:
    """The shared assumptions that drive the total, those with hardly any share left out."""
    rows = [
        [told.assumption(one), programmes_of(told, one),
         told.numbers.percent(one.share)]
        for one in moving(told)[:most]
    ]  # fmt: skip
    return told.table("drivers", "assumption programme share_of_variance", rows, 2, None)


def programmes_of(told: PortfolioTold, driver: Driver) -> str:
    """The programmes that rest on an assumption: all, or the first of them."""
    names = [told.programme(name) for name in driver.programmes]
    if 1 < len(names) == len(told.valued.programmes):
        return told.words("portfolio.all_programmes")
    more = len(names) - MOST_NAMED
    rest = [told.words("portfolio.and_more", count=told.numbers.number(more))]
    return ", ".join([*names[:MOST_NAMED], *(rest if more > 0 else [])])


def moving(told: PortfolioTold) -> list[Driver]:
    """The shared assumptions with a share that is worth telling, the largest first."""
    return [one for one in told.drivers if one.share > max(LEAST_SHARE, 2 * one.error)]


def price_year(told: PortfolioTold) -> int:
    """The year of all prices."""
    return told.valued.structure.groups[0].loaded.scenario.basis.price_year


def last_year(told: PortfolioTold) -> int:
    """The last year of the scenario that runs longest."""
    longest = max(group.alike.model.years for group in told.valued.structure.groups)
    return first_year(told) + longest - 1


def _areas(told: PortfolioTold, programme: str) -> int:
    return sum(row.programme == programme for row in told.valued.rows)


def _worth(told: PortfolioTold, answer: Answer) -> list[str]:
    money, own = told.numbers.money, answer.balance
    return [
        money(answer.benefits),
        money(answer.investment),
        money(own.mean),
        told.band(own.p5, own.p95),
        told.numbers.counted(answer.positive),
    ]
