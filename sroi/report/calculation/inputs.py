"""The sheet of inputs: one row a number, under the path that it has in the scenario.

What a person may change is yellow. A number that follows from others is a formula of theirs, so
that one change goes through everything that rests on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sroi.analysis.result.nominal import Follows, followed
from sroi.inputs.care.care import Care, Effect
from sroi.inputs.care.care_ladder import CareLadder, Register, Tier
from sroi.inputs.care.direct_shift import DirectShift
from sroi.inputs.quantity.counted import Stick
from sroi.inputs.quantity.named import ByYear
from sroi.inputs.quantity.quantity import FRACTION, Domain, Quantity
from sroi.inputs.scenario.assumptions import Assumption, price_series
from sroi.inputs.scenario.price_level import amount_series
from sroi.inputs.scenario.scenario import Investment, Outcome
from sroi.inputs.scenario.uses import told_as
from sroi.model.lines.lines import NOTHING, ONE
from sroi.model.uncertain.following import Linked
from sroi.report.formulas.cell import Cell, Look, Operand, Term, least, most
from sroi.report.formulas.sheet import CENTS, FACTOR, HEADING, PATH, TITLE, WRAPPED, Limit, Sheet
from sroi.report.told.told import EUROS, Told, as_percent

RATE = "basis.discounting.rate"
VALUE = 2
GROUPS = (
    "basis", "quantities", "activities", "outcomes", "proxies", "investment", "enabling_conditions",
    "care_ladder", "direct_shift", "indices",
)  # fmt: skip


@dataclass(frozen=True)
class Years:
    """A series, and from the prices of which year it goes to those of which."""

    series: str
    since: int
    to: int


@dataclass(frozen=True)
class Row:
    """A number of the sheet: its path, what it is called, what it is, and what is known of it."""

    path: str
    name: str
    value: float
    number: str
    unit: str = ""
    reach: tuple[float, float] | None = None
    because: str = ""
    source: str = ""
    domain: Domain = (-math.inf, math.inf)
    kind: str = "input"

    @property
    def group(self) -> str:
        """The part of the scenario that it stands in."""
        return self.path.partition(".")[0]


@dataclass
class Inputs:
    """The cells of the numbers by path."""

    cells: dict[str, Cell] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Operand:
        """The cell of a number; 1 and 0 stand for themselves."""
        return {ONE: 1.0, NOTHING: 0.0}[path] if path in (ONE, NOTHING) else self.cells[path]

    def index(self, years: Years) -> Operand:
        """By what an amount is multiplied to go from the prices of one year to those of another."""
        if years.since == years.to:
            return 1.0
        one, other = (f"indices.{years.series}.{year}" for year in (years.since, years.to))
        return self[one] / self[other]


def inputs_sheet(told: Told, sheet: Sheet) -> Inputs:
    """Fill the sheet, and give its cells by path."""
    w, rows = told.words, list(_rows(told))
    sheet.says(w("calculation.inputs_title"), TITLE)
    sheet.says(w("calculation.inputs_note"))
    sheet.head(*(w(f"calculation_column.{name}") for name in COLUMNS))
    sheet.repeated, sheet.frozen = sheet.row, (sheet.row, VALUE + 1)
    places = {}
    for group in GROUPS:
        own = _by_noun([row for row in rows if row.group == group])
        if own:
            sheet.says(w(f"calculation_group.{group}"), HEADING)
        for row in own:
            places[row.path] = (row, sheet.row)
            sheet.row += 1
    return _placed(told, sheet, places)


def _by_noun(rows: list[Row]) -> list[Row]:
    """Rows of one part of the scenario, those of the same line together."""
    order = list(dict.fromkeys(row.path.split(".")[1] for row in rows))
    return sorted(rows, key=lambda row: order.index(row.path.split(".")[1]))


COLUMNS = ("path", "name", "value", "unit", "low", "high", "because", "source")


def _placed(told: Told, sheet: Sheet, places: Mapping[str, tuple[Row, int]]) -> Inputs:
    """Every row at its place; what follows from others after them."""
    inputs, after, known = Inputs(), sheet.row, told.valuation.model.quantities.distributions

    def place(path: str) -> Operand:
        if path in inputs.cells or path in (ONE, NOTHING):
            return inputs[path]
        row, sheet.row = places[path]
        one = known.get(path)
        if isinstance(one, Linked):
            parts = {part: place(part) for part in one.parts}
            sheet.row = places[path][1]
            inputs.cells[path] = sheet.put(VALUE, _linked(one, parts), Look(row.number))
        else:
            inputs.cells[path] = sheet.put(VALUE, row.value, Look(row.number, row.kind))
            _limited(told, sheet, inputs.cells[path], row)
        _beside(sheet, row)
        return inputs[path]

    for path in places:
        place(path)
    sheet.row = after
    return inputs


def _linked(one: Linked, parts: Mapping[str, Operand]) -> Operand:
    """origin × times + plus, within its domain."""
    found = parts[one.origin]
    for path in one.times:
        found = found * parts[path]
    for path in one.plus:
        found = found + parts[path]
    if math.isfinite(one.low):
        found = most(found, one.low)
    return least(found, one.high) if math.isfinite(one.high) else found


def _beside(sheet: Sheet, row: Row) -> None:
    """What is told of a number beside its value."""
    sheet.put(0, row.path, PATH)
    sheet.put(1, row.name, WRAPPED)
    sheet.put(VALUE + 1, row.unit, WRAPPED)
    for column, end in enumerate(row.reach or (), VALUE + 2):
        sheet.put(column, end, Look(row.number))
    sheet.put(VALUE + 4, row.because, WRAPPED)
    sheet.put(VALUE + 5, row.source, WRAPPED)


def _limited(told: Told, sheet: Sheet, cell: Cell, row: Row) -> None:
    """No number that a scenario could not have."""
    low, high = (end if math.isfinite(end) else None for end in row.domain)
    if low is not None or high is not None:
        sheet.limits.append(Limit(cell, low, high, told.words("calculation.limit")))


def _rows(told: Told) -> Iterator[Row]:
    """All numbers of the scenario, and those that it takes over from the library."""
    rate = told.valuation.model.discounting.rate
    name = told.words("calculation.rate")
    yield Row(RATE, name, rate, "percent", domain=(0.0, 1.0))
    for path, one in told.assumptions.items():
        if not isinstance(one.quantity, ByYear | Stick) and not path.startswith("cohorts."):
            yield _row(told, path, one)
    yield from _fixed(told)
    for series, year in factors_used(told):
        index = told.valuation.loaded.library.indices[series]
        name = told.words("calculation.index", series=told.say(index.name), year=year)
        path = f"indices.{series}.{year}"
        yield Row(path, name, index.factors[year], "factor", kind="library", domain=(0.01, 100.0))


def _row(told: Told, path: str, one: Assumption) -> Row:
    quantity = one.quantity
    return Row(
        path,
        told.subject(path),
        told.centre(path),
        _number(told, path, one),
        _unit(told, path),
        _reach(quantity),
        told.say(quantity.because),
        told.source(quantity.source),
        _domain(told, path, one),
    )


def _counts_on(told: Told) -> bool:
    """Whether what flows past the horizon counts, so that the last year follows from the effects:
    a sheet has the years that it was made with, and no effect can be made to last longer."""
    return told.scenario.basis.horizon == "count"


def _domain(told: Told, path: str, one: Assumption) -> Domain:
    kind, key, *rest = path.split(".")
    if (kind, rest) != ("outcomes", ["lasts"]) or not _counts_on(told):
        return one.domain
    model = told.valuation.model
    longest = model.years - model.horizon + 2 - told.outcome(key).starts
    return one.domain[0], min(one.domain[1], float(longest))


def _number(told: Told, path: str, one: Assumption) -> str:
    """Whether it is a share, an amount of money or a number."""
    told_like = told_as(told.assumptions, path)
    if told_like and as_percent(told_like, told.assumptions[told_like]):
        return "percent"
    if one.domain == FRACTION:
        return "percent"
    return "cents" if not EUROS.isdisjoint(told_like.split(".")[2:]) else "decimal"


def _unit(told: Told, path: str) -> str:
    """The unit, where the scenario or the library names one."""
    kind, key, *rest = path.split(".")
    if kind == "proxies":
        return told.proxy(key).unit
    if kind == "activities" and rest[0] == "volume":
        return told.unit_of(told.activities[key])
    return told.scenario.basis.currency if "per_year" in rest or "cost" in rest else ""


def _reach(quantity: Quantity) -> tuple[float, float] | None:
    """Lowest and highest, where it is uncertain."""
    return quantity.reach if quantity.uncertain else None


def _fixed(told: Told) -> Iterator[Row]:
    """Numbers of a scenario that are never uncertain, and that a formula rests on."""
    for outcome in told.scenario.outcomes:
        if outcome.in_euros:
            name = f"{told.say(outcome.what)}: {told.words('calculation.starts')}"
            path = f"outcomes.{outcome.id}.starts"
            latest = float(outcome.starts) if _counts_on(told) else 100.0
            yield Row(path, name, outcome.starts, "whole", domain=(1.0, latest))
    for _, path, care in told.scenario.care():
        if isinstance(care, DirectShift) or (isinstance(care, Tier) and care.heavy):
            name = f"{told.say(care.what)}: {told.words('calculation.capacity_step')}"
            step = care.capacity_step or 1.0
            yield Row(f"{path}.capacity_step", name, step, "decimal", domain=(1e-6, 1e6))
    for path, effect in _effects(told):
        if isinstance(effect.reference, float):
            name = told.words("calculation.reference")
            yield Row(f"{path}.reference", name, effect.reference, "percent", domain=(0.1, 1.0))
    for ladder in told.scenario.care_ladder:
        if ladder.register_:
            yield from _register(told, ladder)


def _effects(told: Told) -> Iterator[tuple[str, Effect]]:
    for ladder in told.scenario.care_ladder:
        yield f"care_ladder.{ladder.id}.intervention", ladder.intervention
    for shift in told.scenario.direct_shift:
        yield f"direct_shift.{shift.id}", shift


def _register(told: Told, ladder: CareLadder) -> Iterator[Row]:
    """What a register counts, and where those who leave go."""
    path, register = f"care_ladder.{ladder.id}.register", ladder.register_ or Register(tiers={})
    names = {tier.id: told.say(tier.what) for tier in ladder.tiers}
    period = told.words("calculation.period")
    yield Row(f"{path}.period", period, register.period, "decimal", domain=(0.01, 10.0))
    for tier, counts in register.tiers.items():
        for name in ("begin", "inflow", "outflow", "end"):
            what = f"{names[tier]}: {told.words(f'calculation_register.{name}')}"
            count = getattr(counts, name)
            if not isinstance(count, Quantity):  # else it is among the numbers of the scenario
                yield Row(f"{path}.tiers.{tier}.{name}", what, count, "decimal", domain=(0.0, 1e9))
    for origin in register.split:
        for place, share in register.shares(origin).items():
            # two shares must change together, so none is offered for change by itself
            what = told.words("field.share", origin=names[origin], target=names[place])
            yield Row(f"{path}.split.{origin}.{place}", what, share, "percent", kind="library")
    for origin, row in register.split_counts.items():
        for place, count in ((place, count) for place, count in row.items() if count > 0):
            facts = {"origin": names[origin], "target": names.get(place, told.words("care.gone"))}
            what = told.words("calculation.followed", **facts)
            at = f"{path}.split_counts.{origin}.{place}"
            yield Row(at, what, count, "decimal", domain=(1e-6, 1e9))


def of_outcome(told: Told, outcome: Outcome) -> Years:
    """The price of an outcome to the prices of the basis."""
    proxy = told.proxy(outcome.proxy or "")
    since = outcome.price_year or proxy.price_year
    return Years(price_series(outcome, proxy), since, told.scenario.basis.price_year)


def of_amount(told: Told, line: Investment | Care) -> Years:
    """The amount or price of an investment or of care to the prices of the basis."""
    wanted = told.scenario.basis.price_year
    stated = isinstance(line, Care) and line.cost is not None
    proxy = None if stated or not line.proxy else told.proxy(line.proxy)
    since = proxy.price_year if proxy else line.price_year
    if isinstance(line, Care):
        since = line.price_year or since
    return Years(amount_series(line, proxy), since or wanted, wanted)


def factors_used(told: Told) -> list[tuple[str, int]]:
    """Series and year of every figure that prices are brought to the basis with."""
    used = [years for years in (*_all(told), *_to_each_year(told)) if years.since != years.to]
    pairs = {(one.series, year) for one in used for year in (one.since, one.to)}
    return sorted(pairs)


def ways(told: Told) -> list[Follows]:
    """What every flow follows to the prices of each year."""
    loaded = told.valuation.loaded
    return followed(told.valuation.central, loaded.scenario, loaded.library)


def _to_each_year(told: Told) -> Iterator[Years]:
    """As far as the series reach."""
    first = told.valuation.model.first_year
    for way in ways(told):
        for year, factor in enumerate(way.factors, first):
            if isinstance(way.rule, str) and math.isfinite(factor):
                yield Years(way.rule, way.since, year)


def _all(told: Told) -> Iterator[Years]:
    scenario = told.scenario
    yield from (of_outcome(told, outcome) for outcome in scenario.outcomes if outcome.in_euros)
    yield from (of_amount(told, line) for line in scenario.investment)
    yield from (of_amount(told, care) for _, _, care in scenario.care())


def price_rows(
    told: Told, inputs: Inputs, sheet: Sheet, price: str, years: Years, units: Operand = 1.0
) -> Cell:
    """The price in the prices of the basis, from the one in its own year; `units` of it."""
    w, name = told.words, told.words(f"field.{price.rpartition('.')[2]}")
    text = w("calculation.own_price", price=name, year=years.since)
    own = sheet.line(text, [inputs[price]], CENTS)[0]
    text = w("calculation.factor", series=years.series, since=years.since, to=years.to)
    factor = sheet.line(text, [inputs.index(years)], FACTOR)[0]
    many: Operand = 1.0
    if isinstance(units, Term):
        many = sheet.line(w("field.units"), [units])[0]
    text = w("calculation.price", price=name, year=years.to)
    return sheet.line(text, [own * factor * many], CENTS)[0]
