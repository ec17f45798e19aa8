"""The scenarios that come with the package: they check, they run, and they are credible."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sroi import shipped
from sroi.inputs.rules import CORRECTIONS
from sroi.inputs.scenario import Scenario
from sroi.inputs.scenario_file import Loaded, check_file, load, shipped_library
from sroi.model.engine import central, run
from sroi.model.model import model_of

FILES = sorted(shipped.folder("scenarios").glob("*.yaml"))
EXAMPLES = [path for path in FILES if path.stem.startswith("voorbeeldstad-")]
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
    """The central case gives finite amounts, and something is invested."""
    benefits, investment = central_of(path, variant)
    assert np.isfinite([benefits, investment]).all()
    assert investment > 0


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


def test_there_are_two_examples_at_least() -> None:
    assert len(EXAMPLES) >= 2
    assert len({loaded(path).scenario.programme for path in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_shows_what_a_scenario_can_hold(path: Path) -> None:
    """Enough outcomes, one that gets worse, one without euros, and what moves together."""
    scenario = loaded(path).scenario
    assert 8 <= len(scenario.outcomes) <= 12
    bounds = [outcome.rate.bounds or (0, 1) for outcome in scenario.outcomes]
    assert any(low < 0 and high <= 0 for low, high in bounds)
    assert any(not outcome.in_euros for outcome in scenario.outcomes)
    assert any(line.in_kind for line in scenario.investment)
    assert scenario.correlations
    assert {"sceptisch", "optimistisch"} <= set(loaded(path).variants)
    assert 3 <= len(scenario.conditions) <= 5
    assert scenario.limitations


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_has_several_payers(path: Path) -> None:
    """Several parties gain and several pay, and they are not the same."""
    of = loaded(path)
    model = model_of(of.scenario, of.library)
    shares = sum(flow.shares for line in model.outcomes for flow in line.flows)
    gaining = {payer for payer, row in zip(model.payers, shares, strict=True) if row.any()}
    paying = {payer for line in of.scenario.investment for payer in line.shares}
    assert len(gaining) >= 4
    assert len(paying) >= 2
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
            assert all(getattr(outcome, correction).because for correction in CORRECTIONS)
        assert outcome.unit


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_is_sober(path: Path) -> None:
    """The expected ratio is modest, its range wide; the variants lie where their names say."""
    ratio = expected_ratio(path)
    assert 0.8 < ratio.mean < 2.2
    assert ratio.p95 > 2 * ratio.p5
    sceptical, hopeful = expected_ratio(path, "sceptisch"), expected_ratio(path, "optimistisch")
    assert sceptical.mean < ratio.mean < hopeful.mean


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_an_example_is_nobodys_data(path: Path) -> None:
    """The parties are called fictional, and no real place is named outside the sources."""
    scenario = loaded(path).scenario
    for party in (scenario.organisation, scenario.commissioner):
        assert "(fictief)" in party.nl
        assert "(fictional)" in party.en
    words = " ".join(text for _, pair in texts(scenario) for text in pair.values())
    assert re.findall(rf"\b({REAL_PLACES})\b", words) == []


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
