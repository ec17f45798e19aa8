"""The cuts of the draws are the draws, all of them and once."""

import numpy as np
import pytest

from sroi.model.portfolio import cuts
from sroi.model.portfolio.shared import Draws
from sroi.model.uncertain.sampling import REPLICATES, points


@pytest.mark.parametrize("method", ["sobol", "latin-hypercube", "plain"])
@pytest.mark.parametrize("largest", [8, 32, 64, 1 << 14])
def test_cuts_are_all_draws_in_their_order(method, largest, monkeypatch):
    """Bit by bit those of `sroi run`, wherever they are cut."""
    monkeypatch.setattr(cuts, "LARGEST", largest)
    draws = Draws(method, 3, 64 * REPLICATES, 5)
    taken = [4, 0, 2]
    whole = [points(method, 3, n, 64, 5) for n in range(REPLICATES)]
    found = cuts.cuts_of(draws)
    assert [cut.number for cut in found] == list(range(REPLICATES * max(1, 64 // largest)))
    places = np.concatenate([np.arange(draws.total)[cut.place] for cut in found])
    assert np.array_equal(places, np.arange(draws.total))
    for cut in found:
        own = whole[cut.part][taken, cut.start : cut.stop]
        assert np.array_equal(cuts.points_in(draws, cut, taken), own)


def test_the_last_cut_of_a_part_may_be_smaller(monkeypatch):
    monkeypatch.setattr(cuts, "LARGEST", 8)
    draws = Draws("plain", 1, 11 * REPLICATES, 2)
    sizes = [cut.size for cut in cuts.cuts_of(draws)]
    assert sizes == [8, 3] * REPLICATES
