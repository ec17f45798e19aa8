"""What is weak in a price library: of every finding the smallest library that shows it."""

import datetime
from pathlib import Path

import pytest

from sroi import shipped
from sroi.inputs.review import library_rules
from sroi.inputs.review.library_rules import RULES, check_prices, same_unit
from sroi.problems import Problem, errors
from sroi.report.price_list.findings import ORDER
from sroi.report.words.problem_text import sentence

DAY = datetime.date(2026, 11, 21)
PRICE = """\
  - id: {id}
    name: {{nl: Uur in de buurt, en: Hour in the neighbourhood}}
    value: {{low: 8, best: 10, high: 12, because: Geschat.}}
    unit: EUR/uur
    price_year: 2024
    payers: {{gemeente: 100%}}
    cash: soft
    cost_concept: tariff
    source: "bron[p. 1]"
    provenance: first-hand
    evidence: B
    review: {{status: checked, by: A. Voorbeeld, on: 2026-03-01}}
"""
SHELVES = {
    "sources": "sources: [{id: bron, type: report, title: Bron}]\n",
    "payers": "payers: [{id: gemeente, name: Gemeente, public: true}]\n",
    "indices": (
        "indices: [{id: cpi, name: Index, source: bron, base_year: 2024,"
        " factors: {2018: 1.2600, 2019: 1.2270, 2024: 1, 2025: 0.9681}}]\n"
    ),
    "discounting": (
        "regimes: [{id: vast, name: Vast, rate: 3%, timing: mid_year, status: final,"
        " source: bron}]\n"
    ),
}
SCENARIO = """\
scenario: plan
title: Plan
organisation: Voorbeeldorganisatie
commissioner: Gemeente Voorbeeldstad
programme: anders
kind: forecast
null_alternative: Het bestaande aanbod blijft.
basis: {first_year: 2026, years: 1, price_year: 2024, discounting: vast}
stakeholders: [{id: bewoners, name: Bewoners}, {id: buren, name: Buren}]
investment: [{id: inzet, what: Inzet, payer: gemeente, per_year: 1000}]
activities: [{id: steun, what: Steun, unit: huishouden, volume: 1}]
outcomes:
"""
OUTCOME = """\
  - {{id: baat-{proxy}, what: Baat, stakeholder: {who}, of: steun, rate: 1, proxy: {proxy},
     effect_basis: causal, lasts: 1}}
"""


def entry(*changes: str, key: str = "buurtuur") -> str:
    """A price without any weakness, but for changes `old -> new`."""
    text = PRICE.format(id=key)
    for change in changes:
        old, new = change.split(" -> ")
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def found(tmp_path: Path):
    """The findings of a library of some prices that a scenario may use."""

    def check(
        *prices: str, used: tuple[str, ...] = (), more: str = "", **shelves: str
    ) -> list[Problem]:
        texts = {"buurt": "theme: buurt\nname: Buurt\nproxies:\n" + "".join(prices)}
        texts |= SHELVES | shelves
        folder = tmp_path / "library"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        whose = zip(used, ("bewoners", "buren"), strict=False)
        outcomes = "".join(OUTCOME.format(proxy=key, who=who) for key, who in whose)
        (tmp_path / "plan.yaml").write_text(SCENARIO + outcomes + more, encoding="utf-8")
        return check_prices(folder, [tmp_path / "plan.yaml"] if used else [], DAY)[1]

    return check


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


WEAK = {
    "price-without-place": '"bron[p. 1]" -> bron',
    "price-year-stale": "price_year: 2024 -> price_year: 2019",
    "price-without-range": "{low: 8, best: 10, high: 12, because: Geschat.} -> 10",
    "price-from-memory": "first-hand -> memory",
    "average-without-note": "concept: tariff -> concept: average",
    "overlap-alone": "cash: soft -> cash: soft\n    overlap: buurt",
    "review-missing": "{status: checked, by: A. Voorbeeld, on: 2026-03-01} -> {status: draft}",
    "review-old": "2026-03-01 -> 2024-11-20",
}


def test_a_price_without_weakness_gives_nothing(found):
    assert found(entry(), used=("buurtuur",)) == []


@pytest.mark.parametrize("code", sorted(WEAK))
def test_a_weakness_of_one_price_is_found_at_its_line(found, code):
    problem, *more = found(entry(WEAK[code]))
    assert (problem.code, problem.severity, more) == (code, "warning", [])
    assert 4 <= problem.line <= 16
    assert problem.facts["id"] == "buurtuur"


@pytest.mark.parametrize(
    "change",
    [
        "price_year: 2024 -> price_year: 2025",
        "{low: 8, best: 10, high: 12, because: Geschat.} -> {value: 10, because: Bij wet.}",
        "concept: tariff -> concept: average\n    notes: Alleen hele groepen.",
        "2026-03-01 -> 2024-11-21",
        "cash: soft -> cash: soft\n    tariff: {value: 9, because: Contract.}",
    ],
)
def test_what_is_just_good_enough(found, change):
    assert found(entry(change)) == []


def test_a_review_needs_a_name_and_a_day(found):
    assert codes(found(entry("by: A. Voorbeeld, -> "))) == ["review-missing"]
    assert codes(found(entry(", on: 2026-03-01 -> "))) == ["review-missing"]


def test_a_claim_and_a_withdrawn_price_count_when_they_are_used(found):
    claim = entry("evidence: B -> evidence: D")
    gone = entry("status: checked -> status: withdrawn", "first-hand -> memory")
    assert found(claim) == found(gone) == []
    assert codes(found(claim, used=("buurtuur",))) == ["price-claim-in-use"]
    [problem] = found(gone, used=("buurtuur",))
    assert (problem.code, problem.severity) == ("price-withdrawn-in-use", "error")
    assert problem.facts["scenarios"] == "plan"


def group(*changes: str, key: str) -> str:
    return entry("cash: soft -> cash: soft\n    overlap: buurt", *changes, key=key)


def test_two_prices_of_a_group_in_one_scenario(found):
    """Of one stakeholder that is an error of the scenario; of two it may be right."""
    pair = group(key="een"), group(key="twee")
    assert found(*pair) == []
    assert found(*pair, used=("een",)) == []
    [problem] = found(*pair, used=("een", "twee"))
    assert (problem.code, problem.facts["other"]) == ("prices-overlap-in-use", "een")
    assert Path(problem.file).name == "plan.yaml"


def test_prices_of_a_group_that_do_not_touch(found):
    """At one price year; a scale of ranges that touch is no gap, and a note may say what it is."""
    high = "{low: 8, best: 10, high: 12, because: Geschat.} -> {low: 14, best: 15, high: 16}"
    between = "{low: 8, best: 10, high: 12, because: Geschat.} -> {low: 11, best: 12, high: 15}"
    [problem] = found(group(key="een"), group(high, key="twee"))
    assert (problem.code, problem.facts["id"]) == ("prices-disagree", "twee")
    assert found(group(key="een"), group(between, key="mid"), group(high, key="twee")) == []
    noted = "evidence: B -> evidence: B\n    notes: Zwaarder dan een."
    assert found(group(key="een"), group(high, noted, key="twee")) == []
    assert found(group(key="een"), group(high, "EUR/uur -> EUR/dag", key="twee")) == []
    old = "price_year: 2024 -> price_year: 2019"
    assert codes(found(group(old, key="een"), group(high, key="twee"))) == ["price-year-stale"]


@pytest.mark.parametrize(
    "value",
    ["{normal: {mean: 15, sd: 1}}", "{lognormal: {median: 15, sd_log: 0.05}}",
     "{gamma: {mean: 15, cv: 5%}}"],
)  # fmt: skip
def test_a_distribution_without_bounds_has_a_range_too(found, value):
    far = f"{{low: 8, best: 10, high: 12, because: Geschat.}} -> {value}"
    assert codes(found(group(key="een"), group(far, key="twee"))) == ["prices-disagree"]
    wide = far.replace("sd: 1", "sd: 3").replace("0.05", "0.2").replace("5%", "20%")
    assert found(group(key="een"), group(wide, key="twee")) == []


def test_one_unit_spelled_in_two_ways(found):
    """The rarer spelling is named."""
    prices = [entry(key=key) for key in ("een", "twee")]
    [problem] = found(*prices, entry("EUR/uur -> EUR/Uren", key="drie"))
    facts = problem.facts
    assert (problem.code, facts["unit"], facts["usual"]) == ("unit-two-spellings", "Uren", "uur")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("uur", "uren", True), ("dagdeel", "dagdelen", True), ("rit", "Ritten", True),
     ("cliëntjaar", "clientjaar", True), ("hour", "uur", True), ("h", "hours", True),
     ("visite", "visites", True), ("dag", "dagdeel", False), ("jaar", "clientjaar", False),
     ("consult", "contact", False), ("traject", "trajecten", True)],
)  # fmt: skip
def test_which_units_are_alike(one, other, same):
    assert (same_unit(one) == same_unit(other)) == same


REACHED = """\
target_groups:
  - {id: groep, what: Buurt, people: 10, reached: 5, because: Geteld., source: "tweede[p. 3]"}
"""
TWO = SHELVES["sources"].replace("]\n", ", {id: tweede, type: report, title: Ander}]\n")


def test_a_source_that_nothing_refers_to(found):
    """Neither a price, nor a series, a rule or a scenario that is looked at."""
    [problem] = found(entry(), sources=TWO)
    assert (problem.code, problem.severity) == ("source-unused", "warning")
    assert (Path(problem.file).name, problem.facts["id"]) == ("sources.yaml", "tweede")
    series = SHELVES["indices"].replace("source: bron", 'source: "tweede[p. 2]"')
    assert found(entry(), sources=TWO, indices=series) == []
    assert found(entry('"bron[p. 1]" -> "tweede[p. 1]"'), sources=TWO) == []
    assert codes(found(entry(), sources=TWO, used=("buurtuur",))) == ["source-unused"]
    assert found(entry(), sources=TWO, used=("buurtuur",), more=REACHED) == []


@pytest.mark.parametrize("shelf", ["indices", "discounting"])
def test_a_series_or_a_rule_refers_to_a_source_that_is_not_there(found, shelf):
    """As with a price: the library then has an error."""
    [problem, *_] = found(entry(), **{shelf: SHELVES[shelf].replace("bron", "brom")})
    assert (problem.code, problem.facts["nearest"]) == ("source-unknown", "bron")
    assert Path(problem.file).name == f"{shelf}.yaml"


def test_the_prices_of_a_scenario_itself_are_checked(found):
    own = entry("first-hand -> memory", key="eigen")
    problems = found(entry(), used=("eigen",), more="proxies:\n" + own)
    assert {problem.code for problem in problems} >= {"price-from-memory"}
    assert {Path(problem.file).name for problem in problems} == {"plan.yaml"}


def test_what_is_wrong_goes_with_what_is_weak(found, tmp_path):
    """A library that cannot be read as a whole is still checked; a scenario is then left alone."""
    problems = found(entry("first-hand -> memory", "gemeente: 100% -> gemeent: 100%"))
    assert set(codes(problems)) == {"payer-unknown", "price-from-memory"}
    (tmp_path / "plan.yaml").write_text("title: [", encoding="utf-8")
    folder = tmp_path / "library"
    assert check_prices(folder, [tmp_path / "plan.yaml"], DAY)[1] == problems
    found(entry())
    assert errors(check_prices(folder, [tmp_path / "plan.yaml"], DAY)[1])


def test_a_review_on_the_29th_of_february(tmp_path, found):
    found(entry("2026-03-01 -> 2026-02-28"))
    day = datetime.date(2028, 2, 29)
    assert check_prices(tmp_path / "library", (), day)[1] == []


def test_every_code_is_told_in_its_place():
    """Each rule names its codes in the first line of its docstring; the terminal knows them all."""
    named = {part.rpartition(": ")[0] or part
             for rule in RULES for part in (rule.__doc__ or "").split("; ")}  # fmt: skip
    named = {code for text in named for code in text.replace(":", " ").replace(";", " ").split()
             if code in ORDER}  # fmt: skip
    assert named == set(ORDER)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_shipped_library_has_no_errors_and_says_what_is_weak(lang):
    scenarios = sorted(shipped.folder("scenarios").glob("*.yaml"))
    _, problems = check_prices(shipped.folder("proxies"), scenarios, DAY)
    assert errors(problems) == []
    assert set(codes(problems)) <= set(ORDER)
    for problem in problems:
        told = sentence(problem, lang)
        assert len(told) > 20
        assert "{" not in told


def test_it_says_what_is_stale_and_old():
    """The choices stand where a reader looks for them."""
    told = library_rules.__doc__ or ""
    assert f"more than {library_rules.STALE_YEARS} years" in told
    assert f"more than {library_rules.REVIEW_YEARS} years" in told
