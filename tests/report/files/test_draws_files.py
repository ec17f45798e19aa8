"""Every draw as a file: the same numbers, whole or not at all."""

import pandas as pd
import pytest

from sroi import shipped
from sroi.analysis.valuation import every_draw
from sroi.analysis.valuation.valuation import value
from sroi.inputs.files.scenario_file import load
from sroi.problems import Unusable
from sroi.report.files.draws import write_draws

VALUED = value(load(shipped.folder("scenarios") / "voorbeeldstad-jeugd.yaml").with_draws(64, 3))


@pytest.mark.parametrize("name", ["alle.parquet", "ALLE.CSV"])
def test_the_same_numbers(tmp_path, name):
    """Every digit comes back, in both forms."""
    write_draws(VALUED, tmp_path / name)
    reader = pd.read_parquet if name.endswith("parquet") else pd.read_csv
    again = reader(tmp_path / name).set_index("draw")
    pd.testing.assert_frame_equal(
        again, VALUED.draws_frame(), rtol=0, atol=0, check_index_type=False
    )
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_another_kind_of_file(tmp_path):
    """Told before anything is written."""
    with pytest.raises(Unusable) as found:
        write_draws(VALUED, tmp_path / "alle.xlsx")
    assert [one.code for one in found.value.problems] == ["output-kind"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["alle.parquet", "alle.csv"])
def test_stopped_halfway(tmp_path, name, monkeypatch):
    """What was there stays as it was."""
    (tmp_path / name).write_text("oud")
    parts = every_draw.frames(VALUED.drawn, VALUED.loaded.scenario.basis)

    def stopping(*_: object):
        yield next(parts)
        raise KeyboardInterrupt

    monkeypatch.setattr("sroi.report.files.draws.frames", stopping)
    with pytest.raises(KeyboardInterrupt):
        write_draws(VALUED, tmp_path / name)
    assert (tmp_path / name).read_text() == "oud"
    assert len(list(tmp_path.iterdir())) == 1
