"""The sheets of care ladders: who is where in each quarter, without and with the programme.

    dn/dt = n Q + I,  moves up × HR_up^m, moves down × HR_down^m, at the door diversion and widening

Kept as the deviation from the people at the start, as `model/care/care_ladder_run` does, so that
what is avoided is no small difference of large numbers. Its steps stand on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sroi.inputs.care.care_ladder import RECENT, CareLadder
from sroi.model.care.care_ladder import DIVERTED, LIGHT, Move
from sroi.model.flows.care_flows import STEPS, closing
from sroi.model.lines.lines import LadderLine
from sroi.report.calculation.care import care_rows, counted
from sroi.report.calculation.flows import FlowRow
from sroi.report.calculation.inputs import Inputs
from sroi.report.calculation.intensity import Block, heads, intensity_rows
from sroi.report.calculation.payers import Keys
from sroi.report.calculation.steps import Course, Flow, steps
from sroi.report.calculation.tiers import People, Rates, Year, people_on
from sroi.report.formulas.cell import Cell, Operand, highest, least, most, span, total
from sroi.report.formulas.sheet import DECIMAL, FACTOR, HEADING, LABEL, TITLE, Sheet
from sroi.report.told.told import Told


def ladder_sheets(
    told: Told, inputs: Inputs, sheet: Sheet, behind: Sheet
) -> tuple[list[FlowRow], Keys]:
    """Fill both sheets; the flows of all ladders in the order of the model, and people by key."""
    block, steps_ = Block(told, inputs, sheet), Block(told, inputs, behind)
    sheet.says(block.word("ladder_title"), TITLE)
    sheet.says(block.word("ladder_note"))
    behind.says(block.word("steps_title"), TITLE)
    behind.says(block.word("steps_note"))
    nouns = {noun.id: noun for noun in told.scenario.care_ladder}
    rows, found = list[FlowRow](), Keys()
    for line in told.valuation.model.ladders:
        more, keys = _filled(block, steps_, line, nouns[line.id])
        rows += more
        found |= keys
    return rows, found


def _filled(
    block: Block, behind: Block, line: LadderLine, noun: CareLadder
) -> tuple[list[FlowRow], Keys]:
    """The block of one ladder."""
    block, behind = (replace(one, after=line.after) for one in (block, behind))
    block.sheet.gap()
    block.sheet.says(block.told.say(noun.what), HEADING)
    quarters = heads(block)
    path = f"care_ladder.{line.id}.intervention"
    strength = intensity_rows(block, line.effect, noun.intervention, path, quarters)
    people = people_on(block, behind, line, noun)
    usual, changed = _courses(block, behind, line, people, strength)
    avoided, keys = _told(block, line, people, usual, changed)
    return list(_money(block, line, noun, avoided, quarters)), keys


def _courses(
    block: Block, behind: Block, line: LadderLine, people: People, strength: list[Cell]
) -> tuple[Course | None, Course]:
    """How people deviate from the start without the programme (not at all in a steady state that
    stays), and with it."""
    turned = _turned(block, line, people, strength)
    doors = _doors(block, line, people, strength)
    rests = [_rest(people, number) for number in range(len(people.years))]

    def calm(quarter: int) -> Flow:
        year = people.year(quarter // STEPS)
        rest = rests[min(quarter // STEPS, len(rests) - 1)]
        return Flow(_quarterly(year.rates), _each(year.exits), rest)

    def treated(quarter: int) -> Flow:
        usual, number = calm(quarter), min(quarter // STEPS, len(people.years) - 1)
        rates, added = dict(usual.rates), list(usual.added)
        for moves, change in turned:
            own = {move: rates[move] for move in moves}
            for tier, push in enumerate(_net(people, own)):
                added[tier] = added[tier] + change[quarter] * push
            rates |= {move: rate * (1.0 + change[quarter]) for move, rate in own.items()}
        for tier, push in enumerate(doors[number]):
            added[tier] = added[tier] + strength[quarter] * push
        return Flow(rates, usual.exits, added)

    usual = None
    if not people.steady or len(people.years) > 1:
        usual = steps(behind, behind.word("without"), people.names, calm)
    return usual, steps(behind, behind.word("with"), people.names, treated)


def _turned(
    block: Block, line: LadderLine, people: People, strength: list[Cell]
) -> list[tuple[list[Move], list[Cell]]]:
    """Moves that go faster or slower, with the row of their change HR^m - 1."""
    up, down, *_ = line.programme
    single = {closing(line, move): path for move, path in line.by_move.items()}
    groups = [
        (up, [move for move in people.structure.ups() if move not in single], "change_up"),
        (down, [move for move in people.structure.downs() if move not in single], "change_down"),
        *((path, [move], "change_one") for move, path in single.items()),
    ]
    found = []
    for path, moves, key in groups:
        name = block.word(key) if path not in single.values() else block.told.subject(path)
        change = [block.inputs[path] ** m - 1.0 for m in strength]
        found.append((moves, block.row(name, change, FACTOR)))
    return found


def _doors(
    block: Block, line: LadderLine, people: People, strength: list[Cell]
) -> list[list[Operand]]:
    """Change of the inflow of a quarter at full strength, of every year; no more than all are
    diverted when it works at its strongest."""
    inputs = block.inputs
    strongest = block.one(block.word("strongest"), most(highest(span(strength)), 1.0), FACTOR)

    def capped(path: str) -> Operand:
        return block.one(block.word("diversion"), least(inputs[path], 1.0 / strongest), FACTOR)

    _, _, diversion, wider, theta = line.programme
    diverted = {tier: capped(path) for tier, path in line.diverted.items()}
    widened = {tier: inputs[path] for tier, path in line.widened.items()}
    door = _Door(capped(diversion), inputs[wider], inputs[theta], diverted, widened)
    return [_each(_change(people, year, door)) for year in people.years]


@dataclass(frozen=True)
class _Door:
    """What the programme does at the door: in general, and at single tiers."""

    diversion: Operand
    wider: Operand
    theta: Operand
    diverted: dict[int, Operand]
    widened: dict[int, Operand]


def _change(people: People, year: Year, door: _Door) -> list[Operand]:
    """Change of the inflow a year at full strength."""
    levels = people.structure.rungs
    change: list[Operand] = [0.0] * len(levels)
    common = [tier for tier, level in enumerate(levels) if level in DIVERTED]
    pools = sorted({*common, *door.diverted, *door.widened})
    if not pools or LIGHT not in levels:
        return change
    away = _from_door(year, common, door.diversion, door.diverted)
    wider = _from_door(year, common, door.wider, door.widened)
    for tier in pools:
        share = door.diverted.get(tier, door.diversion if tier in common else 0.0)
        change[tier] = 0.0 - share * year.inflow[tier]
    light, heavy = levels.index(LIGHT), min(pools)
    change[light] = change[light] + away + wider * (1 - door.theta)
    change[heavy] = change[heavy] + wider * door.theta
    return change


def _from_door(
    year: Year, common: list[int], general: Operand, single: dict[int, Operand]
) -> Operand:
    """Σ of share × new people over the tiers that people come straight into."""
    found: Operand = 0.0
    for tier in common:
        if tier not in single:
            found = found + general * year.inflow[tier]
    for tier, share in single.items():
        found = found + share * year.inflow[tier]
    return found


def _quarterly(rates: Rates) -> Rates:
    return {move: rate / STEPS for move, rate in rates.items()}


def _each(amounts: Sequence[Operand]) -> list[Operand]:
    return [amount / STEPS for amount in amounts]


def _rest(people: People, number: int) -> list[Operand]:
    """What is added in a quarter of a year without the programme: in a steady state by how far that
    year differs from the first, and nothing where it does not."""
    first, year = people.years[0], people.years[number]
    if people.steady:
        year = Year(
            {move: _apart(rate, first.rates[move]) for move, rate in year.rates.items()},
            [_apart(a, b) for a, b in zip(year.exits, first.exits, strict=True)],
            [_apart(a, b) for a, b in zip(year.inflow, first.inflow, strict=True)],
        )
    net = _net(people, year.rates)
    for tier, (stock, leaves, new) in enumerate(
        zip(people.start, year.exits, year.inflow, strict=True)
    ):
        net[tier] = net[tier] - stock * leaves + new
    return _each(net)


def _apart(amount: Operand, first: Operand) -> Operand:
    """How far a year differs from the first; nothing where it is the same number."""
    return 0.0 if amount is first else amount - first


def _net(people: People, rates: Rates) -> list[Operand]:
    """What moves bring to each tier, less what they take, of the people at the start."""
    net: list[Operand] = [0.0] * len(people.names)
    for (i, j), rate in rates.items():
        flow = people.start[i] * rate
        net[i], net[j] = net[i] - flow, net[j] + flow
    return net


def _told(
    block: Block, line: LadderLine, people: People, usual: Course | None, changed: Course
) -> tuple[list[list[Cell]], Keys]:
    """People and person-years of every tier; avoided person-years (tier, quarter), and the keys."""
    ids = [*(tier.id for tier in line.tiers), *([RECENT] if line.relapse else [])]
    rows, keys = [], Keys()
    for tier, (name, key) in enumerate(zip(people.names, ids, strict=True)):
        block.sheet.says(name, LABEL)
        start, quarters = people.start[tier], block.quarters

        def course(
            part: Callable[[Course], list[list[Cell]]], tier: int = tier
        ) -> tuple[list[Operand], list[Operand]]:
            still: list[Operand] = [0.0] * len(block.quarters)
            return list(part(usual)[tier]) if usual else still, list(part(changed)[tier])

        means, ends = course(lambda one: one.means), course(lambda one: one.ends)
        less = [(a - b) / STEPS for a, b in zip(*means, strict=True)]
        avoided = block.row(block.word("avoided"), less, FACTOR)
        without = block.row(block.word("years_without"),
                            [(start + means[0][q]) / STEPS for q in quarters])  # fmt: skip
        treated = block.row(block.word("years_with"),
                            [without[q] - avoided[q] for q in quarters])  # fmt: skip
        stocks = [
            block.row(block.word(what), [start + one[q] for q in quarters])
            for what, one in zip(("people_without", "people_with"), ends, strict=True)
        ]
        place = f"central.care_ladder.{line.id}.tiers.{key}.by_year"
        keys |= _by_year(block, place, (without, treated, avoided), stocks)
        rows.append(avoided)
    return rows, keys


def _by_year(
    block: Block, place: str, courses: Sequence[list[Cell]], stocks: Sequence[list[Cell]]
) -> Keys:
    """The person-years of each year, and the people at its end, by their key."""
    found = Keys()
    horizon = block.told.valuation.model.horizon
    for number, year in enumerate(block.years[:horizon]):
        first, last = number * STEPS, number * STEPS + STEPS
        for name, course in zip(("without", "with", "avoided"), courses, strict=True):
            found[f"{place}.{year}.{name}"] = total(span(course[first:last]))
        for name, people in zip(("end_without", "end_with"), stocks, strict=True):
            found[f"{place}.{year}.{name}"] = people[last - 1]
    return found


def _money(
    block: Block,
    line: LadderLine,
    noun: CareLadder,
    avoided: list[list[Cell]],
    quarters: list[Cell],
) -> Sequence[FlowRow]:
    """What is worth what, tier by tier."""
    rows: list[FlowRow] = []
    for number, (care, tier) in enumerate(zip(line.tiers, noun.tiers, strict=True)):
        block.sheet.gap()
        block.sheet.says(block.word("money_of", tier=block.told.say(tier.what)), HEADING)
        less: list[Operand] = list(avoided[number])
        counts = counted(block, less, line.effect.kept if tier.heavy else 1.0)
        if line.relapse and number == 0:  # who was just closed costs what the lowest tier costs
            both = [a + b for a, b in zip(counts, avoided[-1], strict=True)]
            counts = block.row(block.word("with_recent"), both, DECIMAL)
        path = f"care_ladder.{line.id}.tiers.{care.id}"
        name = f"care_ladder.{line.id}.{care.id}"
        rows += care_rows(block, name, care, tier, path, counts, quarters)
    return rows
