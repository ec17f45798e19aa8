"""A measurement told: the steps, the counts that are not there, and what a scenario gets."""

import json

import pytest
import surveys
import yaml
from surveys import COMPARED, measurement

from sroi import shipped
from sroi.analysis.evidence.measuring import MeasuredEffect, measured
from sroi.inputs.evidence.measurement_file import load_measurement
from sroi.inputs.evidence.survey import read_survey
from sroi.inputs.quantity.quantity import Quantity
from sroi.report.measured.measured_effect import in_scenario, percentage, telling
from sroi.report.measured.measurement_json import as_data

LANG = pytest.mark.parametrize("lang", ["nl", "en"])
EXAMPLES = shipped.folder("scenarios") / "metingen"


def effect(folder, counts, other=None, **parts) -> MeasuredEffect:
    if other is None:
        content = surveys.csv("nr voor na", surveys.rows(counts))
    else:
        rows = surveys.rows(counts, "a"), surveys.rows(other, "b")
        content, parts = surveys.csv("nr groep voor na", *rows), COMPARED | parts
    described = load_measurement(measurement(folder, content, **parts))
    return measured(described, read_survey(described))


def example(name: str) -> MeasuredEffect:
    described = load_measurement(EXAMPLES / f"{name}.yaml")
    return measured(described, read_survey(described))


def words(found: MeasuredEffect, lang: str) -> str:
    """All that is told of it."""
    told = telling(found, lang)
    rows = [" ".join(row) for row in told.table().rows]
    return "\n".join([told.title, *told.frame(), *rows, *told.steps()])


def test_the_steps_in_dutch():
    """As a person reads them."""
    told = words(example("zelfredzaamheid-financien"), "nl")
    for part in (
        "(gesimuleerd, niet gemeten)", "Zelfredzaamheid-Matrix 2017, financiën", "Begonnen 180",
        "Opnieuw gemeten 120", "Respons 67%", "Verbeterd 48", "Gelijk 58", "Verslechterd 14",
        "Per saldo ging 28,1% erop vooruit", "per saldo 15,2%", "er blijft 12,9%",
        "Veranderde er bij hen niets, dan is het 8,7%", "Uitkomst: 10,7%", "effect_basis: gross",
    ):  # fmt: skip
        assert part in told, part


def test_the_steps_in_english():
    told = words(example("eenzaamheid-huisbezoek"), "en")
    for part in (
        "(simulated, not measured)", "lower is better", "not lonely 0–1", "In the comparison group",
        "effect_basis: causal", "Started 180 150", "Grade of evidence: 6",
    ):  # fmt: skip
        assert part in told, part


@LANG
@pytest.mark.parametrize(
    ("parts", "part"),
    [
        ({"change": {"points": 2}}, "2"),
        ({"change": {"threshold": 7}}, "7"),
        ({"change": {"reliability": 0.85, "sd": 0.8}}, {"nl": "0,86", "en": "0.86"}),
        ({"missing": "unchanged"}, {"nl": "alsof er bij hen niets", "en": "Nothing is taken to"}),
    ],
)
def test_every_rule_has_its_sentence(tmp_path, lang, parts, part):
    counts = {"improved": 20, "same": 20, "worse": 10, "missing": 10}
    told = words(effect(tmp_path, counts, **parts), lang)
    assert (part if isinstance(part, str) else part[lang]) in told


@LANG
def test_when_everybody_was_measured_again(tmp_path, lang):
    told = words(effect(tmp_path, {"improved": 20, "same": 20, "worse": 10}), lang)
    assert {"nl": "Iedereen is opnieuw gemeten", "en": "Everybody was measured again"}[lang] in told


@LANG
def test_who_has_no_score_at_the_start_is_told_of(tmp_path, lang):
    rows = surveys.rows({"improved": 20, "same": 20, "worse": 10})
    rows += [[f"Q{n}", "", 5] for n in range(3)]
    described = load_measurement(measurement(tmp_path, surveys.csv("nr voor na", rows)))
    found = measured(described, read_survey(described))
    assert {"nl": "Van minder dan 5 mensen", "en": "Of fewer than 5 people"}[lang] in words(
        found, lang
    )
    assert as_data(found, lang)["groups"][0]["without_start"] is None


@LANG
def test_small_counts_are_not_told_anywhere(tmp_path, lang):
    """Three got worse; nothing that comes out differs from what it would be of one."""
    outputs = []
    for worse in (1, 2, 3, 4):
        counts = {"improved": 40, "same": 61 - worse, "worse": worse, "missing": 30}
        found = effect(tmp_path, counts)
        rate = in_scenario(found)
        assert rate.measured is None
        outputs.append((words(found, lang), json.dumps(as_data(found, lang)), str(rate)))
    assert len(set(outputs)) == 1
    told = outputs[0][0]
    assert {"nl": "Verslechterd 1–4", "en": "Worse 1–4"}[lang] in told
    assert {"nl": "samen 61", "en": "61 together"}[lang] in told
    data = json.loads(outputs[0][1])["groups"][0]
    assert (data["worse"], data["same"], data["hidden_together"]) == (None, None, 61)
    assert (data["measured_again"], data["points"]) == (101, None)


def test_a_few_missing_are_not_told(tmp_path):
    """Nor can they be found back from who started and who was measured again."""
    outputs = []
    for missing in (1, 2, 3, 4):
        counts = {"improved": 40, "same": 50 - missing, "worse": 10, "missing": missing}
        found = effect(tmp_path, counts)
        outputs.append((words(found, "nl"), json.dumps(as_data(found, "nl"))))
    assert len(set(outputs)) == 1
    assert "Opnieuw gemeten niet getoond" in outputs[0][0]
    assert json.loads(outputs[0][1])["groups"][0]["measured_again"] is None


def test_the_rate_as_a_scenario_reads_it(tmp_path):
    """With its reason in both languages, its source, its grade, and the counts."""
    counts = {"improved": 40, "same": 30, "worse": 10, "missing": 20}
    found = effect(tmp_path, counts, {"improved": 20, "same": 30, "worse": 10, "missing": 20})
    rate = in_scenario(found)
    quantity = Quantity.model_validate(yaml.load(yaml.safe_dump(rate.rate), yaml.BaseLoader))
    assert quantity.normal.mean == pytest.approx(found.rate.mean, abs=5e-5)
    assert quantity.normal.sd == pytest.approx(found.rate.sd, abs=5e-5)
    assert (quantity.evidence, str(quantity.source)) == (4, "meting-voorbeeld[meting.yaml]")
    assert "100 mensen" in quantity.because.nl
    assert "100 people" in quantity.because.en
    assert {name: rate.measured[name] for name in ("invited", "improved", "same", "worse")} == {
        "invited": "100", "improved": "40", "same": "30", "worse": "10",
    }  # fmt: skip
    assert (rate.effect_basis, rate.measured["comparison"]) == ("causal", "group")


def test_what_was_simulated_says_so_in_the_scenario():
    """In the reason, in the name of the source and where the counts stand."""
    rate = in_scenario(example("zelfredzaamheid-financien"))
    assert rate.rate["because"]["nl"].startswith("Gesimuleerd, niet gemeten.")
    assert "gesimuleerd" in rate.source["title"]
    assert "gesimuleerd" in rate.measured["instrument"]["nl"]
    assert rate.measured["corrected"]["nl"].startswith("Wie ongunstig begint")


@pytest.mark.parametrize(
    ("share", "told"), [(0.1873, "18.73%"), (0.1, "10.00%"), (-0.034, "-3.40%"), (0, "0.00%")]
)
def test_a_percentage_is_never_read_as_thousands(share, told):
    assert percentage(share) == told


@LANG
def test_the_data_for_a_program(lang):
    """Every step, and nothing that is no number where there is a number."""
    data = as_data(example("eenzaamheid-huisbezoek"), lang)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["schema"] == "sroi.measurement/1"
    assert [group["group"] for group in data["groups"]] == ["programme", "comparison"]
    assert data["rate"]["low"] < data["rate"]["mean"] < data["rate"]["high"]
    assert data["problems"][0]["code"] == "measure-simulated"
