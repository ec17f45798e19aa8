"""Every draw as a table: what went in beside what came out of it."""

import numpy as np
import pytest
from scipy.stats import spearmanr

import sroi
from sroi import shipped
from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load

FILE = shipped.folder("scenarios") / "voorbeeldstad-jeugd.yaml"


@pytest.fixture(scope="module", params=["sobol", "latin-hypercube", "plain"])
def valued(request):
    """A shipped scenario, drawn in each of the ways."""
    loaded = load(FILE).with_draws(1024, 7)
    basis = loaded.scenario.basis.model_copy(update={"sampling": request.param})
    scenario = loaded.scenario.model_copy(update={"basis": basis})
    return value(type(loaded)(**(vars(loaded) | {"scenario": scenario})))


def test_what_comes_out_is_the_answer(valued):
    """Means of the columns are the engine's own."""
    frame, drawn = valued.draws_frame(), valued.drawn
    assert len(frame) == drawn.draws == 1024
    assert list(frame.index) == list(range(1024))
    assert frame["society.net_present_value"].mean() == pytest.approx(drawn.balance().mean())
    whole = frame["society.benefits"] - frame["society.investment"]
    assert np.allclose(whole, frame["society.net_present_value"], rtol=1e-12)
    payers = [name for name in frame if name.startswith("payer.") and name.endswith(".balance")]
    assert len(payers) == len(valued.model.payers)
    assert np.allclose(frame[payers].sum(axis=1), whole, rtol=1e-9, atol=1e-3)


def test_what_goes_in_belongs_to_what_comes_out(valued):
    """A row is one state of the world: worked out again from its quantities it gives its answer."""
    from sroi.model.flows.engine import results_at

    frame, model = valued.draws_frame(), valued.model
    names = list(model.quantities.uncertain)
    assert names == list(frame.columns)[: len(names)]
    at = model.quantities.at(np.full((len(names), len(frame)), 0.5))
    again = results_at(model, at.changed({name: frame[name].to_numpy() for name in names}))
    assert np.allclose(again.balance(), frame["society.net_present_value"], rtol=1e-12)


def test_from_python():
    """The same by the front door; a rate moves with the answer."""
    frame = sroi.run(FILE).draws_frame()
    assert len(frame) == 65_536
    rates = [name for name in frame if name.endswith(".rate")]
    assert max(abs(spearmanr(frame[n], frame["society.benefits"])[0]) for n in rates) > 0.2


def test_where_all_is_certain():
    """No quantity varies; the answer is there all the same."""
    file = shipped.folder("scenarios") / "wheels-to-meals.yaml"
    frame = value(load(file).with_draws(32, 1)).draws_frame()
    assert all(name.startswith(("payer.", "society.")) for name in frame)
    assert frame["society.net_present_value"].std() == pytest.approx(0, abs=1e-6)
