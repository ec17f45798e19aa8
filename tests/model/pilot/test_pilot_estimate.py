"""The ratio of a pilot on a simulated city of which the truth is known."""

from dataclasses import replace

import numpy as np
import pytest
from simulated_city import city
from written_city import described_of, register_of

from sroi.analysis.pilot.moves import panels, places_of
from sroi.model.care.care_ladder import Programme
from sroi.model.pilot.estimate import estimate

LARGE = Programme(hazard_ratio_up=0.7, hazard_ratio_down=1.3, diversion=0.25)


@pytest.fixture(scope="module")
def known():
    """A large city, so that chance is small."""
    made = city(LARGE, 5, size=12, after=10)
    register, described = register_of(made), described_of(made, 2)
    return panels(described, register, places_of(described, register))


@pytest.mark.parametrize(("kind", "truth"), [("up", 0.7), ("down", 1.3), ("door", 0.75)])
def test_a_known_ratio_comes_back(known, kind, truth):
    full = estimate(known[kind], 2, handed_out=False).full
    assert full.ratio == pytest.approx(truth, rel=0.1)
    assert full.low < truth < full.high


def test_the_wider_band_counts_and_holds_the_other(known):
    made = estimate(known["up"], 2)
    low, high = np.exp(made.full.clustered.band())
    assert made.full.low <= low
    assert made.full.high >= high
    assert made.full.p >= made.full.clustered.p
    assert made.full.is_effect
    assert len(made.first) == 2


def test_the_other_way_round_is_one_over_it(known):
    """Whoever takes the comparison for the pilot finds the inverse."""
    panel = known["door"]
    turned = replace(panel, start=np.where(panel.start < 0, panel.start.max(), -1))
    one, other = (estimate(p, 0, handed_out=False).full.ratio for p in (panel, turned))
    assert one * other == pytest.approx(1, rel=0.02)
