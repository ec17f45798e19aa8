"""Rows that are answered together have the answers that each has by itself."""

import numpy as np
import pytest
from portfolios import two_programmes

from sroi.analysis.portfolio import many
from sroi.analysis.portfolio.answer import amounts_of, answer_of
from sroi.analysis.portfolio.many import Many
from sroi.analysis.portfolio.structure import structure
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.model.portfolio.rows import central_of, centre_of, row_of, shared

PAYERS = ("gemeente", "nobody", "zorgverzekeraar")


@pytest.fixture(params=[None, 2**17], ids=["few", "many"])
def group(request, tmp_path, monkeypatch):
    """With draws for which ranges are found in another way, and in blocks that do not fit."""
    if request.param is None:
        monkeypatch.setattr(many, "BLOCK", 100)
    known = structure(load_portfolio(two_programmes(tmp_path, 6)), request.param, None)
    return known.groups[1], known.draws


def test_many_rows_together_are_what_each_is(group):
    group, draws = group
    found = shared(group.alike, draws)
    weights = found.weights(group.alike.rows)
    kept = {}
    together = Many(found, weights, PAYERS)
    answers = list(together.answers(kept.__setitem__))
    assert len(answers) == len(group.areas) == 5
    for number, (row, answer) in enumerate(zip(group.alike.rows, answers, strict=True)):
        drawn = row_of(found, row, draws)
        usual = answer_of(amounts_of(drawn), draws.total, PAYERS)
        balance = drawn.benefits() - drawn.investment()
        assert kept[number] == pytest.approx(balance, rel=1e-9, abs=1e-9)
        for name in ("benefits", "investment", "deviation", "positive"):
            assert getattr(answer, name) == pytest.approx(getattr(usual, name), rel=1e-9)
        assert vars(answer.balance) == pytest.approx(vars(usual.balance), rel=1e-9)
        assert vars(answer.ratio) == pytest.approx(vars(usual.ratio), rel=1e-9)
        assert answer.benefits_by_year == pytest.approx(usual.benefits_by_year)
        assert answer.investment_by_year == pytest.approx(usual.investment_by_year)
        for own, other in zip(answer.payers, usual.payers, strict=True):
            assert own.payer == other.payer
            assert own.balance == pytest.approx(other.balance)
            assert own.positive == pytest.approx(other.positive, abs=1e-12)
            assert own.investment_by_year == pytest.approx(other.investment_by_year)
        central = central_of(found, weights[number])
        assert central.benefits() == pytest.approx(centre_of(group.alike, row).benefits())
        assert central.investment() == pytest.approx(centre_of(group.alike, row).investment())


def test_their_sum_is_the_sum_of_each(group):
    group, draws = group
    found = shared(group.alike, draws)
    together = Many(found, found.weights(group.alike.rows), PAYERS).summed()
    rows = [amounts_of(row_of(found, row, draws)) for row in group.alike.rows]
    for kind in ("benefits", "investment", "investment_by_year"):
        for payer, amounts in getattr(together, kind).items():
            assert amounts == pytest.approx(sum(getattr(row, kind)[payer] for row in rows))
    yearly = sum(row.benefits_by_year for row in rows)
    assert together.benefits_by_year == pytest.approx(yearly)


def test_rows_that_draw_for_themselves_have_no_weights(tmp_path):
    path = two_programmes(tmp_path, own=["outcomes.verandering.rate"])
    known = structure(load_portfolio(path), None, None)
    group = known.groups[0]
    assert shared(group.alike, known.draws).weights(group.alike.rows) is None


def test_the_number_of_threads_changes_no_answer(tmp_path, monkeypatch):
    known = structure(load_portfolio(two_programmes(tmp_path, 9)), None, None)
    group = known.groups[0]
    found = shared(group.alike, known.draws)
    one = Many(found, found.weights(group.alike.rows), PAYERS)
    means = []
    for workers in (1, 3):
        monkeypatch.setattr(many, "workers_for", lambda draws, n=workers: n)
        means.append([answer.balance.p95 for answer in one.answers(lambda number, balance: None)])
    assert np.array_equal(*means)
