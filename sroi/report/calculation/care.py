"""From avoided person-years of one kind of care to money, quarter by quarter: the contract.

    kept    x⁺ = x(lagged) · (1 - backfill) where it is above 0, and x where it is not
    hard    v · c · x⁺ + (1 - v) · c · k - friction · (1 - v) · c · (what was cut in the last year)
    k       places cut in whole steps at a renewal, and kept until the next

Source: see `model/care/cash`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.inputs.care.care import Care
from sroi.model.flows.care_flows import STEPS
from sroi.model.lines.lines import CareLine, ContractLine
from sroi.report.calculation.flows import FlowRow
from sroi.report.calculation.inputs import of_amount, price_rows
from sroi.report.calculation.intensity import QUARTERS, Block
from sroi.report.formulas.cell import (
    Cell,
    Look,
    Operand,
    most,
    over,
    pick,
    span,
    total,
    when,
    whole,
)
from sroi.report.formulas.sheet import DECIMAL, EURO, NUMBER, PERCENT, TOTAL, Content

ROUNDING = 1e-9  # a contract of whole quarters is renewed at its quarter, whatever the last bits


@dataclass(frozen=True)
class Terms:
    """The contract, as cells."""

    variable: Cell
    backfill: Cell
    lag: Cell
    renewal: Cell
    friction: Cell
    step: Cell


def counted(block: Block, avoided: Sequence[Operand], kept: float) -> list[Cell]:
    """What counts of avoided care under optimism bias; of extra care all of it does."""
    if kept == 1:
        return block.row(block.word("counted"), list(avoided), DECIMAL)
    cut = [when(over(x, 0.0), x * kept, x) for x in avoided]
    return block.row(block.word("counted_less", kept=f"{kept:.0%}"), cut, DECIMAL)


def care_rows(
    block: Block, line: str, care: CareLine, noun: Care, path: str, counts: list[Cell],
    quarters: list[Cell],
) -> list[FlowRow]:  # fmt: skip
    """The rows of one kind of care, and its flows in the order of the model."""
    told, inputs, sheet = block.told, block.inputs, block.sheet
    years, units = of_amount(told, noun), inputs[care.units]
    cost = price_rows(told, inputs, sheet, care.price, years, units)
    paid = price_rows(told, inputs, sheet, care.tariff, years, units) if care.tariff else cost
    worth = _by_year(block, "worth", [x * paid for x in counts])
    flows = [worth]
    if care.contract:
        terms = _terms(block, care.contract, path)
        hard = _by_year(block, "hard", _hard(block, terms, paid, counts, quarters))
        rest = [all_ - booked for all_, booked in zip(worth, hard, strict=True)]
        flows = [hard, block.row(block.word("not_hard"), _spread(rest), TOTAL)]
    if care.tariff:
        flows.append(_by_year(block, "provider", [x * (cost - paid) for x in counts]))
    extra = told.valuation.model.years - len(worth)
    return [FlowRow(line, [*cells, *[0.0] * extra], ()) for cells in flows]


def _terms(block: Block, contract: ContractLine, path: str) -> Terms:
    """The numbers of the contract, each on a row."""
    word, inputs = block.told.words, block.inputs
    return Terms(
        block.one(word("field.paid_per_unit"), inputs[contract.variable_share], PERCENT),
        block.one(word("field.backfill"), inputs[contract.backfill], PERCENT),
        block.one(word("field.lag_of_money"), inputs[contract.lag], NUMBER),
        block.one(word("field.renewal"), inputs[contract.renewal], NUMBER),
        block.one(word("field.friction"), inputs[contract.friction], PERCENT),
        block.one(block.word("capacity_step"), inputs[f"{path}.capacity_step"], Look("decimal")),
    )


def _hard(
    block: Block, terms: Terms, paid: Cell, counts: list[Cell], quarters: list[Cell]
) -> list[Operand]:
    """Hard money by quarter."""
    kept = _kept(block, terms, counts, quarters)
    places = _places(block, terms, kept, quarters)
    cuts = [
        most(now - (places[quarter - 1] if quarter else 0.0), 0.0)
        for quarter, now in enumerate(places)
    ]
    cut = block.row(block.word("cuts"), cuts, DECIMAL)
    fixed = block.one(block.word("fixed"), (1 - terms.variable) * paid / STEPS, EURO)
    hard: list[Operand] = []
    for quarter, place in enumerate(places):
        recent = total(span(cut[max(0, quarter + 1 - STEPS) : quarter + 1]))
        variable = terms.variable * paid * kept[quarter]
        hard.append(variable + fixed * place - terms.friction * fixed * recent)
    return hard


def _kept(block: Block, terms: Terms, counts: list[Cell], quarters: list[Cell]) -> list[Cell]:
    """What is kept of avoided care once invoices follow and the waiting list has taken its part."""
    delay = block.one(block.word("delay"), terms.lag * STEPS)
    steps = block.one(block.word("whole_delay"), whole(delay))
    all_ = span(counts)

    def before(quarter: Cell, more: float) -> Operand:
        at = quarter - steps - more
        return when(over(1.0, at), 0.0, pick(all_, at))

    late = [
        before(quarter, 0.0) * (1.0 - (delay - steps)) + before(quarter, 1.0) * (delay - steps)
        for quarter in quarters
    ]
    rows = block.row(block.word("late"), late, DECIMAL)
    kept = [when(over(x, 0.0), x * (1 - terms.backfill), x) for x in rows]
    return block.row(block.word("kept"), kept, DECIMAL)


def _places(block: Block, terms: Terms, kept: list[Cell], quarters: list[Cell]) -> list[Cell]:
    """Places that are cut: nothing in the first quarter, then what a renewal makes of it."""
    rounds = [whole((quarter - 1.0) / (terms.renewal * STEPS) + ROUNDING) for quarter in quarters]
    counted_rounds = block.row(block.word("rounds"), rounds, Look("whole"))
    block.sheet.put(0, block.word("places"))
    cells: list[Cell] = []
    for quarter, x in enumerate(kept):
        now: Operand = 0.0
        if quarter:
            cut = whole(most(x * STEPS, 0.0) / terms.step) * terms.step
            renewed = over(counted_rounds[quarter], counted_rounds[quarter - 1])
            now = when(renewed, cut, cells[-1])
        cells.append(block.sheet.put(QUARTERS + quarter, now, DECIMAL))
    block.sheet.row += 1
    return cells


def _by_year(block: Block, name: str, amounts: Sequence[Operand]) -> list[Cell]:
    """A row by quarter, and one with the sum of each year below its last quarter."""
    cells = block.row(block.word(name), list(amounts), EURO)
    sums = [total(span(cells[first : first + STEPS])) for first in range(0, len(cells), STEPS)]
    return block.row(block.word("by_year", what=block.word(name)), _spread(sums), TOTAL)


def _spread(yearly: Sequence[Operand]) -> list[Content]:
    """Amounts of a year in the column of its last quarter."""
    return [content for amount in yearly for content in (*[None] * (STEPS - 1), amount)]
