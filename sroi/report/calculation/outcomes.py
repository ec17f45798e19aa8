"""The sheet of outcomes: a block for each, from volume to what it is worth in every year.

    V_t = volume × effect × price, × (1 - each correction)
    amount of year y = Σ_t V_t · weight(age) · (1 - returning)^k,  age = y - t - (starts - 1)
    weight(age) = min(1, max(0, lasts - age)) · (1 - drop_off)^age

k: the years after t, up to t + age, in which there is activity. Source: see `model/flows/impact`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sroi.model.lines.lines import Flow, OutcomeLine
from sroi.model.uncertain.distributions import Certain
from sroi.model.uncertain.following import Linked
from sroi.report.calculation.flows import FlowRow
from sroi.report.calculation.inputs import Inputs, of_outcome, price_rows
from sroi.report.formulas.cell import (
    Cell,
    Look,
    Operand,
    Span,
    equal,
    least,
    most,
    number,
    over,
    pick,
    span,
    total,
    when,
)
from sroi.report.formulas.sheet import (
    DECIMAL,
    EURO,
    HEADING,
    LABEL,
    NUMBER,
    PERCENT,
    TITLE,
    TOTAL,
    YEAR,
    Sheet,
)
from sroi.report.told.told import Told

YEARS = 2  # the column of the first year


@dataclass(frozen=True)
class _Course:
    """How an effect goes over its years: weights by age with and without drop-off, and who is
    carried on (share by number of active years since, and these years counted up)."""

    starts: Operand
    gross: Span
    net: Span
    stays: Span | None
    active: Span | None


@dataclass(frozen=True)
class _Block:
    """The block of one outcome: where it is written, and what of."""

    told: Told
    inputs: Inputs
    sheet: Sheet
    line: OutcomeLine

    def word(self, key: str, **facts: object) -> str:
        """A text of the workbook."""
        return self.told.words(f"calculation.{key}", **facts)

    def field(self, name: str) -> str:
        """What a field of the scenario is called."""
        return self.told.words(f"field.{name}")

    def by_year(self, name: str, amounts: Sequence[Operand], look: Look = NUMBER) -> list[Cell]:
        """A row with an amount under each year."""
        return self.sheet.line(name, [None, *amounts], look)


def outcomes_sheet(told: Told, inputs: Inputs, sheet: Sheet) -> list[FlowRow]:
    """Fill the sheet; the flows of all outcomes, in the order of the model."""
    sheet.says(told.words("calculation.outcomes_title"), TITLE)
    sheet.says(told.words("calculation.outcomes_note"))
    rows = []
    for line in told.valuation.model.outcomes:
        sheet.gap()
        rows += _filled(_Block(told, inputs, sheet, line))
    return rows


def _filled(block: _Block) -> list[FlowRow]:
    """Volume and effect, how the effect goes over the years, and what it is worth at each price."""
    sheet, line, model = block.sheet, block.line, block.told.valuation.model
    sheet.says(block.told.say(block.told.outcome(line.id).what), HEADING)
    stated = _stated(block)
    years = [model.first_year + year for year in range(model.years)]
    heads = sheet.head("", block.told.words("total"), *years)[YEARS:]
    volumes = block.by_year(block.field("volume"), [block.inputs[x] for x in line.volumes])
    found = [volume * stated["rate"] for volume in volumes]
    quantities = block.by_year(block.word("quantity"), found)
    course = _course(block, stated, volumes, len(years))
    return [_flow(block, flow, stated, heads, quantities, course) for flow in line.flows]


def _stated(block: _Block) -> dict[str, Cell]:
    """The numbers of the block, each with the name of its field."""
    sheet, line, path = block.sheet, block.line, f"outcomes.{block.line.id}"
    paths = {name.rpartition(".")[2]: name for name in line.corrections}
    paths |= {"lasts": line.lasts, "drop_off": line.drop_off}
    paths |= {"returning": line.returning} if line.returning else {}
    rate = block.told.line_and_field(f"{path}.rate")[1]
    found = {"rate": sheet.line(rate, [block.inputs[line.rate]], DECIMAL)[0]}
    for name, at in paths.items():
        look = DECIMAL if name == "lasts" else PERCENT
        found[name] = sheet.line(block.field(name), [block.inputs[at]], look)[0]
    starts = [block.inputs[f"{path}.starts"]]
    found["starts"] = sheet.line(block.word("starts"), starts, Look("whole"))[0]
    if line.kept != 1:
        fixed = Look("percent", "fixed")
        found["kept"] = sheet.line(block.word("kept"), [line.kept], fixed)[0]
    return found


def _course(block: _Block, stated: Mapping[str, Cell], volumes: list[Cell], years: int) -> _Course:
    """The rows that say how an effect lasts, fades and is carried on, by age."""
    ages = range(years)
    block.sheet.head(block.word("age"), "", *(str(age) for age in ages))
    lasting = [most(0.0, least(1.0, stated["lasts"] - float(age))) for age in ages]
    gross = block.by_year(block.word("lasting"), lasting, PERCENT)
    left = _powers(block, "left", 1 - stated["drop_off"], years)
    both = [share * stay for share, stay in zip(gross, left, strict=True)]
    net = block.by_year(block.word("weight"), both, PERCENT)
    stays = active = None
    if block.line.returning:
        stays = span(_powers(block, "stays", 1 - stated["returning"], len(volumes)))
        active = span(_counted(block, volumes))
    return _Course(stated["starts"], span(gross), span(net), stays, active)


def _powers(block: _Block, name: str, base: Operand, count: int) -> list[Cell]:
    """1, base, base², …: each from the one before, so that nothing to the power nothing is 1."""
    block.sheet.put(0, block.word(name), LABEL)
    cells = [block.sheet.put(YEARS, 1.0, PERCENT)]
    for column in range(YEARS + 1, YEARS + count):
        cells.append(block.sheet.put(column, cells[-1] * base, PERCENT))
    block.sheet.row += 1
    return cells


def _counted(block: _Block, volumes: list[Cell]) -> list[Cell]:
    """How many years up to each had activity."""
    known = block.told.valuation.model.quantities.distributions
    block.sheet.put(0, block.word("active"), LABEL)
    cells: list[Cell] = []
    for column, (path, volume) in enumerate(zip(block.line.volumes, volumes, strict=True), YEARS):
        before = cells[-1] if cells else 0.0
        count = before + _is_active(known[path], volume)
        cells.append(block.sheet.put(column, count, Look("whole")))
    block.sheet.row += 1
    return cells


def _is_active(known: object, volume: Cell) -> Operand:
    """Nothing is no activity where it is certain; what follows from others, or varies about
    nothing, is."""
    if isinstance(known, Linked) or (not isinstance(known, Certain) and number(volume) == 0):
        return 1.0
    return when(equal(volume, 0.0), 0.0, 1.0)


def _flow(
    block: _Block, flow: Flow, stated: Mapping[str, Cell], heads: list[Cell],
    quantities: list[Cell], course: _Course,
) -> FlowRow:  # fmt: skip
    """One price of an outcome: what a year's activity is worth, and in which years."""
    outcome = block.told.outcome(block.line.id)
    years, field = of_outcome(block.told, outcome), block.field(flow.price.rpartition(".")[2])
    price = price_rows(block.told, block.inputs, block.sheet, flow.price, years)
    worth = block.by_year(block.word("gross", price=field), [q * price for q in quantities], EURO)
    bare = worth
    for path in block.line.corrections:
        name = path.rpartition(".")[2]
        less = [amount * (1 - stated[name]) for amount in worth]
        worth = block.by_year(block.word("less", what=block.field(name)), less, EURO)
    if "kept" in stated:
        cut = [when(over(x, 0.0), x * stated["kept"], x) for x in worth]
        worth = block.by_year(block.word("less_optimism"), cut, EURO)
    gross = _over_years(block, "before", bare, heads, course, course.gross)
    net = _over_years(block, "flows", worth, heads, course, course.net)
    return FlowRow(f"outcomes.{block.line.id}", net, gross)


def _over_years(
    block: _Block, title: str, worth: list[Cell], heads: list[Cell], course: _Course, weights: Span
) -> list[Cell]:
    """A row for each year of activity with what comes of it in every year, and their sum."""
    sheet = block.sheet
    columns: list[list[Cell]] = [[] for _ in heads]
    for year, amount in enumerate(worth):
        sheet.put(0, "" if year else block.word(title), LABEL)
        own = sheet.put(1, heads[year], YEAR)
        for later in range(year, len(heads)):
            age = heads[later] - own - (course.starts - 1.0)
            flows = amount * pick(weights, age + 1.0) * _carried(course, year, age)
            cell = sheet.put(YEARS + later, when(over(0.0, age), 0.0, flows), EURO)
            columns[later].append(cell)
        sheet.row += 1
    sheet.put(0, block.told.words("total"), Look("text", "total"))
    sums = [sheet.put(YEARS + n, total(span(cells)), TOTAL) for n, cells in enumerate(columns)]
    sheet.put(1, total(span(sums)), TOTAL)
    sheet.row += 1
    return sums


def _carried(course: _Course, year: int, age: Operand) -> Operand:
    """The share of a year's people that has not come back at some age."""
    if course.stays is None or course.active is None:
        return 1.0
    last = float(len(course.active.cells))
    since = pick(course.active, least(last, age + float(year + 1))) - course.active.cells[year]
    return pick(course.stays, since + 1.0)
