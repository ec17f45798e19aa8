"""Rows that are answered together have the answers that each has by itself."""

import itertools

import numpy as np
import pytest
from portfolios import VOLUME, areas, scenario, two_programmes, written

from sroi.analysis.portfolio import many
from sroi.analysis.portfolio.answer import Answer, Tally
from sroi.analysis.portfolio.blocks import valued
from sroi.analysis.portfolio.job import Job, Rows, job_of
from sroi.analysis.portfolio.many import Many, summed
from sroi.analysis.portfolio.structure import structure
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.model.portfolio import cuts
from sroi.model.portfolio.rows import centre_of, row_in

PAYERS = ("gemeente", "nobody", "zorgverzekeraar")


@pytest.fixture(params=["few", "many", "missed"])
def job(request, tmp_path, monkeypatch):
    """In one cut of each part and in several; and where a first look tells nothing of quantiles."""
    monkeypatch.setattr(cuts, "LARGEST", 1 << 14 if request.param == "few" else 1 << 9)
    monkeypatch.setattr(many, "LOOK", 64)
    if request.param == "missed":
        monkeypatch.setattr(many.Stretches, "of", lambda self, row, total: None)
    draws = None if request.param == "few" else 2**15
    return job_of(structure(load_portfolio(two_programmes(tmp_path, 11)), draws, None), PAYERS)


def terms_of(job: Job, group: Rows):
    found = [valued(job, block) for block in job.valuing(group.valuation)]
    return found.__getitem__


def one_by_one(job: Job, group: Rows, terms) -> list[Tally]:
    tallies = []
    for row in group.alike.rows:
        tally = Tally(job.draws, job.payers)
        for cut in job.cuts:
            own = row_in(group.alike, terms(cut.number), row, job.draws, cut)
            tally.add(cut, job.by_payer(group.alike, own.present))
            tally.add_yearly(job.by_payer(group.alike, own.yearly))
        tallies.append(tally)
    return tallies


def the_same(found: Answer, usual: Answer) -> None:
    assert found.without_ratio == usual.without_ratio
    for name in ("benefits", "investment", "deviation", "positive"):
        assert getattr(found, name) == pytest.approx(getattr(usual, name), rel=1e-9)
    assert vars(found.balance) == pytest.approx(vars(usual.balance), rel=1e-9)
    assert vars(found.ratio) == pytest.approx(vars(usual.ratio), rel=1e-9)
    for name in ("benefits_by_year", "investment_by_year"):
        assert getattr(found, name) == pytest.approx(getattr(usual, name), rel=1e-9)
    for own, other in zip(found.payers, usual.payers, strict=True):
        assert own.payer == other.payer
        assert own.balance == pytest.approx(other.balance, rel=1e-9)
        assert own.positive == pytest.approx(other.positive, abs=1e-12)
        assert own.investment_by_year == pytest.approx(other.investment_by_year, rel=1e-9)


def test_many_rows_together_are_what_each_is(job):
    """In the second programme nothing that is paid differs; the first pays by row."""
    for group in job.groups:
        terms = terms_of(job, group)
        weights = group.alike.weights(group.alike.rows)
        together = Many(job, group, weights, terms)
        answers = together.answers(8)
        assert len(answers) == len(group.alike.rows) in (10, 11)
        tallies = one_by_one(job, group, terms)
        kept = np.concatenate(together.together, axis=1)
        assert kept.shape == (len(answers), 16 * 8)
        pairs = zip(group.alike.rows, answers, tallies, kept, strict=True)
        for row, (answer, central), tally, own in pairs:
            the_same(answer, tally.answer())
            first = tally.balance.reshape(16, -1)[:, :8].ravel()
            assert own == pytest.approx(first, rel=1e-9)
            usual = centre_of(group.alike, row)
            assert central.benefits == pytest.approx(usual.benefits()[0], rel=1e-12)
            assert central.investment == pytest.approx(usual.investment()[0], rel=1e-12)


def test_an_investment_that_differs_by_draw_has_a_ratio_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(many, "LOOK", 64)
    one = scenario("een", investment__per_year={"low": 50, "best": 100, "high": 300})
    programme = {"scenario": "een.yaml", "columns": {"aantal": VOLUME}}
    path = written(tmp_path, [programme], areas(9), [one])
    job = job_of(structure(load_portfolio(path), 4096, None), PAYERS)
    (group,) = job.groups
    assert not all(line.certain for line in group.alike.parts.lines)
    terms = terms_of(job, group)
    found = Many(job, group, group.alike.weights(group.alike.rows), terms).answers(8)
    for (answer, _), tally in zip(found, one_by_one(job, group, terms), strict=True):
        the_same(answer, tally.answer())


def test_their_sum_is_the_sum_of_each(job):
    for group in job.groups:
        terms = terms_of(job, group)
        tallies = one_by_one(job, group, terms)
        for cut, amounts in summed(job, group, terms):
            by_payer = job.by_payer(group.alike, amounts)
            balance = (by_payer[0] - by_payer[1]).sum(axis=0)
            expected = sum(tally.balance[cut.place] for tally in tallies)
            assert balance == pytest.approx(expected, rel=1e-9)


def test_where_rows_are_cut_changes_no_bit(job):
    """Of any answer: every row stands in a product of one size."""
    group = job.groups[0]
    terms, weights = terms_of(job, group), group.alike.weights(group.alike.rows)
    whole = Many(job, group, weights, terms).answers(8)
    for edges in ((0, 8, 11), (0, 3, 11), (0, 1, 2, 11)):
        parts = [
            one
            for start, stop in itertools.pairwise(edges)
            for one in Many(job, group, weights[start:stop], terms).answers(8)
        ]
        assert repr(parts) == repr(whole)
