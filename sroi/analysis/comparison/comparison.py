"""Models side by side: variants of a scenario, or scenarios of the same years and prices.

All get the same draws for quantities of the same path (common random numbers, Law & Kelton (1991),
Simulation Modeling and Analysis), so that what they share does not blur their difference. The
points are made for all uncertain quantities of all models together; where one model has quantities
that another has not, the draws therefore differ from those of a model that is run alone. Quantities
that move together do so in each model as its own correlations say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.key import spoken
from sroi.analysis.result.question import RATIO, SOCIETY_, Question, question, with_ratio
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows import engine
from sroi.model.flows.results import INVESTMENT, SOCIETY, Perspective, Results, standard_error
from sroi.model.lines.discounting import Discounting
from sroi.model.lines.model import Model
from sroi.model.uncertain.distributions import Distribution
from sroi.model.uncertain.following import Follows, Together
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES, draws_used
from sroi.problems import Problem

Array = NDArray[np.float64]
Progress = Callable[[float], object]
ROUNDING = 1e-12  # as a share of the results: a difference below it is none
# what must be the same for euros to be compared, and what is said where it is not
SAME = {
    "first_year": "compare-first-year",
    "years": "compare-years",
    "price_year": "compare-prices",
    "currency": "compare-currency",
}


@dataclass(frozen=True)
class Line:
    """A line in the base and in the other model: expected present value, investment negative.

    None where a model does not have the line.
    """

    name: str
    base: float | None
    other: float | None

    @property
    def change(self) -> float:
        """How much more it brings in the other model."""
        base, other = self.base or 0.0, self.other or 0.0
        return other - base if abs(other - base) > ROUNDING * abs(base) else 0.0


@dataclass(frozen=True)
class Difference:
    """A result of another model minus that of the base, draw by draw.

    `base`, `other`, `mean`: expected results and their difference (of ratios: of expected benefits
    ÷ expected investment). `independent_error`: the standard error with as many draws apart for
    each model. `p5` and `p95` over the draws; `better`, `worse`: shares of the draws in which the
    result is higher or lower. `lines`: where it comes from (of ratios: in euros for society), the
    largest first.
    """

    result: str
    base: float
    other: float
    mean: float
    standard_error: float
    independent_error: float
    p5: float
    p95: float
    better: float
    worse: float
    lines: list[Line]

    @property
    def gain(self) -> float | None:
        """How many times smaller the standard error is than with independent draws; None where
        there is no error at all."""
        return self.independent_error / self.standard_error if self.standard_error else None


@dataclass(frozen=True)
class Swapped:
    """A quantity that differs, its central value in both models, and what the result gains when
    the base gets that of the other."""

    path: str
    base: float
    other: float
    change: float


@dataclass(frozen=True)
class Explanation:
    """Why two central results differ: base + Σ change of inputs + interaction + structure = other.

    `interaction`: what all inputs together do beyond each of them alone. `structure`: what is no
    quantity of both: lines, payers, index years, discounting, contracts.
    """

    result: str
    base: float
    other: float
    inputs: list[Swapped]
    interaction: float
    structure: float


@dataclass(frozen=True)
class _Answer:
    """A result of one model: by draw, expected for each replicate and in all, and by line."""

    draws: Array
    parts: Array
    expected: float
    lines: dict[str, float]


def comparable(scenarios: Mapping[str, Loaded]) -> list[Problem]:
    """Why the euros of the first scenario and of another cannot be laid side by side."""
    (first, base), *others = ((name, x.scenario.basis) for name, x in scenarios.items())
    return [
        Problem(
            code,
            facts={
                "base": first,
                "other": name,
                "in_base": str(getattr(base, field)),
                "in_other": str(getattr(basis, field)),
            },
        )
        for name, basis in others
        for field, code in SAME.items()
        if getattr(basis, field) != getattr(base, field)
    ]


def union(models: Iterable[Model]) -> list[str]:
    """The paths of all quantities that are uncertain in any of the models."""
    return list(dict.fromkeys(path for model in models for path in model.quantities.uncertain))


def compared(
    models: Mapping[str, Model],
    basis: Basis,
    names: Sequence[str] = (SOCIETY_, RATIO),
    threads: int | None = None,
    progress: Progress = lambda share: None,
    also_ratio: bool = False,
) -> dict[str, list[Difference]]:
    """Every model but the first against the first, for every named result (see `question`).

    `basis`: that of the first scenario; its draws, seed and sampling hold for all. A payer that has
    no part in a model has a balance of zero there. `also_ratio`: and the ratio, if all have one.
    Raises `Unusable` where no model knows a result, or one has no ratio that is named.
    Memory: one run at a time, and of each result one number for each draw of two models.
    """
    dimensions = union(models.values())
    found: dict[str, list[Difference]] = {}
    base: dict[str, _Answer] = {}
    _known(models.values(), names)
    asked = [*names, *([RATIO] if also_ratio and RATIO not in names else [])]
    for number, (key, model) in enumerate(models.items()):

        def told(share: float, before: int = number) -> object:
            return progress((before + share) / len(models))

        answers = _answers(model, basis, asked, dimensions, threads, told, RATIO not in names)
        asked = [name for name in asked if name in answers]
        base = base or answers
        if number:
            found[key] = [_difference(name, base[name], answers[name]) for name in asked]
    return {key: [one for one in rows if one.result in asked] for key, rows in found.items()}


def by_line(base: Results, other: Results, perspective: Perspective = SOCIETY) -> list[Line]:
    """Which lines bring the difference between two results, the largest first."""
    return _lines(_by_line(base, perspective), _by_line(other, perspective))


def explained(base: Model, other: Model, name: str = SOCIETY_) -> Explanation:
    """Which inputs make the difference, one at a time, in the central case.

    A quantity that differs only in its spread changes nothing there. What follows from a quantity
    when the model is made (the effectiveness at which an effect was measured, the cut for optimism)
    counts as structure.
    """
    _known((base, other), [name])
    differing = _differing(base, other)
    outcome = _at(other, name, other.quantities.centre())[0]
    if not _concerned(base, name):
        return Explanation(name, 0.0, float(outcome), [], 0.0, float(outcome))
    roomy = _roomy(base, other)
    at = _at(roomy, name, _swaps(roomy, differing))
    start, alone, together = at[0], at[1:-1], at[-1]
    inputs = [
        Swapped(path, mine.centre, theirs.centre, float(result - start))
        for (path, (mine, theirs)), result in zip(differing.items(), alone, strict=True)
    ]
    return Explanation(
        name,
        float(start),
        float(outcome),
        sorted(inputs, key=lambda one: -abs(one.change)),
        float(together - start) - sum(one.change for one in inputs),
        float(outcome - together),
    )


def _known(models: Iterable[Model], names: Iterable[str]) -> None:
    """Raises `Unusable` for a result that no model has."""
    first, *others = models
    for name in names:
        if not any(_concerned(model, name) for model in (first, *others)):
            question(first, name)


def _concerned(model: Model, name: str) -> bool:
    """Whether a model has a result, or its payer has no part in it."""
    return all(payer in model.payers for payer in spoken(name).whose)


def _answers(
    model: Model,
    basis: Basis,
    names: Sequence[str],
    dimensions: Sequence[str],
    threads: int | None,
    progress: Progress,
    optional: bool,
) -> dict[str, _Answer]:
    """The named results of a model, with one run for each way of discounting that they ask.

    `optional`: a ratio that there is not is left out, and not refused.
    """
    names = [x for x in names if not (optional and x == RATIO and not model.investment)]
    asked = [question(model, name) for name in names if _concerned(model, name)]
    groups: dict[Discounting, list[Question]] = {}
    for q in asked:
        groups.setdefault(q.model.discounting, []).append(q)
    draws = draws_used(basis.sampling, basis.draws)
    nothing = _Answer(np.zeros(draws), np.zeros(REPLICATES), 0.0, {})
    answers = {name: nothing for name in names if not _concerned(model, name)}
    for done, questions in enumerate(groups.values()):

        def told(share: float, before: int = done) -> object:
            return progress((before + share) / len(groups))

        results = engine.run(
            questions[0].model, basis.draws, basis.seed, basis.sampling, threads, told,
            dimensions=dimensions,
        )  # fmt: skip
        left_out = optional and results.without_ratio
        answers |= {q.name: _answer(q, results) for q in questions if not (q.is_ratio and left_out)}
    return answers


def _answer(q: Question, results: Results) -> _Answer:
    draws, lines = _checked(q, results), _by_line(results, q.perspective)
    if q.is_ratio:
        benefits, investment = (_parts(x) for x in (results.benefits(), results.investment()))
        expected = float(benefits.mean() / investment.mean())
        return _Answer(draws, benefits / investment, expected, lines)
    return _Answer(draws, _parts(draws), float(draws.mean()), lines)


def _checked(q: Question, results: Results) -> Array:
    """The result (draw), of a ratio only where there is one."""
    return q.answer(with_ratio(results) if q.is_ratio else results)


def _parts(amounts: Array) -> Array:
    """Means of the replicates."""
    return np.asarray(amounts.reshape(REPLICATES, -1).mean(axis=1))


def _difference(name: str, base: _Answer, other: _Answer) -> Difference:
    draws = _without_rounding(other.draws - base.draws, base.draws)
    p5, p95 = np.quantile(draws, (0.05, 0.95))
    return Difference(
        result=name,
        base=base.expected,
        other=other.expected,
        mean=float(_without_rounding(other.expected - base.expected, base.draws)),
        standard_error=standard_error(
            _without_rounding(_centred(other.parts - base.parts), base.parts)
        ),
        independent_error=float(np.hypot(standard_error(base.parts), standard_error(other.parts))),
        p5=float(p5),
        p95=float(p95),
        better=float((draws > 0).mean()),
        worse=float((draws < 0).mean()),
        lines=_lines(base.lines, other.lines),
    )


def _without_rounding(differences: Array | float, base: Array) -> Array:
    """Differences of which those that are only rounding are zero."""
    return np.where(np.abs(differences) > ROUNDING * np.abs(base).max(), differences, 0.0)


def _centred(parts: Array) -> Array:
    return np.asarray(parts - parts.mean())


def _by_line(results: Results, perspective: Perspective) -> dict[str, float]:
    """Expected present value of every line, investment negative."""
    weights = results.weights(perspective)
    total: dict[str, float] = {}
    for row, line in enumerate(results.lines):
        worth = float(weights[row] * results.present[row].mean())
        total[line] = total.get(line, 0.0) + (-worth if line.startswith(INVESTMENT) else worth)
    return total


def _lines(base: dict[str, float], other: dict[str, float]) -> list[Line]:
    found = [Line(name, base.get(name), other.get(name)) for name in base | other]
    return sorted(found, key=lambda line: -abs(line.change))


def _differing(base: Model, other: Model) -> dict[str, tuple[Distribution, Distribution]]:
    """Quantities of both models that are not the same, with the distribution in each."""
    mine, theirs = base.quantities.distributions, other.quantities.distributions
    return {
        path: (distribution, theirs[path])
        for path, distribution in mine.items()
        if path in theirs
        and distribution != theirs[path]
        # years that are drawn together differ year by year
        and not isinstance(distribution, Together)
    }


def _swaps(model: Model, differing: dict[str, tuple[Distribution, Distribution]]) -> Values:
    """The central case, the same with each quantity of the other model alone, and with all."""
    size = len(differing) + 2
    quantities = model.quantities
    known = quantities.distributions
    drawn = {path: np.full(size, known[path].centre) for path in quantities.rows}
    numbers = dict(zip(differing, range(1, size), strict=False))
    own = [path for path in differing if not isinstance(known[path], Follows)]
    for path in [*own, *(path for path in differing if path not in own)]:
        # what follows from others moves along with them where it is not swapped itself
        drawn[path] = np.array(np.broadcast_to(Values(quantities, drawn, size)[path], (size,)))
        drawn[path][[numbers[path], -1]] = differing[path][1].centre
    return Values(quantities, drawn, size)


def _at(model: Model, name: str, values: Values) -> Array:
    """A result (draw) at values; zero for a payer that has no part in the model."""
    if not _concerned(model, name):
        return np.zeros(values.draws)
    q = question(model, name)
    return _checked(q, engine.results_at(q.model, values))


def _roomy(base: Model, other: Model) -> Model:
    """The base with room for effects that last as long as they do in the other model."""
    ages = {line.id: line.ages for line in other.outcomes}
    outcomes = (replace(line, ages=max(line.ages, ages.get(line.id, 0))) for line in base.outcomes)
    years = max(base.years, other.years) if base.years > base.horizon else base.years
    return replace(base, outcomes=tuple(outcomes), years=years)
