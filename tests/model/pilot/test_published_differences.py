"""Published differences in differences, to the last digit that was printed.

Cholera in London, 1849 and 1854: deaths in 28 sub-districts, of which 16 got part of their water
from a company that had moved its inlet up the river in 1852. Data: Snow (1855), On the Mode of
Communication of Cholera, tables VIII and XII (out of copyright), as T. S. Coleman transcribed them
(github.com/tscoleman/SnowCholera, BSD 2-Clause, commit 799d812). Printed by R's glm in his notebook
Snow1855_DiDRegression1.

The minimum legal drinking age and deaths of 18 to 20 year olds in traffic, 50 American states, 1970
to 1983: Angrist & Pischke (2014), Mastering 'Metrics, ch. 5. Data: MortalityRates of the R package
clubSandwich. Printed in its vignette on panel data (Pustejovsky, version of 23 May 2024).
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from sroi.model.pilot.few_clusters import of_clusters
from sroi.model.pilot.panel import NEVER, treated
from sroi.model.pilot.poisson import fit, solved

GOLDEN = Path(__file__).parents[2] / "golden"


def columns(name: str) -> dict[str, np.ndarray]:
    """The columns of numbers of a table."""
    with (GOLDEN / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    numbers = [key for key in rows[0] if key != "sub_district"]
    return {key: np.array([float(row[key]) for row in rows]) for key in numbers}


def told(value: float, decimals: int) -> str:
    """As it is printed."""
    return f"{value:.{decimals}f}"


@pytest.fixture(scope="module")
def cholera():
    return columns("cholera-1854.csv")


def test_the_table_of_cholera_is_that_of_glm(cholera):
    """Four coefficients with their standard errors, and the residual deviance."""
    deaths = np.concatenate([cholera["deaths_1849"], cholera["deaths_1854"]])
    lambeth, year = np.tile(cholera["also_lambeth"], 2), np.repeat([0.0, 1.0], 28)
    people = np.tile(cholera["population_1851"], 2)
    design = np.stack([np.ones(56), lambeth, year, lambeth * year], axis=1)
    found, mean = solved(design, deaths, np.log(people))
    errors = np.sqrt(np.diag(np.linalg.inv(design.T @ (design * mean[:, None]))))
    assert [told(size, 5) for size in found] == ["-4.30610", "-0.03593", "0.08354", "-0.51088"]
    assert [told(size, 5) for size in errors] == ["0.02103", "0.02643", "0.02914", "0.03870"]
    deviance = 2 * (deaths * np.log(deaths / mean) - (deaths - mean)).sum()
    assert told(deviance, 1) == "1541.6"


def test_with_an_effect_of_every_sub_district_it_is_the_same_ratio(cholera):
    """Of two years and populations that stay, only the totals count: 0.60, as Snow's totals say."""
    counts = np.stack([cholera["deaths_1849"], cholera["deaths_1854"]], axis=1)
    people = np.repeat(cholera["population_1851"][:, None], 2, axis=1)
    start = np.where(cholera["also_lambeth"] == 1, 1, NEVER)
    found = fit(counts, people, treated(start, 2, 0), np.zeros(2, dtype=bool))
    assert told(found.effects[0], 5) == "-0.51088"
    assert told(np.exp(found.effects[0]), 3) == told((2547 / 3905) / (2458 / 2261), 3)
    assert found.dispersion > 10


# estimate, error, t, degrees of freedom and chance, of the law and of the tax on beer
PRINTED = [
    ("7.59", "2.51", "3.019", "24.58", "0.00583"),
    ("3.82", "5.27", "0.725", "5.77", "0.49663"),
]


def test_the_errors_of_the_drinking_age_are_those_of_club_sandwich():
    """CR2 by state with the degrees of Satterthwaite, without weights."""
    table = columns("drinking-age.csv")
    rate = table["deaths"] / table["population"] * 100_000
    states, years = np.unique(table["state"]), np.unique(table["year"])
    x = np.column_stack([
        table["legal"], table["beer_tax"],
        *(table["state"] == state for state in states),
        *(table["year"] == year for year in years[1:]),
    ]).astype(float)  # fmt: skip
    found = np.linalg.lstsq(x, rate, rcond=None)[0]
    cluster = np.searchsorted(states, table["state"])
    for which, printed in enumerate(PRINTED):
        one = of_clusters(x, rate - x @ found, cluster, which, float(found[which]))
        sizes = (one.effect, one.error, one.effect / one.error, one.freedom, one.p)
        decimals = [len(text.partition(".")[2]) for text in printed]
        assert tuple(map(told, sizes, decimals)) == printed
