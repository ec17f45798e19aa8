"""The budget in prices of each year: by hand, and what must hold of any."""

import csv
import io
from functools import cache

import numpy as np
import pytest
from care_in_memory import worked_example
from valuations import LIBRARY, valued

from sroi.analysis.result.nominal import Nominal, followed, nominal
from sroi.analysis.result.purses import budget
from sroi.inputs.case.indexation import indexation
from sroi.inputs.library.used_library import used_files
from sroi.inputs.scenario.price_level import named_series
from sroi.inputs.text.nouns import Text
from sroi.inputs.text.yaml_text import parse
from sroi.model.flows.results import purse
from sroi.report.files.csv_files import csv_texts
from sroi.report.files.results_json import as_json
from sroi.report.pages.nominal import nominal_budget
from sroi.report.told.told import told

BY_HAND = """\
scenario: met-de-hand
title: Met de hand
organisation: Voorbeeldwelzijn (fictief)
commissioner: gemeente Voorbeeldstad (fictief)
programme: anders
kind: forecast
null_alternative: Er gebeurt niets.
basis: {first_year: 2026, years: 3, price_year: 2026, draws: 16,
        discounting: {rate: 3%, timing: end_of_year}}
investment:
  - {id: vast, what: Vast, payer: gemeente, per_year: 1000, price_year: 2025, indexation: geen}
  - {id: procent, what: Procent, payer: gemeente, per_year: 1000, price_year: 2025,
     indexation: 2% per jaar}
  - {id: lonen, what: Lonen, payer: gemeente, per_year: 1000, price_year: 2025, index: vng-mix,
     indexation: elk jaar met de cao}
activities: [{id: bezoek, what: Bezoek, unit: huishouden, volume: 10}]
outcomes:
  - {id: minder, what: Minder, stakeholder: ouderen, of: bezoek, rate: 1, proxy: eigen,
     effect_basis: causal, lasts: 1}
proxies:
  - {id: eigen, name: Eigen, value: 500, unit: EUR/huishouden, price_year: 2026,
     payers: {gemeente: 100%}, cash: hard, source: "tatooheene-2024[p. 1]"}
indices:
  cpi: {2026: 3%, 2027: 2%, 2028: 1%, because: Raming.}
  vng-mix: {2026: 5%, 2027: 4%, 2028: 3%, because: Raming.}
"""
SHORTER = BY_HAND.replace("2027: 2%, 2028: 1%", "2027: 2%")


@cache
def found(text: str = BY_HAND, payer: str = "gemeente") -> Nominal:
    """The nominal budget of a payer."""
    valuation = valued(text)
    return nominal(valuation.drawn, valuation.loaded.scenario, valuation.loaded.library, payer)


def test_a_nominal_budget_by_hand():
    """The benefit of 10 x 500 rises by 2 % and 1 %. Of the investments one stays 1000, one is
    1000 x 1.02 ^ n from 2025, and one follows vng-mix, because `with the collective agreement` is
    no series: 1000 x 1.05, x 1.04, x 1.03."""
    own = found().budget
    assert own.benefits["hard"] == pytest.approx([5000, 5100, 5151])
    spent = [1000 + 1020 + 1050, 1000 + 1040.40 + 1092, 1000 + 1061.208 + 1124.76]
    assert own.investment == pytest.approx(spent)
    assert own.balance == pytest.approx([1930, 1967.60, 1965.032])
    assert own.cumulative[-1] == pytest.approx(5862.632)
    assert (found().known, found().ended) == (3, {})


def test_the_real_budget_beside_it_is_what_it_was():
    """In prices of 2026: 1000 x 1.03 twice, and 1000 x 1.05, whatever the contracts say."""
    real = budget(valued(BY_HAND).drawn, "gemeente")
    assert real.balance == pytest.approx([5000 - 1030 - 1030 - 1050] * 3)


def test_what_each_line_follows_is_told():
    part = nominal_budget(told(valued(BY_HAND), "nl"))
    by_year, lines = part.tables
    assert [row[0] for row in by_year.rows] == ["2026", "2027", "2028"]
    assert "tot en met 2028 is de inzet samen € 9.300 in prijzen van 2026, en € 9.400 in" in (
        part.sentences[1].replace("\xa0", " ")
    )
    shown = [row[2].replace("\xa0", " ") for row in by_year.rows]
    assert shown == ["€ 5.000", "€ 5.100", "€ 5.200"]  # rounded as the whole scenario is
    assert {row[0]: row[1] for row in lines.rows} == {
        "Minder": "reeks cpi",
        "Vast": "contract: het bedrag van 2025, zonder indexatie",
        "Procent": "contract: 2% per jaar, vanaf 2025",
        "Lonen": "reeks vng-mix",
    }
    assert any("2027 (2%) en 2028 (1%)" in sentence for sentence in part.after)


def test_a_year_that_no_series_reaches_is_not_known():
    """The contracts go on; the benefit, which follows the CPI, does not."""
    own = found(SHORTER)
    assert (own.known, own.ended) == (2, {"cpi": 2027})
    assert np.isnan(own.budget.balance[2])
    assert own.budget.investment[2] == pytest.approx(1000 + 1061.208 + 1124.76)
    assert list(found(SHORTER, "zorgverzekeraar").budget.balance) == [0, 0, 0]
    valuation = valued(SHORTER)
    results = as_json(valuation, "en")
    (row,) = [x for x in results["budget"] if x["payer"] == "gemeente"]
    assert row["by_year"][2]["nominal"]["hard"] is None
    text = csv_texts(valuation, results, "en")["budget.csv"]
    last = [x for x in csv.DictReader(io.StringIO(text)) if x["payer"] == "gemeente"][-1]
    spent = repr(float(own.budget.investment[2]))
    assert (last["nominal_hard"], last["nominal_investment"]) == ("", spent)
    part = nominal_budget(told(valuation, "nl"))
    assert part.tables[0].rows[2][2] == "–"
    assert "Vanaf 2028" in part.after[0]


def test_without_a_series_that_goes_on_one_sentence_says_so():
    text = BY_HAND.partition("indices:")[0].replace("price_year: 2026", "price_year: 2025")
    part = nominal_budget(told(valued(text), "en"))
    assert part.tables == []
    assert part.sentences[0].startswith("From 2026 on the budget cannot be given in current prices")


def test_where_nothing_rises_nominal_is_real():
    text = BY_HAND
    for rise in ("3%", "2%", "1%", "5%", "4%"):
        text = text.replace(f": {rise},", ": 0%,")
    text = text.replace("2% per jaar", "0%").replace("rate: 0%,", "rate: 3%,")
    real = budget(valued(text).drawn, "gemeente")
    own = found(text).budget
    assert own.balance == pytest.approx(real.balance)
    assert own.cumulative == pytest.approx(real.cumulative)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("geen", 0.0), ("Geen.", 0.0), ("none", 0.0), ("2%", 0.02), ("2,5 % per jaar", 0.025),
        ("2.5% a year", 0.025), ("ova", "ova"), ("OVA", None), ("cpi", "cpi"),
        ("vng-mix", "vng-mix"),
        ("elk jaar met de cao", None), ("vng-mix, hoogstens 3%", None), ("minstens 2%", None),
        ("200%", None), ("cpi + 1%", None),
    ],
)  # fmt: skip
def test_an_indexation_is_read_where_it_is_one_thing(said, read):
    assert indexation(Text.model_validate(said), {"cpi", "ova", "vng-mix"}) == read


def test_both_languages_must_say_the_same():
    known = {"cpi"}
    same = Text(nl="2% per jaar", en="2% a year")
    assert indexation(same, known) == 0.02
    assert indexation(Text(nl="2%", en="3%"), known) is None
    assert indexation(None, known) is None


def test_a_series_that_only_a_contract_names_goes_along():
    """So that a report can be recomputed from what it holds, and the fingerprint follows it."""
    text = BY_HAND.replace("indexation: geen", "indexation: ova")
    valuation = valued(text)
    files = used_files(parse(text.encode(), "x.yaml").data, valuation.loaded.library)
    assert "ova" in {entry["id"] for entry in files["indices"]["indices"]}
    assert named_series(valuation.loaded.scenario, LIBRARY.indices) == {"vng-mix", "ova"}


RISES = {"cpi": {"2026": "3%", "2027": "2%", "2028": "1%", "because": "Raming."}}
SHIFT = """\
direct_shift:
  - {id: opname, what: Opname, stakeholder: ouderen, of: bezoek, substitution: 0.5, duration: 1,
     cost: 1000, price_year: 2025, payers: {gemeente: 100%}, paid_per_unit: 100%, backfill: 0%,
     effect_basis: causal, indexation: 2% per jaar}
"""


def rows(text: str, line: str, payer: str = "gemeente") -> tuple[np.ndarray, np.ndarray]:
    """What a line brings a payer in a year: in prices of the price year, and of each year."""
    valuation = valued(text)
    results, loaded = valuation.drawn, valuation.loaded
    ways = followed(results, loaded.scenario, loaded.library)
    weights = results.weights(purse(payer))
    real, current = np.zeros(results.model.years), np.zeros(results.model.years)
    for row, name in enumerate(results.lines):
        if name == line:
            amounts = weights[row] * results.by_year_of_row(row)
            real, current = real + amounts, current + amounts * ways[row].factors
    return real, current


@pytest.mark.parametrize(
    ("said", "rises"),
    [("2% per jaar", [1.02, 1.0404, 1.061208]), ("geen", [1, 1, 1]),
     ("vng-mix", [1.05, 1.05 * 1.04, 1.05 * 1.04 * 1.03]), (None, [1.03, 1.0506, 1.061106])],
)  # fmt: skip
def test_care_is_paid_as_its_contract_says(said, rises):
    """1000 of 2025 in a direct shift: from that year on by the contract, else by its series; the
    real budget does not know of it."""
    text = BY_HAND + SHIFT.replace(
        ", indexation: 2% per jaar", f", indexation: {said}" if said else ""
    )
    real, current = rows(text, "direct_shift.opname")
    assert real[1] > 100
    assert current == pytest.approx(real / 1.03 * np.array(rises))
    (with_it, without) = (budget(valued(x).drawn, "gemeente") for x in (text, BY_HAND + SHIFT))
    assert with_it.balance == pytest.approx(without.balance)


def test_of_a_ladder_every_tier_has_its_contract():
    """One of two tiers rises by its contract; and what it says is told beside it."""
    scenario = worked_example() | {"indices": RISES}
    scenario["basis"] |= {"first_year": 2026, "years": 3, "price_year": 2025}
    scenario["investment"] = [scenario["investment"][1] | {"per_year": 1000}]
    tiers = scenario["care_ladder"][0]["tiers"]
    tiers[2] |= {"indexation": {"nl": "5% per jaar", "en": "5% a year"}}
    lines = [f"care_ladder.zorgladder.{tiers[n]['id']}" for n in (2, 3)]
    (real, current), (other, others) = (rows(scenario, line) for line in lines)
    years = np.arange(1, 4)
    index = LIBRARY.indices["cpi"].factors
    level = index[2024] / index[2025]  # the amounts are of 2024
    assert current == pytest.approx(real / level * 1.05 ** (years + 1))
    assert others == pytest.approx(other * np.array([1.03, 1.0506, 1.061106]))
    valuation = valued(scenario)
    part = nominal_budget(told(valuation, "nl"))
    (row,) = [row for row in part.tables[1].rows if row[2] == "5% per jaar"]
    assert row[1] == "contract: 5% per jaar, vanaf 2024"


def test_what_a_provider_keeps_is_not_in_the_contract():
    """The payer pays the tariff as agreed; what the care costs beyond it rises as care does."""
    text = (BY_HAND + SHIFT).replace(
        "cost: 1000, price_year: 2025, payers: {gemeente: 100%}", "proxy: twee"
    )
    own = text.replace(
        "proxies:\n",
        "proxies:\n  - {id: twee, name: Twee, value: 900, tariff: 1000, unit: EUR/jaar, "
        "price_year: 2025,\n     payers: {gemeente: 100%}, cash: hard, "
        'source: "tatooheene-2024[p. 1]", cost_concept: marginal}\n',
    )
    real, current = rows(own, "direct_shift.opname")
    assert current == pytest.approx(real / 1.03 * np.array([1.02, 1.0404, 1.061208]))
    kept, now = rows(own, "direct_shift.opname", "aanbieder")
    assert kept[1] != 0
    assert now == pytest.approx(kept * np.array([1, 1.02, 1.0302]))


def test_a_series_that_only_care_names_goes_along():
    text = BY_HAND + SHIFT.replace("2% per jaar", "ova")
    assert "ova" in named_series(valued(text).loaded.scenario, LIBRARY.indices)
