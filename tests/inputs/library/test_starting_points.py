"""Starting points: what they hold, and how they fill a ladder without touching what it states."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest
from scipy import stats

from sroi import shipped
from sroi.inputs.care.care_ladder import CareLadder
from sroi.inputs.files.scenario_file import Loaded, check_file, load
from sroi.inputs.library.library import Library, check_library
from sroi.inputs.library.starting_points import StartingPoint
from sroi.inputs.quantity.quantities_in import quantities_in
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.assumptions import assumptions
from sroi.inputs.scenario.filled import EFFECTS, filled
from sroi.model.uncertain.distributions import distribution
from sroi.problems import errors

NAMES = ("sceptisch", "neutraal", "optimistisch")
LADDER = {
    "id": "ladder",
    "what": "Zorg",
    "stakeholder": "inwoners",
    "tiers": [
        {"id": "licht", "what": "Licht", "level": "1", "cost": "1000", "payers": {"gemeente": "1"}},
        {"id": "zwaar", "what": "Zwaar", "level": "2", "cost": "9000", "payers": {"gemeente": "1"},
         "capacity_step": "5"},
        {"id": "huis", "what": "Huis", "level": "4", "cost": "60000", "payers": {"gemeente": "1"},
         "capacity_step": "2", "backfill": "15%"},
    ],
    "inflow": {"licht": "100", "zwaar": "50", "huis": "5"},
    "moves": {"licht": {"zwaar": "0.1", "exit": "0.5"}, "zwaar": {"huis": "0.05", "exit": "0.6"},
              "huis": {"exit": "0.4"}},
}  # fmt: skip
INTERVENTION = {"effect_basis": "causal", "reference": "expected"}


def ladder(**intervention: object) -> CareLadder:
    return CareLadder.model_validate(LADDER | {"intervention": INTERVENTION | intervention})


@pytest.fixture
def neutral(library: Library) -> StartingPoint:
    return library.starting_points["neutraal"]


def quantities(point: StartingPoint) -> dict[str, Quantity]:
    return {path: quantity for path, quantity, *_ in quantities_in(point, "point", (), 0)}


def test_there_are_three(library: Library) -> None:
    assert tuple(library.starting_points) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_reason_and_a_grade(name: str, library: Library) -> None:
    """In both languages; and a source says where in it."""
    found = quantities(library.starting_points[name])
    assert len(found) == 5 + 3 + 2 * 3 + 3
    for quantity in found.values():
        assert quantity.because.nl
        assert quantity.because.en
        assert quantity.evidence
        if quantity.source:
            assert quantity.source.key in library.sources
            assert quantity.source.place


@pytest.mark.parametrize("name", NAMES)
def test_a_guess_is_called_one(name: str, library: Library) -> None:
    """Only what leans on a comparison between municipalities has grade 2; nothing is better."""
    for quantity in quantities(library.starting_points[name]).values():
        assert quantity.evidence == 2 or quantity.evidence >= 5
        assert quantity.evidence != 2 or quantity.source.key.startswith("cpb-")
        if quantity.evidence == 6:
            assert "Aanname" in quantity.because.nl
            assert "Assumption" in quantity.because.en


def test_the_values_of_the_neutral_one(neutral: StartingPoint) -> None:
    """Lognormals, and betas whose counts have Jeffreys' prior taken off."""
    up = neutral.hazard_ratio_up.lognormal
    assert (up.median, up.sd_log) == (0.97, 0.08)
    worse = stats.norm.sf(-math.log(up.median) / up.sd_log)  # of the draws more heavy care
    assert worse == pytest.approx(0.352, abs=5e-4)
    diversion = distribution(neutral.diversion, (0, 1))
    assert diversion.mean == pytest.approx(0.04)
    assert diversion.variance == pytest.approx(stats.beta(2, 48).var())
    theta = distribution(neutral.needs_heavy_care, (0, 1))
    assert theta.mean == pytest.approx(0.15)
    assert theta.variance == pytest.approx(stats.beta(3, 17).var())
    backfill = [distribution(neutral.terms[level].backfill, (0, 1)).mean for level in (2, 3, 4)]
    assert backfill == pytest.approx([0.3, 0.5, 0.4])
    assert [neutral.terms[level].paid_per_unit.value for level in (2, 3, 4)] == [0.7, 0.6, 0.3]


def test_only_optimism_excludes_that_things_get_worse(library: Library) -> None:
    """A hazard ratio above 1 stays possible in every one of them; relapse is in none."""
    for point in library.starting_points.values():
        assert point.hazard_ratio_up.may_exceed_one
    assert "relapse" not in StartingPoint.model_fields
    assert library.starting_points["sceptisch"].net_widening.value == 0.14


def test_what_is_not_stated_is_filled(neutral: StartingPoint) -> None:
    """Effects, ramp, lag, terms of heavy care, and contracts."""
    whole = filled(ladder(), neutral)
    for name in EFFECTS:
        assert getattr(whole.intervention, name) is getattr(neutral, name)
    assert whole.tier("zwaar").paid_per_unit is neutral.terms[2].paid_per_unit
    assert whole.tier("zwaar").backfill is neutral.terms[2].backfill
    assert whole.tier("huis").paid_per_unit is neutral.terms[4].paid_per_unit
    assert whole.contracts == neutral.contracts


def test_what_is_stated_stays(neutral: StartingPoint) -> None:
    """An effect, a tier's own backfill, one field of the contracts; and light support has none."""
    own = ladder(hazard_ratio_up="0.8", lag="2")
    own = own.model_copy(update={"contracts": own.contracts.model_validate({"renewal": "5"})})
    whole = filled(own, neutral)
    assert whole.intervention.hazard_ratio_up.value == 0.8
    assert whole.intervention.lag.value == 2
    assert whole.intervention.diversion is neutral.diversion
    assert whole.tier("huis").backfill.value == 0.15
    assert whole.contracts.renewal.value == 5
    assert whole.contracts.friction is neutral.contracts.friction
    assert whole.tier("licht").paid_per_unit is None
    assert own.intervention.diversion is None  # the ladder itself is as it was


def scenario(tmp_path: Path, intervention: str, variants: str = "{}") -> Path:
    rows = json.dumps({**LADDER, "intervention": None})[:-1].replace('"intervention": null', "")
    path = tmp_path / "ladder.yaml"
    path.write_text(
        f"""\
scenario: ladder
title: Ladder
organisation: Voorbeeldwelzijn (fictief)
commissioner: Voorbeeldstad (fictief)
programme: anders
kind: forecast
null_alternative: Zonder.
basis: {{first_year: 2026, years: 4, price_year: 2024, discounting: nl-2021, draws: 256}}
stakeholders: [{{id: inwoners, name: Inwoners}}]
investment: [{{id: team, what: Team, payer: gemeente, per_year: 1000}}]
care_ladder: [{rows.rstrip().rstrip(",")}, "intervention": {intervention}}}]
variants: {variants}
""",
        encoding="utf-8",
    )
    return path


POINT = "{effect_basis: causal, starting_point: %s}"


def effect(loaded: Loaded, name: str = "hazard_ratio_up") -> Quantity:
    found = assumptions(loaded.scenario, loaded.library)
    return found[f"care_ladder.ladder.intervention.{name}"].quantity


def test_a_scenario_takes_its_starting_point(tmp_path: Path, library: Library) -> None:
    """In the assumptions, and so in the fingerprint and the report."""
    path = scenario(tmp_path, POINT % "neutraal")
    assert errors(check_file(path, library)) == []
    loaded = load(path, library=library)
    assert effect(loaded).lognormal.median == 0.97
    assert effect(loaded, "ramp.logistic.midpoint").high == 3
    other = scenario(tmp_path, POINT % "sceptisch")
    assert load(other, library=library).inputs_sha256 != loaded.inputs_sha256


def test_a_variant_may_name_another_starting_point(tmp_path: Path, library: Library) -> None:
    """Also where the file itself names none."""
    variants = "{somber: {care_ladder.ladder.intervention.starting_point: sceptisch}}"
    point = POINT % "neutraal"
    loaded = load(scenario(tmp_path, point, variants), "somber", library)
    assert effect(loaded).lognormal.median == 1
    stated = (
        "{effect_basis: causal, hazard_ratio_up: 0.9, starting_point: neutraal, diversion: 0.1}"
    )
    loaded = load(scenario(tmp_path, stated, variants), "somber", library)
    assert effect(loaded).value == 0.9
    assert effect(loaded, "diversion").value == 0.1
    assert effect(loaded, "net_widening").value == 0.14


def test_a_starting_point_that_is_unknown(tmp_path: Path, library: Library) -> None:
    """The nearest is named."""
    path = scenario(tmp_path, POINT % "neutral")
    (problem,) = [p for p in check_file(path, library) if p.code == "word-unknown"]
    assert problem.facts["nearest"] == "neutraal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped library, to break."""
    return Path(shutil.copytree(shipped.folder("proxies"), tmp_path / "proxies"))


def broken(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    path = folder / "starting_points.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(problem.code, Path(problem.file).name) for problem in check_library(folder)[1]]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("cpb-poh-jeugd-2020[news item]", "cpb-poh-jeudg-2020[news item]", "source-unknown"),
        ("  - id: neutraal", "  - id: sceptisch", "id-twice"),
        ("    diversion:\n", "    divertion:\n", "field-unknown"),
        ("value: 80%", "value: 180%", "outside-domain"),
        ("      4:\n", "      5:\n", "number-out-of-range"),
    ],
)
def test_mistakes_in_the_file_are_found(folder: Path, old: str, new: str, code: str) -> None:
    assert (code, "starting_points.yaml") in broken(folder, old, new)


def test_a_library_without_starting_points(folder: Path) -> None:
    (folder / "starting_points.yaml").unlink()
    library, problems = check_library(folder)
    assert problems == []
    assert library.starting_points == {}
