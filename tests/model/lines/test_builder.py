"""What lines of every kind need of a scenario: years, payers, indices and optimism."""

from typing import Any

import numpy as np
import pytest
from models_in_memory import at_points, library, one_line, read

from sroi.inputs.files.scenario_file import with_own
from sroi.inputs.quantity.quantity import Quantity
from sroi.model.flows.engine import central
from sroi.model.lines.builder import Builder
from sroi.model.lines.model import model_of
from sroi.model.uncertain.distributions import Certain

PAYERS = ("gemeente", "zorgverzekeraar")


def builder(known: tuple[str, ...] = (), **changes: Any) -> Builder:
    """A builder on the scenario of one line."""
    scenario = read(one_line(**changes))
    paths = {path: Certain(1.0) for path in known}
    return Builder(scenario, with_own(library(), scenario), paths, PAYERS)


def test_a_size_that_holds_every_year_has_one_path() -> None:
    """A list has one for each."""
    build = builder(("volume", "other", "other.2026", "other.2027", "other.2028"), basis__years=3)
    assert build.yearly("volume") == ("volume",) * 3
    assert build.yearly("other") == ("other.2026", "other.2027", "other.2028")


def test_shares_stand_by_payer_and_class() -> None:
    """Payers in their order, classes hard, soft and pm."""
    shares = builder().shares({"zorgverzekeraar": 0.4, "gemeente": 0.6}, "soft")
    assert shares.tolist() == [[0, 0.6, 0], [0, 0.4, 0]]


def test_prices_of_the_right_year_are_left_as_they_are() -> None:
    """An older one goes up with the index."""
    build = builder()
    factors = library().indices["cpi"].factors
    assert build.index("cpi", 2024) == 1
    assert build.index("cpi", 2020) == pytest.approx(factors[2020] / factors[2024])


@pytest.mark.parametrize(
    ("grades", "kept"),
    [([1], 1), ([2], 0.95), ([3], 0.9), ([4], 0.85), ([5], 0.75), ([6], 0.6), ([None], 0.6),
     ([1, 5, 2], 0.75), ([1, None], 0.6), ([], 0.6)],
)  # fmt: skip
def test_what_optimism_bias_leaves(grades: list[int | None], kept: float) -> None:
    """By the weakest evidence; without a grade it is a guess, and so is nothing at all."""
    effects = [Quantity(value="1", evidence=g and str(g)) for g in grades]
    build = builder(basis__optimism_bias="by_evidence")
    assert build.kept([*effects, None]) == pytest.approx(kept)
    assert builder().kept(effects) == 1


@pytest.mark.parametrize(("rate", "kept"), [(0.3, 0.9), (-0.3, 1)])
def test_optimism_bias_takes_from_gains_and_not_from_losses(rate: float, kept: float) -> None:
    """An outcome that is worse than nothing is counted in full."""
    changes = {"outcomes__rate": {"value": rate, "evidence": 3}}
    results = []
    for choice in ("none", "by_evidence"):
        scenario = read(one_line(basis__optimism_bias=choice, **changes))
        results.append(central(model_of(scenario, with_own(library(), scenario))))
    plain, cut = (found.benefits()[0] for found in results)
    assert cut == pytest.approx(kept * plain)
    assert cut == pytest.approx(results[1].by_year([0]).sum())
    stages = [results[1].stage(name, [0]) for name in ("attribution_to_others", "optimism_bias")]
    assert stages == pytest.approx([plain, cut])


def test_it_is_decided_in_every_draw_by_itself() -> None:
    """A range on both sides of zero loses from its upper part alone."""
    rate = {"low": -0.2, "best": 0.1, "high": 0.5, "because": "Voorbeeld.", "evidence": 6}
    scenario = read(one_line(basis__optimism_bias="by_evidence", outcomes__rate=rate))
    built = model_of(scenario, with_own(library(), scenario))
    unit = np.linspace(0.001, 0.999, 64)[None]
    found = at_points(built, unit).benefits()
    drawn = built.quantities.at(unit)["outcomes.verandering.rate"]
    assert found == pytest.approx(np.where(drawn > 0, 0.6 * drawn, drawn))
