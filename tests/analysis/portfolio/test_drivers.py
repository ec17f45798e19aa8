"""Which shared assumption drives the total."""

import numpy as np
import pytest
from portfolios import VOLUME, scenario, two_programmes, written

from sroi.analysis.portfolio.drivers import drivers
from sroi.analysis.portfolio.valued import value
from sroi.inputs.portfolio.portfolio_file import load_portfolio


def test_a_price_that_two_programmes_share_is_told_once(tmp_path):
    found = drivers(value(load_portfolio(two_programmes(tmp_path)), draws=4096))
    prices = [one for one in found if one.path == "proxies.prijs.value"]
    assert [one.programmes for one in prices] == [("een", "ander")]
    assert sorted(one.path for one in found).count("outcomes.verandering.rate") == 2
    assert prices[0].correlation > 0
    assert prices[0].share == max(one.share for one in found)


def test_shares_are_those_of_a_product(tmp_path):
    """total = c · rate · price, with both independent and nothing else: the shares of the first
    order of a product, Var(X) E(Y)² ÷ Var(XY)."""
    one = scenario("een", investment__per_year=0, outcomes__deadweight={"value": 0, "because": "A"})
    places = [{"gebied": n, "aantal": n + 1} for n in range(3)]
    columns = {"aantal": VOLUME}
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [one])
    found = value(load_portfolio(path), draws=65536)
    known = found.structure.groups[0].alike.model.quantities.distributions
    x, y = (known[p] for p in ("outcomes.verandering.rate", "proxies.prijs.value"))
    whole = (x.variance + x.mean**2) * (y.variance + y.mean**2) - (x.mean * y.mean) ** 2
    shares = {one.path: one.share for one in drivers(found)}
    rate, price = x.variance * y.mean**2 / whole, y.variance * x.mean**2 / whole
    assert shares["outcomes.verandering.rate"] == pytest.approx(rate, abs=0.03)
    assert shares["proxies.prijs.value"] == pytest.approx(price, abs=0.03)


def test_nothing_drives_what_is_certain(tmp_path):
    none = {"value": 0, "because": "A"}
    one = scenario("een", outcomes__rate=1, outcomes__deadweight=none, proxies__value=2)
    places = [{"gebied": n, "aantal": n + 1} for n in range(3)]
    path = written(
        tmp_path, [{"scenario": "een.yaml", "columns": {"aantal": VOLUME}}], places, [one]
    )
    found = value(load_portfolio(path))
    assert drivers(found) == []
    assert np.ptp(found.together.sum(axis=0)) == 0


def test_what_rows_draw_for_themselves_drives_nothing_shared(tmp_path):
    path = two_programmes(tmp_path, own=["outcomes.verandering.rate"])
    found = drivers(value(load_portfolio(path)))
    assert "outcomes.verandering.rate" not in {one.path for one in found}
