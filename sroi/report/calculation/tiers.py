"""Who is on a ladder without the programme: rates, exits and new people a year, and at the start.

As stated, of each year where years differ; or from the counts of a register. Who is there at the
start is as stated, or so many that as many come in as go out: n* = -I Q⁻¹.
Source: see `model/care/care_ladder` and `model/care/calibration`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.inputs.care.care_ladder import EXIT, CareLadder
from sroi.model.care.care_ladder import HEAVY, Ladder, Move
from sroi.model.flows.care_flows import closing, ladder_at
from sroi.model.lines.lines import NOTHING, LadderLine, RatesLine, RegisterLine
from sroi.report.calculation.intensity import Block
from sroi.report.formulas.cell import Cell, Operand, most
from sroi.report.formulas.sheet import FACTOR, HEADING, LABEL

Rates = dict[Move, Operand]


@dataclass(frozen=True)
class Year:
    """Yearly rates, exits and new people in a year."""

    rates: Rates
    exits: list[Operand]
    inflow: list[Operand]


@dataclass(frozen=True)
class People:
    """A ladder without its programme, in each year or in all; and who is there at the start.

    `structure`: which moves there are, and which of them go up and down.
    """

    structure: Ladder
    names: list[str]
    years: list[Year]
    start: list[Cell]
    steady: bool

    def year(self, number: int) -> Year:
        """The ladder in a year; after the last that is stated as in that."""
        return self.years[min(number, len(self.years) - 1)]


def people_on(block: Block, behind: Block, line: LadderLine, noun: CareLadder) -> People:
    """The rows of it; the elimination for a steady state stands on the sheet `behind`."""
    structure = ladder_at(line, block.told.valuation.model.quantities.centre())
    names = [block.told.say(tier.what) for tier in noun.tiers]
    names += [block.told.words("care.recent")] if line.relapse else []
    if isinstance(line.rates, RegisterLine):
        years = [_of_register(block, line, line.rates)]
    else:
        years = [_stated(block, rates, year) for year, rates in enumerate(line.rates)]
    if line.relapse:
        years = [_with_relapse(block, line, year) for year in years]
    start = _start(block, line, names) if line.start else steady(behind, names, years[0])
    return People(structure, names, years, start, not line.start)


def _stated(block: Block, rates: RatesLine, year: int) -> Year:
    """As stated; new people may have grown for so many years."""
    inputs = block.inputs
    moves = {move: inputs[path] for move, path in rates.moves.items()}
    inflow = [inputs[path] for path in rates.inflow]
    for tier, path in enumerate(rates.growth):
        if year and path != NOTHING:
            inflow[tier] = inflow[tier] * (1 + inputs[path]) ** float(year)
    return Year(moves, [inputs[path] for path in rates.exits], inflow)


def _of_register(block: Block, line: LadderLine, rates: RegisterLine) -> Year:
    """μ = out ÷ mean stock ÷ period, split over the places; new people are what is left of in."""
    inputs, path = block.inputs, f"care_ladder.{line.id}.register"
    ids, period = [tier.id for tier in line.tiers], inputs[f"{path}.period"]
    block.sheet.says(block.word("register"), LABEL)
    names = ("begin", "inflow", "outflow", "end")
    counts = [[inputs[f"{path}.tiers.{x}.{name}"] for name in names] for x in ids]
    stocks = [(first + last) / 2.0 for first, _, _, last in counts]
    leaving = [
        block.one(block.word("leaving_rate", tier=x), row[2] / stock / period, FACTOR)
        for x, stock, row in zip(ids, stocks, counts, strict=True)
    ]
    exits: list[Operand] = list(leaving)
    inflow = [row[1] / period for row in counts]
    found: Rates = {}
    for (i, j), share in _split(block, line, rates).items():
        found[i, j] = leaving[i] * share
        exits[i] = exits[i] - found[i, j]
        inflow[j] = inflow[j] - stocks[i] * found[i, j]
    new = [
        block.one(block.word("new_people", tier=x), most(people, 0.0))
        for x, people in zip(ids, inflow, strict=True)
    ]
    return Year(found, exits, list(new))


def _split(block: Block, line: LadderLine, rates: RegisterLine) -> Rates:
    """Where those who leave go: stated shares, or those of the people who were followed."""
    inputs, path = block.inputs, f"care_ladder.{line.id}.register.split"
    ids = [tier.id for tier in line.tiers]
    split: Rates = {(i, j): inputs[f"{path}.{ids[i]}.{ids[j]}"] for i, j in rates.shares}
    for origin, row in rates.sticks.items():
        names = [EXIT if place is None else ids[place] for place, _ in row]
        counts = [inputs[f"{path}_counts.{ids[origin]}.{name}"] for name in names]
        everybody: Operand = 0.0
        for count in counts:
            everybody = everybody + count
        for (place, _), count in zip(row, counts, strict=True):
            if place is not None:
                split[origin, place] = count / everybody
    return split


def _with_relapse(block: Block, line: LadderLine, year: Year) -> Year:
    """With a tier for those whose heavy care was just closed, where they stay a year on average."""
    recent, levels, back = len(year.exits), line.levels, block.inputs[line.relapse]
    found = {closing(line, move): rate for move, rate in year.rates.items()}
    found |= {(recent, levels.index(HEAVY)): back, (recent, 0): 1.0 - back}
    return Year(found, [*year.exits, 0.0], [*year.inflow, 0.0])


def _start(block: Block, line: LadderLine, names: list[str]) -> list[Cell]:
    """People at the start, as stated or as the register counts them at its end."""
    path = f"care_ladder.{line.id}.register.tiers"
    ids = [tier.id for tier in line.tiers]
    cells = []
    for number, (name, at) in enumerate(zip(names, line.start, strict=True)):
        people: Operand = 0.0  # nobody was closed before the start
        if isinstance(at, str):
            people = block.inputs[at]
        elif number < len(ids):
            people = block.inputs[f"{path}.{ids[number]}.end"]
        cells.append(block.one(block.word("start", tier=name), people))
    return cells


def steady(behind: Block, names: list[str], year: Year) -> list[Cell]:
    """n* = -I Q⁻¹: as many come in as go out. By elimination, a row of the sheet an equation."""
    sheet, tiers = behind.sheet, range(len(names))
    sheet.says(behind.word("steady"), HEADING)
    sheet.head("", *names, behind.word("inflow"))
    leaving = list(year.exits)
    for (i, _), rate in year.rates.items():
        leaving[i] = leaving[i] + rate
    rows = []
    for tier in tiers:
        table = [0.0 - year.rates.get((other, tier), 0.0) for other in tiers]
        table[tier] = leaving[tier]
        rows.append(sheet.line(names[tier], [*table, year.inflow[tier]], FACTOR))
    for pivot in tiers:
        for row in range(pivot + 1, len(rows)):
            less = _less(rows[pivot], rows[row], pivot)
            rows[row] = sheet.line(behind.word("eliminated"), less, FACTOR)
    return _solved(behind, names, rows)


def _less(upper: list[Cell], row: list[Cell], pivot: int) -> list[Operand]:
    """A row less so many times another that nothing is left in one column."""
    share = row[pivot] / upper[pivot]
    return [
        0.0 if column <= pivot else cell - share * upper[column] for column, cell in enumerate(row)
    ]


def _solved(behind: Block, names: list[str], rows: Sequence[list[Cell]]) -> list[Cell]:
    """From the last row up."""
    found: dict[int, Cell] = {}
    for tier in reversed(range(len(rows))):
        right: Operand = rows[tier][-1]
        for other in range(tier + 1, len(rows)):
            right = right - rows[tier][other] * found[other]
        name = behind.word("start", tier=names[tier])
        found[tier] = behind.one(name, right / rows[tier][tier], FACTOR)
    behind.sheet.gap()
    return [found[tier] for tier in range(len(rows))]
