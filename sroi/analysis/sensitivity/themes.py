"""What a quantity is about: prices, effects, care flows and so on, read from its path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sroi.model.uncertain.distributions import Distribution
from sroi.model.uncertain.following import Follows

THEMES = (
    "effects",
    "corrections",
    "prices",
    "conditions",
    "care_flows",
    "growth",
    "contracts",
    "volumes",
    "investment",
)
WHOLE = {
    "activities": "volumes",
    "enabling_conditions": "conditions",
    "investment": "investment",
    "proxies": "prices",
}
FIELDS = {
    "effects": (
        "rate",
        "hazard_ratio_up",
        "hazard_ratio_down",
        "diversion",
        "net_widening",
        "needs_heavy_care",
        "risk_reduction",
        "substitution",
        "relative_risk",
        "hazard_ratio",
        "by_move",
        "by_tier",
    ),
    "corrections": (
        "deadweight",
        "displacement",
        "attribution_to_others",
        "counted_elsewhere",
        "drop_off",
        "lasts",
    ),
    # what a state of a cohort is worth is its price, in euros (costs) or in years (effects)
    "prices": ("value", "cost", "units", "costs", "effects"),
    # who is at risk and for how long is how care goes without the programme
    "care_flows": (
        "moves",
        "counts",
        "inflow",
        "start",
        "relapse",
        "register",
        "mortality",
        "at_risk",
        "duration",
    ),
    "growth": ("ramp", "lag", "capacity", "fades"),
    "contracts": ("contracts", "paid_per_unit", "backfill"),
}
THEME_OF = {field: theme for theme, fields in FIELDS.items() for field in fields}


def theme(path: str, known: Mapping[str, Distribution] | None = None) -> str:
    """The theme of a quantity, from the field that it stands in; an id is never taken for one.

    Of what the scenario's `quantities` name it is that of the first number that follows from it
    among those that are `known`.
    """
    kind, _, *fields = path.split(".")
    if kind == "quantities":
        return next(theme(x) for x in known or {} if follows(known or {}, x, path))
    if kind in WHOLE:
        return WHOLE[kind]
    if fields[0] == "tiers":
        return THEME_OF[fields[2]]
    if fields[0] == "arms":
        return THEME_OF[fields[2]]
    return THEME_OF[fields[1] if fields[0] in ("intervention", "programme") else fields[0]]


def follows(known: Mapping[str, Distribution], path: str, root: str) -> bool:
    """Whether a number of a line follows in the end from one of the `quantities`."""
    one = known[path]
    return isinstance(one, Follows) and root in one.roots and not path.startswith("quantities.")


def by_theme(
    paths: Iterable[str], known: Mapping[str, Distribution] | None = None
) -> dict[str, list[str]]:
    """The themes that some quantities have, in the order of THEMES, each with its quantities."""
    found: dict[str, list[str]] = {name: [] for name in THEMES}
    for path in paths:
        found[theme(path, known)].append(path)
    return {name: members for name, members in found.items() if members}
