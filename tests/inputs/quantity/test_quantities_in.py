"""Every quantity has a path, and the path leads back to its place in the file."""

import random
from typing import Any

import pytest
from care_at_random import random_care_scenario
from scenarios_at_random import as_yaml

from sroi.inputs.care.care_ladder import CareLadder
from sroi.inputs.care.enabling_conditions import EnablingCondition
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import parse

PARTS = ("enabling_conditions", "care_ladder", "direct_shift", "cohorts")


def paths(part: Any, path: str = "hier") -> list[str]:
    """The paths of all quantities in a part."""
    return [name for name, *_ in quantities_in(part, path, (path,), 2026)]


def test_a_quantity_is_itself():
    assert paths(Quantity(value="1")) == ["hier"]


def test_one_size_holds_for_all_years_and_more_have_one_each():
    assert paths([Quantity(value="1")]) == ["hier"]
    assert paths([Quantity(value="1")] * 2) == ["hier.2026", "hier.2027"]


def test_nouns_are_found_by_id_and_mappings_by_key():
    condition = {"what": "w", "who": "w", "criticality": "1", "moves_along": "1"}
    nouns = [EnablingCondition(id=name, **condition) for name in ("een", "twee")]
    assert paths({"a": nouns}) == [
        "hier.a.een.criticality",
        "hier.a.een.moves_along",
        "hier.a.twee.criticality",
        "hier.a.twee.moves_along",
    ]


def test_what_is_no_quantity_is_passed_by():
    assert paths(["tekst", 1.0, None]) == paths("tekst") == paths({"a": 2}) == []


def test_a_ladder_in_the_order_of_its_fields():
    tier = {"what": "Zorg", "payers": {"gemeente": "1"}, "cost": "1"}
    ladder = CareLadder.model_validate(
        {
            "id": "ladder",
            "what": "Zorg",
            "stakeholder": "inwoners",
            "tiers": [tier | {"id": "a", "level": "1"}, tier | {"id": "b", "level": "2"}],
            "inflow": {"b": "1"},
            "moves": {"b": {"exit": "1"}},
            "intervention": {"lag": "1", "ramp": {"linear": {"years": "1"}}},
        }
    )
    assert paths([ladder], "care_ladder") == [
        "care_ladder.ladder.tiers.a.cost",
        "care_ladder.ladder.tiers.b.cost",
        "care_ladder.ladder.inflow.b",
        "care_ladder.ladder.moves.b.exit",
        "care_ladder.ladder.intervention.ramp.linear.years",
        "care_ladder.ladder.intervention.lag",
        "care_ladder.ladder.contracts.lag",
        "care_ladder.ladder.contracts.renewal",
        "care_ladder.ladder.contracts.friction",
    ]


@pytest.mark.parametrize("number", range(20))
def test_every_place_is_where_the_quantity_stands(number):
    document = parse(as_yaml(random_care_scenario(random.Random(number))).encode(), "in memory")
    scenario, _ = nouns_of(Scenario, document)
    for name in PARTS:
        parts, first_year = getattr(scenario, name), scenario.basis.first_year
        found = list(quantities_in(parts, name, (name,), first_year))
        assert len({path for path, *_ in found}) == len(found)
        for _, quantity, place, _ in found:
            # terms of contracts that are not written have no place
            if "contracts" not in place:
                assert type(quantity).model_validate(at(document.data, place)) == quantity


def at(data: Any, place: tuple[str | int, ...]) -> Any:
    """What stands at a place; one size may stand there as a list."""
    for step in place:
        data = data[step]
    return data[0] if isinstance(data, list) else data
