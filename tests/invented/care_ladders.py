"""The worked example of the care ladder, and ladders at random."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from sroi.model.care.care_ladder import Ladder, Programme, rates_from
from sroi.model.care.care_ladder_run import mid_steps
from sroi.model.care.cash import Contract
from sroi.model.care.intensity import logistic

Array = NDArray[np.float64]
GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "care_ladder.json").read_text("utf-8")
)
INPUTS: dict[str, Any] = GOLDEN["inputs"]
STEPS = 4
PRICES = tuple(INPUTS["cost"])
LADDER = Ladder(
    rates_from([row[:5] for row in INPUTS["rates_from_to_exit"]]),
    tuple(row[5] for row in INPUTS["rates_from_to_exit"]),
    tuple(INPUTS["inflow"]),
)
INTENSITY = logistic(mid_steps(10), 1.5, 2.5, 0.5)
INVESTMENT = np.array(INPUTS["programme_cost"]) + np.array(
    [INPUTS["start_investment_year_1"]] + [0.0] * 9
)
FACTORS = 1.0225 ** -(np.arange(10) + 0.5)
EFFECTS = {
    "HRup": "hazard_ratio_up",
    "HRdown": "hazard_ratio_down",
    "div": "diversion",
    "nu": "net_widening",
}


def programme(**changes: Any) -> Programme:
    """The programme of the example, with the changes of a variant."""
    effects = {name: INPUTS[name] for name in (*EFFECTS.values(), "theta")}
    effects |= {EFFECTS[key]: value for key, value in changes.items() if key in EFFECTS}
    effects |= {key: value for key, value in changes.items() if key in effects}
    return Programme(**effects)


def contracts(**changes: Any) -> list[Contract | None]:
    """The contracts of the example; its tiers 0 and 1 have none."""
    variable = changes.get("v", INPUTS["variable_share"])
    backfill = changes.get("b", INPUTS["backfill"])
    return [None, None] + [
        Contract(variable[t], backfill[t], 0.25, 3.0, INPUTS["capacity_step"][t]) for t in (2, 3, 4)
    ]


def ladders(draws: int = 3, largest: float = 2.0) -> st.SearchStrategy[Ladder]:
    """Ladders of 4 or 5 tiers, some of whose rates are certain."""
    return st.builds(
        _ladder, st.integers(0, 2**32 - 1), st.integers(4, 5), st.just(draws), st.just(largest)
    )


def programmes(draws: int = 3) -> st.SearchStrategy[Programme]:
    """Programmes that work and programmes that do harm."""
    return st.builds(_programme, st.integers(0, 2**32 - 1), st.just(draws))


def _ladder(seed: int, tiers: int, draws: int, largest: float) -> Ladder:
    rng = np.random.default_rng(seed)

    def amount(low: float, high: float) -> Any:
        return rng.uniform(low, high, draws) if rng.random() < 0.7 else rng.uniform(low, high)

    moves = [(i, j) for i in range(tiers) for j in range(tiers) if i != j and rng.random() < 0.6]
    rates = {move: amount(0, largest / 3) for move in moves}
    exits = tuple(amount(0.05, largest / 3) for _ in range(tiers))
    return Ladder(rates, exits, tuple(amount(0, 500) for _ in range(tiers)))


def _programme(seed: int, draws: int) -> Programme:
    rng = np.random.default_rng(seed)
    return Programme(
        rng.lognormal(0, 0.2, draws),
        rng.lognormal(0, 0.2, draws),
        rng.uniform(0, 0.3, draws),
        rng.uniform(0, 0.2, draws),
        rng.uniform(0, 1, draws),
    )


def one_draw(thing: Any, draw: int) -> Any:
    """A ladder or a programme in one draw, as floats."""

    def at(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: at(part) for key, part in value.items()}
        if isinstance(value, tuple):
            return tuple(at(part) for part in value)
        return float(value[draw]) if isinstance(value, np.ndarray) else value

    return type(thing)(**{name: at(value) for name, value in vars(thing).items()})


def some(thing: Any, part: slice) -> Any:
    """A ladder or a programme in a part of its draws."""

    def at(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: at(one) for key, one in value.items()}
        if isinstance(value, tuple):
            return tuple(at(one) for one in value)
        return value[part] if isinstance(value, np.ndarray) else value

    return type(thing)(**{name: at(value) for name, value in vars(thing).items()})
