"""A portfolio is what its scenarios are, one by one and added up."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import yaml
from portfolios import PER_YEAR, VOLUME, areas, scenario, two_programmes, written
from quick_yaml import BaseLoader, SafeDumper

import sroi
import sroi.model
from sroi import shipped
from sroi.analysis.portfolio.structure import NO_EUROS
from sroi.analysis.portfolio.valued import Valued, value
from sroi.inputs.portfolio.portfolio_file import load_portfolio
from sroi.inputs.scenario import assumptions
from sroi.model.flows import engine
from sroi.model.flows.results import Results, purse
from sroi.model.lines.model import model_of
from sroi.problems import Unusable

ROW = {"aantal": VOLUME, "inzet": PER_YEAR}


def valued(path: Path, **asked) -> Valued:
    return value(load_portfolio(path), **asked)


def typed(path: Path, values: dict[str, str]) -> Results:
    """The run of a scenario in which somebody typed the values of a row."""
    text = yaml.load(path.read_text("utf-8"), BaseLoader)
    text["variants"] = {"rij": values}
    other = path.with_name("getypt.yaml")
    other.write_text(yaml.dump(text, Dumper=SafeDumper, allow_unicode=True), "utf-8")
    return sroi.run(other, "rij").drawn


def the_same(answer, results: Results, payers: tuple[str, ...]) -> None:
    """All that is told of a row, to 1e-9."""
    near = {"rel": 1e-9, "abs": 1e-6}
    assert answer.benefits == pytest.approx(results.benefits().mean(), **near)
    assert answer.investment == pytest.approx(results.investment().mean(), **near)
    assert vars(answer.balance) == pytest.approx(vars(results.estimate(results.balance())), **near)
    assert answer.positive == pytest.approx((results.balance() > 0).mean(), abs=1e-12)
    ratio = results.ratio()
    assert (answer.ratio is None) == (ratio is None)
    if ratio and answer.ratio:
        assert vars(answer.ratio) == pytest.approx(vars(ratio), **near)
    told = {one.payer: one for one in answer.payers}
    assert set(results.model.payers) <= set(payers)
    for payer in results.model.payers:
        balance = results.balance(purse(payer))
        assert told[payer].balance == pytest.approx(balance.mean(), **near)
        assert told[payer].positive == pytest.approx((balance > 0).mean(), abs=1e-12)
        hard = results.benefits(purse(payer, "hard")).mean()
        assert told[payer].hard is None or told[payer].hard == pytest.approx(hard, **near)
    for found, rows in (
        (answer.benefits_by_year, "benefits"),
        (answer.investment_by_year, "investment"),
    ):
        assert found == pytest.approx(results.by_year(results.rows(rows)), **near)


def hard_of(answer) -> bool:
    """Whether it tells what is hard cash."""
    told = {one.hard is not None for one in answer.payers}
    assert len(told) == 1
    return told == {True}


def test_a_row_is_the_run_of_its_scenario(tmp_path):
    """With the same seed and draws, of one programme: to 1e-9."""
    places = [row | {"prijs": "1;2;3"} for row in areas(4)]
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": ROW}], places, [scenario("een")])
    found = valued(path)
    assert found.structure.linear == {"een": {VOLUME, PER_YEAR}}
    assert all(row.shared for row in found.rows)
    assert all(hard_of(row.answer) for row in found.rows)
    for row, loaded in zip(found.rows, found.loaded.rows, strict=True):
        results = typed(tmp_path / "een.yaml", loaded.values)
        the_same(row.answer, results, found.payers)
        central = engine.central(results.model)
        assert row.central.benefits == pytest.approx(central.benefits()[0], rel=1e-12)
        assert row.central.balance == pytest.approx(central.balance()[0], rel=1e-12)


def test_a_column_that_is_not_linear_gives_the_same(tmp_path):
    """How long it lasts, and the ends of a range: each value has a model of its own."""
    places = [row | {"hoog": 2 + n} for n, row in enumerate(areas(4))]
    columns = ROW | {"duur": "outcomes.verandering.lasts", "hoog": "outcomes.verandering.rate.high"}
    path = written(
        tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [scenario("een")]
    )
    found = valued(path)
    assert found.structure.linear == {"een": {VOLUME, PER_YEAR}}
    assert not any(row.shared for row in found.rows)
    for row, loaded in zip(found.rows, found.loaded.rows, strict=True):
        the_same(row.answer, typed(tmp_path / "een.yaml", loaded.values), found.payers)


def test_rows_with_one_value_of_what_is_not_linear_share_a_model(tmp_path):
    columns = ROW | {"duur": "outcomes.verandering.lasts"}
    path = written(
        tmp_path, [{"scenario": "een.yaml", "columns": columns}], areas(5), [scenario("een")]
    )
    found = valued(path)
    assert [len(group.areas) for group in found.structure.groups] == [3, 2]
    assert [row.area for row in found.rows] == [f"gebied {n}" for n in range(5)]


def test_a_zero_is_another_model_where_people_come_back(tmp_path):
    """A year without people takes nobody away: see `returning`."""
    one = scenario("een", outcomes__lasts=2)
    one["activities"][0] |= {"volume": [5, 5], "returning": "40%"}
    places = [{"gebied": n, "eerste": n % 2 * 9, "tweede": 4 + n} for n in range(5)]
    columns = {"eerste": f"{VOLUME}.2026", "tweede": f"{VOLUME}.2027"}
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [one])
    found = valued(path)
    assert [len(group.areas) for group in found.structure.groups] == [3, 2]
    for row, loaded in zip(found.rows, found.loaded.rows, strict=True):
        the_same(row.answer, typed(tmp_path / "een.yaml", loaded.values), found.payers)


def test_what_no_euro_rests_on_makes_no_model_of_its_own(tmp_path):
    """How large a group is: rules hold against it, and nothing of the model knows of it."""
    one = scenario("een")
    one["target_groups"] = [{"id": "groep", "what": "Groep", "people": 900, "reached": 1}]
    places = [row | {"groep": 500 + n} for n, row in enumerate(areas(4))]
    columns = ROW | {"groep": "target_groups.groep.people"}
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [one])
    found = valued(path)
    assert [len(group.areas) for group in found.structure.groups] == [4]
    assert all(row.shared for row in found.rows)
    for row, loaded in zip(found.rows, found.loaded.rows, strict=True):
        the_same(row.answer, typed(tmp_path / "een.yaml", loaded.values), found.payers)


def test_the_model_knows_of_nothing_that_no_euro_rests_on():
    """No file of the model names these parts of a scenario, and neither do its assumptions."""
    files = [*Path(sroi.model.__path__[0]).rglob("*.py"), Path(assumptions.__file__)]
    texts = [file.read_text("utf-8") for file in files]
    assert len(texts) > 30
    assert [name for name in NO_EUROS if any(f".{name}" in text for text in texts)] == []


def test_a_number_with_its_reason_is_filled_by_its_value(tmp_path):
    """`rate.value` leaves the reason and the evidence of a rate where they are."""
    one = scenario("een", outcomes__rate={"value": 2, "because": "A", "evidence": 3})
    one["basis"]["optimism_bias"] = "by_evidence"
    places = [row | {"effect": 1 + n} for n, row in enumerate(areas(3))]
    columns = ROW | {"effect": "outcomes.verandering.rate.value"}
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [one])
    found = valued(path)
    for row, loaded in zip(found.rows, found.loaded.rows, strict=True):
        the_same(row.answer, typed(tmp_path / "een.yaml", loaded.values), found.payers)
    one["basis"]["optimism_bias"] = "none"
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [one])
    assert all(row.shared for row in valued(path).rows)


@pytest.mark.parametrize("name", ["voorbeeldstad-kanteling", "voorbeeldstad-ouderen"])
def test_rows_of_a_shipped_scenario(tmp_path, name):
    """A care ladder with contracts and conditions, and a scenario of outcomes."""
    columns = {
        "voorbeeldstad-kanteling": {
            "a": "care_ladder.zorgladder.inflow.ambulant",
            "b": "care_ladder.zorgladder.inflow.sociaal-werk",
            "c": "investment.team.per_year",
        },
        "voorbeeldstad-ouderen": {"a": "activities.huisbezoek.volume"},
    }[name]
    source = shipped.folder("scenarios") / f"{name}.yaml"
    text = source.read_text("utf-8").replace("draws: 16384", "draws: 64")
    text = text.replace("draws: 65536", "draws: 64")
    places = [{"gebied": f"g{n}", "a": 30 + n * 11, "b": 20 + n, "c": 352_800} for n in range(3)]
    path = written(tmp_path, [{"scenario": f"{name}.yaml", "columns": columns}], places, [])
    (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    found = valued(path)
    assert all(row.shared for row in found.rows)
    under_contract = name == "voorbeeldstad-kanteling"
    assert {hard_of(row.answer) for row in found.rows} == {not under_contract}
    typed_in = [typed(tmp_path / f"{name}.yaml", row.values) for row in found.loaded.rows]
    for row, results in zip(found.rows, typed_in, strict=True):
        the_same(row.answer, results, found.payers)
    if under_contract:
        assert not hard_of(found.total)
        by_row = valued(path, hard=True)
        assert not any(row.shared for row in by_row.rows)
        for row, results in zip(by_row.rows, typed_in, strict=True):
            assert hard_of(row.answer)
            the_same(row.answer, results, found.payers)
        rows = [{one.payer: one.hard for one in row.answer.payers} for row in by_row.rows]
        for one in by_row.total.payers:
            assert one.hard == pytest.approx(sum(row[one.payer] for row in rows), rel=1e-9)


def test_the_total_is_the_sum_of_the_rows_in_every_draw(tmp_path):
    """Of two programmes that share a price, each valued by the engine on the same points."""
    found = valued(two_programmes(tmp_path))
    groups = found.structure.groups
    one, other = ({*group.alike.taken} for group in groups)
    assert len(one & other) == 1
    names = [str(n) for n in range(found.structure.draws.dimensions)]
    balances, benefits = [], []
    for programme, group in zip(found.loaded.programmes, groups, strict=True):
        for row in programme.rows:
            loaded = programme.filled(row, found.loaded.library)
            results = _on_shared(model_of(loaded.scenario, loaded.library), group, names)
            balances.append(results.balance())
            benefits.append(results.benefits())
    assert len(balances) == len(found.rows) == 7
    total = np.sum(balances, axis=0)
    assert found.total.balance.p5 == pytest.approx(np.quantile(total, 0.05), rel=1e-9)
    assert found.total.benefits == pytest.approx(np.sum(benefits, axis=0).mean(), rel=1e-9)
    assert found.bands.shared.deviation == pytest.approx(total.std(), rel=1e-9)
    apart = np.sqrt(np.sum(np.var(balances, axis=1)))
    assert found.bands.independent.deviation == pytest.approx(apart, rel=1e-9)
    for row, balance in zip(found.rows, balances, strict=True):
        assert row.answer.balance.p95 == pytest.approx(np.quantile(balance, 0.95), rel=1e-9)
    parts = [answer.balance.mean for answer in found.programmes.values()]
    assert found.total.balance.mean == pytest.approx(sum(parts), rel=1e-12)


def _on_shared(model, group, names: list[str]) -> Results:
    """A run of a model on the points that the portfolio gives it."""
    taken = dict(zip(model.quantities.rows, group.alike.taken, strict=True))
    order = sorted(names, key=int)
    renamed = [next((p for p, n in taken.items() if str(n) == name), name) for name in order]
    return engine.run(model, 256, 1, dimensions=renamed)


def test_the_band_lies_between_independent_and_one(tmp_path):
    """What is shared does not cancel out, and not everything is shared."""
    found = valued(two_programmes(tmp_path, own=["outcomes.verandering.rate"])).bands
    assert found.independent.deviation < found.shared.deviation < found.one.deviation
    widths = [band.p95 - band.p5 for band in (found.independent, found.shared, found.one)]
    assert widths == sorted(widths)


def test_rows_that_share_everything_are_one(tmp_path):
    """Each is the same but for its size, so that the total is as wide as if all were one."""
    columns = {"aantal": VOLUME}
    one = scenario("een", investment__per_year=0)
    places = [{"gebied": n, "aantal": 3 * n + 1} for n in range(4)]
    path = written(tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [one])
    bands = valued(path).bands
    assert vars(bands.shared) == pytest.approx(vars(bands.one), rel=1e-9)


def test_rows_that_share_nothing_are_independent(tmp_path):
    own = ["outcomes.*", "proxies.*"]
    columns = {"aantal": VOLUME}
    places = [{"gebied": n, "aantal": 10} for n in range(12)]
    path = written(
        tmp_path, [{"scenario": "een.yaml", "columns": columns}], places, [scenario("een")], own=own
    )
    found = valued(path, draws=4096)
    bands = found.bands
    assert bands.shared.deviation == pytest.approx(bands.independent.deviation, rel=0.05)
    assert bands.shared.p5 == pytest.approx(bands.independent.p5, rel=0.05)
    assert bands.one.deviation > 3 * bands.shared.deviation
    each = [row.answer.balance.mean for row in found.rows]
    assert len(set(each)) == 12


def test_the_order_of_the_table_changes_nothing(tmp_path):
    """Nor does what a row draws for itself depend on who stands beside it."""
    own = {"own": ["outcomes.verandering.rate"]}
    programme = [{"scenario": "een.yaml", "columns": ROW}]
    found = {}
    for name, places in (("a", areas(4)), ("b", areas(4)[::-1])):
        (tmp_path / name).mkdir()
        path = written(tmp_path / name, programme, places, [scenario("een")], **own)
        found[name] = {row.area: row.answer.balance for row in valued(path).rows}
    for area, balance in found["a"].items():
        assert vars(found["b"][area]) == pytest.approx(vars(balance), rel=1e-12)


def test_draws_and_seed_are_those_asked_for(tmp_path):
    path = two_programmes(tmp_path)
    usual, more, other = (
        valued(path, **asked) for asked in ({}, {"draws": 512}, {"draws": 256, "seed": 2})
    )
    assert [one.structure.draws.total for one in (usual, more, other)] == [256, 512, 256]
    means = [one.total.balance.mean for one in (usual, more, other)]
    assert all(a != b for a, b in itertools.combinations(means, 2))
    error = usual.total.balance.standard_error
    assert means == pytest.approx([means[0]] * 3, abs=8 * error)


def test_more_draws_than_fit_in_memory_are_refused(tmp_path, monkeypatch):
    """With how many would fit."""
    path = two_programmes(tmp_path)
    known = valued(path).structure.groups
    sizes = [len(one.alike.parts.terms) * len(one.alike.columns) for one in known]
    monkeypatch.setattr("sroi.analysis.portfolio.structure.MOST_NUMBERS", 256 * max(sizes) - 1)
    with pytest.raises(Unusable) as refused:
        valued(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.facts) == ("portfolio-too-large", {"draws": 256, "most": 255})
