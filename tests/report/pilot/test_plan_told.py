"""A pilot that is still to begin, told and as data."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from pilot_registers import flat, rows

from sroi import shipped
from sroi.analysis.pilot.planning import planned
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.register import read_register
from sroi.problems import Unusable
from sroi.report.pilot.plan_told import PlanTold, picture, show
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

CITY = shipped.folder("scenarios") / "pilots" / "voorbeeldstad-naar-voren.yaml"
PLAIN = (Path(__file__).parents[2] / "broken" / "pilot" / "pilot-simulated.yaml").read_text("utf-8")
STARTED = "started: {Wijk A: 2024-Q1, Wijk B: 2024-Q1, Wijk C: 2024-Q1, Wijk D: 2024-Q1}\n"
COMPARED = "comparison: [Wijk E, Wijk F, Wijk G, Wijk H]\n"
CHOSEN = "chosen: {how: random, because: Geloot.}\n"


@pytest.fixture(scope="module")
def plan():
    described = load_pilot(CITY, begun=False)
    return planned(described, read_register(described))


def in_folder(folder: Path, text: str, table: list[list[str]]):
    """A plan from a file and a sheet."""
    lines = "\n".join(";".join(row) for row in table)
    (folder / "register.csv").write_text(lines + "\n", encoding="utf-8")
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    described = load_pilot(folder / "p.yaml", begun=False)
    return planned(described, read_register(described))


def test_only_the_quarters_before_the_start_count(plan):
    assert plan.quarters[0] == 2022 * 4
    assert plan.before == 12
    assert plan.each == (3, 4, 5, 6)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_one_sentence_for_each_kind_of_move(plan, lang):
    told = PlanTold(plan, Words(lang), Numbers(lang))
    sentences = list(told.sentences())
    assert len(sentences) == 4
    for one, sentence in zip(plan.seeable.values(), sentences, strict=True):
        assert told.numbers.percent(one.smallest[6, 8]) in sentence


def test_the_data_and_the_chart(plan, capsys):
    told = PlanTold(plan, Words("nl"), Numbers("nl"))
    data = json.loads(json.dumps(told.as_data(), allow_nan=False))
    assert data["schema"] == "sroi.pilot_plan/1"
    assert len(data["alike"]) == 12
    chart = told.chart()
    assert chart.chance[0] == pytest.approx(0.05, abs=1e-3)
    assert all(np.diff(chart.chance) >= -1e-9)
    svg = picture(told)
    assert svg.startswith("<svg")
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    texts = [node.text for node in ElementTree.fromstring(svg).iter() if node.tag.endswith("}text")]
    assert texts[-1] in chart.head.title
    show(told)
    assert "daling van 18% of meer" in " ".join(capsys.readouterr().out.split())


def test_a_file_need_not_say_where_it_will_be(tmp_path):
    text = PLAIN.replace(STARTED, "").replace(COMPARED, "").replace(CHOSEN, "")
    plan = in_folder(tmp_path, text, rows(flat))
    assert len(plan.alike) == 8
    assert plan.before == 14
    with pytest.raises(Unusable):
        load_pilot(tmp_path / "p.yaml")


def test_neighbourhoods_that_go_alike_find_each_other(tmp_path):
    """Two that rise together, among six that do not."""
    text = PLAIN.replace(STARTED, "").replace(COMPARED, "").replace(CHOSEN, "")
    table = rows(flat, noise=0.01)
    for row in table[1:]:
        if row[0] in ("Wijk B", "Wijk G"):
            quarter = (int(row[1][:4]) - 2022) * 4 + int(row[1][-1])
            row[5] = str(round(int(row[5]) * 1.05**quarter))
    found = {one.name: one for one in in_folder(tmp_path, text, table).alike}
    assert (found["Wijk B"].nearest, found["Wijk G"].nearest) == ("Wijk G", "Wijk B")
    assert found["Wijk B"].yearly > 0.1


def test_too_few_neighbourhoods_are_told(tmp_path):
    text = PLAIN.replace(", Wijk D: 2024-Q1}", "}").replace(
        "[Wijk E, Wijk F, Wijk G, Wijk H]", "[]"
    )
    with pytest.raises(Unusable) as raised:
        in_folder(tmp_path, text, rows(flat))
    assert raised.value.problems[0].code == "pilot-plan-short"
