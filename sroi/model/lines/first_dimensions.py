"""Which quantities have the first dimensions of the points, where things may happen or not.

The first dimensions of Sobol points are the most even, so they go to what matters. The order rests
on the fields alone: variants of a scenario keep the same one, and with it the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sroi.model.uncertain.distributions import Distribution, Occurrence
from sroi.model.uncertain.occurring import MOST

EFFECTS = ("hazard_ratio_up", "hazard_ratio_down", "by_move")
DOOR = ("diversion", "risk_reduction", "substitution")
WIDER = ("net_widening",)
GROWTH = ("ramp", "lag")
PRICES = ("cost", "units")
FLOWS = ("register", "moves")
ORDER = (EFFECTS, DOOR, WIDER, GROWTH, PRICES, FLOWS, ("capacity", "enabling_conditions"))


def in_order(
    names: Sequence[str], known: Mapping[str, Distribution], tied: set[str]
) -> tuple[list[str], list[str]]:
    """Paths of quantities in the order of their dimensions, as they come where all of them vary;
    and those of what happens or not, which share the first one.

    `tied`: what may happen or not but moves together with other quantities, so has no part in it.
    """
    chances = [x for x in names if isinstance(known[x], Occurrence) and x not in tied][:MOST]
    if not chances:
        return list(names), []
    places = {name: place for place, name in enumerate(names)}

    def rank(name: str) -> tuple[int, int]:
        number = _field(name)
        # of prices the last first: tiers go from light to heavy
        return number, -places[name] if number == ORDER.index(PRICES) else places[name]

    others = sorted((name for name in names if name not in chances), key=rank)
    return [chances[0], *others, *chances[1:]], chances


def _field(name: str) -> int:
    """How early a quantity comes, by the field that it stands in."""
    kind, _, *fields = name.split(".")
    of_care = kind in ("care_ladder", "direct_shift") and "contracts" not in fields
    parts = fields if of_care else [kind]
    return next((n for n, some in enumerate(ORDER) if not {*some}.isdisjoint(parts)), len(ORDER))
