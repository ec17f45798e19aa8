"""One number in many places: what follows from what, and which paths that gives."""

import pytest
from models_in_memory import model, one_line, read

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import with_own
from sroi.inputs.scenario.assumptions import assumptions
from sroi.inputs.scenario.uses import Part, part_of, told_as, used_in

DAYS = {"id": "dagen", "what": "Dagen", "low": 1, "best": 2, "high": 6, "because": "Voorbeeld."}
FACTOR = {"low": 0.5, "best": 1, "high": 1.5, "because": "Voorbeeld."}


def linked(quantities, **changes):
    """One line with quantities of its own."""
    return one_line(**changes) | {"quantities": quantities}


def known(scenario):
    """Its assumptions by path."""
    found = read(scenario)
    return assumptions(found, with_own(shipped_library(), found))


def test_factors_and_terms_have_paths_of_their_own():
    """Under the number that they belong to; of more than one by number."""
    rate = {"from": "dagen", "times": [FACTOR, {"from": "dagen"}], "plus": 3}
    found = known(linked([DAYS], outcomes__rate=rate))
    one = found["outcomes.verandering.rate"]
    assert one.origin == "quantities.dagen"
    assert one.times == ("outcomes.verandering.rate.times.1", "outcomes.verandering.rate.times.2")
    assert one.plus == ("outcomes.verandering.rate.plus",)
    assert found["outcomes.verandering.rate.times.2"].origin == "quantities.dagen"
    assert list(found)[-1] == "quantities.dagen"


@pytest.mark.parametrize(
    ("rate", "reach"),
    [
        ({"from": "dagen"}, (1, 6)),
        ({"from": "dagen", "times": FACTOR}, (0.5, 9)),
        ({"from": "dagen", "times": -2}, (-12, -2)),
        ({"from": "dagen", "plus": [1, {"from": "dagen", "times": -1}]}, (-4, 6)),
    ],
)
def test_the_reach_of_what_follows(rate, reach):
    """Every combination of what it follows from."""
    quantity = known(linked([DAYS], outcomes__rate=rate))["outcomes.verandering.rate"].quantity
    assert quantity.bounds == pytest.approx(reach)
    assert quantity.uncertain


def test_evidence_is_that_of_the_weakest_part():
    days, factor = DAYS | {"evidence": 3}, FACTOR | {"evidence": 5}
    rate = {"from": "dagen", "times": factor}
    found = known(linked([days], outcomes__rate=rate))
    assert found["outcomes.verandering.rate"].quantity.evidence == 5


def test_a_number_by_year_is_one_for_each_year_and_its_factor_is_not():
    """The factor is one number, drawn once."""
    days = {"id": "dagen", "what": "Dagen", "by_year": [10, 20]}
    volume = {"from": "dagen", "times": FACTOR}
    found = known(linked([days], activities__volume=volume, basis__years=2))
    path = "activities.steun.volume"
    for year in (2026, 2027):
        assert found[f"{path}.{year}"].origin == f"quantities.dagen.{year}"
        assert found[f"{path}.{year}"].times == (f"{path}.times",)
    assert [name for name in found if name.endswith("times")] == [f"{path}.times"]


def test_where_a_number_is_used():
    """The years of a list are one place, and what follows from what follows is another."""
    days = {"id": "dagen", "what": "Dagen", "by_year": [10, 20]}
    twice = {"id": "dubbel", "what": "Dubbel", "from": "dagen", "times": 2}
    scenario = linked([days, twice], activities__volume={"from": "dubbel"}, basis__years=2)
    found = known(scenario)
    assert used_in(found, "dubbel") == ["activities.steun.volume"]
    assert used_in(found, "dagen") == ["quantities.dubbel"]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("outcomes.x.rate.times", Part("outcomes.x.rate", "times", "")),
        ("outcomes.x.rate.times.2", Part("outcomes.x.rate", "times", "2")),
        ("quantities.x.plus.2027", Part("quantities.x", "plus", "")),
        ("outcomes.times.rate", None),
        ("quantities.times", None),
        ("activities.x.volume.2026", None),
    ],
)
def test_a_part_is_told_from_its_path(path, part):
    assert part_of(path) == part


def test_a_named_share_is_told_as_what_it_stands_in():
    """As a share where that is all it is; a factor is a number."""
    part = {"id": "deel", "what": "Deel", "value": 0.4, "because": "Voorbeeld."}
    found = known(linked([part], outcomes__deadweight={"from": "deel"}))
    assert told_as(found, "quantities.deel") == "outcomes.verandering.deadweight"
    scenario = linked([part], outcomes__rate={"from": "deel", "times": 2})
    assert told_as(known(scenario), "quantities.deel") == ""
    assert told_as(known(scenario), "outcomes.verandering.rate.times") == ""


def test_what_nobody_uses_is_not_in_the_model():
    """So that the draws of all else stay where they were."""
    with_it, without = model(linked([DAYS])), model(one_line())
    assert list(with_it.quantities.distributions) == list(without.quantities.distributions)
