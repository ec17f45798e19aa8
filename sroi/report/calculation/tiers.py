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
    ends: list[Operand] = []
    if isinstance(line.rates, RegisterLine):
        counted = _counted(block, behind, line, line.rates)
        years, ends = [_of_register(block, line, counted)], counted.ends
    else:
        years = [_stated(block, rates, year) for year, rates in enumerate(line.rates)]
    if line.relapse:
        years = [_with_relapse(block, line, year) for year in years]
    start = _start(block, line, names, ends) if line.start else steady(behind, names, years[0])
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


@dataclass(frozen=True)
class Counted:
    """Of a register by tier: people on average and at its end, who comes in (a year), and at what
    rate they leave; and where these go (from, to)."""

    stocks: list[Operand]
    ends: list[Operand]
    inflow: list[Operand]
    leaving: list[Cell]
    split: Rates


def _counted(block: Block, behind: Block, line: LadderLine, rates: RegisterLine) -> Counted:
    """What a register counts, and what is assumed of tiers that it leaves out."""
    inputs, path = block.inputs, f"care_ladder.{line.id}.register"
    ids, period = [tier.id for tier in line.tiers], inputs[f"{path}.period"]
    block.sheet.says(block.word("register"), LABEL)
    stocks, ends, inflow, leaving = list[Operand](), list[Operand](), list[Operand](), list[Cell]()
    for tier, x in enumerate(ids):
        if tier in rates.not_counted:
            one = rates.not_counted[tier]
            people: Operand = inputs[one.people] if one.people else 0.0
            out: Operand = 1.0 / inputs[one.stays]
            last, new = people, people * out
        else:
            names = ("begin", "inflow", "outflow", "end")
            first, come, gone, last = (inputs[f"{path}.tiers.{x}.{name}"] for name in names)
            people, new = (first + last) / 2.0, come / period
            out = gone / people / period
        stocks.append(people)
        ends.append(last)
        inflow.append(new)
        leaving.append(block.one(block.word("leaving_rate", tier=x), out, FACTOR))
    found = Counted(stocks, ends, inflow, leaving, _split(block, line, rates))
    _balance(behind, ids, found, rates)
    return found


def _balance(behind: Block, ids: list[str], found: Counted, rates: RegisterLine) -> None:
    """People in the tiers of which only is said who comes: so many that as many come in as go."""
    tiers = [tier for tier, one in rates.not_counted.items() if not one.people]
    if not tiers:
        return
    moves: Rates = {}
    exits: list[Operand] = [found.leaving[tier] for tier in tiers]
    inflow: list[Operand] = [behind.inputs[rates.not_counted[tier].new] for tier in tiers]
    for (i, j), share in found.split.items():
        if j not in tiers:
            continue
        to, rate = tiers.index(j), found.leaving[i] * share
        if i in tiers:
            moves[tiers.index(i), to] = rate
            exits[tiers.index(i)] = exits[tiers.index(i)] - rate
        else:
            inflow[to] = inflow[to] + found.stocks[i] * rate
    cells = steady(behind, [ids[tier] for tier in tiers], Year(moves, exits, inflow))
    for tier, people in zip(tiers, cells, strict=True):
        found.stocks[tier] = found.ends[tier] = people
        found.inflow[tier] = people * found.leaving[tier]


def _of_register(block: Block, line: LadderLine, counted: Counted) -> Year:
    """μ = out ÷ mean stock ÷ period, split over the places; new people are what is left of in."""
    exits: list[Operand] = list(counted.leaving)
    inflow = list(counted.inflow)
    found: Rates = {}
    for (i, j), share in counted.split.items():
        found[i, j] = counted.leaving[i] * share
        exits[i] = exits[i] - found[i, j]
        inflow[j] = inflow[j] - counted.stocks[i] * found[i, j]
    new = [
        block.one(block.word("new_people", tier=tier.id), most(people, 0.0))
        for tier, people in zip(line.tiers, inflow, strict=True)
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


def _start(
    block: Block, line: LadderLine, names: list[str], observed: Sequence[Operand]
) -> list[Cell]:
    """People at the start, as stated or as they are at the end of the register."""
    cells = []
    for number, (name, at) in enumerate(zip(names, line.start, strict=True)):
        people: Operand = 0.0  # nobody was closed before the start
        if isinstance(at, str):
            people = block.inputs[at]
        elif number < len(line.tiers):
            people = observed[number]
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
