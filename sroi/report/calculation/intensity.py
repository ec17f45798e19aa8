"""How strongly an effect works in each quarter: the rows of m(t).

    m = ramp · cap · E/E_ref · Π (1 - what is not ours),  in the middle of the quarter
    E = Π [1 - criticality · (1 - moves along)]

Source: see `model/care/intensity` and `model/care/conditions`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sroi.inputs.care.care import Effect
from sroi.model.flows.care_flows import STEPS
from sroi.model.lines.lines import EffectLine
from sroi.model.uncertain.following import Linked
from sroi.report.calculation.inputs import Inputs
from sroi.report.formulas.cell import (
    Cell,
    Look,
    Operand,
    Term,
    absolute,
    equal,
    exp,
    least,
    most,
    number,
    over,
    when,
)
from sroi.report.formulas.sheet import DECIMAL, FACTOR, PERCENT, Content, Sheet
from sroi.report.told.told import Told

QUARTERS = 2  # the column of the first quarter
SAME = 1e-12
HIGHEST_POWER = 700.0  # e to a higher one is more than a cell can hold


@dataclass(frozen=True)
class Block:
    """Where a part of the care is written, and what of; `after`: how many years after the horizon
    count as well."""

    told: Told
    inputs: Inputs
    sheet: Sheet
    after: int = 0

    def word(self, key: str, **facts: object) -> str:
        """A text of the workbook."""
        return self.told.words(f"calculation_care.{key}", **facts)

    def row(self, name: str, contents: Sequence[Content], look: Look = DECIMAL) -> list[Cell]:
        """A row with something in every quarter."""
        return self.sheet.line(name, [None, *contents], look)

    def one(self, name: str, content: Operand, look: Look = DECIMAL) -> Cell:
        """A row with one number."""
        return self.sheet.line(name, [content], look)[0]

    @property
    def years(self) -> list[int]:
        """The years that have quarters."""
        model = self.told.valuation.model
        return [model.first_year + year for year in range(model.horizon + self.after)]

    @property
    def quarters(self) -> range:
        """The quarters, from 0."""
        return range(len(self.years) * STEPS)


def heads(block: Block) -> list[Cell]:
    """A row with the number of each quarter (1, 2, …), below one with its year."""
    block.sheet.head(block.word("year"), "", *(block.years[q // STEPS] for q in block.quarters))
    numbers = [float(quarter + 1) for quarter in block.quarters]
    return block.row(block.word("quarter"), numbers, Look("whole"))


def intensity_rows(
    block: Block, effect: EffectLine, noun: Effect, path: str, quarters: list[Cell]
) -> list[Cell]:
    """The rows of m; `noun` is what the scenario says of the effect, at that path."""
    moments = [_until(effect, (q - 0.5) / STEPS) for q in quarters]
    times = block.row(block.word("middle"), moments, DECIMAL)
    together = _moved(block, effect) * _ours(block, effect)
    setting = _reference(block, effect, noun, path)
    factor = block.one(block.word("factor"), together / setting, FACTOR)
    ramp = block.row(block.word("ramp"), _ramp(block, effect, times), PERCENT)
    if effect.demand:
        cap = block.row(block.word("cap"), _cap(block, effect), PERCENT)
        ramp = block.row(block.word("ramp_and_cap"), _times(ramp, cap), PERCENT)
    if effect.ends is not None and effect.fades != "never":
        ramp = block.row(block.word("after_the_end"), _fading(block, effect, ramp), PERCENT)
    return block.row(block.word("intensity"), [share * factor for share in ramp], PERCENT)


def _until(effect: EffectLine, time: Operand) -> Operand:
    """A moment, or the end of the programme where that is sooner."""
    return time if effect.ends is None else least(time, float(effect.ends))


def _fading(block: Block, effect: EffectLine, shares: list[Cell]) -> list[Operand]:
    """What is left after the end of the programme: nothing at once, or half each time again."""
    rows: list[Operand] = []
    for quarter, share in zip(block.quarters, shares, strict=True):
        since = (quarter + 0.5) / STEPS - float(effect.ends or 0)
        if since <= 0:
            rows.append(share)
        elif effect.fades == "at_once":
            rows.append(0.0)
        else:
            rows.append(share * 0.5 ** (since / block.inputs[effect.fades]))
    return rows


def _times(first: list[Cell], second: list[Cell]) -> list[Operand]:
    return [a * b for a, b in zip(first, second, strict=True)]


def _moved(block: Block, effect: EffectLine) -> Operand:
    """E: what is left with those who may or may not move along."""
    left: Operand = 1.0
    for weight, along in effect.conditions:
        name = block.told.line_and_field(along)[0]
        kept = 1 - block.inputs[weight] * (1 - block.inputs[along])
        left = left * block.one(block.word("condition", name=name), kept, PERCENT)
    return block.one(block.word("moved"), left, FACTOR) if effect.conditions else left


def _ours(block: Block, effect: EffectLine) -> Operand:
    """What is not there anyway, nor due to others."""
    ours: Operand = 1.0
    for path in effect.corrections:
        ours = ours * (1 - block.inputs[path])
    return block.one(block.word("ours"), ours, PERCENT) if effect.corrections else ours


def _reference(block: Block, effect: EffectLine, noun: Effect, path: str) -> Operand:
    """E where the effect was measured: 1, as stated, or as expected here."""
    if isinstance(noun.reference, float):
        return block.one(block.word("reference"), block.inputs[f"{path}.reference"], FACTOR)
    if noun.reference != "expected":
        return 1.0
    expected: Operand = 1.0
    for weight, along in effect.conditions:
        expected = expected * (1 - _mean(block, weight) * (1 - _mean(block, along)))
    return block.one(block.word("expected"), expected, FACTOR)


def _mean(block: Block, path: str) -> Operand:
    """The mean of a number: of its range while it is as stated, and of a changed one itself."""
    known = block.told.valuation.model.quantities.distributions
    one, cell = known[path], block.inputs[path]
    if isinstance(one, Linked):
        found = _mean(block, one.origin)
        for part in one.times:
            found = found * _mean(block, part)
        for part in one.plus:
            found = found + _mean(block, part)
        # what follows twice from one number has a mean of its own, which no cell can follow
        return found if abs(number(found) - one.mean) < SAME else one.mean
    if not isinstance(cell, Term) or abs(one.mean - one.centre) < SAME:
        return cell
    return when(over(SAME, absolute(cell - one.centre)), one.mean, cell)


def _ramp(block: Block, effect: EffectLine, times: list[Cell]) -> list[Operand]:
    """How much of the full effect is there."""
    lag = block.inputs[effect.lag]
    if effect.ramp:
        shape, *paths = effect.ramp
        return RAMPS[shape](times, *(block.inputs[path] for path in paths), lag)
    if isinstance(lag, Term):
        return [when(over(time, lag), 1.0, 0.0) for time in times]
    return [1.0 for _ in times]


def _logistic(
    times: list[Cell], midpoint: Operand, steepness: Operand, lag: Operand
) -> list[Operand]:
    start = steepness * (lag + midpoint)
    before = 1.0 / (1.0 + exp(least(start, HIGHEST_POWER)))
    rows: list[Operand] = []
    for time in times:
        down = steepness * (lag + midpoint - time)
        risen = 1.0 / (1.0 + exp(least(down, HIGHEST_POWER)))
        rows.append(most((risen - before) / (1.0 - before), 0.0))
    return rows


def _linear(times: list[Cell], duration: Operand, lag: Operand) -> list[Operand]:
    return [most(0.0, least(1.0, (time - lag) / duration)) for time in times]


def _bass(
    times: list[Cell], innovation: Operand, imitation: Operand, lag: Operand
) -> list[Operand]:
    rows: list[Operand] = []
    for time in times:
        decay = exp((innovation + imitation) * most(time - lag, 0.0) * -1.0)
        rows.append((1.0 - decay) / (1.0 + imitation / innovation * decay))
    return rows


RAMPS: dict[str, Callable[..., list[Operand]]] = {
    "logistic": _logistic,
    "linear": _linear,
    "bass": _bass,
}


def _cap(block: Block, effect: EffectLine) -> list[Operand]:
    """The share of what is asked that can be done."""
    asked = [block.inputs[path] for path in effect.demand]
    if effect.possible:
        possible = [block.inputs[path] for path in effect.possible]
    else:
        fte, hours, direct, absent, each = (block.inputs[path] for path in effect.staff)
        made = fte * hours * direct * (1 - absent) / each
        possible = [block.one(block.word("possible"), made)] * len(asked)
    shares = [
        when(equal(wanted, 0.0), 1.0, least(can, wanted) / wanted)
        for wanted, can in zip(asked, possible, strict=True)
    ]
    last = min(effect.ends or len(shares), len(shares)) - 1
    return [shares[min(quarter // STEPS, last)] for quarter in block.quarters]
