"""What the euros of a model are made of, where some of its numbers differ between rows.

In numbers x that its lines are linear in, a model is worth

    Σ over terms of (what one of each of the term is worth) × (the product of the x of the term)

A term is a tuple of paths: one out of each factor that differs between rows; () is the term of what
is the same in all rows. What one of each is worth is what the engine itself gives when that x is 1
and the others of its factor are 0. Lines that are not linear in what differs are told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows import engine
from sroi.model.flows.impact import STAGES, FlowBlock
from sroi.model.flows.results import INVESTMENT as OF_INVESTMENT
from sroi.model.lines.lines import CLASSES, ONE, Flow, LadderLine
from sroi.model.lines.model import Model
from sroi.model.portfolio.ladder_worth import avoided_by, paid_alike, worth_of
from sroi.model.portfolio.linear import Line, cares_of, linear_in, rests_on, who_is_on
from sroi.model.uncertain.distributions import Certain
from sroi.model.uncertain.following import roots
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
Term = tuple[str, ...]
Work = Callable[[Values], list[FlowBlock]]
BENEFITS, INVESTMENT, HARD = KINDS = 0, 1, 2
CASH = CLASSES.index("hard")


@dataclass(frozen=True)
class Worth:
    """What comes of some lines: present value (kind, payer, draw), and the undiscounted amounts by
    year, summed over the draws (kind, payer, year). Kinds: benefits, investment, and what of the
    benefits is hard cash."""

    present: Array
    yearly: Array

    def __add__(self, other: Worth) -> Worth:
        return Worth(self.present + other.present, self.yearly + other.yearly)


@dataclass(frozen=True)
class Factor:
    """A factor of a line of which `paths` differ between rows, and the `rest` of it does not."""

    paths: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def stays(self) -> bool:
        """Whether the rest of it is there when one of the paths is 1: nothing may take away the
        number one itself, which other lines have as well."""
        return ONE in self.rest

    @property
    def choices(self) -> list[Term]:
        """One of each path by itself, and what is left without them."""
        return [(path,) for path in self.paths] + [()] * bool(self.rest)


@dataclass(frozen=True)
class LinePart:
    """A line, its flows, and what of it differs between rows: factors, or None where it is not
    linear in all of that. `certain`: whether all that it rests on is."""

    name: str
    line: Line
    work: Work
    flows: tuple[Flow, ...]
    factors: tuple[Factor, ...] | None
    certain: bool = False

    @cached_property
    def people(self) -> int | None:
        """Which factor of a care ladder is of the people on it; None where there is none, or where
        payers of hard cash are others than of what is not."""
        if not isinstance(self.line, LadderLine) or not paid_alike(self.line):
            return None
        for number, factor in enumerate(self.factors or ()):
            if who_is_on(self.line) & {*factor.paths, *factor.rest} - {ONE}:
                return number
        return None

    @property
    def kind(self) -> int:
        """Benefits or investment."""
        return INVESTMENT if self.name.startswith(OF_INVESTMENT) else BENEFITS

    @property
    def tells_hard(self) -> bool:
        """Whether what is hard cash is linear in all that differs. Under a contract it goes by
        whole places and refilled ones, which are linear in prices and in nothing else."""
        under = [care for care in cares_of(self.line) if care.contract is not None]
        prices = {path for care in under for path in (care.price, care.tariff, care.units)}
        return not under or all(set(factor.paths) <= prices for factor in self.factors or ())

    def shares(self, flow: Flow) -> Iterator[tuple[int, Array]]:
        """Of each kind of euros the shares of the payers (payer) in a flow."""
        yield self.kind, flow.shares.sum(axis=1)
        if self.kind == BENEFITS:
            yield HARD, flow.shares[:, CASH]

    def pays(self, kind: int, payer: int) -> bool:
        """Whether a payer has a share in any of it, of a kind."""
        return any(
            own == kind and bool(shares[payer])
            for flow in self.flows
            for own, shares in self.shares(flow)
        )


@dataclass(frozen=True)
class Parts:
    """The lines of a model, apart by what of them `differs` between rows."""

    model: Model
    differs: frozenset[str]
    lines: tuple[LinePart, ...] = field(repr=False)

    @cached_property
    def terms(self) -> list[Term]:
        """All terms, in a fixed order."""
        found = dict.fromkeys(term for line in self.linear for term in terms_of(line))
        return list({(): None} | found)

    @property
    def linear(self) -> list[LinePart]:
        """The lines that are linear in what differs."""
        return [line for line in self.lines if line.factors is not None]

    @property
    def others(self) -> list[LinePart]:
        """The lines that are not: each row has its own."""
        return [line for line in self.lines if line.factors is None]


def parts_of(model: Model, differs: frozenset[str]) -> Parts:
    """The lines of a model, where numbers at the paths in `differs` are other ones in each row."""
    flows = _flows_by_line(model)
    return Parts(
        model,
        differs,
        tuple(
            LinePart(
                name,
                line,  # type: ignore[arg-type]
                work,
                tuple(flows.get(name, ())),
                _factors(model, line, differs),  # type: ignore[arg-type]
                _certain(model, line),  # type: ignore[arg-type]
            )
            for name, line, work in engine.lines(model)
        ),
    )


def not_linear(model: Model, paths: frozenset[str]) -> frozenset[str]:
    """Those of the paths that some line is not linear in, or that more than its euros rest on."""
    known = model.quantities.distributions
    found = set[str]()
    for _, line, _ in engine.lines(model):
        inside = frozenset[str]().union(*linear_in(line))  # type: ignore[arg-type]
        outside = rests_on(line, known) - inside  # type: ignore[arg-type]
        found |= paths & {root for path in outside for root in (path, *roots(known, path))}
    return frozenset(found)


def differing(model: Model, paths: frozenset[str], differs: frozenset[str]) -> frozenset[str]:
    """Those of the paths that differ between rows: themselves, or in what they follow from."""
    known = model.quantities.distributions
    return frozenset(path for path in paths if {path, *roots(known, path)} & differs)


def terms_of(line: LinePart) -> list[Term]:
    """The terms of a line, in the order of its `worths`."""
    chosen = product(*(factor.choices for factor in line.factors or ()))
    return [tuple(sorted(path for one in choice for path in one)) for choice in chosen]


def worths(line: LinePart, model: Model, values: Values) -> Iterator[tuple[Term, Worth]]:
    """What one of each term of a linear line is worth in some draws."""
    factors = line.factors or ()
    sizes = [len(factor.choices) for factor in factors]
    if line.people is None:
        found = [worth(line, model, at) for at in _ones(factors, values)]
    else:
        found = _of_people(line, line.people, model, values)
    arrays = [np.array([getattr(one, name) for one in found]) for name in ("present", "yearly")]
    for array in arrays:
        table = array.reshape(*sizes, *array.shape[1:])
        for axis, factor in enumerate(factors):
            if factor.stays:
                turned = np.moveaxis(table, axis, 0)
                turned[:-1] -= turned[-1]
    for number, term in enumerate(terms_of(line)):
        yield term, Worth(arrays[0][number], arrays[1][number])


def _of_people(line: LinePart, number: int, model: Model, values: Values) -> list[Worth]:
    """The same of a care ladder: `number` is the factor of who is on it, all of them at once."""
    ladder, factors = cast(LadderLine, line.line), line.factors or ()
    who, others = factors[number], (*factors[:number], *factors[number + 1 :])
    less = avoided_by(model, ladder, list(_ones((who,), values, 1)))
    parts = [worth_of(model, ladder, less, at) for at in _ones(others, values)]
    nothing = [np.zeros_like(part) for part in parts[0]]
    sizes = [len(factor.choices) for factor in others]
    both = []
    for arrays, zero in zip(zip(*parts, strict=True), nothing, strict=True):
        kinds = np.array(arrays).reshape(*sizes, *zero.shape)
        both.append(np.moveaxis(kinds, len(sizes), number).reshape(-1, *zero.shape[1:]))
    return [
        Worth(np.array([gain, 0 * gain, hard]), np.array([year, 0 * year, cash]))
        for (gain, hard), (year, cash) in zip(*both, strict=True)
    ]


def worth(line: LinePart, model: Model, values: Values) -> Worth:
    """What a line comes to in some draws, by payer over all classes of cash."""
    payers, years = len(model.payers), model.years
    kinds = len(KINDS)
    found = Worth(np.zeros((kinds, payers, values.draws)), np.zeros((kinds, payers, years)))
    for flow, block in zip(line.flows, line.work(values), strict=True):
        yearly = block.sums[len(STAGES) :][: model.years].sum(axis=1)
        for kind, shares in line.shares(flow):
            for payer in np.flatnonzero(shares):
                found.present[kind, payer] += shares[payer] * block.present
                found.yearly[kind, payer] += shares[payer] * yearly
    return found


def _ones(
    factors: tuple[Factor, ...], values: Values, draws: int | None = None
) -> Iterator[Values]:
    """The values in which one of each factor is 1 and the others of it are 0; in so many `draws` of
    them, where one that is the same in all will do."""
    size = values.draws if draws is None else draws
    zero, one = np.zeros(size), np.ones(size)
    for chosen in product(*(factor.choices for factor in factors)):
        changed = dict[str, Array]()
        for factor, choice in zip(factors, chosen, strict=True):
            gone = factor.rest if choice and not factor.stays else ()
            changed |= dict.fromkeys((*factor.paths, *gone), zero) | dict.fromkeys(choice, one)
        yield values.changed(changed) if changed else values


def _factors(model: Model, line: Line, differs: frozenset[str]) -> tuple[Factor, ...] | None:
    known = model.quantities.distributions
    found, inside = list[Factor](), frozenset[str]()
    for factor in linear_in(line):
        changing = differing(model, factor, differs)
        inside |= changing
        if changing:
            rest = (path for path in sorted(factor - changing) if not _nothing(model, path))
            found.append(Factor(tuple(sorted(changing)), tuple(rest)))
    outside = differing(model, rests_on(line, known), differs) - inside
    return None if outside else tuple(found)


def _certain(model: Model, line: Line) -> bool:
    """Whether a line rests on nothing but certain numbers."""
    known = model.quantities.distributions
    return all(isinstance(known[path], Certain) for path in rests_on(line, known))


def _nothing(model: Model, path: str) -> bool:
    """Whether a number is a certain zero."""
    one = model.quantities.distributions[path]
    return one.centre == 0 and one.variance == 0


def _flows_by_line(model: Model) -> Mapping[str, list[Flow]]:
    """The flows of each line, by the name that the engine gives the line."""
    names = sorted((name for name, _, _ in engine.lines(model)), key=len, reverse=True)
    found: dict[str, list[Flow]] = {}
    for row, _, flow in model.flows:
        line = next(name for name in names if row == name or row.startswith(f"{name}."))
        found.setdefault(line, []).append(flow)
    return found
