"""What it is worth to know more: against closed forms, and what must hold for any decision."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from known_functions import PATH, unit
from scipy import stats
from scipy.special import ndtri
from valuations import RANGE, small, valued

from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.information import (
    EVERYTHING,
    Worth,
    agenda,
    counted,
    counting_more,
    known,
    ranked,
    worth,
)
from sroi.model.uncertain.distributions import ScaledBeta

COUNTED = {"beta": {"yes": 14, "no": 26}, "because": "Voorbeeld."}
PRIOR = ScaledBeta(14.5, 26.5)


def value_of_normal(mean, sd):
    """E[max(Y, 0)] - max(E[Y], 0) of a normal Y."""
    return sd * stats.norm.pdf(mean / sd) - abs(mean) * stats.norm.cdf(-abs(mean) / sd)


def assert_worth(found: Worth, expected, miss=0.0):
    """Within four standard errors, and what the regression and 8,192 draws may miss."""
    assert abs(found.euros - expected) <= 4 * found.error + miss * expected + 1e-3
    assert found.error < 0.2 * max(expected, 1)


# Closed forms: net benefit is a weighted sum of normals


@pytest.mark.parametrize("mean", [-150.0, -20.0, 0.0, 60.0])
@pytest.mark.parametrize("method", ["sobol", "plain"])
def test_knowing_everything_a_quantity_and_two_of_three(mean, method):
    """EVPI and EVPPI of normals, at several distances from the point where the decision turns."""
    weights = np.array([80.0, 50.0, 30.0])
    z = ndtri(unit(3, method=method))
    net = mean + weights @ z
    assert_worth(worth(EVERYTHING, net, net > 0), value_of_normal(mean, (weights**2).sum() ** 0.5))
    for x, weight in zip(z, weights, strict=True):
        assert_worth(known("x", net, [x]), value_of_normal(mean, weight), 0.01)
    assert_worth(known("two", net, [z[0], z[2]]), value_of_normal(mean, np.hypot(80, 30)), 0.01)


def test_the_decision_becomes_another_as_often_as_it_should():
    """With a chance Φ(-|mean| / sd)."""
    z = ndtri(unit(2))
    net = 40 + 80 * z[0] + 60 * z[1]
    assert worth("", net, net > 0).changes == pytest.approx(stats.norm.cdf(-0.4), abs=2e-3)
    assert known("", net, [z[0]]).changes == pytest.approx(stats.norm.cdf(-0.5), abs=0.01)


@pytest.mark.parametrize("people", [2, 10, 100])
def test_a_sample_of_a_normal(people):
    """EVSI where x is normal and is measured with an error: the expectation is normal too."""
    z = ndtri(unit(3))
    net = 20 + 80 * z[0] + 40 * z[1]
    spread = 3 / people**0.5
    expected = 80 * (1 / (1 + spread**2)) ** 0.5
    assert_worth(known("", net, [z[0] + spread * z[2]]), value_of_normal(20, expected), 0.01)


def beta_value(mean, slope, posterior, weights):
    """What expectations are worth when Y expects `mean + slope × (x - E[x])`."""
    lines = mean + slope * (posterior - PRIOR.mean)
    return float(weights @ np.maximum(lines, 0)) - max(mean, 0)


@pytest.mark.parametrize("mean", [-30.0, 0.0, 50.0])
def test_counting_more_people(mean):
    """EVSI of a share with Jeffreys' prior: exactly, by the sum over all counts there can be."""
    u = unit(2)
    x = PRIOR.ppf(u[0])
    net = mean + 1000 * (x - PRIOR.mean) + 60 * ndtri(u[1])
    grid = (np.arange(200_000) + 0.5) / 200_000
    exactly = beta_value(mean, 1000, PRIOR.ppf(grid), np.full(200_000, 1 / 200_000))
    assert_worth(known("", net, [x]), exactly, 0.01)
    worths, last = dict(counted(net, x, PRIOR, (800, 5, 50, 200), np.random.default_rng(3))), 0.0
    assert list(worths) == [5, 50, 200, 800]
    for n, found in worths.items():
        yes = np.arange(n + 1)
        chances = stats.betabinom.pmf(yes, n, PRIOR.a, PRIOR.b)
        posterior = (PRIOR.a + yes) / (PRIOR.a + PRIOR.b + n)
        expected = beta_value(mean, 1000, posterior, chances)
        assert_worth(found, expected, 0.01)
        assert last <= found.euros + 2 * found.error
        last = found.euros
        assert found.euros <= exactly + 2 * found.error


def test_something_that_happens_or_not():
    """Two means: done where it happens, not where it does not."""
    u = unit(2)
    for chance in (0.5, 0.3, 0.05):
        x = (u[0] > 1 - chance) * 1.0
        net = 100 * x - 20 + 30 * ndtri(u[1])
        assert_worth(known("", net, [x]), chance * 80 - max(100 * chance - 20, 0), 0.01)


def test_two_that_only_matter_together():
    """Net benefit x y: neither is worth knowing alone, and both together E|x y| / 2 = 1 / π."""
    x, y = ndtri(unit(2))
    net = 1000 * x * y
    for one in (x, y):
        alone = known("", net, [one])
        assert alone.euros <= 4 * alone.error
    both = known("", net, [x, y])
    assert_worth(both, 1000 / np.pi, 0.01)
    assert both.euros == pytest.approx(worth("", net, net > 0).euros, rel=1e-6)


# What must hold


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mean", [0.0, 1.0, 30.0])
def test_what_has_nothing_to_do_with_it_is_worth_nothing(seed, mean):
    """Also where the decision is a toss-up; by itself, and twenty of them together."""
    z = ndtri(unit(22, seed, "plain"))
    net = mean + 100 * z[0] * z[1]
    for members in ([z[2]], list(z[2:])):
        found = known("", net, members)
        assert found.euros <= 4 * found.error
        assert found.euros < 2


def test_what_the_mean_already_says_is_worth_exactly_nothing():
    """Not even an error: with any value of it the decision stays as it is."""
    z = ndtri(unit(2))
    found = known("", 100 + 5 * z[0] + 60 * z[1], [z[0]])
    assert found == Worth("", 0, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_no_part_is_worth_more_than_everything_or_than_the_group_it_is_in(seed):
    """The first exactly, the second up to the error."""
    z = ndtri(unit(6, seed))
    net = 10 + 60 * z[0] + 40 * z[1] * z[2] + 20 * z[3] ** 2 - 20 + 10 * z[4]
    drawn = dict(zip("abcdef", z, strict=True))
    groups = {"abc": "abc", "def": "def", "all": "abcdef"}
    found = ranked("", net, drawn, groups)
    one = {some.name: some for some in [*found.quantities, *found.themes]}
    assert all(some.euros <= found.everything.euros for some in one.values())
    for group, members in [*groups.items(), ("all", ["abc", "def"])]:
        for name in members:
            assert one[group].euros >= one[name].euros - 2 * (one[group].error + one[name].error)
    assert one["all"].share > 0.97
    euros = [some.euros for some in found.quantities]
    assert euros == sorted(euros, reverse=True)


def test_nothing_to_find_out():
    """Where every draw asks for the same decision, all is 0 and there is no list."""
    z = ndtri(unit(2))
    for net in (1000 + z[0], z[0] - 1000, np.zeros(len(z[0])), np.full(len(z[0]), 5.0)):
        found = ranked("society", net, {"a": z[0]}, {"t": ["a"]})
        assert found.settled
        assert found.everything == Worth(EVERYTHING, 0, 0, 0)
        assert (found.quantities, found.themes) == ([], [])


def test_clear_is_more_than_twice_the_error():
    """So that chance is not taken for an agenda."""
    assert Worth("", 100, 20, 0.1).clear
    assert not Worth("", 30, 20, 0.1).clear
    assert not Worth("", 0, 0, 0).clear


def test_a_decision_of_euros_scales_with_them():
    """In cents everything is a hundred times as much, and nothing else changes."""
    z = ndtri(unit(2))
    net = 10 + 50 * z[0] + 30 * z[1]
    euros, cents = (known("", scale * net, [z[0]]) for scale in (1, 100))
    assert cents.euros == pytest.approx(100 * euros.euros)
    assert cents.error == pytest.approx(100 * euros.error)
    assert cents.changes == euros.changes


# Of a scenario


@cache
def scenario(investment=400, **changes):
    """One outcome with a counted rate, an uncertain price and deadweight; and its basis."""
    between = {"uniform": [0, 0.5], "because": "Voorbeeld."}
    made = small(outcomes__rate=COUNTED, outcomes__deadweight=between,
                 proxies__value=RANGE | {"low": 1000, "best": 1200, "high": 2500},
                 investment__per_year=investment, **changes)  # fmt: skip
    valuation = valued(made)
    return valuation.model, valuation.loaded.scenario.basis


def test_the_agenda_of_a_scenario():
    """All quantities and themes, the most valuable first, with shares of everything."""
    model, basis = scenario()
    found = agenda(question(model), basis)
    assert found.about == "society"
    assert found.draws == 16 * 1024
    expected = 0.75 * (1000 + 4 * 1200 + 2500) / 6 * PRIOR.mean - 400
    assert abs(found.mean - expected) <= 4 * found.error
    assert {one.name for one in found.quantities} == set(model.quantities.uncertain)
    assert {one.name for one in found.themes} == {"effects", "prices", "corrections"}
    assert found.everything.share == 1
    assert not found.settled
    for one, group in zip(found.quantities, found.themes, strict=True):  # each is all of its theme
        assert one.share == one.euros / found.everything.euros
        assert replace(group, name=one.name) == one
        assert one.clear


def test_of_the_ratio_the_balance_of_society_is_decided():
    """A ratio is no amount to win."""
    model, basis = scenario()
    ratio, society = (agenda(question(model, name), basis) for name in ("ratio", "society"))
    assert ratio == society


def test_a_threshold_is_what_it_must_bring():
    """Above what is asked; so a higher threshold is as a higher investment."""
    model, basis = scenario()
    dearer, _ = scenario(450)
    asked, paid = agenda(question(model, threshold=50), basis), agenda(question(dearer), basis)
    assert asked.mean == pytest.approx(paid.mean)
    assert asked.everything.euros == pytest.approx(paid.everything.euros)


def test_a_payer_who_never_pays_has_nothing_to_find_out():
    """It gains in every draw."""
    model, basis = scenario()
    found = agenda(question(model, "zorgverzekeraar"), basis)
    assert found.mean > 0
    assert found.settled
    assert found.everything.share is None
    assert counting_more(question(model, "zorgverzekeraar"), basis) == []


def test_counting_more_in_a_scenario():
    """Only what was counted; more is worth more, and never more than knowing it."""
    model, basis = scenario()
    (found,) = counting_more(question(model), basis)
    assert found.name == f"{PATH}.rate"
    assert found.counted == 40
    (one,) = [x for x in agenda(question(model), basis).quantities if x.name == found.name]
    assert found.known == one
    euros = [some.euros for some in found.more.values()]
    assert list(found.more) == [50, 200, 800]
    assert euros == sorted(euros)
    assert 0 < euros[0] < euros[-1] <= one.euros + 2 * found.more[800].error
    assert found.more[800].share < one.share + 0.02


def test_a_range_from_0_to_1_is_not_a_count():
    """A guess has no people behind it, however its distribution is made."""
    made = small(outcomes__rate={"low": 0, "best": 0.4, "high": 1, "because": "Voorbeeld."},
                 investment__per_year=400, proxies__value=1000)  # fmt: skip
    valuation = valued(made)
    asked, basis = question(valuation.model), valuation.loaded.scenario.basis
    assert not agenda(asked, basis).settled
    assert counting_more(asked, basis) == []


def test_the_same_seed_gives_the_same_agenda():
    """Seed 0 as well; another seed gives another."""
    bases = [scenario(basis__seed=seed)[1] for seed in (0, 0, 1)]
    asked = question(scenario()[0])
    for work in (agenda, counting_more):
        first, again, other = (work(asked, basis, each=128) for basis in bases)
        assert first == again
        assert first != other


def test_a_scenario_in_which_all_is_certain():
    """There is nothing to find out."""
    valuation = valued(small())
    asked, basis = question(valuation.model), valuation.loaded.scenario.basis
    assert agenda(asked, basis).settled
    assert counting_more(asked, basis) == []
