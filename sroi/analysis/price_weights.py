"""What each price of the library weighs in a scenario: which of them to check first."""

from __future__ import annotations

from sroi.inputs.scenario_file import Loaded
from sroi.model.engine import central
from sroi.model.model import model_of
from sroi.model.results import SOCIETY


def price_weights(loaded: Loaded) -> dict[str, float]:
    """Share of every price in use in the gross benefits (present value, society, central case).

    Gross: all that is above zero, before losses are taken off. A price of a loss is below zero.
    """
    results = central(model_of(loaded.scenario, loaded.library))
    weights, rows = results.weights(SOCIETY), results.rows("benefits")
    worth = {row: float(weights[row] * results.present[row, 0]) for row in rows}
    gross = sum(amount for amount in worth.values() if amount > 0)
    found: dict[str, float] = {}
    for row, amount in worth.items():
        kind, _, rest = results.flows[row].price.partition(".")
        if kind == "proxies" and gross > 0:
            key = rest.partition(".")[0]
            found[key] = found.get(key, 0.0) + amount / gross
    return found
