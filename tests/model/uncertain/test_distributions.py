"""Every distribution against an exact one: quantiles, moments, centre, and what it stands for.

A new distribution costs two lines: its name in FORMS with the ranges of its parameters, and a
function that puts it beside its exact counterpart.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from sroi.inputs.care.enabling_conditions import MovesAlong
from sroi.inputs.quantity.counted import Stick
from sroi.inputs.quantity.hazard_ratio import HazardRatio
from sroi.inputs.quantity.quantity import (
    ANY,
    DURATION,
    FRACTION,
    HAZARD_RATIO,
    NOT_NEGATIVE,
    Domain,
    Quantity,
)
from sroi.model.uncertain.distributions import (
    Certain,
    Distribution,
    Gamma,
    LogNormal,
    Normal,
    Occurrence,
    ScaledBeta,
    Triangular,
    Uniform,
    Within,
    distribution,
    pert,
)
from sroi.model.uncertain.sampling import NEAREST, points

Z95 = stats.norm.ppf(0.95)


class Truncated:
    """A scipy distribution on condition that it lies in a domain."""

    def __init__(self, whole: Any, domain: Domain) -> None:
        self.whole, self.domain = whole, domain
        self.below, self.above = whole.cdf(domain[0]), whole.sf(domain[1])
        self.inside = 1 - self.below - self.above

    def ppf(self, u: Any) -> Any:
        """Quantile: u runs over the part that lies inside."""
        return self.whole.ppf(self.below + u * self.inside)

    def isf(self, u: Any) -> Any:
        """Quantile from above."""
        return self.whole.isf(self.above + u * self.inside)

    def _moment(self, power: int) -> float:
        low, high = np.maximum(self.domain[0], self.whole.support()[0]), self.domain[1]
        ends = np.clip([self.whole.isf(1e-13), low], low, high)
        x = np.linspace(ends[1], ends[0], 400_001)
        return float(np.trapezoid(x**power * self.whole.pdf(x), x) / self.inside)

    def mean(self) -> float:
        """By integration of the density."""
        return self._moment(1)

    def var(self) -> float:
        """By integration of the density."""
        return self._moment(2) - self._moment(1) ** 2


@dataclass(frozen=True)
class Case:
    """A distribution beside an exact one; `best` is the centre where that is not the median."""

    ours: Distribution
    exact: Any
    best: float | None = None


def beta_case(a: float, b: float) -> Case:
    """As it follows from counts."""
    return Case(ScaledBeta(a, b), stats.beta(a, b))


def stick_case(count: float, later: float) -> Case:
    """Of so many who did not go to an earlier place, and those who go on; without a prior."""
    stick = Stick(count=count, later=later, total=count + later)
    mean = count / (count + later)
    return Case(distribution(stick, FRACTION), stats.beta(count, later), mean)


def claim_case(found: float, bias_sd: float, prior_sd: float) -> Case:
    """What is left of a claim: the posterior of a normal prior around no effect, in logarithms."""
    # more decimals than three, which could be thousands
    stated = {"found": found, "bias_sd": bias_sd, "prior_sd": prior_sd}
    claim = {name: f"{value:.17f}" for name, value in stated.items()}
    precision = prior_sd**-2 + bias_sd**-2
    median = np.exp(np.log(found) * bias_sd**-2 / precision)
    ours = distribution(HazardRatio.model_validate({"claim": claim}), HAZARD_RATIO)
    return Case(ours, stats.lognorm(precision**-0.5, scale=median))


def pert_case(low: float, width: float, place: float) -> Case:
    """With the best guess at a share of the width."""
    best, a, b = low + place * width, 1 + 4 * place, 1 + 4 * (1 - place)
    return Case(pert(low, best, low + width), stats.beta(a, b, low, width), best)


def triangular_case(low: float, width: float, place: float) -> Case:
    """With the best guess at a share of the width."""
    best = low + place * width
    return Case(Triangular(low, best, low + width), stats.triang(place, low, width), best)


def uniform_case(low: float, width: float) -> Case:
    """From low to low + width."""
    return Case(Uniform(low, low + width), stats.uniform(low, width))


def normal_case(mean: float, sd: float) -> Case:
    """Mean and standard deviation."""
    return Case(Normal(mean, sd), stats.norm(mean, sd))


def lognormal_case(median: float, sd_log: float) -> Case:
    """Median and standard deviation of the logarithm."""
    return Case(LogNormal(median, sd_log), stats.lognorm(sd_log, scale=median))


def gamma_case(mean: float, cv: float) -> Case:
    """Mean and coefficient of variation."""
    return Case(Gamma(mean, cv), stats.gamma(cv**-2, scale=mean * cv**2))


def within_normal_case(mean: float, sds: float) -> Case:
    """A normal of which a little lies below zero."""
    inner = normal_case(mean, mean / sds)
    return Case(Within(inner.ours, *NOT_NEGATIVE), Truncated(inner.exact, NOT_NEGATIVE))


def within_lognormal_case(median: float, sd_log: float) -> Case:
    """A lognormal of which a little lies above one."""
    inner = lognormal_case(median, sd_log)
    return Case(Within(inner.ours, *FRACTION), Truncated(inner.exact, FRACTION))


def within_gamma_case(mean: float, cv: float) -> Case:
    """A gamma of which a little lies above sixty years."""
    inner = gamma_case(mean, cv)
    return Case(Within(inner.ours, *DURATION), Truncated(inner.exact, DURATION))


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """Any number from low to high."""
    return st.floats(low, high, allow_subnormal=False)


LOW, WIDTH, SIZE, SHARE = (
    between(-1e4, 1e4),
    between(0.01, 1e5),
    between(0.01, 1e5),
    between(0, 1),
)
FORMS: dict[str, tuple[Callable[..., Case], tuple[st.SearchStrategy[float], ...]]] = {
    "beta": (beta_case, (between(0.5, 1e4), between(0.5, 1e4))),
    "stick": (stick_case, (between(1, 1e4), between(1, 1e4))),
    "claim": (claim_case, (between(0.3, 2), between(0.05, 2), between(0.02, 0.2))),
    "pert": (pert_case, (LOW, WIDTH, SHARE)),
    "triangular": (triangular_case, (LOW, WIDTH, SHARE)),
    "uniform": (uniform_case, (LOW, WIDTH)),
    "normal": (normal_case, (LOW, SIZE)),
    "lognormal": (lognormal_case, (SIZE, between(0.02, 0.8))),
    "gamma": (gamma_case, (SIZE, between(0.02, 2))),
    "normal within": (within_normal_case, (SIZE, between(3.1, 5))),
    "lognormal within": (within_lognormal_case, (between(0.1, 0.3), between(0.2, 0.37))),
    "gamma within": (within_gamma_case, (between(5, 12), between(0.3, 0.45))),
}
CASES = st.one_of(*(st.builds(make, *parts) for make, parts in FORMS.values()))
EXAMPLES = [
    pert_case(10, 35, 10 / 35),
    triangular_case(10, 35, 10 / 35),
    beta_case(14.5, 98.5),
    stick_case(3, 57),
    claim_case(0.7, 0.35, 0.1),
    uniform_case(0.8, 1.7),
    normal_case(1.5, 0.3),
    lognormal_case(1.5, 0.33),
    gamma_case(6500, 0.2),
    within_normal_case(0.3, 3.2),
    within_lognormal_case(0.3, 0.37),
    within_gamma_case(12, 0.45),
]
NAMES = [type(case.ours).__name__ for case in EXAMPLES]
PROBABILITIES = np.unique(
    np.clip(
        np.concatenate(
            [
                np.linspace(0, 1, 401),
                special.expit(np.linspace(-22.8, 22.8, 401)),
                np.random.default_rng(1).random(400),
            ]
        ),
        NEAREST,
        1 - NEAREST,
    )
)


def quantiles(exact: Any) -> np.ndarray:
    """Exact quantiles, the upper half from above, where 1 - u has digits that u has not."""
    u = PROBABILITIES
    return np.where(u < 0.5, exact.ppf(u), exact.isf(1 - u))


def integral(case: Case, power: int, about: float = 0.0) -> float:
    """Moment by integrating the quantile function over log-odds, where its tails are flat."""
    x = np.linspace(-22.8, 22.8, 20_001)
    u, away = special.expit(x), special.expit(-x)
    return float(np.trapezoid((case.ours.ppf(u) - about) ** power * u * away, x))


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_quantiles_are_monotone_and_exact(case: Case) -> None:
    """ppf never falls, and is the exact quantile to 1e-10 of the range.

    Of a truncated one the last millionth is left out: there the window takes digits from u.
    """
    ours, exact = case.ours.ppf(PROBABILITIES), quantiles(case.exact)
    width = exact[-1] - exact[0]
    assert (np.diff(ours) >= -1e-13 * width).all()
    seen = (1 - 1e-6 if isinstance(case.ours, Within) else 1) > PROBABILITIES
    assert np.abs(ours - exact)[seen].max() <= 1e-10 * width + 1e-15 * np.abs(exact).max()


@settings(max_examples=200, deadline=None)
@given(CASES)
def test_moments_are_analytic_and_those_of_the_quantiles(case: Case) -> None:
    """Mean and variance agree with the exact ones and with numerical integration of ppf."""
    mean, variance = case.exact.mean(), case.exact.var()
    loose = isinstance(case.ours, Within)
    near, close = (1e-4, 1e-3) if loose else (1e-9, 1e-9)
    slack = near * variance**0.5 + 1e-12 * abs(mean)
    assert case.ours.mean == pytest.approx(mean, rel=0, abs=slack)
    assert case.ours.variance == pytest.approx(variance, rel=close)
    assert integral(case, 1) == pytest.approx(mean, rel=1e-8, abs=1e-5 * variance**0.5)
    assert integral(case, 2, about=mean) == pytest.approx(variance, rel=1e-4)


@settings(max_examples=200, deadline=None)
@given(CASES)
def test_the_centre_is_the_best_guess_or_the_median(case: Case) -> None:
    """Best where there is one; else half of the draws lie below it."""
    median = float(case.exact.ppf(0.5))
    expected = median if case.best is None else case.best
    width = float(case.exact.isf(NEAREST) - case.exact.ppf(NEAREST))
    assert case.ours.centre == pytest.approx(expected, rel=1e-12, abs=1e-9 * width)


@settings(max_examples=100, deadline=None)
@given(CASES)
def test_the_shape_of_the_points_does_not_matter(case: Case) -> None:
    """A table of points gives the table of what each point gives."""
    table = PROBABILITIES[:600].reshape(20, 30)
    np.testing.assert_array_equal(
        case.ours.ppf(table), case.ours.ppf(table.ravel()).reshape(20, 30)
    )


@settings(max_examples=100, deadline=None)
@given(CASES.filter(lambda case: isinstance(case.ours, Within)))
def test_truncated_ones_stay_inside(case: Case) -> None:
    """No draw leaves the domain, not even by a rounding."""
    drawn = case.ours.ppf(PROBABILITIES)
    assert drawn.min() >= case.exact.domain[0]
    assert drawn.max() <= case.exact.domain[1]


@pytest.mark.parametrize("case", EXAMPLES, ids=NAMES)
def test_sampled_moments_lie_within_four_standard_errors(case: Case) -> None:
    """Mean and variance of plain draws are those of the distribution."""
    drawn = case.ours.ppf(points("plain", 20, 0, 200_000, 1)[0])
    error = drawn.std() / len(drawn) ** 0.5
    assert abs(drawn.mean() - case.exact.mean()) <= 4 * error
    squares = (drawn - case.exact.mean()) ** 2
    assert abs(squares.mean() - case.exact.var()) <= 4 * squares.std() / len(drawn) ** 0.5


@given(between(0, 1).filter(lambda chance: 1e-9 < chance < 1 - 1e-9))
def test_something_happens_as_often_as_its_chance(chance: float) -> None:
    """Yes or no, the upper part of the points; in the central case it happens by that chance."""
    occurrence = Occurrence(chance)
    drawn = occurrence.ppf(PROBABILITIES)
    assert set(drawn) <= {0.0, 1.0}
    assert (np.diff(drawn) >= 0).all()
    assert np.array_equal(drawn == 1, 1 - chance < PROBABILITIES)
    assert occurrence.mean == occurrence.centre == chance
    assert occurrence.variance == pytest.approx(chance - chance**2)


def test_so_many_of_the_draws_happen() -> None:
    """On Sobol points as good as exactly, on plain ones within four standard errors."""
    even = Occurrence(0.75).ppf(points("sobol", 1, 0, 4096, 1)[0])
    assert even.mean() == pytest.approx(0.75, abs=1 / 4096)
    plain = Occurrence(0.3).ppf(points("plain", 1, 0, 50_000, 1)[0])
    assert abs(plain.mean() - 0.3) <= 4 * (0.21 / 50_000) ** 0.5


def test_known_moments() -> None:
    """Triangular(10, 20, 45) has mean 25 and variance 54.1667; PERT(10, 20, 45) mean 22.5."""
    assert Triangular(10, 20, 45).mean == 25
    assert Triangular(10, 20, 45).variance == pytest.approx(54.1667, abs=5e-5)
    assert pert(10, 20, 45).mean == pytest.approx(22.5)


def test_a_certain_quantity_is_its_value_everywhere() -> None:
    """One value, no spread."""
    certain = Certain(3.0)
    assert (certain.mean, certain.variance, certain.centre) == (3.0, 0.0, 3.0)
    assert (certain.ppf(PROBABILITIES) == 3.0).all()


def described(domain: Domain = ANY, **written: Any) -> Distribution:
    """The distribution of a quantity as it stands in a file."""
    return distribution(Quantity.model_validate(written), domain)


def test_every_form_of_the_file_has_its_distribution() -> None:
    """What is written is what is drawn."""
    low_best_high = {"low": "10", "best": "20", "high": "45"}
    assert described(**low_best_high) == pert(10, 20, 45)
    assert described(**low_best_high, shape="triangular") == Triangular(10, 20, 45)
    assert described(uniform=["0.8", "2.5"]) == Uniform(0.8, 2.5)
    assert described(normal={"mean": "1.5", "sd": "0.3"}) == Normal(1.5, 0.3)
    assert described(lognormal={"median": "1.5", "sd_log": "0.3"}) == LogNormal(1.5, 0.3)
    assert described(gamma={"mean": "6500", "cv": "20%"}) == Gamma(6500, 0.2)
    assert described(gamma={"mean": "6500", "sd": "1300"}) == Gamma(6500, 0.2)
    assert described(beta={"yes": "14", "no": "98"}) == ScaledBeta(14.5, 98.5)
    assert described(beta={"alpha": "14", "beta": "98"}) == ScaledBeta(14, 98)
    # a + b = .3 * .7 / .05^2 - 1 = 83, a = 24.9
    by_mean = described(beta={"mean": "30%", "se": "0.05"})
    assert (by_mean.a, by_mean.b) == pytest.approx((24.9, 58.1))
    assert described(value="1.5") == Certain(1.5)
    assert described(low="2", best="2", high="2") == Certain(2.0)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.95))
def test_a_share_with_a_standard_error_has_that_mean_and_that_error(mean, part):
    """Of whatever share, with an error below what a share of two outcomes would have."""
    se = part * math.sqrt(mean * (1 - mean))
    found = described(beta={"mean": f"{mean:.9f}", "se": f"{se:.9f}"})
    assert found.mean == pytest.approx(mean, abs=1e-6)
    assert found.variance**0.5 == pytest.approx(se, abs=1e-6)


def test_percentiles_in_the_file_are_percentiles_of_the_draws() -> None:
    """p5 and p95 come back as the 5th and 95th percentile."""
    ends = np.array([0.05, 0.95])
    normal = described(normal={"p5": "10", "p95": "30"})
    assert normal.ppf(ends) == pytest.approx([10, 30])
    assert described(lognormal={"median": "1.5", "p95": "2.6"}).ppf(ends)[1] == pytest.approx(2.6)
    assert normal.variance**0.5 == pytest.approx(10 / Z95)


def test_only_what_reaches_outside_its_domain_is_cut_off() -> None:
    """A little outside gives a truncated distribution, nothing outside the plain one."""
    assert described(FRACTION, normal={"mean": "0.5", "sd": "0.05"}).mean == 0.5
    cut = described(FRACTION, normal={"mean": "0.32", "sd": "0.1"})
    assert isinstance(cut, Within)
    assert cut.mean > 0.32
    assert described(ANY, normal={"mean": "0.32", "sd": "0.1"}) == Normal(0.32, 0.1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("75%", Occurrence(0.75)),
        ({"chance": "0.75"}, Occurrence(0.75)),
        ("0", Certain(0.0)),
        ("1", Certain(1.0)),
        ({"value": "75%"}, Certain(0.75)),
        ({"low": "0.4", "best": "0.6", "high": "0.8"}, pert(0.4, 0.6, 0.8)),
    ],
)
def test_moving_along_is_a_chance_or_a_degree(written: Any, expected: Distribution) -> None:
    """What is sure to happen, or not to, does not vary."""
    assert distribution(MovesAlong.model_validate(written), FRACTION) == expected


@pytest.mark.parametrize(
    ("found", "bias_sd", "left", "sd"),
    [
        ("0.70", "0.35", 0.9734, 0.096),
        ("0.44", "0.50", 0.9689, 0.098),
        ("0.50", "0.50", 0.9737, 0.098),
    ],
)
def test_loud_claims_shrink_to_about_the_same(
    found: str, bias_sd: str, left: float, sd: float
) -> None:
    """30 % cheaper, 56 % not referred and a half all come down to 3 % less."""
    claim = HazardRatio.model_validate({"claim": {"found": found, "bias_sd": bias_sd}})
    shrunk = distribution(claim, HAZARD_RATIO)
    assert isinstance(shrunk, LogNormal)
    assert (shrunk.centre, shrunk.sd_log) == (
        pytest.approx(left, abs=5e-5),
        pytest.approx(sd, abs=5e-4),
    )


def test_a_hazard_ratio_in_any_other_form_is_what_it_says() -> None:
    """Only a claim is shrunk."""
    ratio = HazardRatio.model_validate({"lognormal": {"median": "0.97", "sd_log": "0.01"}})
    drawn = distribution(ratio, HAZARD_RATIO)
    assert drawn.centre == pytest.approx(0.97, rel=1e-12)
