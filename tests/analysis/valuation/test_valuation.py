"""A valuation: what was asked, what came out, and every euro as a row."""

import math
from collections import defaultdict

import numpy as np
import pytest
from valuations import LIBRARY, RANGE, example, example_file, example_variants, small, valued, write

from sroi.analysis.result.headline import headline, headline_from
from sroi.analysis.valuation import valuation
from sroi.analysis.valuation.valuation import Valuation, value, value_file, variants, variants_of
from sroi.inputs.files.scenario_file import load
from sroi.model.flows import engine
from sroi.model.flows.results import SOCIETY
from sroi.model.lines.model import model_of
from sroi.problems import Unusable


def test_rows_add_up_to_every_total():
    """By year, by payer and by line; investment is negative."""
    drawn = example().drawn
    by_year: dict[int, float] = defaultdict(float)
    kinds: dict[str, float] = defaultdict(float)
    for row in example().rows():
        by_year[row["year"]] += row["amount"]
        kinds[row["kind"]] += row["amount"]
    benefits = drawn.by_year(drawn.rows("outcomes"))
    costs = drawn.by_year(drawn.rows("investment"))
    assert list(by_year) == [2026, 2027, 2028, 2029, 2030]
    assert list(by_year.values()) == pytest.approx(list(benefits - costs), rel=1e-9)
    assert kinds["outcomes"] == pytest.approx(benefits.sum(), rel=1e-9)
    assert -kinds["investment"] == pytest.approx(costs.sum(), rel=1e-9)


def test_rows_discounted_are_the_balance_of_a_payer():
    """So that whoever recomputes the table ends at the printed numbers."""
    model, drawn = example().model, example().drawn
    benefit = model.discounting.factors(model.years)
    cost = model.discounting.investment_factors(model.years)
    for name, whose in list(example().perspectives())[3:]:
        total = math.fsum(
            row["amount"]
            * (benefit if row["kind"] == "outcomes" else cost)[row["year"] - model.first_year]
            for row in example().rows()
            if row["payer"] == name
        )
        assert total == pytest.approx(drawn.balance(whose).mean(), rel=1e-9, abs=1e-6)


def test_rows_are_of_known_lines_payers_and_classes():
    """And a stakeholder stands with the outcomes alone."""
    scenario = example().loaded.scenario
    lines = {outcome.id: outcome.stakeholder for outcome in scenario.outcomes}
    for row in example().rows():
        assert row["payer"] in example().model.payers
        assert row["cash"] in ("hard", "soft", "pm")
        assert row["stakeholder"] == (lines[row["line"]] if row["kind"] == "outcomes" else "")


def test_the_frame_holds_the_same_rows():
    """For whoever works in pandas."""
    frame = example().to_frame()
    rows = list(example().rows())
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)
    assert frame["amount"].sum() == pytest.approx(math.fsum(row["amount"] for row in rows))


def test_perspectives():
    """Society, what is paid from taxes and premiums, cash, and each payer apart."""
    found = dict(example().perspectives())
    assert list(found) == ["society", "fiscal", "cash", *example().model.payers]
    assert found["society"] == SOCIETY
    assert "gemeente" in found["fiscal"].payers
    assert "inwoner" not in found["fiscal"].payers
    assert found["cash"].classes == {"hard"}


def test_an_own_payer_is_public_where_it_says_so():
    """A fund of citizens is no tax."""
    scenario = small()
    scenario["payers"] = [{"id": "fonds", "name": "Fonds", "public": "false"},
                          {"id": "kas", "name": "Kas", "public": "true"}]  # fmt: skip
    del scenario["investment"][0]["payer"]
    scenario["investment"][0]["payers"] = {"fonds": "50%", "kas": "50%"}
    assert valued(scenario).fiscal.payers == {"gemeente", "zorgverzekeraar", "kas"}


def test_the_same_file_gives_the_same_bits():
    """Also with another number of threads."""
    loaded = load(example_file(), library=LIBRARY)
    for threads in (1, 3):
        again = value(loaded, threads)
        assert np.array_equal(again.drawn.present, example().drawn.present)
        assert np.array_equal(again.drawn.sums, example().drawn.sums)


def test_progress_is_told_to_the_end():
    """In steps that go up."""
    told: list[float] = []
    value(load(write(small(outcomes__rate=RANGE)), library=LIBRARY), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_variants_are_valued_by_name():
    """Each with what it changes, from the same seed; not the one that is shown already."""
    names = list(example().loaded.variants)
    found = variants_of(example().loaded, example_file())
    assert list(found) == list(example_variants()) == names
    for name, other in found.items():
        assert other.variant == name
        assert other.inputs_sha256 != example().loaded.inputs_sha256
        alone = value(other).drawn
        assert alone.draws == example().drawn.draws
        assert headline(alone) == example_variants()[name]
    first = value_file(example_file(), names[0])
    assert list(variants(first, example_file())) == names[1:]


def test_what_is_known_of_variants_is_taken(monkeypatch):
    """It is asked for by the fingerprint of the inputs, the last ones first."""
    monkeypatch.setattr(valuation, "TOGETHER", 2)
    asked = []

    def known(inputs):
        asked.append(inputs)
        return inputs

    found = variants(example(), example_file(), known=known)
    expected = [one.inputs_sha256 for one in variants_of(example().loaded, example_file()).values()]
    assert asked == [expected[2], *expected[:2]]
    assert list(found.values()) == expected


def test_variants_together_are_what_each_is_alone(monkeypatch):
    """However many are worked out at once; also one with another way of drawing."""
    scenario = small(outcomes__rate=RANGE, outcomes__drop_off=0.1, outcomes__lasts=2)
    scenario["variants"] = {
        "meer": {"outcomes.verandering.rate.high": 3},
        "zeker": {"outcomes.verandering.rate": 2},
        "langer": {"basis.years": 3},
        "anders-getrokken": {"basis.sampling": "plain"},
        "duurder": {"investment.inzet.per_year": 2000},
        "niets": {"investment.inzet.per_year": 0},
    }
    path = write(scenario)
    loaded = load(path, library=LIBRARY)
    alone = {}
    for name, one in variants_of(loaded, path).items():
        b, model = one.scenario.basis, model_of(one.scenario, one.library)
        alone[name] = headline(engine.run(model, b.draws, b.seed, b.sampling))
    assert len(set(alone.values())) == 6
    for together in (1, 2, 5):
        monkeypatch.setattr(valuation, "TOGETHER", together)
        assert variants(value(loaded), path) == alone


def test_a_headline_by_hand():
    """Four draws in two replicates: means, the middle, and the share above zero."""
    benefits, investment = np.array([1.0, 2.0, 4.0, 5.0]), np.full(4, 2.0)
    found = headline_from(benefits, investment, 2)
    assert (found.net_present_value.mean, found.net_present_value.p50, found.chance) == (1, 1, 0.5)
    assert found.net_present_value.standard_error == pytest.approx(1.5)
    assert found.ratio is not None
    assert found.ratio.mean == 1.5
    assert headline_from(benefits, np.zeros(4), 2).ratio is None


def test_a_file_is_valued_by_its_path():
    """With a variant by name; and one that cannot be used says why."""
    valuation = value_file(example_file(), example().loaded.variants[0])
    assert isinstance(valuation, Valuation)
    assert valuation.loaded.variant == example().loaded.variants[0]
    with pytest.raises(Unusable) as caught:
        value_file(example_file().with_name("none.yaml"))
    assert [problem.code for problem in caught.value.problems] == ["file-missing"]
