"""What keeps a report out of a tender."""

import pytest
from valuations import small, write

from sroi.analysis.valuation.tender import refusals
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import load
from sroi.inputs.text.yaml_text import parse
from sroi.report.words.problem_text import sentence
from sroi.report.workbook.written import workbook

CHECKED = {
    "id": "eigen-prijs", "name": "Eigen prijs", "value": 50, "unit": "EUR/uur", "price_year": 2024,
    "payers": {"gemeente": "100%"}, "cash": "soft", "cost_concept": "marginal",
    "source": "eigen[p. 1]", "provenance": "first-hand", "evidence": "A",
    "review": {"status": "checked", "by": "Controller (fictief)", "on": "2026-02-01"},
}  # fmt: skip
COMPLETE = {
    "decision": "Besluit.", "background": "Aanleiding.", "scope": "Afbakening.",
    "target_groups": [{"id": "groep", "what": "Groep", "people": 100, "reached": 20}],
    "conditions": ["Tijd."], "limitations": ["Klein."],
    "monitoring": [{"id": "bereik", "what": "Bereik", "kind": "count", "when": "elk jaar"}],
    "checks": [{"by": "Controller (fictief)", "on": "2026-02-01", "what": "De prijzen."}],
    "theory_of_change": [{
        "id": "lijn", "what": "Lijn",
        "steps": [{"id": "doen", "kind": "activity", "what": "Doen"},
                  {"id": "beter", "kind": "outcome", "what": "Beter", "indicator": "Tellen"}],
        "links": [{"from": "doen", "to": "beter", "evidence": 5}],
    }],
    "experience": {"because": "Gesprekken.", "interviews": {"client": 12}},
    "sources": [{"id": "eigen", "type": "report", "title": "Eigen kostprijs",
                 "issued": {"date-parts": [[2024]]}}],
}  # fmt: skip


def ready(**price):
    """A scenario that lacks nothing that it can have, with one price."""
    scenario = small() | COMPLETE | {"proxies": [CHECKED | price]}
    for name in ("value", "price_year", "payers", "cash"):
        scenario["outcomes"][0].pop(name, None)
    scenario["outcomes"][0]["proxy"] = "eigen-prijs"
    for line in scenario["investment"]:
        line["staffing"] = {"fte": 1, "hours": 1000, "hourly_rate": line["per_year"] / 1000}
    return scenario


def codes(scenario):
    """The codes of the refusals."""
    return [problem.code for problem in refusals(load(write(scenario)))]


def test_a_complete_scenario_may_go():
    """Nothing is refused."""
    assert codes(ready()) == []


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ({"review": {"status": "draft"}}, "tender-price-unchecked"),
        ({"provenance": "memory"}, "tender-price-memory"),
        ({"evidence": "D"}, "tender-price-weak"),
    ],
)
def test_a_price_nobody_stands_for_is_refused(price, code):
    """Each for its own reason, and by name."""
    (problem,) = refusals(load(write(ready(**price))))
    assert problem.code == code
    for lang in ("nl", "en"):
        assert "eigen-prijs" in sentence(problem, lang)


@pytest.mark.parametrize("key", [*(key for key in COMPLETE if key != "sources")])
def test_an_empty_section_is_refused(key):
    """And the key that is to be filled in is named."""
    scenario = ready()
    del scenario[key]
    (problem,) = refusals(load(write(scenario)))
    assert problem.code == "tender-sections"
    assert key in sentence(problem, "nl")


def test_lines_are_counted():
    """How many of the lines lack their hours; and an evaluation must have been measured."""
    scenario = ready()
    scenario["investment"][0].pop("staffing")
    assert codes(scenario) == ["tender-lines"]
    assert codes(ready() | {"kind": "evaluation"}) == ["tender-lines"]


def test_a_workbook_is_told_where_on_its_sheets_the_rest_belongs(tmp_path):
    """Not by the keys of a file of text."""
    scenario = {k: v for k, v in ready().items() if k not in ("experience", "checks", "decision")}
    for line in scenario["investment"]:
        line.pop("staffing")
    path = tmp_path / "eigen.xlsx"
    data = parse(write(scenario).read_bytes(), "eigen.yaml").data
    path.write_bytes(workbook(data, shipped_library(), "nl").content)
    told = {problem.code: sentence(problem, "nl") for problem in refusals(load(path))}
    assert (
        "gevraagd besluit (Begin), Gesprekken (Volgen), Wie er meekeek" in told["tender-sections"]
    )
    assert "Vul fte, uren per fte, uurtarief, overhead (Kosten) in" in told["tender-lines"]
