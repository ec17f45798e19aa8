"""Wheels-to-Meals, the worked example of A Guide to Social Return on Investment (2012).

Its rows were transcribed from memory and close to the penny with the totals below; hold them
against the Guide before citing them.
"""

from functools import cache

import numpy as np
import pytest

from sroi import shipped
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.break_even import break_evens
from sroi.inputs.files.scenario_file import load
from sroi.model.flows.engine import central, run
from sroi.model.flows.results import payback_years
from sroi.model.lines.model import Model, model_of

FILE = shipped.folder("scenarios") / "wheels-to-meals.yaml"


@cache
def example(variant: str = "") -> Model:
    """The model of the shipped scenario."""
    loaded = load(FILE, variant)
    return model_of(loaded.scenario, loaded.library)


def test_present_value_and_ratio() -> None:
    """81,741.93 for 42,375: net 39,366.93 and a ratio of 1.9290."""
    results = central(example())
    assert results.benefits()[0] == pytest.approx(81_741.93, abs=5e-3)
    assert results.investment()[0] == pytest.approx(42_375, rel=1e-12)
    assert results.balance()[0] == pytest.approx(39_366.93, abs=5e-3)
    ratio = results.ratio()
    assert ratio is not None
    assert ratio.mean == pytest.approx(1.929013, abs=5e-7)


def test_present_value_of_every_year() -> None:
    """79,718.43, 134.58, 61.06, 977.70 and 850.17."""
    results = central(example())
    years = results.by_year(results.rows("outcomes"))
    discounted = years * example().discounting.factors(5)
    expected = [79_718.43, 134.58, 61.06, 977.70, 850.17]
    assert discounted.tolist() == pytest.approx(expected, abs=5e-3)
    undiscounted = [82_508.57, 144.1625, 67.699375, 1_121.931, 1_009.7379]
    assert years.tolist() == pytest.approx(undiscounted, rel=1e-9)


def test_impact_of_every_line_in_the_first_year() -> None:
    """The last column of the impact map, row by row."""
    results = central(example())
    found = [results.by_year(results.rows("outcomes", [line.id]))[0] for line in example().outcomes]
    impacts = [625.10, 33_010.60, 48_013.00, 1_539.00, 451.62, 0.00, 175.50, -1_306.25]
    assert found == pytest.approx(impacts, abs=1e-9)


def test_payback_on_the_impact_of_the_first_year() -> None:
    """42,375 ÷ (82,508.57 / 12) = 6.163 months."""
    results = central(example())
    benefits = results.by_year(results.rows("outcomes"))
    investment = results.by_year(results.rows("investment"))
    years = payback_years(benefits, investment)
    assert years is not None
    assert years * 12 == pytest.approx(6.163, abs=5e-4)


def test_with_the_first_year_free() -> None:
    """Undiscounted in the first year the same rows give 84,602.90 and 1.9965."""
    results = central(example("start-of-year"))
    assert results.benefits()[0] == pytest.approx(84_602.90, abs=5e-3)
    ratio = results.ratio()
    assert ratio is not None
    assert ratio.mean == pytest.approx(1.9965, abs=5e-5)


def test_nothing_in_it_is_uncertain() -> None:
    """Every draw is the central case, so the ratio has neither range nor error."""
    results = run(example(), 1024, 1)
    assert np.ptp(results.balance()) == 0
    assert results.ratio() == central(example()).ratio()


def test_the_falls_are_one_number() -> None:
    """The ratio is 1 at 3.5068 falls, each of them valued in three rows.

    Without falls the benefits are 81,741.93 less 95 % of 7 × (94 + 4,964 + 7,220) a year later;
    by hand 7 × (1 - 39,366.93 ÷ 78,887.63).
    """
    asked = question(example(), "ratio")
    domains = dict.fromkeys(example().quantities.distributions, (-np.inf, np.inf))
    found = {row.path: row for row in break_evens(asked, domains)}
    each = 0.95 * (94 + 4_964 + 7_220) / 1.035
    assert found["quantities.vermeden-vallen"].value == pytest.approx(
        7 - 39_366.93 / each, abs=1e-6
    )
    assert found["quantities.vermeden-vallen"].value == pytest.approx(3.5068, abs=5e-5)
    assert "outcomes.minder-vallen-seh.rate" not in found


def test_its_figures_are_those_of_three_rows() -> None:
    """Another number of falls moves the three rows together."""
    changed = central(example(), {"quantities.vermeden-vallen": 0.0})
    rows = [f"minder-vallen-{name}" for name in ("seh", "opname", "langdurige-zorg")]
    assert changed.present_values(changed.rows("outcomes", rows))[0] == 0
