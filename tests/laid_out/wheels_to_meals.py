"""The shipped worked example laid out as a Value Map: a stakeholder once for all its rows."""

from __future__ import annotations

from typing import Any

from value_maps import Map

from sroi import shipped
from sroi.inputs.files.scenario_file import load
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.scenario import Outcome, Scenario

ABOVE = (
    ("Organisation", "Wheels-to-Meals"), ("Time period", 2012),
    ("Forecast or evaluation", "Forecast"),
)  # fmt: skip
COUNTED = {
    "bezoek": "visits", "opname": "admissions", "consult": "consultations", "pas": "passes",
    "lidmaatschap": "memberships", "boodschap": "errands",
}  # fmt: skip


def wheels_to_meals() -> Map:
    """With the figures of the shipped scenario."""
    loaded = load(shipped.folder("scenarios") / "wheels-to-meals.yaml")
    rows = [_row(loaded.scenario, one) for one in loaded.scenario.outcomes]
    for row, before in reversed(list(zip(rows[1:], rows, strict=False))):
        if row["stakeholder"] == before["stakeholder"]:
            row["stakeholder"] = None
    rows[0] |= {"group": 30, "inputs": "Time", "outputs": "Luncheon club, 7,500 meals a year"}
    rows[-2] |= {"inputs": "Time: 3,000 hours at the minimum wage", "input_value": 18_000}
    council = {"stakeholder": "Local authority", "inputs": "Contract", "input_value": 24_375}
    return Map([*rows, council], above=ABOVE)


def _row(scenario: Scenario, outcome: Outcome) -> dict[str, Any]:
    proxy = next(one for one in scenario.proxies if one.id == outcome.proxy)
    who = next(one for one in scenario.stakeholders if one.id == outcome.stakeholder)
    return {
        "stakeholder": who.name.en,
        "outcome": outcome.what.en,
        "indicator": f"Number of {COUNTED[str(outcome.unit)]}",
        "quantity": outcome.rate.middle,
        "duration": _size(outcome.lasts),
        "starts": outcome.starts,
        "proxy": proxy.name.en,
        "value": _size(proxy.value),
        "proxy_source": str(proxy.source),
        "deadweight": _size(outcome.deadweight),
        "displacement": _size(outcome.displacement),
        "attribution": _size(outcome.attribution_to_others),
        "drop_off": _size(outcome.drop_off),
    }


def _size(quantity: Quantity | None) -> float | None:
    return None if quantity is None else quantity.middle
