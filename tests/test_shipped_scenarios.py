"""The scenarios that come with the package: they check, they run, and they are credible."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import Loaded, check_file, load
from sroi.inputs.rules.scenario import CORRECTIONS
from sroi.inputs.scenario.scenario import Scenario
from sroi.model.flows.engine import central, run
from sroi.model.lines.model import model_of

FILES = sorted(shipped.folder("scenarios").glob("*.yaml"))
EXAMPLES = [path for path in FILES if path.stem.startswith("voorbeeldstad-")]
LADDERS = [path for path in EXAMPLES if "\ncare_ladder:" in path.read_text("utf-8")]
OUTCOMES = [path for path in EXAMPLES if path not in LADDERS]
PUBLISHED = [path for path in FILES if "\ncohorts:" in path.read_text("utf-8")]
GUIDE = next(path for path in FILES if path.stem == "wheels-to-meals")
LIBRARY = shipped_library()
# Warnings that are meant, and how often: the prices of the Guide are from memory and say so.
MEANT = {("wheels-to-meals", "proxy-weak"): 9}
# A few of the names that would turn an example into somebody's data.
REAL_PLACES = (
    "Tilburg|Dordrecht|Krimpen|Goirle|Waalwijk|Heusden|Assen|Emmen|Groningen"
    "|Amsterdam|Rotterdam|Utrecht|Ede"
)


def name(path: Path) -> str:
    return path.stem


def variants() -> list[tuple[Path, str]]:
    return [
        (path, variant) for path in FILES for variant in ("", *load(path, "", LIBRARY).variants)
    ]


@cache
def loaded(path: Path, variant: str = "") -> Loaded:
    return load(path, variant, LIBRARY)


def central_of(path: Path, variant: str = "") -> tuple[float, float]:
    of = loaded(path, variant)
    results = central(model_of(of.scenario, of.library))
    return float(results.benefits()[0]), float(results.investment()[0])


def expected_ratio(path: Path, variant: str = "") -> Any:
    of = loaded(path, variant)
    return run(model_of(of.scenario, of.library), 1_024, 1).ratio()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_shipped_scenario_has_no_problems_but_the_meant_ones(path: Path) -> None:
    """No errors, and only warnings that are listed here, in any variant."""
    problems = check_file(path, LIBRARY)
    found = {(path.stem, problem.code): 0 for problem in problems}
    for problem in problems:
        found[path.stem, problem.code] += 1
        assert problem.severity == "warning"
    assert found == {key: count for key, count in MEANT.items() if key[0] == path.stem}


@pytest.mark.parametrize(
    ("path", "variant"), variants(), ids=lambda part: getattr(part, "stem", part)
)
def test_every_variant_runs(path: Path, variant: str) -> None:
    """The central case gives finite amounts, and something is invested.

    In a published model the programme itself is a cost of the cohort.
    """
    benefits, investment = central_of(path, variant)
    assert np.isfinite([benefits, investment]).all()
    assert investment > 0 or (path in PUBLISHED and benefits < 0)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_id_is_the_file_name(path: Path) -> None:
    assert loaded(path).scenario.scenario == path.stem


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_text_is_in_both_languages(path: Path) -> None:
    """Nothing that a reader sees is left in one language."""
    single = [
        path for path, text in texts(loaded(path).scenario) if not (text["nl"] and text["en"])
    ]
    assert single == []


def texts(part: Any, at: str = "") -> list[tuple[str, dict[str, str]]]:
    data = part.model_dump() if isinstance(part, Scenario) else part
    if isinstance(data, dict) and set(data) == {"nl", "en"}:
        return [(at, data)]
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [found for key, value in items for found in texts(value, f"{at}.{key}")]


@pytest.mark.parametrize("paths", [OUTCOMES, LADDERS], ids=["outcomes", "ladders"])
def test_there_are_two_examples_at_least(paths: list[Path]) -> None:
    """Of every kind, each for another programme."""
    assert len(paths) >= 2
    assert len({loaded(path).scenario.programme for path in paths}) == len(paths)


@pytest.mark.parametrize("path", OUTCOMES, ids=name)
def test_an_example_with_outcomes_has_enough_of_them(path: Path) -> None:
    """And what is given in kind."""
    scenario = loaded(path).scenario
    assert 8 <= len(scenario.outcomes) <= 12
    assert any(line.in_kind for line in scenario.investment)


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_shows_what_a_scenario_can_hold(path: Path) -> None:
    """An outcome that gets worse, one without euros, and what moves together."""
    scenario = loaded(path).scenario
    bounds = [outcome.rate.bounds or (0, 1) for outcome in scenario.outcomes]
    assert any(low < 0 and high <= 0 for low, high in bounds)
    assert any(not outcome.in_euros for outcome in scenario.outcomes)
    assert scenario.correlations
    assert {"sceptisch", "optimistisch"} <= set(loaded(path).variants)
    assert 3 <= len(scenario.conditions) <= 5
    assert scenario.limitations


@pytest.mark.parametrize("path", LADDERS, ids=name)
def test_a_ladder_shows_what_a_ladder_can_hold(path: Path) -> None:
    """Who must move along and what for, waiting lists, contracts and how it grows."""
    scenario = loaded(path).scenario
    assert len(scenario.enabling_conditions) >= 5
    assert all(condition.action for condition in scenario.enabling_conditions)
    assert any(condition.moves_along.uncertain for condition in scenario.enabling_conditions)
    for ladder in scenario.care_ladder:
        assert ladder.of in {activity.id for activity in scenario.activities}
        assert ladder.intervention.reference is not None
        assert ladder.intervention.hazard_ratio_up.may_exceed_one
        assert ladder.intervention.ramp
        for tier in ladder.tiers:
            assert not tier.heavy or (tier.waiting_list and tier.capacity_step > 1)
            assert not tier.heavy or tier.backfill.uncertain


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_has_several_payers(path: Path) -> None:
    """Several parties gain, and not only those who pay; a ladder may be paid by one of them."""
    of = loaded(path)
    model = model_of(of.scenario, of.library)
    benefits = [flow.shares for line, _, flow in model.flows if not line.startswith("investment")]
    gaining = {payer for payer, row in zip(model.payers, sum(benefits), strict=True) if row.any()}
    paying = {payer for line in of.scenario.investment for payer in line.shares}
    assert len(gaining) >= (2 if path in LADDERS else 4)
    assert len(paying) >= (1 if path in LADDERS else 2)
    assert gaining != paying


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_corrects_what_it_claims(path: Path) -> None:
    """Every outcome in euros is corrected with a range for deadweight, or is causal by a source."""
    for outcome in loaded(path).scenario.outcomes:
        if not outcome.in_euros:
            continue
        if outcome.effect_basis == "causal":
            assert outcome.rate.source
        else:
            assert outcome.deadweight.uncertain
            stated = [getattr(outcome, correction) for correction in CORRECTIONS]
            assert all(one.because or (one.origin and one.origin.because) for one in stated)
        assert outcome.unit


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_is_sober(path: Path) -> None:
    """The expected ratio is modest, its range wide; the variants lie where their names say.

    A ladder that takes no more than the neutral starting point need not earn itself back, and more
    care than without the programme is possible.
    """
    ratio = expected_ratio(path)
    assert (0.3 if path in LADDERS else 0.8) < ratio.mean < 2.2
    assert ratio.p95 > 2 * ratio.p5
    assert path not in LADDERS or ratio.p5 < 0
    sceptical, hopeful = expected_ratio(path, "sceptisch"), expected_ratio(path, "optimistisch")
    assert ratio.mean < hopeful.mean
    if sceptical is None:  # then no benefits are expected, and that is the lowest there is
        assert path in LADDERS
    else:
        assert sceptical.mean < ratio.mean


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_is_nobodys_data(path: Path) -> None:
    """The parties are called fictional, and no real place is named outside the sources."""
    scenario = loaded(path).scenario
    for party in (scenario.organisation, scenario.commissioner):
        assert "(fictief)" in party.nl
        assert "(fictional)" in party.en
    words = " ".join(text for _, pair in texts(scenario) for text in pair.values())
    assert re.findall(rf"\b({REAL_PLACES})\b", words) == []


@pytest.mark.parametrize("path", PUBLISHED, ids=name)
def test_a_published_model_says_what_it_is(path: Path) -> None:
    """A check of the calculation and no social work; with its source and its own conventions."""
    scenario = loaded(path).scenario
    assert "rekencontrole" in scenario.title.nl
    assert "health-economic" in scenario.title.en
    assert "Geen sociaal werk." in path.read_text("utf-8").splitlines()[0]
    assert scenario.programme == "anders"
    assert scenario.limitations
    assert all(source.note for source in scenario.sources)
    assert scenario.basis.discounting.regime is None
    for cohort in scenario.cohorts:
        assert "counting" in cohort.model_fields_set
        assert cohort.cycles == scenario.basis.years * cohort.cycles_per_year
        assert cohort.effects
        assert cohort.programme.ratio.source


def test_wheels_to_meals_gives_the_amounts_of_the_guide() -> None:
    """Present value, balance and ratio as remembered from the SROI Guide (2012), to the penny."""
    benefits, investment = central_of(GUIDE)
    assert benefits == pytest.approx(81_741.93, abs=0.005)
    assert investment == 42_375
    assert benefits - investment == pytest.approx(39_366.93, abs=0.005)
    assert benefits / investment == pytest.approx(1.9290, abs=5e-5)


def test_wheels_to_meals_with_the_first_year_not_discounted() -> None:
    benefits, investment = central_of(GUIDE, "start-of-year")
    assert benefits / investment == pytest.approx(1.9965, abs=5e-5)
