"""Which layer is used: chosen by whoever is at work, and by nothing that a scenario says."""

import pytest
from reviews import CONTRACT, OWN
from valuations import small, write

from sroi import shipped
from sroi.inputs.files import chosen_library as chosen
from sroi.inputs.files.scenario_file import check_file, load
from sroi.inputs.library.used_library import as_text
from sroi.problems import Unusable

LAYER = as_text({"proxies": [OWN], "sources": [CONTRACT]}, "Laag")


@pytest.fixture
def own(monkeypatch, tmp_path):
    """The layer of a user, in a home of its own, and nothing chosen."""
    monkeypatch.delenv(chosen.CHOICE, raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "sroi")
    (tmp_path / "sroi").mkdir()
    return tmp_path / "sroi" / "prices.yaml"


def scenario():
    """A scenario with an own price of the organisation."""
    told = small() | {"proxies": []}
    for name in ("value", "price_year", "payers", "cash"):
        told["outcomes"][0].pop(name, None)
    told["outcomes"][0]["proxy"] = "eigen-uur"
    return write(told, "eigen-uur.yaml")


def test_without_a_layer(own):
    """The prices are those that are shipped."""
    assert chosen.chosen_library() is chosen.shipped_library()
    assert "proxy-unknown" in [problem.code for problem in check_file(scenario())]


def test_the_layer_of_the_user(own):
    """Is used wherever a scenario is read, and read anew when it changes."""
    own.write_text(LAYER, encoding="utf-8")
    assert load(scenario()).library.proxies["eigen-uur"].value.value == 50
    own.write_text(LAYER.replace("value: 50", "value: 60"), encoding="utf-8")
    assert load(scenario()).library.proxies["eigen-uur"].value.value == 60


def test_another_layer_or_none(own, monkeypatch, tmp_path):
    """By name, from wherever one stands; a name that is no file is an error."""
    own.write_text("- niet te lezen", encoding="utf-8")
    (tmp_path / "ander.yaml").write_text(LAYER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(chosen.CHOICE, "")
    chosen.choose("ander.yaml")
    monkeypatch.chdir("/")
    assert chosen.chosen_library().layer.file == str(tmp_path / "ander.yaml")
    chosen.choose("none")
    assert chosen.chosen_library() is chosen.shipped_library()
    chosen.choose(str(tmp_path / "weg.yaml"))
    with pytest.raises(Unusable) as refused:
        chosen.chosen_library()
    assert refused.value.problems[0].code == "file-missing"


def test_a_scenario_cannot_choose(own):
    """No key of a scenario names a layer."""
    told = small() | {"library": "laag.yaml"}
    assert "field-unknown" in [problem.code for problem in check_file(write(told, "kiest.yaml"))]


def test_where_reviews_go(own, monkeypatch, tmp_path):
    """Into the layer that is used; of a package the user's own, and in a checkout its prices."""
    assert chosen.layer_to_write() is None
    monkeypatch.setattr(shipped, "INSTALLED", tmp_path)
    assert chosen.layer_to_write() == own
    monkeypatch.undo()
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: own.parent)
    monkeypatch.delenv(chosen.CHOICE, raising=False)
    own.write_text(LAYER, encoding="utf-8")
    assert chosen.layer_to_write() == own
    monkeypatch.setenv(chosen.CHOICE, str(tmp_path / "ander.yaml"))
    assert chosen.layer_to_write() == tmp_path / "ander.yaml"
    monkeypatch.setenv(chosen.CHOICE, "none")
    assert chosen.layer_to_write() is None
