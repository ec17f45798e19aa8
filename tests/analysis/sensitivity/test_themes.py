"""The theme of a quantity: read from the field it stands in, for every quantity there can be."""

import random
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from care_at_random import random_care_scenario
from models_in_memory import model
from scenarios_at_random import random_scenario
from valuations import example

from sroi.analysis.sensitivity.themes import FIELDS, THEME_OF, THEMES, WHOLE, by_theme, theme
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.nouns import Noun

EXAMPLES = {
    "proxies.ziekenhuisdag.value": "prices",
    "proxies.begeleiding-uur.tariff": "prices",
    "outcomes.later-verpleeghuis.value": "prices",
    "care_ladder.zorgladder.tiers.ambulant.cost": "prices",
    "care_ladder.zorgladder.tiers.ambulant.units": "prices",
    "direct_shift.ggz.units": "prices",
    "cohorts.hiv.costs.zorg.per_cycle.a": "prices",
    "outcomes.minder-vallen.deadweight": "corrections",
    "outcomes.minder-vallen.lasts": "corrections",
    "care_ladder.zorgladder.intervention.attribution_to_others": "corrections",
    "outcomes.minder-vallen.rate": "effects",
    "care_ladder.zorgladder.intervention.hazard_ratio_up": "effects",
    "direct_shift.ggz.risk_reduction": "effects",
    "cohorts.hiv.programme.relative_risk": "effects",
    "enabling_conditions.toegang.moves_along": "conditions",
    "care_ladder.zorgladder.moves.ambulant.exit": "care_flows",
    "care_ladder.zorgladder.register.split_counts.wijkteam.ambulant": "care_flows",
    "care_ladder.zorgladder.relapse": "care_flows",
    "care_ladder.zorgladder.start.ambulant": "care_flows",
    "direct_shift.ggz.duration": "care_flows",
    "cohorts.hiv.counts.a.b": "care_flows",
    "care_ladder.zorgladder.intervention.ramp.logistic.midpoint": "growth",
    "care_ladder.zorgladder.intervention.lag": "growth",
    "direct_shift.ggz.capacity.demand.2027": "growth",
    "care_ladder.zorgladder.contracts.lag": "contracts",
    "care_ladder.zorgladder.tiers.ambulant.backfill": "contracts",
    "activities.huisbezoek.volume.2026": "volumes",
    "investment.team.per_year": "investment",
}


@pytest.mark.parametrize(("path", "name"), EXAMPLES.items())
def test_the_theme_of_a_path(path, name):
    """One of each kind of field."""
    assert theme(path) == name


@pytest.mark.parametrize("name", ["lag", "value", "contracts", "tiers", "intervention", "rate"])
def test_an_id_is_not_taken_for_a_field(name):
    """Whoever calls a tier `lag` or an outcome `value` gets the theme of what is meant."""
    assert theme(f"outcomes.{name}.rate") == "effects"
    assert theme(f"care_ladder.{name}.tiers.{name}.cost") == "prices"
    assert theme(f"care_ladder.{name}.moves.{name}.{name}") == "care_flows"
    assert theme(f"care_ladder.{name}.intervention.diversion") == "effects"
    assert theme(f"enabling_conditions.{name}.criticality") == "conditions"


def test_every_quantity_of_a_random_scenario_has_a_theme():
    """With and without care."""
    seen = set()
    for number in range(12):
        for make in (random_scenario, random_care_scenario):
            paths = model(make(random.Random(number))).quantities.uncertain
            seen |= {theme(path) for path in paths}
    assert seen == set(THEMES)


def nouns_in(kind: Any) -> Iterator[type]:
    """The nouns and quantities that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, Noun):
        yield kind
    for part in get_args(kind):
        yield from nouns_in(part)


def fields_with_quantities(noun: type[Noun]) -> dict[str, list[type[Noun]]]:
    """The keys of a noun under which a quantity can stand, with the nouns that can stand there."""
    found = {}
    for name, field in noun.model_fields.items():
        kinds = list(nouns_in(field.annotation))
        if any(issubclass(kind, Quantity) or fields_with_quantities(kind) for kind in kinds):
            found[field.alias or name] = kinds
    return found


def test_every_field_that_can_hold_a_quantity_has_a_theme():
    """So that a new key of the file cannot be forgotten."""
    kinds = fields_with_quantities(Scenario)
    assert set(WHOLE) < set(kinds)
    # the scenario's `quantities` have the theme of what follows from them
    for kind in set(kinds) - set(WHOLE) - {"quantities"}:
        for field, inner in fields_with_quantities(kinds[kind][0]).items():
            named = field in ("tiers", "intervention", "programme", "arms")
            for name in fields_with_quantities(inner[0]) if named else [field]:
                assert name in THEME_OF, f"{kind}.….{name}"


def test_no_field_has_two_themes():
    """And every theme is one of the list."""
    assert len(THEME_OF) == sum(map(len, FIELDS.values()))
    assert {*FIELDS, *WHOLE.values()} == set(THEMES)


def test_by_theme_keeps_the_order_and_leaves_out_what_is_empty():
    """Themes as in the list, quantities as in the scenario, each of them once."""
    quantities = example().model.quantities
    paths = quantities.uncertain
    groups = by_theme(paths, quantities.distributions)
    assert list(groups) == [name for name in THEMES if name in groups]
    assert all(groups.values())
    assert sorted(path for members in groups.values() for path in members) == sorted(paths)
    stated = [path for path in groups["effects"] if not path.startswith("quantities.")]
    assert stated == [path for path in paths if ".rate" in path]
    assert "quantities.uitsteldagen" in groups["effects"]
    assert "quantities.uitstel-anders-ook" in groups["corrections"]
    assert "quantities.vrijwilligers" in groups["volumes"]
