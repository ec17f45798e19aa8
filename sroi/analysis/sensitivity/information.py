"""What it is worth to know more before deciding: to do the programme, or not to do it.

With net benefit Y (0 where it is not done), and the expectation over the draws:

    everything        EVPI    E[max(Y, 0)] - max(E[Y], 0)
    a quantity X      EVPPI   E[max(E[Y | X], 0)] - max(E[Y], 0)
    a count k of X    EVSI    E[max(E[Y | k], 0)] - max(E[Y], 0)

All are estimated as the worth of a rule. For each of the 16 replicates E[Y | X] is fitted on the
other 15 (see `splines`), and the rule "do it where that is above 0" is tried on this one, against
what the mean of the other 15 says. So chance is worth nothing, and what is found is what somebody
could get with the rule: a lower bound, below the truth by what the regression misses. That is
little for one quantity. Of several it sees sums and products, and not all they may do together.
The standard error is measured over the replicates; they share most of the draws that they are
fitted on, so where there is nothing to find it is up to a fifth too small. Amounts are those of
this scenario, once.

Sources: Claxton (1999), Journal of Health Economics 18, 341-364 (decide by the expectation; EVPI);
Strong, Oakley & Brennan (2014), Medical Decision Making 34, 311-326 (EVPPI by regression); Strong,
Oakley, Brennan & Breeze (2015), Medical Decision Making 35, 570-583 (EVSI by regression). The rule
on other draws is ours: they use the same draws for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.result.draws import mean_and_error, results_of, some_draws
from sroi.analysis.result.question import Question, question
from sroi.analysis.sensitivity.splines import columns_together, fitted
from sroi.analysis.sensitivity.themes import by_theme
from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.results import Results
from sroi.model.uncertain.distributions import ScaledBeta
from sroi.model.uncertain.quantities import Values
from sroi.model.uncertain.sampling import REPLICATES

Array = NDArray[np.float64]
Decisions = NDArray[np.bool_]
EACH = 1024
MORE = (50, 200, 800)
EVERYTHING = "everything"


@dataclass(frozen=True)
class Worth:
    """What it is worth to know something: euros with their standard error, not below 0.

    `share`: part of what it is worth to know everything; None where that is nothing.
    `changes`: chance that the decision becomes another.
    """

    name: str
    euros: float
    error: float
    changes: float
    share: float | None = None

    @property
    def clear(self) -> bool:
        """Whether it is more than chance makes of nothing: above twice its error."""
        return self.euros > 2 * self.error

    def of(self, everything: Worth) -> Worth:
        """With its share of what everything is worth."""
        return replace(self, share=self.euros / everything.euros if everything.euros else None)


@dataclass(frozen=True)
class Agenda:
    """What is worth measuring, the most valuable first. `mean`: expected net benefit, with error.

    `about`: the result that the decision is about. Where no draw changes the decision there is
    nothing to find out: `settled`, with everything worth 0 and nothing in the lists.
    """

    about: str
    draws: int
    mean: float
    error: float
    everything: Worth
    quantities: list[Worth]
    themes: list[Worth]

    @property
    def settled(self) -> bool:
        """Whether every draw asks for the decision that the mean asks for."""
        return self.everything.changes == 0


@dataclass(frozen=True)
class Counting:
    """What it is worth to count more of a share that was counted: by how many more.

    `counted`: people that it rests on so far; `known`: the worth of knowing it exactly.
    """

    name: str
    counted: float
    known: Worth
    more: dict[int, Worth]


def agenda(asked: Question, basis: Basis, each: int = EACH, drawn: Results | None = None) -> Agenda:
    """What is worth measuring for a result in euros; for the ratio, for the balance of society.

    `drawn`: results of the scenario, which spare the time where they have the draws.
    """
    about, values, net = _net_benefit(asked, basis, each, drawn)
    return ranked(about, net, values.drawn, by_theme(values.drawn, values.source.distributions))


def ranked(
    about: str, net: Array, drawn: Mapping[str, Array], themes: Mapping[str, Sequence[str]]
) -> Agenda:
    """The same from draws (draw) by name, replicate after replicate, and net benefit (draw)."""
    everything = worth(EVERYTHING, net, net > 0)
    members = {name: [x] for name, x in drawn.items()}
    together = {name: [drawn[path] for path in paths] for name, paths in themes.items()}
    lists = [
        [known(name, net, some).of(everything) for name, some in group.items()]
        for group in (members, together)
        if everything.changes
    ]
    quantities, groups = (sorted(one, key=lambda x: -x.euros) for one in lists or [[], []])
    mean, error = mean_and_error(net)
    return Agenda(about, len(net), mean, error, everything.of(everything), quantities, groups)


def counting_more(
    asked: Question,
    basis: Basis,
    more: Sequence[int] = MORE,
    each: int = EACH,
    drawn: Results | None = None,
) -> list[Counting]:
    """Every share that was counted (form `beta`), the most valuable first; none where settled.

    The counts are nested: the 200 are the 50 and 150 more. They follow from the seed.
    """
    _, values, net = _net_benefit(asked, basis, each, drawn)
    everything = worth(EVERYTHING, net, net > 0)
    found = []
    for row, (path, x) in enumerate(values.drawn.items()):
        prior = values.source.distributions[path]
        if everything.changes and isinstance(prior, ScaledBeta) and prior.best is None:
            # two keys: never the sequence of a replicate of the draws, which has one
            rng = np.random.default_rng(np.random.SeedSequence(basis.seed, spawn_key=(row, 0)))
            worths = {n: one.of(everything) for n, one in counted(net, x, prior, more, rng)}
            exactly = known(path, net, [x]).of(everything)
            found.append(Counting(path, prior.a + prior.b - 1, exactly, worths))
    return sorted(found, key=lambda one: -one.known.euros)


def counted(
    net: Array, x: Array, prior: ScaledBeta, more: Sequence[int], rng: np.random.Generator
) -> Iterator[tuple[int, Worth]]:
    """What it is worth to count so many more people for a share x (draw), for each number."""
    yes, people = np.zeros(len(x)), 0
    for number in sorted(more):
        yes, people = yes + rng.binomial(number - people, x), number
        expected = (prior.a + yes) / (prior.a + prior.b + people)
        yield number, known(f"{number}", net, [expected])


def known(name: str, net: Array, members: Sequence[Array]) -> Worth:
    """What it is worth to know a quantity, or some together (each: draw)."""
    return worth(name, net, fitted(columns_together(members, net), net) > 0)


def worth(name: str, net: Array, done: Decisions) -> Worth:
    """What it is worth to do it in these draws (draw), and not as the mean of the others says."""
    means = net.reshape(REPLICATES, -1).mean(axis=1)
    usual = np.repeat(means.sum() - means > 0, len(net) // REPLICATES)
    gain, error = mean_and_error(np.where(done == usual, 0.0, np.where(done, net, -net)))
    return Worth(name, max(gain, 0.0), error, float((done != usual).mean()))


def _net_benefit(
    asked: Question, basis: Basis, each: int, drawn: Results | None
) -> tuple[str, Values, Array]:
    """What is decided about, the draws, and what each of them brings above the threshold."""
    amount = question(asked.model) if asked.is_ratio else asked
    values = some_draws(amount.model, basis, each)
    net = amount.answer(results_of(values, amount.model, basis, drawn)) - amount.threshold
    return amount.name, values, net
