"""Quantities that follow from others, and years that are drawn together."""

import numpy as np
import pytest
from models_in_memory import at_points, model, one_line

from sroi.model.flows.engine import central, run
from sroi.model.lines.model import Model
from sroi.model.uncertain.distributions import Triangular, Uniform, pert
from sroi.model.uncertain.following import Together
from sroi.model.uncertain.sampling import points

FALLS = {"low": 0, "best": 7, "high": 14, "because": "Voorbeeld."}
NAMED = {"id": "vallen", "what": "Vallen", **FALLS}
OTHER = {"id": "anders", "what": "Anders", "low": 1, "best": 2, "high": 9, "because": "Voorbeeld."}


def rows(prices: list[float], rate: object, **changes) -> dict:
    """A line for each price, all with this rate."""
    scenario = one_line(activities__volume=10, **changes)
    outcome, proxy = scenario["outcomes"][0], scenario["proxies"][0]
    scenario["outcomes"] = [
        outcome | {"id": f"rij-{n}", "rate": rate, "proxy": f"prijs-{n}"}
        for n in range(len(prices))
    ]
    scenario["proxies"] = [
        proxy | {"id": f"prijs-{n}", "value": price} for n, price in enumerate(prices)
    ]
    return scenario


def with_named(scenario: dict, *named: dict) -> Model:
    return model(scenario | {"quantities": list(named)})


def test_three_rows_of_one_number_are_one_row_with_the_summed_price():
    """Bit for bit: the prices are powers of two, so that no sum of them is rounded."""
    three = run(with_named(rows([64, 64, 128], {"from": "vallen"}), NAMED), 4096, 1)
    one = run(with_named(rows([256], {"from": "vallen"}), NAMED), 4096, 1)
    own = run(model(rows([256], FALLS)), 4096, 1)
    assert np.array_equal(three.balance(), one.balance())
    assert np.array_equal(one.balance(), own.balance())


def test_any_prices_give_the_same_but_for_rounding():
    three = run(with_named(rows([94, 4964, 7220], {"from": "vallen"}), NAMED), 4096, 1)
    one = run(with_named(rows([12278], {"from": "vallen"}), NAMED), 4096, 1)
    assert three.balance() == pytest.approx(one.balance(), rel=1e-13)


def test_the_example_of_ten_clubs():
    """Apart 46,000 to 102,000; as one number 26,000 to 123,000."""
    years = {
        "basis__years": 4,
        "basis__discounting": {"rate": 0.03, "timing": "end_of_year"},
    }
    apart = run(model(rows([100] * 3, FALLS, **years)), 65536, 1)
    one = run(with_named(rows([100] * 3, {"from": "vallen"}, **years), NAMED), 65536, 1)
    bands = [found.estimate(found.balance()) for found in (apart, one)]
    assert [round(x.p5, -3) for x in bands] == [46_000, 26_000]
    assert [round(x.p95, -3) for x in bands] == [102_000, 123_000]
    assert bands[0].mean == pytest.approx(bands[1].mean, abs=4 * bands[0].standard_error + 1)


def test_a_product_has_the_mean_and_the_variance_of_one():
    """E = E·E, V = Π(σ² + μ²) - Πμ² (Goodman 1960), within four standard errors of the draws."""
    found = with_named(rows([1], {"from": "vallen", "times": {"from": "anders"}}), NAMED, OTHER)
    x = np.concatenate(
        [
            found.quantities.at(points("plain", 1, n, 16384, 2))["outcomes.rij-0.rate"]
            for n in range(16)
        ]
    )
    one = found.quantities.distributions["outcomes.rij-0.rate"]
    means = x.reshape(16, -1).mean(axis=1)
    variances = x.reshape(16, -1).var(axis=1, ddof=1)
    assert means.mean() == pytest.approx(one.mean, abs=4 * means.std(ddof=1) / 4)
    assert variances.mean() == pytest.approx(one.variance, abs=4 * variances.std(ddof=1) / 4)
    first, second = (pert(*ends) for ends in ((0, 7, 14), (1, 2, 9)))
    assert one.mean == pytest.approx(first.mean * second.mean)
    squares = [d.variance + d.mean**2 for d in (first, second)]
    assert one.variance == pytest.approx(np.prod(squares) - one.mean**2)


def test_a_number_times_itself_has_its_own_moments():
    """A square is no product of two numbers: by a sample, E[X²] = σ² + μ²."""
    square = {"from": "vallen", "times": {"from": "vallen"}}
    one = with_named(rows([1], square), NAMED).quantities.distributions["outcomes.rij-0.rate"]
    own = pert(0, 7, 14)
    assert one.mean == pytest.approx(own.variance + own.mean**2, rel=1e-3)


def test_what_follows_changes_with_what_it_follows_from():
    """In the central case, with another value, and where only a part is changed."""
    found = with_named(rows([100], {"from": "vallen", "times": 2, "plus": 1}), NAMED)
    assert central(found).benefits()[0] == pytest.approx(10 * 100 * (7 * 2 + 1))
    changed = central(found, {"quantities.vallen": 3.0})
    assert changed.benefits()[0] == pytest.approx(10 * 100 * (3 * 2 + 1))
    path = "outcomes.rij-0.rate.times"
    assert central(found, {path: 5.0}).benefits()[0] == pytest.approx(10 * 100 * (7 * 5 + 1))


def test_a_share_is_cut_to_its_domain_where_a_part_has_no_bounds():
    part = {"id": "deel", "what": "Deel", "normal": {"mean": 0.3, "sd": 0.01}, "because": "V."}
    weight = {"from": "deel", "times": 3}
    found = with_named(one_line(outcomes__deadweight=weight), part)
    drawn = found.quantities.at(points("plain", 1, 0, 4096, 1))
    assert np.max(drawn["outcomes.verandering.deadweight"]) <= 1


# ---------------------------------------------------------------------------------------------
# Years that are drawn together

YEARS = [{"low": 0, "best": 10, "high": 20, "because": "V."} for _ in range(4)]


def of_years(volume: object, **changes) -> Model:
    return model(one_line(activities__volume=volume, basis__years=4, **changes))


def test_four_years_together_have_the_deviation_of_their_sum():
    """Together the deviations add up; apart their squares do. As one range: bit for bit but for
    rounding."""
    deviation = pert(0, 10, 20).variance ** 0.5
    together = run(of_years(YEARS), 65536, 1).benefits()
    apart = run(of_years(YEARS, activities__years="apart"), 65536, 1).benefits()
    once = run(of_years(YEARS[0]), 65536, 1).benefits()
    assert together.std() == pytest.approx(4 * deviation, rel=1e-3)
    assert apart.std() == pytest.approx(2 * deviation, rel=5e-3)
    assert together == pytest.approx(once, rel=1e-9, abs=1e-9)


def test_one_range_in_a_list_is_drawn_as_before():
    found = of_years([5, YEARS[0], 5, 5]).quantities
    assert found.uncertain == ["activities.steun.volume.2027"]


def test_the_central_case_has_every_year_at_its_best():
    skewed = [YEARS[0], {"low": 0, "best": 1, "high": 20, "because": "V."}, 3, 4]
    found = of_years(skewed)
    assert found.quantities.uncertain == ["activities.steun.volume"]
    assert central(found).by_year(range(1)).tolist() == [10, 1, 3, 4]
    again = central(found, {"activities.steun.volume": found.quantities.centre()[
        "activities.steun.volume"][0]})  # fmt: skip
    assert again.by_year(range(1)).tolist() == [10, 1, 3, 4]


SHAPES = (pert(0, 10, 20), pert(3, 3, 90), Triangular(0, 1, 2), Uniform(5, 6), pert(-4, -1, 0))


def test_every_year_has_its_own_quantile_at_the_u_of_the_mean():
    """To 1e-9 of its range, also far out in the tails and where a density has a corner."""
    whole = Together(SHAPES)
    u = np.concatenate([[2.0**-33, 1 - 2.0**-33, 0.5], np.linspace(1e-6, 1 - 1e-6, 4001)])
    found = whole.cdf(whole.ppf(u))
    for year in SHAPES:
        width = float(np.ptp(year.ppf(np.array([2.0**-33, 1 - 2.0**-33]))))
        assert year.ppf(found) == pytest.approx(year.ppf(u), abs=1e-9 * width)


def test_neither_threads_nor_blocks_change_a_bit():
    skewed = [YEARS[0], {"low": 0, "best": 1, "high": 20, "because": "V."}, YEARS[1], 4]
    found = of_years(skewed)
    usual = run(found, 16384, 1).balance()
    assert np.array_equal(usual, run(found, 16384, 1, threads=2).balance())
    assert np.array_equal(usual, run(found, 16384, 1, block=1024).balance())


def test_a_named_number_by_year_goes_together_too():
    named = {"id": "dagen", "what": "Dagen", "by_year": YEARS}
    scenario = one_line(activities__volume={"from": "dagen"}, basis__years=4)
    one = run(with_named(scenario, named), 4096, 1).benefits()
    assert one == pytest.approx(run(of_years(YEARS), 4096, 1).benefits())
    apart = run(with_named(scenario, named | {"years": "apart"}), 4096, 1).benefits()
    assert apart.std() < one.std() * 0.6


def test_a_covered_range_is_drawn_at_its_percentiles():
    """The 10th and the 90th percentile of what is drawn are low and high."""
    rate = {"low": 2, "best": 3, "high": 9, "covers": "80%", "because": "V."}
    found = model(one_line(outcomes__rate=rate))
    ends = np.array([[0.1, 0.9]])
    assert at_points(found, ends).benefits() == pytest.approx([2, 9], abs=1e-6)
