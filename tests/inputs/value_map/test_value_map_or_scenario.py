"""A workbook with a scenario in it is no Value Map, and the other way round."""

import pytest
from value_maps import Map

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_document import no_scenario
from sroi.inputs.text.yaml_text import read
from sroi.inputs.value_map.value_map_sheet import is_value_map
from sroi.report.workbook.written import workbook


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["voorbeeldstad-ouderen", "wheels-to-meals"])
def test_a_scenario_is_no_value_map(tmp_path, name, lang):
    """Though both have a column for deadweight."""
    data = read(shipped.folder("scenarios") / f"{name}.yaml").data
    (tmp_path / "a.xlsx").write_bytes(workbook(data, shipped_library(), lang).content)
    assert not is_value_map(tmp_path / "a.xlsx")
    assert not no_scenario(tmp_path / "a.xlsx")


def test_a_value_map_is_no_scenario(tmp_path):
    row = {"stakeholder": "Bewoners", "outcome": "Rust", "quantity": 3, "duration": 1, "value": 2}
    path = Map([row]).write(tmp_path / "kaart.xlsx")
    assert is_value_map(path)
    assert no_scenario(path)
