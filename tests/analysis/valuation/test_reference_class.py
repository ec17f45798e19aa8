"""Where a result stands among published ones; and that nothing of it is ever reckoned with."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from care_in_memory import one_tier
from models_in_memory import Record, one_line
from valuations import LIBRARY, example, outcome, small, valued, write

import sroi
from sroi.analysis.valuation.reference_class import placed, position, unusual_corrections
from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load

DRAFT = LIBRARY.reference_class["sroi-rapporten"]
CORRECTIONS = ("deadweight", "attribution_to_others")


def unusual(scenario: Record) -> list[tuple[str, float, str, str]]:
    """Path, value, position and what is corrected."""
    valuation = valued(scenario)
    loaded = valuation.loaded
    found = unusual_corrections(loaded.scenario, valuation.model, loaded.library)
    return [(one.path, one.value, one.position, one.reference.of) for one in found]


def said(share: float) -> Record:
    """A certain share with its reason."""
    return {"value": share, "because": "Voorbeeld."}


def corrected(deadweight: float, others: float, **changes: object) -> Record:
    """The scenario of one outcome with these corrections."""
    shares = {"deadweight": said(deadweight), "attribution_to_others": said(others)}
    return small(**{f"outcomes__{name}": to for name, to in (shares | changes).items()})


@pytest.mark.parametrize(
    ("ratio", "dutch", "reports"),
    [
        (1.14, "below", "below"),
        (1.31, "below", "within"),
        (1.6, "within", "within"),
        (3.0, "above", "within"),
        (10.22, "above", "within"),
        (12.0, "above", "above"),
        (-1.0, "below", "below"),
    ],
)
def test_where_a_ratio_stands(ratio, dutch, reports):
    """Against the mean of Dutch cases, and in the band of reports, whose ends are in it."""
    found = {one.reference.id: one.position for one in placed(ratio, LIBRARY)}
    assert found == {"sociaal-werk-nederland": dutch, "sroi-rapporten": reports}


def test_a_ratio_is_not_held_against_corrections():
    assert {one.reference.of for one in placed(2.0, LIBRARY)} == {"ratio"}
    assert placed(2.0, replace(LIBRARY, reference_class={})) == []


def test_position_in_a_band_and_at_a_mean():
    without = DRAFT.model_copy(update={"p10": None, "p90": None})
    assert [position(x, DRAFT) for x in (1.3, 1.32, 10.3)] == ["below", "within", "above"]
    assert [position(x, without) for x in (5.41, 5.42, 5.43)] == ["below", "within", "above"]


def test_corrections_outside_the_band():
    """Zero is below it, and so is little; more than half is above it."""
    path = "outcomes.verandering"
    assert unusual(corrected(0, 0.09)) == [
        (f"{path}.deadweight", 0.0, "below", "deadweight"),
        (f"{path}.attribution_to_others", 0.09, "below", "attribution_to_others"),
    ]
    assert unusual(corrected(0.51, 0.54)) == [
        (f"{path}.deadweight", 0.51, "above", "deadweight"),
        (f"{path}.attribution_to_others", 0.54, "above", "attribution_to_others"),
    ]
    assert unusual(corrected(0.052, 0.53)) == unusual(corrected(0.5, 0.1)) == []


def test_the_central_value_counts():
    """Not the ends of its range."""
    inside = {"low": 0, "best": 0.2, "high": 0.9, "because": "Voorbeeld."}
    assert unusual(small(outcomes__deadweight=inside, outcomes__attribution_to_others=inside)) == []


def test_drop_off_counts_where_an_effect_lasts():
    """In an effect of one year it does nothing."""
    zero = said(0)
    assert unusual(corrected(0.2, 0.2, lasts=1, drop_off=zero)) == []
    assert unusual(corrected(0.2, 0.2, lasts=3)) == []
    assert unusual(corrected(0.2, 0.2, lasts=3, drop_off=zero)) == [
        ("outcomes.verandering.drop_off", 0.0, "below", "drop_off")
    ]


def test_what_is_not_stated_is_not_judged():
    """A causal effect has no corrections; without a price they may be left out."""
    causal = small(outcomes__effect_basis="causal")
    for name in (*CORRECTIONS, "displacement"):
        del causal["outcomes"][0][name]
    assert unusual(causal) == []
    free = outcome(2, value="none", because="Geen prijs.", deadweight=said(0.9))
    for name in ("proxy", "displacement", "attribution_to_others"):
        del free[name]
    scenario = corrected(0.2, 0.2)
    scenario["outcomes"].append(free)
    assert [path for path, *_ in unusual(scenario)] == ["outcomes.verandering-2.deadweight"]


def test_corrections_of_care_are_judged_as_well():
    """Of a ladder whose effect is gross."""
    scenario = one_tier()
    scenario["care_ladder"][0]["intervention"] = {
        "effect_basis": "gross",
        "diversion": 0.2,
        "deadweight": said(0.7),
        "attribution_to_others": said(0.2),
    }
    assert unusual(scenario) == [
        ("care_ladder.ladder.intervention.deadweight", 0.7, "above", "deadweight")
    ]


def test_nothing_of_it_is_reckoned_with():
    """Another file of published results, or none, changes no bit of a result and no fingerprint."""
    absurd = {
        key: one.model_copy(update={"mean": 99.0, "median": 0.99, "p10": 0.98, "p90": 0.999})
        for key, one in LIBRARY.reference_class.items()
    }
    path = write(one_line(outcomes__lasts=3, basis__years=3), "published.yaml")
    found = [
        value(load(path, library=replace(LIBRARY, reference_class=classes)))
        for classes in (LIBRARY.reference_class, absurd, {})
    ]
    for one in found[1:]:
        assert np.array_equal(one.drawn.present, found[0].drawn.present)
        assert np.array_equal(one.central.present, found[0].central.present)
        assert one.loaded.inputs_sha256 == found[0].loaded.inputs_sha256
        assert one.loaded.scenario == found[0].loaded.scenario


def test_whatever_makes_numbers_does_not_read_it():
    """In the inputs only the library, whole or in part, and in the model nobody."""
    house = Path(sroi.__file__).parent
    readers = {
        file.relative_to(house).as_posix()
        for folder in ("inputs", "model")
        for file in (house / folder).rglob("*.py")
        if "reference_class" in file.read_text("utf-8")
    }
    library = {
        "inputs/library/library.py",
        "inputs/library/reference_class.py",
        "inputs/library/used_library.py",
    }
    assert readers == library


def test_a_published_number_is_no_quantity():
    """It has no distribution and cannot stand where one is asked."""
    assert not any(
        hasattr(one, name) for one in LIBRARY.reference_class.values() for name in ("best", "ppf")
    )


def test_the_shipped_example():
    """Its corrections lie within the bands, and its ratio below what is published."""
    valuation = example()
    ratio = valuation.drawn.ratio()
    assert ratio is not None
    assert {one.position for one in placed(ratio.mean, LIBRARY)} == {"below"}
    assert (
        unusual_corrections(valuation.loaded.scenario, valuation.model, valuation.loaded.library)
        == []
    )
