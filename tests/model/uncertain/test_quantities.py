"""Values remember what was worked out from them, for as long as it would be found again."""

import numpy as np
import pytest
from care_in_memory import worked_example
from valuations import valued

from sroi.analysis.result.draws import some_draws
from sroi.model.flows import care_flows
from sroi.model.flows.engine import evaluate
from sroi.model.uncertain.copula import Copula
from sroi.model.uncertain.distributions import Certain, Uniform
from sroi.model.uncertain.quantities import Values, quantities

MODEL = object()
FREE = Copula((), np.empty((0, 0)))


def values() -> Values:
    """Three draws of two quantities, and one that is certain."""
    known = {"a": Uniform(0, 1), "b": Uniform(0, 1), "c": Certain(2.0)}
    return quantities(known, FREE).at(np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]))


class Work:
    """The sum of some quantities, and how often it was worked out."""

    def __init__(self, *paths: str) -> None:
        self.paths, self.times = paths, 0

    def __call__(self, values: Values):
        self.times += 1
        return sum(values[path] for path in self.paths)


def test_once_is_once():
    """What was found is found again."""
    some, work = values(), Work("a", "c")
    first = some.once(MODEL, "sum", work)
    assert some.once(MODEL, "sum", work) is first
    assert (first.tolist(), work.times) == ([2.1, 2.2, 2.3], 1)


def test_only_what_was_asked_for_makes_a_difference():
    """A change of another quantity does not, nor does it undo what is known."""
    some, work = values(), Work("a", "c")
    first = some.once(MODEL, "sum", work)
    assert some.changed({"b": np.zeros(3)}).once(MODEL, "sum", work) is first
    assert some.changed({"a": np.zeros(3)}).once(MODEL, "sum", work).tolist() == [2.0] * 3
    assert some.changed({"c": np.ones(3)}).once(MODEL, "sum", work).tolist() == [1.1, 1.2, 1.3]
    assert some.changed({"b": np.ones(3)}).once(MODEL, "sum", work) is first
    assert work.times == 3


def test_the_same_numbers_elsewhere_are_not_the_same_draws():
    """An array is known by what it is; that costs time and never a wrong answer."""
    some, work = values(), Work("a")
    some.once(MODEL, "sum", work)
    some.changed({"a": some.drawn["a"].copy()}).once(MODEL, "sum", work)
    assert work.times == 2


def test_work_within_work_is_asked_for_too():
    """The outer one depends on what the inner one asks, also where that was known already."""
    some, inner = values(), Work("a")
    some.once(MODEL, "inner", inner)

    def outer(values: Values):
        return values.once(MODEL, "inner", inner) + values["b"]

    first = some.once(MODEL, "outer", outer)
    other = some.changed({"a": np.zeros(3)})
    assert first.tolist() == pytest.approx([0.5, 0.7, 0.9])
    assert other.once(MODEL, "outer", outer).tolist() == [0.4, 0.5, 0.6]
    assert inner.times == 2


def test_another_model_is_another_matter():
    """The same name may mean something else there."""
    some = values()
    some.once(MODEL, "sum", Work("a"))
    assert some.once(object(), "sum", Work("b")).tolist() == [0.4, 0.5, 0.6]


def test_parts_and_some_of_the_draws():
    """The whole is itself; of anything less nothing is known."""
    some, work = values(), Work("a")
    some.once(MODEL, "sum", work)
    assert some.part(0, 3) is some
    assert some.part(1, 3).once(MODEL, "sum", work).tolist() == [0.2, 0.3]
    assert some.take(np.array([2, 0])).once(MODEL, "sum", work).tolist() == [0.3, 0.1]


def test_what_is_asked_of_a_part_is_asked_of_the_whole():
    """So that it is worked out again when that changes."""
    some, work = values(), Work("a")

    def of_parts(whole):
        return np.concatenate([work(whole.part(0, 1)), work(whole.part(1, 3))])

    usual = some.once(MODEL, "sum", of_parts)
    changed = some.changed({"a": np.zeros(3)}).once(MODEL, "sum", of_parts)
    assert usual.tolist() == [0.1, 0.2, 0.3]
    assert changed.tolist() != usual.tolist()


@pytest.mark.parametrize("block", [2048, 64])
def test_a_ladder_of_which_one_quantity_changes(block, monkeypatch):
    """Every flow is what it is when all is worked out anew, to the last bit; also where ladders are
    reckoned in more than one block of draws."""
    monkeypatch.setattr(care_flows, "BLOCK", block)
    valuation = valued(worked_example(conditions=True))
    model = valuation.model
    usual = some_draws(model, valuation.loaded.scenario.basis, 16)
    evaluate(model, usual)
    for path, draws in usual.drawn.items():
        other = {path: draws[::-1].copy()}
        anew = Values(usual.source, usual.drawn | other, usual.draws)
        pairs = zip(evaluate(model, usual.changed(other)), evaluate(model, anew), strict=True)
        for one, two in pairs:
            assert np.array_equal(one.present, two.present)
            assert np.array_equal(one.sums, two.sums)
