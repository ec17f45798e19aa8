"""The tables of a portfolio: one function each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sroi.analysis.portfolio.answer import Answer
from sroi.analysis.portfolio.drivers import Driver
from sroi.analysis.portfolio.funding import Choice, Funding
from sroi.analysis.portfolio.order import FIRST, Place
from sroi.analysis.portfolio.valued import Valued
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows import engine
from sroi.report.tables.tables import Table
from sroi.report.told.names import Names
from sroi.report.told.subjects import line_and_field
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

MOST_ROWS, MOST_DRIVERS = 20, 8
LEAST_SHARE = 0.005
WAYS = {
    "expected": "portfolio.by_expected",
    "worst": "portfolio.by_worst",
    "chance": "portfolio.by_chance",
    "greedy": "portfolio.greedy",
}


@dataclass(frozen=True)
class PortfolioTold:
    """A valued portfolio with the words and the numbers of a language."""

    valued: Valued
    places: list[Place]
    drivers: list[Driver]
    funding: Funding | None
    words: Words
    numbers: Numbers

    def programme(self, key: str) -> str:
        """A programme by its title, or by that of its scenario."""
        one = next(one for one in self.valued.loaded.programmes if one.id == key)
        return (one.described.title or one.template.scenario.title).in_(self.words.lang)

    def payer(self, key: str) -> str:
        """A payer by name."""
        for group in self.valued.structure.groups:
            if key in group.loaded.library.payers:
                return group.loaded.library.payers[key].name.in_(self.words.lang)
        return key

    def assumption(self, driver: Driver) -> str:
        """What a path is about, in the words of the scenario that has it."""
        group = next(
            one
            for one in self.valued.structure.groups
            if one.programme in driver.programmes
            and driver.path in one.alike.model.quantities.distributions
        )
        model = group.alike.model
        central = engine.central(model)
        valuation = Valuation(group.loaded, model, central, central)
        names = Names(valuation, self.words, self.numbers)
        return ", ".join(line_and_field(names, driver.path))

    def band(self, low: float, high: float) -> str:
        """A range, with no finer digits than its width."""
        if low == high:
            return "–"
        numbers = self.numbers.in_band(low, high)
        return f"{numbers.money(low)} – {numbers.money(high)}"

    def table(
        self, key: str, columns: str, rows: Iterable[list[str]], texts: int, foot: list[str] | None
    ) -> Table:
        """A table of which the first columns are texts and all others figures."""
        heads = [self.words(f"head.{name}") for name in columns.split()]
        figures = frozenset(range(texts, len(heads)))
        return Table(f"portfolio.{key}", heads, list(rows), figures, foot)


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
        [told.programme(name), str(_areas(told, name)), *_worth(told, answer)]
        for name, answer in told.valued.programmes.items()
    ]
    foot = [told.words("total"), str(len(told.valued.rows)), *_worth(told, told.valued.total)]
    columns = "programme areas benefits investment net_present_value range chance"
    return told.table("programmes", columns, rows, 1, foot)


def payers(told: PortfolioTold) -> Table:
    """Who pays and who gains, in all rows together."""
    money, chance = told.numbers.money, told.numbers.chance
    rows = [
        [told.payer(one.payer), *map(money, (one.benefits, one.investment, one.balance)),
         chance(one.positive)]
        for one in told.valued.total.payers
    ]  # fmt: skip
    return told.table("payers", "payer benefits investment balance chance", rows, 1, None)


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
    first = told.valued.structure.groups[0].alike.model.first_year
    pairs = zip(total.benefits_by_year, total.investment_by_year, strict=True)
    rows = [
        [str(first + n), money(float(gain)), money(float(cost)), money(float(gain - cost))]
        for n, (gain, cost) in enumerate(pairs)
    ]
    return told.table("years", "year benefits investment balance", rows, 1, None)


def rows(told: PortfolioTold, most: int = MOST_ROWS) -> Table:
    """The rows by place, the first of them; with the chance of being among the first ten."""
    pairs = sorted(zip(told.places, told.valued.rows, strict=True), key=lambda pair: pair[0].place)
    found = []
    for place, row in pairs[:most]:
        own = row.answer.balance
        cells = [str(place.place), row.area, told.programme(row.programme)]
        cells += [told.numbers.money(own.mean), told.band(own.p5, own.p95)]
        found.append([*cells, told.numbers.chance(row.answer.positive)])
        if len(told.places) > FIRST:
            found[-1].append(told.numbers.chance(place.among_first))
    columns = "place in_area programme net_present_value range chance"
    columns += " among_first" if len(told.places) > FIRST else ""
    table = told.table("rows", columns, found, 3, None)
    return replace(table, figures=table.figures | {0})


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
        told.numbers.chance(one.chance),
        money(one.worst),
    ]


def drivers(told: PortfolioTold, most: int = MOST_DRIVERS) -> Table:
    """The shared assumptions that drive the total, those with hardly any share left out."""
    found = [one for one in told.drivers if one.share > max(LEAST_SHARE, 2 * one.error)]
    rows = [
        [told.assumption(one), ", ".join(map(told.programme, one.programmes)),
         told.numbers.percent(one.share)]
        for one in found[:most]
    ]  # fmt: skip
    return told.table("drivers", "assumption programme share_of_variance", rows, 2, None)


def _areas(told: PortfolioTold, programme: str) -> int:
    return sum(row.programme == programme for row in told.valued.rows)


def _worth(told: PortfolioTold, answer: Answer) -> list[str]:
    money, own = told.numbers.money, answer.balance
    return [
        money(answer.benefits),
        money(answer.investment),
        money(own.mean),
        told.band(own.p5, own.p95),
        told.numbers.chance(answer.positive),
    ]
