"""Functions of the unit cube whose sensitivity indices are known, their draws, and a scenario."""

from functools import cache

import numpy as np
from valuations import RANGE, outcome, small, valued

from sroi.model.uncertain.sampling import REPLICATES, points

A = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
G_NAMES = [f"x{number}" for number in range(len(A))]
PATH = "outcomes.verandering"
DEADWEIGHT = {"low": 0, "best": 0.3, "high": 0.6, "because": "Voorbeeld."}


EACH = 512


def unit(rows, seed=1, method="sobol"):
    """Points of the unit cube (row, draw), replicate after replicate."""
    parts = [points(method, seed, number, EACH, rows) for number in range(REPLICATES)]
    return np.concatenate(parts, axis=1)


def ishigami(unit):
    """Ishigami & Homma (1990) with 7 and 0.1, three angles from -π to π."""
    x = (2 * unit - 1) * np.pi
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def g_function(unit):
    """Sobol's g-function: Π (|4u - 2| + a) / (1 + a)."""
    return np.prod((np.abs(4 * unit - 2) + A[:, None]) / (1 + A[:, None]), axis=0)


def ishigami_indices():
    """First and total of each, by integration."""
    first = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    second = 49 / 8
    together = 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = first + second + together
    return np.array([first, second, 0]) / whole, np.array(
        [first + together, second, together]
    ) / whole


def g_indices(groups):
    """First and total of groups of rows: what they have by themselves, and with the others."""
    own, pairs = 1 / 3 / (1 + A) ** 2, []
    whole = np.prod(1 + own) - 1
    for members in groups:
        inside = np.isin(np.arange(len(A)), members)
        alone, rest = (np.prod(1 + own[rows]) - 1 for rows in (inside, ~inside))
        pairs.append((alone / whole, 1 - rest / whole))
    return np.array(pairs).T


@cache
def scenario(rho=0, **changes):
    """The model and basis of one outcome, uncertain in rate, deadweight and price."""
    made = small(outcomes__rate=RANGE, outcomes__deadweight=DEADWEIGHT,
                 proxies__value={"low": 800, "best": 1000, "high": 1500, "because": "Voorbeeld."},
                 **changes)  # fmt: skip
    made["outcomes"].append(outcome(2, rate=0, deadweight=DEADWEIGHT))
    if rho:
        pair = [f"{PATH}.rate", f"{PATH}.deadweight"]
        made["correlations"] = [{"of": pair, "rho": rho, "because": "Voorbeeld."}]
    valuation = valued(made)
    return valuation.model, valuation.loaded.scenario.basis
